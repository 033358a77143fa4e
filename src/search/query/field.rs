//! Names of fields: which exist, and which was meant.
//!
//! A name counts before a colon that has a value directly behind it. Anything else before a colon is
//! text: `Breaking: markets fall`, `12:30`, `https://…`, `mailto:…`. A name in lower case that is one
//! edit away from a field (`persn:zelensky`) is an error with the right form, unless it is a word of
//! its own (`data:`, `pace:`); one that means a field by another name (`country:`, `since:`) stays
//! text, with a note.

use super::ast::{KeywordField, Measure, Scope};
use crate::mention::EntityKind;

/// Names of all fields, in the order of the documentation.
pub const NAMES: [&str; 15] = [
    "title", "body", "author", "source", "section", "lang", "path", "id", "tag", "format", "person", "place", "org",
    "date", "fig",
];

/// Words that are one edit away from a field and yet words of their own, which pasted text may have
/// before a colon.
const WORDS_OF_THEIR_OWN: [&str; 40] = [
    "bang", "bath", "bony", "data", "dare", "dame", "fang", "fate", "formal", "gang", "gate", "hang", "hate", "land",
    "lane", "late", "lace", "long", "mate", "math", "oath", "pace", "palace", "parson", "patch", "pate", "pith",
    "plane", "plate", "rang", "rate", "sang", "sate", "slang", "tile", "tithe", "titled", "placed", "bode", "dote",
];

/// Letters of a unit that is remarked upon before a colon: shorter ones are words too often.
const MIN_UNIT_BYTES: usize = 3;

/// Other names for fields, with the form to type.
const MEANT: [(&str, &str); 41] = [
    ("after", "date:>="),
    ("before", "date:<"),
    ("byline", "author:"),
    ("by", "author:"),
    ("category", "section:"),
    ("city", "place:"),
    ("company", "org:"),
    ("count", "fig.NOUN:"),
    ("country", "place:"),
    ("day", "date:"),
    ("domain", "source:"),
    ("ext", "format:"),
    ("file", "path:"),
    ("filename", "path:"),
    ("filetype", "format:"),
    ("from", "date:>="),
    ("headline", "title:"),
    ("intitle", "title:"),
    ("journalist", "author:"),
    ("keyword", "tag:"),
    ("language", "lang:"),
    ("loc", "place:"),
    ("location", "place:"),
    ("money", "fig.usd:"),
    ("newspaper", "source:"),
    ("organisation", "org:"),
    ("organization", "org:"),
    ("people", "person:"),
    ("publisher", "source:"),
    ("published", "date:"),
    ("site", "source:"),
    ("since", "date:>="),
    ("subject", "tag:"),
    ("text", "body:"),
    ("topic", "tag:"),
    ("type", "format:"),
    ("until", "date:<="),
    ("who", "person:"),
    ("where", "place:"),
    ("writer", "author:"),
    ("year", "date:"),
];

/// A field that a query can name.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Field {
    Text(Scope),
    Entity(EntityKind),
    Keyword(KeywordField),
    Date,
    /// A measure, and whether only it is meant, without synonyms.
    Figure(Measure, bool),
}

impl Field {
    /// Name in the query language.
    pub(super) fn name(&self) -> String {
        match self {
            Field::Text(Scope::Title) => "title".to_owned(),
            Field::Text(Scope::Body | Scope::Anywhere) => "body".to_owned(),
            Field::Entity(kind) => kind.name().to_owned(),
            Field::Keyword(field) => field.name().to_owned(),
            Field::Date => "date".to_owned(),
            Field::Figure(Measure::Any, _) => "fig".to_owned(),
            Field::Figure(Measure::Unit(name) | Measure::Noun(name), exact) => {
                format!("fig.{}{name}", if *exact { "=" } else { "" })
            }
        }
    }
}

/// What a word before a colon is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Name {
    /// A field.
    Known(Field),
    /// Nearly that of a field: the right name.
    Misspelt(String),
    /// A word, which may have been meant as a field: the right form.
    Meant(String),
    /// A word.
    Word,
}

/// Tells what `name`, which stands before a colon, is. Capitals do not matter for names of fields.
pub(super) fn look_up(name: &str, measure_of: &dyn Fn(&str) -> Measure) -> Name {
    let lower = name.to_ascii_lowercase();
    if let Some((before, measured)) = lower.split_once('.') {
        let original = &name[before.len() + 1..];
        return match before {
            "fig" if is_measure(measured) => match original.strip_prefix('=') {
                Some(original) => Name::Known(Field::Figure(measure_of(original), true)),
                None => Name::Known(Field::Figure(measure_of(original), false)),
            },
            "figs" | "figure" | "figures" if is_measure(measured) => Name::Misspelt(format!("fig.{original}")),
            _ => Name::Word,
        };
    }
    let field = match lower.as_str() {
        "title" => Field::Text(Scope::Title),
        "body" => Field::Text(Scope::Body),
        "author" => Field::Keyword(KeywordField::Author),
        "source" => Field::Keyword(KeywordField::Source),
        "section" => Field::Keyword(KeywordField::Section),
        "lang" => Field::Keyword(KeywordField::Lang),
        "path" => Field::Keyword(KeywordField::Path),
        "id" => Field::Keyword(KeywordField::Id),
        "tag" => Field::Keyword(KeywordField::Tag),
        "format" => Field::Keyword(KeywordField::Format),
        "person" => Field::Entity(EntityKind::Person),
        "place" => Field::Entity(EntityKind::Place),
        "org" => Field::Entity(EntityKind::Org),
        "date" => Field::Date,
        "fig" => Field::Figure(Measure::Any, false),
        _ => return unknown(name, measure_of),
    };
    Name::Known(field)
}

