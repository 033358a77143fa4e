//! Archives: whole ones around any contents, and damaged ones, are read or rejected.
#![no_main]

use std::io::{Cursor, Write};

use dateline::read::parse_bytes;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

/// An archive of one kind with these contents.
fn packed(kind: u8, contents: &[u8]) -> Vec<u8> {
    match kind % 6 {
        0 => {
            let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for name in ["a.txt", "in/b.html"] {
                archive.start_file(name, SimpleFileOptions::default()).expect("a name");
                archive.write_all(contents).expect("memory");
            }
            archive.finish().expect("an archive").into_inner()
        }
        1 => {
            let mut archive = tar::Builder::new(Vec::new());
            let mut header = tar::Header::new_gnu();
            header.set_size(contents.len() as u64);
            archive.append_data(&mut header, "a.txt", contents).expect("memory");
            archive.into_inner().expect("an archive")
        }
        2 => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(contents).expect("memory");
            packed.finish().expect("packed data")
        }
        3 => zstd::stream::encode_all(contents, 1).expect("packed data"),
        4 => {
            let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            packed.write_all(contents).expect("memory");
            packed.finish().expect("packed data")
        }
        _ => {
            let mut options = lzma_rust2::XzOptions::with_preset(0);
            options.lzma_options.dict_size = 4096;
            let mut packed = lzma_rust2::XzWriter::new(Vec::new(), options).expect("options");
            packed.write_all(contents).expect("memory");
            packed.finish().expect("packed data")
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let [outer, inner, at, flip, contents @ ..] = bytes else { return };
    let mut archive = packed(*outer, &packed(*inner, contents));
    // One byte in the headers, which is where archives break.
    let end = archive.len();
    let place = if at & 1 == 0 { usize::from(*at) % end } else { end - 1 - usize::from(*at) % end };
    archive[place] ^= flip;
    for article in parse_bytes("fuzz", &archive).into_iter().flatten() {
        assert!(!article.body.trim().is_empty(), "an article has text");
    }
    let _ = parse_bytes("fuzz", contents);
});
