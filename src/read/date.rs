//! Publication dates in the many shapes that news writes them.
//!
//! One function, [`parse_date`], for every reader; `shapes` knows dates, `clock` times of day, `place`
//! where in addresses and file names dates stand, `order` who puts the day first. It reads what is written and invents nothing: a
//! month without a year is no date, and a year outside 1600 to 2100 is a number.

mod clock;
mod names;
mod order;
mod place;
mod shapes;
mod tokens;

use self::clock::time_near;
use self::names::month;
use self::shapes::{Day, bare_number, named_month, numeric, year_first};
use self::tokens::{Token, tokens};
use crate::article::PublicationDate;

pub use self::order::DayMonthOrder;
pub(crate) use self::order::{begins_numeric, host, order_of, stated_order};
pub(crate) use self::place::{date_of_file_name, date_of_folders, date_of_url};

/// Years that a publication may bear. Earlier ones are house numbers, later ones typing errors.
const YEARS: std::ops::RangeInclusive<i64> = 1600..=2100;

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
