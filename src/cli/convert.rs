//! Runs a program of the user's on a file, without a shell, with limits on its time and its output.

use std::io::{self, Read, Seek, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use dateline::read::{ConvertError, Converter};

use super::program::{NoProgram, end, find_program, split};

/// The longest that one file may take. Scanned pages aside, converters need a second or two.
const MAX_TIME: Duration = Duration::from_secs(60);

/// The most that may come of one file.
const MAX_OUTPUT_BYTES: u64 = 64 << 20;

/// So much of what a program complains about is kept.
const MAX_COMPLAINT_BYTES: u64 = 4096;

/// How often a running program is looked after.
const PATIENCE: Duration = Duration::from_millis(5);

/// How long to wait for the last of what a program that failed complains about.
const COMPLAINT_PATIENCE: Duration = Duration::from_millis(500);

/// What stands for the file.
const FILE: &str = "{}";

/// A program with its arguments.
#[derive(Debug)]
pub(super) struct Program {
    /// What errors call it.
    name: String,
    extension: String,
    words: Vec<String>,
    /// Whether it is a command of this very program, which answers of every file: when it fails, the file is not to
    /// blame.
    is_own: bool,
}

impl Program {
    /// Checks that `command` can be split and that its program is there.
    pub(super) fn new(extension: String, command: &str) -> anyhow::Result<Self> {
        let words = split(command).with_context(|| format!("a quote in `{command}` is not closed"))?;
        let Some(program) = words.first() else { bail!("`--convert {extension}=` names no command") };
        match find_program(program) {
            Ok(()) => {}
            Err(NoProgram::Missing) => {
                bail!("cannot find the program `{program}` of `--convert {extension}={command}`");
            }
            Err(NoProgram::NotExecutable) => {
                bail!("`{program}` of `--convert {extension}={command}` is a file that may not be run");
            }
        }
        Ok(Self { name: format!("`{program}`"), extension, words, is_own: false })
    }

    /// A command of this very program.
    #[cfg(feature = "pdf")]
    pub(super) fn own(name: &str, extension: &str, command: &str) -> io::Result<Self> {
        let program = std::env::current_exe()?.to_string_lossy().into_owned();
        let words = vec![program, command.to_owned()];
        Ok(Self { name: name.to_owned(), extension: extension.to_owned(), words, is_own: true })
    }
}

impl Converter for Program {
    fn extension(&self) -> &str {
        &self.extension
    }

    fn convert(&self, contents: &[u8]) -> Result<Vec<u8>, ConvertError> {
        let fail = |error: io::Error| self.hindered(&format!("cannot be run: {error}"));
        let suffix = format!(".{}", self.extension);
        let file = tempfile::Builder::new().prefix("dateline-").suffix(&suffix).tempfile();
        // The error would name a file of another name each time.
        let mut file = file.map_err(|error| fail(error.kind().into()))?;
        file.write_all(contents).and_then(|()| file.flush()).and_then(|()| file.rewind()).map_err(fail)?;
        let path = file.path().to_string_lossy().into_owned();
        let takes_path = self.words.iter().any(|word| word.contains(FILE));
        let mut command = Command::new(&self.words[0]);
        command.args(self.words[1..].iter().map(|word| word.replace(FILE, &path)));
        let input = if takes_path { Stdio::null() } else { Stdio::from(file.reopen().map_err(fail)?) };
        // Ctrl-C is for this program, which finishes the files being read.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(fail)?;
        self.watch(child)
    }
}

impl Program {
    fn watch(&self, mut child: Child) -> Result<Vec<u8>, ConvertError> {
        let output = self.output(&mut child);
        if output.is_err() {
            end(&mut child);
        }
        output
    }

    /// What it writes until it ends and nobody holds its output open, itself or a child of its own.
    fn output(&self, child: &mut Child) -> Result<Vec<u8>, ConvertError> {
        let fail = |error: io::Error| self.hindered(&format!("cannot be run: {error}"));
        let started = Instant::now();
        let output = drain(child.stdout.take(), MAX_OUTPUT_BYTES + 1).map_err(fail)?;
        let complaint = drain(child.stderr.take(), MAX_COMPLAINT_BYTES).map_err(fail)?;
        let mut written = None;
        loop {
            written = written.or_else(|| output.try_recv().ok());
            if written.as_ref().is_some_and(|written| written.len() as u64 > MAX_OUTPUT_BYTES) {
                return Err(self.refused(format!("wrote more than {MAX_OUTPUT_BYTES} bytes")));
            }
            match child.try_wait().map_err(fail)? {
                Some(status) if !status.success() => {
                    return Err(self.failed(status, &complaint.recv_timeout(COMPLAINT_PATIENCE).unwrap_or_default()));
                }
                Some(_) if written.is_some() => return Ok(written.unwrap_or_default()),
                _ if started.elapsed() >= MAX_TIME => return Err(self.too_slow()),
                _ => std::thread::sleep(PATIENCE),
            }
        }
    }

    /// Why it did not end well.
    fn failed(&self, status: ExitStatus, complaint: &[u8]) -> ConvertError {
        let complaint = String::from_utf8_lossy(complaint);
        let first = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
        let how = status.code().map_or("was killed".to_owned(), |code| format!("ended with code {code}"));
        let said = if first.is_empty() { String::new() } else { format!(": {first}") };
        let detail = format!("{how}{said}");
        let is_chance = if status.code().is_some() { self.is_own } else { was_killed_by_somebody(status) };
        if is_chance { self.hindered(&detail) } else { self.refused(detail) }
    }

    fn too_slow(&self) -> ConvertError {
        self.hindered(&format!("took longer than {} seconds", MAX_TIME.as_secs()))
    }

    /// An error that another run may not meet.
    fn hindered(&self, what: &str) -> ConvertError {
        ConvertError { detail: format!("{} {what}", self.name), may_pass: true }
    }

    /// An error that the file is to blame for.
    fn refused(&self, what: String) -> ConvertError {
        ConvertError { detail: format!("{} {what}", self.name), may_pass: false }
    }
}

/// Whether a signal ended it that somebody sent, not one that comes of a crash.
#[cfg(unix)]
fn was_killed_by_somebody(status: ExitStatus) -> bool {
    /// SIGHUP, SIGINT, SIGQUIT, SIGKILL and SIGTERM, on every system.
    const SENT: [i32; 5] = [1, 2, 3, 9, 15];
    std::os::unix::process::ExitStatusExt::signal(&status).is_some_and(|signal| SENT.contains(&signal))
}

#[cfg(not(unix))]
fn was_killed_by_somebody(_status: ExitStatus) -> bool {
    true
}

/// Reads a pipe to its end, on a thread of its own, and keeps `max_bytes` of it.
fn drain(pipe: Option<impl Read + Send + 'static>, max_bytes: u64) -> io::Result<Receiver<Vec<u8>>> {
    let (sender, receiver) = channel();
    std::thread::Builder::new().spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.by_ref().take(max_bytes).read_to_end(&mut bytes);
            let _ = sender.send(bytes);
            // A program that can't write on would never end.
            let _ = io::copy(&mut pipe, &mut io::sink());
        }
    })?;
    Ok(receiver)
}
