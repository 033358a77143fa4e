//! Places: which one a name means, by what stands beside it, what else the article mentions, and how many
//! people live there.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Candidate, Class, Gazetteer, How, Place, PlaceKind, fold_phrase, fold_tokens, slug};
use crate::extract::resolve::{Draft, Why, reason, surface};
use crate::extract::tagged::{Document, Tagged};
use crate::extraction::{Alternative, Reason};
use crate::mention::{Kind, PlaceFacts};

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
/// The country of the candidate is mentioned: worth eight times the people. More would make Canadian
/// news mean the lesser London.
const SAME_COUNTRY_SCORE: f32 = 0.9;
/// It is the country mentioned most.
const MAIN_COUNTRY_SCORE: f32 = 0.4;
/// The subdivision of the candidate is mentioned.
const SAME_SUBDIVISION_SCORE: f32 = 0.8;
/// "Paris, Texas": what stands behind the comma contains the candidate. Beats everything else.
const CONTAINER_BEHIND_SCORE: f32 = 20.0;

struct Mention {
    tagged: usize,
    folded: String,
    candidates: Vec<Candidate>,
    /// The mention behind a comma, if it follows at once.
    behind: Option<usize>,
    /// Whether "and" follows, as in a list.
    is_listed: bool,
}

pub(super) fn resolve(
    document: &Document<'_>,
    gazetteer: &Gazetteer,
    tagged: &[Tagged],
    drafts: &mut [Option<Draft>],
    why: &mut Why,
) {
    let places = &gazetteer.places;
    let mut mentions: Vec<Mention> = Vec::new();
    let mut by_name: HashMap<String, Vec<Candidate>, FixedState> = HashMap::default();
    for (i, mention) in tagged.iter().enumerate() {
        if !matches!(mention.kind, Kind::Place | Kind::Demonym) {
            continue;
        }
        let folded = known_form(document, gazetteer, mention);
        let candidates = by_name.entry(folded.clone()).or_insert_with(|| places.named(&folded)).clone();
        let follows = mentions.last().is_some_and(|last: &Mention| {
            let end = tagged[last.tagged].end_token;
            tagged[last.tagged].kind == Kind::Place
                && end + 1 == mention.first_token
                && matches!(document.word(end), "," | "(")
        });
        if follows {
            let behind = Some(mentions.len());
            mentions.last_mut().expect("it follows one").behind = behind;
        }
        let end = mention.end_token;
        let is_listed = end < document.tokens.len() && matches!(document.word(end), "and" | "&" | "or");
        mentions.push(Mention { tagged: i, folded, candidates, behind: None, is_listed });
    }
    let named: Vec<[u8; 2]> = (mentions.iter())
        .filter_map(|mention| mention.candidates.first())
        .filter(|candidate| places.kind(candidate.place) == PlaceKind::Country)
        .filter_map(|candidate| places.country(candidate.place))
        .collect();
    for mention in mentions.iter_mut().filter(|mention| is_vague(gazetteer, &mention.folded)) {
        let is_named =
            |candidate: &Candidate| places.country(candidate.place).is_some_and(|code| named.contains(&code));
        mention.candidates.retain(is_named);
    }
    let context = Context::of(gazetteer, &mentions);
    let placed = placed_by_container(gazetteer, &mentions);
    let mut decided: HashMap<&str, Place, FixedState> = HashMap::default();
    // What stands before its container decides first, for every mention of the name.
    for mention in mentions.iter().filter(|mention| mention.behind.is_some()) {
        let container = mention.behind.map(|behind| &mentions[behind].candidates);
        if let Some((place, score)) = context.best(gazetteer, &mention.candidates, container.map(Vec::as_slice))
            && score >= CONTAINER_BEHIND_SCORE
        {
            decided.entry(&mention.folded).or_insert(place);
        }
    }
    for mention in &mentions {
        let tag = &tagged[mention.tagged];
        if let Some(&container) = placed.get(mention.folded.as_str()).filter(|_| tag.kind == Kind::Place) {
            if let Some(why) = why {
                let name = places.name(container);
                let text = format!("the gazetteer has none of this name in {name}, which stands behind it");
                why[mention.tagged] = Some(reason("unknown-place", text));
            }
            drafts[mention.tagged] = unknown(document, tag).map(|draft| inside(gazetteer, draft, container));
            continue;
        }
        let first = mention.candidates.first().copied();
        let place = match (tag.kind, first) {
            (_, None) => None,
            (Kind::Demonym, _) => demonym(&mention.candidates).or(first.map(|c| c.place)),
            _ => Some(*decided.entry(&mention.folded).or_insert_with(|| {
                let best = context.best(gazetteer, &mention.candidates, None);
                best.map_or(first.expect("there is one").place, |(place, _)| place)
            })),
        };
        if let Some(why) = why {
            why[mention.tagged] = Some(why_place(gazetteer, &context, &mentions, mention, place));
        }
        drafts[mention.tagged] = match place {
            Some(place) => {
                let only_demonym = mention.candidates.iter().all(|candidate| candidate.how == How::Demonym);
                let kind = if only_demonym { Kind::Demonym } else { tag.kind };
                let name = places.name(place).to_owned();
                Some(Draft { kind, key: places.key(place), name, place: Some(places.facts(place)) })
            }
            // "Western" by itself is no place.
            None if tag.kind == Kind::Place
                && is_vague(gazetteer, &mention.folded)
                && !mention.folded.contains(' ') =>
            {
                None
            }
            None if tag.kind == Kind::Place => unknown(document, tag),
            None => None,
        };
    }
}

