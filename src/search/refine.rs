//! Second look at the best articles: how close together and how early the words of the query stand.
//!
//! Reads positions, which is too dear for every match, so only a fixed number of the best is looked at;
//! they are reordered among themselves, so that pages stay consistent.

use tantivy::DocId;
use tantivy::schema::{Field, IndexRecordOption};

use super::collect::Ranked;
use super::forms::Form;
use super::open::Searcher;
use super::segment::Segment;
use super::walk::Forms;

/// Articles that get a second look: ten pages of them.
pub(super) const N_REFINED: usize = 200;
/// Distance beyond which two neighbours of the query do not count as together.
const WINDOW: u32 = 8;
/// What two neighbours of the query that stand together are worth, as a share of the weight of the more
/// frequent one: pairs tell apart articles that share words from those that share a subject. From 0 to 1
/// to 2, headlines as queries go from .773 over .783 to .785 nDCG@10, topics in sentences from .847 over
/// .848 to .844.
const PAIR_WEIGHT: f32 = 1.5;
/// Share of it when they stand in the other order.
const REVERSED_SHARE: f32 = 0.5;
/// What a word at the very beginning is worth more, as a share of its weight: news begin with what they
/// are about. From 0 over 0.4 and 0.7 to 1.2, headlines as queries go from .768 over .780 and .783 to
/// .784 nDCG@10, topics in sentences from .840 over .850 and .848 to .855; sentences from the ends of
/// articles lose .011.
const LEAD_WEIGHT: f32 = 1.0;
/// Words after which the beginning has half its worth: the first paragraph. 20 and 120 do worse.
const LEAD_WORDS: f32 = 50.0;

/// A plain word of a query, or one that goes with it.
pub(super) struct QueryWord {
    /// As typed.
    pub typed: String,
    /// Its forms.
    pub forms: Vec<Form>,
    /// How much it tells.
    pub weight: f32,
}

/// What the place of a word is worth something for; words by their number in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closeness {
    /// The word and the next one stand together.
    Together(usize),
    /// The word stands near the beginning of the body.
    Early(usize),
}

/// Adds to the scores of the best articles what the places of the words are worth, and reorders them.
pub(super) fn refine(searcher: &Searcher, words: &[QueryWord], best: &mut [Ranked]) -> tantivy::Result<()> {
    let n_refined = best.len().min(N_REFINED);
    let refined = &mut best[..n_refined];
    refined.sort_by_key(|ranked| ranked.address);
    let fields = [searcher.fields().title, searcher.fields().body];
    for articles in refined.chunk_by_mut(|one, other| one.address.segment_ord == other.address.segment_ord) {
        let segment = &searcher.segments()[articles[0].address.segment_ord as usize];
        for field in fields {
            let mut reader = PlaceReader::open(searcher, segment, field, words)?;
            for article in &mut *articles {
                let mut worth = 0.0;
                let is_body = field == searcher.fields().body;
                reader.worth(article.address.doc_id, words, is_body, &mut |_, score| worth += score);
                article.add(worth);
                article.is_refined = true;
            }
        }
    }
    refined.sort_unstable_by(|one, other| other.cmp(one));
    Ok(())
}

/// Places of the words in one field of one segment.
pub(super) struct PlaceReader {
    postings: Vec<Option<Forms>>,
    positions: Vec<Vec<u32>>,
}

impl PlaceReader {
    pub(super) fn open(
        searcher: &Searcher,
        segment: &Segment,
        field: Field,
        words: &[QueryWord],
    ) -> tantivy::Result<Self> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut postings = Vec::new();
        for word in words {
            postings.push(segment.forms(searcher.fields(), searcher.languages(), field, &word.forms, option)?);
        }
        Ok(Self { postings, positions: vec![Vec::new(); words.len()] })
    }

    /// Calls `each` with everything that the places in a document are worth. Documents have to rise.
    pub(super) fn worth(
        &mut self,
        doc: DocId,
        words: &[QueryWord],
        is_body: bool,
        each: &mut dyn FnMut(Closeness, f32),
    ) {
        for (postings, positions) in self.postings.iter_mut().zip(&mut self.positions) {
            positions.clear();
            if let Some(postings) = postings
                && postings.seek(doc) == doc
            {
                postings.positions_with_offset(0, positions);
            }
        }
        for (first, pair) in self.positions.windows(2).enumerate() {
            let together = together(&pair[0], &pair[1]);
            if together > 0.0 {
                let weight = words[first].weight.min(words[first + 1].weight);
                each(Closeness::Together(first), PAIR_WEIGHT * weight * together / (1.0 + together));
            }
        }
        if is_body {
            for (index, (positions, word)) in self.positions.iter().zip(words).enumerate() {
                if let Some(&first) = positions.first() {
                    each(Closeness::Early(index), LEAD_WEIGHT * word.weight / (1.0 + first as f32 / LEAD_WORDS));
                }
            }
        }
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
