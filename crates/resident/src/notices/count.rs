use std::collections::{BTreeMap, BTreeSet};

use madoguchi_model::Segment;

use crate::cache::CacheError;
use crate::{Error, OpenTown, Phone};

/// How many notices there are now; expired ones do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not yet read, of those that the resident's choice of segments shows.
    pub unread: u64,
    /// Put by, and still among what the town publishes.
    pub saved: u64,
    /// Filed under a segment or a part of it. Segments without notices are not in it.
    pub by_segment: BTreeMap<Segment, u64>,
}

/// Counts notices, without reading their words.
pub fn count(phone: &Phone, open: &OpenTown) -> Result<Counts, Error> {
    let read: BTreeSet<String> = phone.private().read(&open.town.code)?.into_iter().collect();
    let chosen = phone.private().segments(&open.town.code)?;
    let now = phone.now_for(&open.town.code)?.as_second();
    let mut counts = Counts::default();
    let mut look = || -> Result<(), CacheError> {
        let sql = "SELECT id, urgent, segments FROM notices WHERE expires_at > ?1";
        let mut statement = open.cache.connection().prepare_cached(sql)?;
        let mut rows = statement.query([now])?;
        while let Some(row) = rows.next()? {
            let codes = row.get_ref("segments")?.as_str().unwrap_or_default();
            let filed: Vec<Segment> = codes.split(' ').filter_map(|code| code.parse().ok()).collect();
            let shown = chosen.is_empty()
                || row.get("urgent")?
                || filed.iter().any(|filed| chosen.iter().any(|chosen| chosen.covers(*filed)));
            if shown && !read.contains(row.get_ref("id")?.as_str().unwrap_or_default()) {
                counts.unread += 1;
            }
            // A notice filed under a segment and a part of it counts once for the segment.
            let under: BTreeSet<Segment> =
                filed.iter().flat_map(|s| [Some(*s), s.parent()]).flatten().collect();
            for segment in under {
                *counts.by_segment.entry(segment).or_default() += 1;
            }
        }
        Ok(())
    };
    look()?;
    counts.saved = saved(phone, open)?;
    Ok(counts)
}

/// Expired ones too, as in the list of what was put by.
fn saved(phone: &Phone, open: &OpenTown) -> Result<u64, Error> {
    let ids = serde_json::to_string(&phone.private().saved(&open.town.code)?).map_err(CacheError::from)?;
    let sql = "SELECT count(*) FROM notices WHERE id IN (SELECT value FROM json_each(?1))";
    let mut statement = open.cache.connection().prepare_cached(sql).map_err(CacheError::from)?;
    let count: i64 = statement.query_row([ids], |row| row.get(0)).map_err(CacheError::from)?;
    Ok(count.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use madoguchi_model::CollectionKind;
    use serde_json::json;

    use super::*;
    use crate::cache::tests::open_with;
    use crate::notices::{Marking, mark};
    use crate::private::JoinedTown;
    use crate::sync::testing::phone_at;

    #[test]
    fn what_is_unread_follows_the_choice_and_a_part_counts_for_its_whole() {
        let notice = |id: &str, segments: &[&str], urgent: bool, expires: &str| {
            json!({"id": id, "segments": segments, "published_at": "2026-11-20T00:00:00Z", "title": id,
                "urgent": urgent, "expires_at": expires})
        };
        let far = "2030-01-01T00:00:00Z";
        let (folder, open) = open_with(&[(
            CollectionKind::Notices,
            vec![
                notice("a", &["living", "living.tax"], false, far),
                notice("b", &["living.garbage"], false, far),
                notice("c", &["family"], true, far),
                notice("d", &["family"], false, far),
                notice("e", &["living"], false, "2026-11-20T00:00:00Z"),
            ],
        )]);
        let phone = phone_at(folder.path(), "2026-11-21T03:00:00Z".parse().unwrap());
        phone.private().add_town(&JoinedTown { ..open.town.clone() }, b"root").unwrap();
        let counts = count(&phone, &open).unwrap();
        assert_eq!(counts.unread, 4);
        let of = |segment| counts.by_segment.get(&segment).copied();
        assert_eq!(
            (of(Segment::Living), of(Segment::LivingTax), of(Segment::Family)),
            (Some(2), Some(1), Some(2))
        );
        assert_eq!(of(Segment::Senior), None);
        phone.private().set_segments(&open.town.code, &[Segment::Living]).unwrap();
        assert_eq!(count(&phone, &open).unwrap().unread, 3);
        mark(&phone, &open, "a", Marking::Read).unwrap();
        mark(&phone, &open, "c", Marking::Saved).unwrap();
        let counts = count(&phone, &open).unwrap();
        assert_eq!((counts.unread, counts.saved), (2, 1));
        mark(&phone, &open, "e", Marking::Saved).unwrap();
        assert_eq!(count(&phone, &open).unwrap().saved, 2);
    }
}
