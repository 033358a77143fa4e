//! Tokens become a tree: operators, groups, NEAR.
//!
//! From tightest to loosest: NOT and `-`, NEAR and ONEAR, AND and mere succession, OR. Groups in
//! groups are joined where that changes nothing. An operator with nothing on one side at the start or
//! end of a query or group is a word (`Portland, OR`), with a note; two of them in a row are a fault.

use super::ast::{Expr, Node, Pattern, Scope};
use super::error::{Problem, QueryError};
use super::field::Field;
use super::leaf::join;
use super::lexer::{ANYWHERE, MAX_DISTANCE, Token, TokenKind, distance, is_near};
use super::notes::Notes;
use super::saved::SavedQueries;
use super::{MAX_DEPTH, MAX_PARTS, ParseConfig};
use crate::mention::Span;

/// A query in capitals with so many words beside its operators is a sentence. Shorter ones may well be
/// typed with the shift key held.
const SHOUTED_WORDS: usize = 6;

/// Reads tokens from left to right.
pub(super) struct Parser<'a> {
    pub(super) source: &'a str,
    pub(super) config: &'a ParseConfig<'a>,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    pub(super) notes: Notes,
    /// How many tokens and groups had nothing to look up.
    pub(super) n_dropped: usize,
    pub(super) n_parts: usize,
    /// Whether the query has no small letter, so that its operators may be words of a headline.
    pub(super) is_all_capitals: bool,
    /// Whether it is a whole sentence in capitals, so that they are.
    pub(super) is_shouted: bool,
    /// Queries that `@name` stands for.
    pub(super) saved: &'a SavedQueries,
    /// Names of the saved queries around this text, outermost first.
    pub(super) chain: Vec<String>,
    /// Whether a lone `*` asks for every article.
    pub(super) asks_for_everything: bool,
    /// The first token with nothing to look up.
    pub(super) signs: Option<(String, Span)>,
}

/// Where a part stands: inside the brackets of which field, and how deep.
#[derive(Clone, Copy)]
pub(super) struct Place<'f> {
    pub(super) field: &'f Field,
    pub(super) depth: usize,
}

/// An operator.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
    Near {
        /// Whether the order counts.
        ordered: bool,
    },
}

impl<'a> Parser<'a> {
    /// A parser at the first of the tokens of `source`.
    pub(super) fn new(
        source: &'a str,
        config: &'a ParseConfig<'a>,
        saved: &'a SavedQueries,
        tokens: Vec<Token>,
        notes: Notes,
    ) -> Self {
        Parser {
            source,
            config,
            tokens,
            at: 0,
            notes,
            n_dropped: 0,
            n_parts: 0,
            is_all_capitals: !source.chars().any(char::is_lowercase),
            is_shouted: false,
            saved,
            chain: Vec::new(),
            asks_for_everything: false,
            signs: None,
        }
    }

    /// Reads the whole query.
    pub(super) fn query(&mut self) -> Result<Option<Node>, QueryError> {
        self.whole(Place { field: &ANYWHERE, depth: 0 })
    }

    /// Reads all tokens. A text that holds signs only keeps the first of them, as a word that no article
    /// has: it asked for something.
    pub(super) fn whole(&mut self, place: Place<'_>) -> Result<Option<Node>, QueryError> {
        let root = self.any(place)?;
        debug_assert_eq!(self.at, self.tokens.len(), "brackets pair up, so only the end ends the outermost group");
        if root.is_some() || self.asks_for_everything {
            return Ok(root);
        }
        let Some((signs, span)) = self.signs.take() else { return Ok(None) };
        self.notes = Notes::default();
        self.note(span, "nothing is found, since articles are looked up by letters and digits, and there are none");
        // One word, so that it reads back: what stands in quotes may have blanks in it, or nothing to be seen.
        let word = signs.split_whitespace().chain(self.source.split_whitespace()).next().unwrap_or(&signs);
        let pattern = Pattern::Word(word.to_owned());
        Ok(Some(Node { expr: Expr::Text { scope: Scope::Anywhere, pattern }, span }))
    }

    /// Alternatives, up to the end of the group.
    fn any(&mut self, place: Place<'_>) -> Result<Option<Node>, QueryError> {
        let mut alternatives = Vec::new();
        let mut mixed = None;
        let mut n_alternatives = 0;
        loop {
            let (parts, is_mere_succession) = self.all(place)?;
            n_alternatives += 1;
            if is_mere_succession {
                mixed = mixed.or(parts.as_ref().map(|node| node.span));
            }
            alternatives.extend(parts);
            if self.operator() != Some(Operator::Or) {
                break;
            }
            self.at += 1;
        }
        if let Some(span) = mixed.filter(|_| n_alternatives > 1) {
            self.note(span, "words side by side bind tighter than OR: `a b OR c` is read as `(a b) OR c`");
        }
        Ok(join(alternatives, Expr::Any))
    }