/// The folded name under which the gazetteer knows a mention: with the generic word behind it ("Kursk"
/// before "region"), as it stands, or without a generic word inside it.
fn known_form(document: &Document<'_>, gazetteer: &Gazetteer, mention: &Tagged) -> String {
    let tokens = &document.tokens[mention.first_token..mention.end_token];
    let folded = fold_tokens(document.text, tokens);
    let folded = folded.strip_prefix("the ").map_or(folded.clone(), str::to_owned);
    let is_generic = |token: usize| gazetteer.words.classes(document.word(token)).has(Class::PlaceAfter);
    if mention.kind == Kind::Place && mention.end_token < document.tokens.len() && is_generic(mention.end_token) {
        let longer = format!("{folded} {}", fold_phrase(document.word(mention.end_token)));
        if !gazetteer.places.named(&longer).is_empty() {
            return longer;
        }
    }
    if gazetteer.places.named(&folded).is_empty() && tokens.len() > 1 && is_generic(mention.end_token - 1) {
        let shorter = fold_tokens(document.text, &tokens[..tokens.len() - 1]);
        if !gazetteer.places.named(&shorter).is_empty() {
            return shorter;
        }
    }
    folded
}

/// Words that say where something lies in something else.
const DIRECTIONS: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "middle",
    "upper",
    "lower",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
];

/// "Northern District", "Western", "Sea": names that only their country tells from any other, whatever single
/// place of the world the gazetteer knows by them.
fn is_vague(gazetteer: &Gazetteer, folded: &str) -> bool {
    let is_generic = |word: &str| {
        let title: String = (word.chars().take(1).flat_map(char::to_uppercase)).chain(word.chars().skip(1)).collect();
        gazetteer.words.classes(&title).has(Class::PlaceHead) || gazetteer.words.classes(word).has(Class::PlaceAfter)
    };
    folded.split(' ').all(|word| DIRECTIONS.contains(&word) || is_generic(word))
}

/// Names of which the gazetteer knows no place in the country or the part of one that stands behind them
/// ("Randolph, New Hampshire"), with what stands there.
fn placed_by_container<'m>(gazetteer: &Gazetteer, mentions: &'m [Mention]) -> HashMap<&'m str, Place, FixedState> {
    let places = &gazetteer.places;
    let mut placed: HashMap<&str, Place, FixedState> = HashMap::default();
    for mention in mentions {
        let Some(outer) = mention.behind.map(|behind| &mentions[behind]) else { continue };
        let Some(container) = outer.candidates.first().map(|candidate| candidate.place) else { continue };
        let is_container = matches!(places.kind(container), PlaceKind::Subdivision | PlaceKind::Country);
        // In a list of places, the next one contains nothing of this one.
        let is_chain = outer.behind.is_none_or(|next| {
            let mut outermost = mentions[next].candidates.iter();
            outermost.any(|candidate| candidate.place != container && places.contains(candidate.place, container))
        });
        let is_known = mention.candidates.iter().any(|candidate| {
            let inner = candidate.place;
            outer.candidates.iter().any(|outer| places.contains(outer.place, inner))
                || matches!(places.kind(inner), PlaceKind::Country | PlaceKind::Continent | PlaceKind::Subdivision)
                || places.population(inner) >= SURE_CITY
        });
        if is_container && is_chain && !is_known && !outer.is_listed {
            placed.entry(&mention.folded).or_insert(container);
        }
    }
    placed
}

