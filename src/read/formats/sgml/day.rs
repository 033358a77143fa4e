//! Days as collections in SGML write them: in six digits, and in the ids of documents.

use crate::article::PublicationDate;
use crate::read::date::{DayMonthOrder, parse_date};

/// Years that were written with two digits.
const SHORT_YEARS: std::ops::RangeInclusive<u32> = 70..=99;

/// A date in any shape, or in six digits: `910514`.
pub(super) fn parse_day(text: &str, order: DayMonthOrder) -> Option<PublicationDate> {
    short_day(text.trim()).or_else(|| parse_date(text, order))
}

/// The day in an id that is made of a source, a day and a number: `WIRE880212-0001`,
/// `WIR_ENG_20101201.0001`.
pub(super) fn day_of_id(id: &str) -> Option<PublicationDate> {
    let (source, number) = id.trim().rsplit_once(['-', '.'])?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let name = source.trim_end_matches(|c: char| c.is_ascii_digit());
    let day = &source[name.len()..];
    if !is_number(number) || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    match day.len() {
        6 => short_day(day),
        8 => parse_date(day, DayMonthOrder::default()),
        _ => None,
    }
}

fn short_day(digits: &str) -> Option<PublicationDate> {
    let is_day = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let year: u32 = digits.get(..2).filter(|_| is_day)?.parse().ok()?;
    SHORT_YEARS.contains(&year).then(|| parse_date(&format!("19{digits}"), DayMonthOrder::default()))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_in_ids() {
        for (id, expected) in [
            ("WIRE880212-0001", "1988-02-12"),
            (" WIR_ENG_20101201.0001 ", "2010-12-01"),
            ("WIR19980601.0001", "1998-06-01"),
            // A quarter, months first, a serial number, no number within the day.
            ("FT911-3", ""),
            ("LA010189-0001", ""),
            ("DOC000123-1", ""),
            ("WIRE880212", ""),
            ("880212-0001", ""),
            ("é-1", ""),
        ] {
            let day = day_of_id(id).map(|day| day.to_string()).unwrap_or_default();
            assert_eq!(day, expected, "{id}");
        }
    }

    #[test]
    fn days_have_six_digits() {
        let shown = |text| parse_day(text, DayMonthOrder::MonthFirst).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(shown("910514\n"), "1991-05-14");
        assert_eq!(shown("03/24/87"), "1987-03-24");
        assert_eq!(shown("019999"), "");
        assert_eq!(shown("9105é"), "");
    }
}
