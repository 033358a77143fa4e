//! Two amounts that belong together: ranges ("between 20 and 30", "£3m-£4m", "8- to 16-metre", "$5-8,000")
//! and lists of one thing ("45 and 50 cases").
//!
//! Tells ranges from two values of one movement ("cut from 5 to 3"); scores were ruled out before. Feeds
//! [`super::quantity`].

use super::amount::{self, Amount};
use super::numerals::Form;
use super::scan::View;
use super::table::Table;
use super::units::Unit;
use super::{change, money, noun};
use crate::figure::{FigureKind, decimal};

/// Verbs beside those of rising and falling that lead from one value to another.
static SHIFTS: Table<32> = Table::new(
    "go goes went going gone move moves moved moving change changes changed changing turned extended extend swung doubled \
     revised halved tripled quadrupled shift shifted switched upgraded amended",
);

/// How many times its first end the second end of a range behind "by" may be.
const FARTHEST: f64 = 20.0;

/// How a second number is tied to the first.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Tie {
    /// One range.
    Range,
    /// Two numbers of one thing ("45 and 50 cases").
    List,
    /// Two values of one movement ("fell from 80,000 to 55,000 cars").
    Move,
}

/// The amount that makes a range or a list with `left`.
pub(super) fn second(view: &View, left: &Amount) -> Option<(Amount, Tie)> {
    if left.form == Form::Vague {
        return None;
    }
    let between = between(view, left.first);
    let mut at = left.next;
    let mut hanging = false;
    // "8- to 16-metre": the hyphen waits for the unit.
    if view.mark(at, '-') && view.joined(at) && !view.joined(at + 1) && view.any(at + 1, &["to", "or", "and"]) {
        at += 1;
        hanging = true;
    }
    if view.begins_line(at) {
        return None;
    }
    let dash = view.mark(at, '-') && (view.joined(at) == view.joined(at + 1)) && (view.joined(at) || left.in_digits);
    let hyphen_word = view.hyphen(at) && view.any(at + 1, &["to", "or"]) && view.hyphen(at + 2);
    let (start, tie) = match () {
        () if hyphen_word => (at + 3, Tie::Range),
        () if dash => (at + 1, Tie::Range),
        () if view.is(at, "to") => (at + 1, Tie::Range),
        () if view.is(at, "and") && between => (at + 1, Tie::Range),
        () if view.is(at, "or") && !view.any(at + 1, &["so", "more", "less", "fewer"]) => (at + 1, Tie::Range),
        () if view.is(at, "and") => (at + 1, Tie::List),
        () => return None,
    };
    let article = usize::from(between && view.any(start, &["about", "around", "up"]));
    let right_start = start + article;
    // "between Rs 500 and Rs 600": the second number stands behind its currency.
    let number = (right_start + 1..=right_start + 2).find(|&at| {
        view.is_word(right_start)
            && view.is_number(at)
            && money::before(view, at, right_start).is_some_and(|(_, first)| first == right_start)
    });
    let currency = left.unit.as_ref().filter(|unit| unit.kind == FigureKind::Money && left.money_before);
    let currency = currency.map(|unit| unit.id.as_ref());
    let mut right = amount::at(view, number.unwrap_or(right_start), start, currency)?;
    let joinable = matches!(right.form, Form::Digits | Form::Words) || left.form == right.form;
    if !joinable || right.form == Form::Vague || right.first != right_start {
        return None;
    }
    // "fell by half to £2m": a share, and the level that it led to.
    if left.form == Form::Share && right.form != Form::Share && view.is(at, "to") {
        return None;
    }
    let mut low = left.low;
    share_scale(left, &right, &mut low);
    match (&left.unit, &right.unit) {
        (Some(unit), None)
            if left.money_before || !hanging && tie == Tie::Range && dash && unit.kind == FigureKind::Money =>
        {
            if view.is(at, "to") && noun::counted(view, right.next, right.low == 1.0).is_some() && !right.scaled {
                return None;
            }
            if tie == Tie::List && !between {
                return None;
            }
            right.unit = Some(Unit { id: unit.id.clone(), kind: unit.kind, next: right.next });
            thousands(view, left, &right, &mut low);
        }
        (Some(a), Some(b)) if a.id == b.id => {}
        (Some(_), _) => return None,
        (None, _) => {}
    }
    if tie == Tie::List {
        // Only numbers in direct touch with "and" share what follows; "the 2 and the 3 men" do not.
        let shares = left.unit.is_none()
            && left.form == right.form
            && !left.scaled
            && (right.unit.is_some() || noun::counted(view, right.next, false).is_some());
        return shares.then_some((right, Tie::List));
    }
    let to = view.is(at, "to");
    let from = left.first > 0 && view.is(left.first - 1, "from");
    let both_plain = left.unit.is_some() || right.unit.is_none();
    if to && !between && from && left.unit.is_none() && moves_from(view, left.first - 1) {
        let shares = left.form == right.form
            && (right.unit.is_some() || noun::counted(view, right.next, false).is_some())
            && left.scaled == right.scaled
            && noun::counted(view, left.next, false).is_none();
        return shares.then_some((right, Tie::Move));
    }
    if to && !between && both_plain && (change::governs(view, left.first) || from && moves_from(view, left.first - 1)) {
        return None;
    }
    // "for the first time in a year, by 2,456 to 317,788": an amount and the level that it led to.
    let by = left.first > 0 && view.is(left.first - 1, "by");
    if to && by && both_plain && right.low > low * FARTHEST {
        return None;
    }
    if view.is(at, "or") && (right.high > low * 2.0 && right.high - low > 2.0 || low >= right.high) {
        return None;
    }
    let temperatures = left
        .unit
        .as_ref()
        .or(right.unit.as_ref())
        .is_some_and(|unit| matches!(unit.id.as_ref(), "celsius" | "fahrenheit" | "degree"));
    if low > right.low && !temperatures || low == right.low {
        return None;
    }
    // "3 to 5" of one unit each, and a hyphen that binds the second number to a name, are no range.
    right.first = left.first;
    right.low = low.min(right.low);
    right.high = right.high.max(low);
    Some((right, Tie::Range))
}

