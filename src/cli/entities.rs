//! `dateline entities`.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use dateline::entities::EntityRules;
use dateline::present::rules;

use super::context::Advised;
use super::{Context, Exit};

/// Arguments of `entities`.
#[derive(Args, Debug)]
#[command(after_help = "\
The rules stand in `entities.toml` beside the folder of the index, or in the
file that `--entities` names. They hold wherever the index is read: searches,
filters, facets, tables, passages, `show`. The index itself stays as it is:
delete a rule, and all is as before. An entity goes by its key (`ann-lee`) or
by a name that is shown for it; the kind is `person`, `place` or `org`.

  [[merge]]                       # all of them are the first one
  person = [\"Ann Lee\", \"Anne Lee\", \"a-lee\"]
  name = \"Ann Lee\"               # name to show, if another

  [[split]]                       # some mentions are somebody else
  person = \"John Smith\"
  into = \"John Smith (golfer)\"
  with = [\"PGA Tour\"]           # where the article names one of these too;
  mentions = [\"Johnny Smith\"]   # where these are the words;
  articles = [\"d5543044a6940314\"]  # in these articles; all has to hold

  [[block]]                       # this is no such entity
  org = [\"Breaking News\"]

  [[rename]]                      # is shown by another name
  place = \"myanmar\"
  name = \"Burma\"

  [[retag]]                       # is of another kind
  person = \"Siemens\"
  to = \"org\"

Mentions are split off first, then kinds are set right, then entities are
merged, then blocked, then named, whatever the order of the file.")]
pub(crate) struct EntitiesArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Check the rules, and say what each of them touches. Ends with 1 when one touches nothing.
    Check {
        /// The rules [default: those that a search would use].
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

pub(crate) fn run(args: &EntitiesArgs, context: &Context) -> anyhow::Result<Exit> {
    let Action::Check { file } = &args.action;
    let path = file.clone().unwrap_or_else(|| context.rules_path());
    if !path.exists() {
        let message = format!("there is no `{}`", path.display());
        return Err(Advised { message, hint: "`dateline entities --help` shows what to write".to_owned() }.into());
    }
    let searcher = context.searcher_with(Some(read(&path)?))?;
    let effects = searcher.rule_effects()?;
    let mut output = context.output();
    let known = searcher.rules();
    if let Some(known) = known {
        if context.json() {
            rules::effects_json(&mut output, known, &effects)?;
        } else {
            rules::effects(&mut output, known, &effects, context.theme())?;
        }
    }
    output.flush()?;
    if known.is_none() {
        context.say(format_args!("`{}` has no rules", path.display()));
    }
    let all_touch = effects.iter().all(|effect| effect.n_mentions > 0 && effect.unknown.is_empty());
    Ok(if all_touch { Exit::Success } else { Exit::Partial })
}

/// The rules of a file.
pub(super) fn read(path: &Path) -> anyhow::Result<EntityRules> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(EntityRules::parse(path, &text)?)
}
