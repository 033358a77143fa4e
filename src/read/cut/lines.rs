//! Cuts a stream of JSON Lines into batches of whole lines, in bounded memory.
//!
//! What a line says is the business of [`crate::read::formats`]. A line longer
//! than an article may be is skipped with its number, and the lines after it are still read.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

/// Lines are handed on in batches of about this size: large enough that the cost of passing a batch
/// to another thread vanishes, small enough that a few of them in flight do not fill the memory.
const BATCH_BYTES: usize = 256 * 1024;

/// A run of whole lines, or a line that was too long.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Batch {
    /// Lines with their ends, the first of which has this 1-based number.
    Lines {
        /// Number of the first line.
        first_line: u64,
        /// The lines.
        bytes: Vec<u8>,
    },
    /// A line beyond the limit.
    TooLong {
        /// Its number.
        line: u64,
        /// Its size, without its end.
        size_bytes: u64,
    },
}

/// Reads `reader` to its end, or until `emit` breaks. At most `max_line_bytes` and one batch are held.
pub(crate) fn batches(
    mut reader: impl BufRead,
    max_line_bytes: u64,
    emit: &mut dyn FnMut(Batch) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    let mut first_line = 1;
    let mut line = 1;
    loop {
        let start = bytes.len();
        // One byte more than allowed tells a line that just fits from one that does not.
        let n_read = reader.by_ref().take(max_line_bytes.saturating_add(1)).read_until(b'\n', &mut bytes)? as u64;
        if n_read == 0 {
            break;
        }
        let ended = bytes.last() == Some(&b'\n');
        if !ended && n_read > max_line_bytes {
            bytes.truncate(start);
            let lines = std::mem::take(&mut bytes);
            if !lines.is_empty() && emit(Batch::Lines { first_line, bytes: lines }).is_break() {
                return Ok(());
            }
            let size_bytes = n_read + skip_line(&mut reader)?;
            if emit(Batch::TooLong { line, size_bytes }).is_break() {
                return Ok(());
            }
            first_line = line + 1;
        } else if bytes.len() >= BATCH_BYTES {
            let lines = std::mem::take(&mut bytes);
            if emit(Batch::Lines { first_line, bytes: lines }).is_break() {
                return Ok(());
            }
            first_line = line + 1;
        }
        line += 1;
    }
    if !bytes.is_empty() {
        let _ = emit(Batch::Lines { first_line, bytes });
    }
    Ok(())
}

/// Drops the rest of a line with its end, and tells how many bytes of the line that were.
fn skip_line(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut n_skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(n_skipped);
        }
        match buffer.iter().position(|&byte| byte == b'\n') {
            Some(end) => {
                reader.consume(end + 1);
                return Ok(n_skipped + end as u64);
            }
            None => {
                let n_bytes = buffer.len();
                reader.consume(n_bytes);
                n_skipped += n_bytes as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, max_line_bytes: u64, expected: &[&str]) {
        let mut seen = Vec::new();
        batches(input.as_bytes(), max_line_bytes, &mut |batch| {
            seen.push(match batch {
                Batch::Lines { first_line, bytes } => format!("{first_line}:{}", String::from_utf8_lossy(&bytes)),
                Batch::TooLong { line, size_bytes } => format!("{line} has {size_bytes}"),
            });
            ControlFlow::Continue(())
        })
        .expect("reading memory cannot fail");
        assert_eq!(seen, expected);
    }

    #[test]
    fn lines_keep_their_numbers() {
        check("", 9, &[]);
        check("a\nb", 9, &["1:a\nb"]);
        check("a\n\nb\n", 9, &["1:a\n\nb\n"]);
    }

    #[test]
    fn a_long_line_costs_only_itself() {
        check("a\nlonger\nb\n", 3, &["1:a\n", "2 has 6", "3:b\n"]);
        check("longer", 3, &["1 has 6"]);
        check("four\nabc\n", 3, &["1 has 4", "2:abc\n"]);
    }

    #[test]
    fn large_inputs_come_in_pieces() {
        let text = "0123456789\n".repeat(BATCH_BYTES / 11 + 2);
        let mut sizes = Vec::new();
        batches(text.as_bytes(), 100, &mut |batch| {
            if let Batch::Lines { first_line, bytes } = batch {
                sizes.push((first_line, bytes.len()));
            }
            ControlFlow::Continue(())
        })
        .expect("reading memory cannot fail");
        assert_eq!(sizes.len(), 2);
        assert_eq!(sizes[1].0 as usize, sizes[0].1 / 11 + 1);
        assert_eq!(sizes[0].1 + sizes[1].1, text.len());
    }
}