    /// Parts that all have to match, up to an OR or the end of the group; and whether some of them
    /// stand side by side without AND.
    fn all(&mut self, place: Place<'_>) -> Result<(Option<Node>, bool), QueryError> {
        let mut parts = Vec::new();
        let mut is_first = true;
        let mut is_mere_succession = false;
        while !self.at_end() {
            let mut is_joined = is_first;
            if !is_first {
                match self.checked_operator()? {
                    Some(Operator::Or) => break,
                    Some(Operator::And) => {
                        self.at += 1;
                        is_joined = true;
                    }
                    _ => {}
                }
            }
            let part = self.near(place)?;
            is_mere_succession |= part.is_some() && !parts.is_empty() && !is_joined;
            parts.extend(part);
            is_first = false;
        }
        Ok((join(parts, Expr::All), is_mere_succession))
    }

    /// Two parts close to each other, or one part.
    fn near(&mut self, place: Place<'_>) -> Result<Option<Node>, QueryError> {
        let left_start = self.start_of_token();
        let left = self.negated(place)?;
        let Some(Operator::Near { ordered }) = self.operator() else { return Ok(left) };
        let operator_span = self.tokens[self.at].span;
        let operator = operator_span.of(self.source);
        let digits = operator.trim_start_matches(|character: char| !character.is_ascii_digit());
        let Some(distance) = distance(digits) else {
            return Err(QueryError::new(operator_span, Problem::DistanceTooLarge { max: MAX_DISTANCE }));
        };
        self.checked_operator()?;
        self.at += 1;
        let missing = || {
            let problem = Problem::NearWithoutSide { operator: operator.to_owned() };
            QueryError::new(operator_span, problem).with_hint("`fraud NEAR/10 bank`")
        };
        if self.at_end() {
            return Err(missing());
        }
        let right = self.negated(place)?;
        let (Some(left), Some(right)) = (left, right) else { return Err(missing()) };
        near_side(&left)?;
        near_side(&right)?;
        let span = Span::new(left_start, right.span.range().end);
        if let Some(Operator::Near { .. }) = self.operator() {
            let pair = span.of(self.source);
            let problem = Problem::NearSide { what: "another NEAR without brackets" };
            let next = self.tokens[self.at].span;
            let hint = format!("`({pair}) {} …`, or join two of them with AND", next.of(self.source));
            return Err(QueryError::new(next, problem).with_hint(hint));
        }
        let expr = Expr::Near { left: Box::new(left), right: Box::new(right), distance, ordered };
        Ok(Some(Node { expr, span }))
    }

    /// A part with any NOT and `-` before it.
    fn negated(&mut self, place: Place<'_>) -> Result<Option<Node>, QueryError> {
        let mut starts = Vec::new();
        loop {
            let is_minus = matches!(self.kind(), Some(TokenKind::Minus));
            if !is_minus && self.checked_operator()? != Some(Operator::Not) {
                break;
            }
            if starts.len() + place.depth >= MAX_DEPTH {
                return Err(self.too_deep());
            }
            if is_minus {
                self.note_excluded_number();
            } else if self.is_all_capitals {
                let span = self.tokens[self.at].span;
                self.note(span, "`NOT` excludes what follows; where it is a word of a headline, write `\\NOT`");
            }
            starts.push(self.start_of_token());
            self.at += 1;
        }
        let Some(mut node) = self.part(Place { depth: place.depth + starts.len(), ..place })? else {
            return Ok(None);
        };
        for start in starts.into_iter().rev() {
            let span = Span::new(start, node.span.range().end);
            node = Node { expr: Expr::Not(Box::new(node)), span };
        }
        Ok(Some(node))
    }

    /// A group, a field with its value, or a word.
    fn part(&mut self, place: Place<'_>) -> Result<Option<Node>, QueryError> {
        match self.kind() {
            Some(TokenKind::Open) => self.group(place),
            Some(TokenKind::Field(_)) => self.field(place),
            _ => {
                if let Some(Operator::Near { .. }) = self.operator() {
                    let span = self.tokens[self.at].span;
                    let problem = Problem::NearWithoutSide { operator: span.of(self.source).to_owned() };
                    return Err(QueryError::new(span, problem).with_hint("`fraud NEAR/10 bank`"));
                }
                if let Field::Text(_) = place.field
                    && let Some(node) = self.saved_query(place)?
                {
                    return Ok(node);
                }
                self.note_operator_without_side();
                self.value(place.field, None)
            }
        }
    }

