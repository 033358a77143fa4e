//! What an index holds, counted over living articles.

use std::collections::HashSet;

use tantivy::DocId;

use super::error::SearchError;
use super::open::Searcher;
use crate::mention::EntityKind;
use crate::schema::SCHEMA_VERSION;
use crate::schema::figures::ANY_FIGURE;
use crate::schema::stored::{FileRow, Rejects};

/// Numbers of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Articles, exact copies counted once.
    pub articles: u64,
    /// Further places where they stand.
    pub copies: u64,
    /// Clusters of near copies.
    pub clusters: u64,
    /// Articles in these clusters.
    pub clustered: u64,
    /// Files that were read, ones without an article included.
    pub files: u64,
    /// Different people.
    pub people: u64,
    /// Different places.
    pub places: u64,
    /// Different organisations.
    pub orgs: u64,
    /// Quantities, each mention counted.
    pub figures: u64,
    /// Files of which something could not be read.
    pub rejected_files: u64,
    /// Records that could not be read.
    pub rejected_records: u64,
    /// Segments.
    pub segments: usize,
    /// Deleted documents that still take up room.
    pub deleted_documents: u64,
    /// Bytes of the index on disk.
    pub size_bytes: u64,
    /// Version of its fields.
    pub schema_version: u32,
    /// The user's rules on entities: how many there are, and their fingerprint.
    pub entity_rules: Option<(usize, String)>,
}

/// A file of which something could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedFile {
    /// Absolute path.
    pub path: String,
    /// Places inside the file, and why; no place for the whole file.
    pub rejects: Rejects,
}

impl Searcher {
    /// Counts what the index holds. Linear in its size.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn status(&self) -> Result<Status, SearchError> {
        let rows = self.file_rows()?;
        let space = |segment: &super::segment::Segment| segment.reader().space_usage().map(|space| space.total());
        let mut size_bytes = 0;
        for segment in self.segments() {
            size_bytes += space(segment).map_err(|error| self.unreadable(error.into()))?.get_bytes();
        }
        let (clusters, clustered) = self.clusters()?.counts();
        Ok(Status {
            articles: self.n_articles(),
            copies: self.copies().n_left_out(),
            clusters,
            clustered,
            files: rows.len() as u64,
            people: self.n_entities(EntityKind::Person)?,
            places: self.n_entities(EntityKind::Place)?,
            orgs: self.n_entities(EntityKind::Org)?,
            figures: self.n_figures()?,
            rejected_files: rows.iter().filter(|row| row.n_rejects() > 0).count() as u64,
            rejected_records: rows.iter().map(FileRow::n_rejects).sum(),
            segments: self.segments().len(),
            deleted_documents: self.segments().iter().map(|one| u64::from(one.reader().num_deleted_docs())).sum(),
            size_bytes,
            schema_version: self.manifest().map_or(SCHEMA_VERSION, |manifest| manifest.schema_version),
            entity_rules: self.rules().map(|rules| (rules.rules().len(), rules.fingerprint().to_owned())),
        })
    }

    /// Articles in the index.
    pub fn n_articles(&self) -> u64 {
        self.segments().iter().map(|segment| segment.living().len()).sum()
    }

    /// Files of which something could not be read, by path.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn rejects(&self) -> Result<Vec<RejectedFile>, SearchError> {
        let rows = self.file_rows()?.into_iter().filter(|row| row.n_rejects() > 0);
        let mut rejects: Vec<RejectedFile> =
            rows.map(|row| RejectedFile { path: row.path.clone(), rejects: row.into_rejects() }).collect();
        rejects.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(rejects)
    }

    /// What is known of each file that was read, in no order.
    fn file_rows(&self) -> Result<Vec<FileRow>, SearchError> {
        let mut rows = Vec::new();
        for (ordinal, segment) in self.segments().iter().enumerate() {
            let column = segment.u64s(self.fields().file_size).map_err(|error| self.unreadable(error))?;
            let Some(column) = column else { continue };
            for doc_id in segment.reader().doc_ids_alive().filter(|&doc| column.index.has_value(doc)) {
                let segment_ord = u32::try_from(ordinal).expect("an index has fewer segments than documents");
                let address = tantivy::DocAddress { segment_ord, doc_id };
                let row = FileRow::decode(&self.stored_bytes(address, self.fields().file_row)?);
                rows.push(row.map_err(|source| SearchError::Damaged { folder: self.folder().to_owned(), source })?);
            }
        }
        Ok(rows)
    }

    /// Different entities of a kind over living articles.
    fn n_entities(&self, kind: EntityKind) -> Result<u64, SearchError> {
        let field = self.fields().entity(kind);
        let mut values: HashSet<String> = HashSet::new();
        for segment in self.segments() {
            let Some(column) = segment.strings(field).map_err(|error| self.unreadable(error))? else { continue };
            let n_values = DocId::try_from(column.num_terms()).unwrap_or(DocId::MAX);
            let mut seen = super::bits::Bits::new(n_values);
            for doc in segment.living().iter() {
                column.term_ords(doc).for_each(|value| seen.insert(value as DocId));
            }
            let seen: Vec<u64> = seen.iter().map(u64::from).collect();
            super::segment::each_value(&column, &seen, |_, value| {
                if !values.contains(value) && !self.is_ruled(kind, value) {
                    values.insert(value.to_owned());
                }
            })
            .map_err(|error| self.unreadable(error.into()))?;
        }
        if let Some(overlay) = self.overlay()? {
            values.extend(overlay.keys(kind).map(str::to_owned));
        }
        Ok(values.len() as u64)
    }

    fn n_figures(&self) -> Result<u64, SearchError> {
        let mut n_figures = 0;
        for segment in self.segments() {
            let Some(figures) = segment.figures(self.fields()).map_err(|error| self.unreadable(error))? else {
                continue;
            };
            let any = figures.places(ANY_FIGURE).map_err(|error| self.unreadable(error.into()))?;
            for doc in segment.living().iter() {
                n_figures +=
                    figures.of_articles().values_for_doc(doc).filter(|place| any.contains(place)).count() as u64;
            }
        }
        Ok(n_figures)
    }
}
