//! Brings a file into memory, or sets it up to be streamed.
//!
//! The only part of reading that touches files. What is in them is cut by `cut`; what the pieces mean
//! is left to [`super::parse`], which can run on another thread.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::ReadConfig;
use super::cut::{self, RawItem, Source};
use super::detect::{self, HEAD_BYTES, Kind};
use super::error::{RejectReason, Rejected};
use super::walk::{FileEntry, modified_ns};

/// Large files are read in pieces of this size; beyond it, reading gets no faster.
const CHUNK_BYTES: usize = 1024 * 1024;

/// What is known of a file's contents once it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Size, in bytes.
    pub size_bytes: u64,
    /// Last modification, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// BLAKE3 of the contents, its first 16 bytes.
    pub hash: [u8; 16],
}

/// A file whose contents were read once, from the first byte to the last.
#[derive(Debug)]
pub struct OpenFile {
    /// What is known of it.
    pub facts: FileFacts,
    path: Arc<str>,
    config: ReadConfig,
    source: Source,
}

/// Reads a file and takes its hash. Files of one article are held in memory, so at most
/// [`ReadConfig::max_article_bytes`]; larger ones that can be cut into records or members are hashed
/// now and read again by [`OpenFile::split`].
///
/// # Errors
/// When the file cannot be read, is too large for an article, or was written to meanwhile.
pub fn open(entry: &FileEntry, config: &ReadConfig) -> Result<OpenFile, Rejected> {
    let reject = |reason| Rejected::file(&entry.path, reason);
    open_file(entry, config).map_err(|error| match error {
        Failure::Io(error) => reject(RejectReason::Unreadable { kind: error.kind() }),
        Failure::Reason(reason) => reject(reason),
    })
}

