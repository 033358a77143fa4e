//! Why reading said no: a root that is not there, a file or record that is no article.
//!
//! Bad input is data here: a [`Rejected`] travels beside the articles to the report, with the place
//! and a reason that a person can act on. Only a wrong request is a [`ReadError`].

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::article::{Format, Origin};

/// A file or record that did not become an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where it stands.
    pub origin: Origin,
    /// Why it was left out.
    pub reason: RejectReason,
}

impl Rejected {
    /// Rejects a whole file.
    pub(crate) fn file(path: &Arc<str>, reason: RejectReason) -> Self {
        Self { origin: Origin { path: Arc::clone(path), record: None }, reason }
    }
}

/// What was wrong with a file or record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RejectReason {
    /// No bytes, or nothing but white space.
    #[error("is empty")]
    Empty,
    /// Readable, but nothing in it is running text.
    #[error("no article text was found in it")]
    NoText,
    /// Withdrawn by those who published it, whatever text was sent along.
    #[error("was withdrawn by its publisher (status `{status}`)")]
    Withdrawn {
        /// The status, as the item states it.
        status: String,
    },
    /// Not published by those who wrote it: a draft.
    #[error("was not published (status `{status}`)")]
    Unpublished {
        /// The status, as the record states it.
        status: String,
    },
    /// Not text at all.
    #[error("is {kind}, not text")]
    Binary {
        /// What the bytes are, with its article: `a PNG image`.
        kind: String,
    },
    /// A known format of news that has no reader yet.
    #[error("{format} is not read yet; {remedy}")]
    UnreadFormat {
        /// Name of the format.
        format: &'static str,
        /// What the user can do.
        remedy: &'static str,
    },
    /// A text file of a kind that holds no articles.
    #[error("`.{extension}` files hold no articles; rename it to `.txt` to have it read as plain text")]
    UnknownFormat {
        /// Extension of the file, in lower case.
        extension: String,
    },
    /// Readable, but cut off or corrupted; what could be read of it was.
    #[error("is damaged or cut off ({detail}); what could be read of it was")]
    Damaged {
        /// What the decoder said.
        detail: String,
    },
    /// XML that cannot be read on.
    #[error("broken XML at byte {byte}: {detail}; what stands before it was read")]
    BrokenXml {
        /// Offset into the decoded text.
        byte: u64,
        /// What the parser said.
        detail: String,
    },
    /// Packed data that unpacks without end.
    #[error("unpacks to more than {limit} times its size; unpack it first if that is no mistake")]
    Bomb {
        /// The largest ratio that is read.
        limit: u64,
    },
    /// Packed data whose unpacking takes more memory than is given to it.
    #[error("needs more than {limit_mib} MiB of memory to unpack; unpack it first")]
    NeedsMemory {
        /// The limit.
        limit_mib: u32,
    },
    /// An archive with more files than any archive of news.
    #[error("holds more than {limit} files; unpack it first")]
    TooManyMembers {
        /// The limit.
        limit: u64,
    },
    /// Archives in archives in archives.
    #[error("lies deeper than {limit} archives; unpack it first")]
    TooNested {
        /// The limit.
        limit: usize,
    },
    /// Locked by a password.
    #[error("is encrypted")]
    Encrypted,
    /// Records of an archive or export that are no articles, named once.
    #[error("{n_left_out} of {n_records} {what}: {kinds}")]
    LeftOut {
        /// How many.
        n_left_out: u64,
        /// Of how many.
        n_records: u64,
        /// What is said of them.
        what: &'static str,
        /// Their kinds, with numbers.
        kinds: String,
    },
    /// A collection in which nothing stands.
    #[error("no entries were found in it ({})", format.name())]
    NoRecords {
        /// Its format.
        format: Format,
    },
    /// A table in which no column is known to hold text.
    #[error("no column is called text, body or content; it has {columns}; name one with `--map text=COLUMN`")]
    NoTextColumn {
        /// Its columns.
        columns: String,
    },
    /// A table of which headlines were read, and of which a column that is not known may hold the texts.
    #[error(
        "no column is called text, body or content, so that headlines alone were read; it has {columns}; name one \
         with `--map text=COLUMN`"
    )]
    HeadlinesAlone {
        /// Its columns.
        columns: String,
    },
    /// JSON in which no member is known to hold text.
    #[error("no member is called text, body or content; it has {members}; name one with `--map text=MEMBER`")]
    NoTextMember {
        /// Members of the first record.
        members: String,
    },
    /// A row of a table in which a quote opens and none closes.
    #[error("has a quotation mark that is never closed")]
    OpenQuote,
    /// A row of a table with more cells than the header has columns, whose text does not stand last.
    #[error(
        "has {n_cells} cells for {n_columns} columns; what stands in those was read, the rest was not; put texts \
         with such marks in quotation marks"
    )]
    SurplusCells {
        /// Cells of the row.
        n_cells: usize,
        /// Columns of the header.
        n_columns: usize,
    },
    /// Pages of PDF that could not be read.
    #[error("this PDF cannot be read: {detail}")]
    PdfFailed {
        /// What the reader said.
        detail: String,
    },
    /// A converter that failed.
    #[error("the converter failed on it: {detail}")]
    ConverterFailed {
        /// What it said.
        detail: String,
    },
    /// Who should read it could not be run, was killed or was not done in time; another run may do better.
    #[error("could not be read this time: {detail}")]
    Hindered {
        /// What went wrong.
        detail: String,
    },
    /// Larger than what one article may take.
    #[error("has {size_bytes} bytes, more than the {limit_bytes} that one article may have; split it")]
    TooLarge {
        /// Size of the file or record.
        size_bytes: u64,
        /// The limit, from [`super::ReadConfig`].
        limit_bytes: u64,
    },
    /// Nested deeper than anything written by people or sane programs.
    #[error("is nested deeper than {limit} levels")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Structure that no person wrote: thousands of attributes in a tag, millions of empty lists.
    #[error("holds far more structure than text")]
    Tangled,
    /// Not JSON, or cut off.
    #[error("invalid JSON at line {line}, column {column}: {detail}")]
    InvalidJson {
        /// 1-based line of the file.
        line: u64,
        /// 1-based column, in bytes.
        column: u64,
        /// What the parser expected.
        detail: String,
    },
    /// Valid JSON that is no article and no list of articles.
    #[error("expected an object with a title and a text, found {found}")]
    NotAnArticle {
        /// What stands there instead.
        found: String,
    },
    /// The operating system refused.
    #[error("{}", unreadable(*kind))]
    Unreadable {
        /// What the operating system said.
        kind: io::ErrorKind,
    },
    /// An index of ours: what is in it was read already.
    #[error("is an index of dateline, and no news")]
    IsIndex,
    /// A symbolic link that leads back to a folder above it.
    #[error("is a symbolic link that leads back to `{ancestor}`")]
    SymlinkLoop {
        /// The folder it leads back to.
        ancestor: String,
    },
    /// A socket, pipe or device.
    #[error("is {kind}, not a file")]
    SpecialFile {
        /// What it is, with its article.
        kind: &'static str,
    },
    /// Written to between the first and the last byte read.
    #[error("changed while it was read; index again")]
    ChangedWhileRead,
    /// A reader gave up in an unforeseen way; a bug, contained.
    #[error("the {} reader failed on it; please report this file", format.name())]
    ReaderFailed {
        /// The reader that failed.
        format: Format,
    },
}

fn unreadable(kind: io::ErrorKind) -> String {
    match kind {
        io::ErrorKind::NotFound => "is gone, or a link that leads nowhere".to_owned(),
        kind => format!("cannot be read: {kind}"),
    }
}

impl RejectReason {
    /// Whether the same file may well be readable at the next run, unchanged.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Unreadable { .. } | Self::ChangedWhileRead | Self::Hindered { .. })
    }

    /// Whether nothing that could be read stands at this place any more, as opposed to something that cannot be
    /// looked at for now.
    pub fn is_end(&self) -> bool {
        match self {
            Self::SpecialFile { .. } | Self::SymlinkLoop { .. } | Self::IsIndex => true,
            Self::Unreadable { kind } => matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory),
            _ => false,
        }
    }

    /// Whether nothing more can be taken from the archive in which this was met.
    pub(crate) fn ends_archive(&self) -> bool {
        matches!(self, Self::Bomb { .. } | Self::TooManyMembers { .. } | Self::Unreadable { .. })
    }
}

/// A request to read that cannot be carried out.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A folder or file named by the user is missing or cannot be looked at.
    #[error("cannot read `{}`", path.display())]
    Root {
        /// As the user named it.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}
