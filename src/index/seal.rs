//! The seal of an index: what its files were when the last run was done.
//!
//! The engine keeps checksums of what it writes, but not of its own lists, of the ends of its files, or of
//! the manifest. A seal has these. It is broken before anything is written and made anew when everything is,
//! so that where it stands each file must be as it says; after a kill there is none.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::IndexError;
use super::folder::{is_of_engine, write_whole};
use crate::schema::checked::{with_checksum, without_checksum};

const FILE_NAME: &str = "seal.dateline";
/// So much of the end of a file of the engine is sealed; the rest has a checksum there.
const TAIL_BYTES: u64 = 4096;

/// Breaks the seal, if there is one.
pub(super) fn unseal(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(FILE_NAME)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Seals the files of an index that nobody writes: those of the engine and the manifest. What is remembered of clusters
/// has checksums of its own, and comes later; what somebody else keeps in the folder is not ours to watch.
pub(super) fn seal(folder: &Path) -> io::Result<()> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string()
            && is_of_engine(&name)
            && entry.file_type()?.is_file()
        {
            lines.push(line(folder, &name)?);
        }
    }
    lines.sort();
    write_whole(&folder.join(FILE_NAME), &with_checksum(lines.concat().into_bytes()))
}

/// Whether an index has a seal. It has none after a kill, and while it is written.
pub(super) fn exists(folder: &Path) -> bool {
    folder.join(FILE_NAME).exists()
}

/// Names of files that are not as they were when the index was sealed, sorted; none where it is not.
pub(super) fn broken(folder: &Path) -> Vec<String> {
    let path = folder.join(FILE_NAME);
    let Ok(bytes) = fs::read(&path) else { return Vec::new() };
    let Some(lines) = without_checksum(&bytes).and_then(|lines| std::str::from_utf8(lines).ok()) else {
        return vec![FILE_NAME.to_owned()];
    };
    let is_as_it_was = |sealed: &&str| {
        let name = sealed.split('\t').next().unwrap_or_default();
        line(folder, name).is_ok_and(|now| now.trim_end() == *sealed)
    };
    let broken = lines.lines().filter(|sealed| !is_as_it_was(sealed));
    let broken: Vec<String> = broken.map(|sealed| sealed.split('\t').next().unwrap_or_default().to_owned()).collect();
    // A writer that has begun meanwhile has broken it.
    if fs::read(&path).is_ok_and(|now| now == bytes) { broken } else { Vec::new() }
}

/// Checks that the files may be read: of those that may not, nothing can be said.
pub(super) fn check_permissions(folder: &Path) -> Result<(), IndexError> {
    let entries = fs::read_dir(folder).map_err(|error| IndexError::io("list", folder, error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_ours = path.file_name().and_then(|name| name.to_str()).is_some_and(is_of_engine);
        if is_ours
            && let Err(error) = File::open(&path)
            && error.kind() == io::ErrorKind::PermissionDenied
        {
            return Err(IndexError::io("read", &path, error));
        }
    }
    Ok(())
}

/// Name, size, and hash: of the whole file where it is text, else of its end.
fn line(folder: &Path, name: &str) -> io::Result<String> {
    let mut file = File::open(folder.join(name))?;
    let n_bytes = file.metadata()?.len();
    if !name.ends_with(".json") {
        file.seek(SeekFrom::Start(n_bytes.saturating_sub(TAIL_BYTES)))?;
    }
    let mut sealed = Vec::new();
    file.read_to_end(&mut sealed)?;
    Ok(format!("{name}\t{n_bytes}\t{}\n", blake3::hash(&sealed).to_hex()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORE: &str = "0123456789abcdef0123456789abcdef.store";

    #[test]
    fn changes_break_it_and_additions_do_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("the disk has room");
        write("meta.json", &"[1, 2, 3] ".repeat(1000));
        write(STORE, "some bytes");
        write("notes.txt", "of the user's");
        seal(folder.path()).expect("the disk has room");
        write("clusters.dateline", "later");
        write("notes.txt", "changed by the user");
        assert_eq!(broken(folder.path()), Vec::<String>::new());
        write("meta.json", &format!("[1, 2, 4] {}", "[1, 2, 3] ".repeat(999)));
        fs::remove_file(folder.path().join(STORE)).expect("it is there");
        assert_eq!(broken(folder.path()), [STORE, "meta.json"]);
        write(FILE_NAME, "damaged");
        assert_eq!(broken(folder.path()), [FILE_NAME]);
        unseal(folder.path()).expect("it is there");
        unseal(folder.path()).expect("it need not be there");
        assert_eq!(broken(folder.path()), Vec::<String>::new());
    }
}
