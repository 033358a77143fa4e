//! Everything a feature may ask of one word by itself.
//!
//! Worked out once per distinct word of a document. Knows nothing of neighbours. Fed by
//! [`super::page`]; used by [`super::feature`].

use std::borrow::Cow;

use super::hash;
use super::known::{WordLists, word_lists};
use super::lexicon::{Case, Lexicon, N_PARENTS};
use crate::extract::gazetteer::Gazetteer;

/// Longest prefix and suffix that features see, in characters.
pub const LONGEST_AFFIX: usize = 4;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// "word"
    Lower,
    /// "Word"
    Title,
    /// "WORD"
    Upper,
    /// "W"
    Letter,
    /// "W."
    Initial,
    /// "U.S."
    Dotted,
    /// "Dr.", "Gov."
    Abbreviation,
    /// "McWord", "iPhone", "O'Brien"
    Mixed,
    /// "Word-Word"
    TitleTitle,
    /// "Word-word"
    TitleLower,
    /// "al-Word", "pro-Word"
    LowerTitle,
    /// "G7", "F-16"
    Coded,
    /// "12", "1,200", "3rd"
    Number,
    /// Letters of a script without case.
    Caseless,
    /// "@word", "#Word"
    Handle,
    /// Anything else.
    Mark,
    /// Beyond the ends of a sentence.
    Edge,
}

/// One distinct word, ready for features.
#[derive(Clone, Debug)]
pub struct Word {
    /// Hash of the word as written.
    pub exact: u64,
    /// Hash of the word in lower case, digits as zeros.
    pub lower: u64,
    /// How it is written.
    pub shape: Shape,
    /// Hash of the shape letter by letter, long runs cut.
    pub long_shape: u64,
    /// Hashes of the first 1, 2, ... characters in lower case; zero where the word is shorter.
    pub prefixes: [u64; LONGEST_AFFIX],
    /// Hashes of the last 1, 2, ... characters in lower case.
    pub suffixes: [u64; LONGEST_AFFIX],
    /// Number of characters, at most 15.
    pub n_chars: u8,
    /// Finest cluster.
    pub cluster: u16,
    /// Coarser clusters.
    pub parents: [u16; N_PARENTS],
    /// How the word is usually written.
    pub case: Case,
    /// What the gazetteer says of the word.
    pub lists: WordLists,
}

impl Word {
    /// Works out a word.
    pub fn new(form: &str, lexicon: &Lexicon, gazetteer: &Gazetteer) -> Self {
        let form = &*plain(form);
        let lower: String = form.chars().flat_map(char::to_lowercase).map(zero_digit).collect();
        let chars: Vec<char> = lower.chars().collect();
        let mut prefixes = [0; LONGEST_AFFIX];
        let mut suffixes = [0; LONGEST_AFFIX];
        let mut n_front = 0;
        let mut n_back = lower.len();
        for length in 1..=LONGEST_AFFIX.min(chars.len()) {
            n_front += chars[length - 1].len_utf8();
            n_back -= chars[chars.len() - length].len_utf8();
            prefixes[length - 1] = hash::text(&lower.as_bytes()[..n_front]);
            suffixes[length - 1] = hash::text(&lower.as_bytes()[n_back..]);
        }
        let lower_hash = hash::text(lower.as_bytes());
        let cluster = lexicon.cluster(form, &lower);
        Self {
            exact: hash::text(form.as_bytes()),
            lower: lower_hash,
            shape: shape(form),
            long_shape: long_shape(form),
            prefixes,
            suffixes,
            n_chars: chars.len().min(15) as u8,
            cluster,
            parents: lexicon.parents(cluster),
            case: lexicon.case(lower_hash),
            lists: word_lists(form, gazetteer),
        }
    }

    /// The word that stands for whatever is beyond the start or the end of a sentence.
    pub fn edge(is_end: bool) -> Self {
        let hash = hash::text(if is_end { b"\n>" } else { b"\n<" });
        Self {
            exact: hash,
            lower: hash,
            shape: Shape::Edge,
            long_shape: hash,
            prefixes: [0; LONGEST_AFFIX],
            suffixes: [0; LONGEST_AFFIX],
            n_chars: 0,
            cluster: 0,
            parents: [0; N_PARENTS],
            case: Case::Unknown,
            lists: WordLists::default(),
        }
    }
}

