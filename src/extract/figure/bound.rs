//! How a text bounds a value: "more than", "at least", "nearly", "up to", "or more".
//!
//! Looks at the words right before and after a number, nothing else.

use super::scan::{Class, View};
use crate::figure::Bound;

/// The bound before token `first`, and the first token of its words (`first` when there is none).
pub(super) fn before(view: &View, first: usize) -> (Bound, usize) {
    // Words that may stand between the bound and the number.
    let mut at = first;
    for _ in 0..2 {
        if at > 0
            && !view.begins_line(at)
            && view.any(at - 1, &["a", "an", "another", "only", "even", "total", "further", "additional", "record"])
        {
            at -= 1;
        }
    }
    for start in [first, at] {
        if let Some((bound, n_words)) = right_before(view, start) {
            return (bound, start - n_words);
        }
    }
    (Bound::Exact, first)
}

/// The bound whose last word stands right before token `at`, and how many tokens it has.
fn right_before(view: &View, at: usize) -> Option<(Bound, usize)> {
    let back =
        |k: usize, words: &[&str]| k <= at && view.any(at - k, words) && !(1..k).any(|n| view.begins_line(at - n));
    if at == 0 || view.begins_line(at) {
        return None;
    }
    if view.mark(at - 1, '~') || view.mark(at - 1, '\u{2248}') {
        return Some((Bound::About, 1));
    }
    for (mark, bound) in
        [('>', Bound::MoreThan), ('<', Bound::LessThan), ('\u{2265}', Bound::AtLeast), ('\u{2264}', Bound::AtMost)]
    {
        if view.mark(at - 1, mark) {
            return Some((bound, 1));
        }
    }
    if back(1, &["than"]) {
        let negated = back(3, &["no", "not"]);
        if back(
            2,
            &[
                "more", "greater", "larger", "higher", "longer", "bigger", "better", "older", "heavier", "faster",
                "taller", "further", "farther", "later", "stronger", "warmer", "hotter", "worse",
            ],
        ) {
            return Some(if negated { (Bound::AtMost, 3) } else { (Bound::MoreThan, 2) });
        }
        if back(
            2,
            &[
                "fewer", "less", "lower", "smaller", "shorter", "younger", "lighter", "slower", "cheaper", "closer",
                "nearer", "colder",
            ],
        ) {
            return Some(if negated { (Bound::AtLeast, 3) } else { (Bound::LessThan, 2) });
        }
        return None;
    }
    if back(1, &["least"]) && back(2, &["at"]) {
        return Some((Bound::AtLeast, 2));
    }
    if back(1, &["most"]) && back(2, &["at"]) {
        return Some((Bound::AtMost, 2));
    }
    if back(1, &["to"]) {
        if back(2, &["up"]) {
            return Some((Bound::AtMost, 2));
        }
        return (back(2, &["close", "next"]) && !back(3, &["come", "came"]) || back(2, &["close"]))
            .then_some((Bound::About, 2));
    }
    if back(1, &["as"]) && back(3, &["as"]) {
        return if back(2, &["many", "much", "high", "long", "far", "late", "old"]) {
            Some((Bound::AtMost, 3))
        } else if back(2, &["few", "little", "low", "early", "young"]) {
            Some((Bound::AtLeast, 3))
        } else {
            None
        };
    }
    if back(1, &["of"]) {
        if back(2, &["excess"]) {
            return Some((Bound::MoreThan, 3));
        }
        if back(2, &["upwards", "upward", "north"]) {
            return Some((Bound::MoreThan, 2));
        }
        if back(2, &["shy", "short", "south"]) {
            return Some((Bound::LessThan, 2));
        }
        if back(2, &["minimum"]) {
            return Some((Bound::AtLeast, 2));
        }
        if back(2, &["maximum"]) {
            return Some((Bound::AtMost, 2));
        }
        return back(2, &["region", "order", "vicinity", "neighbourhood", "neighborhood", "estimate"])
            .then_some((Bound::About, 2));
    }
    if back(
        1,
        &[
            "over",
            "above",
            "exceeding",
            "exceeded",
            "exceeds",
            "exceed",
            "topped",
            "topping",
            "surpassing",
            "surpassed",
            "surpass",
            "beyond",
            "past",
            "tops",
        ],
    ) {
        let verb = back(1, &["past"]) && back(2, &["the"]);
        return (!verb).then_some((Bound::MoreThan, 1));
    }
    if back(1, &["under", "below", "sub", "beneath"]) {
        return Some((Bound::LessThan, 1));
    }
    if back(1, &["minimum"]) {
        return Some((Bound::AtLeast, 1));
    }
    if back(1, &["maximum"]) {
        return Some((Bound::AtMost, 1));
    }
    let about = &[
        "about",
        "around",
        "approximately",
        "approx",
        "roughly",
        "nearly",
        "almost",
        "some",
        "circa",
        "estimated",
        "maybe",
        "perhaps",
        "probably",
        "near",
        "nearing",
        "approaching",
    ];
    back(1, about).then_some((Bound::About, 1))
}

/// The bound after token `next` ("or more", "-odd", "+"), and the token after its words.
pub(super) fn after(view: &View, next: usize) -> Option<(Bound, usize)> {
    if view.mark(next, '+') && view.joined(next) {
        return Some((Bound::AtLeast, next + 1));
    }
    if view.hyphen(next) {
        return match () {
            () if view.any(next + 1, &["plus"]) => Some((Bound::AtLeast, next + 2)),
            () if view.any(next + 1, &["odd", "ish", "something"]) => Some((Bound::About, next + 2)),
            () => None,
        };
    }
    if view.begins_line(next) || view.begins_line(next + 1) {
        return None;
    }
    if view.any(next, &["or", "and"]) {
        return match () {
            () if view.any(next + 1, &["more", "older", "over", "above", "up", "greater", "higher", "longer"])
                && !view.is(next + 2, "than")
                && (view.is(next, "or") || !view.is(next + 1, "more")) =>
            {
                Some((Bound::AtLeast, next + 2))
            }
            () if view.any(next + 1, &["less", "fewer", "under", "younger", "below", "lower"])
                && !view.is(next + 2, "than") =>
            {
                Some((Bound::AtMost, next + 2))
            }
            () if view.any(next + 1, &["so", "thereabouts"]) && view.is(next, "or") => Some((Bound::About, next + 2)),
            () => None,
        };
    }
    if view.any(next, &["plus"]) && !matches!(view.class(next + 1), Class::Number | Class::Word | Class::Currency) {
        return Some((Bound::AtLeast, next + 1));
    }
    None
}
