//! Folding: how names are compared. Case, accents, apostrophes, periods and hyphens do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::extract::token::{Token, tokenize};

/// Folds a phrase word by word: the form under which the tables hold names.
pub fn fold_phrase(phrase: &str) -> String {
    let mut tokens = Vec::new();
    tokenize(phrase, &mut tokens);
    fold_tokens(phrase, &tokens)
}

/// Folds the words of a run of tokens, joined by one space.
pub(crate) fn fold_tokens(text: &str, tokens: &[Token]) -> String {
    let mut folded = String::with_capacity(32);
    for token in tokens {
        push_folded_word(token.span.of(text), &mut folded);
    }
    folded
}

/// Appends the folded form of one token, behind a space if something stands before it. Marks vanish.
pub(crate) fn push_folded_word(word: &str, folded: &mut String) {
    let start = folded.len();
    fold_into(word, folded);
    if folded.len() == start || is_possessive(word) {
        return;
    }
    let expanded = match &folded[start..] {
        "st" => "saint",
        "mt" => "mount",
        "ft" => "fort",
        _ => "",
    };
    if !expanded.is_empty() {
        folded.truncate(start);
        folded.push_str(expanded);
    }
    if start > 0 {
        folded.insert(start, ' ');
    }
}

/// Whether the token is a possessive, which folds onto its word: "People's" is `peoples`.
pub(crate) fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'S" | "’S")
}

/// Appends a word in lower case, without accents, apostrophes and periods; hyphens become spaces.
fn fold_into(word: &str, folded: &mut String) {
    let start = folded.len();
    let may_space = |folded: &String| folded.len() > start && !folded.ends_with(' ');
    if word.is_ascii() {
        for byte in word.bytes() {
            match byte {
                b'a'..=b'z' | b'0'..=b'9' => folded.push(byte as char),
                b'A'..=b'Z' => folded.push(byte.to_ascii_lowercase() as char),
                b'-' | b'_' | b'/' if may_space(folded) => folded.push(' '),
                b'&' | b'+' => folded.push(byte as char),
                _ => {}
            }
        }
    } else {
        for c in word.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
            match special(c) {
                Some(letters) => folded.push_str(letters),
                // Okina and the like stand for sounds that English leaves out.
                None if matches!(c, 'ʻ' | 'ʼ' | 'ʹ' | 'ʿ' | 'ʾ' | '`') => {}
                None if c.is_alphanumeric() => folded.push(c),
                None if matches!(c, '-' | '‐' | '\u{2011}' | '·' | '・') && may_space(folded) => folded.push(' '),
                None => {}
            }
        }
    }
    while folded.len() > start && folded.ends_with(' ') {
        folded.pop();
    }
}

/// Letters that do not come apart into a base letter and an accent.
fn special(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'ß' => "ss",
        'đ' | 'ð' => "d",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'þ' => "th",
        'ħ' => "h",
        'ə' => "a",
        'ŧ' => "t",
        'ĸ' => "k",
        'ŋ' => "ng",
        _ => return None,
    })
}

/// A folded phrase as a part of keys and paths: words joined by `-`.
pub fn slug(phrase: &str) -> String {
    let words = fold_phrase(phrase).replace(['&', '+'], " ");
    words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(phrase: &str, expected: &str) {
        assert_eq!(fold_phrase(phrase), expected);
    }

    #[test]
    fn case_accents_and_marks_do_not_count() {
        check("U.S.", "us");
        check("Côte d’Ivoire", "cote divoire");
        check("Port-au-Prince", "port au prince");
        check("Guinea-Bissau", "guinea bissau");
        check("St. Petersburg", "saint petersburg");
        check("Łódź", "lodz");
        check("İstanbul", "istanbul");
        check("People's Republic", "peoples republic");
        check("AT&T", "at&t");
        check("Київ", "киів");
        check("—", "");
    }

    #[test]
    fn slugs_join_words() {
        assert_eq!(slug("Paris, Texas"), "paris-texas");
        assert_eq!(slug("AT&T"), "at-t");
    }

    proptest! {
        #[test]
        fn folding_is_stable(text in "\\PC{0,40}") {
            let folded = fold_phrase(&text);
            prop_assert_eq!(folded.trim(), folded.as_str());
            prop_assert!(!folded.contains("  "));
        }
    }
}
