//! Questions become hits: the query language, planning, ranking, snippets, facets. Reads only.
//!
//! [`Searcher`] opens what [`crate::index`] wrote and answers a [`SearchRequest`] with ranked hits, exact
//! totals, facets and snippets. The way of a query: [`query`] parses it, `plan` looks its words up,
//! `walk` steps through the documents of each segment, `collect` keeps the best, `snippet` shows why.
//! Nothing in here writes, locks or needs a writable folder.

mod bits;
mod clusters;
mod collect;
mod copies;
mod empty;
mod error;
mod explain;
mod facet;
mod figure_order;
mod figures;
mod filters;
mod forms;
mod fresh;
mod group;
mod id;
mod lexicon;
mod lists;
mod nearest;
mod open;
mod order;
mod overlay;
mod pattern;
mod placed;
mod plan;
pub mod query;
mod reach;
mod recency;
mod refine;
mod related;
mod request;
mod rules;
mod run;
mod segment;
mod similar;
mod snippet;
mod statistics;
mod status;
mod suggest;
pub mod synonyms;
mod term_infos;
#[cfg(test)]
mod tests;
mod texts;
mod visit;
mod walk;
mod watchlist;
mod wish;

pub use clusters::{ClusterHit, NearCopy};
pub use error::SearchError;
pub use explain::{Cause, Explanation, Share};
pub use fresh::{Fresh, Seen, check};
pub use id::Lookup;
pub use open::{EntityAliases, Memory, Searcher};
pub use placed::Placed;
pub use reach::Demonyms;
pub use request::{
    Facet, FacetField, FacetRequest, FacetValue, FigureSort, Group, GroupField, GroupRequest, Hit, SearchRequest,
    SearchResults, Snippet, SnippetConfig, Sort, SortedBy, Why, Widened,
};
pub use rules::RuleEffect;
pub use similar::{Related, Similar};
pub use status::{RejectedFile, Status};
pub use suggest::{Suggestion, SuggestionKind};
pub use visit::{sentence_of, sentence_span};
pub use watchlist::{NameFound, WatchList};

pub use crate::schema::summary::Commit;
