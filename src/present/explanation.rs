//! Why a hit is there, as JSON: passages, shares of its score, and how the query was widened.

use serde::Serialize;

use super::escape::for_page;
use crate::mention::Span;
use crate::search::{Cause, Explanation, Share, Snippet, Widened};

#[derive(Serialize)]
pub(super) struct ExplanationJson<'a> {
    matched: usize,
    parts: usize,
    missing: &'a [String],
    shares: Vec<ShareJson<'a>>,
}

#[derive(Serialize)]
struct ShareJson<'a> {
    cause: &'static str,
    words: Vec<&'a str>,
    title: Option<bool>,
    body: Option<bool>,
    score: f32,
}

impl<'a> ExplanationJson<'a> {
    pub(super) fn new(explanation: &'a Explanation) -> Self {
        let shares = explanation.shares.iter().map(|Share { cause, score }| {
            let (name, words, title, body) = match cause {
                Cause::Part { typed, in_title, in_body } => ("part", vec![typed.as_str()], *in_title, *in_body),
                Cause::Together(first, second) => ("together", vec![first.as_str(), second], None, None),
                Cause::Early(word) => ("early", vec![word.as_str()], None, None),
                Cause::Related(words) => ("related", words.iter().map(String::as_str).collect(), None, None),
                Cause::Recent => ("recent", Vec::new(), None, None),
            };
            ShareJson { cause: name, words, title, body, score: *score }
        });
        Self {
            matched: explanation.n_matched,
            parts: explanation.n_parts,
            missing: &explanation.missing,
            shares: shares.collect(),
        }
    }
}

/// `{"needed","words","all"}`: so many of the words every hit has, and how many articles have all.
#[derive(Serialize)]
pub(super) struct WidenedJson {
    needed: usize,
    words: usize,
    all: u64,
}

impl WidenedJson {
    pub(super) fn new(widened: Widened) -> Self {
        Self { needed: widened.n_needed, words: widened.n_words, all: widened.n_strict }
    }
}

#[derive(Serialize)]
pub(super) struct SnippetJson<'a> {
    text: &'a str,
    highlights: Vec<[u32; 2]>,
    start: u32,
    html: String,
}

impl<'a> SnippetJson<'a> {
    pub(super) fn new(snippet: &'a Snippet) -> Self {
        let Snippet { text, highlights, span } = snippet;
        Self { text, highlights: pairs(highlights), start: span.start, html: for_page(text, highlights) }
    }
}

pub(super) fn pairs(spans: &[Span]) -> Vec<[u32; 2]> {
    spans.iter().map(|span| [span.start, span.end]).collect()
}
