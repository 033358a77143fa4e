//! The shapes of dates: by their numbers, by the names of their months, as one number.

use jiff::civil;

use super::YEARS;
use super::clock::time_of;
use super::names::month;
use super::order::DayMonthOrder;
use super::tokens::Token;
use crate::article::PublicationDate;

/// Epoch seconds are read as dates from 1973 on; smaller numbers mean something else.
const MIN_EPOCH_SECONDS: i64 = 100_000_000;

#[derive(Clone, Copy)]
pub(super) enum Day {
    Month(i16, i8),
    Exact(civil::Date),
}

fn exact(year: i64, month: i64, day: i64) -> Option<Day> {
    if !YEARS.contains(&year) {
        return None;
    }
    let date = civil::Date::new(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(Day::Exact(date))
}

fn month_of(year: i64, month: i64) -> Option<Day> {
    (YEARS.contains(&year) && (1..=12).contains(&month)).then_some(Day::Month(year as i16, month as i8))
}

/// `2026-11-20`, `2026/11`, `20261120`, `2026年11月20日` and `2026 Nov 20`.
pub(super) fn year_first(tokens: &[Token<'_>], _order: DayMonthOrder) -> Option<(Day, usize)> {
    let year = match tokens[0] {
        Token::Number { value, n_digits: 4 } => value,
        Token::Number { value, n_digits: 8 } => {
            return Some((exact(value / 10_000, value / 100 % 100, value % 100)?, 1));
        }
        _ => return None,
    };
    let mark = match tokens.get(1) {
        Some(Token::Mark(mark @ ('-' | '/' | '.' | '年' | '년'))) => Some(mark),
        _ => None,
    };
    let at = 1 + usize::from(mark.is_some());
    match tokens.get(at)? {
        Token::Word(word) => {
            let month = i64::from(month(word)?);
            let day_at = at + 1 + usize::from(tokens.get(at + 1) == Some(&Token::Mark('-')));
            match tokens.get(day_at) {
                Some(Token::Number { value: day, n_digits: 1..=2 }) => Some((exact(year, month, *day)?, day_at + 1)),
                _ => Some((month_of(year, month)?, at + 1)),
            }
        }
        Token::Number { value: month, n_digits: 1..=2 } if mark.is_some() => match (tokens.get(3), tokens.get(4)) {
            (Some(Token::Mark(joint)), Some(Token::Number { value: day, n_digits: 1..=2 }))
                if Some(joint) == mark || matches!(joint, '月' | '월') =>
            {
                Some((exact(year, *month, *day)?, 5))
            }
            _ => Some((month_of(year, *month)?, 3)),
        },
        _ => None,
    }
}

/// `November 1, 2026`, `1st of Nov. 2026`, `1. November 2026`, `01-Nov-26`, `November 2026`.
pub(super) fn named_month(tokens: &[Token<'_>], _order: DayMonthOrder) -> Option<(Day, usize)> {
    let mut at = 0;
    let mut day = None;
    if let Token::Number { value, n_digits: 1..=2 } = tokens[0] {
        day = Some(value);
        at = 1;
        while let Some(Token::Mark('.' | '-' | '/' | ' ')) = tokens.get(at) {
            at += 1;
        }
        while let Some(Token::Word("st" | "nd" | "rd" | "th" | "of" | "de" | "er" | "º" | "ª" | "o")) = tokens.get(at)
        {
            at += 1;
        }
    }
    let Some(Token::Word(word)) = tokens.get(at) else { return None };
    let month = i64::from(month(word)?);
    at += 1;
    let skip = |mut at: usize| {
        while let Some(Token::Mark('.' | ',' | '-' | '/' | '\'' | '’') | Token::Word("de" | "del" | "of" | "г")) =
            tokens.get(at)
        {
            at += 1;
        }
        at
    };
    at = skip(at);
    if day.is_none()
        && let Some(&Token::Number { value, n_digits: 1..=2 }) = tokens.get(at)
    {
        let mut next = at + 1;
        while let Some(Token::Word("st" | "nd" | "rd" | "th")) = tokens.get(next) {
            next += 1;
        }
        let next = skip(next);
        if let Some(&Token::Number { value: year, n_digits }) = tokens.get(next)
            && (n_digits == 4 || (n_digits == 2 && !matches!(tokens.get(next + 1), Some(Token::Mark(':')))))
        {
            return Some((exact(full_year(year, n_digits), month, value)?, next + 1));
        }
        // "Fri Nov 20 10:15:00 GMT 2026": the time stands inside the date.
        if tokens.get(next + 1) == Some(&Token::Mark(':')) {
            let later = tokens.iter().enumerate().skip(next).take(MAX_TOKENS_OF_TIME);
            let (year_at, year) = later.into_iter().find_map(|(at, token)| match token {
                Token::Number { value, n_digits: 4 } if YEARS.contains(value) => Some((at, *value)),
                _ => None,
            })?;
            return Some((exact(year, month, value)?, year_at + 1));
        }
        return None;
    }
    let &Token::Number { value: year, n_digits: n_digits @ (2 | 4) } = tokens.get(at)? else { return None };
    match day {
        Some(day) => Some((exact(full_year(year, n_digits), month, day)?, at + 1)),
        None if n_digits == 4 => Some((month_of(year, month)?, at + 1)),
        None => None,
    }
}

/// A time of day with its zone has at most this many tokens.
const MAX_TOKENS_OF_TIME: usize = 10;

/// `20/11/2026`, `11/20/2026`, `20.11.26`, `11/2026`.
pub(super) fn numeric(tokens: &[Token<'_>], order: DayMonthOrder) -> Option<(Day, usize)> {
    if let [
        Token::Number { value: month, n_digits: 1..=2 },
        Token::Mark('/'),
        Token::Number { value: year, n_digits: 4 },
        ..,
    ] = tokens
    {
        return Some((month_of(*year, *month)?, 3));
    }
    let [
        Token::Number { value: first, n_digits: 1..=2 },
        Token::Mark(mark @ ('/' | '.' | '-')),
        Token::Number { value: second, n_digits: 1..=2 },
        Token::Mark(same),
        Token::Number { value: year, n_digits: n_digits @ (2 | 4) },
        ..,
    ] = tokens
    else {
        return None;
    };
    if same != mark {
        return None;
    }
    let year = full_year(*year, *n_digits);
    // Dots are written by those who put the day first.
    let month_first = order == DayMonthOrder::MonthFirst && *mark != '.';
    let (day, month) = if month_first { (*second, *first) } else { (*first, *second) };
    let found = exact(year, month, day).or_else(|| exact(year, day, month))?;
    Some((found, 5))
}

/// Two digits mean the hundred years that end half a lifetime from now.
fn full_year(year: i64, n_digits: usize) -> i64 {
    match n_digits {
        2 if year < 70 => 2000 + year,
        2 => 1900 + year,
        _ => year,
    }
}

/// `2026`, `20261120`, `20261120101500`, or time since 1970 in seconds and finer units.
pub(super) fn bare_number(text: &str) -> Option<PublicationDate> {
    let (digits, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || digits.len() > 18 || !is_digits(digits) || !is_digits(fraction) {
        return None;
    }
    let value: i64 = digits.parse().ok()?;
    let compact_day = |value: i64| match exact(value / 10_000, value / 100 % 100, value % 100) {
        Some(Day::Exact(day)) => Some(day),
        _ => None,
    };
    match digits.len() {
        4 if fraction.is_empty() && YEARS.contains(&value) => PublicationDate::year(value as i16),
        8 if fraction.is_empty() && compact_day(value).is_some() => compact_day(value).map(PublicationDate::day),
        14 if fraction.is_empty() && compact_day(value / 1_000_000).is_some() => {
            let (hour, minute, second) = (value / 10_000 % 100, value / 100 % 100, value % 100);
            let time = time_of(hour, minute, second)?;
            Some(PublicationDate::moment(compact_day(value / 1_000_000)?.to_datetime(time), None))
        }
        9 | 10 => epoch(value),
        12 | 13 => epoch(value / 1000),
        15 | 16 => epoch(value / 1_000_000),
        18 => epoch(value / 1_000_000_000),
        _ => None,
    }
}

fn epoch(seconds: i64) -> Option<PublicationDate> {
    if seconds < MIN_EPOCH_SECONDS {
        return None;
    }
    let moment = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    YEARS.contains(&i64::from(moment.year())).then(|| PublicationDate::moment(moment, Some(0)))
}
