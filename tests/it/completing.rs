//! Completions of queries in real shells, where they are installed.

use std::process::Command;

use crate::env::{TestEnv, skip};

fn index() -> TestEnv {
    let env = TestEnv::new();
    env.write("news/a.txt", "Talks open\n\nMr Volodymyr Zelensky left Kyiv. He said 390 prisoners were freed.\n");
    env.write("news/b.json", r#"{"title":"Storm","body":"A storm.","source":"Morning Mail","date":"2024-05-01"}"#);
    env.run(["index", "news"]).code(0);
    env
}

#[track_caller]
fn check(env: &TestEnv, typed: &str, expected: &str) {
    let output = env.run(["suggest", "--quiet", "--complete", "--", typed]);
    output.stdout(expected);
}

#[test]
fn the_last_part_of_a_query_goes_on() {
    let env = index();
    check(&env, "person:ze", "person:volodymyr-zelensky\n");
    check(&env, "talks -person:Ze", "talks -person:volodymyr-zelensky\n");
    check(&env, "source:mor", "source:morning-mail\n");
    check(&env, "fig.pri", "fig.prisoner\n");
    check(&env, "per", "person:\n");
    check(&env, "(zel", "(zelensky\n");
    check(&env, "/europe/uk", "place:/europe/ukraine\nplace:/europe/ukraine/kyiv\n");
    for nothing in ["person:xyzzy", "date:", "lang:e", "prisoners>=3", "talks "] {
        check(&env, nothing, "");
    }
    // What is completed is a query that finds the article.
    env.run(["search", "--count", "--quiet", "person:volodymyr-zelensky source:morning-mail"]).code(1).stdout("0\n");
    env.run(["search", "--count", "--quiet", "person:volodymyr-zelensky"]).code(0).stdout("1\n");
    env.run(["search", "--count", "--quiet", "source:morning-mail"]).code(0).stdout("1\n");
}

/// What a shell says to lines of script behind the completions for it; `None` without that shell.
fn in_shell(env: &TestEnv, shell: &str, arguments: &[&str], script: &str) -> Option<String> {
    let completions = env.run(["completions", shell]).stdout.clone();
    let before = if shell == "zsh" { "compdef() { :; }\n" } else { "" };
    env.write("script", format!("{before}{completions}\n{script}\n"));
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_dateline")).parent().expect("a binary lies in a folder");
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new(shell);
    command.args(arguments).arg("script").current_dir(env.path()).env("PATH", path);
    let Ok(output) = command.output() else {
        skip("completions", &format!("{shell} is not installed"));
        return None;
    };
    Some(String::from_utf8(output.stdout).expect("names are text"))
}

#[test]
fn bash_completes_names() {
    let script = |line: &str, word: &str| {
        format!(
            "COMP_LINE=\"{line}\" COMP_POINT={} COMP_WORDS=(dateline search {word}) COMP_CWORD=$((${{#COMP_WORDS[@]}}-1))\n\
             _dateline_words dateline \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"",
            line.len()
        )
    };
    let env = index();
    let complete = |line: &str, word: &str| in_shell(&env, "bash", &["--norc"], &script(line, word));
    let Some(found) = complete("dateline search person:ze", "person:ze") else { return };
    // Bash replaces what stands behind the colon.
    assert_eq!(found, "volodymyr-zelensky\n");
    assert_eq!(complete("dateline search zel", "zel").as_deref(), Some("zelensky\n"));
    // ...and all that stands behind an open quote.
    let quoted = complete("dateline search 'talks person:ze", "\"'talks person:ze\"");
    assert_eq!(quoted.as_deref(), Some("talks person:volodymyr-zelensky\n"));
    assert_eq!(complete("dateline search --sort zel", "--sort zel").as_deref(), Some("\n"));
    let options = complete("dateline search --rec", "--rec").unwrap_or_default();
    assert!(options.contains("--recency"), "{options}");
}

#[test]
fn zsh_completes_names() {
    let env = index();
    let Some(found) = in_shell(&env, "zsh", &["-f"], "_dateline_suggest person:ze") else { return };
    assert_eq!(found, "person:volodymyr-zelensky\n");
}

#[test]
fn fish_completes_names() {
    let env = index();
    let script = "complete -C 'dateline search person:ze'\ncomplete -C 'dateline search --recen'";
    let Some(found) = in_shell(&env, "fish", &["--no-config"], script) else { return };
    assert!(found.contains("person:volodymyr-zelensky\n"), "{found}");
    assert!(found.contains("--recency"), "{found}");
}
