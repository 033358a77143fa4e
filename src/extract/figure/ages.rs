//! Ages: "aged 45", "a two-year-old girl", "45 years old", "Smith, 45,", "in her 30s", "under-18s".
//!
//! The unit is `year` unless the text says months, weeks or days.

use super::amount::Amount;
use super::scan::View;
use super::table::Table;
use crate::figure::{Bound, FigureKind};

/// Most years that a bare number after a name is taken for.
const OLDEST: f64 = 110.0;

/// Whom a bare "over 65" or "under 5" follows.
static PERSONS: Table<64> = Table::new(
    "people person children child adults adult women woman men man girls boys those anyone everyone patients residents citizens voters drivers players \
     kids minors youths persons workers pensioners americans britons males females migrants students youngsters someone",
);

/// Capitalised words that are followed by a comma and a number without being a name.
static NO_PERSON: Table<64> = Table::new(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec \
     monday tuesday wednesday thursday friday saturday sunday however meanwhile also then yes no so but and indeed chapter article page room section",
);

/// Whom an age may follow like a name: "his wife, 68,".
static RELATIVES: Table<64> = Table::new(
    "wife husband son daughter brother sister mother father grandmother grandfather girlfriend boyfriend partner widow uncle aunt \
     cousin nephew niece grandson granddaughter twin fiancee driver suspect victim teenager man woman boy girl actor actress \
     singer striker midfielder defender goalkeeper",
);

/// What makes an amount an age.
pub(super) struct Age {
    /// One past the last token of the age.
    pub(super) next: usize,
    /// Unit, where the text gives none of its own.
    pub(super) unit: &'static str,
    /// Highest value where the words make a range ("in her 30s").
    pub(super) span: f64,
    /// Bound that only an age has ("people over 65").
    pub(super) bound: Option<Bound>,
}

impl Age {
    fn years(next: usize) -> Self {
        Age { next, unit: "year", span: 0.0, bound: None }
    }
}

/// The age that an amount is, if it is one.
pub(super) fn of(view: &View, amount: &Amount, floor: usize) -> Option<Age> {
    let next = amount.next;
    match &amount.unit {
        Some(unit) if unit.kind == FigureKind::Duration => old(view, next).map(Age::years).or_else(|| {
            let at = amount.first.checked_sub(1).filter(|&at| at >= floor && !view.begins_line(amount.first))?;
            let of_age = view.is(at, "of") && at > floor && view.any(at - 1, &["age", "ages"]);
            (of_age || view.any(at, &["aged", "age", "ages"])).then(|| Age::years(next))
        }),
        Some(_) => None,
        None => {
            if view.any(next, &["yo", "y.o."]) || view.is(next, "yr") {
                return Some(Age::years(next + 1));
            }
            told(view, amount, floor)
        }
    }
}

/// One past "old", "of age" after "45 years" and "two-year".
fn old(view: &View, next: usize) -> Option<usize> {
    let hyphen = view.hyphen(next);
    let at = next + usize::from(hyphen);
    if view.any(at, &["old", "olds"]) || view.low(at).as_str() == "old's" {
        return Some(at + 1);
    }
    if view.is(next, "of") && view.is(next + 1, "age") {
        return Some(next + 2);
    }
    None
}

