//! True comparison of two texts: how much of their wording is one, and whether their facts are.
//!
//! Similarity alone can't tell a reworked copy from another story in the same template: yesterday's
//! market report shares nine words in ten with today's, a copy that went through an editor seven. What
//! tells them apart is *which* words differ. Where a copy kept its wording, it kept the numbers and
//! names in it; a template keeps the wording and changes just these. So wording is compared a second
//! time with every number and name masked, and the facts in what is shared then are looked up in the
//! other text: those that are not there raise doubt, those that are allay it.

use std::cell::OnceCell;
use std::collections::HashSet;

use foldhash::fast::FixedState;

use super::facts::Facts;
use super::runs::Runs;
use super::words::{Sort, run_hash};

/// Share of the words of both texts that stand in runs they share, from which two texts may be copies.
/// With three words in ten changed it is .55 in the mean; two reports of one event by different hands
/// share less than .2, follow-ups with the same background paragraphs less than .4.
const MIN_SIMILARITY: f64 = 0.45;
/// The same where one text is a part of the other, and how much of it has to stand there: a report that is cut to
/// three tenths has .46 if not a word is changed.
const MIN_SIMILARITY_OF_PART: f64 = 0.35;
const MIN_COVERED_OF_PART: f64 = 0.8;
/// Words in a row that the other text has not, from which they are a passage of its own; and share of passages of
/// their own in both texts, above which they are two stories with a quotation or a notice in common. What an editor
/// changes is scattered, what is cut or added stands in one of the two.
const PASSAGE_WORDS: usize = 20;
const MAX_OWN_PASSAGES: f64 = 0.35;
/// Words of a run that are no facts, from which it is wording: any two texts have three names in a row.
const MIN_PLAIN_IN_RUN: usize = 2;
/// What stands for a number, and for names in a row, where facts are masked.
const MASKED_NUMBER: u64 = 1;
const MASKED_NAME: u64 = 2;
/// How often a number, or a name, in shared wording is there in a copy. Seldom is one corrected, or brought up to date.
const NUMBERS_KEPT_BY_COPIES: f64 = 0.92;
const NAMES_KEPT_BY_COPIES: f64 = 0.95;
/// How often a number, or a name, of one story stands in another one of the same template by chance:
/// small numbers recur, and so do the places and bodies that a template is about.
const NUMBERS_BY_CHANCE: f64 = 0.4;
const NAMES_BY_CHANCE: f64 = 0.6;
/// Logarithm of the odds against a copy from which two texts are taken for two stories: a lone number
/// that differs stays below, two facts that differ and nothing in common do not.
const MAX_DOUBT: f64 = 2.1;
/// Doubt over numbers that is no doubt within [`UPDATE_SECONDS`] where no more than a few of the names are lost: the
/// toll of an accident rises from hour to hour, its place stays.
const NEWS_OF_THE_DAY: f64 = 4.0;
const MAX_NAMES_LOST_BY_UPDATES: f64 = 0.05;
/// Updates follow each other within a day and a half.
const UPDATE_SECONDS: u64 = 36 * 3600;

/// A text made ready for comparison.
#[derive(Clone, Debug)]
pub struct Wording {
    facts: Facts,
    /// Runs as they stand.
    literal: Runs,
    /// Made when somebody asks.
    masked: OnceCell<Masked>,
}

/// A text as it would stand with any other facts.
#[derive(Clone, Debug)]
struct Masked {
    runs: Runs,
    /// Where the facts stand among its words.
    places: Vec<usize>,
    /// Hashes of all words of the text, in order of the hashes, each once.
    sorted_words: Vec<u64>,
}

/// How two texts compare.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Share of the words of both that stand in runs of words they share: 0 to 1.
    pub similarity: f64,
    /// Share of the words of one that stand in the other, of which that is more.
    covered: f64,
    /// Share of passages of its own in the text that has less.
    own_passages: f64,
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

