//! What an index remembers of the files it was made from.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tantivy::columnar::Column;
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::termdict::TermStreamer;
use tantivy::{
    DocAddress, DocSet, Index, InvertedIndexReader, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, TantivyError,
};

use super::IndexError;
use crate::schema::manifest::{Manifest, ManifestError};
use crate::schema::stored::FileRow;
use crate::schema::{self, Fields};

/// A file as it was when it was read last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFile {
    /// Absolute path.
    pub path: String,
    /// Modification time, nanoseconds since 1970.
    pub modified_ns: i64,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Articles that it holds.
    pub n_articles: u64,
    /// Records of it that could not be read.
    pub n_rejects: u64,
    address: DocAddress,
}

/// All files that a commit remembers.
pub struct KnownFiles {
    folder: PathBuf,
    searcher: Searcher,
    fields: Fields,
}

impl KnownFiles {
    /// What the index in `folder` remembers; nothing when there is no index yet. Writes nothing.
    ///
    /// # Errors
    /// When the folder is something else, or the index can't be read.
    pub fn open(folder: &Path, extractor: &str) -> Result<Self, IndexError> {
        Self::open_checked(folder, |manifest| manifest.check_writable(folder, extractor))
    }

    /// As [`Self::open`], whatever extractor the index was made with.
    ///
    /// # Errors
    /// When the folder is something else, or the index can't be read.
    pub fn open_of_any_extractor(folder: &Path) -> Result<Self, IndexError> {
        Self::open_checked(folder, |manifest| manifest.check_readable(folder))
    }

    fn open_checked(
        folder: &Path,
        check: impl FnOnce(&Manifest) -> Result<(), ManifestError>,
    ) -> Result<Self, IndexError> {
        let has_index = match Manifest::load(folder) {
            Ok(manifest) => check(&manifest).map(|()| true)?,
            Err(ManifestError::Missing { .. }) => false,
            Err(error) => return Err(error.into()),
        };
        Self::open_engine(folder, has_index).map_err(|error| IndexError::engine(folder, error))
    }

    fn open_engine(folder: &Path, has_index: bool) -> Result<Self, TantivyError> {
        let (engine_schema, fields) = schema::build();
        let index = if has_index { Index::open_in_dir(folder)? } else { Index::create_in_ram(engine_schema) };
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self::new(folder.to_owned(), reader.searcher(), fields))
    }

    pub(super) fn new(folder: PathBuf, searcher: Searcher, fields: Fields) -> Self {
        Self { folder, searcher, fields }
    }

    /// Calls `each` for every file, in byte order of paths, until it breaks. Memory does not grow with
    /// the number of files.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn for_each(&self, mut each: impl FnMut(KnownFile) -> ControlFlow<()>) -> Result<(), IndexError> {
        self.merge(&mut each).map_err(|error| IndexError::engine(&self.folder, error))
    }

    fn merge(&self, each: &mut dyn FnMut(KnownFile) -> ControlFlow<()>) -> Result<(), TantivyError> {
        let mut indexes = Vec::new();
        for segment in self.searcher.segment_readers() {
            indexes.push(segment.inverted_index(self.fields.file_path)?);
        }
        let mut streams = Vec::new();
        for (ordinal, index) in indexes.iter().enumerate() {
            streams.push(SegmentRows::open(self, ordinal, index)?);
        }
        for stream in &mut streams {
            stream.advance()?;
        }
        // Few segments: a linear search for the least head beats a heap.
        loop {
            let heads = streams.iter().enumerate().filter_map(|(at, stream)| Some((at, stream.head.as_ref()?)));
            let Some((least, _)) = heads.min_by(|(_, left), (_, right)| left.path.cmp(&right.path)) else {
                return Ok(());
            };
            let head = streams[least].head.take().expect("the least head is there");
            streams[least].advance()?;
            if each(head).is_break() {
                return Ok(());
            }
        }
    }

    /// Everything remembered of a file.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn row(&self, file: &KnownFile) -> Result<FileRow, IndexError> {
        let document: TantivyDocument =
            self.searcher.doc(file.address).map_err(|error| IndexError::engine(&self.folder, error))?;
        let bytes = document.get_first(self.fields.file_row).and_then(|value| value.as_bytes()).unwrap_or_default();
        FileRow::decode(bytes).map_err(|source| IndexError::Damaged { folder: self.folder.clone(), source })
    }
}

/// The living file rows of one segment, in order of paths.
struct SegmentRows<'a> {
    known: &'a KnownFiles,
    ordinal: usize,
    index: &'a InvertedIndexReader,
    paths: TermStreamer<'a>,
    modified: Column<i64>,
    size: Column<u64>,
    articles: Column<u64>,
    rejects: Column<u64>,
    head: Option<KnownFile>,
}

impl<'a> SegmentRows<'a> {
    fn open(known: &'a KnownFiles, ordinal: usize, index: &'a InvertedIndexReader) -> Result<Self, TantivyError> {
        let columns = known.searcher.segment_readers()[ordinal].fast_fields();
        let name = |field: Field| known.searcher.schema().get_field_name(field);
        Ok(Self {
            known,
            ordinal,
            index,
            paths: index.terms().stream()?,
            modified: columns.i64(name(known.fields.file_modified))?,
            size: columns.u64(name(known.fields.file_size))?,
            articles: columns.u64(name(known.fields.file_articles))?,
            rejects: columns.u64(name(known.fields.file_rejects))?,
            head: None,
        })
    }

    fn advance(&mut self) -> Result<(), TantivyError> {
        let segment = &self.known.searcher.segment_readers()[self.ordinal];
        while self.paths.advance() {
            let info = self.paths.value();
            let mut rows = self.index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            while rows.doc() != TERMINATED && segment.alive_bitset().is_some_and(|alive| alive.is_deleted(rows.doc())) {
                rows.advance();
            }
            let doc_id = rows.doc();
            if doc_id == TERMINATED {
                continue;
            }
            let ordinal = u32::try_from(self.ordinal).expect("an index has few segments");
            self.head = Some(KnownFile {
                path: String::from_utf8_lossy(self.paths.key()).into_owned(),
                modified_ns: self.modified.first(doc_id).unwrap_or_default(),
                size_bytes: self.size.first(doc_id).unwrap_or_default(),
                n_articles: self.articles.first(doc_id).unwrap_or_default(),
                n_rejects: self.rejects.first(doc_id).unwrap_or_default(),
                address: DocAddress::new(ordinal, doc_id),
            });
            return Ok(());
        }
        self.head = None;
        Ok(())
    }
}
