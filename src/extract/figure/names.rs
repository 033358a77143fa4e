//! Numbers that are part of a name or an identifier, and so no quantities: "Boeing 737", "G7", "COVID-19",
//! "No 10 Downing Street", "Flight 370", "Article 5", section numbers, versions, addresses.
//!
//! Asked before anything else about a number. Telephone numbers ([`super::identifiers`]), dates and scores have files
//! of their own.

use super::scan::{Class, View};
use super::table::Table;
use super::{identifiers, noun, numerals, titles, units};

/// A stretch of tokens that is no quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Stretch {
    pub(super) fn new(first: usize, next: usize, low: f64, high: f64) -> Self {
        Stretch { first, next, low: low.min(high), high: low.max(high) }
    }
}

/// Words before a number that make it a name, whatever follows.
static DESIGNATORS: Table<512> = Table::new(
    "flight article chapter section highway route interstate motorway page pages paragraph paragraphs clause gate platform terminal runway phase \
     level tier category grade type episode volume vol resolution proposition prop appendix annex version channel formula room apartment apt \
     suite psalm studio no nos number numbers articles sections chapters highways routes \
     boeing airbus antonov tupolev cessna embraer bombardier ilyushin sukhoi iphone ipad ipod galaxy windows playstation xbox android ios \
     apollo soyuz voyager falcon shenzhou chang'e chandrayaan luna artemis gemini vostok sputnik explorer ariane atlas \
     fortune ftse nasdaq nikkei russell cac dax stoxx asx s&p topix sensex ibex msci csi kospi \
     covid agenda pac porsche peugeot mig kalashnikov core generation gen bundesliga mach pier warehouse grand \
     season magnitude's bus act ps rtx gpt amendment marker imo mmsi",
);

/// The same, where they are as often something else ("train 200 soldiers"): only when no noun or unit
/// follows the number.
static WEAK_DESIGNATORS: Table<256> = Table::new(
    "step round game match week day part unit item question track exit rule measure bill schedule protocol directive \
     regulation order case docket lot block plot train tram car floor ward district sector zone area region precinct division \
     model mark mk verse figure fig table option plan reactor lap lane pool group court camp building stage hole line book page \
     race heat area flat category series windows euro task ref reference id code serial registration bay cell \
     catch world top big title schedule turn exhibit count form building unit team squadron regiment battalion brigade committee lake pump well \
     passcode pin postcode milepost extension platforms gates lanes rooms grades junctions rounds terminals runways",
);

/// Classes and wards: in capitals with a small number behind they are names whatever follows ("Class 12 students").
static CLASSES: Table<32> = Table::new("class year stage form standard ward division zone group grade euro model");

/// Most that such a number is: there are few classes, stages and zones.
const MOST_CLASSES: f64 = 30.0;

/// Words in capitals that begin a sentence or stand for anything but a name before a number.
static NO_NAME: Table<512> = Table::new(
    "the a an in on at by for from to with of and or but about around nearly almost over under more less fewer some only just at up down as than \
     between after before since until when while where which that this these those there here it he she they we you i his her its their our my your \
     all both each every another other others still even also then now so if because although though however meanwhile yet not \
     was were is are has have had be been will would could should may might must can did does do \
     approximately roughly exactly another within without during through throughout per versus vs plus minus \
     january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec \
     monday tuesday wednesday thursday friday saturday sunday christmas yesterday today tomorrow tonight \
     killing wounding injuring leaving including totalling totaling costing worth aged age ages total what who how why \
     first second third last next early late mid \
     us uk un eu nato british american chinese russian french german italian spanish japanese indian israeli iranian iraqi syrian ukrainian turkish polish \
     canadian australian mexican brazilian african european asian palestinian afghan pakistani korean \
     police officials authorities firefighters rescuers troops soldiers people children men women scientists researchers doctors workers forces gunmen militants rebels \
     sold paid won lost killed injured wounded arrested seized hired fined jailed rescued raised spent bought made found cut added shot hit took gave got \
     states minister president rs mr mrs ms dr additionally",
);

/// Ends of street names.
static STREETS: Table<64> = Table::new(
    "street st avenue ave road rd lane ln drive dr boulevard blvd square place way court terrace parkway pkwy highway hwy crescent close gardens row circle alley mews plaza broadway",
);

/// Weak designators that go on with "of" and a day: "reference 4723 of June 12".
const FILES: [&str; 7] = ["reference", "ref", "code", "registration", "case", "docket", "order"];

