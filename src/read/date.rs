//! Publication dates in the many shapes that news writes them.
//!
//! One function, [`parse_date`], for every reader. It reads what is written and invents nothing: a
//! month without a year is no date, and a year outside 1600 to 2100 is a number.

mod names;
mod tokens;

use std::ops::Range;

use jiff::civil;

use self::names::{month, zone_offset};
use self::tokens::{Token, tokens};
use crate::article::PublicationDate;

/// Which of two numbers is the day where both could be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayMonthOrder {
    /// `4/11` is 4 November: most of the world.
    DayFirst,
    /// `4/11` is 11 April: the United States.
    #[default]
    MonthFirst,
}

/// Years that a publication may bear. Earlier ones are house numbers, later ones typing errors.
const YEARS: std::ops::RangeInclusive<i64> = 1600..=2100;

/// Epoch seconds are read as dates from 1973 on; smaller numbers mean something else.
const MIN_EPOCH_SECONDS: i64 = 100_000_000;

/// Words beside the date that a value may hold: "Published by the desk on 3 May 2024 in Kyiv".
const MAX_OTHER_WORDS: usize = 8;

/// Reads the first date in `text`, as precisely as it is stated; `None` when there is none.
///
/// Reads ISO 8601 and RFC 3339 at any precision, RFC 2822, dates with month names of the main
/// European languages, all-numeric dates (an impossible month decides the order, else `order`), and
/// seconds, milliseconds and microseconds since 1970.
pub fn parse_date(text: &str, order: DayMonthOrder) -> Option<PublicationDate> {
    let found = find_date(text, order)?;
    (found.n_other_words <= MAX_OTHER_WORDS).then_some(found.date)
}

/// Reads `text` when it is a date and nothing else: "Published: Friday, 20 November 2026, 10:15 GMT".
pub(crate) fn parse_date_only(text: &str, order: DayMonthOrder) -> Option<PublicationDate> {
    let found = find_date(text, order)?;
    (found.n_other_words == 0).then_some(found.date)
}

/// Whether a word is the name of a month, or short for one: "19 Dec" is nobody's name.
pub(crate) fn is_month_name(word: &str) -> bool {
    month(&word.to_lowercase()).is_some()
}

/// A date, and how much of the text was something else.
struct Found {
    date: PublicationDate,
    n_other_words: usize,
}

/// A value longer than this is prose.
const MAX_VALUE_BYTES: usize = 200;

fn find_date(text: &str, order: DayMonthOrder) -> Option<Found> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_VALUE_BYTES {
        return None;
    }
    if let Some(date) = bare_number(text) {
        return Some(Found { date, n_other_words: 0 });
    }
    let tokens = tokens(text);
    for start in 0..tokens.len() {
        for shape in [year_first, named_month, numeric] {
            let Some((day, used)) = shape(&tokens[start..], order) else { continue };
            let end = start + used;
            // "30 February 2024" has a month, but means a day that there is not.
            let has_day = start > 0 && matches!(tokens[start - 1], Token::Number { n_digits: 1..=2, .. });
            if has_day && matches!(day, Day::Month(..)) {
                continue;
            }
            let (date, time_range) = match day {
                Day::Month(year, month) => (PublicationDate::month(year, month)?, start..end),
                Day::Exact(day) => match time_near(&tokens, end) {
                    Some(((time, offset), range)) => (PublicationDate::moment(day.to_datetime(time), offset), range),
                    None => (PublicationDate::day(day), start..end),
                },
            };
            let is_other =
                |at: &usize| !(start..end).contains(at) && !time_range.contains(at) && !is_date_word(&tokens[*at]);
            return Some(Found { date, n_other_words: (0..tokens.len()).filter(is_other).count() });
        }
    }
    None
}