    fn group(&mut self, place: Place<'_>) -> Result<Option<Node>, QueryError> {
        let open = self.tokens[self.at].span;
        if place.depth >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.at += 1;
        let n_dropped = self.n_dropped;
        let inner = self.any(Place { depth: place.depth + 1, ..place })?;
        let end = self.tokens.get(self.at).map_or(self.source.len(), |close| close.span.range().end);
        self.at += 1;
        let span = Span::new(open.range().start, end);
        if inner.is_none() && self.n_dropped == n_dropped {
            let brackets = span.of(self.source).to_owned();
            self.drop(span, &brackets);
        }
        Ok(inner.map(|node| Node { span, ..node }))
    }

    /// A field with its value. One that is not all in lower case may be the start of a sentence, so
    /// that it is a word when its value makes no sense.
    fn field(&mut self, place: Place<'_>) -> Result<Option<Node>, QueryError> {
        let token = self.tokens[self.at].clone();
        let TokenKind::Field(field) = token.kind else { return Ok(None) };
        let is_typed = !token.span.of(self.source).bytes().any(|byte| byte.is_ascii_uppercase());
        if is_typed {
            return self.field_value(&field, token.span, place);
        }
        let (at, notes, n_parts) = (self.at, self.notes.clone(), self.n_parts);
        let result = self.field_value(&field, token.span, place);
        let Err(error) = result else { return result };
        if matches!(error.problem, Problem::TooDeep { .. } | Problem::TooManyParts { .. }) {
            return Err(error);
        }
        self.notes = notes;
        self.n_parts = n_parts;
        self.at = at;
        self.note(token.span, &format!("a word here, since {error}"));
        self.value(place.field, Some(token.span))
    }

    fn field_value(&mut self, field: &Field, name: Span, place: Place<'_>) -> Result<Option<Node>, QueryError> {
        let typed = name.of(self.source);
        if place.field != &ANYWHERE {
            let problem = Problem::NestedField { inner: typed.to_owned(), outer: place.field.name() };
            return Err(QueryError::new(name, problem).with_hint(format!("close the brackets before `{typed}`")));
        }
        self.at += 1;
        let inside = Place { field, depth: place.depth };
        let node = match (self.kind(), field) {
            (Some(TokenKind::Open), _) => self.group(inside)?,
            (_, Field::Text(_)) => match self.saved_query(inside)? {
                Some(node) => node,
                None => self.value(field, None)?,
            },
            _ => self.value(field, None)?,
        };
        let Some(node) = node else {
            return Err(QueryError::new(name, Problem::MissingValue { field: field.name() }));
        };
        Ok(Some(Node { span: Span::new(name.range().start, node.span.range().end), ..node }))
    }

    pub(super) fn kind(&self) -> Option<&TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn start_of_token(&self) -> usize {
        self.tokens.get(self.at).map_or(self.source.len(), |token| token.span.range().start)
    }

    fn at_end(&self) -> bool {
        self.group_ends_at(self.at)
    }

