//! A set of documents of one segment, one bit each.

use tantivy::DocId;

/// Documents of one segment.
#[derive(Clone, Debug)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// The empty set, with room for documents below `max_doc`.
    pub(super) fn new(max_doc: DocId) -> Self {
        Self { words: vec![0; (max_doc as usize).div_ceil(64)] }
    }

    /// Memory that the set takes.
    pub(super) fn n_bytes(&self) -> usize {
        self.words.len() * size_of::<u64>()
    }

    /// Adds a document. Documents beyond the room are left out.
    pub(super) fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    /// Takes a document out.
    pub(super) fn remove(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word &= !(1 << (doc % 64));
        }
    }

    /// Whether a document is in the set.
    pub(super) fn contains(&self, doc: DocId) -> bool {
        self.words.get(doc as usize / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    /// The set from a document on that is a multiple of 64, 64 documents at a time, the first one lowest; nothing beyond
    /// the room.
    pub(super) fn words_from(&self, doc: DocId) -> impl Iterator<Item = u64> + '_ {
        self.words.iter().copied().skip(doc as usize / 64).chain(std::iter::repeat(0))
    }

    /// How many documents are in the set. Linear in the room.
    pub(super) fn len(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// First document of the set from `doc` on.
    pub(super) fn next_from(&self, doc: DocId) -> Option<DocId> {
        let mut index = doc as usize / 64;
        let mut word = self.words.get(index)? & (u64::MAX << (doc % 64));
        while word == 0 {
            index += 1;
            word = *self.words.get(index)?;
        }
        let bit = index * 64 + word.trailing_zeros() as usize;
        DocId::try_from(bit).ok()
    }

    /// Documents of the set, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        std::iter::successors(self.next_from(0), |&doc| self.next_from(doc + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_back_in_order() {
        let mut bits = Bits::new(200);
        for doc in [199, 0, 63, 64, 130, 500] {
            bits.insert(doc);
        }
        assert_eq!(bits.iter().collect::<Vec<_>>(), [0, 63, 64, 130, 199]);
        assert_eq!(bits.len(), 5);
        assert!(bits.contains(63) && !bits.contains(62) && !bits.contains(500));
        assert_eq!(bits.next_from(1000), None);
        bits.remove(63);
        bits.remove(500);
        assert_eq!(bits.iter().collect::<Vec<_>>(), [0, 64, 130, 199]);
    }
}
