//! Cuts a date value into numbers, words and marks. Knows no calendar.

/// A piece of a date value. White space separates pieces and is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A run of ASCII digits.
    Number {
        /// Its value.
        value: i64,
        /// How many digits it was written with.
        n_digits: usize,
    },
    /// A run of letters, in lower case where the table of words needs it.
    Word(&'a str),
    /// Any other character.
    Mark(char),
}

/// Words are at most this long; longer ones are cut, and match nothing.
const MAX_WORD_BYTES: usize = 32;

/// The pieces of `text`, in order. Words are lower-cased.
pub(super) fn tokens(text: &str) -> Vec<Token<'static>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end_of = |keep: fn(char) -> bool| rest.find(|c| !keep(c)).unwrap_or(rest.len());
        let used = if first.is_ascii_digit() {
            let digits = &rest[..end_of(|c| c.is_ascii_digit())];
            let value = digits.parse().unwrap_or(i64::MAX);
            tokens.push(Token::Number { value, n_digits: digits.len() });
            digits.len()
        } else if is_separator(first) {
            tokens.push(Token::Mark(first));
            first.len_utf8()
        } else if first.is_alphabetic() || first == 'º' || first == 'ª' {
            let word = &rest[..end_of(|c| c.is_alphabetic() && !is_separator(c) || is_combining(c))];
            tokens.push(Token::Word(intern(word)));
            word.len().max(first.len_utf8())
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Mark(first));
            }
            first.len_utf8()
        };
        rest = &rest[used..];
    }
    tokens
}

/// East Asian dates write year, month and day with these in place of marks.
fn is_separator(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The word of the date vocabulary that `word` is, or a stand-in that matches nothing.
fn intern(word: &str) -> &'static str {
    if word.len() > MAX_WORD_BYTES {
        return UNKNOWN;
    }
    super::names::known_word(&word.to_lowercase()).unwrap_or(UNKNOWN)
}

/// Stands for every word that no date contains.
const UNKNOWN: &str = "?";
