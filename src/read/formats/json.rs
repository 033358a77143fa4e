//! JSON: one article, or a list of them at any of the places where exports keep lists; JSON Lines.

use serde_json::{Map, Value};

use super::fields::{Fields, mapped_key};
use super::{linked_data, ninjs, own};
use crate::article::{Article, Format, Origin};
use crate::read::date::parse_date_only;
use crate::read::decode::decode;
use crate::read::error::{RejectReason, Rejected};
use crate::read::furniture;
use crate::read::{RawItem, ReadConfig};

/// serde_json refuses to go deeper.
const MAX_DEPTH: usize = 128;

/// Values of a file. Each takes some 70 bytes beside its text, so that this keeps a file of nothing but
/// brackets from filling the memory; a hundred thousand articles have about two million.
const MAX_VALUES: usize = 4_000_000;

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

/// Reads a JSON file.
pub(super) fn parse_file(item: RawItem, config: &ReadConfig, emit: &mut dyn FnMut(Result<Article, Rejected>)) {
    let RawItem { origin, bytes, .. } = item;
    let text = decode(&bytes, None);
    let text = text.trim_start_matches('\u{feff}');
    let reject = |reason| Rejected { origin: origin.clone(), reason };
    if n_values(text) > MAX_VALUES {
        return emit(Err(reject(RejectReason::Tangled)));
    }
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => renamed(value, &config.columns),
        Err(error) => return emit(Err(reject(to_reason(&error, 1)))),
    };
    let mut records = Vec::new();
    let (value, format) = match is_linked_data(&value, &origin.path) {
        true => (linked_data::resolved(value), Format::JsonLd),
        false => (value, Format::Json),
    };
    let feed = is_feed(&value).then_some(&value);
    let is_list = match &value {
        Value::Object(object) if is_article(object) && feed.is_none() => {
            records.push(Ok((object, None)));
            false
        }
        value => {
            collect(value, 0, None, &mut records);
            true
        }
    };
    if value.get("$schema").and_then(Value::as_str).is_some_and(|schema| schema.contains("json-schema.org")) {
        return emit(Err(reject(RejectReason::Binary { kind: "a JSON schema".to_owned() })));
    }
    if records.is_empty() {
        return emit(Err(reject(RejectReason::NotAnArticle { found: describe(&value) })));
    }
    for (record, number) in records.into_iter().zip(1..) {
        let origin = Origin { path: origin.path.clone(), record: is_list.then_some(number) };
        emit(match record {
            Ok((object, id)) => match feed {
                Some(feed) => to_entry(object, feed, origin, config),
                None => to_article(object, id, origin, format, config),
            },
            Err(value) => Err(Rejected { origin, reason: RejectReason::NotAnArticle { found: describe(value) } }),
        });
    }
}

/// Reads lines of JSON, each a record.
pub(super) fn parse_lines(item: RawItem, config: &ReadConfig, emit: &mut dyn FnMut(Result<Article, Rejected>)) {
    let first_line = item.origin.record.unwrap_or(1);
    for (line, number) in item.bytes.split(|&byte| byte == b'\n').zip(first_line..) {
        let text = decode(line, None);
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            continue;
        }
        let origin = Origin { path: item.origin.path.clone(), record: Some(number) };
        emit(match serde_json::from_str::<Value>(text).map(|value| renamed(value, &config.columns)) {
            Ok(Value::Object(object)) if own::is_header(&object) => continue,
            Err(error) => Err(Rejected { origin, reason: to_reason(&error, number) }),
            Ok(Value::Object(object)) => match unwrapped(&object) {
                (record, id) if is_article(record) => to_article(record, id, origin, Format::JsonLines, config),
                _ => Err(Rejected {
                    origin,
                    reason: RejectReason::NotAnArticle { found: describe(&Value::Object(object)) },
                }),
            },
            Ok(other) => Err(Rejected { origin, reason: RejectReason::NotAnArticle { found: describe(&other) } }),
        });
    }
}

type Record<'a> = Result<(&'a Map<String, Value>, Option<String>), &'a Value>;