/// Ages without a unit, by the words around.
fn told(view: &View, amount: &Amount, floor: usize) -> Option<Age> {
    let (first, next) = (amount.first, amount.next);
    if amount.scaled || !(0.0..=130.0).contains(&amount.low) || amount.high.fract() != 0.0 && amount.high > 20.0 {
        return None;
    }
    let back = |n: usize| first.checked_sub(n).filter(|&at| at >= floor && !view.begins_line(at + 1));
    let is_back = |n: usize, words: &[&str]| back(n).is_some_and(|at| view.any(at, words));
    if is_back(1, &["aged", "ages"])
        || is_back(1, &["age"]) && !view.is_word(next)
        || is_back(1, &["age"]) && !super::noun::plural(view, next)
    {
        return Some(Age::years(next));
    }
    if listed(view, first) {
        return Some(Age::years(next));
    }
    if is_back(1, &["of"]) && is_back(2, &["age"]) && is_back(3, &["the"]) {
        let bound = match () {
            () if is_back(4, &["over", "above"]) => Some(Bound::MoreThan),
            () if is_back(4, &["under", "below"]) => Some(Bound::LessThan),
            () => None,
        };
        return Some(Age { bound, ..Age::years(next) });
    }
    if is_back(1, &["of"]) && is_back(2, &["age", "ages"])
        || is_back(1, &["between", "about", "over", "under", "around", "from"]) && is_back(2, &["aged", "age", "ages"])
        || is_back(1, &["of"]) && is_back(3, &["age"])
    {
        return Some(Age::years(next));
    }
    if is_back(1, &["than"]) && is_back(3, &["aged"]) {
        return Some(Age::years(next));
    }
    // "in his 40s", "in her mid-30s"
    let tens = view.joined(next) && view.is(next, "s") && amount.low % 10.0 == 0.0 && amount.low >= 10.0;
    if tens {
        let own = &["his", "her", "their", "my", "our", "your"];
        let part = is_back(1, &["early", "mid", "late", "mid-to-late"]) && is_back(2, own)
            || is_back(3, own) && back(1).is_some_and(|at| view.hyphen(at));
        if is_back(1, own) || part {
            return Some(Age { span: 9.0, ..Age::years(next + 1) });
        }
    }
    // "under-18s", "over-65s", "people over 65", "children under 5", "18 and over", "65 or older"
    let limit = |n: usize| {
        if is_back(n, &["over", "above"]) {
            Some(Bound::MoreThan)
        } else if is_back(n, &["under", "below"]) {
            Some(Bound::LessThan)
        } else {
            None
        }
    };
    let s = usize::from(view.joined(next) && view.is(next, "s"));
    let hyphen = back(1).is_some_and(|at| view.hyphen(at));
    if let Some(bound) = limit(1 + usize::from(hyphen)) {
        let persons = back(2).is_some_and(|at| PERSONS.has(view.low(at).as_str()));
        let ends = !view.is_word(next + s) || super::noun::ends_phrase(view.low(next + s).as_str());
        if s == 1 || hyphen && (ends || amount.low >= 5.0) || persons && ends && !view.hyphen(next) {
            return Some(Age { bound: Some(bound), ..Age::years(next + s) });
        }
    }
    if view.any(next, &["and", "or"])
        && view.any(next + 1, &["over", "older", "under", "younger"])
        && !view.is(next + 2, "than")
        && amount.low <= OLDEST
        && !view.is_number(next + 2)
    {
        return Some(Age::years(next));
    }
    // "Doris Day dies at 97", and not "the number of dead at 97"
    let dies = is_back(1, &["at"])
        && (is_back(2, &["dies", "died"])
            || is_back(2, &["dead"]) && back(3).is_some_and(|at| view.capital(at))
            || is_back(2, &["away"]) && is_back(3, &["passes", "passed"]));
    let is_age = amount.in_digits && (10.0..=OLDEST).contains(&amount.low) && amount.low.fract() == 0.0;
    if dies && is_age && (!view.is_word(next) || view.begins_line(next)) {
        return Some(Age::years(next));
    }
    // "At 77, she …", "He was 61.", "when I was eight"
    let initial = is_back(1, &["at"]) && view.begins_sentence(first - 1) && view.mark(next, ',') && amount.low >= 10.0;
    // "she was about 57", "I am only 40"
    let mut lead = super::bound::before(view, first).1.max(floor);
    while lead > floor && view.any(lead - 1, &["only", "just", "now", "still", "little", "a"]) {
        lead -= 1;
    }
    let leads = |n: usize, words: &[&str]| lead >= floor + n && view.any(lead - n, words) && !view.begins_line(lead);
    let told_of = leads(1, &["was", "is", "am", "i'm", "he's", "she's", "be", "were"])
        && (leads(2, &["i", "he", "she", "who", "they"])
            || leads(1, &["i'm", "he's", "she's"])
            || leads(1, &["was", "is"]) && lead >= floor + 2 && RELATIVES.has(view.low(lead - 2).as_str()));
    let ends = !view.is_word(next) && !view.hyphen(next) && !view.mark(next, '%')
        || view.any(next, &["when", "and", "at", "but", "years", "then", "while"]);
    if (initial || told_of && ends) && (1.0..=OLDEST).contains(&amount.low) && amount.low.fract() == 0.0 {
        return Some(Age::years(next));
    }
    let when =
        ["last", "this", "in", "on", "today", "yesterday", "next", "earlier", "and", "when", "before", "while", "just"];
    if is_back(1, &["turned", "turning", "turns"])
        && (!view.is_word(next) && !view.hyphen(next) && !view.mark(next, '%') || view.any(next, &when))
        && amount.low >= 10.0
    {
        return Some(Age::years(next));
    }
    if is_back(1, &["both"]) && back(2).is_some_and(|at| view.mark(at, ',') || view.mark(at, '(')) && ends {
        return Some(Age::years(next));
    }
    after_name(view, amount, floor)
}

/// Whether "aged" governs a list of numbers that ends at token `first`: "aged 19, 22 and 31".
fn listed(view: &View, first: usize) -> bool {
    // Six ages, with their commas.
    const REACH: usize = 12;
    let lowest = first.saturating_sub(REACH);
    (lowest..first)
        .rev()
        .find(|&k| {
            let number = view.is_number(k) || matches!(super::numerals::word(view, k), Some((b'u' | b't', _)));
            view.begins_line(k + 1) || !(number || view.mark(k, ',') || view.is(k, "and"))
        })
        .is_some_and(|k| !view.begins_line(k + 1) && k + 1 < first && view.any(k, &["aged", "ages"]))
}