impl Wording {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let facts = Facts::of(text);
        Self { literal: Runs::of(&facts.words, |_| true), masked: OnceCell::new(), facts }
    }

    /// Length of the text.
    pub(super) fn n_words(&self) -> usize {
        self.facts.words.len()
    }

    /// Compares two texts; which is which does not matter.
    pub fn compare(&self, other: &Self) -> Comparison {
        let sides = [self.shared_with(other), other.shared_with(self)];
        let n_words = self.literal.n_words() + other.literal.n_words();
        let share = |n: usize, n_words: usize| if n_words == 0 { 0.0 } else { n as f64 / n_words as f64 };
        let [covered, own_passages] = [|side: &Side| side.n_covered, |side: &Side| side.n_in_own_passages]
            .map(|n| sides.each_ref().map(|side| share(n(side), side.n_words)));
        let mut comparison = Comparison {
            similarity: share(sides[0].n_covered + sides[1].n_covered, n_words),
            covered: covered[0].max(covered[1]),
            own_passages: own_passages[0].min(own_passages[1]),
            numbers: Tally::default(),
            names: Tally::default(),
        };
        // Below, the wording alone tells that they are none.
        if comparison.has_wording_of_copies() {
            for (one, other) in [(self, other), (other, self)] {
                one.tally_facts(other, &mut comparison);
            }
        }
        comparison
    }

    fn shared_with(&self, other: &Self) -> Side {
        let mut side = Side { n_words: self.literal.n_words(), ..Side::default() };
        let mut covered_to = 0;
        let pass = |from: usize, to: usize| if to - from >= PASSAGE_WORDS { to - from } else { 0 };
        self.literal.for_each_shared(&other.literal, |words| {
            side.n_covered += words.len();
            side.n_in_own_passages += pass(covered_to, words.start);
            covered_to = words.end;
        });
        side.n_in_own_passages += pass(covered_to, side.n_words.max(covered_to));
        side
    }

    fn masked(&self) -> &Masked {
        self.masked.get_or_init(|| {
            let mut words = Vec::with_capacity(self.n_words());
            let (mut places, mut at) = (Vec::with_capacity(self.facts.facts.len()), 0);
            for fact in &self.facts.facts {
                let between = &self.facts.words[at..fact.words.start];
                let mask = if fact.sort == Sort::Number { MASKED_NUMBER } else { MASKED_NAME };
                // A row of numbers is as one, since its wording is what stands around it.
                if !(mask == MASKED_NUMBER && between.is_empty() && words.last() == Some(&mask)) {
                    words.extend_from_slice(between);
                    words.push(mask);
                }
                places.push(words.len() - 1);
                at = fact.words.end;
            }
            words.extend_from_slice(&self.facts.words[at..]);
            let is_wording = |run: &[u64]| run.iter().filter(|word| **word > MASKED_NAME).count() >= MIN_PLAIN_IN_RUN;
            Masked { runs: Runs::of(&words, is_wording), places, sorted_words: self.facts.sorted_words() }
        })
    }

    /// Looks up the facts in shared wording, each once.
    fn tally_facts(&self, other: &Self, comparison: &mut Comparison) {
        let (here, there) = (self.masked(), other.masked());
        let mut seen: HashSet<u64, FixedState> = HashSet::default();
        let mut facts = here.places.iter().zip(&self.facts.facts).peekable();
        here.runs.for_each_shared(&there.runs, |words| {
            while facts.next_if(|(place, _)| **place < words.start).is_some() {}
            while let Some((_, fact)) = facts.next_if(|(place, _)| **place < words.end) {
                if !seen.insert(run_hash(self.facts.words[fact.words.clone()].iter().copied())) {
                    continue;
                }
                let tally = if fact.sort == Sort::Number { &mut comparison.numbers } else { &mut comparison.names };
                if self.facts.is_in(fact, &there.sorted_words) {
                    tally.n_kept += 1;
                } else {
                    tally.n_lost += 1;
                }
            }
        });
    }
}

/// What a text shares with another one, in words.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    n_words: usize,
    /// In runs that the other text has too.
    n_covered: usize,
    /// In passages that it has not.
    n_in_own_passages: usize,
}

impl Comparison {
    /// Whether the texts are copies of each other; `seconds_apart` is the time between their
    /// publication, where both are dated.
    pub fn is_copy(&self, seconds_apart: Option<u64>) -> bool {
        let is_update = seconds_apart.is_some_and(|seconds| seconds <= UPDATE_SECONDS)
            && self.names.share_lost() <= MAX_NAMES_LOST_BY_UPDATES;
        let numbers = self.numbers.doubt(NUMBERS_BY_CHANCE, NUMBERS_KEPT_BY_COPIES);
        let numbers = numbers - if is_update { NEWS_OF_THE_DAY } else { 0.0 };
        let names = self.names.doubt(NAMES_BY_CHANCE, NAMES_KEPT_BY_COPIES);
        self.has_wording_of_copies() && numbers.max(0.0) + names.max(0.0) <= MAX_DOUBT
    }

