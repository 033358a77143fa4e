//! Votes: what speaks for a candidate being a person, a place, an organisation, or nothing of these.
//!
//! Weights were set by hand on Wikinews and on the development sets, in steps of a half; one vote is about
//! what a weak preposition says.

use std::collections::HashMap;
use std::ops::Add;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Class, How, PlaceKind, WordFacts};
use crate::extract::rules::cut::Candidate;
use crate::extract::rules::person::is_roman;
use crate::extract::rules::shape::Shape;
use crate::extract::rules::{Decided, Reading};
use crate::mention::Kind;

/// Share of a mention's own surroundings in its votes; the rest comes from all mentions of the name.
pub(super) const OWN_CONTEXT: f32 = 0.5;
/// Share of the surroundings of all mentions of the name, averaged.
pub(super) const SHARED_CONTEXT: f32 = 0.7;
/// Confidence of what needs no votes.
pub(super) const FIXED: f32 = 0.9;
/// A name needs at least this many votes...
const LEAST_VOTES: f32 = 1.5;
/// ...and this many more than nothing.
const LEAST_LEAD: f32 = 0.2;

/// Votes by what the candidate may be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Votes {
    pub person: f32,
    pub place: f32,
    pub org: f32,
    pub none: f32,
}

impl Votes {
    pub(super) fn scaled(self, by: f32) -> Self {
        Self { person: self.person * by, place: self.place * by, org: self.org * by, none: self.none * by }
    }

    /// What wins, with a confidence; `None` when nothing does.
    pub(super) fn winner(self) -> Option<(Kind, f32)> {
        let mut best = (Kind::Person, self.person);
        for other in [(Kind::Place, self.place), (Kind::Org, self.org)] {
            if other.1 > best.1 {
                best = other;
            }
        }
        let lead = best.1 - self.none.max(0.0);
        (best.1 >= LEAST_VOTES && lead >= LEAST_LEAD).then(|| (best.0, (0.5 + lead / 16.0).clamp(0.5, 0.95)))
    }
}

impl Add for Votes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            person: self.person + other.person,
            place: self.place + other.place,
            org: self.org + other.org,
            none: self.none + other.none,
        }
    }
}

/// Words of the names that were decided in full: what a word by itself may be short for.
#[derive(Debug, Default)]
pub(super) struct Parts {
    people: HashMap<String, bool, FixedState>,
    orgs: HashMap<String, (), FixedState>,
    /// Names in full.
    pub whole: Decided,
}

impl Parts {
    /// Learns a name in full; `last` is its last token, which may be two words ("Okonjo-Iweala").
    pub(super) fn learn(&mut self, folded: &str, last: &str, kind: Kind) {
        match kind {
            Kind::Person => {
                let mut words: Vec<&str> = folded.split(' ').collect();
                while words.len() > 1
                    && words.last().is_some_and(|word| matches!(*word, "jr" | "sr" | "ii" | "iii" | "iv"))
                {
                    words.pop();
                }
                if last.contains(' ') {
                    self.people.insert(last.to_owned(), true);
                }
                for (i, word) in words.iter().enumerate().filter(|(_, word)| word.len() > 1) {
                    let is_last = i + 1 == words.len();
                    *self.people.entry((*word).to_owned()).or_default() |= is_last;
                }
            }
            Kind::Org => {
                if let Some((first, _)) = folded.split_once(' ') {
                    self.orgs.insert(first.to_owned(), ());
                }
            }
            Kind::Place | Kind::Demonym => {}
        }
        self.whole.entry(folded.to_owned()).or_insert(kind);
    }

    /// Names in full and the surnames of people, for sentences whose capitals say nothing.
    pub(super) fn known(self) -> Decided {
        let mut known = self.whole;
        for (word, _) in self.people.into_iter().filter(|&(_, is_last)| is_last) {
            known.entry(word).or_insert(Kind::Person);
        }
        known
    }

