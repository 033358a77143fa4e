//! Amounts as people type them: `1,000`, `1.5m`, `$2bn`, `5%`, `€2m..`, `>=300[up]`.
//!
//! Knows numbers, scales, ranges and conditions; which words are units it asks its caller. Fed by the
//! parser, which decides what stands for an amount and what is text.

use super::ast::NumberRange;
use super::error::{Problem, QueryError, span_in};
use crate::figure::{Bound, Change, decimal};

/// Scale words, in lower case, with their factor and power of ten, as the articles of English news write them. `t` is
/// left out: it is a tonne.
const SCALES: [(&str, f64, u32); 27] = [
    ("dozen", 12.0, 0),
    ("dozens", 12.0, 0),
    ("hundred", 1.0, 2),
    ("k", 1.0, 3),
    ("thousand", 1.0, 3),
    ("lakh", 1.0, 5),
    ("lakhs", 1.0, 5),
    ("lac", 1.0, 5),
    ("m", 1.0, 6),
    ("mn", 1.0, 6),
    ("mln", 1.0, 6),
    ("million", 1.0, 6),
    ("millions", 1.0, 6),
    ("cr", 1.0, 7),
    ("crore", 1.0, 7),
    ("crores", 1.0, 7),
    ("b", 1.0, 9),
    ("bn", 1.0, 9),
    ("bln", 1.0, 9),
    ("billion", 1.0, 9),
    ("billions", 1.0, 9),
    ("tn", 1.0, 12),
    ("trn", 1.0, 12),
    ("tln", 1.0, 12),
    ("trillion", 1.0, 12),
    ("trillions", 1.0, 12),
    ("quadrillion", 1.0, 15),
];

/// Most scales of one number: "2 lakh crore", "5 hundred thousand".
const MAX_SCALES: usize = 2;

const CONDITIONS: &str = "conditions are `[up]`, `[down]`, `[steady]`, `[exact]`, `[about]`, `[morethan]`, \
                          `[atleast]`, `[lessthan]`, `[atmost]`, or two of them: `[up,about]`";

/// A range of amounts with its unit and conditions.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amounts {
    pub(super) range: NumberRange,
    /// Canonical unit, where one was typed.
    pub(super) unit: Option<String>,
    pub(super) change: Option<Change>,
    pub(super) bound: Option<Bound>,
    /// Whether only the second end has a scale (`1..5bn`), which may not be what was meant.
    pub(super) scaled_at_end_only: bool,
}

/// Which words and signs are units, by canonical id.
pub(super) type UnitOf<'a> = &'a dyn Fn(&str) -> Option<String>;

struct Amount {
    value: f64,
    unit: Option<String>,
    is_scaled: bool,
}

/// Reads an amount or a range of them, with conditions. Spans of errors point into `text`.
pub(super) fn parse_amounts(text: &str, unit_of: UnitOf<'_>) -> Result<Amounts, QueryError> {
    let (body, change, bound) = conditions(text)?;
    let reader = Reader { text, unit_of };
    let mut amounts = reader.range(body)?;
    amounts.change = change;
    amounts.bound = bound;
    Ok(amounts)
}

/// Whether a word begins like an amount: a digit, or a sign and a digit, behind at most a short
/// currency sign.
pub(super) fn begins_amount(text: &str) -> bool {
    let text = text.trim_start_matches(['<', '>', '=', '≤', '≥', '-', '−']);
    let mut rest = text.char_indices().skip_while(|(_, character)| !character.is_ascii_digit());
    match rest.next() {
        // `US$`, `HK$` and the like are the longest prefixes.
        Some((offset, _)) => offset <= "HK$-".len() && !text[..offset].contains(|c: char| c.is_ascii_lowercase()),
        None => false,
    }
}

/// Whether a word that stands apart is a scale, alone or with what may follow it in a range
/// (`million[up]`, `bn..5bn`). Single letters are not: they are words of their own.
pub(super) fn begins_scale(text: &str) -> bool {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_alphabetic());
    let word = &text[..text.len() - rest.len()];
    is_scale(word) && (rest.is_empty() || rest.starts_with('[') || rest.starts_with(".."))
}

/// Whether a word that stands apart is a scale and nothing else (`crore`).
pub(super) fn is_scale(word: &str) -> bool {
    word.len() > 1 && scale(word).is_some()
}

