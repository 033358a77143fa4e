//! Which part of a page is the article.
//!
//! Running text is told from labels by its length and by how little of it is links. The article is the
//! innermost box that still holds most of the running text of the page; what inside it calls itself
//! something else, or consists of links, is left out. Where that finds next to nothing, the
//! `trafilatura` crate is asked, behind [`second_opinion`], so that it can be replaced.

use std::panic::{AssertUnwindSafe, catch_unwind};

use scraper::Html;

use super::boilerplate::{self, Kind};
use super::dom::text_of;
use super::leftovers;
use super::metadata::Facts;
use super::outline::{Outline, Part};
use super::render;
use crate::read::prose::{Prose, paragraphs};

/// The article is looked for in the child that holds this share of its parent's running text. Lower
/// loses the parts of articles that are built of several boxes, higher keeps what stands around them.
const DESCENT_SHARE: f64 = 0.7;

/// A box that calls itself something else is believed unless it holds this share of the page's text.
const MAX_OTHER_SHARE: f64 = 0.3;

/// What stands between headline and text is longer than this only where it is something else.
const MAX_INTRODUCTION_CHARS: usize = 2000;

/// Comments are often longer than what they comment on.
const MAX_COMMENTS_SHARE: f64 = 0.85;

/// A result shorter than this makes us look for a better one.
const MIN_CONTENT_BYTES: usize = 250;

/// The second opinion takes ten times as long; what is in no hurry to say anything in a page of this
/// size is not an article.
const MAX_SECOND_OPINION_BYTES: usize = 2 << 20;

/// Finds the article's text.
pub(super) fn main_text(page: &Html, html: &str, facts: &Facts) -> String {
    let mut best = own_opinion(page);
    if best.len() < MIN_CONTENT_BYTES
        && html.len() <= MAX_SECOND_OPINION_BYTES
        && let Some(other) = second_opinion(html)
        && other.len() > best.len() * 2
    {
        best = without_title(other, &facts.draft.title);
    }
    if let Some(stated) = &facts.stated_body {
        let stated =
            if super::is_markup(stated) { super::plain_text(stated) } else { paragraphs(&super::unescape(stated)) };
        if stated.len() > best.len() * 2 && stated.len() >= MIN_CONTENT_BYTES {
            best = stated;
        }
    }
    if best.is_empty() {
        let mut prose = Prose::default();
        render::render(page.tree.root(), &mut prose, &|_| false);
        best = prose.finish();
    }
    best
}

fn own_opinion(page: &Html) -> String {
    let outline = Outline::of(page);
    if outline.parts.is_empty() {
        return String::new();
    }
    let skipped = boilerplate_parts(&outline);
    let running = outline.sums(running_chars(&outline, &skipped));
    let container = container(&outline, &running, &skipped);
    let left_out = leftovers::of(&outline, container, &skipped, &running);
    let mut prose = Prose::default();
    for part in introduction(&outline, container, &skipped) {
        prose.paragraph();
        prose.text(&text_of(part.node));
        prose.paragraph();
    }
    render::render(outline.parts[container].node, &mut prose, &|node| left_out.contains(&node.id()));
    prose.finish()
}

/// A standfirst, or a first paragraph that stands apart: sentences between the headline and the box.
fn introduction<'o, 'a>(outline: &'o Outline<'a>, container: usize, skipped: &[bool]) -> Vec<&'o Part<'a>> {
    let parts = &outline.parts;
    let headline =
        (0..container).rev().find(|&at| parts[at].element.name() == "h1" && !skipped[at] && parts[at].chars > 0);
    let Some(headline) = headline else { return Vec::new() };
    let between = parts[headline].end..container;
    let sentences = between.filter(|&at| !skipped[at] && parts[at].is_running() && parts[at].end <= container);
    let is_credit = |part: &Part<'_>| {
        let text = text_of(part.node).to_lowercase();
        ["commission", "affiliate", "sponsored", "min read"].iter().any(|word| text.contains(word))
            || ["by ", "reviewed by", "written by", "updated", "published", "posted"]
                .iter()
                .any(|start| text.starts_with(start))
    };
    let introduction: Vec<&Part<'_>> = sentences.map(|at| &parts[at]).filter(|part| !is_credit(part)).collect();
    let n_chars: usize = introduction.iter().map(|part| part.own_chars).sum();
    if n_chars <= MAX_INTRODUCTION_CHARS { introduction } else { Vec::new() }
}

/// For each element, whether it lies in a box that calls itself something else.
fn boilerplate_parts(outline: &Outline<'_>) -> Vec<bool> {
    let none = vec![false; outline.parts.len()];
    let running = outline.sums(running_chars(outline, &none));
    let mut skipped = none;
    for (index, part) in outline.parts.iter().enumerate() {
        let is_inside = part.parent != index && skipped[part.parent];
        let share = running[index] as f64 / running[0].max(1) as f64;
        let most = match boilerplate::kind_of(part.element) {
            Kind::Unnamed => -1.0,
            Kind::Other => MAX_OTHER_SHARE,
            Kind::Comments => MAX_COMMENTS_SHARE,
        };
        skipped[index] = is_inside || share <= most;
    }
    skipped
}

/// For each element, the characters of running text directly in it.
fn running_chars(outline: &Outline<'_>, skipped: &[bool]) -> Vec<usize> {
    let chars = |(part, skipped): (&Part<'_>, &bool)| if !skipped && part.is_running() { part.own_chars } else { 0 };
    outline.parts.iter().zip(skipped).map(chars).collect()
}

/// The innermost box with most of the running text.
fn container(outline: &Outline<'_>, running: &[usize], skipped: &[bool]) -> usize {
    let mut container = 0;
    loop {
        let children = outline.children(container).filter(|&child| !skipped[child]);
        // The first of equals, so that the result is the same each time.
        let Some(best) = children.reduce(|best, next| if running[next] > running[best] { next } else { best }) else {
            return container;
        };
        let is_box = !matches!(
            outline.parts[best].element.name(),
            "p" | "ul" | "ol" | "dl" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li"
        );
        let holds_most = running[best] as f64 >= running[container] as f64 * DESCENT_SHARE;
        if !is_box || !holds_most || running[best] == 0 {
            return container;
        }
        container = best;
    }
}

/// The main content by `trafilatura`; `None` when it fails, whatever way.
fn second_opinion(html: &str) -> Option<String> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    let result = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(html, &options))).ok()?.ok()?;
    let content = Html::parse_fragment(&result.content_html);
    let mut prose = Prose::default();
    render::render(content.tree.root(), &mut prose, &|_| false);
    Some(prose.finish())
}

/// The headline is a field of its own.
fn without_title(text: String, title: &str) -> String {
    match text.split_once("\n\n") {
        Some((first, rest)) if !title.is_empty() && first.trim() == title => rest.to_owned(),
        _ => text,
    }
}
