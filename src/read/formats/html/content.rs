//! Which part of a page is the article.
//!
//! The work is done by the `trafilatura` crate behind [`extract`], so that it can be replaced; where
//! it fails or finds next to nothing, a plainer way takes over: the paragraphs of the container that
//! holds most of them.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

use super::dom::{hints, text_of};
use super::metadata::Facts;
use super::render;
use crate::read::prose::{Prose, paragraphs};

/// A result shorter than this makes us look for a better one.
const MIN_CONTENT_BYTES: usize = 250;

/// A paragraph shorter than this is a caption or a label.
const MIN_PARAGRAPH_CHARS: usize = 40;

/// Finds the article's text.
pub(super) fn main_text(page: &Html, html: &str, facts: &Facts) -> String {
    let mut best = without_title(extract(html).unwrap_or_default(), &facts.draft.title);
    if best.len() < MIN_CONTENT_BYTES {
        let plainer = densest(page);
        if plainer.len() > best.len() * 2 {
            best = plainer;
        }
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

/// The main content by `trafilatura`; `None` when it fails, whatever way.
fn extract(html: &str) -> Option<String> {
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

/// The paragraphs below the element that has most paragraph text of its own.
fn densest(page: &Html) -> String {
    let mut weights: HashMap<NodeId, usize> = HashMap::new();
    for node in page.tree.root().descendants().filter(|node| is_named(*node, "p")) {
        let n_chars = text_of(node).chars().count();
        if n_chars >= MIN_PARAGRAPH_CHARS
            && let Some(parent) = node.parent()
        {
            *weights.entry(parent.id()).or_default() += n_chars;
        }
    }
    // Equal weights: the first of the page, so that the result does not depend on the map's order.
    let best = page.tree.root().descendants().filter_map(|node| Some((*weights.get(&node.id())?, node)));
    let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let Some((_, container)) = best else { return String::new() };
    let mut prose = Prose::default();
    render::render(container, &mut prose, &|node| {
        node.value().as_element().is_some_and(|element| {
            matches!(element.name(), "nav" | "footer" | "aside" | "form") || hints(element).contains("comment")
        })
    });
    prose.finish()
}

fn is_named(node: NodeRef<'_, Node>, name: &str) -> bool {
    node.value().as_element().is_some_and(|element| element.name() == name)
}
