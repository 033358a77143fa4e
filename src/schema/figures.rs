//! What quantities are found by: keys, and entries in a column that is in the order of their values.
//!
//! An entry says of one quantity under one of its keys what a condition can ask. All different entries of a segment
//! stand in one dictionary in order of keys, then of least values, and each article holds the places of its own there:
//! about twenty bits for each. A condition is asked of the dictionary once, and of articles whether they hold a place
//! that meets it.

use super::found::{bound_code, change_code};
use super::terms::cut;
use crate::figure::{Bound, Change, Figure};
use crate::unit::{AGE, to_base};

/// Figure key that every quantity has beside its own, for questions about any quantity.
pub const ANY_FIGURE: &str = "*";
/// Ends the key in an entry; no key holds it.
const KEY_END: u8 = 0;

/// What a quantity is found by: the base unit of its dimension, its unit as written, [`AGE`] for ages, its noun, what
/// befell those it counts, and [`ANY_FIGURE`]; each with its least and greatest value.
pub fn figure_entries(figure: &Figure) -> impl Iterator<Item = (String, f64, f64)> {
    let as_written = |key| (key, figure.low, figure.high);
    let unit = figure.unit.as_deref();
    let base = unit.and_then(|unit| {
        let ((base, low), (_, high)) = (to_base(unit, figure.low)?, to_base(unit, figure.high)?);
        Some((base.to_owned(), low, high))
    });
    let unit = unit.map(|unit| as_written(written_key(unit)));
    let age = figure.age_in_years().map(|(low, high)| (written_key(AGE), low, high));
    let noun = figure.counted().map(|noun| as_written(noun_key(noun)));
    let outcome = figure.outcome.map(|outcome| as_written(noun_key(outcome.name())));
    let of_its_own = base.into_iter().chain(unit).chain(age).chain(noun).chain(outcome);
    of_its_own.chain(std::iter::once(as_written(ANY_FIGURE.to_owned())))
}

/// Figure key of a unit, and a value of it as it stands in the column: (`metre`, 5000) for 5 `km`,
/// (`usd`, 5) for 5 `usd`.
pub fn in_base(unit: &str, value: f64) -> (String, f64) {
    match to_base(unit, value) {
        Some((base, value)) => (base.to_owned(), value),
        None => (cut(unit).to_owned(), value),
    }
}

/// Figure key of figures that were written in a unit: `u_km` for `km`, whose values are found in
/// metres; `usd` for `usd`, which stands alone.
pub fn written_key(unit: &str) -> String {
    match to_base(unit, 1.0) {
        Some(_) => cut(&format!("u_{unit}")).to_owned(),
        None => cut(unit).to_owned(),
    }
}

/// Figure key of a counted noun: `n_prisoner`.
pub fn noun_key(noun: &str) -> String {
    cut(&format!("n_{noun}")).to_owned()
}

/// Bound and change of a quantity, in one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureMark(u8);

impl FigureMark {
    /// The mark of a bound and a change.
    pub fn new(bound: Bound, change: Change) -> Self {
        Self(bound_code(bound) | change_code(change) << 4)
    }

    /// What it says of the bound alone.
    pub fn has_bound(self, bound: Bound) -> bool {
        self.0 & 0xf == bound_code(bound)
    }

    /// The bound where it opens an end of the value, which is then no part of it; else [`Bound::Exact`].
    pub fn opening(self) -> Bound {
        let open = [Bound::MoreThan, Bound::LessThan].into_iter().find(|&bound| self.has_bound(bound));
        open.unwrap_or(Bound::Exact)
    }

    /// What it says of the change alone.
    pub fn has_change(self, change: Change) -> bool {
        self.0 >> 4 == change_code(change)
    }
}

/// What a condition can ask of a quantity under one of its keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FigureEntry {
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// Bound and change.
    pub mark: FigureMark,
}

