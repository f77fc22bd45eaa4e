//! A piece of a ring: up to 63 points, as bits.
//!
//! A byte of count and way of writing, then in one of three ways:
//!
//! ```text
//! offsets  each point as its distance from the corner of the piece's box
//! steps    width x  width y  the first point so, the others as the step from the one before
//! cells    offsets, the highest eight bits of all first: rows × count  columns × count  what is left of each point
//! ```
//!
//! Whichever is shortest; cells also where they are a little longer, since a question reads little of them ([`super::cells`]).

use super::bits::{self, Writer, width};
use super::cells::Cells;
use super::locate::Ray;
use super::node::Slot;
use crate::Point;

/// The most points of a piece.
pub const MOST: usize = 63;
const STEPS: u8 = 64;
const CELLS: u8 = 128;
/// Wider numbers are in no pack, so that sums stay far from the end of what 64 bits hold.
const WIDEST: u8 = 56;
/// A piece of fewer points is read as a whole as fast.
const WORTH_CELLS: usize = 6;

/// Writes a piece of at most [`MOST`] points that lie in `slot`'s box.
pub fn write(points: &[Point], slot: &Slot) -> Vec<u8> {
    let offsets = points.len() * usize::from(slot.ux + slot.uy);
    let signed = |step: i64| width(if step < 0 { !step } else { step } as u64) + 1;
    let steps = || points.iter().zip(points.iter().skip(1)).map(|(a, b)| (b.x - a.x, b.y - a.y));
    let wx = steps().map(|(x, _)| signed(x)).max().unwrap_or(0);
    let wy = steps().map(|(_, y)| signed(y)).max().unwrap_or(0);
    let stepped = 16 + usize::from(slot.ux + slot.uy) + (points.len() - 1) * usize::from(wx + wy);
    let count = points.len() as u8;
    let mut bits = Writer::default();
    let offset = |point: &Point| ((point.x - slot.corner.x) as u64, (point.y - slot.corner.y) as u64);
    // A twenty-fourth more than the steps take is given for cells.
    let no_steps = wx.max(wy) > WIDEST;
    if points.len() >= WORTH_CELLS && Cells::fit(slot) && (offsets <= stepped + stepped / 24 || no_steps) {
        bits.put(u64::from(count | CELLS), 8);
        let (lx, ly) = Cells::left(slot);
        points.iter().for_each(|point| bits.put(offset(point).1 >> ly, 8));
        points.iter().for_each(|point| bits.put(offset(point).0 >> lx, 8));
        for (x, y) in points.iter().map(offset) {
            bits.put(x, lx);
            bits.put(y, ly);
        }
        return bits.finish();
    }
    let whole = |bits: &mut Writer, point: &Point| {
        let (x, y) = offset(point);
        bits.put(x, slot.ux);
        bits.put(y, slot.uy);
    };
    if offsets <= stepped || no_steps {
        bits.put(u64::from(count), 8);
        points.iter().for_each(|point| whole(&mut bits, point));
    } else {
        [count | STEPS, wx, wy].into_iter().for_each(|byte| bits.put(u64::from(byte), 8));
        points.iter().take(1).for_each(|point| whole(&mut bits, point));
        for (x, y) in steps() {
            bits.put(x as u64, wx);
            bits.put(y as u64, wy);
        }
    }
    bits.finish()
}

/// Hands over each point of a piece; how many there were, none when the bytes make no sense.
#[inline(always)]
pub fn each(bytes: &[u8], slot: &Slot, mut take: impl FnMut(Point)) -> Option<usize> {
    let (head, body) = bytes.split_first()?;
    let count = usize::from(head & 63);
    let (ux, uy) = (slot.ux, slot.uy);
    let both = usize::from(ux) + usize::from(uy);
    if ux > WIDEST || uy > WIDEST || count == 0 {
        return None;
    }
    if head & CELLS != 0 {
        let cells = Cells::read(body, count, slot)?;
        (0..count).for_each(|index| take(cells.point(index)));
        return Some(count);
    }
    let offset = |body: &[u8], bit: usize| {
        let (x, y) = bits::read_two(body, bit, ux, uy);
        Point { x: slot.corner.x + x as i64, y: slot.corner.y + y as i64 }
    };
    if head & STEPS == 0 {
        if body.len() * 8 < count * both {
            return None;
        }
        for index in 0..count {
            take(offset(body, index * both));
        }
        return Some(count);
    }
    let (&[wx, wy], body) = body.split_first_chunk::<2>()?;
    let step = usize::from(wx) + usize::from(wy);
    if wx > WIDEST || wy > WIDEST || body.len() * 8 < both + (count - 1) * step {
        return None;
    }
    let mut point = offset(body, 0);
    take(point);
    let (half_x, half_y) = ((1i64 << wx) >> 1, (1i64 << wy) >> 1);
    let mut bit = both;
    for _ in 1..count {
        // The highest bit is the sign.
        let (x, y) = bits::read_two(body, bit, wx, wy);
        point.x += (x as i64 ^ half_x) - half_x;
        point.y += (y as i64 ^ half_y) - half_y;
        bit += step;
        take(point);
    }
    Some(count)
}

