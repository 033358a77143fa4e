//! ninjs, the agencies' JSON: versions 1 (`body_text`), 2 (`bodies`) and 3 (the same in camel case),
//! and what agencies make of it: Superdesk's with `guid`, AP's with `body_nitf`, dpa's with `article_html`.

use serde_json::{Map, Value};

use super::fields::{Fields, plain_key};
use super::html::{is_markup, story_text, unescape};
use super::nitf;
use super::wording::{self, Wording, best, language_rank};
use crate::article::{Article, Format, Origin};
use crate::read::ReadConfig;
use crate::read::byline;
use crate::read::date::parse_date;
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::prose::{one_line, paragraphs};
use crate::read::xml;

/// Members that other JSON with an `uri` does not have, in plain form.
const MARKS: &[&str] = &[
    "versioncreated",
    "bodytext",
    "bodyhtml",
    "bodyxhtml",
    "bodies",
    "headlines",
    "pubstatus",
    "representationtype",
    "copyrightholder",
    "copyrightnotice",
    "usageterms",
    "descriptiontext",
    "descriptionhtml",
    "descriptions",
    "renditions",
    "infosources",
    "rightsinfo",
    "trustindicators",
    "embargoed",
    "altids",
    "plannedcoverage",
    "expires",
    "ednote",
    "located",
];

/// Members by which items are known that are called by another name than `uri`, in plain form.
const KIN: [&str; 2] = ["versioncreated", "pubstatus"];

/// Whether an object is an item of ninjs.
pub(super) fn is_item(object: &Map<String, Value>) -> bool {
    if object.get("standard").and_then(|standard| standard.get("name")).and_then(Value::as_str) == Some("ninjs") {
        return true;
    }
    let is_marked = || object.keys().any(|key| MARKS.contains(&plain_key(key).as_str()));
    let is_bare = || object.contains_key("type") && object.keys().all(|key| matches!(key.as_str(), "uri" | "type"));
    let is_kin = || {
        let keys: Vec<String> = object.keys().map(|key| plain_key(key)).collect();
        KIN.iter().all(|mark| keys.iter().any(|key| key == mark))
    };
    let has = |key: &str| object.get(key).is_some_and(Value::is_string);
    has("uri") && (is_marked() || (is_bare() && kind_of(object).is_some())) || (has("guid") || has("urn")) && is_kin()
}

/// Reads an item.
pub(super) fn article(item: &Map<String, Value>, origin: Origin, config: &ReadConfig) -> Result<Article, Rejected> {
    let text = body(item, config);
    // Some call their text with pictures composite.
    let kind = kind_of(item).filter(|kind| *kind != COMPOSITE || text.is_empty());
    let kind = kind.map(|kind| RejectReason::Binary { kind: kind.to_owned() });
    if let Some(reason) = withdrawn(item).or(kind) {
        return Err(Rejected { origin, reason });
    }
    let mut draft = draft(item, text, config);
    draft.title_from_body(&origin.path);
    draft.finish(origin, Format::Ninjs)
}

/// The items that another one brings along, where a text stands in them.
pub(super) fn associations(item: &Map<String, Value>) -> Vec<&Map<String, Value>> {
    let items: Vec<&Value> = match item.get("associations") {
        Some(Value::Object(items)) => items.values().collect(),
        Some(Value::Array(items)) => items.iter().collect(),
        _ => Vec::new(),
    };
    let is_text = |item: &&Map<String, Value>| is_item(item) && has_text(item);
    items.into_iter().filter_map(Value::as_object).filter(is_text).collect()
}

fn has_text(item: &Map<String, Value>) -> bool {
    let is_said = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    item.iter().any(|(key, value)| match value {
        Value::Array(bodies) if key == "bodies" => {
            bodies.iter().any(|body| !is_standfirst(body) && body.get("value").is_some_and(is_said))
        }
        value => is_body(&plain_key(key)) && is_said(value),
    })
}

/// Whether a member of this name, in plain form, holds the text.
fn is_body(key: &str) -> bool {
    key.starts_with("body") || key == "articlehtml"
}

fn withdrawn(item: &Map<String, Value>) -> Option<RejectReason> {
    let status = item.get("pubstatus").or_else(|| item.get("pubStatus"))?.as_str()?;
    nitf::is_withdrawn(status).then(|| RejectReason::Withdrawn { status: status.to_owned() })
}

/// What a package is called, and what some call a text with its pictures.
const COMPOSITE: &str = "a composite item";

fn kind_of(item: &Map<String, Value>) -> Option<&'static str> {
    match item.get("type").and_then(Value::as_str)? {
        "picture" => Some("a picture"),
        "graphic" => Some("a graphic"),
        "video" => Some("a video"),
        "audio" => Some("a sound recording"),
        "composite" => Some(COMPOSITE),
        "event" => Some("an event"),
        "planning" => Some("a plan of coverage"),
        "component" => Some("a component of other items"),
        _ => None,
    }
}

