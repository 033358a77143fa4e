//! Labels by a model, to find out where gold labels are doubtful.

use dateline::extract::tagger::decode::{Decoder, Found};
use dateline::extract::tagger::label::{N_LABELS, OUTSIDE, Position, label};

use crate::corpus::Document;

const ANY: u32 = (1 << N_LABELS) - 1;

/// Opens the labels of a document wherever they contradict those of a model that never saw it.
pub(crate) fn open_doubtful(document: &mut Document, decoder: &Decoder) {
    let mut found = Vec::new();
    decoder.decode(&document.text, &document.tokens, &document.sentences, &mut found);
    for (allowed, other) in document.allowed.iter_mut().zip(labels(&found, document.tokens.len())) {
        if *allowed & other == 0 {
            *allowed = ANY;
        }
    }
}

fn labels(found: &[Found], n_tokens: usize) -> Vec<u32> {
    let mut allowed = vec![1u32 << OUTSIDE; n_tokens];
    for name in found {
        let range = name.first_token..name.end_token;
        for (token, mask) in range.clone().zip(&mut allowed[range.clone()]) {
            *mask = 1 << label(name.class, Position::of(token, &range));
        }
    }
    allowed
}