    /// Whether somebody who was named in full has this surname.
    pub(super) fn is_surname(&self, folded: &str) -> bool {
        self.people.get(folded) == Some(&true)
    }

    pub(super) fn votes(&self, folded: &str) -> Votes {
        let mut votes = Votes::default();
        match self.people.get(folded) {
            Some(true) => votes.person += 5.0,
            Some(false) => votes.person += 2.5,
            None => {}
        }
        if self.orgs.contains_key(folded) {
            votes.org += 1.5;
        }
        match self.whole.get(folded) {
            Some(Kind::Org) => votes.org += 3.0,
            Some(Kind::Place) => votes.place += 3.0,
            _ => {}
        }
        votes
    }
}

impl Reading<'_> {
    /// What the words of a candidate say by themselves.
    pub(super) fn lexical(&mut self, candidate: &Candidate) -> Votes {
        let mut votes = Votes::default();
        let (first, end) = (candidate.first, candidate.end);
        let (n_tokens, last) = (candidate.n_tokens(), candidate.end - 1);
        let (head, tail) = (self.facts(first), self.facts(last));
        if n_tokens > 1 {
            votes = votes + self.several_words(first, end, head, tail);
        } else {
            votes = votes + self.one_word(candidate, head);
        }
        if let Some(value) = candidate.place {
            votes.place += self.place_votes(value, n_tokens);
            if n_tokens == 1 && (head.is_given() || head.is_family()) {
                votes.place -= if head.is_known_name() { 1.0 } else { 0.5 };
            }
        }
        if tail.classes.has(Class::PlaceHead) && n_tokens > 1 {
            // "Blenheim Palace", but "Durham Hall" after "Judge", and "Ann Hall".
            let is_surname = matches!(
                self.document.word(last),
                "Hall" | "Hill" | "Lane" | "House" | "Street" | "Castle" | "Forest" | "Camp" | "Bay" | "Park" | "Point"
            );
            votes.place += if (head.is_given() || candidate.after_title) && is_surname { 1.5 } else { 5.0 };
        }
        if head.classes.has(Class::PlaceLead) && n_tokens > 1 && !tail.classes.has(Class::OrgHead) {
            votes.place += 2.0;
            votes.person -= if head.is_given() { 0.0 } else { 1.0 };
        }
        if tail.classes.has(Class::OrgHead) && n_tokens > 1 {
            votes.org += 4.0;
        }
        if tail.classes.has(Class::EventHead) {
            votes.none += 3.0;
        }
        votes
    }

    fn several_words(&mut self, first: usize, end: usize, head: WordFacts, tail: WordFacts) -> Votes {
        let mut votes = Votes { person: 0.5, none: 0.5, ..Votes::default() };
        let mut n_known = 0;
        for token in first..end {
            let word = self.document.word(token);
            if word.len() == 2 && word.ends_with('.') || word.len() == 1 && token > first {
                votes.person += 1.5;
            }
            let facts = self.facts(token);
            let is_name_word = facts.is_given() || facts.is_family();
            if token == first && self.is_particle(&word.to_lowercase()) {
                // "Bin Salman" at the start of a sentence.
                votes.person += 1.2;
            } else if facts.is_common() && !(is_name_word && facts.is_known_name()) {
                votes.none += if is_name_word { 0.7 } else { 1.2 };
                votes.person -= if is_name_word { 0.3 } else { 0.8 };
            }
            n_known += u32::from(facts.is_given() || facts.is_family());
        }
        if head.is_given() {
            votes.person += if head.is_common() { 1.5 } else { 3.0 };
        } else if head.is_family() && tail.is_given() {
            votes.person += 1.5;
        }
        if tail.is_family() || self.looks_like_surname(end - 1) {
            votes.person += 1.5;
        }
        if n_known == 0 && end - first <= 3 {
            // Two or three words that are no words of the language: a name, and most are of people.
            votes.person += 1.2;
        }
        if end - first > 4 {
            votes.person -= 1.5;
        }
        if let Some((place_end, value)) = self.known_place(end - 1, end)
            && place_end == end
            && matches!(
                self.gazetteer.places.kind(self.gazetteer.places.first_candidate(value).place),
                PlaceKind::Country | PlaceKind::Subdivision
            )
            && !tail.is_family()
        {
            // "Miramar California".
            votes.person -= 1.5;
            votes.place += 1.0;
        }
        if self.shapes[first] == Shape::Capitals && self.document.word(first).len() > 2 {
            votes.org += 1.0;
            votes.person -= 1.0;
        }
        votes
    }

    fn one_word(&mut self, candidate: &Candidate, facts: WordFacts) -> Votes {
        let mut votes = Votes::default();
        let token = candidate.first;
        let word = self.document.word(token);
        if facts.is_given() {
            votes.person += if facts.is_known_name() { 1.8 } else { 1.6 };
        }
        if facts.is_family() {
            votes.person += if facts.is_known_name() { 2.0 } else { 1.5 };
        }
        if self.looks_like_surname(token) {
            votes.person += 0.8;
        }
        votes.none += facts.small_share() as f32 / 30.0 + if facts.is_common() { 0.5 } else { 0.0 };
        if !(facts.is_given() || facts.is_family())
            && ["ian", "ians", "ese", "ish", "ist", "ists", "ism"].iter().any(|e| word.ends_with(e))
        {
            votes.none += 1.5;
        }
        match self.shapes[token] {
            Shape::Capitals if word.len() <= 6 && !self.is_no_org(word) && !is_roman(word) => {
                votes.org += 2.2;
                votes.none += 0.5;
            }
            Shape::Capitals => votes.none += 5.0,
            Shape::Inner => votes.none += 0.8,
            Shape::Capital if word.contains('-') => votes.none += 0.7,
            Shape::Capital if word.chars().skip(1).any(char::is_uppercase) => votes.org += 0.7,
            _ => {}
        }
        if word.chars().count() <= 2 && self.shapes[token] == Shape::Capital {
            votes.none += 3.0;
        }
        if facts.classes.has(Class::OrgHead) || facts.classes.has(Class::PlaceHead) || facts.classes.has(Class::OrgLead)
        {
            // "the Ministry", "the Square": nobody's name by itself.
            votes.none += 3.0;
        }
        if word.contains(char::is_numeric) {
            votes.none += 2.0;
        }
        votes
    }

    fn is_no_org(&self, word: &str) -> bool {
        let is_no_org = |word: &str| self.gazetteer.words.classes(word).has(Class::NotOrgAcronym);
        is_no_org(word) || word.contains('.') && is_no_org(&word.replace('.', ""))
    }

    fn place_votes(&self, value: u64, n_tokens: usize) -> f32 {
        let places = &self.gazetteer.places;
        let first = places.first_candidate(value);
        let base = match places.kind(first.place) {
            PlaceKind::Continent | PlaceKind::Country => 7.0,
            PlaceKind::Subdivision => 3.5,
            PlaceKind::City => {
                // 0.5 for a town of 10,000, 3.5 for a city of a million.
                ((places.population(first.place).max(1) as f32).log10() - 4.0) * 1.5 + 0.5
            }
            _ => 4.0,
        };
        let alternate = if first.how == How::Alternate { -1.0 } else { 0.0 };
        (base + alternate).max(0.3) + if n_tokens > 1 { 1.5 } else { 0.0 }
    }

    fn looks_like_surname(&self, token: usize) -> bool {
        const ENDINGS: [&str; 26] = [
            "ov", "ova", "ev", "eva", "sky", "ski", "skiy", "skyy", "skyi", "enko", "vic", "vić", "wicz", "escu",
            "dze", "shvili", "opoulos", "akis", "sson", "yan", "chuk", "elli", "ini", "berg", "stein", "poulos",
        ];
        let word = self.document.word(token);
        word.len() > 5 && ENDINGS.iter().any(|ending| word.ends_with(ending))
    }
}
