//! What is attached to a letter is read like the members of an archive: press releases and papers come so.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Cursor;

use mail_parser::{MessagePart, MimeHeaders};

use super::meter::Damage;
use super::{Context, Cutter, Outcome, Place};
use crate::article::Format;
use crate::read::mail;

/// Letters that have something attached use one of these words.
const HINTS: [&[u8]; 5] = [b"name", b"message/", b"multipart/digest", b"attachment", b"application/"];

/// Endings of files by the ends of their media types.
const ENDINGS: [(&str, &str); 17] = [
    ("plain", "txt"),
    ("html", "html"),
    ("xhtml+xml", "html"),
    ("pdf", "pdf"),
    ("msword", "doc"),
    ("wordprocessingml.document", "docx"),
    ("opendocument.text", "odt"),
    ("rtf", "rtf"),
    ("epub+zip", "epub"),
    ("zip", "zip"),
    ("gzip", "gz"),
    ("csv", "csv"),
    ("json", "json"),
    ("xml", "xml"),
    ("calendar", "ics"),
    ("vcard", "vcf"),
    ("markdown", "md"),
];

/// Longest name of an attachment that is kept, in bytes.
const MAX_NAME_BYTES: usize = 200;

impl Cutter<'_> {
    /// Hands out a letter, then what is attached to it. `record` is its number in a mailbox.
    pub(super) fn letter(&mut self, place: &Place, record: Option<u64>, bytes: Vec<u8>) -> Outcome {
        let attachments = attachments(&bytes);
        self.item(place, record, bytes, Format::Email, Context::default())?;
        for (name, contents) in attachments {
            let name = record.map_or(name.clone(), |record| format!("{record}/{name}"));
            self.member(&place.inside(&name), Box::new(Cursor::new(contents)), &Damage::default())?;
        }
        Ok(())
    }
}

/// Names and contents of what is attached to a letter, each name once.
fn attachments(letter: &[u8]) -> Vec<(String, Vec<u8>)> {
    // Most letters have none, and parsing tells no sooner.
    // A letter inside a letter needs no name, and in a digest not even its kind is said.
    let may_hold = || HINTS.iter().any(|word| mail::mentions(letter, word));
    let is_alone = || mail::mentions(letter, b"content-type: application/");
    if !(mail::mentions(letter, b"multipart/") && may_hold() || is_alone()) {
        return Vec::new();
    }
    // What is too deep is refused as a letter.
    let Ok(Some(message)) = mail::parse(letter) else { return Vec::new() };
    let (mut found, mut n_named) = (Vec::new(), HashMap::<String, usize>::new());
    for (at, part) in message.attachments().filter(|part| !belongs_to_letter(part)).enumerate() {
        let Some(name) = name(part).or_else(|| name_by_kind(part, at + 1)) else { continue };
        // No name holds a slash but this.
        let nth = n_named.entry(name.clone()).or_default();
        *nth += 1;
        let unique = if *nth == 1 { name } else { format!("{nth}/{name}") };
        found.push((unique, contents(part).into_owned()));
    }
    found
}

/// Pictures shown in the letter, and signatures.
fn belongs_to_letter(part: &MessagePart<'_>) -> bool {
    let Some(kind) = part.content_type() else { return false };
    let is_shown = part.content_id().is_some() && !part.content_disposition().is_some_and(|it| it.is_attachment());
    let is_signature =
        kind.c_subtype.as_deref().is_some_and(|subtype| subtype.to_ascii_lowercase().ends_with("signature"));
    is_shown && kind.c_type.eq_ignore_ascii_case("image") || is_signature
}

/// A name for what was attached without one: its kind and its number. `None` for what is part of the letter: its
/// text in other forms, reports of its delivery, keys.
fn name_by_kind(part: &MessagePart<'_>, nth: usize) -> Option<String> {
    let kind = part.content_type();
    let subtype = kind.and_then(|kind| kind.subtype()).unwrap_or("").to_ascii_lowercase();
    let is_text = || matches!(subtype.as_str(), "plain" | "html");
    let is_file = match kind.map(|kind| kind.ctype().to_ascii_lowercase()).as_deref() {
        Some("application") => !subtype.starts_with("pgp-"),
        // What could not be decoded was not taken for text.
        Some("text") => is_text() && part.is_encoding_problem,
        _ => false,
    };
    let is_attached = part.content_disposition().is_some_and(|it| it.is_attachment());
    let ending = ENDINGS.iter().find(|(end, _)| subtype.ends_with(end)).map(|(_, ending)| format!(".{ending}"));
    (is_file || is_attached).then(|| format!("attachment-{nth}{}", ending.unwrap_or_default()))
}

/// The name of an attachment as a file, where it bears one.
fn name(part: &MessagePart<'_>) -> Option<String> {
    let named = part.attachment_name().or_else(|| part.is_message().then_some("letter.eml"))?;
    let is_odd = |c: char| c.is_control() || matches!(c, '/' | '\\');
    let mut name = named.trim().replace(is_odd, "_");
    if part.is_message() && !name.to_ascii_lowercase().ends_with(".eml") {
        name.push_str(".eml");
    }
    if name.len() > MAX_NAME_BYTES {
        // Its end says what kind of file it is.
        name = name[name.ceil_char_boundary(name.len() - MAX_NAME_BYTES)..].to_owned();
    }
    Some(if matches!(name.as_str(), "" | "." | "..") { "attachment".to_owned() } else { name })
}

/// The bytes of an attachment. Texts come decoded, and say so by the mark of UTF-8.
fn contents<'p>(part: &'p MessagePart<'_>) -> Cow<'p, [u8]> {
    let bytes = part.contents();
    if part.is_text() && !bytes.is_ascii() {
        Cow::Owned([b"\xef\xbb\xbf", bytes].concat())
    } else {
        Cow::Borrowed(bytes)
    }
}
