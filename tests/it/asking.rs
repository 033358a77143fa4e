//! How answers are cut, ordered and grouped, what is offered beside them, and queries kept for later.

use crate::env::{TestEnv, corpus_env};

/// Five articles of three publications and four months.
fn small() -> &'static TestEnv {
    static ENV: std::sync::OnceLock<TestEnv> = std::sync::OnceLock::new();
    ENV.get_or_init(|| {
        let env = TestEnv::new();
        let record = |id: &str, date: &str, source: Option<&str>, body: &str| {
            serde_json::json!({ "id": id, "title": format!("Story {id}"), "date": date, "source": source, "body": body })
                .to_string()
        };
        let lines = [
            record("a", "2022-03-01", Some("Morning Mail"), "The storm took 12 prisoners to Kyiv, said Jane Doe."),
            record("b", "2022-03-20", Some("Avondblad"), "A storm again, and Volodymyr Zelensky in Kyiv on Monday."),
            record("c", "2022-05-02", Some("Morning Mail"), "No storm at all, but 390 prisoners came home to Kyiv."),
            record("d", "2023", None, "A storm, a storm, a storm that lasted for a week in Łódź."),
            record("e", "", Some("Avondblad"), "An undated storm over the earthquake region, they said."),
        ];
        env.write("news/wire.jsonl", lines.join("\n"));
        env.index(["news"]);
        env.write("saved-queries.txt", "storm = storm OR earthquake\nkyiv = @storm place:kyiv\n");
        env
    })
}

fn ids(arguments: &[&str]) -> Vec<String> {
    let found = small().search(arguments);
    found.hits.iter().map(|hit| hit["id"].as_str().expect("an id is text").to_owned()).collect()
}

#[test]
fn orders_have_names() {
    assert_eq!(ids(&["--sort", "date", "storm"]), ["d", "c", "b", "a", "e"]);
    assert_eq!(ids(&["--sort", "date-ascending", "storm"]), ["a", "b", "c", "d", "e"]);
    assert_eq!(ids(&["--sort", "source", "storm"]), ["b", "e", "c", "a", "d"]);
    assert_eq!(ids(&["--sort", "source-descending", "storm"]), ["c", "a", "b", "e", "d"]);
    let mut reversed = ids(&["--sort", "relevance-ascending", "storm"]);
    reversed.reverse();
    assert_eq!(reversed, ids(&["--sort", "relevance", "storm"]));
    let output = small().run(["search", "--sort", "size", "storm"]);
    output.code(2).stdout("");
    assert!(output.stderr.contains("orders are relevance, relevance-ascending, date"), "{}", output.stderr);
}

#[test]
fn everything_is_shown_on_request() {
    let env = corpus_env();
    let all = env.search(["--all", "--sort", "date", ""]);
    assert_eq!(all.hits.len() as u64, all.total);
    assert!(all.total > 90);
    let behind = env.search(["--all", "--sort", "date", "--offset", "3", ""]);
    assert_eq!(behind.hits, all.hits[3..]);
    let output = env.run(["search", "--all", ""]);
    output.code(0);
    assert!(output.stdout.ends_with(&format!("{} articles found\n", all.total)), "{}", output.stdout);
    env.run(["search", "--all", "-n", "3", ""]).code(2);
}

#[test]
fn groups_have_exact_counts_and_their_best_hits() {
    let found = small().search(["--group-by", "source", "--group-hits", "1", "--sort", "date", "storm"]);
    let groups: Vec<_> = found.others.iter().filter(|line| line["type"] == "group").collect();
    let shown: Vec<String> = groups.iter().map(|group| format!("{} {}", group["value"], group["articles"])).collect();
    assert_eq!(shown, ["null 1", "\"Morning Mail\" 2", "\"Avondblad\" 2"]);
    let ids: Vec<_> = found.hits.iter().map(|hit| hit["id"].as_str().expect("an id is text")).collect();
    assert_eq!(ids, ["d", "c", "b"]);
    assert_eq!(found.total, 5);

    let output =
        small().run(["search", "--group-by", "month", "--group-hits", "1", "--sort", "date", "-n", "2", "storm"]);
    output.code(0).stderr("");
    let heads: Vec<&str> =
        output.stdout.lines().filter(|line| line.contains(" · ") && !line.starts_with(' ')).collect();
    assert_eq!(heads, ["2023 · 1 article", "2022-05 · 1 article"]);
    assert!(output.stdout.ends_with("5 articles found in 4 groups, groups 1 to 2 shown\n"), "{}", output.stdout);
    let output = small().run(["search", "--group-by", "size", "storm"]);
    output.code(2).stderr("error: hits cannot be grouped by `size`\nhint: group by source or month or cluster\n");
}

