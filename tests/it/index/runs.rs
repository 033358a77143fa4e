//! Runs: folders that are refused, an index made anew, signals, searches meanwhile.

use super::*;

#[test]
fn a_missing_folder_makes_no_index() {
    let env = TestEnv::new();
    env.run(["index", "nowhere"]).code(2).stdout("").stderr_has("error: cannot read `nowhere`");
    assert!(!env.exists("index"));
    env.run(["index", "--dry-run", "nowhere"]).code(2);
    env.run(["index", "--rebuild", "nowhere"]).code(2);
    assert!(!env.exists("index"));
}

#[test]
fn a_missing_folder_beside_others_changes_nothing() {
    let env = small_news();
    env.index(["news"]);
    env.remove("news/00.txt");
    let refused = env.run(["index", "news", "nowhere"]);
    refused
        .code(2)
        .stderr_has("cannot read `nowhere`")
        .stderr_has("hint: what the index holds of a folder that is gone");
    assert_eq!(env.total("zebra00"), 1);
}

#[test]
fn a_folder_of_another_program_is_left_alone() {
    let env = small_news();
    env.write("photos/cat.jpg", "not really");
    for arguments in [&["index", "--index", "photos", "news"][..], &["index", "--rebuild", "--index", "photos", "news"]]
    {
        let output = env.run(arguments);
        output.code(2).stdout("");
        output.stderr(
            "error: `photos` is not empty and not an index of dateline; it is left as it is\n\
             hint: name another folder with `--index DIR`\n",
        );
    }
    let names = fs::read_dir(env.path().join("photos")).expect("the folder is there").count();
    assert_eq!(names, 1, "nothing was added");
    env.run(["search", "--index", "photos", "x"]).code(2).stderr_has("`photos` is not an index of dateline");
    env.run(["index", "--index", "news/00.txt", "news"]).code(2).stderr_has("an index is a folder");
}

#[test]
fn a_hidden_file_does_not_make_a_folder_foreign() {
    let env = small_news();
    env.write("index/.gitignore", "*\n");
    assert_eq!(env.index(["news"]).added, 16);
    env.run(["index", "--rebuild", "news"]).code(0);
    assert!(env.exists("index/.gitignore"), "it survives a rebuild");
}

/// Segments of an index, after a look that nothing else of any was left.
fn n_segments(env: &TestEnv) -> usize {
    let files = fs::read_dir(env.path().join("index")).expect("there is an index");
    let names: Vec<String> =
        files.map(|file| file.expect("it can be listed").file_name().into_string().expect("a plain name")).collect();
    let n_with = |ending: &str| names.iter().filter(|name| name.ends_with(ending)).count();
    assert_eq!(n_with(".term"), n_with(".store"), "{names:?}");
    n_with(".store")
}

#[test]
fn a_run_leaves_one_segment_and_one_that_adds_little_leaves_the_others_alone() {
    let env = small_news();
    env.run(["index", "--commit-every", "3", "news"]).code(0);
    assert_eq!(n_segments(&env), 1);
    env.write_story("news/one-more.txt", "One more", "A zebrafinch sang.");
    assert_eq!(env.index(["news"]).added, 1);
    assert_eq!(n_segments(&env), 2);
    assert_eq!((env.total("zebrafinch"), env.total("zebra00")), (1, 1));
    env.run(["verify"]).code(0);
}

#[test]
fn a_strange_index_is_refused_with_the_command_that_mends_it() {
    let env = small_news();
    env.index(["news"]);
    let manifest = fs::read_to_string(env.path().join("index/dateline.json")).expect("an index has a manifest");
    let version = format!("\"schema_version\": {}", dateline::schema::SCHEMA_VERSION);
    for (what, from, to) in [
        ("schema version", &*version, "\"schema_version\": 999"),
        ("analyzer", "\"analyzer\": \"", "\"analyzer\": \"other "),
    ] {
        assert!(manifest.contains(from), "the manifest has {from}");
        env.write("index/dateline.json", manifest.replace(from, to));
        for arguments in [&["search", "x"][..], &["status"], &["verify"], &["show", "x"], &["index", "news"]] {
            let output = env.run(arguments);
            output.code(2).stderr_has(what);
            output.stderr_has("hint: make it anew with `dateline index --rebuild DIR...`");
        }
    }
    // Another extractor made it: reading is fine, adding to it is not.
    env.write("index/dateline.json", manifest.replace("\"extractor\": \"", "\"extractor\": \"other "));
    assert_eq!(env.total("zebra01"), 1);
    env.run(["index", "news"]).code(2).stderr_has("--rebuild");

    env.write("index/dateline.json", "{ damaged");
    env.run(["search", "x"]).code(2).stderr_has("--rebuild");

    env.run(["index", "--rebuild", "news"]).code(0).stdout("articles: 16 added\n13 files in [TIME]\n");
    assert_eq!(env.total("zebra01"), 1);
    env.run(["verify"]).code(0);
    for leftover in ["index.dateline-old", "index.dateline-rebuilding", "index/.dateline-rebuild"] {
        assert!(!env.exists(leftover), "{leftover} is gone");
    }
}

