//! The counted noun: what "390" counts in "390 Ukrainian prisoners", "three of the five men", "a 27-nation
//! bloc", "at least 12 dead".
//!
//! Works without a tagger: the noun is the first plural after the number, or the last of several in a row,
//! before anything that ends a noun phrase. Feeds [`super::quantity`].

use super::lemma;
use super::scan::{Class, View};
use super::table::Table;
use super::titles;

/// How many words may stand between a number and the noun that it counts, the noun included.
const REACH: usize = 7;

/// Words that end a noun phrase: prepositions, conjunctions, pronouns, determiners, auxiliaries.
static ENDS: Table<512> = Table::new(
    "in on at by for from to with without within into onto over under above below about after before during since until till \
     against between among amid amidst through throughout across along around behind beside besides beyond despite down up off out \
     near past per than toward towards upon via as like unlike versus vs inside outside following including according because while \
     when where who whom whose which that what why how if unless though although whether but nor so yet \
     i you he she it we they me him us them himself herself itself themselves mine yours hers ours theirs \
     the a an this these those my your his her its our their each every no any all both either neither \
     is are was were be been being am has have had having do does did done will would shall should can could may might must \
     not never also already still just even only then there here now ago later earlier away apart altogether together today yesterday \
     tomorrow tonight once twice too again almost nearly else instead however meanwhile \
     isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't won't can't couldn't wouldn't shouldn't \
     he's she's it's they're they've they'd we're we've i'm i've you're there's that's who's",
);

/// Verbs that follow a counted noun or stand for it; a noun phrase ends before them.
static VERBS: Table<512> = Table::new(
    "said say says saying told tell tells went go goes came come comes got get gets made make makes took take takes saw see sees \
     left leave leaves fell fall falls rose rise rises won win wins lost lose loses fled flee flees began begin begins became become becomes remain \
     remains remained seem seems seemed appear appears appeared belong belongs include includes included face faces faced want wants wanted need needs needed \
     claim claims claimed think thinks thought know knows knew believe believes believed call calls called ask asks asked try tries \
     tried keep keeps kept hold holds held give gives gave find finds found feel feels felt stand stands stood sit sits sat live lives \
     lived die dies died work works worked move moves moved run runs ran ride rode walk walks walked meet met pay pays paid send sent sold bought brought \
     caught broke spoke wrote read ate drank slept drove flew grew drew threw knew hit hits cut put set let shut beat burst struck stuck swam sank sang sprang \
     showed shows show shown grown known seen gone taken given fallen risen chosen driven written broken stolen forgotten \
     killed happened occurred died vote votes voted agreed agree agrees refused decided continued continue opened closed started stopped ended \
     joined followed helped carried turned attended arrived escaped survived suffered disappeared emerged returned led contains provides identifies allows requires carries weighs arrives brings determines operates assumes expects involves suggests \
     describes explains argues enables receives produces contributes decides lies",
);

/// Nouns of "one" that are turns of phrase and not counts.
static IDLE_ONE: Table<64> = Table::new(
    "thing day way hand reason side point end example kind sort type form time part aspect direction word sense instance place \
     note respect extent voice bit issue question moment morning night evening afternoon month another level story stage fact \
     piece lesson clue problem option answer idea possibility theory explanation such",
);

/// Nouns in -ing; other words in -ing end the noun phrase of "one": "one man carrying a bag".
static IN_ING: Table<128> = Table::new(
    "building bombing killing shooting meeting hearing wedding painting training landing ruling sighting stabbing drowning \
     warning filing listing opening crossing offering recording screening reading mailing gathering king ring spring string \
     wing being evening morning housing feeling finding beating beginning ending clothing drawing crossing mooring sitting \
     setting saying posting outing outbuilding holding hanging greeting engraving earring dwelling ceiling briefing boarding \
     blessing awakening sibling sterling farthing lightning nursing planning racing mining fishing funding testing thing nothing",
);

/// Words that may touch a number by a hyphen without being counted ("two-way", "45-plus").
static HYPHENED_NOT_COUNTED: Table<64> = Table::new(
    "way off stop sided fold plus odd strong up on one down out over in to and a by year old something ish like or the of thirds style \
     dimensional digit handed legged eyed century off's timer percent",
);

/// Words between a number and its noun that say nothing about it.
static PASSED: Table<16> = Table::new("more other additional extra further or so such new");

/// Words between "of" and the noun phrase in "three of the five men".
static OF_MANY: Table<32> =
    Table::new("the these those his her its their our my your all some such more than at least about nearly some over");

