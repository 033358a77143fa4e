//! Words that the best articles for a sentence share: they tell what it is about beyond its own words.
//!
//! Pseudo-relevance feedback in the manner of RM3 (Abdul-Jaleel et al., 2004): the first few articles
//! are read, the words that they have in common are weighed, and what was found anyway earns a share of
//! its score by them. What matches is not touched, only its order.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use tantivy::DocId;
use tantivy::schema::IndexRecordOption;

use super::collect::Ranked;
use super::error::SearchError;
use super::id::Articles;
use super::lexicon::Form;
use super::open::Searcher;
use super::plan::stop::is_stop_word;
use super::refine::QueryWord;
use super::segment::Segment;
use super::statistics::Statistics;
use super::walk::{Walk, Word, WordField};
use crate::schema::Fields;

/// Queries with fewer plain words are no sentences, and mean what they say.
pub(super) const MIN_WORDS: usize = 5;
/// Articles that may earn by related words: as many as a widened query leaves, and those of long runs.
pub(super) const N_RELATED: usize = 1000;
/// Articles that are read for their words.
const N_READ: usize = 5;
/// Articles of them that have to share a word: one alone would only speak for itself.
const MIN_ARTICLES: usize = 2;
/// Bytes of a body that are read: news say first what they are about.
const READ_BYTES: usize = 6000;
/// Words that are kept.
const N_WORDS: usize = 20;
/// Occurrences at which a word has half its say in one article.
const HALF_SAY: f32 = 2.0;
/// Letters of the shortest word that counts.
const MIN_LETTERS: usize = 3;
/// What all related words together may earn, as a share of what the words of the query may. At 0.2, MAP
/// of topics in sentences gains .003 (.009 where articles have titles), of beginnings of articles asked for
/// their likes .036; headlines as queries, which mean one article, lose .002, and more beyond it.
const SHARE: f32 = 0.2;

/// Words that the first articles share with each other and not with the query, most telling first.
pub(super) fn related_words(
    searcher: &Searcher,
    words: &[QueryWord],
    best: &[Ranked],
) -> Result<Vec<QueryWord>, SearchError> {
    let read = &best[..best.len().min(N_READ)];
    let sum: f32 = read.iter().map(|ranked| ranked.score).sum();
    let mut articles = Articles::new(searcher);
    let mut lexicon = searcher.lexicon();
    lexicon.make_room();
    let mut shared: HashMap<Form, Shared> = HashMap::new();
    for ranked in read {
        let article = articles.read(ranked.address)?.article;
        let mut n_occurrences: HashMap<Form, (u32, Form)> = HashMap::new();
        let body = &article.body[..article.body.floor_char_boundary(READ_BYTES)];
        for text in [&article.title, body] {
            lexicon.words(text, |word| {
                let exact = word.exact_text();
                if !is_stop_word(exact) && exact.chars().nth(MIN_LETTERS - 1).is_some() {
                    n_occurrences.entry(word.stem).or_insert((0, word.exact)).0 += 1;
                }
            });
        }
        for (stem, (n, exact)) in n_occurrences {
            let shared = shared.entry(stem).or_insert_with(|| Shared { say: 0.0, n_articles: 0, exact });
            shared.say += ranked.score / sum * n as f32 / (n as f32 + HALF_SAY);
            shared.n_articles += 1;
        }
    }
    let statistics = searcher.statistics()?;
    let fields = [searcher.fields().title, searcher.fields().body];
    let mut candidates: Vec<(Form, Shared)> = shared.into_iter().collect();
    candidates.retain(|(_, shared)| shared.n_articles >= MIN_ARTICLES);
    candidates.sort_unstable_by(|(_, one), (_, other)| other.say.total_cmp(&one.say));
    let mut related: Vec<QueryWord> = Vec::new();
    let mut weights: BinaryHeap<Reverse<Weight>> = BinaryHeap::new();
    for (stem, Shared { say, exact, .. }) in candidates {
        // What has less to say can't reach the words that are kept, however rare it is.
        let least = weights.peek().filter(|_| weights.len() >= N_WORDS);
        if least.is_some_and(|Reverse(Weight(least))| say * statistics.idf(0) < *least) {
            break;
        }
        let term = lexicon.text(stem);
        if !words.iter().any(|word| word.term == term) {
            let weight = say * statistics.idf(searcher.n_articles_with(&fields, term)?);
            weights.push(Reverse(Weight(weight)));
            if weights.len() > N_WORDS {
                weights.pop();
            }
            related.push(QueryWord { typed: lexicon.text(exact).to_owned(), term: term.to_owned(), weight });
        }
    }
    related.sort_by(|one, other| other.weight.total_cmp(&one.weight).then_with(|| one.term.cmp(&other.term)));
    related.truncate(N_WORDS);
    let of_query: f32 = words.iter().map(|word| word.weight).sum();
    let of_related: f32 = related.iter().map(|word| word.weight).sum();
    for word in &mut related {
        word.weight *= SHARE * of_query / of_related;
    }
    Ok(related)
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
    exact: Form,
}

/// Adds to the scores of articles what related words are worth, and reorders them.
pub(super) fn add_related(
    searcher: &Searcher,
    statistics: &Statistics,
    related: &[QueryWord],
    best: &mut [Ranked],
) -> tantivy::Result<()> {
    best.sort_by_key(|ranked| ranked.address);
    for articles in best.chunk_by_mut(|one, other| one.address.segment_ord == other.address.segment_ord) {
        let segment = &searcher.segments()[articles[0].address.segment_ord as usize];
        let mut reader = RelatedReader::open(searcher.fields(), statistics, segment, related)?;
        for article in articles {
            let mut worth = 0.0;
            reader.worth(article.address.doc_id, &mut |_, score| worth += score);
            article.add(worth);
            article.is_related = true;
        }
    }
    best.sort_unstable_by(|one, other| other.cmp(one));
    Ok(())
}

/// Scores documents of one segment by related words.
pub(super) struct RelatedReader<'s> {
    words: Vec<Word<'s>>,
}

impl<'s> RelatedReader<'s> {
    /// The postings of the words.
    pub(super) fn open(
        texts: &Fields,
        statistics: &'s Statistics,
        segment: &Segment,
        related: &[QueryWord],
    ) -> tantivy::Result<Self> {
        let mut words = Vec::new();
        for word in related {
            let mut fields = Vec::new();
            for field in [texts.title, texts.body] {
                let postings = segment.postings(field, &word.term, IndexRecordOption::WithFreqs)?;
                let Some(any_form) = postings else { continue };
                let lengths = segment.reader().get_fieldnorms_reader(field)?;
                let weights = statistics.lengths(texts, field);
                fields.push(WordField { any_form, exact: None, lengths, weights });
            }
            words.push(Word::new(fields, word.weight, 0.0));
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
