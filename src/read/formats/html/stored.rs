//! The story in a piece of HTML that feeds, exports and services store: its text without what a site sets
//! among its paragraphs.
//!
//! Only what shows by its own words that it is no part of the story goes: a page has boxes with names and
//! a headline to tell by, a piece of HTML has not.

use std::collections::HashSet;

use ego_tree::NodeRef;
use scraper::{Html, Node};

use super::dom::{text_of, text_up_to};
use super::render::render;
use super::shape;
use crate::read::furniture::{MAX_FURNITURE_CHARS, is_furniture, is_heading_of_others, is_pointer};
use crate::read::prose::Prose;

/// Bytes of the longest line of furniture: its characters take at most four each.
const MAX_LINE_BYTES: usize = 4 * MAX_FURNITURE_CHARS;

/// A box beside a story that is longer is read, whatever stands in it.
const MAX_BOX_BYTES: usize = 2000;

/// A line that ends as sentences do and is not shorter is text of the box, not a label.
const MIN_SENTENCE_CHARS: usize = 50;

/// The text of a piece of HTML, in paragraphs, without pointers to other stories, furniture, and boxes that
/// hold nothing else. All of it, where nothing else stands there.
pub(in crate::read::formats) fn story_text(html: &str) -> String {
    if shape::check(html).is_err() {
        return String::new();
    }
    let fragment = Html::parse_fragment(html);
    let text = |skip: &dyn Fn(NodeRef<'_, Node>) -> bool| {
        let mut prose = Prose::default();
        render(fragment.tree.root(), &mut prose, skip);
        prose.finish()
    };
    let story = text(&is_beside_story);
    if story.is_empty() { text(&|_| false) } else { story }
}

fn is_beside_story(node: NodeRef<'_, Node>) -> bool {
    let Some(element) = node.value().as_element() else { return false };
    match element.name() {
        "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "figure" | "div" => is_line_beside(node),
        "aside" => is_box_beside(node),
        _ => false,
    }
}

/// Whether a block is a line of furniture, or points to another story and leads there.
fn is_line_beside(block: NodeRef<'_, Node>) -> bool {
    let Some(line) = text_up_to(block, MAX_LINE_BYTES).filter(|line| !line.is_empty()) else { return false };
    // Below a break in a line the story may go on.
    let is_broken = || block.descendants().any(|inner| inner.value().as_element().is_some_and(|e| e.name() == "br"));
    is_furniture(&line) || is_pointer(&line) && leads_on(block, &line) && !is_broken()
}

/// Whether most of what stands behind the first word of a pointer is linked: a sentence may hold a link too.
fn leads_on(block: NodeRef<'_, Node>, line: &str) -> bool {
    let n_letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let n_behind = line.split_once([':', '：']).map_or(n_letters(line), |(_, behind)| n_letters(behind));
    let n_linked: usize = links(block).map(|link| n_letters(&text_of(link))).sum();
    n_linked > 0 && 2 * n_linked >= n_behind
}

/// Whether a box holds links and furniture, and no sentence: below a heading of others, or in every line but its
/// own heading.
fn is_box_beside(inner: NodeRef<'_, Node>) -> bool {
    if text_up_to(inner, MAX_BOX_BYTES).is_none() {
        return false;
    }
    let mut prose = Prose::default();
    render(inner, &mut prose, &|_| false);
    let text = prose.finish();
    let linked: HashSet<String> = links(inner).map(text_of).collect();
    let is_beside = |line: &str| is_furniture(line) || is_pointer(line) || linked.contains(line);
    let is_sentence =
        |line: &str| line.chars().count() >= MIN_SENTENCE_CHARS && line.ends_with(['.', '!', '?', '”', '。']);
    let lines = || text.lines().filter(|line| !line.is_empty());
    if lines().next().is_some_and(is_heading_of_others) {
        return !lines().any(|line| is_sentence(line) && !is_beside(line));
    }
    let is_first_heading = lines().next().is_some_and(|line| !is_sentence(line));
    lines().any(is_beside) && lines().skip(usize::from(is_first_heading)).all(is_beside)
}

fn links(node: NodeRef<'_, Node>) -> impl Iterator<Item = NodeRef<'_, Node>> {
    node.descendants().filter(|inner| inner.value().as_element().is_some_and(|element| element.name() == "a"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(between: &str, expected: &str) {
        let html = format!("<p>The ferry hit the quay.</p>{between}<p>Nobody was hurt.</p>");
        let expected = if expected.is_empty() { String::new() } else { format!("{expected}\n\n") };
        assert_eq!(story_text(&html), format!("The ferry hit the quay.\n\n{expected}Nobody was hurt."));
    }

    #[test]
    fn pointers_and_boxes_between_paragraphs_go() {
        check("<p>Related: <a href='/q'>Quays of the north</a></p>", "");
        check("<aside><p><span>Related: </span><a href='/q'>Quays of the north</a></p></aside>", "");
        check("<aside><h3>Newsletter</h3><p>Sign up for our newsletter</p></aside>", "");
        check("<aside><h3>Harbours</h3><ul><li><a href='/q'>Quays of the north</a></li></ul></aside>", "");
        check("<p>Advertisement</p>", "");
    }

    #[test]
    fn text_between_paragraphs_stays() {
        check("<p>Related: nothing else went wrong.</p>", "Related: nothing else went wrong.");
        check("<p><a href='/q'>The report on the quay</a></p>", "The report on the quay");
        check("<p>Related: <a href='/q'>Quays</a><br>It was foggy.</p>", "Related: Quays\nIt was foggy.");
        check(
            "<p>More: <a href='/r'>The report</a> found that 41 people died.</p>",
            "More: The report found that 41 people died.",
        );
        check(
            "<aside><h3>Key figures</h3><ul><li>41 dead</li><li><a href='/f'>3,000 homes flooded</a></li></ul></aside>",
            "Key figures\n\n41 dead\n3,000 homes flooded",
        );
        check("<aside><p>In brief: 41 aboard</p></aside>", "In brief: 41 aboard");
        check(
            "<aside><p>The ferry was built in 1974 and has run ever since, says its <a href='/q'>owner</a>.</p>\
             <a href='/r'>More</a></aside>",
            "The ferry was built in 1974 and has run ever since, says its owner.\n\nMore",
        );
        assert_eq!(story_text("<p>Related: <a href='/q'>Quays of the north</a></p>"), "Related: Quays of the north");
    }
}
