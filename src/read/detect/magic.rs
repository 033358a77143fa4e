//! Data told by its first bytes: what is unpacked, and what is no text at all.

use super::{HEAD_BYTES, Kind, unread};
use crate::read::error::RejectReason;

/// Text may hold a stray control byte, broken copies of text a few; compressed or executable data
/// hold one in ten. The border lies well between.
const MAX_CONTROL_SHARE: f64 = 0.02;

/// Where a tar header says what it is.
const TAR_MAGIC_AT: usize = 257;

/// Files that hold other files or records, told by their bytes.
pub(super) fn packed(sample: &[u8], extension: &str) -> Option<Kind> {
    if sample.starts_with(b"PK\x03\x04") || sample.starts_with(b"PK\x05\x06") {
        return Some(Kind::Zip);
    }
    if sample.starts_with(b"\x1f\x8b") {
        return Some(Kind::Gzip);
    }
    if is_bzip2(sample) {
        return Some(Kind::Bzip2);
    }
    if sample.starts_with(b"\xfd7zXZ\0") {
        return Some(Kind::Xz);
    }
    if sample.starts_with(b"\x28\xb5\x2f\xfd") {
        return Some(Kind::Zstd);
    }
    if sample.get(TAR_MAGIC_AT..).is_some_and(|rest| rest.starts_with(b"ustar"))
        || (extension == "tar" && is_old_tar(sample))
    {
        return Some(Kind::Tar);
    }
    if sample.starts_with(b"WARC/") {
        return Some(Kind::Warc);
    }
    sample.starts_with(b"filedesc://").then_some(Kind::Arc)
}

/// The mark of bzip2 is three letters; its first block, or its end, has a longer one.
fn is_bzip2(sample: &[u8]) -> bool {
    let blocks: [&[u8]; 2] = [b"1AY&SY", b"\x17rE8P\x90"];
    let Some([b'B', b'Z', b'h', b'1'..=b'9', rest @ ..]) = sample.get(..10) else { return false };
    blocks.contains(&rest)
}

/// A header of the oldest kind has no magic word, but a checksum of its 512 bytes.
fn is_old_tar(sample: &[u8]) -> bool {
    let Some(header) = sample.get(..512) else { return false };
    let stated = String::from_utf8_lossy(&header[148..156]);
    let stated = u32::from_str_radix(stated.trim_matches(['\0', ' ']), 8);
    let sum = header.iter().enumerate().map(|(at, &byte)| if (148..156).contains(&at) { 32 } else { u32::from(byte) });
    stated == Ok(sum.sum())
}

/// What a converter for data like this goes by, whatever the file is called: `pdf`, `rtf`, `doc`.
pub(crate) fn content_key(sample: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 4] = [(b"%PDF", "pdf"), (b"{\\rtf", "rtf"), (b"%!PS", "ps"), (b"AT&TFORM", "djvu")];
    let by_word = known.iter().find(|(word, _)| sample.starts_with(word)).map(|(_, key)| *key);
    by_word.or_else(|| {
        (!is_two_byte(sample) && is_binary(sample)).then(|| infer::get(sample))?.map(|kind| kind.extension())
    })
}

/// Names data that is not text, or text in the magic words of a foreign format.
pub(super) fn foreign(sample: &[u8]) -> Option<RejectReason> {
    const CONVERT: &str = "convert it to text first, or name a converter with `--convert`";
    const UNPACK: &str = "unpack it first";
    if sample.starts_with(b"%!PS") {
        return Some(unread("PostScript", CONVERT));
    }
    if is_two_byte(sample) || !is_binary(sample) {
        return None;
    }
    Some(match infer::get(sample).map_or("", |kind| kind.extension()) {
        "doc" => unread("an old Word document", CONVERT),
        "mobi" => unread("an e-book of this kind", CONVERT),
        "xls" => unread("a spreadsheet", "save it as CSV first"),
        "ppt" => unread("a presentation", CONVERT),
        "lz4" | "lz" | "Z" | "br" => unread("this compression", UNPACK),
        "7z" | "rar" | "ar" | "cab" | "cpio" => unread("this archive", UNPACK),
        "" => RejectReason::Binary { kind: "binary data".to_owned() },
        other => {
            let article = if other.starts_with(['a', 'e', 'i', 'o', 'x', 'm']) { "an" } else { "a" };
            RejectReason::Binary { kind: format!("{article} {} file", other.to_ascii_uppercase()) }
        }
    })
}

/// Whether text comes in two-byte units, which cannot be cut at line ends.
pub(crate) fn is_two_byte(head: &[u8]) -> bool {
    crate::read::decode::is_utf16(&head[..head.len().min(HEAD_BYTES)])
}

fn is_binary(sample: &[u8]) -> bool {
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x08 | 0x0b | 0x0c | 0x1b);
    let n_control = sample.iter().filter(|&&byte| is_control(byte)).count();
    n_control as f64 > sample.len() as f64 * MAX_CONTROL_SHARE
}
