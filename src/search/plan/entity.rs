//! People, places and organisations: names become keys, keys become documents.

use std::collections::{BTreeMap, BTreeSet};

use super::expand::each_term_from;
use super::{Plan, Planner};
use crate::mention::EntityKind;
use crate::schema::analyzer::{Analyzer, ENTITY};
use crate::schema::names::{LABEL_SEPARATOR, label, name_key_prefix, words_and_key};
use crate::search::error::SearchError;
use crate::search::open::Searcher;
use crate::search::overlay::Ruled;
use crate::search::query::EntityMatch;

impl Planner<'_> {
    pub(super) fn plan_entity(&self, kind: EntityKind, which: &EntityMatch) -> Result<Plan, SearchError> {
        let fields = self.searcher.fields();
        let keys = match which {
            EntityMatch::Any => {
                return self.plan_ruled(Plan::HasString(fields.entity(kind)), &|entities| {
                    entities.iter().any(|entity| entity.kind == kind)
                });
            }
            EntityMatch::Path(path) => {
                let documents = self.plan_docs(&[(fields.place_path, std::slice::from_ref(path))])?;
                return self.plan_ruled(documents, &|entities| {
                    entities.iter().filter_map(|entity| entity.path.as_ref()).any(|other| is_at_or_below(other, path))
                });
            }
            EntityMatch::Name(_) | EntityMatch::Exact(_) => self.entity_keys(kind, which)?,
        };
        if keys.is_empty() {
            return Ok(Plan::Nothing);
        }
        let (ruled, keys): (Vec<String>, Vec<String>) =
            keys.into_iter().partition(|key| self.searcher.is_ruled(kind, key));
        let documents = self.plan_docs(&[(fields.entity(kind), &keys)])?;
        let is_scored = self.scored.get();
        if !is_scored && ruled.is_empty() {
            return Ok(documents);
        }
        // The documents are those of the key; what they score is how much they speak of it.
        let terms: Vec<(String, f32)> = keys.iter().map(|key| (entity_term(kind, key), 1.0)).collect();
        let spoken = self.plan_list(&[(fields.title, &terms), (fields.body, &terms)])?;
        let (Plan::List { segments: documents, .. }, Plan::List { segments: spoken, weight }) = (&documents, spoken)
        else {
            return Ok(documents);
        };
        let join = |(documents, spoken): (&List, List)| join(documents, &spoken);
        let mut segments: Vec<List> = documents.iter().zip(spoken).map(join).collect();
        let mut list_weight = weight;
        if !ruled.is_empty() {
            for (ordinal, list) in segments.iter_mut().enumerate() {
                *list = sum(list, &self.ruled_documents(ordinal, kind, &ruled)?);
            }
            let n_documents = segments.iter().map(|list| list.len() as u64).sum();
            list_weight = if is_scored { self.statistics.idf(n_documents) } else { 0.0 };
        }
        Ok(Plan::List { segments, weight: list_weight })
    }

    /// A plan over what the index says, with the articles that rules touch taken by what rules say.
    fn plan_ruled(&self, plan: Plan, holds: &dyn Fn(&[Ruled]) -> bool) -> Result<Plan, SearchError> {
        let Some(overlay) = self.searcher.overlay()? else { return Ok(plan) };
        let list = |holds: &dyn Fn(&[Ruled]) -> bool| {
            let of_segment = |ordinal| {
                let articles = overlay.articles(ordinal).filter(|(_, entities)| holds(entities));
                articles.map(|(doc, _)| (doc, 0.0)).collect()
            };
            Plan::List { segments: (0..self.searcher.segments().len()).map(of_segment).collect(), weight: 0.0 }
        };
        let untouched = Plan::And { required: vec![plan], excluded: vec![list(&|_| true)] };
        Ok(Plan::AtLeast { parts: vec![untouched, list(holds)], n_needed: 1 })
    }

    /// Articles of a segment that hold entities which rules change, with weighted occurrences.
    fn ruled_documents(&self, ordinal: usize, kind: EntityKind, keys: &[String]) -> Result<List, SearchError> {
        let Some(overlay) = self.searcher.overlay()? else { return Ok(List::from([])) };
        let fields = self.searcher.fields();
        let segment = &self.searcher.segments()[ordinal];
        let mut texts = Vec::new();
        for field in [fields.title, fields.body] {
            let lengths = segment.lengths(fields, field).map_err(self.damaged())?;
            texts.push((lengths, self.statistics.lengths(fields, field)));
        }
        let mut documents = Vec::new();
        for (doc, entities) in overlay.articles(ordinal) {
            let meant = entities.iter().filter(|entity| entity.kind == kind && keys.contains(&entity.key));
            let mut occurrences = None;
            for entity in meant {
                let sum: &mut f32 = occurrences.get_or_insert(0.0);
                for ((lengths, weights), n_mentions) in texts.iter().zip(entity.n_mentions) {
                    *sum += weights[usize::from(lengths.code(doc))] * n_mentions as f32;
                }
            }
            documents.extend(occurrences.map(|occurrences| (doc, occurrences)));
        }
        Ok(documents.into())
    }

    /// Keys of the entities meant; none for [`EntityMatch::Any`].
    pub(super) fn entity_keys(&self, kind: EntityKind, which: &EntityMatch) -> Result<Vec<String>, SearchError> {
        self.searcher.entity_keys(&mut self.analyzer(), kind, which)
    }

    /// Documents with any of some terms, without scores.
    pub(super) fn plan_docs(&self, sources: &[(tantivy::schema::Field, &[String])]) -> Result<Plan, SearchError> {
        let weighted: Vec<Vec<(String, f32)>> =
            sources.iter().map(|(_, terms)| terms.iter().map(|term| (term.clone(), 0.0)).collect()).collect();
        let sources: Vec<_> = sources.iter().zip(&weighted).map(|((field, _), terms)| (*field, &terms[..])).collect();
        self.unscored(|planner| planner.plan_list(&sources))
    }
}