/// Appends the records of a list, wherever it stands, in their order; other things in a list of
/// articles are kept as such, to be named in the report.
fn collect<'a>(value: &'a Value, depth: usize, key: Option<&str>, records: &mut Vec<Record<'a>>) {
    if depth > MAX_LIST_DEPTH {
        return;
    }
    match value {
        Value::Array(items) => {
            let is_list =
                items.iter().any(|item| matches!(item, Value::Object(object) if is_article(unwrapped(object).0)));
            for item in items {
                match item {
                    Value::Object(object) if key == Some("@graph") && is_bystander(object) => {}
                    Value::Object(object) if is_article(unwrapped(object).0) => records.push(Ok(unwrapped(object))),
                    other if is_list && key != Some("@graph") => records.push(Err(other)),
                    other => collect(other, depth + 1, None, records),
                }
            }
        }
        Value::Object(object) => {
            let (inner, id) = unwrapped(object);
            if is_article(inner) {
                return records.push(Ok((inner, id)));
            }
            for list in LISTS {
                if let Some(value) = object.get(*list) {
                    let n_before = records.len();
                    collect(value, depth + 1, Some(list), records);
                    if records.len() > n_before {
                        return;
                    }
                }
            }
            // Records by id, or a list under a name of the exporter's own.
            for (key, value) in object {
                match value {
                    Value::Object(inner) if is_article(unwrapped(inner).0) => {
                        let (inner, id) = unwrapped(inner);
                        records.push(Ok((inner, id.or_else(|| Some(key.clone())))));
                    }
                    Value::Object(_) | Value::Array(_) => collect(value, depth + 1, Some(key), records),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// The record inside its wrapper, with the id that the wrapper gives it.
fn unwrapped(object: &Map<String, Value>) -> (&Map<String, Value>, Option<String>) {
    if !Fields::of(object).has_text() {
        for key in RECORD_WRAPPERS {
            if let Some(Value::Object(inner)) = object.get(*key) {
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
fn is_article(object: &Map<String, Value>) -> bool {
    if ninjs::is_item(object) {
        return true;
    }
    let fields = Fields::of(object);
    if fields.has_text() {
        return true;
    }
    let holds_list = || {
        object.values().any(|value| match value {
            Value::Array(items) => items.iter().any(|item| match item {
                Value::Object(inner) => Fields::of(inner).has_text() || Fields::of(inner).has_title(),
                _ => false,
            }),
            _ => false,
        })
    };
    fields.has_title() && !holds_list()
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

fn to_article(
    record: &Map<String, Value>,
    id: Option<String>,
    origin: Origin,
    format: Format,
    config: &ReadConfig,
) -> Result<Article, Rejected> {
    if let Some(mut draft) = own::draft(record) {
        draft.own_id = draft.own_id.or(id);
        return draft.finish(origin, format);
    }
    if ninjs::is_item(record) {
        return ninjs::article(record, origin, config);
    }
    let mut draft = Fields::of(record).draft(config.day_month_order);
    draft.own_id = draft.own_id.or(id);
    // Saved pages put the date above the text.
    if let Some((first, rest)) = draft.body.split_once("\n\n")
        && let Some(date) = parse_date_only(first, config.day_month_order)
    {
        draft.date = draft.date.or(Some(date));
        draft.body = rest.to_owned();
    }
    draft.body.truncate(furniture::trim_end(&draft.body).len());
    draft.finish(origin, format)
}

/// An entry of a JSON Feed, which says of all its entries what they do not say themselves.
fn to_entry(
    entry: &Map<String, Value>,
    feed: &Value,
    origin: Origin,
    config: &ReadConfig,
) -> Result<Article, Rejected> {
    let mut draft = Fields::of(entry).draft(config.day_month_order);
    let said = |key: &str| feed.get(key).and_then(Value::as_str).map(str::to_owned);
    let summary = Fields::of(entry).summary();
    draft.lead_with(&summary);
    if draft.body.is_empty() {
        draft.body.clone_from(&draft.title);
    }
    draft.source = said("title");
    draft.language = draft.language.or_else(|| said("language"));
    if draft.authors.is_empty() {
        for key in ["authors", "author"] {
            feed.get(key).into_iter().for_each(|value| super::fields::names_of(value, &mut draft.authors));
        }
    }
    draft.title_from_body(&origin.path);
    draft.finish(origin, Format::Feed)
}

fn is_feed(value: &Value) -> bool {
    value.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org"))
}

/// Whether a file is linked data of schema.org.
fn is_linked_data(value: &Value, path: &str) -> bool {
    let first = if let Value::Array(items) = value { items.first().unwrap_or(value) } else { value };
    let is_schema = |context: &Value| context.to_string().contains("schema.org");
    first.get("@context").is_some_and(is_schema) || path.to_ascii_lowercase().ends_with(".jsonld")
}

/// The value with the members that the user named under the keys that are known.
fn renamed(value: Value, columns: &[(String, String)]) -> Value {
    if columns.is_empty() {
        return value;
    }
    match value {
        Value::Object(object) => {
            let (mut first, mut rest) = (Map::new(), Map::new());
            for (key, value) in object {
                let value = renamed(value, columns);
                match mapped_key(&key, columns) {
                    Some(known) => first.insert(known.to_owned(), value),
                    None => rest.insert(key, value),
                };
            }
            for (key, value) in rest {
                first.entry(key).or_insert(value);
            }
            Value::Object(first)
        }
        Value::Array(items) => items.into_iter().map(|item| renamed(item, columns)).collect(),
        other => other,
    }
}

/// How many values a text has at most, told from its commas and brackets.
fn n_values(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count() + 1
}

fn to_reason(error: &serde_json::Error, first_line: u64) -> RejectReason {
    let detail = error.to_string();
    if detail.starts_with("recursion limit") {
        return RejectReason::TooDeep { limit: MAX_DEPTH };
    }
    let detail = detail.split(" at line ").next().unwrap_or("").to_owned();
    let line = first_line + error.line().saturating_sub(1) as u64;
    RejectReason::InvalidJson { line, column: error.column() as u64, detail }
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) => "a truth value".to_owned(),
        Value::Number(_) => "a number".to_owned(),
        Value::String(_) => "a string".to_owned(),
        Value::Array(items) if items.is_empty() => "an empty list".to_owned(),
        Value::Array(_) => "a list without articles".to_owned(),
        Value::Object(object) if object.is_empty() => "an empty object".to_owned(),
        Value::Object(object) => {
            let keys: Vec<String> = object.keys().take(5).map(|key| format!("`{key}`")).collect();
            format!("an object with {}", keys.join(", "))
        }
    }
}
