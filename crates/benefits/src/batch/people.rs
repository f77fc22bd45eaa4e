//! Counting, summing and ordering the people of many households at once.

use super::column::Column;
use super::{Batch, Frame, steps};
use crate::evaluate::{Gathering, Ranking};
use crate::number::{Interval, Ratio};
use crate::rules::{NodeId, Op};
use crate::syntax::Over;
use crate::value::{Truth, Value};
use std::sync::Arc;

/// Someone who counts, perhaps, and what of them.
type Counting = (Arc<Column>, Option<Arc<Column>>);

impl Batch<'_> {
    pub(super) fn over(
        &mut self,
        over: Over,
        level: u8,
        condition: Option<NodeId>,
        value: Option<NodeId>,
        frame: &Frame<'_>,
    ) -> Arc<Column> {
        let mut counting: Vec<Counting> = Vec::new();
        for person in 0..self.people {
            let frame = frame.with(level, person);
            let counts = self.counts(condition, &frame);
            match (counts.one_truth(), over) {
                (Some(Truth::No), _) => continue,
                (Some(Truth::Yes), Over::Any) => return counts,
                _ => {}
            }
            let value = value.map(|value| self.node(value, &frame));
            counting.push((counts, value));
        }
        let short = match over {
            Over::Any => {
                let no = Column::One(Value::Bool(Truth::No));
                Some(
                    counting
                        .iter()
                        .fold(no, |all, (counts, _)| steps::logic(&all, counts, self.rows, Truth::or)),
                )
            }
            Over::Count | Over::Sum => self.sum(over, &counting),
            _ => None,
        };
        Arc::new(short.unwrap_or_else(|| self.gather(over, &counting)))
    }

    /// The short way: where it is known for everyone whether they count.
    fn sum(&self, over: Over, counting: &[Counting]) -> Option<Column> {
        let zero = Column::One(Value::Number(Interval::ZERO));
        let one = Column::One(Value::Number(Interval::exactly(Ratio::ONE)));
        let mut sum = zero.clone();
        for (counts, value) in counting {
            if counts.one_truth() == Some(Truth::Unknown)
                || matches!(&**counts, Column::Truths(t) if t.contains(&Truth::Unknown))
            {
                return None;
            }
            let own = if over == Over::Count { &one } else { value.as_deref()? };
            let own = match counts.one_truth() {
                Some(Truth::Yes) => own.clone(),
                _ => steps::choose(counts, own, &zero, self.rows),
            };
            sum = steps::step(&Op::Add(0, 0), &[&sum, &own], self.rows);
        }
        Some(sum)
    }

    /// The way of a single evaluation, row by row.
    fn gather(&self, over: Over, counting: &[Counting]) -> Column {
        let row = |row: usize| {
            let mut gathering = Gathering::new(over);
            for (counts, value) in counting {
                gathering.add(counts.truth(row), || value.as_ref().map(|value| value.get(row)));
            }
            gathering.done()
        };
        let is_one =
            |(counts, value): &Counting| counts.is_one() && value.as_deref().is_none_or(Column::is_one);
        Column::made(self.rows, counting.iter().all(is_one), row)
    }

    pub(super) fn rank(
        &mut self,
        level: u8,
        condition: Option<NodeId>,
        by: NodeId,
        descending: bool,
        frame: &Frame<'_>,
    ) -> Arc<Column> {
        let own = frame.person(0);
        let mut all: Vec<(usize, Arc<Column>, Arc<Column>)> = Vec::new();
        let mut own_counts = super::one(Value::Bool(Truth::Yes));
        let mut own_key = None;
        for person in 0..self.people {
            let frame = frame.with(level, person);
            let counts = self.counts(condition, &frame);
            if person != own && counts.one_truth() == Some(Truth::No) {
                continue;
            }
            let key = self.node(by, &frame);
            if person == own {
                own_counts = counts;
                own_key = Some(key);
            } else {
                all.push((person, counts, key));
            }
        }
        let Some(own_key) = own_key else { return super::one(Value::Number(Interval::ZERO)) };
        if own_counts.one_truth() == Some(Truth::No) {
            return super::one(Value::Number(Interval::ZERO));
        }
        let row = |row: usize| {
            let mut ranking = Ranking::new(own, own_counts.truth(row), own_key.get(row), descending);
            for (person, counts, key) in &all {
                ranking.add(*person, counts.truth(row), || key.get(row));
            }
            ranking.done()
        };
        let is_one = |(_, counts, key): &(usize, Arc<Column>, Arc<Column>)| counts.is_one() && key.is_one();
        let once = own_counts.is_one() && own_key.is_one() && all.iter().all(is_one);
        Arc::new(Column::made(self.rows, once, row))
    }

    /// Whether a person counts.
    fn counts(&mut self, condition: Option<NodeId>, frame: &Frame<'_>) -> Arc<Column> {
        match condition {
            Some(condition) => self.node(condition, frame),
            None => super::one(Value::Bool(Truth::Yes)),
        }
    }
}
