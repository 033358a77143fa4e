//! The calendars that news is dated by beside the Gregorian one: Buddhist years with Thai months,
//! Persian solar dates, years of East Asian eras.

use jiff::civil;

use super::YEARS;
use super::order::DayMonthOrder;

/// Whose months a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    /// January to December.
    Gregorian,
    /// January to December, in years counted from the Buddha's death.
    Thai,
    /// Farvardin to Esfand, from the spring equinox on, in years of the solar Hijra.
    Persian,
}

/// A month, as its name tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    pub(super) calendar: Calendar,
    /// 1 to 12.
    pub(super) number: i64,
}

/// Years of the solar Hijra that are written before month and day, `1402/12/24`: 1921 to 2036. Earlier numbers are no
/// years of news, later ones lie ahead, or count the moons as Arabs do, whose year 1417 was 1996.
const WRITTEN_SOLAR_YEARS: std::ops::RangeInclusive<i64> = 1300..=1415;

impl Month {
    /// A month by its number behind `year`, where `order` is in use.
    pub(super) fn of_year(year: Year, number: i64, order: DayMonthOrder) -> Self {
        let is_solar = WRITTEN_SOLAR_YEARS.contains(&year.value);
        if is_solar { Self { calendar: Calendar::Persian, number } } else { Self::numbered(number, order) }
    }

    /// A month by its number, where `order` is in use.
    pub(super) fn numbered(number: i64, order: DayMonthOrder) -> Self {
        let is_thai = order == DayMonthOrder::DayFirstBuddhist;
        Self { calendar: if is_thai { Calendar::Thai } else { Calendar::Gregorian }, number }
    }

    /// The month that bears `year`: where Buddhist years are in use, English names stand beside them too, and beside
    /// short years of our own.
    pub(super) fn beside(self, year: Year, order: DayMonthOrder) -> Self {
        let is_ours = self.calendar == Calendar::Gregorian;
        let is_short = year.n_digits == 2 && !SHORT_BUDDHIST_YEARS.contains(&year.value);
        if is_ours && !is_short { Self::numbered(self.number, order) } else { self }
    }
}

/// A year as it is written: "2024", "24", "2567", "1402".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Year {
    pub(super) value: i64,
    /// 2 or 4.
    pub(super) n_digits: usize,
}

/// Year 1 of the Buddhist era is 542 before Christ.
const BUDDHIST_ERA: i64 = 543;

/// What a Buddhist year of four digits can be: 1857 to 2100.
const BUDDHIST_YEARS: std::ops::RangeInclusive<i64> = 2400..=2643;

/// A Buddhist year of two digits is 1997 to 2039. Below, it may be a Christian year of this century, above one of
/// the last.
const SHORT_BUDDHIST_YEARS: std::ops::RangeInclusive<i64> = 40..=82;

/// Years of the solar Hijra in which the leap rule of [`persian_day`] holds: 1844 to 2121.
const PERSIAN_YEARS: std::ops::RangeInclusive<i64> = 1223..=1500;

impl Year {
    /// The Gregorian year, where the calendar has the same years but for their count.
    fn gregorian(self, calendar: Calendar) -> Option<i64> {
        match (calendar, self.n_digits) {
            (Calendar::Gregorian, 2) => Some(full_year(self.value)),
            (Calendar::Thai, 2) => {
                SHORT_BUDDHIST_YEARS.contains(&self.value).then_some(2500 + self.value - BUDDHIST_ERA)
            }
            (Calendar::Thai, _) if BUDDHIST_YEARS.contains(&self.value) => Some(self.value - BUDDHIST_ERA),
            (Calendar::Gregorian | Calendar::Thai, _) => Some(self.value),
            (Calendar::Persian, _) => None,
        }
        .filter(|year| YEARS.contains(year))
    }
}

/// The day that is called `day` of `month` in `year`.
pub(super) fn day_of(year: Year, month: Month, day: i64) -> Option<civil::Date> {
    if month.calendar == Calendar::Persian {
        return persian_date(year.value, month.number, day).filter(|date| YEARS.contains(&i64::from(date.year())));
    }
    let year = year.gregorian(month.calendar)?;
    civil::Date::new(year as i16, i8::try_from(month.number).ok()?, i8::try_from(day).ok()?).ok()
}

/// Year and month of a month without a day; Persian months lie across two of ours.
pub(super) fn month_of(year: Year, month: Month) -> Option<(i16, i8)> {
    let year = year.gregorian(month.calendar)?;
    (1..=12).contains(&month.number).then_some((year as i16, month.number as i8))
}

/// Two digits mean 1940 to 2039. What is published bears hardly a day ahead, and what is older than newspapers on
/// screens is dated with its whole year, or means a century that nothing tells.
const FIRST_SHORT_YEAR: i64 = 40;

fn full_year(two_digits: i64) -> i64 {
    if two_digits < FIRST_SHORT_YEAR { 2000 + two_digits } else { 1900 + two_digits }
}

fn persian_date(year: i64, month: i64, day: i64) -> Option<civil::Date> {
    if !PERSIAN_YEARS.contains(&year) || day < 1 {
        return None;
    }
    let first = persian_day(year, month);
    let next = if month == 12 { persian_day(year + 1, 1) } else { persian_day(year, month + 1) };
    let days = jiff::Span::new().try_days(first + day - 1).ok()?;
    (first + day - 1 < next).then(|| civil::date(1970, 1, 1).checked_add(days).ok())?
}

/// The first day of a Persian month, in days since 1 January 1970.
///
/// Six months of 31 days and five of 30 come before the last; eight years in 33 have a day more, which
/// agrees with the equinox of Tehran in all of [`PERSIAN_YEARS`].
fn persian_day(year: i64, month: i64) -> i64 {
    let n_leap_days = (8 * year + 21) / 33;
    let n_days_before = if month <= 7 { 31 * (month - 1) } else { 30 * (month - 1) + 6 };
    365 * year + n_leap_days + n_days_before - 492_633
}

/// Years before the first of each era, by the words that stand before its years: 令和6年 is 2018 + 6.
pub(super) const ERAS: [(&str, i16); 11] = [
    ("令和", 2018),
    ("令和元", 2018),
    ("平成", 1988),
    ("平成元", 1988),
    ("昭和", 1925),
    ("昭和元", 1925),
    ("大正", 1911),
    ("民國", 1911),
    ("民国", 1911),
    ("中華民國", 1911),
    ("中华民国", 1911),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persian_days() {
        for (year, month, day, expected) in [
            (1402, 12, 24, "2024-03-14"),
            (1403, 1, 1, "2024-03-20"),
            (1402, 1, 1, "2023-03-21"),
            (1399, 12, 30, "2021-03-20"),
            (1403, 12, 30, "2025-03-20"),
            (1357, 11, 22, "1979-02-11"),
            (1332, 5, 28, "1953-08-19"),
            (1404, 7, 1, "2025-09-23"),
            (1402, 12, 30, ""),
            (1402, 7, 31, ""),
            (1402, 6, 31, "2023-09-22"),
            (1402, 1, 0, ""),
            (2024, 1, 1, ""),
        ] {
            let found = persian_date(year, month, day).map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(found, expected, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn persian_days_follow_one_another() {
        let mut day = persian_date(1223, 1, 1).expect("the first day");
        for year in PERSIAN_YEARS {
            for (month, number) in (1..=12).flat_map(|month| (1..=31).map(move |number| (month, number))) {
                if let Some(date) = persian_date(year, month, number) {
                    assert_eq!(date, day, "{year}-{month}-{number}");
                    day = day.tomorrow().expect("there is a next day");
                }
            }
        }
    }
}
