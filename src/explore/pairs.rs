//! Who and what is named together: pairs of entities of the matching articles.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::Scope;
use crate::mention::{EntityKind, Span};
use crate::search::query::{EntityMatch, Expr, Node};
use crate::search::{SearchError, Searcher, sentence_span};

/// One side of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairSide {
    /// What it is.
    pub kind: EntityKind,
    /// Its key.
    pub key: String,
    /// The name that most articles of the index give it.
    pub name: String,
}

impl PairSide {
    /// The filter that finds it.
    pub fn filter(&self) -> Node {
        let which = EntityMatch::Exact(self.key.clone());
        Node { expr: Expr::Entity { kind: self.kind, which }, span: Span { start: 0, end: 0 } }
    }
}

/// Two entities that are named in the same articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The two, by kind and key.
    pub sides: [PairSide; 2],
    /// Articles that name both: the total of the search for both within the same matches.
    pub n_articles: u64,
    /// Articles that name both in one sentence.
    pub n_in_sentence: u64,
}

/// Pairs, those of most articles first.
#[derive(Clone, Debug, PartialEq)]
pub struct PairTable {
    /// The first rows.
    pub rows: Vec<Pair>,
    /// How many pairs there are in all.
    pub n_distinct: u64,
    /// What the user must know of the search.
    pub notes: Vec<String>,
}

