//! Shows why an article matched: lit title, passages of the body with highlights, entities and figures.
//!
//! Works on the stored text with the same slots, intervals and figure conditions that found the
//! article. Does not rank and does not know documents of the engine.

mod light;
mod occurrence;
mod passage;
mod sentence;
mod skim;

pub(super) use light::Lights;
pub(super) use sentence::sentence_around;

use super::lexicon::Lexicon;
use super::request::{Snippet, SnippetConfig, Why};
use crate::figure::Figure;
use crate::mention::Span;
use crate::schema::analyzer::Stemming;
use crate::schema::document::language;
use crate::schema::stored::StoredArticle;

use light::Atom;
use occurrence::Occurrences;
use passage::passages;
use skim::LEAST_WORDS;

/// Bytes of a body that are looked at before it is asked whether everything was found.
const CHUNK_BYTES: usize = 256 << 10;
/// Bytes of a body after which any find will do: readers of a book-sized article see its first part.
const ENOUGH_BYTES: usize = 1 << 20;
/// Figures and entities told per article.
const MAX_WHY: usize = 20;

/// What is shown of an article.
pub(super) struct Shown {
    pub title_highlights: Vec<Span>,
    pub snippets: Vec<Snippet>,
    pub why: Vec<Why>,
}

/// A place that matched, in one text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lit {
    /// Which light it belongs to.
    pub light: usize,
    /// What is lit, sorted.
    pub spans: Vec<Span>,
}

impl Lights {
    /// Explains one article.
    pub(super) fn show(&self, stored: &StoredArticle, lexicon: &mut Lexicon, config: SnippetConfig) -> Shown {
        let StoredArticle { article, extraction } = stored;
        lexicon.make_room();
        let stemming = Stemming::of(language(article, extraction));
        let mut in_title = Occurrences::new(self, lexicon, stemming, extraction, &extraction.title);
        in_title.read(lexicon, &article.title, article.title.len());
        let lit_title = self.light(&in_title, true);

        let mut lit_body = Vec::new();
        if config.n_passages > 0 && !self.is_empty() {
            let mut in_body = Occurrences::new(self, lexicon, stemming, extraction, &extraction.body);
            if self.longest_extent() <= LEAST_WORDS {
                in_body.skim(self.keys(), &article.body);
            }
            while in_body.read(lexicon, &article.body, CHUNK_BYTES) {
                if in_body.n_bytes_read() < article.body.len() {
                    let lit = self.light(&in_body, false);
                    let found_all = (0..self.len()).all(|light| lit.iter().any(|one| one.light == light));
                    if found_all || !lit.is_empty() && in_body.n_bytes_read() >= ENOUGH_BYTES {
                        break;
                    }
                }
            }
            lit_body = self.light(&in_body, false);
        }
        Shown {
            title_highlights: disjoint(lit_title.into_iter().flat_map(|lit| lit.spans).collect()),
            snippets: passages(&article.body, &lit_body, self.weights(), config),
            why: self.why(stored),
        }
    }

    /// Entities and figures asked for by themselves, as this article has them.
    fn why(&self, stored: &StoredArticle) -> Vec<Why> {
        let StoredArticle { article, extraction } = stored;
        let mut why = Vec::new();
        for atom in self.lone_atoms() {
            match atom {
                Atom::Entity { kind, keys: Some(keys) } => {
                    let meant = extraction.entities.iter();
                    let meant = meant.filter(|entity| entity.kind == *kind && keys.contains(&entity.key));
                    why.extend(meant.map(|entity| Why::Entity {
                        kind: *kind,
                        key: entity.key.clone(),
                        name: entity.name.clone(),
                    }));
                }
                Atom::Figure(condition) => {
                    let texts = [(&article.title, &extraction.title), (&article.body, &extraction.body)];
                    for (text, findings) in texts {
                        let meant = findings.figures.iter().filter(|figure| condition.matches(figure));
                        let text_of = |figure: &Figure| Why::Figure { text: figure.span.of(text).to_owned() };
                        why.extend(meant.map(text_of));
                    }
                }
                _ => {}
            }
        }
        let mut told = Vec::new();
        for one in why {
            if told.len() < MAX_WHY && !told.contains(&one) {
                told.push(one);
            }
        }
        told
    }
}

/// Spans sorted, overlapping ones made one.
fn disjoint(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut disjoint: Vec<Span> = Vec::new();
    for span in spans {
        match disjoint.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => disjoint.push(span),
        }
    }
    disjoint
}
