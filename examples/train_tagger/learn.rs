//! Learning of the weights: stochastic gradients of the chain's likelihood, with AdaGrad.
//!
//! Each run is one thread with a fixed order from a fixed seed: the same data give the same bytes.

use std::collections::HashMap;

use dateline::extract::gazetteer::Gazetteer;
use dateline::extract::tagger::chain::{Grammar, Lattice, Row, add_pair_expectations, forward_backward};
use dateline::extract::tagger::feature::{REACH, Reveals, joint, single};
use dateline::extract::tagger::label::{Class, N_INSIDE, N_LABELS, OUTSIDE, Position, label};
use dateline::extract::tagger::lexicon::Lexicon;
use dateline::extract::tagger::model::Model;
use dateline::extract::tagger::page::Page;
use dateline::extract::tagger::weights::WeightTable;
use dateline::extract::tagger::words::Words;

use crate::corpus::Document;

/// Settings of a training.
#[derive(Clone, Debug)]
pub(crate) struct LearnConfig {
    pub(crate) n_epochs: usize,
    /// Runs whose mean is taken; side by side, a thread each.
    pub(crate) n_runs: usize,
    /// Step of AdaGrad.
    pub(crate) rate: f32,
    /// Share of tokens whose identity is hidden.
    pub(crate) hidden_share: f32,
    /// Share of tokens of which the gazetteer keeps silent.
    pub(crate) unknown_share: f32,
    /// Share of tokens of which only the context is shown.
    pub(crate) masked_share: f32,
    /// Features with no weight of at least this size are left out of the model.
    pub(crate) smallest_weight: f32,
    pub(crate) seed: u64,
}

/// Bit that marks features which reveal the very word, and its sort.
const IDENTITY: u32 = 1 << 31;
const SORT: u32 = 1 << 30;
const KNOWN: u32 = 1 << 29;
const ID: u32 = KNOWN - 1;

/// Features of all tokens, by numbers in place of keys.
struct Index {
    ids: HashMap<u32, u32, foldhash::fast::FixedState>,
    keys: Vec<u32>,
    counts: Vec<u32>,
    features: Vec<u32>,
    starts: Vec<usize>,
}

