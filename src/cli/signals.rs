//! Signals that end a run.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;

use super::Context;

/// A flag that Ctrl-C, SIGTERM and the end of the terminal set; the second signal ends the process at once.
pub(super) fn stop_on_signal(context: &Context) -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    let quiet = context.quiet();
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            // What is committed is safe at any moment.
            std::process::exit(130);
        }
        if !quiet {
            let _ = writeln!(std::io::stderr(), "\nstopping: finishing the files being read, then committing");
        }
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(stop)
}

/// Keeps signals away that whoever started this program had it ignore, as `nohup` does and shells do for what runs in
/// the background: a handler would take the place of that. To be called before there is any other thread.
#[cfg(target_os = "linux")]
pub(crate) fn leave_ignored_alone() {
    use nix::sys::signal::{SigSet, Signal};

    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    let mut blocked = SigSet::empty();
    for signal in [Signal::SIGHUP, Signal::SIGINT] {
        if (ignored >> (signal as i32 - 1)) & 1 == 1 {
            blocked.add(signal);
        }
    }
    // Where it can't be done, they end the run.
    let _ = blocked.thread_block();
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn leave_ignored_alone() {}
