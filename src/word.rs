//! The words of a text, found without asking Unicode about most of them, and maps from words, which keep short ones
//! where they are looked up.
//!
//! Said once for all who go through every word of an article: the analyzer, the tagger, the finder of near copies.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;
use unicode_segmentation::UnicodeSegmentation;

/// A word where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Surface<'t> {
    /// The word.
    pub word: &'t str,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// What it is made of.
    pub letters: Letters,
}

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    /// Letters of ASCII.
    Plain,
    /// Letters and digits of ASCII, at least one digit.
    PlainWithDigits,
    /// Anything.
    Any,
}

/// Calls `each` for the words of a text in order: those of Unicode's word boundaries (UAX 29).
///
/// No word goes on behind a blank, so that what lies between two of them stands alone. Most of that is plain letters,
/// perhaps with marks around them that belong to no word: asking for boundaries there took most of the time.
pub(crate) fn for_each_word<'t>(text: &'t str, mut each: impl FnMut(Surface<'t>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let mut holds = 0;
        let mut end = at;
        while let Some(class) = bytes.get(end).map(|&byte| CLASSES[usize::from(byte)]).filter(|class| *class != BLANK) {
            holds |= class;
            end += 1;
        }
        if holds & OTHER == 0 {
            if end > at {
                each(Surface { word: &text[at..end], range: at..end, letters: plain(holds) });
            }
        } else {
            let piece = &text[at..end];
            let begin = at + piece.len() - piece.trim_start_matches(is_mark).len();
            let inner = piece.trim_matches(is_mark);
            let holds = inner.bytes().fold(0, |holds, byte| holds | CLASSES[usize::from(byte)]);
            if holds & OTHER != 0 {
                for (offset, word) in piece.unicode_word_indices() {
                    let begin = at + offset;
                    each(Surface { word, range: begin..begin + word.len(), letters: Letters::Any });
                }
            } else if !inner.is_empty() {
                each(Surface { word: inner, range: begin..begin + inner.len(), letters: plain(holds) });
            }
        }
        at = end + 1;
    }
}

/// What bytes are: signs that always end a word, letters and digits of ASCII, all others.
static CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b' ' | b'\n' | b'\r' | b'\t' => BLANK,
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
};
const BLANK: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const OTHER: u8 = 4;

fn plain(holds: u8) -> Letters {
    if holds & DIGIT == 0 { Letters::Plain } else { Letters::PlainWithDigits }
}

/// Marks that belong to a word only where letters or digits stand on both sides of them.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() && c != '_'
}

/// Longest word in bytes that [`WordMap`] keeps beside its value.
const SHORT_BYTES: usize = 15;

/// Values by words. A word of at most [`SHORT_BYTES`] bytes, as nearly all are, is compared as one number and lies
/// beside its value, so that a look-up touches memory once.
#[derive(Clone, Debug)]
pub(crate) struct WordMap<V> {
    short: HashMap<u128, V, FixedState>,
    long: HashMap<Box<str>, V, FixedState>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<V> WordMap<V> {
    /// The value of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&V> {
        match short(word) {
            Some(number) => self.short.get(&number),
            None => self.long.get(word),
        }
    }

    /// Sets the value of a word.
    pub(crate) fn insert(&mut self, word: &str, value: V) {
        match short(word) {
            Some(number) => self.short.insert(number, value),
            None => self.long.insert(word.into(), value),
        };
    }

    /// How many words have a value.
    pub(crate) fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.short.clear();
        self.long.clear();
    }
}

/// A short word as a number: its bytes, and how many they are.
fn short(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    let n_bytes = bytes.len();
    if n_bytes > SHORT_BYTES {
        return None;
    }
    // From both ends; what is read twice is the same.
    let number = if let (Some(head), Some(tail)) = (bytes.first_chunk(), bytes.last_chunk()) {
        u128::from(u64::from_le_bytes(*head)) | u128::from(u64::from_le_bytes(*tail)) << (8 * (n_bytes - 8))
    } else if let (Some(head), Some(tail)) = (bytes.first_chunk(), bytes.last_chunk()) {
        u128::from(u32::from_le_bytes(*head)) | u128::from(u32::from_le_bytes(*tail)) << (8 * (n_bytes - 4))
    } else {
        bytes.iter().rev().fold(0, |number, &byte| number << 8 | u128::from(byte))
    };
    Some(number | (n_bytes as u128) << (8 * SHORT_BYTES))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_those_of_unicode(text in "([a-zA-Z0-9_.,:;'’\"“ \n\t\r-]|[éß日本ก\u{301}\u{200d}\u{a0}\u{2028}🙂–·]){0,40}") {
            let mut words = Vec::new();
            for_each_word(&text, |surface| words.push(surface));
            let expected: Vec<_> = text.unicode_word_indices().collect();
            prop_assert_eq!(words.iter().map(|word| (word.range.start, word.word)).collect::<Vec<_>>(), expected);
            for Surface { word, range, letters } in words {
                prop_assert_eq!(&text[range], word);
                let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
                let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
                match letters {
                    Letters::Plain => prop_assert!(is_plain && !has_digit),
                    Letters::PlainWithDigits => prop_assert!(is_plain && has_digit),
                    Letters::Any => {}
                }
            }
        }

        #[test]
        fn maps_keep_words_apart(words in prop::collection::vec("[ab\0é]{0,18}", 0..60)) {
            let (mut map, mut expected) = (WordMap::default(), HashMap::new());
            for (at, word) in words.iter().enumerate() {
                map.insert(word, at);
                expected.insert(word.as_str(), at);
            }
            prop_assert_eq!(map.len(), expected.len());
            for (word, at) in expected {
                prop_assert_eq!(map.get(word), Some(&at));
            }
            map.clear();
            prop_assert_eq!((map.len(), map.get("")), (0, None));
        }
    }
}
