//! Exact copies: one article, however many places it stands in.
//!
//! The engine holds a document for each place, so that a file's articles come and go with it. Here one of
//! them is chosen to stand for all, by nothing but what was read; the others are left out of
//! [`Segment::living`], and with that out of every count, score and list. Nothing is lost: copies are
//! equal in all but their places, and these are all shown and found.

use std::collections::HashMap;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet};

use super::bits::Bits;
use super::error::SearchError;
use super::id::Articles;
use super::open::Searcher;
use super::segment::Segment;
use super::walk::END;
use crate::article::Origin;
use crate::schema::clusters::Living;
use crate::schema::document::{content_id, format_id};
use crate::schema::stored::{StoredArticle, sameness};
use crate::schema::summary::{Place, Summary};

/// Ends of hashes that are told apart, for each article, and at most: more cost memory, fewer have articles sorted that
/// are no copies.
const ENDS_PER_ARTICLE: u64 = 8;
const MAX_ENDS: u32 = 1 << 30;

/// Which documents are copies of which.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// From a copy that is left out to the one that stands for it.
    standing_for: HashMap<DocAddress, DocAddress>,
    /// The articles, each counted once.
    living: Living,
}

impl Copies {
    /// Finds the copies among all articles, and leaves all but one of each out. Linear in their number.
    pub(super) fn find(segments: &mut [Segment]) -> Self {
        // Few have an end of their hash in common with others: only these can be copies, and are sorted.
        let n_articles: u64 = segments.iter().map(|segment| segment.living().len()).sum();
        let n_ends = u32::try_from(n_articles * ENDS_PER_ARTICLE).unwrap_or(MAX_ENDS).min(MAX_ENDS).next_power_of_two();
        let end = |sameness: u64| sameness as u32 & (n_ends - 1);
        let (mut seen, mut seen_again) = (Bits::new(n_ends), Bits::new(n_ends));
        for segment in segments.iter() {
            segment.each_sameness(|_, sameness| {
                let end = end(sameness);
                if seen.contains(end) {
                    seen_again.insert(end);
                }
                seen.insert(end);
            });
        }
        let mut living = Living::default();
        let mut articles: Vec<(u64, DocAddress)> = Vec::new();
        for (segment_ord, segment) in (0..).zip(segments.iter()) {
            segment.each_sameness(|doc_id, sameness| {
                if seen_again.contains(end(sameness)) {
                    articles.push((sameness, DocAddress { segment_ord, doc_id }));
                } else {
                    living.add(sameness);
                }
            });
        }
        articles.sort_unstable();
        let mut standing_for = HashMap::new();
        for copies in articles.chunk_by(|one, other| one.0 == other.0) {
            living.add(copies[0].0);
            if copies.len() == 1 {
                continue;
            }
            let origin = |address: DocAddress| segments[address.segment_ord as usize].tie(address.doc_id).1;
            let first = copies.iter().map(|(_, address)| (origin(*address), *address)).min();
            let Some((_, first)) = first else { continue };
            standing_for.extend(copies.iter().map(|(_, address)| (*address, first)).filter(|(copy, _)| *copy != first));
        }
        for copy in standing_for.keys() {
            segments[copy.segment_ord as usize].leave_out(copy.doc_id);
        }
        Self { standing_for, living }
    }

    /// The copies of a summary of these segments; `None` where they are of others.
    pub(super) fn remembered(summary: &Summary, segments: &mut [Segment]) -> Option<Self> {
        let address = |(segment_ord, doc_id): Place| {
            let segment = segments.get(segment_ord as usize)?;
            (doc_id < segment.max_doc()).then_some(DocAddress { segment_ord, doc_id })
        };
        let standing_for = summary.copies.iter().map(|&(copy, first)| Some((address(copy)?, address(first)?)));
        let standing_for: HashMap<DocAddress, DocAddress> = standing_for.collect::<Option<_>>()?;
        for copy in standing_for.keys() {
            segments[copy.segment_ord as usize].leave_out(copy.doc_id);
        }
        Some(Self { standing_for, living: summary.living })
    }

    /// Copies that are left out, each with the one that stands for it, in order.
    pub(super) fn places(&self) -> Vec<(Place, Place)> {
        let place = |address: DocAddress| (address.segment_ord, address.doc_id);
        let mut places: Vec<(Place, Place)> =
            self.standing_for.iter().map(|(&copy, &first)| (place(copy), place(first))).collect();
        places.sort_unstable();
        places
    }

    /// How many documents are copies of others.
    pub(super) fn n_left_out(&self) -> u64 {
        self.standing_for.len() as u64
    }

    /// The document that stands for this one.
    pub(super) fn standing_for(&self, address: DocAddress) -> DocAddress {
        self.standing_for.get(&address).copied().unwrap_or(address)
    }

    /// Tells these articles from those of another index, or of another time.
    pub(super) fn living(&self) -> Living {
        self.living
    }
}

impl Searcher {
    /// Tells the articles of this index from any others; the same in every index of the same articles.
    pub fn fingerprint(&self) -> String {
        self.copies().living.to_string()
    }

    /// Adds to documents of a segment, found by their place, those that stand for copies anywhere that
    /// the same places find.
    pub(super) fn add_standing_for(&self, found: &mut [Bits]) {
        for (copy, first) in &self.copies().standing_for {
            if found[copy.segment_ord as usize].contains(copy.doc_id) {
                found[first.segment_ord as usize].insert(first.doc_id);
            }
        }
    }

    /// Every place where an article stands, sorted.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn origins_of(&self, stored: &StoredArticle) -> Result<Vec<Origin>, SearchError> {
        let article = &stored.article;
        if self.copies().standing_for.is_empty() {
            return Ok(vec![article.origin.clone()]);
        }
        let same = sameness(article);
        let content = format_id(content_id(article));
        let mut articles = Articles::new(self);
        let mut origins = Vec::new();
        for (segment_ord, segment) in (0..).zip(self.segments()) {
            let postings = segment.postings(self.fields().content_id, &content, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(|error| self.unreadable(error))? else { continue };
            while postings.doc() != END {
                let doc_id: DocId = postings.doc();
                if segment.sameness(doc_id) == Some(same)
                    && segment.reader().alive_bitset().is_none_or(|alive| alive.is_alive(doc_id))
                {
                    origins.push(articles.read(DocAddress { segment_ord, doc_id })?.article.origin);
                }
                postings.advance();
            }
        }
        origins.sort();
        Ok(origins)
    }
}
