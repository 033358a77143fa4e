//! The postings of all forms of one word in one field.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet};

use super::{END, Only};

/// Documents that hold a word in any of its forms.
pub(in crate::search) struct Forms {
    lists: Vec<List>,
    doc: DocId,
}

/// The postings of one form.
struct List {
    postings: SegmentPostings,
    only: Option<Only>,
}

impl List {
    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    fn advance(&mut self) {
        self.postings.advance();
        self.settle();
    }

    fn seek(&mut self, target: DocId) {
        if self.postings.doc() < target {
            self.postings.seek(target);
            self.settle();
        }
    }

    fn settle(&mut self) {
        let Some((stemmings, counted)) = &self.only else { return };
        while self.postings.doc() != END && !counted.contains_code(stemmings[self.postings.doc() as usize]) {
            self.postings.advance();
        }
    }
}

impl Forms {
    /// Postings that were not stepped yet, each of one form, with the articles in which it counts; `None` where it
    /// counts in all.
    pub(in crate::search) fn new(postings: Vec<(SegmentPostings, Option<Only>)>) -> Self {
        let mut lists: Vec<List> = postings.into_iter().map(|(postings, only)| List { postings, only }).collect();
        lists.iter_mut().for_each(List::settle);
        let doc = lists.iter().map(List::doc).min().unwrap_or(END);
        Self { lists, doc }
    }

    /// Where the walk stands.
    pub(in crate::search) fn doc(&self) -> DocId {
        self.doc
    }

    /// Goes to the next document.
    pub(in crate::search) fn advance(&mut self) -> DocId {
        let mut next = END;
        for list in &mut self.lists {
            if list.doc() == self.doc {
                list.advance();
            }
            next = next.min(list.doc());
        }
        self.doc = next;
        next
    }

    /// Goes to the first document from `target` on; stays when it is there or beyond.
    pub(in crate::search) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let mut next = END;
            for list in &mut self.lists {
                list.seek(target);
                next = next.min(list.doc());
            }
            self.doc = next;
        }
        self.doc
    }

    /// Positions of the word in the current document, sorted, each moved by `offset`.
    pub(in crate::search) fn positions_with_offset(&mut self, offset: u32, positions: &mut Vec<u32>) {
        positions.clear();
        let mut n_here = 0;
        for list in self.lists.iter_mut().filter(|list| list.postings.doc() == self.doc) {
            list.postings.append_positions_with_offset(offset, positions);
            n_here += 1;
        }
        if n_here > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
    }

    /// About how many documents there are.
    pub(in crate::search) fn size_hint(&self) -> u32 {
        self.lists.iter().map(|list| list.postings.size_hint()).fold(0, u32::saturating_add)
    }
}
