//! Learning of the weights: stochastic gradients of the chain's likelihood, with AdaGrad.
//!
//! One thread, a fixed order from a fixed seed: the same data give the same bytes.

use std::collections::HashMap;

use dateline::extract::gazetteer::Gazetteer;
use dateline::extract::tagger::chain::{Grammar, Lattice, Row, add_pair_expectations, forward_backward};
use dateline::extract::tagger::feature::{REACH, Reveals, joint, single};
use dateline::extract::tagger::label::{Class, N_INSIDE, N_LABELS, OUTSIDE, Position, label};
use dateline::extract::tagger::lexicon::Lexicon;
use dateline::extract::tagger::model::{Model, Weights};
use dateline::extract::tagger::page::Page;

use crate::corpus::Document;

/// Settings of a training.
#[derive(Clone, Debug)]
pub(crate) struct LearnConfig {
    pub n_epochs: usize,
    /// Step of AdaGrad.
    pub rate: f32,
    /// How much of a weight is lost whenever its feature is seen.
    pub decay: f32,
    /// Share of tokens whose identity is hidden.
    pub hidden_share: f32,
    /// Share of tokens of which only the context is shown.
    pub masked_share: f32,
    /// Features with no weight of at least this size are left out of the model.
    pub smallest_weight: f32,
    /// Added to all labels inside names.
    pub inside_bias: f32,
    pub seed: u64,
}

/// Bit that marks features which reveal the very word, and its sort.
const IDENTITY: u32 = 1 << 31;
const SORT: u32 = 1 << 30;
const ID: u32 = SORT - 1;

/// A stretch of tokens with its features and what it may be.
struct Example {
    /// First token in [`Examples::starts`] and [`Examples::allowed`].
    first: usize,
    end: usize,
    weight: f32,
}

/// All stretches of all documents.
#[derive(Default)]
pub(crate) struct Examples {
    ids: HashMap<u32, u32, foldhash::fast::FixedState>,
    keys: Vec<u32>,
    counts: Vec<u32>,
    features: Vec<u32>,
    starts: Vec<usize>,
    allowed: Vec<u32>,
    examples: Vec<Example>,
    /// Gold names that can and that cannot be found, since they leave the stretches.
    pub n_names: usize,
    pub n_lost: usize,
}

impl Examples {
    pub(crate) fn new() -> Self {
        Self { starts: vec![0], ..Self::default() }
    }

    /// Adds the stretches of a document.
    pub(crate) fn add(&mut self, document: &Document, lexicon: &Lexicon, gazetteer: &Gazetteer, weight: f32) {
        let page = Page::new(&document.text, &document.tokens, &document.sentences, lexicon, gazetteer);
        let first_example = self.examples.len();
        let mut is_in_stretch = vec![false; document.tokens.len()];
        for stretch in page.stretches() {
            let first = self.allowed.len();
            for token in stretch.tokens.clone() {
                is_in_stretch[token] = true;
                for offset in -REACH..=REACH {
                    let word = page.word(stretch.sentence, token, offset);
                    single(word, offset, |reveals, key| self.push(reveals, key));
                }
                joint(&page, stretch, token, |reveals, key| self.push(reveals, key));
                self.starts.push(self.features.len());
                let word = page.word(stretch.sentence, token, 0);
                let is_people = page.known(stretch.sentence, token, 0).is_demonym() || word.lists.is_group();
                self.allowed.push(if is_people {
                    without_people(document.allowed[token])
                } else {
                    document.allowed[token]
                });
            }
            self.examples.push(Example { first, end: self.allowed.len(), weight });
        }
        let may_be_outside = |mask: u32| mask & 1 << OUTSIDE != 0;
        for (mask, is_in) in document.allowed.iter().zip(is_in_stretch) {
            self.n_names += usize::from(!may_be_outside(*mask));
            self.n_lost += usize::from(!may_be_outside(*mask) && !is_in);
        }
        self.open_broken_names(first_example);
    }

