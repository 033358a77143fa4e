//! The linear chain: probabilities and best paths over the tokens of one stretch of text.
//!
//! A stretch is a run of candidate tokens with certain outsiders on both sides. Knows scores only,
//! nothing of words. Used by the decoder and by the training program.

use super::label::{N_LABELS, OUTSIDE, may_follow};

/// Scores or probabilities of all labels at one token.
pub type Row = [f32; N_LABELS];

/// Weights between neighbouring labels, `[previous][next]`. Impossible pairs are never read.
pub type Transitions = [Row; N_LABELS];

/// Lists of the labels that may stand before each label, so that sums touch possible pairs only.
pub struct Grammar {
    before: [Vec<usize>; N_LABELS],
    after: [Vec<usize>; N_LABELS],
    closed: Vec<usize>,
    /// `exp` of the transitions, zero where impossible.
    factor: Transitions,
    transitions: Transitions,
}

impl Grammar {
    /// Prepares the transitions for use.
    pub fn new(transitions: Transitions) -> Self {
        let before = std::array::from_fn(|next| (0..N_LABELS).filter(|&p| may_follow(p, next)).collect());
        let after = std::array::from_fn(|previous| (0..N_LABELS).filter(|&n| may_follow(previous, n)).collect());
        let closed = (0..N_LABELS).filter(|&l| may_follow(l, OUTSIDE)).collect();
        let mut grammar = Self { before, after, closed, factor: [[0.0; N_LABELS]; N_LABELS], transitions };
        grammar.set_transitions(transitions);
        grammar
    }

    /// Replaces the transitions.
    pub fn set_transitions(&mut self, transitions: Transitions) {
        self.transitions = transitions;
        for (previous, row) in transitions.iter().enumerate() {
            for (next, weight) in row.iter().enumerate() {
                self.factor[previous][next] = if may_follow(previous, next) { weight.exp() } else { 0.0 };
            }
        }
    }

    /// The transitions in use.
    pub fn transitions(&self) -> &Transitions {
        &self.transitions
    }
}

/// Working memory of [`forward_backward`] and [`best_path`], kept between stretches.
#[derive(Default)]
pub struct Lattice {
    /// `exp` of the scores, scaled by token.
    emission: Vec<Row>,
    forward: Vec<Row>,
    backward: Vec<Row>,
    scale: Vec<f32>,
    /// Sum of the scaled forward values over the labels that may end a stretch.
    ending: f32,
    back: Vec<[u8; N_LABELS]>,
    /// Probability of each label at each token, after [`forward_backward`].
    pub marginals: Vec<Row>,
}

/// Fills [`Lattice::marginals`] and returns the logarithm of the sum over all allowed paths. Labels
/// whose score is negative infinity are forbidden; a stretch without any path gets `None`.
pub fn forward_backward(grammar: &Grammar, scores: &[Row], lattice: &mut Lattice) -> Option<f32> {
    let n = scores.len();
    if n == 0 {
        return None;
    }
    lattice.emission.clear();
    lattice.forward.clear();
    lattice.scale.clear();
    lattice.marginals.clear();
    let mut log_total = 0.0;
    for row in scores {
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        lattice.emission.push(row.map(|score| (score - top).exp()));
        log_total += top;
    }
    for i in 0..n {
        let mut row = [0.0; N_LABELS];
        for (next, value) in row.iter_mut().enumerate() {
            let emission = lattice.emission[i][next];
            if emission == 0.0 {
                continue;
            }
            let arriving = if i == 0 {
                grammar.factor[OUTSIDE][next]
            } else {
                grammar.before[next].iter().map(|&p| lattice.forward[i - 1][p] * grammar.factor[p][next]).sum()
            };
            *value = arriving * emission;
        }
        let sum: f32 = row.iter().sum();
        if !sum.is_normal() {
            return None;
        }
        log_total += sum.ln();
        lattice.scale.push(sum);
        lattice.forward.push(row.map(|value| value / sum));
    }
    lattice.backward.clear();
    lattice.backward.resize(n, [0.0; N_LABELS]);
    let mut ending = 0.0;
    for &label in &grammar.closed {
        lattice.backward[n - 1][label] = grammar.factor[label][OUTSIDE];
        ending += lattice.forward[n - 1][label] * grammar.factor[label][OUTSIDE];
    }
    if !ending.is_normal() {
        return None;
    }
    log_total += ending.ln();
    lattice.ending = ending;
    for i in (0..n - 1).rev() {
        for previous in 0..N_LABELS {
            let sum: f32 = (grammar.after[previous].iter())
                .map(|&next| {
                    grammar.factor[previous][next] * lattice.emission[i + 1][next] * lattice.backward[i + 1][next]
                })
                .sum();
            lattice.backward[i][previous] = sum / lattice.scale[i + 1];
        }
    }
    for i in 0..n {
        lattice.marginals.push(std::array::from_fn(|l| lattice.forward[i][l] * lattice.backward[i][l] / ending));
    }
    Some(log_total)
}

