//! How the score of a hit came about: each part of the query, what stands together, what stands early,
//! what it shares with the best articles. The shares add up to the score.
//!
//! Asks the same walks that ranked the hit, part by part and for this one article, so that it can't
//! tell another story than the ranking; only costs time when it is asked for.

use tantivy::DocId;
use tantivy::schema::Field;

use super::collect::Ranked;
use super::error::SearchError;
use super::open::Searcher;
use super::plan::{Plan, Planner, Scores, compile};
use super::query::{Expr, Node, Pattern, Query};
use super::refine::{Closeness, PlaceReader, QueryWord};
use super::related::RelatedReader;
use super::statistics::Statistics;

/// Why a hit has its score.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Shares of the score, in the order of the query, then what was added for places and for related
    /// words. They add up to the score of the hit, but for its rounding.
    pub shares: Vec<Share>,
    /// Parts of the query that the article has.
    pub n_matched: usize,
    /// Parts of the query; what stands under NOT is none.
    pub n_parts: usize,
    /// Parts that the article has not, as typed.
    pub missing: Vec<String>,
    /// Whether every part is a plain word.
    pub only_words: bool,
}

/// A share of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// What earned it.
    pub cause: Cause,
    /// How much it is.
    pub score: f32,
}

/// What earns a share of a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A part of the query.
    Part {
        /// As typed.
        typed: String,
        /// Whether the title has it; `None` when that is not known.
        in_title: Option<bool>,
        /// Whether the body has it.
        in_body: Option<bool>,
    },
    /// Two neighbours of the query stand together in the article too.
    Together(String, String),
    /// A word stands near the beginning of the body.
    Early(String),
    /// Words that the best articles for this query share.
    Related(Vec<String>),
    /// It reports a figure that the words of the query name.
    Figure,
    /// It is recent.
    Recent,
}

/// A part of a query, planned by itself.
struct Part {
    typed: String,
    plan: Plan,
}

/// Explains the hits of one result.
pub(super) struct Explainer<'s> {
    searcher: &'s Searcher,
    statistics: &'s Statistics,
    parts: Vec<Part>,
    words: &'s [QueryWord],
    related: &'s [QueryWord],
    only_words: bool,
}

impl<'s> Explainer<'s> {
    /// For a query with the words that places and related words were weighed by; function words have
    /// no say in a query that was widened.
    pub(super) fn new(
        searcher: &'s Searcher,
        query: &Query,
        is_widened: bool,
        words: &'s [QueryWord],
        related: &'s [QueryWord],
    ) -> Result<Self, SearchError> {
        let planner = Planner::new(searcher, &query.source)?;
        let nodes: &[Node] = match &query.root {
            None => &[],
            Some(Node { expr: Expr::All(parts) | Expr::Any(parts), .. }) => parts,
            Some(root) => std::slice::from_ref(root),
        };
        let mut parts = Vec::new();
        let mut only_words = true;
        for node in nodes.iter().filter(|node| !matches!(node.expr, Expr::Not(_))) {
            if is_widened && planner.is_function_word(node)? {
                continue;
            }
            let Some(plan) = planner.plan_part(node)? else { continue };
            only_words &= matches!(&node.expr, Expr::Text { pattern: Pattern::Word(_), .. });
            parts.push(Part { typed: planner.typed(node), plan });
        }
        let statistics = searcher.statistics()?;
        Ok(Self { searcher, statistics, parts, words, related, only_words })
    }

    /// Explains one article.
    pub(super) fn explain(&self, ranked: &Ranked) -> Result<Explanation, SearchError> {
        self.explain_in(ranked).map_err(|error| self.searcher.unreadable(error))
    }

    fn explain_in(&self, ranked: &Ranked) -> tantivy::Result<Explanation> {
        let (ordinal, doc) = (ranked.address.segment_ord as usize, ranked.address.doc_id);
        let mut shares = Vec::new();
        let mut missing = Vec::new();
        for Part { typed, plan } in &self.parts {
            match self.score(plan, ordinal, doc)? {
                Some(score) => {
                    let (typed, plan) = match plan {
                        Plan::Reached { word, reach, .. } => match self.score(word, ordinal, doc)? {
                            Some(_) => (typed.clone(), &**word),
                            None => (format!("{typed}, as {}", reach.names.join(" or ")), plan),
                        },
                        _ => (typed.clone(), plan),
                    };
                    let fields = self.searcher.fields();
                    let in_title = self.stands_in(plan, fields.title, ordinal, doc)?;
                    let in_body = self.stands_in(plan, fields.body, ordinal, doc)?;
                    shares.push(Share { cause: Cause::Part { typed, in_title, in_body }, score });
                }
                None => missing.push(typed.clone()),
            }
        }
        let n_matched = shares.len();
        let segment = &self.searcher.segments()[ordinal];
        if ranked.is_refined {
            for field in [self.searcher.fields().title, self.searcher.fields().body] {
                let mut reader = PlaceReader::open(self.searcher, segment, field, self.words)?;
                let is_body = field == self.searcher.fields().body;
                reader.worth(doc, self.words, is_body, &mut |closeness, score| {
                    let typed = |word: usize| self.words[word].typed.clone();
                    let cause = match closeness {
                        Closeness::Together(first) => Cause::Together(typed(first), typed(first + 1)),
                        Closeness::Early(word) => Cause::Early(typed(word)),
                    };
                    add(&mut shares, cause, score);
                });
            }
        }
        if ranked.is_related {
            let mut reader = RelatedReader::open(self.searcher, self.statistics, segment, self.related)?;
            let mut has = Vec::new();
            let mut sum = 0.0;
            reader.worth(doc, &mut |word, score| {
                has.push(self.related[word].typed.clone());
                sum += score;
            });
            if !has.is_empty() {
                shares.push(Share { cause: Cause::Related(has), score: sum });
            }
        }
        if ranked.figures > 0.0 {
            shares.push(Share { cause: Cause::Figure, score: ranked.figures });
        }
        if ranked.recency > 0.0 {
            shares.push(Share { cause: Cause::Recent, score: ranked.recency });
        }
        let n_parts = self.parts.len();
        Ok(Explanation { shares, n_matched, n_parts, missing, only_words: self.only_words })
    }

    /// What a plan scores for a document, if it has it.
    fn score(&self, plan: &Plan, ordinal: usize, doc: DocId) -> tantivy::Result<Option<f32>> {
        let mut walk = compile((self.searcher, ordinal), self.statistics, plan, Scores::Asked)?;
        Ok(walk.probe(doc).then(|| walk.score()))
    }

    /// Whether a plan of words or phrases is met in one text of a document.
    fn stands_in(&self, plan: &Plan, text: Field, ordinal: usize, doc: DocId) -> tantivy::Result<Option<bool>> {
        let mut plan = plan.clone();
        match &mut plan {
            Plan::Word { fields, .. } | Plan::Places { fields, .. } => fields.retain(|field| *field == text),
            _ => return Ok(None),
        }
        Ok(Some(self.score(&plan, ordinal, doc)?.is_some()))
    }
}

/// Adds to the share that has this cause already, or as a new one.
fn add(shares: &mut Vec<Share>, cause: Cause, score: f32) {
    match shares.iter_mut().find(|share| share.cause == cause) {
        Some(share) => share.score += score,
        None => shares.push(Share { cause, score }),
    }
}
