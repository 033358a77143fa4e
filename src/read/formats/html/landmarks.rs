//! Where on a page its article stands, as far as names and dates near it need to know.

use std::collections::HashSet;

use ego_tree::NodeId;

use super::elsewhere;
use super::lead::is_credit_line;
use super::outline::{Outline, Part};

/// The article's box holds at least this share of the running text of the box around it.
const DESCENT_SHARE: f64 = 0.7;

/// Places by their nodes.
#[derive(Default)]
pub(super) struct Landmarks {
    /// Boxes of other articles.
    pub(super) elsewhere: HashSet<NodeId>,
    /// Blocks of running text.
    pub(super) text: HashSet<NodeId>,
    /// Whether there is an `<h1>`.
    pub(super) has_first_rank: bool,
    /// The smallest box that holds headline and text.
    pub(super) article: Option<NodeId>,
}

impl Landmarks {
    pub(super) fn of(outline: &Outline<'_>) -> Self {
        let parts = &outline.parts;
        let is_text: Vec<bool> = parts.iter().map(|part| part.is_running() && !is_credit_line(part)).collect();
        let own = parts.iter().zip(&is_text).map(|(part, &is_text)| if is_text { part.own_chars } else { 0 });
        let running = outline.sums(own.collect());
        let text =
            parts.iter().zip(&is_text).filter(|(_, is_text)| **is_text).map(|(part, _)| part.node.id()).collect();
        let has_first_rank = parts.iter().any(|part| part.element.name() == "h1" && part.chars > 0);
        Self { has_first_rank, elsewhere: elsewhere::of(outline, &running), text, article: article(outline, &running) }
    }
}

fn article(outline: &Outline<'_>, running: &[usize]) -> Option<NodeId> {
    let parts = &outline.parts;
    let is_heading = |part: &Part<'_>| usize::from(part.element.name() == "h1" && part.chars > 0);
    let n_headings = outline.sums(parts.iter().map(is_heading).collect());
    let mut at = 0;
    let holds_most = |at: usize, child: usize| running[child] as f64 >= running[at] as f64 * DESCENT_SHARE;
    while running.get(at).is_some_and(|&n_chars| n_chars > 0)
        && let Some(child) = outline.children(at).find(|&child| holds_most(at, child))
    {
        at = child;
    }
    // From the text up to what holds the headline too.
    while parts.get(at)?.parent != at && (n_headings[at] == 0 || !parts[at].is_block) {
        at = parts[at].parent;
    }
    Some(parts[at].node.id())
}
