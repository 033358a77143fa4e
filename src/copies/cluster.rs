//! Groups of near copies among all articles of an index.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::wording::Wording;

/// Numbers of their sketches that two texts share, from which they are looked at.
pub(super) const MIN_SHARED: usize = 2;
/// Articles that share a number of their sketches, up to which each is held against each. More of them
/// share a footer or a template, and their other numbers tell which are copies.
const MAX_ALL_PAIRS: usize = 32;
/// Neighbours that each article is held against where more share a number.
const NEIGHBOURS: usize = 8;
/// Others that an article is compared with, those it shares most with: bounds the texts read where every
/// article is made of the same paragraphs as many more. A copy is like many members of its cluster, and one
/// of them is enough.
const MAX_COMPARED: usize = 4;
/// Numbers of sketches sorted at once: bounds memory to 64 MB, whatever the size of the index.
const NUMBERS_AT_ONCE: u64 = 4 << 20;
/// What a number that two articles share with nobody else tells; one that more share tells less, since it may
/// be of a footer.
const WEIGHT: u32 = 1 << 20;
/// Pairs counted at once: bounds memory to 96 MB as well.
const PAIRS_AT_ONCE: u64 = 8 << 20;
/// Similarity of the first articles of two groups from which the groups may become one. Without it, a page
/// with two stories on it would make one of both, and a story that goes on for weeks would never end.
const MIN_LINK: f64 = 0.25;
/// Texts kept ready for comparison.
const MAX_READY: usize = 2048;

/// An article as far as grouping goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Tells it from every other article, and depends on nothing but what was read.
    pub key: u64,
    /// Seconds since 1970.
    pub published: Option<i64>,
    /// Length of its text.
    pub n_words: u64,
    /// What a cluster is called that it is the primary of.
    pub id: u64,
}

/// Near copies of each other: each is one of another member, and like the primary.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Id of the primary.
    pub id: u64,
    /// The first one is the primary: the earliest, of those of one moment (and of undated ones, which
    /// come last) the longest.
    pub members: Vec<Member>,
}

/// An article of a cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// Its key.
    pub key: u64,
    /// Similarity of its text with that of the primary: 0 to 1.
    pub similarity: f32,
}

/// Calls back with every number of every sketch, as (position in the list, number), in any order.
pub type Sketches<'a, E> = dyn FnMut(&mut dyn FnMut(u32, u64)) -> Result<(), E> + 'a;

/// Groups articles, which are listed in order of their keys. `sketches` gives all their sketches, of
/// `n_numbers` numbers in all, and is asked several times. `body`
/// reads the text of an article. Clusters come in order of their primaries' keys.
///
/// # Errors
/// What `sketches` and `body` return.
pub fn clusters<E>(
    articles: &[Listed],
    n_numbers: u64,
    sketches: &mut Sketches<'_, E>,
    body: &mut dyn FnMut(u32) -> Result<String, E>,
) -> Result<Vec<Cluster>, E> {
    debug_assert!(articles.is_sorted_by_key(|article| article.key), "the list is in order");
    let mut texts = Texts { ready: HashMap::new(), body };
    let mut copies: Vec<(f64, u32, u32)> = Vec::new();
    let mut pairs = candidates(n_numbers, sketches)?;
    bring_together(&mut pairs);
    for (one, other) in pairs {
        let seconds_apart = match (articles[one as usize].published, articles[other as usize].published) {
            (Some(one), Some(other)) => Some(one.abs_diff(other)),
            _ => None,
        };
        let comparison = texts.compare(one, other)?;
        if comparison.is_copy(seconds_apart) {
            copies.push((comparison.similarity, one, other));
        }
    }
    // The closest first, so that an article that is like two groups goes to the one it is more like.
    copies.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| (left.1, left.2).cmp(&(right.1, right.2))));
    let precedence = |article: u32| {
        let Listed { key, published, n_words, .. } = articles[article as usize];
        (published.is_none(), published, Reverse(n_words), key)
    };
    let mut groups = Groups::new(articles.len());
    for (_, one, other) in copies {
        let (first, other_first) = (groups.first_of(one), groups.first_of(other));
        if first == other_first {
            continue;
        }
        let is_direct = (first, other_first) == (one, other);
        if is_direct || texts.compare(first, other_first)?.similarity >= MIN_LINK {
            let goes_first = precedence(first) <= precedence(other_first);
            let (parent, child) = if goes_first { (first, other_first) } else { (other_first, first) };
            groups.parents[child as usize] = parent;
        }
    }

    let mut by_first: HashMap<u32, Vec<u32>> = HashMap::new();
    for article in 0..groups.parents.len() as u32 {
        let first = groups.first_of(article);
        if first != article {
            by_first.entry(first).or_insert_with(|| vec![first]).push(article);
        }
    }
    let mut clusters = Vec::new();
    for (primary, mut members) in by_first {
        members.sort_by_key(|&member| precedence(member));
        let mut cluster = Cluster { id: articles[primary as usize].id, members: Vec::with_capacity(members.len()) };
        for member in members {
            let similarity = if member == primary { 1.0 } else { texts.compare(primary, member)?.similarity as f32 };
            cluster.members.push(Member { key: articles[member as usize].key, similarity });
        }
        clusters.push(cluster);
    }
    clusters.sort_by_key(|cluster| cluster.members[0].key);
    Ok(clusters)
}

