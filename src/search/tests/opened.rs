//! Opening: read-only folders, folders of others, damaged and vanishing files.

use std::fs;
use std::path::Path;

use tantivy::{Index, IndexWriter};

use super::build::{extract, request, samples, word};
use crate::schema::document::DocumentBuilder;
use crate::schema::manifest::{FILE_NAME, Manifest};
use crate::schema::{build, register_tokenizers};
use crate::search::{SearchError, Searcher};

fn write_index(folder: &Path) {
    let (schema, fields) = build();
    let index = Index::create_in_dir(folder, schema).expect("a new index");
    register_tokenizers(&index);
    fs::write(folder.join(FILE_NAME), Manifest::current("toy").to_json()).expect("a manifest");
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).expect("a writer");
    let mut builder = DocumentBuilder::new(fields);
    for article in samples() {
        let prepared = builder.article(&article, &extract(&article), "version");
        writer.add_document(prepared.document).expect("a document");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("no merges");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn searching_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    write_index(folder.path());
    fs::remove_file(folder.path().join(".tantivy-meta.lock")).ok();
    let before = names(folder.path());
    let mut permissions = fs::metadata(folder.path()).expect("a folder").permissions();
    let writable = permissions.clone();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path(), permissions).expect("read-only");
    let searcher = Searcher::open(folder.path()).expect("a read-only index");
    assert_eq!(searcher.search(&request(word("fraud"))).expect("an answer").total, 2);
    searcher.status().expect("a status");
    fs::set_permissions(folder.path(), writable).expect("writable again");
    assert_eq!(names(folder.path()), before);
}

#[test]
fn strange_folders_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(Searcher::open(folder.path()), Err(SearchError::Manifest(_))));
    fs::write(folder.path().join(FILE_NAME), Manifest::current("toy").to_json()).expect("a manifest");
    assert!(matches!(Searcher::open(folder.path()), Err(SearchError::NeverCommitted { .. })));
    fs::write(folder.path().join("meta.json"), "{").expect("a file");
    assert!(matches!(Searcher::open(folder.path()), Err(SearchError::Unreadable { .. })));
    assert!(matches!(Searcher::open(Path::new("/no/such/folder")), Err(SearchError::Manifest(_))));
}
