//! Which encoding a file is in, found by reading it strictly in each: a wrong guess fails on real text.

use encoding_rs::{DecoderResult, SHIFT_JIS};

use super::TableError;

/// The text of a file and the name of its encoding.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, &'static str), TableError> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => text(rest, "utf-8-bom", utf8),
        [0xFF, 0xFE, rest @ ..] => text(rest, "utf-16le", |bytes| utf16(bytes, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => text(rest, "utf-16be", |bytes| utf16(bytes, u16::from_be_bytes)),
        [b'P', b'K', 3, 4, ..] => Err(TableError::NotATable("Excelブック(またはZIP)")),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(TableError::NotATable("古い形式のExcelブック")),
        [b'%', b'P', b'D', b'F', ..] => Err(TableError::NotATable("PDF")),
        _ if bytes.contains(&0) => {
            // ASCII characters of UTF-16, line ends at least, have a zero in the one half or the other.
            let zeros = |half: usize| bytes.iter().skip(half).step_by(2).filter(|b| **b == 0).count();
            if zeros(1) >= zeros(0) {
                text(bytes, "utf-16le", |bytes| utf16(bytes, u16::from_le_bytes))
            } else {
                text(bytes, "utf-16be", |bytes| utf16(bytes, u16::from_be_bytes))
            }
        }
        _ => text(bytes, "utf-8", utf8).or_else(|in_utf8| match text(bytes, "cp932", cp932) {
            // A file that is nearly UTF-8 has its fault where UTF-8 breaks off, and the other way round.
            Err(TableError::Encoding { line }) => match in_utf8 {
                TableError::Encoding { line: other } => Err(TableError::Encoding { line: line.max(other) }),
                in_utf8 => Err(in_utf8),
            },
            read => read,
        }),
    }
}

/// Decodes by `decoder`, which answers with the line on which it fails.
fn text(
    bytes: &[u8],
    name: &'static str,
    decoder: impl Fn(&[u8]) -> Result<String, u64>,
) -> Result<(String, &'static str), TableError> {
    let text = decoder(bytes).map_err(|line| TableError::Encoding { line })?;
    let begins =
        |with: &str| text.trim_start().get(..with.len()).is_some_and(|b| b.eq_ignore_ascii_case(with));
    if begins("<!doctype html") || begins("<html") {
        return Err(TableError::NotATable("HTMLのページ"));
    }
    let stray = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}');
    match text.find(stray) {
        Some(at) => Err(TableError::Encoding { line: lines(text.as_bytes(), at) }),
        None => Ok((text, name)),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, u64> {
    std::str::from_utf8(bytes).map(String::from).map_err(|error| lines(bytes, error.valid_up_to()))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, u64> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match c {
            Ok(c) => text.push(c),
            Err(_) => return Err(lines(text.as_bytes(), text.len())),
        }
    }
    if rest.is_empty() { Ok(text) } else { Err(lines(text.as_bytes(), text.len())) }
}

/// CP932 as the WHATWG defines it: Windows' own, with ① and ㈱.
fn cp932(bytes: &[u8]) -> Result<String, u64> {
    let mut decoder = SHIFT_JIS.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(room);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(bad, after), read) => {
            Err(lines(bytes, read.saturating_sub(usize::from(bad) + usize::from(after))))
        }
        (DecoderResult::OutputFull, read) => Err(lines(bytes, read)),
    }
}

/// The line on which the byte after the first `good` stands.
fn lines(bytes: &[u8], good: usize) -> u64 {
    let before = bytes.get(..good).unwrap_or(bytes);
    let feeds = before.iter().filter(|b| **b == b'\n').count();
    let returns = before.iter().filter(|b| **b == b'\r').count();
    1 + feeds.max(returns) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "名称,備考\r\nカフェ,①〜髙\r\n";

    #[test]
    fn each_encoding_is_found() {
        let utf16 = |unit: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let (cp932, _, _) = SHIFT_JIS.encode("名称,備考\r\nカフェ,①～髙\r\n");
        for (bytes, name) in [
            (TEXT.as_bytes().to_vec(), "utf-8"),
            ([b"\xEF\xBB\xBF".as_slice(), TEXT.as_bytes()].concat(), "utf-8-bom"),
            (cp932.into_owned(), "cp932"),
            ([b"\xFF\xFE".to_vec(), utf16(u16::to_le_bytes)].concat(), "utf-16le"),
            ([b"\xFE\xFF".to_vec(), utf16(u16::to_be_bytes)].concat(), "utf-16be"),
            (utf16(u16::to_le_bytes), "utf-16le"),
            (utf16(u16::to_be_bytes), "utf-16be"),
        ] {
            let (text, found) = decode(&bytes).unwrap();
            assert_eq!(found, name);
            assert_eq!(text.replace('～', "〜"), TEXT);
        }
    }

    #[test]
    fn what_is_no_text_is_named_with_its_line() {
        let at = |bytes: &[u8]| decode(bytes).unwrap_err();
        assert_eq!(at(b"a,b\nc,d\n\xFF\xFF,e\n"), TableError::Encoding { line: 3 });
        assert_eq!(at(b"\xEF\xBB\xBFa\n\x93\xFA\n"), TableError::Encoding { line: 2 });
        assert_eq!(at(b"\xFF\xFEa\0\n\0\x00\xD8\n\0"), TableError::Encoding { line: 2 });
        assert_eq!(at(b"a\n\x07b"), TableError::Encoding { line: 2 });
        assert!(matches!(at(b"PK\x03\x04aaa"), TableError::NotATable(_)));
        assert!(matches!(at(b"<!DOCTYPE html><p>"), TableError::NotATable(_)));
    }
}
