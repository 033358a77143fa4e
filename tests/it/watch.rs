//! `watch` follows a folder and tells what is new. Tests wait for lines, not for time.

mod alerts;
#[cfg(target_os = "linux")]
mod folders;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read as _};
use std::process::{Child, ChildStdout};

use serde_json::Value;

use crate::env::{TestEnv, assert_text};
use crate::generator::Dice;
use crate::kill::setting;

/// A running `watch`, and what it tells.
struct Watch {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Watch {
    fn start(env: &TestEnv, arguments: &[&str]) -> Self {
        Self::of(env.spawn(["watch", "--json"].iter().chain(arguments)))
    }

    fn of(mut child: Child) -> Self {
        let lines = BufReader::new(child.stdout.take().expect("standard output is a pipe"));
        let mut watch = Self { child, lines };
        watch.until(|line| line["type"] == "watching");
        watch
    }

    /// The next line.
    fn next(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("it can be read");
        assert!(!line.is_empty(), "watch has ended");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Reads lines up to one that is awaited; returns all of them.
    #[track_caller]
    fn until(&mut self, is_awaited: impl Fn(&Value) -> bool) -> Vec<Value> {
        let mut lines = Vec::new();
        loop {
            lines.push(self.next());
            if is_awaited(&lines[lines.len() - 1]) {
                return lines;
            }
        }
    }

    /// As [`Self::stop`]; returns what was said on standard error.
    fn stop_and_read(mut self) -> String {
        let mut stderr = self.child.stderr.take().expect("standard error is a pipe");
        self.stop();
        let mut said = String::new();
        stderr.read_to_string(&mut said).expect("messages are UTF-8");
        said
    }

    /// Ctrl-C, and a clean end.
    fn stop(mut self) {
        let killed = std::process::Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(killed.expect("kill runs").success());
        let status = self.child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0));
    }
}

fn story(number: usize) -> String {
    format!("Report {number} from the harbour\n\nThe crew of boat{number} landed {number} tonnes of cod in Larvik.\n")
}

/// The index ends equal to a fresh one.
#[track_caller]
fn assert_equal_to_fresh(env: &TestEnv) {
    env.index(["--index", "fresh", "news"]);
    for arguments in
        [&["search", "--json", "-n", "100000", "--collapse", ""][..], &["export", "--origins"], &["people", "--json"]]
    {
        let ask = |index: &str| env.run(arguments.iter().copied().chain(["--index", index])).stdout;
        assert_text(&arguments.join(" "), &ask("index"), &ask("fresh"));
    }
    env.run(["verify"]).code(0);
}

#[test]
#[cfg(unix)]
fn the_index_follows_the_folder() {
    let env = TestEnv::new();
    for number in 0..20 {
        env.write(&format!("news/{}/{number}.txt", number % 3), story(number));
    }
    let mut watch = Watch::start(&env, &["news"]);
    // Everything at once: added, changed, renamed, deleted, a folder moved, another made and removed.
    for number in 20..60 {
        env.write(&format!("news/deep/{}/{number}.txt", number % 5), story(number));
    }
    for number in 0..5 {
        env.write(&format!("news/{}/{number}.txt", number % 3), story(number + 100));
    }
    for number in 5..10 {
        env.rename(&format!("news/{}/{number}.txt", number % 3), &format!("news/moved-{number}.txt"));
    }
    for number in 10..15 {
        env.remove(&format!("news/{}/{number}.txt", number % 3));
    }
    env.rename("news/deep/4", "news/elsewhere");
    env.write("news/gone/x.txt", story(500));
    std::fs::remove_dir_all(env.path().join("news/gone")).expect("the folder is there");
    // The last change, seen by what it brings.
    let alive = |env: &TestEnv| env.total("path:last.txt") == 1;
    env.write("news/last.txt", story(999));
    while !alive(&env) {
        watch.until(|line| line["type"] == "report");
    }
    watch.stop();
    assert_eq!(env.total(""), 20 - 5 + 40 + 1);
    assert_equal_to_fresh(&env);
}

