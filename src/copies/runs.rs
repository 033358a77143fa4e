//! Runs of words, and which of them two texts share.

use super::words::run_hash;

/// Words in a row that count as the same wording.
const RUN_WORDS: usize = 3;

/// Runs of words by 32 bits of their hashes: in a pair of articles of 700 words, one in ten thousand
/// finds a run shared by chance.
#[derive(Clone, Debug)]
pub(super) struct Runs {
    /// 0 for those that count for nothing.
    in_order: Vec<u32>,
    /// All of them by their hashes, each once, in a table with open addressing whose length is a power of
    /// two; 0 is an empty place.
    table: Vec<u32>,
}

impl Runs {
    /// Those of words, of which `counts` has a say.
    pub(super) fn of(words: &[u64], counts: impl Fn(&[u64]) -> bool) -> Self {
        let run = |words: &[u64]| if counts(words) { short_hash(run_hash(words.iter().copied())) } else { 0 };
        let in_order: Vec<u32> = words.windows(RUN_WORDS).map(run).collect();
        // At most half full, so that a look ends after a place or two.
        let mut table = vec![0; (in_order.len() * 2).next_power_of_two()];
        for &run in &in_order {
            let place = place_of(&table, run);
            table[place] = run;
        }
        Self { in_order, table }
    }

    /// Words of the text; none where it has no run.
    pub(super) fn n_words(&self) -> usize {
        if self.in_order.is_empty() { 0 } else { self.in_order.len() + RUN_WORDS - 1 }
    }

    /// Calls `each` for the words, in order, that stand in runs that the other text has too.
    pub(super) fn for_each_shared(&self, other: &Self, mut each: impl FnMut(std::ops::Range<usize>)) {
        let mut covered_to = 0;
        for (at, &run) in self.in_order.iter().enumerate() {
            if run != 0 && other.table[place_of(&other.table, run)] == run {
                each(covered_to.max(at)..at + RUN_WORDS);
                covered_to = at + RUN_WORDS;
            }
        }
    }
}

/// Half of a hash, which is never 0.
fn short_hash(hash: u64) -> u32 {
    ((hash >> 32) as u32).max(1)
}

/// Where a run stands in a table, or would.
fn place_of(table: &[u32], run: u32) -> usize {
    let mut place = run as usize & (table.len() - 1);
    while table[place] != 0 && table[place] != run {
        place = (place + 1) & (table.len() - 1);
    }
    place
}
