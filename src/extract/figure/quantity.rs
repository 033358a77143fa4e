//! Quantities: a number with its sign, currency, unit, range, bound, direction and counted noun.
//!
//! Puts together what the other files find; called after names, dates, scores and ordinals have been
//! ruled out.

use std::borrow::Cow;

use super::numerals::{self, Form};
use super::scan::{Class, View};
use super::table::Table;
use super::units::{self, Unit};
use super::{ages, bound, change, lemma, money, noun};
use crate::figure::{Bound, Change, FigureKind};

/// Words before "over five years" that make it more than five and not during five.
static BEFORE_OVER: Table<32> = Table::new(
    "for well just after than lasted is was of little been with took spent slightly lasting the lasts be were last",
);

/// Verbs beside those of rising and falling that lead from one value to another.
static SHIFTS: Table<32> = Table::new(
    "go goes went going gone move moves moved moving change changes changed changing turned extended extend swung doubled \
     revised halved tripled quadrupled shift shifted switched upgraded amended",
);

/// Adjectives that may stand between a number and its unit.
static BEFORE_UNIT: Table<64> = Table::new(
    "consecutive straight more additional extra further full long short whole solid working business calendar successive \
     critical crucial intense tense gruelling grueling agonising agonizing difficult hard turbulent other",
);

/// Below this, money that something "lost" is a fall in price and no loss.
const SMALL_PRICE: f64 = 1000.0;

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
    form: Form,
    /// Whether the currency stands before the number.
    money_before: bool,
}

/// A quantity in a text, by tokens.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) kind: FigureKind,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) unit: Option<Cow<'static, str>>,
    pub(super) noun: Option<String>,
    pub(super) bound: Bound,
    pub(super) change: Change,
}

/// What was found at a token: up to two quantities, and the token to go on from.
pub(super) struct Found {
    pub(super) quantities: Vec<Quantity>,
    pub(super) next: usize,
}

/// The quantities that begin with the number, currency sign or number word at token `i`.
pub(super) fn at(view: &View, i: usize, floor: usize) -> Option<Found> {
    if let Some(ratio) = super::ranks::ratio(view, i, floor) {
        return Some(of_ratio(view, ratio));
    }
    let left = amount(view, i, floor)?;
    if let Some(right) = second(view, &left) {
        return joined(view, left, right, floor);
    }
    one(view, left, floor, None)
}

