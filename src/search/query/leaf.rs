//! Single parts of a query: words, phrases, regular expressions.
//!
//! Fed by the parser, one token at a time; what only fields take is read elsewhere. A part without a
//! letter or digit has nothing to look up: it is left out and reported.

use super::ast::{Expr, Node, Pattern, Scope};
use super::error::{Problem, QueryError};
use super::field::Field;
use super::lexer::{Token, TokenKind};
use super::parser::Parser;
use super::regex::read_regex;
use super::word::{Word, is_searchable, read_word, trim_edges, without_references};
use crate::mention::Span;

/// Tokens up to which `or` and `not` are remarked upon: in longer queries, which are sentences, they
/// are meant as words.
const MAX_TOKENS_FOR_LOOKALIKES: usize = 6;

/// How a value was typed.
pub(super) enum Form {
    Bare,
    Quoted { slop: Option<u32> },
    Regex,
}

/// A value of a field, or a word.
pub(super) struct Value {
    pub(super) text: String,
    /// Of the whole value.
    pub(super) span: Span,
    pub(super) form: Form,
    /// Whether `=` stands before it.
    pub(super) is_exact: bool,
    /// Whether a backslash makes it text.
    pub(super) is_escaped: bool,
}

impl Parser<'_> {
    /// Reads the value at hand as one of `field`; with `word`, reads that span as a word instead.
    pub(super) fn value(&mut self, field: &Field, word: Option<Span>) -> Result<Option<Node>, QueryError> {
        if let Some(span) = word {
            self.at += 1;
            self.count(span)?;
            let typed = span.of(self.source).trim_end_matches(':');
            let text = Some(trim_edges(typed)).filter(|text| is_searchable(text)).unwrap_or(typed);
            return Ok(Some(text_node(scope_of(field), Pattern::Word(text.to_owned()), span)));
        }
        match field {
            Field::Text(Scope::Anywhere) => {
                if let Some(node) = self.short_figure()? {
                    self.count(node.span)?;
                    return Ok(Some(node));
                }
            }
            Field::Figure(measure, exact) => return self.figure_value(measure, *exact).map(Some),
            Field::Date => return self.date_value().map(Some),
            _ => {}
        }
        let value = self.take_value();
        let span = value.span;
        let node = match field {
            Field::Text(scope) => self.text_value(*scope, value)?,
            Field::Entity(kind) => Some(self.entity_value(*kind, &value)?),
            Field::Keyword(field) => Some(self.keyword_value(*field, &value)?),
            Field::Date | Field::Figure(..) => None,
        };
        if node.is_some() {
            self.count(span)?;
        }
        Ok(node)
    }

    /// Takes `[=]` and a word, a phrase or a regular expression. Anything else, which the lexer does
    /// not put here, is taken as a word.
    pub(super) fn take_value(&mut self) -> Value {
        let start = self.tokens.get(self.at).map_or(self.source.len(), |token| token.span.range().start);
        let mut is_exact = false;
        while matches!(self.kind(), Some(TokenKind::Equals)) {
            is_exact = true;
            self.at += 1;
        }
        let Some(token) = self.tokens.get(self.at) else {
            return Value {
                text: String::new(),
                span: Span::new(start, self.source.len().max(start)),
                form: Form::Bare,
                is_exact,
                is_escaped: false,
            };
        };
        let span = Span::new(start, token.span.range().end);
        let raw = token.span.of(self.source);
        let (text, form, is_escaped) = match &token.kind {
            TokenKind::Quoted { inner, slop } => {
                (unescape_quoted(inner.of(self.source)), Form::Quoted { slop: *slop }, false)
            }
            TokenKind::Regex => (raw.to_owned(), Form::Regex, false),
            TokenKind::Word { is_escaped: true } => (unescape_word(raw), Form::Bare, true),
            _ => (raw.to_owned(), Form::Bare, false),
        };
        if !matches!(token.kind, TokenKind::Close) {
            self.at += 1;
        }
        Value { text, span, form, is_exact, is_escaped }
    }

    fn text_value(&mut self, scope: Scope, value: Value) -> Result<Option<Node>, QueryError> {
        let node = |pattern| Ok(Some(text_node(scope, pattern, value.span)));
        let text = value.text.as_str();
        match value.form {
            Form::Regex if !value.is_exact => return node(Pattern::Regex(read_regex(text, value.span)?)),
            Form::Quoted { slop } => {
                if !is_searchable(text) {
                    self.drop(value.span, text);
                    return Ok(None);
                }
                self.note_wildcard_in_quotes(text, value.span);
                return node(Pattern::Phrase { text: text.to_owned(), slop: slop.unwrap_or(0), exact: value.is_exact });
            }
            _ => {}
        }
        if text == "*" && !value.is_escaped && scope != Scope::Anywhere {
            return Err(QueryError::new(value.span, Problem::AnyText { field: Field::Text(scope).name() }));
        }
        if value.is_escaped {
            let word = trim_edges(text);
            if !is_searchable(word) {
                self.drop(value.span, text);
                return Ok(None);
            }
            let word = word.to_owned();
            return node(if value.is_exact { Pattern::Exact(word) } else { Pattern::Word(word) });
        }
        let word = read_word(text).map_err(|(problem, hint)| QueryError::new(value.span, problem).with_hint(hint))?;
        if value.is_exact && !matches!(word, Word::Nothing | Word::Pattern(Pattern::Word(_)) | Word::Plain(..)) {
            self.note(value.span, "`=` changes nothing next to a wildcard or `~`");
        }
        match word {
            Word::Nothing => {
                // A reference is made of letters, the sign that it stands for is not.
                self.drop(value.span, &without_references(text));
                Ok(None)
            }
            Word::Pattern(Pattern::Word(word)) if value.is_exact => node(Pattern::Exact(word)),
            Word::Pattern(pattern) => {
                self.note_lookalike(text, &pattern, value.span);
                node(pattern)
            }
            Word::Plain(word, remark) => {
                self.note(value.span, remark);
                node(if value.is_exact { Pattern::Exact(word) } else { Pattern::Word(word) })
            }
            Word::Ending(before, pattern) => Ok(Some(adjacent(scope, Pattern::Word(before), pattern, value.span))),
            Word::Beginning(pattern, behind) => Ok(Some(adjacent(scope, pattern, Pattern::Word(behind), value.span))),
        }
    }

    pub(super) fn note_wildcard_in_quotes(&mut self, text: &str, span: Span) {
        let is_wild = text.split_whitespace().any(|word| word.contains('*') && is_searchable(word));
        if is_wild {
            self.note(span, "`*` is text between quotes; for wildcards in a row write `immigr* ONEAR/0 law`");
        } else if text.split_whitespace().any(|word| word == "*") {
            self.note(span, "`*` stands for no word between quotes; `\"two words\"~1` lets one stand between");
        }
    }

    /// Whether the query is one word, or a field and a word: a question has more.
    fn is_alone(&self) -> bool {
        let is_field = |token: &Token| matches!(token.kind, TokenKind::Field(_));
        self.tokens.len() == 1 || self.tokens.len() == 2 && self.tokens.first().is_some_and(is_field)
    }

    /// Words that may have been meant as operators, here or in the language of another tool.
    fn note_lookalike(&mut self, typed: &str, pattern: &Pattern, span: Span) {
        let Pattern::Word(word) = pattern else { return };
        let is_slashed = |name: &str| {
            let distance = word.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name));
            distance.and_then(|_| word[name.len()..].strip_prefix('/')).is_some_and(is_digits)
        };
        let is_near = ["NEAR", "ONEAR"].into_iter().any(|name| {
            typed.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || is_digits(rest))
        });
        if is_near || ["near", "onear", "w", "n"].into_iter().any(is_slashed) {
            self.note(span, "a word here; the operator is written `NEAR/10`, or `ONEAR/10` when the order counts");
        } else if matches!(word.as_str(), "or" | "not") && self.tokens.len() <= MAX_TOKENS_FOR_LOOKALIKES {
            self.note(span, &format!("a word here; the operator is written `{}`", word.to_uppercase()));
        } else if typed.starts_with('!') && typed[1..].starts_with(char::is_alphanumeric) {
            self.note(span, &format!("`!` is text; to exclude a word write `-{word}`"));
        } else if typed.len() > 3 && typed.ends_with('?') && self.is_alone() {
            let stem = trim_edges(typed);
            self.note(span, &format!("a question mark at the end is one; `{stem}*` finds what begins so"));
        } else if typed.starts_with("fig.:") {
            self.note(span, "text; what is counted stands behind the full stop: `fig.prisoners:300`");
        } else if word.contains('|') {
            self.note(span, "`|` is text; the operator is written `OR`");
        } else if word.rsplit_once('^').is_some_and(|(_, weight)| is_digits(weight)) {
            self.note(span, "`^` is text; words have no weights");
        }
    }
}

