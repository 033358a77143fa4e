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

/// An extraction, and why each mention became its entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// What was found.
    pub extraction: Extraction,
    /// One for each mention of the title.
    pub title: Vec<Reason>,
    /// One for each mention of the body.
    pub body: Vec<Reason>,
}

/// Why a mention became its entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reason {
    /// Which taggers saw a name there, with the confidence of each, 0 to 1.
    pub taggers: Vec<(&'static str, f32)>,
    /// The rule that made it this entity, a stable lower-case word.
    pub rule: &'static str,
    /// The evidence, in a few words.
    pub text: String,
    /// Places that the name may mean, the one meant first, then by falling score. Empty for others.
    pub alternatives: Vec<Alternative>,
}

/// A place that a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Key of its entity.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Path from the continent down.
    pub path: String,
    /// Sum of the evidence.
    pub score: f32,
    /// What speaks for and against it.
    pub evidence: Vec<(String, f32)>,
}
