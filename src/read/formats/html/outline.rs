//! A page as a list of its elements in document order, with how much text each holds and of what kind.
//!
//! One walk over the tree; after it, "the text below this element" is a number that is looked up.
//! Feeds [`super::content`], which decides; decides nothing itself.

use std::borrow::Cow;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::dom::{hints, is_inline};
use super::render::is_never_text;

/// A page's elements, parents before children.
pub(super) struct Outline<'a> {
    /// In document order; the root of the page is first.
    pub(super) parts: Vec<Part<'a>>,
    /// How many elements stand inside one another, at most.
    pub(super) depth: usize,
}

/// An element of the page that may show text.
pub(super) struct Part<'a> {
    /// Its place in the tree.
    pub(super) node: NodeRef<'a, Node>,
    /// Its name, attributes.
    pub(super) element: &'a Element,
    /// What it calls itself.
    pub(super) hints: Cow<'a, str>,
    /// Index of the element around it; its own index for the first.
    pub(super) parent: usize,
    /// Index after the last element inside it.
    pub(super) end: usize,
    /// Characters of running text directly in it, inline elements included; white space counts once.
    pub(super) own_chars: usize,
    /// How many of these are the text of links.
    pub(super) own_link_chars: usize,
    /// Characters of everything in it.
    pub(super) chars: usize,
    /// Characters of links in everything in it.
    pub(super) link_chars: usize,
    /// Links in everything in it.
    pub(super) n_links: usize,
    /// Whether a block starts with it.
    pub(super) is_block: bool,
    /// Whether a sentence of Chinese or Japanese ends directly in it.
    has_wide_stop: bool,
}

/// A block with fewer characters is a label, a caption, a line of a list.
pub(super) const MIN_RUNNING_CHARS: usize = 50;

/// With a full stop that no label bears, a block with so many characters is running text.
const MIN_RUNNING_CHARS_WITH_STOP: usize = 20;

/// Running text may hold links; text that is mostly links is a list of other pages.
const MAX_LINK_SHARE: f64 = 0.4;

impl Part<'_> {
    /// Whether sentences stand directly in it.
    pub(super) fn is_running(&self) -> bool {
        let least = if self.has_wide_stop { MIN_RUNNING_CHARS_WITH_STOP } else { MIN_RUNNING_CHARS };
        self.own_chars >= least && self.own_link_chars as f64 <= self.own_chars as f64 * MAX_LINK_SHARE
    }

    /// Which share of all text in it is links.
    pub(super) fn link_share(&self) -> f64 {
        self.link_chars as f64 / self.chars.max(1) as f64
    }

    /// Rank of a heading, 1 to 6.
    pub(super) fn heading_rank(&self) -> Option<u8> {
        match self.element.name().as_bytes() {
            [b'h', rank @ b'1'..=b'6'] => Some(rank - b'0'),
            _ => None,
        }
    }
}

impl<'a> Outline<'a> {
    /// Walks the page.
    pub(super) fn of(page: &'a Html) -> Self {
        let mut parts: Vec<Part<'a>> = Vec::new();
        // Open elements that are parts, and for each whether it is a link.
        let mut open: Vec<usize> = Vec::new();
        let mut n_open_links = 0_usize;
        let mut depth = 0;
        let mut skipped = None;
        for edge in page.tree.root().traverse() {
            match edge {
                Edge::Open(node) if skipped.is_none() => match node.value() {
                    Node::Element(element) => {
                        if is_never_text(element.name()) {
                            skipped = Some(node.id());
                            continue;
                        }
                        let index = parts.len();
                        let is_link = element.name() == "a" && element.attr("href").is_some();
                        n_open_links += usize::from(is_link);
                        parts.push(Part {
                            node,
                            element,
                            hints: hints(element),
                            parent: open.last().copied().unwrap_or(index),
                            end: index + 1,
                            own_chars: 0,
                            own_link_chars: 0,
                            chars: 0,
                            link_chars: 0,
                            n_links: usize::from(is_link),
                            is_block: !is_inline(node, element) && element.name() != "br",
                            has_wide_stop: false,
                        });
                        open.push(index);
                        depth = depth.max(open.len());
                    }
                    Node::Text(text) => {
                        let n_chars = n_chars(text);
                        if n_chars == 0 {
                            continue;
                        }
                        let block = open.iter().rev().copied().find(|&at| parts[at].is_block);
                        let Some(block) = block else { continue };
                        let block = &mut parts[block];
                        block.own_chars += n_chars;
                        block.has_wide_stop |= text.contains(['。', '！', '？']);
                        if n_open_links > 0 {
                            block.own_link_chars += n_chars;
                        }
                    }
                    _ => {}
                },
                Edge::Open(_) => {}
                Edge::Close(node) => {
                    if let Some(id) = skipped {
                        if id == node.id() {
                            skipped = None;
                        }
                        continue;
                    }
                    if node.value().is_element()
                        && let Some(index) = open.pop()
                    {
                        let end = parts.len();
                        parts[index].end = end;
                        let element = parts[index].element;
                        if element.name() == "a" && element.attr("href").is_some() {
                            n_open_links = n_open_links.saturating_sub(1);
                        }
                    }
                }
            }
        }
        let mut outline = Self { parts, depth };
        outline.add_up();
        outline
    }

    fn add_up(&mut self) {
        for index in (0..self.parts.len()).rev() {
            let part = &mut self.parts[index];
            part.chars += part.own_chars;
            part.link_chars += part.own_link_chars;
            let (chars, link_chars, n_links, parent) = (part.chars, part.link_chars, part.n_links, part.parent);
            if parent != index {
                let above = &mut self.parts[parent];
                above.chars += chars;
                above.link_chars += link_chars;
                above.n_links += n_links;
            }
        }
    }

    /// The elements directly inside an element.
    pub(super) fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.parts[index].end;
        let mut next = index + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.parts[child].end;
            Some(child)
        })
    }

    /// The sums of `values` over each element and everything in it.
    pub(super) fn sums(&self, mut values: Vec<usize>) -> Vec<usize> {
        for index in (0..self.parts.len()).rev() {
            let parent = self.parts[index].parent;
            if parent != index {
                values[parent] += values[index];
            }
        }
        values
    }
}

/// Characters that are not white space, and one for each gap; those that stand for syllables or words
/// count as so many letters.
fn n_chars(text: &str) -> usize {
    let n_halves = |word: &str| word.chars().map(n_half_letters).sum::<usize>();
    text.split_whitespace().map(|word| n_halves(word) / 2 + 1).sum()
}

/// Half letters of the alphabet that say as much as a character.
fn n_half_letters(c: char) -> usize {
    match c {
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => 5,
        '\u{ac00}'..='\u{d7af}' => 4,
        _ => 2,
    }
}
