//! Numerals: digits or words, with their scale ("1.2 million", "twenty-one", "half a million",
//! "dozens", "two and a half"), as a value or a range of values.
//!
//! Does not look at what is counted or measured, except where "half an hour" needs it.

use super::scan::{Class, View};
use super::table::Table;
use super::{fractions, scales};
use crate::figure::decimal;

/// Every word that a numeral may consist of, or begin with: what it is, and its value.
///
/// `u` 0..19, `t` tens, `h` hundred, `s` a power of ten, `z` dozen; `v` vague plurals, a power of ten
/// (`d` dozens, `e` scores); `o` ordinals and the parts they name, `p` parts in the plural, `q` quarter,
/// `b` half; `x` multipliers.
pub(super) static WORDS: Table<256> = Table::new(
    "zero=u0 nought=u0 naught=u0 one=u1 two=u2 three=u3 four=u4 five=u5 six=u6 seven=u7 eight=u8 nine=u9 ten=u10 \
     eleven=u11 twelve=u12 thirteen=u13 fourteen=u14 fifteen=u15 sixteen=u16 seventeen=u17 eighteen=u18 \
     nineteen=u19 twenty=t20 thirty=t30 forty=t40 fourty=t40 fifty=t50 sixty=t60 seventy=t70 eighty=t80 \
     ninety=t90 hundred=h2 thousand=s3 million=s6 billion=s9 trillion=s12 quadrillion=s15 lakh=s5 crore=s7 \
     lakhs=s5 crores=s7 dozen=z12 tens=v1 hundreds=v2 thousands=v3 millions=v6 billions=v9 \
     trillions=v12 dozens=d12 scores=e20 \
     first=o1 second=o2 third=o3 fourth=o4 fifth=o5 sixth=o6 seventh=o7 eighth=o8 ninth=o9 tenth=o10 \
     eleventh=o11 twelfth=o12 thirteenth=o13 fourteenth=o14 fifteenth=o15 sixteenth=o16 seventeenth=o17 \
     eighteenth=o18 nineteenth=o19 twentieth=o20 thirtieth=o30 fortieth=o40 fiftieth=o50 sixtieth=o60 \
     seventieth=o70 eightieth=o80 ninetieth=o90 hundredth=o100 thousandth=o1000 millionth=o1000000 billionth=o1000000000 trillionth=o1000000000000 \
     halves=p2 thirds=p3 quarters=p4 fourths=p4 fifths=p5 sixths=p6 sevenths=p7 eighths=p8 ninths=p9 \
     tenths=p10 twelfths=p12 sixteenths=p16 twentieths=p20 hundredths=p100 thousandths=p1000 thirtieths=p30 millionths=p1000000 billionths=p1000000000 \
     quarter=q4 half=b2 \
     twice=x2 doubled=x2 doubling=x2 tripled=x3 tripling=x3 trebled=x3 trebling=x3 quadrupled=x4 \
     quadrupling=x4 quintupled=x5 halved=x-2 halving=x-2 twofold=x2 threefold=x3 fourfold=x4 fivefold=x5 \
     sixfold=x6 sevenfold=x7 eightfold=x8 ninefold=x9 tenfold=x10 hundredfold=x100",
);

/// Suffixes that scale a number they touch, as powers of ten; in any case. `m` and `t` only scale money
/// for certain.
static SUFFIXES: Table<64> = Table::new(
    "k=3 m=6 mn=6 mln=6 mil=6 mio=6 mm=6 b=9 bn=9 bln=9 t=12 tn=12 trn=12 tln=12 cr=7 crore=7 lakh=5 lac=5 \
     million=6 billion=9 trillion=12 thousand=3",
);

/// Abbreviated scales that may also stand apart ("£3 bn").
static APART: Table<16> = Table::new("mn=6 mln=6 bn=9 bln=9 tn=12 trn=12 tln=12 lac=5 cr=7");

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Digits, perhaps with a scale.
    Digits,
    /// Words.
    Words,
    /// A share of one ("two-thirds", "1/40").
    Share,
    /// Words that leave the value open ("dozens", "several hundred").
    Vague,
}

