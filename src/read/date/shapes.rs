//! The shapes of dates: by their numbers, by the names of their months, as one number.

use jiff::civil;

use super::YEARS;
use super::calendar::{Month, Year, day_of, month_of};
use super::clock::{clock, time_of};
use super::names::{Meaning, meaning, month, month_behind_day, month_of_two};
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

fn exact(year: Year, month: Month, day: i64) -> Option<Day> {
    day_of(year, month, day).map(Day::Exact)
}

fn month_alone(year: Year, month: Month) -> Option<Day> {
    month_of(year, month).map(|(year, month)| Day::Month(year, month))
}

/// A month by its number in our own calendar.
fn numbered(number: i64) -> Month {
    Month::numbered(number, DayMonthOrder::DayFirst)
}

fn full(year: i64) -> Year {
    Year { value: year, n_digits: 4 }
}

/// `2026-11-20`, `2026/11`, `20261120`, `2026年11月20日`, `令和8年11月20日`, `2026 Nov 20`, `2026 m. kovo 14`,
/// `1405/08/29`.
pub(super) fn year_first(tokens: &[Token<'_>], order: DayMonthOrder) -> Option<(Day, usize)> {
    let (year, used) = match tokens[0] {
        Token::Number { value, n_digits: 4, .. } => (value, 1),
        Token::Number { value, n_digits: 8, .. } => {
            return Some((exact(full(value / 10_000), numbered(value / 100 % 100), value % 100)?, 1));
        }
        Token::Word(word) => year_of_era(word, tokens)?,
        _ => return None,
    };
    let year = full(year);
    let numbered = |number: i64| Month::numbered(number, order);
    let mark = match tokens.get(used) {
        Some(Token::Mark(mark @ ('-' | '/' | '.' | '年' | '년'))) => Some(mark),
        _ => None,
    };
    let mut at = used + usize::from(mark.is_some());
    at += n_of_same_year(&tokens[at..], year)?;
    // "2024. gada 14. marts", "2024 m. kovo 14 d.", "2024ko martxoaren 14a".
    let says_year = matches!(tokens.get(at), Some(Token::Word("gada" | "m" | "ko" | "жылғы" | "ж")));
    if says_year {
        at += 1 + usize::from(tokens.get(at + 1) == Some(&Token::Mark('.')));
    }
    match tokens.get(at)? {
        Token::Word(_) => {
            let (month, used) = month_at(&tokens[at..])?;
            at += used;
            let day_at = at + usize::from(matches!(tokens.get(at), Some(Token::Mark('-' | '.'))));
            match tokens.get(day_at) {
                Some(Token::Number { value: day, n_digits: 1..=2, .. }) if !is_hour(tokens, day_at) => {
                    Some((exact(year, month, *day)?, day_at + 1))
                }
                _ => Some((month_alone(year, month)?, at)),
            }
        }
        Token::Number { value: day, n_digits: 1..=2, .. } if says_year => {
            let name_at = at + 1 + usize::from(tokens.get(at + 1) == Some(&Token::Mark('.')));
            let (month, used) = month_at(tokens.get(name_at..)?)?;
            Some((exact(year, month, *day)?, name_at + used))
        }
        Token::Number { value: month, n_digits: 1..=2, .. } if mark.is_some() => {
            match (tokens.get(at + 1), tokens.get(at + 2)) {
                (Some(Token::Mark(joint)), Some(Token::Number { value: day, n_digits: 1..=2, .. }))
                    if Some(joint) == mark || matches!(joint, '月' | '월') =>
                {
                    let month = if matches!(mark, Some('-' | '/')) {
                        Month::of_year(year, *month, order)
                    } else {
                        numbered(*month)
                    };
                    Some((exact(year, month, *day)?, at + 3))
                }
                // "2024 - 10:30" ends a date that is not known.
                _ if is_hour(tokens, at) => None,
                _ => Some((month_alone(year, numbered(*month))?, at + 1)),
            }
        }
        _ => None,
    }
}

/// Tokens that say a year again, in brackets and by another count: "2024年（令和6年）3月14日". `None` where it is
/// another year.
fn n_of_same_year(tokens: &[Token<'_>], year: Year) -> Option<usize> {
    let Some(Token::Mark('(')) = tokens.first() else { return Some(0) };
    let again = match tokens.get(1) {
        Some(Token::Word(word)) => year_of_era(word, &tokens[1..]),
        Some(&Token::Number { value, n_digits: 4, .. }) => Some((value, 1)),
        _ => None,
    };
    let Some((again, used)) = again else { return Some(0) };
    let end = 1 + used + usize::from(tokens.get(1 + used) == Some(&Token::Mark('年')));
    if tokens.get(end) != Some(&Token::Mark(')')) {
        return Some(0);
    }
    (again == year.value).then_some(end + 1)
}

/// `令和6年`, `民國113年`, `令和元年` at the front of `tokens`, whose first word is `word`: our year, and tokens
/// used up to the mark of the year.
fn year_of_era(word: &str, tokens: &[Token<'_>]) -> Option<(i64, usize)> {
    let Meaning::Era(before) = meaning(word)? else { return None };
    let (number, used) = match tokens.get(1)? {
        Token::Number { value, n_digits: 1..=3, .. } => (*value, 2),
        // The first year of an era has a word of its own.
        Token::Mark('年') if word.ends_with('元') => (1, 1),
        _ => return None,
    };
    (tokens.get(used) == Some(&Token::Mark('年')) && number > 0).then_some((i64::from(before) + number, used))
}

/// `November 1, 2026`, `1st of Nov. 2026`, `1. November 2026`, `01-Nov-26`, `November 2026`, `24 اسفند 1402`.
pub(super) fn named_month(tokens: &[Token<'_>], order: DayMonthOrder) -> Option<(Day, usize)> {
    let mut at = 0;
    let mut day = None;
    if let Token::Number { value, n_digits: 1..=2, .. } = tokens[0] {
        day = Some(value);
        at = 1 + n_skipped(&tokens[1..], |token| {
            matches!(
                token,
                Token::Mark('.' | '-' | '/' | '\'' | '’' | '°')
                    | Token::Word(
                        "st" | "nd" | "rd" | "th" | "of" | "de" | "d" | "er" | "º" | "ª" | "o" | "من" | "ب" | "ng"
                    )
            )
        });
    }
    let short = || match tokens.get(at) {
        Some(Token::Word(word)) if day.is_some() => Some((month_behind_day(word)?, 1)),
        _ => None,
    };
    let (mut month, used) = month_at(&tokens[at..]).or_else(short)?;
    // Croats mean October by "14. listopada", Poles November by "14 listopada".
    if tokens[at] == Token::Word("listopada") && tokens.get(1) == Some(&Token::Mark('.')) {
        month.number = 10;
    }
    at += used + n_repeated(&tokens[at + used..], month);
    at += n_before_year(&tokens[at..]);
    let Some(day) = day else { return month_first(tokens, at, month, order) };
    if let Some(year) = year_at(tokens, at) {
        return Some((exact(year, month.beside(year, order), day)?, at + 1));
    }
    let (year, end) = year_behind_time(tokens, at)?;
    Some((exact(year, month.beside(year, order), day)?, end))
}

/// `November 1, 2026`, `Nov 20 10:15:00 GMT 2026`, `November 2026`, with the month before `at`.
fn month_first(tokens: &[Token<'_>], at: usize, month: Month, order: DayMonthOrder) -> Option<(Day, usize)> {
    let &Token::Number { value: day, n_digits: 1..=2, .. } = tokens.get(at)? else {
        let year = year_at(tokens, at)?;
        return Some((month_alone(year, month.beside(year, order))?, at + 1));
    };
    let mut next = at + 1;
    next += n_skipped(&tokens[next..], |token| matches!(token, Token::Word("st" | "nd" | "rd" | "th")));
    // "Mar 14.30" has a time, or half of one.
    let is_time = tokens.get(next) == Some(&Token::Mark('.'));
    next += n_before_year(&tokens[next..]);
    if let Some(year) = year_at(tokens, next).filter(|year| year.n_digits == 4 || !is_time) {
        return Some((exact(year, month.beside(year, order), day)?, next + 1));
    }
    let (year, end) = year_behind_time(tokens, next)?;
    Some((exact(year, month.beside(year, order), day)?, end))
}

fn n_skipped(tokens: &[Token<'_>], is_skipped: impl Fn(&Token<'_>) -> bool) -> usize {
    tokens.iter().take_while(|token| is_skipped(token)).count()
}

/// Tokens between a month, or the day after it, and its year.
fn n_before_year(tokens: &[Token<'_>]) -> usize {
    n_skipped(tokens, |token| {
        matches!(
            token,
            Token::Mark('.' | ',' | '-' | '/' | '\'' | '’' | '׳' | '॰')
                | Token::Word("de" | "del" | "of" | "г" | "năm" | "พ.ศ" | "ค.ศ" | "عام" | "سنة" | "سال")
        )
    })
}

/// The month at the front of `tokens`, by name or, in Vietnamese, by number; and the tokens used.
fn month_at(tokens: &[Token<'_>]) -> Option<(Month, usize)> {
    let Token::Word(word) = tokens.first()? else { return None };
    let of_two = match tokens.get(1) {
        Some(Token::Word(second)) => month_of_two(word, second),
        Some(&Token::Number { value, n_digits: 1..=2, .. }) if *word == "tháng" => Some(numbered(value)),
        _ => None,
    };
    of_two.map(|month| (month, 2)).or_else(|| Some((month(word)?, 1)))
}

/// Tokens that say a month again, by its other name: "14 آذار/مارس 2024", "14 آذار (مارس) 2024".
fn n_repeated(tokens: &[Token<'_>], month: Month) -> usize {
    if !matches!(tokens.first(), Some(Token::Mark('/' | '('))) {
        return 0;
    }
    match month_at(&tokens[1..]) {
        Some((again, used)) if again == month => {
            1 + used + usize::from(tokens.get(1 + used) == Some(&Token::Mark(')')))
        }
        _ => 0,
    }
}

/// The year at `at`: four digits, or two that can be nothing else.
///
/// "14 March 11:30" and "14 Mar, 10.15am" have a time there, "14 March 24 comments" has a count.
fn year_at(tokens: &[Token<'_>], at: usize) -> Option<Year> {
    let &Token::Number { value, n_digits: n_digits @ (2 | 4), is_apart } = tokens.get(at)? else { return None };
    let is_count = is_apart && tokens.get(at + 1).is_some_and(Token::is_unknown);
    (n_digits == 4 || !is_hour(tokens, at) && !is_count).then_some(Year { value, n_digits })
}

/// Whether what follows shows that the number at `at` is an hour.
fn is_hour(tokens: &[Token<'_>], at: usize) -> bool {
    match (tokens.get(at + 1), tokens.get(at + 2)) {
        (Some(Token::Mark(':')), _) => true,
        (Some(Token::Mark('.')), Some(Token::Number { n_digits: 2, is_apart: false, .. })) => true,
        (Some(Token::Mark('時' | '时' | '点' | '點' | '시')), _) => true,
        (Some(Token::Word("h" | "u" | "uhr" | "hrs")), _) => true,
        (Some(Token::Word("a" | "p" | "π" | "μ")), Some(Token::Mark('.'))) => true,
        (Some(Token::Word(word)), _) => matches!(meaning(word), Some(Meaning::HalfAfter(_))),
        _ => false,
    }
}

/// The year of "Fri Nov 20 10:15:00 GMT 2026", where the time begins at `at`; and where it ends.
fn year_behind_time(tokens: &[Token<'_>], at: usize) -> Option<(Year, usize)> {
    let (_, used) = clock(tokens.get(at..)?)?;
    let end = at + used;
    // The zone may be one that the table of zones does not have.
    let end = end + usize::from(matches!(tokens.get(end), Some(Token::Word(_))));
    match tokens.get(end) {
        Some(&Token::Number { value, n_digits: 4, .. }) => Some((full(value), end + 1)),
        _ => None,
    }
}

/// `20/11/2026`, `11/20/2026`, `20.11.26`, `11/2026`.
pub(super) fn numeric(tokens: &[Token<'_>], order: DayMonthOrder) -> Option<(Day, usize)> {
    if let [
        Token::Number { value: month, n_digits: 1..=2, .. },
        Token::Mark('/'),
        Token::Number { value: year, n_digits: 4, .. },
        ..,
    ] = tokens
    {
        return Some((month_alone(full(*year), Month::numbered(*month, order))?, 3));
    }
    let [
        Token::Number { value: first, n_digits: 1..=2, .. },
        Token::Mark(mark @ ('/' | '.' | '-')),
        Token::Number { value: second, n_digits: 1..=2, is_apart: second_is_apart },
        Token::Mark(same),
        Token::Number { is_apart, .. },
        ..,
    ] = tokens
    else {
        return None;
    };
    if same != mark {
        return None;
    }
    let year = year_at(tokens, 4)?;
    // "14.3. 11" goes on with an hour or a count, and so does "3. 11.30".
    if *mark == '.' && (*is_apart || *second_is_apart) && year.n_digits == 2 {
        return None;
    }
    // Dots are written by those who put the day first.
    let month_first = order == DayMonthOrder::MonthFirst && *mark != '.';
    let (day, month) = if month_first { (*second, *first) } else { (*first, *second) };
    let found =
        exact(year, Month::numbered(month, order), day).or_else(|| exact(year, Month::numbered(day, order), month))?;
    Some((found, 5))
}

/// `2026`, `20261120`, `20261120101500`, or time since 1970 in seconds and finer units.
pub(super) fn bare_number(text: &str) -> Option<PublicationDate> {
    let (digits, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || digits.len() > 18 || !is_digits(digits) || !is_digits(fraction) {
        return None;
    }
    let value: i64 = digits.parse().ok()?;
    let compact_day = |value: i64| match exact(full(value / 10_000), numbered(value / 100 % 100), value % 100) {
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
