//! Content hashes: equal values, equal hashes, on every machine and in every run.

use std::fmt;
use std::hash::Hasher;

use xxhash_rust::xxh3::Xxh3;

/// A 128-bit hash of some content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash(u128);

impl Hash {
    /// The hash of some bytes.
    pub fn of_bytes(bytes: &[u8]) -> Hash {
        Hash(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// The hash of any value that implements the standard library's `Hash`.
    pub fn of<T: std::hash::Hash + ?Sized>(value: &T) -> Hash {
        let mut state = HashOf::default();
        value.hash(&mut state);
        state.end()
    }

    /// The hash as 32 hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }

    /// The first `digits` hexadecimal digits, for file names (at most 32).
    pub fn short(self, digits: usize) -> String {
        let digit = |at: usize| char::from_digit((self.0 >> (124 - 4 * at)) as u32 & 15, 16).unwrap_or('0');
        (0..digits.min(32)).map(digit).collect()
    }

    /// Whether it is one of the hashes of which there is one in `many`.
    pub fn is_one_of(self, many: u128) -> bool {
        self.0.is_multiple_of(many)
    }

    /// Reads what [`Hash::hex`] wrote.
    pub fn from_hex(hex: &str) -> Option<Hash> {
        (hex.len() == 32).then(|| u128::from_str_radix(hex, 16).ok().map(Hash))?
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short(12))
    }
}

/// A state that values are hashed into, one after the other. Unlike the standard library's hashers it gives the same
/// result for the same input in every run.
#[derive(Clone, Default)]
pub struct HashOf(Xxh3);

impl HashOf {
    /// The hash of all that was written.
    pub fn end(&self) -> Hash {
        Hash(self.0.digest128())
    }
}

impl Hasher for HashOf {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn write_usize(&mut self, number: usize) {
        // The same bytes on 32-bit and 64-bit machines.
        self.0.update(&(number as u64).to_le_bytes());
    }

    fn finish(&self) -> u64 {
        self.0.digest()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_read_back() {
        let hash = Hash::of_bytes("été".as_bytes());
        assert_eq!(Hash::from_hex(&hash.hex()), Some(hash));
        assert_eq!(Hash::from_hex("nonsense"), None);
        assert_eq!((hash.short(12), hash.short(99)), (hash.hex()[..12].to_owned(), hash.hex()));
    }

    #[test]
    fn equal_values_have_equal_hashes() {
        assert_eq!(Hash::of(&("a", 1)), Hash::of(&("a", 1)));
        assert_ne!(Hash::of(&("a", "bc")), Hash::of(&("ab", "c")));
    }
}
