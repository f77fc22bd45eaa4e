//! Collections: JSON Lines, a header and then one record a line, ordered by id.

use madoguchi_model::{CollectionHeader, FORMAT, TownCode};
use serde::Serialize;

use crate::limits;

/// A collection's header and its records as lines of JSON.
#[derive(Debug)]
pub struct Collection<'a> {
    /// Its first line.
    pub header: CollectionHeader,
    /// One record each.
    pub lines: Vec<&'a str>,
}

/// Why content cannot be read as a collection.
#[derive(Debug, thiserror::Error)]
pub enum CollectionError {
    /// Not UTF-8.
    #[error("the collection is not UTF-8")]
    Encoding,
    /// The first line is no header.
    #[error("the collection's header cannot be read: {0}")]
    Header(serde_json::Error),
    /// A newer town's format.
    #[error("the collection has format {found}, this app reads up to {FORMAT}: update the app")]
    Format {
        /// The format it has.
        found: u32,
    },
    /// Signed by a key of this town, but about another.
    #[error("the collection is of town {found}, not of {expected}")]
    OtherTown {
        /// Whose it is.
        found: TownCode,
        /// Whose it should be.
        expected: TownCode,
    },
    /// More or larger records than may be.
    #[error("the collection has a record of more than {max} bytes, or too many records", max = limits::RECORD)]
    TooLarge,
}

/// Reads a collection of `town`. Its records stay lines; whoever stores them parses them.
pub fn read<'a>(raw: &'a [u8], town: &TownCode) -> Result<Collection<'a>, CollectionError> {
    let text = std::str::from_utf8(raw).map_err(|_| CollectionError::Encoding)?;
    let mut lines = text.split('\n').filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    if first.len() > limits::RECORD {
        return Err(CollectionError::TooLarge);
    }
    let header: CollectionHeader = serde_json::from_str(first).map_err(CollectionError::Header)?;
    if header.format > FORMAT {
        return Err(CollectionError::Format { found: header.format });
    }
    if &header.town != town {
        return Err(CollectionError::OtherTown { found: header.town, expected: town.clone() });
    }
    let lines: Vec<&str> = lines.take(limits::RECORDS + 1).collect();
    if lines.len() > limits::RECORDS || lines.iter().any(|line| line.len() > limits::RECORD) {
        return Err(CollectionError::TooLarge);
    }
    Ok(Collection { header, lines })
}

/// Writes a collection. Records come in the order given; the caller orders them by id.
pub fn write<T: Serialize>(header: &CollectionHeader, records: &[T]) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = serde_json::to_vec(header)?;
    out.push(b'\n');
    for record in records {
        serde_json::to_writer(&mut out, record)?;
        out.push(b'\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use madoguchi_model::CollectionKind;

    fn header(format: u32) -> CollectionHeader {
        CollectionHeader {
            collection: CollectionKind::Notices,
            format,
            town: "222127".parse().unwrap(),
            department: "koho".into(),
            sources: Vec::new(),
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let raw = write(&header(FORMAT), &["a", "b\nc"]).unwrap();
        let read = read(&raw, &"222127".parse().unwrap()).unwrap();
        assert_eq!((read.header, read.lines), (header(FORMAT), vec!["\"a\"", "\"b\\nc\""]));
    }

    #[test]
    fn another_town_and_a_newer_format_are_told_apart() {
        let raw = write::<u8>(&header(FORMAT), &[]).unwrap();
        assert!(matches!(read(&raw, &"122319".parse().unwrap()), Err(CollectionError::OtherTown { .. })));
        let raw = write::<u8>(&header(FORMAT + 1), &[]).unwrap();
        assert!(matches!(read(&raw, &"222127".parse().unwrap()), Err(CollectionError::Format { .. })));
        assert!(matches!(read(b"<html>", &"222127".parse().unwrap()), Err(CollectionError::Header(_))));
    }
}
