//! Saved web pages: the article inside, and what the page says about it.
//!
//! `shape` refuses what no parser should be given. `content` finds the article: `container` its box, `lead` where it
//! begins, `leftovers` what in the box is something else, by the names in `boilerplate`; `render` makes
//! it plain text, and `seams` parts words that another program glued. `several` tells pages of several
//! whole articles. `metadata` weighs what `meta`, `address`, `json_ld` and `visible` collect, `title`
//! which of the titles is the headline; `landmarks` tells `visible` where the article stands. Also
//! reads the pieces of HTML that other formats hold (`stored`).

mod address;
mod boilerplate;
mod container;
mod content;
mod credit;
mod dom;
mod elsewhere;
mod json_ld;
mod landmarks;
mod lead;
mod leftovers;
mod meta;
mod metadata;
mod outline;
mod render;
mod script_state;
mod seams;
mod several;
mod shape;
mod stored;
mod threads;
mod title;
mod visible;

use std::borrow::Cow;

use scraper::Html;

use self::outline::Outline;
use super::Emit;
use super::databases::{self, Export};
use crate::article::Format;
use crate::read::date::DayMonthOrder;
use crate::read::decode::decode;
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::furniture;
use crate::read::prose::Prose;
use crate::read::{RawItem, ReadConfig};

pub(super) use self::render::is_never_text;
pub(super) use self::stored::story_text;

/// Reads a page, which may be an export of many articles.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let RawItem { origin, bytes, context, .. } = item;
    let reject = |reason| Err(Rejected { origin: origin.clone(), reason });
    if bytes.len() as u64 > config.max_page_bytes {
        let (size_bytes, limit_bytes) = (bytes.len() as u64, config.max_page_bytes);
        return emit(reject(RejectReason::TooLarge { size_bytes, limit_bytes }));
    }
    // What the server said goes before what the page says.
    let text = decode(&bytes, context.charset.or_else(|| dom::declared_charset(&bytes)).as_deref());
    if let Err(reason) = shape::check(&text) {
        return emit(reject(reason));
    }
    let page = Html::parse_document(&text);
    let outline = Outline::of(&page);
    // Records of an archive are numbered already.
    if origin.record.is_none()
        && let Some(export) = export_of(&page, &outline, &text, config.day_month_order)
    {
        return databases::finish(export, origin, Format::Html, emit);
    }
    let facts = metadata::of_page(&page, &outline, config.day_month_order);
    let main = content::main_text(&page, &outline, &text, &facts);
    let mut draft: Draft = facts.draft;
    draft.body = if main.is_empty() { facts.summary } else { main };
    draft.body = opened_once(&draft.body, &draft.title);
    draft.body.truncate(furniture::trim_end(&draft.body).len());
    if draft.title.is_empty() {
        draft.title = crate::read::headline::of_body(&draft.body, &origin.path);
    }
    draft.url = draft.url.or(context.url);
    emit(draft.finish(origin, Format::Html));
}

/// So many blocks may be a headline and a standfirst that a page shows twice.
const MAX_OPENING_BLOCKS: usize = 4;

/// A shorter block that is said twice is a refrain, or an answer.
const MIN_REPEATED_CHARS: usize = 12;

/// A text that does not say the headline among its first blocks, nor once more below it what stands above it.
fn opened_once(text: &str, title: &str) -> String {
    let is_headline = |block: &str| block == title && title.chars().count() >= MIN_REPEATED_CHARS;
    if !text.split("\n\n").take(MAX_OPENING_BLOCKS).any(is_headline) {
        return text.to_owned();
    }
    let mut opening: Vec<&str> = Vec::new();
    let (mut rest, mut is_told) = (text, false);
    for _ in 0..MAX_OPENING_BLOCKS {
        let Some((block, below)) = rest.split_once("\n\n") else { break };
        is_told |= is_headline(block);
        let is_repeated = is_told && opening.contains(&block) && block.chars().count() >= MIN_REPEATED_CHARS;
        if !is_headline(block) && !is_repeated {
            opening.push(block);
        }
        rest = below;
    }
    opening.push(rest);
    opening.join("\n\n")
}

/// Words of which each export of a database has one, as they stand in HTML.
const MARKS_OF_EXPORTS: [&str; 5] = ["Document", "DOCUMENT", "Dokument", "DOKUMENT", "document ID"];

/// The articles of a page that is an export of a database of news.
fn export_of(page: &Html, outline: &Outline<'_>, html: &str, order: DayMonthOrder) -> Option<Export> {
    let may_be = MARKS_OF_EXPORTS.iter().any(|mark| html.contains(mark));
    let by_text = || databases::read(&content::all_text(page), order);
    may_be.then(by_text).flatten().or_else(|| several::of_page(page, outline, order))
}

