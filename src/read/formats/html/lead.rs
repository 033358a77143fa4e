//! Where an article begins: standfirst, introduction, first paragraph, however short.
//!
//! Between headline and text stand labels, credits and dates; what begins the article is told from them
//! by ending like a sentence, by its name, or by being what the page itself gives as its summary.

use ego_tree::NodeRef;
use scraper::Node;

use super::credit::{MAX_CREDIT_BYTES, is_credit};
use super::dom::{is_inline, line_of, text_of, text_up_to};
use super::metadata::Facts;
use super::outline::{MIN_RUNNING_CHARS, Outline, Part};
use super::title::key;
use crate::read::byline::names_of_line;
use crate::read::furniture::is_furniture;

/// What stands between headline and text is longer than this only where it is something else.
const MAX_INTRODUCTION_CHARS: usize = 2000;

/// Names of what stands between headline and text and is part of the article, whole words.
const STANDFIRSTS: &[&str] = &[
    "bajada",
    "chapo",
    "deck",
    "dek",
    "entradilla",
    "ingress",
    "lead",
    "lede",
    "perex",
    "sapo",
    "sommario",
    "standfirst",
    "strapline",
    "subdeck",
    "subhead",
    "subheading",
    "subheadline",
    "subtitle",
    "subtitulo",
    "summary",
    "vorspann",
];

/// Longer texts are no summaries.
const MAX_SUMMARY_BYTES: usize = 1000;

/// A shorter standfirst is a label.
const MIN_STANDFIRST_CHARS: usize = 15;

/// A shorter line around a standfirst is its label.
const MIN_OUTER_CHARS: usize = 100;

/// Names and dates take up no more lines above the text.
pub(super) const MAX_CREDITS: usize = 3;

/// A line with fewer words in small letters is a label, a name, a date.
const MIN_SMALL_WORDS: usize = 4;

/// A shorter sentence, its stop included, is a label.
const MIN_SENTENCE_CHARS: usize = 10;

/// What is known of the beginning before the text is found.
pub(super) struct Lead {
    /// Letters and digits of the headline.
    title: String,
    /// Those of the summaries.
    summaries: Vec<String>,
}

impl Lead {
    pub(super) fn of(facts: &Facts) -> Self {
        Self {
            title: key(&facts.draft.title),
            summaries: facts.summaries.iter().filter(|summary| !summary.is_empty()).cloned().collect(),
        }
    }

    /// A standfirst, or a first paragraph that stands apart: sentences between the headline and the box.
    pub(super) fn introduction(&self, outline: &Outline<'_>, container: usize, skipped: &[bool]) -> Vec<String> {
        let parts = &outline.parts;
        let Some(headline) = self.headline(outline, 0, container, skipped) else { return Vec::new() };
        let mut introduction = Vec::new();
        let mut n_chars = 0;
        let is_text = |part: &Part<'_>| {
            part.is_running() || self.is_standfirst(part) || part.element.name() == "p" && is_sentence(part, part)
        };
        let holds_text = |at: usize| (at + 1..parts[at].end).any(|at| !skipped[at] && is_text(&parts[at]));
        let mut at = parts[headline].end;
        while at < container {
            let part = &parts[at];
            let is_part = !skipped[at]
                && part.end <= container
                && part.own_chars > 0
                && is_text(part)
                && !is_label(part)
                && (part.own_chars >= MIN_OUTER_CHARS || !holds_text(at));
            if !is_part {
                at += 1;
                continue;
            }
            n_chars += part.chars;
            introduction.push(text_of(part.node));
            at = part.end;
        }
        if n_chars > MAX_INTRODUCTION_CHARS {
            introduction.clear();
        }
        introduction.extend(text_before(outline, container).filter(|_| headline < container));
        introduction
    }

    /// Takes back that a box between headline and text is called something else, where its text is the
    /// summary of the article.
    pub(super) fn reclaim(&self, outline: &Outline<'_>, container: usize, skipped: &mut [bool]) {
        let parts = &outline.parts;
        let is_first = |&at: &usize| !skipped[at] && parts[at].is_running();
        let Some(first) = (container..parts[container].end).find(is_first) else { return };
        let Some(headline) = self.headline(outline, 0, first, skipped) else { return };
        let mut at = parts[headline].end;
        while at < first {
            let end = parts[at].end;
            if !skipped[at] {
                at += 1;
                continue;
            }
            let is_long = parts[at].chars >= MIN_STANDFIRST_CHARS;
            let text = if is_long { text_up_to(parts[at].node, MAX_SUMMARY_BYTES) } else { None };
            if text.is_some_and(|text| self.summaries.contains(&key(&text))) {
                skipped[at..end].fill(false);
            }
            at = end;
        }
    }

    /// Whether a short block above the running text is a part of the article.
    pub(super) fn is_opening(&self, outline: &Outline<'_>, at: usize, running: usize) -> bool {
        let (part, first) = (&outline.parts[at], &outline.parts[running]);
        part.end <= running
            && part.is_block
            && part.link_share() <= 0.5
            && (self.is_standfirst(part) && !is_label(part)
                || is_line_of_words(part)
                || is_sentence(part, first)
                || is_list_of_points(outline, at, running)
                || is_dateline(part, first))
    }

    /// The last element before `end` that shows the headline.
    fn headline(&self, outline: &Outline<'_>, start: usize, end: usize, skipped: &[bool]) -> Option<usize> {
        let parts = &outline.parts;
        let is_first_rank = |part: &Part<'_>| part.element.name() == "h1" && part.chars > 0;
        (start..end).rev().find(|&at| !skipped[at] && (is_first_rank(&parts[at]) || self.is_title(&parts[at])))
    }

    fn is_title(&self, part: &Part<'_>) -> bool {
        let is_alike = part.is_block && part.own_chars > 0 && part.chars <= self.title.len() * 4;
        is_alike && !self.title.is_empty() && line_of(part.node).is_some_and(|line| key(&line) == self.title)
    }

    /// Whether a block is named or known as a part of the article between headline and text.
    fn is_standfirst(&self, part: &Part<'_>) -> bool {
        if part.own_chars < MIN_STANDFIRST_CHARS || part.link_share() > 0.5 {
            return false;
        }
        let is_named = part.hints.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| STANDFIRSTS.contains(&word));
        is_named || text_up_to(part.node, MAX_SUMMARY_BYTES).is_some_and(|text| self.summaries.contains(&key(&text)))
    }
}

