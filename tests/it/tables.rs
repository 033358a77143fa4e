//! Tables over a search: who, where and how much, counted over all that match.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::env::{TestEnv, corpus_env};

fn rows(arguments: &[&str]) -> Vec<Value> {
    let output = corpus_env().run(arguments);
    output.code(0).stderr("");
    output.json()
}

/// A row counts exactly the articles that the search for it finds.
#[test]
fn tables_count_what_their_searches_find() {
    let env = corpus_env();
    for (command, field) in [("people", "person"), ("places", "place"), ("orgs", "org")] {
        for query in ["", "ceasefire", "prisoners>=300"] {
            for row in rows(&[command, "--json", "-n", "12", query]) {
                let filter = format!("{query} {field}:=\"{}\"", row["entity"].as_str().expect("a key is text"));
                assert_eq!(row["articles"], env.total(&filter), "`{filter}`");
            }
        }
    }
    for row in rows(&["figures", "--json", "-n", "20", "ceasefire"]) {
        let measure = row["unit"].as_str().or(row["noun"].as_str()).expect("one of them is there");
        let query = format!("ceasefire fig.{measure}:*");
        assert_eq!(row["articles"], env.total(&query), "`{query}`");
    }
}

#[test]
fn tables_agree_with_facets() {
    let found = corpus_env().search(["--facets=person", "--facet-limit", "1000", "-n", "1", "storm OR strike"]);
    let facets: BTreeMap<String, Value> = found
        .others
        .iter()
        .map(|facet| (facet["value"].as_str().unwrap_or_default().to_owned(), facet["articles"].clone()))
        .collect();
    let table: BTreeMap<String, Value> = rows(&["people", "--json", "-n", "1000", "storm", "OR", "strike"])
        .iter()
        .map(|row| (row["entity"].as_str().unwrap_or_default().to_owned(), row["articles"].clone()))
        .collect();
    assert_eq!(table, facets);
}

#[test]
fn filters_and_limits() {
    assert_eq!(rows(&["people", "--json", "-n", "3"]).len(), 3);
    let all = rows(&["places", "--json", "-n", "1000"]);
    let some = rows(&["places", "--json", "-n", "1000", "--person", "zelensky", "--since", "2025-06"]);
    assert!(!some.is_empty() && some.len() < all.len());
    let output = corpus_env().run(["people", "-n", "2"]);
    output.code(0).stderr("");
    assert!(output.stdout.starts_with("articles  mentions\n"), "{}", output.stdout);
    assert!(output.stdout.lines().last().is_some_and(|line| line.starts_with("and ")), "{}", output.stdout);
    corpus_env().run(["people", "fig.usd:>=abc"]).code(2).stdout("").stderr_has("^");
}

#[test]
fn empty_tables_and_exports_explain_themselves() {
    let env = TestEnv::new();
    env.write_story("news/a.txt", "Rain falls", "It fell on Friday, and nobody knows why.");
    env.write_story("news/b.txt", "Trump speaks", "Donald Trump spoke to farmers on Friday.");
    env.index(["news"]);
    let commands: [&[&str]; 7] =
        [&["people"], &["places"], &["orgs"], &["pairs"], &["figures"], &["track", "prisoners"], &["export"]];
    for command in commands {
        let output = env.run([command, &["trmp"]].concat());
        output.code(1);
        let told =
            "nothing found\n  no article has the word `trmp`; nearest: trump (1)\ndid you mean `trump`? 1 article\n";
        output.stderr_has(told);
    }
    // Articles that match, and nothing of the kind in them.
    let output = env.run(["orgs", "rain"]);
    output.code(1).stdout("").stderr("nothing found\n  1 article matches, without an organisation\n");
    env.run(["orgs", "--quiet", "rain"]).code(1).stdout("").stderr("");
    let output = env.run(["figures", "friday"]);
    output.code(1).stdout("").stderr("nothing found\n  2 articles match, without a quantity\n");
}