/// Pairs that share enough of their sketches to be looked at, in order.
fn candidates<E>(n_numbers: u64, sketches: &mut Sketches<'_, E>) -> Result<Vec<(u32, u32)>, E> {
    let mut n_pairs = 0;
    each_pair(n_numbers, sketches, &mut |_, _, _| n_pairs += 1)?;
    let n_passes = u32::try_from(n_pairs / PAIRS_AT_ONCE + 1).unwrap_or(u32::MAX);
    let mut ranked: Vec<(u32, Reverse<u32>, u32)> = Vec::new();
    let mut pairs: Vec<(u32, u32, u32)> = Vec::new();
    for pass in 0..n_passes {
        pairs.clear();
        each_pair(n_numbers, sketches, &mut |one, other, n_sharing| {
            if one % n_passes == pass {
                pairs.push((one, other, n_sharing));
            }
        })?;
        pairs.sort_unstable();
        let of_two = pairs.chunk_by(|left, right| (left.0, left.1) == (right.0, right.1));
        for sharing in of_two.filter(|sharing| sharing.len() >= MIN_SHARED) {
            let (one, other, _) = sharing[0];
            let weight = Reverse(sharing.iter().map(|(.., n_sharing)| WEIGHT / n_sharing).sum());
            ranked.extend([(one, weight, other), (other, weight, one)]);
        }
        keep_best(&mut ranked);
    }
    let mut pairs: Vec<(u32, u32)> = ranked.iter().map(|&(one, _, other)| (one.min(other), one.max(other))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

/// Calls `each` with every two articles, in order, that are held against each other, once for each number that
/// they share, and how many articles share it.
fn each_pair<E>(n_numbers: u64, sketches: &mut Sketches<'_, E>, each: &mut dyn FnMut(u32, u32, u32)) -> Result<(), E> {
    let n_passes = n_numbers.div_ceil(NUMBERS_AT_ONCE).max(1);
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
            let n_neighbours = if sharing.len() <= MAX_ALL_PAIRS { sharing.len() } else { NEIGHBOURS };
            let n_sharing = u32::try_from(sharing.len()).unwrap_or(u32::MAX);
            for (at, (_, article)) in sharing.iter().enumerate() {
                let neighbours = sharing[at + 1..].iter().take(n_neighbours);
                neighbours.for_each(|(_, neighbour)| each(*article, *neighbour, n_sharing));
            }
        }
    }
    Ok(())
}

/// Leaves each article the others that it shares most with, [`MAX_COMPARED`] of them.
fn keep_best(ranked: &mut Vec<(u32, Reverse<u32>, u32)>) {
    ranked.sort_unstable();
    let (mut article, mut n_kept) = (u32::MAX, 0);
    ranked.retain(|(one, ..)| {
        n_kept = if *one == article { n_kept + 1 } else { 1 };
        article = *one;
        n_kept <= MAX_COMPARED
    });
}

