//! Rules meet what an index knows: names become keys, and each key gets one verdict.
//!
//! The order is fixed, whatever that of the file: mentions are split off first, then kinds are set right,
//! then entities merged, then blocked; names are given last. An entity stands in one rule of a sort only,
//! so that no order between rules of a sort is needed.

use super::by_entity::ByEntity;
use super::{Action, EntityRules, Rule, RuleError};
use crate::mention::{EntityKind, PlaceFacts};

/// What an index knows of entities, rules aside.
pub trait Known {
    /// Why it can't be asked.
    type Error: From<RuleError>;

    /// Keys of the entities that go by a key or a name to show, sorted.
    ///
    /// # Errors
    /// When the index can't be read.
    fn keys(&self, kind: EntityKind, name: &str) -> Result<Vec<String>, Self::Error>;

    /// The name that is shown for a key.
    ///
    /// # Errors
    /// When the index can't be read.
    fn name(&self, kind: EntityKind, key: &str) -> Result<Option<String>, Self::Error>;

    /// What is known of the place of a key.
    ///
    /// # Errors
    /// When the index can't be read.
    fn place(&self, key: &str) -> Result<Option<PlaceFacts>, Self::Error>;

    /// The key that a name makes.
    fn key_of(&self, name: &str) -> String;
}

/// What becomes of an entity as a whole.
#[derive(Clone, Debug, Default)]
pub(super) struct Fate {
    /// What it is; `None` when it is no entity.
    pub(super) to: Option<(EntityKind, String)>,
    /// The rules that say so, by position.
    pub(super) rules: Vec<usize>,
}

/// Mentions of an entity that are another's.
#[derive(Clone, Debug)]
pub(super) struct Split {
    pub(super) rule: usize,
    pub(super) mentions: Vec<String>,
    /// Entities one of which is there too; `None` when none has to be.
    pub(super) with: Option<Vec<(EntityKind, String)>>,
    pub(super) articles: Vec<String>,
    pub(super) into: String,
}

/// What the rules say of the entities of an index.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    pub(super) fates: ByEntity<Fate>,
    pub(super) splits: ByEntity<Vec<Split>>,
    /// Names to show, with the rule that gives it.
    pub(super) names: ByEntity<(String, usize)>,
    pub(super) places: ByEntity<PlaceFacts>,
    /// Entities that come out of rules, or go into them, other than by a name alone.
    affected: ByEntity<()>,
}

impl Verdicts {
    /// Looks up what rules speak of.
    ///
    /// # Errors
    /// When two rules say different things of one entity, or the index can't be read.
    pub fn new<K: Known>(rules: &EntityRules, known: &K) -> Result<Self, K::Error> {
        let mut builder = Builder {
            rules,
            known,
            retags: ByEntity::default(),
            merges: ByEntity::default(),
            blocks: ByEntity::default(),
        };
        builder.collect()?;
        let mut verdicts = Verdicts::default();
        builder.fates(&mut verdicts);
        builder.splits(&mut verdicts)?;
        builder.names(&mut verdicts)?;
        Ok(verdicts)
    }

    /// Whether the rules change what an entity holds or what it is; a new name alone does not.
    pub fn affects(&self, kind: EntityKind, key: &str) -> bool {
        self.affected.get(kind, key).is_some()
    }

    /// Entities that rules change, by kind and key.
    pub fn affected(&self) -> impl Iterator<Item = (EntityKind, &str)> {
        self.affected.iter().map(|(kind, key, ())| (kind, key))
    }

    /// The name that a rule gives an entity.
    pub fn name(&self, kind: EntityKind, key: &str) -> Option<&str> {
        self.names.get(kind, key).map(|(name, _)| name.as_str())
    }

    /// Entities that rules name.
    pub fn named(&self) -> impl Iterator<Item = (EntityKind, &str, &str)> {
        self.names.iter().map(|(kind, key, (name, _))| (kind, key, name.as_str()))
    }