/// Adds the expected number of times that each pair of labels stands side by side, times `weight`,
/// into `counts`; the certain outsiders at both ends count too. Follows [`forward_backward`].
pub fn add_pair_expectations(grammar: &Grammar, lattice: &Lattice, weight: f32, counts: &mut Transitions) {
    let n = lattice.forward.len();
    let Some(last) = lattice.marginals.last() else { return };
    for (label, (first, last)) in lattice.marginals[0].iter().zip(last).enumerate() {
        counts[OUTSIDE][label] += weight * first;
        counts[label][OUTSIDE] += weight * last;
    }
    for i in 1..n {
        for (next, before) in grammar.before.iter().enumerate() {
            let arriving = lattice.emission[i][next] * lattice.backward[i][next] / (lattice.scale[i] * lattice.ending);
            if arriving == 0.0 {
                continue;
            }
            for &previous in before {
                let pair = lattice.forward[i - 1][previous] * grammar.factor[previous][next] * arriving;
                counts[previous][next] += weight * pair;
            }
        }
    }
}

/// Probability that the tokens `from..=to` carry exactly these labels, after [`forward_backward`].
pub fn stretch_probability(grammar: &Grammar, lattice: &Lattice, from: usize, labels: &[u8]) -> f32 {
    let to = from + labels.len() - 1;
    let first = labels[0] as usize;
    let last = labels[labels.len() - 1] as usize;
    let mut probability = lattice.forward[from][first];
    for (step, pair) in labels.windows(2).enumerate() {
        let (previous, next) = (pair[0] as usize, pair[1] as usize);
        let i = from + step + 1;
        probability *= grammar.factor[previous][next] * lattice.emission[i][next] / lattice.scale[i];
    }
    (probability * lattice.backward[to][last] / lattice.ending).clamp(0.0, 1.0)
}

/// The most probable labels of a stretch, into `path`. Ties go to the lower label.
pub fn best_path(grammar: &Grammar, scores: &[Row], lattice: &mut Lattice, path: &mut Vec<u8>) {
    path.clear();
    lattice.back.clear();
    let Some(first) = scores.first() else { return };
    let mut current: Row = std::array::from_fn(|label| {
        if may_follow(OUTSIDE, label) { first[label] + grammar.transitions[OUTSIDE][label] } else { f32::NEG_INFINITY }
    });
    for row in &scores[1..] {
        let mut back = [0u8; N_LABELS];
        let mut following = [f32::NEG_INFINITY; N_LABELS];
        for next in 0..N_LABELS {
            let mut best = f32::NEG_INFINITY;
            for &previous in &grammar.before[next] {
                let score = current[previous] + grammar.transitions[previous][next];
                if score > best {
                    best = score;
                    back[next] = previous as u8;
                }
            }
            following[next] = best + row[next];
        }
        lattice.back.push(back);
        current = following;
    }
    let mut label = OUTSIDE;
    let mut best = f32::NEG_INFINITY;
    for &end in &grammar.closed {
        let score = current[end] + grammar.transitions[end][OUTSIDE];
        if score > best {
            best = score;
            label = end;
        }
    }
    path.push(label as u8);
    for back in lattice.back.iter().rev() {
        label = back[label] as usize;
        path.push(label as u8);
    }
    path.reverse();
}

