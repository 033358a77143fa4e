//! `dateline`: see `dateline --help`.

mod cli;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::Parser;

use cli::{Cli, Context, Exit};

/// What failed, and where in the code.
static FAILURE: Mutex<String> = Mutex::new(String::new());

fn main() -> ExitCode {
    #[cfg(feature = "pdf")]
    if let Some(ended) = cli::read_pdf_if_asked() {
        return ended;
    }
    cli::leave_ignored_alone();
    let cli = Cli::try_parse().unwrap_or_else(|error| cli::refuse(&error));
    let context = Context::new(cli.common());
    keep_failures_for_main();
    match catch_unwind(AssertUnwindSafe(|| cli::run(cli))) {
        Ok(Ok(Exit::Success)) => ExitCode::SUCCESS,
        Ok(Ok(Exit::Partial)) => ExitCode::from(1),
        Ok(Err(error)) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            context.fail(&error);
            ExitCode::from(2)
        }
        Err(_) => {
            context.fail_unexpectedly(&FAILURE.lock().unwrap_or_else(PoisonError::into_inner));
            ExitCode::from(2)
        }
    }
}

/// What goes wrong on this thread is told at the end, as an error like any other; what other threads do is
/// told at once.
fn keep_failures_for_main() {
    let main = std::thread::current().id();
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |failure| {
        if std::thread::current().id() == main && std::env::var_os("RUST_BACKTRACE").is_none() {
            let said = failure.payload_as_str().unwrap_or("no reason was given");
            let place = failure.location().map(|place| format!(" ({place})")).unwrap_or_default();
            *FAILURE.lock().unwrap_or_else(PoisonError::into_inner) = format!("{said}{place}");
        } else {
            tell(failure);
        }
    }));
}
