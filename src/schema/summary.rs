//! What opening an index would otherwise look at every article for, kept in a file: which articles are living,
//! which are exact copies, how long their texts are in all.
//!
//! As the files of clusters it is only a memory of a computation: it says of which commit it was made, and who finds
//! another one computes again.

use serde::{Deserialize, Serialize};
use tantivy::SegmentMeta;

use super::checked::{with_checksum, without_checksum};
use super::clusters::Living;

/// Name of the file inside the index folder.
pub const FILE_NAME: &str = "summary.dateline";
/// Raised with every change of what is summed up, or how: older files count for nothing.
const VERSION: u32 = 1;

/// Tells one commit from another: which segments there are, in order, and what is deleted in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit([u8; 16]);

impl Commit {
    /// The commit that has these segments.
    pub fn of<'m>(segments: impl Iterator<Item = &'m SegmentMeta>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for segment in segments {
            let parts = (segment.id().uuid_string(), segment.max_doc(), segment.num_deleted_docs());
            hasher.update(format!("{parts:?} {:?}\n", segment.delete_opstamp()).as_bytes());
        }
        Self(*hasher.finalize().as_bytes().first_chunk().expect("a hash is longer"))
    }
}

/// A document by its segment and its number there.
pub type Place = (u32, u32);

/// Numbers and copies of one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The articles, each counted once.
    pub living: Living,
    /// Words of all their titles.
    pub n_title_tokens: u64,
    /// Words of all their texts.
    pub n_body_tokens: u64,
    /// Copies that are left out, each with the article that stands for it, in order.
    pub copies: Vec<(Place, Place)>,
}

/// The bytes of the file.
pub fn encode(commit: Commit, summary: &Summary) -> Vec<u8> {
    with_checksum(postcard::to_allocvec(&(VERSION, commit, summary)).expect("numbers can be written"))
}

/// The summary of a commit, or `None` when the bytes are of another one, or damaged.
pub fn decode(bytes: &[u8], commit: Commit) -> Option<Summary> {
    let (version, of, summary): (u32, Commit, Summary) = postcard::from_bytes(without_checksum(bytes)?).ok()?;
    (version == VERSION && of == commit).then_some(summary)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> (Commit, Summary) {
        let mut living = Living::default();
        living.add(7);
        (Commit([3; 16]), Summary { living, n_title_tokens: 5, n_body_tokens: 300, copies: vec![((0, 4), (1, 2))] })
    }

    #[test]
    fn a_summary_comes_back_for_its_commit_only() {
        let (commit, summary) = sample();
        let bytes = encode(commit, &summary);
        assert_eq!(decode(&bytes, commit), Some(summary));
        assert_eq!(decode(&bytes, Commit([4; 16])), None);
    }

    proptest! {
        #[test]
        fn damage_is_noticed(at in 0usize..60, flip in 1u8.., cut in 0usize..60) {
            let (commit, summary) = sample();
            let mut bytes = encode(commit, &summary);
            let at = at % bytes.len();
            bytes[at] ^= flip;
            bytes.truncate(bytes.len() - cut % bytes.len());
            prop_assert_eq!(decode(&bytes, commit), None);
        }
    }
}
