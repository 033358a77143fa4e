//! What the values of members say: texts, words of a list, names of people.

use std::borrow::Cow;

use serde_json::Value;

use super::keys::plain_key;
use super::lists::{is_nothing, quoted_items};
use crate::read::byline;
use crate::read::formats::html::{is_markup, plain_text, story_text, unescape};
use crate::read::prose::{one_line, paragraphs};

/// Values are nested at most so deep before they say something.
const MAX_VALUE_DEPTH: usize = 4;

/// Members that hold what an object stands for: `{"rendered": "…"}`, `{"basic": "…"}`, `{"$oid": "…"}`.
const VALUE_KEYS: &[&str] = &[
    "rendered",
    "main",
    "basic",
    "default",
    "value",
    "text",
    "#text",
    "$t",
    "@value",
    "$oid",
    "$date",
    "$numberLong",
    "name",
    "title",
    "webTitle",
    "headline",
    "content",
    "body",
    "html",
    "paragraph",
    "plain",
    "en",
    "@id",
];

/// The text that a value stands for; the members of a list become paragraphs.
pub(super) fn text_of(value: &Value, depth: usize) -> Option<Cow<'_, str>> {
    match value {
        _ if depth > MAX_VALUE_DEPTH => None,
        Value::String(text) => {
            (!is_taken_down(text) && (depth > 0 || !is_nothing(text))).then_some(Cow::Borrowed(text))
        }
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().filter_map(|item| text_of(item, depth + 1)).collect();
            (!texts.is_empty()).then(|| Cow::Owned(texts.join("\n\n")))
        }
        Value::Object(object) => VALUE_KEYS.iter().find_map(|key| text_of(object.get(*key)?, depth + 1)),
        Value::Null | Value::Bool(_) => None,
    }
}

/// What services put in the place of texts that were taken down.
fn is_taken_down(text: &str) -> bool {
    ["[removed]", "[deleted]"].iter().any(|mark| text.trim().eq_ignore_ascii_case(mark))
}

/// Running text: a string, or the blocks of a list that are text.
pub(super) fn running_text(value: &Value) -> String {
    match value {
        Value::Array(blocks) => {
            let texts = blocks.iter().filter(|block| !is_beside_text(block.get("type"))).map(block_text);
            texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
        }
        other => text_of(other, 0).map(|text| body_text(&text)).unwrap_or_default(),
    }
}

/// The text of a block, which may be a list of points.
fn block_text(block: &Value) -> String {
    match (text_of(block, 1), block.get("items")) {
        (Some(text), _) => body_text(&text),
        (None, Some(Value::Array(points))) => {
            let points = points.iter().filter_map(|point| text_of(point, 1)).map(|text| body_text(&text));
            points.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
        }
        (None, _) => String::new(),
    }
}

/// Kinds of blocks that stand around the text of an article, and not in it.
const BESIDE_TEXT: &[&str] = &[
    "kicker",
    "title",
    "headline",
    "byline",
    "author",
    "author_info",
    "date",
    "image",
    "photo",
    "picture",
    "figure",
    "video",
    "audio",
    "gallery",
    "caption",
    "credit",
    "ad",
    "advertisement",
    "embed",
    "oembed",
    "related",
    "divider",
];

/// Whether something of this kind, as `type` states it, stands around a text and is none.
pub(in crate::read::formats) fn is_beside_text(kind: Option<&Value>) -> bool {
    let kind = kind.and_then(Value::as_str);
    kind.is_some_and(|kind| BESIDE_TEXT.contains(&kind.to_ascii_lowercase().as_str()))
}

/// Parts of the names of vocabularies that say what an article is about, as `taxonomy` and `type` give them.
pub(super) const ABOUT: &[&str] = &[
    "tag", "keyword", "categor", "section", "rubric", "subject", "topic", "theme", "person", "place", "loc", "geo",
    "countr", "org", "compan", "event",
];

/// Those that say in which part of a paper it stands.
pub(super) const PART_OF_PAPER: &[&str] = &["categor", "section", "rubric", "subject", "topic"];

