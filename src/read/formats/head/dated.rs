//! A line of a head that tells a day and more: outlet, time of day, later changes, how long reading takes.
//!
//! Each part of the line must be one of these; a line with any other part is text.

use super::starts_capital;
use crate::article::{Precision, PublicationDate};
use crate::read::date::{DayMonthOrder, parse_date_only};

/// Marks between the parts of such a line.
const MARKS: [&str; 5] = [" | ", " • ", " · ", " / ", " — "];

/// What stands before the day of a later change, in small letters.
const CHANGED: [&str; 21] = [
    "last updated",
    "updated",
    "update",
    "last modified",
    "modified",
    "last edited",
    "edited",
    "zuletzt aktualisiert",
    "aktualisiert",
    "mis à jour",
    "mise à jour",
    "actualizado",
    "atualizado",
    "aggiornato",
    "bijgewerkt",
    "oppdatert",
    "uppdaterad",
    "opdateret",
    "zaktualizowano",
    "обновлено",
    "оновлено",
];

/// What stands before the day of publication, in small letters.
const PUBLISHED: [&str; 10] = [
    "first published",
    "published",
    "posted",
    "issued",
    "created",
    "veröffentlicht",
    "publié",
    "publicado",
    "pubblicato",
    "gepubliceerd",
];

/// The longest name of an outlet beside a day, in characters.
const MAX_OUTLET_CHARS: usize = 40;

/// Day and outlet of a line.
pub(super) struct DatedLine {
    /// The first day that is no later change, else the first.
    pub(super) date: PublicationDate,
    pub(super) outlet: Option<String>,
}

/// What the parts of a line tell together; `None` where it has one part only, or where a part tells something else.
pub(super) fn dated_line(line: &str, order: DayMonthOrder) -> Option<DatedLine> {
    let parts = parts(line);
    if parts.len() < 2 {
        return None;
    }
    let (mut published, mut changed, mut time, mut outlet) = (None, None, None, None);
    for part in parts {
        match meaning(&part, order)? {
            Meaning::Day(text, date) if published.is_none() => published = Some((text, date)),
            Meaning::Time(text) if time.is_none() => time = Some(text),
            Meaning::Change(date) => changed = changed.or(date),
            Meaning::Outlet(name) if outlet.is_none() => outlet = Some(name.to_owned()),
            Meaning::Outlet(_) => return None,
            Meaning::Day(..) | Meaning::Time(_) | Meaning::ReadingTime => {}
        }
    }
    let exact = published.and_then(|(text, date)| {
        let time = time.filter(|_| date.precision() == Precision::Day)?;
        parse_date_only(&format!("{text} {time}"), order)
    });
    let date = exact.or(published.map(|(_, date)| date)).or(changed)?;
    (date.precision() != Precision::Year).then_some(DatedLine { date, outlet })
}

/// "Updated 6:15 p.m. ET", "Last modified March 5": a change of which the year is not told.
pub(super) fn is_note_of_change(line: &str, order: DayMonthOrder) -> bool {
    let part = Part { text: line, is_alone: false };
    is_labelled(line, &CHANGED) && matches!(meaning(&part, order), Some(Meaning::Change(_)))
}

/// Whether a text begins with what stands before a day: such a text names no outlet.
pub(super) fn begins_with_label(text: &str) -> bool {
    is_labelled(text, &CHANGED) || is_labelled(text, &PUBLISHED)
}

fn is_labelled(text: &str, labels: &[&str]) -> bool {
    labels.iter().any(|label| behind(text, label).is_some())
}

struct Part<'l> {
    text: &'l str,
    /// Whether marks stand on both sides, so that it may be a name.
    is_alone: bool,
}

/// The parts between marks and before labels.
fn parts(line: &str) -> Vec<Part<'_>> {
    let mut between_marks = vec![line];
    for mark in MARKS {
        between_marks = between_marks.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let parts = between_marks.into_iter().flat_map(|part| {
        let cut = cut_at_labels(part);
        let is_alone = cut.len() == 1;
        cut.into_iter().map(move |text| Part { text: text.trim().trim_end_matches([',', ';']), is_alone })
    });
    parts.filter(|part| !part.text.is_empty()).collect()
}

/// "Published March 4, 2024, updated March 5, 2024" as two texts.
fn cut_at_labels(text: &str) -> Vec<&str> {
    let label = |text: &str| {
        let rest = CHANGED.iter().chain(&PUBLISHED).find_map(|label| behind(text, label))?;
        Some(text.len() - rest.len())
    };
    let mut found = Vec::new();
    let (mut start, mut from) = (0, label(text).unwrap_or(0));
    while let Some((at, n_bytes)) =
        text[from..].match_indices(' ').find_map(|(at, _)| Some((from + at, label(&text[from + at + 1..])?)))
    {
        found.push(&text[start..at]);
        start = at + 1;
        from = start + n_bytes;
    }
    found.push(&text[start..]);
    found
}

