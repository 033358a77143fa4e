//! What a page shows its readers about its article: headline, byline, date. Microdata included.

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

use super::credit::{Label, date_in, is_credit, label_of};
use super::dom::{MAX_LINE_NODES, hints, text_up_to};
use super::landmarks::Landmarks;
use super::outline::Outline;
use super::render::is_never_text;
use crate::article::PublicationDate;
use crate::read::byline;
use crate::read::date::{DayMonthOrder, parse_date, parse_date_only};

/// What was seen, best first.
#[derive(Debug, Default)]
pub(super) struct Visible {
    /// The `<h1>` elements, in order.
    pub(super) headings: Vec<Heading>,
    /// Dates, the likeliest date of publication first.
    pub(super) dates: Vec<PublicationDate>,
    /// Names in the likeliest byline.
    pub(super) authors: Vec<String>,
    /// The category that the article is filed under.
    pub(super) section: Option<String>,
}

/// A heading of the first rank.
#[derive(Debug)]
pub(super) struct Heading {
    /// Never empty.
    pub(super) text: String,
    /// Texts of the elements and strings directly in it.
    pub(super) pieces: Vec<String>,
    /// Whether it is nothing but a link to the front page.
    pub(super) is_home_link: bool,
}

/// Longer texts are no bylines and no dates.
const MAX_LABEL_BYTES: usize = 200;

/// A headline is shorter, whatever stands in `<h1>`.
const MAX_HEADING_BYTES: usize = 1000;

/// Walks the page once.
pub(super) fn of_page(page: &Html, outline: &Outline<'_>, order: DayMonthOrder) -> Visible {
    let mut scan = Scan { order, landmarks: Landmarks::of(outline), ..Scan::default() };
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => scan.open(node),
            Edge::Close(node) => scan.close(node),
        }
    }
    // Beside a date right below it, one above the headline is today's, or another story's.
    if scan.dates.iter().any(|found| found.place == Place::Near && found.label != Label::Updated) {
        scan.dates.retain(|found| found.place != Place::Above || found.label == Label::Published);
    }
    // A stable sort keeps equals in the order of the page.
    scan.dates.sort_by_key(|found| std::cmp::Reverse(found.score));
    scan.bylines.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let best = scan.bylines.first().map_or(0, |(score, _)| *score);
    let mut authors: Vec<String> = Vec::new();
    // Several authors may have an element each.
    for name in scan.bylines.into_iter().take_while(|(score, _)| *score == best).flat_map(|(_, names)| names) {
        if !authors.contains(&name) && authors.len() < 8 {
            authors.push(name);
        }
    }
    Visible {
        section: scan.section,
        headings: scan.headings,
        dates: scan.dates.into_iter().map(|found| found.date).collect(),
        authors,
    }
}

/// A date on the page.
struct FoundDate {
    score: i32,
    label: Label,
    place: Place,
    date: PublicationDate,
}

/// Where a date stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Above the first headline, or where there is none.
    Above,
    /// Between headline and text.
    Near,
    /// Below that.
    Below,
}

#[derive(Default)]
struct Scan {
    order: DayMonthOrder,
    headings: Vec<Heading>,
    section: Option<String>,
    dates: Vec<FoundDate>,
    bylines: Vec<(i32, Vec<String>)>,
    landmarks: Landmarks,
    /// Whether the headline has been passed: the first `<h1>`, else the first `<h2>`.
    is_below_headline: bool,
    /// Whether running text has begun below the headline.
    is_in_text: bool,
    /// Whether the article's box is closed.
    is_after: bool,
    /// The box of other articles that is open.
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
                if self.is_below_headline {
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
        // Pages bear the date of the day on which they are read.
        let is_today =
            ["current-date", "currentdate", "date-today", "todays-date"].iter().any(|word| hints.contains(word))
                && text_up_to(node, MAX_LABEL_BYTES).is_some();
        if self.elsewhere.is_none() && (is_today || self.landmarks.elsewhere.contains(&node.id())) {
            self.elsewhere = Some(node.id());
        }
        if self.elsewhere.is_some() {
            return;
        }
        if name == "h1" {
            let text = text_up_to(node, MAX_HEADING_BYTES).unwrap_or_default();
            if !text.is_empty() {
                let pieces = node.children().filter_map(|piece| text_up_to(piece, MAX_HEADING_BYTES));
                let pieces = pieces.filter(|piece| !piece.is_empty()).collect();
                self.headings.push(Heading { text, pieces, is_home_link: is_home_link(node) });
                self.is_in_text = false;
                self.is_below_headline = true;
                self.n_chars_after_heading = 0;
            }
        }
        self.is_below_headline |= name == "h2" && !self.landmarks.has_first_rank;
        self.is_in_text |= self.is_below_headline && self.landmarks.text.contains(&node.id());
        self.look_for_section(node, element);
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
        self.is_after |= self.landmarks.article == Some(node.id());
    }

