//! The query language: text becomes a [`Query`], with the span of every part.
//!
//! Knows nothing of the engine; [`crate::search`] plans what is parsed here.

mod ast;

pub use ast::{
    DateMatch, EntityMatch, Expr, FigureMatch, KeywordField, KeywordMatch, Measure, Node, NumberRange, Pattern, Query,
    Scope,
};
