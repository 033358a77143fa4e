//! What stands inside the article's box and is no part of the article.
//!
//! Lists of links, boxes named for something else, labels above the first sentence, captions, teasers
//! of other stories, the headline itself. Fed by [`super::content`], which found the box.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use ego_tree::NodeId;

use super::dom::line_of;
use super::lead::{Lead, MAX_CREDITS, Start, is_credit_line, start_of_text};
use super::outline::{MIN_RUNNING_CHARS, Outline, Part};
use crate::read::byline::names_of_line;
use crate::read::furniture;

/// A box in which links hold more of the text than this leads elsewhere.
const MAX_LINK_SHARE: f64 = 0.6;

/// A line that is almost all link, up to this length, is a pointer to another story.
const MAX_POINTER_CHARS: usize = 120;

/// A teaser has a headline, a line or two, and a date.
const MAX_TEASER_CHARS: usize = 450;

/// So many teasers side by side are a list of other stories.
const MIN_TEASERS: usize = 3;

/// Teasers and sections named for other stories go unless they hold this share of the box's text.
const MAX_SHARE: f64 = 0.4;

/// The nodes below which nothing is read.
pub(super) fn of(
    outline: &Outline<'_>,
    container: usize,
    skipped: &[bool],
    running: &[usize],
    lead: &Lead,
) -> HashSet<NodeId> {
    let parts = &outline.parts;
    let range = container + 1..parts[container].end;
    if range.is_empty() {
        return HashSet::new();
    }
    let start = start_of_text(outline, container, skipped, lead);
    let first = start.first;
    let second = second_of_text(outline, first, range.end, skipped);
    let mut left_out: HashSet<usize> = teasers(outline, range.clone(), running, container).collect();
    let mut nodes = HashSet::new();
    let keeps_captions = tells_by_captions(outline, container, skipped);
    let mut at = range.start;
    while at < range.end {
        let part = &parts[at];
        let is_caption = part.element.name() == "figcaption";
        if skipped[at]
            || left_out.contains(&at)
            || is_caption && !keeps_captions
            || is_other(part)
            || is_above(part, at, first)
            || at < second && is_credit_between(part, &parts[second])
            || is_label_between(outline, at, &start, lead)
        {
            nodes.insert(part.node.id());
            at = part.end;
            continue;
        }
        if at > first && is_heading_of_others(part) {
            left_out.extend(section(outline, at, container, running));
            nodes.insert(part.node.id());
            at = part.end;
            continue;
        }
        at += 1;
    }
    nodes.extend(left_out.into_iter().map(|at| parts[at].node.id()));
    nodes
}

/// Whether an element by itself shows that it is no part of an article.
fn is_other(part: &Part<'_>) -> bool {
    let name = part.element.name();
    if !part.is_block || part.chars == 0 {
        return false;
    }
    let is_links = part.n_links >= 2 && part.link_share() > MAX_LINK_SHARE && !matches!(name, "p" | "td" | "tr" | "li");
    let is_pointer = part.chars <= MAX_POINTER_CHARS && part.link_share() > 0.8 && matches!(name, "p" | "div");
    is_links || is_pointer || is_line_of_furniture(part)
}

/// So many captions make a photo essay.
const MIN_CAPTIONS: usize = 3;

/// Whether the story is told below its pictures: their captions hold more text than the paragraphs.
fn tells_by_captions(outline: &Outline<'_>, container: usize, skipped: &[bool]) -> bool {
    let parts = &outline.parts;
    let (mut n_captions, mut n_chars, mut n_other_chars) = (0, 0, 0);
    let mut at = container;
    while at < parts[container].end {
        if skipped[at] {
            at = parts[at].end;
        } else if parts[at].element.name() == "figcaption" {
            n_captions += 1;
            n_chars += parts[at].chars;
            at = parts[at].end;
        } else {
            n_other_chars += if parts[at].is_running() { parts[at].own_chars } else { 0 };
            at += 1;
        }
    }
    n_captions >= MIN_CAPTIONS && n_chars > n_other_chars
}

fn is_line_of_furniture(part: &Part<'_>) -> bool {
    if part.chars > furniture::MAX_FURNITURE_CHARS {
        return false;
    }
    let Some(text) = line_of(part.node) else { return false };
    furniture::is_furniture(&text) || (part.n_links > 0 && furniture::is_pointer(&text))
}

