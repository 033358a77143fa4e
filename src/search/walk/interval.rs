//! Places in a text as runs of positions, and what it means that they stand near each other.
//!
//! Pure: the same rules find articles here and light up words in snippets.

/// A run of positions, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::search) struct Interval {
    /// First position.
    pub start: u32,
    /// Last position.
    pub end: u32,
}

impl Interval {
    /// One position.
    pub(in crate::search) fn at(position: u32) -> Self {
        Self { start: position, end: position }
    }
}

/// Finds where `slots` follow each other in order with at most `slop` words between them in all. Each
/// slot has its intervals sorted by start, all of one length. Every start and end that belong together,
/// sorted.
pub(in crate::search) fn in_order(slots: &[Vec<Interval>], slop: u32, found: &mut Vec<Interval>) {
    found.clear();
    let Some((first, rest)) = slots.split_first() else { return };
    let Some((last, middle)) = rest.split_last() else {
        found.extend_from_slice(first);
        return;
    };
    let mut next = vec![0; rest.len()];
    let length = |slot: &Vec<Interval>| slot.first().map_or(0, |one| one.end - one.start + 1);
    let length_of_rest = rest.iter().map(length).fold(0, u32::saturating_add);
    for interval in first {
        // The earliest place of each slot leaves most room for the next one.
        let mut earliest = interval.end;
        for (slot, next) in middle.iter().zip(&mut next) {
            while slot.get(*next).is_some_and(|candidate| candidate.start <= earliest) {
                *next += 1;
            }
            let Some(candidate) = slot.get(*next) else { return };
            earliest = candidate.end;
        }
        let latest = interval.end.saturating_add(length_of_rest).saturating_add(slop);
        let next = &mut next[middle.len()];
        while last.get(*next).is_some_and(|candidate| candidate.start <= earliest) {
            *next += 1;
        }
        let ends = last[*next..].iter().take_while(|candidate| candidate.end <= latest);
        found.extend(ends.map(|end| Interval { start: interval.start, end: end.end }));
    }
}

/// Finds all pairs of disjoint intervals with at most `distance` words between them, the left one first
/// when `ordered`. Both sides are sorted by start. Calls `each` with indices.
pub(in crate::search) fn near_pairs(
    left: &[Interval],
    right: &[Interval],
    distance: u32,
    ordered: bool,
    mut each: impl FnMut(usize, usize),
) {
    // Places of single words end in the order in which they start.
    let by_end = (!ordered && !right.is_sorted_by_key(|candidate| candidate.end)).then(|| {
        let mut by_end: Vec<usize> = (0..right.len()).collect();
        by_end.sort_by_key(|&index| (right[index].end, right[index].start));
        by_end
    });
    let nth_by_end = |nth: usize| by_end.as_ref().map_or(nth, |by_end| by_end[nth]);
    // Starts rise, so that what lies behind them rises too.
    let mut n_before = 0;
    for (index, interval) in left.iter().enumerate() {
        let behind = right.partition_point(|candidate| candidate.start <= interval.end);
        for (partner, candidate) in right.iter().enumerate().skip(behind) {
            if candidate.start - interval.end - 1 > distance {
                break;
            }
            each(index, partner);
        }
        if ordered {
            continue;
        }
        while n_before < right.len() && right[nth_by_end(n_before)].end < interval.start {
            n_before += 1;
        }
        for partner in (0..n_before).rev().map(nth_by_end) {
            if interval.start - right[partner].end - 1 > distance {
                break;
            }
            each(index, partner);
        }
    }
}

/// The runs that near pairs span, sorted, each once.
pub(in crate::search) fn near(
    left: &[Interval],
    right: &[Interval],
    distance: u32,
    ordered: bool,
    found: &mut Vec<Interval>,
) {
    found.clear();
    near_pairs(left, right, distance, ordered, |one, other| {
        let (one, other) = (left[one], right[other]);
        found.push(Interval { start: one.start.min(other.start), end: one.end.max(other.end) });
    });
    found.sort_unstable();
    found.dedup();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(positions: &[u32]) -> Vec<Interval> {
        positions.iter().map(|&position| Interval::at(position)).collect()
    }

    #[track_caller]
    fn check_order(slots: &[&[u32]], slop: u32, expected: &[(u32, u32)]) {
        let slots: Vec<Vec<Interval>> = slots.iter().map(|slot| at(slot)).collect();
        let mut found = Vec::new();
        in_order(&slots, slop, &mut found);
        assert_eq!(found.iter().map(|interval| (interval.start, interval.end)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_follow_each_other() {
        check_order(&[&[0, 5], &[1, 7]], 0, &[(0, 1)]);
        check_order(&[&[0, 5], &[1, 7]], 1, &[(0, 1), (5, 7)]);
        check_order(&[&[3], &[1]], 9, &[]);
        check_order(&[&[0, 2], &[1, 3], &[4]], 0, &[(2, 4)]);
        check_order(&[&[0], &[2], &[4]], 1, &[]);
        check_order(&[&[0], &[2], &[4]], 2, &[(0, 4)]);
        check_order(&[&[1, 2], &[1, 2]], 0, &[(1, 2)]);
        check_order(&[&[0], &[1, 3]], 2, &[(0, 1), (0, 3)]);
        check_order(&[&[4, 9]], 0, &[(4, 4), (9, 9)]);
    }

    #[track_caller]
    fn check_near(left: &[u32], right: &[u32], distance: u32, ordered: bool, expected: &[(u32, u32)]) {
        let mut found = Vec::new();
        near(&at(left), &at(right), distance, ordered, &mut found);
        assert_eq!(found.iter().map(|interval| (interval.start, interval.end)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn sides_stand_near_each_other() {
        check_near(&[0], &[1], 0, false, &[(0, 1)]);
        check_near(&[0], &[2], 0, false, &[]);
        check_near(&[2], &[0], 1, false, &[(0, 2)]);
        check_near(&[2], &[0], 1, true, &[]);
        check_near(&[4], &[4], 10, false, &[]);
        check_near(&[4, 6], &[4, 6], 10, false, &[(4, 6)]);
    }

    proptest! {
        #[test]
        fn near_is_what_comparing_all_pairs_says(
            left in prop::collection::btree_set((0u32..40, 0u32..3), 0..8),
            right in prop::collection::btree_set((0u32..40, 0u32..3), 0..8),
            distance in 0u32..6,
            ordered: bool,
        ) {
            let intervals = |set: &std::collections::BTreeSet<(u32, u32)>| -> Vec<Interval> {
                set.iter().map(|&(start, len)| Interval { start, end: start + len }).collect()
            };
            let (left, right) = (intervals(&left), intervals(&right));
            let behind = |one: &Interval, other: &Interval| other.start > one.end && other.start - one.end - 1 <= distance;
            let any = left.iter().any(|one| right.iter().any(|other| behind(one, other) || !ordered && behind(other, one)));
            let mut found = Vec::new();
            near(&left, &right, distance, ordered, &mut found);
            prop_assert_eq!(!found.is_empty(), any);
        }
    }
}
