//! Trains the embedded tagger, and measures it. See README.md beside this file.

mod augment;
mod clusters;
mod corpus;
mod guideline;
mod learn;
mod measure;
mod relabel;
mod score;
mod sources;
mod train;
mod wire;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use dateline::extract::gazetteer::Gazetteer;
use dateline::extract::tagger::decode::Decoder;
use dateline::extract::tagger::lexicon::Lexicon;
use dateline::extract::tagger::model::Model;

/// Trains the embedded tagger.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Learns the lexicon from word vectors and texts.
    Lexicon {
        /// Folder with `vectors`, `key2row` and `strings.json` of a spaCy model.
        #[arg(long)]
        vectors: PathBuf,
        /// Folder of the data.
        #[arg(long)]
        data: PathBuf,
        /// File to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Learns the model from annotated sets, and measures it.
    Train(train::TrainArguments),
    /// Measures a model.
    Measure {
        /// Folder of the data.
        #[arg(long)]
        data: PathBuf,
        /// The lexicon that the model was trained with.
        #[arg(long)]
        lexicon: PathBuf,
        /// The model.
        #[arg(long)]
        model: PathBuf,
        /// Set to list the errors of, such as `uner_pud/news_test`.
        #[arg(long)]
        errors: Option<String>,
        /// Most errors to list.
        #[arg(long, default_value_t = 100)]
        n_errors: usize,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Lexicon { vectors, data, out } => {
            let texts = corpus::running_texts(&data)?;
            write(&out, &clusters::build(&vectors, &texts)?.encode()?)
        }
        Command::Train(arguments) => train::train(&arguments),
        Command::Measure { data, lexicon, model, errors, n_errors } => {
            let model = Model::decode(&std::fs::read(&model)?)?;
            let decoder = Decoder::new(model, read_lexicon(&lexicon)?, Arc::new(Gazetteer::load()));
            match errors {
                Some(set) => measure::errors(&data, &set, &decoder, n_errors),
                None => {
                    measure::all_sets(&data, &decoder)?;
                    measure::confidence(&data, &decoder)
                }
            }
        }
    }
}

fn read_lexicon(path: &Path) -> Result<Lexicon> {
    let file = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Lexicon::decode(&file)?)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn say(line: std::fmt::Arguments<'_>) -> Result<()> {
    writeln!(std::io::stdout(), "{line}").context("cannot write to standard output")
}
