//! Words that the best articles for a sentence share: they tell what it is about beyond its own words.
//!
//! Pseudo-relevance feedback in the manner of RM3 (Abdul-Jaleel et al., 2004): the first few articles
//! are read, the words that they have in common are weighed, and what was found anyway earns a share of
//! its score by them. What matches is not touched, only its order.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use foldhash::fast::FixedState;
use tantivy::DocId;
use tantivy::schema::IndexRecordOption;

use super::collect::Ranked;
use super::error::SearchError;
use super::forms::{Form, forms_of_stem};
use super::id::Articles;
use super::lexicon::FormId;
use super::open::Searcher;
use super::refine::QueryWord;
use super::segment::Segment;
use super::statistics::{SATURATED, Statistics};
use super::walk::{Walk, Word};
use crate::schema::analyzer::Stemming;
use crate::schema::document::language;
use crate::schema::stored::StoredArticle;

/// Queries with fewer telling words are no sentences, and mean what they say; so do those without function words, which
/// are lists of keywords.
pub(super) const MIN_WORDS: usize = 5;
/// Articles that may earn by related words: as many as a widened query leaves, and those of long runs.
const N_RELATED: usize = 1000;
/// Articles that are read for their words.
const N_READ: usize = 5;
/// Articles of them that have to share a word: one alone would only speak for itself.
const MIN_ARTICLES: usize = 2;
/// Bytes of a body that are read: news say first what they are about.
const READ_BYTES: usize = 6000;
/// Words that are kept.
const N_WORDS: usize = 20;
/// Words whose articles are counted for it; before that they are estimated.
const N_CANDIDATES: usize = 3 * N_WORDS;
/// Occurrences at which a word has half its say in one article.
const HALF_SAY: f32 = 2.0;
/// What all related words together may earn, as a share of what the words of the query may. At 0.2, MAP
/// of topics in sentences gains .003 (.009 where articles have titles), of beginnings of articles asked for
/// their likes .036; headlines as queries, which mean one article, lose .002, and more beyond it.
const SHARE: f32 = 0.2;

/// Error that sums of scores stay below, beyond what it is of themselves.
const ROUNDING: f32 = 1e-3;

/// Words that the first articles share with each other and not with the query, most telling first.
pub(super) fn related_words(
    searcher: &Searcher,
    words: &[QueryWord],
    best: &[Ranked],
    articles: &mut Articles<'_>,
) -> Result<Vec<QueryWord>, SearchError> {
    let read = &best[..best.len().min(N_READ)];
    let sum: f32 = read.iter().map(|ranked| ranked.score).sum();
    let mut lexicon = searcher.lexicon();
    lexicon.make_room();
    // By stem and its language: the same letters may be two words.
    let mut shared: HashMap<(FormId, u8), Shared, FixedState> = HashMap::default();
    let mut n_occurrences: HashMap<FormId, (u32, FormId), FixedState> = HashMap::default();
    for ranked in read {
        let stored = articles.read(ranked.address)?;
        let StoredArticle { article, extraction } = &stored;
        let stemming = Stemming::of(language(article, extraction));
        let body = &article.body[..article.body.floor_char_boundary(READ_BYTES)];
        for text in [&article.title, body] {
            lexicon.words(text, stemming, |word| {
                if word.is_telling {
                    n_occurrences.entry(word.stem).or_insert((0, word.exact)).0 += 1;
                }
            });
        }
        for (stem, (n, exact)) in n_occurrences.drain() {
            let new = || Shared { say: 0.0, n_articles: 0, exact, stemming };
            let shared = shared.entry((stem, stemming.code())).or_insert_with(new);
            shared.say += ranked.score / sum * n as f32 / (n as f32 + HALF_SAY);
            shared.n_articles += 1;
        }
        articles.keep(ranked.address, stored);
    }
    let statistics = searcher.statistics()?;
    // Hardly any word stands in more titles than bodies.
    let fields = [searcher.fields().body];
    let mut candidates: Vec<(FormId, Shared)> = shared.into_iter().map(|((stem, _), shared)| (stem, shared)).collect();
    candidates.retain(|(_, shared)| shared.n_articles >= MIN_ARTICLES);
    candidates.sort_unstable_by(|(one_stem, one), (other_stem, other)| {
        let by_text = || lexicon.text(*one_stem).cmp(lexicon.text(*other_stem));
        other.say.total_cmp(&one.say).then_with(by_text).then_with(|| one.stemming.code().cmp(&other.stemming.code()))
    });
    let mut related: Vec<(String, f32, QueryWord)> = Vec::new();
    let mut weights: BinaryHeap<Reverse<Weight>> = BinaryHeap::new();
    for (stem, Shared { say, exact, stemming, .. }) in candidates {
        // What has less to say can't reach the words that are kept, however rare it is.
        let least = weights.peek().filter(|_| weights.len() >= N_CANDIDATES);
        if least.is_some_and(|Reverse(Weight(least))| say * statistics.idf(0) < *least) {
            break;
        }
        let (stem, exact) = (lexicon.text(stem).to_owned(), lexicon.text(exact).to_owned());
        let forms = forms_of_stem(&mut lexicon.analyzer, stemming, &stem);
        let is_asked_for = |form: &Form| words.iter().any(|word| word.forms.iter().any(|one| one.term == form.term));
        if !forms.iter().any(is_asked_for) {
            let weight = say * statistics.idf(searcher.about_n_articles_with_any(&fields, &forms)?);
            weights.push(Reverse(Weight(weight)));
            if weights.len() > N_CANDIDATES {
                weights.pop();
            }
            related.push((stem, say, QueryWord { typed: exact, forms, weight }));
        }
    }
    sort(&mut related);
    related.truncate(N_CANDIDATES);
    // Few enough now to be counted exactly.
    for (_, say, word) in &mut related {
        word.weight = *say * statistics.idf(searcher.n_articles_with_any(&fields, &word.forms)?);
    }
    sort(&mut related);
    related.truncate(N_WORDS);
    let mut related: Vec<QueryWord> = related.into_iter().map(|(_, _, word)| word).collect();
    let of_query: f32 = words.iter().map(|word| word.weight).sum();
    let of_related: f32 = related.iter().map(|word| word.weight).sum();
    for word in &mut related {
        word.weight *= SHARE * of_query / of_related;
    }
    Ok(related)
}

