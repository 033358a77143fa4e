//! What the sample articles have to answer: every row of `tests/gold/corpus.tsv`, through the binary.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::env::{corpus_env, repository};

struct Row {
    n_line: usize,
    query: String,
    /// Least and most hits.
    totals: Option<(u64, u64)>,
    /// Files, relative to the corpus, some with `:line`.
    files: Vec<String>,
}

fn rows() -> Vec<Row> {
    let path = repository().join("tests/gold/corpus.tsv");
    let text = std::fs::read_to_string(path).expect("the table is there");
    let mut rows = Vec::new();
    for (n_line, line) in (1..).zip(text.lines()) {
        // The first line names the columns.
        if n_line == 1 || line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let (query, expected) = line.split_once('\t').unwrap_or_else(|| panic!("line {n_line} has no tab"));
        let mut row = Row { n_line, query: query.to_owned(), totals: None, files: Vec::new() };
        for word in expected.split(' ') {
            let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("line {n_line}: `{text}` is no number"));
            if let Some(n) = word.strip_prefix(">=") {
                row.totals = Some((number(n), u64::MAX));
            } else if let Some(n) = word.strip_prefix('=') {
                row.totals = Some((number(n), number(n)));
            } else {
                row.files.push(word.to_owned());
            }
        }
        rows.push(row);
    }
    rows
}

/// What is wrong with the answer to a row; empty when nothing is.
fn wrong(row: &Row) -> String {
    let output = corpus_env().run(["search", "--json", "--snippets", "0", "-n", "1000", "--", &row.query]);
    if output.code == Some(2) {
        return output.stderr;
    }
    let mut wrong = String::new();
    let mut found = Vec::new();
    let mut total = 0;
    for line in output.json() {
        if line["type"] == "summary" {
            total = line["total"].as_u64().unwrap_or_default();
        } else {
            let path = line["path"].as_str().unwrap_or_default();
            let file = path.strip_prefix("[CORPUS]/").unwrap_or(path).to_owned();
            found.extend(line["record"].as_u64().map(|record| format!("{file}:{record}")));
            found.push(file);
        }
    }
    if let Some((least, most)) = row.totals.filter(|(least, most)| !(*least..=*most).contains(&total)) {
        let expected = if least == most { format!("{least}") } else { format!("at least {least}") };
        write!(wrong, " {total} hits, expected {expected};").expect("strings take everything");
    }
    let missing: Vec<&str> = row.files.iter().filter(|file| !found.contains(file)).map(String::as_str).collect();
    if !missing.is_empty() {
        write!(wrong, " not found: {};", missing.join(" ")).expect("strings take everything");
    }
    wrong
}

#[test]
fn the_corpus_answers() {
    let rows = rows();
    assert!(rows.len() > 100, "the table was not read");
    let next = AtomicUsize::new(0);
    let problems = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let problem = wrong(row);
                    if problem.is_empty() {
                        continue;
                    }
                    let line = (row.n_line, format!("line {}: {}\n   {problem}", row.n_line, row.query));
                    problems.lock().unwrap_or_else(PoisonError::into_inner).push(line);
                }
            });
        }
    });
    let mut problems = problems.into_inner().unwrap_or_else(PoisonError::into_inner);
    problems.sort();
    let text: Vec<&str> = problems.iter().map(|(_, text)| text.as_str()).collect();
    assert!(text.is_empty(), "{} of {} rows:\n{}", text.len(), rows.len(), text.join("\n"));
}