#[test]
fn a_rebuild_starts_from_nothing() {
    let env = small_news();
    env.write_story("other/a.txt", "Elsewhere", &body("heron"));
    env.index(["news", "other"]);
    env.remove("other/a.txt");
    env.run(["index", "--rebuild", "news"]).code(0);
    assert_eq!(env.total(""), 16);
    assert_eq!(env.total("heron"), 0);
}

#[test]
fn a_rebuild_leaves_folders_of_the_user_alone() {
    let env = small_news();
    env.index(["news"]);
    for name in ["index.old", "index.rebuilding"] {
        env.write(&format!("{name}/kept.txt"), "mine");
    }
    env.run(["index", "--rebuild", "news"]).code(0);
    assert!(env.exists("index.old/kept.txt") && env.exists("index.rebuilding/kept.txt"));
    for name in ["index.dateline-old", "index.dateline-rebuilding"] {
        env.write(&format!("{name}/kept.txt"), "mine");
        let output = env.run(["index", "--rebuild", "news"]);
        output.code(2).stderr_has(&format!("{name}` is in the way")).stderr_has("hint: give it another name");
        assert!(env.exists(&format!("{name}/kept.txt")));
        fs::remove_dir_all(env.path().join(name)).expect("it is there");
    }
    assert_eq!(env.total(""), 16, "the old index stays in use");
    // What a rebuild that was killed has left is its own.
    env.write("index.dateline-rebuilding/.dateline-rebuild", "");
    env.write("index.dateline-rebuilding/dateline.json", "{");
    env.run(["index", "--rebuild", "news"]).code(0);
    assert!(!env.exists("index.dateline-rebuilding"));
}

/// Notes, rules and folders that somebody keeps in the folder of an index outlive it, and their changes are no damage.
#[test]
fn a_rebuild_keeps_what_is_not_its_own() {
    let env = small_news();
    env.index(["news"]);
    let mine = ["notes.txt", "papers/deep/er.txt", ".gitignore", ".hidden/x", "entities.toml"];
    for name in mine {
        env.write(&format!("index/{name}"), "# mine\n");
    }
    env.run(["verify"]).code(0);
    env.run(["index", "--rebuild", "news"]).code(0);
    for name in mine {
        assert!(env.exists(&format!("index/{name}")), "{name}");
    }
    env.run(["verify"]).code(0);
    // So they do where a rebuild was killed when it had just begun to remove the old index.
    env.write("index.dateline-old/.dateline-rebuild", "");
    env.write("index.dateline-old/letters.txt", "mine");
    env.run(["index", "--rebuild", "news"]).code(0);
    assert!(env.exists("index/letters.txt") && !env.exists("index.dateline-old"));
}

/// Rules lie beside an index, from wherever it is looked at.
#[test]
fn rules_lie_beside_an_index_from_within_too() {
    let env = small_news();
    env.index(["news"]);
    env.write("entities.toml", "[[block]]\nperson = [\"nobody-of-that-name\"]\n");
    env.write("saved-queries.txt", "zebra = zebra01\n");
    for (folder, index) in [(".", "index"), ("index", "."), ("news", "../index/.")] {
        let mut command = env.command(["search", "--json", "--index", index, "@zebra"]);
        let output = command.current_dir(env.path().join(folder)).output().expect("the binary starts");
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && stdout.contains("\"entity_rules\":\""), "{folder}: {stdout} {output:?}");
    }
}

/// An index that lies among the news is named and left alone, whosever it is.
#[test]
fn an_index_among_the_news_is_no_news() {
    let env = small_news();
    env.run(["index", "--index", "news/other", "news"]).code(0);
    let output = env.run(["index", "--json", "news"]);
    output.code(1).stdout_has("news/other\",\"record\":null,\"reason\":\"is an index of dateline, and no news\"");
    output.stdout_has("\"added\":16,").stdout_has("\"rejected\":1,");
    assert_eq!(env.total(""), 16);
}

