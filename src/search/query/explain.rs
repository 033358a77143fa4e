//! What was understood, in words.

use super::ast::{
    DateMatch, EntityMatch, Expr, FigureMatch, KeywordMatch, Measure, Node, NumberRange, Pattern, Query, Scope,
};
use super::error::clip;
use super::text::{date_text, to_text};
use super::word::is_searchable;
use crate::figure::{Bound, Change};
use crate::search::synonyms::alike;

/// The query as an indented tree in words, then as text that parses back to the same tree, then the
/// notes; lines end with a newline.
pub fn explain(query: &Query) -> String {
    let mut shown = String::new();
    match &query.root {
        None => shown.push_str("every article\n"),
        Some(root) => {
            describe(root, 0, &mut shown);
            shown.push_str(&format!("in full: {}\n", to_text(root)));
        }
    }
    for note in &query.notes {
        shown.push_str(&format!("note: {}: {}\n", one_line(&clip(note.span.of(&query.source))), note.text));
    }
    shown
}

fn describe(node: &Node, depth: usize, shown: &mut String) {
    let indent = "  ".repeat(depth);
    let (line, inner): (String, Vec<&Node>) = match &node.expr {
        Expr::All(nodes) => ("all of:".to_owned(), nodes.iter().collect()),
        Expr::Any(nodes) => ("any of:".to_owned(), nodes.iter().collect()),
        Expr::Not(inner) => ("not:".to_owned(), vec![inner]),
        Expr::Near { left, right, distance, ordered } => {
            let order = if *ordered { "in this order" } else { "in any order" };
            let line = match distance {
                0 => format!("next to each other, {order}:"),
                1 => format!("at most 1 word apart, {order}:"),
                _ => format!("at most {distance} words apart, {order}:"),
            };
            (line, vec![left, right])
        }
        Expr::Text { scope, pattern } => {
            (format!("{} in {}", pattern_in_words(pattern), scope_in_words(*scope)), vec![])
        }
        Expr::Entity { kind, which } => (entity_in_words(kind.name(), which), vec![]),
        Expr::Figure(figure) => (figure_in_words(figure), vec![]),
        Expr::Date(days) => (date_in_words(days), vec![]),
        Expr::Keyword { field, value } => (keyword_in_words(field.name(), value), vec![]),
    };
    shown.push_str(&format!("{indent}{}\n", one_line(&line)));
    for node in inner {
        describe(node, depth + 1, shown);
    }
}

fn scope_in_words(scope: Scope) -> &'static str {
    match scope {
        Scope::Anywhere => "title or body",
        Scope::Title => "the title",
        Scope::Body => "the body",
    }
}

fn pattern_in_words(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Word(signs) if !is_searchable(signs) => format!("the sign `{signs}`, which stands for no word,"),
        Pattern::Word(word) => format!("the word `{word}` in any form"),
        Pattern::Exact(word) => format!("the word `{word}` in exactly this form"),
        Pattern::Phrase { text, slop, exact } => {
            let form = if *exact { "exactly these forms" } else { "any form" };
            let slop = match slop {
                0 => String::new(),
                1 => ", with at most 1 other word between".to_owned(),
                _ => format!(", with at most {slop} other words between"),
            };
            format!("the phrase `{text}` in {form}{slop},")
        }
        Pattern::Prefix(prefix) => format!("words that begin with `{prefix}`"),
        Pattern::Wildcard(shape) => format!("words of the shape `{shape}`"),
        Pattern::Fuzzy { word, distance: 1 } => format!("words within 1 edit of `{word}`"),
        Pattern::Fuzzy { word, distance } => format!("words within {distance} edits of `{word}`"),
        Pattern::Regex(pattern) => format!("words that match `/{pattern}/` from end to end"),
    }
}

