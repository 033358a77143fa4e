//! Indexes a folder of news offline and answers who, where, how much and when.
//!
//! Data goes one way: **read -> extract -> index -> search -> present**. The words that everyone uses
//! are [`article`], [`mention`], [`figure`] and [`extraction`]; ARCHITECTURE.md is the map.

pub mod article;
pub mod copies;
pub mod entities;
pub mod explore;
pub mod extract;
pub mod extraction;
pub mod figure;
pub mod index;
pub mod mention;
pub mod pipeline;
pub mod present;
pub mod read;
pub mod schema;
pub mod search;
mod sentence;
pub mod unit;
mod word;
