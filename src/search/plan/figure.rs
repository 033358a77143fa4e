//! Quantities: a unit or noun, a range, a direction, a bound, all of one and the same mention.

use super::expand::each_term_from;
use super::{Plan, Planner};
use crate::figure::{Bound, Change, Figure};
use crate::schema::analyzer::Analyzer;
use crate::schema::document::{
    ANY_FIGURE, figure_entries, figure_key_hash, figure_mark, in_base, mark_has_bound, mark_has_change, noun_key,
    written_key,
};
use crate::search::error::SearchError;
use crate::search::open::Searcher;
use crate::search::query::{FigureMatch, Measure, NumberRange};

/// Score of an article with a quantity asked for: about that of a fairly rare word, so that among
/// alternatives (`fraud OR usd>1m`) the quantity counts like a word.
pub(super) const FIGURE_SCORE: f32 = 2.0;
/// Letters that two forms of a noun share.
const SHARED_LETTERS: usize = 2;

/// Which quantities.
#[derive(Clone, Debug)]
pub(in crate::search) struct FigureCondition {
    /// Figure keys, any of which may apply.
    pub keys: Vec<String>,
    /// Values, physical units in their base unit.
    pub range: NumberRange,
    /// Direction.
    pub change: Option<Change>,
    /// Bound.
    pub bound: Option<Bound>,
    /// Score of an article that has one.
    pub score: f32,
}

impl FigureCondition {
    /// Whether the column values of a quantity meet the condition, its key aside.
    pub(in crate::search) fn holds(&self, low: f64, high: f64, mark: u64) -> bool {
        self.range.overlaps(low, high)
            && self.change.is_none_or(|change| mark_has_change(mark, change))
            && self.bound.is_none_or(|bound| mark_has_bound(mark, bound))
    }

    /// Whether a quantity is one of those asked for.
    pub(in crate::search) fn matches(&self, figure: &Figure) -> bool {
        let mark = figure_mark(figure.bound, figure.change);
        figure.kind.is_quantity()
            && figure_entries(figure).any(|(key, low, high)| self.keys.contains(&key) && self.holds(low, high, mark))
    }

    /// Whether every quantity with one of the keys will do.
    pub(in crate::search) fn is_open(&self) -> bool {
        self.range == NumberRange::ALL && self.change.is_none() && self.bound.is_none()
    }

    /// Hashes of the keys, as in the columns.
    pub(in crate::search) fn key_hashes(&self) -> Vec<u64> {
        self.keys.iter().map(|key| figure_key_hash(key)).collect()
    }
}

impl Planner<'_> {
    pub(super) fn plan_figure(&self, figure: &FigureMatch) -> Result<Plan, SearchError> {
        let mut condition = self.searcher.figure_condition(&mut self.analyzer.borrow_mut(), figure)?;
        if condition.keys.is_empty() {
            return Ok(Plan::Nothing);
        }
        condition.score = if self.scored.get() { FIGURE_SCORE } else { 0.0 };
        Ok(Plan::Figure(condition))
    }
}

impl Searcher {
    /// The condition with the keys that the index knows; without keys when it knows none.
    pub(in crate::search) fn figure_condition(
        &self,
        analyzer: &mut Analyzer,
        figure: &FigureMatch,
    ) -> Result<FigureCondition, SearchError> {
        let FigureMatch { range, change, bound, .. } = figure;
        let mut range = *range;
        let keys = match &figure.measure {
            Measure::Any => vec![ANY_FIGURE.to_owned()],
            // A unit without a range means that unit; with one, any unit of its kind.
            Measure::Unit(unit) if range == NumberRange::ALL => vec![written_key(&unit.to_lowercase())],
            Measure::Unit(unit) => {
                let unit = unit.to_lowercase();
                let (key, low) = in_base(&unit, range.low);
                range = NumberRange { low, high: in_base(&unit, range.high).1, ..range };
                vec![key]
            }
            Measure::Noun(noun) => self.noun_keys(analyzer, noun)?,
        };
        Ok(FigureCondition { keys, range, change: *change, bound: *bound, score: 0.0 })
    }

    /// Keys of a noun in any of its forms: the one typed, and those of the index with the same stem.
    fn noun_keys(&self, analyzer: &mut Analyzer, noun: &str) -> Result<Vec<String>, SearchError> {
        let typed = noun.to_lowercase();
        let stem = stems(analyzer, &typed);
        let shared: String = typed.chars().take(SHARED_LETTERS).collect();
        let mut keys = std::collections::BTreeSet::from([noun_key(&typed)]);
        let prefix = noun_key("");
        for segment in self.segments() {
            let inverted = segment.inverted(self.fields().figure).map_err(|error| self.unreadable(error))?;
            each_term_from(&inverted, &noun_key(&shared), |key, _| {
                if !keys.contains(key) && stems(analyzer, &key[prefix.len()..]) == stem {
                    keys.insert(key.to_owned());
                }
                Ok(true)
            })
            .map_err(|error| self.unreadable(error))?;
        }
        Ok(keys.into_iter().collect())
    }
}

fn stems(analyzer: &mut Analyzer, noun: &str) -> Vec<String> {
    let mut stems = Vec::new();
    analyzer.words(noun, |word| stems.push(word.stem.to_owned()));
    stems
}
