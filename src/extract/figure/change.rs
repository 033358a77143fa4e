//! The direction in which a value moved: "rose 3.5%", "down 12 points", "a 5 % cut", "closed 2% higher".
//!
//! "rose 3.5% to 4,100": the amount of the move has the direction, the level that it led to has none; a
//! level alone has it ("rose to 5%").

use super::scan::View;
use super::table::Table;
use crate::figure::Change;

/// Words of movement: verbs, nouns and particles, `u` up and `d` down.
static MOVES: Table<512> = Table::new(
    "rise=u rises=u rose=u risen=u rising=u increase=u increases=u increased=u increasing=u gain=u gains=u gained=u gaining=u climb=u \
     climbs=u climbed=u climbing=u jump=u jumps=u jumped=u jumping=u surge=u surges=u surged=u surging=u soar=u soars=u soared=u soaring=u \
     grow=u grows=u grew=u grown=u growing=u growth=u rally=u rallies=u rallied=u rallying=u advance=u advances=u advanced=u advancing=u \
     add=u adds=u added=u adding=u up=u higher=u hike=u hikes=u hiked=u hiking=u boost=u boosts=u boosted=u boosting=u raise=u raises=u \
     raised=u raising=u lift=u lifts=u lifted=u lifting=u expand=u expands=u expanded=u expanding=u expansion=u leap=u leaps=u leaped=u leapt=u \
     rebound=u rebounds=u rebounded=u rebounding=u spike=u spikes=u spiked=u uptick=u upturn=u widen=u widens=u widened=u widening=u \
     accelerate=u accelerated=u swell=u swells=u swelled=u swollen=u strengthen=u strengthens=u strengthened=u appreciate=u appreciated=u outperformed=u improve=u improved=u improvement=u \
     skyrocket=u skyrocketed=u ballooned=u mushroomed=u rocketed=u upped=u inched=u ticked=u edged=u upgraded=u recovered=u \
     fall=d falls=d fell=d fallen=d falling=d decrease=d decreases=d decreased=d decreasing=d decline=d declines=d declined=d declining=d drop=d \
     drops=d dropped=d dropping=d slip=d slips=d slipped=d slipping=d slide=d slides=d slid=d sliding=d sink=d sinks=d sank=d sunk=d sinking=d plunge=d \
     plunges=d plunged=d plunging=d tumble=d tumbles=d tumbled=d tumbling=d slump=d slumps=d slumped=d slumping=d dip=d dips=d dipped=d dipping=d shed=d \
     sheds=d shedding=d lose=d loses=d lost=d losing=d down=d lower=d lowers=d lowered=d lowering=d cut=d cuts=d cutting=d reduce=d reduces=d reduced=d \
     reducing=d reduction=d reductions=d slash=d slashes=d slashed=d slashing=d trim=d trims=d trimmed=d trimming=d shrink=d shrinks=d shrank=d shrunk=d \
     shrinking=d contract=d contracts=d contracted=d contracting=d contraction=d plummet=d plummets=d plummeted=d plummeting=d crash=d crashed=d collapsed=d retreat=d \
     retreated=d ease=d eases=d eased=d easing=d weaken=d weakens=d weakened=d depreciate=d depreciated=d narrow=d narrows=d narrowed=d narrowing=d downturn=d tanked=d dived=d dove=d sagged=d \
     halved=d nosedived=d discount=d devalued=d slowed=d diminished=d dwindled=d fewer=d",
);

/// Verbs of movement for some subjects only, as water cools and people bounce: `u`, `d`, and `w` up for what is bad.
static OF_SUBJECTS: Table<64> = Table::new(
    "quicken=u quickens=u quickened=u quickening=u firmed=u firming=u harden=u hardens=u hardened=u \
     hardening=u bounce=u bounces=u bounced=u bouncing=u cool=d cools=d cooled=d cooling=d moderate=d moderates=d moderated=d \
     moderating=d soften=d softens=d softened=d softening=d worsen=w worsens=w worsened=w worsening=w",
);

