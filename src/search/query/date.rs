//! Days of publication, as people write them: `2022`, `2022-03`, `march-2022`, `last-30d`,
//! `2022-03..yesterday`.
//!
//! Reads no clock: the day that counts as today comes from the caller. Fed by the parser, and by front
//! ends for flags such as `--since`.
//!
//! A date that names more than a day (`2022`, `last-week`) stands for all its days: as the start of a
//! range it is their first, as the end their last; `>2022` starts behind all of them. `last-30d` runs
//! from the same day 30 days ago to today. `7d` and `2-weeks` are the same as `last-7d` when they
//! stand alone, and mean that one day at an end of a range. Weeks start on Monday.

use jiff::Span as Period;
use jiff::civil::{Date, Weekday};

use super::ast::DateMatch;
use super::error::{Problem, QueryError, span_in};

const FORMS: &str = "a date is written `2022`, `2022-03`, `2022-03-01`, `march-2022`, `yesterday`, `last-30d`, \
                     `last-month`; a range `2022-03..2022-06`, `>=2022-03`";

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Days that a date stands for.
struct Days {
    first: Date,
    last: Date,
    /// Whether it is `7d`: a stretch up to today when alone, its first day at an end of a range.
    is_age: bool,
}

impl Days {
    fn new(first: Date, last: Date) -> Self {
        Self { first, last, is_age: false }
    }

    fn one(day: Date) -> Self {
        Self::new(day, day)
    }

    fn end(&self) -> Date {
        if self.is_age { self.first } else { self.last }
    }
}

/// Reads a date or a range of dates. `*` is any day.
///
/// # Errors
/// When the text is no date, or the range is empty; the span points into `text`.
pub fn parse_date_range(text: &str, today: Date) -> Result<DateMatch, QueryError> {
    let trimmed = text.trim();
    if trimmed == "*" {
        return Ok(DateMatch::Any);
    }
    let (first, last) = match trimmed.split_once("..") {
        Some((start, end)) => ends(text, start.trim(), end.trim(), today)?,
        None => compared(text, trimmed, today)?,
    };
    if let (Some(from), Some(to)) = (first, last)
        && from > to
    {
        let (low, high) = trimmed.split_once("..").map_or((from.to_string(), to.to_string()), |(start, end)| {
            (start.trim().to_owned(), end.trim().to_owned())
        });
        let hint = format!("`{high}..{low}`");
        return Err(QueryError::new(span_in(text, trimmed), Problem::EmptyRange { low, high }).with_hint(hint));
    }
    Ok(DateMatch::Range { first, last })
}

/// The first day of a date, as for `--since`.
///
/// # Errors
/// When the text is no date, or is a range; the span points into `text`.
pub fn parse_day_start(text: &str, today: Date) -> Result<Date, QueryError> {
    one_date(text, today).map(|days| days.first)
}

/// The last day of a date, as for `--until`.
///
/// # Errors
/// When the text is no date, or is a range; the span points into `text`.
pub fn parse_day_end(text: &str, today: Date) -> Result<Date, QueryError> {
    one_date(text, today).map(|days| days.end())
}

fn one_date(text: &str, today: Date) -> Result<Days, QueryError> {
    let trimmed = text.trim();
    if trimmed.contains("..") || trimmed.starts_with(['<', '>', '≤', '≥', '*']) {
        let problem = Problem::NotOneDate { found: trimmed.to_owned() };
        return Err(QueryError::new(span_in(text, trimmed), problem).with_hint("`2022-03-01`, `2022-03` or `7d`"));
    }
    days(text, trimmed, today)
}

type Ends = (Option<Date>, Option<Date>);

fn ends(text: &str, start: &str, end: &str, today: Date) -> Result<Ends, QueryError> {
    if start.is_empty() && end.is_empty() {
        return Err(QueryError::new(span_in(text, text), Problem::OpenRange).with_hint("`*` for any day"));
    }
    let first = if start.is_empty() { None } else { Some(days(text, start, today)?.first) };
    let last = if end.is_empty() { None } else { Some(days(text, end, today)?.end()) };
    Ok((first, last))
}

