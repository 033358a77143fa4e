//! Text as a row of light tokens: words, numbers, currency signs, marks, each with the gap before it.
//!
//! Knows where tokens begin and end, not what they mean. Feeds every other file of this room.

use std::cell::OnceCell;

use unicode_normalization::char::is_combining_mark;

use super::digits::{self, Commas};
use super::table::Low;
use super::unspaced;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Letters, with inner apostrophes; initials with dots ("U.S.") are one word.
    Word,
    /// Digits with their separators, unsigned.
    Number,
    /// One sign such as `$` or `€`.
    Currency,
    /// One sign such as `½`.
    Fraction,
    /// Any other single character.
    Mark,
    /// Past either end of the text.
    Outside,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: it touches the token before.
    None,
    /// White space.
    Space,
    /// The end of a line or paragraph, or the start of the text.
    Line,
}

/// A piece of the text, by byte offsets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The first character; for marks the only one, with every short dash given as `-` and every
    /// quotation mark as `"` or `'`.
    pub(super) first: char,
    pub(super) class: Class,
    pub(super) gap: Gap,
}

/// The tokens of a text. All questions about positions outside the row are answered with no.
pub(super) struct View<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    style: Style<'t>,
    homes: OnceCell<Homes>,
}

/// Currencies of the countries that a text is about, by letters or a name that several of them share.
pub(super) type Homes = [Option<&'static str>; 4];

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style<'l> {
    /// ISO 639-1 code of the language.
    pub(super) language: &'l str,
    pub(super) commas: Commas,
    /// Whether the words of this room, which are English, mean what they mean in English.
    pub(super) words: bool,
    /// The currency called a crown, where the language tells.
    pub(super) krone: Option<&'static str>,
}

impl Style<'_> {
    /// As English writes.
    pub(super) const ENGLISH: Style<'static> =
        Style { language: "en", commas: Commas::Group, words: true, krone: Some("nok") };
}

impl<'t> View<'t> {
    /// Cuts an English text into tokens.
    pub(super) fn new(text: &'t str) -> Self {
        View::styled(text, Style::ENGLISH)
    }

