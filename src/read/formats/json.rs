//! JSON: one article, or a list of them at any of the places where exports keep lists; JSON Lines.

mod records;
mod untold;

use serde_json::{Map, Value};

use self::records::{Record, is_single};
use self::untold::text_member;
pub(in crate::read) use self::untold::text_member_of_lines;
use super::fields::{Fields, mapped_key, names_of};
use super::{Emit, linked_data, ninjs, own};
use crate::article::{Article, Format, Origin};
use crate::read::date::{DayMonthOrder, parse_date_only};
use crate::read::decode::decode;
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::furniture;
use crate::read::{Mapping, RawItem, ReadConfig};

/// serde_json refuses to go deeper.
const MAX_DEPTH: usize = 128;

/// Values of a file. Each takes some 70 bytes beside its text, so that this keeps a file of nothing but
/// brackets from filling the memory; a hundred thousand articles have about two million.
const MAX_VALUES: usize = 4_000_000;

/// Members that tell what an object is that is no article.
const MAX_MEMBERS_DESCRIBED: usize = 5;

/// Members among which the user may find the text.
const MAX_MEMBERS_NAMED: usize = 12;

/// Reads a JSON file.
pub(super) fn parse_file(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let RawItem { origin, bytes, .. } = item;
    let text = decode(&bytes, None);
    let text = text.trim_start_matches('\u{feff}');
    let reject = |reason| Rejected { origin: origin.clone(), reason };
    if n_values(text) > MAX_VALUES {
        return emit(Err(reject(RejectReason::Tangled)));
    }
    let (value, damage) = match values(text) {
        Ok((value, damage)) => (renamed(value, &config.columns), damage),
        Err(error) => return emit(Err(reject(to_reason(&error, 1)))),
    };
    let (value, format) = match is_linked_data(&value, &origin.path) {
        true => (linked_data::resolved(value), Format::JsonLd),
        false => (value, Format::Json),
    };
    if value.get("$schema").and_then(Value::as_str).is_some_and(|schema| schema.contains("json-schema.org")) {
        return emit(Err(reject(RejectReason::Binary { kind: "a JSON schema".to_owned() })));
    }
    let feed = is_feed(&value).then_some(&value);
    let found = records::of_file(&value);
    let is_list = feed.is_some() || !is_single(&value) || found.len() > 1;
    let member = text_member(found.iter().filter_map(|record| Some(record.as_ref().ok()?.object)));
    let mut textless = Textless::default();
    let mut n_records = 0;
    for record in found {
        n_records += 1;
        let origin = Origin { path: origin.path.clone(), record: is_list.then_some(n_records) };
        let result = match record {
            Ok(record) => match feed {
                Some(feed) => to_entry(record.object, feed, origin, config),
                None => to_article(record, member.as_deref(), origin, format, config),
            },
            Err(value) => Err(Rejected { origin, reason: no_article(value) }),
        };
        textless.pass(result, emit);
    }
    if n_records == 0 && damage.is_none() {
        emit(Err(reject(RejectReason::NotAnArticle { found: describe(&value) })));
    }
    textless.finish(emit);
    damage.into_iter().for_each(|error| emit(Err(reject(to_reason(&error, 1)))));
}

/// The value of a file. Several, one behind the other, are a list, up to where one is broken.
fn values(text: &str) -> serde_json::Result<(Value, Option<serde_json::Error>)> {
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok((value, None)),
        Err(error) => error,
    };
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        match value {
            Ok(value) => values.push(value),
            Err(_) if values.is_empty() => return Err(error),
            Err(error) => return Ok((Value::Array(values), Some(error))),
        }
    }
    Ok((Value::Array(values), None))
}

/// Holds back that records have no member for text, until one has: where none has, that is said once for
/// the file.
#[derive(Default)]
struct Textless {
    held: Vec<Rejected>,
    is_over: bool,
}

impl Textless {
    fn pass(&mut self, result: Result<Article, Rejected>, emit: Emit<'_>) {
        match result {
            Err(rejected) if !self.is_over && matches!(rejected.reason, RejectReason::NoTextMember { .. }) => {
                self.held.push(rejected);
            }
            result => {
                self.is_over = true;
                self.held.drain(..).for_each(|rejected| emit(Err(rejected)));
                emit(result);
            }
        }
    }

    fn finish(self, emit: Emit<'_>) {
        if let Some(Rejected { origin, reason }) = self.held.into_iter().next() {
            emit(Err(Rejected { origin: Origin { record: None, ..origin }, reason }));
        }
    }
}

