//! The whole room over small indexes, compared with a slow and obviously right evaluator.

pub(in crate::search) mod build;
mod conformance;
mod figures;
mod history;
mod languages;
mod naive;
mod opened;
mod random;
mod reach;
mod results;
mod shown;
mod snippets;
mod table;
