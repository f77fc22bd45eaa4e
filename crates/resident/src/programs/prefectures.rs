/// The prefecture of a code of a town or a part of it; `None` where the code is of no prefecture, such as that of a sample town.
pub(crate) fn prefecture_of(code: &str) -> Option<&'static str> {
    let number = code.get(..2)?.parse::<usize>().ok()?;
    PREFECTURES.get(number.checked_sub(1)?).copied()
}

/// By the first two digits of codes.
const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_with_its_prefecture() {
        let told = ["011002", "222127", "472018", "992011", "000000", "2", "市"].map(prefecture_of);
        assert_eq!(told, [Some("北海道"), Some("静岡県"), Some("沖縄県"), None, None, None, None]);
    }
}