/// Words of a list, of a comma-separated string, or of objects that have names. Numbers are ids of
/// words that stand elsewhere. Of a list that mixes vocabularies only `vocabularies` count.
pub(super) fn words_of(value: &Value, vocabularies: &[&str], words: &mut Vec<String>) {
    match value {
        Value::String(text) if is_nothing(text) => {}
        Value::String(text) => match quoted_items(text) {
            Some(items) => words.extend(items.iter().map(|word| unescape(word))),
            None => words.extend(text.split([',', ';']).map(|word| unescape(word.trim()))),
        },
        Value::Array(items) if items.iter().all(Value::is_number) => {}
        Value::Array(items) => {
            let kind = |item: &Value| item.get("type").and_then(Value::as_str).map(str::to_owned);
            let is_mixed = items.iter().any(|item| kind(item) != kind(&items[0]));
            for item in items.iter().filter(|item| is_of(item, is_mixed, vocabularies)) {
                match item {
                    Value::String(text) => words.push(unescape(text)),
                    Value::Array(_) => words_of(item, vocabularies, words),
                    other => words.extend(text_of(other, 1).map(|text| unescape(&text))),
                }
            }
        }
        Value::Number(_) => {}
        other => words.extend(text_of(other, 0).map(Cow::into_owned)),
    }
}

fn is_of(item: &Value, is_mixed: bool, vocabularies: &[&str]) -> bool {
    let name = |key: &str| item.get(key).and_then(Value::as_str);
    let Some(name) = name("taxonomy").or_else(|| name("type").filter(|_| is_mixed)) else { return true };
    let name = name.to_ascii_lowercase();
    vocabularies.iter().any(|part| name.contains(part))
}

/// Names of authors in a string, a list, or objects.
pub(in crate::read::formats) fn names_of(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(text) => names_in(&unescape(text), names),
        Value::Array(items) => {
            for item in items.iter().filter(|item| !item.is_array()) {
                names_of(item, names);
            }
        }
        Value::Object(object) => {
            let is_full = |key: &str| matches!(plain_key(key).as_str(), "name" | "names" | "fullname");
            if let Some((_, list)) = object.iter().find(|(key, value)| is_full(key) && value.is_array()) {
                return names_of(list, names);
            }
            let member = |keys: &[&str]| {
                object.iter().find_map(|(key, value)| {
                    keys.contains(&plain_key(key).as_str()).then(|| text_of(value, 1)).flatten()
                })
            };
            let full = || {
                let names = member(&["name", "fullname", "displayname", "original", "by"]);
                names.or_else(|| member(&["value", "title", "rendered"]))
            };
            let parts = || {
                let (first, last) = (member(&["firstname", "givenname"])?, member(&["lastname", "familyname"])?);
                Some(format!("{first} {last}"))
            };
            if let Some(name) = parts().or_else(|| full().map(Cow::into_owned)) {
                names.extend(byline::names(&unescape(&name)));
            }
        }
        _ => {}
    }
}

/// Names in a string, which may be a list as a program shows it.
fn names_in(text: &str, names: &mut Vec<String>) {
    if is_nothing(text) {
        return;
    }
    if let Some(items) = quoted_items(text) {
        return items.iter().for_each(|item| names_in(item, names));
    }
    // Bars stand between names too, where all that they part is one.
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| byline::is_bare_name(part)) {
        return names.extend(parts.into_iter().map(str::to_owned));
    }
    names.extend(byline::names(text).into_iter().map(|name| spelled_out(&name)));
}

/// `jane-doe`, the key of an author in a site generator, is Jane Doe.
fn spelled_out(name: &str) -> String {
    let parts: Vec<&str> = name.split('-').collect();
    let is_key = parts.len() >= 2 && parts.iter().all(|part| !part.is_empty() && part.chars().all(char::is_lowercase));
    if !is_key {
        return name.to_owned();
    }
    let capitalised = parts.iter().map(|part| {
        let mut chars = part.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    });
    capitalised.collect::<Vec<_>>().join(" ")
}

pub(super) fn title_text(text: &str) -> String {
    let text = if is_markup(text) { plain_text(text) } else { unescape(text) };
    one_line(&text)
}

/// Running text, be it plain, escaped or marked up.
pub(super) fn body_text(text: &str) -> String {
    let text = without_count(text);
    if is_markup(text) { story_text(text) } else { paragraphs(&unescape(text)) }
}

/// A text without the note of a service that cuts it: "Both sides left… [+1234 chars]".
fn without_count(text: &str) -> &str {
    let note = text.trim_end().strip_suffix(" chars]").and_then(|rest| rest.rsplit_once('['));
    let is_count = |count: &str| count.trim_start_matches('+').bytes().all(|byte| byte.is_ascii_digit());
    note.filter(|(_, count)| is_count(count)).map_or(text, |(text, _)| text)
}