#[test]
fn facets_can_be_searched() {
    let found = small().search(["--facets=source,person", "--facet-match", "MAIL", "storm"]);
    let values: Vec<_> = found.others.iter().map(|line| (line["label"].clone(), line["articles"].clone())).collect();
    assert_eq!(values, [("Morning Mail".into(), 2.into())]);
}

#[test]
fn a_page_beyond_the_end_says_where_the_end_is() {
    let output = small().run(["search", "--offset", "20", "-n", "2", "storm"]);
    output.code(0).stdout("5 articles found, none of them shown\n");
    output.stderr("  there are 5 articles, and 20 were skipped; the last page begins at --offset 4\n");
    let output = small().run(["search", "--json", "--offset", "20", "-n", "2", "storm"]);
    let summary = output.json().pop().expect("a summary");
    let explanation = summary["explanation"].as_array().expect("a list");
    assert_eq!(explanation.len(), 1, "{summary}");
}

#[test]
fn what_is_missing_is_offered_not_applied() {
    let output = small().run(["search", "prisners place:kyiv"]);
    output.code(1).stdout("");
    output.stderr(
        "nothing found\n  no article has the word `prisners`; nearest: prisoners (2)\n  by itself, `place:kyiv` 3\n\
         did you mean `prisoners place:kyiv`? 2 articles\n",
    );
    let output = small().run(["search", "--json", "source:avondblatt"]);
    let summary = output.json().pop().expect("a summary");
    assert_eq!(summary["total"], 0);
    assert_eq!(summary["did_you_mean"], "source:Avondblad");
    assert_eq!(summary["explanation"][0], "no article has `source:avondblatt`; nearest: Avondblad (2)");
    let output = small().run(["search", "fig.prisner:>100"]);
    assert!(output.stderr.contains("no article counts `prisner`; nearest: prisoner (2)"), "{}", output.stderr);
    let output = small().run(["search", "😀"]);
    output.code(1).stdout("");
    assert!(output.stderr.contains("articles are looked up by letters and digits"), "{}", output.stderr);
}

#[test]
fn suggestions() {
    let output = small().run(["suggest", "--kind", "word,person,source", "zel"]);
    output.code(0).stderr("");
    output.stdout(
        "word\n       1 zelensky  =zelensky\nperson\n       1 Volodymyr Zelensky  person:=\"volodymyr-zelensky\"\n",
    );
    let output = small().run(["suggest", "--json", "source:mor"]);
    let lines = output.json();
    assert_eq!(lines.len(), 1, "{}", output.stdout);
    assert_eq!(
        (&lines[0]["kind"], &lines[0]["text"], &lines[0]["articles"]),
        (&"source".into(), &"Morning Mail".into(), &2.into())
    );
    let output = small().run(["suggest", "lodz"]);
    assert!(output.stdout.contains("lodz"), "{}", output.stdout);
    small().run(["suggest", "@k"]).code(0).stdout("saved\n       3 @kyiv  @storm place:kyiv\n");
    small().run(["suggest", "--plain", "--kind", "word,saved", "k"]).code(0).stdout("kyiv\n@kyiv\n");
    assert!(small().run(["completions", "bash"]).stdout.contains("dateline suggest"));
    small().run(["suggest", "xyzzy"]).code(1).stdout("").stderr("nothing begins so\n");
    let output = small().run(["suggest", "--kind", "noun", "x"]);
    output.code(2);
    assert!(output.stderr.contains("hint: kinds are word, person"), "{}", output.stderr);
}

#[test]
fn saved_queries_are_used_by_name() {
    assert_eq!(ids(&["--sort", "date", "@kyiv"]), ["c", "b", "a"]);
    assert_eq!(ids(&["--sort", "date", "@storm -@kyiv"]), ["d", "e"]);
    let output = small().run(["queries"]);
    output.code(0).stderr("").stdout("@kyiv   @storm place:kyiv\n@storm  storm OR earthquake\n");
    let output = small().run(["queries", "--json"]);
    assert_eq!(output.json()[1]["understood"], "storm OR earthquake");
    let output = small().run(["search", "a @strom"]);
    output.code(2).stdout("");
    output.stderr("error: there is no saved query `@strom`\n  a @strom\n    ^^^^^^\nhint: did you mean `@storm`?\n");
    let explained = small().run(["search", "--explain-query", "@kyiv"]);
    assert!(explained.stdout.contains("same as: (storm OR earthquake) place:kyiv"), "{}", explained.stdout);
}

