//! Ordinals ("third", "21st") and ratios ("one in five", "three to one").
//!
//! Told apart from plain numbers by what follows and by the words around; scores were ruled out before.

use super::names::Stretch;
use super::numerals::{self, Form};
use super::scan::{Class, View};
use super::table::Table;
use super::{money, noun, units};

/// What "three in five" are of; three in five cities are three.
static PEOPLE: Table<64> = Table::new(
    "people americans britons children women men adults voters workers households families students teenagers pupils girls boys \
     patients respondents residents companies businesses jobs homes deaths cases employees europeans australians canadians \
     germans parents teachers doctors couples marriages calls",
);

/// An ordinal at token `i`.
pub(super) fn ordinal(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    if view.is_number(i) {
        let suffix = view.joined(i + 1) && view.any(i + 1, &["st", "nd", "rd", "th"]);
        let value = view.number(i).filter(|_| suffix)?;
        // "17st" is a weight.
        if view.is(i + 1, "st") && (value % 10.0 != 1.0 || value == 11.0) {
            return None;
        }
        return Some(Stretch::new(i, i + 2, value, value));
    }
    let (tag, value) = numerals::word(view, i)?;
    if view.hyphen(i + 1) && view.is(i, "second") && view.any(i + 2, &["hand", "guess", "guessed", "guessing"]) {
        return None;
    }
    if tag == b't' {
        let at = i + 1 + usize::from(view.hyphen(i + 1));
        let (b'o', unit) = numerals::word(view, at)? else { return None };
        return (unit < 10.0 && (at > i + 1 || !view.begins_line(at)))
            .then(|| Stretch::new(i, at + 1, value + unit, value + unit));
    }
    // "30 seconds" never comes here; "a second" is a rank far more often than a time.
    (tag == b'o' && !(i > floor && view.is(i - 1, "split"))).then(|| Stretch::new(i, i + 1, value, value))
}

/// A ratio in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ratio {
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) low: f64,
    pub(super) high: f64,
    /// The noun that stands inside ("one voter in two").
    pub(super) noun: Option<noun::Noun>,
}

