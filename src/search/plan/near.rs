//! Words, phrases, entities and figures near each other.

use tantivy::schema::Field;

use super::entity::entity_term;
use super::figure::{FIGURE_SCORE, FigureCondition};
use super::{Plan, Planner};
use crate::mention::EntityKind;
use crate::schema::analyzer::{ENTITY, FIGURE};
use crate::search::error::SearchError;
use crate::search::forms::Form;
use crate::search::overlay::Positions;
use crate::search::pattern::Slots;
use crate::search::query::{EntityMatch, Expr, Node, Scope};

/// Places to look for in one text, whichever field it is.
#[derive(Clone)]
pub(in crate::search) enum PlaceNode {
    /// A word in any of some forms.
    Word(Vec<Form>),
    /// Pairs of characters that stand together, as one word of a script without spaces.
    Run(Vec<Form>),
    /// Any of some terms.
    Terms(Vec<String>),
    /// Mentions of entities, some of which rules change.
    Ruled {
        /// Terms of those that rules leave alone.
        terms: Vec<String>,
        /// For each segment, where the others stand in the title.
        title: Vec<Positions>,
        /// As `title`, in the body.
        body: Vec<Positions>,
        /// Whether the terms hold in untouched articles only.
        is_any: bool,
    },
    /// Quantities.
    Figures(FigureCondition),
    /// Parts in sequence.
    InOrder {
        /// The parts.
        parts: Vec<PlaceNode>,
        /// Words between them in all.
        slop: u32,
    },
    /// Two parts near each other.
    Near {
        /// One side.
        left: Box<PlaceNode>,
        /// The other side.
        right: Box<PlaceNode>,
        /// Words between them.
        distance: u32,
        /// Whether `left` comes first.
        ordered: bool,
    },
    /// Any of some parts.
    Any(Vec<PlaceNode>),
    /// A part that counts in some text fields only.
    Within {
        /// The fields.
        fields: Vec<Field>,
        /// The part.
        part: Box<PlaceNode>,
    },
}

impl PlaceNode {
    /// The forms, where it is one word and no more.
    pub(super) fn as_word(&self) -> Option<&[Form]> {
        match self {
            PlaceNode::Word(forms) => Some(forms),
            _ => None,
        }
    }
}

impl Planner<'_> {
    pub(super) fn plan_near(
        &self,
        left: &Node,
        right: &Node,
        distance: u32,
        ordered: bool,
    ) -> Result<Plan, SearchError> {
        let title_and_body = self.fields(Scope::Anywhere);
        let mut fields = title_and_body.clone();
        keep_scope(left, &mut fields, self);
        keep_scope(right, &mut fields, self);
        let (Some((left, one)), Some((right, other))) = (self.places(left, &fields)?, self.places(right, &fields)?)
        else {
            return Ok(Plan::Nothing);
        };
        let node = PlaceNode::Near { left: Box::new(left), right: Box::new(right), distance, ordered };
        Ok(Plan::Places { node, fields, weight: one + other })
    }

    /// One side as places with a weight, or `None` when it holds nothing to look for.
    fn places(&self, node: &Node, fields: &[Field]) -> Result<Option<(PlaceNode, f32)>, SearchError> {
        Ok(Some(match &node.expr {
            Expr::Text { scope, pattern } => {
                let Slots { slots, slop } = self.slots(node, pattern)?;
                let typed = self.typed(node);
                if slots.is_empty() {
                    self.note(format!("`{typed}` holds no word to search for"));
                    return Ok(None);
                }
                let (part, weight) = self.places_of_slots(&typed, fields, slots, slop)?;
                match scope {
                    Scope::Anywhere => (part, weight),
                    _ => (PlaceNode::Within { fields: self.fields(*scope), part: Box::new(part) }, weight),
                }
            }
            Expr::Entity { kind, which } => self.places_of_entities(*kind, which, fields)?,
            Expr::Figure(figure) => {
                let condition = self.searcher.figure_condition(figure)?;
                self.note_synonyms(figure, &condition);
                let weight = if self.scored.get() { FIGURE_SCORE } else { 0.0 };
                let parts = condition.keys.iter().map(|key| PlaceNode::Figures(condition.on(key))).collect();
                (PlaceNode::Any(parts), weight)
            }
            Expr::Any(parts) => {
                let mut planned = Vec::new();
                let mut weight = 0.0f32;
                for part in parts {
                    if let Some((part, part_weight)) = self.places(part, fields)? {
                        planned.push(part);
                        weight = weight.max(part_weight);
                    }
                }
                (PlaceNode::Any(planned), weight)
            }
            Expr::Near { left, right, distance, ordered } => {
                let (Some((left, one)), Some((right, other))) =
                    (self.places(left, fields)?, self.places(right, fields)?)
                else {
                    return Ok(None);
                };
                let (left, right) = (Box::new(left), Box::new(right));
                (PlaceNode::Near { left, right, distance: *distance, ordered: *ordered }, one + other)
            }
            Expr::All(_) | Expr::Not(_) | Expr::Date(_) | Expr::Keyword { .. } => {
                return Err(SearchError::Near { part: self.typed(node), span: node.span });
            }
        }))
    }
}

impl Planner<'_> {
    /// Where entities are mentioned: by their terms, but for those that rules change.
    fn places_of_entities(
        &self,
        kind: EntityKind,
        which: &EntityMatch,
        fields: &[Field],
    ) -> Result<(PlaceNode, f32), SearchError> {
        let searcher = self.searcher;
        let any = format!("{ENTITY}{}", kind.name());
        let (ruled, keys): (Vec<String>, Vec<String>) =
            self.entity_keys(kind, which)?.into_iter().partition(|key| searcher.is_ruled(kind, key));
        let terms = match which {
            EntityMatch::Any => vec![any],
            _ => keys.iter().map(|key| entity_term(kind, key)).collect(),
        };
        let mut weight = 0.0;
        if let [term] = &terms[..] {
            weight = self.idf(fields, term)?;
        }
        let is_any = *which == EntityMatch::Any && searcher.overlay()?.is_some();
        if !is_any && ruled.is_empty() {
            return Ok((PlaceNode::Terms(terms), weight));
        }
        let is_meant = |key: &str| is_any || ruled.iter().any(|other| other == key);
        let title = searcher.ruled_positions(kind, true, &is_meant)?;
        let body = searcher.ruled_positions(kind, false, &is_meant)?;
        let node = PlaceNode::Ruled { terms, title, body, is_any };
        Ok((node, weight))
    }
}

/// The term of a figure key where it stands in a text.
pub(super) fn figure_term(key: &str) -> String {
    crate::schema::cut(&format!("{FIGURE}{key}")).to_owned()
}

/// A side that is bound to title or body binds the whole.
fn keep_scope(node: &Node, fields: &mut Vec<Field>, planner: &Planner<'_>) {
    match &node.expr {
        Expr::Text { scope, .. } => {
            let scope = planner.fields(*scope);
            fields.retain(|field| scope.contains(field));
        }
        Expr::Any(parts) => {
            let scopes: Vec<Vec<Field>> = parts
                .iter()
                .map(|part| {
                    let mut scope = fields.clone();
                    keep_scope(part, &mut scope, planner);
                    scope
                })
                .collect();
            fields.retain(|field| scopes.iter().any(|scope| scope.contains(field)));
        }
        Expr::Near { left, right, .. } => {
            keep_scope(left, fields, planner);
            keep_scope(right, fields, planner);
        }
        _ => {}
    }
}
