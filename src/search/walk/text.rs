//! Phrases and proximity in title and body, scored like words.

use tantivy::DocId;

use super::{END, Interval, Places, Walk};
use crate::search::statistics::{LengthTable, Lengths, saturate};

/// Reading positions costs so many times what stepping through documents costs.
const POSITIONS_COST: u64 = 4;

/// Places in one field, and what they are worth.
pub(in crate::search) struct TextField<'a> {
    /// The places.
    pub places: Places,
    /// Codes of the lengths of the texts.
    pub lengths: Lengths,
    /// Weights of occurrences by length.
    pub weights: &'a LengthTable,
}

/// Documents that have the places in any of their fields.
pub(in crate::search) struct TextWalk<'a> {
    fields: Vec<TextField<'a>>,
    /// Where the places of each field stand.
    docs: Vec<DocId>,
    /// Places of each field in the current document.
    n_found: Vec<usize>,
    doc: DocId,
    weight: f32,
    found: Vec<Interval>,
}

impl<'a> TextWalk<'a> {
    /// `weight` is earned by the places.
    pub(in crate::search) fn new(fields: Vec<TextField<'a>>, weight: f32) -> Self {
        let n_found = vec![0; fields.len()];
        let docs = fields.iter().map(|field| field.places.doc()).collect();
        let mut walk = Self { fields, docs, n_found, doc: 0, weight, found: Vec::new() };
        walk.settle();
        walk
    }

    fn look(&mut self, doc: DocId) -> bool {
        let mut n_in_all = 0;
        for ((field, at), n_found) in self.fields.iter_mut().zip(&self.docs).zip(&mut self.n_found) {
            *n_found = if *at == doc { field.places.count(&mut self.found) } else { 0 };
            n_in_all += *n_found;
        }
        n_in_all > 0
    }

    fn settle(&mut self) -> DocId {
        loop {
            self.doc = self.docs.iter().copied().min().unwrap_or(END);
            if self.doc == END || self.look(self.doc) {
                return self.doc;
            }
            self.seek_fields(self.doc + 1);
        }
    }

    fn seek_fields(&mut self, target: DocId) {
        for (field, at) in self.fields.iter_mut().zip(&mut self.docs).filter(|(_, at)| **at < target) {
            *at = field.places.seek(target);
        }
    }
}

impl Walk for TextWalk<'_> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc != END {
            self.seek_fields(self.doc + 1);
            self.settle();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.seek_fields(target);
            self.settle();
        }
        self.doc
    }

    fn probe(&mut self, target: DocId) -> bool {
        self.seek_fields(target);
        self.doc = target;
        self.look(target)
    }

    fn cost(&self) -> u64 {
        self.fields.iter().map(|field| field.places.cost()).sum::<u64>().saturating_mul(POSITIONS_COST)
    }

    fn score(&mut self) -> f32 {
        let mut occurrences = 0.0;
        for (field, &n_found) in self.fields.iter().zip(&self.n_found) {
            if n_found > 0 {
                occurrences += field.weights[usize::from(field.lengths.code(self.doc))] * n_found as f32;
            }
        }
        self.weight * saturate(occurrences)
    }
}
