//! Indexes a folder of news offline and answers who, where, how much and when.
//!
//! Data goes one way: **read -> extract -> index -> search -> present**. The words that everyone uses
//! are [`article`], [`mention`] and [`figure`]; ARCHITECTURE.md is the map.

pub mod article;
pub mod extract;
pub mod figure;
pub mod mention;
pub mod read;
pub mod search;
