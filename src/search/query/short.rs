//! Figures in short: `prisoners>=300`, `usd > 1m`, `$1bn..$5bn`, `>10%`, `€2m..`.
//!
//! The line between amounts and text is drawn here. A comparison or `..` makes an amount when a number
//! stands on its right side and a noun, a unit or a sign of currency on either; `a>b`, `<p>`, `->`,
//! `1914..1918`, `wait..what` are text. With blanks around `>` and `<`, the word before has to be a
//! unit or in lower case, so that the path of a page (`News > 2022`) stays text. Fed by the parser.

use super::ast::{Expr, FigureMatch, Measure, Node};
use super::date::parse_date_range;
use super::day::{is_day_of_month, is_month, is_year};
use super::error::{Problem, QueryError};
use super::field::NAMES as FIELD_NAMES;
use super::lexer::{TokenKind, is_blank};
use super::number::{Amounts, begins_amount, begins_scale, is_conditions, is_scale, is_touching_scale, parse_amounts};
use super::parser::Parser;
use crate::mention::Span;
use crate::unit::AGE;

/// Least letters of a counted noun: `x>5` is text.
const MIN_NOUN_CHARS: usize = 2;

/// Tokens up to which a comparison with something that is no number is a slip; in longer texts, which
/// are pasted, it is code: `if (length>=0xff)`.
const MAX_TOKENS_TYPED: usize = 3;

const BARE: &str = "text, since nothing says what is measured: `prisoners>=300`, `$1m..$5m`, `fig:>=300`, \
                    `date:2019..2022`";

/// What looks like an amount.
enum Short {
    /// Text.
    Text,
    /// Text that may have been meant as a figure, with a remark.
    Doubtful(String),
    /// A figure.
    Figure(Measure, Amounts),
    /// A date, written as a figure (`date>=2022`).
    Date(Expr),
}

impl<'a> Parser<'a> {
    /// Takes a figure or date in short form, if one stands here.
    pub(super) fn short_figure(&mut self) -> Result<Option<Node>, QueryError> {
        let begin = self.at;
        let exact = matches!(self.kind(), Some(TokenKind::Equals));
        self.at += usize::from(exact);
        let found = self.short_figure_behind(begin, exact);
        if !matches!(found, Ok(Some(_))) {
            self.at = begin;
        }
        found
    }

    /// The same behind the `=` that may stand at token `begin`.
    fn short_figure_behind(&mut self, begin: usize, exact: bool) -> Result<Option<Node>, QueryError> {
        let Some(first) = self.plain_word(self.at) else { return Ok(None) };
        let last = if has_sign(first) {
            self.amount_end(self.at, true)
        } else if self.is_compared(first) {
            self.amount_end(self.at + 1, true)
        } else if begins_amount(first) && self.plain_word(self.at + 1) == Some("..") {
            self.amount_end(self.at, true)
        } else {
            self.note_equation(first);
            return Ok(None);
        };
        let start = self.tokens[self.at].span.range().start;
        let whole = &self.source[start..self.tokens[last].span.range().end];
        let text = without_punctuation(whole);
        let span = Span::new(self.tokens[begin].span.range().start, start + text.len());
        let expr = match self.read_short(text).map_err(|error| error.moved_by(start))? {
            Short::Text => return Ok(None),
            Short::Doubtful(remark) => {
                self.note(span, &remark);
                return Ok(None);
            }
            Short::Date(expr) => expr,
            Short::Figure(measure, amounts) => {
                self.note_amounts(&measure, &amounts, span);
                self.note_lone_scale(last);
                let Amounts { range, change, bound, .. } = amounts;
                Expr::Figure(FigureMatch { measure, exact, range, change, bound })
            }
        };
        self.at = last + 1;
        Ok(Some(Node { expr, span }))
    }

    /// The token up to which an amount or a date runs that starts at `at`: a comparison takes the
    /// number behind it, a number takes `..` and its other end, or a scale that stands apart.
    pub(super) fn amount_end(&self, at: usize, is_figure: bool) -> usize {
        let mut last = at;
        loop {
            let Some(current) = self.plain_word(last).or_else(|| self.regex_text(last)) else { return last };
            let Some(next) = self.plain_word(last + 1) else { return last };
            let fits = |text: &str| match is_figure {
                true => begins_amount(text),
                false => text.starts_with(char::is_alphanumeric),
            };
            if current.ends_with(['<', '>', '≤', '≥']) || current.ends_with(">=") || current.ends_with("<=") {
                if !fits(next) {
                    return last;
                }
                last += 1;
            } else if next == ".." && !current.contains("..") && self.plain_word(last + 2).is_some_and(fits) {
                last += 2;
            } else if is_figure && (is_bare(current) || last > at && is_scale(current)) && begins_scale(next) {
                last += 1;
            } else if is_figure && current.ends_with(is_end_of_amount) && is_conditions(next) {
                return last + 1;
            } else {
                return last;
            }
        }
    }

