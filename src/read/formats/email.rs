//! Mail: alerts and newsletters, the HTML part first, since most readers see that one.

use mail_parser::{Addr, Address, Message};

use super::html::shown_text;
use crate::article::{Article, Format, PublicationDate};
use crate::read::byline;
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::furniture;
use crate::read::mail;
use crate::read::prose::{one_line, paragraphs};
use crate::read::{RawItem, ReadConfig};

/// Reads a message.
pub(super) fn parse(item: RawItem, config: &ReadConfig) -> Result<Article, Rejected> {
    let RawItem { origin, bytes, .. } = item;
    let message = match mail::parse(&bytes) {
        Ok(Some(message)) => message,
        Ok(None) => return Err(Rejected { origin, reason: RejectReason::NoText }),
        Err(reason) => return Err(Rejected { origin, reason }),
    };
    let from = message.from().and_then(Address::first);
    let name = from.and_then(Addr::name).map(one_line).filter(|name| !name.is_empty() && !name.contains('@'));
    let list = message.list_id().as_address().and_then(Address::first).and_then(Addr::name).map(one_line);
    let (authors, sender) = sender(name.as_deref());
    let domain = from.and_then(Addr::address).and_then(|address| address.rsplit('@').next()).map(str::to_owned);
    let shown = shown(&message);
    let parts = if shown.is_empty() { plain(&message) } else { shown };
    let mut draft = Draft {
        own_id: message.message_id().map(str::to_owned),
        title: message.subject().map(one_line).unwrap_or_default(),
        body: parts.join("\n\n"),
        date: message.date().and_then(|date| moment(date, config)),
        authors,
        source: list.filter(|name| !name.is_empty()).or(sender).or(domain),
        ..Draft::default()
    };
    draft.body.truncate(furniture::trim_end(&draft.body).len());
    draft.title_from_body(&origin.path);
    draft.finish(origin, Format::Email)
}

/// The parts of a letter in HTML, with what stands as plain text beside them; none where no part is in HTML.
fn shown(message: &Message<'_>) -> Vec<String> {
    let mut parts = Vec::new();
    let mut has_html = false;
    for part in message.html_bodies().filter(|part| part.is_text()) {
        let text = part.text_contents().unwrap_or("");
        let text = if part.is_text_html() {
            without_signature(&shown_text(text)).to_owned()
        } else {
            // What mailing lists put below a letter says nothing.
            let text = paragraphs(without_signature(text));
            if text.lines().any(is_sentence) { text } else { String::new() }
        };
        has_html |= part.is_text_html() && !text.is_empty();
        parts.extend(Some(text).filter(|text| !text.is_empty()));
    }
    if has_html { parts } else { Vec::new() }
}

/// The parts of a letter in plain text.
fn plain(message: &Message<'_>) -> Vec<String> {
    let texts = message.text_bodies().filter(|part| part.is_text()).filter_map(|part| part.text_contents());
    texts.map(|text| paragraphs(without_signature(text))).filter(|text| !text.is_empty()).collect()
}

/// The sender as an author, where the name is a person's, else as a source.
fn sender(name: Option<&str>) -> (Vec<String>, Option<String>) {
    let Some(name) = name else { return (Vec::new(), None) };
    // "Jane Doe from The Paper", "Jane Doe at The Paper", "Jane Doe | The Paper".
    if let Some(name) = byline::first_name_first(name) {
        return (byline::names(&name), None);
    }
    for mark in [" from ", " at ", " via ", " | ", ", "] {
        if let Some((person, source)) = name.split_once(mark) {
            return (byline::names(person), Some(source.to_owned()));
        }
    }
    let words: Vec<&str> = name.split(' ').collect();
    let is_word = |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && !byline::is_of_a_paper(word);
    if matches!(words.len(), 2 | 3) && words.iter().all(is_word) {
        return (byline::names(name), None);
    }
    (Vec::new(), Some(name.to_owned()))
}

fn moment(date: &mail_parser::DateTime, _: &ReadConfig) -> Option<PublicationDate> {
    let small = |number: u8| i8::try_from(number).ok();
    let day = jiff::civil::Date::new(i16::try_from(date.year).ok()?, small(date.month)?, small(date.day)?).ok()?;
    let time = jiff::civil::Time::new(small(date.hour)?, small(date.minute)?, small(date.second.min(59))?, 0).ok()?;
    let minutes = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
    let offset = if date.tz_before_gmt { -minutes } else { minutes } * 60;
    (1970..=2100).contains(&date.year).then(|| PublicationDate::moment(day.to_datetime(time), Some(offset)))
}

/// The part of a letter above its signature, unless nothing stands there.
fn without_signature(text: &str) -> &str {
    let mut marks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "--" {
            marks.push((at, line));
        }
        at += line.len();
    }
    let Some(&(end, mark)) = marks.last() else { return text };
    let above = text[..end].trim_end();
    let tail = &text[end + mark.len()..];
    // The mark of signatures has a space behind it. Stories are parted by dashes too.
    let is_marked = mark.trim_end_matches(['\r', '\n']) == "-- ";
    let is_only = marks.len() == 1;
    let is_signature =
        is_short(tail) && (is_marked && is_only || (is_marked || is_only) && !tail.lines().any(is_sentence));
    if above.is_empty() || !is_signature { text } else { above }
}

/// Lines that a signature has at most, with what a mailing list writes below it.
const MAX_SIGNATURE_LINES: usize = 8;

/// Words that it has at most.
const MAX_SIGNATURE_WORDS: usize = 80;

fn is_short(tail: &str) -> bool {
    let n_lines = tail.lines().filter(|line| !line.trim().is_empty()).count();
    n_lines <= MAX_SIGNATURE_LINES && tail.split_whitespace().count() <= MAX_SIGNATURE_WORDS
}

/// Whether a line is of a text, and not of a signature or a mailing list.
fn is_sentence(line: &str) -> bool {
    const MIN_WORDS: usize = 6;
    let is_of_list = || ["subscri", "http"].iter().any(|word| line.to_lowercase().contains(word));
    line.trim_end().ends_with(['.', '!', '?', '…', '"', '”'])
        && line.split_whitespace().count() >= MIN_WORDS
        && !is_of_list()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senders_are_people_or_papers() {
        let found = |name: &str| {
            let (authors, source) = sender(Some(name));
            (authors.join(" & "), source.unwrap_or_default())
        };
        for (name, author, source) in [
            ("Smith, Jane", "Jane Smith", ""),
            ("Smith, Jane A. (London)", "Jane A. Smith", ""),
            ("van der Berg, Piet", "Piet van der Berg", ""),
            ("Jane Doe, The Paper", "Jane Doe", "The Paper"),
            ("Jane Doe, Politico", "Jane Doe", "Politico"),
            ("Jane Doe from The Paper", "Jane Doe", "The Paper"),
            ("Herald, The", "Herald", "The"),
            ("Acme, Inc.", "Acme", "Inc."),
        ] {
            assert_eq!(found(name), (author.to_owned(), source.to_owned()), "{name}");
        }
    }
}
