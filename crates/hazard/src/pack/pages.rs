//! The pages of a pack: read when they are asked for, their checksums verified, the latest kept.

use std::cell::RefCell;

use super::PackError;
use super::head::HEAD;
use crate::Source;

/// Bytes of a page.
pub const PAGE: usize = 16 << 10;
/// Pages that are kept at most: 16 MiB, where so much was asked for.
pub const KEPT: usize = 1024;

/// A pack's pages.
pub struct Pages<S> {
    source: S,
    sums: Vec<u32>,
    end: u32,
    most: usize,
    kept: RefCell<Kept>,
}

struct Kept {
    pages: Vec<Page>,
    /// By a page's number: one more than its place in `pages`, or 0.
    places: Vec<u16>,
    clock: u64,
}

struct Page {
    number: usize,
    used: u64,
    bytes: Vec<u8>,
}

/// What is summed of a page: all but the head, which has a sum of its own.
pub fn summed(number: usize, page: &[u8]) -> u32 {
    crc32fast::hash(if number == 0 { page.get(HEAD..).unwrap_or(&[]) } else { page })
}

impl<S: Source> Pages<S> {
    /// The pages of the bytes before `end`, with their checksums, of which at most `most` are kept.
    pub fn new(source: S, sums: Vec<u32>, end: u32, most: usize) -> Self {
        let kept = Kept { pages: Vec::new(), places: vec![0; sums.len()], clock: 0 };
        Pages { source, sums, end, most, kept: RefCell::new(kept) }
    }

    /// How many bytes the pages have.
    pub fn end(&self) -> u32 {
        self.end
    }

    /// Hands over the bytes from `at` to the end of their page. What reads them must not ask for another record meanwhile.
    #[inline(always)]
    pub fn record<R>(&self, at: u32, read: impl FnOnce(&[u8]) -> Option<R>) -> Result<R, PackError> {
        let number = at as usize / PAGE;
        let mut kept = self.kept.borrow_mut();
        let place = match kept.places.get(number) {
            Some(0) | None => self.fetch(&mut kept, number)?,
            Some(place) => usize::from(*place) - 1,
        };
        kept.clock += 1;
        let clock = kept.clock;
        let record = kept.pages.get_mut(place).and_then(|page| {
            page.used = clock;
            page.bytes.get(at as usize % PAGE..)
        });
        record.and_then(read).ok_or(PackError::Damaged { at: at.into(), what: "no such record" })
    }

    #[cold]
    fn fetch(&self, kept: &mut Kept, number: usize) -> Result<usize, PackError> {
        let from = number * PAGE;
        let length = (self.end as usize).saturating_sub(from).min(PAGE);
        let sum = self.sums.get(number).filter(|_| length > 0);
        let sum = *sum.ok_or(PackError::Damaged { at: from as u64, what: "no such page" })?;
        let mut bytes = vec![0; length];
        self.source.read_at(from as u64, &mut bytes)?;
        if summed(number, &bytes) != sum {
            return Err(PackError::Damaged { at: from as u64, what: "its checksum does not fit" });
        }
        let page = Page { number, used: 0, bytes };
        let oldest = kept.pages.iter().enumerate().min_by_key(|(_, page)| page.used).map(|(place, _)| place);
        let place = match oldest {
            Some(place) if kept.pages.len() >= self.most => place,
            _ => kept.pages.len(),
        };
        match kept.pages.get_mut(place) {
            Some(old) => {
                let left = std::mem::replace(old, page).number;
                kept.places.get_mut(left).into_iter().for_each(|place| *place = 0);
            }
            None => kept.pages.push(page),
        }
        kept.places.get_mut(number).into_iter().for_each(|slot| *slot = place as u16 + 1);
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_pages_are_kept_and_the_right_bytes_are_read() {
        let bytes: Vec<u8> = (0..20 * PAGE).map(|at| (at / PAGE * 7 + at % 251) as u8).collect();
        let sums = bytes.chunks(PAGE).enumerate().map(|(number, page)| summed(number, page)).collect();
        let pages = Pages::new(bytes.as_slice(), sums, bytes.len() as u32, 3);
        for at in (0..200usize).map(|n| n * 7919 * 13 % bytes.len()) {
            assert_eq!(pages.record(at as u32, |rest| rest.first().copied()).unwrap(), bytes[at]);
            assert!(pages.kept.borrow().pages.len() <= 3);
        }
    }
}
