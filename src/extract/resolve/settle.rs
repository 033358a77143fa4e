//! One name, one kind: what the rest of the article says of a name decides what a single mention is.
//!
//! A tagger sees a name in its sentence. "Zorvex said" looks like a person, until the article turns out to
//! be about Zorvex Holdings; "Mato Grosso" looks like one too, but is a state of Brazil. Each rule below
//! changes the kind of a mention and nothing else.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Class, Gazetteer, How, PlaceKind, fold_tokens, is_possessive};
use crate::extract::resolve::beside::is_said_to_be_org;
use crate::extract::tagged::{Document, Tagged};
use crate::mention::Kind;

/// A city of fewer people gives its name up to a company of the article.
const LEAST_CITY: u32 = 100_000;

/// Longest beginning of an organisation's name that stands for it: two words ("Golden Harbour" Land).
const MOST_LEADING_WORDS: usize = 2;

/// Words behind which a name is a place.
const PLACE_BEFORE: &[&str] = &["in", "near", "outside", "around", "across"];

type Set = HashSet<String, FixedState>;

/// What the article says of its names.
struct Article {
    /// Words of people's names in full.
    of_people: Set,
    /// Given names in them, with the surname.
    given_names: HashMap<String, String, FixedState>,
    /// How organisations' names of several words begin.
    org_leads: Set,
    /// Names that the text somewhere says to be organisations.
    said_orgs: Set,
    /// Confidence by kind of names of one word, summed up: person, place, organisation.
    votes: HashMap<String, [f32; 3], FixedState>,
}

/// Gives every mention the kind that the article as a whole says.
pub(super) fn settle(document: &Document<'_>, gazetteer: &Gazetteer, tagged: &mut Vec<Tagged>) {
    let folded: Vec<String> = tagged.iter().map(|mention| fold(document, mention)).collect();
    let article = Article::of(document, gazetteer, tagged, &folded);
    let mut folded = folded.iter();
    tagged.retain_mut(|mention| {
        let Some(folded) = folded.next() else { return true };
        if article.is_title(document, gazetteer, mention, folded) {
            return false;
        }
        if let Some(kind) = article.kind(document, gazetteer, mention, folded) {
            mention.kind = kind;
        }
        true
    });
    add_parts_of_places(document, gazetteer, tagged);
}

/// Longest name of a square or a building that is looked for behind a place.
const MOST_WORDS_OF_PART: usize = 4;
/// Confidence of what is found so.
const PART_CONFIDENCE: f32 = 0.9;

/// "Kiev's Independence Square", where the taggers saw Kiev alone.
fn add_parts_of_places(document: &Document<'_>, gazetteer: &Gazetteer, tagged: &mut Vec<Tagged>) {
    let mut parts = Vec::new();
    for (i, mention) in tagged.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Place) {
        let first_token = mention.end_token + 1;
        let end_of_text = tagged.get(i + 1).map_or(document.tokens.len(), |next| next.first_token);
        let is_possessive = first_token < end_of_text && is_possessive(document.word(mention.end_token));
        if !is_possessive {
            continue;
        }
        let run = (first_token..end_of_text).take(MOST_WORDS_OF_PART);
        let n_words = run.take_while(|&token| document.word(token).starts_with(char::is_uppercase)).count();
        let end_token = first_token + n_words;
        if n_words > 1 && gazetteer.words.classes(document.word(end_token - 1)).has(Class::PlaceHead) {
            parts.push(Tagged { kind: Kind::Place, first_token, end_token, confidence: PART_CONFIDENCE });
        }
    }
    if !parts.is_empty() {
        tagged.append(&mut parts);
        tagged.sort_by_key(|mention| mention.first_token);
    }
}

fn fold(document: &Document<'_>, mention: &Tagged) -> String {
    let folded = fold_tokens(document.text, &document.tokens[mention.first_token..mention.end_token]);
    folded.strip_prefix("the ").map_or(folded.clone(), str::to_owned)
}

