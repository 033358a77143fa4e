//! Which of several wordings of one thing an agency means for its text: headlines, summaries, names and
//! texts come in several languages, lengths and roles.
//!
//! Fed by the readers of NewsML-G2, NewsML 1 and ninjs, which know where the wordings stand.

use crate::read::draft::primary_subtag;

/// Ends or beginnings of the roles of texts that stand in front of the text, in lower case.
const STANDFIRSTS: [&str; 6] = ["summary", "standfirst", "teaser", "abstract", "lead", "desc"];

/// What roles say, the one that is wanted most first, in lower case; a wording without a role stands
/// where the empty name does.
const ROLES: [&[&str]; 4] = [
    &["main", "headline", "full", "summary"],
    &["long", "extended", "abstract", "standfirst", "lead", "desc", "description"],
    &[""],
    &["short", "teaser"],
];

/// Words for what stands above or beside a headline, in lower case.
const NO_HEADLINES: [&str; 6] = ["sub", "slug", "kicker", "overline", "hook", "deck"];

/// One wording of several.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wording<'a, T> {
    /// As declared, where it is.
    pub(super) language: Option<&'a str>,
    /// As stated, with the list that it is from or without: `hld:main`, `main`.
    pub(super) role: Option<&'a str>,
    /// What it says.
    pub(super) content: T,
}

/// The wording in the language of an item, else one that states no language, else any; of these the main
/// one, a long one, one without a role, a short one. The first, where several are alike.
pub(super) fn best<'a, T>(wordings: impl IntoIterator<Item = Wording<'a, T>>, language: Option<&str>) -> Option<T> {
    let rank = |wording: &Wording<'_, T>| (language_rank(wording.language, language), role_rank(wording.role));
    wordings.into_iter().min_by_key(rank).map(|wording| wording.content)
}

/// The best headline; what stands above or beside headlines is one only where nothing else is.
pub(super) fn headline<'a, T>(wordings: Vec<Wording<'a, T>>, language: Option<&str>) -> Option<T> {
    let (headlines, others): (Vec<_>, Vec<_>) =
        wordings.into_iter().partition(|wording| wording.role.is_none_or(is_of_headline));
    best(headlines, language).or_else(|| best(others, language))
}

/// How far a language is from the one that is wanted; less is better.
pub(super) fn language_rank(declared: Option<&str>, wanted: Option<&str>) -> u8 {
    match (declared, wanted) {
        (Some(declared), Some(wanted)) if declared.eq_ignore_ascii_case(wanted) => 0,
        (Some(declared), Some(wanted)) if primary_subtag(declared) == primary_subtag(wanted) => 1,
        (None, _) => 2,
        _ => 3,
    }
}

/// Whether a role is one of a text that stands in front of the text.
pub(super) fn is_standfirst(role: &str) -> bool {
    let role = code(role).to_ascii_lowercase();
    STANDFIRSTS.iter().any(|name| role.starts_with(name) || role.ends_with(name))
}

/// What a controlled value is within its list: `geoArea` of `cpnat:geoArea`.
pub(super) fn code(value: &str) -> &str {
    value.rsplit([':', '/', '#']).next().unwrap_or(value)
}

fn role_rank(role: Option<&str>) -> usize {
    let role = code(role.unwrap_or("")).to_ascii_lowercase();
    ROLES.iter().position(|names| names.contains(&role.as_str())).unwrap_or(ROLES.len())
}

fn is_of_headline(role: &str) -> bool {
    let role = code(role).to_ascii_lowercase();
    !NO_HEADLINES.iter().any(|name| role.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str) -> Option<&str> {
        Some(text).filter(|text| !text.is_empty())
    }

    #[track_caller]
    fn check(wordings: &[(&str, &str)], language: &str, expected: usize) {
        let wordings = wordings.iter().enumerate().map(|(content, (language, role))| Wording {
            language: given(language),
            role: given(role),
            content,
        });
        assert_eq!(headline(wordings.collect(), given(language)), Some(expected));
    }

    #[test]
    fn the_language_of_the_item_goes_before_roles() {
        check(&[("en", "main"), ("fr", "short")], "fr", 1);
        check(&[("en", ""), ("", ""), ("fr-CA", "")], "fr", 2);
        check(&[("en", ""), ("", "")], "fr", 1);
        check(&[("en", ""), ("de", "")], "fr", 0);
        check(&[("fr-CA", ""), ("fr-FR", "")], "fr-FR", 1);
        check(&[("en", ""), ("", "")], "", 1);
    }

    #[test]
    fn main_headlines_go_before_short_ones() {
        check(&[("", "hld:short"), ("", "hld:seo"), ("", "hld:main")], "en", 2);
        check(&[("", "hld:short"), ("", ""), ("", "hld:long")], "en", 2);
        check(&[("", "hld:seo"), ("", "hld:short"), ("", "")], "en", 2);
        check(&[("fr", "hld:subHeadline"), ("en", "main")], "fr", 1);
        check(&[("", "slugline")], "en", 0);
    }

    #[test]
    fn standfirsts_have_many_names() {
        for role in ["drol:summary", "x:TEASER", "standfirst", "http://cv.example/desc", "lead"] {
            assert!(is_standfirst(role), "{role}");
        }
        for role in ["drol:caption", "main", "note"] {
            assert!(!is_standfirst(role), "{role}");
        }
    }
}
