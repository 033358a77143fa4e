//! What was found in an article, as it is stored beside its texts.
//!
//! A name that stands in the texts is a mention of it, a key that follows from a name is left out, places in the texts
//! are counted from each other.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::names::{is_key_of, key_of};
use super::stored::StoredError;
use crate::extraction::{Extraction, Findings};
use crate::figure::{Bound, Change, Figure, FigureKind, Outcome};
use crate::mention::{Entity, EntityKind, Kind, Mention, PlaceFacts, Span};

/// What was found in an article.
#[derive(Serialize, Deserialize)]
pub(super) struct WireExtraction<'a> {
    language: Option<&'a str>,
    #[serde(borrow)]
    title: WireFindings<'a>,
    #[serde(borrow)]
    body: WireFindings<'a>,
    #[serde(borrow)]
    entities: Vec<WireEntity<'a>>,
}

impl<'a> WireExtraction<'a> {
    /// What was found in these texts.
    pub(super) fn new(title: &'a str, body: &'a str, extraction: &'a Extraction) -> Self {
        let Extraction { title: in_title, body: in_body, .. } = extraction;
        let surfaces = surfaces(title, &in_title.mentions).chain(surfaces(body, &in_body.mentions));
        let mut firsts = FirstMentions::default();
        for (nth, surface) in (0..).zip(surfaces) {
            firsts.entry(surface).or_insert(nth);
        }
        let entities = (0..).zip(&extraction.entities).map(|(nth, entity)| WireEntity::new(nth, entity, &firsts));
        Self {
            language: extraction.language.as_deref(),
            title: WireFindings::from(in_title),
            body: WireFindings::from(in_body),
            entities: entities.collect(),
        }
    }

    /// What was found in these texts. Spans are checked against them.
    pub(super) fn decode(self, title: &str, body: &str) -> Result<Extraction, StoredError> {
        let n_entities = self.entities.len();
        let (title_findings, body_findings) =
            (self.title.decode(title, n_entities)?, self.body.decode(body, n_entities)?);
        let surfaces: Vec<_> =
            surfaces(title, &title_findings.mentions).chain(surfaces(body, &body_findings.mentions)).collect();
        let entities = self.entities.into_iter().map(|entity| entity.decode(&surfaces));
        Ok(Extraction {
            language: self.language.map(str::to_owned),
            entities: entities.collect::<Result<_, _>>()?,
            title: title_findings,
            body: body_findings,
        })
    }
}

/// Which mention is the first of an entity in these words.
type FirstMentions<'a> = HashMap<(u32, &'a str), u32, FixedState>;

/// The words of each mention in a text, with the entity that they name.
fn surfaces<'a>(text: &'a str, mentions: &'a [Mention]) -> impl Iterator<Item = (u32, &'a str)> {
    mentions.iter().map(|mention| (mention.entity, text.get(mention.span.range()).unwrap_or_default()))
}

#[derive(Serialize, Deserialize)]
struct WireEntity<'a> {
    kind: u8,
    #[serde(borrow)]
    name: WireName<'a>,
    /// `None` where it follows from the name.
    key: Option<&'a str>,
    #[serde(borrow)]
    aliases: Vec<WireName<'a>>,
    #[serde(borrow)]
    place: Option<WirePlace<'a>>,
}

/// A name as it stands in the texts, or none of their words.
#[derive(Serialize, Deserialize)]
enum WireName<'a> {
    /// Which mention, those of the title before those of the body.
    Mention(u32),
    Text(&'a str),
}

#[derive(Serialize, Deserialize)]
struct WirePlace<'a> {
    gazetteer_id: Option<u32>,
    path: &'a str,
    country: Option<[u8; 2]>,
    coordinates: Option<(f32, f32)>,
    population: Option<u64>,
}

impl<'a> WireEntity<'a> {
    fn new(nth: u32, entity: &'a Entity, firsts: &FirstMentions<'a>) -> Self {
        let name = |name: &'a str| match firsts.get(&(nth, name)) {
            Some(&mention) => WireName::Mention(mention),
            None => WireName::Text(name),
        };
        Self {
            kind: entity.kind as u8,
            name: name(&entity.name),
            key: Some(&*entity.key).filter(|key| !is_key_of(key, &entity.name)),
            aliases: entity.aliases.iter().map(|alias| name(alias)).collect(),
            place: entity.place.as_ref().map(|place| WirePlace {
                gazetteer_id: place.gazetteer_id,
                path: &place.path,
                country: place.country,
                coordinates: place.coordinates,
                population: place.population,
            }),
        }
    }

    fn decode(self, surfaces: &[(u32, &str)]) -> Result<Entity, StoredError> {
        let text = |name: WireName<'_>| match name {
            WireName::Mention(nth) => {
                surfaces.get(nth as usize).map(|(_, surface)| (*surface).to_owned()).ok_or(StoredError::Impossible)
            }
            WireName::Text(name) => Ok(name.to_owned()),
        };
        let name = text(self.name)?;
        Ok(Entity {
            kind: *EntityKind::ALL.get(usize::from(self.kind)).ok_or(StoredError::Impossible)?,
            key: self.key.map_or_else(|| key_of(&name), str::to_owned),
            name,
            aliases: self.aliases.into_iter().map(text).collect::<Result<_, _>>()?,
            place: self.place.map(|place| PlaceFacts {
                gazetteer_id: place.gazetteer_id,
                path: place.path.to_owned(),
                country: place.country,
                coordinates: place.coordinates,
                population: place.population,
            }),
        })
    }
}

