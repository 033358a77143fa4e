//! Terms that a word of a query stands for: its forms, as the languages of the index have them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tantivy::schema::Field;

use super::error::SearchError;
use super::open::Searcher;
use super::segment::Segment;
use crate::schema::analyzer::{Analyzer, EXACT, Stemming, Stemmings, Unit};

/// A term, and in which articles it has the meaning that is looked for: "new" is a form of "news" in French only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Form {
    /// The term.
    pub term: String,
    /// Articles of these languages count.
    pub languages: Stemmings,
}

/// A word as it was typed, with what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedWord {
    /// Folded.
    pub exact: String,
    /// Terms by which articles have it, each once.
    pub forms: Vec<Form>,
}

/// How many articles have any form of the words that were asked for: planning, ranking and lighting each want to know.
#[derive(Default)]
pub(super) struct Counted(Mutex<HashMap<FormsInFields, u64>>);

type FormsInFields = (Vec<Field>, Vec<Form>);

/// Words that are remembered; their forms take about a megabyte.
const MAX_COUNTED: usize = 5000;

impl Counted {
    fn get(&self, key: &FormsInFields) -> Option<u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).copied()
    }

    fn insert(&self, key: FormsInFields, n_articles: u64) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= MAX_COUNTED {
            counted.clear();
        }
        counted.insert(key, n_articles);
    }
}

/// A piece of typed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word.
    Word(TypedWord),
    /// Two or more characters of a script without spaces, as exact forms of their pairs.
    Run(Vec<String>),
    /// One character of such a script.
    Character(String),
}

/// Words of `text` in any of their forms, each as all of the languages read it: words that share a stem with it. Where
/// stemmers take off more of some forms than of others, also those whose stem it is, and the one that is its stem.
pub(super) fn any_forms(analyzer: &mut Analyzer, languages: Stemmings, text: &str) -> Vec<Piece> {
    pieces(analyzer, languages, text, |analyzer, stemming, word, forms| {
        for stem in &word.stems {
            add_stem(analyzer, stemming, stem, forms);
        }
        if stemming.has_words_as_stems(&word.exact) {
            add(forms, word.exact.clone(), stemming);
            word.stems.iter().for_each(|stem| add(forms, format!("{EXACT}{stem}"), stemming));
        }
    })
}

/// Words of `text` in the form that was typed.
pub(super) fn exact_forms(analyzer: &mut Analyzer, languages: Stemmings, text: &str) -> Vec<Piece> {
    pieces(analyzer, languages, text, |_, stemming, word, forms| add(forms, format!("{EXACT}{}", word.exact), stemming))
}

/// Terms of the words that share a stem.
pub(super) fn forms_of_stem(analyzer: &mut Analyzer, stemming: Stemming, stem: &str) -> Vec<Form> {
    let mut forms = Vec::new();
    add_stem(analyzer, stemming, stem, &mut forms);
    forms
}

/// A word as one language reads it.
struct Read {
    exact: String,
    /// Stems by which it is looked for.
    stems: Vec<String>,
    unit: Unit,
}

fn pieces(
    analyzer: &mut Analyzer,
    languages: Stemmings,
    text: &str,
    add_forms: impl Fn(&mut Analyzer, Stemming, &Read, &mut Vec<Form>),
) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (nth, stemming) in languages.iter().enumerate() {
        let mut words = Vec::new();
        analyzer.words(text, stemming, |word| {
            words.push(Read {
                exact: word.exact.to_owned(),
                stems: word.sought_stems().map(str::to_owned).collect(),
                unit: word.unit,
            });
        });
        // All languages find the same words, and read each in their way.
        let mut run = Vec::new();
        let mut at = 0;
        for word in words {
            match word.unit {
                Unit::Pair => {
                    run.push(word.exact);
                    continue;
                }
                Unit::Last if nth == 0 && run.is_empty() => pieces.push(Piece::Character(word.exact)),
                Unit::Last if nth == 0 => pieces.push(Piece::Run(std::mem::take(&mut run))),
                Unit::Last => run.clear(),
                Unit::Word => {
                    if nth == 0 {
                        pieces.push(Piece::Word(TypedWord { exact: word.exact.clone(), forms: Vec::new() }));
                    }
                    if let Some(Piece::Word(typed)) = pieces.get_mut(at) {
                        add_forms(analyzer, stemming, &word, &mut typed.forms);
                    }
                }
            }
            at += 1;
        }
    }
    pieces
}

fn add_stem(analyzer: &mut Analyzer, stemming: Stemming, stem: &str, forms: &mut Vec<Form>) {
    if stemming.joins_forms(stem) {
        add(forms, stem.to_owned(), stemming);
    }
    if analyzer.is_own_stem(stem, stemming) {
        add(forms, format!("{EXACT}{stem}"), stemming);
    }
}

fn add(forms: &mut Vec<Form>, term: String, stemming: Stemming) {
    match forms.iter_mut().find(|form| form.term == term) {
        Some(form) => form.languages.insert(stemming),
        None => forms.push(Form { term, languages: std::iter::once(stemming).collect() }),
    }
}

impl Searcher {
    /// In how many living articles any form of a word stands: the most of any of the fields. Linear in their number,
    /// the first time.
    pub(super) fn n_articles_with_any(&self, fields: &[Field], forms: &[Form]) -> Result<u64, SearchError> {
        let key = (fields.to_vec(), forms.to_vec());
        if let Some(n_articles) = self.counted.get(&key) {
            return Ok(n_articles);
        }
        let mut most = 0;
        for &field in fields {
            let mut n_articles = 0;
            for segment in self.segments() {
                let counted = self.n_living_with_any(segment, field, forms);
                n_articles += counted.map_err(|error| self.unreadable(error))?;
            }
            most = most.max(n_articles);
        }
        self.counted.insert(key, most);
        Ok(most)
    }

    /// As [`Self::n_articles_with_any`], as if forms stood in articles independently of each other: without reading
    /// their postings.
    pub(super) fn about_n_articles_with_any(&self, fields: &[Field], forms: &[Form]) -> Result<u64, SearchError> {
        let n_articles = self.n_articles().max(1);
        let mut most = 0;
        for &field in fields {
            let mut n_with_any: u64 = 0;
            for form in forms {
                let n_with_form = self.n_articles_with(&[field], &form.term)?;
                let both = u128::from(n_with_any) * u128::from(n_with_form) / u128::from(n_articles);
                n_with_any += n_with_form - u64::try_from(both).unwrap_or(n_with_form).min(n_with_form);
            }
            most = most.max(n_with_any);
        }
        Ok(most)
    }

    fn n_living_with_any(&self, segment: &Segment, field: Field, forms: &[Form]) -> tantivy::Result<u64> {
        let inverted = segment.inverted(field)?;
        let mut known = Vec::new();
        for form in forms {
            if let Some(info) = segment.term_info(&inverted, field, &form.term)? {
                known.push((form, info));
            }
        }
        match &known[..] {
            [] => return Ok(0),
            [(form, info)] if form.languages.contains_all(self.languages()) => {
                return Ok(segment.n_living_with(&inverted, info)?);
            }
            _ => {}
        }
        segment.n_living_with_any(self.fields(), self.languages(), field, forms)
    }
}
