//! Reads PDF in a process of its own, with limits on memory and time: what takes such files apart stops at
//! some that are damaged, and that must cost one file.

use std::sync::Arc;

use dateline::read::Converter;

/// Who reads PDF: this program, started anew for each file.
#[cfg(feature = "pdf")]
pub(super) fn reader() -> anyhow::Result<Option<Arc<dyn Converter>>> {
    use anyhow::Context as _;

    let program = super::convert::Program::own("the reader of PDF", "pdf", COMMAND);
    Ok(Some(Arc::new(program.context("cannot find out where this program lies")?)))
}

#[cfg(not(feature = "pdf"))]
#[expect(clippy::unnecessary_wraps, reason = "as with the feature")]
pub(super) fn reader() -> anyhow::Result<Option<Arc<dyn Converter>>> {
    Ok(None)
}

/// What this program is started with to read a file; no command of users.
#[cfg(feature = "pdf")]
const COMMAND: &str = "read-pdf";

/// Reads a file where this program was started to do so.
#[cfg(feature = "pdf")]
pub(crate) fn run_if_asked() -> Option<std::process::ExitCode> {
    let is_asked = std::env::args_os().skip(1).eq([COMMAND]);
    is_asked.then(|| if run().is_ok() { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::from(2) })
}

/// Reads a file of PDF from stdin and writes an [`dateline::read::pdf::Answer`].
#[cfg(feature = "pdf")]
fn run() -> std::io::Result<()> {
    use std::io::{Read as _, Write as _};

    use dateline::read::pdf::{Answer, PdfError, extract};

    limit();
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    // Where the panic happened is of no use to who reads the report.
    std::panic::set_hook(Box::new(|_| {}));
    let answer = match std::panic::catch_unwind(|| extract(&bytes)) {
        Ok(Ok(text)) => Answer::Text(text),
        Ok(Err(error)) => Answer::Error(error.to_string()),
        Err(_) => Answer::Error(PdfError::Damaged("a part of it is not what it should be".to_owned()).to_string()),
    };
    let mut stdout = std::io::stdout().lock();
    serde_json::to_writer(&mut stdout, &answer)?;
    stdout.flush()
}

/// Lets the system end this process when it takes too much.
#[cfg(all(feature = "pdf", unix))]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    /// Bytes. A paper of a hundred pages takes a tenth of that.
    const MAX_MEMORY: u64 = 2 << 30;
    /// Seconds, fewer than the parent waits: a file that takes them is one that always will, however busy the machine.
    const MAX_CPU: u64 = 55;
    for (resource, most, last) in
        [(Resource::As, MAX_MEMORY, MAX_MEMORY), (Resource::Cpu, MAX_CPU, MAX_CPU + 5), (Resource::Core, 0, 0)]
    {
        // Where limits can't be set, the time that the parent allows is left.
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(last) });
    }
}

#[cfg(all(feature = "pdf", not(unix)))]
fn limit() {}
