//! What comparisons of texts said, so that nobody compares the same two texts again.

/// What the comparison of two articles said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Similarity of their texts: 0 to 1.
    pub similarity: f32,
    /// Whether they are copies of each other.
    pub is_copy: bool,
}

/// Two articles by their keys, the lesser one first.
pub type Pair = (u64, u64);

/// Verdicts on pairs of articles. A key stands for all that was read of an article, so that a verdict
/// holds for ever, whatever else is in the index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdicts {
    /// In order of pairs, each once.
    entries: Vec<(Pair, Verdict)>,
}

impl Verdicts {
    /// Takes verdicts in any order; of several on one pair, which are equal, it keeps one.
    pub fn new(mut entries: Vec<(Pair, Verdict)>) -> Self {
        entries.sort_unstable_by_key(|(pair, _)| *pair);
        entries.dedup_by_key(|(pair, _)| *pair);
        Self { entries }
    }

    /// The verdict on a pair.
    pub fn get(&self, pair: Pair) -> Option<Verdict> {
        let at = self.entries.binary_search_by_key(&pair, |(pair, _)| *pair).ok()?;
        Some(self.entries[at].1)
    }

    /// All of them, in order of pairs.
    pub fn entries(&self) -> &[(Pair, Verdict)] {
        &self.entries
    }
}
