//! The words for dangers in heads and cells.

use std::collections::HashMap;
use std::sync::LazyLock;

use madoguchi_model::Hazard;

use crate::value::head::fold;

/// A word for dangers, and whether it is too wide to call a place safe from each of them.
type Dangers = (&'static [Hazard], bool);

const DANGERS: &[(&[&str], Dangers)] = {
    use Hazard::*;
    &[
        (&["洪水", "flood", "flood_L2", "河川氾濫"], (&[Flood], false)),
        (
            &[
                "崖崩れ、土石流及び地滑り",
                "崖崩れ・土石流・地滑り",
                "土砂災害",
                "土砂",
                "がけ崩れ",
                "崖崩れ",
                "sedimentDisaster",
            ],
            (&[Landslide], false),
        ),
        (&["高潮", "stormSurge"], (&[StormSurge], false)),
        (&["地震", "震災", "earthquake"], (&[Earthquake], false)),
        (&["津波", "tsunami", "tunami"], (&[Tsunami], false)),
        (&["大規模な火事", "大規模火災", "火災", "火事", "fire"], (&[Fire], false)),
        (&["内水氾濫", "内水", "inundation"], (&[InlandFlood], false)),
        (&["火山現象", "火山", "噴火", "volcano"], (&[Volcano], false)),
        (&["地震・津波"], (&[Earthquake, Tsunami], false)),
        (&["風水害", "水害"], (&[Flood, StormSurge, InlandFlood], true)),
    ]
};

static BY_DANGER: LazyLock<HashMap<String, Dangers>> = LazyLock::new(|| {
    DANGERS.iter().flat_map(|(words, of)| words.iter().map(|word| (fold(word), *of))).collect()
});

/// The dangers that a folded head or word names.
pub(super) fn dangers(head: &str) -> Option<Dangers> {
    let bare = head.strip_prefix("災害種別").unwrap_or(head);
    let bare = match bare.strip_prefix("開設される災害の種類(") {
        Some(inner) => inner.trim_end_matches(')'),
        None => bare,
    };
    BY_DANGER.get(bare).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dangers_in_the_words_of_towns() {
        let of = |head: &str| dangers(&fold(head)).map(|(hazards, _)| hazards.len());
        assert_eq!(of("災害種別_崖崩れ、土石流及び地滑り"), Some(1));
        assert_eq!(of("開設される災害の種類（地震・津波）"), Some(2));
        assert_eq!(of("開設される災害の種類（南海トラフ地震臨時情報）"), None);
        assert!(dangers("風水害").is_some_and(|(_, wide)| wide));
        for (hazard, word) in Hazard::ALL {
            assert_eq!(dangers(&fold(word)), Some(([*hazard].as_slice(), false)));
        }
    }
}