    /// Cuts a text into tokens.
    pub(super) fn styled(text: &'t str, style: Style<'t>) -> Self {
        // News runs to about five bytes a token; room for that saves most of the growing.
        let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5 + 8);
        let mut at = 0;
        let mut gap = Gap::Line;
        let bytes = text.as_bytes();
        while at < bytes.len() {
            let byte = bytes[at];
            if byte == b' ' {
                at += 1;
                if gap == Gap::None {
                    gap = Gap::Space;
                }
                continue;
            }
            let first = if byte < 0x80 { byte as char } else { char_at(text, at) };
            if first.is_whitespace() {
                (at, gap) = white(text, at, gap);
                continue;
            }
            let (class, first, end) = match address_end(text, at, first, gap) {
                Some(end) => (Class::Mark, '\u{fffc}', end),
                None => piece(text, at, first, gap, style),
            };
            let end = match tokens.last() {
                Some(last) if class == Class::Word && !style.words && gap != Gap::Line && counts(text, last) => {
                    unspaced::piece_bytes(&text[at..], gap == Gap::None).map_or(end, |n_bytes| at + n_bytes)
                }
                _ => end,
            };
            tokens.push(Token { start: at as u32, end: end as u32, first, class, gap });
            at = end;
            gap = Gap::None;
        }
        View { text, tokens, style, homes: OnceCell::new() }
    }

    pub(super) fn n_tokens(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn get(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    pub(super) fn class(&self, i: usize) -> Class {
        self.get(i).map_or(Class::Outside, |token| token.class)
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.class(i) == Class::Word
    }

    pub(super) fn is_number(&self, i: usize) -> bool {
        self.class(i) == Class::Number
    }

    /// The text of a token; empty outside.
    pub(super) fn str(&self, i: usize) -> &'t str {
        self.get(i).map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    /// The value of a number; `None` when the token has none.
    pub(super) fn number(&self, i: usize) -> Option<f64> {
        let number = self.str(i);
        if number.starts_with(digits::is_native) {
            return digits::native_value(number);
        }
        match self.style.commas {
            Commas::Group => digits::value(number),
            Commas::Unknown if digits::is_either(number) && !self.is_of_spain(i) => digits::value(number),
            Commas::Decimal | Commas::Unknown => digits::value_with_comma(number),
        }
    }

    /// Whether the number at token `i` has decimals behind its comma, whoever writes it: euros, and shares of a hundred.
    fn is_of_spain(&self, i: usize) -> bool {
        // "1,500 millones de euros"
        const REACH: usize = 4;
        let is_euro = |i: usize| {
            self.str(i) == "€" || self.any(i, &["euro", "euros", "eur", "ciento", "puntos"]) || self.mark(i, '%')
        };
        let behind = (i + 1..=i + REACH).take_while(|&at| !self.begins_line(at) && !self.is_number(at));
        i > 0 && is_euro(i - 1) || behind.into_iter().any(is_euro)
    }

    /// ISO 639-1 code of the language.
    pub(super) fn language(&self) -> &'t str {
        self.style.language
    }

    /// Whether number words mean numbers.
    pub(super) fn has_words(&self) -> bool {
        self.style.words
    }

    /// The currency called a crown where the text was written, if its language tells.
    pub(super) fn krone(&self) -> Option<&'static str> {
        self.style.krone
    }

    /// What `find` says of the text as a whole; it is asked once.
    pub(super) fn homes(&self, find: impl FnOnce(&Self) -> Homes) -> Homes {
        *self.homes.get_or_init(|| find(self))
    }

    /// A word in lower case; empty when the token is none.
    pub(super) fn low(&self, i: usize) -> Low {
        Low::new(if self.is_word(i) { self.str(i) } else { "" })
    }

    /// Whether the token is this word, in any case. `word` is lower case.
    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        self.is_word(i) && self.str(i).eq_ignore_ascii_case(word)
    }

    /// Whether the token is one of these words, in any case.
    pub(super) fn any(&self, i: usize, words: &[&str]) -> bool {
        self.is_word(i) && words.iter().any(|word| self.str(i).eq_ignore_ascii_case(word))
    }

    /// Whether the token is this mark.
    pub(super) fn mark(&self, i: usize, mark: char) -> bool {
        self.get(i).is_some_and(|token| token.class == Class::Mark && token.first == mark)
    }

    /// Whether the token touches the one before it.
    pub(super) fn joined(&self, i: usize) -> bool {
        self.get(i).is_some_and(|token| token.gap == Gap::None)
    }

    /// Whether the token begins a line or lies outside.
    pub(super) fn begins_line(&self, i: usize) -> bool {
        self.get(i).is_none_or(|token| token.gap == Gap::Line)
    }

    /// Whether the token is a hyphen that touches both its neighbours.
    pub(super) fn hyphen(&self, i: usize) -> bool {
        self.mark(i, '-') && self.joined(i) && self.joined(i + 1)
    }

    /// Whether the token is a word that begins with a capital letter.
    pub(super) fn capital(&self, i: usize) -> bool {
        self.get(i).is_some_and(|token| token.class == Class::Word && token.first.is_uppercase())
    }

    /// Whether the token begins a sentence, a quotation or a clause after a colon.
    pub(super) fn begins_sentence(&self, i: usize) -> bool {
        self.begins_line(i)
            || i == 0
            || matches!(self.get(i - 1), Some(Token { class: Class::Mark, first, .. })
                if matches!(first, '.' | '!' | '?' | ':' | '"' | '\u{2014}' | '\u{2022}' | '\u{2026}'))
    }

    /// Whether the words around look like a headline in title case, where capitals mean nothing.
    pub(super) fn title_case(&self, i: usize) -> bool {
        // Far enough to meet a short word that running text would not capitalise.
        const REACH: usize = 7;
        // Words of this length are capitalised in every title style.
        const LONG: usize = 5;
        let mut n_long = 0;
        let mut n_capital = 0;
        for k in i.saturating_sub(REACH)..=i + REACH {
            if self.is_word(k) && self.str(k).len() >= LONG {
                n_long += 1;
                n_capital += usize::from(self.capital(k));
            }
        }
        n_long >= 3 && n_capital == n_long
    }
}

/// Whether a token is a number, or a scale that touches one.
fn counts(text: &str, token: &Token) -> bool {
    let word = &text[token.start as usize..token.end as usize];
    token.class == Class::Number || token.class == Class::Word && unspaced::power(word).is_some()
}

