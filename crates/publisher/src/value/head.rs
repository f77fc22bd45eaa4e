//! Column heads.

use super::text::narrow;

/// Folds a column head for comparing: width, kind of dash, case, spaces and underscores make no difference, so that
/// `都道府県コ―ド` is `都道府県コード` and `名称_カナ` is `名称＿ｶﾅ`.
pub fn fold(head: &str) -> String {
    narrow(head).chars().filter(|c| !c.is_whitespace() && *c != '_').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_that_a_person_takes_for_the_same_are_the_same() {
        let code = fold("都道府県コード又は市区町村コード");
        assert_eq!(fold("都道府県コ―ド又は市区町村コ―ド"), code);
        assert_eq!(fold("都道府県コ－ド又は市区町村コｰド "), code);
        assert_eq!(fold("建物名等（方書）"), fold("建物名等(方書)"));
        assert_eq!(fold("名称_カナ"), fold("名称＿ｶﾅ"));
        assert_eq!(fold("telephoneNumber"), fold("Telephone Number"));
        assert_ne!(fold("緯度"), fold("経度"));
    }
}
