//! Which column of a table says what.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Weekday;
use madoguchi_model::Hazard;

use super::danger_words;
use super::heads::{self, Field};
use crate::table::{Row, Table};
use crate::value::{head, is_blank, number};

/// As many rows as are looked at to tell a name from other words.
const SAMPLE: usize = 2_000;

/// The columns of a table, by what they say.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The folded heads, without the word that all begin with (`公営駐輪場_`).
    pub heads: Vec<String>,
    /// The word that all heads begin with, folded.
    pub prefix: Option<String>,
    /// By the field's number: looked up some thirty times for each row.
    fields: Vec<Vec<usize>>,
    /// From and to by weekday.
    pub week: Vec<(usize, Weekday, Field)>,
    /// Columns of dangers, and whether the word is a wide one.
    pub dangers: Vec<(usize, &'static [Hazard], bool)>,
}

impl Columns {
    /// Finds out what the columns of a table say.
    pub fn of(table: &Table) -> Self {
        // GIS programs put USER_ before the heads that are not theirs.
        let bare = |raw: &String| head::fold(raw.strip_prefix("USER_").unwrap_or(raw));
        let mut heads: Vec<String> = table.header.iter().map(bare).collect();
        let prefix = shared_prefix(&table.header);
        if let Some(prefix) = &prefix {
            for (head, raw) in heads.iter_mut().zip(&table.header) {
                if let Some((first, rest)) = raw.split_once('_')
                    && head::fold(first) == *prefix
                {
                    *head = head::fold(rest);
                }
            }
        }
        let fields = vec![Vec::new(); Field::COUNT];
        let mut columns = Columns { prefix, fields, ..Default::default() };
        let mut ranked: Vec<(Field, usize, usize)> = Vec::new();
        for (column, head) in heads.iter().enumerate() {
            if let Some((day, field)) = heads::weekday_hour(head) {
                columns.week.push((column, day, field));
            } else if let Some((hazards, wide)) = danger_words::dangers(head) {
                columns.dangers.push((column, hazards, wide));
            } else if let Some((field, rank)) = heads::field(head) {
                ranked.push((field, rank, column));
            }
        }
        ranked.sort_unstable();
        for (field, _, column) in ranked {
            columns.add(field, column);
        }
        columns.heads = heads;
        if columns.all(Field::Name).is_empty()
            && let Some(name) = columns.guess_name(table)
        {
            columns.add(Field::Name, name);
        }
        columns
    }

    fn add(&mut self, field: Field, column: usize) {
        if let Some(columns) = self.fields.get_mut(field as usize) {
            columns.push(column);
        }
    }

    /// The columns of a field, the best first.
    pub fn all(&self, field: Field) -> &[usize] {
        self.fields.get(field as usize).map_or(&[], Vec::as_slice)
    }

    /// Is there a column for the field?
    pub fn has(&self, field: Field) -> bool {
        !self.all(field).is_empty()
    }

    /// Has the table a column with this head?
    pub fn has_head(&self, head: &str) -> bool {
        let head = head::fold(head);
        self.heads.contains(&head)
    }

    /// The columns with any of these heads, in the order of the heads.
    pub fn find(&self, heads: &[&str]) -> Vec<usize> {
        let at = |name: &&str| {
            let folded = head::fold(name);
            self.heads.iter().position(|head| *head == folded)
        };
        heads.iter().filter_map(at).collect()
    }

    /// Is the column of one of the fields?
    pub fn is(&self, column: usize, fields: &[Field]) -> bool {
        fields.iter().any(|field| self.all(*field).contains(&column))
    }

    /// The name where no head is known for one: of the heads that end like a name the one whose texts differ most, else the
    /// first unknown column left of the address in which nearly every row has a text of its own.
    fn guess_name(&self, table: &Table) -> Option<usize> {
        let hours = self.week.iter().map(|(column, _, _)| *column);
        let dangers = self.dangers.iter().map(|(column, _, _)| *column);
        let known: HashSet<usize> =
            self.fields.iter().flatten().copied().chain(hours).chain(dangers).collect();
        let unknown = |column: &usize| !known.contains(column);
        let ending: Vec<usize> = (0..self.heads.len())
            .filter(unknown)
            .filter(|column| self.heads.get(*column).is_some_and(|head| heads::like_a_name(head)))
            .collect();
        let most = ending.iter().map(|column| (distinct(table, *column), std::cmp::Reverse(*column))).max();
        if let Some((count, std::cmp::Reverse(column))) = most
            && (count > 0 || table.rows.is_empty())
        {
            return Some(column);
        }
        let place = [Field::Address, Field::Lat, Field::Lon];
        let before = place.iter().flat_map(|field| self.all(*field)).min()?;
        let rows = table.rows.len().min(SAMPLE);
        let words = |column: usize| {
            let sample = table.rows.iter().take(SAMPLE);
            sample.filter(|row| is_name(row.get(column))).count() * 10 >= rows * 9
        };
        (0..*before)
            .filter(unknown)
            .find(|column| rows > 0 && words(*column) && distinct(table, *column) * 10 >= rows * 9)
    }

