//! Tables: their rows laid out on axes, overlaps and gaps refused.

use super::items::in_order;
use super::{Compiler, limits};
use crate::number::{Interval, Ratio, Rounding};
use crate::problem::{Outcome, Place, fault};
use crate::rules::{Name, Type};
use crate::syntax::{Item, TableItem};
use crate::table::{Axis, Cells, Cut, MAX_KEYS, Pattern};
use crate::text::lines::Row;
use crate::text::tokens::usual;
use foldhash::HashMap;
use smallvec::{SmallVec, smallvec};
use std::borrow::Cow;

impl Compiler {
    pub(super) fn tables(&mut self, items: &[Item<'_>]) {
        for item in items {
            if let Item::Table(item) = item {
                let outcome = self.table(item);
                self.keep(outcome);
            }
        }
    }

    fn table(&mut self, item: &TableItem<'_>) -> Outcome<()> {
        let Some(Name::Table(id)) = self.find(&item.named.name) else { return Ok(()) };
        let Some(keys) = self.rules.tables.get(id as usize).map(|table| table.keys.clone()) else {
            return Ok(());
        };
        let mut versions: Vec<(i32, Cells)> = Vec::new();
        for grid in &item.grids {
            let from = in_order(grid.place, grid.from, versions.last().map(|v| v.0))?;
            versions.push((from, self.cells(&grid.rows, &keys, item.column, grid.place)?));
        }
        if let Some(table) = self.rules.tables.get_mut(id as usize) {
            table.versions = versions;
        }
        Ok(())
    }

    fn cells(
        &mut self,
        rows: &[Row<'_>],
        keys: &[(String, Type)],
        column: Option<&str>,
        place: Place,
    ) -> Outcome<Cells> {
        let [first, rows @ ..] = rows else { return fault(place, "the table has no rows") };
        let mut head = Vec::new();
        first.cells(&mut head);
        let layout = Layout::of(&head, keys, column, first.place)?;
        if rows.is_empty() {
            return fault(place, "the table has no rows");
        }
        let mut written = Values::new(keys.len(), rows.len().saturating_mul(layout.values.len()));
        let mut cells: Vec<&str> = Vec::new();
        // The keys of the row above: an empty one stands for the one above it, and the same is not looked at again.
        let mut above: SmallVec<[(&str, Option<Pattern>); MAX_KEYS]> = smallvec![("", None); layout.leading];
        // Those across are the same in every row.
        let mut across: Vec<Option<Pattern>> = vec![None; layout.values.len()];
        for row in rows {
            row.cells(&mut cells);
            if cells.len() != head.len() {
                let only = if cells.len() > head.len() { "only " } else { "" };
                return fault(
                    row.place,
                    format!("this row has {} cells, the head has {only}{}", cells.len(), head.len()),
                );
            }
            for (((written, pattern), cell), (_, ty)) in above.iter_mut().zip(&cells).zip(keys) {
                if !cell.is_empty() && written != cell {
                    (*written, *pattern) = (cell, None);
                }
                if pattern.is_none() {
                    *pattern = Some(self.pattern(written, *ty, row.place)?);
                }
            }
            for ((column, head), across) in layout.values.iter().zip(&mut across) {
                written.patterns.extend(above.iter().filter_map(|(_, pattern)| *pattern));
                if let (Some(head), Some((_, ty))) = (head, keys.last()) {
                    let pattern = match *across {
                        Some(known) => known,
                        None => self.pattern(head, *ty, row.place)?,
                    };
                    *across = Some(pattern);
                    written.patterns.push(pattern);
                }
                let value = amount(cells.get(*column).copied().unwrap_or_default(), row.place)?;
                written.values.push((row.place, value));
            }
            if written.values.len() > limits::CELLS {
                return fault(row.place, format!("a table has {} cells at most", limits::CELLS));
            }
        }
        lay_out(&written, place)
    }

    fn pattern(&mut self, cell: &str, ty: Type, place: Place) -> Outcome<Pattern> {
        match cell {
            "その他" | "*" | "＊" | "otherwise" => return Ok(Pattern::Rest),
            "以降" | "further" => return Ok(Pattern::Further),
            "" => return fault(place, "a key's cell is empty"),
            _ => {}
        }
        match ty {
            Type::Text => Ok(Pattern::Text(self.rules.texts.number(cell))),
            Type::Bool => match cell {
                "はい" | "yes" | "有" | "あり" => Ok(Pattern::Truth(true)),
                "いいえ" | "no" | "無" | "なし" => Ok(Pattern::Truth(false)),
                _ => fault(place, format!("{cell} is neither はい nor いいえ")),
            },
            Type::Choice(choice) => {
                let mut bits = 0;
                for word in cell.split([',', '、', '/', '／']).map(str::trim) {
                    match self.word_bit(choice, word) {
                        Some(bit) => bits |= bit,
                        None => return fault(place, format!("{word} is not one of {}", self.say(ty))),
                    }
                }
                Ok(Pattern::Words(bits))
            }
            _ => band(cell).map_or_else(
                || fault(place, format!("{cell} is no key: 3, 3〜5, 75以上, 5未満, その他 or 以降")),
                Ok,
            ),
        }
    }
}

/// Values and the keys that they are for, in the order written.
struct Values {
    keys: usize,
    /// As many as there are keys for each value.
    patterns: Vec<Pattern>,
    values: Vec<(Place, Option<Ratio>)>,
}

impl Values {
    fn new(keys: usize, values: usize) -> Self {
        let values = values.min(limits::CELLS);
        // A table without keys was refused; steps of 0 there are none.
        let keys = keys.max(1);
        Self { keys, patterns: Vec::with_capacity(values * keys), values: Vec::with_capacity(values) }
    }

    /// The patterns of a key.
    fn of(&self, key: usize) -> impl Iterator<Item = &Pattern> + Clone {
        self.patterns.iter().skip(key).step_by(self.keys)
    }
}

/// Rows on axes. Bands of different rows may cut across each other: each is then made of the pieces between all cuts.
fn lay_out(rows: &Values, place: Place) -> Outcome<Cells> {
    let mut cells = Cells::default();
    cells.cells.reserve(rows.values.len());
    for key in 0..rows.keys {
        let axis = axis(rows, key, place)?;
        gaps(&axis, place)?;
        cells.axes.push(axis);
    }
    let mut pieces: Vec<Vec<u32>> = vec![Vec::new(); rows.keys];
    for (patterns, (place, value)) in rows.patterns.chunks(rows.keys).zip(&rows.values) {
        for ((axis, pattern), pieces) in cells.axes.iter().zip(patterns).zip(pieces.iter_mut()) {
            axis.pieces(pattern, pieces);
        }
        // Asked before: a few rows that cut across each other in six keys make more cells than any phone holds.
        let more = pieces.iter().fold(1usize, |product, pieces| product.saturating_mul(pieces.len()));
        if cells.cells.len().saturating_add(more) > limits::CELLS {
            return fault(*place, format!("a table has {} cells at most", limits::CELLS));
        }
        if !fill(&mut cells.cells, &pieces, 0, *value) {
            return fault(*place, "this row overlaps one above it");
        }
    }
    Ok(cells)
}

/// Puts a value into every combination of pieces; false when one is taken.
fn fill(
    cells: &mut HashMap<u128, Option<Ratio>>,
    pieces: &[Vec<u32>],
    packed: u128,
    value: Option<Ratio>,
) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return cells.insert(packed, value).is_none() };
    first.iter().all(|piece| fill(cells, rest, packed << 20 | u128::from(*piece), value))
}

