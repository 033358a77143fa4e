//! Dates in addresses and in the names of files and folders.

use super::{DayMonthOrder, YEARS, parse_date};
use crate::article::PublicationDate;
use crate::read::headline::stem;

/// The date that a file name begins or ends with: `2014-05-08-title.md`, `title-20140508.txt`.
pub(crate) fn date_of_file_name(path: &str) -> Option<PublicationDate> {
    let stem = stem(path);
    let runs: Vec<&str> = stem.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let date = runs.windows(3).find(|three| is_year(three[0]) && three[1].len() == 2 && three[2].len() == 2);
    match date {
        Some([year, month, day]) => parse_date(&format!("{year}-{month}-{day}"), DayMonthOrder::default()),
        _ => runs.iter().filter(|run| run.len() == 8).find_map(|run| parse_date(run, DayMonthOrder::default())),
    }
}

/// The date that the folders right above a file spell: `2025/05/23/talks.html`.
pub(crate) fn date_of_folders(path: &str) -> Option<PublicationDate> {
    let mut folders = path.rsplit('/').skip(1);
    let (day, month, year) = (folders.next()?, folders.next()?, folders.next()?);
    let is_number = |text: &str, n: usize| text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = is_year(year) && is_number(month, 2) && is_number(day, 2);
    is_date.then(|| parse_date(&format!("{year}-{month}-{day}"), DayMonthOrder::default()))?
}

/// `/2025/09/04/`, `/2025-09-04-`, `/20250904/` in an address.
pub(crate) fn date_of_url(url: &str) -> Option<PublicationDate> {
    let path = url.splitn(4, '/').nth(3)?;
    let path = path.split(['?', '#']).next()?;
    let runs: Vec<&str> = path.split(['/', '-', '_']).collect();
    let is_number = |text: &str, n: usize| text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit());
    let three = runs.windows(3).find(|three| {
        is_year(three[0])
            && (is_number(three[1], 2) || is_number(three[1], 1))
            && (is_number(three[2], 2) || is_number(three[2], 1))
    });
    let text = match three {
        Some([year, month, day]) => format!("{year}-{month}-{day}"),
        _ => (*runs.iter().find(|run| is_number(run, 8) && run.starts_with("20"))?).to_owned(),
    };
    parse_date(&text, DayMonthOrder::default())
}

/// Whether this is a year of our own count: in addresses other numbers stand too.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year| YEARS.contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_tell_dates() {
        let shown = |date: Option<PublicationDate>| date.map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(shown(date_of_folders("/news/2025/05/23/talks.html")), "2025-05-23");
        assert_eq!(shown(date_of_folders("/news/2025/23/talks.html")), "");
        assert_eq!(shown(date_of_file_name("/a/2014-05-08-title.md")), "2014-05-08");
        assert_eq!(shown(date_of_url("https://x.org/2025/09/04/talks")), "2025-09-04");
        assert_eq!(shown(date_of_url("https://x.org/news/20250904-talks?d=1")), "2025-09-04");
        assert_eq!(shown(date_of_url("https://x.org/news/talks-12")), "");
        assert_eq!(shown(date_of_url("https://x.org/1402/11/12/talks")), "");
    }
}
