//! Numbers that ascend with publication, so that the newest 20 hits are the first 20 rows of the index read backwards.
//!
//! Numbers made of the time itself would be simpler, but long: the index then is twice as large (measured with 50,000
//! bulletin articles: 1.7 against 0.8 times the text). So notices are numbered with gaps, and what is published with
//! an older date gets a number in a gap. Only when a gap is full all are numbered anew.

use rusqlite::Connection;

use crate::search::index_words;

const GAP: i64 = 64;

/// Numbers for new notices with these times of publication, which ascend; none when a gap is too small.
/// Among notices of the same second the one that arrived later counts as newer.
pub(super) fn numbers_for(connection: &Connection, published: &[i64]) -> rusqlite::Result<Option<Vec<i64>>> {
    let mut before = connection.prepare_cached(
        "SELECT seq FROM notices WHERE published_at <= ?1 ORDER BY published_at DESC, seq DESC LIMIT 1",
    )?;
    let mut after = connection.prepare_cached(
        "SELECT seq FROM notices WHERE published_at > ?1 ORDER BY published_at, seq LIMIT 1",
    )?;
    let one = |rows: &mut rusqlite::Rows<'_>| rows.next()?.map(|row| row.get::<_, i64>(0)).transpose();
    let mut numbers = Vec::with_capacity(published.len());
    let mut rest = published;
    while let Some(first) = rest.first() {
        let before = one(&mut before.query([first])?)?;
        let after: Option<(i64, i64)> = match one(&mut after.query([first])?)? {
            None => None,
            Some(seq) => Some((seq, published_at(connection, seq)?)),
        };
        // All that belong into the same gap.
        let count = after.map_or(rest.len(), |(_, until)| rest.partition_point(|t| *t < until));
        let (group, others) = rest.split_at_checked(count.max(1)).unwrap_or((rest, &[]));
        let k = group.len() as i64;
        let (start, step) = match (before, after) {
            (before, None) => (before.unwrap_or(0), GAP),
            (None, Some((after, _))) => (after - GAP * (k + 1), GAP),
            (Some(before), Some((after, _))) => (before, (after - before) / (k + 1)),
        };
        if step == 0 {
            return Ok(None);
        }
        numbers.extend((1..=k).map(|i| start + i * step));
        rest = others;
    }
    Ok(Some(numbers))
}

fn published_at(connection: &Connection, seq: i64) -> rusqlite::Result<i64> {
    connection.query_row("SELECT published_at FROM notices WHERE seq = ?1", [seq], |row| row.get(0))
}

/// Numbers all notices anew, with even gaps that have room for `more` between any two.
pub(super) fn renumber_for(connection: &Connection, more: usize) -> rusqlite::Result<()> {
    let gap = GAP.max(2 * more as i64);
    // Far away first: no number may be met twice on the way.
    connection.execute_batch(&format!(
        "CREATE TEMP TABLE renumbered AS
             SELECT seq AS old, {gap} * row_number() OVER (ORDER BY published_at, seq) AS new FROM notices;
         CREATE UNIQUE INDEX temp.renumbered_old ON renumbered (old);
         UPDATE notices SET seq = (SELECT new FROM renumbered WHERE old = seq) - 4611686018427387904;
         UPDATE notices SET seq = seq + 4611686018427387904;
         DROP TABLE renumbered;
         INSERT INTO notices_words (notices_words) VALUES ('delete-all');"
    ))?;
    let mut all = connection.prepare("SELECT seq, folded FROM notices ORDER BY seq")?;
    let mut insert = connection.prepare("INSERT INTO notices_words (rowid, words) VALUES (?1, ?2)")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let words = index_words(row.get_ref("folded")?.as_str().unwrap_or_default());
        insert.execute((row.get::<_, i64>("seq")?, words))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::cache;
    use super::*;
    use proptest::prelude::*;

    fn add(connection: &Connection, published: &mut [i64], at: &mut usize) {
        published.sort_unstable();
        let numbers = match numbers_for(connection, published).unwrap() {
            Some(numbers) => numbers,
            None => {
                renumber_for(connection, published.len()).unwrap();
                numbers_for(connection, published).unwrap().unwrap()
            }
        };
        for (published, seq) in published.iter().zip(numbers) {
            *at += 1;
            connection
                .execute(
                    "INSERT INTO notices (seq, path, id, published_at, expires_at, urgent, segments, line, folded)
                     VALUES (?1, 'p', ?2, ?3, 0, 0, '', '', ?4)",
                    (seq, format!("{at:05}"), published, format!("水{at}")),
                )
                .unwrap();
            connection
                .execute(
                    "INSERT INTO notices_words (rowid, words) VALUES (?1, ?2)",
                    (seq, index_words(&format!("水{at}"))),
                )
                .unwrap();
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn the_numbers_ascend_with_publication_and_then_with_arrival(
            batches in prop::collection::vec(prop::collection::vec(0i64..12, 1..9), 1..25),
        ) {
            let (_folder, cache) = cache();
            let mut at = 0;
            for mut batch in batches {
                add(&cache.connection, &mut batch, &mut at);
            }
            let read = |sql: &str| -> Vec<String> {
                let mut statement = cache.connection.prepare(sql).unwrap();
                statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
            };
            let by_number = read("SELECT id FROM notices ORDER BY seq");
            prop_assert_eq!(&by_number, &read("SELECT id FROM notices ORDER BY published_at, id"));
            let found = read(
                "SELECT id FROM notices_words w JOIN notices n ON n.seq = w.rowid
                 WHERE notices_words MATCH '\"水\"*' ORDER BY w.rowid",
            );
            prop_assert_eq!(found, by_number);
        }
    }

    #[test]
    fn a_gap_that_is_full_makes_room() {
        let (_folder, cache) = cache();
        let mut at = 0;
        add(&cache.connection, &mut [0, 10], &mut at);
        for _ in 0..100 {
            add(&cache.connection, &mut [5], &mut at);
        }
        let ids: String = cache
            .connection
            .query_row(
                "SELECT group_concat(id, ' ' ORDER BY seq) FROM notices WHERE published_at = 5",
                [],
                |r| r.get(0),
            )
            .unwrap();
        assert!(ids.starts_with("00003 00004") && ids.ends_with("00101 00102"));
    }
}