    /// The column whose texts tell the rows apart: the file's own id, else its row number. None where two rows share one.
    pub fn id(&self, rows: &[Row]) -> Option<usize> {
        let candidates = self.all(Field::Id).iter().chain(self.all(Field::RowNumber));
        candidates.copied().find(|column| {
            let mut seen = HashSet::with_capacity(rows.len());
            let mut ids = rows.iter().map(|row| row.get(*column)).filter(|id| !is_blank(id));
            ids.all(|id| id.len() <= 64 && seen.insert(id)) && !seen.is_empty()
        })
    }
}

fn is_name(text: &str) -> bool {
    !is_blank(text) && number::read(text).is_none() && text.chars().count() <= 60
}

fn distinct(table: &Table, column: usize) -> usize {
    let texts: HashSet<&str> = table.rows.iter().take(SAMPLE).map(|row| row.get(column)).collect();
    texts.len() - usize::from(texts.contains(""))
}

/// The word before the first `_` that names the kind of thing in most heads, as in the GIF's tables.
fn shared_prefix(header: &[String]) -> Option<String> {
    let mut by_prefix: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for raw in header {
        if let Some((prefix, rest)) = raw.split_once('_') {
            by_prefix.entry(head::fold(prefix)).or_default().push(head::fold(rest));
        }
    }
    let of_a_place =
        |rest: &Vec<String>| rest.iter().any(|r| r == "名称") && rest.iter().any(|r| r == "緯度");
    by_prefix.into_iter().find(|(_, rest)| of_a_place(rest)).map(|(prefix, _)| prefix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Limits;

    fn columns(text: &str) -> Columns {
        Columns::of(&Table::read(text.as_bytes(), &Limits::default()).unwrap())
    }

    #[test]
    fn the_name_is_found_under_any_head() {
        let name = |text: &str| columns(text).all(Field::Name).first().copied();
        assert_eq!(name("ID,農園名,住所,緯度\n1,甲,乙,3\n"), Some(1));
        assert_eq!(name("投票区名,ポスター設置所名,住所\n一区,甲,x\n一区,乙,y\n"), Some(1));
        assert_eq!(name("No.,土のうステーション置き場,住所\n1,甲広場,x\n2,乙公園,y\n"), Some(1));
        assert_eq!(name("登録番号,住所,緯度,経度\n1,甲,3,4\n"), None);
        assert_eq!(name("市町村名,レイヤ名,箇所名\nA,B,C\n"), Some(2));
    }

    #[test]
    fn a_word_before_every_head_is_passed_over() {
        let columns =
            columns("公営駐輪場_ID,公営駐輪場_名称,公営駐輪場_緯度,公営駐輪場_経度\nc1,甲,35,140\n");
        assert_eq!(columns.prefix.as_deref(), Some("公営駐輪場"));
        assert_eq!(columns.all(Field::Lat), [2]);
        assert_eq!(columns.all(Field::Id), [0]);
    }

    #[test]
    fn an_id_must_tell_rows_apart() {
        let id = |text: &str| {
            let table = Table::read(text.as_bytes(), &Limits::default()).unwrap();
            Columns::of(&table).id(&table.rows)
        };
        assert_eq!(id("NO,ID,名称\n1,a,甲\n2,b,乙\n"), Some(1));
        assert_eq!(id("NO,ID,名称\n1,a,甲\n2,a,乙\n"), Some(0));
        assert_eq!(id("NO,ID,名称\n1,a,甲\n1,a,乙\n"), None);
        assert_eq!(id("NO,ID,名称\n1,,甲\n2,b,乙\n"), Some(1));
        assert_eq!(id("ID,名称\n,甲\n,乙\n"), None);
    }
}
