//! What comes near a word or name that the index does not have: spelt alike, and there.
//!
//! Offers only; nothing is ever searched for that was not typed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use levenshtein_automata::{DFA, Distance, SINK_STATE};
use tantivy_fst::Automaton;

use super::error::SearchError;
use super::forms::{Piece, TypedWord, any_forms, exact_forms};
use super::open::Searcher;
use super::overlay::Called;
use super::pattern::{Edits, Shape, edits};
use super::plan::expand::each_term;
use super::plan::stop::is_stop_word;
use super::query::{
    EntityMatch, Expr, FigureMatch, KeywordField, KeywordMatch, Measure, Node, Pattern, Query, SAVED_SIGN, to_text,
};
use super::suggest::figure_name;
use crate::mention::{EntityKind, Span};
use crate::schema::analyzer::{Analyzer, EXACT, Stemming, Unit};
use crate::schema::names::{LABEL_SEPARATOR, name_key_prefix, words_and_key};

/// Words of so many letters or fewer are only compared at one edit: at two, every short word is near.
const SHORT_WORD: usize = 5;
/// Most corrections of a query: more than that is another language, or no language.
const MAX_CORRECTED: usize = 5;
/// Words of fewer letters are near everything.
const MIN_CHARS: usize = 3;

/// Words of which it is remembered what comes near them.
const MAX_REMEMBERED: usize = 1024;

/// A folded word, and within how many edits.
type AskedWord = (String, u8);

/// Edits, articles, and the word.
type RankedWord = (u8, Reverse<u64>, String);

/// Words near others, remembered.
#[derive(Default)]
pub(super) struct Nearest(Mutex<HashMap<AskedWord, Arc<[RankedWord]>>>);

/// What the index does not have, while it is gathered.
#[derive(Default)]
struct Missing {
    /// How many parts it does not have.
    n_parts: usize,
    /// Bytes of the query, and what comes near.
    replaced: Vec<(Range<usize>, String)>,
}

impl Missing {
    /// Counts a part, and tells whether to look for what comes near it.
    fn count(&mut self) -> bool {
        self.n_parts += 1;
        !self.are_too_many()
    }

    /// Whether nobody meant so many other words.
    fn are_too_many(&self) -> bool {
        self.n_parts > MAX_CORRECTED
    }
}

