//! The bytes of a pack while it is built: records, none of which crosses the border of a page.

use super::pages::PAGE;

/// Bytes that grow.
pub struct Out {
    bytes: Vec<u8>,
}

impl Out {
    /// Begins behind what stands at the start.
    pub fn behind(bytes: Vec<u8>) -> Self {
        Out { bytes }
    }

    /// Where a record of at most so many bytes will stand.
    pub fn place(&mut self, most: usize) -> u32 {
        let left = PAGE - self.bytes.len() % PAGE;
        if most > left {
            self.bytes.resize(self.bytes.len() + left, 0);
        }
        self.here()
    }

    fn here(&self) -> u32 {
        // Far below 4 GiB: a point takes at most 14 bytes.
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }

    /// Appends a record; where it stands.
    pub fn put(&mut self, record: &[u8]) -> u32 {
        let at = self.place(record.len());
        self.bytes.extend_from_slice(record);
        at
    }

    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}
