//! What a page says about its article in JSON-LD: schema.org's Article and its kin.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::title::{MAX_TITLE_BYTES, key};
use crate::read::byline;

/// The statements about the article, unparsed.
#[derive(Debug, Default)]
pub(super) struct Statements {
    /// `headline`, else `name`.
    pub(super) headline: Option<String>,
    /// `datePublished`, `dateCreated`.
    pub(super) published: Vec<String>,
    /// `dateModified`.
    pub(super) modified: Option<String>,
    /// Names of persons, else of organisations.
    pub(super) authors: Vec<String>,
    /// Whether the authors are persons.
    pub(super) has_persons: bool,
    /// `publisher`.
    pub(super) publisher: Option<String>,
    /// `articleSection`.
    pub(super) section: Option<String>,
    /// `inLanguage`.
    pub(super) language: Option<String>,
    /// `url`, `mainEntityOfPage`.
    pub(super) url: Option<String>,
    /// `keywords`.
    pub(super) tags: Vec<String>,
    /// `description`.
    pub(super) description: Option<String>,
    /// `articleBody`.
    pub(super) body: Option<String>,
}

/// Nodes are nested at most so deep.
const MAX_DEPTH: usize = 12;

/// Titles by which an article is told from others. Pages state one or two.
const MAX_TITLES: usize = 20;

/// What else is known of the page, by which its own article is told from others on it.
#[derive(Default)]
pub(super) struct Page {
    /// Addresses that the page calls its own, see [`bare`].
    addresses: HashSet<String>,
    /// What the page calls its title, see [`key`]; none is empty.
    titles: Vec<String>,
}

impl Page {
    /// A page that calls these its addresses and these its titles.
    pub(super) fn new<'p>(
        addresses: impl IntoIterator<Item = &'p str>,
        titles: impl IntoIterator<Item = &'p str>,
    ) -> Self {
        let titles = titles.into_iter().filter(|title| title.len() <= MAX_TITLE_BYTES).map(key);
        Self {
            addresses: addresses.into_iter().map(bare).collect(),
            titles: titles.filter(|title| !title.is_empty()).take(MAX_TITLES).collect(),
        }
    }

    /// Whether an article is the page's own; `None` when nothing tells.
    fn owns(&self, article: &Map<String, Value>) -> Option<bool> {
        let text = |name: &str| article.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let of_page = article.get("mainEntityOfPage").and_then(|page| match page {
            Value::String(address) => Some(address.as_str()),
            page => page.get("@id")?.as_str(),
        });
        let addresses: Vec<String> = [text("url"), of_page].into_iter().flatten().map(bare).collect();
        let is_own_address = addresses.iter().any(|address| self.addresses.contains(address));
        let headline = key(&super::unescape(text("headline").or_else(|| text("name")).unwrap_or("")));
        let is_own_title = !headline.is_empty()
            && self.titles.iter().any(|title| title.contains(&headline) || headline.contains(title));
        match (is_own_address || is_own_title, addresses.is_empty() || self.addresses.is_empty()) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        }
    }
}

/// An address without what does not tell pages apart.
fn bare(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/');
    rest.strip_prefix("www.").unwrap_or(rest).to_lowercase()
}

/// Reads the JSON-LD scripts of a page. Broken ones are left out.
pub(super) fn read(scripts: &[String], page: &Page) -> Statements {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut nodes = Vec::new();
    for value in &values {
        collect(value, 0, &mut nodes);
    }
    let by_id: HashMap<&str, &Map<String, Value>> = nodes
        .iter()
        .filter(|node| node.contains_key("name"))
        .filter_map(|node| Some((node.get("@id")?.as_str()?, *node)))
        .collect();
    let ranked = nodes.iter().filter(|node| rank(node) > 0).map(|node| (page.owns(node), rank(node), *node));
    let mut articles: Vec<(Option<bool>, u8, &Map<String, Value>)> = ranked.collect();
    // Where one article is the page's own, the others are its neighbours.
    if articles.iter().any(|(owns, rank, _)| *owns == Some(true) && *rank > 1) {
        articles.retain(|(owns, rank, _)| *owns != Some(false) || *rank == 1);
    }
    articles.sort_by_key(|(owns, rank, _)| std::cmp::Reverse((*rank > 1, *owns == Some(true), *rank)));
    let mut found = Statements::default();
    for (_, rank, article) in articles {
        add(&mut found, article, rank, &by_id);
    }
    found
}