fn compared(text: &str, trimmed: &str, today: Date) -> Result<Ends, QueryError> {
    let read = |rest: &str| days(text, span_in(text, rest.trim()).of(text), today);
    let beyond = || {
        let problem = Problem::BeyondCalendar { found: trimmed.to_owned() };
        QueryError::new(span_in(text, trimmed), problem)
    };
    if let Some(rest) = trimmed.strip_prefix(">=").or_else(|| trimmed.strip_prefix('≥')) {
        return Ok((Some(read(rest)?.first), None));
    }
    if let Some(rest) = trimmed.strip_prefix("<=").or_else(|| trimmed.strip_prefix('≤')) {
        return Ok((None, Some(read(rest)?.end())));
    }
    if let Some(rest) = trimmed.strip_prefix('>') {
        return Ok((Some(read(rest)?.end().tomorrow().map_err(|_| beyond())?), None));
    }
    if let Some(rest) = trimmed.strip_prefix('<') {
        return Ok((None, Some(read(rest)?.first.yesterday().map_err(|_| beyond())?)));
    }
    let days = read(trimmed.strip_prefix('=').unwrap_or(trimmed))?;
    Ok((Some(days.first), Some(days.last)))
}

fn days(text: &str, date: &str, today: Date) -> Result<Days, QueryError> {
    let fail = |problem: Problem| QueryError::new(span_in(text, date), problem);
    let no_date = || fail(Problem::NotADate { found: date.to_owned() }).with_hint(FORMS);
    let lower = date.to_lowercase();
    let parts: Vec<&str> =
        lower.split(|character: char| character.is_whitespace() || "-/.,_".contains(character)).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return Err(no_date());
    }
    if parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return numeric(&parts).map_err(|fault| match fault {
            Fault::NoDate(hint) => no_date().with_hint(hint.unwrap_or_else(|| FORMS.to_owned())),
            Fault::NoDay(hint) => fail(Problem::NoSuchDay { found: date.to_owned() }).with_hint(hint),
        });
    }
    if let Some(result) = with_month(&parts, today) {
        return result.map_err(|hint| fail(Problem::NoSuchDay { found: date.to_owned() }).with_hint(hint));
    }
    match relative(&parts, today) {
        Some(Some(days)) => Ok(days),
        Some(None) => Err(fail(Problem::BeyondCalendar { found: date.to_owned() })),
        None if date.starts_with(['[', '{']) => Err(no_date().with_hint("a range is written `2020..2022`")),
        None => Err(no_date()),
    }
}

enum Fault {
    /// Not a date; with a better hint than the general one.
    NoDate(Option<String>),
    /// A month or day that does not exist, with what does.
    NoDay(String),
}

/// `2022`, `2022-03`, `2022-03-01`, `20220301`.
fn numeric(parts: &[&str]) -> Result<Days, Fault> {
    let year = parts[0];
    match (parts, year.len()) {
        ([_], 4) => whole_year(year),
        ([compact], 8) => day_of(&compact[..4], &compact[4..6], &compact[6..]),
        ([_, month], 4) if month.len() <= 2 => month_of(year, month),
        ([_, month, day], 4) if month.len() <= 2 && day.len() <= 2 => day_of(year, month, day),
        ([_, other], 4) if other.len() == 4 => {
            Err(Fault::NoDate(Some(format!("a range is written `{year}..{other}`"))))
        }
        ([day, month, year], 1 | 2) if month.len() <= 2 && year.len() == 4 => Err(Fault::NoDate(Some(format!(
            "the year comes first: `{year}-{month:0>2}-{day:0>2}` or `{year}-{day:0>2}-{month:0>2}`"
        )))),
        _ => Err(Fault::NoDate(None)),
    }
}

fn number<N: std::str::FromStr>(digits: &str) -> Result<N, Fault> {
    digits.parse().map_err(|_| Fault::NoDate(None))
}

fn whole_year(year: &str) -> Result<Days, Fault> {
    let january = Date::new(number(year)?, 1, 1).map_err(|_| Fault::NoDay("years run from 0001 to 9999".to_owned()))?;
    Ok(Days::new(january, january.last_of_year()))
}

fn month_of(year: &str, month: &str) -> Result<Days, Fault> {
    whole_year(year)?;
    let first =
        Date::new(number(year)?, number(month)?, 1).map_err(|_| Fault::NoDay("months run from 01 to 12".to_owned()))?;
    Ok(Days::new(first, first.last_of_month()))
}