    /// Names that were cut by the end of a stretch leave no possible path: their tokens may be anything.
    fn open_broken_names(&mut self, first_example: usize) {
        let grammar = Grammar::new([[0.0; N_LABELS]; N_LABELS]);
        let mut lattice = Lattice::default();
        for example in &self.examples[first_example..] {
            let masks = &mut self.allowed[example.first..example.end];
            let scores: Vec<Row> = masks.iter().map(|&mask| masked(&[0.0; N_LABELS], mask)).collect();
            if forward_backward(&grammar, &scores, &mut lattice).is_none() {
                masks.fill((1 << N_LABELS) - 1);
            }
        }
    }

    fn push(&mut self, reveals: Reveals, key: u32) {
        let next = self.keys.len() as u32;
        let id = *self.ids.entry(key).or_insert(next);
        if id == next {
            self.keys.push(key);
            self.counts.push(0);
        }
        self.counts[id as usize] += 1;
        let flag = match reveals {
            Reveals::Identity => IDENTITY,
            Reveals::Sort => SORT,
            Reveals::Context => 0,
        };
        self.features.push(id | flag);
    }

    pub(crate) fn n_tokens(&self) -> usize {
        self.allowed.len()
    }

    pub(crate) fn n_features(&self) -> usize {
        self.keys.len()
    }

    /// Drops rare features for good, and numbers the others anew by key so that ids do not depend on
    /// hash order.
    pub(crate) fn drop_rare(&mut self, fewest_tokens: u32) {
        let mut kept: Vec<u32> =
            (0..self.keys.len() as u32).filter(|&i| self.counts[i as usize] >= fewest_tokens).collect();
        kept.sort_unstable_by_key(|&i| self.keys[i as usize]);
        let mut renumbered = vec![u32::MAX; self.keys.len()];
        for (new, &old) in kept.iter().enumerate() {
            renumbered[old as usize] = new as u32;
        }
        self.keys = kept.iter().map(|&i| self.keys[i as usize]).collect();
        self.counts.clear();
        self.ids.clear();
        let mut features = Vec::with_capacity(self.features.len());
        let mut starts = vec![0];
        for range in self.starts.windows(2) {
            for &feature in &self.features[range[0]..range[1]] {
                let id = renumbered[(feature & ID) as usize];
                if id != u32::MAX {
                    features.push(id | feature & !ID);
                }
            }
            starts.push(features.len());
        }
        self.features = features;
        self.starts = starts;
    }
}

/// Nations and faiths ("Kenyan", "Muslims") are at most other names: some sets call them places, people
/// or organisations.
fn without_people(mask: u32) -> u32 {
    let unit = |class| 1 << label(class, Position::Unit);
    if mask == unit(Class::Person) || mask == unit(Class::Place) || mask == unit(Class::Org) {
        unit(Class::Misc) | 1 << OUTSIDE
    } else {
        mask
    }
}

fn masked(row: &Row, mask: u32) -> Row {
    std::array::from_fn(|l| if mask & 1 << l != 0 { row[l] } else { f32::NEG_INFINITY })
}

type Floats = [f32; N_INSIDE];

