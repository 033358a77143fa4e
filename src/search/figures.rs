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
/// Entries that are looked up in the dictionary at once.
const N_LOOKED_UP: usize = 4096;

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
        self.places_up_to(key, f64::MAX)
    }

    /// Places of the entries under a key whose least values are at most `greatest`.
    pub(super) fn places_up_to(&self, key: &str, greatest: f64) -> io::Result<Range<TermOrdinal>> {
        self.between(&key_prefix(key), &key_prefix_above(key, greatest.min(f64::MAX)))
    }

    /// Calls `each` for the entries at some of the places under a key, with their numbers among these.
    pub(super) fn each_entry(
        &self,
        key: &str,
        places: Range<TermOrdinal>,
        mut each: impl FnMut(u32, FigureEntry),
    ) -> io::Result<()> {
        let prefix = key_prefix(key);
        let mut nth = 0;
        let mut places = places.peekable();
        while places.peek().is_some() {
            // Not by a stream, which panics where the dictionary is damaged; and not all at once, since a damaged one
            // may say that it has any number of entries.
            let some: Vec<TermOrdinal> = places.by_ref().take(N_LOOKED_UP).collect();
            let are_there = self.0.dictionary().sorted_ords_to_term_cb(&some, |bytes| {
                if let Some(entry) = bytes.strip_prefix(&prefix[..]).and_then(FigureEntry::decode) {
                    each(nth, entry);
                }
                nth += 1;
            })?;
            if !are_there {
                break;
            }
        }
        Ok(())
    }

    /// Which articles have a quantity that a condition asks for.
    pub(super) fn met(&self, condition: &FigureCondition) -> io::Result<Met> {
        let accepted = condition.keys.iter().map(|key| self.accepted(key, condition));
        Ok(Met { places: self.0.ords().clone(), accepted: accepted.collect::<io::Result<_>>()? })
    }

    fn accepted(&self, key: &str, condition: &FigureCondition) -> io::Result<Accepted> {
        let places = self.places_up_to(key, condition.range.high)?;
        let first = places.start;
        let mut accepted: Vec<u32> = Vec::new();
        self.each_entry(key, places, |nth, entry| {
            if condition.holds(&entry) {
                accepted.push(nth);
            }
        })?;
        let mut of_key = Bits::new(accepted.last().map_or(0, |last| last + 1));
        accepted.into_iter().for_each(|nth| of_key.insert(nth));
        Ok(Accepted { first, of_key })
    }

    /// The same as [`Self::met`], of the first key of a condition alone; `None` where it has no key.
    pub(super) fn met_of_key(&self, condition: &FigureCondition) -> io::Result<Option<MetOfKey>> {
        let Some(key) = condition.keys.first() else { return Ok(None) };
        let accepted = self.accepted(key, condition)?;
        Ok(Some(MetOfKey { places: self.0.ords().clone(), of_key: self.places(key)?, accepted }))
    }

    /// Places of the entries of all articles.
    pub(super) fn of_articles(&self) -> &Column<TermOrdinal> {
        self.0.ords()
    }
}

/// Of the entries under one key, which ones a condition asks for.
struct Accepted {
    /// Place of the first entry.
    first: TermOrdinal,
    /// By their numbers from there on.
    of_key: Bits,
}

impl Accepted {
    fn has(&self, place: TermOrdinal) -> bool {
        let nth = place.checked_sub(self.first).and_then(|nth| u32::try_from(nth).ok());
        nth.is_some_and(|nth| self.of_key.contains(nth))
    }
}

/// The entries that a condition asks for.
pub(super) struct Met {
    places: Column<TermOrdinal>,
    /// For each key.
    accepted: Vec<Accepted>,
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
            if unpacked.iter().any(|place| self.accepted.iter().any(|accepted| accepted.has(*place))) {
                return true;
            }
        }
        false
    }
}

/// The same of the entries under one key, one after the other.
pub(super) struct MetOfKey {
    places: Column<TermOrdinal>,
    of_key: Range<TermOrdinal>,
    accepted: Accepted,
}

impl MetOfKey {
    /// For each entry of an article under the key, in order, whether it is asked for.
    pub(super) fn by(&self, doc: DocId) -> impl Iterator<Item = bool> {
        let of_key = self.places.values_for_doc(doc).filter(|place| self.of_key.contains(place));
        of_key.map(|place| self.accepted.has(place))
    }
}
