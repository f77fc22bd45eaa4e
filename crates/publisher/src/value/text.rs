//! Characters that look alike.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// What stands in Japanese files where a hyphen or minus is meant, the long vowel mark included.
pub fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '‐'
            | '‑'
            | '‒'
            | '–'
            | '—'
            | '―'
            | '−'
            | '－'
            | '─'
            | '━'
            | 'ー'
            | 'ｰ'
            | '﹣'
            | '➖'
    )
}

/// Half-width digits and signs, one kind of hyphen and one of `~`: for reading numbers, never for showing.
pub fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let one_of_each = |c| match c {
        c if is_dash(c) => '-',
        '〜' => '~',
        c => c,
    };
    Cow::Owned(text.nfkc().map(one_of_each).collect())
}

/// Folds a text for comparing: as [`narrow`], lower case, without spaces.
pub fn key(text: &str) -> String {
    narrow(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The text with half-width katakana made full-width; none when there were none.
pub fn full_kana(text: &str) -> Option<String> {
    let half = |c: char| ('\u{ff61}'..='\u{ff9f}').contains(&c);
    if text.is_ascii() || !text.contains(half) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if half(c) {
            run.push(c);
            continue;
        }
        out.extend(run.nfkc());
        run.clear();
        out.push(c);
    }
    out.extend(run.nfkc());
    Some(out)
}

/// The digits at the head of `text` as a number, and the rest. None where no digit stands or the number is too long.
pub(crate) fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_half_width_kana_are_widened() {
        assert_eq!(
            full_kana("浜当目ｺﾐﾆﾃｨ防災ｾﾝﾀｰ　３F").as_deref(),
            Some("浜当目コミニティ防災センター　３F")
        );
        assert_eq!(full_kana("ﾍﾞﾋﾞｰ").as_deref(), Some("ベビー"));
        assert_eq!(full_kana("ターントクル"), None);
    }

    #[test]
    fn dashes_and_widths_fold_to_one() {
        assert_eq!(key("本町２－１６−３２　A"), key("本町2-16-32a"));
        assert_eq!(narrow("8:30～17:15"), narrow("8:30〜17:15"));
    }
}
