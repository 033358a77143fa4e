//! Opens an index for reading, without writing or locking anything.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tantivy::directory::MmapDirectory;
use tantivy::directory::error::OpenReadError;
use tantivy::schema::Field;
use tantivy::{Index, SegmentReader, TantivyError};

use super::clusters::Clusters;
use super::copies::Copies;
use super::error::SearchError;
use super::filters::Filters;
use super::forms::Counted;
use super::lexicon::{Lent, Lexicons};
use super::lists::Lists;
use super::nearest::Nearest;
use super::reach::{Demonyms, Reaches};
use super::rules::Ruled;
use super::segment::Segment;
use super::statistics::Statistics;
use crate::mention::EntityKind;
use crate::schema::analyzer::{Stemming, Stemmings};
use crate::schema::manifest::{Manifest, holds_segments};
use crate::schema::summary::{self, Commit, Summary};
use crate::schema::{self, Fields};

/// How often files that vanish while they are opened are looked for again: a writer that commits or
/// merges replaces them, and the next look finds the new ones.
const MAX_TRIES: usize = 20;
/// Wait between two looks.
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(25);

/// Gives other spellings of the name of an entity, and keys that it may mean: what articles may say
/// instead of what was typed.
pub type EntityAliases = Arc<dyn Fn(EntityKind, &str) -> Vec<String> + Send + Sync>;

/// Name and bytes of a file that spares others a computation.
pub type Memory<'s> = (&'static str, Cow<'s, [u8]>);

/// An index, open for reading, as it was when it was opened.
pub struct Searcher {
    folder: PathBuf,
    manifest: Option<Manifest>,
    fields: Fields,
    segments: Vec<Segment>,
    copies: Copies,
    clusters: OnceLock<Clusters>,
    statistics: OnceLock<Statistics>,
    commit: Commit,
    /// Whether no summary of the commit was remembered.
    is_unsummed: bool,
    aliases: EntityAliases,
    lexicons: Lexicons,
    pub(super) demonyms: Demonyms,
    pub(super) reaches: Reaches,
    pub(super) lists: Lists,
    pub(super) nearest: Nearest,
    pub(super) filters: Filters,
    languages: Stemmings,
    pub(super) counted: Counted,
    pub(super) ruled: Option<Ruled>,
}