/// What they are said of: with `=w` what worsens by growing.
static SUBJECTS: Table<128> = Table::new(
    "inflation=w unemployment=w joblessness=w deficit=w deficits=w shortfall=w gap=w debt=w losses=w arrears=w \
     growth price prices rate rates pace yield yields share shares stock stocks index futures currency dollar rupee rand \
     euro pound sterling yen yuan peso rouble ruble naira real won demand sales output wages pay cpi pmi gdp crude oil brent gas \
     gold silver copper wheat corn soybeans cotton sugar coffee cocoa bitcoin exports imports spending earnings profit profits \
     revenue rents costs markets market",
);

/// Words that may stand between a word of movement and its number.
static PASSED: Table<128> = Table::new(
    "by a an another about around roughly approximately nearly almost some over under than more less at least up to another as much further additional \
     just only well slightly sharply steeply modestly marginally significantly dramatically quickly rapidly overall annually again just even estimated record of \
     mere whopping massive cumulative combined average total solid strong early late strongly sharp staggering fewer above below close most many again back near nearly \
     year-on-year year month percent close",
);

/// Words among the above whose object need not move: "lost 20 soldiers", "added 12 players".
static LOOSE: Table<128> = Table::new(
    "lost lose loses losing add adds added adding gain gains gained gaining cut cuts cutting shed sheds shedding raise raises \
     raised raising contract contracts lift lifts lifted crash crashed advance advanced narrow lower discount collapsed \
     recovered improved drop dropped advances boost boosts boosted climb climbs climbed jump jumped sink sank sunk sinking \
     leap leaped leapt dived dove slid expanded",
);

/// Transitive verbs that move a share of their object, but leave an amount of money or matter as it is:
/// "raised $2 million", "lifts 64 tonnes".
static OF_SHARES: Table<64> = Table::new(
    "raise raises raised raising lift lifts lifted lifting lose loses lost losing contract contracts crash crashed collapsed \
     advance advanced advances",
);

/// Words among the above that add to a level or stand beside it, and so never lead "to" one.
static NEVER_TO: Table<16> = Table::new("add adds added adding lost lose loses losing up down");

/// Transitive verbs between which and a percentage the object may stand: "cut emissions 25 percent".
static TRANSITIVE: Table<64> = Table::new(
    "cut cuts cutting reduce reduces reduced reducing raise raises raised raising increase increases increased increasing \
     lower lowers lowered lowering boost boosts boosted boosting slash slashes slashed slashing trim trims trimmed hike hikes \
     hiked",
);

/// Nouns that stand for a direction behind a number ("a 3% pay rise"), with `!` only behind shares: a
/// "50-foot drop" is a place, a "$2 million gain" a profit.
static NOUNS: Table<128> = Table::new(
    "rise=u increase=u gain=u! climb=u! jump=u! surge=u! growth=u! rally=u! advance=u! hike=u boost=u raise=u expansion=u! leap=u! \
     rebound=u! spike=u! uptick=u upturn=u! fall=d! decrease=d decline=d drop=d! slip=d! slide=d! plunge=d! tumble=d! slump=d! \
     dip=d! cut=d reduction=d contraction=d! downturn=d! collapse=d! discount=d! increases=u rises=u gains=u! cuts=d declines=d \
     drops=d! reductions=d hikes=u devaluation=d!",
);

/// Nouns of movement that are as often verbs, before a level: "the toll rises to 83".
static VERBAL: Table<32> =
    Table::new("cut cuts rises gains drops declines hikes increases rise fall drop climb increase hike gain");

/// Words that end the search for a verb whose object stands between it and the number.
static NO_OBJECT: Table<64> = Table::new(
    "from and or but while than with for on at after before off up down out in of is are was were has have had that which who",
);

/// Verbs with "up" and "down" that move no value: "made up 5%", "set up 12 camps".
static PHRASAL: Table<128> = Table::new(
    "made make makes set sets took take takes shot shoot broke break put puts rounded sign came come end turn showed show called \
     call blew blow follow line run laid lay shut struck strike track step pick pickup build give gives gave given bring brings \
     brought wrap wraps hold held holds keep kept back backs tie dig dug clean cleaned tear tore pull sit sat speak spoke write wrote \
     draw drew lock calm crack hunt gun",
);

