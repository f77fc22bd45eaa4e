//! The rule files that ship with Madoguchi, and a town's beside them: the same for who publishes a town and for a phone.
//!
//! Nothing here reads a file: texts come in, rules and problems go out.

mod town;

use std::sync::OnceLock;

use madoguchi_benefits::problem::Problem;
use madoguchi_benefits::{RuleFile, Rules};

include!(concat!(env!("OUT_DIR"), "/programs.rs"));

pub use town::{LeftOut, TownRules, tables_named};

/// A file of a folder of rules: a rule file (`*.rules`) or a table (`*.csv`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// Its path below the folder, with `/`.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// The country's rules, compiled at the first call.
pub fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    // A test compiles them: what ships has no problems.
    RULES.get_or_init(|| Rules::compile(&shipped()).unwrap_or_default())
}

/// The country's rule files.
pub fn shipped() -> Vec<RuleFile> {
    paired(FILES.iter().copied())
}

/// The country's rules and a town's own. Problems name the town's files as `222127/child.rules`; a town whose files have any
/// has the country's rules alone ([`rules`]).
pub fn with_town(town: &str, files: &[RuleText]) -> Result<Rules, Vec<Problem>> {
    let mut all = shipped();
    all.extend(rule_files(files).into_iter().map(|mut file| {
        file.name = format!("{town}/{}", file.name);
        file
    }));
    Rules::compile(&all)
}

/// Rule files in the order of their names, each with the tables that it names: those of its own folder and below.
pub fn rule_files(files: &[RuleText]) -> Vec<RuleFile> {
    let mut files: Vec<(&str, &str)> = files.iter().map(|f| (f.name.as_str(), f.text.as_str())).collect();
    files.sort_unstable();
    paired(files.iter().copied())
}

fn paired<'a>(files: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Vec<RuleFile> {
    let rules = files.clone().filter(|(name, _)| name.ends_with(".rules"));
    rules
        .map(|(name, text)| {
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let beside = |table: &'a str| match folder {
                "" => Some(table),
                folder => table.strip_prefix(folder)?.strip_prefix('/'),
            };
            let tables = files.clone().filter(|(table, _)| table.ends_with(".csv"));
            // Only what it names: a table of two thousand towns is not copied for every file.
            let named = tables.filter_map(|(table, rows)| Some((beside(table)?, rows)));
            let named = named.filter(|(table, _)| text.contains(table));
            RuleFile {
                name: name.to_owned(),
                text: text.to_owned(),
                tables: named.map(|(table, rows)| (table.to_owned(), rows.to_owned())).collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> RuleText {
        RuleText { name: name.into(), text: text.into() }
    }

    const TOWN: &str = "source 「焼津市の要綱」 「https://www.city.yaizu.lg.jp/」 checked 2026-11-26\n\
        table 紙おむつの額(級地: 数) : 円/月\n  csv 「額.csv」\n\
        program person 紙おむつの支給 : 円/月\n  title ja 「紙おむつの支給」\n  \
        requires 「1歳になるまで」: 生まれている and 年齢 < 1歳\n  amount = 紙おむつの額(級地)\n";

    #[test]
    fn what_ships_compiles_and_is_all_there() {
        let files = shipped();
        assert!(files.is_sorted_by(|a, b| a.name < b.name));
        let rules = Rules::compile(&files).unwrap_or_else(|problems| panic!("{}", problems[0]));
        assert!(rules.programs.len() > 50 && rules.program("児童手当").is_some());
        assert_eq!(super::rules().programs.len(), rules.programs.len());
    }

    #[test]
    fn a_table_goes_to_the_files_of_its_folder_that_name_it() {
        let own = |name: &str, wanted: &str| {
            let files = shipped();
            let file = files.into_iter().find(|file| file.name == name).unwrap();
            file.tables.iter().any(|(table, _)| table == wanted)
        };
        assert!(own("japan/people.rules", "級地.csv"));
        assert!(!own("japan/child_allowance.rules", "級地.csv"));
        let files = rule_files(&[
            file("a/one.rules", "csv 「額.csv」"),
            file("a/tables/額.csv", "1"),
            file("b/額.csv", "2"),
            file("b/two.rules", "csv 「額.csv」"),
            file("a/three.rules", "csv 「tables/額.csv」"),
        ]);
        let tables: Vec<(&str, &[(String, String)])> =
            files.iter().map(|f| (f.name.as_str(), f.tables.as_slice())).collect();
        assert_eq!(
            tables,
            [
                ("a/one.rules", &[][..]),
                ("a/three.rules", &[("tables/額.csv".into(), "1".into())][..]),
                ("b/two.rules", &[("額.csv".into(), "2".into())][..]),
            ]
        );
    }

    #[test]
    fn a_town_adds_its_own_and_its_faults_name_its_files() {
        let table = file("額.csv", "級地,額\n1,1000\n2,2000\n3,3000\n");
        let rules = with_town("222127", &[file("baby.rules", TOWN), table.clone()]).unwrap();
        assert!(rules.program("紙おむつの支給").is_some() && rules.program("児童手当").is_some());
        let broken = TOWN.replace("生まれている", "うまれている");
        let problems = with_town("222127", &[file("baby.rules", &broken), table]).unwrap_err();
        assert!(problems.iter().all(|problem| problem.file == "222127/baby.rules"), "{problems:?}");
        let missing = with_town("222127", &[file("baby.rules", TOWN)]).unwrap_err();
        assert!(missing[0].to_string().starts_with("222127/baby.rules:3:"), "{missing:?}");
    }

    #[test]
    fn a_town_does_not_take_the_place_of_the_country() {
        let own = shipped().into_iter().find(|file| file.name == "japan/child_allowance.rules").unwrap();
        let problems = with_town("222127", &[file(&own.name, &own.text)]).unwrap_err();
        assert!(problems[0].file.starts_with("222127/"), "{}", problems[0]);
    }
}
