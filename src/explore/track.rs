//! One figure over time.

use std::ops::ControlFlow;

use super::Scope;
use crate::article::{Origin, PublicationDate};
use crate::figure::{Bound, Change, Figure};
use crate::mention::Span;
use crate::search::query::{Expr, FigureMatch, Measure, Node, NumberRange};
use crate::search::{SearchError, Searcher, sentence_of};

/// One report of the figure.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackPoint {
    /// When the article was published.
    pub date: Option<PublicationDate>,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// Unit as written.
    pub unit: Option<String>,
    /// Noun as counted.
    pub noun: Option<String>,
    /// How the text bounds it.
    pub bound: Bound,
    /// Where it moved.
    pub change: Change,
    /// The words of the figure.
    pub text: String,
    /// The sentence that it stands in.
    pub sentence: String,
    /// Headline of the article.
    pub title: String,
    /// Publication.
    pub source: Option<String>,
    /// Id of the article.
    pub id: String,
    /// Place of the article.
    pub origin: Origin,
    at: (bool, i64, u32),
}

/// Reports of a figure by date; undated ones last.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// The reports.
    pub points: Vec<TrackPoint>,
    /// Articles that have it.
    pub n_articles: u64,
    /// What the user must know of the search.
    pub notes: Vec<String>,
}

/// Follows a unit or noun, with all that are searched for together with it, through the matching
/// articles.
///
/// # Errors
/// When the index can't be read.
pub fn track(searcher: &Searcher, scope: &Scope, measure: &Measure) -> Result<Track, SearchError> {
    let mut filters = scope.filters.clone();
    let any_value = FigureMatch { measure: measure.clone(), range: NumberRange::ALL, change: None, bound: None };
    filters.push(Node { expr: Expr::Figure(any_value.clone()), span: Span { start: 0, end: 0 } });
    let matcher = searcher.figure_matcher(&any_value)?;
    let mut points = Vec::new();
    let mut n_articles = 0;
    let notes = searcher.visit_articles(&scope.query, &filters, &mut |stored| {
        n_articles += 1;
        let id = searcher.id_of(&stored)?;
        let (article, extraction) = (stored.article, stored.extraction);
        for (text, figures, offset) in
            [(&article.title, &extraction.title.figures, 0), (&article.body, &extraction.body.figures, 1 << 31)]
        {
            for figure in figures.iter().filter(|figure| matcher(figure)) {
                let at = (
                    article.date.is_none(),
                    article.date.map_or(0, |date| date.epoch_seconds()),
                    offset | figure.span.start.min((1 << 31) - 1),
                );
                points.push(point(text, figure, &id, &article, at));
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    points.sort_by(|left, right| {
        let key = |point: &TrackPoint| (point.at.0, point.at.1);
        key(left).cmp(&key(right)).then_with(|| left.id.cmp(&right.id)).then_with(|| left.at.2.cmp(&right.at.2))
    });
    Ok(Track { points, n_articles, notes })
}

fn point(text: &str, figure: &Figure, id: &str, article: &crate::article::Article, at: (bool, i64, u32)) -> TrackPoint {
    TrackPoint {
        date: article.date,
        low: figure.low,
        high: figure.high,
        unit: figure.unit.clone(),
        noun: figure.noun.clone(),
        bound: figure.bound,
        change: figure.change,
        text: figure.span.of(text).to_owned(),
        sentence: sentence_of(text, figure.span).to_owned(),
        title: article.title.clone(),
        source: article.source.clone(),
        id: id.to_owned(),
        origin: article.origin.clone(),
        at,
    }
}
