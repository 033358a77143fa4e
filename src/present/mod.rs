//! Results become bytes on any `io::Write`: text for people, JSON Lines for programs.
//!
//! The only room with wire types; what programs rely on is written down in [`json`]. Text from
//! articles is untrusted and passes [`escape`] on its way to a terminal.

pub mod answer;
pub mod batch;
mod copies;
mod entity;
pub mod escape;
mod explanation;
pub mod export;
pub mod json;
pub mod rules;
pub mod similar;
pub mod style;
pub mod table;
pub mod text;
pub mod watch;
pub mod why;
