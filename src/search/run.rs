//! Answers a request: plans it, collects, widens when too little was found, reads and explains the hits.

use std::collections::{HashMap, HashSet};

use tantivy::{DocAddress, DocId, SegmentReader};

use super::collect::{Collected, Observer, Ranked, collect};
use super::error::SearchError;
use super::explain::Explainer;
use super::facet::FacetCounter;
use super::figure_order::FigureOrder;
use super::group::group;
use super::id::Articles;
use super::lexicon::Lent;
use super::open::Searcher;
use super::plan::{Breadth, Plan, Planner, Scores, Widening, and, compile, compile_any, widening};
use super::query::{Node, Query};
use super::recency::add_recency;
use super::refine::{N_REFINED, QueryWord, refine};
use super::related::{MIN_WORDS, add_related, related_words};
use super::request::{Group, GroupField, Hit, SearchRequest, SearchResults, SnippetConfig, Sort, SortedBy, Widened};
use super::snippet::Lights;
use super::statistics::Statistics;
use super::walk::END;
use super::wish::favour;

/// A query made ready, as it is answered: widened where all words together find too little.
pub(super) struct Prepared {
    plan: Plan,
    /// What matches all of it, where something does and the plan is wider.
    strict: Option<Plan>,
    /// Plain words whose places have a say in the ranking.
    words: Vec<QueryWord>,
    /// Whether it reads like a sentence rather than like a list of keywords.
    is_sentence: bool,
    widened: Option<Widened>,
    /// How many articles match, where that was counted.
    n_matches: Option<u64>,
    notes: Vec<String>,
}

