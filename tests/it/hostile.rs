//! Files made to do harm: names that a shell would run, paths that climb, text that commands a terminal.

use std::collections::BTreeSet;
use std::fs;

use crate::archives::{tar, zip};
use crate::env::TestEnv;

const STORY: &[u8] = b"Rain falls\n\nIt rained for a day and a night, and the government fell over it.\n";

/// Names of files that a program is run on never reach a command line, and no shell reads one.
#[cfg(unix)]
#[test]
fn converters_are_not_told_names() {
    use std::os::unix::fs::PermissionsExt as _;

    let env = TestEnv::new();
    let program = env.write("to-text.sh", "#!/bin/sh\nprintf '%s\\n' \"$@\" >> told\nsed 1d \"$1\"\n");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let names =
        ["a; touch owned", "$(touch owned)", "`touch owned`", "a b", "'", "\"", "--help", "-o owned", "a\\b", "{}"];
    for (number, name) in (0..).zip(names) {
        env.write(&format!("news/{name}.pdf"), format!("%PDF-1.7\nTitle {number}\n\nIt rained for {number} days.\n"));
    }
    let report = env.index(["--convert", &format!("pdf={} {{}}", program.display()), "news"]);
    assert_eq!((report.added, report.rejected), (names.len() as u64, 0));
    assert!(!env.exists("owned") && !env.exists("news/owned"));
    let told = fs::read_to_string(env.path().join("told")).expect("the program was run");
    assert_eq!(told.lines().count(), names.len(), "each was run with one argument: {told}");
    assert!(told.lines().all(|path| path.starts_with('/') && path.ends_with(".pdf")), "{told}");
}

/// A program that writes without end is ended, with what it started; the file is named.
#[cfg(target_os = "linux")]
#[test]
fn a_converter_without_end_is_ended() {
    use std::os::unix::fs::PermissionsExt as _;

    let env = TestEnv::new();
    let program = env.write("flood.sh", "#!/bin/sh\nsleep 1000 &\necho $! > child\nyes flood\n");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it is ours");
    env.write("news/a.pdf", "%PDF-1.7\nRain\n\nIt rained for a day and a night.\n");
    env.write_story("news/b.txt", "Rain", "It rained for a day and a night.");
    let output = env.run(["index", "--convert", &format!("pdf={}", program.display()), "news"]);
    output.code(1).stderr_has("wrote more than 67108864 bytes").stdout_has("1 added");
    let child = fs::read_to_string(env.path().join("child")).expect("the program was run");
    let state = fs::read_to_string(format!("/proc/{}/stat", child.trim())).unwrap_or_default();
    assert!(state.is_empty() || state.contains(") Z "), "it runs on: {state}");
}

/// Nothing in an archive is written anywhere; its name says where it stands, and no more.
#[test]
fn archives_do_not_climb() {
    let env = TestEnv::new();
    let names = ["../../../climbed.txt", "/climbed.txt", "..\\climbed.txt", "a/../../b.txt", "C:\\climbed.txt"];
    let stories: Vec<Vec<u8>> =
        (0..names.len()).map(|n| [b"Story ", n.to_string().as_bytes(), b"\n\n", STORY].concat()).collect();
    let members: Vec<(&str, &[u8])> = names.iter().zip(&stories).map(|(name, story)| (*name, &story[..])).collect();
    env.write("news/deep/er/a.zip", zip(&members));
    let before = listing(&env);
    let report = env.index(["news"]);
    assert_eq!((report.added, report.rejected), (names.len() as u64, 0));
    let after: BTreeSet<String> = listing(&env).difference(&before).cloned().collect();
    assert!(after.iter().all(|path| path.starts_with("index")), "{after:?}");
    for hit in &env.search([""]).hits {
        let path = hit["path"].as_str().expect("a path is text");
        assert!(path.contains("/news/deep/er/a.zip!/"), "{path}");
    }
    // The other packer refuses to make such names: a link that leads out is none of them.
    env.write("news/deep/er/b.tar", tar(&[("in/ok.txt", STORY)]));
    env.index(["news"]);
    env.run(["verify"]).code(0);
}

/// Files and folders below the folder of a test.
fn listing(env: &TestEnv) -> BTreeSet<String> {
    let entries = walkdir::WalkDir::new(env.path()).into_iter().map(|entry| entry.expect("it can be listed"));
    entries.map(|entry| entry.path().strip_prefix(env.path()).expect("it lies there").display().to_string()).collect()
}

/// Escapes, bells, reversed text, and the one-byte escapes of old terminals.
const COMMANDS: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{2066}\u{2028}\u{7f}";

