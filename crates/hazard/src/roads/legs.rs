//! A route in few words: along which street, in which direction, how far.

use super::{Heading8, Leg};

/// Shorter than this is no leg of its own, in metres: a crossing, a jog around a corner.
const JOG_M: f64 = 15.0;
/// A street that bends less than this goes on, in degrees.
const BEND: f64 = 30.0;

/// A straight part of a route.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stride<'n> {
    pub name: Option<&'n str>,
    /// Metres to the east and to the north.
    pub vector: (f64, f64),
    pub length_m: f64,
}

impl Stride<'_> {
    fn heading(&self) -> Option<Heading8> {
        Heading8::of_vector(self.vector)
    }

    /// Does the other lead on the same way?
    fn goes_on(&self, other: &Self) -> bool {
        self.name == other.name && (self.heading() == other.heading() || self.bend(other) < BEND)
    }

    /// Degrees between the two directions.
    fn bend(&self, other: &Self) -> f64 {
        let ((a, b), (c, d)) = (self.vector, other.vector);
        (a * d - b * c).atan2(a * c + b * d).to_degrees().abs()
    }

    fn join(&mut self, other: &Self) {
        self.vector = (self.vector.0 + other.vector.0, self.vector.1 + other.vector.1);
        self.length_m += other.length_m;
    }
}

/// The legs of a route. Their metres are together those of the strides.
pub(super) fn legs(strides: &[Stride]) -> Vec<Leg> {
    let mut legs = merged(strides.iter().copied());
    // The shortest first, so that a street is not folded into what leads to it.
    for limit in [JOG_M / 8.0, JOG_M / 4.0, JOG_M / 2.0, JOG_M] {
        legs = merged(folded(legs, limit).into_iter());
    }
    legs.iter()
        .map(|leg| Leg {
            name: leg.name.map(str::to_owned),
            heading: leg.heading().unwrap_or(Heading8::N),
            distance_m: leg.length_m,
        })
        .collect()
}

fn merged<'n>(strides: impl Iterator<Item = Stride<'n>>) -> Vec<Stride<'n>> {
    let mut legs: Vec<Stride<'n>> = Vec::new();
    for stride in strides {
        match legs.last_mut().filter(|leg| leg.goes_on(&stride)) {
            Some(leg) => leg.join(&stride),
            None => legs.push(stride),
        }
    }
    legs
}

/// Legs with those below a length put to a neighbour: that of the same street, else that with the nearer direction.
fn folded(legs: Vec<Stride<'_>>, limit: f64) -> Vec<Stride<'_>> {
    let mut long: Vec<Stride> = Vec::new();
    let mut rest = legs.into_iter().peekable();
    while let Some(mut leg) = rest.next() {
        if leg.length_m >= limit {
            long.push(leg);
            continue;
        }
        let rank = |other: &Stride| (other.name != leg.name, other.bend(&leg));
        let back = long.last().map(rank);
        match rest.peek_mut() {
            Some(next) if back.is_none_or(|back| rank(next) < back) => {
                let name = next.name;
                leg.join(next);
                *next = Stride { name, ..leg };
            }
            _ => match long.last_mut() {
                Some(last) => last.join(&leg),
                None => long.push(leg),
            },
        }
    }
    long
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stride(name: Option<&str>, east: f64, north: f64) -> Stride<'_> {
        Stride { name, vector: (east, north), length_m: east.hypot(north) }
    }

    fn told(strides: &[Stride]) -> Vec<String> {
        legs(strides)
            .iter()
            .map(|l| format!("{} {} {:.0}", l.name.as_deref().unwrap_or("-"), l.heading.code(), l.distance_m))
            .collect()
    }

    #[test]
    fn streets_and_headings_make_legs() {
        let (main, side) = (Some("本町通り"), Some("桜通り"));
        let way = [
            stride(None, 0.0, 4.0),
            stride(main, 3.0, 60.0),
            stride(main, -2.0, 50.0),
            stride(None, 0.0, 8.0),
            stride(main, 0.0, 40.0),
            stride(side, 80.0, 5.0),
        ];
        assert_eq!(told(&way), ["本町通り n 162", "桜通り e 80"]);
        // One street around a corner is two legs.
        assert_eq!(
            told(&[stride(main, 0.0, 100.0), stride(main, 100.0, 0.0)]),
            ["本町通り n 100", "本町通り e 100"]
        );
    }

    #[test]
    fn a_street_that_wavers_is_one_leg() {
        // Around the border between north and north-east.
        let way: Vec<Stride> =
            (0..20).map(|i| stride(None, if i % 2 == 0 { 6.0 } else { 11.0 }, 20.0)).collect();
        assert_eq!(legs(&way).len(), 1);
    }

    #[test]
    fn a_short_way_is_one_leg_and_no_way_none() {
        assert_eq!(told(&[stride(None, 3.0, 0.0), stride(Some("a"), 0.0, 4.0)]), ["a ne 7"]);
        assert!(legs(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn no_metre_is_lost_and_no_jog_told(
            parts in prop::collection::vec((0..3usize, -50.0..50.0f64, -50.0..50.0f64), 1..60)
        ) {
            let names = [None, Some("a"), Some("b")];
            let way: Vec<Stride> = parts.iter().map(|(n, e, s)| stride(names[*n], *e, *s)).collect();
            let legs = legs(&way);
            let sum: f64 = way.iter().map(|s| s.length_m).sum();
            prop_assert!((legs.iter().map(|l| l.distance_m).sum::<f64>() - sum).abs() < 1e-6);
            prop_assert!(legs.len() == 1 || legs.iter().all(|l| l.distance_m >= JOG_M));
        }
    }
}
