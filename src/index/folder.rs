//! The folder of an index: making one, recognising one, making one anew beside the old.

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

fn is_empty(folder: &Path) -> io::Result<bool> {
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

/// An index that is built beside the one it will replace.
#[derive(Debug)]
pub struct Rebuild {
    folder: PathBuf,
    fresh: PathBuf,
}

impl Rebuild {
    /// Prepares a place to build the new index in. The old index, of whatever version, stays in use.
    ///
    /// # Errors
    /// When `folder` holds something that is not an index of dateline.
    pub fn begin(folder: &Path) -> Result<Self, IndexError> {
        match Manifest::load(folder) {
            Ok(_) | Err(ManifestError::Damaged { .. }) => {}
            Err(ManifestError::Missing { .. }) if is_empty(folder).unwrap_or(!folder.exists()) => {}
            Err(ManifestError::Missing { .. }) => return Err(IndexError::Foreign { folder: folder.to_owned() }),
            Err(error) => return Err(error.into()),
        }
        let fresh = sibling(folder, REBUILDING);
        remove_if_there(&fresh)?;
        Ok(Self { folder: folder.to_owned(), fresh })
    }

    /// Where to build.
    pub fn fresh_folder(&self) -> &Path {
        &self.fresh
    }

    /// Puts the new index in the place of the old one, which is removed. Hidden files that are not
    /// the index's own (a `.gitignore`) stay.
    ///
    /// # Errors
    /// When the file system refuses; the old index is then still there, here or beside.
    pub fn finish(self) -> Result<(), IndexError> {
        let old = sibling(&self.folder, OLD);
        remove_if_there(&old)?;
        if self.folder.exists() {
            keep_foreign_files(&self.folder, &self.fresh)
                .map_err(|error| IndexError::io("copy the hidden files of", &self.folder, error))?;
            fs::rename(&self.folder, &old).map_err(|error| IndexError::io("rename", &self.folder, error))?;
        }
        if let Err(error) = fs::rename(&self.fresh, &self.folder) {
            let _ = fs::rename(&old, &self.folder);
            return Err(IndexError::io("rename", &self.fresh, error));
        }
        remove_if_there(&old)
    }

    /// Gives the new index up.
    pub fn abandon(self) {
        let _ = fs::remove_dir_all(&self.fresh);
    }
}

/// The folder of an index, and what a rebuild makes beside it: what is in them is no news.
pub fn own_folders(folder: &Path) -> Vec<PathBuf> {
    let mut own = vec![folder.to_owned(), sibling(folder, REBUILDING)];
    let old = sibling(folder, OLD);
    // The name is one that anybody may give to anything.
    own.extend(old.join(manifest::FILE_NAME).exists().then_some(old));
    own
}

/// What stands behind the name of an index while it is made anew, and of the one it has replaced.
const REBUILDING: &str = "rebuilding";
const OLD: &str = "old";

fn sibling(folder: &Path, suffix: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or(OsStr::new("index")).to_owned();
    name.push(".");
    name.push(suffix);
    folder.with_file_name(name)
}

fn remove_if_there(folder: &Path) -> Result<(), IndexError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(IndexError::io("remove", folder, error)),
        _ => Ok(()),
    }
}

fn keep_foreign_files(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let own = [&b".tantivy"[..], b".managed", b".dateline"];
        let is_own = own.iter().any(|prefix| name.as_encoded_bytes().starts_with(prefix));
        if is_hidden(&name) && !is_own && entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}