fn cuts(pattern: &Pattern) -> Option<(Cut, Cut)> {
    match pattern {
        Pattern::Band { low, low_out, high, high_out } => Some(((*low, *low_out), (*high, !*high_out))),
        _ => None,
    }
}

fn axis(rows: &Values, key: usize, place: Place) -> Outcome<Axis> {
    let mut axis = Axis::default();
    let own = || rows.of(key);
    // Rows share their bands when there are more keys.
    let mut bands: Vec<(Cut, Cut)> = own().filter_map(cuts).collect();
    bands.dedup();
    bands.sort_unstable();
    bands.dedup();
    let mut all: Vec<Cut> = bands.iter().flat_map(|(low, high)| [*low, *high]).collect();
    all.sort_unstable();
    all.dedup();
    if all.len() > limits::BOUNDS {
        return fault(place, format!("the bands of a key have {} bounds at most", limits::BOUNDS));
    }
    for pair in all.windows(2) {
        let [low, high] = pair else { continue };
        if bands.iter().any(|(from, to)| from <= low && high <= to) {
            let place =
                axis.push(Pattern::Band { low: low.0, low_out: low.1, high: high.0, high_out: !high.1 });
            if high.0.is_finite() {
                axis.bands.push((place, high.0));
            }
        }
    }
    axis.runs = runs(axis.patterns.iter().filter_map(cuts));
    for pattern in own() {
        match pattern {
            Pattern::Band { .. } => {}
            Pattern::Text(text) => {
                let Axis { texts, patterns, .. } = &mut axis;
                texts.entry(*text).or_insert_with(|| push(patterns, *pattern));
            }
            // Each word by itself, so that rows which share one are seen to overlap.
            Pattern::Words(words) => {
                for bit in (0..u64::BITS).map(|n| 1 << n).filter(|bit| words & bit != 0) {
                    if !axis.patterns.contains(&Pattern::Words(bit)) {
                        axis.push(Pattern::Words(bit));
                    }
                }
            }
            other if axis.patterns.contains(other) => {}
            Pattern::Rest => axis.rest = Some(axis.push(*pattern)),
            Pattern::Further => axis.further = Some(axis.push(*pattern)),
            _ => {
                axis.push(*pattern);
            }
        }
    }
    Ok(axis)
}

