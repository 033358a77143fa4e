//! Explains an empty result: which part of the query matches nothing, and what comes near it.

use super::error::SearchError;
use super::open::Searcher;
use super::pattern::{Slot, slots};
use super::plan::{Plan, Planner, and};
use super::query::{
    DateMatch, EntityMatch, Expr, FigureMatch, KeywordMatch, Measure, Node, NumberRange, Pattern, Scope, to_text,
};
use super::request::{SearchRequest, SearchResults};
use crate::mention::{EntityKind, Span};
use crate::schema::analyzer::Analyzer;

/// Words or names offered for one that is not there.
const MAX_OFFERED: usize = 3;
/// Parts of a query that are explained one by one; a pasted page has thousands, and every word that is not
/// there is compared with the whole dictionary.
const MAX_EXPLAINED: usize = 10;
/// Parts of a query for which it is counted how many articles match without them.
const MAX_LEFT_OUT: usize = 6;

impl Searcher {
    /// Why nothing is shown, when nothing is: one sentence a line, without a full stop.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn explain_nothing(
        &self,
        request: &SearchRequest,
        results: &SearchResults,
    ) -> Result<Vec<String>, SearchError> {
        if results.total == 0 {
            return self.explain_empty(request);
        }
        let (n_all, what) = match request.group_by {
            Some(_) => (results.n_groups, "groups"),
            None => (results.total, "articles"),
        };
        if request.limit == 0 || (request.offset as u64) < n_all {
            return Ok(Vec::new());
        }
        let last_page = (n_all - 1) / request.limit as u64 * request.limit as u64;
        Ok(vec![format!(
            "there are {n_all} {what}, and {} were skipped; the last page begins at --offset {last_page}",
            request.offset
        )])
    }

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
        let (mut n_unexplained, mut n_more_totals) = (0, 0);
        for (part, plan) in parts.iter().zip(&plans) {
            let n_articles = self.n_matches(plan)?;
            let typed = describe(part, &request.query.source);
            match n_articles {
                0 if explained.len() >= MAX_EXPLAINED => n_unexplained += 1,
                0 => explained.push(self.explain_part(part, &typed)?),
                _ if totals.len() >= MAX_EXPLAINED => n_more_totals += 1,
                _ => totals.push(format!("`{typed}` {n_articles}")),
            }
        }
        if n_unexplained > 0 {
            explained.push(format!("{n_unexplained} more parts match nothing by themselves"));
        }
        if n_more_totals > 0 {
            totals.push(format!("and {n_more_totals} more parts"));
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
            Expr::Entity { kind, which: which @ (EntityMatch::Name(name) | EntityMatch::Exact(name)) } => {
                self.explain_name(*kind, which, name)
            }
            Expr::Entity { kind: EntityKind::Place, which: EntityMatch::Path(path) } => {
                let nearest = self.nearest_paths(path, MAX_OFFERED)?;
                Ok(format!("no article names a place at or below `{path}`{}", offered(&nearest)))
            }
            Expr::Keyword { field, value: KeywordMatch::Words(value) | KeywordMatch::Exact(value) } => {
                let nearest = self.nearest_values(*field, value, MAX_OFFERED)?;
                Ok(format!("no article has `{typed}`{}", offered(&nearest)))
            }
            Expr::Figure(figure) => self.explain_figure(figure, typed),
            Expr::Date(DateMatch::Range { .. }) => Ok(match self.days()? {
                Some((first, last)) => format!("no article is of `{typed}`; the index spans {first} to {last}"),
                None => "no article of the index has a date".to_owned(),
            }),
            _ => Ok(format!("no article has `{typed}`")),
        }
    }

    /// A name that no article has as this kind: it may stand under another one, or be a word to us.
    fn explain_name(&self, kind: EntityKind, which: &EntityMatch, name: &str) -> Result<String, SearchError> {
        let mut said = format!("no article has {} named `{name}`", kind_word(kind));
        let elsewhere = self.under_other_kinds(kind, which)?;
        for (part, n_articles) in &elsewhere {
            said.push_str(&format!("; `{}` has {n_articles}", to_text(part)));
        }
        if !elsewhere.is_empty() {
            said.push_str(", and a rule `[[retag]]` sets a wrong kind right");
        }
        // "Leeds, England": a place goes by its own name.
        if let Some((place, _)) = name.split_once(',').filter(|_| kind == EntityKind::Place) {
            let n_articles = self.n_articles_named(kind, place.trim())?;
            if n_articles > 0 {
                let part = untyped(Expr::Entity { kind, which: EntityMatch::Name(place.trim().to_owned()) });
                return Ok(format!("{said}; `{}` has {n_articles}", to_text(&part)));
            }
        }
        if let Some(part) = plain_text(name) {
            let n_articles = self.n_articles_of_part(&part)?;
            if n_articles > 0 {
                said.push_str(&format!("; as plain text, `{}` has {n_articles}", to_text(&part)));
            }
        }
        if elsewhere.is_empty() {
            said.push_str(&offered(&self.nearest_entities(kind, name, MAX_OFFERED)?));
        }
        Ok(said)
    }

    /// The same name as other kinds of entity, each with the number of articles that have it, most articles first.
    pub(super) fn under_other_kinds(
        &self,
        kind: EntityKind,
        which: &EntityMatch,
    ) -> Result<Vec<(Node, u64)>, SearchError> {
        let mut found = Vec::new();
        for other in EntityKind::ALL.into_iter().filter(|other| *other != kind) {
            let part = untyped(Expr::Entity { kind: other, which: which.clone() });
            let n_articles = self.n_articles_of_part(&part)?;
            if n_articles > 0 {
                found.push((part, n_articles));
            }
        }
        found.sort_by_key(|(_, n_articles)| std::cmp::Reverse(*n_articles));
        Ok(found)
    }

    /// How many articles name a person, place or organisation that goes by a name.
    pub(super) fn n_articles_named(&self, kind: EntityKind, name: &str) -> Result<u64, SearchError> {
        self.n_articles_of_part(&untyped(Expr::Entity { kind, which: EntityMatch::Name(name.to_owned()) }))
    }

    fn n_articles_of_part(&self, part: &Node) -> Result<u64, SearchError> {
        let planner = Planner::new(self, "")?;
        self.n_matches(&planner.unscored(|planner| planner.plan(part))?)
    }

    fn explain_figure(&self, figure: &FigureMatch, typed: &str) -> Result<String, SearchError> {
        if let Some(explained) = self.explain_measure(figure)? {
            return Ok(explained);
        }
        if figure.range == NumberRange::ALL && figure.change.is_none() {
            return Ok(format!("no article has `{typed}`"));
        }
        let open = FigureMatch { range: NumberRange::ALL, change: None, bound: None, ..figure.clone() };
        let condition = self.figure_condition(&open)?;
        let n_articles = self.n_matches(&Plan::Figure(condition))?;
        Ok(format!("no article has `{typed}`; {n_articles} have such figures of any value"))
    }

    /// Says so where no article counts what a condition is on.
    pub(crate) fn explain_measure(&self, figure: &FigureMatch) -> Result<Option<String>, SearchError> {
        let Measure::Noun(noun) = &figure.measure else { return Ok(None) };
        if self.knows_measure(figure)? {
            return Ok(None);
        }
        let nearest = self.nearest_measures(noun, MAX_OFFERED)?;
        Ok(Some(format!("no article counts `{noun}`{}", offered(&nearest))))
    }

    fn explain_text(&self, part: &Node, pattern: &Pattern, typed: &str) -> Result<String, SearchError> {
        let slots = slots(&mut Analyzer::new(), self.languages(), pattern, part.span)?.slots;
        let mut missing = Vec::new();
        for slot in &slots {
            let (Slot::AnyForm(word) | Slot::Exact(word)) = slot else { continue };
            if self.n_articles_with_any(&[self.fields().title, self.fields().body], &word.forms)? == 0 {
                let nearest = self.nearest_words(&word.exact, MAX_OFFERED)?;
                missing.push(format!("no article has the word `{}`{}", word.exact, offered(&nearest)));
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

/// What comes near, for the end of a sentence.
fn offered(nearest: &[(String, u64)]) -> String {
    if nearest.is_empty() {
        return String::new();
    }
    let offered: Vec<String> = nearest.iter().map(|(name, n_articles)| format!("{name} ({n_articles})")).collect();
    format!("; nearest: {}", offered.join(", "))
}

fn kind_word(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "a person",
        EntityKind::Place => "a place",
        EntityKind::Org => "an organisation",
    }
}

/// A part that nobody typed.
fn untyped(expr: Expr) -> Node {
    Node { expr, span: Span::new(0, 0) }
}

/// A name as the words that it is; `None` where it has none.
fn plain_text(name: &str) -> Option<Node> {
    let pattern = match Analyzer::new().exact_words(name).len() {
        0 => return None,
        1 => Pattern::Word(name.to_owned()),
        _ => Pattern::Phrase { text: name.to_owned(), slop: 0, exact: false },
    };
    Some(untyped(Expr::Text { scope: Scope::Anywhere, pattern }))
}

/// A part as it was typed; a filter, which was not, as it would be.
fn describe(node: &Node, source: &str) -> String {
    if node.span.n_bytes() > 0
        && let Some(typed) = source.get(node.span.range())
    {
        return typed.to_owned();
    }
    to_text(node)
}