/// The time of day that belongs to the date that ends at `end`, after it, inside it or before it, with
/// the tokens that it takes.
fn time_near(tokens: &[Token<'_>], end: usize) -> Option<(Moment, Range<usize>)> {
    if let Some((moment, used)) = time_after(&tokens[end..]) {
        return Some((moment, end..end + used));
    }
    // "Fri Nov 20 10:15:30 GMT 2026" and "10:15 GMT, Friday 20 November 2026".
    let colon = tokens[..end].iter().position(|token| *token == Token::Mark(':'))?;
    let from = colon.checked_sub(1)?;
    let (moment, used) = clock(&tokens[from..end])?;
    Some((moment, from..from + used))
}

#[derive(Clone, Copy)]
enum Day {
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
fn year_first(tokens: &[Token<'_>], _order: DayMonthOrder) -> Option<(Day, usize)> {
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
fn named_month(tokens: &[Token<'_>], _order: DayMonthOrder) -> Option<(Day, usize)> {
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
fn numeric(tokens: &[Token<'_>], order: DayMonthOrder) -> Option<(Day, usize)> {
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

type Moment = (civil::Time, Option<i32>);

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
fn time_of(hour: i64, minute: i64, second: i64) -> Option<civil::Time> {
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

/// `2026`, `20261120`, `20261120101500`, or time since 1970 in seconds and finer units.
fn bare_number(text: &str) -> Option<PublicationDate> {
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

/// Words that belong to a date line without being part of the date.
fn is_date_word(token: &Token<'_>) -> bool {
    match token {
        Token::Mark(_) => true,
        Token::Number { .. } => false,
        Token::Word(word) => names::is_date_word(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = parse_date(text, DayMonthOrder::MonthFirst);
        assert_eq!(found.map(|date| date.to_string()).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn iso_and_its_relatives() {
        check("2026", "2026");
        check("2026-11", "2026-11");
        check("2026-11-20", "2026-11-20");
        check("2026/11/20", "2026-11-20");
        check("2026-11-20T10:15", "2026-11-20T10:15:00");
        check("2026-11-20T10:15:30Z", "2026-11-20T10:15:30Z");
        check("2026-11-20T10:15:30.250Z", "2026-11-20T10:15:30Z");
        check("2026-11-20T10:15:30+05:30", "2026-11-20T10:15:30+05:30");
        check("2026-11-20T10:15:30-0500", "2026-11-20T10:15:30-05:00");
        check("2014-05-08 10:16:13 -0400", "2014-05-08T10:16:13-04:00");
        check("2014-05-08 10:16:13 -4", "2014-05-08T10:16:13-04:00");
        check("2026-11-20 10:15:30 UTC", "2026-11-20T10:15:30Z");
        check("20261120", "2026-11-20");
        check("20261120T101530Z", "2026-11-20T10:15:30Z");
        check("20261120101530", "2026-11-20T10:15:30");
        check("2026年11月20日 10:15", "2026-11-20T10:15:00");
    }

    #[test]
    fn month_names() {
        check("November 1, 2026", "2026-11-01");
        check("Nov. 1, 2026", "2026-11-01");
        check("Sept. 5, 2026", "2026-09-05");
        check("1 November 2026", "2026-11-01");
        check("1st Nov 2026 10:15 GMT", "2026-11-01T10:15:00Z");
        check("the 3rd of May, 2024", "2024-05-03");
        check("Friday, 20 November 2026", "2026-11-20");
        check("Fri, 20 Nov 2026 10:15:30 +0200", "2026-11-20T10:15:30+02:00");
        check("Fri Nov 20 10:15:30 2026", "2026-11-20T10:15:30");
        check("May 8, 2014 at 9:05 p.m. EDT", "2014-05-08T21:05:00-04:00");
        check("Published 9:05 AM, Mon May 8, 2014", "2014-05-08T09:05:00");
        check("November 2026", "2026-11");
        check("20-Nov-2026", "2026-11-20");
        check("08-May-14", "2014-05-08");
        check("1. März 2024", "2024-03-01");
        check("1er août 2024 à 10h15", "2024-08-01T10:15:00");
        check("3 de mayo de 2024", "2024-05-03");
        check("12 января 2024 г., 18:30", "2024-01-12T18:30:00");
    }

    #[test]
    fn numeric_dates_follow_plausibility_then_order() {
        check("20/11/2026", "2026-11-20");
        check("11/20/2026", "2026-11-20");
        check("4/11/2026", "2026-04-11");
        check("20.11.2026", "2026-11-20");
        check("4.11.2026", "2026-11-04");
        check("4.11.26, 9:30", "2026-11-04T09:30:00");
        let day_first = parse_date("4/11/2026", DayMonthOrder::DayFirst).expect("a date");
        assert_eq!(day_first.to_string(), "2026-11-04");
    }

    #[test]
    fn time_since_1970() {
        check("1573640000", "2019-11-13T10:13:20Z");
        check("1573640000.5", "2019-11-13T10:13:20Z");
        check("1573640000000", "2019-11-13T10:13:20Z");
        check("12345", "");
    }

    #[test]
    fn what_is_no_date() {
        check("", "");
        check("yesterday", "");
        check("May 8", "");
        check("2026-13-40", "");
        check("30 February 2024", "");
        check("1234-01-01", "");
        check("3 of 4", "");
        check("99/99/9999", "");
    }

    #[test]
    fn a_date_line_holds_nothing_else() {
        let is_line = |text| parse_date_only(text, DayMonthOrder::MonthFirst).is_some();
        assert!(is_line("Published: Friday, 20 November 2026, 10:15 GMT"));
        assert!(is_line("Updated on May 8, 2014 at 9:05 p.m. ET"));
        assert!(!is_line("On May 8, 2014 the war ended"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}", digits in "[0-9:/.TZ +-]{0,30}") {
            for text in [text, digits] {
                if let Some(date) = parse_date(&text, DayMonthOrder::DayFirst) {
                    proptest::prop_assert!(YEARS.contains(&i64::from(date.first_day().year())));
                }
            }
        }
    }
}
