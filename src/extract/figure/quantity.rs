//! Quantities: a number with its sign, currency, unit, range, bound, direction and counted noun.
//!
//! Puts together what the other files find; called after names, dates, scores and ordinals have been
//! ruled out.

use std::borrow::Cow;

use super::amount::{self, Amount};
use super::numerals::{self, Form};
use super::range::{self, Tie};
use super::scan::View;
use super::table::Table;
use super::{ages, bound, change, lemma, noun, subject, units};
use crate::figure::{Bound, Change, FigureKind};

/// Words before "over five years" that make it more than five and not during five.
static BEFORE_OVER: Table<64> = Table::new(
    "has have had show shows showed for well just after than lasted is was of little been with took spent slightly lasting the lasts be were last wait waits waited waiting take takes stayed slept",
);

/// What is played or held for a time: "six hits over seven innings".
static SPELLS: Table<32> =
    Table::new("inning game match season round lap hole night session episode race set quarter meeting");

/// Parts of a word with a number that say what something is like, and count nothing: "two-way", "three-dimensional".
const LIKENESSES: &[&str] =
    &["way", "dimensional", "handed", "legged", "sided", "eyed", "off", "stop", "armed", "faced"];

/// What is reported of half a year.
static HALF_YEARLY: Table<64> = Table::new(
    "profit profits result results loss losses earnings revenue revenues sales report figures net pre pretax operating \
     dividend accounts turnover",
);

/// Below this, money that something "lost" is a fall in price and no loss.
const SMALL_PRICE: f64 = 1000.0;

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
    /// Token of the counted noun; it stands before the number where that is the level of a subject.
    pub(super) noun_token: Option<usize>,
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
    let left = amount::at(view, i, floor, None)?;
    if let Some(right) = range::second(view, &left) {
        return joined(view, left, right, floor);
    }
    one(view, left, floor, false)
}

