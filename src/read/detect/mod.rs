//! What kind of file some bytes are: by content first, by extension second.
//!
//! Looks, and reads nothing: what can be read goes on to [`super::cut`] and [`super::formats`]; all
//! else is named in a [`RejectReason`], so that the report says what a file is instead of failing on
//! it. `magic` knows data, `markup` XML and pages, `mail` and `table` what their lines look like.

mod magic;
mod mail;
mod markup;
mod table;

use self::markup::Markup;
use super::error::RejectReason;
use crate::article::Format;

pub(crate) use self::magic::{content_key, is_two_byte};
pub(crate) use self::table::delimiter;

/// So much of a file decides what it is.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

/// What to do with some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Parsed as a whole; may still hold several articles.
    Whole(Format),
    /// JSON Lines.
    Lines,
    /// Rows of cells.
    Table,
    /// Messages one after the other.
    Mailbox,
    /// A web archive, in the newer form and in the older one.
    Warc,
    Arc,
    /// Elements of a collection, which can be cut apart where it is large.
    Collection(Format),
    /// Packed files.
    Zip,
    Tar,
    Gzip,
    Bzip2,
    Xz,
    Zstd,
}

/// Tells the kind of a file from its name and its first bytes.
///
/// `head` is the whole file when `complete`, else at least [`HEAD_BYTES`] of it.
///
/// # Errors
/// When the file is empty, not text, or of a format that is not read.
pub(crate) fn detect(name: &str, head: &[u8], complete: bool) -> Result<Kind, RejectReason> {
    let sample = &head[..head.len().min(HEAD_BYTES)];
    if complete && head.iter().all(u8::is_ascii_whitespace) {
        return Err(RejectReason::Empty);
    }
    let extension = extension(name);
    if let Some(packed) = magic::packed(sample, &extension) {
        return Ok(packed);
    }
    if sample.starts_with(b"%PDF") {
        return Ok(Kind::Whole(Format::Pdf));
    }
    if sample.starts_with(b"{\\rtf") {
        return Ok(Kind::Whole(Format::Rtf));
    }
    if let Some(reason) = magic::foreign(sample) {
        return Err(reason);
    }
    let text = super::decode::sample_text(sample);
    let text = text.trim_start_matches('\u{feff}').trim_start();

    if let Some(kind) = json_kind(text, &extension, head, complete) {
        return Ok(kind);
    }
    let is_markdown_name = matches!(extension.as_str(), "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdx" | "qmd");
    match markup::kind(text) {
        Markup::Page => return Ok(Kind::Whole(Format::Html)),
        Markup::Fragment if !is_markdown_name => return Ok(Kind::Whole(Format::Html)),
        Markup::News(kind) => return Ok(kind),
        Markup::Other(reason) if !is_markdown_name => return Err(reason),
        _ => {}
    }
    if mail::is_mailbox(text) {
        return Ok(Kind::Mailbox);
    }
    if mail::is_message(text, matches!(extension.as_str(), "eml" | "mht" | "mhtml")) {
        return Ok(Kind::Whole(Format::Email));
    }
    if is_markdown_name || has_front_matter(text) {
        return Ok(Kind::Whole(Format::Markdown));
    }
    if table::is_table(text, &extension) {
        return Ok(Kind::Table);
    }
    match extension.as_str() {
        "html" | "htm" | "xhtml" | "shtml" => Ok(Kind::Whole(Format::Html)),
        "jsonl" | "ndjson" => Ok(Kind::Lines),
        "json" => Ok(Kind::Whole(Format::Json)),
        "xml" | "rss" | "atom" | "rdf" => Err(unread("XML", "convert it to HTML, text or JSON first")),
        "tex" | "rst" | "adoc" | "org" | "textile" => {
            Err(unread("this markup", "convert it to Markdown or HTML first, or name a converter with `--convert`"))
        }
        _ if NOT_NEWS.contains(&extension.as_str()) => Err(RejectReason::UnknownFormat { extension }),
        _ => Ok(Kind::Whole(Format::Text)),
    }
}

/// The part of a file name after its last dot, in lower case; empty when there is none.
pub(crate) fn extension(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension.to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// Text files that programs write for programs. They come along with saved pages and in checked-out
/// folders, and would only pollute an index of news.
const NOT_NEWS: [&str; 36] = [
    "bat", "c", "cc", "cfg", "conf", "cpp", "css", "cue", "go", "h", "ini", "java", "js", "less", "lock", "log", "map",
    "mjs", "php", "pl", "ps1", "py", "rb", "rs", "scss", "sh", "sql", "srt", "svg", "toml", "ts", "tsx", "vtt", "xsl",
    "yaml", "yml",
];

fn unread(format: &'static str, remedy: &'static str) -> RejectReason {
    RejectReason::UnreadFormat { format, remedy }
}

/// JSON is told from text that merely begins with a bracket by its first tokens, and where the name
/// does not promise JSON, by being valid.
fn json_kind(text: &str, extension: &str, head: &[u8], complete: bool) -> Option<Kind> {
    let promised = matches!(extension, "json" | "jsonl" | "ndjson" | "geojson" | "jsonld");
    let mut tokens = text.chars().filter(|c| !c.is_whitespace());
    let begins = matches!(
        (tokens.next(), tokens.next()),
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '[' | ']' | '"'))
    );
    if !begins {
        return None;
    }
    let first_line = text.lines().next().unwrap_or("");
    let rest = text[first_line.len()..].trim_start();
    let is_record = |line: &str| line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    if rest.starts_with('{') && is_record(first_line.trim()) {
        return Some(Kind::Lines);
    }
    if matches!(extension, "jsonl" | "ndjson") && !matches!(first_line.trim(), "{" | "[") {
        return Some(Kind::Lines);
    }
    if promised || (complete && serde_json::from_slice::<serde::de::IgnoredAny>(head).is_ok()) {
        return Some(Kind::Whole(Format::Json));
    }
    None
}

