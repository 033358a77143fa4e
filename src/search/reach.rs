//! What a plain word reaches beside itself: the people and places that it names, however articles spell
//! them. `zelensky` finds the article that only has "Zelenskyy", `kiev` the one that only has "Kyiv".
//!
//! A word reaches a person whose surname it is, or a place that it is a name of, where at least half of the
//! articles with the word name one of them: `may` and `nice` mean what they say. A demonym is a name of its
//! place here (`german` finds "Germany"), but nothing to be reached: an article that only says "Ukrainian"
//! is found by `place:ukraine`, not by `ukraine`. Phrases, exact forms and sides of NEAR reach nothing, and
//! no word reaches entities that the user's rules change.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet};

use super::bits::Bits;
use super::error::SearchError;
use super::forms::{Form, TypedWord};
use super::open::Searcher;
use super::plan::entity_term;
use super::plan::expand::each_term_from;
use super::plan::stop::is_stop_word;
use super::statistics::Statistics;
use super::walk::{END, Forms, Phrase};
use crate::mention::EntityKind;
use crate::schema::analyzer::{Analyzer, EXACT};
use crate::schema::names::{LABEL_SEPARATOR, name_key_prefix, words_and_key};

/// Tells whether a name, folded, is the people of a place or the adjective made of it, by the key of the
/// place.
pub type Demonyms = Arc<dyn Fn(&str, &str) -> bool + Send + Sync>;

/// Share of the weight of a word that an article earns which only names what the word names: always less
/// than the word itself, and enough to stand before articles that lack both.
pub(super) const REACHED_SHARE: f32 = 0.7;
/// Entities that a word reaches, those with the most articles first.
const MAX_REACHED: usize = 8;
/// A word that may name more entities than this tells none of them.
const MAX_CANDIDATES: usize = 64;
/// Letters of the shortest word that reaches anything.
const MIN_LETTERS: usize = 3;
/// Words of which it is remembered what they reach.
const MAX_REMEMBERED: usize = 4096;

/// What a word reaches in some fields.
#[derive(Default)]
pub(super) struct Reach {
    /// The entities.
    pub keys: Vec<(EntityKind, String)>,
    /// Their names, in the same order.
    pub names: Vec<String>,
    /// How many more there were.
    pub n_dropped: usize,
    /// For each segment, articles that name one of them and lack the word, with weighted mentions.
    pub segments: Vec<Arc<[(DocId, f32)]>>,
    /// Articles with the word or one of the entities.
    pub n_articles: u64,
    /// Where it reaches nothing: kinds of entities that go by the word in more articles than have it, with how many.
    pub instead: Vec<(EntityKind, u64)>,
}

/// What words reach, remembered.
#[derive(Default)]
pub(super) struct Reaches(Mutex<HashMap<Asked, Arc<Reach>>>);

/// A folded word and the fields that it is looked for in.
type Asked = (String, Vec<Field>);

/// An entity with the articles that a word reaches by it: for each segment, with weighted mentions.
type Reached = ((EntityKind, String), Vec<BTreeMap<DocId, f32>>);

