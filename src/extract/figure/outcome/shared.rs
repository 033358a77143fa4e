//! What several share: "killed three soldiers, two policemen and 14 civilians", "killing a guard and three others",
//! "five officers and at least seven fighters were killed".

use super::words::{PARTICIPLES, PEOPLE, TRANSITIVE};
use super::{after, begins_clause, behind_noun, ends_phrase, head_of, start_of_phrase, verb_of_object};
use crate::extract::figure::noun;
use crate::extract::figure::numerals;
use crate::extract::figure::quantity::Quantity;
use crate::extract::figure::scan::{Class, View};
use crate::figure::{Figure, FigureKind, Outcome};

/// Words of an object without a number: "the head of the police".
const LONGEST_OBJECT: usize = 7;
/// Words of an object that end a phrase elsewhere.
const IN_OBJECTS: &[&str] =
    &["a", "an", "the", "his", "her", "their", "its", "him", "himself", "herself", "themselves", "them", "of", "both"];
/// How far behind a number its clause may have a verb of its own.
const CLAUSE: usize = 8;
/// What begins another clause, behind which a verb is none of these people's.
const BEGIN_CLAUSES: &[&str] = &["when", "after", "as", "while", "since", "before", "because", "who", "where", "which"];

/// What befell those before "and" or a comma befell these too.
pub(super) fn forwards(view: &View, quantity: &Quantity, behind: usize, last: Option<&Figure>) -> Option<Outcome> {
    if !is_of_people(quantity.noun.as_deref()) || has_own_verb(view, behind) {
        return None;
    }
    let link = Link::before(view, quantity.first)?;
    let of_last = || {
        let last = last.filter(|last| last.kind == FigureKind::Count)?;
        let end = token_behind(view, link.first, last.span.end)?;
        let is_list = link.is_and || view.mark(behind, ',') || view.is(behind, "and");
        if is_list && is_noun_phrase(view, end, link.first) { last.outcome } else { None }
    };
    of_last().or_else(|| of_object(view, link))
}

/// What befell somebody without a number: "killed a guard and three others".
fn of_object(view: &View, link: Link) -> Option<Outcome> {
    if !link.is_and {
        return None;
    }
    for at in (link.first.saturating_sub(LONGEST_OBJECT)..link.first).rev() {
        let low = view.low(at);
        if TRANSITIVE.has(low.as_str()) && at + 1 < link.first {
            return verb_of_object(view, at);
        }
        let is_initial = view.mark(at, '.') && view.joined(at);
        let is_part = view.any(at, IN_OBJECTS)
            || view.is_word(at) && !noun::ends_phrase(low.as_str()) && !numerals::WORDS.has(low.as_str());
        if view.begins_line(at + 1) || !(is_part || is_initial || view.hyphen(at)) {
            return None;
        }
    }
    None
}

/// Gives what befell the last ones of a list of subjects to those before them: "five officers and at least seven
/// fighters were killed".
pub(in crate::extract::figure) fn backwards(
    view: &View,
    quantity: &Quantity,
    outcome: Outcome,
    figures: &mut [Figure],
) {
    let is_predicate = after(view, quantity, behind_noun(view, quantity), false) == Some(outcome);
    if !is_predicate || !is_of_people(quantity.noun.as_deref()) {
        return;
    }
    let mut first = quantity.first;
    let mut n_shared = 0;
    for last in figures.iter().rev() {
        let Some(link) = Link::before(view, first).filter(|link| link.is_and || n_shared > 0) else { break };
        let Some(end) = token_behind(view, link.first, last.span.end) else { break };
        let is_one = last.kind == FigureKind::Count && last.outcome.is_none() && is_of_people(last.noun.as_deref());
        if !is_one || !is_noun_phrase(view, end, link.first) {
            break;
        }
        let Some(start) = token_behind(view, end, last.span.start) else { break };
        first = start;
        n_shared += 1;
    }
    if n_shared > 0 && begins_clause(view, first) {
        figures.iter_mut().rev().take(n_shared).for_each(|figure| figure.outcome = Some(outcome));
    }
}

/// "and", a comma, or both, between two of a list.
#[derive(Clone, Copy)]
struct Link {
    first: usize,
    is_and: bool,
}

impl Link {
    /// The link before the number at a token.
    fn before(view: &View, number: usize) -> Option<Link> {
        let at = start_of_phrase(view, number).checked_sub(1).filter(|&at| !view.begins_line(at + 1))?;
        if view.mark(at, ',') {
            return Some(Link { first: at, is_and: false });
        }
        let first = if view.is(at, "and") || view.is(at, "plus") {
            at
        } else if view.is(at, "as") && view.is(at.checked_sub(1)?, "well") && view.is(at.checked_sub(2)?, "as") {
            at - 2
        } else if view.is(at, "with") && view.is(at.checked_sub(1)?, "along") {
            at - 1
        } else {
            return None;
        };
        let comma = usize::from(first > 0 && view.mark(first - 1, ','));
        Some(Link { first: first - comma, is_and: true })
    }
}

/// The token that begins at or behind a byte, looked for backwards from another one.
fn token_behind(view: &View, from: usize, byte: u32) -> Option<usize> {
    // As long as a noun phrase of news.
    const REACH: usize = 12;
    let starts_behind = |at: &usize| view.get(*at).is_some_and(|token| token.start >= byte);
    let first = (from.saturating_sub(REACH)..=from).rev().take_while(starts_behind).last()?;
    let is_found = first > from.saturating_sub(REACH) || first == 0;
    is_found.then_some(first)
}

/// Whether nothing but a noun and what stands before it lies between two tokens.
fn is_noun_phrase(view: &View, from: usize, to: usize) -> bool {
    (from..to).all(|at| {
        let low = view.low(at);
        let low = low.as_str();
        let is_told = PARTICIPLES.has(low) || TRANSITIVE.has(low) || noun::ends_phrase(low);
        !view.begins_line(at) && (view.hyphen(at) || view.is_word(at) && !is_told)
    })
}

fn is_of_people(noun: Option<&str>) -> bool {
    noun.is_some_and(|noun| PEOPLE.has(head_of(noun)))
}

/// Whether the people counted do something themselves: "and three men fled", "and 300 from the area protested".
fn has_own_verb(view: &View, behind: usize) -> bool {
    if !ends_phrase(view, behind) {
        return true;
    }
    for at in behind..behind + CLAUSE {
        if view.begins_line(at) || view.class(at) != Class::Word || view.any(at, BEGIN_CLAUSES) {
            return false;
        }
        let low = view.low(at);
        let low = low.as_str();
        let is_verb = view.any(at, &["were", "was", "are", "is", "have", "has", "had", "will", "would", "could"])
            || low.len() > 4 && low.ends_with("ed")
            || noun::ends_phrase(low) && !noun::is_function_word(low);
        if is_verb {
            return true;
        }
    }
    false
}
