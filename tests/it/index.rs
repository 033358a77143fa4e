//! Bringing an index in line with folders: what is reported, what is found afterwards, and what is
//! left alone.

mod runs;

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::process::Command;
use std::time::{Duration, SystemTime};

use dateline::extract::{Extractor, NewsExtractor};
use dateline::index::{IndexConfig, IndexWriter};

use crate::env::{Found, Report, TestEnv, corpus, skip};
use crate::generator;

/// Twelve stories and a file of four records, each with a word of its own.
fn small_news() -> TestEnv {
    let env = TestEnv::new();
    for number in 0..12 {
        env.write_story(&format!("news/{number:02}.txt"), &title(number), &body(&format!("zebra{number:02}")));
    }
    env.write("news/wire.jsonl", wire(&["alpha", "bravo", "charlie", "delta"]));
    env
}

fn title(number: usize) -> String {
    format!("The council meets for the {number}th time this winter")
}

fn body(word: &str) -> String {
    format!(
        "The council met on Monday and spoke about the bridge for two hours. A member of the public asked what \
         {word} had to do with it, and nobody could say. The meeting will go on next week."
    )
}

fn wire(words: &[&str]) -> String {
    let line = |word: &&str| {
        let title = format!("A wire story about {word}");
        serde_json::json!({"id": format!("wire-{word}"), "title": title, "body": body(word)}).to_string() + "\n"
    };
    words.iter().map(line).collect()
}

#[test]
fn everything_is_added_once() {
    let env = small_news();
    assert_eq!(env.index(["news"]), Report { added: 16, ..Report::default() });
    assert_eq!(env.index(["news"]), Report { unchanged: 16, ..Report::default() });
    assert_eq!(env.total(""), 16);
    assert_eq!(env.search(["zebra07"]).names(), ["07.txt"]);
    assert_eq!(env.search(["charlie"]).names(), ["wire.jsonl:3"]);
}

#[test]
fn changes_are_told_apart() {
    let env = small_news();
    env.index(["news"]);

    env.write_story("news/00.txt", &title(0), &body("giraffe"));
    env.write_story("news/01.txt", &title(1), &body("gazelle"));
    for number in 2..5 {
        env.remove(&format!("news/{number:02}.txt"));
    }
    env.rename("news/05.txt", "news/moved-05.txt");
    env.rename("news/06.txt", "news/zz.txt");
    env.write_story("news/new.txt", "A new story", &body("okapi"));
    env.write("news/wire.jsonl", wire(&["alpha", "beta", "charlie", "delta", "echo"]));
    let expected = Report { added: 2, changed: 3, deleted: 3, renamed: 2, unchanged: 8, rejected: 0 };
    assert_eq!(env.index(["news"]), expected);

    assert_eq!(env.total(""), 15);
    assert_eq!(env.search(["giraffe"]).names(), ["00.txt"]);
    for gone in ["zebra00", "zebra01", "zebra02", "zebra04", "bravo"] {
        assert_eq!(env.total(gone), 0, "{gone} is gone");
    }
    assert_eq!(env.search(["zebra05"]).names(), ["moved-05.txt"]);
    assert_eq!(env.search(["zebra06"]).names(), ["zz.txt"]);
    assert_eq!(env.search(["beta"]).names(), ["wire.jsonl:2"]);
    assert_eq!(env.search(["echo"]).names(), ["wire.jsonl:5"]);
    assert_eq!(env.index(["news"]), Report { unchanged: 15, ..Report::default() });
    env.run(["verify"]).code(0);
}

#[test]
fn a_deleted_record_is_reported_as_deleted() {
    let env = small_news();
    env.index(["news"]);
    env.write("news/wire.jsonl", wire(&["alpha", "delta"]));
    assert_eq!(env.index(["news"]), Report { deleted: 2, unchanged: 14, ..Report::default() });
    assert_eq!(env.total("bravo"), 0);
}

#[test]
fn swapped_files_are_both_right_afterwards() {
    let env = small_news();
    env.index(["news"]);
    env.rename("news/00.txt", "news/tmp");
    env.rename("news/01.txt", "news/00.txt");
    env.rename("news/tmp", "news/01.txt");
    env.index(["--compare-content", "news"]);
    assert_eq!(env.search(["zebra00"]).names(), ["01.txt"]);
    assert_eq!(env.search(["zebra01"]).names(), ["00.txt"]);
    assert_eq!(env.total(""), 16);
    env.run(["verify"]).code(0);
}

