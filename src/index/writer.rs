//! Adding, replacing and deleting, up to a commit.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::Field;
use tantivy::{Index, ReloadPolicy, TantivyError, Term};

use super::budget::{ByteBudget, Queued};
use super::merge::{BoundedMerge, Ending};
use super::rebuild::lock;
use super::{IndexError, KnownFiles, seal};
use crate::schema::document::{DocumentBuilder, Prepared};
use crate::schema::manifest;
use crate::schema::stored::FileRow;
use crate::schema::{self, Fields};

/// How much an index writer may use.
#[derive(Clone, Copy, Debug)]
pub struct IndexConfig {
    /// Memory for documents that are not written yet, in bytes; at least 15 MB. The engine takes about
    /// twice as much while it writes them out.
    pub memory_bytes: usize,
}

impl Default for IndexConfig {
    fn default() -> Self {
        // 32 MB hold about 2,500 articles of 4 kB; merging makes larger segments of them. Twice as much did
        // not save CPU that could be told from noise.
        Self { memory_bytes: 32 << 20 }
    }
}

/// Bytes of documents that wait for the engine.
const QUEUED_BYTES: u64 = 8 << 20;
/// Bytes that a document without text is counted as.
const ROW_BYTES: u64 = 1024;

/// The one writer of an index. Everything between two commits is in the index wholly or not at all.
pub struct IndexWriter {
    folder: PathBuf,
    index: Index,
    fields: Fields,
    rows: DocumentBuilder,
    writer: tantivy::IndexWriter<Queued>,
    queue: Arc<ByteBudget>,
    ending: Arc<Ending>,
}

impl IndexWriter {
    /// Opens the index in `folder`, which [`super::prepare_folder`] has prepared.
    ///
    /// # Errors
    /// When another process writes it, or the engine can't open it.
    pub fn open(folder: &Path, config: IndexConfig) -> Result<Self, IndexError> {
        Self::open_engine(folder, config).map_err(|error| IndexError::engine(folder, error))
    }

    fn open_engine(folder: &Path, config: IndexConfig) -> Result<Self, TantivyError> {
        let (engine_schema, fields) = schema::build();
        let directory = tantivy::directory::MmapDirectory::open(folder)?;
        let index = if Index::exists(&directory)? {
            Index::open(directory)?
        } else {
            Index::create(directory, engine_schema, schema::index_settings())?
        };
        schema::register_tokenizers(&index);
        let writer = index.writer_with_options(options(config))?;
        seal::unseal(folder)?;
        let ending = Arc::new(Ending::default());
        writer.set_merge_policy(Box::new(BoundedMerge::new(ending.clone())));
        // A run that was killed while it committed may have left files under the very names that the next
        // commit gives to its own: deletions are named by segment and number of operations.
        writer.garbage_collect_files().wait()?;
        // The first operation of a writer bears the number of the last commit, so that a merge takes it for a part
        // of that and keeps it, whether this run commits or is killed. So it is one that deletes nothing.
        writer.delete_term(Term::from_field_text(fields.file_version, ""));
        let rows = DocumentBuilder::new(fields.clone());
        let queue = Arc::new(ByteBudget::new(QUEUED_BYTES));
        Ok(Self { folder: folder.to_owned(), index, fields, rows, writer, queue, ending })
    }

    /// Fields of the index.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// What the last commit remembers of files.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn known_files(&self) -> Result<KnownFiles, IndexError> {
        let searcher = self
            .index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|error| IndexError::engine(&self.folder, error))?
            .searcher();
        Ok(KnownFiles::new(self.folder.clone(), searcher, self.fields.clone()))
    }

    /// Adds an article.
    ///
    /// # Errors
    /// When the engine died, most often of a full disk.
    pub fn add_article(&self, prepared: Prepared) -> Result<(), IndexError> {
        let queued = Queued::new(prepared.document, prepared.n_bytes, &self.queue);
        self.ending.count();
        self.checked(self.writer.add_document(queued))
    }

    /// Deletes the articles of a file version, those added before this call.
    pub fn delete_version(&self, version: &str) {
        self.delete(self.fields.file_version, version);
    }

    /// Remembers a file, in place of what was remembered of its path.
    ///
    /// # Errors
    /// When the engine died.
    pub fn remember_file(&self, row: &FileRow) -> Result<(), IndexError> {
        self.forget_file(&row.path);
        let queued = Queued::new(self.rows.file_row(row), ROW_BYTES, &self.queue);
        self.ending.count();
        self.checked(self.writer.add_document(queued))
    }

    /// Forgets a file. Its articles stay: see [`Self::delete_version`].
    pub fn forget_file(&self, path: &str) {
        self.delete(self.fields.file_path, path);
    }

    /// Makes everything since the last commit part of the index.
    ///
    /// # Errors
    /// When the engine can't write; the index stays at its last commit.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        let committed = self.writer.commit();
        self.checked(committed)?;
        share(&self.folder);
        Ok(())
    }

    /// Waits for merges, removes files that no commit needs, and seals the rest.
    ///
    /// # Errors
    /// When the engine can't write; the last commit stands.
    pub fn finish(self) -> Result<(), IndexError> {
        let Self { folder, index, mut writer, ending, .. } = self;
        let failed = |error| IndexError::engine(&folder, error);
        ending.begin();
        let committed = index.searchable_segment_metas().map_err(failed)?;
        for candidate in writer.get_merge_policy().compute_merge_candidates(&committed) {
            // One that cannot begin, since a part of it is being merged, is considered again when that ends.
            drop(writer.merge(&candidate.0));
        }
        // Files stay as long as anything knows of their segments.
        drop(committed);
        writer.wait_merging_threads().map_err(failed)?;
        // The last merges leave what they merged behind. Of that the engine may still know where it was open, so that it
        // is opened anew. Another writer that has begun meanwhile has removed it.
        drop(index);
        let index = Index::open_in_dir(&folder).map_err(failed)?;
        match index.writer_with_options::<Queued>(options(IndexConfig::default())) {
            Err(TantivyError::LockFailure(..)) => return Ok(()),
            writer => {
                let collected = writer.and_then(|writer| writer.garbage_collect_files().wait());
                collected.map_err(failed)?;
            }
        }
        drop(index);
        // Nobody may write meanwhile; who has begun already will seal it.
        match lock(&folder, &folder) {
            Err(IndexError::Busy { .. }) => Ok(()),
            Err(error) => Err(error),
            Ok(_held) => {
                share(&folder);
                seal::seal(&folder).map_err(|error| IndexError::io("seal", &folder, error))
            }
        }
    }

    fn delete(&self, field: Field, value: &str) {
        self.writer.delete_term(Term::from_field_text(field, value));
    }

    fn checked<T>(&self, result: Result<T, TantivyError>) -> Result<(), IndexError> {
        result.map(|_| ()).map_err(|error| IndexError::engine(&self.folder, error))
    }
}

/// Lets those read the engine's lists who may read the manifest. The engine makes the lists for its user alone, the
/// files that they name for all whom the user's mask admits. Where it can't be done, others are told so.
fn share(folder: &Path) {
    if let Ok(manifest) = fs::metadata(folder.join(manifest::FILE_NAME)) {
        for name in ["meta.json", ".managed.json"] {
            let _ = fs::set_permissions(folder.join(name), manifest.permissions());
        }
    }
}

/// One thread writes and one merges: extraction takes the other cores.
fn options(config: IndexConfig) -> IndexWriterOptions {
    IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(config.memory_bytes)
        .build()
}