/// Bylines, dates and labels above the first sentence, and the headline.
fn is_above(part: &Part<'_>, at: usize, first: usize) -> bool {
    let is_label = part.is_block
        && part.end <= first
        && part.heading_rank().is_none()
        && (part.chars < MIN_RUNNING_CHARS || is_credit_line(part));
    is_label || (part.element.name() == "h1" && at <= first)
}

/// The block of running text after the first, above which names and dates may stand; a row of more of
/// them is a list of events.
fn second_of_text(outline: &Outline<'_>, first: usize, end: usize, skipped: &[bool]) -> usize {
    let parts = &outline.parts;
    let running = (parts[first].end..end).filter(|&at| !skipped[at] && parts[at].is_running());
    let next = running.take(MAX_CREDITS + 1).find(|&at| !is_credit_line(&parts[at]));
    if is_credit_line(&parts[first]) { first } else { next.unwrap_or(first) }
}

/// Names and dates above the second block of running text. A date in a paragraph beside it is that of
/// what follows, as in a diary.
fn is_credit_between(part: &Part<'_>, second: &Part<'_>) -> bool {
    let is_paragraph = part.element.name() == second.element.name() && part.parent == second.parent;
    let is_byline = || line_of(part.node).is_some_and(|line| names_of_line(&line).is_some());
    part.heading_rank().is_none() && is_credit_line(part) && (!is_paragraph || is_byline())
}

/// Labels between the first short words of the article and its running text.
fn is_label_between(outline: &Outline<'_>, at: usize, start: &Start, lead: &Lead) -> bool {
    let (part, running) = (&outline.parts[at], &outline.parts[start.running]);
    let is_paragraph = part.element.name() == running.element.name() && part.parent == running.parent;
    at >= outline.parts[start.first].end
        && part.end <= start.running
        && part.is_block
        && part.own_chars > 0
        && part.chars < MIN_RUNNING_CHARS
        && part.heading_rank().is_none()
        && !is_paragraph
        && !lead.is_opening(outline, at, start.running)
}

fn is_heading_of_others(part: &Part<'_>) -> bool {
    let is_heading =
        part.heading_rank().is_some() || matches!(part.element.name(), "p" | "div" | "strong" | "span" | "header");
    is_heading
        && (1..=60).contains(&part.chars)
        && line_of(part.node).is_some_and(|line| furniture::is_heading_of_others(&line))
}

/// What a heading of other stories stands above: the box that begins with it, or what follows it up
/// to the next heading of its rank.
fn section(outline: &Outline<'_>, heading: usize, container: usize, running: &[usize]) -> Vec<usize> {
    let parts = &outline.parts;
    let most = running[container] as f64 * MAX_SHARE;
    let mut top = heading;
    while parts[top].parent != container {
        let parent = parts[top].parent;
        let is_first = outline.children(parent).take_while(|&child| child < top).all(|child| running[child] == 0);
        if !is_first || running[parent] as f64 > most {
            break;
        }
        top = parent;
    }
    if running[top] > 0 {
        return vec![top];
    }
    let rank = parts[heading].heading_rank().unwrap_or(6);
    let siblings = outline.children(parts[top].parent).filter(|&sibling| sibling > top);
    let ends = |at: usize| {
        let inside = at..parts[at].end;
        inside
            .into_iter()
            .any(|at| parts[at].heading_rank().is_some_and(|other| other <= rank) && !is_heading_of_others(&parts[at]))
    };
    let section: Vec<usize> = siblings.take_while(|&sibling| !ends(sibling)).collect();
    let n_chars: usize = section.iter().map(|&at| running[at]).sum();
    if n_chars as f64 > most { Vec::new() } else { section }
}