/// Reads lines of JSON, each a record.
pub(super) fn parse_lines(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let first_line = item.origin.record.unwrap_or(1);
    for (line, number) in item.bytes.split(|&byte| byte == b'\n').zip(first_line..) {
        let text = decode(line, None);
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            continue;
        }
        let origin = Origin { path: item.origin.path.clone(), record: Some(number) };
        let value = match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(object)) if own::is_header(&object) => continue,
            Ok(value) => renamed(value, &config.columns),
            Err(error) => {
                emit(Err(Rejected { origin, reason: to_reason(&error, number) }));
                continue;
            }
        };
        let found = records::of_line(&value);
        if found.is_empty() {
            emit(Err(Rejected { origin: origin.clone(), reason: no_article(&value) }));
        }
        for record in found {
            emit(match record {
                Ok(record) => {
                    let member = item.context.text_member.as_deref();
                    to_article(record, member, origin.clone(), Format::JsonLines, config)
                }
                Err(value) => Err(Rejected { origin: origin.clone(), reason: no_article(value) }),
            });
        }
    }
}

/// Reads a record. Where it has no text of a known name, that stands in `member`, if the list has one.
fn to_article(
    record: Record,
    member: Option<&str>,
    origin: Origin,
    format: Format,
    config: &ReadConfig,
) -> Result<Article, Rejected> {
    let Record { object, id, whole, .. } = record;
    if let Some(mut draft) = own::draft(object) {
        draft.own_id = draft.own_id.or(id);
        return draft.finish(origin, format);
    }
    if ninjs::is_item(object) {
        return ninjs::article(object, origin, config);
    }
    let order = config.day_month_order;
    let fields = Fields::of(object);
    if let Some(status) = fields.unpublished() {
        return Err(Rejected { origin, reason: RejectReason::Unpublished { status } });
    }
    let mut draft = fields.draft(order);
    draft.own_id = draft.own_id.or(id);
    // Saved pages put the date above the text.
    if let Some((first, rest)) = draft.body.split_once("\n\n")
        && parse_date_only(first, order).is_some()
    {
        draft.date = draft.date.or_else(|| parse_date_only(first, fields.order("", order)));
        draft.body = rest.to_owned();
    }
    if !fields.has_text() && fields.is_titled() {
        let prose = member.map(|member| fields.prose_of(member)).filter(|text| !text.is_empty());
        // A record whose text has another name than those of the others is read as if it stood alone.
        let alone = || Some(fields.longest_prose()).filter(|text| text.len() > draft.body.len());
        if let Some(prose) = prose.or_else(alone) {
            draft.body = prose;
        }
    }
    draft.body.truncate(furniture::trim_end(&draft.body).len());
    if !draft.body.is_empty() {
        fields.lead(&mut draft, order);
    }
    if draft.body.is_empty() && fields.is_headline() {
        draft.body.clone_from(&draft.title);
    }
    if draft.body.is_empty() && !fields.knows_text() {
        let members = members(object, MAX_MEMBERS_NAMED);
        return Err(Rejected { origin, reason: RejectReason::NoTextMember { members } });
    }
    if let Some(whole) = whole {
        inherit(&mut draft, whole, order);
    }
    draft.finish(origin, format)
}

/// What linked data says of the whole holds for its parts, where they say nothing else.
fn inherit(draft: &mut Draft, whole: &Map<String, Value>, order: DayMonthOrder) {
    let whole = Fields::of(whole).draft_without_body(order);
    if draft.authors.is_empty() {
        draft.authors = whole.authors;
    }
    draft.source = draft.source.take().or(whole.source);
    draft.section = draft.section.take().or(whole.section);
    draft.language = draft.language.take().or(whole.language);
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
            feed.get(key).into_iter().for_each(|value| names_of(value, &mut draft.authors));
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
fn renamed(value: Value, columns: &Mapping) -> Value {
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

/// How many values a text has at most, told from its commas and brackets outside of strings.
fn n_values(text: &str) -> usize {
    let (mut n_values, mut is_string) = (1, false);
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => is_string = !is_string,
            b'\\' if is_string => {
                bytes.next();
            }
            b',' | b'[' | b'{' if !is_string => n_values += 1,
            _ => {}
        }
    }
    n_values
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

/// Why a value of a list of articles is none: it has nothing to say, or is something else.
fn no_article(value: &Value) -> RejectReason {
    match value {
        Value::Object(object) if Fields::of(object).knows_text() => RejectReason::NoText,
        value => RejectReason::NotAnArticle { found: describe(value) },
    }
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
            format!("an object with {}", members(object, MAX_MEMBERS_DESCRIBED))
        }
    }
}

fn members(object: &Map<String, Value>, n_named: usize) -> String {
    let keys: Vec<String> = object.keys().take(n_named).map(|key| format!("`{key}`")).collect();
    keys.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_texts_are_no_values() {
        for (text, expected) in [(r#"{"a":[1,2]}"#, 4), (r#"{"a":"b, [c], {d}, e"}"#, 2), (r#"["a \", b","c\\",1]"#, 4)]
        {
            assert_eq!(n_values(text), expected, "{text}");
        }
    }
}
