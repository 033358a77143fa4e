//! Documents of entities and patterns, remembered between searches of one index.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::DocId;
use tantivy::schema::Field;

/// Documents remembered in all, 8 bytes each, before all are forgotten.
const MAX_DOCUMENTS: usize = 4 << 20;

/// For each segment, documents in order with weighted occurrences.
pub(super) type Segments = Vec<Arc<[(DocId, f32)]>>;

/// What a list was made of: whether it is scored, and of each field the terms with the bits of their
/// weights.
type Made = (bool, Vec<(Field, Vec<(String, u32)>)>);

/// Lists with what they are worth.
#[derive(Default)]
pub(super) struct Lists(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    lists: HashMap<Made, (Segments, f32)>,
    n_documents: usize,
}

impl Lists {
    /// The list that was made of the same before.
    pub(super) fn get(&self, scored: bool, sources: &[(Field, &[(String, f32)])]) -> Option<(Segments, f32)> {
        let remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.lists.get(&made(scored, sources)).cloned()
    }

    /// Remembers a list with its weight.
    pub(super) fn remember(
        &self,
        scored: bool,
        sources: &[(Field, &[(String, f32)])],
        segments: &[Arc<[(DocId, f32)]>],
        weight: f32,
    ) {
        let n_documents: usize = segments.iter().map(|documents| documents.len()).sum();
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.n_documents + n_documents > MAX_DOCUMENTS {
            *remembered = Remembered::default();
        }
        if n_documents <= MAX_DOCUMENTS {
            remembered.n_documents += n_documents;
            remembered.lists.insert(made(scored, sources), (segments.to_vec(), weight));
        }
    }
}

fn made(scored: bool, sources: &[(Field, &[(String, f32)])]) -> Made {
    let terms = |terms: &[(String, f32)]| terms.iter().map(|(term, weight)| (term.clone(), weight.to_bits())).collect();
    (scored, sources.iter().map(|(field, source)| (*field, terms(source))).collect())
}
