//! SIGKILL at random moments of indexing: the index opens, is whole, has all that was committed, and
//! ends like one that nobody disturbed.
//!
//! A few kills here; `tests/kill.sh` makes fifty and more. The moments are the only thing that depends
//! on a clock: whatever they are, the test has to pass.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::{Duration, Instant};

use crate::env::{TestEnv, assert_text};
use crate::generator::{self, Dice};
use crate::search::QUERIES;

/// A number from the environment, for longer runs than `cargo test` has time for.
pub(crate) fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Articles of a file: place and id of each.
type Version = BTreeSet<(Option<u64>, String)>;

/// A corpus that changes, an index that is disturbed, and one that is not.
struct Trial {
    env: TestEnv,
    n_articles: u64,
    edition: u64,
    /// What each file holds and held, the present state last.
    versions: BTreeMap<String, Vec<Version>>,
    /// Files as they are now, by path.
    present: BTreeMap<String, Version>,
    /// Files that the disturbed index had as they are now.
    committed: BTreeSet<String>,
    has_committed: bool,
}

/// Articles of each JSON Lines file; the rest are files of their own.
const LINES_PER_FILE: u64 = 40;
/// Articles between commits.
const COMMIT_EVERY: &str = "50";

impl Trial {
    fn new(n_articles: u64) -> Self {
        let mut trial = Self {
            env: TestEnv::new(),
            n_articles,
            edition: 0,
            versions: BTreeMap::new(),
            present: BTreeMap::new(),
            committed: BTreeSet::new(),
            has_committed: false,
        };
        let n_lines = n_articles / 4;
        generator::write_texts(&trial.env.path().join("news"), n_articles - n_lines).expect("the disk has room");
        for first in (0..n_lines).step_by(LINES_PER_FILE as usize) {
            trial.write_lines(first, LINES_PER_FILE.min(n_lines - first));
        }
        trial.learn();
        trial
    }

    fn write_lines(&self, first: u64, n_lines: u64) {
        let line = |number: u64| {
            let story = generator::story(1_000_000 + number, self.edition);
            let line = serde_json::json!({
                "id": format!("line-{number}"), "title": story.title, "body": story.body, "date": story.date,
                "source": story.source,
            });
            line.to_string() + "\n"
        };
        self.env.write(&format!("news/lines-{first}.jsonl"), (first..first + n_lines).map(line).collect::<String>());
    }

    /// Edits, deletes, renames and adds about half of the files.
    fn change(&mut self, dice: &mut Dice) {
        self.edition += 1;
        let paths: Vec<String> = self.present.keys().filter(|path| path.ends_with(".txt")).cloned().collect();
        for path in paths {
            let path = path.replace("[TEMP]", &self.env.path().to_string_lossy());
            match dice.below(8) {
                0 => fs::remove_file(&path).expect("the file is there"),
                1 => fs::rename(&path, path.replace(".txt", "r.txt")).expect("the file is there"),
                2 | 3 => {
                    let number = self.edition * 10_000_000 + dice.below(1_000_000);
                    generator::write_text(path.as_ref(), &generator::story(number, 0)).expect("the disk has room");
                }
                _ => {}
            }
        }
        let folder = self.env.path().join(format!("news/new-{}", self.edition));
        fs::create_dir(&folder).expect("it is not there yet");
        for number in 0..self.n_articles / 8 {
            let story = generator::story(self.edition * 20_000_000 + number, 0);
            generator::write_text(&folder.join(format!("{number}.txt")), &story).expect("the disk has room");
        }
        self.write_lines(0, LINES_PER_FILE.min(self.n_articles / 4));
        self.learn();
    }

    /// Indexes undisturbed, to know what has to be found. Returns how long it took.
    fn learn(&mut self) -> Duration {
        let started = Instant::now();
        self.env.run(["index", "--quiet", "--index", "whole", "--commit-every", COMMIT_EVERY, "news"]).code(0);
        let elapsed = started.elapsed();
        self.present = self.files("whole");
        for (path, version) in &self.present {
            self.versions.entry(path.clone()).or_default().push(version.clone());
        }
        self.committed.clear();
        elapsed
    }

    /// What an index holds of each file.
    fn files(&self, index: &str) -> BTreeMap<String, Version> {
        let found = self.env.search(["--index", index, "-n", "10000000", "--snippets", "0", ""]);
        assert_eq!(found.total, found.hits.len() as u64, "totals are exact");
        let mut files: BTreeMap<String, Version> = BTreeMap::new();
        for hit in &found.hits {
            let text = |key: &str| hit[key].as_str().expect("it is text").to_owned();
            let path = text("path");
            let is_new = files.entry(path.clone()).or_default().insert((hit["record"].as_u64(), text("id")));
            assert!(is_new, "{path} has an article twice");
        }
        files
    }