/// Whatever is said of an article or a file, in whatever form, commands no terminal.
#[test]
fn nothing_commands_a_terminal() {
    let env = TestEnv::new();
    let body = format!("Kari{COMMANDS} Holm said in Oslo{COMMANDS} that 40 boats{COMMANDS} were lost for $3 million. ");
    for number in 0..3 {
        let article = serde_json::json!({
            "id": format!("id{COMMANDS}{number}"), "title": format!("Boats{COMMANDS} lost {number}"),
            "text": body.repeat(3 + number), "date": "2025-03-01", "source": format!("Paper{COMMANDS}"),
            "author": format!("Jane{COMMANDS} Doe"), "section": format!("World{COMMANDS}"),
            "url": format!("https://example.org/{COMMANDS}"), "tags": [format!("sea{COMMANDS}")], "language": "en",
        });
        env.write(&format!("news/{number}.json"), article.to_string());
    }
    // Names that some file systems refuse.
    let strange = "news/b\u{1b}[31m\u{202e}.txt";
    let _ = fs::write(env.path().join(strange), STORY);
    let _ = fs::write(env.path().join("news/c\u{1b}[31m\u{202e}.txt"), "");
    env.write("saved-queries.txt", "boats = boats\n");
    env.write("batch.tsv", format!("q{COMMANDS}\tboats\n"));
    let id = format!("id{COMMANDS}0");
    let wrong = format!("persn{COMMANDS}:x");
    let lost = format!("no{COMMANDS}where");
    let mut n_outputs = 0;
    for arguments in [
        &["index", "news"][..],
        &["index", "--json", "--compare-content", "news"],
        &["index", "--dry-run", "news"],
        &["index", &lost],
        &["search", "boats"],
        &["search", "--json", "boats"],
        &["search", "--facets", "boats"],
        &["search", "--json", "--facets", "boats"],
        &["search", "--explain", "boats"],
        &["search", "--collapse", "boats"],
        &["search", "--group-by", "source", "boats"],
        &["search", &wrong],
        &["search", &lost],
        &["search", "--explain-query", &lost],
        &["show", &id],
        &["show", "--json", &id],
        &["show", "--why", &id],
        &["show", &lost],
        &["similar", &id],
        &["similar", "--json", &id],
        &["people"],
        &["people", "--json"],
        &["places"],
        &["orgs"],
        &["figures"],
        &["figures", "--csv"],
        &["track", "boats"],
        &["track", "--json", "boats"],
        &["track", "--csv", "boats"],
        &["pairs"],
        &["export"],
        &["export", "--origins", "--format", "csv"],
        &["export", "--what", "entities", "--format", "csv"],
        &["batch", "--format", "csv", "batch.tsv"],
        &["batch", "--format", "trec", "batch.tsv"],
        &["batch", "--format", "jsonl", "batch.tsv"],
        &["suggest", "pap"],
        &["suggest", "--json", "kari"],
        &["queries"],
        &["status"],
        &["status", "--rejects"],
        &["status", "--json", "--rejects"],
        &["read", "news/0.json"],
        &["read", "--json", "news/0.json", strange],
        &["extract", "news/0.json"],
        &["extract", "--json", "news/0.json"],
        &["extract", strange],
        &["verify"],
        &["verify", "--index", &lost],
        &["watch", &lost],
    ] {
        let output = env.run(arguments);
        assert!(output.code.is_some_and(|code| code <= 2), "{arguments:?}: {}", output.stderr);
        assert!(!output.stderr.contains("unexpected argument"), "{arguments:?}: {}", output.stderr);
        let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let is_safe = |c: char| c == '\n' || !(c.is_control() || turns(c));
        // Tabs part the columns of tables.
        for (stream, text) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            let at = text.char_indices().find(|(_, c)| !is_safe(*c) && *c != '\t');
            assert!(at.is_none(), "{arguments:?} {stream}: {at:?} in {text:?}");
        }
        n_outputs += usize::from(!output.stdout.is_empty());
    }
    assert!(n_outputs > 30, "most say something: {n_outputs}");
}

/// Letters in letters, tens of thousands of levels deep, are refused wherever they stand, and the run goes on.
#[test]
fn letters_in_letters_are_survived() {
    let env = TestEnv::new();
    let head = "From: a@b.example\nSubject: s\n";
    let levels = "Content-Type:message/rfc822\n\n".repeat(40_000);
    let letter = format!("{head}{levels}Body text");
    let digest = format!("{head}{}Body text", "Content-Type: multipart/digest; boundary=b\n\n--b\n\n".repeat(40_000));
    let saved = format!("From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\n{levels}Body text");
    env.write("news/a.eml", &letter);
    env.write("news/b.mbox", format!("From a@b.example Thu Nov 26 10:00:00 2026\n{letter}\n"));
    env.write("news/c.mhtml", saved);
    env.write("news/d.eml", digest);
    env.write("news/e.zip", zip(&[("a.eml", letter.as_bytes()), ("story.txt", STORY)]));
    env.write("news/f.txt", [b"Another story\n\n", STORY].concat());
    let output = env.run(["index", "--json", "news"]);
    output.code(1).stderr("");
    let lines = output.json();
    let reasons: Vec<&str> = lines.iter().filter_map(|line| line["reason"].as_str()).collect();
    assert_eq!(reasons, ["is nested deeper than 1000 levels"; 5], "{}", output.stdout);
    assert_eq!(env.total("rained"), 2);
}