#[test]
fn flags_for_days_are_checked() {
    let output = corpus_env().run(["people", "--since", "2025-06", "--until", "2025-05"]);
    output.code(2).stdout("").stderr_has("no day lies between `--since 2025-06` and `--until 2025-05`");
    corpus_env().run(["people", "--since", "2025-05", "--until", "2025-05"]).code(0);
    let output = corpus_env().run(["search", "--until", "soon", "rain"]);
    output.code(2).stdout("").stderr_has("`soon` is not a date\n  --until soon\n          ^^^^\n");
}

#[test]
fn tables_of_figures_fit_the_terminal() {
    let env = TestEnv::new();
    let lines = ["deaths", "dead", "fatalities", "people killed", "casualties", "victims"].map(|noun| {
        format!(
            "Officials spoke of 1,234,567,890,123 {noun}. Others spoke of 12,345,678,901,234 {noun} in the year before."
        )
    });
    env.write_story("news/a.txt", "Toll rises", &lines.join("\n\n"));
    env.index(["news"]);
    let output = env.run(["figures"]);
    output.code(0);
    let widest = output.stdout.lines().map(|line| line.chars().count()).max().expect("there are lines");
    assert!(widest <= 100, "{}", output.stdout);
    assert!(output.stdout.contains("  death  (+"), "{}", output.stdout);
    let env = TestEnv::new();
    env.write_story("news/a.txt", "Toll rises", "Officials spoke of 12 deaths. Others spoke of 13 fatalities.");
    env.index(["news"]);
    assert!(env.run(["figures"]).stdout.contains("(also fatality)"));
}

/// The days of the exchange, as the corpus tells them.
#[test]
fn a_figure_is_followed_over_time() {
    let points = rows(&["track", "--json", "prisoners", "date:2025-05-23..2025-05-25"]);
    let has = |date: &str, value: f64| {
        points.iter().any(|point| {
            point["date"].as_str().is_some_and(|day| day.starts_with(date)) && point["low"].as_f64() == Some(value)
        })
    };
    assert!(has("2025-05-23", 390.0) && has("2025-05-25", 303.0), "{points:?}");
    // A unit may be named in any of its forms.
    let percent = rows(&["track", "--json", "percent", "inflation"]);
    assert!(!percent.is_empty() && percent.iter().all(|point| point["unit"] == "percent"));

    let csv = corpus_env().run(["track", "--csv", "prisoners"]);
    csv.code(0).stderr("");
    let n_points = rows(&["track", "--json", "prisoners"]).len();
    assert!(csv.stdout.lines().count() > n_points, "a header and a row for each");
    let text = corpus_env().run(["track", "prisoners"]);
    text.code(0).stderr("");
    assert!(text.stdout.contains("2025-05-23") && text.stdout.contains("390"), "{}", text.stdout);
    corpus_env()
        .run(["track", "unicorns"])
        .code(1)
        .stdout("")
        .stderr_has("note: no article counts `unicorn`\nnothing found\n");
    corpus_env().run(["track", "prisonrs"]).code(1).stderr_has("nearest: prisoner (");
    corpus_env().run(["track", "--csv", "--json", "prisoners"]).code(2);
    TestEnv::new().run(["track", "prisoners"]).code(2).stderr_has("there is no folder `index`");
}

/// A table whose texts stand under a name of their own is read whole; one with headlines alone says so.
#[test]
fn texts_of_a_table_are_found_under_any_name() {
    let env = TestEnv::new();
    let rows: String = (1..=9)
        .map(|n| format!("Ferry {n} sails,2024-03-0{n},The ferry of pier {n} left the harbour at noon.\n"))
        .collect();
    env.write("news/a.csv", format!("title,date,sentences\n{rows}"));
    assert_eq!(env.index(["news"]).added, 9);
    assert_eq!(env.total("\"pier 7 left\""), 1);
    env.write("news/b.csv", "title,date,berth\nFerry sinks,2024-03-04,at Ness\nFerry sails,2024-03-05,at Kirkholm\n");
    let output = env.run(["index", "news"]);
    output.code(1).stderr_has("headlines alone were read; it has `title`, `date`, `berth`");
    assert_eq!(env.total("format:table"), 11);
}
