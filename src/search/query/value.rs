//! Values of fields: names, metadata, dates, amounts.
//!
//! Wildcards and `~` mean nothing in names, which are found however they are spelt; there they are
//! faults. Fed by the parser.

use super::ast::{DateMatch, EntityMatch, Expr, FigureMatch, KeywordField, KeywordMatch, Measure, Node};
use super::date::parse_date_range;
use super::error::{Problem, QueryError};
use super::leaf::{Form, Value};
use super::lexer::TokenKind;
use super::number::{Amounts, is_scale, parse_amounts};
use super::parser::Parser;
use super::short::measures;
use super::word::{is_searchable, trim_edges};
use crate::mention::{EntityKind, Span};

/// Words for sorts of units rather than for units or things that are counted.
const SORTS_OF_UNITS: [&str; 6] = ["money", "currency", "amount", "number", "share", "distance"];

/// Letters of the longest code of a language.
const MAX_LANGUAGE_CHARS: usize = 3;

/// A language as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// As articles have it: `de` of `de-DE`. Empty where nothing stands before the first hyphen.
    pub code: String,
    /// What may surprise whoever typed it, as the text of a [`Note`](super::Note).
    pub remark: Option<String>,
}

impl Language {
    /// Reads a tag of a language: its first part counts.
    pub fn new(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        let remark = if primary.len() < tag.len() {
            Some(format!("languages are told by their first part, `{primary}`"))
        } else if primary.chars().count() > MAX_LANGUAGE_CHARS {
            Some("languages are told by their codes: `en`, `de`, `uk`".to_owned())
        } else {
            None
        };
        Self { code: primary.to_lowercase(), remark }
    }
}

impl Parser<'_> {
    pub(super) fn entity_value(&mut self, kind: EntityKind, value: &Value) -> Result<Node, QueryError> {
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

    pub(super) fn keyword_value(&mut self, field: KeywordField, value: &Value) -> Result<Node, QueryError> {
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
                let shape = without_orphans(text);
                if shape != text {
                    self.note(value.span, "`)` without its `(` stands for any sign here, as `?` does");
                }
                let is_of_words = !matches!(field, KeywordField::Path | KeywordField::Id);
                if is_of_words && !shape.ends_with('*') && !shape.starts_with('*') {
                    let note = format!("a shape has to fit the whole value; anywhere in it: `{name}:*{shape}*`");
                    self.note(value.span, &note);
                }
                return Ok(node(KeywordMatch::Wildcard(shape)));
            }
        }
        self.check_searchable(name, text, value.span)?;
        if value.is_exact {
            return Ok(node(KeywordMatch::Exact(text.to_owned())));
        }
        if field == KeywordField::Lang {
            let Language { code, remark } = Language::new(text);
            self.check_searchable(name, &code, value.span)?;
            if let Some(remark) = remark {
                self.note(value.span, &remark);
            }
            return Ok(node(KeywordMatch::Words(code)));
        }
        if is_quoted {
            self.note_wildcard_in_quotes(text, value.span);
        }
        Ok(node(KeywordMatch::Words(text.to_owned())))
    }

    pub(super) fn date_value(&mut self) -> Result<Node, QueryError> {
        let (text, span, is_verbatim) = self.take_amount(false);
        self.count(span)?;
        let place = |error: QueryError| {
            if is_verbatim { error.moved_by(span.range().start) } else { QueryError { span, ..error } }
        };
        let days: DateMatch = parse_date_range(&text, (self.config.today)()).map_err(place)?;
        Ok(Node { expr: Expr::Date(days), span })
    }

    pub(super) fn figure_value(&mut self, measure: &Measure, exact: bool) -> Result<Node, QueryError> {
        let (text, span, is_verbatim) = self.take_amount(true);
        self.note_lone_scale(self.at.saturating_sub(1));
        self.count(span)?;
        let place = |error: QueryError| {
            if is_verbatim { error.moved_by(span.range().start) } else { QueryError { span, ..error } }
        };
        let amounts = parse_amounts(&text, self.config.unit_of).map_err(place)?;
        let measure = match (measure, &amounts.unit) {
            (measure, None) => measure.clone(),
            (Measure::Any, Some(unit)) => Measure::Unit(unit.clone()),
            (Measure::Unit(expected), Some(unit)) if measures(expected, unit) => measure.clone(),
            (Measure::Unit(expected) | Measure::Noun(expected), Some(found)) => {
                let problem = Problem::UnitMismatch { expected: expected.clone(), found: found.clone() };
                return Err(QueryError::new(span, problem).with_hint(format!("`fig.{found}:{}`", text.trim())));
            }
        };
        self.note_amounts(&measure, &amounts, span);
        let Amounts { range, change, bound, .. } = amounts;
        let expr = Expr::Figure(FigureMatch { measure, exact, range, change, bound });
        Ok(Node { expr, span })
    }

    /// Takes the text of an amount or a date, its span, and whether it stands verbatim in the source.
    fn take_amount(&mut self, is_figure: bool) -> (String, Span, bool) {
        let is_plain = matches!(self.kind(), Some(TokenKind::Word { .. } | TokenKind::Regex));
        if !is_plain {
            let value = self.take_value();
            let is_verbatim = matches!(value.form, Form::Bare) && !value.is_exact;
            return (value.text, value.span, is_verbatim);
        }
        let last = if is_figure { self.amount_end(self.at, true) } else { self.date_end(self.at) };
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

    pub(super) fn note_amounts(&mut self, measure: &Measure, amounts: &Amounts, span: Span) {
        if amounts.scaled_at_end_only {
            self.note(span, "the scale stands for the second number only; for both write `1bn..5bn`");
        }
        if matches!(measure, Measure::Noun(noun) if SORTS_OF_UNITS.contains(&noun.as_str())) {
            self.note(
                span,
                "a counted noun here; units have names of their own: `fig.usd:`, `fig.percent:`, `fig.km:`",
            );
        }
        if let Measure::Unit(unit) = measure {
            self.note_shared_name(unit, span);
        }
        if let Measure::Noun(noun) = measure
            && is_scale(noun)
        {
            let note = format!("`{noun}` is a counted noun here; a scale stands behind its number: `inr>100 {noun}`");
            self.note(span, &note);
        }
    }
}

impl Parser<'_> {
    /// Tells what a name was taken for that several currencies or a weight share.
    fn note_shared_name(&mut self, unit: &str, span: Span) {
        let typed = span.of(self.source).to_lowercase();
        let name = typed.trim_start_matches('=').trim_start_matches("fig.");
        let name = &name[..name.find(|letter: char| !letter.is_alphabetic()).unwrap_or(name.len())];
        let note = match name {
            "pound" | "pounds" => "money here; the weight is `lb`".to_owned(),
            "peso" | "pesos" | "franc" | "francs" | "dinar" | "dinars" | "shilling" | "shillings" | "rupee"
            | "rupees" => {
                format!("`{name}` are `{unit}` here; those of other countries go by their codes: `ars`, `xof`, `pkr`")
            }
            _ => return,
        };
        self.note(span, &note);
    }
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

/// A shape in which no bracket closes what it does not open: in a group it would close that.
fn without_orphans(shape: &str) -> String {
    let mut n_open = 0_u32;
    let in_place = |sign: char| match sign {
        '(' => {
            n_open += 1;
            sign
        }
        ')' if n_open == 0 => '?',
        ')' => {
            n_open -= 1;
            sign
        }
        _ => sign,
    };
    shape.chars().map(in_place).collect()
}
