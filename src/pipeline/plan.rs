//! What to do with each file: the walk of the folders against what the index remembers.
//!
//! Both come in byte order of paths, so that they are joined like two sorted lists, without holding
//! either.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{PipelineConfig, PipelineError};
use crate::index::{KnownFile, KnownFiles};
use crate::read::{self, FileEntry, Rejected};

/// The work ahead of a run, as far as it can be told without reading files.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Files to read: new ones, and ones whose time or size differ from what is remembered.
    pub n_files: u64,
    /// Their sizes.
    pub n_bytes: u64,
    /// Files that the index does not know.
    pub new: PathList,
    /// Files whose time or size changed.
    pub changed: PathList,
    /// Files that are as remembered.
    pub n_unchanged_files: u64,
    /// Remembered files that are not there any more. Some may turn out to be renamed.
    pub gone: Vec<KnownFile>,
    /// What could not be walked.
    pub n_rejected: u64,
}

/// The first paths of a list, and how many there are.
#[derive(Clone, Debug, Default)]
pub struct PathList {
    /// The first [`PathList::MAX_SHOWN`].
    pub first: Vec<Arc<str>>,
    /// All.
    pub n_paths: u64,
}

impl PathList {
    /// Paths that are kept for show; the rest is counted, so that memory stays bounded.
    pub const MAX_SHOWN: usize = 1000;

    fn push(&mut self, path: &Arc<str>) {
        self.n_paths += 1;
        if self.first.len() < Self::MAX_SHOWN {
            self.first.push(path.clone());
        }
    }
}

/// One file, seen from both sides.
pub(super) enum Step {
    /// In the folder only.
    New(FileEntry),
    /// In both, and it may have changed.
    Doubtful(FileEntry, KnownFile),
    /// In both, as remembered.
    Unchanged(KnownFile),
    /// In the index only.
    Gone(KnownFile),
    /// Not readable.
    Rejected(Rejected),
}

/// Compares the folders with the index, reading no file.
///
/// # Errors
/// When a root does not exist or the index can't be read.
pub fn plan(roots: &[PathBuf], known: &KnownFiles, config: &PipelineConfig) -> Result<Plan, PipelineError> {
    let mut plan = Plan::default();
    for_each_step(roots, known, config, &mut |step| {
        match step {
            Step::New(entry) => {
                plan.n_files += 1;
                plan.n_bytes += entry.size_bytes;
                plan.new.push(&entry.path);
            }
            Step::Doubtful(entry, _) => {
                plan.n_files += 1;
                plan.n_bytes += entry.size_bytes;
                plan.changed.push(&entry.path);
            }
            Step::Unchanged(_) => plan.n_unchanged_files += 1,
            Step::Gone(file) => plan.gone.push(file),
            Step::Rejected(_) => plan.n_rejected += 1,
        }
        ControlFlow::Continue(())
    })?;
    Ok(plan)
}

/// Calls `each` for every file at or below the roots, in byte order of paths, until it breaks.
pub(super) fn for_each_step(
    roots: &[PathBuf],
    known: &KnownFiles,
    config: &PipelineConfig,
    each: &mut dyn FnMut(Step) -> ControlFlow<()>,
) -> Result<(), PipelineError> {
    let prefixes: Vec<Arc<str>> = roots.iter().filter_map(|root| absolute(root)).collect();
    let mut walk = read::walk(roots, &config.walk)?.peekable();
    let mut shields = Shields::default();
    let mut flow = ControlFlow::Continue(());

    known.for_each(|file| {
        if !prefixes.iter().any(|prefix| is_at_or_below(&file.path, prefix)) {
            return ControlFlow::Continue(());
        }
        while let Some(next) = walk.next_if(|next| path_of(next) < file.path.as_str()) {
            if let Err(rejected) = &next {
                shields.add(rejected);
            }
            flow = each(alone(next));
            if flow.is_break() {
                return ControlFlow::Break(());
            }
        }
        let step = match walk.next_if(|next| path_of(next) == file.path.as_str()) {
            Some(Ok(entry)) if is_as_remembered(&entry, &file, config) => Step::Unchanged(file),
            Some(Ok(entry)) => Step::Doubtful(entry, file),
            Some(Err(rejected)) => {
                let is_gone = rejected.reason.is_end();
                flow = each(Step::Rejected(rejected));
                if is_gone { Step::Gone(file) } else { Step::Unchanged(file) }
            }
            None if shields.cover(&file.path) => Step::Unchanged(file),
            None => Step::Gone(file),
        };
        if flow.is_continue() {
            flow = each(step);
        }
        flow
    })?;
    for next in walk {
        if flow.is_break() {
            break;
        }
        flow = each(alone(next));
    }
    Ok(())
}

/// Places that cannot be looked at for now: what is known of files there is not gone.
#[derive(Default)]
struct Shields(Vec<Arc<str>>);

impl Shields {
    fn add(&mut self, rejected: &Rejected) {
        if !rejected.reason.is_end() {
            self.0.push(rejected.origin.path.clone());
        }
    }

    /// Whether `path` is such a place or lies below one. Paths are asked for in byte order.
    fn cover(&mut self, path: &str) -> bool {
        // What comes behind all that can lie below a place has done with it.
        self.0.retain(|place| path < format!("{place}0").as_str());
        self.0.iter().any(|place| is_at_or_below(path, place))
    }
}

fn alone(next: Result<FileEntry, Rejected>) -> Step {
    match next {
        Ok(entry) => Step::New(entry),
        Err(rejected) => Step::Rejected(rejected),
    }
}

fn path_of(next: &Result<FileEntry, Rejected>) -> &str {
    match next {
        Ok(entry) => &entry.path,
        Err(rejected) => &rejected.origin.path,
    }
}

fn is_as_remembered(entry: &FileEntry, file: &KnownFile, config: &PipelineConfig) -> bool {
    // What could not be read may be readable with another converter or other names of columns.
    let may_be_mended = file.n_rejects > 0 && config.reads_otherwise();
    !may_be_mended
        && !config.compare_content
        && entry.modified_ns == file.modified_ns
        && entry.size_bytes == file.size_bytes
}

/// A file of the index that is still there and lies below none of the roots, and how many lie below none of them; `None`
/// where those are all gone, or there are none.
///
/// # Errors
/// When the index can't be read.
pub fn left_out(roots: &[PathBuf], known: &KnownFiles) -> Result<Option<(String, u64)>, PipelineError> {
    let prefixes: Vec<Arc<str>> = roots.iter().filter_map(|root| absolute(root)).collect();
    let (mut first, mut n_files) = (None, 0);
    known.for_each(|file| {
        if !prefixes.iter().any(|prefix| is_at_or_below(&file.path, prefix)) {
            n_files += 1;
            if first.is_none() && Path::new(&file.path).exists() {
                first = Some(file.path);
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok(first.map(|path| (path, n_files)))
}

fn absolute(root: &Path) -> Option<Arc<str>> {
    Some(read::path_text(&root.canonicalize().ok()?))
}

fn is_at_or_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_count_as_below() {
        assert!(is_at_or_below("/news/a.txt", "/news"));
        assert!(is_at_or_below("/news", "/news"));
        assert!(is_at_or_below("/news", "/"));
        assert!(!is_at_or_below("/newspaper/a.txt", "/news"));
    }
}
