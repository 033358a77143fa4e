//! Where the records of a file stand: alone, wrapped, in a list, in several, or in lists of lists.

mod beside;

use serde_json::{Map, Value};

use crate::read::formats::fields::{Fields, is_role, plain_key};
use crate::read::formats::ninjs;

/// Lists of records are looked for so deep: `{"response": {"docs": [{"_source": {…}}]}}`.
const MAX_LIST_DEPTH: usize = 5;

/// Members that hold lists of records, in plain form; any other list of articles is found as well,
/// but after these.
const LISTS: &[&str] = &[
    "articles",
    "docs",
    "items",
    "results",
    "@graph",
    "hits",
    "data",
    "records",
    "entries",
    "posts",
    "news",
    "stories",
    "documents",
    "response",
];

/// Objects that only wrap a record.
const RECORD_WRAPPERS: &[&str] = &["_source", "node", "article", "document", "doc", "item", "post", "story", "entry"];

/// Reports of a live blog, each an article of its own.
const REPORTS: &str = "liveBlogUpdate";

/// So many words of a list's objects without a title are text; a name or a label has fewer.
const MIN_WORDS: usize = 6;

/// A record that may be an article.
pub(super) struct Record<'a> {
    pub(super) object: &'a Map<String, Value>,
    /// What its wrapper, or the key under which it stands, calls it.
    pub(super) id: Option<String>,
    /// The linked data of which it is a part.
    pub(super) whole: Option<&'a Map<String, Value>>,
    /// What it stands in, where that only wraps it; else the record itself.
    outer: &'a Map<String, Value>,
}

/// A record, or what stands in a list of records and is none.
pub(super) type Found<'a> = Result<Record<'a>, &'a Value>;

/// Whether a file is one article.
pub(super) fn is_single(value: &Value) -> bool {
    match value {
        Value::Object(object) => {
            std::ptr::eq(unwrapped(object).0, object) && is_article(object) && !object.contains_key(REPORTS)
        }
        _ => false,
    }
}

/// The records of a file, wherever they stand, in their order; other things in a list of articles are
/// kept as such, to be named in the report.
pub(super) fn of_file(value: &Value) -> Vec<Found<'_>> {
    let mut records = Vec::new();
    collect(value, 0, None, None, &mut records);
    records
}

/// The records of a line. One that is no article is a frame at best: what stands in it must be one for sure.
pub(super) fn of_line(value: &Value) -> Vec<Found<'_>> {
    let mut records = Vec::new();
    match (record_of(value, None, None), value) {
        (Some(record), _) => push(record, 0, &mut records),
        (None, Value::Object(object)) => beside::all(object, 0, beside::Place::Frame, None, &mut records),
        _ => {}
    }
    records
}

fn collect<'a>(
    value: &'a Value,
    depth: usize,
    key: Option<&str>,
    whole: Option<&'a Map<String, Value>>,
    records: &mut Vec<Found<'a>>,
) {
    if depth > MAX_LIST_DEPTH {
        return;
    }
    match value {
        Value::Array(items) => {
            let is_list = items.iter().any(|item| record_of(item, key, whole).is_some());
            for item in items {
                match item {
                    Value::Object(object) if key == Some("@graph") && is_bystander(object) => {}
                    item => match record_of(item, key, whole) {
                        Some(record) => push(record, depth, records),
                        None if is_list && key != Some("@graph") => records.push(Err(item)),
                        None => collect(item, depth + 1, None, whole, records),
                    },
                }
            }
        }
        Value::Object(object) => {
            if let Some(record) = record_of(value, key, whole) {
                return push(record, depth, records);
            }
            let whole = if object.contains_key("@type") { Some(object) } else { whole };
            let n_before = records.len();
            for list in LISTS {
                if let Some(value) = object.get(*list) {
                    collect(value, depth + 1, Some(list), whole, records);
                    if records.len() > n_before {
                        let place = beside::Place::BesideList(list);
                        return beside::all(object, depth, place, whole, records);
                    }
                }
            }
            // Records by id, or a list under a name of the exporter's own.
            for (key, value) in object {
                match record_of(value, Some(key), whole) {
                    Some(record) => {
                        let id = record.id.clone().or_else(|| Some(key.clone()));
                        push(Record { id, ..record }, depth, records);
                    }
                    None => collect(value, depth + 1, Some(key), whole, records),
                }
            }
        }
        _ => {}
    }
}

