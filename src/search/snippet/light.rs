//! What to light: the parts of a query that can be seen in a text. Nothing under NOT is among them.

use std::collections::HashSet;

use super::Lit;
use super::occurrence::{Occurrence, Occurrences};
use crate::mention::{EntityKind, Span};
use crate::schema::analyzer::EXACT;
use crate::search::error::SearchError;
use crate::search::forms::{Form, Piece, TypedWord, any_forms};
use crate::search::lexicon::Lent;
use crate::search::open::Searcher;
use crate::search::pattern::{Shape, Slot, slots};
use crate::search::plan::FigureCondition;
use crate::search::plan::stop::is_stop_word;
use crate::search::query::{EntityMatch, Expr, Node, Pattern, Query, Scope};
use crate::search::walk::{Interval, in_order, near_pairs};

/// Weight of what has no frequency of its own: entities, figures, patterns. About that of a fairly rare
/// word.
const USUAL_WEIGHT: f32 = 3.0;
/// Weight of what nearly every article has: any person, any place.
const SLIGHT_WEIGHT: f32 = 0.5;
/// What standing near each other adds to the weight of both sides.
const NEAR_WEIGHT: f32 = 2.0;

/// What can stand at one position.
pub(in crate::search) enum Atom {
    /// A word in any of some forms.
    Word(Vec<Form>),
    Shape(Shape),
    /// Mentions of entities; all of the kind without keys.
    Entity {
        kind: EntityKind,
        keys: Option<HashSet<String>>,
    },
    Figure(FigureCondition),
    /// Mentions of entities by name, not by demonym.
    Named(Vec<(EntityKind, String)>),
}

/// A part of a query over atoms.
enum Part {
    One(usize),
    /// Pairs of characters that stand together, as one word of a script without spaces.
    Run(Vec<usize>),
    InOrder {
        parts: Vec<Part>,
        slop: u32,
    },
    Near {
        left: Box<Part>,
        right: Box<Part>,
        distance: u32,
        ordered: bool,
    },
    Any(Vec<Part>),
    /// A word, and where a text lacks it what the word reaches.
    Reached {
        word: usize,
        named: usize,
    },
    /// What counts in the title only, or in the body only.
    Within(Scope, Box<Part>),
}

struct Light {
    scope: Scope,
    part: Part,
}

/// Everything to light for one query.
pub(in crate::search) struct Lights {
    atoms: Vec<Atom>,
    lights: Vec<Light>,
    weights: Vec<f32>,
}

/// A place of a part: where it stands, and what of it is lit.
struct Found {
    interval: Interval,
    spans: Vec<Span>,
}

impl Lights {
    /// What to light for a query with filters.
    pub(in crate::search) fn new(searcher: &Searcher, query: &Query, filters: &[Node]) -> Result<Self, SearchError> {
        let mut builder = Builder {
            searcher,
            lexicon: searcher.lexicon(),
            lights: Lights { atoms: Vec::new(), lights: Vec::new(), weights: Vec::new() },
        };
        let nodes: Vec<&Node> = query.root.iter().chain(filters).collect();
        let has_telling_words = nodes.iter().any(|node| builder.tells(node));
        for node in nodes {
            builder.add(node, has_telling_words)?;
        }
        Ok(builder.lights)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lights.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.lights.len()
    }

    pub(super) fn atoms(&self) -> &[Atom] {
        &self.atoms
    }

    /// How much each light tells.
    pub(super) fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// Atoms that are a light by themselves.
    pub(super) fn lone_atoms(&self) -> impl Iterator<Item = &Atom> {
        self.lights.iter().filter_map(|light| match light.part {
            Part::One(atom) => Some(&self.atoms[atom]),
            _ => None,
        })
    }

    /// Words from the first to the last of what belongs together, at most.
    pub(super) fn longest_extent(&self) -> u32 {
        self.lights.iter().map(|light| longest_extent(&light.part)).max().unwrap_or(0)
    }

    /// Atoms one of which stands near everything that is lit.
    pub(super) fn keys(&self) -> Vec<&Atom> {
        let keys = self.lights.iter().flat_map(|light| keys(&light.part, &self.atoms));
        keys.map(|key| &self.atoms[key]).collect()
    }

