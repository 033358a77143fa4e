//! Questions become hits: the query language, planning, ranking, snippets, facets. Reads only.

pub mod query;
