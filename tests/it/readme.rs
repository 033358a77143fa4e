//! The README says what is true: its session is run, its commands and links exist.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use crate::env::{TestEnv, assert_text, repository};

fn readme() -> String {
    std::fs::read_to_string(repository().join("README.md")).expect("the README is there")
}

/// What stands between ```` ```console ```` and the end of the block.
fn session() -> String {
    let readme = readme();
    let (_, rest) = readme.split_once("```console\n").expect("the README has a session");
    rest.split_once("```").expect("the block ends").0.to_owned()
}

#[cfg(unix)]
#[test]
fn the_session_is_true() {
    let env = TestEnv::new();
    std::os::unix::fs::symlink(repository().join("corpus"), env.path().join("corpus")).expect("links can be made");
    let session = session();
    let mut actual = String::new();
    for line in session.lines().filter_map(|line| line.strip_prefix("$ ")) {
        writeln!(actual, "$ {line}").expect("strings take everything");
        let arguments = line.strip_prefix("dateline").expect("the session runs dateline");
        let binary = env!("CARGO_BIN_EXE_dateline");
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("\"$0\"{arguments} 2>&1")).arg(binary).current_dir(env.path());
        let child = shell.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("there is a shell");
        let output = env.wait(child);
        assert_eq!(output.stderr, "");
        actual.push_str(&as_in_the_readme(&output.stdout));
    }
    assert_text("the session", &actual, &session);
}

/// Folders of this machine and speeds, as the README has them.
fn as_in_the_readme(output: &str) -> String {
    output.replace("[CORPUS]", "/home/ada/dateline/corpus").replace("[TIME]", "0.3 s")
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = readme();
    for command in [
        "index", "search", "people", "places", "orgs", "figures", "track", "show", "read", "extract", "batch",
        "suggest", "queries", "help", "status", "verify", "demo",
    ] {
        assert!(readme.contains(&format!("dateline {command}")), "`dateline {command}` is not in the README");
    }
    for command in ["cargo run --release -- demo", "cargo test"] {
        assert!(readme.contains(command), "`{command}` is not in the README");
    }
}

#[test]
fn links_lead_somewhere() {
    for document in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"] {
        let text = std::fs::read_to_string(repository().join(document)).expect("the document is there");
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', '#']).next().unwrap_or_default();
            let is_local = !target.is_empty() && !target.contains("://");
            assert!(!is_local || repository().join(target).exists(), "{document} links to `{target}`");
        }
    }
}
