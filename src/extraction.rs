//! Everything found in one article: entities, mentions and figures.
//!
//! Fed by [`crate::extract`]; kept by [`crate::schema`]; read by everything after it.

use crate::figure::Figure;
use crate::mention::{Entity, Mention};

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