    /// All that is lit in a text, by light.
    pub(super) fn light(&self, occurrences: &Occurrences<'_>, in_title: bool) -> Vec<Lit> {
        let mut lit = Vec::new();
        for (index, light) in self.lights.iter().enumerate() {
            let in_scope = match light.scope {
                Scope::Anywhere => true,
                Scope::Title => in_title,
                Scope::Body => !in_title,
            };
            if in_scope {
                let found = find(&light.part, occurrences, in_title).into_iter();
                lit.extend(found.map(|found| Lit { light: index, spans: found.spans }));
            }
        }
        lit
    }
}

fn find(part: &Part, occurrences: &Occurrences<'_>, in_title: bool) -> Vec<Found> {
    match part {
        Part::One(atom) => find_one(*atom, occurrences),
        Part::Reached { word, named } => {
            let atom = if occurrences.of(*word).is_empty() { named } else { word };
            find_one(*atom, occurrences)
        }
        Part::Run(atoms) => {
            let pairs: Vec<Vec<Found>> = atoms.iter().map(|&atom| find_one(atom, occurrences)).collect();
            let mut found = find_in_order(&pairs, 0);
            // The last pair stands at its first character.
            found.iter_mut().for_each(|one| one.interval.end += 1);
            found
        }
        Part::InOrder { parts, slop } => {
            let parts: Vec<Vec<Found>> = parts.iter().map(|part| find(part, occurrences, in_title)).collect();
            find_in_order(&parts, *slop)
        }
        Part::Near { left, right, distance, ordered } => {
            let (left, right) = (find(left, occurrences, in_title), find(right, occurrences, in_title));
            let intervals = |found: &[Found]| found.iter().map(|one| one.interval).collect::<Vec<_>>();
            let mut found: Vec<Found> = Vec::new();
            near_pairs(&intervals(&left), &intervals(&right), *distance, *ordered, |one, other| {
                let (one, other) = (&left[one], &right[other]);
                let interval = Interval {
                    start: one.interval.start.min(other.interval.start),
                    end: one.interval.end.max(other.interval.end),
                };
                let mut spans = [&one.spans[..], &other.spans[..]].concat();
                spans.sort_unstable();
                found.push(Found { interval, spans });
            });
            found.sort_by_key(|found| found.interval);
            found
        }
        Part::Any(parts) => {
            let mut found: Vec<Found> = parts.iter().flat_map(|part| find(part, occurrences, in_title)).collect();
            found.sort_by_key(|found| found.interval);
            found
        }
        Part::Within(scope, part) if (*scope == Scope::Title) == in_title => find(part, occurrences, in_title),
        Part::Within(..) => Vec::new(),
    }
}

fn longest_extent(part: &Part) -> u32 {
    match part {
        Part::One(_) | Part::Reached { .. } => 1,
        Part::Run(pairs) => u32::try_from(pairs.len()).unwrap_or(u32::MAX).saturating_add(1),
        Part::InOrder { parts, slop } => parts.iter().map(longest_extent).fold(*slop, u32::saturating_add),
        Part::Near { left, right, distance, .. } => {
            longest_extent(left).saturating_add(longest_extent(right)).saturating_add(*distance)
        }
        Part::Any(parts) => parts.iter().map(longest_extent).max().unwrap_or(0),
        Part::Within(_, part) => longest_extent(part),
    }
}

/// Atoms one of which stands near everything that the part finds: of words that belong together the longest, which
/// are rare.
fn keys(part: &Part, atoms: &[Atom]) -> Vec<usize> {
    let rarest = |parts: &mut dyn Iterator<Item = &Part>| {
        parts.map(|part| keys(part, atoms)).max_by_key(|keys| keys.iter().map(|&key| n_letters(&atoms[key])).min())
    };
    match part {
        Part::One(atom) => vec![*atom],
        Part::Run(pairs) => pairs.clone(),
        Part::Reached { word, named } => vec![*word, *named],
        Part::InOrder { parts, .. } => rarest(&mut parts.iter()).unwrap_or_default(),
        Part::Near { left, right, .. } => rarest(&mut [&**left, &**right].into_iter()).unwrap_or_default(),
        Part::Any(parts) => parts.iter().flat_map(|part| keys(part, atoms)).collect(),
        Part::Within(_, part) => keys(part, atoms),
    }
}

