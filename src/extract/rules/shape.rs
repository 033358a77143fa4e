//! How words are written, and whether a sentence is written so that capitals mean something.

use crate::extract::gazetteer::Class;
use crate::extract::rules::Reading;
use crate::extract::tagged::Sentence;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Small letters, or letters of a script without capitals.
    Small,
    /// A capital and small letters; also one capital alone, with or without a period.
    Capital,
    /// Two capitals and more, no small letters.
    Capitals,
    /// Small letters first, capitals later ("iPhone", "al-Assad", "d'Ivoire").
    Inner,
    /// Begins with a digit.
    Number,
    /// No letter and no digit at its start.
    Mark,
}

impl Shape {
    pub(super) fn of(word: &str) -> Self {
        let Some(first) = word.chars().next() else { return Shape::Mark };
        if first.is_lowercase() {
            let inner = !word.starts_with("n't") && word.chars().any(char::is_uppercase);
            return if inner { Shape::Inner } else { Shape::Small };
        }
        if first.is_numeric() {
            return Shape::Number;
        }
        if !first.is_alphabetic() {
            return Shape::Mark;
        }
        if !first.is_uppercase() {
            return Shape::Small;
        }
        let n_letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let is_loud = n_letters > 1 && !word.chars().any(char::is_lowercase);
        if is_loud { Shape::Capitals } else { Shape::Capital }
    }

    /// Whether the word may be part of a name.
    pub(super) fn is_name_like(self) -> bool {
        matches!(self, Shape::Capital | Shape::Capitals | Shape::Inner)
    }
}

/// Whether capitals mean something in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Names have capitals, other words do not.
    Running,
    /// Title case or all capitals: every word might be a name, by its looks.
    Loud,
}

/// From this many words on, the share of capitals tells the style.
const LEAST_WORDS: usize = 4;

/// Share of words that have a capital, of those that title case gives one: above it, a sentence is in title case.
/// Sentences full of names reach two thirds; headlines in title case leave hardly a long word small.
const LOUD_SHARE: f32 = 0.8;

impl Reading<'_> {
    pub(super) fn style(&self, sentence: &Sentence) -> Style {
        let (mut n_words, mut n_capital, mut n_small, mut n_loud) = (0usize, 0usize, 0usize, 0usize);
        for token in sentence.tokens() {
            match self.shapes[token] {
                Shape::Small if !stays_small(self.document.word(token)) => n_small += 1,
                Shape::Capital | Shape::Inner => n_capital += 1,
                Shape::Capitals => n_loud += 1,
                _ => continue,
            }
            n_words += 1;
        }
        if n_words == 0 {
            return Style::Running;
        }
        if n_loud == n_words && n_words > 1 && n_loud >= 3 {
            return Style::Loud;
        }
        // Headlines have no stop; a sentence that has one is in title case only if nothing in it is small.
        let last = self.document.word(sentence.end_token - 1);
        if last == "." && n_small > 0 {
            return Style::Running;
        }
        let share = (n_capital + n_loud) as f32 / n_words as f32;
        // A line of names ("Jane Roe, London") is in title case too; nothing but names is not a headline.
        let is_plain = (sentence.tokens()).any(|token| {
            self.shapes[token].is_name_like()
                && self.gazetteer.words.facts(self.document.word(token)).is_common()
                && !self.gazetteer.words.classes(self.document.word(token)).has(Class::OrgHead)
        });
        if n_words >= LEAST_WORDS && share > LOUD_SHARE && n_small <= 1 && is_plain {
            Style::Loud
        } else {
            Style::Running
        }
    }
}

/// Words of grammar that are given names somewhere.
pub(super) fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "in" | "an"
            | "so"
            | "do"
            | "on"
            | "at"
            | "as"
            | "by"
            | "my"
            | "no"
            | "he"
            | "she"
            | "it"
            | "we"
            | "they"
            | "you"
            | "or"
            | "and"
            | "but"
            | "if"
            | "to"
            | "for"
            | "from"
            | "the"
            | "this"
            | "that"
            | "his"
            | "her"
            | "all"
            | "see"
            | "say"
            | "while"
            | "when"
            | "where"
            | "who"
            | "how"
            | "why"
            | "what"
            | "since"
            | "after"
            | "like"
            | "unlike"
            | "even"
            | "also"
            | "then"
            | "than"
            | "now"
            | "here"
            | "there"
            | "our"
            | "your"
            | "their"
            | "its"
            | "both"
            | "many"
            | "some"
            | "such"
            | "most"
            | "more"
            | "only"
            | "one"
            | "two"
            | "under"
            | "over"
            | "with"
            | "was"
            | "is"
            | "are"
            | "has"
            | "had"
            | "have"
            | "can"
            | "did"
            | "does"
            | "not"
            | "per"
            | "via"
            | "last"
            | "next"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "first"
            | "second"
            | "third"
            | "former"
            | "senior"
            | "young"
            | "old"
            | "new"
    )
}

/// Words that stay small in title case.
fn stays_small(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "in"
            | "on"
            | "at"
            | "to"
            | "by"
            | "for"
            | "from"
            | "with"
            | "and"
            | "or"
            | "but"
            | "as"
            | "over"
            | "after"
            | "into"
            | "about"
            | "is"
            | "than"
            | "vs"
            | "via"
            | "per"
            | "amid"
            | "under"
            | "before"
            | "up"
            | "out"
            | "off"
            | "nor"
            | "so"
            | "if"
            | "not"
            | "be"
            | "it"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_tell_how_words_are_written() {
        for (word, shape) in [
            ("said", Shape::Small),
            ("Kyiv", Shape::Capital),
            ("W.", Shape::Capital),
            ("NATO", Shape::Capitals),
            ("U.S.", Shape::Capitals),
            ("al-Assad", Shape::Inner),
            ("n't", Shape::Small),
            ("5G", Shape::Number),
            ("“", Shape::Mark),
            ("Київ", Shape::Capital),
            ("北", Shape::Small),
            ("", Shape::Mark),
        ] {
            assert_eq!(Shape::of(word), shape, "{word}");
        }
    }
}
