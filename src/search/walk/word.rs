//! One plain word in title and body, scored by BM25 over both fields together.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet};

use super::{END, Forms, Walk};
use crate::search::statistics::{LengthTable, Lengths, saturate};

/// A word in one field.
pub(in crate::search) struct WordField<'a> {
    /// Where the word stands in any of its forms.
    pub any_form: Forms,
    /// Where it stands in the form that was typed.
    pub exact: ExactForm,
    /// Codes of the lengths of the texts.
    pub lengths: Lengths,
    /// Weights of occurrences by length.
    pub weights: &'a LengthTable,
}

/// The form of a word that earns extra.
pub(in crate::search) enum ExactForm {
    /// None does, or the segment has it not.
    Nowhere,
    /// One of the forms that are walked anyway.
    Among(usize),
    /// One whose documents are among those of the others, or count by themselves only.
    Apart(Box<SegmentPostings>),
}

/// A word in all fields searched.
pub(in crate::search) struct Word<'a> {
    fields: Vec<WordField<'a>>,
    doc: DocId,
    weight: f32,
    exact_weight: f32,
}

impl<'a> Word<'a> {
    /// `weight` is earned by the word in any form, `exact_weight` in the form typed.
    pub(in crate::search) fn new(fields: Vec<WordField<'a>>, weight: f32, exact_weight: f32) -> Self {
        let mut word = Self { fields, doc: 0, weight, exact_weight };
        word.settle();
        word
    }

    fn settle(&mut self) -> DocId {
        self.doc = self.fields.iter().map(|field| field.any_form.doc()).min().unwrap_or(END);
        self.doc
    }
}

impl Walk for Word<'_> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        for field in &mut self.fields {
            if field.any_form.doc() == self.doc {
                field.any_form.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for field in &mut self.fields {
            if field.any_form.doc() < target {
                field.any_form.seek(target);
            }
        }
        self.settle()
    }

    fn cost(&self) -> u64 {
        self.fields.iter().map(|field| u64::from(field.any_form.size_hint())).sum()
    }

    fn score(&mut self) -> f32 {
        let (mut any_form, mut exact_form) = (0.0, 0.0);
        for field in &mut self.fields {
            if field.any_form.doc() != self.doc {
                continue;
            }
            let weight = field.weights[usize::from(field.lengths.code(self.doc))];
            any_form += weight * field.any_form.term_freq() as f32;
            match &mut field.exact {
                ExactForm::Nowhere => {}
                ExactForm::Among(form) => exact_form += weight * field.any_form.term_freq_of(*form) as f32,
                ExactForm::Apart(exact) => {
                    if exact.doc() < self.doc {
                        exact.seek(self.doc);
                    }
                    if exact.doc() == self.doc {
                        exact_form += weight * exact.term_freq() as f32;
                    }
                }
            }
        }
        self.weight * saturate(any_form) + self.exact_weight * saturate(exact_form)
    }

    fn bound(&mut self) -> f32 {
        // As if all occurrences had the form that was typed: their postings need not be sought.
        let mut any_form = 0.0;
        for field in &self.fields {
            if field.any_form.doc() == self.doc {
                let weight = field.weights[usize::from(field.lengths.code(self.doc))];
                any_form += weight * field.any_form.term_freq() as f32;
            }
        }
        (self.weight + self.exact_weight) * saturate(any_form)
    }
}