/// Where the name ends that `text` begins with, if a colon follows it: letters, or `fig.` and a measure.
pub(super) fn name_end(text: &str) -> Option<usize> {
    let end = text.find(|character: char| !character.is_ascii_alphabetic())?;
    if end == 0 {
        return None;
    }
    let rest = &text[end..];
    if rest.starts_with(':') {
        return Some(end);
    }
    let measured = rest.strip_prefix('.')?;
    let is_figures = ["fig", "figs", "figure", "figures"].iter().any(|name| text[..end].eq_ignore_ascii_case(name));
    if !is_figures {
        return None;
    }
    let exact = usize::from(measured.starts_with('='));
    let measured = &measured[exact..];
    let length = measured.find(|character: char| character.is_whitespace() || ":<>=()[]\"\\".contains(character))?;
    (length > 0 && measured[length..].starts_with(':')).then_some(end + 1 + exact + length)
}

/// Units have signs (`$`, `%`), nouns begin with a letter; a digit is a number of a picture (`fig.1:`).
fn is_measure(text: &str) -> bool {
    text.starts_with(|character: char| !character.is_ascii_digit() && !".-_".contains(character))
}

fn unknown(name: &str, measure_of: &dyn Fn(&str) -> Measure) -> Name {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Name::Word;
    }
    if let Some((_, form)) = MEANT.iter().find(|(other, _)| *other == name) {
        return Name::Meant((*form).to_owned());
    }
    if name.len() >= MIN_UNIT_BYTES
        && let Measure::Unit(unit) = measure_of(name)
    {
        return Name::Meant(format!("fig.{unit}:"));
    }
    let nearest = NAMES.iter().map(|known| (edit_distance(name, known), *known)).min_by_key(|(distance, _)| *distance);
    match nearest {
        // Shorter words are near too many others: `og:`, `it:`, `ad:`.
        Some((1, known)) if name.len() >= 4 => {
            if WORDS_OF_THEIR_OWN.contains(&name) {
                Name::Word
            } else {
                Name::Misspelt(known.to_owned())
            }
        }
        _ => Name::Word,
    }
}

/// Edits between two short words, in bytes: insertions, deletions, replacements, and exchanges of
/// neighbours (optimal string alignment).
pub(super) fn edit_distance(left: &str, right: &str) -> usize {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    // No name is longer; a pasted word may be as long as it likes.
    if left.len().abs_diff(right.len()) > 2 {
        return usize::MAX;
    }
    let mut two_ago = vec![0; right.len() + 1];
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    for i in 1..=left.len() {
        let mut current = vec![i; right.len() + 1];
        for j in 1..=right.len() {
            let replaced = previous[j - 1] + usize::from(left[i - 1] != right[j - 1]);
            current[j] = replaced.min(previous[j] + 1).min(current[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                current[j] = current[j].min(two_ago[j - 2] + 1);
            }
        }
        two_ago = previous;
        previous = current;
    }
    previous[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Name) {
        assert_eq!(look_up(name, &|surface| Measure::Noun(surface.to_owned())), expected, "{name}");
    }

    #[test]
    fn fields_are_known() {
        check("person", Name::Known(Field::Entity(EntityKind::Person)));
        check("Title", Name::Known(Field::Text(Scope::Title)));
        check("fig", Name::Known(Field::Figure(Measure::Any, false)));
        check("fig.usd", Name::Known(Field::Figure(Measure::Noun("usd".to_owned()), false)));
        for name in NAMES {
            assert!(matches!(look_up(name, &|_| Measure::Any), Name::Known(_)), "{name}");
        }
    }

    #[test]
    fn slips_are_caught() {
        check("persn", Name::Misspelt("person".to_owned()));
        check("preson", Name::Misspelt("person".to_owned()));
        check("tilte", Name::Misspelt("title".to_owned()));
        check("tags", Name::Misspelt("tag".to_owned()));
        check("orgs", Name::Misspelt("org".to_owned()));
        check("soruce", Name::Misspelt("source".to_owned()));
        check("figure.usd", Name::Misspelt("fig.usd".to_owned()));
    }

    #[test]
    fn words_stay_words() {
        for name in ["https", "mailto", "breaking", "data", "pace", "re", "og", "Persn", "element", "fig.1", "x.y"] {
            check(name, Name::Word);
        }
        check("country", Name::Meant("place:".to_owned()));
    }

    #[test]
    fn names_end_before_a_colon() {
        assert_eq!(name_end("person:x"), Some(6));
        assert_eq!(name_end("fig.usd:>5"), Some(7));
        assert_eq!(name_end("fig.Gefangene:5"), Some(13));
        assert_eq!(name_end("fig.$:5"), Some(5));
        assert_eq!(name_end("fig.=deaths:5"), Some(11));
        for text in ["12:30", "a b:c", ":x", "fig.:x", "word", "e.g.:x", "fig.a b:c"] {
            assert_eq!(name_end(text), None, "{text}");
        }
    }
}
