//! What befell the people that a figure counts: "83 people were killed", "killing 12", "left 40 others hurt".
//!
//! News tell tolls by verbs more often than by nouns. Looks at the words right after the counted noun and right
//! before the number; says nothing where the people counted are those who did it ("two men killed a guard").

use super::bound;
use super::lemma::{STATES, lemma};
use super::quantity::Quantity;
use super::scan::{Class, View};
use super::table::Table;
use crate::figure::{FigureKind, Outcome};

/// Words between a number and its noun, and between the noun and its verb.
const REACH: usize = 7;

/// Participles: of the dead `d`, the injured `i`, the missing `m`, the arrested `a`, the evacuated `e`.
static PARTICIPLES: Table<64> = Table::new(
    "killed=d dead=d slain=d murdered=d massacred=d executed=d drowned=d electrocuted=d crushed=d beheaded=d assassinated=d \
     injured=i wounded=i hurt=i maimed=i missing=m unaccounted=m arrested=a detained=a evacuated=e",
);

/// What people do by themselves.
static INTRANSITIVE: Table<16> =
    Table::new("died=d die=d perished=d perish=d drowned=d drown=d suffocated=d succumbed=d");

/// Verbs whose object is counted.
static TRANSITIVE: Table<64> = Table::new(
    "killed=d kills=d killing=d murdered=d murdering=d massacred=d massacring=d executed=d executing=d slew=d \
     injured=i injures=i injuring=i wounded=i wounds=i wounding=i maiming=i hurting=i \
     arrested=a arrests=a arresting=a detained=a detains=a detaining=a evacuated=e evacuates=e evacuating=e",
);

/// Words that stand between people and what befell them.
static BETWEEN: Table<128> = Table::new(
    "were was are is been be being have has had who which that also all later reportedly allegedly confirmed reported feared \
     presumed believed thought declared pronounced found officially already now still so far on board aboard instantly shot burned burnt \
     trampled stabbed beaten blown hacked listed counted remain remained remains seriously severely badly critically gravely \
     slightly lightly fatally mortally both each themselves alone least at known said to have or more lay lying left",
);
/// Those of them after which a participle is passive.
static PASSIVE: Table<32> = Table::new(
    "were was are is been be being confirmed reported feared presumed believed thought declared pronounced found shot remain remained \
     remains listed counted left lay lying",
);
/// Words that deny or only imagine it.
const UNREAL: &[&str] = &["not", "never", "could", "might", "may", "would", "should", "if", "will", "can", "to"];

/// What may follow "12 soldiers killed" where the soldiers are the dead.
const AFTER_SHORT: &[&str] = &[
    "in",
    "by",
    "when",
    "after",
    "as",
    "on",
    "at",
    "during",
    "and",
    "near",
    "while",
    "since",
    "so",
    "this",
    "last",
    "over",
    "across",
    "amid",
    "inside",
    "outside",
    "along",
    "from",
    "with",
    "within",
    "for",
    "according",
    "there",
    "here",
];

/// Nouns of what can be killed without being anybody, or hurt without being wounded.
static NOBODY: Table<128> = Table::new(
    "bill job project plan proposal measure law program programme idea deal engine goal company firm business bank store shop \
     farm school industry sector economy market brand sale tree plant crop cow bird dog cat horse fish bee sheep pig chicken animal \
     elephant whale seal deer duck bat turtle dolphin lion tiger wolf bear goat rhino cell bacterium mosquito insect \
     virus germ battery phone light career hope dream vehicle car ship boat plane tank drone missile building house home bridge \
     document file page item percent image vote ballot dollar euro pound country state city town village district province nation \
     region area year month week day hour minute time case",
);

/// Nouns of people, for what befalls things too.
static PEOPLE: Table<128> = Table::new(
    "person people civilian resident soldier troop child woman man boy girl student worker miner passenger protester officer \
     migrant refugee patient prisoner hostage journalist fighter militant villager firefighter member tourist pilgrim adult teenager \
     baby infant pupil guest family household inhabitant employee sailor fisherman climber hiker other victim survivor crew pensioner \
     citizen national local demonstrator activist suspect schoolchild schoolgirl schoolboy evacuee holidaymaker camper visitor prisoner \
     inmate rescuer policeman paramedic medic doctor nurse teacher athlete fan spectator driver pilot swimmer skier",
);

