//! Tables: their cells hold running text, and what is more than that is written as lines of it.

use madoguchi_model::Inline;

use super::{Builder, Open};
use crate::blocks::inline;

type Cell = Vec<Inline>;

/// A table while it is written.
#[derive(Default)]
pub(super) struct Table {
    pub(super) head: Vec<Cell>,
    pub(super) rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    pub(super) in_cell: bool,
}

impl Builder {
    /// Whether a table's cell is being written.
    pub(in crate::blocks) fn in_cell(&self) -> bool {
        matches!(self.open.last(), Some(Open::Table(table)) if table.in_cell)
    }

    /// Whether a table is being written.
    pub(in crate::blocks) fn in_table(&self) -> bool {
        matches!(self.open.last(), Some(Open::Table(_)))
    }

    /// Begins a table. Cells hold text only, so what opens inside of one is written as text.
    pub(in crate::blocks) fn table_start(&mut self) {
        self.open(Open::Table(Table::default()));
    }

    /// Begins a cell; it ends the one before.
    pub(in crate::blocks) fn cell_start(&mut self) {
        self.cell_end();
        self.block();
        if let Some(Open::Table(table)) = self.open.last_mut() {
            table.in_cell = true;
        }
    }

    /// Ends a cell.
    pub(in crate::blocks) fn cell_end(&mut self) {
        if !self.in_cell() {
            return;
        }
        self.block();
        let text = inline::tidy(std::mem::take(&mut self.line));
        if let Some(Open::Table(table)) = self.open.last_mut() {
            table.row.push(text);
            table.in_cell = false;
        }
    }

    /// Ends a row; the first one can be the head.
    pub(in crate::blocks) fn row_end(&mut self, head: bool) {
        self.cell_end();
        if let Some(Open::Table(table)) = self.open.last_mut() {
            let row = std::mem::take(&mut table.row);
            match row.iter().all(Vec::is_empty) {
                true => {}
                false if head && table.head.is_empty() && table.rows.is_empty() => table.head = row,
                false => table.rows.push(row),
            }
        }
    }
}
