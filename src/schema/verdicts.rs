//! What comparisons of texts said, kept in a file beside the clusters that rest on them.
//!
//! A verdict holds for ever, whatever else is in the index: a run that adds ten articles compares these and
//! nobody else. Only who writes the index reads the file; without it everything is compared again.

use super::checked::{with_checksum, without_checksum};
use crate::copies::{Verdict, Verdicts};

/// Name of the file inside the index folder.
pub const FILE_NAME: &str = "verdicts.dateline";
/// Raised with every change of how texts are compared: older files count for nothing.
const VERSION: u32 = 1;
/// The sign of a similarity, which is never negative, says whether two texts are copies.
const IS_COPY: u32 = 1 << 31;

/// The bytes of the file: version, number of keys, sorted keys, then two positions among these and the
/// verdict for each pair; all little-endian.
pub fn encode(verdicts: &Verdicts) -> Vec<u8> {
    let mut keys: Vec<u64> = verdicts.entries().iter().flat_map(|((one, other), _)| [*one, *other]).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut bytes = Vec::with_capacity(16 + keys.len() * 8 + verdicts.entries().len() * 12);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((keys.len() as u32).to_le_bytes());
    keys.iter().for_each(|key| bytes.extend(key.to_le_bytes()));
    let position = |key: u64| keys.binary_search(&key).expect("all keys are in the list") as u32;
    for ((one, other), Verdict { similarity, is_copy }) in verdicts.entries() {
        let said = similarity.to_bits() | if *is_copy { IS_COPY } else { 0 };
        [position(*one), position(*other), said].iter().for_each(|part| bytes.extend(part.to_le_bytes()));
    }
    with_checksum(bytes)
}

/// The verdicts, or `None` when the bytes are damaged or of another version.
pub fn decode(bytes: &[u8]) -> Option<Verdicts> {
    let (version, bytes) = without_checksum(bytes)?.split_first_chunk()?;
    let (n_keys, bytes) = bytes.split_first_chunk()?;
    if u32::from_le_bytes(*version) != VERSION {
        return None;
    }
    let (keys, entries) = bytes.split_at_checked((u32::from_le_bytes(*n_keys) as usize).checked_mul(8)?)?;
    let (keys, _) = keys.as_chunks::<8>();
    let key = |position: &[u8; 4]| keys.get(u32::from_le_bytes(*position) as usize).map(|key| u64::from_le_bytes(*key));
    let (parts, rest) = entries.as_chunks::<4>();
    let (entries, more) = parts.as_chunks::<3>();
    let entry = |[one, other, said]: &[[u8; 4]; 3]| {
        let said = u32::from_le_bytes(*said);
        let verdict = Verdict { similarity: f32::from_bits(said & !IS_COPY), is_copy: said & IS_COPY != 0 };
        Some(((key(one)?, key(other)?), verdict))
    };
    let entries: Option<Vec<_>> = entries.iter().map(entry).collect();
    (rest.is_empty() && more.is_empty()).then_some(Verdicts::new(entries?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn verdicts_come_back(entries in prop::collection::vec(((any::<u64>(), any::<u64>()), 0f32..=1.0, any::<bool>()), 0..20)) {
            let entries = entries.into_iter().map(|(pair, similarity, is_copy)| (pair, Verdict { similarity, is_copy }));
            let verdicts = Verdicts::new(entries.collect());
            prop_assert_eq!(decode(&encode(&verdicts)), Some(verdicts));
        }

        #[test]
        fn damage_is_noticed(at in 0usize..100, flip in 1u8.., cut in 0usize..100) {
            let entry = |n: u64| ((n, n + 7), Verdict { similarity: 0.5, is_copy: n < 3 });
            let mut bytes = encode(&Verdicts::new((0..5).map(entry).collect()));
            let at = at % bytes.len();
            bytes[at] ^= flip;
            bytes.truncate(bytes.len() - cut % bytes.len());
            prop_assert_eq!(decode(&bytes), None);
        }
    }
}