/// Whether a letter is a scale where it touches a number, and a word of its own where it does not.
pub(super) fn is_touching_scale(word: &str) -> bool {
    word.len() == 1 && scale(word).is_some()
}

/// Whether a word is a list of conditions in square brackets.
pub(super) fn is_conditions(text: &str) -> bool {
    text.starts_with('[') && conditions(&format!("*{text}")).is_ok_and(|(body, ..)| body == "*")
}

fn scale(word: &str) -> Option<(f64, u32)> {
    let found = SCALES.iter().find(|(scale, ..)| word.eq_ignore_ascii_case(scale));
    found.map(|&(_, factor, power)| (factor, power))
}

type Conditions<'a> = (&'a str, Option<Change>, Option<Bound>);

fn conditions(text: &str) -> Result<Conditions<'_>, QueryError> {
    let trimmed = text.trim();
    let bare = (trimmed, None, None);
    let Some((body, list)) = trimmed.strip_suffix(']').and_then(|open| open.rsplit_once('[')) else {
        return Ok(bare);
    };
    if body.trim().is_empty() {
        return Ok(bare);
    }
    let (mut change, mut bound) = (None, None);
    for word in list.split([',', ' ']).filter(|word| !word.is_empty()) {
        let named_change = [("up", Change::Up), ("down", Change::Down), ("steady", Change::None)]
            .into_iter()
            .find(|(name, _)| word.eq_ignore_ascii_case(name));
        let named_bound = BOUNDS.into_iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
        let unknown = || {
            let problem = Problem::UnknownCondition { found: word.to_owned() };
            QueryError::new(span_in(text, word), problem).with_hint(CONDITIONS)
        };
        match (named_change, named_bound) {
            (Some((_, named)), _) if change.is_none() => change = Some(named),
            (_, Some((_, named))) if bound.is_none() => bound = Some(named),
            _ => return Err(unknown()),
        }
    }
    Ok((body.trim_end(), change, bound))
}

/// Names of bounds in square brackets.
pub(super) const BOUNDS: [(&str, Bound); 6] = [
    ("exact", Bound::Exact),
    ("about", Bound::About),
    ("morethan", Bound::MoreThan),
    ("atleast", Bound::AtLeast),
    ("lessthan", Bound::LessThan),
    ("atmost", Bound::AtMost),
];

struct Reader<'a> {
    text: &'a str,
    unit_of: UnitOf<'a>,
}

