//! What the user's rules make of the articles that they touch, beside what the index says of them.
//!
//! Every article with an entity that a rule speaks of (and that rules name as their result) is read once
//! and set right. Such entities live in these articles only, so that filters, facets and places near each
//! other ask the overlay for them and the index for all others; every count stays exact. Made when first
//! asked for; time and memory grow with the articles touched, not with the index.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tantivy::DocId;

use super::SearchError;
use super::id::Articles;
use super::open::Searcher;
use crate::entities::Verdicts;
use crate::extraction::{Extraction, Findings};
use crate::mention::{Entity, EntityKind};
use crate::schema::analyzer::Analyzer;
use crate::schema::document::mention_positions;

/// Entities of articles as rules have them.
pub(super) struct Overlay {
    /// For each segment, the articles touched.
    segments: Vec<BTreeMap<DocId, Vec<Ruled>>>,
    /// Names, keys and paths of entities that rules change.
    names: BTreeMap<(EntityKind, String), BTreeSet<Called>>,
    /// Names to show and the number of articles that give them.
    labels: BTreeMap<(EntityKind, String), BTreeMap<String, u64>>,
}

/// What an entity is called.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Called {
    /// Words of a name, by any of which it is found.
    Name(String),
    /// Words of the key of a place, which is found from the first one on: it ends with the places around it.
    Place(String),
    /// The path of a place.
    Path(String),
}

impl Called {
    /// Whether words in sequence, the last of them perhaps cut short, are among those that it is called.
    fn begins(&self, words: &str) -> bool {
        match self {
            Self::Name(name) => format!(" {name}").contains(&format!(" {words}")),
            Self::Place(key) => key.starts_with(words),
            Self::Path(_) => false,
        }
    }

    /// Whether it holds all of these words in sequence.
    fn holds(&self, words: &str) -> bool {
        match self {
            Self::Name(name) => format!(" {name} ").contains(&format!(" {words} ")),
            Self::Place(key) => format!("{key} ").starts_with(&format!("{words} ")),
            Self::Path(_) => false,
        }
    }

    /// The words to compare others with.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let (words, n_words) = match self {
            Self::Name(name) => (name.as_str(), usize::MAX),
            Self::Place(key) => (key.as_str(), 1),
            Self::Path(_) => ("", 0),
        };
        words.split(' ').take(n_words)
    }
}

/// An entity of a touched article.
pub(super) struct Ruled {
    pub(super) kind: EntityKind,
    pub(super) key: String,
    /// Whether rules change it; the index is right about all others.
    pub(super) is_changed: bool,
    /// Mentions in title and body.
    pub(super) n_mentions: [u32; 2],
    /// Path of a place.
    pub(super) path: Option<String>,
}

/// Documents of a segment with positions in one text.
pub(super) type Positions = Arc<[(DocId, Vec<u32>)]>;

impl Searcher {
    /// The overlay of the rules; `None` when no rule changes any entity.
    pub(super) fn overlay(&self) -> Result<Option<&Overlay>, SearchError> {
        let Some(ruled) = &self.ruled else { return Ok(None) };
        if ruled.verdicts.affected().next().is_none() {
            return Ok(None);
        }
        if let Some(overlay) = ruled.overlay.get() {
            return Ok(Some(overlay));
        }
        let overlay = Overlay::new(self, &ruled.verdicts)?;
        Ok(Some(ruled.overlay.get_or_init(|| overlay)))
    }

    /// Whether rules change an entity, so that only the overlay knows of it.
    pub(super) fn is_ruled(&self, kind: EntityKind, key: &str) -> bool {
        self.verdicts().is_some_and(|verdicts| verdicts.affects(kind, key))
    }

    /// In how many articles an entity is, as rules have it.
    pub(super) fn n_articles_of(&self, kind: EntityKind, key: &str) -> Result<u64, SearchError> {
        match self.overlay()?.filter(|_| self.is_ruled(kind, key)) {
            Some(overlay) => Ok(overlay.n_articles(kind, key)),
            None => self.n_articles_with(&[self.fields().entity(kind)], key),
        }
    }

