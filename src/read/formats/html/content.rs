//! Which part of a page is the article.
//!
//! Running text is told from labels by its length and by how little of it is links. The article is the
//! innermost box that still holds most of the running text of the page; what inside it calls itself
//! something else, or consists of links, is left out. Where that finds next to nothing, the
//! `trafilatura` crate is asked, behind [`second_opinion`], so that it can be replaced.

use std::panic::{AssertUnwindSafe, catch_unwind};

use scraper::Html;

use super::boilerplate::{self, Kind};
use super::container;
use super::lead::Lead;
use super::leftovers;
use super::metadata::Facts;
use super::outline::{Outline, Part};
use super::render;
use super::script_state;
use super::seams;
use super::threads;
use crate::read::prose::{Prose, paragraphs};

/// A box that calls itself something else is believed unless it holds this share of the page's text.
const MAX_OTHER_SHARE: f64 = 0.3;

/// Sites that hide the article, or parts of it, until a script runs or a reader clicks, hide more of the text.
const MAX_HIDDEN_SHARE: f64 = 0.05;

/// Comments are often longer than what they comment on.
const MAX_COMMENTS_SHARE: f64 = 0.85;

/// Below a headline, and beside so much running text, comments may be as long as they like.
const MIN_ARTICLE_CHARS: usize = 400;

/// A result shorter than this makes us look for a better one.
const MIN_CONTENT_BYTES: usize = 250;

/// The second opinion takes ten times as long; what is in no hurry to say anything in a page of this
/// size is not an article.
const MAX_SECOND_OPINION_BYTES: usize = 2 << 20;

/// The second opinion recurses; nested tables of some hundred levels overflow its stack, which no
/// `catch_unwind` can catch.
const MAX_SECOND_OPINION_DEPTH: usize = 120;

/// Finds the article's text.
pub(super) fn main_text(page: &Html, outline: &Outline<'_>, html: &str, facts: &Facts) -> String {
    let mut best = own_opinion(outline, &Lead::of(facts));
    if best.len() < MIN_CONTENT_BYTES
        && html.len() <= MAX_SECOND_OPINION_BYTES
        && outline.depth <= MAX_SECOND_OPINION_DEPTH
        && let Some(other) = second_opinion(html)
        && other.len() > best.len() * 2
    {
        best = without_title(seams::opened(&other, &all_text(page)), &facts.draft.title);
    }
    if let Some(stated) = &facts.stated_body {
        let stated =
            if super::is_markup(stated) { super::plain_text(stated) } else { paragraphs(&super::unescape(stated)) };
        if stated.len() > best.len() * 2 && stated.len() >= MIN_CONTENT_BYTES {
            best = stated;
        }
    }
    if best.len() < MIN_CONTENT_BYTES
        && let Some(kept) = script_state::article_text(page, &facts.draft.title)
        && kept.len() > best.len() * 2
        && kept.len() >= MIN_CONTENT_BYTES
    {
        best = kept;
    }
    if best.is_empty() { all_text(page) } else { best }
}

/// All text of a page, as a reader sees it.
pub(super) fn all_text(page: &Html) -> String {
    let mut prose = Prose::default();
    render::render(page.tree.root(), &mut prose, &|_| false);
    prose.finish()
}

fn own_opinion(outline: &Outline<'_>, lead: &Lead) -> String {
    if outline.parts.is_empty() {
        return String::new();
    }
    let mut skipped = boilerplate_parts(outline);
    let running = outline.sums(running_chars(outline, &skipped));
    let container = container::of(outline, &running, &mut skipped);
    lead.reclaim(outline, container, &mut skipped);
    let left_out = leftovers::of(outline, container, &skipped, &running, lead);
    let mut prose = Prose::default();
    for text in lead.introduction(outline, container, &skipped) {
        prose.paragraph();
        prose.text(&text);
        prose.paragraph();
    }
    render::render(outline.parts[container].node, &mut prose, &|node| left_out.contains(&node.id()));
    prose.finish()
}

/// For each element, whether it lies in a box that calls itself something else.
fn boilerplate_parts(outline: &Outline<'_>) -> Vec<bool> {
    let none = vec![false; outline.parts.len()];
    let running = outline.sums(running_chars(outline, &none));
    let threads = threads::of(outline);
    let kinds: Vec<Kind> = outline.parts.iter().map(|part| boilerplate::kind_of(part.element, &part.hints)).collect();
    let hides_little = hidden_chars(outline, &running, &kinds) as f64 <= running[0] as f64 * MAX_HIDDEN_SHARE;
    let mut skipped = none;
    let mut has_headline = false;
    for (index, part) in outline.parts.iter().enumerate() {
        let is_inside = part.parent != index && skipped[part.parent];
        let share = running[index] as f64 / running[0].max(1) as f64;
        has_headline |= !is_inside && part.element.name() == "h1" && part.chars > 0;
        let kind = if threads[index] { Kind::Comments } else { kinds[index] };
        let is_other = match kind {
            Kind::Unnamed => false,
            Kind::Other => share <= MAX_OTHER_SHARE,
            Kind::Hidden => hides_little,
            Kind::Comments => {
                let holds_headline = || (index..part.end).any(|at| outline.parts[at].element.name() == "h1");
                let rest = running[0] - running[index];
                share <= MAX_COMMENTS_SHARE || has_headline && rest >= MIN_ARTICLE_CHARS && !holds_headline()
            }
        };
        skipped[index] = is_inside || is_other;
    }
    skipped
}

/// Running text in elements that a browser does not show.
fn hidden_chars(outline: &Outline<'_>, running: &[usize], kinds: &[Kind]) -> usize {
    let (mut at, mut n_chars) = (0, 0);
    while at < outline.parts.len() {
        let is_hidden = kinds[at] == Kind::Hidden;
        n_chars += if is_hidden { running[at] } else { 0 };
        at = if is_hidden { outline.parts[at].end } else { at + 1 };
    }
    n_chars
}

/// For each element, the characters of running text directly in it.
fn running_chars(outline: &Outline<'_>, skipped: &[bool]) -> Vec<usize> {
    let chars = |(part, skipped): (&Part<'_>, &bool)| if !skipped && part.is_running() { part.own_chars } else { 0 };
    outline.parts.iter().zip(skipped).map(chars).collect()
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
