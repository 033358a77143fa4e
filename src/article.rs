//! One news item as read: its words, where it came from, and when it was published.
//!
//! Fed by [`crate::read`]; everything after reading starts from here. Knows nothing of files, of
//! tantivy or of output formats.

use std::fmt;
use std::sync::Arc;

use jiff::civil;

/// One news item as read from a corpus.
///
/// All text is valid UTF-8 in NFC. `body` and `title` are plain text: markup is gone, paragraphs are
/// separated by one blank line (`\n\n`).
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Where the article was found.
    pub origin: Origin,
    /// The id that the record brought along (JSON, JSON Lines, feeds).
    pub own_id: Option<String>,
    /// Headline, without the name of the site. Empty when there is none.
    pub title: String,
    /// Main text. Never empty: an item without text is rejected by the reader.
    pub body: String,
    /// Publication date as stated by the article; undated stays `None`.
    pub date: Option<PublicationDate>,
    /// Bylines, one name each, without "By".
    pub authors: Vec<String>,
    /// Name of the publication or agency.
    pub source: Option<String>,
    /// Section, category or desk.
    pub section: Option<String>,
    /// Address of the article on the web.
    pub url: Option<String>,
    /// Declared language, a lower-case BCP 47 primary subtag such as `en`.
    pub language: Option<String>,
    /// Keywords that came with the article.
    pub tags: Vec<String>,
    /// Format that it was read from.
    pub format: Format,
}

/// Place of an article inside a corpus.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// File, as an absolute path with `/` separators; bytes that are not UTF-8 are replaced. What lies
    /// in an archive stands behind `!`: `/news/may.zip!/inner/a.html`.
    pub path: Arc<str>,
    /// Place inside the file: 1-based line of JSON Lines, position in a list, feed, table, mailbox or
    /// web archive. `None` when the file holds a single article.
    pub record: Option<u64>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            Some(record) => write!(f, "{}:{record}", self.path),
            None => f.write_str(&self.path),
        }
    }
}

/// Format that an article was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A saved web page.
    Html,
    /// A JSON file with one or several records.
    Json,
    /// JSON Lines, one record a line.
    JsonLines,
    /// Linked data of schema.org, in a file of its own.
    JsonLd,
    /// RSS, RDF, Atom or JSON Feed.
    Feed,
    /// A table with a header: CSV, TSV.
    Table,
    /// A message, alone or in a mailbox.
    Email,
    /// IPTC ninjs.
    Ninjs,
    /// IPTC NewsML-G2.
    NewsMlG2,
    /// IPTC NewsML 1.
    NewsMl,
    /// IPTC NITF.
    Nitf,
    /// A Word document.
    Docx,
    /// An OpenDocument text.
    Odt,
    /// Rich text.
    Rtf,
    /// Printed pages.
    Pdf,
    /// An e-book.
    Epub,
    /// An export of MediaWiki.
    MediaWiki,
    /// An export of WordPress.
    WordPress,
    /// A collection in SGML, as the Reuters and TREC collections are.
    Sgml,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Format; 21] = [
        Format::Text,
        Format::Markdown,
        Format::Html,
        Format::Json,
        Format::JsonLines,
        Format::JsonLd,
        Format::Feed,
        Format::Table,
        Format::Email,
        Format::Ninjs,
        Format::NewsMlG2,
        Format::NewsMl,
        Format::Nitf,
        Format::Docx,
        Format::Odt,
        Format::Rtf,
        Format::Pdf,
        Format::Epub,
        Format::MediaWiki,
        Format::WordPress,
        Format::Sgml,
    ];

    /// Stable lower-case name, as used in output and queries.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Json => "json",
            Format::JsonLines => "jsonl",
            Format::JsonLd => "json-ld",
            Format::Feed => "feed",
            Format::Table => "table",
            Format::Email => "email",
            Format::Ninjs => "ninjs",
            Format::NewsMlG2 => "newsml-g2",
            Format::NewsMl => "newsml",
            Format::Nitf => "nitf",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Rtf => "rtf",
            Format::Pdf => "pdf",
            Format::Epub => "epub",
            Format::MediaWiki => "mediawiki",
            Format::WordPress => "wordpress",
            Format::Sgml => "sgml",
        }
    }
}

/// A publication date, as precise as the article states it.
///
/// Days are those printed in the article: a story of 23:30 in New York belongs to that day, whatever
/// the day was in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublicationDate {
    first_day: civil::Date,
    precision: Precision,
}

