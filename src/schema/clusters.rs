//! Clusters of near copies, kept in a file beside the engine's own.
//!
//! They are a function of the living articles, so that the file is only a memory of a computation: it
//! says of which articles it was made, and who finds others in the index computes again. Written last,
//! replaced as a whole; nothing depends on its being there. It is searched as it lies, so that who asks for the
//! clusters of ten hits reads no others.
//!
//! All little-endian: version, number of clusters, number of members; number and sum of the living articles (8 bytes
//! each); keys of all members (8 bytes), sorted; the cluster of each; id (8 bytes) of each cluster and where its
//! members end; for each member, one cluster behind the other, the position of its key and its similarity.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::checked::{with_checksum, without_checksum};
use crate::copies::{Cluster, Member};

/// Name of the file inside the index folder.
pub const FILE_NAME: &str = "clusters.dateline";
/// Raised with every change of what is clustered, or how: older files are computed again.
const VERSION: u32 = 6;

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

/// The bytes of the file.
pub fn encode(living: Living, clusters: &[Cluster]) -> Vec<u8> {
    let members = (0u32..).zip(clusters).flat_map(|(at, cluster)| cluster.members.iter().map(move |one| (one.key, at)));
    let mut members: Vec<(u64, u32)> = members.collect();
    members.sort_unstable();
    let mut bytes = Vec::with_capacity(HEAD_BYTES + members.len() * 20 + clusters.len() * 12 + 8);
    for part in [VERSION, clusters.len() as u32, members.len() as u32] {
        bytes.extend(part.to_le_bytes());
    }
    bytes.extend(living.n_articles.to_le_bytes());
    bytes.extend(living.sum.to_le_bytes());
    members.iter().for_each(|(key, _)| bytes.extend(key.to_le_bytes()));
    members.iter().for_each(|(_, at)| bytes.extend(at.to_le_bytes()));
    let mut end = 0u32;
    for cluster in clusters {
        end += cluster.members.len() as u32;
        bytes.extend(cluster.id.to_le_bytes());
        bytes.extend(end.to_le_bytes());
    }
    for Member { key, similarity } in clusters.iter().flat_map(|cluster| &cluster.members) {
        let position = members.partition_point(|(other, _)| other < key) as u32;
        bytes.extend(position.to_le_bytes());
        bytes.extend(similarity.to_bits().to_le_bytes());
    }
    with_checksum(bytes)
}

/// Version, two numbers, and which articles are living.
const HEAD_BYTES: usize = 28;

/// The clusters of an index, as the file has them. A cluster is called by its position.
#[derive(Debug)]
pub struct Clusters {
    bytes: Vec<u8>,
    n_clusters: usize,
    n_members: usize,
}

impl Clusters {
    /// Those of the living articles, or `None` when the bytes are of others, or damaged.
    pub fn new(bytes: Vec<u8>, living: Living) -> Option<Self> {
        let (head, rest) = without_checksum(&bytes)?.split_first_chunk::<HEAD_BYTES>()?;
        let ([version, n_clusters, n_members], [n_articles, sum]) = head_parts(head);
        let (n_clusters, n_members) = (n_clusters as usize, n_members as usize);
        let n_bytes = n_members.checked_mul(20)?.checked_add(n_clusters.checked_mul(12)?)?;
        let is_whole = version == VERSION && Living { n_articles, sum } == living && rest.len() == n_bytes;
        is_whole.then_some(Self { bytes, n_clusters, n_members })
    }

    /// How many there are.
    pub fn n_clusters(&self) -> usize {
        self.n_clusters
    }

    /// How many articles are in one.
    pub fn n_members(&self) -> usize {
        self.n_members
    }

    /// The cluster of an article, by its key.
    pub fn find(&self, key: u64) -> Option<usize> {
        let at = self.keys().binary_search_by_key(&key, |key| u64::from_le_bytes(*key)).ok()?;
        self.of_members().get(at).map(|at| u32::from_le_bytes(*at) as usize)
    }

    /// Id of the primary of a cluster.
    pub fn id(&self, at: usize) -> Option<u64> {
        self.ids_and_ends().get(at).map(|cluster| id_and_end(cluster).0)
    }

