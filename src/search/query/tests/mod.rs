//! Behaviour of the whole language, one line a case.

mod fields;
mod figures;
mod operators;
mod patterns;
mod plain;
mod properties;
mod saved;
mod trees;
mod whole;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::figure::{Bound, Change};
use crate::mention::EntityKind;

/// A little table of units, and plurals without their `s`.
fn with_config<T>(run: impl FnOnce(&ParseConfig<'_>) -> T) -> T {
    let unit_of = |surface: &str| {
        let unit = match surface.to_lowercase().as_str() {
            "$" | "us$" | "usd" | "dollar" | "dollars" => "usd",
            "€" | "eur" | "euros" => "eur",
            "£" | "gbp" => "gbp",
            "%" | "percent" => "percent",
            "km" | "kilometres" => "km",
            "t" | "tonne" | "tonnes" => "tonne",
            "age" => "age",
            "year" | "years" => "year",
            _ => return None,
        };
        Some(unit.to_owned())
    };
    let lemma = |noun: &str| noun.strip_suffix('s').unwrap_or(noun).to_owned();
    run(&ParseConfig { today: &|| date(2024, 2, 29), unit_of: &unit_of, lemma: &lemma })
}

fn read(source: &str) -> Result<Query, QueryError> {
    with_config(|config| parse(source, config))
}

/// A tree on one line.
fn show(node: &Node) -> String {
    let list = |name: &str, nodes: &[Node]| {
        let parts: Vec<String> = nodes.iter().map(show).collect();
        format!("({name} {})", parts.join(" "))
    };
    match &node.expr {
        Expr::All(nodes) => list("and", nodes),
        Expr::Any(nodes) => list("or", nodes),
        Expr::Not(inner) => format!("(not {})", show(inner)),
        Expr::Near { left, right, distance, ordered } => {
            let name = if *ordered { "onear" } else { "near" };
            format!("({name}{distance} {} {})", show(left), show(right))
        }
        Expr::Text { scope, pattern } => {
            let scope = match scope {
                Scope::Anywhere => "",
                Scope::Title => "title:",
                Scope::Body => "body:",
            };
            let pattern = match pattern {
                Pattern::Word(word) => word.clone(),
                Pattern::Exact(word) => format!("={word}"),
                Pattern::Phrase { text, slop: 0, exact: false } => format!("'{text}'"),
                Pattern::Phrase { text, slop, exact: false } => format!("'{text}'~{slop}"),
                Pattern::Phrase { text, slop, exact: true } => format!("='{text}'~{slop}"),
                Pattern::Prefix(prefix) => format!("<{prefix}*>"),
                Pattern::Wildcard(shape) => format!("<{shape}>"),
                Pattern::Fuzzy { word, distance } => format!("<{word}~{distance}>"),
                Pattern::Regex(pattern) => format!("</{pattern}/>"),
            };
            format!("{scope}{pattern}")
        }
        Expr::Entity { kind, which } => format!("{}:{which:?}", kind.name()),
        Expr::Figure(figure) => {
            let measure = match &figure.measure {
                Measure::Any => "any".to_owned(),
                Measure::Unit(unit) => format!("unit {unit}"),
                Measure::Noun(noun) => format!("noun {noun}"),
            };
            let range = figure.range;
            let (open, close) =
                (if range.low_included { '[' } else { '(' }, if range.high_included { ']' } else { ')' });
            let change = figure.change.map(|change| format!(" {}", change.name())).unwrap_or_default();
            let bound = figure.bound.map(|bound| format!(" {}", bound.symbol())).unwrap_or_default();
            format!("{{{measure} {open}{}, {}{close}{change}{bound}}}", range.low, range.high)
        }
        Expr::Date(DateMatch::Any) => "date:any".to_owned(),
        Expr::Date(DateMatch::Range { first, last }) => {
            let day = |day: &Option<civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("date:{}..{}", day(first), day(last))
        }
        Expr::Keyword { field, value } => format!("{}:{value:?}", field.name()),
    }
}

fn shown(source: &str) -> String {
    match read(source) {
        Ok(Query { root: None, .. }) => "everything".to_owned(),
        Ok(Query { root: Some(root), .. }) => show(&root),
        Err(error) => format!("error: {error}"),
    }
}

#[track_caller]
fn check(source: &str, expected: &str) {
    let short: String = source.chars().take(200).collect();
    assert_eq!(shown(source), expected, "{short}");
}

/// The fault, the text under the carets, and the hint.
#[track_caller]
fn check_fault(source: &str, message: &str, under: &str, hint: &str) {
    let error = read(source).expect_err("a fault");
    assert_eq!(
        (error.to_string().as_str(), error.span.of(source), error.hint().unwrap_or_default()),
        (message, under, hint),
        "{source}"
    );
}

/// Text under the first note, and a part of the note.
#[track_caller]
fn check_note(source: &str, under: &str, part: &str) {
    let query = read(source).expect("no fault");
    let found = query.notes.iter().any(|note| note.span.of(source) == under && note.text.contains(part));
    assert!(found, "{source}: {:?}", query.notes);
}

#[track_caller]
fn check_no_note(source: &str) {
    assert_eq!(read(source).expect("no fault").notes, [], "{source}");
}

fn visit(node: &Node, each: &mut impl FnMut(&Node)) {
    each(node);
    match &node.expr {
        Expr::All(nodes) | Expr::Any(nodes) => nodes.iter().for_each(|node| visit(node, each)),
        Expr::Not(inner) => visit(inner, each),
        Expr::Near { left, right, .. } => {
            visit(left, each);
            visit(right, each);
        }
        _ => {}
    }
}
