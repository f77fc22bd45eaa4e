//! `conformance --rules DIR --tests DIR [--only PART] [--json]`: OpenFisca-Japan's tests on the rules of `tests/openfisca`.

use madoguchi_benefits::Rules;
use madoguchi_tests::{openfisca, rules};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| words.iter().position(|w| w == name).and_then(|at| words.get(at + 1)).cloned();
    let folder =
        after("--rules").map_or_else(|| madoguchi_tests::repository().join("tests/openfisca"), PathBuf::from);
    let default = madoguchi_tests::repository().join("../shared/data/benefits/openfisca-japan/tests");
    let tests = after("--tests").map_or(default, PathBuf::from);
    let files = rules::folder(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let compiled = match Rules::compile(&files) {
        Ok(rules) => rules,
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            std::process::exit(2);
        }
    };
    let explained = explained(&folder.join("explained.tsv"));
    let report = openfisca::run(&compiled, &tests, &after("--only").unwrap_or_default(), &explained);
    if words.iter().any(|word| word == "--json") {
        println!("{}", serde_json::to_string_pretty(&report).expect("a report"));
    } else {
        for file in &report.files {
            println!(
                "{:4} passed {:3} failed {:3} skipped  {}",
                file.passed, file.failed, file.skipped, file.file
            );
            for failure in &file.failures {
                println!("       {}: {}", failure.name, failure.what);
                if let Some(because) = &failure.because {
                    println!("         because {because}");
                }
            }
        }
        println!("passed {}, failed {}, skipped {}", report.passed, report.failed, report.skipped);
    }
}

/// Lines of `file<TAB>test's name<TAB>why the rules differ`.
fn explained(path: &Path) -> BTreeMap<(String, String), String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let parts = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.splitn(3, '\t').map(str::to_owned).collect::<Vec<_>>());
    parts
        .filter_map(|parts| <[String; 3]>::try_from(parts).ok())
        .map(|[file, name, why]| ((file, name), why))
        .collect()
}
