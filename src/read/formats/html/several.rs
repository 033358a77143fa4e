//! Pages that hold several whole articles and nothing else, as databases of news hand them out.
//!
//! Pages of papers hold several `<article>` too: teasers, other stories, what readers say. Hence a page
//! counts only where nothing says that it is one of a site, where nothing but articles stands on it, and
//! where each of them has a head without links and a text.

use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

use super::credit::date_in;
use super::dom::{hints, line_of};
use super::outline::{Outline, Part};
use super::render::{is_never_text, render};
use crate::read::byline::{bare_byline, names_of_line};
use crate::read::date::DayMonthOrder;
use crate::read::draft::Draft;
use crate::read::formats::databases::{Export, day};
use crate::read::prose::{Prose, one_line};

/// So much of a page's text may stand beside its articles: a cover, a line of rights.
const MAX_SHARE_BESIDE: f64 = 0.1;

/// With a larger share of links an article is a list of others, or of what readers say.
const MAX_LINK_SHARE: f64 = 0.2;

/// A longer headline is a text in the wrong place.
const MAX_TITLE_CHARS: usize = 400;

/// Parts of the names of elements that hold the headline, in lower case.
const TITLES: [&str; 3] = ["title", "titre", "headline"];

/// Parts of the names of elements that hold the name of the paper, in lower case.
const PAPERS: [&str; 3] = ["publicationname", "newspaper", "paper-name"];

/// The articles of a page that holds several; `None` for all other pages.
pub(super) fn of_page(page: &Html, outline: &Outline<'_>, order: DayMonthOrder) -> Option<Export> {
    let parts = &outline.parts;
    let is_article = |part: &Part<'_>| part.element.name() == "article";
    let articles: Vec<usize> = (0..parts.len()).filter(|&at| is_article(&parts[at])).collect();
    if articles.len() < 2 || articles.iter().any(|&at| parts[at].parent != parts[articles[0]].parent) {
        return None;
    }
    let mut is_inside = vec![false; parts.len()];
    articles.iter().for_each(|&at| is_inside[at..parts[at].end].fill(true));
    let n_beside = parts[0].chars.saturating_sub(articles.iter().map(|&at| parts[at].chars).sum());
    let is_of_site = |part: &Part<'_>| matches!(part.element.name(), "nav" | "h1" | "form") || part.is_running();
    if n_beside as f64 > parts[0].chars as f64 * MAX_SHARE_BESIDE
        || is_page_of_site(page)
        || parts.iter().zip(is_inside).any(|(part, is_inside)| !is_inside && is_of_site(part))
    {
        return None;
    }
    let drafts: Option<Vec<Draft>> = articles.iter().map(|&at| draft(outline, at, order)).collect();
    Some(Export::new(drafts?, n_beside > 0))
}

/// Whether a page tells search engines and other sites of itself.
fn is_page_of_site(page: &Html) -> bool {
    page.tree.nodes().filter_map(|node| node.value().as_element()).any(|element| match element.name() {
        "meta" => element.attr("property").is_some_and(|name| name.starts_with("og:") || name.starts_with("article:")),
        "script" => element.attr("type").is_some_and(|kind| kind.contains("json")),
        "link" => element.attr("rel").is_some_and(|rel| matches!(rel, "canonical" | "amphtml" | "alternate")),
        _ => false,
    })
}

/// An article with its head; `None` for anything else.
fn draft(outline: &Outline<'_>, article: usize, order: DayMonthOrder) -> Option<Draft> {
    let parts = &outline.parts;
    if parts[article].link_share() > MAX_LINK_SHARE {
        return None;
    }
    let head = outline.children(article).find(|&at| parts[at].chars > 0)?;
    let head_part = &parts[head];
    let is_heading = head_part.heading_rank().is_some();
    if head_part.n_links > 0 || !(is_heading || head_part.element.name() == "header") {
        return None;
    }
    let names_title = |part: &Part<'_>| TITLES.iter().any(|name| part.hints.contains(name)) && part.own_chars > 0;
    let inside = || (head..head_part.end).filter(|&at| parts[at].chars > 0);
    let title_at = inside()
        .find(|&at| parts[at].heading_rank().is_some())
        .or_else(|| inside().find(|&at| names_title(&parts[at])))?;
    let title = line_of(parts[title_at].node).filter(|title| title.chars().count() <= MAX_TITLE_CHARS)?;
    let mut draft = Draft { title, ..Draft::default() };
    let others = read_head(&mut draft, head_part.node, parts[title_at].node.id(), order);
    let is_left_out = |node: NodeRef<'_, Node>| {
        node.id() == head_part.node.id() || node.value().as_element().is_some_and(|element| element.name() == "footer")
    };
    let mut prose = Prose::default();
    render(parts[article].node, &mut prose, &is_left_out);
    let text = prose.finish();
    if !text.trim_end().ends_with(['.', '!', '?', '”', '"', '»', '…', '。', ')']) {
        return None;
    }
    draft.body = others.into_iter().chain([text]).collect::<Vec<_>>().join("\n\n");
    Some(draft)
}

