//! Nothing is lost, or left out, without a word.

use crate::archives::{gzip, tar, zip};
use crate::env::TestEnv;

fn line(name: &str) -> String {
    let text = format!("The {name} ferry runs again after a week of storms, the harbour said on Friday.");
    serde_json::json!({"title": format!("Ferry {name}"), "text": text}).to_string() + "\n"
}

fn page(name: &str) -> Vec<u8> {
    format!("Ferry {name}\n\nThe {name} ferry runs again after a week of storms.\n").into_bytes()
}

#[test]
fn what_stands_behind_the_parts_of_a_packed_file_is_told() {
    let (first, mut second) = (gzip(line("north").as_bytes()), gzip(line("south").as_bytes()));
    second[0] ^= 1;
    let plain = line("south").into_bytes();
    for (rest, what) in [(second, "a part whose mark is broken"), (plain, "text that is not packed")] {
        let env = TestEnv::new();
        env.write("news/a.jsonl.gz", [&first[..], &rest].concat());
        let output = env.run(["index", "news"]);
        output.code(1).stderr_has("bytes between or behind its parts are no gzip data");
        assert_eq!(env.total("ferry"), 1, "{what}");
    }
    // What fills a file up to a block is nothing.
    let env = TestEnv::new();
    env.write("news/a.jsonl.gz", [&first[..], &[0; 512]].concat());
    assert_eq!((env.index(["news"]).rejected, env.total("ferry")), (0, 1));
}

#[test]
fn files_of_one_name_in_an_archive_are_told() {
    let env = TestEnv::new();
    // The writer refuses two of one name; names of one length can be made one afterwards.
    let mut bytes = zip(&[("one.txt", &page("north")), ("two.txt", &page("south")), ("six.txt", &page("east"))]);
    while let Some(at) = bytes.windows(7).position(|window| window == b"two.txt") {
        bytes[at..at + 3].copy_from_slice(b"one");
    }
    env.write("news/a.zip", bytes);
    let output = env.run(["index", "news"]);
    output.code(1).stderr_has("1 of 3 files of it bear the name of another one behind them: unpack it first");
    assert_eq!(env.total("ferry"), 2);
}

#[test]
fn archives_put_together_are_read_or_told() {
    let env = TestEnv::new();
    let (north, south) = (page("north"), page("south"));
    env.write("news/two.tar", [tar(&[("a.txt", &north)]), tar(&[("b.txt", &south)])].concat());
    assert_eq!((env.index(["news"]).rejected, env.total("ferry")), (0, 2), "both parts");
    env.write("zipped/two.zip", [zip(&[("a.txt", &north)]), zip(&[("b.txt", &south)])].concat());
    let output = env.run(["index", "--index", "other", "zipped"]);
    output.code(1).stderr_has("another archive or other bytes stand before it");
}

#[test]
fn a_rebuild_leaves_no_folder_out() {
    let env = TestEnv::new();
    env.write("one/a.txt", page("north"));
    env.write("two/b.txt", page("south"));
    env.index(["one", "two"]);
    let output = env.run(["index", "--rebuild", "one"]);
    output.code(2).stderr_has("would leave out 1 file that the index has of other folders, such as `[TEMP]/two/b.txt`");
    assert_eq!(env.total("ferry"), 2);
    env.run(["index", "--rebuild", "one", "two"]).code(0);
    // Of an index that can't be read nobody knows what it has.
    env.write(
        "index/dateline.json",
        r#"{"format":"dateline index","schema_version":1,"analyzer":"","extractor":"","created_by":""}"#,
    );
    let output = env.run(["index", "--rebuild", "one", "two"]);
    output.code(0).stderr_has("the old index can't be read").stderr_has("name every folder");
    // What is gone anyway keeps nobody from it.
    env.remove("two/b.txt");
    env.run(["index", "--rebuild", "one"]).code(0);
    assert_eq!(env.total("ferry"), 1);
}

#[test]
fn the_index_itself_is_no_folder_of_news() {
    let env = TestEnv::new();
    env.write("news/a.txt", page("north"));
    env.index(["news"]);
    env.run(["index", "index"]).code(1).stderr_has("[TEMP]/index: ");
    assert_eq!(env.index(["news", "index"]).rejected, 1);
}

