//! Why an index can't be written.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::LockError;

use crate::schema::manifest::ManifestError;
use crate::schema::stored::StoredError;

/// Why an index can't be written. The last commit stays as it was.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the fields are the words of the message")]
pub enum IndexError {
    /// No manifest of ours, or one of another version.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The folder holds something else.
    #[error("`{}` is not empty and not an index of dateline; it is left as it is", folder.display())]
    Foreign { folder: PathBuf },
    /// The folder is a file.
    #[error("`{}` is a file; an index is a folder", folder.display())]
    NotAFolder { folder: PathBuf },
    /// A folder of somebody else's has the name that is needed.
    #[error("`{}` is in the way, and no rebuild has made it; it is left as it is", folder.display())]
    InTheWay { folder: PathBuf },
    /// Another process writes.
    #[error("the index `{}` is being written by another process", folder.display())]
    Busy { folder: PathBuf },
    /// The disk has no room.
    #[error("no space left on the disk of `{}`; the index stays as it was at its last commit", folder.display())]
    DiskFull { folder: PathBuf },
    /// The file system refuses.
    #[error("cannot {action} `{}`", path.display())]
    Io { action: &'static str, path: PathBuf, source: io::Error },
    /// The engine refuses.
    #[error("the engine failed on the index `{}`", folder.display())]
    Engine { folder: PathBuf, source: Box<TantivyError> },
    /// What is stored can't be read.
    #[error("the index `{}` is damaged", folder.display())]
    Damaged { folder: PathBuf, source: StoredError },
}

impl IndexError {
    /// What the user can do about it, in words that end the sentence "hint: ...".
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Manifest(ManifestError::Strange { .. } | ManifestError::Damaged { .. }) => {
                Some("make it anew with `dateline index --rebuild DIR...`".to_owned())
            }
            Self::Manifest(_) | Self::Foreign { .. } | Self::NotAFolder { .. } => {
                Some("name another folder with `--index DIR`".to_owned())
            }
            Self::InTheWay { .. } => Some("give it another name".to_owned()),
            Self::Busy { .. } => Some("wait until it is done; searching goes on meanwhile".to_owned()),
            Self::DiskFull { .. } => Some("make room and run the same command again".to_owned()),
            Self::Damaged { .. } => {
                Some("see what is wrong with `dateline verify`, then `dateline index --rebuild DIR...`".to_owned())
            }
            Self::Io { .. } | Self::Engine { .. } => None,
        }
    }

    pub(super) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::StorageFull {
            return Self::DiskFull { folder: path.to_owned() };
        }
        Self::Io { action, path: path.to_owned(), source }
    }

    /// Says of an error of the engine what it means for the user.
    pub(super) fn engine(folder: &Path, source: TantivyError) -> Self {
        if let TantivyError::LockFailure(LockError::LockBusy, _) = source {
            return Self::Busy { folder: folder.to_owned() };
        }
        // A full disk kills the engine's threads, and all that is told here is that they died.
        match probe_space(folder) {
            Err(error) if error.kind() == io::ErrorKind::StorageFull => Self::DiskFull { folder: folder.to_owned() },
            Err(error)
                if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) =>
            {
                Self::io("write into", folder, error)
            }
            _ => Self::Engine { folder: folder.to_owned(), source: Box::new(source) },
        }
    }
}

/// Bytes that a disk with room takes without trouble.
const PROBE_BYTES: usize = 1 << 20;

fn probe_space(folder: &Path) -> io::Result<()> {
    let path = folder.join(".dateline-probe");
    let written = std::fs::write(&path, vec![0u8; PROBE_BYTES]);
    let removed = std::fs::remove_file(&path);
    written.and(removed)
}
