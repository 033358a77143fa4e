//! A few numbers for a text, of which near copies share some.
//!
//! The smallest hashes of its runs of words. Whatever two texts share, its smallest hashes are small in
//! both, so that the numbers meet however long the texts are and in whatever order their paragraphs
//! stand. Stored with each article.

use super::words::{for_each_word, run_hash};

/// Words of a run. Where three words in ten differ, one run of four in four survives; runs of three are
/// shared by texts that only speak alike.
const RUN_WORDS: usize = 4;
/// Numbers of a sketch. Of 32, a copy with three words in ten changed shares 8 in the mean, and
/// fewer than [`super::candidate::MIN_SHARED`] once in 300.
const MAX_NUMBERS: usize = 32;
/// Shorter texts are captions and stubs: equal by chance, and no story.
pub(super) const MIN_WORDS: usize = 12;
/// Bits of a number: enough that ten million articles seldom meet by chance, few enough to store.
const NUMBER_BITS: u32 = 40;

/// The sketch of a text: sorted, without doubles; empty for texts too short to be told apart.
pub fn sketch(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    for_each_word(text, |word| words.push(word.hash));
    if words.len() < MIN_WORDS {
        return Vec::new();
    }
    let runs = words.windows(RUN_WORDS).map(|run| run_hash(run.iter().copied()) >> (64 - NUMBER_BITS));
    least(runs.collect(), MAX_NUMBERS)
}

/// The least of some numbers, each once, in order. Sorting all of them takes several times as long.
fn least(mut numbers: Vec<u64>, n: usize) -> Vec<u64> {
    // Few come twice, so that these hold enough different ones.
    let n_sorted = 2 * n;
    if numbers.len() > n_sorted {
        let (below, ..) = numbers.select_nth_unstable(n_sorted);
        below.sort_unstable();
        let n_different = below.chunk_by(|one, next| one == next).take(n).count();
        if n_different == n {
            numbers.truncate(n_sorted);
        } else {
            numbers.sort_unstable();
        }
    } else {
        numbers.sort_unstable();
    }
    numbers.dedup();
    numbers.truncate(n);
    numbers
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sketches_are_bounded_and_ignore_order_of_paragraphs() {
        let one: String = (0..200).map(|n| format!("word{n} ")).collect();
        let other: String = (200..400).map(|n| format!("word{n} ")).collect();
        let there = sketch(&format!("{one}\n\n{other}"));
        let back = sketch(&format!("{other}\n\n{one}"));
        assert_eq!(there.len(), MAX_NUMBERS);
        let n_shared = there.iter().filter(|number| back.contains(number)).count();
        assert!(n_shared >= MAX_NUMBERS - 2, "{n_shared}");
        assert!(there.iter().all(|number| number >> NUMBER_BITS == 0));
    }

    proptest! {
        #[test]
        fn the_least_are_those_of_all_sorted(numbers in prop::collection::vec(0u64..60, 0..80), n in 1usize..12) {
            let all: std::collections::BTreeSet<u64> = numbers.iter().copied().collect();
            prop_assert_eq!(least(numbers, n), all.into_iter().take(n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn stubs_have_none() {
        assert!(sketch("No text was given here.").is_empty());
        assert!(sketch("").is_empty());
    }
}
