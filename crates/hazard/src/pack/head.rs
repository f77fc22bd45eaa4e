//! The start of a pack, and its end: what is read when it is opened.
//!
//! ```text
//! "MADOHAZ1"  end of pages (4)  checksum of the sums (4)  bytes of the header (4)
//! root of zones (4)  root of surveyed areas (4)  six overviews: zoom (1) shift (1) root (4)
//! bounds (4 × 8)  zeros  checksum of all this (4)        = 104 bytes
//! header: JSON     records     checksum of each page (4 each)
//! ```

use super::pages::{PAGE, summed};
use super::{FORMAT, Header, MAX_BYTES, MAX_CLASSES, MAX_POINTS, MAX_ZONES, PackError};
use crate::{Bounds, Point, Source};

/// Bytes before the header.
pub const HEAD: usize = 104;
const MAGIC: &[u8; 8] = b"MADOHAZ1";
/// A header is shorter.
const MOST_HEADER: usize = 8 << 10;
/// Overviews that a pack may have.
pub const OVERVIEWS: usize = 6;
/// Where the end of the pages is written, and behind it the checksum of their checksums.
const END: usize = 8;

/// A coarser drawing of the zones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overview {
    /// The largest zoom that it is meant for.
    pub zoom: u8,
    /// Its coordinates are whole multiples of 2 to this power.
    pub shift: u8,
    /// Where the root of its tree stands.
    pub root: u32,
}

/// Where things stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The tree of zones.
    pub zones: Option<u32>,
    /// The tree of surveyed areas.
    pub surveyed: Option<u32>,
    /// Overviews, the coarsest first.
    pub overviews: Vec<Overview>,
    /// What the zones and the surveyed area span.
    pub bounds: Bounds,
}

/// Bytes for the head and the header behind it.
pub fn begin(header: &Header) -> Vec<u8> {
    let mut bytes = vec![0; HEAD];
    bytes.extend(json(header));
    bytes
}

fn json(header: &Header) -> Vec<u8> {
    // A struct of numbers and texts has no reason to fail.
    serde_json::to_vec(header).unwrap_or_default()
}

/// Fills in the head and appends the checksums.
pub fn finish(mut bytes: Vec<u8>, header: &Header, head: &Head) -> Vec<u8> {
    let mut start = MAGIC.to_vec();
    // The checksum comes last.
    for number in [bytes.len() as u32, 0, json(header).len() as u32] {
        start.extend(number.to_le_bytes());
    }
    for root in [head.zones, head.surveyed] {
        start.extend(root.unwrap_or(0).to_le_bytes());
    }
    for index in 0..OVERVIEWS {
        let overview = head.overviews.get(index).copied();
        let Overview { zoom, shift, root } = overview.unwrap_or(Overview { zoom: 0, shift: 0, root: 0 });
        start.extend([zoom, shift]);
        start.extend(root.to_le_bytes());
    }
    for number in [head.bounds.min.x, head.bounds.min.y, head.bounds.max.x, head.bounds.max.y] {
        start.extend(number.to_le_bytes());
    }
    for (to, from) in bytes.iter_mut().zip(start) {
        *to = from;
    }
    resum(bytes)
}

/// Gives bytes the checksums of a pack, whatever they are: for tests of how a forged pack is met.
pub fn resum(mut bytes: Vec<u8>) -> Vec<u8> {
    let end =
        bytes.get(END..END + 4).and_then(|end| end.first_chunk()).map_or(0, |end| u32::from_le_bytes(*end));
    if (end as usize) < HEAD || end as usize > bytes.len() {
        return bytes;
    }
    bytes.truncate(end as usize);
    let sums: Vec<u8> =
        bytes.chunks(PAGE).enumerate().flat_map(|(n, page)| summed(n, page).to_le_bytes()).collect();
    let mut put = |at: usize, sum: u32| {
        bytes.iter_mut().skip(at).zip(sum.to_le_bytes()).for_each(|(to, from)| *to = from);
        crc32fast::hash(bytes.get(..HEAD - 4).unwrap_or(&[]))
    };
    let sum = put(END + 4, crc32fast::hash(&sums));
    put(HEAD - 4, sum);
    bytes.extend(sums);
    bytes
}

/// What was read: where things stand, the header, the checksums, the end of the pages.
pub type Opened = (Head, Header, Vec<u32>, u32);

