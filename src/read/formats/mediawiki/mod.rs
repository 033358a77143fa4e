//! Exports of MediaWiki, Wikinews above all: pages of the main namespace, their markup made text.

mod tables;
mod templates;
mod wikitext;

use std::collections::BTreeMap;

use super::{Emit, Records, tree};
use crate::article::{Format, Origin, PublicationDate};
use crate::read::byline;
use crate::read::date::{DayMonthOrder, parse_date, parse_date_only};
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::xml::Element;
use crate::read::{RawItem, ReadConfig};

/// Reads an export, or a run of its pages.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let Some(document) = tree(&item, config, emit) else { return };
    let site = document.top.find("siteinfo");
    let name = site.and_then(|site| site.line("sitename"));
    let base = site.and_then(|site| site.line("base"));
    let base = base.and_then(|base| base.rsplit_once('/').map(|(folder, _)| folder.to_owned()));
    let language = document.top.find("mediawiki").and_then(|root| root.attribute("xml:lang")).map(str::to_owned);
    let mut left_out: BTreeMap<&str, u64> = BTreeMap::new();
    let file = Origin { record: None, ..item.origin.clone() };
    let mut records = Records::new(item, document.damage, emit);
    let pages: Vec<&Element> = document.top.descendants().into_iter().filter(|found| found.is("page")).collect();
    for page in pages {
        if let Some(kind) = other_kind(page) {
            *left_out.entry(kind).or_default() += 1;
            records.count();
            continue;
        }
        let mut draft = draft(page, config.day_month_order);
        draft.source.clone_from(&name);
        draft.language.clone_from(&language);
        let path = page.line("title").unwrap_or_default().replace(' ', "_");
        draft.url = base.as_ref().map(|base| format!("{base}/{path}"));
        let origin = records.origin();
        records.push(draft.finish(origin, Format::MediaWiki));
    }
    let (n_left_out, n_records) = (left_out.values().sum(), records.n_records);
    if n_left_out > 0 {
        let kinds: Vec<String> = left_out.into_iter().map(|(kind, n_pages)| format!("{n_pages} {kind}")).collect();
        let what = "pages are no articles";
        let reason = RejectReason::LeftOut { n_left_out, n_records, what, kinds: kinds.join(", ") };
        (records.emit)(Err(Rejected { origin: file, reason }));
    }
    records.finish();
}

/// What a page is that is no article.
fn other_kind(page: &Element) -> Option<&'static str> {
    if page.at("redirect").is_some() {
        return Some("redirects");
    }
    match page.line("ns").as_deref() {
        None | Some("0") => None,
        Some(namespace) if namespace.parse::<i32>().is_ok_and(|number| number % 2 == 1) => Some("discussions"),
        Some("2") => Some("pages of users"),
        Some("6") => Some("descriptions of files"),
        Some("10" | "828") => Some("templates"),
        Some("14") => Some("categories"),
        Some(_) => Some("of other namespaces"),
    }
}

fn draft(page: &Element, order: DayMonthOrder) -> Draft {
    // An export may hold all versions of a page, the newest one last.
    let revision = page.all("revision").last();
    let text = revision.and_then(|revision| revision.at("text")).map(Element::text).unwrap_or_default();
    let plain = wikitext::plain(&text);
    let template = |names: &[&str]| {
        let found = plain.templates.iter().find(|(name, _)| names.contains(&name.as_str()));
        found.map(|(_, value)| value.clone())
    };
    let by_template = template(&["date", "publishdate", "datum"]).and_then(|date| parse_date(&date, order));
    let by_category = || plain.categories.iter().find_map(|name| parse_date_only(name, order));
    let by_revision = || parse_date(&revision?.line("timestamp")?, order);
    let date: Option<PublicationDate> = by_template.or_else(by_category).or_else(by_revision);
    let is_date = |name: &String| parse_date_only(name, order).is_some();
    Draft {
        own_id: page.line("id"),
        title: page.line("title").unwrap_or_default(),
        body: plain.text.clone(),
        date,
        authors: template(&["byline", "author"]).map(|names| byline::names(&names)).unwrap_or_default(),
        section: plain.categories.iter().find(|name| !is_date(name)).cloned(),
        tags: plain.categories.iter().filter(|name| !is_date(name)).cloned().collect(),
        ..Draft::default()
    }
}
