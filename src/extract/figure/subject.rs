//! What a bare number is the number of where the words before it say so: "the death toll from the floods rose to 112",
//! "the number of cases passed 500", "Deaths: 45".
//!
//! Looks back from the number over the verb that led to it. Feeds [`super::quantity`].

use super::lemma::STATES;
use super::scan::{Class, View};
use super::table::Table;
use super::{change, noun, units};
use crate::figure::{Figure, FigureKind};

/// As far as a toll's cause and place reach.
const REACH: usize = 16;

/// What stands right before a level: verbs that reach it, and what ties it to a verb.
static LEVELS: Table<64> = Table::new(
    "to=t at=t of=t from=t by=t reached reaches reach reaching passed passes pass passing crossed crosses exceeded topped \
     hit hits hitting is was are were stands stood totalled totaled totals nears neared",
);

/// Of what is counted as one: "a crowd of 82,500".
static CROWDS: Table<32> = Table::new(
    "crowd audience congregation population workforce staff fleet garrison attendance electorate membership herd flock \
     readership",
);

/// Bounds that are verbs, and so lead to the level by themselves.
static SURPASSING: Table<32> = Table::new(
    "exceeding exceeded exceeds exceed topped topping tops surpassing surpassed surpasses surpass nearing approaching",
);

/// Bounds that a verb of movement leads over: "climbed past 300".
const OVER: &[&str] = &["above", "past", "over", "beyond", "below", "under"];

/// Verbs beside those of movement that give a number.
static TELLING: Table<64> = Table::new(
    "bring brings bringing brought put puts putting take takes taking took taken push pushes pushed pushing stand stands \
     standing stood estimate estimated remain remains remained revise revised total send sends sent",
);

/// What makes "a number of" mean some.
const SOME: &[&str] = &["a", "any", "some", "large", "small", "growing", "limited", "certain", "good", "great"];

/// The token of the noun of the number whose first word, that of its bound included, is `first`, and behind which token
/// `next` stands.
pub(super) fn of(view: &View, first: usize, next: usize) -> Option<usize> {
    let before = first.checked_sub(1).filter(|_| !view.begins_line(first))?;
    if view.mark(before, ':') {
        return label(view, before, next);
    }
    if view.is(before, "of") && before > 0 && CROWDS.has(view.low(before - 1).as_str()) {
        return Some(before - 1);
    }
    let tag = LEVELS.get(view.low(before).as_str());
    let verb = if SURPASSING.has(view.low(first).as_str()) {
        first
    } else if tag.is_some() || view.any(first, OVER) && change::is_move(view.low(before).as_str()) {
        before
    } else {
        return None;
    };
    let is_verb = tag.is_none_or(|tag| tag != "t");
    subject(view, verb, is_verb)
}

/// What a bare number counts that is compared with the last quantity of its sentence: "200 soldiers remain, down from
/// 1,100". `first` is the first word of the number, that of its bound included; `figures` are those before it.
pub(super) fn compared(view: &View, first: usize, figures: &[Figure]) -> Option<String> {
    let last = figures.iter().rev().find(|figure| figure.kind != FigureKind::Date)?;
    let noun = last.noun.as_ref().filter(|_| last.kind == FigureKind::Count && last.unit.is_none())?;
    let back = |k: usize| first.checked_sub(k).filter(|_| !(0..k).any(|n| view.begins_line(first - n)));
    let is = |k: usize, words: &[&str]| back(k).is_some_and(|at| view.any(at, words));
    let is_comparison = is(1, &["from"]) && is(2, &["down", "up"])
        || is(1, &["with", "to"]) && is(2, &["compared"])
        || is(1, &["the"]) && is(2, &["double", "twice", "triple"])
        || is(1, &["against", "versus"]);
    // A sentence ends with a line, a semicolon or a stop that touches nothing.
    let is_end = |at: usize| view.mark(at, ';') || view.mark(at, '.') && !view.joined(at + 1);
    let goes_on = |at: usize| !view.begins_line(at + 1) && !is_end(at);
    let is_behind = |at: usize| view.get(at).is_some_and(|token| token.start >= last.span.end);
    let mut between = (first.saturating_sub(REACH)..first).rev().skip_while(|&at| is_behind(at) && goes_on(at));
    let touches = between.next().is_some_and(|at| !is_behind(at));
    (is_comparison && touches).then(|| noun.clone())
}

/// The subject of the verb at a token: a toll, or what "the number of" is of. `is_verb` says that it is a verb and no
/// preposition, which needs one before it.
fn subject(view: &View, verb: usize, is_verb: bool) -> Option<usize> {
    let mut is_told = is_verb;
    let mut at = verb;
    while at > verb.saturating_sub(REACH) {
        at -= 1;
        if view.begins_line(at + 1) || view.mark(at, '.') && !view.joined(at + 1) || view.mark(at, ';') {
            return None;
        }
        if view.is_number(at) && !is_passed(view, at, verb) {
            return None;
        }
        let low = view.low(at);
        let low = low.as_str();
        if view.any(at, &["but", "said", "says"]) {
            return None;
        }
        is_told |= change::is_move(low) || TELLING.has(low);
        if low == "toll" {
            // "a toll road", "the toll booth"
            return (!view.is(verb, "by") || is_told).then_some(at);
        }
        let is_number_of = matches!(low, "number" | "count" | "tally" | "total") && view.is(at + 1, "of");
        if is_number_of && (at == 0 || !view.any(at - 1, SOME)) {
            let is_given = is_told || (1..=3).any(|n| at >= n && TELLING.has(view.low(at - n).as_str()));
            return counted(view, at + 2).filter(|&noun| noun < verb && is_given);
        }
    }
    None
}

