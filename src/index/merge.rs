//! Which segments are merged: small ones, up to a size.
//!
//! A merge maps all it reads into memory. Merging without end would let memory grow with the corpus,
//! and rewrite the whole archive every so often; a search over a few dozen segments costs little.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tantivy::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Documents that a merge makes one segment of, at most. About 110 MB of news, which a merge maps; with 25,000
/// it was 180 MB, and a third of the memory of a run.
const MAX_MERGED_DOCS: u32 = 16_000;
/// Share of deleted documents in a segment from which it is written anew.
const MAX_DELETED_SHARE: f32 = 0.2;

/// The engine's merge policy by levels, with a bound on the result. What no level asks to merge is merged when a run
/// ends that added much of it: each segment costs every search.
#[derive(Debug)]
pub(super) struct BoundedMerge {
    levels: LogMergePolicy,
    ending: Arc<Ending>,
}

/// Whether a run ends, and how much it added.
#[derive(Debug, Default)]
pub(super) struct Ending {
    n_added: AtomicU64,
    has_begun: AtomicBool,
}

impl Ending {
    /// Counts a document that was added.
    pub(super) fn count(&self) {
        self.n_added.fetch_add(1, Ordering::Relaxed);
    }

    /// Says that nothing more is added.
    pub(super) fn begin(&self) {
        self.has_begun.store(true, Ordering::Relaxed);
    }
}

impl BoundedMerge {
    pub(super) fn new(ending: Arc<Ending>) -> Self {
        let mut levels = LogMergePolicy::default();
        levels.set_del_docs_ratio_before_merge(MAX_DELETED_SHARE);
        Self { levels, ending }
    }

    /// What a run leaves that ends, where it added at least half of it: a run that adds little does not write much anew.
    fn leftovers(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let n_docs: u64 = segments.iter().map(|segment| u64::from(segment.num_docs())).sum();
        let n_added = self.ending.n_added.load(Ordering::Relaxed);
        if !self.ending.has_begun.load(Ordering::Relaxed) || n_docs > 2 * n_added {
            return Vec::new();
        }
        let mut left: Vec<SegmentMeta> = segments.to_vec();
        left.sort_by_key(|segment| std::cmp::Reverse(segment.num_docs()));
        let mut candidates = Vec::new();
        while left.len() > 1
            && let Some(candidate) = bounded(MergeCandidate(left.iter().map(SegmentMeta::id).collect()), &left)
        {
            left.retain(|segment| !candidate.0.contains(&segment.id()));
            candidates.push(candidate);
        }
        candidates
    }
}

impl MergePolicy for BoundedMerge {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        // What has more than half of the bound is done: it would stand first among those of its level, and
        // leave no room for others.
        let (done, mut others): (Vec<_>, Vec<_>) =
            segments.iter().cloned().partition(|segment| segment.num_docs() > MAX_MERGED_DOCS / 2);
        let rewritten = done.iter().filter(|segment| deleted_share(segment) > MAX_DELETED_SHARE);
        let mut candidates: Vec<MergeCandidate> = rewritten.map(|segment| MergeCandidate(vec![segment.id()])).collect();
        let merged = self.levels.compute_merge_candidates(&others);
        candidates.extend(merged.into_iter().filter_map(|candidate| bounded(candidate, &others)));
        others.retain(|segment| !candidates.iter().any(|candidate| candidate.0.contains(&segment.id())));
        candidates.extend(self.leftovers(&others));
        candidates
    }
}

fn deleted_share(segment: &SegmentMeta) -> f32 {
    segment.num_deleted_docs() as f32 / segment.max_doc().max(1) as f32
}

/// As many segments of a candidate, from its first on, as stay below the bound together.
fn bounded(mut candidate: MergeCandidate, segments: &[SegmentMeta]) -> Option<MergeCandidate> {
    let mut n_docs = 0;
    let n_fitting = candidate
        .0
        .iter()
        .take_while(|id| {
            n_docs += segments.iter().find(|segment| segment.id() == **id).map_or(0, SegmentMeta::num_docs);
            n_docs <= MAX_MERGED_DOCS
        })
        .count();
    let rewrites_one = candidate.0.len() == 1;
    candidate.0.truncate(n_fitting.max(usize::from(rewrites_one)));
    (candidate.0.len() > 1 || rewrites_one).then_some(candidate)
}

#[cfg(test)]
mod tests {
    use tantivy::Index;
    use tantivy::index::SegmentId;

    use super::*;

    /// Numbers of documents of segments, and of those that are merged: while a run goes on, or when one ends that added
    /// so many.
    #[track_caller]
    fn check_when(n_added: Option<u64>, segments: &[u32], expected: &[&[u32]]) {
        let index = Index::create_in_ram(crate::schema::build().0);
        let new = |n_docs: &u32| index.new_segment_meta(SegmentId::generate_random(), *n_docs);
        let metas: Vec<SegmentMeta> = segments.iter().map(new).collect();
        let n_docs = |id: &SegmentId| metas.iter().find(|meta| meta.id() == *id).map_or(0, SegmentMeta::num_docs);
        let ending = Arc::new(Ending::default());
        (0..n_added.unwrap_or(1_000_000)).for_each(|_| ending.count());
        if n_added.is_some() {
            ending.begin();
        }
        let merged = BoundedMerge::new(ending).compute_merge_candidates(&metas);
        let merged: Vec<Vec<u32>> = merged.iter().map(|candidate| candidate.0.iter().map(n_docs).collect()).collect();
        assert_eq!(merged, expected);
    }

    #[track_caller]
    fn check(segments: &[u32], expected: &[&[u32]]) {
        check_when(None, segments, expected);
    }

    #[test]
    fn what_is_left_is_merged_at_the_end_of_a_run_that_added_much_of_it() {
        check_when(Some(10_000), &[2500, 15_000, 2500, 3000], &[&[3000, 2500, 2500]]);
        check_when(Some(100_000), &[2600; 7], &[&[2600; 6]]);
        check_when(Some(100_000), &[7000, 5000, 6000, 4000, 3000], &[&[7000, 6000], &[5000, 4000, 3000]]);
        check_when(Some(100_000), &[2500; 8], &[&[2500; 6], &[2500; 2]]);
        check_when(Some(100_000), &[15_000, 2500], &[]);
        check_when(Some(3000), &[2500; 3], &[]);
        check_when(Some(0), &[10, 10], &[]);
    }

    #[test]
    fn small_segments_are_merged_up_to_the_bound() {
        check(&[2500; 7], &[]);
        check(&[2500; 8], &[&[2500; 6]]);
        check(&[15_000, 2500, 2500, 2500, 2500, 2500, 2500, 2500, 2500, 15_000], &[&[2500; 6]]);
        check(&[15_000; 20], &[]);
        check(&[10; 9], &[&[10; 9]]);
    }
}