/// Letters of the shortest form of a word; of what is found by its place in the text, many.
fn n_letters(atom: &Atom) -> usize {
    match atom {
        Atom::Word(forms) => forms.iter().map(|form| form.term.len()).min().unwrap_or(0),
        Atom::Shape(_) => 0,
        Atom::Entity { .. } | Atom::Figure(_) | Atom::Named(_) => usize::MAX,
    }
}

fn find_one(atom: usize, occurrences: &Occurrences<'_>) -> Vec<Found> {
    let found =
        |&Occurrence { position, span }: &Occurrence| Found { interval: Interval::at(position), spans: vec![span] };
    occurrences.of(atom).iter().map(found).collect()
}

/// A phrase is lit as a whole, a loose one by its words.
fn find_in_order(parts: &[Vec<Found>], slop: u32) -> Vec<Found> {
    let slots: Vec<Vec<Interval>> = parts.iter().map(|found| found.iter().map(|one| one.interval).collect()).collect();
    let mut intervals = Vec::new();
    in_order(&slots, slop, &mut intervals);
    let spans_of = |interval: Interval| {
        let mut spans: Vec<Span> = Vec::new();
        let mut from = interval.start;
        for (index, all) in parts.iter().enumerate() {
            // The end is given; the words between stand as early as they can.
            let one = match index + 1 == parts.len() {
                true => all.get(all.partition_point(|one| one.interval.end < interval.end)),
                false => all.get(all.partition_point(|one| one.interval.start < from)),
            };
            if let Some(one) = one {
                spans.extend_from_slice(&one.spans);
                from = one.interval.end + 1;
            }
        }
        let end = spans.iter().map(|span| span.end).max();
        match (spans.first(), end) {
            (Some(first), Some(end)) if slop == 0 => vec![Span { start: first.start, end }],
            _ => spans,
        }
    };
    intervals.into_iter().map(|interval| Found { interval, spans: spans_of(interval) }).collect()
}

/// A part without what binds it to title or body.
fn within(part: &Part) -> &Part {
    match part {
        Part::Within(_, part) => part,
        _ => part,
    }
}

struct Builder<'s> {
    searcher: &'s Searcher,
    lexicon: Lent<'s>,
    lights: Lights,
}

