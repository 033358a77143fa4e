//! Quantities: a unit or noun, a range, a direction, a bound, all of one and the same mention.

use tantivy::DocId;

use super::{Plan, Planner};
use crate::figure::{Bound, Change, Figure};
use crate::schema::document::{
    ANY_FIGURE, figure_entries, figure_key_hash, figure_mark, in_base, mark_has_bound, mark_has_change, noun_key,
    written_key,
};
use crate::search::error::SearchError;
use crate::search::open::Searcher;
use crate::search::query::{FigureMatch, Measure, NumberRange};
use crate::search::segment::{FigureColumns, FigureEntry};
use crate::search::synonyms::alike;

/// Score of an article with a quantity asked for: about that of a fairly rare word, so that among
/// alternatives (`fraud OR usd>1m`) the quantity counts like a word.
pub(super) const FIGURE_SCORE: f32 = 2.0;

/// Which quantities.
#[derive(Clone, Debug)]
pub(in crate::search) struct FigureCondition {
    /// Figure keys, any of which may apply.
    pub keys: Vec<String>,
    /// Hashes of the keys, as in the columns.
    hashes: Vec<u64>,
    /// Nouns of the same meaning that are looked for without having been typed.
    pub also: Vec<String>,
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

    /// The same of an entry of the columns, of which no more is read than the condition asks.
    fn holds_of(&self, entry: &FigureEntry<'_>) -> bool {
        let NumberRange { low: least, high: greatest, .. } = self.range;
        let low = if greatest == f64::INFINITY { f64::NEG_INFINITY } else { entry.low() };
        let high = if least == f64::NEG_INFINITY { f64::INFINITY } else { entry.high() };
        self.range.overlaps(low, high)
            && self.change.is_none_or(|change| mark_has_change(entry.mark(), change))
            && self.bound.is_none_or(|bound| mark_has_bound(entry.mark(), bound))
    }

    /// Whether an entry of the columns is one of those asked for.
    pub(in crate::search) fn has(&self, (key, low, high, mark): (u64, f64, f64, u64)) -> bool {
        self.hashes.contains(&key) && self.holds(low, high, mark)
    }

    /// Whether an article has a quantity that is asked for.
    pub(in crate::search) fn is_met(&self, columns: &FigureColumns, doc: DocId) -> bool {
        columns.any_with_keys(doc, &self.hashes, |entry| self.holds_of(&entry))
    }

    /// Whether a quantity is one of those asked for.
    pub(in crate::search) fn matches(&self, figure: &Figure) -> bool {
        self.values_of(figure).is_some()
    }

    /// The values of a quantity in the unit that is compared, if it is one of those asked for.
    pub(in crate::search) fn values_of(&self, figure: &Figure) -> Option<(f64, f64)> {
        let mark = figure_mark(figure.bound, figure.change);
        let mut entries = figure_entries(figure).filter(|_| figure.kind.is_quantity());
        let entry = entries.find(|(key, low, high)| self.keys.contains(key) && self.holds(*low, *high, mark));
        entry.map(|(_, low, high)| (low, high))
    }

    /// The same condition on one of its keys.
    pub(in crate::search) fn on(&self, key: &str) -> Self {
        Self { keys: vec![key.to_owned()], hashes: vec![figure_key_hash(key)], ..self.clone() }
    }

    /// Whether every quantity with one of the keys will do.
    pub(in crate::search) fn is_open(&self) -> bool {
        self.range == NumberRange::ALL && self.change.is_none() && self.bound.is_none()
    }
}

impl Planner<'_> {
    pub(super) fn plan_figure(&self, figure: &FigureMatch) -> Result<Plan, SearchError> {
        let mut condition = self.searcher.figure_condition(figure)?;
        if condition.keys.is_empty() {
            return Ok(Plan::Nothing);
        }
        self.note_synonyms(figure, &condition);
        condition.score = if self.scored.get() { FIGURE_SCORE } else { 0.0 };
        Ok(Plan::Figure(condition))
    }
}

impl Planner<'_> {
    /// Says which nouns are found together with the one that was typed.
    pub(super) fn note_synonyms(&self, figure: &FigureMatch, condition: &FigureCondition) {
        if let (Measure::Noun(noun), [_, ..]) = (&figure.measure, &condition.also[..]) {
            let also = condition.also.join("`, `");
            self.note(format!("`{noun}` is looked for as `{also}` too; `={noun}` means that noun alone"));
        }
    }
}

impl Searcher {
    /// The condition with the keys that the index knows; without keys when it knows none.
    pub(in crate::search) fn figure_condition(&self, figure: &FigureMatch) -> Result<FigureCondition, SearchError> {
        let FigureMatch { range, change, bound, .. } = figure;
        let mut range = *range;
        let mut also = Vec::new();
        let keys = match &figure.measure {
            Measure::Any => vec![ANY_FIGURE.to_owned()],
            // A unit without a range means that unit, and `=` too; with one, any unit of its kind.
            Measure::Unit(unit) if range.is_all() || figure.exact => vec![written_key(&unit.to_lowercase())],
            Measure::Unit(unit) => {
                let unit = unit.to_lowercase();
                let (key, low) = in_base(&unit, range.low);
                range = NumberRange { low, high: in_base(&unit, range.high).1, ..range };
                vec![key]
            }
            Measure::Noun(noun) => {
                let typed = noun.to_lowercase();
                let mut keys = vec![noun_key(&typed)];
                for other in alike(&typed).into_iter().filter(|other| !figure.exact && *other != typed) {
                    if self.has_figures(&noun_key(other))? {
                        keys.push(noun_key(other));
                        also.push(other.to_owned());
                    }
                }
                keys
            }
        };
        let hashes = keys.iter().map(|key| figure_key_hash(key)).collect();
        Ok(FigureCondition { keys, hashes, also, range, change: *change, bound: *bound, score: 0.0 })
    }

    /// Whether any living article has a quantity with this key.
    fn has_figures(&self, key: &str) -> Result<bool, SearchError> {
        Ok(self.n_articles_with(&[self.fields().figure], key)? > 0)
    }
}
