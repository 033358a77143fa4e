//! What an index says of itself, beside the engine's own files.
//!
//! Written before anything else of an index and never changed: a folder with files but without a
//! manifest belongs to another program and is left alone.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{SCHEMA_VERSION, analyzer};

/// Name of the file inside the index folder.
pub const FILE_NAME: &str = "dateline.json";
const FORMAT: &str = "dateline index";

/// What an index was made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: String,
    /// Version of the fields and their encoding.
    pub schema_version: u32,
    /// Which analysis made its terms.
    pub analyzer: String,
    /// Which extractor made its mentions and figures.
    pub extractor: String,
    /// Version of the program that made it.
    pub created_by: String,
}

/// Why a manifest can't be used.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the fields are the words of the message")]
pub enum ManifestError {
    /// There is no manifest, or no folder.
    #[error("{}", what_is_missing(folder))]
    Missing { folder: PathBuf },
    /// The manifest can't be read.
    #[error("cannot read `{}`", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    /// The manifest is damaged.
    #[error("`{}` is damaged", path.display())]
    Damaged { path: PathBuf, source: serde_json::Error },
    /// The manifest belongs to something else.
    #[error("`{}` is not an index of dateline: its format is `{found}`", folder.display())]
    Foreign { folder: PathBuf, found: String },
    /// The index was made by another version.
    #[error("the index `{}` has {what} `{found}`, this version of dateline has `{expected}`", folder.display())]
    Strange { folder: PathBuf, what: &'static str, found: String, expected: String },
}

/// Whether articles lie in the folder of an index, be there a list of their segments or not.
pub fn holds_segments(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|path| path.extension().is_some_and(|extension| extension == "store"))
}

fn what_is_missing(folder: &Path) -> String {
    let name = folder.display();
    match std::fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => format!("`{name}` is not an index of dateline: it has no `{FILE_NAME}`"),
        Ok(_) => format!("`{name}` is a file; an index is a folder"),
        Err(_) => format!("there is no folder `{name}`"),
    }
}

impl Manifest {
    /// The manifest of an index made by this program with this extractor.
    pub fn current(extractor: &str) -> Self {
        Self {
            format: FORMAT.to_owned(),
            schema_version: SCHEMA_VERSION,
            analyzer: analyzer::FINGERPRINT.to_owned(),
            extractor: extractor.to_owned(),
            created_by: concat!("dateline ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// Reads the manifest of an index.
    ///
    /// # Errors
    /// When there is none, it can't be read, or it belongs to another program. Versions are not
    /// compared: see [`Self::check_readable`].
    pub fn load(folder: &Path) -> Result<Self, ManifestError> {
        let path = folder.join(FILE_NAME);
        let text = match read_file(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(ManifestError::Missing { folder: folder.to_owned() });
            }
            Err(source) => return Err(ManifestError::Unreadable { path, source }),
        };
        let manifest: Self = serde_json::from_slice(&text).map_err(|source| ManifestError::Damaged { path, source })?;
        if manifest.format != FORMAT {
            return Err(ManifestError::Foreign { folder: folder.to_owned(), found: manifest.format });
        }
        Ok(manifest)
    }

    /// The text of the manifest file.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).expect("a manifest has only strings and a number");
        json.push('\n');
        json
    }

    /// Checks that this program reads the index rightly.
    ///
    /// # Errors
    /// When schema or analyzer are of another version.
    pub fn check_readable(&self, folder: &Path) -> Result<(), ManifestError> {
        let (found, expected) = (self.schema_version.to_string(), SCHEMA_VERSION.to_string());
        same(folder, "schema version", &found, &expected)?;
        same(folder, "analyzer", &self.analyzer, analyzer::FINGERPRINT)
    }

    /// Checks that articles added now would be extracted like those already there.
    ///
    /// # Errors
    /// When the extractor is of another version.
    pub fn check_writable(&self, folder: &Path, extractor: &str) -> Result<(), ManifestError> {
        self.check_readable(folder)?;
        same(folder, "extractor", &self.extractor, extractor)
    }
}

/// Far more than a manifest has.
const MAX_BYTES: u64 = 64 * 1024;

/// The beginning of a file, in whatever folder it was found: a pipe or a device may bear its name.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    let mut text = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut text)?;
    Ok(text)
}

fn same(folder: &Path, what: &'static str, found: &str, expected: &str) -> Result<(), ManifestError> {
    if found == expected {
        return Ok(());
    }
    let (found, expected) = (found.to_owned(), expected.to_owned());
    Err(ManifestError::Strange { folder: folder.to_owned(), what, found, expected })
}
