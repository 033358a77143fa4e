//! Quantities: a unit or noun, a range, a direction, a bound, all of one and the same mention.

use super::{Plan, Planner};
use crate::figure::{Bound, Change, Figure};
use crate::schema::figures::{ANY_FIGURE, FigureEntry, FigureMark, figure_entries, in_base, noun_key, written_key};
use crate::search::error::SearchError;
use crate::search::open::Searcher;
use crate::search::query::{FigureMatch, Measure, NumberRange};
use crate::search::synonyms::alike;

/// Score of an article with a quantity asked for: about that of a fairly rare word, so that among
/// alternatives (`fraud OR usd>1m`) the quantity counts like a word.
pub(super) const FIGURE_SCORE: f32 = 2.0;

/// Which quantities.
#[derive(Clone, Debug)]
pub(in crate::search) struct FigureCondition {
    /// Figure keys, any of which may apply.
    pub keys: Vec<String>,
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
    /// Whether a quantity meets the condition, its key aside.
    pub(in crate::search) fn holds(&self, &FigureEntry { low, high, mark }: &FigureEntry) -> bool {
        self.range.overlaps(low, high, mark.opening())
            && self.change.is_none_or(|change| mark.has_change(change))
            && self.bound.is_none_or(|bound| mark.has_bound(bound))
    }

    /// Whether a quantity is one of those asked for.
    pub(in crate::search) fn matches(&self, figure: &Figure) -> bool {
        self.values_of(figure).is_some()
    }

    /// The values of a quantity in the unit that is compared, if it is one of those asked for.
    pub(in crate::search) fn values_of(&self, figure: &Figure) -> Option<(f64, f64)> {
        let mark = FigureMark::new(figure.bound, figure.change);
        let entries = figure_entries(figure).filter(|_| figure.kind.is_quantity());
        let entries = entries.map(|(key, low, high)| (key, FigureEntry { low, high, mark }));
        let mut met = entries.filter(|(key, entry)| self.keys.contains(key) && self.holds(entry));
        met.next().map(|(_, FigureEntry { low, high, .. })| (low, high))
    }

    /// The same condition on one of its keys.
    pub(in crate::search) fn on(&self, key: &str) -> Self {
        Self { keys: vec![key.to_owned()], ..self.clone() }
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
        Ok(FigureCondition { keys, also, range, change: *change, bound: *bound, score: 0.0 })
    }

    /// Whether any living article has a quantity with this key.
    fn has_figures(&self, key: &str) -> Result<bool, SearchError> {
        Ok(self.n_articles_with(&[self.fields().figure], key)? > 0)
    }
}
