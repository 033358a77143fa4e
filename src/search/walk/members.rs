//! Documents of a set that is known as a whole.

use std::ops::Deref;

use tantivy::DocId;

use super::{END, Walk};
use crate::search::bits::Bits;

/// The documents of a set, all with one score.
pub(in crate::search) struct Members<B> {
    documents: B,
    doc: DocId,
    n_documents: u64,
    score: f32,
}

impl<B: Deref<Target = Bits>> Members<B> {
    /// Each document scores `score`.
    pub(in crate::search) fn new(documents: B, score: f32) -> Self {
        let (doc, n_documents) = (documents.next_from(0).unwrap_or(END), documents.len());
        Self { documents, doc, n_documents, score }
    }
}

impl<B: Deref<Target = Bits>> Walk for Members<B> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.documents.next_from(target).unwrap_or(END);
        }
        self.doc
    }

    fn probe(&mut self, target: DocId) -> bool {
        self.documents.contains(target)
    }

    fn cost(&self) -> u64 {
        self.n_documents
    }

    fn score(&mut self) -> f32 {
        self.score
    }
}
