//! Which segments are merged: small ones, up to a size.
//!
//! A merge maps all it reads into memory. Merging without end would let memory grow with the corpus,
//! and rewrite the whole archive every so often; a search over a few dozen segments costs little.

use tantivy::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Documents that a merge makes one segment of, at most. About 110 MB of news, which a merge maps; with 25,000
/// it was 180 MB, and a third of the memory of a run.
const MAX_MERGED_DOCS: u32 = 16_000;
/// Share of deleted documents in a segment from which it is written anew.
const MAX_DELETED_SHARE: f32 = 0.2;

/// The engine's merge policy by levels, with a bound on the result.
#[derive(Debug)]
pub(super) struct BoundedMerge {
    levels: LogMergePolicy,
}

impl BoundedMerge {
    pub(super) fn new() -> Self {
        let mut levels = LogMergePolicy::default();
        levels.set_del_docs_ratio_before_merge(MAX_DELETED_SHARE);
        Self { levels }
    }
}

impl MergePolicy for BoundedMerge {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        // What has more than half of the bound is done: it would stand first among those of its level, and
        // leave no room for others.
        let (done, others): (Vec<_>, Vec<_>) =
            segments.iter().cloned().partition(|segment| segment.num_docs() > MAX_MERGED_DOCS / 2);
        let rewritten = done.iter().filter(|segment| deleted_share(segment) > MAX_DELETED_SHARE);
        let mut candidates: Vec<MergeCandidate> = rewritten.map(|segment| MergeCandidate(vec![segment.id()])).collect();
        let merged = self.levels.compute_merge_candidates(&others);
        candidates.extend(merged.into_iter().filter_map(|candidate| bounded(candidate, &others)));
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

    /// Numbers of documents of segments, and of those that are merged.
    #[track_caller]
    fn check(segments: &[u32], expected: &[&[u32]]) {
        let index = Index::create_in_ram(crate::schema::build().0);
        let new = |n_docs: &u32| index.new_segment_meta(SegmentId::generate_random(), *n_docs);
        let metas: Vec<SegmentMeta> = segments.iter().map(new).collect();
        let n_docs = |id: &SegmentId| metas.iter().find(|meta| meta.id() == *id).map_or(0, SegmentMeta::num_docs);
        let merged = BoundedMerge::new().compute_merge_candidates(&metas);
        let merged: Vec<Vec<u32>> = merged.iter().map(|candidate| candidate.0.iter().map(n_docs).collect()).collect();
        assert_eq!(merged, expected);
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
