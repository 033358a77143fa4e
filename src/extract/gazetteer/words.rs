//! Single words: given and family names, words that news writes small, and the classes of words that
//! stand around names (titles, heads of organisations' names, particles).

use std::collections::HashMap;

use crate::extract::gazetteer::push_folded_word;

pub(super) static LIST: &str = include_str!("lists/words.txt");
pub(super) static NICKNAMES: &str = include_str!("lists/nicknames.txt");

/// What the table of words holds for a word.
pub mod word_bits {
    /// A given name.
    pub const GIVEN: u64 = 1;
    /// A family name.
    pub const FAMILY: u64 = 2;
    /// A given name of men.
    pub const MALE: u64 = 4;
    /// A given name of women.
    pub const FEMALE: u64 = 8;
    /// A name that news is known to write, not only a census.
    pub const KNOWN: u64 = 16;
    /// Above this bit, seven bits: how often of a hundred times news writes the word small.
    pub const SHARE_SHIFT: u64 = 8;
    /// Above this bit: logarithm to base 2 of how often it was seen small.
    pub const SEEN_SHIFT: u64 = 16;
}

/// A class of words, as in the list `words.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    HonorificM,
    HonorificF,
    Honorific,
    Role,
    RoleMod,
    PersonNoun,
    RoleWord,
    Speech,
    PlaceBefore,
    OrgBefore,
    OrgHead,
    OrgLead,
    PlaceHead,
    PlaceLead,
    PlaceAfter,
    EventHead,
    EventLead,
    Never,
    Group,
    Particle,
    Suffix,
    NotOrgAcronym,
    Sport,
    Vessel,
    Ailment,
    OrgNoun,
}

impl Class {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "honorific_m" => Self::HonorificM,
            "honorific_f" => Self::HonorificF,
            "honorific" => Self::Honorific,
            "role" => Self::Role,
            "role_mod" => Self::RoleMod,
            "person_noun" => Self::PersonNoun,
            "role_word" => Self::RoleWord,
            "speech" => Self::Speech,
            "place_before" => Self::PlaceBefore,
            "org_before" => Self::OrgBefore,
            "org_head" => Self::OrgHead,
            "org_lead" => Self::OrgLead,
            "place_head" => Self::PlaceHead,
            "place_lead" => Self::PlaceLead,
            "place_after" => Self::PlaceAfter,
            "event_lead" => Self::EventLead,
            "event_head" => Self::EventHead,
            "never" => Self::Never,
            "group" => Self::Group,
            "particle" => Self::Particle,
            "suffix" => Self::Suffix,
            "org_acronym_not" => Self::NotOrgAcronym,
            "sport" => Self::Sport,
            "vessel" => Self::Vessel,
            "ailment" => Self::Ailment,
            "org_noun" => Self::OrgNoun,
            _ => return None,
        })
    }
}

/// The classes that a word belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u32);

impl Classes {
    /// Whether the word is said before a name out of courtesy: "Mr", "Lady", "Dr".
    pub(crate) fn is_honorific(self) -> bool {
        self.has(Class::Honorific) || self.has(Class::HonorificM) || self.has(Class::HonorificF)
    }

    /// Whether the word is of the class.
    pub(crate) fn has(self, class: Class) -> bool {
        self.0 & 1 << class as u32 != 0
    }
}

/// What is known of a word by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordFacts {
    bits: u64,
    /// Classes of the word as written.
    pub classes: Classes,
}

impl WordFacts {
    pub(crate) fn is_given(self) -> bool {
        self.bits & word_bits::GIVEN != 0
    }

    pub(crate) fn is_family(self) -> bool {
        self.bits & word_bits::FAMILY != 0
    }

    /// Whether it is a given name of one gender, as names that are nothing else are.
    pub(crate) fn is_known_given(self) -> bool {
        self.is_given() && self.gender() == Some(Gender::Male)
    }

    /// Whether news is known to name people so, not only a census.
    pub(crate) fn is_known_name(self) -> bool {
        self.bits & word_bits::KNOWN != 0
    }

    /// Whether it is a given name of men and not of women, or the other way round.
    pub(crate) fn gender(self) -> Option<Gender> {
        match (self.bits & word_bits::MALE != 0, self.bits & word_bits::FEMALE != 0) {
            (true, false) => Some(Gender::Male),
            (false, true) => Some(Gender::Female),
            _ => None,
        }
    }

    /// How often of a hundred times news writes the word small; 0 when it hardly ever does.
    pub(crate) fn small_share(self) -> u64 {
        self.bits >> word_bits::SHARE_SHIFT & 0x7f
    }

    /// Whether news writes it small so often that a capital at the start of a sentence means nothing.
    pub(crate) fn is_common(self) -> bool {
        self.small_share() >= 50 && (self.bits >> word_bits::SEEN_SHIFT) >= 3
    }
}

/// What honorifics and given names say of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Male,
    Female,
}

/// The tables of single words.
pub(crate) struct Words {
    bits: fst::Map<&'static [u8]>,
    classes: HashMap<&'static str, Classes, foldhash::fast::FixedState>,
    /// Phrases of titles ("Secretary of State"), by their first word.
    roles: HashMap<&'static str, Vec<Vec<&'static str>>, foldhash::fast::FixedState>,
    /// Short forms of a given name to the name: groups by number.
    nicknames: HashMap<&'static str, Vec<u32>, foldhash::fast::FixedState>,
}

impl Words {
    pub(super) fn new(table: &'static [u8]) -> Self {
        let bits = fst::Map::new(table).expect("the embedded automaton is whole");
        let mut classes: HashMap<&'static str, Classes, _> = HashMap::default();
        let mut roles: HashMap<&'static str, Vec<Vec<&'static str>>, _> = HashMap::default();
        for line in LIST.lines() {
            let Some((name, words)) = line.split_once(": ") else { continue };
            if name == "role_of" {
                for phrase in words.split_whitespace() {
                    let phrase: Vec<&str> = phrase.split('_').collect();
                    roles.entry(phrase[0]).or_default().push(phrase);
                }
            } else if let Some(class) = Class::named(name) {
                for word in words.split_whitespace() {
                    classes.entry(word).or_default().0 |= 1 << class as u32;
                }
            }
        }
        let mut nicknames: HashMap<&'static str, Vec<u32>, _> = HashMap::default();
        for (group, line) in NICKNAMES.lines().filter(|line| !line.starts_with('#')).enumerate() {
            for name in line.split_whitespace() {
                nicknames.entry(name).or_default().push(group as u32);
            }
        }
        Self { bits, classes, roles, nicknames }
    }

    /// What is known of a word as written.
    pub(crate) fn facts(&self, word: &str) -> WordFacts {
        let mut folded = String::new();
        push_folded_word(word, &mut folded);
        WordFacts { bits: self.bits.get(&folded).unwrap_or(0), classes: self.classes(word) }
    }

    /// Classes of a word as written, or in title case when it is written in capitals.
    pub(crate) fn classes(&self, word: &str) -> Classes {
        self.classes.get(word).copied().unwrap_or_default()
    }

    /// Titles of several words that begin with a word, word by word.
    pub(crate) fn roles(&self, first: &str) -> &[Vec<&'static str>] {
        self.roles.get(first).map_or(&[], Vec::as_slice)
    }

    /// Whether one folded given name is a short form of the other, or both of a third.
    pub(crate) fn are_nicknames(&self, one: &str, other: &str) -> bool {
        match (self.nicknames.get(one), self.nicknames.get(other)) {
            (Some(one), Some(other)) => one.iter().any(|group| other.contains(group)),
            _ => false,
        }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.bits.len())
    }
}