/// How much of a [`PublicationDate`] is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
    /// The time of day, in an unknown zone or at a known distance from UTC, in seconds.
    Second {
        /// Local time of day.
        time: civil::Time,
        /// Seconds east of UTC, where stated.
        offset_seconds: Option<i32>,
    },
}

impl PublicationDate {
    /// A year, or `None` outside 1 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        let first_day = civil::Date::new(year, 1, 1).ok().filter(|_| year >= 1)?;
        Some(Self { first_day, precision: Precision::Year })
    }

    /// A month of a year, or `None` when there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first_day = civil::Date::new(year, month, 1).ok().filter(|_| year >= 1)?;
        Some(Self { first_day, precision: Precision::Month })
    }

    /// A day.
    pub fn day(day: civil::Date) -> Self {
        Self { first_day: day, precision: Precision::Day }
    }

    /// A moment, as printed: local date and time, and the distance of that zone from UTC if stated.
    pub fn moment(local: civil::DateTime, offset_seconds: Option<i32>) -> Self {
        Self { first_day: local.date(), precision: Precision::Second { time: local.time(), offset_seconds } }
    }

    /// First day that the date may mean.
    pub fn first_day(&self) -> civil::Date {
        self.first_day
    }

    /// Last day that the date may mean; equal to [`Self::first_day`] when the day is known.
    pub fn last_day(&self) -> civil::Date {
        match self.precision {
            Precision::Year => self.first_day.last_of_year(),
            Precision::Month => self.first_day.last_of_month(),
            Precision::Day | Precision::Second { .. } => self.first_day,
        }
    }

    /// Whether the day is known.
    pub fn has_day(&self) -> bool {
        matches!(self.precision, Precision::Day | Precision::Second { .. })
    }

    /// How much is known.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Seconds since 1970-01-01T00:00:00Z of the earliest moment that the date may mean; a zone that
    /// is not stated counts as UTC.
    pub fn epoch_seconds(&self) -> i64 {
        let (time, offset) = match self.precision {
            Precision::Second { time, offset_seconds } => (time, offset_seconds.unwrap_or(0)),
            _ => (civil::Time::midnight(), 0),
        };
        let days = i64::from((self.first_day - civil::date(1970, 1, 1)).get_days());
        let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        days * 86_400 + seconds - i64::from(offset)
    }
}

/// ISO 8601, as precise as known: `2026`, `2026-03`, `2026-03-01`, `2026-03-01T18:20:00+01:00`.
impl fmt::Display for PublicationDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.first_day;
        match self.precision {
            Precision::Year => write!(f, "{:04}", day.year()),
            Precision::Month => write!(f, "{:04}-{:02}", day.year(), day.month()),
            Precision::Day => write!(f, "{day}"),
            Precision::Second { time, offset_seconds } => {
                write!(f, "{day}T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
                match offset_seconds {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(offset) => {
                        let sign = if offset < 0 { '-' } else { '+' };
                        let minutes = offset.unsigned_abs() / 60;
                        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(date: PublicationDate, text: &str, seconds: i64, last_day: civil::Date) {
        assert_eq!(date.to_string(), text);
        assert_eq!(date.epoch_seconds(), seconds);
        assert_eq!(date.last_day(), last_day);
    }

    #[test]
    fn dates_print_as_precisely_as_they_are_known() {
        let day = civil::date(2024, 2, 1);
        check(PublicationDate::year(1970).expect("a year"), "1970", 0, civil::date(1970, 12, 31));
        check(PublicationDate::month(2024, 2).expect("a month"), "2024-02", 1_706_745_600, civil::date(2024, 2, 29));
        check(PublicationDate::day(day), "2024-02-01", 1_706_745_600, day);
        let noon = day.at(12, 0, 0, 0);
        check(PublicationDate::moment(noon, None), "2024-02-01T12:00:00", 1_706_788_800, day);
        check(PublicationDate::moment(noon, Some(0)), "2024-02-01T12:00:00Z", 1_706_788_800, day);
        check(PublicationDate::moment(noon, Some(-18_000)), "2024-02-01T12:00:00-05:00", 1_706_806_800, day);
    }

    #[test]
    fn impossible_dates_are_none() {
        assert_eq!(PublicationDate::month(2024, 13), None);
        assert_eq!(PublicationDate::year(0), None);
    }
}