/// Skips one character of white space; a line end counts as a gap of its own unless the text goes on
/// in lower case, as hard-wrapped sentences do.
fn white(text: &str, at: usize, gap: Gap) -> (usize, Gap) {
    let c = char_at(text, at);
    let next = at + c.len_utf8();
    let rest = &text.as_bytes()[next..];
    let wrapped = rest.first().is_some_and(u8::is_ascii_lowercase);
    match (c, gap) {
        (_, Gap::Line) => (next, Gap::Line),
        ('\n' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}', _) if !wrapped => (next, Gap::Line),
        _ => (next, Gap::Space),
    }
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

/// Where a web or mail address that begins at `at` ends: it is one mark, whose digits are no numbers.
fn address_end(text: &str, at: usize, first: char, gap: Gap) -> Option<usize> {
    if !matches!(first, 'h' | 'w' | 'H' | 'W')
        || gap == Gap::None && at > 0 && text.as_bytes()[at - 1].is_ascii_alphanumeric()
    {
        return None;
    }
    let rest = &text[at..];
    let begins = |prefix: &str| rest.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    if !(begins("http://") || begins("https://") || begins("www.")) {
        return None;
    }
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')' | ']')).unwrap_or(rest.len());
    let tail = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    Some(at + tail.len())
}

/// The token that begins at `at` with `first`: class, first character as given in [`Token`], end.
fn piece(text: &str, at: usize, first: char, gap: Gap, style: Style<'_>) -> (Class, char, usize) {
    let bytes = text.as_bytes();
    let next = at + first.len_utf8();
    if first.is_ascii_digit() {
        let end = if style.commas == Commas::Group { digits::end(text, at) } else { digits::end_with_comma(text, at) };
        return (Class::Number, first, end);
    }
    if !style.words && digits::is_native(first) {
        return (Class::Number, first, digits::native_end(text, at));
    }
    if first.is_alphabetic() {
        return (Class::Word, first, word_end(text, at));
    }
    if first == '.' && bytes.get(next).is_some_and(u8::is_ascii_digit) && gap != Gap::None {
        return (Class::Number, first, digits::end(text, next));
    }
    let (class, first) = match first {
        '$' | '\u{a2}'..='\u{a5}' | '\u{e3f}' | '\u{20a0}'..='\u{20cf}' => (Class::Currency, first),
        '\u{ff04}' | '\u{ffe1}' | '\u{ffe5}' | '\u{ffe6}' => (Class::Currency, first),
        '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{215e}' => (Class::Fraction, first),
        '\u{2010}'..='\u{2013}' | '\u{2212}' => (Class::Mark, '-'),
        '\u{2018}' | '\u{2019}' => (Class::Mark, '\''),
        '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' | '\u{201e}' => (Class::Mark, '"'),
        _ => (Class::Mark, first),
    };
    (class, first, next)
}

/// Where the word that begins at `at` ends: letters, apostrophes and ampersands between letters, and
/// the dots of initials.
fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let letter = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphabetic);
    let dotted = |i: usize| letter(i) && bytes.get(i + 1) == Some(&b'.');
    if dotted(at) && letter(at + 2) && !letter(at + 3) {
        let mut end = at;
        while dotted(end) && !(letter(end + 2) && letter(end + 3)) {
            end += 2;
        }
        return if letter(end) && !letter(end + 1) { end + 1 } else { end };
    }
    let mut end = at;
    loop {
        while letter(end) {
            end += 1;
        }
        let Some(&byte) = bytes.get(end) else { return end };
        if byte < 0x80 {
            if matches!(byte, b'\'' | b'&') && letter(end + 1) {
                end += 1;
                continue;
            }
            return end;
        }
        let c = char_at(text, end);
        let after = end + c.len_utf8();
        if c.is_alphabetic() || is_combining_mark(c) || (c == '\u{2019}' && letter(after)) {
            end = after;
        } else {
            return end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let view = View::new(text);
        let pieces: Vec<&str> = (0..view.n_tokens()).map(|i| view.str(i)).collect();
        assert_eq!(pieces, expected);
    }

    #[test]
    fn cuts_text_into_tokens() {
        check("390 Ukrainian prisoners.", &["390", "Ukrainian", "prisoners", "."]);
        check("US$2.5bn, A$3", &["US", "$", "2.5", "bn", ",", "A", "$", "3"]);
        check("U.S. troops at 3 p.m. today", &["U.S.", "troops", "at", "3", "p.m.", "today"]);
        check("S&P 500\u{2019}s won\u{2019}t", &["S&P", "500", "\u{2019}", "s", "won\u{2019}t"]);
        check("2\u{bd} \u{2013} 1,000", &["2", "\u{bd}", "\u{2013}", "1,000"]);
        check("Łódź e.g. x", &["Łódź", "e.g.", "x"]);
        check("is .5 of", &["is", ".5", "of"]);
        check("", &[]);
    }

    #[test]
    fn lines_end_where_sentences_do_not_go_on() {
        let view = View::new("killed\nmore men\n\n12 more");
        assert!(!view.begins_line(1) && view.begins_line(3));
    }
}
