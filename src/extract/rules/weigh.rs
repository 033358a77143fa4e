//! Votes: what speaks for a candidate being a person, a place, an organisation, or nothing of these.
//!
//! Weights were set by hand on Wikinews and on the development sets, in steps of a half; one vote is about
//! what a weak preposition says.

use std::collections::HashMap;
use std::ops::Add;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Class, How, PlaceKind, WordFacts};
use crate::extract::rules::cut::Candidate;
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
    pub(super) fn learn(&mut self, folded: &str, kind: Kind) {
        match kind {
            Kind::Person => {
                let words: Vec<&str> = folded.split(' ').collect();
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
            votes.place += 5.0;
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
            if facts.is_common() && !(is_name_word && facts.is_known_name()) {
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
        votes.none += facts.small_share() as f32 / 30.0;
        if !(facts.is_given() || facts.is_family())
            && ["ian", "ians", "ese", "ish", "ist", "ists", "ism"].iter().any(|e| word.ends_with(e))
        {
            votes.none += 1.5;
        }
        match self.shapes[token] {
            Shape::Capitals if word.len() <= 6 && !self.is_no_org(word) => {
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

    /// Whether a small word of the open classes follows, as after an adjective ("in Martian soil").
    fn stands_before_noun(&self, candidate: &Candidate) -> bool {
        if candidate.end >= candidate.sentence_end || self.shapes[candidate.end] != Shape::Small {
            return false;
        }
        let word = self.document.word(candidate.end);
        !matches!(
            word,
            "and"
                | "or"
                | "on"
                | "to"
                | "for"
                | "with"
                | "where"
                | "when"
                | "who"
                | "which"
                | "that"
                | "after"
                | "before"
                | "by"
                | "from"
                | "at"
                | "as"
                | "is"
                | "was"
                | "are"
                | "were"
                | "has"
                | "had"
                | "have"
                | "will"
                | "would"
                | "in"
                | "of"
                | "but"
                | "while"
                | "since"
                | "until"
                | "during"
                | "over"
                | "under"
                | "than"
                | "if"
                | "because"
                | "said"
                | "says"
                | "last"
                | "this"
                | "next"
                | "yesterday"
                | "today"
                | "early"
                | "late"
        ) && !self.gazetteer.words.classes(word).has(Class::PlaceAfter)
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

    /// What the words around a candidate say.
    pub(super) fn context(&mut self, candidate: &Candidate) -> Votes {
        let mut votes = Votes::default();
        let starts = self.starts_sentence(candidate.first, candidate.sentence_first);
        if candidate.after_title {
            votes.person += 4.5;
        }
        if candidate.first > candidate.sentence_first {
            self.before(candidate, &mut votes);
        }
        if candidate.end < candidate.sentence_end {
            self.after(candidate, &mut votes);
        }
        if starts {
            votes.none += 0.3;
        }
        votes
    }

    fn before(&mut self, candidate: &Candidate, votes: &mut Votes) {
        let token = candidate.first - 1;
        let word = self.document.word(token);
        let one = candidate.n_tokens() == 1;
        let classes = self.gazetteer.words.classes(word);
        let second = (token > candidate.sentence_first).then(|| self.document.word(token - 1));
        if classes.has(Class::RoleWord) {
            votes.person += 3.5;
        }
        if classes.has(Class::Speech) {
            votes.person += 1.5;
        }
        match word {
            "in" | "near" | "outside" | "inside" | "across" => {
                let is_adjective = candidate.place.is_none() && self.stands_before_noun(candidate);
                votes.place += match () {
                    () if is_adjective => 0.5,
                    () if one || candidate.place.is_some() => 3.0,
                    () => 1.5,
                };
                votes.person -= 1.0;
            }
            "from" => votes.place += 1.2,
            "to" => votes.place += 0.6,
            "at" => {
                votes.place += 0.8;
                votes.org += 0.8;
            }
            "by" => {
                votes.person += 0.8;
                votes.org += 0.4;
            }
            "with" => votes.person += 0.6,
            "named" | "called" | "identified" => self.named(token, candidate, votes),
            "the" | "The" => {
                votes.person -= if one { 3.5 } else { 2.0 };
                votes.place -= 1.0;
                votes.org += 1.0;
                votes.none += 1.0;
            }
            "a" | "an" | "this" | "that" | "every" | "any" | "A" | "An" | "This" => {
                votes.person -= 2.0;
                votes.place -= 1.5;
                votes.none += 1.5;
            }
            "northern" | "southern" | "eastern" | "western" | "central" | "downtown" | "northeastern"
            | "northwestern" | "southeastern" | "southwestern" | "mainland" | "nearby" | "neighbouring"
            | "neighboring" | "rural" => {
                votes.place += 3.0;
            }
            "of" => match second {
                Some(
                    "city" | "town" | "village" | "province" | "state" | "region" | "island" | "capital" | "district"
                    | "port" | "suburb" | "north" | "south" | "east" | "west" | "outside" | "people" | "streets"
                    | "outskirts" | "area" | "county" | "invasion" | "occupation" | "City" | "Republic",
                ) => votes.place += 3.0,
                Some(
                    "wife" | "son" | "daughter" | "death" | "murder" | "arrest" | "trial" | "supporters" | "family"
                    | "father" | "mother" | "killing" | "election" | "assassination" | "resignation",
                ) => {
                    votes.person += 1.8;
                }
                Some(
                    "spokesman" | "spokeswoman" | "chairman" | "head" | "director" | "chief" | "member" | "members"
                    | "CEO" | "president" | "founder" | "editor" | "employees" | "shares",
                ) => {
                    votes.org += 1.2;
                    votes.place += 0.6;
                }
                _ => votes.place += 0.3,
            },
            "for"
                if matches!(
                    second,
                    Some(
                        "spokesman"
                            | "spokeswoman"
                            | "spokesperson"
                            | "works"
                            | "worked"
                            | "plays"
                            | "played"
                            | "lawyer"
                            | "analyst"
                    )
                ) =>
            {
                votes.org += 1.8;
            }
            "," => self.behind_comma(candidate, votes),
            "and" | "or" | "&" => {}
            "(" => {
                votes.org += 0.8;
            }
            _ => {}
        }
        if let Some("city" | "town" | "village" | "province" | "capital" | "city,") = Some(word) {
            votes.place += 1.5;
        }
    }

    /// "a woman named", "a village called": what the noun before says.
    fn named(&self, token: usize, candidate: &Candidate, votes: &mut Votes) {
        /// Words looked at before "named".
        const REACH: usize = 5;
        votes.person += 1.5;
        for before in (candidate.sentence_first.max(token.saturating_sub(REACH))..token).rev() {
            let classes = self.gazetteer.words.classes(self.document.word(before));
            if classes.has(Class::PersonNoun) || classes.has(Class::RoleWord) {
                votes.person += 4.0;
                return;
            }
            if classes.has(Class::PlaceAfter) || classes.has(Class::PlaceBefore) && self.document.word(before).len() > 3
            {
                votes.place += 2.0;
                return;
            }
        }
    }

    /// "Houston, Texas" and ", wife Anna".
    fn behind_comma(&mut self, candidate: &Candidate, votes: &mut Votes) {
        let token = candidate.first - 1;
        if token > candidate.sentence_first && self.shapes[token - 1].is_name_like() && candidate.place.is_some() {
            votes.place += 1.0;
        }
    }

    fn after(&mut self, candidate: &Candidate, votes: &mut Votes) {
        let token = candidate.end;
        let word = self.document.word(token);
        let classes = self.gazetteer.words.classes(word);
        let next = (token + 1 < candidate.sentence_end).then(|| self.document.word(token + 1));
        if classes.has(Class::Speech) {
            votes.person += 1.5;
            votes.org += 0.5;
        }
        if classes.has(Class::PlaceAfter) {
            votes.place += 3.5;
        }
        match word {
            "who" | "whose" | "himself" | "herself" => votes.person += 2.0,
            "," => match next {
                Some("who" | "whose") => votes.person += 2.0,
                Some(age) if is_age(age) => votes.person += 4.0,
                Some(role) if self.gazetteer.words.classes(role).has(Class::RoleWord) => votes.person += 1.2,
                Some("a" | "an" | "the") => {
                    let third = (token + 2 < candidate.sentence_end).then(|| self.document.word(token + 2));
                    if third.is_some_and(|third| self.gazetteer.words.classes(third).has(Class::RoleWord)) {
                        votes.person += 1.8;
                    }
                }
                Some(_) if token + 1 < candidate.sentence_end && self.begins_place(token + 1) => {
                    votes.place += 2.0;
                }
                _ => {}
            },
            "(" if next.is_some_and(is_age) => votes.person += 2.0,
            "'s" | "’s" => {
                votes.person += 0.3;
                votes.place += 0.3;
                votes.org += 0.3;
            }
            _ => {}
        }
    }

    /// Whether a country or a state begins here ("Houston, Texas").
    fn begins_place(&mut self, token: usize) -> bool {
        if !self.shapes[token].is_name_like() {
            return false;
        }
        let end = self.document.tokens.len().min(token + 4);
        self.known_place(token, end).is_some_and(|(_, value)| {
            let first = self.gazetteer.places.first_candidate(value);
            first.how != How::Demonym
                && matches!(self.gazetteer.places.kind(first.place), PlaceKind::Country | PlaceKind::Subdivision)
        })
    }
}

/// A number of years that a person may have.
fn is_age(word: &str) -> bool {
    word.len() <= 3 && word.parse::<u32>().is_ok_and(|age| (1..120).contains(&age))
}
