//! Numbers that only identify: of telephones, and codes in which letters, digits and slashes follow each other.
//!
//! Feeds [`super::names`].

use super::names::{Stretch, glued, value};
use super::scan::View;
use super::table::Table;
use super::{noun, units};

/// Words near a telephone number.
static CALLED: Table<32> = Table::new(
    "call phone telephone tel fax hotline helpline dial ring text whatsapp mobile calling phoned dialled dialed dialling dialing ringing",
);

/// Telephone numbers that everyone knows.
const EMERGENCY: [&str; 7] = ["911", "999", "112", "101", "111", "988", "110"];

/// Most groups of digits that a telephone number has.
const MAX_GROUPS: usize = 6;

/// Groups of digits that make a telephone or registration number.
pub(super) fn telephone(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    let mut next = i;
    let mut n_digits = 0;
    let mut n_groups = 0;
    let mut shortest = usize::MAX;
    while n_groups < MAX_GROUPS {
        if !view.is_number(next) || view.str(next).contains(',') {
            break;
        }
        let n = view.str(next).bytes().filter(u8::is_ascii_digit).count();
        n_digits += n;
        n_groups += 1;
        shortest = shortest.min(n);
        next += 1;
        let bound = view.mark(next, '-') && view.joined(next) || view.mark(next, '/') && view.joined(next);
        let spaced = view.is_number(next) && !view.begins_line(next);
        let bracket = view.mark(next, ')') && view.joined(next);
        match () {
            () if bound && view.is_number(next + 1) && view.joined(next + 1) => next += 1,
            () if bracket && view.is_number(next + 1 + usize::from(view.mark(next + 1, '-'))) => {
                next += 1 + usize::from(view.mark(next + 1, '-'))
            }
            () if spaced => {}
            () => break,
        }
    }
    let text = view.str(i);
    let leading_zero = text.len() > 1 && text.starts_with('0') && !text.contains('.');
    let plus = i > floor && view.mark(i - 1, '+') && view.joined(i);
    let first = i - usize::from(plus);
    let called = (1..=3).any(|n| i >= floor + n && CALLED.has(view.low(i - n).as_str()));
    let dashed_exchange = n_groups == 2 && n_digits == 7 && shortest == 3 && view.hyphen(i + 1);
    // "7205149591"; nobody writes such a count without commas.
    let is_long = n_groups == 1
        && text.len() >= 10
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && noun::counted(view, next, false).is_none()
        && units::after(view, next).is_none();
    let is_telephone = n_groups >= 2
        && n_digits >= 9
        && (n_groups >= 3 || plus || leading_zero || called)
        && shortest <= 4
        && text.len() <= 5
        || dashed_exchange
        || called && n_digits >= 6 && !view.is_word(next)
        || called && n_groups == 1 && EMERGENCY.contains(&text)
        || called
            && n_digits >= 3
            && n_groups == 1
            && !view.is_word(next)
            && view.any(i - 1, &["call", "dial", "text", "phone"])
        || leading_zero && n_groups == 1 && text.len() != 4
        || leading_zero && n_groups == 2 && (9..=12).contains(&n_digits)
        || is_long;
    is_telephone.then(|| Stretch::new(first, next, value(view, i), value(view, i)))
}

/// "PL/2022/08504", found at its first number.
pub(super) fn code(view: &View, i: usize, floor: usize) -> Option<Stretch> {
    let is_bound = i >= floor + 2 && view.mark(i - 1, '/') && view.joined(i - 1) && view.joined(i);
    (is_bound && view.is_word(i - 2)).then(|| Stretch::new(i - 2, glued(view, i + 1), value(view, i), value(view, i)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn telephones() {
        check("Call 1-800-555-0199", &["name 1"]);
        check("dialled 911.", &["name 911"]);
        check("Helplines: 8455550199 (Cuttack: 7205550142)", &["name 8455550199", "name 7205550142"]);
        check("on 08600 10199 or", &["name 8600"]);
        check("passcode 774193.", &["name 774193"]);
        check("sold 4000000000 shares", &["count 4000000000 share"]);
    }

    #[test]
    fn codes() {
        check("Application PL/2022/08504 was refused", &["name 2022"]);
        check("3/4 of them", &["ratio 0.75"]);
    }
}