enum Failure {
    Io(io::Error),
    Reason(RejectReason),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn open_file(entry: &FileEntry, config: &ReadConfig) -> Result<OpenFile, Failure> {
    // A pipe put in the place of a file would block here.
    if !std::fs::metadata(&entry.fs_path)?.is_file() {
        return Err(Failure::Reason(RejectReason::SpecialFile { kind: "something else by now" }));
    }
    let mut file = File::open(&entry.fs_path)?;
    let before = file.metadata()?;
    let (size_bytes, modified) = (before.len(), modified_ns(&before));
    let mut hasher = blake3::Hasher::new();
    let mut n_read = 0;
    let bytes = if size_bytes > config.stream_from_bytes.min(config.max_article_bytes) {
        let mut head = Vec::new();
        file.by_ref().take(HEAD_BYTES as u64 + 1).read_to_end(&mut head)?;
        file.seek(SeekFrom::Start(0))?;
        if can_be_cut(entry, &head, config) {
            let mut chunk = vec![0; CHUNK_BYTES];
            loop {
                match file.read(&mut chunk) {
                    Ok(0) => break,
                    Ok(n) => {
                        n_read += n as u64;
                        hasher.update(&chunk[..n]);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error.into()),
                }
            }
            None
        } else if size_bytes > config.max_article_bytes {
            let limit_bytes = config.max_article_bytes;
            return Err(Failure::Reason(RejectReason::TooLarge { size_bytes, limit_bytes }));
        } else {
            Some(read_whole(&mut file, size_bytes)?)
        }
    } else {
        Some(read_whole(&mut file, size_bytes)?)
    };
    if let Some(bytes) = &bytes {
        n_read = bytes.len() as u64;
        hasher.update(bytes);
    }
    let after = file.metadata()?;
    if n_read != size_bytes || after.len() != size_bytes || modified_ns(&after) != modified {
        return Err(Failure::Reason(RejectReason::ChangedWhileRead));
    }
    let mut hash = [0; 16];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Ok(OpenFile {
        facts: FileFacts { size_bytes, modified_ns: modified, hash },
        path: Arc::clone(&entry.path),
        config: config.clone(),
        source: bytes.map_or(Source::File(file), Source::Held),
    })
}

/// Whether a file need not be held whole.
fn can_be_cut(entry: &FileEntry, head: &[u8], config: &ReadConfig) -> bool {
    let is_text = |kind| matches!(kind, Kind::Lines | Kind::Table | Kind::Mailbox | Kind::Collection(_));
    match detect::detect(&entry.path, head, false) {
        _ if config.converter_for(&entry.path, head).is_some() => false,
        Ok(Kind::Whole(_)) | Err(_) => false,
        Ok(kind) => !(is_text(kind) && detect::is_two_byte(head)),
    }
}

/// All of a file that claims to have `size_bytes`; a growing one is read one byte further, and no more.
fn read_whole(file: &mut File, size_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size_bytes).unwrap_or(0).saturating_add(1));
    file.take(size_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl OpenFile {
    /// A file that is in memory already, for input that comes from elsewhere than a folder.
    pub(crate) fn from_bytes(path: Arc<str>, bytes: Vec<u8>, config: &ReadConfig) -> Self {
        let mut hash = [0; 16];
        hash.copy_from_slice(&blake3::hash(&bytes).as_bytes()[..16]);
        Self {
            facts: FileFacts { size_bytes: bytes.len() as u64, modified_ns: 0, hash },
            path,
            config: config.clone(),
            source: Source::Held(bytes),
        }
    }

    /// Finds out what the file is and hands its pieces to `emit`, in order, until that breaks.
    ///
    /// # Errors
    /// When the file as a whole is no news, cannot be read on, or changed since it was opened; in the
    /// last case, what was handed out before is of no use.
    pub fn split(self, emit: &mut dyn FnMut(Result<RawItem, Rejected>) -> ControlFlow<()>) -> Result<(), Rejected> {
        let Self { facts, path, config, source } = self;
        let reject = |reason| Rejected::file(&path, reason);
        let unreadable = |error: io::Error| reject(RejectReason::Unreadable { kind: error.kind() });
        let file = match &source {
            Source::File(file) => Some(file.try_clone().map_err(unreadable)?),
            Source::Held(_) => None,
        };
        cut::cut(&path, source, facts.size_bytes, &config, emit).map_err(reject)?;
        if let Some(file) = file {
            let after = file.metadata().map_err(unreadable)?;
            if after.len() != facts.size_bytes || modified_ns(&after) != facts.modified_ns {
                return Err(reject(RejectReason::ChangedWhileRead));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn entry(file: &tempfile::NamedTempFile) -> FileEntry {
        let metadata = file.as_file().metadata().expect("it exists");
        FileEntry {
            path: super::super::walk::path_text(file.path()),
            fs_path: file.path().to_owned(),
            size_bytes: metadata.len(),
            modified_ns: modified_ns(&metadata),
        }
    }

    fn file(contents: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().expect("a temporary file");
        file.write_all(contents.as_bytes()).expect("space for it");
        file
    }

    fn split(open: OpenFile) -> (Vec<Result<RawItem, Rejected>>, Result<(), Rejected>) {
        let mut items = Vec::new();
        let outcome = open.split(&mut |item| {
            items.push(item);
            ControlFlow::Continue(())
        });
        (items, outcome)
    }

    fn streaming() -> ReadConfig {
        ReadConfig { max_article_bytes: 40, stream_from_bytes: 20, ..ReadConfig::default() }
    }

    #[test]
    fn streamed_and_held_lines_are_the_same() {
        let contents = "{\"text\":\"one\"}\n\n{\"text\":\"two\"}\n{\"text\":3}\n";
        let file = file(contents);
        let held = open(&entry(&file), &ReadConfig::default()).expect("readable");
        let streamed = open(&entry(&file), &streaming()).expect("readable");
        assert_eq!(held.facts, streamed.facts);
        assert_eq!(held.facts.size_bytes, contents.len() as u64);
        assert_eq!(split(held), split(streamed));
    }

    #[test]
    fn a_file_that_grows_is_refused() {
        let mut file = file("{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
        let streamed = open(&entry(&file), &streaming()).expect("readable");
        file.write_all(b"{\"text\":\"three\"}\n").expect("space for it");
        let (_, outcome) = split(streamed);
        assert_eq!(outcome.expect_err("it changed").reason, RejectReason::ChangedWhileRead);
    }

    #[test]
    fn limits_name_the_line() {
        let file = file(&format!("{{\"text\":\"one\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"two\"}}\n", "x".repeat(50)));
        let (items, outcome) = split(open(&entry(&file), &streaming()).expect("readable"));
        assert_eq!(outcome, Ok(()));
        let rejected = items.iter().find_map(|item| item.as_ref().err()).expect("a line too long");
        assert_eq!(rejected.origin.record, Some(2));
        assert_eq!(rejected.reason, RejectReason::TooLarge { size_bytes: 61, limit_bytes: 40 });
        let last = items.last().expect("three items").as_ref().expect("a line");
        assert_eq!((last.origin.record, last.bytes.as_slice()), (Some(3), b"{\"text\":\"two\"}\n".as_slice()));
    }

    #[test]
    fn what_cannot_be_opened_is_a_reject() {
        let gone = {
            let file = file("x");
            entry(&file)
        };
        let rejected = open(&gone, &ReadConfig::default()).expect_err("it is gone");
        assert_eq!(rejected.reason, RejectReason::Unreadable { kind: io::ErrorKind::NotFound });
    }
}
