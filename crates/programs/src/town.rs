use std::collections::{BTreeMap, BTreeSet};

use madoguchi_benefits::Rules;
use madoguchi_benefits::problem::Problem;

use crate::{RuleText, rules, with_town};

/// Files of a town are left out and the rest tried again so often; after that none of them is taken, so that a town whose
/// files break each other in turn does not keep a phone busy.
const ROUNDS: usize = 8;

/// The country's rules with those of a town's files that can be used.
#[derive(Debug, Clone, Default)]
pub struct TownRules {
    with_own: Option<Rules>,
    /// The town's rule files that are not in them, in the order of their names.
    pub left_out: Vec<LeftOut>,
}

/// A rule file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// Its name in the town's folder.
    pub file: String,
    /// What is wrong with it, each with line and column.
    pub problems: Vec<Problem>,
}

impl TownRules {
    /// Compiles a town's files beside the country's. A file with mistakes is left out, and so is one that needs it; the others
    /// and the country's stand as if it were not there.
    pub fn compile(town: &str, files: &[RuleText]) -> Self {
        let prefix = format!("{town}/");
        let mut kept: Vec<RuleText> = files.to_vec();
        let mut left: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
        for round in 0.. {
            if !kept.iter().any(is_rules) {
                break;
            }
            let problems = match with_town(town, &kept) {
                Ok(rules) => return Self::of(Some(rules), left),
                Err(problems) => problems,
            };
            let mut named = BTreeSet::new();
            let mut others = Vec::new();
            for mut problem in problems {
                match problem.file.strip_prefix(&prefix).map(str::to_owned) {
                    Some(file) => {
                        problem.file.clone_from(&file);
                        named.insert(file.clone());
                        left.entry(file).or_default().push(problem);
                    }
                    None => others.push(problem),
                }
            }
            // What no file of the town is blamed for came with all of them: the country's alone have no problem.
            if named.is_empty() || round + 1 == ROUNDS {
                for file in kept.iter().filter(|file| is_rules(file)) {
                    let problems = left.entry(file.name.clone()).or_default();
                    if problems.is_empty() {
                        problems.extend(others.iter().cloned());
                    }
                    if problems.is_empty() {
                        let what = "the town's other rule files have too many problems".into();
                        problems.push(Problem { file: file.name.clone(), line: 1, column: 1, what });
                    }
                }
                break;
            }
            kept.retain(|file| !named.contains(&file.name));
        }
        Self::of(None, left)
    }

    fn of(with_own: Option<Rules>, left: BTreeMap<String, Vec<Problem>>) -> Self {
        let left = left.into_iter().map(|(file, problems)| LeftOut { file, problems });
        TownRules { with_own, left_out: left.collect() }
    }

    /// The country's rules with what the town adds; the country's alone where it adds nothing that can be used.
    pub fn rules(&self) -> &Rules {
        self.with_own.as_ref().unwrap_or_else(|| rules())
    }

    /// Does the town add anything?
    pub fn has_own(&self) -> bool {
        self.with_own.is_some()
    }
}

fn is_rules(file: &RuleText) -> bool {
    file.name.ends_with(".rules")
}

/// The tables that a rule file names (`csv 「額.csv」`), as it writes them: names below its own folder.
pub fn tables_named(text: &str) -> BTreeSet<&str> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with(['#', '＃']));
    let mut named = BTreeSet::new();
    for mut rest in lines {
        while let Some((_, quoted)) = rest.split_once(['「', '"']) {
            let Some((quoted, after)) = quoted.split_once(['」', '"']) else { break };
            if quoted.ends_with(".csv") {
                named.insert(quoted);
            }
            rest = after;
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> RuleText {
        RuleText { name: name.into(), text: text.into() }
    }

    fn program(name: &str, body: &str) -> String {
        format!(
            "source 「要綱」 「https://www.city.mihon.example.jp/」 checked 2026-11-26\n\
             program person {name} : 円\n  title ja 「{name}」\n  requires 「若い」: {body}\n  amount = 1,000円\n"
        )
    }

    #[test]
    fn a_broken_file_is_left_out_and_named_and_the_others_stand() {
        let files = [
            file("kosodate/a.rules", &program("甲", "年齢 < 3歳")),
            file("kosodate/b.rules", &program("乙", "年令 < 3歳")),
        ];
        let town = TownRules::compile("992011", &files);
        assert!(town.rules().program("甲").is_some() && town.rules().program("児童手当").is_some());
        assert!(town.rules().program("乙").is_none() && town.has_own());
        let [left] = town.left_out.as_slice() else { panic!("{:?}", town.left_out) };
        assert_eq!(
            (left.file.as_str(), left.problems[0].line, left.problems[0].column),
            ("kosodate/b.rules", 4, 18)
        );
    }

    #[test]
    fn who_needs_a_broken_file_is_left_out_too_and_who_does_not_stays() {
        let definition = "define person 市の子 : 真偽 = 年令 < 3歳\n";
        let files = [
            file("a.rules", definition),
            file("b.rules", &program("乙", "市の子")),
            file("c.rules", &program("丙", "年齢 < 3歳")),
        ];
        let town = TownRules::compile("992011", &files);
        let left: Vec<&str> = town.left_out.iter().map(|left| left.file.as_str()).collect();
        assert_eq!(left, ["a.rules", "b.rules"]);
        assert!(town.rules().program("丙").is_some());
    }

    #[test]
    fn a_town_with_nothing_that_can_be_used_has_the_country_alone() {
        let huge = format!("# {}\n", "あ".repeat(3 * 1024 * 1024));
        for files in [vec![], vec![file("a.rules", "program")], vec![file("a.rules", &huge)]] {
            let town = TownRules::compile("992011", &files);
            assert_eq!((town.left_out.len(), town.has_own()), (files.len(), false));
            assert!(town.left_out.iter().all(|left| !left.problems.is_empty()));
            assert_eq!(town.rules().programs.len(), rules().programs.len());
        }
    }

    #[test]
    fn tables_are_those_that_stand_in_quotes() {
        let text = "# csv 「古い.csv」\ntable 額(級地: 数) : 円\n  csv 「額.csv」\n  csv \"tables/b.csv\" # 「c.csv\n\
                    source 「要綱」 「https://example.jp/」\n";
        assert_eq!(tables_named(text).into_iter().collect::<Vec<_>>(), ["tables/b.csv", "額.csv"]);
        assert!(tables_named("「").is_empty() && tables_named("\"").is_empty());
    }
}
