//! Looking tables up.

use super::{Evaluation, Frame, Note, during};
use crate::number::Interval;
use crate::rules::{NodeId, Table};
use crate::table::Cells;
use crate::value::{Truth, Value};

impl<'r> Evaluation<'r> {
    /// The versions of a table that hold on a day.
    fn cells(&mut self, table: &'r Table, day: Option<NodeId>, frame: &Frame<'_>) -> &'r [(i32, Cells)] {
        let day = day.map_or(self.today, |day| self.days(day, frame));
        during(&table.versions, day).unwrap_or_default()
    }

    pub(super) fn look_up(
        &mut self,
        id: u32,
        keys: &[NodeId],
        day: Option<NodeId>,
        frame: &Frame<'_>,
    ) -> Value {
        let rules = self.rules;
        let Some(table) = rules.tables.get(id as usize) else { return Value::Number(Interval::ANY) };
        let mut values = [Value::Bool(Truth::Unknown); crate::table::MAX_KEYS];
        for (value, key) in values.iter_mut().zip(keys) {
            *value = self.node(*key, frame);
        }
        let values = values.get(..keys.len()).unwrap_or_default();
        // By far the most: one table since ever.
        if let ([(i32::MIN, cells)], None) = (table.versions.as_slice(), day) {
            return self.found(id, values, cells.look_up(values));
        }
        let cells = self.cells(table, day, frame);
        let mut value: Option<Value> = None;
        for (_, cells) in cells {
            let this = self.found(id, values, cells.look_up(values));
            value = Some(value.map_or(this, |v| v.hull(this)));
        }
        value.unwrap_or_else(|| {
            if day.is_none_or(|day| self.days(day, frame).known().is_some()) {
                self.note(Note::NoTable(id));
            }
            Value::Number(Interval::ANY)
        })
    }

    fn found(&mut self, table: u32, keys: &[Value], found: crate::table::Found) -> Value {
        if found.missing {
            // A key that is merely open is a question, not a gap of the table.
            if keys.iter().all(Value::is_known) {
                self.note(Note::NoRow(table));
            }
        } else if found.rest {
            self.note(Note::RestRow(table));
        }
        Value::Number(found.value)
    }

    pub(super) fn has(&mut self, id: u32, keys: &[NodeId], day: Option<NodeId>, frame: &Frame<'_>) -> Value {
        let rules = self.rules;
        let Some(table) = rules.tables.get(id as usize) else { return Value::Bool(Truth::Unknown) };
        let values: Vec<Value> = keys.iter().map(|key| self.node(*key, frame)).collect();
        let day = day.map_or(self.today, |day| self.days(day, frame));
        let Some(all) = during(&table.versions, day) else {
            // Before the first rows there are none; on a day that is open there may be.
            let before = table.versions.first().is_none_or(|(from, _)| day.last < *from);
            return Value::Bool(if before { Truth::No } else { Truth::Unknown });
        };
        let mut truth: Option<Truth> = None;
        for (_, cells) in all {
            let this = cells.has(&values);
            truth = Some(truth.map_or(this, |t| t.hull(this)));
        }
        Value::Bool(truth.unwrap_or(Truth::No))
    }
}
