//! Brings a file into memory, or sets it up to be streamed, and cuts it into units of work.
//!
//! The only part of reading that touches file contents. What the bytes mean is left to
//! [`super::parse`], which can run on another thread.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::ReadConfig;
use super::detect::{self, HEAD_BYTES};
use super::error::{RejectReason, Rejected};
use super::lines::{self, Batch};
use super::walk::{FileEntry, modified_ns};
use crate::article::{Format, Origin};

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
    max_article_bytes: u64,
    contents: Contents,
}

#[derive(Debug)]
enum Contents {
    /// The bytes themselves.
    Whole(Vec<u8>),
    /// JSON Lines too large to hold; read again from its start.
    Streamed(File),
}

/// A piece of a file that can be parsed alone: a whole file, or some lines of JSON Lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawItem {
    /// The file; for JSON Lines, `record` is the number of the first line.
    pub origin: Origin,
    /// The contents, undecoded.
    pub bytes: Vec<u8>,
    /// How to read them.
    pub format: Format,
}

/// Reads a file and takes its hash. Files of one article are held in memory, so at most
/// [`ReadConfig::max_article_bytes`]; larger JSON Lines are hashed now and read again by
/// [`OpenFile::split`].
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
    let contents = if size_bytes > config.stream_from_bytes.min(config.max_article_bytes) {
        let mut head = Vec::new();
        file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        let is_lines =
            !detect::is_two_byte(&head) && detect::detect(&entry.path, &head, false) == Ok(Format::JsonLines);
        file.seek(SeekFrom::Start(0))?;
        if is_lines {
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
    if let Some(bytes) = &contents {
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
        max_article_bytes: config.max_article_bytes,
        contents: contents.map_or(Contents::Streamed(file), Contents::Whole),
    })
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
            max_article_bytes: config.max_article_bytes,
            contents: Contents::Whole(bytes),
        }
    }

    /// Finds out what the file is and hands its pieces to `emit`, in order, until that breaks.
    ///
    /// # Errors
    /// When the file as a whole is no news, cannot be read on, or changed since it was opened; what
    /// was handed out before is then of no use.
    pub fn split(self, emit: &mut dyn FnMut(Result<RawItem, Rejected>) -> ControlFlow<()>) -> Result<(), Rejected> {
        let Self { facts, path, max_article_bytes, contents } = self;
        let reject = |reason| Rejected::file(&path, reason);
        let mut emit_batch = |batch| {
            emit(match batch {
                Batch::Lines { first_line, bytes } => Ok(RawItem {
                    origin: Origin { path: Arc::clone(&path), record: Some(first_line) },
                    bytes,
                    format: Format::JsonLines,
                }),
                Batch::TooLong { line, size_bytes } => Err(Rejected {
                    origin: Origin { path: Arc::clone(&path), record: Some(line) },
                    reason: RejectReason::TooLarge { size_bytes, limit_bytes: max_article_bytes },
                }),
            })
        };
        let unreadable = |error: io::Error| reject(RejectReason::Unreadable { kind: error.kind() });
        match contents {
            Contents::Whole(bytes) => match detect::detect(&path, &bytes, true).map_err(reject)? {
                Format::JsonLines => {
                    let bytes = if detect::is_two_byte(&bytes) {
                        super::decode::decode(&bytes, None).into_owned().into_bytes()
                    } else {
                        bytes
                    };
                    lines::batches(Cursor::new(bytes), max_article_bytes, &mut emit_batch).map_err(unreadable)
                }
                format => {
                    let origin = Origin { path: Arc::clone(&path), record: None };
                    let _ = emit(Ok(RawItem { origin, bytes, format }));
                    Ok(())
                }
            },
            Contents::Streamed(mut file) => {
                file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
                let reader = BufReader::with_capacity(CHUNK_BYTES, &file);
                lines::batches(reader, max_article_bytes, &mut emit_batch).map_err(unreadable)?;
                let after = file.metadata().map_err(unreadable)?;
                if after.len() != facts.size_bytes || modified_ns(&after) != facts.modified_ns {
                    return Err(reject(RejectReason::ChangedWhileRead));
                }
                Ok(())
            }
        }
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

    const STREAMING: ReadConfig = ReadConfig {
        max_article_bytes: 40,
        stream_from_bytes: 20,
        max_page_bytes: 1000,
        day_month_order: crate::read::DayMonthOrder::MonthFirst,
    };

    #[test]
    fn streamed_and_held_lines_are_the_same() {
        let contents = "{\"text\":\"one\"}\n\n{\"text\":\"two\"}\n{\"text\":3}\n";
        let file = file(contents);
        let held = open(&entry(&file), &ReadConfig::default()).expect("readable");
        let streamed = open(&entry(&file), &STREAMING).expect("readable");
        assert_eq!(held.facts, streamed.facts);
        assert_eq!(held.facts.size_bytes, contents.len() as u64);
        assert_eq!(split(held), split(streamed));
    }

    #[test]
    fn a_file_that_grows_is_refused() {
        let mut file = file("{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
        let streamed = open(&entry(&file), &STREAMING).expect("readable");
        file.write_all(b"{\"text\":\"three\"}\n").expect("space for it");
        let (_, outcome) = split(streamed);
        assert_eq!(outcome.expect_err("it changed").reason, RejectReason::ChangedWhileRead);
    }

    #[test]
    fn limits_name_the_line() {
        let file = file(&format!("{{\"text\":\"one\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"two\"}}\n", "x".repeat(50)));
        let (items, outcome) = split(open(&entry(&file), &STREAMING).expect("readable"));
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
