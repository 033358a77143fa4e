//! Tables of weights by feature key, quick to search and small in a file.
//!
//! Fed by the model file; used by [`super::model`].

use super::table::{Cursor, put_keys};

/// Features whose key this is are left out: it marks empty slots.
const EMPTY: u32 = 0;
/// Logarithm of the number of bits that sort out unknown features: half a megabyte, which stays in the
/// fast caches, and one unknown feature in eight still gets through.
const SIEVE_BITS: u32 = 22;

/// A key beside its weights, so that a look-up touches one line of memory.
#[derive(Clone, Copy)]
struct Slot<const N: usize> {
    key: u32,
    weights: [i8; N],
}

/// `N` weights for each feature.
pub struct WeightTable<const N: usize> {
    /// Open addressing by the size of the keys, two thirds full: the smaller, the more of it stays in caches.
    slots: Vec<Slot<N>>,
    n_features: usize,
    /// A bit for each value of the low bits of the keys.
    sieve: Vec<u64>,
}

impl<const N: usize> WeightTable<N> {
    /// A table of distinct keys.
    pub fn new(features: Vec<(u32, [i8; N])>) -> Self {
        let n_slots = features.len() * 3 / 2 + 2;
        let mut table = Self {
            slots: vec![Slot { key: EMPTY, weights: [0; N] }; n_slots],
            n_features: 0,
            sieve: vec![0; 1 << (SIEVE_BITS - 6)],
        };
        for (key, weights) in features.into_iter().filter(|(key, _)| *key != EMPTY) {
            let mut at = table.first_slot(key);
            while table.slots[at].key != EMPTY {
                at = if at + 1 == n_slots { 0 } else { at + 1 };
            }
            table.slots[at] = Slot { key, weights };
            let (word, bit) = sieve_place(key);
            table.sieve[word] |= bit;
            table.n_features += 1;
        }
        table
    }

    fn first_slot(&self, key: u32) -> usize {
        ((u64::from(key) * self.slots.len() as u64) >> u32::BITS) as usize
    }

    /// Weights of a feature, if the table has it.
    #[inline]
    pub fn get(&self, key: u32) -> Option<&[i8; N]> {
        let (word, bit) = sieve_place(key);
        if self.sieve[word] & bit == 0 {
            return None;
        }
        let mut at = self.first_slot(key);
        loop {
            let slot = &self.slots[at];
            if slot.key == key {
                return Some(&slot.weights);
            }
            if slot.key == EMPTY {
                return None;
            }
            at = if at + 1 == self.slots.len() { 0 } else { at + 1 };
        }
    }

    /// Number of features.
    pub fn n_features(&self) -> usize {
        self.n_features
    }

    /// Appends the table: its keys, masks of the weights that are not zero, and these column by column.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let mut features: Vec<&Slot<N>> = self.slots.iter().filter(|slot| slot.key != EMPTY).collect();
        features.sort_unstable_by_key(|slot| slot.key);
        let keys: Vec<u32> = features.iter().map(|slot| slot.key).collect();
        put_keys(&keys, out);
        for first in (0..N).step_by(8) {
            for slot in &features {
                let bits = slot.weights[first..].iter().take(8).enumerate();
                out.push(bits.map(|(bit, &weight)| u8::from(weight != 0) << bit).sum());
            }
        }
        for column in 0..N {
            out.extend(features.iter().map(|slot| slot.weights[column] as u8).filter(|&weight| weight != 0));
        }
    }

    /// Reads what [`Self::encode`] wrote; `None` when it is something else.
    pub fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let keys = cursor.keys()?;
        let masks: Vec<&[u8]> = (0..N).step_by(8).map(|_| cursor.take(keys.len())).collect::<Option<_>>()?;
        let mut features: Vec<(u32, [i8; N])> = keys.into_iter().map(|key| (key, [0; N])).collect();
        for column in 0..N {
            let mask = masks[column / 8];
            let has_weight = |byte: &u8| byte & 1 << (column % 8) != 0;
            let values = cursor.take(mask.iter().filter(|byte| has_weight(byte)).count())?;
            let rows = features.iter_mut().zip(mask).filter(|(_, byte)| has_weight(byte));
            for (((_, weights), _), &value) in rows.zip(values) {
                weights[column] = value as i8;
            }
        }
        Some(Self::new(features))
    }
}

/// Word and bit of the sieve for a key.
fn sieve_place(key: u32) -> (usize, u64) {
    let place = key & ((1 << SIEVE_BITS) - 1);
    ((place >> 6) as usize, 1 << (place & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_found_again_from_a_file() {
        for n in [0, 1, 5000u32] {
            let weights = |i: u32| std::array::from_fn(|column| (i.wrapping_mul(31) as usize + column * 7) as i8 / 3);
            let features: Vec<(u32, [i8; 24])> = (1..=n).map(|i| (i.wrapping_mul(0x9E37_79B9), weights(i))).collect();
            let mut file = Vec::new();
            WeightTable::new(features.clone()).encode(&mut file);
            let table: WeightTable<24> = WeightTable::read(&mut Cursor::new(&file)).expect("just written");
            assert_eq!(table.n_features(), features.len());
            for (key, weights) in &features {
                assert_eq!(table.get(*key), Some(weights));
            }
            assert_eq!(table.get(123_456_789), None);
            assert!(n == 0 || WeightTable::<24>::read(&mut Cursor::new(&file[..file.len() - 1])).is_none());
        }
    }
}
