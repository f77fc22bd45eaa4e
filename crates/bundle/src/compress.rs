//! zstd for collections. The same bytes in give the same bytes out.

use std::io::Read;

use crate::limits;

/// Why something cannot be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum CompressError {
    /// It would be larger than it says or than may be.
    #[error("unpacks to more than {max} bytes")]
    TooLarge {
        /// The limit.
        max: u64,
    },
    /// Not zstd, or damaged.
    #[error("cannot be unpacked: {0}")]
    Damaged(#[from] std::io::Error),
}

/// The level for so many bytes: a town publishes once, every phone fetches; only what is very large would keep the town
/// waiting for minutes.
pub(crate) fn level(bytes: usize) -> i32 {
    if bytes > 32 << 20 { 12 } else { 19 }
}

/// Packs a collection.
pub fn compress(raw: &[u8]) -> Result<Vec<u8>, CompressError> {
    Ok(zstd::bulk::compress(raw, level(raw.len()))?)
}

/// Unpacks at most `max` bytes; a bomb stops at the limit, whatever its header says.
pub fn decompress(packed: &[u8], max: u64) -> Result<Vec<u8>, CompressError> {
    let max = max.min(limits::COLLECTION);
    let mut decoder = zstd::stream::read::Decoder::new(packed)?;
    // 128 MiB of window: what level 19 with long distance matching can ask for, and no more.
    decoder.window_log_max(27)?;
    read_limited(decoder.single_frame(), max)
}

pub(crate) fn read_limited(reader: impl Read, max: u64) -> Result<Vec<u8>, CompressError> {
    let mut out = Vec::new();
    reader.take(max.saturating_add(1)).read_to_end(&mut out)?;
    if out.len() as u64 > max {
        return Err(CompressError::TooLarge { max });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = compress(&vec![0; 10_000_000]).unwrap();
        assert!(bomb.len() < 2_000);
        assert!(matches!(decompress(&bomb, 1_000_000), Err(CompressError::TooLarge { max: 1_000_000 })));
        assert_eq!(decompress(&bomb, 10_000_000).unwrap().len(), 10_000_000);
    }

    #[test]
    fn damage_is_an_error() {
        let mut packed = compress("お知らせ".repeat(100).as_bytes()).unwrap();
        packed.truncate(packed.len() - 3);
        assert!(decompress(&packed, 1_000_000).is_err());
        assert!(decompress(b"<html>", 1_000_000).is_err());
    }
}
