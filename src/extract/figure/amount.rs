//! A number with its sign, currency or unit: "$1.2bn", "minus 20C", "6ft 2in", "two consecutive days",
//! "millions of dollars".
//!
//! Knows no ranges ([`super::range`]) and no counted things; feeds [`super::quantity`].

use std::borrow::Cow;

use super::numerals::{self, Form};
use super::scan::{Class, View};
use super::table::Table;
use super::units::{self, Unit};
use super::{fractions, money};
use crate::figure::{FigureKind, decimal};

/// Adjectives that may stand between a number and its unit.
static BEFORE_UNIT: Table<64> = Table::new(
    "consecutive straight more additional extra further full long short whole solid working business calendar successive \
     critical crucial intense tense gruelling grueling agonising agonizing difficult hard turbulent other",
);

/// A number with what measures it.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) unit: Option<Unit>,
    /// Whether a scale word or suffix belongs to it.
    pub(super) scaled: bool,
    pub(super) scale: f64,
    pub(super) in_digits: bool,
    pub(super) form: Form,
    /// Whether the currency stands before the number.
    pub(super) money_before: bool,
}

/// The amount whose number or currency sign is at token `i`. `in_currency` is the one that it is of in any case, as the
/// end of a range is that begins with it: "£3-5m" has no metres, "₹12-13 crore won" no won.
pub(super) fn at(view: &View, i: usize, floor: usize, in_currency: Option<&str>) -> Option<Amount> {
    if let Some(amount) = article_and_half(view, i, floor) {
        return Some(amount);
    }
    let mut at = i;
    let mut negative = false;
    if view.class(i) == Class::Currency {
        at += 1;
        if view.mark(at, '-') && view.joined(at) && view.joined(at + 1) {
            negative = true;
            at += 1;
        }
        if !matches!(view.class(at), Class::Number | Class::Fraction) && !view.is_word(at) {
            return None;
        }
    }
    let sign_at = if negative { at - 1 } else { at };
    let currency = money::before(view, sign_at, floor);
    let mut numeral = numerals::at(view, at, floor, in_currency.is_some() || currency.is_some())?;
    numeral.next = past_error(view, numeral.next);
    let mut first = numeral.first;
    let mut next = numeral.next;
    let mut unit = None;
    let money_before = currency.is_some() && numeral.first == at;
    if let Some((id, start)) = currency.filter(|_| money_before) {
        first = start;
        // "$5 US" and "US$5 dollars" say it twice.
        if let Some((again, end)) =
            money::after(view, next, numeral.low, true).filter(|&(again, _)| again == id && !view.hyphen(next))
        {
            unit = Some(Unit { id: Cow::Borrowed(again), kind: FigureKind::Money, next: end });
        } else {
            let id = money::at_home(view, start, id);
            unit = Some(Unit { id: Cow::Borrowed(id), kind: FigureKind::Money, next });
        }
    } else if let Some(sign) = units::percent_before(view, at, floor) {
        first = sign;
        unit = Some(Unit { id: Cow::Borrowed("percent"), kind: FigureKind::Percent, next });
    } else if view.class(i) == Class::Currency {
        return None;
    } else if let Some((id, end)) = money::after(view, next, numeral.low, numeral.scale >= 1e3)
        .filter(|&(id, _)| in_currency.is_none_or(|own| own == id))
    {
        unit = Some(Unit { id: Cow::Borrowed(id), kind: FigureKind::Money, next: end });
    } else if let Some(found) = units::after(view, next) {
        unit = Some(found);
    } else if BEFORE_UNIT.has(view.low(next).as_str()) && !view.hyphen(next + 1) {
        // "two consecutive days", "12 more miles"
        unit = units::after(view, next + 1).filter(|_| view.is_word(next + 1));
    } else if numeral.form == Form::Vague && view.is(next, "of") {
        // "millions of dollars", "thousands of tonnes"
        unit = money::after(view, next + 1, numeral.low, true)
            .map(|(id, next)| Unit { id: Cow::Borrowed(id), kind: FigureKind::Money, next })
            .or_else(|| units::after(view, next + 1));
    }
    if let Some(unit) = &unit {
        next = unit.next;
    }
    let minus = negative || sign(view, &mut first, floor);
    let exact = |value: f64| if numeral.scale == 1.0 { value } else { decimal(value) };
    let factor = if minus { -1.0 } else { 1.0 };
    let (low, high) = (exact(numeral.low) * factor, exact(numeral.high) * factor);
    let mut amount = Amount {
        first,
        next,
        low: low.min(high),
        high: low.max(high),
        unit,
        scaled: numeral.scale != 1.0,
        scale: numeral.scale,
        in_digits: view.is_number(at),
        form: numeral.form,
        money_before,
    };
    compound(view, &mut amount);
    below_zero(view, &mut amount);
    (amount.low.is_finite() && amount.high.is_finite()).then_some(amount)
}

/// One past the error that a measurement gives behind its value: "1010 ± 195 light years".
fn past_error(view: &View, next: usize) -> usize {
    let sign = usize::from(view.mark(next, '\u{b1}'));
    let spelt = view.mark(next, '+') && view.mark(next + 1, '/') && view.mark(next + 2, '-');
    let at = next + if spelt { 3 } else { sign };
    if at > next && view.is_number(at) && !view.begins_line(at) {
        numerals::at(view, at, at, false).map_or(next, |error| error.next)
    } else {
        next
    }
}