    fn group_ends_at(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.kind == TokenKind::Close)
    }

    /// Finds out whether the query is a sentence in capitals, whose NOT and OR are words.
    pub(super) fn hear_shouting(&mut self) {
        let is_word = |token: &&Token| {
            let text = token.span.of(self.source);
            token.kind == TokenKind::Word { is_escaped: false }
                && !matches!(text, "AND" | "OR" | "NOT")
                && text.chars().filter(|c| c.is_uppercase()).count() > 1
        };
        // Nobody pastes an exclusion.
        let excludes = self.tokens.iter().any(|token| token.kind == TokenKind::Minus);
        let n_words = self.tokens.iter().filter(is_word).count();
        self.is_shouted = self.is_all_capitals && !excludes && n_words >= SHOUTED_WORDS;
        let is_read_otherwise = |token: &&Token| matches!(token.span.of(self.source), "OR" | "NOT");
        let first = self.tokens.iter().find(is_read_otherwise).map(|token| token.span);
        if let Some(span) = first.filter(|_| self.is_shouted) {
            self.note(
                span,
                "is a word here, since all of the sentence is in capitals; operators stand among small letters",
            );
        }
    }

    /// The operator at hand, unless it is a word.
    fn operator(&self) -> Option<Operator> {
        self.operator_at(self.at)
    }

    pub(super) fn operator_at(&self, at: usize) -> Option<Operator> {
        let token = self.tokens.get(at)?;
        let TokenKind::Word { is_escaped: false } = token.kind else { return None };
        let operator = match token.span.of(self.source) {
            "AND" | "OR" | "NOT" if self.is_shouted => return None,
            "AND" => Operator::And,
            "OR" => Operator::Or,
            "NOT" => Operator::Not,
            text => return is_near(text).map(|ordered| Operator::Near { ordered }),
        };
        let is_dangling = |at: usize| self.group_ends_at(at + 1);
        let is_operator = match operator {
            Operator::Not => !is_dangling(at),
            _ => !self.group_starts_before(at) && !is_dangling(at),
        };
        is_operator.then_some(operator)
    }

    fn group_starts_before(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.is_none_or(|token| token.kind == TokenKind::Open)
    }

    /// The operator at hand, after a look at what follows it.
    fn checked_operator(&self) -> Result<Option<Operator>, QueryError> {
        let operator = self.operator();
        if operator.is_none() {
            return Ok(None);
        }
        match self.operator_at(self.at + 1) {
            None | Some(Operator::Not) => Ok(operator),
            Some(_) => {
                let (first, second) = (self.tokens[self.at].span, self.tokens[self.at + 1].span);
                let text = |span: Span| span.of(self.source).to_owned();
                let problem = Problem::NothingBetween { first: text(first), second: text(second) };
                let span = Span::new(first.range().start, second.range().end);
                Err(QueryError::new(span, problem)
                    .with_hint(format!("leave out one of them, or quote it: `\"{}\"`", text(second))))
            }
        }
    }

    fn too_deep(&self) -> QueryError {
        let span = self.tokens.get(self.at).map_or(Span::new(0, 0), |token| token.span);
        QueryError::new(span, Problem::TooDeep { max: MAX_DEPTH })
    }

    /// Counts a part of the query.
    pub(super) fn count(&mut self, span: Span) -> Result<(), QueryError> {
        self.n_parts += 1;
        if self.n_parts > MAX_PARTS {
            let hint = "search for a part of the text, or run several queries";
            return Err(QueryError::new(span, Problem::TooManyParts { max: MAX_PARTS }).with_hint(hint));
        }
        Ok(())
    }

    pub(super) fn note(&mut self, span: Span, text: &str) {
        self.notes.add(span, text);
    }

    /// An operator that is read as a word has something on one side at most.
    fn note_operator_without_side(&mut self) {
        let Some(Token { kind: TokenKind::Word { is_escaped: false }, span }) = self.tokens.get(self.at).cloned()
        else {
            return;
        };
        let text = span.of(self.source);
        if !self.is_shouted && matches!(text, "AND" | "OR" | "NOT") {
            let side = if self.group_ends_at(self.at + 1) { "behind" } else { "before" };
            self.note(span, &format!("`{text}` is a word here, since nothing stands {side} it"));
        }
    }

    fn note_excluded_number(&mut self) {
        let Some(token) = self.tokens.get(self.at + 1) else { return };
        let text = token.span.of(self.source);
        if matches!(token.kind, TokenKind::Word { .. }) && text.starts_with(|first: char| first.is_ascii_digit()) {
            let span = Span::new(self.start_of_token(), token.span.range().end);
            let note = format!("`-{text}` excludes `{text}`; to look for the number write `\"{text}\"`");
            self.note(span, &note);
        }
    }
}

/// Checks that a part has a place in the text.
fn near_side(node: &Node) -> Result<(), QueryError> {
    let (what, hint) = match &node.expr {
        Expr::Text { .. } | Expr::Entity { .. } | Expr::Figure(_) | Expr::Near { .. } => return Ok(()),
        Expr::Any(nodes) => return nodes.iter().try_for_each(near_side),
        Expr::All(_) => ("several parts", "quote them as a phrase, or join them with OR: `(a OR b) NEAR/5 c`"),
        Expr::Not(_) => ("an excluded part", "exclude the whole: `NOT (a NEAR/5 b)`"),
        Expr::Date(_) => ("a date of publication", "it has no place in the text: `(a NEAR/5 b) date:2022`"),
        Expr::Keyword { .. } => ("a field of metadata", "it has no place in the text: `(a NEAR/5 b) source:x`"),
    };
    Err(QueryError::new(node.span, Problem::NearSide { what }).with_hint(hint))
}