/// The amount whose number or currency sign is at token `i`.
pub(super) fn amount(view: &View, i: usize, floor: usize) -> Option<Amount> {
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
    let numeral = numerals::at(view, at, floor, currency.is_some())?;
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
            unit = Some(Unit { id: Cow::Borrowed(id), kind: FigureKind::Money, next });
        }
    } else if view.class(i) == Class::Currency {
        return None;
    } else if let Some((id, end)) = money::after(view, next, numeral.low, numeral.scale >= 1e3) {
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
    let minus = negative || sign(view, &mut first, floor, unit.is_some());
    let factor = if minus { -1.0 } else { 1.0 };
    let (low, high) = (numeral.low * factor, numeral.high * factor);
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
/// line is the mark of a list, unless the text begins so and the number is `measured`.
fn sign(view: &View, first: &mut usize, floor: usize, measured: bool) -> bool {
    let Some(at) = first.checked_sub(1).filter(|&at| at >= floor) else { return false };
    let apart = view.begins_line(at) || !view.joined(at) || at > 0 && view.mark(at - 1, '(');
    let bullet = view.begins_line(at) && !(at == 0 && measured);
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

/// "5ft 2in", "6-foot-3", "12st 4lb", "thirteen dollars and forty-five cents" are one amount each.
fn compound(view: &View, amount: &mut Amount) {
    let Some(unit) = &amount.unit else { return };
    if matches!(unit.kind, FigureKind::Duration | FigureKind::Measure)
        && let Some((half, next)) = super::fractions::and_half(view, amount.next)
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

/// How a second number is tied to the first.
#[derive(Clone, Copy, PartialEq)]
enum Tie {
    /// One range.
    Range,
    /// Two numbers of one thing ("45 and 50 cases").
    List,
}

/// The amount that makes a range or a list with `left`.
fn second(view: &View, left: &Amount) -> Option<(Amount, Tie)> {
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
    let mut right = amount(view, start + article, start)?;
    let joinable = matches!(right.form, Form::Digits | Form::Words) || left.form == right.form;
    if !joinable || right.form == Form::Vague || right.first != start + article {
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
    if to && !between && both_plain && (change::governs(view, left.first) || from && moves_from(view, left.first - 1)) {
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
fn between(view: &View, first: usize) -> bool {
    (1..=3).any(|n| first >= n && view.is(first - n, "between") && !(1..=n).any(|k| view.begins_line(first - k + 1)))
}

/// "3-4 million" and "between 3 and 4 million": the scale counts for both.
fn share_scale(left: &Amount, right: &Amount, low: &mut f64) {
    let larger = right.scale > 1.0 && left.scale == 1.0 && right.scale >= 100.0;
    if larger && left.low < right.low / right.scale && left.low > 0.0 && left.low < 1000.0 {
        *low = left.low * right.scale;
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

/// One figure or two out of two tied amounts.
fn joined(view: &View, left: Amount, (right, tie): (Amount, Tie), floor: usize) -> Option<Found> {
    if tie == Tie::Range {
        let mut range = right;
        range.in_digits = left.in_digits;
        return one(view, range, floor, Some(left.first));
    }
    let mut found = one(view, right, left.next, None)?;
    let shared = found.quantities.first()?.clone();
    let (bound, _) = bound::before(view, left.first);
    let first = Quantity {
        first: left.first,
        next: left.next,
        low: left.low,
        high: left.high,
        bound,
        change: Change::None,
        ..shared
    };
    found.quantities.insert(0, first);
    Some(found)
}

/// The quantity that an amount is, with everything around it; `range` is the first token of a range.
fn one(view: &View, amount: Amount, floor: usize, range: Option<usize>) -> Option<Found> {
    let is_one = amount.low == 1.0 && amount.high == 1.0;
    let mut kind = amount.unit.as_ref().map_or(FigureKind::Count, |unit| unit.kind);
    let (mut low, mut high, mut next) = (amount.low, amount.high, amount.next);
    let mut unit = amount.unit.as_ref().map(|unit| unit.id.clone());
    let mut counted = None;
    let (mut bounded, mut words) = bound::before(view, amount.first);
    if range.is_some() && between(view, amount.first) {
        let start = (1..=3).find(|&n| amount.first >= n && view.is(amount.first - n, "between"));
        (bounded, words) = (Bound::Exact, amount.first - start.unwrap_or(0));
    }
    if let Some(age) = ages::of(view, &amount, floor) {
        kind = FigureKind::Age;
        next = age.next;
        high += age.span;
        unit.get_or_insert(Cow::Borrowed(age.unit));
        bounded = age.bound.unwrap_or(bounded);
    } else if kind == FigureKind::Count {
        if amount.form == Form::Share {
            kind = FigureKind::Ratio;
        } else {
            (unit, counted) = count(view, &amount, is_one)?;
            // "$4.25 a dozen"
            if counted.is_none() && unit.is_none() && amount.first == floor && floor > 0 && view.is(floor, "a") {
                return None;
            }
            if unit.is_some() {
                kind = FigureKind::Measure;
            }
        }
    } else if kind == FigureKind::Duration && idle_time(view, &amount) {
        return None;
    }
    if kind == FigureKind::Duration && bounded == Bound::MoreThan && during(view, amount.first) {
        bounded = Bound::Exact;
    }
    if amount.form == Form::Vague && bounded == Bound::Exact {
        bounded = Bound::About;
    }
    let span_end = match counted {
        Some(noun::Noun { token, adjacent: true }) => token + 1,
        _ => next,
    };
    let mut go_on = span_end;
    if let Some((after, end)) = bound::after(view, next) {
        if bounded == Bound::Exact || bounded == Bound::About {
            bounded = after;
        }
        if counted.is_none() && kind == FigureKind::Count {
            // "20 or more people": the noun comes after.
            counted = noun::counted(view, end, is_one);
        }
        go_on = go_on.max(end);
    }
    let mut span_end = span_end;
    if kind == FigureKind::Count
        && let Some((whole, end)) = per_whole(view, counted.map_or(next, |noun| noun.token + 1))
    {
        kind = FigureKind::Ratio;
        low /= whole;
        high /= whole;
        span_end = end;
        go_on = go_on.max(end);
    }
    let noun = counted.map(|noun| lemma::lemma(view.str(noun.token)).into_owned());
    let measures = kind != FigureKind::Count
        || noun
            .as_deref()
            .is_none_or(|noun| matches!(noun, "point" | "seat" | "place" | "job" | "spot" | "position" | "cent"));
    let is_share = matches!(kind, FigureKind::Percent | FigureKind::Ratio)
        || kind == FigureKind::Count
        || kind == FigureKind::Money && !amount.scaled && amount.high < SMALL_PRICE
        || unit.as_deref().is_some_and(|unit| unit.ends_with("_point"));
    let signed = view.mark(amount.first, '+');
    let change = if signed && measures {
        Change::Up
    } else if matches!(kind, FigureKind::Age) || amount.low == 1.0 && !amount.in_digits && kind == FigureKind::Count {
        Change::None
    } else {
        change::of(view, &change::Moved { first: words, next: span_end, measures, is_share })
    };
    low = low.min(high);
    let quantity =
        Quantity { first: amount.first, next: span_end, kind, low, high, unit, noun, bound: bounded, change };
    Some(Found { quantities: vec![quantity], next: go_on })
}

/// "per 100,000" from token `at` on: the number and the token after it.
fn per_whole(view: &View, at: usize) -> Option<(f64, usize)> {
    if !(view.is(at, "per") || view.is(at, "for") && view.is(at + 1, "every")) {
        return None;
    }
    let at = at + 1 + usize::from(view.is(at, "for"));
    let whole = numerals::at(view, at, at, false).filter(|whole| whole.low >= 100.0 && whole.form != Form::Vague)?;
    (units::after(view, whole.next).is_none()).then_some((whole.low, whole.next))
}

type Counted = (Option<Cow<'static, str>>, Option<noun::Noun>);

/// What a plain number counts or, in the case of earthquakes, measures; `None` when it is no quantity.
fn count(view: &View, amount: &Amount, is_one: bool) -> Option<Counted> {
    let strength = (1..=3).any(|n| {
        amount.first >= n
            && view.any(amount.first - n, &["magnitude", "magnitudes"])
            && (1..n).all(|k| {
                view.any(amount.first - k, &["of", "a", "about", "at", "was"]) || view.hyphen(amount.first - k)
            })
    });
    let hyphen = usize::from(view.hyphen(amount.next));
    let in_magnitude = view.is(amount.next, "in") && view.is(amount.next + 1, "magnitude");
    if (strength || in_magnitude || view.any(amount.next + hyphen, &["magnitude"])) && amount.high <= 10.0 {
        return Some((Some(Cow::Borrowed("magnitude")), None));
    }
    let counted = noun::counted(view, amount.next, is_one || amount.high < 1.0 && amount.low > 0.0);
    let word_one = is_one && !amount.in_digits && !amount.scaled;
    if word_one && view.is(amount.first, "one") && !noun::one_counts(view, amount.first, counted) {
        return None;
    }
    if !amount.in_digits && amount.low == 0.0 && counted.is_none() {
        return None;
    }
    Some((None, counted))
}

/// "one day", "one second" and the like as turns of phrase.
fn idle_time(view: &View, amount: &Amount) -> bool {
    if !view.is(amount.first, "one") || amount.low != 1.0 {
        return false;
    }
    let day = view.is(amount.first + 1, "day")
        && !view.any(amount.first + 2, &["after", "before", "earlier", "later", "ago", "of", "per", "a"]);
    let told = amount.first > 0
        && view.any(
            amount.first - 1,
            &[
                "for", "in", "within", "after", "least", "than", "only", "just", "about", "every", "of", "over",
                "nearly", "almost", "by", "to", "under", "until",
            ],
        );
    day && !told
}

/// Whether "over" before the duration at token `first` means during: "spend $5bn over five years".
fn during(view: &View, first: usize) -> bool {
    first > 1 && view.is(first - 1, "over") && !BEFORE_OVER.has(view.low(first - 2).as_str())
}

fn of_ratio(view: &View, ratio: super::ranks::Ratio) -> Found {
    let multiplied = numerals::word(view, ratio.first).filter(|&(tag, _)| tag == b'x');
    let (bounded, words) = bound::before(view, ratio.first);
    let times = view.is(ratio.next - 1, "times") || multiplied.is_some();
    let noun = if times { None } else { noun::counted(view, ratio.next, false) };
    let moving = multiplied
        .filter(|_| !view.is(ratio.first, "twice") && !view.str(ratio.first).to_ascii_lowercase().ends_with("fold"));
    let compared = view.is(ratio.next - 1, "times");
    let change = match moving {
        Some((_, times)) if times < 0.0 => Change::Down,
        Some(_) => Change::Up,
        None if compared => {
            if change::governs(view, words) {
                change::of(view, &change::Moved { first: words, next: ratio.next, measures: false, is_share: true })
            } else {
                Change::None
            }
        }
        None if times || view.is(ratio.next - 1, "fold") || multiplied.is_some() => {
            change::of(view, &change::Moved { first: words, next: ratio.next, measures: true, is_share: true })
        }
        None => Change::None,
    };
    let next = match noun {
        Some(noun::Noun { token, adjacent: true }) => token + 1,
        _ => ratio.next,
    };
    let quantity = Quantity {
        first: ratio.first,
        next,
        kind: FigureKind::Ratio,
        low: ratio.low,
        high: ratio.high,
        unit: None,
        noun: noun.map(|noun| lemma::lemma(view.str(noun.token)).into_owned()),
        bound: bounded,
        change,
    };
    Found { quantities: vec![quantity], next }
}
