//! How fast figures are found: words a second on one core, the extractor of figures alone.
//!
//! `cargo bench --bench figures`; `DATELINE_BENCH_ARTICLES` sets how many generated articles (default 500). One
//! thread and no input or output, so that wall time on an idle core is CPU time; criterion states the spread.
//! `DATELINE_BENCH_TEXT` names a file of news to measure on instead.

mod generator;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::extract::figure;

fn texts() -> Vec<String> {
    if let Some(path) = std::env::var_os("DATELINE_BENCH_TEXT") {
        let text = std::fs::read_to_string(path).expect("the file named by DATELINE_BENCH_TEXT can be read");
        return vec![text];
    }
    let n_articles = std::env::var("DATELINE_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(500);
    (0..n_articles).map(|number| generator::story(number, 0).body).collect()
}

fn figures(criterion: &mut Criterion) {
    let texts = texts();
    let n_words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let mut group = criterion.benchmark_group("figures");
    group.sample_size(20).throughput(Throughput::Elements(n_words as u64));
    group.bench_function("words", |bencher| {
        bencher.iter(|| texts.iter().map(|text| black_box(figure::find(text)).len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, figures);
criterion_main!(benches);
