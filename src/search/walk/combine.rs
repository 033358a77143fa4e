//! AND and NOT over walks, and the walk that finds nothing.

use tantivy::DocId;

use super::{END, Walk};

/// Documents that every part has and no excluded part has.
pub(in crate::search) struct And<'a> {
    /// In the order of the query, which is the order of the sum.
    required: Vec<Box<dyn Walk + 'a>>,
    excluded: Vec<Box<dyn Walk + 'a>>,
    /// The part that is stepped: the cheapest.
    lead: usize,
    /// The other parts, cheapest first.
    others: Vec<usize>,
    /// What is asked last, of what has all parts.
    checks: Vec<Holds<'a>>,
}

/// Tells whether a document meets a condition.
pub(in crate::search) type Holds<'a> = Box<dyn Fn(DocId) -> bool + 'a>;

impl<'a> And<'a> {
    /// At least one required part.
    pub(in crate::search) fn new(
        required: Vec<Box<dyn Walk + 'a>>,
        excluded: Vec<Box<dyn Walk + 'a>>,
        checks: Vec<Holds<'a>>,
    ) -> Self {
        assert!(!required.is_empty(), "the planner puts every article where nothing else is required");
        let mut others: Vec<usize> = (0..required.len()).collect();
        others.sort_by_key(|&part| required[part].cost());
        let lead = others.remove(0);
        let mut and = Self { required, excluded, lead, others, checks };
        and.settle();
        and
    }

    fn has(&mut self, doc: DocId) -> bool {
        self.others.iter().all(|&part| self.required[part].probe(doc))
            && !self.excluded.iter_mut().any(|part| part.probe(doc))
            && self.checks.iter().all(|holds| holds(doc))
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
        // What lies before the first document was stepped over, by the excluded parts too.
        target >= self.doc() && self.required[self.lead].probe(target) && self.has(target)
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
