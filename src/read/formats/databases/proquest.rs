//! ProQuest: documents between lines of underscores, their facts behind labels above and below the text.

use super::{Document, Export, Piece, agreeing, body_of, day};
use crate::article::PublicationDate;
use crate::read::date::DayMonthOrder;
use crate::read::draft::Draft;
use crate::read::prose::one_line;

/// Labels of what stands above the text and begins it.
const ABOVE: [&str; 6] = ["author", "publication info", "proquest document link", "abstract", "links", "full text"];
/// Labels of what stands below it.
const BELOW: [&str; 38] = [
    "subject",
    "business indexing term",
    "location",
    "people",
    "company / organization",
    "classification",
    "identifier / keyword",
    "title",
    "alternate title",
    "publication title",
    "pages",
    "first page",
    "number of pages",
    "publication year",
    "publication date",
    "year",
    "volume",
    "issue",
    "column",
    "section",
    "dateline",
    "credit",
    "publisher",
    "place of publication",
    "country of publication",
    "publication subject",
    "issn",
    "e-issn",
    "source type",
    "language of publication",
    "document type",
    "document feature",
    "document url",
    "proquest document id",
    "accession number",
    "copyright",
    "last updated",
    "database",
];
/// Shortest line of underscores that parts documents.
const MIN_LINE: usize = 20;

pub(super) fn read(lines: &[&str], order: DayMonthOrder) -> Option<Export> {
    let is_parting = |line: &&str| line.len() >= MIN_LINE && line.bytes().all(|byte| byte == b'_');
    let blocks = lines.split(is_parting).filter(|block| block.iter().any(|line| !line.trim().is_empty()));
    let mut pieces: Vec<Piece<'_>> = blocks.map(|block| (block, document(block, order))).collect();
    // A list of contents above, addresses of the database below. What has a text is a document that broke off.
    let is_other = |piece: Option<&Piece<'_>>| {
        piece.is_some_and(|(lines, document)| {
            document.is_none() && !lines.iter().any(|line| label_of(line, &["full text", "abstract"]).is_some())
        })
    };
    let has_cover = is_other(pieces.first());
    if has_cover {
        pieces.remove(0);
    }
    let has_more = is_other(pieces.last());
    if has_more {
        pieces.pop();
    }
    agreeing(pieces, has_cover || has_more, order)
}

/// Reads a document; `None` where it lacks what each of them has.
fn document(lines: &[&str], order: DayMonthOrder) -> Option<Document> {
    let first_below = first_below(lines);
    let (above, below) = lines.split_at(first_below);
    let below = Fields::read(below, &BELOW);
    let above = Fields::read(above, &ABOVE);
    let source = below.line("publication title")?;
    let id = below.line("proquest document id")?;
    let title = below.line("title").or_else(|| above.heading.clone())?;
    let text = above.lines("full text").filter(has_text).or_else(|| above.lines("abstract"));
    let tags = ["subject", "identifier / keyword"].iter().filter_map(|label| below.line(label));
    let mut tags: Vec<String> = tags.flat_map(|tags| parts(&tags)).collect();
    let page = below.line("first page").or_else(|| below.line("pages"));
    tags.extend(page.map(|page| format!("page {page}")));
    let draft = Draft {
        title,
        body: text.map(body_of).unwrap_or_default(),
        date: date(&below, order),
        authors: above.line("author").map(|authors| names(&authors)).unwrap_or_default(),
        source: parts(&source).into_iter().next(),
        section: below.line("section"),
        language: below.line("language of publication"),
        url: below.line("document url"),
        own_id: Some(id),
        tags,
    };
    Some(Document { draft, is_below_cover: false })
}

fn has_text(text: &&[&str]) -> bool {
    let text = text.join(" ");
    !text.trim().is_empty() && text.trim().trim_end_matches('.') != "Not available"
}

fn date(below: &Fields<'_>, order: DayMonthOrder) -> Option<PublicationDate> {
    ["publication date", "publication year", "year"]
        .iter()
        .find_map(|label| below.line(label).and_then(|line| day(&line, order)))
}

/// Where the facts below the text begin: from the end up, lines that begin with their labels, each once, with one line
/// between them at most that goes on from the one above.
fn first_below(lines: &[&str]) -> usize {
    let mut first = lines.len();
    let mut seen = Vec::new();
    let mut n_others = 0;
    for (at, line) in lines.iter().enumerate().rev().filter(|(_, line)| !line.trim().is_empty()) {
        match label_of(line, &BELOW) {
            Some((label, _)) if seen.contains(&label) => break,
            Some((label, _)) => {
                seen.push(label);
                first = at;
                n_others = 0;
            }
            None if n_others == 1 => break,
            None => n_others += 1,
        }
    }
    first
}

/// A label of a list that a line begins with, and what stands behind it.
fn label_of<'l>(line: &'l str, labels: &[&'static str]) -> Option<(&'static str, &'l str)> {
    let (label, value) = line.trim_start().split_once(':')?;
    let label = labels.iter().find(|known| known.eq_ignore_ascii_case(label.trim_end()))?;
    Some((label, value.trim()))
}

/// What stands behind labels, each with the lines below it.
struct Fields<'l> {
    /// The first line above all labels.
    heading: Option<String>,
    values: Vec<(&'static str, Vec<&'l str>)>,
}

impl<'l> Fields<'l> {
    fn read(lines: &[&'l str], labels: &[&'static str]) -> Self {
        let mut fields = Self { heading: None, values: Vec::new() };
        let mut is_text = false;
        for &line in lines {
            // What begins like a label in the text is text.
            match label_of(line, labels).filter(|_| !is_text) {
                Some((label, value)) => {
                    is_text = label == "full text";
                    fields.values.push((label, vec![value]));
                }
                None => match fields.values.last_mut() {
                    Some((_, value)) => value.push(line),
                    None if fields.heading.is_none() && !line.trim().is_empty() && !is_number(line) => {
                        fields.heading = Some(one_line(line));
                    }
                    None => {}
                },
            }
        }
        fields
    }

    fn lines(&self, label: &str) -> Option<&[&'l str]> {
        self.values.iter().find(|(one, _)| *one == label).map(|(_, lines)| &lines[..])
    }

    fn line(&self, label: &str) -> Option<String> {
        self.lines(label).map(|lines| one_line(&lines.join(" "))).filter(|line| !line.is_empty())
    }
}

/// `Document 3 of 25`.
fn is_number(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words[..], ["Document", number, "of", all] if [number, all].iter().all(|n| n.parse::<u32>().is_ok()))
}

/// What stands between semicolons.
fn parts(line: &str) -> Vec<String> {
    line.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// `Holm, Kari; Jane Doe` -> Kari Holm, Jane Doe.
fn names(line: &str) -> Vec<String> {
    let in_order = |name: String| match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name,
    };
    parts(line).into_iter().map(|name| in_order(name.trim_end_matches('.').to_owned())).collect()
}
