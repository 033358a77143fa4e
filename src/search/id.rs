//! Ids of articles, made when they are read, so that they do not depend on how an index came about.
//!
//! An article goes by the id it brought along where no other living article has it, else by the hash of
//! its content, else by that and as much of the hash of its place as tells it from its copies.

use std::collections::HashMap;

use tantivy::directory::OwnedBytes;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet};

use super::error::SearchError;
use super::open::Searcher;
use super::walk::END;
use crate::article::Article;
use crate::entities::Applied;
use crate::schema::document::{content_id, format_id, origin_id};
use crate::schema::store::stored_bytes;
use crate::schema::stored::StoredArticle;

/// Least hexadecimal digits of the place that follow the content id of a copy.
const MIN_ORIGIN_DIGITS: usize = 4;
/// Separates them.
const ORIGIN_SEPARATOR: char = '-';

/// What an id leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup {
    /// The article, under its own id.
    Found {
        /// Its id, whatever form it was asked for by.
        id: String,
        /// The article and what was found in it.
        stored: Box<StoredArticle>,
    },
    /// Several articles: their ids, sorted.
    Ambiguous(Vec<String>),
    /// No article.
    Missing,
}

/// Longest text of an article that is kept to be read again, in bytes.
const MAX_KEPT_BYTES: usize = 100_000;

/// Reads stored articles.
pub(super) struct Articles<'s> {
    searcher: &'s Searcher,
    /// Some that will be read again.
    kept: HashMap<DocAddress, StoredArticle>,
}

impl<'s> Articles<'s> {
    pub(super) fn new(searcher: &'s Searcher) -> Self {
        Self { searcher, kept: HashMap::new() }
    }

    /// The article at an address, as the rules on entities have it.
    pub(super) fn read(&mut self, address: DocAddress) -> Result<StoredArticle, SearchError> {
        match self.kept.remove(&address) {
            Some(stored) => Ok(stored),
            None => Ok(self.read_with_rules(address)?.0),
        }
    }

    /// Keeps an article as it was read, for the next who reads it, unless it is long.
    pub(super) fn keep(&mut self, address: DocAddress, stored: StoredArticle) {
        if stored.article.body.len() <= MAX_KEPT_BYTES {
            self.kept.insert(address, stored);
        }
    }

    /// The article at an address, and what the rules on entities did to it.
    pub(super) fn read_with_rules(
        &mut self,
        address: DocAddress,
    ) -> Result<(StoredArticle, Option<Applied>), SearchError> {
        let mut stored = self.read_raw(address)?;
        let applied = self.searcher.set_right(&mut stored);
        Ok((stored, applied))
    }

    /// The article at an address, as it was indexed.
    pub(super) fn read_raw(&mut self, address: DocAddress) -> Result<StoredArticle, SearchError> {
        let searcher = self.searcher;
        let bytes = searcher.stored_bytes(address, searcher.fields().article)?;
        StoredArticle::decode(&bytes)
            .map_err(|source| SearchError::Damaged { folder: searcher.folder().to_owned(), source })
    }
}

impl Searcher {
    /// The stored bytes of a field at an address.
    pub(super) fn stored_bytes(&self, address: DocAddress, field: Field) -> Result<OwnedBytes, SearchError> {
        let store = self.segments()[address.segment_ord as usize].store();
        let store = store.map_err(|error| self.unreadable(error.into()))?;
        stored_bytes(store, address.doc_id, field).map_err(|error| self.unreadable(error))
    }

    /// The article with an id: its own one, its content id, or its content id with digits of its place.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn article(&self, id: &str) -> Result<Lookup, SearchError> {
        let addresses = self.addresses_of_id(id.trim())?;
        let mut articles = Articles::new(self);
        if let [address] = addresses[..] {
            let stored = articles.read(address)?;
            return Ok(Lookup::Found { id: self.id_of(&stored)?, stored: Box::new(stored) });
        }
        let mut ids = Vec::new();
        for address in addresses {
            ids.push(self.id_of(&articles.read(address)?)?);
        }
        ids.sort();
        Ok(if ids.is_empty() { Lookup::Missing } else { Lookup::Ambiguous(ids) })
    }

    /// The id of an article of this index.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn id_of(&self, stored: &StoredArticle) -> Result<String, SearchError> {
        self.id_by_content(&stored.article, content_id(&stored.article))
    }

    /// As [`Self::id_of`], for the article at an address, whose content is hashed already.
    pub(super) fn id_at(&self, address: DocAddress, article: &Article) -> Result<String, SearchError> {
        let (content, _) = self.segments()[address.segment_ord as usize].tie(address.doc_id);
        self.id_by_content(article, content)
    }

    fn id_by_content(&self, article: &Article, content: u64) -> Result<String, SearchError> {
        if let Some(own_id) = &article.own_id
            && self.living_with(self.fields().own_id, own_id)?.len() == 1
        {
            return Ok(own_id.clone());
        }
        let content = format_id(content);
        let copies = self.living_with(self.fields().content_id, &content)?;
        if copies.len() <= 1 {
            return Ok(content);
        }
        let origin = format_id(origin_id(&article.origin));
        let origins: Vec<String> = copies.iter().map(|&address| self.origin(address)).collect();
        let mut n_digits = MIN_ORIGIN_DIGITS;
        while n_digits < origin.len()
            && origins.iter().filter(|other| other.starts_with(&origin[..n_digits])).count() > 1
        {
            n_digits += 1;
        }
        Ok(format!("{content}{ORIGIN_SEPARATOR}{}", &origin[..n_digits]))
    }

    /// Living articles that an id may mean: those that brought it along, else those of a content.
    pub(super) fn addresses_of_id(&self, id: &str) -> Result<Vec<DocAddress>, SearchError> {
        let own = self.living_with(self.fields().own_id, id)?;
        if !own.is_empty() {
            return Ok(own);
        }
        let same_content = self.living_with(self.fields().content_id, id)?;
        if !same_content.is_empty() {
            return Ok(same_content);
        }
        let Some((content, origin)) = id.rsplit_once(ORIGIN_SEPARATOR) else { return Ok(Vec::new()) };
        let mut copies = self.living_with(self.fields().content_id, content)?;
        copies.retain(|&address| !origin.is_empty() && self.origin(address).starts_with(origin));
        Ok(copies)
    }

    fn origin(&self, address: DocAddress) -> String {
        format_id(self.segments()[address.segment_ord as usize].tie(address.doc_id).1)
    }

    fn living_with(&self, field: Field, term: &str) -> Result<Vec<DocAddress>, SearchError> {
        let mut addresses = Vec::new();
        for (ordinal, segment) in self.segments().iter().enumerate() {
            let postings = segment.postings(field, term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(|error| self.unreadable(error))? else { continue };
            let segment_ord = u32::try_from(ordinal).expect("an index has fewer segments than documents");
            while postings.doc() != END {
                if segment.living().contains(postings.doc()) {
                    addresses.push(DocAddress { segment_ord, doc_id: postings.doc() });
                }
                postings.advance();
            }
        }
        Ok(addresses)
    }
}
