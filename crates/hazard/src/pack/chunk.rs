//! A piece of a ring: up to 63 points, as bits.
//!
//! A byte of count and way of writing, then either each point as its distance from the corner of the piece's box, or (two bytes of
//! widths first) the first so and the others as the step from the one before. Whichever is shorter.

use super::bits::{self, Writer, width};
use super::node::Slot;
use crate::Point;

/// The most points of a piece.
pub const MOST: usize = 63;
const STEPS: u8 = 64;
/// Wider numbers are in no pack, so that sums stay far from the end of what 64 bits hold.
const WIDEST: u8 = 56;

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
    let offset = |bits: &mut Writer, point: &Point| {
        bits.put((point.x - slot.corner.x) as u64, slot.ux);
        bits.put((point.y - slot.corner.y) as u64, slot.uy);
    };
    if offsets <= stepped || wx.max(wy) > WIDEST {
        bits.put(u64::from(count), 8);
        points.iter().for_each(|point| offset(&mut bits, point));
    } else {
        [count | STEPS, wx, wy].into_iter().for_each(|byte| bits.put(u64::from(byte), 8));
        points.iter().take(1).for_each(|point| offset(&mut bits, point));
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
