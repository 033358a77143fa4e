//! The quantities of the articles of one segment: a dictionary of their entries in order, and for each article the
//! places of its own there.

use std::io;
use std::ops::{Bound, Range};

use tantivy::DocId;
use tantivy::columnar::{BytesColumn, Column};
use tantivy::termdict::TermOrdinal;

use super::bits::Bits;
use super::plan::FigureCondition;
use crate::schema::figures::{FigureEntry, key_prefix, key_prefix_above};

/// Places of the entries of one article that are unpacked at once: few have more.
const N_UNPACKED: usize = 32;

/// The column of entries.
pub(super) struct FigureColumn(BytesColumn);

impl FigureColumn {
    pub(super) fn new(column: BytesColumn) -> Self {
        Self(column)
    }

    /// Places of the entries that are not less than some bytes and less than others.
    fn between(&self, from: &[u8], to: &[u8]) -> io::Result<Range<TermOrdinal>> {
        let n_entries = self.0.num_terms() as u64;
        let bounds = self.0.dictionary().term_bounds_to_ord(Bound::Included(from), Bound::Excluded(to))?;
        let (Bound::Included(first), Bound::Excluded(end)) = bounds else { return Ok(0..0) };
        Ok(first.min(n_entries)..end.min(n_entries))
    }

    /// Places of the entries under a key.
    pub(super) fn places(&self, key: &str) -> io::Result<Range<TermOrdinal>> {
        self.between(&key_prefix(key), &key_prefix_above(key, f64::MAX))
    }

    /// Calls `each` for the entries under a key whose least values are at most `greatest`, with their places counted from
    /// the first one, which is returned.
    pub(super) fn each_entry(
        &self,
        key: &str,
        greatest: f64,
        mut each: impl FnMut(u32, FigureEntry),
    ) -> io::Result<TermOrdinal> {
        let prefix = key_prefix(key);
        let places = self.between(&prefix, &key_prefix_above(key, greatest.min(f64::MAX)))?;
        let first = places.start;
        let mut nth = 0;
        // Not by a stream, which panics where the dictionary is damaged.
        self.0.dictionary().sorted_ords_to_term_cb(&places.collect::<Vec<_>>(), |bytes| {
            if let Some(entry) = bytes.strip_prefix(&prefix[..]).and_then(FigureEntry::decode) {
                each(nth, entry);
            }
            nth += 1;
        })?;
        Ok(first)
    }

    /// Which articles have a quantity that a condition asks for.
    pub(super) fn met(&self, condition: &FigureCondition) -> io::Result<Met> {
        let mut accepted = Vec::new();
        for key in &condition.keys {
            let n_entries = self.places(key)?.count();
            let mut of_key = Bits::new(u32::try_from(n_entries).expect("a dictionary has fewer than 2^32 entries"));
            let first = self.each_entry(key, condition.range.high, |nth, entry| {
                if condition.holds(&entry) {
                    of_key.insert(nth);
                }
            })?;
            accepted.push((first, of_key));
        }
        Ok(Met { places: self.0.ords().clone(), accepted })
    }

    /// Places of the entries of all articles.
    pub(super) fn of_articles(&self) -> &Column<TermOrdinal> {
        self.0.ords()
    }
}

/// The entries that a condition asks for.
pub(super) struct Met {
    places: Column<TermOrdinal>,
    /// For each key, the place of its first entry, and which of its entries from there on are asked for.
    accepted: Vec<(TermOrdinal, Bits)>,
}

impl Met {
    /// Whether an article has one of them.
    pub(super) fn by(&self, doc: DocId) -> bool {
        let rows = self.places.index.value_row_ids(doc);
        // Read at once, they are several times as fast as one by one.
        let mut unpacked = [0; N_UNPACKED];
        for start in rows.clone().step_by(N_UNPACKED) {
            let unpacked = &mut unpacked[..N_UNPACKED.min((rows.end - start) as usize)];
            self.places.values.get_range(u64::from(start), unpacked);
            if unpacked.iter().any(|place| self.accepted.iter().any(|accepted| is_in(accepted, *place))) {
                return true;
            }
        }
        false
    }
}

fn is_in((first, accepted): &(TermOrdinal, Bits), place: TermOrdinal) -> bool {
    place.checked_sub(*first).and_then(|nth| u32::try_from(nth).ok()).is_some_and(|nth| accepted.contains(nth))
}

/// Of the entries under one key, which ones a condition asks for.
pub(super) struct MetOfKey {
    places: Column<TermOrdinal>,
    of_key: Range<TermOrdinal>,
    accepted: (TermOrdinal, Bits),
}

impl FigureColumn {
    /// The same as [`Self::met`], of the first key of a condition alone; `None` where it has no key.
    pub(super) fn met_of_key(&self, condition: &FigureCondition) -> io::Result<Option<MetOfKey>> {
        let Met { places, accepted } = self.met(condition)?;
        let (Some(key), Some(accepted)) = (condition.keys.first(), accepted.into_iter().next()) else {
            return Ok(None);
        };
        Ok(Some(MetOfKey { places, of_key: self.places(key)?, accepted }))
    }
}

impl MetOfKey {
    /// For each entry of an article under the key, in order, whether it is asked for.
    pub(super) fn by(&self, doc: DocId) -> impl Iterator<Item = bool> {
        let of_key = self.places.values_for_doc(doc).filter(|place| self.of_key.contains(place));
        of_key.map(|place| is_in(&self.accepted, place))
    }
}
