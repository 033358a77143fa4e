//! How long a question takes, against the same question to the bare engine: warm, in an index that is
//! open already, and cold, in a new process.
//!
//! `cargo bench --bench searching` makes an index of generated articles and one of the bare engine of
//! the same articles, asks both in turns, and prints medians, 95th and 99th percentiles and the ratio of medians.
//! `DATELINE_BENCH_ARTICLES` sets how many articles (default 2,000), `DATELINE_BENCH_FOLDER` a folder
//! that keeps both indexes for the next run, `DATELINE_BENCH_ONLY` the one kind of question to ask,
//! `DATELINE_BENCH_ROUNDS` how often each is asked warm; with `DATELINE_BENCH_ALONE=1` the bare engine is asked
//! nothing and there are no cold starts, which leaves a profile of ours.
//! Every search makes its hits with snippets. Take ratios from here, not times: state corpus and machine
//! with any number.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

mod bare;
mod generator;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use dateline::extract::figure;
use dateline::extract::{Extractor, NewsExtractor};
use dateline::index::{IndexConfig, IndexWriter, prepare_folder, remember};
use dateline::mention::EntityKind;
use dateline::pipeline::{self, PipelineConfig};
use dateline::search::query::{self, ParseConfig, Query};
use dateline::search::{SearchRequest, Searcher};
use tempfile::TempDir;

use bare::{Bare, Question};

/// Days since 1970 of the first day of 2015 and the last of 2020.
const YEARS: (i64, i64) = (16_436, 18_627);
/// Makes the bench ask the bare engine once and end: for cold starts.
const ASK_BARE: &str = "DATELINE_BENCH_ASK";

/// A kind of question, as typed, and as the bare engine is asked, where it can be.
const QUESTIONS: [(&str, &str, Option<Question>); 15] = [
    ("1 word", "ceasefire", Some(Question::All("ceasefire"))),
    ("1 rare word", "harbour tugan", Some(Question::All("harbour tugan"))),
    ("2 words", "ceasefire talks", Some(Question::All("ceasefire talks"))),
    ("5 words", "police court bank market company", Some(Question::All("police court bank market company"))),
    ("phrase", "\"told reporters\"", Some(Question::Phrase("told reporters"))),
    ("rare phrase", "\"minister ceasefire\"", Some(Question::Phrase("minister ceasefire"))),
    (
        "word, person",
        "ceasefire person:\"olena shevchenko\"",
        Some(Question::Named("ceasefire", EntityKind::Person, "olena-shevchenko")),
    ),
    ("word, place", "ceasefire place:=kyiv", Some(Question::Named("ceasefire", EntityKind::Place, "kyiv"))),
    ("word, figure", "ceasefire prisoners>=300", Some(Question::Figure("ceasefire", 300.0))),
    ("word, years", "ceasefire date:2015..2020", Some(Question::Days("ceasefire", YEARS.0, YEARS.1))),
    ("prefix", "minist*", Some(Question::Expression("minist.*"))),
    ("fuzzy", "ceasefir~1", Some(Question::Fuzzy("ceasefir"))),
    ("near, groups", "(storm OR strike OR flood) NEAR/10 (police OR court OR hospital)", None),
    ("near a person", "fraud NEAR/10 person:*", None),
    (
        "sentence",
        "what did the minister say about the ceasefire talks and the refugees in the camp on the border",
        Some(Question::Any("minister say ceasefire talks refugees camp border")),
    ),
];

/// Rounds in which every question is asked of both, in turns, unless told otherwise.
const ROUNDS: usize = 101;
const COLD_ROUNDS: usize = 21;