/// A numeral in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    /// First token.
    pub(super) first: usize,
    /// One past its last token.
    pub(super) next: usize,
    pub(super) low: f64,
    pub(super) high: f64,
    /// What the scale words multiply: 1e6 in "3 million", 1 in "3".
    pub(super) scale: f64,
    pub(super) form: Form,
}

impl Numeral {
    pub(super) fn exact(first: usize, next: usize, value: f64, form: Form) -> Self {
        Numeral { first, next, low: value, high: value, scale: 1.0, form }
    }

    /// Multiplies by scale words that end before `next`.
    pub(super) fn scaled(mut self, scale: f64, next: usize) -> Self {
        self.low *= scale;
        self.high *= scale;
        self.scale *= scale;
        self.next = next;
        self
    }
}

/// A word of [`WORDS`]: its tag and value.
pub(super) fn word(view: &View, i: usize) -> Option<(u8, f64)> {
    let low = view.low(i);
    let value = WORDS.get(low.as_str())?;
    Some((value.as_bytes()[0], value[1..].parse().ok()?))
}

/// The numeral that begins at token `i`, or whose "a", "several" or the like stands before `i` but not
/// before `floor`. `money` says that a currency sign precedes, which settles what `m` and `t` mean.
pub(super) fn at(view: &View, i: usize, floor: usize, money: bool) -> Option<Numeral> {
    match view.class(i) {
        Class::Number => in_digits(view, i, money),
        Class::Fraction => {
            let part = Numeral::exact(i, i + 1, fractions::sign(view.str(i))?, Form::Share);
            in_language(view, part, money)
        }
        Class::Word => in_words(view, i, floor, money),
        _ => None,
    }
}

fn in_digits(view: &View, i: usize, money: bool) -> Option<Numeral> {
    let value = view.number(i)?;
    let mut numeral = Numeral::exact(i, i + 1, value, Form::Digits);
    if let Some((share, next)) = fractions::slash(view, i) {
        numeral = Numeral::exact(i, next, share, Form::Share);
    } else if let Some((value, next)) = power(view, i, value) {
        return Some(Numeral::exact(i, next, value, Form::Digits));
    } else if value.fract() == 0.0 {
        let share = match view.class(i + 1) {
            Class::Fraction => fractions::sign(view.str(i + 1)).map(|share| (share, i + 2)),
            Class::Number => fractions::slash(view, i + 1).filter(|&(share, _)| share < 1.0),
            _ => fractions::hyphened(view, i + 1).or_else(|| fractions::and_part(view, i + 1)),
        };
        if let Some((share, next)) = share {
            numeral = Numeral::exact(i, next, value + share, Form::Digits);
        }
    }
    in_language(view, numeral, money)
}

/// Takes in the scales that follow, in the language of the text.
fn in_language(view: &View, numeral: Numeral, money: bool) -> Option<Numeral> {
    if view.has_words() { Some(with_scale(view, numeral, money)) } else { scales::scaled(view, numeral, money) }
}

/// Scientific notation: "4e14", "2.5×10^-5", "10^6".
fn power(view: &View, i: usize, value: f64) -> Option<(f64, usize)> {
    // Keeps the result finite and far from rounding to nothing.
    const MOST: f64 = 60.0;
    let signed = |at: usize| -> Option<(f64, usize)> {
        let minus = view.mark(at, '-');
        let digits = at + usize::from(minus || view.mark(at, '+'));
        let exponent = view.number(digits).filter(|e| view.joined(digits) && *e <= MOST && e.fract() == 0.0)?;
        Some((if minus { -exponent } else { exponent }, digits + 1))
    };
    if view.is(i + 1, "e") && view.joined(i + 1) {
        let (exponent, next) = signed(i + 2)?;
        return Some((decimal(value * 10f64.powf(exponent)), next));
    }
    let times = view.mark(i + 1, '\u{d7}') || (view.is(i + 1, "x") && view.joined(i + 1));
    if times && view.str(i + 2) == "10" {
        let (exponent, next) = signed(i + 3 + usize::from(view.mark(i + 3, '^')))?;
        return Some((decimal(value * 10f64.powf(exponent)), next));
    }
    None
}