/// Hash of a word in lower case as [`Word::lower`] has it.
pub fn lower_hash(form: &str) -> u64 {
    let lower: String = plain(form).chars().flat_map(char::to_lowercase).map(zero_digit).collect();
    hash::text(lower.as_bytes())
}

fn zero_digit(c: char) -> char {
    if c.is_ascii_digit() { '0' } else { c }
}

/// The word with typewriter quotes and one kind of dash, as most annotated text has them.
fn plain(form: &str) -> Cow<'_, str> {
    if form.is_ascii() {
        return Cow::Borrowed(form);
    }
    let plain = |c: char| match c {
        '’' | 'ʼ' | '‘' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '—' | '―' => '–',
        '‐' | '\u{2011}' => '-',
        other => other,
    };
    Cow::Owned(form.chars().map(plain).collect())
}

/// How a word is written.
pub fn shape(form: &str) -> Shape {
    let Some(first) = form.chars().next() else { return Shape::Mark };
    if matches!(first, '@' | '#') && form.len() > 1 {
        return Shape::Handle;
    }
    let (mut n_upper, mut n_lower, mut n_digits, mut n_caseless, mut n_dots) = (0, 0, 0, 0, 0);
    for c in form.chars() {
        if c.is_lowercase() {
            n_lower += 1;
        } else if c.is_uppercase() {
            n_upper += 1;
        } else if c.is_numeric() {
            n_digits += 1;
        } else if c.is_alphabetic() {
            n_caseless += 1;
        } else if c == '.' {
            n_dots += 1;
        }
    }
    if n_digits > 0 {
        return if n_upper > 0 { Shape::Coded } else { Shape::Number };
    }
    if n_upper + n_lower == 0 {
        return if n_caseless > 0 { Shape::Caseless } else { Shape::Mark };
    }
    if n_upper == 0 {
        return Shape::Lower;
    }
    if n_lower == 0 {
        return match (n_upper, n_dots) {
            (1, 0) => Shape::Letter,
            (1, _) => Shape::Initial,
            (_, 0) => Shape::Upper,
            _ => Shape::Dotted,
        };
    }
    if let Some((front, back)) = form.split_once(['-', '‐', '\u{2011}']) {
        let upper = |part: &str| part.starts_with(char::is_uppercase);
        match (upper(front), upper(back)) {
            (true, true) => return Shape::TitleTitle,
            (true, false) => return Shape::TitleLower,
            (false, true) => return Shape::LowerTitle,
            (false, false) => return Shape::Mixed,
        }
    }
    match (first.is_uppercase(), n_upper, n_dots) {
        (true, 1, 0) => Shape::Title,
        (true, 1, _) => Shape::Abbreviation,
        _ => Shape::Mixed,
    }
}

/// Hash of the classes of a word's characters; more than two of a class in a row count as two.
fn long_shape(form: &str) -> u64 {
    let mut classes = [0u8; 24];
    let mut n = 0;
    for c in form.chars() {
        let class = match c {
            _ if c.is_lowercase() => b'x',
            _ if c.is_uppercase() => b'X',
            _ if c.is_numeric() => b'0',
            _ if c.is_alphabetic() => b'a',
            _ if c.is_ascii() => c as u8,
            _ => b'?',
        };
        if n >= 2 && classes[n - 1] == class && classes[n - 2] == class {
            continue;
        }
        if n == classes.len() {
            break;
        }
        classes[n] = class;
        n += 1;
    }
    hash::text(&classes[..n])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_shapes() {
        let cases = [
            ("word", Shape::Lower),
            ("Łódź", Shape::Title),
            ("NATO", Shape::Upper),
            ("J.", Shape::Initial),
            ("U.S.", Shape::Dotted),
            ("Gov.", Shape::Abbreviation),
            ("McCain", Shape::Mixed),
            ("Jean-Luc", Shape::TitleTitle),
            ("Jong-un", Shape::TitleLower),
            ("al-Assad", Shape::LowerTitle),
            ("F-16", Shape::Coded),
            ("1,200", Shape::Number),
            ("北", Shape::Caseless),
            ("#Brexit", Shape::Handle),
            ("—", Shape::Mark),
        ];
        for (form, expected) in cases {
            assert_eq!(shape(form), expected, "{form}");
        }
    }
}
