//! Steps through every matching article of the index: counts, keeps the best, counts facets.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::{DocAddress, DocId};

use super::figure_order::FigureOrder;
use super::open::Searcher;
use super::order::{Order, Standing, rounded, steps};
use super::plan::{Plan, Scores, compile};
use super::request::Sort;
use super::statistics::Statistics;
use super::walk::END;

/// Steps by which the arithmetic may leave a score above its bound.
const BOUND_NOISE: i64 = 1;

/// An article with its place in the order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    /// What decides first: score, date or source, higher first.
    standing: Standing,
    /// What decides between equals, higher first: when it was published.
    newness: Standing,
    /// What decides between equals of one moment, lower first.
    tie: (u64, u64),
    /// Where it is.
    pub address: DocAddress,
    /// Its score.
    pub score: f32,
    /// Whether the places of the words were looked at.
    pub is_refined: bool,
    /// Whether related words had a say.
    pub is_related: bool,
    /// What its figures are worth of the score, where words name one.
    pub figures: f32,
    /// What being recent is worth of the score.
    pub recency: f32,
}

impl Ranked {
    /// Adds to the score what being recent is worth.
    pub(super) fn add_recency(&mut self, worth: f32) {
        self.add(worth);
        self.recency = worth;
    }

    /// Adds to the score what its figures are worth.
    pub(super) fn add_figures(&mut self, worth: f32) {
        self.add(worth);
        self.figures = worth;
    }

    /// Adds to the score.
    pub(super) fn add(&mut self, worth: f32) {
        self.standing = steps(self.score + worth);
        self.score = rounded(self.score + worth);
    }

    fn order(&self) -> (Standing, Standing, Reverse<(u64, u64)>) {
        (self.standing, self.newness, Reverse(self.tie))
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
    (sort, figure): (&Sort, Option<&FigureOrder>),
    n_best: usize,
    observers: &mut [&mut dyn Observer],
) -> tantivy::Result<Collected> {
    let order = Order::new(searcher, sort, figure)?;
    let mut best: BinaryHeap<Reverse<Ranked>> = BinaryHeap::new();
    let mut total = 0;
    let scores = if n_best > 0 { Scores::Asked } else { Scores::Unasked };
    for (ordinal, segment) in searcher.segments().iter().enumerate() {
        let mut walk = compile((searcher, ordinal), statistics, plan, scores)?;
        if walk.doc() == END && observers.is_empty() {
            continue;
        }
        let order = order.of_segment(searcher, segment)?;
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
                    let worst = best.peek().map(|Reverse(worst)| (worst.standing, worst.newness)).filter(|_| is_full);
                    if order.is_by_score() && worst.is_some_and(|worst| steps(walk.bound()) + BOUND_NOISE < worst.0) {
                        doc = walk.advance();
                        continue;
                    }
                    let mut score = if order.is_by_score() { walk.score() } else { 0.0 };
                    let standing = order.standing(doc, score);
                    let is_behind = |worst: (Standing, Standing)| {
                        standing < worst.0 || standing == worst.0 && order.newness(doc) < worst.1
                    };
                    if !worst.is_some_and(is_behind) {
                        if !order.is_by_score() {
                            score = walk.score();
                        }
                        let address = DocAddress { segment_ord, doc_id: doc };
                        best.push(Reverse(Ranked {
                            standing,
                            newness: order.newness(doc),
                            tie: segment.tie(doc),
                            address,
                            score: rounded(score),
                            is_refined: false,
                            is_related: false,
                            figures: 0.0,
                            recency: 0.0,
                        }));
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
