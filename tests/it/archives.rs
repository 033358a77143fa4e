//! Files in files: archives in archives, web archives, and what only pretends to be one.

use std::io::{Cursor, Write};

use bzip2::write::BzEncoder;
use flate2::Compression;
use flate2::write::GzEncoder;
use lzma_rust2::{XzOptions, XzWriter};
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::env::TestEnv;

/// A ZIP archive of these files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a name");
        archive.write_all(contents).expect("memory is there");
    }
    archive.finish().expect("an archive").into_inner()
}

pub(crate) fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, contents) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(contents.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, *contents).expect("memory is there");
    }
    archive.into_inner().expect("an archive")
}

pub(crate) fn gzip(contents: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(contents).expect("memory is there");
    packed.finish().expect("packed data")
}

fn zstd(contents: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(contents, 3).expect("packed data")
}

fn bzip2(contents: &[u8]) -> Vec<u8> {
    let mut packed = BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packed.write_all(contents).expect("memory is there");
    packed.finish().expect("packed data")
}

/// Packed by xz with a dictionary of this size.
fn xz_with(contents: &[u8], dictionary_bytes: u32) -> Vec<u8> {
    let mut options = XzOptions::with_preset(1);
    options.lzma_options.dict_size = dictionary_bytes;
    let mut packed = XzWriter::new(Vec::new(), options).expect("options");
    packed.write_all(contents).expect("memory is there");
    packed.finish().expect("packed data")
}

fn xz(contents: &[u8]) -> Vec<u8> {
    xz_with(contents, 1 << 16)
}

/// Reads one file: `name:record title` of each article, and each reject with its place.
#[track_caller]
fn read(name: &str, bytes: &[u8]) -> Vec<String> {
    let env = TestEnv::new();
    env.write(name, bytes);
    let lines = env.run(["read", "--json", name]).json();
    lines.iter().map(shown).collect()
}

fn shown(line: &Value) -> String {
    let path = line["path"].as_str().unwrap_or("").replace("[TEMP]/", "");
    let record = line["record"].as_u64().map(|record| format!(":{record}")).unwrap_or_default();
    match line["reason"].as_str() {
        Some(reason) => format!("{path}{record} ! {reason}"),
        None => format!("{path}{record} {}", line["title"].as_str().unwrap_or("")),
    }
}

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    let found = read(name, bytes);
    assert_eq!(found, expected, "\n{}", found.join("\n"));
}

const STORY: &[u8] = b"Rain falls\n\nIt rained for a day and a night, and then it rained on.\n";
const OTHER: &[u8] = b"Sun shines\n\nIt shone for a day and a night, and then it shone on.\n";
const LINES: &[u8] = b"{\"title\":\"One\",\"text\":\"x\"}\n{\"title\":\"Two\",\"text\":\"y\"}\n";

#[test]
fn archives_are_read_whatever_their_name() {
    let files: [(&str, &[u8]); 3] =
        [("inner/a.txt", STORY), ("b.jsonl", LINES), ("c.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01")];
    let expected = |name: &str| {
        vec![
            format!("{name}!/inner/a.txt Rain falls"),
            format!("{name}!/b.jsonl:1 One"),
            format!("{name}!/b.jsonl:2 Two"),
            format!("{name}!/c.png ! is a PNG file, not text"),
        ]
    };
    let (zipped, tarred) = (zip(&files), tar(&files));
    for (name, bytes) in [
        ("news.zip", zipped.clone()),
        ("news", zipped),
        ("news.tar", tarred.clone()),
        ("news.tar.gz", gzip(&tarred)),
        ("news.tgz", gzip(&tarred)),
        ("news.tar.zst", zstd(&tarred)),
        ("news.tar.bz2", bzip2(&tarred)),
        ("news.tbz2", bzip2(&tarred)),
        ("news.tar.xz", xz(&tarred)),
        ("news.txz", xz(&tarred)),
    ] {
        assert_eq!(read(name, &bytes), expected(name), "{name}");
    }
}

