//! Telephone numbers.

use super::{Read, text};

const FORM: &str = "電話番号の書き方をそろえた";

/// Reads one telephone number that can be dialled from anywhere in Japan: `(054)626-1139`, `０５４－６２６－１１３９`, `119`.
pub fn read(text: &str) -> Option<Read<String>> {
    let text = text.trim();
    let narrow = text::narrow(text);
    let marked = ["TEL", "Tel", "tel", "電話"].iter().find_map(|mark| narrow.strip_prefix(mark));
    let number = marked.map_or(&*narrow, |number| number.trim_start_matches([':', ' ', '.']));
    let (international, number) = match number.strip_prefix("+81") {
        Some(rest) => (true, rest.trim_start_matches(['-', ' '])),
        None => (false, number),
    };
    let mut out = String::from(if international { "0" } else { "" });
    for c in number.chars() {
        match c {
            '0'..='9' => out.push(c),
            '-' | '(' | ')' => {
                if !out.is_empty() && !out.ends_with('-') {
                    out.push('-');
                }
            }
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    let digits = out.bytes().filter(u8::is_ascii_digit).count();
    let whole = out.starts_with('0') && matches!(digits, 10 | 11);
    let short = out.starts_with('1') && out.len() == 3;
    if out.ends_with('-') || !(whole || short) {
        return None;
    }
    let mended = (out != text).then_some(FORM);
    Some(Read { value: out, mended })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_way_of_writing_for_all() {
        let number = |text: &str| read(text).map(|read| read.value);
        for text in [
            "(054)626-1139",
            "054(626)1139",
            "054−626−1139",
            "０５４－６２６－１１３９",
            "054ー626ー1139",
            "+81-54-626-1139",
            "TEL:054-626-1139",
        ] {
            assert_eq!(number(text).as_deref(), Some("054-626-1139"), "{text}");
        }
        assert_eq!(read("0120-054-628"), Some(Read::plain("0120-054-628".into())));
        assert_eq!(number("119").as_deref(), Some("119"));
        for none in
            ["42-5111", "電話なし", "", "-", "054-626-1139、054-626-2145", "054-626-1139（内線3）", "なし"]
        {
            assert_eq!(number(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_what_comes_out_is_read_as_it_is(text in "[-0-9()＋+８１ー ]{0,20}|\\PC{0,20}") {
            if let Some(first) = read(&text) {
                prop_assert_eq!(read(&first.value), Some(Read::plain(first.value.clone())));
            }
        }
    }
}