fn day_of(year: &str, month: &str, day: &str) -> Result<Days, Fault> {
    let whole = month_of(year, month)?;
    let (year, month) = (whole.first.year(), whole.first.month());
    let date = Date::new(year, month, number(day)?)
        .map_err(|_| Fault::NoDay(format!("{year:04}-{month:02} has {} days", whole.first.days_in_month())))?;
    Ok(Days::one(date))
}

/// `march-2022`, `2022-mar`, `1 march 2022`, `March 1, 2022`, `2022-q1`; `march` alone is the latest
/// one that has begun. `None` when no part names a month or quarter; the error is a hint.
fn with_month(parts: &[&str], today: Date) -> Option<Result<Days, String>> {
    let quarter = |part: &str| match part {
        "q1" => Some(1),
        "q2" => Some(2),
        "q3" => Some(3),
        "q4" => Some(4),
        _ => None,
    };
    let mut month = None;
    let mut first_of_quarter = None;
    let (mut year, mut day) = (None, None);
    for part in parts {
        let digits = part.trim_end_matches(|character: char| character.is_ascii_alphabetic());
        let suffix = &part[digits.len()..];
        if let Some(named) = month_named(part).filter(|_| month.is_none()) {
            month = Some(named);
        } else if let Some(number) = quarter(part).filter(|_| first_of_quarter.is_none()) {
            first_of_quarter = Some(number * 3 - 2);
        } else if digits.len() == 4 && suffix.is_empty() && year.is_none() {
            year = digits.parse::<i16>().ok();
            year?;
        } else if matches!(digits.len(), 1 | 2) && matches!(suffix, "" | "st" | "nd" | "rd" | "th") && day.is_none() {
            day = digits.parse::<i8>().ok();
            day?;
        } else {
            return None;
        }
    }
    let no_year = || "years run from 0001 to 9999".to_owned();
    match (month, first_of_quarter, day) {
        (None, Some(month), None) => {
            let first = Date::new(year?, month, 1).map_err(|_| no_year());
            Some(first.and_then(|first| {
                let last = Date::new(first.year(), month + 2, 1).map_err(|_| no_year())?;
                Ok(Days::new(first, last.last_of_month()))
            }))
        }
        (Some(month), None, day) => {
            let latest = if month > today.month() { today.year().saturating_sub(1) } else { today.year() };
            let year = year.unwrap_or(latest);
            let Ok(first) = Date::new(year, month, 1) else { return Some(Err(no_year())) };
            let Some(day) = day else { return Some(Ok(Days::new(first, first.last_of_month()))) };
            let days = Date::new(year, month, day).map(Days::one);
            Some(days.map_err(|_| format!("{year:04}-{month:02} has {} days", first.days_in_month())))
        }
        _ => None,
    }
}

