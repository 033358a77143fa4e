//! The same articles in an index of the bare engine, as its own tutorial would make it: what a search
//! costs before anything of ours is added.
//!
//! Title and body are stemmed, with positions, and stored; people, places, figures of one noun and days
//! stand in fields of their own. A search finds the ten best and the exact number of matches, loads the
//! ten from the store and makes the engine's snippet of each.

use std::ops::Bound;
use std::path::Path;

use dateline::mention::EntityKind;
use dateline::schema::stored::StoredArticle;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::TokenStream;
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument, Term};

/// The noun whose figures the bare index holds.
const NOUN: &str = "prisoner";
/// Memory of the writer.
const BUDGET_BYTES: usize = 100 << 20;
const HITS: usize = 10;
const SNIPPET_CHARS: usize = 240;

/// A question in the terms of the engine.
#[derive(Clone, Copy)]
pub(crate) enum Question {
    /// All of some words.
    All(&'static str),
    /// Any of some words.
    Any(&'static str),
    /// Words in sequence.
    Phrase(&'static str),
    /// All of some words, in articles that name somebody or some place.
    Named(&'static str, EntityKind, &'static str),
    /// All of some words, in articles with so many prisoners.
    Figure(&'static str, f64),
    /// All of some words, in articles of some days since 1970.
    Days(&'static str, i64, i64),
    /// Words that match an expression.
    Expression(&'static str),
    /// Words one edit away.
    Fuzzy(&'static str),
}

struct Fields {
    title: Field,
    body: Field,
    person: Field,
    place: Field,
    figure: Field,
    day: Field,
}

/// An index of the bare engine.
pub(crate) struct Bare {
    index: Index,
    reader: IndexReader,
    fields: Fields,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let stemmed = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(stemmed).set_stored();
    let fields = Fields {
        title: builder.add_text_field("title", text.clone()),
        body: builder.add_text_field("body", text),
        person: builder.add_text_field("person", STRING | STORED),
        place: builder.add_text_field("place", STRING | STORED),
        figure: builder.add_f64_field("figure", FAST | INDEXED),
        day: builder.add_i64_field("day", FAST | INDEXED),
    };
    (builder.build(), fields)
}

/// Makes the index of articles that `each_article` hands over.
pub(crate) fn make(folder: &Path, each_article: impl FnOnce(&mut dyn FnMut(StoredArticle))) {
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema).expect("the folder is new");
    let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET_BYTES).expect("nobody else writes there");
    each_article(&mut |StoredArticle { article, extraction }| {
        let mut document = TantivyDocument::new();
        document.add_text(fields.title, &article.title);
        document.add_text(fields.body, &article.body);
        for entity in &extraction.entities {
            match entity.kind {
                EntityKind::Person => document.add_text(fields.person, &entity.key),
                EntityKind::Place => document.add_text(fields.place, &entity.key),
                EntityKind::Org => {}
            }
        }
        for figure in extraction.title.figures.iter().chain(&extraction.body.figures) {
            if figure.noun.as_deref() == Some(NOUN) {
                document.add_f64(fields.figure, figure.high);
            }
        }
        if let Some(date) = article.date {
            let since = date.first_day().since(jiff::civil::date(1970, 1, 1)).expect("dates are in range");
            document.add_i64(fields.day, since.get_days().into());
        }
        writer.add_document(document).expect("the disk has room");
    });
    writer.commit().expect("the disk has room");
    writer.wait_merging_threads().expect("merges succeed");
}

impl Bare {
    pub(crate) fn open(folder: &Path) -> Self {
        let index = Index::open_in_dir(folder).expect("the index was made");
        let reader = index.reader().expect("the index is whole");
        Self { index, reader, fields: schema().1 }
    }

    /// Answers a question; returns how many articles match.
    pub(crate) fn search(&self, question: Question) -> usize {
        let query = self.query(question);
        let searcher = self.reader.searcher();
        let collectors = (TopDocs::with_limit(HITS).order_by_score(), Count);
        let (best, total) = searcher.search(&*query, &collectors).expect("the index is whole");
        let mut snippets = SnippetGenerator::create(&searcher, &*query, self.fields.body).expect("the query is whole");
        snippets.set_max_num_chars(SNIPPET_CHARS);
        for (_, address) in best {
            let document: TantivyDocument = searcher.doc(address).expect("the index is whole");
            std::hint::black_box(snippets.snippet_from_doc(&document).fragment().len());
        }
        total
    }

    fn query(&self, question: Question) -> Box<dyn Query> {
        let date = |first, last| -> Box<dyn Query> {
            let term = |day| Term::from_field_i64(self.fields.day, day);
            Box::new(RangeQuery::new(Bound::Included(term(first)), Bound::Included(term(last))))
        };
        match question {
            Question::All(words) => self.words(words, Occur::Must),
            Question::Any(words) => self.words(words, Occur::Should),
            Question::Phrase(words) => self.both(|field| {
                let stems = self.stems(words).into_iter();
                Box::new(PhraseQuery::new(stems.map(|stem| Term::from_field_text(field, &stem)).collect()))
            }),
            Question::Named(words, kind, key) => {
                let field = if kind == EntityKind::Person { self.fields.person } else { self.fields.place };
                let named = TermQuery::new(Term::from_field_text(field, key), IndexRecordOption::Basic);
                self.filtered(words, Box::new(named))
            }
            Question::Figure(words, least) => {
                let least = Bound::Included(Term::from_field_f64(self.fields.figure, least));
                self.filtered(words, Box::new(RangeQuery::new(least, Bound::Unbounded)))
            }
            Question::Days(words, first, last) => self.filtered(words, date(first, last)),
            Question::Expression(expression) => self
                .both(|field| Box::new(RegexQuery::from_pattern(expression, field).expect("the expression is right"))),
            Question::Fuzzy(word) => {
                self.both(|field| Box::new(FuzzyTermQuery::new(Term::from_field_text(field, word), 1, false)))
            }
        }
    }

    /// In title or body.
    fn both(&self, make: impl Fn(Field) -> Box<dyn Query>) -> Box<dyn Query> {
        Box::new(BooleanQuery::union(vec![make(self.fields.title), make(self.fields.body)]))
    }

    fn words(&self, words: &str, occur: Occur) -> Box<dyn Query> {
        let word = |stem: &str| {
            self.both(|field| {
                Box::new(TermQuery::new(Term::from_field_text(field, stem), IndexRecordOption::WithFreqs))
            })
        };
        Box::new(BooleanQuery::new(self.stems(words).iter().map(|stem| (occur, word(stem))).collect()))
    }

    fn filtered(&self, words: &str, filter: Box<dyn Query>) -> Box<dyn Query> {
        Box::new(BooleanQuery::new(vec![(Occur::Must, self.words(words, Occur::Must)), (Occur::Must, filter)]))
    }

    fn stems(&self, words: &str) -> Vec<String> {
        let mut analyzer = self.index.tokenizers().get("en_stem").expect("the engine brings it");
        let mut tokens = analyzer.token_stream(words);
        let mut stems = Vec::new();
        tokens.process(&mut |token| stems.push(token.text.clone()));
        stems
    }
}
