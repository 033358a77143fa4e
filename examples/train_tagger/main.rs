//! Trains the embedded tagger. See README.md beside this file.

mod clusters;
mod corpus;
mod learn;
mod score;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use dateline::extract::gazetteer::Gazetteer;
use dateline::extract::tagger::decode::Decoder;
use dateline::extract::tagger::lexicon::Lexicon;
use dateline::extract::tagger::model::Model;

use corpus::{Document, Guideline, Recase};
use learn::{Examples, LearnConfig, Random};

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
    /// Learns the model from annotated sets.
    Train(TrainArguments),
    /// Measures a model on sets that it was not trained on.
    Measure {
        /// Folder of the data.
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        lexicon: PathBuf,
        #[arg(long)]
        model: PathBuf,
        /// Set to list the errors of, such as `uner_pud/news_test`.
        #[arg(long)]
        errors: Option<String>,
        #[arg(long, default_value_t = 100)]
        n_errors: usize,
    },
}

#[derive(Args)]
struct TrainArguments {
    /// Folder of the data.
    #[arg(long)]
    data: PathBuf,
    #[arg(long)]
    lexicon: PathBuf,
    /// File to write.
    #[arg(long)]
    out: PathBuf,
    /// Sets to leave out, such as `gmb`.
    #[arg(long, value_delimiter = ',')]
    without: Vec<String>,
    /// Also train on the held-out parts (never on uner_pud).
    #[arg(long)]
    everything: bool,
    #[arg(long, default_value_t = 8)]
    epochs: usize,
    #[arg(long, default_value_t = 0.15)]
    rate: f32,
    #[arg(long, default_value_t = 0.0)]
    decay: f32,
    #[arg(long, default_value_t = 0.1)]
    hidden: f32,
    #[arg(long, default_value_t = 0.03)]
    masked: f32,
    #[arg(long, default_value_t = 2)]
    fewest: u32,
    #[arg(long, default_value_t = 0.05)]
    smallest: f32,
    #[arg(long, default_value_t = 0.0)]
    bias: f32,
    /// Percent of sentences in title case, and in capitals.
    #[arg(long, default_value_t = 3)]
    recased: u64,
    /// Weights of sets, such as `gmb=0.5`.
    #[arg(long, value_delimiter = ',')]
    weights: Vec<String>,
    /// Sets whose labels are set against those of a model of the other sets.
    #[arg(long, value_delimiter = ',')]
    repair: Vec<String>,
    /// How: `union`, `open`, `replace`.
    #[arg(long, default_value = "union")]
    repair_mode: String,
    /// Model to set labels against, instead of learning one from the other sets.
    #[arg(long)]
    trusted: Option<PathBuf>,
    /// Learn from every n-th document only.
    #[arg(long, default_value_t = 1)]
    every: usize,
}

/// A file of the data folder.
struct Source {
    name: &'static str,
    guideline: Guideline,
    /// Weight in training.
    weight: f32,
    /// Kept for measuring unless everything is trained on.
    is_held_out: bool,
}

const PLAIN: Guideline = Guideline { has_misc: true, cuts_hyphens: false, has_documents: true, has_titles: false };

const fn source(name: &'static str, guideline: Guideline, weight: f32, is_held_out: bool) -> Source {
    Source { name, guideline, weight, is_held_out }
}

const TWEETS: f32 = 0.5;

/// Everything that may be learnt from. uner_pud is not here and must not be.
const SOURCES: &[Source] = &[
    source("gmb/train", Guideline { has_titles: true, ..PLAIN }, 1.0, false),
    source("gmb/dev", Guideline { has_titles: true, ..PLAIN }, 1.0, false),
    source("gmb/test", Guideline { has_titles: true, ..PLAIN }, 1.0, true),
    source("redocred/train", Guideline { cuts_hyphens: true, ..PLAIN }, 1.0, false),
    source("redocred/dev", Guideline { cuts_hyphens: true, ..PLAIN }, 1.0, true),
    source("redocred/test", Guideline { cuts_hyphens: true, ..PLAIN }, 1.0, false),
    source("crossner/train", Guideline { has_documents: false, ..PLAIN }, 1.0, false),
    source("crossner/dev", Guideline { has_documents: false, ..PLAIN }, 1.0, false),
    source("crossner/test", Guideline { has_documents: false, ..PLAIN }, 1.0, false),
    source("wikigold/train", PLAIN, 1.0, false),
    source("wikigold/dev", PLAIN, 1.0, true),
    source("wikigold/test", PLAIN, 1.0, true),
    source("btc/train", Guideline { has_misc: false, ..PLAIN }, TWEETS, false),
    source("btc/dev", Guideline { has_misc: false, ..PLAIN }, TWEETS, false),
    source("btc/test", Guideline { has_misc: false, ..PLAIN }, TWEETS, false),
    source("wnut17/train", PLAIN, TWEETS, false),
    source("wnut17/dev", PLAIN, TWEETS, false),
    source("gum/train", Guideline { has_misc: false, cuts_hyphens: true, has_titles: true, ..PLAIN }, 1.0, false),
    source("gum/news_test", Guideline { has_misc: false, cuts_hyphens: true, has_titles: true, ..PLAIN }, 1.0, true),
    source("uner_ewt/train", Guideline { has_misc: false, cuts_hyphens: true, ..PLAIN }, 1.0, false),
    source("uner_ewt/dev", Guideline { has_misc: false, cuts_hyphens: true, ..PLAIN }, 1.0, true),
    source("europarl/test", PLAIN, 1.0, false),
    source("re3d/train", Guideline { cuts_hyphens: true, has_titles: true, ..PLAIN }, 1.0, false),
];

