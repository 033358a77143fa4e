//! What documents of word processors have in common: lines of text, and facts that the program keeps.
//!
//! Headline, byline, dateline and date stand in the text as in plain text, unless a style names the
//! headline. What the program says of author and day counts only where the text says nothing: it knows
//! who typed and when.

use super::{Emit, databases, text};
use crate::article::{Format, Origin};
use crate::read::ReadConfig;
use crate::read::date::{SAMPLE_BYTES, date_of_file_name, date_of_folders, order_of, parse_date};
use crate::read::draft::Draft;
use crate::read::prose::{one_line, start_of};

/// A paragraph, heading or row of a table. Its own line breaks are `\n`.
pub(super) struct Line {
    /// Whether its style is that of a headline.
    pub(super) is_title: bool,
    pub(super) text: String,
}

/// What the program that wrote a document says of it.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    /// Days of its making, the likeliest first.
    pub(super) dates: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) section: Option<String>,
    pub(super) tags: Option<String>,
}

/// Makes an article of a document, or several of an export.
pub(super) fn finish(
    origin: Origin,
    format: Format,
    lines: Vec<Line>,
    facts: Facts,
    config: &ReadConfig,
    emit: Emit<'_>,
) {
    let joined = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n\n");
    let sample = || start_of(&joined, SAMPLE_BYTES).to_owned();
    let order = order_of(facts.language.as_deref(), None, sample, config.day_month_order);
    if let Some(export) = databases::read(&joined, order) {
        return databases::finish(export, origin, format, emit);
    }
    let mut lines = lines.into_iter().filter(|line| !line.text.trim().is_empty()).peekable();
    let mut draft = Draft::default();
    if let Some(title) = lines.next_if(|line| line.is_title) {
        draft.title = one_line(&title.text);
    } else if let Some(stated) = facts.title.filter(|title| !is_file_name(title)) {
        // Programs take the first line for the title.
        lines.next_if(|line| one_line(&line.text) == stated);
        draft.title = stated;
    }
    let text = lines.map(|line| line.text).collect::<Vec<_>>().join("\n\n");
    text::fill(&mut draft, &text, &origin.path, order);
    if draft.authors.is_empty() {
        draft.authors = facts.authors;
    }
    draft.date = draft
        .date
        .or_else(|| date_of_file_name(&origin.path).or_else(|| date_of_folders(&origin.path)))
        .or_else(|| facts.dates.iter().find_map(|date| parse_date(date, order)));
    if draft.tags.is_empty() {
        draft.tags =
            facts.tags.iter().flat_map(|tags| tags.split([',', ';'])).map(|tag| tag.trim().to_owned()).collect();
    }
    draft.section = draft.section.or(facts.section);
    draft.language = draft.language.or(facts.language);
    emit(draft.finish(origin, format));
}

/// Programs fill in what the file was once called.
fn is_file_name(title: &str) -> bool {
    let lower = title.to_ascii_lowercase();
    [".doc", ".docx", ".odt", ".rtf", ".txt"].iter().any(|ending| lower.ends_with(ending))
        || lower.starts_with("microsoft word")
        || ["untitled", "unknown", "document", "unbenannt", "document1"].contains(&lower.as_str())
}
