//! Which articles are worth comparing: those whose sketches share the most.

use std::cmp::Reverse;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use super::cluster::Sketches;
use super::verdict::Verdict;

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
/// What is read or written at once.
const BUFFER_BYTES: usize = 64 << 10;

/// Room for what is not held in memory: a file that is empty at first.
pub trait Scratch: Read + Write + Seek {}

impl<F: Read + Write + Seek> Scratch for F {}

/// How much is held in memory at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Numbers of sketches that are sorted at once, in 16 bytes each.
    pub n_numbers: u64,
    /// Neighbours of articles that are looked at together, in 4 bytes each.
    pub n_neighbours: u64,
}

impl Limits {
    /// Those of an index of any size: at most 32 MB each.
    pub(super) const DEFAULT: Self = Self { n_numbers: 2 << 20, n_neighbours: 8 << 20 };
}

/// Two articles worth comparing, by their positions in the list, the lesser one first; and what was said of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub one: u32,
    pub other: u32,
    pub said: Option<Verdict>,
}

impl Candidate {
    pub(super) fn pair(&self) -> (u32, u32) {
        (self.one, self.other)
    }
}

/// Pairs that share enough of their sketches to be looked at, in order, each once.
pub(super) fn candidates<E: From<io::Error>>(
    n_articles: usize,
    n_numbers: u64,
    sketches: &mut Sketches<'_, E>,
    scratch: &mut dyn Scratch,
    limits: Limits,
) -> Result<Vec<Candidate>, E> {
    let shared = Shared::write(n_articles, n_numbers, sketches, scratch, limits)?;
    let mut ranked = shared.ranked(scratch, limits)?;
    ranked.sort_unstable_by_key(Candidate::pair);
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

/// Numbers that several articles share. The articles of each are written one number behind the other: how many, then
/// which, in order, in four bytes each. What an article has for itself is not written.
struct Shared {
    /// Numbers that each article shares, and all neighbours there: what [`Neighbours`] takes for it.
    n_neighbours: Vec<u32>,
}

impl Shared {
    fn write<E: From<io::Error>>(
        n_articles: usize,
        n_numbers: u64,
        sketches: &mut Sketches<'_, E>,
        scratch: &mut dyn Scratch,
        limits: Limits,
    ) -> Result<Self, E> {
        let n_parts = n_numbers.div_ceil(limits.n_numbers).max(1);
        let mut n_neighbours: Vec<u32> = vec![0; n_articles];
        let mut entries: Vec<(u64, u32)> = Vec::new();
        let mut file = BufWriter::with_capacity(BUFFER_BYTES, scratch);
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
                file.write_all(&(sharing.len() as u32).to_le_bytes())?;
                for (at, (_, article)) in sharing.iter().enumerate() {
                    file.write_all(&article.to_le_bytes())?;
                    let n = &mut n_neighbours[*article as usize];
                    *n = n.saturating_add((Neighbours::HEAD + neighbours(at, sharing.len()).len()) as u32);
                }
            }
        }
        file.flush()?;
        Ok(Self { n_neighbours })
    }

    /// For each article the others that it shares most with.
    fn ranked(&self, scratch: &mut dyn Scratch, limits: Limits) -> io::Result<Vec<Candidate>> {
        let n_articles = self.n_neighbours.len();
        let mut sums: Vec<u32> = vec![0; n_articles];
        let mut ranked = Vec::new();
        let mut first = 0;
        while first < n_articles {
            let mut n_in_all = 0;
            let fits = |n: &&u32| {
                n_in_all += u64::from(**n);
                n_in_all <= limits.n_neighbours
            };
            let n_together = self.n_neighbours[first..].iter().take_while(fits).count().max(1);
            if n_in_all > 0 {
                let n_neighbours = &self.n_neighbours[first..first + n_together];
                Neighbours::read(first, n_neighbours, scratch)?.rank(&mut sums, &mut ranked);
            }
            first += n_together;
        }
        Ok(ranked)
    }
}

/// With whom some articles in a row share their numbers.
struct Neighbours {
    first: usize,
    /// Where those of each article end, after a zero.
    ends: Vec<usize>,
    /// Article by article and number by number: how many articles share the number, how many of them are neighbours,
    /// then these.
    all: Vec<u32>,
}

impl Neighbours {
    const HEAD: usize = 2;

