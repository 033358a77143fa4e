//! Times of day and their zones, beside a date.

use std::ops::Range;

use jiff::civil;

use super::names::{Half, Meaning, meaning, zone_offset};
use super::tokens::Token;

pub(super) type Moment = (civil::Time, Option<i32>);

/// A time of day at the front of `tokens`, after "T", "at", a comma and the like; and tokens used.
fn time_after(tokens: &[Token<'_>]) -> Option<(Moment, usize)> {
    let at = tokens.iter().position(|token| !stands_before_time(token)).unwrap_or(tokens.len());
    // Only after a "T" do bare digits mean a time: "20261120T101530Z".
    if at > 0
        && tokens[at - 1] == Token::Word("t")
        && let Some(&Token::Number { value, n_digits: n_digits @ (4 | 6), .. }) = tokens.get(at)
    {
        let digits = if n_digits == 6 { value } else { value * 100 };
        let time = time_of(digits / 10_000, digits / 100 % 100, digits % 100)?;
        let (offset, used) = zone(&tokens[at + 1..]);
        return Some(((time, offset), at + 1 + used));
    }
    let (moment, used) = clock(&tokens[at..])?;
    Some((moment, at + used))
}

/// What may stand between a date and its time.
fn stands_before_time(token: &Token<'_>) -> bool {
    match token {
        Token::Mark(mark) => {
            matches!(mark, ',' | '-' | '–' | '—' | '|' | '.' | '/' | '(' | ')' | '@' | '•' | '·' | '日' | '일')
        }
        Token::Word(
            "t" | "at" | "um" | "à" | "a" | "kl" | "klo" | "kell" | "o" | "alle" | "ore" | "às" | "r" | "г" | "в" | "u"
            | "lúc" | "pukul" | "jam" | "เวลา" | "الساعة" | "ساعت" | "م" | "d",
        ) => true,
        Token::Word("года" | "год" | "року" | "рік" | "р") => true,
        Token::Word(word) => matches!(meaning(word), Some(Meaning::Weekday | Meaning::BeforeTime)),
        Token::Number { .. } => false,
    }
}

/// `10:15`, `10:15:30.25`, `10.15pm`, `9 a.m.`, `10h15`, `午前10時20分`, with the zone that follows.
pub(super) fn clock(tokens: &[Token<'_>]) -> Option<(Moment, usize)> {
    let half_before = match tokens.first()? {
        Token::Word(word) => match meaning(word)? {
            Meaning::HalfBeside(half) => Some((half, 1)),
            _ => return None,
        },
        _ => None,
    };
    let n_before = usize::from(half_before.is_some());
    let (mut hour, minute, second, used) = hands(&tokens[n_before..])?;
    let mut at = n_before + used;
    let half = half_before.or_else(|| half_of_day(&tokens[at..]));
    if used == 1 && (half.is_none() || half_before.is_some()) {
        return None;
    }
    if let Some((half, used)) = half {
        at += if half_before.is_some() { 0 } else { used };
        if (0..=12).contains(&hour) {
            hour = half.hour(hour);
        }
    }
    let time = time_of(hour, minute, second)?;
    let (offset, used) = zone(&tokens[at..]);
    Some(((time, offset), at + used))
}

/// Hour, minute and second at the front of `tokens`, and the tokens used: 1 for a bare hour.
fn hands(tokens: &[Token<'_>]) -> Option<(i64, i64, i64, usize)> {
    let &Token::Number { value: hour, n_digits: 1..=2, .. } = tokens.first()? else { return None };
    let number = |at: usize| match tokens.get(at) {
        Some(&Token::Number { value, n_digits, .. }) => Some((value, n_digits)),
        _ => None,
    };
    match tokens.get(1) {
        Some(Token::Mark(':' | '.') | Token::Word("h" | "u" | "giờ")) => {
            let Some((minute, 2)) = number(2) else { return Some((hour, 0, 0, 1)) };
            let Some((second, 2)) = number(4).filter(|_| tokens.get(3) == Some(&Token::Mark(':'))) else {
                return Some((hour, minute, 0, 3));
            };
            let has_fraction =
                matches!(tokens.get(5), Some(Token::Mark('.' | ','))) && number(6).is_some_and(|(_, n)| n >= 3);
            Some((hour, minute, second, if has_fraction { 7 } else { 5 }))
        }
        Some(Token::Mark('時' | '时' | '点' | '點' | '시')) => {
            let with_unit = |at: usize, units: [char; 2]| {
                let is_unit = matches!(tokens.get(at + 1), Some(Token::Mark(unit)) if units.contains(unit));
                number(at).filter(|_| is_unit).map(|(value, _)| value)
            };
            let Some(minute) = with_unit(2, ['分', '분']) else {
                // "3時間前" is three hours ago.
                return (!tokens.get(2).is_some_and(Token::is_unknown)).then_some((hour, 0, 0, 2));
            };
            match with_unit(4, ['秒', '초']) {
                Some(second) => Some((hour, minute, second, 6)),
                None => Some((hour, minute, 0, 4)),
            }
        }
        _ => Some((hour, 0, 0, 1)),
    }
}

/// A time of day; a leap second counts as the one before it.
pub(super) fn time_of(hour: i64, minute: i64, second: i64) -> Option<civil::Time> {
    let second = if second == 60 { 59 } else { second };
    civil::Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
}

/// `am`, `p.m.`, `μ.μ.`, `ب.ظ.`: the part of the day, and the tokens used.
fn half_of_day(tokens: &[Token<'_>]) -> Option<(Half, usize)> {
    let dotted =
        |half: Half, rest: &[Token<'_>]| Some((half, 3 + usize::from(rest.first() == Some(&Token::Mark('.')))));
    match tokens {
        [Token::Word("a"), Token::Mark('.'), Token::Word("m"), rest @ ..]
        | [Token::Word("π"), Token::Mark('.'), Token::Word("μ"), rest @ ..]
        | [Token::Word("ق"), Token::Mark('.'), Token::Word("ظ"), rest @ ..] => dotted(Half::Morning, rest),
        [Token::Word("p"), Token::Mark('.'), Token::Word("m"), rest @ ..]
        | [Token::Word("μ"), Token::Mark('.'), Token::Word("μ"), rest @ ..]
        | [Token::Word("ب"), Token::Mark('.'), Token::Word("ظ"), rest @ ..] => dotted(Half::Afternoon, rest),
        // Saturday to Germans, morning to Vietnamese.
        [Token::Word("sa"), ..] => Some((Half::Morning, 1)),
        [Token::Word(word), ..] => match meaning(word)? {
            Meaning::HalfAfter(half) | Meaning::HalfBeside(half) => Some((half, 1)),
            _ => None,
        },
        _ => None,
    }
}

/// `Z`, `+02:00`, `-0500`, `GMT`, `(EST)`, `UTC+2`: seconds east of UTC, and the tokens used.
fn zone(tokens: &[Token<'_>]) -> (Option<i32>, usize) {
    let mut at = usize::from(matches!(tokens.first(), Some(Token::Mark('(' | ',' | '['))));
    let named = match tokens.get(at) {
        Some(Token::Word(name)) => {
            at += 1;
            match zone_offset(name) {
                Some(offset) => Some(offset),
                None => return (None, 0),
            }
        }
        _ => None,
    };
    if let (Some(Token::Mark(sign @ ('+' | '-' | '−'))), Some(&Token::Number { value, n_digits, .. })) =
        (tokens.get(at), tokens.get(at + 1))
        && named.is_none_or(|offset| offset == 0)
    {
        let (hours, minutes, used) = match (n_digits, tokens.get(at + 2), tokens.get(at + 3)) {
            (1..=2, Some(Token::Mark(':')), Some(&Token::Number { value: minutes, n_digits: 2, .. })) => {
                (value, minutes, 4)
            }
            (1..=2, ..) => (value, 0, 2),
            (4, ..) => (value / 100, value % 100, 2),
            _ => return (named, if named.is_some() { at } else { 0 }),
        };
        // No place on Earth is further from UTC than fifteen hours.
        if hours <= 15 && minutes < 60 {
            let seconds = (hours * 3600 + minutes * 60) as i32;
            return (Some(if *sign == '+' { seconds } else { -seconds }), at + used);
        }
    }
    (named, if named.is_some() { at } else { 0 })
}

/// The time of day that belongs to the date that ends at `end`, after it, inside it or before it, with
/// the tokens that it takes.
pub(super) fn time_near(tokens: &[Token<'_>], end: usize) -> Option<(Moment, Range<usize>)> {
    if let Some((moment, used)) = time_after(&tokens[end..]) {
        return Some((moment, end..end + used));
    }
    // "Fri Nov 20 10:15:30 GMT 2026" and "10:15 GMT, Friday 20 November 2026".
    let colon = tokens[..end].iter().position(|token| *token == Token::Mark(':'))?;
    let from = colon.checked_sub(1)?;
    let (moment, used) = clock(&tokens[from..end])?;
    Some((moment, from..from + used))
}
