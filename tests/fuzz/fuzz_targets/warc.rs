//! Web archives: any bytes are read or rejected, and what is read is an article.
#![no_main]

use dateline::read::parse_bytes;
use libfuzzer_sys::fuzz_target;

/// Beginnings that lead into the reader; the first byte picks one.
const STARTS: &[&[u8]] = &[
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 200\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 500\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"WARC/1.0\r\n",
    b"filedesc://a 0 1 text/plain 3\nabc\n",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let input = [STARTS[usize::from(first) % STARTS.len()], rest].concat();
    for article in parse_bytes("fuzz.warc", &input).into_iter().flatten() {
        assert!(!article.body.trim().is_empty(), "an article has text");
    }
});
