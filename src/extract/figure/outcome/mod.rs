//! What befell the people that a figure counts: "83 people were killed", "killing 12", "left 40 others hurt".
//!
//! News tell tolls by verbs more often than by nouns. Looks at the words right after the counted noun and right
//! before the number; says nothing where the people counted are those who did it ("two men killed a guard"). What
//! several share ("killing a guard and three others") is in [`shared`].

mod shared;
mod words;

use super::bound;
use super::lemma::STATES;
use super::noun;
use super::numerals;
use super::quantity::Quantity;
use super::scan::{Class, View};
use super::subject;
use super::units;
use crate::figure::{Figure, FigureKind, Outcome};

pub(super) use shared::backwards;
use words::{
    AFTER_SHORT, BETWEEN, INTRANSITIVE, NOBODY, NOT_IN_PHRASES, PARTICIPLES, PASSIVE, PEOPLE, PRESENT, TRANSITIVE, WAYS,
};

/// Words between a number and its noun, and within a verb.
const REACH: usize = 7;
/// Words that deny or only imagine it.
const UNREAL: &[&str] = &["not", "never", "could", "might", "may", "would", "should", "if", "will", "can", "to"];

/// Tokens of an aside: "(most of them women and children from nearby villages)" has ten.
const ASIDE: usize = 14;
/// Words of a phrase behind the people who are counted: "of the city of New York".
const PHRASE: usize = 5;
/// Signs around asides; a dash of any length but the longest is a hyphen here.
const SIGNS: [char; 5] = [',', '(', ')', '-', '—'];
/// What a clause begins behind, of which the people counted are the subject.
const BEFORE_CLAUSES: &[&str] = &[
    "that", "and", "but", "said", "says", "when", "as", "while", "where", "after", "before", "because", "since",
    "until",
];
/// What stands before a number and belongs to its people.
const DETERMINERS: &[&str] = &[
    "another", "further", "some", "a", "an", "all", "the", "other", "nearly", "his", "her", "their", "these", "those",
];

/// Verbs behind "the 12 people killed".
const FINITE: &[&str] = &["were", "was", "are", "is", "had", "have", "include", "included", "including"];
/// Of whom a part is told: "most of the 40 passengers".
const PARTS: &[&str] =
    &["none", "neither", "few", "some", "most", "many", "several", "each", "half", "majority", "percent"];
/// Words of an owner, its article included: "the small coastal town's".
const OWNER: usize = 4;
/// How many bytes may stand between two figures of one list: ", ", " and ".
const TOUCHING: u32 = 8;

/// What befell the people that a quantity counts. `last` is the figure before it.
pub(super) fn of(view: &View, quantity: &Quantity, last: Option<&Figure>) -> Option<Outcome> {
    if quantity.kind != FigureKind::Count || !view.has_words() {
        return None;
    }
    // "15 dead": the noun says it.
    if quantity.noun_token.is_some_and(|at| STATES.has(view.low(at).as_str())) {
        return None;
    }
    let noun = quantity.noun.as_deref();
    let behind = behind_noun(view, quantity);
    if is_whole(view, quantity.first) && !is_described(view, behind) {
        return None;
    }
    let is_bare = noun.is_none();
    let apart = || {
        let verb = behind_asides(view, behind);
        let is_subject = verb > behind && begins_clause(view, quantity.first);
        if is_subject { after(view, quantity, verb, true) } else { None }
    };
    let outcome = after(view, quantity, behind, false)
        .or_else(|| before(view, quantity.first, is_bare, behind, last))
        .or_else(|| within_aside(view, quantity, last))
        .or_else(apart)
        .or_else(|| shared::forwards(view, quantity, behind, last))
        .or_else(|| toll(view, quantity))?;
    let is_somebody = match (outcome, noun) {
        // A bare number is one of people: "177 were rescued", "90 are still missing".
        (Outcome::Missing | Outcome::Evacuated, Some(noun)) => PEOPLE.has(head_of(noun)),
        (_, Some(noun)) => !NOBODY.has(head_of(noun)),
        (_, None) => true,
    };
    is_somebody.then_some(outcome)
}

/// "the death toll stands at more than 54,000 people"
fn toll(view: &View, quantity: &Quantity) -> Option<Outcome> {
    let is_of_people = quantity.noun.as_deref().is_some_and(|noun| PEOPLE.has(head_of(noun)));
    let (_, first) = bound::before(view, quantity.first);
    let told = if is_of_people { subject::of(view, first, quantity.next)? } else { return None };
    (view.is(told, "toll") && !view.any(told.checked_sub(1)?, &["injury", "casualty"])).then_some(Outcome::Dead)
}

