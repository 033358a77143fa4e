//! What a word pattern of a query looks for, in terms of the analyzer.
//!
//! Shared by the planner, which looks terms up, and by snippets, which light words: both ask the same
//! [`Slot`]s, so that what is lit is what matched.

use std::sync::Arc;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use tantivy_fst::Automaton;

use super::error::SearchError;
use super::forms::{Piece, TypedWord, any_forms, exact_forms};
use super::query::Pattern;
use crate::mention::Span;
use crate::schema::analyzer::{Analyzer, Stemmings, fold_into};

/// What stands at one position.
#[derive(Clone)]
pub(super) enum Slot {
    /// A word in any of its forms.
    AnyForm(TypedWord),
    /// A word in one form.
    Exact(TypedWord),
    /// Two or more characters of a script without spaces, as exact forms of their pairs.
    Run(Vec<String>),
    /// Any word of a shape.
    Shape(Shape),
}

/// A set of folded words.
#[derive(Clone)]
pub(super) enum Shape {
    /// Words that begin so.
    Prefix(String),
    /// Words that an expression matches from end to end.
    Expression(Arc<tantivy_fst::Regex>),
    /// Words within an edit distance; transposed neighbours count as one edit.
    Fuzzy(Arc<DFA>),
}

/// Slots in sequence.
pub(super) struct Slots {
    /// Empty when the pattern holds no word at all.
    pub slots: Vec<Slot>,
    /// How many words may stand between them in all.
    pub slop: u32,
}

impl Shape {
    /// Edits that make a folded word one of the shape; `None` when it is not of the shape.
    pub(super) fn distance(&self, word: &str) -> Option<u8> {
        match self {
            Shape::Prefix(prefix) => word.starts_with(prefix).then_some(0),
            Shape::Expression(automaton) => accepts(automaton.as_ref(), word).then_some(0),
            Shape::Fuzzy(automaton) => match automaton.eval(word) {
                Distance::Exact(distance) => Some(distance),
                Distance::AtLeast(_) => None,
            },
        }
    }
}

/// What a pattern looks for in an index of some languages.
///
/// # Errors
/// When a regular expression can't be searched for. `span` is where the pattern was typed.
pub(super) fn slots(
    analyzer: &mut Analyzer,
    languages: Stemmings,
    pattern: &Pattern,
    span: Span,
) -> Result<Slots, SearchError> {
    let mut slots = Vec::new();
    let mut slop_in_all = 0;
    match pattern {
        Pattern::Word(text) => slots.extend(words(analyzer, languages, text)),
        Pattern::Exact(text) => slots.extend(exacts(analyzer, languages, text)),
        Pattern::Phrase { text, slop, exact } => {
            slop_in_all = *slop;
            if *exact {
                slots.extend(exacts(analyzer, languages, text));
            } else {
                slots.extend(words(analyzer, languages, text));
            }
        }
        Pattern::Prefix(text) => {
            slots.extend(words(analyzer, languages, text));
            // A run of characters is found in longer ones anyway.
            if let Some(Slot::AnyForm(word)) = slots.pop_if(|slot| matches!(slot, Slot::AnyForm(_))) {
                slots.push(Slot::Shape(Shape::Prefix(word.exact)));
            }
        }
        Pattern::Wildcard(text) => wildcards(analyzer, languages, text, span, &mut slots)?,
        Pattern::Fuzzy { word, distance } => {
            let builder = LevenshteinAutomatonBuilder::new((*distance).min(MAX_EDITS), true);
            slots.extend(exacts(analyzer, languages, word).map(|slot| match slot {
                Slot::Exact(word) => Slot::Shape(Shape::Fuzzy(Arc::new(builder.build_dfa(&word.exact)))),
                other => other,
            }));
        }
        Pattern::Regex(pattern) => slots.push(Slot::Shape(expression(pattern, pattern, span)?)),
    }
    Ok(Slots { slots, slop: slop_in_all })
}

/// More edits than this find more other words than misspelt ones.
const MAX_EDITS: u8 = 2;

