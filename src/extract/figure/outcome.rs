//! What befell the people that a figure counts: "83 people were killed", "killing 12", "left 40 others hurt".
//!
//! News tell tolls by verbs more often than by nouns. Looks at the words right after the counted noun and right
//! before the number; says nothing where the people counted are those who did it ("two men killed a guard").

use super::bound;
use super::lemma::{STATES, lemma};
use super::quantity::Quantity;
use super::scan::{Class, View};
use super::table::Table;
use crate::figure::{Figure, FigureKind, Outcome};

/// Words between a number and its noun, and within a verb.
const REACH: usize = 7;

/// Participles: of the dead `d`, the injured `i`, the missing `m`, the arrested `a`, the evacuated `e`.
static PARTICIPLES: Table<64> = Table::new(
    "killed=d dead=d slain=d murdered=d massacred=d executed=d drowned=d electrocuted=d crushed=d beheaded=d assassinated=d \
     injured=i wounded=i hurt=i maimed=i missing=m unaccounted=m arrested=a detained=a evacuated=e rescued=e \
     airlifted=e",
);

/// What people do by themselves.
static INTRANSITIVE: Table<16> =
    Table::new("died=d die=d perished=d perish=d drowned=d drown=d suffocated=d succumbed=d");

/// Verbs whose object is counted.
static TRANSITIVE: Table<64> = Table::new(
    "killed=d kills=d killing=d murdered=d murdering=d massacred=d massacring=d executed=d executing=d slew=d \
     injured=i injures=i injuring=i wounded=i wounds=i wounding=i maiming=i hurting=i \
     arrested=a arrests=a arresting=a detained=a detains=a detaining=a evacuated=e evacuates=e evacuating=e \
     rescued=e rescues=e rescuing=e airlifted=e airlifts=e airlifting=e",
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
    "off",
];

/// Nouns of what can be killed without being anybody, or hurt without being wounded.
static NOBODY: Table<128> = Table::new(
    "bill job project plan proposal measure law program programme idea deal engine goal company firm business bank store shop \
     farm school industry sector economy market brand sale tree plant crop cow bird dog cat horse fish bee sheep pig chicken animal \
     elephant whale seal deer duck bat turtle dolphin lion tiger wolf bear goat rhino cell bacterium mosquito insect \
     virus germ battery phone light career hope dream vehicle car ship boat plane tank drone missile building house home bridge \
     document file page item percent image vote ballot dollar euro pound country state city town village district province nation \
     region area year month week day hour minute time case bus train truck lorry helicopter contract order trade airline retailer \
     novel film song",
);

/// Nouns of people, for what befalls things too.
static PEOPLE: Table<128> = Table::new(
    "person people civilian resident soldier troop child woman man boy girl student worker miner passenger protester officer \
     migrant refugee patient prisoner hostage journalist fighter militant villager firefighter member tourist pilgrim adult teenager \
     baby infant pupil guest family household inhabitant employee sailor fisherman climber hiker other victim survivor crew pensioner \
     citizen national local demonstrator activist suspect schoolchild schoolgirl schoolboy evacuee holidaymaker camper visitor prisoner \
     inmate rescuer policeman paramedic medic doctor nurse teacher athlete fan spectator driver pilot swimmer skier",
);

/// Words that end a phrase between people and their verb, or say that it is none.
static NOT_IN_PHRASES: Table<256> = Table::new(
    "were was are is been be being have has had who which that and or but said say says told tell tells he she they it we i you \
     when while as died die perished perish drown suffocated what where if because after before later also not never could might may \
     would should will can to left made took found lost got went came saw fear fears confirm report reports warn hope heard know knew \
     think believe claim claims insist deny suspect want wants",
);

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

/// What befell the people that a quantity counts. `last` is the figure before it.
pub(super) fn of(view: &View, quantity: &Quantity, last: Option<&Figure>) -> Option<Outcome> {
    if quantity.kind != FigureKind::Count || !view.has_words() {
        return None;
    }
    let noun = quantity.noun.as_deref();
    if noun.is_some_and(|noun| STATES.has(noun)) || is_denied(view, quantity.first) {
        return None;
    }
    let behind = behind_noun(view, quantity);
    let is_bare = noun.is_none();
    let apart = || {
        let verb = behind_asides(view, behind);
        let is_subject = verb > behind && begins_clause(view, quantity.first);
        if is_subject { after(view, quantity, verb, true) } else { None }
    };
    let outcome = after(view, quantity, behind, false)
        .or_else(|| before(view, quantity.first, is_bare, behind))
        .or_else(|| within_aside(view, quantity, last))
        .or_else(apart)?;
    let is_somebody = match (outcome, noun) {
        // A bare number is one of people: "177 were rescued", "90 are still missing".
        (Outcome::Missing | Outcome::Evacuated, Some(noun)) => PEOPLE.has(head_of(noun)),
        (_, Some(noun)) => !NOBODY.has(head_of(noun)),
        (_, None) => true,
    };
    is_somebody.then_some(outcome)
}

/// The token from which on words belong to the number: bounds and determiners.
fn start_of_phrase(view: &View, first: usize) -> usize {
    let (_, mut at) = bound::before(view, first);
    while at > 0 && view.any(at - 1, DETERMINERS) {
        at -= 1;
    }
    at
}

/// "none of the 40 passengers"
fn is_denied(view: &View, first: usize) -> bool {
    let at = start_of_phrase(view, first);
    at > 1 && view.is(at - 1, "of") && view.any(at - 2, &["none", "neither", "few"])
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
    let Some(noun) = &quantity.noun else { return quantity.next };
    let head = head_of(noun);
    let is_noun = |at: &usize| view.is_word(*at) && lemma(view.str(*at)) == head;
    let within = (quantity.first..quantity.next + REACH).take_while(|&at| at <= quantity.next || !view.begins_line(at));
    let Some(at) = within.filter(is_noun).last() else { return quantity.next };
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
            return Some(outcome);
        }
        if low == "flown" && is_passive && view.is(at + 1, "out") {
            return Some(Outcome::Evacuated);
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

/// "killing at least 12 people", "injured 30", "claimed 12 lives", "left 40 hurt" being told by the words behind.
fn before(view: &View, first: usize, is_bare: bool, behind: usize) -> Option<Outcome> {
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
        check("Two off-duty police officers were killed.", "dead");
        check("Three ex-ministers and five passers-by were injured.", "- injured");
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
