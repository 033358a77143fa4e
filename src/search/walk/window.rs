//! Documents in runs of a fixed number: what many parts of a query have is found for a run at a time, 64
//! documents in one step.

use tantivy::DocId;

use super::END;
use crate::search::bits::Bits;

/// Documents of a window.
pub(in crate::search) const N_DOCS: u32 = 1024;
const N_WORDS: usize = N_DOCS as usize / 64;

/// Which documents of a window are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) struct Window {
    /// First document; a multiple of [`N_DOCS`], or [`END`] for the window before all others.
    start: DocId,
    bits: [u64; N_WORDS],
}

impl Window {
    /// A window that holds no document, and from which none was taken.
    pub(super) const NONE: Self = Self { start: END, bits: [0; N_WORDS] };

    /// The window around a document, with no document in it.
    pub(super) fn around(doc: DocId) -> Self {
        Self { start: doc - doc % N_DOCS, bits: [0; N_WORDS] }
    }

    /// The same window, with no document in it.
    pub(super) fn emptied(&self) -> Self {
        Self { start: self.start, bits: [0; N_WORDS] }
    }

    /// First document that the window may hold.
    pub(super) fn start(&self) -> DocId {
        self.start
    }

    /// First document behind it.
    pub(super) fn end(&self) -> DocId {
        self.start.saturating_add(N_DOCS)
    }

    /// Whether a document lies in the window.
    pub(super) fn covers(&self, doc: DocId) -> bool {
        doc.wrapping_sub(self.start) < N_DOCS && doc != END
    }

    /// Place of a document that lies in the window.
    pub(super) fn place(&self, doc: DocId) -> usize {
        (doc - self.start) as usize
    }

    /// Adds the document at a place.
    pub(super) fn insert(&mut self, place: usize) {
        self.bits[place / 64] |= 1 << (place % 64);
    }

    /// Adds documents that it covers, in order.
    pub(super) fn extend(&mut self, docs: &[DocId]) {
        // Each word is written once: to change it in memory for each document is several times as slow.
        let (mut index, mut word) = (0, 0);
        for &doc in docs {
            let place = self.place(doc);
            if place / 64 != index {
                self.bits[index] |= word;
                (index, word) = (place / 64, 0);
            }
            word |= 1 << (place % 64);
        }
        self.bits[index] |= word;
    }

    /// Keeps what a set has.
    pub(in crate::search) fn keep(&mut self, documents: &Bits) {
        for (word, others) in self.bits.iter_mut().zip(documents.words_from(self.start)) {
            *word &= others;
        }
    }

    /// Keeps those of its documents that `is_kept` says, which is asked in order.
    pub(in crate::search) fn retain(&mut self, mut is_kept: impl FnMut(DocId) -> bool) {
        let asked = *self;
        for doc in asked.docs().filter(|&doc| !is_kept(doc)) {
            let place = self.place(doc);
            self.bits[place / 64] &= !(1 << (place % 64));
        }
    }

    /// Whether it has a document that it covers.
    pub(super) fn contains(&self, doc: DocId) -> bool {
        let place = self.place(doc);
        self.bits[place / 64] >> (place % 64) & 1 == 1
    }

    /// First document of the window from `doc` on, which it covers.
    pub(super) fn next_from(&self, doc: DocId) -> Option<DocId> {
        let place = self.place(doc);
        let mut index = place / 64;
        let mut word = self.bits[index] & (u64::MAX << (place % 64));
        while word == 0 {
            index += 1;
            word = *self.bits.get(index)?;
        }
        Some(self.start + (index * 64) as u32 + word.trailing_zeros())
    }

    /// The documents of the window.
    pub(super) fn docs(&self) -> impl Iterator<Item = DocId> {
        let of_word = |index: usize, word: u64| {
            let rests = std::iter::successors(Some(word), |rest| Some(rest & rest.wrapping_sub(1)));
            let start = self.start + (index * 64) as u32;
            rests.take_while(|rest| *rest != 0).map(move |rest| start + rest.trailing_zeros())
        };
        self.bits.iter().enumerate().flat_map(move |(index, &word)| of_word(index, word))
    }

