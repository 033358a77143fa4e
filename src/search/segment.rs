//! One segment of an index, as the searcher sees it: living articles, postings, columns.

use std::io;
use std::sync::{Arc, OnceLock};

use tantivy::columnar::{Column, ColumnIndex, StrColumn};
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption, Schema};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use super::bits::Bits;
use super::figures::FigureColumn;
use super::forms::Form;
use super::statistics::{Lengths, Statistics};
use super::term_infos::TermInfos;
use super::walk::{self, ExactForm, Forms, Only, WordField};
use crate::schema::Fields;
use crate::schema::analyzer::{Stemming, Stemmings};

/// Calls `each` with the values of a column that some ordinals stand for, which are sorted, each once. One
/// pass over the dictionary: looked up one by one, each value unpacks a block of its own.
pub(super) fn each_value(column: &StrColumn, ordinals: &[u64], mut each: impl FnMut(u64, &str)) -> io::Result<()> {
    let mut next = ordinals.iter();
    column.dictionary().sorted_ords_to_term_cb(ordinals, |value| {
        if let (Some(&ordinal), Ok(value)) = (next.next(), std::str::from_utf8(value)) {
            each(ordinal, value);
        }
    })?;
    Ok(())
}

/// Values that are unpacked at once.
const N_UNPACKED: usize = 256;

/// The values of a column, one for each of the documents.
fn in_turn<T>(column: &Column<T>, mut docs: impl Iterator<Item = DocId>, mut each: impl FnMut(DocId, T))
where
    T: PartialOrd + Copy + Default + std::fmt::Debug + Send + Sync + 'static,
{
    let n_values = column.values.num_vals() as usize;
    let mut values = [T::default(); N_UNPACKED];
    for start in (0..n_values).step_by(N_UNPACKED) {
        let values = &mut values[..N_UNPACKED.min(n_values - start)];
        column.values.get_range(start as u64, values);
        for (value, doc) in values.iter().zip(&mut docs) {
            each(doc, *value);
        }
    }
}

/// Blocks of stored articles of a segment kept unpacked, 16 kB each: as many as the engine itself keeps.
const N_CACHED_BLOCKS: usize = 100;

/// One segment.
pub(super) struct Segment {
    reader: SegmentReader,
    /// Stored articles, opened once somebody reads one.
    store: OnceLock<StoreReader>,
    schema: Schema,
    /// Documents that are articles and no file rows, deleted ones too.
    articles: Bits,
    living: Bits,
    /// Whether documents are left out of [`Self::living`] that are copies of others.
    has_copies: bool,
    tie_content: Option<Column<u64>>,
    tie_origin: Option<Column<u64>>,
    sameness: Option<Column<u64>>,
    title_lengths: OnceLock<Lengths>,
    body_lengths: OnceLock<Lengths>,
    /// See [`Self::stemmings`].
    stemmings: OnceLock<Arc<[u8]>>,
    terms: TermInfos,
}

impl Segment {
    /// Opens a segment: finds its living articles. Linear in its documents.
    pub(super) fn open(reader: SegmentReader, fields: &Fields, schema: &Schema) -> tantivy::Result<Self> {
        let mut segment = Self {
            articles: Bits::new(reader.max_doc()),
            living: Bits::new(reader.max_doc()),
            has_copies: false,
            schema: schema.clone(),
            reader,
            store: OnceLock::new(),
            tie_content: None,
            tie_origin: None,
            sameness: None,
            title_lengths: OnceLock::new(),
            body_lengths: OnceLock::new(),
            stemmings: OnceLock::new(),
            terms: TermInfos::default(),
        };
        segment.tie_content = segment.u64s(fields.tie_content)?;
        segment.tie_origin = segment.u64s(fields.tie_origin)?;
        segment.sameness = segment.u64s(fields.sameness)?;
        if let Some(column) = &segment.tie_content {
            let max_doc = segment.reader.max_doc();
            // File rows are few: mostly every document of a run is an article.
            for start in (0..max_doc).step_by(N_UNPACKED) {
                let run = start..max_doc.min(start + N_UNPACKED as u32);
                let are_all = column.index.docid_range_to_rowids(run.clone()).len() == run.len();
                let is_article = |doc: &DocId| are_all || column.index.has_value(*doc);
                run.filter(is_article).for_each(|doc| segment.articles.insert(doc));
            }
        }
        segment.living = segment.articles.clone();
        if let Some(alive) = segment.reader.alive_bitset() {
            segment.articles.iter().filter(|&doc| !alive.is_alive(doc)).for_each(|doc| segment.living.remove(doc));
        }
        Ok(segment)
    }

