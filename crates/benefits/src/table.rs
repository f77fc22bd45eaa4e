//! A table's rows, ready to be looked up by keys that may be known only within bounds.

use crate::number::{Interval, Ratio};
use crate::value::{Truth, Value};
use foldhash::HashMap;
use smallvec::SmallVec;

/// What a row's key matches.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Pattern {
    /// Numbers between two bounds; the flags say whether the bounds themselves are out.
    Band {
        low: Ratio,
        low_out: bool,
        high: Ratio,
        high_out: bool,
    },
    /// Words of a choice (a bit each).
    Words(u64),
    Text(u32),
    Truth(bool),
    /// Whatever no other row has.
    Rest,
    /// Beyond the last number: what each further one adds.
    Further,
}

impl Pattern {
    fn holds(&self, n: Ratio) -> bool {
        match self {
            Self::Band { low, low_out, high, high_out } => {
                (if *low_out { n > *low } else { n >= *low })
                    && (if *high_out { n < *high } else { n <= *high })
            }
            _ => false,
        }
    }

    fn meets(&self, span: Interval) -> bool {
        match self {
            Self::Band { low, low_out, high, high_out } => {
                (if *low_out { span.high > *low } else { span.high >= *low })
                    && (if *high_out { span.low < *high } else { span.low <= *high })
            }
            _ => false,
        }
    }
}

/// A bound of a band: before a number, or (true) after it.
pub(crate) type Cut = (Ratio, bool);

/// One key's patterns, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Axis {
    pub patterns: Vec<Pattern>,
    pub texts: HashMap<u32, u32>,
    pub rest: Option<u32>,
    pub further: Option<u32>,
    /// The numbered rows from the lowest to the highest, each with its upper bound.
    pub bands: Vec<(u32, Ratio)>,
    /// Stretches of numbers that the bands cover without leaving a whole number out.
    pub runs: Vec<(Cut, Cut)>,
}

/// A table's cells at a time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    pub axes: Vec<Axis>,
    /// By the keys' numbers on their axes: see [`packed`].
    pub cells: HashMap<u128, Option<Ratio>>,
}

/// What a look-up found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub value: Interval,
    /// No row for (some of) the keys.
    pub missing: bool,
    /// A row for the rest was used.
    pub rest: bool,
}

/// A key's place on its axis, and what it may be there.
type Place = (u32, Interval);
/// Where a key may be: mostly few places, so that they need no memory of their own.
type Places = SmallVec<[Place; 8]>;

impl Cells {
    /// The value for these keys: of every row that is still possible.
    pub fn look_up(&self, keys: &[Value]) -> Found {
        self.exactly(keys).unwrap_or_else(|| self.possibly(keys))
    }

    /// Whether there is a row for these keys.
    pub fn has(&self, keys: &[Value]) -> Truth {
        match (self.look_up(keys).missing, keys.iter().all(Value::is_known)) {
            (false, _) => Truth::Yes,
            (true, true) => Truth::No,
            (true, false) => Truth::Unknown,
        }
    }

    /// When every key is known, and has a row.
    fn exactly(&self, keys: &[Value]) -> Option<Found> {
        let mut places: [Place; MAX_KEYS] = [(0, Interval::ZERO); MAX_KEYS];
        let mut rest = false;
        for ((axis, key), place) in self.axes.iter().zip(keys).zip(places.iter_mut()) {
            *place = axis.place(*key)?;
            rest |= Some(place.0) == axis.rest;
        }
        let value = self.cell(places.get(..self.axes.len())?)?;
        Some(Found { value, missing: false, rest })
    }

    fn possibly(&self, keys: &[Value]) -> Found {
        let mut chosen: SmallVec<[Places; 3]> = SmallVec::new();
        let mut found = Found { value: Interval::ANY, missing: false, rest: false };
        for (axis, key) in self.axes.iter().zip(keys) {
            let mut places = Places::new();
            let complete = axis.places(*key, &mut places);
            found.rest |= places.iter().any(|(at, _)| Some(*at) == axis.rest);
            found.missing |= !complete || places.is_empty();
            chosen.push(places);
        }
        // With a key that may have no row, nothing more is to be learnt from the others.
        if found.missing {
            return found;
        }
        let mut sum: Option<Interval> = None;
        let mut at = [0usize; MAX_KEYS];
        let at = at.get_mut(..chosen.len()).unwrap_or_default();
        loop {
            let mut places: SmallVec<[Place; MAX_KEYS]> = SmallVec::new();
            places.extend(chosen.iter().zip(&*at).filter_map(|(places, index)| places.get(*index).copied()));
            match self.cell(&places) {
                Some(value) => sum = Some(sum.map_or(value, |s| s.hull(value))),
                None => found.missing = true,
            }
            // The next combination, like an odometer.
            let mut turned = false;
            for (index, places) in at.iter_mut().zip(&chosen) {
                *index += 1;
                if *index < places.len() {
                    turned = true;
                    break;
                }
                *index = 0;
            }
            if !turned {
                break;
            }
        }
        found.value = if found.missing { Interval::ANY } else { sum.unwrap_or(Interval::ANY) };
        found
    }