/// Weak designators that go on with "of": "week 22 of a pregnancy".
const STAGES: [&str; 9] = ["week", "day", "round", "stage", "game", "match", "version", "part", "line"];

/// Names of makes that follow their number.
const MAKES: [&str; 6] = ["Max", "MAX", "Dreamliner", "XLR", "Classic", "Series"];

/// What "4K" and "8K" are said of.
const SCREENS: [&str; 12] = [
    "display",
    "displays",
    "video",
    "videos",
    "tv",
    "tvs",
    "screen",
    "screens",
    "resolution",
    "monitor",
    "camera",
    "footage",
];

/// Words before a number word that make it a name: always unless it counts something, with `lone` or
/// `capitals` under more conditions, with `zero` before zero only.
static NUMBERED: Table<64> = Table::new(
    "number channel formula chapter phase article category terminal square apollo page level tier type grade \
     game=lone round=lone version week=lone region ward force=capitals air=capitals ground=zero net=zero patient=zero day=zero",
);

/// Lower-case words that a hyphen may bind to a number without making a name.
static PREFIXES: Table<32> = Table::new(
    "mid pre post early late top magnitude under over sub about than non ex all of to and plus between near",
);

/// The name that the number at token `i` belongs to. No token before `floor` is touched.
pub(super) fn at(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    if view.is_number(i) {
        bound_by_letters(view, i, floor)
            .or_else(|| identifiers::telephone(view, i, floor))
            .or_else(|| identifiers::code(view, i, floor))
            .or_else(|| unreadable(view, i))
            .or_else(|| titles::quoted(view, i))
            .or_else(|| titles::glued_on(view, i))
            .or_else(|| titles::model(view, i, floor))
            .or_else(|| designated(view, i, floor))
            .or_else(|| marked(view, i, floor))
            .or_else(|| make(view, i))
            .or_else(|| address(view, i))
            .or_else(|| letters_follow(view, i))
            .or_else(|| after_capital(view, i, floor))
    } else {
        in_words(view, i, floor)
    }
}

/// "the 737 Max", "24/7", an "Under-21 captain".
fn make(view: &View, i: usize) -> Option<Stretch> {
    let this = |first: usize, next: usize| Some(Stretch::new(first, next, value(view, i), value(view, i)));
    let make = MAKES.contains(&view.str(i + 1)) && !view.begins_line(i + 1) && !view.title_case(i);
    if make && (view.str(i).len() >= 3 || i > 0 && view.capital(i - 1) && !view.begins_line(i)) {
        return this(i, i + 2);
    }
    // "the round of 16", "Ryzen 7 3700X"
    if i >= 2 && view.is(i - 1, "of") && view.is(i - 2, "round") && matches!(view.str(i), "16" | "32" | "64" | "128") {
        return this(i - 2, i + 1);
    }
    let model = view.is_number(i + 1) && view.is_word(i + 2) && view.joined(i + 2) && view.capital(i + 2);
    if model && i > 0 && view.capital(i - 1) && !view.begins_line(i) && view.str(i).len() == 1 {
        return this(i - 1, i + 1);
    }
    let side = i >= 2 && view.hyphen(i - 1) && view.is(i - 2, "under") && view.capital(i - 2);
    (side && view.is_word(i + 1) && !view.joined(i + 1))
        .then(|| Stretch::new(i - 2, i + 1, value(view, i), value(view, i)))
}

pub(super) fn value(view: &View, i: usize) -> f64 {
    view.number(i).unwrap_or(0.0)
}

/// Everything that touches the end of a name's number: "737-800", "A320neo", "F-16s".
pub(super) fn glued(view: &View, next: usize) -> usize {
    let mut next = next;
    loop {
        let alphanumeric = |i: usize| view.joined(i) && (view.is_word(i) || view.is_number(i));
        if alphanumeric(next) {
            next += 1;
        } else if (view.hyphen(next) || view.mark(next, '/') && view.joined(next)) && alphanumeric(next + 1) {
            next += 2;
        } else {
            return next;
        }
    }
}

