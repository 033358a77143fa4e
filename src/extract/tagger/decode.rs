//! Names of a document, by the model.
//!
//! Two passes: the first reads every stretch by itself, the second lets the document speak (see
//! [`super::document`]). Fed with tokens and sentences; used by `super::CrfTagger` and by the
//! training program.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::chain::{Grammar, Lattice, Row, best_path, forward_backward, stretch_probability};
use super::document::Evidence;
use super::feature::{N_OFFSETS, REACH, joint, single};
use super::label::{Class, N_INSIDE, N_LABELS, Position, label, parts};
use super::lexicon::Lexicon;
use super::model::Model;
use super::page::{Page, Stretch};
use super::words::Words;
use crate::extract::gazetteer::Gazetteer;
use crate::extract::token::Token;

/// Added for each token of a name of several words that the gazetteer knows as an organisation. Such names
/// are hardly ever anything else, and too few stand in the training sets to be learnt.
const KNOWN_ORG_BONUS: f32 = 1.0;

/// A name as the chain found it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// What it is.
    pub class: Class,
    /// First token.
    pub first_token: usize,
    /// One past the last token.
    pub end_token: usize,
    /// Probability of exactly this name, by the chain.
    pub confidence: f32,
}

/// A model ready to read documents.
pub struct Decoder {
    model: Model,
    lexicon: Lexicon,
    gazetteer: Arc<Gazetteer>,
    grammar: Grammar,
    /// What was learnt of words, one for each thread that reads.
    memories: Mutex<Vec<Memory>>,
}

/// Words of earlier documents, and what the features of each by itself add up to.
#[derive(Default)]
struct Memory {
    words: Words,
    sums: WordSums,
}

/// By the numbers of words: sums of their features at each offset, where they are known.
#[derive(Default)]
struct WordSums(Vec<[Option<Sum>; N_OFFSETS]>);

/// Sums of weights, before scaling. A hundred features of at most 127 fit well.
type Sum = [i16; N_INSIDE];

impl Decoder {
    /// Prepares a model.
    pub fn new(model: Model, lexicon: Lexicon, gazetteer: Arc<Gazetteer>) -> Self {
        let grammar = Grammar::new(model.transitions);
        Self { model, lexicon, gazetteer, grammar, memories: Mutex::default() }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Appends the names of a document, sorted by first token, without overlaps.
    pub fn decode(&self, text: &str, tokens: &[Token], sentences: &[Range<usize>], out: &mut Vec<Found>) {
        let Memory { words, sums } = self.memory();
        let page = Page::new(words, text, tokens, sentences, &self.lexicon, &self.gazetteer);
        let mut scorer = Scorer { model: &self.model, page: &page, sums };
        let mut reader = StretchReader { grammar: &self.grammar, lattice: Lattice::default(), path: Vec::new() };
        let mut first_pass: Vec<(usize, Vec<Row>)> = Vec::new();
        let mut scores = Vec::new();
        let start = out.len();
        for (i, stretch) in page.stretches().iter().enumerate() {
            scorer.score(stretch, &mut scores);
            reader.read(stretch, &scores, out);
            first_pass.push((i, scores.clone()));
        }
        let evidence = Evidence::gather(&out[start..], &page);
        let found: Vec<Found> = out.drain(start..).collect();
        let mut found = found.into_iter().peekable();
        for (i, mut scores) in first_pass {
            let stretch = &page.stretches()[i];
            let mut has_evidence = false;
            for (token, row) in stretch.tokens.clone().zip(&mut scores) {
                let word = page.word(stretch.sentence, token, 0).exact;
                has_evidence |= evidence.apply(word, token, row);
            }
            if has_evidence {
                reader.read(stretch, &scores, out);
            }
            while let Some(name) = found.next_if(|name| name.first_token < stretch.tokens.end) {
                if !has_evidence {
                    out.push(name);
                }
            }
        }
        let sums = scorer.sums;
        self.remember(Memory { words: page.into_words(), sums });
    }

    /// What some thread has learnt that reads nothing now.
    fn memory(&self) -> Memory {
        self.memories.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn remember(&self, memory: Memory) {
        if !memory.words.are_many() {
            self.memories.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
        }
    }
}

/// Reads one stretch at a time.
struct StretchReader<'a> {
    grammar: &'a Grammar,
    lattice: Lattice,
    path: Vec<u8>,
}

impl StretchReader<'_> {
    /// Appends the names on the best path.
    fn read(&mut self, stretch: &Stretch, scores: &[Row], out: &mut Vec<Found>) {
        best_path(self.grammar, scores, &mut self.lattice, &mut self.path);
        if self.path.iter().all(|&label| label == 0) {
            return;
        }
        // Scores are finite, so that there always is a path.
        if forward_backward(self.grammar, scores, &mut self.lattice).is_none() {
            return;
        }
        for (class, range) in spans(&self.path) {
            let confidence = stretch_probability(self.grammar, &self.lattice, range.start, &self.path[range.clone()]);
            let (first_token, end_token) = (stretch.tokens.start + range.start, stretch.tokens.start + range.end);
            out.push(Found { class, first_token, end_token, confidence });
        }
    }
}

