//! The folder of an index: making one, recognising one.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::IndexError;
use crate::schema::manifest::{self, Manifest, ManifestError};

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

/// What a file is called until it is whole.
fn unfinished(path: &Path) -> PathBuf {
    path.with_extension("unfinished")
}

pub(super) fn is_hidden(name: &OsStr) -> bool {
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