impl Index {
    fn new() -> Self {
        Self { ids: HashMap::default(), keys: Vec::new(), counts: Vec::new(), features: Vec::new(), starts: vec![0] }
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
            Reveals::Known => KNOWN,
            Reveals::Context => 0,
        };
        self.features.push(id | flag);
    }

    fn end_token(&mut self) {
        self.starts.push(self.features.len());
    }

    fn of_token(&self, token: usize) -> &[u32] {
        &self.features[self.starts[token]..self.starts[token + 1]]
    }

    /// Drops rare features for good, and numbers the others anew by key so that ids do not depend on
    /// hash order.
    fn drop_rare(&mut self, fewest_tokens: u32) {
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

/// A stretch of tokens with its features and what it may be.
struct Example {
    /// First token in [`Examples::starts`] and [`Examples::allowed`].
    first: usize,
    end: usize,
    weight: f32,
}

/// All stretches of all documents.
pub(crate) struct Examples {
    index: Index,
    allowed: Vec<u32>,
    examples: Vec<Example>,
    /// Gold names that can and that cannot be found, since they leave the stretches.
    pub(crate) n_names: usize,
    pub(crate) n_lost: usize,
}

impl Examples {
    pub(crate) fn new() -> Self {
        Self { index: Index::new(), allowed: Vec::new(), examples: Vec::new(), n_names: 0, n_lost: 0 }
    }

    /// Adds the stretches of a document.
    pub(crate) fn add(&mut self, document: &Document, lexicon: &Lexicon, gazetteer: &Gazetteer, weight: f32) {
        let page =
            Page::new(Words::default(), &document.text, &document.tokens, &document.sentences, lexicon, gazetteer);
        let first_example = self.examples.len();
        let mut is_in_stretch = vec![false; document.tokens.len()];
        for stretch in page.stretches() {
            let first = self.allowed.len();
            for token in stretch.tokens.clone() {
                is_in_stretch[token] = true;
                for offset in -REACH..=REACH {
                    let word = page.word(stretch.sentence, token, offset);
                    single(word, offset, |reveals, key| self.index.push(reveals, key));
                }
                joint(&page, stretch, token, |reveals, key| self.index.push(reveals, key));
                self.index.end_token();
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

    pub(crate) fn n_tokens(&self) -> usize {
        self.allowed.len()
    }

    pub(crate) fn n_features(&self) -> usize {
        self.index.keys.len()
    }

    /// Drops rare features for good.
    pub(crate) fn drop_rare(&mut self, fewest_tokens: u32) {
        self.index.drop_rare(fewest_tokens);
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

/// Numbers that AdaGrad moves: values, sums of squared gradients, and the mean over the later epochs.
struct Moving<const N: usize> {
    values: Vec<[f32; N]>,
    squares: Vec<[f32; N]>,
    means: Vec<[f32; N]>,
    rate: f32,
}

impl<const N: usize> Moving<N> {
    fn new(values: Vec<[f32; N]>, rate: f32, first_square: f32) -> Self {
        let n = values.len();
        Self { values, squares: vec![[first_square; N]; n], means: vec![[0.0; N]; n], rate }
    }

    fn step(&mut self, row: usize, gradient: &[f32; N]) {
        let (values, squares) = (&mut self.values[row], &mut self.squares[row]);
        for l in 0..N {
            squares[l] += gradient[l] * gradient[l];
            values[l] -= self.rate * gradient[l] / squares[l].sqrt();
        }
    }

    /// Takes the values into the mean as its `n`-th part.
    fn average(&mut self, n: f32) {
        for (mean, value) in self.means.iter_mut().flatten().zip(self.values.iter().flatten()) {
            *mean += (value - *mean) / n;
        }
    }
}

/// Everything that is learnt.
struct Learner<'a> {
    examples: &'a Examples,
    config: &'a LearnConfig,
    weights: Moving<N_INSIDE>,
    transitions: Moving<N_LABELS>,
    grammar: Grammar,
    random: Random,
}

/// What one run learnt: weights of features, and between labels.
struct Learnt {
    weights: Vec<Floats>,
    transitions: Vec<Row>,
}

/// Learns a model: the mean of several runs, which differ in the order of examples and in what is hidden. The
/// likelihood has one summit, so that the runs agree but for noise. `report` is told of each epoch of the first
/// run: its number and the loss a token.
pub(crate) fn learn(examples: &Examples, config: &LearnConfig, report: impl FnMut(usize, f64) + Send) -> Model {
    let n_runs = config.n_runs.max(1);
    let seed = |run: usize| config.seed + SEED_STEP * run as u64;
    let mut learnt = std::thread::scope(|scope| {
        let others: Vec<_> =
            (1..n_runs).map(|run| scope.spawn(move || learn_once(examples, config, seed(run), |_, _| {}))).collect();
        let first = learn_once(examples, config, seed(0), report);
        let others = others.into_iter().map(|other| other.join().expect("a run does not panic"));
        std::iter::once(first).chain(others).collect::<Vec<_>>()
    });
    let mut mean = learnt.remove(0);
    for (run, other) in learnt.iter().enumerate() {
        let share = 1.0 / (run + 2) as f32;
        for (mean, value) in mean.weights.iter_mut().flatten().zip(other.weights.iter().flatten()) {
            *mean += (value - *mean) * share;
        }
        for (mean, value) in mean.transitions.iter_mut().flatten().zip(other.transitions.iter().flatten()) {
            *mean += (value - *mean) * share;
        }
    }
    mean.model(examples, config)
}

/// Runs draw from seeds so far apart.
const SEED_STEP: u64 = 0x9E37_79B9;

fn learn_once(examples: &Examples, config: &LearnConfig, seed: u64, mut report: impl FnMut(usize, f64)) -> Learnt {
    let no_transitions = vec![[0.0; N_LABELS]; N_LABELS];
    let mut learner = Learner {
        examples,
        config,
        weights: Moving::new(vec![[0.0; N_INSIDE]; examples.index.keys.len()], config.rate, 1e-3),
        transitions: Moving::new(no_transitions, config.rate, 1.0),
        grammar: Grammar::new([[0.0; N_LABELS]; N_LABELS]),
        random: Random(seed | 1),
    };
    let mut order: Vec<usize> = (0..examples.examples.len()).collect();
    let (mut free, mut bound) = (Lattice::default(), Lattice::default());
    let mut n_averaged = 0.0f32;
    for epoch in 0..config.n_epochs {
        learner.random.shuffle(&mut order);
        let loss: f64 = order.iter().map(|&at| learner.learn_from(&examples.examples[at], &mut free, &mut bound)).sum();
        // The mean over the ends of the later epochs is steadier than the last weights alone.
        if epoch + 1 > config.n_epochs / 2 {
            n_averaged += 1.0;
            learner.weights.average(n_averaged);
            learner.transitions.average(n_averaged);
        }
        report(epoch, loss / examples.n_tokens() as f64);
    }
    Learnt { weights: learner.weights.means, transitions: learner.transitions.means }
}

impl Learner<'_> {
    fn learn_from(&mut self, example: &Example, free: &mut Lattice, bound: &mut Lattice) -> f64 {
        let mut shown = Vec::with_capacity(example.end - example.first);
        let (mut scores, mut clamped) = (Vec::new(), Vec::new());
        for token in example.first..example.end {
            let token_shown = self.show(token);
            let row = self.scores(&token_shown);
            shown.push(token_shown);
            clamped.push(masked(&row, self.examples.allowed[token]));
            scores.push(row);
        }
        let Some(all) = forward_backward(&self.grammar, &scores, free) else { return 0.0 };
        let Some(right) = forward_backward(&self.grammar, &clamped, bound) else { return 0.0 };
        let loss = example.weight * (all - right);
        if loss < SMALLEST_LOSS {
            return f64::from(loss);
        }
        for (i, shown) in shown.iter().enumerate() {
            let gradient: Floats =
                std::array::from_fn(|l| example.weight * (free.marginals[i][l + 1] - bound.marginals[i][l + 1]));
            if gradient.iter().any(|g| g.abs() >= SMALLEST_GRADIENT) {
                for &feature in shown {
                    self.weights.step(feature as usize, &gradient);
                }
            }
        }
        let mut counts = [[0.0; N_LABELS]; N_LABELS];
        add_pair_expectations(&self.grammar, free, example.weight, &mut counts);
        add_pair_expectations(&self.grammar, bound, -example.weight, &mut counts);
        for (previous, gradient) in counts.iter().enumerate() {
            self.transitions.step(previous, gradient);
        }
        self.grammar.set_transitions(transition_table(&self.transitions.values));
        f64::from(loss)
    }

    /// Features of a token, its word hidden now and then.
    fn show(&mut self, token: usize) -> Vec<u32> {
        let draw = self.random.share();
        let steps = [
            (self.config.masked_share, IDENTITY | SORT | KNOWN),
            (self.config.hidden_share, IDENTITY),
            (self.config.unknown_share, KNOWN),
        ];
        let mut bound = 0.0;
        let hidden = steps.iter().find(|(share, _)| {
            bound += share;
            draw < bound
        });
        let hidden = hidden.map_or(0, |(_, flags)| *flags);
        let features = self.examples.index.of_token(token).iter();
        features.filter(|&&feature| feature & hidden == 0).map(|&feature| feature & ID).collect()
    }

    fn scores(&self, shown: &[u32]) -> Row {
        let mut row = [0.0; N_LABELS];
        for &feature in shown {
            for (score, weight) in row[1..].iter_mut().zip(&self.weights.values[feature as usize]) {
                *score += weight;
            }
        }
        row
    }
}

/// Stretches and tokens that are right for certain teach nothing more.
const SMALLEST_LOSS: f32 = 1e-3;
const SMALLEST_GRADIENT: f32 = 5e-4;

impl Learnt {
    fn model(&self, examples: &Examples, config: &LearnConfig) -> Model {
        let smallest = config.smallest_weight;
        let is_large = |row: &Floats| row.iter().any(|weight| weight.abs() >= smallest);
        let features = (examples.index.keys.iter().copied())
            .zip(&self.weights)
            .filter(|(_, row)| is_large(row))
            .map(|(key, row)| (key, quantise(row, LARGEST_WEIGHT, smallest / 2.0)))
            .collect();
        Model {
            features: WeightTable::new(features),
            scale: LARGEST_WEIGHT / 127.0,
            transitions: transition_table(&self.transitions),
        }
    }
}

fn transition_table(rows: &[Row]) -> [Row; N_LABELS] {
    let mut table = [[0.0; N_LABELS]; N_LABELS];
    table.copy_from_slice(rows);
    table
}

/// Weights beyond this are cut, so that one step of an `i8` stays fine.
const LARGEST_WEIGHT: f32 = 3.0;

fn quantise<const N: usize>(row: &[f32; N], largest: f32, smallest: f32) -> [i8; N] {
    row.map(
        |weight| {
            if weight.abs() < smallest { 0 } else { (weight * 127.0 / largest).round().clamp(-127.0, 127.0) as i8 }
        },
    )
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
