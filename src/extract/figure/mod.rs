//! Numbers in running text become figures: value, unit, counted noun, bound, direction.
//!
//! One pass over the tokens of a text. At every number, currency sign and number word a hand-written
//! grammar asks, in this order: is it part of a name, a date, a score, an ordinal? Only what is none of
//! these becomes a quantity. The other kinds are returned too, as what they are.
//!
//! Written for English news. Fed by [`crate::extract`]; the query side uses [`parse_value`], [`unit_of`],
//! [`lemma()`], so that both sides mean the same by a word.
//!
//! Conventions: values stay as written (cents and pence are units of their own, `cent` and `penny`); a
//! vague plural is a decade ("hundreds" 100..1000, "tens of thousands" 1e4..1e5) except "dozens" (24..100)
//! and "scores of" (40..100); "several" is 3..9 and "a few" 2..5 times what follows; a rate of money ("$40 a
//! barrel") has the currency as its unit; a fraction is a ratio below one, "three times as many" a ratio
//! of three, "12 per 100,000" a ratio too.

mod ages;
mod amount;
mod bound;
mod change;
mod dates;
mod digits;
mod fractions;
#[cfg(test)]
mod gold;
mod identifiers;
mod lemma;
mod money;
mod names;
mod noun;
mod numerals;
mod outcome;
mod quantity;
mod range;
mod ranks;
mod results;
mod scales;
mod scan;
mod subject;
mod table;
mod temperature;
mod titles;
mod units;
mod unspaced;

use std::borrow::Cow;

use crate::figure::{Bound, Change, Figure, FigureKind};
use crate::mention::Span;
use crate::unit::AGE;

use digits::Commas;
use names::Stretch;
use scan::{Class, Style, View};

pub use lemma::lemma;

/// Languages that write 1.000,50, by ISO 639-1 code.
const DECIMAL_COMMA: &str =
    " bg ca cs da de el es et eu fi fr gl hr hu id is it lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk vi ";

/// Finds the figures of an English text, sorted by start, without overlaps. Linear in the length of the text.
pub fn find(text: &str) -> Vec<Figure> {
    figures_of(&View::new(text))
}

/// Finds the figures of a text in a language, given as ISO 639-1 code: of any but English those that are written
/// in digits, with the separators of that language.
pub fn find_in(text: &str, language: &str) -> Vec<Figure> {
    let commas = match language {
        "es" => Commas::of_spanish(text),
        _ if DECIMAL_COMMA.split(' ').any(|code| !code.is_empty() && code == language) => Commas::Decimal,
        _ => Commas::Group,
    };
    let krone = match language {
        "da" => Some("dkk"),
        "sv" => Some("sek"),
        "is" => Some("isk"),
        "en" | "nb" | "nn" | "no" => Some("nok"),
        _ => None,
    };
    figures_of(&View::styled(text, Style { language, commas, words: language == "en", krone }))
}

fn figures_of(view: &View) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut i = 0;
    while i < view.n_tokens() {
        i = if begins_figure(view, i) { figure_at(view, i, floor(&figures, view, i), &mut figures) } else { i + 1 };
    }
    figures
}

/// The value or range of values that a number is, as readers type it: `1,000`, `1.5m`, `2bn`, `3tn`,
/// `half a million`, `dozens`. `None` when the text is anything else or more.
pub fn parse_value(text: &str) -> Option<(f64, f64)> {
    let view = View::new(text.trim());
    let negative = view.mark(0, '-') && view.joined(1);
    let start = usize::from(negative || view.mark(0, '+') && view.joined(1));
    // "a million" and "several hundred" are found at their last words.
    let numeral = (start..start + 3)
        .find_map(|i| numerals::at(&view, i, start, true).filter(|numeral| numeral.first == start))?;
    let (low, high) = (numeral.low, numeral.high);
    (numeral.next == view.n_tokens()).then_some(if negative { (-high, -low) } else { (low, high) })
}

/// The canonical id of a unit or currency, as readers type it: `$` and `dollars` are `usd`, `miles` is
/// `mile`, `%` is `percent`, `aged` is `age`, which is no duration; ids name themselves. `None` when it is no unit.
pub fn unit_of(surface: &str) -> Option<Cow<'_, str>> {
    if matches!(surface, "age" | "aged" | "years old") {
        return Some(Cow::Borrowed(AGE));
    }
    let named = money::by_name(surface).or_else(|| units::by_name(surface));
    let is_id = || money::is_id(surface) || units::is_id(surface);
    named.map(Cow::Borrowed).or_else(|| is_id().then_some(Cow::Borrowed(surface)))
}

