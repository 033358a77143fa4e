//! Tables: runs of whole rows, each with the header beside it.
//!
//! A row ends at the end of a line that stands in no quotes. What the cells say is read elsewhere, but for what no
//! row tells alone and the first run of rows settles: whether the dates of a column put the day first, and how long
//! its texts are.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use super::columns::{day_month_orders, words_of_columns};
use super::{Context, Cutter, Outcome, Place, UTF8_MARK, skip_mark};
use crate::article::Format;
use crate::read::detect::{self, delimiter};
use crate::read::error::RejectReason;

/// Rows are handed on in runs of about this size.
const BATCH_BYTES: usize = 256 * 1024;

/// A quote that is still open after so many bytes was no quote: books are shorter.
const MAX_QUOTED_BYTES: usize = 4 * 1024 * 1024;

/// Rows that are read a second time, for a quote that never closed; each may take as long as the rest.
const MAX_REPAIRS: usize = 100;

impl Cutter<'_> {
    /// Cuts the rows of a table, numbered from 1 below the header.
    pub(super) fn rows(&mut self, place: &Place, mut reader: Box<dyn BufRead + '_>) -> Outcome {
        let limit = usize::try_from(self.config.max_article_bytes).unwrap_or(usize::MAX);
        let has_mark = skip_mark(&mut reader)?;
        let mut lines = Lines { reader, again: VecDeque::new() };
        let mut header = Vec::new();
        while header.trim_ascii().is_empty() || header.trim_ascii().starts_with(b"sep=") {
            header.clear();
            if lines.read(&mut header, MAX_QUOTED_BYTES)? == 0 {
                return Err(RejectReason::Empty.into());
            }
        }
        let text = String::from_utf8_lossy(&header);
        // One column is a table too.
        let mark = delimiter(&text, &detect::extension(&place.name)).unwrap_or(b',');
        let mut quotes = Quotes::default().after(&header, mark);
        while quotes.are_open() && header.len() < MAX_QUOTED_BYTES {
            let n_before = header.len();
            if lines.read(&mut header, MAX_QUOTED_BYTES)? == 0 {
                break;
            }
            quotes = quotes.after(&header[n_before..], mark);
        }
        if has_mark {
            // It says of the rows too in which characters they are written.
            header.splice(..0, UTF8_MARK.iter().copied());
        }
        let mut context = Context { preamble: Arc::from(header), ..Context::default() };
        let (mut batch, mut first, mut row, mut n_repairs) = (Vec::new(), 1, 0, 0);
        loop {
            let mut bytes = Vec::new();
            let n_first = lines.read(&mut bytes, limit)?;
            let is_end = n_first == 0;
            if n_first >= limit && !bytes.ends_with(b"\n") {
                let size_bytes = (n_first + lines.skip()?) as u64;
                row += 1;
                look_ahead(&mut context, &batch, mark);
                self.run(place, &mut batch, first, &context)?;
                first = row + 1;
                self.reject(place, Some(row), RejectReason::TooLarge { size_bytes, limit_bytes: limit as u64 })?;
                continue;
            }
            let mut quotes = Quotes::default().after(&bytes, mark);
            while quotes.are_open() && bytes.len() < MAX_QUOTED_BYTES {
                let n_before = bytes.len();
                if lines.read(&mut bytes, MAX_QUOTED_BYTES)? == 0 {
                    break;
                }
                quotes = quotes.after(&bytes[n_before..], mark);
            }
            let is_broken = !is_end && quotes.are_open();
            let is_blank = bytes.trim_ascii().is_empty();
            row += u64::from(!is_end && !is_blank);
            if is_broken {
                lines.again.extend(bytes.drain(n_first..));
            } else if !is_blank {
                batch.extend_from_slice(&bytes);
            }
            if is_broken || is_end || batch.len() >= BATCH_BYTES {
                look_ahead(&mut context, &batch, mark);
                self.run(place, &mut batch, first, &context)?;
            }
            if is_broken {
                self.reject(place, Some(row), RejectReason::OpenQuote)?;
                n_repairs += 1;
                if n_repairs > MAX_REPAIRS {
                    let detail = format!("more than {MAX_REPAIRS} quotation marks are never closed");
                    return Err(RejectReason::Damaged { detail }.into());
                }
            }
            if is_end {
                return Ok(());
            }
            if batch.is_empty() {
                first = row + 1;
            }
        }
    }
}

/// Learns from the first run of rows how its columns write dates, and how much. Later rows change nothing: what was handed on
/// stays as it was read.
fn look_ahead(context: &mut Context, rows: &[u8], mark: u8) {
    if context.day_month_orders.is_empty() {
        context.day_month_orders = day_month_orders(rows, mark);
        context.n_words = words_of_columns(rows, mark);
    }
}

impl Cutter<'_> {
    /// Hands on the rows gathered so far.
    fn run(&mut self, place: &Place, rows: &mut Vec<u8>, first: u64, context: &Context) -> Outcome {
        if rows.is_empty() {
            return Ok(());
        }
        self.item(place, Some(first), std::mem::take(rows), Format::Table, context.clone())
    }
}

/// Lines, those that were put back first.
struct Lines<'a> {
    reader: Box<dyn BufRead + 'a>,
    again: VecDeque<u8>,
}

impl Lines<'_> {
    /// Passes over the rest of a line, and tells its size.
    fn skip(&mut self) -> io::Result<usize> {
        let (mut n_skipped, mut part) = (0, Vec::new());
        loop {
            part.clear();
            let n_read = self.read(&mut part, MAX_QUOTED_BYTES)?;
            n_skipped += n_read;
            if n_read == 0 || part.ends_with(b"\n") {
                return Ok(n_skipped);
            }
        }
    }

    /// Appends a line, or `max_bytes` of one.
    fn read(&mut self, line: &mut Vec<u8>, max_bytes: usize) -> io::Result<usize> {
        let n_before = self.again.read_until(b'\n', line)?;
        if n_before > 0 && line.ends_with(b"\n") {
            return Ok(n_before);
        }
        Ok(n_before + self.reader.by_ref().take(max_bytes as u64).read_until(b'\n', line)?)
    }
}

/// Follows the quotes of rows, which count where a cell begins.
#[derive(Clone, Copy, Debug, Default)]
enum Quotes {
    #[default]
    Start,
    Plain,
    Quoted,
    Quote,
}

impl Quotes {
    /// Where the next bytes lead.
    fn after(self, bytes: &[u8], mark: u8) -> Self {
        bytes.iter().fold(self, |state, &byte| match (state, byte) {
            (Self::Start | Self::Quote, b'"') => Self::Quoted,
            (Self::Quoted, b'"') => Self::Quote,
            (Self::Quoted, _) => Self::Quoted,
            (_, byte) if byte == mark || byte == b'\n' => Self::Start,
            _ => Self::Plain,
        })
    }

    /// Whether this is inside of a quoted cell.
    fn are_open(self) -> bool {
        matches!(self, Self::Quoted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_count_where_a_cell_begins() {
        for (rows, expected) in [
            ("a,b\n", false),
            ("a,\"b\n", true),
            ("a,\"b\nc\"\n", false),
            ("a,5\" pipe\n", false),
            ("\"a \"\"b\"\" c\",d\n", false),
            ("\"a \"\"b\n", true),
        ] {
            assert_eq!(Quotes::default().after(rows.as_bytes(), b',').are_open(), expected, "{rows}");
        }
    }
}
