//! What an article says of where things lie: evidence for which place a name means.

use std::cmp::Reverse;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Candidate, Gazetteer, How, Place, PlaceKind, fold_tokens};
use crate::extract::tagged::{Document, Tagged};
use crate::mention::Kind;

/// Cities and subdivisions score the logarithm of their people: 6 for a million. A country scores above
/// every city: "Georgia" alone is the country...
const COUNTRY_SCORE: f32 = 8.2;
/// Territories of fewer people are meant less often than cities of their name ("Norfolk Island").
const LEAST_COUNTRY: u32 = 100_000;
const TERRITORY_SCORE: f32 = 6.0;
const CONTINENT_SCORE: f32 = 8.5;
/// ...and the state where the United States are mentioned.
const SUBDIVISION_SCORE: f32 = 0.3;
const REGION_SCORE: f32 = 7.0;
/// Names in use before other names.
const ALTERNATE_SCORE: f32 = -2.0;
/// A city far larger than all others of its name is named without its country: American news that names Dublin means
/// the one of Ireland, unless it names Ohio too. More would keep Perth in Australia where the article is on Scotland.
const KNOWN_CITY_SCORE: f32 = 0.3;
/// The country of the candidate is mentioned: worth eight times the people. More would make Canadian
/// news mean the lesser London.
const SAME_COUNTRY_SCORE: f32 = 0.9;
/// It is the country mentioned most.
const MAIN_COUNTRY_SCORE: f32 = 0.4;
/// The subdivision of the candidate is mentioned.
const SAME_SUBDIVISION_SCORE: f32 = 0.8;
/// A place inside the candidate is mentioned: "Punjab" beside "Lahore".
const CONTAINS_SCORE: f32 = 2.0;
/// "Paris, Texas": what stands behind the comma contains the candidate. Beats everything else.
pub(super) const CONTAINER_BEHIND_SCORE: f32 = 20.0;

/// A city is meant without doubt if it has so many people...
pub(super) const SURE_CITY: u32 = 300_000;
/// ...and so many times the people of the next of its name.
const SURE_RATIO: u32 = 10;
/// A place that scores so much more than the next of its name, five times the people, tells where others lie.
const CLEAR_MARGIN: f32 = 0.7;

/// Most subdivisions and cities kept as context: articles mention few, lists of places need none.
const MOST_KEPT: usize = 32;

/// Which place does a name mean?
pub(super) struct Question<'a> {
    /// Folded.
    pub name: &'a str,
    /// Places that it may mean, as the gazetteer orders them.
    pub candidates: &'a [Candidate],
    /// What stands behind it and may contain it.
    pub container: &'a [Place],
}

/// What speaks for or against a candidate.
pub(super) enum Evidence {
    Continent,
    Country,
    Subdivision,
    People,
    Region,
    OtherName,
    KnownCity,
    SameCountry([u8; 2]),
    MainCountry,
    SameSubdivision(Place),
    Contains(Place),
    ContainerBehind,
}

impl Evidence {
    pub(super) fn text(&self, gazetteer: &Gazetteer, candidate: Candidate) -> String {
        let places = &gazetteer.places;
        match self {
            Evidence::Continent => "a continent".to_owned(),
            Evidence::Country => "a country or territory".to_owned(),
            Evidence::Subdivision => "a part of a country".to_owned(),
            Evidence::People => format!("population {}", places.population(candidate.place)),
            Evidence::Region => "a region, sea, river, lake or mountain".to_owned(),
            Evidence::OtherName => "this is another name of it".to_owned(),
            Evidence::KnownCity => "far larger than others of its name".to_owned(),
            Evidence::SameCountry([one, other]) => {
                format!("the article names {}{}", char::from(*one), char::from(*other))
            }
            Evidence::MainCountry => "the country named most".to_owned(),
            Evidence::SameSubdivision(outer) => format!("the article names {}", places.name(*outer)),
            Evidence::Contains(inner) => format!("the article names {}, which lies in it", places.name(*inner)),
            Evidence::ContainerBehind => "stands before what contains it".to_owned(),
        }
    }
}

/// The place that a name means without doubt, whatever else the article names.
pub(super) fn sure(gazetteer: &Gazetteer, candidates: &[Candidate]) -> Option<Place> {
    let places = &gazetteer.places;
    let (first, others) = candidates.split_first()?;
    let is_sure = match places.kind(first.place) {
        // "Georgia" by itself says nothing of other places, nor does "Congo".
        PlaceKind::Country => !others.iter().any(|other| {
            other.place != first.place
                && matches!(places.kind(other.place), PlaceKind::Country | PlaceKind::Subdivision)
        }),
        PlaceKind::City if first.how == How::Main && is_main_city(gazetteer, candidates) => true,
        _ => others.is_empty() || first.how == How::Demonym,
    };
    is_sure.then_some(first.place)
}

