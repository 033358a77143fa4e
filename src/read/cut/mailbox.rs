//! Mailboxes: a message begins at each line `From someone, on a day`, behind a blank line.

use std::io::{BufRead, Read};

use super::{Cutter, Outcome, Place, skip_mark};
use crate::read::error::RejectReason;

impl Cutter<'_> {
    /// Cuts the messages of a mailbox.
    pub(super) fn mailbox(&mut self, place: &Place, mut reader: Box<dyn BufRead + '_>) -> Outcome {
        skip_mark(&mut reader)?;
        let limit_bytes = self.config.max_article_bytes;
        let mut message = Vec::new();
        let (mut number, mut n_bytes, mut line) = (0, 0_u64, Vec::new());
        let (mut is_blank, mut is_line_start) = (true, true);
        loop {
            line.clear();
            // A line longer than the limit comes in parts, and goes with its message.
            let n_read = reader.by_ref().take(limit_bytes.max(1)).read_until(b'\n', &mut line)? as u64;
            // The first line is one, however short: it told what the file is.
            let is_between = is_separator(&line) || number == 0 && line.starts_with(b"From ");
            if n_read == 0 || (is_line_start && is_blank && is_between) {
                if number > 0 {
                    if n_bytes > limit_bytes {
                        let reason = RejectReason::TooLarge { size_bytes: n_bytes, limit_bytes };
                        self.reject(place, Some(number), reason)?;
                    } else if !message.iter().all(u8::is_ascii_whitespace) {
                        let bytes = std::mem::take(&mut message);
                        self.letter(place, Some(number), bytes)?;
                    }
                }
                if n_read == 0 {
                    return Ok(());
                }
                message.clear();
                (number, n_bytes, is_blank) = (number + 1, 0, false);
                continue;
            }
            n_bytes += n_read;
            if n_bytes > limit_bytes {
                message.clear();
            } else {
                message.extend_from_slice(if is_line_start { unquoted(&line) } else { &line });
            }
            is_blank = is_line_start && line.iter().all(|&byte| matches!(byte, b'\n' | b'\r'));
            is_line_start = line.ends_with(b"\n");
        }
    }
}

/// `From jane@example.org Thu Nov 26 10:00:00 2026`.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let is_number = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let is_year = |word: &[u8]| word.len() == 4 && is_number(word);
    // A paragraph may begin so: "From 2024 on".
    let is_time = |word: &[u8]| word.split(|&byte| byte == b':').all(is_number) && word.contains(&b':');
    let mut words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    words.clone().any(is_year) && words.clone().any(is_time) || words.next().is_some_and(|word| word.contains(&b'@'))
}

/// A line that began like a separator was quoted when it was stored: `>From here on`.
fn unquoted(line: &[u8]) -> &[u8] {
    let n_marks = line.iter().take_while(|&&byte| byte == b'>').count();
    if n_marks > 0 && line[n_marks..].starts_with(b"From ") { &line[1..] } else { line }
}
