//! What is told of new articles, whoever indexed them and whatever becomes of what it is told to.

use std::path::Path;

use serde_json::Value;

use super::{Watch, story};
use crate::env::TestEnv;

/// Titles of alerts among some lines.
fn titles(lines: &[Value]) -> Vec<&str> {
    lines.iter().filter(|line| line["type"] == "alert").filter_map(|line| line["title"].as_str()).collect()
}

/// Waits until a file is there and holds so many lines.
pub(super) fn wait_for_lines(path: &Path, n_lines: usize) -> String {
    loop {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        if text.lines().count() >= n_lines && text.ends_with('\n') {
            return text;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// Another command indexes what lies elsewhere, and makes the index anew.
#[test]
#[cfg(unix)]
fn what_others_index_is_told_too() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    env.write("alerts.txt", "boats = boat*\n");
    let mut watch = Watch::start(&env, &["--alert", "alerts.txt", "news"]);
    env.write("elsewhere/b.txt", story(2));
    env.index(["elsewhere"]);
    // Told in a quiet moment, without any change in the folder that is followed.
    assert_eq!(titles(&watch.until(|line| line["type"] == "alert")), ["Report 2 from the harbour"]);
    env.write("elsewhere/c.txt", story(3));
    env.index(["--rebuild", "news", "elsewhere"]);
    // Told with a look that finds nothing to do.
    env.write("news/a.txt", story(1));
    assert_eq!(titles(&watch.until(|line| line["type"] == "alert")), ["Report 3 from the harbour"]);
    watch.stop();
}

/// The first article of an empty folder is news; one that comes back as it was is none.
#[test]
#[cfg(unix)]
fn what_comes_back_is_not_told_again() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path().join("news")).expect("the disk has room");
    env.write("alerts.txt", "boats = boat*\n");
    let mut watch = Watch::start(&env, &["--alert", "alerts.txt", "news"]);
    env.write("news/a.txt", story(1));
    let mut told = watch.until(|line| line["type"] == "alert");
    env.remove("news/a.txt");
    watch.until(|line| line["type"] == "report" && line["deleted"] == 1);
    env.write("news/a.txt", story(1));
    told.extend(watch.until(|line| line["type"] == "report" && line["added"] == 1));
    env.write("news/b.txt", story(2));
    told.extend(watch.until(|line| line["type"] == "alert"));
    assert_eq!(titles(&told), ["Report 1 from the harbour", "Report 2 from the harbour"]);
    watch.stop();
}

#[test]
#[cfg(unix)]
fn files_of_alerts_and_names_are_read_again() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    env.write("alerts.txt", "cod = cod or herring\n");
    env.write("names.txt", "Kari Holm\n!!!\n");
    let mut watch = Watch::start(&env, &["--alert", "alerts.txt", "--names", "names.txt", "news"]);
    env.write("alerts.txt", "ferries = ferry\n");
    env.write("names.txt", "Larvik\n");
    env.write("news/b.txt", "Timetable\n\nThe ferry to Larvik leaves later, said Kari Holm.\n");
    let lines = watch.until(|line| line["type"] == "name");
    assert!(lines.iter().any(|line| line["alert"] == "ferries"), "{lines:?}");
    assert_eq!(lines[lines.len() - 1]["name"], "Larvik");
    env.write("alerts.txt", "ferries = ferry date:2025-13\n");
    env.write("news/c.txt", "Another timetable\n\nThe ferry to Horten leaves early.\n");
    assert_eq!(titles(&watch.until(|line| line["type"] == "alert")), ["Another timetable"]);
    let said = watch.stop_and_read();
    for expected in [
        "alert `cod`: `or`: ",
        "line 2 of `names.txt` has no word to look for",
        "`alerts.txt` has changed, and was read again",
        "the query `ferries` is wrong",
        "what `alerts.txt` said before holds until it is mended",
    ] {
        assert!(said.contains(expected), "`{expected}` is not in: {said}");
    }
}

/// One that fails gets its line again; one that is slow keeps nobody from indexing.
#[test]
#[cfg(unix)]
fn a_program_that_fails_or_is_slow_costs_nothing() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    env.write("alerts.txt", "boats = boat*\n");
    let script = "if ! [ -e ready ]; then touch failed; exit 3; fi\n\
                  while ! [ -e go ]; do sleep 0.05; done\ncat >> told\n";
    env.write("take.sh", script);
    let mut watch = Watch::start(&env, &["--alert", "alerts.txt", "--exec", "sh take.sh", "news"]);
    env.write("news/b.txt", story(2));
    while !env.exists("failed") {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    env.write("ready", "");
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    for number in 3..6 {
        env.write(&format!("news/{number}.txt"), story(number));
        watch.until(|line| line["type"] == "report" && line["added"] == 1);
    }
    assert!(!env.exists("told"), "all was indexed while the program waits");
    env.write("go", "");
    let told = wait_for_lines(&env.path().join("told"), 4);
    let told: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    let mut told = titles(&told);
    told.sort_unstable();
    assert_eq!(told, [2, 3, 4, 5].map(|number| format!("Report {number} from the harbour")));
    let said = watch.stop_and_read();
    let failed = "`sh` failed (exit status: 3) for the alert `boats` on `";
    assert!(said.contains(failed) && said.contains("/news/b.txt`; it will be tried again"), "{said}");
    assert!(!said.contains("could not be handed over"), "{said}");
}

/// The end waits for a moment only, and what is left is counted.
#[test]
#[cfg(unix)]
fn what_is_left_at_the_end_is_counted() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    env.write("alerts.txt", "boats = boat*\n");
    env.write("hang.sh", "touch begun; sleep 1000\n");
    let mut watch = Watch::start(&env, &["--alert", "alerts.txt", "--exec", "sh hang.sh", "news"]);
    env.write("news/b.txt", story(2));
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    while !env.exists("begun") {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    env.write("news/c.txt", story(3));
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    let said = watch.stop_and_read();
    assert!(said.contains("2 alerts could not be handed over"), "{said}");
}

#[test]
fn what_no_alert_can_be_made_of_is_refused() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    env.write("greedy.txt", "good = boat\nbad = /(a{1000}){1000}/\n");
    env.run(["watch", "--alert", "greedy.txt", "news"]).code(2).stderr_has("the query `bad` is wrong");
    env.write("none.txt", "# nobody yet\n| |\n");
    let refused = env.run(["watch", "--names", "none.txt", "news"]);
    refused.code(2).stderr_has("line 2 of `none.txt` has no word").stderr_has("`none.txt` holds no name");
    #[cfg(unix)]
    {
        env.write("take.sh", "#!/bin/sh\n");
        env.write("a.txt", "a = boat\n");
        let refused = env.run(["watch", "--alert", "a.txt", "--exec", "./take.sh", "news"]);
        refused.code(2).stderr_has("`./take.sh` of `--exec` is a file that may not be run").stderr_has("chmod +x");
    }
}
