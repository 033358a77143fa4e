//! Collections in SGML: Reuters-21578 (`<REUTERS>…<TEXT><TITLE>…<BODY>`) and the TREC kind
//! (`<DOC><DOCNO>…<TEXT>`).
//!
//! SGML needs no closing tags and no quotes, so that records are searched for their tags rather than
//! parsed.

mod day;
mod record;
mod text;

use self::day::{day_of_id, parse_day};
use self::record::{Record, find_tag};
use self::text::running_text;
use super::html::unescape;
use super::{Emit, Records};
use crate::article::Format;
use crate::read::byline;
use crate::read::cut::elements;
use crate::read::decode::decode;
use crate::read::draft::Draft;
use crate::read::prose::one_line;
use crate::read::xml;
use crate::read::{RawItem, ReadConfig};

/// Reads a collection, or a run of its records.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let bytes = item.bytes.clone();
    let text = decode(&bytes, xml::declared_charset(&item.context.preamble).as_deref());
    // Searched in lower case, taken as written: ASCII keeps every place.
    let lower = text.to_ascii_lowercase();
    let mut records = Records::new(item, None, emit);
    let names = elements::record_names(Format::Sgml).iter();
    let first = names.filter_map(|name| Some((find_tag(&lower, &format!("<{name}"), 0)?, *name))).min();
    let mut start = first.map(|(start, _)| start);
    let name = first.map_or("", |(_, name)| name);
    while let Some(at) = start {
        start = find_tag(&lower, &format!("<{name}"), at + 1);
        // A record that is not closed ends where the next one begins.
        let next = start.unwrap_or(text.len());
        let end = find_tag(&lower[..next], &format!("</{name}"), at).unwrap_or(next);
        let record = Record { text: &text[at..end], lower: &lower[at..end] };
        let draft = if name == "reuters" { reuters(&record, config) } else { trec(&record, config) };
        let origin = records.origin();
        records.push(draft.finish(origin, Format::Sgml));
    }
    records.finish();
}

fn reuters(record: &Record<'_>, config: &ReadConfig) -> Draft {
    let topics = record.members("topics");
    let places = record.members("places");
    let mut draft = Draft {
        own_id: record.attribute("newid").map(str::to_owned),
        title: record.line("title").unwrap_or_default(),
        date: record.get("date").and_then(|date| parse_day(date, config.day_month_order)),
        authors: record.line("author").map(|author| byline::names(&author)).unwrap_or_default(),
        source: Some("Reuters".to_owned()),
        section: topics.first().cloned(),
        tags: topics.into_iter().chain(places).collect(),
        ..Draft::default()
    };
    let body = record.get("body").map(running_text).unwrap_or_default();
    // Briefs have no body: their text is what remains of the element.
    let brief = || record.get("text").map(|text| running_text(&without_tags(text))).unwrap_or_default();
    draft.body = if body.is_empty() { brief() } else { body };
    if draft.body.is_empty() {
        draft.body.clone_from(&draft.title);
    }
    if let Some(dateline) = record.line("dateline") {
        draft.set_dateline(&dateline);
    }
    draft
}

fn trec(record: &Record<'_>, config: &ReadConfig) -> Draft {
    let order = config.day_month_order;
    let line = |names: &[&str]| names.iter().find_map(|name| record.line(name));
    let id = line(&["docno", "docid"]).or_else(|| record.attribute("id").map(str::to_owned));
    let date = line(&["date_time", "datetime", "date1", "date", "pub_date", "dd"]);
    let headline = ["headline", "head", "title", "hl", "h3", "ti"].iter().find_map(|name| record.get(name));
    let (title, below) = headline.map(split_headline).unwrap_or_default();
    let author = line(&["byline", "author", "by"]);
    let mut draft = Draft {
        date: date.and_then(|date| parse_day(&date, order)).or_else(|| day_of_id(id.as_deref()?)),
        own_id: id,
        title,
        authors: author.map(|author| byline::names(&author)).or(below).unwrap_or_default(),
        source: line(&["source", "pub", "so"]),
        section: line(&["section", "doctype", "subject"]),
        ..Draft::default()
    };
    // The lead may stand by itself, and the text in several pieces.
    let pieces = record.all(&["lp", "leadpara", "text", "body"]);
    let pieces: Vec<String> = pieces.into_iter().map(running_text).filter(|text| !text.is_empty()).collect();
    draft.body = pieces.join("\n\n");
    if draft.body.is_empty() {
        draft.body.clone_from(&draft.title);
    }
    if let Some(dateline) = line(&["dateline"]) {
        draft.set_dateline(&dateline);
    }
    draft
}

/// The headline, and the names in a byline that stands below it and a rule of dashes.
fn split_headline(text: &str) -> (String, Option<Vec<String>>) {
    let is_rule = |line: &str| line.len() >= 4 && line.bytes().all(|byte| byte == b'-');
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let end = lines.iter().position(|line| is_rule(line)).unwrap_or(lines.len());
    let title = one_line(&running_text(&lines[..end].join("\n")));
    let below = lines[end..].iter().find_map(|line| byline::names_of_line(&unescape(line)));
    (title, below)
}

fn without_tags(text: &str) -> String {
    let mut kept = String::new();
    for part in text.split('<') {
        let (tag, rest) = part.split_once('>').unwrap_or(("", part));
        let is_title =
            tag.to_ascii_lowercase().starts_with("title") || tag.to_ascii_lowercase().starts_with("dateline");
        kept.push_str(if is_title { "" } else { rest });
    }
    kept
}
