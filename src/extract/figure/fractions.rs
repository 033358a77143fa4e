//! Shares and parts: "two-thirds", "a tenth", "half a million", "three-quarters of a mile", "2½", "1/40".
//!
//! Decides when "third" and "quarter" are parts and not ranks or months. Feeds [`super::numerals`].

use super::numerals::{Form, Numeral, word};
use super::scan::{Class, View};
use super::table::Table;
use super::units;

/// Words that may follow a bare "a third" or "a tenth" which is a share; anything else follows a rank
/// ("a third term").
static AFTER_SHARE: Table<128> = Table::new(
    "of in to on from by as more less fewer higher lower smaller larger bigger cheaper greater since this last over compared \
     after between and or but during for at than that which when while with within below above were was are is \
     say said have had who saying believe think",
);

/// Words before "a third", "half" or "a quarter" that measure with it.
static BEFORE_SHARE: Table<32> = Table::new(
    "by than to from nearly almost about around roughly over under approximately only just barely exactly least most \
     some up down least",
);

/// Words after "a third" that make it a share whatever stands before.
static COMPARISONS: Table<32> = Table::new(
    "of more less fewer higher lower smaller larger bigger cheaper greater longer shorter as since compared below above",
);

/// Verbs and the like before "half the", "half of".
static BEFORE_HALF: Table<64> = Table::new(
    "lost make making lose had has have were was is are own owns took take cut to as represents where killed kill say said",
);

/// Units that "half a" and "quarter-" measure.
static WHOLES: Table<64> = Table::new(
    "mile hour century point percentage percent per decade kilometre kilometer inch gallon acre tonne ton pound metre meter km \
     minute second day year litre pint ounce degree",
);

/// The value of one sign such as `½`.
pub(super) fn sign(sign: &str) -> Option<f64> {
    Some(match sign {
        "½" => 1.0 / 2.0,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "¼" => 1.0 / 4.0,
        "¾" => 3.0 / 4.0,
        "⅕" => 1.0 / 5.0,
        "⅖" => 2.0 / 5.0,
        "⅗" => 3.0 / 5.0,
        "⅘" => 4.0 / 5.0,
        "⅙" => 1.0 / 6.0,
        "⅚" => 5.0 / 6.0,
        "⅛" => 1.0 / 8.0,
        "⅜" => 3.0 / 8.0,
        "⅝" => 5.0 / 8.0,
        "⅞" => 7.0 / 8.0,
        _ => return None,
    })
}

/// "3/4" from token `i` on: value and next token. Dates were looked for before.
pub(super) fn slash(view: &View, i: usize) -> Option<(f64, usize)> {
    if !(view.mark(i + 1, '/') && view.joined(i + 1) && view.is_number(i + 2) && view.joined(i + 2)) {
        return None;
    }
    let more = view.mark(i + 3, '/') && view.joined(i + 3);
    // "2022/08504" is a code.
    let digits = |i: usize| Some(view.str(i)).filter(|digits| !digits.starts_with('0'));
    let whole = |i: usize| digits(i)?.parse::<u32>().ok().map(f64::from);
    let (above, below) = (whole(i)?, whole(i + 2)?);
    (!more && below > 1.0).then_some((above / below, i + 3))
}

/// "-1/4" behind a whole number, from the hyphen at token `i` on, as prices of crops and bonds are written.
pub(super) fn hyphened(view: &View, i: usize) -> Option<(f64, usize)> {
    let below =
        view.number(i + 3).filter(|below| matches!(*below as u32, 2 | 4 | 8 | 16 | 32 | 64) && below.fract() == 0.0);
    let (share, next) = below.and_then(|_| slash(view, i + 1))?;
    (view.hyphen(i) && share < 1.0).then_some((share, next))
}

/// "and a half", "and three quarters" from token `i` on.
pub(super) fn and_part(view: &View, i: usize) -> Option<(f64, usize)> {
    if let Some(half) = and_half(view, i) {
        return Some(half);
    }
    if !view.is(i, "and") && !view.mark(i, '&') {
        return None;
    }
    let (b'u', n) = word(view, i + 1)? else { return None };
    parts(view, i + 2, n)
}

/// "and a half", "and a quarter" from token `i` on.
pub(super) fn and_half(view: &View, i: usize) -> Option<(f64, usize)> {
    // "and-a-half" is written with hyphens as well.
    let mut at = i + usize::from(view.hyphen(i));
    let step = |at: usize| at + 1 + usize::from(view.hyphen(at + 1));
    if !view.is(at, "and") {
        return None;
    }
    at = step(at);
    if !view.any(at, &["a", "one"]) {
        return None;
    }
    at = step(at);
    match word(view, at)? {
        (b'b', _) => Some((0.5, at + 1)),
        (b'q', _) => Some((0.25, at + 1)),
        (b'o', below) if (3.0..=20.0).contains(&below) => Some((1.0 / below, at + 1)),
        _ => None,
    }
}

