//! Hands lines over to a program of the user's, on a thread of its own: one that is slow holds nobody up.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::super::Context;
use super::super::context::Advised;
use super::super::program::{NoProgram, end, find_program, split};
use super::Told;

/// The longest that the program may take for a line.
const MAX_TIME: Duration = Duration::from_secs(60);
/// The longest that all lines may take that are left once all is to stop.
const MAX_TIME_AT_END: Duration = Duration::from_secs(2);
/// After a failure, the program is run again for the line after so long; after the last of them, the line is given
/// up. A service that is started again, or a network that comes back, takes seconds.
const TRY_AGAIN_AFTER: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(5), Duration::from_secs(30)];
/// How often a running program is looked after.
const PATIENCE: Duration = Duration::from_millis(10);

/// A program that is run for each line.
pub(in super::super) struct Runner {
    /// Program and arguments.
    words: Vec<String>,
    queue: Mutex<Queue>,
    has_changed: Condvar,
}

#[derive(Default)]
struct Queue {
    lines: VecDeque<Line>,
    /// Lines that were given up.
    n_lost: usize,
    /// When no more lines were to come.
    closed: Option<Instant>,
}

/// A line that waits.
struct Line {
    told: Told,
    n_failures: usize,
    /// When to run the program for it.
    due: Instant,
}

impl Runner {
    /// Checks that there is a program that can be run.
    pub(super) fn new(typed: &str) -> anyhow::Result<Self> {
        let words = split(typed).with_context(|| format!("a quote in `{typed}` is not closed"))?;
        let name_one = || "name a program: `--exec 'notify-send News'`".to_owned();
        let Some(program) = words.first() else {
            return Err(Advised { message: "`--exec` names no program".to_owned(), hint: name_one() }.into());
        };
        match find_program(program) {
            Ok(()) => {}
            Err(NoProgram::Missing) => {
                let message = format!("cannot find the program `{program}` of `--exec`");
                return Err(Advised { message, hint: name_one() }.into());
            }
            Err(NoProgram::NotExecutable) => {
                let message = format!("`{program}` of `--exec` is a file that may not be run");
                let hint =
                    format!("make it a program with `chmod +x {program}`, or name what reads it: `sh {program}`");
                return Err(Advised { message, hint }.into());
            }
        }
        Ok(Self { words, queue: Mutex::default(), has_changed: Condvar::new() })
    }

    /// Puts lines behind those that wait.
    pub(super) fn add(&self, told: impl IntoIterator<Item = Told>) {
        let due = Instant::now();
        self.queue().lines.extend(told.into_iter().map(|told| Line { told, n_failures: 0, due }));
        self.has_changed.notify_all();
    }

    /// Hands lines over until [`Self::close`], and what is left then, as far as the time for that goes.
    pub(in super::super) fn work(&self, context: &Context) {
        while let Some(line) = self.next() {
            if let Err(failed) = self.run(&line.told.bytes) {
                self.fail(line, &failed, context);
            }
        }
    }

    /// Has [`Self::work`] come to its end.
    pub(in super::super) fn close(&self) {
        self.queue().closed.get_or_insert_with(Instant::now);
        self.has_changed.notify_all();
    }

    /// Lines that wait or were given up.
    pub(super) fn n_not_handed_over(&self) -> usize {
        let queue = self.queue();
        queue.lines.len() + queue.n_lost
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Nothing in it is ever half done.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the next line; `None` at the end.
    fn next(&self) -> Option<Line> {
        let mut queue = self.queue();
        loop {
            let now = Instant::now();
            if let Some(closed) = queue.closed
                && (queue.lines.is_empty() || now - closed >= MAX_TIME_AT_END)
            {
                return None;
            }
            let is_closed = queue.closed.is_some();
            // One that failed does not hold up those behind it.
            if let Some(at) = queue.lines.iter().position(|line| is_closed || line.due <= now) {
                return queue.lines.remove(at);
            }
            let first_due = queue.lines.iter().map(|line| line.due).min();
            queue = match first_due {
                None => self.has_changed.wait(queue).unwrap_or_else(PoisonError::into_inner),
                Some(due) => self.has_changed.wait_timeout(queue, due - now).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }

    /// Puts a line back that could not be handed over, or gives it up.
    fn fail(&self, mut line: Line, failed: &Failed, context: &Context) {
        let mut queue = self.queue();
        // What hangs may have done its work, and would hang again.
        let again = TRY_AGAIN_AFTER.get(line.n_failures).filter(|_| !failed.is_late && queue.closed.is_none());
        let what = format!("`{}` {} for {}", self.words[0], failed.what, line.told.about);
        match again {
            Some(&after) => {
                line.n_failures += 1;
                line.due = Instant::now() + after;
                let is_first = line.n_failures == 1;
                queue.lines.push_back(line);
                drop(queue);
                if is_first {
                    context.warn(format_args!("{what}; it will be tried again"));
                }
            }
            None => {
                queue.n_lost += 1;
                drop(queue);
                context.warn(format_args!("{what}; given up"));
            }
        }
    }

    /// Runs the program with `line` as its input, and waits for its end. One that takes too long, or that is at work
    /// when all is to stop, is ended.
    fn run(&self, line: &[u8]) -> Result<(), Failed> {
        let cannot_run = |error: io::Error| Failed { what: format!("cannot be run ({error})"), is_late: false };
        let mut command = Command::new(&self.words[0]);
        // Standard output is for our own lines.
        command.args(&self.words[1..]).stdin(Stdio::piped()).stdout(Stdio::null());
        // Ctrl-C is for this program.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(cannot_run)?;
        let mut input = child.stdin.take();
        let line = line.to_owned();
        // A program may well not want its input; one that is slow to read it must not hold us up.
        let feeder = std::thread::Builder::new().spawn(move || input.as_mut().map(|input| input.write_all(&line)));
        let began = Instant::now();
        let ended = feeder.and_then(|_| {
            loop {
                if let Some(status) = child.try_wait()? {
                    return Ok(Some(status));
                }
                let is_over = self.queue().closed.is_some_and(|closed| closed.elapsed() >= MAX_TIME_AT_END);
                if is_over || began.elapsed() >= MAX_TIME {
                    return Ok(None);
                }
                std::thread::sleep(PATIENCE);
            }
        });
        if !matches!(ended, Ok(Some(_))) {
            end(&mut child);
        }
        match ended.map_err(cannot_run)? {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(Failed { what: format!("failed ({status})"), is_late: false }),
            None => {
                Err(Failed { what: format!("was ended after {} seconds", began.elapsed().as_secs()), is_late: true })
            }
        }
    }
}

/// Why a program did not do its work.
struct Failed {
    what: String,
    /// Whether it was ended for that it took too long.
    is_late: bool,
}
