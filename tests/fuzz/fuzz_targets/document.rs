//! DOCX, ODT and EPUB: any parts are read or rejected, and what is read is an article.
#![no_main]

use std::io::{Cursor, Write};

use dateline::read::parse_bytes;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

const PACKAGE: &str =
    r#"<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>"#;

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let with = |start: &str| [start.as_bytes(), rest].concat();
    let parts: Vec<(&str, Vec<u8>)> = match first % 4 {
        0 => vec![("word/document.xml", with("<w:document><w:body><w:p><w:r><w:t>"))],
        1 => vec![
            ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()),
            ("content.xml", with("<office:text><text:p>")),
        ],
        2 => vec![
            ("mimetype", b"application/epub+zip".to_vec()),
            ("META-INF/container.xml", br#"<rootfile full-path="p.opf"/>"#.to_vec()),
            ("p.opf", PACKAGE.as_bytes().to_vec()),
            ("a.xhtml", with("<html><body><h1>")),
        ],
        _ => vec![
            ("mimetype", b"application/epub+zip".to_vec()),
            ("META-INF/container.xml", br#"<rootfile full-path="p.opf"/>"#.to_vec()),
            ("p.opf", with("<package><manifest><item id=")),
        ],
    };
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in &parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a name");
        archive.write_all(contents).expect("memory");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    for article in parse_bytes("fuzz", &bytes).into_iter().flatten() {
        assert!(!article.body.trim().is_empty(), "an article has text");
    }
});
