//! Making an index anew beside the old one, which it replaces at the end.
//!
//! Two folders beside the index take part, `NAME.dateline-rebuilding` and `NAME.dateline-old`. Each bears a mark, and
//! what bears none is somebody else's and stays. The old index is locked for as long as the new one is made, so that
//! nothing is written that would be lost, and one that a death left without its name gets it back.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tantivy::directory::{DirectoryLock, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{Directory, TantivyError};

use super::IndexError;
use super::folder::{is_empty, is_own};
use crate::schema::manifest::{Manifest, ManifestError};

/// What stands behind the name of an index while it is made anew, and of the one it has replaced.
const REBUILDING: &str = "dateline-rebuilding";
const OLD: &str = "dateline-old";
/// The mark: an empty file of this name.
const MARK: &str = ".dateline-rebuild";

/// An index that is built beside the one it will replace.
pub struct Rebuild {
    folder: PathBuf,
    fresh: PathBuf,
    old: PathBuf,
    /// Keeps writers off the old index.
    _lock: Option<DirectoryLock>,
    is_done: bool,
}

impl Rebuild {
    /// Makes a place to build the new index in. The old index, of whatever version, stays in use.
    ///
    /// # Errors
    /// When `folder` holds something that is not an index of dateline or is being written, or a folder of somebody
    /// else's is in the way.
    pub fn begin(folder: &Path) -> Result<Self, IndexError> {
        match Manifest::load(folder) {
            Ok(_) | Err(ManifestError::Damaged { .. }) => {}
            Err(ManifestError::Missing { .. }) if is_empty(folder).unwrap_or(!folder.exists()) => {}
            Err(ManifestError::Missing { .. }) => return Err(IndexError::Foreign { folder: folder.to_owned() }),
            Err(error) => return Err(error.into()),
        }
        let real = real_path(folder);
        let lock = if real.exists() { Some(lock(&real, folder)?) } else { None };
        let (fresh, old) = (sibling(&real, REBUILDING), sibling(&real, OLD));
        for beside in [&fresh, &old] {
            if beside.symlink_metadata().is_ok() && !is_ours(beside) {
                return Err(IndexError::InTheWay { folder: beside.clone() });
            }
        }
        if fresh.exists() {
            // Another rebuild may be at work in it, where there is no old index to lock.
            drop(self::lock(&fresh, folder)?);
        }
        remove_if_there(&fresh)?;
        if real.exists() {
            // A death may have kept what is the user's in it.
            give_back(&old, &real)?;
        }
        remove_if_there(&old)?;
        fs::create_dir_all(&fresh)
            .and_then(|()| mark(&fresh))
            .map_err(|error| IndexError::io("make the folder", &fresh, error))?;
        Ok(Self { folder: real, fresh, old, _lock: lock, is_done: false })
    }

    /// Where to build.
    pub fn fresh_folder(&self) -> &Path {
        &self.fresh
    }

    /// Puts the new index in the place of the old one, which is removed, and returns its folder. Files and folders that
    /// are not the index's own (a `.gitignore`, `entities.toml`) stay.
    ///
    /// # Errors
    /// When the file system refuses; the old index is then still there, here or beside.
    pub fn finish(mut self) -> Result<PathBuf, IndexError> {
        if self.folder.exists() {
            mark(&self.folder).and_then(|()| fs::rename(&self.folder, &self.old)).map_err(|error| {
                // The old index stays where it is, as a mount point does, and is marked for nothing.
                let _ = fs::remove_file(self.folder.join(MARK));
                IndexError::io("rename", &self.folder, error)
            })?;
        }
        if let Err(error) = fs::rename(&self.fresh, &self.folder) {
            let _ = fs::rename(&self.old, &self.folder);
            let _ = fs::remove_file(self.folder.join(MARK));
            return Err(IndexError::io("rename", &self.fresh, error));
        }
        self.is_done = true;
        // Under this name it means nothing.
        let _ = fs::remove_file(self.folder.join(MARK));
        give_back(&self.old, &self.folder)?;
        remove_if_there(&self.old)?;
        Ok(std::mem::take(&mut self.folder))
    }
}

