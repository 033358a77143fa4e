//! Exports of databases of news: many articles in one text, each in the form of its database.
//!
//! The same text comes as plain text, in DOCX, RTF and PDF, and on a page. A text is an export only where at least two
//! marks of a database agree in most of its documents; everything else stays a text.

mod factiva;
mod nexis;
mod proquest;

use super::Emit;
use crate::article::{Format, Origin, PublicationDate};
use crate::read::date::{DayMonthOrder, parse_date_only};
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::prose::paragraphs;

/// The documents of an export.
pub(super) struct Export {
    drafts: Vec<Draft>,
    /// Whether a list of results or a cover stands above the first, or something else below the last.
    has_more: bool,
}

impl Export {
    /// An export whose documents were found elsewhere.
    pub(super) fn new(drafts: Vec<Draft>, has_more: bool) -> Self {
        Self { drafts, has_more }
    }

    #[cfg(test)]
    pub(super) fn into_drafts(self) -> Vec<Draft> {
        self.drafts
    }
}

/// The documents of a text; `None` for texts that are no export.
pub(super) fn read(text: &str, order: DayMonthOrder) -> Option<Export> {
    // Texts are many and exports few.
    if !["ocument", "OCUMENT", "okument", "OKUMENT"].iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    nexis::read(&lines, order).or_else(|| factiva::read(&lines, order)).or_else(|| proquest::read(&lines, order))
}

/// Hands out the articles of an export, numbered where there are several.
pub(super) fn finish(export: Export, origin: Origin, format: Format, emit: Emit<'_>) {
    let n_documents = export.drafts.len() as u64;
    for (number, mut draft) in (1..).zip(export.drafts) {
        let record = (n_documents > 1).then_some(number);
        let origin = Origin { record, ..origin.clone() };
        draft.title_from_body(&origin.path);
        emit(draft.finish(origin, format));
    }
    if export.has_more {
        let reason = RejectReason::LeftOut {
            n_left_out: 1,
            n_records: n_documents + 1,
            what: "parts of this export hold no article",
            kinds: "what stands above the first or below the last".to_owned(),
        };
        emit(Err(Rejected { origin, reason }));
    }
}

/// A document in the form of its database.
struct Document {
    draft: Draft,
    /// Whether something else stands above it.
    is_below_cover: bool,
}

/// Lines of a piece, and the document in them if they are in the form of one.
type Piece<'l> = (&'l [&'l str], Option<Document>);

/// Pieces that end in a mark each, and the rest behind the last of them: an export that breaks off has a document
/// there.
fn with_rest<'l>(
    mut pieces: Vec<Piece<'l>>,
    rest: &'l [&'l str],
    last: Option<Document>,
    order: DayMonthOrder,
) -> Option<Export> {
    if pieces.is_empty() {
        return None;
    }
    let is_document = last.is_some();
    if is_document {
        pieces.push((rest, last));
    }
    let has_more = !is_document && rest.iter().any(|line| !line.trim().is_empty());
    agreeing(pieces, has_more, order)
}

/// Pieces of a text of which most are documents; one that is not is a text like any other.
fn agreeing(pieces: Vec<Piece<'_>>, mut has_more: bool, order: DayMonthOrder) -> Option<Export> {
    let n_agreeing = pieces.iter().filter(|(_, document)| document.is_some()).count();
    if n_agreeing == 0 || n_agreeing * 2 < pieces.len() {
        return None;
    }
    has_more |= pieces.first().and_then(|(_, first)| first.as_ref()).is_some_and(|first| first.is_below_cover);
    let draft = |(lines, document): Piece<'_>| match document {
        Some(document) => document.draft,
        None => as_text(lines, order),
    };
    Some(Export { drafts: pieces.into_iter().map(draft).collect(), has_more })
}

/// A document that is not in the form of its neighbours.
fn as_text(lines: &[&str], order: DayMonthOrder) -> Draft {
    let mut draft = Draft::default();
    super::text::fill(&mut draft, &lines.join("\n"), "", order);
    draft
}

/// The running text in some lines.
fn body_of(lines: &[&str]) -> String {
    paragraphs(&lines.join("\n"))
}

/// `512 words`, in the languages in which databases count them.
fn is_length(line: &str) -> bool {
    const WORDS: [&str; 9] = ["words", "word", "wörter", "mots", "palabras", "parole", "palavras", "woorden", "слов"];
    let Some((number, word)) = line.trim().split_once(' ') else { return false };
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    is_number && WORDS.contains(&word.trim().to_lowercase().as_str())
}

/// Longest line of a date, in words: "Friday May 23, 2025 8:47 AM GMT".
const MAX_DATE_WORDS: usize = 9;

/// The day that a line states: weekday, time and edition may stand around it.
pub(super) fn day(line: &str, order: DayMonthOrder) -> Option<PublicationDate> {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > MAX_DATE_WORDS || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let ends = [words.len(), 5, 4, 3, 2];
    let mut candidates = (0..words.len().min(2)).flat_map(|start| ends.map(|end| (start, end.min(words.len()))));
    candidates.find_map(|(start, end)| {
        let text = words.get(start..end)?.join(" ");
        parse_date_only(text.trim_end_matches([',', ';']), order)
    })
}

fn is_copyright(line: &str) -> bool {
    let line = line.trim();
    let lower = line.to_lowercase();
    lower.starts_with("copyright ")
        || line.starts_with('©')
        || lower.starts_with("(c) ")
        || lower.trim_end_matches('.').ends_with("all rights reserved")
}

/// Languages as databases name them.
fn is_language(line: &str) -> bool {
    crate::read::draft::is_language_name(line)
}
