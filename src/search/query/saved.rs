//! Saved queries: names for queries, kept in a text file, used as `@name`.
//!
//! A line is `name = query`, the query as it is typed for a search; lines that begin with a blank go on
//! with the one before, lines that begin with `#` are remarks. Reads no file itself: its text comes
//! from the front ends.

use std::collections::BTreeMap;

use super::ast::{Expr, Node};
use super::error::{Problem, QueryError};
use super::field::edit_distance;
use super::lexer::{self, TokenKind};
use super::parser::{Parser, Place};
use crate::mention::Span;

/// What stands before the name of a saved query.
pub const SAVED_SIGN: char = '@';

/// Most saved queries inside each other: nobody builds more, and every one takes some of the stack.
pub const MAX_SAVED_DEPTH: usize = 16;

/// Shorter names are near too many words of their own to be corrected.
const MIN_CORRECTED_CHARS: usize = 4;

/// Queries by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedQueries {
    queries: BTreeMap<String, SavedQuery>,
}

/// A query with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuery {
    /// The name, in lower case, without its sign.
    pub name: String,
    /// The query as typed; lines that went on are joined by a blank.
    pub text: String,
    /// Line of the file that it begins in, from 1.
    pub n_line: usize,
}

/// What is wrong with a file of saved queries.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the fields are the words of the message")]
pub enum SavedError {
    /// A line without `=`.
    #[error("line {n_line} is not `name = query`")]
    NotAQuery { n_line: usize },
    /// A name with blanks or signs.
    #[error("line {n_line}: `{name}` cannot be a name; names are letters, digits, `-`, `_` and `.`")]
    NotAName { n_line: usize, name: String },
    /// Nothing behind `=`.
    #[error("line {n_line}: `{name}` has no query")]
    Empty { n_line: usize, name: String },
    /// A name that was used before.
    #[error("line {n_line}: `{name}` has a query already, in line {n_first}")]
    Twice { n_line: usize, name: String, n_first: usize },
}

impl SavedQueries {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// At the first line that is no query, has no right name, or a name that was used before.
    pub fn read(text: &str) -> Result<Self, SavedError> {
        let mut queries: BTreeMap<String, SavedQuery> = BTreeMap::new();
        let mut last: Option<String> = None;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (n_line, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with(char::is_whitespace)
                && let Some(query) = last.as_ref().and_then(|name| queries.get_mut(name))
            {
                query.text.push(' ');
                query.text.push_str(line.trim());
                continue;
            }
            let Some((name, typed)) = line.split_once('=') else { return Err(SavedError::NotAQuery { n_line }) };
            let name = name.trim().trim_start_matches(SAVED_SIGN).to_lowercase();
            if !is_name(&name) {
                return Err(SavedError::NotAName { n_line, name });
            }
            if let Some(first) = queries.get(&name) {
                return Err(SavedError::Twice { n_line, name, n_first: first.n_line });
            }
            last = Some(name.clone());
            queries.insert(name.clone(), SavedQuery { name, text: typed.trim().to_owned(), n_line });
        }
        match queries.values().find(|query| query.text.trim().is_empty()) {
            Some(SavedQuery { name, n_line, .. }) => Err(SavedError::Empty { n_line: *n_line, name: name.clone() }),
            None => Ok(Self { queries }),
        }
    }

    /// The query of a name; capitals do not matter.
    pub fn get(&self, name: &str) -> Option<&SavedQuery> {
        self.queries.get(&name.to_lowercase())
    }

    /// Every query, by name.
    pub fn iter(&self) -> impl Iterator<Item = &SavedQuery> {
        self.queries.values()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.queries.is_empty()
    }

