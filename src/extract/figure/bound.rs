//! How a text bounds a value: "more than", "at least", "nearly", "up to", "or more".
//!
//! Looks at the words right before and after a number, nothing else.

use super::scan::{Class, View};
use super::table::Table;
use crate::figure::Bound;

/// Words that bound what follows by themselves: `>` more than, `g` at least, `<` less than, `l` at most,
/// `~` about.
static ALONE: Table<128> = Table::new(
    "over=> above=> exceeding=> exceeded=> exceeds=> exceed=> topped=> topping=> tops=> surpassing=> surpassed=> surpasses=> \
     surpass=> beyond=> past=> under=< below=< beneath=< sub=< minimum=g maximum=l about=~ around=~ approximately=~ \
     approx=~ roughly=~ nearly=~ almost=~ some=~ circa=~ estimated=~ maybe=~ perhaps=~ probably=~ near=~ nearing=~ \
     approaching=~ virtually=~ practically=~ reportedly=~",
);

/// Comparatives before "than".
static BEFORE_THAN: Table<64> = Table::new(
    "more=> greater=> larger=> higher=> longer=> bigger=> better=> older=> heavier=> faster=> taller=> further=> farther=> \
     later=> stronger=> warmer=> hotter=> worse=> wider=> deeper=> fewer=< less=< lower=< smaller=< shorter=< younger=< \
     lighter=< slower=< cheaper=< closer=< nearer=< colder=< sooner=< earlier=< weaker=<",
);

/// Nouns and the like before "of".
static BEFORE_OF: Table<32> = Table::new(
    "excess=> upwards=> upward=> north=> shy=< short=< south=< minimum=g maximum=l region=~ order=~ vicinity=~ \
     neighbourhood=~ neighborhood=~ estimate=~",
);

/// Adjectives between "as" and "as".
static BETWEEN_AS: Table<32> = Table::new(
    "many=l much=l high=l long=l far=l late=l old=l large=l big=l few=g little=g low=g early=g young=g small=g",
);

/// Words that may stand between the bound and the number.
static PASSED: Table<16> = Table::new("a an another only even total further additional record combined");

/// Words to which "over" belongs, so that it says nothing of the number behind it: "handed over 18 bodies", "a row
/// over 12 jobs". With a tag behind `=` only where the words around fit it.
static BEFORE_IDLE_OVER: Table<128> = Table::new(
    "hand hands handed handing turn turns turned turning preside presides presided presiding roll rolls rolled rolling \
     row rows anger angry outrage fury furious talks negotiations concern concerns worry worries fear fears dispute disputes \
     trial trials lawsuit lawsuits protest protests backlash criticism scandal controversy feud tensions debate inquiry \
     investigation investigations probe uproar \
     questioned=accused charged=accused wanted=accused sued=accused arrested=accused detained=accused jailed=accused \
     fined=accused sacked=accused suspended=accused prosecuted=accused investigated=accused convicted=accused \
     take=firm takes=firm took=firm taking=firm taken=firm run=victim ran=victim running=victim",
);

/// What people are accused of: "charged over three deaths", where "charged over 200 people" has a bound.
static DEEDS: Table<64> = Table::new(
    "death murder killing shooting stabbing attack assault rape theft robbery burglary fraud offence offense crime bombing \
     blast fire crash collapse attempt incident leak tweet post payment allegation breach violation arrest",
);

/// What is taken over, where "took over 200 pictures" has a bound.
static FIRMS: Table<64> = Table::new(
    "company firm business bank club school hotel airline brand chain hospital plant factory refinery mine shop station \
     restaurant newspaper airport port village town city base rival branch team practice",
);

/// Who is run over, where "ran over 20 campaigns" has a bound.
static VICTIMS: Table<64> = Table::new(
    "person man woman child boy girl pedestrian cyclist officer policeman protester soldier student worker passer-by \
     dog cat cow sheep pupil toddler reveller shopper tourist bystander",
);

/// Verbs of small moves, which take "up" with them.
const CREEPS: &[&str] = &[
    "edged", "edging", "inched", "inching", "ticked", "ticking", "crept", "nudged", "picked", "went", "came", "moved",
];

fn bound(tag: &str) -> Bound {
    match tag {
        ">" => Bound::MoreThan,
        "g" => Bound::AtLeast,
        "<" => Bound::LessThan,
        "l" => Bound::AtMost,
        _ => Bound::About,
    }
}

