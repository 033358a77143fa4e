//! The union of the postings of any number of terms, with positions.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet};

use super::{END, Walk};

/// Unions of more terms are kept in a heap; of fewer, it is quicker to look at each.
const FEW_TERMS: usize = 12;

/// Documents that hold any of some terms of one field.
pub(in crate::search) struct PostingsUnion {
    postings: Vec<SegmentPostings>,
    /// Where each of them stands.
    docs: Vec<DocId>,
    /// Of many terms, those beyond the current document, nearest first.
    ahead: Option<BinaryHeap<Reverse<(DocId, usize)>>>,
    /// Postings that stand on the current document.
    here: Vec<usize>,
    doc: DocId,
    cost: u64,
}

impl PostingsUnion {
    /// The union of postings that were not stepped yet.
    pub(in crate::search) fn new(postings: Vec<SegmentPostings>) -> Self {
        let docs: Vec<DocId> = postings.iter().map(DocSet::doc).collect();
        let begun = docs.iter().enumerate().filter(|(_, doc)| **doc != END);
        let ahead = (postings.len() > FEW_TERMS).then(|| begun.map(|(index, doc)| Reverse((*doc, index))).collect());
        let cost = postings.iter().map(|one| u64::from(one.size_hint())).sum();
        let mut union = Self { postings, docs, ahead, here: Vec::new(), doc: 0, cost };
        union.settle();
        union
    }

    /// Positions of the terms in the current document, sorted, each once unless a term stands several
    /// times at one position.
    pub(in crate::search) fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        for &index in &self.here {
            self.postings[index].append_positions_with_offset(0, positions);
        }
        if self.here.len() > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
    }

    fn settle(&mut self) -> DocId {
        let Some(ahead) = &mut self.ahead else {
            self.doc = self.docs.iter().copied().min().unwrap_or(END);
            let here = self.docs.iter().enumerate().filter(|(_, doc)| **doc == self.doc && self.doc != END);
            self.here.extend(here.map(|(index, _)| index));
            return self.doc;
        };
        self.doc = ahead.peek().map_or(END, |Reverse((doc, _))| *doc);
        while let Some(&Reverse((doc, index))) = ahead.peek() {
            if doc != self.doc {
                break;
            }
            ahead.pop();
            self.here.push(index);
        }
        // The heap gives them in any order; positions and sums need one that is always the same.
        self.here.sort_unstable();
        self.doc
    }

    /// Takes the postings of the current document on to the first document from `target` on.
    fn leave(&mut self, target: DocId) {
        for index in self.here.drain(..) {
            let doc = self.postings[index].seek(target);
            self.docs[index] = doc;
            if let Some(ahead) = &mut self.ahead
                && doc != END
            {
                ahead.push(Reverse((doc, index)));
            }
        }
    }
}

impl Walk for PostingsUnion {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc != END {
            self.leave(self.doc + 1);
            self.settle();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        self.leave(target);
        match &mut self.ahead {
            None => {
                for (postings, doc) in self.postings.iter_mut().zip(&mut self.docs) {
                    if *doc < target {
                        *doc = postings.seek(target);
                    }
                }
            }
            Some(ahead) => {
                while let Some(&Reverse((doc, index))) = ahead.peek() {
                    if doc >= target {
                        break;
                    }
                    ahead.pop();
                    let doc = self.postings[index].seek(target);
                    self.docs[index] = doc;
                    if doc != END {
                        ahead.push(Reverse((doc, index)));
                    }
                }
            }
        }
        self.settle()
    }

    fn cost(&self) -> u64 {
        self.cost
    }

    fn score(&mut self) -> f32 {
        0.0
    }
}