fn push<'a>(record: Record<'a>, depth: usize, records: &mut Vec<Found<'a>>) {
    let Record { object, outer, .. } = record;
    records.push(Ok(record));
    beside::all(object, depth, beside::Place::Article, None, records);
    if !std::ptr::eq(object, outer) {
        beside::all(outer, depth, beside::Place::Wrapper(object), None, records);
    }
    if let Some(reports) = object.get(REPORTS) {
        collect(reports, depth + 1, Some(REPORTS), Some(object), records);
    }
}

/// The record that a value under `key` is. People, papers and subjects have names and summaries too.
fn record_of<'a>(value: &'a Value, key: Option<&str>, whole: Option<&'a Map<String, Value>>) -> Option<Record<'a>> {
    let Value::Object(outer) = value else { return None };
    let (object, id) = unwrapped(outer);
    let is_news = || {
        let fields = Fields::of(object);
        fields.has_text() || fields.is_complete()
    };
    ((!key.is_some_and(is_role) || is_news()) && is_article(object)).then_some(Record { object, id, whole, outer })
}

/// The record inside its wrapper, with the id that the wrapper gives it.
pub(super) fn unwrapped(object: &Map<String, Value>) -> (&Map<String, Value>, Option<String>) {
    let fields = Fields::of(object);
    if !fields.has_text() {
        let says_more = |inner| is_article(inner) && (!fields.is_telling() || Fields::of(inner).has_text());
        for key in RECORD_WRAPPERS {
            if let Some(Value::Object(inner)) = object.get(*key)
                && says_more(inner)
            {
                let id = ["_id", "id"].iter().find_map(|key| match object.get(*key)? {
                    Value::String(id) => Some(id.clone()),
                    Value::Number(id) => Some(id.to_string()),
                    _ => None,
                });
                return (inner, id);
            }
        }
    }
    (object, None)
}

/// A record with a text, or with a title and no list of records that have more.
pub(super) fn is_article(object: &Map<String, Value>) -> bool {
    if ninjs::is_item(object) {
        return true;
    }
    let fields = Fields::of(object);
    fields.has_text() || (fields.is_telling() && !object.iter().any(|(key, value)| holds_records(key, value, &fields)))
}

/// Whether a member holds a list of records, for which the record around it is only the frame.
fn holds_records(key: &str, value: &Value, around: &Fields<'_>) -> bool {
    let Value::Array(items) = value else { return false };
    let key = plain_key(key);
    if is_role(&key) || beside::belongs_to_article(&key) {
        return false;
    }
    let is_list = key == "graph" || LISTS.contains(&key.as_str());
    let is_record = |inner: &Map<String, Value>| {
        let fields = Fields::of(unwrapped(inner).0);
        match fields.has_text() {
            true => is_list || fields.is_telling() || fields.is_published() || fields.n_words() >= MIN_WORDS,
            false => fields.is_telling() && (is_list || (fields.is_published() && !around.is_complete())),
        }
    };
    items.iter().any(|item| matches!(item, Value::Object(inner) if is_record(inner)))
}

/// A person, a picture or the like, which a graph of linked data holds beside its articles.
fn is_bystander(object: &Map<String, Value>) -> bool {
    let is_article = |name: &str| name.ends_with("Article") || name.ends_with("Posting");
    let is_typed_otherwise = match object.get("@type") {
        Some(Value::String(name)) => !is_article(name),
        Some(Value::Array(names)) => !names.iter().filter_map(Value::as_str).any(is_article),
        _ => false,
    };
    is_typed_otherwise && !Fields::of(object).has_text()
}