#[test]
fn files_of_saved_queries_are_checked() {
    let env = TestEnv::new();
    env.write_story("news/a.txt", "A title of a story", "A body of whole sentences that is long enough to be read.");
    env.index(["news"]);
    let output = env.run(["queries"]);
    output.code(1).stdout("");
    assert!(output.stderr.contains("no queries are saved in `saved-queries.txt`"), "{}", output.stderr);
    let file = env.write("mine.txt", "one = @two\ntwo = a OR @one\ngood = body\n");
    let named = |rest: &[&str]| {
        let file = file.to_str().expect("a path in UTF-8");
        env.run([rest, &["--queries", file]].concat())
    };
    named(&["search", "@good"]).code(0);
    let output = named(&["search", "x @one"]);
    output.code(2);
    assert!(
        output.stderr.contains("saved queries stand for each other: @one -> @two -> @one\n  x @one\n    ^^^^"),
        "{}",
        output.stderr
    );
    let output = named(&["queries"]);
    output.code(2);
    assert!(output.stderr.contains("line 1: saved queries stand for each other"), "{}", output.stderr);
    let output = named(&["batch", "--saved"]);
    output.code(2);
    let types: Vec<_> = output.json().iter().map(|line| line["type"].clone()).collect();
    assert_eq!(types, ["hit", "summary", "error", "error"], "{}", output.stdout);
    env.write("mine.txt", "just words\n");
    let output = named(&["search", "@good"]);
    output.code(2);
    assert!(output.stderr.contains("line 1 is not `name = query`"), "{}", output.stderr);
    // A query that names none does not touch the file.
    named(&["search", "body"]).code(0);
    env.run(["search", "--queries", "nowhere.txt", "@good"]).code(2);
}

#[test]
fn batches_run_saved_queries_and_report_every_bad_row() {
    let env = small();
    let rows = "q1\t@kyiv\nno tab\nq1\tstorm\nq2\tpersn:x\nq3\tstorm\n";
    let output = env.run_with_input(["batch", "--format", "csv", "-n", "1", "-"], rows.as_bytes());
    output.code(2);
    let ids: Vec<&str> = output.stdout.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(ids, ["q1", "q3"]);
    for reason in [
        "line 2: there is no tab between id and query",
        "line 3: the id `q1` was used in line 1",
        "line 4: unknown field `persn:`",
        "3 of the queries could not be run; all others were",
    ] {
        assert!(output.stderr.contains(reason), "{reason}:\n{}", output.stderr);
    }
    let output = env.run(["batch", "--saved", "--format", "trec", "-n", "1"]);
    output.code(0).stderr("");
    let ids: Vec<&str> = output.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(ids, ["kyiv", "storm"]);
}

#[test]
fn the_language_is_explained() {
    let env = TestEnv::new();
    let output = env.run(["help", "query"]);
    output.code(0).stderr("");
    assert!(output.stdout.contains("NEAR/"), "{}", output.stdout);
    assert!(output.stdout.lines().all(|line| line.chars().count() <= 80), "wider than a terminal");
    assert!(env.run(["help", "batch"]).stdout.contains("--saved"));
    assert!(env.run(["help"]).stdout.contains("suggest"));
    env.run(["help", "nothing"]).code(2);
}

/// Whoever asks for no rows asks how many there are.
#[test]
fn no_rows_are_counted() {
    let env = corpus_env();
    for command in ["people", "places", "orgs", "figures", "pairs"] {
        let output = env.run([command, "-n", "0"]);
        output.code(0).stderr("").stdout_has(" found; `--limit ");
        assert_eq!(output.stdout.lines().count(), 1, "{command}: {}", output.stdout);
        env.run([command, "-n", "0", "zzyzzxq"]).code(1).stdout("");
    }
    let summary = |limit: &str| {
        let output = env.run(["search", "--json", "--group-by", "source", "-n", limit, "the"]);
        output.code(0).json().pop().expect("a summary comes last")
    };
    let (none, all) = (summary("0"), summary("1000"));
    assert!(none["groups"].as_u64().is_some_and(|n_groups| n_groups > 0), "{none}");
    assert_eq!((&none["groups"], &none["total"]), (&all["groups"], &all["total"]));
    env.run(["search", "--group-by", "source", "-n", "0", "the"]).code(0).stdout_has("none of them shown");
}