/// Boxes of one linked headline with a few words, where several stand side by side.
fn teasers(
    outline: &Outline<'_>,
    range: Range<usize>,
    running: &[usize],
    container: usize,
) -> impl Iterator<Item = usize> + use<> {
    let parts = &outline.parts;
    let is_linked_heading =
        |at: usize| parts[at].heading_rank().is_some() && parts[at].chars > 0 && parts[at].link_share() > 0.9;
    let n_headings = |at: usize| (at..parts[at].end).filter(|&inner| parts[inner].heading_rank().is_some()).count();
    let mut boxes: Vec<(usize, usize)> = Vec::new();
    for heading in range.filter(|&at| is_linked_heading(at)) {
        let mut top = heading;
        while parts[top].parent != container {
            let parent = parts[top].parent;
            if parts[parent].chars > MAX_TEASER_CHARS || n_headings(parent) > 1 {
                break;
            }
            top = parent;
        }
        if top != heading {
            boxes.push((parts[top].parent, top));
        }
    }
    let mut n_beside: HashMap<usize, usize> = HashMap::new();
    for (list, _) in &boxes {
        *n_beside.entry(*list).or_default() += 1;
    }
    boxes.retain(|(list, _)| n_beside[list] >= MIN_TEASERS);
    // In the midst of an article such boxes are its own list of what it compares.
    let mut tail = parts[container].end;
    let mut last = Vec::new();
    for &(_, top) in boxes.iter().rev() {
        let follows = (parts[top].end..tail).any(|at| parts[at].is_running());
        if follows {
            break;
        }
        tail = top;
        last.push(top);
    }
    let n_chars: usize = last.iter().map(|&top| running[top]).sum();
    let is_minor = n_chars as f64 <= running[container] as f64 * MAX_SHARE;
    last.into_iter().filter(move |_| is_minor)
}

#[cfg(test)]
mod tests {
    use crate::read::formats::html::tests::{TEXT, article};

    const STRAY: &str =
        "Our readers like the pictures of the harbour that we print, and send us more of their own each week.";

    /// Whether the stray sentence is read as a part of the article.
    #[track_caller]
    fn is_read(page: &str) -> bool {
        let body = article(page).body;
        assert!(body.contains("The council closed") && body.contains("Shopkeepers"), "{body}");
        body.contains(STRAY)
    }

    #[test]
    fn names_for_tests_and_screen_readers_count_as_names() {
        for name in ["data-testid=related-articles", "data-component=newsletter-promo", "aria-label='Related stories'"]
        {
            assert!(
                !is_read(&format!("<article><h1>Bridge closed</h1>{TEXT}<div {name}><p>{STRAY}</p></div></article>")),
                "{name}"
            );
        }
        assert!(is_read(&format!(
            "<article><h1>Bridge closed</h1>{TEXT}<div data-testid=body><p>{STRAY}</p></div></article>"
        )));
    }

    #[test]
    fn what_nobody_sees_is_not_read() {
        let long = TEXT.repeat(8);
        for attribute in ["hidden", "style='display: none'", "class=sf-hidden"] {
            let page = format!("<article><h1>Bridge closed</h1>{long}<div {attribute}><p>{STRAY}</p></div></article>");
            assert!(!is_read(&page));
            // A script would show the article.
            assert!(is_read(&format!("<div {attribute}><h1>Bridge closed</h1>{TEXT}<p>{STRAY}</p></div>")));
        }
    }

    #[test]
    fn comments_and_dialogs_may_be_longer_than_the_article() {
        let long = format!("<p>{STRAY}</p>").repeat(40);
        for name in ["class=comments", "class=reacties", "id=onetrust-consent-sdk"] {
            let page = format!("<article><h1>Bridge closed</h1>{TEXT}{TEXT}</article><div {name}>{long}</div>");
            assert!(!is_read(&page), "{name}");
        }
        let thread = format!("<div class=x><p>{STRAY}</p><a href=/r>Antworten</a></div>").repeat(20);
        assert!(!is_read(&format!("<article><h1>Bridge closed</h1>{TEXT}{TEXT}</article><div class=y>{thread}</div>")));
        let list = format!("<div class=x><p>{STRAY}</p><a href=/r>Buy</a></div>").repeat(20);
        assert!(is_read(&format!("<article><h1>Bridge closed</h1>{TEXT}{TEXT}<div class=y>{list}</div></article>")));
    }

    #[test]
    fn captions_are_read_where_they_tell_the_story() {
        let figure = format!("<figure><img src=a.jpg><figcaption>{STRAY}</figcaption></figure>");
        assert!(!is_read(&format!("<article><h1>Bridge closed</h1>{TEXT}{figure}</article>")));
        assert!(is_read(&format!("<article><h1>Bridge closed</h1>{TEXT}{}</article>", figure.repeat(6))));
    }
}