/// Reads the start and the end of a pack.
pub fn open(source: &impl Source) -> Result<Opened, PackError> {
    let length = source.len();
    if length > MAX_BYTES {
        return Err(PackError::TooLong(length));
    }
    let mut start = [0; HEAD];
    source.read_at(0, &mut start)?;
    if !start.starts_with(MAGIC) {
        return Err(PackError::Format);
    }
    let damaged = |at: u64, what: &'static str| PackError::Damaged { at, what };
    let mut fields = Fields(&start);
    let (Some(_), Some([end, sums_sum, header_bytes])) = (fields.take::<8>(), fields.numbers::<3>()) else {
        return Err(PackError::Format);
    };
    let (head, sum) = fields.head().ok_or(damaged(0, "the head makes no sense"))?;
    if sum != crc32fast::hash(start.get(..HEAD - 4).unwrap_or(&[])) {
        return Err(damaged(0, "the head's checksum does not fit"));
    }
    let pages = (end as usize).div_ceil(PAGE);
    if u64::from(end) + 4 * pages as u64 != length {
        return Err(damaged(length, "its length is not the one that it was written with"));
    }
    let header_bytes = header_bytes as usize;
    if header_bytes > MOST_HEADER || HEAD + header_bytes > end as usize {
        return Err(damaged(HEAD as u64, "the header is too long"));
    }
    let mut sums = vec![0; 4 * pages];
    source.read_at(end.into(), &mut sums)?;
    if crc32fast::hash(&sums) != sums_sum {
        return Err(damaged(end.into(), "the checksum of the checksums does not fit"));
    }
    let sums: Vec<u32> = sums
        .chunks_exact(4)
        .filter_map(|sum| sum.first_chunk())
        .map(|sum| u32::from_le_bytes(*sum))
        .collect();
    // The first page holds the header, and its checksum covers it.
    let mut first = vec![0; PAGE.min(end as usize)];
    source.read_at(0, &mut first)?;
    if sums.first() != Some(&summed(0, &first)) {
        return Err(damaged(0, "its checksum does not fit"));
    }
    let header = first.get(HEAD..HEAD + header_bytes).unwrap_or(&[]);
    let header: Header = serde_json::from_slice(header).map_err(|_| damaged(HEAD as u64, "the header"))?;
    if !(1..=FORMAT).contains(&header.format) {
        return Err(PackError::Format);
    }
    // A zone has six bytes in its node and two of its own, and of no point less than a bit is kept.
    let sane = (1..=MAX_CLASSES).contains(&header.classes)
        && header.zones.saturating_add(header.surveyed) <= (MAX_ZONES as u64).min(length / 8)
        && header.points <= MAX_POINTS.min(length.saturating_mul(8));
    if !sane {
        return Err(damaged(HEAD as u64, "the header's counts make no sense"));
    }
    Ok((head, header, sums, end))
}

struct Fields<'b>(&'b [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (field, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*field)
    }

    fn numbers<const N: usize>(&mut self) -> Option<[u32; N]> {
        let mut numbers = [0; N];
        for number in &mut numbers {
            *number = u32::from_le_bytes(self.take()?);
        }
        Some(numbers)
    }

    /// From the roots to the checksum.
    fn head(&mut self) -> Option<(Head, u32)> {
        let [zones, surveyed] = self.numbers()?;
        let some = |root: u32| (root != 0).then_some(root);
        let mut overviews = Vec::new();
        for _ in 0..OVERVIEWS {
            let [zoom, shift] = self.take()?;
            let [root] = self.numbers()?;
            if shift > 40 {
                return None;
            }
            overviews.extend(some(root).map(|root| Overview { zoom, shift, root }));
        }
        let mut bounds = [0i64; 4];
        for side in &mut bounds {
            *side = i64::from_le_bytes(self.take()?);
        }
        let [west, south, east, north] = bounds;
        let bounds = Bounds { min: Point { x: west, y: south }, max: Point { x: east, y: north } };
        if !bounds.min.on_earth() || !bounds.max.on_earth() {
            return None;
        }
        let padding = self.0.len().checked_sub(4)?;
        self.0 = self.0.get(padding..)?;
        let [sum] = self.numbers()?;
        Some((Head { zones: some(zones), surveyed: some(surveyed), overviews, bounds }, sum))
    }
}