/// "one in five", "9 out of 10", "three to one", "5:1", "ten times as many", "twice the", "12 per
/// 100,000" from the numeral at token `i` on.
pub(super) fn ratio(view: &View, i: usize, floor: usize) -> Option<Ratio> {
    if let Some((b'x', times)) = numerals::word(view, i) {
        return multiplied(view, i, times);
    }
    let left = numerals::at(view, i, floor, false)
        .filter(|numeral| numeral.form == Form::Digits || numeral.form == Form::Words)?;
    let found = |next: usize, value: f64| Some(Ratio { first: left.first, next, low: value, high: value, noun: None });
    let j = left.next;
    let plain = left.scale == 1.0 && left.low >= 0.0;
    let hyphen = usize::from(view.hyphen(j));
    let word = j + hyphen;
    let after_word = word + 1 + usize::from(view.hyphen(word + 1));
    let out_of = view.is(j, "out") && view.is(j + 1, "of");
    // "two of every three children"
    let of_every = view.is(j, "of") && view.is(j + 1, "every");
    if plain && (view.is(word, "in") || out_of || of_every) {
        let out = out_of || of_every;
        let at = if out_of {
            j + 2
        } else if of_every {
            j + 1
        } else {
            after_word
        };
        let article = usize::from(view.any(at, &["every", "a"])) * (1 + usize::from(view.hyphen(at + 1)));
        let whole = |i: usize| match numerals::word(view, i) {
            Some((b's' | b'h', power)) if article > 0 => {
                Some(numerals::Numeral::exact(i, i + 1, 10f64.powf(power), Form::Words))
            }
            _ => numerals::at(view, i, i, false),
        };
        let right = whole(at + article).filter(|right| right.form == left.form || right.low >= 10.0)?;
        let round = right.low <= 10.0 || right.low % 10.0 == 0.0 || matches!(right.low as u32, 12 | 15);
        let timed =
            units::after(view, right.next).is_some_and(|unit| unit.kind != crate::figure::FigureKind::Percent) && !out;
        let more = view.class(right.next) == Class::Currency || view.hyphen(right.next) && !view.hyphen(j);
        let year =
            !out && right.form == Form::Digits && (1900.0..=2100.0).contains(&right.low) && !view.str(at).contains(',');
        let fits = left.low < right.low
            && left.low <= 100.0
            && (round || out && view.is_number(i))
            && !timed
            && !more
            && !year;
        // "three in 10 days", "two in 2020" and "one in two cities" stay counts.
        let cities = !out
            && !view.is(right.next, "of")
            && right.low <= 10.0
            && left.low > 1.0
            && noun::counted(view, right.next, false).is_some_and(|noun| {
                // "seven in 10 Mexicans"
                let is_people = view.capital(noun.token) && !view.title_case(noun.token);
                !is_people && !PEOPLE.has(view.low(noun.token).as_str())
            });
        return if fits && !cities { found(right.next, left.low / right.low) } else { None };
    }
    if let Some(inner) = one_of_each(view, &left) {
        return Some(inner);
    }
    if view.is(j, "per") && view.is_number(j + 1)
        || view.any(j, &["per"]) && view.any(j + 1, &["thousand", "hundred", "million"])
    {
        let right = match numerals::at(view, j + 1, j + 1, false) {
            Some(right) => right,
            None => {
                let (_, power) = numerals::word(view, j + 1)?;
                numerals::Numeral::exact(j + 1, j + 2, 10f64.powf(power), Form::Words)
            }
        };
        return if right.low >= 100.0 { found(right.next, left.low / right.low) } else { None };
    }
    // "14:00.21" is a time.
    let colon = view.mark(j, ':')
        && view.joined(j)
        && view.joined(j + 1)
        && view.is_number(j + 1)
        && !view.str(j + 1).starts_with('0');
    let to = view.is(word, "to") && (hyphen == 1 || plain);
    if (colon || to) && plain {
        let at = if colon { j + 1 } else { after_word };
        let right = numerals::at(view, at, at, false).filter(|right| right.form == left.form && right.scale == 1.0)?;
        let contest = view.hyphen(j) || colon || right.low == 1.0;
        let fits = right.low > 0.0 && left.low > right.low && contest && units::after(view, right.next).is_none();
        return if fits { found(right.next, left.low / right.low) } else { None };
    }
    times(view, left)
}

/// "one voter in two", "one job in ten".
fn one_of_each(view: &View, left: &numerals::Numeral) -> Option<Ratio> {
    let at = left.next;
    if left.low != 1.0 || left.high != 1.0 || left.scale != 1.0 || !view.is_word(at) || view.begins_line(at) {
        return None;
    }
    let tail = at + 1 + usize::from(view.is(at + 2, "in"));
    if !view.is(tail, "in") || noun::ends_phrase(view.low(at).as_str()) || noun::plural(view, at) {
        return None;
    }
    let whole = tail + 1 + usize::from(view.is(tail + 1, "every"));
    let right = numerals::at(view, whole, whole, false).filter(|right| right.scale == 1.0 && right.low >= 2.0)?;
    let thing = noun::counted(view, right.next, false).is_some() && !view.is(right.next, "of");
    let alone =
        !thing && units::after(view, right.next).is_none() && money::after(view, right.next, 1.0, false).is_none();
    let round = right.low <= 10.0 || right.low % 10.0 == 0.0 || matches!(right.low as u32, 12 | 15);
    (alone && round && right.form != Form::Share).then(|| Ratio {
        first: left.first,
        next: right.next,
        low: 1.0 / right.low,
        high: 1.0 / right.low,
        noun: Some(noun::Noun { token: tail - 1, adjacent: false }),
    })
}

