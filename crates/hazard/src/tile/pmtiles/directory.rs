//! Directories: which tile or which further directory lies where.

use crate::tile::varint;

/// Where a tile, or a run of alike ones, or a directory lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// Number of the first tile.
    pub id: u64,
    /// From the start of the section of tiles or of directories.
    pub offset: u64,
    /// In bytes.
    pub length: u32,
    /// For how many tiles it stands; 0: it is a directory.
    pub run: u32,
}

pub(super) fn encode(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::with_capacity(entries.len() * 6 + 4);
    varint::put(&mut out, entries.len() as u64);
    let mut last = 0;
    for entry in entries {
        varint::put(&mut out, entry.id.wrapping_sub(last));
        last = entry.id;
    }
    entries.iter().for_each(|entry| varint::put(&mut out, entry.run.into()));
    entries.iter().for_each(|entry| varint::put(&mut out, entry.length.into()));
    let mut next = None;
    for entry in entries {
        varint::put(&mut out, if next == Some(entry.offset) { 0 } else { entry.offset.wrapping_add(1) });
        next = entry.offset.checked_add(entry.length.into());
    }
    out
}

/// The entries of a directory, or what is wrong with it.
pub(super) fn decode(mut bytes: &[u8]) -> Result<Vec<Entry>, &'static str> {
    const ENDS: &str = "a directory ends too early";
    let count = varint::take(&mut bytes).ok_or(ENDS)?;
    // An entry takes four bytes at least.
    let count = usize::try_from(count).ok().filter(|count| *count <= bytes.len() / 4).ok_or(ENDS)?;
    if count == 0 {
        return Err("a directory without entries");
    }
    let mut entries = Vec::with_capacity(count);
    let mut id = 0u64;
    for index in 0..count {
        let step = varint::take(&mut bytes).ok_or(ENDS)?;
        if step == 0 && index > 0 {
            return Err("a directory names a tile twice");
        }
        id = id.checked_add(step).ok_or("a directory with a number that no tile has")?;
        entries.push(Entry { id, offset: 0, length: 0, run: 0 });
    }
    let mut small = || varint::take(&mut bytes).and_then(|number| u32::try_from(number).ok()).ok_or(ENDS);
    for entry in &mut entries {
        entry.run = small()?;
    }
    for entry in &mut entries {
        entry.length = small()?;
        if entry.length == 0 {
            return Err("a directory with an empty tile");
        }
    }
    let mut next = None;
    for entry in &mut entries {
        entry.offset = match (varint::take(&mut bytes).ok_or(ENDS)?, next) {
            (0, None) => return Err("a directory without its first place"),
            (0, Some(next)) => next,
            (place, _) => place - 1,
        };
        next = entry.offset.checked_add(entry.length.into());
    }
    Ok(entries)
}

/// The entry for a tile: that of its run, or the directory that would hold it.
pub(super) fn find(entries: &[Entry], id: u64) -> Option<Entry> {
    let after = entries.partition_point(|entry| entry.id <= id);
    let entry = entries.get(after.checked_sub(1)?)?;
    (entry.run == 0 || id - entry.id < u64::from(entry.run)).then_some(*entry)
}