/// Words that end a noun phrase, except at its start before what they are adjectives to: "642 away fans", "12 near
/// misses"; with nothing behind `=`, before any plural.
static ADJECTIVES: Table<16> = Table::new("away past near=miss still=image inside=source");

/// What the scarcer ones of [`ADJECTIVES`] stand before; "killed 12 near schools" has a preposition.
static AFTER_ADJECTIVES: Table<32> = Table::new(
    "misses=miss collisions=miss accidents=miss disasters=miss encounters=miss neighbours=miss neighbors=miss \
     images=image photos=image photographs=image pictures=image frames=image lifes=image \
     sources=source pages=source stories=source tracks=source jobs=source traders=source",
);

/// A counted noun in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Noun {
    /// The token of its head.
    pub(super) token: usize,
    /// Whether nothing stands between the number and the noun, or the compound that it ends, but a hyphen.
    pub(super) adjacent: bool,
}

/// Whether the token is a plural noun.
pub(super) fn plural(view: &View, i: usize) -> bool {
    let verb = view.any(i, &["costs", "means"]) && view.class(i + 1) != Class::Word && view.class(i + 1) != Class::Mark;
    !verb && view.is_word(i) && lemma::is_plural(view.str(i)) && !ENDS.has(view.low(i).as_str())
}

/// Whether a plural follows token `j` on within its noun phrase.
pub(super) fn plural_follows(view: &View, j: usize) -> bool {
    !view.begins_line(j) && !view.is(j, "of") && many(view, j, false).is_some()
}

/// The noun counted by a number that ends before token `j`; `one` says that the number is one.
pub(super) fn counted(view: &View, j: usize, one: bool) -> Option<Noun> {
    if view.begins_line(j) {
        return None;
    }
    if view.hyphen(j) {
        return hyphened(view, j + 1);
    }
    if view.joined(j) && view.is_word(j) {
        return None;
    }
    if view.is(j, "of") {
        return if one { None } else { of_many(view, j + 1) };
    }
    let start = j + usize::from(view.mark(j, '"') && !view.joined(j));
    let noun = if one { single(view, start) } else { many(view, start, true) }?;
    Some(Noun { token: noun, adjacent: compound_start(view, noun, j) == j })
}

/// The form that stands for a counted noun, the words included that hyphens bind to it ("two great-grandchildren",
/// "30 start-ups"); none of them stands before token `from`.
pub(super) fn name(view: &View, token: usize, from: usize) -> String {
    let mut name = String::new();
    for part in compound_start(view, token, from)..token {
        name += if view.hyphen(part) { "-" } else { view.str(part) };
    }
    lemma::lemma(&(name + view.str(token))).into_owned()
}

/// The first token of the compound that ends with the noun at `token`, `from` at the earliest.
fn compound_start(view: &View, token: usize, from: usize) -> usize {
    let mut start = token;
    while start >= from + 2 && is_bond(view, start - 1) && view.is_word(start - 2) {
        start -= 2;
    }
    start
}

/// Whether the token is a hyphen within a word, and no dash between clauses.
fn is_bond(view: &View, i: usize) -> bool {
    view.hyphen(i) && view.str(i) != "\u{2013}" && !view.mark(i + 1, '-')
}

/// Whether a hyphen binds the word at token `i` to another: such a word is no preposition, verb or number
/// ("off-duty officers", "break-in suspects").
fn is_bound(view: &View, i: usize, start: usize) -> bool {
    let number = |i: usize| super::numerals::word(view, i).is_some();
    // "three ten-thousandths" are no compound.
    is_bond(view, i + 1) && view.is_word(i + 2) && !(number(i) && number(i + 2)) || i > start && is_bond(view, i - 1)
}

/// "27-nation", "three-set", "63-person".
fn hyphened(view: &View, at: usize) -> Option<Noun> {
    let low = view.low(at);
    let low = low.as_str();
    if !view.is_word(at) || HYPHENED_NOT_COUNTED.has(low) || is_function_word(low) || low.len() < 2 {
        // "an 18,000-strong crowd" counts what comes next.
        return None;
    }
    if view.hyphen(at + 1) && view.any(at + 2, &["a", "in", "on", "to", "and"]) {
        return None;
    }
    Some(Noun { token: at, adjacent: true })
}

