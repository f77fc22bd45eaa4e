//! Counting, summing and ordering people of whom some only perhaps count.

use super::{Evaluation, Frame};
use crate::number::{Interval, Ratio};
use crate::rules::NodeId;
use crate::syntax::Over;
use crate::value::{Truth, Value};
use std::cmp::Ordering;

impl Evaluation<'_> {
    pub(super) fn over(
        &mut self,
        over: Over,
        level: u8,
        condition: Option<NodeId>,
        value: Option<NodeId>,
        frame: &Frame<'_>,
    ) -> Value {
        let mut gathering = Gathering::new(over);
        for person in 0..self.people {
            let frame = frame.with(level, person);
            let counts = condition.map_or(Truth::Yes, |condition| self.truth(condition, &frame));
            gathering.add(counts, || value.map(|value| self.node(value, &frame)));
            if gathering.settled() {
                break;
            }
        }
        gathering.done()
    }

    pub(super) fn rank(
        &mut self,
        level: u8,
        condition: Option<NodeId>,
        by: NodeId,
        descending: bool,
        frame: &Frame<'_>,
    ) -> Value {
        let own = frame.person(0);
        let counts = |this: &mut Self, person: usize| {
            condition.map_or(Truth::Yes, |condition| this.truth(condition, &frame.with(level, person)))
        };
        let own_counts = counts(self, own);
        if own_counts == Truth::No {
            return Value::Number(Interval::ZERO);
        }
        let mut ranking = Ranking::new(own, own_counts, self.node(by, &frame.with(level, own)), descending);
        for person in (0..self.people).filter(|person| *person != own) {
            let counts = counts(self, person);
            ranking.add(person, counts, || self.node(by, &frame.with(level, person)));
        }
        ranking.done()
    }
}

/// Someone's place among others, of whom some only perhaps count.
pub(crate) struct Ranking {
    own: usize,
    counts: Truth,
    key: Value,
    descending: bool,
    place: Interval,
}

impl Ranking {
    /// Of `own`, who counts or perhaps does.
    pub fn new(own: usize, counts: Truth, key: Value, descending: bool) -> Self {
        Self { own, counts, key, descending, place: Interval::exactly(Ratio::ONE) }
    }

    /// Another, whose key is asked only when it matters.
    pub fn add(&mut self, person: usize, counts: Truth, key: impl FnOnce() -> Value) {
        if counts == Truth::No {
            return;
        }
        let key = key();
        let order = if self.descending { order(self.key, key) } else { order(key, self.key) };
        let before = match order {
            Some(Ordering::Less) => Truth::Yes,
            Some(Ordering::Greater) => Truth::No,
            Some(Ordering::Equal) => Truth::from(person < self.own),
            None => Truth::Unknown,
        };
        match counts.and(before) {
            Truth::Yes => self.place = self.place.plus(Interval::exactly(Ratio::ONE)),
            Truth::Unknown => self.place = self.place.plus(Interval { low: Ratio::ZERO, high: Ratio::ONE }),
            Truth::No => {}
        }
    }

    /// The place, from 1; 0 for whoever does not count.
    pub fn done(self) -> Value {
        Value::Number(match self.counts {
            Truth::Yes => self.place,
            Truth::Unknown => self.place.hull(Interval::ZERO),
            Truth::No => Interval::ZERO,
        })
    }
}

/// What comes of people one after the other, of whom some only perhaps count.
pub(crate) struct Gathering {
    over: Over,
    sum: Interval,
    truth: Truth,
    /// Of those that certainly count, and of those that perhaps do.
    certain: Option<Interval>,
    perhaps: Option<Interval>,
}

impl Gathering {
    pub fn new(over: Over) -> Self {
        Self {
            over,
            sum: Interval::ZERO,
            truth: Truth::from(over == Over::All),
            certain: None,
            perhaps: None,
        }
    }

    /// One more, whose value is asked only when it matters.
    pub fn add(&mut self, counts: Truth, value: impl FnOnce() -> Option<Value>) {
        if counts == Truth::No {
            return;
        }
        let number = |value: Option<Value>| match value {
            Some(Value::Number(n)) => n,
            _ => Interval::ZERO,
        };
        match self.over {
            Over::Count => {
                let low = Ratio::whole(i64::from(counts == Truth::Yes));
                self.sum = self.sum.plus(Interval { low, high: Ratio::ONE });
            }
            Over::Any => self.truth = self.truth.or(counts),
            Over::All => {
                let holds = match value() {
                    Some(Value::Bool(holds)) => holds,
                    _ => Truth::Yes,
                };
                self.truth = self.truth.and(counts.not().or(holds));
            }
            Over::Sum => {
                let n = number(value());
                self.sum = self.sum.plus(if counts == Truth::Yes { n } else { n.hull(Interval::ZERO) });
            }
            Over::Max | Over::Min => {
                let n = number(value());
                if counts == Truth::Yes {
                    self.certain = Some(self.certain.map_or(n, |c| self.extreme(c, n)));
                } else {
                    self.perhaps = Some(self.perhaps.map_or(n, |p| p.hull(n)));
                }
            }
        }
    }

    fn extreme(&self, a: Interval, b: Interval) -> Interval {
        if self.over == Over::Max { a.max(b) } else { a.min(b) }
    }

    /// Whether nobody else can change it.
    pub fn settled(&self) -> bool {
        match self.over {
            Over::Any => self.truth == Truth::Yes,
            Over::All => self.truth == Truth::No,
            _ => false,
        }
    }

    pub fn done(self) -> Value {
        match self.over {
            Over::Any | Over::All => Value::Bool(self.truth),
            Over::Count | Over::Sum => Value::Number(self.sum),
            Over::Max | Over::Min => Value::Number(match (self.certain, self.perhaps) {
                (None, None) => Interval::ZERO,
                (None, Some(perhaps)) => perhaps.hull(Interval::ZERO),
                (Some(certain), None) => certain,
                (Some(certain), Some(perhaps)) => certain.hull(self.extreme(certain, perhaps)),
            }),
        }
    }
}

/// Which of two comes first, where that is certain.
fn order(a: Value, b: Value) -> Option<Ordering> {
    fn of<T: Ord>(a: (T, T), b: (T, T)) -> Option<Ordering> {
        if a.1 < b.0 {
            Some(Ordering::Less)
        } else if a.0 > b.1 {
            Some(Ordering::Greater)
        } else if a.0 == a.1 && b.0 == b.1 {
            Some(Ordering::Equal)
        } else {
            None
        }
    }
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => of((a.low, a.high), (b.low, b.high)),
        (Value::Date(a), Value::Date(b)) => of((a.first, a.last), (b.first, b.last)),
        _ => None,
    }
}