impl Searcher {
    /// The query with what the index does not have replaced by what comes nearest, as text; `None` when
    /// nothing is missing, or nothing comes near. Excluded parts and saved queries are left alone.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn corrected(&self, query: &Query) -> Result<Option<String>, SearchError> {
        let mut missing = Missing::default();
        if let Some(root) = &query.root {
            self.correct(root, &query.source, &mut missing)?;
        }
        if missing.are_too_many() {
            return Ok(None);
        }
        let mut replaced = missing.replaced;
        replaced.sort_by_key(|(range, _)| Reverse(range.start));
        let mut corrected = query.source.clone();
        let mut end = corrected.len();
        for (range, text) in &replaced {
            if range.end <= end {
                corrected.replace_range(range.clone(), text);
                end = range.start;
            }
        }
        Ok((!replaced.is_empty()).then_some(corrected))
    }

    fn correct(&self, node: &Node, source: &str, missing: &mut Missing) -> Result<(), SearchError> {
        let Some(typed) = source.get(node.span.range()).filter(|typed| !typed.is_empty()) else { return Ok(()) };
        if typed.starts_with(SAVED_SIGN) || missing.are_too_many() {
            return Ok(());
        }
        match &node.expr {
            Expr::All(parts) | Expr::Any(parts) => {
                for part in parts {
                    self.correct(part, source, missing)?;
                }
            }
            Expr::Near { left, right, .. } => {
                self.correct(left, source, missing)?;
                self.correct(right, source, missing)?;
            }
            Expr::Text { pattern, .. } => self.correct_words(node.span, typed, pattern, missing)?,
            Expr::Entity { kind, which: which @ (EntityMatch::Name(name) | EntityMatch::Exact(name)) } => {
                if self.entity_keys(&mut Analyzer::new(), *kind, which)?.is_empty() && missing.count() {
                    // The same name as another kind is nearer than another name; no list of one kind holds it.
                    let elsewhere = self.under_other_kinds(*kind, which)?;
                    if let Some((other, _)) = elsewhere.first()
                        && has_field(typed, kind.name())
                    {
                        missing.replaced.push((node.span.range(), to_text(other)));
                    } else if let Some(nearest) = self.nearest_name(*kind, name)? {
                        let expr = Expr::Entity { kind: *kind, which: EntityMatch::Name(nearest) };
                        missing.replaced.push((node.span.range(), value_text(expr, typed, kind.name())));
                    }
                }
            }
            Expr::Entity { kind: EntityKind::Place, which: EntityMatch::Path(path) } => {
                if !self.has_term(self.fields().place_path, path)?
                    && missing.count()
                    && let Some((nearest, _)) = self.nearest_paths(path, 1)?.into_iter().next()
                {
                    let expr = Expr::Entity { kind: EntityKind::Place, which: EntityMatch::Path(nearest) };
                    missing.replaced.push((node.span.range(), value_text(expr, typed, EntityKind::Place.name())));
                }
            }
            Expr::Keyword { field, value: KeywordMatch::Words(value) | KeywordMatch::Exact(value) } => {
                let alone = Query { source: String::new(), root: Some(node.clone()), mentioned: vec![], notes: vec![] };
                if self.count(&alone, &[])? == 0
                    && missing.count()
                    && let Some((nearest, _)) = self.nearest_values(*field, value, 1)?.into_iter().next()
                {
                    let expr = Expr::Keyword { field: *field, value: KeywordMatch::Words(nearest) };
                    missing.replaced.push((node.span.range(), value_text(expr, typed, field.name())));
                }
            }
            Expr::Figure(figure) => {
                if let Measure::Noun(noun) = &figure.measure
                    && !self.knows_measure(figure)?
                    && missing.count()
                    && let Some((nearest, _)) = self.nearest_measures(noun, 1)?.into_iter().next()
                {
                    let measure = Measure::Noun(nearest);
                    let expr = Expr::Figure(FigureMatch { measure, ..figure.clone() });
                    missing.replaced.push((node.span.range(), to_text(&Node { expr, span: node.span })));
                }
            }
            Expr::Not(_) | Expr::Entity { .. } | Expr::Keyword { .. } | Expr::Date(_) => {}
        }
        Ok(())
    }

    /// The name that comes nearest: of "Leeds, England" the part before the comma, where that is a place.
    fn nearest_name(&self, kind: EntityKind, name: &str) -> Result<Option<String>, SearchError> {
        if let Some((place, _)) = name.split_once(',').filter(|_| kind == EntityKind::Place)
            && self.n_articles_named(kind, place.trim())? > 0
        {
            return Ok(Some(place.trim().to_owned()));
        }
        Ok(self.nearest_entities(kind, name, 1)?.pop().map(|(nearest, _)| nearest))
    }

    fn correct_words(
        &self,
        span: Span,
        typed: &str,
        pattern: &Pattern,
        missing: &mut Missing,
    ) -> Result<(), SearchError> {
        let is_exact = match pattern {
            Pattern::Word(_) | Pattern::Phrase { exact: false, .. } => false,
            Pattern::Exact(_) | Pattern::Phrase { exact: true, .. } => true,
            Pattern::Prefix(_) | Pattern::Wildcard(_) | Pattern::Fuzzy { .. } | Pattern::Regex(_) => return Ok(()),
        };
        // Behind the name of a field; no word that is typed holds one.
        let value = ["title:", "body:"].iter().find_map(|name| typed.strip_prefix(name)).unwrap_or(typed);
        let start = span.range().end - value.len();
        let mut analyzer = Analyzer::new();
        let mut words = Vec::new();
        analyzer.words(value, Stemming::NONE, |word| {
            if word.unit == Unit::Word {
                words.push((word.span.range(), word.exact.to_owned()));
            }
        });
        for (range, exact) in words {
            if missing.are_too_many() {
                break;
            }
            let typed = &value[range.clone()];
            let pieces = match is_exact {
                true => exact_forms(&mut analyzer, self.languages(), typed),
                false => any_forms(&mut analyzer, self.languages(), typed),
            };
            let [Piece::Word(TypedWord { forms, .. })] = &pieces[..] else { continue };
            if !is_stop_word(&exact)
                && self.n_articles_with_any(&[self.fields().title, self.fields().body], forms)? == 0
                && missing.count()
                && let Some((nearest, _)) = self.nearest_words(&exact, 1)?.into_iter().next()
            {
                missing.replaced.push((start + range.start..start + range.end, nearest));
            }
        }
        Ok(())
    }

    /// Whether any article has a quantity of this unit or noun.
    pub(super) fn knows_measure(&self, figure: &FigureMatch) -> Result<bool, SearchError> {
        for key in self.figure_condition(figure)?.keys {
            if self.has_term(self.fields().figure, &key)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Counted nouns and units of the index that are spelt like `name`, as [`Self::nearest_words`].
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn nearest_measures(&self, name: &str, limit: usize) -> Result<Vec<(String, u64)>, SearchError> {
        let name = name.to_lowercase();
        let Some(shape) = shape(&name) else { return Ok(Vec::new()) };
        let near = |key: &str| figure_name(key).and_then(|(name, _)| shape.distance(name));
        let counts = self.counted_terms(self.fields().figure, "", |key| near(key).is_some())?;
        let named = |(key, n_articles): (String, u64)| {
            let (name, _) = figure_name(&key)?;
            Some((shape.distance(name)?, Reverse(n_articles), name.to_owned()))
        };
        Ok(best(counts.into_iter().filter_map(named).collect(), limit))
    }

    /// Paths of places whose last step is spelt like that of `path`, below the same place first, as
    /// [`Self::nearest_words`].
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn nearest_paths(&self, path: &str, limit: usize) -> Result<Vec<(String, u64)>, SearchError> {
        let Some((above, last)) = path.rsplit_once('/') else { return Ok(Vec::new()) };
        let Some(shape) = shape(last) else { return Ok(Vec::new()) };
        let near = |other: &str| {
            let (other_above, other_last) = other.rsplit_once('/')?;
            Some((u8::from(other_above != above) * (MAX_EDITS + 1)).saturating_add(shape.distance(other_last)?))
        };
        let counts = self.counted_terms(self.fields().place_path, "", |other| near(other).is_some())?;
        let ranked = counts.into_iter().filter_map(|(other, n)| Some((near(&other)?, Reverse(n), other))).collect();
        Ok(best(ranked, limit))
    }

    /// Values of a field of metadata that are spelt like `value`, or have a word that is, as
    /// [`Self::nearest_words`].
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn nearest_values(
        &self,
        field: KeywordField,
        value: &str,
        limit: usize,
    ) -> Result<Vec<(String, u64)>, SearchError> {
        let fields = self.fields();
        let column = match field {
            KeywordField::Author => fields.author,
            KeywordField::Source => fields.source,
            KeywordField::Section => fields.section,
            KeywordField::Tag => fields.tag,
            KeywordField::Lang => fields.language,
            KeywordField::Format => fields.format,
            KeywordField::Path | KeywordField::Id => return Ok(Vec::new()),
        };
        let mut analyzer = Analyzer::new();
        let Some(shape) = shape(&analyzer.exact_words(value).join(" ")) else { return Ok(Vec::new()) };
        let mut near = |value: &str| {
            let words = analyzer.exact_words(value);
            let whole = shape.distance(&words.join(" "));
            words.iter().filter_map(|word| shape.distance(word)).chain(whole).min()
        };
        let counts = self.counted_terms(column, "", |value| near(value).is_some())?;
        let ranked = counts.into_iter().filter_map(|(value, n)| Some((near(&value)?, Reverse(n), value))).collect();
        Ok(best(ranked, limit))
    }

    /// Words of the index that are spelt like `word`, nearest and most frequent first, each with the
    /// number of articles that have it.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn nearest_words(&self, word: &str, limit: usize) -> Result<Vec<(String, u64)>, SearchError> {
        let Some(word) = Analyzer::new().exact_words(word).into_iter().next() else { return Ok(Vec::new()) };
        // Every other number is near a number, and means something else.
        if word.contains(|character: char| character.is_numeric()) {
            return Ok(Vec::new());
        }
        // What is nearer comes first, and is found several times as fast.
        for n_edits in 1..max_edits(&word) {
            let nearest = self.words_within(&word, n_edits)?;
            if nearest.len() >= limit {
                return Ok(best(nearest.to_vec(), limit));
            }
        }
        Ok(best(self.words_within(&word, max_edits(&word))?.to_vec(), limit))
    }

    /// Words within an edit distance of a folded word, remembered: what explains an empty result and what corrects
    /// the query ask for the same.
    fn words_within(&self, word: &str, n_edits: u8) -> Result<Arc<[RankedWord]>, SearchError> {
        let asked = (word.to_owned(), n_edits);
        let remembered = || self.nearest.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(words) = remembered().get(&asked) {
            return Ok(words.clone());
        }
        let words: Arc<[RankedWord]> = self.find_words_within(word, n_edits)?.into();
        let mut remembered = remembered();
        if remembered.len() >= MAX_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(asked, words.clone());
        Ok(words)
    }

    fn find_words_within(&self, word: &str, n_edits: u8) -> Result<Vec<RankedWord>, SearchError> {
        let shape = edits(word, n_edits);
        let Shape::Fuzzy(automaton) = &shape else { return Ok(Vec::new()) };
        let mut words: BTreeSet<String> = BTreeSet::new();
        for segment in self.segments() {
            for field in [self.fields().title, self.fields().body] {
                let inverted = segment.inverted(field).map_err(|error| self.unreadable(error))?;
                each_term(&inverted, EXACT, Edits(automaton.clone()), |term, _| {
                    words.insert(term.to_owned());
                    Ok(())
                })
                .map_err(|error| self.unreadable(error))?;
            }
        }
        let mut ranked = Vec::new();
        for term in words {
            let near = &term[EXACT.len()..];
            let n_articles = self.n_with_in_text(&term)?;
            if let Some(distance) = shape.distance(near).filter(|_| n_articles > 0 && near != word) {
                ranked.push((distance, Reverse(n_articles), near.to_owned()));
            }
        }
        Ok(ranked)
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
        let shape = edits(&word, max_edits_of_name(&word));
        let Shape::Fuzzy(automaton) = &shape else { return Ok(Vec::new()) };
        let mut keys: BTreeMap<String, u8> = BTreeMap::new();
        let beginning = name_key_prefix(kind, "");
        for segment in self.segments() {
            let inverted = segment.inverted(self.fields().name_key).map_err(|error| self.unreadable(error))?;
            each_term(&inverted, &beginning, FirstWord(automaton.clone()), |term, _| {
                let rest = &term[beginning.len()..];
                let first = rest.split([' ', LABEL_SEPARATOR]).next().unwrap_or_default();
                if let (Some(distance), Some((_, key))) = (shape.distance(first), words_and_key(rest)) {
                    let nearest = keys.entry(key.into_owned()).or_insert(distance);
                    *nearest = distance.min(*nearest);
                }
                Ok(())
            })
            .map_err(|error| self.unreadable(error))?;
        }
        keys.retain(|key, _| !self.is_ruled(kind, key));
        for (key, names) in self.overlay()?.into_iter().flat_map(|overlay| overlay.named(kind)) {
            let words = names.iter().flat_map(Called::words);
            if let Some(distance) = words.filter_map(|word| shape.distance(word)).min() {
                keys.insert(key.to_owned(), distance);
            }
        }
        let mut found = Vec::new();
        for (key, distance) in keys {
            let n_articles = self.n_articles_of(kind, &key)?;
            if n_articles > 0 {
                found.push((distance, Reverse(n_articles), key));
            }
        }
        found.sort();
        found.truncate(limit);
        let label = |(_, Reverse(n_articles), key): (u8, Reverse<u64>, String)| {
            Ok((self.label(kind, &key)?.unwrap_or(key), n_articles))
        };
        found.into_iter().map(label).collect()
    }
}

