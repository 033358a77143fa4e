//! Articles as dateline itself writes them: `read --json`, `show --json`, `export`.
//!
//! They were cleaned when they were read first, and are taken as they are, so that nothing is lost or
//! guessed twice.

use serde_json::{Map, Value};

use crate::read::date::{DayMonthOrder, parse_date};
use crate::read::draft::Draft;

/// Keys that our lines have and, together, no other exporter's.
const KEYS: [&str; 5] = ["authors", "section", "source", "tags", "url"];

/// Whether a line is the header of an export, which is no article.
pub(super) fn is_header(record: &Map<String, Value>) -> bool {
    text(record, "type").as_deref() == Some("header") && text(record, "format").as_deref() == Some("dateline export")
}

/// The article of one of our lines; `None` for any other record.
pub(super) fn draft(record: &Map<String, Value>) -> Option<Draft> {
    let is_ours =
        text(record, "type").as_deref() == Some("article") && KEYS.iter().all(|key| record.contains_key(*key));
    if !is_ours {
        return None;
    }
    Some(Draft {
        own_id: text(record, "id"),
        title: text(record, "title")?,
        body: text(record, "body")?,
        date: text(record, "date").and_then(|date| parse_date(&date, DayMonthOrder::default())),
        authors: texts(record, "authors")?,
        source: text(record, "source"),
        section: text(record, "section"),
        url: text(record, "url"),
        language: text(record, "language"),
        tags: texts(record, "tags")?,
    })
}

fn text(record: &Map<String, Value>, key: &str) -> Option<String> {
    record.get(key)?.as_str().map(str::to_owned)
}

fn texts(record: &Map<String, Value>, key: &str) -> Option<Vec<String>> {
    let texts = record.get(key)?.as_array()?.iter();
    Some(texts.filter_map(|text| text.as_str().map(str::to_owned)).collect())
}