#[test]
fn a_file_that_comes_back_is_there_once() {
    let env = small_news();
    env.index(["news"]);
    env.remove("news/03.txt");
    env.index(["news"]);
    env.write_story("news/03.txt", &title(3), &body("zebra03"));
    assert_eq!(env.index(["news"]), Report { added: 1, unchanged: 15, ..Report::default() });
    assert_eq!(env.search(["zebra03"]).names(), ["03.txt"]);
}

#[test]
fn a_copy_is_a_place_of_its_article() {
    let env = small_news();
    env.write_story("news/copy.txt", &title(3), &body("zebra03"));
    assert_eq!(env.index(["news"]), Report { added: 17, ..Report::default() });
    let found = env.search(["zebra03"]);
    assert_eq!(found.total, 1);
    let names = |found: &Found| -> Vec<String> {
        let origins = found.hits[0]["origins"].as_array().expect("origins are a list");
        origins
            .iter()
            .map(|origin| origin["path"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(names(&found), ["03.txt", "copy.txt"]);
    // Whichever place is asked for finds it.
    for place in ["path:03.txt", "path:copy.txt"] {
        assert_eq!(names(&env.search([place])), ["03.txt", "copy.txt"], "{place}");
    }
    let status = env.run(["status", "--json"]).json().pop().expect("a line");
    assert_eq!((status["articles"].as_u64(), status["copies"].as_u64()), (Some(16), Some(1)));
    env.remove("news/copy.txt");
    assert_eq!(env.index(["news"]), Report { deleted: 1, unchanged: 16, ..Report::default() });
    assert_eq!(env.search(["zebra03"]).names(), ["03.txt"]);
}

#[test]
fn touched_files_are_unchanged() {
    let env = small_news();
    env.index(["news"]);
    for name in ["news/00.txt", "news/wire.jsonl"] {
        let file = File::options().append(true).open(env.path().join(name)).expect("the file is there");
        file.set_modified(SystemTime::UNIX_EPOCH).expect("times can be set");
    }
    assert_eq!(env.index(["news"]), Report { unchanged: 16, ..Report::default() });
    // The new times are remembered.
    let plan = env.run(["index", "--dry-run", "--json", "news"]).code(0).json();
    assert_eq!(plan.last().map(|plan| plan["changed_files"].clone()), Some(0.into()));
}

#[test]
fn content_is_compared_when_asked() {
    let env = small_news();
    env.index(["news"]);
    let path = env.path().join("news/00.txt");
    let modified = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("times are known");
    env.write_story("news/00.txt", &title(0), &body("zebraXX"));
    File::options().append(true).open(&path).and_then(|file| file.set_modified(modified)).expect("times can be set");

    assert_eq!(env.index(["news"]), Report { unchanged: 16, ..Report::default() });
    assert_eq!(env.index(["--compare-content", "news"]), Report { changed: 1, unchanged: 15, ..Report::default() });
    assert_eq!(env.search(["zebraxx"]).names(), ["00.txt"]);
}

/// Clocks jump: a time in the future, before 1970, or that of another version is a time like any other.
#[test]
fn times_that_jump_are_only_compared() {
    let env = TestEnv::new();
    let write = |word: &str, time: SystemTime| {
        let path = env.write_story("news/a.txt", "A story of some day", &body(word));
        let file = File::options().append(true).open(path).expect("the file is there");
        file.set_modified(time).expect("times can be set");
    };
    let day = Duration::from_secs(24 * 3600);
    let future = SystemTime::UNIX_EPOCH + 40_000 * day;
    write("zebra", future);
    assert_eq!(env.index(["news"]).added, 1);
    assert_eq!(env.index(["news"]).unchanged, 1);
    write("heron", SystemTime::UNIX_EPOCH - 10 * day);
    assert_eq!(env.index(["news"]).changed, 1, "an older file is another one");
    assert_eq!((env.total("heron"), env.total("zebra")), (1, 0));
    // The same size and time: only the content tells.
    write("stork", SystemTime::UNIX_EPOCH - 10 * day);
    assert_eq!(env.index(["news"]).unchanged, 1);
    assert_eq!(env.index(["--compare-content", "news"]).changed, 1);
    assert_eq!((env.total("stork"), env.total("heron")), (1, 0));
}

/// A file that grows all the while is read when it rests; nothing of it is half in.
#[test]
fn a_file_that_changes_while_it_is_read() {
    let env = small_news();
    env.index(["news"]);
    let path = env.path().join("news/live.jsonl");
    let line = |number: usize| {
        let text = body(&format!("live{number}"));
        serde_json::json!({"title": format!("Live {number}"), "text": text}).to_string() + "\n"
    };
    let is_done = std::sync::atomic::AtomicBool::new(false);
    let n_lines = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut file = File::create(&path).expect("the disk has room");
            let mut n_lines = 0;
            while !is_done.load(std::sync::atomic::Ordering::Relaxed) && n_lines < 500 {
                // As a feed would: a line now and then, so that runs fall into the middle.
                std::thread::sleep(Duration::from_millis(4));
                std::io::Write::write_all(&mut file, line(n_lines).as_bytes()).expect("the disk has room");
                n_lines += 1;
            }
            n_lines
        });
        for _ in 0..4 {
            let output = env.run(["index", "--json", "news"]);
            assert!(matches!(output.code, Some(0 | 1)), "{:?} {}", output.code, output.stderr);
            assert!(!output.stderr.contains("panicked"), "{}", output.stderr);
            env.run(["verify"]).code(0);
            assert_eq!(env.total("zebra01"), 1, "the others are there");
        }
        is_done.store(true, std::sync::atomic::Ordering::Relaxed);
        writer.join().expect("it ends")
    });
    let report = env.index(["news"]);
    assert_eq!(report.rejected, 0);
    assert_eq!(env.total("title:live"), n_lines as u64);
}

