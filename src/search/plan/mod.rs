//! A parsed query becomes a [`Plan`]: every word, name and pattern looked up in the index, weights set.
//!
//! Fed by the query language, feeds [`compile`], which makes a walk over one segment out of a plan.
//! Whatever a plan cannot do as asked is told in [`Planner::notes`].

mod compile;
mod date;
mod entity;
pub(super) mod expand;
mod figure;
mod keyword;
mod near;
pub(super) mod stop;
mod text;
mod widen;

use std::cell::{Cell, RefCell, RefMut};
use std::sync::Arc;

use tantivy::DocId;
use tantivy::schema::Field;

pub(super) use compile::{Scores, compile, compile_any};
pub(super) use entity::entity_term;
pub(super) use figure::FigureCondition;
pub(super) use near::PlaceNode;
pub(super) use widen::{Breadth, Widening, widening};

use super::error::SearchError;
use super::forms::Form;
use super::lexicon::Lent;
use super::open::Searcher;
use super::query::{Expr, Node, Scope};
use super::reach::Reach;
use super::statistics::Statistics;
use crate::schema::analyzer::Analyzer;

/// What to match, in terms of the index.
#[derive(Clone)]
pub(super) enum Plan {
    /// Every living article.
    Everything,
    /// No article.
    Nothing,
    /// One word in some text fields.
    Word {
        /// The forms of the word, or the one form asked for.
        forms: Vec<Form>,
        /// Term for the form that was typed, when it earns extra.
        exact: Option<String>,
        /// Text fields.
        fields: Vec<Field>,
        /// Earned by `forms`.
        weight: f32,
        /// Earned by `exact`.
        exact_weight: f32,
    },
    /// Phrases and proximity in some text fields.
    Places {
        /// What has to be found.
        node: PlaceNode,
        /// Text fields.
        fields: Vec<Field>,
        /// Earned by it.
        weight: f32,
    },
    /// Documents found beforehand.
    List {
        /// For each segment, documents in order with weighted occurrences.
        segments: Vec<Arc<[(DocId, f32)]>>,
        /// Earned by the occurrences.
        weight: f32,
    },
    /// A word, or what it reaches in articles without it.
    Reached {
        /// The word.
        word: Box<Plan>,
        /// What it reaches.
        reach: Arc<Reach>,
        /// Earned by the mentions.
        weight: f32,
    },
    /// Quantities.
    Figure(FigureCondition),
    /// Days of publication that touch a range of days since 1970.
    Days {
        /// First day.
        first: i64,
        /// Last day.
        last: i64,
    },
    /// Articles with a value in a column.
    HasDate,
    /// As [`Self::HasDate`], for a column of strings.
    HasString(Field),
    /// Every required part and no excluded part.
    And {
        /// In the order of the query; never empty.
        required: Vec<Plan>,
        /// What must not match.
        excluded: Vec<Plan>,
    },
    /// At least so many parts.
    AtLeast {
        /// In the order of the query; never empty.
        parts: Vec<Plan>,
        /// How many.
        n_needed: usize,
    },
}

/// Turns nodes into plans.
pub(super) struct Planner<'s> {
    searcher: &'s Searcher,
    statistics: &'s Statistics,
    lexicon: RefCell<Lent<'s>>,
    notes: RefCell<Vec<String>>,
    /// Whether weights are set; filters have none.
    scored: Cell<bool>,
    /// The text that spans point into.
    source: &'s str,
}

impl<'s> Planner<'s> {
    /// A planner for a query whose spans point into `source`.
    pub(super) fn new(searcher: &'s Searcher, source: &'s str) -> Result<Self, SearchError> {
        Ok(Self {
            searcher,
            statistics: searcher.statistics()?,
            lexicon: RefCell::new(searcher.lexicon()),
            notes: RefCell::new(Vec::new()),
            scored: Cell::new(true),
            source,
        })
    }

