//! What people are to a paper: "Staff Writer", "political correspondent".

use super::super::outlet::{is_agency, is_surely_outlet};
use super::is_person;

/// What follows a name and is no name, in lower case.
const ROLES: &[&str] = &[
    "staff writer",
    "staff reporter",
    "senior",
    "contributor",
    "contributing",
    "correspondent",
    "reporter",
    "editor",
    "managing editor",
    "special to",
    "guest",
    "columnist",
    "associated press",
    "ap",
    "afp",
    "reuters",
    "cnn",
    "bbc",
    "bbc news",
    "bloomberg",
    "usa today",
    "the associated press",
    "business reporter",
    "political reporter",
    "health reporter",
    "phd",
    "md",
    "m.d",
    "m.d.",
    "ph.d",
    "ph.d.",
    "rd",
    "rdn",
    "ms",
    "mph",
    "jr",
    "jr.",
    "sr",
    "sr.",
    "esq",
    "rn",
    "cpt",
    "mba",
    "cfa",
    "cfp",
    "cpa",
    "fand",
    "updated",
    "published",
];
/// Words for people of a paper.
const NOUNS: &[&str] = &[
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "columnist",
    "columnists",
    "critic",
    "contributor",
    "contributors",
    "journalist",
    "journalists",
    "bureau",
];

/// Words that say of what or where: "Chief Political Editor", "White House reporter".
const MODIFIERS: &[&str] = &[
    "staff",
    "senior",
    "chief",
    "deputy",
    "assistant",
    "associate",
    "managing",
    "executive",
    "contributing",
    "special",
    "guest",
    "freelance",
    "lead",
    "our",
    "own",
    "general",
    "assignment",
    "political",
    "politics",
    "policy",
    "business",
    "economic",
    "economics",
    "economy",
    "finance",
    "financial",
    "money",
    "markets",
    "consumer",
    "retail",
    "property",
    "housing",
    "technology",
    "tech",
    "science",
    "health",
    "medical",
    "environment",
    "climate",
    "energy",
    "education",
    "higher",
    "legal",
    "crime",
    "courts",
    "court",
    "police",
    "home",
    "foreign",
    "affairs",
    "diplomatic",
    "defence",
    "defense",
    "security",
    "world",
    "international",
    "global",
    "national",
    "local",
    "regional",
    "community",
    "democracy",
    "city",
    "county",
    "state",
    "royal",
    "religion",
    "religious",
    "social",
    "society",
    "race",
    "labor",
    "labour",
    "industry",
    "transport",
    "transportation",
    "travel",
    "food",
    "fashion",
    "style",
    "lifestyle",
    "arts",
    "art",
    "culture",
    "entertainment",
    "film",
    "music",
    "theatre",
    "theater",
    "television",
    "tv",
    "media",
    "books",
    "sports",
    "sport",
    "football",
    "soccer",
    "cricket",
    "rugby",
    "tennis",
    "golf",
    "basketball",
    "baseball",
    "features",
    "feature",
    "news",
    "breaking",
    "digital",
    "online",
    "web",
    "data",
    "video",
    "photo",
    "picture",
    "investigative",
    "investigations",
    "enterprise",
    "weekend",
    "night",
    "opinion",
    "real",
    "estate",
    "white",
    "house",
    "capitol",
    "congressional",
    "parliamentary",
    "washington",
    "europe",
    "european",
    "asia",
    "africa",
    "middle",
    "east",
    "west",
    "north",
    "south",
    "latin",
    "america",
    "us",
    "uk",
    "agriculture",
    "rural",
    "military",
    "immigration",
    "the",
    "and",
    "&",
    "of",
];

/// Whether a part of a byline is a role or an agency, and no name.
pub(crate) fn is_role(name: &str) -> bool {
    let lower = name.to_lowercase();
    ROLES.iter().any(|role| match lower.strip_prefix(role) {
        Some(rest) => rest.is_empty() || (rest.starts_with(' ') && role.len() > 5),
        None => false,
    }) || lower.split_whitespace().next_back().is_some_and(|last| NOUNS.contains(&last) && lower.contains(' '))
        || is_agency(name)
}

/// A role that fills a line has at most so many words: "Chief Political Correspondent for The Paper".
const MAX_WORDS_OF_LINE: usize = 8;

