//! Precision, recall and F1 of names, counted as the product's own measurement counts them.

use std::collections::BTreeSet;

use dateline::extract::tagger::decode::{Decoder, Found};
use dateline::extract::tagger::label::Class;

use crate::corpus::{Document, Name};

/// Right, gold and found names of a class.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    pub n_right: usize,
    pub n_gold: usize,
    pub n_found: usize,
}

impl Tally {
    pub(crate) fn precision(self) -> f64 {
        100.0 * self.n_right as f64 / self.n_found.max(1) as f64
    }

    pub(crate) fn recall(self) -> f64 {
        100.0 * self.n_right as f64 / self.n_gold.max(1) as f64
    }

    pub(crate) fn f1(self) -> f64 {
        200.0 * self.n_right as f64 / (self.n_gold + self.n_found).max(1) as f64
    }

    fn plus(self, other: Self) -> Self {
        Self {
            n_right: self.n_right + other.n_right,
            n_gold: self.n_gold + other.n_gold,
            n_found: self.n_found + other.n_found,
        }
    }
}

/// Tallies of people, places, organisations, the first two, and all three.
pub(crate) struct Score(pub [Tally; 5]);

impl Score {
    pub(crate) fn all(&self) -> Tally {
        self.0[4]
    }

    pub(crate) fn people_and_places(&self) -> Tally {
        self.0[3]
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, tally) in ["PER", "LOC", "ORG", "PER+LOC", "all"].iter().zip(self.0) {
            write!(f, "{name} {:.1}/{:.1}/{:.1}  ", tally.precision(), tally.recall(), tally.f1())?;
        }
        Ok(())
    }
}

/// Measures a decoder; calls `on_error` with what was missed or found wrongly.
pub(crate) fn score(
    decoder: &Decoder,
    documents: &[Document],
    mut on_error: impl FnMut(&Document, Name, bool),
) -> Score {
    let mut tallies = [Tally::default(); 4];
    for document in documents {
        let found: BTreeSet<Name> = found(decoder, document).into_iter().map(|(name, _)| name).collect();
        let gold = gold(document);
        for &name in &gold {
            tallies[name.2 as usize].n_gold += 1;
            if !found.contains(&name) {
                on_error(document, name, false);
            }
        }
        for &name in &found {
            tallies[name.2 as usize].n_found += 1;
            if gold.contains(&name) {
                tallies[name.2 as usize].n_right += 1;
            } else {
                on_error(document, name, true);
            }
        }
    }
    let [people, places, orgs, _] = tallies;
    debug_assert_eq!(Class::Org as usize, 2, "tallies are in the order of classes");
    Score([people, places, orgs, people.plus(places), people.plus(places).plus(orgs)])
}

/// Names that a decoder finds, as gold counts them, with its confidence.
pub(crate) fn found(decoder: &Decoder, document: &Document) -> Vec<(Name, f32)> {
    let mut found = Vec::new();
    decoder.decode(&document.text, &document.tokens, &document.sentences, &mut found);
    let name = |name: &Found| {
        let from = document.tokens[name.first_token].span.start as usize;
        let to = document.tokens[name.end_token - 1].span.end as usize;
        let first = document.gold_tokens.partition_point(|range| range.end <= from);
        let end = document.gold_tokens.partition_point(|range| range.start < to);
        (end > first).then(|| (trim(document, (first, end, name.class)), name.confidence))
    };
    found.iter().filter_map(name).collect()
}

/// Names that are right.
pub(crate) fn gold(document: &Document) -> BTreeSet<Name> {
    document.names.iter().map(|&name| trim(document, name)).collect()
}

fn trim(document: &Document, (mut start, mut end, class): Name) -> Name {
    let word = |i: usize| document.text[document.gold_tokens[i].clone()].to_lowercase();
    while end - start > 1 && matches!(word(start).as_str(), "the" | "a" | "an") {
        start += 1;
    }
    while end - start > 1 && matches!(word(end - 1).as_str(), "'s" | "’s" | "'" | "’") {
        end -= 1;
    }
    (start, end, class)
}
