//! Proof that an index is whole.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::directory::{META_LOCK, MmapDirectory};
use tantivy::schema::Value;
use tantivy::{Directory, Index, SegmentReader, TantivyDocument, TantivyError};

use super::{IndexError, seal};
use crate::schema::checked::without_checksum;
use crate::schema::document::content_id;
use crate::schema::manifest::{Manifest, ManifestError, holds_segments};
use crate::schema::stored::{FileRow, StoredArticle};
use crate::schema::{self, Fields, clusters, summary, verdicts};

/// What [`verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Articles that were decoded.
    pub n_articles: u64,
    /// Files that are remembered.
    pub n_files: u64,
    /// Whether the files were compared with what they were when the last run was done. They can't be after a kill,
    /// and while a run goes on.
    pub is_sealed: bool,
    /// Everything that is wrong, in words. Empty for a whole index.
    pub problems: Vec<String>,
}

/// Reads everything in an index: checksums and seals of all files, every stored article and file row, and
/// that each file has exactly the articles that are remembered of it.
///
/// # Errors
/// When the folder is not an index of this version, or may not be read. Damage is no error: it is the result.
pub fn verify(folder: &Path) -> Result<Verified, IndexError> {
    match Manifest::load(folder) {
        Err(damaged @ ManifestError::Damaged { .. }) => {
            return Ok(Verified { problems: vec![damaged.to_string()], ..Verified::default() });
        }
        manifest => manifest?.check_readable(folder)?,
    }
    seal::check_permissions(folder)?;
    let mut verified = Verified { is_sealed: seal::exists(folder), ..Verified::default() };
    let broken = seal::broken(folder).into_iter();
    verified.problems.extend(broken.map(|name| format!("`{name}` is not as it was when the index was finished")));
    for name in [clusters::FILE_NAME, verdicts::FILE_NAME, summary::FILE_NAME] {
        if std::fs::read(folder.join(name)).is_ok_and(|bytes| without_checksum(&bytes).is_none()) {
            verified.problems.push(format!("the checksum of `{name}` is wrong"));
        }
    }
    // The engine trusts its own files, and may well fall over damaged ones.
    match catch_unwind(AssertUnwindSafe(|| check(folder, &mut verified))) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => verified.problems.push(format!("the engine cannot read the index: {error}")),
        Err(_) => verified.problems.push("the engine fails on the index".to_owned()),
    }
    Ok(verified)
}

fn check(folder: &Path, verified: &mut Verified) -> Result<(), TantivyError> {
    let directory = MmapDirectory::open(folder)?;
    // Holds a writer off removing files meanwhile. Where the lock can't be had, the folder can't be
    // written, and nobody removes any.
    let _lock = directory.acquire_lock(&META_LOCK).ok();
    if !Index::exists(&directory)? {
        if holds_segments(folder) {
            verified.problems.push("`meta.json` is missing".to_owned());
        }
        // Else its maker was stopped before the engine made its first file.
        return Ok(());
    }
    let index = Index::open(directory)?;
    schema::register_tokenizers(&index);
    let damaged = index.validate_checksum()?;
    let mut names: Vec<String> = damaged.iter().map(|path| path.display().to_string()).collect();
    names.sort();
    verified.problems.extend(names.into_iter().map(|name| format!("the checksum of `{name}` is wrong")));
    if !verified.problems.is_empty() {
        return Ok(());
    }
    check_documents(&index, verified)
}

fn check_documents(index: &Index, verified: &mut Verified) -> Result<(), TantivyError> {
    let (_, fields) = schema::build();
    // Sums of content ids, so that memory grows with the number of files only.
    let mut remembered: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut found: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for (ordinal, segment) in index.searchable_segments()?.iter().enumerate() {
        let segment = SegmentReader::open(segment)?;
        let documents = segment.get_store_reader(1)?;
        for doc_id in segment.doc_ids_alive() {
            let document: TantivyDocument = documents.get(doc_id)?;
            match stored(&document, &fields) {
                Ok(Stored::Article(article, version)) => {
                    verified.n_articles += 1;
                    let path = article.article.origin.path.to_string();
                    paths.entry(version.clone()).or_insert(path);
                    add(&mut found, version, content_id(&article.article));
                }
                Ok(Stored::Row(row)) => {
                    verified.n_files += 1;
                    let version = row.version();
                    paths.insert(version.clone(), row.path.clone());
                    remembered.entry(version.clone()).or_default();
                    for id in &row.content_ids {
                        add(&mut remembered, version.clone(), *id);
                    }
                }
                Err(problem) => verified.problems.push(format!("document {ordinal}/{doc_id}: {problem}")),
            }
        }
    }
    remembered.retain(|_, sum| sum.0 > 0);
    if remembered != found {
        let versions: BTreeSet<&String> = remembered.keys().chain(found.keys()).collect();
        let differ: Vec<&String> =
            versions.into_iter().filter(|version| found.get(*version) != remembered.get(*version)).collect();
        for version in differ.iter().take(MAX_NAMED) {
            let n_of =
                |sums: &BTreeMap<String, (u64, u64)>| sums.get(*version).map_or(0, |(n_articles, _)| *n_articles);
            let (n_found, n_remembered) = (n_of(&found), n_of(&remembered));
            verified.problems.push(match paths.get(*version) {
                Some(path) if n_found == n_remembered => {
                    format!("`{path}` has other articles than are remembered of it")
                }
                Some(path) => format!("`{path}` has {n_found} articles, and {n_remembered} are remembered of it"),
                None => format!("{n_found} articles are of a file that is not remembered"),
            });
        }
        if differ.len() > MAX_NAMED {
            let n_more = differ.len() - MAX_NAMED;
            verified.problems.push(format!("{n_more} more files do not have the articles that are remembered of them"));
        }
    }
    Ok(())
}

/// Files whose articles do not agree with what is remembered, by name.
const MAX_NAMED: usize = 10;

fn add(sums: &mut BTreeMap<String, (u64, u64)>, version: String, content_id: u64) {
    let (n_articles, sum) = sums.entry(version).or_default();
    *n_articles += 1;
    *sum = sum.wrapping_add(content_id);
}

enum Stored {
    Article(Box<StoredArticle>, String),
    Row(FileRow),
}

fn stored(document: &TantivyDocument, fields: &Fields) -> Result<Stored, String> {
    let bytes = |field| document.get_first(field).and_then(|value| value.as_bytes());
    if let Some(bytes) = bytes(fields.file_row) {
        return FileRow::decode(bytes).map(Stored::Row).map_err(|error| error.to_string());
    }
    let Some(bytes) = bytes(fields.article) else {
        return Err("it is neither an article nor a file".to_owned());
    };
    let article = StoredArticle::decode(bytes).map_err(|error| error.to_string())?;
    let version = document.get_first(fields.file_version).and_then(|value| value.as_str()).unwrap_or_default();
    Ok(Stored::Article(Box::new(article), version.to_owned()))
}