    /// What has to hold after a kill. Returns how many articles of the present state are committed.
    fn check(&mut self) -> usize {
        let search = self.env.run(["search", "--count", ""]);
        if !self.has_committed && search.code == Some(2) {
            // The kill may come before the process made a folder, or anything in it.
            let made_nothing = ["there is no folder `index`", "not an index"];
            let made_nothing = made_nothing.iter().any(|says| search.stderr.contains(says));
            if !made_nothing || self.env.exists("index/dateline.json") {
                assert!(search.stderr.contains("is empty"), "{}", search.stderr);
                self.env.run(["verify"]).code(0);
            }
            return 0;
        }
        self.env.run(["verify"]).code(0);
        let files = self.files("index");
        self.has_committed |= !files.is_empty();
        let mut committed = BTreeSet::new();
        for (path, version) in &files {
            let known = self.versions.get(path).unwrap_or_else(|| panic!("{path} was never there"));
            assert!(known.contains(version), "{path} holds a mixture: {version:?}");
            if self.present.get(path) == Some(version) {
                committed.insert(path.clone());
            }
        }
        let lost: Vec<_> = self.committed.difference(&committed).collect();
        assert!(lost.is_empty(), "committed, and not found any more: {lost:?}");
        self.committed = committed;
        self.committed.iter().map(|path| files[path].len()).sum()
    }

    fn n_present(&self) -> usize {
        self.present.values().map(BTreeSet::len).sum()
    }
}

#[test]
fn a_kill_costs_nothing_that_was_committed() {
    let n_kills = setting("DATELINE_KILLS", 8);
    let seed = setting("DATELINE_KILL_SEED", 1);
    let mut dice = Dice::new(seed);
    let mut trial = Trial::new(setting("DATELINE_KILL_ARTICLES", 320));
    // A run over everything, to know within which time to kill.
    let whole_run = {
        let started = Instant::now();
        trial.env.run(["index", "--quiet", "--index", "timed", "--commit-every", COMMIT_EVERY, "news"]).code(0);
        started.elapsed()
    };
    println!("seed {seed}, {} articles, a whole run takes {} ms", trial.n_present(), whole_run.as_millis());

    let mut n_killed = 0;
    while n_killed < n_kills {
        let mut child = trial.env.spawn(["index", "--quiet", "--commit-every", COMMIT_EVERY, "news"]);
        // The moment has to be a random one, which nothing but time can give; the first is before anything is made.
        let most = u64::try_from(whole_run.as_micros()).expect("a run is short") * 2 / 3;
        let delay = if n_killed == 0 { Duration::ZERO } else { Duration::from_micros(dice.below(most)) };
        std::thread::sleep(delay);
        let is_done = child.try_wait().expect("the child can be waited for").is_some();
        child.kill().expect("the child can be killed");
        let output = trial.env.wait(child);
        let n_committed = trial.check();
        let n_present = trial.n_present();
        if is_done {
            output.code(0).stderr("");
            assert_eq!(n_committed, n_present);
            println!("done before the kill; half of the corpus changes");
            trial.change(&mut dice);
            continue;
        }
        n_killed += 1;
        println!("kill {n_killed} after {} ms: {n_committed} of {n_present} articles committed", delay.as_millis());
    }

    trial.env.run(["index", "--quiet", "--commit-every", COMMIT_EVERY, "news"]).code(0);
    assert_eq!(trial.check(), trial.n_present());
    assert_eq!(trial.files("index"), trial.present);
    trial.env.run(["index", "--quiet", "--index", "undisturbed", "news"]).code(0);
    for query in QUERIES {
        let ask = |index: &str| {
            let asked = ["search", "--index", index, "--json", "-n", "1000000", "--", query];
            trial.env.run(asked).stdout
        };
        assert_text(query, &ask("index"), &ask("undisturbed"));
    }
    let counts = |index: &str| {
        let status = trial.env.run(["status", "--json", "--index", index]).json().remove(0);
        ["articles", "files", "people", "places", "orgs", "figures"].map(|key| status[key].clone())
    };
    assert_eq!(counts("index"), counts("undisturbed"));
    println!("kills {n_kills} survived {n_killed}");
}

#[test]
fn leftovers_of_a_commit_that_never_came_to_be_do_not_stop_the_next() {
    let env = TestEnv::new();
    for number in 0..6 {
        env.write_story(&format!("news/{number}.txt"), "Ferry resumes", &format!("The ferry made trip {number}."));
    }
    env.run(["index", "--quiet", "news"]).code(0);

    // A kill while deletions are written leaves them under names of operations that will come again.
    let read = |name: &str| {
        let text = fs::read_to_string(env.path().join("index").join(name)).expect("the engine made it");
        serde_json::from_str::<serde_json::Value>(&text).expect("the engine writes JSON")
    };
    let mut managed = read(".managed.json");
    let state = read("meta.json");
    let last = state["opstamp"].as_u64().expect("operations are numbered");
    let segment = state["segments"][0]["segment_id"].as_str().expect("there is a segment").replace('-', "");
    for operation in last + 1..last + 50 {
        let name = format!("{segment}.{operation}.del");
        env.write(&format!("index/{name}"), "half of it");
        managed.as_array_mut().expect("it is a list").push(name.into());
    }
    env.write("index/.managed.json", managed.to_string());

    env.write_story("news/0.txt", "Ferry stops", "The ferry lies in harbour.");
    env.run(["index", "--quiet", "news"]).code(0).stderr("");
    assert_eq!(env.search(["harbour"]).total, 1);
    assert_eq!(env.search(["resumes"]).total, 5);
    env.run(["verify"]).code(0);
}

#[test]
fn a_folder_that_was_just_to_become_an_index_becomes_one() {
    let env = TestEnv::new();
    env.write("news/a.txt", "Rain falls\n\nIt fell on Friday.");
    // A process that ended while it wrote the first file of the index leaves this.
    env.write("index/dateline.unfinished", "{\"form");
    assert_eq!(env.index(["news"]).added, 1);
    assert_eq!(env.total("rain"), 1);
    env.run(["verify"]).code(0);
}
