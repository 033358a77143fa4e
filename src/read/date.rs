//! Publication dates in the many shapes that news writes them.
//!
//! One function, [`parse_date`], for every reader; `shapes` knows dates, `clock` times of day, `place`
//! where in addresses and file names dates stand, `order` who puts the day first, `tongue` what a text says of that,
//! `calendar` other calendars than ours. It reads what is written and invents nothing: a month without a year is no date,
//! and a year outside 1600 to 2100 is a number.

mod calendar;
mod clock;
mod months;
mod names;
mod order;
mod place;
mod shapes;
mod tokens;
mod tongue;

use std::ops::Range;

use self::clock::time_near;
use self::names::{Meaning, meaning, month};
use self::shapes::{Day, bare_number, named_month, numeric, year_first};
use self::tokens::{Token, tokens};
use crate::article::PublicationDate;

pub use self::order::DayMonthOrder;
pub(crate) use self::order::{SAMPLE_BYTES, begins_numeric, host, order_of, stated_order};
pub(crate) use self::place::{date_of_file_name, date_of_folders, date_of_url};
pub(crate) use self::tongue::is_in_thai;

/// Years that a publication may bear. Earlier ones are house numbers, later ones typing errors.
const YEARS: std::ops::RangeInclusive<i64> = 1600..=2100;

/// Words beside the date that a value may hold: "Published by the desk on 3 May 2024 in Kyiv".
const MAX_OTHER_WORDS: usize = 8;

/// Reads the first date in `text`, as precisely as it is stated; `None` when there is none.
///
/// Reads ISO 8601 and RFC 3339 at any precision, RFC 2822, dates with month names of some fifty
/// languages and digits of any script, all-numeric dates (an impossible month decides the order, else
/// `order`), and seconds, milliseconds and microseconds since 1970. Persian solar dates, Buddhist years
/// beside Thai months and years of East Asian eras are told in the Gregorian calendar.
pub fn parse_date(text: &str, order: DayMonthOrder) -> Option<PublicationDate> {
    let found = find_date(text, order)?;
    (found.n_other_words <= MAX_OTHER_WORDS).then_some(found.date)
}

/// Reads `text` when it is a date and nothing else: "Published: Friday, 20 November 2026, 10:15 GMT".
pub(crate) fn parse_date_only(text: &str, order: DayMonthOrder) -> Option<PublicationDate> {
    let found = find_date(text, order)?;
    (found.n_other_words == 0).then_some(found.date)
}

/// Reads a line that is a place in capitals and a date: "NAIROBI, 14 May 2024", "WASHINGTON, D.C., May 14, 2024".
pub(crate) fn parse_dateline(line: &str, order: DayMonthOrder) -> Option<PublicationDate> {
    let (place, rest) = line.split_once(',')?;
    let is_capital = |word: &str| word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
    let words: Vec<&str> = place.split_whitespace().collect();
    if place.trim().chars().count() < 2 || words.len() > MAX_PLACE_WORDS || !words.iter().all(|word| is_capital(word)) {
        return None;
    }
    let behind_region = || {
        let (region, rest) = rest.split_once(',')?;
        let is_region = !region.contains(|c: char| c.is_numeric()) && region.split_whitespace().count() <= 2;
        is_region.then(|| parse_date_only(rest, order))?
    };
    parse_date_only(rest, order).or_else(behind_region)
}

/// "SAN PEDRO DE MACORIS" is among the longest names of places.
const MAX_PLACE_WORDS: usize = 4;

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
            if is_inside_run(&tokens, start) {
                continue;
            }
            let (date, time_range) = match day {
                Day::Month(year, month) => (PublicationDate::month(year, month)?, start..end),
                Day::Exact(day) => match time_near(&tokens, end) {
                    Some(((time, offset), range)) => (PublicationDate::moment(day.to_datetime(time), offset), range),
                    None => (PublicationDate::day(day), start..end),
                },
            };
            let change = day_of_change(&tokens, end.max(time_range.end), order).unwrap_or(end..end);
            let is_other = |at: &usize| {
                let is_read = [&(start..end), &time_range, &change].iter().any(|range| range.contains(at));
                !is_read && !is_date_word(&tokens[*at])
            };
            return Some(Found { date, n_other_words: (0..tokens.len()).filter(is_other).count() });
        }
    }
    None
}

