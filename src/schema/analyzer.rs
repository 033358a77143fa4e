//! Text becomes words to index and to look up, the same way on both sides.
//!
//! Words are those of Unicode Standard Annex 29, folded: lower case, Latin and Greek accents dropped,
//! possessive `'s` and inner apostrophes dropped (`O'Brien` -> `obrien`), dots of acronyms dropped
//! (`U.S.` -> `us`), thousands separators dropped (`2,000` -> `2000`). Every word stands twice at its
//! position: by its stem, and in its exact form behind [`EXACT`]. Mentions and figures stand there
//! too, behind [`ENTITY`] and [`FIGURE`], so that they can be searched near words. No word is left
//! out, stop words neither.
//!
//! The stemmer is English for every language; folding is the same everywhere.

use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::terms::cut;
use crate::mention::Span;

/// What stands before the exact form of a word.
pub const EXACT: &str = "=";
/// What stands before the kind and key of an entity: `@person`, `@person:jane-doe`.
pub const ENTITY: &str = "@";
/// What stands before a figure key.
pub const FIGURE: &str = "#";

/// Names the analysis in the manifest of an index; raise it when any text may be analyzed otherwise.
pub const FINGERPRINT: &str = "words-1 frostem-2.20261016.1-english";

/// Stems kept in memory; a corpus of 16 million tokens has about 85,000 distinct words.
const MAX_MEMO: usize = 200_000;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Where it stands in the text, before folding.
    pub span: Span,
    /// How many words stand before it.
    pub position: u32,
    /// Folded form.
    pub exact: &'a str,
    /// Stem of the folded form.
    pub stem: &'a str,
}

/// Finds and folds words. Keeps stems that it has seen: one for each thread.
pub struct Analyzer {
    stemmer: Stemmer,
    memo: HashMap<Box<str>, Box<str>, foldhash::fast::FixedState>,
    folded: String,
}

impl Default for Analyzer {
    fn default() -> Self {
        Self::new()
    }
}

impl Analyzer {
    /// An analyzer without memory.
    pub fn new() -> Self {
        Self {
            stemmer: Stemmer::new(Algorithm::English),
            memo: HashMap::with_hasher(foldhash::fast::FixedState::default()),
            folded: String::new(),
        }
    }

    /// Calls `each` for every word of `text`, in order.
    pub fn words(&mut self, text: &str, mut each: impl FnMut(Word<'_>)) {
        let mut position = 0;
        for (start, raw) in text.unicode_word_indices() {
            for (offset, part) in parts(raw) {
                self.folded.clear();
                fold_into(part, &mut self.folded);
                let exact = cut(&self.folded);
                if exact.is_empty() {
                    continue;
                }
                let span = Span::new(start + offset, start + offset + part.len());
                let stem = stem_of(&self.stemmer, &mut self.memo, exact);
                each(Word { span, position, exact, stem: stem.as_ref() });
                position += 1;
            }
        }
    }

    /// Folded words of `text`, in order.
    pub fn exact_words(&mut self, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        self.words(text, |word| words.push(word.exact.to_owned()));
        words
    }
}

fn stem_of<'a>(
    stemmer: &Stemmer,
    memo: &'a mut HashMap<Box<str>, Box<str>, foldhash::fast::FixedState>,
    word: &str,
) -> std::borrow::Cow<'a, str> {
    // Looked up twice, since a borrow that may be returned would lock the map for the insertion.
    if memo.contains_key(word) {
        return std::borrow::Cow::Borrowed(&memo[word]);
    }
    let stem = stemmer.stem(word);
    if memo.len() >= MAX_MEMO {
        return std::borrow::Cow::Owned(stem.into_owned());
    }
    memo.insert(word.into(), stem.as_ref().into());
    std::borrow::Cow::Borrowed(&memo[word])
}

