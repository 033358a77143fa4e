//! Which boxes of a page are about other articles, so that the names and dates in them are not this one's.
//!
//! A box is judged by what it calls itself and by what it holds: the headline, or a large part of the
//! running text, stands in no sidebar, whatever the layout around it is called.

use std::collections::HashSet;

use ego_tree::NodeId;
use scraper::node::Element;

use super::boilerplate::names_of;
use super::outline::{Outline, Part};

/// A box with a larger share of the page's running text is the article's.
const MAX_SHARE: f64 = 0.3;

/// Comments are often longer than what they comment on.
const MAX_COMMENTS_SHARE: f64 = 0.85;

/// A footer belongs to the article if the article it ends holds this share of the running text.
const MIN_ARTICLE_SHARE: f64 = 0.5;

/// Parts of names that tell such a box wherever they occur.
const ANYWHERE: &[&str] = &[
    "sidebar",
    "related",
    "recommend",
    "newsletter",
    "footer",
    "navbar",
    "carousel",
    "copyright",
    "more-stories",
    "read-next",
    "also-like",
    "widget-area",
    "most-read",
    "teaser",
    "trending",
];

/// Names that tell it only when they are a whole word.
const WORDS: &[&str] = &["latest", "menu", "menus", "popular", "promo", "promos", "submenu", "topmenu", "mainmenu"];

/// What a box says that it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// The way around the site.
    Navigation,
    /// The end of something.
    Footer,
    /// What readers wrote.
    Comments,
    /// Other articles.
    Others,
}

/// The outermost such boxes; `running` has the characters of running text in each part.
pub(super) fn of(outline: &Outline<'_>, running: &[usize]) -> HashSet<NodeId> {
    let parts = &outline.parts;
    let is_heading = |part: &Part<'_>| usize::from(part.element.name() == "h1" && part.chars > 0);
    let n_headings = outline.sums(parts.iter().map(is_heading).collect());
    let share = |at: usize| running[at] as f64 / running.first().copied().unwrap_or(0).max(1) as f64;
    let posts = posts(outline);
    let ends_article = |at: usize| {
        let above = Some(parts[at].parent).filter(|above| *above != at);
        above.and_then(|above| posts[above]).is_some_and(|post| share(post) >= MIN_ARTICLE_SHARE)
    };
    let mut found = HashSet::new();
    let mut at = 0;
    while at < parts.len() {
        let is_elsewhere = match claim_of(&parts[at]) {
            None => false,
            Some(Claim::Navigation) => share(at) <= MAX_SHARE,
            Some(Claim::Comments) => share(at) <= MAX_COMMENTS_SHARE && n_headings[at] == 0,
            Some(Claim::Footer) => share(at) <= MAX_SHARE && n_headings[at] == 0 && !ends_article(at),
            Some(Claim::Others) => share(at) <= MAX_SHARE && n_headings[at] == 0,
        };
        if is_elsewhere {
            found.insert(parts[at].node.id());
            at = parts[at].end;
        } else {
            at += 1;
        }
    }
    found
}

/// For each part the index of the nearest post that it is or stands in.
fn posts(outline: &Outline<'_>) -> Vec<Option<usize>> {
    let mut posts: Vec<Option<usize>> = Vec::with_capacity(outline.parts.len());
    for (at, part) in outline.parts.iter().enumerate() {
        // The first is its own parent, and not listed yet.
        let around = posts.get(part.parent).copied().flatten();
        posts.push(if is_post(part.element) { Some(at) } else { around });
    }
    posts
}

/// Whether an element holds one article: `<article>`, or the class by which feeds find entries.
fn is_post(element: &Element) -> bool {
    let has_class = |name: &str| element.attr("class").is_some_and(|class| class.split_whitespace().any(|c| c == name));
    element.name() == "article" || has_class("hentry") || has_class("h-entry")
}

fn claim_of(part: &Part<'_>) -> Option<Claim> {
    match part.element.name() {
        "html" | "body" | "main" => return None,
        "nav" => return Some(Claim::Navigation),
        "footer" => return Some(Claim::Footer),
        "aside" => return Some(Claim::Others),
        _ => {}
    }
    let hints = &part.hints;
    if hints.is_empty() {
        return None;
    }
    // Names such as "article-related" are mostly about parts of the article.
    if hints.contains("article-") {
        return None;
    }
    names_of(part.element, hints).find_map(|name| {
        let has_word = |is_it: &dyn Fn(&str) -> bool| name.split(|c: char| !c.is_ascii_alphanumeric()).any(is_it);
        if has_word(&|word| word.starts_with("comment") && word != "commentary") {
            Some(Claim::Comments)
        } else if name.contains("navbar") || has_word(&|word| matches!(word, "menu" | "menus")) {
            Some(Claim::Navigation)
        } else if name.contains("footer") {
            Some(Claim::Footer)
        } else {
            (ANYWHERE.iter().any(|part| name.contains(part)) || has_word(&|word| WORDS.contains(&word)))
                .then_some(Claim::Others)
        }
    })
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    const TEXT: &str =
        "<p>The council closed the bridge at noon on Tuesday, and the ferry took over before the evening.</p>";

    /// Whether the box around a byline counts as elsewhere.
    fn is_elsewhere(page: &str) -> bool {
        let page = Html::parse_document(page);
        let outline = Outline::of(&page);
        let own = |part: &Part<'_>| if part.is_running() { part.own_chars } else { 0 };
        let found = of(&outline, &outline.sums(outline.parts.iter().map(own).collect()));
        let byline = outline.parts.iter().find(|part| part.element.attr("id") == Some("by")).expect("a byline");
        byline.node.ancestors().any(|above| found.contains(&above.id()))
    }

    #[test]
    fn a_layout_is_not_what_it_stands_beside() {
        for class in ["node node-promoted", "has-sidebar", "content-sidebar-wrap", "sticky-footer", "comments-open"] {
            let page = format!("<div class='{class}'><h1>A</h1><p id=by>By Jane Doe</p>{TEXT}</div>");
            assert!(!is_elsewhere(&page), "{class}");
        }
        let post = "<article class='hentry category-latest-news tag-newsletter'><p id=by>By Jane Doe</p></article>";
        assert!(!is_elsewhere(&format!("{TEXT}{post}")));
    }

    #[test]
    fn a_footer_of_the_article_is_the_articles() {
        assert!(!is_elsewhere(&format!("<article>{TEXT}<footer><p id=by>By Jane Doe</p></footer></article>")));
        assert!(!is_elsewhere(&format!("<div class=hentry>{TEXT}<div class=post-footer><p id=by>x</p></div></div>")));
        assert!(is_elsewhere(&format!("<div>{TEXT}<footer><p id=by>By Jane Doe</p></footer></div>")));
        assert!(is_elsewhere(&format!("{TEXT}<article><footer><p id=by>By Jane Doe</p></footer></article>")));
    }

    #[test]
    fn boxes_of_other_stories_are_elsewhere() {
        for class in ["sidebar", "related-posts", "latest news", "comments", "main-menu"] {
            assert!(is_elsewhere(&format!("{TEXT}<div class='{class}'><p id=by>By Jane Doe</p></div>")), "{class}");
        }
    }
}
