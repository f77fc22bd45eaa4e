//! Bytes of a feed -> text, by what its first line declares.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

/// A feed as text.
pub(super) struct Decoded {
    pub(super) text: String,
    /// The encoding as reports name it.
    pub(super) encoding: String,
    /// Whether there were bytes that mean nothing in that encoding.
    pub(super) lossy: bool,
}

pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let (encoding, bom) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (declared(bytes).unwrap_or(UTF_8), 0),
    };
    let (text, lossy) = encoding.decode_without_bom_handling(bytes.get(bom..).unwrap_or_default());
    let name = match encoding {
        e if e == UTF_8 && bom > 0 => "utf-8-bom".into(),
        e if e == SHIFT_JIS => "cp932".into(),
        e => e.name().to_ascii_lowercase(),
    };
    Decoded { text: text.into_owned(), encoding: name, lossy }
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(200).map(|byte| char::from(*byte)).collect();
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let label = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?.trim();
    let encoding = match label.to_ascii_lowercase().as_str() {
        "cp932" | "windows_31j" | "shift-jis-2004" => Some(SHIFT_JIS),
        label => Encoding::for_label(label.as_bytes()),
    };
    // Whoever can read the declaration byte by byte is not reading UTF-16.
    encoding.filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_or_the_mark_says_how() {
        let encoding = |bytes: &[u8]| decode(bytes).encoding;
        assert_eq!(encoding("<?xml version='1.0' encoding = 'EUC-JP'?>".as_bytes()), "euc-jp");
        assert_eq!(encoding(b"<?xml version=\"1.0\" encoding=\"Windows-31J\"?>"), "cp932");
        assert_eq!(encoding(b"<?xml version=\"1.0\" encoding=\"UTF-16\"?>"), "utf-8");
        assert_eq!(encoding(b"<?xml version=\"1.0\" encoding=\"nosuch\"?>"), "utf-8");
        assert_eq!(encoding("\u{feff}<rss/>".as_bytes()), "utf-8-bom");
        assert_eq!(encoding(b"\xff\xfe<\0"), "utf-16le");
        assert_eq!(encoding(b""), "utf-8");
        assert!(decode(b"\xff").lossy && !decode("あ".as_bytes()).lossy);
    }
}