/// What befell the people that a quantity counts.
pub(super) fn of(view: &View, quantity: &Quantity) -> Option<Outcome> {
    if quantity.kind != FigureKind::Count || !view.has_words() {
        return None;
    }
    let noun = quantity.noun.as_deref();
    if noun.is_some_and(|noun| STATES.has(noun)) {
        return None;
    }
    let behind = behind_noun(view, quantity);
    let outcome =
        after(view, behind, noun.is_none()).or_else(|| before(view, quantity.first, noun.is_none(), behind))?;
    let is_somebody = match (outcome, noun) {
        (Outcome::Missing | Outcome::Evacuated, noun) => noun.is_some_and(|noun| PEOPLE.has(noun)),
        (_, Some(noun)) => !NOBODY.has(noun),
        (_, None) => true,
    };
    is_somebody.then_some(outcome)
}

/// The token behind the counted noun, or behind the number.
fn behind_noun(view: &View, quantity: &Quantity) -> usize {
    let Some(noun) = &quantity.noun else { return quantity.next };
    let is_noun = |at: &usize| view.is_word(*at) && lemma(view.str(*at)) == *noun;
    let within = (quantity.first..quantity.next + REACH).take_while(|&at| at <= quantity.next || !view.begins_line(at));
    within.filter(is_noun).last().map_or(quantity.next, |at| at + 1)
}

/// "83 people were killed", "12 miners died", "a dozen others are missing", "12 killed in".
fn after(view: &View, start: usize, is_bare: bool) -> Option<Outcome> {
    let mut is_passive = false;
    let mut has_subject_of_clause = false;
    let (verb, is_apart) = match behind_asides(view, start) {
        verb if verb > start => (verb, true),
        _ => (start, false),
    };
    for at in verb..verb + REACH {
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
        // "a boy of 19 was killed"
        if is_bare && view.any(at, &["was", "is", "has"]) {
            return None;
        }
        if let Some(outcome) = INTRANSITIVE.get(low).map(outcome) {
            return Some(outcome);
        }
        if let Some(outcome) = PARTICIPLES.get(low).map(outcome) {
            let is_adjective = matches!(low, "dead" | "missing" | "unaccounted");
            let ends = match view.class(at + 1) {
                Class::Word => AFTER_SHORT.contains(&view.low(at + 1).as_str()),
                Class::Number | Class::Currency | Class::Fraction => false,
                Class::Mark | Class::Outside => true,
            };
            let is_told = is_passive || !is_apart && (is_adjective || ends && !has_subject_of_clause);
            // "12 injured" has its noun already.
            return (is_told && !(is_bare && at == start)).then_some(outcome);
        }
        if !BETWEEN.has(low) {
            return None;
        }
        has_subject_of_clause |= matches!(low, "who" | "which" | "that") || view.any(at, &["have", "has", "had"]);
        is_passive |= PASSIVE.has(low);
    }
    None
}

/// The token behind what may stand between people and their verb: "of the village", "(12 of them children)",
/// ", including 12 children,". Of the count within an aside it is the token behind the aside.
fn behind_asides(view: &View, start: usize) -> usize {
    let start = behind_phrase(view, start);
    let is_sign = |at: usize| [',', '(', ')', '–', '—', '-'].into_iter().find(|sign| view.mark(at, *sign));
    let Some(opening) = is_sign(start) else { return start };
    let is_within = opening != '(' && (start.saturating_sub(ASIDE)..start).any(|at| begins_aside(view, at));
    if opening == ')' || is_within {
        return if ends_aside(view, start) { start + 1 } else { start };
    }
    if opening == ',' && !begins_aside(view, start + 1) {
        return start;
    }
    let closing = if opening == '(' { ')' } else { opening };
    let end = (start + 2..start + ASIDE).take_while(|&at| !view.begins_line(at)).find(|&at| view.mark(at, closing));
    end.filter(|&end| ends_aside(view, end)).map_or(start, |end| end + 1)
}

/// Tokens of an aside.
const ASIDE: usize = 14;

