//! A tree becomes the text of a query that parses back to the same tree.
//!
//! Operators, brackets and quotes are all written out; a word that would be read as something else has
//! a backslash before it.

use super::ast::{DateMatch, EntityMatch, Expr, FigureMatch, KeywordMatch, Measure, Node, NumberRange, Pattern, Scope};
use super::number::{BOUNDS, begins_scale};
use crate::figure::Change;

/// The text of a query for this tree. For every tree that came out of the parser, the text parses back
/// to an equal one, spans aside.
pub fn to_text(node: &Node) -> String {
    let text = written(node, Exclusion::Word);
    // A sentence in capitals would have NOT for a word.
    if text.chars().any(char::is_lowercase) { text } else { written(node, Exclusion::Sign) }
}

/// How an exclusion is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exclusion {
    /// `NOT word`.
    Word,
    /// `-word`.
    Sign,
}

fn written(node: &Node, exclusion: Exclusion) -> String {
    match &node.expr {
        Expr::All(nodes) => {
            let parts: Vec<String> = nodes.iter().map(|node| in_group(node, exclusion)).collect();
            parts.join(" ")
        }
        Expr::Any(nodes) => {
            let parts: Vec<String> = nodes.iter().map(|node| in_group(node, exclusion)).collect();
            parts.join(" OR ")
        }
        Expr::Not(inner) => {
            let text = written(inner, exclusion);
            let is_grouped = match inner.expr {
                Expr::All(_) | Expr::Any(_) | Expr::Near { .. } => true,
                Expr::Not(_) => exclusion == Exclusion::Sign,
                _ => false,
            };
            let sign = if exclusion == Exclusion::Word { "NOT " } else { "-" };
            if is_grouped { format!("{sign}({text})") } else { format!("{sign}{text}") }
        }
        Expr::Near { left, right, distance, ordered } => {
            let operator = if *ordered { "ONEAR" } else { "NEAR" };
            format!("{} {operator}/{distance} {}", in_near(left, exclusion), in_near(right, exclusion))
        }
        Expr::Text { scope, pattern } => format!("{}{}", scope_prefix(*scope), pattern_text(pattern)),
        Expr::Entity { kind, which } => {
            let value = match which {
                EntityMatch::Any => "*".to_owned(),
                EntityMatch::Name(name) => bare_or_quoted(name),
                EntityMatch::Exact(name) => format!("={}", quoted(name)),
                EntityMatch::Path(path) if path.split('/').all(|part| part.is_empty() || is_plain(part)) => {
                    path.clone()
                }
                EntityMatch::Path(path) => quoted(path),
            };
            format!("{}:{value}", kind.name())
        }
        Expr::Figure(figure) => figure_text(figure),
        Expr::Date(days) => format!("date:{}", date_text(days)),
        Expr::Keyword { field, value } => {
            let value = match value {
                KeywordMatch::Any => "*".to_owned(),
                KeywordMatch::Words(words) => bare_or_quoted(words),
                KeywordMatch::Exact(value) => format!("={}", quoted(value)),
                KeywordMatch::Wildcard(shape) => shape.clone(),
            };
            format!("{}:{value}", field.name())
        }
    }
}

fn in_group(node: &Node, exclusion: Exclusion) -> String {
    match node.expr {
        Expr::Any(_) | Expr::All(_) => format!("({})", written(node, exclusion)),
        _ => written(node, exclusion),
    }
}

fn in_near(node: &Node, exclusion: Exclusion) -> String {
    match node.expr {
        Expr::Any(_) | Expr::All(_) | Expr::Near { .. } => format!("({})", written(node, exclusion)),
        _ => written(node, exclusion),
    }
}

fn scope_prefix(scope: Scope) -> &'static str {
    match scope {
        Scope::Anywhere => "",
        Scope::Title => "title:",
        Scope::Body => "body:",
    }
}

fn pattern_text(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Word(word) => word_text(word),
        Pattern::Exact(word) => format!("={}", word_text(word)),
        Pattern::Phrase { text, slop, exact } => {
            let sign = if *exact { "=" } else { "" };
            let slop = if *slop > 0 { format!("~{slop}") } else { String::new() };
            format!("{sign}{}{slop}", quoted(text))
        }
        Pattern::Prefix(prefix) => format!("{prefix}*"),
        Pattern::Wildcard(shape) => shape.clone(),
        Pattern::Fuzzy { word, distance } => format!("{word}~{distance}"),
        Pattern::Regex(pattern) => format!("/{pattern}/"),
    }
}

/// Whether a word means nothing but itself.
fn is_plain(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric)
        && word.chars().all(|character| character.is_alphanumeric() || "'’-_.".contains(character))
        && !word.contains("..")
        && !matches!(word, "AND" | "OR" | "NOT")
        && !begins_scale(word)
}

fn word_text(word: &str) -> String {
    if is_plain(word) {
        return word.to_owned();
    }
    // A backslash before the whole word, which doubles as one before its first sign.
    let mut text = "\\".to_owned();
    for (offset, character) in word.char_indices() {
        if offset > 0 && "\\()".contains(character) {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

fn bare_or_quoted(value: &str) -> String {
    if is_plain(value) { value.to_owned() } else { quoted(value) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

pub(super) fn figure_text(figure: &FigureMatch) -> String {
    let field = match &figure.measure {
        Measure::Any => "fig".to_owned(),
        Measure::Unit(name) | Measure::Noun(name) => format!("fig.{}{name}", if figure.exact { "=" } else { "" }),
    };
    let mut conditions: Vec<&str> = Vec::new();
    conditions.extend(figure.change.map(|change| match change {
        Change::Up => "up",
        Change::Down => "down",
        Change::None => "steady",
    }));
    let named = |bound| BOUNDS.iter().find(|(_, known)| *known == bound).map(|(name, _)| *name);
    conditions.extend(figure.bound.and_then(named));
    let conditions = if conditions.is_empty() { String::new() } else { format!("[{}]", conditions.join(",")) };
    format!("{field}:{}{conditions}", range_text(&figure.range))
}

pub(super) fn range_text(range: &NumberRange) -> String {
    let NumberRange { low, low_included, high, high_included } = *range;
    match (low.is_finite(), high.is_finite()) {
        (false, false) => "*".to_owned(),
        (true, false) => format!("{}{low}", if low_included { ">=" } else { ">" }),
        (false, true) => format!("{}{high}", if high_included { "<=" } else { "<" }),
        (true, true) if low == high => low.to_string(),
        (true, true) => {
            let (above, below) = (if low_included { "" } else { ">" }, if high_included { "" } else { "<" });
            format!("{above}{low}..{below}{high}")
        }
    }
}

pub(super) fn date_text(days: &DateMatch) -> String {
    match days {
        DateMatch::Any | DateMatch::Range { first: None, last: None } => "*".to_owned(),
        DateMatch::Range { first: Some(first), last: None } => format!(">={first}"),
        DateMatch::Range { first: None, last: Some(last) } => format!("<={last}"),
        DateMatch::Range { first: Some(first), last: Some(last) } if first == last => first.to_string(),
        DateMatch::Range { first: Some(first), last: Some(last) } => format!("{first}..{last}"),
    }
}
