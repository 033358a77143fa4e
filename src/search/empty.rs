//! Explains an empty result: which part of the query matches nothing, and what comes near it.

use std::collections::BTreeMap;
use std::sync::Arc;

use levenshtein_automata::{DFA, Distance, SINK_STATE};
use tantivy_fst::Automaton;

use super::error::SearchError;
use super::open::Searcher;
use super::pattern::{Edits, Shape, Slot, edits, slots};
use super::plan::expand::each_term;
use super::plan::{Plan, Planner, and};
use super::query::{DateMatch, EntityMatch, Expr, FigureMatch, KeywordMatch, Node, NumberRange, Pattern};
use super::request::SearchRequest;
use crate::mention::EntityKind;
use crate::schema::analyzer::{Analyzer, EXACT};
use crate::schema::document::{LABEL_SEPARATOR, name_key_prefix};

/// Words or names offered for one that is not there.
const MAX_OFFERED: usize = 3;
/// Words of so many letters or fewer are only compared at one edit: at two, every short word is near.
const SHORT_WORD: usize = 4;
/// Parts of a query for which it is counted how many articles match without them.
const MAX_LEFT_OUT: usize = 6;

impl Searcher {
    /// Why nothing matches: one sentence a line, without a full stop; empty when something matches.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn explain_empty(&self, request: &SearchRequest) -> Result<Vec<String>, SearchError> {
        if self.n_articles() == 0 {
            return Ok(vec!["the index holds no articles".to_owned()]);
        }
        let planner = Planner::new(self, &request.query.source)?;
        let parts: Vec<&Node> = match &request.query.root {
            Some(Node { expr: Expr::All(parts), .. }) => parts.iter().chain(&request.filters).collect(),
            root => root.iter().chain(&request.filters).collect(),
        };
        let mut plans = Vec::new();
        for part in &parts {
            plans.push(planner.unscored(|planner| planner.plan(part))?);
        }
        if self.n_matches(&and(plans.clone(), Vec::new()))? > 0 {
            return Ok(Vec::new());
        }
        let mut explained = Vec::new();
        let mut totals = Vec::new();
        for (part, plan) in parts.iter().zip(&plans) {
            let n_articles = self.n_matches(plan)?;
            let typed = describe(part, &request.query.source);
            if n_articles == 0 {
                explained.push(self.explain_part(part, &typed)?);
            } else {
                totals.push(format!("`{typed}` {n_articles}"));
            }
        }
        if explained.is_empty() {
            explained.push(format!("no article has all of it together; by itself, {}", totals.join(", ")));
            explained.extend(self.without_one(&parts, &plans, &request.query.source)?);
        } else if !totals.is_empty() {
            explained.push(format!("by itself, {}", totals.join(", ")));
        }
        Ok(explained)
    }

    /// How many articles match when one part is left out.
    fn without_one(&self, parts: &[&Node], plans: &[Plan], source: &str) -> Result<Option<String>, SearchError> {
        if plans.len() < 3 || plans.len() > MAX_LEFT_OUT {
            return Ok(None);
        }
        let mut found = Vec::new();
        for (left_out, part) in parts.iter().enumerate() {
            let rest = plans.iter().enumerate().filter(|(index, _)| *index != left_out);
            let n_articles = self.n_matches(&and(rest.map(|(_, plan)| plan.clone()).collect(), Vec::new()))?;
            if n_articles > 0 {
                found.push(format!("`{}` {n_articles}", describe(part, source)));
            }
        }
        Ok((!found.is_empty()).then(|| format!("without {}", found.join(", without "))))
    }

    fn explain_part(&self, part: &Node, typed: &str) -> Result<String, SearchError> {
        match &part.expr {
            Expr::Text { pattern, .. } => self.explain_text(part, pattern, typed),
            Expr::Entity { kind, which: EntityMatch::Name(name) | EntityMatch::Exact(name) } => {
                let nearest = self.nearest_entities(*kind, name, MAX_OFFERED)?;
                let offered: Vec<String> =
                    nearest.iter().map(|(name, n_articles)| format!("{name} ({n_articles})")).collect();
                Ok(match offered.is_empty() {
                    true => format!("no article has a {} named `{name}`", kind_word(*kind)),
                    false => {
                        format!("no article has a {} named `{name}`; nearest: {}", kind_word(*kind), offered.join(", "))
                    }
                })
            }
            Expr::Figure(figure) if figure.range != NumberRange::ALL || figure.change.is_some() => {
                let open = FigureMatch { range: NumberRange::ALL, change: None, bound: None, ..figure.clone() };
                let condition = self.figure_condition(&mut Analyzer::new(), &open)?;
                let n_articles = self.n_matches(&Plan::Figure(condition))?;
                Ok(format!("no article has `{typed}`; {n_articles} have such figures of any value"))
            }
            Expr::Date(DateMatch::Range { .. }) => Ok(match self.days()? {
                Some((first, last)) => format!("no article is of `{typed}`; the index spans {first} to {last}"),
                None => "no article of the index has a date".to_owned(),
            }),
            _ => Ok(format!("no article has `{typed}`")),
        }
    }

    fn explain_text(&self, part: &Node, pattern: &Pattern, typed: &str) -> Result<String, SearchError> {
        let slots = slots(&mut Analyzer::new(), pattern, part.span)?.slots;
        let mut missing = Vec::new();
        for slot in &slots {
            let (Slot::Stem { exact, .. } | Slot::Exact(exact)) = slot else { continue };
            let term = match slot {
                Slot::Stem { stem, .. } => stem.clone(),
                _ => format!("{EXACT}{exact}"),
            };
            if self.n_articles_with(&[self.fields().title, self.fields().body], &term)? == 0 {
                let nearest = self.nearest_words(exact, MAX_OFFERED)?;
                let offered: Vec<String> =
                    nearest.iter().map(|(word, n_articles)| format!("{word} ({n_articles})")).collect();
                missing.push(match offered.is_empty() {
                    true => format!("no article has the word `{exact}`"),
                    false => format!("no article has the word `{exact}`; nearest: {}", offered.join(", ")),
                });
            }
        }
        if missing.is_empty() {
            missing.push(match slots.len() {
                0 => format!("`{typed}` holds no word to search for"),
                1 => format!("no article has `{typed}`"),
                _ => format!("no article has `{typed}`, though its words occur"),
            });
        }
        Ok(missing.join("; "))
    }

    /// Words of the index that are spelt like `word`, nearest and most frequent first, each with the
    /// number of articles that have it.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn nearest_words(&self, word: &str, limit: usize) -> Result<Vec<(String, u64)>, SearchError> {
        let Some(word) = Analyzer::new().exact_words(word).into_iter().next() else { return Ok(Vec::new()) };
        let shape = edits(&word, max_edits(&word));
        let Shape::Fuzzy(automaton) = &shape else { return Ok(Vec::new()) };
        let mut words: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.segments() {
            let inverted = segment.inverted(self.fields().body).map_err(|error| self.unreadable(error))?;
            each_term(&inverted, EXACT, Edits(automaton.clone()), |term, info| {
                *words.entry(term[EXACT.len()..].to_owned()).or_default() += segment.n_living_with(&inverted, info)?;
                Ok(())
            })
            .map_err(|error| self.unreadable(error))?;
        }
        words.retain(|near, n_articles| *n_articles > 0 && *near != word);
        let mut words: Vec<(String, u64)> = words.into_iter().collect();
        words.sort_by_key(|(near, n_articles)| (shape.distance(near), std::cmp::Reverse(*n_articles)));
        words.truncate(limit);
        Ok(words)
    }

    /// Names of entities with a word spelt like the last word of `name`, nearest and most frequent
    /// first, each with the number of articles that have the entity.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn nearest_entities(
        &self,
        kind: EntityKind,
        name: &str,
        limit: usize,
    ) -> Result<Vec<(String, u64)>, SearchError> {
        let Some(word) = Analyzer::new().exact_words(name).pop() else { return Ok(Vec::new()) };
        let shape = edits(&word, max_edits(&word));
        let Shape::Fuzzy(automaton) = &shape else { return Ok(Vec::new()) };
        let mut keys: BTreeMap<String, u8> = BTreeMap::new();
        let beginning = name_key_prefix(kind, "");
        for segment in self.segments() {
            let inverted = segment.inverted(self.fields().name_key).map_err(|error| self.unreadable(error))?;
            each_term(&inverted, &beginning, FirstWord(automaton.clone()), |term, _| {
                let rest = &term[beginning.len()..];
                let first = rest.split([' ', LABEL_SEPARATOR]).next().unwrap_or_default();
                if let (Some(distance), Some((_, key))) = (shape.distance(first), rest.rsplit_once(LABEL_SEPARATOR)) {
                    let nearest = keys.entry(key.to_owned()).or_insert(distance);
                    *nearest = distance.min(*nearest);
                }
                Ok(())
            })
            .map_err(|error| self.unreadable(error))?;
        }
        let mut found = Vec::new();
        for (key, distance) in keys {
            let n_articles = self.n_articles_with(&[self.fields().entity(kind)], &key)?;
            if n_articles > 0 {
                found.push((distance, std::cmp::Reverse(n_articles), key));
            }
        }
        found.sort();
        found.truncate(limit);
        let label = |(_, std::cmp::Reverse(n_articles), key): (u8, std::cmp::Reverse<u64>, String)| {
            Ok((self.label(kind, &key)?.unwrap_or(key), n_articles))
        };
        found.into_iter().map(label).collect()
    }

    /// First and last day of publication in the index.
    fn days(&self) -> Result<Option<(jiff::civil::Date, jiff::civil::Date)>, SearchError> {
        let mut days: Option<(i64, i64)> = None;
        for segment in self.segments() {
            let column = segment.i64s(self.fields().first_day).map_err(|error| self.unreadable(error))?;
            let Some(column) = column else { continue };
            for day in segment.living().iter().filter_map(|doc| column.first(doc)) {
                days = Some(days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
            }
        }
        let date = |days: i64| {
            let days = jiff::Span::new().try_days(days).ok()?;
            jiff::civil::date(1970, 1, 1).checked_add(days).ok()
        };
        Ok(days.and_then(|(first, last)| Some((date(first)?, date(last)?))))
    }
}

