//! Two taggers become one: the trained one leads, the rules add what they are sure of.
//!
//! Mean F1 over seven held-out sets of news, Wikipedia and the web (people and places / with
//! organisations): the trained tagger alone 79.1 / 75.1, together 79.4 / 75.2. What is gained are
//! names that only a list or a turn of phrase knows ("a woman, named Victoria").

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Class, Words};
use crate::extract::tagged::{Document, Tagged};
use crate::mention::Kind;

/// Confidence from which a name that only the rules see is taken.
const ALONE: f32 = 0.9;
/// Confidence from which the rules make a person of what is tagged otherwise.
const PERSON: f32 = 0.9;
/// Confidence from which the rules make a place of an organisation: that of the word before a dateline.
const PLACE: f32 = 0.9;
/// Confidence from which the rules widen an organisation ("Russian Defense Ministry").
const WIDER: f32 = 0.9;

/// Joins what both found, sorted and without overlaps, as both lists are. Demonyms come from the rules
/// only.
pub(super) fn combine(trained: &[Tagged], by_rules: &[Tagged], out: &mut Vec<Tagged>) {
    let mut left = trained;
    for &rule in by_rules {
        let (before, rest) = left.split_at(left.partition_point(|tag| tag.end_token <= rule.first_token));
        out.extend_from_slice(before);
        let n_overlapping = rest.iter().take_while(|tag| tag.first_token < rule.end_token).count();
        let (overlapping, behind) = rest.split_at(n_overlapping);
        let is_taken = match overlapping {
            [] => rule.kind == Kind::Demonym || rule.confidence >= ALONE,
            overlapping => is_better(&rule, overlapping),
        };
        left = rest;
        if is_taken {
            out.push(rule);
            left = behind;
        }
    }
    out.extend_from_slice(left);
    out.sort_by_key(|tag| tag.first_token);
    let mut end_token = 0;
    out.retain(|tag| {
        let is_free = tag.first_token >= end_token;
        if is_free {
            end_token = tag.end_token;
        }
        is_free
    });
}

/// Leaves out of people what no person is called: days before a name, and a title that stands alone, unless
/// somebody in the article has it for a surname ("King", "Bishop").
pub(super) fn sober(document: &Document<'_>, words: &Words, tagged: &mut Vec<Tagged>) {
    let is_day = |word: &str| words.classes(word).has(Class::Never);
    for tag in tagged.iter_mut().filter(|tag| tag.kind == Kind::Person) {
        while tag.end_token - tag.first_token > 1 && is_day(document.word(tag.first_token)) {
            tag.first_token += 1;
        }
    }
    let full_names = tagged.iter().filter(|tag| tag.kind == Kind::Person && tag.end_token - tag.first_token > 1);
    let surnames: HashSet<&str, FixedState> = full_names.map(|tag| document.word(tag.end_token - 1)).collect();
    tagged.retain(|tag| {
        let is_alone = tag.kind == Kind::Person && tag.end_token - tag.first_token == 1;
        !is_alone || {
            let word = document.word(tag.first_token);
            !is_title(words, word) || surnames.contains(word)
        }
    });
}

/// Titles that the lists have in their short form only.
const LONG_TITLES: [&str; 2] = ["Doctor", "Professor"];

fn is_title(words: &Words, word: &str) -> bool {
    let classes = words.classes(word);
    let honours = [Class::Role, Class::RoleMod, Class::Honorific, Class::HonorificM, Class::HonorificF];
    honours.iter().any(|&class| classes.has(class)) || LONG_TITLES.contains(&word)
}

fn is_better(rule: &Tagged, trained: &[Tagged]) -> bool {
    let holds = |tag: &Tagged| rule.first_token <= tag.first_token && rule.end_token >= tag.end_token;
    match (rule.kind, trained) {
        (Kind::Person, [tag]) => is_same(rule, tag) && tag.kind != Kind::Person && rule.confidence >= PERSON,
        (Kind::Place, [tag]) => is_same(rule, tag) && tag.kind == Kind::Org && rule.confidence >= PLACE,
        (Kind::Demonym, [tag]) => is_same(rule, tag) && tag.kind == Kind::Place,
        (Kind::Org, [tag]) => holds(tag) && tag.kind == Kind::Org && rule.confidence >= WIDER,
        (Kind::Org, several) => several.iter().all(holds) && rule.confidence >= WIDER,
        _ => false,
    }
}

fn is_same(left: &Tagged, right: &Tagged) -> bool {
    (left.first_token, left.end_token) == (right.first_token, right.end_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(kind: Kind, first_token: usize, end_token: usize, confidence: f32) -> Tagged {
        Tagged { kind, first_token, end_token, confidence }
    }

    #[track_caller]
    fn check(trained: &[Tagged], by_rules: &[Tagged], expected: &[Tagged]) {
        let mut out = Vec::new();
        combine(trained, by_rules, &mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn sure_rules_add_and_widen() {
        let place = tag(Kind::Place, 0, 1, 0.99);
        let org = tag(Kind::Org, 4, 6, 0.7);
        let wider = tag(Kind::Org, 3, 6, 0.9);
        let demonym = tag(Kind::Demonym, 8, 9, 0.5);
        check(&[place, org], &[wider, demonym], &[place, wider, demonym]);
        check(&[place], &[tag(Kind::Person, 0, 1, 0.95)], &[tag(Kind::Person, 0, 1, 0.95)]);
    }

    #[test]
    fn peoples_are_no_places() {
        check(&[tag(Kind::Place, 0, 1, 0.9)], &[tag(Kind::Demonym, 0, 1, 0.5)], &[tag(Kind::Demonym, 0, 1, 0.5)]);
    }

    #[test]
    fn unsure_rules_give_way() {
        let person = tag(Kind::Person, 0, 2, 0.99);
        check(&[person], &[tag(Kind::Place, 1, 2, 0.95), tag(Kind::Org, 5, 6, 0.6)], &[person]);
        check(&[person], &[tag(Kind::Demonym, 1, 3, 0.9)], &[person]);
    }
}
