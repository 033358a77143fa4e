//! NewsML-G2: text items, with NITF, HTML or plain text inside.
//!
//! Packages list other items, concepts and plans describe the world: each is named in the report as
//! what it is.

use super::html::plain_text;
use super::wording::{Wording, best, code, headline, is_standfirst, language_rank};
use super::{Emit, Records, nitf, tree};
use crate::article::{Format, Origin};
use crate::read::byline;
use crate::read::date::parse_date;
use crate::read::draft::{Draft, Opening};
use crate::read::error::{RejectReason, Rejected};
use crate::read::outlet::is_surely_outlet;
use crate::read::prose::{one_line, paragraphs};
use crate::read::xml::Element;
use crate::read::{RawItem, ReadConfig};

/// Items that hold no story, and what to call them.
const OTHER_ITEMS: [(&str, &str); 5] = [
    ("packageItem", "a package, which lists other items"),
    ("conceptItem", "a concept, which describes a name"),
    ("knowledgeItem", "a list of concepts"),
    ("planningItem", "a plan of coverage"),
    ("catalogItem", "a catalogue of codes"),
];

/// Reads a message of several items, or one item.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let Some(document) = tree(&item, config, emit) else { return };
    let is_item = |element: &&Element| element.is("newsItem") || OTHER_ITEMS.iter().any(|(name, _)| element.is(name));
    let mut items: Vec<&Element> = document.top.descendants().into_iter().filter(is_item).collect();
    if items.is_empty() {
        // The inside of an item without its wrapping.
        items.push(&document.top);
    }
    let is_single = items.len() == 1;
    let mut records = Records::new(item, document.damage, emit);
    for item in items {
        let origin = records.origin();
        let origin = if is_single { Origin { record: None, ..origin } } else { origin };
        let other = OTHER_ITEMS.iter().find(|(name, _)| item.is(name)).map(|(_, kind)| (*kind).to_owned());
        let mut draft = draft(item, config);
        draft.title_from_body(&origin.path);
        let kind = other.or_else(|| draft.body.is_empty().then(|| class(item)).flatten());
        let kind = kind.map(|kind| RejectReason::Binary { kind });
        records.push(match withdrawn(item).or(kind) {
            Some(reason) => Err(Rejected { origin, reason }),
            None => draft.finish(origin, Format::NewsMlG2),
        });
    }
    records.finish();
}

fn withdrawn(item: &Element) -> Option<RejectReason> {
    let status = item.at("itemMeta/pubStatus")?;
    let status = status.attribute("qcode").or(status.attribute("uri")).filter(|status| nitf::is_withdrawn(status))?;
    Some(RejectReason::Withdrawn { status: status.to_owned() })
}

/// What an item without text is, in words.
fn class(item: &Element) -> Option<String> {
    let class = item.at("itemMeta/itemClass").and_then(|class| class.attribute("qcode").or(class.attribute("uri")))?;
    match code(class) {
        "text" => None,
        "picture" => Some("a picture".to_owned()),
        "graphic" => Some("a graphic".to_owned()),
        "video" => Some("a video".to_owned()),
        "audio" => Some("a sound recording".to_owned()),
        "composite" => Some("a composite item".to_owned()),
        other => Some(format!("an item of class `{other}`")),
    }
}

fn draft(item: &Element, config: &ReadConfig) -> Draft {
    let order = config.day_month_order;
    let content = item.at("contentMeta");
    let meta = item.at("itemMeta");
    let date = |element: Option<&Element>, names: &[&str]| {
        names.iter().find_map(|name| parse_date(&element?.line(name)?, order))
    };
    let language = content.and_then(|content| content.at("language")).and_then(|language| language.attribute("tag"));
    let language = language.or_else(|| item.attribute("xml:lang"));
    let all = |name: &'static str| wordings(content.into_iter().flat_map(move |content| content.all(name)));
    let line = |name: &'static str| best(all(name), language).map(|text| one_line(&text));
    let title = headline(all("headline"), language).map(|text| one_line(&text));
    let title = title.or_else(|| best(wordings(meta?.all("title")), language).map(|text| one_line(&text)));
    let (mut draft, mut opening) = nested(item, config, title.as_deref().unwrap_or(""), language);
    draft.title = title.unwrap_or(std::mem::take(&mut draft.title));
    let summaries = all("description").into_iter().filter(|text| text.role.is_none_or(is_standfirst));
    let summary = best(summaries, language).map(|text| paragraphs(&text));
    let seconds = all("headline").into_iter().filter(|line| line.role.is_some_and(is_second));
    // A second headline is not all of a text.
    let second = best(seconds, language).map(|text| one_line(&text)).filter(|_| !draft.body.is_empty());
    opening.standfirsts.splice(0..0, second.into_iter().chain(summary));
    let named = |element: &Element| named(element, language);
    let located = || content.and_then(|content| content.at("located")).and_then(named);
    if let Some(dateline) = line("dateline").or_else(|| opening.dateline.is_empty().then(located).flatten()) {
        opening.dateline = dateline;
    }
    draft.open_with(&opening);
    draft.own_id = item.attribute("guid").map(str::to_owned).or(draft.own_id);
    draft.date = date(content, &["contentCreated"])
        .or_else(|| date(meta, &["firstCreated"]))
        .or(draft.date)
        .or_else(|| date(content, &["contentModified"]))
        .or_else(|| date(meta, &["versionCreated"]));
    let by = line("by").or_else(|| line("byline"));
    let by = by.map(|by| byline::names(&by)).filter(|names| !names.is_empty());
    let creators = || content.map(|content| creators(content, language)).unwrap_or_default();
    draft.authors = by.or(Some(std::mem::take(&mut draft.authors)).filter(|a| !a.is_empty())).unwrap_or_else(creators);
    let provider = meta.and_then(|meta| meta.at("provider")).and_then(named);
    let info_source = || content.and_then(|content| content.at("infoSource")).and_then(named);
    let holder = || item.at("rightsInfo/copyrightHolder").and_then(named);
    draft.source = provider.or_else(info_source).or(draft.source).or_else(holder);
    let subjects: Vec<&Element> = content.into_iter().flat_map(|content| content.all("subject")).collect();
    let keywords = || content.into_iter().flat_map(|content| content.all("keyword")).map(Element::text);
    let keyword = || subjects.is_empty().then(|| keywords().next()).flatten();
    draft.section = draft.section.or_else(|| section(&subjects).and_then(named)).or_else(keyword);
    let tags: Vec<String> = subjects.iter().copied().filter_map(named).chain(keywords()).collect();
    draft.tags.splice(0..0, tags);
    draft.language = language.map(str::to_owned).or(draft.language);
    draft
}

