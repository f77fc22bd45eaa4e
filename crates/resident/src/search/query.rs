use std::collections::BTreeSet;

use madoguchi_model::fold;

use super::bigrams::{pairs, runs};

/// More words of the index narrow down no further, and a pasted page must not become a query of thousands.
const INDEX_WORDS: usize = 48;

/// What a resident looks for: words of which all must occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads what was typed. None when nothing was: then everything is meant.
    pub fn parse(typed: &str) -> Option<Self> {
        let words: Vec<String> = fold(typed).split_whitespace().map(Into::into).collect();
        (!words.is_empty()).then_some(Query { words })
    }

    /// Is this text (folded) what is looked for?
    pub fn is_in(&self, folded: &str) -> bool {
        self.words.iter().all(|word| folded.contains(word.as_str()))
    }

    /// The FTS5 expression that every matching text fulfils; none when the words hold only what the index does not:
    /// apostrophes and control characters.
    pub(crate) fn index_expression(&self) -> Option<String> {
        let quoted = |token: &str| format!("\"{}\"", token.replace('"', "\"\""));
        let (mut terms, mut singles) = (BTreeSet::new(), BTreeSet::new());
        for run in self.words.iter().flat_map(|word| runs(word)) {
            match run.chars().nth(1) {
                Some(_) => terms.extend(pairs(run).map(quoted)),
                None => _ = singles.insert(format!("{}*", quoted(run))),
            }
        }
        // Pairs tell more than single characters: those come first in what is kept of a very long query.
        let terms: Vec<String> = terms.into_iter().chain(singles).take(INDEX_WORDS).collect();
        (!terms.is_empty()).then(|| terms.join(" AND "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(typed: &str) -> Option<String> {
        Query::parse(typed)?.index_expression()
    }

    #[test]
    fn words_become_pairs_that_must_all_occur() {
        assert_eq!(expression("断水　情報誌").as_deref(), Some("\"報誌\" AND \"情報\" AND \"断水\""));
        assert_eq!(expression("ﾐｽﾞ").as_deref(), Some("\"ミズ\""));
        assert_eq!(expression("水").as_deref(), Some("\"水\"*"));
        assert_eq!(expression("10:0").as_deref(), Some("\"0:\" AND \"10\" AND \":0\""));
        assert_eq!(expression("\"*").as_deref(), Some("\"\"\"*\""));
        assert_eq!(expression("\"").as_deref(), Some("\"\"\"\"*"));
    }

    #[test]
    fn an_apostrophe_alone_is_for_the_scan_and_nothing_for_everything() {
        assert_eq!(expression("'' \u{1}"), None);
        assert!(Query::parse("''").is_some() && Query::parse(" 　").is_none());
    }

    #[test]
    fn a_pasted_page_stays_a_small_query() {
        let page: String = ('あ'..'ん').chain('ア'..'ン').collect();
        assert_eq!(expression(&page).unwrap().matches(" AND ").count(), INDEX_WORDS - 1);
    }
}