/// Letters touch the number from the left, perhaps with a hyphen: "G7", "B-52", "COVID-19".
fn bound_by_letters(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    if i == floor || !view.joined(i) {
        return None;
    }
    let hyphen = view.mark(i - 1, '-') && view.joined(i - 1) && i >= floor + 2;
    let at = if hyphen { i - 2 } else { i - 1 };
    if hyphen && view.is_number(at) {
        return None;
    }
    let dot = !hyphen
        && view.mark(at, '.')
        && i >= floor + 2
        && view.joined(at)
        && view.any(at - 1, &["no", "nos", "vol", "art"]);
    if dot {
        return Some(Stretch::new(at - 1, glued(view, i + 1), value(view, i), value(view, i)));
    }
    if !view.is_word(at) {
        let code = matches!(view.get(at), Some(token) if token.class == Class::Mark && matches!(token.first, '#' | '_' | '@' | '\u{2116}' | '&' | '='));
        return code.then(|| Stretch::new(at, glued(view, i + 1), value(view, i), value(view, i)));
    }
    let low = view.low(at);
    if !hyphen && super::money::before(view, i, floor).is_some() {
        return None;
    }
    let word_number = numerals::word(view, at).is_some();
    if hyphen && (PREFIXES.has(low.as_str()) || word_number || low.as_str().ends_with("ing")) {
        return None;
    }
    // "aged-45" and lists such as "Smith-45" do not occur; "x2" multiplies.
    Some(Stretch::new(at, glued(view, i + 1), value(view, i), value(view, i)))
}

/// Digits with dots that are no number: versions, addresses of machines.
fn unreadable(view: &View, i: usize) -> Option<Stretch> {
    view.number(i).is_none().then(|| Stretch::new(i, glued(view, i + 1), 0.0, 0.0))
}

/// "Flight 370", "Article 5", "No. 10", "Boeing 737".
fn designated(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    if i == floor || view.begins_line(i) || view.joined(i) {
        return None;
    }
    if i >= floor + 2
        && view.is(i - 1, "of")
        && view.any(i - 2, &["group", "gang"])
        && view.capital(i - 2)
        && value(view, i) < 80.0
    {
        return Some(Stretch::new(i - 2, i + 1, value(view, i), value(view, i)));
    }
    let dot = view.mark(i - 1, '.') && view.joined(i - 1) && i >= floor + 2;
    let at = if dot { i - 2 } else { i - 1 };
    let low = view.low(at);
    let low = low.as_str();
    if dot && !matches!(low, "no" | "nos" | "vol" | "sec" | "fig" | "art" | "ch" | "p" | "pp" | "prop" | "apt" | "ref")
    {
        return None;
    }
    if low == "number" && view.str(i).contains(',') {
        return None;
    }
    let negation = matches!(low, "no" | "number") && !dot && noun::plural_follows(view, i + 1) && !view.capital(at);
    let quantity = || {
        units::after(view, i + 1).is_some()
            || noun::plural_follows(view, i + 1)
            || view.mark(i + 1, '%')
            || view.is(i + 1, "of") && !STAGES.contains(&low) && !(FILES.contains(&low) && view.capital(i + 2))
    };
    let named = DESIGNATORS.has(low) && !negation && (units::after(view, i + 1).is_none() || view.capital(at))
        || WEAK_DESIGNATORS.has(low) && !quantity() && !numerals_follow(view, i + 1)
        || is_class(view, at, i)
        || low == "numbered" && at > floor && view.mark(at - 1, ',')
        || dot;
    if !named {
        return None;
    }
    let next = end_of_list(view, low, glued(view, i + 1));
    Some(Stretch::new(at, next, value(view, i), value(view, i)))
}

/// The token behind all numbers of "Articles 5, 7 and 9", "Junctions 8 to 11"; `next` is the one behind the first.
fn end_of_list(view: &View, designator: &str, next: usize) -> usize {
    let mut end = next;
    let joins = |at: usize| view.any(at, &["and", "to", "or"]);
    while designator.ends_with('s')
        && view.is_number(end + 1)
        && (joins(end) || view.mark(end, ',') && (joins(end + 2) || view.mark(end + 2, ',')))
        && !view.begins_line(end + 1)
    {
        end += 2;
    }
    // "Flights 3 and 12 passengers"
    if end > next && (noun::plural_follows(view, end) || units::after(view, end).is_some()) { next } else { end }
}