impl Searcher {
    /// Answers a request.
    ///
    /// # Errors
    /// When the query asks for what can't be searched, or the index can't be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let mut hits = Vec::new();
        let results = self.search_each(request, |hit| {
            hits.push(hit);
            Ok::<(), SearchError>(())
        })?;
        Ok(SearchResults { hits, ..results })
    }

    /// Answers a request, and hands each hit over as it is read: a result of any length takes the memory
    /// of one hit, and 56 bytes for each match. Grouped hits are in the groups of the results.
    ///
    /// # Errors
    /// As [`Self::search`], or what `each` returns.
    pub fn search_each<E: From<SearchError>>(
        &self,
        request: &SearchRequest,
        mut each: impl FnMut(Hit) -> Result<(), E>,
    ) -> Result<SearchResults, E> {
        let breadth = match request.widen_to {
            _ if request.limit == 0 => Breadth::IfNone,
            Some(depth) => Breadth::ToDepth(depth),
            None => Breadth::ToRank,
        };
        let Prepared { plan, strict, words, is_sentence, widened, mut notes, .. } =
            self.prepare(&request.query, &request.filters, breadth)?;
        let matching = request.facet_match.as_deref();
        let counters = request.facets.iter().map(|&facet| FacetCounter::new(self, facet, matching));
        let mut counters: Vec<FacetCounter<'_>> = counters.collect::<Result<_, _>>()?;
        let mut observers: Vec<&mut dyn Observer> =
            counters.iter_mut().map(|counter| counter as &mut dyn Observer).collect();
        let is_reversed = request.sort == Sort::RelevanceAscending;
        let n_asked = match request.limit {
            // How many groups there are, and how large, is known when all articles are.
            _ if request.group_by.is_some() => usize::MAX,
            0 => 0,
            // The last ones too.
            _ if is_reversed => usize::MAX,
            limit => request.offset.saturating_add(limit),
        };
        let is_by_score = matches!(request.sort, Sort::Relevance | Sort::RelevanceAscending);
        let is_refined = is_by_score && n_asked > 0 && (!words.is_empty() || request.recency.is_some());
        let stories = if request.collapse { Some(self.count_stories(&plan)?) } else { None };
        // So many more, and there are as many stories among them as were asked for.
        let n_copies = stories.as_ref().filter(|_| n_asked > 0).map_or(0, Stories::n_copies);
        let n_wanted = n_asked.saturating_add(n_copies);
        let n_best = if is_refined { n_wanted.max(N_REFINED) } else { n_wanted };
        let figure = match &request.sort {
            Sort::Figure(sort) => {
                notes.extend(self.explain_unordered(sort)?);
                Some(self.figure_order(sort, request)?)
            }
            _ => None,
        };
        let order = (&request.sort, figure.as_ref());
        if let (Some(strict), Some(Widened { n_strict, .. })) = (&strict, widened)
            && !observers.is_empty()
        {
            self.collect(strict, &Sort::Date, 0, &mut observers)?;
            observers.clear();
            notes.push(format!("facets count the {} with all of it", n_of_articles(n_strict)));
        }
        let Collected { total, mut best } = self.collect_in(&plan, order, n_best, &mut observers)?;
        let (mut related, mut articles) = (Vec::new(), Articles::new(self));
        if is_refined {
            let unreadable = |error| self.unreadable(error);
            refine(self, &words, &mut best).map_err(unreadable)?;
            favour(self, &self.wishes(&request.query.mentioned)?, &mut best).map_err(unreadable)?;
            if is_sentence {
                related = related_words(self, &words, &best, &mut articles)?;
                // Recency comes on top, so that any of them may still rise.
                let n_shown = if request.recency.is_some() { usize::MAX } else { n_wanted };
                add_related(self, self.statistics()?, &related, n_shown, &mut best).map_err(unreadable)?;
            }
            if let Some(half_life_days) = request.recency {
                let n_recent = best.len().min(N_REFINED);
                add_recency(self, half_life_days, &mut best[..n_recent]).map_err(unreadable)?;
            }
        }
        if is_reversed {
            best.reverse();
        }
        if request.collapse {
            self.keep_first_of_stories(&mut best)?;
        }
        best.truncate(n_asked);

        let explainer = match request.explain {
            true => Some(Explainer::new(self, &request.query, widened.is_some(), &words, &related)?),
            false => None,
        };
        let mut reader = HitReader {
            searcher: self,
            lights: Lights::new(self, &request.query, &request.filters)?,
            articles,
            lexicon: self.lexicon(),
            snippets: request.snippets,
            stories,
            figure: figure.as_ref(),
            explainer,
        };
        let (mut groups, mut n_groups) = (Vec::new(), 0);
        if let Some(group_by) = request.group_by {
            if group_by.field == GroupField::Cluster {
                self.clusters()?;
            }
            let all = group(self, group_by, &best).map_err(|error| self.unreadable(error))?;
            n_groups = all.len() as u64;
            for (rank, ranks) in (1..).zip(all).skip(request.offset).take(request.limit) {
                let hits = ranks.best.iter().map(|(rank, ranked)| reader.read(*rank, ranked));
                let hits = hits.collect::<Result<_, _>>()?;
                groups.push(Group { rank, value: ranks.value, n_articles: ranks.n_articles, hits });
            }
        } else {
            for (rank, ranked) in (1..).zip(&best).skip(request.offset).take(request.limit) {
                each(reader.read(rank, ranked)?)?;
            }
        }
        let facets = counters.into_iter().map(FacetCounter::finish).collect::<Result<_, _>>()?;
        let n_stories = reader.stories.map(|stories| total - stories.n_copies() as u64);
        let entity_rules = self.rules().map(|rules| rules.fingerprint().to_owned());
        Ok(SearchResults { hits: Vec::new(), groups, n_groups, total, n_stories, facets, widened, notes, entity_rules })
    }

    /// How many articles match all of a query; where none does, what it is widened to.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn count(&self, query: &Query, filters: &[Node]) -> Result<u64, SearchError> {
        let Prepared { plan, n_matches, .. } = self.prepare(query, filters, Breadth::IfNone)?;
        n_matches.map_or_else(|| self.n_matches(&plan), Ok)
    }

    /// Calls `each` for every matching article, as [`Self::count`] counts them, segment by segment: for tables
    /// over a search. Returns the notes of the search.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn visit(
        &self,
        query: &Query,
        filters: &[Node],
        each: &mut dyn FnMut(&SegmentReader, DocId),
    ) -> Result<Vec<String>, SearchError> {
        let Prepared { plan, notes, .. } = self.prepare(query, filters, Breadth::IfNone)?;
        let each = &mut |_, segment: &SegmentReader, doc| each(segment, doc);
        let mut visitor = Visitor { searcher: self, ordinal: 0, each };
        self.collect(&plan, &Sort::Date, 0, &mut [&mut visitor])?;
        Ok(notes)
    }

    /// Counts the matching articles of each cluster.
    fn count_stories(&self, plan: &Plan) -> Result<Stories, SearchError> {
        let mut addresses = Vec::new();
        let each = &mut |segment_ord, _: &SegmentReader, doc_id| addresses.push(DocAddress { segment_ord, doc_id });
        let mut visitor = Visitor { searcher: self, ordinal: 0, each };
        self.collect(plan, &Sort::Date, 0, &mut [&mut visitor])?;
        let mut stories = Stories::default();
        for address in addresses {
            if let Some(at) = self.cluster_of(address)? {
                *stories.n_matching.entry(at).or_default() += 1;
            }
        }
        Ok(stories)
    }

    /// Keeps the first article of each cluster.
    fn keep_first_of_stories(&self, best: &mut Vec<Ranked>) -> Result<(), SearchError> {
        let mut seen = HashSet::new();
        let mut kept = Vec::with_capacity(best.len());
        for ranked in best.drain(..) {
            if self.cluster_of(ranked.address)?.is_none_or(|at| seen.insert(at)) {
                kept.push(ranked);
            }
        }
        *best = kept;
        Ok(())
    }

    fn collect(
        &self,
        plan: &Plan,
        sort: &Sort,
        n_best: usize,
        observers: &mut [&mut dyn Observer],
    ) -> Result<Collected, SearchError> {
        self.collect_in(plan, (sort, None), n_best, observers)
    }

    fn collect_in(
        &self,
        plan: &Plan,
        order: (&Sort, Option<&FigureOrder>),
        n_best: usize,
        observers: &mut [&mut dyn Observer],
    ) -> Result<Collected, SearchError> {
        collect(self, self.statistics()?, plan, order, n_best, observers).map_err(|error| self.unreadable(error))
    }

    pub(super) fn n_matches(&self, plan: &Plan) -> Result<u64, SearchError> {
        Ok(self.collect(plan, &Sort::Date, 0, &mut [])?.total)
    }

    /// How many articles match, or `n_enough` where they are more.
    fn n_matches_up_to(&self, plan: &Plan, n_enough: u64, statistics: &Statistics) -> tantivy::Result<u64> {
        let mut n_matches = 0;
        for (ordinal, segment) in self.segments().iter().enumerate() {
            let mut walk = compile((self, ordinal), statistics, plan, Scores::Unasked)?;
            while walk.doc() != END {
                n_matches += u64::from(segment.living().contains(walk.doc()));
                if n_matches >= n_enough {
                    return Ok(n_matches);
                }
                walk.advance();
            }
        }
        Ok(n_matches)
    }

    /// Plans a query with filters, widened where it has to be.
    pub(super) fn prepare(&self, query: &Query, filters: &[Node], breadth: Breadth) -> Result<Prepared, SearchError> {
        let planner = Planner::new(self, &query.source)?;
        let filter_plans =
            planner.unscored(|planner| filters.iter().map(|node| planner.plan(node)).collect::<Result<Vec<_>, _>>())?;
        let filtered = |plan: Plan| {
            let mut required = vec![plan];
            required.extend(filter_plans.iter().cloned());
            and(required, Vec::new())
        };
        let Some(root) = &query.root else {
            let plan = filtered(Plan::Everything);
            return Ok(Prepared {
                plan,
                strict: None,
                words: Vec::new(),
                is_sentence: false,
                widened: None,
                n_matches: None,
                notes: planner.into_notes(),
            });
        };
        let mut plan = filtered(planner.plan(root)?);
        let (mut strict, mut widened, mut n_matches) = (None, None, None);
        if let Some(widening) = widening(&planner, root, breadth)? {
            let n_enough = widening.n_enough(breadth);
            let n_strict = self.n_matches_up_to(&plan, n_enough, self.statistics()?);
            let n_strict = n_strict.map_err(|error| self.unreadable(error))?;
            if n_strict < n_enough
                && let Some((n_needed, n_found)) = self.widen(&widening, &filtered, breadth)?
                && n_found > n_strict
            {
                let n_words = widening.words.len();
                let strictly = match n_strict {
                    0 => "no article has".to_owned(),
                    1 => "only 1 article has".to_owned(),
                    n => format!("only {n} articles have"),
                };
                planner.note(format!(
                    "{strictly} all of it together; showing articles with at least {n_needed} of {n_words} words"
                ));
                let wide = filtered(widening.plan(n_needed));
                strict = Some(std::mem::replace(&mut plan, wide)).filter(|_| n_strict > 0);
                widened = Some(Widened { n_needed, n_words, n_strict });
                n_matches = Some(n_found);
            }
        }
        let words = planner.telling_words(root)?;
        let is_sentence = words.len() >= MIN_WORDS && planner.has_function_words(root)?;
        Ok(Prepared { plan, strict, words, is_sentence, widened, n_matches, notes: planner.into_notes() })
    }

    /// The most words that enough articles have, or else the fewest that say what the query is about, and how many
    /// articles have them.
    fn widen(
        &self,
        widening: &Widening,
        filtered: &dyn Fn(Plan) -> Plan,
        breadth: Breadth,
    ) -> Result<Option<(usize, u64)>, SearchError> {
        let by_words = self.count_by_words(widening, &filtered(widening.rest()), self.statistics()?);
        let by_words = by_words.map_err(|error| self.unreadable(error))?;
        let n_least = widening.n_least(breadth);
        let mut n_found = 0;
        for n_needed in (1..by_words.len()).rev() {
            if n_needed < n_least && !widening.is_sentence() {
                break;
            }
            n_found += by_words[n_needed];
            if n_found >= breadth.n_enough() || n_found > 0 && n_needed <= n_least {
                return Ok(Some((n_needed, n_found)));
            }
        }
        Ok(None)
    }

    /// How many articles that match `rest` have none, one, two... of the words.
    fn count_by_words(&self, widening: &Widening, rest: &Plan, statistics: &Statistics) -> tantivy::Result<Vec<u64>> {
        let mut n_articles = vec![0; widening.words.len() + 1];
        for (ordinal, segment) in self.segments().iter().enumerate() {
            let words = compile_any((self, ordinal), statistics, &widening.words)?;
            let mut asked = match rest {
                Plan::Everything => None,
                rest => Some(compile((self, ordinal), statistics, rest, Scores::Unasked)?),
            };
            let of_segment = words.count_by_parts(|window| {
                window.keep(segment.living());
                if let Some(asked) = &mut asked {
                    window.retain(|doc| asked.probe(doc));
                }
            });
            n_articles.iter_mut().zip(of_segment).for_each(|(sum, n)| *sum += n);
        }
        Ok(n_articles)
    }
}

