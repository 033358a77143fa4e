//! The tagger that needs no training: capitals, known names, and the words around them.
//!
//! Runs of capitalised words are cut into candidates ([`cut`]), every candidate gathers votes for what it
//! may be ([`weigh`] from its own words, [`context`] from those around it), names in full decide first and then their short forms, and at last headlines and
//! text in other languages are searched for what is known by then ([`known`]). Serves every language
//! without a model; guesses nothing where capitals mean nothing. Fed and followed by [`super::news`].

mod context;
mod cut;
mod known;
mod org;
mod person;
mod shape;
mod weigh;

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Gazetteer, WordFacts, fold_tokens};
use crate::extract::tagged::{Document, Tagged, Tagger};
use crate::mention::Kind;

use cut::Candidate;
use shape::{Shape, Style};
use weigh::Votes;

/// Version of the rules: counted up whenever they tag anything differently.
const VERSION: u32 = 2;

/// The rules, over a gazetteer.
#[derive(Clone, Debug)]
pub(crate) struct RuleTagger {
    gazetteer: Arc<Gazetteer>,
}

/// What one document has told so far.
struct Reading<'a> {
    document: &'a Document<'a>,
    gazetteer: &'a Gazetteer,
    shapes: Vec<Shape>,
    facts: HashMap<&'a str, WordFacts, FixedState>,
    /// Known places by first token and the end of the look-up.
    places: HashMap<(usize, usize), Option<(usize, u64)>, FixedState>,
}

/// Folded names that the document decided, and what they are.
pub(crate) type Decided = HashMap<String, Kind, FixedState>;

impl RuleTagger {
    pub(crate) fn new(gazetteer: Arc<Gazetteer>) -> Self {
        Self { gazetteer }
    }
}

impl Tagger for RuleTagger {
    fn tag(&self, document: &Document<'_>, out: &mut Vec<Tagged>) {
        let mut reading = Reading::new(document, &self.gazetteer);
        let capitals_mean_names = matches!(document.language, None | Some("en"));
        let mut candidates = Vec::new();
        let mut loud = Vec::new();
        for sentence in document.sentences {
            let style = if capitals_mean_names { reading.style(sentence) } else { Style::Loud };
            match style {
                Style::Running => reading.cut(sentence, &mut candidates),
                Style::Loud => loud.push(*sentence),
            }
        }
        let (tagged, mut decided) = reading.decide(&candidates);
        let start = out.len();
        out.extend(tagged);
        for sentence in &loud {
            reading.find_known(sentence, &decided, capitals_mean_names, out);
        }
        if !capitals_mean_names && reading.learn_surnames(&out[start..], &mut decided) {
            // Once more, for the short forms of the people who were found.
            out.truncate(start);
            for sentence in &loud {
                reading.find_known(sentence, &decided, capitals_mean_names, out);
            }
        }
        out[start..].sort_by_key(|tagged| tagged.first_token);
    }

    fn fingerprint(&self) -> String {
        format!("rules-{VERSION}")
    }
}

impl<'a> Reading<'a> {
    fn new(document: &'a Document<'a>, gazetteer: &'a Gazetteer) -> Self {
        let shapes = document.tokens.iter().map(|token| Shape::of(token.span.of(document.text))).collect();
        Self { document, gazetteer, shapes, facts: HashMap::default(), places: HashMap::default() }
    }

    /// What is known of the word at a token, kept for the document.
    fn facts(&mut self, token: usize) -> WordFacts {
        let word = self.document.word(token);
        let words = &self.gazetteer.words;
        *self.facts.entry(word).or_insert_with(|| words.facts(word))
    }

    fn folded(&self, first: usize, end: usize) -> String {
        fold_tokens(self.document.text, &self.document.tokens[first..end])
    }

    /// Adds the last words of people's names; says whether there were any.
    fn learn_surnames(&self, tagged: &[Tagged], decided: &mut Decided) -> bool {
        let n_before = decided.len();
        for person in tagged.iter().filter(|tag| tag.kind == Kind::Person && tag.end_token > tag.first_token + 1) {
            decided.entry(self.folded(person.end_token - 1, person.end_token)).or_insert(Kind::Person);
        }
        decided.len() > n_before
    }

    /// Names in full first; then, with what they decided, the rest.
    fn decide(&mut self, candidates: &[Candidate]) -> (Vec<Tagged>, Decided) {
        let mut votes: Vec<Votes> = Vec::with_capacity(candidates.len());
        let mut keys: Vec<String> = Vec::with_capacity(candidates.len());
        let mut together: HashMap<&str, (Votes, f32), FixedState> = HashMap::default();
        for candidate in candidates {
            keys.push(self.folded(candidate.first, candidate.end));
            let lexical = self.lexical(candidate);
            votes.push(lexical);
        }
        let context: Vec<Votes> = candidates.iter().map(|candidate| self.context(candidate)).collect();
        for (key, context) in keys.iter().zip(&context) {
            let entry = together.entry(key).or_default();
            entry.0 = entry.0 + *context;
            entry.1 += 1.0;
        }
        let mut parts = weigh::Parts::default();
        let mut kinds: Vec<Option<(Kind, f32)>> = vec![None; candidates.len()];
        let total = |i: usize| {
            let (sum, n) = together[keys[i].as_str()];
            votes[i] + context[i].scaled(weigh::OWN_CONTEXT) + sum.scaled(weigh::SHARED_CONTEXT / n)
        };
        for (i, candidate) in candidates.iter().enumerate() {
            if candidate.n_tokens() > 1 || candidate.fixed.is_some() {
                kinds[i] = candidate.fixed.map(|kind| (kind, weigh::FIXED)).or_else(|| total(i).winner());
                if let Some((kind, _)) = kinds[i] {
                    parts.learn(&keys[i], &self.folded(candidate.end - 1, candidate.end), kind);
                }
            }
        }
        for (i, candidate) in candidates.iter().enumerate() {
            let is_unasked = candidate.is_title && !parts.is_surname(&keys[i]);
            if candidate.n_tokens() == 1 && candidate.fixed.is_none() && !is_unasked {
                kinds[i] = (total(i) + parts.votes(&keys[i])).winner();
            }
        }
        let mut decided = parts.known();
        let mut tagged = Vec::new();
        for ((candidate, kind), key) in candidates.iter().zip(kinds).zip(keys.iter()) {
            let Some((kind, confidence)) = kind else { continue };
            decided.entry(key.clone()).or_insert(kind);
            tagged.push(Tagged { kind, first_token: candidate.first, end_token: candidate.end, confidence });
        }
        (tagged, decided)
    }
}
