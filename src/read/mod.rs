//! Bytes in a folder become articles or named rejects.
//!
//! Three steps, so that the last can run on many threads: [`walk()`] lists files, [`open()`] reads one
//! and cuts it into [`RawItem`]s, [`parse`] turns an item into articles without touching anything.
//! Knows no tantivy. Nothing is skipped in silence: what is not an article is a [`Rejected`].
//!
//! | File | Question it answers |
//! |---|---|
//! | `walk` | which files are there, in which order |
//! | `open`, `cut` | what are the bytes of a file, and which pieces can be parsed alone |
//! | `detect` | what kind of file is it |
//! | `convert` | who makes text of what is not read here |
//! | `mapping` | what does the user call columns and members |
//! | `decode` | which characters do the bytes stand for |
//! | `pdf/` | which words do the letters on printed pages make, in which order |
//! | `formats/` | where in it are title, text, date, authors |
//! | `prose`, `date`, `byline`, `outlet`, `headline`, `furniture` | what do texts, dates, bylines, names of papers, headlines and page leftovers look like |
//! | `draft` | is it an article, and is it clean |

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

mod byline;
mod convert;
mod cut;
mod date;
mod decode;
mod detect;
mod draft;
mod error;
mod formats;
mod furniture;
mod headline;
mod mail;
mod mapping;
mod open;
mod outlet;
pub mod pdf;
mod prose;
mod walk;
mod xml;

pub use self::convert::{ConvertError, Converter};
pub use self::cut::RawItem;
pub use self::date::{DayMonthOrder, parse_date};
pub use self::decode::decode;
pub use self::error::{ReadError, RejectReason, Rejected};
pub use self::formats::mapped_names;
pub use self::mapping::Mapping;
pub use self::open::{FileFacts, OpenFile, open};
pub use self::walk::{FileEntry, Link, WalkConfig, links, path_text, walk};
use crate::article::Article;

/// Limits of reading.
#[derive(Clone, Debug)]
pub struct ReadConfig {
    /// Largest file, or record of JSON Lines, that is read as an article, in bytes. Default 64 MiB.
    pub max_article_bytes: u64,
    /// JSON Lines files larger than this are read in a stream rather than held, in bytes. Default 8 MiB.
    pub stream_from_bytes: u64,
    /// Largest page that is read, in bytes. Default 16 MiB: its tree takes about ten times as much.
    pub max_page_bytes: u64,
    /// Which of two numbers in a date is the day, where the article does not tell. Default: month first.
    pub day_month_order: DayMonthOrder,
    /// Programs that make text of files that are not read here. Default: none.
    pub converters: Vec<Arc<dyn Converter>>,
    /// Who makes a [`pdf::Answer`] of PDF, as JSON. Default: nobody, so that PDF is rejected.
    pub pdf_reader: Option<Arc<dyn Converter>>,
    /// Columns and members by other names: what `text`, `title` and so on are called in the input.
    /// Default: none.
    pub columns: Mapping,
}

impl Default for ReadConfig {
    fn default() -> Self {
        Self {
            max_article_bytes: 64 << 20,
            stream_from_bytes: 8 << 20,
            max_page_bytes: 16 << 20,
            day_month_order: DayMonthOrder::default(),
            converters: Vec::new(),
            pdf_reader: None,
            columns: Mapping::default(),
        }
    }
}

/// Turns a piece of a file into articles, in their order. Pure computation; takes any bytes.
///
/// A list of articles gives one result each, and a bad record one reject: the others still come.
pub fn parse(item: RawItem, config: &ReadConfig, emit: &mut dyn FnMut(Result<Article, Rejected>)) {
    let item = match convert::convert(item, config) {
        Ok(item) => item,
        Err(rejected) => return emit(Err(rejected)),
    };
    let (origin, format) = (item.origin.clone(), item.format);
    // The crates that parse pages and markup are large and young; a bug in one must cost one article.
    let outcome = catch_unwind(AssertUnwindSafe(|| formats::parse(item, config, emit)));
    if outcome.is_err() {
        emit(Err(Rejected { origin, reason: RejectReason::ReaderFailed { format } }));
    }
}