/// Hundreds of files are dropped, changed, renamed, deleted and moved while `watch` runs; `DATELINE_WATCH_FILES`
/// makes it more.
#[test]
#[cfg(unix)]
fn bursts_end_in_the_index_of_a_fresh_run() {
    let n_files = usize::try_from(setting("DATELINE_WATCH_FILES", 300)).expect("it fits");
    let in_folder = (n_files / 20).max(1);
    let env = TestEnv::new();
    env.write("news/first.txt", story(1_000_000));
    let mut watch = Watch::start(&env, &["news"]);
    let began = std::time::Instant::now();
    let name = |number: usize| format!("news/{}/{number}.txt", number / in_folder);
    for number in 0..n_files {
        env.write(&name(number), story(number));
    }
    for number in (0..n_files).step_by(4) {
        env.write(&name(number), story(number + 2_000_000));
    }
    for number in (1..n_files).step_by(4) {
        env.rename(&name(number), &format!("news/{}/moved-{number}.txt", number / in_folder));
    }
    for number in (2..n_files).step_by(4) {
        env.remove(&name(number));
    }
    for folder in (0..20).step_by(5) {
        env.rename(&format!("news/{folder}"), &format!("news/elsewhere-{folder}"));
    }
    for folder in (1..20).step_by(6) {
        std::fs::remove_dir_all(env.path().join(format!("news/{folder}"))).expect("the folder is there");
    }
    env.write("news/last.txt", story(3_000_000));
    let written = began.elapsed();
    let mut n_reports = 0;
    while env.total("path:last.txt") == 0 {
        watch.until(|line| line["type"] == "report");
        n_reports += 1;
    }
    println!("{n_files} files in {written:?}, in line after {:?} and {n_reports} reports", began.elapsed());
    watch.stop();
    assert_equal_to_fresh(&env);
}

/// A kill while folders are followed costs nothing: the next `watch` goes on from the last commit.
#[test]
#[cfg(unix)]
fn killed_while_watching() {
    let n_kills = usize::try_from(setting("DATELINE_WATCH_KILLS", 4)).expect("it fits");
    let env = TestEnv::new();
    let mut dice = Dice::new(setting("DATELINE_KILL_SEED", 11));
    for round in 0..n_kills {
        let mut watch = Watch::start(
            &env,
            &["news"].map(|root| {
                std::fs::create_dir_all(env.path().join(root)).expect("a folder can be made");
                root
            }),
        );
        for number in 0..60 {
            env.write(&format!("news/{round}/{number}.txt"), story(round * 1000 + number));
        }
        if round > 0 {
            std::fs::remove_dir_all(env.path().join(format!("news/{}", round - 1))).expect("it was written before");
        }
        // The moment has to be a random one, which nothing but time can give.
        std::thread::sleep(std::time::Duration::from_millis(dice.below(900)));
        watch.child.kill().expect("it runs");
        watch.child.wait().expect("it ends");
        env.run(["verify"]).code(0);
    }
    env.write("news/last.txt", story(999_999));
    let watch = Watch::start(&env, &["news"]);
    assert_eq!(env.total("path:last.txt"), 1, "the first look is at everything");
    watch.stop();
    assert_eq!(env.total(""), 61);
    assert_equal_to_fresh(&env);
}

/// Another index among the news: what changes within it is no news either.
#[test]
fn what_changes_within_another_index_is_no_news() {
    let env = TestEnv::new();
    env.write("old/a.txt", story(1));
    env.write("news/b.txt", story(2));
    env.run(["index", "--quiet", "--index", "news/other", "old"]).code(0);
    let mut watch = Watch::start(&env, &["news"]);
    env.write("news/other/sub/c.txt", story(3));
    env.write("news/sub/d.txt", story(4));
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    watch.stop();
    assert_eq!(env.total(""), 2);
    assert_equal_to_fresh(&env);
}

