//! The last end of the pipeline: writes what was found, file by file, and counts it.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Sender, bounded};

use super::feed::Feeder;
use super::gone::Gone;
use super::plan::Plan;
use super::{Event, IN_FLIGHT_BYTES, PipelineConfig, PipelineError, QUEUE_LENGTH, Report, work};
use crate::article::Origin;
use crate::extract::Extractor;
use crate::index::{ByteBudget, IndexWriter, KnownFiles};
use crate::read::Rejected;
use crate::schema::document::Prepared;
use crate::schema::stored::{FileRow, Rejects, StoredReject};

/// Number of a file within a run.
pub(super) type FileId = u64;

/// What a file was in the last commit.
pub(super) enum Was {
    Absent,
    Here(FileRow),
    Elsewhere(FileRow),
}

/// A file whose items are on their way.
pub(super) struct Begin {
    pub(super) row: FileRow,
    pub(super) version: Arc<str>,
    pub(super) was: Was,
}

/// What feeder and workers tell the sink.
pub(super) enum Message {
    Begin(FileId, Begin),
    Article(FileId, Box<Prepared>),
    Rejected(FileId, Rejected),
    ItemDone(FileId),
    End { file: FileId, n_items: u64, is_whole: bool },
    NotWalked(FileId, Rejected),
    NotOpened { file: FileId, rejected: Rejected, was: Was, n_bytes: u64 },
    Touched(FileId, FileRow),
    Unchanged { file: FileId, path: String, n_articles: u64, rejects: Rejects },
    Gone(FileRow),
    Pause(Sender<()>),
    Failed(PipelineError),
}

/// Runs feeder, workers and sink.
#[expect(clippy::too_many_arguments, reason = "private, called once: the arguments of `run` and its plan")]
pub(super) fn run(
    roots: &[PathBuf],
    writer: &mut IndexWriter,
    known: &KnownFiles,
    plan: &Plan,
    extractor: &dyn Extractor,
    config: &PipelineConfig,
    stop: &AtomicBool,
    events: &mut dyn FnMut(Event<'_>),
) -> Result<Report, PipelineError> {
    let budget = ByteBudget::new(IN_FLIGHT_BYTES);
    let commit_is_due = AtomicBool::new(false);
    let fields = writer.fields().clone();
    let (items, items_out) = bounded(QUEUE_LENGTH);
    let (messages, messages_out) = bounded(QUEUE_LENGTH);

    std::thread::scope(|scope| {
        let feeder = Feeder {
            known,
            config,
            stop,
            commit_is_due: &commit_is_due,
            budget: &budget,
            items,
            messages: messages.clone(),
            gone: Gone::new(&plan.gone),
            next_file: 0,
        };
        scope.spawn(move || feeder.run(roots));
        for _ in 0..config.n_workers.max(1) {
            let (items, messages) = (items_out.clone(), messages.clone());
            let (budget, fields) = (&budget, &fields);
            scope.spawn(move || work::run(&items, &messages, budget, extractor, fields, &config.read));
        }
        drop(items_out);
        drop(messages);

        let mut sink = Sink {
            writer,
            config,
            events,
            commit_is_due: &commit_is_due,
            in_flight: HashMap::new(),
            settled: BTreeMap::new(),
            n_settled: 0,
            report: Report::default(),
            n_uncommitted: 0,
            paused: None,
        };
        // Leaving the loop early drops the receiver, which ends feeder and workers.
        for message in messages_out {
            if let Err(error) = sink.take(message) {
                budget.close();
                return Err(error);
            }
        }
        sink.finish(stop.load(Ordering::Relaxed))
    })
}

struct Sink<'a> {
    writer: &'a mut IndexWriter,
    config: &'a PipelineConfig,
    events: &'a mut dyn FnMut(Event<'_>),
    commit_is_due: &'a AtomicBool,
    in_flight: HashMap<FileId, InFlight>,
    /// Rejects of files that are done before an earlier file is: they are named in order.
    settled: BTreeMap<FileId, (Arc<str>, Rejects)>,
    /// Files whose rejects were named.
    n_settled: FileId,
    report: Report,
    n_uncommitted: u64,
    paused: Option<Sender<()>>,
}

struct InFlight {
    begin: Begin,
    /// Items that have to be done; unknown until the file is read to its end.
    n_items: Option<u64>,
    n_items_done: u64,
    is_whole: bool,
    /// Whether the file or a part of it could not be read for a reason that may pass.
    must_retry: bool,
}

