//! Files that are gone: where new ones may have come from.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::index::{IndexError, KnownFile, KnownFiles};
use crate::schema::stored::FileRow;

/// What a file holds, told without reading it: its size and hash.
type Content = (u64, [u8; 16]);

/// Remembered files that are not there any more, until it is known what became of each.
pub(super) struct Gone {
    files: BTreeMap<String, KnownFile>,
    /// Their paths by size, in byte order; those whose hashes were asked for are in `by_content`.
    by_size: HashMap<u64, Vec<String>>,
    by_content: HashMap<Content, VecDeque<String>>,
}

impl Gone {
    /// These files, in byte order of paths.
    pub(super) fn new(gone: &[KnownFile]) -> Self {
        let mut by_size: HashMap<u64, Vec<String>> = HashMap::new();
        for file in gone {
            by_size.entry(file.size_bytes).or_default().push(file.path.clone());
        }
        let files = gone.iter().map(|file| (file.path.clone(), file.clone())).collect();
        Self { files, by_size, by_content: HashMap::new() }
    }

    /// Takes the first file that had this content. Hashes are read once for each size.
    pub(super) fn take(&mut self, content: Content, known: &KnownFiles) -> Result<Option<FileRow>, IndexError> {
        for path in self.by_size.remove(&content.0).unwrap_or_default() {
            if let Some(file) = self.files.get(&path) {
                let hash = known.row(file)?.hash;
                self.by_content.entry((file.size_bytes, hash)).or_default().push_back(path);
            }
        }
        let Some(paths) = self.by_content.get_mut(&content) else { return Ok(None) };
        while let Some(path) = paths.pop_front() {
            if let Some(file) = self.files.remove(&path) {
                return known.row(&file).map(Some);
            }
        }
        Ok(None)
    }

    /// Notes that a file has come back since.
    pub(super) fn is_there(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// What is gone for good, in byte order of paths.
    pub(super) fn rest(self) -> impl Iterator<Item = KnownFile> {
        self.files.into_values()
    }
}
