//! Text whose capitals mean nothing: headlines in title case or capitals, and other languages.
//!
//! Finds only what is known: names that the running text decided, places and organisations of the
//! gazetteer, and given names with what follows them.

use crate::extract::gazetteer::{Class, How, PlaceKind};
use crate::extract::rules::shape::Shape;
use crate::extract::rules::{Decided, Reading};
use crate::extract::tagged::{Sentence, Tagged};
use crate::mention::Kind;

/// Most words of a name that is looked for among those decided.
const MOST_WORDS: usize = 6;
/// A town by one word needs this many people: smaller ones share their names with words and people.
const LEAST_PEOPLE: u32 = 100_000;
/// A city of so many people is meant before a person of that given name.
const NOTABLE_PEOPLE: u32 = 900_000;
/// Shortest name of one word in letters, of scripts with letters.
const LEAST_LETTERS: usize = 4;
/// What is found by being known is less sure than what the sentence says.
const CONFIDENCE: f32 = 0.6;

impl Reading<'_> {
    /// Appends the known names of a sentence.
    pub(super) fn find_known(
        &mut self,
        sentence: &Sentence,
        decided: &Decided,
        is_english: bool,
        out: &mut Vec<Tagged>,
    ) {
        let mut at = sentence.first_token;
        while at < sentence.end_token {
            let found = self
                .decided_at(at, sentence.end_token, decided)
                .or_else(|| self.known_at(at, sentence.end_token, is_english));
            match found {
                Some((end, kind)) => {
                    out.push(Tagged { kind, first_token: at, end_token: end, confidence: CONFIDENCE });
                    at = end;
                }
                None => at += 1,
            }
        }
    }

    /// Longest name of the running text from here.
    fn decided_at(&mut self, at: usize, end: usize, decided: &Decided) -> Option<(usize, Kind)> {
        if decided.is_empty() || !self.shapes[at].is_name_like() {
            return None;
        }
        let most = end.min(at + MOST_WORDS);
        for stop in (at + 1..=most).rev() {
            if !self.shapes[stop - 1].is_name_like() {
                continue;
            }
            if let Some(&kind) = decided.get(&self.folded(at, stop)) {
                let is_word = stop == at + 1 && self.facts(at).is_common();
                return (!is_word).then_some((stop, kind));
            }
        }
        None
    }

    fn known_at(&mut self, at: usize, end: usize, is_english: bool) -> Option<(usize, Kind)> {
        let document = self.document;
        let has_case = self.shapes[at].is_name_like();
        let other_script =
            self.shapes[at] == Shape::Small && !document.word(at).starts_with(|c: char| c.is_lowercase());
        if !has_case && !other_script {
            return None;
        }
        let facts = self.facts(at);
        if facts.classes.has(Class::Never) {
            return None;
        }
        if has_case && let Some((stop, org)) = self.gazetteer.orgs.match_at(document.text, document.tokens, at, end) {
            let written = stop > at + 1 || self.gazetteer.orgs.is_written(document.word(at)) && !facts.is_common();
            if written && (at..stop).all(|token| self.shapes[token] != Shape::Small || document.word(token).len() < 4) {
                let is_ours = !self.gazetteer.orgs.is_not_ours(org);
                return is_ours.then_some((stop, Kind::Org));
            }
        }
        if let Some((stop, value)) = self.known_place(at, end)
            && let Some(kind) = self.known_place_kind(at, stop, value, is_english)
        {
            return Some((stop, kind));
        }
        if has_case && facts.is_given() && !facts.is_common() && at + 1 < end && self.shapes[at + 1].is_name_like() {
            return self.known_person(at, end, is_english);
        }
        None
    }

    fn known_place_kind(&mut self, at: usize, stop: usize, value: u64, is_english: bool) -> Option<Kind> {
        let places = &self.gazetteer.places;
        let first = places.first_candidate(value);
        if first.how == How::Demonym {
            return is_english.then_some(Kind::Demonym);
        }
        let word = self.document.word(at);
        let n_letters = word.chars().count();
        let is_written = (at..stop)
            .all(|token| self.shapes[token] != Shape::Small || !self.document.word(token).is_ascii() || stop - at > 2);
        let is_large = match places.kind(first.place) {
            PlaceKind::City => places.population(first.place) >= LEAST_PEOPLE,
            PlaceKind::Country | PlaceKind::Continent => true,
            _ => stop > at + 1 || n_letters > LEAST_LETTERS,
        };
        let is_long = stop > at + 1
            || !word.is_ascii()
            || n_letters >= LEAST_LETTERS
            || self.shapes[at] == Shape::Capitals && is_english;
        let facts = self.facts(at);
        let is_notable = places.population(first.place) >= NOTABLE_PEOPLE && !facts.is_common();
        let is_name = stop == at + 1
            && !is_notable
            && (facts.is_common() && is_english || facts.is_given() && facts.is_known_name());
        (is_written && is_large && is_long && !is_name).then_some(Kind::Place)
    }

    /// A given name, initials and particles, and a family name.
    fn known_person(&mut self, at: usize, end: usize, is_english: bool) -> Option<(usize, Kind)> {
        let mut stop = at + 1;
        while stop < end && stop < at + MOST_WORDS {
            let word = self.document.word(stop);
            let facts = self.facts(stop);
            let is_initial = word.len() == 2 && word.ends_with('.');
            // Outside English a second capital behind a given name is a surname, known or not.
            let is_surname = !is_english
                && stop == at + 1
                && self.shapes[stop].is_name_like()
                && self.document.tokens[stop].after_space
                && self.known_place(stop, end).is_none();
            let is_part = is_surname
                || self.shapes[stop].is_name_like() && (facts.is_given() || facts.is_family()) && !facts.is_common();
            if is_initial || is_part || facts.classes.has(Class::Particle) {
                stop += 1;
            } else {
                break;
            }
        }
        while stop > at && !self.shapes[stop - 1].is_name_like() {
            stop -= 1;
        }
        (stop > at + 1).then_some((stop, Kind::Person))
    }
}