/// "a year and a half", found at its last word.
fn article_and_half(view: &View, i: usize, floor: usize) -> Option<Amount> {
    if !view.is(i, "half")
        || i < floor + 4
        || !view.is(i - 1, "a")
        || !view.is(i - 2, "and")
        || !view.any(i - 4, &["a", "an"])
    {
        return None;
    }
    let unit = units::after(view, i - 3).filter(|unit| unit.next == i - 2)?;
    Some(Amount {
        first: i - 4,
        next: i + 1,
        low: 1.5,
        high: 1.5,
        unit: Some(Unit { next: i + 1, ..unit }),
        scaled: false,
        scale: 1.0,
        in_digits: false,
        form: Form::Words,
        money_before: false,
    })
}

/// Takes in a sign before the number: "-5", "minus 20". Says whether it is negative. A hyphen that begins a
/// line is the mark of a list, unless the whole text begins so.
fn sign(view: &View, first: &mut usize, floor: usize) -> bool {
    let Some(at) = first.checked_sub(1).filter(|&at| at >= floor) else { return false };
    let apart = view.begins_line(at) || !view.joined(at) || at > 0 && view.mark(at - 1, '(');
    let bullet = view.begins_line(at) && at > 0;
    if let Some(start) = either_way(view, at).filter(|&start| start >= floor) {
        *first = start;
        return false;
    }
    if view.mark(at, '-') && view.joined(*first) && apart && !bullet
        || view.any(at, &["minus", "negative"]) && !view.begins_line(*first)
    {
        *first = at;
        return true;
    }
    if view.mark(at, '+') && view.joined(*first) && apart {
        *first = at;
    }
    false
}

/// The first token of "plus or minus" and "plus-or-minus", of which `at` is the last: a margin has no sign.
fn either_way(view: &View, at: usize) -> Option<usize> {
    let step = if view.hyphen(at.checked_sub(1)?) { 2 } else { 1 };
    let (or, plus) = (at.checked_sub(step)?, at.checked_sub(2 * step)?);
    (view.is(at, "minus") && view.is(or, "or") && view.is(plus, "plus")).then_some(plus)
}

/// "5ft 2in", "6-foot-3", "12st 4lb", "thirteen dollars and forty-five cents" are one amount each.
fn compound(view: &View, amount: &mut Amount) {
    let Some(unit) = &amount.unit else { return };
    if matches!(unit.kind, FigureKind::Duration | FigureKind::Measure)
        && let Some((half, next)) = fractions::and_half(view, amount.next)
    {
        // "two years and a half"
        amount.low += half;
        amount.high += half;
        amount.next = next;
        return;
    }
    let (small, per): (&[&str], f64) = match unit.id.as_ref() {
        "foot" => (&["inch"], 12.0),
        "stone" => (&["lb"], 14.0),
        "lb" => (&["ounce"], 16.0),
        "usd" | "eur" | "aud" | "cad" if !amount.money_before => (&["cent"], 100.0),
        "gbp" if !amount.money_before => (&["penny"], 100.0),
        _ => return,
    };
    let mut at = amount.next;
    at += usize::from(view.is(at, "and") || view.mark(at, ',') && unit.id == "foot" || view.hyphen(at));
    let Some(numeral) = numerals::at(view, at, at, false).filter(|numeral| numeral.scale == 1.0 && numeral.low < per)
    else {
        return;
    };
    let smaller = units::after(view, numeral.next)
        .map(|unit| (unit.id.into_owned(), unit.next))
        .or_else(|| money::after(view, numeral.next, numeral.low, false).map(|(id, next)| (id.to_owned(), next)))
        .or_else(|| (view.is(numeral.next, "in")).then(|| ("inch".to_owned(), numeral.next + 1)));
    let next = match smaller {
        Some((id, next)) if small.contains(&id.as_str()) => next,
        // "a 6-foot-3 centre"
        None if unit.id == "foot" && view.hyphen(amount.next) && view.hyphen(amount.next - 2) => numeral.next,
        _ => return,
    };
    amount.low += numeral.low / per;
    amount.high += numeral.low / per;
    amount.next = next;
}

/// "20 degrees below zero".
fn below_zero(view: &View, amount: &mut Amount) {
    let zero = view.is(amount.next, "below")
        && view.is(amount.next + 1, "zero")
        && !view.begins_line(amount.next)
        && !view.hyphen(amount.next + 2);
    // "wind chills of 40 below zero"
    if zero && amount.unit.is_none() && amount.scale == 1.0 && matches!(amount.form, Form::Digits | Form::Words) {
        amount.unit = Some(Unit { id: Cow::Borrowed("degree"), kind: FigureKind::Measure, next: amount.next });
    }
    let degrees =
        amount.unit.as_ref().is_some_and(|unit| matches!(unit.id.as_ref(), "degree" | "celsius" | "fahrenheit"));
    if degrees
        && view.is(amount.next, "below")
        && view.any(amount.next + 1, &["zero", "freezing"])
        && amount.low > 0.0
        && view.is(amount.next + 1, "zero")
    {
        (amount.low, amount.high) = (-amount.high, -amount.low);
        amount.next += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn margins_have_no_sign() {
        check("plus or minus 3 percentage points", &["measure 3 percentage_point"]);
        check("plus-or-minus 3 points", &["count 3 point"]);
        check("minus 20C", &["measure -20 celsius"]);
    }
}
