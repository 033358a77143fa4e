//! AND, OR, NOT and k-of-n over walks.

use tantivy::DocId;

use super::{END, Walk};
use crate::search::bits::Bits;

/// Documents that every part has and no excluded part has.
pub(in crate::search) struct And<'a> {
    /// In the order of the query, which is the order of the sum.
    required: Vec<Box<dyn Walk + 'a>>,
    excluded: Vec<Box<dyn Walk + 'a>>,
    /// The part that is stepped: the cheapest.
    lead: usize,
    /// The other parts, cheapest first.
    others: Vec<usize>,
}

impl<'a> And<'a> {
    /// At least one required part.
    pub(in crate::search) fn new(required: Vec<Box<dyn Walk + 'a>>, excluded: Vec<Box<dyn Walk + 'a>>) -> Self {
        assert!(!required.is_empty(), "the planner puts every article where nothing else is required");
        let mut others: Vec<usize> = (0..required.len()).collect();
        others.sort_by_key(|&part| required[part].cost());
        let lead = others.remove(0);
        let mut and = Self { required, excluded, lead, others };
        and.settle();
        and
    }

    fn has(&mut self, doc: DocId) -> bool {
        self.others.iter().all(|&part| self.required[part].probe(doc))
            && !self.excluded.iter_mut().any(|part| part.probe(doc))
    }

    fn settle(&mut self) -> DocId {
        let mut doc = self.required[self.lead].doc();
        while doc != END && !self.has(doc) {
            doc = self.required[self.lead].advance();
        }
        doc
    }
}

impl Walk for And<'_> {
    fn doc(&self) -> DocId {
        self.required[self.lead].doc()
    }

    fn advance(&mut self) -> DocId {
        self.required[self.lead].advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        self.required[self.lead].seek(target);
        self.settle()
    }

    fn probe(&mut self, target: DocId) -> bool {
        self.required[self.lead].probe(target) && self.has(target)
    }

    fn cost(&self) -> u64 {
        self.required[self.lead].cost()
    }

    fn score(&mut self) -> f32 {
        self.required.iter_mut().map(|part| part.score()).sum()
    }

    fn bound(&mut self) -> f32 {
        self.required.iter_mut().map(|part| part.bound()).sum()
    }
}

/// Documents that at least so many parts have. With 1, this is OR.
pub(in crate::search) struct AtLeast<'a> {
    parts: Vec<Box<dyn Walk + 'a>>,
    n_needed: usize,
    doc: DocId,
    /// Which parts have the document.
    has: Vec<bool>,
}

impl<'a> AtLeast<'a> {
    /// At least one part, `n_needed` between 1 and their number.
    pub(in crate::search) fn new(parts: Vec<Box<dyn Walk + 'a>>, n_needed: usize) -> Self {
        let has = vec![false; parts.len()];
        let mut at_least = Self { parts, n_needed, doc: 0, has };
        at_least.settle();
        at_least
    }

    /// How many parts have the current document.
    pub(in crate::search) fn n_parts_here(&self) -> usize {
        self.has.iter().filter(|&&has| has).count()
    }

    fn settle(&mut self) -> DocId {
        loop {
            self.doc = self.parts.iter().map(|part| part.doc()).min().unwrap_or(END);
            if self.doc == END {
                return END;
            }
            for (has, part) in self.has.iter_mut().zip(&self.parts) {
                *has = part.doc() == self.doc;
            }
            if self.n_parts_here() >= self.n_needed {
                return self.doc;
            }
            self.step();
        }
    }

    fn step(&mut self) {
        for part in &mut self.parts {
            if part.doc() == self.doc {
                part.advance();
            }
        }
    }
}

impl Walk for AtLeast<'_> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc == END {
            return END;
        }
        self.step();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        for part in &mut self.parts {
            part.seek(target);
        }
        self.settle()
    }

    fn probe(&mut self, target: DocId) -> bool {
        for (has, part) in self.has.iter_mut().zip(&mut self.parts) {
            *has = part.probe(target);
        }
        self.n_parts_here() >= self.n_needed
    }

    fn cost(&self) -> u64 {
        self.parts.iter().map(|part| part.cost()).sum()
    }

    fn score(&mut self) -> f32 {
        let parts = self.parts.iter_mut().zip(&self.has);
        parts.filter(|(_, has)| **has).map(|(part, _)| part.score()).sum()
    }

    fn bound(&mut self) -> f32 {
        let parts = self.parts.iter_mut().zip(&self.has);
        parts.filter(|(_, has)| **has).map(|(part, _)| part.bound()).sum()
    }
}

/// Every living article.
pub(in crate::search) struct Everything<'a> {
    living: &'a Bits,
    doc: DocId,
    n_docs: u64,
}

impl<'a> Everything<'a> {
    /// The documents of `living`.
    pub(in crate::search) fn new(living: &'a Bits, max_doc: DocId) -> Self {
        Self { living, doc: living.next_from(0).unwrap_or(END), n_docs: max_doc.into() }
    }
}

impl Walk for Everything<'_> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.living.next_from(target).unwrap_or(END);
        }
        self.doc
    }

    fn cost(&self) -> u64 {
        self.n_docs
    }

    fn score(&mut self) -> f32 {
        0.0
    }
}

/// No document.
pub(in crate::search) struct Nothing;

impl Walk for Nothing {
    fn doc(&self) -> DocId {
        END
    }

    fn advance(&mut self) -> DocId {
        END
    }

    fn seek(&mut self, _target: DocId) -> DocId {
        END
    }

    fn probe(&mut self, _target: DocId) -> bool {
        false
    }

    fn cost(&self) -> u64 {
        0
    }

    fn score(&mut self) -> f32 {
        0.0
    }
}
