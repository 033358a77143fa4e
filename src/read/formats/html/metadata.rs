//! Weighs what head, JSON-LD and visible page say about an article, field by field.
//!
//! The order of each cascade puts what was written for machines to read before what was written for
//! search engines to like, and both before guesses.

use scraper::Html;

use super::address;
use super::json_ld;
use super::meta::Head;
use super::outline::Outline;
use super::title::{self, key};
use super::unescape;
use super::visible;
use crate::article::{Precision, PublicationDate};
use crate::read::byline;
use crate::read::date::{DayMonthOrder, SAMPLE_BYTES, date_of_url, host, order_of, parse_date};
use crate::read::draft::Draft;
use crate::read::prose::start_of;

/// Everything known of a page's article but its text.
pub(super) struct Facts {
    /// All fields but the body.
    pub(super) draft: Draft,
    /// The text as JSON-LD states it.
    pub(super) stated_body: Option<String>,
    /// Summaries of the article, in lower case and letters only; one may be its standfirst.
    pub(super) summaries: Vec<String>,
    /// The summary for social media, for pages whose text only a browser would fetch; may be empty.
    pub(super) summary: String,
}

const DATE_METAS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "date_published",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "publicationdate",
    "pubdate",
    "published_time",
    "published-date",
    "published_at",
    "published",
    "publisheddate",
    "content_publisheddate",
    "article:publish_date",
    "og:pubdate",
    "article.published",
    "article_date_original",
    "rnews:datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "bt:pubdate",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "iso-8601-publish-date",
    "displaydate",
    "originalpublicationdate",
    "release_date",
    "pub_date",
    "timestamp",
    "created",
    "date",
];
const MODIFIED_METAS: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "revised",
];
const AUTHOR_METAS: &[&str] = &[
    "author",
    "article:author_name",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.name",
    "cxenseparse:author",
    "citation_author",
    "authors",
    "creator",
    "rbauthors",
    "twitter:creator:name",
];
const SITE_METAS: &[&str] = &[
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "cre",
    "citation_journal_title",
    "apple-mobile-web-app-title",
];
const SECTION_METAS: &[&str] = &[
    "article:section",
    "og:article:section",
    "parsely-section",
    "cxenseparse:section",
    "section",
    "dc.subject",
    "news_section",
];

/// Gathers and weighs.
pub(super) fn of_page(page: &Html, outline: &Outline<'_>, order: DayMonthOrder) -> Facts {
    let head = Head::of(page);
    let titles = [head.title.as_str()].into_iter().chain(head.all("og:title"));
    let addresses = head.canonical.as_deref().into_iter().chain(head.all("og:url"));
    let stated = json_ld::read(&head.json_ld, &json_ld::Page::new(addresses, titles));
    let url = address::of_page(&head, stated.url.as_deref());
    let language = head.language.clone().filter(|language| !language.trim().is_empty());
    let language = language
        .or_else(|| stated.language.clone())
        .or_else(|| head.first(&["content-language", "og:locale", "language", "dc.language"]).map(str::to_owned));
    let order = order_of(language.as_deref(), url.as_deref(), || sample(&head, outline), order);
    let seen = visible::of_page(page, outline, order);

    let site = head.first(SITE_METAS).map(str::to_owned);
    let source = site.clone().or_else(|| stated.publisher.clone()).map(|name| unescape(&name));
    let title = title::of_page(&head, stated.headline.as_deref(), &seen.headings, outline, source.as_deref());
    let source = source.or_else(|| title::site_of(&head, &title, url.as_deref(), &seen.headings));
    let authors = authors(&head, &stated, &seen.authors, source.as_deref());
    let date = date(&head, &stated, &seen.dates, url.as_deref(), order);
    let mut tags: Vec<String> = head.all("article:tag").map(unescape).collect();
    if tags.is_empty() {
        tags.extend(stated.tags.iter().map(|tag| unescape(tag)));
    }
    if tags.is_empty() {
        let words = head.first(&["news_keywords", "keywords", "parsely-tags", "sailthru.tags"]).unwrap_or("");
        tags.extend(words.split(',').map(|word| unescape(word.trim())));
    }
    let section = stated.section.clone().or_else(|| head.first(SECTION_METAS).map(str::to_owned)).or(seen.section);
    let draft = Draft {
        own_id: None,
        title,
        body: String::new(),
        date,
        authors,
        source: source.or_else(|| host(url.as_deref()?)),
        section: section.map(|section| unescape(&section)),
        url,
        language,
        tags,
    };
    let names = ["og:description", "description", "twitter:description"];
    let summaries = names.iter().flat_map(|name| head.all(name)).chain(stated.description.as_deref());
    let summaries = summaries.map(|summary| key(&unescape(summary))).collect();
    let summary = head.first(&names).map(unescape).unwrap_or_default();
    Facts { draft, stated_body: stated.body, summaries, summary }
}