/// Sets to measure on.
const TESTS: &[&str] = &[
    "uner_pud/news_test",
    "uner_pud/test",
    "gum/news_test",
    "wikigold/dev",
    "wikigold/test",
    "redocred/dev",
    "gmb/test",
    "uner_ewt/dev",
    "re3d/train",
    "europarl/test",
    "crossner/train",
    "btc/news_g",
];

/// The sets whose mean decides between models: none of them is trained on, unless everything is.
const CHOOSING: &[&str] = &[
    "uner_pud/news_test",
    "uner_pud/test",
    "gum/news_test",
    "wikigold/dev",
    "wikigold/test",
    "redocred/dev",
    "uner_ewt/dev",
];

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Lexicon { vectors, data, out } => {
            let texts = running_texts(&data)?;
            let lexicon = clusters::build(&vectors, &texts)?;
            std::fs::write(&out, lexicon.encode()?).with_context(|| format!("cannot write {}", out.display()))
        }
        Command::Train(arguments) => train(&arguments),
        Command::Measure { data, lexicon, model, errors, n_errors } => {
            let started = Instant::now();
            let model = Model::decode(&std::fs::read(&model)?)?;
            let decoder = Decoder::new(model, Lexicon::decode(&std::fs::read(&lexicon)?)?, Arc::new(Gazetteer::load()));
            say(format_args!("loaded in {:?}", started.elapsed()))?;
            match errors {
                Some(set) => list_errors(&data, &set, &decoder, n_errors),
                None => measure(&data, &decoder),
            }
        }
    }
}

fn say(line: std::fmt::Arguments<'_>) -> Result<()> {
    writeln!(std::io::stdout(), "{line}").context("cannot write to standard output")
}

fn set_path(data: &Path, name: &str) -> PathBuf {
    data.join("ner").join(format!("{name}.conll"))
}

fn train(arguments: &TrainArguments) -> Result<()> {
    let lexicon = Lexicon::decode(&std::fs::read(&arguments.lexicon)?)?;
    let gazetteer = Arc::new(Gazetteer::load());
    let started = Instant::now();
    let mut random = Random(20_261_123);
    let mut sets = Vec::new();
    for source in SOURCES {
        let folder = source.name.split('/').next().unwrap_or_default();
        let is_left_out = arguments.without.iter().any(|name| name == folder || name == source.name);
        if is_left_out || source.is_held_out && !arguments.everything {
            continue;
        }
        let mut weight = source.weight;
        for entry in &arguments.weights {
            let (name, value) = entry.split_once('=').context("weights look like gmb=0.5")?;
            if name == folder {
                weight = value.parse()?;
            }
        }
        let draws: Vec<u64> = (0..1009).map(|_| random.next() % 100).collect();
        let recase = |i: usize| match draws[i % draws.len()] {
            draw if draw < arguments.recased => Recase::Title,
            draw if draw < 2 * arguments.recased => Recase::Upper,
            _ => Recase::Keep,
        };
        let documents = corpus::read_training(&set_path(&arguments.data, source.name), source.guideline, recase)?;
        let documents: Vec<Document> = documents.into_iter().step_by(arguments.every).collect();
        sets.push((folder, weight, documents));
    }
    let config = LearnConfig {
        n_epochs: arguments.epochs,
        rate: arguments.rate,
        decay: arguments.decay,
        hidden_share: arguments.hidden,
        masked_share: arguments.masked,
        smallest_weight: arguments.smallest,
        inside_bias: arguments.bias,
        seed: 1,
    };
    if !arguments.repair.is_empty() {
        let needs_repair = |folder: &str| arguments.repair.iter().any(|name| name == folder);
        let model = match &arguments.trusted {
            Some(path) => Model::decode(&std::fs::read(path)?)?,
            None => {
                let mut trusted = Examples::new();
                for (_, weight, documents) in sets.iter().filter(|(folder, ..)| !needs_repair(folder)) {
                    documents.iter().for_each(|document| trusted.add(document, &lexicon, &gazetteer, *weight));
                }
                trusted.drop_rare(arguments.fewest);
                learn::learn(&trusted, &config, |_, _| {})
            }
        };
        let decoder =
            Decoder::new(model, Lexicon::decode(&std::fs::read(&arguments.lexicon)?)?, Arc::clone(&gazetteer));
        for (_, _, documents) in sets.iter_mut().filter(|(folder, ..)| needs_repair(folder)) {
            for document in documents {
                corpus::repair(document, &decoder, &arguments.repair_mode);
            }
        }
        say(format_args!("repaired in {:?}", started.elapsed()))?;
    }
    let mut examples = Examples::new();
    for (_, weight, documents) in &sets {
        documents.iter().for_each(|document| examples.add(document, &lexicon, &gazetteer, *weight));
    }
    let n_all = examples.n_features();
    examples.drop_rare(arguments.fewest);
    say(format_args!(
        "{} candidate tokens, {} of {n_all} features, {} of {} name tokens out of reach, read in {:?}",
        examples.n_tokens(),
        examples.n_features(),
        examples.n_lost,
        examples.n_names,
        started.elapsed()
    ))?;
    let model = learn::learn(&examples, &config, |epoch, loss| {
        // Progress is a courtesy: a closed terminal does not stop the training.
        let _ = say(format_args!("epoch {epoch}: loss {loss:.5}, {:?}", started.elapsed()));
    });
    let file = model.encode()?;
    std::fs::write(&arguments.out, &file).with_context(|| format!("cannot write {}", arguments.out.display()))?;
    say(format_args!("{} features, {} bytes, {:?}", model.n_features(), file.len(), started.elapsed()))?;
    let decoder = Decoder::new(model, lexicon, gazetteer);
    measure(&arguments.data, &decoder)
}

