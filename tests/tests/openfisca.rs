//! The rule language is strong enough: OpenFisca-Japan's tests pass on rules of ours, where those tests are at hand.

use madoguchi_benefits::Rules;
use madoguchi_tests::{openfisca, repository, rules, shared};
use std::collections::BTreeMap;

#[test]
fn the_comparison_set_compiles_and_its_tests_pass() {
    let files = rules::folder(&repository().join("tests/openfisca")).expect("the comparison set");
    let compiled = Rules::compile(&files).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let Some(tests) = shared("benefits/openfisca-japan/tests") else { return };
    let report = openfisca::run(&compiled, &tests, "", &BTreeMap::new());
    let missed: Vec<String> = report
        .files
        .iter()
        .flat_map(|file| file.failures.iter().map(|f| format!("{}: {}: {}", file.file, f.name, f.what)))
        .collect();
    assert!(
        missed.is_empty(),
        "{} of {}:\n{}",
        missed.len(),
        report.passed + missed.len(),
        missed.join("\n")
    );
    assert!(report.passed > 1_000, "only {} tests were found", report.passed);
}
