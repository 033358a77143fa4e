//! The words of a text, as far as copies are concerned: which of them may be facts.

use crate::word::{self, Letters, Surface};

/// A word of a text.
pub(super) struct Word<'t> {
    /// As it stands in the text.
    pub surface: &'t str,
    /// Where it begins in the text.
    pub at: usize,
    /// Hash of it, case aside; of numbers without their separators.
    pub hash: u64,
    /// What it is.
    pub sort: Sort,
    /// Whether it is the first of a sentence, a line or a quotation.
    pub begins_sentence: bool,
    /// Whether nothing but a blank stands between it and the word before.
    pub follows: bool,
}

/// What a word is. Numbers and names are what tells two stories apart that share a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Plain,
    Number,
    Name,
}

/// Calls `each` for the words of a text in order: those of Unicode's word boundaries (UAX 29).
pub(super) fn for_each_word<'t>(text: &'t str, mut each: impl FnMut(Word<'t>)) {
    let mut after = 0;
    let mut begins_sentence = true;
    let mut take = |at: usize, surface: &'t str, hash: u64, has_digit: bool| {
        let between = &text[after..at];
        let follows = between == " ";
        begins_sentence |= !follows && between.contains(['.', '!', '?', '\n', ':', '"', '“', '”', '。']);
        let sort = if has_digit {
            Sort::Number
        } else if !begins_sentence && surface.starts_with(char::is_uppercase) {
            Sort::Name
        } else {
            Sort::Plain
        };
        each(Word { surface, at, hash, sort, begins_sentence, follows });
        after = at + surface.len();
        begins_sentence = false;
    };
    word::for_each_word(text, |Surface { word, range, letters }| match letters {
        Letters::Any => take(range.start, word, hash(word), word.contains(char::is_numeric)),
        Letters::Plain => take(range.start, word, hash_of_plain(text.as_bytes(), range), false),
        Letters::PlainWithDigits => take(range.start, word, hash_of_plain(text.as_bytes(), range), true),
    });
}

/// Case aside; `1,644` is `1644`.
pub(super) fn hash(word: &str) -> u64 {
    let lower: String = word.chars().filter(|&c| c != ',').flat_map(char::to_lowercase).collect();
    let (whole, rest) = lower.as_bytes().as_chunks::<8>();
    let whole = whole.iter().fold(SEED, |hash, eight| add(hash, u64::from_le_bytes(*eight)));
    mixed(if rest.is_empty() { whole } else { add(whole, fewer_than_eight(rest)) })
}

/// The same of a word of ASCII letters and digits at a place in a text, several times as fast.
fn hash_of_plain(text: &[u8], word: std::ops::Range<usize>) -> u64 {
    let mut hash = SEED;
    let mut at = word.start;
    while at < word.end {
        let n_bytes = word.end - at;
        let eight = match text[at..].first_chunk() {
            Some(eight) if n_bytes >= 8 => u64::from_le_bytes(*eight),
            Some(eight) => u64::from_le_bytes(*eight) & ((1 << (8 * n_bytes)) - 1),
            None => fewer_than_eight(&text[at..word.end]),
        };
        // Capital letters become small ones; small ones and digits have that bit.
        let bits = 0x2020_2020_2020_2020 & (u64::MAX >> (64 - 8 * n_bytes.min(8)));
        hash = add(hash, eight | bits);
        at += 8;
    }
    mixed(hash)
}

fn fewer_than_eight(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Takes eight bytes of a word in.
fn add(hash: u64, eight: u64) -> u64 {
    (hash.rotate_left(5) ^ eight).wrapping_mul(PRIME)
}

/// Numbers of FxHash and FNV. Hashes are stored, so that they must never change with a library.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x517c_c1b7_2722_0a95;

/// Hash of words in a row.
pub(super) fn run_hash(words: impl IntoIterator<Item = u64>) -> u64 {
    mixed(words.into_iter().fold(SEED, add))
}

/// Spreads every bit over all others: the end of SplitMix64.
fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn facts_are_told_from_words() {
        let mut sorts = Vec::new();
        for_each_word("Some 1,644 left Kyiv. They met Jane on 3.5 acres", |word| sorts.push((word.surface, word.sort)));
        let facts: Vec<_> = sorts.into_iter().filter(|(_, sort)| *sort != Sort::Plain).collect();
        let expected = [("1,644", Sort::Number), ("Kyiv", Sort::Name), ("Jane", Sort::Name), ("3.5", Sort::Number)];
        assert_eq!(facts, expected);
    }

    proptest! {
        #[test]
        fn words_are_hashed_alike(text in "([a-zA-Z0-9_.,:;'’\"“ \n\t\r-]|[éß日本ก\u{301}\u{200d}\u{a0}\u{2028}🙂–·]){0,40}") {
            let mut are_right = true;
            for_each_word(&text, |word| {
                are_right &= word.hash == hash(word.surface);
                are_right &= (word.sort == Sort::Number) == word.surface.contains(char::is_numeric);
            });
            prop_assert!(are_right);
        }
    }

    #[test]
    fn separators_and_case_do_not_count() {
        assert_eq!(hash("1,644"), hash("1644"));
        assert_eq!(hash("KYIV"), hash("Kyiv"));
        assert_ne!(run_hash([1, 2]), run_hash([2, 1]));
    }
}