/// Participles with "up" and "down" that do move a value; others are phrasal verbs ("wrapping up").
static MOVING: Table<32> =
    Table::new("trading traded closed closing finished finishing opened opening moved moving edged ticked inched been");

/// Verbs that a particle gives its direction to: "came down to 5%".
static WENT: Table<32> =
    Table::new("go goes went gone going come comes came coming bring brings brought moves move drive drives drove");

/// Comparatives behind a share that say where it lies: "0.3 per cent weaker", "40 per cent fewer patients".
static COMPARED: Table<32> =
    Table::new("weaker=d stronger=u fewer=d less=d cheaper=d dearer=u smaller=d firmer=u softer=d");

/// How far a direction is looked for before a number, in tokens.
const REACH_BEFORE: usize = 8;
/// How far behind it.
const REACH_AFTER: usize = 4;

/// What sort of value may have moved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// Percent, points, ratios, small prices, numbers of nothing in particular.
    Share,
    /// Large money, and physical measures.
    Amount,
    /// Time, which seldom moves: only "by" an amount of it.
    Time,
    /// Things counted.
    Things,
}

/// The figure whose direction is asked for.
pub(super) struct Moved {
    /// First token of the figure or of its bound words.
    pub(super) first: usize,
    /// One past its last token.
    pub(super) next: usize,
    /// What it is.
    pub(super) value: Value,
}

/// The direction in which a figure moved.
pub(super) fn of(view: &View, moved: &Moved) -> Change {
    let before = before(view, moved);
    if before != Change::None { before } else { after(view, moved) }
}

/// Whether a word of movement governs the tokens before `first`: used to tell "rose 3 to 5" from a range.
pub(super) fn governs(view: &View, first: usize) -> bool {
    before(view, &Moved { first, next: first, value: Value::Share }) != Change::None
}

/// Whether a word means movement.
pub(super) fn is_move(low: &str) -> bool {
    MOVES.has(low)
}

fn direction(tag: &str) -> Change {
    if tag.starts_with('u') { Change::Up } else { Change::Down }
}

fn before(view: &View, moved: &Moved) -> Change {
    // "by" an amount, "to" a level, and how many words of an object were passed.
    let (mut by, mut level, mut n_object) = (false, false, 0);
    let mut at = moved.first;
    let lowest = moved.first.saturating_sub(REACH_BEFORE);
    while at > lowest && !view.begins_line(at) {
        at -= 1;
        if view.hyphen(at) || view.mark(at, '~') {
            continue;
        }
        let low = view.low(at);
        let low = low.as_str();
        if low.is_empty() || super::numerals::WORDS.has(low) && !MOVES.has(low) {
            return Change::None;
        }
        if low == "to" && !view.is(at.wrapping_sub(1), "up") {
            level = true;
            continue;
        }
        if low == "up" && view.is(at + 1, "to") {
            continue;
        }
        // "2.5% up at $40": the particle says where the share went.
        if matches!(low, "up" | "down") && view.is(at + 1, "at") && at > 0 && !view.is_word(at - 1) {
            return Change::None;
        }
        // "rose again as 30 men"
        if low == "as" && !view.any(at + 1, &["much", "many"]) && !(at > 0 && view.any(at - 1, &["much", "many"])) {
            return Change::None;
        }
        // "rose year-on-year to"
        if low == "on" && view.hyphen(at + 1) {
            continue;
        }
        let tag = MOVES.get(low).or_else(|| of_subject(view, at, low));
        if let Some(tag) = tag.filter(|_| n_object == 0 || by || level || TRANSITIVE.has(low)) {
            let leads = leads(view, at, low, by, level, moved.value);
            // "edged down", "inched lower": the particle says where to.
            let lower = matches!(low, "edged" | "inched" | "ticked" | "moved") && view.any(at + 1, &["down", "lower"]);
            // "edged down to 5.9%", "came down to"
            let particle = level && moved.value == Value::Share && matches!(low, "up" | "down") && at > 0 && {
                let verb = view.low(at - 1);
                MOVING.has(verb.as_str()) || MOVES.has(verb.as_str()) || WENT.has(verb.as_str())
            };
            let leads = leads || particle;
            return if leads { direction(if lower { "d" } else { tag }) } else { Change::None };
        }
        by |= low == "by";
        let adverb = low.ends_with("ly") && low.len() > 4;
        if PASSED.has(low) || adverb {
            continue;
        }
        // "cut interest rates by 25 basis points", "raised its forecast to 5%", "cut emissions 25 percent"
        n_object += 1;
        let object = by || level || moved.value == Value::Share && n_object <= 3;
        if !object || NO_OBJECT.has(low) {
            return Change::None;
        }
    }
    Change::None
}

