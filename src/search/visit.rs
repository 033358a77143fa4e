//! Every match, for tables over a search.

use std::ops::ControlFlow;

use tantivy::DocAddress;

use super::SearchError;
use super::id::Articles;
use super::open::Searcher;
use super::query::{FigureMatch, Node, Query};
use super::snippet::sentence_around;
use crate::figure::Figure;
use crate::mention::Span;
use crate::schema::stored::StoredArticle;

impl Searcher {
    /// Calls `each` for every matching article, in no order that means anything, until it breaks.
    /// Returns the notes of the search. Reads each match from the document store: time grows with the
    /// number of matches, memory with 4 bytes each.
    ///
    /// # Errors
    /// As [`Self::search`], or what `each` returns.
    pub fn visit_articles(
        &self,
        query: &Query,
        filters: &[Node],
        each: &mut dyn FnMut(StoredArticle) -> Result<ControlFlow<()>, SearchError>,
    ) -> Result<Vec<String>, SearchError> {
        let mut addresses: Vec<DocAddress> = Vec::new();
        let ordinals: std::collections::HashMap<_, u32> =
            self.segments().iter().map(|segment| segment.reader().segment_id()).zip(0..).collect();
        let notes = self.visit(query, filters, &mut |segment, doc_id| {
            addresses.push(DocAddress::new(ordinals[&segment.segment_id()], doc_id));
        })?;
        let mut articles = Articles::new(self);
        for address in addresses {
            if each(articles.read(address)?)?.is_break() {
                break;
            }
        }
        Ok(notes)
    }
}

impl Searcher {
    /// Tells the quantities that a condition asks for, in all forms of the noun that the index knows.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn figure_matcher(&self, figure: &FigureMatch) -> Result<impl Fn(&Figure) -> bool + use<>, SearchError> {
        let condition = self.figure_condition(figure)?;
        Ok(move |figure: &Figure| condition.matches(figure))
    }
}

/// Where the sentence of `text` around a span in it begins and ends.
pub fn sentence_span(text: &str, span: Span) -> std::ops::Range<usize> {
    sentence_around(text, span.range())
}

/// The sentence of `text` around a span in it.
pub fn sentence_of(text: &str, span: Span) -> &str {
    text[sentence_around(text, span.range())].trim()
}
