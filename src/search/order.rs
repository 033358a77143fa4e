//! In which order hits stand: what decides between two of them, as numbers.
//!
//! Fed by the request, asked by `collect` for every match. A new order is a variant of [`Sort`] and of
//! [`SegmentOrder`].

use std::collections::BTreeMap;

use tantivy::DocId;
use tantivy::columnar::{Column, StrColumn};

use super::figure_order::{FigureOrder, SegmentFigures};
use super::open::Searcher;
use super::request::Sort;
use super::segment::{Segment, each_value};

/// Steps of a score that count: differences below a ten-thousandth are noise of the arithmetic, and
/// articles that close are ordered by what they are.
const SCORE_STEPS: f32 = 10_000.0;

/// Where an article stands: higher first, the second number between equals of the first.
pub(super) type Standing = (i64, i64);

/// Stands behind all others.
const LAST: i64 = i64::MIN;

/// An order over the whole index.
pub(super) struct Order<'s> {
    sort: &'s Sort,
    /// Places of sources in the alphabet, for orders that need them.
    sources: BTreeMap<(String, String), i64>,
    /// The figure, for orders by one.
    figure: Option<&'s FigureOrder>,
}

/// The same in one segment.
pub(super) enum SegmentOrder {
    /// Highest score first.
    Score,
    /// By day and time.
    Moment { published: Option<Column<i64>>, sign: i64 },
    /// By name of the publication, newest first within one.
    Source { sources: Option<StrColumn>, places: Vec<i64>, published: Option<Column<i64>>, sign: i64 },
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
        let published = || segment.i64s(searcher.fields().published);
        if let Some(order) = self.figure {
            let figures = segment.figures(searcher.fields())?;
            return Ok(SegmentOrder::Figure(figures.map(|figures| order.of_segment(&figures)).transpose()?));
        }
        Ok(match self.sort {
            Sort::Relevance | Sort::RelevanceAscending => SegmentOrder::Score,
            Sort::Date | Sort::Figure(_) => SegmentOrder::Moment { published: published()?, sign: 1 },
            Sort::DateAscending => SegmentOrder::Moment { published: published()?, sign: -1 },
            Sort::Source | Sort::SourceDescending => {
                let sources = segment.strings(searcher.fields().source)?;
                let mut places = Vec::new();
                if let Some(column) = &sources {
                    let place = |name: &str| self.sources.get(&alphabetic(name)).copied().unwrap_or(0);
                    each_value(column, &all(column), |_, name| places.push(place(name)))?;
                }
                let sign = if *self.sort == Sort::Source { -1 } else { 1 };
                SegmentOrder::Source { sources, places, published: published()?, sign }
            }
        })
    }
}

impl SegmentOrder {
    /// Whether the score decides.
    pub(super) fn is_by_score(&self) -> bool {
        matches!(self, SegmentOrder::Score)
    }

    /// Where an article stands; `score` only counts where the score decides.
    pub(super) fn standing(&self, doc: DocId, score: f32) -> Standing {
        match self {
            SegmentOrder::Score => (steps(score), 0),
            SegmentOrder::Moment { published, sign } => {
                (moment(published.as_ref(), doc).map_or(LAST, |moment| sign * moment), 0)
            }
            SegmentOrder::Source { sources, places, published, sign } => {
                let source = sources.as_ref().and_then(|column| column.term_ords(doc).next());
                let place = source.and_then(|ordinal| places.get(ordinal as usize));
                let newest = moment(published.as_ref(), doc).unwrap_or(LAST);
                (place.map_or(LAST, |place| sign * place), newest)
            }
            SegmentOrder::Figure(figures) => (figures.as_ref().map_or(LAST, |figures| figures.place(doc)), 0),
        }
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

fn moment(published: Option<&Column<i64>>, doc: DocId) -> Option<i64> {
    published?.first(doc)
}

/// What names are ordered by: letters first, capitals only between equals.
fn alphabetic(name: &str) -> (String, String) {
    (name.to_lowercase(), name.to_owned())
}

/// Ordinals of all values of a column.
fn all(column: &StrColumn) -> Vec<u64> {
    (0..column.num_terms() as u64).collect()
}