impl Article {
    fn of(document: &Document<'_>, gazetteer: &Gazetteer, tagged: &[Tagged], folded: &[String]) -> Self {
        let mut article = Self {
            of_people: Set::default(),
            given_names: HashMap::default(),
            org_leads: Set::default(),
            said_orgs: Set::default(),
            votes: HashMap::default(),
        };
        let body_start = body_start(document);
        for (i, (mention, folded)) in tagged.iter().zip(folded).enumerate() {
            let may_be_org = matches!(mention.kind, Kind::Person | Kind::Place);
            if may_be_org && is_said_to_be_org(document, gazetteer, tagged, i) {
                article.said_orgs.insert(folded.clone());
            }
            let is_long = folded.contains(' ');
            let slot = match mention.kind {
                Kind::Person => 0,
                Kind::Place => 1,
                Kind::Org => 2,
                Kind::Demonym => continue,
            };
            if !is_long && mention.first_token < body_start {
                // Headlines are read worst, so that they have no vote.
            } else if !is_long {
                article.votes.entry(folded.clone()).or_default()[slot] += mention.confidence;
            } else if mention.kind == Kind::Person {
                article.of_people.extend(folded.split(' ').map(str::to_owned));
                if let (Some((given, _)), Some((_, surname))) = (folded.split_once(' '), folded.rsplit_once(' ')) {
                    article.given_names.insert(given.to_owned(), surname.to_owned());
                }
            } else if mention.kind == Kind::Org {
                let first = document.word(mention.first_token);
                if gazetteer.words.facts(first).is_common() || gazetteer.words.classes(first).has(Class::OrgLead) {
                    continue;
                }
                let ends = folded.match_indices(' ').map(|(at, _)| at).take(MOST_LEADING_WORDS);
                article.org_leads.extend(ends.map(|end| folded[..end].to_owned()));
            }
        }
        article
    }

    /// "Senator's brother": the title alone, in an article that names nobody so.
    fn is_title(&self, document: &Document<'_>, gazetteer: &Gazetteer, mention: &Tagged, folded: &str) -> bool {
        mention.kind == Kind::Person
            && mention.end_token == mention.first_token + 1
            && gazetteer.words.classes(document.word(mention.first_token)).has(Class::Role)
            && !self.of_people.contains(folded)
    }

    /// "Jordan has sent tents", where Jordan Hale is otherwise called Hale.
    fn is_country_not_given_name(&self, gazetteer: &Gazetteer, folded: &str) -> bool {
        let surname = self.given_names.get(folded);
        let is_used_alone = surname.and_then(|surname| self.votes.get(surname)).is_some_and(|votes| votes[0] > 0.0);
        is_used_alone && is_country(gazetteer, folded)
    }

    /// The kind that a mention has to have, if not its own.
    fn kind(&self, document: &Document<'_>, gazetteer: &Gazetteer, mention: &Tagged, folded: &str) -> Option<Kind> {
        let n_tokens = mention.end_token - mention.first_token;
        let facts = gazetteer.words.facts(document.word(mention.first_token));
        let is_of_people = self.of_people.contains(folded);
        match mention.kind {
            Kind::Person => {
                let has_title = mention.first_token.checked_sub(1).is_some_and(|before| {
                    let classes = gazetteer.words.classes(document.word(before));
                    classes.is_honorific() || classes.has(Class::Role)
                });
                if has_title {
                    return None;
                }
                let is_in_place =
                    n_tokens == 1 && is_behind_preposition(document, mention) && is_large_place(gazetteer, folded);
                if is_in_place || self.is_country_not_given_name(gazetteer, folded) {
                    return Some(Kind::Place);
                }
                if is_of_people {
                    return None;
                }
                let is_name = facts.is_given() && facts.is_known_name();
                if self.org_leads.contains(folded) && !(n_tokens == 1 && is_name) {
                    return Some(Kind::Org);
                }
                if self.said_orgs.contains(folded) && !facts.is_given() && !facts.is_family() {
                    return Some(Kind::Org);
                }
                if n_tokens > 1 && !is_name && is_large_place(gazetteer, folded) {
                    return Some(Kind::Place);
                }
                self.vote(folded).filter(|_| n_tokens == 1 && !is_name && gazetteer.places.named(folded).is_empty())
            }
            Kind::Place => {
                if n_tokens == 1 && is_acronym_of_town(document, gazetteer, mention, folded) {
                    return Some(Kind::Org);
                }
                let stands_for_place = is_behind_preposition(document, mention) || is_before_region(document, mention);
                let is_known = !gazetteer.places.named(folded).is_empty();
                let is_open = !is_known || !stands_for_place && !is_large_place(gazetteer, folded);
                if self.org_leads.contains(folded) && is_open {
                    return Some(Kind::Org);
                }
                if !gazetteer.places.named(folded).is_empty() || is_of_people {
                    return None;
                }
                if is_named_as_org(document, gazetteer, mention) || self.said_orgs.contains(folded) {
                    return Some(Kind::Org);
                }
                self.vote(folded).filter(|_| n_tokens == 1 && !stands_for_place)
            }
            Kind::Org => {
                let is_main = |how: How| how == How::Main;
                let is_place = || gazetteer.places.named(folded).iter().any(|candidate| is_main(candidate.how));
                let is_next_a_name = (document.tokens.get(mention.end_token))
                    .is_some_and(|token| token.span.of(document.text).starts_with(char::is_uppercase));
                let stands_for_place = is_behind_preposition(document, mention) || is_dateline(document, mention);
                let stands_for_place = stands_for_place
                    || self.votes.get(folded).is_some_and(|[_, place, org]| n_tokens == 1 && place > org);
                if stands_for_place && !is_next_a_name && gazetteer.orgs.named(folded).is_none() && is_place() {
                    return Some(Kind::Place);
                }
                None
            }
            Kind::Demonym => None,
        }
    }

