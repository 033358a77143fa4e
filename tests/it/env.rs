//! A temporary folder and the real binary in it.
//!
//! The binary sees an empty environment, so that nobody's settings decide a test. What it writes is
//! normalised (the folder's name, times and speeds), and a failed comparison shows a diff.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// A folder of its own, and the binary to run in it.
pub(crate) struct TestEnv {
    folder: PathBuf,
    /// Removes the folder at the end.
    _temporary: Option<TempDir>,
}

/// The repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample articles.
pub(crate) fn corpus() -> PathBuf {
    repository().join("corpus")
}

/// An environment whose `index` holds the sample articles; made once for all tests, which only read it.
pub(crate) fn corpus_env() -> &'static TestEnv {
    static ENV: OnceLock<(TestEnv, fs::File)> = OnceLock::new();
    let (env, _) = ENV.get_or_init(|| {
        // Nothing is dropped at the end of a process, so the folder has a fixed name and is emptied at
        // the beginning; the lock keeps a second run of the tests from doing that meanwhile.
        let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let lock = fs::File::create(parent.join("corpus-env.lock")).expect("cargo's folder can be written");
        lock.lock().expect("the file can be locked");
        let folder = parent.join("corpus-env");
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("the last run's folder can be removed");
        }
        fs::create_dir(&folder).expect("a folder can be made in cargo's own one");
        let env = TestEnv { folder, _temporary: None };
        env.run(["index".as_ref(), corpus().as_os_str()]).code(0);
        (env, lock)
    });
    env
}

impl TestEnv {
    pub(crate) fn new() -> Self {
        let temporary = tempfile::Builder::new().prefix("dateline-").tempdir_in(env!("CARGO_TARGET_TMPDIR"));
        let temporary = temporary.expect("a folder can be made in cargo's own one");
        let folder = temporary.path().canonicalize().expect("the folder is there");
        Self { folder, _temporary: Some(temporary) }
    }

