//! Words that follow each other directly: the usual phrase, without the machinery that looser ones need.

use tantivy::DocId;

use super::interval::Interval;
use super::{END, Forms};

/// Words of one field in sequence.
pub(in crate::search) struct Phrase {
    /// In sequence.
    postings: Vec<Forms>,
    /// Their numbers, rarest first: the first leads, and places are looked for in this order.
    by_rarity: Vec<usize>,
    /// Places where the phrase may begin, moved by the length of the phrase.
    starts: Vec<u32>,
    /// Room for the places of one word.
    positions: Vec<u32>,
    /// Positions that the last word reaches beyond its own.
    reach: u32,
}

impl Phrase {
    /// Words with positions that were not stepped yet, at least one, the last of which reaches so many positions
    /// beyond its own.
    pub(in crate::search) fn new(postings: Vec<Forms>, reach: u32) -> Self {
        let mut by_rarity: Vec<usize> = (0..postings.len()).collect();
        by_rarity.sort_by_key(|&term| postings[term].size_hint());
        let mut phrase = Self { postings, by_rarity, starts: Vec::new(), positions: Vec::new(), reach };
        phrase.align();
        phrase
    }

    /// The document that has all terms.
    pub(super) fn doc(&self) -> DocId {
        self.postings[self.by_rarity[0]].doc()
    }

    /// Goes to the first document from `target` on that has all terms.
    pub(in crate::search) fn seek(&mut self, target: DocId) -> DocId {
        let lead = self.by_rarity[0];
        if self.postings[lead].doc() < target {
            self.postings[lead].seek(target);
            self.align();
        }
        self.doc()
    }

    fn align(&mut self) {
        let (lead, others) = self.by_rarity.split_first().expect("a phrase has words");
        'documents: loop {
            let doc = self.postings[*lead].doc();
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
        let n_terms = u32::try_from(self.postings.len()).expect("a phrase is shorter than a text");
        // Moved by their distance to the end, the places of all terms of one phrase are equal.
        let moved = |term: usize| n_terms - 1 - u32::try_from(term).expect("a phrase is shorter than a text");
        for (nth, &term) in self.by_rarity.iter().enumerate() {
            if nth == 0 {
                self.postings[term].positions_with_offset(moved(term), &mut self.starts);
                continue;
            }
            self.postings[term].positions_with_offset(moved(term), &mut self.positions);
            keep_common(&mut self.starts, &self.positions);
            if self.starts.is_empty() {
                return;
            }
        }
        let last = n_terms - 1;
        places.extend(self.starts.iter().map(|&end| Interval { start: end - last, end: end + self.reach }));
    }
}

/// Keeps of a sorted list what another one has too.
fn keep_common(kept: &mut Vec<u32>, other: &[u32]) {
    let mut at = 0;
    kept.retain(|&value| {
        while other.get(at).is_some_and(|&candidate| candidate < value) {
            at += 1;
        }
        other.get(at) == Some(&value)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_values_are_kept() {
        let common = |kept: &[u32], other: &[u32]| {
            let mut kept = kept.to_vec();
            keep_common(&mut kept, other);
            kept
        };
        assert_eq!(common(&[1, 4, 7, 9], &[0, 4, 5, 9, 12]), [4, 9]);
        assert_eq!(common(&[1, 2], &[]), [] as [u32; 0]);
        assert_eq!(common(&[], &[1]), [] as [u32; 0]);
    }
}