/// "Class 12 students", "Stage 4 patients".
fn is_class(view: &View, at: usize, i: usize) -> bool {
    let is_small = view.str(i).len() <= 2 && value(view, i) > 0.0 && value(view, i) <= MOST_CLASSES;
    CLASSES.has(view.low(at).as_str())
        && view.capital(at)
        && is_small
        && units::after(view, i + 1).is_none()
        && !numerals_follow(view, i + 1)
        && !view.any(i + 1, &["of", "more", "other", "others"])
}

fn numerals_follow(view: &View, next: usize) -> bool {
    view.any(next, &["million", "billion", "thousand", "hundred", "trillion", "crore", "lakh", "bn", "m"])
}

/// `#5`, `[12]`, `*2`, and `1.` or `(2)` before the first word of a line.
fn marked(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    let this = Stretch::new(i, i + 1, value(view, i), value(view, i));
    if view.begins_line(i)
        && (view.mark(i + 1, '.') || view.mark(i + 1, ')'))
        && view.joined(i + 1)
        && view.str(i).len() <= 3
        && (view.is_word(i + 2) || view.mark(i + 2, '"'))
    {
        return Some(this);
    }
    if i == floor {
        return None;
    }
    // "(1) the court" counts its clauses; "two (2) copies" says a number twice.
    let clause = i < 2 || view.begins_line(i - 1) || !matches!(numerals::word(view, i - 2), Some((b'u' | b't', _)));
    let small = view.str(i).len() <= 2 && !view.str(i).contains('.');
    let list = view.mark(i - 1, '(')
        && view.mark(i + 1, ')')
        && small
        && clause
        && view.is_word(i + 2)
        && !super::ages::is_in_brackets(view, i);
    let half = small && view.mark(i + 1, ')') && view.joined(i + 1) && view.is_word(i + 2) && !opened(view, i);
    let note = view.mark(i - 1, '[') && view.mark(i + 1, ']')
        || view.mark(i - 1, '#')
        || view.mark(i - 1, '*') && view.joined(i)
        || view.mark(i - 1, '\u{a7}');
    let zone = view.mark(i - 1, '+') && i >= 2 && matches!(view.str(i - 2), "UTC" | "GMT");
    (list || half || note || zone).then_some(this)
}

/// Whether a bracket opens before token `i` within a sentence's reach.
fn opened(view: &View, i: usize) -> bool {
    // No aside of news is longer in figures.
    const REACH: usize = 24;
    let mut at = i;
    while at > 0 && i - at < REACH && !view.begins_line(at) {
        at -= 1;
        if view.mark(at, ')') {
            return false;
        }
        if view.mark(at, '(') {
            return true;
        }
    }
    false
}

/// "10 Downing Street", "221B Baker Street", "121 N. Main Ave.", "the 1400 block of".
fn address(view: &View, i: usize) -> Option<Stretch> {
    // Name of the street, its kind and a dot included.
    const LONGEST: usize = 5;
    let number = value(view, i);
    if view.is(i + 1, "block") && number >= 100.0 && number % 100.0 == 0.0 && view.any(i + 2, &["of", "on"]) {
        return Some(Stretch::new(i, i + 2, number, number));
    }
    let start = i + 1 + usize::from(view.joined(i + 1) && view.is_word(i + 1));
    for at in start..start + LONGEST {
        if view.mark(at, '.') && view.joined(at) && view.capital(at - 1) && view.str(at - 1).len() <= 2 {
            continue;
        }
        if !(view.capital(at) || view.is_number(at) && at > start) || view.begins_line(at) {
            return None;
        }
        if at > start && STREETS.has(view.low(at).as_str()) && view.str(i).len() <= 5 {
            return Some(Stretch::new(i, at + 1, value(view, i), value(view, i)));
        }
    }
    None
}

/// Letters touch the number from the right and are no unit, scale, currency or rank: "5G", "3D", "777F".
fn letters_follow(view: &View, i: usize) -> Option<Stretch> {
    let name = || Some(Stretch::new(i, glued(view, i + 1), value(view, i), value(view, i)));
    // "737-800", "4-4-2": digits bound to digits are left to scores and dates.
    if !view.joined(i + 1) || !view.is_word(i + 1) {
        let ten_k = view.hyphen(i + 1) && view.is_word(i + 2) && view.str(i + 2).len() == 1 && view.capital(i + 2);
        return if ten_k { name() } else { None };
    }
    let suffix = view.str(i + 1);
    let number = view.str(i);
    if matches!(number, "2" | "3" | "4" | "5" | "6") && suffix == "G"
        || suffix == "D"
        || matches!(number, "2" | "4" | "5" | "8")
            && suffix == "K"
            && (!view.is_word(i + 2) || view.any(i + 2, &SCREENS))
    {
        return name();
    }
    let known = units::after(view, i + 1).is_some()
        || numerals::at(view, i, i, true).is_some_and(|numeral| numeral.next > i + 1)
        || super::money::after(view, i + 1, 1.0, false).is_some()
        || matches!(
            suffix,
            "st" | "nd" | "rd" | "th" | "s" | "am" | "pm" | "x" | "fold" | "p.m." | "a.m." | "yr" | "yo" | "BC" | "AD"
        );
    if known { None } else { name() }
}

