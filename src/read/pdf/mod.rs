//! Text of printed pages: PDF.
//!
//! A page of PDF is letters at places, without words, lines or columns; all of these are found again
//! here. The crate that takes such files apart is large and stops at some of the damaged ones, so that it
//! runs in a process of its own: [`extract`] is what that process does, and
//! [`ReadConfig::pdf_reader`](super::ReadConfig::pdf_reader) is who asks it.
//!
//! | file | does |
//! |---|---|
//! | `glyphs` | letters with their places, by the crate |
//! | `widths` | how wide letters are, in a form that the crate reads right |
//! | `repair` | a new table of objects for a file whose own is lost |
//! | `line` | letters become words, words become lines |
//! | `right_to_left` | pages of Hebrew and Arabic are mirrored |
//! | `columns` | which words of a row are one line |
//! | `gutter` | the white between columns |
//! | `block` | lines become blocks |
//! | `order` | blocks get an order: story by story, column by column |
//! | `table` | rows of cells |
//! | `pairwise` | the order of blocks that stand in no clear columns |
//! | `print_marks` | what a browser printed around a page goes |
//! | `flow` | blocks become paragraphs; divided words are whole again, running heads go |
//! | `headline` | which block is the headline |

#[cfg(feature = "pdf")]
mod block;
#[cfg(feature = "pdf")]
mod columns;
#[cfg(feature = "pdf")]
mod flow;
#[cfg(feature = "pdf")]
mod glyphs;
#[cfg(feature = "pdf")]
mod gutter;
#[cfg(feature = "pdf")]
mod headline;
#[cfg(feature = "pdf")]
mod line;
#[cfg(feature = "pdf")]
mod order;
#[cfg(feature = "pdf")]
mod pairwise;
#[cfg(feature = "pdf")]
mod print_marks;
#[cfg(feature = "pdf")]
mod repair;
#[cfg(feature = "pdf")]
mod right_to_left;
#[cfg(feature = "pdf")]
mod table;
#[cfg(feature = "pdf")]
mod widths;

use serde::{Deserialize, Serialize};

#[cfg(feature = "pdf")]
use self::line::Glyph;

/// What a file of PDF holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PdfText {
    /// Headline, as printed or as declared; empty when there is none.
    pub title: String,
    /// Who is declared to have made it.
    pub author: String,
    /// When it was made, as declared: `D:20240312101500+01'00'`.
    pub created: String,
    /// Whether a browser printed it, so that `created` is the day of printing.
    #[serde(default)]
    pub is_browser_print: bool,
    /// Address that the browser printed beside it; empty when there is none.
    #[serde(default)]
    pub url: String,
    /// Paragraphs in reading order, the headline left out, with empty lines between.
    pub text: String,
    /// What could not be read.
    #[serde(default)]
    pub damage: Damage,
}

/// What of a file could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// What was wrong with the table of objects, where a new one had to be made: pages may be lost.
    pub table: Option<String>,
    /// Numbers of the pages that broke off, from 1.
    pub pages: Vec<u32>,
    /// What was wrong with the first of them.
    pub reason: Option<String>,
}

impl Damage {
    /// In words; `None` when the file is whole.
    pub fn describe(&self) -> Option<String> {
        /// More are counted.
        const N_NAMED: usize = 20;
        let pages = (!self.pages.is_empty()).then(|| {
            let named: Vec<String> = self.pages.iter().take(N_NAMED).map(u32::to_string).collect();
            let more = match self.pages.len().saturating_sub(N_NAMED) {
                0 => String::new(),
                n_more => format!(" and {n_more} more"),
            };
            let reason = self.reason.as_deref().unwrap_or_default();
            let (noun, verb) = if self.pages.len() == 1 { ("page", "breaks") } else { ("pages", "break") };
            format!("{noun} {}{more} {verb} off: {reason}", named.join(", "))
        });
        let table = self.table.as_ref().map(|reason| format!("pages may be missing: {reason}"));
        let parts: Vec<String> = table.into_iter().chain(pages).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// What the process that reads a file answers, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// The file was read.
    Text(PdfText),
    /// It was not, for this reason.
    Error(String),
}

/// Why no text came of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// The file is damaged.
    #[error("it is damaged ({0}); another program may read it: `--convert 'pdf=pdftotext {{}} -'`")]
    Damaged(String),
    /// The file opens with a password only.
    #[error("it is locked with a password; save it without one")]
    Locked,
    /// Pages are pictures.
    #[error("its pages hold no letters, as scanned ones do; put text under them with a program for OCR first")]
    NoLetters,
    /// Fonts that do not say which letters their shapes are.
    #[error("its fonts do not say which letters they show; print it anew, or use OCR")]
    UnknownLetters,
}

/// Reads the text of a file.
///
/// # Errors
/// When it is damaged, locked, or without letters.
///
/// Where the crate below panics, a page breaks off; where it takes all memory or time, nothing is done about
/// it: run this in a process of its own, with a panic hook that says nothing.
#[cfg(feature = "pdf")]
pub fn extract(bytes: &[u8]) -> Result<PdfText, PdfError> {
    let file = glyphs::read(bytes)?;
    let (n_letters, n_unknown) = file.pages.iter().flatten().fold((0, 0), |(n, unknown), glyph| {
        let is_unknown = glyph.text.contains(|c| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
        (n + usize::from(!glyph.text.trim().is_empty()), unknown + usize::from(is_unknown))
    });
    match (n_letters, n_unknown) {
        (0, _) => return Err(file.damage.describe().map_or(PdfError::NoLetters, PdfError::Damaged)),
        (n, unknown) if unknown * 2 > n => return Err(PdfError::UnknownLetters),
        _ => {}
    }
    let (title, text, url) = text_of(&file.pages, &file.title);
    let glyphs::File { author, created, is_browser_print, damage, .. } = file;
    Ok(PdfText { title, author, created, is_browser_print, url: url.unwrap_or_default(), text, damage })
}

/// Headline, text and printed address of pages of letters, given what is declared to be the title.
#[cfg(feature = "pdf")]
fn text_of(pages: &[Vec<Glyph>], declared_title: &str) -> (String, String, Option<String>) {
    let mut pages: Vec<Vec<line::Line>> = pages.iter().map(|glyphs| line::lines(glyphs)).collect();
    let url = print_marks::drop_print_marks(&mut pages, declared_title);
    flow::drop_running_heads(&mut pages);
    let mut pages: Vec<Vec<block::Block>> = pages.into_iter().map(block::in_reading_order).collect();
    let title = headline::take(&mut pages, declared_title);
    (title, flow::paragraphs(&pages).join("\n\n"), url)
}

#[cfg(all(test, feature = "pdf"))]
mod tests;