/// A run that is stopped while it reads files once more leaves what was there.
#[cfg(unix)]
#[test]
fn a_stop_while_files_are_read_again_loses_nothing() {
    let env = TestEnv::new();
    env.write("fast.sh", "printf 'Rain falls\\n\\nIt rained for a day and a night, said %s.\\n' \"$(cat)\"");
    env.write("slow.sh", "[ -e begun ] || { touch begun; sleep 1; }; exec sh fast.sh");
    // More than wait for a worker, so that the stop comes in the middle.
    let members: Vec<(String, String)> = (0..100).map(|n| (format!("{n}.qqq"), format!("witness{n}"))).collect();
    let mut members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (&**name, text.as_bytes())).collect();
    // A file of which a part was rejected is read again with other settings.
    members.push(("empty.txt", b""));
    env.write("news/a.zip", crate::archives::zip(&members));
    let report = env.index(["--convert", "qqq=sh fast.sh", "news"]);
    assert_eq!((report.added, report.rejected), (100, 1));
    let child = env.spawn(["index", "--json", "--threads", "1", "--convert", "qqq=sh slow.sh", "news"]);
    let mut n_tries = 0;
    while !env.exists("begun") && n_tries < 500 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        n_tries += 1;
    }
    assert!(env.exists("begun"), "the file is read again");
    let killed = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(killed.expect("kill runs").success());
    env.wait(child);
    assert_eq!((env.total("witness0"), env.total("rained")), (1, 100));
    env.run(["verify"]).code(0);
}

#[test]
fn nothing_is_written_while_an_index_is_made_anew() {
    let env = small_news();
    env.index(["news"]);
    let folder = env.path().join("index");
    let writer = IndexWriter::open(&folder, IndexConfig::default()).expect("nobody else writes");
    env.run(["index", "--rebuild", "news"]).code(2).stderr_has("is being written by another process");
    drop(writer);
    let rebuild = dateline::index::Rebuild::begin(&folder).expect("nobody writes");
    env.run(["index", "news"]).code(2).stderr_has("is being written by another process");
    env.run(["index", "--rebuild", "news"]).code(2).stderr_has("is being written by another process");
    assert!(env.exists("index.dateline-rebuilding"));
    drop(rebuild);
    assert!(!env.exists("index.dateline-rebuilding"), "given up");
    assert_eq!(env.index(["news"]).unchanged, 16);
}

#[cfg(unix)]
#[test]
fn an_index_is_made_anew_where_its_links_lead_and_where_one_stands() {
    let env = small_news();
    env.index(["--index", "real/index", "news"]);
    std::os::unix::fs::symlink("real/index", env.path().join("link")).expect("a link can be made");
    env.remove("news/00.txt");
    env.run(["index", "--index", "link", "--rebuild", "news"]).code(0);
    assert!(env.path().join("link").is_symlink());
    assert_eq!(env.search(["--index", "real/index", ""]).total, 15);

    env.remove("news/01.txt");
    let mut command = env.command(["index", "--index", ".", "--rebuild", "../../news"]);
    env.wait(command.current_dir(env.path().join("real/index")).spawn().expect("the binary starts")).code(0);
    assert_eq!(env.search(["--index", "link", ""]).total, 14);
    env.run(["verify", "--index", "link"]).code(0);
}

#[test]
fn an_index_that_lost_its_name_to_a_killed_rebuild_gets_it_back() {
    let env = small_news();
    env.index(["news"]);
    env.write("index/.dateline-rebuild", "");
    env.rename("index", "index.dateline-old");
    env.write("index.dateline-rebuilding/.dateline-rebuild", "");
    let output = env.run(["search", "--json", "zebra07"]);
    output.code(0).stdout_has("07.txt").stderr_has("the old one is back in its place");
    assert!(!env.exists("index.dateline-old"));
    assert_eq!(env.index(["news"]).unchanged, 16);
    // Without the mark, it is somebody's own.
    env.rename("index", "index.dateline-old");
    env.run(["search", "zebra07"]).code(2);
    assert!(env.exists("index.dateline-old/dateline.json"));
}