fn measure(data: &Path, decoder: &Decoder) -> Result<()> {
    let (mut sum_all, mut sum_two) = (0.0, 0.0);
    let plain = TESTS.iter().map(|name| (*name, Recase::Keep, *name));
    let recased = [("pud_news, titles", Recase::Title, TESTS[0]), ("pud_news, capitals", Recase::Upper, TESTS[0])];
    for (name, recase, file) in plain.chain(recased) {
        let documents = corpus::read_test(&set_path(data, file), recase)?;
        let n_tokens: usize = documents.iter().map(|document| document.tokens.len()).sum();
        let started = Instant::now();
        let score = score::score(decoder, &documents, |_, _, _| {});
        let speed = n_tokens as f64 / started.elapsed().as_secs_f64() / 1000.0;
        say(format_args!("{name:20} {score} {speed:.0}k/s"))?;
        if CHOOSING.contains(&name) {
            sum_two += score.people_and_places().f1() / CHOOSING.len() as f64;
            sum_all += score.all().f1() / CHOOSING.len() as f64;
        }
    }
    say(format_args!("mean of {} sets: PER+LOC {sum_two:.2} all {sum_all:.2}", CHOOSING.len()))
}

fn list_errors(data: &Path, set: &str, decoder: &Decoder, n_errors: usize) -> Result<()> {
    let documents = corpus::read_test(&set_path(data, set), Recase::Keep)?;
    let mut lines = Vec::new();
    let score = score::score(decoder, &documents, |document: &Document, (start, end, class), is_found| {
        let range = |a: usize, b: usize| &document.text[document.gold_tokens[a].start..document.gold_tokens[b - 1].end];
        let around = range(start.saturating_sub(6), (end + 5).min(document.gold_tokens.len())).replace('\n', " / ");
        let kind = if is_found { "wrong " } else { "missed" };
        lines.push(format!("{kind} {class:?} [{}] … {around}", range(start, end)));
    });
    for line in lines.iter().take(n_errors) {
        say(format_args!("{line}"))?;
    }
    say(format_args!("{set} {score}"))
}

/// Running text of the training sets and of the open news, a sentence or paragraph each.
fn running_texts(data: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for source in SOURCES {
        for document in corpus::read_training(&set_path(data, source.name), source.guideline, |_| Recase::Keep)? {
            texts.extend(document.text.lines().map(str::to_string));
        }
    }
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(data.join("news"))
        .into_iter()
        .filter_map(|entry| entry.ok().map(|entry| entry.into_path()))
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        match file.extension().and_then(|e| e.to_str()) {
            Some("json") => {
                let record: serde_json::Value = serde_json::from_str(&text)?;
                texts.extend(record["text"].as_str().unwrap_or_default().lines().map(str::to_string));
            }
            Some("md") => texts.extend(text.lines().filter(|line| line.len() > 40).map(str::to_string)),
            _ => {}
        }
    }
    Ok(texts)
}
