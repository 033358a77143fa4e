//! The labels that the chain gives to tokens: BILOU of four classes, and outside.
//!
//! Label 0 is outside. MISC is learnt, so that nationalities, works and events have somewhere to go,
//! and dropped at output.

use std::ops::Range;

/// What a name is, to the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// People.
    Person,
    /// Places.
    Place,
    /// Organisations.
    Org,
    /// Any other name; never reported.
    Misc,
}

impl Class {
    /// Every class, in the order of the labels.
    pub const ALL: [Class; N_CLASSES] = [Class::Person, Class::Place, Class::Org, Class::Misc];
}

/// Number of [`Class`]es.
pub const N_CLASSES: usize = 4;
/// Labels inside names: every class at every [`Position`]. Weights are kept for these only: outside
/// is the zero that they are measured against.
pub const N_INSIDE: usize = 16;
/// All labels, outside included.
pub const N_LABELS: usize = N_INSIDE + 1;
/// The label of tokens outside every name.
pub const OUTSIDE: usize = 0;

/// Where a token stands in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// First of several.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several.
    Last,
    /// The only one.
    Unit,
}

impl Position {
    /// Position of a token in a name.
    pub fn of(token: usize, name: &Range<usize>) -> Self {
        match (token == name.start, token + 1 == name.end) {
            (true, true) => Self::Unit,
            (true, false) => Self::Begin,
            (false, true) => Self::Last,
            (false, false) => Self::Inside,
        }
    }
}

/// The label of a class and a position.
pub const fn label(class: Class, position: Position) -> usize {
    1 + 4 * class as usize + position as usize
}

/// Class and position of a label; `None` for [`OUTSIDE`].
pub fn parts(label: usize) -> Option<(Class, Position)> {
    let inside = label.checked_sub(1)?;
    let position = [Position::Begin, Position::Inside, Position::Last, Position::Unit][inside % 4];
    Some((*Class::ALL.get(inside / 4)?, position))
}

/// Whether a name is still open after this label, so that it must go on.
pub const fn is_open(label: usize) -> bool {
    label != OUTSIDE && (label - 1) % 4 < 2
}

/// Whether `next` may follow `previous`.
pub const fn may_follow(previous: usize, next: usize) -> bool {
    let continues = next != OUTSIDE && matches!((next - 1) % 4, 1 | 2);
    if is_open(previous) { continues && (previous - 1) / 4 == (next - 1) / 4 } else { !continues }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_parts_agree() {
        for class in Class::ALL {
            for position in [Position::Begin, Position::Inside, Position::Last, Position::Unit] {
                assert_eq!(parts(label(class, position)), Some((class, position)));
            }
        }
        assert_eq!(parts(OUTSIDE), None);
        assert_eq!(parts(N_LABELS), None);
    }

    #[test]
    fn names_are_finished_before_others_begin() {
        let person = |position| label(Class::Person, position);
        assert!(may_follow(OUTSIDE, person(Position::Begin)));
        assert!(may_follow(person(Position::Begin), person(Position::Last)));
        assert!(may_follow(person(Position::Last), OUTSIDE));
        assert!(!may_follow(person(Position::Begin), OUTSIDE));
        assert!(!may_follow(OUTSIDE, person(Position::Last)));
        assert!(!may_follow(person(Position::Begin), label(Class::Org, Position::Last)));
        assert!(!may_follow(person(Position::Begin), person(Position::Unit)));
    }
}