/// What is left when the maker of an index is killed between its first file and the engine's.
#[test]
fn an_index_that_was_just_begun_is_empty_and_whole() {
    let env = small_news();
    env.index(["--index", "other", "news"]);
    let manifest = fs::read(env.path().join("other/dateline.json")).expect("an index has a manifest");
    env.write("index/dateline.json", manifest);
    env.run(["search", "x"]).code(2).stderr_has("the index `index` is empty");
    env.run(["verify"]).code(0).stdout_has("whole: 0 articles of 0 files read back, all checksums right\n");
    assert_eq!(env.index(["news"]).added, 16);
}

#[test]
fn only_one_writes_at_a_time() {
    let env = small_news();
    env.index(["news"]);
    let folder = env.path().join("index");
    let writer = IndexWriter::open(&folder, IndexConfig::default()).expect("nobody else writes");
    env.run(["index", "news"]).code(2).stdout("").stderr(
        "error: the index `index` is being written by another process\n\
         hint: wait until it is done; searching goes on meanwhile\n",
    );
    assert_eq!(env.total("zebra01"), 1);
    drop(writer);
    env.run(["index", "news"]).code(0);
}

#[test]
fn the_index_says_who_made_it() {
    let env = small_news();
    env.index(["news"]);
    let text = fs::read_to_string(env.path().join("index/dateline.json")).expect("an index has a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("a manifest is JSON");
    assert_eq!(manifest["format"], "dateline index");
    assert_eq!(manifest["extractor"], NewsExtractor::new().fingerprint().as_str());
    assert_eq!(manifest["created_by"], concat!("dateline ", env!("CARGO_PKG_VERSION")));
}

/// Enough articles to be still at work when the signal comes.
const MANY: u64 = 3_000;

#[cfg(unix)]
#[test]
fn ctrl_c_commits_what_is_done() {
    a_signal_commits_what_is_done("-INT");
}

#[cfg(unix)]
#[test]
fn so_does_the_end_of_the_session() {
    a_signal_commits_what_is_done("-TERM");
}

#[cfg(unix)]
fn a_signal_commits_what_is_done(signal: &str) {
    let env = TestEnv::new();
    // The reject comes first, and is written at once: from then on the run is in the middle.
    env.write("news/0.txt", "");
    generator::write_texts(&env.path().join("news"), MANY).expect("the disk has room");
    fs::rename(env.path().join("news/0.txt"), env.path().join("news/!.txt")).expect("the file is there");

    let mut child = env.spawn(["index", "--json", "--threads", "1", "news"]);
    let mut first = String::new();
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
    stdout.read_line(&mut first).expect("the reject is named");
    assert!(first.contains("rejected"), "{first}");
    let killed = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("`kill` is there");
    assert!(killed.success());

    let mut last = String::new();
    for line in stdout.lines() {
        last = line.expect("output is UTF-8");
    }
    let output = env.wait(child);
    output.code(1);
    output.stderr(
        "\nstopping: finishing the files being read, then committing\n\
         warning: stopped before the end; what was done is committed\n\
         hint: the same command goes on from here\n",
    );
    let report: serde_json::Value = serde_json::from_str(&last).expect("a report comes last");
    assert_eq!(report["interrupted"], true);
    let added = report["added"].as_u64().expect("a count is a number");
    assert!(added < MANY, "it was stopped in the middle");
    assert_eq!(env.total(""), added);
    env.run(["verify"]).code(0);

    let report = env.index(["news"]);
    assert_eq!((report.added, report.unchanged), (MANY - added, added));
    assert_eq!(env.total(""), MANY);
}

#[test]
fn searching_goes_on_while_indexing() {
    let env = small_news();
    env.index(["news"]);
    generator::write_texts(&env.path().join("news/more"), 600).expect("the disk has room");
    let mut child = env.spawn(["index", "--quiet", "--commit-every", "40", "news"]);
    let mut totals = Vec::new();
    loop {
        let is_done = child.try_wait().expect("the child can be waited for").is_some();
        let found = env.search(["-n", "1", ""]);
        assert!(!found.hits.is_empty());
        totals.push(found.total);
        if is_done {
            break;
        }
    }
    env.wait(child).code(0).stderr("");
    assert!(totals.is_sorted(), "nothing that was found is lost: {totals:?}");
    assert_eq!((totals.first(), totals.last()), (Some(&16), Some(&616)));
    env.run(["verify"]).code(0);
}

#[test]
fn small_commits_end_in_the_same_index() {
    let env = TestEnv::new();
    generator::write_texts(&env.path().join("news"), 120).expect("the disk has room");
    env.index(["--commit-every", "7", "--threads", "3", "news"]);
    env.index(["--index", "whole", "--threads", "1", "--memory", "16", "news"]);
    for query in ["ceasefire talks", "prisoners>=300", "person:garcia", ""] {
        let (small, whole) = (env.search(["-n", "200", query]), env.search(["--index", "whole", "-n", "200", query]));
        assert!(small == whole, "`{query}` differs");
    }
}

/// A folder that can't be listed is not a folder whose files are gone.
#[cfg(unix)]
#[test]
fn an_unreadable_folder_deletes_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    /// The user without rights, on most systems.
    const NOBODY: u32 = 65_534;

    let env = small_news();
    env.write_story("news/closed/a.txt", "Behind the door", &body("heron"));
    env.write_story("news/closed/deep/b.txt", "Behind two doors", &body("stork"));
    let allow = |name: &str, mode: u32| {
        fs::set_permissions(env.path().join(name), fs::Permissions::from_mode(mode)).expect("it is our folder");
    };
    allow(".", 0o777);
    // Root sees everything, so that root has to become nobody.
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let run = |arguments: &[&str]| {
        let mut command = env.command(arguments);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.spawn().map(|child| env.wait(child))
    };
    match run(&["index", "--quiet", "news"]) {
        Ok(output) if output.code == Some(0) => {}
        Ok(output) => return skip("an_unreadable_folder_deletes_nothing", &output.stderr),
        Err(error) => return skip("an_unreadable_folder_deletes_nothing", &error.to_string()),
    }

    allow("news/closed", 0o000);
    let output = run(&["index", "--json", "news"]).expect("it started before");
    allow("news/closed", 0o755);
    output.code(1);
    let lines = output.json();
    let report = lines.last().expect("a report comes last");
    assert_eq!((&report["deleted"], &report["unchanged"]), (&0.into(), &18.into()), "{}", output.stdout);
    assert!(output.stdout.contains("news/closed\""), "the folder is named: {}", output.stdout);
    assert_eq!((env.total("heron"), env.total("stork")), (1, 1));

    // Neither is a file that can't be opened.
    allow("news/00.txt", 0o000);
    let file = File::options().append(true).open(env.path().join("news/01.txt")).expect("the file is there");
    file.set_modified(SystemTime::UNIX_EPOCH).expect("times can be set");
    drop(file);
    allow("news/01.txt", 0o000);
    let output = run(&["index", "--json", "news"]).expect("it started before");
    output.code(1).stderr("");
    assert!(output.stdout.contains("01.txt"), "{}", output.stdout);
    assert_eq!((env.total("zebra00"), env.total("zebra01")), (1, 1));
}

