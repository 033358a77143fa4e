//! Steps through every matching article of the index: counts, keeps the best, counts facets.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId};

use super::open::Searcher;
use super::plan::{Plan, compile};
use super::request::Sort;
use super::statistics::Statistics;
use super::walk::END;

/// Steps of a score that count: differences below a ten-thousandth are noise of the arithmetic, and
/// articles that close are ordered by what they are.
const SCORE_STEPS: f32 = 10_000.0;

/// An article with its place in the order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    /// What decides first: score or date, higher first.
    primary: i64,
    /// What decides between equals, lower first.
    tie: (u64, u64),
    /// Where it is.
    pub address: DocAddress,
    /// Its score.
    pub score: f32,
}

impl Ranked {
    /// Adds to the score.
    pub(super) fn add(&mut self, worth: f32) {
        self.primary = steps(self.score + worth);
        self.score = rounded(self.score + worth);
    }

    fn order(&self) -> (i64, Reverse<(u64, u64)>) {
        (self.primary, Reverse(self.tie))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

/// What was found.
pub(super) struct Collected {
    /// How many articles match.
    pub total: u64,
    /// The best of them, best first.
    pub best: Vec<Ranked>,
}

/// Looks at every matching article too.
pub(super) trait Observer {
    /// A segment begins.
    fn segment(&mut self, ordinal: usize) -> tantivy::Result<()>;
    /// An article of that segment matches.
    fn article(&mut self, doc: DocId);
    /// The segment ends.
    fn end(&mut self) -> tantivy::Result<()>;
}

/// Finds the `n_best` articles that match, and shows all to the observers.
pub(super) fn collect(
    searcher: &Searcher,
    statistics: &Statistics,
    plan: &Plan,
    sort: Sort,
    n_best: usize,
    observers: &mut [&mut dyn Observer],
) -> tantivy::Result<Collected> {
    let mut best: BinaryHeap<Reverse<Ranked>> = BinaryHeap::new();
    let mut total = 0;
    for (ordinal, segment) in searcher.segments().iter().enumerate() {
        let mut walk = compile(searcher, statistics, ordinal, plan)?;
        let published = segment.i64s(searcher.fields().published)?;
        let segment_ord = u32::try_from(ordinal).expect("an index has fewer segments than documents");
        for observer in &mut *observers {
            observer.segment(ordinal)?;
        }
        let mut doc = walk.doc();
        while doc != END {
            if segment.living().contains(doc) {
                total += 1;
                for observer in &mut *observers {
                    observer.article(doc);
                }
                if n_best > 0 {
                    let is_full = best.len() >= n_best;
                    let worst = best.peek().map(|Reverse(worst)| worst.primary).filter(|_| is_full);
                    let mut score = 0.0;
                    let primary = match sort {
                        Sort::Relevance => {
                            score = walk.score();
                            steps(score)
                        }
                        Sort::Date => moment(published.as_ref(), doc).unwrap_or(i64::MIN),
                        Sort::DateAscending => moment(published.as_ref(), doc).map_or(i64::MIN, |moment| -moment),
                    };
                    if worst.is_none_or(|worst| primary >= worst) {
                        if sort != Sort::Relevance {
                            score = walk.score();
                        }
                        let address = DocAddress { segment_ord, doc_id: doc };
                        best.push(Reverse(Ranked { primary, tie: segment.tie(doc), address, score: rounded(score) }));
                        if is_full {
                            best.pop();
                        }
                    }
                }
            }
            doc = walk.advance();
        }
        for observer in &mut *observers {
            observer.end()?;
        }
    }
    let mut best: Vec<Ranked> = best.into_iter().map(|Reverse(ranked)| ranked).collect();
    best.sort_unstable_by(|one, other| other.cmp(one));
    Ok(Collected { total, best })
}

/// A score in steps.
fn steps(score: f32) -> i64 {
    (score * SCORE_STEPS).round() as i64
}

/// A score as it is shown: articles that are ordered as equals have equal scores.
fn rounded(score: f32) -> f32 {
    steps(score) as f32 / SCORE_STEPS
}

fn moment(published: Option<&Column<i64>>, doc: DocId) -> Option<i64> {
    published?.first(doc)
}
