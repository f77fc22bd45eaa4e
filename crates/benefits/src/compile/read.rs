//! Rule files, read on several threads.

use super::RuleFile;
use crate::parse::{self, Parsed};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many files are read at a time, at most: a phone has some cores that are fast, and the rest of compiling waits for all.
const READERS: usize = 4;

/// Reads the files, in their order. Each stands for itself until names are looked for, so several are read at a time.
pub(super) fn all(files: &[RuleFile]) -> Vec<Parsed<'_>> {
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    let readers = std::thread::available_parallelism().map_or(1, usize::from).min(READERS);
    // A thread costs more than a town's few rules.
    if readers < 2 || files.len() < 2 || bytes < 64 * 1024 {
        return files.iter().enumerate().map(|(number, file)| one(number, file)).collect();
    }
    let next = AtomicUsize::new(0);
    let some = || {
        let take = || {
            let number = next.fetch_add(1, Ordering::Relaxed);
            files.get(number).map(|file| (number, one(number, file)))
        };
        std::iter::from_fn(take).collect::<Vec<_>>()
    };
    let mut all = std::thread::scope(|scope| {
        let reader = |_| std::thread::Builder::new().spawn_scoped(scope, some).ok();
        let others: Vec<_> = (1..readers).filter_map(reader).collect();
        let mut all = some();
        for other in others {
            match other.join() {
                Ok(more) => all.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_unstable_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, parsed)| parsed).collect()
}

fn one(number: usize, file: &RuleFile) -> Parsed<'_> {
    let csv = |name: &str| file.tables.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str());
    parse::file(&file.text, u16::try_from(number).unwrap_or(u16::MAX), &csv)
}

#[cfg(test)]
mod tests {
    use crate::{RuleFile, Rules};

    /// What comes of rules does not hang on which file is read first.
    #[test]
    fn files_keep_their_order_however_many_are_read_at_a_time() {
        let padding = "# 余白\n".repeat(800);
        let file = |number: usize| RuleFile {
            name: format!("{number}.rules"),
            text: format!("{padding}fact household f{number} : 円\n  question 「?」\n"),
            tables: vec![],
        };
        let files: Vec<RuleFile> = (0..50).map(file).collect();
        for _ in 0..20 {
            let rules = Rules::compile(&files).unwrap_or_else(|problems| panic!("{}", problems[0]));
            let names: Vec<&str> = rules.facts.iter().map(|fact| fact.name.as_str()).collect();
            let expected: Vec<String> = (0..50).map(|number| format!("f{number}")).collect();
            assert_eq!(names, expected);
        }
    }
}
