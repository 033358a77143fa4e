//! Words that follow each other directly: the usual phrase, without the machinery that looser ones need.

use tantivy::DocId;

use super::interval::Interval;
use super::{END, Forms};

/// Words of one field in sequence.
pub(in crate::search) struct Phrase {
    /// In sequence.
    postings: Vec<Forms>,
    /// Their numbers, rarest first: the first leads.
    by_rarity: Vec<usize>,
    /// Their numbers as places are looked for: words of one list first, which needs no sorting, then the rarest.
    by_lists: Vec<usize>,
    /// Places where the phrase may end.
    ends: Vec<u32>,
    /// Room for the places of one word, and for those that are kept.
    room: [Vec<u32>; 2],
    /// Positions that the last word reaches beyond its own.
    reach: u32,
    /// The document that has all words.
    doc: DocId,
}

impl Phrase {
    /// Words with positions that were not stepped yet, at least one, the last of which reaches so many positions
    /// beyond its own.
    pub(in crate::search) fn new(postings: Vec<Forms>, reach: u32) -> Self {
        let mut by_rarity: Vec<usize> = (0..postings.len()).collect();
        by_rarity.sort_by_key(|&term| postings[term].size_hint());
        let mut by_lists = by_rarity.clone();
        by_lists.sort_by_key(|&term| postings[term].n_lists().min(2));
        let room = [Vec::new(), Vec::new()];
        let mut phrase = Self { postings, by_rarity, by_lists, ends: Vec::new(), room, reach, doc: 0 };
        phrase.align();
        phrase
    }

    /// The document that has all terms.
    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    /// Goes to the first document from `target` on that has all terms.
    pub(in crate::search) fn seek(&mut self, target: DocId) -> DocId {
        let lead = self.by_rarity[0];
        if self.doc < target {
            self.postings[lead].seek(target);
            self.align();
        }
        self.doc
    }

    fn align(&mut self) {
        let (lead, others) = self.by_rarity.split_first().expect("a phrase has words");
        'documents: loop {
            let doc = self.postings[*lead].doc();
            self.doc = doc;
            if doc == END {
                return;
            }
            for &other in others {
                let postings = &mut self.postings[other];
                let found = postings.seek(doc);
                if found > doc {
                    self.postings[*lead].seek(found);
                    continue 'documents;
                }
            }
            return;
        }
    }

    pub(super) fn cost(&self) -> u64 {
        u64::from(self.postings[self.by_rarity[0]].size_hint())
    }

    /// Places of the phrase in the current document, sorted.
    pub(in crate::search) fn find(&mut self, places: &mut Vec<Interval>) {
        self.find_ends();
        let last = u32::try_from(self.postings.len() - 1).expect("a phrase is shorter than a text");
        let reach = self.reach;
        places.extend(self.ends.iter().map(|&end| Interval { start: end - last, end: end + reach }));
    }

    /// How many places there are.
    pub(super) fn count(&mut self) -> usize {
        self.find_ends();
        self.ends.len()
    }

    /// Finds where the last words of the phrase stand.
    fn find_ends(&mut self) {
        let n_terms = u32::try_from(self.postings.len()).expect("a phrase is shorter than a text");
        // Moved by their distance to the end, the places of all terms of one phrase are equal.
        let moved = |term: usize| n_terms - 1 - u32::try_from(term).expect("a phrase is shorter than a text");
        let [room, hits] = &mut self.room;
        for (nth, &term) in self.by_lists.iter().enumerate() {
            if nth == 0 {
                self.postings[term].positions_with_offset(moved(term), &mut self.ends);
                continue;
            }
            self.postings[term].keep_common(moved(term), &mut self.ends, room, hits);
            if self.ends.is_empty() {
                return;
            }
        }
    }
}