/// "three of the five men", "270 of those prisoners", "hundreds of people".
fn of_many(view: &View, at: usize) -> Option<Noun> {
    let mut at = at;
    // Determiners, a number of their own and what bounds it: "of the original four men", "of the city's
    // more than 40 stations".
    for _ in 0..REACH {
        let low = view.low(at);
        let low = low.as_str();
        let number = |i: usize| {
            view.is_number(i) || super::numerals::word(view, i).is_some_and(|(tag, _)| matches!(tag, b'u' | b't'))
        };
        let passed = OF_MANY.has(low) || low.ends_with("'s") || number(at) && view.is_word(at + 1) || number(at + 1);
        if !passed || !(view.is_word(at) || view.is_number(at)) {
            break;
        }
        at += 1;
    }
    let the = at > 0 && (view.is(at - 1, "the") || view.is_number(at - 1));
    let token = many(view, at, the)?;
    Some(Noun { token, adjacent: false })
}

/// The head of a noun phrase in the plural from token `start` on. `states` says that "12 dead" counts.
pub(super) fn many(view: &View, start: usize, states: bool) -> Option<usize> {
    let mut best: Option<usize> = None;
    // A plural that more often goes before the noun, and a noun without a plural of its own.
    let (mut weak, mut collective) = (None, None);
    let mut end = start + REACH;
    // Numbers and fillers reach farther, but rows of nothing else do not.
    let last = start + 3 * REACH;
    let mut i = start;
    while i < end.min(last) && !(i > start && view.begins_line(i)) {
        // "two Su-24 bombers", "two 12-roll packs", "two Amazon S3 buckets": numbers of names and of shapes.
        if best.is_none() && view.is_number(i) && (view.joined(i) && i > start || view.hyphen(i + 1)) {
            i += 1;
            end += 2;
            continue;
        }
        // "31 Leopard 2 tanks"
        let is_near = || plural(view, i + 1) || view.is_word(i + 1) && plural(view, i + 2);
        if best.is_none() && i > start && titles::is_model(view, i) && is_near() {
            i += 1;
            end += 2;
            continue;
        }
        // "40 Top 10 singles"
        if best.is_none() && i > start && view.is_number(i) && view.is(i - 1, "top") {
            i += 1;
            end += 1;
            continue;
        }
        if !view.is_word(i) {
            if !goes_on(view, i, best) {
                break;
            }
            best = None;
            i += 1;
            continue;
        }
        let low = view.low(i);
        let low = low.as_str();
        let filler = i == start && PASSED.has(low)
            || i == start + 1 && view.is(start, "or") && view.any(i, &["so", "more", "fewer", "less"]);
        if filler {
            end += 1;
            i += 1;
            continue;
        }
        // "a lead of four points lies within"
        if best.is_some() && VERBS.has(low) && !is_bound(view, i, start) {
            break;
        }
        if plural(view, i) {
            let before_noun =
                lemma::is_attributive(low) || view.capital(i) && view.capital(i + 1) && !view.title_case(i);
            if before_noun && view.is_word(i + 1) && !ends_phrase(view.low(i + 1).as_str()) && best.is_none() {
                weak = weak.or(Some(i));
                // "20 news media outlets": the noun is near, or this is it.
                end = end.min(i + 4);
            } else {
                best = Some(i);
            }
            i += 1;
            continue;
        }
        let is_bound = || is_bound(view, i, start);
        let goes_on = || is_bound() || i > start && coordinates(view, i) || is_adjective(view, i, start, low);
        if best.is_some() || ends(view, i, low) && !goes_on() {
            break;
        }
        if states && i == start && lemma::STATES.has(low) && !is_bound() && !plural(view, i + 1) {
            return Some(i);
        }
        // "1,200 known illegal immigrants" and "two stolen cars", but not "three left".
        let participle =
            || i == start && (plural(view, i + 1) || plural(view, i + 2) && view.is_word(i + 1)) && low.ends_with('n');
        if VERBS.has(low) && !is_bound() && !participle() {
            break;
        }
        if lemma::is_collective(low) && collective.is_none() {
            collective = Some(i);
        }
        i += 1;
    }
    best.or(weak).or(collective)
}

/// Whether a mark at token `i` leaves the noun phrase open: hyphens and slashes bind, the possessive of a
/// plural goes on, quotation marks open, commas list adjectives.
fn goes_on(view: &View, i: usize, best: Option<usize>) -> bool {
    if view.hyphen(i) {
        // "prisoners-of-war", "passers-by"
        return best.is_none() || is_bond(view, i) && !is_function_word(view.low(i + 1).as_str());
    }
    let slash = view.mark(i, '/') && view.joined(i) && view.joined(i + 1);
    let possessive = view.mark(i, '\'') && view.joined(i) && best == Some(i.wrapping_sub(1)) && view.is_word(i + 1);
    let opens = view.mark(i, '"') && !view.joined(i) || listed(view, i, best);
    slash || possessive || best.is_none() && opens
}