    /// Remarks upon a letter behind the amount that ends with token `last`: `usd>5 m`.
    pub(super) fn note_lone_scale(&mut self, last: usize) {
        let Some(number) = self.plain_word(last).filter(|number| is_bare(number)) else { return };
        let Some(letter) = self.plain_word(last + 1).filter(|next| is_touching_scale(next)) else { return };
        let digits = number.rsplit(|character: char| !is_in_number(character)).next().unwrap_or(number);
        let note = format!("a word here; as a scale it touches its number: `{digits}{letter}`");
        let span = self.tokens[last + 1].span;
        self.note(span, &note);
    }

    /// The token up to which a date in words runs that starts at `at`: `march 2022`, `1 march`,
    /// `1 march 2022`, `march 1, 2022`. A month and a day without a year are not joined: `date:march 10`
    /// may ask for the word `10`.
    pub(super) fn date_end(&self, at: usize) -> usize {
        let is = |offset: usize, accepts: fn(&str) -> bool| self.plain_word(at + offset).is_some_and(accepts);
        if is(0, is_day_of_month) && is(1, is_month) {
            return if is(2, is_year) { at + 2 } else { at + 1 };
        }
        if is(0, is_month) && is(1, is_day_of_month) && is(2, is_year) {
            return at + 2;
        }
        if is(0, is_month) && is(1, is_year) { at + 1 } else { self.amount_end(at, false) }
    }

    fn read_short(&self, text: &str) -> Result<Short, QueryError> {
        let sign = text.find(['<', '>', '≤', '≥']).filter(|at| text.find("..").is_none_or(|dots| *at < dots));
        match sign {
            None | Some(0) => self.read_with_own_unit(text),
            Some(at) => self.read_compared(text, at),
        }
    }

    /// `$1bn..$5bn`, `>10%`.
    fn read_with_own_unit(&self, text: &str) -> Result<Short, QueryError> {
        if !begins_amount(text.trim_start_matches(['.', '<', '>', '≤', '≥', '=', ' '])) {
            return Ok(Short::Text);
        }
        match parse_amounts(text, self.config.unit_of) {
            Ok(amounts) => Ok(match amounts.unit.clone() {
                Some(unit) => Short::Figure(Measure::Unit(unit), amounts),
                None => Short::Doubtful(BARE.to_owned()),
            }),
            Err(error) if self.is_meant(&error, text) => Err(error),
            Err(_) => Ok(Short::Text),
        }
    }

    /// Whether a faulty range was meant as one: it has a unit.
    fn is_meant(&self, error: &QueryError, text: &str) -> bool {
        let has_unit = |end: &str| parse_amounts(end, self.config.unit_of).is_ok_and(|amounts| amounts.unit.is_some());
        match error.problem {
            Problem::UnitMismatch { .. } => true,
            Problem::EmptyRange { .. } => text.split("..").any(has_unit),
            Problem::UnknownCondition { .. } => text.rsplit_once('[').is_some_and(|(body, _)| has_unit(body)),
            _ => false,
        }
    }

    /// `prisoners>=300`, `$>1m`.
    fn read_compared(&self, text: &str, at: usize) -> Result<Short, QueryError> {
        let (left, rest) = (text[..at].trim_end(), &text[at..]);
        let number = rest.trim_start_matches(['<', '>', '≤', '≥', '=']).trim_start();
        if left == "date" && number.starts_with(|first: char| first.is_alphanumeric()) {
            let days = parse_date_range(rest, (self.config.today)()).map_err(|error| error.moved_by(at))?;
            return Ok(Short::Date(Expr::Date(days)));
        }
        if let Some(name) = left.strip_suffix(':')
            && self.measure_named(name).is_some()
            && begins_amount(number)
        {
            return Ok(Short::Doubtful(format!("text; a figure is written `{name}{rest}`")));
        }
        if let Some(name) = left.strip_suffix('=')
            && self.measure_named(name).is_some()
            && begins_amount(number)
        {
            let sign = &rest[..rest.len() - rest.trim_start_matches(['<', '>']).len()];
            return Ok(Short::Doubtful(format!("text; a figure is written `{name}{sign}={number}`")));
        }
        let left = left.strip_prefix("fig.").unwrap_or(left);
        let measure = if left == "fig" { Some(Measure::Any) } else { self.measure_named(left) };
        let Some(measure) = measure else {
            return Ok(match begins_amount(left) && self.measure_named(number).is_some() {
                true => Short::Doubtful(format!("text; what is measured comes first: `{number}>300`")),
                false => Short::Text,
            });
        };
        if !begins_amount(number) {
            let is_inclusive = ["<=", ">=", "≤", "≥"].iter().any(|sign| rest.starts_with(sign));
            return Ok(match is_inclusive && !number.is_empty() {
                true => Short::Doubtful(format!("text, since `{number}` is not a number")),
                false => Short::Text,
            });
        }
        let amounts = match parse_amounts(rest, self.config.unit_of) {
            Ok(amounts) => amounts,
            Err(error) => {
                let is_inclusive = ["<=", ">=", "≤", "≥"].iter().any(|sign| rest.starts_with(sign));
                let is_typed = self.tokens.len() <= MAX_TOKENS_TYPED;
                return match measure {
                    _ if !is_typed => Ok(Short::Doubtful(format!("text, since `{number}` is not a number"))),
                    Measure::Noun(_) if !is_inclusive => {
                        Ok(Short::Doubtful(format!("text, since `{number}` is not a number")))
                    }
                    _ => Err(error.moved_by(at)),
                };
            }
        };
        match (&measure, &amounts.unit) {
            (Measure::Any, Some(unit)) => Ok(Short::Figure(Measure::Unit(unit.clone()), amounts)),
            // `Shares fell >10%`: the number has a unit of its own, and the word is only a word.
            (Measure::Noun(_), Some(_)) if text[..at].ends_with(is_blank) => Ok(Short::Text),
            (Measure::Unit(expected) | Measure::Noun(expected), Some(found)) if !measures(expected, found) => {
                let problem = Problem::UnitMismatch { expected: expected.clone(), found: found.clone() };
                Err(QueryError::new(Span::new(at, text.len()), problem).with_hint(format!("`fig.{found}:{rest}`")))
            }
            _ => Ok(Short::Figure(measure, amounts)),
        }
    }