/// Whether a whole line is a role, as stands below a name. What only begins with the words of one is a sentence:
/// "Senior officials in Kyiv warned on Monday".
pub(crate) fn is_role_line(line: &str) -> bool {
    if ROLES.contains(&line.to_lowercase().as_str()) || is_agency(line) {
        return true;
    }
    let n_words = line.split_whitespace().count();
    if n_words > MAX_WORDS_OF_LINE || line.ends_with(['.', '!', '?', ':', ';', ',', '…']) {
        return false;
    }
    if let Some(paper) = line.strip_prefix("Special to ").or_else(|| line.strip_prefix("special to ")) {
        return is_title_of_paper(paper);
    }
    let cuts = [" for ", " at ", ", ", " | "].iter().filter_map(|mark| line.split_once(mark));
    match cuts.min_by_key(|(role, _)| role.len()) {
        Some((role, paper)) => is_whole_role(role) && is_title_of_paper(paper),
        None => is_whole_role(line),
    }
}

/// "Chief Political Editor", "Reporters", "Kyiv correspondent": what stands before the words of a role is a place or
/// a paper, of one word.
fn is_whole_role(role: &str) -> bool {
    let mut words = role.split_whitespace();
    let Some(first) = words.next() else { return false };
    let last = role.split_whitespace().next_back().unwrap_or(first);
    let is_noun = |word: &str| NOUNS.contains(&word.to_lowercase().as_str());
    let is_of_role = |word: &str| is_modifier(word) || is_noun(word);
    is_noun(last) && words.all(is_of_role) && (is_of_role(first) || first.starts_with(char::is_uppercase))
}

/// "The Paper", "the Kirkholm Sentinel".
fn is_title_of_paper(name: &str) -> bool {
    let is_word = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "the" | "of" | "and" | "&");
    name.split_whitespace().all(is_word)
        && (name.starts_with("The ") || name.starts_with("the ") || is_surely_outlet(name))
}

/// Whether a part of a byline is what is left of a role: "Science" of "Science and Technology Editor".
pub(crate) fn is_part_of_role(name: &str) -> bool {
    let is_of_roles = |word: &str| is_modifier(word) || NOUNS.contains(&word.to_lowercase().as_str());
    !name.is_empty() && name.split_whitespace().all(is_of_roles)
}

/// "Jane Doe Staff Writer" is Jane Doe; `None` where no role stands behind a name.
pub(super) fn without_role(name: &str) -> Option<&str> {
    let is_upper = |word: &str| word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase);
    let words: Vec<&str> = name.split_whitespace().collect();
    if !NOUNS.contains(&words.last()?.to_lowercase().as_str()) {
        return None;
    }
    let is_shouted = is_upper(name);
    let is_of_role = |word: &str| {
        is_modifier(word)
            || word.starts_with(char::is_lowercase) && !super::is_particle(word)
            || is_upper(word) && word.chars().count() > 1 && word.len() <= 5 && !is_shouted
    };
    let n_role = words.iter().rev().skip(1).take_while(|word| is_of_role(word)).count() + 1;
    // Names come with single spaces.
    let n_bytes = words[..words.len() - n_role].iter().map(|word| word.len() + 1).sum::<usize>();
    let person = name.get(..n_bytes.saturating_sub(1))?.trim_end_matches([',', '-', '–']);
    let is_name = is_person(person) && !is_surely_outlet(person) && !person.split(' ').any(is_modifier);
    is_name.then_some(person)
}

/// Whether a word says of what or where somebody writes.
pub(super) fn is_modifier(word: &str) -> bool {
    MODIFIERS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_role_as_a_whole_or_not_at_all() {
        for line in [
            "Staff Writer",
            "Senior Political Correspondent",
            "Science and Technology Editor",
            "Kyiv correspondent",
            "BBC political correspondent",
            "Staff Writer, The Kirkholm Sentinel",
            "reporter for the Kirkholm Sentinel",
            "Special to The Paper",
            "Reporter",
        ] {
            assert!(is_role_line(line), "{line}");
        }
        for line in [
            "Senior officials in Kyiv warned that the dam could fail",
            "Reporter Ann Fox was freed",
            "Reporter Ann Fox was freed on Monday.",
            "Editor and publisher disagree",
            "Updated figures put the toll at 41",
            "Published letters of a minister",
            "Bloomberg cut 100 jobs",
            "Reuters reported that 41 people died",
            "Special to be held on the quay",
            "Contributing to the delay was the fog",
            "Editor.",
        ] {
            assert!(!is_role_line(line), "{line}");
        }
    }
}
