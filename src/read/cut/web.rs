//! Web archives, WARC and the older ARC: each answer of a server that is a page becomes an item.
//!
//! Requests, notes of the crawler and repeated answers are the archive's own business. Answers that
//! hold no article (pictures, scripts, errors) are counted, and named once for each archive.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};

use super::payload::{self, Payload};
use super::{Context, Cutter, Outcome, Place};
use crate::read::error::RejectReason;

/// Longest line of a header.
const MAX_LINE_BYTES: u64 = 64 * 1024;

/// Lines of a header that are looked at.
const MAX_HEADER_LINES: usize = 200;

/// Kinds of answers that are named in the report.
const MAX_KINDS_NAMED: usize = 4;

/// One answer: where it stands, where it came from, its bytes.
struct Answer {
    number: u64,
    url: String,
    /// Media type that the archive states, for a record that is no HTTP message.
    media_type: Option<String>,
    is_http: bool,
    bytes: Vec<u8>,
    /// The size that was promised.
    stated_bytes: u64,
}

/// Answers that hold no article, by what they hold.
#[derive(Default)]
struct LeftOut {
    n_answers: u64,
    by_kind: BTreeMap<String, u64>,
}

impl Cutter<'_> {
    /// Cuts a WARC file.
    pub(super) fn warc(&mut self, place: &Place, mut reader: Box<dyn BufRead + '_>) -> Outcome {
        let (mut number, mut left_out, mut damage) = (0, LeftOut::default(), None);
        let mut line = Vec::new();
        loop {
            if read_line(&mut reader, &mut line)? == 0 {
                break;
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            if !line.starts_with(b"WARC/") {
                damage = damage.or(Some(number));
                continue;
            }
            number += 1;
            let headers = read_headers(&mut reader, &mut line)?;
            let get =
                |name: &str| headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
            let Some(stated_bytes) = get("Content-Length").and_then(|value| value.parse::<u64>().ok()) else {
                damage = damage.or(Some(number));
                continue;
            };
            let kind = get("WARC-Type").map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
            let is_answer = matches!(kind.as_str(), "response" | "resource" | "conversion");
            let (bytes, n_read) = self.body(&mut reader, stated_bytes, is_answer)?;
            if !is_answer {
                if n_read < stated_bytes {
                    damage = damage.or(Some(number));
                }
                if kind == "continuation" {
                    left_out.n_answers += 1;
                    *left_out.by_kind.entry("continuations".to_owned()).or_default() += 1;
                }
                continue;
            }
            let media_type = get("Content-Type").cloned();
            let is_http = kind == "response"
                && media_type.as_deref().is_none_or(|media_type| media_type.to_ascii_lowercase().contains("http"));
            let url = get("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned()).unwrap_or_default();
            if (kind == "response" && !is_http) || url.starts_with("metadata:") {
                // Answers of other protocols (DNS), and what a crawler keeps of itself.
                continue;
            }
            let answer = Answer { number, url, media_type, is_http, bytes, stated_bytes };
            self.answer(place, answer, n_read, &mut left_out)?;
        }
        self.finish(place, number, left_out, damage)
    }

    /// Cuts an ARC file.
    pub(super) fn arc(&mut self, place: &Place, mut reader: Box<dyn BufRead + '_>) -> Outcome {
        let (mut number, mut left_out, mut damage) = (0, LeftOut::default(), None);
        let mut line = Vec::new();
        loop {
            if read_line(&mut reader, &mut line)? == 0 {
                break;
            }
            let text = String::from_utf8_lossy(line.trim_ascii()).into_owned();
            if text.is_empty() {
                continue;
            }
            // Addresses hold spaces now and then; the fields behind them never do.
            let fields: Vec<&str> = text.rsplitn(5, ' ').collect();
            let &[length, media_type, _date, _host, url] = fields.as_slice() else {
                damage = damage.or(Some(number));
                continue;
            };
            let Some(stated_bytes) = length.parse::<u64>().ok().filter(|_| url.contains(':')) else {
                damage = damage.or(Some(number));
                continue;
            };
            number += 1;
            let is_answer = !url.starts_with("filedesc:") && !url.starts_with("dns:");
            // The newer form has five fields more, the media type is six before the last.
            let is_longer = media_type.parse::<u64>().is_ok();
            let (bytes, n_read) = self.body(&mut reader, stated_bytes, is_answer)?;
            if !is_answer {
                continue;
            }
            let url = if is_longer { url.split(' ').next().unwrap_or(url) } else { url }.to_owned();
            let is_http = bytes.starts_with(b"HTTP/");
            let media_type = (!is_longer).then(|| media_type.to_owned());
            self.answer(
                place,
                Answer { number, url, media_type, is_http, bytes, stated_bytes },
                n_read,
                &mut left_out,
            )?;
        }
        self.finish(place, number, left_out, damage)
    }

    /// The body of a record, if it `is_wanted` and not too large, and how many bytes of it there were.
    fn body(&self, reader: &mut dyn BufRead, stated_bytes: u64, is_wanted: bool) -> io::Result<(Vec<u8>, u64)> {
        let mut body = reader.take(stated_bytes);
        let mut bytes = Vec::new();
        if is_wanted && stated_bytes <= self.config.max_article_bytes {
            body.read_to_end(&mut bytes)?;
        }
        let n_read = bytes.len() as u64;
        Ok((bytes, n_read + io::copy(&mut body, &mut io::sink())?))
    }

    fn answer(&mut self, place: &Place, answer: Answer, n_read: u64, left_out: &mut LeftOut) -> Outcome {
        let Answer { number, url, media_type, is_http, bytes, stated_bytes } = answer;
        left_out.n_answers += 1;
        let limit_bytes = self.config.max_article_bytes;
        if stated_bytes > limit_bytes {
            return self.reject(place, Some(number), RejectReason::TooLarge { size_bytes: stated_bytes, limit_bytes });
        }
        let payload = if is_http { payload::of_http(bytes, limit_bytes) } else { payload::plain(bytes, media_type) };
        let Payload { bytes, media_type, charset, damage } = match payload {
            Ok(payload) => payload,
            Err(kind) => {
                *left_out.by_kind.entry(kind).or_default() += 1;
                return Ok(());
            }
        };
        self.meter.count(bytes.len())?;
        let is_cut = n_read < stated_bytes;
        let damage = damage.filter(|_| !is_cut);
        if let Some(detail) = damage.as_ref().filter(|_| bytes.is_empty()) {
            return self.reject(place, Some(number), RejectReason::Damaged { detail: detail.clone() });
        }
        match payload::format_of(&url, media_type.as_deref(), &bytes, self.config) {
            Ok((format, converter)) => {
                let context = Context { url: Some(url), charset, converter, ..Context::default() };
                self.item(place, Some(number), bytes, format, context)?;
            }
            // What is wrong with a picture is nobody's business here.
            Err(kind) => {
                *left_out.by_kind.entry(kind).or_default() += 1;
                if !is_cut {
                    return Ok(());
                }
            }
        }
        let missing = is_cut.then(|| format!("{n_read} of {stated_bytes} bytes are there"));
        match missing.or(damage) {
            Some(detail) => self.reject(place, Some(number), RejectReason::Damaged { detail }),
            None => Ok(()),
        }
    }

    fn finish(&mut self, place: &Place, n_records: u64, left_out: LeftOut, damage: Option<u64>) -> Outcome {
        let n_left_out: u64 = left_out.by_kind.values().sum();
        if n_left_out > 0 {
            let mut kinds: Vec<(String, u64)> = left_out.by_kind.into_iter().collect();
            kinds.sort_by_key(|(_, n_answers)| std::cmp::Reverse(*n_answers));
            let n_kinds = kinds.len();
            let mut named: Vec<String> = kinds
                .into_iter()
                .take(MAX_KINDS_NAMED)
                .map(|(kind, n_answers)| format!("{n_answers} {kind}"))
                .collect();
            if n_kinds > MAX_KINDS_NAMED {
                named.push("others".to_owned());
            }
            let reason = RejectReason::LeftOut {
                n_left_out,
                n_records: left_out.n_answers,
                what: "answers hold no page",
                kinds: named.join(", "),
            };
            self.reject(place, None, reason)?;
        }
        if let Some(record) = damage {
            let detail = format!("what stands behind record {record} is no record");
            self.reject(place, None, RejectReason::Damaged { detail })?;
        }
        if n_records == 0 { Err(RejectReason::NoText.into()) } else { Ok(()) }
    }
}

fn read_line(reader: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    line.clear();
    reader.take(MAX_LINE_BYTES).read_until(b'\n', line)
}

fn read_headers(reader: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    while read_line(reader, line)? > 0 && !line.trim_ascii().is_empty() {
        let text = String::from_utf8_lossy(line);
        if let Some((key, value)) = text.split_once(':')
            && headers.len() < MAX_HEADER_LINES
        {
            headers.push((key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    Ok(headers)
}