#[test]
fn a_dry_run_changes_nothing() {
    let env = small_news();
    let expected = "\
new: 2
  [TEMP]/news/00.txt
  [TEMP]/news/01.txt
2 files to read (466 B), 0 unchanged, 0 gone or renamed, 0 that cannot be walked; nothing was changed
";
    let two = ["index", "--dry-run", "news/00.txt", "news/01.txt"];
    env.run(two).code(0).stdout(expected);
    assert!(!env.exists("index"), "no index was made");

    env.index(["news"]);
    env.remove("news/00.txt");
    env.write_story("news/01.txt", &title(1), &body("gnu"));
    let lines = env.run(["index", "--dry-run", "--json", "news"]).code(0).json();
    let plan = lines.last().expect("the sums come last");
    assert_eq!((&plan["new_files"], &plan["changed_files"], &plan["gone_files"]), (&0.into(), &1.into(), &1.into()));
    assert_eq!(env.total("zebra00"), 1);
    assert_eq!(env.total("gnu"), 0);
}

#[test]
fn the_report_for_people_says_the_same() {
    let env = small_news();
    env.write("news/empty.txt", "");
    let output = env.run(["index", "news"]);
    output.code(1).stdout("articles: 16 added\nrejected: 1\n14 files in [TIME]\n");
    output.stderr("rejected [TEMP]/news/empty.txt: is empty\n");
    env.run(["index", "--quiet", "news"]).code(1).stdout("").stderr("");
}

#[test]
fn rejects_are_kept_and_named_each_time() {
    let env = small_news();
    env.write("news/empty.txt", "");
    env.write("news/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01");
    let mut lines = wire(&["alpha", "bravo", "charlie", "delta"]);
    lines.insert_str(0, "{\"title\": broken\n");
    env.write("news/wire.jsonl", lines);

    for _ in 0..3 {
        let output = env.run(["index", "--json", "news"]);
        output.code(1);
        let mut lines = output.json();
        let report = lines.pop().expect("a report comes last");
        assert_eq!(report["rejected"], 3);
        let place = |line: &serde_json::Value| {
            let path = line["path"].as_str().unwrap_or_default();
            (path.rsplit('/').next().unwrap_or_default().to_owned(), line["record"].as_u64())
        };
        let mut places: Vec<_> = lines.iter().map(place).collect();
        places.sort();
        let expected = [("empty.txt", None), ("picture.txt", None), ("wire.jsonl", Some(1))];
        assert_eq!(places, expected.map(|(name, record)| (name.to_owned(), record)));
        assert!(lines.iter().all(|line| line["reason"].as_str().is_some_and(|reason| !reason.is_empty())));
    }
    assert_eq!(env.total(""), 16);

    // Once it can be read it is read.
    env.write_story("news/empty.txt", "Not empty any more", &body("tapir"));
    env.remove("news/picture.txt");
    env.write("news/wire.jsonl", wire(&["alpha", "bravo", "charlie", "delta"]));
    let report = env.index(["news"]);
    assert_eq!((report.added, report.rejected), (1, 0));
    assert_eq!(env.total("tapir"), 1);
}

