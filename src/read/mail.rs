//! Parses letters, but none that would overflow the stack: a letter inside a letter is a value inside a
//! value, and so is dropped and copied by as many calls as there are levels.
//!
//! The depth is bounded from above without parsing: every level is stated by a header of its own.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::{Message, MessageParser};

use super::error::RejectReason;

/// Headers that state a letter within a letter, or a digest of letters. Digests have some hundreds.
const MAX_LETTERS: usize = 1000;

/// The same in what is packed in codes, which no mail program does with letters. The parser copies these,
/// which takes more of the stack for each level.
const MAX_PACKED_LETTERS: usize = 100;

/// The parser unpacks packed letters in packed letters this often.
const MAX_PACKINGS: usize = 3;

/// The shortest run of Base64 that could state a letter, in bytes.
const MIN_PACKED_BYTES: usize = 24;

/// Parses a letter; `None` for what has no header.
pub(in crate::read) fn parse(letter: &[u8]) -> Result<Option<Message<'_>>, RejectReason> {
    let n_letters = n_letters(letter);
    if n_letters > MAX_LETTERS {
        return Err(RejectReason::TooDeep { limit: MAX_LETTERS });
    }
    if n_letters > 0 && n_packed(letter, MAX_PACKINGS) > MAX_PACKED_LETTERS {
        return Err(RejectReason::TooDeep { limit: MAX_PACKED_LETTERS });
    }
    Ok(MessageParser::default().parse(letter))
}

/// Most headers that state letters in what any part of `bytes` unpacks to.
fn n_packed(bytes: &[u8], n_packings: usize) -> usize {
    let mut most = 0;
    let mut look_at = |unpacked: &[u8]| {
        let n_letters = n_letters(unpacked);
        most = most.max(n_letters);
        if n_letters > 0 && most <= MAX_PACKED_LETTERS && n_packings > 1 {
            most = most.max(n_packed(unpacked, n_packings - 1));
        }
    };
    if mentions(bytes, b"quoted-printable") {
        look_at(&unquoted(bytes));
    }
    if mentions(bytes, b"base64") {
        let is_code = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-".contains(&byte) || byte.is_ascii_whitespace();
        for run in bytes.split(|&byte| !is_code(byte)).filter(|run| run.len() >= MIN_PACKED_BYTES) {
            // The parser passes over lone dashes too.
            let codes: Vec<u8> =
                run.iter().copied().filter(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte)).collect();
            // Where in the run the packed part begins is not known.
            for start in 0..codes.len().min(4) {
                let codes = &codes[start..];
                look_at(&base64_decode(&codes[..codes.len() / 4 * 4]).unwrap_or_default());
            }
        }
    }
    most
}

/// Headers that say that a letter or a digest follows.
fn n_letters(bytes: &[u8]) -> usize {
    let mut n_letters = 0;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"content-type") {
        let start = at + found;
        at = start + header_bytes(&bytes[start..]);
        let header = &bytes[start..at];
        let states = |kind: &[u8], form: &[u8]| mentions(header, kind) && mentions(header, form);
        let is_letter = states(b"message", b"rfc822") || states(b"message", b"global");
        n_letters += usize::from(is_letter || states(b"multipart", b"digest"));
    }
    n_letters
}

/// Bytes of the header that `bytes` begin with, and of the indented lines that continue it.
fn header_bytes(bytes: &[u8]) -> usize {
    let mut lines = bytes.split_inclusive(|&byte| byte == b'\n');
    let first = lines.next().map_or(0, <[u8]>::len);
    first + lines.take_while(|line| line.starts_with(b" ") || line.starts_with(b"\t")).map(<[u8]>::len).sum::<usize>()
}

/// Whether a word stands anywhere, in whatever case.
pub(super) fn mentions(bytes: &[u8], word: &[u8]) -> bool {
    find(bytes, word).is_some()
}

/// Where a word stands first, in whatever case.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window.eq_ignore_ascii_case(word))
}

