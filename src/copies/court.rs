//! Says of two articles how alike they are: from memory, else by comparing their texts.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::Comparison;
use super::candidate::Candidate;
use super::cluster::Listed;
use super::verdict::{Entry, Verdict, Verdicts};
use super::wording::Wording;

/// Words of the texts kept ready for comparison, in about 30 bytes each; a longer text is kept alone.
const MAX_READY_WORDS: usize = 1 << 20;

/// All that is asked of it is remembered: of candidates with them, of few others in a table.
pub(super) struct Court<'a, E> {
    /// In order of their keys.
    articles: &'a [Listed],
    /// In order.
    candidates: Vec<Candidate>,
    /// What was said of others.
    of_others: HashMap<(u32, u32), Verdict, FixedState>,
    known: &'a Verdicts,
    texts: Texts<'a, E>,
}

impl<'a, E> Court<'a, E> {
    pub(super) fn new(
        articles: &'a [Listed],
        mut candidates: Vec<Candidate>,
        known: &'a Verdicts,
        body: &'a mut dyn FnMut(u32) -> Result<String, E>,
    ) -> Self {
        recall(articles, &mut candidates, known);
        Self { articles, candidates, of_others: HashMap::default(), known, texts: Texts::new(body) }
    }

    /// In order.
    pub(super) fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// Of the candidate at a position.
    pub(super) fn judge_candidate(&mut self, at: usize) -> Result<Verdict, E> {
        let Candidate { one, other, said } = self.candidates[at];
        let verdict = match said {
            Some(verdict) => verdict,
            None => self.compare(one, other)?,
        };
        self.candidates[at].said = Some(verdict);
        Ok(verdict)
    }

    /// Of any two articles.
    pub(super) fn judge(&mut self, one: u32, other: u32) -> Result<Verdict, E> {
        let pair = (one.min(other), one.max(other));
        if let Ok(at) = self.candidates.binary_search_by_key(&pair, Candidate::pair) {
            return self.judge_candidate(at);
        }
        if let Some(verdict) = self.of_others.get(&pair) {
            return Ok(*verdict);
        }
        let [key, other_key] = [pair.0, pair.1].map(|article| self.articles[article as usize].key);
        let verdict = match self.known.get(key, other_key) {
            Some(verdict) => verdict,
            None => self.compare(one, other)?,
        };
        self.of_others.insert(pair, verdict);
        Ok(verdict)
    }

    fn compare(&mut self, one: u32, other: u32) -> Result<Verdict, E> {
        let published = |article: u32| self.articles[article as usize].published;
        let seconds_apart = published(one).zip(published(other)).map(|(one, other)| one.abs_diff(other));
        let comparison = self.texts.compare(one, other)?;
        Ok(Verdict::new(comparison.similarity as f32, comparison.is_copy(seconds_apart)))
    }

    /// All that was asked for.
    pub(super) fn verdicts(self) -> Verdicts {
        // In the place of the candidates, which take as much room.
        let of_candidates = self.candidates.into_iter();
        let mut entries: Vec<Entry> =
            of_candidates.filter_map(|Candidate { one, other, said }| Some((one, other, said?))).collect();
        entries.extend(self.of_others.into_iter().map(|((one, other), verdict)| (one, other, verdict)));
        entries.sort_unstable_by_key(|&(one, other, _)| (one, other));
        // Articles that nothing was said of have no place among the keys.
        let mut places = vec![u32::MAX; self.articles.len()];
        entries.iter().for_each(|&(one, other, _)| [one, other].iter().for_each(|&at| places[at as usize] = 0));
        let mut keys = Vec::new();
        for (article, place) in self.articles.iter().zip(&mut places).filter(|(_, place)| **place == 0) {
            *place = keys.len() as u32;
            keys.push(article.key);
        }
        for (one, other, _) in &mut entries {
            (*one, *other) = (places[*one as usize], places[*other as usize]);
        }
        // In a damaged index keys may come twice: nothing is remembered of it.
        Verdicts::new(keys, entries).unwrap_or_default()
    }
}

/// Tells the candidates what is known of them.
fn recall(articles: &[Listed], candidates: &mut [Candidate], known: &Verdicts) {
    // Keys and articles are in one order, so that pairs of both are too.
    let mut rest = (0..).zip(articles).peekable();
    let position = |key: &u64| {
        while rest.next_if(|(_, article)| article.key < *key).is_some() {}
        rest.peek().filter(|(_, article)| article.key == *key).map(|(at, _): &(u32, _)| *at)
    };
    let positions: Vec<Option<u32>> = known.keys().iter().map(position).collect();
    let entries = known
        .entries()
        .iter()
        .filter_map(|&(one, other, verdict)| Some(((positions[one as usize]?, positions[other as usize]?), verdict)));
    let mut entries = entries.peekable();
    for candidate in candidates {
        while entries.next_if(|(pair, _)| *pair < candidate.pair()).is_some() {}
        candidate.said = entries.next_if(|(pair, _)| *pair == candidate.pair()).map(|(_, verdict)| verdict);
    }
}

/// Texts made ready for comparison, read when they are needed.
struct Texts<'b, E> {
    ready: HashMap<u32, Wording, FixedState>,
    n_words: usize,
    body: &'b mut dyn FnMut(u32) -> Result<String, E>,
}

impl<'b, E> Texts<'b, E> {
    fn new(body: &'b mut dyn FnMut(u32) -> Result<String, E>) -> Self {
        Self { ready: HashMap::default(), n_words: 0, body }
    }

    fn compare(&mut self, one: u32, other: u32) -> Result<Comparison, E> {
        if self.n_words >= MAX_READY_WORDS {
            self.ready.clear();
            self.n_words = 0;
        }
        for article in [one, other] {
            if !self.ready.contains_key(&article) {
                let wording = Wording::of(&(self.body)(article)?);
                self.n_words += wording.n_words();
                self.ready.insert(article, wording);
            }
        }
        Ok(self.ready[&one].compare(&self.ready[&other]))
    }
}
