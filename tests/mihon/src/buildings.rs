//! Houses along the streets, and the town's own buildings where its tables put them.

use std::collections::BTreeMap;

use crate::geo::{P, p};
use crate::geojson::{Feature, Shape};
use crate::near::Near;
use crate::rng::{Rng, noise};
use crate::skeleton::BLOCKS;
use crate::town::Town;

/// Public buildings: latitude, longitude, half length, half width, direction, OSM's `building`, name, name in English.
type Public = (f64, f64, f64, f64, (f64, f64), &'static str, &'static str, &'static str);

#[rustfmt::skip]
const PUBLIC: &[Public] = &[
    (34.696725, 138.6016, 42.0, 15.0, (1.0, 0.03), "public", "見本市役所", "Mihon City Hall"),
    (34.6953, 138.6036, 20.0, 13.0, (1.0, 0.03), "public", "保健センター", "Health Center"),
    (34.6972, 138.5948, 22.0, 14.0, (1.0, 0.02), "public", "中央公民館", "Central Community Hall"),
    (34.6972, 138.6088, 26.0, 16.0, (1.0, 0.08), "public", "市立図書館", "Mihon City Library"),
    (34.694825, 138.5828, 15.0, 9.0, (0.16, -1.0), "public", "川原町公民館", "Kawaramachi Community Hall"),
    (34.6839, 138.592, 14.0, 9.0, (1.0, 0.03), "public", "港町公民館", "Minatomachi Community Hall"),
    (34.7064, 138.6121, 24.0, 14.0, (1.0, 0.06), "public", "若葉台地区センター", "Wakabadai District Center"),
    (34.7058, 138.5648, 16.0, 10.0, (1.0, -0.12), "public", "北野地区センター", "Kitano District Center"),
    (34.6849, 138.564, 14.0, 9.0, (1.0, -0.04), "public", "新田農村交流センター", "Shinden Rural Center"),
    (34.6972, 138.5668, 28.0, 15.0, (1.0, 0.02), "public", "総合福祉センター", "Welfare Center"),
    (34.69815, 138.62, 42.0, 24.0, (0.02, 1.0), "public", "市民文化ホール", "Civic Culture Hall"),
    (34.696725, 138.635, 44.0, 27.0, (1.0, 0.0), "sports_hall", "市民体育館", "Mihon Civic Gymnasium"),
    (34.7058, 138.5762, 17.0, 10.0, (-0.12, 1.0), "public", "郷土資料館", "Local History Museum"),
    (34.698625, 138.5596, 32.0, 20.0, (1.0, 0.0), "industrial", "環境センター", "Environment Center"),
    (34.694825, 138.612, 21.0, 12.0, (1.0, 0.08), "fire_station", "見本市消防本部", "Mihon Fire Department"),
    (34.7034, 138.5904, 42.0, 8.0, (0.3, 1.0), "school", "緑ヶ丘小学校", "Midorigaoka Elementary School"),
    (34.707, 138.6297, 42.0, 8.0, (1.0, 0.14), "school", "若葉台小学校", "Wakabadai Elementary School"),
    (34.6991, 138.5928, 38.0, 8.0, (0.02, -1.0), "school", "本町小学校", "Honmachi Elementary School"),
    (34.6867, 138.6235, 40.0, 8.0, (1.0, 0.05), "school", "浜町小学校", "Hamacho Elementary School"),
    (34.7076, 138.5792, 44.0, 8.0, (0.1, -1.0), "school", "見本第一中学校", "Mihon First Junior High School"),
    (34.69815, 138.6314, 48.0, 9.0, (1.0, 0.0), "school", "見本第二中学校", "Mihon Second Junior High School"),
    (34.7186, 138.613, 10.0, 50.0, (1.0, 0.4), "school", "見本高等学校", "Mihon High School"),
    (34.7082, 138.6176, 38.0, 20.0, (1.0, -0.5), "hospital", "見本市立病院", "Mihon City Hospital"),
    (34.694825, 138.62, 46.0, 9.0, (1.0, 0.06), "train_station", "見本駅", "Mihon Station"),
    (34.6797, 138.599, 62.0, 13.0, (1.0, 0.02), "industrial", "見本漁港", "Mihon Fishing Port"),
    (34.6809, 138.596, 7.0, 7.0, (1.0, 0.0), "tower", "港町津波避難タワー", "Minatomachi Tsunami Tower"),
    (34.6831, 138.632, 7.0, 7.0, (1.0, 0.0), "tower", "松原町津波避難タワー", "Matsubaracho Tsunami Tower"),
    (34.68094, 138.6428, 5.0, 5.0, (1.0, 0.0), "lighthouse", "潮見埼灯台", "Shiomizaki Lighthouse"),
    (34.7186, 138.6286, 26.0, 14.0, (1.0, 0.2), "yes", "特別養護老人ホーム見晴荘", "Miharashiso Nursing Home"),
    (34.6863, 138.59, 15.0, 9.0, (1.0, 0.03), "kindergarten", "市立港町保育園", "Minatomachi Nursery"),
    (34.698625, 138.6, 15.0, 9.0, (1.0, 0.03), "kindergarten", "市立本町保育園", "Honmachi Nursery"),
];

/// A rectangle.
#[derive(Clone, Copy)]
struct Block {
    middle: P,
    along: P,
    side: P,
}

impl Block {
    fn ring(&self) -> Vec<P> {
        let (m, a, s) = (self.middle, self.along, self.side);
        vec![m - a - s, m + a - s, m + a + s, m - a + s]
    }

    /// Do two come nearer than `gap`? By the four directions of their sides.
    fn meets(&self, other: &Block, gap: f64) -> bool {
        let apart = other.middle - self.middle;
        [self.along, self.side, other.along, other.side].iter().all(|side| {
            let way = side.unit();
            let reach = |b: &Block| b.along.dot(way).abs() + b.side.dot(way).abs();
            apart.dot(way).abs() < reach(self) + reach(other) + gap
        })
    }
}

/// How much of the sides of its streets each block fills with houses.
const FILLED: [f64; 24] = [
    0.105, 0.105, 0.075, 0.075, 0.075, 0.090, 0.075, 0.098, 0.060, 0.053, 0.053, 0.120, 0.113, 0.113, 0.098,
    0.098, 0.053, 0.105, 0.060, 0.098, 0.060, 0.075, 0.075, 0.075,
];

/// Draws all buildings.
pub fn features(town: &Town) -> Vec<Feature> {
    let mut out = Vec::new();
    let mut stand = Stand::default();
    for (lat, lon, length, width, run, kind, name, english) in PUBLIC {
        let run = p(run.0, run.1).unit();
        let block = Block {
            middle: crate::geo::of_degrees(*lat, *lon),
            along: run * *length,
            side: run.left() * *width,
        };
        stand.put(block);
        out.push(Feature::new(
            Shape::Area(vec![vec![block.ring()]]),
            vec![("building", (*kind).into()), ("name", (*name).into()), ("name:en", (*english).into())],
        ));
    }
    for (number, houses) in houses(town, &mut stand).into_iter().enumerate() {
        let polygons: Vec<Vec<Vec<P>>> = houses.iter().map(|house| vec![house.ring()]).collect();
        if !polygons.is_empty() {
            out.push(Feature::new(
                Shape::Area(polygons),
                vec![("building", "yes".into()), ("block", BLOCKS[number].name.into())],
            ));
        }
    }
    out
}

/// What stands already, by squares of 80 m.
#[derive(Default)]
struct Stand(BTreeMap<(i64, i64), Vec<Block>>);

impl Stand {
    fn free(&self, block: &Block) -> bool {
        let (x, y) = Self::cell(block.middle);
        (-1..=1)
            .flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)))
            .all(|key| self.0.get(&key).into_iter().flatten().all(|other| !block.meets(other, 2.5)))
    }

    fn put(&mut self, block: Block) {
        self.0.entry(Self::cell(block.middle)).or_default().push(block);
    }

    fn cell(at: P) -> (i64, i64) {
        ((at.x / 80.0).floor() as i64, (at.y / 80.0).floor() as i64)
    }
}

