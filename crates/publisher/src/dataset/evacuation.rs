//! 指定緊急避難場所 and 指定避難所: two things, in one table or in two.

use madoguchi_model::{Hazard, PlaceKind};

use super::columns::Columns;
use super::danger_words;
use super::heads::Field;
use super::sets::{self, PlaceSet};
use crate::table::{Row, Table};
use crate::value::{
    flag::{self, Flag},
    head,
};

/// What a word for a kind of place means: where to flee to, where to stay, or both at once.
pub(super) fn kinds(word: &str) -> Vec<&'static str> {
    let site = ["避難場所", "避難地", "避難広場"].iter().any(|name| word.contains(name));
    let shelter = word.contains("避難所");
    let named = [(site, PlaceKind::EMERGENCY_SITE), (shelter, PlaceKind::SHELTER)];
    named.into_iter().filter(|(named, _)| *named).map(|(_, kind)| kind).collect()
}

/// The kinds that a row names in the first of its columns of categories that names one.
///
/// 分類 goes before 種別: where a map's layer is 指定避難所, 種別 still says 指定避難場所・避難所 of each row.
pub(super) fn kinds_of_row(row: &Row, columns: &Columns) -> Vec<&'static str> {
    let classes = columns.all(Field::Category);
    let by_head = |head: &str| {
        classes.iter().copied().find(|column| columns.heads.get(*column).is_some_and(|h| h == head))
    };
    let order = by_head("分類").into_iter().chain(classes.iter().copied());
    order.map(|column| kinds(row.get(column))).find(|kinds| !kinds.is_empty()).unwrap_or_default()
}

/// The data set of a table of places of both kinds, or of a kind that only its rows name: that of most of its rows.
pub(super) fn by_rows(table: &Table, columns: &Columns) -> Option<&'static PlaceSet> {
    if !columns.has(Field::Category) {
        return None;
    }
    let (mut sites, mut shelters) = (0, 0);
    for row in table.rows.iter().take(2_000) {
        match kinds_of_row(row, columns).as_slice() {
            [PlaceKind::EMERGENCY_SITE, ..] => sites += 1,
            [_, ..] => shelters += 1,
            [] => {}
        }
    }
    let most = if sites > shelters { PlaceKind::EMERGENCY_SITE } else { PlaceKind::SHELTER };
    // Among other things, or in a remark, the words do not make a table of shelters.
    ((sites + shelters) * 2 > table.rows.len().min(2_000)).then(|| sets::of_kind(most)).flatten()
}

/// The dangers that a row is marked for, in the standard's order, and the columns whose words say no more than that.
pub(super) fn dangers(row: &Row, columns: &Columns, kind: &str) -> (Vec<Hazard>, Vec<usize>) {
    let mut marked = Vec::new();
    let mut said = Vec::new();
    for (column, hazards, wide) in &columns.dangers {
        // Where to flee to is a matter of each danger by law: from 風水害 nobody may conclude 高潮.
        if *wide && kind == PlaceKind::EMERGENCY_SITE {
            continue;
        }
        match flag::read(row.get(*column)) {
            Flag::Yes => {
                marked.extend_from_slice(hazards);
                // What stands for several dangers keeps the town's own word beside them.
                if !wide {
                    said.push(*column);
                }
            }
            Flag::No => said.push(*column),
            Flag::Partly | Flag::Words => {}
        }
    }
    for column in columns.all(Field::Dangers) {
        let words = row.get(*column).split(['、', '・', ',', '，', ';', '/', '／', '\n', ' ', '　']);
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let known = words.iter().filter_map(|word| danger_words::dangers(&head::fold(word)));
        let exact: Vec<&[Hazard]> = known.filter(|(_, wide)| !wide).map(|(hazards, _)| hazards).collect();
        if exact.len() == words.len() {
            said.push(*column);
        }
        marked.extend(exact.concat());
    }
    let in_order = Hazard::ALL.iter().map(|(hazard, _)| *hazard).filter(|hazard| marked.contains(hazard));
    (in_order.collect(), said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Limits;

    fn dangers_of(text: &str, kind: &str) -> (Vec<Hazard>, Vec<usize>) {
        let table = Table::read(text.as_bytes(), &Limits::default()).unwrap();
        dangers(table.rows.first().unwrap(), &Columns::of(&table), kind)
    }

    #[test]
    fn the_words_of_towns_for_the_two() {
        assert_eq!(kinds("指定避難所"), ["shelter"]);
        assert_eq!(kinds("特別避難所"), ["shelter"]);
        assert_eq!(kinds("広域避難場所"), ["emergency-site"]);
        assert_eq!(kinds("指定緊急避難場所・指定避難所"), ["emergency-site", "shelter"]);
        assert!(kinds("津波避難ビル").is_empty() && kinds("").is_empty());
    }

    #[test]
    fn only_a_plain_yes_is_a_yes() {
        let (hazards, said) = dangers_of("名称,洪水,高潮,地震,津波\n甲,1,△,○,2階以上\n", "emergency-site");
        assert_eq!(hazards, [Hazard::Flood, Hazard::Earthquake]);
        assert_eq!(said, [1, 3]);
    }

    #[test]
    fn a_wide_word_makes_no_place_safe_from_each_danger() {
        let text = "名称,震災,風水害,土砂\n甲,○,○,\n";
        assert_eq!(dangers_of(text, "emergency-site").0, [Hazard::Earthquake]);
        let (hazards, said) = dangers_of(text, "shelter");
        assert_eq!((hazards.len(), said), (4, vec![1, 3]));
    }

    #[test]
    fn dangers_in_one_cell() {
        let (hazards, said) =
            dangers_of("名称,対応している災害の種別\n甲,土砂災害・地震\n", "emergency-site");
        assert_eq!((hazards, said.len()), (vec![Hazard::Landslide, Hazard::Earthquake], 1));
        let (hazards, said) =
            dangers_of("名称,対応している災害の種別\n甲,地震（建物倒壊）、洪水\n", "emergency-site");
        assert_eq!((hazards, said.len()), (vec![Hazard::Flood], 0));
    }
}