fn is_main_city(gazetteer: &Gazetteer, candidates: &[Candidate]) -> bool {
    let n_people = |candidate: &Candidate| gazetteer.places.population(candidate.place);
    let Some((first, others)) = candidates.split_first() else { return false };
    n_people(first) >= SURE_CITY && others.iter().all(|other| n_people(first) / SURE_RATIO >= n_people(other))
}

/// Subdivisions that the names of organisations begin or end with ("Police Scotland", "Texas Department of Health"),
/// with their folded names.
pub(super) fn stated(document: &Document<'_>, gazetteer: &Gazetteer, tagged: &[Tagged]) -> Vec<(String, Place)> {
    let places = &gazetteer.places;
    let mut found: Vec<(String, Place)> = Vec::new();
    for mention in tagged.iter().filter(|mention| mention.kind == Kind::Org) {
        let last = mention.end_token - 1;
        // What the bank of England or New England does says little of where.
        let ends = last > mention.first_token && !matches!(document.word(last - 1), "of" | "New");
        for first in [mention.first_token].into_iter().chain(ends.then_some(last)) {
            let matched = places.match_at(document.text, document.tokens, first, mention.end_token);
            let Some((end, value)) = matched else { continue };
            if end - first == mention.end_token - mention.first_token {
                continue;
            }
            let candidates = places.candidates(value);
            let is_subdivision = |one: &Candidate| places.kind(one.place) == PlaceKind::Subdivision;
            let is_country = |one: &Candidate| places.kind(one.place) == PlaceKind::Country;
            if let Some(one) = candidates.first().filter(|one| is_subdivision(one) && one.how == How::Main)
                && !candidates.iter().any(is_country)
            {
                let name = fold_tokens(document.text, &document.tokens[first..end]);
                if !found.iter().any(|(other, _)| *other == name) {
                    found.push((name, one.place));
                }
            }
        }
    }
    found
}

/// Places that the article names, by the names that tell of them.
#[derive(Default)]
pub(super) struct Context {
    /// Country to the number of mentions of it and its places.
    countries: HashMap<[u8; 2], usize, FixedState>,
    /// Folded name to its share in those.
    shares: HashMap<String, ([u8; 2], usize), FixedState>,
    subdivisions: Vec<(String, Place)>,
    /// Cities and subdivisions, which others may contain.
    inner: Vec<(String, Place)>,
}

impl Context {
    /// Takes a place as named, by a name that stands so often in the article.
    pub(super) fn add(&mut self, gazetteer: &Gazetteer, name: &str, place: Place, n_mentions: usize) {
        let places = &gazetteer.places;
        if let Some(country) = places.country(place) {
            *self.countries.entry(country).or_default() += n_mentions;
            let share = self.shares.entry(name.to_owned()).or_insert((country, 0));
            share.1 += if share.0 == country { n_mentions } else { 0 };
        }
        let keep = |kept: &mut Vec<(String, Place)>| {
            if kept.len() < MOST_KEPT && !kept.iter().any(|(_, other)| *other == place) {
                kept.push((name.to_owned(), place));
            }
        };
        match places.kind(place) {
            PlaceKind::Subdivision => {
                keep(&mut self.subdivisions);
                keep(&mut self.inner);
            }
            PlaceKind::City => keep(&mut self.inner),
            _ => {}
        }
    }

    /// How often a country is named, but by one name.
    fn n_but(&self, name: &str, country: [u8; 2]) -> usize {
        let n_mentions = self.countries.get(&country).copied().unwrap_or(0);
        match self.shares.get(name) {
            Some((own, share)) if *own == country => n_mentions - share,
            _ => n_mentions,
        }
    }

    /// The country named most, but by one name.
    fn main_but(&self, name: &str) -> Option<[u8; 2]> {
        let named = self.countries.keys().map(|&code| (self.n_but(name, code), Reverse(code)));
        named.filter(|(n_mentions, _)| *n_mentions > 0).max().map(|(_, Reverse(code))| code)
    }

    /// The best candidate and its score; the first of equals.
    pub(super) fn best(&self, gazetteer: &Gazetteer, question: &Question<'_>) -> Option<(Place, f32)> {
        self.best_two(gazetteer, question).map(|(place, score, _)| (place, score))
    }