    /// The kind that most mentions of a name have, if it has several.
    fn vote(&self, folded: &str) -> Option<Kind> {
        let votes = self.votes.get(folded)?;
        let kinds = [Kind::Person, Kind::Place, Kind::Org];
        let best = (0..kinds.len()).max_by(|&one, &other| votes[one].total_cmp(&votes[other]))?;
        Some(kinds[best])
    }
}

/// Whether the gazetteer has a country, a part of one or a large city of the name.
pub(super) fn is_large_place(gazetteer: &Gazetteer, folded: &str) -> bool {
    let places = &gazetteer.places;
    places.named(folded).iter().filter(|candidate| candidate.how == How::Main).any(|candidate| {
        match places.kind(candidate.place) {
            PlaceKind::City => places.population(candidate.place) >= LEAST_CITY,
            PlaceKind::Continent | PlaceKind::Country | PlaceKind::Subdivision => true,
            _ => false,
        }
    })
}

/// Whether the gazetteer has a continent, a country or a part of one of the name.
pub(super) fn is_region(gazetteer: &Gazetteer, folded: &str) -> bool {
    let is_region = |kind| matches!(kind, PlaceKind::Continent | PlaceKind::Country | PlaceKind::Subdivision);
    gazetteer.places.named(folded).iter().any(|candidate| is_region(gazetteer.places.kind(candidate.place)))
}

pub(super) fn is_country(gazetteer: &Gazetteer, folded: &str) -> bool {
    let mut candidates = gazetteer.places.named(folded).into_iter();
    candidates
        .any(|candidate| candidate.how == How::Main && gazetteer.places.kind(candidate.place) == PlaceKind::Country)
}

/// "NARA said": capitals amid small letters are an acronym, not the town that is written Nara. Countries and
/// datelines are left alone, and names that are acronyms themselves.
fn is_acronym_of_town(document: &Document<'_>, gazetteer: &Gazetteer, mention: &Tagged, folded: &str) -> bool {
    let word = document.word(mention.first_token);
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    let neighbour = |token: usize| if token < document.tokens.len() { document.word(token) } else { "" };
    let before = mention.first_token.checked_sub(1).map_or("", |before| document.word(before));
    let after = neighbour(mention.end_token);
    let is_before_mark = matches!(after, "," | "—" | "–" | "-" | "(" | "--");
    let is_amid_small = [before, after].iter().any(|word| word.contains(char::is_lowercase));
    let candidates = gazetteer.places.named(folded);
    let is_town = !candidates.is_empty() && candidates.iter().all(|candidate| candidate.how == How::Main);
    is_amid_small && !is_before_mark && is_town && !is_country(gazetteer, folded)
}

/// "John Innes Centre", "Central Bank of the Republic": what ends, or begins before "of", like an organisation.
fn is_named_as_org(document: &Document<'_>, gazetteer: &Gazetteer, mention: &Tagged) -> bool {
    let words = mention.first_token..mention.end_token;
    let is_head = |token: usize| {
        let classes = gazetteer.words.classes(document.word(token));
        classes.has(Class::OrgHead) && !classes.has(Class::PlaceHead)
    };
    let is_before_of = |token: usize| token + 1 < mention.end_token && document.word(token + 1) == "of";
    words.len() > 1
        && (is_head(mention.end_token - 1) || words.clone().any(|token| is_before_of(token) && is_head(token)))
}

pub(super) fn is_behind_preposition(document: &Document<'_>, mention: &Tagged) -> bool {
    mention.first_token.checked_sub(1).is_some_and(|before| PLACE_BEFORE.contains(&document.word(before)))
}

/// "Paris, Texas".
pub(super) fn is_before_region(document: &Document<'_>, mention: &Tagged) -> bool {
    let word = |token: usize| if token < document.tokens.len() { document.word(token) } else { "" };
    word(mention.end_token) == "," && word(mention.end_token + 1).starts_with(char::is_uppercase)
}

/// First token behind the headline.
fn body_start(document: &Document<'_>) -> usize {
    let body = document.sentences.iter().find(|sentence| !sentence.is_headline);
    body.map_or(document.tokens.len(), |sentence| sentence.first_token)
}

/// "KHARKIV, Ukraine —", "CAMBRIDGE —": capitals at the beginning of a text, before a mark.
fn is_dateline(document: &Document<'_>, mention: &Tagged) -> bool {
    let is_capital =
        (mention.first_token..mention.end_token).all(|token| document.word(token).chars().all(|c| !c.is_lowercase()));
    let next = if mention.end_token < document.tokens.len() { document.word(mention.end_token) } else { "" };
    body_start(document) == mention.first_token && is_capital && matches!(next, "," | "—" | "–" | "-" | "(" | "--")
}
