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

/// Words that may stand between a word of movement and its number.
static PASSED: Table<128> = Table::new(
    "by a an another about around roughly approximately nearly almost some over under than more less at least up to another as much further additional \
     just only well slightly sharply steeply modestly marginally significantly dramatically quickly rapidly overall annually again just even estimated record of \
     mere whopping massive cumulative combined average total solid strong early late strongly sharp staggering fewer above below close most many again back near nearly \
     year-on-year year month percent close",
);

/// Verbs and nouns among the above whose object need not move: "lost 20 soldiers", "added 12 players".
static LOOSE: Table<64> = Table::new(
    "lost lose loses losing add adds added adding gain gains gained gaining cut cuts cutting shed sheds shedding raise raises raised raising contract contracts lift lifts lifted crash crashed advance advanced narrow lower discount collapsed recovered improved drop dropped advances boost boosts boosted climb climbs climbed jump jumped sink sank sunk sinking leap leaped leapt dived dove slid expanded crash",
);

/// Nouns that stand for a direction behind a number ("a 3% pay rise").
static NOUNS: Table<64> = Table::new(
    "rise=u increase=u gain=u climb=u jump=u surge=u growth=u rally=u advance=u hike=u boost=u raise=u expansion=u leap=u rebound=u spike=u uptick=u upturn=u \
     fall=d decrease=d decline=d drop=d slip=d slide=d plunge=d tumble=d slump=d dip=d cut=d reduction=d contraction=d downturn=d collapse=d discount=d increases=u rises=u gains=u cuts=d declines=d drops=d reductions=d hikes=u devaluation=d",
);

/// Transitive verbs that move a share of their object, but leave an amount of money or matter as it is:
/// "raised $2 million", "lifts 64 tonnes".
static OF_SHARES: Table<32> = Table::new(
    "raise raises raised raising lift lifts lifted lifting lose loses lost losing contract contracts crash crashed collapsed advance advanced advances",
);

/// How far a direction is looked for before a number, in tokens.
const REACH_BEFORE: usize = 8;
/// How far behind it.
const REACH_AFTER: usize = 4;

/// What is known of the figure whose direction is asked for.
pub(super) struct Moved {
    /// First token of the figure or of its bound words.
    pub(super) first: usize,
    /// One past its last token.
    pub(super) next: usize,
    /// Whether it measures (percent, money, points …) and does not count things.
    pub(super) measures: bool,
    /// Whether it is a share or a difference of shares: percent, points, a ratio, a small price.
    pub(super) is_share: bool,
}

/// The direction in which a figure moved.
pub(super) fn of(view: &View, moved: &Moved) -> Change {
    let before = before(view, moved);
    if before != Change::None { before } else { after(view, moved) }
}

fn direction(tag: &str) -> Change {
    if tag == "u" { Change::Up } else { Change::Down }
}

/// Whether a word of movement governs the tokens before `first`: used to tell "rose 3 to 5" from a range.
pub(super) fn governs(view: &View, first: usize) -> bool {
    before(view, &Moved { first, next: first, measures: true, is_share: true }) != Change::None
}

