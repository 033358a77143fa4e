//! Rich text: any bytes are read or rejected, and what is read is an article.
#![no_main]

use dateline::read::parse_bytes;
use libfuzzer_sys::fuzz_target;

/// Beginnings that lead into each part of the reader; the first byte picks one.
const STARTS: &[&[u8]] = &[
    b"{\\rtf1 ",
    b"{\\rtf1{\\fonttbl{\\f0\\fcharset128 A;}{\\f1\\fcharset",
    b"{\\rtf1{\\stylesheet{\\s1 heading 1;}{\\s",
    b"{\\rtf1{\\info{\\title a}{\\creatim\\yr2024\\mo",
    b"{\\rtf1\\ansicpg932 a\\'93\\'",
    b"{\\rtf1\\uc2 a\\u-10179 ",
    b"{\\rtf1\\trowd\\intbl a\\cell b\\cell\\row\\intbl ",
    b"{\\rtf1 a{\\upr{b}{\\*\\ud{",
    b"{\\rtf1 a{\\pict\\bin4 ",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let input = [STARTS[usize::from(first) % STARTS.len()], rest].concat();
    for article in parse_bytes("fuzz.rtf", &input).into_iter().flatten() {
        assert!(!article.body.trim().is_empty(), "an article has text");
    }
});
