/// Splits at what FTS5's tokenizer splits at as well (see the schema: `ascii`, with all ASCII signs but the apostrophe as
/// part of a word), so that each bigram arrives there as one token.
pub(super) fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c.is_ascii_control() || c == '\'').filter(|run| !run.is_empty())
}

/// The pairs of neighbours in a run; none for a run of one character.
pub(super) fn pairs(run: &str) -> impl Iterator<Item = &str> {
    let starts = run.char_indices().map(|(at, _)| at);
    let ends = run.char_indices().skip(2).map(|(at, _)| at).chain([run.len()]);
    let several = run.chars().nth(1).is_some();
    starts.zip(ends).filter(move |_| several).filter_map(|(start, end)| run.get(start..end))
}

/// What the index holds of a folded text: each bigram once, and each run's last character, so that every character
/// begins some token and a single one is found by prefix.
pub(crate) fn index_words(folded: &str) -> String {
    let mut words = Vec::new();
    for run in runs(folded) {
        words.extend(pairs(run));
        words.extend(run.char_indices().last().and_then(|(at, _)| run.get(at..)));
    }
    words.sort_unstable();
    words.dedup();
    let mut out = String::with_capacity(words.iter().map(|w| w.len() + 1).sum());
    for word in words {
        out.push_str(word);
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_neighbours_and_the_last_character() {
        assert_eq!(pairs("断水情報").collect::<Vec<_>>(), ["断水", "水情", "情報"]);
        assert_eq!(pairs("断").count(), 0);
        assert_eq!(pairs("𠮷野").collect::<Vec<_>>(), ["𠮷野"]);
        let words = index_words("断水 10:00 it's");
        let words: Vec<&str> = words.split_whitespace().collect();
        assert_eq!(words, ["0", "00", "0:", "10", ":0", "it", "s", "t", "断水", "水"]);
    }
}
