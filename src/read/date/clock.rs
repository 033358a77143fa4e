//! Times of day and their zones, beside a date.

use std::ops::Range;

use jiff::civil;

use super::names::zone_offset;
use super::tokens::Token;

pub(super) type Moment = (civil::Time, Option<i32>);

/// A time of day at the front of `tokens`, after "T", "at", a comma and the like; and tokens used.
fn time_after(tokens: &[Token<'_>]) -> Option<(Moment, usize)> {
    let mut at = 0;
    while let Some(
        Token::Mark(',' | '-' | '–' | '—' | '|' | '.' | '/' | '(' | '•' | '·' | '日' | '일')
        | Token::Word("t" | "at" | "um" | "à" | "a" | "kl" | "klo" | "o" | "alle" | "ore" | "às" | "r" | "г" | "в"),
    ) = tokens.get(at)
    {
        at += 1;
    }
    // Only after a "T" do bare digits mean a time: "20261120T101530Z".
    if at > 0
        && tokens[at - 1] == Token::Word("t")
        && let Some(&Token::Number { value, n_digits: n_digits @ (4 | 6) }) = tokens.get(at)
    {
        let digits = if n_digits == 6 { value } else { value * 100 };
        let time = time_of(digits / 10_000, digits / 100 % 100, digits % 100)?;
        let (offset, used) = zone(&tokens[at + 1..]);
        return Some(((time, offset), at + 1 + used));
    }
    let (moment, used) = clock(&tokens[at..])?;
    Some((moment, at + used))
}

/// `10:15`, `10:15:30.25`, `10.15pm`, `9 a.m.`, `10h15`, with the zone that follows.
fn clock(tokens: &[Token<'_>]) -> Option<(Moment, usize)> {
    let &Token::Number { value: mut hour, n_digits: 1..=2 } = tokens.first()? else { return None };
    let number = |at: usize| match tokens.get(at) {
        Some(&Token::Number { value, n_digits }) => Some((value, n_digits)),
        _ => None,
    };
    let (mut minute, mut second, mut at) = (0, 0, 1);
    if let Some(Token::Mark(':' | '.') | Token::Word("h" | "u")) = tokens.get(1)
        && let Some((value, 2)) = number(2)
    {
        (minute, at) = (value, 3);
        if tokens.get(3) == Some(&Token::Mark(':'))
            && let Some((value, 2)) = number(4)
        {
            (second, at) = (value, 5);
            if matches!(tokens.get(5), Some(Token::Mark('.' | ','))) && number(6).is_some_and(|(_, n)| n >= 3) {
                at = 7;
            }
        }
    }
    let half = half_of_day(&tokens[at..]);
    if at == 1 && half.is_none() {
        return None;
    }
    if let Some((is_afternoon, used)) = half {
        at += used;
        if (1..=12).contains(&hour) {
            hour = hour % 12 + if is_afternoon { 12 } else { 0 };
        }
    }
    let time = time_of(hour, minute, second)?;
    let (offset, used) = zone(&tokens[at..]);
    Some(((time, offset), at + used))
}

/// A time of day; a leap second counts as the one before it.
pub(super) fn time_of(hour: i64, minute: i64, second: i64) -> Option<civil::Time> {
    let second = if second == 60 { 59 } else { second };
    civil::Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
}

/// `am`, `p.m.`: whether it is the afternoon, and the tokens used.
fn half_of_day(tokens: &[Token<'_>]) -> Option<(bool, usize)> {
    match tokens {
        [Token::Word("am"), ..] => Some((false, 1)),
        [Token::Word("pm"), ..] => Some((true, 1)),
        [Token::Word(half @ ("a" | "p")), Token::Mark('.'), Token::Word("m"), rest @ ..] => {
            Some((*half == "p", 3 + usize::from(rest.first() == Some(&Token::Mark('.')))))
        }
        _ => None,
    }
}

/// `Z`, `+02:00`, `-0500`, `GMT`, `(EST)`, `UTC+2`: seconds east of UTC, and the tokens used.
fn zone(tokens: &[Token<'_>]) -> (Option<i32>, usize) {
    let mut at = usize::from(matches!(tokens.first(), Some(Token::Mark('(' | ',' | '['))));
    let named = match tokens.get(at) {
        Some(Token::Word(name)) => {
            at += 1;
            match zone_offset(name) {
                Some(offset) => Some(offset),
                None => return (None, 0),
            }
        }
        _ => None,
    };
    if let (Some(Token::Mark(sign @ ('+' | '-' | '−'))), Some(&Token::Number { value, n_digits })) =
        (tokens.get(at), tokens.get(at + 1))
        && named.is_none_or(|offset| offset == 0)
    {
        let (hours, minutes, used) = match (n_digits, tokens.get(at + 2), tokens.get(at + 3)) {
            (1..=2, Some(Token::Mark(':')), Some(&Token::Number { value: minutes, n_digits: 2 })) => {
                (value, minutes, 4)
            }
            (1..=2, ..) => (value, 0, 2),
            (4, ..) => (value / 100, value % 100, 2),
            _ => return (named, if named.is_some() { at } else { 0 }),
        };
        // No place on Earth is further from UTC than fifteen hours.
        if hours <= 15 && minutes < 60 {
            let seconds = (hours * 3600 + minutes * 60) as i32;
            return (Some(if *sign == '+' { seconds } else { -seconds }), at + used);
        }
    }
    (named, if named.is_some() { at } else { 0 })
}

/// The time of day that belongs to the date that ends at `end`, after it, inside it or before it, with
/// the tokens that it takes.
pub(super) fn time_near(tokens: &[Token<'_>], end: usize) -> Option<(Moment, Range<usize>)> {
    if let Some((moment, used)) = time_after(&tokens[end..]) {
        return Some((moment, end..end + used));
    }
    // "Fri Nov 20 10:15:30 GMT 2026" and "10:15 GMT, Friday 20 November 2026".
    let colon = tokens[..end].iter().position(|token| *token == Token::Mark(':'))?;
    let from = colon.checked_sub(1)?;
    let (moment, used) = clock(&tokens[from..end])?;
    Some((moment, from..from + used))
}
