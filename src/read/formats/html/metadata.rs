//! Weighs what head, JSON-LD and visible page say about an article, field by field.
//!
//! The order of each cascade puts what was written for machines to read before what was written for
//! search engines to like, and both before guesses.

use scraper::Html;

use super::json_ld;
use super::meta::Head;
use super::unescape;
use super::visible;
use crate::article::{Precision, PublicationDate};
use crate::read::byline;
use crate::read::date::{DayMonthOrder, date_of_url, host, order_of, parse_date};
use crate::read::draft::Draft;
use crate::read::prose::one_line;

/// Everything known of a page's article but its text.
pub(super) struct Facts {
    /// All fields but the body.
    pub(super) draft: Draft,
    /// The text as JSON-LD states it.
    pub(super) stated_body: Option<String>,
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
pub(super) fn of_page(page: &Html, order: DayMonthOrder) -> Facts {
    let head = Head::of(page);
    let stated = json_ld::read(&head.json_ld);
    let url = head.canonical.clone().filter(|url| is_address(url));
    let url = url.or_else(|| head.first(&["og:url"]).filter(|url| is_address(url)).map(str::to_owned));
    let url = url.or_else(|| stated.url.clone());
    let language = head.language.clone().filter(|language| !language.trim().is_empty());
    let language = language
        .or_else(|| stated.language.clone())
        .or_else(|| head.first(&["content-language", "og:locale", "language", "dc.language"]).map(str::to_owned));
    let order = order_of(language.as_deref(), url.as_deref(), order);
    let seen = visible::of_page(page, order);

    let site = head.first(SITE_METAS).map(str::to_owned);
    let source = site.clone().or_else(|| stated.publisher.clone()).map(|name| unescape(&name));
    let title = title(&head, stated.headline.as_deref(), &seen.headings, source.as_deref());
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
    let section = stated.section.clone().or_else(|| head.first(SECTION_METAS).map(str::to_owned));
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
    let summary = head.first(&["og:description", "description", "twitter:description"]);
    Facts { draft, stated_body: stated.body, summary: summary.map(unescape).unwrap_or_default() }
}

fn title(head: &Head, stated: Option<&str>, headings: &[String], site: Option<&str>) -> String {
    let clean = |text: &str| one_line(&unescape(text));
    let social = head.first(&[
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
    ]);
    let social = social.map(|title| without_site(&clean(title), site));
    let own = without_site(&clean(&head.title), site);
    let stated = stated.map(clean).filter(|title| !title.is_empty());
    // The heading that the page shows is its headline, when anything else that claims to be the title
    // has words in common with it; the name of the site in a heading has not.
    let claims: Vec<&str> = stated.iter().chain(&social).chain(Some(&own)).map(String::as_str).collect();
    let site = site.map(key).unwrap_or_default();
    let headings = headings.iter().map(|heading| clean(heading)).filter(|heading| key(heading) != site);
    let headings: Vec<(f64, String)> = headings.map(|heading| (likeness(&heading, &claims), heading)).collect();
    let needed = if headings.len() == 1 { MIN_LIKENESS_ALONE } else { MIN_LIKENESS };
    let best = headings.iter().reduce(|best, next| if next.0 > best.0 { next } else { best });
    let agreed = best.filter(|(likeness, _)| *likeness >= needed).map(|(_, heading)| heading.clone());
    let lone = || (headings.len() == 1).then(|| headings[0].1.clone());
    [agreed, stated, social, Some(own).filter(|own| !own.is_empty()), lone()]
        .into_iter()
        .flatten()
        .find(|title| !title.is_empty())
        .unwrap_or_default()
}

/// Share of a heading's words that must occur in what else is called the title, among several headings.
const MIN_LIKENESS: f64 = 0.5;

/// The same for the only heading of a page.
const MIN_LIKENESS_ALONE: f64 = 0.2;

/// Share of the words of `heading` that occur in one of `claims`.
fn likeness(heading: &str, claims: &[&str]) -> f64 {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let heading = words(heading);
    let shared = |claim: &&str| {
        let claim = words(claim);
        heading.iter().filter(|word| claim.contains(word)).count()
    };
    let most = claims.iter().map(shared).max().unwrap_or(0);
    most as f64 / heading.len().max(1) as f64
}

/// Letters and digits only, in lower case: quotes and dashes differ between copies of a title.
fn key(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// "Talks end in Geneva | World | The Paper" without what follows the headline.
fn without_site(title: &str, site: Option<&str>) -> String {
    let site = site.map(key).unwrap_or_default();
    let mut title = title;
    // Bars and guillemets hardly occur in headlines; dashes do, so they need the name of the site.
    for (mark, is_sure) in [
        (" | ", true),
        (" » ", true),
        (" « ", true),
        (" – ", false),
        (" — ", false),
        (" - ", false),
        (" :: ", true),
        (": ", false),
    ] {
        while let Some(at) = title.rfind(mark) {
            let (left, right) = (&title[..at], &title[at + mark.len()..]);
            let right_key = key(right);
            let is_site = !site.is_empty()
                && (right_key == site
                    || (right_key.len() > 3 && (site.contains(&right_key) || right_key.contains(&site))));
            let n_words = |text: &str| text.split_whitespace().count();
            if is_site && !left.trim().is_empty() || (is_sure && n_words(left) >= 3 && n_words(right) <= 6) {
                title = left.trim_end();
            } else {
                break;
            }
        }
        if let Some((left, right)) = title.split_once(mark)
            && !site.is_empty()
            && key(left) == site
            && right.split_whitespace().count() >= 2
        {
            title = right;
        }
    }
    title.trim().to_owned()
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

fn date(
    head: &Head,
    stated: &json_ld::Statements,
    seen: &[PublicationDate],
    url: Option<&str>,
    order: DayMonthOrder,
) -> Option<PublicationDate> {
    let is_day = |date: &PublicationDate| matches!(date.precision(), Precision::Day | Precision::Second { .. });
    let parse = |text: &str| parse_date(text, order);
    let mut stated_dates = stated.published.iter().filter_map(|text| parse(text));
    let mut meta_dates = DATE_METAS.iter().flat_map(|name| head.all(name)).filter_map(parse);
    let exact = stated_dates.find(is_day).or_else(|| meta_dates.find(is_day)).or_else(|| seen.first().copied());
    let modified = || {
        let stated = stated.modified.as_deref().and_then(parse);
        stated.or_else(|| MODIFIED_METAS.iter().flat_map(|name| head.all(name)).find_map(parse)).filter(is_day)
    };
    let vague = || {
        let stated = stated.published.iter().find_map(|text| parse(text));
        stated.or_else(|| DATE_METAS.iter().flat_map(|name| head.all(name)).find_map(parse))
    };
    exact.or_else(|| date_of_url(url?)).or_else(modified).or_else(vague)
}

fn is_address(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn site_names_are_cut_off_titles() {
        for (title, site, expected) in [
            ("Talks end in Geneva | The Paper", None, "Talks end in Geneva"),
            ("Talks end in Geneva - The Paper", Some("The Paper"), "Talks end in Geneva"),
            ("Talks end - a new start", Some("The Paper"), "Talks end - a new start"),
            ("The Paper: Talks end", Some("The Paper"), "Talks end"),
            ("The Paper", Some("The Paper"), "The Paper"),
        ] {
            assert_eq!(without_site(title, site), expected);
        }
    }
}
