//! Names with the last name first, as catalogues and address books write them: "Smith, Jane".

use std::borrow::Cow;

use super::super::outlet::{is_agency, is_surely_outlet};
use super::role::{is_part_of_role, is_role};

/// Small words at the beginning of last names.
const PARTICLES: [&str; 18] = [
    "van", "von", "der", "den", "de", "da", "du", "di", "del", "della", "la", "le", "el", "al", "st.", "mac", "dos",
    "ter",
];
const FIRMS: [&str; 9] = ["inc", "ltd", "llc", "gmbh", "ag", "co", "corp", "plc", "sa"];

/// "Smith, Jane" the right way round; `None` where a paper, a place of several words or a role follows a name.
pub(crate) fn first_name_first(name: &str) -> Option<String> {
    let (last, first) = name.split_once(", ")?;
    // What stands in brackets behind it is a place or a department.
    let first = first.split(['(', '[']).next().unwrap_or(first).trim();
    let begins_particle = || PARTICLES.contains(&last.split(' ').next().unwrap_or("").to_lowercase().as_str());
    // "Jane Doe, Politico" is a name and a paper.
    let n_last = last.split(' ').count();
    let is_surname = n_last == 1 || n_last <= 3 && begins_particle();
    (is_surname && first.split(' ').count() <= 2 && are_names(last, first)).then(|| format!("{first} {last}"))
}

/// A list of names in which some stand with the last name first, each the right way round; other lists as they are.
///
/// A comma parts names too, so that it counts only inside of what semicolons part, or where one name is all there is.
pub(super) fn in_order(list: &str) -> Cow<'_, str> {
    if !list.contains(", ") {
        return Cow::Borrowed(list);
    }
    // Where each of several stands so, bars and "and" part them too.
    let by_word: Vec<&str> = list.split('|').flat_map(|part| part.split(" and ")).map(str::trim).collect();
    if by_word.len() > 1
        && !list.contains(';')
        && let Some(turned) = by_word.iter().map(|name| first_name_first(name)).collect::<Option<Vec<_>>>()
    {
        return Cow::Owned(turned.join("; "));
    }
    let names: Vec<&str> = list.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
    if !names.iter().any(|name| first_name_first(name).is_some()) {
        return Cow::Borrowed(list);
    }
    // Among such names, others may have two last names: "García Márquez, Gabriel".
    let turned = |name: &&str| match name.split_once(", ") {
        Some((last, first)) if are_names(last, first) && last.split(' ').count() <= 3 => format!("{first} {last}"),
        _ => (*name).to_owned(),
    };
    match names[..] {
        [name] => first_name_first(name).map_or(Cow::Borrowed(list), Cow::Owned),
        _ => Cow::Owned(names.iter().map(turned).collect::<Vec<_>>().join("; ")),
    }
}

fn are_names(last: &str, first: &str) -> bool {
    let is_name = |name: &str| !is_role(name) && !is_part_of_role(name) && !is_agency(name) && !is_surely_outlet(name);
    is_name(last) && is_name(first) && last.split(' ').chain(first.split(' ')).all(is_word)
}

fn is_word(word: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.');
    let is_capital = word.starts_with(char::is_uppercase) || PARTICLES.contains(&word);
    let bare = word.trim_end_matches('.').to_lowercase();
    is_capital && word.chars().all(is_letter) && !is_of_a_paper(word) && !FIRMS.contains(&bare.as_str())
}

/// Words in the names of newsletters and papers that no person bears.
pub(crate) fn is_of_a_paper(word: &str) -> bool {
    const WORDS: [&str; 31] = [
        "agencies",
        "wires",
        "wire",
        "correspondents",
        "staff",
        "the",
        "news",
        "newsletter",
        "daily",
        "times",
        "post",
        "journal",
        "herald",
        "gazette",
        "press",
        "agency",
        "today",
        "alert",
        "alerts",
        "media",
        "tribune",
        "report",
        "briefing",
        "morning",
        "weekly",
        "online",
        "digest",
        "courier",
        "editors",
        "team",
        "desk",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_names_are_turned_round() {
        for (list, expected) in [
            ("Patel, Priya", "Priya Patel"),
            ("Patel, Priya; Jones, Tom", "Priya Patel; Tom Jones"),
            ("van der Berg, Jan; De Vries, Els", "Jan van der Berg; Els De Vries"),
            ("Patel, Priya; García Márquez, Gabriel; Ann Fox", "Priya Patel; Gabriel García Márquez; Ann Fox"),
            ("Patel, Priya A.;", "Priya A. Patel"),
            ("Patel, Priya | Jones, Tom", "Priya Patel; Tom Jones"),
            ("Patel, Priya and Jones, Tom", "Priya Patel; Tom Jones"),
        ] {
            assert_eq!(in_order(list), expected);
        }
        for list in [
            "Ann Fox, Bob Gray",
            "Ann Fox, Politico",
            "Ann Fox, Politico; Bob Gray, Vox",
            "Fox, Gray, Poe",
            "Fox, Reporter",
            "Reuters, Kyiv",
            "Guardian, Agencies",
            "Ann Fox and Bob Gray, Vox",
            "Herald, The",
            "Ann Fox",
        ] {
            assert_eq!(in_order(list), list);
        }
    }
}