#[test]
fn packed_files_go_by_their_own_name() {
    check("a.txt.gz", &gzip(STORY), &["a.txt.gz Rain falls"]);
    check("a.jsonl.zst", &zstd(LINES), &["a.jsonl.zst:1 One", "a.jsonl.zst:2 Two"]);
    check("a.txt.bz2", &bzip2(STORY), &["a.txt.bz2 Rain falls"]);
    check("a.jsonl.xz", &xz(LINES), &["a.jsonl.xz:1 One", "a.jsonl.xz:2 Two"]);
    check("a", &gzip(LINES), &["a:1 One", "a:2 Two"]);
    check("2024-05-03-a.html.gz", &gzip(b"<p>It rained.</p>"), &["2024-05-03-a.html.gz It rained"]);
}

#[test]
fn archives_lie_in_archives() {
    let inner = zip(&[("a.txt", STORY)]);
    let outer = gzip(&tar(&[("x/inner.zip", &inner), ("b.txt.gz", &gzip(OTHER))]));
    check("o.tgz", &outer, &["o.tgz!/x/inner.zip!/a.txt Rain falls", "o.tgz!/b.txt.gz Sun shines"]);
    let mut deep = STORY.to_vec();
    for _ in 0..12 {
        deep = zip(&[("a", &deep)]);
    }
    let found = read("deep.zip", &deep);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("lies deeper than 8 archives"), "{found:?}");
}

#[test]
fn what_a_mac_adds_is_no_news() {
    let files: [(&str, &[u8]); 3] =
        [("a.txt", STORY), ("__MACOSX/._a.txt", b"\0\x05\x16\x07\0\x02\0\0"), (".DS_Store", b"\0\0\0\x01Bud1")];
    check("m.zip", &zip(&files), &["m.zip!/a.txt Rain falls"]);
}

