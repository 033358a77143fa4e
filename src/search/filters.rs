//! Conditions on columns that are asked again, remembered as sets of documents.
//!
//! Going through columns for every article costs more than asking them of those that match otherwise, so
//! that a condition is only remembered when it comes for the second time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::bits::Bits;

/// Bytes of sets that are remembered before all are forgotten.
const MAX_BYTES: usize = 32 << 20;
/// Conditions that were asked once, of which that is remembered.
const MAX_ASKED: usize = 1000;

/// Conditions asked of one index: each by the segment and what it says.
#[derive(Default)]
pub(super) struct Filters(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    /// `None` for those asked once.
    sets: HashMap<(usize, String), Option<Arc<Bits>>>,
    n_bytes: usize,
}

impl Filters {
    /// The documents of a segment that meet a condition, found by `find` when it comes for the second time;
    /// `None` when it comes for the first time.
    pub(super) fn again(
        &self,
        segment: usize,
        condition: String,
        find: impl FnOnce() -> tantivy::Result<Bits>,
    ) -> tantivy::Result<Option<Arc<Bits>>> {
        let asked = (segment, condition);
        {
            let mut remembered = self.remembered();
            match remembered.sets.get(&asked) {
                Some(Some(found)) => return Ok(Some(found.clone())),
                Some(None) => {}
                None => {
                    if remembered.sets.len() >= MAX_ASKED {
                        *remembered = Remembered::default();
                    }
                    remembered.sets.insert(asked, None);
                    return Ok(None);
                }
            }
        }
        let found = Arc::new(find()?);
        let mut remembered = self.remembered();
        if remembered.n_bytes + found.n_bytes() > MAX_BYTES {
            *remembered = Remembered::default();
        }
        if found.n_bytes() <= MAX_BYTES {
            remembered.n_bytes += found.n_bytes();
            remembered.sets.insert(asked, Some(found.clone()));
        }
        Ok(Some(found))
    }

    fn remembered(&self) -> std::sync::MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_worked_out_when_it_comes_again() {
        let filters = Filters::default();
        let find = || {
            let mut bits = Bits::new(10);
            bits.insert(3);
            Ok(bits)
        };
        let ask = |segment| filters.again(segment, "days 1 2".to_owned(), find).expect("nothing fails");
        assert!(ask(0).is_none());
        assert!(ask(1).is_none());
        assert!(ask(0).is_some_and(|found| found.contains(3)));
        let known = filters.again(0, "days 1 2".to_owned(), || panic!("it is known")).expect("nothing fails");
        assert_eq!(known.map(|found| found.len()), Some(1));
    }
}
