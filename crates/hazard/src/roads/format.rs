//! The bytes of a pack of ways, and their reading: every number is checked before it is believed.
//!
//! `magic, checksum (u64 LE of all that follows), streets, corner, nodes, edges`; numbers are LEB128, those with a sign zigzag.
//! `docs/hazard.md` has the table.

use super::spot::{Corner, MAX_SPAN, PER_DEGREE, Spot};
use super::{MAX_BYTES, MAX_NAME, MAX_SEGMENTS, RoadsError, WayKind};
use crate::Source;

const MAGIC: [u8; 8] = *b"MDGWAYS\x01";

/// What a pack says.
#[derive(Debug, Default)]
pub(super) struct Net {
    pub corner: Corner,
    pub streets: Vec<Street>,
    /// In the order of the curve.
    pub nodes: Vec<Spot>,
    /// In the order of their first nodes.
    pub edges: Vec<Edge>,
    /// The points of all edges between their nodes.
    pub inner: Vec<Spot>,
}

/// What edges have in common.
#[derive(Debug)]
pub(super) struct Street {
    pub kind: WayKind,
    pub name: Option<Box<str>>,
}

/// A line between two nodes, with nothing joining it in between.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub a: u32,
    pub b: u32,
    pub street: u32,
    /// Where its points begin in [`Net::inner`].
    pub first: u32,
    /// How many there are.
    pub inner: u32,
}

impl Net {
    /// The points of an edge.
    pub fn line(&self, edge: &Edge) -> impl DoubleEndedIterator<Item = Spot> + Clone + '_ {
        let first = edge.first as usize;
        let inner = self.inner.get(first..first + edge.inner as usize).unwrap_or_default();
        let node = |node: u32| self.nodes.get(node as usize).copied();
        node(edge.a).into_iter().chain(inner.iter().copied()).chain(node(edge.b))
    }
}

pub(super) fn write(net: &Net) -> Result<Vec<u8>, RoadsError> {
    let mut body = Vec::new();
    put(&mut body, net.streets.len() as u64);
    for street in &net.streets {
        let name = street.name.as_deref().unwrap_or_default();
        body.push(street.kind as u8);
        put(&mut body, name.len() as u64);
        body.extend_from_slice(name.as_bytes());
    }
    put_signed(&mut body, net.corner.x);
    put_signed(&mut body, net.corner.y);
    put(&mut body, net.nodes.len() as u64);
    let mut before = 0;
    for node in &net.nodes {
        put(&mut body, node.order() - before);
        before = node.order();
    }
    put(&mut body, net.edges.len() as u64);
    put(&mut body, net.inner.len() as u64);
    let mut before = 0;
    for edge in &net.edges {
        put(&mut body, u64::from(edge.a - before));
        put(&mut body, u64::from(edge.b - edge.a));
        put(&mut body, u64::from(edge.street));
        put(&mut body, u64::from(edge.inner));
        before = edge.a;
        let mut line = net.line(edge);
        let mut at = line.next();
        for next in line.take(edge.inner as usize) {
            let from = at.unwrap_or(next);
            put_signed(&mut body, i64::from(next.x) - i64::from(from.x));
            put_signed(&mut body, i64::from(next.y) - i64::from(from.y));
            at = Some(next);
        }
    }
    let bytes = [&MAGIC[..], &checksum(&body).to_le_bytes(), &body].concat();
    if bytes.len() as u64 > MAX_BYTES {
        let (count, limit) = (bytes.len(), MAX_BYTES as usize);
        return Err(RoadsError::TooMany { what: "bytes of ways", count, limit });
    }
    Ok(bytes)
}

pub(super) fn read(source: &impl Source) -> Result<Net, RoadsError> {
    let length = source.len();
    if length > MAX_BYTES {
        let (count, limit) = (usize::try_from(length).unwrap_or(usize::MAX), MAX_BYTES as usize);
        return Err(RoadsError::TooMany { what: "bytes of ways", count, limit });
    }
    let mut bytes = vec![0; length as usize];
    source.read_at(0, &mut bytes)?;
    let rest = bytes.strip_prefix(&MAGIC).ok_or(RoadsError::Format)?;
    let (sum, body) = rest.split_first_chunk::<8>().ok_or(RoadsError::Damaged("it ends too early"))?;
    if checksum(body) != u64::from_le_bytes(*sum) {
        return Err(RoadsError::Damaged("its checksum is another"));
    }
    let mut reader = Reader { rest: body };
    let net = net(&mut reader)?;
    if !reader.rest.is_empty() {
        return Err(RoadsError::Damaged("there is more than it says"));
    }
    Ok(net)
}