/// Scripts hold comments, line breaks within strings and stray commas; the first two are mended.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let script = script.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let script = script.trim_end_matches("]]>").trim_end_matches("//").trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let mended: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&mended).ok()
    })
}

fn collect<'a>(value: &'a Value, depth: usize, nodes: &mut Vec<&'a Map<String, Value>>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth + 1, nodes)),
        Value::Object(node) => {
            nodes.push(node);
            for (key, value) in node {
                // Reviews, comments and neighbours of an article are articles of their own.
                let is_other = matches!(
                    key.as_str(),
                    "comment"
                        | "review"
                        | "reviews"
                        | "itemListElement"
                        | "isPartOf"
                        | "hasPart"
                        | "relatedLink"
                        | "citation"
                        | "mentions"
                );
                if !is_other && (value.is_object() || value.is_array()) {
                    collect(value, depth + 1, nodes);
                }
            }
        }
        _ => {}
    }
}

/// How surely a node is the article of the page.
fn rank(node: &Map<String, Value>) -> u8 {
    let rank_of = |kind: &str| match kind.rsplit(['/', '#', ':']).next().unwrap_or(kind) {
        "WebPage" | "ItemPage" | "AboutPage" | "CollectionPage" | "MedicalWebPage" | "FAQPage" => 1,
        "VideoObject" | "PodcastEpisode" | "Product" | "WebPageElement" => 0,
        "Recipe" | "HowTo" | "Report" | "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" | "Review" => 2,
        "NewsArticle" | "ReportageNewsArticle" | "AnalysisNewsArticle" | "OpinionNewsArticle" => 4,
        "Article" => 3,
        kind if kind.ends_with("Article") || kind.ends_with("Posting") => 3,
        _ => 0,
    };
    match node.get("@type") {
        Some(Value::String(kind)) => rank_of(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).map(rank_of).max().unwrap_or(0),
        _ => 0,
    }
}

fn add(found: &mut Statements, article: &Map<String, Value>, rank: u8, by_id: &HashMap<&str, &Map<String, Value>>) {
    let text = |key: &str| article.get(key).and_then(|value| string_of(value, by_id));
    let fill = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value;
        }
    };
    if rank > 1 {
        fill(&mut found.headline, text("headline").or_else(|| text("name")));
        fill(&mut found.description, text("description"));
        fill(&mut found.body, text("articleBody").or_else(|| text("text")));
    }
    found.published.extend(["datePublished", "dateCreated"].iter().filter_map(|key| text(key)));
    fill(&mut found.modified, text("dateModified"));
    fill(&mut found.publisher, text("publisher").or_else(|| text("sourceOrganization")));
    fill(&mut found.section, text("articleSection"));
    fill(&mut found.language, text("inLanguage"));
    fill(&mut found.url, text("url").or_else(|| text("mainEntityOfPage")).filter(|url| url.starts_with("http")));
    for key in ["author", "creator"] {
        if let Some(value) = article.get(key).filter(|_| found.authors.is_empty()) {
            found.has_persons = add_authors(value, by_id, &mut found.authors);
        }
    }
    if found.tags.is_empty() {
        match article.get("keywords") {
            Some(Value::String(words)) => found.tags.extend(words.split(',').map(|word| word.trim().to_owned())),
            Some(Value::Array(words)) => found.tags.extend(words.iter().filter_map(Value::as_str).map(str::to_owned)),
            _ => {}
        }
    }
}

