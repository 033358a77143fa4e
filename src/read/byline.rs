//! Names of authors, out of the ways in which news prints and stores them.

use super::date::is_month_name;
use super::prose::one_line;

/// A longer name is a sentence about the author.
const MAX_NAME_CHARS: usize = 60;

/// A name has at most so many words: "María del Carmen de la Cruz y Fernández Ruiz".
const MAX_NAME_WORDS: usize = 8;

/// What a byline begins with, in lower case.
const OPENINGS: &[&str] = &[
    "written by",
    "reported by",
    "words by",
    "story by",
    "posted by",
    "published by",
    "submitted by",
    "article by",
    "articles by",
    "text by",
    "reviewed by",
    "medically reviewed by",
    "author:",
    "authors:",
    "author",
    "by:",
    "by",
    "from",
    "von",
    "por",
    "par",
    "door",
    "autor:",
    "autore:",
    "di",
    "av",
    "af",
    "przez",
    "автор:",
];

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

/// Splits a byline into names, in order, without "By", roles, addresses and repetitions.
pub(crate) fn names(byline: &str) -> Vec<String> {
    let is_address = |word: &&str| word.contains("://") || word.contains("www.") || word.contains('@');
    let line = one_line(byline);
    let line = line.split(' ').filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ");
    let mut rest = line.as_str();
    while let Some(after) = after_opening(rest) {
        rest = after;
    }
    // What follows a bar, a bullet or a dash with spaces is a date, an outlet, a role.
    let end =
        [" | ", " • ", " · ", " — ", " – ", " - ", "|", "•", " on "].iter().filter_map(|mark| rest.find(mark)).min();
    let rest = &rest[..end.unwrap_or(rest.len())];
    let mut names: Vec<String> = Vec::new();
    for part in split_list(rest) {
        let name = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '"' | '*'));
        let name = strip_brackets(name);
        // "James E. Moe, Moe, a pilot in Bergen": what is said of one who was named is no other.
        let is_said_again = |seen: &String| seen.strip_suffix(name).is_some_and(|first| first.ends_with(' '));
        if is_role(name) || name.starts_with("a ") || name.starts_with("an ") || names.iter().any(is_said_again) {
            continue;
        }
        if is_name(name) && !names.iter().any(|seen| seen.eq_ignore_ascii_case(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The byline in a line of text, if the whole line is one: "By Jane Doe and John Roe, Staff Writers".
pub(crate) fn names_of_line(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    // Short openings are words of other languages, or begin sentences; here only the plain ones count.
    let lower = line.to_lowercase();
    let opening = ["by ", "by: ", "written by ", "reported by ", "story by ", "author: ", "von ", "por ", "par "]
        .iter()
        .find(|opening| lower.starts_with(*opening))?;
    let rest = line.get(opening.len()..)?;
    let starts_name = rest.chars().next().is_some_and(char::is_uppercase);
    if !starts_name || line.chars().count() > 120 || line.ends_with(['.', '!', '?']) && !line.ends_with("Jr.") {
        return None;
    }
    let names = names(line);
    let is_each_named = names.iter().all(|name| {
        name.split_whitespace().all(|word| {
            word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic())
                || matches!(
                    word,
                    "de" | "da"
                        | "del"
                        | "della"
                        | "di"
                        | "van"
                        | "von"
                        | "der"
                        | "den"
                        | "la"
                        | "le"
                        | "al"
                        | "bin"
                        | "ibn"
                        | "el"
                        | "y"
                        | "dos"
                        | "do"
                        | "ter"
                        | "ten"
                        | "zu"
                        | "of"
                        | "for"
                        | "the"
                )
        })
    });
    (!names.is_empty() && is_each_named).then_some(names)
}

/// The text after an opening such as "By", if it begins with one.
fn after_opening(line: &str) -> Option<&str> {
    OPENINGS.iter().find_map(|opening| {
        let rest = line.get(opening.len()..)?;
        let is_opening = line.get(..opening.len())?.to_lowercase() == **opening;
        let rest_trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
        (is_opening && rest_trimmed.len() < rest.len() && !rest_trimmed.is_empty()).then_some(rest_trimmed)
    })
}

fn split_list(line: &str) -> impl Iterator<Item = &str> {
    line.split([',', ';', '/', '\n'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" with "))
        .map(|part| part.trim().strip_prefix("and ").unwrap_or(part))
}

/// "Jane Doe (Kyiv)" is Jane Doe.
fn strip_brackets(name: &str) -> &str {
    match name.find(['(', '[', '<']) {
        Some(0) | None => name,
        Some(at) => name[..at].trim_end(),
    }
}

fn is_role(name: &str) -> bool {
    let lower = name.to_lowercase();
    ROLES.iter().any(|role| match lower.strip_prefix(role) {
        Some(rest) => rest.is_empty() || (rest.starts_with(' ') && role.len() > 5),
        None => false,
    }) || lower.ends_with(" writer")
        || lower.ends_with(" reporter")
        || lower.ends_with(" correspondent")
        || lower.ends_with(" writers")
        || lower.ends_with(" editor")
}

fn is_name(name: &str) -> bool {
    let n_letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let n_digits = name.chars().filter(char::is_ascii_digit).count();
    let lower = name.to_lowercase();
    n_letters >= 2
        && n_digits <= n_letters
        && n_digits <= 4
        && !(n_digits > 0 && name.split(|c: char| !c.is_alphabetic()).any(is_month_name))
        && name.chars().count() <= MAX_NAME_CHARS
        && name.split_whitespace().count() <= MAX_NAME_WORDS
        && !lower.contains("http")
        && !lower.contains("www.")
        && !name.contains(['@', '{', '}', '<', '>', '=', '_'])
        && !matches!(
            lower.as_str(),
            "admin"
                | "administrator"
                | "author"
                | "unknown"
                | "none"
                | "null"
                | "guest"
                | "by"
                | "anonymous"
                | "n/a"
                | "undefined"
                | "staff"
                | "editor"
                | "default"
                | "webmaster"
                | "root"
                | "user"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(byline: &str, expected: &[&str]) {
        assert_eq!(names(byline), expected);
    }

    #[test]
    fn bylines_become_names() {
        check("By Jane Doe", &["Jane Doe"]);
        check("BY JANE DOE AND JOHN ROE", &["JANE DOE AND JOHN ROE"]);
        check("by  Jane Doe and John Roe", &["Jane Doe", "John Roe"]);
        check("Jane Doe, John Roe & Ann Poe", &["Jane Doe", "John Roe", "Ann Poe"]);
        check("Jane Doe, Staff Writer", &["Jane Doe"]);
        check("Written by: Jane Doe, PhD | May 3, 2024", &["Jane Doe"]);
        check("Byron Smith", &["Byron Smith"]);
        check("Jane Doe (Kyiv), Reuters", &["Jane Doe"]);
        check("Jane Doe, Jane Doe", &["Jane Doe"]);
        check("By James E. Moe , Moe, a pilot in Bergen", &["James E. Moe"]);
        check("Ana Moe, Anna Lie", &["Ana Moe", "Anna Lie"]);
        check("https://example.org/jane", &[]);
        check("admin", &[]);
        check("", &[]);
    }

    #[test]
    fn only_bylines_are_byline_lines() {
        assert_eq!(names_of_line("By Jane Doe"), Some(vec!["Jane Doe".to_owned()]));
        assert_eq!(names_of_line("By Friday the talks had ended."), None);
        assert_eq!(names_of_line("By contrast, nothing changed"), None);
        assert_eq!(names_of_line("Jane Doe"), None);
    }
}