    /// The name that was meant by one that is not there.
    fn nearest(&self, name: &str) -> Option<&str> {
        let name = name.to_lowercase();
        let names = self.queries.keys().map(|known| (edit_distance(&name, known), known.as_str()));
        let (distance, nearest) = names.min()?;
        (distance == 1 && name.chars().count() >= MIN_CORRECTED_CHARS).then_some(nearest)
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(char::is_alphanumeric)
        && name.chars().all(|character| character.is_alphanumeric() || "-_.".contains(character))
}

/// The name in `@name`, without the punctuation of a sentence behind it.
fn name_typed(word: &str) -> Option<&str> {
    let name = word.strip_prefix(SAVED_SIGN)?.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    is_name(name).then_some(name)
}

impl Parser<'_> {
    /// Takes `@name`, if it is the name of a saved query: its tree, every part of it where the name was
    /// typed. `None` when the word at hand is none.
    pub(super) fn saved_query(&mut self, place: Place<'_>) -> Result<Option<Option<Node>>, QueryError> {
        let Some(token) = self.tokens.get(self.at).filter(|token| token.kind == TokenKind::Word { is_escaped: false })
        else {
            return Ok(None);
        };
        let span = token.span;
        let Some(name) = name_typed(span.of(self.source)).map(str::to_lowercase) else { return Ok(None) };
        let saved = self.saved;
        let Some(query) = saved.get(&name) else {
            if let Some(nearest) = saved.nearest(&name) {
                let error = QueryError::new(span, Problem::UnknownSaved { name });
                return Err(error.with_hint(format!("did you mean `{SAVED_SIGN}{nearest}`?")));
            }
            self.note(span, "text, since no query is saved under this name");
            return Ok(None);
        };
        if self.chain.contains(&name) || self.chain.len() >= MAX_SAVED_DEPTH {
            let is_cycle = self.chain.contains(&name);
            let names = self.chain.iter().chain([&name]).map(|name| format!("{SAVED_SIGN}{name}"));
            let chain = names.collect::<Vec<_>>().join(" -> ");
            let problem = match is_cycle {
                true => Problem::SavedCycle { chain },
                false => Problem::SavedTooDeep { max: MAX_SAVED_DEPTH, chain },
            };
            return Err(QueryError::new(span, problem).with_hint("write out one of them"));
        }
        self.count(span)?;
        let node = self.expand(&query.name, &query.text, place).map_err(|error| QueryError {
            span,
            problem: match error.problem {
                problem @ (Problem::SavedCycle { .. }
                | Problem::SavedTooDeep { .. }
                | Problem::TooManyParts { .. }
                | Problem::TooDeep { .. }) => problem,
                problem => Problem::InSaved { name: query.name.clone(), problem: Box::new(problem) },
            },
            hint: error.hint,
        })?;
        self.at += 1;
        if node.is_none() {
            self.drop_everything();
        }
        Ok(Some(node.map(|node| placed(node, span))))
    }

    fn expand(&mut self, name: &str, text: &str, place: Place<'_>) -> Result<Option<Node>, QueryError> {
        let config = self.config;
        let lexer::Tokens { tokens, notes } = lexer::tokenize(text, &|name| config.measure_of(name))?;
        let mut chain = self.chain.clone();
        chain.push(name.to_owned());
        let mut inner = Parser { chain, n_parts: self.n_parts, ..Parser::new(text, config, self.saved, tokens, notes) };
        let node = inner.whole(Place { depth: place.depth + 1, ..place })?;
        self.n_parts = inner.n_parts;
        let span = self.tokens[self.at].span;
        for note in inner.notes.into_notes() {
            let part = note.span.of(text);
            self.note(span, &format!("in the saved query: `{part}`: {}", note.text));
        }
        Ok(node)
    }
}

/// The same tree, all of it at one place.
fn placed(node: Node, span: Span) -> Node {
    let all = |nodes: Vec<Node>| nodes.into_iter().map(|node| placed(node, span)).collect();
    let expr = match node.expr {
        Expr::All(nodes) => Expr::All(all(nodes)),
        Expr::Any(nodes) => Expr::Any(all(nodes)),
        Expr::Not(inner) => Expr::Not(Box::new(placed(*inner, span))),
        Expr::Near { left, right, distance, ordered } => {
            let (left, right) = (Box::new(placed(*left, span)), Box::new(placed(*right, span)));
            Expr::Near { left, right, distance, ordered }
        }
        leaf => leaf,
    };
    Node { expr, span }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, String, usize)> {
        let saved = SavedQueries::read(text).expect("a right file");
        saved.iter().map(|query| (query.name.clone(), query.text.clone(), query.n_line)).collect()
    }

    #[track_caller]
    fn check_fault(text: &str, expected: &str) {
        assert_eq!(SavedQueries::read(text).expect_err("a fault").to_string(), expected);
    }

    #[test]
    fn a_line_is_a_query() {
        let text = "# War\nexchange = \"prisoner exchange\" place:ukraine\r\n\n@Big=prisoners>=300\n  -date:*\n";
        let owned = |name: &str, text: &str, n_line| (name.to_owned(), text.to_owned(), n_line);
        let expected =
            [owned("big", "prisoners>=300 -date:*", 4), owned("exchange", "\"prisoner exchange\" place:ukraine", 2)];
        assert_eq!(names(text), expected);
        assert_eq!(names(""), []);
        assert!(SavedQueries::read("a = b").expect("a right file").get("A").is_some());
    }

    #[test]
    fn faults_name_their_line() {
        check_fault("a = b\njust words", "line 2 is not `name = query`");
        check_fault(
            "two words = x",
            "line 1: `two words` cannot be a name; names are letters, digits, `-`, `_` and `.`",
        );
        check_fault("a = b\nA = c", "line 2: `a` has a query already, in line 1");
        check_fault("a =\nb = c", "line 1: `a` has no query");
    }
}
