//! Dates of articles: any text is a date or is none.
#![no_main]

use dateline::read::{DayMonthOrder, parse_date};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(date) = parse_date(text, DayMonthOrder::default()) {
        assert!(date.first_day() <= date.last_day());
        let again = parse_date(&date.to_string(), DayMonthOrder::default()).map(|date| date.first_day());
        assert_eq!(again, Some(date.first_day()), "a date is read back as it is written");
    }
});
