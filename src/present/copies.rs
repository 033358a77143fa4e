//! How JSON says where an article stands and what it is a copy of.

use serde::Serialize;

use crate::article::Origin;
use crate::search::{ClusterHit, NearCopy};

/// A place where an article stands; exact copies have several.
#[derive(Serialize)]
pub(super) struct OriginJson<'a> {
    path: &'a str,
    record: Option<u64>,
}

impl<'a> OriginJson<'a> {
    pub(super) fn new(origin: &'a Origin) -> Self {
        Self { path: &origin.path, record: origin.record }
    }
}

/// Near copies: `members` where they were asked for, the primary first.
#[derive(Serialize)]
pub(super) struct ClusterJson<'a> {
    id: &'a str,
    articles: u64,
    matching: Option<u64>,
    members: Option<Vec<NearCopyJson<'a>>>,
}

impl<'a> ClusterJson<'a> {
    pub(super) fn new(cluster: &'a ClusterHit) -> Self {
        let members = cluster.members.iter().map(NearCopyJson::new).collect();
        Self {
            id: &cluster.id,
            articles: cluster.n_articles,
            matching: cluster.n_matching,
            members: (!cluster.members.is_empty()).then_some(members),
        }
    }
}

#[derive(Serialize)]
pub(super) struct NearCopyJson<'a> {
    id: &'a str,
    title: &'a str,
    date: Option<String>,
    source: Option<&'a str>,
    path: Option<&'a str>,
    record: Option<u64>,
    origins: Vec<OriginJson<'a>>,
    similarity: f32,
}

impl<'a> NearCopyJson<'a> {
    pub(super) fn new(copy: &'a NearCopy) -> Self {
        Self {
            id: &copy.id,
            title: &copy.title,
            date: copy.date.map(|date| date.to_string()),
            source: copy.source.as_deref(),
            path: copy.origins.first().map(|origin| &*origin.path),
            record: copy.origins.first().and_then(|origin| origin.record),
            origins: copy.origins.iter().map(OriginJson::new).collect(),
            similarity: rounded(copy.similarity),
        }
    }
}

/// Thousandths are more than a similarity can say.
fn rounded(similarity: f32) -> f32 {
    (similarity * 1000.0).round() / 1000.0
}