/// Reads the contents of one file, called `name`, with the default limits.
pub fn parse_bytes(name: &str, bytes: &[u8]) -> Vec<Result<Article, Rejected>> {
    let config = ReadConfig::default();
    let mut results = Vec::new();
    let path: Arc<str> = name.into();
    if bytes.len() as u64 > config.max_article_bytes {
        let (size_bytes, limit_bytes) = (bytes.len() as u64, config.max_article_bytes);
        return vec![Err(Rejected::file(&path, RejectReason::TooLarge { size_bytes, limit_bytes }))];
    }
    let mut items = Vec::new();
    let outcome = OpenFile::from_bytes(path, bytes.to_vec(), &config).split(&mut |item| {
        items.push(item);
        ControlFlow::Continue(())
    });
    for item in items {
        match item {
            Ok(item) => parse(item, &config, &mut |result| results.push(result)),
            Err(rejected) => results.push(Err(rejected)),
        }
    }
    results.extend(outcome.err().map(Err));
    results
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(name: &str, contents: &str, expected: &[&str]) {
        let found: Vec<String> = parse_bytes(name, contents.as_bytes())
            .into_iter()
            .map(|result| match result {
                Ok(article) => {
                    let record = article.origin.record.map(|record| format!("{record}:")).unwrap_or_default();
                    let id = article.own_id.map(|id| format!(" #{id}")).unwrap_or_default();
                    format!("{record}{} / {}{id}", article.title, article.body.replace("\n\n", "¶"))
                }
                Err(rejected) => {
                    let record = rejected.origin.record.map(|record| format!("{record}:")).unwrap_or_default();
                    format!("{record}{}", rejected.reason)
                }
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn json_is_one_article_or_a_list() {
        check("a.json", r#"{"title":"T","text":"One.\n\nTwo.","id":7}"#, &["T / One.¶Two. #7"]);
        check("a.json", r#"{"title":"T","text":"Friday, May 8, 2014\n\n\nOne."}"#, &["T / One."]);
        check("a.json", r#"[{"headline":"A","body":"x"},{"headline":"B","body":"y"}]"#, &["1:A / x", "2:B / y"]);
        check(
            "a.json",
            r#"{"status":"ok","articles":[{"title":"A","content":"<p>x</p><p>y &amp; z</p>"}]}"#,
            &["1:A / x¶y & z"],
        );
        check("a.json", r#"{"response":{"docs":[{"headline":{"main":"A"},"lead_paragraph":"x"}]}}"#, &["1:A / x"]);
        check(
            "a.json",
            r#"{"hits":{"total":1,"hits":[{"_id":"k","_source":{"title":"A","text":"x"}}]}}"#,
            &["1:A / x #k"],
        );
        check("a.json", r#"{"title":"Feed","items":[{"title":"A","content_html":"<p>x</p>"}]}"#, &["1:A / x"]);
        check(
            "a.json",
            r#"{"n1":{"title":"A","text":"x"},"n2":{"title":"B","text":"y"}}"#,
            &["1:A / x #n1", "2:B / y #n2"],
        );
        check(
            "a.json",
            r#"[{"title":"A","text":"x"},5]"#,
            &["1:A / x", "2:expected an object with a title and a text, found a number"],
        );
        check("a.json", r#"{"title":"A","content":{"rendered":"<p>x</p>"},"date":"2024"}"#, &["A / x"]);
    }

    #[test]
    fn json_that_is_no_article_is_named() {
        check("a.json", "{}", &["expected an object with a title and a text, found an empty object"]);
        check("a.json", r#"{"a":1}"#, &["expected an object with a title and a text, found an object with `a`"]);
        check("a.json", "{\"a\":\n1", &["invalid JSON at line 2, column 1: EOF while parsing an object"]);
        check("a.json", &"[".repeat(500), &["is nested deeper than 128 levels"]);
        check("a.json", r#"{"title":"A","text":" "}"#, &["no article text was found in it"]);
    }

    #[test]
    fn a_bad_line_costs_only_itself() {
        check(
            "a.jsonl",
            "{\"title\":\"A\",\"text\":\"x\"}\n\n{\"title\":\"B\"\n{\"id\":\"k\",\"text\":\"y\"}\n[1]\n",
            &[
                "1:A / x",
                "3:invalid JSON at line 3, column 12: EOF while parsing an object",
                "4: / y #k",
                "5:expected an object with a title and a text, found a list without articles",
            ],
        );
    }

    #[test]
    fn front_matter_fills_the_fields() {
        let text = "---\ntitle: \"CDC&#8217;s plan\"\ndate: 2014-05-08 10:16:13 -0400\nauthors:\n- jane-doe\n- name: John Roe\ntags: [health, plans]\nlang: en-US\n---\nThe plan.\n";
        let article = parse_bytes("/a.md", text.as_bytes()).remove(0).expect("an article");
        assert_eq!(article.title, "CDC’s plan");
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2014-05-08T10:16:13-04:00"));
        assert_eq!(article.authors, ["Jane Doe", "John Roe"]);
        assert_eq!(article.tags, ["health", "plans"]);
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.body, "The plan.");
        check("/a.md", "---\ntitle: a: b: c\n---\nText", &["a: b: c / Text"]);
        check("/a.md", "# T\n\nText", &["T / Text"]);
    }

    #[test]
    fn furniture_is_cut() {
        let text = "Talks end\n\nBoth sides left.\n\nLeave a Reply\n\nYour email address will not be published. Required fields are marked *";
        check("/a.txt", text, &["Talks end / Both sides left."]);
    }

    /// Beginnings that lead into each of the readers.
    const STARTS: [&str; 35] = [
        "",
        "<html><body><p>",
        "<!DOCTYPE html><script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":",
        "---\ntitle: ",
        "+++\ntitle = ",
        "{\"title\":\"",
        "[{\"text\":\"",
        "{\"text\":\"a\"}\n{\"text\":",
        "Title\nBy Jane Doe\n",
        "Title: a\nDate: ",
        "# T\n\n| a |\n|---|\n",
        "<p>a</p>\n",
        "<rss><channel><item><title>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>",
        "<rss xmlns:wp='http://wordpress.org/export/1.2/'><item><content:encoded>",
        "<nitf><body><body.content><p>",
        "<newsItem><contentSet><inlineXML><p>",
        "<NewsML><NewsItem><NewsComponent><ContentItem><DataContent>",
        "<mediawiki><page><revision><text>{{",
        "<mediawiki><page><revision><text>[[",
        "<REUTERS><TEXT><TITLE>",
        "<DOC><DOCNO>1</DOCNO><TEXT>",
        "{\"uri\":\"a\",\"body_html\":\"",
        "title,text\n",
        "title;text\n\"",
        "From: a\nSubject: b\nContent-Type: text/html\n\n",
        "From a@b 2024\nSubject: a\nFrom: b\n\n",
        "WARC/1.0\nWARC-Type: response\nContent-Length: 90\n\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n",
        "filedesc://a 0 1 text/plain 3\nabc\n",
        "\x1f\u{8b}\x08",
        "BZh91AY&SY",
        "{\\rtf1 a\\par ",
        "1 of 1 DOCUMENTS\n\nThe Paper\n\nMay 1, 2025\n\nTitle\n\nSECTION: A\n\nLENGTH: 5 words\n\n",
        "HD\na\nWC\n5 words\nLA\nEnglish\nLP\nb\nAN\nDocument ABCD000020250523el5n0001x\nHD\n",
        "{\\rtf1{\\info{\\title b}}{\\fonttbl{\\f0\\fcharset128 c;}}\\f0\\'8",
    ];
    const NAMES: [&str; 10] =
        ["/a.txt", "/a.md", "/a.html", "/a.json", "/a.jsonl", "/2014-05-08-b", "/a.csv", "/a.eml", "/a.mbox", "/a.xml"];

    fn check_any(start: usize, name: usize, rest: &[u8]) -> Result<(), TestCaseError> {
        let mut bytes = STARTS[start].as_bytes().to_vec();
        bytes.extend_from_slice(rest);
        for result in parse_bytes(NAMES[name], &bytes) {
            match result {
                Ok(article) => {
                    prop_assert!(!article.body.trim().is_empty());
                    prop_assert!(unicode_normalization::is_nfc(&article.body));
                    prop_assert!(unicode_normalization::is_nfc(&article.title));
                    prop_assert!(!article.body.contains(['\0', '\r']));
                    prop_assert!(!article.title.contains('\n'));
                }
                Err(rejected) => {
                    let has_failed = matches!(rejected.reason, RejectReason::ReaderFailed { .. });
                    prop_assert!(!has_failed);
                }
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_rejected(
            start in 0..STARTS.len(),
            name in 0..NAMES.len(),
            rest in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            check_any(start, name, &rest)?;
        }

        #[test]
        fn any_markup_is_read_or_rejected(
            start in 0..STARTS.len(),
            name in 0..NAMES.len(),
            rest in "([<>/=\"'&;:{}\\[\\],#*|\\-\n ]|p|div|li|table|tr|td|time datetime|2014-05-08|By |é|\u{301}|[a-zA-Z0-9]){0,80}",
        ) {
            check_any(start, name, rest.as_bytes())?;
        }
    }
}
