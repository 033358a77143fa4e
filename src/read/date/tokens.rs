//! Cuts a date value into numbers, words and marks. Knows no calendar.

/// A piece of a date value. White space separates pieces and is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A run of decimal digits, of any script.
    Number {
        /// Its value.
        value: i64,
        /// How many digits it was written with.
        n_digits: usize,
        /// Whether white space stands before it.
        is_apart: bool,
    },
    /// A run of letters, in lower case where the table of words needs it.
    Word(&'a str),
    /// Any other character; ASCII for the wide forms of it.
    Mark(char),
}

impl Token<'_> {
    /// Whether it is a word that no date contains.
    pub(super) fn is_unknown(&self) -> bool {
        *self == Token::Word(UNKNOWN)
    }
}

/// Words are at most this long; longer ones are cut, and match nothing.
const MAX_WORD_BYTES: usize = 40;

/// The pieces of `text`, in order. Words are in lower case.
pub(super) fn tokens(text: &str) -> Vec<Token<'static>> {
    let mut tokens = Vec::new();
    let mut is_apart = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let mut used = first.len_utf8();
        if digit(first).is_some() {
            let mut digits = String::new();
            digits.extend(rest.chars().map_while(digit).filter_map(|value| char::from_digit(value, 10)));
            used = rest.find(|c| digit(c).is_none()).unwrap_or(rest.len());
            let value = digits.parse().unwrap_or(i64::MAX);
            tokens.push(Token::Number { value, n_digits: digits.len(), is_apart });
        } else if is_separator(first) || (is_unit_of_time(first) && matches!(tokens.last(), Some(Token::Number { .. })))
        {
            tokens.push(Token::Mark(first));
        } else if first.is_alphabetic() || first == 'º' || first == 'ª' {
            used = used.max(word_len(rest, first));
            tokens.push(Token::Word(intern(&rest[..used])));
        } else if !first.is_whitespace() && !is_invisible(first) {
            tokens.push(Token::Mark(narrow(first)));
        }
        is_apart = first.is_whitespace();
        rest = &rest[used..];
    }
    tokens
}

/// Zero in the scripts that news writes numbers in; their other digits follow it.
const ZEROS: [char; 14] = ['0', '٠', '۰', '०', '০', '੦', '૦', '௦', '౦', '೦', '൦', '๐', '០', '０'];

/// What a decimal digit of any script stands for.
fn digit(c: char) -> Option<u32> {
    let value = |zero: &char| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
    if c.is_ascii() { c.to_digit(10) } else { ZEROS.iter().find_map(value) }
}

/// Bytes of the word at the start of `text`. Thai short forms have a dot inside: "มี.ค.".
fn word_len(text: &str, first: char) -> usize {
    let run = |text: &str| text.find(|c| !is_of_word(c)).unwrap_or(text.len());
    let mut len = run(text);
    while is_thai(first)
        && let Some(after) = text[len..].strip_prefix('.')
        && after.chars().next().is_some_and(|c| is_thai(c) && is_of_word(c))
    {
        len += 1 + run(after);
    }
    len
}

fn is_of_word(c: char) -> bool {
    (c.is_alphabetic() && !is_separator(c)) || is_combining(c)
}

/// East Asian dates write year, month and day with these in place of marks.
fn is_separator(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

/// East Asian times write hour, minute and second with these.
fn is_unit_of_time(c: char) -> bool {
    matches!(c, '時' | '时' | '点' | '點' | '시' | '分' | '분' | '秒' | '초')
}

fn is_thai(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e4e}')
}

/// Accents, and the signs inside Indic and Thai words that are no letters by themselves.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}')
        || matches!(c, '\u{abc}' | '\u{acd}' | '\u{bcd}' | '\u{c4d}' | '\u{ccd}' | '\u{d4d}' | '\u{e47}'..='\u{e4e}')
}

/// Marks of direction, which stand between Arabic words and numbers and are not seen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The ASCII form of a mark that East Asian texts write as wide as a character.
fn narrow(c: char) -> char {
    match c {
        '：' => ':',
        '．' => '.',
        '／' => '/',
        '－' => '-',
        '，' | '、' | '،' => ',',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}

/// The word of the date vocabulary that `word` is, or a stand-in that matches nothing.
fn intern(word: &str) -> &'static str {
    if word.len() > MAX_WORD_BYTES {
        return UNKNOWN;
    }
    super::names::known_word(word).unwrap_or(UNKNOWN)
}

/// Stands for every word that no date contains.
const UNKNOWN: &str = "?";