/// Whether a noun phrase ends before the word at token `i`; "US" is no pronoun.
fn ends(view: &View, i: usize, low: &str) -> bool {
    let acronym = matches!(low, "us" | "it" | "am") && matches!(view.str(i), "US" | "IT" | "AM");
    let number = || super::numerals::word(view, i).is_some_and(|(tag, _)| matches!(tag, b'u' | b't'));
    // "250 M1A2 tanks"
    let is_of_code = view.joined(i) && i > 0 && view.is_number(i - 1);
    !acronym && !is_of_code && (ENDS.has(low) || matches!(low, "and" | "or")) || number()
}

/// Whether the word at token `i` is an adjective here that ends a noun phrase elsewhere.
fn is_adjective(view: &View, i: usize, start: usize, low: &str) -> bool {
    // "40 mine workers", "three coal mine extensions"
    let is_near = |at: usize| {
        plural(view, at) || view.is_word(at) && !is_function_word(view.low(at).as_str()) && plural(view, at + 1)
    };
    if low == "mine" {
        return is_near(i + 1);
    }
    match ADJECTIVES.get(low).filter(|_| i == start) {
        Some("") => is_near(i + 1),
        Some(tag) => AFTER_ADJECTIVES.get(view.low(i + 1).as_str()) == Some(tag),
        None => false,
    }
}

/// Whether "and" or "or" at token `i` joins two adjectives or nouns of one phrase.
fn coordinates(view: &View, i: usize) -> bool {
    view.any(i, &["and", "or"]) && view.is_word(i + 1) && !view.capital(i + 1) && !ENDS.has(view.low(i + 1).as_str())
}

/// Whether the comma at token `i` joins adjectives ("two young, armed men").
fn listed(view: &View, i: usize, best: Option<usize>) -> bool {
    if !view.mark(i, ',') || best.is_some() || !view.is_word(i + 1) || view.capital(i + 1) {
        return false;
    }
    let low = view.low(i - 1);
    let adjective = [
        "y", "ed", "ing", "ous", "ful", "al", "ic", "ive", "ble", "ent", "ant", "ll", "ge", "ld", "ck", "te", "ng",
        "en",
    ]
    .iter()
    .any(|end| low.as_str().ends_with(end));
    adjective
        && (plural(view, i + 2) || plural(view, i + 3) && !ENDS.has(view.low(i + 2).as_str()))
        && !ENDS.has(view.low(i + 1).as_str())
}

/// The head of a noun phrase in the singular from token `start` on.
fn single(view: &View, start: usize) -> Option<usize> {
    let mut head: Option<usize> = None;
    for i in start..start + REACH {
        if view.begins_line(i) && i > start || !view.is_word(i) && !view.hyphen(i) {
            break;
        }
        if view.hyphen(i) {
            // "one full-sized car", "one e-mail"
            head = None;
            continue;
        }
        let low = view.low(i);
        let low = low.as_str();
        if i == start && PASSED.has(low) && low != "or" {
            continue;
        }
        let is_bound = || is_bound(view, i, start);
        if (ends(view, i, low) || low == "of" || head.is_some() && VERBS.has(low)) && !is_bound() {
            break;
        }
        if (VERBS.has(low) || super::numerals::word(view, i).is_some() && head.is_none()) && !is_bound() {
            return None;
        }
        // "the only one running it"
        let pronoun = i == start && start > 1 && view.any(start - 2, &["only", "other"]);
        if pronoun && low.ends_with("ing") && !IN_ING.has(low) {
            return None;
        }
        let compares =
            head.is_some() && matches!(low, "closer" | "nearer" | "further" | "bigger" | "larger" | "longer");
        if compares {
            break;
        }
        // "one asymptomatic infected volunteer": an adjective is no head.
        let adjective = head.is_some_and(|head| {
            let low = view.low(head);
            ["ic", "ive", "ous", "ful", "ible", "able"].iter().any(|end| low.as_str().ends_with(end))
        });
        let participle = low.ends_with("ed") && low.len() > 4 && !(adjective && view.is_word(i + 1))
            || low.ends_with("ly")
            || head.is_some() && low.ends_with("ing") && !IN_ING.has(low);
        if head.is_some() && (participle || plural(view, i)) && !view.capital(i) {
            break;
        }
        if i == start && lemma::STATES.has(low) && !view.is_word(i + 1) {
            return Some(i);
        }
        // "one man's life", "one badly hurt boy"
        let possessive = view.str(i).ends_with("'s") || view.str(i).ends_with("\u{2019}s");
        head = if possessive || participle { None } else { Some(i) };
    }
    head
}

