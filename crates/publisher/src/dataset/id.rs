//! Stable names for records: the file's own ids, else a hash of what the record is.

use std::collections::HashSet;

use ring::digest::{SHA256, digest};

use crate::value::text;

/// The ids given out so far in one file.
#[derive(Default)]
pub(super) struct Ids {
    given: HashSet<String>,
}

impl Ids {
    /// `<kind>:<own id>`, with `-2`, `-3` … where it was given already; whether that was so.
    pub fn give(&mut self, kind: &str, own: &str) -> (String, bool) {
        let id = format!("{kind}:{}", own.split_whitespace().collect::<Vec<_>>().join("-"));
        if self.given.insert(id.clone()) {
            return (id, false);
        }
        let mut n = 2;
        loop {
            let numbered = format!("{id}-{n}");
            if self.given.insert(numbered.clone()) {
                return (numbered, true);
            }
            n += 1;
        }
    }
}

/// Twelve hexadecimal digits that stand for the parts. Another kind of dash or half-width kana makes no other record.
pub(super) fn hash(parts: &[&str]) -> String {
    let folded: Vec<String> = parts.iter().map(|part| text::key(part)).collect();
    let digest = digest(&SHA256, folded.join("\n").as_bytes());
    digest.as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_never_given_twice() {
        let mut ids = Ids::default();
        assert_eq!(ids.give("aed", "1"), ("aed:1".into(), false));
        assert_eq!(ids.give("aed", "1-2"), ("aed:1-2".into(), false));
        assert_eq!(ids.give("aed", "1"), ("aed:1-3".into(), true));
        assert_eq!(ids.give("aed", " A 1 "), ("aed:A-1".into(), false));
    }

    #[test]
    fn a_hash_is_the_same_for_ever_and_for_looks_alike() {
        assert_eq!(hash(&["ｶﾌｪ", "本町1−2"]), hash(&["カフェ", "本町１－２"]));
        assert_ne!(hash(&["a", "b"]), hash(&["ab", ""]));
        assert_eq!(hash(&["a"]), "ca978112ca1b");
    }
}