/// Mentions as distance from the start of the one before, length, four times the entity and the kind; figures as below.
#[derive(Serialize, Deserialize)]
struct WireFindings<'a> {
    mentions: Vec<(u32, u32, u64)>,
    #[serde(borrow)]
    figures: Vec<WireFigure<'a>>,
}

#[derive(Serialize, Deserialize)]
struct WireFigure<'a> {
    /// From the start of the one before.
    distance: u32,
    len: u32,
    kind: u8,
    low: WireNumber,
    /// `None` when equal to `low`.
    high: Option<WireNumber>,
    unit: Option<&'a str>,
    noun: Option<&'a str>,
    bound: u8,
    change: u8,
    /// 0 where nothing befell anybody.
    outcome: u8,
}

/// A number in as few bytes as it needs.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum WireNumber {
    Whole(i64),
    Any(f64),
}

impl From<f64> for WireNumber {
    fn from(number: f64) -> Self {
        let whole = number as i64;
        if (whole as f64).to_bits() == number.to_bits() { Self::Whole(whole) } else { Self::Any(number) }
    }
}

impl WireNumber {
    fn decode(self) -> f64 {
        match self {
            Self::Whole(number) => number as f64,
            Self::Any(number) => number,
        }
    }
}

const KINDS: [Kind; 4] = [Kind::Person, Kind::Place, Kind::Org, Kind::Demonym];
const FIGURE_KINDS: [FigureKind; 11] = [
    FigureKind::Count,
    FigureKind::Money,
    FigureKind::Percent,
    FigureKind::Duration,
    FigureKind::Age,
    FigureKind::Measure,
    FigureKind::Ratio,
    FigureKind::Date,
    FigureKind::Ordinal,
    FigureKind::Score,
    FigureKind::Name,
];
const BOUNDS: [Bound; 6] =
    [Bound::Exact, Bound::About, Bound::MoreThan, Bound::AtLeast, Bound::LessThan, Bound::AtMost];
const CHANGES: [Change; 3] = [Change::None, Change::Up, Change::Down];

/// Small number that stands for a bound on disk.
pub(super) fn bound_code(bound: Bound) -> u8 {
    bound as u8
}

/// Small number that stands for a change on disk.
pub(super) fn change_code(change: Change) -> u8 {
    change as u8
}

impl<'a> From<&'a Findings> for WireFindings<'a> {
    fn from(findings: &'a Findings) -> Self {
        let (mut before, mut before_figure) = (0, 0);
        let mention = |mention: &Mention| {
            let Span { start, end } = mention.span;
            // Wraps where they are not in order.
            let distance = start.wrapping_sub(std::mem::replace(&mut before, start));
            (distance, end - start, u64::from(mention.entity) << 2 | mention.kind as u64)
        };
        let figure = |figure: &'a Figure| {
            let start = figure.span.start;
            WireFigure::new(figure, start.wrapping_sub(std::mem::replace(&mut before_figure, start)))
        };
        Self {
            mentions: findings.mentions.iter().map(mention).collect(),
            figures: findings.figures.iter().map(figure).collect(),
        }
    }
}

impl WireFindings<'_> {
    fn decode(self, text: &str, n_entities: usize) -> Result<Findings, StoredError> {
        let mut mentions = Vec::with_capacity(self.mentions.len());
        let mut start = 0u32;
        for (distance, len, what) in self.mentions {
            start = start.wrapping_add(distance);
            let entity = u32::try_from(what >> 2).map_err(|_| StoredError::Impossible)?;
            if entity as usize >= n_entities {
                return Err(StoredError::Impossible);
            }
            mentions.push(Mention { kind: KINDS[what as usize & 3], span: span_in(text, start, len)?, entity });
        }
        let mut start = 0u32;
        let figures = self.figures.into_iter().map(|figure| {
            start = start.wrapping_add(figure.distance);
            let span = span_in(text, start, figure.len)?;
            figure.decode(span)
        });
        Ok(Findings { mentions, figures: figures.collect::<Result<_, _>>()? })
    }
}

