//! Which articles are worth comparing: those whose sketches share the most.

use std::cmp::Reverse;

use super::cluster::Sketches;
use super::sketch::NUMBER_BITS;

/// Numbers of their sketches that two texts share, from which they are looked at.
pub(super) const MIN_SHARED: usize = 2;
/// Articles that share a number of their sketches, up to which each is held against each. More of them
/// share a footer or a template, and their other numbers tell which are copies.
const MAX_ALL_PAIRS: usize = 32;
/// Neighbours, on either side, that each article is held against where more share a number.
const NEIGHBOURS: usize = 8;
/// Others that an article is compared with, those it shares most with: bounds the texts read where every
/// article is made of the same paragraphs as many more. A copy is like many members of its cluster, and one
/// of them is enough.
const MAX_COMPARED: usize = 4;
/// What a number that two articles share with nobody else tells, times two; one that more share tells less,
/// since it may be of a footer. Sketches have few enough numbers for a sum of these to leave room for how
/// many they were.
const WEIGHT: u32 = 1 << 20;
const COUNT_SHIFT: u32 = 26;
const WEIGHT_MASK: u32 = (1 << COUNT_SHIFT) - 1;

/// How much is held in memory at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Numbers of sketches up to which all are sorted at once, 20 bytes each while they are. More are sorted
    /// so many at a time, again and again.
    pub n_numbers: u64,
    /// Pairs that share a number, in 12 bytes each, held at once where not all numbers are.
    pub n_pairs: u64,
}

impl Limits {
    /// Those of an index of any size: at most 160 MB, which holds 260,000 articles at once.
    pub(super) const DEFAULT: Self = Self { n_numbers: 8 << 20, n_pairs: 8 << 20 };
}

/// Two articles worth comparing: positions in the list, the lesser one first.
pub(super) type Candidate = (u32, u32);

/// Pairs that share enough of their sketches to be looked at, in order, each once.
pub(super) fn candidates<E>(
    n_articles: usize,
    n_numbers: u64,
    sketches: &mut Sketches<'_, E>,
    limits: Limits,
) -> Result<Vec<Candidate>, E> {
    let mut ranked = if n_numbers <= limits.n_numbers && n_articles < 1 << (u64::BITS - NUMBER_BITS) {
        at_once(n_articles, n_numbers, sketches)?
    } else {
        in_passes(n_numbers, sketches, limits)?
    };
    for (one, other) in &mut ranked {
        (*one, *other) = ((*one).min(*other), (*one).max(*other));
    }
    ranked.sort_unstable();
    ranked.dedup();
    Ok(ranked)
}

/// Those that are held against one that stands `at` a place among `sharing`.
fn neighbours(at: usize, n_sharing: usize) -> std::ops::Range<usize> {
    if n_sharing <= MAX_ALL_PAIRS {
        0..n_sharing
    } else {
        at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(n_sharing)
    }
}

/// For each article the others that it shares most with, with all numbers in memory.
fn at_once<E>(n_articles: usize, n_numbers: u64, sketches: &mut Sketches<'_, E>) -> Result<Vec<Candidate>, E> {
    // A number and its article in one, to be sorted fast.
    let article_bits = u64::BITS - NUMBER_BITS;
    let mut entries: Vec<u64> = Vec::with_capacity(n_numbers as usize);
    sketches(&mut |article, number| entries.push(number << article_bits | u64::from(article)))?;
    entries.sort_unstable();
    let article_of = |entry: u64| (entry & ((1 << article_bits) - 1)) as u32;

    // All articles of each shared number, one number behind the other, and for each article its places there.
    let mut members: Vec<u32> = Vec::new();
    let mut groups: Vec<u32> = Vec::new();
    let mut group_ends: Vec<u32> = vec![0];
    for sharing in entries.chunk_by(|left, right| left >> article_bits == right >> article_bits) {
        if sharing.len() > 1 {
            members.extend(sharing.iter().map(|entry| article_of(*entry)));
            groups.resize(members.len(), group_ends.len() as u32);
            group_ends.push(members.len() as u32);
        }
    }
    drop(entries);
    let mut ends: Vec<u32> = vec![0; n_articles + 1];
    members.iter().for_each(|article| ends[*article as usize + 1] += 1);
    for article in 0..n_articles {
        ends[article + 1] += ends[article];
    }
    let mut places: Vec<u32> = vec![0; members.len()];
    let mut next = ends.clone();
    for (place, article) in (0..).zip(&members) {
        places[next[*article as usize] as usize] = place;
        next[*article as usize] += 1;
    }
    drop(next);

    let mut shared: Vec<u32> = vec![0; n_articles];
    let mut touched: Vec<u32> = Vec::new();
    let mut best: Vec<(Reverse<u32>, u32)> = Vec::new();
    let mut ranked = Vec::new();
    for article in 0..n_articles {
        for &place in &places[ends[article] as usize..ends[article + 1] as usize] {
            let group = groups[place as usize] as usize;
            let first = group_ends[group - 1] as usize;
            let n_sharing = group_ends[group] as usize - first;
            let worth = (1 << COUNT_SHIFT) + WEIGHT / n_sharing as u32;
            let near = neighbours(place as usize - first, n_sharing);
            for &other in &members[first + near.start..first + near.end] {
                let sum = &mut shared[other as usize];
                if *sum == 0 {
                    touched.push(other);
                }
                // Sketches of a damaged index may have any length.
                *sum = sum.saturating_add(worth);
            }
        }
        best.clear();
        for other in touched.drain(..) {
            let sum = std::mem::take(&mut shared[other as usize]);
            if other as usize != article && sum >> COUNT_SHIFT >= MIN_SHARED as u32 {
                best.push((Reverse(sum & WEIGHT_MASK), other));
            }
        }
        if best.len() > MAX_COMPARED {
            best.select_nth_unstable(MAX_COMPARED - 1);
            best.truncate(MAX_COMPARED);
        }
        ranked.extend(best.iter().map(|(_, other)| (article as u32, *other)));
    }
    Ok(ranked)
}

