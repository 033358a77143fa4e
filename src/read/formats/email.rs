//! Mail: alerts and newsletters, the HTML part first, since most readers see that one.

use mail_parser::{Addr, Address, MessageParser};

use super::html::shown_text;
use crate::article::{Article, Format, PublicationDate};
use crate::read::byline;
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::furniture;
use crate::read::outlet::is_surely_outlet;
use crate::read::prose::{one_line, paragraphs};
use crate::read::{RawItem, ReadConfig};

/// Reads a message.
pub(super) fn parse(item: RawItem, config: &ReadConfig) -> Result<Article, Rejected> {
    let RawItem { origin, bytes, .. } = item;
    let Some(message) = MessageParser::default().parse(&bytes) else {
        return Err(Rejected { origin, reason: RejectReason::NoText });
    };
    let from = message.from().and_then(Address::first);
    let name = from.and_then(Addr::name).map(one_line).filter(|name| !name.is_empty() && !name.contains('@'));
    let list = message.list_id().as_address().and_then(Address::first).and_then(Addr::name).map(one_line);
    let (authors, sender) = sender(name.as_deref());
    let domain = from.and_then(Addr::address).and_then(|address| address.rsplit('@').next()).map(str::to_owned);
    let html: Vec<String> = message
        .html_bodies()
        .filter(|part| part.is_text_html())
        .filter_map(|part| Some(shown_text(part.text_contents()?)))
        .filter(|text| !text.is_empty())
        .collect();
    let plain = || -> Vec<String> {
        message
            .text_bodies()
            .filter_map(|part| part.text_contents())
            .map(paragraphs)
            .filter(|t| !t.is_empty())
            .collect()
    };
    let parts = if html.is_empty() { plain() } else { html };
    let mut draft = Draft {
        own_id: message.message_id().map(str::to_owned),
        title: message.subject().map(one_line).unwrap_or_default(),
        body: without_signature(&parts.join("\n\n")).to_owned(),
        date: message.date().and_then(|date| moment(date, config)),
        authors,
        source: list.filter(|name| !name.is_empty()).or(sender).or(domain),
        ..Draft::default()
    };
    draft.body.truncate(furniture::trim_end(&draft.body).len());
    draft.title_from_body(&origin.path);
    draft.finish(origin, Format::Email)
}

/// The sender as an author, where the name is a person's, else as a source.
fn sender(name: Option<&str>) -> (Vec<String>, Option<String>) {
    let Some(name) = name else { return (Vec::new(), None) };
    // "Jane Doe from The Paper", "Jane Doe at The Paper", "Jane Doe | The Paper".
    for mark in [" from ", " at ", " via ", " | ", ", "] {
        if let Some((person, source)) = name.split_once(mark) {
            return (byline::names(person), Some(source.to_owned()));
        }
    }
    let words: Vec<&str> = name.split(' ').collect();
    let is_word = |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && !is_of_a_paper(word);
    if matches!(words.len(), 2 | 3) && words.iter().all(is_word) {
        return (byline::names(name), None);
    }
    (Vec::new(), Some(name.to_owned()))
}

/// Words in the names of newsletters and papers that no person bears.
fn is_of_a_paper(word: &str) -> bool {
    const WORDS: [&str; 26] = [
        "the",
        "news",
        "newsletter",
        "daily",
        "times",
        "post",
        "journal",
        "herald",
        "gazette",
        "press",
        "agency",
        "today",
        "alert",
        "alerts",
        "media",
        "tribune",
        "report",
        "briefing",
        "morning",
        "weekly",
        "online",
        "digest",
        "courier",
        "editors",
        "team",
        "desk",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}

fn moment(date: &mail_parser::DateTime, _: &ReadConfig) -> Option<PublicationDate> {
    let small = |number: u8| i8::try_from(number).ok();
    let day = jiff::civil::Date::new(i16::try_from(date.year).ok()?, small(date.month)?, small(date.day)?).ok()?;
    let time = jiff::civil::Time::new(small(date.hour)?, small(date.minute)?, small(date.second.min(59))?, 0).ok()?;
    let minutes = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
    let offset = if date.tz_before_gmt { -minutes } else { minutes } * 60;
    (1970..=2100).contains(&date.year).then(|| PublicationDate::moment(day.to_datetime(time), Some(offset)))
}

/// The text above a line of two dashes, unless nothing stands there.
fn without_signature(text: &str) -> &str {
    let end = text.find("\n--\n").or_else(|| text.find("\n-- \n")).unwrap_or(text.len());
    let above = text[..end].trim_end();
    if above.is_empty() { text } else { above }
}
