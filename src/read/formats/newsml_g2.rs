//! NewsML-G2: text items, with NITF, HTML or plain text inside.
//!
//! Packages list other items, concepts and plans describe the world: each is named in the report as
//! what it is.

use super::html::plain_text;
use super::{Emit, Records, nitf, tree};
use crate::article::{Format, Origin};
use crate::read::byline;
use crate::read::date::parse_date;
use crate::read::draft::{Draft, Opening};
use crate::read::error::{RejectReason, Rejected};
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
    let headlines = || content.into_iter().flat_map(|content| content.all("headline"));
    let line = |line: &Element| Some(one_line(&line.text())).filter(|line| !line.is_empty());
    let main = headlines().find(|line| line.attribute("role").is_none_or(|role| role.ends_with("main")));
    let headline = main.or_else(|| headlines().next()).and_then(line);
    let title = headline.or_else(|| meta.and_then(|meta| meta.line("title")));
    let (mut draft, mut opening) = nested(item, config, title.as_deref().unwrap_or(""));
    draft.title = title.unwrap_or(std::mem::take(&mut draft.title));
    let wanted = ["summary", "abstract", "standfirst", "desc"];
    let descriptions = || content.into_iter().flat_map(|content| content.all("description"));
    let is_summary = |role: &str| wanted.iter().any(|wanted| role.to_ascii_lowercase().contains(wanted));
    let summary = descriptions().find(|text| text.attribute("role").is_none_or(is_summary)).map(|text| text.text());
    let is_second = |role: &str| code(role).to_ascii_lowercase().starts_with("sub");
    let second = headlines().find(|line| line.attribute("role").is_some_and(is_second)).and_then(line);
    // A second headline is not all of a text.
    let second = second.filter(|_| !draft.body.is_empty());
    opening.standfirsts.splice(0..0, summary.map(|text| paragraphs(&text)).into_iter().chain(second));
    let located = || content.and_then(|content| content.at("located")).and_then(named);
    let told = content.and_then(|content| content.line("dateline"));
    if let Some(dateline) = told.or_else(|| opening.dateline.is_empty().then(located).flatten()) {
        opening.dateline = dateline;
    }
    draft.open_with(&opening);
    draft.own_id = item.attribute("guid").map(str::to_owned).or(draft.own_id);
    draft.date = date(content, &["contentCreated"])
        .or_else(|| date(meta, &["firstCreated"]))
        .or(draft.date)
        .or_else(|| date(content, &["contentModified"]))
        .or_else(|| date(meta, &["versionCreated"]));
    let by = content.and_then(|content| content.line("by").or_else(|| content.line("byline")));
    let by = by.map(|by| byline::names(&by)).filter(|names| !names.is_empty());
    let creators =
        || content.into_iter().flat_map(|content| content.all("creator")).filter_map(named).collect::<Vec<_>>();
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
    let language = content.and_then(|content| content.at("language")).and_then(|language| language.attribute("tag"));
    draft.language = language.or_else(|| item.attribute("xml:lang")).map(str::to_owned).or(draft.language);
    draft
}

/// What a controlled value is within its list: `geoArea` of `cpnat:geoArea`.
fn code(value: &str) -> &str {
    value.rsplit([':', '/', '#']).next().unwrap_or(value)
}

fn named(element: &Element) -> Option<String> {
    element.line("name").or_else(|| element.attribute("literal").map(str::to_owned))
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
fn nested(item: &Element, config: &ReadConfig, headline: &str) -> (Draft, Opening) {
    let within = item.at("contentSet").unwrap_or(item);
    if let Some(story) = within.find("nitf") {
        return nitf::unopened(story, config);
    }
    let inline = within.descendants().into_iter().filter(|found| found.is("inlineXML") || found.is("inlineData"));
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
    let body = inline.map(text).find(|text| !text.is_empty()).unwrap_or_default();
    (Draft { body, ..Draft::default() }, Opening::default())
}
