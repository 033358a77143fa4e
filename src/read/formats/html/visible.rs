//! What a page shows its readers about its article: headline, byline, date. Microdata included.

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

use super::dom::{hints, text_up_to};
use super::render::is_never_text;
use crate::article::{Precision, PublicationDate};
use crate::read::byline;
use crate::read::date::{DayMonthOrder, parse_date, parse_date_only};

/// What was seen, best first.
#[derive(Debug, Default)]
pub(super) struct Visible {
    /// Texts of the `<h1>` elements, in order.
    pub(super) headings: Vec<String>,
    /// Dates, the likeliest date of publication first.
    pub(super) dates: Vec<PublicationDate>,
    /// Names in the likeliest byline.
    pub(super) authors: Vec<String>,
}

/// Longer texts are no bylines and no dates.
const MAX_LABEL_BYTES: usize = 200;

/// A headline is shorter, whatever stands in `<h1>`.
const MAX_HEADING_BYTES: usize = 1000;

/// Parts of a page that are about other articles, in words of class and id.
const ELSEWHERE: &[&str] = &[
    "comment",
    "related",
    "sidebar",
    "recommend",
    "popular",
    "trending",
    "latest",
    "newsletter",
    "footer",
    "menu",
    "navbar",
    "more-stories",
    "read-next",
    "also-like",
    "widget-area",
    "most-read",
    "teaser",
    "carousel",
    "promo",
    "copyright",
];

/// Walks the page once.
pub(super) fn of_page(page: &Html, order: DayMonthOrder) -> Visible {
    let mut scan = Scan { order, ..Scan::default() };
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => scan.open(node),
            Edge::Close(node) => scan.close(node),
        }
    }
    // A stable sort keeps equals in the order of the page.
    scan.dates.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scan.bylines.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let best = scan.bylines.first().map_or(0, |(score, _)| *score);
    let mut authors: Vec<String> = Vec::new();
    // Several authors may have an element each.
    for name in scan.bylines.into_iter().take_while(|(score, _)| *score == best).flat_map(|(_, names)| names) {
        if !authors.contains(&name) && authors.len() < 8 {
            authors.push(name);
        }
    }
    Visible { headings: scan.headings, dates: scan.dates.into_iter().map(|(_, date)| date).collect(), authors }
}

#[derive(Default)]
struct Scan {
    order: DayMonthOrder,
    headings: Vec<String>,
    dates: Vec<(i32, PublicationDate)>,
    bylines: Vec<(i32, Vec<String>)>,
    /// Elements below which nothing is about this article.
    elsewhere: Option<NodeId>,
    skipped: Option<NodeId>,
    n_chars_after_heading: usize,
}