/// Adds a pattern and tells its place.
fn push(patterns: &mut Vec<Pattern>, pattern: Pattern) -> u32 {
    patterns.push(pattern);
    u32::try_from(patterns.len() - 1).unwrap_or(u32::MAX)
}

impl Axis {
    fn push(&mut self, pattern: Pattern) -> u32 {
        push(&mut self.patterns, pattern)
    }

    /// The places on the axis that a row's key covers.
    fn pieces(&self, pattern: &Pattern, pieces: &mut Vec<u32>) {
        pieces.clear();
        if let Pattern::Text(text) = pattern {
            pieces.extend(self.texts.get(text));
        } else if let Some((from, to)) = cuts(pattern) {
            // The bands come first on the axis, from the lowest to the highest.
            let before = |own: &Pattern| cuts(own).is_some_and(|(low, _)| low < from);
            let first = self.patterns.partition_point(before);
            let own = self.patterns.iter().zip(0u32..).skip(first);
            let covered = own.take_while(|(own, _)| cuts(own).is_some_and(|(_, high)| high <= to));
            pieces.extend(covered.map(|(_, place)| place));
        } else {
            let covered = |own: &Pattern| match (pattern, own) {
                (Pattern::Words(words), Pattern::Words(word)) => words & word != 0,
                _ => own == pattern,
            };
            let own = self.patterns.iter().zip(0u32..);
            pieces.extend(own.filter(|(own, _)| covered(own)).map(|(_, place)| place));
        }
    }
}

/// Which cells of a row are keys and which are values.
struct Layout<'s> {
    /// Columns of keys at the left.
    leading: usize,
    /// Columns of values, each with the last key when it runs across.
    values: Vec<(usize, Option<&'s str>)>,
}

impl<'s> Layout<'s> {
    fn of(head: &[&'s str], keys: &[(String, Type)], column: Option<&str>, place: Place) -> Outcome<Self> {
        let named = |cell: &str, key: usize| keys.get(key).is_some_and(|(name, _)| name == cell.trim());
        let wrong = |cell: &str, key: usize| {
            let name = keys.get(key).map_or("", |(name, _)| name.as_str());
            fault(place, format!("the head of column {} is 「{cell}」; the key there is {name}", key + 1))
        };
        let crossing = head.iter().position(|cell| cell.contains(['\\', '＼', '￥', '¥']));
        if let Some(crossing) = crossing {
            if crossing + 2 != keys.len() {
                return fault(
                    place,
                    format!("with {} keys, ＼ stands in column {}", keys.len(), keys.len().saturating_sub(1)),
                );
            }
            for (number, cell) in head.iter().take(crossing).enumerate() {
                if !named(cell, number) {
                    return wrong(cell, number);
                }
            }
            let cell = head.get(crossing).copied().unwrap_or_default();
            if let Some((down, across)) = cell.split_once(['\\', '＼', '￥', '¥']) {
                if !named(down, crossing) {
                    return wrong(down, crossing);
                }
                if !named(across, crossing + 1) {
                    return wrong(across, crossing + 1);
                }
            }
            let values =
                head.iter().enumerate().skip(crossing + 1).map(|(i, cell)| (i, Some(*cell))).collect();
            return Ok(Self { leading: crossing + 1, values });
        }
        if head.len() <= keys.len() {
            return fault(place, format!("the head needs {} columns of keys and one of values", keys.len()));
        }
        for (number, cell) in head.iter().take(keys.len()).enumerate() {
            if !named(cell, number) {
                return wrong(cell, number);
            }
        }
        let value = match column {
            Some(column) => match head.iter().position(|cell| *cell == column) {
                Some(value) => value,
                None => return fault(place, format!("there is no column {column}")),
            },
            None => head.len() - 1,
        };
        Ok(Self { leading: keys.len(), values: vec![(value, None)] })
    }
}

/// A cell's amount; `None`: there is none.
fn amount(cell: &str, place: Place) -> Outcome<Option<Ratio>> {
    let plain = plain(cell);
    if matches!(&*plain, "" | "-" | "なし" | "ー") {
        return Ok(None);
    }
    let (negative, digits) = plain.strip_prefix('-').map_or((false, &*plain), |rest| (true, rest));
    let parsed = number(digits)
        .filter(|(_, rest)| rest.is_empty())
        .and_then(|(n, _)| if negative { Interval::exactly(n).negated().known() } else { Some(n) });
    parsed.map_or_else(|| fault(place, format!("{cell} is no number")), |n| Ok(Some(n)))
}

/// A number at the beginning, and what follows it.
fn number(text: &str) -> Option<(Ratio, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, mut rest) = text.split_at_checked(end)?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') || digits.len() > 18 {
        return None;
    }
    if rest.is_empty() && fraction.is_empty() {
        let digit = |n: i64, b: u8| n * 10 + i64::from(b - b'0');
        return Some((Ratio::whole(whole.bytes().fold(0, digit)), rest));
    }
    let digit = |n: i128, b: u8| n * 10 + i128::from(b - b'0');
    let mut numerator = whole.bytes().chain(fraction.bytes()).fold(0, digit);
    let mut denominator = 10i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    if !rest.is_empty() {
        for (word, scale) in [("億", 100_000_000), ("万", 10_000)] {
            if let Some(after) = rest.strip_prefix(word) {
                numerator = numerator.checked_mul(scale)?;
                rest = after;
            }
        }
        if let Some(after) = rest.strip_prefix('%') {
            denominator = denominator.checked_mul(100)?;
            rest = after;
        }
        for word in ["円", "歳", "人", "級地"] {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
    }
    if denominator == 1 {
        return Some((Ratio::whole(i64::try_from(numerator).ok()?), rest));
    }
    Some((Ratio::new(numerator, denominator)?, rest))
}