/// A block of metadata between lines of `---` or `+++`, with at least one key.
fn has_front_matter(text: &str) -> bool {
    let mut lines = text.lines();
    let (fence, separator) = match lines.next().map(str::trim_end) {
        Some("---") => ("---", ':'),
        Some("+++") => ("+++", '='),
        _ => return false,
    };
    let mut has_key = false;
    for line in lines.take(200) {
        let line = line.trim_end();
        if line == fence || (fence == "---" && line == "...") {
            return has_key;
        }
        let key = line.split(separator).next().unwrap_or("").trim();
        has_key |= line.contains(separator)
            && !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, head: impl AsRef<[u8]>, expected: &str) {
        let found = match detect(name, head.as_ref(), true) {
            Ok(Kind::Whole(format) | Kind::Collection(format)) => format.name().to_owned(),
            Ok(Kind::Lines) => "jsonl".to_owned(),
            Ok(kind) => format!("{kind:?}").to_lowercase(),
            Err(reason) => reason.to_string(),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn content_goes_before_extension() {
        check("a.txt", "<!DOCTYPE html><html>", "html");
        check("a.txt", "<!-- saved -->\n<HTML lang=en>", "html");
        check("a.txt", "<p>Hello</p>", "html");
        check("a.md", "<p>Hello</p>\n\n# Title", "markdown");
        check("a.txt", r#"{"title": "x", "text": "y"}"#, "json");
        check("a.txt", "{\"a\":1}\n{\"a\":2}\n", "jsonl");
        check("a.json", "{\"a\":1}\n{\"a\":2}\n", "jsonl");
        check("a.jsonl", "{\n \"a\": 1\n}", "json");
        check("a.jsonl", "{\"a\":1}", "jsonl");
        check("a.jsonl", "{\"a\":1\n{\"a\":2}", "jsonl");
        check("a.txt", "---\ntitle: x\n---\nBody", "markdown");
        check("a.txt", "+++\ntitle = 'x'\n+++\nBody", "markdown");
        check("a.html", r#"{"title": "x"}"#, "json");
    }

    #[test]
    fn text_that_only_resembles_something_stays_text() {
        check("a.txt", "BMW recalls cars", "text");
        check("a.txt", "[UPDATE] The vote is over", "text");
        check("a.txt", "{{ a note }} and text", "text");
        check("a", "MZ is how it begins", "text");
        check("a.txt", "---\n\nA line under a line\n\n---\n", "text");
        check("a.txt", "Subject: talks\nFrom: Kyiv\n\nText", "text");
        check("a.txt", "< 5 percent of voters", "text");
        check("a.txt", b"One stray \0 byte in a text that is otherwise in order, and long enough".as_slice(), "text");
    }

    #[test]
    fn what_is_not_read_is_named() {
        check("a.txt", " \n\t", "is empty");
        check(
            "a.txt",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0".as_slice(),
            "is a PNG file, not text",
        );
        check("a.txt", b"\0\x01\x02\x03zzz".as_slice(), "is binary data, not text");
        check("a.txt", "<?xml version='1.0'?><x/>", "this XML is not read yet; convert it to HTML, text or JSON first");
        check("a.xml", "<urlset><url/></urlset>", "is a sitemap, a list of addresses, not text");
        check("a.css", "p {}", "`.css` files hold no articles; rename it to `.txt` to have it read as plain text");
    }

    #[test]
    fn files_of_records_are_told_by_their_beginning() {
        check("a", b"PK\x03\x04\x14\0\0\0\x08\0\0\0".as_slice(), "zip");
        check("a.html", b"\x1f\x8b\x08\0".as_slice(), "gzip");
        check("a", b"BZh91AY&SY\xd8r".as_slice(), "bzip2");
        check("a", "BZh9 is no word", "text");
        check("a.txt", b"\xfd7zXZ\0\0\x04".as_slice(), "xz");
        check("a", "WARC/1.0\r\n", "warc");
        check("a.csv", "a,b", "table");
        check("a.doc", "{\\rtf1\\ansi It rained.}", "rtf");
        check("a.txt", "Title, text and dates\n\nSo, it goes on, and on.", "text");
        check("a.txt", "Return-Path: <a@b>\nFrom: a\nSubject: b\n\nText", "email");
        check("a.txt", "From here on, 2024 was a good year\n\nIt was so.", "text");
        check("a.html", "<?xml version='1.0'?><rss><channel/></rss>", "feed");
        check("a", "<!DOCTYPE rdf:RDF [<!ENTITY % HTMLlat1 'x'>]>\n<rdf:RDF>", "feed");
        check("a", "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'>", "newsml-g2");
        check("a", "<NewsML><NewsItem>", "newsml");
        check("a", "<!DOCTYPE lewis SYSTEM 'lewis.dtd'>\n<REUTERS NEWID='1'>", "sgml");
        check("a", "<doc>some page</doc>", "text");
        check("a", "<DOC id=\"WIR_1\" type=\"story\" >\n<TEXT>\n<P>\nRain.", "sgml");
        check("a", "<doc id=\"1\" title=\"Rain\">\nRain fell.\n</doc>", "text");
        check("a", "<newsitem itemid='1'><text><p>Rain.", "newsml");
    }

    #[test]
    fn two_byte_text_is_text() {
        let utf16: Vec<u8> = "\u{feff}Prisoners freed".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check("a.txt", &utf16, "text");
        check("a.txt", &utf16[2..], "text");
    }
}