    /// A whole cluster.
    pub fn get(&self, at: usize) -> Option<Cluster> {
        let ends = self.ids_and_ends();
        let (id, end) = id_and_end(ends.get(at)?);
        let start = at.checked_sub(1).map_or(0, |before| id_and_end(&ends[before]).1);
        let (members, _) = self.part(12 * (self.n_members + self.n_clusters), 8 * self.n_members).as_chunks::<8>();
        let member = |member: &[u8; 8]| {
            let [position, similarity] = halves(member);
            let key = u64::from_le_bytes(*self.keys().get(position as usize)?);
            Some(Member { key, similarity: f32::from_bits(similarity) })
        };
        Some(Cluster { id, members: members.get(start..end)?.iter().map(member).collect::<Option<_>>()? })
    }

    fn keys(&self) -> &[[u8; 8]] {
        self.part(0, 8 * self.n_members).as_chunks().0
    }

    fn of_members(&self) -> &[[u8; 4]] {
        self.part(8 * self.n_members, 4 * self.n_members).as_chunks().0
    }

    fn ids_and_ends(&self) -> &[[u8; 12]] {
        self.part(12 * self.n_members, 12 * self.n_clusters).as_chunks().0
    }

    /// Some bytes behind the head. Their number was checked.
    fn part(&self, start: usize, n_bytes: usize) -> &[u8] {
        &self.bytes[HEAD_BYTES + start..][..n_bytes]
    }
}

fn head_parts(head: &[u8; HEAD_BYTES]) -> ([u32; 3], [u64; 2]) {
    let (parts, _) = head.as_chunks::<4>();
    let number = |at: usize| u32::from_le_bytes(parts[at]);
    let long = |at: usize| u64::from(number(at)) | u64::from(number(at + 1)) << 32;
    ([0, 1, 2].map(number), [3, 5].map(long))
}

fn id_and_end(&[a, b, c, d, e, f, g, h, end @ ..]: &[u8; 12]) -> (u64, usize) {
    (u64::from_le_bytes([a, b, c, d, e, f, g, h]), u32::from_le_bytes(end) as usize)
}

fn halves(bytes: &[u8; 8]) -> [u32; 2] {
    let both = u64::from_le_bytes(*bytes);
    [both as u32, (both >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Clusters of these sizes, of articles with any keys.
    fn sample(sizes: &[usize]) -> (Living, Vec<Cluster>) {
        let mut living = Living::default();
        let mut key = 7u64;
        let mut member = || {
            key = key.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
            living.add(key);
            Member { key, similarity: 1.0 / (key % 9 + 1) as f32 }
        };
        let mut clusters = Vec::new();
        for size in sizes {
            let members: Vec<Member> = (0..*size).map(|_| member()).collect();
            clusters.push(Cluster { id: members[0].key ^ 1, members });
        }
        (living, clusters)
    }

    #[test]
    fn clusters_are_those_of_the_same_articles_only() {
        let (mut living, clusters) = sample(&[2]);
        let bytes = encode(living, &clusters);
        assert!(Clusters::new(bytes.clone(), living).is_some());
        living.add(9);
        assert!(Clusters::new(bytes, living).is_none());
    }

    proptest! {
        #[test]
        fn clusters_come_back(sizes in prop::collection::vec(1usize..6, 0..20)) {
            let (living, clusters) = sample(&sizes);
            let file = Clusters::new(encode(living, &clusters), living).expect("nothing is damaged");
            prop_assert_eq!((file.n_clusters(), file.n_members()), (sizes.len(), sizes.iter().sum()));
            for (at, cluster) in clusters.into_iter().enumerate() {
                prop_assert_eq!(file.id(at), Some(cluster.id));
                for member in &cluster.members {
                    prop_assert_eq!(file.find(member.key), Some(at));
                    prop_assert_eq!(file.find(member.key ^ 1), None);
                }
                prop_assert_eq!(file.get(at), Some(cluster));
            }
            prop_assert_eq!(file.get(sizes.len()), None);
        }

        #[test]
        fn damage_is_noticed(at in 0usize..200, flip in 1u8.., cut in 0usize..200) {
            let (living, clusters) = sample(&[2, 3]);
            let mut bytes = encode(living, &clusters);
            let at = at % bytes.len();
            bytes[at] ^= flip;
            bytes.truncate(bytes.len() - cut % bytes.len());
            prop_assert!(Clusters::new(bytes, living).is_none());
        }
    }
}