/// The direction of a verb at token `at` that moves only what news of markets tell of.
fn of_subject(view: &View, at: usize, low: &str) -> Option<&'static str> {
    // "annual consumer price inflation in the euro area" and the like stand before the verb.
    const REACH: usize = 8;
    let tag = OF_SUBJECTS.get(low)?;
    for k in (at.saturating_sub(REACH)..at).rev() {
        if view.begins_line(k + 1) || view.mark(k, '.') || view.mark(k, ';') {
            return None;
        }
        if let Some(subject) = SUBJECTS.get(view.low(k).as_str()) {
            return match tag {
                "w" => (subject == "w").then_some("u"),
                tag => Some(tag),
            };
        }
    }
    None
}

/// The token behind "year-on-year", "quarter over quarter" at token `at`.
fn past_comparison(view: &View, at: usize) -> Option<usize> {
    let step = |at: usize| at + 1 + usize::from(view.hyphen(at + 1));
    let (link, again) = (step(at), step(step(at)));
    let is_one = view.any(at, &["year", "quarter", "month", "week", "day"]) && view.any(link, &["on", "over", "to"]);
    (is_one && view.str(again).eq_ignore_ascii_case(view.str(at))).then_some(again + 1)
}

/// Whether the word of movement at token `at` says where a value of this sort went.
fn leads(view: &View, at: usize, low: &str, by: bool, level: bool, value: Value) -> bool {
    if matches!(low, "higher" | "lower") || matches!(low, "up" | "down") && phrasal(view, at) {
        return false;
    }
    let modal = || at > 0 && view.any(at - 1, &["will", "would", "could", "may", "might", "to", "should", "can"]);
    if level && (NEVER_TO.has(low) || NOUNS.has(low) && !VERBAL.has(low) && !modal()) {
        return false;
    }
    match value {
        Value::Share => true,
        Value::Amount => !OF_SHARES.has(low) || by || level,
        Value::Time => by || view.is(at + 1, "of"),
        // "blown up 36 tankers", "freed up 12 beds"
        Value::Things if matches!(low, "up" | "down") => !LOOSE.has(low) && is_of_values(view, at),
        Value::Things => !LOOSE.has(low) || by,
    }
}

/// Whether "up" or "down" at token `at` belongs to a verb that moves no value.
fn phrasal(view: &View, at: usize) -> bool {
    let Some(verb) = at.checked_sub(1).filter(|_| !view.begins_line(at)) else { return false };
    let low = view.low(verb);
    let low = low.as_str();
    let participle = ["ing", "ed"].iter().any(|end| low.ends_with(end)) && low.len() > 4;
    PHRASAL.has(low) || participle && !MOVING.has(low) && !MOVES.has(low)
}

/// Whether "up" or "down" at token `at` can be said of a value: behind what is, moves or is a number, or by itself.
fn is_of_values(view: &View, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| !view.begins_line(at)) else { return true };
    let low = view.low(before);
    let low = low.as_str();
    let is_verb = view.any(before, &["is", "are", "was", "were", "be", "been", "being"])
        || MOVING.has(low)
        || MOVES.has(low)
        || WENT.has(low);
    is_verb || !view.is_word(before)
}