fn houses(town: &Town, stand: &mut Stand) -> Vec<Vec<Block>> {
    let near = Near::new(town.ways.iter().map(|way| way.points.as_slice()), 40.0);
    let mut out = vec![Vec::new(); town.blocks.len()];
    let mut rng = Rng::new(77);
    for way in &town.ways {
        let (broad, settled) = match way.kind {
            "primary" => (9.0, 0.8),
            "secondary" => (7.5, 0.9),
            "tertiary" => (6.0, 0.9),
            "unclassified" => (4.5, 0.5),
            "residential" => (4.0, 1.0),
            _ => continue,
        };
        if way.bridge.is_some() {
            continue;
        }
        for pair in way.points.windows(2) {
            let run = (pair[1] - pair[0]).unit();
            let long = (pair[1] - pair[0]).length();
            for side in [1.0, -1.0] {
                let mut at = rng.between(6.0, 14.0);
                while at < long - 6.0 {
                    let size = (rng.between(5.0, 8.5), rng.between(4.0, 6.5));
                    let back = broad + rng.between(1.5, 4.0) + size.1;
                    let middle = pair[0] + run * (at + size.0) + run.left() * (side * back);
                    at += size.0 * 2.0 + rng.between(2.0, 9.0);
                    let house = Block { middle, along: run * size.0, side: run.left() * size.1 };
                    let Some(block) = town.block_of(middle) else { continue };
                    // Houses stand together: some sides of streets are full, others are gardens and fields.
                    let share = FILLED[block] * settled * (1.0 + 0.9 * noise(501, middle, 90.0));
                    let clear = near.distance(middle) > size.1 + 3.0
                        && house.ring().iter().all(|c| near.distance(*c) > 2.5);
                    if rng.happens(share) && clear && town.can_build(middle, 26.0) && stand.free(&house) {
                        stand.put(house);
                        out[block].push(house);
                    }
                }
            }
        }
    }
    out
}
