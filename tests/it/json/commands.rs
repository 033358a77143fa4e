//! What each command writes.

use super::*;

#[test]
fn read_writes_articles_and_rejects() {
    let env = TestEnv::new();
    let bad = env.write("bad.json", "{\"title\": ");
    let output = env.run(["read".as_ref(), "--json".as_ref(), corpus().as_os_str(), bad.as_os_str()]);
    output.code(1);
    let lines = check(&output);
    let (mut n_articles, mut n_rejected) = (0, 0);
    for line in &lines {
        match line {
            Line::Article { title, body, format, mentions, .. } => {
                n_articles += 1;
                assert!(!body.trim().is_empty(), "`{title}` has no text");
                assert!(dateline::article::Format::ALL.iter().any(|one| one.name() == format), "{format}");
                assert!(mentions.is_none(), "`read` extracts nothing");
            }
            Line::Rejected { path, reason, .. } => {
                n_rejected += 1;
                assert!(path.ends_with("bad.json") && !reason.is_empty());
            }
            other => panic!("`read` does not write {other:?}"),
        }
    }
    assert_eq!((n_articles, n_rejected), (106, 1));
}

#[test]
fn extract_writes_mentions_and_figures() {
    let env = TestEnv::new();
    let text = "Volodymyr Zelensky said in Kyiv that more than 390 prisoners – 5% – had come home. “Ukrainian joy.”";
    let input = [
        serde_json::json!({"id": "a", "text": text}).to_string(),
        "not JSON".to_owned(),
        serde_json::json!({"id": 7, "text": "Nothing.", "title": "T", "date": "2025-05-23", "lang": "en"}).to_string(),
        serde_json::json!({"id": "no-text"}).to_string(),
        String::new(),
    ];
    let output = env.run_with_input(["extract", "--jsonl"], input.join("\n").as_bytes());
    output.code(1);
    let lines = check(&output);
    let [Line::Extraction { id, mentions, figures, .. }, Line::Error { line, .. }, second, last] = &lines[..] else {
        panic!("{lines:?}");
    };
    assert_eq!((id.as_str(), *line), ("a", 2));
    check_mentions(mentions, text);
    check_figures(figures, text);
    assert!(mentions.iter().any(|mention| mention.kind == "person" && mention.text == "Volodymyr Zelensky"));
    assert!(figures.iter().any(|figure| figure.low == 390.0 && figure.noun.as_deref() == Some("prisoner")));
    assert!(matches!(second, Line::Extraction { id, .. } if id == "7"), "{second:?}");
    assert!(matches!(last, Line::Error { id: Some(id), .. } if id == "no-text"), "{last:?}");

    let one = env.run_with_input(["extract", "--json", "-"], text.as_bytes());
    assert!(matches!(&check(one.code(0))[..], [Line::Extraction { .. }]));
    let file = corpus().join("jsonl/wire.jsonl");
    let all = env.run(["extract".as_ref(), "--json".as_ref(), file.as_os_str()]);
    assert_eq!(check(all.code(0)).len(), 20);
}

#[test]
fn index_writes_a_plan_rejects_and_a_report() {
    let env = TestEnv::new();
    env.write("news/empty.txt", "");
    env.write_story("news/a.txt", "A title", "A body with a sentence in it. And another one.");
    let plan = env.run(["index", "--dry-run", "--json", "news"]);
    assert!(matches!(&check(plan.code(0))[..], [Line::Planned { .. }, Line::Planned { .. }, Line::Plan { .. }]));
    let report = env.run(["index", "--json", "news"]);
    assert!(matches!(&check(report.code(1))[..], [Line::Rejected { .. }, Line::Report { added: 1, rejected: 1, .. }]));
}

#[test]
fn search_writes_hits_and_a_summary() {
    let env = corpus_env();
    let output = env.run(["search", "--json", "--snippets", "3", "prisoners>=300 exchange"]);
    let lines = check(output.code(0));
    let Some(Line::Summary { total, shown, query, .. }) = lines.last() else { panic!("a summary comes last") };
    assert_eq!((*shown, query.as_str()), (lines.len() - 1, "prisoners>=300 exchange"));
    assert!(*total >= *shown as u64);
    let mut last_score = f64::INFINITY;
    for (number, line) in lines[..lines.len() - 1].iter().enumerate() {
        let Line::Hit { rank, score, snippets, id, .. } = line else { panic!("{line:?}") };
        assert_eq!(*rank, number + 1);
        assert!(*score <= last_score && *score > 0.0);
        last_score = *score;
        assert!(!id.is_empty() && !snippets.is_empty());
    }
    let none = check(env.run(["search", "--json", "xyzzyplugh"]).code(1));
    assert!(matches!(none[..], [Line::Summary { total: 0, shown: 0, .. }]));
}

