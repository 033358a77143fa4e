//! When all words together find too little: most of the words.

use super::{Plan, Planner, and};
use crate::search::error::SearchError;
use crate::search::pattern::Slot;
use crate::search::plan::stop::is_stop_word;
use crate::search::query::{Expr, Node, Pattern, Scope};
use crate::search::refine::QueryWord;

/// Below so many articles, a query of plain words is answered by most of its words too. A page of
/// results: whoever gets one has what they asked for.
const ENOUGH_FOR_WORDS: u64 = 10;
/// The same for sentences. Articles that happen to have every word of a sentence are seldom the ones
/// about it: with 10 as for words, headlines find their article within 100 hits in 93 of 100 cases,
/// with 100 in 97.
const ENOUGH_FOR_SENTENCES: u64 = 100;
/// Queries with so many telling words are sentences.
const SENTENCE_WORDS: usize = 5;
/// Queries with fewer telling words stay as strict as they were typed.
const MIN_WORDS: usize = 3;
/// The same where a run to some depth is asked for.
const MIN_WORDS_OF_RUNS: usize = 2;
/// A widened query asks for as many of its words as leave so many articles to rank; fewer lose some of
/// the right ones, more change nothing.
const ENOUGH_TO_RANK: u64 = 300;

/// For what a query is widened, where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Breadth {
    /// Counts, facets and tables: only where no article has all of it.
    IfNone,
    /// A list of hits: where there are few.
    ToRank,
    /// A run that is judged to some depth: until it is reached.
    ToDepth(u64),
}

impl Breadth {
    /// How many articles a widened query should find.
    pub(in crate::search) fn n_enough(self) -> u64 {
        match self {
            Breadth::IfNone | Breadth::ToRank => ENOUGH_TO_RANK,
            Breadth::ToDepth(depth) => ENOUGH_TO_RANK.max(depth),
        }
    }

    fn is_run(self) -> bool {
        matches!(self, Breadth::ToDepth(_))
    }
}

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
    /// How many articles make widening needless.
    pub(in crate::search) fn n_enough(&self, breadth: Breadth) -> u64 {
        let enough = if self.is_sentence() { ENOUGH_FOR_SENTENCES } else { ENOUGH_FOR_WORDS };
        match breadth {
            Breadth::IfNone => 1,
            Breadth::ToRank => enough,
            Breadth::ToDepth(depth) => enough.max(depth),
        }
    }

    /// The fewest words that an article may have: half of them, which of three or four is a pair and still says
    /// what is meant; one of three is noise, `uk election result` found the elections of other countries. Lists for
    /// sentences go on to the end, best first: what answers one may have a single word of six (with a pair at least,
    /// nDCG@10 of the sentences of the gold is .964 instead of .976, with half of them .852).
    pub(in crate::search) fn n_least(&self, breadth: Breadth) -> usize {
        match breadth {
            Breadth::ToDepth(_) => 1,
            Breadth::ToRank if self.is_sentence() => 1,
            Breadth::ToRank | Breadth::IfNone => self.words.len().div_ceil(2),
        }
    }

    /// Whether it reads like a sentence: where no article has half of its words, those with the most are worth
    /// showing, unlike those with one word of three.
    pub(in crate::search) fn is_sentence(&self) -> bool {
        self.words.len() >= SENTENCE_WORDS
    }

    /// Articles with at least `n_needed` of the words.
    pub(in crate::search) fn plan(&self, n_needed: usize) -> Plan {
        let mut required = vec![Plan::AtLeast { parts: self.words.clone(), n_needed }];
        required.extend(self.required.iter().cloned());
        and(required, self.excluded.clone())
    }

    /// What articles have to match beside the words.
    pub(in crate::search) fn rest(&self) -> Plan {
        and(self.required.clone(), self.excluded.clone())
    }
}

/// How to widen a query, or `None` when it has too few plain words. Function words are left out: they
/// decide neither match nor rank. A run to some depth is widened from fewer words, and its phrases may
/// be missing like words: nobody reads the note that would say what they cost.
pub(in crate::search) fn widening(
    planner: &Planner<'_>,
    root: &Node,
    breadth: Breadth,
) -> Result<Option<Widening>, SearchError> {
    let Expr::All(parts) = &root.expr else { return Ok(None) };
    let mut widening = Widening { words: Vec::new(), required: Vec::new(), excluded: Vec::new() };
    for part in parts {
        match &part.expr {
            Expr::Text { pattern: Pattern::Word(_), .. } => {
                if !planner.is_function_word(part)?
                    && let Some(plan) = planner.plan_part(part)?
                {
                    widening.words.push(plan);
                }
            }
            Expr::Text { pattern: Pattern::Phrase { .. }, .. } if breadth.is_run() => {
                widening.words.extend(planner.plan_part(part)?);
            }
            Expr::Not(inner) => {
                let plan = planner.unscored(|planner| planner.plan_part(inner))?;
                widening.excluded.extend(plan);
            }
            _ => widening.required.extend(planner.plan_part(part)?),
        }
    }
    let min_words = if breadth.is_run() { MIN_WORDS_OF_RUNS } else { MIN_WORDS };
    Ok((widening.words.len() >= min_words).then_some(widening))
}

impl Planner<'_> {
    /// Whether a part is a plain word that says nothing of what an article is about.
    pub(in crate::search) fn is_function_word(&self, part: &Node) -> Result<bool, SearchError> {
        let Expr::Text { pattern: pattern @ Pattern::Word(_), .. } = &part.expr else { return Ok(false) };
        let is_stop = |slot: &Slot| matches!(slot, Slot::AnyForm(word) if is_stop_word(&word.exact));
        Ok(self.slots(part, pattern)?.slots.iter().all(is_stop))
    }

    /// Whether any part is a word such as `the` and `of`, which lists of keywords do without.
    pub(in crate::search) fn has_function_words(&self, root: &Node) -> Result<bool, SearchError> {
        let Expr::All(parts) = &root.expr else { return Ok(false) };
        for part in parts {
            if self.is_function_word(part)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Plain words of a query that are no function words, in its order.
    pub(in crate::search) fn telling_words(&self, root: &Node) -> Result<Vec<QueryWord>, SearchError> {
        let parts = match &root.expr {
            Expr::All(parts) => &parts[..],
            _ => std::slice::from_ref(root),
        };
        let mut words = Vec::new();
        for part in parts {
            let Expr::Text { scope: Scope::Anywhere, pattern: pattern @ Pattern::Word(_) } = &part.expr else {
                continue;
            };
            for slot in self.slots(part, pattern)?.slots {
                let (typed, forms) = match slot {
                    Slot::AnyForm(word) if !is_stop_word(&word.exact) => (word.exact, word.forms),
                    // A longer run stands where its first pair does, as far as the ranking cares.
                    Slot::Run(pairs) => match pairs.first() {
                        Some(pair) => (self.typed(part), vec![self.pair(pair)]),
                        None => continue,
                    },
                    _ => continue,
                };
                let weight = self.idf_of_any(&self.fields(Scope::Anywhere), &forms)?;
                words.push(QueryWord { typed, forms, weight });
            }
        }
        Ok(words)
    }
}