impl<'a> WireFigure<'a> {
    fn new(figure: &'a Figure, distance: u32) -> Self {
        Self {
            distance,
            len: figure.span.end - figure.span.start,
            kind: figure.kind as u8,
            low: figure.low.into(),
            high: (figure.high != figure.low).then(|| figure.high.into()),
            unit: figure.unit.as_deref(),
            noun: figure.noun.as_deref(),
            bound: bound_code(figure.bound),
            change: change_code(figure.change),
            outcome: figure.outcome.map_or(0, |outcome| outcome as u8 + 1),
        }
    }

    fn decode(self, span: Span) -> Result<Figure, StoredError> {
        let low = self.low.decode();
        Ok(Figure {
            span,
            kind: *FIGURE_KINDS.get(usize::from(self.kind)).ok_or(StoredError::Impossible)?,
            low,
            high: self.high.map_or(low, WireNumber::decode),
            unit: self.unit.map(str::to_owned),
            noun: self.noun.map(str::to_owned),
            bound: *BOUNDS.get(usize::from(self.bound)).ok_or(StoredError::Impossible)?,
            change: *CHANGES.get(usize::from(self.change)).ok_or(StoredError::Impossible)?,
            outcome: match usize::from(self.outcome) {
                0 => None,
                nth => Some(*Outcome::ALL.get(nth - 1).ok_or(StoredError::Impossible)?),
            },
        })
    }
}

fn span_in(text: &str, start: u32, len: u32) -> Result<Span, StoredError> {
    let end = start.checked_add(len).ok_or(StoredError::Impossible)?;
    let span = Span { start, end };
    if text.get(span.range()).is_none() {
        return Err(StoredError::Impossible);
    }
    Ok(span)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whether their names stand in the texts or not, whatever the order of mentions.
        #[test]
        fn what_was_found_comes_back(
            title in "[A-Z][a-z]{2,4}( [A-Z][a-z]{2,4}){0,3}",
            body in "[A-Z][a-z]{2,4}( [A-Z][a-z]{2,4}){3,9}",
            mentions in prop::collection::vec((0usize..4, 0u32..3, 0u32..3, 0u32..4), 0..8),
            names in prop::collection::vec(("[A-Z][a-z]{2,4}", any::<bool>(), any::<bool>()), 4),
        ) {
            let mentioned = |text: &str, shift: u32| {
                let mention = |&(kind, start, len, entity): &(usize, u32, u32, u32)| {
                    let start = (start + shift).min(text.len() as u32 - 3);
                    Mention { kind: KINDS[kind], span: Span { start, end: start + len }, entity }
                };
                Findings { mentions: mentions.iter().map(mention).collect(), figures: Vec::new() }
            };
            let found = Extraction { title: mentioned(&title, 0), body: mentioned(&body, 7), ..Extraction::default() };
            let entities = (0u32..).zip(names).map(|(nth, (name, of_text, with_key))| {
                let of_entity = found.body.mentions.iter().find(|mention| mention.entity == nth && of_text);
                let name = of_entity.map_or(name, |mention| body[mention.span.range()].to_owned());
                let key = if with_key { key_of(&name) } else { "other".to_owned() };
                let aliases = vec!["Alias".to_owned(), title.to_string()];
                Entity { kind: EntityKind::Person, key, name, aliases, place: None }
            });
            let extraction = Extraction { entities: entities.collect(), ..found.clone() };
            let wire = postcard::to_allocvec(&WireExtraction::new(&title, &body, &extraction)).expect("it can be written");
            let wire: WireExtraction<'_> = postcard::from_bytes(&wire).expect("just written");
            prop_assert_eq!(wire.decode(&title, &body).expect("just written"), extraction);
        }
    }

    #[test]
    fn codes_follow_the_tables() {
        for (code, kind) in FIGURE_KINDS.into_iter().enumerate() {
            assert_eq!(kind as usize, code);
        }
        for (code, bound) in BOUNDS.into_iter().enumerate() {
            assert_eq!(usize::from(bound_code(bound)), code);
        }
        for (code, change) in CHANGES.into_iter().enumerate() {
            assert_eq!(usize::from(change_code(change)), code);
        }
        for (code, kind) in KINDS.into_iter().enumerate() {
            assert_eq!(kind as usize, code);
        }
    }

    #[test]
    fn numbers_come_back() {
        for number in [0.0, -0.0, 390.0, -12.0, 0.1, 1e300, 9e15, 1e18, f64::MIN_POSITIVE] {
            assert_eq!(WireNumber::from(number).decode().to_bits(), number.to_bits());
        }
    }
}
