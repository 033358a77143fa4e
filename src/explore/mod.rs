//! Aggregates over a search: who, where and how much in the articles that match.
//!
//! Every table is exact: it is made from all matches, however many, and says so where it is cut. Fed by
//! [`crate::search`]; knows nothing of output.

mod entities;
mod figures;
mod pairs;
mod track;

pub use entities::{Alias, EntityRow, EntityTable, entities};
pub use figures::{FigureRow, FigureTable, FigureTableConfig, figures};
pub use pairs::{Pair, PairSide, PairTable, count_near, for_each_pair, pairs};
pub use track::{Copy, Track, TrackConfig, TrackPoint, track};

use crate::search::query::{Node, Query};

/// Which articles a table is made of.
#[derive(Clone, Debug)]
pub struct Scope {
    /// What they match.
    pub query: Query,
    /// What else they match.
    pub filters: Vec<Node>,
}
