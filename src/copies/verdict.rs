//! What comparisons of texts said, so that nobody compares the same two texts again.

use std::num::NonZeroU32;

/// What the comparison of two articles said, in four bytes, an [`Option`] of it too. The sign of a similarity, which is
/// never negative, says whether they are copies; of these bits each is held turned over, since none but those of a
/// number that is none are all ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict(NonZeroU32);

const IS_COPY: u32 = 1 << 31;

impl Verdict {
    /// Similarity of two texts, from 0 to 1, and whether they are copies of each other.
    pub fn new(similarity: f32, is_copy: bool) -> Self {
        let bits = similarity.to_bits() & !IS_COPY | if is_copy { IS_COPY } else { 0 };
        Self::from_bits(bits).expect("a similarity is a number")
    }

    /// Similarity of their texts: 0 to 1.
    pub fn similarity(self) -> f32 {
        f32::from_bits(self.bits() & !IS_COPY)
    }

    /// Whether they are copies of each other.
    pub fn is_copy(self) -> bool {
        self.bits() & IS_COPY != 0
    }

    /// As a number for files.
    pub fn bits(self) -> u32 {
        !self.0.get()
    }

    /// From [`Self::bits`]; `None` for what no verdict has.
    pub fn from_bits(bits: u32) -> Option<Self> {
        NonZeroU32::new(!bits).map(Self)
    }
}

/// A verdict on the articles of two keys, by their positions among the keys, the lesser one first.
pub type Entry = (u32, u32, Verdict);

/// Verdicts on pairs of articles. A key stands for all that was read of an article, so that a verdict
/// holds for ever, whatever else is in the index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdicts {
    keys: Vec<u64>,
    entries: Vec<Entry>,
}

impl Verdicts {
    /// Takes keys in order and entries in order of pairs, each once; `None` when they are not so.
    pub fn new(keys: Vec<u64>, entries: Vec<Entry>) -> Option<Self> {
        let is_there = |&(one, other, _): &Entry| one < other && (other as usize) < keys.len();
        let in_order = keys.is_sorted_by(|left, right| left < right)
            && entries.is_sorted_by(|left, right| (left.0, left.1) < (right.0, right.1));
        (in_order && entries.iter().all(is_there)).then_some(Self { keys, entries })
    }

    /// The verdict on two keys, the lesser one first.
    pub fn get(&self, one: u64, other: u64) -> Option<Verdict> {
        let [one, other] = [one, other].map(|key| self.keys.binary_search(&key).ok());
        let pair = (one? as u32, other? as u32);
        let at = self.entries.binary_search_by_key(&pair, |&(one, other, _)| (one, other)).ok()?;
        Some(self.entries[at].2)
    }

    /// Keys of the articles, in order.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// All of them, in order of pairs.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
