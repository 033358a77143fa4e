//! Bylines without "By": a name on a line of its own, often with a role or a place behind it.

use super::list::{PLACE_OPENINGS, parts};
use super::role::{is_modifier, is_role_line};
use super::{is_month_name, is_person, names};

/// Longer lines say more than who wrote.
const MAX_CHARS: usize = 90;

/// What stands behind the names, from the surest sign of a byline to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tail {
    /// "Jane Doe, arts correspondent".
    Role,
    /// "Jane Doe in Moscow", "Jane Doe at Anfield".
    In,
    /// "Jane Doe, Bengaluru", "Jane Doe | Lucknow".
    Place,
    /// The name alone.
    Nothing,
}

/// The names of a line that may be a byline without "By". Whether it is one, its neighbours tell.
pub(crate) fn bare_byline(line: &str) -> Option<(Vec<String>, Tail)> {
    let line = line.trim();
    // "Ann Poe, Menlo Park, Calif." ends in a short form.
    let short_form =
        line.strip_suffix('.').filter(|line| line.rsplit_once(", ").is_some_and(|(_, last)| is_region(last)));
    let line = short_form.unwrap_or(line);
    let has_digit = line.contains(|c: char| c.is_ascii_digit());
    if has_digit || line.chars().count() > MAX_CHARS || line.ends_with(['.', '!', '?', ':', ';', ',', '…']) {
        return None;
    }
    let marks = [(", ", Tail::Place), (" | ", Tail::Place), (" in ", Tail::In), (" at ", Tail::In)];
    let cut = marks.iter().filter_map(|&(mark, tail)| Some((line.find(mark)?, mark, tail))).min_by_key(|cut| cut.0);
    let (people, tail) = match cut {
        None => (line, Tail::Nothing),
        Some((at, mark, kind)) => {
            let behind = &line[at + mark.len()..];
            let first = behind.split([',', '|']).next().unwrap_or(behind).trim();
            let tail = if kind == Tail::Place && is_role_line(first) {
                Tail::Role
            } else if are_places(behind) && !(kind == Tail::Place && is_region(behind)) {
                kind
            } else {
                return None;
            };
            (&line[..at], tail)
        }
    };
    let are_people = parts(people).iter().all(|(_, name)| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let begins_place = || words.first().is_some_and(|word| PLACE_OPENINGS.contains(&word.to_lowercase().as_str()));
        let is_label = |word: &&str| is_modifier(word) || is_month_name(word) || is_small_word(word);
        is_person(name) && !begins_place() && !words.iter().any(is_label)
    });
    let is_shouted = !people.contains(char::is_lowercase);
    let found = names(people);
    (are_people && !found.is_empty() && !(is_shouted && tail == Tail::Nothing)).then_some((found, tail))
}

/// One to three capitalised words, once or several times.
fn are_places(text: &str) -> bool {
    text.split([',', '|', '/']).all(|place| {
        let n_words = place.split_whitespace().count();
        (1..=3).contains(&n_words) && place.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
    })
}

/// Words that begin headlines and labels in capital letters, and no names.
fn is_small_word(word: &str) -> bool {
    const WORDS: [&str; 34] = [
        "The", "A", "An", "And", "Of", "In", "On", "At", "To", "For", "From", "With", "By", "How", "Why", "What",
        "Who", "When", "Where", "No", "Not", "Is", "Are", "Two", "Three", "Four", "Five", "Read", "Share", "More",
        "Image", "Source", "Top", "This",
    ];
    WORDS.contains(&word)
}

/// A state or country behind a comma makes what stands before it a town: "Palo Alto, California".
fn is_region(text: &str) -> bool {
    const REGIONS: &str = "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia \
        hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota \
        mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont \
        virginia washington wisconsin wyoming england scotland wales ireland britain uk usa us france germany italy \
        spain portugal poland ukraine russia turkey greece israel egypt syria iraq iran india pakistan bangladesh \
        china japan malaysia indonesia australia canada mexico brazil argentina chile peru colombia kenya nigeria \
        ghana ethiopia sudan";
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    // "Calif", "Wash", "Ill": short forms begin as the long ones do.
    let is_short_form = |name: &str| lower.len() >= 3 && lower.len() <= 5 && name.starts_with(&lower);
    lower.len() <= 2 || REGIONS.split_whitespace().any(|name| name == lower || is_short_form(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_alone_or_before_role_and_place() {
        let found = |line: &str| bare_byline(line).map(|(names, tail)| (names.join(" & "), tail));
        for (line, name, tail) in [
            ("Jane Doe", "Jane Doe", Tail::Nothing),
            ("Jane Doe and John Roe", "Jane Doe & John Roe", Tail::Nothing),
            ("Nadia al-Sabri, Aden", "Nadia al-Sabri", Tail::Place),
            ("Jane Doe | Lucknow", "Jane Doe", Tail::Place),
            ("Ann Poe, Menlo Park, Calif", "Ann Poe", Tail::Place),
            ("Ann Poe, Menlo Park, Calif.", "Ann Poe", Tail::Place),
            ("Lisa O'Hara in Brussels", "Lisa O'Hara", Tail::In),
            ("Ann Poe, arts correspondent", "Ann Poe", Tail::Role),
        ] {
            assert_eq!(found(line), Some((name.to_owned(), tail)), "{line}");
        }
        for line in [
            "New Delhi",
            "NEW YORK",
            "Des Moines, Iowa",
            "World News",
            "The Paper",
            "Express News Service | Lucknow",
            "Middle East",
            "Talks end",
            "Two Held in Raid on Bank",
            "Two Held in Paris",
            "May Day",
            "Jane Doe.",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }
}