/// The bound before token `first`, and the first token of its words (`first` when there is none).
pub(super) fn before(view: &View, first: usize) -> (Bound, usize) {
    let mut at = first;
    for _ in 0..2 {
        if at > 0 && !view.begins_line(at) && PASSED.has(view.low(at - 1).as_str()) {
            at -= 1;
        }
    }
    // "over a 20-year period", "under a five-year plan"
    let is_adjective = at < first && view.any(at, &["a", "an"]) && view.hyphen(first + 1);
    for start in [first, at] {
        let is_place = start == at && is_adjective && at > 0 && view.any(at - 1, &["over", "under", "beyond"]);
        if let Some((bound, n_words)) = right_before(view, start).filter(|_| !is_place) {
            return (bound, start - n_words);
        }
    }
    (Bound::Exact, first)
}

/// The bound whose last word stands right before token `at`, and how many tokens it has.
fn right_before(view: &View, at: usize) -> Option<(Bound, usize)> {
    if at == 0 || view.begins_line(at) {
        return None;
    }
    let back = |k: usize| at.checked_sub(k).filter(|_| !(1..k).any(|n| view.begins_line(at - n)));
    let is = |k: usize, word: &str| back(k).is_some_and(|i| view.is(i, word));
    let tag = |k: usize, table: &'static dyn Fn(&str) -> Option<&'static str>| {
        back(k).and_then(|i| table(view.low(i).as_str())).map(bound)
    };
    if !view.is_word(at - 1) {
        return view.get(at - 1).and_then(|token| sign(token.first)).map(|bound| (bound, 1));
    }
    let low = view.low(at - 1);
    match low.as_str() {
        // "a five-under 67"
        "under" | "over" if at > 1 && view.hyphen(at - 2) => None,
        "than" => match (tag(2, &|low| BEFORE_THAN.get(low))?, is(3, "no") || is(3, "not")) {
            (Bound::MoreThan, true) => Some((Bound::AtMost, 3)),
            (_, true) => Some((Bound::AtLeast, 3)),
            (bound, false) => Some((bound, 2)),
        },
        "least" => is(2, "at").then_some((Bound::AtLeast, 2)),
        "most" => is(2, "at").then_some((Bound::AtMost, 2)),
        // "edged up to 1.32" says where it went.
        "to" if is(2, "up") && back(3).is_some_and(|i| view.any(i, CREEPS)) => None,
        "to" if is(2, "up") => Some((Bound::AtMost, 2)),
        "to" if is(2, "close") => Some((Bound::About, 2)),
        "as" if is(3, "as") => Some((tag(2, &|low| BETWEEN_AS.get(low))?, 3)),
        "of" => {
            let bound = tag(2, &|low| BEFORE_OF.get(low))?;
            Some((bound, if is(3, "in") { 3 } else { 2 }))
        }
        "past" if is(2, "the") => None,
        // "not to exceed"
        "exceed" | "exceeding" | "over" if is(2, "not") || is(3, "not") && is(2, "to") => {
            Some((Bound::AtMost, if is(2, "not") { 2 } else { 3 }))
        }
        low => ALONE.get(low).map(|tag| (bound(tag), 1)),
    }
}

/// Whether the "over" before token `first` belongs to the words before it and bounds nothing. `noun` is what the number
/// counts.
pub(super) fn is_idle_over(view: &View, first: usize, noun: Option<&str>) -> bool {
    let Some(over) = first.checked_sub(1).filter(|&at| view.is(at, "over") && !view.begins_line(at)) else {
        return false;
    };
    let Some(before) = over.checked_sub(1) else { return false };
    let is_noun = |table: &Table<64>| noun.is_some_and(|noun| table.has(noun));
    match BEFORE_IDLE_OVER.get(view.low(before).as_str()) {
        None => false,
        Some("accused") => {
            let is_passive = before > 0 && view.any(before - 1, &["was", "were", "been", "being", "is", "are"]);
            is_noun(&DEEDS) || is_passive && noun.is_some()
        }
        Some("firm") => is_noun(&FIRMS),
        Some("victim") => is_noun(&VICTIMS),
        Some(_) => true,
    }
}

/// Bounds in signs.
fn sign(sign: char) -> Option<Bound> {
    Some(match sign {
        '~' | '\u{2248}' => Bound::About,
        '>' => Bound::MoreThan,
        '<' => Bound::LessThan,
        '\u{2265}' => Bound::AtLeast,
        '\u{2264}' => Bound::AtMost,
        _ => return None,
    })
}

