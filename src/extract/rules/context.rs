//! Votes from the words around a candidate.
//!
//! Weights are on the scale of [`super::weigh`].

use crate::extract::gazetteer::{Class, How, PlaceKind};
use crate::extract::rules::Reading;
use crate::extract::rules::cut::Candidate;
use crate::extract::rules::shape::Shape;
use crate::extract::rules::weigh::Votes;

impl Reading<'_> {
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
                let is_field = candidate.place.is_none() && self.is_common_noun(candidate);
                votes.place += match () {
                    () if is_adjective || is_field => 0.5,
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

    /// "in Physics", "in Environmental Sciences": words that news writes small.
    fn is_common_noun(&mut self, candidate: &Candidate) -> bool {
        let last = self.facts(candidate.end - 1);
        (candidate.first..candidate.end).all(|token| self.facts(token).small_share() > 10)
            && !last.classes.has(Class::PlaceHead)
    }
}

/// A number of years that a person may have.
fn is_age(word: &str) -> bool {
    word.len() <= 3 && word.parse::<u32>().is_ok_and(|age| (1..120).contains(&age))
}
