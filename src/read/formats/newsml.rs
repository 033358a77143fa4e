//! NewsML 1: items of components in components, the text in one of them. Also the items of the Reuters
//! Corpus, which have the names of NewsML and no components.

use std::collections::HashSet;

use super::html::{is_markup, plain_text};
use super::wording::language_rank;
use super::{Emit, Records, nitf, tree};
use crate::article::{Format, Origin};
use crate::read::byline;
use crate::read::date::parse_date;
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::prose::{one_line, paragraphs};
use crate::read::xml::Element;
use crate::read::{RawItem, ReadConfig};

/// Components that stand beside the text of a story.
const NO_TEXT_ROLES: [&str; 6] = ["stylesheet", "caption", "thumbnail", "logo", "preview", "photo"];

/// Reads an envelope of items.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let Some(document) = tree(&item, config, emit) else { return };
    let items: Vec<&Element> = document.top.descendants().into_iter().filter(|found| found.is("NewsItem")).collect();
    let sender = document.top.find("NewsEnvelope").and_then(|envelope| party(envelope.at("SentFrom")?));
    let is_single = items.len() == 1;
    let mut records = Records::new(item, document.damage, emit);
    for item in items {
        let origin = records.origin();
        let origin = if is_single { Origin { record: None, ..origin } } else { origin };
        let mut draft = draft(item, config);
        // The source of a release is whom it is about; who sent it is the agency.
        let provider = item.find("Provider").and_then(party).or_else(|| sender.clone());
        draft.source = provider.or(draft.source);
        draft.title_from_body(&origin.path);
        let status = item.at("NewsManagement/Status").and_then(|status| status.attribute("FormalName"));
        records.push(match status.filter(|status| nitf::is_withdrawn(status)) {
            Some(status) => Err(Rejected { origin, reason: RejectReason::Withdrawn { status: status.to_owned() } }),
            None => draft.finish(origin, Format::NewsMl),
        });
    }
    records.finish();
}

fn draft(item: &Element, config: &ReadConfig) -> Draft {
    let order = config.day_month_order;
    let left_out = other_equivalents(item);
    let inside = item.descendants_without(&|inner| left_out.contains(&std::ptr::from_ref(inner)));
    let first = |name: &str| inside.iter().find(|found| found.is(name)).copied();
    let line = |name: &str| first(name).and_then(|found| Some(one_line(&found.text())).filter(|t| !t.is_empty()));
    let (mut draft, mut opening) =
        inside.iter().find(|found| found.is("nitf")).map(|story| nitf::unopened(story, config)).unwrap_or_default();
    draft.title = line("HeadLine").or_else(|| line("Title")).unwrap_or(std::mem::take(&mut draft.title));
    if draft.body.is_empty() {
        draft.body = text(item, &left_out, &draft.title);
    }
    if draft.body.is_empty() {
        draft.body = item.at("text").map(|content| nitf::text(content, &draft.title)).unwrap_or_default();
    }
    opening.standfirsts.splice(0..0, line("SubHeadLine"));
    opening.dateline = line("DateLine").unwrap_or(opening.dateline);
    draft.open_with(&opening);
    let dates = ["FirstCreated", "ThisRevisionCreated", "DateId"];
    draft.date = draft.date.or_else(|| dates.iter().find_map(|name| parse_date(&line(name)?, order)));
    draft.date = draft.date.or_else(|| parse_date(item.attribute("date")?, order));
    if let Some(by) = line("ByLine") {
        draft.authors = byline::names(&by);
    }
    let wanted = ["Source", "Creator"];
    let named = |name: &str| inside.iter().find(|found| found.is("dc") && found.attribute("element") == Some(name));
    let named = |name: &str| named(name)?.attribute("value").map(str::to_owned);
    draft.source = wanted.iter().find_map(|name| party(first(name)?)).or(draft.source).or_else(|| named("dc.source"));
    draft.own_id = line("PublicIdentifier").or_else(|| line("NewsItemId")).or(draft.own_id);
    draft.own_id = draft.own_id.or_else(|| item.attribute("itemid").map(str::to_owned));
    let coded = |name: &str| first(name).and_then(|found| found.attribute("FormalName")).map(str::to_owned);
    let language = coded("Language").or(draft.language);
    draft.language = language.or_else(|| item.attribute("xml:lang").map(str::to_owned));
    draft.section = coded("NewsProduct").or_else(|| coded("Genre")).or(draft.section);
    draft.tags.extend(inside.iter().filter(|found| found.is("KeywordLine")).map(|found| found.text()));
    draft
}

