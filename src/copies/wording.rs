//! True comparison of two texts: how much of their wording is one, and whether their facts are.
//!
//! Similarity alone can't tell a reworked copy from another story in the same template: yesterday's
//! market report shares nine words in ten with today's, a copy that went through an editor seven. What
//! tells them apart is *which* words differ. Where a copy kept its wording, it kept the numbers and
//! names in it; a template keeps the wording and changes just these. So wording is compared a second
//! time with every number and name masked, and the facts in what is shared then are looked up in the
//! other text: those that are not there raise doubt, those that are allay it.

use std::cell::OnceCell;

use super::words::{Sort, Word, for_each_word, run_hash};

/// Words in a row that count as the same wording.
const RUN_WORDS: usize = 3;
/// Share of the words of both texts that stand in runs they share, from which two texts may be copies.
/// With three words in ten changed it is .55 in the mean; two reports of one event by different hands
/// share less than .2, follow-ups with the same background paragraphs less than .4.
const MIN_SIMILARITY: f64 = 0.45;
/// How often a fact in shared wording is there in a copy. Seldom is one corrected, or brought up to date.
const KEPT_BY_COPIES: f64 = 0.9;
/// How often a number, or a name, of one story stands in another one of the same template by chance:
/// small numbers recur, and so do the places and bodies that a template is about.
const NUMBERS_BY_CHANCE: f64 = 0.25;
const NAMES_BY_CHANCE: f64 = 0.4;
/// Logarithm of the odds against a copy from which two texts are taken for two stories: a lone number
/// that differs stays below, two facts that differ and nothing in common do not.
const MAX_DOUBT: f64 = 2.1;
/// Doubt over numbers that is no doubt within [`UPDATE_SECONDS`]: the toll of an accident rises from
/// hour to hour.
const NEWS_OF_THE_DAY: f64 = 3.0;
/// Updates follow each other within a day and a half.
const UPDATE_SECONDS: u64 = 36 * 3600;

/// A text made ready for comparison.
#[derive(Clone, Debug)]
pub struct Wording {
    /// Hashes of its words, in order.
    words: Vec<u64>,
    /// Runs as they stand.
    literal: Runs,
    /// Runs as they would stand with any other facts; made when somebody asks.
    masked: OnceCell<Runs>,
    /// Numbers and names in order.
    facts: Vec<Fact>,
    /// Hashes of all facts, sorted, each once.
    sorted_facts: Vec<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Fact {
    /// Position of the word.
    at: usize,
    sort: Sort,
    hash: u64,
}

/// How two texts compare.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Share of the words of both that stand in runs of words they share: 0 to 1.
    pub similarity: f64,
    numbers: Tally,
    names: Tally,
}

/// Different facts in shared wording: how many the other text has, and how many it has not; both sides
/// together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tally {
    n_kept: u32,
    n_lost: u32,
}

/// Runs of words by 32 bits of their hashes: in a pair of articles of 700 words, one in ten thousand
/// finds a run shared by chance.
#[derive(Clone, Debug)]
struct Runs {
    in_order: Vec<u32>,
    /// All of them by their hashes, each once, in a table with open addressing whose length is a power of
    /// two; 0 is an empty place.
    table: Vec<u32>,
}

impl Wording {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let (mut words, mut facts) = (Vec::new(), Vec::new());
        for_each_word(text, |Word { hash, sort, .. }| {
            if sort != Sort::Plain {
                facts.push(Fact { at: words.len(), sort, hash });
            }
            words.push(hash);
        });
        let mut sorted_facts: Vec<u64> = facts.iter().map(|fact| fact.hash).collect();
        sorted_facts.sort_unstable();
        sorted_facts.dedup();
        Self { literal: Runs::of(&words), masked: OnceCell::new(), words, facts, sorted_facts }
    }

    /// Length of the text.
    pub(super) fn n_words(&self) -> usize {
        self.words.len()
    }

    /// Compares two texts; which is which does not matter.
    pub fn compare(&self, other: &Self) -> Comparison {
        let n_words = self.literal.n_words() + other.literal.n_words();
        let n_shared = self.literal.n_covered(&other.literal) + other.literal.n_covered(&self.literal);
        let mut comparison = Comparison {
            similarity: if n_words == 0 { 0.0 } else { n_shared as f64 / n_words as f64 },
            numbers: Tally::default(),
            names: Tally::default(),
        };
        // Below, the wording alone tells that they are none.
        if comparison.similarity >= MIN_SIMILARITY {
            for (one, other) in [(self, other), (other, self)] {
                one.tally_facts(other, &mut comparison);
            }
        }
        comparison
    }

    fn masked(&self) -> &Runs {
        self.masked.get_or_init(|| {
            let mut words = self.words.clone();
            for fact in &self.facts {
                words[fact.at] = if fact.sort == Sort::Number { 1 } else { 2 };
            }
            Runs::of(&words)
        })
    }

    /// Looks up the facts in shared wording, each once.
    fn tally_facts(&self, other: &Self, comparison: &mut Comparison) {
        let mut is_seen = vec![false; self.sorted_facts.len()];
        let mut facts = self.facts.iter().peekable();
        self.masked().for_each_shared(other.masked(), |words| {
            while facts.next_if(|fact| fact.at < words.start).is_some() {}
            while let Some(fact) = facts.next_if(|fact| fact.at < words.end) {
                let place = self.sorted_facts.binary_search(&fact.hash).expect("all facts are in the list");
                if std::mem::replace(&mut is_seen[place], true) {
                    continue;
                }
                let tally = if fact.sort == Sort::Number { &mut comparison.numbers } else { &mut comparison.names };
                if other.sorted_facts.binary_search(&fact.hash).is_ok() {
                    tally.n_kept += 1;
                } else {
                    tally.n_lost += 1;
                }
            }
        });
    }
}