fn after(view: &View, moved: &Moved) -> Change {
    let mut at = moved.next;
    // "5.3%, up from 5.1%"
    let comma = usize::from(view.mark(at, ','));
    let particle = at + comma;
    if view.any(particle, &["up", "down"]) && view.any(particle + 1, &["from", "on"]) && !view.begins_line(particle) {
        return direction(if view.is(particle, "up") { "u" } else { "d" });
    }
    if matches!(moved.value, Value::Things | Value::Time) {
        return Change::None;
    }
    let share = moved.value == Value::Share;
    // "the 598-seat lower house"
    let is_adjective = at > 1 && view.hyphen(at - 2);
    if share
        && !is_adjective
        && view.any(at, &["higher", "lower", "up", "down"])
        && !view.begins_line(at)
        && !view.any(at + 1, &["to", "payment"])
    {
        return direction(if view.any(at, &["higher", "up"]) { "u" } else { "d" });
    }
    let percent = at > 0 && (view.mark(at - 1, '%') || view.any(at - 1, &["percent", "cent", "pc"]));
    if let Some(tag) = COMPARED.get(view.low(at).as_str()).filter(|_| share && percent && !view.begins_line(at)) {
        return direction(tag);
    }
    at = past_comparison(view, at).unwrap_or(at);
    let end = at + REACH_AFTER;
    while at < end && !view.begins_line(at) {
        let low = view.low(at);
        let low = low.as_str();
        if let Some(tag) = NOUNS.get(low) {
            return if share || !tag.ends_with('!') { direction(tag) } else { Change::None };
        }
        let goes_on = view.is_word(at) && (low == "on" || !super::noun::is_function_word(low));
        if !goes_on && !view.hyphen(at) {
            return Change::None;
        }
        at += 1;
    }
    Change::None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::figure::find;

    #[track_caller]
    fn check(text: &str, expected: &[Change]) {
        let found: Vec<Change> =
            find(text).iter().filter(|figure| figure.kind.is_quantity()).map(|figure| figure.change).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn particles_move_values_alone() {
        use Change::{None, Up};
        check("The plan freed up 12 beds.", &[None]);
        check("It cleared the 598-seat lower house.", &[None]);
        check("The toll rose again as 30 rescuers dug.", &[None]);
        check("It rose by as much as 30 percent.", &[Up]);
        check("They had blown up 36 tankers.", &[None]);
        check("Arrests were up 36 on the year.", &[Up]);
        check("Visitors: up 300 people", &[Up]);
    }

    #[test]
    fn values_move() {
        use Change::{Down, None, Up};
        check("rose 3.5% to 4,100", &[Up, None]);
        check("rose to 5%", &[Up]);
        check("fell from 5% to 4%", &[None, None]);
        check("cut rates by 25 basis points", &[Down]);
        check("will cut emissions 25 percent", &[Down]);
        check("a 5% pay rise", &[Up]);
        check("closed 2% higher", &[Up]);
        check("5.3%, up from 5.1%", &[Up, None]);
        check("edged down to 5.9%", &[Down]);
        check("was 0.3 per cent weaker", &[Down]);
        check("fell $1.20, or 1.5 percent", &[Down, Down]);
        check("tanked 712 points or 0.9 per cent", &[Down, Down]);
        check("fell 84 cents or 1.1%", &[Down, Down]);
        check("a 4.7% year-on-year rise", &[Up]);
        check("a 12% year-over-year increase", &[Up]);
        check("a 20% quarter on quarter drop", &[Down]);
        check("Inflation quickened to 5.6%", &[Up]);
        check("Price growth cooled to 3%", &[Down]);
        check("The budget deficit worsened to 6%", &[Up]);
        check("The rand firmed 0.4%", &[Up]);
        check("Shares closed 2.5% up at $40", &[Up, None]);
        check("doubled", &[Up]);
        check("halved", &[Down]);
    }

    #[test]
    fn values_stay() {
        use Change::{Down, None};
        check("rose to a four-year high", &[None]);
        check("lost 20 soldiers", &[None]);
        check("lost 20 seats", &[Down]);
        check("raised $2 million", &[None]);
        check("up to 12 men", &[None]);
        check("made up 5% of it", &[None]);
        check("wrapping up a two-day meeting", &[None]);
        check("bring down two planes", &[None]);
        check("a 50-foot drop", &[None]);
        check("The lava cooled to 20C", &[None]);
        check("The mood worsened to 5%", &[None]);
        check("He bounced 3 times", &[None]);
        check("They will close 5% or 12 shops", &[None, None]);
        check("Costs at small firms 5% of the time", &[None]);
    }
}
