//! Near copies of the articles of an index, in clusters.
//!
//! Clusters are a function of the living articles. The index remembers them in a file that says of which
//! articles it was made; where it is missing or of others, they are computed again, with the same result. What
//! comparing texts said is remembered apart, so that texts are compared once.

use std::collections::HashMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::OnceLock;

use foldhash::fast::FixedState;
use tantivy::{DocAddress, DocId};

use super::error::SearchError;
use super::id::Articles;
use super::open::Searcher;
use super::texts::Texts;
use crate::article::{Origin, PublicationDate};
use crate::copies::{Cluster, Listed, Member, Scratch, Verdicts, Wording, clusters};
use crate::schema::clusters as clusters_file;
use crate::schema::document::format_id;
use crate::schema::verdicts as verdicts_file;

/// Clusters, and where their members are.
#[derive(Debug)]
pub(super) struct Clusters {
    clusters: clusters_file::Clusters,
    /// Where members are, by their keys; looked up once somebody asks.
    addresses: OnceLock<HashMap<u64, DocAddress, FixedState>>,
    /// The bytes of the files that remember them, where they were computed.
    files: Vec<(&'static str, Vec<u8>)>,
}

/// The cluster that a hit belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterHit {
    /// Content id of its primary: the same in every index of the same articles.
    pub id: String,
    /// Articles in it, whether they match or not.
    pub n_articles: u64,
    /// Articles in it that match.
    pub n_matching: Option<u64>,
    /// All of them, the primary first, then by date; empty unless asked for.
    pub members: Vec<NearCopy>,
}

/// An article of a cluster.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NearCopy {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// When it was published.
    pub date: Option<PublicationDate>,
    /// Publication.
    pub source: Option<String>,
    /// Its places, sorted; the first one stands for all.
    pub origins: Vec<Origin>,
    /// Similarity of its text with that of the article it is shown beside: 0 to 1.
    pub similarity: f32,
}

impl Clusters {
    /// The remembered clusters, else computed ones.
    pub(super) fn find(searcher: &Searcher) -> Result<Self, SearchError> {
        let living = searcher.copies().living();
        let file = |name: &str| std::fs::read(searcher.folder().join(name)).ok();
        let remembered = file(clusters_file::FILE_NAME);
        let remembered = remembered.and_then(|bytes| clusters_file::Clusters::new(bytes, living));
        let (clusters, files) = match remembered {
            Some(remembered) => (remembered, Vec::new()),
            None => {
                let known = file(verdicts_file::FILE_NAME).and_then(|bytes| verdicts_file::decode(&bytes));
                let (clusters, verdicts) = compute(searcher, &known.unwrap_or_default())?;
                let bytes = clusters_file::encode(living, &clusters);
                let verdicts = verdicts_file::encode(&verdicts);
                let clusters = clusters_file::Clusters::new(bytes.clone(), living).expect("it was just written");
                // What rests on the other comes last.
                (clusters, vec![(verdicts_file::FILE_NAME, verdicts), (clusters_file::FILE_NAME, bytes)])
            }
        };
        Ok(Self { clusters, addresses: OnceLock::new(), files })
    }

    /// Names and bytes of the files that remember them, where they were computed, in the order in which they are to be
    /// written.
    pub(super) fn files(&self) -> &[(&'static str, Vec<u8>)] {
        &self.files
    }

    /// How many clusters there are, and how many articles in them.
    pub(super) fn counts(&self) -> (u64, u64) {
        (self.clusters.n_clusters() as u64, self.clusters.n_members() as u64)
    }
}

/// Living articles in order of their keys.
fn list(searcher: &Searcher) -> tantivy::Result<Vec<(Listed, DocAddress)>> {
    let fields = searcher.fields();
    let mut listed = Vec::new();
    for (segment_ord, segment) in (0..).zip(searcher.segments()) {
        let (published, n_words) = (segment.i64s(fields.published)?, segment.u64s(fields.n_body_tokens)?);
        for doc_id in segment.living().iter() {
            let Some(key) = segment.sameness(doc_id) else { continue };
            let published = published.as_ref().and_then(|column| column.first(doc_id));
            let n_words = n_words.as_ref().and_then(|column| column.first(doc_id)).unwrap_or(0);
            let (id, _) = segment.tie(doc_id);
            listed.push((Listed { key, published, n_words, id }, DocAddress { segment_ord, doc_id }));
        }
    }
    listed.sort_unstable_by_key(|(listed, _)| listed.key);
    Ok(listed)
}

fn compute(searcher: &Searcher, known: &Verdicts) -> Result<(Vec<Cluster>, Verdicts), SearchError> {
    let listed = list(searcher).map_err(|error| searcher.unreadable(error))?;
    let mut columns = Vec::new();
    let mut n_numbers = 0;
    for segment in searcher.segments() {
        let column = segment.u64s(searcher.fields().sketch).map_err(|error| searcher.unreadable(error))?;
        n_numbers += column.as_ref().map_or(0, |column| u64::from(column.values.num_vals()));
        let positions = vec![DocId::MAX; segment.max_doc() as usize];
        columns.push((column, positions));
    }
    for (position, (_, address)) in (0..).zip(&listed) {
        columns[address.segment_ord as usize].1[address.doc_id as usize] = position;
    }
    let mut sketches = |each: &mut dyn FnMut(u32, u64)| {
        for (column, positions) in &columns {
            let Some(column) = column else { continue };
            for (doc, position) in (0..).zip(positions).filter(|(_, position)| **position != DocId::MAX) {
                column.values_for_doc(doc).for_each(|number| each(*position, number));
            }
        }
        Ok(())
    };
    let mut texts = Texts::new(searcher);
    let (listed, addresses): (Vec<Listed>, Vec<DocAddress>) = listed.into_iter().unzip();
    let mut body = |position: u32| texts.body(addresses[position as usize]);
    let mut look = |scratch: &mut dyn Scratch| clusters(&listed, n_numbers, &mut sketches, scratch, known, &mut body);
    match look(&mut *scratch(searcher.folder())) {
        // A full disk costs memory, and no answer.
        Err(SearchError::Scratch(_)) => look(&mut Cursor::new(Vec::new())),
        outcome => outcome,
    }
}

/// A file without a name, which is gone with the process however that ends: beside the index, else where the system
/// has its temporary files; memory where neither may be written.
fn scratch(folder: &Path) -> Box<dyn Scratch> {
    match tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile()) {
        Ok(file) => Box::new(file),
        Err(_) => Box::new(Cursor::new(Vec::new())),
    }
}

