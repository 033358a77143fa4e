//! Exports are whole, say where they come from, and come back in without a loss.

use serde_json::Value;

use crate::env::{Output, TestEnv, assert_text, corpus_env};

/// Lines without the header, and the header.
fn split(output: &Output) -> (Value, String) {
    let (header, lines) = output.stdout.split_once('\n').expect("an export has lines");
    (serde_json::from_str(header).expect("the header is JSON"), lines.to_owned())
}

#[test]
fn exported_articles_come_back_as_they_were() {
    let first = corpus_env();
    let exported = first.run(["export"]);
    let (header, lines) = split(exported.code(0));
    assert_eq!(lines.lines().count(), 106);
    assert_eq!((header["type"].as_str(), header["what"].as_str()), (Some("header"), Some("articles")));
    assert_eq!((header["articles"].as_u64(), header["index_articles"].as_u64()), (Some(106), Some(106)));

    let second = TestEnv::new();
    second.write("news/export.jsonl", &exported.stdout);
    let report = second.index(["news"]);
    assert_eq!((report.added, report.rejected), (106, 0));
    let again = second.run(["export"]);
    assert_text("the second export", &split(again.code(0)).1, &lines);
    for what in ["figures", "mentions", "entities", "pairs"] {
        let export = |env: &TestEnv| split(env.run(["export", "--what", what]).code(0)).1;
        let (one, other) = (export(first), export(&second));
        assert!(one.lines().count() > 100, "{what}");
        assert_text(what, &other, &one);
    }
}

#[test]
fn text_that_looks_like_something_else_comes_back() {
    let env = TestEnv::new();
    let body = "1 May 2025\\n\\n<b>Bold</b> &amp; plain\\n\\nShare this article\\n\\nCopyright 2025";
    let line = |id: &str, extra: &str| {
        format!(
            "{{\"type\":\"article\",\"id\":\"{id}\",\"title\":\"A | B - Site\",\"body\":\"{body}\",\"date\":\"2025-03\",\
             \"authors\":[\"By A, B\"],\"source\":null,\"section\":\"S\",\"url\":null,\"language\":null,\"tags\":[\"x\",\"y z\"]\
             ,\"detected_language\":null{extra}}}"
        )
    };
    let lines = format!("{}\n{}\n", line("one", ""), line("two", ""));
    env.write("news/a.jsonl", &lines);
    env.index(["news"]);
    let (_, exported) = split(env.run(["export"]).code(0));
    assert_text("the export", &exported, &lines);
}

#[test]
fn an_export_has_what_the_search_finds() {
    let env = corpus_env();
    for query in ["earthquake", "place:/europe", "nothingofthekind"] {
        let total = env.search([query]).total;
        let exported = env.run(["export", "--origins", query]);
        exported.code(i32::from(total == 0));
        let lines = exported.json();
        assert_eq!(lines[0]["articles"].as_u64(), Some(total), "{query}");
        assert_eq!(lines[0]["query"], query);
        assert_eq!(lines.len() as u64 - 1, total, "{query}");
        for line in &lines[1..] {
            assert!(line["origins"][0]["path"].as_str().is_some_and(|path| path.contains('/')), "{line}");
        }
    }
    let people = env.run(["people", "--json", "-n", "100000", "earthquake"]).json().len();
    let entities = env.run(["export", "--what", "entities", "earthquake"]).json();
    assert_eq!(entities.iter().filter(|line| line["kind"] == "person").count(), people);
}

#[test]
fn tables_have_a_name_for_each_column() {
    let env = TestEnv::new();
    env.write_story("news/a.txt", "Fire, \"large\"", "Some 40 people left Kyiv, said Jane Doe.\n\nIt cost $5 million.");
    env.index(["news"]);
    let columns = |line: &str| line.split(',').count();
    for what in ["articles", "figures", "mentions", "entities", "pairs"] {
        let output = env.run(["export", "--what", what, "--format", "csv"]);
        let output = output.code(0);
        let first = output.stdout.lines().next().expect("a line of names");
        assert!(output.stderr.contains("\"what\""), "the header is told: {}", output.stderr);
        if what != "articles" {
            for row in output.stdout.lines().skip(1) {
                assert_eq!(columns(row), columns(first), "{row}");
            }
        }
    }
    let articles = env.run(["export", "--format", "csv"]).stdout.clone();
    assert!(articles.contains(",\"Fire, \"\"large\"\"\","), "{articles}");
}

