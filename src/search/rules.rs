//! The user's rules on entities meet the index: names are looked up, and what is read is set right.

use tantivy::DocAddress;
use tantivy::schema::IndexRecordOption;

use super::SearchError;
use super::id::Articles;
use super::open::Searcher;
use super::overlay::Overlay;
use super::query::EntityMatch;
use super::walk::END;
use crate::entities::{Action, Applied, EntityRules, Known, RuleError, Verdicts};
use crate::mention::{EntityKind, PlaceFacts};
use crate::schema::analyzer::Analyzer;
use crate::schema::cut;
use crate::schema::document::{content_id, format_id};
use crate::schema::stored::StoredArticle;

/// Rules with what they say of this index.
pub(super) struct Ruled {
    rules: EntityRules,
    pub(super) verdicts: Verdicts,
    pub(super) overlay: std::sync::OnceLock<Overlay>,
}

/// What a rule does in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleEffect {
    /// Articles in which it touches something.
    pub n_articles: u64,
    /// Mentions that it touches.
    pub n_mentions: u64,
    /// Names in the rule that no entity of the index goes by, each with the nearest that one does.
    pub unknown: Vec<(String, Option<String>)>,
}

impl Searcher {
    /// The same index as the rules have it: filters, counts, tables and everything read agree with them.
    ///
    /// # Errors
    /// When two rules contradict each other, or the index can't be read.
    pub fn with_rules(mut self, rules: EntityRules) -> Result<Self, SearchError> {
        self.ruled = None;
        let verdicts = Verdicts::new(&rules, &self)?;
        self.ruled = Some(Ruled { rules, verdicts, overlay: std::sync::OnceLock::new() });
        Ok(self)
    }

    /// The rules that are applied, if any.
    pub fn rules(&self) -> Option<&EntityRules> {
        self.ruled.as_ref().map(|ruled| &ruled.rules).filter(|rules| !rules.rules().is_empty())
    }

    pub(super) fn verdicts(&self) -> Option<&Verdicts> {
        self.ruled.as_ref().map(|ruled| &ruled.verdicts).filter(|verdicts| !verdicts.is_empty())
    }

    /// Applies the rules to an article that was just read.
    pub(super) fn set_right(&self, stored: &mut StoredArticle) -> Option<Applied> {
        let verdicts = self.verdicts()?;
        let mut ids = Vec::new();
        if verdicts.asks_for_ids() {
            ids.extend(stored.article.own_id.clone());
            ids.push(format_id(content_id(&stored.article)));
        }
        verdicts.apply(&stored.article, &ids, &mut stored.extraction)
    }

    /// What the rules did to the article of an id; `None` when no rule speaks of it, or there is none such.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn applied_rules(&self, id: &str) -> Result<Option<Applied>, SearchError> {
        match self.addresses_of_id(id)?[..] {
            [address] => Ok(Articles::new(self).read_with_rules(address)?.1),
            _ => Ok(None),
        }
    }

    /// What each rule does, in their order. Reads every article with an entity that a rule speaks of.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn rule_effects(&self) -> Result<Vec<RuleEffect>, SearchError> {
        let Some(ruled) = &self.ruled else { return Ok(Vec::new()) };
        let rules = ruled.rules.rules();
        let none = RuleEffect { n_articles: 0, n_mentions: 0, unknown: Vec::new() };
        let mut effects = vec![none; rules.len()];
        let affected = ruled.verdicts.affected();
        let named = ruled.verdicts.named().map(|(kind, key, _)| (kind, key));
        let mut articles = Articles::new(self);
        for address in self.addresses_with(affected.chain(named))? {
            let (_, applied) = articles.read_with_rules(address)?;
            for (rule, n_mentions) in applied.unwrap_or_default().n_mentions {
                effects[rule].n_articles += 1;
                effects[rule].n_mentions += n_mentions;
            }
        }
        for (rule, effect) in rules.iter().zip(&mut effects) {
            if let Action::Split { with, .. } = &rule.action {
                for name in with {
                    let of_kind = |kind| Ok::<_, SearchError>(!self.raw_keys(kind, name)?.is_empty());
                    if !(of_kind(EntityKind::Person)? || of_kind(EntityKind::Place)? || of_kind(EntityKind::Org)?) {
                        effect.unknown.push((name.clone(), None));
                    }
                }
            }
            for name in rule.names() {
                let is_made = ruled.verdicts.affects(rule.kind, &self.key_of(name)) && self.is_made(rule.kind, name)?;
                if self.raw_keys(rule.kind, name)?.is_empty() && !is_made {
                    let nearest = self.nearest_entities(rule.kind, name, 1)?.pop().map(|(near, _)| near);
                    effect.unknown.push((name.to_owned(), nearest));
                }
            }
        }
        Ok(effects)
    }

    /// Whether an entity is there that the index knows only by the rules.
    fn is_made(&self, kind: EntityKind, name: &str) -> Result<bool, SearchError> {
        let Some(overlay) = self.overlay()? else { return Ok(false) };
        Ok(overlay.n_articles(kind, &self.key_of(name)) > 0)
    }

    /// Living articles that hold any of some entities before rules, in order.
    pub(super) fn addresses_with<'a>(
        &self,
        entities: impl Iterator<Item = (EntityKind, &'a str)>,
    ) -> Result<Vec<DocAddress>, SearchError> {
        let mut addresses = Vec::new();
        for (kind, key) in entities {
            let field = self.fields().entity(kind);
            for (segment_ord, segment) in (0u32..).zip(self.segments()) {
                let postings = segment.postings(field, cut(key), IndexRecordOption::Basic);
                let Some(mut postings) = postings.map_err(|error| self.unreadable(error))? else { continue };
                while tantivy::DocSet::doc(&postings) != END {
                    let doc_id = tantivy::DocSet::doc(&postings);
                    if segment.living().contains(doc_id) {
                        addresses.push(DocAddress { segment_ord, doc_id });
                    }
                    tantivy::DocSet::advance(&mut postings);
                }
            }
        }
        addresses.sort_unstable();
        addresses.dedup();
        Ok(addresses)
    }

    /// Keys that go by a name before rules.
    fn raw_keys(&self, kind: EntityKind, name: &str) -> Result<Vec<String>, SearchError> {
        self.indexed_keys(&mut Analyzer::new(), kind, &EntityMatch::Exact(name.to_owned()))
    }
}

/// What the index knows before rules.
impl Known for Searcher {
    type Error = SearchError;

    fn keys(&self, kind: EntityKind, name: &str) -> Result<Vec<String>, SearchError> {
        self.raw_keys(kind, name)
    }

    fn name(&self, kind: EntityKind, key: &str) -> Result<Option<String>, SearchError> {
        self.indexed_label(kind, key)
    }

    fn place(&self, key: &str) -> Result<Option<PlaceFacts>, SearchError> {
        let Some(&address) = self.addresses_with(std::iter::once((EntityKind::Place, key)))?.first() else {
            return Ok(None);
        };
        let stored = Articles::new(self).read_raw(address)?;
        let is_meant = |kind: EntityKind, other: &str| kind == EntityKind::Place && other == key;
        let mut entities = stored.extraction.entities.into_iter();
        Ok(entities.find(|entity| is_meant(entity.kind, &entity.key)).and_then(|entity| entity.place))
    }

    fn key_of(&self, name: &str) -> String {
        Analyzer::new().exact_words(name).join("-")
    }
}

impl From<RuleError> for SearchError {
    fn from(error: RuleError) -> Self {
        SearchError::Rules(error)
    }
}