/// Where the day of a change stands, behind the day of publication that ends at `from`: "입력 2024.03.14. 10:30 수정
/// 2024.03.15. 11:20".
fn day_of_change(tokens: &[Token<'_>], from: usize, order: DayMonthOrder) -> Option<Range<usize>> {
    let is_change =
        |token: &Token<'_>| matches!(token, Token::Word(word) if matches!(meaning(word), Some(Meaning::Change)));
    let start = from + tokens[from..].iter().position(is_change)? + 1;
    let (_, used) = year_first(tokens.get(start..).filter(|rest| !rest.is_empty())?, order)?;
    let end = start + used;
    Some(start..time_near(&tokens[start..], used).map_or(end, |(_, time)| end.max(start + time.end)))
}

/// Whether the number at `start` goes on a run of numbers, as the "3" of "14.3.11.30" does.
fn is_inside_run(tokens: &[Token<'_>], start: usize) -> bool {
    let Some(before) = start.checked_sub(2) else { return false };
    matches!(tokens[before..], [
        Token::Number { .. },
        Token::Mark(mark @ ('.' | '/' | '-')),
        Token::Number { n_digits: 1..=2, is_apart: false, .. },
        Token::Mark(same),
        ..
    ] if mark == same)
}

/// Words that belong to a date line without being part of the date.
fn is_date_word(token: &Token<'_>) -> bool {
    match token {
        Token::Mark(_) => true,
        Token::Number { .. } => false,
        Token::Word(word) => {
            meaning(word).is_some_and(|meaning| !matches!(meaning, Meaning::ShortMonth(_) | Meaning::BeforeTime))
        }
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
    fn a_time_is_no_year() {
        for text in [
            "14 March 11:30",
            "14 Mar, 10.15am",
            "14 Mar 10:15 GMT",
            "Thu 14 Mar 14.03 GMT",
            "updated 14 Mar 09:15",
            "14 March 10 a.m.",
            "14. März 11:30 Uhr",
            "14. März 11 Uhr",
            "14 mars 10h15",
            "14.3. 11:30",
            "14.3. 11.30",
            "14.3. 11",
            "14.3.11.30",
            "192.168.11.30",
            "14 марта, 11:30",
            "3월 14일 11시 30분",
            "Mar 14, 11:30 AM",
            "March 14, 10 comments",
            "14 Wanderer 2024 - 10:30",
            "14 March, 10 comments",
        ] {
            check(text, "");
        }
        check("14 Mar 24", "2024-03-14");
        check("14 March '24, 11:30", "2024-03-14T11:30:00");
        check("14.3.24 11:30", "2024-03-14T11:30:00");
        check("14.3.24. 11:30", "2024-03-14T11:30:00");
        check("14 Mar 24 11:30 GMT", "2024-03-14T11:30:00Z");
        check("08-MAY-14 10.15.23 AM", "2014-05-08T10:15:00");
        check("Do 14. März 10:15:00 CET 2024", "2024-03-14T10:15:00+01:00");
    }

    #[test]
    fn months_of_many_languages() {
        for text in [
            "14. marts 2024",
            "14 Μαρτίου 2024",
            "ΠΕΜΠΤΗ, 14 ΜΑΡΤΙΟΥ 2024",
            "2024. március 14.",
            "2024. márc. 14.",
            "14 Maret 2024",
            "14 Mac 2024",
            "14 tháng 3, 2024",
            "Ngày 14 tháng 3 năm 2024",
            "14 مارس 2024",
            "١٤ مارس ٢٠٢٤",
            "\u{200f}14 \u{200f}آذار \u{200f}2024",
            "14 آذار/مارس 2024",
            "14 آذار (مارس) 2024",
            "14 במרץ 2024",
            "14 मार्च 2024",
            "১৪ মার্চ ২০২৪",
            "14 مارچ 2024",
            "14 ožujka 2024.",
            "14. marec 2024",
            "2024 m. kovo 14 d.",
            "2024. gada 14. marts",
            "14. märts 2024",
            "14 de març de 2024",
            "2024ko martxoaren 14a",
            "14 наурыз 2024",
            "2024 жылғы 14 наурыз",
            "14 მარტი 2024",
            "14 Mawrth 2024",
            "14 Márta 2024",
        ] {
            check(text, "2024-03-14");
        }
        check("14 d'abril de 2024", "2024-04-14");
        check("14. Jän. 2024", "2024-01-14");
        check("14 كانون الثاني 2024", "2024-01-14");
        check("14 تشرين الأول 2024", "2024-10-14");
        check("১৪ ফেব্রু\u{9df}ারি ২০২৪", "2024-02-14");
        check("14 Agustus 2024 11:30 WIB", "2024-08-14T11:30:00+07:00");
        check("14 Deireadh Fómhair 2024", "2024-10-14");
        check("14. listopada 2024.", "2024-10-14");
        check("14 listopada 2024", "2024-11-14");
    }

    #[test]
    fn short_months_of_many_languages() {
        for text in [
            "14 set 2024",
            "14.set.2024",
            "14 wrz 2024",
            "14 Σεπτ 2024",
            "14. zář 2024",
            "14 вер. 2024",
            "14 सित॰ 2024",
        ] {
            check(text, "2024-09-14");
        }
        check("14.set.2024 às 10h30", "2024-09-14T10:30:00");
        check("14 juill. 2024", "2024-07-14");
        check("14 paź 2024", "2024-10-14");
        check("14 Agu 2024", "2024-08-14");
        check("14 Μαΐ 2024", "2024-05-14");
        check("14 FEVR 2024", "2024-02-14");
        check("14 FEVRIER 2024", "2024-02-14");
        check("14 Μαιου 2024", "2024-05-14");
        check("14 NİSAN 2024", "2024-04-14");
        check("14 KASIM 2024 PERŞEMBE", "2024-11-14");
        check("14 ARALIK 2024", "2024-12-14");
        check("14 EKİM 2024", "2024-10-14");
        check("1° maggio 2024", "2024-05-01");
        // Words and names without a day are none.
        for text in ["Set 2024", "Box set 2024", "Julius 2024", "Marc 2024", "Ira 14, 2024", "Sie 2024"] {
            assert_eq!(parse_date(text, DayMonthOrder::DayFirst).filter(|date| date.has_day()), None, "{text}");
            check(text, "");
        }
    }

    #[test]
    fn years_of_two_digits_lie_hardly_ahead() {
        check("14.3.56", "1956-03-14");
        check("3/14/56", "1956-03-14");
        check("14 Mar 67", "1967-03-14");
        check("14.3.39", "2039-03-14");
        check("14.3.40", "1940-03-14");
        check("14 มี.ค. 82", "2039-03-14");
        check("14 มี.ค. 98", "");
    }

    #[test]
    fn years_far_ahead_are_none_in_any_calendar() {
        check("۲ بهمن ۱۴۹۴", "");
        check("2. بهمن1494.", "");
        check("۱ فروردین ۱۴۷۹", "2100-03-21");
        check("令和99年3月14日", "");
        check("14 มีนาคม 2644", "");
    }

    #[test]
    fn other_calendars() {
        check("14 มี.ค. 2567 10:20", "2024-03-14T10:20:00");
        check("วันที่ 14 มีนาคม พ.ศ. 2567 เวลา 10.20 น.", "2024-03-14T10:20:00");
        check("14 มี.ค. 67", "2024-03-14");
        check("14 มี.ค. 24", "");
        check("14 มีนาคม 2024", "2024-03-14");
        check("14 March 2567", "");
        check("۲۴ اسفند ۱۴۰۲", "2024-03-14");
        check("۲۴ اسفند ۱۴۰۲ - ۱۰:۳۰", "2024-03-14T10:30:00");
        check("۳۰ اسفند ۱۴۰۲", "");
        check("اسفند ۱۴۰۲", "");
        check("24 March 1402", "");
        check("令和6年3月14日", "2024-03-14");
        check("令和元年5月1日", "2019-05-01");
        check("平成23年3月11日", "2011-03-11");
        check("昭和６４年１月７日", "1989-01-07");
        check("民國113年3月14日", "2024-03-14");
        check("令和の時代", "");
        check("2024年（令和6年）3月14日", "2024-03-14");
        check("2019年（令和元年）5月1日", "2019-05-01");
        check("令和6年（2024年）3月14日", "2024-03-14");
        check("2023年（令和6年）3月14日", "");
        check("1402/12/24", "2024-03-14");
        check("۱۴۰۲/۱۲/۲۴ - ۱۰:۳۰", "2024-03-14T10:30:00");
        check("1403-01-01", "2024-03-20");
        check("1445/09/04", "");
        check("1402", "");
    }

    #[test]
    fn times_of_many_languages() {
        check("2024年3月14日 11時30分", "2024-03-14T11:30:00");
        check("2024年3月14日（木）午前10時20分", "2024-03-14T10:20:00");
        check("2024年3月14日 午後3時5分", "2024-03-14T15:05:00");
        check("2024年3月14日 3時間前", "2024-03-14");
        check("March 14, 2024 @ 9:05 pm", "2024-03-14T21:05:00");
        check("2024년 3월 14일 오후 3시 30분", "2024-03-14T15:30:00");
        check("2024年3月14日下午3：30", "2024-03-14T15:30:00");
        check("14 Μαρτίου 2024, 3:30 μ.μ.", "2024-03-14T15:30:00");
        check("14 مارس 2024م - 10:30 ص", "2024-03-14T10:30:00");
        check("14 مارس 2024 الساعة 03:30 مساءً", "2024-03-14T15:30:00");
        check("14 مارس 2024 الساعة 03:30 صباحًا", "2024-03-14T03:30:00");
        check("14 مارس 2024 12:30 ظهرا", "2024-03-14T12:30:00");
        check("14 مارس 2024 11:30 ليلا", "2024-03-14T23:30:00");
        check("14/3/2024 03:30 CH", "2024-03-14T15:30:00");
        check("14/3/2024 03:30 SA", "2024-03-14T03:30:00");
        check("14/3/2024 lúc 7 giờ 30 tối", "2024-03-14T19:30:00");
        check("14 मार्च 2024, दोपहर 12:30 बजे", "2024-03-14T12:30:00");
        check("2024年3月14日 中午12:30", "2024-03-14T12:30:00");
        check("Sa 14.3.2024 10:30", "2024-03-14T10:30:00");
        check("14 de marzo de 2024 a las 10:30", "2024-03-14T10:30:00");
        check("14 maart 2024 om 10:30", "2024-03-14T10:30:00");
        check("14. března 2024 v 10:30", "2024-03-14T10:30:00");
        check("14 марта 2024 года, 10:30", "2024-03-14T10:30:00");
        check("14 березня 2024 р., 10:30", "2024-03-14T10:30:00");
        check("14 Mart 2024 saat 10:30", "2024-03-14T10:30:00");
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
    fn thai_dates_of_numbers_are_in_years_of_the_buddha() {
        for (text, expected) in [
            ("14/03/67", "2024-03-14"),
            ("14/03/2567", "2024-03-14"),
            ("14.3.2567 10:30", "2024-03-14T10:30:00"),
            ("2567-03-14", "2024-03-14"),
            ("03/2567", "2024-03"),
            ("14/03/2024", "2024-03-14"),
            ("2024-03-14", "2024-03-14"),
            ("14 March 2567", "2024-03-14"),
            ("14 Mar 2024", "2024-03-14"),
            ("Thu, 14 Mar 24 10:30 GMT", "2024-03-14T10:30:00Z"),
            ("14/03/24", ""),
            ("14/03/98", ""),
        ] {
            let found = parse_date(text, DayMonthOrder::DayFirstBuddhist).map(|date| date.to_string());
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
        check("14/03/2567", "");
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
        assert!(is_line("Publicado em 14/03/2024 às 10h30"));
        assert!(is_line("پنجشنبه ۲۴ اسفند ۱۴۰۲ ساعت ۱۰:۳۰"));
        assert!(is_line("2024年3月14日(木) 15:30 更新"));
        assert!(!is_line("On May 8, 2014 the war ended"));
        assert!(is_line("Thứ năm, 14/3/2024, 10:30"));
        assert!(is_line("14 березня 2024 р."));
        assert!(is_line("14 марта 2024 года, 10:30"));
        assert!(is_line("14 de marzo de 2024 a las 10:30"));
        assert!(is_line("입력 2024.03.14. 오전 10:30 수정 2024.03.14. 오후 2:20"));
        assert!(is_line("2024年3月14日 10時30分 更新 2024年3月15日"));
        // Small words of other languages stand before a time only.
        for text in ["As of March 14, 2024", "Date set 14 March 2024", "14 March 2024 v 15 March 2024"] {
            assert!(!is_line(text), "{text}");
        }
    }

    #[test]
    fn a_place_may_stand_before_the_date() {
        let check = |line: &str, expected: &str| {
            let found = parse_dateline(line, DayMonthOrder::MonthFirst);
            assert_eq!(found.map(|date| date.to_string()).unwrap_or_default(), expected, "{line}");
        };
        check("NAIROBI, 14 May 2024", "2024-05-14");
        check("NEW DELHI, Tue 14 May 2024 10.30 IST", "2024-05-14T10:30:00+05:30");
        check("WASHINGTON, D.C., May 14, 2024", "2024-05-14");
        check("ΑΘΗΝΑ, 14 Μαΐου 2024", "2024-05-14");
        check("Nairobi, 14 May 2024", "");
        check("NAIROBI, 14 May", "");
        check("NATO, which met on 14 May 2024, agreed", "");
        check("14 May 2024", "");
    }

    /// Pieces of dates in many scripts, put together at random.
    const PIECES: &str = "14|3|2024|2567|1402|113|30|11|:|.|/|-|, |年|月|日|時|分| March | มี.ค. | اسفند |令和|民國|元|午後|오후| tháng |\
        листопада|. listopada |pm|a.m.| GMT|+07:00|T|(|)|'|’| كانون | الثاني | gada | m. |२०२४|١٤|\u{200f}|z|comments";

    proptest::proptest! {
        #[test]
        fn what_is_read_is_read_again(at in proptest::collection::vec(0..PIECES.split('|').count(), 0..12)) {
            let pieces: Vec<&str> = PIECES.split('|').collect();
            let text: String = at.iter().map(|&at| pieces[at]).collect();
            if let Some(date) = parse_date(&text, DayMonthOrder::MonthFirst) {
                proptest::prop_assert!(YEARS.contains(&i64::from(date.first_day().year())));
                for order in [DayMonthOrder::DayFirst, DayMonthOrder::DayFirstBuddhist] {
                    proptest::prop_assert_eq!(parse_date(&date.to_string(), order), Some(date), "{}", text);
                }
            }
        }

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