/// The head of the noun phrase behind "the number of".
fn counted(view: &View, at: usize) -> Option<usize> {
    let start = at + usize::from(view.any(at, &["the", "its", "their", "all"]));
    let state = (start..start + 3).find(|&i| STATES.has(view.low(i).as_str()));
    noun::many(view, start, true).or(state)
}

/// Whether the number at a token says nothing against the subject before it: "the 7.8-magnitude quake", "12 metres of
/// mud", "the 2023 floods", and the other level ("to 512 from 430").
fn is_passed(view: &View, at: usize, verb: usize) -> bool {
    let is_year = view.str(at).len() == 4 && view.number(at).is_some_and(|year| (1900.0..2100.0).contains(&year));
    let is_bound = view.hyphen(at + 1) || at > 0 && view.hyphen(at - 1);
    let other = if view.is(verb, "to") { "from" } else { "to" };
    let is_other_level = view.any(verb, &["to", "from"]) && at > 0 && view.is(at - 1, other);
    is_bound || is_year || is_other_level || units::after(view, at + 1).is_some()
}

/// "Deaths: 45" at the beginning of a sentence, or as an item of a list.
fn label(view: &View, colon: usize, next: usize) -> Option<usize> {
    // "Confirmed new cases: 45"
    const LONGEST: usize = 3;
    let noun = colon.checked_sub(1).filter(|_| view.joined(colon))?;
    let is_noun = noun::plural(view, noun) || STATES.has(view.low(noun).as_str());
    let start = (noun.saturating_sub(LONGEST - 1)..=noun).rev().find(|&at| {
        let is_item = at > 0 && view.class(at - 1) == Class::Mark && view.begins_line(at - 1);
        view.begins_sentence(at) || is_item
    })?;
    let are_words = (start..noun).all(|at| view.is_word(at) && !view.is(at, "or"));
    let ends = view.begins_line(next) || matches!(view.class(next), Class::Mark | Class::Outside);
    (is_noun && are_words && ends).then_some(noun)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn tolls() {
        check("The death toll from the floods rose to 112.", &["count 112 toll up"]);
        check("put the number of dead at 46", &["count 46 dead"]);
        check("The toll road opened. It went to 5", &["count 5"]);
        check("A crowd of about 82,500 watched.", &["count 82500 crowd ~"]);
        check("a population of 5 million people", &["count 5000000 person"]);
    }

    #[test]
    fn comparisons() {
        check(
            "Fewer than 200 soldiers remain, down from 1,100 in March.",
            &["count 200 soldier <", "count 1100 soldier"],
        );
        check(
            "It carried 16.8 million passengers in 2022, compared with about 19.4 million in 2021.",
            &["count 16800000 passenger", "date 2022", "count 19400000 passenger ~", "date 2021"],
        );
        check("It freed 20 men. That is down from 300.", &["count 20 man", "count 300"]);
        check("It has 20 men and 300 in reserve.", &["count 20 man", "count 300"]);
        check(
            "The toll from the 7.8-magnitude quake rose to 35,418.",
            &["measure 7.8 magnitude", "count 35418 toll up"],
        );
        check("The toll had risen above 41,000.", &["count 41000 toll > up"]);
        check("Death toll in quake passes 1,500", &["count 1500 toll"]);
        check("Death toll tops 500", &["count 500 toll >"]);
        check("The toll from the magnitude-7.1 quake climbed to 212.", &["measure 7.1 magnitude", "count 212 toll up"]);
        check("The toll rose to 512 this week from 430.", &["count 512 toll up", "count 430 toll"]);
        check("DEATH TOLL HITS 300", &["count 300 toll"]);
    }

    #[test]
    fn numbers_of() {
        check("The number of confirmed deaths surpassed 100,000.", &["count 100000 death >"]);
        check("The number of cases in the city rose to 512.", &["count 512 case up"]);
        check("It brings the total number of arrests to 14.", &["count 14 arrest"]);
        check("The number of prisoners fell from 500 to 300.", &["count 500 prisoner", "count 300 prisoner"]);
        check("A number of men went on to 12.", &["count 12"]);
        check("The number of men was unknown, but it spread to 12.", &["count 12"]);
    }

    #[test]
    fn labels() {
        check(
            "Deaths: 45\nConfirmed cases: 1,200\n- Killed: 12",
            &["count 45 death", "count 1200 case", "count 12 killed"],
        );
        check("Deaths: 45. Injured: 310.", &["count 45 death", "count 310 injured"]);
        check("Dead or missing: 63", &["count 63"]);
        check("He read it to two men: 45", &["count 2 man", "count 45"]);
    }
}
