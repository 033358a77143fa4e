//! Scores: two numbers that are the result of a game or a vote ("2-1", "52 to 48", "412 for 5").
//!
//! Told apart from ranges ("20-30 people") by order, by what follows and by the words around.

use super::names::Stretch;
use super::numerals;
use super::scan::View;
use super::table::Table;
use super::{money, noun, units};

/// Words around two numbers that make them a result.
static CONTESTS: Table<256> = Table::new(
    "win wins won winning beat beats beaten beating defeat defeats defeated lost lose loss losing draw drew drawn victory vote votes voted voting lead leads led leading \
     score scored scoreline ruling ruled decision set sets final half-time trail trailed trailing ahead aggregate tie tied comeback thrashed thrashing hammered edged \
     series majority margin split record overcame downed ended finished scoreboard approved passed rejected acquit acquitted halftime scoreless shutout goalless game games match season",
);

/// Scores of a side below this are told by the names of sides alone ("Sweden 1 – 0 Korea").
const HIGH_SCORE: f64 = 20.0;

/// Two numbers that are the result of a game or a vote.
pub(super) fn score(view: &View, i: usize) -> Option<Stretch> {
    innings(view, i).or_else(|| of_sides(view, i))
}

/// Most wickets of an innings.
const MOST_WICKETS: f64 = 10.0;

/// Words of reports on cricket.
static CRICKET: Table<64> = Table::new(
    "stumps overs wicket wickets innings bowled bowler bowlers bowling batsman batsmen batter batters seamer seamers spinner \
     spinners runs lbw cricket odi t20 ipl ashes unbeaten century half-century",
);

/// "412 for 5", "took 3 for 47", where cricket is near.
fn innings(view: &View, i: usize) -> Option<Stretch> {
    // Two sentences.
    const REACH: usize = 40;
    let whole = |i: usize| view.str(i).parse::<u16>().ok().filter(|_| view.is_number(i)).map(f64::from);
    if !view.is(i + 1, "for") || view.begins_line(i + 1) || view.begins_line(i + 2) {
        return None;
    }
    let (left, right) = (whole(i)?, whole(i + 2)?);
    let next = i + 3;
    let is_other = left.min(right) > MOST_WICKETS
        || units::after(view, next).is_some()
        || money::after(view, next, right, false).is_some()
        || noun::counted(view, next, right == 1.0).is_some()
        || view.mark(next, '%')
        || view.hyphen(next);
    let before = (i.saturating_sub(REACH)..i).rev().take_while(|&at| !view.begins_line(at + 1));
    let behind = (next..next + REACH).take_while(|&at| !view.begins_line(at));
    let is_cricket = || before.chain(behind).any(|at| CRICKET.has(view.low(at).as_str()));
    (!is_other && is_cricket()).then(|| Stretch::new(i, next, left, right))
}

/// One past the points of a tie-break behind a set of tennis: "7-6 (5)".
fn past_tie_break(view: &View, next: usize, a: f64, b: f64) -> usize {
    if a.min(b) != 6.0 || a.max(b) != 7.0 || !view.mark(next, '(') || !view.is_number(next + 1) {
        return next;
    }
    let end = next + 2;
    if view.mark(end, ')') { end + 1 } else { next }
}

