//! A pack as a plain list, read whole.

use std::f64::consts::PI;

use super::locate::{Place, cross, locate};
use super::{At, Edge, FORMAT, Header, MAX_BYTES, PackError};
use crate::{Bounds, Point, Ring, Source};

pub const SURVEYED: u8 = 255;

type Parts = Vec<(u8, Vec<Ring>)>;

pub fn write(header: &Header, parts: &[(u8, Vec<Ring>)]) -> Vec<u8> {
    let rows: Vec<(u8, Vec<Vec<(i64, i64)>>)> = parts
        .iter()
        .map(|(class, rings)| {
            (*class, rings.iter().map(|r| r.iter().map(|p| (p.x, p.y)).collect()).collect())
        })
        .collect();
    serde_json::to_vec(&(header, rows)).unwrap_or_default()
}

/// A pack that is open.
pub struct Pack<S: Source> {
    header: Header,
    bounds: Bounds,
    parts: Parts,
    _source: S,
}

impl<S: Source> Pack<S> {
    /// Opens a pack.
    pub fn open(source: S) -> Result<Self, PackError> {
        if source.len() > MAX_BYTES {
            return Err(PackError::TooLong(source.len()));
        }
        let mut bytes = vec![0; source.len() as usize];
        source.read_at(0, &mut bytes)?;
        type Rows = Vec<(u8, Vec<Vec<(i64, i64)>>)>;
        let (header, rows): (Header, Rows) = serde_json::from_slice(&bytes).map_err(|_| PackError::Format)?;
        if header.format != FORMAT {
            return Err(PackError::Format);
        }
        let point = |(x, y): (i64, i64)| Point { x, y };
        let ring = |ring: Vec<(i64, i64)>| ring.into_iter().map(point).collect::<Ring>();
        let mut parts: Parts =
            rows.into_iter().map(|(class, rings)| (class, rings.into_iter().map(ring).collect())).collect();
        parts.sort_by_key(|(class, _)| *class);
        let bounds = Bounds::around(parts.iter().flat_map(|(_, rings)| rings).flatten())
            .ok_or(PackError::Damaged { at: 0, what: "no points" })?;
        Ok(Pack { header, bounds, parts, _source: source })
    }

    /// What it says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What the zones and the surveyed area span.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// What holds at a point.
    pub fn at(&self, point: Point) -> Result<At, PackError> {
        let mut at = At { surveyed: false, class: None };
        for (class, rings) in &self.parts {
            let Some((outer, holes)) = rings.split_first() else { continue };
            if locate(point, outer) == Place::Outside
                || holes.iter().any(|hole| locate(point, hole) == Place::Inside)
            {
                continue;
            }
            at.surveyed = true;
            if *class != SURVEYED {
                at.class = Some(*class);
            }
        }
        Ok(at)
    }

    /// The nearest point of a zone worse than what holds at a point, not farther than `within_m` metres.
    pub fn nearest_edge(&self, point: Point, within_m: f64) -> Result<Option<Edge>, PackError> {
        let here = self.at(point)?.class;
        let mut best: Option<Edge> = None;
        let east = 6_371_008.8 * PI / 180.0 / (1u64 << 40) as f64;
        let (sx, sy) = (east * (point.lat() * PI / 180.0).cos(), east);
        for (class, rings) in &self.parts {
            if *class == SURVEYED || here.is_some_and(|here| *class <= here) {
                continue;
            }
            for (a, b) in rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1))) {
                let (ax, ay) = ((a.x - point.x) as f64 * sx, (a.y - point.y) as f64 * sy);
                let (dx, dy) = ((b.x - a.x) as f64 * sx, (b.y - a.y) as f64 * sy);
                let length = dx * dx + dy * dy;
                let t = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
                let (px, py) = (ax + t * dx, ay + t * dy);
                let distance_m = px.hypot(py);
                let nearer = best.is_none_or(|best| distance_m < best.distance_m);
                if distance_m <= within_m && nearer {
                    let at = Point { x: point.x + (px / sx) as i64, y: point.y + (py / sy) as i64 };
                    best = Some(Edge { distance_m, class: *class, at });
                }
            }
        }
        Ok(best)
    }

    /// The worst class that the way from a to b touches.
    pub fn along(&self, a: Point, b: Point) -> Result<Option<u8>, PackError> {
        let mut worst = self.at(a)?.class;
        for (class, rings) in &self.parts {
            let mut edges = rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
            if *class != SURVEYED && edges.any(|(c, d)| cross(a, b, *c, *d)) {
                worst = worst.max(Some(*class));
            }
        }
        Ok(worst)
    }

    /// The zones that meet a box, whole: class, outer ring and holes; the mildest first.
    pub fn shapes(&self, within: Bounds, each: &mut dyn FnMut(u8, &[Ring])) -> Result<(), PackError> {
        for (class, rings) in &self.parts {
            let meets = rings
                .first()
                .and_then(|ring| Bounds::around(ring))
                .is_some_and(|bounds| bounds.meets(&within));
            if *class != SURVEYED && meets {
                each(*class, rings);
            }
        }
        Ok(())
    }

    /// As [`Self::shapes`], drawn as coarsely as `zoom` allows.
    pub fn coarse(
        &self,
        _zoom: u8,
        within: Bounds,
        each: &mut dyn FnMut(u8, &[Ring]),
    ) -> Result<(), PackError> {
        self.shapes(within, each)
    }
}