/// Term that stands where an entity is mentioned.
pub(in crate::search) fn entity_term(kind: EntityKind, key: &str) -> String {
    crate::schema::cut(&format!("{ENTITY}{}:{key}", kind.name())).to_owned()
}

type List = std::sync::Arc<[(tantivy::DocId, f32)]>;

/// The documents of one list with the occurrences of the other.
fn join(documents: &List, spoken: &List) -> List {
    let mut spoken = spoken.iter().peekable();
    let joined = documents.iter().map(|&(doc, _)| {
        while spoken.next_if(|(other, _)| *other < doc).is_some() {}
        (doc, spoken.peek().filter(|(other, _)| *other == doc).map_or(0.0, |(_, occurrences)| *occurrences))
    });
    joined.collect()
}

/// The documents of both lists, occurrences added up.
fn sum(one: &List, other: &List) -> List {
    let mut documents: BTreeMap<tantivy::DocId, f32> = one.iter().copied().collect();
    for &(doc, occurrences) in other.iter() {
        *documents.entry(doc).or_default() += occurrences;
    }
    documents.into_iter().collect()
}

/// Whether a path is another one or lies below it.
fn is_at_or_below(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Searcher {
    /// Keys of the entities meant, sorted; none for [`EntityMatch::Any`].
    pub(in crate::search) fn entity_keys(
        &self,
        analyzer: &mut Analyzer,
        kind: EntityKind,
        which: &EntityMatch,
    ) -> Result<Vec<String>, SearchError> {
        let indexed = self.indexed_keys(analyzer, kind, which)?;
        let Some(verdicts) = self.verdicts() else { return Ok(indexed) };
        // What rules change is known to the overlay; a key that they did away with leads to what it became.
        let mut keys: BTreeSet<String> = indexed.into_iter().filter(|key| !self.is_ruled(kind, key)).collect();
        if let Some(overlay) = self.overlay()? {
            match which {
                EntityMatch::Any => {}
                EntityMatch::Path(path) => keys.extend(overlay.keys_named(kind, path, '/').map(str::to_owned)),
                EntityMatch::Name(name) => {
                    for spelling in std::iter::once(name.clone()).chain((self.aliases())(kind, name)) {
                        let words = analyzer.exact_words(&spelling).join(" ");
                        if !words.is_empty() {
                            keys.extend(overlay.keys_named(kind, &words, ' ').map(str::to_owned));
                        }
                    }
                }
                EntityMatch::Exact(name) => {
                    let became = verdicts.fate(kind, name).filter(|(to, _)| *to == kind).map(|(_, key)| key);
                    if let Some(key) = became.filter(|key| overlay.n_articles(kind, key) > 0) {
                        return Ok(vec![key]);
                    }
                    for key in overlay.keys(kind) {
                        if self.label(kind, key)?.as_ref() == Some(name) {
                            keys.insert(key.to_owned());
                        }
                    }
                }
            }
        }
        for (_, key, name) in verdicts.named().filter(|(other, key, _)| *other == kind && !self.is_ruled(kind, key)) {
            let is_meant = match which {
                EntityMatch::Exact(meant) => meant == name,
                EntityMatch::Name(meant) => {
                    let (words, name) = (analyzer.exact_words(meant).join(" "), analyzer.exact_words(name).join(" "));
                    !words.is_empty() && format!(" {name} ").contains(&format!(" {words} "))
                }
                EntityMatch::Any | EntityMatch::Path(_) => false,
            };
            if is_meant && self.has_term(self.fields().entity(kind), key)? {
                keys.insert(key.to_owned());
            }
        }
        Ok(keys.into_iter().collect())
    }

    /// As [`Self::entity_keys`], before rules.
    pub(in crate::search) fn indexed_keys(
        &self,
        analyzer: &mut Analyzer,
        kind: EntityKind,
        which: &EntityMatch,
    ) -> Result<Vec<String>, SearchError> {
        let mut keys = BTreeSet::new();
        match which {
            EntityMatch::Any => {}
            EntityMatch::Path(path) => self.keys_named(kind, path, '/', &mut keys)?,
            EntityMatch::Name(name) => {
                let words = analyzer.exact_words(name).join(" ");
                if !words.is_empty() {
                    self.keys_named(kind, &words, ' ', &mut keys)?;
                }
                for spelling in (self.aliases())(kind, name) {
                    let spelling = analyzer.exact_words(&spelling).join(" ");
                    if !spelling.is_empty() && spelling != words {
                        self.keys_named(kind, &spelling, ' ', &mut keys)?;
                    }
                }
            }
            EntityMatch::Exact(name) => {
                let name = crate::schema::cut(name);
                if self.has_term(self.fields().entity(kind), name)? {
                    return Ok(vec![name.to_owned()]);
                }
                let words = analyzer.exact_words(name).join(" ");
                self.keys_named(kind, &words, ' ', &mut keys)?;
                let mut named = Vec::new();
                for key in keys {
                    if self.has_term(self.fields().label, &label(kind, &key, name))? {
                        named.push(key);
                    }
                }
                return Ok(named);
            }
        }
        Ok(keys.into_iter().collect())
    }

    /// Adds the keys of names that hold `words`, up to the end of a word or path step.
    fn keys_named(
        &self,
        kind: EntityKind,
        words: &str,
        step: char,
        keys: &mut BTreeSet<String>,
    ) -> Result<(), SearchError> {
        let (of_kind, prefix) = (name_key_prefix(kind, ""), name_key_prefix(kind, words));
        for segment in self.segments() {
            let inverted = segment.inverted(self.fields().name_key).map_err(|error| self.unreadable(error))?;
            each_term_from(&inverted, &prefix, |term, info| {
                if term[prefix.len()..].starts_with([step, LABEL_SEPARATOR])
                    && let Some((_, key)) = words_and_key(&term[of_kind.len()..])
                    && !keys.contains(&*key)
                    && segment.is_living(&inverted, info)?
                {
                    keys.insert(key.into_owned());
                }
                Ok(true)
            })
            .map_err(|error| self.unreadable(error))?;
        }
        Ok(())
    }
}
