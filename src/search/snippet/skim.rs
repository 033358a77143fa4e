//! Passes over stretches of a long text that hold nothing to light, without reading them word by word.
//!
//! Looks for how the words begin, in any case, and holds plain words against shapes, so that it may stop at a stretch
//! in vain, but never passes over one that matters.

use regex::bytes::Regex;

use crate::schema::analyzer::Stemming;
use crate::search::lexicon::begins_apart;
use crate::search::pattern::Shape;

/// Texts up to this length are read as they are, in bytes.
const LONG_BYTES: usize = 64 << 10;
/// Words that a stretch has at least to be passed over: what stands on both sides of it is that far apart, and what
/// belongs together is no longer.
pub(super) const LEAST_WORDS: u32 = 500;
/// Letters by which a word is looked for.
const MOST_LETTERS: usize = 8;
/// Letters at the end of a stem that its words may have otherwise: `happi`, of "happy"; of short ones, `die` of
/// "dying".
const CHANGED_LETTERS: usize = 1;
const CHANGED_LETTERS_OF_SHORT: usize = 2;
const SHORT_STEM: usize = 3;
/// Signs beyond ASCII that part words or are dropped; any other letter or mark may fold to anything.
const PLAIN_SIGNS: [char; 15] = ['“', '”', '‘', '’', '–', '—', '…', '•', '€', '£', '«', '»', '\u{a0}', '°', '§'];
/// Those of them that a word may have between its letters.
const INNER_SIGNS: [char; 2] = ['’', '‘'];
/// How much of a stretch may be read piece by piece before it is read as a whole: a part of so many.
const PART_READ: usize = 8;