/// The token from which on words belong to the number: bounds and determiners.
fn start_of_phrase(view: &View, first: usize) -> usize {
    let (_, mut at) = bound::before(view, first);
    while at > 0 && view.any(at - 1, DETERMINERS) {
        at -= 1;
    }
    at
}

/// Whether the number is a whole of which a part is told: "none of the 40 passengers", "six of the 19 crew".
fn is_whole(view: &View, first: usize) -> bool {
    let mut at = start_of_phrase(view, first);
    // "two-thirds of the island's 78,000 residents", "six of its 900 inmates"
    if at > 0 && view.low(at - 1).as_str().ends_with("'s") {
        at -= 1;
        at = (0..=OWNER).map(|n| at.saturating_sub(n)).find(|&at| at > 0 && view.is(at - 1, "of")).unwrap_or(at);
    } else if at > 0 && view.any(at - 1, &["its", "our", "my", "your"]) {
        at -= 1;
    }
    let Some(part) = at.checked_sub(2).filter(|_| view.is(at - 1, "of")) else { return false };
    view.is_number(part)
        || view.mark(part, '%')
        || view.any(part, PARTS)
        || numerals::WORDS.has(view.low(part).as_str())
}

/// Whether the people are described and not told of: "the 12 people killed", "the 12 people who died".
fn is_described(view: &View, behind: usize) -> bool {
    let low = view.low(behind);
    view.any(behind, &["who", "that"]) || PARTICIPLES.has(low.as_str()) && !INTRANSITIVE.has(low.as_str())
}

/// Whether a clause begins with the number, so that its people are the subject.
fn begins_clause(view: &View, first: usize) -> bool {
    let at = start_of_phrase(view, first);
    at == 0
        || view.begins_line(at)
        || view.begins_sentence(at)
        || view.mark(at - 1, ',')
        || view.any(at - 1, BEFORE_CLAUSES)
}

/// What befell those among whom a quantity counts some: "killing 83 people, including 12 children".
fn within_aside(view: &View, quantity: &Quantity, last: Option<&Figure>) -> Option<Outcome> {
    let last = last?;
    let (_, at) = bound::before(view, quantity.first);
    let sign = if view.any(at.wrapping_sub(1), &["including"]) {
        at.checked_sub(2)?
    } else if view.is(at.wrapping_sub(1), "them") && view.is(at.wrapping_sub(2), "among") {
        at.checked_sub(3)?
    } else if view.is(quantity.next, "of") && view.any(quantity.next + 1, &["them", "whom"]) {
        at.checked_sub(1)?
    } else {
        return None;
    };
    // Its noun and little else stands between them.
    let from = view.get(sign.saturating_sub(REACH))?.start;
    if is_sign(view, sign) && last.span.end as usize > from as usize { last.outcome } else { None }
}

/// What a compound is a sort of: the `grandchild` of `great-grandchild`.
fn head_of(noun: &str) -> &str {
    noun.rsplit('-').next().unwrap_or(noun)
}

/// The token behind the counted noun, or behind the number.
fn behind_noun(view: &View, quantity: &Quantity) -> usize {
    let Some(at) = quantity.noun_token else { return quantity.next };
    // "passers-by"
    let has_tail = view.hyphen(at + 1) && view.any(at + 2, &["by", "on", "up"]);
    at + if has_tail { 3 } else { 1 }
}

