//! Matching articles in the order of the files they were read from.

use std::ops::ControlFlow;
use std::sync::Arc;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet};

use super::bits::Bits;
use super::error::SearchError;
use super::id::Articles;
use super::open::Searcher;
use super::query::{Node, Query};
use super::walk::END;
use crate::article::Origin;
use crate::schema::stored::StoredArticle;

/// An article as it stands in an index.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Its id.
    pub id: String,
    /// The article and what was found in it.
    pub stored: StoredArticle,
    /// Every place where it stands, sorted.
    pub origins: Vec<Origin>,
}

impl Searcher {
    /// Calls `each` for every matching article until it breaks, by path and place in the file; exact
    /// copies come once, at their first place. Returns the notes of the search. Memory grows by a bit
    /// for each article, and with the records of one file.
    ///
    /// # Errors
    /// As [`Self::search`], or what `each` returns.
    pub fn visit_in_order<E: From<SearchError>>(
        &self,
        query: &Query,
        filters: &[Node],
        each: &mut dyn FnMut(Placed) -> Result<ControlFlow<()>, E>,
    ) -> Result<Vec<String>, E> {
        let mut waiting: Vec<Bits> = self.segments().iter().map(|segment| Bits::new(segment.max_doc())).collect();
        let ordinals: std::collections::HashMap<_, usize> =
            self.segments().iter().map(|segment| segment.reader().segment_id()).zip(0..).collect();
        let notes =
            self.visit(query, filters, &mut |segment, doc| waiting[ordinals[&segment.segment_id()]].insert(doc))?;
        self.in_order(&mut waiting, each)?;
        Ok(notes)
    }

    fn in_order<E: From<SearchError>>(
        &self,
        waiting: &mut [Bits],
        each: &mut dyn FnMut(Placed) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let unreadable = |error: tantivy::TantivyError| E::from(self.unreadable(error));
        let mut indexes = Vec::new();
        for segment in self.segments() {
            indexes.push(segment.inverted(self.fields().path).map_err(unreadable)?);
        }
        // Few segments: a linear search for the least path beats a heap.
        let mut paths = Vec::new();
        for index in &indexes {
            let mut stream = index.terms().stream().map_err(|error| unreadable(error.into()))?;
            let is_open = stream.advance();
            paths.push((stream, is_open));
        }
        let mut articles = Articles::new(self);
        loop {
            let open = paths.iter().filter(|(_, is_open)| *is_open);
            let Some(least) = open.map(|(stream, _)| Arc::<[u8]>::from(stream.key())).min() else { return Ok(()) };
            let mut here: Vec<(Option<u64>, DocAddress)> = Vec::new();
            for (segment_ord, ((stream, is_open), index)) in (0..).zip(paths.iter_mut().zip(&indexes)) {
                if !*is_open || *stream.key() != *least {
                    continue;
                }
                let segment = &self.segments()[segment_ord as usize];
                let records = segment.u64s(self.fields().record).map_err(unreadable)?;
                let postings = index.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic);
                let mut postings = postings.map_err(|error| unreadable(error.into()))?;
                while postings.doc() != END {
                    let doc_id = postings.doc();
                    if segment.reader().alive_bitset().is_none_or(|alive| alive.is_alive(doc_id)) {
                        let record = records.as_ref().and_then(|column| column.first(doc_id));
                        here.push((record, self.copies().standing_for(DocAddress { segment_ord, doc_id })));
                    }
                    postings.advance();
                }
                *is_open = stream.advance();
            }
            here.sort_unstable();
            for (_, address) in here {
                let waiting = &mut waiting[address.segment_ord as usize];
                if !waiting.contains(address.doc_id) {
                    continue;
                }
                waiting.remove(address.doc_id);
                let mut stored = articles.read(address)?;
                let origins = self.origins_of(&stored)?;
                if let Some(first) = origins.first() {
                    stored.article.origin = first.clone();
                }
                if each(Placed { id: self.id_of(&stored)?, stored, origins })?.is_break() {
                    return Ok(());
                }
            }
        }
    }
}
