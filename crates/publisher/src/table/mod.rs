//! A file's bytes -> a table of texts, whatever wrote it.

mod encoding;
mod shape;

use std::collections::BTreeMap;

use csv::StringRecord;

use crate::report::Refusal;

pub(crate) use encoding::decode;

/// A table: heads and rows of texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// How the file was encoded: `utf-8`, `utf-8-bom`, `cp932`, `utf-16le` or `utf-16be`.
    pub encoding: &'static str,
    /// What stood above the heads (`#license`, a title), first cell and the next.
    pub notes: Vec<(String, String)>,
    /// The column heads as the file writes them; no two are alike.
    pub header: Vec<String>,
    /// The rows in which something stands.
    pub rows: Vec<Row>,
    /// Rows that do not fit under the heads.
    pub refused: Vec<Refusal>,
    /// What had to be put right, by reason.
    pub mended: BTreeMap<&'static str, usize>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The line of the file on which it begins, 1-based.
    pub line: u64,
    cells: StringRecord,
}

impl Row {
    /// The text of a cell without the spaces around it; nothing where the row has no such cell.
    pub fn get(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("")
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(str::is_empty)
    }

    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

/// How much is read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a file.
    pub bytes: usize,
    /// Rows of a table.
    pub rows: usize,
    /// Columns of a table.
    pub columns: usize,
    /// Bytes of a cell.
    pub cell: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 256 << 20, rows: 2_000_000, columns: 1_000, cell: 1_000_000 }
    }
}

/// Why a file is no table that can be read. In Japanese, for the town's staff.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Too many bytes.
    #[error("ファイルが大きすぎます({found}バイト。上限は{limit}バイト)")]
    Bytes {
        /// As many as there are.
        found: usize,
        /// As many as may be.
        limit: usize,
    },
    /// Bytes that are text in none of the known encodings.
    #[error(
        "{line}行目に、文字として読めないところがあります(UTF-8、CP932(Shift_JIS)、UTF-16で読めるものに限ります)"
    )]
    Encoding {
        /// The line.
        line: u64,
    },
    /// Something else under the name of a CSV.
    #[error("CSVではなく{0}のようです")]
    NotATable(&'static str),
    /// Nothing in it.
    #[error("中身がありません")]
    Empty,
    /// Too many rows.
    #[error("行が多すぎます(上限は{limit}行)")]
    Rows {
        /// As many as may be.
        limit: usize,
    },
    /// Too many columns.
    #[error("{line}行目の列が多すぎます({found}列。上限は{limit}列)")]
    Columns {
        /// The line.
        line: u64,
        /// As many as there are.
        found: usize,
        /// As many as may be.
        limit: usize,
    },
    /// Too long a cell.
    #[error("{line}行目に長すぎるセルがあります(上限は{limit}バイト)。引用符(\")の閉じ忘れかもしれません")]
    Cell {
        /// The line on which its row begins.
        line: u64,
        /// As long as it may be.
        limit: usize,
    },
    /// A quoted cell that goes on to the end of the file.
    #[error("{line}行目で始まる行の引用符(\")が閉じていません")]
    Quote {
        /// The line on which its row begins.
        line: u64,
    },
}

impl Table {
    /// Reads a table.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, TableError> {
        if bytes.len() > limits.bytes {
            return Err(TableError::Bytes { found: bytes.len(), limit: limits.bytes });
        }
        let (text, encoding) = encoding::decode(bytes)?;
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
        let rows = rows(&text, limits)?;
        shape::table(encoding, rows, limits)
    }

    /// How many rows the file has, those that did not fit included.
    pub fn len(&self) -> usize {
        self.rows.len() + self.refused.len()
    }

    /// No row at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// All rows in which something stands, the heads among them.