impl Scan {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        if self.skipped.is_some() {
            return;
        }
        let element = match node.value() {
            Node::Element(element) => element,
            Node::Text(text) => {
                self.look_in_text(node, text);
                if !self.headings.is_empty() {
                    self.n_chars_after_heading += text.trim().len();
                }
                return;
            }
            _ => return,
        };
        let name = element.name();
        if matches!(name, "html" | "body") {
            return;
        }
        if is_never_text(name) && !matches!(name, "meta" | "head" | "link") {
            self.skipped = Some(node.id());
            return;
        }
        let hints = hints(element);
        if self.elsewhere.is_none()
            && (matches!(name, "nav" | "footer" | "aside") || ELSEWHERE.iter().any(|word| hints.contains(word)))
            && !hints.contains("article-")
        {
            self.elsewhere = Some(node.id());
        }
        if self.elsewhere.is_some() {
            return;
        }
        if name == "h1" {
            let text = text_up_to(node, MAX_HEADING_BYTES).unwrap_or_default();
            if !text.is_empty() {
                self.headings.push(text);
                self.n_chars_after_heading = 0;
            }
        }
        self.look_for_date(node, element, &hints);
        self.look_for_byline(node, element, &hints);
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        if self.skipped == Some(node.id()) {
            self.skipped = None;
        }
        if self.elsewhere == Some(node.id()) {
            self.elsewhere = None;
        }
    }

    /// Near the headline a date is the date of the article; far below it may be any.
    fn nearness(&self) -> i32 {
        match (self.headings.is_empty(), self.n_chars_after_heading) {
            (true, _) => 1,
            (false, 0..=600) => 3,
            (false, 601..=3000) => 1,
            _ => 0,
        }
    }

    /// Dates and bylines that nothing marks but their words.
    fn look_in_text(&mut self, node: NodeRef<'_, Node>, text: &str) {
        let text = text.trim();
        if self.elsewhere.is_some() || text.len() > MAX_LABEL_BYTES || text.len() < 2 || self.nearness() == 0 {
            return;
        }
        if text.bytes().any(|byte| byte.is_ascii_digit())
            && let Some(date) = parse_date_only(text, self.order)
            && is_day(&date)
        {
            self.dates.push((self.nearness() - 1, date));
        }
        let lower = text.to_lowercase();
        let is_opening = ["by", "by:", "written by", "words by", "posted by", "author:"].contains(&lower.as_str());
        if is_opening || lower.starts_with("by ") || lower.starts_with("written by ") {
            // The name may stand in an element of its own, beside the word.
            let around = node
                .ancestors()
                .take(2)
                .filter_map(|above| text_up_to(above, MAX_LABEL_BYTES))
                .find(|line| line.len() > text.len());
            let line = if is_opening { around.unwrap_or_default() } else { text.to_owned() };
            if let Some(names) = byline::names_of_line(&line) {
                let names: Vec<String> = names.into_iter().filter(|name| looks_like_name(name)).collect();
                if !names.is_empty() {
                    self.bylines.push((self.nearness() + 3, names));
                }
            }
        }
    }

    fn look_for_date(&mut self, node: NodeRef<'_, Node>, element: &Element, hints: &str) {
        let itemprop = element.attr("itemprop").unwrap_or("");
        let is_published = itemprop.contains("datePublished") || itemprop.contains("dateCreated");
        let is_time = element.name() == "time";
        let is_hinted = ["date", "publish", "posted", "time", "byline", "meta", "updated", "stamp"]
            .iter()
            .any(|word| hints.contains(word));
        if !is_published && !is_time && !is_hinted || itemprop.contains("dateModified") {
            return;
        }
        let stated = ["datetime", "content", "data-datetime", "data-date", "title"]
            .iter()
            .filter(|key| is_time || is_published || key.starts_with("data"))
            .filter_map(|key| element.attr(key))
            .find_map(|value| parse_date(value, self.order));
        let date = stated.or_else(|| parse_date(&text_up_to(node, MAX_LABEL_BYTES)?, self.order));
        let Some(date) = date.filter(|date| matches!(date.precision(), Precision::Day | Precision::Second { .. }))
        else {
            return;
        };
        let mut score = self.nearness();
        score += if is_published { 8 } else { 0 };
        score += if is_time { 2 } else { 0 };
        score += if element.attr("pubdate").is_some() { 4 } else { 0 };
        score += if ["publish", "posted", "pubdate", "entry-date", "post-date", "article-date"]
            .iter()
            .any(|word| hints.contains(word))
        {
            2
        } else {
            0
        };
        score -= if ["updated", "modified"].iter().any(|word| hints.contains(word)) && !hints.contains("publish") {
            3
        } else {
            0
        };
        self.dates.push((score, date));
    }

    fn look_for_byline(&mut self, node: NodeRef<'_, Node>, element: &Element, hints: &str) {
        let itemprop = element.attr("itemprop").unwrap_or("");
        let is_author_property = itemprop == "author" || itemprop == "creator";
        let rel = element.attr("rel").unwrap_or("");
        let is_rel = rel.split_whitespace().any(|word| word == "author");
        let href = element.attr("href").unwrap_or("");
        let is_author_link = element.name() == "a"
            && ["/author/", "/authors/", "/by/", "/contributor"].iter().any(|part| href.contains(part));
        let is_hinted = ["byline", "author", "contributor", "writer"].iter().any(|word| hints.contains(word));
        let score = match (is_author_property, is_rel, is_author_link, is_hinted) {
            (true, ..) => 6,
            (_, true, ..) => 5,
            (_, _, true, _) => 4,
            (_, _, _, true) => 2,
            _ => return,
        };
        if element.name() == "meta" || element.name() == "link" {
            return;
        }
        // A whole biography below the text carries the same classes as the byline.
        if ["bio", "avatar", "image", "photo", "social", "description", "box"].iter().any(|word| hints.contains(word))
            && !is_author_property
        {
            return;
        }
        let named =
            |inner: &NodeRef<'_, Node>| inner.value().as_element().is_some_and(|e| e.attr("itemprop") == Some("name"));
        let named = if is_author_property { node.descendants().find(named) } else { None };
        let stated = named.and_then(|named| named.value().as_element()?.attr("content")).map(str::to_owned);
        let text = stated.or_else(|| text_up_to(named.unwrap_or(node), MAX_LABEL_BYTES));
        let Some(text) = text else { return };
        let says_by = text.to_lowercase().starts_with("by ") || text.to_lowercase().starts_with("written by");
        let names = byline::names(&text);
        if names.iter().all(|name| !looks_like_name(name)) {
            return;
        }
        let score = score + self.nearness() + i32::from(says_by) * 2;
        self.bylines.push((score, names.into_iter().filter(|name| looks_like_name(name)).collect()));
    }
}

fn is_day(date: &PublicationDate) -> bool {
    matches!(date.precision(), Precision::Day | Precision::Second { .. })
}

/// Labels such as "Share", "About the author" or "5 min read" stand where names do.
fn looks_like_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let n_words = name.split_whitespace().count();
    let is_label = [
        "author",
        "read",
        "share",
        "follow",
        "min",
        "posted",
        "comment",
        "view",
        "article",
        "more",
        "about",
        "profile",
        "all posts",
        "contact",
        "email",
        "minutes",
        "ago",
        "updated",
        "published",
    ]
    .iter()
    .any(|word| lower.split_whitespace().any(|part| part == *word));
    (1..=5).contains(&n_words)
        && !is_label
        && name.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && parse_date(name, DayMonthOrder::DayFirst).is_none()
}