/// Whether "between" governs the number at token `first`.
pub(super) fn between(view: &View, first: usize) -> bool {
    (1..=4).any(|n| first >= n && view.is(first - n, "between") && !(1..=n).any(|k| view.begins_line(first - k + 1)))
}

/// "3-4 million", "between 3 and 4 million", "Rs 1,500-2,000 crore": the scale counts for both. "5,000 to 2 million"
/// would run backwards.
fn share_scale(left: &Amount, right: &Amount, low: &mut f64) {
    let larger = right.scale > 1.0 && left.scale == 1.0 && right.scale >= 100.0;
    if larger && left.low < right.low / right.scale && left.low > 0.0 {
        *low = decimal(left.low * right.scale);
    }
}

/// "$5-8,000" means thousands on both sides.
fn thousands(view: &View, left: &Amount, right: &Amount, low: &mut f64) {
    let written = view.str(right.next.saturating_sub(1)).ends_with(",000");
    if *low == left.low && written && left.low < 1000.0 && left.low.fract() == 0.0 && left.low * 1000.0 < right.low {
        *low = left.low * 1000.0;
    }
}

/// Whether something moves "from" the number behind token `from` ("cut from 5 to 3").
fn moves_from(view: &View, from: usize) -> bool {
    // "raised the monthly wage of garment workers from"
    const REACH: usize = 12;
    let lowest = from.saturating_sub(REACH);
    (lowest..from)
        .rev()
        .take_while(|&k| !view.begins_line(k + 1) && !view.mark(k, '.') && !view.mark(k, ';'))
        .any(|k| change::is_move(view.low(k).as_str()) || SHIFTS.has(view.low(k).as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn ranges() {
        check("between 20 and 30 men", &["count 20..30 man"]);
        check("£3m-£4m", &["money 3000000..4000000 gbp"]);
        check("between N8,000 and N10,000", &["money 8000..10000 ngn"]);
        check("Rs. 500 to Rs. 600", &["money 500..600 inr"]);
        check("US$5m-US$6m", &["money 5000000..6000000 usd"]);
        check("$5-8,000", &["money 5000..8000 usd"]);
        check("3-4 million", &["count 3000000..4000000"]);
        check("Rs 1,500-2,000 crore", &["money 15000000000..20000000000 inr"]);
        check("₹12,000-13,500 crore won approval", &["money 120000000000..135000000000 inr"]);
        check("5,000 to 2 million", &["count 5000..2000000"]);
        check("bid £3-5m for him", &["money 3000000..5000000 gbp"]);
        check("a €30-40m fee", &["money 30000000..40000000 eur"]);
        check("£10m-15m", &["money 10000000..15000000 gbp"]);
        check("between £3m and 5m", &["money 3000000..5000000 gbp"]);
        check("8- to 16-metre", &["measure 8..16 metre"]);
        check("two or three cows", &["count 2..3 cow"]);
        check("waves of three to six feet", &["measure 3..6 foot"]);
        check("a day or two", &["duration 1..2 day"]);
    }

    #[test]
    fn two_values() {
        check("45 and 50 mg", &["measure 45 milligram", "measure 50 milligram"]);
        check("cut from 8% to 5%", &["percent 8 percent", "percent 5 percent"]);
        check("rose from 5 to 8 men", &["count 5 man", "count 8 man"]);
        check("Staff grew again, by 2,456 to 317,788", &["count 2456", "count 317788"]);
        check("Profits fell by half to £2m.", &["ratio 0.5 down", "money 2000000 gbp"]);
        check("Sales rose by a third to $40m.", &["ratio 0.3333333333333333 up", "money 40000000 usd"]);
        check("44 ml to 50 mg", &["measure 44 millilitre", "measure 50 milligram"]);
    }
}