/// A bare number right after a capitalised word, with nothing that it could count or measure: "Area 51",
/// "Blink 182", "Germany 2".
fn after_capital(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    if i == floor || view.begins_line(i) || view.joined(i) || !view.capital(i - 1) {
        return None;
    }
    if view.title_case(i) && !marks(view, i) {
        return None;
    }
    let low = view.low(i - 1);
    let low = low.as_str();
    let rank = view.joined(i + 1) && view.any(i + 1, &["st", "nd", "rd", "th"]);
    if rank || low.ends_with("'s") {
        return None;
    }
    // "DEATH TOLL HITS 300"
    if super::subject::of(view, i, i + 1).is_some() {
        return None;
    }
    let verb = view.begins_sentence(i - 1) && (low.ends_with("ing") || low.ends_with("ed") || low.ends_with("ly"));
    let spaced_number =
        view.is_number(i + 1) || view.mark(i + 1, '/') || view.mark(i + 1, '-') && view.is_number(i + 2);
    if NO_NAME.has(low)
        || verb
        || numerals::word(view, i - 1).is_some()
        || super::money::is_code(view, i - 1) && view.str(i - 1) != "COP"
        || spaced_number
    {
        return None;
    }
    let quantity = units::after(view, i + 1).is_some()
        || noun::counted(view, i + 1, view.str(i) == "1").is_some()
        || numerals_follow(view, i + 1)
        || view.class(i + 1) == Class::Currency
        || view.mark(i + 1, '%')
        || super::money::after(view, i + 1, 1.0, false).is_some()
        || view.str(i).contains([',', '.']) && view.str(i).len() > 3
        || view.any(i + 1, &["more", "others", "of", "to", "or", "percent", "per"])
        || view.is(i + 1, "for") && view.is_number(i + 2)
        || view.hyphen(i + 1);
    let next = || end_of_list(view, low, glued(view, i + 1));
    (!quantity).then(|| Stretch::new(i - 1, next(), value(view, i), value(view, i)))
}

/// Whether names with a small number each stand in a list: marks of players, results of parties ("Hale 7; Norton 6").
fn marks(view: &View, i: usize) -> bool {
    let parts = |at: usize| view.mark(at, ',') || view.mark(at, ';');
    let is_small = |at: usize| view.is_number(at) && view.str(at).len() <= 2;
    is_small(i)
        && (parts(i + 1) && view.capital(i + 2) && is_small(i + 3)
            || i >= 4 && parts(i - 2) && is_small(i - 3) && view.capital(i - 4))
}

