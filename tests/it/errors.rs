//! Bad input: each kind gets a clear message, the rest goes on, and nothing panics.

use crate::env::{Output, TestEnv, corpus_env};

/// Runs `index` over a folder with one bad file and a good one, and returns what was said of the bad one.
#[track_caller]
fn reason(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let env = TestEnv::new();
    env.write(&format!("news/{name}"), bytes);
    env.write_story("news/good.txt", "A good story", "It stands beside a bad one. It is read all the same.");
    let output = env.run(["index", "--json", "news"]);
    output.code(1).stderr("");
    assert_eq!(env.total("beside"), 1, "the good story is in");
    env.run(["verify"]).code(0);
    let lines = output.json();
    assert_eq!(lines.len(), 2, "{}", output.stdout);
    assert!(lines[0]["path"].as_str().is_some_and(|path| path.ends_with(name)), "{}", output.stdout);
    lines[0]["reason"].as_str().expect("a reason is text").to_owned()
}

#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &str) {
    let reason = reason(name, bytes);
    assert!(reason.contains(expected), "`{expected}` is not in `{reason}`");
}

#[test]
fn files_without_text() {
    for name in ["a.txt", "a.md", "a.html", "a.json"] {
        check(name, "", "is empty");
        check(name, " \n\t\n ", "is empty");
    }
    check("a.jsonl", "", "is empty");
    check("a.html", "<html><body><script>alert(1)</script></body></html>", "no article text");
}

