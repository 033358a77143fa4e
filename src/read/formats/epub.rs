//! EPUB: each chapter with text is an article, numbered by its place in the book.
//!
//! Lists of other chapters are no chapters. Programs that make a book of a paper's pages put its day behind
//! the name of the paper, and bars of links, with the address of each page, around its text.

use std::collections::{HashMap, HashSet};

use super::head::take_credits;
use super::html::plain_text;
use super::packed::{line_of, names_of, open, part, part_bytes};
use super::text::skip_navigation;
use super::{Emit, Records};
use crate::article::{Format, PublicationDate};
use crate::read::cut::meter::{MAX_RATIO, MIN_ALLOWED_BYTES};
use crate::read::date::{DayMonthOrder, parse_date, parse_date_only};
use crate::read::decode::decode;
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::prose::one_line;
use crate::read::xml::{self, Element};
use crate::read::{RawItem, ReadConfig};

/// Chapters of a book; a year of a daily paper has fewer.
const MAX_CHAPTERS: usize = 20_000;

/// Blocks above the headline of a chapter: a kicker, a number, a day.
const MAX_BLOCKS_ABOVE: usize = 3;

/// A longer block above the headline is text.
const MAX_CHARS_ABOVE: usize = 80;

/// A list of chapters says at most this share of its letters outside of its links.
const MAX_SHARE_BESIDE_LINKS: f64 = 0.2;

/// An item of such a list is told by its link, unless that is a smaller share of it: a note has a link to where it
/// is referred to.
const MIN_LINK_SHARE: f64 = 0.3;

/// Classes by which calibre marks the bars of links around a page.
const BARS: [&str; 2] = ["calibre_navbar", "navbar"];

/// Classes by which it marks its lists of pages.
const LISTS: [&str; 3] = ["calibre_feed_list", "calibre_feed_description", "article_description"];

/// Reads a book.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let bytes = item.bytes.clone();
    let reject = |reason| Err(Rejected { origin: item.origin.clone(), reason });
    let book = open(&bytes).and_then(|mut book| {
        let container = part(&mut book, "META-INF/container.xml", config)?;
        let path = container.find("rootfile").and_then(|root| root.attribute("full-path")).map(str::to_owned);
        let path = path.ok_or(RejectReason::NoText)?;
        let package = part(&mut book, &path, config)?;
        Ok((book, path, package))
    });
    let (mut book, path, package) = match book {
        Ok(book) => book,
        Err(reason) => return emit(reject(reason)),
    };
    let of_book = facts_of(&package, config.day_month_order);
    let names = chapters(&package, path.rsplit_once('/').map_or("", |(folder, _)| folder));
    let all: HashSet<String> = names.iter().flatten().cloned().collect();
    let allowed_bytes = (bytes.len() as u64).saturating_mul(MAX_RATIO).max(MIN_ALLOWED_BYTES);
    let mut n_bytes = 0;
    let mut records = Records::new(item, None, emit);
    for name in names {
        let Some(name) = name else {
            records.skip();
            continue;
        };
        let bytes = match part_bytes(&mut book, &name, config) {
            Ok(bytes) => bytes,
            Err(reason) => {
                records.reject(reason);
                continue;
            }
        };
        n_bytes += bytes.len() as u64;
        if n_bytes > allowed_bytes {
            records.reject(RejectReason::Bomb { limit: MAX_RATIO });
            break;
        }
        let page = decode(&bytes, xml::declared_charset(&bytes).as_deref());
        let chapter = Chapter { name: &name, all: &all };
        // Covers, title pages and lists of chapters hold no text; nothing is lost with them.
        let Some(mut draft) = chapter.draft(&page, config).filter(|draft| !draft.body.is_empty()) else {
            records.skip();
            continue;
        };
        draft.source.clone_from(&of_book.source);
        if draft.authors.is_empty() {
            draft.authors.clone_from(&of_book.authors);
        }
        draft.language.clone_from(&of_book.language);
        draft.date = draft.date.or(of_book.date);
        let origin = records.origin();
        draft.title_from_body(&origin.path);
        records.push(draft.finish(origin, Format::Epub));
    }
    records.finish();
}

/// What a book says of all its chapters.
fn facts_of(package: &Element, order: DayMonthOrder) -> Draft {
    let facts = package.find("metadata").cloned().unwrap_or_default();
    let (source, day) = match line_of(&facts, "title") {
        Some(title) => {
            let (paper, day) = without_day(&title, order);
            (Some(paper.to_owned()), day)
        }
        None => (None, None),
    };
    Draft {
        source,
        authors: names_of(&facts),
        language: line_of(&facts, "language"),
        date: line_of(&facts, "date").and_then(|date| parse_date(&date, order)).or(day),
        ..Draft::default()
    }
}

