//! RSS, RDF and Atom: an article for each entry, its full content where the feed has it.

mod address;
mod backlink;
mod blogger;

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::html::{is_markup, plain_text, story_text, unescape};
use super::{Emit, Records, tree};
use crate::article::Article;
use crate::read::byline;
use crate::read::date::{DayMonthOrder, SAMPLE_BYTES, order_of, parse_date};
use crate::read::draft::Draft;
use crate::read::error::Rejected;
use crate::read::furniture;
use crate::read::prose::{one_line, paragraphs, start_of};
use crate::read::xml::Element;
use crate::read::{RawItem, ReadConfig};

// Each list is in order of preference.
const TITLE: &[&str] = &["title", "atom:title", "dc:title", "media:title", "dcterms:title"];
const BODY: &[&str] = &[
    "content:encoded",
    "atom:content",
    "yandex:full-text",
    "turbo:content",
    "content",
    "body",
    "fulltext",
    "fullitem",
    "xhtml:body",
];
const SUMMARY: &[&str] = &[
    "description",
    "atom:summary",
    "summary",
    "tagline",
    "dc:description",
    "media:description",
    "itunes:summary",
    "dcterms:abstract",
];
const DATE: &[&str] = &[
    "pubdate",
    "atom:published",
    "published",
    "atom:issued",
    "issued",
    "dcterms:issued",
    "dc:date",
    "dcterms:created",
    "atom:created",
    "created",
    "date",
    "atom:updated",
    "updated",
    "atom:modified",
    "modified",
    "dcterms:modified",
    "lastbuilddate",
];
const AUTHORS: &[&str] = &["dc:creator", "atom:author", "author", "dc:author", "itunes:author", "creator", "byline"];
const TAGS: &[&str] = &["category", "atom:category", "dc:subject", "media:keywords", "itunes:keywords", "keywords"];
const LANGUAGE: &[&str] = &["language", "dc:language"];

/// What a feed says of all its entries.
pub(super) struct Channel {
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    /// Where relative addresses lead from, when the feed says so.
    base: Option<String>,
    authors: Vec<String>,
}

/// Reads a feed, or a run of its entries.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let Some(document) = tree(&item, config, emit) else { return };
    let (top, channels) = (&document.top, channels(&document.top));
    // Entries of RDF stand beside their channel, which is the only one.
    let outer = Channel::of(top, channels.first().copied());
    let mut inner: HashMap<*const Element, Rc<Channel>> = HashMap::new();
    for element in channels.iter().filter(|_| channels.len() > 1) {
        let channel = Rc::new(Channel::of(top, Some(element)));
        inner.extend(entries(element).into_iter().map(|entry| (std::ptr::from_ref(entry), Rc::clone(&channel))));
    }
    let channel_of = |entry: &Element| inner.get(&std::ptr::from_ref(entry)).map_or(&outer, Rc::as_ref);
    let entries: Vec<(&Element, Result<Draft, String>)> = entries(top)
        .into_iter()
        .map(|entry| match blogger::left_out(entry) {
            Some(kind) => (entry, Err(kind)),
            None => (entry, Ok(draft(entry, channel_of(entry), config.day_month_order))),
        })
        .collect();
    let drafts = entries.iter().filter_map(|(entry, draft)| Some((channel_of(entry), draft.as_ref().ok()?)));
    let outlets = outlets(drafts);
    let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
    let mut records = Records::new(item, document.damage, emit);
    for (entry, draft) in entries {
        let mut draft = match draft {
            Ok(draft) => draft,
            Err(kind) => {
                *left_out.entry(kind).or_default() += 1;
                records.count();
                continue;
            }
        };
        let channel = channel_of(entry);
        if draft.source == channel.title
            && let Some(outlet) = outlets.get(&std::ptr::from_ref(channel))
        {
            draft.source = Some(outlet.clone());
        }
        let origin = records.origin();
        records.push(finish(draft, origin, config));
    }
    records.name_left_out(left_out, "entries are no published articles");
    records.finish();
}