/// Files of one thing many times over take time with their size, and no more: with its square, each of
/// these takes half a minute.
#[test]
fn long_rows_cost_little() {
    let env = TestEnv::new();
    let write = |name: &str, head: &str, part: &str, end: &str| {
        env.write(&format!("news/{name}"), format!("{head}{}{end}", part.repeat(400_000 / part.len())));
    };
    for (nth, part) in ["5/6/", "Mr 3-2 ", "3-2 "].into_iter().enumerate() {
        write(&format!("scores-{nth}.txt"), "Scores\n\n", part, "\n");
    }
    for (nth, part) in ["{% ", "{{ ", "{: ", "{. ", "{# ", "{% comment %}a "].into_iter().enumerate() {
        write(&format!("tags-{nth}.md"), &format!("# Tags {nth}\n\nSome text. "), part, "\n");
    }
    write("dots.html", "<html><body><p>", "a.b", "");
    for (nth, part) in ["\n</div><time>", "<div/>", "<time/>"].into_iter().enumerate() {
        write(&format!("tags-{nth}.html"), "<html><body><p>x", part, "");
    }
    write("key.md", "+++\na", ".a", " = 1\n+++\nSome text of one line.\n");
    let started = std::time::Instant::now();
    let output = env.run(["index", "--json", "news"]);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    output.code(1).stderr("");
    let reasons = output.json().into_iter().filter_map(|line| line["reason"].as_str().map(str::to_owned));
    assert_eq!(reasons.collect::<Vec<_>>(), ["is nested deeper than 1000 levels"; 3]);
}

/// Writes pages that repeat what is compared with something else on them.
fn write_repetitive_pages(env: &TestEnv) {
    let write = |name: &str, head: &str, body: &str| {
        let page = format!("<html><head>{head}</head><body>{body}<p>It rained for a day.</p></body></html>");
        env.write(&format!("news/{name}.html"), page);
    };
    let row = |n: usize, part: &dyn Fn(usize) -> String| (0..n).map(part).collect::<String>();
    write("angles", "", &"<".repeat(500_000));
    write("bars", &format!("<title>Rain falls today{}</title>", " | d".repeat(110_000)), "");
    let title = format!("<title>{}</title>", row(20_000, &|n| format!("word{n} ")));
    write("headings", &title, &"<h1>rain fell on the town</h1>".repeat(20_000));
    let titles = row(22_000, &|n| format!("<meta property=og:title content='Snow {n} fell'>"));
    let articles: Vec<_> = (0..22_000)
        .map(|n| serde_json::json!({"@type": "NewsArticle", "headline": format!("Rain {n} fell")}))
        .collect();
    let articles = serde_json::Value::from(articles);
    write("articles", &format!("{titles}<script type='application/ld+json'>{articles}</script>"), "");
    let class = row(150, &|n| format!("c{n} "));
    write("footers", "", &[format!("<div class='{class}'>").repeat(900), "<footer>x</footer>".repeat(40_000)].concat());
    write("bylines", "", &["<br>".repeat(380_000), "<i>by </i>".repeat(10_000)].concat());
    for nth in 0..3 {
        let open = "<h1><div class='date byline'>".repeat(450);
        write(&format!("nested-{nth}"), "", &[open.as_str(), "a", &"<br>".repeat(380_000)].concat());
    }
}