impl Searcher {
    /// What a word reaches.
    pub(super) fn reach(&self, word: &TypedWord, fields: &[Field]) -> Result<Arc<Reach>, SearchError> {
        let exact = word.exact.as_str();
        let is_word = exact.chars().nth(MIN_LETTERS - 1).is_some() && exact.chars().any(char::is_alphabetic);
        if !is_word || is_stop_word(exact) {
            return Ok(Arc::default());
        }
        let asked = (exact.to_owned(), fields.to_vec());
        let remembered = || self.reaches.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reach) = remembered().get(&asked) {
            return Ok(reach.clone());
        }
        let reach = Arc::new(self.find_reach(word, fields)?);
        let mut remembered = remembered();
        if remembered.len() >= MAX_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(asked, reach.clone());
        Ok(reach)
    }

    fn find_reach(&self, word: &TypedWord, fields: &[Field]) -> Result<Reach, SearchError> {
        let TypedWord { exact, forms } = word;
        let anywhere = [self.fields().title, self.fields().body];
        let n_with_word = self.n_articles_with_any(&anywhere, forms)?;
        let candidates = self.entities_called(exact, n_with_word == 0)?;
        if candidates.is_empty() || candidates.len() > MAX_CANDIDATES {
            return Ok(Reach { instead: self.names_beyond(exact, n_with_word)?, ..Reach::default() });
        }
        let unreadable = |error| self.unreadable(error);
        let with_word = self.documents_with(&anywhere, forms).map_err(unreadable)?;
        if !self.is_mostly_a_name(&candidates, &with_word).map_err(unreadable)? {
            return Ok(Reach { instead: self.names_beyond(exact, n_with_word)?, ..Reach::default() });
        }
        let with_word = match fields {
            [_] => self.documents_with(fields, forms).map_err(unreadable)?,
            _ => with_word,
        };
        let statistics = self.statistics()?;
        let mut reached: Vec<Reached> = Vec::new();
        for (kind, key) in candidates {
            let found = self.articles_naming(statistics, kind, &key, fields, &with_word).map_err(unreadable)?;
            if found.iter().any(|documents| !documents.is_empty()) {
                reached.push(((kind, key), found));
            }
        }
        let n_found = |(_, found): &Reached| found.iter().map(BTreeMap::len).sum::<usize>();
        reached.sort_by(|one, other| n_found(other).cmp(&n_found(one)).then_with(|| one.0.cmp(&other.0)));
        let n_dropped = reached.len().saturating_sub(MAX_REACHED);
        reached.truncate(MAX_REACHED);

        let mut reach = Reach { n_dropped, ..Reach::default() };
        let mut sums: Vec<BTreeMap<DocId, f32>> = vec![BTreeMap::new(); self.segments().len()];
        for ((kind, key), found) in reached {
            for (sums, found) in sums.iter_mut().zip(found) {
                for (doc, occurrences) in found {
                    *sums.entry(doc).or_default() += occurrences;
                }
            }
            reach.names.push(self.label(kind, &key)?.unwrap_or_else(|| key.clone()));
            reach.keys.push((kind, key));
        }
        reach.n_articles =
            with_word.iter().map(Bits::len).sum::<u64>() + sums.iter().map(|sum| sum.len() as u64).sum::<u64>();
        reach.segments = sums.into_iter().map(|sum| sum.into_iter().collect()).collect();
        Ok(reach)
    }

    /// Kinds of entities that go by a word in more articles than have it: one "chicken Kiev" keeps `kiev` from
    /// reaching Kyiv, and whoever asks for it should hear of the others.
    fn names_beyond(&self, word: &str, n_with_word: u64) -> Result<Vec<(EntityKind, u64)>, SearchError> {
        let mut beyond = Vec::new();
        if n_with_word > 0 {
            let called = self.entities_called(word, true)?;
            for kind in [EntityKind::Place, EntityKind::Person] {
                if called.iter().any(|(other, _)| *other == kind) {
                    let n_articles = self.n_articles_named(kind, word)?;
                    beyond.extend((n_articles > n_with_word).then_some((kind, n_articles)));
                }
            }
        }
        Ok(beyond)
    }

    /// People with this surname and places with this name. A word that no article has is looked for as
    /// other spellings of it too.
    fn entities_called(&self, word: &str, is_unknown: bool) -> Result<BTreeSet<(EntityKind, String)>, SearchError> {
        let mut found = BTreeSet::new();
        for kind in [EntityKind::Person, EntityKind::Place] {
            let mut spellings = vec![word.to_owned()];
            if is_unknown {
                let mut analyzer = Analyzer::new();
                spellings.extend((self.aliases())(kind, word).iter().map(|name| analyzer.exact_words(name).join(" ")));
            }
            for spelling in spellings.iter().filter(|spelling| !spelling.is_empty()) {
                let of_kind = name_key_prefix(kind, "");
                let prefix = format!("{}{LABEL_SEPARATOR}", name_key_prefix(kind, spelling));
                for segment in self.segments() {
                    let inverted = segment.inverted(self.fields().name_key).map_err(|error| self.unreadable(error))?;
                    each_term_from(&inverted, &prefix, |term, info| {
                        if let Some((_, key)) = words_and_key(&term[of_kind.len()..])
                            && may_be_called(kind, &key, spelling)
                            && !self.is_ruled(kind, &key)
                            && segment.is_living(&inverted, info)?
                        {
                            found.insert((kind, key.into_owned()));
                        }
                        Ok(found.len() <= MAX_CANDIDATES)
                    })
                    .map_err(|error| self.unreadable(error))?;
                }
            }
        }
        Ok(found)
    }

    /// Living articles with any form of a word in any of some fields, by segment.
    fn documents_with(&self, fields: &[Field], forms: &[Form]) -> tantivy::Result<Vec<Bits>> {
        let mut found = Vec::new();
        for segment in self.segments() {
            let mut documents = Bits::new(segment.max_doc());
            for &field in fields {
                let option = IndexRecordOption::Basic;
                let found = segment.forms(self.fields(), self.languages(), field, forms, option)?;
                let Some(mut postings) = found else { continue };
                while postings.doc() != END {
                    if segment.living().contains(postings.doc()) {
                        documents.insert(postings.doc());
                    }
                    postings.advance();
                }
            }
            found.push(documents);
        }
        Ok(found)
    }

    /// Whether at least half of the articles with a word hold one of the entities.
    fn is_mostly_a_name(
        &self,
        candidates: &BTreeSet<(EntityKind, String)>,
        with_word: &[Bits],
    ) -> tantivy::Result<bool> {
        let (mut n_with_word, mut n_naming) = (0, 0);
        for (segment, with_word) in self.segments().iter().zip(with_word) {
            let mut naming = Bits::new(segment.max_doc());
            for (kind, key) in candidates {
                let field = self.fields().entity(*kind);
                let Some(mut postings) = segment.postings(field, key, IndexRecordOption::Basic)? else { continue };
                while postings.doc() != END {
                    if with_word.contains(postings.doc()) {
                        naming.insert(postings.doc());
                    }
                    postings.advance();
                }
            }
            n_with_word += with_word.len();
            n_naming += naming.len();
        }
        Ok(2 * n_naming >= n_with_word)
    }

    /// Articles that name an entity in some fields, other than by a demonym, and are not among some others.
    fn articles_naming(
        &self,
        statistics: &Statistics,
        kind: EntityKind,
        key: &str,
        fields: &[Field],
        but: &[Bits],
    ) -> tantivy::Result<Vec<BTreeMap<DocId, f32>>> {
        let term = entity_term(kind, key);
        // Asked once, and only where there are articles to reach.
        let mut demonyms: Option<Vec<Vec<String>>> = None;
        let mut found = Vec::new();
        for (segment, but) in self.segments().iter().zip(but) {
            let mut documents: BTreeMap<DocId, f32> = BTreeMap::new();
            for &field in fields {
                let option = IndexRecordOption::WithFreqsAndPositions;
                let Some(mut postings) = segment.postings(field, &term, option)? else { continue };
                let lengths = segment.lengths(self.fields(), field)?;
                let weights = statistics.lengths(self.fields(), field);
                let mut phrases: Option<Vec<Phrase>> = None;
                while postings.doc() != END {
                    let doc = postings.doc();
                    if segment.living().contains(doc) && !but.contains(doc) {
                        if demonyms.is_none() {
                            demonyms = Some(self.demonyms_of(kind, key)?);
                        }
                        let phrases = match &mut phrases {
                            Some(phrases) => phrases,
                            None => {
                                let demonyms = demonyms.iter().flatten();
                                let mut opened = Vec::new();
                                for words in demonyms {
                                    let words = words.iter().map(|word| {
                                        let postings = segment.postings(field, word, option)?;
                                        Ok(postings.map(|postings| Forms::new(vec![(postings, None)])))
                                    });
                                    let words = words.collect::<tantivy::Result<Option<Vec<_>>>>()?;
                                    opened.extend(words.map(|words| Phrase::new(words, 0)));
                                }
                                phrases.insert(opened)
                            }
                        };
                        let mut positions = Vec::new();
                        postings.positions(&mut positions);
                        leave_out_demonyms(phrases, doc, &mut positions);
                        if !positions.is_empty() {
                            let weight = weights[usize::from(lengths.code(doc))];
                            *documents.entry(doc).or_default() += weight * positions.len() as f32;
                        }
                    }
                    postings.advance();
                }
            }
            found.push(documents);
        }
        Ok(found)
    }

    /// Names by which articles mention the people of a place, each as terms in sequence.
    fn demonyms_of(&self, kind: EntityKind, key: &str) -> tantivy::Result<Vec<Vec<String>>> {
        if kind != EntityKind::Place {
            return Ok(Vec::new());
        }
        let mut names = BTreeSet::new();
        let prefix = name_key_prefix(kind, "");
        for segment in self.segments() {
            let inverted = segment.inverted(self.fields().name_key)?;
            each_term_from(&inverted, &prefix, |term, _| {
                match words_and_key(&term[prefix.len()..]) {
                    Some((name, its_key)) if its_key == key && !name.starts_with('/') => {
                        names.insert(name.to_owned());
                    }
                    _ => {}
                }
                Ok(true)
            })?;
        }
        names.retain(|name| (self.demonyms)(key, name));
        Ok(names.iter().map(|name| name.split(' ').map(|word| format!("{EXACT}{word}")).collect()).collect())
    }
}

/// Takes the positions away at which a demonym begins.
fn leave_out_demonyms(demonyms: &mut [Phrase], doc: DocId, positions: &mut Vec<u32>) {
    let mut found = Vec::new();
    for demonym in demonyms {
        if demonym.seek(doc) == doc {
            found.clear();
            demonym.find(&mut found);
            positions.retain(|position| found.iter().all(|one| one.start != *position));
        }
    }
}

/// Whether a word that ends a name of an entity can be what it is called by itself: the surname of a person,
/// not a first name; the whole name of a place, not the end of a longer one (`york` for New York).
fn may_be_called(kind: EntityKind, key: &str, word: &str) -> bool {
    let mut parts = key.split('-');
    match kind {
        EntityKind::Person => key == word || parts.next() != Some(word),
        _ => key == word || word.contains(' ') || !parts.any(|part| part == word),
    }
}