/// The pairs of most articles, those in one sentence first among equals; only of the kinds named, of all
/// where none is.
///
/// # Errors
/// When the index can't be read.
pub fn pairs(searcher: &Searcher, scope: &Scope, kinds: &[EntityKind], limit: usize) -> Result<PairTable, SearchError> {
    let named = Named::read(searcher, scope, kinds)?;
    let mut best: Vec<(Counts, u32, u32)> = Vec::new();
    let mut n_distinct = 0;
    named.for_each_pair(&mut |one, other, counts| {
        n_distinct += 1;
        best.push((counts, one, other));
        // Cut now and then, so that memory grows with what is shown.
        if best.len() >= 2 * limit.max(MIN_KEPT) {
            keep_best(&mut best, limit, &named);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    keep_best(&mut best, limit, &named);
    let rows = best.into_iter().map(|(counts, one, other)| named.pair(searcher, one, other, counts));
    Ok(PairTable { rows: rows.collect::<Result<_, _>>()?, n_distinct, notes: named.notes })
}

/// How many of the matching articles name both sides of a pair near each other, at most so many words
/// apart: the total of the search that says so.
///
/// # Errors
/// As [`Searcher::search`].
pub fn count_near(searcher: &Searcher, scope: &Scope, pair: &Pair, distance: u32) -> Result<u64, SearchError> {
    let [left, right] = pair.sides.each_ref().map(|side| Box::new(side.filter()));
    let near = Node { expr: Expr::Near { left, right, distance, ordered: false }, span: Span { start: 0, end: 0 } };
    let mut filters = scope.filters.clone();
    filters.push(near);
    searcher.count(&scope.query, &filters)
}

/// Calls `each` for every pair, by kind and key of the first, then of the second entity, until it
/// breaks. Returns the notes of the search.
///
/// # Errors
/// When the index can't be read, or what `each` returns.
pub fn for_each_pair(
    searcher: &Searcher,
    scope: &Scope,
    kinds: &[EntityKind],
    each: &mut dyn FnMut(Pair) -> Result<ControlFlow<()>, SearchError>,
) -> Result<Vec<String>, SearchError> {
    let named = Named::read(searcher, scope, kinds)?;
    named.for_each_pair(&mut |one, other, counts| each(named.pair(searcher, one, other, counts)?))?;
    Ok(named.notes)
}

/// Pairs that are kept at least before the worst are dropped.
const MIN_KEPT: usize = 10_000;

#[derive(Clone, Copy, Default)]
struct Counts {
    n_articles: u64,
    n_in_sentence: u64,
}

fn keep_best(best: &mut Vec<(Counts, u32, u32)>, limit: usize, named: &Named) {
    let order = |(counts, one, other): &(Counts, u32, u32)| {
        let by_count = (std::cmp::Reverse(counts.n_articles), std::cmp::Reverse(counts.n_in_sentence));
        (by_count, named.rank[*one as usize], named.rank[*other as usize])
    };
    best.sort_unstable_by_key(order);
    best.truncate(limit);
}

/// Entities of the matching articles, as numbers: four bytes for each that an article names, twice.
struct Named {
    entities: Vec<(EntityKind, String)>,
    /// Place of each entity by kind and key.
    rank: Vec<u32>,
    /// For each article, its entities, sorted by rank, and which of them share a sentence with which.
    articles: Vec<Article>,
    notes: Vec<String>,
}

struct Article {
    entities: Vec<u32>,
    in_sentence: Vec<(u32, u32)>,
}

impl Named {
    fn read(searcher: &Searcher, scope: &Scope, kinds: &[EntityKind]) -> Result<Self, SearchError> {
        let mut numbers: HashMap<(EntityKind, String), u32> = HashMap::new();
        let mut articles = Vec::new();
        let notes = searcher.visit_articles(&scope.query, &scope.filters, &mut |stored| {
            let wanted = |kind: EntityKind| kinds.is_empty() || kinds.contains(&kind);
            let extraction = &stored.extraction;
            let mut number_of = vec![None; extraction.entities.len()];
            for (entity, number) in extraction.entities.iter().zip(&mut number_of) {
                if wanted(entity.kind) {
                    let next = u32::try_from(numbers.len()).expect("an index has fewer than 2^32 entities");
                    *number = Some(*numbers.entry((entity.kind, entity.key.clone())).or_insert(next));
                }
            }
            let mut in_sentence = Vec::new();
            for (text, mentions) in
                [(&stored.article.title, &extraction.title.mentions), (&stored.article.body, &extraction.body.mentions)]
            {
                together(text, mentions, &number_of, &mut in_sentence);
            }
            in_sentence.sort_unstable();
            in_sentence.dedup();
            articles.push(Article { entities: number_of.into_iter().flatten().collect(), in_sentence });
            Ok(ControlFlow::Continue(()))
        })?;
        let mut entities: Vec<((EntityKind, String), u32)> = numbers.into_iter().collect();
        entities.sort_unstable_by_key(|(_, number)| *number);
        let entities: Vec<(EntityKind, String)> = entities.into_iter().map(|(entity, _)| entity).collect();
        let mut by_name: Vec<u32> = (0..).take(entities.len()).collect();
        by_name.sort_unstable_by_key(|&number| &entities[number as usize]);
        let mut rank = vec![0; entities.len()];
        for (place, number) in (0..).zip(&by_name) {
            rank[*number as usize] = place;
        }
        Ok(Self { entities, rank, articles, notes })
    }

    /// Goes through the entities by kind and key, and for each through the articles that name it: what
    /// is counted at one time is the pairs of one entity.
    fn for_each_pair(
        &self,
        each: &mut dyn FnMut(u32, u32, Counts) -> Result<ControlFlow<()>, SearchError>,
    ) -> Result<(), SearchError> {
        let mut by_rank = vec![0u32; self.entities.len()];
        for (number, rank) in (0..).zip(&self.rank) {
            by_rank[*rank as usize] = number;
        }
        let mut naming: Vec<Vec<u32>> = vec![Vec::new(); self.entities.len()];
        for (at, article) in (0..).zip(&self.articles) {
            article.entities.iter().for_each(|entity| naming[*entity as usize].push(at));
        }
        for (place, one) in (0u32..).zip(by_rank) {
            let mut counts: std::collections::BTreeMap<u32, Counts> = std::collections::BTreeMap::new();
            for &at in &naming[one as usize] {
                let article = &self.articles[at as usize];
                for &other in article.entities.iter().filter(|other| self.rank[**other as usize] > place) {
                    let counts = counts.entry(self.rank[other as usize]).or_default();
                    counts.n_articles += 1;
                    let pair = (one.min(other), one.max(other));
                    counts.n_in_sentence += u64::from(article.in_sentence.binary_search(&pair).is_ok());
                }
            }
            let numbers: HashMap<u32, u32> = naming[one as usize]
                .iter()
                .flat_map(|&at| &self.articles[at as usize].entities)
                .map(|&other| (self.rank[other as usize], other))
                .collect();
            for (rank, counts) in counts {
                if each(one, numbers[&rank], counts)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn pair(&self, searcher: &Searcher, one: u32, other: u32, counts: Counts) -> Result<Pair, SearchError> {
        let side = |number: u32| {
            let (kind, key) = self.entities[number as usize].clone();
            let name = searcher.label(kind, &key)?.unwrap_or_else(|| key.clone());
            Ok::<_, SearchError>(PairSide { kind, key, name })
        };
        let Counts { n_articles, n_in_sentence } = counts;
        Ok(Pair { sides: [side(one)?, side(other)?], n_articles, n_in_sentence })
    }
}

/// Pairs of entities (by number, the lesser first) that have mentions in one sentence.
fn together(text: &str, mentions: &[crate::mention::Mention], number_of: &[Option<u32>], pairs: &mut Vec<(u32, u32)>) {
    let mut here: Vec<u32> = Vec::new();
    let mut sentence_end = 0;
    for mention in mentions {
        let Some(number) = number_of[mention.entity as usize] else { continue };
        if mention.span.start as usize >= sentence_end {
            here.clear();
            sentence_end = sentence_span(text, mention.span).end;
        }
        for &other in here.iter().filter(|other| **other != number) {
            pairs.push((number.min(other), number.max(other)));
        }
        if !here.contains(&number) {
            here.push(number);
        }
    }
}