/// The shares of every hit of a query, which have to add up to its score.
fn explained(query: &str) -> Vec<Explanation> {
    let lines = check(corpus_env().run(["search", "--json", "--explain", "-n", "50", "--", query]).code(0));
    let mut explained = Vec::new();
    for line in lines {
        let Line::Hit { score, explanation, title, .. } = line else { continue };
        let explanation = explanation.unwrap_or_else(|| panic!("`{query}`: {title} is not explained"));
        let sum: f64 = explanation.shares.iter().map(|share| share.score).sum();
        assert!((sum - score).abs() < 0.002, "`{query}`: shares of {title} add up to {sum}, its score is {score}");
        assert!(explanation.matched + explanation.missing.len() == explanation.parts, "{explanation:?}");
        explained.push(explanation);
    }
    assert!(!explained.is_empty(), "`{query}` finds nothing");
    explained
}

#[test]
fn shares_add_up_to_the_score() {
    for query in [
        "ceasefire",
        "prisoner exchange -Bangkok",
        "\"bare hands\" OR wom?n OR zelenski~1",
        "runway NEAR/5 aberdeen",
        "person:zelensky prisoners>=300",
        "bank rate date:2025",
        "title:fires Los Angeles",
        "rescue work after the earthquake in Myanmar and the number of its victims",
    ] {
        explained(query);
    }
}

#[test]
fn explanations_name_what_matched_and_what_is_missing() {
    let first = &explained("prisoner exchange")[0];
    let words: Vec<&[String]> = first.shares.iter().map(|share| &share.words[..]).collect();
    assert!(
        words.contains(&&["prisoner".to_owned()][..]) && words.contains(&&["exchange".to_owned()][..]),
        "{words:?}"
    );
    assert!(first.shares.iter().any(|share| share.cause == "together" && share.words == ["prisoner", "exchange"]));
    assert!(first.shares.iter().any(|share| share.cause == "early"));
    let in_texts = first.shares.iter().filter(|share| share.cause == "part");
    assert!(in_texts.clone().all(|share| share.title.is_some() && share.body.is_some()));

    let sentence = "rescue work after the earthquake in Myanmar and the number of its xyzzyplugh";
    let explained = explained(sentence);
    assert!(explained.iter().all(|hit| hit.missing.contains(&"xyzzyplugh".to_owned())));
    assert!(explained.iter().flat_map(|hit| &hit.shares).any(|share| share.cause == "related"));
}

#[test]
fn a_widened_query_says_so() {
    let widened = |query: &str| match &check(corpus_env().run(["search", "--json", query]).code(0))[..] {
        [.., Line::Summary { widened, notes, .. }] => {
            (widened.as_ref().map(|widened| (widened.needed, widened.words, widened.all)), notes.join("; "))
        }
        lines => panic!("{lines:?}"),
    };
    assert_eq!(widened("prisoner exchange"), (None, String::new()));
    let (how, note) = widened("runway aberdeen xyzzyplugh");
    let (needed, words, all) = how.expect("no article has all words");
    assert!(needed < words && words == 3 && all == 0);
    assert!(note.contains(&format!("at least {needed} of {words} words")), "{note}");
}

#[test]
fn search_writes_facets_before_the_summary() {
    let output = corpus_env().run(["search", "--json", "--facets", "-n", "1", "ceasefire"]);
    let types: Vec<String> = output.code(0).stdout.lines().map(type_of).collect();
    check(&output);
    assert_eq!(types.first().map(String::as_str), Some("hit"));
    assert_eq!(types.last().map(String::as_str), Some("summary"));
    assert!(types.len() > 5 && types[1..types.len() - 1].iter().all(|kind| kind == "facet"), "{types:?}");
}

#[test]
fn explain_query_writes_what_was_understood() {
    let lines = check(corpus_env().run(["search", "--json", "--explain-query", "bank OR \"a b\""]).code(0));
    assert!(matches!(&lines[..], [Line::Query { typed, .. }] if typed == "bank OR \"a b\""));
}

#[test]
fn show_writes_an_article_with_what_was_found_in_it() {
    let env = corpus_env();
    for line in check(&env.run(["search", "--json", "-n", "100", ""])) {
        let Line::Hit { id, title: expected, .. } = line else { continue };
        let lines = check(env.run(["show", "--json", &id]).code(0));
        let [Line::Article { id: Some(shown), title, body, title_mentions, title_figures, mentions, figures, .. }] =
            &lines[..]
        else {
            panic!("{lines:?}")
        };
        assert_eq!((shown, title), (&id, &expected));
        check_mentions(title_mentions.as_deref().expect("`show` has them"), title);
        check_figures(title_figures.as_deref().expect("`show` has them"), title);
        check_mentions(mentions.as_deref().expect("`show` has them"), body);
        check_figures(figures.as_deref().expect("`show` has them"), body);
    }
}

