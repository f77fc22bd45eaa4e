//! `.dbf`: the attributes of a Shapefile, row by row.

use std::fs::File;
use std::io::{BufReader, Read, Take};
use std::path::Path;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};

use super::wrong;
use crate::geo::{GeoError, MAX_FILE, Properties};

/// A table, read from the front.
pub(super) struct Table {
    input: BufReader<Take<File>>,
    fields: Vec<Field>,
    row: usize,
    encoding: Option<&'static Encoding>,
}

struct Field {
    name: String,
    kind: u8,
    length: usize,
}

impl Table {
    /// Opens a table. `cpg` names its encoding.
    pub fn open(path: &Path, cpg: Option<&str>) -> Result<Self, GeoError> {
        let cut = |_| wrong("属性（.dbf）の先頭が途中で切れています");
        let file = File::open(path)?;
        let bytes = file.metadata()?.len();
        if bytes > MAX_FILE {
            return Err(GeoError::TooLarge { bytes });
        }
        let mut input = BufReader::new(file.take(bytes));
        let mut head = [0; 32];
        input.read_exact(&mut head).map_err(cut)?;
        let short = |at: usize| {
            head.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_le_bytes) as usize
        };
        let (head_length, row) = (short(8), short(10));
        let mut described = vec![0; head_length.saturating_sub(32)];
        input.read_exact(&mut described).map_err(cut)?;
        let encoding = encoding(cpg, head.get(29).copied().unwrap_or(0));
        let mut fields = Vec::new();
        for field in described.chunks_exact(32) {
            if field.first() == Some(&0x0D) {
                break;
            }
            let name = field.get(..11).unwrap_or_default();
            let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
            fields.push(Field {
                name: text(name, encoding),
                kind: field.get(11).copied().unwrap_or(b'C').to_ascii_uppercase(),
                length: field.get(16).copied().unwrap_or(0).into(),
            });
        }
        let width: usize = fields.iter().map(|field| field.length).sum();
        if width + 1 > row {
            return Err(wrong("属性（.dbf）の列の長さが、行の長さと合いません"));
        }
        Ok(Table { input, fields, row, encoding })
    }

    /// How its texts are encoded.
    pub fn encoding(&self) -> &'static str {
        match self.encoding {
            Some(encoding) if encoding == SHIFT_JIS => "cp932",
            _ => "utf-8",
        }
    }

    /// The next row: none at the end, and none within when it was deleted.
    pub fn next_row(&mut self) -> Result<Option<Option<Properties>>, GeoError> {
        let mut row = vec![0; self.row];
        if let Err(error) = self.input.read_exact(&mut row) {
            let ended = error.kind() == std::io::ErrorKind::UnexpectedEof;
            return if ended { Ok(None) } else { Err(error.into()) };
        }
        let (mark, mut rest) = match row.split_first() {
            Some((0x1A, _)) | None => return Ok(None),
            Some(split) => split,
        };
        let mut properties = Properties::new();
        for field in &self.fields {
            let Some((cell, after)) = rest.split_at_checked(field.length) else { break };
            rest = after;
            let value = text(cell, self.encoding);
            let value = value.trim_matches(|c: char| c.is_whitespace() || c == '\0');
            let value = match field.kind {
                b'N' | b'F' => number(value),
                // What no value was given to.
                b'L' if value == "?" => String::new(),
                _ => value.to_string(),
            };
            if !value.is_empty() {
                properties.insert(field.name.clone(), value);
            }
        }
        Ok(Some((*mark != b'*').then_some(properties)))
    }
}

/// `3.000` is written `3`, as in GeoJSON; what a program writes for no number is empty.
fn number(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => number.to_string(),
        _ if text.starts_with('*') => String::new(),
        _ => text.into(),
    }
}

/// By `.cpg`, else by the language mark; none: each text as it looks.
fn encoding(cpg: Option<&str>, mark: u8) -> Option<&'static Encoding> {
    let name = cpg.unwrap_or_default().to_lowercase().replace(['-', '_', ' '], "");
    match name.as_str() {
        "utf8" | "65001" => Some(UTF_8),
        "932" | "cp932" | "ms932" | "sjis" | "shiftjis" | "windows31j" | "ansi932" => Some(SHIFT_JIS),
        _ => (mark == 0x13 || mark == 0x7B).then_some(SHIFT_JIS),
    }
}

fn text(bytes: &[u8], encoding: Option<&'static Encoding>) -> String {
    match encoding {
        Some(encoding) if encoding == SHIFT_JIS => {
            SHIFT_JIS.decode_without_bom_handling(bytes).0.into_owned()
        }
        Some(_) => {
            // A text of fixed bytes may be cut in the middle of a letter.
            let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
            String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default()).into_owned()
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => SHIFT_JIS.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}
