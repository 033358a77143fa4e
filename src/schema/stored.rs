//! An article and its extraction as bytes in the document store, and back.
//!
//! The shapes below are the format: postcard writes them field by field, without names. Changing any
//! of them asks for a new [`super::SCHEMA_VERSION`].

use std::sync::Arc;

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::document::first_u64;
use crate::article::{Article, Format, Origin, Precision, PublicationDate};
use crate::extraction::{Extraction, Findings};
use crate::figure::{Bound, Change, Figure, FigureKind, Outcome};
use crate::mention::{Entity, EntityKind, Kind, Mention, PlaceFacts, Span};

/// Stored bytes that can't be read back: the index is damaged.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// The bytes are not what was written.
    #[error("a stored document cannot be decoded")]
    Malformed(#[from] postcard::Error),
    /// The bytes say what can't be.
    #[error("a stored document holds impossible values")]
    Impossible,
}

/// An article with all that was found in it, as kept in an index.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// The article as read.
    pub article: Article,
    /// What was found in it.
    pub extraction: Extraction,
}

/// What is known of a file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRow {
    /// Absolute path.
    pub path: String,
    /// Modification time, nanoseconds since 1970.
    pub modified_ns: i64,
    /// Size in bytes.
    pub size_bytes: u64,
    /// First 16 bytes of the BLAKE3 hash of the content.
    pub hash: [u8; 16],
    /// Content ids of its articles, sorted.
    pub content_ids: Vec<u64>,
    /// What in it could not be read.
    pub rejects: Vec<StoredReject>,
}

/// A piece of a file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StoredReject {
    /// Where in an archive it lies, as what follows the path of the file: `!/inner/a.html`. Else empty.
    pub inside: String,
    /// Record in the file or member.
    pub record: Option<u64>,
    /// Why it was left out.
    pub reason: String,
}

impl FileRow {
    /// Bytes for the document store.
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("a file row has nothing that cannot be written")
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// When the bytes are not a file row.
    pub fn decode(bytes: &[u8]) -> Result<Self, StoredError> {
        Ok(postcard::from_bytes(bytes)?)
    }
}

/// Bytes for the document store.
pub fn encode(article: &Article, extraction: &Extraction) -> Vec<u8> {
    let wire = WireArticle {
        path: &article.origin.path,
        record: article.origin.record,
        own_id: article.own_id.as_deref(),
        title: &article.title,
        body: &article.body,
        date: article.date.as_ref().map(WireDate::from),
        authors: article.authors.iter().map(String::as_str).collect(),
        source: article.source.as_deref(),
        section: article.section.as_deref(),
        url: article.url.as_deref(),
        declared_language: article.language.as_deref(),
        tags: article.tags.iter().map(String::as_str).collect(),
        format: article.format.name(),
        language: extraction.language.as_deref(),
        entities: extraction.entities.iter().map(WireEntity::from).collect(),
        title_findings: WireFindings::from(&extraction.title),
        body_findings: WireFindings::from(&extraction.body),
    };
    postcard::to_allocvec(&wire).expect("an article has nothing that cannot be written")
}

/// Hash of everything that was read of an article but its place: articles that share it are exact
/// copies, of which nothing is lost when one stands for all.
pub fn sameness(article: &Article) -> u64 {
    let nowhere = Article { origin: Origin { path: Arc::from(""), record: None }, ..article.clone() };
    first_u64(&blake3::hash(&encode(&nowhere, &Extraction::default())))
}

impl StoredArticle {
    /// The text alone of what [`encode`] wrote: a fraction of the work of [`Self::decode`].
    ///
    /// # Errors
    /// When the bytes are not an article.
    pub fn body(bytes: &[u8]) -> Result<&str, StoredError> {
        let (text, _): (WireText<'_>, _) = postcard::take_from_bytes(bytes)?;
        Ok(text.body)
    }

    /// Reads what [`encode`] wrote. Spans are checked against the texts, so that damaged bytes can't
    /// lead to a panic later.
    ///
    /// # Errors
    /// When the bytes are not an article.
    pub fn decode(bytes: &[u8]) -> Result<Self, StoredError> {
        let wire: WireArticle<'_> = postcard::from_bytes(bytes)?;
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let strings = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        let n_entities = wire.entities.len();
        let extraction = Extraction {
            language: owned(wire.language),
            title: wire.title_findings.decode(wire.title, n_entities)?,
            body: wire.body_findings.decode(wire.body, n_entities)?,
            entities: wire.entities.into_iter().map(WireEntity::decode).collect::<Result<_, _>>()?,
        };
        let article = Article {
            origin: Origin { path: Arc::from(wire.path), record: wire.record },
            own_id: owned(wire.own_id),
            title: wire.title.to_owned(),
            body: wire.body.to_owned(),
            date: wire.date.map(WireDate::decode).transpose()?,
            authors: strings(&wire.authors),
            source: owned(wire.source),
            section: owned(wire.section),
            url: owned(wire.url),
            language: owned(wire.declared_language),
            tags: strings(&wire.tags),
            format: Format::ALL
                .into_iter()
                .find(|format| format.name() == wire.format)
                .ok_or(StoredError::Impossible)?,
        };
        Ok(Self { article, extraction })
    }
}

#[derive(Serialize, Deserialize)]
struct WireArticle<'a> {
    #[serde(borrow)]
    path: &'a str,
    record: Option<u64>,
    own_id: Option<&'a str>,
    title: &'a str,
    body: &'a str,
    date: Option<WireDate>,
    #[serde(borrow)]
    authors: Vec<&'a str>,
    source: Option<&'a str>,
    section: Option<&'a str>,
    url: Option<&'a str>,
    declared_language: Option<&'a str>,
    #[serde(borrow)]
    tags: Vec<&'a str>,
    format: &'a str,
    language: Option<&'a str>,
    #[serde(borrow)]
    entities: Vec<WireEntity<'a>>,
    #[serde(borrow)]
    title_findings: WireFindings<'a>,
    #[serde(borrow)]
    body_findings: WireFindings<'a>,
}

