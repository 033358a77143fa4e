//! How long a question takes: a new process (cold), and an index that is open already (warm).
//!
//! `cargo bench --bench searching`; `DATELINE_BENCH_ARTICLES` sets how many generated articles (default
//! 2,000). Every search makes its hits, snippets included, as `dateline search` does. State corpus,
//! machine and spread with any number taken from here.

mod generator;

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::extract::figure;
use dateline::extract::{Extractor, NewsExtractor};
use dateline::index::{IndexConfig, IndexWriter, prepare_folder};
use dateline::pipeline::{self, PipelineConfig};
use dateline::search::query::{self, ParseConfig, Query};
use dateline::search::{SearchRequest, Searcher};
use tempfile::TempDir;

/// A question of each kind; all of them find something.
const QUESTIONS: [(&str, &str); 9] = [
    ("word", "ceasefire"),
    ("words", "ceasefire talks officials"),
    ("phrase", "\"told reporters\""),
    ("prefix", "minist*"),
    ("near", "police NEAR/10 court"),
    ("person", "person:shevchenko"),
    ("place", "place:/europe"),
    ("figure", "prisoners>=300"),
    ("mixed", "(strike OR storm) person:garcia usd>1m date:2015..2020"),
];

fn n_articles() -> u64 {
    std::env::var("DATELINE_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000)
}

fn make_index(folder: &Path) {
    let corpus = TempDir::new().expect("there is a folder for temporary files");
    generator::write_lines(corpus.path(), n_articles()).expect("the disk has room");
    let extractor = NewsExtractor::new();
    prepare_folder(folder, &extractor.fingerprint()).expect("the folder is new");
    let mut writer = IndexWriter::open(folder, IndexConfig::default()).expect("nobody else writes there");
    let (roots, stop, config) = ([corpus.path().to_owned()], AtomicBool::new(false), PipelineConfig::default());
    pipeline::run(&roots, &mut writer, &extractor, &config, &stop, &mut |_| {}).expect("the disk has room");
    writer.finish().expect("the disk has room");
}

fn parse(typed: &str) -> Query {
    let unit_of = |surface: &str| figure::unit_of(surface).map(str::to_owned);
    let lemma = |noun: &str| figure::lemma(noun).into_owned();
    let config = ParseConfig { today: jiff::civil::date(2026, 1, 1), unit_of: &unit_of, lemma: &lemma };
    match query::parse(typed, &config) {
        Ok(query) => query,
        Err(error) => panic!("{}", error.render(typed)),
    }
}

fn request(query: Query) -> SearchRequest {
    SearchRequest::new(query)
}

fn searching(criterion: &mut Criterion) {
    let kept = TempDir::new().expect("there is a folder for temporary files");
    let folder = kept.path().join("index");
    make_index(&folder);

    let mut cold = criterion.benchmark_group("search/cold");
    cold.sample_size(20);
    for (kind, typed) in QUESTIONS {
        cold.bench_function(kind, |bencher| {
            bencher.iter(|| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
                command.arg("search").arg("--index").arg(&folder).arg("--").arg(typed).stdout(Stdio::null());
                assert!(command.status().expect("the binary starts").success(), "`{typed}` finds something");
            });
        });
    }
    cold.finish();

    let searcher = Searcher::open(&folder).expect("the index was just made");
    let mut warm = criterion.benchmark_group("search/warm");
    for (kind, typed) in QUESTIONS {
        let request = request(parse(typed));
        warm.bench_function(kind, |bencher| {
            bencher.iter(|| black_box(searcher.search(&request).expect("the index is whole")));
        });
    }
    warm.finish();
}

criterion_group!(benches, searching);
criterion_main!(benches);