fn rows(text: &str, limits: &Limits) -> Result<Vec<Row>, TableError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(shape::delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    let (mut line, mut begins) = (1, 0);
    while reader.read_record(&mut record).map_err(|_| TableError::Encoding { line })? {
        if let Some(at) = record.position() {
            // The reader names where it began to look, which is before any empty lines.
            let from = usize::try_from(at.byte()).unwrap_or(begins);
            let rest = text.get(from..).unwrap_or("");
            let empty_lines = rest.len() - rest.trim_start_matches('\n').len();
            line = at.line() + empty_lines as u64;
            begins = from + empty_lines;
        }
        if record.iter().any(|cell| cell.len() > limits.cell) {
            return Err(TableError::Cell { line, limit: limits.cell });
        }
        if record.len() > limits.columns {
            return Err(TableError::Columns { line, found: record.len(), limit: limits.columns });
        }
        record.trim();
        let row = Row { line, cells: record.clone() };
        if !row.is_empty() {
            // One more than the limit, for the heads.
            if rows.len() > limits.rows {
                return Err(TableError::Rows { limit: limits.rows });
            }
            rows.push(row);
        }
    }
    let last = text.get(begins..).unwrap_or("").trim_end_matches('\n');
    if last.contains('\n') && last.matches('"').count() % 2 == 1 {
        return Err(TableError::Quote { line });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Table {
        Table::read(text.as_bytes(), &Limits::default()).unwrap()
    }

    fn cells(table: &Table) -> Vec<Vec<String>> {
        let width = table.header.len();
        table.rows.iter().map(|row| (0..width).map(|i| row.get(i).to_string()).collect()).collect()
    }

    #[test]
    fn rows_know_the_line_on_which_they_begin() {
        let lines = |text: &str| read(text).rows.iter().map(|row| row.line).collect::<Vec<_>>();
        assert_eq!(lines("a,b\n1,2\n3,4\n"), [2, 3]);
        assert_eq!(lines("a,b\r\n1,\"x\r\ny\"\r\n\r\n\r\n3,4"), [2, 6]);
        assert_eq!(lines("a,b\r1,2\r3,4\r"), [2, 3]);
        assert_eq!(lines("\n\na,b\n,\n1,2\n"), [5]);
    }

    #[test]
    fn line_breaks_in_quoted_cells_stay_and_spaces_around_go() {
        let table = read("名称,備考\n\"甲\r\n乙\", \u{3000}丙 \n");
        assert_eq!(cells(&table), [["甲\n乙", "丙"]]);
    }

    #[test]
    fn a_quote_left_open_is_an_error_and_not_a_shorter_table() {
        let open = Table::read("a,b\n1,2\n\"3,4\n5,6\n".as_bytes(), &Limits::default());
        assert_eq!(open, Err(TableError::Quote { line: 3 }));
        assert_eq!(cells(&read("a,b\n1,5\"\n")), [["1", "5\""]]);
    }

    #[test]
    fn every_limit_says_which() {
        let small = Limits { bytes: 40, rows: 2, columns: 3, cell: 5 };
        let read = |text: &str| Table::read(text.as_bytes(), &small).unwrap_err();
        assert!(matches!(read(&"x".repeat(41)), TableError::Bytes { found: 41, limit: 40 }));
        assert_eq!(read("a\n1\n2\n3\n"), TableError::Rows { limit: 2 });
        assert_eq!(read("a,b\n1,2,3,4\n"), TableError::Columns { line: 2, found: 4, limit: 3 });
        assert_eq!(read("a,b\n1,222222\n"), TableError::Cell { line: 2, limit: 5 });
        assert_eq!(read(" \n,,\n"), TableError::Empty);
        assert!(Table::read(b"a\n1\n2\n", &small).is_ok());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Table::read(&bytes, &Limits::default());
        }

        #[test]
        fn no_text_makes_it_panic(text in "[#a,;\"\t\r\n名\u{feff} ]{0,80}") {
            let _ = Table::read(text.as_bytes(), &Limits::default());
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let _ = Table::read(&wide, &Limits::default());
        }

        #[test]
        fn what_a_writer_wrote_is_read_back(rows in proptest::collection::vec(proptest::collection::vec("[a-z,\"\n名]{1,6}", 3), 1..6)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["x", "y", "z"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let table = Table::read(&writer.into_inner().unwrap(), &Limits::default()).unwrap();
            let want: Vec<Vec<String>> = rows
                .iter()
                .map(|row| row.iter().map(|cell| cell.trim().to_string()).collect::<Vec<_>>())
                .filter(|row| row.iter().any(|cell| !cell.is_empty()))
                .collect();
            prop_assert_eq!(cells(&table), want);
        }
    }
}