fn n_of_articles(n: u64) -> String {
    if n == 1 { "1 article".to_owned() } else { format!("{n} articles") }
}

/// Reads and explains single hits.
struct HitReader<'s> {
    searcher: &'s Searcher,
    lights: Lights,
    articles: Articles<'s>,
    lexicon: Lent<'s>,
    snippets: SnippetConfig,
    /// Matches by cluster, where hits stand for their clusters.
    stories: Option<Stories>,
    /// What hits are ordered by, when it is a figure.
    figure: Option<&'s FigureOrder>,
    explainer: Option<Explainer<'s>>,
}

/// Matching articles of each cluster, by its position.
#[derive(Default)]
struct Stories {
    n_matching: HashMap<usize, u64>,
}

impl Stories {
    /// Articles that are not the first of their cluster.
    fn n_copies(&self) -> usize {
        self.n_matching.values().map(|n| *n as usize - 1).sum()
    }
}

impl HitReader<'_> {
    fn read(&mut self, rank: usize, ranked: &Ranked) -> Result<Hit, SearchError> {
        let mut stored = self.articles.read(ranked.address)?;
        let origins = self.searcher.origins_of(&stored)?;
        if let Some(first) = origins.first() {
            stored.article.origin = first.clone();
        }
        let mut cluster = self.searcher.cluster_hit(&mut self.articles, ranked.address, self.stories.is_some())?;
        if let (Some(cluster), Some(stories)) = (&mut cluster, &self.stories) {
            let at = self.searcher.cluster_of(ranked.address)?;
            cluster.n_matching = at.and_then(|at| stories.n_matching.get(&at).copied());
        }
        let shown = self.lights.show(&stored, &mut self.lexicon, self.snippets);
        let mention = self.figure.and_then(|order| order.mention(&stored.extraction));
        let sorted_by = mention.map(|(figure, in_title)| SortedBy { figure: figure.clone(), in_title });
        Ok(Hit {
            rank,
            score: ranked.score,
            id: self.searcher.id_at(ranked.address, &stored.article)?,
            article: stored.article,
            origins,
            cluster,
            extraction: stored.extraction,
            title_highlights: shown.title_highlights,
            snippets: shown.snippets,
            why: shown.why,
            sorted_by,
            explanation: self.explainer.as_ref().map(|explainer| explainer.explain(ranked)).transpose()?,
        })
    }
}

struct Visitor<'s, 'e> {
    searcher: &'s Searcher,
    ordinal: u32,
    each: &'e mut dyn FnMut(u32, &SegmentReader, DocId),
}

impl Observer for Visitor<'_, '_> {
    fn segment(&mut self, ordinal: usize) -> tantivy::Result<()> {
        self.ordinal = u32::try_from(ordinal).expect("an index has fewer segments than documents");
        Ok(())
    }

    fn article(&mut self, doc: DocId) {
        (self.each)(self.ordinal, self.searcher.segments()[self.ordinal as usize].reader(), doc);
    }

    fn end(&mut self) -> tantivy::Result<()> {
        Ok(())
    }
}
