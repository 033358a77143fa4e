//! What the rest of a document says of a name.
//!
//! A name that stands alone is often ambiguous ("Jordan said"); elsewhere in the article it stands in
//! full or in a telling context. After the first pass, every name found gives evidence for the other
//! tokens of its words, weighed by how sure the chain was. Fed by [`super::decode`], which reads the
//! stretches with evidence a second time.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::chain::Row;
use super::decode::Found;
use super::label::{Class, N_CLASSES, Position, label};
use super::page::Page;
use super::word::Shape;

/// What one sure finding of a word by itself adds to the score of its class elsewhere. From 0.5 to 1.5 the
/// mean over the sets that choose hardly changes; without any evidence it is 0.3 lower in F1.
const SINGLE_WEIGHT: f32 = 0.75;
/// What a person's name of several words adds to the score of each of its words: full names err less.
const FULL_WEIGHT: f32 = 3.0;
/// More evidence than this adds nothing.
const MOST_EVIDENCE: f32 = 4.0;

/// Names found in the first pass, by word.
#[derive(Default)]
pub struct Evidence {
    by_word: HashMap<u64, Findings, FixedState>,
}

/// What was found of one word.
#[derive(Default)]
struct Findings {
    /// Token, class and weight of each finding, in order of tokens, each once.
    each: Vec<(usize, Class, f64)>,
    /// Sums of the weights, so that a word may be found any number of times.
    sums: [f64; N_CLASSES],
}

impl Evidence {
    /// Gathers the names of the first pass.
    pub fn gather(found: &[Found], page: &Page) -> Self {
        let mut evidence = Self::default();
        for name in found {
            let is_single = name.end_token - name.first_token == 1;
            if !is_single && name.class != Class::Person {
                continue;
            }
            for token in name.first_token..name.end_token {
                let Some(word) = page.token_word(token) else { continue };
                if matches!(word.shape, Shape::Lower | Shape::Mark | Shape::Initial | Shape::Letter) {
                    continue;
                }
                let weight = if is_single { SINGLE_WEIGHT } else { FULL_WEIGHT };
                evidence.add(word.exact, token, name.class, weight * name.confidence);
            }
        }
        evidence
    }

    fn add(&mut self, word: u64, token: usize, class: Class, weight: f32) {
        let findings = self.by_word.entry(word).or_default();
        findings.each.push((token, class, f64::from(weight)));
        findings.sums[class as usize] += f64::from(weight);
    }

    /// Adds to the scores of a token what other tokens of its word say; tells whether they say anything.
    pub fn apply(&self, word: u64, token: usize, scores: &mut Row) -> bool {
        let Some(findings) = self.by_word.get(&word) else { return false };
        let mut sums = findings.sums;
        let mut n_others = findings.each.len();
        if let Ok(own) = findings.each.binary_search_by_key(&token, |&(at, ..)| at) {
            let (_, class, weight) = findings.each[own];
            sums[class as usize] -= weight;
            n_others -= 1;
        }
        if n_others == 0 {
            return false;
        }
        for class in Class::ALL {
            let bonus = (sums[class as usize] as f32).clamp(0.0, MOST_EVIDENCE);
            scores[label(class, Position::Unit)] += bonus;
            if class == Class::Person {
                scores[label(class, Position::Begin)] += bonus;
                scores[label(class, Position::Inside)] += bonus;
                scores[label(class, Position::Last)] += bonus;
            }
        }
        true
    }
}