/// Whether a string of another format holds markup rather than plain text.
pub(super) fn is_markup(text: &str) -> bool {
    // A tag that nothing closes is none.
    let Some(last) = text.rfind('>') else { return false };
    let mut rest = &text[..=last];
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let tag = rest.strip_prefix('/').unwrap_or(rest);
        let name_bytes = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let after = tag[name_bytes..].chars().next();
        let is_known = KNOWN_TAGS.iter().any(|known| known.eq_ignore_ascii_case(&tag[..name_bytes]));
        if is_known && matches!(after, Some('>' | '/' | ' ' | '\n' | '\t')) {
            return true;
        }
    }
    false
}

/// Tags that occur in stored article text. `<x>` in a plain text is none of them.
const KNOWN_TAGS: [&str; 32] = [
    "a",
    "article",
    "b",
    "blockquote",
    "br",
    "div",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "iframe",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "td",
    "tr",
    "ul",
];

/// The text of a piece of HTML, in paragraphs.
pub(super) fn plain_text(html: &str) -> String {
    if shape::check(html).is_err() {
        return String::new();
    }
    let fragment = Html::parse_fragment(html);
    let mut prose = Prose::default();
    render::render(fragment.tree.root(), &mut prose, &|_| false);
    prose.finish()
}

/// The text of a piece of HTML that its reader sees: letters carry text for lists of mail that is hidden in them.
pub(super) fn shown_text(html: &str) -> String {
    if shape::check(html).is_err() {
        return String::new();
    }
    let fragment = Html::parse_fragment(html);
    let text = |skip: &dyn Fn(ego_tree::NodeRef<'_, scraper::Node>) -> bool| {
        let mut prose = Prose::default();
        render::render(fragment.tree.root(), &mut prose, skip);
        prose.finish()
    };
    let shown = text(&render::is_hidden);
    if shown.is_empty() { text(&|_| false) } else { shown }
}

/// `text` with its character references resolved: `CDC&#8217;s` is `CDC’s`.
pub(crate) fn unescape(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    // Exporters escape twice now and then: `&amp;#8217;`.
    for _ in 0..2 {
        if !has_reference(&text) {
            break;
        }
        let escaped = text.replace('<', "&lt;");
        let fragment = Html::parse_fragment(&escaped);
        text = Cow::Owned(fragment.root_element().text().collect());
    }
    text.into_owned()
}

