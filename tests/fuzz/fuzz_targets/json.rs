//! JSON: any bytes are read or rejected, and what is read is an article.
#![no_main]

use dateline::read::parse_bytes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for article in parse_bytes("fuzz.json", bytes).into_iter().flatten() {
        assert!(!article.body.trim().is_empty(), "an article has text");
    }
});