    /// A unit, or the noun that a word may be.
    fn measure_named(&self, word: &str) -> Option<Measure> {
        if let Some(unit) = (self.config.unit_of)(word) {
            return Some(Measure::Unit(unit));
        }
        let is_noun = word.chars().count() >= MIN_NOUN_CHARS
            && word.starts_with(char::is_alphabetic)
            && word.ends_with(char::is_alphabetic)
            && word.chars().all(|character| character.is_alphabetic() || "-'’".contains(character));
        is_noun.then(|| self.config.measure_of(word))
    }

    /// Whether a comparison follows the word, apart from it.
    fn is_compared(&self, word: &str) -> bool {
        let Some(next) = self.plain_word(self.at + 1) else { return false };
        if !next.starts_with(['<', '>', '≤', '≥']) || self.measure_named(word).is_none() {
            return false;
        }
        let is_strict_sign = !["<=", ">=", "≤", "≥"].iter().any(|sign| next.starts_with(sign));
        let is_lower = !word.chars().any(char::is_uppercase);
        is_lower || !is_strict_sign || (self.config.unit_of)(word).is_some()
    }

    /// A word of the query that no backslash and no position turns into something else.
    fn plain_word(&self, at: usize) -> Option<&'a str> {
        let token = self.tokens.get(at)?;
        let is_plain = token.kind == TokenKind::Word { is_escaped: false } && self.operator_at(at).is_none();
        is_plain.then(|| token.span.of(self.source))
    }

    fn regex_text(&self, at: usize) -> Option<&'a str> {
        let token = self.tokens.get(at)?;
        (token.kind == TokenKind::Regex).then(|| token.span.of(self.source))
    }

    fn note_equation(&mut self, text: &str) {
        let Some((left, right)) = text.split_once('=') else { return };
        if FIELD_NAMES.contains(&left) && right.starts_with(char::is_alphanumeric) {
            let span = self.tokens[self.at].span;
            self.note(span, &format!("text; behind a field stands a colon: `{left}:{right}`"));
            return;
        }
        if !matches!(self.measure_named(left), Some(Measure::Noun(_) | Measure::Unit(_))) || !begins_amount(right) {
            return;
        }
        if parse_amounts(right, self.config.unit_of).is_ok() {
            let note = format!("text; for a figure write `fig.{left}:{right}`");
            let span = self.tokens[self.at].span;
            self.note(span, &note);
        }
    }
}

fn has_sign(word: &str) -> bool {
    word.contains(['<', '>', '≤', '≥']) || word.contains("..")
}

/// Whether an amount in a unit answers a question for another: `age>=20 years`.
pub(super) fn measures(expected: &str, found: &str) -> bool {
    expected == found || expected == AGE && found == "year"
}

/// Whether a word ends with the digits of a number.
fn is_bare(word: &str) -> bool {
    word.ends_with(|end: char| end.is_ascii_digit())
}

fn is_in_number(character: char) -> bool {
    character.is_ascii_digit() || ".,".contains(character)
}

/// Of a number, with or without scale and unit.
fn is_end_of_amount(last: char) -> bool {
    last.is_alphanumeric() || "%$€£".contains(last)
}

/// Without the punctuation of a sentence behind it; the dots of an open range stay.
fn without_punctuation(text: &str) -> &str {
    let text = text.trim_end_matches([',', ';', ':', '!', '?', '"', '”', '»']);
    match text.strip_suffix('.') {
        Some(rest) if !rest.ends_with('.') => rest,
        _ => text,
    }
}
