//! People, places and organisations of the matching articles.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use super::Scope;
use crate::mention::{EntityKind, PlaceFacts};
use crate::search::{SearchError, Searcher};

/// One entity over all matching articles.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    /// Its key.
    pub key: String,
    /// The name that most articles give it.
    pub name: String,
    /// Articles that mention it: the total of the search for it within the same matches.
    pub n_articles: u64,
    /// Mentions in title and body, by demonym too.
    pub n_mentions: u64,
    /// Other words for it in the articles, those of most articles first.
    pub aliases: Vec<Alias>,
    /// What the gazetteer knows, for places.
    pub place: Option<PlaceFacts>,
}

/// Words that articles use for an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The words.
    pub text: String,
    /// Articles that use them.
    pub n_articles: u64,
    /// Mentions in these words.
    pub n_mentions: u64,
}

/// Entities of one kind, those of most articles first.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityTable {
    /// The first rows.
    pub rows: Vec<EntityRow>,
    /// How many there are in all.
    pub n_distinct: u64,
    /// What the user must know of the search.
    pub notes: Vec<String>,
}

#[derive(Default)]
struct Tally {
    n_articles: u64,
    n_mentions: u64,
    names: BTreeMap<String, u64>,
    /// Words of mentions: articles, mentions.
    surfaces: BTreeMap<String, (u64, u64)>,
    place: Option<PlaceFacts>,
}

/// Counts the entities of a kind.
///
/// # Errors
/// When the index can't be read.
pub fn entities(
    searcher: &Searcher,
    scope: &Scope,
    kind: EntityKind,
    limit: usize,
) -> Result<EntityTable, SearchError> {
    let mut tallies: HashMap<String, Tally> = HashMap::new();
    let notes = searcher.visit_articles(&scope.query, &scope.filters, &mut |stored| {
        let (article, extraction) = (stored.article, stored.extraction);
        let mut surfaces: Vec<BTreeMap<String, u64>> = vec![BTreeMap::new(); extraction.entities.len()];
        for (text, findings) in [(&article.title, &extraction.title), (&article.body, &extraction.body)] {
            for mention in &findings.mentions {
                let entity = mention.entity as usize;
                if extraction.entities[entity].kind == kind {
                    *surfaces[entity].entry(plain(mention.span.of(text))).or_default() += 1;
                }
            }
        }
        for (entity, surfaces) in std::iter::zip(extraction.entities, surfaces) {
            if entity.kind != kind {
                continue;
            }
            let tally = tallies.entry(entity.key).or_default();
            tally.n_articles += 1;
            for (surface, n_mentions) in surfaces {
                tally.n_mentions += n_mentions;
                let (n_articles, n_in_all) = tally.surfaces.entry(surface).or_default();
                *n_articles += 1;
                *n_in_all += n_mentions;
            }
            *tally.names.entry(entity.name).or_default() += 1;
            tally.place = tally.place.take().or(entity.place);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let n_distinct = tallies.len() as u64;
    let mut rows: Vec<EntityRow> = tallies.into_iter().map(|(key, tally)| row(key, tally)).collect();
    rows.sort_by(|left, right| right.n_articles.cmp(&left.n_articles).then_with(|| left.key.cmp(&right.key)));
    rows.truncate(limit);
    Ok(EntityTable { rows, n_distinct, notes })
}

fn row(key: String, tally: Tally) -> EntityRow {
    let most = tally.names.values().max();
    let name = tally.names.iter().find(|(_, n)| Some(*n) == most).map_or_else(|| key.clone(), |(name, _)| name.clone());
    let others = tally.surfaces.into_iter().filter(|(text, _)| *text != name);
    let mut aliases: Vec<Alias> =
        others.map(|(text, (n_articles, n_mentions))| Alias { text, n_articles, n_mentions }).collect();
    // Equal counts stay in the order of the words.
    aliases.sort_by_key(|alias| std::cmp::Reverse((alias.n_articles, alias.n_mentions)));
    EntityRow { key, name, n_articles: tally.n_articles, n_mentions: tally.n_mentions, aliases, place: tally.place }
}

/// Words of a mention, white space made plain.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_name_is_shown_and_the_others_are_aliases() {
        let names = [("Zelensky", 1), ("Zelenskyy", 3)];
        let surfaces = [("Zelensky", (2, 2)), ("Zelenskyy", (3, 4)), ("Zelenskiy", (2, 3))];
        let tally = Tally {
            n_articles: 5,
            n_mentions: 9,
            names: names.map(|(text, n)| (text.to_owned(), n)).into(),
            surfaces: surfaces.map(|(text, counts)| (text.to_owned(), counts)).into(),
            place: None,
        };
        let row = row("zelensky".to_owned(), tally);
        assert_eq!(row.name, "Zelenskyy");
        let aliases: Vec<_> = row.aliases.iter().map(|alias| (alias.text.as_str(), alias.n_articles)).collect();
        assert_eq!(aliases, [("Zelenskiy", 2), ("Zelensky", 2)]);
    }
}