    /// Keys of entities that rules change or name, with a word in a name that begins so, each with the
    /// number of articles; all of them without words.
    pub(super) fn ruled_keys_beginning(
        &self,
        kind: EntityKind,
        words: &str,
    ) -> Result<BTreeMap<String, u64>, SearchError> {
        let mut keys = BTreeMap::new();
        for (key, names) in self.overlay()?.into_iter().flat_map(|overlay| overlay.named(kind)) {
            if words.is_empty() || names.iter().any(|name| name.begins(words)) {
                keys.insert(key.to_owned(), self.n_articles_of(kind, key)?);
            }
        }
        let mut analyzer = Analyzer::new();
        for (_, key, name) in self.verdicts().into_iter().flat_map(Verdicts::named).filter(|(other, ..)| *other == kind)
        {
            if words.is_empty() || Called::Name(analyzer.exact_words(name).join(" ")).begins(words) {
                keys.insert(key.to_owned(), self.n_articles_of(kind, key)?);
            }
        }
        keys.retain(|_, n_articles| *n_articles > 0);
        Ok(keys)
    }

    /// Where entities are mentioned in touched articles: those of a kind that `is_meant` picks by key. For
    /// each segment, in title or body.
    pub(super) fn ruled_positions(
        &self,
        kind: EntityKind,
        in_title: bool,
        is_meant: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Positions>, SearchError> {
        let Some(overlay) = self.overlay()? else { return Ok(Vec::new()) };
        let mut articles = Articles::new(self);
        let mut analyzer = Analyzer::new();
        let mut segments = Vec::new();
        for (segment_ord, docs) in (0u32..).zip(&overlay.segments) {
            let mut found: Vec<(DocId, Vec<u32>)> = Vec::new();
            for (&doc_id, entities) in docs {
                if !entities.iter().any(|entity| entity.kind == kind && is_meant(&entity.key)) {
                    continue;
                }
                let stored = articles.read(tantivy::DocAddress { segment_ord, doc_id })?;
                let (text, findings) = match in_title {
                    true => (&stored.article.title, &stored.extraction.title),
                    false => (&stored.article.body, &stored.extraction.body),
                };
                let mut positions = Vec::new();
                mention_positions(&mut analyzer, text, findings, |mention, position| {
                    let entity = &stored.extraction.entities[mention.entity as usize];
                    if entity.kind == kind && is_meant(&entity.key) {
                        positions.push(position);
                    }
                });
                if !positions.is_empty() {
                    found.push((doc_id, positions));
                }
            }
            segments.push(found.into());
        }
        Ok(segments)
    }
}

impl Overlay {
    fn new(searcher: &Searcher, verdicts: &Verdicts) -> Result<Self, SearchError> {
        let mut overlay = Self {
            segments: searcher.segments().iter().map(|_| BTreeMap::new()).collect(),
            names: BTreeMap::new(),
            labels: BTreeMap::new(),
        };
        let mut articles = Articles::new(searcher);
        let mut analyzer = Analyzer::new();
        for address in searcher.addresses_with(verdicts.affected())? {
            let (stored, applied) = articles.read_with_rules(address)?;
            let extraction = &stored.extraction;
            for entity in extraction.entities.iter().filter(|entity| verdicts.affects(entity.kind, &entity.key)) {
                overlay.name(&mut analyzer, entity, entity);
                let labels = overlay.labels.entry((entity.kind, entity.key.clone())).or_default();
                *labels.entry(entity.name.clone()).or_default() += 1;
            }
            for (number, was) in applied.unwrap_or_default().absorbed {
                overlay.name(&mut analyzer, &extraction.entities[number], &was);
            }
            let entities = entities(extraction, verdicts);
            overlay.segments[address.segment_ord as usize].insert(address.doc_id, entities);
        }
        Ok(overlay)
    }

