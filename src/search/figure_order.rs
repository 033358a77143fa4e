//! The order of hits by a figure that they report.
//!
//! The value of an article is that of its greatest mention of the figure (its least one, in ascending order);
//! where the query has conditions on the same figure, only mentions that meet one of them count.

use tantivy::DocId;
use tantivy::columnar::Column;
use tantivy::termdict::TermOrdinal;

use super::error::SearchError;
use super::figures::FigureColumn;
use super::open::Searcher;
use super::plan::FigureCondition;
use super::query::{Expr, FigureMatch, Node, NumberRange};
use super::request::{FigureSort, SearchRequest};
use crate::extraction::Extraction;
use crate::figure::Figure;
use crate::schema::figures::steps;

/// Which mentions count, and in which direction they are ordered.
pub(super) struct FigureOrder {
    conditions: Vec<FigureCondition>,
    ascending: bool,
}

impl Searcher {
    /// The order by a figure that a request asks for.
    pub(super) fn figure_order(&self, sort: &FigureSort, request: &SearchRequest) -> Result<FigureOrder, SearchError> {
        let mut asked = Vec::new();
        for node in request.query.root.iter().chain(&request.filters) {
            conditions_on(sort, node, &mut asked);
        }
        if asked.is_empty() {
            let any = FigureMatch::any_value(sort.measure.clone());
            asked.push(FigureMatch { exact: sort.exact, ..any });
        }
        for figure in &mut asked {
            // Any value, in whatever unit of its kind.
            if figure.range.is_all() {
                figure.range = NumberRange::FINITE;
            }
        }
        let conditions = asked.iter().map(|figure| self.figure_condition(figure));
        Ok(FigureOrder { conditions: conditions.collect::<Result<_, _>>()?, ascending: sort.ascending })
    }

    /// Says so where no article has the figure that hits are to be ordered by.
    pub(super) fn explain_unordered(&self, sort: &FigureSort) -> Result<Option<String>, SearchError> {
        let any = FigureMatch { exact: sort.exact, ..FigureMatch::any_value(sort.measure.clone()) };
        Ok(self.explain_measure(&any)?.map(|explained| format!("hits are not ordered by a figure: {explained}")))
    }
}

/// Conditions that every hit meets, on the figure that hits are ordered by.
fn conditions_on(sort: &FigureSort, node: &Node, found: &mut Vec<FigureMatch>) {
    match &node.expr {
        Expr::All(parts) => parts.iter().for_each(|part| conditions_on(sort, part, found)),
        Expr::Figure(figure) if figure.measure == sort.measure && figure.exact == sort.exact => {
            found.push(figure.clone());
        }
        _ => {}
    }
}

impl FigureOrder {
    /// The same in one segment.
    pub(super) fn of_segment(&self, figures: &FigureColumn) -> tantivy::Result<SegmentFigures> {
        let mut of_entries = Vec::new();
        for condition in &self.conditions {
            for key in &condition.keys {
                let mut of_key = Vec::new();
                let places = figures.places_up_to(key, condition.range.high)?;
                let first = places.start;
                figures.each_entry(key, places, |nth, entry| {
                    of_key.resize(nth as usize, i64::MIN);
                    let counts = condition.holds(&entry);
                    of_key.push(if counts { steps(self.directed(entry.low, entry.high)) } else { i64::MIN });
                })?;
                of_entries.push((first, of_key));
            }
        }
        Ok(SegmentFigures { entries: figures.of_articles().clone(), of_entries })
    }

    /// The mention that decided the place of an article.
    pub(super) fn mention<'e>(&self, extraction: &'e Extraction) -> Option<(&'e Figure, bool)> {
        let (title, body) = (extraction.title.figures.iter(), extraction.body.figures.iter());
        let all = title.map(|figure| (figure, true)).chain(body.map(|figure| (figure, false)));
        let mut best: Option<(i64, (&Figure, bool))> = None;
        for (figure, in_title) in all {
            let values = self.conditions.iter().filter_map(|condition| condition.values_of(figure));
            let place = values.map(|(low, high)| steps(self.directed(low, high))).max();
            // The first of equals: news begin with what they are about.
            if let Some(place) = place.filter(|place| best.is_none_or(|(so_far, _)| *place > so_far)) {
                best = Some((place, (figure, in_title)));
            }
        }
        best.map(|(_, mention)| mention)
    }

    fn directed(&self, low: f64, high: f64) -> f64 {
        if self.ascending { -low } else { high }
    }
}

/// The order of the articles of one segment.
pub(super) struct SegmentFigures {
    /// Entries of articles, by their places in the dictionary.
    entries: Column<TermOrdinal>,
    /// For each key that counts, the place of its first entry, and where the entries from there on stand in the order.
    of_entries: Vec<(TermOrdinal, Vec<i64>)>,
}

impl SegmentFigures {
    /// The place of an article in the order, higher first; the last one where it has no such figure.
    pub(super) fn place(&self, doc: DocId) -> i64 {
        let places = self.entries.values_for_doc(doc).flat_map(|entry| {
            self.of_entries.iter().filter_map(move |(first, of_key)| {
                let nth = usize::try_from(entry.checked_sub(*first)?).ok()?;
                of_key.get(nth).copied()
            })
        });
        places.max().unwrap_or(i64::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_order_as_numbers_do() {
        let numbers = [-1e12, -2.5, -0.0, 0.0, 1e-9, 1.0, 1.5, 390.0, 1e15];
        assert!(numbers.windows(2).all(|pair| steps(pair[0]) <= steps(pair[1])));
        assert_eq!(steps(-0.0), steps(0.0));
        assert!(steps(-1e300) > i64::MIN);
    }
}
