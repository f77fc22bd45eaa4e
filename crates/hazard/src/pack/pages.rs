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
    /// By a page's number.
    pages: Vec<Page>,
    /// How many of them are here.
    count: usize,
    clock: u64,
}

/// Without bytes while it is not here.
#[derive(Clone, Default)]
struct Page {
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
        let kept = Kept { pages: vec![Page::default(); sums.len()], count: 0, clock: 0 };
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
        let kept = &mut *kept;
        if kept.pages.get(number).is_none_or(|page| page.bytes.is_empty()) {
            self.fetch(kept, number)?;
        }
        kept.clock += 1;
        let record = kept.pages.get_mut(number).and_then(|page| {
            page.used = kept.clock;
            page.bytes.get(at as usize % PAGE..)
        });
        record.and_then(read).ok_or(PackError::Damaged { at: at.into(), what: "no such record" })
    }

    #[cold]
    fn fetch(&self, kept: &mut Kept, number: usize) -> Result<(), PackError> {
        let from = number * PAGE;
        let length = (self.end as usize).saturating_sub(from).min(PAGE);
        let sum = self.sums.get(number).filter(|_| length > 0);
        let sum = *sum.ok_or(PackError::Damaged { at: from as u64, what: "no such page" })?;
        let mut bytes = vec![0; length];
        self.source.read_at(from as u64, &mut bytes)?;
        if summed(number, &bytes) != sum {
            return Err(PackError::Damaged { at: from as u64, what: "its checksum does not fit" });
        }
        if kept.count >= self.most {
            let here = kept.pages.iter_mut().filter(|page| !page.bytes.is_empty());
            if let Some(oldest) = here.min_by_key(|page| page.used) {
                *oldest = Page::default();
                kept.count -= 1;
            }
        }
        if let Some(page) = kept.pages.get_mut(number) {
            page.bytes = bytes;
            kept.count += 1;
        }
        Ok(())
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
            let here = |page: &&Page| !page.bytes.is_empty();
            assert!(pages.kept.borrow().pages.iter().filter(here).count() <= 3);
        }
    }
}