/// "83 people were killed", "12 miners died", "a dozen others are missing", "12 killed in". `start` is where the verb is
/// looked for, `is_apart` tells that it does not follow directly.
fn after(view: &View, quantity: &Quantity, start: usize, is_apart: bool) -> Option<Outcome> {
    let is_bare = quantity.noun.is_none();
    let mut is_passive = false;
    let mut has_subject_of_clause = false;
    for at in start..start + REACH {
        if view.begins_line(at) && at > start {
            return None;
        }
        if view.mark(at, ',') && at == start && view.is(at + 1, "who") {
            continue;
        }
        if view.class(at) != Class::Word {
            return None;
        }
        let low = view.low(at);
        let low = low.as_str();
        if UNREAL.contains(&low) && !(low == "to" && view.is(at + 1, "have")) {
            return None;
        }
        // "a boy of 19 was killed", "a bus with 40 passengers was hit"
        if (is_bare || quantity.low != 1.0) && view.any(at, &["was", "is", "has"]) {
            return None;
        }
        // "two officers have shot dead a man"
        if low == "shot" && has_subject_of_clause && !is_passive {
            return None;
        }
        if let Some(outcome) = INTRANSITIVE.get(low).map(outcome) {
            return (!has_alternative(view, at, outcome, false)).then_some(outcome);
        }
        if low == "flown" && is_passive && view.is(at + 1, "out") {
            return Some(Outcome::Evacuated);
        }
        if let Some(outcome) = PARTICIPLES.get(low).map(outcome) {
            let is_adjective = matches!(low, "dead" | "missing" | "unaccounted");
            let ends = match view.class(at + 1) {
                _ if view.begins_line(at + 1) => true,
                // "the 12 people killed were"
                _ if view.any(at + 1, FINITE) => true,
                // "two bombs killed at least 30"
                Class::Word => AFTER_SHORT.has(view.low(at + 1).as_str()) && !begins_object(view, at + 1),
                Class::Number | Class::Currency | Class::Fraction => false,
                Class::Mark | Class::Outside => true,
            };
            let is_told = is_passive || !is_apart && (is_adjective || ends && !has_subject_of_clause);
            // "12 injured" has its noun already.
            let is_told = is_told && !(is_bare && at == start) && !has_alternative(view, at, outcome, false);
            return is_told.then_some(outcome);
        }
        // "were shot and killed"
        let is_joined = low == "and" && at > start && WAYS.has(view.low(at - 1).as_str());
        if !is_joined && !BETWEEN.has(low) && !WAYS.has(low) {
            return None;
        }
        has_subject_of_clause |= matches!(low, "who" | "which" | "that") || view.any(at, &["have", "has", "had"]);
        // "two men shot and killed a guard"
        let is_first_of_two = WAYS.has(low) && view.is(at + 1, "and");
        is_passive |= PASSIVE.has(low) && !is_first_of_two;
    }
    None
}

/// The token behind what may stand between people and their verb: "of the village", "(12 of them children)",
/// ", including 12 children,".
fn behind_asides(view: &View, start: usize) -> usize {
    let start = behind_phrase(view, start);
    if !is_sign(view, start) || view.mark(start, ')') || !view.mark(start, '(') && !begins_aside(view, start + 1) {
        return start;
    }
    let goes_on = |at: &usize| !view.begins_line(*at) && !view.mark(*at, '.');
    let mut within = (start + 2..start + ASIDE).take_while(goes_on);
    let closes = |at: &usize| if view.mark(start, '(') { view.mark(*at, ')') } else { is_sign(view, *at) };
    let end = within.find(|at| closes(at) && is_verb_of_toll(view, at + 1));
    end.map_or(start, |end| end + 1)
}

fn is_sign(view: &View, at: usize) -> bool {
    !view.hyphen(at) && SIGNS.into_iter().any(|sign| view.mark(at, sign))
}

/// The token behind "of the village", "from two families", "on the bus".
fn behind_phrase(view: &View, start: usize) -> usize {
    if !view.any(start, &["of", "from", "in", "on", "at", "aboard", "with"]) {
        return start;
    }
    let is_plain = |at: &usize| {
        let low = view.low(*at);
        let low = low.as_str();
        let is_verb = low.len() > 4 && low.ends_with("ed") || NOT_IN_PHRASES.has(low);
        view.class(*at) == Class::Word && !view.begins_line(*at) && !is_verb
    };
    let end = (start + 1..=start + PHRASE).take_while(is_plain).last().map_or(start, |last| last + 1);
    if is_verb_of_toll(view, end) || is_sign(view, end) { end } else { start }
}

/// Whether an aside begins there: "including", "among them", "most of them", "12 of them".
fn begins_aside(view: &View, at: usize) -> bool {
    view.any(at, &["including", "mostly", "mainly"])
        || view.is(at, "among") && view.any(at + 1, &["them", "whom"])
        || view.is(at + 1, "of") && view.any(at + 2, &["them", "whom"])
}

fn is_verb_of_toll(view: &View, at: usize) -> bool {
    view.any(at, &["were", "was", "are", "is", "have", "has", "had"]) || INTRANSITIVE.has(view.low(at).as_str())
}

