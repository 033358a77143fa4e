//! Documents that are ZIP files of XML: DOCX, ODT and EPUB.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::document::{self, Facts, Line};
use super::head::take_credits;
use super::html::plain_text;
use super::text::skip_navigation;
use super::{Emit, Records};
use crate::article::Format;
use crate::read::byline;
use crate::read::cut::meter::{MAX_RATIO, MIN_ALLOWED_BYTES};
use crate::read::date::parse_date;
use crate::read::decode::decode;
use crate::read::draft::Draft;
use crate::read::error::{RejectReason, Rejected};
use crate::read::prose::one_line;
use crate::read::xml::{self, Element};
use crate::read::{RawItem, ReadConfig};

/// Chapters of a book; a year of a daily paper has fewer.
const MAX_CHAPTERS: usize = 20_000;

/// The text of a note of OpenDocument.
const NOTE_BODY: &str = "text:note-body";

type Document<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads a Word document.
pub(super) fn docx(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let (text, facts) = match parts(&item, "word/document.xml", "docProps/core.xml", config) {
        Ok(parts) => parts,
        Err(rejected) => return emit(Err(rejected)),
    };
    let mut lines = Vec::new();
    if let Some(body) = text.find("w:body") {
        for block in body.elements() {
            docx_block(block, &mut lines);
        }
    }
    docx_notes(&item.bytes, config, &mut lines);
    document::finish(item.origin, item.format, lines, facts_of(&facts), config, emit);
}

/// Reads an OpenDocument text.
pub(super) fn odt(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let (text, facts) = match parts(&item, "content.xml", "meta.xml", config) {
        Ok(parts) => parts,
        Err(rejected) => return emit(Err(rejected)),
    };
    let mut lines = Vec::new();
    if let Some(body) = text.find("office:text") {
        odt_blocks(body, &mut lines);
        // Notes stand where they are referred to; they are read below the text, each by itself.
        let notes = body.descendants().into_iter().filter(|inner| inner.is(NOTE_BODY));
        notes.for_each(|note| odt_blocks(note, &mut lines));
    }
    document::finish(item.origin, item.format, lines, facts_of(&facts), config, emit);
}

