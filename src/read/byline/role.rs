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