/// "Jane Smith, 45, said", "Smith (45)".
fn after_name(view: &View, amount: &Amount, floor: usize) -> Option<Age> {
    let (first, next) = (amount.first, amount.next);
    if !amount.in_digits
        || !(1.0..=OLDEST).contains(&amount.low)
        || amount.low != amount.high
        || amount.low.fract() != 0.0
        || next != first + 1
    {
        return None;
    }
    let now = usize::from(first > 1 && view.is(first - 1, "now") && view.mark(first - 2, ','));
    let first = first - now;
    let before = first.checked_sub(1).filter(|&at| at > floor.saturating_sub(1))?;
    let name = first.checked_sub(2)?;
    // "officers Ann Lee and Bo Chan, 40 and 49,"
    let pair = view.is(before, "and")
        && view.mark(next, ',')
        && before >= 3
        && view.is_number(before - 1)
        && view.mark(before - 2, ',')
        && view.capital(before - 3)
        && !NO_PERSON.has(view.low(before - 3).as_str());
    if pair && amount.low >= 10.0 {
        return Some(Age::years(next));
    }
    // "the pitcher, 27, allowed"
    // "the mum-of-three, 32, won"
    let mut role_start = name;
    while role_start > 1 && view.hyphen(role_start - 1) {
        role_start -= 2;
    }
    let role = amount.low >= 16.0
        && role_start > 0
        && view.any(role_start - 1, &["the", "his", "her", "a", "their", "my", "whose"])
        && view.mark(next, ',')
        && view.is_word(next + 1)
        && !view.capital(name);
    let relative = role || RELATIVES.has(view.low(name).as_str());
    let person = (view.capital(name) || relative)
        && view.str(name).len() > 1
        && !NO_PERSON.has(view.low(name).as_str())
        && !view.begins_line(before);
    let comma = view.mark(before, ',')
        && (view.mark(next, ',')
            || view.mark(next, '.') && !view.joined(next + 1)
            || view.mark(next, ';')
            || view.mark(next, ')')
            || view.any(next, &["and", "who", "of", "from"]) && view.capital(name.saturating_sub(1)));
    (person && comma || is_in_brackets(view, first)).then(|| Age::years(next))
}

/// Whether a number stands in brackets behind the name of a person: "Mary Jones (67) died".
pub(super) fn is_in_brackets(view: &View, number: usize) -> bool {
    // "Article 3 (12)", "the High Court (2) held"
    const YOUNGEST: f64 = 10.0;
    let (Some(name), Some(first)) = (number.checked_sub(2), number.checked_sub(3)) else { return false };
    let is_name = view.capital(name)
        && view.str(name).len() > 1
        && !view.str(name).bytes().all(|byte| byte.is_ascii_uppercase())
        && !NO_PERSON.has(view.low(name).as_str())
        && view.capital(first)
        && !view.begins_line(name);
    let is_age = view.number(number).is_some_and(|age| (YOUNGEST..=OLDEST).contains(&age) && age.fract() == 0.0);
    is_name && is_age && view.mark(number - 1, '(') && view.mark(number + 1, ')') && !view.begins_line(number - 1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn ages() {
        check("a two-year-old girl", &["age 2 year"]);
        check("the 29-year-old’s two sons", &["age 29 year", "count 2 son"]);
        check("the driver, aged 45,", &["age 45 year"]);
        check("aged 19, 22 and 31", &["age 19 year", "age 22 year", "age 31 year"]);
        check("Jane Smith, 45, said", &["age 45 year"]);
        check("his wife, 68, said", &["age 68 year"]);
        check("James Fields, now 22, said", &["age 22 year"]);
        check("in her mid-30s", &["age 30..39 year"]);
        check("she was about 57.", &["age 57 year ~"]);
        check("who turned 80 last week", &["age 80 year"]);
        check("the couple, both 29, said", &["age 29 year"]);
        check("Ann Lee and Bo Chan, 40 and 49, said", &["age 40 year", "age 49 year"]);
        check("the pitcher, 27, allowed", &["age 27 year"]);
        check("people over 65", &["age 65 year >"]);
        check("under-18s", &["age 18 year <"]);
        check("65 or older", &["age 65 year >="]);
        check("people aged 65 years", &["age 65 year"]);
        check("Doris Day dies at 97", &["age 97 year"]);
        check("Mary Jones (67) died and Mr Murphy (45) was hurt", &["age 67 year", "age 45 year"]);
        check("The mum-of-three, 32, won", &["count 3", "age 32 year"]);
        check("under the age of 18", &["age 18 year <"]);
        check("The singer was 85.", &["age 85 year"]);
        check("jabs for over-80s", &["age 80 year >"]);
        check("at the age of four months", &["age 4 month"]);
        check("he was 61.", &["age 61 year"]);
    }

    #[test]
    fn no_ages() {
        check("On March 13, 45, the", &["date 13", "count 45"]);
        check("over 65 people", &["count 65 person >"]);
        check("The High Court (2) held", &["name 2"]);
        check("She died at 10.30 pm", &["date 10"]);
        check("he was 20 minutes late", &["duration 20 minute"]);
    }
}
