//! The union of the postings of any number of terms, with positions.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet};

use super::{END, Walk};

/// Documents that hold any of some terms of one field.
pub(in crate::search) struct PostingsUnion {
    postings: Vec<SegmentPostings>,
    /// Postings beyond the current document, nearest first.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Postings that stand on the current document.
    here: Vec<usize>,
    doc: DocId,
    cost: u64,
}

impl PostingsUnion {
    /// The union of postings that were not stepped yet.
    pub(in crate::search) fn new(postings: Vec<SegmentPostings>) -> Self {
        let ahead = postings.iter().enumerate().filter(|(_, one)| one.doc() != END);
        let ahead = ahead.map(|(index, one)| Reverse((one.doc(), index))).collect();
        let cost = postings.iter().map(|one| u64::from(one.size_hint())).sum();
        let mut union = Self { postings, ahead, here: Vec::new(), doc: 0, cost };
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
        self.doc = self.ahead.peek().map_or(END, |Reverse((doc, _))| *doc);
        while let Some(&Reverse((doc, index))) = self.ahead.peek() {
            if doc != self.doc {
                break;
            }
            self.ahead.pop();
            self.here.push(index);
        }
        // The heap gives them in any order; positions and sums need one that is always the same.
        self.here.sort_unstable();
        self.doc
    }

    fn leave(&mut self, target: DocId) {
        for index in self.here.drain(..) {
            let doc = self.postings[index].seek(target);
            if doc != END {
                self.ahead.push(Reverse((doc, index)));
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
        while let Some(&Reverse((doc, index))) = self.ahead.peek() {
            if doc >= target {
                break;
            }
            self.ahead.pop();
            let doc = self.postings[index].seek(target);
            if doc != END {
                self.ahead.push(Reverse((doc, index)));
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