    fn cell(&self, places: &[Place]) -> Option<Interval> {
        let mut keys = [0u32; MAX_KEYS];
        for (key, (place, _)) in keys.iter_mut().zip(places) {
            *key = *place;
        }
        let keys = keys.get_mut(..places.len())?;
        if let Some(value) = self.cells.get(&packed(keys)) {
            let further = self.axes.iter().zip(&*keys).any(|(axis, key)| axis.further == Some(*key));
            if !further {
                return value.map(Interval::exactly);
            }
        }
        self.beyond(keys, places)
    }

    /// Beyond the last numbered row for the other keys: that row's value, and the step for each further one.
    fn beyond(&self, keys: &mut [u32], places: &[Place]) -> Option<Interval> {
        let (number, axis) = self.axes.iter().enumerate().find(|(_, axis)| axis.further.is_some())?;
        *keys.get_mut(number)? = axis.further?;
        let step = self.cells.get(&packed(keys)).copied().flatten()?;
        let (_, span) = *places.get(number)?;
        for &(place, last) in axis.bands.iter().rev() {
            *keys.get_mut(number)? = place;
            if let Some(base) = self.cells.get(&packed(keys)).copied().flatten()
                && last <= span.low
            {
                let over = span.minus(Interval::exactly(last));
                return Some(Interval::exactly(base).plus(Interval::exactly(step).times(over)));
            }
        }
        None
    }
}

/// Numbers on axes as one key: 20 bits each, more than a table has rows.
pub(crate) fn packed(keys: &[u32]) -> u128 {
    keys.iter().fold(0, |packed, key| packed << 20 | u128::from(*key))
}

/// How many keys a table may have: as many as fit in a packed key.
pub(crate) const MAX_KEYS: usize = 6;

impl Axis {
    /// Where a known key is on the axis.
    fn place(&self, key: Value) -> Option<Place> {
        let place = match key {
            Value::Number(n) => return self.number(n.known()?),
            Value::Text(Some(text)) => self.texts.get(&text).copied().or(self.rest)?,
            Value::Choice(bits) if bits.count_ones() == 1 => {
                let found = self
                    .patterns
                    .iter()
                    .position(|p| matches!(p, Pattern::Words(words) if words & bits != 0));
                found.and_then(|place| u32::try_from(place).ok()).or(self.rest)?
            }
            _ => return None,
        };
        Some((place, Interval::ZERO))
    }

    fn number(&self, n: Ratio) -> Option<Place> {
        let found = self.patterns.iter().position(|p| p.holds(n)).and_then(|place| u32::try_from(place).ok());
        let beyond = || self.further.filter(|_| self.bands.last().is_some_and(|(_, last)| n > *last));
        Some((found.or_else(beyond).or(self.rest)?, Interval::exactly(n)))
    }

    /// Where a key may be on the axis; false when it may also be nowhere on it.
    fn places(&self, key: Value, places: &mut Places) -> bool {
        let mut add = |place: u32| places.push((place, Interval::ZERO));
        match key {
            Value::Number(span) => return self.numbers(span, places),
            Value::Text(Some(text)) => match self.texts.get(&text).copied().or(self.rest) {
                Some(place) => add(place),
                None => return false,
            },
            Value::Text(None) => {
                self.texts.values().chain(&self.rest).for_each(|place| add(*place));
                return self.rest.is_some();
            }
            Value::Choice(bits) => {
                let mut open = bits;
                for (pattern, place) in self.patterns.iter().zip(0u32..) {
                    if let Pattern::Words(words) = pattern
                        && words & bits != 0
                    {
                        add(place);
                        open &= !words;
                    }
                }
                return self.leftover(open != 0, places);
            }
            Value::Bool(truth) => {
                let mut open = [truth != Truth::No, truth != Truth::Yes];
                for (pattern, place) in self.patterns.iter().zip(0u32..) {
                    if let Pattern::Truth(yes) = pattern {
                        let possible = if *yes { &mut open[0] } else { &mut open[1] };
                        if std::mem::take(possible) {
                            add(place);
                        }
                    }
                }
                return self.leftover(open.contains(&true), places);
            }
            _ => return false,
        }
        true
    }

    fn leftover(&self, open: bool, places: &mut Places) -> bool {
        if let (true, Some(rest)) = (open, self.rest) {
            places.push((rest, Interval::ZERO));
        }
        !open || self.rest.is_some()
    }

    fn numbers(&self, span: Interval, places: &mut Places) -> bool {
        if let Some(n) = span.known() {
            match self.number(n) {
                Some(place) => places.push(place),
                None => return false,
            }
            return true;
        }
        for (pattern, place) in self.patterns.iter().zip(0u32..) {
            if let Pattern::Band { low, high, .. } = pattern
                && pattern.meets(span)
            {
                places.push((place, Interval { low: span.low.max(*low), high: span.high.min(*high) }));
            }
        }
        if let (Some(further), Some((_, last))) = (self.further, self.bands.last())
            && span.high > *last
        {
            places.push((further, Interval { low: span.low.max(*last), high: span.high }));
        }
        let covered = self.covers(span);
        self.leftover(!covered, places)
    }

    /// Whether all that a number may be has a band.
    fn covers(&self, span: Interval) -> bool {
        let end = self.runs.last().map(|(_, end)| *end);
        self.runs.iter().any(|(low, high)| {
            let beyond = self.further.is_some() && Some(*high) == end;
            *low <= (span.low, false) && (beyond || (span.high, true) <= *high)
        })
    }
}
