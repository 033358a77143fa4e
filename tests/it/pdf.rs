//! PDF through the binary: pages laid out as print is, damaged and locked files, pictures of pages.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::env::TestEnv;

/// A PDF file: of each page the lines, as left end, baseline from below, size and text.
pub(crate) fn pdf(pages: &[&[(u16, u16, u16, &str)]], info: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< {info} >>"),
    ];
    let mut kids = String::new();
    for page in pages {
        let mut content = String::new();
        for (x, y, size, text) in *page {
            let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
            writeln!(content, "BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET").expect("strings take all");
        }
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
        let stream = objects.len();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        ));
        write!(kids, "{} 0 R ", objects.len()).expect("strings take all");
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    let mut file = String::from("%PDF-1.4\n");
    let mut table = String::new();
    for (object, number) in objects.iter().zip(1..) {
        writeln!(table, "{:010} 00000 n ", file.len()).expect("strings take all");
        writeln!(file, "{number} 0 obj\n{object}\nendobj").expect("strings take all");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    write!(
        file,
        "xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    .expect("strings take all");
    file.into_bytes()
}

const FRONT_PAGE: &[(u16, u16, u16, &str)] = &[
    (50, 800, 9, "12 March 2024"),
    (50, 760, 26, "Ferry to the isles sails again"),
    (50, 730, 10, "By Anna Brandt"),
    (50, 700, 10, "KIRKHOLM - The ferry sailed at six in the"),
    (50, 688, 10, "morning with 40 passengers and two lor-"),
    (50, 676, 10, "ries on board. It had lain in harbour since"),
    (300, 700, 10, "the storm of last week, which broke its"),
    (300, 688, 10, "rudder and cost the company $1.2 million,"),
    (300, 676, 10, "said its director, Olaf Lindqvist."),
];

fn read(name: &str, bytes: impl AsRef<[u8]>) -> serde_json::Value {
    let env = TestEnv::new();
    env.write(name, bytes);
    let mut lines = env.run(["read", "--json", name]).json();
    assert_eq!(lines.len(), 1, "one file, one article");
    lines.remove(0)
}

#[test]
fn columns_headline_byline_and_date_are_read_as_printed() {
    let article = read("a.pdf", pdf(&[FRONT_PAGE], "/Title (Layout 1) /CreationDate (D:20240311223000Z)"));
    assert_eq!(article["format"], "pdf");
    assert_eq!(article["title"], "Ferry to the isles sails again");
    assert_eq!(article["date"], "2024-03-12");
    assert_eq!(article["authors"][0], "Anna Brandt");
    assert_eq!(
        article["body"],
        "KIRKHOLM - The ferry sailed at six in the morning with 40 passengers and two lorries on board. It had lain in \
         harbour since the storm of last week, which broke its rudder and cost the company $1.2 million, said its \
         director, Olaf Lindqvist."
    );
}

#[test]
fn what_is_declared_is_taken_where_print_says_nothing() {
    let page: &[(u16, u16, u16, &str)] =
        &[(50, 700, 10, "The ferry sailed at six in the morning with forty passengers.")];
    let info = "/Title (Ferry sails) /Author (Anna Brandt) /CreationDate (D:20240312093000+01'00')";
    let article = read("a.pdf", pdf(&[page], info));
    assert_eq!(article["title"], "Ferry sails");
    assert_eq!(article["date"], "2024-03-12");
    assert_eq!(article["authors"][0], "Anna Brandt");
    let article = read("2024-05-01-ferry.pdf", pdf(&[page], "/Author (scanner01) /CreationDate (D:20240312)"));
    assert_eq!(article["date"], "2024-05-01");
    assert_eq!(article["authors"], serde_json::json!([]));
}

#[test]
fn pages_are_indexed_and_found_in_archives_too() {
    let env = TestEnv::new();
    env.write("news/a.pdf", pdf(&[FRONT_PAGE], ""));
    env.write("news/b.zip", crate::archives::zip(&[("may/b.pdf", &pdf(&[&FRONT_PAGE[1..5]], ""))]));
    let report = env.index(["news"]);
    assert_eq!((report.added, report.rejected), (2, 0));
    assert_eq!(env.total("person:lindqvist $1m..$2m"), 1);
    assert_eq!(env.total("format:pdf ferry"), 2);
    let again = env.index(["news"]);
    assert_eq!(again.unchanged, 2);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let env = TestEnv::new();
    let whole = pdf(&[FRONT_PAGE], "");
    env.write("news/whole.pdf", &whole);
    env.write("news/picture.pdf", pdf(&[&[]], ""));
    env.write("news/broken.pdf", &whole[..whole.len() / 3]);
    env.write("news/other.txt", "Rain falls\n\nIt rained for a day and a night.\n");
    let output = env.run(["index", "--json", "news"]);
    output.code(1);
    let reason = |name: &str| {
        let lines = output.json();
        let line = lines.iter().find(|line| line["path"].as_str().is_some_and(|path| path.ends_with(name)));
        line.unwrap_or_else(|| panic!("{name} is not reported: {}", output.stdout))["reason"].to_string()
    };
    assert!(reason("picture.pdf").contains("hold no letters"), "{}", reason("picture.pdf"));
    assert!(reason("broken.pdf").contains("pdftotext"), "{}", reason("broken.pdf"));
    assert_eq!(env.total("ferry OR rained"), 2);
}

#[test]
fn a_damaged_page_costs_that_page() {
    let env = TestEnv::new();
    let page: &[(u16, u16, u16, &str)] = &[(50, 700, 10, "Lighthouses were lit again along the whole coast.")];
    let whole = pdf(&[FRONT_PAGE, page, page], "");
    // The second page loses its size and its parent, so that nobody can lay it out.
    let text = String::from_utf8(whole).expect("it is all letters");
    let second = text.match_indices("/Type /Page /Parent 2 0 R /MediaBox").nth(1).expect("three pages").0;
    let mut broken = text.into_bytes();
    broken[second + 12..second + 35].copy_from_slice(b"/Nothing 2 0 R /NoMedia");
    env.write("news/a.pdf", broken);
    let output = env.run(["index", "--json", "news"]);
    output.code(1);
    let reject = output.json().into_iter().find(|line| line["reason"].is_string()).expect("the page is named");
    let reason = reject["reason"].to_string();
    assert!(reason.contains("page 2") && reason.contains("what could be read of it was"), "{reason}");
    assert_eq!(env.total("person:lindqvist lighthouses"), 1, "the other pages are one article");
}

#[test]
fn a_file_that_is_cut_off_keeps_its_whole_pages() {
    let env = TestEnv::new();
    let whole = pdf(&[FRONT_PAGE, FRONT_PAGE], "/Title (Layout 1)");
    for (name, end) in [("table", whole.len() - 60), ("tree", whole.len() * 4 / 5)] {
        env.write(&format!("news/{name}.pdf"), &whole[..end]);
    }
    let output = env.run(["index", "--json", "news"]);
    output.code(1);
    let reasons: Vec<String> =
        output.json().iter().filter_map(|line| line["reason"].as_str().map(str::to_owned)).collect();
    assert_eq!(reasons.len(), 2, "{reasons:?}");
    assert!(reasons.iter().all(|reason| reason.contains("pages may be missing")), "{reasons:?}");
    assert_eq!(env.total("person:lindqvist passengers"), 2);
}

/// The reader could not be run: that is no fault of the file, and the next run reads it.
#[test]
#[cfg(unix)]
fn trouble_that_passes_is_not_remembered() {
    let env = TestEnv::new();
    env.write("news/a.pdf", pdf(&[FRONT_PAGE], ""));
    let rain: &[u8] = b"Rain falls\n\nIt rained for a day and a night.\n";
    let members = [("b.pdf", &*pdf(&[&FRONT_PAGE[1..5]], "")), ("c.txt", rain)];
    env.write("news/b.zip", crate::archives::zip(&members));
    let mut command = env.command(["index", "--json", "news"]);
    let output = env.wait(command.env("TMPDIR", env.path().join("nowhere")).spawn().expect("the binary starts"));
    output.code(1).stdout_has("could not be read this time: the reader of PDF cannot be run");
    assert_eq!((env.total("ferry"), env.total("rained")), (0, 1));
    let report = env.index(["news"]);
    assert_eq!((report.added, report.unchanged, report.rejected), (2, 1, 0));
    assert_eq!(env.total("format:pdf ferry"), 2);
    assert_eq!(env.index(["news"]).unchanged, 3);
    env.run(["verify"]).code(0);
}

/// Ctrl-C is sent to every process that the terminal started; it must not cost the file being read.
#[test]
#[cfg(unix)]
fn ctrl_c_lets_a_converter_finish() {
    use std::os::unix::process::CommandExt as _;

    let env = TestEnv::new();
    env.write("news/a.qqq", "x");
    env.write("slow.sh", "touch begun; sleep 1; printf 'Rain falls\\n\\nIt rained for a day and a night.\\n'");
    let mut command = env.command(["index", "--json", "--convert", "qqq=/bin/sh slow.sh", "news"]);
    let child = command.process_group(0).spawn().expect("the binary starts");
    while !env.exists("begun") {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let group = format!("-{}", child.id());
    let killed = std::process::Command::new("kill").args(["-INT", "--", &group]).status();
    assert!(killed.expect("kill runs").success());
    env.wait(child).code(1).stdout_has("\"added\":1").stdout_has("\"interrupted\":true");
    assert_eq!(env.total("rained"), 1);
}

/// Every cut and every changed byte gives an article or a reason, and never ends the run.
#[test]
fn damage_costs_one_file() {
    let env = TestEnv::new();
    let whole = pdf(&[FRONT_PAGE, FRONT_PAGE], "/Title (A)");
    let mut dice = crate::generator::Dice::new(7);
    let n_files = 24;
    for number in 0..n_files {
        let mut bytes = whole.clone();
        if number % 3 == 0 {
            bytes.truncate(dice.below(whole.len() as u64) as usize);
        }
        for _ in 0..=number {
            let at = dice.below(bytes.len().max(1) as u64) as usize;
            if let Some(byte) = bytes.get_mut(at).filter(|_| at > 5) {
                *byte = dice.below(256) as u8;
            }
        }
        env.write(&format!("news/{number}.pdf"), bytes);
    }
    let lines = env.run(["read", "--json", "news"]).json();
    let named: BTreeSet<&str> = lines.iter().filter_map(|line| line["path"].as_str()).collect();
    assert_eq!(named.len(), n_files, "each is an article or a reject: {lines:?}");
}
