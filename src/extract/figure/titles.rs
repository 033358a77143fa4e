//! Numbers of titles, models and codes that only the words around tell: the film "12 Years a Slave", 31 Leopard 2
//! tanks, runway 27L.
//!
//! Feeds [`super::names`], and [`super::units`] with what is no unit.

use super::names::{Stretch, glued, value};
use super::scan::View;
use super::{noun, numerals};

/// Most words of a title behind its number; longer ones are as likely a sentence.
const LONGEST_TITLE: usize = 4;
/// Words in small letters within titles.
const SMALL: [&str; 10] = ["a", "an", "and", "for", "in", "of", "on", "the", "to", "with"];
/// Most digits of a model.
const DIGITS_OF_MODEL: usize = 2;
/// Most words of a name before its number: "Rolls-Royce Trent 7".
const LONGEST_NAME: usize = 3;

/// What has codes of a number and a letter.
const CODED: [&str; 19] = [
    "runway",
    "runways",
    "storm",
    "typhoon",
    "cyclone",
    "depression",
    "hurricane",
    "disturbance",
    "gate",
    "seat",
    "row",
    "flight",
    "exit",
    "room",
    "apartment",
    "flat",
    "seats",
    "gates",
    "rooms",
];

/// A title in quotation marks that is a number or begins with one.
pub(super) fn quoted(view: &View, i: usize) -> Option<Stretch> {
    if !(i > 0 && view.mark(i - 1, '"') && view.joined(i)) {
        return None;
    }
    let closes = |at: usize| {
        let behind = at + usize::from((view.mark(at, ',') || view.mark(at, '.')) && view.joined(at));
        view.mark(behind, '"') && view.joined(behind)
    };
    let is_title = |at: usize| {
        let is_word = |at: usize| view.capital(at) || view.any(at, &SMALL);
        !view.begins_line(at) && is_word(at)
    };
    let end = (i + 1..=i + 1 + LONGEST_TITLE).find(|&at| closes(at) || !is_title(at)).filter(|&at| closes(at))?;
    // "They sent "300" soldiers"
    let is_counted = end == i + 1 && noun::plural_follows(view, i + 2);
    (!is_counted).then(|| Stretch::new(i, i + 1, value(view, i), value(view, i)))
}

/// A number with letters in brackets that touch it ("401(k)", "501(c)(3)"), and the shop "7-Eleven".
pub(super) fn glued_on(view: &View, i: usize) -> Option<Stretch> {
    let opens = |at: usize| view.mark(at, '(') && view.joined(at) && view.joined(at + 1) && view.str(at + 1).len() == 1;
    let closes = |at: usize| view.mark(at + 2, ')') && view.joined(at + 2);
    let mut end = i + 1;
    while opens(end) && closes(end) && (view.is_word(end + 1) || end > i + 1) {
        end += 3;
    }
    let is_name = view.hyphen(i + 1) && view.capital(i + 2) && numerals::word(view, i + 2).is_some();
    let end = if is_name { i + 3 } else { end };
    (end > i + 1).then(|| Stretch::new(i, end, value(view, i), value(view, i)))
}

/// The number of a model between a count and its noun: "31 Leopard 2 tanks".
pub(super) fn model(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    if i == floor || !is_model(view, i) || noun::counted(view, i + 1, false).is_none() {
        return None;
    }
    let start = (1..=LONGEST_NAME).take_while(|n| i > *n && view.capital(i - n)).last()?;
    let count = i - start - 1;
    let is_count = view.is_number(count) || numerals::word(view, count).is_some();
    is_count.then(|| Stretch::new(i - 1, glued(view, i + 1), value(view, i), value(view, i)))
}

/// Whether the number at token `i` may be that of a model: small, behind a name in the same line.
pub(super) fn is_model(view: &View, i: usize) -> bool {
    let digits = view.str(i);
    i > 0
        && view.is_number(i)
        && !view.begins_line(i)
        && !view.joined(i)
        && digits.len() <= DIGITS_OF_MODEL
        && view.is_word(i - 1)
        && !view.is(i - 1, "top")
        && view.str(i - 1).contains(char::is_uppercase)
}

/// Whether the letter behind the number at token `i` belongs to a code: "runway 27L", "Tropical Storm 13W".
pub(super) fn is_code(view: &View, i: usize) -> bool {
    i > 0 && !view.begins_line(i) && view.any(i - 1, &CODED)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn titles_in_quotation_marks() {
        check("her albums \"19\", \"21\" and \"25\"", &["name 19", "name 21", "name 25"]);
        check("The film “12 Years a Slave” won.", &["name 12"]);
        check("She told \"60 Minutes,\" a programme.", &["name 60"]);
        check("They sent \"300\" soldiers.", &["count 300"]);
        check("\"12 people died,\" he said.", &["count 12 person"]);
        check("\"40 Years Is Not Enough For Such A Crime\"", &["duration 40 year"]);
    }

    #[test]
    fn what_is_glued_on_makes_a_name() {
        check("her 401(k) and a 501(c)(3)", &["name 401", "name 501"]);
        check("7-Eleven has 300 shops.", &["name 7", "count 300 shop"]);
        check("twelve (12) men", &["count 12", "count 12"]);
    }

    #[test]
    fn models_and_codes() {
        check("They sent 31 Leopard 2 tanks.", &["count 31 tank", "name 2"]);
        check("It sold 80 million iPhone 14 handsets.", &["count 80000000 handset", "name 14"]);
        check("They bought 250 M1A2 Abrams tanks.", &["count 250 tank", "name 1"]);
        check("In Germany 2 tanks burned.", &["count 2 tank"]);
        check("It landed on runway 27L after Tropical Storm 13W.", &["name 27", "name 13"]);
        check("a 40W lamp", &["measure 40 watt"]);
    }
}
