//! Whole numbers of few bits, one after another, the lowest bit first.

/// Writes numbers.
#[derive(Default)]
pub struct Writer {
    bytes: Vec<u8>,
    held: u128,
    bits: u32,
}

impl Writer {
    /// Appends the lowest `width` bits of a number.
    pub fn put(&mut self, value: u64, width: u8) {
        let mask = (1u128 << width) - 1;
        self.held |= (u128::from(value) & mask) << self.bits;
        self.bits += u32::from(width);
        while self.bits >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.bits -= 8;
        }
    }

    /// The bytes, the last filled with zeros.
    pub fn finish(mut self) -> Vec<u8> {
        if self.bits > 0 {
            self.bytes.push(self.held as u8);
        }
        self.bytes
    }
}

/// The number of `width` ≤ 56 bits that begins at a bit; what lies beyond the end is zero.
#[inline]
pub fn read(bytes: &[u8], bit: usize, width: u8) -> u64 {
    (load(bytes, bit / 8) >> (bit % 8)) & ((1 << width) - 1)
}

#[inline(always)]
fn load(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(word) => u64::from_le_bytes(*word),
        None => tail(bytes, at),
    }
}

/// Two numbers of at most 56 bits, one behind the other.
#[inline(always)]
pub fn read_two(bytes: &[u8], bit: usize, first: u8, second: u8) -> (u64, u64) {
    // From the middle of a byte, so many are in eight bytes for certain.
    if first + second <= 57 {
        let word = load(bytes, bit / 8) >> (bit % 8);
        return (word & ((1 << first) - 1), (word >> first) & ((1 << second) - 1));
    }
    let Some(word) = bytes.get(bit / 8..).and_then(|rest| rest.first_chunk::<16>()) else {
        return (read(bytes, bit, first), read(bytes, bit + usize::from(first), second));
    };
    let word = u128::from_le_bytes(*word) >> (bit % 8);
    (word as u64 & ((1 << first) - 1), (word >> first) as u64 & ((1 << second) - 1))
}

#[cold]
fn tail(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).unwrap_or(&[]).iter().take(8).rev().fold(0, |word, byte| (word << 8) | u64::from(*byte))
}

/// How many bits a number needs.
pub fn width(value: u64) -> u8 {
    (64 - value.leading_zeros()) as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_put_is_read(numbers in proptest::collection::vec((any::<u64>(), 0u8..=56), 0..40)) {
            let mut writer = Writer::default();
            numbers.iter().for_each(|(value, width)| writer.put(*value, *width));
            let bytes = writer.finish();
            let mut bit = 0;
            for (value, width) in numbers.clone() {
                prop_assert_eq!(read(&bytes, bit, width), value & ((1 << width) - 1));
                bit += usize::from(width);
            }
            prop_assert_eq!(bytes.len(), bit.div_ceil(8));
            let mut bit = 0;
            for pair in numbers.chunks_exact(2) {
                let ([a, b], mask) = ([pair[0], pair[1]], |(value, width): (u64, u8)| value & ((1 << width) - 1));
                prop_assert_eq!(read_two(&bytes, bit, a.1, b.1), (mask(a), mask(b)));
                bit += usize::from(a.1 + b.1);
            }
        }
    }
}