/// Takes in the scale words and suffixes of English that follow.
fn with_scale(view: &View, numeral: Numeral, money: bool) -> Numeral {
    let mut numeral = numeral;
    let j = numeral.next;
    if view.joined(j) && view.is_word(j) && numeral.form != Form::Vague {
        match suffix(view, j, money) {
            Some(power) => return numeral.scaled(ten_to(power), j + 1),
            None if SUFFIXES.has(view.low(j).as_str()) => return numeral,
            None => {}
        }
    }
    loop {
        let j = numeral.next;
        let k = if view.hyphen(j) { j + 1 } else { j };
        if view.joined(k) && k == j || view.begins_line(k) {
            break;
        }
        let scale = match word(view, k) {
            Some((b's', power)) => 10f64.powf(power),
            Some((b'h', power)) if numeral.scale == 1.0 => 10f64.powf(power),
            Some((b'z', dozen)) if numeral.scale == 1.0 => dozen,
            Some((b'v', power)) if numeral.form == Form::Vague && power >= 3.0 => 10f64.powf(power),
            Some((b'd', dozen)) if numeral.form != Form::Vague => dozen,
            _ => match APART.get(view.low(k).as_str()) {
                Some(power) => ten_to(power),
                None if money && k == j && view.any(k, &["m", "b", "k"]) => {
                    ten_to(SUFFIXES.get(view.low(k).as_str()).unwrap_or("0"))
                }
                None => break,
            },
        };
        // "thousand million" is as large as any text of news needs.
        if numeral.scale * scale > 1e18 {
            break;
        }
        numeral = numeral.scaled(scale, k + 1);
    }
    if numeral.scale >= 1e3
        && let Some((share, next)) = fractions::and_half(view, numeral.next)
    {
        numeral.low += share * numeral.scale;
        numeral.high += share * numeral.scale;
        numeral.next = next;
    }
    numeral
}

/// The power of ten that a suffix at token `j`, which touches a number, scales it by, if it does for certain.
pub(super) fn suffix(view: &View, j: usize, money: bool) -> Option<&'static str> {
    let low = view.low(j);
    let power = SUFFIXES.get(low.as_str())?;
    let certain = match low.as_str() {
        // "3M Post-It notes" are of a firm.
        "m" if !money && view.str(j) == "M" && view.capital(j + 1) && !view.title_case(j) => false,
        "m" => money || millions_follow(view, j + 1) || view.str(j) == "M" && !view.is_word(j + 1),
        "mm" | "mil" => money,
        "t" => money,
        "b" => money || !view.is_word(j + 1) || millions_follow(view, j + 1),
        "k" => money || view.str(j) == "k" || things_follow(view, j + 1),
        _ => true,
    };
    certain.then_some(power)
}

pub(super) fn ten_to(power: &str) -> f64 {
    10f64.powi(power.parse().unwrap_or(0))
}

/// Whether a number with the suffix `m` counts millions: things follow that one can count.
fn millions_follow(view: &View, next: usize) -> bool {
    things_follow(view, next) || view.any(next, &["-"])
}

fn things_follow(view: &View, next: usize) -> bool {
    super::noun::plural_follows(view, next) || super::money::noun_follows(view, next)
}