/// Elements of an item that are not read.
type LeftOut = HashSet<*const Element>;

/// Of parts that say the same, in other forms or languages, those that are not read: all but the first that has text,
/// is in the language of the item, and is marked up.
fn other_equivalents(item: &Element) -> LeftOut {
    let stated = |component: &Element| {
        let language = component.at("DescriptiveMetadata/Language").and_then(|found| found.attribute("FormalName"));
        component.attribute("xml:lang").or(language).map(str::to_owned)
    };
    let wanted = item.attribute("xml:lang").map(str::to_owned).or_else(|| stated(item.at("NewsComponent")?));
    let is_list = |found: &&Element| {
        found.is("NewsComponent") && found.attribute("EquivalentsList").is_some_and(|is| is.eq_ignore_ascii_case("yes"))
    };
    let mut left_out = LeftOut::new();
    for list in item.descendants().into_iter().filter(is_list) {
        let is_part = |part: &&Element| part.is("NewsComponent") || part.is("ContentItem");
        let parts: Vec<&Element> = list.elements().filter(is_part).collect();
        let rank = |part: &&&Element| {
            let contents = contents_of(part);
            let is_empty = contents.iter().all(|content| content.text().trim().is_empty());
            let language = language_rank(stated(part).as_deref(), wanted.as_deref());
            let is_plain = !contents.iter().any(|content| content.has_elements() || is_markup(&content.text()));
            (is_empty, language, is_plain)
        };
        let best = parts.iter().min_by_key(rank).copied();
        left_out.extend(
            parts.into_iter().filter(|part| best.is_none_or(|best| !std::ptr::eq(*part, best))).map(std::ptr::from_ref),
        );
    }
    left_out
}

/// The contents of a part that may be text.
fn contents_of(part: &Element) -> Vec<&Element> {
    let shown = part.descendants_without(&|inner| role_of(inner).is_some_and(|role| is_no_text(&role)));
    let is_shown = role_of(part).is_none_or(|role| !is_no_text(&role));
    shown.into_iter().filter(|found| is_shown && found.is("DataContent")).collect()
}

fn role_of(component: &Element) -> Option<String> {
    component.at("Role")?.attribute("FormalName").map(str::to_ascii_lowercase)
}

fn is_no_text(role: &str) -> bool {
    NO_TEXT_ROLES.iter().any(|other| role.contains(other))
}

/// The contents of the components that hold text, in their order.
fn text(item: &Element, left_out: &LeftOut, headline: &str) -> String {
    let is_read = |element: &&Element| !left_out.contains(&std::ptr::from_ref(*element));
    let (mut texts, mut seen) = (Vec::new(), HashSet::new());
    let mut open: Vec<&Element> = item.all("NewsComponent").collect();
    open.reverse();
    while let Some(component) = open.pop() {
        if role_of(component).is_some_and(|role| is_no_text(&role)) {
            continue;
        }
        for content in component.all("ContentItem").filter(is_read).filter_map(|content| content.at("DataContent")) {
            let text = if content.has_elements() {
                nitf::text(content.find("body").unwrap_or(content), headline)
            } else {
                let text = content.text();
                if is_markup(&text) { plain_text(&text) } else { paragraphs(&text) }
            };
            // The same text in two forms is one text.
            if !text.is_empty() && seen.insert(text.clone()) {
                texts.push(text);
            }
        }
        let mut inner: Vec<&Element> = component.all("NewsComponent").filter(is_read).collect();
        inner.reverse();
        open.extend(inner);
    }
    texts.join("\n\n")
}

fn party(element: &Element) -> Option<String> {
    let party = element.at("Party")?;
    party.attribute("FormalName").map(str::to_owned)
}