/// The token behind "of the village", "from two families", "on the bus".
fn behind_phrase(view: &View, start: usize) -> usize {
    if !view.any(start, &["of", "from", "in", "on", "at", "aboard", "with"]) {
        return start;
    }
    let is_plain = |at: &usize| {
        let low = view.low(*at);
        let low = low.as_str();
        view.class(*at) == Class::Word && !view.begins_line(*at) && !low.ends_with("ed") && !NOT_IN_PHRASES.has(low)
    };
    let end = (start + 1..=start + PHRASE).take_while(is_plain).last().map_or(start, |last| last + 1);
    if is_verb_of_toll(view, end) || [',', '(', ')', '–', '—'].into_iter().any(|sign| view.mark(end, sign)) {
        end
    } else {
        start
    }
}

/// Words of a phrase behind the people who are counted.
const PHRASE: usize = 5;

/// Words that end such a phrase, or say that it is none.
static NOT_IN_PHRASES: Table<128> = Table::new(
    "were was are is been be being have has had who which that and or but said says told he she they it we i you when while as \
     died die perished perish drown suffocated what where if because after before later also not never could might may would should \
     will can to left made took found lost got went came saw",
);

/// Whether an aside begins there: "including", "among them", "most of them", "12 of them".
fn begins_aside(view: &View, at: usize) -> bool {
    view.any(at, &["including", "mostly", "mainly", "among"])
        || view.is(at + 1, "of") && view.any(at + 2, &["them", "whom"])
}

/// Whether a sign ends an aside: their verb goes on behind it.
fn ends_aside(view: &View, at: usize) -> bool {
    is_verb_of_toll(view, at + 1)
}

fn is_verb_of_toll(view: &View, at: usize) -> bool {
    view.any(at, &["were", "was", "are", "is", "have", "has", "had"]) || INTRANSITIVE.has(view.low(at).as_str())
}

/// "killing at least 12 people", "injured 30", "claimed 12 lives", "left 40 hurt" being told by the words behind.
fn before(view: &View, first: usize, is_bare: bool, behind: usize) -> Option<Outcome> {
    if view.is(behind.saturating_sub(1), "lives") {
        let (_, at) = bound::before(view, first);
        let is_toll =
            at > 0 && view.any(at - 1, &["claimed", "claiming", "claims", "cost", "costing", "took", "taking", "take"]);
        return is_toll.then_some(Outcome::Dead);
    }
    let (_, mut at) = bound::before(view, first);
    while at > 0
        && view.any(at - 1, &["another", "some", "a", "an", "all", "the", "other", "nearly", "his", "her", "their"])
    {
        at -= 1;
    }
    if at == 0 || view.begins_line(at) {
        return None;
    }
    let verb = view.low(at - 1);
    let outcome = TRANSITIVE.get(verb.as_str()).map(outcome)?;
    let is_unreal = (1..=3).any(|back| at > back && view.any(at - 1 - back, &UNREAL[..5]));
    // "12 were killed, 30 of them": the verb has its subject before it.
    let is_passive = at > 1 && view.any(at - 2, &["were", "was", "been", "are", "is", "be", "being"]);
    // "killed 12 in": a bare number is one of people where it ends the phrase.
    let is_of_people =
        !is_bare || matches!(view.class(behind), Class::Mark | Class::Outside) || ends_phrase(view, behind);
    (!is_unreal && !is_passive && is_of_people).then_some(outcome)
}

fn ends_phrase(view: &View, at: usize) -> bool {
    AFTER_SHORT.contains(&view.low(at).as_str())
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
        check("The 12 people who died were all miners.", "dead");
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
    }

    #[test]
    fn what_is_done_to_them_stands_before_too() {
        check("A bomb killed at least 14 people on Sunday.", "dead");
        check("The quake struck at night, killing 300 villagers and injuring another 1,000.", "dead injured");
        check("Blast kills 12", "dead");
        check("The flood claimed 95 lives.", "dead");
        check("Police arrested 30 protesters.", "arrested");
        check("Some 2,000 residents were evacuated, and 11 people are still missing.", "evacuated missing");
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
        check("12 people were not killed.", "-");
        check("15 dead", "-");
        check("The 176 people on board were all killed.", "dead");
        check("In Scotland a boy of 19 was killed.", "-");
        check("Two people in the town said their dog was killed.", "-");
        check("Five members of the gang killed a guard.", "-");
        check("The 12 people, who live in Lyon, were told that a man died.", "-");
        check("He met 30 people, including two ministers, and died a year later.", "- -");
        check("Four people in cars were stopped.", "-");
    }
}