#[cfg(test)]
mod tests {
    use super::super::label::{Class, Position, label};
    use super::*;

    /// Scores and transitions that look random but never change.
    fn sample(n: usize) -> (Grammar, Vec<Row>) {
        let value = |seed: usize| ((seed * 7919 % 1009) as f32 / 1009.0 - 0.5) * 3.0;
        let transitions = std::array::from_fn(|p| std::array::from_fn(|q| value(p * 31 + q + 1)));
        let scores = (0..n).map(|i| std::array::from_fn(|l| value(i * 57 + l * 13 + 5))).collect();
        (Grammar::new(transitions), scores)
    }

    /// Every allowed path with its score, the slow way.
    fn paths(grammar: &Grammar, scores: &[Row]) -> Vec<(Vec<u8>, f32)> {
        let mut open = vec![(vec![], 0.0f32)];
        for row in scores {
            let mut longer = Vec::new();
            for (path, score) in &open {
                let previous = path.last().map_or(OUTSIDE, |&l: &u8| l as usize);
                for next in (0..N_LABELS).filter(|&next| may_follow(previous, next)) {
                    let mut path = path.clone();
                    path.push(next as u8);
                    longer.push((path, score + grammar.transitions[previous][next] + row[next]));
                }
            }
            open = longer;
        }
        open.retain(|(path, _)| path.last().is_none_or(|&l| may_follow(l as usize, OUTSIDE)));
        for (path, score) in &mut open {
            *score += grammar.transitions[path[path.len() - 1] as usize][OUTSIDE];
        }
        open
    }

    #[test]
    fn sums_and_best_paths_agree_with_enumeration() {
        for n in 1..4 {
            let (grammar, scores) = sample(n);
            let all = paths(&grammar, &scores);
            let mut lattice = Lattice::default();
            let total = forward_backward(&grammar, &scores, &mut lattice).expect("there are paths");
            let expected: f32 = all.iter().map(|(_, score)| score.exp()).sum();
            assert!((total - expected.ln()).abs() < 1e-3, "{total} {}", expected.ln());
            for i in 0..n {
                for l in 0..N_LABELS {
                    let through = all.iter().filter(|(path, _)| path[i] as usize == l);
                    let share: f32 = through.map(|(_, score)| score.exp()).sum::<f32>() / expected;
                    assert!((lattice.marginals[i][l] - share).abs() < 1e-4);
                }
            }
            let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("there are paths");
            let share = stretch_probability(&grammar, &lattice, 0, &best.0);
            assert!((share - best.1.exp() / expected).abs() < 1e-4);
            let mut counts = [[0.0; N_LABELS]; N_LABELS];
            add_pair_expectations(&grammar, &lattice, 1.0, &mut counts);
            let pairs: f32 = counts.iter().flatten().sum();
            assert!((pairs - (n + 1) as f32).abs() < 1e-3);
            let mut path = Vec::new();
            best_path(&grammar, &scores, &mut lattice, &mut path);
            assert_eq!(path, best.0);
        }
    }

    #[test]
    fn forbidden_labels_are_not_taken() {
        let (grammar, mut scores) = sample(2);
        let wanted = [label(Class::Place, Position::Begin), label(Class::Place, Position::Last)];
        for (row, wanted) in scores.iter_mut().zip(wanted) {
            for (l, score) in row.iter_mut().enumerate().filter(|&(l, _)| l != wanted) {
                *score = f32::NEG_INFINITY;
                assert_ne!(l, wanted);
            }
        }
        let mut lattice = Lattice::default();
        forward_backward(&grammar, &scores, &mut lattice).expect("one path is left");
        assert!((lattice.marginals[1][wanted[1]] - 1.0).abs() < 1e-5);
    }
}