    /// Near the headline a date is the date of the article; far below it may be any.
    fn nearness(&self) -> i32 {
        match (self.is_below_headline, self.n_chars_after_heading) {
            (false, _) => 1,
            (true, 0..=600) => 3,
            (true, 601..=3000) => 1,
            _ => 0,
        }
    }

    fn look_for_section(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        let has = |name: &str, value: &str| {
            element.attr(name).is_some_and(|values| values.split_whitespace().any(|word| word == value))
        };
        if self.section.is_none()
            && (has("itemprop", "articleSection") || element.name() == "a" && has("rel", "category"))
        {
            let text = text_up_to(node, MAX_LABEL_BYTES).filter(|text| !text.is_empty());
            self.section = text.filter(|text| !text.eq_ignore_ascii_case("uncategorized"));
        }
    }

    /// Dates and bylines that nothing marks but their words.
    fn look_in_text(&mut self, node: NodeRef<'_, Node>, text: &str) {
        let text = text.trim();
        if self.elsewhere.is_some() || text.len() > MAX_LABEL_BYTES || text.len() < 2 || self.nearness() == 0 {
            return;
        }
        // What stands in `<time>` is judged with it.
        let is_in_time = node.parent().and_then(|above| above.value().as_element()).is_some_and(|e| e.name() == "time");
        let has_number = !is_in_time && text.contains(char::is_numeric);
        let is_line = has_number && parse_date_only(text, self.order).is_some();
        // Beside names a date is one of this article only between its headline and its text.
        let is_near = has_number && !self.is_in_text && self.is_below_headline && is_credit(text);
        if (is_line || is_near)
            && let Some((label, date)) = date_in(text, self.order)
        {
            self.add_date(self.nearness() - if is_line { 1 } else { 2 }, label, date);
        }
        let lower = text.to_lowercase();
        let is_opening = ["by", "by:", "written by", "words by", "posted by", "author:"].contains(&lower.as_str())
            || !self.is_in_text && byline::is_opening(text);
        let begins = lower.starts_with("by ") || lower.starts_with("written by ");
        // Other languages have other words, and more sentences that begin with them: above the text they count.
        if is_opening || begins || !self.is_in_text && byline::names_of_line(text).is_some() {
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

    /// Keeps a date, unless it stands where the dates of others do and nothing says whose it is.
    fn add_date(&mut self, score: i32, label: Label, date: PublicationDate) {
        if self.is_after && label != Label::Published {
            return;
        }
        let score = match label {
            Label::Published => score + 2,
            Label::Unsaid => score,
            Label::Updated => score - 3,
        };
        let place = match (self.is_below_headline, self.is_in_text) {
            (false, _) => Place::Above,
            (true, false) => Place::Near,
            (true, true) => Place::Below,
        };
        self.dates.push(FoundDate { score, label, place, date });
    }

    fn look_for_date(&mut self, node: NodeRef<'_, Node>, element: &Element, hints: &str) {
        let itemprop = element.attr("itemprop").unwrap_or("");
        let property = element.attr("property").unwrap_or("");
        let is_property = property.split_whitespace().any(|name| {
            ["datePublished", "dateCreated", "dc:date", "dc:created"].iter().any(|known| name.ends_with(known))
        });
        let is_published = itemprop.contains("datePublished") || itemprop.contains("dateCreated") || is_property;
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
        let stated = stated.filter(PublicationDate::has_day).map(|date| (label_before(node), date));
        let shown = || {
            let (label, date) = date_in(&text_up_to(node, MAX_LABEL_BYTES)?, self.order)?;
            // The `<time>` in a line is more exact than its words.
            let times = node.descendants().filter_map(|inner| inner.value().as_element()?.attr("datetime"));
            let mut times = times.filter_map(|value| parse_date(value, self.order));
            Some((label, times.find(|time| time.first_day() == date.first_day()).unwrap_or(date)))
        };
        let Some((label, date)) = stated.or_else(shown) else { return };
        let says = |words: &[&str]| words.iter().any(|word| hints.contains(word));
        let is_paragraph = node.parent().and_then(|above| above.value().as_element()).is_some_and(|e| e.name() == "p");
        if is_time && !is_hinted && !is_published && self.is_in_text && is_paragraph && label == Label::Unsaid {
            return;
        }
        let mut score = self.nearness();
        score += if is_published { 8 } else { 0 };
        score += if is_time { 2 } else { 0 };
        score += if element.attr("pubdate").is_some() { 4 } else { 0 };
        let is_named = says(&["publish", "posted", "pubdate", "entry-date", "post-date", "article-date"]);
        let is_change = says(&["updated", "modified"]) && !hints.contains("publish");
        let label = match (is_published || is_named, is_change) {
            (true, false) if label == Label::Unsaid => Label::Published,
            (false, true) => Label::Updated,
            _ => label,
        };
        self.add_date(score, label, date);
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
        let named = if is_author_property { node.descendants().take(MAX_LINE_NODES).find(named) } else { None };
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

/// What the word before an element says of the date in it.
fn label_before(node: NodeRef<'_, Node>) -> Label {
    let before = node.prev_sibling();
    let text = before.and_then(|before| text_up_to(before, MAX_LABEL_BYTES)).unwrap_or_default();
    text.split(' ').rev().take(2).find_map(label_of).unwrap_or(Label::Unsaid)
}

/// Whether a heading consists of a link to the front page.
fn is_home_link(heading: NodeRef<'_, Node>) -> bool {
    let is_home = |href: &str| {
        let path = href.split_once("://").map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        matches!(path.trim_matches('/'), "" | "index.html" | "index.php") && !href.is_empty() && !href.starts_with('#')
    };
    let elements = heading.descendants().chain(heading.parent()).filter_map(|node| node.value().as_element());
    elements.filter(|element| element.name() == "a").filter_map(|link| link.attr("href")).any(is_home)
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

#[cfg(test)]
mod tests {
    use crate::read::formats::html::tests::{TEXT, article};

    #[track_caller]
    fn check(page: &str, expected: &str) {
        assert_eq!(article(page).date.map(|date| date.to_string()).unwrap_or_default(), expected, "{page}");
    }

    #[test]
    fn a_line_below_the_headline_bears_the_date() {
        for (line, expected) in [
            ("By Jane Doe | March 14, 2024 | 5 min read", "2024-03-14"),
            ("PUBLISHED: March 14, 2024 at 5:30 a.m. | UPDATED: March 15, 2024 at 7:12 a.m.", "2024-03-14T05:30:00"),
            ("Last updated: 1 May 2024 | First published: 14 March 2024", "2024-03-14"),
            ("Madrid, 14 de marzo de 2024", "2024-03-14"),
            ("On 3 May 1971 the bridge was opened.", ""),
        ] {
            check(&format!("<article><h1>Bridge closed</h1><div>{line}</div><div>{TEXT}</div></article>"), expected);
        }
    }

    #[test]
    fn dates_of_others_are_not_taken() {
        let others = "<div><a href=/a>Storm ahead</a> <time datetime=2024-05-01>1 May</time></div>";
        let story = format!("<article><h1>Bridge closed</h1>{TEXT}</article>");
        check(&format!("{story}{others}"), "");
        check(&format!("{story}{others}<p>Published on 3 May 2019</p>"), "2019-05-03");
        let dated = story.replace("</h1>", "</h1><p>3 May 2019</p>");
        check(&format!("<div class=date>15 March 2024</div>{dated}"), "2019-05-03");
        check(&format!("<div class=current-date>15 March 2024</div>{story}"), "");
        check(&story.replace("</article>", "<p><time datetime=1929-03-03>3 March 1929</time></p></article>"), "");
    }

    #[test]
    fn a_property_bears_the_date() {
        let date = "<span property='dc:date dc:created' content='2013-09-05T10:12:00Z'>Thu, 05/09/2013 - 10:12</span>";
        check(&format!("<article><h1>Bridge closed</h1>{date}{TEXT}</article>"), "2013-09-05T10:12:00Z");
    }

    #[test]
    fn the_time_is_taken_where_the_day_agrees() {
        let time = "<time datetime=2024-03-14T07:30:00Z>14 March</time>";
        let story = format!("<meta name=date content=2024-03-14><article><h1>Bridge closed</h1>{time}{TEXT}</article>");
        check(&story, "2024-03-14T07:30:00Z");
        check(&story.replace("T07", "T23").replace("03-14T", "03-15T"), "2024-03-14");
    }

    #[test]
    fn without_a_first_heading_the_second_is_the_headline() {
        let today = "<table><tr><td>Monday 17 November 2003</td></tr></table>";
        let story =
            format!("<div><h2>Bridge closed</h2><p>By Jane Doe, Editor<br>15 November 2003</p><div>{TEXT}</div></div>");
        check(&format!("<title>Echo</title>{today}{story}"), "2003-11-15");
    }

    #[test]
    fn a_category_is_the_section() {
        let page = format!("<article><h1>Bridge closed</h1>{TEXT}<a href=/c rel='category tag'>Council</a></article>");
        assert_eq!(article(&page).section.as_deref(), Some("Council"));
        assert_eq!(article(&page.replace("Council<", "Uncategorized<")).section, None);
    }

    #[test]
    fn the_time_in_a_line_is_more_exact_than_its_words() {
        let time = "<time datetime=2024-03-14T10:12:00+01:00>Thu, 14/03/2024 - 10:12</time>";
        let line = format!("<span class=submitted-date>Submitted by <b>Jane Doe</b> on {time}</span>");
        let page = format!("<html lang=en-GB><article><h1>Bridge closed</h1>{line}{TEXT}</article>");
        check(&page, "2024-03-14T10:12:00+01:00");
    }

    #[test]
    fn bylines_of_many_languages_need_no_class() {
        for (line, name) in [
            ("<p>Von Anna Müller</p>", "Anna Müller"),
            ("<p>Par <b>Marie Dupont</b></p>", "Marie Dupont"),
            ("<div>Por María López</div>", "María López"),
            ("<p>Autor: Jan Novák</p>", "Jan Novák"),
            ("<p>Autor: <a href=/n>Jan Novák</a></p>", "Jan Novák"),
            ("<p>홍길동 기자</p>", "홍길동"),
        ] {
            let page = format!("<article><h1>Bridge closed</h1>{line}{TEXT}</article>");
            assert_eq!(article(&page).authors, [name], "{line}");
        }
        for line in ["<p>Por la noche</p>", "<p>Von hier nach dort</p>", "<p>Bridge: Closed</p>"] {
            let page = format!("<article><h1>Bridge closed</h1>{line}{TEXT}</article>");
            assert!(article(&page).authors.is_empty(), "{line}");
        }
    }

    #[test]
    fn credits_may_stand_at_the_end_of_the_article() {
        let credit =
            "<span class=author><a rel=author href=/a>Jane Doe</a></span> <time datetime=2019-05-03>3 May</time>";
        let page =
            format!("<article><h1>Bridge closed</h1>{TEXT}<footer class=entry-footer>{credit}</footer></article>");
        check(&page, "2019-05-03");
        assert_eq!(article(&page).authors, ["Jane Doe"]);
    }
}
