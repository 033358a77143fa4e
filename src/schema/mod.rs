//! What is on disk, said once: fields, analyzer, stored form, manifest.
//!
//! Both halves of the program meet here and nowhere else: [`crate::index`] writes documents made by
//! [`document`], [`crate::search`] reads them through [`Fields`]. A field name is written in this file
//! only.

pub mod analyzer;
pub(crate) mod checked;
pub mod clusters;
pub mod document;
pub mod figures;
mod found;
pub mod manifest;
pub mod names;
pub(crate) mod store;
pub mod stored;
pub mod summary;
mod terms;
pub mod verdicts;

use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings};

use crate::mention::EntityKind;

pub use terms::{MAX_TERM_BYTES, TermsBuilder, cut};

/// Version of everything in this room that is on disk. Raise it with every change that an older
/// binary would misread.
pub const SCHEMA_VERSION: u32 = 9;

/// Handles of all fields.
///
/// An index holds two sorts of documents. **Articles** carry the fields of the first groups. **File
/// rows** carry only [`Fields::file_path`] and the columns of the last group: one for every file that
/// was read, so that documents and state share one commit.
#[derive(Clone, Debug)]
pub struct Fields {
    /// Words of the headline: see [`analyzer`] for what stands at a position.
    pub title: Field,
    /// Words of the main text, as [`Self::title`].
    pub body: Field,
    /// Words of metadata, each behind the [`NameField`] it belongs to, values apart from each other.
    pub names: Field,

    /// Keys of people, one term an entity. Column.
    pub person: Field,
    /// Keys of places, ones named by demonym included. Column.
    pub place: Field,
    /// Keys of organisations. Column.
    pub org: Field,
    /// Paths of places and of everything above them: `/europe`, `/europe/ukraine`. Column.
    pub place_path: Field,
    /// `kind NUL key NUL name`: names to show for keys.
    pub label: Field,
    /// `kind NUL words NUL key`: keys by the words of names and aliases, from each word on, and by the
    /// paths of places, see [`names::name_key`].
    pub name_key: Field,

    /// Bylines as written. Column.
    pub author: Field,
    /// Publication as written. Column.
    pub source: Field,
    /// Section as written. Column.
    pub section: Field,
    /// Language code. Column.
    pub language: Field,
    /// Keywords as written. Column.
    pub tag: Field,
    /// Format that the article was read from. Column.
    pub format: Field,
    /// Absolute path of the file.
    pub path: Field,
    /// Id that the record brought along.
    pub own_id: Field,
    /// Content id, 16 hexadecimal digits.
    pub content_id: Field,
    /// [`stored::FileRow::version`] of the file it was read from: deletes a file's articles at once.
    pub file_version: Field,

    /// First day of publication, days since 1970-01-01. Column.
    pub first_day: Field,
    /// Last day of publication, days since 1970-01-01. Column.
    pub last_day: Field,
    /// Moment of publication, seconds since 1970-01-01T00:00:00Z. Column.
    pub published: Field,
    /// First half of the tie-breaker between equal ranks: content. Column.
    pub tie_content: Field,
    /// Second half of the tie-breaker: place in the corpus. Column.
    pub tie_origin: Field,
    /// [`stored::sameness`] of the article: exact copies share it. Column.
    pub sameness: Field,
    /// [`crate::copies::sketch`] of the text: near copies share some. Column.
    pub sketch: Field,
    /// Place inside the file, where the file holds several articles. Column.
    pub record: Field,
    /// Words of title and body: their lengths, for the ranking. Columns.
    pub n_title_tokens: Field,
    /// As [`Self::n_title_tokens`].
    pub n_body_tokens: Field,

    /// Units and nouns of quantities, see [`figures::figure_entries`]. One term each.
    pub figure: Field,
    /// [`figures::FigureEntry`] of every quantity under each of its keys, in the order of the texts, title first. Column.
    pub figure_entries: Field,

    /// The article itself, see [`stored`].
    pub article: Field,

    /// Absolute path of a file; the key of file rows.
    pub file_path: Field,
    /// The file row itself, see [`stored`].
    pub file_row: Field,
    /// Modification time, nanoseconds since 1970. Column of file rows.
    pub file_modified: Field,
    /// Size in bytes. Column of file rows.
    pub file_size: Field,
    /// Articles that the file holds. Column of file rows.
    pub file_articles: Field,
    /// Records of the file that could not be read. Column of file rows.
    pub file_rejects: Field,
}

/// Fields whose words are searched through [`Fields::names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameField {
    /// Bylines.
    Author,
    /// Publication.
    Source,
    /// Section.
    Section,
    /// Keywords.
    Tag,
}

