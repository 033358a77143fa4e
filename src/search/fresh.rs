//! What is new in an index since one looked last, and what of it a query finds.

use std::collections::HashSet;
use std::path::Path;

use tantivy::{DocAddress, Index};

use super::error::SearchError;
use super::id::Articles;
use super::open::Searcher;
use super::query::Query;
use super::request::{Hit, SnippetConfig};
use super::snippet::Lights;
use super::watchlist::{NameFound, WatchList};
use crate::schema;
use crate::schema::analyzer::Analyzer;

/// Articles that were there at some time: eight bytes each.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    keys: HashSet<u64>,
}

impl Seen {
    /// Remembers what is there now, beside what was there before.
    pub fn add(&mut self, searcher: &Searcher) {
        self.keys.extend(searcher.seen().keys);
    }
}

/// Articles that were not there at that time. One whose text or date has changed is new; one that has
/// moved, or of which a copy came, is not.
#[derive(Clone, Debug, Default)]
pub struct Fresh {
    addresses: Vec<DocAddress>,
}

impl Fresh {
    /// How many there are.
    pub fn n_articles(&self) -> u64 {
        self.addresses.len() as u64
    }
}

/// Tells what is wrong with a query that only a search would find, such as an expression that takes too much memory.
///
/// # Errors
/// When no search can answer it.
pub fn check(query: &Query) -> Result<(), SearchError> {
    let nothing = Searcher::of_index(Path::new(""), &Index::create_in_ram(schema::build().0))?;
    nothing.search_fresh(query, &Fresh::default(), SnippetConfig::default()).map(drop)
}

impl Searcher {
    /// Remembers what is there now.
    pub fn seen(&self) -> Seen {
        let living = self.segments().iter().flat_map(|segment| {
            let keys = segment.living().iter().filter_map(|doc| segment.sameness(doc));
            keys.collect::<Vec<u64>>()
        });
        Seen { keys: living.collect() }
    }

    /// What has come since.
    pub fn fresh(&self, seen: &Seen) -> Fresh {
        let mut addresses = Vec::new();
        for (segment_ord, segment) in (0..).zip(self.segments()) {
            for doc_id in segment.living().iter() {
                if segment.sameness(doc_id).is_some_and(|key| !seen.keys.contains(&key)) {
                    addresses.push(DocAddress { segment_ord, doc_id });
                }
            }
        }
        let tie = |address: &DocAddress| self.segments()[address.segment_ord as usize].tie(address.doc_id);
        addresses.sort_unstable_by_key(tie);
        Fresh { addresses }
    }

    /// The new articles that a query finds, strictly as it is: a query of many words is not widened.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn search_fresh(&self, query: &Query, fresh: &Fresh, snippets: SnippetConfig) -> Result<Vec<Hit>, SearchError> {
        let everything = Query { root: None, ..query.clone() };
        let filters: Vec<_> = query.root.iter().cloned().collect();
        let mut matching: HashSet<DocAddress> = HashSet::new();
        let ordinals: std::collections::HashMap<_, u32> =
            self.segments().iter().map(|segment| segment.reader().segment_id()).zip(0..).collect();
        self.visit(&everything, &filters, &mut |segment, doc_id| {
            matching.insert(DocAddress { segment_ord: ordinals[&segment.segment_id()], doc_id });
        })?;
        let lights = Lights::new(self, query, &[])?;
        let (mut articles, mut lexicon) = (Articles::new(self), self.lexicon());
        let mut hits = Vec::new();
        for address in fresh.addresses.iter().filter(|address| matching.contains(address)) {
            let mut stored = articles.read(*address)?;
            let shown = lights.show(&stored, &mut lexicon, snippets);
            let origins = self.origins_of(&stored)?;
            if let Some(first) = origins.first() {
                stored.article.origin = first.clone();
            }
            hits.push(Hit {
                rank: hits.len() + 1,
                score: 0.0,
                id: self.id_of(&stored)?,
                article: stored.article,
                origins,
                cluster: None,
                extraction: stored.extraction,
                title_highlights: shown.title_highlights,
                snippets: shown.snippets,
                why: shown.why,
                sorted_by: None,
                explanation: None,
            });
        }
        Ok(hits)
    }

    /// Which names of a list the new articles have.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn names_in_fresh(&self, list: &WatchList, fresh: &Fresh) -> Result<Vec<NameFound>, SearchError> {
        let (mut articles, mut analyzer) = (Articles::new(self), Analyzer::new());
        let mut names = Vec::new();
        for address in &fresh.addresses {
            let stored = articles.read(*address)?;
            let found = list.find(&stored, &mut analyzer);
            if !found.is_empty() {
                let article = self.near_copy(&mut articles, *address, 1.0)?;
                names.extend(found.into_iter().map(|found| NameFound { article: article.clone(), ..found }));
            }
        }
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::{ParseConfig, parse};

    #[test]
    fn what_only_a_search_would_find_wrong_is_told() {
        let config = ParseConfig {
            today: &|| jiff::civil::date(2026, 1, 1),
            unit_of: &|_| None,
            lemma: &|noun| noun.to_owned(),
        };
        let checked = |typed: &str| check(&parse(typed, &config).expect("it can be parsed"));
        for right in ["boat", "/bo[ao]t/ -ship", "fig.tonne:>5 person:holm", ""] {
            assert!(checked(right).is_ok(), "{right}");
        }
        let error = checked("boat OR /(a{1000}){1000}/").expect_err("it takes too much memory");
        assert!(error.is_of_query(), "{error}");
    }
}