/// The first fields of [`WireArticle`].
#[derive(Deserialize)]
struct WireText<'a> {
    _path: &'a str,
    _record: Option<u64>,
    _own_id: Option<&'a str>,
    _title: &'a str,
    body: &'a str,
}

/// Day since 1970-01-01; how many units are known (0 year, 1 month, 2 day, 3 second); second of the
/// day; distance from UTC.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct WireDate(i32, u8, u32, Option<i32>);

impl From<&PublicationDate> for WireDate {
    fn from(date: &PublicationDate) -> Self {
        let day = days_since_1970(date.first_day());
        match date.precision() {
            Precision::Year => Self(day, 0, 0, None),
            Precision::Month => Self(day, 1, 0, None),
            Precision::Day => Self(day, 2, 0, None),
            Precision::Second { time, offset_seconds } => {
                let second = (i32::from(time.hour()) * 60 + i32::from(time.minute())) * 60 + i32::from(time.second());
                Self(day, 3, second.unsigned_abs(), offset_seconds)
            }
        }
    }
}

impl WireDate {
    fn decode(self) -> Result<PublicationDate, StoredError> {
        let Self(day, precision, second, offset) = self;
        let day = jiff::Span::new()
            .try_days(day)
            .and_then(|days| civil::date(1970, 1, 1).checked_add(days))
            .map_err(|_| StoredError::Impossible)?;
        let date = match precision {
            0 => PublicationDate::year(day.year()),
            1 => PublicationDate::month(day.year(), day.month()),
            2 => Some(PublicationDate::day(day)),
            _ if second < 86_400 => {
                let part = |value: u32| i8::try_from(value).expect("hours, minutes and seconds fit");
                let local = day.at(part(second / 3600), part(second / 60 % 60), part(second % 60), 0);
                Some(PublicationDate::moment(local, offset))
            }
            _ => None,
        };
        date.ok_or(StoredError::Impossible)
    }
}

/// Days from 1970-01-01 to `day`.
pub fn days_since_1970(day: civil::Date) -> i32 {
    (day - civil::date(1970, 1, 1)).get_days()
}

#[derive(Serialize, Deserialize)]
struct WireEntity<'a> {
    kind: u8,
    key: &'a str,
    name: &'a str,
    #[serde(borrow)]
    aliases: Vec<&'a str>,
    #[serde(borrow)]
    place: Option<WirePlace<'a>>,
}

#[derive(Serialize, Deserialize)]
struct WirePlace<'a> {
    gazetteer_id: Option<u32>,
    path: &'a str,
    country: Option<[u8; 2]>,
    coordinates: Option<(f32, f32)>,
    population: Option<u64>,
}

impl<'a> From<&'a Entity> for WireEntity<'a> {
    fn from(entity: &'a Entity) -> Self {
        Self {
            kind: entity.kind as u8,
            key: &entity.key,
            name: &entity.name,
            aliases: entity.aliases.iter().map(String::as_str).collect(),
            place: entity.place.as_ref().map(|place| WirePlace {
                gazetteer_id: place.gazetteer_id,
                path: &place.path,
                country: place.country,
                coordinates: place.coordinates,
                population: place.population,
            }),
        }
    }
}

impl WireEntity<'_> {
    fn decode(self) -> Result<Entity, StoredError> {
        Ok(Entity {
            kind: *EntityKind::ALL.get(usize::from(self.kind)).ok_or(StoredError::Impossible)?,
            key: self.key.to_owned(),
            name: self.name.to_owned(),
            aliases: self.aliases.into_iter().map(str::to_owned).collect(),
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

/// Mentions as kind, start, length, entity; figures as below.
#[derive(Serialize, Deserialize)]
struct WireFindings<'a> {
    mentions: Vec<(u8, u32, u32, u32)>,
    #[serde(borrow)]
    figures: Vec<WireFigure<'a>>,
}

#[derive(Serialize, Deserialize)]
struct WireFigure<'a> {
    start: u32,
    len: u32,
    kind: u8,
    low: f64,
    /// `None` when equal to `low`.
    high: Option<f64>,
    unit: Option<&'a str>,
    noun: Option<&'a str>,
    bound: u8,
    change: u8,
    /// 0 where nothing befell anybody.
    outcome: u8,
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
        let mention = |mention: &Mention| {
            let Span { start, end } = mention.span;
            (mention.kind as u8, start, end - start, mention.entity)
        };
        Self {
            mentions: findings.mentions.iter().map(mention).collect(),
            figures: findings.figures.iter().map(WireFigure::from).collect(),
        }
    }
}