impl NameField {
    /// What stands before a word of this field in a term of [`Fields::names`].
    pub fn prefix(self) -> &'static str {
        match self {
            NameField::Author => "author=",
            NameField::Source => "source=",
            NameField::Section => "section=",
            NameField::Tag => "tag=",
        }
    }
}

impl Fields {
    /// The field that holds keys of a kind.
    pub fn entity(&self, kind: EntityKind) -> Field {
        match kind {
            EntityKind::Person => self.person,
            EntityKind::Place => self.place,
            EntityKind::Org => self.org,
        }
    }
}

/// Builds the schema. The order of fields is part of the format.
pub fn build() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let positions = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(terms::TOKENIZER)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    // Their lengths would take a byte of each document, and rank nothing.
    let keyword = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    );
    let keyword_column = keyword.clone() | FAST;
    let column = || NumericOptions::default().set_fast();
    let fields = Fields {
        title: builder.add_text_field("title", positions.clone()),
        body: builder.add_text_field("body", positions.clone()),
        names: builder.add_text_field("names", positions),
        person: builder.add_text_field("person", keyword_column.clone()),
        place: builder.add_text_field("place", keyword_column.clone()),
        org: builder.add_text_field("org", keyword_column.clone()),
        place_path: builder.add_text_field("place_path", keyword_column.clone()),
        label: builder.add_text_field("label", keyword.clone()),
        name_key: builder.add_text_field("name_key", keyword.clone()),
        author: builder.add_text_field("author", keyword_column.clone()),
        source: builder.add_text_field("source", keyword_column.clone()),
        section: builder.add_text_field("section", keyword_column.clone()),
        language: builder.add_text_field("language", keyword_column.clone()),
        tag: builder.add_text_field("tag", keyword_column.clone()),
        format: builder.add_text_field("format", keyword_column.clone()),
        path: builder.add_text_field("path", keyword.clone()),
        own_id: builder.add_text_field("own_id", keyword.clone()),
        content_id: builder.add_text_field("content_id", keyword.clone()),
        file_version: builder.add_text_field("file_version", keyword.clone() | STORED),
        first_day: builder.add_i64_field("first_day", column()),
        last_day: builder.add_i64_field("last_day", column()),
        published: builder.add_i64_field("published", column()),
        tie_content: builder.add_u64_field("tie_content", column()),
        tie_origin: builder.add_u64_field("tie_origin", column()),
        sameness: builder.add_u64_field("sameness", column()),
        sketch: builder.add_u64_field("sketch", column()),
        record: builder.add_u64_field("record", column()),
        n_title_tokens: builder.add_u64_field("n_title_tokens", column()),
        n_body_tokens: builder.add_u64_field("n_body_tokens", column()),
        figure: builder.add_text_field("figure", keyword.clone()),
        figure_entries: builder.add_bytes_field("figure_entries", BytesOptions::default().set_fast()),
        article: builder.add_bytes_field("article", BytesOptions::from(STORED)),
        file_path: builder.add_text_field("file_path", keyword.clone()),
        file_row: builder.add_bytes_field("file_row", BytesOptions::from(STORED)),
        file_modified: builder.add_i64_field("file_modified", column()),
        file_size: builder.add_u64_field("file_size", column()),
        file_articles: builder.add_u64_field("file_articles", column()),
        file_rejects: builder.add_u64_field("file_rejects", column()),
    };
    (builder.build(), fields)
}

/// Settings of a new index: stored articles compressed well, in blocks small enough that reading one
/// hit stays cheap.
pub fn index_settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(STORE_LEVEL) }),
        docstore_blocksize: STORE_BLOCK_BYTES,
        ..IndexSettings::default()
    }
}

/// Of the compressor. Text of news takes .42 of its bytes at 6, in blocks of twice the size below, .43 at 3 and .41 at 9,
/// where the time begins to tell; unpacking takes the same time at all of them.
const STORE_LEVEL: i32 = 6;
/// Bytes that are compressed together, and unpacked for any article among them. Blocks of
/// twice the size take twice as long to unpack: an index that is 2 % smaller, and indexing that takes 5 %
/// longer, since texts are read again to find near copies.
const STORE_BLOCK_BYTES: usize = 16 << 10;

/// Gives an opened index the tokenizers that the schema names. Has to be called on every open: the
/// engine accepts documents for an unknown tokenizer and fails only at commit.
pub fn register_tokenizers(index: &Index) {
    index.tokenizers().register(terms::TOKENIZER, terms::TermsTokenizer::default());
}
