//! What the sets agree on: names are cut to a common guideline.

use std::ops::Range;

use dateline::extract::tagger::label::Class;

use crate::corpus::{Guideline, Name};

/// Words that stand before names of people and are no part of them.
const TITLES: &[&str] = &[
    "president",
    "prime",
    "minister",
    "mr.",
    "mr",
    "mrs.",
    "mrs",
    "ms.",
    "ms",
    "dr.",
    "dr",
    "chancellor",
    "senator",
    "sen.",
    "rep.",
    "general",
    "gen.",
    "secretary",
    "foreign",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "secretary-general",
    "premier",
    "governor",
    "gov.",
    "ambassador",
    "judge",
    "justice",
    "mayor",
    "chairman",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "vice",
    "vice-president",
    "colonel",
    "col.",
    "major",
    "captain",
    "capt.",
    "lieutenant",
    "lt.",
    "sergeant",
    "sgt.",
    "admiral",
    "adm.",
    "sheikh",
    "sir",
    "lady",
    "lord",
    "professor",
    "prof.",
    "director",
    "leader",
    "chief",
    "deputy",
    "attorney",
    "congressman",
    "congresswoman",
    "commander",
    "defense",
    "defence",
    "interior",
    "finance",
    "former",
    "late",
    "sheik",
    "state",
    "of",
    "for",
    "us",
    "u.s.",
    "special",
    "envoy",
    "cardinal",
    "archbishop",
    "bishop",
    "father",
    "reverend",
    "rev.",
    "rabbi",
    "crown",
    "emir",
    "acting",
    "the",
    "representative",
    "undersecretary",
    "commissioner",
    "coach",
    "president-elect",
    "opposition",
    "justice",
    "head",
    "high",
    "executive",
    "national",
    "security",
    "advisor",
    "adviser",
    "senior",
    "military",
    "army",
];

/// Titles that even careful sets take into names now and then.
const HONORIFICS: &[&str] = &[
    "mr.",
    "mr",
    "mrs.",
    "mrs",
    "ms.",
    "ms",
    "dr.",
    "dr",
    "president",
    "senator",
    "sen.",
    "rep.",
    "gov.",
    "gen.",
    "general",
    "pope",
    "prof.",
    "professor",
    "king",
    "queen",
    "prince",
    "princess",
    "emperor",
    "tsar",
    "lord",
    "sir",
    "chancellor",
    "minister",
    "mayor",
    "governor",
    "captain",
    "capt.",
    "col.",
    "colonel",
    "lt.",
    "sgt.",
    "rev.",
    "congressman",
    "st.",
    "saint",
    "judge",
    "justice",
    "commander",
    "admiral",
    "sheikh",
    "sultan",
    "empress",
];

/// Whether a word in lower case stands before names of people rather than in them.
pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(&word) || HONORIFICS.contains(&word)
}

/// Cuts names to what all sets agree on; `None` where nothing is left.
pub(crate) fn harmonise(text: &str, gold: &[Range<usize>], name: Name, guideline: Guideline) -> Option<Name> {
    let (mut start, mut end, class) = name;
    let word = |i: usize| text[gold[i].clone()].to_lowercase();
    while end > start && matches!(word(start).as_str(), "the" | "a" | "an") {
        start += 1;
    }
    while end > start + 1 && matches!(word(end - 1).as_str(), "'s" | "’s" | "'" | "’" | "," | ".") {
        end -= 1;
    }
    if class == Class::Person {
        let titles = if guideline.has_titles { TITLES } else { HONORIFICS };
        let n_titles = (start..end).take_while(|&i| titles.contains(&word(i).as_str())).count();
        // Where titles are not annotated as such, "King" alone is a family name.
        if n_titles < end - start || guideline.has_titles {
            start += n_titles;
        }
    }
    (end > start).then_some((start, end, class))
}