impl Reader<'_> {
    fn error(&self, part: &str, problem: Problem) -> QueryError {
        QueryError::new(span_in(self.text, part), problem)
    }

    fn range(&self, body: &str) -> Result<Amounts, QueryError> {
        if body == "*" {
            return Ok(only(NumberRange::ALL, None));
        }
        if let Some((start, end)) = body.split_once("..") {
            return self.between(body, start.trim(), end.trim());
        }
        let all = NumberRange::ALL;
        let hinted = |error: QueryError| match right_form(body) {
            Some(form) => error.with_hint(form),
            None => error,
        };
        for (operator, builder) in COMPARISONS {
            if let Some(rest) = body.strip_prefix(operator) {
                let amount = self.amount(rest.trim()).map_err(hinted)?;
                return Ok(only(builder(amount.value, all), amount.unit));
            }
        }
        let amount = self.amount(body).map_err(hinted)?;
        Ok(only(NumberRange { low: amount.value, high: amount.value, ..all }, amount.unit))
    }

    fn between(&self, body: &str, start: &str, end: &str) -> Result<Amounts, QueryError> {
        if start.is_empty() && end.is_empty() {
            return Err(self.error(body, Problem::OpenRange).with_hint("`*` for any number"));
        }
        let (low_included, start_amount) = match start.strip_prefix('>') {
            Some(rest) if !rest.starts_with('=') => (false, rest.trim_start()),
            _ => (true, start.strip_prefix(">=").or_else(|| start.strip_prefix('≥')).unwrap_or(start).trim_start()),
        };
        let (high_included, end_amount) = match end.strip_prefix('<') {
            Some(rest) if !rest.starts_with('=') => (false, rest.trim_start()),
            _ => (true, end.strip_prefix("<=").or_else(|| end.strip_prefix('≤')).unwrap_or(end).trim_start()),
        };
        let low = if start.is_empty() { None } else { Some(self.amount(start_amount)?) };
        let high = if end.is_empty() { None } else { Some(self.amount(end_amount)?) };
        let scaled_at_end_only = match (&low, &high) {
            (Some(low), Some(high)) => !low.is_scaled && high.is_scaled && low.value.abs() < 1000.0 && low.value != 0.0,
            _ => false,
        };
        let range = NumberRange {
            low: low.as_ref().map_or(f64::NEG_INFINITY, |amount| amount.value),
            low_included: low.is_none() || low_included,
            high: high.as_ref().map_or(f64::INFINITY, |amount| amount.value),
            high_included: high.is_none() || high_included,
        };
        if range.low > range.high || (range.low == range.high && !(range.low_included && range.high_included)) {
            let problem = Problem::EmptyRange { low: start.to_owned(), high: end.to_owned() };
            return Err(self.error(body, problem).with_hint(format!("`{end_amount}..{start_amount}`")));
        }
        let unit = match (low.and_then(|amount| amount.unit), high.and_then(|amount| amount.unit)) {
            (Some(expected), Some(found)) if expected != found => {
                return Err(self.error(end, Problem::UnitMismatch { expected, found }));
            }
            (low_unit, high_unit) => low_unit.or(high_unit),
        };
        Ok(Amounts { scaled_at_end_only, ..only(range, unit) })
    }

    /// `[sign] [currency] digits [scale] [unit]`.
    fn amount(&self, typed: &str) -> Result<Amount, QueryError> {
        let no_number = || {
            let problem = Problem::NotANumber { found: typed.to_owned() };
            self.error(typed, problem).with_hint("a number is written `300`, `1,000`, `1.5m`, `2bn`; a range `1m..2bn`")
        };
        let from = typed.find(|character: char| character.is_ascii_digit()).ok_or_else(no_number)?;
        let (prefix, rest) = typed.split_at(from);
        let unsigned = prefix.replace(['-', '−'], "");
        let n_signs = prefix.chars().count() - unsigned.chars().count();
        let currency = unsigned.trim();
        let mut unit = None;
        if !currency.is_empty() {
            unit = Some((self.unit_of)(currency).ok_or_else(no_number)?);
        }
        if n_signs > 1 {
            return Err(no_number());
        }
        let is_digit = |character: char| character.is_ascii_digit() || ",._'’".contains(character);
        let digits = &rest[..rest.find(|character| !is_digit(character)).unwrap_or(rest.len())];
        let plain = self.plain_digits(typed, digits)?.ok_or_else(no_number)?;
        let mut behind = &rest[digits.len()..];
        let mut power = 0;
        let exponent: String = behind.chars().skip(1).take_while(char::is_ascii_digit).collect();
        if behind.starts_with(['e', 'E']) && !exponent.is_empty() {
            power = exponent.parse().map_err(|_| no_number())?;
            behind = &behind[1 + exponent.len()..];
        }
        let mut behind = behind.trim_start();
        let (mut factor, mut n_scales) = (1.0, 0);
        while n_scales < MAX_SCALES {
            let word_end = behind.find(|character: char| !character.is_ascii_alphabetic()).unwrap_or(behind.len());
            let Some((times, scale)) = scale(&behind[..word_end]) else { break };
            factor *= times;
            power = scale.saturating_add(power);
            behind = behind[word_end..].trim_start();
            n_scales += 1;
        }
        if !behind.is_empty() {
            let found = (self.unit_of)(behind).ok_or_else(no_number)?;
            match &unit {
                Some(expected) if *expected != found => {
                    return Err(self.error(typed, Problem::UnitMismatch { expected: expected.clone(), found }));
                }
                _ => unit = Some(found),
            }
        }
        // Digits and power are read in one go: a product would round twice (2.3 times a million is not 2300000).
        let value: f64 = format!("{plain}e{power}").parse().map_err(|_| no_number())?;
        let value = if factor == 1.0 { value } else { decimal(value * factor) };
        if !value.is_finite() {
            return Err(self.error(typed, Problem::NumberTooLarge { found: typed.to_owned() }));
        }
        // Adding nothing turns a negative zero into zero.
        let value = if n_signs == 1 { -value + 0.0 } else { value };
        Ok(Amount { value, unit, is_scaled: n_scales > 0 })
    }

    /// Digits without separators, which have to stand between thousands; `None` when malformed.
    fn plain_digits(&self, typed: &str, digits: &str) -> Result<Option<String>, QueryError> {
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let misplaced = |right: String| {
            let problem = Problem::MisplacedSeparator { found: typed.to_owned() };
            self.error(typed, problem).with_hint(right)
        };
        let groups: Vec<&str> = whole.split([',', '_', '\'', '’']).collect();
        let is_grouped =
            groups.len() == 1 || (matches!(groups[0].len(), 1..=3) && groups[1..].iter().all(|group| group.len() == 3));
        if !is_grouped {
            return Err(misplaced(match groups[..] {
                [whole, fraction] if !whole.is_empty() && !fraction.is_empty() && !digits.contains('.') => {
                    format!("a decimal point is a point: `{whole}.{fraction}`; commas stand between thousands: `1,000`")
                }
                _ => "thousands are separated as in `1,000,000`, or not at all".to_owned(),
            }));
        }
        match fraction {
            None => Ok(Some(groups.concat())),
            Some(fraction) if fraction.contains('.') && fraction.split('.').all(|group| group.len() == 3) => {
                Err(misplaced("thousands are separated as in `1,000,000`, or not at all".to_owned()))
            }
            Some(fraction) if !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit()) => {
                Ok(Some(format!("{}.{fraction}", groups.concat())))
            }
            Some(_) => Ok(None),
        }
    }
}