/// Without grouping and spaces, full-width forms as their usual ones.
fn plain(cell: &str) -> Cow<'_, str> {
    if cell.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return Cow::Borrowed(cell);
    }
    Cow::Owned(cell.chars().map(usual).filter(|c| !matches!(c, ',' | ' ')).collect())
}

/// `3`, `3〜5`, `75以上`, `2以下`, `5未満`, `2超`, `1,000以上2,000未満`.
fn band(cell: &str) -> Option<Pattern> {
    let plain = plain(cell);
    let exact = |n| Pattern::Band { low: n, low_out: false, high: n, high_out: false };
    let above = |low, low_out| Pattern::Band { low, low_out, high: Ratio::INFINITE, high_out: false };
    let below = |high, high_out| Pattern::Band { low: Ratio::MINUS_INFINITE, low_out: false, high, high_out };
    if let Some((low, high)) = plain.split_once("..").or_else(|| plain.split_once(['~', '〜'])) {
        let (low, high) =
            (number(low).filter(|n| n.1.is_empty())?.0, number(high).filter(|n| n.1.is_empty())?.0);
        return (low <= high).then_some(Pattern::Band { low, low_out: false, high, high_out: false });
    }
    let (first, rest) = number(&plain)?;
    match rest {
        "" => return Some(exact(first)),
        "以上" | "から" => return Some(above(first, false)),
        "超" => return Some(above(first, true)),
        "以下" | "まで" => return Some(below(first, false)),
        "未満" => return Some(below(first, true)),
        _ => {}
    }
    let (low_out, rest) = rest
        .strip_prefix("以上")
        .map(|rest| (false, rest))
        .or_else(|| rest.strip_prefix("超").map(|rest| (true, rest)))?;
    let (high, end) = number(rest)?;
    let high_out = match end {
        "未満" => true,
        "以下" | "まで" => false,
        _ => return None,
    };
    let empty = first > high || (first == high && (low_out || high_out));
    (!empty).then_some(Pattern::Band { low: first, low_out, high, high_out })
}

/// Bands of numbers leave no whole number out between them.
fn gaps(axis: &Axis, place: Place) -> Outcome<()> {
    match axis.runs.as_slice() {
        [(_, high), (low, _), ..] if axis.rest.is_none() => {
            fault(place, format!("no row of the table is for what lies between {} and {}", high.0, low.0))
        }
        _ => Ok(()),
    }
}

/// Bands from the lowest to the highest, joined where no whole number lies between them.
fn runs(bands: impl Iterator<Item = (Cut, Cut)>) -> Vec<(Cut, Cut)> {
    // The first whole number behind a cut.
    let behind = |(n, after): Cut| {
        let whole = |mode| Interval::exactly(n).rounded(mode, Ratio::ONE);
        if after { whole(Rounding::Floor).plus(Interval::whole(1)).low } else { whole(Rounding::Ceil).low }
    };
    let mut runs: Vec<(Cut, Cut)> = Vec::new();
    for (low, high) in bands {
        match runs.last_mut() {
            // `5未満` and `5超` leave 5 out, `2.5未満` and `2.5超` leave out 2.5.
            Some((_, end)) if behind(*end) >= behind(low) && (end.0 != low.0 || *end == low) => *end = high,
            _ => runs.push((low, high)),
        }
    }
    runs
}