fn net(reader: &mut Reader) -> Result<Net, RoadsError> {
    // No count is believed that its own bytes cannot hold: nothing is laid out for what is not there.
    let mut net = Net::default();
    for _ in 0..reader.count(2)? {
        let kind = WayKind::of_number(reader.byte()?).ok_or(RoadsError::Damaged("an unknown kind of way"))?;
        let length = reader.count(1)?;
        let name = reader.take(length)?;
        if name.len() > MAX_NAME {
            return Err(RoadsError::Damaged("a name is too long"));
        }
        let name = str::from_utf8(name).map_err(|_| RoadsError::Damaged("a name is no text"))?;
        net.streets.push(Street { kind, name: (!name.is_empty()).then(|| name.into()) });
    }
    net.corner = Corner { x: reader.signed()?, y: reader.signed()? };
    let on_earth = |step: i64, degrees: i64| (-degrees * PER_DEGREE..=degrees * PER_DEGREE).contains(&step);
    if !on_earth(net.corner.x, 180) || !on_earth(net.corner.y, 90) {
        return Err(RoadsError::Damaged("its corner is not on the earth"));
    }
    let within = |spot: Spot| {
        let here = spot.x <= MAX_SPAN && spot.y <= MAX_SPAN;
        here.then_some(spot).ok_or(RoadsError::Damaged("a point is too far off"))
    };
    let count = reader.count(1)?;
    net.nodes.reserve_exact(count);
    let mut order: Option<u64> = None;
    for _ in 0..count {
        let step = reader.number()?;
        let next = match order {
            Some(order) if step > 0 => order.checked_add(step),
            Some(_) => None,
            None => Some(step),
        };
        order = Some(next.ok_or(RoadsError::Damaged("its nodes are in disorder"))?);
        net.nodes.push(within(Spot::of_order(order.unwrap_or_default()))?);
    }
    let (edges, inner) = (reader.count(4)?, reader.count(2)?);
    if edges + inner > MAX_SEGMENTS {
        return Err(RoadsError::Damaged("it has too many segments"));
    }
    net.edges.reserve_exact(edges);
    net.inner.reserve_exact(inner);
    let mut before = 0;
    for _ in 0..edges {
        let edge = edge(reader, &net, before)?;
        let mut at = net.nodes.get(edge.a as usize).copied().unwrap_or(Spot { x: 0, y: 0 });
        for _ in 0..edge.inner {
            if net.inner.len() == inner {
                return Err(RoadsError::Damaged("it has more points than it says"));
            }
            let mut offset = |from: u32| -> Result<u32, RoadsError> {
                let to = i64::from(from).checked_add(reader.signed()?);
                to.and_then(|to| u32::try_from(to).ok()).ok_or(RoadsError::Damaged("a point is too far off"))
            };
            at = within(Spot { x: offset(at.x)?, y: offset(at.y)? })?;
            net.inner.push(at);
        }
        before = edge.a;
        net.edges.push(edge);
    }
    if net.inner.len() != inner {
        return Err(RoadsError::Damaged("it has fewer points than it says"));
    }
    Ok(net)
}

fn edge(reader: &mut Reader, net: &Net, before: u32) -> Result<Edge, RoadsError> {
    let mut below = |from: u32, limit: usize, what| {
        let number = u64::from(from).saturating_add(reader.number()?);
        u32::try_from(number).ok().filter(|n| (*n as usize) < limit).ok_or(RoadsError::Damaged(what))
    };
    let a = below(before, net.nodes.len(), "an edge leads to no node")?;
    let b = below(a, net.nodes.len(), "an edge leads to no node")?;
    let street = below(0, net.streets.len(), "an edge is of no street")?;
    let inner = below(0, MAX_SEGMENTS, "an edge has too many points")?;
    Ok(Edge { a, b, street, first: net.inner.len() as u32, inner })
}

struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], RoadsError> {
        let (taken, rest) =
            self.rest.split_at_checked(count).ok_or(RoadsError::Damaged("it ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, RoadsError> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    fn number(&mut self) -> Result<u64, RoadsError> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(RoadsError::Damaged("a number is too long"))
    }

    fn signed(&mut self) -> Result<i64, RoadsError> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// How many follow that take so many bytes each, at the least.
    fn count(&mut self, bytes: usize) -> Result<usize, RoadsError> {
        let count = self.number()?;
        usize::try_from(count)
            .ok()
            .filter(|count| *count <= self.rest.len() / bytes)
            .ok_or(RoadsError::Damaged("it has fewer bytes than it says"))
    }
}

fn put(into: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

fn put_signed(into: &mut Vec<u8>, number: i64) {
    put(into, (number << 1 ^ number >> 63) as u64);
}

/// Against damage, not against an adversary (packs are signed). Each step is one to one in what came before and in the word that is
/// mixed in: damage to one word always shows.
fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        sum = (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        sum ^= sum >> 32;
    }
    sum
}

/// A pack whose checksum is right whatever is in it: to try what reading makes of its numbers.
#[cfg(test)]
pub(super) fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = checksum(&bytes[16..]);
    bytes[8..16].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests;