/// Whether it is a number without signs.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Joins parts; those that are joined in the same way already are taken apart first.
pub(super) fn join(nodes: Vec<Node>, build: fn(Vec<Node>) -> Expr) -> Option<Node> {
    let is_all = matches!(build(Vec::new()), Expr::All(_));
    let mut span: Option<Span> = None;
    let mut parts = Vec::with_capacity(nodes.len());
    for node in nodes {
        let from = span.map_or(node.span.range().start, |span| span.range().start);
        span = Some(Span::new(from, node.span.range().end));
        match node.expr {
            Expr::All(inner) if is_all => parts.extend(inner),
            Expr::Any(inner) if !is_all => parts.extend(inner),
            _ => parts.push(node),
        }
    }
    if parts.len() < 2 {
        return parts.pop();
    }
    Some(Node { expr: build(parts), span: span? })
}

fn scope_of(field: &Field) -> Scope {
    match field {
        Field::Text(scope) => *scope,
        _ => Scope::Anywhere,
    }
}

fn text_node(scope: Scope, pattern: Pattern, span: Span) -> Node {
    Node { expr: Expr::Text { scope, pattern }, span }
}

/// Two patterns of one hyphenated word.
fn adjacent(scope: Scope, left: Pattern, right: Pattern, span: Span) -> Node {
    let side = |pattern| Box::new(text_node(scope, pattern, span));
    Node { expr: Expr::Near { left: side(left), right: side(right), distance: 0, ordered: true }, span }
}

fn unescape_quoted(text: &str) -> String {
    unescape(text, |next| next == '\\' || "\"“”„«»".contains(next))
}

/// Without the backslash that makes a word text.
fn unescape_word(text: &str) -> String {
    let rest = match text.strip_prefix('\\') {
        Some(rest) if !rest.starts_with(|next: char| next.is_ascii_punctuation()) => rest,
        _ => text,
    };
    unescape(rest, |next| next.is_ascii_punctuation())
}

fn unescape(text: &str, is_escapable: impl Fn(char) -> bool) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.push(characters.next_if(|next| is_escapable(*next)).unwrap_or('\\')),
            _ => plain.push(character),
        }
    }
    plain
}