#[test]
fn status_and_verify_write_one_line() {
    let env = corpus_env();
    let lines = check(env.run(["status", "--json"]).code(0));
    let [Line::Status { articles, people, places, orgs, figures, .. }] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!(*articles, 106);
    assert!(*people > 50 && *places > 50 && *orgs > 20 && *figures > 300, "{lines:?}");
    let lines = check(env.run(["verify", "--json"]).code(0));
    assert!(matches!(&lines[..], [Line::Verified { ok: true, articles: 106, .. }]), "{lines:?}");
    let rejects = TestEnv::new();
    rejects.write("news/a.jsonl", "{\"title\": \"T\", \"body\": \"A body with words in it.\"}\n{broken\n");
    rejects.index(["news"]);
    let lines = check(rejects.run(["status", "--json", "--rejects"]).code(0));
    assert!(matches!(&lines[..], [Line::Rejected { record: Some(2), .. }, Line::Status { articles: 1, .. }]));
}

#[test]
fn tables_write_a_line_for_each_row() {
    let env = corpus_env();
    for (command, kind) in [("people", "person"), ("places", "place"), ("orgs", "org")] {
        let output = env.run([command, "--json", "-n", "1000"]);
        let mut last = u64::MAX;
        for line in check(output.code(0)) {
            let Line::Entity { kind: said, articles, mentions, .. } = line else { panic!("{line:?}") };
            assert_eq!(said, kind);
            assert!(articles <= last && mentions >= articles, "most articles first");
            last = articles;
        }
        let place_keys = ["path", "country", "lat", "lon", "population", "gazetteer_id"];
        for line in output.json() {
            assert!(place_keys.iter().all(|key| line.get(key).is_some() == (kind == "place")), "{line}");
        }
    }
    let measures = check(env.run(["figures", "--json", "-n", "1000"]).code(0));
    for line in &measures {
        let Line::Measure { unit, noun, least, median, greatest, .. } = line else { panic!("{line:?}") };
        assert!(unit.is_some() != noun.is_some() && least <= median && median <= greatest, "{line:?}");
    }
    let points = check(env.run(["track", "--json", "prisoners"]).code(0));
    let mut last = None;
    for line in &points {
        let Line::Figure { date, text, sentence, low, high, .. } = line else { panic!("{line:?}") };
        assert!(low <= high && sentence.contains(text.as_str()), "{line:?}");
        assert!(last <= date.as_deref(), "by date: {last:?}, {date:?}");
        last = date.as_deref();
    }
}

#[test]
fn batch_has_lines_of_its_own() {
    /// Hits and summaries of a batch name their query.
    #[derive(Debug, Deserialize)]
    #[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
    #[expect(dead_code, reason = "most keys are read for their presence only")]
    enum BatchLine {
        Hit {
            query_id: String,
            rank: usize,
            score: f64,
            id: String,
            path: String,
            title: String,
            #[serde(deserialize_with = "present")]
            date: Option<String>,
            #[serde(deserialize_with = "present")]
            source: Option<String>,
            #[serde(deserialize_with = "present")]
            snippet: Option<String>,
        },
        Summary {
            query_id: String,
            query: String,
            total: u64,
            shown: usize,
            #[serde(deserialize_with = "present")]
            widened: Option<Widened>,
            notes: Vec<String>,
        },
        Error {
            line: u64,
            #[serde(deserialize_with = "present")]
            id: Option<String>,
            reason: String,
        },
    }
    let env = corpus_env();
    let queries = "q1\tprisoner exchange\nq2 no tab\nq3\t\"bare hands\"\n\nq4\tfig.usd:>=abc\nq5\txyzzyplugh\n";
    let output = env.run_with_input(["batch", "-", "-n", "2"], queries.as_bytes());
    output.code(2);
    let lines: Vec<BatchLine> = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
        .collect();
    let [
        BatchLine::Hit { query_id: first, rank: 1, .. },
        BatchLine::Hit { rank: 2, .. },
        BatchLine::Summary { shown: 2, .. },
        BatchLine::Error { line: 2, .. },
        BatchLine::Hit { query_id: third, .. },
        BatchLine::Summary { total: 1, .. },
        BatchLine::Error { line: 5, id: Some(fourth), .. },
        BatchLine::Summary { total: 0, .. },
    ] = &lines[..]
    else {
        panic!("{lines:#?}");
    };
    assert_eq!((first.as_str(), third.as_str(), fourth.as_str()), ("q1", "q3", "q4"));
}