/// Whether the token can begin a figure.
fn begins_figure(view: &View, i: usize) -> bool {
    let Some(token) = view.get(i) else { return false };
    match token.class {
        Class::Number | Class::Currency | Class::Fraction => true,
        Class::Word => {
            let n_bytes = (token.end - token.start) as usize;
            view.has_words()
                && token.first.is_ascii()
                && numerals::WORDS.may_hold(token.first as u8, n_bytes)
                && numerals::WORDS.has(view.low(i).as_str())
        }
        Class::Mark | Class::Outside => false,
    }
}

/// The first token that no figure holds yet.
fn floor(figures: &[Figure], view: &View, i: usize) -> usize {
    let Some(last) = figures.last() else { return 0 };
    let mut floor = i;
    while floor > 0 && view.get(floor - 1).is_some_and(|token| token.start >= last.span.end) {
        floor -= 1;
        // No construction reaches further back than this.
        if i - floor > 12 {
            break;
        }
    }
    floor
}

/// Adds the figures at token `i`; returns the token to go on from.
fn figure_at(view: &View, i: usize, floor: usize, figures: &mut Vec<Figure>) -> usize {
    type Ask = fn(&View, usize, usize) -> Option<Stretch>;
    let asks: [(FigureKind, Ask); 4] = [
        (FigureKind::Date, dates::at),
        (FigureKind::Name, names::at),
        (FigureKind::Score, |view, i, _| results::score(view, i)),
        (
            FigureKind::Ordinal,
            |view, i, floor| if fraction_at(view, i, floor) { None } else { ranks::ordinal(view, i, floor) },
        ),
    ];
    if matches!(view.class(i), Class::Number | Class::Word) {
        for (kind, ask) in asks {
            // A currency or percent sign settles the matter.
            let money = view.class(i) == Class::Number
                && (money::before(view, i, floor).is_some()
                    || units::is_percent(view, i + 1)
                    || units::percent_before(view, i, floor).is_some());
            if money && kind != FigureKind::Ordinal || kind == FigureKind::Name && unspaced::follows_word(view, i) {
                continue;
            }
            if let Some(stretch) = ask(view, i, floor) {
                push(view, figures, stretch_figure(view, stretch, kind));
                return stretch.next.max(i + 1);
            }
        }
    }
    match quantity::at(view, i, floor) {
        Some(found) => {
            for quantity in found.quantities {
                let span = span(view, quantity.first, quantity.next);
                let change = match quantity.change {
                    Change::None => same_move(view, &quantity, figures),
                    change => change,
                };
                let outcome = outcome::of(view, &quantity, figures.last());
                if let Some(outcome) = outcome {
                    outcome::backwards(view, &quantity, outcome, figures);
                }
                let is_bare = quantity.kind == FigureKind::Count && quantity.noun.is_none() && quantity.unit.is_none();
                let compared = || subject::compared(view, bound::before(view, quantity.first).1, figures);
                let compared = if is_bare && view.has_words() { compared() } else { None };
                let quantity::Quantity { kind, low, high, unit, noun, bound, .. } = quantity;
                let noun = noun.or(compared);
                let unit = unit.map(std::borrow::Cow::into_owned);
                push(view, figures, Figure { span, kind, low, high, unit, noun, bound, change, outcome });
            }
            found.next.max(i + 1)
        }
        None => i + 1,
    }
}

/// The direction of a figure that says the same as the one before it in other terms: "fell 41 points, or
/// 0.6 percent", "rose $2 (3%)".
fn same_move(view: &View, quantity: &quantity::Quantity, figures: &[Figure]) -> Change {
    let Some(last) = figures.last().filter(|last| last.kind.is_quantity()) else { return Change::None };
    let (_, at) = bound::before(view, quantity.first);
    let comma = at > 1 && view.mark(at - 2, ',');
    // "84 cents or 1.1%"
    let other_terms = last.unit.as_deref() != quantity.unit.as_deref();
    let or = at > 1 && view.is(at - 1, "or") && (comma || other_terms);
    let bracket = at > 0 && view.mark(at - 1, '(');
    // "rose 82 points, nearly one percent, to"
    let aside = at > 0 && view.mark(at - 1, ',') && view.mark(quantity.next, ',');
    let before = if or && comma { at - 2 } else { at.saturating_sub(1) };
    let touches = view.get(before).is_some_and(|token| token.start <= last.span.end + 1);
    if (or || bracket || aside) && touches { last.change } else { Change::None }
}

