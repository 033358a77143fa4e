//! Mail and mailboxes: any bytes are read or rejected, and what is read is an article.
#![no_main]

use dateline::read::parse_bytes;
use libfuzzer_sys::fuzz_target;

/// Beginnings that lead into the reader; the first byte picks one.
const STARTS: &[&[u8]] = &[
    b"From: a\nSubject: b\nDate: ",
    b"From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
    b"From a@b 2024\nSubject: a\nFrom: b\n\n",
    b"From: a\nSubject: =?",
    b"Subject: a\nFrom: b\nContent-Type: text/html\n\n<p>",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let input = [STARTS[usize::from(first) % STARTS.len()], rest].concat();
    for article in parse_bytes("fuzz.eml", &input).into_iter().flatten() {
        assert!(!article.body.trim().is_empty(), "an article has text");
    }
});
