//! The writing half of an index: add, replace, delete, commit, or leave the old index untouched.
//!
//! Fed by [`crate::pipeline`] with documents made by [`crate::schema::document`]. What is remembered of
//! files stands in the index itself, so that one commit holds documents and state together and a kill
//! at any moment leaves the last commit. Knows nothing of reading, extraction or search.

mod budget;
mod error;
mod files;
mod folder;
mod memory;
mod merge;
mod rebuild;
mod seal;
mod verify;
mod writer;

pub use budget::ByteBudget;
pub use error::IndexError;
pub use files::{KnownFile, KnownFiles};
pub use folder::{is_index, prepare_folder};
pub use memory::remember;
pub use rebuild::{Rebuild, own_folders, recover};
pub use verify::{Verified, verify};
pub use writer::{IndexConfig, IndexWriter};