    /// How many documents it has.
    pub(super) fn len(&self) -> u64 {
        self.n_shared(self)
    }

    /// How many documents it shares with a window of the same run.
    pub(super) fn n_shared(&self, other: &Self) -> u64 {
        self.bits.iter().zip(&other.bits).map(|(word, other)| u64::from((word & other).count_ones())).sum()
    }

    /// Adds the documents of a window of the same run.
    pub(super) fn add(&mut self, other: &Self) {
        for (word, other) in self.bits.iter_mut().zip(&other.bits) {
            *word |= other;
        }
    }
}

/// How many of some windows of one run have each document: binary numbers, upright.
pub(super) struct Tally {
    /// Digits, the least first; each as a set of the documents whose number has it.
    digits: Vec<[u64; N_WORDS]>,
}

impl Tally {
    /// Counts to `most`.
    pub(super) fn new(most: usize) -> Self {
        let n_digits = (usize::BITS - most.leading_zeros()) as usize;
        Self { digits: vec![[0; N_WORDS]; n_digits] }
    }

    pub(super) fn clear(&mut self) {
        self.digits.fill([0; N_WORDS]);
    }

    /// Counts the documents of a window.
    pub(super) fn add(&mut self, window: &Window) {
        let mut carry = window.bits;
        for digit in &mut self.digits {
            for (digit, carry) in digit.iter_mut().zip(&mut carry) {
                let both = *digit & *carry;
                *digit ^= *carry;
                *carry = both;
            }
        }
    }

    /// Makes `window` hold the documents that were counted `n_needed` times or more.
    pub(super) fn at_least(&self, n_needed: usize, window: &mut Window) {
        let mut equal = [u64::MAX; N_WORDS];
        window.bits = [0; N_WORDS];
        for (nth, digit) in self.digits.iter().enumerate().rev() {
            let wanted = if n_needed >> nth & 1 == 1 { u64::MAX } else { 0 };
            for ((more, equal), digit) in window.bits.iter_mut().zip(&mut equal).zip(digit) {
                *more |= *equal & digit & !wanted;
                *equal &= !(digit ^ wanted);
            }
        }
        for (more, equal) in window.bits.iter_mut().zip(&equal) {
            *more |= equal;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn counts_are_those_of_counting(
            parts in prop::collection::vec(prop::collection::btree_set(0..N_DOCS, 0..400), 1..9),
            n_needed in 1usize..9,
        ) {
            let mut tally = Tally::new(parts.len());
            for part in &parts {
                let mut window = Window::around(2 * N_DOCS + 5);
                part.iter().for_each(|&place| window.insert(place as usize));
                tally.add(&window);
            }
            let n_needed = n_needed.min(parts.len());
            let mut found = Window::around(2 * N_DOCS);
            tally.at_least(n_needed, &mut found);
            for place in 0..N_DOCS {
                let n_parts = parts.iter().filter(|part| part.contains(&place)).count();
                prop_assert_eq!(found.contains(2 * N_DOCS + place), n_parts >= n_needed);
            }
        }
    }

    #[test]
    fn documents_come_in_order() {
        let mut window = Window::around(1500);
        for place in [0, 63, 64, 1023] {
            window.insert(place);
        }
        assert_eq!(window.docs().collect::<Vec<_>>(), [1024, 1087, 1088, 2047]);
        assert!(window.covers(1024) && window.covers(2047) && !window.covers(2048) && !window.covers(3));
        assert_eq!(window.next_from(1024), Some(1024));
        assert_eq!(window.next_from(1025), Some(1087));
        assert_eq!(window.next_from(1089), Some(2047));
        assert!(!Window::NONE.covers(0) && !Window::NONE.covers(END));
    }
}