/// Words of an automaton that walks a term dictionary: distances up to `max_edits` of `word`.
pub(super) fn edits(word: &str, max_edits: u8) -> Shape {
    Shape::Fuzzy(Arc::new(LevenshteinAutomatonBuilder::new(max_edits.min(MAX_EDITS), true).build_dfa(word)))
}

fn words(analyzer: &mut Analyzer, languages: Stemmings, text: &str) -> impl Iterator<Item = Slot> + use<> {
    any_forms(analyzer, languages, text).into_iter().map(|piece| slot(piece, Slot::AnyForm))
}

fn exacts(analyzer: &mut Analyzer, languages: Stemmings, text: &str) -> impl Iterator<Item = Slot> + use<> {
    exact_forms(analyzer, languages, text).into_iter().map(|piece| slot(piece, Slot::Exact))
}

fn slot(piece: Piece, word: fn(TypedWord) -> Slot) -> Slot {
    match piece {
        Piece::Word(typed) => word(typed),
        Piece::Run(pairs) => Slot::Run(pairs),
        // Each character stands in the index with the one behind it.
        Piece::Character(character) => Slot::Shape(Shape::Prefix(character)),
    }
}

fn wildcards(
    analyzer: &mut Analyzer,
    languages: Stemmings,
    text: &str,
    span: Span,
    slots: &mut Vec<Slot>,
) -> Result<(), SearchError> {
    for piece in text.split(|c: char| !(c.is_alphanumeric() || "*?'’.".contains(c) || is_mark(c))) {
        if !piece.contains(['*', '?']) {
            slots.extend(words(analyzer, languages, piece));
        } else if piece.contains(|c| c != '*') {
            slots.push(Slot::Shape(expression(&wildcard_expression(piece), text, span)?));
        }
    }
    Ok(())
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// `wom?n` -> `wom.n`, its letters folded.
fn wildcard_expression(piece: &str) -> String {
    let mut expression = String::new();
    let mut folded = String::new();
    for part in piece.split_inclusive(['*', '?']) {
        let letters = part.trim_end_matches(['*', '?']);
        folded.clear();
        fold_into(letters, &mut folded);
        expression.push_str(&regex::escape(&folded));
        match part.as_bytes().last() {
            Some(b'*') => expression.push_str(".*"),
            Some(b'?') => expression.push('.'),
            _ => {}
        }
    }
    expression
}

/// Compiles an expression. Case is ignored, since words are folded; anchors at the ends
/// say what holds anyway.
pub(super) fn expression(expression: &str, typed: &str, span: Span) -> Result<Shape, SearchError> {
    let expression = expression.strip_prefix('^').unwrap_or(expression);
    let expression = match expression.strip_suffix('$') {
        Some(rest) if !rest.ends_with('\\') => rest,
        _ => expression,
    };
    let failed = |reason: String| SearchError::Regex { pattern: typed.to_owned(), reason, span };
    // It bounds the memory that an expression takes, and says what is wrong more clearly.
    regex::RegexBuilder::new(&format!("^(?s:{expression})$"))
        .case_insensitive(true)
        .size_limit(MAX_EXPRESSION_BYTES)
        .build()
        .map_err(|error| failed(last_line(&error.to_string())))?;
    let automaton = tantivy_fst::Regex::new(&format!("(?is:{expression})"))
        .map_err(|error| failed(last_line(&error.to_string())))?;
    Ok(Shape::Expression(Arc::new(automaton)))
}

/// Whether an automaton accepts a word as it would in a term dictionary.
fn accepts<A: Automaton>(automaton: &A, word: &str) -> bool {
    let mut state = automaton.start();
    for byte in word.bytes() {
        if !automaton.can_match(&state) {
            return false;
        }
        state = automaton.accept(&state, byte);
    }
    automaton.is_match(&state)
}

/// Memory that a compiled expression may take.
const MAX_EXPRESSION_BYTES: usize = 4 << 20;

/// The crates draw the expression over several lines; the last one says what is wrong.
fn last_line(message: &str) -> String {
    message.lines().last().unwrap_or(message).trim_start_matches("error: ").to_owned()
}

/// Walks a term dictionary behind a fixed beginning.
pub(super) struct Behind<A> {
    /// What all terms begin with.
    pub beginning: Vec<u8>,
    /// What the rest has to be.
    pub rest: A,
}

/// State of [`Behind`].
#[derive(Clone)]
pub(super) enum BehindState<S> {
    /// So many bytes of the beginning were seen.
    Beginning(usize),
    /// State of the rest.
    Rest(S),
    /// The beginning is another one.
    Lost,
}

impl<A: Automaton> Automaton for Behind<A> {
    type State = BehindState<A::State>;

    fn start(&self) -> Self::State {
        if self.beginning.is_empty() { BehindState::Rest(self.rest.start()) } else { BehindState::Beginning(0) }
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, BehindState::Rest(state) if self.rest.is_match(state))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            BehindState::Beginning(_) => true,
            BehindState::Rest(state) => self.rest.can_match(state),
            BehindState::Lost => false,
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            BehindState::Beginning(seen) if self.beginning.get(*seen) == Some(&byte) => {
                if seen + 1 == self.beginning.len() {
                    BehindState::Rest(self.rest.start())
                } else {
                    BehindState::Beginning(seen + 1)
                }
            }
            BehindState::Rest(state) => BehindState::Rest(self.rest.accept(state, byte)),
            _ => BehindState::Lost,
        }
    }
}