#[test]
fn every_file_of_the_corpus_is_accounted_for() {
    let env = TestEnv::new();
    let lines = env.run(["index".as_ref(), "--json".as_ref(), corpus().as_os_str()]).code(0).json();
    let report = lines.last().expect("a report comes last");
    let n_files = walkdir::WalkDir::new(corpus())
        .into_iter()
        .filter(|entry| entry.as_ref().expect("the corpus can be listed").file_type().is_file());
    assert_eq!(report["files"], n_files.count());
    assert_eq!(report["added"], 106);
}

/// Whom the user's mask admits may read all of an index, and what may not be read is not called damaged.
#[cfg(unix)]
#[test]
fn others_may_read_an_index_whole_or_are_told_that_they_may_not() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    let env = small_news();
    env.index(["news"]);
    let mode = |name: &str| {
        fs::metadata(env.path().join("index").join(name)).expect("it is there").permissions().mode() & 0o777
    };
    for name in ["meta.json", ".managed.json"] {
        assert_eq!(mode(name), mode("dateline.json"), "{name}");
    }
    fs::set_permissions(env.path().join("index/meta.json"), fs::Permissions::from_mode(0o000)).expect("it is ours");
    let mut command = env.command(["verify"]);
    if std::os::unix::fs::MetadataExt::uid(&fs::metadata(env.path()).expect("it is there")) == 0 {
        fs::set_permissions(env.path(), fs::Permissions::from_mode(0o755)).expect("it is ours");
        command.uid(65_534).gid(65_534);
    }
    match command.spawn() {
        Ok(child) => {
            env.wait(child).code(2).stdout("").stderr_has("cannot read `index/meta.json`").stderr_has("denied");
        }
        Err(error) => skip("others_may_read_an_index_whole_or_are_told_that_they_may_not", &error.to_string()),
    }
}
