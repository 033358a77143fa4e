//! What an index costs: the same articles through the bare engine, SQLite, dateline, and the stages of it.
//!
//! `cargo bench --bench indexing` writes a corpus of generated articles, has each row measured by a process
//! of its own, row by row in several rounds, so that a busy machine is busy for all, and prints medians.
//! `DATELINE_BENCH_ARTICLES` sets how many articles (default 2,000), `DATELINE_BENCH_ROUNDS` how many rounds
//! (default 3), `DATELINE_BENCH_CORPUS` names a folder of JSON Lines (`title`, and `body` or `text`) to take
//! instead. CPU time is that of all threads, memory the peak of what is resident, files that are mapped
//! included; both are known where there is a `/proc`. SQLite is that of `python3`; without it the row is
//! missing. State corpus and machine with any number; take ratios from a busy one.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

mod generator;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use dateline::article::Article;
use dateline::extract::{Extractor, NewsExtractor, Text, figure, language};
use dateline::index::{IndexConfig, IndexWriter, prepare_folder, remember};
use dateline::pipeline::{self, PipelineConfig};
use dateline::read::{self, ReadConfig, WalkConfig};
use dateline::schema::document::DocumentBuilder;
use dateline::search::Searcher;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, TantivyDocument};
use tempfile::TempDir;

/// Makes the bench measure one row and end.
const MEASURE: &str = "DATELINE_BENCH_MEASURE";
/// Memory of the bare engine's writer: its default for one thread or two.
const BARE_BYTES: usize = 64 << 20;

/// Rows: name, and what is measured on how many threads.
const ROWS: [(&str, &str, usize); 14] = [
    ("bare engine: title and body, stemmed, positions, stored", "bare", 1),
    ("bare engine, 2 threads", "bare", 2),
    ("SQLite FTS5, porter", "sqlite", 1),
    ("dateline, everything", "whole", 1),
    ("dateline, everything, 2 threads", "whole", 2),
    ("dateline, near copies left out", "index", 1),
    ("- read", "read", 1),
    ("- read, language", "language", 1),
    ("- read, figures", "figures", 1),
    ("- read, language, names and figures", "extract", 1),
    ("- the same, and terms", "document", 1),
    ("- near copies of an index", "clusters", 1),
    ("- the same again, ten articles later", "ten", 1),
    ("- nothing has changed", "unchanged", 1),
];

/// What a row costs. `None` where it isn't known.
#[derive(Clone, Copy, Default)]
struct Cost {
    cpu_seconds: Option<f64>,
    wall_seconds: f64,
    peak_mib: Option<f64>,
    index_bytes: u64,
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

fn main() {
    let folder = |name: &str| PathBuf::from(std::env::var_os(name).unwrap_or_default());
    if let Ok(what) = std::env::var(MEASURE) {
        let n_threads = number("DATELINE_BENCH_THREADS", 1) as usize;
        return measure(&what, n_threads, &folder("DATELINE_BENCH_CORPUS"), &folder("DATELINE_BENCH_INDEX"));
    }
    let temporary = TempDir::new().expect("there is a folder for temporary files");
    let mut corpus = folder("DATELINE_BENCH_CORPUS");
    if corpus.as_os_str().is_empty() {
        corpus = temporary.path().join("corpus");
        generator::write_lines(&corpus, number("DATELINE_BENCH_ARTICLES", 2_000)).expect("the disk has room");
    }
    let mut n_articles = 0u64;
    let mut n_bytes = 0;
    each_article(&corpus, &mut |article| {
        n_articles += 1;
        n_bytes += (article.title.len() + article.body.len()) as u64;
    });

    let mut costs: BTreeMap<usize, Vec<Cost>> = BTreeMap::new();
    for _ in 0..number("DATELINE_BENCH_ROUNDS", 3) {
        let index = TempDir::new().expect("there is a folder for temporary files");
        for (row, (_, what, n_threads)) in ROWS.iter().enumerate() {
            // The last rows take the index that an earlier one has made.
            let name = if matches!(*what, "clusters" | "ten" | "unchanged") {
                "index1".to_owned()
            } else {
                format!("{what}{n_threads}")
            };
            if let Some(cost) = in_process(what, *n_threads, &corpus, &index.path().join(name)) {
                costs.entry(row).or_default().push(cost);
            }
        }
    }

    println!("{n_articles} articles, {:.1} MB of text; medians\n", n_bytes as f64 / 1e6);
    println!("| | CPU, s | ms an article | wall, s | memory, MiB | index / text |\n|---|---|---|---|---|---|");
    for (row, costs) in &costs {
        let shown =
            |value: Option<f64>, digits: usize| value.map_or("-".to_owned(), |value| format!("{value:.digits$}"));
        let cpu = median(costs, |cost| cost.cpu_seconds);
        let size = median(costs, |cost| (cost.index_bytes > 0).then_some(cost.index_bytes as f64 / n_bytes as f64));
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            ROWS[*row].0,
            shown(cpu, 2),
            shown(cpu.map(|cpu| cpu * 1e3 / n_articles as f64), 3),
            shown(median(costs, |cost| Some(cost.wall_seconds)), 2),
            shown(median(costs, |cost| cost.peak_mib), 0),
            shown(size, 2),
        );
    }
}