impl Drop for Rebuild {
    /// Gives the new index up, unless it is in its place.
    fn drop(&mut self) {
        if !self.is_done {
            let _ = fs::remove_dir_all(&self.fresh);
        }
    }
}

/// Gives an index its name back, if a rebuild was killed in the moment between taking it from the old one and giving
/// it to the new one. Tells whether it was so.
///
/// # Errors
/// When the file system refuses.
pub fn recover(folder: &Path) -> Result<bool, IndexError> {
    let real = real_path(folder);
    let old = sibling(&real, OLD);
    for _ in 0..TRIES {
        if real.symlink_metadata().is_ok() || !old.join(MARK).exists() {
            return Ok(false);
        }
        match lock(&old, folder) {
            Ok(_lock) if !real.exists() => {
                fs::rename(&old, &real).map_err(|error| IndexError::io("rename", &old, error))?;
                // Its mark means nothing under this name.
                let _ = fs::remove_file(real.join(MARK));
                return Ok(true);
            }
            // The rebuild lives, and is about to give the name to the new index.
            Ok(_) | Err(IndexError::Busy { .. }) => std::thread::sleep(PAUSE),
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// How often, and at what times, it is looked whether a rebuild that lives has put its index in place.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(20);

/// The folder of an index, and what a rebuild makes beside it: what is in them is no news.
pub fn own_folders(folder: &Path) -> Vec<PathBuf> {
    let real = real_path(folder);
    let beside = [REBUILDING, OLD].map(|suffix| sibling(&real, suffix));
    std::iter::once(real).chain(beside).collect()
}

/// Where a folder is or would be, its links followed.
fn real_path(folder: &Path) -> PathBuf {
    if let Ok(real) = folder.canonicalize() {
        return real;
    }
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let target = fs::read_link(&absolute).map_or_else(|_| absolute.clone(), |target| beside(&absolute, &target));
    match (target.parent().and_then(|parent| parent.canonicalize().ok()), target.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => target,
    }
}

fn beside(path: &Path, name: &Path) -> PathBuf {
    path.parent().unwrap_or(path).join(name)
}

fn sibling(folder: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = folder.file_name().unwrap_or(OsStr::new("index")).to_owned();
    name.push(".");
    name.push(suffix);
    folder.with_file_name(name)
}

/// Keeps writers off an index; `named` is what the user calls it.
pub(super) fn lock(folder: &Path, named: &Path) -> Result<DirectoryLock, IndexError> {
    let refused = |error: TantivyError| IndexError::engine(named, error);
    let directory = MmapDirectory::open(folder).map_err(|error| refused(error.into()))?;
    directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| refused(TantivyError::LockFailure(error, None)))
}

fn mark(folder: &Path) -> io::Result<()> {
    File::create(folder.join(MARK)).map(drop)
}

/// Whether a rebuild made this folder, or it holds nothing.
fn is_ours(folder: &Path) -> bool {
    folder.join(MARK).exists() || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn remove_if_there(folder: &Path) -> Result<(), IndexError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(IndexError::io("remove", folder, error)),
        _ => Ok(()),
    }
}

/// Moves what is not the index's own from its old folder into the new one. Where it can't, the old folder stays.
fn give_back(from: &Path, to: &Path) -> Result<(), IndexError> {
    let entries = match fs::read_dir(from) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(|error| IndexError::io("list", from, error))?,
    };
    for entry in entries {
        let name = entry.map_err(|error| IndexError::io("list", from, error))?.file_name();
        if name.to_str().is_some_and(is_own) {
            continue;
        }
        let (path, place) = (from.join(&name), to.join(&name));
        if place.symlink_metadata().is_ok() {
            return Err(IndexError::InTheWay { folder: place });
        }
        fs::rename(&path, &place).map_err(|error| IndexError::io("move", &path, error))?;
    }
    Ok(())
}