/// The name of a paper without the day in brackets behind it, and that day.
fn without_day(title: &str, order: DayMonthOrder) -> (&str, Option<PublicationDate>) {
    let parts = title.strip_suffix(']').and_then(|title| title.rsplit_once('['));
    match parts.and_then(|(paper, day)| Some((paper.trim_end(), parse_date(day, order)?))) {
        Some((paper, day)) if !paper.is_empty() => (paper, Some(day)),
        _ => (title, None),
    }
}

/// Where the chapters of a book are, in their order; `None` for those that are lists by their own account.
fn chapters(package: &Element, folder: &str) -> Vec<Option<String>> {
    let mut manifest: HashMap<&str, &Element> = HashMap::new();
    for entry in package.descendants().into_iter().filter(|found| found.local_name() == "item") {
        if let Some(id) = entry.attribute("id") {
            manifest.entry(id).or_insert(entry);
        }
    }
    let spine = package.descendants().into_iter().filter(|found| found.local_name() == "itemref").take(MAX_CHAPTERS);
    let name = |chapter: &Element| {
        let entry = chapter.attribute("idref").and_then(|id| manifest.get(id))?;
        let is_list = entry.attribute("properties").is_some_and(|what| what.contains("nav"));
        entry.attribute("href").filter(|_| !is_list).map(|href| joined(folder, href))
    };
    spine.map(name).collect()
}

/// A chapter among others.
struct Chapter<'b> {
    /// Its path in the book.
    name: &'b str,
    /// The paths of all chapters.
    all: &'b HashSet<String>,
}

impl Chapter<'_> {
    /// What a chapter says; `None` for a list of chapters, and where nothing can be read.
    fn draft(&self, page: &str, config: &ReadConfig) -> Option<Draft> {
        if page.len() as u64 > config.max_page_bytes {
            return None;
        }
        let document = xml::parse(page).ok()?;
        let body = document.top.find("body")?;
        if self.is_list(body, config.day_month_order) {
            return None;
        }
        let heading = ["h1", "h2", "h3"].iter().find_map(|name| body.find(name));
        let title = heading.map(|heading| one_line(&heading.text())).filter(|title| !title.is_empty());
        let html = body.html(&|inner| match inner.local_name().to_ascii_lowercase().as_str() {
            "script" | "style" | "nav" => None,
            _ if is_bar(inner) => None,
            name => Some(name.to_owned()),
        });
        let text = plain_text(&html);
        let mut draft = chapter_draft(skip_navigation(&text), title, config.day_month_order);
        draft.url = address(body);
        Some(draft)
    }

    /// Whether a page is a list of chapters: links to them are nearly all that it says.
    fn is_list(&self, body: &Element, order: DayMonthOrder) -> bool {
        let mut n_linked = 0;
        let mut open: Vec<&Element> = vec![body];
        while let Some(element) = open.pop() {
            if is_bar(element) {
                continue;
            }
            if self.is_pointer(element) {
                n_linked += n_letters(&element.text());
            } else {
                open.extend(element.elements());
            }
        }
        if n_linked == 0 {
            return false;
        }
        let is_told = |inner: &Element| {
            let name = inner.local_name();
            is_bar(inner) || self.is_pointer(inner) || matches!(name, "h1" | "h2" | "h3" | "script" | "style" | "nav")
        };
        let rest = plain_text(&body.html(&|inner| (!is_told(inner)).then(|| inner.local_name().to_owned())));
        let is_day = |line: &str| parse_date_only(line.trim_matches(['[', ']', ' ']), order).is_some();
        let n_beside: usize = rest.lines().filter(|line| !is_day(line)).map(n_letters).sum();
        n_beside as f64 <= n_linked as f64 * MAX_SHARE_BESIDE_LINKS
    }

    /// Whether an element is a link to another chapter, or an item of a list that is little more.
    fn is_pointer(&self, element: &Element) -> bool {
        let leads_away = |link: &Element| {
            let folder = self.name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let target = link.attribute("href").map(|href| joined(folder, href));
            link.is("a") && target.is_some_and(|target| target != self.name && self.all.contains(&target))
        };
        match element.local_name() {
            "a" => leads_away(element),
            "li" | "tr" => {
                let links = element.descendants().into_iter().filter(|inner| leads_away(inner));
                let n_linked: usize = links.map(|link| n_letters(&link.text())).sum();
                n_linked > 0 && n_linked as f64 >= n_letters(&element.text()) as f64 * MIN_LINK_SHARE
            }
            _ => has_class(element, &LISTS),
        }
    }
}

fn chapter_draft(text: &str, title: Option<String>, order: DayMonthOrder) -> Draft {
    let Some(title) = title else { return Draft { body: text.to_owned(), ..Draft::default() } };
    let (above, below) = split_at_headline(text, &title);
    let mut draft = Draft { title, ..Draft::default() };
    let (standfirst, rest) = take_credits(below, &mut draft, order);
    // A kicker is no sentence, and says no number.
    let kicker = one_line(above);
    let is_kicker = !kicker.contains(|c: char| c.is_ascii_digit()) && !kicker.ends_with(['.', '!', '?', ':']);
    let above = if is_kicker && !kicker.is_empty() && !above.contains("\n\n") {
        draft.section = Some(kicker);
        ""
    } else {
        above
    };
    let parts = [above.trim(), standfirst.trim(), rest.trim()];
    draft.body = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    draft
}

