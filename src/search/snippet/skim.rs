//! Passes over stretches of a long text that hold nothing to light, without reading them word by word.
//!
//! Looks for how the words begin, in any case, so that it may stop at a stretch in vain, but never passes over one
//! that matters.

use regex::Regex;

use crate::schema::analyzer::Stemming;

/// Texts up to this length are read as they are, in bytes.
const LONG_BYTES: usize = 64 << 10;
/// Words that a stretch has at least to be passed over: what stands on both sides of it is that far apart.
const LEAST_WORDS: u32 = 1000;
/// Words between two that belong together, from which on nothing is passed over.
pub(super) const MOST_REACH: u32 = 100;
/// Bytes on both sides of a stretch that are looked at too, for words that belong to one at its edge: about ten times
/// what [`MOST_REACH`] words take.
pub(super) const MARGIN_BYTES: usize = 8 << 10;
/// Letters by which a word is looked for.
const MOST_LETTERS: usize = 8;
/// Letters at the end of a stem that its words may have otherwise: `happi`, of "happy"; of short ones, `die` of
/// "dying".
const CHANGED_LETTERS: usize = 1;
const CHANGED_LETTERS_OF_SHORT: usize = 2;
const SHORT_STEM: usize = 3;
/// Signs that a word may have between its letters and loses in folding.
const INNER_SIGNS: &str = "[.,'’‘]?";
/// Signs beyond ASCII that part words or are dropped; any other letter or mark may fold to anything.
const PLAIN_SIGNS: [char; 15] = ['“', '”', '‘', '’', '–', '—', '…', '•', '€', '£', '«', '»', '\u{a0}', '°', '§'];

/// How words begin that are looked for.
pub(super) struct Skim {
    /// `None` where no words are.
    begins: Option<Regex>,
}

impl Skim {
    /// What to look for in a text: folded forms, and stems (`true`). `None` when the text is short, or when words of
    /// its language need not begin as their stems do.
    pub(super) fn new<'w>(
        text: &str,
        stemming: Stemming,
        words: impl Iterator<Item = (&'w str, bool)>,
    ) -> Option<Self> {
        if text.len() <= LONG_BYTES || !matches!(stemming, Stemming::ENGLISH | Stemming::NONE) {
            return None;
        }
        let mut begins: Vec<String> = Vec::new();
        for (word, is_stem) in words {
            if !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
            let sure = if is_stem { n_sure_letters(word) } else { word.len() };
            let letters: Vec<String> = word.chars().take(sure.min(MOST_LETTERS)).map(String::from).collect();
            let end = if is_stem || sure > MOST_LETTERS { "" } else { "(?:[^a-z0-9]|$)" };
            begins.push(letters.join(INNER_SIGNS) + end);
        }
        let regex = match begins.is_empty() {
            true => None,
            false => Some(Regex::new(&format!("(?i)(?:^|[^a-z0-9])(?:{})", begins.join("|"))).ok()?),
        };
        Some(Self { begins: regex })
    }

    /// How many words at least a stretch has, if none of those that are looked for is in it and around it, and if it
    /// is long enough to be passed over.
    pub(super) fn n_words_to_pass(&self, stretch: &str, around: &str) -> Option<u32> {
        let is_plain = around.is_ascii() || around.chars().all(|c| c.is_ascii() || PLAIN_SIGNS.contains(&c));
        if !is_plain || self.begins.as_ref().is_some_and(|begins| begins.is_match(around)) {
            return None;
        }
        let has_letter = |piece: &&str| piece.bytes().any(|byte| byte.is_ascii_alphanumeric());
        let n_words = stretch.split_ascii_whitespace().filter(has_letter).count();
        u32::try_from(n_words).ok().filter(|n_words| *n_words >= LEAST_WORDS)
    }
}

/// With how many letters of a stem its words begin, all of them.
fn n_sure_letters(stem: &str) -> usize {
    let changed = if stem.len() <= SHORT_STEM { CHANGED_LETTERS_OF_SHORT } else { CHANGED_LETTERS };
    stem.len().saturating_sub(changed).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::analyzer::Analyzer;

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
    fn passes(word: &str, is_stem: bool, sentence: &str) -> bool {
        let stretch = format!("{}{sentence}", "Rain fell on the sea. ".repeat(4000));
        let skim = Skim::new(&stretch, Stemming::ENGLISH, [(word, is_stem)].into_iter());
        skim.expect("the text is long").n_words_to_pass(&stretch, &stretch).is_some()
    }

    #[test]
    fn stretches_without_the_words_are_passed_over() {
        assert!(passes("ceasefir", true, "Nobody talked."));
        assert!(passes("ceasefir", true, "“Nobody’s talking” — said the mayor."));
    }

    #[test]
    fn words_are_seen_in_any_form() {
        assert!(!passes("ceasefir", true, "The CEASEFIRES held."));
        assert!(!passes("happi", true, "They are happy."));
        assert!(!passes("die", true, "A dying sea."));
        assert!(!passes("was", false, "It was."));
        assert!(passes("was", false, "It washed."));
        assert!(!passes("obrien", false, "Mr O’Brien came."));
        assert!(!passes("us", false, "The U.S. agreed."));
        assert!(!passes("20000", false, "It cost 20,000."));
    }

    #[test]
    fn what_may_fold_to_anything_is_read() {
        assert!(!passes("ceasefir", true, "Un café."));
        assert!(!passes("ceasefir", true, "A soft\u{ad}hyphen."));
    }

    #[test]
    fn short_texts_and_other_languages_are_read() {
        let long = "Rain fell. ".repeat(10_000);
        assert!(Skim::new("Rain fell.", Stemming::ENGLISH, std::iter::empty()).is_none());
        assert!(Skim::new(&long, Stemming::of(Some("id")), std::iter::empty()).is_none());
        assert!(Skim::new(&long, Stemming::ENGLISH, [("économi", true)].into_iter()).is_none());
        let no_words = "x".repeat(LONG_BYTES + 1);
        let skim = Skim::new(&no_words, Stemming::ENGLISH, std::iter::empty()).expect("the text is long");
        assert_eq!(skim.n_words_to_pass(&no_words, &no_words), None);
    }
}
