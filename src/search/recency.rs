//! What being recent is worth, where that is asked for: a share of the score that halves with age.
//!
//! Age counts from the newest article of the index, so that the same index answers the same on any day.

use super::collect::Ranked;
use super::open::Searcher;
use super::segment::Segment;

/// What the newest articles gain, as a share of their score: enough to lead among articles that match
/// about as well, too little to bring up those that share a word or two.
const SHARE: f32 = 0.5;
const SECONDS_OF_DAY: f64 = 86_400.0;

/// Adds to the scores of articles what their age leaves of being recent, and reorders them. Articles
/// without a date gain nothing.
pub(super) fn add_recency(searcher: &Searcher, half_life_days: f64, best: &mut [Ranked]) -> tantivy::Result<()> {
    let published = |segment: &Segment| segment.i64s(searcher.fields().published);
    let mut newest = None;
    for segment in searcher.segments() {
        if let Some(column) = published(segment)? {
            newest = newest.max(segment.living().iter().filter_map(|doc| column.first(doc)).max());
        }
    }
    let Some(newest) = newest else { return Ok(()) };
    for ranked in &mut *best {
        let segment = &searcher.segments()[ranked.address.segment_ord as usize];
        let Some(moment) = published(segment)?.and_then(|column| column.first(ranked.address.doc_id)) else { continue };
        let age_days = newest.saturating_sub(moment) as f64 / SECONDS_OF_DAY;
        let worth = SHARE * ranked.score * (-age_days / half_life_days).exp2() as f32;
        ranked.add_recency(worth);
    }
    best.sort_unstable_by(|one, other| other.cmp(one));
    Ok(())
}
