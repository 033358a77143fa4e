//! People, places and organisations: names become keys, keys become documents.

use std::collections::BTreeSet;

use super::expand::each_term_from;
use super::{Plan, Planner};
use crate::mention::EntityKind;
use crate::schema::analyzer::{Analyzer, ENTITY};
use crate::schema::document::{LABEL_SEPARATOR, label, name_key_prefix};
use crate::search::error::SearchError;
use crate::search::open::Searcher;
use crate::search::query::EntityMatch;

impl Planner<'_> {
    pub(super) fn plan_entity(&self, kind: EntityKind, which: &EntityMatch) -> Result<Plan, SearchError> {
        let fields = self.searcher.fields();
        let keys = match which {
            EntityMatch::Any => return Ok(Plan::HasString(fields.entity(kind))),
            EntityMatch::Path(path) => {
                return self.plan_docs(&[(fields.place_path, std::slice::from_ref(path))]);
            }
            EntityMatch::Name(_) | EntityMatch::Exact(_) => self.entity_keys(kind, which)?,
        };
        if keys.is_empty() {
            return Ok(Plan::Nothing);
        }
        let documents = self.plan_docs(&[(fields.entity(kind), &keys)])?;
        if !self.scored.get() {
            return Ok(documents);
        }
        // The documents are those of the key; what they score is how much they speak of it.
        let terms: Vec<(String, f32)> = keys.iter().map(|key| (entity_term(kind, key), 1.0)).collect();
        let spoken = self.plan_list(&[(fields.title, &terms), (fields.body, &terms)])?;
        Ok(match (documents, spoken) {
            (Plan::List { segments: documents, .. }, Plan::List { segments: spoken, weight }) => {
                let join = |(documents, spoken): (_, _)| join(documents, spoken);
                Plan::List { segments: documents.into_iter().zip(spoken).map(join).collect(), weight }
            }
            (documents, _) => documents,
        })
    }

    /// Keys of the entities meant; none for [`EntityMatch::Any`].
    pub(super) fn entity_keys(&self, kind: EntityKind, which: &EntityMatch) -> Result<Vec<String>, SearchError> {
        self.searcher.entity_keys(&mut self.analyzer.borrow_mut(), kind, which)
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
pub(super) fn entity_term(kind: EntityKind, key: &str) -> String {
    crate::schema::cut(&format!("{ENTITY}{}:{key}", kind.name())).to_owned()
}

type List = std::sync::Arc<[(tantivy::DocId, f32)]>;

/// The documents of one list with the occurrences of the other.
fn join(documents: List, spoken: List) -> List {
    let occurrences = |doc| match spoken.binary_search_by_key(&doc, |(doc, _)| *doc) {
        Ok(index) => spoken[index].1,
        Err(_) => 0.0,
    };
    documents.iter().map(|&(doc, _)| (doc, occurrences(doc))).collect()
}

impl Searcher {
    /// Keys of the entities meant, sorted; none for [`EntityMatch::Any`].
    pub(in crate::search) fn entity_keys(
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
        let prefix = name_key_prefix(kind, words);
        for segment in self.segments() {
            let inverted = segment.inverted(self.fields().name_key).map_err(|error| self.unreadable(error))?;
            each_term_from(&inverted, &prefix, |term, info| {
                let rest = &term[prefix.len()..];
                if rest.starts_with([step, LABEL_SEPARATOR])
                    && let Some((_, key)) = rest.rsplit_once(LABEL_SEPARATOR)
                    && !keys.contains(key)
                    && segment.is_living(&inverted, info)?
                {
                    keys.insert(key.to_owned());
                }
                Ok(true)
            })
            .map_err(|error| self.unreadable(error))?;
        }
        Ok(())
    }
}
