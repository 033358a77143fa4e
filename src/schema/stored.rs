//! An article and its extraction as bytes in the document store, and back.
//!
//! The shapes below are the format: postcard writes them field by field, without names. Changing any
//! of them asks for a new [`super::SCHEMA_VERSION`].

use std::sync::Arc;

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::document::{first_u64, format_id};
use super::found::WireExtraction;
use crate::article::{Article, Format, Origin, Precision, PublicationDate};
use crate::extraction::Extraction;

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
    /// What in it could not be read: the first [`MAX_REJECTS`].
    pub rejects: Vec<StoredReject>,
    /// How many more could not be read.
    pub n_more_rejects: u64,
    /// How often the same content was read before, with other settings or since not all of it could be read.
    pub n_readings: u32,
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

/// Rejects of a file that are remembered one by one: a table of nothing but damage has millions.
pub const MAX_REJECTS: usize = 10_000;

/// Pieces of a file that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rejects {
    /// The first ones.
    pub named: Vec<StoredReject>,
    /// How many more there are.
    pub n_more: u64,
}

impl Rejects {
    /// What is said of those that are not named; `None` where all are.
    pub fn rest(&self) -> Option<String> {
        let n_more = self.n_more;
        (n_more > 0).then(|| format!("{n_more} more of its records could not be read, and are not named"))
    }
}

impl FileRow {
    /// Adds what could not be read.
    pub fn reject(&mut self, reject: StoredReject) {
        if self.rejects.len() < MAX_REJECTS { self.rejects.push(reject) } else { self.n_more_rejects += 1 }
    }

    /// How much of it could not be read.
    pub fn n_rejects(&self) -> u64 {
        self.rejects.len() as u64 + self.n_more_rejects
    }

    /// What of it could not be read.
    pub fn into_rejects(self) -> Rejects {
        Rejects { named: self.rejects, n_more: self.n_more_rejects }
    }

    /// Names the articles of this reading of the file, so that they can be replaced at once.
    pub fn version(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.path.as_bytes());
        hasher.update(&[0]);
        hasher.update(&self.hash);
        hasher.update(&self.n_readings.to_le_bytes());
        format_id(first_u64(&hasher.finalize()))
    }

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
        extraction: WireExtraction::new(&article.title, &article.body, extraction),
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
        let extraction = wire.extraction.decode(wire.title, wire.body)?;
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
    #[serde(borrow)]
    extraction: WireExtraction<'a>,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn versions_differ_by_path_content_and_reading() {
        let row = |path: &str, byte: u8, n_readings: u32| {
            let (path, hash) = (path.to_owned(), [byte; 16]);
            let (content_ids, rejects) = (vec![], vec![]);
            FileRow { path, modified_ns: 0, size_bytes: 0, hash, content_ids, rejects, n_more_rejects: 0, n_readings }
        };
        let version = row("/a", 1, 0).version();
        assert_eq!(version, FileRow { modified_ns: 5, size_bytes: 7, ..row("/a", 1, 0) }.version());
        for other in [row("/b", 1, 0), row("/a", 2, 0), row("/a", 1, 1)] {
            assert_ne!(version, other.version());
        }
    }
    use crate::extraction::Findings;
    use crate::figure::{Bound, Change, Figure, FigureKind, Outcome};
    use crate::mention::{Entity, EntityKind, Kind, Mention, PlaceFacts, Span};

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
