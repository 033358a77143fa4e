//! What a server answered: the contents of an HTTP message, unpacked, and what kind of thing they are.

use std::io::{self, Cursor, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::GzDecoder;
use flate2::read::{DeflateDecoder, ZlibDecoder};

use super::UTF8_MARK;
use super::members::Members;
use super::meter::Damage;
use crate::article::Format;
use crate::read::ReadConfig;
use crate::read::detect::{self, Kind};

/// Lines of a header that are looked at.
const MAX_HEADER_LINES: usize = 200;

/// Brotli is unpacked in pieces of this size.
const CHUNK_BYTES: usize = 32 * 1024;

/// The contents of an answer.
pub(super) struct Payload {
    pub(super) bytes: Vec<u8>,
    pub(super) media_type: Option<String>,
    pub(super) charset: Option<String>,
    /// Where it breaks off.
    pub(super) damage: Option<String>,
}

/// Contents that came without HTTP.
pub(super) fn plain(bytes: Vec<u8>, content_type: Option<String>) -> Result<Payload, String> {
    let (media_type, charset) = content_type.map(|value| split_type(&value)).unwrap_or_default();
    Ok(Payload { bytes, media_type, charset, damage: None })
}

/// The contents of an HTTP answer, at most `limit_bytes`.
///
/// # Errors
/// With what the answer is, when it carries no contents.
pub(super) fn of_http(message: Vec<u8>, limit_bytes: u64) -> Result<Payload, String> {
    let (head, body) = split_head(&message);
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().unwrap_or("").split(' ').nth(1).and_then(|status| status.parse::<u16>().ok());
    match status {
        Some(200..=299) | None => {}
        Some(300..=399) => return Err("redirections".to_owned()),
        Some(_) => return Err("errors".to_owned()),
    }
    let headers: Vec<(&str, &str)> = lines.take(MAX_HEADER_LINES).filter_map(|line| line.split_once(':')).collect();
    let get = |name: &str| {
        let found = headers.iter().find(|(key, _)| key.trim().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let (media_type, charset) = get("content-type").map(|value| split_type(&value)).unwrap_or_default();
    let is_chunked = get("transfer-encoding").is_some_and(|value| value.contains("chunked"));
    let damage = Damage::default();
    let body = if is_chunked { unchunked(body, &damage) } else { body.to_vec() };
    let bytes = match get("content-encoding").as_deref() {
        Some("gzip" | "x-gzip") if body.starts_with(b"\x1f\x8b") => {
            unpack(Members::<_, GzDecoder<_>>::new(Cursor::new(body), damage.clone()), limit_bytes, &damage)
        }
        Some("deflate") => inflated(body, limit_bytes, &damage),
        Some("zstd") if body.starts_with(b"\x28\xb5\x2f\xfd") => {
            match zstd::stream::read::Decoder::new(body.as_slice()) {
                Ok(decoder) => unpack(decoder, limit_bytes, &damage),
                Err(error) => {
                    damage.note(error.to_string());
                    Vec::new()
                }
            }
        }
        Some("br") => unbrotlied(body, limit_bytes, &damage),
        // Crawlers unpack now and then, and keep the header.
        _ => body,
    };
    Ok(Payload { bytes, media_type, charset, damage: damage.detail() })
}

/// What an item of these contents is read as, and by which converter.
///
/// # Errors
/// With the kind of contents, when no article can be in it.
pub(super) fn format_of(
    url: &str,
    media_type: Option<&str>,
    bytes: &[u8],
    config: &ReadConfig,
) -> Result<(Format, Option<usize>), String> {
    let path = url.split(['?', '#']).next().unwrap_or("");
    let name = path.split_once("://").map_or(path, |(_, rest)| rest);
    let name = if name.contains('/') { name } else { "" };
    if let Some(converter) = config.converter_for(name, bytes) {
        return Ok((Format::Text, Some(converter)));
    }
    let kind = media_type.unwrap_or("");
    let found = detect::detect("", bytes, true);
    let named = || if kind.is_empty() { "of unknown kind".to_owned() } else { kind.to_owned() };
    match found {
        Ok(Kind::Whole(format @ Format::Html) | Kind::Collection(format @ Format::Feed)) => Ok((format, None)),
        Ok(Kind::Whole(format @ (Format::Nitf | Format::NewsMlG2 | Format::NewsMl))) => Ok((format, None)),
        Ok(_) if matches!(kind, "text/html" | "application/xhtml+xml") => Ok((Format::Html, None)),
        Ok(Kind::Whole(format @ (Format::Text | Format::Markdown)))
            if matches!(kind, "text/plain" | "text/markdown") =>
        {
            Ok((format, None))
        }
        _ => Err(named()),
    }
}

/// `text/html; charset=utf-8` in its parts.
fn split_type(value: &str) -> (Option<String>, Option<String>) {
    let mut parts = value.split(';');
    let media_type = parts.next().map(|part| part.trim().to_ascii_lowercase()).filter(|part| part.contains('/'));
    let charset = parts.find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (media_type, charset.filter(|charset| !charset.is_empty()))
}

/// Head and body of a message. One without an end of its head is all head.
fn split_head(message: &[u8]) -> (&[u8], &[u8]) {
    let crlf = message.windows(4).position(|window| window == b"\r\n\r\n").map(|at| (at, 4));
    let lf = message.windows(2).position(|window| window == b"\n\n").map(|at| (at, 2));
    match crlf.into_iter().chain(lf).min() {
        Some((at, n_bytes)) => (&message[..at], &message[at + n_bytes..]),
        None => (message, &[]),
    }
}

/// The chunks of a body put together. One that is not in chunks after all comes as it is; one that
/// breaks off, up to there.
fn unchunked(body: &[u8], damage: &Damage) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(40).position(|&byte| byte == b'\n');
        let size = end.and_then(|end| {
            let line = std::str::from_utf8(&rest[..end]).ok()?;
            usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()
        });
        let (Some(end), Some(size)) = (end, size) else {
            if bytes.is_empty() {
                return body.to_vec();
            }
            damage.note("its last chunk is missing");
            return bytes;
        };
        rest = &rest[end + 1..];
        if size == 0 {
            return bytes;
        }
        let n_bytes = size.min(rest.len());
        if n_bytes < size {
            damage.note("a chunk breaks off");
        }
        bytes.extend_from_slice(&rest[..n_bytes]);
        rest = &rest[n_bytes..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// Brotli has no mark of its own: what cannot be unpacked and looks like markup is unpacked already.
fn unbrotlied(body: Vec<u8>, limit_bytes: u64, damage: &Damage) -> Vec<u8> {
    let broken = Damage::default();
    let bytes = unpack(Decompressor::new(body.as_slice(), CHUNK_BYTES), limit_bytes, &broken);
    let is_markup = body.strip_prefix(UTF8_MARK).unwrap_or(&body).trim_ascii_start().starts_with(b"<");
    if broken.detail().is_some() && (is_markup || bytes.is_empty()) {
        return body;
    }
    broken.detail().into_iter().for_each(|detail| damage.note(detail));
    bytes
}

/// Deflate is sent with the frame of zlib and without. What is neither is unpacked already.
fn inflated(body: Vec<u8>, limit_bytes: u64, damage: &Damage) -> Vec<u8> {
    let by_zlib = Damage::default();
    let bytes = unpack(ZlibDecoder::new(body.as_slice()), limit_bytes, &by_zlib);
    let (bytes, broken) = if bytes.is_empty() {
        let bare = Damage::default();
        (unpack(DeflateDecoder::new(body.as_slice()), limit_bytes, &bare), bare)
    } else {
        (bytes, by_zlib)
    };
    if bytes.is_empty() {
        return body;
    }
    broken.detail().into_iter().for_each(|detail| damage.note(detail));
    bytes
}

/// As much as comes out, up to the limit. What came out before an error is kept.
fn unpack(reader: impl Read, limit_bytes: u64, damage: &Damage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let outcome = reader.take(limit_bytes.saturating_add(1)).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit_bytes {
        damage.note(format!("it unpacks to more than {limit_bytes} bytes"));
        bytes.pop();
    }
    if let Err(error) = outcome {
        let is_cut = error.kind() == io::ErrorKind::UnexpectedEof;
        damage.note(if is_cut { "it ends too early".to_owned() } else { error.to_string() });
    }
    bytes
}