/// The nearest ones, of equals those with most articles.
fn best(mut ranked: Vec<RankedWord>, limit: usize) -> Vec<(String, u64)> {
    ranked.sort();
    ranked.truncate(limit);
    ranked.into_iter().map(|(_, Reverse(n_articles), value)| (value, n_articles)).collect()
}

/// A field with its value, or the value alone where that is what was typed.
fn value_text(expr: Expr, typed: &str, field: &str) -> String {
    let text = to_text(&Node { expr, span: Span::new(0, 0) });
    match text.strip_prefix(field).and_then(|rest| rest.strip_prefix(':')) {
        Some(value) if !has_field(typed, field) => value.to_owned(),
        _ => text,
    }
}

/// Whether a field was typed with its value.
fn has_field(typed: &str, field: &str) -> bool {
    typed.get(..field.len()).is_some_and(|start| start.eq_ignore_ascii_case(field))
}

/// What is near a word; `None` for words too short to have anything near.
fn shape(word: &str) -> Option<Shape> {
    (word.chars().count() >= MIN_CHARS).then(|| edits(word, max_edits(word)))
}

/// Edits of longer words.
const MAX_EDITS: u8 = 2;

fn max_edits(word: &str) -> u8 {
    if word.chars().count() <= SHORT_WORD { 1 } else { MAX_EDITS }
}

/// Names differ from each other by less than a word from a misspelt one: within two edits of "Ocado" stands OCIO,
/// within one of an acronym every other.
fn max_edits_of_name(word: &str) -> u8 {
    match word.chars().count() {
        0..=3 => 0,
        4..=6 => 1,
        _ => MAX_EDITS,
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