/// Most telling first.
fn sort(words: &mut [(String, f32, QueryWord)]) {
    words.sort_by(|(stem, _, one), (other_stem, _, other)| {
        other.weight.total_cmp(&one.weight).then_with(|| stem.cmp(other_stem))
    });
}

/// A weight in its order.
#[derive(PartialEq)]
struct Weight(f32);

impl Eq for Weight {}

impl PartialOrd for Weight {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Weight {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// A word of the articles read.
struct Shared {
    say: f32,
    n_articles: usize,
    /// As the first of them writes it, folded.
    exact: FormId,
    /// How its articles are stemmed.
    stemming: Stemming,
}

/// Adds to the scores of the best articles what related words are worth, and reorders them. Articles that cannot be
/// among the first `n_shown` by it are left as they are.
pub(super) fn add_related(
    searcher: &Searcher,
    statistics: &Statistics,
    related: &[QueryWord],
    n_shown: usize,
    best: &mut [Ranked],
) -> tantivy::Result<()> {
    let n_related = best.len().min(N_RELATED);
    let best = &mut best[..n_related];
    best.sort_by_key(|ranked| ranked.address);
    // What the words so far are worth to each that is within reach still.
    let mut worths = vec![Some(0.0); best.len()];
    for (nth, word) in related.iter().enumerate() {
        leave_out_of_reach(best, &mut worths, n_shown, &related[nth..]);
        let mut first = 0;
        for articles in best.chunk_by(|one, other| one.address.segment_ord == other.address.segment_ord) {
            let worths = &mut worths[first..first + articles.len()];
            first += articles.len();
            if worths.iter().all(Option::is_none) {
                continue;
            }
            let segment = &searcher.segments()[articles[0].address.segment_ord as usize];
            let mut reader = RelatedReader::open(searcher, statistics, segment, std::slice::from_ref(word))?;
            for (article, worth) in articles.iter().zip(worths) {
                if let Some(worth) = worth {
                    reader.worth(article.address.doc_id, &mut |_, score| *worth += score);
                }
            }
        }
    }
    for (article, worth) in best.iter_mut().zip(worths) {
        if let Some(worth) = worth {
            article.add(worth);
            article.is_related = true;
        }
    }
    best.sort_unstable_by(|one, other| other.cmp(one));
    Ok(())
}

/// Takes the worth from articles that cannot be among the first `n_shown`, whatever the words that are left bring them.
fn leave_out_of_reach(best: &[Ranked], worths: &mut [Option<f32>], n_shown: usize, left: &[QueryWord]) {
    let so_far = best.iter().zip(&*worths).filter_map(|(ranked, worth)| worth.map(|worth| ranked.score + worth));
    let mut so_far: Vec<f32> = so_far.collect();
    if n_shown == 0 || n_shown >= so_far.len() {
        return;
    }
    let (_, least, _) = so_far.select_nth_unstable_by(n_shown - 1, |one, other| other.total_cmp(one));
    let most = left.iter().map(|word| word.weight * SATURATED).sum::<f32>();
    let needed = *least - most - ROUNDING * (1.0 + most);
    for (ranked, worth) in best.iter().zip(worths) {
        *worth = worth.filter(|worth| ranked.score + worth >= needed);
    }
}

/// Scores documents of one segment by related words.
pub(super) struct RelatedReader<'s> {
    words: Vec<Word<'s>>,
}

impl<'s> RelatedReader<'s> {
    /// The postings of the words.
    pub(super) fn open(
        searcher: &Searcher,
        statistics: &'s Statistics,
        segment: &Segment,
        related: &[QueryWord],
    ) -> tantivy::Result<Self> {
        let texts = searcher.fields();
        let (index, option) = ((texts, searcher.languages()), IndexRecordOption::WithFreqs);
        let mut words = Vec::new();
        for word in related {
            let mut fields = Vec::new();
            for field in [texts.title, texts.body] {
                fields.extend(segment.word_field(index, statistics, field, (&word.forms, None), option)?);
            }
            words.push(Word::sought(fields, word.weight));
        }
        Ok(Self { words })
    }

    /// Calls `each` with every word that a document has and what it is worth. Documents have to rise.
    pub(super) fn worth(&mut self, doc: DocId, each: &mut dyn FnMut(usize, f32)) {
        for (index, word) in self.words.iter_mut().enumerate() {
            if word.probe(doc) {
                each(index, word.score());
            }
        }
    }
}