/// An index that lies in the news, the one that is made to replace it, and the one that was replaced.
#[test]
#[cfg(unix)]
fn an_index_being_made_is_no_news() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    env.write("news/index.dateline-old/b.txt", story(2));
    env.write("news/index.dateline-rebuilding/c.txt", story(3));
    env.write("news/index.old/d.txt", story(4));
    let watch = Watch::start(&env, &["--index", "news/index", "news"]);
    watch.stop();
    let news = || env.search(["--index", "news/index", ""]).names().into_iter().collect::<BTreeSet<String>>();
    let expected = ["a.txt", "d.txt"].map(str::to_owned).into();
    assert_eq!(news(), expected, "a name that anybody may give is news");
    for own in ["old", "rebuilding"] {
        env.write(&format!("news/index.dateline-{own}/.dateline-rebuild"), "");
    }
    env.index(["--index", "news/index", "--rebuild", "news"]);
    assert_eq!(news(), expected);
}

#[test]
#[cfg(all(unix, feature = "pdf"))]
fn printed_pages_are_followed_too() {
    let env = TestEnv::new();
    let line: &[(u16, u16, u16, &str)] = &[(50, 700, 10, "Lighthouses were lit again along the whole coast.")];
    env.write("news/a.pdf", crate::pdf::pdf(&[line], ""));
    let mut watch = Watch::start(&env, &["news"]);
    assert_eq!(env.total("lighthouses"), 1);
    env.rename("news/a.pdf", "news/b.pdf");
    watch.until(|line| line["type"] == "report" && line["renamed"] == 1);
    watch.stop();
    assert_eq!(env.search(["lighthouses"]).names(), ["b.pdf"]);
    env.write("take.sh", "cat");
    env.write("news/c.qqq", "Storm over the coast\n\nThe storm took the roof of the boathouse in Larvik.\n");
    let watch = Watch::start(&env, &["--convert", "qqq=/bin/sh take.sh", "news"]);
    watch.stop();
    assert_eq!(env.total("boathouse"), 1, "converters are for followed files too");
}

#[test]
#[cfg(unix)]
fn what_is_new_is_told_once() {
    let env = TestEnv::new();
    env.write("news/old.txt", "Old fire\n\nA fire in the harbour of Larvik, said Kari Holm.\n");
    env.write(
        "alerts.txt",
        "# of the harbour\nfires = fire harbour\ncod = fig.tonne:>=5 @by\nby = boat* OR crew OR cod\n",
    );
    env.write("names.txt", "# people\nKari Holm | Holm, Kari\nLarvik\nNobody Atall\n");
    let mut watch = Watch::start(&env, &["--alert", "alerts.txt", "--names", "names.txt", "news"]);
    env.write("news/new.txt", "New fire\n\nAnother fire in the harbour took 7 tonnes of cod, said Kari Holm.\n");
    let lines = watch.until(|line| line["type"] == "name");
    let alerts: Vec<_> =
        lines.iter().filter(|line| line["type"] == "alert").map(|line| line["alert"].as_str()).collect();
    assert_eq!(alerts, [Some("by"), Some("cod"), Some("fires")]);
    let alert = lines.iter().find(|line| line["alert"] == "fires").expect("there is one");
    assert_eq!((alert["title"].as_str(), alert["query"].as_str()), (Some("New fire"), Some("fire harbour")));
    assert!(alert["path"].as_str().is_some_and(|path| path.ends_with("/news/new.txt")), "{alert}");
    let name = &lines[lines.len() - 1];
    assert_eq!((name["name"].as_str(), name["text"].as_str()), (Some("Kari Holm"), Some("Kari Holm")));
    // Moving an article makes nothing new; a query of several words is not widened.
    env.rename("news/new.txt", "news/moved.txt");
    watch.until(|line| line["type"] == "report" && line["renamed"] == 1);
    env.write("news/half.txt", "Quiet day\n\nNothing but a fire in a stove was seen in Oslo.\n");
    env.write("news/cod.txt", "More cod\n\nBoats landed 9 tonnes of cod.\n");
    let lines = watch.until(|line| line["alert"] == "cod");
    assert!(lines.iter().all(|line| line["alert"] != "fires"), "{lines:?}");
    watch.stop();
    assert_equal_to_fresh(&env);
}

