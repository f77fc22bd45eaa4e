//! Patches: zstd with the old file as reference prefix.
//!
//! Both sides need the same prefix, a window that spans it, and the maker long-distance matching: without these the
//! "patch" of a large file is as large as the file.

use zstd::zstd_safe::{CCtx, CParameter, DCtx, DParameter, InBuffer, OutBuffer};

use crate::compress::{self, CompressError};
use crate::limits;

fn window_log(old: usize, new: usize) -> u32 {
    let span = (old + new).max(1 << 10);
    (usize::BITS - span.leading_zeros()).clamp(10, 30)
}

fn damaged(code: usize) -> CompressError {
    CompressError::Damaged(std::io::Error::other(zstd::zstd_safe::get_error_name(code)))
}

/// What turns `old` into `new`.
pub fn make(old: &[u8], new: &[u8]) -> Result<Vec<u8>, CompressError> {
    let mut context = CCtx::create();
    let settings = [
        CParameter::CompressionLevel(compress::level(new.len())),
        CParameter::WindowLog(window_log(old.len(), new.len())),
        CParameter::EnableLongDistanceMatching(true),
        // The bundle's signed hashes say more than a checksum would.
        CParameter::ChecksumFlag(false),
        CParameter::ContentSizeFlag(true),
    ];
    for setting in settings {
        context.set_parameter(setting).map_err(damaged)?;
    }
    context.ref_prefix(old).map_err(damaged)?;
    let mut out = Vec::with_capacity(zstd::zstd_safe::compress_bound(new.len()));
    context.compress2(&mut out, new).map_err(damaged)?;
    Ok(out)
}

/// Applies a patch; the result is at most `max` bytes. Whoever calls checks the result's hash.
pub fn apply(old: &[u8], patch: &[u8], max: u64) -> Result<Vec<u8>, CompressError> {
    let max = max.min(limits::COLLECTION);
    let mut context = DCtx::create();
    let span = usize::try_from(max).unwrap_or(usize::MAX).saturating_add(old.len());
    context.set_parameter(DParameter::WindowLogMax(window_log(span, 0))).map_err(damaged)?;
    context.ref_prefix(old).map_err(damaged)?;
    let mut out: Vec<u8> = Vec::new();
    let mut buffer = vec![0u8; 128 * 1024];
    let mut input = InBuffer::around(patch);
    loop {
        let mut output = OutBuffer::around(buffer.as_mut_slice());
        let hint = context.decompress_stream(&mut output, &mut input).map_err(damaged)?;
        let written = output.as_slice();
        let full = written.len() == 128 * 1024;
        out.extend_from_slice(written);
        if out.len() as u64 > max {
            return Err(CompressError::TooLarge { max });
        }
        if hint == 0 {
            return Ok(out);
        }
        if input.pos() >= patch.len() && !full {
            return Err(CompressError::Damaged(std::io::ErrorKind::UnexpectedEof.into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn notices(count: usize, changed: usize) -> Vec<u8> {
        let line = |i: usize| {
            let word = if changed > 0 && i.is_multiple_of(100) { "変更" } else { "予定" };
            let body: String = (0..60)
                .map(|k| char::from_u32(0x4e00 + ((i * 7919 + k * 104_729) % 5000) as u32).unwrap())
                .collect();
            format!("{{\"id\":\"{i:06}\",\"body\":\"{word}{body}\"}}\n")
        };
        (0..count).map(line).collect::<String>().into_bytes()
    }

    #[test]
    fn one_percent_of_a_large_file_travels_as_a_few_bytes() {
        let (old, new) = (notices(20_000, 0), notices(20_000, 1));
        assert!(old.len() > 4_000_000);
        let patch = make(&old, &new).unwrap();
        assert!(patch.len() < 4_000, "{}", patch.len());
        assert_eq!(apply(&old, &patch, new.len() as u64).unwrap(), new);
        assert!(matches!(apply(&old, &patch, new.len() as u64 - 1), Err(CompressError::TooLarge { .. })));
    }

    #[test]
    fn a_truncated_patch_is_an_error() {
        let (old, new) = (notices(100, 0), notices(100, 1));
        let patch = make(&old, &new).unwrap();
        for cut in 0..patch.len() {
            assert!(apply(&old, &patch[..cut], 1 << 20).is_err(), "{cut}");
        }
    }

    proptest! {
        #[test]
        fn any_change_comes_back(old in proptest::collection::vec(any::<u8>(), 0..3000), new in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let patch = make(&old, &new).unwrap();
            prop_assert_eq!(apply(&old, &patch, 4000).unwrap(), new);
        }

        #[test]
        fn no_bytes_make_it_panic(old in proptest::collection::vec(any::<u8>(), 0..200), patch in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = apply(&old, &patch, 4000);
        }
    }
}
