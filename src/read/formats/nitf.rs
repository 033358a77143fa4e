//! NITF: head, byline, dateline and paragraphs of an agency's story.

use super::html::plain_text;
use super::{Emit, Records, tree};
use crate::article::{Format, Origin};
use crate::read::byline;
use crate::read::date::parse_date;
use crate::read::draft::Draft;
use crate::read::prose::one_line;
use crate::read::xml::Element;
use crate::read::{RawItem, ReadConfig};

/// Reads a document; several stand in a file now and then.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let Some(document) = tree(&item, config, emit) else { return };
    let stories: Vec<&Element> = document.top.descendants().into_iter().filter(|found| found.is("nitf")).collect();
    let is_single = stories.len() == 1;
    let mut records = Records::new(item, document.damage, emit);
    for story in stories {
        let mut draft = draft(story, config);
        let origin = records.origin();
        draft.title_from_body(&origin.path);
        let origin = if is_single { Origin { record: None, ..origin } } else { origin };
        records.push(draft.finish(origin, Format::Nitf));
    }
    records.finish();
}

/// What a story says; also one inside of another format.
pub(super) fn draft(story: &Element, config: &ReadConfig) -> Draft {
    let order = config.day_month_order;
    let head = story.at("head");
    let facts = head.and_then(|head| head.at("docdata"));
    let top = story.at("body/body.head");
    let date = |element: Option<&Element>, attribute: &str| parse_date(element?.attribute(attribute)?, order);
    let published = head.and_then(|head| head.at("pubdata"));
    let story_date = top.and_then(|top| top.at("dateline/story.date"));
    let headline =
        top.and_then(|top| top.line("hedline/hl1").or_else(|| top.line("hedline")).or_else(|| top.line("headline")));
    let title = headline.or_else(|| head.and_then(|head| head.line("title")));
    let abstracts = top.and_then(|top| top.at("abstract")).map(text).unwrap_or_default();
    let standfirst =
        if abstracts.is_empty() { top.and_then(|top| top.line("hedline/hl2")).unwrap_or_default() } else { abstracts };
    let keywords = facts.and_then(|facts| facts.at("key-list"));
    let subjects = head.and_then(|head| head.at("tobject"));
    let mut tags: Vec<String> = keywords
        .iter()
        .flat_map(|list| list.all("keyword"))
        .filter_map(|word| word.attribute("key"))
        .map(str::to_owned)
        .collect();
    for subject in subjects.iter().flat_map(|subjects| subjects.all("tobject.subject")) {
        let names = ["tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type"];
        tags.extend(names.iter().find_map(|name| subject.attribute(name)).map(str::to_owned));
    }
    let section = published.and_then(|published| published.attribute("position.section"));
    let section =
        section.or_else(|| subjects.and_then(|subjects| subjects.attribute("tobject.type"))).map(str::to_owned);
    let source = published.and_then(|published| published.attribute("name")).map(str::to_owned);
    let distributor = || top.and_then(|top| top.line("distributor"));
    let holder = || facts.and_then(|facts| facts.at("doc.copyright"))?.attribute("holder").map(str::to_owned);
    let mut draft = Draft {
        own_id: facts.and_then(|facts| facts.at("doc-id")).and_then(|id| id.attribute("id-string")).map(str::to_owned),
        title: title.unwrap_or_default(),
        date: date(facts.and_then(|facts| facts.at("date.issue")), "norm")
            .or_else(|| date(published, "date.publication"))
            .or_else(|| date(story_date, "norm"))
            .or_else(|| parse_date(&story_date?.text(), order))
            .or_else(|| date(facts.and_then(|facts| facts.at("date.release")), "norm")),
        authors: top.map(authors).unwrap_or_default(),
        source: source.or_else(distributor).or_else(holder),
        section,
        url: published.and_then(|published| published.attribute("ex-ref")).map(str::to_owned),
        language: story.attribute("xml:lang").map(str::to_owned),
        tags,
        body: story.at("body/body.content").map(text).unwrap_or_default(),
    };
    draft.drop_headline();
    draft.lead_with(&standfirst);
    let dateline = top.and_then(|top| top.at("dateline"));
    if let Some(place) = dateline.and_then(|line| line.line("location")) {
        draft.set_dateline(&place);
    }
    draft
}

/// Names of the bylines: what stands in `person`, else the line without its titles.
fn authors(top: &Element) -> Vec<String> {
    let mut names = Vec::new();
    for line in top.all("byline") {
        let persons: Vec<String> = line.all("person").map(|person| one_line(&person.text())).collect();
        if persons.is_empty() {
            let title = line.line("byttl").unwrap_or_default();
            names.extend(byline::names(one_line(&line.text()).replace(&title, "").trim().trim_end_matches(',')));
        } else {
            names.extend(persons);
        }
    }
    names
}

/// The paragraphs of an element, without pictures; their captions are no part of the story.
pub(super) fn text(element: &Element) -> String {
    plain_text(&element.html(&|inner| match inner.local_name().to_ascii_lowercase().as_str() {
        "media" | "style" | "script" | "byline" | "dateline" | "distributor" => None,
        "hl2" => Some("h3".to_owned()),
        "block" => Some("div".to_owned()),
        "datasource" | "credit" => Some("p".to_owned()),
        // Names, places and numbers are marked inside of sentences.
        "person" | "location" | "org" | "num" | "money" | "chron" | "event" | "city" | "country" | "region"
        | "state" | "function" | "object.title" | "virtloc" | "copyrite" | "classifier" | "lang" | "pronounce" => {
            Some("span".to_owned())
        }
        name => Some(name.to_owned()),
    }))
}
