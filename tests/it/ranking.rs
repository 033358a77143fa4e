//! The ranking of the sample articles, query by query, against a golden file, so that a change of
//! ranking is a change that can be read.
//!
//! `tests/gold/ranking.tsv` holds queries of all kinds with their judged articles, `tests/gold/ranking.golden`
//! where those articles come out, with reciprocal rank and nDCG@10. After a change that is meant,
//! `DATELINE_UPDATE_GOLD=1 cargo test --locked --test it ranking` writes the golden file anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::env::{assert_text, corpus_env, repository};

/// Ranks that count for nDCG.
const CUT_OFF: usize = 10;

struct Judged {
    kind: String,
    query: String,
    /// Grade by file, with `:record` where a file holds several.
    grades: BTreeMap<String, u32>,
}

fn queries() -> Vec<Judged> {
    let text = std::fs::read_to_string(repository().join("tests/gold/ranking.tsv")).expect("the queries are there");
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.map(|row| {
        let [kind, query, judgements] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("three cells: {row}") };
        let grades = judgements.split(' ').map(|judgement| {
            let (grade, file) = judgement.split_once(':').unwrap_or_else(|| panic!("a grade and a file: {judgement}"));
            (file.to_owned(), grade.parse().unwrap_or_else(|_| panic!("a grade is a number: {judgement}")))
        });
        Judged { kind: kind.to_owned(), query: query.to_owned(), grades: grades.collect() }
    })
    .collect()
}

/// Rank of each judged article, in the order of ranks; those not found come last.
fn ranks(judged: &Judged) -> Vec<(Option<usize>, String, u32)> {
    let output = corpus_env().run(["search", "--json", "--snippets", "0", "-n", "1000", "--", &judged.query]);
    assert_ne!(output.code, Some(2), "`{}`: {}", judged.query, output.stderr);
    let mut ranks = BTreeMap::new();
    for hit in output.json().into_iter().filter(|line| line["type"] == "hit") {
        let path = hit["path"].as_str().unwrap_or_default();
        let file = path.strip_prefix("[CORPUS]/").unwrap_or(path);
        let rank = usize::try_from(hit["rank"].as_u64().unwrap_or_default()).expect("ranks are small");
        ranks.entry(file.to_owned()).or_insert(rank);
        if let Some(record) = hit["record"].as_u64() {
            ranks.insert(format!("{file}:{record}"), rank);
        }
    }
    let grades = judged.grades.iter();
    let mut ranked: Vec<_> = grades.map(|(file, &grade)| (ranks.get(file).copied(), file.clone(), grade)).collect();
    ranked.sort_by_key(|(rank, file, _)| (rank.unwrap_or(usize::MAX), file.clone()));
    ranked
}

fn discounted(grade: u32, rank: usize) -> f64 {
    f64::from(grade) / ((rank + 1) as f64).log2()
}

fn ndcg(ranks: &[(Option<usize>, String, u32)]) -> f64 {
    let gained = ranks.iter().filter_map(|(rank, _, grade)| Some((*grade, rank.filter(|&rank| rank <= CUT_OFF)?)));
    // A sum of nothing is -0.
    let gained = gained.map(|(grade, rank)| discounted(grade, rank)).sum::<f64>() + 0.0;
    let mut grades: Vec<u32> = ranks.iter().map(|(_, _, grade)| *grade).collect();
    grades.sort_unstable_by(|one, other| other.cmp(one));
    let ideal: f64 = (1..=CUT_OFF).zip(grades).map(|(rank, grade)| discounted(grade, rank)).sum();
    gained / ideal
}

fn reciprocal_rank(ranks: &[(Option<usize>, String, u32)]) -> f64 {
    ranks.first().and_then(|(rank, _, _)| *rank).map_or(0.0, |rank| 1.0 / rank as f64)
}

#[test]
fn judged_queries_rank_as_the_golden_file_says() {
    let mut measured = String::new();
    let mut by_kind: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for judged in queries() {
        let ranks = ranks(&judged);
        let (rr, ndcg) = (reciprocal_rank(&ranks), ndcg(&ranks));
        by_kind.entry(judged.kind.clone()).or_default().push((rr, ndcg));
        writeln!(measured, "{}  [{}]\n  RR {rr:.3}  nDCG@10 {ndcg:.3}", judged.query, judged.kind)
            .expect("it has room");
        for (rank, file, grade) in ranks {
            let rank = rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
            writeln!(measured, "  {rank:>4}  ({grade}) {file}").expect("it has room");
        }
    }
    let all: Vec<(f64, f64)> = by_kind.values().flatten().copied().collect();
    assert!(all.len() >= 60, "{} judged queries", all.len());
    let mut golden = "Written by tests/it/ranking.rs, which says how; not to be edited by hand.\n\n".to_owned();
    for (kind, measures) in by_kind.iter().map(|(kind, measures)| (kind.as_str(), measures)).chain([("all", &all)]) {
        let n = measures.len() as f64;
        let (rr, ndcg) = measures.iter().fold((0.0, 0.0), |(rr, ndcg), one| (rr + one.0, ndcg + one.1));
        writeln!(golden, "{kind:>13}: {n:>2} queries  MRR {:.3}  nDCG@10 {:.3}", rr / n, ndcg / n)
            .expect("it has room");
    }
    writeln!(golden, "\n{measured}").expect("it has room");

    let path = repository().join("tests/gold/ranking.golden");
    if std::env::var_os("DATELINE_UPDATE_GOLD").is_some() {
        std::fs::write(&path, &golden).expect("the golden file can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).expect("the golden file is there");
    assert_text("the ranking (see the head of this test)", &golden, &expected);
}
