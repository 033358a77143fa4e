//! A text as words, with the facts in it: numbers and names, which tell two stories apart that share a template.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::words::{Sort, Word, for_each_word, hash};

/// Words of a sentence from which its capitals are looked at, and how many of ten may have one: in more of them (a
/// headline, shouted words, a list) capitals tell no names.
const MIN_JUDGED_WORDS: usize = 4;
const MAX_CAPITALS_IN_TEN: usize = 6;

/// News say small numbers in words; a house that writes `6` for `six` says the same. Not those that say more often
/// something else: one, a second.
const NUMBER_WORDS: [(&str, &str); 39] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("seventy", "70"),
    ("eighty", "80"),
    ("ninety", "90"),
    ("hundred", "100"),
    ("thousand", "1000"),
    ("dozen", "12"),
    ("third", "3rd"),
    ("fourth", "4th"),
    ("fifth", "5th"),
    ("sixth", "6th"),
    ("seventh", "7th"),
    ("eighth", "8th"),
    ("ninth", "9th"),
    ("tenth", "10th"),
    ("twelfth", "12th"),
    ("fifteenth", "15th"),
];

static NUMBERS: LazyLock<HashMap<u64, u64, FixedState>> =
    LazyLock::new(|| NUMBER_WORDS.iter().map(|(word, digits)| (hash(word), hash(digits))).collect());

/// The words of a text, and what they say.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// Hashes of its words, in order; of a number in words that of its digits.
    pub words: Vec<u64>,
    /// In order, none over another.
    pub facts: Vec<Fact>,
}

/// A number, or names in a row.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub sort: Sort,
    /// Its words.
    pub words: Range<usize>,
    /// Its bytes in the text.
    pub bytes: Range<usize>,
}

impl Facts {
    pub(super) fn of(text: &str) -> Self {
        let mut facts = Self::default();
        let mut sentence = Sentence::default();
        for_each_word(text, |word| {
            if word.begins_sentence {
                facts.close(&mut sentence);
            }
            facts.take(&word, &mut sentence);
        });
        facts.close(&mut sentence);
        facts
    }

    fn take(&mut self, word: &Word<'_>, sentence: &mut Sentence) {
        let (hash, sort) = match (NUMBERS.get(&word.hash), word.sort) {
            (Some(digits), _) => (*digits, Sort::Number),
            // Both apostrophes are one.
            (None, sort) if word.surface.contains('’') => (hash(&word.surface.replace('’', "'")), sort),
            (None, sort) => (word.hash, sort),
        };
        let (at, bytes) = (self.words.len(), word.at..word.at + word.surface.len());
        self.words.push(hash);
        sentence.n_words += usize::from(word.surface.starts_with(char::is_alphabetic));
        sentence.n_capitals += usize::from(word.surface.starts_with(char::is_uppercase));
        match (sort, self.facts[sentence.first_fact..].last_mut()) {
            (Sort::Plain, _) => {}
            (Sort::Name, Some(Fact { sort: Sort::Name, words, bytes: before })) if word.follows && words.end == at => {
                (words.end, before.end) = (at + 1, bytes.end);
            }
            _ => self.facts.push(Fact { sort, words: at..at + 1, bytes }),
        }
    }

    /// Ends a sentence.
    fn close(&mut self, sentence: &mut Sentence) {
        if sentence.n_words >= MIN_JUDGED_WORDS && sentence.n_capitals * 10 > sentence.n_words * MAX_CAPITALS_IN_TEN {
            let facts = self.facts.split_off(sentence.first_fact);
            self.facts.extend(facts.into_iter().filter(|fact| fact.sort == Sort::Number));
        }
        *sentence = Sentence { first_fact: self.facts.len(), ..Sentence::default() };
    }

    /// Hashes of all words, in order of the hashes, each once.
    pub(super) fn sorted_words(&self) -> Vec<u64> {
        let mut words = self.words.clone();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Whether a text that has the words `sorted` says a fact of this one too: half of a name is enough, since a
    /// first name and a title come and go.
    pub(super) fn is_in(&self, fact: &Fact, sorted: &[u64]) -> bool {
        let words = &self.words[fact.words.clone()];
        let n_there = words.iter().filter(|word| sorted.binary_search(word).is_ok()).count();
        2 * n_there >= words.len()
    }
}

#[derive(Debug, Default)]
struct Sentence {
    first_fact: usize,
    n_words: usize,
    n_capitals: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> Vec<&str> {
        Facts::of(text).facts.into_iter().map(|fact| &text[fact.bytes]).collect()
    }

    #[test]
    fn names_in_a_row_are_one_and_numbers_may_be_words() {
        let text = "The six left with Kari Holm, Odd Berg and 1,644 others. Nine came.";
        assert_eq!(facts(text), ["six", "Kari Holm", "Odd Berg", "1,644", "Nine"]);
        assert_eq!(Facts::of("six men").words, Facts::of("6 men").words);
        assert_eq!(Facts::of("I don’t").words, Facts::of("I don't").words);
    }

    #[test]
    fn capitals_of_a_headline_tell_no_names() {
        let text = "Harbour Board Votes for a New Wall in Larvik\nTHE 14 MEMBERS OF THE BOARD MET.\nIt cost Kari Holm her seat.";
        assert_eq!(facts(text), ["14", "Kari Holm"]);
    }

    #[test]
    fn half_of_a_name_is_the_name() {
        let here = Facts::of("The man in charge was Detective Inspector Sarah Collins, who came from Hull.");
        let there = Facts::of("She said Sarah Collins came.").sorted_words();
        let is_there: Vec<bool> = here.facts.iter().map(|fact| here.is_in(fact, &there)).collect();
        assert_eq!(is_there, [true, false]);
    }
}