/// Splits what UAX 29 keeps together but readers see as several words: names of sites
/// (`news.example`), and words joined by underscores. Acronyms and numbers stay whole.
fn parts(raw: &str) -> impl Iterator<Item = (usize, &str)> {
    let splits = raw.contains(['.', '_', ':']) && !is_number(raw) && !is_acronym(raw);
    let mut offset = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        while !done {
            let rest = &raw[offset..];
            let end = if splits { rest.find(['.', '_', ':']) } else { None };
            let part = (offset, &rest[..end.unwrap_or(rest.len())]);
            match end {
                Some(end) => offset += end + 1,
                None => done = true,
            }
            if !part.1.is_empty() {
                return Some(part);
            }
        }
        None
    })
}

fn is_number(word: &str) -> bool {
    word.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

/// Single letters between dots: `U.S`, `p.m`.
fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1)
}

/// Folds one word. The result may be empty, when the word holds nothing to search for.
pub fn fold_into(word: &str, folded: &mut String) {
    let word = without_possessive(word);
    if word.is_ascii() {
        let number = is_number(word);
        folded.extend(word.bytes().filter_map(|byte| match byte {
            b'\'' => None,
            b'.' if !number => None,
            b',' if number => None,
            _ => Some(char::from(byte.to_ascii_lowercase())),
        }));
        return;
    }
    let mut last_base_folds = false;
    for c in word.nfkd() {
        if is_combining_mark(c) && last_base_folds {
            continue;
        }
        last_base_folds = folds_accents(c);
        match c {
            '\'' | '’' | '‘' | 'ʼ' | '.' | '·' | '\u{ad}' => {}
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    if folded.chars().any(is_combining_mark) {
        // Scripts in which marks are letters of their own get composed again.
        *folded = folded.nfkc().collect();
    }
}

/// Whether accents on this letter are dropped: Latin and Greek, where readers type without them.
fn folds_accents(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
}

fn without_possessive(word: &str) -> &str {
    for suffix in ["'s", "’s", "'S", "’S"] {
        if let Some(stripped) = word.strip_suffix(suffix).filter(|stripped| !stripped.is_empty()) {
            return stripped;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(Analyzer::new().exact_words(text), expected);
    }

    #[test]
    fn words_fold() {
        check("Kyiv’s O'Brien can't", &["kyiv", "obrien", "cant"]);
        check("the U.S. and p.m. news.example", &["the", "us", "and", "pm", "news", "example"]);
        check("2,000 troops, 1.5 million", &["2000", "troops", "1.5", "million"]);
        check("Erdoğan, Łódź, Straße, Ærø, Αθήνα", &["erdogan", "lodz", "strasse", "aero", "αθηνα"]);
        check("COVID-19 well-known snake_case", &["covid", "19", "well", "known", "snake", "case"]);
        check("Київ Зеленський йога", &["київ", "зеленський", "йога"]);
        check("が 東京", &["が", "東", "京"]);
        check("— … & 's", &["s"]);
        check("", &[]);
    }

    #[test]
    fn stems_join_forms() {
        let mut stems = Vec::new();
        Analyzer::new().words("bank banks banking released", |word| stems.push(word.stem.to_owned()));
        assert_eq!(stems, ["bank", "bank", "bank", "releas"]);
    }

    #[test]
    fn very_long_words_are_cut_alike() {
        let word = "x".repeat(10_000);
        assert_eq!(Analyzer::new().exact_words(&word), [cut(&word)]);
    }

    proptest! {
        #[test]
        fn spans_lie_on_char_boundaries_in_order(text in "\\PC{0,80}") {
            let mut last = 0;
            let mut next_position = 0;
            Analyzer::new().words(&text, |word| {
                let range = word.span.range();
                assert!(range.start >= last && range.start < range.end);
                assert!(!word.span.of(&text).is_empty());
                assert_eq!(word.position, next_position);
                next_position += 1;
                last = range.end;
            });
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = Analyzer::new().exact_words(&text);
            for word in once {
                let mut again = String::new();
                fold_into(&word, &mut again);
                let mut thrice = String::new();
                fold_into(&again, &mut thrice);
                assert_eq!(again, thrice);
            }
        }
    }
}
