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
    /// Other surfaces, those of most articles first.
    pub aliases: Vec<String>,
    /// What the gazetteer knows, for places.
    pub place: Option<PlaceFacts>,
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
    surfaces: BTreeMap<String, u64>,
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
        let extraction = stored.extraction;
        let mut n_mentions = vec![0u64; extraction.entities.len()];
        for mention in extraction.title.mentions.iter().chain(&extraction.body.mentions) {
            n_mentions[mention.entity as usize] += 1;
        }
        for (entity, n_mentions) in std::iter::zip(extraction.entities, n_mentions) {
            if entity.kind != kind {
                continue;
            }
            let tally = tallies.entry(entity.key).or_default();
            tally.n_articles += 1;
            tally.n_mentions += n_mentions;
            for surface in entity.aliases {
                *tally.surfaces.entry(surface).or_default() += 1;
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
    let names = by_count(&tally.names);
    let name = names.first().cloned().unwrap_or_else(|| key.clone());
    let mut surfaces = tally.surfaces;
    for (other, n) in tally.names {
        *surfaces.entry(other).or_default() += n;
    }
    surfaces.remove(&name);
    let (n_articles, n_mentions) = (tally.n_articles, tally.n_mentions);
    EntityRow { key, name, n_articles, n_mentions, aliases: by_count(&surfaces), place: tally.place }
}

/// Texts by falling count; equal counts in order of the text.
fn by_count(counts: &BTreeMap<String, u64>) -> Vec<String> {
    let mut texts: Vec<(&String, &u64)> = counts.iter().collect();
    texts.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
    texts.into_iter().map(|(text, _)| text.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_name_is_shown_and_the_others_are_aliases() {
        let counts = |pairs: &[(&str, u64)]| pairs.iter().map(|&(text, n)| (text.to_owned(), n)).collect();
        let tally = Tally {
            n_articles: 5,
            n_mentions: 9,
            names: counts(&[("Zelensky", 1), ("Zelenskyy", 3)]),
            surfaces: counts(&[("Zelenskiy", 2)]),
            place: None,
        };
        let row = row("zelensky".to_owned(), tally);
        assert_eq!(row.name, "Zelenskyy");
        assert_eq!(row.aliases, ["Zelenskiy", "Zelensky"]);
    }
}