/// Hands over the edges of a piece; that from its last point to its first only when it is a ring by itself.
#[inline(always)]
pub fn edges(bytes: &[u8], slot: &Slot, ring: bool, mut edge: impl FnMut(Point, Point)) -> Option<()> {
    let (mut first, mut last) = (None, None);
    each(bytes, slot, |point| {
        match last {
            Some(last) => edge(last, point),
            None => first = Some(point),
        }
        last = Some(point);
    })?;
    if ring {
        edge(last?, first?);
    }
    Some(())
}

/// Sends a ray through the edges of a piece, seen from where the ray begins.
#[inline(always)]
pub fn ray(bytes: &[u8], slot: &Slot, ring: bool, ray: &mut Ray) -> Option<()> {
    let (head, body) = bytes.split_first()?;
    if head & CELLS == 0 {
        return edges(bytes, slot, ring, |a, b| ray.edge(a, b));
    }
    Cells::read(body, usize::from(head & 63), slot)?.ray(ring, ray);
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::node::Frame;
    use super::*;
    use crate::Bounds;

    /// Points on a grid, so that rows, columns and corners are shared; far apart or close, and each near the one before or not.
    fn points() -> impl Strategy<Value = Vec<Point>> {
        let step = || (-12i64..12, -12i64..12);
        // Few points in few bits end so near to the end of a page that no 32 bytes follow.
        let steps =
            prop_oneof![proptest::collection::vec(step(), 1..=MOST), proptest::collection::vec(step(), 6..9)];
        let scale =
            prop_oneof![Just(1i64), Just(1 << 5), Just(1 << 9), Just(1 << 30), Just((1 << 33) + 12_345)];
        (steps, scale, any::<bool>()).prop_map(|(steps, scale, walk)| {
            let mut from = (0, 0);
            let all = steps.into_iter().map(|(x, y)| {
                let at = (from.0 + x, from.1 + y);
                from = if walk { at } else { from };
                Point { x: at.0 * scale, y: at.1 * scale }
            });
            all.collect()
        })
    }

    fn slot(points: &[Point]) -> Slot {
        let bounds = Bounds::around(points).unwrap();
        Frame::over(&bounds).slot(&bounds)
    }

    #[test]
    fn each_way_of_writing_is_used() {
        let at = |x, y| Point { x, y };
        let round = |far: i64, count: i64| -> Vec<Point> {
            (0..count).map(|n| at(n * far % 1_000_003, n * n * far % 1_000_003)).collect()
        };
        let near: Vec<Point> = (0..40).map(|n| at(n << 20, (n << 20) + n % 3)).collect();
        let ways = [round(77_777, 40), near, round(77_777, 4)].map(|points| {
            let head = write(&points, &slot(&points)).first().copied();
            head.map(|head| head & (STEPS | CELLS))
        });
        assert_eq!(ways, [Some(CELLS), Some(STEPS), Some(0)]);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(points in points()) {
            let slot = slot(&points);
            let written = write(&points, &slot);
            let mut read = Vec::new();
            prop_assert_eq!(each(&written, &slot, |point| read.push(point)), Some(points.len()));
            prop_assert_eq!(read, points);
            // A byte less is too little.
            prop_assert_eq!(each(&written[..written.len() - 1], &slot, |_| {}), None);
        }

        #[test]
        fn a_ray_meets_what_it_meets_edge_by_edge(
            points in points(), to in (-14i64..14, -14i64..14), off in -1i64..=1, ring in any::<bool>(), behind in prop_oneof![Just(0usize), 0usize..80],
        ) {
            let slot = slot(&points);
            let written = write(&points, &slot);
            let corner = points.first().map_or(to, |p| (p.x, p.y));
            // At a height of the grid, often at a corner's; and a little beside.
            let unit = points.iter().map(|p| p.x.abs()).filter(|x| *x > 0).min().unwrap_or(1);
            for from in [Point { x: to.0 * unit + off, y: to.1 * unit }, Point { x: corner.0 + off, y: corner.1 }] {
                let moved = slot.seen_from(from);
                let mut plain = Ray::default();
                edges(&written, &moved, ring, |a, b| plain.edge(a, b)).unwrap();
                let mut asked = Ray::default();
                let mut page = written.clone();
                page.extend(vec![0xA5; behind]);
                super::ray(&page, &moved, ring, &mut asked).unwrap();
                prop_assert_eq!(asked.place(), plain.place());
            }
        }
    }
}