    /// The folder, as the operating system names it.
    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(&path, content).expect("the file can be written");
        path
    }

    /// Writes an article as plain text: a title, and a body of whole sentences.
    pub(crate) fn write_story(&self, name: &str, title: &str, body: &str) -> PathBuf {
        self.write(name, format!("{title}\n\n{body}\n"))
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.folder.join(name)).expect("the file is there");
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        let folder = &self.folder;
        fs::rename(folder.join(from), folder.join(to)).expect("the file is there");
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        self.folder.join(name).exists()
    }

    /// A command that runs the binary in this folder.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments).current_dir(&self.folder).env_clear().env("TZ", "UTC");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the binary to its end.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        self.wait(self.spawn(arguments))
    }

    /// Runs the binary to its end, with something to read.
    pub(crate) fn run_with_input<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
        input: &[u8],
    ) -> Output {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().expect("the binary starts");
        let mut stdin = child.stdin.take().expect("stdin is a pipe");
        let input = input.to_owned();
        // The binary may answer before it has read all.
        let writer = std::thread::spawn(move || {
            let _ = stdin.write_all(&input);
        });
        let output = self.wait(child);
        writer.join().expect("the writer does not panic");
        output
    }

    /// Starts the binary.
    pub(crate) fn spawn<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Child {
        self.command(arguments).spawn().expect("the binary starts")
    }

    /// Waits for the binary to end.
    pub(crate) fn wait(&self, child: Child) -> Output {
        let output = child.wait_with_output().expect("the binary ends");
        Output {
            stdout: self.normalised(&String::from_utf8(output.stdout).expect("output is UTF-8")),
            stderr: self.normalised(&String::from_utf8(output.stderr).expect("messages are UTF-8")),
            code: output.status.code(),
        }
    }

    /// Text without what differs from run to run: `[TEMP]`, `[CORPUS]`, `[TIME]`, `"elapsed_ms":0`.
    fn normalised(&self, text: &str) -> String {
        let text = text.replace(&*self.folder.to_string_lossy(), "[TEMP]");
        let text = text.replace(&*corpus().to_string_lossy(), "[CORPUS]");
        let text = without_digits_after(&text, "\"elapsed_ms\":");
        let mut normalised = String::new();
        for line in text.split_inclusive('\n') {
            // `3 files in 0.2 s, 15 articles/s, 1.3 kB/s`
            match line.split_once(" in ").filter(|(files, _)| is_n_files(files)) {
                Some((files, _)) => writeln!(normalised, "{files} in [TIME]").expect("strings take everything"),
                None => normalised.push_str(line),
            }
        }
        normalised
    }

    /// Runs `search --json` with these arguments.
    #[track_caller]
    pub(crate) fn search<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Found {
        let mut all = vec![OsStr::new("search").to_owned(), OsStr::new("--json").to_owned()];
        all.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        let output = self.run(&all);
        assert!(output.code == Some(0) || output.code == Some(1), "search {all:?} failed:\n{}", output.stderr);
        let mut lines = output.json();
        let summary = lines.pop().expect("a summary comes last");
        assert_eq!(summary["type"], "summary");
        let total = summary["total"].as_u64().expect("a total is a number");
        assert_eq!(output.code, Some(i32::from(total == 0)), "the exit code tells whether something was found");
        let (hits, others) = lines.into_iter().partition(|line| line["type"] == "hit");
        Found { hits, others, total }
    }

    /// How many articles a query finds.
    #[track_caller]
    pub(crate) fn total(&self, query: &str) -> u64 {
        self.search(["-n", "1", "--", query]).total
    }

    /// Runs `index --json` with these arguments; expects the exit code that goes with the report.
    #[track_caller]
    pub(crate) fn index<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Report {
        let mut all = vec![OsStr::new("index").to_owned(), OsStr::new("--json").to_owned()];
        all.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        let output = self.run(&all);
        let Some(report) = output.json().pop().filter(|line| line["type"] == "report") else {
            panic!("index {all:?} made no report:\n{}{}", output.stdout, output.stderr);
        };
        let n = |key: &str| report[key].as_u64().unwrap_or_else(|| panic!("`{key}` is a number"));
        let report = Report {
            added: n("added"),
            changed: n("changed"),
            deleted: n("deleted"),
            renamed: n("renamed"),
            unchanged: n("unchanged"),
            rejected: n("rejected"),
        };
        assert_eq!(output.code, Some(i32::from(report.rejected > 0)), "the exit code tells of rejects: {report:?}");
        report
    }
}

/// `1 file`, `2,615 files`.
fn is_n_files(text: &str) -> bool {
    let n = text.strip_suffix(" files").or_else(|| text.strip_suffix(" file"));
    n.is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit() || byte == b','))
}

fn without_digits_after(text: &str, key: &str) -> String {
    let mut parts = text.split(key);
    let mut normalised = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        normalised.push_str(key);
        normalised.push('0');
        normalised.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    normalised
}

/// What a run of the binary left.
pub(crate) struct Output {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// `None` when a signal ended it.
    pub(crate) code: Option<i32>,
}