/// "three times as many", "10 times higher", "five-fold", "5x".
fn times(view: &View, left: numerals::Numeral) -> Option<Ratio> {
    let j = left.next;
    let found = |next: usize| Some(Ratio { first: left.first, next, low: left.low, high: left.high, noun: None });
    let fold = if view.hyphen(j) { j + 1 } else { j };
    if view.is(fold, "fold") || view.is(j, "x") && view.joined(j) && !view.is_number(j + 1) {
        return found(fold + 1);
    }
    if is_multiple(view, j, left.low) { found(j + 1) } else { None }
}

/// Whether "times" at token `j` multiplies and counts no times.
pub(super) fn is_multiple(view: &View, j: usize, value: f64) -> bool {
    if !view.any(j, &["times"]) || view.begins_line(j) {
        return false;
    }
    // "from 2.2 times": nothing happens so often.
    if value.fract() != 0.0 {
        return !view.any(j + 1, &["a", "an", "per", "each", "every"]);
    }
    // "four times as Most Valuable Player" counts times.
    !(view.is(j + 1, "as") && (view.capital(j + 2) || view.any(j + 2, &["a", "an", "the"])))
        && view.any(
            j + 1,
            &[
                "as", "more", "higher", "greater", "larger", "bigger", "faster", "less", "lower", "fewer", "smaller",
                "longer", "stronger", "likelier", "worse", "better", "that", "what", "cheaper", "heavier", "hotter",
                "quicker", "deadlier", "richer",
            ],
        )
        || view.any(j + 1, &["the", "its", "their", "his", "her"]) && !view.any(j + 2, &["day", "week"])
        || view.any(
            j + 1,
            &["earnings", "sales", "revenue", "ebitda", "normal", "usual", "average", "capacity", "book", "annual"],
        )
}

/// "twice as many", "doubled", "threefold".
fn multiplied(view: &View, i: usize, times: f64) -> Option<Ratio> {
    let value = if times < 0.0 { 1.0 / -times } else { times };
    let fits = !view.is(i, "twice") || view.any(i + 1, &["as", "the", "that", "its", "their", "what", "more"]);
    // "halved" and "doubled" need a verb's surroundings: "doubled over", "doubled down" are idioms.
    let idiom = view.any(i + 1, &["down"]) && view.str(i).to_ascii_lowercase().starts_with("doubl");
    let digit = view.hyphen(i + 1);
    (fits && !idiom && !digit).then_some(Ratio { first: i, next: i + 1, low: value, high: value, noun: None })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn ordinals() {
        check("the twenty-first", &["ordinal 21"]);
        check("its 100th", &["ordinal 100"]);
        check("a third term", &["ordinal 3"]);
    }

    #[test]
    fn ratios() {
        check("one in five voters", &["ratio 0.2 voter"]);
        check("9 out of 10", &["ratio 0.9"]);
        check("nearly one voter in two", &["ratio 0.5 voter ~"]);
        check("one man in two cars", &["count 1 man", "count 2 car"]);
        check("four in five of the firms", &["ratio 0.8 firm"]);
        check("one in eight adults lives", &["ratio 0.125 adult"]);
        check("by a factor of 16", &["ratio 16"]);
        check("three to one", &["ratio 3"]);
        check("5:1", &["ratio 5"]);
        check("three times as many", &["ratio 3"]);
        check("a 10-fold rise", &["ratio 10 up"]);
        check("12 deaths per 100,000", &["ratio 0.00012 death"]);
        check("three times a day", &["count 3 time"]);
        check("two of every three children", &["ratio 0.6666666666666666 child"]);
        check("seven in 10 Mexicans", &["ratio 0.7 mexican"]);
        check("five times normal", &["ratio 5"]);
        check("rose to 3.1 times EBITDA from 2.2 times", &["ratio 3.1 up", "ratio 2.2"]);
        check("three to five times higher", &["ratio 3..5"]);
        check("3.5 times a year", &["count 3.5 time"]);
        check("three to five times a week", &["count 3..5 time"]);
        check("two in 2020", &["count 2", "date 2020"]);
    }
}