/// Reads a book: each chapter with text is an article, numbered by its place in the book.
pub(super) fn epub(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let bytes = item.bytes.clone();
    let reject = |reason| Err(Rejected { origin: item.origin.clone(), reason });
    let book = open(&bytes).and_then(|mut book| {
        let container = part(&mut book, "META-INF/container.xml", config)?;
        let path = container.find("rootfile").and_then(|root| root.attribute("full-path")).map(str::to_owned);
        let path = path.ok_or(RejectReason::NoText)?;
        let package = part(&mut book, &path, config)?;
        Ok((book, path, package))
    });
    let (mut book, path, package) = match book {
        Ok(book) => book,
        Err(reason) => return emit(reject(reason)),
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let facts = package.find("metadata").cloned().unwrap_or_default();
    let mut manifest: HashMap<&str, &Element> = HashMap::new();
    for entry in package.descendants().into_iter().filter(|found| found.local_name() == "item") {
        if let Some(id) = entry.attribute("id") {
            manifest.entry(id).or_insert(entry);
        }
    }
    let spine = package.descendants().into_iter().filter(|found| found.local_name() == "itemref").take(MAX_CHAPTERS);
    let allowed_bytes = (bytes.len() as u64).saturating_mul(MAX_RATIO).max(MIN_ALLOWED_BYTES);
    let of_book = Draft {
        source: line_of(&facts, "title"),
        authors: names_of(&facts),
        language: line_of(&facts, "language"),
        date: line_of(&facts, "date").and_then(|date| parse_date(&date, config.day_month_order)),
        ..Draft::default()
    };
    let mut n_bytes = 0;
    let mut records = Records::new(item, None, emit);
    for chapter in spine {
        let entry = chapter.attribute("idref").and_then(|id| manifest.get(id));
        let href = entry.and_then(|entry| entry.attribute("href"));
        let is_list = entry.and_then(|entry| entry.attribute("properties")).is_some_and(|what| what.contains("nav"));
        let Some(href) = href.filter(|_| !is_list) else {
            records.skip();
            continue;
        };
        let name = joined(folder, href);
        match part_bytes(&mut book, &name, config) {
            Ok(bytes) => {
                n_bytes += bytes.len() as u64;
                if n_bytes > allowed_bytes {
                    records.reject(RejectReason::Bomb { limit: MAX_RATIO });
                    break;
                }
                let mut draft = chapter_draft(&decode(&bytes, xml::declared_charset(&bytes).as_deref()), config);
                // Covers and title pages hold no text; nothing is lost with them.
                if draft.body.is_empty() {
                    records.skip();
                    continue;
                }
                draft.source.clone_from(&of_book.source);
                if draft.authors.is_empty() {
                    draft.authors.clone_from(&of_book.authors);
                }
                draft.language.clone_from(&of_book.language);
                draft.date = draft.date.or(of_book.date);
                let origin = records.origin();
                draft.title_from_body(&origin.path);
                records.push(draft.finish(origin, Format::Epub));
            }
            Err(reason) => records.reject(reason),
        }
    }
    records.finish();
}

fn chapter_draft(page: &str, config: &ReadConfig) -> Draft {
    if page.len() as u64 > config.max_page_bytes {
        return Draft::default();
    }
    let Ok(document) = xml::parse(page) else { return Draft::default() };
    let top = document.top;
    let Some(body) = top.find("body") else { return Draft::default() };
    let heading = ["h1", "h2", "h3"].iter().find_map(|name| body.find(name)).map(|heading| one_line(&heading.text()));
    let title = heading.filter(|title| !title.is_empty());
    let html = body.html(&|inner| match inner.local_name().to_ascii_lowercase().as_str() {
        "script" | "style" | "nav" => None,
        name => Some(name.to_owned()),
    });
    let text = plain_text(&html);
    let text = skip_navigation(&text);
    let Some(title) = title else { return Draft { body: text.to_owned(), ..Draft::default() } };
    let text = text.strip_prefix(title.as_str()).unwrap_or(text).trim_start();
    let mut draft = Draft { title, ..Draft::default() };
    let (standfirst, rest) = take_credits(text, &mut draft, config.day_month_order);
    draft.body = [standfirst.trim(), rest.trim()].join("\n\n").trim().to_owned();
    draft
}

/// A path inside the book, without its steps up and its escapes.
fn joined(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    unescaped(&parts.join("/"))
}

/// `%20` is a space.
fn unescaped(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(|_| byte == b'%') {
            Some(code) => {
                bytes.push(code);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn docx_block(block: &Element, lines: &mut Vec<Line>) {
    match block.name.as_str() {
        "w:p" => {
            let style = block.at("w:pPr/w:pStyle").and_then(|style| style.attribute("w:val")).unwrap_or("");
            let is_title =
                matches!(style.to_ascii_lowercase().as_str(), "title" | "heading1" | "heading 1" | "titel" | "titre");
            let mut text = String::new();
            docx_run(block, &mut text);
            lines.push(Line { is_title, text });
        }
        "w:tbl" => {
            for row in block.all("w:tr") {
                let cells: Vec<String> = row.all("w:tc").map(|cell| one_line(&docx_text(cell))).collect();
                lines.push(Line { is_title: false, text: cells.join(" | ") });
            }
        }
        "w:sdt" | "w:sdtContent" | "w:ins" | "w:moveTo" => block.elements().for_each(|inner| docx_block(inner, lines)),
        _ => {}
    }
}

/// Notes at the foot of pages and at the end, which are read below the text.
fn docx_notes(bytes: &[u8], config: &ReadConfig, lines: &mut Vec<Line>) {
    let Ok(mut document) = open(bytes) else { return };
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        // Most documents have none.
        let Ok(notes) = part(&mut document, name, config) else { continue };
        // Lines that part the notes from the text have a type.
        let is_note = |inner: &&Element| is_docx_note(inner);
        let is_read = |note: &&Element| note.attribute("w:type").is_none_or(|kind| kind == "normal");
        for note in notes.descendants().into_iter().filter(is_note).filter(is_read) {
            note.elements().for_each(|block| docx_block(block, lines));
        }
    }
}

fn is_docx_note(element: &Element) -> bool {
    element.is("w:footnote") || element.is("w:endnote")
}

fn docx_text(element: &Element) -> String {
    let mut lines = Vec::new();
    element.elements().for_each(|block| docx_block(block, &mut lines));
    lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join(" ")
}

fn docx_run(element: &Element, text: &mut String) {
    for inner in element.elements() {
        match inner.name.as_str() {
            "w:t" => text.push_str(&inner.text()),
            "w:tab" => text.push(' '),
            "w:br" | "w:cr" => text.push('\n'),
            "w:noBreakHyphen" => text.push('-'),
            // What was deleted, fields' codes, and the second form of a drawing.
            "w:del" | "w:moveFrom" | "w:instrText" | "w:pPr" | "w:rPr" | "mc:Fallback" => {}
            _ if is_docx_note(inner) => {}
            _ => docx_run(inner, text),
        }
    }
}

fn odt_blocks(element: &Element, lines: &mut Vec<Line>) {
    for block in element.elements() {
        match block.name.as_str() {
            "text:h" | "text:p" => {
                let style = block.attribute("text:style-name").unwrap_or("");
                let is_heading =
                    block.is("text:h") && block.attribute("text:outline-level").is_none_or(|level| level == "1");
                let mut text = String::new();
                odt_run(block, &mut text);
                lines.push(Line { is_title: style == "Title" || is_heading, text });
            }
            "text:tracked-changes" | "office:forms" | "text:sequence-decls" | "text:table-of-content" => {}
            _ if block.is(NOTE_BODY) => {}
            "table:table-row" => {
                let cells: Vec<String> =
                    block.elements().map(|cell| one_line(&cell.text_without(&is_odt_note))).collect();
                lines.push(Line { is_title: false, text: cells.join(" | ") });
            }
            _ => odt_blocks(block, lines),
        }
    }
}

fn is_odt_note(element: &Element) -> bool {
    element.is("text:note") || element.is(NOTE_BODY)
}

fn odt_run(element: &Element, text: &mut String) {
    // Spaces, tabs and breaks are elements; everything else is text where it stands.
    let html = element.html(&|inner| match inner.name.as_str() {
        "text:s" | "text:tab" => Some("wbr-space".to_owned()),
        "text:line-break" => Some("br".to_owned()),
        "office:annotation" | "draw:frame" => None,
        _ if is_odt_note(inner) => None,
        _ => Some("span".to_owned()),
    });
    text.push_str(&plain_text(&html.replace("<wbr-space></wbr-space>", " ")));
}

fn parts(item: &RawItem, text: &str, facts: &str, config: &ReadConfig) -> Result<(Element, Element), Rejected> {
    let read = || {
        let mut document = open(&item.bytes)?;
        let text = part(&mut document, text, config)?;
        // A document without them is still a document.
        Ok((text, part(&mut document, facts, config).unwrap_or_default()))
    };
    read().map_err(|reason| Rejected { origin: item.origin.clone(), reason })
}

/// Facts of a document, which DOCX and ODT call by the names of Dublin Core.
fn facts_of(facts: &Element) -> Facts {
    let dates = ["created", "creation-date", "date", "modified"];
    Facts {
        title: line_of(facts, "title"),
        authors: names_of(facts),
        dates: dates.iter().filter_map(|name| line_of(facts, name)).collect(),
        language: line_of(facts, "language"),
        section: line_of(facts, "category").or_else(|| line_of(facts, "subject")),
        tags: line_of(facts, "keywords").or_else(|| line_of(facts, "keyword")),
    }
}

fn names_of(facts: &Element) -> Vec<String> {
    let creators = || facts.descendants().into_iter().filter(|found| found.local_name() == "creator");
    let names = creators().flat_map(|creator| byline::names(&creator.text()));
    // A program that makes books of web pages signs them.
    names.filter(|name| !name.eq_ignore_ascii_case("calibre")).collect()
}

/// Text of the first fact of this name, whatever its prefix.
fn line_of(facts: &Element, name: &str) -> Option<String> {
    let found = facts.descendants().into_iter().find(|found| found.local_name().eq_ignore_ascii_case(name))?;
    Some(one_line(&found.text())).filter(|text| !text.is_empty())
}

fn open(bytes: &[u8]) -> Result<Document<'_>, RejectReason> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| RejectReason::Damaged { detail: error.to_string() })
}

fn part(document: &mut Document<'_>, name: &str, config: &ReadConfig) -> Result<Element, RejectReason> {
    let bytes = part_bytes(document, name, config)?;
    Ok(xml::parse(&decode(&bytes, xml::declared_charset(&bytes).as_deref()))?.top)
}

fn part_bytes(document: &mut Document<'_>, name: &str, config: &ReadConfig) -> Result<Vec<u8>, RejectReason> {
    let damaged = |detail: String| RejectReason::Damaged { detail };
    let file = document.by_name(name).map_err(|error| damaged(format!("`{name}`: {error}")))?;
    let limit_bytes = config.max_page_bytes;
    let mut bytes = Vec::new();
    file.take(limit_bytes + 1).read_to_end(&mut bytes).map_err(|error| damaged(format!("`{name}`: {error}")))?;
    if bytes.len() as u64 > limit_bytes {
        return Err(RejectReason::TooLarge { size_bytes: bytes.len() as u64, limit_bytes });
    }
    Ok(bytes)
}
