//! Words that are read by windows find and score what words that are stepped do, and what counting says.

use std::sync::Arc;

use proptest::prelude::*;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexWriter, SegmentReader, TantivyDocument};

use super::*;
use crate::schema::analyzer::Stemming;
use crate::search::bits::Bits;
use crate::search::statistics::{LengthTable, Lengths};

/// Documents; a few windows.
const N_DOCS: u32 = 5000;
/// Each term stands in one of so many documents.
const TERMS: [(&str, u32); 5] = [("a", 1), ("b", 3), ("c", 17), ("d", 400), ("e", 1999)];
const TABLE: LengthTable = [1.0; 256];

/// How often a term stands in a document.
fn frequency(nth: usize, doc: DocId) -> u32 {
    let scattered = doc.wrapping_mul(2_654_435_761).wrapping_add(nth as u32 * 977) >> 7;
    if scattered.is_multiple_of(TERMS[nth].1) { 1 + scattered % 3 } else { 0 }
}

fn segment() -> SegmentReader {
    let mut schema = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let index = Index::create_in_ram(schema.build());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).expect("there is memory");
    for doc in 0..N_DOCS {
        let words = (0..TERMS.len()).flat_map(|nth| vec![TERMS[nth].0; frequency(nth, doc) as usize]);
        let mut document = TantivyDocument::new();
        document.add_text(text, words.collect::<Vec<_>>().join(" "));
        writer.add_document(document).expect("there is memory");
    }
    writer.commit().expect("there is memory");
    index.reader().expect("it was just made").searcher().segment_reader(0).clone()
}

fn form(segment: &SegmentReader, nth: usize, option: IndexRecordOption, only: Option<Only>) -> Form {
    let field = segment.schema().get_field("text").expect("it has one");
    let inverted = segment.inverted_index(field).expect("it is whole");
    let postings = inverted.read_block_postings(&tantivy::Term::from_field_text(field, TERMS[nth].0), option);
    Form::new(postings.expect("it is whole").expect("every term stands somewhere"), only)
}

/// A word of these terms; `max_doc` decides whether it is taken for frequent.
fn word(segment: &SegmentReader, terms: &[usize], exact: Option<usize>, max_doc: DocId) -> Word<'static> {
    static WEIGHTS: LengthTable = TABLE;
    let form = |nth| form(segment, nth, IndexRecordOption::WithFreqs, None);
    let exact = exact.map_or(ExactForm::Nowhere, |exact| match terms.iter().position(|&term| term == exact) {
        Some(at) => ExactForm::Among(at),
        None => ExactForm::Apart(Box::new(form(exact))),
    });
    let forms = terms.iter().map(|&nth| form(nth)).collect();
    let lengths = Lengths::default();
    Word::new(vec![WordField::new(forms, exact, lengths, &WEIGHTS)], 2.0, 1.0, max_doc)
}

/// What a walk finds when it is stepped, with scores.
fn stepped(walk: &mut dyn Walk) -> Vec<(DocId, f32)> {
    let mut found = Vec::new();
    while walk.doc() != END {
        found.push((walk.doc(), walk.score()));
        walk.advance();
    }
    found
}

#[test]
fn windows_find_what_stepping_finds() {
    let segment = segment();
    for (terms, exact) in
        [(&[0][..], None), (&[1, 2], Some(1)), (&[1, 2], Some(3)), (&[3, 4], Some(4)), (&[2, 4], Some(0)), (&[4], None)]
    {
        let by_windows = stepped(&mut word(&segment, terms, exact, N_DOCS));
        let one_by_one = stepped(&mut word(&segment, terms, exact, DocId::MAX));
        assert_eq!(by_windows, one_by_one, "{terms:?}");
        let counted = (0..N_DOCS).filter(|&doc| terms.iter().any(|&nth| frequency(nth, doc) > 0));
        assert!(counted.eq(by_windows.iter().map(|(doc, _)| *doc)), "{terms:?}");
    }
}