impl Searcher {
    /// Opens the index in a folder. Works on read-only media and beside a writer.
    ///
    /// # Errors
    /// When the folder holds no index, or one of another version, or its files can't be read.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        let manifest = Manifest::load(folder)?;
        manifest.check_readable(folder)?;
        let mut n_tries = 1;
        loop {
            match open_engine(folder) {
                Ok(index) => match Self::with_index(folder, &index) {
                    Ok(searcher) => return Ok(Self { manifest: Some(manifest), ..searcher }),
                    Err(error) if n_tries >= MAX_TRIES || !vanished(&error) => return Err(unreadable(folder, error)),
                    Err(_) => {}
                },
                Err(error) if !vanished(&error) => return Err(unreadable(folder, error)),
                Err(_) if !folder.join(META_FILE).exists() && !holds_segments(folder) => {
                    return Err(SearchError::NeverCommitted { folder: folder.to_owned() });
                }
                Err(error) if n_tries >= MAX_TRIES => return Err(unreadable(folder, error)),
                Err(_) => {}
            }
            n_tries += 1;
            std::thread::sleep(TRY_AGAIN_AFTER);
        }
    }

    /// Searches an index that is open already; `folder` is what messages call it.
    ///
    /// # Errors
    /// When files of the index can't be read.
    pub fn of_index(folder: &Path, index: &Index) -> Result<Self, SearchError> {
        Self::with_index(folder, index).map_err(|error| unreadable(folder, error))
    }

    fn with_index(folder: &Path, index: &Index) -> tantivy::Result<Self> {
        schema::register_tokenizers(index);
        let (expected, fields) = schema::build();
        if index.schema() != expected {
            return Err(TantivyError::SchemaError("the fields are not those of this version".to_owned()));
        }
        let searchable = index.searchable_segments()?;
        let commit = Commit::of(searchable.iter().map(tantivy::index::Segment::meta));
        let mut segments = Vec::new();
        for segment in &searchable {
            segments.push(Segment::open(SegmentReader::open(segment)?, &fields, &expected)?);
        }
        let summary = std::fs::read(folder.join(summary::FILE_NAME)).ok();
        let summary = summary.and_then(|bytes| summary::decode(&bytes, commit));
        let remembered = summary.as_ref().and_then(|summary| Copies::remembered(summary, &mut segments));
        let statistics = OnceLock::new();
        if let (Some(summary), true) = (&summary, remembered.is_some()) {
            let n_articles = segments.iter().map(|segment| segment.living().len()).sum();
            let counted = Statistics::new(n_articles, summary.n_title_tokens, summary.n_body_tokens);
            statistics.get_or_init(|| counted);
        }
        let is_unsummed = remembered.is_none();
        let copies = remembered.unwrap_or_else(|| Copies::find(&mut segments));
        let mut languages = Stemmings::EMPTY;
        for segment in &segments {
            segment.languages(&fields)?.iter().for_each(|language| languages.insert(language));
        }
        if languages.is_empty() {
            languages.insert(Stemming::of(None));
        }
        Ok(Self {
            folder: folder.to_owned(),
            manifest: None,
            fields,
            segments,
            copies,
            clusters: OnceLock::new(),
            statistics,
            commit,
            is_unsummed,
            aliases: Arc::new(|_, _| Vec::new()),
            lexicons: Lexicons::default(),
            demonyms: Arc::new(|_, _| false),
            reaches: Reaches::default(),
            lists: Lists::default(),
            nearest: Nearest::default(),
            filters: Filters::default(),
            languages,
            counted: Counted::default(),
            ruled: None,
        })
    }

    /// The same index with other names for entities.
    pub fn with_aliases(self, aliases: EntityAliases) -> Self {
        Self { aliases, ..self }
    }

    /// The same index with what tells demonyms from names of places.
    pub fn with_demonyms(self, demonyms: Demonyms) -> Self {
        Self { demonyms, ..self }
    }

    /// The folder of the index.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The commit that is searched.
    pub fn commit(&self) -> Commit {
        self.commit
    }

    /// The commit that the index in a folder is at by now, told without opening its segments.
    ///
    /// # Errors
    /// When nothing was ever committed to it, or its list of segments can't be read.
    pub fn commit_of(folder: &Path) -> Result<Commit, SearchError> {
        let metas = open_engine(folder).and_then(|index| index.searchable_segment_metas());
        Ok(Commit::of(metas.map_err(|error| unreadable(folder, error))?.iter()))
    }

    /// What the index says of itself; `None` when it was not opened from a folder.
    pub fn manifest(&self) -> Option<&Manifest> {
        self.manifest.as_ref()
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(super) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// A lexicon with the words that earlier searches have seen.
    pub(super) fn lexicon(&self) -> Lent<'_> {
        self.lexicons.lend()
    }

    /// The languages of its articles, as they are stemmed; never none.
    pub(super) fn languages(&self) -> Stemmings {
        self.languages
    }

    /// Which documents are exact copies of which.
    pub(super) fn copies(&self) -> &Copies {
        &self.copies
    }

    /// Clusters of near copies, remembered or computed, once.
    pub(super) fn clusters(&self) -> Result<&Clusters, SearchError> {
        if let Some(clusters) = self.clusters.get() {
            return Ok(clusters);
        }
        let found = Clusters::find(self)?;
        Ok(self.clusters.get_or_init(|| found))
    }

    pub(super) fn aliases(&self) -> &(dyn Fn(EntityKind, &str) -> Vec<String> + Send + Sync) {
        self.aliases.as_ref()
    }

    /// Numbers of the whole index, counted once.
    pub(super) fn statistics(&self) -> Result<&Statistics, SearchError> {
        if let Some(statistics) = self.statistics.get() {
            return Ok(statistics);
        }
        let counted =
            Statistics::count(&self.segments, &self.fields).map_err(|error| unreadable(&self.folder, error))?;
        Ok(self.statistics.get_or_init(|| counted))
    }

    /// Names and bytes of the files that spare others to compute what is a function of this commit, in the order in
    /// which they are to be written; none where they are there already.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn memories(&self) -> Result<Vec<Memory<'_>>, SearchError> {
        let mut files = Vec::new();
        if self.is_unsummed {
            let (n_title_tokens, n_body_tokens) = self.statistics()?.n_tokens();
            let (living, copies) = (self.copies.living(), self.copies.places());
            let summary = Summary { living, n_title_tokens, n_body_tokens, copies };
            files.push((summary::FILE_NAME, summary::encode(self.commit, &summary).into()));
        }
        files.extend(self.clusters()?.files().iter().map(|(name, bytes)| (*name, bytes.into())));
        Ok(files)
    }

    /// An engine's error as one of this index.
    pub(super) fn unreadable(&self, source: TantivyError) -> SearchError {
        unreadable(&self.folder, source)
    }

    /// Whether a field holds words of articles, with lengths.
    pub(super) fn is_text(&self, field: Field) -> bool {
        field == self.fields.title || field == self.fields.body
    }

    /// In how many living articles a term stands: the most of any of the fields.
    pub(super) fn n_articles_with(&self, fields: &[Field], term: &str) -> Result<u64, SearchError> {
        let mut most = 0;
        for &field in fields {
            let mut n_articles = 0;
            for segment in &self.segments {
                let inverted = segment.inverted(field).map_err(|error| self.unreadable(error))?;
                let info = segment.term_info(&inverted, field, term).map_err(|error| self.unreadable(error.into()))?;
                if let Some(info) = info {
                    n_articles +=
                        segment.n_living_with(&inverted, &info).map_err(|error| self.unreadable(error.into()))?;
                }
            }
            most = most.max(n_articles);
        }
        Ok(most)
    }

    /// Whether a term stands in any living article.
    pub(super) fn has_term(&self, field: Field, term: &str) -> Result<bool, SearchError> {
        Ok(self.n_articles_with(&[field], term)? > 0)
    }
}

/// The engine's list of segments; absent until the first commit.
const META_FILE: &str = "meta.json";

fn open_engine(folder: &Path) -> tantivy::Result<Index> {
    Index::open(MmapDirectory::open(folder)?)
}

fn unreadable(folder: &Path, source: TantivyError) -> SearchError {
    SearchError::Unreadable { folder: folder.to_owned(), source }
}

/// Whether a file was gone when it was to be opened.
fn vanished(error: &TantivyError) -> bool {
    match error {
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_)) => true,
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) | TantivyError::IoError(io_error) => {
            io_error.kind() == std::io::ErrorKind::NotFound
        }
        _ => false,
    }
}