#[test]
#[cfg(unix)]
fn a_pipe_with_the_name_of_a_manifest_is_not_waited_for() {
    let env = TestEnv::new();
    env.write("news/a.txt", page("north"));
    let made = std::process::Command::new("mkfifo").arg(env.path().join("news/dateline.json")).status();
    assert!(made.expect("mkfifo is there").success());
    std::fs::create_dir(env.path().join("news/b")).expect("a folder");
    std::os::unix::fs::symlink("/dev/zero", env.path().join("news/b/dateline.json")).expect("a link");
    let report = env.index(["news"]);
    assert_eq!((report.added, report.rejected), (1, 2));
}

#[test]
fn millions_of_damaged_records_are_counted_and_not_all_named() {
    const N_DAMAGED: u64 = 10_005;
    let env = TestEnv::new();
    env.write("news/a.jsonl", line("north") + &"{}\n".repeat(N_DAMAGED as usize));
    let report = env.index(["news"]);
    assert_eq!((report.added, report.rejected), (1, N_DAMAGED));
    let report = env.index(["news"]);
    assert_eq!((report.unchanged, report.rejected), (1, N_DAMAGED), "remembered");
    let output = env.run(["status", "--rejects"]);
    output.code(0);
    assert_eq!(output.stdout.matches("a.jsonl").count(), 10_001, "each that is named, and the rest");
    assert!(output.stdout.contains("5 more of its records could not be read"));
    assert_eq!(env.run(["status", "--json"]).json().remove(0)["rejected_records"], N_DAMAGED);
}

#[test]
fn a_file_that_is_renamed_and_loses_its_articles_is_counted() {
    let env = TestEnv::new();
    env.write("news/a.txt", page("north"));
    env.write("news/b.txt", page("south"));
    env.index(["news"]);
    std::fs::rename(env.path().join("news/a.txt"), env.path().join("news/a.css")).expect("it is there");
    std::fs::rename(env.path().join("news/b.txt"), env.path().join("news/c.txt")).expect("it is there");
    let report = env.index(["news"]);
    assert_eq!((report.deleted, report.renamed, report.rejected), (1, 1, 1));
    assert_eq!(env.total("ferry"), 1);
}

#[test]
#[cfg(unix)]
fn a_pipe_that_nobody_reads_to_its_end_is_no_export() {
    let env = TestEnv::new();
    env.write("news/a.jsonl", (0..3000).map(|n| line(&n.to_string())).collect::<String>());
    env.index(["news"]);
    let dateline = env!("CARGO_BIN_EXE_dateline");
    let script = format!("mkfifo pipe; head -c 10 pipe >/dev/null & {dateline} export -o pipe; echo $?");
    let shell = std::process::Command::new("sh").arg("-c").arg(script).current_dir(env.path()).output();
    let output = shell.expect("there is a shell");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "2\n");
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write `pipe`"));
    // A table whose header finds no reader is written all the same.
    let script = format!("({dateline} export --format csv 2>&1 >table.csv; echo $? >code) | true");
    std::process::Command::new("sh").arg("-c").arg(script).current_dir(env.path()).status().expect("there is a shell");
    assert_eq!(std::fs::read_to_string(env.path().join("code")).expect("it was written"), "0\n");
    let table = std::fs::read_to_string(env.path().join("table.csv")).expect("it was written");
    assert_eq!(table.lines().count(), 3001);
}

/// A program that fails for one file of an archive takes nothing from the index that it once read.
#[test]
#[cfg(unix)]
fn a_hindered_reading_of_the_same_file_takes_nothing_out() {
    let env = TestEnv::new();
    env.write("news/a.zip", zip(&[("a.odd", &page("north")), ("b.odd", &page("south")), ("c.css", b"a { b: c }")]));
    env.write("convert.sh", "if [ -e broken ] && grep -q south \"$1\"; then kill -9 $$; fi\ncat \"$1\"\n");
    let convert = ["index", "--convert", "odd=sh convert.sh {}", "news"];
    env.run(convert).code(1);
    assert_eq!(env.total("ferry"), 2);
    env.write("broken", "");
    env.run(convert).code(1);
    assert_eq!(env.total("ferry"), 2, "what was read stays");
    std::fs::remove_file(env.path().join("broken")).expect("it is there");
    env.run(convert).code(1);
    assert_eq!(env.total("ferry"), 2);
}
