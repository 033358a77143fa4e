//! What is counted and measured in the matching articles.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use super::Scope;
use crate::search::query::Measure;
use crate::search::synonyms::representative;
use crate::search::{SearchError, Searcher};
use crate::unit::AGE;

/// One unit or counted noun over all matching articles.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// What is measured or counted.
    pub measure: Measure,
    /// Nouns of the same meaning that are counted here too.
    pub also: Vec<String>,
    /// Articles that have such a quantity: the total of the search for it within the same matches.
    pub n_articles: u64,
    /// Such quantities.
    pub n_figures: u64,
    /// Least value.
    pub least: f64,
    /// Greatest value.
    pub greatest: f64,
    /// Median of the values, of ranges their middle; the lower one of two.
    pub median: f64,
}

/// Units and nouns, those of most articles first.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureTable {
    /// The first rows.
    pub rows: Vec<FigureRow>,
    /// How many there are in all.
    pub n_distinct: u64,
    /// What the user must know of the search.
    pub notes: Vec<String>,
}

/// How to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureTableConfig {
    /// Rows to give.
    pub limit: usize,
    /// Whether every noun has a row of its own, whatever it means.
    pub apart: bool,
}

#[derive(Default)]
struct Tally {
    nouns: BTreeSet<String>,
    n_articles: u64,
    middles: Vec<f64>,
    least: Option<f64>,
    greatest: Option<f64>,
}

/// Sums up the quantities. Memory grows with their number, 8 bytes each.
///
/// # Errors
/// When the index can't be read.
pub fn figures(searcher: &Searcher, scope: &Scope, config: FigureTableConfig) -> Result<FigureTable, SearchError> {
    let mut tallies: HashMap<Measure, Tally> = HashMap::new();
    let notes = searcher.visit_articles(&scope.query, &scope.filters, &mut |stored| {
        let mut seen: Vec<Measure> = Vec::new();
        let (title, body) = (stored.extraction.title.figures, stored.extraction.body.figures);
        for figure in title.into_iter().chain(body).filter(|figure| figure.kind.is_quantity()) {
            let age = figure.age_in_years().map(|(low, high)| (Measure::Unit(AGE.to_owned()), None, low, high));
            let counted = figure.counted().map(str::to_owned);
            let unit = figure.unit.map(|unit| (Measure::Unit(unit), None, figure.low, figure.high));
            let noun = counted.map(|noun| {
                let shown = if config.apart { noun.clone() } else { representative(&noun).to_owned() };
                (Measure::Noun(shown), Some(noun), figure.low, figure.high)
            });
            let outcome = figure.outcome.map(|outcome| {
                let shown = if config.apart { outcome.name() } else { representative(outcome.name()) };
                (Measure::Noun(shown.to_owned()), Some(outcome.name().to_owned()), figure.low, figure.high)
            });
            for (measure, noun, low, high) in unit.into_iter().chain(age).chain(noun).chain(outcome) {
                let tally = tallies.entry(measure.clone()).or_default();
                tally.nouns.extend(noun);
                tally.middles.push(f64::midpoint(low, high));
                tally.least = Some(tally.least.map_or(low, |least| least.min(low)));
                tally.greatest = Some(tally.greatest.map_or(high, |greatest| greatest.max(high)));
                if !seen.contains(&measure) {
                    tally.n_articles += 1;
                    seen.push(measure);
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let n_distinct = tallies.len() as u64;
    let mut rows: Vec<FigureRow> = tallies.into_iter().map(|(measure, tally)| row(measure, tally)).collect();
    rows.sort_by(|left, right| {
        let by_articles = right.n_articles.cmp(&left.n_articles);
        by_articles.then_with(|| right.n_figures.cmp(&left.n_figures)).then_with(|| name(left).cmp(name(right)))
    });
    rows.truncate(config.limit);
    Ok(FigureTable { rows, n_distinct, notes })
}

fn row(measure: Measure, mut tally: Tally) -> FigureRow {
    tally.middles.sort_by(f64::total_cmp);
    let median = tally.middles[(tally.middles.len() - 1) / 2];
    let shown = match &measure {
        Measure::Noun(noun) => noun.as_str(),
        Measure::Unit(_) | Measure::Any => "",
    };
    FigureRow {
        also: tally.nouns.iter().filter(|noun| *noun != shown).cloned().collect(),
        n_articles: tally.n_articles,
        n_figures: tally.middles.len() as u64,
        least: tally.least.unwrap_or(median),
        greatest: tally.greatest.unwrap_or(median),
        median,
        measure,
    }
}

fn name(row: &FigureRow) -> &str {
    match &row.measure {
        Measure::Unit(name) | Measure::Noun(name) => name,
        Measure::Any => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_a_value_that_was_reported() {
        let nouns = BTreeSet::from(["dead".to_owned(), "death".to_owned()]);
        let middles = vec![9.0, 1.0, 5.0, 2.0];
        let tally = Tally { nouns, n_articles: 2, middles, least: Some(1.0), greatest: Some(9.0) };
        let row = row(Measure::Noun("death".to_owned()), tally);
        assert_eq!((row.median, row.n_figures, row.also), (2.0, 4, vec!["dead".to_owned()]));
    }
}
