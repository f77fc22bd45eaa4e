//! A file's text as UTF-8, whatever it is written in, a piece at a time; and a guard that stops texts without an end.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use encoding_rs::{Decoder, DecoderResult, Encoding, SHIFT_JIS, UTF_16BE, UTF_16LE};

use super::{GeoError, MAX_TEXT};

/// The largest file that is read.
pub const MAX_FILE: u64 = 512 << 20;

/// Bytes read at once.
const PIECE: usize = 64 << 10;

/// What the guard says when a text does not end; [`is_long_text`] knows it again.
const LONG: &str = "a text without an end";

/// Opens a file of text, and tells how it is encoded.
pub fn open(path: &Path) -> Result<(impl Read + use<>, &'static str), GeoError> {
    let mut file = File::open(path)?;
    let bytes = file.metadata()?.len();
    if bytes > MAX_FILE {
        return Err(GeoError::TooLarge { bytes });
    }
    let mut head = [0; 3];
    let got = fill(&mut file, &mut head)?;
    let (skip, encoding, name): (u64, Option<&'static Encoding>, _) = match head.get(..got) {
        Some([0xEF, 0xBB, 0xBF]) => (3, None, "utf-8-bom"),
        Some([0xFF, 0xFE, ..]) => (2, Some(UTF_16LE), "utf-16le"),
        Some([0xFE, 0xFF, ..]) => (2, Some(UTF_16BE), "utf-16be"),
        _ if is_utf8(&mut file)? => (0, None, "utf-8"),
        _ => (0, Some(SHIFT_JIS), "cp932"),
    };
    file.seek(SeekFrom::Start(skip))?;
    // A file that grows while it is read stays within the limit.
    let file = file.take(MAX_FILE);
    let text: Box<dyn Read> = match encoding {
        None => Box::new(file),
        Some(encoding) => Box::new(Decoding {
            file,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: Vec::new(),
            text: String::with_capacity(PIECE * 3),
            given: 0,
            ended: false,
        }),
    };
    Ok((Guard { text, in_text: false, escaped: false, length: 0 }, name))
}

/// Did reading stop at a text without an end?
pub fn is_long_text(error: &str) -> bool {
    error.contains(LONG)
}

fn fill(file: &mut File, into: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while let Some(rest) = into.get_mut(got..)
        && !rest.is_empty()
    {
        match file.read(rest)? {
            0 => break,
            n => got += n,
        }
    }
    Ok(got)
}

fn is_utf8(file: &mut File) -> io::Result<bool> {
    file.seek(SeekFrom::Start(0))?;
    let mut bytes: Vec<u8> = Vec::with_capacity(PIECE + 4);
    loop {
        let had = bytes.len();
        let got = file.by_ref().take(PIECE as u64).read_to_end(&mut bytes)?;
        match std::str::from_utf8(&bytes) {
            Ok(_) => bytes.clear(),
            // A letter cut by the end of the piece.
            Err(error) if error.error_len().is_none() && got > 0 => {
                bytes.drain(..error.valid_up_to());
            }
            Err(_) => return Ok(false),
        }
        if got == 0 {
            return Ok(had == 0 || bytes.is_empty());
        }
    }
}

/// Turns another encoding into UTF-8 on the way.
struct Decoding<R> {
    file: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: String,
    given: usize,
    ended: bool,
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.text.clear();
            self.given = 0;
            if self.raw.is_empty() {
                self.ended = self.file.by_ref().take(PIECE as u64).read_to_end(&mut self.raw)? == 0;
            }
            let (result, read) =
                self.decoder.decode_to_string_without_replacement(&self.raw, &mut self.text, self.ended);
            self.raw.drain(..read);
            if let DecoderResult::Malformed(..) = result {
                return Err(io::Error::new(io::ErrorKind::InvalidData, GeoError::Encoding));
            }
        }
        let rest = self.text.as_bytes().get(self.given..).unwrap_or_default();
        let n = rest.len().min(into.len());
        if let (Some(into), Some(rest)) = (into.get_mut(..n), rest.get(..n)) {
            into.copy_from_slice(rest);
        }
        self.given += n;
        Ok(n)
    }
}

/// Passes JSON on, and stops inside a string of more than [`MAX_TEXT`] bytes: a parser would keep all of it.
struct Guard<R> {
    text: R,
    in_text: bool,
    escaped: bool,
    length: usize,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.text.read(into)?;
        for byte in into.iter().take(n) {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_text => self.escaped = true,
                b'"' => {
                    self.in_text = !self.in_text;
                    self.length = 0;
                }
                // Digits without an end are kept by the parser as well.
                b'0'..=b'9' | b'.' if !self.in_text => {}
                _ if !self.in_text => self.length = 0,
                _ => {}
            }
            self.length += 1;
            if self.length > MAX_TEXT {
                return Err(io::Error::new(io::ErrorKind::InvalidData, LONG));
            }
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> (Result<String, String>, &'static str) {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("a.geojson");
        std::fs::write(&path, bytes).unwrap();
        let (mut reader, name) = open(&path).unwrap();
        let mut text = Vec::new();
        let read = reader.read_to_end(&mut text).map_err(|e| e.to_string());
        (read.map(|_| String::from_utf8(text).unwrap()), name)
    }

    #[test]
    fn every_encoding_comes_out_as_utf_8_across_pieces() {
        let text = "浸水深「ー」".repeat(20_000);
        let (cp932, _, _) = SHIFT_JIS.encode(&text);
        assert_eq!(text_of(&cp932), (Ok(text.clone()), "cp932"));
        assert_eq!(text_of(text.as_bytes()), (Ok(text.clone()), "utf-8"));
        assert_eq!(
            text_of(&[&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat()),
            (Ok(text.clone()), "utf-8-bom")
        );
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(text_of(&utf16), (Ok(text), "utf-16le"));
        assert!(text_of(&[b'"', 0xFF, 0xFF]).0.is_err());
        assert_eq!(text_of(b""), (Ok(String::new()), "utf-8"));
        assert_eq!(text_of(&[0xE6, 0xB5]).1, "cp932");
    }

    #[test]
    fn a_text_or_number_without_an_end_stops_at_the_limit() {
        let long = |c: &str| text_of(format!("\"{}", c.repeat(MAX_TEXT + 1)).as_bytes()).0;
        assert!(is_long_text(&long("a").unwrap_err()));
        assert!(is_long_text(&text_of("1".repeat(MAX_TEXT + 1).as_bytes()).0.unwrap_err()));
        let many = "\"a\\\"b\", ".repeat(MAX_TEXT / 4);
        assert!(text_of(many.as_bytes()).0.is_ok());
        assert!(text_of(" ".repeat(MAX_TEXT * 2).as_bytes()).0.is_ok());
    }
}