impl Builder<'_> {
    /// Whether a node looks for any word that is not a function word.
    fn tells(&mut self, node: &Node) -> bool {
        match &node.expr {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|part| self.tells(part)),
            Expr::Text { pattern: Pattern::Word(word), .. } => {
                self.lexicon.analyzer.exact_words(word).iter().any(|word| !is_stop_word(word))
            }
            Expr::Text { .. } | Expr::Near { .. } => true,
            Expr::Not(_) | Expr::Entity { .. } | Expr::Figure(_) | Expr::Date(_) | Expr::Keyword { .. } => false,
        }
    }

    /// Adds the lights of a node. Function words stay dark beside telling words.
    fn add(&mut self, node: &Node, has_telling_words: bool) -> Result<(), SearchError> {
        match &node.expr {
            Expr::All(parts) | Expr::Any(parts) => {
                for part in parts {
                    self.add(part, has_telling_words)?;
                }
            }
            Expr::Not(_) | Expr::Date(_) | Expr::Keyword { .. } => {}
            Expr::Text { scope, pattern } => {
                let is_stop = matches!(pattern, Pattern::Word(_)) && !self.tells(node);
                if !(is_stop && has_telling_words)
                    && let Some((part, weight)) = self.part(node)?
                {
                    let part = self.reaching(*scope, pattern, part)?;
                    self.push(*scope, part, weight);
                }
            }
            Expr::Near { .. } | Expr::Entity { .. } | Expr::Figure(_) => {
                if let Some((part, weight)) = self.part(node)? {
                    self.push(Scope::Anywhere, part, weight);
                }
            }
        }
        Ok(())
    }

    /// A part with what its word reaches.
    fn reaching(&mut self, scope: Scope, pattern: &Pattern, part: Part) -> Result<Part, SearchError> {
        let (Part::One(word), Pattern::Word(typed)) = (within(&part), pattern) else { return Ok(part) };
        let word = *word;
        let typed = any_forms(&mut self.lexicon.analyzer, self.searcher.languages(), typed);
        let [Piece::Word(typed)] = &typed[..] else { return Ok(part) };
        let fields = self.searcher.fields();
        let fields = match scope {
            Scope::Anywhere => vec![fields.title, fields.body],
            Scope::Title => vec![fields.title],
            Scope::Body => vec![fields.body],
        };
        let reach = self.searcher.reach(typed, &fields)?;
        if reach.keys.is_empty() {
            return Ok(part);
        }
        let named = self.atom(Atom::Named(reach.keys.clone()));
        Ok(Part::Reached { word, named })
    }

    fn push(&mut self, scope: Scope, part: Part, weight: f32) {
        self.lights.lights.push(Light { scope, part });
        self.lights.weights.push(weight);
    }

    fn atom(&mut self, atom: Atom) -> usize {
        self.lights.atoms.push(atom);
        self.lights.atoms.len() - 1
    }

    /// A node as a part with its weight, or `None` when nothing of it can be seen.
    fn part(&mut self, node: &Node) -> Result<Option<(Part, f32)>, SearchError> {
        Ok(Some(match &node.expr {
            Expr::Text { scope, pattern } => {
                let slots = slots(&mut self.lexicon.analyzer, self.searcher.languages(), pattern, node.span)?;
                let mut parts = Vec::new();
                let mut weight = 0.0;
                for slot in slots.slots {
                    let (part, part_weight) = self.slot(slot)?;
                    parts.push(part);
                    weight += part_weight;
                }
                let part = match parts.len() {
                    0 | 1 => match parts.pop() {
                        Some(only) => only,
                        None => return Ok(None),
                    },
                    _ => Part::InOrder { parts, slop: slots.slop },
                };
                match scope {
                    Scope::Anywhere => (part, weight),
                    _ => (Part::Within(*scope, Box::new(part)), weight),
                }
            }
            Expr::Entity { kind, which: EntityMatch::Any } => {
                (Part::One(self.atom(Atom::Entity { kind: *kind, keys: None })), SLIGHT_WEIGHT)
            }
            Expr::Entity { kind, which } => {
                let keys = self.searcher.entity_keys(&mut self.lexicon.analyzer, *kind, which)?;
                let atom = Atom::Entity { kind: *kind, keys: Some(keys.into_iter().collect()) };
                (Part::One(self.atom(atom)), USUAL_WEIGHT)
            }
            Expr::Figure(figure) => {
                let condition = self.searcher.figure_condition(figure)?;
                (Part::One(self.atom(Atom::Figure(condition))), USUAL_WEIGHT)
            }
            Expr::Near { left, right, distance, ordered } => {
                let (Some((left, one)), Some((right, other))) = (self.part(left)?, self.part(right)?) else {
                    return Ok(None);
                };
                let (left, right) = (Box::new(left), Box::new(right));
                (Part::Near { left, right, distance: *distance, ordered: *ordered }, one + other + NEAR_WEIGHT)
            }
            Expr::Any(nodes) => {
                let mut parts = Vec::new();
                let mut weight = 0.0f32;
                for node in nodes {
                    if let Some((part, part_weight)) = self.part(node)? {
                        parts.push(part);
                        weight = weight.max(part_weight);
                    }
                }
                (Part::Any(parts), weight)
            }
            Expr::All(_) | Expr::Not(_) | Expr::Date(_) | Expr::Keyword { .. } => return Ok(None),
        }))
    }

    fn slot(&mut self, slot: Slot) -> Result<(Part, f32), SearchError> {
        Ok(match slot {
            Slot::AnyForm(TypedWord { forms, .. }) | Slot::Exact(TypedWord { forms, .. }) => {
                let weight = self.weight(&forms)?;
                (Part::One(self.atom(Atom::Word(forms))), weight)
            }
            Slot::Run(pairs) => {
                let (mut atoms, mut weight) = (Vec::new(), 0.0f32);
                for pair in pairs {
                    let languages = self.searcher.languages();
                    let forms = vec![Form { term: format!("{EXACT}{pair}"), languages }];
                    weight = weight.max(self.weight(&forms)?);
                    atoms.push(self.atom(Atom::Word(forms)));
                }
                (Part::Run(atoms), weight)
            }
            Slot::Shape(shape) => (Part::One(self.atom(Atom::Shape(shape))), USUAL_WEIGHT),
        })
    }

    fn weight(&self, forms: &[Form]) -> Result<f32, SearchError> {
        let fields = [self.searcher.fields().title, self.searcher.fields().body];
        Ok(self.searcher.statistics()?.idf(self.searcher.n_articles_with_any(&fields, forms)?))
    }
}
