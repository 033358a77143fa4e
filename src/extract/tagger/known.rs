//! What the gazetteer knows of the words of a stretch, as small numbers that features can hold.
//!
//! Fed by [`super::page`]; looks up, decides nothing.

use std::ops::Range;

use super::label::Position;
use crate::extract::gazetteer::{Class, Gazetteer, How, PlaceKind};
use crate::extract::token::Token;

/// Inhabitants from which a city is known everywhere.
const LARGE_CITY: u32 = 200_000;

/// What the gazetteer says of one token: zero when nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Kind of place and position in the place's name.
    pub place: u8,
    /// Position in the name of an organisation.
    pub org: u8,
}

impl Known {
    /// Where the token stands in the name of a known organisation.
    pub fn org_position(self) -> Option<Position> {
        let inside = self.org.checked_sub(1)?;
        [Position::Begin, Position::Inside, Position::Last, Position::Unit].get(inside as usize).copied()
    }

    /// Whether the token by itself is a people or its adjective.
    pub fn is_demonym(self) -> bool {
        self.place == 1 + DEMONYM * 4 + Position::Unit as u8
    }
}

/// What the gazetteer says of one word by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordLists {
    /// Given name, family name, known from news, an ordinary word: a bit each.
    pub person: u8,
    /// Classes of words that stand around names, a bit each.
    pub classes: u32,
}

impl WordLists {
    /// Whether the word is one of faiths and peoples without a country.
    pub fn is_group(self) -> bool {
        self.has(Class::Group)
    }

    /// Whether the word tells that sport is spoken of.
    pub fn is_sport(self) -> bool {
        self.has(Class::Sport)
    }

    fn has(self, wanted: Class) -> bool {
        CLASSES.iter().position(|&class| class == wanted).is_some_and(|i| self.classes & 1 << i != 0)
    }
}

/// Number of demonyms among the kinds of places.
const DEMONYM: u8 = 0;

const CLASSES: [Class; 20] = [
    Class::HonorificM,
    Class::HonorificF,
    Class::Honorific,
    Class::Role,
    Class::RoleWord,
    Class::Speech,
    Class::PlaceBefore,
    Class::OrgBefore,
    Class::OrgHead,
    Class::OrgLead,
    Class::PlaceHead,
    Class::PlaceLead,
    Class::PlaceAfter,
    Class::EventHead,
    Class::Never,
    Class::Group,
    Class::Particle,
    Class::Suffix,
    Class::NotOrgAcronym,
    Class::Sport,
];

/// Looks up one word.
pub fn word_lists(form: &str, gazetteer: &Gazetteer) -> WordLists {
    let facts = gazetteer.words.facts(form);
    let person = u8::from(facts.is_given())
        | u8::from(facts.is_family()) << 1
        | u8::from(facts.is_known_name()) << 2
        | u8::from(facts.is_common()) << 3;
    let classes = CLASSES.iter().enumerate().map(|(i, &class)| u32::from(facts.classes.has(class)) << i).sum();
    WordLists { person, classes }
}

/// Looks up the names in a stretch, the longest from left to right, into `known` by token. Names begin
/// where `may_begin` says so.
pub fn look_up(
    text: &str,
    tokens: &[Token],
    stretch: Range<usize>,
    may_begin: impl Fn(usize) -> bool,
    gazetteer: &Gazetteer,
    known: &mut [Known],
) {
    let (mut place_end, mut org_end) = (stretch.start, stretch.start);
    for at in stretch.clone().filter(|&at| may_begin(at)) {
        if at >= place_end
            && let Some((end, value)) = gazetteer.places.match_at(text, tokens, at, stretch.end)
        {
            let kind = place_kind(gazetteer, value);
            for (token, known) in (at..end).zip(&mut known[at..end]) {
                known.place = 1 + kind * 4 + Position::of(token, &(at..end)) as u8;
            }
            place_end = end;
        }
        if at >= org_end
            && let Some((end, _)) = gazetteer.orgs.match_at(text, tokens, at, stretch.end)
        {
            for (token, known) in (at..end).zip(&mut known[at..end]) {
                known.org = 1 + Position::of(token, &(at..end)) as u8;
            }
            org_end = end;
        }
    }
}

fn place_kind(gazetteer: &Gazetteer, value: u64) -> u8 {
    let candidate = gazetteer.places.first_candidate(value);
    if candidate.how == How::Demonym {
        return DEMONYM;
    }
    match gazetteer.places.kind(candidate.place) {
        PlaceKind::Continent => 1,
        PlaceKind::Country => 2,
        PlaceKind::Subdivision => 3,
        PlaceKind::City => {
            let population = gazetteer.places.population(candidate.place);
            match (population >= LARGE_CITY, candidate.how) {
                (true, How::Main) => 4,
                (true, _) => 5,
                (false, How::Main) => 6,
                (false, _) => 7,
            }
        }
        PlaceKind::Region => 8,
        PlaceKind::Sea | PlaceKind::River | PlaceKind::Lake | PlaceKind::Mountain => 9,
    }
}