/// Some of what a page says: title, summary, and the beginning of its running text.
fn sample(head: &Head, outline: &Outline<'_>) -> String {
    let mut sample = [head.title.as_str(), head.first(&["og:description"]).unwrap_or("")].join(" ");
    let running = outline.parts.iter().filter(|part| part.is_running());
    for text in running.flat_map(|part| part.node.children()).filter_map(|node| node.value().as_text()) {
        sample.push(' ');
        sample.push_str(start_of(text, SAMPLE_BYTES));
        if sample.len() > SAMPLE_BYTES {
            break;
        }
    }
    sample
}

fn authors(head: &Head, stated: &json_ld::Statements, seen: &[String], site: Option<&str>) -> Vec<String> {
    let site = site.map(key).unwrap_or_default();
    let is_site = |name: &String| !site.is_empty() && key(name) == site;
    let persons = |names: Vec<String>| -> Vec<String> { names.into_iter().filter(|name| !is_site(name)).collect() };
    let from_json = persons(stated.authors.clone());
    if stated.has_persons && !from_json.is_empty() {
        return from_json;
    }
    for name in AUTHOR_METAS {
        let names: Vec<String> = head
            .all(name)
            .flat_map(|value| {
                let value = unescape(value);
                match value.split_once(", ") {
                    // "Doe, Jane" of scholarly pages.
                    Some((last, first)) if *name == "citation_author" => vec![format!("{first} {last}")],
                    _ => byline::names(&value),
                }
            })
            .collect();
        let names = persons(names);
        if !names.is_empty() {
            return names;
        }
    }
    if let Some(label) = head.first(&["twitter:label1"])
        && label.to_lowercase().contains("written by")
        && let Some(value) = head.first(&["twitter:data1"])
    {
        let names = persons(byline::names(&unescape(value)));
        if !names.is_empty() {
            return names;
        }
    }
    let seen = persons(seen.to_vec());
    if !seen.is_empty() {
        return seen;
    }
    stated.authors.clone()
}

/// The same day with a time, where only the day is known and another statement has both.
fn with_time(date: PublicationDate, others: &[PublicationDate]) -> PublicationDate {
    let is_exact =
        |other: &&PublicationDate| other.first_day() == date.first_day() && other.precision() != Precision::Day;
    match date.precision() {
        Precision::Day => others.iter().find(is_exact).copied().unwrap_or(date),
        _ => date,
    }
}

fn date(
    head: &Head,
    stated: &json_ld::Statements,
    seen: &[PublicationDate],
    url: Option<&str>,
    order: DayMonthOrder,
) -> Option<PublicationDate> {
    let parse = |text: &str| parse_date(text, order);
    let stated_dates = stated.published.iter().filter_map(|text| parse(text));
    let meta_dates = DATE_METAS.iter().flat_map(|name| head.all(name)).filter_map(parse);
    let dates: Vec<PublicationDate> =
        stated_dates.chain(meta_dates).filter(PublicationDate::has_day).chain(seen.iter().copied()).collect();
    let exact = dates.first().map(|&first| with_time(first, &dates));
    let modified = || {
        let stated = stated.modified.as_deref().and_then(parse);
        stated
            .or_else(|| MODIFIED_METAS.iter().flat_map(|name| head.all(name)).find_map(parse))
            .filter(PublicationDate::has_day)
    };
    let vague = || {
        let stated = stated.published.iter().find_map(|text| parse(text));
        stated.or_else(|| DATE_METAS.iter().flat_map(|name| head.all(name)).find_map(parse))
    };
    exact.or_else(|| date_of_url(url?)).or_else(modified).or_else(vague)
}
