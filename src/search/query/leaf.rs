//! Single parts of a query: words, phrases, and the values of fields.
//!
//! Fed by the parser, one token at a time; amounts and dates are read elsewhere. A part without a
//! letter or digit has nothing to look up: it is left out and reported.

use std::borrow::Cow;

use super::ast::{
    DateMatch, EntityMatch, Expr, FigureMatch, KeywordField, KeywordMatch, Measure, Node, Pattern, Scope,
};
use super::date::parse_date_range;
use super::error::{Problem, QueryError};
use super::field::Field;
use super::lexer::TokenKind;
use super::number::parse_amounts;
use super::parser::Parser;
use super::regex::read_regex;
use super::word::{Word, is_searchable, read_word, trim_edges};
use crate::mention::{EntityKind, Span};

/// Tokens up to which `or` and `not` are remarked upon: in longer queries, which are sentences, they
/// are meant as words.
const MAX_TOKENS_FOR_LOOKALIKES: usize = 6;

/// How a value was typed.
enum Form {
    Bare,
    Quoted { slop: Option<u32> },
    Regex,
}

/// A value of a field, or a word.
struct Value<'a> {
    text: Cow<'a, str>,
    /// Of the whole value.
    span: Span,
    form: Form,
    is_exact: bool,
    is_escaped: bool,
}

