//! Text becomes mentions and figures.
//!
//! Does no I/O and cannot fail: whatever the text, there is an [`Extraction`]. Fed by
//! [`crate::pipeline`] with the words of one article at a time; articles are independent of each
//! other, so that any number of threads gives the same result.

mod combine;
pub mod figure;
mod function_words;
pub mod gazetteer;
pub mod language;
mod news;
mod resolve;
mod rules;
pub mod sentence;
mod spelling;
mod tagged;
pub mod tagger;
pub mod token;

pub use news::{NewsExtractor, taggers};
pub use spelling::Spellings;

use jiff::civil;

pub use crate::extraction::{Extraction, Findings};

/// What an extractor may look at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text<'a> {
    /// Headline; may be empty.
    pub title: &'a str,
    /// Main text.
    pub body: &'a str,
    /// Declared language, a lower-case BCP 47 primary subtag.
    pub language: Option<&'a str>,
    /// Day of publication.
    pub date: Option<civil::Date>,
}

/// Finds mentions and figures in the words of an article.
pub trait Extractor: Send + Sync {
    /// Extracts. Deterministic: the same text gives the same extraction, on any machine.
    fn extract(&self, text: Text<'_>) -> Extraction;

    /// Short text that changes whenever extractions may change; kept in the manifest of an index.
    fn fingerprint(&self) -> String;
}