/// Takes paper, day and names from a head, and gives back what else stands there.
fn read_head(draft: &mut Draft, head: NodeRef<'_, Node>, title: NodeId, order: DayMonthOrder) -> Vec<String> {
    let mut others = Vec::new();
    let mut is_below_title = false;
    for node in head.descendants() {
        is_below_title |= node.id() == title;
        let Some(text) = node.value().as_text().map(|text| one_line(text)).filter(|text| !text.is_empty()) else {
            continue;
        };
        let above = || node.ancestors().take_while(|above| above.id() != head.id());
        let is_unread = |above: NodeRef<'_, Node>| {
            above.id() == title || above.value().as_element().is_some_and(|element| is_never_text(element.name()))
        };
        if head.id() == title || above().any(is_unread) {
            continue;
        }
        let names = |above: NodeRef<'_, Node>| above.value().as_element().map(|element| hints(element).into_owned());
        let names_paper = || above().filter_map(names).any(|hints| PAPERS.iter().any(|name| hints.contains(name)));
        let date = || day(&text, order).or_else(|| date_in(&text, order).map(|(_, date)| date));
        let people = || names_of_line(&text).or_else(|| bare_byline(&text).map(|(names, _)| names));
        if draft.source.is_none() && names_paper() {
            draft.source = Some(text);
        } else if let (None, Some(date)) = (draft.date, date()) {
            draft.date = Some(date);
        } else if let (true, true, Some(names)) = (is_below_title, draft.authors.is_empty(), people()) {
            draft.authors = names;
        } else {
            others.push(text);
        }
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Vec<Draft> {
        let page = Html::parse_document(page);
        of_page(&page, &Outline::of(&page), DayMonthOrder::default()).map(Export::into_drafts).unwrap_or_default()
    }

    const ARTICLES: &str = "<article><header><div class=DocPublicationName><span>The Ledger</span></div><span>Friday 2 March 2018 \
        125 words, p. 8</span><p class=docTitle>Snow closes the roads</p><p>Jane Roe</p></header><section><p>Snow closed the road to \
        Ness on Friday.</p><p>Two thousand cars stood still.</p></section><footer>© 2018 The Ledger</footer></article>\n<article>\
        <header><h2>The thaw begins</h2></header><p>The thaw began on Saturday.</p></article>";

    #[test]
    fn articles_that_stand_side_by_side_are_several() {
        let drafts = read(&format!("<html><head><title>Archive</title></head><body>{ARTICLES}</body></html>"));
        let shown: Vec<String> = drafts
            .into_iter()
            .map(|draft| {
                let date = draft.date.map(|date| date.to_string()).unwrap_or_default();
                let facts = [draft.title, date, draft.authors.join(" & "), draft.source.unwrap_or_default()];
                format!("{} / {}", facts.join(" / "), draft.body.replace("\n\n", "¶"))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "Snow closes the roads / 2018-03-02 / Jane Roe / The Ledger / Snow closed the road to Ness on Friday.¶Two \
                 thousand cars stood still.",
                "The thaw begins /  /  /  / The thaw began on Saturday.",
            ]
        );
    }

    #[test]
    fn pages_of_papers_are_one_article() {
        let long = "<p>The council met in the old hall by the quay until the early morning, and nobody left before it was over.</p>";
        for page in [
            format!("<meta property='og:title' content='Snow'>{ARTICLES}"),
            format!("<script type='application/ld+json'>{{}}</script>{ARTICLES}"),
            format!("<nav><a href='/'>Home</a></nav>{ARTICLES}"),
            format!("<h1>Live</h1>{ARTICLES}"),
            format!("{long}{ARTICLES}"),
            format!("<article><h1>Council meets</h1>{long}<div>{ARTICLES}</div></article>"),
            ARTICLES.replace("The thaw begins", "<a href='/t'>The thaw begins</a>"),
            ARTICLES.replace("<header><h2>The thaw begins</h2></header>", ""),
            ARTICLES.replace("began on Saturday.", "began"),
            "<article><h2>Snow</h2><p>Snow fell.</p></article>".to_owned(),
        ] {
            assert!(read(&page).is_empty(), "{page}");
        }
    }
}
