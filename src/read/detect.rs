//! What kind of file some bytes are: by content first, by extension second.
//!
//! Looks, and reads nothing: text, Markdown, pages and JSON go on to [`super::formats`]; all else is
//! named in a [`RejectReason`], so that the report says what a file is instead of failing on it.

use super::error::RejectReason;
use crate::article::Format;

/// So much of a file decides what it is.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

/// Text may hold a stray control byte, broken copies of text a few; compressed or executable data
/// hold one in ten. The border lies well between.
const MAX_CONTROL_SHARE: f64 = 0.02;

/// A page says what it is within its first tag; comments and declarations before it are skipped up to here.
const MARKUP_HEAD_BYTES: usize = 4096;

/// Tells the format of a file from its name and its first bytes.
///
/// `head` is the whole file when `complete`, else at least [`HEAD_BYTES`] of it.
///
/// # Errors
/// When the file is empty, not text, or of a format that is not read.
pub(crate) fn detect(name: &str, head: &[u8], complete: bool) -> Result<Format, RejectReason> {
    let sample = &head[..head.len().min(HEAD_BYTES)];
    if head.iter().all(u8::is_ascii_whitespace) {
        return Err(RejectReason::Empty);
    }
    if let Some(reason) = foreign(sample) {
        return Err(reason);
    }
    let extension = extension(name);
    let text = super::decode::sample_text(sample);
    let text = text.trim_start_matches('\u{feff}').trim_start();

    if let Some(format) = json_kind(text, &extension, head, complete) {
        return Ok(format);
    }
    let is_markdown_name = matches!(extension.as_str(), "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdx" | "qmd");
    match markup_kind(text) {
        Markup::Page => return Ok(Format::Html),
        Markup::Fragment if !is_markdown_name => return Ok(Format::Html),
        Markup::Other(reason) if !is_markdown_name => return Err(reason),
        _ => {}
    }
    if is_mail(text) {
        return Err(unread("an e-mail", "save it as HTML or text first"));
    }
    if is_markdown_name || has_front_matter(text) {
        return Ok(Format::Markdown);
    }
    match extension.as_str() {
        "html" | "htm" | "xhtml" | "shtml" => Ok(Format::Html),
        "jsonl" | "ndjson" => Ok(Format::JsonLines),
        "json" => Ok(Format::Json),
        "csv" | "tsv" => Err(unread("a table (CSV)", "convert it to JSON Lines first")),
        "mbox" | "eml" => Err(unread("an e-mail", "save it as HTML or text first")),
        "xml" | "rss" | "atom" | "rdf" => Err(unread("XML", "convert it to HTML, text or JSON first")),
        "tex" | "rst" | "adoc" | "org" | "textile" => {
            Err(unread("this markup", "convert it to Markdown or HTML first"))
        }
        _ if NOT_NEWS.contains(&extension.as_str()) => Err(RejectReason::UnknownFormat { extension }),
        _ => Ok(Format::Text),
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

/// Names data that is not text, or text in the magic words of a foreign format.
fn foreign(sample: &[u8]) -> Option<RejectReason> {
    const CONVERT: &str = "convert it to text first";
    const UNPACK: &str = "unpack it first";
    if sample.starts_with(b"%PDF") {
        return Some(unread("PDF", CONVERT));
    }
    if sample.starts_with(b"{\\rtf") {
        return Some(unread("RTF", CONVERT));
    }
    if sample.starts_with(b"%!PS") {
        return Some(unread("PostScript", CONVERT));
    }
    if sample.starts_with(b"WARC/") || sample.starts_with(b"filedesc://") {
        return Some(unread("a web archive (WARC)", "save its pages as HTML first"));
    }
    if is_two_byte(sample) {
        return None;
    }
    if !is_binary(sample) {
        return None;
    }
    Some(match infer::get(sample).map_or("", |kind| kind.extension()) {
        "docx" | "doc" => unread("a Word document", CONVERT),
        "odt" => unread("an OpenDocument text", CONVERT),
        "epub" | "mobi" => unread("an e-book", CONVERT),
        "xlsx" | "xls" | "ods" => unread("a spreadsheet", "convert it to JSON Lines first"),
        "pptx" | "ppt" | "odp" => unread("a presentation", CONVERT),
        "zip" => unread("a ZIP archive", UNPACK),
        "gz" | "bz2" | "xz" | "zst" | "lz4" | "lz" | "Z" | "br" => unread("a compressed file", UNPACK),
        "tar" | "7z" | "rar" | "ar" | "cab" | "cpio" => unread("an archive", UNPACK),
        "" => RejectReason::Binary { kind: "binary data".to_owned() },
        other => {
            let article = if other.starts_with(['a', 'e', 'i', 'o', 'x', 'm']) { "an" } else { "a" };
            RejectReason::Binary { kind: format!("{article} {} file", other.to_ascii_uppercase()) }
        }
    })
}

/// Whether text comes in two-byte units, which cannot be cut at line ends.
pub(crate) fn is_two_byte(head: &[u8]) -> bool {
    super::decode::is_utf16(&head[..head.len().min(HEAD_BYTES)])
}

fn is_binary(sample: &[u8]) -> bool {
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x08 | 0x0b | 0x0c | 0x1b);
    let n_control = sample.iter().filter(|&&byte| is_control(byte)).count();
    n_control as f64 > sample.len() as f64 * MAX_CONTROL_SHARE
}

/// JSON is told from text that merely begins with a bracket by its first tokens, and where the name
/// does not promise JSON, by being valid.
fn json_kind(text: &str, extension: &str, head: &[u8], complete: bool) -> Option<Format> {
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
        return Some(Format::JsonLines);
    }
    if matches!(extension, "jsonl" | "ndjson") && !matches!(first_line.trim(), "{" | "[") {
        return Some(Format::JsonLines);
    }
    if promised || (complete && serde_json::from_slice::<serde::de::IgnoredAny>(head).is_ok()) {
        return Some(Format::Json);
    }
    None
}

