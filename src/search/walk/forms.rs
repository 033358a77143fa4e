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

    /// Keeps of sorted positions those that the word has in the current document, each moved by `offset`. `room` and
    /// `hits` are room for positions.
    pub(in crate::search) fn keep_common(
        &mut self,
        offset: u32,
        kept: &mut Vec<u32>,
        room: &mut Vec<u32>,
        hits: &mut Vec<u32>,
    ) {
        hits.clear();
        let mut n_with_hits = 0;
        for list in self.lists.iter_mut().filter(|list| list.postings.doc() == self.doc) {
            room.clear();
            list.postings.append_positions_with_offset(offset, room);
            let n_before = hits.len();
            add_common(kept, room, hits);
            n_with_hits += usize::from(hits.len() > n_before);
        }
        if n_with_hits > 1 {
            hits.sort_unstable();
            hits.dedup();
        }
        std::mem::swap(kept, hits);
    }

    /// How many lists are walked side by side.
    pub(in crate::search) fn n_lists(&self) -> usize {
        self.lists.len()
    }

    /// About how many documents there are.
    pub(in crate::search) fn size_hint(&self) -> u32 {
        self.lists.iter().map(|list| list.postings.size_hint()).fold(0, u32::saturating_add)
    }
}

/// Adds what two sorted lists have in common.
fn add_common(one: &[u32], other: &[u32], common: &mut Vec<u32>) {
    let mut at = 0;
    for &value in one {
        while other.get(at).is_some_and(|&candidate| candidate < value) {
            at += 1;
        }
        match other.get(at) {
            Some(&candidate) if candidate == value => common.push(value),
            Some(_) => {}
            None => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_values_are_found() {
        let common = |one: &[u32], other: &[u32]| {
            let mut common = Vec::new();
            add_common(one, other, &mut common);
            common
        };
        assert_eq!(common(&[1, 4, 7, 9], &[0, 4, 5, 9, 12]), [4, 9]);
        assert_eq!(common(&[1, 2], &[]), [] as [u32; 0]);
        assert_eq!(common(&[], &[1]), [] as [u32; 0]);
    }
}