fn median(costs: &[Cost], of: impl Fn(&Cost) -> Option<f64>) -> Option<f64> {
    let mut values: Vec<f64> = costs.iter().filter_map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Has a process of its own measure a row; `None` where that can't be done here.
fn in_process(what: &str, n_threads: usize, corpus: &Path, index: &Path) -> Option<Cost> {
    let mut command = if what == "sqlite" {
        let mut python = Command::new("python3");
        python.arg("-c").arg(SQLITE);
        python
    } else {
        Command::new(std::env::current_exe().expect("the bench is a program"))
    };
    command.env(MEASURE, what).env("DATELINE_BENCH_THREADS", n_threads.to_string());
    command.env("DATELINE_BENCH_CORPUS", corpus).env("DATELINE_BENCH_INDEX", index);
    let output = command.output().ok().filter(|output| output.status.success())?;
    let said = String::from_utf8(output.stdout).expect("numbers are text");
    let numbers: Vec<Option<f64>> = said.split_whitespace().map(|number| number.parse().ok()).collect();
    let [cpu_seconds, Some(wall_seconds), peak_mib, Some(index_bytes)] = numbers[..] else { panic!("{what}: {said}") };
    Some(Cost { cpu_seconds, wall_seconds, peak_mib, index_bytes: index_bytes as u64 })
}

/// Measures a row in this process: CPU seconds, wall seconds, MiB, bytes on disk.
fn measure(what: &str, n_threads: usize, corpus: &Path, index: &Path) {
    // Its tables are unpacked, and counted, where a row uses them.
    let extractor = LazyLock::new(NewsExtractor::new);
    let began = (Instant::now(), cpu_seconds());
    let fields = dateline::schema::build().1;
    let mut documents = DocumentBuilder::new(fields);
    let extract = |article: &Article| {
        let (language, date) = (article.language.as_deref(), article.date.map(|date| date.first_day()));
        extractor.extract(Text { title: &article.title, body: &article.body, language, date })
    };
    match what {
        "bare" => bare(n_threads, corpus, index),
        "read" => each_article(corpus, &mut |_| {}),
        "language" => each_article(corpus, &mut |article| {
            std::hint::black_box(language::language(article.language.as_deref(), &article.body));
        }),
        "figures" => each_article(corpus, &mut |article| {
            std::hint::black_box((figure::find(&article.title), figure::find(&article.body)));
        }),
        "extract" => each_article(corpus, &mut |article| {
            std::hint::black_box(extract(&article));
        }),
        "document" => each_article(corpus, &mut |article| {
            std::hint::black_box(documents.article(&article, &extract(&article), "version"));
        }),
        "index" | "unchanged" => run(n_threads, &[corpus.to_owned()], &extractor, index),
        "clusters" => near_copies(index),
        "ten" => {
            let more = TempDir::new().expect("there is a folder for temporary files");
            generator::write_texts(more.path(), 10).expect("the disk has room");
            run(n_threads, &[more.path().to_owned()], &extractor, index);
            near_copies(index);
        }
        "whole" => {
            run(n_threads, &[corpus.to_owned()], &extractor, index);
            near_copies(index);
        }
        other => panic!("there is no row `{other}`"),
    }
    let cpu = began.1.zip(cpu_seconds()).map_or("-".to_owned(), |(before, now)| (now - before).to_string());
    let peak = peak_mib().map_or("-".to_owned(), |peak| peak.to_string());
    println!("{cpu} {} {peak} {}", began.0.elapsed().as_secs_f64(), generator::n_bytes(index).unwrap_or(0));
}

fn run(n_threads: usize, roots: &[PathBuf], extractor: &NewsExtractor, folder: &Path) {
    prepare_folder(folder, &extractor.fingerprint()).expect("the folder is ours");
    let mut writer = IndexWriter::open(folder, IndexConfig::default()).expect("nobody else writes there");
    let config = PipelineConfig { n_workers: n_threads, ..PipelineConfig::default() };
    let stop = AtomicBool::new(false);
    pipeline::run(roots, &mut writer, extractor, &config, &stop, &mut |_| {}).expect("the disk has room");
    writer.finish().expect("the disk has room");
}

fn near_copies(folder: &Path) {
    let searcher = Searcher::open(folder).expect("it was just written");
    for (name, bytes) in searcher.memories().expect("the index is whole") {
        remember(folder, name, &bytes).expect("the disk has room");
    }
}

fn each_article(corpus: &Path, each: &mut dyn FnMut(Article)) {
    let config = ReadConfig::default();
    for entry in read::walk(&[corpus.to_owned()], &WalkConfig::default()).expect("the corpus is there") {
        let file = read::open(&entry.expect("it can be read"), &config).expect("it can be read");
        let split = file.split(&mut |item| {
            read::parse(item.expect("it can be cut"), &config, &mut |parsed| each(parsed.expect("it can be parsed")));
            ControlFlow::Continue(())
        });
        split.expect("it can be cut");
    }
}

/// The engine as its own tutorial would have it, fed by a parser of JSON and nothing else.
fn bare(n_threads: usize, corpus: &Path, folder: &Path) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing) | STORED;
    let mut schema = Schema::builder();
    let (title, body) = (schema.add_text_field("title", text.clone()), schema.add_text_field("body", text));
    std::fs::create_dir_all(folder).expect("a folder can be made");
    let index = Index::create_in_dir(folder, schema.build()).expect("the folder is new");
    let mut writer =
        index.writer_with_num_threads(n_threads, BARE_BYTES * n_threads).expect("nobody else writes there");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(corpus).expect("it is there").map(|entry| entry.expect("it can be listed").path()).collect();
    files.sort();
    for file in files {
        let lines = std::fs::read_to_string(file).expect("it can be read");
        for line in lines.lines() {
            let record: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
            let text = |name: &str| record[name].as_str().unwrap_or_default();
            let mut document = TantivyDocument::new();
            document.add_text(title, text("title"));
            document.add_text(body, if record["body"].is_null() { text("text") } else { text("body") });
            writer.add_document(document).expect("the disk has room");
        }
    }
    writer.commit().expect("the disk has room");
    writer.wait_merging_threads().expect("merges succeed");
}

/// The same in SQLite.
const SQLITE: &str = r#"
import json, os, resource, sqlite3, time
began = time.time()
corpus, folder = os.environ["DATELINE_BENCH_CORPUS"], os.environ["DATELINE_BENCH_INDEX"]
os.makedirs(folder)
database = sqlite3.connect(os.path.join(folder, "news.db"))
database.execute("CREATE VIRTUAL TABLE news USING fts5(title, body, tokenize = 'porter unicode61')")
def records():
    for name in sorted(os.listdir(corpus)):
        for line in open(os.path.join(corpus, name), encoding="utf-8"):
            record = json.loads(line)
            yield record.get("title", ""), record.get("body") or record.get("text", "")
database.executemany("INSERT INTO news VALUES (?, ?)", records())
database.commit()
database.close()
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, time.time() - began, used.ru_maxrss / 1024, os.path.getsize(os.path.join(folder, "news.db")))
"#;

/// CPU time of this process so far.
fn cpu_seconds() -> Option<f64> {
    /// Ticks of `/proc` a second, on every Linux of today.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name of the program, which may hold anything.
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

/// The most memory that was resident so far.
fn peak_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(peak.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}