impl Parser<'_> {
    /// Reads the value at hand as one of `field`; with `word`, reads that span as a word instead.
    pub(super) fn value(&mut self, field: &Field, word: Option<Span>) -> Result<Option<Node>, QueryError> {
        if let Some(span) = word {
            self.at += 1;
            self.count(span)?;
            let text = span.of(self.source).trim_end_matches(':');
            return Ok(Some(text_node(scope_of(field), Pattern::Word(text.to_owned()), span)));
        }
        match field {
            Field::Text(Scope::Anywhere) => {
                if let Some(node) = self.short_figure()? {
                    self.count(node.span)?;
                    return Ok(Some(node));
                }
            }
            Field::Figure(measure) => return self.figure_value(measure).map(Some),
            Field::Date => return self.date_value().map(Some),
            _ => {}
        }
        let value = self.take_value();
        let span = value.span;
        let node = match field {
            Field::Text(scope) => self.text_value(*scope, value)?,
            Field::Entity(kind) => Some(self.entity_value(*kind, &value)?),
            Field::Keyword(field) => Some(self.keyword_value(*field, &value)?),
            Field::Date | Field::Figure(_) => None,
        };
        if node.is_some() {
            self.count(span)?;
        }
        Ok(node)
    }

    /// Takes `[=]` and a word, a phrase or a regular expression. Anything else, which the lexer does
    /// not put here, is taken as a word.
    fn take_value(&mut self) -> Value<'static> {
        let start = self.tokens.get(self.at).map_or(self.source.len(), |token| token.span.range().start);
        let mut is_exact = false;
        while matches!(self.kind(), Some(TokenKind::Equals)) {
            is_exact = true;
            self.at += 1;
        }
        let Some(token) = self.tokens.get(self.at) else {
            return Value {
                text: Cow::Borrowed(""),
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
        Value { text: Cow::Owned(text), span, form, is_exact, is_escaped }
    }

    fn text_value(&mut self, scope: Scope, value: Value<'_>) -> Result<Option<Node>, QueryError> {
        let node = |pattern| Ok(Some(text_node(scope, pattern, value.span)));
        let text = value.text.as_ref();
        match value.form {
            Form::Regex if !value.is_exact => return node(Pattern::Regex(read_regex(text, value.span)?)),
            Form::Quoted { slop } => {
                if !is_searchable(text) {
                    self.drop(value.span);
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
                self.drop(value.span);
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
                self.drop(value.span);
                Ok(None)
            }
            Word::Pattern(Pattern::Word(word)) if value.is_exact => node(Pattern::Exact(word)),
            Word::Pattern(pattern) => {
                self.note_operator_lookalike(&pattern, value.span);
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

    fn entity_value(&mut self, kind: EntityKind, value: &Value<'_>) -> Result<Node, QueryError> {
        let field = kind.name();
        let is_quoted = matches!(value.form, Form::Quoted { .. });
        let text = value.text.trim();
        let node = |which| Node { expr: Expr::Entity { kind, which }, span: value.span };
        if let Form::Quoted { slop: Some(_) } = value.form {
            return Err(in_value("~", field, value.span, format!("`{field}:\"{text}\"`")));
        }
        if value.is_exact {
            self.check_searchable(field, text, value.span)?;
            return Ok(node(EntityMatch::Exact(if is_quoted { text } else { trim_edges(text) }.to_owned())));
        }
        if text == "*" && !is_quoted {
            return Ok(node(EntityMatch::Any));
        }
        let name = if is_quoted { text } else { trim_edges(text) };
        if kind == EntityKind::Place && (text.starts_with('/') || name.starts_with('/')) {
            return place_path(if text.starts_with('/') { text } else { name }, value.span)
                .map(|path| node(EntityMatch::Path(path)));
        }
        if !is_quoted && !value.is_escaped {
            let bare = trim_edges(text);
            if text.contains('*') || bare.contains('?') {
                let whole = bare.replace(['*', '?'], "");
                let hint = format!(
                    "a name is found by any of its words, however spelt: `{field}:{whole}`; any one: `{field}:*`"
                );
                return Err(in_value(if text.contains('*') { "*" } else { "?" }, field, value.span, hint));
            }
            let stem = bare.trim_end_matches(|character: char| character.is_ascii_digit());
            if let Some(name) = stem.strip_suffix('~') {
                let hint = format!("a name is found however it is spelt: `{field}:{name}`");
                return Err(in_value("~", field, value.span, hint));
            }
        }
        self.check_searchable(field, name, value.span)?;
        Ok(node(EntityMatch::Name(name.to_owned())))
    }

    fn keyword_value(&mut self, field: KeywordField, value: &Value<'_>) -> Result<Node, QueryError> {
        let name = field.name();
        let text = value.text.trim();
        let node = |value_match| Node { expr: Expr::Keyword { field, value: value_match }, span: value.span };
        if let Form::Quoted { slop: Some(_) } = value.form {
            return Err(in_value("~", name, value.span, format!("`{name}:\"{text}\"`")));
        }
        let is_quoted = matches!(value.form, Form::Quoted { .. });
        if !is_quoted && !value.is_exact {
            if text == "*" {
                return Ok(node(KeywordMatch::Any));
            }
            if !value.is_escaped && text.contains(['*', '?']) {
                return Ok(node(KeywordMatch::Wildcard(text.to_owned())));
            }
        }
        self.check_searchable(name, text, value.span)?;
        if value.is_exact {
            return Ok(node(KeywordMatch::Exact(text.to_owned())));
        }
        if field == KeywordField::Lang {
            let primary = text.split(['-', '_']).next().unwrap_or(text);
            if primary.len() < text.len() {
                self.note(value.span, &format!("languages are told by their first part, `{primary}`"));
            }
            return Ok(node(KeywordMatch::Words(primary.to_lowercase())));
        }
        if is_quoted {
            self.note_wildcard_in_quotes(text, value.span);
        }
        Ok(node(KeywordMatch::Words(text.to_owned())))
    }

    fn date_value(&mut self) -> Result<Node, QueryError> {
        let (text, span, is_verbatim) = self.take_amount(false);
        self.count(span)?;
        let place = |error: QueryError| {
            if is_verbatim { error.moved_by(span.range().start) } else { QueryError { span, ..error } }
        };
        let days: DateMatch = parse_date_range(&text, self.config.today).map_err(place)?;
        Ok(Node { expr: Expr::Date(days), span })
    }

    fn figure_value(&mut self, measure: &Measure) -> Result<Node, QueryError> {
        let (text, span, is_verbatim) = self.take_amount(true);
        self.count(span)?;
        let place = |error: QueryError| {
            if is_verbatim { error.moved_by(span.range().start) } else { QueryError { span, ..error } }
        };
        let amounts = parse_amounts(&text, self.config.unit_of).map_err(place)?;
        let measure = match (measure, &amounts.unit) {
            (measure, None) => measure.clone(),
            (Measure::Any, Some(unit)) => Measure::Unit(unit.clone()),
            (Measure::Unit(expected), Some(unit)) if expected == unit => measure.clone(),
            (Measure::Unit(expected) | Measure::Noun(expected), Some(found)) => {
                let problem = Problem::UnitMismatch { expected: expected.clone(), found: found.clone() };
                return Err(QueryError::new(span, problem).with_hint(format!("`fig.{found}:{}`", text.trim())));
            }
        };
        self.note_scale(amounts.scaled_at_end_only, span);
        let expr =
            Expr::Figure(FigureMatch { measure, range: amounts.range, change: amounts.change, bound: amounts.bound });
        Ok(Node { expr, span })
    }

    /// Takes the text of an amount or a date, its span, and whether it stands verbatim in the source.
    fn take_amount(&mut self, with_scales: bool) -> (String, Span, bool) {
        let is_plain = matches!(self.kind(), Some(TokenKind::Word { .. } | TokenKind::Regex));
        if !is_plain {
            let value = self.take_value();
            let is_verbatim = matches!(value.form, Form::Bare) && !value.is_exact;
            return (value.text.into_owned(), value.span, is_verbatim);
        }
        let last = self.amount_end(self.at, with_scales);
        let span = Span::new(self.tokens[self.at].span.range().start, self.tokens[last].span.range().end);
        self.at = last + 1;
        (span.of(self.source).to_owned(), span, true)
    }

    fn check_searchable(&self, field: &str, text: &str, span: Span) -> Result<(), QueryError> {
        if is_searchable(text) {
            return Ok(());
        }
        Err(QueryError::new(span, Problem::MissingValue { field: field.to_owned() }))
    }

    fn note_wildcard_in_quotes(&mut self, text: &str, span: Span) {
        let is_wild = text.split_whitespace().any(|word| word.contains('*') && is_searchable(word));
        if is_wild {
            self.note(span, "`*` is text between quotes; for wildcards in a row write `immigr* ONEAR/0 law`");
        }
    }

    /// Words that may have been meant as operators.
    fn note_operator_lookalike(&mut self, pattern: &Pattern, span: Span) {
        let Pattern::Word(word) = pattern else { return };
        let is_slashed = |name: &str| {
            word.len() > name.len()
                && word.is_char_boundary(name.len())
                && word[..name.len()].eq_ignore_ascii_case(name)
                && word[name.len()..].starts_with('/')
                && word[name.len() + 1..].bytes().all(|byte| byte.is_ascii_digit())
        };
        if word == "NEAR" || ["near", "onear", "w", "n"].into_iter().any(is_slashed) {
            self.note(span, "a word here; the operator is written `NEAR/10`, or `ONEAR/10` when the order counts");
        }
        if matches!(word.as_str(), "or" | "not") && self.tokens.len() <= MAX_TOKENS_FOR_LOOKALIKES {
            self.note(span, &format!("a word here; the operator is written `{}`", word.to_uppercase()));
        }
    }

    pub(super) fn note_scale(&mut self, scaled_at_end_only: bool, span: Span) {
        if scaled_at_end_only {
            self.note(span, "the scale stands for the second number only; for both write `1bn..5bn`");
        }
    }
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

fn in_value(found: &str, field: &str, span: Span, hint: String) -> QueryError {
    let problem = Problem::PatternInValue { found: found.to_owned(), field: field.to_owned() };
    QueryError::new(span, problem).with_hint(hint)
}

/// `/europe/ukraine`, in lower case, words joined by hyphens; `/europe/*` is the same as `/europe`.
fn place_path(text: &str, span: Span) -> Result<String, QueryError> {
    let path = text.trim_end_matches("/*").trim_end_matches('/').to_lowercase();
    let words: Vec<String> =
        path.split('/').skip(1).map(|part| part.split_whitespace().collect::<Vec<_>>().join("-")).collect();
    if words.is_empty() || words.iter().any(|part| !is_searchable(part) || part.contains(['*', '?'])) {
        let problem = Problem::NotAPath { found: text.to_owned() };
        return Err(QueryError::new(span, problem).with_hint("`place:/europe/ukraine` finds it and all below it"));
    }
    Ok(format!("/{}", words.join("/")))
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
