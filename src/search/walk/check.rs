//! Documents whose columns meet a condition.

use tantivy::DocId;

use super::{END, Walk};

/// Asking the columns of a document costs so many times what stepping over it costs.
const CHECK_COST: u64 = 4;

/// Every document below `max_doc` that holds; cheap to ask, dear to step through.
pub(in crate::search) struct Check<F> {
    holds: F,
    doc: DocId,
    max_doc: DocId,
}

impl<F: Fn(DocId) -> bool> Check<F> {
    /// Documents for which `holds` is true.
    pub(in crate::search) fn new(max_doc: DocId, holds: F) -> Self {
        let mut check = Self { holds, doc: 0, max_doc };
        check.settle();
        check
    }

    fn settle(&mut self) -> DocId {
        while self.doc < self.max_doc && !(self.holds)(self.doc) {
            self.doc += 1;
        }
        if self.doc >= self.max_doc {
            self.doc = END;
        }
        self.doc
    }
}

impl<F: Fn(DocId) -> bool> Walk for Check<F> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        self.doc = self.doc.saturating_add(1);
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = target;
            self.settle();
        }
        self.doc
    }

    fn probe(&mut self, target: DocId) -> bool {
        target < self.max_doc && (self.holds)(target)
    }

    fn cost(&self) -> u64 {
        self.max_doc.into()
    }

    fn score(&mut self) -> f32 {
        0.0
    }
}

/// Documents of another walk that meet a condition beside.
pub(in crate::search) struct Filtered<'a, F> {
    inner: Box<dyn Walk + 'a>,
    holds: F,
    score: f32,
}

impl<'a, F: Fn(DocId) -> bool> Filtered<'a, F> {
    /// Documents of `inner` for which `holds` is true; each scores `score`.
    pub(in crate::search) fn new(inner: Box<dyn Walk + 'a>, holds: F, score: f32) -> Self {
        let mut filtered = Self { inner, holds, score };
        filtered.settle();
        filtered
    }

    fn settle(&mut self) -> DocId {
        while self.inner.doc() != END && !(self.holds)(self.inner.doc()) {
            self.inner.advance();
        }
        self.inner.doc()
    }
}

impl<F: Fn(DocId) -> bool> Walk for Filtered<'_, F> {
    fn doc(&self) -> DocId {
        self.inner.doc()
    }

    fn advance(&mut self) -> DocId {
        self.inner.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.inner.seek(target);
        self.settle()
    }

    fn probe(&mut self, target: DocId) -> bool {
        self.inner.probe(target) && (self.holds)(target)
    }

    fn cost(&self) -> u64 {
        self.inner.cost().saturating_mul(CHECK_COST)
    }

    fn score(&mut self) -> f32 {
        self.score
    }
}