/// A first paragraph that stands bare before the box.
fn text_before(outline: &Outline<'_>, container: usize) -> Option<String> {
    let part = &outline.parts[container];
    if !outline.parts[part.parent].is_running() {
        return None;
    }
    let is_bare = |node: &NodeRef<'_, Node>| match node.value() {
        Node::Element(element) => is_inline(*node, element),
        _ => true,
    };
    let mut pieces: Vec<String> = part.node.prev_siblings().take_while(is_bare).map(text_of).collect();
    pieces.reverse();
    let text = pieces.join(" ").trim().to_owned();
    let is_long = text.chars().count() >= MIN_RUNNING_CHARS;
    (is_long && !is_credit(&text)).then_some(text)
}

/// Where the text begins inside the article's box.
pub(super) struct Start {
    /// The first element that is a part of the article, however short.
    pub(super) first: usize,
    /// The first of running text.
    pub(super) running: usize,
}

/// Finds the beginning of the text inside the article's box.
pub(super) fn start_of_text(outline: &Outline<'_>, container: usize, skipped: &[bool], lead: &Lead) -> Start {
    let parts = &outline.parts;
    let range = container + 1..parts[container].end;
    // The caption of a picture above the text is none of it.
    let mut end_of_caption = 0;
    let is_running = |at: &usize| {
        if parts[*at].element.name() == "figcaption" {
            end_of_caption = parts[*at].end;
        }
        !skipped[*at] && parts[*at].is_running() && *at >= end_of_caption
    };
    let running: Vec<usize> = range.clone().filter(is_running).take(MAX_CREDITS + 1).collect();
    // A row of such lines is a list of events.
    let n_credits = running.iter().take_while(|at| is_credit_line(&parts[**at])).count();
    let running = running.get(if n_credits > MAX_CREDITS { 0 } else { n_credits }).copied();
    let Some(running) = running else { return Start { first: range.start, running: range.start } };
    let headline = lead.headline(outline, container + 1, running, skipped);
    let start = headline.map_or(range.start, |at| parts[at].end);
    let first = (start..running).find(|&at| !skipped[at] && lead.is_opening(outline, at, running));
    Start { first: first.unwrap_or(running), running }
}

/// A short block that ends like a sentence.
fn is_sentence(part: &Part<'_>, first: &Part<'_>) -> bool {
    let name = part.element.name();
    let is_paragraph =
        matches!(name, "p" | "li" | "blockquote") || name == first.element.name() && part.parent == first.parent;
    if !is_paragraph || part.own_chars < MIN_SENTENCE_CHARS || part.heading_rank().is_some() || is_label(part) {
        return false;
    }
    let Some(text) = line_of(part.node) else { return false };
    let text = text.trim_end_matches(['"', '”', '»', '’', '\'', '“', '」', '』', ')', '）']);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟']) && text.split_whitespace().count() >= 2
        || text.ends_with(['。', '！', '？'])
}

