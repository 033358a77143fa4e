//! A whole search over the sample corpus: plans, patterns, ranking, snippets. Highlights lie inside.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use dateline::extract::{Extractor, NewsExtractor, figure};
use dateline::index::{IndexConfig, IndexWriter, prepare_folder};
use dateline::pipeline::{self, PipelineConfig};
use dateline::search::query::{self, ParseConfig};
use dateline::search::{SearchRequest, Searcher};
use libfuzzer_sys::fuzz_target;

static SEARCHER: LazyLock<Searcher> = LazyLock::new(|| {
    // Kept to the end of the process, which the system ends.
    let folder = tempfile::TempDir::new().expect("there is a folder for temporary files").keep();
    let extractor = NewsExtractor::new();
    prepare_folder(&folder, &extractor.fingerprint()).expect("the folder is empty");
    let mut writer = IndexWriter::open(&folder, IndexConfig::default()).expect("nobody else writes");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let (config, stop) = (PipelineConfig::default(), AtomicBool::new(false));
    pipeline::run(&[corpus], &mut writer, &extractor, &config, &stop, &mut |_| {}).expect("the disk has room");
    writer.finish().expect("the disk has room");
    Searcher::open(&folder).expect("it was just made")
});

fuzz_target!(|typed: &str| {
    let unit_of = |surface: &str| figure::unit_of(surface).map(std::borrow::Cow::into_owned);
    let lemma = |noun: &str| figure::lemma(noun).into_owned();
    let config = ParseConfig { today: &|| jiff::civil::date(2026, 1, 1), unit_of: &unit_of, lemma: &lemma };
    let Ok(query) = query::parse(typed, &config) else { return };
    let Ok(results) = SEARCHER.search(&SearchRequest::new(query)) else { return };
    assert!(results.hits.len() as u64 <= results.total);
    for hit in &results.hits {
        assert!(hit.title_highlights.iter().all(|span| hit.article.title.get(span.range()).is_some()));
        for snippet in &hit.snippets {
            assert_eq!(hit.article.body.get(snippet.span.range()), Some(snippet.text.as_str()));
            assert!(snippet.highlights.iter().all(|span| snippet.text.get(span.range()).is_some()));
        }
    }
});
