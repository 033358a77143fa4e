//! Texts of articles, many of them, without mapping the files that they are in.
//!
//! What is read of a mapped file stays in memory until the system wants it back: reading every text would
//! take as much as the whole index has.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::{Directory, FileHandle, FileSlice, MmapDirectory, OwnedBytes};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, HasLen, Index};

use super::error::SearchError;
use super::open::Searcher;
use super::segment::Segment;
use crate::schema::store::stored_bytes;
use crate::schema::stored::StoredArticle;

/// Blocks of stored articles kept unpacked.
const N_CACHED_BLOCKS: usize = 2;

/// Reads texts.
pub(super) struct Texts<'s> {
    searcher: &'s Searcher,
    /// Knows where the content of a file ends; none where the index is in no folder.
    index: Option<Index>,
    stores: HashMap<u32, StoreReader>,
}

impl<'s> Texts<'s> {
    pub(super) fn new(searcher: &'s Searcher) -> Self {
        let index = MmapDirectory::open(searcher.folder()).ok().and_then(|folder| Index::open(folder).ok());
        Self { searcher, index, stores: HashMap::new() }
    }

    /// The text of the article at an address.
    pub(super) fn body(&mut self, address: DocAddress) -> Result<String, SearchError> {
        let searcher = self.searcher;
        let store = match self.stores.entry(address.segment_ord) {
            Entry::Occupied(store) => store.into_mut(),
            Entry::Vacant(place) => {
                let segment = &searcher.segments()[address.segment_ord as usize];
                let unmapped = self.index.as_ref().and_then(|index| unmapped(searcher.folder(), index, segment));
                // A file that is gone from the folder is still there where it was mapped.
                let store = match unmapped {
                    Some(store) => store,
                    None => {
                        let mapped = segment.reader().get_store_reader(N_CACHED_BLOCKS);
                        mapped.map_err(|error| searcher.unreadable(error.into()))?
                    }
                };
                place.insert(store)
            }
        };
        let bytes = stored_bytes(store, address.doc_id, searcher.fields().article);
        let bytes = bytes.map_err(|error| searcher.unreadable(error))?;
        let body = StoredArticle::body(&bytes);
        body.map(str::to_owned).map_err(|source| SearchError::Damaged { folder: searcher.folder().to_owned(), source })
    }
}

/// The document store of a segment, read from its file.
fn unmapped(folder: &Path, index: &Index, segment: &Segment) -> Option<StoreReader> {
    let name = format!("{}.store", segment.reader().segment_id().uuid_string());
    let n_bytes = index.directory().open_read(Path::new(&name)).ok()?.len();
    let file = Mutex::new(File::open(folder.join(name)).ok()?);
    StoreReader::open(FileSlice::new(Arc::new(Unmapped { file, n_bytes })), N_CACHED_BLOCKS).ok()
}

/// The first bytes of a file.
#[derive(Debug)]
struct Unmapped {
    file: Mutex<File>,
    n_bytes: usize,
}

impl HasLen for Unmapped {
    fn len(&self) -> usize {
        self.n_bytes
    }
}

impl FileHandle for Unmapped {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.end > self.n_bytes {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; range.len()];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start as u64))?;
        file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
    }
}