impl Comparison {
    /// Whether the texts are copies of each other; `seconds_apart` is the time between their
    /// publication, where both are dated.
    pub fn is_copy(&self, seconds_apart: Option<u64>) -> bool {
        let is_update = seconds_apart.is_some_and(|seconds| seconds <= UPDATE_SECONDS);
        let numbers = self.numbers.doubt(NUMBERS_BY_CHANCE) - if is_update { NEWS_OF_THE_DAY } else { 0.0 };
        let doubt = numbers.max(0.0) + self.names.doubt(NAMES_BY_CHANCE).max(0.0);
        self.similarity >= MIN_SIMILARITY && doubt <= MAX_DOUBT
    }
}

impl Tally {
    /// How much likelier it is between two stories than between two copies that so many are lost.
    fn doubt(self, by_chance: f64) -> f64 {
        // Both sides tell of the same facts.
        let (n_kept, n_lost) = (f64::from(self.n_kept) / 2.0, f64::from(self.n_lost) / 2.0);
        n_kept * (by_chance / KEPT_BY_COPIES).ln() + n_lost * ((1.0 - by_chance) / (1.0 - KEPT_BY_COPIES)).ln()
    }
}

impl Runs {
    fn of(words: &[u64]) -> Self {
        let in_order: Vec<u32> =
            words.windows(RUN_WORDS).map(|run| short_hash(run_hash(run.iter().copied()))).collect();
        // At most half full, so that a look ends after a place or two.
        let mut table = vec![0; (in_order.len() * 2).next_power_of_two()];
        for &run in &in_order {
            let place = place_of(&table, run);
            table[place] = run;
        }
        Self { in_order, table }
    }

    fn n_words(&self) -> usize {
        if self.in_order.is_empty() { 0 } else { self.in_order.len() + RUN_WORDS - 1 }
    }

    /// How many words stand in runs that the other text has too.
    fn n_covered(&self, other: &Self) -> usize {
        let mut n_covered = 0;
        self.for_each_shared(other, |words| n_covered += words.len());
        n_covered
    }

    /// Calls `each` for the words, in order, that stand in runs that the other text has too.
    fn for_each_shared(&self, other: &Self, mut each: impl FnMut(std::ops::Range<usize>)) {
        let mut covered_to = 0;
        for (at, run) in self.in_order.iter().enumerate() {
            if other.table[place_of(&other.table, *run)] == *run {
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

/// Numbers and names that one text has and the other has not, in the order of the texts, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Only in the first text.
    pub only_here: Vec<String>,
    /// Only in the second text.
    pub only_there: Vec<String>,
}

/// What tells two texts apart.
pub fn differences(here: &str, there: &str) -> Differences {
    Differences { only_here: facts_without(here, there), only_there: facts_without(there, here) }
}

fn facts_without(text: &str, other: &str) -> Vec<String> {
    let mut known = std::collections::HashSet::new();
    for_each_word(other, |word| _ = known.insert(word.hash));
    let mut facts = Vec::new();
    for_each_word(text, |word| {
        if word.sort != Sort::Plain && known.insert(word.hash) {
            facts.push(word.surface.to_owned());
        }
    });
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The harbour board of Larvik voted on Tuesday to spend 4.2 million kroner on a new sea wall \
        after the storm of January took 60 metres of the old one. Work begins in May, said Kari Holm, who leads the \
        board, and should last 14 months. Fishermen had asked for a higher wall, but the board found that too dear.";

    #[test]
    fn a_text_is_its_own_copy() {
        let story = Wording::of(STORY);
        let comparison = story.compare(&story);
        assert_eq!(comparison.similarity, 1.0);
        assert!(comparison.is_copy(None));
    }

    #[test]
    fn a_template_with_other_facts_is_no_copy() {
        let other = STORY
            .replace("Larvik", "Bremnes")
            .replace("Tuesday", "Friday")
            .replace("4.2", "7.9")
            .replace("January", "March")
            .replace("60", "15")
            .replace("May", "August")
            .replace("Kari Holm", "Odd Berg")
            .replace("14", "9");
        let comparison = Wording::of(STORY).compare(&Wording::of(&other));
        assert!(!comparison.is_copy(None) && !comparison.is_copy(Some(0)), "{comparison:?}");
    }

    #[test]
    fn an_update_with_a_new_toll_is_a_copy_on_the_day() {
        let other = STORY.replace("60 metres", "75 metres");
        let comparison = Wording::of(STORY).compare(&Wording::of(&other));
        assert!(comparison.is_copy(Some(3600)), "{comparison:?}");
    }

    #[test]
    fn nothing_is_like_nothing() {
        let empty = Wording::of("");
        assert!(!empty.compare(&empty).is_copy(None));
        assert!(!empty.compare(&Wording::of(STORY)).is_copy(None));
    }

    #[test]
    fn differences_are_facts() {
        let differences = differences("Some 40 left Kyiv in May.", "Some 45 left Kyiv in June.");
        assert_eq!(differences.only_here, ["40", "May"]);
        assert_eq!(differences.only_there, ["45", "June"]);
    }
}
