//! A query becomes tokens: brackets that pair up, quotes, fields, signs before words, and words.
//!
//! Decides what is a sign and what is text by its neighbours alone, in one pass, in linear time. What
//! a word asks for is decided later.
//!
//! - `(` opens a group at the start of a word, if a `)` closes it; brackets within a word (`f(x)`) and
//!   brackets without a partner are text.
//! - A quote opens at the start of a word, if a fitting one closes it; `12"` is text.
//! - `-`, `=` and `+` count at the start of a word, directly before something.
//! - A backslash before a word makes all of it text (`\OR`, `\person:x`); within a word it does the
//!   same for one sign.

use super::ast::{Measure, Scope};
use super::error::{Problem, QueryError};
use super::field::{self, Field, Name};
use super::notes::Notes;
use super::word::is_invisible;
use crate::mention::Span;

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Open,
    Close,
    /// `-` before something.
    Minus,
    /// `=` before something.
    Equals,
    /// A field, with its colon.
    Field(Field),
    /// A phrase.
    Quoted {
        /// Between the quotes.
        inner: Span,
        /// Of `~5` behind it.
        slop: Option<u32>,
    },
    /// `/…/` with a valid regular expression inside.
    Regex,
    /// Anything else up to the next blank.
    Word {
        /// Whether a backslash makes it text.
        is_escaped: bool,
    },
}

/// Tokens in order, brackets paired.
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    pub(super) notes: Notes,
}

/// Takes a query apart.
pub(super) fn tokenize(source: &str, measure_of: &dyn Fn(&str) -> Measure) -> Result<Tokens, QueryError> {
    let lexer = Lexer {
        source,
        measure_of,
        at: 0,
        tokens: Vec::new(),
        notes: Notes::default(),
        open_groups: Vec::new(),
        last_closers: CLOSERS.map(|closer| source.rfind(closer)),
    };
    lexer.run()
}

/// Whether a character separates words. Marks that change the direction of writing do at the edge of
/// words only; see [`is_invisible`].
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}' | '\u{feff}')
}

/// Everything that closes a quotation.
const CLOSERS: [char; 5] = ['"', '”', '“', '»', '«'];

/// What closes a quotation that opens so.
fn closers(opener: char) -> &'static [char] {
    match opener {
        '"' => &['"'],
        '“' | '‟' | '”' => &['”'],
        '„' => &['“', '”'],
        '«' => &['»'],
        '»' => &['«'],
        _ => &[],
    }
}

struct Lexer<'a> {
    source: &'a str,
    measure_of: &'a dyn Fn(&str) -> Measure,
    at: usize,
    tokens: Vec<Token>,
    notes: Notes,
    /// Tokens that opened a group which is not closed yet.
    open_groups: Vec<usize>,
    /// Where each of [`CLOSERS`] stands last, so that a quote that never closes costs no search.
    last_closers: [Option<usize>; CLOSERS.len()],
}

