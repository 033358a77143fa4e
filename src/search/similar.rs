//! What is like an article: near copies of it, then articles about the same people, places and
//! organisations.

use std::collections::HashMap;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet};

use super::clusters::NearCopy;
use super::error::SearchError;
use super::id::Articles;
use super::open::Searcher;
use super::walk::END;
use crate::copies::{Differences, Wording, differences};
use crate::schema::cut;
use crate::schema::document::format_id;
use crate::schema::stored::StoredArticle;

/// Entities that an article must share with another one to be about the same.
const MIN_SHARED: usize = 2;

/// What is like an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    /// Content id of the primary of the cluster that the article belongs to; `None` where it has no
    /// near copy.
    pub cluster: Option<String>,
    /// Near copies of it, the primary of the cluster first, then by date: similarity is that to the
    /// article itself.
    pub copies: Vec<(NearCopy, Differences)>,
    /// Articles that are no near copies and name the same people, places and organisations, those that
    /// share the rarest first.
    pub related: Vec<Related>,
    /// How many of these there are in all.
    pub n_related: u64,
}

/// An article about the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// The article; similarity is that of its text.
    pub article: NearCopy,
    /// Names of what both name, in the order of the article that was asked about.
    pub shared: Vec<String>,
}

impl Searcher {
    /// What is like the article with an id; `None` where the id leads to no article, or to several.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn similar(&self, id: &str, n_related: usize) -> Result<Option<Similar>, SearchError> {
        let [address] = self.addresses_of_id(id.trim())?[..] else { return Ok(None) };
        let mut articles = Articles::new(self);
        let stored = articles.read(address)?;
        let wording = Wording::of(&stored.article.body);
        let mut similar = Similar { cluster: None, copies: Vec::new(), related: Vec::new(), n_related: 0 };
        let cluster = self.whole_cluster_of(address)?;
        let members = cluster.as_ref().map(|cluster| self.members_of(cluster)).transpose()?.unwrap_or_default();
        for &(copy, _) in members.iter().filter(|(copy, _)| *copy != address) {
            let body = articles.read(copy)?.article.body;
            let similarity = wording.compare(&Wording::of(&body)).similarity as f32;
            let copy = self.near_copy(&mut articles, copy, similarity)?;
            similar.copies.push((copy, differences(&stored.article.body, &body)));
        }
        similar.cluster = cluster.map(|cluster| format_id(cluster.id));

        // Terms of the index know nothing of the rules on entities.
        let stored = articles.read_raw(address)?;
        let mut sharing = self.sharing(&stored)?;
        sharing.retain(|(other, ..)| *other != address && members.iter().all(|(member, _)| member != other));
        similar.n_related = sharing.len() as u64;
        for (other, _, shared) in sharing.into_iter().take(n_related) {
            let similarity = self.similarity(&mut articles, &wording, other)?;
            let article = self.near_copy(&mut articles, other, similarity)?;
            let name = |at: usize| stored.extraction.entities[at].name.clone();
            similar.related.push(Related { article, shared: shared.into_iter().map(name).collect() });
        }
        Ok(Some(similar))
    }

    /// Articles that share entities with one: how much that tells, and which (by position), most telling
    /// first.
    fn sharing(&self, stored: &StoredArticle) -> Result<Vec<(DocAddress, f32, Vec<usize>)>, SearchError> {
        let statistics = self.statistics()?;
        let mut sharing: HashMap<DocAddress, (f32, Vec<usize>)> = HashMap::new();
        for (at, entity) in stored.extraction.entities.iter().enumerate() {
            let field = self.fields().entity(entity.kind);
            let mut having = Vec::new();
            for (segment_ord, segment) in (0..).zip(self.segments()) {
                let postings = segment.postings(field, cut(&entity.key), IndexRecordOption::Basic);
                let Some(mut postings) = postings.map_err(|error| self.unreadable(error))? else { continue };
                while postings.doc() != END {
                    if segment.living().contains(postings.doc()) {
                        having.push(DocAddress { segment_ord, doc_id: postings.doc() });
                    }
                    postings.advance();
                }
            }
            let worth = statistics.idf(having.len() as u64);
            for address in having {
                let (sum, shared) = sharing.entry(address).or_default();
                *sum += worth;
                shared.push(at);
            }
        }
        let tie = |address: DocAddress| self.segments()[address.segment_ord as usize].tie(address.doc_id);
        let mut sharing: Vec<_> = sharing
            .into_iter()
            .filter(|(_, (_, shared))| shared.len() >= MIN_SHARED)
            .map(|(address, (worth, shared))| (address, worth, shared))
            .collect();
        sharing.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then_with(|| tie(one.0).cmp(&tie(other.0))));
        Ok(sharing)
    }
}