/// Whether "one" at token `i`, with its noun, is a count and not a pronoun or a turn of phrase.
pub(super) fn one_counts(view: &View, i: usize, noun: Option<Noun>) -> bool {
    let before = |words: &[&str]| i > 0 && view.any(i - 1, words);
    if before(&[
        "the", "this", "that", "no", "any", "each", "every", "which", "another", "some", "number", "day", "good",
        "last", "next", "first",
    ]) && !view.hyphen(i + 1)
    {
        return false;
    }
    match noun {
        Some(noun) => {
            let low = view.low(noun.token);
            let capital = view.capital(noun.token) && !view.title_case(i);
            !capital
                && (!IDLE_ONE.has(low.as_str())
                    || before(&["least", "than", "only", "just"]) && !matches!(low.as_str(), "thing" | "day"))
        }
        None => before(&["least"]) && !view.is(i + 1, "of"),
    }
}

/// Whether a noun phrase ends before this word.
pub(super) fn ends_phrase(low: &str) -> bool {
    is_function_word(low) || VERBS.has(low)
}

/// Whether this is a preposition, conjunction, pronoun, determiner or auxiliary.
pub(super) fn is_function_word(low: &str) -> bool {
    ENDS.has(low) || matches!(low, "of" | "and" | "or")
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn counted_nouns() {
        check("390 Ukrainian prisoners", &["count 390 prisoner"]);
        check("three of the five men", &["count 3 man", "count 5 man"]);
        check("two of the original four men", &["count 2 man", "count 4 man"]);
        check("20 more people", &["count 20 person"]);
        check("500 hydroelectricity power plants", &["count 500 plant"]);
        check("20 news outlets", &["count 20 outlet"]);
        check("two young, armed men", &["count 2 man"]);
        check("ten prisoners' families", &["count 10 family"]);
        check("12 black and white dogs", &["count 12 dog"]);
        check("eight US troops", &["count 8 troop"]);
        check("12 dead and 30 wounded", &["count 12 dead", "count 30 wounded"]);
        check("two of the 31 wounded", &["count 2 wounded", "count 31 wounded"]);
        check("a lead of four points lies within it", &["count 4 point"]);
        check("12 injured men", &["count 12 man"]);
        check("a 27-nation bloc", &["count 27 nation"]);
        check("five crew", &["count 5 crew"]);
        check("two Su-24 bombers", &["count 2 bomber", "name 24"]);
        check("over 40 Top 10 singles", &["count 40 single >", "count 10 single"]);
        check("two 12-roll packs", &["count 2 pack", "count 12 roll"]);
        check("33 Earth days", &["duration 33 day"]);
        check("a 149 vote margin", &["count 149 vote"]);
        check("a two-way road", &[]);
        check("12 two-for-one deals", &["count 12 deal", "count 2", "count 1 deal"]);
        check("six hits over seven innings", &["count 6 hit", "count 7 inning"]);
        check("two said no", &["count 2"]);
    }

    #[test]
    fn words_bound_by_hyphens_end_no_phrase() {
        check("Two off-duty police officers", &["count 2 officer"]);
        check("three break-in suspects", &["count 3 suspect"]);
        check("14 would-be migrants", &["count 14 migrant"]);
        check("two three-bedroom houses", &["count 2 house", "count 3 bedroom"]);
        check("one off-duty officer", &["count 1 officer"]);
        check("five passers-by", &["count 5 passer"]);
        check("12 passengers\u{2013}mostly pupils", &["count 12 passenger"]);
        check("about three ten-thousandths", &["count 3 ~", "ratio 0.01"]);
    }

    #[test]
    fn compounds_are_nouns() {
        check("30 start-ups", &["count 30 start-up"]);
        check("14 break-ins", &["count 14 break-in"]);
        check("two great-grandchildren", &["count 2 great-grandchild"]);
        check("three of her co-authors", &["count 3 co-author"]);
        check("five Afghan-Americans", &["count 5 afghan-american"]);
    }

    #[test]
    fn adjectives_that_elsewhere_end_a_phrase() {
        check("642 away fans", &["count 642 fan"]);
        check("45 past presidents", &["count 45 president"]);
        check("12 near misses", &["count 12 miss"]);
        check("hit 12 near schools", &["count 12"]);
        check("40 mine workers", &["count 40 worker"]);
        check("three coal mine extensions", &["count 3 extension"]);
    }

    #[test]
    fn one() {
        check("One man carrying a bag", &["count 1 man"]);
        check("one man's life", &["count 1 life"]);
        check("at least one person", &["count 1 person >="]);
        for text in ["one of them", "no one", "one day he", "the one who", "on the one hand", "one by one"] {
            check(text, &[]);
        }
    }
}
