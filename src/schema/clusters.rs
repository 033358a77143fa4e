//! Clusters of near copies, kept in a file beside the engine's own.
//!
//! They are a function of the living articles, so that the file is only a memory of a computation: it
//! says of which articles it was made, and who finds others in the index computes again. Written last,
//! replaced as a whole; nothing depends on its being there.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::checked::{with_checksum, without_checksum};
use crate::copies::{Cluster, Member};

/// Name of the file inside the index folder.
pub const FILE_NAME: &str = "clusters.dateline";
/// Raised with every change of what is clustered, or how: older files are computed again.
const VERSION: u32 = 3;

/// Tells one set of living articles from another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Living {
    n_articles: u64,
    sum: u64,
}

impl Living {
    /// Counts an article in, by its [`super::stored::sameness`].
    pub fn add(&mut self, sameness: u64) {
        self.n_articles += 1;
        self.sum = self.sum.wrapping_add(sameness);
    }
}

/// Sixteen hexadecimal digits and the number of articles.
impl fmt::Display for Living {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{}", self.sum, self.n_articles)
    }
}

#[derive(Serialize, Deserialize)]
struct Wire {
    version: u32,
    living: Living,
    clusters: Vec<WireCluster>,
}

/// Id, then keys and similarities of the members.
type WireCluster = (u64, Vec<(u64, f32)>);

/// The bytes of the file.
pub fn encode(living: Living, clusters: &[Cluster]) -> Vec<u8> {
    let member = |member: &Member| (member.key, member.similarity);
    let cluster = |cluster: &Cluster| (cluster.id, cluster.members.iter().map(member).collect());
    let wire = Wire { version: VERSION, living, clusters: clusters.iter().map(cluster).collect() };
    with_checksum(postcard::to_allocvec(&wire).expect("numbers can be written"))
}

/// The clusters of the living articles, or `None` when the bytes are of others, or damaged.
pub fn decode(bytes: &[u8], living: Living) -> Option<Vec<Cluster>> {
    let wire: Wire = postcard::from_bytes(without_checksum(bytes)?).ok()?;
    if wire.version != VERSION || wire.living != living {
        return None;
    }
    let member = |(key, similarity)| Member { key, similarity };
    let cluster = |(id, members): WireCluster| Cluster { id, members: members.into_iter().map(member).collect() };
    Some(wire.clusters.into_iter().map(cluster).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> (Living, Vec<Cluster>) {
        let mut living = Living::default();
        living.add(7);
        living.add(8);
        let members = vec![Member { key: 7, similarity: 1.0 }, Member { key: 8, similarity: 0.5 }];
        (living, vec![Cluster { id: 7, members }])
    }

    #[test]
    fn clusters_come_back_for_the_same_articles_only() {
        let (mut living, clusters) = sample();
        let bytes = encode(living, &clusters);
        assert_eq!(decode(&bytes, living), Some(clusters));
        living.add(9);
        assert_eq!(decode(&bytes, living), None);
    }

    proptest! {
        #[test]
        fn damage_is_noticed(at in 0usize..100, flip in 1u8.., cut in 0usize..100) {
            let (living, clusters) = sample();
            let mut bytes = encode(living, &clusters);
            let at = at % bytes.len();
            bytes[at] ^= flip;
            bytes.truncate(bytes.len() - cut % bytes.len());
            prop_assert_eq!(decode(&bytes, living), None);
        }
    }
}
