//! In which order hits stand: what decides between two of them, as numbers.
//!
//! Fed by the request, asked by `collect` for every match; how new an article is, only between equals. A new order is a variant of [`Sort`] and of
//! [`First`].

use std::collections::BTreeMap;

use tantivy::DocId;
use tantivy::columnar::{Column, StrColumn};

use super::figure_order::{FigureOrder, SegmentFigures};
use super::open::Searcher;
use super::request::Sort;
use super::segment::{Segment, each_value};
use crate::schema::analyzer::fold_into;

/// Steps of a score that count: differences below a ten-thousandth are noise of the arithmetic, and
/// articles that close are ordered by what they are.
const SCORE_STEPS: f32 = 10_000.0;

/// Where an article stands: higher first.
pub(super) type Standing = i64;

/// Stands behind all others.
const LAST: Standing = i64::MIN;

/// An order over the whole index.
pub(super) struct Order<'s> {
    sort: &'s Sort,
    /// Places of sources in the alphabet, for orders that need them.
    sources: BTreeMap<(String, String), i64>,
    /// The figure, for orders by one.
    figure: Option<&'s FigureOrder>,
}

/// The same in one segment.
pub(super) struct SegmentOrder {
    first: First,
    /// Days and times of publication: the newest first between equals, whatever the order.
    published: Option<Column<i64>>,
}

/// What decides first.
enum First {
    /// Highest score first.
    Score,
    /// By day and time.
    Moment { sign: i64 },
    /// By name of the publication.
    Source { sources: Option<StrColumn>, places: Vec<i64>, sign: i64 },
    /// By a figure; `None` where no article has any.
    Figure(Option<SegmentFigures>),
}

impl<'s> Order<'s> {
    /// An order by figure is by date when the figure is not given.
    pub(super) fn new(searcher: &Searcher, sort: &'s Sort, figure: Option<&'s FigureOrder>) -> tantivy::Result<Self> {
        let mut sources = BTreeMap::new();
        if matches!(sort, Sort::Source | Sort::SourceDescending) {
            for segment in searcher.segments() {
                let Some(column) = segment.strings(searcher.fields().source)? else { continue };
                each_value(&column, &all(&column), |_, name| {
                    sources.insert(alphabetic(name), 0);
                })?;
            }
            for (place, value) in (0..).zip(sources.values_mut()) {
                *value = place;
            }
        }
        Ok(Self { sort, sources, figure })
    }

    pub(super) fn of_segment(&self, searcher: &Searcher, segment: &Segment) -> tantivy::Result<SegmentOrder> {
        let published = segment.i64s(searcher.fields().published)?;
        if let Some(order) = self.figure {
            let figures = segment.figures(searcher.fields())?;
            let figures = figures.map(|figures| order.of_segment(&figures)).transpose()?;
            return Ok(SegmentOrder { first: First::Figure(figures), published });
        }
        let first = match self.sort {
            Sort::Relevance | Sort::RelevanceAscending => First::Score,
            Sort::Date | Sort::Figure(_) => First::Moment { sign: 1 },
            Sort::DateAscending => First::Moment { sign: -1 },
            Sort::Source | Sort::SourceDescending => {
                let sources = segment.strings(searcher.fields().source)?;
                let mut places = Vec::new();
                if let Some(column) = &sources {
                    let place = |name: &str| self.sources.get(&alphabetic(name)).copied().unwrap_or(0);
                    each_value(column, &all(column), |_, name| places.push(place(name)))?;
                }
                let sign = if *self.sort == Sort::Source { -1 } else { 1 };
                First::Source { sources, places, sign }
            }
        };
        Ok(SegmentOrder { first, published })
    }
}

impl SegmentOrder {
    /// Whether the score decides.
    pub(super) fn is_by_score(&self) -> bool {
        matches!(self.first, First::Score)
    }

    /// Where an article stands; `score` only counts where the score decides.
    pub(super) fn standing(&self, doc: DocId, score: f32) -> Standing {
        match &self.first {
            First::Score => steps(score),
            First::Moment { sign } => self.moment(doc).map_or(LAST, |moment| sign * moment),
            First::Source { sources, places, sign } => {
                let source = sources.as_ref().and_then(|column| column.term_ords(doc).next());
                let place = source.and_then(|ordinal| places.get(ordinal as usize));
                place.map_or(LAST, |place| sign * place)
            }
            First::Figure(figures) => figures.as_ref().map_or(LAST, |figures| figures.place(doc)),
        }
    }

    /// Where an article stands between equals: the newest first, those without a date last.
    pub(super) fn newness(&self, doc: DocId) -> Standing {
        self.moment(doc).unwrap_or(LAST)
    }

    fn moment(&self, doc: DocId) -> Option<i64> {
        self.published.as_ref()?.first(doc)
    }
}

/// A score in steps.
pub(super) fn steps(score: f32) -> i64 {
    // Rounds without the call into the library of C that rounding is: this is asked of every match.
    let steps = score * SCORE_STEPS;
    (steps + 0.5_f32.copysign(steps)) as i64
}

/// A score as it is shown: articles that are ordered as equals have equal scores.
pub(super) fn rounded(score: f32) -> f32 {
    steps(score) as f32 / SCORE_STEPS
}

/// What names are ordered by: letters first, capitals and accents only between equals.
fn alphabetic(name: &str) -> (String, String) {
    let mut letters = String::with_capacity(name.len());
    fold_into(name, &mut letters);
    (letters, name.to_owned())
}

/// Ordinals of all values of a column.
fn all(column: &StrColumn) -> Vec<u64> {
    (0..column.num_terms() as u64).collect()
}
