//! `dateline`: see `dateline --help`.

mod cli;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Context, Exit};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let context = Context::new(cli.common());
    match cli::run(cli) {
        Ok(Exit::Success) => ExitCode::SUCCESS,
        Ok(Exit::Partial) => ExitCode::from(1),
        Err(error) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            context.fail(&error);
            ExitCode::from(2)
        }
    }
}