impl Searcher {
    /// The cluster of an article: its position among all.
    pub(super) fn cluster_of(&self, address: DocAddress) -> Result<Option<usize>, SearchError> {
        let clusters = self.clusters()?;
        let key = self.segments()[address.segment_ord as usize].sameness(address.doc_id);
        Ok(key.and_then(|key| clusters.clusters.find(key)))
    }

    /// Id of the cluster at a position.
    pub(super) fn cluster_id(&self, at: usize) -> u64 {
        self.clusters().ok().and_then(|clusters| clusters.clusters.id(at)).unwrap_or_default()
    }

    /// The cluster of an article, whole.
    pub(super) fn whole_cluster_of(&self, address: DocAddress) -> Result<Option<Cluster>, SearchError> {
        let at = self.cluster_of(address)?;
        let clusters = self.clusters()?;
        Ok(at.and_then(|at| clusters.clusters.get(at)))
    }

    /// Where the members of a cluster are, with their similarity to the primary.
    pub(super) fn members_of(&self, cluster: &Cluster) -> Result<Vec<(DocAddress, f32)>, SearchError> {
        let clusters = self.clusters()?;
        let addresses = clusters.addresses.get_or_init(|| {
            let mut addresses = HashMap::default();
            for (segment_ord, segment) in (0..).zip(self.segments()) {
                segment.each_sameness(|doc_id, key| {
                    if clusters.clusters.find(key).is_some() {
                        addresses.insert(key, DocAddress { segment_ord, doc_id });
                    }
                });
            }
            addresses
        });
        let place = |member: &Member| Some((*addresses.get(&member.key)?, member.similarity));
        Ok(cluster.members.iter().filter_map(place).collect())
    }

    /// What a hit says of its cluster, with the members where they are asked for.
    pub(super) fn cluster_hit(
        &self,
        articles: &mut Articles<'_>,
        address: DocAddress,
        with_members: bool,
    ) -> Result<Option<ClusterHit>, SearchError> {
        let Some(cluster) = self.whole_cluster_of(address)? else { return Ok(None) };
        let mut members = Vec::new();
        if with_members {
            let others = self.members_of(&cluster)?;
            // What is remembered is the similarity to the primary, which stands first.
            let is_primary = others.first().is_some_and(|&(primary, _)| primary == address);
            let wording = match is_primary {
                true => None,
                false => Some(Wording::of(&articles.read(address)?.article.body)),
            };
            for (other, to_primary) in others {
                let similarity = match &wording {
                    None => to_primary,
                    Some(wording) => self.similarity(articles, wording, other)?,
                };
                members.push(self.near_copy(articles, other, similarity)?);
            }
        }
        let (id, n_articles) = (format_id(cluster.id), cluster.members.len() as u64);
        Ok(Some(ClusterHit { id, n_articles, n_matching: None, members }))
    }

    /// How similar the text of an article is to another text: 0 to 1.
    pub(super) fn similarity(
        &self,
        articles: &mut Articles<'_>,
        wording: &Wording,
        other: DocAddress,
    ) -> Result<f32, SearchError> {
        let body = articles.read(other)?.article.body;
        Ok(wording.compare(&Wording::of(&body)).similarity as f32)
    }

    /// What is shown of an article beside another one.
    pub(super) fn near_copy(
        &self,
        articles: &mut Articles<'_>,
        address: DocAddress,
        similarity: f32,
    ) -> Result<NearCopy, SearchError> {
        let stored = articles.read(address)?;
        let (id, origins) = (self.id_of(&stored)?, self.origins_of(&stored)?);
        let crate::article::Article { title, date, source, .. } = stored.article;
        Ok(NearCopy { id, title, date, source, origins, similarity })
    }
}