#[test]
fn counting_without_frequencies_counts_each_document_once() {
    let segment = segment();
    let mut odd = Bits::new(N_DOCS);
    (1..N_DOCS).step_by(2).for_each(|doc| odd.insert(doc));
    let english = Stemming::of(Some("en"));
    let stemmings = [english.code(), Stemming::of(Some("fr")).code()];
    let codes: Arc<[u8]> = (0..N_DOCS).map(|doc| stemmings[doc as usize % 3 % 2]).collect();
    let only = Some((codes, std::iter::once(english).collect()));
    let some = form(&segment, 1, IndexRecordOption::Basic, only);
    let expected = (1..N_DOCS).step_by(2).filter(|doc| doc % 3 != 1 && frequency(1, *doc) > 0).count();
    assert_eq!(n_with_any(vec![some], &odd), expected as u64);
    for terms in [&[0][..], &[1, 2, 3], &[3, 4], &[4], &[]] {
        let forms = terms.iter().map(|&nth| form(&segment, nth, IndexRecordOption::Basic, None)).collect();
        let any = |doc: &DocId| doc % 2 == 1 && terms.iter().any(|&nth| frequency(nth, *doc) > 0);
        assert_eq!(n_with_any(forms, &odd), (0..N_DOCS).filter(any).count() as u64, "{terms:?}");
    }
}

proptest! {
    #[test]
    fn seeking_and_asking_find_what_stepping_finds(
        terms in prop::sample::subsequence(vec![0, 1, 2, 3, 4], 1..4),
        exact in prop::option::of(0usize..5),
        targets in prop::collection::btree_set(prop_oneof![0..N_DOCS + 9, 2000..2100u32], 0..200),
    ) {
        let segment = segment();
        let all = stepped(&mut word(&segment, &terms, exact, DocId::MAX));
        let mut sought = word(&segment, &terms, exact, N_DOCS);
        let mut asked = word(&segment, &terms, exact, N_DOCS);
        for target in targets {
            let expected = all.iter().find(|(doc, _)| *doc >= target).copied();
            prop_assert_eq!(sought.seek(target), expected.map_or(END, |(doc, _)| doc));
            if let Some((_, score)) = expected {
                prop_assert_eq!(sought.score(), score);
            }
            let score = all.iter().find(|(doc, _)| *doc == target).map(|(_, score)| *score);
            prop_assert_eq!(asked.probe(target), score.is_some());
            if let Some(score) = score {
                prop_assert_eq!(asked.score(), score);
            }
        }
    }

    #[test]
    fn at_least_so_many_parts_are_those_that_asking_finds(
        parts in prop::collection::vec(prop::sample::subsequence(vec![0, 1, 2, 3, 4], 1..3), 1..6),
        n_needed in 1usize..6,
        listed in prop::collection::btree_set(0..N_DOCS, 0..50),
        target in 0..N_DOCS,
    ) {
        let segment = segment();
        let docs: Arc<[(DocId, f32)]> = listed.iter().map(|&doc| (doc, 1.0)).collect();
        let make = || {
            let mut walks: Vec<Box<dyn Windowed>> = Vec::new();
            for (nth, terms) in parts.iter().enumerate() {
                let word = Box::new(word(&segment, terms, Some(0), N_DOCS));
                // Some cannot go back, some are nested.
                walks.push(match nth % 4 {
                    0 => word,
                    1 => Box::new(AtLeast::new(vec![word], 1)),
                    2 => Box::new(Recorded::new(word)),
                    _ => Box::new(AtLeast::new(vec![word, Box::new(List::new(docs.clone(), 1.0))], 1)),
                });
            }
            let n_needed = n_needed.min(walks.len());
            AtLeast::new(walks, n_needed)
        };
        let mut asked = make();
        let mut expected = Vec::new();
        for doc in 0..N_DOCS {
            if asked.probe(doc) {
                expected.push((doc, asked.score(), asked.n_parts_here()));
            }
        }
        let mut stepping = make();
        for &(doc, score, n_parts) in &expected {
            prop_assert_eq!((stepping.doc(), stepping.score(), stepping.n_parts_here()), (doc, score, n_parts));
            stepping.advance();
        }
        prop_assert_eq!(stepping.doc(), END);
        let next = expected.iter().map(|(doc, ..)| *doc).find(|doc| *doc >= target).unwrap_or(END);
        prop_assert_eq!(make().seek(target), next);
        let counts = |doc: DocId| !doc.is_multiple_of(3);
        let mut n_docs = vec![0; parts.len() + 1];
        expected.iter().filter(|(doc, ..)| counts(*doc)).for_each(|(.., n_parts)| n_docs[*n_parts] += 1);
        prop_assert_eq!(make().count_by_parts(|window| window.retain(counts)), n_docs);
    }
}
