//! The first end of the pipeline: walks, compares, reads files and cuts them into items.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Sender, bounded};

use super::gone::Gone;
use super::plan::{Step, for_each_step};
use super::sink::{Begin, FileId, Message, Was};
use super::work::Work;
use super::{PipelineConfig, PipelineError};
use crate::index::{ByteBudget, KnownFile, KnownFiles};
use crate::read::{self, FileEntry, OpenFile, RejectReason, Rejected};
use crate::schema::stored::{FileRow, Rejects};

pub(super) struct Feeder<'a> {
    pub(super) known: &'a KnownFiles,
    pub(super) config: &'a PipelineConfig,
    pub(super) stop: &'a AtomicBool,
    pub(super) commit_is_due: &'a AtomicBool,
    pub(super) budget: &'a ByteBudget,
    pub(super) items: Sender<Work>,
    pub(super) messages: Sender<Message>,
    /// Files that are gone: each may have moved to where a new one is.
    pub(super) gone: Gone,
    pub(super) next_file: FileId,
}

impl Feeder<'_> {
    /// Feeds every file that has to be read, then what is gone for good. Ends early when `stop` is
    /// set or the sink is gone.
    pub(super) fn run(mut self, roots: &[PathBuf]) {
        let (known, config) = (self.known, self.config);
        let walked = for_each_step(roots, known, config, &mut |step| match self.step(step) {
            Ok(flow) => flow,
            Err(error) => {
                self.tell(Message::Failed(error));
                ControlFlow::Break(())
            }
        });
        if let Err(error) = walked {
            self.tell(Message::Failed(error));
        } else if !self.stop.load(Ordering::Relaxed) {
            let Self { gone, messages, .. } = self;
            for file in gone.rest() {
                let message = known.row(&file).map_or_else(|error| Message::Failed(error.into()), Message::Gone);
                // Nothing follows.
                let _ = messages.send(message);
            }
        }
    }

    fn step(&mut self, step: Step) -> Result<ControlFlow<()>, PipelineError> {
        if self.stop.load(Ordering::Relaxed) {
            return Ok(ControlFlow::Break(()));
        }
        if self.commit_is_due.load(Ordering::Relaxed) {
            self.wait_for_commit();
        }
        let flow = match step {
            Step::New(entry) => match read::open(&entry, &self.config.read) {
                Ok(file) => {
                    let content = (file.facts.size_bytes, file.facts.hash);
                    let was = match self.gone.take(content, self.known)? {
                        Some(row) if *row.path == *entry.path => Was::Here(row),
                        Some(row) => Was::Elsewhere(row),
                        None => Was::Absent,
                    };
                    self.feed(&entry, file, was)
                }
                Err(rejected) => self.not_opened(rejected, Was::Absent, entry.size_bytes),
            },
            Step::Doubtful(entry, known_file) => {
                self.gone.is_there(&known_file.path);
                let row = self.known.row(&known_file)?;
                match read::open(&entry, &self.config.read) {
                    // What could not be read then may be readable now.
                    Ok(file) if file.facts.hash == row.hash && row.n_rejects() == 0 => {
                        let facts = file.facts;
                        let row = FileRow { modified_ns: facts.modified_ns, size_bytes: facts.size_bytes, ..row };
                        let file = self.next_id();
                        self.send(Message::Touched(file, row))
                    }
                    Ok(file) => self.feed(&entry, file, Was::Here(row)),
                    Err(rejected) => self.not_opened(rejected, Was::Here(row), entry.size_bytes),
                }
            }
            Step::Unchanged(file) => {
                self.gone.is_there(&file.path);
                let rejects =
                    if file.n_rejects > 0 { self.known.row(&file)?.into_rejects() } else { Rejects::default() };
                let (id, KnownFile { path, n_articles, .. }) = (self.next_id(), file);
                self.send(Message::Unchanged { file: id, path, n_articles, rejects })
            }
            // Known from the plan already.
            Step::Gone(_) => ControlFlow::Continue(()),
            Step::Rejected(rejected) => {
                let file = self.next_id();
                self.send(Message::NotWalked(file, rejected))
            }
        };
        Ok(flow)
    }

    fn next_id(&mut self) -> FileId {
        let id = self.next_file;
        self.next_file += 1;
        id
    }

    fn not_opened(&mut self, rejected: Rejected, was: Was, n_bytes: u64) -> ControlFlow<()> {
        let file = self.next_id();
        self.send(Message::NotOpened { file, rejected, was, n_bytes })
    }

    fn feed(&mut self, entry: &FileEntry, file: OpenFile, was: Was) -> ControlFlow<()> {
        let id = self.next_id();
        let facts = file.facts;
        let row = FileRow {
            path: entry.path.to_string(),
            modified_ns: facts.modified_ns,
            size_bytes: facts.size_bytes,
            hash: facts.hash,
            content_ids: Vec::new(),
            rejects: Vec::new(),
            n_more_rejects: 0,
            // Articles of another reading bear another version: they stay until these are all there.
            n_readings: match &was {
                Was::Here(old) if old.hash == facts.hash => old.n_readings.wrapping_add(1),
                _ => 0,
            },
        };
        let version: Arc<str> = Arc::from(row.version());
        let was_known = !matches!(was, Was::Absent);
        let begun = self.send(Message::Begin(id, Begin { row, version: version.clone(), was }));
        if begun.is_break() {
            return begun;
        }

        let mut n_items = 0;
        let mut is_whole = true;
        let split = file.split(&mut |cut| match cut {
            Ok(item) => {
                if self.stop.load(Ordering::Relaxed) {
                    is_whole = false;
                    return ControlFlow::Break(());
                }
                n_items += 1;
                let n_bytes = item.bytes.len() as u64;
                if !self.budget.take(n_bytes) {
                    return ControlFlow::Break(());
                }
                match self.items.send(Work { file: id, file_version: version.clone(), item, n_bytes }) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            }
            Err(rejected) => self.send(Message::Rejected(id, rejected)),
        });
        if let Err(rejected) = split {
            // Of a file that changes while it is read nothing counts, and of one that is taken away what it was does,
            // until it is read whole.
            let has_changed = matches!(rejected.reason, RejectReason::ChangedWhileRead);
            is_whole &= !(has_changed || was_known && rejected.reason.may_pass());
            self.tell(Message::Rejected(id, rejected));
        }
        self.send(Message::End { file: id, n_items, is_whole })
    }

    /// Lets the sink commit at a moment when no file is half done.
    fn wait_for_commit(&self) {
        let (done, wait) = bounded(1);
        if self.messages.send(Message::Pause(done)).is_ok() {
            // An error means that the sink is gone; the next send will notice.
            let _ = wait.recv();
        }
    }

    /// Sends what nothing follows.
    fn tell(&self, message: Message) {
        let _ = self.messages.send(message);
    }

    fn send(&self, message: Message) -> ControlFlow<()> {
        match self.messages.send(message) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}