fn before(view: &View, moved: &Moved) -> Change {
    let mut by = false;
    let mut level = false;
    let mut at = moved.first;
    let lowest = moved.first.saturating_sub(REACH_BEFORE);
    while at > lowest && !view.begins_line(at) {
        at -= 1;
        if view.hyphen(at) || view.mark(at, '~') {
            continue;
        }
        if !view.is_word(at) {
            return Change::None;
        }
        let low = view.low(at);
        let low = low.as_str();
        if low == "to" && !view.is(at.wrapping_sub(1), "up") {
            level = true;
            continue;
        }
        if low == "up" && view.is(at + 1, "to") {
            continue;
        }
        if let Some(tag) = MOVES.get(low) {
            if matches!(low, "up" | "down") && by_place(view, at) || matches!(low, "higher" | "lower") {
                return Change::None;
            }
            // "edged down", "inched lower": the particle says where to.
            if matches!(low, "edged" | "inched" | "ticked" | "moved") && view.any(at + 1, &["down", "lower"]) {
                return Change::Down;
            }
            if level
                && NOUNS.has(low)
                && !view
                    .any(at - usize::from(at > 0), &["will", "would", "could", "may", "might", "to", "should", "can"])
                && !verbal(low)
            {
                return Change::None;
            }
            if LOOSE.has(low) && !by && !moved.measures {
                return Change::None;
            }
            if OF_SHARES.has(low) && !by && !level && !moved.is_share {
                return Change::None;
            }
            if level
                && matches!(
                    low,
                    "add" | "adds" | "added" | "adding" | "lost" | "lose" | "loses" | "losing" | "up" | "down"
                )
            {
                return Change::None;
            }
            return direction(tag);
        }
        by |= low == "by";
        let adverb = low.ends_with("ly") && low.len() > 4;
        if super::numerals::WORDS.has(low) {
            return Change::None;
        }
        // "cut interest rates by 25 basis points", "raised its forecast to 5%": the object stands between.
        let object = (by || level)
            && !matches!(
                low,
                "from" | "and" | "or" | "but" | "while" | "than" | "with" | "for" | "on" | "at" | "after"
            );
        if !PASSED.has(low) && !adverb && !object {
            return Change::None;
        }
    }
    Change::None
}

/// Whether a noun of movement is as often a verb in the past or present.
fn verbal(low: &str) -> bool {
    matches!(
        low,
        "cut"
            | "cuts"
            | "rises"
            | "gains"
            | "drops"
            | "declines"
            | "hikes"
            | "increases"
            | "rise"
            | "fall"
            | "drop"
            | "climb"
            | "increase"
    )
}

/// Whether "up" or "down" at token `at` is no direction of a value: "made up 5%", "set up 12 camps".
fn by_place(view: &View, at: usize) -> bool {
    at > 0
        && view.any(
            at - 1,
            &[
                "made", "make", "makes", "making", "set", "sets", "setting", "took", "take", "shot", "broke", "picked",
                "gave", "give", "put", "rounded", "signed", "sign", "ended", "turned", "came", "end", "showed",
                "called", "blew", "follow", "line", "run", "laid", "gunned", "hunted", "tracked", "shut", "struck",
                "track", "step", "stepped", "pick", "racked", "build", "opened", "backed", "tied", "dug", "cleaned",
            ],
        )
}

fn after(view: &View, moved: &Moved) -> Change {
    let mut at = moved.next;
    // "5.3%, up from 5.1%"
    let comma = usize::from(view.mark(at, ','));
    if view.any(at + comma, &["up", "down"])
        && view.any(at + comma + 1, &["from", "on"])
        && !view.begins_line(at + comma)
    {
        return direction(if view.is(at + comma, "up") { "u" } else { "d" });
    }
    if !moved.measures {
        return Change::None;
    }
    if moved.is_share
        && view.any(at, &["higher", "lower", "up", "down"])
        && !view.begins_line(at)
        && !view.is(at + 1, "to")
        && !view.is(at + 1, "payment")
    {
        return direction(if view.any(at, &["higher", "up"]) { "u" } else { "d" });
    }
    let end = at + REACH_AFTER;
    while at < end && !view.begins_line(at) {
        if view.hyphen(at) {
            at += 1;
            continue;
        }
        if !view.is_word(at) {
            return Change::None;
        }
        let low = view.low(at);
        let low = low.as_str();
        if let Some(tag) = NOUNS.get(low) {
            return direction(tag);
        }
        if super::noun::is_function_word(low) && low != "on" {
            return Change::None;
        }
        at += 1;
    }
    Change::None
}

/// Whether a word means movement.
pub(super) fn is_move(low: &str) -> bool {
    MOVES.has(low)
}
