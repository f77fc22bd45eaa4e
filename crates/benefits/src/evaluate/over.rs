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
        let mut sum = Interval::ZERO;
        let mut truth = Truth::from(over == Over::All);
        // Of those that certainly count, and of those that perhaps do.
        let mut certain: Option<Interval> = None;
        let mut perhaps: Option<Interval> = None;
        for person in 0..self.people {
            let frame = frame.with(level, person);
            let counts = condition.map_or(Truth::Yes, |condition| self.truth(condition, &frame));
            if counts == Truth::No {
                continue;
            }
            match over {
                Over::Count => {
                    let low = Ratio::whole(i64::from(counts == Truth::Yes));
                    sum = sum.plus(Interval { low, high: Ratio::ONE });
                }
                Over::Any => {
                    truth = truth.or(counts);
                    if truth == Truth::Yes {
                        break;
                    }
                }
                Over::All => {
                    let holds = value.map_or(Truth::Yes, |value| self.truth(value, &frame));
                    truth = truth.and(counts.not().or(holds));
                    if truth == Truth::No {
                        break;
                    }
                }
                Over::Sum => {
                    let n = value.map_or(Interval::ZERO, |value| self.number(value, &frame));
                    sum = sum.plus(if counts == Truth::Yes { n } else { n.hull(Interval::ZERO) });
                }
                Over::Max | Over::Min => {
                    let n = value.map_or(Interval::ZERO, |value| self.number(value, &frame));
                    let extreme =
                        |a: Interval, b: Interval| if over == Over::Max { a.max(b) } else { a.min(b) };
                    if counts == Truth::Yes {
                        certain = Some(certain.map_or(n, |c| extreme(c, n)));
                    } else {
                        perhaps = Some(perhaps.map_or(n, |p| p.hull(n)));
                    }
                }
            }
        }
        match over {
            Over::Any | Over::All => Value::Bool(truth),
            Over::Count | Over::Sum => Value::Number(sum),
            Over::Max | Over::Min => Value::Number(match (certain, perhaps) {
                (None, None) => Interval::ZERO,
                (None, Some(perhaps)) => perhaps.hull(Interval::ZERO),
                (Some(certain), None) => certain,
                (Some(certain), Some(perhaps)) if over == Over::Max => certain.hull(certain.max(perhaps)),
                (Some(certain), Some(perhaps)) => certain.hull(certain.min(perhaps)),
            }),
        }
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
        let own_key = self.node(by, &frame.with(level, own));
        let mut place = Interval::exactly(Ratio::ONE);
        for person in (0..self.people).filter(|person| *person != own) {
            let there = counts(self, person);
            if there == Truth::No {
                continue;
            }
            let key = self.node(by, &frame.with(level, person));
            let order = if descending { order(own_key, key) } else { order(key, own_key) };
            let before = match order {
                Some(Ordering::Less) => Truth::Yes,
                Some(Ordering::Greater) => Truth::No,
                Some(Ordering::Equal) => Truth::from(person < own),
                None => Truth::Unknown,
            };
            match there.and(before) {
                Truth::Yes => place = place.plus(Interval::exactly(Ratio::ONE)),
                Truth::Unknown => place = place.plus(Interval { low: Ratio::ZERO, high: Ratio::ONE }),
                Truth::No => {}
            }
        }
        Value::Number(if own_counts == Truth::Yes { place } else { place.hull(Interval::ZERO) })
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
