//! What comparisons of texts said, kept in a file beside the clusters that rest on them.
//!
//! A verdict holds for ever, whatever else is in the index: a run that adds ten articles compares these and
//! nobody else. Only who writes the index reads the file; without it everything is compared again.

use super::checked::{with_checksum, without_checksum};
use crate::copies::{Verdict, Verdicts};

/// Name of the file inside the index folder.
pub const FILE_NAME: &str = "verdicts.dateline";
/// Raised with every change of how texts are compared: older files count for nothing.
const VERSION: u32 = 3;

/// The bytes of the file: version, number of keys, sorted keys, then two positions among these and the
/// verdict for each pair; all little-endian.
pub fn encode(verdicts: &Verdicts) -> Vec<u8> {
    let (keys, entries) = (verdicts.keys(), verdicts.entries());
    let mut bytes = Vec::with_capacity(16 + keys.len() * 8 + entries.len() * 12);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((keys.len() as u32).to_le_bytes());
    keys.iter().for_each(|key| bytes.extend(key.to_le_bytes()));
    for (one, other, verdict) in entries {
        [*one, *other, verdict.bits()].iter().for_each(|part| bytes.extend(part.to_le_bytes()));
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
    let keys = keys.iter().map(|key| u64::from_le_bytes(*key)).collect();
    let (parts, rest) = entries.as_chunks::<4>();
    let (entries, more) = parts.as_chunks::<3>();
    let entry = |parts: &[[u8; 4]; 3]| {
        let [one, other, said] = parts.map(u32::from_le_bytes);
        Some((one, other, Verdict::from_bits(said)?))
    };
    let entries = entries.iter().map(entry).collect::<Option<_>>()?;
    if rest.is_empty() && more.is_empty() { Verdicts::new(keys, entries) } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn verdicts_come_back(
            keys in prop::collection::btree_set(any::<u64>(), 2..20),
            entries in prop::collection::btree_map((0u32..20, 0u32..20), (0f32..=1.0, any::<bool>()), 0..20),
        ) {
            let is_there = |&(one, other): &(u32, u32)| one < other && (other as usize) < keys.len();
            let entries = entries.into_iter().filter(|(pair, _)| is_there(pair));
            let entries: Vec<_> = entries.map(|((one, other), (similarity, is_copy))| {
                (one, other, Verdict::new(similarity, is_copy))
            }).collect();
            let keys: Vec<u64> = keys.into_iter().collect();
            let verdicts = Verdicts::new(keys.clone(), entries.clone()).expect("they are in order");
            for (one, other, verdict) in entries {
                prop_assert_eq!(verdicts.get(keys[one as usize], keys[other as usize]), Some(verdict));
            }
            prop_assert_eq!(decode(&encode(&verdicts)), Some(verdicts));
        }

        #[test]
        fn damage_is_noticed(at in 0usize..100, flip in 1u8.., cut in 0usize..100) {
            let entries = (0..5).map(|n| (n, n + 1, Verdict::new(0.5, n < 3))).collect();
            let mut bytes = encode(&Verdicts::new((0..7).collect(), entries).expect("they are in order"));
            let at = at % bytes.len();
            bytes[at] ^= flip;
            bytes.truncate(bytes.len() - cut % bytes.len());
            prop_assert_eq!(decode(&bytes), None);
        }
    }
}
