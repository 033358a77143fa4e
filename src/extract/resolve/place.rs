//! Places: which one a name means, by what stands beside it, what else the article mentions, and how many
//! people live there.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::{Candidate, Class, Gazetteer, How, Place, PlaceKind, fold_phrase, fold_tokens, slug};
use crate::extract::resolve::clues::{CONTAINER_BEHIND_SCORE, Context, Question, SURE_CITY, stated, sure};
use crate::extract::resolve::settle::{is_before_region, is_behind_preposition, is_large_place};
use crate::extract::resolve::{Draft, Why, reason, surface};
use crate::extract::tagged::{Document, Tagged};
use crate::extraction::{Alternative, Reason};
use crate::mention::{Kind, PlaceFacts};

struct Mention {
    tagged: usize,
    folded: String,
    candidates: Vec<Candidate>,
    /// The mention behind a comma, if it follows at once.
    behind: Option<usize>,
    /// Whether "and" follows, as in a list.
    is_listed: bool,
}

impl Mention {
    fn question<'m>(&'m self, container: &'m [Place]) -> Question<'m> {
        Question { name: &self.folded, candidates: &self.candidates, container }
    }
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
        let mut candidates = by_name.entry(folded.clone()).or_insert_with(|| places.named(&folded)).clone();
        // "Swiss" are people of Switzerland before they are a hamlet of that name.
        let is_of_people = demonym(&candidates).is_some() && !is_large_place(gazetteer, &folded);
        if is_of_people && !is_behind_preposition(document, mention) && !is_before_region(document, mention) {
            candidates.retain(|candidate| candidate.how == How::Demonym);
        }
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
    let placed = placed_by_container(gazetteer, &mentions);
    let stated = stated(document, gazetteer, tagged);
    let (context, mut decided) = weigh_all(gazetteer, &mentions, &stated);
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
                let best = context.best(gazetteer, &mention.question(&[]));
                best.map_or(first.expect("there is one").place, |(place, _)| place)
            })),
        };
        if let Some(why) = why {
            why[mention.tagged] = Some(why_place(
                gazetteer,
                &context,
                &mention.question(&container(gazetteer, &mentions, mention)),
                place,
            ));
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

/// What the article says of where things lie, and the names that what stands behind them decides.
///
/// In two rounds: what is sure, and what stands before its container, tells the rest; what that leaves no doubt of
/// tells what is left. No name tells of itself: the only "Perth" of an article on Scotland makes it none on Australia.
fn weigh_all<'m>(
    gazetteer: &Gazetteer,
    mentions: &'m [Mention],
    stated: &[(String, Place)],
) -> (Context, HashMap<&'m str, Place, FixedState>) {
    let mut names: Vec<(&Mention, usize)> = Vec::new();
    let mut numbers: HashMap<&str, usize, FixedState> = HashMap::default();
    for mention in mentions.iter().filter(|mention| !mention.candidates.is_empty()) {
        let number = *numbers.entry(&mention.folded).or_insert(names.len());
        match names.get_mut(number) {
            Some((_, n_mentions)) => *n_mentions += 1,
            None => names.push((mention, 1)),
        }
    }
    let mut first = Context::default();
    for (name, place) in stated {
        first.add(gazetteer, name, *place, 1);
    }
    for (mention, n_mentions) in &names {
        if let Some(place) = sure(gazetteer, &mention.candidates) {
            first.add(gazetteer, &mention.folded, place, *n_mentions);
        }
    }
    let mut decided: HashMap<&str, Place, FixedState> = HashMap::default();
    // What stands before its container decides first, for every mention of the name.
    for mention in mentions.iter().filter(|mention| mention.behind.is_some()) {
        let container = container(gazetteer, mentions, mention);
        if let Some((place, score)) = first.best(gazetteer, &mention.question(&container))
            && score >= CONTAINER_BEHIND_SCORE
        {
            decided.entry(&mention.folded).or_insert(place);
        }
    }
    let mut context = Context::default();
    for (name, place) in stated {
        context.add(gazetteer, name, *place, 1);
    }
    for (mention, n_mentions) in &names {
        let place = decided.get(mention.folded.as_str()).copied();
        if let Some(place) = place.or_else(|| first.clear(gazetteer, &mention.question(&[]))) {
            context.add(gazetteer, &mention.folded, place, *n_mentions);
        }
    }
    (context, decided)
}

/// What stands behind a mention and may contain it. A county contains no towns in the gazetteer; what it lies in does.
fn container(gazetteer: &Gazetteer, mentions: &[Mention], mention: &Mention) -> Vec<Place> {
    let places = &gazetteer.places;
    let Some(outer) = mention.behind.map(|behind| &mentions[behind]) else { return Vec::new() };
    let kind = |mention: &Mention| mention.candidates.first().map(|first| places.kind(first.place));
    // "Benin, Nigeria" are two countries, and no city of the second: only a state lies so in one ("Georgia, US").
    let are_countries = kind(mention) == Some(PlaceKind::Country) && kind(outer) == Some(PlaceKind::Country);
    let has_state = || mention.candidates.iter().any(|one| places.kind(one.place) == PlaceKind::Subdivision);
    if are_countries && !has_state() {
        return Vec::new();
    }
    let mut found: Vec<Place> = outer.candidates.iter().map(|candidate| candidate.place).collect();
    if !outer.is_listed {
        let counties = outer.candidates.iter().filter(|candidate| places.kind(candidate.place) == PlaceKind::Region);
        let above = counties.filter_map(|candidate| places.parent(candidate.place));
        found.extend(above.filter(|above| places.kind(*above) == PlaceKind::Subdivision));
    }
    found
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

/// Most places that a reason lists; a name may be that of dozens of villages.
const MOST_ALTERNATIVES: usize = 8;

/// Why a name means a place, with the others that it may mean.
fn why_place(gazetteer: &Gazetteer, context: &Context, question: &Question<'_>, place: Option<Place>) -> Reason {
    let places = &gazetteer.places;
    let Some(place) = place else {
        return reason("unknown-place", "the gazetteer does not know it; it goes by its name".to_owned());
    };
    let name = places.name(place);
    let meant = question.candidates.iter().find(|candidate| candidate.place == place);
    let mut found = match meant.map(|candidate| candidate.how) {
        Some(How::Demonym) => {
            return reason("demonym", format!("`{}` is of {name}", question.name));
        }
        Some(How::Alternate) => {
            reason("gazetteer", format!("the gazetteer has `{}` as a name of {name}", question.name))
        }
        _ => reason("gazetteer", format!("the gazetteer has `{}`", question.name)),
    };
    for &candidate in question.candidates.iter().filter(|candidate| candidate.how != How::Demonym) {
        let mut evidence = Vec::new();
        context.weigh(gazetteer, question, candidate, &mut |what, worth| {
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
