//! Text becomes mentions and figures.
//!
//! Does no I/O and cannot fail: whatever the text, there is an [`Extraction`]. Fed by
//! [`crate::pipeline`] with the words of one article at a time; articles are independent of each
//! other, so that any number of threads gives the same result.

pub mod figure;
pub mod gazetteer;
pub mod language;
mod news;
mod resolve;
mod rules;
pub mod sentence;
mod tagged;
pub mod tagger;
pub mod token;

pub use news::NewsExtractor;

use jiff::civil;

use crate::figure::Figure;
use crate::mention::{Entity, Mention};

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

/// Everything found in one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// Language of the body: declared, else detected. `None` when neither says.
    pub language: Option<String>,
    /// Entities of the article, in order of first mention (title before body), no key twice in a kind.
    pub entities: Vec<Entity>,
    /// Found in the title.
    pub title: Findings,
    /// Found in the body.
    pub body: Findings,
}

/// What one text holds. Both lists are sorted by start; mentions do not overlap mentions, figures do
/// not overlap figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// People, places, organisations, demonyms.
    pub mentions: Vec<Mention>,
    /// Numbers, quantities or not.
    pub figures: Vec<Figure>,
}

/// Finds mentions and figures in the words of an article.
pub trait Extractor: Send + Sync {
    /// Extracts. Deterministic: the same text gives the same extraction, on any machine.
    fn extract(&self, text: Text<'_>) -> Extraction;

    /// Short text that changes whenever extractions may change; kept in the manifest of an index.
    fn fingerprint(&self) -> String;
}
