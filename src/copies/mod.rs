//! Texts that tell the same story in the same words: wire copy, updates, print and online.
//!
//! Computes only. [`sketch`] makes of a text a few numbers, of which copies share some and others hardly
//! any; [`Wording`] compares two texts truly; [`clusters`] joins both into groups. The result is a
//! function of the texts alone: order, history and the rest of an index have no say in it. Nothing
//! compares every text with every other, and [`Verdicts`] spare comparing two texts twice.

mod candidate;
mod cluster;
mod court;
mod facts;
mod runs;
mod sketch;
mod verdict;
mod wording;
mod words;

pub use candidate::Scratch;
pub use cluster::{Cluster, Listed, Member, Sketches, clusters};
pub use sketch::sketch;
pub use verdict::{Entry, Verdict, Verdicts};
pub use wording::{Comparison, Differences, Wording, differences};