/// What an element says that stands once for each language and role; empty ones say nothing.
fn wordings<'e>(elements: impl Iterator<Item = &'e Element>) -> Vec<Wording<'e, String>> {
    let wording = |element: &'e Element| Wording {
        language: element.attribute("xml:lang"),
        role: element.attribute("role"),
        content: element.text(),
    };
    elements.map(wording).filter(|wording| !wording.content.trim().is_empty()).collect()
}

fn is_second(role: &str) -> bool {
    code(role).to_ascii_lowercase().starts_with("sub")
}

fn named(element: &Element, language: Option<&str>) -> Option<String> {
    let name = best(wordings(element.all("name")), language).map(|name| one_line(&name));
    name.or_else(|| element.attribute("literal").map(str::to_owned))
}

/// Parts of the roles of those who wrote a text, in lower case.
const WRITING: [&str; 9] =
    ["author", "autor", "auteur", "writ", "report", "journal", "correspond", "column", "contribut"];

/// Parts of the roles of those who did something else with it, in lower case.
const NOT_WRITING: [&str; 9] =
    ["edit", "redak", "translat", "photo", "pictur", "produc", "publish", "distribut", "source"];

/// People who wrote a text: those who are said to have, or of whom nothing is said; else those in roles
/// that may be theirs.
fn creators(content: &Element, language: Option<&str>) -> Vec<String> {
    let role = |creator: &Element| creator.attribute("role").map(|role| code(role).to_ascii_lowercase());
    let is_one_of = |role: &str, parts: &[&str]| parts.iter().any(|part| role.contains(part));
    let is_person = |creator: &Element, name: &str| {
        let is_organisation = creator.attribute("type").is_some_and(|kind| code(kind).starts_with("organi"));
        !is_organisation && !is_surely_outlet(name)
    };
    let people: Vec<(Option<String>, String)> = content
        .all("creator")
        .filter_map(|creator| Some((role(creator), named(creator, language).filter(|name| is_person(creator, name))?)))
        .filter(|(role, _)| role.as_deref().is_none_or(|role| !is_one_of(role, &NOT_WRITING)))
        .collect();
    let is_author = |role: &Option<String>| role.as_deref().is_none_or(|role| is_one_of(role, &WRITING));
    let has_author = people.iter().any(|(role, _)| is_author(role));
    people.into_iter().filter(|(role, _)| !has_author || is_author(role)).map(|(_, name)| name).collect()
}

/// The subject that names a section: one that an agency calls a category, else the first that is a topic
/// and no place, person or event.
fn section<'e>(subjects: &[&'e Element]) -> Option<&'e Element> {
    const NO_TOPICS: [&str; 12] = [
        "geoarea",
        "city",
        "country",
        "region",
        "loc",
        "location",
        "poi",
        "person",
        "organisation",
        "organization",
        "event",
        "object",
    ];
    let kind = |subject: &Element| subject.attribute("type").map(|kind| code(kind).to_ascii_lowercase());
    let is_category = |subject: &&&Element| kind(subject).is_some_and(|kind| matches!(&*kind, "cat" | "category"));
    let is_topic = |subject: &&&Element| kind(subject).is_none_or(|kind| !NO_TOPICS.contains(&kind.as_str()));
    subjects.iter().find(is_category).or_else(|| subjects.iter().find(is_topic)).copied()
}

/// The story itself: its text, and what a story in NITF says besides.
fn nested(item: &Element, config: &ReadConfig, headline: &str, language: Option<&str>) -> (Draft, Opening) {
    let within = item.at("contentSet").unwrap_or(item);
    if let Some(story) = within.find("nitf") {
        return nitf::unopened(story, config);
    }
    let mut inline = within.descendants();
    inline.retain(|found| found.is("inlineXML") || found.is("inlineData"));
    inline.sort_by_key(|part| language_rank(part.attribute("xml:lang"), language));
    let text = |part: &Element| {
        let kind = part.attribute("contenttype").unwrap_or("");
        if part.has_elements() {
            // Tables of results and the like are data, not text.
            let is_page = part.find("body").or(part.find("p")).is_some();
            return if is_page { nitf::text(part.find("body").unwrap_or(part), headline) } else { String::new() };
        }
        let text = part.text();
        if kind.contains("html") || super::html::is_markup(&text) { plain_text(&text) } else { paragraphs(&text) }
    };
    let body = inline.into_iter().map(text).find(|text| !text.is_empty()).unwrap_or_default();
    (Draft { body, ..Draft::default() }, Opening::default())
}
