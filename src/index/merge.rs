//! Which segments are merged: small ones, up to a size.
//!
//! A merge maps all it reads into memory. Merging without end would let memory grow with the corpus,
//! and rewrite the whole archive every so often; a search over a few dozen segments costs little.

use tantivy::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Documents of a segment, beyond which it is left alone unless many of them are deleted. About 85 MB of
/// news, which a merge maps; with 25,000 it was twice as much.
const MAX_MERGED_DOCS: u32 = 12_000;
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
        levels.set_max_docs_before_merge(MAX_MERGED_DOCS as usize);
        levels.set_del_docs_ratio_before_merge(MAX_DELETED_SHARE);
        Self { levels }
    }
}

impl MergePolicy for BoundedMerge {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let candidates = self.levels.compute_merge_candidates(segments);
        candidates.into_iter().filter_map(|candidate| bounded(candidate, segments)).collect()
    }
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
