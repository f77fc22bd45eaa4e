use axum::http::HeaderValue;

/// How much of a file a request wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it.
    Whole,
    /// `len` bytes (never none) from `start`, all of them within the file.
    Part {
        /// The first byte.
        start: u64,
        /// How many.
        len: u64,
    },
    /// Bytes that are not there.
    Nothing,
}

/// Reads `Range` for a file of `size` bytes. What is not one well-formed range of bytes means the whole file, as
/// the standard allows: nobody who resumes a download asks for several pieces at once.
pub(crate) fn wanted(range: Option<&HeaderValue>, size: u64) -> Wanted {
    let parsed = range.and_then(|value| value.to_str().ok()).and_then(ends);
    match parsed {
        None => Wanted::Whole,
        Some((None, Some(last))) if last > 0 && size > 0 => {
            let len = last.min(size);
            Wanted::Part { start: size - len, len }
        }
        Some((Some(first), last)) if first < size => {
            let last = last.unwrap_or(u64::MAX).min(size - 1);
            Wanted::Part { start: first, len: last - first + 1 }
        }
        Some(_) => Wanted::Nothing,
    }
}

/// First and last byte; without a first, the second number counts from the end.
fn ends(text: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (unit, range) = text.trim().split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    let (first, last) = (number(first)?, number(last)?);
    let sensible = match (first, last) {
        (Some(first), Some(last)) => first <= last,
        (None, None) => false,
        _ => true,
    };
    (unit.eq_ignore_ascii_case("bytes") && sensible).then_some((first, last))
}

/// A number or nothing at all. One that is larger than any file is as good as the largest.
fn number(text: &str) -> Option<Option<u64>> {
    match text {
        "" => Some(None),
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
            Some(Some(digits.parse().unwrap_or(u64::MAX)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(range: &str, size: u64) -> Wanted {
        wanted(Some(&range.parse().unwrap()), size)
    }

    #[test]
    fn each_form_of_a_range_is_read() {
        for (range, start, len) in [
            ("bytes=0-0", 0, 1),
            ("bytes=2-4", 2, 3),
            ("bytes=2-", 2, 8),
            ("bytes=9-9", 9, 1),
            ("bytes=5-99999999999999999999999", 5, 5),
            ("bytes=-3", 7, 3),
            ("bytes=-30", 0, 10),
            ("Bytes= 1-2", 1, 2),
        ] {
            assert_eq!(of(range, 10), Wanted::Part { start, len }, "{range}");
        }
    }

    #[test]
    fn what_is_not_there_is_said_so() {
        for range in ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(of(range, 10), Wanted::Nothing, "{range}");
        }
        assert_eq!(of("bytes=0-", 0), Wanted::Nothing);
        assert_eq!(of("bytes=-1", 0), Wanted::Nothing);
    }

    #[test]
    fn what_is_no_single_range_is_passed_over() {
        for range in [
            "bytes=0-1,3-4",
            "bytes=4-2",
            "bytes=-",
            "bytes=",
            "bytes",
            "lines=0-1",
            "bytes =0-1",
            "bytes=a-b",
            "bytes=--1",
        ] {
            assert_eq!(of(range, 10), Wanted::Whole, "{range}");
        }
        assert_eq!(wanted(None, 10), Wanted::Whole);
    }

    proptest! {
        #[test]
        fn a_part_lies_within_the_file(range in "bytes=[0-9]{0,20}-[0-9]{0,20}", size in any::<u64>()) {
            if let Wanted::Part { start, len } = of(&range, size) {
                prop_assert!(len > 0 && start < size && len <= size - start);
            }
        }
    }
}