    /// Leaves out an exact copy of an article that stands elsewhere.
    pub(super) fn leave_out(&mut self, doc: DocId) {
        self.living.remove(doc);
        self.has_copies = true;
    }

    /// Articles that are not deleted, one for all its copies; file rows are not among them.
    pub(super) fn living(&self) -> &Bits {
        &self.living
    }

    /// The engine's view.
    pub(super) fn reader(&self) -> &SegmentReader {
        &self.reader
    }

    /// Stored articles.
    pub(super) fn store(&self) -> io::Result<&StoreReader> {
        if let Some(store) = self.store.get() {
            return Ok(store);
        }
        let opened = self.reader.get_store_reader(N_CACHED_BLOCKS)?;
        Ok(self.store.get_or_init(|| opened))
    }

    /// One past the last document.
    pub(super) fn max_doc(&self) -> DocId {
        self.reader.max_doc()
    }

    /// What orders documents of equal rank.
    pub(super) fn tie(&self, doc: DocId) -> (u64, u64) {
        let value = |column: &Option<Column<u64>>| column.as_ref().and_then(|column| column.first(doc)).unwrap_or(0);
        (value(&self.tie_content), value(&self.tie_origin))
    }

    /// What exact copies of an article share; `None` for what is no article.
    pub(super) fn sameness(&self, doc: DocId) -> Option<u64> {
        self.sameness.as_ref()?.first(doc)
    }

    /// As [`Self::sameness`], of all living articles.
    pub(super) fn each_sameness(&self, mut each: impl FnMut(DocId, u64)) {
        let Some(column) = &self.sameness else { return };
        self.each_first(column, |doc, sameness| {
            if self.living.contains(doc) {
                each(doc, sameness);
            }
        });
    }

    /// Calls `each` with every document that has a value in a column and the first that it has, in order. Of a value that
    /// every article has, several times as fast as to ask for one document after the other.
    pub(super) fn each_first<T>(&self, column: &Column<T>, mut each: impl FnMut(DocId, T))
    where
        T: PartialOrd + Copy + Default + std::fmt::Debug + Send + Sync + 'static,
    {
        match &column.index {
            ColumnIndex::Full => in_turn(column, 0..self.max_doc(), each),
            // File rows have no such values.
            ColumnIndex::Optional(index) if u64::from(index.num_non_nulls()) == self.articles.len() => {
                in_turn(column, self.articles.iter(), each);
            }
            _ => {
                for doc in 0..self.max_doc() {
                    if let Some(value) = column.first(doc) {
                        each(doc, value);
                    }
                }
            }
        }
    }

    /// Terms and postings of a field.
    pub(super) fn inverted(&self, field: Field) -> tantivy::Result<Arc<InvertedIndexReader>> {
        self.reader.inverted_index(field)
    }

    /// Where the postings of a term lie, or `None` when the segment does not have it.
    pub(super) fn term_info(
        &self,
        inverted: &InvertedIndexReader,
        field: Field,
        term: &str,
    ) -> io::Result<Option<TermInfo>> {
        self.terms.get(inverted, field, term)
    }

    /// Postings of a term, or `None` when the segment does not have it.
    pub(super) fn postings(
        &self,
        field: Field,
        term: &str,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let inverted = self.inverted(field)?;
        let Some(info) = self.term_info(&inverted, field, term)? else { return Ok(None) };
        Ok(Some(inverted.read_postings_from_terminfo(&info, option)?))
    }