/// A paragraph without a stop that says something: "Drivers will have to take the ferry until autumn".
fn is_line_of_words(part: &Part<'_>) -> bool {
    if part.element.name() != "p" || part.n_links > 0 || part.own_chars < MIN_STANDFIRST_CHARS || is_label(part) {
        return false;
    }
    let Some(text) = line_of(part.node) else { return false };
    let n_words = text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    n_words >= MIN_SMALL_WORDS && !text.contains(['|', '©', '@']) && !is_furniture(&text)
}

/// Points before the first paragraph, of which none leads anywhere.
fn is_list_of_points(outline: &Outline<'_>, at: usize, first: usize) -> bool {
    let parts = &outline.parts;
    let part = &parts[at];
    if !matches!(part.element.name(), "ul" | "ol") || part.n_links > 0 || part.parent != parts[first].parent {
        return false;
    }
    let n_items = outline.children(at).filter(|&item| parts[item].element.name() == "li").count();
    n_items >= 2 && part.chars >= n_items * MIN_STANDFIRST_CHARS
}

/// A dateline in a paragraph of its own: "HALDEN, Minn. (AP) —".
fn is_dateline(part: &Part<'_>, first: &Part<'_>) -> bool {
    if part.element.name() != "p" || part.parent != first.parent || part.chars > MIN_RUNNING_CHARS {
        return false;
    }
    let Some(text) = line_of(part.node) else { return false };
    let word = text.split([' ', ',']).next().unwrap_or("");
    let is_place = word.chars().count() >= 3 && word.chars().all(char::is_uppercase);
    is_place && text.ends_with([')', '—', '–']) && text.contains(['(', ','])
}

/// Whether a block is nothing but names and dates.
pub(super) fn is_credit_line(part: &Part<'_>) -> bool {
    let is_line = |text: String| is_credit(&text) || names_of_line(&text).is_some();
    part.is_block && part.own_chars > 0 && text_up_to(part.node, MAX_CREDIT_BYTES).is_some_and(is_line)
}

/// Whether a block says who wrote it, who paid for it, when, or how long reading it takes.
pub(super) fn is_label(part: &Part<'_>) -> bool {
    let Some(text) = text_up_to(part.node, MAX_INTRODUCTION_CHARS) else { return false };
    let lower = text.to_lowercase();
    ["commission", "affiliate", "sponsored", "min read"].iter().any(|word| lower.contains(word))
        || ["by ", "reviewed by", "written by", "updated", "published", "posted"]
            .iter()
            .any(|start| lower.starts_with(start))
        || text.len() <= MAX_CREDIT_BYTES && (is_credit(&text) || names_of_line(&text).is_some())
}

#[cfg(test)]
mod tests {
    use crate::read::formats::html::tests::{TEXT, article};

    /// The paragraphs before the running text of an article with `between` below its headline.
    #[track_caller]
    fn check(between: &str, expected: &[&str]) {
        let head = "<title>Bridge closed</title><meta name=description content='Ferry returns to the river'>";
        for page in [
            format!("<article><h1>Bridge closed</h1>{between}{TEXT}</article>"),
            format!("<article><h1>Bridge closed</h1><div>{between}</div><div>{TEXT}</div></article>"),
            format!("<div><h2>Bridge closed</h2><div>{between}</div><div>{TEXT}</div></div>"),
        ] {
            let body = article(&format!("{head}{page}")).body;
            let found: Vec<&str> = body.split("\n\n").take_while(|text| !text.starts_with("The council")).collect();
            assert_eq!(found, expected, "{page}");
        }
    }

    #[test]
    fn credits_are_no_part_of_the_text() {
        check("<p>By Jane Doe</p>", &[]);
        check("<div>Jane Doe, Political Editor | 14 March 2024 | Updated 15 March 2024</div>", &[]);
        check("<div>Von Karla Menz und Timo Brod, Berlin | 14.03.2024, 11:30 Uhr | Lesezeit 3 Min.</div>", &[]);
    }

    #[test]
    fn a_caption_above_the_headline_is_not_the_beginning() {
        let figure = "<figure><figcaption>The bridge seen from the quay on a morning in May, before it was closed</figcaption></figure>";
        let page = format!("<article>{figure}<p>Open in full</p><h1>Bridge closed</h1><p>Politics</p>{TEXT}</article>");
        assert!(article(&page).body.starts_with("The council closed"), "{page}");
    }