impl WireFindings<'_> {
    fn decode(self, text: &str, n_entities: usize) -> Result<Findings, StoredError> {
        let mut mentions = Vec::with_capacity(self.mentions.len());
        for (kind, start, len, entity) in self.mentions {
            let kind = *KINDS.get(usize::from(kind)).ok_or(StoredError::Impossible)?;
            if entity as usize >= n_entities {
                return Err(StoredError::Impossible);
            }
            mentions.push(Mention { kind, span: span_in(text, start, len)?, entity });
        }
        let figures = self.figures.into_iter().map(|figure| figure.decode(text)).collect::<Result<_, _>>()?;
        Ok(Findings { mentions, figures })
    }
}

impl<'a> From<&'a Figure> for WireFigure<'a> {
    fn from(figure: &'a Figure) -> Self {
        Self {
            start: figure.span.start,
            len: figure.span.end - figure.span.start,
            kind: figure.kind as u8,
            low: figure.low,
            high: (figure.high != figure.low).then_some(figure.high),
            unit: figure.unit.as_deref(),
            noun: figure.noun.as_deref(),
            bound: bound_code(figure.bound),
            change: change_code(figure.change),
            outcome: figure.outcome.map_or(0, |outcome| outcome as u8 + 1),
        }
    }
}

impl WireFigure<'_> {
    fn decode(self, text: &str) -> Result<Figure, StoredError> {
        Ok(Figure {
            span: span_in(text, self.start, self.len)?,
            kind: *FIGURE_KINDS.get(usize::from(self.kind)).ok_or(StoredError::Impossible)?,
            low: self.low,
            high: self.high.unwrap_or(self.low),
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

    fn sample() -> StoredArticle {
        let body = "Some 390 prisoners left Kyiv.";
        let place = PlaceFacts {
            gazetteer_id: Some(703_448),
            path: "/europe/ukraine/kyiv".to_owned(),
            country: Some(*b"UA"),
            coordinates: Some((50.45, 30.52)),
            population: Some(2_797_553),
        };
        StoredArticle {
            article: Article {
                origin: Origin { path: Arc::from("/news/a.txt"), record: Some(3) },
                own_id: Some("x-1".to_owned()),
                title: "Prisoners leave".to_owned(),
                body: body.to_owned(),
                date: Some(PublicationDate::moment(civil::date(2025, 5, 23).at(23, 59, 59, 0), Some(7200))),
                authors: vec!["Jane Doe".to_owned()],
                source: Some("North Sea Wire".to_owned()),
                section: None,
                url: None,
                language: Some("en".to_owned()),
                tags: vec![],
                format: Format::Markdown,
            },
            extraction: Extraction {
                language: Some("en".to_owned()),
                entities: vec![Entity {
                    kind: EntityKind::Place,
                    key: "kyiv".to_owned(),
                    name: "Kyiv".to_owned(),
                    aliases: vec![],
                    place: Some(place),
                }],
                title: Findings::default(),
                body: Findings {
                    mentions: vec![Mention { kind: Kind::Place, span: Span::new(24, 28), entity: 0 }],
                    figures: vec![Figure {
                        span: Span::new(5, 18),
                        kind: FigureKind::Count,
                        low: 390.0,
                        high: 390.0,
                        unit: None,
                        noun: Some("prisoner".to_owned()),
                        bound: Bound::About,
                        change: Change::None,
                        outcome: Some(Outcome::Missing),
                    }],
                },
            },
        }
    }

    #[test]
    fn articles_come_back_as_they_were() {
        let sample = sample();
        let bytes = encode(&sample.article, &sample.extraction);
        assert_eq!(StoredArticle::decode(&bytes).expect("just written"), sample);
    }

    #[test]
    fn dates_of_every_precision_come_back() {
        let day = civil::date(1899, 12, 31);
        for date in [
            PublicationDate::year(2024).expect("a year"),
            PublicationDate::month(2024, 2).expect("a month"),
            PublicationDate::day(day),
            PublicationDate::moment(day.at(0, 0, 1, 0), None),
        ] {
            assert_eq!(WireDate::from(&date).decode().expect("just written"), date);
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

    proptest! {
        #[test]
        fn damaged_bytes_never_panic(at in 0usize..400, byte: u8, cut in 0usize..400) {
            let sample = sample();
            let mut bytes = encode(&sample.article, &sample.extraction);
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut.min(bytes.len()));
            let _ = StoredArticle::decode(&bytes);
            let _ = FileRow::decode(&bytes);
        }
    }
}
