//! When all words together find too little: most of the words.

use super::{Plan, Planner, and};
use crate::search::error::SearchError;
use crate::search::pattern::Slot;
use crate::search::plan::stop::is_stop_word;
use crate::search::query::{Expr, Node, Pattern};

/// Below so many articles, a query of plain words is answered by most of its words too. A page of
/// results: whoever gets one has what they asked for.
pub(in crate::search) const ENOUGH_ARTICLES: u64 = 10;
/// Queries with fewer telling words stay as strict as they were typed.
const MIN_WORDS: usize = 3;

/// A query split into the words that may be missing and the rest.
pub(in crate::search) struct Widening {
    /// Telling words, in the order of the query.
    pub words: Vec<Plan>,
    /// What every article has to match anyway.
    required: Vec<Plan>,
    /// What no article may match.
    excluded: Vec<Plan>,
}

impl Widening {
    /// Articles with at least `n_needed` of the words.
    pub(in crate::search) fn plan(&self, n_needed: usize) -> Plan {
        let mut required = vec![Plan::AtLeast { parts: self.words.clone(), n_needed }];
        required.extend(self.required.iter().cloned());
        and(required, self.excluded.clone())
    }
}

/// How to widen a query, or `None` when it has too few plain words. Function words are left out: they
/// decide neither match nor rank.
pub(in crate::search) fn widening(planner: &Planner<'_>, root: &Node) -> Result<Option<Widening>, SearchError> {
    let Expr::All(parts) = &root.expr else { return Ok(None) };
    let mut widening = Widening { words: Vec::new(), required: Vec::new(), excluded: Vec::new() };
    for part in parts {
        match &part.expr {
            Expr::Text { pattern: pattern @ Pattern::Word(_), .. } => {
                let slots = planner.slots(part, pattern)?.slots;
                let is_stop = |slot: &Slot| matches!(slot, Slot::Stem { exact, .. } if is_stop_word(exact));
                if !slots.iter().all(is_stop)
                    && let Some(plan) = planner.plan_part(part)?
                {
                    widening.words.push(plan);
                }
            }
            Expr::Not(inner) => {
                let plan = planner.unscored(|planner| planner.plan_part(inner))?;
                widening.excluded.extend(plan);
            }
            _ => widening.required.extend(planner.plan_part(part)?),
        }
    }
    Ok((widening.words.len() >= MIN_WORDS).then_some(widening))
}