fn only(range: NumberRange, unit: Option<String>) -> Amounts {
    Amounts { range, unit, change: None, bound: None, scaled_at_end_only: false }
}

type Builder = fn(f64, NumberRange) -> NumberRange;

/// Longer signs first.
const COMPARISONS: [(&str, Builder); 7] = [
    (">=", |low, all| NumberRange { low, ..all }),
    ("≥", |low, all| NumberRange { low, ..all }),
    ("<=", |high, all| NumberRange { high, ..all }),
    ("≤", |high, all| NumberRange { high, ..all }),
    (">", |low, all| NumberRange { low, low_included: false, ..all }),
    ("<", |high, all| NumberRange { high, high_included: false, ..all }),
    ("=", |value, all| NumberRange { low: value, high: value, ..all }),
];

/// The form that a range of another language was meant as: `5-10`, `[5 TO 10]`.
fn right_form(body: &str) -> Option<String> {
    if body.starts_with(['[', '{']) {
        return Some("a range is written `5..10`".to_owned());
    }
    let amount = body.trim_start_matches(['<', '>', '=', '≤', '≥']);
    if let Some(at) = amount.find(['<', '>']) {
        let (low, high) = if body.starts_with('<') {
            (&amount[at..], &body[..body.len() - amount[at..].len()])
        } else {
            (&body[..body.len() - amount[at..].len()], &amount[at..])
        };
        return Some(format!("both ends of a range are written `{}..{}`", low.trim(), high.trim()));
    }
    let (low, high) = body.trim_start_matches('-').split_once(['-', '–'])?;
    let is_amount = |text: &str| text.contains(|character: char| character.is_ascii_digit());
    (is_amount(low) && is_amount(high)).then(|| format!("a range is written `{low}..{high}`"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unit_of(surface: &str) -> Option<String> {
        let unit = match surface.to_lowercase().as_str() {
            "$" | "us$" | "usd" => "usd",
            "€" | "eur" => "eur",
            "%" | "percent" => "percent",
            "km" => "km",
            "t" => "tonne",
            _ => return None,
        };
        Some(unit.to_owned())
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match parse_amounts(text, &unit_of) {
            Ok(amounts) => {
                let range = amounts.range;
                let open = if range.low_included { '[' } else { '(' };
                let close = if range.high_included { ']' } else { ')' };
                let mut shown = format!("{open}{}, {}{close}", range.low, range.high);
                for part in [
                    amounts.unit,
                    amounts.change.map(|change| change.name().to_owned()),
                    amounts.bound.map(|bound| bound.symbol().to_owned()),
                ] {
                    shown.extend(part.map(|part| format!(" {part}")));
                }
                shown
            }
            Err(error) => format!("error: {error}"),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn numbers() {
        check("300", "[300, 300]");
        check("1,000", "[1000, 1000]");
        check("1,234,567.5", "[1234567.5, 1234567.5]");
        check("1'000", "[1000, 1000]");
        check("1_000", "[1000, 1000]");
        check("1.5m", "[1500000, 1500000]");
        check("2.3M", "[2300000, 2300000]");
        check("2bn", "[2000000000, 2000000000]");
        check("3tn", "[3000000000000, 3000000000000]");
        check("20k", "[20000, 20000]");
        check("5 million", "[5000000, 5000000]");
        check("100 crore", "[1000000000, 1000000000]");
        check("5cr", "[50000000, 50000000]");
        check("2.5 lakh", "[250000, 250000]");
        check("2 lakh crore", "[2000000000000, 2000000000000]");
        check("2 dozen", "[24, 24]");
        check("3 crores usd", "[30000000, 30000000] usd");
        check("1e6", "[1000000, 1000000]");
        check("-5", "[-5, -5]");
        check("−5", "[-5, -5]");
        check("-0", "[0, 0]");
        check("*", "[-inf, inf]");
    }

    #[test]
    fn units() {
        check("$5m", "[5000000, 5000000] usd");
        check("US$5", "[5, 5] usd");
        check("-$5", "[-5, -5] usd");
        check("2m€", "[2000000, 2000000] eur");
        check("5%", "[5, 5] percent");
        check("5 percent", "[5, 5] percent");
        check("5t", "[5, 5] tonne");
        check("5 million usd", "[5000000, 5000000] usd");
        check("$5€", "error: `eur` stands where `usd` is measured");
    }

    #[test]
    fn ranges() {
        check("1bn..5bn", "[1000000000, 5000000000]");
        check("5..10", "[5, 10]");
        check("300..", "[300, inf]");
        check("..300", "[-inf, 300]");
        check("-5..5", "[-5, 5]");
        check("-5..-2", "[-5, -2]");
        check(">=1m", "[1000000, inf]");
        check("≥1m", "[1000000, inf]");
        check(">1m", "(1000000, inf]");
        check("<= 5", "[-inf, 5]");
        check("<5", "[-inf, 5)");
        check("=5", "[5, 5]");
        check(">1..<5", "(1, 5)");
        check(">1..5", "(1, 5]");
        check("$1bn..$5bn", "[1000000000, 5000000000] usd");
        check("5%..10%", "[5, 10] percent");
        check("5..10%", "[5, 10] percent");
    }

    #[test]
    fn conditions_in_square_brackets() {
        check(">3.5[up]", "(3.5, inf] up");
        check("*[down]", "[-inf, inf] down");
        check("100[atleast]", "[100, 100] >=");
        check("100[about,up]", "[100, 100] up ~");
        check("100[sideways]", "error: `[sideways]` is not a condition on figures");
        check("100[up,down]", "error: `[down]` is not a condition on figures");
    }

    #[test]
    fn faults() {
        check("", "error: `` is not a number");
        check("many", "error: `many` is not a number");
        check("5x", "error: `5x` is not a number");
        check("1 lakh lakh lakh", "error: `1 lakh lakh lakh` is not a number");
        check("1,5m", "error: the separators of `1,5m` do not stand between thousands");
        check("1.000.000", "error: the separators of `1.000.000` do not stand between thousands");
        check("10..5", "error: nothing lies between `10` and `5`");
        check(">5..<5", "error: nothing lies between `>5` and `<5`");
        check("..", "error: the range has no end on either side");
        check("$1..€5", "error: `eur` stands where `usd` is measured");
        check("--5", "error: `--5` is not a number");
        check("1e400", "error: `1e400` is too large a number");
    }

    #[test]
    fn faults_come_with_the_right_form() {
        let hint = |text: &str| parse_amounts(text, &unit_of).expect_err("a fault").hint.expect("a hint");
        assert_eq!(hint("1bn-5bn"), "a range is written `1bn..5bn`");
        assert_eq!(hint("[5"), "a range is written `5..10`");
        assert_eq!(hint("1,5m"), "a decimal point is a point: `1.5`; commas stand between thousands: `1,000`");
        assert_eq!(hint("10..5"), "`5..10`");
        assert_eq!(hint(">1m<5m"), "both ends of a range are written `>1m..<5m`");
        assert_eq!(hint("<=5m >1m"), "both ends of a range are written `>1m..<=5m`");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,20}|[0-9a-z<>=.,%$€ \\[\\]-]{0,20}") {
            match parse_amounts(&text, &unit_of) {
                Ok(amounts) => {
                    prop_assert!(amounts.range.low <= amounts.range.high);
                    prop_assert!(!amounts.range.low.is_nan() && !amounts.range.high.is_nan());
                }
                Err(error) => prop_assert!(text.get(error.span.range()).is_some()),
            }
        }
    }
}
