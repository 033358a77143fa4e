//! Verdicts applied to what was found in one article.

use std::collections::{BTreeMap, HashMap};

use super::verdict::{Split, Verdicts, plain};
use crate::article::Article;
use crate::extraction::{Extraction, Findings};
use crate::mention::{Entity, EntityKind, Kind, Mention};

/// What rules did to one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    /// For each entity that is left, the rules that made it what it is, by position.
    pub of_entity: Vec<Vec<usize>>,
    /// Entities that are none, with the rule that says so.
    pub blocked: Vec<(Entity, usize)>,
    /// Mentions that each rule touched.
    pub n_mentions: BTreeMap<usize, u64>,
    /// Names under which entities went before they became another as a whole: the entity that is left, the
    /// one that was.
    pub absorbed: Vec<(usize, Entity)>,
}

impl Verdicts {
    /// Applies the rules to an extraction. `ids` are those that the article goes by. `None` when no rule
    /// speaks of any of its entities.
    pub fn apply(&self, article: &Article, ids: &[String], extraction: &mut Extraction) -> Option<Applied> {
        let is_meant = |entity: &Entity| {
            self.affects(entity.kind, &entity.key) || self.names.get(entity.kind, &entity.key).is_some()
        };
        if !extraction.entities.iter().any(is_meant) {
            return None;
        }
        let old = std::mem::take(&mut extraction.entities);
        let mut work =
            Work { verdicts: self, ids, old, new: Vec::new(), at: HashMap::new(), applied: Applied::default() };
        work.findings(&article.title, &mut extraction.title);
        work.findings(&article.body, &mut extraction.body);
        extraction.entities = work.new;
        Some(work.applied)
    }
}

struct Work<'a> {
    verdicts: &'a Verdicts,
    ids: &'a [String],
    old: Vec<Entity>,
    new: Vec<Entity>,
    /// Positions of the new entities.
    at: HashMap<(EntityKind, String), usize>,
    applied: Applied,
}