    /// What could not be done as asked, in the order it came up.
    pub(super) fn into_notes(self) -> Vec<String> {
        self.notes.into_inner()
    }

    /// The plan of a node that stands alone: one that holds nothing to look for matches nothing.
    pub(super) fn plan(&self, node: &Node) -> Result<Plan, SearchError> {
        Ok(self.plan_part(node)?.unwrap_or(Plan::Nothing))
    }

    /// The plan of a part, or `None` when it holds nothing to look for, such as a lone dash.
    pub(super) fn plan_part(&self, node: &Node) -> Result<Option<Plan>, SearchError> {
        Ok(Some(match &node.expr {
            Expr::All(parts) => return self.plan_all(parts),
            Expr::Any(parts) => {
                let mut planned = Vec::new();
                for part in parts {
                    planned.extend(self.plan_part(part)?);
                }
                if planned.is_empty() {
                    return Ok(None);
                }
                Plan::AtLeast { parts: planned, n_needed: 1 }
            }
            Expr::Not(part) => {
                let Some(part) = self.unscored(|planner| planner.plan_part(part))? else { return Ok(None) };
                Plan::And { required: vec![Plan::Everything], excluded: vec![part] }
            }
            Expr::Near { left, right, distance, ordered } => self.plan_near(left, right, *distance, *ordered)?,
            Expr::Text { scope, pattern } => return self.plan_text(node, self.fields(*scope), pattern),
            Expr::Entity { kind, which } => self.plan_entity(*kind, which)?,
            Expr::Figure(figure) => self.plan_figure(figure)?,
            Expr::Date(date) => date::plan_date(date),
            Expr::Keyword { field, value } => self.plan_keyword(node, *field, value)?,
        }))
    }

    /// Plans without weights.
    pub(super) fn unscored<T>(&self, plan: impl FnOnce(&Self) -> T) -> T {
        let scored = self.scored.replace(false);
        let planned = plan(self);
        self.scored.set(scored);
        planned
    }

    fn plan_all(&self, parts: &[Node]) -> Result<Option<Plan>, SearchError> {
        let (mut required, mut excluded) = (Vec::new(), Vec::new());
        for part in parts {
            match self.plan_part(part)? {
                // NOT beside something else takes away from it, instead of from everything.
                Some(Plan::And { required: all, excluded: mut not })
                    if matches!(part.expr, Expr::Not(_)) && matches!(all[..], [Plan::Everything]) =>
                {
                    excluded.append(&mut not);
                }
                Some(plan) => required.push(plan),
                None => {}
            }
        }
        if required.is_empty() && excluded.is_empty() {
            return Ok(None);
        }
        Ok(Some(and(required, excluded)))
    }

    fn fields(&self, scope: Scope) -> Vec<Field> {
        let fields = self.searcher.fields();
        match scope {
            Scope::Anywhere => vec![fields.title, fields.body],
            Scope::Title => vec![fields.title],
            Scope::Body => vec![fields.body],
        }
    }

    pub(super) fn note(&self, note: String) {
        let mut notes = self.notes.borrow_mut();
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// A part as it was typed, for messages.
    pub(super) fn typed(&self, node: &Node) -> String {
        self.source.get(node.span.range()).unwrap_or_default().to_owned()
    }

    fn analyzer(&self) -> RefMut<'_, Analyzer> {
        RefMut::map(self.lexicon.borrow_mut(), |lexicon| &mut lexicon.analyzer)
    }

    fn damaged(&self) -> impl Fn(tantivy::TantivyError) -> SearchError + '_ {
        |error| self.searcher.unreadable(error)
    }
}

/// Every one of `required` and none of `excluded`.
pub(super) fn and(mut required: Vec<Plan>, excluded: Vec<Plan>) -> Plan {
    if required.is_empty() {
        required.push(Plan::Everything);
    }
    if required.len() == 1
        && excluded.is_empty()
        && let Some(only) = required.pop()
    {
        return only;
    }
    Plan::And { required, excluded }
}