    /// Lets an entity be found by the names of `other`.
    fn name(&mut self, analyzer: &mut Analyzer, entity: &Entity, other: &Entity) {
        let names = self.names.entry((entity.kind, entity.key.clone())).or_default();
        for name in [&other.name].into_iter().chain(&other.aliases) {
            names.insert(Called::Name(analyzer.exact_words(name).join(" ")));
        }
        let key = analyzer.exact_words(&other.key).join(" ");
        names.insert(if other.kind == EntityKind::Place { Called::Place(key) } else { Called::Name(key) });
        names.extend(other.place.as_ref().map(|place| Called::Path(place.path.clone())));
    }

    /// The entities of a touched article; `None` when no rule touches it.
    pub(super) fn article(&self, segment: usize, doc: DocId) -> Option<&[Ruled]> {
        self.segments.get(segment)?.get(&doc).map(Vec::as_slice)
    }

    /// Touched articles of a segment, in order, with their entities.
    pub(super) fn articles(&self, segment: usize) -> impl Iterator<Item = (DocId, &[Ruled])> {
        self.segments.get(segment).into_iter().flatten().map(|(&doc, entities)| (doc, entities.as_slice()))
    }

    /// Touched articles that hold an entity which rules change.
    pub(super) fn n_articles(&self, kind: EntityKind, key: &str) -> u64 {
        let known = self.labels.get(&(kind, key.to_owned()));
        known.map_or(0, |labels| labels.values().sum())
    }

    /// Changed entities of a kind that are left, by key.
    pub(super) fn keys(&self, kind: EntityKind) -> impl Iterator<Item = &str> {
        self.labels.keys().filter(move |(other, _)| *other == kind).map(|(_, key)| key.as_str())
    }

    /// Keys of changed entities with a name that holds `words`, or a path at or below them.
    pub(super) fn keys_named(&self, kind: EntityKind, words: &str, step: char) -> impl Iterator<Item = &str> {
        let holds = move |called: &Called| match (step, called) {
            ('/', Called::Path(path)) => {
                path.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
            ('/', _) => false,
            _ => called.holds(words),
        };
        let of_kind = self.names.iter().filter(move |((other, _), _)| *other == kind);
        of_kind.filter(move |(_, names)| names.iter().any(holds)).map(|((_, key), _)| key.as_str())
    }

    /// Names of changed entities of a kind, with their words.
    pub(super) fn named(&self, kind: EntityKind) -> impl Iterator<Item = (&str, &BTreeSet<Called>)> {
        let of_kind = self.names.iter().filter(move |((other, _), _)| *other == kind);
        of_kind.map(|((_, key), names)| (key.as_str(), names))
    }

    /// The name that most articles give an entity which rules change, as [`Searcher::label`].
    pub(super) fn label(&self, kind: EntityKind, key: &str) -> Option<String> {
        let labels = self.labels.get(&(kind, key.to_owned()))?;
        let most = labels.values().max()?;
        labels.iter().find(|(_, n)| *n == most).map(|(name, _)| name.clone())
    }
}

fn entities(extraction: &Extraction, verdicts: &Verdicts) -> Vec<Ruled> {
    let count = |findings: &Findings, number: usize| {
        let of_entity = findings.mentions.iter().filter(|mention| mention.entity as usize == number);
        u32::try_from(of_entity.count()).unwrap_or(u32::MAX)
    };
    let ruled = |(number, entity): (usize, &Entity)| Ruled {
        kind: entity.kind,
        key: entity.key.clone(),
        is_changed: verdicts.affects(entity.kind, &entity.key),
        n_mentions: [count(&extraction.title, number), count(&extraction.body, number)],
        path: entity.place.as_ref().map(|place| place.path.clone()),
    };
    extraction.entities.iter().enumerate().map(ruled).collect()
}
