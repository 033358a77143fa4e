//! The command line itself: help, completions, manual, options of every command, exit codes.

use std::process::Stdio;

use crate::env::{TestEnv, corpus, corpus_env};

const COMMANDS: [&str; 19] = [
    "index",
    "search",
    "people",
    "places",
    "orgs",
    "figures",
    "track",
    "show",
    "read",
    "extract",
    "batch",
    "suggest",
    "queries",
    "help",
    "status",
    "verify",
    "demo",
    "completions",
    "man",
];

#[test]
fn help_begins_with_what_it_is() {
    let env = TestEnv::new();
    let output = env.run(["--help"]);
    output.code(0).stderr("");
    assert!(output.stdout.starts_with("Index a folder of news offline; ask who, where, how much and when\n"));
    for command in COMMANDS {
        assert!(output.stdout.contains(&format!("\n  {command} ")), "{command} is not listed:\n{}", output.stdout);
    }
    assert!(output.stdout.contains("Exit codes:"), "{}", output.stdout);
}

#[test]
fn every_command_has_help() {
    let env = TestEnv::new();
    for command in COMMANDS {
        let short = env.run([command, "-h"]);
        short.code(0).stderr("");
        let first = short.stdout.lines().next().unwrap_or_default();
        assert!(first.len() > 20 && !first.starts_with("Usage"), "{command}: {first}");
        assert!(short.stdout.contains(&format!("Usage: dateline {command}")), "{}", short.stdout);
        let long = env.run([command, "--help"]);
        long.code(0).stderr("");
        // Tables and examples fit a terminal.
        let lines: Vec<&str> = long.stdout.lines().collect();
        let last_option = lines.iter().rposition(|line| line.trim_start().starts_with('-')).unwrap_or(0);
        let notes = lines[last_option..].iter().skip_while(|line| !line.is_empty());
        let wide: Vec<_> = notes.filter(|line| line.chars().count() > 80).collect();
        assert!(wide.is_empty(), "{command}: {wide:?}");
    }
    // The query language stands in the long help of `search`.
    assert!(env.run(["search", "--help"]).stdout.contains("NEAR/"));
}

#[test]
fn no_arguments_are_a_question_for_help() {
    let output = TestEnv::new().run::<&str>([]);
    output.code(2).stdout("");
    assert!(output.stderr.contains("Usage: dateline"), "{}", output.stderr);
}

#[test]
fn wrong_arguments_are_named() {
    let env = TestEnv::new();
    for arguments in [
        &["nothing"][..],
        &["search", "--colour"],
        &["search", "--sort", "size", "x"],
        &["search", "-n", "many", "x"],
        &["search", "--count", "--facets", "x"],
        &["index"],
        &["index", "--memory", "1", "x"],
        &["index", "--commit-every", "0", "x"],
        &["index", "--dry-run", "--rebuild", "x"],
        &["show"],
        &["batch", "--format", "xml", "x"],
        &["extract"],
        &["completions", "basic"],
        &["--color", "sometimes", "status"],
    ] {
        let output = env.run(arguments);
        output.code(2).stdout("").stderr_has("error: ");
    }
    let excluded = env.run(["search", "storm", "-Bangkok"]);
    excluded.code(2).stderr_has("hint: to leave articles out, put the query between quotes");
}

