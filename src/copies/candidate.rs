//! Which articles are worth comparing: those whose sketches share the most.

use std::cmp::Reverse;

use super::cluster::Sketches;

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
    /// Numbers of sketches that are sorted at once, in 16 bytes each.
    pub n_numbers: u64,
    /// Numbers of articles that are looked at together, in 8 bytes each.
    pub n_places: u64,
}

impl Limits {
    /// Those of an index of any size: at most 32 MB each.
    pub(super) const DEFAULT: Self = Self { n_numbers: 2 << 20, n_places: 4 << 20 };
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
    let mut ranked = Shared::find(n_numbers, sketches, limits)?.ranked(n_articles, limits);
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

/// A place among the numbers of all sketches.
fn place(at: usize) -> u32 {
    // A sketch has 32 numbers.
    u32::try_from(at).expect("an index holds fewer than 2^27 articles")
}

/// Numbers that several articles share: which articles, one number behind the other, in order of the articles. Four
/// bytes for each, and for each number; what an article has for itself is not held.
#[derive(Default)]
struct Shared {
    articles: Vec<u32>,
    /// Where the articles of each number end.
    ends: Vec<u32>,
}

impl Shared {
    fn find<E>(n_numbers: u64, sketches: &mut Sketches<'_, E>, limits: Limits) -> Result<Self, E> {
        let n_parts = n_numbers.div_ceil(limits.n_numbers).max(1);
        let mut shared = Self::default();
        let mut entries: Vec<(u64, u32)> = Vec::new();
        for part in 0..n_parts {
            entries.clear();
            sketches(&mut |article, number| {
                // The low bits of a hash are spread evenly, small numbers are not.
                if number % n_parts == part {
                    entries.push((number, article));
                }
            })?;
            entries.sort_unstable();
            for sharing in entries.chunk_by(|left, right| left.0 == right.0).filter(|sharing| sharing.len() > 1) {
                shared.articles.extend(sharing.iter().map(|(_, article)| *article));
                shared.ends.push(place(shared.articles.len()));
            }
        }
        Ok(shared)
    }

    /// Where the articles of a number stand.
    fn sharing(&self, number: usize) -> std::ops::Range<usize> {
        number.checked_sub(1).map_or(0, |before| self.ends[before] as usize)..self.ends[number] as usize
    }

    /// For each article the others that it shares most with.
    fn ranked(&self, n_articles: usize, limits: Limits) -> Vec<Candidate> {
        let mut n_places: Vec<u32> = vec![0; n_articles];
        self.articles.iter().for_each(|article| n_places[*article as usize] += 1);
        let mut sums: Vec<u32> = vec![0; n_articles];
        let mut ranked = Vec::new();
        let mut first = 0;
        while first < n_articles {
            let mut n_in_all = 0;
            let fits = |n: &&u32| {
                n_in_all += u64::from(**n);
                n_in_all <= limits.n_places
            };
            let n_together = n_places[first..].iter().take_while(fits).count().max(1);
            self.rank(first, &n_places[first..first + n_together], &mut sums, &mut ranked);
            first += n_together;
        }
        ranked
    }

    /// The same for the articles from `first` on, which have so many shared numbers each. `sums` are zero, before and
    /// after.
    fn rank(&self, first: usize, n_places: &[u32], sums: &mut [u32], ranked: &mut Vec<Candidate>) {
        let (ends, places) = self.places(first, n_places);
        let mut touched: Vec<u32> = Vec::new();
        let mut best: Vec<(Reverse<u32>, u32)> = Vec::new();
        for (nth, article) in (first..first + n_places.len()).enumerate() {
            for &(place, number) in &places[ends[nth]..ends[nth + 1]] {
                let (place, sharing) = (place as usize, self.sharing(number as usize));
                let worth = (1 << COUNT_SHIFT) + WEIGHT / sharing.len() as u32;
                for &other in &self.articles[sharing.clone()][neighbours(place - sharing.start, sharing.len())] {
                    let sum = &mut sums[other as usize];
                    if *sum == 0 {
                        touched.push(other);
                    }
                    // Sketches of a damaged index may have any length.
                    *sum = sum.saturating_add(worth);
                }
            }
            best.clear();
            for other in touched.drain(..) {
                let sum = std::mem::take(&mut sums[other as usize]);
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
    }

    /// Where the articles from `first` on stand, one behind the other, with the number that they share there; and where
    /// the places of each end, after a zero.
    fn places(&self, first: usize, n_places: &[u32]) -> (Vec<usize>, Vec<(u32, u32)>) {
        let mut ends = vec![0];
        ends.extend(n_places.iter().scan(0, |sum, &n| {
            *sum += n as usize;
            Some(*sum)
        }));
        let mut next = ends.clone();
        let mut places = vec![(0, 0); ends[n_places.len()]];
        for number in 0..self.ends.len() {
            for at in self.sharing(number) {
                let article = self.articles[at] as usize;
                if let Some(nth) = article.checked_sub(first).filter(|&nth| nth < n_places.len()) {
                    places[next[nth]] = (place(at), place(number));
                    next[nth] += 1;
                }
            }
        }
        (ends, places)
    }
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
        /// All at once and little by little give the same.
        #[test]
        fn limits_change_nothing(
            sketches in prop::collection::vec(prop::collection::btree_set(0u64..60, 0..12), 0..120),
            n_numbers in 1u64..100,
            n_places in 0u64..200,
        ) {
            let sketches: Vec<Vec<u64>> = sketches.into_iter().map(|sketch| sketch.into_iter().collect()).collect();
            let at_once = found(&sketches, Limits::DEFAULT);
            prop_assert_eq!(found(&sketches, Limits { n_numbers, n_places }), at_once);
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
