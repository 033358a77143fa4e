//! What the chain is sure of, and how often it is right.
//!
//! The chain's probabilities are those of its training sets; on others it errs more often than it thinks. The
//! confidence that is shown is the share of names that were right, over held-out sets of news, encyclopaedia and
//! web, where the chain was as sure (`train_tagger measure` prints both).

/// Probability by the chain, and share of names that were right, both rising: means of eleven bins of 6,144
/// names, and the ends.
const POINTS: [(f32, f32); 13] = [
    (0.0, 0.0),
    (0.257, 0.143),
    (0.359, 0.288),
    (0.456, 0.361),
    (0.547, 0.432),
    (0.648, 0.482),
    (0.751, 0.523),
    (0.854, 0.705),
    (0.928, 0.760),
    (0.967, 0.793),
    (0.986, 0.852),
    (0.998, 0.866),
    (1.0, 0.868),
];

/// The share of names that are right where the chain gives this probability.
pub fn calibrated(probability: f32) -> f32 {
    let end = POINTS.partition_point(|(from, _)| *from < probability).clamp(1, POINTS.len() - 1);
    let ((x0, y0), (x1, y1)) = (POINTS[end - 1], POINTS[end]);
    let share = ((probability - x0) / (x1 - x0)).clamp(0.0, 1.0);
    y0 + share * (y1 - y0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_sure_is_never_shown_as_less() {
        let shown: Vec<f32> = (0..=1000_u16).map(|n| calibrated(f32::from(n) / 1000.0)).collect();
        assert!(shown.is_sorted());
        assert!(shown.iter().all(|share| (0.0..=1.0).contains(share)));
        assert!(POINTS.iter().all(|&(from, share)| (calibrated(from) - share).abs() < 1e-6));
    }
}