/// The bound after token `next` ("or more", "-odd", "+"), and the token after its words.
pub(super) fn after(view: &View, next: usize) -> Option<(Bound, usize)> {
    if view.mark(next, '+') && view.joined(next) {
        return Some((Bound::AtLeast, next + 1));
    }
    let word = view.low(next + 1);
    if view.hyphen(next) {
        return match word.as_str() {
            "plus" => Some((Bound::AtLeast, next + 2)),
            "odd" | "ish" | "something" => Some((Bound::About, next + 2)),
            _ => None,
        };
    }
    if view.begins_line(next) || view.begins_line(next + 1) {
        return None;
    }
    if view.is(next, "plus") && !matches!(view.class(next + 1), Class::Number | Class::Word | Class::Currency) {
        return Some((Bound::AtLeast, next + 1));
    }
    if !view.any(next, &["or", "and"]) || view.is(next + 2, "than") {
        return None;
    }
    match word.as_str() {
        "more" | "so" | "thereabouts" if !view.is(next, "or") => None,
        "more" | "older" | "over" | "above" | "up" | "greater" | "higher" | "longer" => {
            Some((Bound::AtLeast, next + 2))
        }
        "less" | "fewer" | "under" | "younger" | "below" | "lower" => Some((Bound::AtMost, next + 2)),
        "so" | "thereabouts" => Some((Bound::About, next + 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_place_bound_nothing() {
        check("over a 20-year period", Bound::Exact);
        check("under a 5-year plan", Bound::Exact);
        check("a five-under 67", Bound::Exact);
        check("over 20 years", Bound::MoreThan);
        check("more than a 20-year wait", Bound::MoreThan);
    }

    #[track_caller]
    fn check(text: &str, expected: Bound) {
        let view = View::new(text);
        let at = (0..view.n_tokens()).find(|&i| view.is_number(i)).expect("a number");
        let found = match before(&view, at).0 {
            Bound::Exact => after(&view, at + 1).map_or(Bound::Exact, |(bound, _)| bound),
            bound => bound,
        };
        assert_eq!(found, expected, "{text}");
    }

    #[track_caller]
    fn check_over(text: &str, expected: Bound) {
        let found = crate::extract::figure::find(text);
        assert_eq!(found.first().map(|figure| figure.bound), Some(expected), "{text}");
    }

    #[test]
    fn over_belongs_to_the_words_before_it() {
        check_over("The group handed over 18 bodies.", Bound::Exact);
        check_over("She presided over 40 hearings.", Bound::Exact);
        check_over("A row over 12 jobs went on.", Bound::Exact);
        check_over("He was arrested over three murders.", Bound::Exact);
        check_over("A man charged over two deaths was freed.", Bound::Exact);
        check_over("The rival took over 14 hotels.", Bound::Exact);
        check_over("The lorry ran over two pedestrians.", Bound::Exact);
    }

    #[test]
    fn over_is_more_than() {
        check_over("Police arrested over 300 people.", Bound::MoreThan);
        check_over("They took over 200 pictures.", Bound::MoreThan);
        check_over("He was fined over 500 euros.", Bound::MoreThan);
        check_over("The firm runs over 300 shops.", Bound::MoreThan);
        check_over("It lost over 40 seats.", Bound::MoreThan);
        check_over("They have over 20 years of practice.", Bound::MoreThan);
    }

    #[test]
    fn bounds_by_words_and_signs() {
        check("more than 5", Bound::MoreThan);
        check("no more than 5", Bound::AtMost);
        check("no fewer than 5", Bound::AtLeast);
        check("at least another 5", Bound::AtLeast);
        check("up to 5", Bound::AtMost);
        check("as many as 5", Bound::AtMost);
        check("in excess of 5", Bound::MoreThan);
        check("not to exceed 5", Bound::AtMost);
        check("an estimated 5", Bound::About);
        check("close to 5", Bound::About);
        check("~5", Bound::About);
        check("5 or more", Bound::AtLeast);
        check("5-odd", Bound::About);
        check("5+ men", Bound::AtLeast);
        check("the 5 men", Bound::Exact);
        check("edged up to 5", Bound::Exact);
        check("used to 5", Bound::Exact);
        check("5 and more", Bound::Exact);
    }
}