/// What a part of a line tells.
enum Meaning<'l> {
    Day(&'l str, PublicationDate),
    Time(&'l str),
    /// A later change, with its day if that is told whole.
    Change(Option<PublicationDate>),
    ReadingTime,
    Outlet(&'l str),
}

fn meaning<'l>(part: &Part<'l>, order: DayMonthOrder) -> Option<Meaning<'l>> {
    let text = part.text;
    if let Some(rest) = CHANGED.iter().find_map(|label| behind(text, label)) {
        let is_told = |text: &str| parse_date_only(text, order).is_some();
        let date = parse_date_only(rest, order);
        let is_day = || is_told(&format!("{rest}, 2024"));
        return (date.is_some() || rest.is_empty() || is_time(rest, order) || is_day())
            .then_some(Meaning::Change(date));
    }
    let rest = PUBLISHED.iter().find_map(|label| behind(text, label)).unwrap_or(text);
    if let Some(date) = parse_date_only(rest, order) {
        return Some(Meaning::Day(rest, date));
    }
    if is_time(rest, order) {
        return Some(Meaning::Time(rest));
    }
    if is_reading_time(text) {
        return Some(Meaning::ReadingTime);
    }
    let is_name = part.is_alone
        && text.chars().count() <= MAX_OUTLET_CHARS
        && starts_capital(text)
        && !text.ends_with('.')
        && !begins_with_label(text);
    is_name.then_some(Meaning::Outlet(text))
}

/// "6:15 p.m. ET": what makes a moment of a day.
fn is_time(text: &str, order: DayMonthOrder) -> bool {
    let with_day = || parse_date_only(&format!("March 4, 2024, {text}"), order);
    text.starts_with(|c: char| c.is_ascii_digit())
        && with_day().is_some_and(|date| matches!(date.precision(), Precision::Second { .. }))
}

/// "5 min read", "Reading time: 5 minutes".
fn is_reading_time(text: &str) -> bool {
    let lower = text.to_lowercase();
    let rest = lower.strip_prefix("reading time").map_or(&*lower, |rest| rest.trim_start_matches([':', ' ']));
    let words: Vec<&str> = rest.split([' ', '-']).collect();
    let [number, unit, rest @ ..] = &words[..] else { return false };
    number.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(*unit, "min" | "min." | "mins" | "minute" | "minutes")
        && matches!(rest, [] | ["read"] | ["to", "read"])
}

/// What stands behind a label at the beginning of a text, in any case.
fn behind<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let mut rest = text;
    for wanted in label.chars() {
        let first = rest.chars().next().filter(|first| first.to_lowercase().eq([wanted]))?;
        rest = &rest[first.len_utf8()..];
    }
    (rest.is_empty() || rest.starts_with([' ', ':'])).then(|| rest.trim_start_matches([' ', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(&str, Option<&str>)>) {
        let found = dated_line(line, DayMonthOrder::MonthFirst);
        let found = found.map(|found| (found.date.to_string(), found.outlet));
        let expected = expected.map(|(date, outlet)| (date.to_owned(), outlet.map(str::to_owned)));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn the_first_day_that_is_no_change_counts() {
        for line in [
            "March 4, 2024 | Updated 6:15 p.m. ET",
            "Published March 4, 2024 | Updated March 5, 2024",
            "Published: March 4, 2024 | Updated: March 5, 2024, 6:15 p.m.",
            "Updated March 5, 2024 | Published March 4, 2024",
            "March 4, 2024 Updated March 5, 2024",
            "March 4, 2024, last updated March 5",
            "March 4, 2024 · 5 min read",
            "March 4, 2024 • Reading time: 5 minutes",
            "Veröffentlicht 4. März 2024 | Aktualisiert 5. März 2024",
        ] {
            check(line, Some(("2024-03-04", None)));
        }
        check("Updated March 5, 2024 | 5 min read", Some(("2024-03-05", None)));
    }

    #[test]
    fn outlet_and_time_stand_beside_the_day() {
        check("The Paper | May 8, 2014", Some(("2014-05-08", Some("The Paper"))));
        check("March 4, 2024 / 6:15 PM / CBS News", Some(("2024-03-04T18:15:00", Some("CBS News"))));
        check("The Paper • Updated March 5, 2024", Some(("2024-03-05", Some("The Paper"))));
    }

    #[test]
    fn a_line_with_any_other_part_is_text() {
        for line in [
            "March 4, 2024",
            "The Paper | Our World | May 8, 2014",
            "Report published March 4, 2024",
            "March 4, 2024 | the ferry sank off Ness",
            "March 4, 2024 | Updated figures put the toll at 41.",
            "Ferry / 2024",
            "Ferry | Harbour",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn changes_are_told_without_a_year() {
        let is_note = |line| is_note_of_change(line, DayMonthOrder::MonthFirst);
        assert!(["Updated 6:15 p.m. ET", "Last modified March 5", "UPDATED: March 5, 2024"].into_iter().all(is_note));
        assert!(!["Updated figures put the toll at 41", "Published letters", "6:15 p.m."].into_iter().any(is_note));
    }
}
