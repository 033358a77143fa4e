//! One reader a format: where in a file title, text, date and authors stand.
//!
//! Fed by [`super::parse`] with undecoded bytes; each reader fills a [`Draft`](super::draft::Draft).

mod fields;
mod front_matter;
mod html;
mod json;
mod markdown;
mod own;
mod shortcodes;
mod text;

use super::error::Rejected;
use super::{RawItem, ReadConfig};
use crate::article::{Article, Format};

/// Reads an item by its format.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: &mut dyn FnMut(Result<Article, Rejected>)) {
    match item.format {
        Format::Text => emit(text::parse(item, config)),
        Format::Markdown => emit(markdown::parse(item, config)),
        Format::Html => emit(html::parse(item, config)),
        Format::Json => json::parse_file(item, config, emit),
        Format::JsonLines => json::parse_lines(item, config, emit),
    }
}