/// What an entry of a feed calls its paper, for each feed in which one does so by a part of the feed's title:
/// the others are of the same paper.
fn outlets<'c>(drafts: impl Iterator<Item = (&'c Channel, &'c Draft)>) -> HashMap<*const Channel, String> {
    let mut outlets = HashMap::new();
    for (channel, draft) in drafts {
        if let (Some(source), Some(title)) = (&draft.source, &channel.title)
            && source != title
            && backlink::names(title).contains(&source.as_str())
        {
            outlets.entry(std::ptr::from_ref(channel)).or_insert_with(|| source.clone());
        }
    }
    outlets
}

fn finish(mut draft: Draft, origin: crate::article::Origin, _: &ReadConfig) -> Result<Article, Rejected> {
    draft.body.truncate(furniture::trim_end(&draft.body).len());
    if draft.body.is_empty() {
        // A headline alone is still news.
        draft.body = draft.title.clone();
    }
    draft.title_from_body(&origin.path);
    draft.finish(origin, crate::article::Format::Feed)
}

/// The entries, in the order of the feed.
pub(super) fn entries(top: &Element) -> Vec<&Element> {
    let is_entry = |element: &&Element| ["item", "entry", "atom:entry"].iter().any(|name| element.is(name));
    top.descendants().into_iter().filter(is_entry).collect()
}

/// The feeds of a file, one as a rule.
fn channels(top: &Element) -> Vec<&Element> {
    let is_channel = |element: &&Element| ["channel", "feed", "atom:feed"].iter().any(|name| element.is(name));
    top.descendants().into_iter().filter(is_channel).collect()
}

impl Channel {
    /// What the first feed of a file says.
    pub(super) fn first_of(top: &Element) -> Self {
        Self::of(top, channels(top).first().copied())
    }

    fn of(top: &Element, channel: Option<&Element>) -> Self {
        let Some(channel) = channel else {
            return Self { title: None, language: None, url: None, base: None, authors: Vec::new() };
        };
        let bases = [top.elements().next(), Some(channel)].into_iter().flatten();
        let base = bases.filter_map(|element| element.attribute("xml:base")).fold(None, address::based);
        let declared = channel.attribute("xml:lang").map(str::to_owned);
        let root = top.elements().next().and_then(|root| root.attribute("xml:lang")).map(str::to_owned);
        Self {
            title: first(channel, TITLE).map(title_text).filter(|title| !title.is_empty()),
            language: first(channel, LANGUAGE).map(Element::text).or(declared).or(root),
            url: address::of(channel),
            base,
            authors: if channel.local_name() == "channel" { Vec::new() } else { authors(channel) },
        }
    }
}