/// An ampersand, a name or number, and a semicolon.
fn has_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
        (2..=32).contains(&end) && rest[end..].starts_with(';')
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::article::{Article, Origin};
    use crate::read::cut::Context;

    fn parse(item: RawItem, config: &ReadConfig) -> Result<Article, Rejected> {
        let mut found = None;
        super::parse(item, config, &mut |result| found = Some(result));
        found.expect("an article or a reject")
    }

    /// The article of a page.
    #[track_caller]
    pub(super) fn article(page: &str) -> Article {
        let origin = Origin { path: Arc::from("/a.html"), record: None };
        let bytes = page.as_bytes().to_vec();
        parse(RawItem { origin, bytes, format: Format::Html, context: Context::default() }, &ReadConfig::default())
            .expect("an article")
    }

    /// Paragraphs of running text.
    pub(super) const TEXT: &str = "<p>The council closed the bridge at noon, and by the evening the ferry had a queue of \
        lorries a mile long.</p><p>Nobody in the town hall would say who had given the order, nor when the road is to open \
        again.</p><p>Shopkeepers on the quay said that they had not sold so much coffee since the year of the flood.</p>";

    #[test]
    fn references_are_resolved() {
        assert_eq!(unescape("CDC&#8217;s plan"), "CDC’s plan");
        assert_eq!(unescape("a &amp;amp; b"), "a & b");
        assert_eq!(unescape("AT&T < 5 & R&D;"), "AT&T < 5 & R&D;");
    }

    #[test]
    fn markup_is_told_from_text() {
        for (text, expected) in [
            ("<p>x</p>", true),
            ("a<br/>b", true),
            ("see <a href='x'>y</a>", true),
            ("2 < 3 and <x>", false),
            ("<plan b>", false),
            ("a <b", false),
        ] {
            assert_eq!(is_markup(text), expected, "{text}");
        }
        assert_eq!(
            plain_text("<p>One\n two</p><p>Three<br>four</p><ul><li>a<li>b</ul>"),
            "One two\n\nThree\nfour\n\na\nb"
        );
    }

    #[test]
    fn tables_that_arrange_a_letter_part_its_paragraphs() {
        let letter = r#"<span style="display: none">Preview</span><table><tr><td><table><tr><td>
            <h1>Dredging starts</h1><p>Crews dredge on Monday.</p><p>It costs $12 million.</p></td></tr></table></td></tr>
            <tr><td><p>Low tide is at noon.</p></td></tr></table><table><tr><td>Year</td><td>Cars</td></tr></table>"#;
        assert_eq!(
            shown_text(letter),
            "Dredging starts\n\nCrews dredge on Monday.\n\nIt costs $12 million.\n\nLow tide is at noon.\n\nYear | Cars"
        );
        assert_eq!(shown_text(r#"<p style="display:none">All is hidden.</p>"#), "All is hidden.");
        let facts = "<table><tr><td><div>2022</div></td><td><div>1.1 million</div></td></tr><tr><td>2023</td><td>2</td></tr></table>";
        assert_eq!(plain_text(facts), "2022 | 1.1 million\n2023 | 2");
    }

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Talks end in Geneva | The Paper</title>
<meta property="og:title" content="Talks end in Geneva"><meta property="og:site_name" content="The Paper">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"The Paper"},
{"@type":"NewsArticle","headline":"Talks end in Geneva","datePublished":"2014-05-08T10:16:13+01:00",
"author":[{"@type":"Person","name":"Jane Doe"},{"@type":"Person","name":"John Roe"}],"articleSection":"World"}]}</script>
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Talks end in Geneva</h1><p class="byline">By Jane Doe and John Roe</p>
<p>The two sides left the hotel by the lake on Thursday without a word to the press, and no date for another round was named by either of them.</p>
<p>Officials said that the exchange of prisoners agreed upon in April would go on, and that 120 civilians had come home since the first day of it.</p>
<p>Observers doubted that a ceasefire could follow soon, since the question of the eastern border had not been touched at all in the three days.</p>
</article><section class="related"><h2>Related articles</h2><ul><li><a href="/a">Storm closes ports</a></li></ul></section>
<div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published. Required fields are marked *</p></div>
<footer>© 2014 The Paper</footer></body></html>"#;

    #[test]
    fn a_page_gives_its_article() {
        let origin = Origin { path: Arc::from("/a.html"), record: None };
        let item =
            RawItem { origin, bytes: PAGE.as_bytes().to_vec(), format: Format::Html, context: Context::default() };
        let article = parse(item, &ReadConfig::default()).expect("an article");
        assert_eq!(article.title, "Talks end in Geneva");
        assert_eq!(article.authors, ["Jane Doe", "John Roe"]);
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2014-05-08T10:16:13+01:00"));
        assert_eq!(article.source.as_deref(), Some("The Paper"));
        assert_eq!(article.section.as_deref(), Some("World"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert!(article.body.contains("The two sides left"), "{}", article.body);
        assert_eq!(article.body.matches("\n\n").count(), 2, "{}", article.body);
        for furniture in ["Home", "Leave a Reply", "Storm", "©", "By Jane"] {
            assert!(!article.body.contains(furniture), "{furniture}: {}", article.body);
        }
    }

    #[test]
    fn headlines_and_standfirsts_are_said_once() {
        for (text, expected) in [
            (
                "Nobody was hurt\n\nFerry hits the quay\n\nNobody was hurt\n\nIt was foggy.",
                "Nobody was hurt\n\nIt was foggy.",
            ),
            ("Yes, sir, it was.\n\nYes, sir, it was.\n\nA", "Yes, sir, it was.\n\nYes, sir, it was.\n\nA"),
            ("Nobody was hurt\n\nNobody was hurt", "Nobody was hurt\n\nNobody was hurt"),
            ("", ""),
        ] {
            assert_eq!(opened_once(text, "Ferry hits the quay"), expected);
        }
    }

    #[test]
    fn nested_tables_do_not_overflow_the_stack() {
        let page = format!("<html>{}<p>A short text.</p>", "<table><tr><td>".repeat(900));
        let origin = Origin { path: Arc::from("/a.html"), record: None };
        let item = RawItem { origin, bytes: page.into_bytes(), format: Format::Html, context: Context::default() };
        assert_eq!(parse(item, &ReadConfig::default()).expect("an article").body, "A short text.");
    }

    #[test]
    fn deep_pages_are_refused() {
        let deep = "<div>".repeat(20_000);
        let origin = Origin { path: Arc::from("/a.html"), record: None };
        let item = RawItem { origin, bytes: deep.into_bytes(), format: Format::Html, context: Context::default() };
        let rejected = parse(item, &ReadConfig::default()).expect_err("too deep");
        assert_eq!(rejected.reason, RejectReason::TooDeep { limit: shape::MAX_DEPTH });
    }
}
