//! Large collections in XML and SGML: runs of whole records, with what stands above the first.
//!
//! Knows where a record begins and ends, and nothing of what is in it.

use std::io::{BufRead, Read};
use std::sync::Arc;

use super::{Context, Cutter, Outcome, Place};
use crate::article::Format;
use crate::read::error::RejectReason;

/// Records are handed on in runs of about this size.
const BATCH_BYTES: usize = 256 * 1024;

/// What stands above the first record is kept up to here.
const MAX_PREAMBLE_BYTES: usize = 1024 * 1024;

/// What the records of a format are called.
pub(crate) fn record_names(format: Format) -> &'static [&'static str] {
    match format {
        Format::Feed => &["item", "entry"],
        Format::WordPress => &["item"],
        Format::MediaWiki => &["page"],
        Format::Sgml => &["reuters", "doc"],
        _ => &[],
    }
}

impl Cutter<'_> {
    /// Cuts the records of a collection, numbered from 1.
    pub(super) fn elements(&mut self, place: &Place, mut reader: Box<dyn BufRead + '_>, format: Format) -> Outcome {
        let limit_bytes = self.config.max_article_bytes;
        let names = record_names(format);
        let mut context = Context::default();
        let mut preamble = Vec::new();
        let (mut batch, mut first, mut number) = (Vec::new(), 1, 0);
        let mut record: Option<(&str, usize)> = None;
        let (mut hidden, mut n_bytes) = (None, 0_u64);
        let mut piece = Vec::new();
        loop {
            piece.clear();
            let n_read = reader.by_ref().take(limit_bytes.max(1)).read_until(b'>', &mut piece)? as u64;
            let is_end = n_read == 0;
            let tag = tag_of(&piece, &mut hidden);
            match record {
                None => {
                    let opened = tag.and_then(|(at, tag)| Some((at, names.iter().find(|name| opens(tag, name))?)));
                    match opened {
                        Some((at, name)) => {
                            if number == 0 {
                                preamble.extend_from_slice(&piece[..at]);
                                context.preamble = Arc::from(std::mem::take(&mut preamble));
                            }
                            number += 1;
                            if batch.is_empty() {
                                first = number;
                            }
                            // One without contents ends where it begins.
                            record = (!piece.ends_with(b"/>")).then_some((*name, batch.len()));
                            n_bytes = (piece.len() - at) as u64;
                            batch.extend_from_slice(&piece[at..]);
                        }
                        _ if number == 0 && preamble.len() + piece.len() <= MAX_PREAMBLE_BYTES => {
                            preamble.extend_from_slice(&piece);
                        }
                        _ => {}
                    }
                }
                Some((name, start)) => {
                    n_bytes += n_read;
                    if n_bytes > limit_bytes {
                        batch.truncate(start);
                    } else {
                        batch.extend_from_slice(&piece);
                    }
                    if is_end || tag.is_some_and(|(_, tag)| closes(tag, name)) {
                        record = None;
                        if n_bytes > limit_bytes {
                            let bytes = std::mem::take(&mut batch);
                            if !bytes.is_empty() {
                                self.item(place, Some(first), bytes, format, context.clone())?;
                            }
                            let reason = RejectReason::TooLarge { size_bytes: n_bytes, limit_bytes };
                            self.reject(place, Some(number), reason)?;
                        }
                    }
                }
            }
            if !batch.is_empty() && record.is_none() && (is_end || batch.len() >= BATCH_BYTES) {
                self.item(place, Some(first), std::mem::take(&mut batch), format, context.clone())?;
            }
            if is_end {
                return if number == 0 { Err(RejectReason::NoRecords { format }.into()) } else { Ok(()) };
            }
        }
    }
}

/// The tag at the end of a piece that ends in `>`, and where it begins; none inside of comments and
/// CDATA, which `hidden` keeps track of.
fn tag_of<'p>(piece: &'p [u8], hidden: &mut Option<&'static [u8]>) -> Option<(usize, &'p [u8])> {
    if let Some(end) = *hidden {
        if piece.ends_with(end) {
            *hidden = None;
        }
        return None;
    }
    let find = |mark: &[u8]| piece.windows(mark.len()).position(|window| window == mark);
    // Each hides the marks of the other.
    let marks = [(find(b"<![CDATA["), b"]]>".as_slice()), (find(b"<!--"), b"-->")];
    if let Some((_, end)) = marks.into_iter().filter_map(|(at, end)| Some((at?, end))).min() {
        if !piece.ends_with(end) {
            *hidden = Some(end);
        }
        return None;
    }
    let at = piece.iter().rposition(|&byte| byte == b'<')?;
    Some((at, &piece[at + 1..]))
}

fn opens(tag: &[u8], name: &str) -> bool {
    let Some((start, rest)) = tag.split_at_checked(name.len()) else { return false };
    start.eq_ignore_ascii_case(name.as_bytes())
        && rest.first().is_some_and(|&byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

fn closes(tag: &[u8], name: &str) -> bool {
    tag.strip_prefix(b"/").is_some_and(|tag| opens(tag, name))
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::super::{Source, cut};
    use super::*;
    use crate::read::{ReadConfig, parse};

    /// Titles in a large feed; `!` for what is no article.
    fn titles(feed: &str) -> Vec<String> {
        let config = ReadConfig { stream_from_bytes: 10, ..ReadConfig::default() };
        let mut titles = Vec::new();
        let outcome = cut(&Arc::from("/a.xml"), Source::Held(feed.into()), feed.len() as u64, &config, &mut |item| {
            parse(item.expect("items only"), &config, &mut |result| {
                titles.push(result.map_or("!".to_owned(), |article| article.title));
            });
            ControlFlow::Continue(())
        });
        assert_eq!(outcome, Ok(()));
        titles
    }

    /// A feed of more than one batch, its items numbered from 1.
    fn feed(above: &str, n_items: usize, text: impl Fn(usize) -> String) -> String {
        let items = (1..=n_items)
            .map(|nth| format!("<item><title>Story {nth}</title><description>{}</description></item>\n", text(nth)));
        format!("<rss><channel><title>The Paper</title>{above}{}</channel></rss>", items.collect::<String>())
    }

    #[test]
    fn comments_and_cdata_hide_each_other() {
        let n_items = 2 * BATCH_BYTES / 100;
        let all: Vec<String> = (1..=n_items).map(|nth| format!("Story {nth}")).collect();
        let words = "It rained for a day and a night. ".repeat(3);
        let rare =
            |nth: usize| if nth.is_multiple_of(1000) { format!("<![CDATA[{words} <!-- > ]]>") } else { words.clone() };
        assert_eq!(titles(&feed("<!-- texts stand in <![CDATA[ marks -->", n_items, rare)), all);
        assert_eq!(titles(&feed("<!-- <item><title>Old</title></item> -->", n_items, rare)), all);
    }

    #[test]
    fn what_stands_above_the_first_record_has_no_record() {
        let n_items = 2 * BATCH_BYTES / 100;
        let mut all: Vec<String> = (1..=n_items).map(|nth| format!("Story {nth}")).collect();
        all.insert(0, "!".to_owned());
        assert_eq!(titles(&feed("<item/>", n_items, |_| "It rained for a day and a night. ".repeat(3))), all);
    }
}
