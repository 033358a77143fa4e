//! What holds for any corpus: articles are found by their titles, facets count what their searches
//! find, and snippets show what was found.

use serde_json::Value;

use crate::env::{TestEnv, corpus_env};
use crate::generator;
use crate::search::QUERIES;

/// Every article of the sample corpus.
fn all_articles() -> Vec<Value> {
    corpus_env().search(["-n", "1000", ""]).hits
}

/// A title as words to search for: nothing in it may mean something to the query language.
fn as_words(title: &str) -> String {
    let plain = title.replace(['"', '“', '”', '„', '«', '»'], " ");
    plain
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| format!("\"{word}\""))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_article_is_found_by_its_title() {
    let env = corpus_env();
    let articles = all_articles();
    assert_eq!(articles.len(), 106);
    for article in articles {
        let title = article["title"].as_str().expect("a title is text");
        assert!(!title.is_empty(), "{} has no title", article["path"]);
        let has = |query: &str| {
            let found = env.search(["-n", "1000", "--snippets", "0", "--", query]);
            found.hits.iter().any(|hit| hit["id"] == article["id"])
        };
        assert!(has(&format!("title:\"{}\"", title.replace('"', " "))), "`{title}` as a phrase in titles");
        assert!(has(&as_words(title)), "`{title}` as words");
        // As a person would paste it: plain text is never an error.
        let output = env.run(["search", "--json", "-n", "1000", "--", title]);
        assert_ne!(output.code, Some(2), "`{title}` as typed: {}", output.stderr);
    }
}

#[test]
fn every_article_is_found_by_what_it_is_about() {
    let env = corpus_env();
    for article in all_articles() {
        for (field, kind) in [("people", "person"), ("places", "place"), ("orgs", "org")] {
            for name in article[field].as_array().expect("names are a list") {
                let name = name.as_str().expect("a name is text").replace('"', "");
                let query = format!("{kind}:=\"{name}\"");
                let found = env.search(["-n", "1000", "--snippets", "0", "--", &query]);
                assert!(
                    found.hits.iter().any(|hit| hit["id"] == article["id"]),
                    "`{query}` does not find {}",
                    article["path"]
                );
            }
        }
    }
}

#[test]
fn every_article_is_found_by_its_figures() {
    let env = corpus_env();
    let mut missed = Vec::new();
    // In other languages than English, a word may stand behind a number that is a unit in English.
    for article in all_articles().iter().filter(|article| article["language"] == "en") {
        let figures = article["figures"].as_array().expect("figures are a list");
        // One in seven, to keep the number of processes down.
        for figure in figures.iter().step_by(7) {
            let measure = figure["unit"].as_str().map(str::to_owned).or(figure["noun"].as_str().map(str::to_owned));
            let Some(measure) = measure.filter(|measure| measure.chars().all(char::is_alphanumeric)) else {
                continue;
            };
            let (low, high) = (figure["low"].as_f64().unwrap_or(0.0), figure["high"].as_f64().unwrap_or(0.0));
            if low < 0.0 {
                continue;
            }
            // "one voter in two" is no number of voters.
            let field = if figure["kind"] == "ratio" { "fig".to_owned() } else { format!("fig.{measure}") };
            let query = format!("{field}:{low}..{high}");
            let found = env.search(["-n", "1000", "--snippets", "0", "--", &query]);
            if !found.hits.iter().any(|hit| hit["id"] == article["id"]) {
                missed.push(format!("`{query}` ({}) does not find {}", figure["text"], article["path"]));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_facet_counts_what_its_search_finds() {
    let env = corpus_env();
    for query in ["", "ceasefire", "prisoners>=300", "place:/europe", "storm OR strike"] {
        let found = env.search([
            "--facets=person,place,org,source",
            "--facet-limit",
            "25",
            "-n",
            "1",
            "--snippets",
            "0",
            "--",
            query,
        ]);
        assert!(!found.others.is_empty(), "`{query}` has facets");
        for facet in found.others {
            let field = facet["field"].as_str().expect("a field has a name");
            let value = facet["value"].as_str().expect("a value is text");
            let filter = format!("{field}:=\"{value}\"");
            let narrowed = env.total(&format!("({query}) {filter}").replace("() ", ""));
            assert_eq!(facet["articles"], narrowed, "`{filter}` within `{query}`");
        }
    }
}

#[test]
fn snippets_are_passages_and_highlights_lie_inside() {
    let env = corpus_env();
    for query in QUERIES {
        for hit in env.search(["-n", "1000", "--snippets", "3", "--", query]).hits {
            let title = hit["title"].as_str().expect("a title is text");
            check_highlights(title, &hit["title_highlights"], query);
            let snippets = hit["snippets"].as_array().expect("snippets are a list");
            assert!(snippets.len() <= 3, "`{query}`: {} snippets", snippets.len());
            for snippet in snippets {
                let text = snippet["text"].as_str().expect("a snippet is text");
                assert!(!text.trim().is_empty(), "`{query}`: an empty snippet");
                check_highlights(text, &snippet["highlights"], query);
            }
        }
    }
}

#[track_caller]
fn check_highlights(text: &str, highlights: &Value, query: &str) {
    let mut last = 0;
    for pair in highlights.as_array().expect("highlights are a list") {
        let offset = |at: usize| usize::try_from(pair[at].as_u64().expect("an offset is a number")).expect("it fits");
        let (start, end) = (offset(0), offset(1));
        assert!(start >= last && start < end, "`{query}`: {highlights} in `{text}`");
        assert!(text.get(start..end).is_some(), "`{query}`: {highlights} cuts a character of `{text}`");
        last = end;
    }
}

#[test]
fn a_hit_for_words_shows_them() {
    let env = corpus_env();
    for (query, word) in [("foghorn", "foghorn"), ("\"bare hands\"", "bare hands"), ("=Mariupol", "mariupol")] {
        for hit in env.search(["--", query]).hits {
            let mut lit = Vec::new();
            for snippet in hit["snippets"].as_array().expect("snippets are a list") {
                let text = snippet["text"].as_str().expect("a snippet is text");
                for pair in snippet["highlights"].as_array().expect("highlights are a list") {
                    let offset = |at: usize| usize::try_from(pair[at].as_u64().unwrap_or(0)).expect("it fits");
                    lit.push(text[offset(0)..offset(1)].to_lowercase());
                }
            }
            assert!(lit.join(" ").contains(word), "`{query}` lights {lit:?} in {}", hit["path"]);
        }
    }
}

#[test]
fn generated_articles_are_found_by_their_numbers() {
    let env = TestEnv::new();
    generator::write_lines(&env.path().join("news"), 300).expect("the disk has room");
    env.index(["news"]);
    assert_eq!(env.total(""), 300);
    for number in (0..300).step_by(23) {
        let story = generator::story(number, 0);
        let found = env.search(["-n", "1000", "--", &as_words(&story.title)]);
        let id = format!("gen-{number:08}");
        assert!(found.hits.iter().any(|hit| hit["id"] == id.as_str()), "`{}`", story.title);
        assert_eq!(env.search([format!("id:{id}")]).total, 1);
    }
}