    /// Postings of all forms of a word that the segment has, or `None` when it has none. `all` are the languages of the
    /// index.
    pub(super) fn forms(
        &self,
        fields: &Fields,
        all: Stemmings,
        field: Field,
        forms: &[Form],
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<Forms>> {
        let inverted = self.inverted(field)?;
        let mut postings = Vec::new();
        for form in forms {
            let Some(info) = self.term_info(&inverted, field, &form.term)? else { continue };
            let of_form = inverted.read_postings_from_terminfo(&info, option)?;
            postings.push((of_form, self.only(fields, all, form)?));
        }
        Ok((!postings.is_empty()).then(|| Forms::new(postings)))
    }

    /// Where a word stands in a field, with its frequencies, for the score of BM25; `None` when the segment has it not.
    /// The term `exact` is that of the form that was typed. Without frequencies in `option`, it can be walked but not
    /// scored.
    pub(super) fn word_field<'s>(
        &self,
        (fields, all): (&Fields, Stemmings),
        statistics: &'s Statistics,
        field: Field,
        (forms, exact): (&[Form], Option<&str>),
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<WordField<'s>>> {
        let inverted = self.inverted(field)?;
        let postings = |term: &str, only| self.blocks(&inverted, field, term, only, option);
        let (mut found, mut of_exact) = (Vec::new(), ExactForm::Nowhere);
        for form in forms {
            let only = self.only(fields, all, form)?;
            let is_exact = only.is_none() && exact == Some(&form.term);
            let Some(postings) = postings(&form.term, only)? else { continue };
            if is_exact {
                of_exact = ExactForm::Among(found.len());
            }
            found.push(postings);
        }
        if found.is_empty() {
            return Ok(None);
        }
        if let (ExactForm::Nowhere, Some(exact)) = (&of_exact, exact)
            && let Some(postings) = postings(exact, None)?
        {
            of_exact = ExactForm::Apart(Box::new(postings));
        }
        let lengths = if option.has_freq() { self.lengths(fields, field)? } else { Lengths::default() };
        let weights = statistics.lengths(fields, field);
        Ok(Some(WordField::new(found, of_exact, lengths, weights)))
    }

    /// In how many living articles any of some forms stands.
    pub(super) fn n_living_with_any(
        &self,
        fields: &Fields,
        all: Stemmings,
        field: Field,
        forms: &[Form],
    ) -> tantivy::Result<u64> {
        let inverted = self.inverted(field)?;
        let mut found = Vec::new();
        for form in forms {
            let only = self.only(fields, all, form)?;
            found.extend(self.blocks(&inverted, field, &form.term, only, IndexRecordOption::Basic)?);
        }
        Ok(walk::n_with_any(found, &self.living))
    }

