//! Stored bytes of one field of a document, found where they lie in the engine's document store.
//!
//! The engine copies such bytes one at a time, which takes up to a fifth of a search. A stored document is a number of
//! fields, and each of them a number, a sign of its type, and its value: of bytes and text, how many there are and
//! then themselves. A document with any other values is left to the engine.

use std::ops::Range;

use tantivy::directory::OwnedBytes;
use tantivy::schema::{Field, Value};
use tantivy::store::StoreReader;
use tantivy::{DocId, TantivyDocument};

/// Signs of values that are so many bytes.
const TEXT: u8 = 0;
const BYTES: u8 = 4;

/// The bytes that a document has in a field; none where it has none.
///
/// # Errors
/// When the store can't be read.
pub(crate) fn stored_bytes(store: &StoreReader, doc: DocId, field: Field) -> tantivy::Result<OwnedBytes> {
    let document = store.get_document_bytes(doc)?;
    if let Some(range) = find(&document, field) {
        return Ok(document.slice(range));
    }
    let document: TantivyDocument = store.get(doc)?;
    let bytes = document.get_first(field).and_then(|value| value.as_bytes()).unwrap_or_default();
    Ok(OwnedBytes::new(bytes.to_owned()))
}

/// Where the first value of a field lies; an empty place when the document has none, `None` when that can't be told.
fn find(document: &[u8], field: Field) -> Option<Range<usize>> {
    let mut at = 0;
    let n_values = number(document, &mut at)?;
    for _ in 0..n_values {
        let id = document.get(at..)?.first_chunk()?;
        let sign = *document.get(at + size_of_val(id))?;
        at += size_of_val(id) + size_of_val(&sign);
        if !matches!(sign, TEXT | BYTES) {
            return None;
        }
        let n_bytes = number(document, &mut at)?;
        let end = at.checked_add(n_bytes).filter(|end| *end <= document.len())?;
        if u32::from_le_bytes(*id) == field.field_id() {
            return (sign == BYTES).then_some(at..end);
        }
        at = end;
    }
    (at == document.len()).then_some(0..0)
}

/// A number in groups of seven bits, the lowest first; the last group has the eighth bit.
fn number(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut number = 0_usize;
    for shift in (0..usize::BITS - 7).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 != 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::schema::{BytesOptions, NumericOptions, STORED, STRING, Schema};
    use tantivy::{Index, IndexWriter};

    use super::*;

    fn documents(has_number: bool, values: &[(String, Vec<u8>, Vec<u8>)]) -> (StoreReader, [Field; 3]) {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", STRING | STORED);
        let [one, other] = ["one", "other"].map(|name| schema.add_bytes_field(name, BytesOptions::from(STORED)));
        let absent = schema.add_bytes_field("absent", BytesOptions::from(STORED));
        let n = schema.add_u64_field("n", NumericOptions::default().set_stored());
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).expect("there is memory");
        for (nth, (value, first, second)) in (0..).zip(values) {
            let mut document = TantivyDocument::new();
            document.add_text(text, value);
            if has_number {
                document.add_u64(n, nth);
            }
            document.add_bytes(one, first);
            document.add_bytes(other, second);
            writer.add_document(document).expect("there is memory");
        }
        writer.commit().expect("there is memory");
        let searcher = index.reader().expect("it was just made").searcher();
        (searcher.segment_reader(0).get_store_reader(9).expect("it is whole"), [one, other, absent])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn bytes_are_those_that_the_engine_reads(
            has_number: bool,
            values in prop::collection::vec(
                ("\\PC{0,9}", prop::collection::vec(any::<u8>(), 0..300), prop::collection::vec(any::<u8>(), 0..20_000)),
                1..4,
            ),
        ) {
            let (store, [one, other, absent]) = documents(has_number, &values);
            for (doc, (_, first, second)) in (0..).zip(&values) {
                for (field, expected) in [(one, &first[..]), (other, second), (absent, &[])] {
                    let bytes = stored_bytes(&store, doc, field).expect("it is whole");
                    prop_assert_eq!(bytes.as_slice(), expected);
                    let found = find(&store.get_document_bytes(doc).expect("it is whole"), field);
                    prop_assert_eq!(found.is_some(), !has_number, "what is laid out as expected is found where it lies");
                }
            }
        }

        #[test]
        fn damaged_documents_lead_nowhere(bytes in prop::collection::vec(any::<u8>(), 0..60), field in 0u32..3) {
            if let Some(range) = find(&bytes, Field::from_field_id(field)) {
                prop_assert!(bytes.get(range).is_some());
            }
        }
    }
}