fn entity_in_words(kind: &str, which: &EntityMatch) -> String {
    let kind = if kind == "org" { "organisation" } else { kind };
    match which {
        EntityMatch::Any => format!("any {kind}"),
        EntityMatch::Name(name) => format!("{kind} with `{name}` in a name or alias"),
        EntityMatch::Exact(name) => format!("{kind} called exactly `{name}`"),
        EntityMatch::Path(path) => format!("{kind} at or below `{path}`"),
    }
}

fn keyword_in_words(field: &str, value: &KeywordMatch) -> String {
    match value {
        KeywordMatch::Any => format!("any {field}"),
        KeywordMatch::Words(words) => format!("{field} with the words `{words}`"),
        KeywordMatch::Exact(value) => format!("{field} that is exactly `{value}`"),
        KeywordMatch::Wildcard(shape) => format!("{field} of the shape `{shape}`"),
    }
}

fn date_in_words(days: &DateMatch) -> String {
    match days {
        DateMatch::Any => "published on a known day".to_owned(),
        DateMatch::Range { first: Some(first), last: Some(last) } if first != last => {
            format!("published from {first} to {last}")
        }
        DateMatch::Range { first: Some(first), last: None } => format!("published on {first} or later"),
        DateMatch::Range { first: None, last: Some(last) } => format!("published on {last} or earlier"),
        DateMatch::Range { .. } => format!("published on {}", date_text(days)),
    }
}

fn figure_in_words(figure: &FigureMatch) -> String {
    let measure = match &figure.measure {
        Measure::Any => "a figure".to_owned(),
        Measure::Unit(unit) if figure.exact => format!("a figure written in the unit `{unit}` itself"),
        Measure::Unit(unit) => format!("a figure in the unit `{unit}`"),
        Measure::Noun(noun) if figure.exact => format!("a number of `{noun}` by that noun"),
        Measure::Noun(noun) => {
            let others: Vec<&str> = alike(noun).into_iter().filter(|other| other != noun).collect();
            match others[..] {
                [] => format!("a number of `{noun}`"),
                _ => format!("a number of `{noun}` (or `{}`; `={noun}` for that noun alone)", others.join("`, `")),
            }
        }
    };
    let change = match figure.change {
        None => "",
        Some(Change::Up) => ", rising",
        Some(Change::Down) => ", falling",
        Some(Change::None) => ", without a direction",
    };
    let bound = match figure.bound {
        None => "",
        Some(Bound::Exact) => ", stated as it is",
        Some(Bound::About) => ", stated with \"about\"",
        Some(Bound::MoreThan) => ", stated with \"more than\"",
        Some(Bound::AtLeast) => ", stated with \"at least\"",
        Some(Bound::LessThan) => ", stated with \"less than\"",
        Some(Bound::AtMost) => ", stated with \"at most\"",
    };
    format!("{measure}{}{change}{bound}", range_in_words(&figure.range))
}

fn range_in_words(range: &NumberRange) -> String {
    let low = if range.low_included { "at least" } else { "more than" };
    let high = if range.high_included { "at most" } else { "less than" };
    match (range.low.is_finite(), range.high.is_finite()) {
        (false, false) => ", whatever its value".to_owned(),
        (true, false) => format!(", {low} {}", grouped(range.low)),
        (false, true) => format!(", {high} {}", grouped(range.high)),
        (true, true) if range.low == range.high => format!(", of {}", grouped(range.low)),
        (true, true) => format!(", {low} {} and {high} {}", grouped(range.low), grouped(range.high)),
    }
}

/// A number with commas between thousands.
fn grouped(value: f64) -> String {
    let plain = value.abs().to_string();
    let (whole, fraction) =
        plain.split_once('.').map_or((plain.as_str(), ""), |(whole, _)| (whole, &plain[whole.len()..]));
    let mut shown = if value < 0.0 { "-".to_owned() } else { String::new() };
    for (offset, digit) in whole.char_indices() {
        if offset > 0 && (whole.len() - offset).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown.push_str(fraction);
    shown
}

/// Text of a query may hold line breaks and control characters.
fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}