/// Parts in the plural at token `i`, `n` of them.
pub(super) fn parts(view: &View, i: usize, n: f64) -> Option<(f64, usize)> {
    let (b'p', below) = word(view, i)? else { return None };
    // Four quarters and more are a time.
    let timed = view.is(i, "quarters") && n > 3.0 && !view.is(i + 1, "of");
    (!timed).then_some((n / below, i + 1))
}

/// "two-thirds", "one quarter" from the numerator at token `i` on.
pub(super) fn counted_parts(view: &View, i: usize, n: f64) -> Option<Numeral> {
    let hyphen = view.hyphen(i + 1);
    let at = if hyphen { i + 2 } else { i + 1 };
    if let Some((share, next)) = parts(view, at, n) {
        // "three quarters of growth" are three months each.
        let counted = i > 0
            && view
                .any(i - 1, &["next", "last", "past", "first", "previous", "final", "consecutive", "latest", "recent"])
            && (!view.is(next, "of") || view.is_number(next + 1));
        // "in seven quarters", "contracted for two quarters in a row"
        let timed = view.is(at, "quarters")
            && !view.is(next, "of")
            && (n != 3.0
                || !hyphen && i > 0 && view.any(i - 1, &["in", "for", "within", "these", "those", "after"])
                || view.any(next, &["running", "straight"])
                || view.is(next, "in") && view.is(next + 1, "a") && view.is(next + 2, "row"));
        let quarters = counted
            || timed
            || view.is(at, "quarters")
                && view.any(next, &["of"])
                && !hyphen
                && view.any(next + 1, &["growth", "decline", "contraction", "losses"]);
        return (!quarters).then(|| of_a(view, Numeral::exact(i, next, share, Form::Share)));
    }
    if n != 1.0 {
        return None;
    }
    let below = match word(view, at)? {
        (b'o', below) if below >= 3.0 => below,
        (b'q', _) => 4.0,
        (b'b', _) => 2.0,
        _ => return None,
    };
    (hyphen || share_follows(view, at + 1)).then(|| of_a(view, Numeral::exact(i, at + 1, 1.0 / below, Form::Share)))
}

/// "a third", "a quarter" whose last word stands at token `i`.
pub(super) fn part(view: &View, i: usize, floor: usize, below: f64) -> Option<Numeral> {
    let quarter = view.is(i, "quarter");
    if let Some(whole) = of_a_whole(view, i, 1.0 / below).filter(|_| quarter) {
        return Some(whole);
    }
    let article = i.checked_sub(1).filter(|&at| at >= floor && view.any(at, &["a", "an"]))?;
    if below < 3.0 || !share_follows(view, i + 1) {
        return None;
    }
    let measured = article > 0 && !view.begins_line(article) && BEFORE_SHARE.has(view.low(article - 1).as_str());
    let compared = COMPARISONS.has(view.low(i + 1).as_str());
    let alone = article == 0 && !view.is_word(i + 1);
    if !(measured || compared || alone) {
        return None;
    }
    let of_whole = view.is(i + 1, "of") && !view.any(i + 2, &["fiscal", "this", "last"]) && !view.is_number(i + 2);
    if quarter && !measured && !of_whole {
        return None;
    }
    Some(of_a(view, Numeral::exact(article, i + 1, 1.0 / below, Form::Share)))
}

fn share_follows(view: &View, next: usize) -> bool {
    !view.is_word(next) && !view.hyphen(next) && view.class(next) != Class::Number
        || view.is_word(next) && AFTER_SHARE.has(view.low(next).as_str())
}

/// "half a million", "half an hour", "half of voters", "by half" at token `i`.
pub(super) fn half(view: &View, i: usize, floor: usize) -> Option<Numeral> {
    if let Some(whole) = of_a_whole(view, i, 0.5) {
        return Some(whole);
    }
    let before = i.checked_sub(1).filter(|&at| at >= floor);
    if is_article(view, before)
        && i >= floor + 2
        && BEFORE_SHARE.has(view.low(i - 2).as_str())
        && share_follows(view, i + 1)
    {
        return Some(of_a(view, Numeral::exact(i - 1, i + 1, 0.5, Form::Share)));
    }
    // What comes before may belong to a figure: "the second half of the year".
    let ranked = i > 0
        && (matches!(word(view, i - 1), Some((b'o', _)))
            || view.any(i - 1, &["other", "better", "last", "next", "latter", "opening", "closing"]));
    if ranked {
        return None;
    }
    let is_before = |words: &[&str]| before.is_some_and(|at| view.any(at, words));
    let article = is_before(&["a", "one"]);
    let begins =
        before.is_none_or(|at| !view.is_word(at)) || article || is_before(&["and", "that", "in", "with", "or", "for"]);
    let measured = before.is_some_and(|at| BEFORE_SHARE.has(view.low(at).as_str()));
    let verb = before.is_some_and(|at| view.str(at).ends_with("ed") || BEFORE_HALF.has(view.low(at).as_str()));
    let of = view.is(i + 1, "of") && !view.is_number(i + 2);
    let the = view.any(i + 1, &["the", "its", "their", "his", "her", "our", "all", "that", "those", "these"]);
    let share = (of || the) && (begins || measured || verb) || (measured && share_follows(view, i + 1));
    if !share || view.hyphen(i + 1) || is_before(&["in"]) && !of {
        return None;
    }
    let first = if article { i - 1 } else { i };
    Some(of_a(view, Numeral::exact(first, i + 1, 0.5, Form::Share)))
}

