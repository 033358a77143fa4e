//! Collections in SGML: Reuters-21578 (`<REUTERS>…<TEXT><TITLE>…<BODY>`) and the TREC kind
//! (`<DOC><DOCNO>…<TEXT>`).
//!
//! SGML needs no closing tags and no quotes, so that records are searched for their tags rather than
//! parsed.

use super::html::{is_markup, plain_text, unescape};
use super::{Emit, Records};
use crate::article::Format;
use crate::read::byline;
use crate::read::cut::elements;
use crate::read::date::parse_date;
use crate::read::decode::decode;
use crate::read::draft::Draft;
use crate::read::prose::{one_line, paragraphs};
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

/// Place of the next tag that begins like this, and whose name is not longer: `<doc` is no `<docno>`.
fn find_tag(lower: &str, tag: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let open = lower.get(at..)?.find(tag)? + at;
        let next = lower.as_bytes().get(open + tag.len());
        if next.is_some_and(|&byte| byte == b'>' || byte.is_ascii_whitespace()) {
            return Some(open);
        }
        at = open + 1;
    }
}

/// One record, as written and in lower case.
struct Record<'a> {
    text: &'a str,
    lower: &'a str,
}

impl<'a> Record<'a> {
    /// Contents of the first element of this name: up to its end, else up to the next tag.
    fn get(&self, name: &str) -> Option<&'a str> {
        let (start, tag) = self.open(name)?;
        let begin = start + tag.len();
        let end = find_tag(self.lower, &format!("</{name}"), begin);
        let end = end.or_else(|| Some(self.lower[begin..].find('<')? + begin));
        Some(&self.text[begin..end.unwrap_or(self.text.len())])
    }

    fn line(&self, name: &str) -> Option<String> {
        let text = one_line(&running_text(self.get(name)?));
        (!text.is_empty()).then_some(text)
    }

    /// Place and text of the tag that opens an element.
    fn open(&self, name: &str) -> Option<(usize, &'a str)> {
        let start = find_tag(self.lower, &format!("<{name}"), 0)?;
        let end = self.lower[start..].find('>')? + start + 1;
        Some((start, &self.text[start..end]))
    }

    /// An attribute of the record's own tag.
    fn attribute(&self, name: &str) -> Option<&'a str> {
        let end = self.lower.find('>')?;
        let at = self.lower[..end].find(&format!(" {name}="))? + name.len() + 2;
        let value = self.text[at..end].trim_start_matches(['"', '\'']);
        Some(value[..value.find(['"', '\'', ' ', '>']).unwrap_or(value.len())].trim()).filter(|value| !value.is_empty())
    }

    /// The members of a list: `<TOPICS><D>cocoa</D><D>trade</D></TOPICS>`.
    fn members(&self, name: &str) -> Vec<String> {
        let list = self.get(name).unwrap_or("");
        list.split(['<', '>'])
            .map(str::trim)
            .filter(|part| !matches!(*part, "" | "D" | "/D" | "d" | "/d"))
            .map(unescape)
            .collect()
    }
}

fn reuters(record: &Record<'_>, config: &ReadConfig) -> Draft {
    let topics = record.members("topics");
    let places = record.members("places");
    let mut draft = Draft {
        own_id: record.attribute("newid").map(str::to_owned),
        title: record.line("title").unwrap_or_default(),
        date: record.get("date").and_then(|date| parse_date(date, config.day_month_order)),
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
    let line = |names: &[&str]| names.iter().find_map(|name| record.line(name));
    let date = line(&["date_time", "datetime", "date1", "date", "pub_date"]);
    let mut draft = Draft {
        own_id: line(&["docno", "docid"]).or_else(|| record.attribute("id").map(str::to_owned)),
        title: line(&["headline", "head", "title", "hl", "h3", "ti"]).unwrap_or_default(),
        date: date.and_then(|date| parse_date(&date, config.day_month_order)),
        authors: line(&["byline", "author", "by"]).map(|author| byline::names(&author)).unwrap_or_default(),
        source: line(&["source", "pub", "so"]),
        section: line(&["section", "doctype", "subject"]),
        ..Draft::default()
    };
    let body = ["text", "body", "lp", "leadpara"].iter().find_map(|name| record.get(name)).unwrap_or("");
    draft.body = running_text(body);
    if draft.body.is_empty() {
        draft.body.clone_from(&draft.title);
    }
    if let Some(dateline) = line(&["dateline"]) {
        draft.set_dateline(&dateline);
    }
    draft
}

/// Running text; paragraphs are marked by tags or by indents.
fn running_text(text: &str) -> String {
    let text: String = text
        .replace("&#3;", "")
        .replace("&#2;", "")
        .replace("&#5;", "")
        .chars()
        .filter(|&c| c == '\n' || c == '\t' || !c.is_control())
        .collect();
    if is_markup(&text) {
        return plain_text(&text);
    }
    let mut separated = String::with_capacity(text.len());
    for line in unescape(&text).lines() {
        if line.starts_with("    ") || line.starts_with('\t') {
            separated.push('\n');
        }
        separated.push_str(line.trim());
        separated.push('\n');
    }
    paragraphs(&separated)
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
