//! Where the postings of terms lie, remembered: a word of a query is looked up by planning, ranking and lighting,
//! each time in every segment.

use std::collections::HashMap;
use std::io;
use std::sync::{Mutex, PoisonError};

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

/// Terms that are remembered of one segment, those that it has not among them; about a hundred bytes each.
const MAX_TERMS: usize = 1000;

/// What was looked up in one segment.
#[derive(Default)]
pub(super) struct TermInfos(Mutex<HashMap<Field, Found, foldhash::fast::FixedState>>);

type Found = HashMap<Box<str>, Option<TermInfo>, foldhash::fast::FixedState>;

impl TermInfos {
    /// Where the postings of a term lie; `None` when the segment has it not.
    pub(super) fn get(&self, inverted: &InvertedIndexReader, field: Field, term: &str) -> io::Result<Option<TermInfo>> {
        let mut fields = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = fields.entry(field).or_default();
        if let Some(known) = found.get(term) {
            return Ok(known.clone());
        }
        let info = inverted.terms().get(term)?;
        if found.len() >= MAX_TERMS {
            found.clear();
        }
        found.insert(term.into(), info.clone());
        Ok(info)
    }
}