#[test]
#[cfg(unix)]
fn a_drive_that_tells_nothing_is_polled_and_a_program_gets_the_news() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    env.write("alerts.toml", "boats = \"boat*\"");
    let script = env.write("take.sh", "#!/bin/sh\ncat >> \"$1\"\n");
    let mut mode = std::fs::metadata(&script).expect("it is there").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
    std::fs::set_permissions(&script, mode).expect("it is ours");
    let exec = format!("/bin/sh '{}' '{}'", script.display(), env.path().join("told.jsonl").display());
    let mut watch = Watch::start(&env, &["--poll", "1", "--alert", "alerts.toml", "--exec", &exec, "news"]);
    env.write("news/b.txt", story(2));
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    env.write("news/c.txt", story(3));
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    let told = alerts::wait_for_lines(&env.path().join("told.jsonl"), 2);
    watch.stop();
    let titles: Vec<_> =
        told.lines().map(|line| serde_json::from_str::<Value>(line).expect("it is JSON")["title"].clone()).collect();
    assert_eq!(titles, ["Report 2 from the harbour", "Report 3 from the harbour"]);
}

/// A folder is removed and made again, and one of two is away: the other is followed meanwhile.
#[test]
#[cfg(unix)]
fn folders_go_and_come_back() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    env.write("other/b.txt", story(2));
    let mut watch = Watch::start(&env, &["news", "other"]);
    std::fs::remove_dir_all(env.path().join("news")).expect("it is there");
    env.write("other/c.txt", story(3));
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    assert_eq!(env.total(""), 3, "what is away keeps its articles");
    for round in 4..6 {
        env.write(&format!("news/{round}.txt"), story(round));
        watch.until(|line| line["type"] == "report" && line["added"] == 1);
        env.write("news/later.txt", story(round + 10));
        watch.until(|line| line["type"] == "report" && line["added"] == 1);
        if round == 4 {
            std::fs::remove_dir_all(env.path().join("news")).expect("it is there");
            std::fs::create_dir(env.path().join("news")).expect("it is not there");
            watch.until(|line| line["type"] == "report" && line["deleted"].as_u64() > Some(0));
        }
    }
    let said = watch.stop_and_read();
    assert!(said.matches("left out until it is back").count() <= 2, "each change is said once: {said}");
    assert_eq!(env.total(""), 4);
}

#[test]
#[cfg(unix)]
fn a_file_is_followed_however_it_is_saved() {
    let env = TestEnv::new();
    env.write("day.txt", story(1));
    let mut watch = Watch::start(&env, &["day.txt"]);
    for number in 2..5 {
        env.write("unsaved", story(number));
        env.rename("unsaved", "day.txt");
        watch.until(|line| line["type"] == "report" && line["changed"] == 1);
    }
    env.write("day.txt", story(5));
    watch.until(|line| line["type"] == "report" && line["changed"] == 1);
    watch.stop();
    assert_eq!((env.total("boat5"), env.total("")), (1, 1));
}

/// What breaks, is mended and breaks again is named twice; an alert that can't be written waits.
#[test]
#[cfg(target_os = "linux")]
fn what_breaks_again_is_named_again_and_alerts_are_not_lost() {
    let env = TestEnv::new();
    env.write("news/a.json", "{");
    let mut watch = Watch::of(env.command(["watch", "--json", "news"]).spawn().expect("the binary starts"));
    env.write("news/a.json", "{\"title\": \"T\", \"body\": \"A boat came in with the tide.\"}");
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    env.write("news/a.json", "{\"title\": ");
    let lines = watch.until(|line| line["type"] == "report" && line["rejected"] == 1);
    assert!(lines.iter().any(|line| line["type"] == "rejected"), "{lines:?}");
    watch.stop();

    env.write("alerts.txt", "boats = boat*\n");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let command = &["watch", "--alert", "alerts.txt", "news"];
    let mut child = env.command(command).stdout(full).spawn().expect("the binary starts");
    let mut stderr = BufReader::new(child.stderr.take().expect("standard error is a pipe"));
    let mut said = String::new();
    let mut read_to = |awaited: &str| {
        while !said.contains(awaited) {
            assert!(stderr.read_line(&mut said).expect("messages are UTF-8") > 0, "watch has ended: {said}");
        }
    };
    read_to("watching news");
    env.write("news/b.txt", story(2));
    read_to("cannot write alerts to standard output");
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(killed.expect("kill runs").success());
    read_to("1 alert could not be handed over");
    drop(stderr);
    assert_eq!(env.wait(child).code, Some(0));
}

