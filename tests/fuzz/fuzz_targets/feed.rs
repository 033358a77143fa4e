//! Feeds: any bytes are read or rejected, and what is read is an article.
#![no_main]

use dateline::read::parse_bytes;
use libfuzzer_sys::fuzz_target;

/// Beginnings that lead into the reader; the first byte picks one.
const STARTS: &[&[u8]] = &[
    b"<rss><channel><item><title>",
    b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\">",
    b"<rdf:RDF><item><description>",
    b"<?xml version=\"1.0\" encoding=\"",
    b"<!DOCTYPE rss [<!ENTITY a \"",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let input = [STARTS[usize::from(first) % STARTS.len()], rest].concat();
    for article in parse_bytes("fuzz.xml", &input).into_iter().flatten() {
        assert!(!article.body.trim().is_empty(), "an article has text");
    }
});