fn of_sides(view: &View, i: usize) -> Option<Stretch> {
    let small = |i: usize| {
        let text = view.str(i);
        view.is_number(i) && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !small(i) {
        return None;
    }
    let value = |i: usize| view.number(i).unwrap_or(0.0);
    // "2-1", and "2 – 1" as some set it.
    let hyphen = view.hyphen(i + 1);
    let apart = view.mark(i + 1, '-') && !view.joined(i + 1) && !view.joined(i + 2) && !view.begins_line(i + 2);
    if (hyphen || apart) && small(i + 2) {
        let mut next = i + 3;
        let mut n = 2;
        while view.hyphen(next) && small(next + 1) {
            next += 2;
            n += 1;
        }
        let (a, b) = (value(i), value(i + 2));
        if n > 2 {
            // Formations, records, runs of results.
            return Some(Stretch::new(i, next, a, b));
        }
        let measured = units::after(view, next).is_some()
            || money::after(view, next, b, false).is_some()
            || view.joined(next) && view.is_word(next) && !view.any(next, &["am", "pm"]);
        let scaled = numerals::at(view, i + 2, i + 2, false).is_some_and(|numeral| numeral.next > next);
        if measured || scaled || view.hyphen(next) && a < b {
            return None;
        }
        let counted = noun::counted(view, next, false).filter(|noun| noun::plural(view, noun.token));
        let contest = contest(view, i, next);
        let range = a < b
            && (counted.is_some()
                || !contest && super::bound::before(view, i).0 != crate::figure::Bound::Exact
                || i > 0 && view.any(i - 1, &["aged", "age", "ages", "about", "between", "of"]))
            && !(contest && counted.is_none_or(|noun| CONTESTS.has(view.low(noun.token).as_str())));
        let next = past_tie_break(view, next, a, b);
        let named = i > 0 && view.capital(i - 1) || view.capital(next);
        let certain = hyphen || contest || named && a.max(b) < HIGH_SCORE;
        return (!range && certain).then(|| Stretch::new(i, next, a, b));
    }
    let hyphens = hyphen && view.is(i + 2, "to") && view.hyphen(i + 3) && small(i + 4);
    if hyphens && value(i + 4) > 1.0 && value(i) > value(i + 4) && (value(i + 4) > 10.0 || contest(view, i, i + 5)) {
        return Some(Stretch::new(i, i + 5, value(i), value(i + 4)));
    }
    // "52 to 48", "by 217 votes to 213" only where a contest is near.
    let to = view.is(i + 1, "to") && small(i + 2);
    if to
        && value(i) >= value(i + 2)
        && value(i) > 1.0
        && contest(view, i, i + 3)
        && noun::counted(view, i + 3, false).is_none()
        && units::after(view, i + 3).is_none()
    {
        return Some(Stretch::new(i, i + 3, value(i), value(i + 2)));
    }
    None
}

/// Whether a word of contests stands near the tokens from `first` to `next`.
fn contest(view: &View, first: usize, next: usize) -> bool {
    // As far as a team's name is long.
    const REACH: usize = 5;
    let lowest = first.saturating_sub(REACH);
    let before = (lowest..first)
        .rev()
        .take_while(|&k| !view.begins_line(k + 1) && !view.mark(k, '.'))
        .any(|k| CONTESTS.has(view.low(k).as_str()));
    let behind = (next..next + REACH)
        .take_while(|&k| !view.begins_line(k) && !view.mark(k, '.') && !view.mark(k, ','))
        .any(|k| CONTESTS.has(view.low(k).as_str()));
    before
        || behind
        || view.any(next, &["to", "in", "at", "on", "away", "over", "against"]) && contest_verb(view, first)
}

fn contest_verb(view: &View, first: usize) -> bool {
    first > 0 && view.capital(first - 1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn scores() {
        check("a 6-2 win", &["score 2..6"]);
        check("Sweden 1 – 0 Korea", &["score 0..1"]);
        check("voted 52 to 48", &["score 48..52"]);
        check("212-to-206", &["score 206..212"]);
        check("They reached 412 for 5, Kenya 90 for 2 at stumps.", &["score 5..412", "score 2..90"]);
        check("He took 3 for 47 in 25 overs.", &["score 3..47", "count 25 over"]);
        check("lost 6-7 (5), 6-2, 7-6 (7-4)", &["score 6..7", "score 2..6", "score 6..7", "score 4..7"]);
    }

    #[test]
    fn no_scores() {
        check("sold 3 for 10", &["count 3", "count 10"]);
        check("ran 5 for 30 minutes between overs", &["count 5", "duration 30 minute"]);
        check("needed 12 votes to pass", &["count 12 vote"]);
    }
}