fn in_words(view: &View, i: usize, floor: usize, money: bool) -> Option<Numeral> {
    let (tag, value) = word(view, i)?;
    let before = |k: usize| i.checked_sub(k).filter(|&at| at >= floor);
    match tag {
        b'u' | b't' => {
            if let Some(share) = fractions::counted_parts(view, i, value) {
                return Some(share);
            }
            let (value, scale, next) = cardinal(view, i)?;
            let mut numeral = Numeral { scale, ..Numeral::exact(i, next, value, Form::Words) };
            if let Some((decimals, next)) = point(view, next) {
                numeral = Numeral::exact(i, next, decimal(value + decimals), Form::Words);
            } else if scale == 1.0
                && next > i + 1
                && let Some((share, next)) = fractions::parts(view, next + usize::from(view.hyphen(next)), value)
            {
                // "twenty-three fifths"
                return Some(Numeral::exact(i, next, share, Form::Share));
            } else if scale == 1.0
                && let Some((share, next)) = fractions::and_part(view, next)
            {
                numeral = Numeral::exact(i, next, value + share, Form::Words);
            }
            Some(with_scale(view, numeral, money))
        }
        b'h' | b's' | b'z' => {
            let at = before(1)?;
            let (first, low, high, form) = match () {
                _ if view.any(at, &["a", "an"]) => {
                    if let Some((value, scale, next)) = cardinal(view, at) {
                        let numeral = Numeral { scale, ..Numeral::exact(at, next, value, Form::Words) };
                        return Some(with_scale(view, numeral, money));
                    }
                    (at, 1.0, 1.0, Form::Words)
                }
                _ if view.is(at, "several") => (at, 3.0, 9.0, Form::Vague),
                _ if view.is(at, "few") => {
                    let first = if before(2).is_some_and(|k| view.is(k, "a")) { at - 1 } else { at };
                    (first, 2.0, 5.0, Form::Vague)
                }
                _ if view.is(at, "couple") => (at - usize::from(before(2).is_some()), 2.0, 2.0, Form::Vague),
                _ if view.is(at, "of") && before(2).is_some_and(|k| view.is(k, "couple")) => {
                    (at - 1 - usize::from(before(3).is_some()), 2.0, 2.0, Form::Vague)
                }
                _ if tag == b'h' && matches!(word(view, i + 1), Some((b's', _))) => (i, 1.0, 1.0, Form::Words),
                _ => return None,
            };
            let vague = Numeral { low, high, ..Numeral::exact(first, i, low, form) };
            let numeral = with_scale(view, vague, money);
            (numeral.next > i).then_some(numeral)
        }
        b'v' | b'd' | b'e' => vague(view, i, floor, tag, value),
        b'b' => fractions::half(view, i, floor),
        b'q' | b'o' => fractions::part(view, i, floor, value),
        _ => None,
    }
}

/// "dozens", "scores of", "hundreds of thousands": a decade of values, for want of anything better;
/// dozens begin at two of them and end at a hundred.
fn vague(view: &View, i: usize, floor: usize, tag: u8, value: f64) -> Option<Numeral> {
    let (low, high) = match tag {
        b'd' => (24.0, 100.0),
        b'e' if view.is(i + 1, "of") => (40.0, 100.0),
        b'v' => (10f64.powf(value), 10f64.powf(value + 1.0)),
        _ => return None,
    };
    if i > floor && (view.is_number(i - 1) || view.is(i - 1, "per")) {
        return None;
    }
    let mut numeral = Numeral { low, high, ..Numeral::exact(i, i + 1, low, Form::Vague) };
    if view.is(i + 1, "of")
        && let Some((b'v', power)) = word(view, i + 2)
        && power >= 3.0
    {
        numeral = numeral.scaled(10f64.powf(power), i + 3);
    } else if tag == b'v' && value == 1.0 {
        return None;
    }
    Some(numeral)
}

/// Whether the number at token `i`, behind "and", is one of its own: "two hundred and three hundred",
/// "one thousand and two thousand".
fn begins_anew(view: &View, i: usize, after_hundred: bool, smallest: f64) -> bool {
    // Tens, hyphen and units at most stand before a scale.
    for k in i..i + 4 {
        match word(view, k) {
            Some((b'u' | b't', _)) => {}
            Some((b'h', _)) => return after_hundred,
            Some((b's', power)) => return 10f64.powf(power) >= smallest,
            _ if view.hyphen(k) => {}
            _ => return false,
        }
    }
    false
}

/// The decimals of a spoken number ("point seven five", "point seventy-five") from token `i` on.
fn point(view: &View, i: usize) -> Option<(f64, usize)> {
    // As many digits as anyone speaks.
    const LONGEST: usize = 6;
    if !view.is(i, "point") {
        return None;
    }
    if let Some((b't', _)) = word(view, i + 1) {
        let (value, _, next) = cardinal(view, i + 1).filter(|&(value, ..)| value < 100.0)?;
        return Some((value / 100.0, next));
    }
    let (mut value, mut place, mut at) = (0.0, 1.0, i + 1);
    while let Some((b'u', digit)) = word(view, at).filter(|&(_, n)| n < 10.0 && at <= i + LONGEST) {
        place /= 10.0;
        value += digit * place;
        at += 1;
    }
    (at > i + 1).then_some((value, at))
}

