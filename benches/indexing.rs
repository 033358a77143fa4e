//! How fast a folder becomes an index: articles and bytes a second, from a cold start to the last commit.
//!
//! `cargo bench --bench indexing`; `DATELINE_BENCH_ARTICLES` sets how many generated articles (default
//! 2,000). State corpus, machine and spread with any number taken from here. Larger corpora, and ones
//! that look more like the press, can be indexed by hand with the binary, whose report has the same
//! two speeds.

mod generator;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dateline::extract::{Extractor, NewsExtractor};
use dateline::index::{IndexConfig, IndexWriter, prepare_folder};
use dateline::pipeline::{self, PipelineConfig, Report};
use tempfile::TempDir;

fn n_articles() -> u64 {
    std::env::var("DATELINE_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000)
}

fn index(roots: &[PathBuf], folder: &Path, extractor: &NewsExtractor) -> Report {
    prepare_folder(folder, &extractor.fingerprint()).expect("the folder is new");
    let mut writer = IndexWriter::open(folder, IndexConfig::default()).expect("nobody else writes there");
    let stop = AtomicBool::new(false);
    let config = PipelineConfig::default();
    let report = pipeline::run(roots, &mut writer, extractor, &config, &stop, &mut |_| {}).expect("the disk has room");
    writer.finish().expect("the disk has room");
    report
}

fn indexing(criterion: &mut Criterion) {
    let extractor = NewsExtractor::new();
    let n_articles = n_articles();
    for (format, write) in
        [("text", generator::write_texts as fn(&Path, u64) -> std::io::Result<()>), ("jsonl", generator::write_lines)]
    {
        let corpus = TempDir::new().expect("there is a folder for temporary files");
        write(corpus.path(), n_articles).expect("the disk has room");
        let n_bytes = generator::n_bytes(corpus.path()).expect("it was just written");
        let roots = [corpus.path().to_owned()];

        for (unit, throughput) in
            [("articles", Throughput::Elements(n_articles)), ("bytes", Throughput::Bytes(n_bytes))]
        {
            let mut group = criterion.benchmark_group(format!("index/{format}"));
            group.sample_size(10).throughput(throughput);
            group.bench_function(unit, |bencher| {
                bencher.iter_batched(
                    || TempDir::new().expect("there is a folder for temporary files"),
                    |folder| {
                        let report = index(&roots, &folder.path().join("index"), &extractor);
                        assert_eq!(report.n_added, n_articles);
                        (black_box(report), folder)
                    },
                    BatchSize::PerIteration,
                );
            });
            group.finish();
        }

        let kept = TempDir::new().expect("there is a folder for temporary files");
        let folder = kept.path().join("index");
        index(&roots, &folder, &extractor);
        criterion.bench_function(&format!("index/{format}/unchanged"), |bencher| {
            bencher.iter(|| {
                let report = index(&roots, &folder, &extractor);
                assert_eq!(report.n_unchanged, n_articles);
                black_box(report)
            });
        });
    }
}

criterion_group!(benches, indexing);
criterion_main!(benches);