/// Adds the names of authors; persons win over organisations. Returns whether they are persons.
fn add_authors(value: &Value, by_id: &HashMap<&str, &Map<String, Value>>, authors: &mut Vec<String>) -> bool {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let (mut persons, mut others) = (Vec::new(), Vec::new());
    for item in items {
        let node = match item {
            Value::Object(node) => match node.get("@id").and_then(Value::as_str) {
                Some(id) if !node.contains_key("name") => by_id.get(id).copied().unwrap_or(node),
                _ => node,
            },
            Value::String(name) => {
                persons.extend(byline::names(&super::unescape(name)));
                continue;
            }
            _ => continue,
        };
        let is_organisation = matches!(node.get("@type"), Some(Value::String(kind)) if kind.ends_with("Organization"));
        let names = match node.get("name") {
            Some(Value::String(name)) => byline::names(&super::unescape(name)),
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).flat_map(|name| byline::names(&super::unescape(name))).collect()
            }
            _ => Vec::new(),
        };
        if is_organisation { others.extend(names) } else { persons.extend(names) }
    }
    let has_persons = !persons.is_empty();
    authors.extend(if has_persons { persons } else { others });
    has_persons
}

/// A string, or the name of what an object stands for; of a list, its first.
fn string_of(value: &Value, by_id: &HashMap<&str, &Map<String, Value>>) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => items.iter().find_map(|item| string_of(item, by_id)),
        Value::Object(node) => ["name", "@value", "url", "@id"].iter().find_map(|key| match node.get(*key)? {
            Value::String(id) if *key == "@id" => match by_id.get(id.as_str()) {
                Some(named) => named.get("name")?.as_str().map(str::to_owned),
                None => Some(id.clone()),
            },
            Value::String(text) => Some(text.clone()),
            _ => None,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(script: &str, expected: &str) {
        let found = read(&[script.to_owned()], &Page::default());
        let text = format!(
            "{} | {} | {} | {}",
            found.headline.unwrap_or_default(),
            found.published.first().cloned().unwrap_or_default(),
            found.authors.join("+"),
            found.publisher.unwrap_or_default()
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn the_pages_own_article_goes_before_others() {
        let script = r#"[{"@type":"NewsArticle","headline":"Storm ahead","url":"https://paper.example/storm","author":"John Roe"},
            {"@type":"Article","headline":"Talks end","url":"https://www.paper.example/talks/"}]"#;
        let headline = |page: &Page| {
            let found = read(&[script.to_owned()], page);
            (found.headline.unwrap_or_default(), found.authors)
        };
        let address = "https://paper.example/talks?from=home";
        let own = ("Talks end".to_owned(), Vec::new());
        assert_eq!(headline(&Page::new([address], [])), own);
        assert_eq!(headline(&Page::new([], ["Talks end | The Paper"])).0, own.0);
        assert_eq!(headline(&Page::default()).0, "Storm ahead");
    }

    #[test]
    fn articles_are_found_in_every_shape() {
        check(
            r#"{"@type":"NewsArticle","headline":"A","datePublished":"2024-05-03","author":"By Jane Doe","publisher":{"name":"P"}}"#,
            "A | 2024-05-03 | Jane Doe | P",
        );
        check(
            r#"[{"@type":["Article","X"],"name":"A","author":[{"name":"J"},{"name":"Jane Doe"}]}]"#,
            "A |  | Jane Doe | ",
        );
        check(
            r#"{"@graph":[{"@type":"WebPage","datePublished":"2024"},{"@type":"BlogPosting","headline":"B","author":{"@id":"x"}},
            {"@type":"Person","@id":"x","name":"Jane Doe"}]}"#,
            "B | 2024 | Jane Doe | ",
        );
        check(
            r#"{"@type":"Article","headline":"A","author":[{"@type":"Organization","name":"P"},{"@type":"Person","name":"Jane Doe"}]}"#,
            "A |  | Jane Doe | ",
        );
        check("<!-- {\"@type\":\"Article\",\"headline\":\"A\nB\"} -->", "A B |  |  | ");
        check(r#"{"@type":"Organization","name":"P"}"#, " |  |  | ");
        check("{broken", " |  |  | ");
    }
}