/// Puts pairs of the same articles beside each other, so that a text is read once or twice, however many
/// pairs it is in: each article goes with the first of its neighbours.
fn bring_together(pairs: &mut [(u32, u32)]) {
    let mut first: HashMap<u32, u32, foldhash::fast::FixedState> = HashMap::default();
    for &(one, other) in &*pairs {
        for article in [one, other] {
            let first = first.entry(article).or_insert(one);
            *first = one.min(*first);
        }
    }
    pairs.sort_by_key(|(one, other)| (first[one].min(first[other]), *one, *other));
}

/// Texts made ready for comparison, read when they are needed.
struct Texts<'b, E> {
    ready: HashMap<u32, Wording>,
    body: &'b mut dyn FnMut(u32) -> Result<String, E>,
}

impl<E> Texts<'_, E> {
    fn compare(&mut self, one: u32, other: u32) -> Result<super::Comparison, E> {
        if self.ready.len() >= MAX_READY {
            self.ready.clear();
        }
        for article in [one, other] {
            if !self.ready.contains_key(&article) {
                self.ready.insert(article, Wording::of(&(self.body)(article)?));
            }
        }
        Ok(self.ready[&one].compare(&self.ready[&other]))
    }
}

/// Which articles belong together: a forest whose roots are the primaries.
struct Groups {
    parents: Vec<u32>,
}

impl Groups {
    fn new(n_articles: usize) -> Self {
        let n_articles = u32::try_from(n_articles).expect("an index holds fewer than 2^32 articles");
        Self { parents: (0..n_articles).collect() }
    }

    fn first_of(&mut self, article: u32) -> u32 {
        let mut at = article;
        while self.parents[at as usize] != at {
            let above = self.parents[self.parents[at as usize] as usize];
            self.parents[at as usize] = above;
            at = above;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::copies::sketch;

    /// Clusters of texts as lists of keys.
    fn cluster(texts: &[(u64, Option<i64>, String)]) -> Vec<Vec<u64>> {
        let mut texts = texts.to_vec();
        texts.sort();
        let listed: Vec<Listed> = texts
            .iter()
            .map(|(key, published, text)| Listed {
                key: *key,
                published: *published,
                n_words: text.len() as u64,
                id: *key,
            })
            .collect();
        let sketches: Vec<Vec<u64>> = texts.iter().map(|(_, _, text)| sketch(text)).collect();
        let n_numbers = sketches.iter().map(|sketch| sketch.len() as u64).sum();
        let Ok(clusters) = clusters::<Infallible>(
            &listed,
            n_numbers,
            &mut |each| {
                for (at, sketch) in (0..).zip(&sketches) {
                    sketch.iter().for_each(|number| each(at, *number));
                }
                Ok(())
            },
            &mut |at| Ok(texts[at as usize].2.clone()),
        );
        clusters.iter().map(|cluster| cluster.members.iter().map(|member| member.key).collect()).collect()
    }

    fn story(from: usize) -> String {
        (from..from + 60).map(|n| format!("word{n} ")).collect()
    }

    #[test]
    fn the_earliest_is_the_primary_then_the_longest() {
        let long = format!("{} and something more at the end", story(0));
        let texts = [(1, None, story(0)), (2, Some(50), story(0)), (3, Some(50), long), (4, None, story(500))];
        assert_eq!(cluster(&texts), [[3, 2, 1]]);
    }

    #[test]
    fn many_copies_of_one_text_are_one_cluster() {
        let texts: Vec<_> = (0..200).map(|key| (key, None, story(0))).collect();
        let clusters = cluster(&texts);
        assert_eq!(clusters.len(), 1);
        assert_eq!(clusters[0].len(), 200);
    }

    #[test]
    fn a_shared_footer_makes_no_copies() {
        let footer = story(9000);
        let texts: Vec<_> = (0..60)
            .map(|key| (key, None, format!("{}{}{footer}", story(key as usize * 200), story(key as usize * 200 + 60))))
            .collect();
        assert_eq!(cluster(&texts), Vec::<Vec<u64>>::new());
    }
}