#[test]
fn collections_of_web_archives_are_their_pages() {
    const HTTP: &str = "application/http; msgtype=response";
    let pages = warc("response", "https://a.example/1", HTTP, &http("200 OK\r\nContent-Type: text/html", PAGE));
    let list = br#"{"format":"json-pages-1.0","id":"pages"}
{"id":"1","url":"https://a.example/1","title":"Rain falls","text":"It rained for a day, and all who could stayed at home."}"#;
    let collection = zip(&[
        ("archive/data.warc", &pages),
        ("pages/pages.jsonl", list),
        ("indexes/index.cdx", b"example,a)/1 20240503 {\"offset\": \"0\"}"),
        ("datapackage.json", br#"{"profile":"data-package","title":"Rain","description":"It rained."}"#),
    ]);
    check("a.wacz", &collection, &["a.wacz!/archive/data.warc:1 Rain falls"]);
}

#[test]
fn damaged_archives_keep_what_they_have() {
    let many: Vec<u8> = (0..5000)
        .flat_map(|n| format!("{{\"title\":\"T{n}\",\"text\":\"text {}\"}}\n", n * 7919).into_bytes())
        .collect();
    let packed = gzip(&many);
    let found = read("a.jsonl.gz", &packed[..packed.len() / 2]);
    assert!(found.len() > 1000, "{}", found.len());
    assert!(found[0].ends_with(":1 T0"));
    assert!(found.last().is_some_and(|line| line.contains("is damaged or cut off")), "{:?}", found.last());

    // A member in the middle is broken; the one behind it is read.
    let mut members = gzip(b"{\"title\":\"One\",\"text\":\"x\"}\n");
    let start = members.len();
    members.extend(gzip(&many));
    let middle = (start + members.len()) / 2;
    members[middle] ^= 0xff;
    members[middle + 1] ^= 0x55;
    members.extend(gzip(b"\n{\"title\":\"Last\",\"text\":\"x\"}\n"));
    let found = read("a.jsonl.gz", &members);
    assert!(
        found.iter().any(|line| line.ends_with(" One")) && found.iter().any(|line| line.ends_with(" Last")),
        "{found:?}"
    );
    assert!(found.last().is_some_and(|line| line.contains("is damaged or cut off")), "{:?}", found.last());

    let whole = zip(&[("a.txt", STORY), ("b.txt", OTHER)]);
    let list = whole.windows(4).position(|window| window == b"PK\x01\x02").expect("a list of files");
    let found = read("a.zip", &whole[..list]);
    assert_eq!(found[..2], ["a.zip!/a.txt Rain falls", "a.zip!/b.txt Sun shines"]);
    assert!(found[2].contains("is damaged or cut off"), "{found:?}");

    let whole = tar(&[("a.txt", STORY), ("b.txt", OTHER)]);
    let found = read("a.tar", &whole[..1600]);
    assert_eq!(found[0], "a.tar!/a.txt Rain falls");
    assert!(found.last().is_some_and(|line| line.contains("is damaged or cut off")), "{found:?}");
}

#[test]
fn bombs_are_stopped() {
    let zeros = vec![b' '; 8 << 20];
    let many: Vec<(String, &[u8])> = (0..40).map(|n| (format!("{n}.txt"), zeros.as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, contents)| (name.as_str(), *contents)).collect();
    let found = read("bomb.zip", &zip(&many));
    assert!(found.last().is_some_and(|line| line.contains("unpacks to more than 250 times its size")), "{found:?}");
    assert!(found.len() < 40, "it is stopped before its end: {}", found.len());
    let mut packed = zstd::stream::Encoder::new(Vec::new(), 1).expect("an encoder");
    for _ in 0..64 {
        packed.write_all(&zeros).expect("memory is there");
    }
    for (name, packed) in [
        ("bomb.txt.zst", packed.finish().expect("packed data")),
        ("bomb.txt.bz2", bzip2(&zeros).repeat(20)),
        ("bomb.txt.xz", xz(&zeros).repeat(20)),
    ] {
        let found = read(name, &packed);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("unpacks to more than 250 times its size"), "{found:?}");
    }
}

type Packer = fn(&[u8]) -> Vec<u8>;

#[test]
fn parts_of_packed_files_are_put_together() {
    let dump = |title: &str| {
        format!(
            "<page><title>{title}</title><ns>0</ns><revision><text>It rained on {title}.</text></revision></page>\n"
        )
    };
    let head = "<mediawiki><siteinfo><sitename>The Wiki</sitename></siteinfo>\n";
    let parts = [head.to_owned(), dump("Bath"), dump("Wells"), "</mediawiki>".to_owned()];
    let packers: [(&str, Packer); 2] = [("bz2", bzip2), ("xz", xz)];
    for (ending, pack) in packers {
        let name = format!("wiki.xml.{ending}");
        let mut packed: Vec<Vec<u8>> = parts.iter().map(|part| pack(part.as_bytes())).collect();
        assert_eq!(read(&name, &packed.concat()), [format!("{name}:1 Bath"), format!("{name}:2 Wells")]);
        // Zeros fill up the last part.
        let filled = [packed.concat(), vec![0; 512]].concat();
        assert_eq!(read(&name, &filled).len(), 2);
        // A part that is damaged costs itself; so does one that is cut off.
        let middle = packed[1].len() / 2;
        packed[1][middle] ^= 0xff;
        let found = read(&name, &packed.concat());
        assert!(found.iter().any(|line| line.ends_with(" Wells")), "{found:?}");
        assert!(found.last().is_some_and(|line| line.contains("is damaged or cut off")), "{found:?}");
        // Digits that pack badly: what is unpacked at once, blocks of 64 KiB in xz, is lost at once.
        let digits = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let many: String =
            (0..20_000).map(|n| format!("{{\"title\":\"T{n}\",\"text\":\"text {}\"}}\n", digits(n))).collect();
        let packed = pack(many.as_bytes());
        let name = format!("a.jsonl.{ending}");
        let found = read(&name, &packed[..packed.len() * 2 / 3]);
        assert!(found.len() > 1000 && found[0].ends_with(":1 T0"), "{}", found.len());
        assert!(found.last().is_some_and(|line| line.contains("it ends too early")), "{:?}", found.last());
    }
}

