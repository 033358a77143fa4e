//! What is attached to a letter is read like the members of an archive: press releases and papers come so.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Cursor;

use mail_parser::{MessagePart, MimeHeaders};

use super::meter::Damage;
use super::{Context, Cutter, Outcome, Place};
use crate::article::Format;
use crate::read::mail;

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
    let may_hold =
        || [b"name".as_slice(), b"message/", b"multipart/digest"].into_iter().any(|word| mail::mentions(letter, word));
    if !mail::mentions(letter, b"multipart/") || !may_hold() {
        return Vec::new();
    }
    // What is too deep is refused as a letter.
    let Ok(Some(message)) = mail::parse(letter) else { return Vec::new() };
    let (mut found, mut n_named) = (Vec::new(), HashMap::<String, usize>::new());
    for part in message.attachments().filter(|part| !belongs_to_letter(part)) {
        let Some(name) = name(part) else { continue };
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

/// The name of an attachment as a file; `None` for what has none, which is text of the letter.
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