/// One figure or two out of two tied amounts.
fn joined(view: &View, left: Amount, (right, tie): (Amount, Tie), floor: usize) -> Option<Found> {
    if tie == Tie::Range {
        let mut range = right;
        range.in_digits = left.in_digits;
        return one(view, range, floor, true);
    }
    let mut found = one(view, right, left.next, false)?;
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

/// The quantity that an amount or range is, with everything around it.
fn one(view: &View, amount: Amount, floor: usize, is_range: bool) -> Option<Found> {
    let is_one = amount.low == 1.0 && amount.high == 1.0;
    let amount = or_two(view, amount, floor);
    let mut kind = amount.unit.as_ref().map_or(FigureKind::Count, |unit| unit.kind);
    let (mut low, mut high, mut next) = (amount.low, amount.high, amount.next);
    let mut unit = amount.unit.as_ref().map(|unit| unit.id.clone());
    let mut counted = None;
    let is_multiple = is_range && super::ranks::is_multiple(view, amount.next, amount.high);
    let (mut bounded, mut words) = bound::before(view, amount.first);
    if is_range && range::between(view, amount.first) {
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
        // Numbers that English words say nothing of are dates and names as often as counts.
        if !view.has_words() && !amount.scaled {
            return None;
        }
        let factor = amount.first > 1 && view.is(amount.first - 1, "of") && view.is(amount.first - 2, "factor");
        if amount.form == Form::Share || factor {
            kind = FigureKind::Ratio;
        } else if is_multiple {
            (kind, next) = (FigureKind::Ratio, amount.next + 1);
        } else {
            (unit, counted) = count(view, &amount, is_one)?;
            // "33 Earth days", "1,300 route kilometres"
            let measure = counted.filter(|noun| !noun.adjacent).and_then(|noun| units::counted(view, noun.token));
            if let Some((id, sort)) = measure {
                (unit, kind) = (Some(Cow::Borrowed(id)), sort);
                counted = None;
            }
            // "$4.25 a dozen"
            if counted.is_none() && unit.is_none() && amount.first == floor && floor > 0 && view.is(floor, "a") {
                return None;
            }
            if unit.is_some() && kind == FigureKind::Count {
                kind = FigureKind::Measure;
            }
        }
    } else if kind == FigureKind::Duration && idle_time(view, &amount) {
        return None;
    }
    let spell = counted.is_some_and(|noun: noun::Noun| SPELLS.has(lemma::lemma(view.str(noun.token)).as_ref()));
    if (kind == FigureKind::Duration || spell) && bounded == Bound::MoreThan && during(view, amount.first) {
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
    let noun = counted.map(|noun| noun::name(view, noun.token, amount.next));
    if bounded == Bound::MoreThan && bound::is_idle_over(view, amount.first, noun.as_deref()) {
        (bounded, words) = (Bound::Exact, amount.first);
    }
    let things = kind == FigureKind::Count
        && noun.as_deref().is_some_and(|noun| {
            !matches!(noun, "point" | "seat" | "place" | "job" | "spot" | "position" | "cent" | "vote")
        });
    let value = match kind {
        _ if things => change::Value::Things,
        FigureKind::Duration => change::Value::Time,
        FigureKind::Money if amount.scaled || amount.high >= SMALL_PRICE => change::Value::Amount,
        FigureKind::Measure if !unit.as_deref().is_some_and(|unit| unit.ends_with("_point")) => change::Value::Amount,
        _ => change::Value::Share,
    };
    let signed = view.mark(amount.first, '+');
    let change = if signed && !things {
        Change::Up
    } else if matches!(kind, FigureKind::Age) || amount.low == 1.0 && !amount.in_digits && kind == FigureKind::Count {
        Change::None
    } else if is_multiple && !change::governs(view, words) {
        // "three to five times higher" compares.
        Change::None
    } else {
        change::of(view, &change::Moved { first: words, next: span_end, value })
    };
    low = low.min(high);
    let told = if kind == FigureKind::Count && noun.is_none() { subject::of(view, words, next) } else { None };
    let noun = noun.or_else(|| told.map(|at| lemma::lemma(view.str(at)).into_owned()));
    let quantity = Quantity {
        first: amount.first,
        next: span_end,
        kind,
        low,
        high,
        unit,
        noun,
        noun_token: counted.map(|noun| noun.token).or(told),
        bound: bounded,
        change,
    };
    Some(Found { quantities: vec![quantity], next: go_on })
}

/// "a day or two", "an hour or two": found at the number, which then ends a range that begins with one.
fn or_two(view: &View, amount: Amount, floor: usize) -> Amount {
    let first = amount.first;
    let fits = amount.unit.is_none() && !amount.in_digits && first >= floor + 3 && view.is(first - 1, "or");
    if !fits || !view.any(first - 3, &["a", "an"]) {
        return amount;
    }
    match units::after(view, first - 2).filter(|unit| unit.next == first - 1) {
        Some(unit) => {
            Amount { first: first - 3, low: 1.0, unit: Some(units::Unit { next: amount.next, ..unit }), ..amount }
        }
        None => amount,
    }
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
    if hyphen == 1
        && amount.high < 10.0
        && (view.any(amount.next + 1, LIKENESSES) || is_one && view.is(amount.next + 1, "time"))
    {
        return None;
    }
    let quake = view.any(amount.next, &["quake", "earthquake", "tremor", "temblor", "aftershock"]);
    if quake && amount.in_digits && amount.low.fract() != 0.0 && amount.high <= 10.0 {
        return Some((Some(Cow::Borrowed("magnitude")), None));
    }
    let counted = noun::counted(view, amount.next, is_one || amount.high < 1.0 && amount.low > 0.0)
        .or_else(|| compound(view, amount));
    let word_one = is_one && !amount.in_digits && !amount.scaled;
    if word_one && view.is(amount.first, "one") && !noun::one_counts(view, amount.first, counted) {
        return None;
    }
    if !amount.in_digits && amount.low == 0.0 && counted.is_none() {
        return None;
    }
    Some((None, counted))
}

/// The thing counted in "a 149 vote margin", "an 18 hole course": the first of two nouns behind an article and
/// a number.
fn compound(view: &View, amount: &Amount) -> Option<noun::Noun> {
    let at = amount.next;
    let article = amount.first > 0 && view.any(amount.first - 1, &["a", "an"]) && !view.begins_line(amount.first);
    let nouns = (at..at + 2).all(|i| {
        let low = view.low(i);
        view.is_word(i)
            && !view.joined(i)
            && !view.capital(i)
            && !noun::is_function_word(low.as_str())
            && low.as_str().len() > 2
    });
    (article && amount.in_digits && nouns && !change::is_move(view.low(at).as_str()))
        .then_some(noun::Noun { token: at, adjacent: true })
}

/// "one day", "one second" and the like as turns of phrase, and the half-year that results are of.
fn idle_time(view: &View, amount: &Amount) -> bool {
    // "half-year profit"
    if view.is(amount.first, "half") && view.hyphen(amount.first + 1) && HALF_YEARLY.has(view.low(amount.next).as_str())
    {
        return true;
    }
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
    let noun = if times { None } else { ratio.noun.or_else(|| noun::counted(view, ratio.next, false)) };
    // "one in eight adults lives": one of them has a verb in -s.
    let noun = noun.map(|noun| match noun.token.checked_sub(1) {
        Some(at) if at >= ratio.next && noun::plural(view, at) && !lemma::is_attributive(view.low(at).as_str()) => {
            noun::Noun { token: at, adjacent: at == ratio.next }
        }
        _ => noun,
    });
    let moving = multiplied
        .filter(|_| !view.is(ratio.first, "twice") && !view.str(ratio.first).to_ascii_lowercase().ends_with("fold"));
    let compared = view.is(ratio.next - 1, "times");
    let change = match moving {
        Some((_, times)) if times < 0.0 => Change::Down,
        Some(_) => Change::Up,
        None if compared => {
            if change::governs(view, words) {
                change::of(view, &change::Moved { first: words, next: ratio.next, value: change::Value::Things })
            } else {
                Change::None
            }
        }
        None if times || view.is(ratio.next - 1, "fold") || multiplied.is_some() => {
            change::of(view, &change::Moved { first: words, next: ratio.next, value: change::Value::Share })
        }
        None => Change::None,
    };
    let next = match noun {
        Some(noun::Noun { token, adjacent: true }) if token >= ratio.next => token + 1,
        _ => ratio.next,
    };
    let quantity = Quantity {
        first: ratio.first,
        next,
        kind: FigureKind::Ratio,
        low: ratio.low,
        high: ratio.high,
        unit: None,
        noun_token: noun.map(|noun| noun.token),
        noun: noun
            .map(|noun| noun::name(view, noun.token, if noun.token < ratio.next { ratio.first } else { ratio.next })),
        bound: bounded,
        change,
    };
    Found { quantities: vec![quantity], next }
}