impl Sink<'_> {
    fn take(&mut self, message: Message) -> Result<(), PipelineError> {
        match message {
            Message::Begin(file, begin) => {
                let in_flight = InFlight { begin, n_items: None, n_items_done: 0, is_whole: true, must_retry: false };
                self.in_flight.insert(file, in_flight);
            }
            Message::Article(file, prepared) => {
                let content_id = prepared.content_id;
                self.writer.add_article(*prepared)?;
                self.file(file).begin.row.content_ids.push(content_id);
            }
            Message::Rejected(file, rejected) => {
                let in_flight = self.file(file);
                in_flight.must_retry |= rejected.reason.may_pass();
                let row = &mut in_flight.begin.row;
                row.reject(stored(&rejected, &row.path));
            }
            Message::ItemDone(file) => {
                self.file(file).n_items_done += 1;
                self.settle(file)?;
            }
            Message::End { file, n_items, is_whole } => {
                let in_flight = self.file(file);
                in_flight.n_items = Some(n_items);
                in_flight.is_whole = is_whole;
                self.settle(file)?;
            }
            Message::NotWalked(file, rejected) => self.reject_file(file, &rejected),
            Message::NotOpened { file, rejected, was, n_bytes } => {
                if let Was::Here(row) = was {
                    if rejected.reason.may_pass() {
                        self.report.n_unchanged += row.content_ids.len() as u64;
                    } else {
                        self.remove(&row);
                    }
                }
                self.report.n_files += 1;
                self.reject_file(file, &rejected);
                (self.events)(Event::FileDone { n_bytes, n_articles: 0 });
            }
            Message::Touched(file, row) => {
                self.writer.remember_file(&row)?;
                self.n_uncommitted += 1;
                let (path, n_articles, n_bytes) = (row.path.clone(), row.content_ids.len() as u64, row.size_bytes);
                self.as_it_was(file, &path, n_articles, row.into_rejects());
                (self.events)(Event::FileDone { n_bytes, n_articles: 0 });
            }
            Message::Unchanged { file, path, n_articles, rejects } => self.as_it_was(file, &path, n_articles, rejects),
            Message::Gone(row) => self.remove(&row),
            Message::Pause(done) => {
                self.paused = Some(done);
                self.commit_if_settled()?;
            }
            Message::Failed(error) => return Err(error),
        }
        Ok(())
    }

    fn file(&mut self, file: FileId) -> &mut InFlight {
        self.in_flight.get_mut(&file).expect("a file begins before anything else is said of it")
    }

    fn reject_file(&mut self, file: FileId, rejected: &Rejected) {
        let path = &rejected.origin.path;
        self.name_rejects(file, path, Rejects { named: vec![stored(rejected, path)], n_more: 0 });
    }

    fn as_it_was(&mut self, file: FileId, path: &str, n_articles: u64, rejects: Rejects) {
        self.report.n_files += 1;
        self.report.n_unchanged += n_articles;
        self.name_rejects(file, path, rejects);
    }

    /// Names what could not be read, in the order of the walk, whichever thread was first.
    fn name_rejects(&mut self, file: FileId, path: &str, rejects: Rejects) {
        self.settled.insert(file, (Arc::from(path), rejects));
        while let Some((path, rejects)) = self.settled.remove(&self.n_settled) {
            self.n_settled += 1;
            self.report.n_rejected += rejects.named.len() as u64 + rejects.n_more;
            let rest = rejects.rest();
            for StoredReject { inside, record, reason } in rejects.named {
                let path = if inside.is_empty() { path.clone() } else { Arc::from(format!("{path}{inside}")) };
                let origin = Origin { path, record };
                (self.events)(Event::Rejected { origin: &origin, reason: &reason });
            }
            if let Some(reason) = rest {
                (self.events)(Event::Rejected { origin: &Origin { path, record: None }, reason: &reason });
            }
        }
    }

    fn remove(&mut self, row: &FileRow) {
        self.writer.delete_version(&row.version());
        self.writer.forget_file(&row.path);
        self.report.n_deleted += row.content_ids.len() as u64;
        self.n_uncommitted += 1;
    }

    /// Closes a file once all its items are done.
    fn settle(&mut self, file: FileId) -> Result<(), PipelineError> {
        let in_flight = self.file(file);
        if in_flight.n_items != Some(in_flight.n_items_done) {
            return Ok(());
        }
        let in_flight = self.in_flight.remove(&file).expect("it was there a line ago");
        self.close(file, in_flight)?;
        self.commit_if_settled()
    }

    fn close(&mut self, file: FileId, in_flight: InFlight) -> Result<(), PipelineError> {
        let InFlight { begin: Begin { mut row, version, was }, is_whole, must_retry, .. } = in_flight;
        let n_articles = row.content_ids.len() as u64;
        row.content_ids.sort_unstable();
        row.rejects.sort_unstable();
        self.name_rejects(file, &row.path, Rejects { named: row.rejects.clone(), n_more: row.n_more_rejects });
        self.n_uncommitted += n_articles.max(1);
        self.report.n_files += 1;
        // The same file, of which less could be read this time for a reason that may pass.
        let is_poorer = match &was {
            Was::Here(old) if must_retry && old.hash == row.hash => {
                n_common(&old.content_ids, &row.content_ids) < old.content_ids.len() as u64
            }
            _ => false,
        };
        if !is_whole || must_retry && n_articles == 0 || is_poorer {
            // Half a file is no file: what it was stays.
            self.writer.delete_version(&version);
            if let Was::Here(old) | Was::Elsewhere(old) = was {
                self.report.n_unchanged += old.content_ids.len() as u64;
            }
            return Ok(());
        }
        self.report.n_bytes += row.size_bytes;
        match &was {
            Was::Absent => self.report.n_added += n_articles,
            Was::Elsewhere(old) => self.report.n_renamed += self.count_change(&old.content_ids, &row.content_ids),
            Was::Here(old) => self.report.n_unchanged += self.count_change(&old.content_ids, &row.content_ids),
        }
        if let Was::Here(old) | Was::Elsewhere(old) = &was {
            self.writer.delete_version(&old.version());
            self.writer.forget_file(&old.path);
        }
        // What was wrong stays wrong while the file stays as it is: it is remembered, and named each time. Where
        // another run may do better, no time is as remembered.
        if must_retry {
            row.modified_ns = NO_TIME;
        }
        self.writer.remember_file(&row)?;
        (self.events)(Event::FileDone { n_bytes: row.size_bytes, n_articles });
        if self.n_uncommitted >= self.config.articles_per_commit {
            self.commit_is_due.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Counts a file that changed by the articles in it, and returns how many are as they were: both lists are sorted.
    fn count_change(&mut self, old: &[u64], new: &[u64]) -> u64 {
        let n_same = n_common(old, new);
        let (n_old, n_new) = (old.len() as u64 - n_same, new.len() as u64 - n_same);
        let n_changed = n_old.min(n_new);
        self.report.n_changed += n_changed;
        self.report.n_added += n_new - n_changed;
        self.report.n_deleted += n_old - n_changed;
        n_same
    }

    fn commit_if_settled(&mut self) -> Result<(), PipelineError> {
        if !self.in_flight.is_empty() {
            return Ok(());
        }
        if let Some(done) = self.paused.take() {
            self.commit()?;
            self.commit_is_due.store(false, Ordering::Relaxed);
            // An error means that the feeder is gone, which the end of messages will tell.
            let _ = done.send(());
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), PipelineError> {
        if self.n_uncommitted > 0 {
            self.writer.commit()?;
            self.n_uncommitted = 0;
            (self.events)(Event::Committed);
        }
        Ok(())
    }

    fn finish(mut self, is_interrupted: bool) -> Result<Report, PipelineError> {
        for (file, in_flight) in std::mem::take(&mut self.in_flight) {
            self.close(file, InFlight { is_whole: false, ..in_flight })?;
        }
        self.commit()?;
        self.report.is_interrupted = is_interrupted;
        Ok(self.report)
    }
}

/// A time of change that no file has.
const NO_TIME: i64 = i64::MIN;

/// What is remembered of a reject in the file at `path`.
fn stored(rejected: &Rejected, path: &str) -> StoredReject {
    let Origin { path: place, record } = &rejected.origin;
    let inside = place.strip_prefix(path).unwrap_or("").to_owned();
    StoredReject { inside, record: *record, reason: rejected.reason.to_string() }
}

/// How many values two sorted lists share, each counted as often as it stands in both.
fn n_common(left: &[u64], right: &[u64]) -> u64 {
    let (mut at_left, mut at_right, mut n_common) = (0, 0, 0);
    while let (Some(one), Some(other)) = (left.get(at_left), right.get(at_right)) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => at_left += 1,
            std::cmp::Ordering::Greater => at_right += 1,
            std::cmp::Ordering::Equal => {
                at_left += 1;
                at_right += 1;
                n_common += 1;
            }
        }
    }
    n_common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_values_count_as_often_as_they_stand_in_both() {
        assert_eq!(n_common(&[1, 2, 2, 3], &[2, 2, 2, 4]), 2);
        assert_eq!(n_common(&[], &[1]), 0);
    }
}
