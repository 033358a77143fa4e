//! The conformance table: queries as they are typed, each with the exact articles that it finds.
//!
//! `tests/gold/conformance.tsv` holds `query TAB articles`, `s0` for the first of the samples, `m0` for the
//! first of the articles beside them. Every row has to agree with the search and with the naive evaluator.
//! A changed row is a change of the language: it is written by hand, from what a failure prints.

use std::fmt::Write as _;

use super::build::{conformance_corpus, extract, read, searcher, text, word};
use super::conformance::found;
use super::naive::Corpus;
use crate::search::query::{Query, to_text};
use crate::search::{SearchRequest, Searcher};

const TABLE: &str = include_str!("../../../tests/gold/conformance.tsv");

/// `/news/2024/file3.txt` -> `s3`, `/news/2025/more3.html` -> `m3`.
fn short(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).split('.').next().unwrap_or(path);
    name.replace("file", "s").replace("more", "m")
}

fn shown(mut paths: Vec<String>) -> String {
    paths.sort_by_key(|path| (short(path).replace('m', "z").chars().next(), short(path).len(), short(path)));
    let names: Vec<String> = paths.iter().map(|path| short(path)).collect();
    if names.is_empty() { "-".to_owned() } else { names.join(" ") }
}

/// Whether a note says which nouns of one meaning are found together, which changes nothing of what was asked.
pub(super) fn tells_synonyms(note: &str) -> bool {
    [" is looked for as ", " also finds ", " is searched for as a word; "].iter().any(|said| note.contains(said))
}

fn find(searcher: &Searcher, query: &Query) -> String {
    let request = SearchRequest { limit: 1000, ..SearchRequest::new(query.clone()) };
    let results = searcher.search(&request).unwrap_or_else(|error| panic!("{}: {error}", query.source));
    let surprises: Vec<&String> = results.notes.iter().filter(|note| !tells_synonyms(note)).collect();
    assert_eq!(surprises, Vec::<&String>::new(), "`{}` is answered otherwise than as asked", query.source);
    assert_eq!(results.total, results.hits.len() as u64);
    assert_eq!(searcher.count(query, &[]).expect("a count"), results.total, "{}", query.source);
    shown(results.hits.iter().map(|hit| hit.article.origin.path.to_string()).collect())
}

#[test]
fn every_row_is_true_in_search_and_in_reading() {
    let articles = conformance_corpus();
    let (searcher, corpus) = (searcher(&articles), Corpus::new(&articles, extract));
    let mut n_rows = 0;
    let (mut actual, mut is_as_expected) = (String::new(), true);
    for line in TABLE.lines() {
        if line.is_empty() || line.starts_with("# ") {
            writeln!(actual, "{line}").expect("strings take everything");
            continue;
        }
        n_rows += 1;
        let (typed, expected) = line.split_once('\t').unwrap_or((line, ""));
        let query = read(typed);
        let found = find(&searcher, &query);
        let naive = match &query.root {
            Some(root) => shown(corpus.matching(root)),
            None => shown(articles.iter().map(|article| article.origin.path.to_string()).collect()),
        };
        assert_eq!(found, naive, "`{typed}`: the search, then the naive evaluator");
        if let Some(root) = &query.root {
            let again = read(&to_text(root));
            assert_eq!(find(&searcher, &again), found, "`{typed}` is written `{}`", to_text(root));
        }
        is_as_expected &= found == expected;
        writeln!(actual, "{typed}\t{found}").expect("strings take everything");
        if found != expected {
            eprintln!("`{typed}` finds {found} instead of {expected}");
        }
    }
    assert!(is_as_expected, "the table would be:\n{actual}");
    assert!(n_rows >= 250, "{n_rows} rows");
}

/// A shape that stands for more words than are searched says how many were left out, and searches the
/// most frequent ones.
#[test]
fn shapes_that_stand_for_too_much_say_so() {
    let mut articles = Vec::new();
    for n_article in 0..3 {
        let from = n_article * 700;
        let body: String = (from..from + 900).map(|n| format!("wort{n:04} ")).collect();
        let mut article = text("Many words", &body);
        article.origin.path = format!("/news/many{n_article}.txt").into();
        articles.push(article);
    }
    let searcher = searcher(&articles);
    let results = searcher.search(&SearchRequest::new(read("wort*"))).expect("an answer");
    assert_eq!(results.total, 3);
    assert_eq!(results.notes, ["`wort*` stands for 2300 words; the 2000 most frequent were searched, 300 were not"]);
    let results = searcher.search(&SearchRequest::new(read("(wort* NEAR/3 x) OR /wort.*/"))).expect("an answer");
    assert_eq!(results.notes.len(), 2, "{:?}", results.notes);
    // Below the limit nothing is left out, whatever the engine's own limits are.
    let results = searcher.search(&SearchRequest::new(read("wort00*"))).expect("an answer");
    assert_eq!((results.total, results.notes.len()), (1, 0));
    assert_eq!(found(&searcher, &word("wort0800")).len(), 2);
}

#[test]
fn nearer_spellings_rank_higher() {
    let mut articles: Vec<_> = ["zelenskiyy", "zelenskyj", "zelensky", "selenskyi"]
        .map(|name| text("A title", &format!("Some words about {name} and other people.")))
        .into();
    for (index, article) in articles.iter_mut().enumerate() {
        article.origin.path = format!("/news/{index}.txt").into();
    }
    let results = searcher(&articles).search(&SearchRequest::new(read("zelensky~2"))).expect("an answer");
    let bodies: Vec<&str> = results.hits.iter().filter_map(|hit| hit.article.body.split(' ').nth(3)).collect();
    assert_eq!(bodies[..2], ["zelensky", "zelenskyj"]);
    assert_eq!(bodies.len(), 4);
    let scores: Vec<f32> = results.hits.iter().map(|hit| hit.score).collect();
    assert!(scores[0] > scores[1] && scores[1] > scores[2], "{scores:?}");
}