    /// What an entity is after all rules that speak of it as a whole; `None` when it is none.
    pub fn fate(&self, kind: EntityKind, key: &str) -> Option<(EntityKind, String)> {
        match self.fates.get(kind, key) {
            Some(fate) => fate.to.clone(),
            None => Some((kind, key.to_owned())),
        }
    }

    /// Whether any rule goes by ids of articles.
    pub fn asks_for_ids(&self) -> bool {
        self.splits.iter().any(|(_, _, splits)| splits.iter().any(|split| !split.articles.is_empty()))
    }

    /// Whether there is nothing to apply.
    pub fn is_empty(&self) -> bool {
        self.affected.is_empty() && self.names.is_empty()
    }
}

struct Builder<'a, K> {
    rules: &'a EntityRules,
    known: &'a K,
    retags: ByEntity<(EntityKind, usize)>,
    merges: ByEntity<(String, usize)>,
    blocks: ByEntity<usize>,
}

impl<K: Known> Builder<'_, K> {
    fn collect(&mut self) -> Result<(), K::Error> {
        for (number, rule) in self.rules.rules().iter().enumerate() {
            match &rule.action {
                Action::Retag { names, to } => {
                    for key in self.keys(rule.kind, names)? {
                        if let Some((_, other)) = self.retags.insert(rule.kind, &key, (*to, number)) {
                            return Err(self.twice(rule, &key, other).into());
                        }
                    }
                }
                Action::Block { names } => {
                    for key in self.keys(rule.kind, names)? {
                        self.blocks.insert(rule.kind, &key, number);
                    }
                }
                Action::Merge { names, .. } => {
                    let target = self.target(rule.kind, &names[0])?;
                    for key in self.keys(rule.kind, names)? {
                        if let Some((_, other)) = self.merges.insert(rule.kind, &key, (target.clone(), number)) {
                            return Err(self.twice(rule, &key, other).into());
                        }
                    }
                    self.merges.insert(rule.kind, &target, (target.clone(), number));
                }
                Action::Split { .. } | Action::Rename { .. } => {}
            }
        }
        Ok(())
    }

    fn keys(&self, kind: EntityKind, names: &[String]) -> Result<Vec<String>, K::Error> {
        let mut keys = Vec::new();
        for name in names {
            let known = self.known.keys(kind, name)?;
            // A rule may speak of what only another rule makes.
            keys.extend(if known.is_empty() { vec![self.known.key_of(name)] } else { known });
        }
        keys.sort();
        keys.dedup();
        Ok(keys)
    }

    /// The one entity that a name means: the one whose key it is, else the first of those so called.
    fn target(&self, kind: EntityKind, name: &str) -> Result<String, K::Error> {
        let own = self.known.key_of(name);
        let known = self.known.keys(kind, name)?;
        if known.is_empty() || known.contains(&own) {
            return Ok(own);
        }
        Ok(known.into_iter().next().unwrap_or(own))
    }

    fn twice(&self, rule: &Rule, key: &str, other: usize) -> RuleError {
        let other = self.rules.rules()[other].line;
        let reason = match other == rule.line {
            true => format!("`{key}` stands twice in this rule"),
            false => format!("the {} `{key}` stands in the rule of line {other} too; join the two", rule.kind.name()),
        };
        self.rules.error(rule.line, reason)
    }

    fn fates(&self, verdicts: &mut Verdicts) {
        let retagged = self.retags.iter().map(|(kind, key, _)| (kind, key));
        let merged = self.merges.iter().map(|(kind, key, _)| (kind, key));
        let blocked = self.blocks.iter().map(|(kind, key, _)| (kind, key));
        for (kind, key) in retagged.chain(merged).chain(blocked) {
            let (mut now, mut rules) = ((kind, key.to_owned()), Vec::new());
            if let Some(&(to, rule)) = self.retags.get(kind, key) {
                now.0 = to;
                rules.push(rule);
            }
            if let Some((target, rule)) = self.merges.get(now.0, &now.1) {
                if *target != now.1 {
                    rules.push(*rule);
                }
                now.1.clone_from(target);
            }
            let mut to = Some(now.clone());
            if let Some(&rule) = self.blocks.get(now.0, &now.1) {
                rules.push(rule);
                to = None;
            }
            verdicts.affected.insert(kind, key, ());
            verdicts.affected.insert(now.0, &now.1, ());
            verdicts.fates.insert(kind, key, Fate { to, rules });
        }
    }

    fn splits(&self, verdicts: &mut Verdicts) -> Result<(), K::Error> {
        for (number, rule) in self.rules.rules().iter().enumerate() {
            let Action::Split { from, into, mentions, with, articles } = &rule.action else { continue };
            let target = self.target(rule.kind, into)?;
            let mut others = Vec::new();
            for name in with {
                for kind in EntityKind::ALL {
                    others.extend(self.known.keys(kind, name)?.into_iter().map(|key| (kind, key)));
                }
            }
            let split = Split {
                rule: number,
                mentions: mentions.iter().map(|words| plain(words)).collect(),
                with: (!with.is_empty()).then_some(others),
                articles: articles.clone(),
                into: target.clone(),
            };
            for key in self.keys(rule.kind, std::slice::from_ref(from))? {
                if key == target {
                    let reason = format!("`{into}` is the {} that is split", rule.kind.name());
                    return Err(self.rules.error(rule.line, reason).into());
                }
                verdicts.affected.insert(rule.kind, &key, ());
                verdicts.splits.entry(rule.kind, &key).push(split.clone());
            }
            verdicts.affected.insert(rule.kind, &target, ());
            if self.known.keys(rule.kind, into)?.is_empty() {
                verdicts.names.insert(rule.kind, &target, (into.clone(), number));
            }
        }
        Ok(())
    }

    fn names(&self, verdicts: &mut Verdicts) -> Result<(), K::Error> {
        for (number, rule) in self.rules.rules().iter().enumerate() {
            match &rule.action {
                Action::Merge { names, name } => {
                    let target = self.target(rule.kind, &names[0])?;
                    let shown = match name {
                        Some(name) => name.clone(),
                        None => self.known.name(rule.kind, &target)?.unwrap_or_else(|| names[0].clone()),
                    };
                    verdicts.names.insert(rule.kind, &target, (shown, number));
                }
                Action::Retag { names, to: EntityKind::Place } => {
                    for key in self.keys(rule.kind, names)? {
                        self.locate(verdicts, &key)?;
                    }
                }
                _ => {}
            }
        }
        for (number, rule) in self.rules.rules().iter().enumerate() {
            let Action::Rename { from, name } = &rule.action else { continue };
            for key in self.keys(rule.kind, std::slice::from_ref(from))? {
                let shared = verdicts.names.insert(rule.kind, &key, (name.clone(), number));
                let other = shared.map(|(_, other)| &self.rules.rules()[other]);
                if let Some(other) = other.filter(|other| matches!(other.action, Action::Rename { .. })) {
                    let reason = format!("`{key}` is renamed in line {} too", other.line);
                    return Err(self.rules.error(rule.line, reason).into());
                }
            }
        }
        let of_places = verdicts.affected.iter().filter(|(kind, ..)| *kind == EntityKind::Place);
        let targets: Vec<String> = of_places.map(|(_, key, ())| key.to_owned()).collect();
        targets.iter().try_for_each(|key| self.locate(verdicts, key))
    }

    fn locate(&self, verdicts: &mut Verdicts, key: &str) -> Result<(), K::Error> {
        if let Some(place) = self.known.place(key)? {
            verdicts.places.insert(EntityKind::Place, key, place);
        }
        Ok(())
    }
}

/// Words of a mention as compared: white space made plain, case aside.
pub(super) fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
