//! Entities of an article as JSON.

use serde::Serialize;

use crate::extraction::Extraction;
use crate::mention::{Entity, PlaceFacts};

/// One entity of an article, with what the gazetteer knows of places.
#[derive(Serialize)]
pub(super) struct EntityJson<'a> {
    kind: &'static str,
    entity: &'a str,
    name: &'a str,
    aliases: &'a [String],
    mentions: u64,
    gazetteer_id: Option<u32>,
    path: Option<&'a str>,
    country: Option<String>,
    lat: Option<f32>,
    lon: Option<f32>,
    population: Option<u64>,
}

/// The entities of an article in order of first mention.
pub(super) fn entities(found: &Extraction) -> Vec<EntityJson<'_>> {
    let mut n_mentions = vec![0u64; found.entities.len()];
    for mention in found.title.mentions.iter().chain(&found.body.mentions) {
        n_mentions[mention.entity as usize] += 1;
    }
    std::iter::zip(&found.entities, n_mentions).map(|(entity, mentions)| EntityJson::new(entity, mentions)).collect()
}

impl<'a> EntityJson<'a> {
    fn new(entity: &'a Entity, mentions: u64) -> Self {
        let place = entity.place.as_ref();
        let coordinates = place.and_then(|place| place.coordinates);
        Self {
            kind: entity.kind.name(),
            entity: &entity.key,
            name: &entity.name,
            aliases: &entity.aliases,
            mentions,
            gazetteer_id: place.and_then(|place| place.gazetteer_id),
            path: place.map(|place| place.path.as_str()),
            country: place.and_then(country),
            lat: coordinates.map(|(lat, _)| lat),
            lon: coordinates.map(|(_, lon)| lon),
            population: place.and_then(|place| place.population),
        }
    }
}

/// The country of a place as its two letters.
pub(super) fn country(place: &PlaceFacts) -> Option<String> {
    place.country.map(|code| code.iter().map(|&letter| char::from(letter)).collect())
}