#[test]
fn bytes_that_are_not_text() {
    check("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text");
    check("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF");
    check("a.txt", [0u8; 4096], "not text");
    check("a.html", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", "not text");
    let noise: Vec<u8> = (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    check("a.txt", noise, "not text");
}

#[test]
fn broken_utf8_is_read_as_well_as_it_goes() {
    let env = TestEnv::new();
    let mut bytes = b"A story with a broken byte\n\nThe caf\xff was open, and the soup was warm. ".to_vec();
    bytes.extend("Everyone spoke of the weather – and of the élite.".as_bytes());
    env.write("news/a.txt", bytes);
    env.run(["index", "--json", "news"]).code(0);
    assert_eq!(env.total("weather"), 1);
}

#[test]
fn json_that_is_none() {
    check("a.json", "{\"title\": \"T\", \"body\": ", "invalid JSON at line 1");
    check("a.json", "[1, 2, 3", "invalid JSON");
    check("a.json", "42", "expected an object");
    check("a.json", "{\"colour\": \"red\"}", "");
}

#[test]
fn json_that_is_too_deep() {
    let deep = 100_000;
    check("a.json", format!("{}{}", "[".repeat(deep), "]".repeat(deep)), "");
    check("a.json", format!("{}1{}", "{\"articles\":".repeat(deep), "}".repeat(deep)), "");
    check("a.json", "[".repeat(deep), "");
    let line = format!("{{\"title\":\"T\",\"body\":{}{}}}\n", "[".repeat(deep), "]".repeat(deep));
    check("a.jsonl", line, "");
}

#[test]
fn markup_that_is_too_deep() {
    let deep = 100_000;
    for (name, text) in [
        ("a.html", format!("<html><body>{}<p>The text is somewhere below, says the page.</p>", "<div>".repeat(deep))),
        ("a.md", format!("{} The text is somewhere below, says the page.", "> ".repeat(deep))),
        ("b.md", format!("---\ntitle: {}\n---\nThe text is below, says the page.", "[".repeat(deep))),
        ("c.md", format!("{}text", "* ".repeat(deep))),
        ("d.md", "[".repeat(deep)),
    ] {
        let env = TestEnv::new();
        env.write(&format!("news/{name}"), text);
        env.write_story("news/good.txt", "A good story", "It stands beside a bad one. It is read all the same.");
        let output = env.run(["index", "--json", "news"]);
        assert!(matches!(output.code, Some(0 | 1)), "{name}: {:?} {}", output.code, output.stderr);
        assert_eq!(env.total("\"beside a bad one\""), 1, "{name}");
    }
}

#[test]
fn lines_that_are_too_long() {
    // One word more than an article may have bytes.
    let long = "word ".repeat((65 << 20) / 5);
    check("a.txt", &long, "split it");
    let env = TestEnv::new();
    let good = |title| {
        format!("{{\"title\": \"{title}\", \"body\": \"It stands beside a bad one. It is read all the same.\"}}\n")
    };
    let lines = format!("{}{{\"title\": \"Long\", \"body\": \"{long}\"}}\n{}", good("Good"), good("Good too"));
    env.write("news/a.jsonl", lines);
    let output = env.run(["index", "--json", "news"]);
    output.code(1);
    let lines = output.json();
    assert_eq!((&lines[0]["record"], &lines[1]["added"]), (&2.into(), &2.into()), "{}", output.stdout);
    assert_eq!(env.total("beside"), 2);
}

#[test]
fn long_words_and_long_paragraphs() {
    let env = TestEnv::new();
    let word = "x".repeat(200_000);
    env.write_story(
        "news/a.txt",
        "A story with a long word",
        &format!("It begins here. {word} And it ends here, sadly."),
    );
    env.write_story("news/b.txt", "A story in one paragraph", &"It goes on and on and on. ".repeat(20_000));
    env.index(["news"]);
    assert_eq!(env.total("sadly"), 1);
    assert_eq!(env.total(&word[..100_000]), 1);
    assert_eq!(env.total("\"on and on\""), 1);
}

#[cfg(unix)]
#[test]
fn files_that_are_none() {
    let env = TestEnv::new();
    env.write_story("news/good.txt", "A good story", "It stands beside a bad one. It is read all the same.");
    let fifo = env.path().join("news/pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    if !made.is_ok_and(|status| status.success()) {
        return crate::env::skip("files_that_are_none", "there is no `mkfifo`");
    }
    std::os::unix::fs::symlink("nowhere", env.path().join("news/broken.txt")).expect("links can be made");
    let output = env.run(["index", "news"]);
    output.code(1).stderr_has("pipe.txt: is a pipe, not a file").stderr_has("rejected [TEMP]/news/broken.txt: ");
    assert_eq!(env.total("beside"), 1);
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8() {
    use std::os::unix::ffi::OsStrExt as _;

    let env = TestEnv::new();
    env.write_story("news/good.txt", "A good story", "It stands beside a bad one. It is read all the same.");
    let name = std::ffi::OsStr::from_bytes(b"news/caf\xe9.txt");
    let text = "A story in a strange file\n\nThe name of the file is not UTF-8. It is read anyway.\n";
    if std::fs::write(env.path().join(name), text).is_err() {
        return crate::env::skip("names_that_are_not_utf8", "the file system refuses such names");
    }
    assert_eq!(env.index(["news"]).added, 2);
    assert_eq!(env.index(["news"]).unchanged, 2);
    assert_eq!(env.total("\"strange file\""), 1);
}

#[test]
fn searching_without_an_index() {
    let env = TestEnv::new();
    for arguments in [&["search", "x"][..], &["status"], &["verify"], &["show", "x"]] {
        let output = env.run(arguments);
        output.code(2).stdout("").stderr_has("error: there is no folder `index`");
        assert!(output.stderr.contains("hint: "), "{}", output.stderr);
    }
    env.run_with_input(["batch", "-"], b"1\tx\n").code(2).stdout("");
    assert!(!env.exists("index"), "searching makes nothing");
}

/// The engine's lock is for writers: reading needs no right to write.
#[cfg(unix)]
#[test]
fn an_index_that_may_not_be_written_can_be_searched() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    let env = TestEnv::new();
    env.write_story("news/good.txt", "A good story", "It is found in a folder that may not be written.");
    env.index(["news"]);
    let allow = |path: &std::path::Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is our file");
    };
    let index = env.path().join("index");
    for entry in fs::read_dir(&index).expect("the index is there") {
        allow(&entry.expect("entries have names").path(), 0o444);
    }
    allow(&index, 0o555);
    allow(env.path(), 0o755);
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let run = |arguments: &[&str]| -> Result<Output, std::io::Error> {
        let mut command = env.command(arguments);
        if is_root {
            // Root may write everywhere.
            command.uid(65_534).gid(65_534);
        }
        command.spawn().map(|child| env.wait(child))
    };
    match run(&["--version"]) {
        Ok(output) if output.code == Some(0) => {}
        _ => return crate::env::skip("an_index_that_may_not_be_written", "nobody may not run the binary"),
    }
    for arguments in [&["search", "found"][..], &["status"], &["verify"]] {
        run(arguments).expect("it started before").code(0).stderr("");
    }
    let refused = run(&["index", "--compare-content", "news"]).expect("it started before");
    refused.code(2).stdout("").stderr_has("error: ");
    allow(&index, 0o755);
}

#[test]
fn wrong_queries_get_a_caret() {
    #[track_caller]
    fn check(query: &str) {
        let output = corpus_env().run(["search", "--", query]);
        output.code(2).stdout("").stderr_has("error: ");
        assert!(output.stderr.lines().any(|line| line.contains(query)), "the query is shown: {}", output.stderr);
        let caret = output.stderr.lines().any(|line| line.trim_start().starts_with('^'));
        assert!(caret, "there is no caret: {}", output.stderr);
    }
    check("fig.usd:>=abc");
    check("date:2022-13");
    check("prisoners>=1,00,0");
    check("persn:zelensky");
    check("fig.usd:5..3");
    check("zelenski~7");
}

#[test]
fn wrong_flags_are_named() {
    let env = corpus_env();
    env.run(["search", "--since", "yesteryear", "x"]).code(2).stdout("").stderr_has("yesteryear");
    env.run(["search", "--until", "2022-13", "x"]).code(2).stdout("").stderr_has("2022-13");
    env.run(["search", "--figure", "usd>=abc", "x"]).code(2).stdout("").stderr_has("`--figure usd>=abc`");
}

/// Pasted text is text.
#[test]
fn plain_text_is_never_an_error() {
    for query in [
        "O'Brien's",
        "“Curly quotes”",
        "https://example.org/a?b=c&d=e#f",
        "a - b",
        "-",
        "(",
        ")))",
        "\"unclosed",
        "AT&T (NYSE: T)",
        "5-3 win",
        "C++",
        "50% off!",
        "AND",
        "OR",
        "who? what!",
        "a/b/c",
        "\u{202e}",
        "日本語",
        "🙂",
        "*",
        "?",
        "~",
        "\\",
        "' OR 1=1; --",
    ] {
        let output = corpus_env().run(["search", "--json", "--", query]);
        assert_ne!(output.code, Some(2), "`{query}`: {}", output.stderr);
    }
}

#[test]
fn queries_of_any_size_end() {
    let env = corpus_env();
    for query in ["(".repeat(50_000), "a ".repeat(20_000), "-".repeat(1000), "a OR ".repeat(5000), "x".repeat(100_000)]
    {
        let output = env.run(["search", "--json", "--", &query]);
        assert!(matches!(output.code, Some(0..=2)), "{:?} for {}…: {}", output.code, &query[..10], output.stderr);
        assert!(!output.stderr.contains("panicked"), "{}", output.stderr);
    }
}

#[test]
fn text_of_articles_cannot_command_a_terminal() {
    let env = TestEnv::new();
    let body = "The word \u{1b}[31mred\u{1b}[0m and a bell \u{7} stand here. Some \u{202e}reversed text follows it.";
    let json =
        serde_json::json!({"title": "A title \u{1b}]0;owned\u{7} with escapes", "body": body, "id": "\u{1b}[2J"});
    env.write("news/a.json", json.to_string());
    env.index(["news"]);
    for arguments in [&["search", "word"][..], &["search", "--facets", ""], &["read", "news/a.json"]] {
        let output = env.run(arguments);
        output.code(0);
        let is_safe = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
        assert!(output.stdout.chars().all(is_safe), "{:?}", output.stdout);
        assert!(output.stderr.chars().all(is_safe), "{:?}", output.stderr);
    }
}

/// The exit code says how it went, even where nobody reads what was found.
#[test]
fn what_cannot_be_told_is_done_all_the_same() {
    let env = TestEnv::new();
    env.write_story("news/good.txt", "A good story", "It stands beside a bad one. It is read all the same.");
    env.write("news/bad.txt", [0u8; 4096]);
    let unread = || std::io::pipe().expect("there are pipes").1;
    for arguments in [&["index", "news"][..], &["index", "--json", "news"]] {
        let output = env.command(arguments).stdout(unread()).output().expect("the binary starts");
        assert_eq!(output.status.code(), Some(1), "one file was rejected: {output:?}");
    }
    assert_eq!(env.total("beside"), 1);
    std::fs::remove_file(env.path().join("news/bad.txt")).expect("it is ours");
    let output = env.command(["index", "news"]).stdout(unread()).output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    env.write("index/meta.json", "{}");
    let output = env.command(["verify"]).stdout(unread()).output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(1), "it is damaged: {output:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_said_to_be_missing() {
    for rebuild in [false, true] {
        let env = TestEnv::new();
        env.write_story("news/good.txt", "A good story", "It stands beside a bad one. It is read all the same.");
        env.write("news/bad.txt", [0u8; 4096]);
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let arguments = ["index", "--json", "news"].into_iter().chain(rebuild.then_some("--rebuild"));
        let output = env.command(arguments).stdout(full).output().expect("the binary starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{stderr}");
        assert!(stderr.contains("the report could not be written: No space left on device"), "{stderr}");
        assert_eq!(env.total("beside"), 1);
    }
}

/// What is too long to be shown whole is cut where one can see it, and nothing of it is out of reach.
#[test]
fn nothing_is_left_out_for_its_length() {
    let env = TestEnv::new();
    let title: Vec<String> = (0..90).map(|n| format!("headline{n}")).collect();
    let tags: Vec<String> = (0..120).map(|n| format!("tag {n}")).collect();
    let article = serde_json::json!({
        "title": title.join(" "), "body": "It rained for a day and a night.", "tags": tags,
        "source": "The Evening Rain ".repeat(20), "section": "Weather and more ".repeat(20),
    });
    env.write("news/a.jsonl", format!("{article}\n"));
    let output = env.run(["read", "--json", "news"]);
    let read = &output.json()[0];
    let text = |value: &serde_json::Value| value.as_str().expect("it is text").to_owned();
    assert!(text(&read["title"]).ends_with('…') && text(&read["title"]).chars().count() <= 400, "{read}");
    assert!(text(&read["body"]).starts_with(&format!("{}\n\nIt rained", title.join(" "))), "{read}");
    assert_eq!(read["tags"].as_array().map(Vec::len), Some(120));
    for cut in [text(&read["source"]), text(&read["section"])] {
        assert!(cut.ends_with('…') && cut.chars().count() <= 120, "{cut}");
    }
    env.index(["news"]);
    assert_eq!(env.total("headline89 rained"), 1);
    // What was written once is read back as it is.
    env.write("again/a.jsonl", &output.stdout);
    let again = env.run(["read", "--json", "again"]);
    for field in ["title", "body", "source", "section", "tags"] {
        assert_eq!(again.json()[0][field], read[field], "{field}");
    }
}

#[test]
fn names_for_columns_that_no_record_has_are_told() {
    let env = TestEnv::new();
    env.write("news/a.csv", "kop,text\nRegen,Het regende de hele dag in de stad.\n");
    let run = |name: &str| env.run(["index", "--rebuild", "--quiet", "--map", &format!("title={name}"), "news"]);
    run("Kop").code(0).stderr("warning: `--map title=Kop`: no column or member is called `Kop`\n");
    run("kop").code(0).stderr("");
    // Where nothing with columns is read, nothing can be said of them.
    env.write_story("plain/b.txt", "Rain falls", "It fell on Friday.");
    env.run(["read", "--map", "title=Kop", "plain"]).code(0).stderr("");
    env.run(["read", "--map", "title=Kop", "news"]).code(0).stderr_has("no column or member is called `Kop`");
}
