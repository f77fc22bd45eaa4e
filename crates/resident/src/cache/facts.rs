use jiff::Timestamp;
use rusqlite::Connection;

use super::{Cache, Result};

/// How old the content is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Counts the swaps.
    pub generation: i64,
    /// When the town signed the content that is here; none before the first sync.
    pub issued_at: Option<Timestamp>,
    /// When the phone last learnt that it is the current one.
    pub contact_at: Option<Timestamp>,
    /// Until when the town's word for it holds.
    pub expires_at: Option<Timestamp>,
}

impl Cache {
    /// How old the content is.
    pub fn facts(&self) -> Result<Facts> {
        let second = |n: Option<i64>| n.and_then(|n| Timestamp::from_second(n).ok());
        let sql = "SELECT generation, issued_at, contact_at, expires_at FROM facts WHERE id = 1";
        Ok(self.connection.query_row(sql, [], |row| {
            Ok(Facts {
                generation: row.get("generation")?,
                issued_at: second(row.get("issued_at")?),
                contact_at: second(row.get("contact_at")?),
                expires_at: second(row.get("expires_at")?),
            })
        })?)
    }
}

pub(super) fn write(connection: &Connection, facts: &Facts) -> rusqlite::Result<()> {
    let second = |t: Option<Timestamp>| t.map(Timestamp::as_second);
    connection.execute(
        "UPDATE facts SET generation = ?1, issued_at = ?2, contact_at = ?3, expires_at = ?4 WHERE id = 1",
        (facts.generation, second(facts.issued_at), second(facts.contact_at), second(facts.expires_at)),
    )?;
    Ok(())
}
