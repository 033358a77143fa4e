//! Shapes become the terms of the index that have them, up to a limit that is told.

use std::collections::BTreeMap;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use crate::schema::analyzer::EXACT;
use crate::search::pattern::{Behind, Edits, Shape};
use crate::search::segment::Segment;

/// Words that one pattern may stand for. So many postings are opened in a few milliseconds; a pattern
/// with more of them (`a*`) finds nearly every article by its most frequent ones.
pub(in crate::search) const MAX_WORDS: usize = 2000;

/// Share of a word's weight that a misspelt form earns, by edits: always less than the word itself.
const WEIGHT_BY_EDITS: [f32; 3] = [1.0, 0.5, 0.25];

/// Words of the index that have a shape.
pub(in crate::search) struct Expansion {
    /// Terms with their weights, sorted by term.
    pub terms: Vec<(String, f32)>,
    /// How many words have the shape; more than [`Self::terms`] when the limit cut some off.
    pub n_words: usize,
}

/// Finds the words that have a shape in any of `fields`, the most frequent ones when there are too many.
pub(in crate::search) fn expand(segments: &[Segment], fields: &[Field], shape: &Shape) -> tantivy::Result<Expansion> {
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    for segment in segments {
        for &field in fields {
            let inverted = segment.inverted(field)?;
            each_word(&inverted, shape, |term, info| {
                let n_articles = segment.n_living_with(&inverted, info)?;
                if n_articles > 0 {
                    *words.entry(term.to_owned()).or_default() += n_articles;
                }
                Ok(())
            })?;
        }
    }
    let n_words = words.len();
    let mut kept: Vec<(String, u64)> = words.into_iter().collect();
    if n_words > MAX_WORDS {
        kept.sort_by(|(one, n_one), (other, n_other)| n_other.cmp(n_one).then_with(|| one.cmp(other)));
        kept.truncate(MAX_WORDS);
        kept.sort();
    }
    let weigh = |(term, _): (String, u64)| {
        let edits = shape.distance(&term[EXACT.len()..]).unwrap_or(0);
        let weight = WEIGHT_BY_EDITS[usize::from(edits).min(WEIGHT_BY_EDITS.len() - 1)];
        (term, weight)
    };
    Ok(Expansion { terms: kept.into_iter().map(weigh).collect(), n_words })
}

fn each_word(
    inverted: &InvertedIndexReader,
    shape: &Shape,
    mut each: impl FnMut(&str, &TermInfo) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    match shape {
        Shape::Prefix(prefix) => each_term_from(inverted, &format!("{EXACT}{prefix}"), |term, info| {
            each(term, info)?;
            Ok(true)
        }),
        Shape::Expression(automaton) => each_term(inverted, EXACT, automaton.as_ref(), each),
        Shape::Fuzzy(automaton) => each_term(inverted, EXACT, Edits(automaton.clone()), each),
    }
}

/// Calls `each` for the terms behind `beginning` whose rest the automaton accepts, in order.
pub(in crate::search) fn each_term<A: Automaton>(
    inverted: &InvertedIndexReader,
    beginning: &str,
    rest: A,
    mut each: impl FnMut(&str, &TermInfo) -> tantivy::Result<()>,
) -> tantivy::Result<()>
where
    A::State: Clone,
{
    let automaton = Behind { beginning: beginning.as_bytes().to_vec(), rest };
    let mut terms = inverted.terms().search(automaton).into_stream()?;
    while terms.advance() {
        if let Ok(term) = std::str::from_utf8(terms.key()) {
            each(term, terms.value())?;
        }
    }
    Ok(())
}

/// Calls `each` for the terms that begin so, in order, until it says `false`.
pub(in crate::search) fn each_term_from(
    inverted: &InvertedIndexReader,
    beginning: &str,
    mut each: impl FnMut(&str, &TermInfo) -> tantivy::Result<bool>,
) -> tantivy::Result<()> {
    let mut terms = inverted.terms().range().ge(beginning).into_stream()?;
    while terms.advance() {
        if !terms.key().starts_with(beginning.as_bytes()) {
            break;
        }
        if let Ok(term) = std::str::from_utf8(terms.key())
            && !each(term, terms.value())?
        {
            break;
        }
    }
    Ok(())
}