impl Output {
    #[track_caller]
    pub(crate) fn code(&self, expected: i32) -> &Self {
        assert_eq!(self.code, Some(expected), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn stdout(&self, expected: &str) -> &Self {
        assert_text("stdout", &self.stdout, expected);
        self
    }

    #[track_caller]
    pub(crate) fn stderr(&self, expected: &str) -> &Self {
        assert_text("stderr", &self.stderr, expected);
        self
    }

    #[track_caller]
    pub(crate) fn stdout_has(&self, expected: &str) -> &Self {
        assert!(self.stdout.contains(expected), "`{expected}` is not in stdout:\n{}", self.stdout);
        self
    }

    #[track_caller]
    pub(crate) fn stderr_has(&self, expected: &str) -> &Self {
        assert!(self.stderr.contains(expected), "`{expected}` is not in stderr:\n{}", self.stderr);
        self
    }

    /// Every line of stdout, parsed.
    #[track_caller]
    pub(crate) fn json(&self) -> Vec<Value> {
        let parse = |line: &str| match serde_json::from_str(line) {
            Ok(value) => value,
            Err(error) => panic!("{error}: {line}"),
        };
        self.stdout.lines().map(parse).collect()
    }
}

/// What `search --json` wrote.
#[derive(Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) hits: Vec<Value>,
    /// Facets and whatever else came before the summary.
    pub(crate) others: Vec<Value>,
    pub(crate) total: u64,
}

impl Found {
    /// File names of hits in order, without folders; `name:record` for files of several articles.
    pub(crate) fn names(&self) -> Vec<String> {
        let name = |hit: &Value| {
            let path = hit["path"].as_str().expect("a path is text");
            let file = path.rsplit('/').next().unwrap_or(path).to_owned();
            hit["record"].as_u64().map_or(file.clone(), |record| format!("{file}:{record}"))
        };
        self.hits.iter().map(name).collect()
    }
}

/// The counts of `index --json`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) added: u64,
    pub(crate) changed: u64,
    pub(crate) deleted: u64,
    pub(crate) renamed: u64,
    pub(crate) unchanged: u64,
    pub(crate) rejected: u64,
}

/// Compares texts, and shows where they differ.
#[track_caller]
pub(crate) fn assert_text(what: &str, actual: &str, expected: &str) {
    assert!(actual == expected, "{what} differs (- expected, + actual):\n{}", diff(expected, actual));
}

/// Line by line: what both have behind a space, else behind `-` or `+`.
fn diff(expected: &str, actual: &str) -> String {
    let old: Vec<&str> = expected.lines().collect();
    let new: Vec<&str> = actual.lines().collect();
    // Lengths of the longest common subsequences of what is left at each pair of lines.
    let mut common = vec![vec![0usize; new.len() + 1]; old.len() + 1];
    for at_old in (0..old.len()).rev() {
        for at_new in (0..new.len()).rev() {
            common[at_old][at_new] = if old[at_old] == new[at_new] {
                common[at_old + 1][at_new + 1] + 1
            } else {
                common[at_old + 1][at_new].max(common[at_old][at_new + 1])
            };
        }
    }
    let (mut at_old, mut at_new) = (0, 0);
    let mut diff = String::new();
    while at_old < old.len() || at_new < new.len() {
        let (one, other) = (old.get(at_old), new.get(at_new));
        let (sign, line) = match (one, other) {
            (Some(one), Some(other)) if one == other => {
                at_old += 1;
                at_new += 1;
                (' ', *one)
            }
            (Some(one), _) if other.is_none() || common[at_old + 1][at_new] >= common[at_old][at_new + 1] => {
                at_old += 1;
                ('-', *one)
            }
            (_, Some(other)) => {
                at_new += 1;
                ('+', *other)
            }
            (_, None) => break,
        };
        writeln!(diff, "{sign} {line}").expect("strings take everything");
    }
    if expected.lines().eq(actual.lines()) {
        diff.push_str("(the ends of lines differ)\n");
    }
    diff
}

/// Says that a test could not be made, where the test harness does not swallow it.
pub(crate) fn skip(test: &str, reason: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: {reason}");
}

#[test]
fn a_diff_shows_what_differs() {
    assert_eq!(diff("a\nb\nc\n", "a\nc\nd\n"), "  a\n- b\n  c\n+ d\n");
    assert_eq!(diff("", "x\n"), "+ x\n");
    assert_eq!(diff("a", "a\n"), "  a\n(the ends of lines differ)\n");
}

#[test]
fn times_are_normalised() {
    let env = TestEnv::new();
    assert_eq!(env.normalised("{\"elapsed_ms\":123}\n"), "{\"elapsed_ms\":0}\n");
    assert_eq!(env.normalised("3 files in 0.2 s, 15 articles/s\nx\n"), "3 files in [TIME]\nx\n");
    assert_eq!(env.normalised(&format!("{}/a", env.path().display())), "[TEMP]/a");
}