impl Work<'_> {
    fn findings(&mut self, text: &str, findings: &mut Findings) {
        let mentions = std::mem::take(&mut findings.mentions);
        findings.mentions = mentions.into_iter().filter_map(|mention| self.mention(text, mention)).collect();
    }

    fn mention(&mut self, text: &str, mention: Mention) -> Option<Mention> {
        let verdicts = self.verdicts;
        let number = mention.entity as usize;
        let (kind, old_key) = (self.old[number].kind, self.old[number].key.clone());
        let surface = text.get(mention.span.range()).unwrap_or_default();
        let mut rules = Vec::new();
        let mut key = old_key.clone();
        let splits = verdicts.splits.get(kind, &key).map_or(&[][..], Vec::as_slice);
        if let Some(split) = splits.iter().find(|split| self.holds(split, surface)) {
            rules.push(split.rule);
            key.clone_from(&split.into);
        }
        let is_split = !rules.is_empty();
        let (kind, key) = match verdicts.fates.get(kind, &key) {
            None => (kind, key),
            Some(fate) => {
                rules.extend(&fate.rules);
                let Some(to) = &fate.to else {
                    self.count(&rules);
                    let entity = self.old[number].clone();
                    if let Some(&rule) = rules.last()
                        && !self.applied.blocked.iter().any(|(known, _)| *known == entity)
                    {
                        self.applied.blocked.push((entity, rule));
                    }
                    return None;
                };
                to.clone()
            }
        };
        if let Some((_, rule)) = verdicts.names.get(kind, &key)
            && !rules.contains(rule)
            && (rules.is_empty() || !is_split)
        {
            rules.push(*rule);
        }
        self.count(&rules);
        let entity = self.entity(kind, &key, number, is_split);
        let known = &mut self.applied.of_entity[entity];
        rules.retain(|rule| !known.contains(rule));
        known.append(&mut rules);
        if !is_split && (kind, key.as_str()) != (self.old[number].kind, old_key.as_str()) {
            let was = (entity, self.old[number].clone());
            if !self.applied.absorbed.contains(&was) {
                self.applied.absorbed.push(was);
            }
        }
        let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let target = &mut self.new[entity];
        if surface != target.name && !target.aliases.contains(&surface) {
            target.aliases.push(surface);
        }
        let mention_kind = match (kind, mention.kind) {
            (EntityKind::Place, Kind::Demonym) => Kind::Demonym,
            (EntityKind::Place, _) => Kind::Place,
            (EntityKind::Person, _) => Kind::Person,
            (EntityKind::Org, _) => Kind::Org,
        };
        let entity = u32::try_from(entity).expect("an article has fewer entities than bytes");
        Some(Mention { kind: mention_kind, entity, ..mention })
    }

    fn count(&mut self, rules: &[usize]) {
        for &rule in rules {
            *self.applied.n_mentions.entry(rule).or_default() += 1;
        }
    }

    /// Whether a mention with these words is split off.
    fn holds(&self, split: &Split, surface: &str) -> bool {
        (split.mentions.is_empty() || split.mentions.contains(&plain(surface)))
            && (split.articles.is_empty() || split.articles.iter().any(|id| self.ids.contains(id)))
            && split.with.as_ref().is_none_or(|with| {
                let is_there = |(kind, key): &(EntityKind, String)| {
                    self.old.iter().any(|entity| entity.kind == *kind && entity.key == *key)
                };
                with.iter().any(is_there)
            })
    }

    /// Position of an entity among those that are left; made of the old one when it is new.
    fn entity(&mut self, kind: EntityKind, key: &str, number: usize, is_split: bool) -> usize {
        if let Some(&at) = self.at.get(&(kind, key.to_owned())) {
            return at;
        }
        let same = self.old.iter().find(|entity| entity.kind == kind && entity.key == key);
        let was = &self.old[number];
        let name = match (self.verdicts.name(kind, key), same) {
            (Some(name), _) => name.to_owned(),
            (None, Some(same)) => same.name.clone(),
            (None, None) => was.name.clone(),
        };
        let place = same.and_then(|same| same.place.clone()).or_else(|| {
            let known = self.verdicts.places.get(kind, key).cloned();
            known.or_else(|| was.place.clone().filter(|_| !is_split))
        });
        let place = place.filter(|_| kind == EntityKind::Place);
        self.new.push(Entity { kind, key: key.to_owned(), name, aliases: Vec::new(), place });
        self.applied.of_entity.push(Vec::new());
        self.at.insert((kind, key.to_owned()), self.new.len() - 1);
        self.new.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::path::Path;
    use std::sync::Arc;

    use super::super::{EntityRules, Known, RuleError};
    use super::*;
    use crate::article::{Format, Origin};
    use crate::mention::{PlaceFacts, Span};

    /// Knows entities by their names as keys.
    struct Toy;

    #[derive(Debug)]
    struct Wrong(String);

    impl From<RuleError> for Wrong {
        fn from(error: RuleError) -> Self {
            Self(error.to_string())
        }
    }

    impl From<Infallible> for Wrong {
        fn from(never: Infallible) -> Self {
            match never {}
        }
    }

    impl Known for Toy {
        type Error = Wrong;

        fn keys(&self, _: EntityKind, name: &str) -> Result<Vec<String>, Wrong> {
            let is_known = name.starts_with(char::is_uppercase) && !name.starts_with('X');
            Ok(if is_known { vec![self.key_of(name)] } else { Vec::new() })
        }

        fn name(&self, _: EntityKind, _: &str) -> Result<Option<String>, Wrong> {
            Ok(None)
        }

        fn place(&self, _: &str) -> Result<Option<PlaceFacts>, Wrong> {
            Ok(None)
        }

        fn key_of(&self, name: &str) -> String {
            name.to_lowercase().replace(' ', "-")
        }
    }

    fn verdicts(rules: &str) -> Result<Verdicts, Wrong> {
        Verdicts::new(&EntityRules::parse(Path::new("rules"), rules)?, &Toy)
    }

    /// An article of names between commas; those in capitals are organisations.
    fn article(names: &str) -> (Article, Extraction) {
        let mut extraction = Extraction::default();
        let mut at = 0;
        for name in names.split(", ") {
            let (kind, entity_kind) = match name.chars().all(|c| !c.is_lowercase()) {
                true => (Kind::Org, EntityKind::Org),
                false => (Kind::Person, EntityKind::Person),
            };
            let known = extraction.entities.iter().position(|entity| entity.name == name);
            let entity = known.unwrap_or_else(|| {
                let (key, name) = (Toy.key_of(name), name.to_owned());
                extraction.entities.push(Entity { kind: entity_kind, key, name, aliases: Vec::new(), place: None });
                extraction.entities.len() - 1
            });
            let span = Span::new(at, at + name.len());
            extraction.body.mentions.push(Mention { kind, span, entity: entity as u32 });
            at += name.len() + 2;
        }
        let article = Article {
            origin: Origin { path: Arc::from("/a.txt"), record: None },
            own_id: None,
            title: String::new(),
            body: names.to_owned(),
            date: None,
            authors: Vec::new(),
            source: None,
            section: None,
            url: None,
            language: None,
            tags: Vec::new(),
            format: Format::Text,
        };
        (article, extraction)
    }

    /// Entities as `kind key name [aliases]`, and the entity of each mention.
    #[track_caller]
    fn check(rules: &str, names: &str, entities: &[&str], mentions: &[u32]) {
        let (article, mut extraction) = article(names);
        verdicts(rules).expect("the rules fit").apply(&article, &["id-1".to_owned()], &mut extraction);
        let shown: Vec<String> = (extraction.entities.iter())
            .map(|entity| format!("{} {} {} {:?}", entity.kind.name(), entity.key, entity.name, entity.aliases))
            .collect();
        assert_eq!(shown, entities);
        assert_eq!(extraction.body.mentions.iter().map(|mention| mention.entity).collect::<Vec<_>>(), mentions);
    }

    #[test]
    fn entities_merge() {
        let rules = "[[merge]]\nperson = [\"Ann Lee\", \"Anne Lee\"]\n";
        check(
            rules,
            "Anne Lee, Bob, Ann Lee",
            &["person ann-lee Ann Lee [\"Anne Lee\"]", "person bob Bob []"],
            &[0, 1, 0],
        );
        check(rules, "Bob", &["person bob Bob []"], &[0]);
    }

    #[test]
    fn mentions_split_off_by_words_company_and_id() {
        let rules = |condition: &str| format!("[[split]]\nperson = \"Ann Lee\"\ninto = \"X Lee\"\n{condition}\n");
        let split = &["person x-lee X Lee [\"Ann Lee\"]", "person bob Bob []"];
        let kept = &["person ann-lee Ann Lee []", "person bob Bob []"];
        check(&rules("mentions = [\"ann  lee\"]"), "Ann Lee, Bob", split, &[0, 1]);
        check(&rules("with = [\"Bob\"]"), "Ann Lee, Bob", split, &[0, 1]);
        check(&rules("articles = [\"id-1\"]"), "Ann Lee, Bob", split, &[0, 1]);
        check(&rules("articles = [\"id-2\"]"), "Ann Lee, Bob", kept, &[0, 1]);
        check(&rules("with = [\"Bob\"]\nmentions = [\"Lee\"]"), "Ann Lee, Bob", kept, &[0, 1]);
    }

    #[test]
    fn blocked_entities_leave_no_mention() {
        check("[[block]]\nperson = \"Ann Lee\"\n", "Ann Lee, Bob, Ann Lee", &["person bob Bob []"], &[0]);
    }

    #[test]
    fn names_and_kinds_are_set_right() {
        check("[[rename]]\nperson = \"Bob\"\nname = \"Robert\"\n", "Bob", &["person bob Robert [\"Bob\"]"], &[0]);
        check("[[retag]]\norg = \"ACME\"\nto = \"person\"\n", "ACME", &["person acme ACME []"], &[0]);
        // What was retagged can be merged with what is of its new kind.
        let rules = "[[retag]]\norg = \"ACME\"\nto = \"person\"\n[[merge]]\nperson = [\"Bob\", \"ACME\"]\n";
        check(rules, "ACME, Bob", &["person bob Bob [\"ACME\"]"], &[0, 0]);
    }

    #[test]
    fn rules_that_disagree_are_refused() {
        let rules = "[[merge]]\nperson = [\"Ann\", \"Bob\"]\n[[merge]]\nperson = [\"Cy\", \"Bob\"]\n";
        let Wrong(reason) = verdicts(rules).expect_err("Bob is in both");
        assert_eq!(reason, "rules, line 3: the person `bob` stands in the rule of line 1 too; join the two");
        let rules = "[[split]]\nperson = \"Ann\"\ninto = \"Ann\"\nmentions = [\"A\"]\n";
        assert!(verdicts(rules).is_err());
    }
}