    /// Those of the articles from `first` on, of which each takes so much room.
    fn read(first: usize, n_neighbours: &[u32], scratch: &mut dyn Scratch) -> io::Result<Self> {
        let mut ends = vec![0];
        ends.extend(n_neighbours.iter().scan(0, |sum, &n| {
            *sum += n as usize;
            Some(*sum)
        }));
        let mut next = ends.clone();
        let mut all = vec![0; ends[n_neighbours.len()]];
        scratch.seek(SeekFrom::Start(0))?;
        let mut file = BufReader::with_capacity(BUFFER_BYTES, scratch);
        let mut sharing: Vec<u32> = Vec::new();
        while read_list(&mut file, &mut sharing)? {
            for (at, &article) in sharing.iter().enumerate() {
                let Some(nth) = (article as usize).checked_sub(first).filter(|&nth| nth < n_neighbours.len()) else {
                    continue;
                };
                let near = &sharing[neighbours(at, sharing.len())];
                let place = &mut all[next[nth]..][..Self::HEAD + near.len()];
                place[..Self::HEAD].copy_from_slice(&[sharing.len() as u32, near.len() as u32]);
                place[Self::HEAD..].copy_from_slice(near);
                next[nth] += place.len();
            }
        }
        Ok(Self { first, ends, all })
    }

    /// For each of the articles the others that it shares most with. `sums` are zero, before and after.
    fn rank(&self, sums: &mut [u32], ranked: &mut Vec<Candidate>) {
        let mut touched: Vec<u32> = Vec::new();
        let mut best: Vec<(Reverse<u32>, u32)> = Vec::new();
        for (article, ends) in (self.first as u32..).zip(self.ends.windows(2)) {
            let mut rest = &self.all[ends[0]..ends[1]];
            while let [n_sharing, n, more @ ..] = rest {
                let worth = (1 << COUNT_SHIFT) + WEIGHT / n_sharing;
                let (near, more) = more.split_at(*n as usize);
                rest = more;
                for &other in near {
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
                if other != article && sum >> COUNT_SHIFT >= MIN_SHARED as u32 {
                    best.push((Reverse(sum & WEIGHT_MASK), other));
                }
            }
            if best.len() > MAX_COMPARED {
                best.select_nth_unstable(MAX_COMPARED - 1);
                best.truncate(MAX_COMPARED);
            }
            let candidate = |other: u32| Candidate { one: article.min(other), other: article.max(other), said: None };
            ranked.extend(best.iter().map(|(_, other)| candidate(*other)));
        }
    }
}

/// Reads the next number's articles; `false` at the end.
fn read_list(file: &mut impl BufRead, articles: &mut Vec<u32>) -> io::Result<bool> {
    if file.fill_buf()?.is_empty() {
        return Ok(false);
    }
    let mut four = [0; 4];
    let mut next = || file.read_exact(&mut four).map(|()| u32::from_le_bytes(four));
    let n = next()?;
    articles.clear();
    for _ in 0..n {
        articles.push(next()?);
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    fn found(sketches: &[Vec<u64>], limits: Limits) -> Vec<Candidate> {
        let n_numbers = sketches.iter().map(|sketch| sketch.len() as u64).sum();
        let found = candidates::<io::Error>(
            sketches.len(),
            n_numbers,
            &mut |each| {
                for (at, sketch) in (0..).zip(sketches) {
                    sketch.iter().for_each(|number| each(at, *number));
                }
                Ok(())
            },
            &mut Cursor::new(Vec::new()),
            limits,
        );
        found.expect("memory has room")
    }

    proptest! {
        /// All at once and little by little give the same.
        #[test]
        fn limits_change_nothing(
            sketches in prop::collection::vec(prop::collection::btree_set(0u64..60, 0..12), 0..120),
            n_numbers in 1u64..100,
            n_neighbours in 0u64..2000,
        ) {
            let sketches: Vec<Vec<u64>> = sketches.into_iter().map(|sketch| sketch.into_iter().collect()).collect();
            let at_once = found(&sketches, Limits::DEFAULT);
            prop_assert_eq!(found(&sketches, Limits { n_numbers, n_neighbours }), at_once);
        }
    }

    #[test]
    fn a_full_scratch_is_an_error() {
        let mut room = [0; 10];
        let sketches = &mut |each: &mut dyn FnMut(u32, u64)| {
            (0..3).for_each(|article| each(article, 1));
            Ok(())
        };
        let found = candidates::<io::Error>(3, 3, sketches, &mut Cursor::new(&mut room[..]), Limits::DEFAULT);
        assert_eq!(found.map_err(|error| error.kind()), Err(io::ErrorKind::WriteZero));
    }

    #[test]
    fn the_rarest_shared_numbers_count() {
        // All share 1 and 2; the first and the last share two more.
        let mut sketches = vec![vec![1, 2]; 100];
        sketches[0].extend([7, 8]);
        sketches[99].extend([7, 8]);
        let found = found(&sketches, Limits::DEFAULT);
        assert!(found.iter().any(|candidate| candidate.pair() == (0, 99)));
        assert!(found.len() <= 100 * MAX_COMPARED);
    }
}
