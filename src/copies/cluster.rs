//! Groups of near copies among all articles of an index.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io;

use super::candidate::{Candidate, Limits, Scratch, candidates};
use super::court::Court;
use super::verdict::Verdicts;

/// Similarity of the first articles of two groups from which the groups may become one. Without it, a page
/// with two stories on it would make one of both, and a story that goes on for weeks would never end.
const MIN_LINK: f32 = 0.25;
/// Articles that are compared among each other before others: what is kept ready holds twice as many.
const MAX_TOGETHER: u32 = 512;

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
/// `n_numbers` numbers in all, and may be asked several times; those that several articles share are kept in `scratch`.
/// `known` spares comparing two texts again. `body` reads the text of an article. Clusters come in order of their primaries' keys; with them all verdicts that
/// they rest on, which are the same whatever was known.
///
/// # Errors
/// What `sketches` and `body` return; when `scratch` can't be written or read.
pub fn clusters<E: From<io::Error>>(
    articles: &[Listed],
    n_numbers: u64,
    sketches: &mut Sketches<'_, E>,
    scratch: &mut dyn Scratch,
    known: &Verdicts,
    body: &mut dyn FnMut(u32) -> Result<String, E>,
) -> Result<(Vec<Cluster>, Verdicts), E> {
    debug_assert!(articles.is_sorted_by_key(|article| article.key), "the list is in order");
    let candidates = candidates(articles.len(), n_numbers, sketches, scratch, Limits::DEFAULT)?;
    let mut court = Court::new(articles, candidates, known, body);
    for at in brought_together(court.candidates(), articles.len()) {
        court.judge_candidate(at as usize)?;
    }
    let of_copy = |candidate: &Candidate| {
        let verdict = candidate.said.filter(|verdict| verdict.is_copy())?;
        Some((verdict.similarity(), candidate.one, candidate.other))
    };
    let mut copies: Vec<(f32, u32, u32)> = court.candidates().iter().filter_map(of_copy).collect();
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
        if is_direct || court.judge(first, other_first)?.similarity() >= MIN_LINK {
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
    let mut by_first: Vec<(u32, Vec<u32>)> = by_first.into_iter().collect();
    by_first.sort_unstable();
    let mut clusters = Vec::new();
    for (primary, mut members) in by_first {
        members.sort_by_key(|&member| precedence(member));
        let mut cluster = Cluster { id: articles[primary as usize].id, members: Vec::with_capacity(members.len()) };
        for member in members {
            let similarity = if member == primary { 1.0 } else { court.judge(primary, member)?.similarity() };
            cluster.members.push(Member { key: articles[member as usize].key, similarity });
        }
        clusters.push(cluster);
    }
    Ok((clusters, court.verdicts()))
}

/// The positions of candidates of which nothing was said yet, in an order in which most articles come together with
/// those they are compared with, so that a text is read once or twice, however many pairs it is in.
fn brought_together(candidates: &[Candidate], n_articles: usize) -> Vec<u32> {
    let unsaid = (0..).zip(candidates).filter(|(_, candidate)| candidate.said.is_none());
    let mut positions: Vec<u32> = unsaid.map(|(at, _)| at).collect();
    let mut groups = Groups::new(if positions.is_empty() { 0 } else { n_articles });
    let mut sizes: HashMap<u32, u32, foldhash::fast::FixedState> = HashMap::default();
    for &at in &positions {
        let Candidate { one, other, .. } = candidates[at as usize];
        let (first, other_first) = (groups.first_of(one), groups.first_of(other));
        let size_of = |first: u32| sizes.get(&first).copied().unwrap_or(1);
        let size = size_of(first) + size_of(other_first);
        if first != other_first && size <= MAX_TOGETHER {
            groups.parents[other_first as usize] = first;
            sizes.insert(first, size);
        }
    }
    for article in 0..groups.parents.len() as u32 {
        groups.parents[article as usize] = groups.first_of(article);
    }
    let first_of = |article: u32| groups.parents[article as usize];
    positions.sort_unstable_by_key(|&at| {
        let Candidate { one, other, .. } = candidates[at as usize];
        let (first, other_first) = (first_of(one), first_of(other));
        (first.min(other_first), first.max(other_first), at)
    });
    positions
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
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;
    use crate::copies::sketch;
    use crate::copies::words::run_hash;

    type Texts = Vec<(u64, Option<i64>, String)>;

    /// Clusters of texts, and what they rest on.
    fn clustered(texts: &Texts, known: &Verdicts) -> (Vec<Cluster>, Verdicts) {
        let mut texts = texts.clone();
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
        let clusters = clusters::<io::Error>(
            &listed,
            n_numbers,
            &mut |each| {
                for (at, sketch) in (0..).zip(&sketches) {
                    sketch.iter().for_each(|number| each(at, *number));
                }
                Ok(())
            },
            &mut Cursor::new(Vec::new()),
            known,
            &mut |at| Ok(texts[at as usize].2.clone()),
        );
        clusters.expect("memory has room")
    }

    /// Clusters of texts as lists of keys.
    fn cluster(texts: &[(u64, Option<i64>, String)]) -> Vec<Vec<u64>> {
        let (clusters, _) = clustered(&texts.to_vec(), &Verdicts::default());
        clusters.iter().map(|cluster| cluster.members.iter().map(|member| member.key).collect()).collect()
    }

    fn story(from: usize) -> String {
        let letters = |n: usize| n.to_string().bytes().map(|digit| char::from(digit + b'a' - b'0')).collect::<String>();
        (from..from + 60).map(|n| format!("word{} ", letters(n))).collect()
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

    /// A text of paragraphs that others are made of too, some with other facts in them. The key stands for
    /// all of it.
    fn composed(paragraphs: &[(usize, u64)], published: Option<i64>) -> (u64, Option<i64>, String) {
        let paragraph = |&(from, fact): &(usize, u64)| {
            format!("{}and {fact} of {fact} were in Harbour {fact} then.", story(from * 1000))
        };
        let text: Vec<String> = paragraphs.iter().map(paragraph).collect();
        let text = text.join("\n\n");
        let key = run_hash(text.bytes().map(u64::from).chain([published.unwrap_or(-1) as u64]));
        (key, published, text)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// What is remembered changes nothing, through any history: articles come, go and change.
        #[test]
        fn clusters_with_a_memory_are_those_without(
            steps in prop::collection::vec(
                prop::collection::vec(
                    (any::<bool>(), prop::collection::vec((0usize..6, 0u64..3), 1..5), prop::option::of(0i64..200_000)),
                    1..20,
                ),
                1..6,
            ),
        ) {
            let mut texts: Texts = Vec::new();
            let mut known = Verdicts::default();
            for (at, step) in steps.into_iter().enumerate() {
                for (n, (goes, paragraphs, published)) in step.into_iter().enumerate() {
                    if goes && !texts.is_empty() {
                        texts.swap_remove((at * 31 + n * 17) % texts.len());
                    }
                    let text = composed(&paragraphs, published);
                    if texts.iter().all(|(key, ..)| *key != text.0) {
                        texts.push(text);
                    }
                }
                let fresh = clustered(&texts, &Verdicts::default());
                let remembered = clustered(&texts, &known);
                prop_assert_eq!(&remembered, &fresh);
                known = fresh.1;
            }
        }
    }

    #[test]
    fn texts_are_compared_once() {
        let texts: Texts = (0..50).map(|n| composed(&[(0, 0), (1, n % 7), (2 + n as usize, 1)], None)).collect();
        let (clusters, known) = clustered(&texts, &Verdicts::default());
        assert!(!clusters.is_empty());
        let listed = |(key, published, text): &(u64, Option<i64>, String)| Listed {
            key: *key,
            published: *published,
            n_words: text.len() as u64,
            id: *key,
        };
        let mut listed: Vec<Listed> = texts.iter().map(listed).collect();
        listed.sort_by_key(|article| article.key);
        let of = |key: u64| &texts.iter().find(|text| text.0 == key).expect("it is listed").2;
        let again = super::clusters::<io::Error>(
            &listed,
            50 * 32,
            &mut |each| {
                for (at, article) in (0..).zip(&listed) {
                    sketch(of(article.key)).into_iter().for_each(|number| each(at, number));
                }
                Ok(())
            },
            &mut Cursor::new(Vec::new()),
            &known,
            &mut |at| Err(io::Error::other(format!("article {at} was read again"))),
        );
        assert_eq!(again.expect("nothing is read").0.len(), clusters.len());
    }

    #[test]
    fn a_shared_footer_makes_no_copies() {
        let footer = story(90_000);
        let texts: Vec<_> = (0..60)
            .map(|key| (key, None, format!("{}{}{footer}", story(key as usize * 200), story(key as usize * 200 + 60))))
            .collect();
        assert_eq!(cluster(&texts), Vec::<Vec<u64>>::new());
    }
}
