//! Bytes become text: a byte order mark, what the document declares, or what the bytes look like.
//!
//! Never fails: bytes that fit no encoding are replaced. Also holds the last cleaning that all text
//! passes, whatever it was decoded from: line ends, control characters, NFC.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// So many bytes are enough to tell an encoding.
const DETECT_BYTES: usize = 256 * 1024;

/// So many bytes decide whether text without a mark is UTF-16.
const UTF16_SAMPLE_BYTES: usize = 4096;

/// Decodes a document; `declared` is the label that it states inside itself, if any.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark_bytes..]).0;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // Its escapes are plain ASCII: the only encoding that valid UTF-8 can hide.
    let is_escaped = declared == Some(ISO_2022_JP) && bytes.contains(&0x1b);
    if !is_escaped && let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let encoding = match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if is_mostly_utf8(bytes) => UTF_8,
        _ => guess(bytes),
    };
    encoding.decode_without_bom_handling(bytes).0
}

/// The beginning of a document, decoded well enough to see what it is.
pub(crate) fn sample_text(sample: &[u8]) -> Cow<'_, str> {
    if is_utf16(sample) { decode(sample, None) } else { String::from_utf8_lossy(sample) }
}

/// Whether bytes with zeros in them are text of two-byte units.
pub(crate) fn is_utf16(sample: &[u8]) -> bool {
    let by_mark = Encoding::for_bom(sample).is_some_and(|(encoding, _)| encoding != UTF_8);
    by_mark || utf16_without_mark(sample).is_some()
}

/// Ends lines with `\n`, drops control characters and invisible leftovers, and composes to NFC.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let text = if text.chars().any(needs_cleaning) { Cow::Owned(replace_unwanted(text)) } else { Cow::Borrowed(text) };
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => Cow::Owned(text.nfc().collect()),
    }
}

fn needs_cleaning(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffc}')
}

fn replace_unwanted(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let (mut last, mut before_last) = (' ', ' ');
    while let Some(c) = chars.next() {
        let is_between = || last.is_alphanumeric() && before_last != c && parts_words(c, chars.clone());
        if is_separator(c) && is_between() {
            clean.push(' ');
        }
        (before_last, last) = (last, c);
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            // Windows punctuation that was taken for Latin-1 on its way.
            '\u{80}'..='\u{9f}' => {
                let byte = [u32::from(c) as u8];
                let text = WINDOWS_1252.decode_without_bom_handling(&byte).0;
                clean.extend(text.chars().filter(|c| !c.is_control()));
            }
            c if needs_cleaning(c) => {}
            c => clean.push(c),
        }
    }
    clean
}

/// Control characters that stand between fields of records, where they stand in words at all.
fn is_separator(c: char) -> bool {
    matches!(c, '\0'..='\u{4}' | '\u{1c}'..='\u{1f}')
}

/// Whether a word follows on a separator. What alternates with letters is what is left of letters of two bytes.
fn parts_words(separator: char, rest: impl Iterator<Item = char>) -> bool {
    let mut rest = rest.skip_while(|&c| is_separator(c));
    rest.next().is_some_and(char::is_alphanumeric) && rest.next() != Some(separator)
}

/// Western text in UTF-16 has zeros in every second byte, and in those only.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(UTF16_SAMPLE_BYTES) & !1];
    let n_pairs = sample.len() / 2;
    if n_pairs < 4 {
        return None;
    }
    let (mut n_first, mut n_second) = (0, 0);
    for pair in sample.chunks_exact(2) {
        n_first += usize::from(pair[0] == 0);
        n_second += usize::from(pair[1] == 0);
    }
    // Nine in ten: Latin letters and white space, with room for quotes and dashes.
    let is_zero_half = |zeros: usize, other: usize| zeros * 10 >= n_pairs * 9 && other * 50 <= n_pairs;
    if is_zero_half(n_second, n_first) {
        Some(UTF_16LE)
    } else if is_zero_half(n_first, n_second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A text with as many whole UTF-8 characters as broken ones is damaged UTF-8: in other encodings,
/// bytes hardly ever fall into its pattern.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut n_broken, mut n_whole) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_whole > 0 && n_broken <= n_whole
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(DETECT_BYTES)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&str>, expected: &str) {
        assert_eq!(decode(bytes, declared), expected);
    }

    #[test]
    fn marks_and_declarations_are_honoured() {
        check("Zürich".as_bytes(), None, "Zürich");
        check(b"\xef\xbb\xbfKyiv", Some("windows-1251"), "Kyiv");
        check(b"Z\xfcrich", Some("iso-8859-1"), "Zürich");
        check(b"\xca\xe8\xe5\xe2", Some("windows-1251"), "Киев");
        check("Zürich".as_bytes(), Some("iso-8859-1"), "Zürich");
        check(b"\xff\xfeK\0y\0i\0v\0", None, "Kyiv");
        check(b"T\0a\0l\0k\0s\0 \0e\0n\0d\0", None, "Talks end");
        check(b"\x1b$B8x\x1b(B", Some("iso-2022-jp"), "公");
    }

    #[test]
    fn undeclared_text_is_recognised() {
        check(b"Le pr\xe9sident a \xe9t\xe9 re\xe7u \xe0 l'\xc9lys\xe9e", None, "Le président a été reçu à l'Élysée");
        let russian = "Президент подписал закон о бюджете на следующий год";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        check(&bytes, None, russian);
        let japanese = "東京で地震が発生した。津波の心配はない。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(japanese);
        check(&bytes, None, japanese);
    }

    #[test]
    fn broken_bytes_are_replaced() {
        let mut bytes =
            "Müller, Jäger und Schröder grüßten fünf Gäste höflich, später lächelten Köche".as_bytes().to_vec();
        bytes.push(0xc3);
        assert!(decode(&bytes, None).ends_with("Köche\u{fffd}"));
    }

    #[test]
    fn cleaning_leaves_only_text() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d"), "a\nb\nc\nd");
        assert_eq!(clean("a\u{feff}\u{ad}b\u{1b}"), "ab");
        assert_eq!(clean("council\0closed\0\0the\u{1f}bridge\0. \0Now\0"), "council closed the bridge. Now");
        assert_eq!(clean("n\0o\0w\0 a\0t\0 s\0e\0a\0"), "now at sea");
        assert_eq!(clean("it\u{92}s"), "it’s");
        assert_eq!(clean("e\u{301}"), "é");
    }
}
