//! Figures that plain words name ("390 prisoners exchange"): they filter nothing, and only help to rank.
//!
//! Found in words side by side at the top of a query; everything with an operator of its own is left alone.

use super::ParseConfig;
use super::ast::{Expr, Measure, MentionedFigure, Node, Pattern, Scope};
use super::number::{begins_amount, begins_scale, parse_amounts};

/// Words behind a number among which its noun may be ("390 Ukrainian army prisoners").
const REACH: usize = 3;
/// Most numbers that are looked at: a pasted article names hundreds.
const MAX_FIGURES: usize = 4;

/// The figures that the words of a query name, in its order.
pub(super) fn mentioned(root: Option<&Node>, config: &ParseConfig<'_>) -> Vec<MentionedFigure> {
    let Some(Node { expr: Expr::All(parts), .. }) = root else { return Vec::new() };
    let words: Vec<Option<&str>> = parts.iter().map(plain_word).collect();
    let word = |at: usize| words.get(at).copied().flatten();
    let mut figures = Vec::new();
    for at in 0..words.len() {
        let Some(number) = word(at).filter(|word| begins_amount(word)) else { continue };
        let mut next = at + 1;
        let mut text = number.to_owned();
        if let Some(scale) = word(next).filter(|word| begins_scale(word)) {
            text = format!("{text} {scale}");
            next += 1;
        }
        let Ok(amounts) = parse_amounts(&text, config.unit_of) else { continue };
        let mut measures: Vec<Measure> = amounts.unit.map(Measure::Unit).into_iter().collect();
        let named = (next..next + REACH).map_while(word).take_while(|word| !begins_amount(word));
        measures.extend(named.filter(|_| measures.is_empty()).map(|word| config.measure_of(word)).collect::<Vec<_>>());
        if !measures.is_empty() && figures.len() < MAX_FIGURES {
            figures.push(MentionedFigure { range: amounts.range, measures });
        }
    }
    figures
}

fn plain_word(node: &Node) -> Option<&str> {
    match &node.expr {
        Expr::Text { scope: Scope::Anywhere, pattern: Pattern::Word(word) } => Some(word),
        _ => None,
    }
}
