use unicode_normalization::UnicodeNormalization;

/// Folds text for comparing and searching: NFKC (half-width ｶﾅ, full-width digits, ligatures) and lower case.
///
/// Both sides of a comparison must be folded; two texts that fold alike are alike for a search.
pub fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// Turns katakana into hiragana, so that a reading typed in either kana is found.
pub fn hiragana(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_width_kana_and_full_width_digits_fold_to_what_a_person_types() {
        assert_eq!(fold("ﾃﾞｲｻｰﾋﾞｽ１２Ａ㎡"), "デイサービス12am2");
        assert_eq!(hiragana("ヤイヅシ・ヴ"), "やいづし・ゔ");
    }
}