fn month_named(word: &str) -> Option<i8> {
    let is_short = |name: &str| word == &name[..3] || (word == "sept" && name == "september");
    let at = MONTHS.iter().position(|name| word == *name || is_short(name))?;
    i8::try_from(at + 1).ok()
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

fn unit_named(word: &str) -> Option<Unit> {
    match word {
        "d" | "day" | "days" => Some(Unit::Day),
        "w" | "wk" | "week" | "weeks" => Some(Unit::Week),
        "m" | "mo" | "month" | "months" => Some(Unit::Month),
        "y" | "yr" | "year" | "years" => Some(Unit::Year),
        _ => None,
    }
}

fn weekday_named(word: &str) -> Option<Weekday> {
    match word {
        "monday" | "mon" => Some(Weekday::Monday),
        "tuesday" | "tue" => Some(Weekday::Tuesday),
        "wednesday" | "wed" => Some(Weekday::Wednesday),
        "thursday" | "thu" => Some(Weekday::Thursday),
        "friday" | "fri" => Some(Weekday::Friday),
        "saturday" | "sat" => Some(Weekday::Saturday),
        "sunday" | "sun" => Some(Weekday::Sunday),
        _ => None,
    }
}

/// Dates told from today. `None` when it is none; `Some(None)` when it lies beyond the calendar.
fn relative(parts: &[&str], today: Date) -> Option<Option<Days>> {
    let until_today = |(n, unit): (i64, Unit)| before(today, n, unit).map(|first| Days::new(first, today));
    match parts {
        ["today" | "now"] => Some(Some(Days::one(today))),
        ["yesterday"] => Some(today.yesterday().ok().map(Days::one)),
        ["tomorrow"] => Some(today.tomorrow().ok().map(Days::one)),
        ["this", word] => unit_named(word).map(|unit| Some(calendar(today, unit))),
        ["last" | "past" | "previous", rest @ ..] => {
            if let Some(stretch) = counted(rest) {
                return Some(until_today(stretch));
            }
            let [word] = rest else { return None };
            if let Some(unit) = unit_named(word) {
                let this = calendar(today, unit);
                return Some(this.first.yesterday().ok().map(|day| calendar(day, unit)));
            }
            weekday_named(word).map(|weekday| today.nth_weekday(-1, weekday).ok().map(Days::one))
        }
        [rest @ .., "ago"] => {
            let (n, unit) = counted(rest)?;
            Some(before(today, n, unit).map(Days::one))
        }
        [word] if weekday_named(word).is_some() => {
            let weekday = weekday_named(word)?;
            let tomorrow = today.tomorrow().ok();
            Some(tomorrow.and_then(|day| day.nth_weekday(-1, weekday).ok()).map(Days::one))
        }
        rest => {
            let stretch = counted(rest)?;
            Some(until_today(stretch).map(|days| Days { is_age: true, ..days }))
        }
    }
}

/// `30d`, `30 days`.
fn counted(parts: &[&str]) -> Option<(i64, Unit)> {
    let (digits, unit) = match parts {
        [digits, unit] => (*digits, *unit),
        [both] => both.split_at(both.find(|character: char| !character.is_ascii_digit())?),
        _ => return None,
    };
    // Beyond nine digits every unit is beyond the calendar, and has to be said so rather than be no date.
    let n = if digits.len() > 9 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        i64::from(i32::MAX)
    } else {
        digits.parse().ok()?
    };
    Some((n, unit_named(unit)?)).filter(|(n, _)| *n >= 0)
}

fn before(today: Date, n: i64, unit: Unit) -> Option<Date> {
    let period = match unit {
        Unit::Day => Period::new().try_days(n),
        Unit::Week => Period::new().try_weeks(n),
        Unit::Month => Period::new().try_months(n),
        Unit::Year => Period::new().try_years(n),
    };
    today.checked_sub(period.ok()?).ok()
}

