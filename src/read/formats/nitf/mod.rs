//! NITF: head, byline, dateline and paragraphs of an agency's story.

mod text;

use std::collections::BTreeSet;

use super::wording::code;
use super::{Emit, Records, tree};
use crate::article::{Format, Origin};
use crate::read::byline;
use crate::read::date::parse_date;
use crate::read::draft::{Draft, Opening};
use crate::read::error::{RejectReason, Rejected};
use crate::read::prose::one_line;
use crate::read::xml::Element;
use crate::read::{RawItem, ReadConfig};

pub(super) use self::text::text;

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
        let status = story.at("head/docdata").and_then(|facts| facts.attribute("management-status"));
        records.push(match status.filter(|status| is_withdrawn(status)) {
            Some(status) => Err(Rejected { origin, reason: RejectReason::Withdrawn { status: status.to_owned() } }),
            None => draft.finish(origin, Format::Nitf),
        });
    }
    records.finish();
}

/// Whether a status of IPTC's formats says that an item is not to be published, or not any more:
/// `stat:canceled`, `withheld`.
pub(super) fn is_withdrawn(status: &str) -> bool {
    let status = code(status);
    ["canceled", "cancelled", "withheld"].iter().any(|withdrawn| status.eq_ignore_ascii_case(withdrawn))
}

/// What a story says; also one inside of another format.
pub(super) fn draft(story: &Element, config: &ReadConfig) -> Draft {
    let (mut draft, opening) = unopened(story, config);
    draft.open_with(&opening);
    draft
}

/// What a story says, and what stands above its text.
pub(super) fn unopened(story: &Element, config: &ReadConfig) -> (Draft, Opening) {
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
    let title = title.unwrap_or_default();
    let tags = tags(head);
    let source = published.and_then(|published| published.attribute("name")).map(str::to_owned);
    let distributor = || top.and_then(|top| top.line("distributor"));
    let holder = || facts.and_then(|facts| facts.at("doc.copyright"))?.attribute("holder").map(str::to_owned);
    let opening = Opening {
        standfirsts: top.and_then(|top| standfirst(top, &tags)).into_iter().collect(),
        dateline: top.and_then(|top| top.line("dateline")).unwrap_or_default(),
    };
    let draft = Draft {
        own_id: facts.and_then(|facts| facts.at("doc-id")).and_then(|id| id.attribute("id-string")).map(str::to_owned),
        date: date(facts.and_then(|facts| facts.at("date.issue")), "norm")
            .or_else(|| date(published, "date.publication"))
            .or_else(|| date(story_date, "norm"))
            .or_else(|| parse_date(&story_date?.text(), order))
            .or_else(|| date(facts.and_then(|facts| facts.at("date.release")), "norm")),
        authors: top.map(authors).unwrap_or_default(),
        source: source.or_else(distributor).or_else(holder),
        section: section(head),
        url: published.and_then(|published| published.attribute("ex-ref")).map(str::to_owned),
        language: story.attribute("xml:lang").or(story.attribute("baselang")).map(str::to_owned),
        tags,
        body: story.at("body/body.content").map(|content| text(content, &title)).unwrap_or_default(),
        title,
    };
    (draft, opening)
}

/// The abstract, else the second headline, where that is no keyword.
fn standfirst(top: &Element, tags: &[String]) -> Option<String> {
    let abstracts = top.at("abstract").map(|abstracts| text(abstracts, "")).filter(|text| !text.is_empty());
    let is_keyword = |line: &String| tags.iter().any(|tag| tag.to_lowercase() == line.to_lowercase());
    abstracts.or_else(|| top.line("hedline/hl2").filter(|line| !is_keyword(line)))
}

/// Keywords, subjects at their finest, and what else a story is said to be about.
fn tags(head: Option<&Element>) -> Vec<String> {
    let facts = head.and_then(|head| head.at("docdata"));
    let keywords = facts.and_then(|facts| facts.at("key-list"));
    let subjects = head.and_then(|head| head.at("tobject"));
    let keywords = keywords.iter().flat_map(|list| list.all("keyword")).filter_map(|word| word.attribute("key"));
    let mut tags: Vec<String> = keywords.map(str::to_owned).collect();
    for subject in subjects.iter().flat_map(|subjects| subjects.all("tobject.subject")) {
        let names = ["tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type"];
        tags.extend(names.iter().find_map(|name| subject.attribute(name)).map(str::to_owned));
    }
    tags.extend(facts.map(classifiers).unwrap_or_default());
    tags
}

/// Where a story stood: in the paper, else on the web, else by its desk, else by its kind.
fn section(head: Option<&Element>) -> Option<String> {
    let head = head?;
    let meta = |name: &str| {
        let found = head.all("meta").find(|meta| meta.attribute("name") == Some(name))?;
        found.attribute("content")?.split(';').next().map(str::trim)
    };
    let in_paper = head.at("pubdata").and_then(|published| published.attribute("position.section"));
    let section = in_paper.or_else(|| meta("online_sections")).or_else(|| meta("dsk"));
    section.or_else(|| head.at("tobject")?.attribute("tobject.type")).map(str::to_owned)
}

/// What a story is about, in words: neither a path in a tree of subjects nor a code.
fn classifiers(facts: &Element) -> Vec<String> {
    let listed = facts.all("identified-content").flat_map(|content| content.all("classifier"));
    let is_word = |text: &String| !text.contains('/') && text.chars().any(char::is_alphabetic);
    listed.map(|classifier| one_line(&classifier.text())).filter(is_word).collect()
}

/// More bylines than this are no people who wrote one story.
const MAX_BYLINES: usize = 50;

/// Names of the bylines. One whose words all stand in another is that one in another form: "By Jane Q.
/// Doe" and "DOE, JANE Q".
fn authors(top: &Element) -> Vec<String> {
    let mut told: Vec<(BTreeSet<String>, Vec<String>)> = Vec::new();
    for line in top.all("byline").take(MAX_BYLINES) {
        let text = line.text().to_lowercase();
        let words: BTreeSet<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        if told.iter().all(|(known, _)| !words.is_subset(known)) {
            // "By" is all that print adds to a name.
            told.retain(|(known, _)| words.len() > known.len() + 1 || !known.is_subset(&words));
            told.push((words, names_of(line)));
        }
    }
    told.into_iter().flat_map(|(_, names)| names).collect()
}

/// What stands in `person`, else the line without its titles.
fn names_of(line: &Element) -> Vec<String> {
    let persons: Vec<String> = line.all("person").map(|person| one_line(&person.text())).collect();
    if !persons.is_empty() {
        return persons;
    }
    let title = line.line("byttl").unwrap_or_default();
    byline::names(one_line(&line.text()).replace(&title, "").trim().trim_end_matches(','))
}