/// Names in a path of labels.
pub fn spans(path: &[u8]) -> impl Iterator<Item = (Class, Range<usize>)> {
    let mut start = 0;
    path.iter().enumerate().filter_map(move |(i, &label)| match parts(label as usize)? {
        (_, Position::Begin) => {
            start = i;
            None
        }
        (_, Position::Inside) => None,
        (class, Position::Last) => Some((class, start..i + 1)),
        (class, Position::Unit) => Some((class, i..i + 1)),
    })
}

/// Scores of tokens; keeps the sums of single-word features.
struct Scorer<'a> {
    model: &'a Model,
    page: &'a Page,
    sums: WordSums,
}

impl Scorer<'_> {
    fn score(&mut self, stretch: &Stretch, scores: &mut Vec<Row>) {
        scores.clear();
        for token in stretch.tokens.clone() {
            let mut sum = [0i16; N_INSIDE];
            for offset in -REACH..=REACH {
                let word = self.page.word_at(stretch.sentence, token, offset);
                add(&mut sum, self.single_sum(word, offset));
            }
            joint(self.page, stretch, token, |_, key| {
                if let Some(weights) = self.model.features.get(key) {
                    add_weights(&mut sum, weights);
                }
            });
            let mut row = [0.0; N_LABELS];
            for (score, sum) in row[1..].iter_mut().zip(sum) {
                *score = f32::from(sum) * self.model.scale;
            }
            if let Some(position) = self.page.known(stretch.sentence, token, 0).org_position()
                && position != Position::Unit
            {
                row[label(Class::Org, position)] += KNOWN_ORG_BONUS;
            }
            scores.push(row);
        }
    }

    fn single_sum(&mut self, number: u32, offset: isize) -> &Sum {
        let WordSums(sums) = &mut self.sums;
        let n_words = self.page.words().list().len();
        if sums.len() < n_words {
            sums.resize(n_words, [None; N_OFFSETS]);
        }
        sums[number as usize][(offset + REACH) as usize].get_or_insert_with(|| {
            let mut sum = [0; N_INSIDE];
            single(&self.page.words()[number], offset, |_, key| {
                if let Some(weights) = self.model.features.get(key) {
                    add_weights(&mut sum, weights);
                }
            });
            sum
        })
    }
}

fn add(sum: &mut Sum, other: &Sum) {
    for (sum, other) in sum.iter_mut().zip(other) {
        *sum = sum.saturating_add(*other);
    }
}

fn add_weights(sum: &mut Sum, weights: &[i8; N_INSIDE]) {
    for (sum, &weight) in sum.iter_mut().zip(weights) {
        *sum = sum.saturating_add(i16::from(weight));
    }
}
