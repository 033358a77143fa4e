//! Days of publication, as people write them: `2022`, `2022-03`, `march-2022`, `last-30d`,
//! `2022-03..yesterday`.
//!
//! Reads no clock: the day that counts as today comes from the caller. Fed by the parser, and by front
//! ends for flags such as `--since`.
//!
//! What one date names is told next door; here two of them make a range. A date that names more than
//! a day (`2022`, `last-week`) stands for all its days: as the start of a range it is their first, as
//! the end their last; `>2022` starts behind all of them. `last-30d` runs from the same day 30 days ago
//! to today. `7d` and `2-weeks` are the same as `last-7d` when they stand alone, and mean that one day
//! at an end of a range. Weeks start on Monday.

use jiff::civil::Date;

use super::ast::DateMatch;
use super::day::{Days, can_be_written, days};
use super::error::{Problem, QueryError, span_in};

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
        let before = read(rest)?.first.yesterday().ok().filter(|day| can_be_written(*day));
        return Ok((None, Some(before.ok_or_else(beyond)?)));
    }
    let days = read(trimmed.strip_prefix('=').unwrap_or(trimmed))?;
    Ok((Some(days.first), Some(days.last)))
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
        check("2022Q4", "2022-10-01..2022-12-31");
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
        check("past-week", "2024-02-22..2024-02-29");
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
        check("84010m", "error: `84010m` lies beyond the calendar");
        check("<0000", "error: `<0000` lies beyond the calendar");
        check(">9999", "error: `>9999` lies beyond the calendar");
    }

    #[test]
    fn a_fault_is_placed_and_has_a_right_form() {
        let error = parse_date_range("2022-01..2022-13", today()).expect_err("no such month");
        assert_eq!(error.span.range(), 9..16);
        assert_eq!(error.hint(), Some("months run from 01 to 12"));
        let error = parse_date_range("03/2022", today()).expect_err("month first");
        assert_eq!(error.hint(), Some("the year comes first: `2022-03`"));
        let error = parse_date_range("2022-03-01T12:30:00Z", today()).expect_err("a timestamp");
        assert_eq!(error.hint(), Some("a day has no time: `2022-03-01`"));
        let error = parse_date_range("3/4/2022", today()).expect_err("day first");
        assert_eq!(error.hint(), Some("the year comes first: `2022-04-03` or `2022-03-04`"));
        for (typed, day) in [("16/12/2019", "2019-12-16"), ("12/16/2019", "2019-12-16"), ("4.4.2022", "2022-04-04")] {
            let error = parse_date_range(typed, today()).expect_err("the year comes first");
            assert_eq!(error.hint(), Some(&*format!("the year comes first: `{day}`")));
        }
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
            let faults = [parse_date_range(&text, today()).err(), parse_day_end(&text, Date::MIN).err()];
            for error in faults.into_iter().flatten() {
                prop_assert!(text.get(error.span.range()).is_some());
            }
        }
    }
}
