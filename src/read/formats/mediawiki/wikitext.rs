//! Wikitext as plain text: links keep their words, tables of figures their rows; references and templates
//! go, but for those that stand in sentences.

use super::tables::{block_bytes, with_tables};
use super::templates;
use crate::read::formats::html::plain_text;

/// Sections at the end of an article that are no part of its text.
const END_SECTIONS: [&str; 14] = [
    "sources",
    "source",
    "external links",
    "references",
    "notes",
    "related news",
    "see also",
    "sister links",
    "quellen",
    "einzelnachweise",
    "weblinks",
    "fuentes",
    "fonti",
    "liens externes",
];

/// Links that lead to files and kinds, in the languages that name them.
const FILES: [&str; 10] =
    ["file", "image", "datei", "bild", "fichier", "archivo", "imagen", "immagine", "файл", "plik"];
const CATEGORIES: [&str; 7] =
    ["category", "kategorie", "catégorie", "categoría", "categoria", "категория", "kategoria"];

/// A page's text, and what it says outside of it.
pub(super) struct Plain {
    pub(super) text: String,
    pub(super) categories: Vec<String>,
    /// Names of templates in lower case, and their first argument.
    pub(super) templates: Vec<(String, String)>,
}

pub(super) fn plain(wikitext: &str) -> Plain {
    let mut plain = Plain { text: String::new(), categories: Vec::new(), templates: Vec::new() };
    let text = without(wikitext, "<!--", "-->");
    let text = without_references(&text);
    let text = without_templates(&text, &mut plain.templates);
    let text = with_tables(&text);
    let text = without_links(&text, &mut plain.categories);
    let mut html = String::with_capacity(text.len());
    let mut is_paragraph_open = false;
    for line in text.lines() {
        let line = line.trim_end();
        let trimmed = line.trim();
        if let Some(heading) = heading(trimmed) {
            if END_SECTIONS.contains(&heading.to_lowercase().as_str()) {
                break;
            }
            html.push_str(&format!("<h3>{heading}</h3>"));
        } else if trimmed.is_empty() {
            if is_paragraph_open {
                html.push_str("</p>");
                is_paragraph_open = false;
            }
        } else if let Some(point) = line.strip_prefix(['*', '#', ';', ':']) {
            html.push_str(&format!("<p>{}</p>", point.trim_start_matches(['*', '#', ';', ':', ' '])));
        } else if trimmed.starts_with("__") || trimmed.starts_with("----") {
            // Switches such as __NOTOC__, and rules.
        } else {
            if !is_paragraph_open {
                html.push_str("<p>");
                is_paragraph_open = true;
            }
            html.push_str(trimmed);
            html.push('\n');
        }
    }
    plain.text = plain_text(&html.replace("'''''", "").replace("'''", "").replace("''", ""));
    plain
}

/// `== Background ==`.
fn heading(line: &str) -> Option<&str> {
    let inner = line.strip_prefix("==")?.strip_suffix("==")?;
    let inner = inner.trim_matches('=').trim();
    (!inner.is_empty()).then_some(inner)
}

/// `text` without what stands between these marks.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        kept.push_str(&rest[..at]);
        match rest[at..].find(close) {
            Some(end) => rest = &rest[at + end + close.len()..],
            None => return kept,
        }
    }
    kept.push_str(rest);
    kept
}

/// Drops `<ref>…</ref>`, `<ref name=x />` and galleries.
fn without_references(text: &str) -> String {
    let mut kept = text.to_owned();
    for name in ["ref", "gallery", "imagemap", "math", "score", "timeline"] {
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        let mut next = String::with_capacity(kept.len());
        let (mut rest, mut is_closed) = (kept.as_str(), true);
        while let Some(at) = rest.find(&open) {
            let after = &rest[at + open.len()..];
            if !after.starts_with(['>', ' ', '/', '\n']) {
                next.push_str(&rest[..at + open.len()]);
                rest = after;
                continue;
            }
            next.push_str(&rest[..at]);
            let tag_end = after.find('>').map_or(after.len(), |end| end + 1);
            rest = if after[..tag_end].ends_with("/>") {
                &after[tag_end..]
            } else {
                let closed = if is_closed { after.find(&close) } else { None };
                is_closed = closed.is_some();
                &after[closed.map_or_else(|| block_bytes(after), |end| end + close.len())..]
            };
        }
        next.push_str(rest);
        kept = next;
    }
    kept
}

/// Drops `{{…}}`, keeps the words of those that stand in sentences, and collects the others.
fn without_templates(text: &str, templates: &mut Vec<(String, String)>) -> String {
    fold_pairs(text, ['{', '}'], |template| words_of(template, templates))
}

/// `text` with the words of what stands between double brackets, the innermost first.
fn fold_pairs(text: &str, brackets: [char; 2], mut words: impl FnMut(&str) -> String) -> String {
    // Texts between the brackets that are open; the first is the page's own.
    let mut open: Vec<String> = vec![String::new()];
    let mut rest = text;
    loop {
        match next_mark(rest, brackets, open.len()) {
            Some((at, true)) => {
                push(&mut open, &rest[..at]);
                open.push(String::new());
                rest = &rest[at + 2..];
            }
            Some((at, false)) => {
                push(&mut open, &rest[..at]);
                let inner = open.pop().unwrap_or_default();
                let words = words(&inner);
                push(&mut open, &words);
                rest = &rest[at + 2..];
            }
            None => break,
        }
    }
    push(&mut open, rest);
    // What was never closed is text.
    open.concat()
}