fn draft(item: &Map<String, Value>, body: String, config: &ReadConfig) -> Draft {
    let order = config.day_month_order;
    let get = |name: &str| item.iter().find(|(key, _)| plain_key(key) == name).map(|(_, value)| value);
    let text = |name: &str| get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let mut draft = Fields::of(item).draft_without_body(order);
    draft.own_id = ["uri", "guid", "urn"].into_iter().find_map(text).map(str::to_owned);
    let headline = || wording::headline(wordings(get("headlines")), language(item)).map(str::to_owned);
    let headline = text("headline").map(str::to_owned).or_else(headline);
    draft.title = one_line(&unescape(&headline.or_else(|| text("title").map(str::to_owned)).unwrap_or_default()));
    draft.date =
        ["contentcreated", "firstcreated", "versioncreated"].iter().find_map(|name| parse_date(text(name)?, order));
    // A list of authors names those too for whom the byline has no room.
    let is_listed = get("authors").and_then(Value::as_array).is_some_and(|authors| !authors.is_empty());
    if let (Some(by), false) = (text("byline").or_else(|| text("by")), is_listed && !draft.authors.is_empty()) {
        draft.authors = byline::names(by);
    }
    let sources =
        ["infosources", "infosource", "provider"].into_iter().find_map(|name| names_of(get(name)?).into_iter().next());
    let stated = sources.or_else(|| ["source", "copyrightholder"].into_iter().find_map(text).map(str::to_owned));
    draft.source = stated.or(draft.source);
    let services = get("service").map(names_of).unwrap_or_default();
    let mut subjects: Vec<String> = ["subjects", "subject"].into_iter().filter_map(get).flat_map(names_of).collect();
    draft.section = draft.section.or_else(|| services.into_iter().next()).or_else(|| subjects.first().cloned());
    subjects.append(&mut draft.tags);
    draft.tags = subjects;
    draft.body = body;
    draft.drop_headline();
    if let Some(place) = ["dateline", "located"].into_iter().find_map(text) {
        draft.set_dateline(place);
    }
    draft.lead_with(&standfirst(item));
    if draft.body.is_empty() {
        draft.body.clone_from(&draft.title);
    }
    draft
}

fn standfirst(item: &Map<String, Value>) -> String {
    let get = |name: &str| item.iter().find(|(key, _)| plain_key(key) == name).map(|(_, value)| value);
    let text = |name: &&str| get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let names = ["descriptiontext", "descriptionhtml", "descriptionsummary", "teaser"];
    let stated = names.iter().find_map(text).map(str::to_owned);
    let described = || {
        let texts = wordings(get("descriptions"))
            .into_iter()
            .filter(|text| text.role.is_none_or(|role| !role.contains("caption")));
        best(texts, language(item)).map(str::to_owned)
    };
    let among_bodies = || {
        let texts = wordings(get("bodies")).into_iter().filter(|text| text.role.is_some_and(wording::is_standfirst));
        best(texts, language(item)).map(str::to_owned)
    };
    running_text(&stated.or_else(described).or_else(among_bodies).unwrap_or_default())
}

fn is_standfirst(body: &Value) -> bool {
    body.get("role").and_then(Value::as_str).is_some_and(wording::is_standfirst)
}

/// Parts of the roles of what is said beside a text, in lower case.
const SIDE_ROLES: [&str; 4] = ["caption", "note", "short", "credit"];

fn is_side(role: &str) -> bool {
    let role = role.to_ascii_lowercase();
    SIDE_ROLES.iter().any(|part| role.contains(part))
}

/// The text in the language of the item, in the form that keeps most of its paragraphs: HTML, then NITF,
/// then plain. What is said beside a text is all of it only where nothing else stands there.
fn body(item: &Map<String, Value>, config: &ReadConfig) -> String {
    let mut bodies: Vec<((bool, u8, u8), String)> = Vec::new();
    let wanted = language(item);
    let mut add = |kind: &str, place: (bool, u8), text: &str| {
        let kind = kind.to_ascii_lowercase();
        let (rank, text) = if kind.contains("nitf") {
            (1, nitf_text(text, config))
        } else if kind.contains("html") {
            (0, story_text(text))
        } else {
            (2, running_text(text))
        };
        if !text.is_empty() {
            bodies.push(((place.0, place.1, rank), text));
        }
    };
    for (key, value) in item {
        let key = plain_key(key);
        match value {
            Value::String(text) if is_body(&key) => add(&key, (false, language_rank(None, wanted)), text),
            Value::Array(items) if key == "bodies" => {
                for body in items.iter().filter(|body| !is_standfirst(body)) {
                    let member =
                        |names: &[&str]| names.iter().find_map(|name| body.get(*name)?.as_str()).unwrap_or_default();
                    let role = member(&["role"]);
                    let kind = format!("{} {role}", member(&["contenttype", "contentType"]));
                    let declared = body.get("language").and_then(Value::as_str);
                    add(&kind, (is_side(role), language_rank(declared, wanted)), member(&["value"]));
                }
            }
            _ => {}
        }
    }
    bodies.into_iter().min_by_key(|(rank, _)| *rank).map(|(_, text)| text).unwrap_or_default()
}

/// The text of a document of NITF, or of the paragraphs out of one.
fn nitf_text(text: &str, config: &ReadConfig) -> String {
    let Ok(document) = xml::parse(text) else { return String::new() };
    match document.top.find("nitf") {
        Some(story) => nitf::draft(story, config).body,
        None => nitf::text(&document.top, ""),
    }
}

fn language(item: &Map<String, Value>) -> Option<&str> {
    item.get("language").and_then(Value::as_str).filter(|language| !language.trim().is_empty())
}

/// What a list of `{"role": …, "language": …, "value": …}` says.
fn wordings(list: Option<&Value>) -> Vec<Wording<'_, &str>> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(wording_of).collect()
}

fn wording_of(item: &Value) -> Option<Wording<'_, &str>> {
    let member = |name: &str| item.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    Some(Wording { language: member("language"), role: member("role"), content: member("value")? })
}

fn names_of(value: &Value) -> Vec<String> {
    let name = |item: &Value| item.as_str().or_else(|| item.get("name")?.as_str()).map(str::to_owned);
    match value {
        Value::Array(items) => items.iter().filter_map(name).collect(),
        item => name(item).into_iter().collect(),
    }
}

fn running_text(text: &str) -> String {
    if is_markup(text) { story_text(text) } else { paragraphs(&unescape(text)) }
}