#[test]
fn a_file_is_there_whole_with_its_header() {
    let env = TestEnv::new();
    env.write_story("news/a.txt", "Fire in Larvik", "Some 40 people left their homes, the police said.");
    env.index(["news"]);
    env.run(["export", "--output", "out.jsonl"]).code(0).stdout("");
    let written = std::fs::read_to_string(env.path().join("out.jsonl")).expect("the file is there");
    assert_eq!(written, env.run(["export"]).stdout);
    env.run(["export", "--format", "csv", "-o", "out.csv"]).code(0).stdout("").stderr("");
    let header = std::fs::read_to_string(env.path().join("out.csv.header.json")).expect("the header is beside it");
    assert!(header.starts_with("{\"type\":\"header\""), "{header}");
    assert_eq!(env.run(["export", "-o", "-"]).code(0).stdout, written);
    assert!(!env.exists("-"));
    env.run(["export", "--json", "--format", "csv"]).code(2).stdout("").stderr_has("ask for different forms");
    env.run(["export", "--output", "no/such/folder/out.jsonl"])
        .code(2)
        .stderr_has("cannot write `no/such/folder/out.jsonl`");
    env.run(["export", "--what", "figures", "--origins"]).code(2).stderr_has("hint:");
}

/// Counts of pairs are totals of the searches that they lead to.
#[test]
fn pairs_lead_to_their_searches() {
    let env = corpus_env();
    for query in ["", "place:/europe"] {
        let pairs = env.run(["pairs", "--json", "-n", "12", query]).code(0).json();
        assert_eq!(pairs.len(), 12);
        for pair in pairs {
            let side = |prefix: &str| {
                let text = |key: String| pair[key].as_str().expect("it is text").to_owned();
                format!("{}:=\"{}\"", text(format!("{prefix}kind")), text(format!("{prefix}entity")))
            };
            let (one, other) = (side(""), side("with_"));
            assert_eq!(pair["articles"].as_u64(), Some(env.total(&format!("{query} {one} {other}"))), "{one} {other}");
            let near = format!("{query} ({one} NEAR/15 {other})");
            assert_eq!(pair["near"].as_u64(), Some(env.total(&near)), "{near}");
            assert!(pair["in_sentence"].as_u64() <= pair["articles"].as_u64());
        }
    }
    let people = env.run(["pairs", "--json", "--kinds", "person", "-n", "100000"]).code(0).json();
    assert!(people.iter().all(|pair| pair["kind"] == "person" && pair["with_kind"] == "person"));
    let all = env.run(["export", "--what", "pairs"]).code(0).json();
    assert_eq!(
        all.iter().filter(|pair| pair["kind"] == "person" && pair["with_kind"] == "person").count(),
        people.len()
    );
    let text = env.run(["pairs", "-n", "3", "zelensky"]).code(0).stdout.clone();
    assert!(text.starts_with("articles  near  one sentence\n") && text.contains("more; `--limit"), "{text}");
}

/// What is no file is written into, a link stays, and only the named file is touched.
#[test]
#[cfg(unix)]
fn devices_pipes_and_links_stay_what_they_are() {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};

    let env = TestEnv::new();
    env.write("news/a.txt", "Rain falls\n\nIt rained for a day and a night.\n");
    env.index(["news"]);
    let whole = env.command(["export"]).output().expect("the binary starts").stdout;
    let whole = String::from_utf8(whole).expect("output is UTF-8");

    env.write("x.jsonl.unfinished", "mine");
    env.run(["export", "-o", "x.jsonl"]).code(0);
    let read = |name: &str| std::fs::read_to_string(env.path().join(name)).expect("it is there");
    assert_eq!((read("x.jsonl"), read("x.jsonl.unfinished")), (whole.clone(), "mine".to_owned()));
    let mode = |name: &str| std::fs::metadata(env.path().join(name)).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode("x.jsonl"), mode("x.jsonl.unfinished"), "as any new file");

    env.write("real/y.jsonl", "old");
    for (target, link) in [("real/y.jsonl", "link"), ("real/new.jsonl", "lost")] {
        symlink(target, env.path().join(link)).expect("a link can be made");
        env.run(["export", "-o", link]).code(0);
        assert!(env.path().join(link).is_symlink());
        assert_eq!(read(target), whole);
    }
    assert_eq!(std::fs::read_dir(env.path().join("real")).expect("it is there").count(), 2, "nothing else is left");

    let pipe = env.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("`mkfifo` is there").success());
    let child = env.spawn(["export", "-o", "pipe"]);
    assert_eq!(read("pipe"), whole);
    env.wait(child).code(0);
    assert!(pipe.symlink_metadata().expect("it is there").file_type().is_fifo());
    env.run(["export", "-o", "/dev/null"]).code(0);
    assert!(!std::path::Path::new("/dev/null").is_file());
}
