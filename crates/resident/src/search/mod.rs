//! Search: bigrams made here, kept in FTS5, and every hit verified on the text itself.
//!
//! A word of any length and of any characters is found wherever a plain scan finds it, and nowhere else. The index
//! only narrows down where to look.

mod bigrams;
mod query;

use rusqlite::Connection;

pub(crate) use bigrams::index_words;
pub use query::Query;

/// How much room search takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexBytes {
    /// Pages of the index.
    pub index: u64,
    /// Bytes of the texts that are indexed.
    pub text: u64,
}

/// The size of the notices' index beside that of the notices' texts.
pub fn index_bytes(cache: &Connection) -> rusqlite::Result<IndexBytes> {
    let number = |sql: &str| cache.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs);
    Ok(IndexBytes {
        index: number(
            "SELECT ifnull(sum(pgsize), 0) FROM dbstat WHERE name LIKE 'notices\\_words%' ESCAPE '\\'",
        )?,
        text: number("SELECT ifnull(sum(octet_length(folded)), 0) FROM notices")?,
    })
}