/// Learns a model. `report` is told of each epoch: its number and the loss a token.
pub(crate) fn learn(examples: &Examples, config: &LearnConfig, mut report: impl FnMut(usize, f64)) -> Model {
    let n = examples.n_features();
    let mut weights: Vec<Floats> = vec![[0.0; N_INSIDE]; n];
    let mut squares: Vec<Floats> = vec![[1e-3; N_INSIDE]; n];
    let mut averages: Vec<Floats> = vec![[0.0; N_INSIDE]; n];
    let mut transitions = [[0.0f32; N_LABELS]; N_LABELS];
    let mut transition_squares = [[1.0f32; N_LABELS]; N_LABELS];
    let mut average_transitions = [[0.0f32; N_LABELS]; N_LABELS];
    let mut n_averaged = 0.0f32;
    let mut grammar = Grammar::new(transitions);
    let (mut free, mut bound) = (Lattice::default(), Lattice::default());
    let mut random = Random(config.seed | 1);
    let mut order: Vec<usize> = (0..examples.examples.len()).collect();
    let (mut scores, mut clamped): (Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new());
    let mut shown: Vec<u32> = Vec::new();
    let mut shown_starts = Vec::new();
    for epoch in 0..config.n_epochs {
        random.shuffle(&mut order);
        let mut loss = 0.0f64;
        for &at in &order {
            let example = &examples.examples[at];
            scores.clear();
            clamped.clear();
            shown.clear();
            shown_starts.clear();
            shown_starts.push(0);
            for token in example.first..example.end {
                let features = &examples.features[examples.starts[token]..examples.starts[token + 1]];
                let draw = random.share();
                let hidden = if draw < config.masked_share {
                    IDENTITY | SORT
                } else if draw < config.masked_share + config.hidden_share {
                    IDENTITY
                } else {
                    0
                };
                shown.extend(features.iter().filter(|&&f| f & hidden == 0).map(|&f| f & ID));
                let mut sum = [0.0; N_INSIDE];
                for &feature in &shown[shown_starts[shown_starts.len() - 1]..] {
                    for (sum, weight) in sum.iter_mut().zip(&weights[feature as usize]) {
                        *sum += weight;
                    }
                }
                shown_starts.push(shown.len());
                let mut row = [0.0; N_LABELS];
                row[1..].copy_from_slice(&sum);
                scores.push(row);
                clamped.push(masked(&row, examples.allowed[token]));
            }
            let Some(all) = forward_backward(&grammar, &scores, &mut free) else { continue };
            let Some(right) = forward_backward(&grammar, &clamped, &mut bound) else { continue };
            loss += f64::from(example.weight * (all - right));
            for i in 0..scores.len() {
                let gradient: Floats =
                    std::array::from_fn(|l| example.weight * (free.marginals[i][l + 1] - bound.marginals[i][l + 1]));
                if gradient.iter().all(|g| g.abs() < 5e-4) {
                    continue;
                }
                for &feature in &shown[shown_starts[i]..shown_starts[i + 1]] {
                    let (weight, square) = (&mut weights[feature as usize], &mut squares[feature as usize]);
                    for l in 0..N_INSIDE {
                        square[l] += gradient[l] * gradient[l];
                        weight[l] -= config.rate * gradient[l] / square[l].sqrt() + config.decay * weight[l];
                    }
                }
            }
            if (all - right).abs() > 1e-3 {
                let mut counts = [[0.0; N_LABELS]; N_LABELS];
                add_pair_expectations(&grammar, &free, example.weight, &mut counts);
                add_pair_expectations(&grammar, &bound, -example.weight, &mut counts);
                for previous in 0..N_LABELS {
                    for next in 0..N_LABELS {
                        let gradient = counts[previous][next];
                        transition_squares[previous][next] += gradient * gradient;
                        transitions[previous][next] -=
                            config.rate * gradient / transition_squares[previous][next].sqrt();
                    }
                }
                grammar.set_transitions(transitions);
            }
        }
        // The mean over the ends of the later epochs is steadier than the last weights alone.
        if epoch + 1 > config.n_epochs / 2 {
            n_averaged += 1.0;
            for (average, weight) in averages.iter_mut().flatten().zip(weights.iter().flatten()) {
                *average += (weight - *average) / n_averaged;
            }
            for (average, weight) in average_transitions.iter_mut().flatten().zip(transitions.iter().flatten()) {
                *average += (weight - *average) / n_averaged;
            }
        }
        report(epoch, loss / examples.n_tokens() as f64);
    }
    quantise(&examples.keys, &averages, average_transitions, config)
}

/// Weights beyond this are cut, so that one step of an `i8` stays fine.
const LARGEST_WEIGHT: f32 = 3.0;

fn quantise(keys: &[u32], weights: &[Floats], transitions: [[f32; N_LABELS]; N_LABELS], config: &LearnConfig) -> Model {
    let scale = LARGEST_WEIGHT / 127.0;
    let mut features: Vec<(u32, Weights)> = Vec::new();
    for (&key, row) in keys.iter().zip(weights) {
        if row.iter().all(|weight| weight.abs() < config.smallest_weight) {
            continue;
        }
        let steps = row.map(|weight| {
            if weight.abs() < config.smallest_weight / 2.0 {
                0
            } else {
                (weight / scale).round().clamp(-127.0, 127.0) as i8
            }
        });
        features.push((key, steps));
    }
    Model::new(features, scale, transitions, config.inside_bias)
}

/// Xorshift64*.
pub(crate) struct Random(pub u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Evenly from 0 to 1.
    pub(crate) fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