#[test]
fn a_file_that_turns_bad_loses_its_articles() {
    let env = small_news();
    env.index(["news"]);
    env.write("news/00.txt", "");
    assert_eq!(env.index(["news"]), Report { deleted: 1, unchanged: 15, rejected: 1, ..Report::default() });
    assert_eq!(env.total("zebra00"), 0);
    env.write_story("news/00.txt", &title(0), &body("zebra00"));
    assert_eq!(env.index(["news"]), Report { added: 1, unchanged: 15, ..Report::default() });
    env.run(["verify"]).code(0);
}

#[test]
fn only_what_lies_below_the_named_folders_is_compared() {
    let env = small_news();
    env.write_story("other/a.txt", "Elsewhere", &body("heron"));
    env.write_story("newspaper/a.txt", "A folder whose name begins alike", &body("stork"));
    assert_eq!(env.index(["news"]).added, 16);
    assert_eq!(env.index(["other"]), Report { added: 1, ..Report::default() });
    assert_eq!(env.index(["newspaper"]), Report { added: 1, ..Report::default() });
    assert_eq!(env.index(["news/00.txt"]), Report { unchanged: 1, ..Report::default() });
    assert_eq!(env.total(""), 18);
    env.remove("news/01.txt");
    assert_eq!(env.index(["other", "newspaper"]), Report { unchanged: 2, ..Report::default() });
    assert_eq!(env.total("zebra01"), 1);
}

#[test]
fn a_folder_named_twice_is_read_once() {
    let env = small_news();
    assert_eq!(env.index(["news", "news", "news/00.txt"]).added, 16);
    assert_eq!(env.index(["news/00.txt", "news"]), Report { unchanged: 16, ..Report::default() });
}

/// A folder's files come after a file whose name goes on with a character before the slash.
#[test]
fn names_that_sort_around_the_slash_are_followed() {
    let env = TestEnv::new();
    for name in ["a.txt", "a/1.txt", "a/b.txt", "a/b/2.txt", "a!/3.txt", "a b/4.txt", "a-b.txt", "ab.txt", "é/5.txt"] {
        let path = name.replace("a/b.txt", "a/b-file.txt");
        env.write_story(&format!("news/{path}"), "A title", &body("word"));
    }
    assert_eq!(env.index(["news"]).added, 9);
    assert_eq!(env.index(["news"]), Report { unchanged: 9, ..Report::default() });
    env.remove("news/a/1.txt");
    assert_eq!(env.index(["news"]), Report { deleted: 1, unchanged: 8, ..Report::default() });
}

#[test]
fn the_index_is_not_news_itself() {
    let env = TestEnv::new();
    env.write_story("a.txt", "A title", &body("word"));
    assert_eq!(env.index(["."]), Report { added: 1, ..Report::default() });
    assert_eq!(env.index(["."]), Report { unchanged: 1, ..Report::default() });
}

#[test]
fn hidden_files_are_read_unless_told_otherwise() {
    let env = TestEnv::new();
    env.write_story("news/.hidden.txt", "A hidden title", &body("badger"));
    env.write_story("news/.folder/a.txt", "A title in a hidden folder", &body("otter"));
    env.write_story("news/a.txt", "A title", &body("word"));
    env.write("news/.gitignore", "*\n");
    env.run(["index", "--index", "without", "--skip-hidden", "--json", "news"]).code(0);
    assert_eq!(env.search(["--index", "without", ""]).names(), ["a.txt"]);
    env.run(["index", "news"]);
    assert_eq!((env.total("badger"), env.total("otter"), env.total("word")), (1, 1, 1));
}

#[cfg(unix)]
#[test]
fn loops_of_links_end_and_are_named() {
    let env = small_news();
    std::os::unix::fs::symlink(".", env.path().join("news/loop")).expect("links can be made");
    let output = env.run(["index", "news"]);
    output.code(1).stderr_has("rejected [TEMP]/news/loop");
    assert_eq!(env.total(""), 16);
}

