//! For which places a program is.

use madoguchi_model::{ProgramArea, TownCode};

/// Where a program is, seen from the town that publishes it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// Here, or it does not say.
    Here(Vec<ProgramArea>),
    /// Only elsewhere: in these places, as the data calls them.
    Elsewhere(String),
}

/// Reads codes and names (`131130;渋谷区`, `131130;131148`, `22212`) and tells whether the town is among them.
pub(super) fn read(texts: &[&str], town: &TownCode) -> Where {
    let mut areas: Vec<ProgramArea> = Vec::new();
    for part in texts.iter().flat_map(|text| text.split([';', '；', '、', ',', '，'])).map(str::trim) {
        match code(part) {
            Some(code) => areas.push(ProgramArea { code: Some(code), name: String::new() }),
            None if part.is_empty() => {}
            // A name belongs to the code before it.
            None => match areas.last_mut() {
                Some(area) if area.code.is_some() && area.name.is_empty() => area.name = part.into(),
                _ => areas.push(ProgramArea { code: None, name: part.into() }),
            },
        }
    }
    let coded = || areas.iter().filter_map(|area| area.code.as_deref());
    if coded().next().is_none() || coded().any(|code| covers(code, town.as_str())) {
        return Where::Here(areas);
    }
    let names = areas.iter().map(|area| match area.name.as_str() {
        "" => area.code.as_deref().unwrap_or_default(),
        name => name,
    });
    let names: Vec<&str> = names.take(3).collect();
    Where::Elsewhere(names.join("、"))
}

/// A code of six digits, or of five to which the check digit is added.
fn code(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().map(|b| b.wrapping_sub(b'0')).collect();
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match (digits.len(), <[u8; 5]>::try_from(digits.get(..5)?)) {
        (6, _) => Some(text.into()),
        (5, Ok(five)) => Some(format!("{text}{}", TownCode::check_digit(&five))),
        _ => None,
    }
}

/// Is the town in the place of this code: itself, one of its wards, its prefecture, or the whole country?
fn covers(area: &str, town: &str) -> bool {
    let five = |code: &str| code.get(..5).and_then(|five| five.parse::<u32>().ok());
    let (Some(area), Some(town)) = (five(area), five(town)) else { return false };
    let whole = area.is_multiple_of(1000) && (area == 0 || area / 1000 == town / 1000);
    // Wards of a city of 政令指定都市 have the numbers after its own; 横浜市 has most of them, 18, and 大阪市's run to 28.
    let city = town / 100 % 10 == 1 && town.is_multiple_of(10) && town / 100 != 131;
    area == town || whole || (city && (town + 1..town + 30).contains(&area))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town(code: &str) -> TownCode {
        code.parse().unwrap()
    }

    #[test]
    fn the_town_its_prefecture_and_the_country_are_here() {
        for text in
            ["131130;渋谷区", "13113", "130001;東京都", "13000", "000000;全国", "133621;利島村;131130;渋谷区"]
        {
            assert!(matches!(read(&[text], &town("131130")), Where::Here(_)), "{text}");
        }
        for (text, named) in [("133621;利島村", "利島村"), ("220001;静岡県", "静岡県"), ("131148", "131148")]
        {
            assert_eq!(read(&[text], &town("131130")), Where::Elsewhere(named.into()));
        }
    }

    #[test]
    fn a_ward_is_in_its_city() {
        assert!(matches!(read(&["141011;鶴見区"], &town("141003")), Where::Here(_)));
        assert!(matches!(read(&["141313;川崎区"], &town("141003")), Where::Elsewhere(_)));
        assert!(matches!(read(&["141313;川崎区"], &town("141305")), Where::Here(_)));
    }

    #[test]
    fn words_without_a_code_exclude_nobody() {
        let Where::Here(areas) = read(&["市内全域"], &town("222127")) else { panic!("elsewhere") };
        assert_eq!(areas, [ProgramArea { code: None, name: "市内全域".into() }]);
        assert_eq!(read(&[""], &town("222127")), Where::Here(Vec::new()));
    }
}