#[test]
fn memory_for_unpacking_has_a_limit() {
    let small = xz(STORY);
    // The size of the dictionary stands in the header of the block: 1.5 GiB.
    let mut large = small.clone();
    let at = large.windows(2).position(|window| window == [0x21, 0x01]).expect("a filter") + 2;
    large[at] = 37;
    let header = 12..12 + (usize::from(large[12]) + 1) * 4;
    let sum = crc32(&large[header.start..header.end - 4]);
    large[header.end - 4..header.end].copy_from_slice(&sum.to_le_bytes());
    let reason = "needs more than 128 MiB of memory to unpack; unpack it first";
    check("a.txt.xz", &large, &[&format!("a.txt.xz ! {reason}")]);
    let archive = zip(&[("a.txt.xz", &large), ("b.txt", OTHER)]);
    check("a.zip", &archive, &[&format!("a.zip!/a.txt.xz ! {reason}"), "a.zip!/b.txt Sun shines"]);
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, &byte| (0..8).fold(sum ^ u32::from(byte), step))
}

fn http(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat()
}

fn warc(kind: &str, url: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

const PAGE: &[u8] =
    b"<html><head><title>Rain falls</title></head><body><p>It rained for a day and a night.</p></body></html>";

#[test]
fn web_archives_give_their_pages() {
    const HTTP: &str = "application/http; msgtype=response";
    let chunked = [
        format!("{:x}\r\n", 20).as_bytes(),
        &PAGE[..20],
        format!("\r\n{:x}\r\n", PAGE.len() - 20).as_bytes(),
        &PAGE[20..],
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let records = [
        warc("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        warc("response", "https://a.example/1", HTTP, &http("200 OK\r\nContent-Type: text/html", PAGE)),
        warc(
            "response",
            "https://a.example/2",
            HTTP,
            &http("200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", &chunked),
        ),
        warc(
            "response",
            "https://a.example/3",
            HTTP,
            &http("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzip(PAGE)),
        ),
        warc(
            "response",
            "https://a.example/s.js",
            HTTP,
            &http("200 OK\r\nContent-Type: text/javascript", b"var a = 1;"),
        ),
        warc("response", "https://a.example/old", HTTP, &http("301 Moved\r\nLocation: /1", b"")),
        warc("request", "https://a.example/1", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        warc("response", "https://a.example/last", HTTP, &http("200 OK\r\nContent-Type: text/html", PAGE)),
    ];
    let left_out = "! 2 of 6 answers hold no page: 1 redirections, 1 text/javascript";
    let expected = |name: &str| {
        let mut expected: Vec<String> =
            [2, 3, 4, 8].iter().map(|record| format!("{name}:{record} Rain falls")).collect();
        expected.push(format!("{name} {left_out}"));
        expected
    };
    assert_eq!(read("a.warc", &records.concat()), expected("a.warc"));
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(read("a.warc.gz", &members), expected("a.warc.gz"));

    // The last record breaks off: its page is read as far as it goes.
    let whole = records.concat();
    let found = read("a.warc", &whole[..whole.len() - 30]);
    assert_eq!(found[3], "a.warc:8 Rain falls");
    assert!(found[4].contains("is damaged or cut off"), "{found:?}");
    // Garbage between records costs nothing else.
    let dirty = [records[1].clone(), b"garbage\r\n".to_vec(), records[7].clone()].concat();
    let found = read("a.warc", &dirty);
    assert_eq!(found[..2], ["a.warc:1 Rain falls", "a.warc:2 Rain falls"]);

    let env = TestEnv::new();
    env.write("news/a.warc.gz", &members);
    env.run(["index", "--json", "news"]).code(1);
    let hits = env.search(["rained"]).hits;
    assert_eq!(hits.len(), 4);
    let shown = env.run(["show", "--json", hits[0]["id"].as_str().expect("an id")]);
    assert!(shown.stdout.contains("https://a.example/"), "{}", shown.stdout);
}

/// [`PAGE`] as a server packs it for a browser.
const BROTLI: &str = "1b6600002d8ec7ed57e3a8a3ca702ac3cce8ea05ae7892ea4dae407cdce080bd8a224e068a78b7b13515449710515e41e33c0880\
                      be84d6ccd0c0b2ddbea3aa9ab4eff16a9c877502";

#[test]
fn pages_packed_for_browsers_are_read() {
    let brotli: Vec<u8> =
        (0..BROTLI.len() / 2).map(|at| u8::from_str_radix(&BROTLI[2 * at..2 * at + 2], 16).expect("digits")).collect();
    let answer = |url: &str, encoding: &str, body: &[u8]| {
        let head = format!("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {encoding}");
        warc("response", url, "application/http; msgtype=response", &http(&head, body))
    };
    let answers = [
        answer("https://a.example/br", "br", &brotli),
        answer("https://a.example/zstd", "zstd", &zstd(PAGE)),
        // Unpacked by the crawler, which kept the header.
        answer("https://a.example/not", "br", PAGE),
        answer("https://a.example/neither", "zstd", PAGE),
        answer("https://a.example/broken", "br", b"\xff\xff\xff\xff\xff"),
        answer("https://a.example/last", "br", &brotli),
    ];
    let found = read("a.warc", &answers.concat());
    let pages: Vec<&str> = found.iter().filter(|line| line.ends_with(" Rain falls")).map(String::as_str).collect();
    let expected: Vec<String> = [1, 2, 3, 4, 6].iter().map(|record| format!("a.warc:{record} Rain falls")).collect();
    assert_eq!(pages, expected, "{found:?}");
}

/// What there is of a page is read, and what is wrong with it said.
#[test]
fn pages_that_break_off_are_named() {
    let answer = |head: &str, body: &[u8]| {
        let head = format!("200 OK\r\nContent-Type: text/html\r\n{head}");
        warc("response", "https://a.example/", "application/http; msgtype=response", &http(&head, body))
    };
    let long = [&PAGE[..PAGE.len() - 18], b"<p>It rained on.</p>".repeat(500).as_slice()].concat();
    let packed = gzip(&long);
    let half = PAGE.len() - 20;
    let chunk = |n_bytes: usize| [format!("{n_bytes:x}\r\n").as_bytes(), &PAGE[..half]].concat();
    let zeros = [gzip(PAGE), vec![0; 100]].concat();
    let answers = [
        answer("Content-Encoding: gzip", &packed[..packed.len() - 12]),
        answer("Transfer-Encoding: chunked", &chunk(half + 10)),
        answer("Transfer-Encoding: chunked", &chunk(half)),
        // Nothing is wrong with these.
        answer("Content-Encoding: gzip", &zeros),
        answer("Content-Encoding: deflate", PAGE),
        answer("Transfer-Encoding: chunked", PAGE),
    ];
    let damaged = |record: u64, detail: &str| {
        format!("a.warc:{record} ! is damaged or cut off ({detail}); what could be read of it was")
    };
    let page = |record: u64| format!("a.warc:{record} Rain falls");
    let expected = [
        [page(1), damaged(1, "it ends too early")],
        [page(2), damaged(2, "a chunk breaks off")],
        [page(3), damaged(3, "its last chunk is missing")],
    ];
    let expected: Vec<String> = expected.into_iter().flatten().chain((4..=6).map(page)).collect();
    assert_eq!(read("a.warc", &answers.concat()), expected);
    let parted =
        [answer("X: y", PAGE), warc("continuation", "https://a.example/", "text/html", b"<p>It rained on.</p>")];
    check("a.warc", &parted.concat(), &[&page(1), "a.warc ! 1 of 2 answers hold no page: 1 continuations"]);
}

#[test]
fn the_older_web_archive_is_read() {
    let body = http("200 OK\r\nContent-Type: text/html", PAGE);
    let info = b"1 0 crawler\nURL IP-address Archive-date Content-type Archive-length\n";
    let arc = [
        format!("filedesc://a.arc 0.0.0.0 20240503000000 text/plain {}\n", info.len()).as_bytes(),
        info,
        format!("\nhttp://a.example/a b 1.2.3.4 20240503000000 text/html {}\n", body.len()).as_bytes(),
        &body,
        b"\n",
    ]
    .concat();
    check("a.arc", &arc, &["a.arc:2 Rain falls"]);
    check("a.arc.gz", &gzip(&arc), &["a.arc.gz:2 Rain falls"]);
}

#[test]
fn archives_are_followed_like_files() {
    let env = TestEnv::new();
    env.write(
        "news/a.zip",
        zip(&[("a.txt", STORY), ("b.txt", OTHER), ("c.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01")]),
    );
    let report = env.index(["news"]);
    assert_eq!((report.added, report.rejected), (2, 1));
    let again = env.index(["news"]);
    assert_eq!((again.unchanged, again.rejected), (2, 1));
    let rejects = env.run(["status", "--rejects"]);
    assert!(rejects.stdout.contains("news/a.zip!/c.png: is a PNG file"), "{}", rejects.stdout);
    let hit = &env.search(["rained"]).hits[0];
    assert!(hit["path"].as_str().is_some_and(|path| path.ends_with("news/a.zip!/a.txt")), "{hit}");
    env.write("news/a.zip", zip(&[("a.txt", STORY)]));
    let changed = env.index(["news"]);
    assert_eq!((changed.deleted, changed.unchanged, changed.rejected), (1, 1, 0));
}

#[cfg(unix)]
#[test]
fn converters_make_text_of_what_is_not_read() {
    use std::os::unix::fs::PermissionsExt;
    let env = TestEnv::new();
    let program = env
        .write("to text.sh", "#!/bin/sh\nexec <\"$1\"\nread -r magic\nwhile read -r line; do echo \"$line\"; done\n");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    let pdf = b"%PDF-1.7\nRain falls\n\nIt rained for a day and a night, and the gov-\nernment fell over it.\n";
    env.write("news/a.pdf", pdf);
    let other = [pdf.as_slice(), b"\nThe sun came out in the end.\n"].concat();
    env.write("news/b.zip", zip(&[("in/c.pdf", &other)]));
    let plain = env.run(["index", "--json", "news"]);
    assert!(plain.stdout.contains("--convert 'pdf=pdftotext {} -'"), "the remedy is named: {}", plain.stdout);
    let convert = format!("pdf='{}' {{}}", program.display());
    let report = env.index(["--convert", &convert, "news"]);
    assert_eq!((report.added, report.rejected), (2, 0), "what was rejected is read again");
    assert_eq!(env.total("government"), 2);

    let failing = env.write("fail.sh", "#!/bin/sh\necho 'no such page' >&2\nexit 3\n");
    std::fs::set_permissions(&failing, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    let output = env.run(["read", "--json", "--convert", &format!("pdf={}", failing.display()), "news/a.pdf"]);
    assert!(output.stdout.contains("ended with code 3: no such page"), "{}", output.stdout);
    let missing = env.run(["read", "--convert", "pdf=no-such-program {}", "news/a.pdf"]);
    missing.code(2);
    assert!(missing.stderr.contains("cannot find the program `no-such-program`"), "{}", missing.stderr);
}