    fn has_wording_of_copies(&self) -> bool {
        let is_part = self.similarity >= MIN_SIMILARITY_OF_PART && self.covered >= MIN_COVERED_OF_PART;
        (self.similarity >= MIN_SIMILARITY || is_part) && self.own_passages <= MAX_OWN_PASSAGES
    }
}

impl Tally {
    /// How much likelier it is between two stories than between two copies that so many are lost.
    fn doubt(self, by_chance: f64, kept_by_copies: f64) -> f64 {
        // Both sides tell of the same facts.
        let (n_kept, n_lost) = (f64::from(self.n_kept) / 2.0, f64::from(self.n_lost) / 2.0);
        n_kept * (by_chance / kept_by_copies).ln() + n_lost * ((1.0 - by_chance) / (1.0 - kept_by_copies)).ln()
    }

    fn share_lost(self) -> f64 {
        f64::from(self.n_lost) / f64::from((self.n_kept + self.n_lost).max(1))
    }
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
    let (facts, known) = (Facts::of(text), Facts::of(other).sorted_words());
    let without = facts.facts.iter().filter(|fact| !facts.is_in(fact, &known));
    let mut seen: HashSet<&str> = HashSet::new();
    without.map(|fact| &text[fact.bytes.clone()]).filter(|surface| seen.insert(surface)).map(str::to_owned).collect()
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
    fn a_template_with_other_numbers_in_words_is_no_copy() {
        let [one, other] = [["Six", "thirteen", "nine", "forty"], ["Eleven", "twenty", "three", "seventy"]].map(|n| {
            format!(
                "{} people were killed and {} injured when a van hit a tree beside the road on the way to the coast, police \
                 said. Among the dead were {} pupils of a school. The van had left an hour before with {} pupils, and the \
                 road was wet, a spokesman said.",
                n[0], n[1], n[2], n[3]
            )
        });
        let comparison = Wording::of(&one).compare(&Wording::of(&other));
        assert!(comparison.similarity > 0.6 && !comparison.is_copy(None), "{comparison:?}");
    }

    #[test]
    fn what_is_added_by_others_raises_no_doubt() {
        let credits = "Reporting by Ingrid Aas in Bergen, Tor Dahl in Hamar and Eva Lund in Molde. Editing by Nils Moe. \
            Photographs by Siri Haug, Jon Vik, Per Bakke and Liv Sand of the North Sea Wire, Oslo.";
        let shouted = STORY.to_uppercase();
        for other in [format!("{STORY}\n\n{credits}"), format!("{credits}\n\n{shouted}")] {
            let comparison = Wording::of(STORY).compare(&Wording::of(&other));
            assert!(comparison.is_copy(None), "{comparison:?}");
        }
    }

    /// Sentences that no other text has.
    fn passage(of: &str, n_words: usize) -> String {
        (0..n_words)
            .map(|n| format!("{of}{} ", char::from(b'a' + (n % 26) as u8).to_string().repeat(1 + n / 26)))
            .collect()
    }

    #[test]
    fn a_report_cut_to_a_third_is_a_copy() {
        let (lead, rest) = (passage("lead", 60), passage("rest", 140));
        let comparison = Wording::of(&lead).compare(&Wording::of(&format!("{lead}. {rest}")));
        assert!(comparison.similarity < 0.5 && comparison.is_copy(None), "{comparison:?}");
    }

    #[test]
    fn one_quotation_in_two_stories_makes_no_copies() {
        let quotation = passage("quote", 100);
        let [one, other] =
            ["here", "there"].map(|of| Wording::of(&format!("{}. {quotation}. {}", passage(of, 40), passage(of, 41))));
        let comparison = one.compare(&other);
        assert!(comparison.similarity > 0.5 && !comparison.is_copy(None), "{comparison:?}");
    }

    #[test]
    fn a_draw_with_other_numbers_in_a_row_is_no_copy() {
        let draw = |numbers: &str| {
            Wording::of(&format!(
                "The winning numbers of the draw on that night were {numbers} and nobody won the prize of the month. Those \
                 who play may ask for what they have won at any post office until the end of the year, and those who are \
                 troubled by play find advice there too at any time of the day."
            ))
        };
        let comparison = draw("11, 12, 14, 25, 38, 54").compare(&draw("2, 21, 23, 31, 50, 55"));
        assert!(!comparison.is_copy(None), "{comparison:?}");
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
