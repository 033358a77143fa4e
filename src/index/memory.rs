//! The files that remember what is a function of the articles: clusters of near copies, sums.

use std::path::Path;

use super::IndexError;
use super::folder::write_whole;

/// Puts the bytes of such a file in the place of the last ones, where they differ. They say themselves of
/// which articles they were made, so that a writer that is stopped before, or overtaken by another one,
/// leaves nothing wrong behind.
///
/// # Errors
/// When the file can't be written; the index is whole without it.
pub fn remember(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), IndexError> {
    let path = folder.join(name);
    if std::fs::read(&path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    write_whole(&path, bytes).map_err(|error| IndexError::io("write", &path, error))
}