/// What stands above the headline, where that is among the first blocks, and what below it.
fn split_at_headline<'t>(text: &'t str, title: &str) -> (&'t str, &'t str) {
    let mut start = 0;
    for block in text.split("\n\n").take(MAX_BLOCKS_ABOVE + 1) {
        let end = start + block.len();
        if one_line(block) == title {
            return (text[..start].trim_end(), text[end..].trim_start());
        }
        if block.chars().count() > MAX_CHARS_ABOVE {
            break;
        }
        start = end + 2;
    }
    ("", text.strip_prefix(title).unwrap_or(text).trim_start())
}

fn is_bar(element: &Element) -> bool {
    has_class(element, &BARS)
}

fn has_class(element: &Element, names: &[&str]) -> bool {
    let is_named = |class: &str| names.iter().any(|name| class.trim_end_matches(|c: char| c.is_ascii_digit()) == *name);
    element.attribute("class").is_some_and(|classes| classes.split_whitespace().any(is_named))
}

/// Where the page of a chapter was taken from.
fn address(body: &Element) -> Option<String> {
    let links = body.descendants().into_iter().filter(|inner| inner.is("a"));
    let mut origins = links.filter(|link| link.attribute("rel") == Some("calibre-downloaded-from"));
    origins.find_map(|link| link.attribute("href")).filter(|address| address.starts_with("http")).map(str::to_owned)
}

fn n_letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// A path inside the book, without its steps up and its escapes.
fn joined(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    unescaped(&parts.join("/"))
}

/// `%20` is a space.
fn unescaped(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(|_| byte == b'%') {
            Some(code) => {
                bytes.push(code);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_behind_the_name_of_a_paper_are_no_part_of_it() {
        let parts = |title: &'static str| {
            let (paper, day) = without_day(title, DayMonthOrder::default());
            (paper, day.map(|day| day.to_string()).unwrap_or_default())
        };
        assert_eq!(parts("The Paper [Mon, 04 Mar 2024]"), ("The Paper", "2024-03-04".to_owned()));
        assert_eq!(parts("The Paper [Selected]"), ("The Paper [Selected]", String::new()));
        assert_eq!(parts("[4 March 2024]"), ("[4 March 2024]", String::new()));
    }

    #[test]
    fn headlines_stand_among_the_first_blocks() {
        let read = |text: &str| {
            let draft = chapter_draft(text, Some("Rain falls".to_owned()), DayMonthOrder::default());
            let facts = [draft.section.unwrap_or_default(), draft.authors.join(" & ")];
            format!("{} / {}", facts.join(" / "), draft.body.replace("\n\n", "¶"))
        };
        assert_eq!(read("Weather\n\nRain\nfalls\n\nBy Ann Moe\n\nIt rained."), "Weather / Ann Moe / It rained.");
        assert_eq!(read("17\n\nRain falls\n\nIt rained."), " /  / 17¶It rained.");
        assert_eq!(read("Rain falls\n\nIt rained."), " /  / It rained.");
        assert_eq!(read("It rained."), " /  / It rained.");
    }

    /// Whether a page of a book of two chapters is a list of them.
    fn is_list(inside: &str) -> bool {
        let all: HashSet<String> = ["t/a.xhtml", "t/b.xhtml", "c.xhtml"].map(str::to_owned).into();
        let page = format!("<html><body>{inside}</body></html>");
        Chapter { name: "c.xhtml", all: &all }.draft(&page, &ReadConfig::default()).is_none()
    }

    #[test]
    fn lists_of_chapters_are_no_chapters() {
        let links =
            "<li><a href='t/a.xhtml#x'>Rain falls</a></li><li><a href='t/b.xhtml'>Snow is near</a> [4 March]</li>";
        assert!(is_list(&format!("<h1>Contents</h1><ol>{links}</ol>")));
        assert!(is_list(&format!("<h1>News</h1><p>[Mon, 04 Mar 2024]</p><ul>{links}</ul>")));
        assert!(!is_list(&format!(
            "<h1>News</h1><p>It rained, and nobody went out before it was over.</p><ul>{links}</ul>"
        )));
        assert!(!is_list("<h1>Rain</h1><p>It rained.</p><p><a href='t/a.xhtml'>Next</a></p>"));
        // Notes lead to where they are referred to.
        assert!(!is_list("<h1>Notes</h1><ol><li><a href='t/a.xhtml#1'>1</a> It had rained before.</li></ol>"));
        assert!(!is_list("<h1>Links</h1><ul><li><a href='https://a.example/'>Rain falls</a></li></ul>"));
    }
}