    /// The postings of a term, to be read a block at a time.
    fn blocks(
        &self,
        inverted: &InvertedIndexReader,
        field: Field,
        term: &str,
        only: Option<Only>,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<walk::Form>> {
        let Some(info) = self.term_info(inverted, field, term)? else { return Ok(None) };
        let postings = inverted.read_block_postings_from_terminfo(&info, option)?;
        Ok(Some(walk::Form::new(postings, only)))
    }

    /// The articles in which a form counts; `None` where it counts in all.
    fn only(&self, fields: &Fields, all: Stemmings, form: &Form) -> tantivy::Result<Option<Only>> {
        Ok(match form.languages.contains_all(all) {
            true => None,
            false => Some((self.stemmings(fields)?, form.languages)),
        })
    }

    /// The languages of its living articles, as they are stemmed.
    pub(super) fn languages(&self, fields: &Fields) -> tantivy::Result<Stemmings> {
        let mut languages = Stemmings::EMPTY;
        let mut n_known = 0;
        let inverted = self.inverted(fields.language)?;
        let mut terms = inverted.terms().stream()?;
        while terms.advance() {
            let n_articles = self.n_living_with(&inverted, terms.value())?;
            if n_articles > 0 {
                n_known += n_articles;
                languages.insert(Stemming::of(std::str::from_utf8(terms.key()).ok()));
            }
        }
        if n_known < self.living.len() {
            languages.insert(Stemming::of(None));
        }
        Ok(languages)
    }

    /// Lengths of the texts in a field.
    pub(super) fn lengths(&self, fields: &Fields, field: Field) -> tantivy::Result<Lengths> {
        let (lengths, column) = match field == fields.title {
            true => (&self.title_lengths, fields.n_title_tokens),
            false => (&self.body_lengths, fields.n_body_tokens),
        };
        if let Some(lengths) = lengths.get() {
            return Ok(lengths.clone());
        }
        let column = self.u64s(column)?;
        Ok(lengths.get_or_init(|| Lengths::read(self, column.as_ref())).clone())
    }

    /// For each document, the code of the stemming of its language.
    pub(super) fn stemmings(&self, fields: &Fields) -> tantivy::Result<Arc<[u8]>> {
        if let Some(stemmings) = self.stemmings.get() {
            return Ok(stemmings.clone());
        }
        let unknown = Stemming::of(None).code();
        let mut stemmings = vec![unknown; self.max_doc() as usize];
        if let Some(column) = self.strings(fields.language)? {
            let mut codes = Vec::new();
            for ordinal in 0..column.num_terms() as u64 {
                let mut language = String::new();
                column.ord_to_str(ordinal, &mut language)?;
                codes.push(Stemming::of(Some(&language)).code());
            }
            for (doc, stemming) in (0..).zip(&mut stemmings) {
                let code = column.ords().first(doc).and_then(|ordinal| codes.get(ordinal as usize));
                *stemming = code.copied().unwrap_or(unknown);
            }
        }
        Ok(self.stemmings.get_or_init(|| stemmings.into()).clone())
    }

    /// In how many living articles a term stands.
    pub(super) fn n_living_with(&self, inverted: &InvertedIndexReader, info: &TermInfo) -> io::Result<u64> {
        if !self.reader.has_deletes() && !self.has_copies {
            return Ok(info.doc_freq.into());
        }
        let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut n_living = 0;
        while postings.doc() != TERMINATED {
            n_living += u64::from(self.living.contains(postings.doc()));
            postings.advance();
        }
        Ok(n_living)
    }

    /// Whether a term stands in any living article.
    pub(super) fn is_living(&self, inverted: &InvertedIndexReader, info: &TermInfo) -> io::Result<bool> {
        if !self.reader.has_deletes() && !self.has_copies {
            return Ok(info.doc_freq > 0);
        }
        let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            if self.living.contains(postings.doc()) {
                return Ok(true);
            }
            postings.advance();
        }
        Ok(false)
    }

    /// A column of whole numbers, or `None` when no document of the segment has a value.
    pub(super) fn u64s(&self, field: Field) -> tantivy::Result<Option<Column<u64>>> {
        self.reader.fast_fields().column_opt(self.schema.get_field_name(field))
    }

    /// A column of signed whole numbers.
    pub(super) fn i64s(&self, field: Field) -> tantivy::Result<Option<Column<i64>>> {
        self.reader.fast_fields().column_opt(self.schema.get_field_name(field))
    }

    /// The quantities of its articles, or `None` when it has none.
    pub(super) fn figures(&self, fields: &Fields) -> tantivy::Result<Option<FigureColumn>> {
        let column = self.reader.fast_fields().bytes(self.schema.get_field_name(fields.figure_entries))?;
        Ok(column.map(FigureColumn::new))
    }

    /// A column of strings.
    pub(super) fn strings(&self, field: Field) -> tantivy::Result<Option<StrColumn>> {
        self.reader.fast_fields().str(self.schema.get_field_name(field))
    }
}