/// Number words inside names: "Group of Seven", "Channel Four", "Three Mile Island", "Six Nations".
fn in_words(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    let (b'u' | b't', number) = numerals::word(view, i)? else { return None };
    let this = |first: usize, next: usize| Some(Stretch::new(first, next, number, number));
    if i >= floor + 2 && view.is(i - 1, "of") && view.any(i - 2, &["group", "gang"]) && view.capital(i) {
        return this(i - 2, i + 1);
    }
    if let Some(tag) = (i > floor && !view.hyphen(i + 1)).then(|| NUMBERED.get(view.low(i - 1).as_str())).flatten() {
        let lone = noun::counted(view, i + 1, number == 1.0).is_none() && units::after(view, i + 1).is_none();
        let named = match tag {
            "zero" => number == 0.0 || view.is(i - 1, "day") && view.capital(i) && lone,
            "capitals" => view.capital(i - 1) && view.capital(i),
            "lone" => view.capital(i) && lone,
            _ => lone || view.capital(i - 1) && !view.begins_sentence(i - 1),
        };
        if named && numerals::word(view, i + 1).is_none() {
            return this(i - 1, i + 1);
        }
    }
    if view.joined(i + 1) && view.is_number(i + 1) {
        return this(i, glued(view, i + 1));
    }
    if view.capital(i) && view.mark(i + 1, '&') && view.capital(i + 2) {
        return this(i, i + 1);
    }
    if i >= floor + 2 && view.hyphen(i - 1) && view.is(i - 2, "number") {
        return this(i - 2, i + 1);
    }
    if number == 0.0 && view.any(i + 1, &["tolerance", "hour", "sum"])
        || number == 0.0
            && view.hyphen(i + 1)
            && view.any(i + 2, &["tolerance", "sum", "emission", "emissions", "carbon", "day", "waste", "covid"])
    {
        return this(i, i + 2);
    }
    // "Three Mile Island", "Six Day War", "Thirty Years' War"
    let timed = i + 1 + usize::from(view.hyphen(i + 1));
    if view.capital(i) && view.capital(timed) && units::after(view, timed).is_some() && !view.title_case(i) {
        return this(i, i + 1);
    }
    let inside = view.capital(i) && !view.begins_sentence(i) && !view.title_case(i) && !view.is(i, "one");
    let bound_left = i > floor && view.capital(i - 1) && !NO_NAME.has(view.low(i - 1).as_str()) && !view.begins_line(i);
    let bound_right = view.capital(i + 1) && !view.begins_line(i + 1) || view.hyphen(i + 1) && view.capital(i + 2);
    if inside && (bound_left || bound_right || i > floor && view.is(i - 1, "the") && !view.is_word(i + 1)) {
        return this(i, i + 1);
    }
    if view.is(i, "one")
        && view.capital(i)
        && (bound_left || bound_right && view.any(i + 1, &["nation", "direction", "america", "foundation", "world"]))
        && !view.title_case(i)
        && !view.begins_sentence(i)
    {
        return this(i, i + 1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn names() {
        check("the G7", &["name 7"]);
        check("Boeing 737-800", &["name 737"]);
        check("the H5N1 and H1N1 strains", &["name 5", "name 1"]);
        check("COVID-19", &["name 19"]);
        check("No 10 Downing Street", &["name 10"]);
        check("10 Downing Street", &["name 10"]);
        check("121 N. Rowan Ave. and 405 W. Fir St.", &["name 121", "name 405"]);
        check("the 1400 block of Carver Avenue", &["name 1400"]);
        check("Class 12 students, Year 13 pupils", &["name 12", "name 13"]);
        check("Stage 4 patients died", &["name 4"]);
        check("Group of Seven", &["name 7"]);
        check("Article 5 and Type 2 diabetes", &["name 5", "name 2"]);
        check("on page 12", &["name 12"]);
        check("5G", &["name 5"]);
        check("number one", &["name 1"]);
        check("version 3.1.4", &["name 0"]);
        check("1. Introduction", &["name 1"]);
        check("in Area 51.", &["name 51"]);
        check("Twenty20", &["name 20"]);
        check("the 737 Max", &["name 737"]);
        check("an Under-21 captain", &["name 21"]);
        check("said (1) that and (2) this", &["name 1", "name 2"]);
        check("in week 22 of it", &["name 22"]);
        check("Murray Hale 7; Norton 6, Davis 7.", &["name 7", "name 6", "name 7"]);
        check("the round of 16", &["name 16"]);
        check("see https://example.org/a%20b?c=30%25 or www.example.org/5", &[]);
    }

    #[test]
    fn no_names() {
        check("In Kyiv 12 people died", &["count 12 person"]);
        check("Storm Kills 12 People in Northern Town", &["count 12 person"]);
        check("mid-2 million", &["count 2000000"]);
        check("About 300 fans", &["count 300 fan ~"]);
        check("a force that will number 7,000", &["count 7000"]);
        check("train 200 soldiers", &["count 200 soldier"]);
        check("a class 12 students had left", &["count 12 student"]);
        check("In Zone 500 homes burned", &["count 500 home"]);
        check("between platforms 4 and 7", &["name 4"]);
        check("Years 10 and 12 return.", &["name 10"]);
        check("Sections 12, 14 and 18 apply.", &["name 12"]);
        check("He quoted reference 4723 of June 12.", &["name 4723", "date 12"]);
        check("The resolution, numbered 2728, passed.", &["name 2728"]);
        check("cars that meet Euro 6 standards", &["name 6"]);
        check("a 5 block walk", &["count 5 block"]);
    }
}