/// The same, with no more numbers and pairs in memory at once than the limits say.
fn in_passes<E>(n_numbers: u64, sketches: &mut Sketches<'_, E>, limits: Limits) -> Result<Vec<Candidate>, E> {
    let mut n_pairs = 0;
    each_pair(n_numbers, sketches, limits, &mut |_, _, _| n_pairs += 1)?;
    let n_passes = u32::try_from(n_pairs / limits.n_pairs + 1).unwrap_or(u32::MAX);
    let mut ranked: Vec<Candidate> = Vec::new();
    let mut pairs: Vec<(u32, u32, u32)> = Vec::new();
    let mut best: Vec<(Reverse<u32>, u32)> = Vec::new();
    for pass in 0..n_passes {
        pairs.clear();
        each_pair(n_numbers, sketches, limits, &mut |one, other, n_sharing| {
            if one % n_passes == pass {
                pairs.push((one, other, n_sharing));
            }
        })?;
        pairs.sort_unstable();
        for of_one in pairs.chunk_by(|left, right| left.0 == right.0) {
            best.clear();
            let of_two = of_one.chunk_by(|left, right| left.1 == right.1);
            for sharing in of_two.filter(|sharing| sharing.len() >= MIN_SHARED) {
                let weight = sharing.iter().map(|(.., n_sharing)| WEIGHT / n_sharing).sum();
                best.push((Reverse(weight), sharing[0].1));
            }
            best.sort_unstable();
            best.truncate(MAX_COMPARED);
            ranked.extend(best.iter().map(|(_, other)| (of_one[0].0, *other)));
        }
    }
    Ok(ranked)
}

/// Calls `each` with every two articles that are held against each other, in both orders, once for each number
/// that they share, and how many articles share it.
fn each_pair<E>(
    n_numbers: u64,
    sketches: &mut Sketches<'_, E>,
    limits: Limits,
    each: &mut dyn FnMut(u32, u32, u32),
) -> Result<(), E> {
    let n_passes = n_numbers.div_ceil(limits.n_numbers).max(1);
    let mut entries: Vec<(u64, u32)> = Vec::new();
    for pass in 0..n_passes {
        entries.clear();
        sketches(&mut |article, number| {
            // The low bits of a hash are spread evenly, small numbers are not.
            if number % n_passes == pass {
                entries.push((number, article));
            }
        })?;
        entries.sort_unstable();
        for sharing in entries.chunk_by(|left, right| left.0 == right.0).filter(|sharing| sharing.len() > 1) {
            let n_sharing = u32::try_from(sharing.len()).unwrap_or(u32::MAX);
            for (at, (_, article)) in sharing.iter().enumerate() {
                for (_, other) in &sharing[neighbours(at, sharing.len())] {
                    if other != article {
                        each(*article, *other, n_sharing);
                    }
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;

    fn found(sketches: &[Vec<u64>], limits: Limits) -> Vec<Candidate> {
        let n_numbers = sketches.iter().map(|sketch| sketch.len() as u64).sum();
        let Ok(found) = candidates::<Infallible>(
            sketches.len(),
            n_numbers,
            &mut |each| {
                for (at, sketch) in (0..).zip(sketches) {
                    sketch.iter().for_each(|number| each(at, *number));
                }
                Ok(())
            },
            limits,
        );
        found
    }

    proptest! {
        /// What fits into memory and what does not give the same.
        #[test]
        fn passes_change_nothing(
            sketches in prop::collection::vec(prop::collection::btree_set(0u64..60, 0..12), 0..120),
            n_numbers in 1u64..100,
            n_pairs in 1u64..500,
        ) {
            let sketches: Vec<Vec<u64>> = sketches.into_iter().map(|sketch| sketch.into_iter().collect()).collect();
            let at_once = found(&sketches, Limits::DEFAULT);
            prop_assert_eq!(found(&sketches, Limits { n_numbers: n_numbers.min(5), n_pairs }), at_once);
        }
    }

    #[test]
    fn the_rarest_shared_numbers_count() {
        // All share 1 and 2; the first and the last share two more.
        let mut sketches = vec![vec![1, 2]; 100];
        sketches[0].extend([7, 8]);
        sketches[99].extend([7, 8]);
        let found = found(&sketches, Limits::DEFAULT);
        assert!(found.contains(&(0, 99)));
        assert!(found.len() <= 100 * MAX_COMPARED);
    }
}
