use rusqlite::OptionalExtension;

use super::household::Sealed;
use super::{Private, Result};

/// Sealed documents by name.
impl Private {
    /// The document of this name, if there is one.
    pub(crate) fn document(&self, name: &str) -> Result<Option<Sealed>> {
        let sql = "SELECT key_id, nonce, sealed FROM documents WHERE name = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row([name], |row| {
            Ok(Sealed { key_id: row.get("key_id")?, nonce: row.get("nonce")?, bytes: row.get("sealed")? })
        });
        Ok(row.optional()?)
    }

    /// Puts it in the place of the one that is there, whole or not at all.
    pub(crate) fn set_document(&self, name: &str, sealed: &Sealed) -> Result<()> {
        let writing = self.writing()?;
        writing.execute(
            "INSERT INTO documents (name, key_id, nonce, sealed) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO UPDATE SET key_id = excluded.key_id, nonce = excluded.nonce,
                 sealed = excluded.sealed",
            (name, &sealed.key_id, &sealed.nonce, &sealed.bytes),
        )?;
        Ok(writing.commit()?)
    }

    /// Forgets it: the row is overwritten (`secure_delete`).
    pub(crate) fn delete_document(&self, name: &str) -> Result<()> {
        self.connection.execute("DELETE FROM documents WHERE name = ?1", [name])?;
        Ok(())
    }
}