impl FigureEntry {
    /// Its bytes under a key, in the order of keys, then of least values: the key and a zero, the least value, the
    /// greatest one where it is another, the mark.
    pub fn encode(&self, key: &str) -> Vec<u8> {
        let mut bytes = key_prefix(key);
        bytes.extend(in_order(self.low));
        if self.high != self.low {
            bytes.extend(in_order(self.high));
        }
        bytes.push(self.mark.0);
        bytes
    }

    /// Reads what stands behind [`key_prefix`]; `None` where that is no entry.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (&mark, values) = bytes.split_last()?;
        let (low, rest) = values.split_first_chunk()?;
        let low = from_order(*low);
        let high = match rest {
            [] => low,
            rest => from_order(rest.try_into().ok()?),
        };
        Some(Self { low, high, mark: FigureMark(mark) })
    }
}

/// What all entries under a key begin with.
pub fn key_prefix(key: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(key.len() + 18);
    // A key with the sign that ends keys would be another one.
    bytes.extend(key.bytes().map(|byte| if byte == KEY_END { b' ' } else { byte }));
    bytes.push(KEY_END);
    bytes
}

/// What stands behind all entries under a key whose least values are at most this one.
pub fn key_prefix_above(key: &str, low: f64) -> Vec<u8> {
    let mut bytes = key_prefix(key);
    bytes.extend(in_order(low));
    bytes.extend([u8::MAX; 10]);
    bytes
}

/// An integer that orders as the number does. Numbers of figures are finite; there is one zero.
pub fn steps(number: f64) -> i64 {
    let bits = (number + 0.0).to_bits() as i64;
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

/// The bytes of a number, which order as numbers do.
fn in_order(number: f64) -> [u8; 8] {
    (steps(number) as u64 ^ 1 << 63).to_be_bytes()
}

fn from_order(bytes: [u8; 8]) -> f64 {
    let bits = u64::from_be_bytes(bytes);
    let is_negative = bits >> 63 == 0;
    f64::from_bits(if is_negative { !bits } else { bits & !(1 << 63) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_keep_bound_and_change_apart() {
        let mark = FigureMark::new(Bound::AtLeast, Change::Down);
        assert!(mark.has_bound(Bound::AtLeast) && !mark.has_bound(Bound::Exact));
        assert!(mark.has_change(Change::Down) && !mark.has_change(Change::None));
    }

    proptest! {
        #[test]
        fn entries_come_back(key in "[a-z_\0]{0,8}", low in -1e300..1e300f64, more in 0.0..1e6f64, mark in 0u8..48) {
            let entry = FigureEntry { low, high: low + more, mark: FigureMark(mark) };
            let bytes = entry.encode(&key);
            prop_assert!(bytes.starts_with(&key_prefix(&key)));
            prop_assert_eq!(FigureEntry::decode(&bytes[key_prefix(&key).len()..]), Some(entry));
        }

        #[test]
        fn bytes_order_as_keys_and_least_values(
            (key, other_key) in ("[a-z_]{0,3}", "[a-z_]{0,3}"),
            (low, other_low) in (-100.0..100.0f64, -100.0..100.0f64),
            (high, other_high) in (-100.0..100.0f64, -100.0..100.0f64),
        ) {
            let entry = |low: f64, high: f64| FigureEntry { low, high: high.max(low), mark: FigureMark(3) };
            let (one, other) = (entry(low, high).encode(&key), entry(other_low, other_high).encode(&other_key));
            if (key.as_str(), low) < (other_key.as_str(), other_low) {
                prop_assert!(one < other);
            }
            let same_key = entry(other_low, other_high).encode(&key);
            prop_assert_eq!(same_key < key_prefix_above(&key, low), other_low <= low);
        }

        #[test]
        fn any_bytes_are_an_entry_or_none(bytes in prop::collection::vec(any::<u8>(), 0..20)) {
            let entry = FigureEntry::decode(&bytes);
            prop_assert_eq!(entry.is_some(), [9, 17].contains(&bytes.len()));
        }
    }
}