fn max_edits(word: &str) -> u8 {
    if word.chars().count() <= SHORT_WORD { 1 } else { 2 }
}

fn kind_word(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Place => "place",
        EntityKind::Org => "organisation",
    }
}

/// A part as it was typed; a filter, which was not, as it would be.
fn describe(node: &Node, source: &str) -> String {
    if node.span.n_bytes() > 0
        && let Some(typed) = source.get(node.span.range())
    {
        return typed.to_owned();
    }
    match &node.expr {
        Expr::Entity { kind, which } => match which {
            EntityMatch::Any => format!("{}:*", kind.name()),
            EntityMatch::Name(name) => format!("{}:{name}", kind.name()),
            EntityMatch::Exact(name) => format!("{}:=\"{name}\"", kind.name()),
            EntityMatch::Path(path) => format!("{}:{path}", kind.name()),
        },
        Expr::Keyword { field, value } => match value {
            KeywordMatch::Any => format!("{}:*", field.name()),
            KeywordMatch::Words(value) | KeywordMatch::Wildcard(value) => format!("{}:{value}", field.name()),
            KeywordMatch::Exact(value) => format!("{}:=\"{value}\"", field.name()),
        },
        Expr::Date(DateMatch::Range { first, last }) => {
            let day = |day: &Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("date:{}..{}", day(first), day(last))
        }
        Expr::Date(DateMatch::Any) => "date:*".to_owned(),
        Expr::Figure(_) => "the figure".to_owned(),
        _ => "the filter".to_owned(),
    }
}

/// Accepts what begins with a word within an edit distance.
struct FirstWord(Arc<DFA>);

#[derive(Clone, Copy)]
enum FirstWordState {
    Inside(u32),
    Behind,
    Lost,
}

impl Automaton for FirstWord {
    type State = FirstWordState;

    fn start(&self) -> FirstWordState {
        FirstWordState::Inside(self.0.initial_state())
    }

    fn is_match(&self, state: &FirstWordState) -> bool {
        matches!(state, FirstWordState::Behind)
    }

    fn can_match(&self, state: &FirstWordState) -> bool {
        match state {
            FirstWordState::Inside(state) => *state != SINK_STATE,
            FirstWordState::Behind => true,
            FirstWordState::Lost => false,
        }
    }

    fn accept(&self, state: &FirstWordState, byte: u8) -> FirstWordState {
        match *state {
            FirstWordState::Inside(state) if byte == b' ' || byte == LABEL_SEPARATOR as u8 => {
                match self.0.distance(state) {
                    Distance::Exact(_) => FirstWordState::Behind,
                    Distance::AtLeast(_) => FirstWordState::Lost,
                }
            }
            FirstWordState::Inside(state) => FirstWordState::Inside(self.0.transition(state, byte)),
            other => other,
        }
    }
}
