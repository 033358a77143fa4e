//! ninjs, the agencies' JSON: versions 1 (`body_text`), 2 (`bodies`) and 3 (the same in camel case).

use serde_json::{Map, Value};

use super::fields::Fields;
use super::html::{is_markup, plain_text, unescape};
use super::nitf;
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

/// Whether an object is an item of ninjs.
pub(super) fn is_item(object: &Map<String, Value>) -> bool {
    if object.get("standard").and_then(|standard| standard.get("name")).and_then(Value::as_str) == Some("ninjs") {
        return true;
    }
    let is_marked = || object.keys().any(|key| MARKS.contains(&plain(key).as_str()));
    let is_bare = || object.contains_key("type") && object.keys().all(|key| matches!(key.as_str(), "uri" | "type"));
    object.get("uri").is_some_and(Value::is_string) && (is_marked() || (is_bare() && kind_of(object).is_some()))
}

/// Reads an item.
pub(super) fn article(item: &Map<String, Value>, origin: Origin, config: &ReadConfig) -> Result<Article, Rejected> {
    let mut draft = draft(item, config);
    draft.title_from_body(&origin.path);
    let reject = |reason| Err(Rejected { origin: origin.clone(), reason });
    match kind_of(item) {
        // Some call their text with pictures composite.
        Some(kind) if kind != "a composite item" || draft.body.is_empty() => {
            reject(RejectReason::Binary { kind: kind.to_owned() })
        }
        _ => draft.finish(origin, Format::Ninjs),
    }
}

fn kind_of(item: &Map<String, Value>) -> Option<&'static str> {
    match item.get("type").and_then(Value::as_str)? {
        "picture" => Some("a picture"),
        "graphic" => Some("a graphic"),
        "video" => Some("a video"),
        "audio" => Some("a sound recording"),
        "composite" => Some("a composite item"),
        "event" => Some("an event"),
        "planning" => Some("a plan of coverage"),
        "component" => Some("a component of other items"),
        _ => None,
    }
}

fn draft(item: &Map<String, Value>, config: &ReadConfig) -> Draft {
    let order = config.day_month_order;
    let get = |name: &str| item.iter().find(|(key, _)| plain(key) == name).map(|(_, value)| value);
    let text = |name: &str| get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let mut draft = Fields::of(item).draft_without_body(order);
    draft.own_id = text("uri").map(str::to_owned);
    let headline = text("headline").map(str::to_owned).or_else(|| of_role(get("headlines"), &["main", "headline"]));
    draft.title = one_line(&unescape(&headline.or_else(|| text("title").map(str::to_owned)).unwrap_or_default()));
    draft.date =
        ["contentcreated", "firstcreated", "versioncreated"].iter().find_map(|name| parse_date(text(name)?, order));
    if let Some(by) = text("byline").or_else(|| text("by")) {
        draft.authors = byline::names(by);
    }
    let sources =
        ["infosources", "infosource", "provider"].into_iter().find_map(|name| names_of(get(name)?).into_iter().next());
    draft.source = sources.or_else(|| text("copyrightholder").map(str::to_owned)).or(draft.source);
    let mut subjects: Vec<String> = ["subjects", "subject"].into_iter().filter_map(get).flat_map(names_of).collect();
    draft.section = draft.section.or_else(|| subjects.first().cloned());
    subjects.append(&mut draft.tags);
    draft.tags = subjects;
    let summary = ["descriptiontext", "descriptionhtml"].into_iter().find_map(text).map(str::to_owned);
    let summary = summary
        .or_else(|| of_role(get("descriptions"), &["summary", "standfirst", "teaser", "abstract", "lead", "main"]));
    draft.body = body(item, config);
    draft.drop_headline();
    draft.lead_with(&running_text(&summary.unwrap_or_default()));
    if draft.body.is_empty() {
        draft.body.clone_from(&draft.title);
    }
    if let Some(place) = text("located") {
        draft.set_dateline(place);
    }
    draft
}

/// The text in the form that keeps most of its paragraphs: HTML, then NITF, then plain.
fn body(item: &Map<String, Value>, config: &ReadConfig) -> String {
    let mut bodies: Vec<(u8, String)> = Vec::new();
    let mut add = |kind: &str, text: &str| {
        let kind = kind.to_ascii_lowercase();
        let (rank, text) = if kind.contains("nitf") {
            let story = xml::parse(text).ok();
            let story = story.as_ref().and_then(|document| document.top.find("nitf"));
            (1, story.map(|story| nitf::draft(story, config).body).unwrap_or_default())
        } else if kind.contains("html") {
            (0, plain_text(text))
        } else {
            (2, running_text(text))
        };
        if !text.is_empty() {
            bodies.push((rank, text));
        }
    };
    for (key, value) in item {
        let key = plain(key);
        match value {
            Value::String(text) if key.starts_with("body") => add(&key[4..], text),
            Value::Array(items) if key == "bodies" => {
                for body in items {
                    let member =
                        |names: &[&str]| names.iter().find_map(|name| body.get(*name)?.as_str()).unwrap_or_default();
                    add(
                        &format!("{} {}", member(&["contenttype", "contentType"]), member(&["role"])),
                        member(&["value"]),
                    );
                }
            }
            _ => {}
        }
    }
    bodies.into_iter().min_by_key(|(rank, _)| *rank).map(|(_, text)| text).unwrap_or_default()
}

/// The value of the first of these roles in a list of `{"role": …, "value": …}`, else the first value.
fn of_role(list: Option<&Value>, roles: &[&str]) -> Option<String> {
    let items = list?.as_array()?;
    let role = |item: &Value| item.get("role").and_then(Value::as_str).unwrap_or("").to_ascii_lowercase();
    let found = roles.iter().find_map(|wanted| items.iter().find(|item| role(item).ends_with(wanted)));
    Some(found.or(items.first())?.get("value")?.as_str()?.to_owned())
}

fn names_of(value: &Value) -> Vec<String> {
    let name = |item: &Value| item.as_str().or_else(|| item.get("name")?.as_str()).map(str::to_owned);
    match value {
        Value::Array(items) => items.iter().filter_map(name).collect(),
        item => name(item).into_iter().collect(),
    }
}

fn running_text(text: &str) -> String {
    if is_markup(text) { plain_text(text) } else { paragraphs(&unescape(text)) }
}

fn plain(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