/// Templates and links lie in each other at most so deep; deeper ones are text.
const MAX_DEPTH: usize = 40;

/// The next pair of brackets that opens (or closes, where something is open): its place, and whether
/// it opens.
fn next_mark(text: &str, brackets: [char; 2], n_open: usize) -> Option<(usize, bool)> {
    let mut from = 0;
    loop {
        let at = text[from..].find(brackets)? + from;
        let is_double = text.as_bytes().get(at + 1) == text.as_bytes().get(at);
        let opens = text[at..].starts_with(brackets[0]);
        if is_double && ((opens && n_open <= MAX_DEPTH) || (!opens && n_open > 1)) {
            return Some((at, opens));
        }
        from = at + 1;
    }
}

fn push(open: &mut [String], text: &str) {
    if let Some(last) = open.last_mut() {
        last.push_str(text);
    }
}

/// What a template leaves in the text.
fn words_of(template: &str, templates: &mut Vec<(String, String)>) -> String {
    let mut parts = split_arguments(template).into_iter();
    let name = parts.next().unwrap_or("").trim().to_lowercase();
    let parts: Vec<&str> = parts.map(str::trim).collect();
    if let Some(words) = templates::words(&name, &parts) {
        return words;
    }
    if let Some(first) = parts.iter().find(|part| !part.contains('=')) {
        templates.push((name, (*first).to_owned()));
    }
    String::new()
}

/// Arguments between bars that stand in no link.
fn split_arguments(template: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0_usize, 0_usize);
    for (at, c) in template.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                parts.push(&template[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&template[start..]);
    parts
}

/// Links become their words; pictures go, categories are collected.
fn without_links(text: &str, categories: &mut Vec<String>) -> String {
    without_addresses(&fold_pairs(text, ['[', ']'], |link| words_of_link(link, categories)))
}

fn words_of_link(link: &str, categories: &mut Vec<String>) -> String {
    let (target, words) = link.split_once('|').unwrap_or((link, link));
    let prefix = target.trim().split(':').next().unwrap_or("").trim().to_lowercase();
    if target.contains(':') && !target.trim_start().starts_with(':') {
        if FILES.contains(&prefix.as_str()) {
            return String::new();
        }
        if CATEGORIES.contains(&prefix.as_str()) {
            categories.extend(target.split_once(':').map(|(_, name)| name.trim().to_owned()));
            return String::new();
        }
        // Links to the same page in other languages stand alone.
        if words == link && (2..=3).contains(&prefix.len()) {
            return String::new();
        }
    }
    let words = words.rsplit('|').next().unwrap_or(words);
    words.trim_start_matches(':').to_owned()
}

/// `[https://paper.example A title]` is its title.
fn without_addresses(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("[http") {
        kept.push_str(&rest[..at]);
        let inner = &rest[at + 1..];
        let end = inner.find([']', '\n']).unwrap_or(inner.len());
        kept.push_str(inner[..end].split_once(' ').map_or("", |(_, words)| words));
        rest = inner[end..].strip_prefix(']').unwrap_or(&inner[end..]);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wikitext: &str, expected: &str) {
        assert_eq!(plain(wikitext).text, expected);
    }

    #[test]
    fn markup_becomes_text() {
        check(
            "{{date|May 3, 2024}}\n'''Talks''' in [[Geneva|the city]] ended.<ref>x</ref>",
            "Talks in the city ended.",
        );
        check("[[File:a.jpg|thumb|A [[lake]].]]The {{w|Kyiv|capital}} and {{w|Lviv}}.", "The capital and Lviv.");
        check("A [https://x.example report] said.\n\n== Sources ==\n* {{source|url=x}}", "A report said.");
        check("One.\n\n== Background ==\nTwo.\n* a\n* b", "One.\n\nBackground\n\nTwo.\n\na\n\nb");
        check("A {| class=x\n| cell\n|} b <!-- c -->", "A b");
        check(
            "Few came.\n{| class=\"wikitable\"\n! Town !! Votes\n|-\n| [[Bergen|B.]] || 10\n|}\nIt rained {{convert|3|mm|in}}.",
            "Few came.\n\nTown | Votes\nB. | 10\n\nIt rained 3 mm.",
        );
        check(
            "One.\n\n{{QuoteRight|I ran.|Ann Moe}}\n\n{{\"|Es regnet}}, sagte sie.",
            "One.\n\n“I ran.” — Ann Moe\n\n“Es regnet”, sagte sie.",
        );
    }

    #[test]
    fn what_is_not_closed_is_kept_or_dropped_without_harm() {
        check("A {{b", "A b");
        check("A [[b", "A b");
        check("A }} b ]]", "A }} b ]]");
        check("A.<ref>b c\n\nD.<ref name=x>e\n== F ==\nG.", "A.\n\nD.\n\nF\n\nG.");
        check("A.\n{| class=\"wikitable\"\n| b\n\nC.\n{|\n| d", "A.\n\nC.");
    }

    #[test]
    fn categories_and_templates_are_collected() {
        let plain = plain("{{date|May 3, 2024}}Text.[[Category:Geneva]][[Category:May 3, 2024]][[de:Text]]");
        assert_eq!(plain.categories, ["Geneva", "May 3, 2024"]);
        assert_eq!(plain.templates, [("date".to_owned(), "May 3, 2024".to_owned())]);
    }
}
