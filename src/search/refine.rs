//! Second look at the best articles: how close together and how early the words of the query stand.
//!
//! Reads positions, which is too dear for every match, so only a fixed number of the best is looked at;
//! they are reordered among themselves, so that pages stay consistent.

use tantivy::DocSet;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};

use super::collect::Ranked;
use super::open::Searcher;
use super::segment::Segment;

/// Articles that get a second look: ten pages of them.
pub(super) const N_REFINED: usize = 200;
/// Distance beyond which two neighbours of the query do not count as together.
const WINDOW: u32 = 8;
/// What two neighbours of the query that stand together are worth, as a share of the weight of the more
/// frequent one: pairs tell apart articles that share words from those that share a subject. Headlines
/// as queries gain .008 nDCG@10 at 0.5; between 1 and 2 nothing changes.
const PAIR_WEIGHT: f32 = 1.0;
/// Share of it when they stand in the other order.
const REVERSED_SHARE: f32 = 0.5;
/// What a word at the very beginning is worth more, as a share of its weight: news begin with what they
/// are about. Headlines as queries gain .017 nDCG@10 at 0.5, and lose again at 2.
const LEAD_WEIGHT: f32 = 0.7;
/// Words after which the beginning has half its worth: the first paragraph. 20 and 120 do worse.
const LEAD_WORDS: f32 = 50.0;

/// A plain word of the query, in its order.
pub(super) struct RefinedWord {
    /// Term for any form.
    pub term: String,
    /// How much it tells.
    pub weight: f32,
}

/// Adds to the scores of the best articles what the places of the words are worth, and reorders them.
pub(super) fn refine(searcher: &Searcher, words: &[RefinedWord], best: &mut [Ranked]) -> tantivy::Result<()> {
    let n_refined = best.len().min(N_REFINED);
    let refined = &mut best[..n_refined];
    refined.sort_by_key(|ranked| ranked.address);
    let fields = [searcher.fields().title, searcher.fields().body];
    for articles in refined.chunk_by_mut(|one, other| one.address.segment_ord == other.address.segment_ord) {
        let segment = &searcher.segments()[articles[0].address.segment_ord as usize];
        for field in fields {
            let mut places = Places::open(segment, field, words)?;
            for article in &mut *articles {
                article.add(places.worth(article.address.doc_id, words, field == searcher.fields().body));
            }
        }
    }
    refined.sort_unstable_by(|one, other| other.cmp(one));
    Ok(())
}

/// Places of the words in one field.
struct Places {
    postings: Vec<Option<SegmentPostings>>,
    positions: Vec<Vec<u32>>,
}

impl Places {
    fn open(segment: &Segment, field: Field, words: &[RefinedWord]) -> tantivy::Result<Self> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let postings = words.iter().map(|word| segment.postings(field, &word.term, option));
        Ok(Self { postings: postings.collect::<tantivy::Result<_>>()?, positions: vec![Vec::new(); words.len()] })
    }

    fn worth(&mut self, doc: tantivy::DocId, words: &[RefinedWord], is_body: bool) -> f32 {
        for (postings, positions) in self.postings.iter_mut().zip(&mut self.positions) {
            positions.clear();
            if let Some(postings) = postings {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    postings.positions(positions);
                }
            }
        }
        let mut worth = 0.0;
        for (pair, words) in self.positions.windows(2).zip(words.windows(2)) {
            let together = together(&pair[0], &pair[1]);
            worth += PAIR_WEIGHT * words[0].weight.min(words[1].weight) * together / (1.0 + together);
        }
        if is_body {
            for (positions, word) in self.positions.iter().zip(words) {
                if let Some(&first) = positions.first() {
                    worth += LEAD_WEIGHT * word.weight / (1.0 + first as f32 / LEAD_WORDS);
                }
            }
        }
        worth
    }
}

/// How often and how closely two words stand together, the first one first for full worth.
fn together(left: &[u32], right: &[u32]) -> f32 {
    let mut worth = 0.0;
    for &position in left {
        let behind = right.partition_point(|&other| other <= position);
        if let Some(&other) = right.get(behind) {
            worth += closeness(other - position);
        }
        if behind > 0 {
            let other = right[behind - 1];
            if other < position {
                worth += REVERSED_SHARE * closeness(position - other);
            }
        }
    }
    worth
}

fn closeness(distance: u32) -> f32 {
    if distance > WINDOW { 0.0 } else { 1.0 / distance as f32 }
}