/// Whether an amount of something begins there, with its bound, so that the verb before it has an object: "at least 30",
/// and not "over two days".
fn begins_object(view: &View, at: usize) -> bool {
    let is_number = |i: &usize| view.is_number(*i) || numerals::WORDS.has(view.low(*i).as_str()) && !view.is(*i, "a");
    let Some(number) = (at..at + 4).find(is_number) else { return false };
    let is_time = || units::after(view, number + 1).is_some_and(|unit| unit.kind == FigureKind::Duration);
    bound::before(view, number).1 == at && !is_time()
}

/// "killed or wounded", "wounded or killed", "killed and wounded", "dead or missing": nobody knows which. `at` is the
/// word that tells of the one, `has_object` that it is a verb with an object.
fn has_alternative(view: &View, at: usize, told: Outcome, has_object: bool) -> bool {
    let of_same = |low: &str| PARTICIPLES.get(low).map(outcome) == Some(told);
    let is_other = |other: usize, link: usize| {
        let low = view.low(other);
        let low = low.as_str();
        let of_subject = || PARTICIPLES.get(low).or_else(|| INTRANSITIVE.get(low));
        let tag = if has_object { TRANSITIVE.get(low) } else { of_subject() };
        tag.map(outcome).is_some_and(|other| {
            let is_harm = |one| matches!(one, Outcome::Injured | Outcome::Missing);
            let parts_harm = told == Outcome::Dead && is_harm(other) || is_harm(told) && other == Outcome::Dead;
            other != told && (view.is(link, "or") || view.is(link, "and") && parts_harm)
        }) || view.is(link, "or") && low.len() > 4 && low.ends_with("ed") && !of_same(low)
    };
    // "three dead and injured 12": the second has an object of its own.
    let of_its_own = || begins_object(view, at + 3) || view.any(at + 3, DETERMINERS);
    is_other(at + 2, at + 1) && !of_its_own() || at > 1 && is_other(at - 2, at - 1)
}

/// "killing at least 12 people", "injured 30", "claimed 12 lives", "left 40 hurt" being told by the words behind.
fn before(view: &View, first: usize, is_bare: bool, behind: usize, last: Option<&Figure>) -> Option<Outcome> {
    if view.is(behind.saturating_sub(1), "lives") {
        let (_, at) = bound::before(view, first);
        let is_toll =
            at > 0 && view.any(at - 1, &["claimed", "claiming", "claims", "cost", "costing", "took", "taking", "take"]);
        return is_toll.then_some(Outcome::Dead);
    }
    let at = start_of_phrase(view, first);
    if at == 0 || view.begins_line(at) {
        return None;
    }
    let outcome = verb_of_object(view, at - 1).or_else(|| in_present(view, at - 1, last))?;
    (!is_bare || ends_people(view, behind)).then_some(outcome)
}

/// What the verb at a token does to its object, unless it is passive, denied, imagined or one of two.
fn verb_of_object(view: &View, at: usize) -> Option<Outcome> {
    let outcome = TRANSITIVE.get(view.low(at).as_str()).map(outcome)?;
    let is_unreal = (1..=3).any(|back| at >= back && view.any(at - back, &UNREAL[..5]));
    // "12 were killed, 30 of them": the verb has its subject before it.
    let is_passive = at > 0 && view.any(at - 1, &["were", "was", "been", "are", "is", "be", "being"]);
    (!is_unreal && !is_passive && !has_alternative(view, at, outcome, true)).then_some(outcome)
}

/// The same of a verb in the present tense behind a plural, or behind another such verb: "Floods kill 12, injure 20".
fn in_present(view: &View, at: usize, last: Option<&Figure>) -> Option<Outcome> {
    let outcome = PRESENT.get(view.low(at).as_str()).map(outcome)?;
    let subject = at.checked_sub(1).filter(|_| !view.begins_line(at))?;
    let is_unreal = (1..=3).any(|back| at >= back && view.any(at - back, UNREAL));
    let has_subject = noun::plural(view, subject) || super::lemma::is_collective(view.low(subject).as_str());
    let goes_on = || {
        let is_link = view.mark(subject, ',') || view.is(subject, "and");
        let start = view.get(at).map_or(0, |token| token.start);
        let touches = |last: &Figure| last.outcome.is_some() && start.saturating_sub(last.span.end) <= TOUCHING;
        is_link && last.is_some_and(touches)
    };
    (!is_unreal && (has_subject || goes_on())).then_some(outcome)
}