impl Lexer<'_> {
    fn run(mut self) -> Result<Tokens, QueryError> {
        // Whether signs before a word count here: at the start, behind a blank, a bracket, a sign.
        let mut is_fresh = true;
        while let Some(character) = self.rest().chars().next() {
            if is_blank(character) || is_invisible(character) {
                self.at += character.len_utf8();
                is_fresh = true;
                continue;
            }
            is_fresh = self.token(character, is_fresh)?;
        }
        // A bracket that is never closed is a word without letters.
        for index in std::mem::take(&mut self.open_groups) {
            self.check_closes(index.checked_sub(1), self.tokens[index].span)?;
            self.tokens[index].kind = TokenKind::Word { is_escaped: true };
            let span = self.tokens[index].span;
            self.note(span, "a bracket without its partner is text");
        }
        Ok(Tokens { tokens: self.tokens, notes: self.notes })
    }

    /// Takes one token; returns whether signs count behind it.
    fn token(&mut self, first: char, is_fresh: bool) -> Result<bool, QueryError> {
        let last = self.tokens.last().map(|token| &token.kind).filter(|_| is_fresh);
        let behind_field = matches!(last, Some(TokenKind::Field(_)));
        // Between a sign that needs a value and that value nothing else is a sign.
        let wants_value = behind_field || matches!(last, Some(TokenKind::Equals));
        match first {
            '(' => {
                self.open_groups.push(self.tokens.len());
                self.push(TokenKind::Open, 1);
                return Ok(true);
            }
            ')' if !self.open_groups.is_empty() => {
                self.open_groups.pop();
                self.push(TokenKind::Close, 1);
                return Ok(false);
            }
            '-' if is_fresh && !wants_value && self.next_is(1, |next| next != '-') => {
                self.push(TokenKind::Minus, 1);
                return Ok(true);
            }
            '+' if is_fresh && !wants_value && self.next_is(1, |next| next.is_alphabetic() || "\"(".contains(next)) => {
                self.note(Span::new(self.at, self.at + 1), "`+` changes nothing: every part has to match anyway");
                self.at += 1;
                return Ok(true);
            }
            '=' if is_fresh
                && !matches!(last, Some(TokenKind::Equals))
                && self.next_is(1, |next| {
                    next.is_alphanumeric() || next == '\\' || !closers(next).is_empty() || behind_field
                }) =>
            {
                self.push(TokenKind::Equals, 1);
                return Ok(true);
            }
            '/' if is_fresh && self.is_text_field() && self.regex() => return Ok(false),
            _ => {}
        }
        if !closers(first).is_empty() && self.quoted(first)? {
            return Ok(false);
        }
        if is_fresh && !wants_value && self.field()? {
            return Ok(true);
        }
        self.word();
        Ok(false)
    }

    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        self.tokens.push(Token { kind, span: Span::new(self.at, self.at + length) });
        self.at += length;
    }

    fn note(&mut self, span: Span, text: &str) {
        self.notes.add(span, text);
    }

    /// Whether a character of that sort follows `offset` bytes on; a blank or a closing bracket is none.
    fn next_is(&self, offset: usize, accepts: impl Fn(char) -> bool) -> bool {
        let mut behind = self.rest()[offset..].chars().filter(|next| !is_invisible(*next));
        behind.next().is_some_and(|next| !is_blank(next) && next != ')' && accepts(next))
    }

    /// Regular expressions match words of the text, so `/` is a plain sign behind other fields.
    fn is_text_field(&self) -> bool {
        match self.tokens.last() {
            Some(Token { kind: TokenKind::Field(field), .. }) => matches!(field, Field::Text(_)),
            _ => true,
        }
    }

    /// Takes `/…/` if it stands alone and is a regular expression.
    fn regex(&mut self) -> bool {
        let Some(length) = regex_length(self.rest()) else {
            self.note_no_regex();
            return false;
        };
        let pattern = &self.rest()[1..length - 1];
        if regex_syntax::parse(pattern).is_err() {
            let span = Span::new(self.at, self.at + length);
            self.note(span, "not a valid regular expression, hence text");
            return false;
        }
        self.push(TokenKind::Regex, length);
        true
    }

    /// Remarks upon what looks like a regular expression and is text. Paths have more slashes.
    fn note_no_regex(&mut self) {
        let word = self.rest().split(is_blank).next().unwrap_or_default();
        let span = Span::new(self.at, self.at + word.len());
        let Some((pattern, behind)) = word[1..].rsplit_once('/') else { return };
        let are_flags = behind.len() <= 2 && behind.bytes().all(|flag| b"gimsux".contains(&flag));
        if pattern.is_empty() || pattern.contains('/') || !are_flags {
            return;
        }
        let remark = match behind {
            "" => "not a valid regular expression, hence text",
            _ => "text, since nothing may stand behind a regular expression; capitals never matter there",
        };
        self.note(span, remark);
    }

    /// Takes a phrase if its closing quote exists.
    fn quoted(&mut self, opener: char) -> Result<bool, QueryError> {
        let start = self.at;
        let inner_start = start + opener.len_utf8();
        let closing = closers(opener);
        let is_orphan = matches!(opener, '”' | '»') && !self.next_is(opener.len_utf8(), |_| true);
        let exists = |closer: &char| {
            let at = CLOSERS.iter().position(|known| known == closer).and_then(|index| self.last_closers[index]);
            at.is_some_and(|at| at >= inner_start)
        };
        let end =
            if !is_orphan && closing.iter().any(exists) { self.closing_quote(inner_start, closing) } else { None };
        let Some(end) = end else {
            // Not searched again: an escaped quote may have been the last one.
            for closer in closing {
                if let Some(index) = CLOSERS.iter().position(|known| known == closer)
                    && !is_orphan
                {
                    self.last_closers[index] = None;
                }
            }
            if !is_orphan {
                self.check_closes(self.tokens.len().checked_sub(1), Span::new(start, inner_start))?;
                self.note(Span::new(start, inner_start), "a quote without its partner is text");
            }
            return Ok(false);
        };
        let closer_length = self.source[end..].chars().next().map_or(0, char::len_utf8);
        self.at = end + closer_length;
        let slop = self.slop(start)?;
        let span = Span::new(start, self.at);
        self.tokens.push(Token { kind: TokenKind::Quoted { inner: Span::new(inner_start, end), slop }, span });
        Ok(true)
    }

    /// A quote or bracket directly behind a field was not meant as text, unless the field begins a
    /// sentence.
    fn check_closes(&self, before: Option<usize>, opener: Span) -> Result<(), QueryError> {
        let Some(Token { kind: TokenKind::Field(_), span }) = before.and_then(|before| self.tokens.get(before)) else {
            return Ok(());
        };
        let name = span.of(self.source);
        if span.end != opener.start || name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Ok(());
        }
        let sign = opener.of(self.source);
        let hint = if sign == "(" { format!("`{name}(a OR b)`") } else { format!("`{name}\"two words\"`") };
        Err(QueryError::new(opener, Problem::Unclosed { opener: sign.to_owned() }).with_hint(hint))
    }

    fn closing_quote(&self, from: usize, closing: &[char]) -> Option<usize> {
        let mut characters = self.source[from..].char_indices();
        while let Some((offset, character)) = characters.next() {
            if character == '\\' {
                let mut ahead = characters.clone();
                if ahead.next().is_some_and(|(_, next)| next == '\\' || closing.contains(&next)) {
                    characters = ahead;
                }
            } else if closing.contains(&character) {
                return Some(from + offset);
            }
        }
        None
    }

    /// Takes `~5` behind a phrase.
    fn slop(&mut self, phrase_start: usize) -> Result<Option<u32>, QueryError> {
        let Some(rest) = self.rest().strip_prefix('~') else { return Ok(None) };
        let n_digits = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
        let digits = &rest[..n_digits];
        let start = self.at;
        if digits.is_empty() {
            let is_alone = rest.chars().next().is_none_or(|next| is_blank(next) || next == ')');
            if !is_alone {
                return Ok(None);
            }
            let phrase = &self.source[phrase_start..start];
            let error = QueryError::new(Span::new(start, start + 1), Problem::MissingSlop);
            return Err(error.with_hint(format!("`{phrase}~5`")));
        }
        let span = Span::new(start, start + 1 + n_digits);
        self.at = span.range().end;
        let distance = distance(span.of(self.source).trim_start_matches('~'));
        distance.map(Some).ok_or_else(|| QueryError::new(span, Problem::DistanceTooLarge { max: MAX_DISTANCE }))
    }

    /// Takes a field that has a value directly behind its colon.
    fn field(&mut self) -> Result<bool, QueryError> {
        let Some(end) = field::name_end(self.rest()) else { return Ok(false) };
        let name = &self.rest()[..end];
        let span = Span::new(self.at, self.at + end + 1);
        let has_value = self.next_is(end + 1, |_| true);
        let is_address = self.rest()[end + 1..].starts_with("//");
        let name_is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
        match field::look_up(name, self.measure_of) {
            Name::Known(field) if has_value && !is_address => {
                self.push(TokenKind::Field(field), end + 1);
                Ok(true)
            }
            Name::Known(_) if name_is_lower && !is_address => {
                let text = format!("`{name}:` is a word here, since nothing stands directly behind the colon");
                self.note(span, &text);
                Ok(false)
            }
            Name::Misspelt(right) if has_value && !is_address => {
                let behind = &self.rest()[end + 1..];
                if !behind.starts_with(|next: char| next.is_alphanumeric() || "\"“„«(*=<>/$€£-".contains(next))
                {
                    return Ok(false);
                }
                let value = &behind[..behind.find(is_blank).unwrap_or(behind.len())];
                let problem = Problem::UnknownField { name: name.to_owned() };
                Err(QueryError::new(span, problem).with_hint(format!("did you mean `{right}:{value}`?")))
            }
            Name::Meant(form) if has_value && !is_address => {
                let text = format!("`{name}:` is not a field, hence text; did you mean `{form}`?");
                self.note(span, &text);
                Ok(false)
            }
            Name::Word if name_is_lower && name.len() >= MIN_NOUN_BYTES && !name.contains('.') => {
                let value = self.rest()[end + 1..].split(is_blank).next().unwrap_or_default();
                let is_sign = |sign: char| sign.is_ascii_digit() || ".,".contains(sign);
                if value.contains(|sign: char| sign.is_ascii_digit()) && value.chars().all(is_sign) {
                    let text =
                        format!("`{name}:` is not a field, hence text; figures are asked for by `fig.{name}:{value}`");
                    self.note(span, &text);
                }
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    /// Takes everything up to the next blank, or the bracket that closes the group around.
    fn word(&mut self) {
        let start = self.at;
        let mut is_escaped = false;
        let mut n_open = 0_u32;
        let mut has_orphan = false;
        let mut characters = self.source[start..].char_indices().peekable();
        let mut length = self.source.len() - start;
        while let Some((offset, character)) = characters.next() {
            match character {
                blank if is_blank(blank) => {
                    length = offset;
                    break;
                }
                '\\' if offset == 0 => is_escaped = characters.peek().is_some_and(|(_, next)| !is_blank(*next)),
                '\\' => {}
                '(' if offset <= MAX_OPERATOR_BYTES && is_operator(&self.source[start..start + offset]) => {
                    length = offset;
                    break;
                }
                '(' => n_open += 1,
                ')' if n_open > 0 => n_open -= 1,
                ')' if !self.open_groups.is_empty() => {
                    length = offset;
                    break;
                }
                ')' => has_orphan = true,
                _ => continue,
            }
            if character == '\\'
                && let Some((_, _)) = characters.next_if(|(_, next)| next.is_ascii_punctuation())
            {
                is_escaped = true;
            }
        }
        let span = Span::new(start, start + length);
        if has_orphan {
            self.note(span, "a bracket without its partner is text");
        }
        self.push(TokenKind::Word { is_escaped }, length);
    }
}

/// Shorter words before a colon and a number are abbreviations: `no:5`, `vol:2`.
const MIN_NOUN_BYTES: usize = 4;

/// Bytes of the longest operator: `ONEAR/` and five digits. Longer words are not looked at twice.
const MAX_OPERATOR_BYTES: usize = "ONEAR/10000".len();

/// `NOT(a)`, `(a)OR(b)`: brackets behind an operator open a group.
fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT") || is_near(word).is_some()
}

/// Whether the order counts, if the word is `NEAR/5` or `ONEAR/5`.
pub(super) fn is_near(word: &str) -> Option<bool> {
    let (name, digits) = word.split_once('/')?;
    let is_ordered = match name {
        "NEAR" => false,
        "ONEAR" => true,
        _ => return None,
    };
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(is_ordered)
}

/// Greatest distance of NEAR and slop of phrases: a long article. Beyond it AND says the same.
pub(super) const MAX_DISTANCE: u32 = 10_000;

/// Reads a distance of at most [`MAX_DISTANCE`].
pub(super) fn distance(digits: &str) -> Option<u32> {
    digits.parse().ok().filter(|distance| *distance <= MAX_DISTANCE)
}

/// Length of `/…/` at the start of `text`, if it stands alone: no blank inside, and behind it a blank,
/// a closing bracket or the end.
fn regex_length(text: &str) -> Option<usize> {
    let mut in_class = false;
    let mut characters = text.char_indices().skip(1);
    while let Some((offset, character)) = characters.next() {
        match character {
            blank if is_blank(blank) => return None,
            '\\' => {
                characters.next().filter(|(_, next)| !is_blank(*next))?;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => {
                let is_alone = text[offset + 1..].chars().next().is_none_or(|next| is_blank(next) || next == ')');
                return (is_alone && offset > 1).then_some(offset + 1);
            }
            _ => {}
        }
    }
    None
}

/// A field that means title and body.
pub(super) const ANYWHERE: Field = Field::Text(Scope::Anywhere);