/// Names that differ only in bytes that are no UTF-8 are names of two files.
#[cfg(unix)]
#[test]
fn names_that_are_no_utf8_are_told_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let env = TestEnv::new();
    let news = env.path().join("news");
    let mut words = Vec::new();
    for (folder, files) in [(&b"M\xfcller"[..], ["a", "c"]), (b"M\xf6ller", ["b", "d"]), (br"M\xFCller", ["e", "f"])] {
        let folder = news.join(OsStr::from_bytes(folder));
        fs::create_dir_all(&folder).expect("the folder can be made");
        for name in files {
            fs::write(folder.join(format!("{name}.txt")), format!("A title\n\n{}\n", body(&format!("zebra{name}"))))
                .expect("the disk has room");
            words.push(format!("zebra{name}"));
        }
    }
    for (name, word) in [(&b"M\xfcller.txt"[..], "okapi"), (b"M\xf6ller.txt", "gazelle"), (b"M\xff-z.txt", "heron")] {
        fs::write(news.join(OsStr::from_bytes(name)), format!("A title\n\n{}\n", body(word))).expect("room");
        words.push(word.to_owned());
    }
    let all = words.len() as u64;
    assert_eq!(env.index(["news"]), Report { added: all, ..Report::default() });
    assert_eq!(env.index(["news"]), Report { unchanged: all, ..Report::default() });
    for word in &words {
        assert_eq!(env.total(word), 1, "{word}");
    }
    assert_eq!(env.search(["okapi"]).names(), [r"M\xFCller.txt"]);
    fs::rename(news.join(OsStr::from_bytes(b"M\xfcller")), news.join(OsStr::from_bytes(b"M\xe4ller")))
        .expect("it is there");
    assert_eq!(env.index(["news"]), Report { renamed: 2, unchanged: all - 2, ..Report::default() });
    assert_eq!(env.total(""), all);
    env.run(["verify"]).code(0);
}

/// What stands in the place of a file or folder and can never be read leaves nothing of it in the index.
#[cfg(unix)]
#[test]
fn links_to_nowhere_pipes_and_loops_are_no_files_that_come_back() {
    use std::os::unix::fs::symlink;

    let env = small_news();
    for name in ["pipe", "loop", "up"] {
        env.write_story(&format!("news/{name}/a.txt"), "Below", &body(&format!("heron{name}")));
    }
    assert_eq!(env.index(["news"]).added, 19);
    let news = env.path().join("news");
    for name in ["pipe", "loop", "up"] {
        fs::remove_dir_all(news.join(name)).expect("the folder is there");
    }
    for name in ["00.txt", "01.txt"] {
        env.remove(&format!("news/{name}"));
    }
    symlink("nowhere", news.join("00.txt")).expect("a link can be made");
    symlink("01.txt", news.join("01.txt")).expect("a link can be made");
    symlink("loop", news.join("loop")).expect("a link can be made");
    symlink(".", news.join("up")).expect("a link can be made");
    assert!(Command::new("mkfifo").arg(news.join("pipe")).status().expect("`mkfifo` is there").success());
    assert_eq!(env.index(["news"]), Report { deleted: 5, unchanged: 14, rejected: 5, ..Report::default() });
    assert_eq!(env.total("heron*"), 0);
    assert_eq!(env.total("zebra00 OR zebra01"), 0);
    assert_eq!(env.index(["news"]), Report { unchanged: 14, rejected: 5, ..Report::default() });
    env.run(["verify"]).code(0);
}

/// Where many files have one size, those that moved are still told from those that came and went.
#[test]
fn files_of_one_size_that_move_are_told_apart() {
    let env = TestEnv::new();
    let write = |name: &str, number: usize| {
        env.write_story(&format!("news/{name}"), "A title", &format!("Zebra {number:05} is here."))
    };
    for number in 0..60 {
        write(&format!("{number:03}.txt"), number);
    }
    // Twins are one article in two files.
    write("twin-a.txt", 900);
    write("twin-b.txt", 900);
    env.index(["news"]);
    for number in 0..60 {
        match number % 3 {
            0 => env.rename(&format!("news/{number:03}.txt"), &format!("news/moved-{:03}.txt", 99 - number)),
            1 => env.remove(&format!("news/{number:03}.txt")),
            _ => drop(write(&format!("new-{number:03}.txt"), 1000 + number)),
        }
    }
    for twin in ["a", "b"] {
        env.rename(&format!("news/twin-{twin}.txt"), &format!("news/both-{twin}.txt"));
    }
    let expected = Report { added: 20, deleted: 20, renamed: 22, unchanged: 20, ..Report::default() };
    assert_eq!(env.index(["news"]), expected);
    assert_eq!((env.total("00900"), env.total("00003"), env.total("00001"), env.total("01002")), (1, 1, 0, 1));
    assert_eq!(env.index(["news"]).unchanged, 62);
    env.run(["verify"]).code(0);
}
