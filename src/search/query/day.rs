//! The days that one date names: `2022`, `2022-03`, `march-2022`, `2022-q1`, `yesterday`, `last-30d`,
//! `monday`.
//!
//! Knows no ranges; those are put together from what is read here.

use jiff::Span as Period;
use jiff::civil::{Date, Weekday};

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
pub(super) struct Days {
    pub(super) first: Date,
    pub(super) last: Date,
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

    /// The last day, at an end of a range.
    pub(super) fn end(&self) -> Date {
        if self.is_age { self.first } else { self.last }
    }
}

/// Reads one date, which is a part of `text`. Spans of errors point into `text`.
pub(super) fn days(text: &str, date: &str, today: Date) -> Result<Days, QueryError> {
    let fail = |problem: Problem| QueryError::new(span_in(text, date), problem);
    let no_date = || fail(Problem::NotADate { found: date.to_owned() }).with_hint(FORMS);
    let mut lower = date.to_lowercase();
    if lower.len() == 6 && lower.get(4..5) == Some("q") {
        lower.insert(4, '-');
    }
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
        Some(Some(days)) if can_be_written(days.first) => Ok(days),
        Some(_) => Err(fail(Problem::BeyondCalendar { found: date.to_owned() })),
        None if is_timestamp(&lower) => Err(no_date().with_hint(format!("a day has no time: `{}`", &lower[..10]))),
        None if date.starts_with(['[', '{']) => Err(no_date().with_hint("a range is written `2020..2022`")),
        None if matches!(parts[..], ["last" | "past" | "previous" | "this"]) => {
            Err(no_date().with_hint("`last-30d`, `last-month`; several words stand in quotes: `\"last 30 days\"`"))
        }
        None => Err(no_date()),
    }
}

/// `2022-03-01t12:30:00z`.
fn is_timestamp(lower: &str) -> bool {
    let shape: String = lower.chars().take(13).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00t00"
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
        ([month, year], 1 | 2) if year.len() == 4 => {
            Err(Fault::NoDate(Some(format!("the year comes first: `{year}-{month:0>2}`"))))
        }
        ([one, other, year], 1 | 2) if other.len() <= 2 && year.len() == 4 => {
            Err(Fault::NoDate(year_first(year, one, other)))
        }
        _ => Err(Fault::NoDate(None)),
    }
}

/// Days that `3/4/2022` and `4/3/2022` may be; `None` where they are none.
fn year_first(year: &str, one: &str, other: &str) -> Option<String> {
    let mut days: Vec<String> = [(other, one), (one, other)]
        .into_iter()
        .filter(|(month, day)| day_of(year, month, day).is_ok())
        .map(|(month, day)| format!("`{year}-{month:0>2}-{day:0>2}`"))
        .collect();
    days.dedup();
    (!days.is_empty()).then(|| format!("the year comes first: {}", days.join(" or ")))
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

/// Whether a word names a month.
pub(super) fn is_month(word: &str) -> bool {
    month_named(&word.to_lowercase()).is_some()
}

/// Whether a word is a year in four digits.
pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word is a day of a month: `1`, `1st`, `1,`.
pub(super) fn is_day_of_month(word: &str) -> bool {
    let digits = word.trim_end_matches(|character: char| character == ',' || character.is_ascii_alphabetic());
    let suffix = word[digits.len()..].trim_end_matches(',');
    matches!(digits.len(), 1 | 2)
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(suffix, "" | "st" | "nd" | "rd" | "th")
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

/// Whether a year has the four digits that dates are typed with: those before our era have none.
pub(super) fn can_be_written(day: Date) -> bool {
    day.year() >= 0
}

/// Dates told from today. `None` when it is none; `Some(None)` when it lies beyond the calendar.
fn relative(parts: &[&str], today: Date) -> Option<Option<Days>> {
    let until_today = |(n, unit): (i64, Unit)| before(today, n, unit).map(|first| Days::new(first, today));
    match parts {
        ["today" | "now"] => Some(Some(Days::one(today))),
        ["yesterday"] => Some(today.yesterday().ok().map(Days::one)),
        ["tomorrow"] => Some(today.tomorrow().ok().map(Days::one)),
        ["this", word] => unit_named(word).map(|unit| Some(calendar(today, unit))),
        ["past", word] if unit_named(word).is_some() => unit_named(word).map(|unit| until_today((1, unit))),
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