/// Whether the word at token `i` is a part ("a third of") and no rank.
fn fraction_at(view: &View, i: usize, floor: usize) -> bool {
    matches!(numerals::word(view, i), Some((b'o', _))) && numerals::at(view, i, floor, false).is_some()
}

fn span(view: &View, first: usize, next: usize) -> Span {
    let start = view.get(first).map_or(0, |token| token.start);
    let end = view.get(next.max(first + 1) - 1).map_or(start, |token| token.end);
    Span { start, end: end.max(start) }
}

fn stretch_figure(view: &View, stretch: Stretch, kind: FigureKind) -> Figure {
    let Stretch { first, next, low, high } = stretch;
    Figure {
        span: span(view, first, next),
        kind,
        low,
        high,
        unit: None,
        noun: None,
        bound: Bound::Exact,
        change: Change::None,
        outcome: None,
    }
}

/// Adds a figure if it keeps the list in order and its values are numbers.
fn push(_view: &View, figures: &mut Vec<Figure>, figure: Figure) {
    let after = figures.last().is_none_or(|last| last.span.end <= figure.span.start);
    if after
        && figure.span.start < figure.span.end
        && figure.low.is_finite()
        && figure.high.is_finite()
        && figure.low <= figure.high
    {
        figures.push(figure);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Compares the figures of a text, each as kind, value, unit, noun, bound and change; what says nothing
    /// is left out.
    #[track_caller]
    pub(super) fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = find(text).iter().map(shown).collect();
        assert_eq!(shown, expected, "{text}");
    }

    /// The same of a text in a language.
    #[track_caller]
    pub(super) fn check_in(language: &str, text: &str, expected: &[&str]) {
        let shown: Vec<String> = find_in(text, language).iter().map(shown).collect();
        assert_eq!(shown, expected, "{text}");
    }

    fn shown(figure: &Figure) -> String {
        let mut shown = format!("{} {}", figure.kind.name(), figure.low);
        if figure.low < figure.high {
            shown += &format!("..{}", figure.high);
        }
        for word in [&figure.unit, &figure.noun].into_iter().flatten() {
            shown += &format!(" {word}");
        }
        if figure.bound != Bound::Exact {
            shown += &format!(" {}", figure.bound.symbol());
        }
        if figure.change != Change::None {
            shown += &format!(" {}", figure.change.name());
        }
        shown
    }

    /// Languages that write numbers in ways of their own.
    const LANGUAGES: [&str; 8] = ["en", "de", "es", "tr", "id", "zh", "ko", "fa"];

    fn sound(text: &str) {
        LANGUAGES.iter().for_each(|language| sound_in(text, language));
    }

    fn sound_in(text: &str, language: &str) {
        let figures = find_in(text, language);
        let mut end = 0;
        for figure in &figures {
            assert!(figure.span.start >= end && figure.span.start < figure.span.end, "{figures:?} in {text:?}");
            assert!(text.get(figure.span.range()).is_some(), "{figures:?} in {text:?}");
            assert!(figure.low <= figure.high && figure.low.is_finite() && figure.high.is_finite(), "{figure:?}");
            end = figure.span.end;
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_sound_figures(text in any::<String>()) {
            sound(&text);
        }

        #[test]
        fn any_row_of_telling_words_gives_sound_figures(words in proptest::collection::vec(proptest::sample::select(PIECES.split('|').collect::<Vec<_>>()), 0..14)) {
            sound(&words.concat());
        }

        /// As the query language reads `4.1bn`: what a text and a question call by one name is one number.
        #[test]
        fn scaled_numbers_are_what_they_say(
            whole in 0u32..1000,
            tenths in "[0-9]{0,2}[1-9]",
            (word, power) in proptest::sample::select(&[("million", 6), ("bn", 9), ("trillion", 12)][..]),
        ) {
            let figures = find(&format!("They lost ${whole}.{tenths} {word} on 4.1-8.2 {word} tonnes."));
            let meant = |number: &str| format!("{number}e{power}").parse::<f64>();
            prop_assert_eq!(meant(&format!("{whole}.{tenths}")), Ok(figures[0].low));
            prop_assert_eq!((meant("4.1"), meant("8.2")), (Ok(figures[1].low), Ok(figures[1].high)));
        }

        #[test]
        fn any_text_is_a_value_or_not(text in "[0-9.,kmbt $%a-z-]{0,12}") {
            if let Some((low, high)) = parse_value(&text) {
                prop_assert!(low <= high && low.is_finite() && high.is_finite());
            }
            unit_of(&text);
            lemma(&text);
        }
    }

    /// Parted by bars.
    const PIECES: &str = " | | | | |-|–|,|.|:|/|(|)|'|\n|%|$|€|US$|°|½|+|#|1|2|10|45|2022|1,000|3.5|0|007|a|an|one|two|ten|\
        twenty|half|third|thirds|quarter|hundred|million|millions|of|bn|m|k|C|th|s|pm|and|to|or|in|between|\
        from|per|than|more|at|least|up|rose|by|times|fold|twice|doubled|dozen|several|few|couple|aged|year|\
        old|miles|feet|in|pounds|'500|亿|元|만|조|원|多|٣٫٥|٪|करोड़|ล้าน|mil|pesos|percent|points|people|of the|\
        March|May|No|Flight|Smith|Street|G|é|’s|minus|degrees|below|zero|e|x|×10";

    #[test]
    fn numbers_in_other_languages() {
        for language in ["de", "fr", "it", "en"] {
            check_in(language, "CHF 12'500", &["money 12500 chf"]);
            check_in(language, "CHF 1’234’567.50", &["money 1234567.5 chf"]);
        }
        check_in("de", "1'234'567 Franken", &["money 1234567 chf"]);
        check_in("fr", "1'500 francs", &["money 1500 chf"]);
        check_in("es", "Costó $1,500 millones", &["money 1500000000 usd"]);
        check_in("es", "Ganó 1,500 pesos y 1,234,567.50 pesos en México", &["money 1500 mxn", "money 1234567.5 mxn"]);
        check_in("es", "Costó 1,325 millones de euros, al 2,436 %", &["money 1325000 eur", "percent 2.436 percent"]);
        check_in("es", "Subió un 4,5 % hasta 1,085 dólares", &["percent 4.5 percent", "money 1.085 usd"]);
        check_in("tr", "enflasyon %3,5 arttı, faiz %50", &["percent 3.5 percent", "percent 50 percent"]);
        check_in("ar", "ارتفع ٣٫٥٪ إلى ٢٫٥ مليار دولار", &["percent 3.5 percent", "money 2500000000 usd"]);
        check_in("fa", "۲/۵ میلیارد دلار", &["money 2500000000 usd"]);
        check_in("ja", "３億円", &["money 300000000 jpy"]);
    }

    #[track_caller]
    fn value(text: &str, low: f64, high: f64) {
        assert_eq!(parse_value(text), Some((low, high)), "{text}");
    }

    #[test]
    fn values_as_readers_type_them() {
        value("1,000", 1000.0, 1000.0);
        value("1.5m", 1.5e6, 1.5e6);
        value("2bn", 2e9, 2e9);
        value("3tn", 3e12, 3e12);
        value("5k", 5000.0, 5000.0);
        value("-3.5", -3.5, -3.5);
        value("2 million", 2e6, 2e6);
        value("half a million", 5e5, 5e5);
        value("twenty-one", 21.0, 21.0);
        value("a dozen", 12.0, 12.0);
        value("dozens", 24.0, 100.0);
        for text in ["", "x", "1,000 men", "5 km", "-", "1.2.3"] {
            assert_eq!(parse_value(text), None, "{text}");
        }
    }

    #[test]
    fn units_as_readers_type_them() {
        for (surface, id) in [
            ("$", "usd"),
            ("usd", "usd"),
            ("USD", "usd"),
            ("US$", "usd"),
            ("dollars", "usd"),
            ("€", "eur"),
            ("pounds", "gbp"),
            ("gbp", "gbp"),
            ("inr", "inr"),
            ("km", "km"),
            ("miles", "mile"),
            ("percent", "percent"),
            ("%", "percent"),
            ("years", "year"),
            ("celsius", "celsius"),
            ("tonnes", "tonne"),
            ("barrel/day", "barrel/day"),
            ("basis_point", "basis_point"),
            ("age", "age"),
            ("years old", "age"),
            ("mph", "mph"),
        ] {
            assert_eq!(unit_of(surface).as_deref(), Some(id), "{surface}");
        }
        for id in [
            "jmd",
            "km/s",
            "gallon/minute",
            "fluid_ounce",
            "mm2",
            "astronomical_unit",
            "sos",
            "gigajoule",
            "pound_foot",
        ] {
            assert_eq!(unit_of(id).as_deref(), Some(id));
        }
        for no_unit in ["km/", "/s", "prisoner/day", "km/km", "peso/", "=="] {
            assert_eq!(unit_of(no_unit), None, "{no_unit}");
        }
        assert_eq!(unit_of("prisoners"), None);
        assert_eq!(unit_of(""), None);
    }
}
