//! The box in which the article's text stands: the innermost with most of the running text.
//!
//! Where a page cuts an article into several boxes, the box around them is taken, from the first of
//! them to the last.

use super::dom::line_of;
use super::lead::is_credit_line;
use super::outline::{Outline, Part};
use crate::read::furniture;

/// The article is looked for in the child that holds this share of its parent's running text. Lower
/// loses the parts of articles that are built of several boxes, higher keeps what stands around them.
const DESCENT_SHARE: f64 = 0.7;

/// Of a box that is a part of an article, running text is at least this share.
const MIN_PROSE_SHARE: f64 = 0.7;

/// Of which links are less than this.
const MAX_LINK_SHARE: f64 = 0.2;

/// Finds the box; what in it lies outside the article is marked in `skipped`.
pub(super) fn of(outline: &Outline<'_>, running: &[usize], skipped: &mut [bool]) -> usize {
    let headlines = outline.sums(outline.parts.iter().map(|part| usize::from(is_headline(part))).collect());
    let boxes = Boxes { outline, running, headlines };
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
        if let Some((first, last)) = boxes.beside(container, best, skipped) {
            boxes.skip_outside(container, first, last, skipped);
            return container;
        }
        container = best;
    }
}

struct Boxes<'o, 'a> {
    outline: &'o Outline<'a>,
    running: &'o [usize],
    /// How many headlines of articles each part holds.
    headlines: Vec<usize>,
}

/// Whether a heading is that of an article: this one's, or one that it leads to.
fn is_headline(part: &Part<'_>) -> bool {
    part.heading_rank().is_some() && part.chars > 0 && (part.element.name() == "h1" || part.link_share() > 0.9)
}

impl Boxes<'_, '_> {
    /// The first and the last of the boxes in `parent` that belong to the same article as `best`, if
    /// there are others.
    fn beside(&self, parent: usize, best: usize, skipped: &[bool]) -> Option<(usize, usize)> {
        if !self.is_prose(best) {
            return None;
        }
        let siblings: Vec<usize> = self.outline.children(parent).filter(|&child| !skipped[child]).collect();
        let at = siblings.iter().position(|&child| child == best)?;
        let goes_on = |child: &usize| !self.begins_others(*child);
        let is_part = |child: &usize| self.is_alike(best, *child) && self.is_prose(*child);
        let before = siblings[..at].iter().rev().take_while(|child| goes_on(child));
        let first = before.filter(|child| is_part(child)).last();
        let after = siblings[at + 1..].iter().take_while(|child| goes_on(child));
        let last = after.filter(|child| is_part(child)).last();
        // A paragraph that slipped out of the box.
        let next = siblings.iter().skip_while(|child| *child <= last.unwrap_or(&best));
        let strayed = next.take_while(|child| self.is_stray_paragraph(**child)).last();
        let (first, last) = (first.unwrap_or(&best), strayed.or(last).unwrap_or(&best));
        (first != last).then_some((*first, *last))
    }

    /// Same element, same class.
    fn is_alike(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.outline.parts[one].element, self.outline.parts[other].element);
        one.name() == other.name() && one.attr("class") == other.attr("class")
    }

    fn is_prose(&self, at: usize) -> bool {
        let part = &self.outline.parts[at];
        self.running[at] as f64 >= part.chars as f64 * MIN_PROSE_SHARE
            && self.running[at] > 0
            && part.link_share() < MAX_LINK_SHARE
            && self.headlines[at] == 0
    }

    fn is_stray_paragraph(&self, at: usize) -> bool {
        let part = &self.outline.parts[at];
        let is_paragraph = part.element.name() == "p" && part.is_running() && part.link_share() < MAX_LINK_SHARE;
        is_paragraph && !is_credit_line(part) && !line_of(part.node).is_some_and(|line| furniture::is_furniture(&line))
    }

    /// Whether a box is, or holds, the heading of other stories.
    fn begins_others(&self, at: usize) -> bool {
        let is_heading = |part: &Part<'_>| {
            (1..=60).contains(&part.chars)
                && part.is_block
                && part.own_chars > 0
                && line_of(part.node).is_some_and(|line| furniture::is_heading_of_others(&line))
        };
        self.outline.parts[at..self.outline.parts[at].end].iter().any(is_heading)
    }

    /// Marks what comes after the last box, and what comes before the first unless the headline is there.
    fn skip_outside(&self, parent: usize, first: usize, last: usize, skipped: &mut [bool]) {
        let parts = &self.outline.parts;
        let has_headline = parts[parent..first].iter().any(|part| part.element.name() == "h1" && part.chars > 0);
        for child in self.outline.children(parent) {
            if child > last || child < first && !has_headline {
                skipped[child..parts[child].end].fill(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    /// Which of ten paragraphs lie in the box that is found.
    fn found(page: &str) -> Vec<usize> {
        let page = Html::parse_document(page);
        let outline = Outline::of(&page);
        let own = outline.parts.iter().map(|part| if part.is_running() { part.own_chars } else { 0 });
        let running = outline.sums(own.collect());
        let mut skipped = vec![false; outline.parts.len()];
        let container = of(&outline, &running, &mut skipped);
        let inside = container..outline.parts[container].end;
        let kept = inside.filter(|&at| outline.parts[at].is_running() && !skipped[at]);
        kept.filter_map(|at| line_of(outline.parts[at].node)?.split(' ').nth(1)?.parse().ok()).collect()
    }

    fn paragraphs(range: std::ops::Range<usize>) -> String {
        let text = "of the report tells what became of the bridge and of those who crossed it each day.";
        range.map(|n| format!("<p>Part {n} {text}</p>")).collect()
    }

    fn all() -> Vec<usize> {
        (0..10).collect()
    }

    #[test]
    fn an_article_in_two_boxes_is_one() {
        let (most, rest) = (paragraphs(0..9), paragraphs(9..10));
        let two =
            format!("<main><section class=text>{most}</section><div></div><section class=text>{rest}</section></main>");
        assert_eq!(found(&two), all());
        let (start, most) = (paragraphs(0..1), paragraphs(1..10));
        let two = format!("<main><section class=text>{start}</section><section class=text>{most}</section></main>");
        assert_eq!(found(&two), all());
        assert_eq!(found(&format!("<main><div>{}</div>{rest}<div>Share</div></main>", paragraphs(0..9))), all());
    }

    #[test]
    fn other_boxes_are_not_the_article() {
        let (most, rest) = (paragraphs(0..9), paragraphs(9..10));
        let nine: Vec<usize> = (0..9).collect();
        for other in [
            format!("<section class=other>{rest}</section>"),
            "<p>Part 9 was first published on 14 March 2024, last changed on 15 March 2024</p>".to_owned(),
            format!("<h2>Related articles</h2><section class=text>{rest}</section>"),
            format!("<section class=text><h1>Another</h1>{rest}</section>"),
            format!("<section class=text><h3><a href=/a>Another</a></h3>{rest}</section>"),
        ] {
            assert_eq!(found(&format!("<main><section class=text>{most}</section>{other}</main>")), nine, "{other}");
        }
    }
}
