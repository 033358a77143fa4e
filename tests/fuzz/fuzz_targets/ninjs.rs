//! ninjs and linked data: any bytes are read or rejected, and what is read is an article.
#![no_main]

use dateline::read::parse_bytes;
use libfuzzer_sys::fuzz_target;

/// Beginnings that lead into the reader; the first byte picks one.
const STARTS: &[&[u8]] = &[
    b"{\"uri\":\"a\",\"body_html\":\"",
    b"{\"uri\":\"a\",\"bodies\":[{\"contentType\":\"application/nitf+xml\",\"value\":\"",
    b"{\"@context\":\"https://schema.org\",\"headline\":\"",
    b"{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"title\":\"",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let input = [STARTS[usize::from(first) % STARTS.len()], rest].concat();
    for article in parse_bytes("fuzz.json", &input).into_iter().flatten() {
        assert!(!article.body.trim().is_empty(), "an article has text");
    }
});
