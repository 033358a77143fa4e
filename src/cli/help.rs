//! `dateline help`: the program, a command, or the query language.

use clap::{Args, CommandFactory};
use dateline::search::query::GRAMMAR;

use super::context::Advised;
use super::{Cli, Context, Exit};

/// Arguments of `help`.
#[derive(Args, Debug)]
pub(crate) struct HelpArgs {
    /// A command, or `query` for the query language.
    #[arg(value_name = "COMMAND|query")]
    topic: Option<String>,
}

/// The query language.
const QUERY: &str = "query";

pub(crate) fn run(args: &HelpArgs, context: &Context) -> anyhow::Result<Exit> {
    let mut command = Cli::command();
    command.build();
    let page = match args.topic.as_deref() {
        None => command.render_long_help().to_string(),
        Some(QUERY) => GRAMMAR.to_owned(),
        Some(name) => match command.find_subcommand_mut(name) {
            Some(known) => known.render_long_help().to_string(),
            None => {
                let message = format!("there is no command `{name}`");
                let hint = "`dateline help` lists them; `dateline help query` is the query language".to_owned();
                return Err(Advised { message, hint }.into());
            }
        },
    };
    context.write(page.as_bytes())?;
    Ok(Exit::Success)
}
