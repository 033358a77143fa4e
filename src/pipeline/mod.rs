//! The only place that joins reading, extraction and an index.
//!
//! One thread walks and reads (`feed`), several parse and extract (`work`), the caller's thread
//! writes (`sink`); bounded queues and a budget of bytes lie between them, so that memory does not
//! grow with the corpus. What to do with a file is decided by comparing the walk with what the index
//! remembers (`plan`); of files that are gone, some have moved (`gone`).

mod feed;
mod follow;
mod gone;
mod links;
mod plan;
mod sink;
mod work;

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::article::Origin;
use crate::extract::Extractor;
use crate::index::{IndexError, IndexWriter};
use crate::read::{ReadConfig, ReadError, WalkConfig};

pub use follow::{Change, FollowConfig, FollowError, Follower};
pub use plan::{PathList, Plan, left_out, plan};

/// How to run.
#[derive(Clone, Debug)]
pub struct PipelineConfig {
    /// Which files to walk.
    pub walk: WalkConfig,
    /// How to read them.
    pub read: ReadConfig,
    /// Threads that parse and extract; at least 1.
    pub n_workers: usize,
    /// Articles after which a commit is made, at the end of the files then being read.
    pub articles_per_commit: u64,
    /// Compare files by content even where time and size are as remembered.
    pub compare_content: bool,
}

impl Default for PipelineConfig {
    fn default() -> Self {
        let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            walk: WalkConfig::default(),
            read: ReadConfig::default(),
            n_workers: n_cores,
            // A commit costs a second or so: 50,000 articles are about half a minute of work to lose.
            articles_per_commit: 50_000,
            compare_content: false,
        }
    }
}

impl PipelineConfig {
    /// Whether files are read in another way than by default.
    fn reads_otherwise(&self) -> bool {
        !self.read.converters.is_empty() || !self.read.columns.is_empty()
    }
}

/// Bytes of files that are read and not yet indexed.
const IN_FLIGHT_BYTES: u64 = 8 << 20;
/// Messages between threads; each is at most one article.
const QUEUE_LENGTH: usize = 64;

/// Something worth showing while indexing runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// The folders were walked; this is the work ahead.
    Planned(&'a Plan),
    /// A file is done.
    FileDone {
        /// Its size.
        n_bytes: u64,
        /// Articles in it.
        n_articles: u64,
    },
    /// Something could not be read.
    Rejected {
        /// Where it stands.
        origin: &'a Origin,
        /// Why it was left out.
        reason: &'a str,
    },
    /// Everything so far is safe.
    Committed,
}

/// What a run did, in articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Articles that were not there before.
    pub n_added: u64,
    /// Articles that stand where another text stood.
    pub n_changed: u64,
    /// Articles that are gone.
    pub n_deleted: u64,
    /// Articles of files that moved.
    pub n_renamed: u64,
    /// Articles that are as they were.
    pub n_unchanged: u64,
    /// Files and records that could not be read.
    pub n_rejected: u64,
    /// Files that were looked at.
    pub n_files: u64,
    /// Bytes that were read.
    pub n_bytes: u64,
    /// Whether the run was stopped before its end; what it had done is committed.
    pub is_interrupted: bool,
    /// How long it took.
    pub elapsed: Duration,
}

/// Why a run failed. The index stays at its last commit.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// Nothing could be walked.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The index can't be written.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Brings the index in line with the folders: adds, changes, deletes, follows renames, commits.
///
/// Only files at or below `roots` are compared; everything else in the index stays. When `stop`
/// becomes true, the files being read are finished, what is done is committed, and the report says so.
///
/// # Errors
/// When a root does not exist or the index can't be written.
pub fn run(
    roots: &[PathBuf],
    writer: &mut IndexWriter,
    extractor: &dyn Extractor,
    config: &PipelineConfig,
    stop: &AtomicBool,
    events: &mut dyn FnMut(Event<'_>),
) -> Result<Report, PipelineError> {
    let started = std::time::Instant::now();
    let known = writer.known_files()?;
    let plan = plan::plan(roots, &known, config)?;
    events(Event::Planned(&plan));
    let mut report = sink::run(roots, writer, &known, &plan, extractor, config, stop, events)?;
    report.elapsed = started.elapsed();
    Ok(report)
}