#[test]
fn the_version_is_known() {
    TestEnv::new().run(["--version"]).code(0).stdout(concat!("dateline ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn completions_for_shells() {
    let env = TestEnv::new();
    for (shell, part) in [("bash", "complete -F"), ("zsh", "#compdef dateline"), ("fish", "complete -c dateline")] {
        let output = env.run(["completions", shell]);
        output.code(0).stderr("");
        assert!(output.stdout.contains(part), "{shell}");
        assert!(output.stdout.contains("search"), "{shell}");
    }
}

#[test]
fn the_manual() {
    let env = TestEnv::new();
    let output = env.run(["man"]);
    output.code(0).stderr("");
    assert!(output.stdout.contains(".TH dateline 1"), "{}", output.stdout);
    env.run(["man", "--out", "pages"]).code(0).stdout("");
    for page in ["pages/dateline.1", "pages/dateline-search.1", "pages/dateline-index.1"] {
        assert!(env.exists(page), "{page}");
    }
    // Tables keep their lines.
    assert!(output.stdout.contains(".SH NOTES\n.nf\nExit codes:\n"), "{}", output.stdout);
    env.write("file", "");
    env.run(["man", "--out", "file"]).code(2).stderr_has("cannot make the folder `file`");
}

#[test]
fn the_index_folder_is_a_flag_or_a_variable() {
    let env = TestEnv::new();
    env.write_story("news/a.txt", "A title", "A body with a word or two. And a second sentence.");
    env.run(["index", "--index", "elsewhere", "news"]).code(0);
    assert!(env.exists("elsewhere/dateline.json") && !env.exists("index"));
    assert_eq!(env.search(["--index", "elsewhere", "title"]).total, 1);
    let child = env.command(["search", "title"]).env("DATELINE_INDEX", "elsewhere").spawn().expect("the binary starts");
    env.wait(child).code(0);
    env.run(["search", "title"]).code(2).stderr_has("there is no folder `index`");
    env.write("index/x", "");
    env.run(["search", "title"]).code(2).stderr_has("`index` is not an index of dateline: it has no");
    env.run(["search", "--index", "index/x", "title"]).code(2).stderr_has("`index/x` is a file; an index is a folder");
}

#[test]
fn colour_only_when_it_is_wanted() {
    let env = corpus_env();
    let has_colour = |arguments: &[&str]| env.run(arguments).stdout.contains('\u{1b}');
    assert!(!has_colour(&["search", "foghorn"]), "output is no terminal");
    assert!(!has_colour(&["search", "--color", "auto", "foghorn"]));
    assert!(!has_colour(&["search", "--color", "never", "foghorn"]));
    assert!(has_colour(&["search", "--color", "always", "foghorn"]));
    assert!(!has_colour(&["search", "--color", "always", "--json", "foghorn"]), "JSON is data");
    let mut command = env.command(["search", "--color", "always", "foghorn"]);
    let forced = command.env("NO_COLOR", "1").spawn().expect("the binary starts");
    assert!(env.wait(forced).stdout.contains('\u{1b}'), "a flag is stronger than a variable");
}

#[test]
fn verbose_names_every_reject() {
    let env = TestEnv::new();
    for number in 0..30 {
        env.write(&format!("news/{number:02}.txt"), "");
    }
    let n_named = |arguments: &[&str]| env.run(arguments).stderr.matches("rejected ").count();
    assert_eq!(n_named(&["index", "news"]), 20);
    assert_eq!(n_named(&["index", "-v", "news"]), 30);
    env.run(["index", "news"]).code(1).stderr_has("and 10 more; `-v` names them all");
}

#[test]
fn files_are_read_without_an_index() {
    let env = TestEnv::new();
    let output = env.run(["read".as_ref(), corpus().join("text/lighthouse-keeper.txt").as_os_str()]);
    output.code(0).stderr("");
    assert!(output.stdout.contains("[CORPUS]/text/lighthouse-keeper.txt"), "{}", output.stdout);
    env.write("empty.txt", "");
    env.run(["read", "empty.txt"]).code(1).stdout("").stderr("rejected [TEMP]/empty.txt: is empty\n");
    env.run(["read", "nowhere.txt"]).code(2).stderr_has("cannot read `nowhere.txt`");
    assert!(!env.exists("index"));
}

#[test]
fn texts_are_extracted_without_an_index() {
    let env = TestEnv::new();
    let output = env.run_with_input(["extract", "-"], b"Volodymyr Zelensky met 390 prisoners in Kyiv.\n");
    output.code(0).stderr("");
    for part in ["people", "Volodymyr Zelensky", "places", "Kyiv", "figures", "390 prisoners"] {
        assert!(output.stdout.contains(part), "`{part}` is not in:\n{}", output.stdout);
    }
    let file = corpus().join("text/lighthouse-keeper.txt");
    env.run(["extract".as_ref(), file.as_os_str()]).code(0).stderr("");
    env.run(["extract", "--jsonl", "file"]).code(2);
    env.run_with_input(["extract", "--jsonl"], b"").code(0).stdout("");
}

/// Texts come in other characters than those of UTF-8, and with a mark in front.
#[test]
fn texts_are_extracted_in_all_characters() {
    let env = TestEnv::new();
    let utf16: Vec<u8> = "\u{feff}Some 40 people came.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    env.run_with_input(["extract", "-"], &utf16).code(0).stdout_has("40 people");
    let latin = b"Der Politiker J\xf6rg Haider sprach am Dienstag in Wien \xfcber die Pl\xe4ne der Regierung.\n";
    env.run_with_input(["extract", "-"], latin).code(0).stdout_has("J\u{f6}rg Haider");
    let line = "\u{feff}{\"id\": 1, \"text\": \"Some 40 people came.\"}\n";
    env.run_with_input(["extract", "--jsonl"], line.as_bytes()).code(0).stdout_has("40 people");
}

#[test]
fn status_for_people() {
    let output = corpus_env().run(["status"]);
    output.code(0).stderr("");
    assert!(output.stdout.contains("articles 106\n"), "{}", output.stdout);
    let env = TestEnv::new();
    env.write("news/a.jsonl", "{\"title\": \"T\", \"body\": \"A body with words in it.\"}\n{broken\n");
    env.run(["index", "--quiet", "news"]).code(1);
    let output = env.run(["status", "--rejects"]);
    output.code(0);
    assert!(output.stdout.starts_with("rejected [TEMP]/news/a.jsonl:2: "), "{}", output.stdout);
}

#[test]
fn verify_for_people() {
    let output = corpus_env().run(["verify"]);
    output.code(0).stderr("");
    assert!(output.stdout.starts_with("whole: 106 articles of "), "{}", output.stdout);
}

#[test]
fn damage_is_found() {
    let env = TestEnv::new();
    env.run(["index".as_ref(), "--quiet".as_ref(), corpus().join("text").as_os_str()]).code(0);
    let folder = env.path().join("index");
    let store = std::fs::read_dir(&folder).expect("the index is there").find_map(|entry| {
        let path = entry.expect("entries have names").path();
        path.extension().is_some_and(|extension| extension == "store").then_some(path)
    });
    let store = store.expect("an index has a document store");
    let mut bytes = std::fs::read(&store).expect("it can be read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    std::fs::write(&store, bytes).expect("it can be written");
    let output = env.run(["verify"]);
    output.code(1).stderr_has("hint: make the index anew with `dateline index --rebuild DIR...`");
    assert!(output.stdout.contains("damaged: "), "{}", output.stdout);
    env.write("index/dateline.json", "{");
    env.run(["verify"]).code(1).stdout_has("dateline.json` is damaged");
}

/// What can't be proven is not claimed, and what is lost is not taken for what never was.
#[test]
fn an_index_without_its_seal_or_list_says_so() {
    let env = TestEnv::new();
    env.run(["index".as_ref(), "--quiet".as_ref(), corpus().join("text").as_os_str()]).code(0);
    env.run(["verify", "--json"]).code(0).stdout_has("\"sealed\":true");
    std::fs::remove_file(env.path().join("index/seal.dateline")).expect("it is there");
    env.run(["verify"]).code(0).stdout_has("the last run goes on or was stopped");
    env.run(["verify", "--json"]).code(0).stdout_has("\"sealed\":false");
    std::fs::remove_file(env.path().join("index/meta.json")).expect("it is there");
    env.run(["search", "x"]).code(2).stderr_has("cannot read the index").stderr_has("`dateline verify`");
    env.run(["verify"]).code(1).stdout_has("damaged: ");
}

#[test]
fn the_demo_ends_with_highlighted_hits() {
    let env = TestEnv::new();
    let output = env.run(["demo".as_ref(), "--corpus".as_ref(), corpus().as_os_str()]);
    output.code(0);
    assert!(output.stdout.contains("106 added"), "{}", output.stdout);
    assert!(output.stdout.matches("\n$ dateline search '").count() >= 5, "{}", output.stdout);
    assert!(output.stdout.contains("[prisoners]") && output.stdout.contains(" prisoners]"), "{}", output.stdout);
    // Every question finds something.
    for answer in output.stdout.split("\n$ dateline search '").skip(1) {
        assert!(answer.contains("\n  1 "), "{answer}");
        assert!(answer.contains('['), "nothing is lit in:\n{answer}");
    }
    env.run(["demo"]).code(2).stderr_has("there is no folder `corpus`").stderr_has("hint: ");
    env.run(["demo", "--json"]).code(2).stdout("").stderr_has("the demo is for people");
}

/// A reader that goes away is a quiet end, not an error.
#[test]
fn a_broken_pipe_is_a_quiet_end() {
    let env = corpus_env();
    for arguments in [&["search", "-n", "1000", ""][..], &["search", "--json", "-n", "1000", ""], &["show", "x"]] {
        let mut child = env.command(arguments).stdout(Stdio::piped()).spawn().expect("the binary starts");
        drop(child.stdout.take());
        let output = env.wait(child);
        assert!(!output.stderr.contains("ipe"), "{}", output.stderr);
        if arguments[0] == "search" {
            output.code(0).stderr("");
        }
    }
}