/// A place that the gazetteer does not know, inside one that it knows.
fn inside(gazetteer: &Gazetteer, draft: Draft, container: Place) -> Draft {
    let places = &gazetteer.places;
    let path = format!("{}/{}", places.path(container), slug(&draft.name));
    let key = path.split('/').skip(2).collect::<Vec<_>>();
    let key = key.into_iter().rev().collect::<Vec<_>>().join("-");
    let country = places.country(container);
    let facts = PlaceFacts { gazetteer_id: None, path, country, coordinates: None, population: None };
    Draft { key, place: Some(facts), ..draft }
}

fn demonym(candidates: &[Candidate]) -> Option<Place> {
    candidates.iter().find(|candidate| candidate.how == How::Demonym).map(|candidate| candidate.place)
}

/// A place that the gazetteer does not know: a square, a village, a building.
fn unknown(document: &Document<'_>, mention: &Tagged) -> Option<Draft> {
    let surface = surface(document, mention);
    let name = surface.strip_prefix("the ").unwrap_or(&surface);
    let key = slug(name);
    (!key.is_empty()).then(|| Draft { kind: Kind::Place, key, name: name.to_owned(), place: None })
}

/// What speaks for or against a candidate.
enum Evidence {
    Continent,
    Country,
    Subdivision,
    People,
    Region,
    OtherName,
    SameCountry([u8; 2]),
    MainCountry,
    SameSubdivision(Place),
    ContainerBehind,
}

impl Evidence {
    fn text(&self, gazetteer: &Gazetteer, candidate: Candidate) -> String {
        let places = &gazetteer.places;
        match self {
            Evidence::Continent => "a continent".to_owned(),
            Evidence::Country => "a country or territory".to_owned(),
            Evidence::Subdivision => "a part of a country".to_owned(),
            Evidence::People => format!("population {}", places.population(candidate.place)),
            Evidence::Region => "a region, sea, river, lake or mountain".to_owned(),
            Evidence::OtherName => "this is another name of it".to_owned(),
            Evidence::SameCountry([one, other]) => {
                format!("the article names {}{}", char::from(*one), char::from(*other))
            }
            Evidence::MainCountry => "the country named most".to_owned(),
            Evidence::SameSubdivision(outer) => format!("the article names {}", places.name(*outer)),
            Evidence::ContainerBehind => "stands before what contains it".to_owned(),
        }
    }
}

/// Most places that a reason lists; a name may be that of dozens of villages.
const MOST_ALTERNATIVES: usize = 8;

/// Why a name means a place, with the others that it may mean.
fn why_place(
    gazetteer: &Gazetteer,
    context: &Context,
    mentions: &[Mention],
    mention: &Mention,
    place: Option<Place>,
) -> Reason {
    let places = &gazetteer.places;
    let Some(place) = place else {
        return reason("unknown-place", "the gazetteer does not know it; it goes by its name".to_owned());
    };
    let name = places.name(place);
    let meant = mention.candidates.iter().find(|candidate| candidate.place == place);
    let mut found = match meant.map(|candidate| candidate.how) {
        Some(How::Demonym) => {
            return reason("demonym", format!("`{}` is of {name}", mention.folded));
        }
        Some(How::Alternate) => {
            reason("gazetteer", format!("the gazetteer has `{}` as a name of {name}", mention.folded))
        }
        _ => reason("gazetteer", format!("the gazetteer has `{}`", mention.folded)),
    };
    let container = mention.behind.map(|behind| mentions[behind].candidates.as_slice());
    for &candidate in mention.candidates.iter().filter(|candidate| candidate.how != How::Demonym) {
        let mut evidence = Vec::new();
        context.weigh(gazetteer, candidate, container, &mut |what, worth| {
            evidence.push((what.text(gazetteer, candidate), worth));
        });
        found.alternatives.push(Alternative {
            key: places.key(candidate.place),
            name: places.name(candidate.place).to_owned(),
            path: places.path(candidate.place),
            score: evidence.iter().map(|(_, worth)| worth).sum(),
            evidence,
        });
    }
    let key = places.key(place);
    found.alternatives.sort_by(|one, other| {
        (other.key == key).cmp(&(one.key == key)).then_with(|| other.score.total_cmp(&one.score))
    });
    found.alternatives.truncate(MOST_ALTERNATIVES);
    if found.alternatives.len() > 1 {
        found.text.push_str(&format!("; {name} scores most, or the same name was decided elsewhere in the article"));
    }
    found
}

