//! Counting, summing and ordering the people of many households at once.

use super::column::Column;
use super::{Batch, Frame, steps};
use crate::evaluate::{Gathering, order};
use crate::number::{Interval, Ratio};
use crate::rules::{NodeId, Op};
use crate::syntax::Over;
use crate::value::{Truth, Value};
use std::cmp::Ordering;
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
            let counts = match condition {
                Some(condition) => self.node(condition, &frame),
                None => super::one(Value::Bool(Truth::Yes)),
            };
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
        let truth = |column: &Column, row: usize| match column.get(row) {
            Value::Bool(truth) => truth,
            _ => Truth::Unknown,
        };
        let row = |row: usize| {
            let mut gathering = Gathering::new(over);
            for (counts, value) in counting {
                gathering.add(truth(counts, row), || value.as_ref().map(|value| value.get(row)));
            }
            gathering.done()
        };
        let all_one = |column: &Column| matches!(column, Column::One(_));
        if counting.iter().all(|(counts, value)| all_one(counts) && value.as_deref().is_none_or(all_one)) {
            return Column::One(row(0));
        }
        Column::from_values((0..self.rows).map(row).collect())
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
            let counts = match condition {
                Some(condition) => self.node(condition, &frame),
                None => super::one(Value::Bool(Truth::Yes)),
            };
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
        let truth = |column: &Column, row: usize| match column.get(row) {
            Value::Bool(truth) => truth,
            _ => Truth::Unknown,
        };
        let row = |row: usize| {
            let counts = truth(&own_counts, row);
            if counts == Truth::No {
                return Value::Number(Interval::ZERO);
            }
            let key = own_key.get(row);
            let mut place = Interval::exactly(Ratio::ONE);
            for (person, there, other) in &all {
                let order = if descending { order(key, other.get(row)) } else { order(other.get(row), key) };
                let before = match order {
                    Some(Ordering::Less) => Truth::Yes,
                    Some(Ordering::Greater) => Truth::No,
                    Some(Ordering::Equal) => Truth::from(*person < own),
                    None => Truth::Unknown,
                };
                match truth(there, row).and(before) {
                    Truth::Yes => place = place.plus(Interval::exactly(Ratio::ONE)),
                    Truth::Unknown => place = place.plus(Interval { low: Ratio::ZERO, high: Ratio::ONE }),
                    Truth::No => {}
                }
            }
            Value::Number(if counts == Truth::Yes { place } else { place.hull(Interval::ZERO) })
        };
        let one_for_all = [&own_counts, &own_key].into_iter().chain(all.iter().flat_map(|(_, a, b)| [a, b]));
        let one_for_all = one_for_all.into_iter().all(|column| matches!(**column, Column::One(_)));
        if one_for_all {
            return super::one(row(0));
        }
        Arc::new(Column::from_values((0..self.rows).map(row).collect()))
    }
}
