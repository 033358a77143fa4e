//! Mentions and figures: spans lie on char boundaries, sorted, inside; values are finite and ordered.
#![no_main]

use std::sync::LazyLock;

use dateline::extract::{Extractor, NewsExtractor, Text};
use dateline::extraction::Findings;
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<NewsExtractor> = LazyLock::new(NewsExtractor::new);

fn check(text: &str, findings: &Findings, n_entities: usize) {
    let mut last = 0;
    for mention in &findings.mentions {
        assert!(mention.span.start >= last, "mentions are sorted and apart");
        assert!(!mention.span.of(text).is_empty());
        assert!((mention.entity as usize) < n_entities);
        last = mention.span.end;
    }
    let mut last = 0;
    for figure in &findings.figures {
        assert!(figure.span.start >= last, "figures are sorted");
        assert!(!figure.span.of(text).is_empty());
        assert!(figure.low.is_finite() && figure.high.is_finite() && figure.low <= figure.high);
        last = figure.span.start;
    }
}

fuzz_target!(|text: &str| {
    let (title, body) = text.split_once('\n').unwrap_or(("", text));
    let extraction = EXTRACTOR.extract(Text { title, body, ..Text::default() });
    check(title, &extraction.title, extraction.entities.len());
    check(body, &extraction.body, extraction.entities.len());
});
