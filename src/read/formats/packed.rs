//! Documents of word processors that are ZIP files of XML: DOCX and ODT. Also opens the ZIP file of a book.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Emit;
use super::document::{self, Facts, Line};
use super::html::plain_text;
use crate::read::byline;
use crate::read::decode::decode;
use crate::read::error::{RejectReason, Rejected};
use crate::read::prose::one_line;
use crate::read::xml::{self, Element};
use crate::read::{RawItem, ReadConfig};

/// The text of a note of OpenDocument.
const NOTE_BODY: &str = "text:note-body";

pub(super) type Document<'a> = ZipArchive<Cursor<&'a [u8]>>;

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
            _ if is_docx_note(inner) || is_vanished(inner) => {}
            _ => docx_run(inner, text),
        }
    }
}

/// Whether a run is one that its writer hid, and nobody sees on paper.
fn is_vanished(run: &Element) -> bool {
    let is_off = |value: &str| matches!(value, "0" | "false" | "off");
    let vanish = run.at("w:rPr/w:vanish").filter(|_| run.is("w:r"));
    vanish.is_some_and(|vanish| !vanish.attribute("w:val").is_some_and(is_off))
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

pub(super) fn names_of(facts: &Element) -> Vec<String> {
    let creators = || facts.descendants().into_iter().filter(|found| found.local_name() == "creator");
    let names = creators().flat_map(|creator| byline::names(&creator.text()));
    // A program that makes books of web pages signs them.
    names.filter(|name| !name.eq_ignore_ascii_case("calibre")).collect()
}

/// Text of the first fact of this name, whatever its prefix.
pub(super) fn line_of(facts: &Element, name: &str) -> Option<String> {
    let found = facts.descendants().into_iter().find(|found| found.local_name().eq_ignore_ascii_case(name))?;
    Some(one_line(&found.text())).filter(|text| !text.is_empty())
}

pub(super) fn open(bytes: &[u8]) -> Result<Document<'_>, RejectReason> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| RejectReason::Damaged { detail: error.to_string() })
}

pub(super) fn part(document: &mut Document<'_>, name: &str, config: &ReadConfig) -> Result<Element, RejectReason> {
    let bytes = part_bytes(document, name, config)?;
    Ok(xml::parse(&decode(&bytes, xml::declared_charset(&bytes).as_deref()))?.top)
}

pub(super) fn part_bytes(
    document: &mut Document<'_>,
    name: &str,
    config: &ReadConfig,
) -> Result<Vec<u8>, RejectReason> {
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