/// A cardinal number in words from token `i` on ("a" counts as one): value, last scale, next token.
pub(super) fn cardinal(view: &View, i: usize) -> Option<(f64, f64, usize)> {
    #[derive(PartialEq)]
    enum Last {
        Start,
        Unit,
        Ten,
        Hundred,
        Scale,
        And,
    }
    let (mut total, mut group, mut smallest, mut last_added) = (0.0, 0.0, f64::INFINITY, 0.0);
    let mut last = Last::Start;
    let mut j = i;
    let mut end = i;
    if view.any(i, &["a", "an"]) {
        group = 1.0;
        last = Last::Unit;
        j += 1;
    }
    loop {
        let k = if j > i && view.hyphen(j) { j + 1 } else { j };
        if j > i && view.begins_line(k) {
            break;
        }
        match word(view, k) {
            Some((b'u', n)) if matches!(last, Last::Start | Last::Hundred | Last::Scale | Last::And) => {
                group += n;
                last = Last::Unit;
            }
            Some((b'u', n)) if last == Last::Ten && (1.0..10.0).contains(&n) => {
                group += n;
                last = Last::Unit;
            }
            Some((b't', n)) if matches!(last, Last::Start | Last::Hundred | Last::Scale | Last::And) => {
                group += n;
                last = Last::Ten;
            }
            Some((b'h', _)) if matches!(last, Last::Unit | Last::Ten) && group < 100.0 => {
                group *= 100.0;
                last = Last::Hundred;
            }
            Some((b'z', dozen)) if matches!(last, Last::Unit | Last::Ten) && group > 0.0 => {
                group *= dozen;
                last = Last::Unit;
            }
            Some((b's', power)) => {
                let scale = 10f64.powf(power);
                if group > 0.0 && scale < smallest {
                    last_added = group * scale;
                    total += last_added;
                    group = 0.0;
                    smallest = scale;
                } else if last == Last::Scale && smallest * scale <= 1e18 {
                    // "three lakh crore", "a thousand million"
                    total += last_added * (scale - 1.0);
                    last_added *= scale;
                    smallest *= scale;
                } else {
                    break;
                }
                last = Last::Scale;
            }
            None if view.is(k, "and") && matches!(last, Last::Hundred | Last::Scale) && k == j => {
                let tail = matches!(word(view, k + 1), Some((b'u' | b't', _)));
                if !tail || begins_anew(view, k + 1, last == Last::Hundred, smallest) {
                    break;
                }
                last = Last::And;
                j = k + 1;
                continue;
            }
            _ => break,
        }
        j = k + 1;
        end = j;
    }
    let only_article = view.any(i, &["a", "an"]) && end == i;
    let value = total + group;
    if end == i || only_article {
        return None;
    }
    let scale = if smallest.is_finite() && group == 0.0 { smallest } else { 1.0 };
    Some((value, scale, end))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn numerals() {
        check("twenty-one men", &["count 21 man"]);
        check("It rose 11-1/4 cents to $5.97.", &["money 11.25 cent up", "money 5.97 usd"]);
        check("six hundred and forty men", &["count 640 man"]);
        check("two hundred and three hundred", &["count 200", "count 300"]);
        check("between one thousand and two thousand men", &["count 1000..2000 man"]);
        check("two thousand and two hundred", &["count 2200"]);
        check("two point five million", &["count 2500000"]);
        check("three dozens", &["count 36"]);
        check("1.2b.", &["count 1200000000"]);
        check("1.2 million", &["count 1200000"]);
        check("three lakh crore", &["count 3000000000000"]);
        check("4e3 men", &["count 4000 man"]);
        check("5m people", &["count 5000000 person"]);
        check("the 3M Post-It notes that were on it", &["count 3"]);
        check("5m high", &["measure 5 metre"]);
        check("a dozen eggs", &["count 12 egg"]);
        check("two dozen eggs", &["count 24 egg"]);
    }

    #[test]
    fn vague_numerals() {
        check("dozens of men", &["count 24..100 man ~"]);
        check("tens of thousands of men", &["count 10000..100000 man ~"]);
        check("several hundred men", &["count 300..900 man ~"]);
        check("a few dozen men", &["count 24..60 man ~"]);
        check("test scores rose", &[]);
    }
}