/// Walks a term dictionary along words within an edit distance.
pub(super) struct Edits(pub Arc<DFA>);

impl Automaton for Edits {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != levenshtein_automata::SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Stemmings {
        std::iter::once(crate::schema::analyzer::Stemming::ENGLISH).collect()
    }

    fn shape(pattern: Pattern) -> Shape {
        let slots = slots(&mut Analyzer::new(), english(), &pattern, Span::new(0, 0)).expect("a right pattern");
        match slots.slots.into_iter().next_back() {
            Some(Slot::Shape(shape)) => shape,
            _ => panic!("no shape"),
        }
    }

    #[track_caller]
    fn check(pattern: Pattern, word: &str, expected: Option<u8>) {
        assert_eq!(shape(pattern).distance(word), expected);
    }

    #[test]
    fn shapes_hold_folded_words() {
        check(Pattern::Prefix("Immigr".into()), "immigration", Some(0));
        check(Pattern::Prefix("Łód".into()), "lodz", Some(0));
        check(Pattern::Prefix("well-kn".into()), "known", Some(0));
        check(Pattern::Wildcard("Wom?n".into()), "women", Some(0));
        check(Pattern::Wildcard("wom?n".into()), "womaen", None);
        check(Pattern::Wildcard("*berg".into()), "heidelberg", Some(0));
        check(Pattern::Wildcard("U.S*".into()), "usa", Some(0));
        check(Pattern::Wildcard("a+b*".into()), "bc", Some(0));
        check(Pattern::Fuzzy { word: "zelenski".into(), distance: 1 }, "zelensky", Some(1));
        check(Pattern::Fuzzy { word: "zelenski".into(), distance: 1 }, "zelenskyy", None);
        check(Pattern::Fuzzy { word: "form".into(), distance: 1 }, "from", Some(1));
        check(Pattern::Regex("Dimitr[iy]".into()), "dimitri", Some(0));
        check(Pattern::Regex("^dimitr[iy]$".into()), "dimitry", Some(0));
        check(Pattern::Regex("dimitr[iy]|x".into()), "dimitrix", None);
    }

    #[test]
    fn bad_expressions_say_what_is_wrong() {
        let pattern = Pattern::Regex("a(".into());
        let error = slots(&mut Analyzer::new(), english(), &pattern, Span::new(3, 7)).err().expect("unclosed");
        assert_eq!(error.to_string(), "cannot search for `/a(/`: unclosed group");
        assert_eq!(error.span(), Some(Span::new(3, 7)));
    }
}