/// Whether a bare number in front of the token is one of people: it ends its phrase ("killed 12 in"), or some are
/// taken of people ("killed 12 of them", "injured 12 more").
fn ends_people(view: &View, behind: usize) -> bool {
    let of_them = view.is(behind, "of") && view.any(behind + 1, &["them", "whom"]);
    let more = usize::from(view.is(behind, "more") && !view.begins_line(behind));
    of_them || ends_phrase(view, behind + more)
}

/// Whether a phrase ends before a token.
fn ends_phrase(view: &View, at: usize) -> bool {
    matches!(view.class(at), Class::Mark | Class::Outside)
        || view.begins_line(at)
        || AFTER_SHORT.has(view.low(at).as_str())
}

fn outcome(tag: &str) -> Outcome {
    match tag {
        "d" => Outcome::Dead,
        "i" => Outcome::Injured,
        "m" => Outcome::Missing,
        "a" => Outcome::Arrested,
        _ => Outcome::Evacuated,
    }
}

#[cfg(test)]
mod tests {
    use super::super::find;

    /// What befell those that each count of a text counts, `-` for nothing.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let told = find(text).into_iter().filter(|figure| figure.kind == crate::figure::FigureKind::Count);
        let told: Vec<&str> = told.map(|figure| figure.outcome.map_or("-", |outcome| outcome.name())).collect();
        assert_eq!(told.join(" "), expected, "{text}");
    }

    #[test]
    fn people_who_were_killed_are_dead() {
        check("At least 83 people were killed in the blast.", "dead");
        check("More than 1,200 civilians have been killed since 2014.", "dead");
        check("Twelve miners died when the shaft flooded.", "dead");
        check("Some 40 passengers are feared dead.", "dead");
        check("Two off-duty police officers were killed.", "dead");
        check("Three ex-ministers and five passers-by were injured.", "- injured");
        check("The 12 people who died were all miners.", "dead");
        check("Six of its 900 inmates were killed.", "dead -");
        check("Half of the small town's 78,000 residents were evacuated.", "-");
        check("All of the island's 300 residents were evacuated.", "evacuated");
        check("Two soldiers killed in ambush", "dead");
        check("All 239 people on board", "-");
        check("The attack left 18 people dead and 40 others wounded.", "dead injured");
        check("83 people were killed and 120 others injured.", "dead injured");
        check("Nine students, who were shot dead, had hidden.", "dead");
        check("At least 83 people, including 12 children, were killed on Friday.", "dead dead");
        check("At least seven, including four children, died.", "dead dead");
        check("Some 40 people – most of them women and children – have been wounded.", "injured");
        check("Thirty miners (two of them foreigners) died.", "dead dead");
        check("Three occupants of the helicopter died at the scene.", "dead");
        check("Twelve people on the bus, mostly pupils, were injured.", "injured");
        check("He said 26 people had been rescued from the water.", "evacuated");
        check("As many as 177 were rescued, and 90 are still missing.", "evacuated missing");
        check("Some 300 tourists were flown out, 12 climbers airlifted.", "evacuated evacuated");
    }

    #[test]
    fn what_is_done_to_them_stands_before_too() {
        check("A bomb killed at least 14 people on Sunday.", "dead");
        check("The quake struck at night, killing 300 villagers and injuring another 1,000.", "dead injured");
        check("Blast kills 12", "dead");
        check("The flood claimed 95 lives.", "dead");
        check("Police arrested 30 protesters.", "arrested");
        check("The lifeboat rescued 21 crew on Friday.", "evacuated");
        check("It stopped 184 boats and rescued a further 61 off Lesbos.", "- evacuated");
        check("Some 2,000 residents were evacuated, and 11 people are still missing.", "evacuated missing");
    }

    #[test]
    fn one_noun_has_two_fates() {
        check("Two people were killed and eight people were injured in Tunis.", "dead injured");
        check("Twelve soldiers were killed, and 30 soldiers were wounded.", "dead injured");
    }

    #[test]
    fn several_share_a_fate() {
        check("A blast killed Mr. Hariri and 22 others.", "dead");
        check("He blew himself up, killing himself and four policemen.", "dead");
        check("It wounded him and two others on Monday.", "injured");
        check("They killed three soldiers, two policemen and 14 civilians.", "dead dead dead");
        check("Five officers and at least seven Taliban fighters were killed.", "dead dead");
        check(
            "Three sailors, two cooks and an engineer were rescued, 12 passengers and four crew drowned.",
            "- - dead dead",
        );
        check("A bomb killed a guard and three men fled.", "-");
        check("A bomb killed 12 people and 30 people from the area protested.", "dead -");
        check("A quake killed 12 people and 30 houses collapsed.", "dead -");
        check("He met 30 people and two ministers died.", "- dead");
        check("She was killed in a raid and three others fled.", "-");
    }

    #[test]
    fn those_who_do_it_are_no_victims() {
        check("Three storms killed over 200 people.", "- dead");
        check("Two car bombs killed at least 30.", "- dead");
        check("Two strikes wounded around 20 women.", "- injured");
        check("Three soldiers killed over two days", "dead");
    }

    #[test]
    fn bare_numbers_are_people() {
        check("It injured 12 more.", "injured");
        check("The army killed 13 of them.", "dead");
        check("A bomb killed 12 Monday.", "dead");
        check("Twelve people killed Monday in Kabul", "dead");
        check("Bus crash kills 12\n\nFriday was a black day.", "dead");
        check("Floods kill 12 in Kenya", "dead");
        check("Russian strikes kill five, injure 20", "dead injured");
        check("Police arrest 30", "arrested");
        check("Plans would kill 20 in Kent", "-");
        check("They want to kill 12.", "-");
    }

    #[test]
    fn a_part_is_not_the_whole() {
        check("Nine of the 10 attackers were killed.", "dead -");
        check("Six of the 19 crew members remain missing.", "missing -");
        check("Most of the 40 passengers were injured.", "-");
        check("Three of the 12 people killed were Greek.", "dead dead");
        check("A group of 40 migrants drowned.", "dead");
    }

    #[test]
    fn one_of_two_fates_is_none() {
        check("Some 1,060 soldiers had been killed or wounded.", "-");
        check("About 200 people are dead or missing.", "-");
        check("It killed or injured 40 people.", "-");
        check("The attack left three dead and injured 12.", "- injured");
        check("Twelve hostages were killed.", "dead");
        check("12 hostage", "-");
        check("Fourteen people were killed or freed in the raid.", "-");
        check("Twelve people were shot and killed in a club.", "dead");
        check("Twelve people shot and killed in club", "dead");
        check("Two men shot and killed a guard.", "-");
        check("The number of people killed in the floods rose to 512.", "dead");
        check("The death toll in Turkey now stands at more than 54,000 people.", "dead");
    }

    #[test]
    fn others_are_left_alone() {
        check("Two men killed a guard and fled.", "-");
        check("Twelve soldiers killed 30 rebels.", "- dead");
        check("Two gunmen who killed 12 people were caught.", "- dead");
        check("It could have killed 300 people.", "-");
        check("Nobody knows how many of the 300 people survived.", "-");
        check("Lawmakers killed three bills.", "-");
        check("Five pages are missing.", "-");
        check("300 homes were evacuated.", "-");
        check("Firefighters rescued 12 dogs.", "-");
        check("Two pilots were flown home.", "-");
        check("A fund rescued three banks.", "-");
        check("12 people were not killed.", "-");
        check("15 dead", "-");
        check("The 176 people on board were all killed.", "dead");
        check("In Scotland a boy of 19 was killed.", "-");
        check("Two people in the town said their dog was killed.", "-");
        check("Five members of the gang killed a guard.", "-");
        check("The 12 people, who live in Lyon, were told that a man died.", "-");
        check("He met 30 people, including two ministers, and died a year later.", "- -");
        check("Four people in cars were stopped.", "-");
        check("The man accused of killing 12 people, including two children, was arrested.", "dead dead");
        check("The gunman who wounded 12 people, including two children, died at the scene.", "injured injured");
        check("A father of three children from Leeds was killed.", "-");
        check("The driver of a bus carrying 40 passengers from Lagos was killed.", "-");
        check("The man who saved 669 children from the Nazis died in 2015.", "-");
        check("Guards at a camp for 500 prisoners in Kunduz were killed.", "-");
        check("None of the 40 passengers in the bus were hurt.", "-");
        check("Four witnesses at the scene say officers were injured.", "-");
        check("The driver (a father of two children) was killed.", "-");
        check("Some of them fled. The suspects, who shot 12 soldiers, were arrested.", "-");
        check("The storm, which displaced 2,000 people, mainly farmers, has died down.", "-");
        check("Two police officers in Texas have shot dead a man.", "-");
        check("Two contracts with the ministry were executed.", "-");
        check("Seven people at the rally were arrested.", "arrested");
        check("He said 40 migrants aboard the boat drowned.", "dead");
        check("Five people in the car were not hurt.", "-");
        check("Twelve people on the bus – mostly pupils – were injured.", "injured");
    }
}