/// A word that is looked for, folded.
#[derive(Clone, Copy)]
pub(super) enum Sought<'w> {
    /// The word itself.
    Exact(&'w str),
    /// Words of a stem.
    Stem(&'w str),
    /// Words that begin so.
    Prefix(&'w str),
    /// Words of a shape.
    Shape(&'w Shape),
}

/// What is looked for.
pub(super) struct Skim {
    /// How words begin; `None` where no words are.
    begins: Option<Regex>,
    shapes: Vec<Shape>,
}

impl Skim {
    /// What to look for in a text. `None` when the text is short, or when words of its language need not begin as
    /// their stems do.
    pub(super) fn new<'w>(text: &str, stemming: Stemming, words: impl Iterator<Item = Sought<'w>>) -> Option<Self> {
        if text.len() <= LONG_BYTES || !matches!(stemming, Stemming::ENGLISH | Stemming::NONE) {
            return None;
        }
        let (mut begins, mut shapes): (Vec<String>, Vec<Shape>) = (Vec::new(), Vec::new());
        for sought in words {
            let (word, n_sure, is_whole) = match sought {
                Sought::Exact(word) => (word, word.len(), true),
                Sought::Stem(stem) => (stem, n_sure_letters(stem), false),
                Sought::Prefix(prefix) => (prefix, prefix.len(), false),
                Sought::Shape(shape) => {
                    shapes.push(shape.clone());
                    continue;
                }
            };
            if !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
            let letters = &word[..n_sure.min(MOST_LETTERS)];
            let end = if is_whole && n_sure <= MOST_LETTERS { "(?:[^a-z0-9]|$)" } else { "" };
            begins.push(format!("{letters}{end}"));
        }
        let regex = match begins.is_empty() {
            true => None,
            false => Some(Regex::new(&format!("(?i-u)(?:{})", begins.join("|"))).ok()?),
        };
        Some(Self { begins: regex, shapes })
    }

    /// How many words at least a stretch has, if none of those that are looked for is in it, and if it is long enough
    /// to be passed over. `holds` reads a piece of text whose letters may fold to anything, and tells whether a word is
    /// in it that is looked for.
    pub(super) fn n_words_to_pass(&self, stretch: &str, mut holds: impl FnMut(&str) -> bool) -> Option<u32> {
        if self.is_begun_in(stretch.as_bytes()) {
            return None;
        }
        let bytes = stretch.as_bytes();
        let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let (mut n_words, mut n_read) = (0, 0);
        let (mut start, mut has_letter, mut is_sure) = (0, false, true);
        let mut word = String::new();
        for at in 0..=bytes.len() {
            let Some(byte) = bytes.get(at).filter(|byte| !byte.is_ascii_whitespace()) else {
                if bytes.get(at + 1).is_some_and(|byte| !byte.is_ascii()) && !begins_apart(&stretch[at + 1..]) {
                    is_sure = false;
                    continue;
                }
                let piece = &stretch[start..at];
                if !is_sure && !folds_plainly(piece) {
                    n_read += piece.len();
                    if n_read * PART_READ > stretch.len() || holds(piece) {
                        return None;
                    }
                }
                n_words += u32::from(has_letter);
                (start, has_letter, is_sure) = (at + 1, false, true);
                continue;
            };
            if byte.is_ascii_alphanumeric() {
                has_letter = true;
                if self.shapes.is_empty() {
                    continue;
                }
                word.push(char::from(byte.to_ascii_lowercase()));
                if !is_letter(at + 1) {
                    if self.shapes.iter().any(|shape| shape.distance(&word).is_some()) {
                        return None;
                    }
                    word.clear();
                }
            } else {
                let joins = is_inner(*byte) && at > 0 && is_letter(at - 1) && is_letter(at + 1);
                is_sure &= byte.is_ascii() && *byte != b'_' && !joins;
            }
        }
        (n_words >= LEAST_WORDS).then_some(n_words)
    }

    /// Whether a word of a stretch begins as one that is looked for.
    fn is_begun_in(&self, bytes: &[u8]) -> bool {
        let Some(begins) = &self.begins else { return false };
        let mut from = 0;
        while let Some(found) = begins.find_at(bytes, from) {
            // Amid a word it is none.
            if found.start() == 0 || !bytes[found.start() - 1].is_ascii_alphanumeric() {
                return true;
            }
            from = found.start() + 1;
        }
        false
    }
}

/// Whether a sign may stand between letters of one word. The underscore may stand at their ends too.
fn is_inner(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b'\'' | b':' | b';')
}

/// Whether a piece of text says the letters that its words have when they are folded, without signs between them.
fn folds_plainly(piece: &str) -> bool {
    let mut before_is_letter = false;
    let mut chars = piece.chars().peekable();
    while let Some(c) = chars.next() {
        let is_inner = u8::try_from(c).is_ok_and(is_inner) || INNER_SIGNS.contains(&c);
        let joins = is_inner && before_is_letter && chars.peek().is_some_and(char::is_ascii_alphanumeric);
        if joins || c == '_' || !c.is_ascii() && !PLAIN_SIGNS.contains(&c) {
            return false;
        }
        before_is_letter = c.is_ascii_alphanumeric();
    }
    true
}

/// With how many letters of a stem its words begin, all of them.
fn n_sure_letters(stem: &str) -> usize {
    let changed = if stem.len() <= SHORT_STEM { CHANGED_LETTERS_OF_SHORT } else { CHANGED_LETTERS };
    stem.len().saturating_sub(changed).max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mention::Span;
    use crate::schema::analyzer::Analyzer;
    use crate::search::pattern::{edits, expression};

    /// Over the words of the sample articles, and some that the stemmer has exceptions for.
    #[test]
    fn words_begin_as_their_stems_do() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/markdown");
        let mut text =
            "dying lying tying skies skis happy hoping hopping sensibility relational vietnamization only early \
                        ugly gently idly singly howe generously communism arsenal succeed proceeding exceeds "
                .to_owned();
        for entry in std::fs::read_dir(folder).expect("the samples are there") {
            let path = entry.expect("the folder can be listed").path();
            text += &std::fs::read_to_string(path).expect("it is text");
        }
        let mut n_words = 0;
        Analyzer::new().words(&text, Stemming::ENGLISH, |word| {
            if word.exact.is_ascii() && word.stem != word.exact {
                let begin = &word.stem[..n_sure_letters(word.stem)];
                assert!(word.exact.starts_with(begin), "{} of {}", word.stem, word.exact);
                n_words += 1;
            }
        });
        assert!(n_words > 500, "{n_words}");
    }

    #[track_caller]
    fn passes(sought: Sought<'_>, sentence: &str) -> bool {
        let stretch = format!("{}{sentence}", "Rain fell on the sea. ".repeat(4000));
        let skim = Skim::new(&stretch, Stemming::ENGLISH, [sought].into_iter()).expect("the text is long");
        let reads =
            |piece: &str| ["naï", "O’Brien", "U.S.", "20,000", "1;2"].iter().any(|read| piece.starts_with(read));
        skim.n_words_to_pass(&stretch, reads).is_some()
    }

    #[test]
    fn stretches_without_the_words_are_passed_over() {
        assert!(passes(Sought::Stem("ceasefir"), "Nobody talked."));
        assert!(passes(Sought::Stem("ceasefir"), "“Nobody’s talking” — said the mayor."));
    }

    #[test]
    fn words_are_seen_in_any_form() {
        assert!(!passes(Sought::Stem("ceasefir"), "The CEASEFIRES held."));
        assert!(!passes(Sought::Stem("happi"), "They are happy."));
        assert!(!passes(Sought::Stem("die"), "A dying sea."));
        assert!(!passes(Sought::Exact("was"), "It was."));
        assert!(passes(Sought::Exact("was"), "It washed."));
        assert!(passes(Sought::Stem("rang"), "An orange."));
        assert!(!passes(Sought::Exact("obrien"), "Mr O’Brien came."));
        assert!(!passes(Sought::Exact("us"), "The U.S. agreed."));
        assert!(!passes(Sought::Exact("20000"), "It cost 20,000."));
    }

    #[test]
    fn shapes_are_seen() {
        let misspelt = edits("ceasefire", 1);
        assert!(!passes(Sought::Shape(&misspelt), "The Ceasfire held."));
        assert!(passes(Sought::Shape(&misspelt), "They ceased fire."));
        let ends = expression(".*fires", "*fires", Span::new(0, 6)).expect("it is an expression");
        assert!(!passes(Sought::Shape(&ends), "The CEASEFIRES, held."));
        assert!(passes(Sought::Shape(&ends), "The ceasefire held."));
        let any_sign = expression("1.2", "1?2", Span::new(0, 3)).expect("it is an expression");
        assert!(!passes(Sought::Shape(&any_sign), "It ended 1;2."));
    }

    #[test]
    fn what_may_fold_to_anything_is_read() {
        assert!(!passes(Sought::Stem("naiv"), "A naïve plan."));
        assert!(passes(Sought::Stem("naiv"), "Un café, “déjà vu”."));
        assert!(!passes(Sought::Stem("naiv"), "naïve \u{301}alone."));
    }

    #[test]
    fn prefixes_are_seen() {
        assert!(!passes(Sought::Prefix("cease"), "The CEASEFIRES held."));
        assert!(!passes(Sought::Prefix("ceasefires"), "The ceasefires held."));
        assert!(passes(Sought::Prefix("cease"), "They decease."));
    }

    #[test]
    fn short_texts_and_other_languages_are_read() {
        let long = "Rain fell. ".repeat(10_000);
        assert!(Skim::new("Rain fell.", Stemming::ENGLISH, std::iter::empty()).is_none());
        assert!(Skim::new(&long, Stemming::of(Some("id")), std::iter::empty()).is_none());
        assert!(Skim::new(&long, Stemming::ENGLISH, [Sought::Stem("économi")].into_iter()).is_none());
        let no_words = "x".repeat(LONG_BYTES + 1);
        let skim = Skim::new(&no_words, Stemming::ENGLISH, std::iter::empty()).expect("the text is long");
        assert_eq!(skim.n_words_to_pass(&no_words, |_| false), None);
    }

    /// A long stretch that ends with a text.
    fn stretch_with(text: &str) -> String {
        format!("{} {text}", "Rain fell. ".repeat(LONG_BYTES / 10))
    }

    proptest! {
        /// Whatever word of a stretch is looked for, by itself, by its stem or by its beginning.
        #[test]
        fn no_stretch_is_passed_over_that_holds_the_word(
            text in "([a-zA-Z0-9'’.,;“”é\u{301}\u{200d}\u{ad}東ß:_-]|[ \n\u{a0}]|\\PC){0,40}",
        ) {
            let stretch = stretch_with(&text);
            let mut words: Vec<(String, Vec<String>)> = Vec::new();
            Analyzer::new().words(&text, Stemming::ENGLISH, |word| {
                words.push((word.exact.to_owned(), word.stems().map(str::to_owned).collect()));
            });
            for (exact, stems) in &words {
                let begin = &exact[..exact.ceil_char_boundary(2)];
                let (one_edit, any) = (edits(exact, 1), expression(&format!(".*{}.*", regex::escape(begin)), "", Span::new(0, 0)));
                let any = any.expect("it is an expression");
                let sought = [Sought::Exact(exact), Sought::Prefix(begin), Sought::Shape(&one_edit), Sought::Shape(&any)];
                let sought = sought.into_iter();
                for sought in sought.chain(stems.iter().map(|stem| Sought::Stem(stem))) {
                    let Some(skim) = Skim::new(&stretch, Stemming::ENGLISH, [sought].into_iter()) else { continue };
                    let holds = |piece: &str| {
                        let mut holds = false;
                        Analyzer::new().words(piece, Stemming::ENGLISH, |word| holds |= match sought {
                            Sought::Exact(exact) => word.exact == exact,
                            Sought::Stem(stem) => word.stems().any(|one| one == stem),
                            Sought::Prefix(prefix) => word.exact.starts_with(prefix),
                            Sought::Shape(shape) => shape.distance(word.exact).is_some(),
                        });
                        holds
                    };
                    prop_assert_eq!(skim.n_words_to_pass(&stretch, holds), None, "{:?} of {:?}", exact, text);
                }
            }
        }

        #[test]
        fn no_more_words_are_counted_than_there_are(text in "([a-zA-Z0-9'’.,;é:_-]| |\\PC){0,40}") {
            let stretch = stretch_with(&text);
            let skim = Skim::new(&stretch, Stemming::ENGLISH, std::iter::empty()).expect("the text is long");
            let mut n_words = 0;
            Analyzer::new().words(&stretch, Stemming::ENGLISH, |_| n_words += 1);
            prop_assert!(skim.n_words_to_pass(&stretch, |_| false).is_none_or(|n| n <= n_words));
        }
    }
}