/// The whole day, week, month or year around a day.
fn calendar(day: Date, unit: Unit) -> Days {
    match unit {
        Unit::Day => Days::one(day),
        Unit::Week => {
            let n_past = i64::from(day.weekday().to_monday_zero_offset());
            let monday = day.saturating_sub(Period::new().days(n_past));
            Days::new(monday, monday.saturating_add(Period::new().days(6)))
        }
        Unit::Month => Days::new(day.first_of_month(), day.last_of_month()),
        Unit::Year => Days::new(day.first_of_year(), day.last_of_year()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// A Thursday.
    fn today() -> Date {
        date(2024, 2, 29)
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match parse_date_range(text, today()) {
            Ok(DateMatch::Any) => "any".to_owned(),
            Ok(DateMatch::Range { first, last }) => {
                let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                format!("{}..{}", day(first), day(last))
            }
            Err(error) => format!("error: {error}"),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn days_months_and_years() {
        check("2022", "2022-01-01..2022-12-31");
        check("2022-03", "2022-03-01..2022-03-31");
        check("2022-3", "2022-03-01..2022-03-31");
        check("2024-02", "2024-02-01..2024-02-29");
        check("2022-03-01", "2022-03-01..2022-03-01");
        check("2022/03/01", "2022-03-01..2022-03-01");
        check("20220301", "2022-03-01..2022-03-01");
        check("march-2022", "2022-03-01..2022-03-31");
        check("Mar 2022", "2022-03-01..2022-03-31");
        check("2022-sept", "2022-09-01..2022-09-30");
        check("1 March 2022", "2022-03-01..2022-03-01");
        check("March 1st, 2022", "2022-03-01..2022-03-01");
        check("february", "2024-02-01..2024-02-29");
        check("march", "2023-03-01..2023-03-31");
        check("2022-q4", "2022-10-01..2022-12-31");
        check("*", "any");
    }

    #[test]
    fn ranges_and_comparisons() {
        check("2022-03..2022-06", "2022-03-01..2022-06-30");
        check("2022..", "2022-01-01..");
        check("..2022", "..2022-12-31");
        check(" 2022 .. 2023 ", "2022-01-01..2023-12-31");
        check(">=2022-03-01", "2022-03-01..");
        check(">2022", "2023-01-01..");
        check("<=2022", "..2022-12-31");
        check("<2022", "..2021-12-31");
        check("≥ 2022", "2022-01-01..");
        check("=2022-03-01", "2022-03-01..2022-03-01");
        check("14d..7d", "2024-02-15..2024-02-22");
        check("last-month..today", "2024-01-01..2024-02-29");
    }

    #[test]
    fn days_told_from_today() {
        check("today", "2024-02-29..2024-02-29");
        check("yesterday", "2024-02-28..2024-02-28");
        check("tomorrow", "2024-03-01..2024-03-01");
        check("last-30d", "2024-01-30..2024-02-29");
        check("last 30 days", "2024-01-30..2024-02-29");
        check("30d", "2024-01-30..2024-02-29");
        check("last-2w", "2024-02-15..2024-02-29");
        check("last-6m", "2023-08-29..2024-02-29");
        check("last-1y", "2023-02-28..2024-02-29");
        check("this-week", "2024-02-26..2024-03-03");
        check("last-week", "2024-02-19..2024-02-25");
        check("this-month", "2024-02-01..2024-02-29");
        check("last-month", "2024-01-01..2024-01-31");
        check("this-year", "2024-01-01..2024-12-31");
        check("last-year", "2023-01-01..2023-12-31");
        check("2 weeks ago", "2024-02-15..2024-02-15");
        check("monday", "2024-02-26..2024-02-26");
        check("thursday", "2024-02-29..2024-02-29");
        check("last-thursday", "2024-02-22..2024-02-22");
    }

    #[test]
    fn faults_are_named() {
        check("2022-13", "error: there is no `2022-13` in the calendar");
        check("2022-02-30", "error: there is no `2022-02-30` in the calendar");
        check("30 february 2022", "error: there is no `30 february 2022` in the calendar");
        check("2022-06..2022-03", "error: nothing lies between `2022-06` and `2022-03`");
        check("tuesdy", "error: `tuesdy` is not a date");
        check("3/4/2022", "error: `3/4/2022` is not a date");
        check("2022-2023", "error: `2022-2023` is not a date");
        check("[2020", "error: `[2020` is not a date");
        check("", "error: `` is not a date");
        check("..", "error: the range has no end on either side");
        check("last-99999999999d", "error: `last-99999999999d` lies beyond the calendar");
        check(">9999", "error: `>9999` lies beyond the calendar");
    }

    #[test]
    fn a_fault_is_placed_and_has_a_right_form() {
        let error = parse_date_range("2022-01..2022-13", today()).expect_err("no such month");
        assert_eq!(error.span.range(), 9..16);
        assert_eq!(error.hint(), Some("months run from 01 to 12"));
        let error = parse_date_range("3/4/2022", today()).expect_err("day first");
        assert_eq!(error.hint(), Some("the year comes first: `2022-04-03` or `2022-03-04`"));
    }

    #[test]
    fn one_date_for_a_flag() {
        assert_eq!(parse_day_start("2022-03", today()), Ok(date(2022, 3, 1)));
        assert_eq!(parse_day_end("2022-03", today()), Ok(date(2022, 3, 31)));
        assert_eq!(parse_day_start("7d", today()), Ok(date(2024, 2, 22)));
        assert_eq!(parse_day_end("7d", today()), Ok(date(2024, 2, 22)));
        assert_eq!(parse_day_end("yesterday", today()), Ok(date(2024, 2, 28)));
        assert!(parse_day_start("2022..2023", today()).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,20}|[0-9a-z<>=. -]{0,20}") {
            for result in [parse_date_range(&text, today()).err(), parse_day_end(&text, Date::MIN).err()] {
                if let Some(error) = result {
                    prop_assert!(text.get(error.span.range()).is_some());
                }
            }
        }
    }
}