fn main() {
    let kept = std::env::var_os("DATELINE_BENCH_FOLDER").map(PathBuf::from);
    if let Some(number) = std::env::var(ASK_BARE).ok().and_then(|number| number.parse::<usize>().ok()) {
        let folder = kept.expect("the bench that starts this one names the folder");
        if let Some(question) = QUESTIONS[number].2 {
            black_box(Bare::open(&folder.join("bare")).search(question));
        }
        return;
    }
    let temporary = TempDir::new().expect("there is a folder for temporary files");
    let folder = kept.unwrap_or_else(|| temporary.path().to_owned());
    make_indexes(&folder);
    let searcher = Searcher::open(&folder.join("index")).expect("the index was just made");
    let bare = Bare::open(&folder.join("bare"));
    let n_articles = searcher.n_articles();
    println!(
        "{n_articles} articles; milliseconds of ours, of the bare engine, and how many times as long ours takes\n"
    );

    println!("| warm | matches | ours p50 | p95 | p99 | bare p50 | p95 | p99 | ratio p50 |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let only = std::env::var("DATELINE_BENCH_ONLY").ok();
    let is_asked = |kind: &str| only.as_ref().is_none_or(|only| only == kind);
    let n_rounds = std::env::var("DATELINE_BENCH_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROUNDS);
    let is_alone = std::env::var_os("DATELINE_BENCH_ALONE").is_some();
    for (kind, typed, question) in QUESTIONS.into_iter().filter(|(kind, ..)| is_asked(kind)) {
        let question = question.filter(|_| !is_alone);
        let request = SearchRequest::new(parse(typed));
        let total = searcher.search(&request).expect("the index is whole").total;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..n_rounds {
            ours.push(time(|| searcher.search(&request).expect("the index is whole").total));
            if let Some(question) = question {
                theirs.push(time(|| bare.search(question) as u64));
            }
        }
        row(kind, Some(total), &mut ours, &mut theirs);
    }

    if is_alone {
        return;
    }
    println!("\n| cold | ours p50 | p95 | p99 | bare p50 | p95 | p99 | ratio p50 |");
    println!("|---|---|---|---|---|---|---|---|");
    for (number, (kind, typed, question)) in QUESTIONS.into_iter().enumerate().filter(|(_, (kind, ..))| is_asked(kind))
    {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..COLD_ROUNDS {
            ours.push(time(|| ask_ours(&folder, typed)));
            if question.is_some() {
                theirs.push(time(|| ask_bare(&folder, number)));
            }
        }
        row(kind, None, &mut ours, &mut theirs);
    }
}

/// Makes both indexes unless the folder has them.
fn make_indexes(folder: &Path) {
    let index = folder.join("index");
    if !index.exists() {
        let corpus = TempDir::new().expect("there is a folder for temporary files");
        let n_articles = std::env::var("DATELINE_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
        generator::write_lines(corpus.path(), n_articles).expect("the disk has room");
        let extractor = NewsExtractor::new();
        prepare_folder(&index, &extractor.fingerprint()).expect("the folder is new");
        let mut writer = IndexWriter::open(&index, IndexConfig::default()).expect("nobody else writes there");
        let (roots, stop, config) = ([corpus.path().to_owned()], AtomicBool::new(false), PipelineConfig::default());
        pipeline::run(&roots, &mut writer, &extractor, &config, &stop, &mut |_| {}).expect("the disk has room");
        writer.finish().expect("the disk has room");
        let searcher = Searcher::open(&index).expect("the index was just made");
        for (name, bytes) in searcher.memories().expect("the index is whole") {
            remember(&index, name, &bytes).expect("the disk has room");
        }
    }
    let bare = folder.join("bare");
    if !bare.exists() {
        std::fs::create_dir_all(&bare).expect("the disk has room");
        let searcher = Searcher::open(&index).expect("the index was just made");
        bare::make(&bare, |each| {
            let everything = parse("");
            let visited = searcher.visit_articles(&everything, &[], &mut |stored| {
                each(stored);
                Ok(std::ops::ControlFlow::Continue(()))
            });
            visited.expect("the index is whole");
        });
    }
}

fn time(ask: impl FnOnce() -> u64) -> Duration {
    let started = Instant::now();
    black_box(ask());
    started.elapsed()
}

fn ask_ours(folder: &Path, typed: &str) -> u64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.arg("search").arg("--index").arg(folder.join("index")).arg("--").arg(typed).stdout(Stdio::null());
    u64::from(command.stderr(Stdio::null()).status().expect("the binary starts").success())
}

fn ask_bare(folder: &Path, number: usize) -> u64 {
    let mut command = Command::new(std::env::current_exe().expect("this bench is running"));
    command.env(ASK_BARE, number.to_string()).env("DATELINE_BENCH_FOLDER", folder);
    u64::from(command.status().expect("this bench starts").success())
}

fn row(kind: &str, total: Option<u64>, ours: &mut [Duration], theirs: &mut [Duration]) {
    let mut cells = vec![kind.to_owned()];
    cells.extend(total.map(|total| total.to_string()));
    let (of_ours, of_theirs) = (percentiles(ours), percentiles(theirs));
    for percentiles in [of_ours, of_theirs] {
        let cell = |ms: f64| percentiles.map_or_else(|| "–".to_owned(), |_| format!("{ms:.2}"));
        cells.extend(percentiles.unwrap_or_default().map(cell));
    }
    cells.push(match (of_ours, of_theirs) {
        (Some([ours, ..]), Some([theirs, ..])) => format!("{:.2}", ours / theirs),
        _ => "–".to_owned(),
    });
    println!("| {} |", cells.join(" | "));
}

/// Median, 95th and 99th percentile in milliseconds.
fn percentiles(times: &mut [Duration]) -> Option<[f64; 3]> {
    times.sort_unstable();
    let ms = |at: usize| times.get(at).map(|time| time.as_secs_f64() * 1000.0);
    Some([ms(times.len() / 2)?, ms(times.len() * 95 / 100)?, ms(times.len() * 99 / 100)?])
}

fn parse(typed: &str) -> Query {
    let unit_of = |surface: &str| figure::unit_of(surface).map(std::borrow::Cow::into_owned);
    let lemma = |noun: &str| figure::lemma(noun).into_owned();
    let config = ParseConfig { today: &|| jiff::civil::date(2026, 1, 1), unit_of: &unit_of, lemma: &lemma };
    match query::parse(typed, &config) {
        Ok(query) => query,
        Err(error) => panic!("{}", error.render(typed)),
    }
}