/// `=6D` in its bytes, as leniently as the parser does it, all over a file.
fn unquoted(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(packed.len());
    let mut rest = packed;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            bytes.push(byte);
            continue;
        }
        let n_blanks = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        let code = after.get(n_blanks..n_blanks + 2).and_then(|code| std::str::from_utf8(code).ok());
        if after.get(n_blanks) == Some(&b'\n') {
            rest = &after[n_blanks + 1..];
        } else if let Some(code) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(code);
            rest = &after[n_blanks + 2..];
        } else {
            bytes.push(byte);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    fn base64(text: &str) -> String {
        let codes = text.as_bytes().chunks(3).flat_map(|bytes| {
            let word = (0..3).fold(0, |word, at| word << 8 | u32::from(*bytes.get(at).unwrap_or(&b' ')));
            [18, 12, 6, 0].map(|shift| char::from(ALPHABET[(word >> shift & 63) as usize]))
        });
        codes.collect()
    }

    fn quoted(text: &str) -> String {
        text.bytes().map(|byte| format!("={byte:02X}")).collect()
    }

    /// A letter within `n` letters.
    fn nested(n: usize, inner: &str) -> String {
        "Content-Type:message/rfc822\n\n".repeat(n) + inner
    }

    fn packed(encoding: &str, inner: &str) -> String {
        format!("Content-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\n{inner}\n")
    }

    /// Levels of a letter, told, and dropped, on a thread as small as they come.
    fn depth(letter: String) -> Result<usize, RejectReason> {
        let depth = move || {
            let message = parse(letter.as_bytes())?.ok_or(RejectReason::NoText)?;
            let (mut depth, mut inner) = (0, &message);
            while let Some(next) = inner.parts.iter().find_map(|part| part.message()) {
                (depth, inner) = (depth + 1, next);
            }
            Ok(depth)
        };
        let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(depth).expect("a thread starts");
        thread.join().expect("it ends")
    }

    #[test]
    fn the_deepest_letters_are_survived() {
        let text = "Subject: x\n\nText";
        assert_eq!(depth(nested(MAX_LETTERS, text)), Ok(MAX_LETTERS));
        let mut letter = nested(MAX_PACKED_LETTERS, text);
        for _ in 1..MAX_PACKINGS {
            letter = nested(MAX_PACKED_LETTERS - 1, &packed("base64", &base64(&letter)));
        }
        let letter = nested(MAX_LETTERS - 1, &packed("base64", &base64(&letter)));
        assert_eq!(depth(letter), Ok(MAX_LETTERS + MAX_PACKINGS * MAX_PACKED_LETTERS));
    }

    #[test]
    fn deeper_letters_are_refused() {
        let too_deep = Err(RejectReason::TooDeep { limit: MAX_LETTERS });
        let text = "Subject: x\n\nText";
        for header in [
            "Content-Type:message/rfc822\n\n",
            "CONTENT-TYPE: Message/Global\r\n\r\n",
            "Content-type: message\n (x) /\n\trfc822\n\n",
            "Content-Type: multipart/digest; boundary=b\n\n--b\n\n",
        ] {
            assert_eq!(depth(header.repeat(40_000) + text), too_deep, "{header}");
        }
        let too_deep = Err(RejectReason::TooDeep { limit: MAX_PACKED_LETTERS });
        let inner = nested(20_000, text);
        let base64_inner = packed("base64", &base64(&inner));
        assert_eq!(depth(base64_inner.clone()), too_deep);
        assert_eq!(depth(packed("quoted-printable", &quoted(&inner))), too_deep);
        assert_eq!(depth(packed("quoted-printable", &inner.replace("message", "mess= \nage"))), too_deep);
        assert_eq!(depth(packed("base64", &base64(&base64_inner))), too_deep);
        assert_eq!(depth(packed("quoted-printable", &quoted(&base64_inner))), too_deep);
    }

    #[test]
    fn long_digests_are_letters() {
        let letters = "--b\nContent-Type: message/rfc822\n\nSubject: x\n\nText\n".repeat(500);
        let digest = format!("Subject: x\nContent-Type: multipart/digest; boundary=b\n\n{letters}--b--\n");
        let message = parse(digest.as_bytes()).expect("it is flat").expect("it is a letter");
        assert_eq!(message.parts.iter().filter(|part| part.is_message()).count(), 500);
        let text = format!("Subject: x\n\n{}", "message/rfc822 multipart/digest\n".repeat(10_000));
        assert_eq!(depth(text), Ok(0));
    }
}
