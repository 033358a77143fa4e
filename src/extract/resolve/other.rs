//! What is written like a name of ours and is another thing's: events and works, ships, diseases. And companies
//! whose name ends like a possessive: Moody's, Sotheby's.
//!
//! Asked of every mention when [`super::tidy`] has cut it, whichever tagger found it.

use crate::extract::gazetteer::{Class, Gazetteer, fold_phrase, fold_tokens, is_possessive};
use crate::extract::resolve::settle::{is_country, is_large_place};
use crate::extract::resolve::tidy::Surnames;
use crate::extract::tagged::{Document, Tagged};
use crate::mention::Kind;

/// Last words of laws and treaties that the taggers take for organisations.
const LAWS: &[&str] = &["Act", "Bill", "Treaty", "Protocol", "Accord", "Accords"];

/// The mention as it is, the company that it is the beginning of, or none if it names nothing of ours.
pub(super) fn settle<'d>(
    document: &Document<'d>,
    gazetteer: &Gazetteer,
    surnames: &Surnames<'_>,
    events: &mut Vec<&'d str>,
    last: Option<&Tagged>,
    mention: Tagged,
) -> Option<Tagged> {
    if mention.kind == Kind::Demonym {
        return Some(mention);
    }
    // What belongs to the name before says nothing of this one: "Seattle Storm Sue Bird".
    let before = document.before(mention.first_token);
    let before = before.filter(|&before| last.is_none_or(|last| last.end_token <= before));
    let is_titled = before.is_some_and(|before| gazetteer.words.classes(document.word(before)).is_honorific());
    if is_titled {
        return Some(mention);
    }
    if let Some(company) = company_in_s(document, gazetteer, surnames, mention) {
        return Some(company);
    }
    if is_event(document, gazetteer, before, mention) {
        events.push(document.word(mention.end_token - 1));
        return None;
    }
    let is_other = is_listed_as_other(document, gazetteer, mention)
        || is_law(document, mention)
        || is_vessel(document, gazetteer, before, mention)
        || is_ailment(document, gazetteer, surnames, mention);
    (!is_other).then_some(mention)
}

/// "Moody's said": the list has a company of that name, and nobody in the article is called Moody.
fn company_in_s(
    document: &Document<'_>,
    gazetteer: &Gazetteer,
    surnames: &Surnames<'_>,
    mention: Tagged,
) -> Option<Tagged> {
    let end_token = mention.end_token + 1;
    let is_own = end_token <= document.tokens.len() && is_possessive(document.word(mention.end_token));
    if !is_own {
        return None;
    }
    let named =
        |end: usize| gazetteer.orgs.named(&fold_tokens(document.text, &document.tokens[mention.first_token..end]));
    let is_company = named(end_token).is_some_and(|org| !gazetteer.orgs.is_not_ours(org));
    let is_owner = named(mention.end_token).is_some() || surnames.has(document.word(mention.end_token - 1));
    (is_company && !is_owner).then_some(Tagged { kind: Kind::Org, end_token, ..mention })
}

/// "Mona Lisa", "Nobel Peace Prize".
fn is_listed_as_other(document: &Document<'_>, gazetteer: &Gazetteer, mention: Tagged) -> bool {
    mention.end_token > mention.first_token + 1
        && (gazetteer.orgs.named(&folded(document, mention))).is_some_and(|org| gazetteer.orgs.is_not_ours(org))
}

fn folded(document: &Document<'_>, mention: Tagged) -> String {
    fold_tokens(document.text, &document.tokens[mention.first_token..mention.end_token])
}

/// "Hurricane Melissa", "Storm Claudia"; not the town of Storm Lake, nor the Storm Prediction Center.
fn is_event(document: &Document<'_>, gazetteer: &Gazetteer, before: Option<usize>, mention: Tagged) -> bool {
    let classes = |token: usize| gazetteer.words.classes(document.word(token));
    let leads = |token: usize| classes(token).has(Class::EventLead);
    let is_long = mention.end_token > mention.first_token + 1;
    let is_named_so = || match mention.kind {
        Kind::Place => !gazetteer.places.named(&folded(document, mention)).is_empty(),
        Kind::Org => classes(mention.end_token - 1).has(Class::OrgHead),
        _ => false,
    };
    is_long && leads(mention.first_token) && !is_named_so() || before.is_some_and(leads)
}

/// "Melissa", where the article has a hurricane of that name (`events` is sorted), nobody who is called so, and no city.
pub(super) fn is_short_for_event(
    document: &Document<'_>,
    gazetteer: &Gazetteer,
    surnames: &Surnames<'_>,
    events: &[&str],
    mention: Tagged,
) -> bool {
    let word = document.word(mention.first_token);
    mention.end_token == mention.first_token + 1
        && events.binary_search(&word).is_ok()
        && !surnames.has(word)
        && !(mention.kind == Kind::Place && is_large_place(gazetteer, &fold_phrase(word)))
}

/// "National Defense Authorization Act".
fn is_law(document: &Document<'_>, mention: Tagged) -> bool {
    let is_long = mention.end_token > mention.first_token + 1;
    is_long && mention.kind != Kind::Person && LAWS.contains(&document.word(mention.end_token - 1))
}

/// "HMS Duncan", "the tanker Yelnya", "the frigate 'Essen'"; not "the submarine India leased".
fn is_vessel(document: &Document<'_>, gazetteer: &Gazetteer, before: Option<usize>, mention: Tagged) -> bool {
    let is_kind = |token: usize| gazetteer.words.classes(document.word(token)).has(Class::Vessel);
    let is_quote = |token: usize| matches!(document.word(token), "'" | "\"" | "‘" | "“" | "«");
    let is_long = mention.end_token > mention.first_token + 1;
    let before = before.and_then(|before| if is_quote(before) { document.before(before) } else { Some(before) });
    let is_owner = |kind: &str| {
        let folded = folded(document, mention);
        kind.starts_with(char::is_lowercase)
            && (is_country(gazetteer, &folded) || gazetteer.orgs.named(&folded).is_some())
    };
    is_long && is_kind(mention.first_token)
        || before.is_some_and(|before| is_kind(before) && !is_owner(document.word(before)))
}

/// "Oropouche fever", "Alzheimer's disease": one word, of which the article has no person.
fn is_ailment(document: &Document<'_>, gazetteer: &Gazetteer, surnames: &Surnames<'_>, mention: Tagged) -> bool {
    let word = |token: usize| if token < document.tokens.len() { document.word(token) } else { "" };
    let is_kind = |token: usize| gazetteer.words.classes(word(token)).has(Class::Ailment);
    let end = mention.end_token;
    let is_called_so = is_kind(end) || is_possessive(word(end)) && is_kind(end + 1);
    mention.kind != Kind::Org
        && end == mention.first_token + 1
        && is_called_so
        && !surnames.has(word(mention.first_token))
}