/// What markup a text begins with.
enum Markup {
    /// A whole page.
    Page,
    /// Something that only pages contain.
    Fragment,
    /// Markup of another kind.
    Other(RejectReason),
    /// None.
    None,
}

fn markup_kind(text: &str) -> Markup {
    const FEED: &str = "save its articles as HTML, text or JSON first";
    let mut end = text.len().min(MARKUP_HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text[..end].to_ascii_lowercase();
    let mut rest = text.as_str();
    let mut is_xml = false;
    loop {
        rest = rest.trim_start();
        if rest.starts_with("<!--") {
            let Some(end) = rest.find("-->") else { return Markup::None };
            rest = &rest[end + 3..];
        } else if rest.starts_with("<?xml") {
            is_xml = true;
            let Some(end) = rest.find('>') else { return Markup::None };
            rest = &rest[end + 1..];
        } else if rest.starts_with("<!doctype") && !rest.starts_with("<!doctype html") {
            let Some(end) = rest.find('>') else { return Markup::None };
            if rest[..end].contains("html") {
                return Markup::Page;
            }
            is_xml = true;
            rest = &rest[end + 1..];
        } else {
            break;
        }
    }
    if rest.starts_with("<!doctype html") {
        return Markup::Page;
    }
    let Some(tag) = rest.strip_prefix('<') else { return Markup::None };
    let tag = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, ':' | '-')).unwrap_or(tag.len())];
    match tag {
        "html" | "head" | "body" => Markup::Page,
        "rss" | "feed" | "rdf:rdf" | "channel" => Markup::Other(unread("a news feed (RSS or Atom)", FEED)),
        "newsitem" | "newsmessage" | "packageitem" | "newsml" => Markup::Other(unread("NewsML", FEED)),
        "nitf" => Markup::Other(unread("NITF", FEED)),
        "mediawiki" => Markup::Other(unread("a MediaWiki export", FEED)),
        "svg" => Markup::Other(RejectReason::Binary { kind: "an SVG image".to_owned() }),
        _ if is_xml => Markup::Other(unread("XML", "convert it to HTML, text or JSON first")),
        "article" | "meta" | "title" | "link" | "script" | "style" | "div" | "section" | "main" | "header" | "p"
        | "h1" | "h2" | "h3" | "table" | "ul" | "ol" | "span" | "a" | "img" | "br" | "center" | "font" | "noscript"
        | "blockquote" | "figure" => Markup::Fragment,
        _ => Markup::None,
    }
}

/// Mail begins with a block of headers, some of which nothing else has.
fn is_mail(text: &str) -> bool {
    let headers = text.lines().take_while(|line| !line.trim().is_empty()).take(60);
    let (mut n_mail, mut n_any) = (0, 0);
    for line in headers {
        let Some((key, _)) = line.split_once(':') else { continue };
        match key.to_ascii_lowercase().as_str() {
            "message-id" | "received" | "return-path" | "mime-version" | "delivered-to" | "x-mailer" => n_mail += 1,
            "from" | "to" | "subject" | "date" => n_any += 1,
            _ => {}
        }
    }
    n_mail >= 1 && n_mail + n_any >= 3
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
            Ok(format) => format.name().to_owned(),
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
        check("a.txt", "%PDF-1.7", "PDF is not read yet; convert it to text first");
        check("a", b"PK\x03\x04\x14\0\0\0\x08\0\0\0".as_slice(), "a ZIP archive is not read yet; unpack it first");
        check("a.csv", "a,b", "a table (CSV) is not read yet; convert it to JSON Lines first");
        check("a.txt", "<?xml version='1.0'?><x/>", "XML is not read yet; convert it to HTML, text or JSON first");
        check("a.css", "p {}", "`.css` files hold no articles; rename it to `.txt` to have it read as plain text");
        check(
            "a.txt",
            "Return-Path: <a@b>\nFrom: a\nSubject: b\n\nText",
            "an e-mail is not read yet; save it as HTML or text first",
        );
    }

    #[test]
    fn two_byte_text_is_text() {
        let utf16: Vec<u8> = "\u{feff}Prisoners freed".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check("a.txt", &utf16, "text");
        check("a.txt", &utf16[2..], "text");
    }
}