/// What an entry says.
pub(super) fn draft(entry: &Element, channel: &Channel, order: DayMonthOrder) -> Draft {
    let body = BODY.iter().flat_map(|name| entry.all(name)).map(body_text).find(|text| !text.is_empty());
    let summary = SUMMARY.iter().flat_map(|name| entry.all(name)).map(body_text).find(|text| !text.is_empty());
    let mut tags = Vec::new();
    for element in TAGS.iter().flat_map(|name| entry.all(name)).filter(|element| !blogger::is_kind(element)) {
        let label = element.attribute("label").or(element.attribute("term")).map(str::to_owned);
        let text = label.unwrap_or_else(|| element.text());
        tags.extend(text.split(',').map(|tag| unescape(tag.trim())));
    }
    let mut names = authors(entry);
    if names.is_empty() {
        names = entry.at("atom:source").or(entry.at("source")).map(authors).unwrap_or_default();
    }
    if names.is_empty() {
        names.clone_from(&channel.authors);
    }
    let source = entry.at("atom:source/atom:title").or(entry.at("source/title")).or(entry.at("source"));
    let source = source.map(title_text).filter(|source| !source.is_empty());
    let id = entry.at("guid").or(entry.at("atom:id")).or(entry.at("id"));
    let base = entry.attribute("xml:base").map(|base| address::resolve(base, channel.base.as_deref()));
    let base = base.or_else(|| channel.base.clone());
    let url = address::of(entry).map(|url| match &base {
        Some(base) => address::resolve(&url, Some(base)),
        None => address::resolve_in_site(&url, channel.url.as_deref()),
    });
    let language = entry.attribute("xml:lang").map(str::to_owned).or_else(|| first(entry, LANGUAGE).map(Element::text));
    let language = language.or_else(|| channel.language.clone());
    let title = TITLE.iter().flat_map(|name| entry.all(name)).map(title_text).find(|title| !title.is_empty());
    let title = title.unwrap_or_default();
    let outlets = channel.title.as_deref().map(backlink::names).unwrap_or_default();
    let text = |found: Option<String>| backlink::cut(found.unwrap_or_default(), &title, &outlets);
    let ((body, outlet), (summary, other)) = (text(body), text(summary));
    let outlet = outlet.or(other).map(str::to_owned);
    let sample = || {
        let parts = [channel.title.as_deref().unwrap_or(""), &title, &summary, &body];
        parts.map(|part| start_of(part, SAMPLE_BYTES)).join(" ")
    };
    let order = order_of(language.as_deref(), url.as_deref(), sample, order);
    let mut draft = Draft {
        own_id: id.map(|id| one_line(&id.text())),
        date: DATE.iter().flat_map(|name| entry.all(name)).find_map(|date| parse_date(&date.text(), order)),
        authors: names,
        source: source.or(outlet).or_else(|| channel.title.clone()),
        section: tags.first().cloned(),
        url,
        language,
        tags,
        body,
        title,
    };
    draft.drop_headline();
    draft.lead_with(&summary);
    draft
}

fn first<'e>(element: &'e Element, names: &[&str]) -> Option<&'e Element> {
    names.iter().find_map(|name| element.at(name))
}

fn authors(element: &Element) -> Vec<String> {
    for name in AUTHORS {
        let names: Vec<String> = element.all(name).flat_map(names_of).collect();
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// `<author><name>Jane Doe</name>…`, `jane@paper.example (Jane Doe)`, `Jane Doe <jane@…>`.
fn names_of(element: &Element) -> Vec<String> {
    let name = element.at("atom:name").or(element.at("name")).or(element.at("rdf:value")).map(Element::text);
    let text = unescape(&name.unwrap_or_else(|| if element.has_elements() { String::new() } else { element.text() }));
    let text = text.trim();
    let inner = match (text.split_once('('), text.split_once('<')) {
        (Some((before, name)), _) if before.contains('@') => name.trim_end_matches(')'),
        (_, Some((name, address))) if address.contains('@') => name,
        _ if text.contains('@') && !text.contains(' ') => "",
        _ => text,
    };
    byline::names(inner)
}

/// A title, which may be marked up or escaped.
pub(super) fn title_text(element: &Element) -> String {
    if is_packed(element) {
        return String::new();
    }
    let text =
        if element.has_elements() { plain_text(&html_of(element)) } else { text_of(&element.text(), plain_text) };
    one_line(&text)
}

/// Running text: HTML in it, HTML escaped, or plain.
pub(super) fn body_text(element: &Element) -> String {
    let kind = element.attribute("type").unwrap_or("");
    // A picture or sound, or a place where the text is.
    if is_packed(element)
        || element.attribute("src").is_some()
        || ["image/", "audio/", "video/", "application/o"].iter().any(|k| kind.starts_with(k))
    {
        return String::new();
    }
    if element.has_elements() { story_text(&html_of(element)) } else { text_of(&element.text(), story_text) }
}

/// Old feeds may hold their text in Base64.
fn is_packed(element: &Element) -> bool {
    element.attribute("mode") == Some("base64") || element.attribute("type") == Some("application/octet-stream")
}

fn html_of(element: &Element) -> String {
    element.html(&|inner| Some(inner.local_name().to_ascii_lowercase()))
}

fn text_of(text: &str, of_html: fn(&str) -> String) -> String {
    let mut text = text.to_owned();
    // Some escape their markup once more.
    if !text.contains('<') && text.contains("&lt;") {
        text = unescape(&text);
    }
    if is_markup(&text) { of_html(&text) } else { paragraphs(&unescape(&text)) }
}
