//! `coordinates`, nested as deep as they are, without knowing the geometry's type beforehand: it may stand behind them.

use std::fmt;

use madoguchi_hazard::Point;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, SeqAccess, Visitor};

use super::Budget;
use crate::geo::point;

/// A multipolygon has four levels; more is no geometry.
const DEEPEST: usize = 4;

/// Coordinates by depth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Coordinates {
    /// `[]`: nothing, at a depth that it does not tell.
    Nothing,
    Position(Point),
    Positions(Vec<Point>),
    Lists(Vec<Vec<Point>>),
    ListsOfLists(Vec<Vec<Vec<Point>>>),
}

/// The first thing that is wrong with a geometry. Reading goes on, so that the features behind it are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where: indexes from 0, outermost first.
    pub at: Vec<usize>,
    pub why: String,
}

/// Reads coordinates; what is wrong with them goes to `fault`.
pub(super) struct ReadCoordinates<'a> {
    pub budget: &'a mut Budget,
    pub fault: &'a mut Option<Fault>,
}

impl<'de> DeserializeSeed<'de> for ReadCoordinates<'_> {
    type Value = Coordinates;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Coordinates, D::Error> {
        let mut at = Vec::new();
        let part =
            input.deserialize_any(Part { budget: self.budget, fault: self.fault, at: &mut at, depth: 0 })?;
        Ok(match part {
            Read::List(coordinates) => coordinates,
            Read::Number(_) | Read::Bad => {
                fault(self.fault, &[], "座標がありません");
                Coordinates::Nothing
            }
        })
    }
}

fn fault(into: &mut Option<Fault>, at: &[usize], why: impl Into<String>) {
    into.get_or_insert_with(|| Fault { at: at.to_vec(), why: why.into() });
}

/// One value inside of coordinates.
enum Read {
    Number(f64),
    List(Coordinates),
    /// Neither; its fault is noted.
    Bad,
}

struct Part<'a> {
    budget: &'a mut Budget,
    fault: &'a mut Option<Fault>,
    at: &'a mut Vec<usize>,
    depth: usize,
}

impl Part<'_> {
    fn inner(&mut self) -> Part<'_> {
        Part { budget: self.budget, fault: self.fault, at: self.at, depth: self.depth + 1 }
    }

    fn bad<E>(self, why: &str) -> Result<Read, E> {
        fault(self.fault, self.at, why);
        Ok(Read::Bad)
    }

    /// The rest of `[lon, lat, …]`: a height is left out, anything else is noted.
    fn position<'de, A: SeqAccess<'de>>(
        &mut self,
        first: Option<f64>,
        rest: &mut A,
    ) -> Result<Option<Point>, A::Error> {
        let mut numbers = [first, None, None, None];
        let mut count = 1;
        while let Some(read) = rest.next_element_seed(self.inner())? {
            match read {
                Read::Number(number) => {
                    if let Some(slot) = numbers.get_mut(count) {
                        *slot = Some(number);
                    }
                }
                Read::List(_) => fault(self.fault, self.at, "座標の中に、数と点がまざっています"),
                Read::Bad => {}
            }
            count += 1;
            self.budget.spend_digits()?;
        }
        let [Some(lon), Some(lat), ..] = numbers else {
            fault(self.fault, self.at, "座標が2つの数になっていません");
            return Ok(None);
        };
        match point(lat, lon) {
            Ok(point) => Ok(Some(point)),
            Err(why) => {
                fault(self.fault, self.at, why);
                Ok(None)
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Read, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Read, E> {
        Ok(Read::Number(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Read, E> {
        Ok(Read::Number(number as f64))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Read, E> {
        Ok(Read::Number(number as f64))
    }

    fn visit_unit<E: Error>(self) -> Result<Read, E> {
        self.bad("座標が空（null）です")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Read, E> {
        self.bad("座標が数ではありません")
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Read, E> {
        self.bad("座標が数ではなく文です")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.bad("座標が数ではありません")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Read, A::Error> {
        if self.depth > DEEPEST {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return self.bad("座標の入れ子が深すぎます");
        }
        self.budget.spend()?;
        self.at.push(0);
        let read = self.list(&mut list);
        self.at.pop();
        Ok(Read::List(read?))
    }
}

impl Part<'_> {
    fn list<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Coordinates, A::Error> {
        let mut all = Coordinates::Nothing;
        let mut index = 0;
        loop {
            if let Some(last) = self.at.last_mut() {
                *last = index;
            }
            let Some(read) = list.next_element_seed(self.inner())? else { return Ok(all) };
            match read {
                Read::Number(first) if index == 0 => {
                    // The place of a fault is the position, not one of its numbers.
                    let own = self.at.pop();
                    let position = self.position(Some(first), list);
                    self.at.extend(own);
                    return Ok(position?.map_or(Coordinates::Nothing, Coordinates::Position));
                }
                Read::Number(_) => fault(self.fault, self.at, "点のならびの中に、数があります"),
                Read::Bad => {}
                Read::List(inner) => {
                    if !push(&mut all, inner) {
                        fault(self.fault, self.at, "座標の入れ子の深さがそろっていません");
                    }
                }
            }
            index += 1;
            if index > 1 {
                self.budget.spend_digits()?;
            }
        }
    }
}

/// Adds what is one level less deep. What holds nothing fits everywhere and is an empty list.
fn push(all: &mut Coordinates, inner: Coordinates) -> bool {
    use Coordinates::{Lists, ListsOfLists, Nothing, Position, Positions};
    match (&mut *all, inner) {
        (Nothing, Nothing) => *all = Lists(vec![Vec::new()]),
        (Nothing, Position(point)) => *all = Positions(vec![point]),
        (Nothing, Positions(list)) => *all = Lists(vec![list]),
        (Nothing, Lists(lists)) => *all = ListsOfLists(vec![lists]),
        (Positions(all), Position(point)) => all.push(point),
        (Lists(all), Positions(list)) => all.push(list),
        (Lists(all), Nothing) => all.push(Vec::new()),
        (ListsOfLists(all), Lists(lists)) => all.push(lists),
        (ListsOfLists(all), Nothing) => all.push(Vec::new()),
        _ => return false,
    }
    true
}