    /// The place that a name means with little doubt: one that is sure and the best as well, or far better than the
    /// next.
    pub(super) fn clear(&self, gazetteer: &Gazetteer, question: &Question<'_>) -> Option<Place> {
        let sure = sure(gazetteer, question.candidates);
        if question.candidates.first().is_some_and(|first| first.how == How::Demonym) {
            return sure;
        }
        let Some((best, score, next)) = self.best_two(gazetteer, question) else { return sure };
        (sure == Some(best) || score - next >= CLEAR_MARGIN).then_some(best)
    }

    /// The best candidate, its score, and that of the next place.
    fn best_two(&self, gazetteer: &Gazetteer, question: &Question<'_>) -> Option<(Place, f32, f32)> {
        let mut best: Option<(Place, f32, f32)> = None;
        for candidate in question.candidates.iter().filter(|candidate| candidate.how != How::Demonym) {
            let mut score = 0.0;
            self.weigh(gazetteer, question, *candidate, &mut |_, worth| score += worth);
            best = Some(match best {
                None => (candidate.place, score, f32::NEG_INFINITY),
                Some((_, most, _)) if score > most => (candidate.place, score, most),
                Some((place, most, next)) => (place, most, next.max(score)),
            });
        }
        best
    }

    /// Calls `each` for all that speaks for and against a candidate.
    pub(super) fn weigh(
        &self,
        gazetteer: &Gazetteer,
        question: &Question<'_>,
        candidate: Candidate,
        each: &mut dyn FnMut(Evidence, f32),
    ) {
        let places = &gazetteer.places;
        let place = candidate.place;
        let kind = places.kind(place);
        let n_people = (places.population(place).max(1) as f32).log10();
        match kind {
            PlaceKind::Continent => each(Evidence::Continent, CONTINENT_SCORE),
            PlaceKind::Country if places.population(place) < LEAST_COUNTRY => each(Evidence::Country, TERRITORY_SCORE),
            PlaceKind::Country => each(Evidence::Country, COUNTRY_SCORE),
            PlaceKind::Subdivision => each(Evidence::Subdivision, SUBDIVISION_SCORE + n_people),
            PlaceKind::City => each(Evidence::People, n_people),
            _ => each(Evidence::Region, REGION_SCORE),
        }
        if candidate.how == How::Alternate {
            each(Evidence::OtherName, ALTERNATE_SCORE);
        }
        let is_first = question.candidates.first() == Some(&candidate);
        if is_first && kind == PlaceKind::City && is_main_city(gazetteer, question.candidates) {
            each(Evidence::KnownCity, KNOWN_CITY_SCORE);
        }
        if let Some(country) = places.country(place) {
            if self.n_but(question.name, country) > 0 {
                each(Evidence::SameCountry(country), SAME_COUNTRY_SCORE);
            }
            if self.main_but(question.name) == Some(country) {
                each(Evidence::MainCountry, MAIN_COUNTRY_SCORE);
            }
        }
        let others = |kept: &&(String, Place)| kept.0 != question.name && kept.1 != place;
        let outer = self.subdivisions.iter().filter(others).find(|(_, outer)| places.contains(*outer, place));
        if let Some((_, outer)) = outer {
            each(Evidence::SameSubdivision(*outer), SAME_SUBDIVISION_SCORE);
        }
        // Where its largest city has the name too, the part of a country goes by another one; a region that the
        // gazetteer has twice ("Gaza Strip") stays the same one wherever it is named.
        let is_part = matches!(kind, PlaceKind::Subdivision | PlaceKind::Country);
        let is_region = |other: &Candidate| {
            places.kind(other.place) == PlaceKind::Region && places.country(other.place) == places.country(place)
        };
        if candidate.how == How::Main && is_part && !question.candidates.iter().any(is_region) {
            let inner = self.inner.iter().filter(others).find(|(_, inner)| places.contains(place, *inner));
            if let Some((_, inner)) = inner {
                each(Evidence::Contains(*inner), CONTAINS_SCORE);
            }
        }
        let contained = question.container.iter().any(|&outer| {
            // A state does not contain itself, but "Washington, D.C." is one city.
            let is_whole = outer == place && kind != PlaceKind::City;
            !is_whole && places.contains(outer, place)
        });
        if contained {
            each(Evidence::ContainerBehind, CONTAINER_BEHIND_SCORE);
        }
    }
}
