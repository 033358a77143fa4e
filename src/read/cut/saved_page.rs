//! Pages that a browser saved as one file (MHTML): the page comes first, what it shows behind it.
//!
//! It looks like a letter that nobody sent: parts that belong together, the first of them a page that
//! says where it was. Its date is that of saving, its sender a browser. Pictures, styles and inner
//! frames are the page's own business.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::{Address, HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders};

use super::Context;
use crate::read::mail;

/// A page, and what its file says of it.
pub(super) struct SavedPage {
    /// As the server sent them.
    pub(super) bytes: Vec<u8>,
    /// Where it was, and in which characters it is written.
    pub(super) context: Context,
}

/// Headers of what was sent to somebody.
const SENT: [HeaderName<'static>; 6] = [
    HeaderName::To,
    HeaderName::Cc,
    HeaderName::MessageId,
    HeaderName::Received,
    HeaderName::ReturnPath,
    HeaderName::Other(std::borrow::Cow::Borrowed("Delivered-To")),
];

/// The page of a file that looks like a letter; `None` for letters.
pub(super) fn find(file: &[u8]) -> Option<SavedPage> {
    // Letters are many, and their headers tell what they are.
    let head = MessageParser::default().parse_headers(file)?;
    let is_sent = SENT.into_iter().any(|name| head.header(name).is_some());
    let has_sender = head.from().and_then(Address::first).and_then(|from| from.address()).is_some_and(is_of_a_person);
    if is_sent || has_sender {
        return None;
    }
    let message = mail::parse(file).ok()??;
    let page = page(&message)?;
    let address = address(&message, page);
    // A letter that was never sent has no address, and a writer.
    if address.is_none() && message.from().is_some_and(|from| !is_browser(from)) {
        return None;
    }
    let (bytes, charset) = contents(file, page);
    let url = address.filter(|url| url.contains("://") && !url.starts_with("file:"));
    Some(SavedPage { bytes, context: Context { url, charset, ..Context::default() } })
}

fn is_of_a_person(address: &str) -> bool {
    address.contains('@')
}

/// `<Saved by Blink>`, `"Saved by Windows Internet Explorer 8"`.
fn is_browser(from: &Address<'_>) -> bool {
    let Some(sender) = from.first() else { return true };
    [sender.name(), sender.address()]
        .into_iter()
        .flatten()
        .any(|name| name.to_ascii_lowercase().starts_with("saved by"))
}

/// The part that the file opens with. A page of frames says nothing itself: what it is about stands in
/// the largest of them.
fn page<'m>(message: &'m Message<'_>) -> Option<&'m MessagePart<'m>> {
    let pages = || message.parts.iter().filter(|part| is_page(part));
    let start = message.content_type().and_then(|kind| kind.attribute("start")).map(|id| id.trim_matches(['<', '>']));
    let named = start.and_then(|id| pages().find(|part| part.content_id() == Some(id)));
    let first = named.or_else(|| pages().next())?;
    let is_frameset = first.text_contents().is_some_and(|text| text.to_ascii_lowercase().contains("<frameset"));
    if is_frameset { pages().max_by_key(|part| part.len()) } else { Some(first) }
}

/// By what is said of it: a part that breaks off is not taken for a page by the parser.
fn is_page(part: &MessagePart<'_>) -> bool {
    let Some(kind) = part.content_type() else { return false };
    kind.subtype().is_some_and(|subtype| ["html", "xhtml+xml"].iter().any(|page| subtype.eq_ignore_ascii_case(page)))
}

/// Where the page was, as its browser or the page itself says.
fn address(message: &Message<'_>, page: &MessagePart<'_>) -> Option<String> {
    let by_browser = message.header("Snapshot-Content-Location").and_then(HeaderValue::as_text);
    by_browser.or(page.content_location()).map(|url| url.split_whitespace().collect())
}

/// The bytes of a page before anyone took them for text, and the charset that is said of them: most
/// browsers leave that to the page.
fn contents(file: &[u8], page: &MessagePart<'_>) -> (Vec<u8>, Option<String>) {
    let packed = file.get(page.offset_body as usize..page.offset_end as usize).unwrap_or_default();
    let bytes = match page.content_transfer_encoding().map(str::to_ascii_lowercase).as_deref() {
        Some("quoted-printable") => unquoted(packed),
        Some("base64") => {
            let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/= \t\r\n".contains(byte);
            let end = packed.iter().position(|byte| !is_letter(byte)).unwrap_or(packed.len());
            base64_decode(&packed[..end]).unwrap_or_default()
        }
        _ => packed.to_vec(),
    };
    let charset = page.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_owned);
    (bytes, charset)
}

/// `caf=E9` in its bytes; a line that ends in `=` goes on. What is no code stays as it stands.
fn unquoted(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(packed.len());
    let mut rest = packed;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            bytes.push(byte);
        } else if let Some(next) = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")) {
            rest = next;
        } else if let Some(code) = after.get(..2).filter(|code| code.iter().all(u8::is_ascii_hexdigit))
            && let Some(code) = std::str::from_utf8(code).ok().and_then(|code| u8::from_str_radix(code, 16).ok())
        {
            bytes.push(code);
            rest = &after[2..];
        } else {
            bytes.push(byte);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_bytes() {
        for (packed, expected) in
            [("caf=E9", &b"caf\xe9"[..]), ("a=\r\nb=\nc\r\n", b"abc\r\n"), ("a=3D=", b"a=="), ("1=2x=+1", b"1=2x=+1")]
        {
            assert_eq!(unquoted(packed.as_bytes()), expected, "{packed}");
        }
    }

    #[test]
    fn what_was_sent_is_no_page() {
        let is_page = |head: &str| {
            let file = format!("{head}\nContent-Type: text/html\nContent-Location: https://a.example/\n\n<p>a</p>");
            find(file.as_bytes()).is_some()
        };
        assert!(is_page("From: <Saved by Blink>\nDate: Mon, 1 Dec 2025 08:00:00 -0000"));
        assert!(is_page("MIME-Version: 1.0"));
        assert!(!is_page("From: a@paper.example"));
        assert!(!is_page("From: The Paper\nTo: <b@x.example>"));
        assert!(!is_page("From: The Paper\nReceived: from x by y"));
        let written = "From: Jane Doe\nSubject: x\nContent-Type: text/html\n\n<p>a</p>";
        assert!(find(written.as_bytes()).is_none());
    }
}
