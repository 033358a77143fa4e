//! The words of a text, as far as copies are concerned: which of them are facts.

use unicode_segmentation::UnicodeSegmentation;

/// A word of a text.
pub(super) struct Word<'t> {
    /// As it stands in the text.
    pub surface: &'t str,
    /// Hash of it, case aside; of numbers without their separators.
    pub hash: u64,
    /// What it is.
    pub sort: Sort,
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
        begins_sentence |= between != " " && between.contains(['.', '!', '?', '\n', ':', '"', '“', '”', '。']);
        let sort = if has_digit {
            Sort::Number
        } else if !begins_sentence && surface.starts_with(char::is_uppercase) {
            Sort::Name
        } else {
            Sort::Plain
        };
        each(Word { surface, hash, sort });
        after = at + surface.len();
        begins_sentence = false;
    };
    // No word goes on behind a blank, so that what lies between two of them stands alone. Most of that is
    // plain letters, with marks around them that belong to no word: asking for boundaries there took
    // most of the time.
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let piece = &rest[..rest.bytes().position(is_blank).unwrap_or(rest.len())];
        let begins = piece.len() - piece.trim_start_matches(is_mark).len();
        let inner = piece[begins..].trim_end_matches(is_mark);
        if let Some((hash, has_digit)) = hash_of_plain(inner) {
            if !inner.is_empty() {
                take(at + begins, inner, hash, has_digit);
            }
        } else {
            for (offset, surface) in piece.unicode_word_indices() {
                take(at + offset, surface, hash(surface), surface.contains(char::is_numeric));
            }
        }
        at += piece.len() + 1;
    }
}

/// Signs of one byte that always end a word.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// Marks that belong to a word only where letters or digits stand on both sides of them.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() && c != '_'
}

/// Case aside; `1,644` is `1644`.
fn hash(word: &str) -> u64 {
    mixed(if word.is_ascii() {
        let bytes = word.bytes().filter(|&byte| byte != b',').map(|byte| byte.to_ascii_lowercase());
        bytes.fold(SEED, |hash, byte| add(hash, byte.into()))
    } else {
        let chars = word.chars().filter(|&c| c != ',').flat_map(char::to_lowercase);
        chars.fold(SEED, |hash, c| add(hash, c.into()))
    })
}

/// The same of a word of ASCII letters and digits, and whether it has a digit, in one go; `None` for other words.
fn hash_of_plain(word: &str) -> Option<(u64, bool)> {
    let (mut hash, mut has_digit) = (SEED, false);
    for byte in word.bytes() {
        if !byte.is_ascii_alphanumeric() {
            return None;
        }
        has_digit |= byte.is_ascii_digit();
        hash = add(hash, byte.to_ascii_lowercase().into());
    }
    Some((mixed(hash), has_digit))
}

/// A step of FNV-1a.
fn add(hash: u64, c: u64) -> u64 {
    (hash ^ c).wrapping_mul(PRIME)
}

/// FNV-1a's numbers. Hashes are stored, so that they must never change with a library.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Hash of words in a row.
pub(super) fn run_hash(words: impl IntoIterator<Item = u64>) -> u64 {
    mixed(words.into_iter().fold(SEED, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(PRIME)))
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
        fn words_are_those_of_unicode(text in "([a-zA-Z0-9_.,:;'’\"“ \n\t\r-]|[éß日本ก\u{301}\u{200d}\u{a0}\u{2028}🙂–·]){0,40}") {
            let mut words = Vec::new();
            let mut are_right = true;
            for_each_word(&text, |word| {
                words.push((word.surface.as_ptr() as usize - text.as_ptr() as usize, word.surface));
                are_right &= word.hash == hash(word.surface);
                are_right &= (word.sort == Sort::Number) == word.surface.contains(char::is_numeric);
            });
            prop_assert_eq!(words, text.unicode_word_indices().collect::<Vec<_>>());
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
