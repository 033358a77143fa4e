//! What BM25 has to know of the whole index, counted over living articles only.
//!
//! The engine's own statistics count deleted documents and file rows, so that scores would depend on
//! how an index came about. These do not: the same articles give the same numbers, however they are
//! spread over segments.

use std::sync::{Arc, OnceLock};

use tantivy::DocId;
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;

use super::segment::Segment;
use crate::schema::Fields;

/// Saturation of repeated words. Between 1.2 and 2.2, neither headlines as queries nor topics in
/// sentences move by more than .003 nDCG@10.
const K1: f32 = 1.6;
/// How far long texts are held against their words, per field: BM25's usual value for the body, below
/// which headlines as queries and topics in sentences lose (.012 and .011 nDCG@10 at 0.4); titles are all
/// of about the same length.
const BODY_B: f32 = 0.75;
const TITLE_B: f32 = 0.5;
/// How many occurrences in the body one in the title is worth. A word that the headline chose says
/// more of an article than one of its sentences; between 2 and 5 rankings hardly differ.
const TITLE_WEIGHT: f32 = 3.0;

/// Numbers of the whole index.
pub(super) struct Statistics {
    n_articles: u64,
    n_title_tokens: u64,
    n_body_tokens: u64,
    title: LengthTable,
    body: LengthTable,
}

/// Weight of one occurrence by the one-byte code of the length of the text it stands in.
pub(super) type LengthTable = [f32; 256];

/// Codes of lengths that most texts do not exceed: looking a code up is a search.
static KNOWN_CODES: OnceLock<[u8; 2048]> = OnceLock::new();

fn known_codes() -> [u8; 2048] {
    let mut codes = [0; 2048];
    for code in 1..=u8::MAX {
        let least = FieldNormReader::id_to_fieldnorm(code) as usize;
        codes.get_mut(least..).unwrap_or_default().fill(code);
    }
    codes
}

/// Codes of the lengths of the texts of one field of a segment, by document. The engine's own lengths count what is
/// stacked on words too. By default those of texts that nobody asks for.
#[derive(Clone, Default)]
pub(super) struct Lengths(Arc<[u8]>);

impl Lengths {
    /// Reads them from the column of lengths.
    pub(super) fn read(segment: &Segment, column: Option<&Column<u64>>) -> Self {
        let code = |length: u64| FieldNormReader::fieldnorm_to_id(u32::try_from(length).unwrap_or(u32::MAX));
        let known = KNOWN_CODES.get_or_init(known_codes);
        let mut codes = vec![code(0); segment.max_doc() as usize];
        if let Some(column) = column {
            segment.each_first(column, |doc, length| {
                let known = usize::try_from(length).ok().and_then(|length| known.get(length));
                codes[doc as usize] = known.copied().unwrap_or_else(|| code(length));
            });
        }
        Self(codes.into())
    }

    /// The code of a document.
    pub(super) fn code(&self, doc: DocId) -> u8 {
        self.0.get(doc as usize).copied().unwrap_or_default()
    }
}

impl Statistics {
    /// Counts. Linear in the documents of the index.
    pub(super) fn count(segments: &[Segment], fields: &Fields) -> tantivy::Result<Self> {
        let mut n_articles = 0;
        let (mut n_title_tokens, mut n_body_tokens) = (0, 0);
        for segment in segments {
            n_articles += segment.living().len();
            n_title_tokens += sum(segment, fields.n_title_tokens)?;
            n_body_tokens += sum(segment, fields.n_body_tokens)?;
        }
        Ok(Self::new(n_articles, n_title_tokens, n_body_tokens))
    }

    /// Those of so many living articles, whose titles and texts have so many words.
    pub(super) fn new(n_articles: u64, n_title_tokens: u64, n_body_tokens: u64) -> Self {
        let title = length_table(n_title_tokens, n_articles, TITLE_B, TITLE_WEIGHT);
        let body = length_table(n_body_tokens, n_articles, BODY_B, 1.0);
        Self { n_articles, n_title_tokens, n_body_tokens, title, body }
    }

    /// Words of all titles, and of all texts.
    pub(super) fn n_tokens(&self) -> (u64, u64) {
        (self.n_title_tokens, self.n_body_tokens)
    }

    /// Weights of occurrences in a text field.
    pub(super) fn lengths(&self, fields: &Fields, field: Field) -> &LengthTable {
        if field == fields.title { &self.title } else { &self.body }
    }

    /// How much a word tells that stands in so many living articles.
    pub(super) fn idf(&self, n_with_word: u64) -> f32 {
        let n_with_word = n_with_word.min(self.n_articles) as f32;
        (1.0 + (self.n_articles as f32 - n_with_word + 0.5) / (n_with_word + 0.5)).ln()
    }
}

/// BM25's share of a word's weight that `occurrences` earn, each weighted by its [`LengthTable`]: the
/// combined-field form, in which title and body saturate together.
pub(super) fn saturate(occurrences: f32) -> f32 {
    (K1 + 1.0) * occurrences / (K1 + occurrences)
}

/// What [`saturate`] never reaches.
pub(super) const SATURATED: f32 = K1 + 1.0;

fn sum(segment: &Segment, field: Field) -> tantivy::Result<u64> {
    let Some(column) = segment.u64s(field)? else { return Ok(0) };
    let mut sum = 0;
    segment.each_first(&column, |doc, n_tokens| {
        if segment.living().contains(doc) {
            sum += n_tokens;
        }
    });
    Ok(sum)
}

fn length_table(n_tokens: u64, n_articles: u64, b: f32, weight: f32) -> LengthTable {
    let average = (n_tokens as f32 / n_articles.max(1) as f32).max(1.0);
    std::array::from_fn(|code| {
        let code = u8::try_from(code).expect("the table has 256 entries");
        let length = FieldNormReader::id_to_fieldnorm(code) as f32;
        weight / (1.0 - b + b * length / average)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_occurrences_are_worth_more_but_less_each() {
        assert!(saturate(1.0) < saturate(2.0));
        assert!(saturate(2.0) - saturate(1.0) < saturate(1.0));
        assert!(saturate(1e6) <= K1 + 1.0);
    }

    #[test]
    fn known_codes_are_those_of_the_engine() {
        for (length, &code) in known_codes().iter().enumerate() {
            assert_eq!(code, FieldNormReader::fieldnorm_to_id(length as u32), "{length}");
        }
    }

    #[test]
    fn rare_words_tell_more() {
        let table = [0.0; 256];
        let statistics = Statistics { title: table, body: table, ..Statistics::new(100, 0, 0) };
        assert!(statistics.idf(1) > statistics.idf(50));
        assert!(statistics.idf(100) > 0.0);
        assert!(statistics.idf(1000) > 0.0);
    }

    #[test]
    fn long_texts_weigh_each_word_less() {
        let table = length_table(1000, 10, BODY_B, 1.0);
        assert!(table[10] > table[200]);
        assert!(length_table(0, 0, BODY_B, 1.0).iter().all(|weight| weight.is_finite()));
    }
}
