//! PDF: a damaged file is text or an error. Panics of the crate below are contained in it, ours are not.
#![no_main]

use std::sync::Once;

use dateline::read::pdf::extract;
use libfuzzer_sys::fuzz_target;

static QUIET: Once = Once::new();

/// A page around a stream of these contents, with a table of objects that leads to it.
fn page(contents: &[u8]) -> Vec<u8> {
    let head = b"%PDF-1.4\n";
    let fixed = "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>\nendobj\n\
        4 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n";
    let stream = format!("5 0 obj\n<< /Length {} >>\nstream\n", contents.len());
    [head, fixed.as_bytes(), stream.as_bytes(), contents, b"\nendstream\nendobj\n"].concat()
}

fuzz_target!(|bytes: &[u8]| {
    // The hook of the fuzzer ends the process at every panic, caught or not.
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let Some((&first, rest)) = bytes.split_first() else { return };
    let file = if first & 1 == 0 { rest.to_vec() } else { page(rest) };
    if let Ok(pages) = extract(&file) {
        assert!(!pages.text.trim().is_empty() || !pages.title.trim().is_empty(), "pages without letters are an error");
    }
});