/// A program that never ends is not waited for when all is to stop.
#[test]
#[cfg(unix)]
fn a_program_that_hangs_does_not_hold_the_end_up() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    env.write("alerts.txt", "boats = boat*\n");
    env.write("hang.sh", "sleep 1000 & echo $! > child; touch begun; wait");
    let watch = Watch::start(&env, &["--alert", "alerts.txt", "--exec", "sh hang.sh", "news"]);
    env.write("news/b.txt", story(2));
    while !env.exists("begun") {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let said = watch.stop_and_read();
    assert!(said.contains("`sh` was ended after") && said.contains("1 alert could not be handed over"), "{said}");
    let child = std::fs::read_to_string(env.path().join("child")).expect("the program was run");
    let state = std::fs::read_to_string(format!("/proc/{}/stat", child.trim())).unwrap_or_default();
    assert!(state.is_empty() || state.contains(") Z "), "what it started runs on: {state}");
    assert_eq!(env.total(""), 2);
}

/// What `nohup` started goes on when the terminal is closed.
#[test]
#[cfg(target_os = "linux")]
fn the_end_of_the_terminal_is_ignored_where_it_was_ignored_before() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", "trap '' HUP; exec \"$0\" watch --json news", env!("CARGO_BIN_EXE_dateline")]);
    command.current_dir(env.path()).env_clear().env("TZ", "UTC");
    command.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null());
    let mut watch = Watch::of(command.spawn().expect("a shell starts"));
    let killed = std::process::Command::new("kill").args(["-HUP", &watch.child.id().to_string()]).status();
    assert!(killed.expect("kill runs").success());
    for number in 2..4 {
        env.write(&format!("news/{number}.txt"), story(number));
        watch.until(|line| line["type"] == "report" && line["added"] == 1);
    }
    watch.stop();
}

/// An error in the rules is said, and what is new is told once it is mended.
#[test]
#[cfg(unix)]
fn wrong_rules_do_not_end_it() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    env.write("alerts.txt", "boats = boat*\n");
    let mut watch = Watch::start(&env, &["--alert", "alerts.txt", "news"]);
    env.write("entities.toml", "[[merge]\n");
    // The second one is read after the first one was to be told.
    for number in [2, 3] {
        env.write(&format!("news/{number}.txt"), story(number));
        watch.until(|line| line["type"] == "report" && line["added"] == 1);
    }
    env.remove("entities.toml");
    env.write("news/4.txt", story(4));
    let mut titles: Vec<Value> = Vec::new();
    while titles.len() < 3 {
        let lines = watch.until(|line| line["type"] == "alert");
        titles.push(lines[lines.len() - 1]["title"].clone());
    }
    titles.sort_by_key(Value::to_string);
    assert_eq!(titles, [2, 3, 4].map(|number| format!("Report {number} from the harbour")));
    let said = watch.stop_and_read();
    assert!(said.contains("warning: ") && said.contains("entities.toml"), "{said}");
}

#[test]
fn what_cannot_be_watched_is_said() {
    let env = TestEnv::new();
    env.run(["watch", "nowhere"]).code(2).stderr_has("cannot read `nowhere`");
    env.write("news/a.txt", story(1));
    env.write("bad.toml", "a = \"bank date:2025-13\"");
    env.run(["watch", "--alert", "bad.toml", "news"]).code(2).stderr_has("the query `a` is wrong");
    env.write("bad.txt", "a = bank\nno query\n");
    env.run(["watch", "--alert", "bad.txt", "news"]).code(2).stderr_has("cannot understand `bad.txt`");
    env.write("a.txt", "a = bank\n");
    env.write("none.txt", "# nothing yet\n");
    env.run(["watch", "--alert", "none.txt", "news"]).code(2).stderr_has("`none.txt` holds no query");
    for (command, wrong) in
        [("no-such-program x", "cannot find the program `no-such-program`"), ("cat 'a", "is not closed")]
    {
        env.run(["watch", "--alert", "a.txt", "--exec", command, "news"]).code(2).stderr_has(wrong);
    }
    env.run(["watch", "--exec", "true", "news"]).code(2).stderr_has("hint: add `--alert FILE`");
}
