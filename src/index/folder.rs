//! The folder of an index: making one, recognising one.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::IndexError;
use crate::schema::manifest::{self, Manifest, ManifestError};

/// Whether a folder is an index of dateline, of whatever version.
pub fn is_index(folder: &Path) -> bool {
    Manifest::load(folder).is_ok()
}

/// Makes sure that `folder` is an index for this extractor; a missing or empty folder becomes one.
/// Hidden files do not count, nor does what a death left of an index that was just being made.
///
/// # Errors
/// When the folder belongs to something else, or to another version.
pub fn prepare_folder(folder: &Path, extractor: &str) -> Result<(), IndexError> {
    match Manifest::load(folder) {
        Ok(manifest) => Ok(manifest.check_writable(folder, extractor)?),
        Err(ManifestError::Missing { .. }) => create(folder, extractor),
        Err(error) => Err(error.into()),
    }
}

fn create(folder: &Path, extractor: &str) -> Result<(), IndexError> {
    if folder.is_file() {
        return Err(IndexError::NotAFolder { folder: folder.to_owned() });
    }
    fs::create_dir_all(folder).map_err(|error| IndexError::io("make the folder", folder, error))?;
    if !is_empty(folder).map_err(|error| IndexError::io("list", folder, error))? {
        return Err(IndexError::Foreign { folder: folder.to_owned() });
    }
    let path = folder.join(manifest::FILE_NAME);
    write_whole(&path, Manifest::current(extractor).to_json().as_bytes())
        .map_err(|error| IndexError::io("write", &path, error))
}

pub(super) fn is_empty(folder: &Path) -> io::Result<bool> {
    let begun = unfinished(Path::new(manifest::FILE_NAME));
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !is_hidden(&name) && name != begun {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a file in the folder of an index is of the engine or the manifest, all of which a run leaves as they are
/// until the next one.
pub(super) fn is_of_engine(name: &str) -> bool {
    let is_segment = name.split_once('.').is_some_and(|(segment, _)| {
        segment.len() == SEGMENT_ID_CHARS && segment.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    is_segment || ["meta.json", ".managed.json", manifest::FILE_NAME].contains(&name)
}

/// Whether a file in the folder of an index is dateline's; what is not is left as it is.
pub(super) fn is_own(name: &str) -> bool {
    let is_passing = [".tantivy", ".managed", ".dateline", ".tmp"].iter().any(|prefix| name.starts_with(prefix));
    let is_remembered = [".dateline", ".unfinished"].iter().any(|ending| name.ends_with(ending));
    is_of_engine(name) || is_passing || is_remembered
}

/// Digits in the name of a segment.
const SEGMENT_ID_CHARS: usize = 32;

/// What a file is called until it is whole.
fn unfinished(path: &Path) -> PathBuf {
    path.with_extension("unfinished")
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Writes a file so that it is there whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = unfinished(path);
    let mut file = File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    if let Some(parent) = path.parent() {
        // Some file systems can't sync folders; the rename is then as safe as they make it.
        let _ = File::open(parent).and_then(|folder| folder.sync_all());
    }
    Ok(())
}
