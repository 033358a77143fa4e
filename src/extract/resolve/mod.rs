//! Mentions become the entities of an article: one person, place or organisation each, however it is called.
//!
//! Short forms find the name in full ([`person`]), places are told apart by what else is mentioned
//! ([`place`]), acronyms find their expansions ([`org`]). Nothing merges across kinds, and nothing on a
//! surname that two people share without more. Fed with what a tagger found; feeds [`super::news`].

mod key;
mod org;
mod person;
mod place;
mod tidy;

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::extract::gazetteer::Gazetteer;
use crate::extract::tagged::{Document, Tagged};
use crate::mention::{Entity, Kind, PlaceFacts};

/// The entities of a document, in order of first mention, and what each mention is.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Entities, no key twice in a kind.
    pub entities: Vec<Entity>,
    /// Mentions in order, with the position of their entity.
    pub mentions: Vec<(Tagged, u32)>,
}

/// Resolves what a tagger found. Linear in the number of mentions, but for the bounded lists of people
/// who share a name.
pub(crate) fn resolve(document: &Document<'_>, gazetteer: &Gazetteer, tagged: &[Tagged]) -> Resolved {
    let tagged = tidy::tidy(document, gazetteer, tagged);
    let mut drafts: Vec<Option<Draft>> = vec![None; tagged.len()];
    person::resolve(document, gazetteer, &tagged, &mut drafts);
    place::resolve(document, gazetteer, &tagged, &mut drafts);
    org::resolve(document, gazetteer, &tagged, &mut drafts);
    collect(document, tagged, drafts)
}

/// What a mention was resolved to.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    /// Demonyms of no known country stay places by tag and are dropped; others keep or change their kind.
    kind: Kind,
    key: String,
    name: String,
    place: Option<PlaceFacts>,
}

fn collect(document: &Document<'_>, tagged: Vec<Tagged>, drafts: Vec<Option<Draft>>) -> Resolved {
    let mut resolved = Resolved::default();
    let mut by_key: HashMap<(Kind, String), u32, FixedState> = HashMap::default();
    let mut seen: Vec<HashMap<String, (), FixedState>> = Vec::new();
    for (mut mention, draft) in tagged.into_iter().zip(drafts) {
        let Some(draft) = draft else { continue };
        let entity_kind = draft.kind.entity_kind();
        let of_kind = if draft.kind == Kind::Demonym { Kind::Place } else { draft.kind };
        mention.kind = draft.kind;
        let entity = *by_key.entry((of_kind, draft.key)).or_insert_with_key(|(_, key)| {
            resolved.entities.push(Entity {
                kind: entity_kind,
                key: key.clone(),
                name: draft.name,
                aliases: Vec::new(),
                place: draft.place,
            });
            seen.push(HashMap::default());
            resolved.entities.len() as u32 - 1
        });
        let surface = surface(document, &mention);
        let known = &mut seen[entity as usize];
        let target = &mut resolved.entities[entity as usize];
        if surface != target.name && known.insert(surface.clone(), ()).is_none() {
            target.aliases.push(surface);
        }
        resolved.mentions.push((mention, entity));
    }
    resolved
}

/// The words of a mention as written, white space made plain.
fn surface(document: &Document<'_>, mention: &Tagged) -> String {
    let text = document.span(mention.first_token, mention.end_token).of(document.text);
    if text.contains(['\n', '\t', '\r', '\u{a0}']) || text.contains("  ") {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}