/// Writes files of other formats that do so.
fn write_repetitive_files(env: &TestEnv) {
    let row = |n: usize, part: &dyn Fn(usize) -> String| (0..n).map(part).collect::<String>();
    let write = |name: &str, text: &str, by: &str| {
        let article = serde_json::json!({"title": name, "text": format!("It rained. {text}"), "author": by});
        env.write(&format!("news/{name}.json"), article.to_string());
    };
    write("tags", &"<b ".repeat(900_000), "");
    write("joints", "", &"y a ".repeat(80_000));
    write("joints-of-names", "", &"Ab y ".repeat(80_000));
    write("role", "", &["ABC ".repeat(140_000).as_str(), "Editor"].concat());
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    let name = |n: usize| format!("Ann P{}{}{}{}, ", letter(n), letter(n / 26), letter(n / 676), letter(n / 17_576));
    write("names", "", &row(120_000, &name));
    let part = "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nIt rained.\n";
    let head = "From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n";
    env.write("news/attachments.eml", [head, &part.repeat(40_000), "--b--\n"].concat());
    let contents = row(250_000, &|n| format!("<ContentItem><DataContent>Text {n}</DataContent></ContentItem>"));
    let item = format!("<NewsItem><NewsComponent>{contents}</NewsComponent></NewsItem>");
    for nth in 0..2 {
        env.write(&format!("news/contents-{nth}.xml"), format!("<NewsML>{item}</NewsML>"));
    }
    let package = format!(
        "<package><metadata>{}<title>B</title></metadata><manifest>{}<item id='a' href='a.xhtml'/></manifest>\
         <spine>{}</spine></package>",
        "<x/>".repeat(50_000),
        row(500_000, &|n| format!("<item id='i{n}'/>")),
        "<itemref idref='a'/>".repeat(20_000),
    );
    let book = zip(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path='p.opf'/></rootfiles></container>"),
        ("p.opf", package.as_bytes()),
        ("a.xhtml", b"<html><body><p>It rained.</p></body></html>"),
    ]);
    env.write("news/book.epub", book);
}

/// What is compared with each of its like costs no more than what stands alone: with the square of their
/// numbers, each of these files takes half a minute or more.
#[test]
fn repetitions_cost_little() {
    let env = TestEnv::new();
    write_repetitive_pages(&env);
    write_repetitive_files(&env);
    let started = std::time::Instant::now();
    let output = env.run(["read", "--json", "news"]);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    output.stderr("");
    let lines = output.json();
    let n_articles = |is_it: &dyn Fn(&str) -> bool| {
        let articles = lines.iter().filter(|line| line["type"] == "article");
        articles.filter(|article| article["path"].as_str().is_some_and(is_it)).count()
    };
    assert_eq!(n_articles(&|path| path.contains(".eml!/")), 40_000);
    assert_eq!(n_articles(&|path| path.ends_with("attachments.eml!/40000/a.txt")), 1);
    assert_eq!(n_articles(&|path| path.ends_with("book.epub")), 20_000);
    assert_eq!(n_articles(&|path| !path.contains('!') && !path.ends_with(".epub")), 16);
}

/// Notes inside of notes are read once each, however deep they stand.
#[test]
fn notes_in_notes_are_read_once() {
    let env = TestEnv::new();
    let nested = |open: &str, text: &str, close: &str| [&open.repeat(60), text, &close.repeat(60)].concat();
    let paragraph = "<text:p>It rained for a day.</text:p>";
    for (name, open, close) in [
        ("a", "<text:note-body>", "</text:note-body>"),
        ("b", "<text:p><text:note><text:note-body>", "</text:note-body></text:note></text:p>"),
        ("c", "<text:p><text:note-body>", "</text:note-body></text:p>"),
        (
            "d",
            "<table:table-row><table:table-cell><text:note-body>",
            "</text:note-body></table:table-cell></table:table-row>",
        ),
    ] {
        let text = nested(open, paragraph, close);
        let document = format!(
            "<office:document-content><office:body><office:text><text:p>Rain falls</text:p>{text}</office:text>\
             </office:body></office:document-content>"
        );
        let files: [(&str, &[u8]); 2] =
            [("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", document.as_bytes())];
        env.write(&format!("news/{name}.odt"), zip(&files));
    }
    let notes = nested("<w:footnote><w:p>", "<w:r><w:t>It rained for a day.</w:t></w:r>", "</w:p></w:footnote>");
    let document = "<w:document><w:body><w:p><w:r><w:t>Rain falls</w:t></w:r></w:p></w:body></w:document>";
    let notes = format!("<w:footnotes>{notes}</w:footnotes>");
    let files: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
    ];
    env.write("news/e.docx", zip(&files));
    let articles = env.run(["read", "--json", "news"]).json();
    let bodies: Vec<&str> = articles.iter().filter_map(|article| article["body"].as_str()).collect();
    assert_eq!(bodies, ["It rained for a day."; 5]);
}

/// What is read from standard input is bounded as files are.
#[test]
fn endless_input_is_refused() {
    let env = TestEnv::new();
    let mut input = vec![b'a'; (64 << 20) + 1];
    let output = env.run_with_input(["extract", "-"], &input);
    output.code(2).stdout("").stderr_has("more than the 67108864 bytes that one article may have");
    input.extend(b"\n{\"id\": \"b\", \"text\": \"390 prisoners\"}\n");
    let output = env.run_with_input(["extract", "--jsonl"], &input);
    let lines = output.json();
    assert_eq!(lines.len(), 2, "one of them is refused, the other is read");
    assert_eq!((&lines[0]["type"], &lines[0]["line"]), (&"error".into(), &1.into()));
    assert!(lines[1]["figures"][0]["text"].is_string(), "{}", lines[1]);
}