    #[test]
    fn dates_in_the_text_are_no_credits() {
        let diary = format!(
            "<p>The bridge stayed closed for the three weeks that this diary covers.</p><p>14 March 2024</p>{TEXT}"
        );
        assert!(article(&format!("<article><h1>A diary</h1>{diary}</article>")).body.contains("14 March 2024"));
        let row = "<p>Wednesday, 14 March 2024, Large Hall, Jane Doe, Chair</p>";
        let body = article(&format!("<article><h1>Events</h1>{}{TEXT}</article>", row.repeat(6))).body;
        assert_eq!(body.matches("Large Hall").count(), 6, "{body}");
        let body = article(&format!("<article><h1>Events</h1>{TEXT}{}{TEXT}</article>", row.repeat(6))).body;
        assert_eq!(body.matches("Large Hall").count(), 6, "{body}");
    }

    #[test]
    fn a_standfirst_may_be_short() {
        check("<p class=article-standfirst>What it costs</p>", &[]);
        check("<p class=article-standfirst>What it costs the town</p>", &["What it costs the town"]);
        check("<div>Ferry returns to the river</div>", &["Ferry returns to the river"]);
        check("<div>Wednesday edition of the paper</div>", &[]);
        let line = "The ferry returns after fifty years, and with it the long queues at the quay";
        check(&format!("<p>{line}</p><p>By Jane Doe</p>"), &[line]);
    }

    /// The paragraphs before the running text of an article that begins with `opening`.
    #[track_caller]
    fn check_opening(opening: &str, expected: &[&str]) {
        let page = format!("<article><h1>Bridge closed</h1><p>By Jane Doe</p><div>{opening}{TEXT}</div></article>");
        let body = article(&page).body;
        let found: Vec<&str> = body.split("\n\n").take_while(|text| !text.starts_with("The council")).collect();
        assert_eq!(found, expected, "{page}");
    }

    #[test]
    fn an_article_may_begin_with_a_short_sentence() {
        check_opening("<p>It began with a phone call.</p>", &["It began with a phone call."]);
        check_opening("<p>Not any more.</p><p>The ferry is back</p>", &["Not any more.", "The ferry is back"]);
        check_opening("<blockquote>“I saw it fall.”</blockquote>", &["“I saw it fall.”"]);
        check_opening(
            "<ul><li>Bridge to close in May</li><li>Ferry to run hourly</li></ul>",
            &["Bridge to close in May\nFerry to run hourly"],
        );
        check_opening("<p><b>HALDEN, Minn. (AP)</b></p>", &["HALDEN, Minn. (AP)"]);
        check_opening("<p>Drivers will have to take the ferry</p>", &["Drivers will have to take the ferry"]);
        check_opening("<p>Read our newsletter about the roads | more</p><p>Roads and Rivers of the North</p>", &[]);
        check_opening("<p>Photo: Jane Doe</p><p>Politics</p>", &[]);
        check_opening("<ul><li><a href=/a>Bridge to close in May</a></li><li><a href=/b>Ferries</a></li></ul>", &[]);
        check_opening("<p>Published 3 May 2024.</p>", &[]);
    }

    #[test]
    fn a_sentence_without_spaces_is_long_at_half_the_length() {
        let page = "<h1>大桥关闭</h1><div class=nav><a href=/>首页</a></div><div><p>市议会星期二晚上决定关闭大桥。</p>\
            <p>居民表示反对。</p><p>工程将于明年春天开始，费用约三亿元。</p></div>\
            <div><p>网站备案号 京12345678号-1 举报电话：010-12345678 版权所有</p></div>";
        let body = article(page).body;
        assert!(
            body.starts_with(
                "市议会星期二晚上决定关闭大桥。\n\n居民表示反对。\n\n工程将于明年春天开始，费用约三亿元。"
            ),
            "{body}"
        );
    }

    #[test]
    fn a_first_paragraph_may_stand_bare_before_the_box() {
        let lead = "“We have been promised a new bridge by four ministers,” said Lena Brandt.";
        for lead_as_is in [lead.to_owned(), format!("<strong>{lead}</strong>"), format!("<span class=x>{lead}</span>")]
        {
            let page = format!("<table><tr><td><h1>Bridge closed</h1>{lead_as_is}<div>{TEXT}</div></td></tr></table>");
            assert!(article(&page).body.starts_with(lead), "{page}");
        }
    }
}