fn is_article(view: &View, at: Option<usize>) -> bool {
    at.is_some_and(|at| view.any(at, &["a", "an"]))
}

/// A part of one whole with a name: "half a million", "half-mile", "quarter-point", "quarter of a million".
fn of_a_whole(view: &View, i: usize, share: f64) -> Option<Numeral> {
    let hyphen = view.hyphen(i + 1);
    let mut at = if hyphen { i + 2 } else { i + 1 };
    let apart = view.any(at, &["a", "an"]);
    at += usize::from(apart);
    if let Some((tag, value)) = word(view, at)
        && matches!(tag, b's' | b'z')
    {
        let scale = if tag == b's' { 10f64.powf(value) } else { value };
        return Some(Numeral { scale, ..Numeral::exact(i, at + 1, share * scale, Form::Words) });
    }
    // The unit is left to whoever asked; only what must be a unit counts.
    let measure = WHOLES.has(view.low(at).as_str());
    if apart && view.any(at, &["point"]) {
        return Some(Numeral::exact(i, at, share, Form::Words));
    }
    if measure && (apart || hyphen || view.is(at, "point")) && units::after(view, at).is_some() {
        return Some(Numeral::exact(i, at, share, Form::Words));
    }
    let whole = of_a(view, Numeral::exact(i, i + 1, share, Form::Share));
    (whole.form != Form::Share).then_some(whole)
}

/// A share "of a million", "of a mile", "of one percent" is no share any more but that much of it.
fn of_a(view: &View, share: Numeral) -> Numeral {
    let mut at = share.next;
    if !view.is(at, "of") {
        // "three-quarters mile" and "two-thirds million" do without.
        let at = at + usize::from(view.hyphen(at));
        if let Some((b's', power)) = word(view, at) {
            let scale = 10f64.powf(power);
            return Numeral { scale, ..Numeral::exact(share.first, at + 1, share.low * scale, Form::Words) };
        }
        return match units::after(view, at) {
            Some(_) => Numeral { form: Form::Words, ..share },
            None => share,
        };
    }
    at += 1;
    if !view.any(at, &["a", "an", "one"]) && view.str(at) != "1" {
        return share;
    }
    at += 1;
    if let Some((b's', power)) = word(view, at) {
        let scale = 10f64.powf(power);
        return Numeral { scale, ..Numeral::exact(share.first, at + 1, share.low * scale, Form::Words) };
    }
    match units::after(view, at) {
        Some(_) => Numeral { next: at, form: Form::Words, ..share },
        None => share,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn shares() {
        check("nearly two-thirds", &["ratio 0.6666666666666666 ~"]);
        check("a tenth", &["ratio 0.1"]);
        check("by a third", &["ratio 0.3333333333333333"]);
        check("half of voters", &["ratio 0.5"]);
        check("in three quarters of cases", &["ratio 0.75"]);
        check("only a quarter of it", &["ratio 0.25"]);
    }

    #[test]
    fn parts_of_something() {
        check("half a million", &["count 500000"]);
        check("half an hour", &["duration 0.5 hour"]);
        check("half a second quicker", &["duration 0.5 second"]);
        check("three-quarters of a mile", &["measure 0.75 mile"]);
        check("two and a half years", &["duration 2.5 year"]);
        check("two-and-a-half years", &["duration 2.5 year"]);
        check("a year and a half", &["duration 1.5 year"]);
        check("one-tenth of 1 percent", &["percent 0.1 percent"]);
        check("a quarter-point cut", &["measure 0.25 percentage_point down"]);
    }

    #[test]
    fn no_shares() {
        check("in the second half", &["ordinal 2"]);
        check("at half-time", &[]);
        check("for the quarter", &[]);
        check("the next three quarters", &["count 3 quarter"]);
        check("first in seven quarters", &["ordinal 1", "count 7 quarter"]);
        check("shrank for three quarters running", &["count 3 quarter"]);
        check("two quarters in a row", &["count 2 quarter"]);
        check("twenty-four quarters", &["count 24 quarter"]);
        check("the last three quarters of 2023", &["count 3 quarter", "date 2023"]);
        check("and a fourth from Germany", &["ordinal 4"]);
    }
}