/// Countries and subdivisions that the article mentions without doubt.
struct Context {
    /// Country to the number of its mentions, and of its places.
    countries: HashMap<[u8; 2], usize, FixedState>,
    main_country: Option<[u8; 2]>,
    subdivisions: Vec<Place>,
}

/// A city is meant without doubt if it has so many people...
const SURE_CITY: u32 = 300_000;
/// ...and so many times the people of the next of its name.
const SURE_RATIO: u32 = 10;

fn is_main_city(gazetteer: &Gazetteer, candidates: &[Candidate]) -> bool {
    let n_people = |candidate: &Candidate| gazetteer.places.population(candidate.place);
    let Some((first, others)) = candidates.split_first() else { return false };
    n_people(first) >= SURE_CITY && others.iter().all(|other| n_people(first) / SURE_RATIO >= n_people(other))
}

/// Most subdivisions kept as context: articles mention few, lists of places need none.
const MOST_SUBDIVISIONS: usize = 32;

impl Context {
    fn of(gazetteer: &Gazetteer, mentions: &[Mention]) -> Self {
        let places = &gazetteer.places;
        let mut countries: HashMap<[u8; 2], usize, FixedState> = HashMap::default();
        let mut subdivisions = Vec::new();
        for mention in mentions {
            let Some(first) = mention.candidates.first() else { continue };
            let is_sure = match places.kind(first.place) {
                // "Georgia" by itself says nothing of other places.
                PlaceKind::Country => !mention
                    .candidates
                    .iter()
                    .any(|other| other.place != first.place && places.kind(other.place) == PlaceKind::Subdivision),
                PlaceKind::City if first.how == How::Main && is_main_city(gazetteer, &mention.candidates) => true,
                _ => mention.candidates.len() == 1 || first.how == How::Demonym,
            };
            if !is_sure {
                continue;
            }
            if let Some(country) = places.country(first.place) {
                *countries.entry(country).or_default() += 1;
            }
            let is_subdivision = places.kind(first.place) == PlaceKind::Subdivision;
            if is_subdivision && subdivisions.len() < MOST_SUBDIVISIONS && !subdivisions.contains(&first.place) {
                subdivisions.push(first.place);
            }
        }
        let main_country = countries.iter().max_by_key(|&(code, n_mentions)| (n_mentions, std::cmp::Reverse(code)));
        let main_country = main_country.map(|(code, _)| *code);
        Self { countries, main_country, subdivisions }
    }

    /// The best candidate and its score; the first of equals.
    fn best(
        &self,
        gazetteer: &Gazetteer,
        candidates: &[Candidate],
        container: Option<&[Candidate]>,
    ) -> Option<(Place, f32)> {
        let mut best: Option<(Place, f32)> = None;
        for candidate in candidates.iter().filter(|candidate| candidate.how != How::Demonym) {
            let score = self.score(gazetteer, *candidate, container);
            if best.is_none_or(|(_, most)| score > most) {
                best = Some((candidate.place, score));
            }
        }
        best
    }

    fn score(&self, gazetteer: &Gazetteer, candidate: Candidate, container: Option<&[Candidate]>) -> f32 {
        let mut score = 0.0;
        self.weigh(gazetteer, candidate, container, &mut |_, worth| score += worth);
        score
    }

    /// Calls `each` for all that speaks for and against a candidate.
    fn weigh(
        &self,
        gazetteer: &Gazetteer,
        candidate: Candidate,
        container: Option<&[Candidate]>,
        each: &mut dyn FnMut(Evidence, f32),
    ) {
        let places = &gazetteer.places;
        let place = candidate.place;
        let n_people = (places.population(place).max(1) as f32).log10();
        match places.kind(place) {
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
        if let Some(country) = places.country(place) {
            if self.countries.contains_key(&country) {
                each(Evidence::SameCountry(country), SAME_COUNTRY_SCORE);
            }
            if self.main_country == Some(country) {
                each(Evidence::MainCountry, MAIN_COUNTRY_SCORE);
            }
        }
        let outer = self.subdivisions.iter().find(|&&outer| outer != place && places.contains(outer, place));
        if let Some(&outer) = outer {
            each(Evidence::SameSubdivision(outer), SAME_SUBDIVISION_SCORE);
        }
        let contained = container.is_some_and(|outer| {
            outer.iter().any(|outer| {
                // A state does not contain itself, but "Washington, D.C." is one city.
                let is_whole = outer.place == place && places.kind(place) != PlaceKind::City;
                !is_whole && places.contains(outer.place, place)
            })
        });
        if contained {
            each(Evidence::ContainerBehind, CONTAINER_BEHIND_SCORE);
        }
    }
}
