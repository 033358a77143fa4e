//! Each kind of question, through the binary: over a few articles made so that every answer is known,
//! and over the sample corpus.

use crate::env::{Found, TestEnv, corpus_env};

/// Questions of every kind, for tests that ask them all.
pub(crate) const QUERIES: [&str; 30] = [
    "",
    "ceasefire",
    "prisoner exchange",
    "\"bare hands\"",
    "=Banks",
    "earthquake -Bangkok",
    "storm OR strike",
    "(quake OR earthquake) NOT tsunami",
    "immigr*",
    "wom?n",
    "zelenski~1",
    "/dimitr[iy]|zelensk[iy]y?/",
    "police NEAR/10 court",
    "runway ONEAR/5 aberdeen",
    "\"bank rate\"~5",
    "title:runcorn",
    "person:zelensky",
    "person:=\"Gregory Hale\"",
    "person:*",
    "place:kyiv",
    "place:/europe/ukraine",
    "org:\"Bank of England\"",
    "prisoners>=300",
    "$1bn..$5bn",
    "percent>3.5",
    "fraud NEAR/10 person:*",
    "date:2025-05",
    "-date:*",
    "lang:fr",
    "source:\"north sea wire\" prisoners>=300 place:/europe",
];

/// Articles that differ in the ways that the query language can tell apart.
fn small() -> &'static TestEnv {
    static ENV: std::sync::OnceLock<TestEnv> = std::sync::OnceLock::new();
    ENV.get_or_init(|| {
        let env = TestEnv::new();
        let record = |id: &str, title: &str, date: &str, source: &str, lang: &str, body: &str| {
            serde_json::json!({
                "id": id, "title": title, "date": date, "source": source, "language": lang, "body": body,
                "authors": [format!("Writer Of{id}")], "section": "World",
            })
            .to_string()
        };
        let lines = [
            record(
                "bank",
                "Banks shut after fraud",
                "2022-03-01",
                "Morning Mail",
                "en",
                "The banks shut their doors on Tuesday. A bank clerk said that bank fraud had cost $2.5 million. \
                 Maria Garcia, a lawyer, said in London that nobody would be paid before June.",
            ),
            record(
                "swap",
                "Prisoners come home",
                "2022-05-20T10:00:00Z",
                "Evening Mail",
                "en",
                "Russia and Ukraine freed 390 prisoners each on Friday. Volodymyr Zelensky met them in Kyiv. \
                 He said that more than 1,000 prisoners would be home by the end of the week.",
            ),
            record(
                "river",
                "River rises in Vienna",
                "2023-07",
                "Morning Mail",
                "en",
                "The river rose by 12 percent in a night. Boats lie beside the bank of the river, and 40 families \
                 left their homes. Immigrants and immigration officers helped with sandbags.",
            ),
            record(
                "dutch",
                "De brug blijft dicht",
                "",
                "Avondblad",
                "nl",
                "De brug over de rivier blijft nog een week dicht, zegt de gemeente. Wie naar de overkant wil, neemt \
                 de veerboot, die elke twintig minuten vaart.",
            ),
        ];
        env.write("news/wire.jsonl", lines.join("\n"));
        env.index(["news"]);
        env
    })
}

/// The ids that a query finds, in order of the alphabet.
#[track_caller]
fn check(query: &str, expected: &[&str]) {
    let mut ids = ids(&small().search(["--", query]));
    ids.sort();
    assert_eq!(ids, expected, "`{query}`");
}

fn ids(found: &Found) -> Vec<String> {
    found.hits.iter().map(|hit| hit["id"].as_str().expect("an id is text").to_owned()).collect()
}

#[test]
fn words() {
    check("", &["bank", "dutch", "river", "swap"]);
    check("bank", &["bank", "river"]);
    check("BANKS", &["bank", "river"]);
    check("bank fraud", &["bank"]);
    check("bank AND river", &["river"]);
    check("prisoner", &["swap"]);
    check("nowhere", &[]);
    check("veerboot", &["dutch"]);
}

#[test]
fn phrases_and_forms() {
    check("\"bank fraud\"", &["bank"]);
    check("\"fraud bank\"", &[]);
    check("\"bank river\"~3", &["river"]);
    check("=banks", &["bank"]);
    check("=bank", &["bank", "river"]);
    check("“bank fraud”", &["bank"]);
}

#[test]
fn operators() {
    check("fraud OR prisoners", &["bank", "swap"]);
    check("bank -river", &["bank"]);
    check("bank NOT river", &["bank"]);
    check("-bank", &["dutch", "swap"]);
    check("(fraud OR river) bank", &["bank", "river"]);
    check("fraud OR prisoners OR veerboot", &["bank", "dutch", "swap"]);
}

#[test]
fn patterns() {
    check("immigr*", &["river"]);
    check("pris?ners", &["swap"]);
    check("*berth", &[]);
    check("zelenski~1", &["swap"]);
    check("/immigra(nt|tion)s?/", &["river"]);
}

#[test]
fn nearness() {
    check("bank NEAR/3 river", &["river"]);
    check("river ONEAR/3 bank", &[]);
    check("bank ONEAR/3 river", &["river"]);
    check("(fraud OR clerk) NEAR/8 usd>1m", &["bank"]);
    check("met NEAR/3 person:*", &["swap"]);
}

#[test]
fn fields() {
    check("title:banks", &["bank"]);
    check("title:fraud body:clerk", &["bank"]);
    check("source:mail", &["bank", "river", "swap"]);
    check("source:\"morning mail\"", &["bank", "river"]);
    check("source:=\"Evening Mail\"", &["swap"]);
    check("author:ofswap", &["swap"]);
    check("section:world", &["bank", "dutch", "river", "swap"]);
    check("lang:nl", &["dutch"]);
    check("id:river", &["river"]);
    check("format:jsonl", &["bank", "dutch", "river", "swap"]);
    check("path:*wire*", &["bank", "dutch", "river", "swap"]);
    check("path:*nowhere*", &[]);
}

#[test]
fn people_places_and_organisations() {
    check("person:zelensky", &["swap"]);
    check("person:\"Volodymyr Zelensky\"", &["swap"]);
    check("person:=\"Maria Garcia\"", &["bank"]);
    check("person:*", &["bank", "swap"]);
    check("place:kyiv", &["swap"]);
    check("place:/europe/ukraine", &["swap"]);
    check("place:london", &["bank"]);
    check("place:vienna", &["river"]);
    check("-person:* -place:*", &["dutch"]);
}

/// Spellings that no article has, but that are known to mean the same.
#[test]
fn other_spellings() {
    check("person:zelenskyy", &["swap"]);
    check("place:kiev", &["swap"]);
}

#[test]
fn figures() {
    check("prisoners>=300", &["swap"]);
    check("prisoners:>=300", &[]);
    check("fig.prisoners:>=300", &["swap"]);
    check("fig.prisoners:390..390", &["swap"]);
    check("prisoners>=5000", &[]);
    check("usd>1m", &["bank"]);
    check("$1m..$3m", &["bank"]);
    check("$3m..$4m", &[]);
    check("percent>10", &["river"]);
    check("percent>12", &[]);
    check("families>=40 percent>=12", &["river"]);
    check("fig:>=300", &["bank", "swap"]);
    // One and the same mention: 40 families, 12 percent, never 40 percent.
    check("percent>=40", &[]);
}

#[test]
fn dates() {
    check("date:2022", &["bank", "swap"]);
    check("date:2022-05-20", &["swap"]);
    check("date:2022-03..2022-04", &["bank"]);
    check("date:>=2022-05", &["river", "swap"]);
    check("date:2023", &["river"]);
    check("date:*", &["bank", "river", "swap"]);
    check("-date:*", &["dutch"]);
}

#[test]
fn flags_are_filters() {
    #[track_caller]
    fn check(arguments: &[&str], expected: &[&str]) {
        let mut ids = ids(&small().search(arguments));
        ids.sort();
        assert_eq!(ids, expected, "{arguments:?}");
    }
    check(&["--person", "zelensky"], &["swap"]);
    check(&["--person", "=Maria Garcia"], &["bank"]);
    check(&["--person", "*", "bank"], &["bank"]);
    check(&["--place", "Kyiv"], &["swap"]);
    check(&["--place", "/europe/ukraine"], &["swap"]);
    check(&["--place", "/europe/"], &["bank", "river", "swap"]);
    check(&["--org", "nobody"], &[]);
    check(&["--figure", "prisoners>=300"], &["swap"]);
    check(&["--figure", "percent>10", "--figure", "families>=40"], &["river"]);
    check(&["--figure", "fig.usd:1m..3m"], &["bank"]);
    check(&["--since", "2022-05"], &["river", "swap"]);
    check(&["--until", "2022-03-01"], &["bank"]);
    check(&["--until", "2022"], &["bank", "swap"]);
    check(&["--since", "2022-03-02", "--until", "2022-12-31"], &["swap"]);
    check(&["--source", "mail"], &["bank", "river", "swap"]);
    check(&["--source", "=Evening Mail", "prisoners"], &["swap"]);
    check(&["--lang", "nl"], &["dutch"]);
    check(&["--lang", "nl-BE"], &["dutch"]);
    check(&["--lang", "NL_be"], &["dutch"]);
    check(&["bank", "fraud"], &["bank"]);
}

#[test]
fn filters_have_no_say_in_the_ranking() {
    let with = |arguments: &[&str]| {
        let found = corpus_env().search(arguments);
        found.hits.iter().map(|hit| hit["score"].clone()).collect::<Vec<_>>()
    };
    let all = with(&["-n", "100", "government"]);
    let some = with(&["-n", "100", "--place", "kyiv", "government"]);
    assert!(!some.is_empty() && some.len() < all.len());
    assert!(some.iter().all(|score| all.contains(score)), "{some:?} are not among {all:?}");
}

#[test]
fn order_and_pages() {
    let env = corpus_env();
    let dates = |sort: &str| {
        let found = env.search(["--sort", sort, "-n", "1000", ""]);
        found.hits.iter().map(|hit| hit["date"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    // Hours of zones are compared as the moments that they are.
    let day = |date: &Option<String>| {
        date.as_ref().map(|date| {
            let moment = date.parse::<jiff::Timestamp>().map(|moment| moment.to_string());
            moment.unwrap_or_else(|_| date.clone()).chars().take(10).collect::<String>()
        })
    };
    let newest: Vec<_> = dates("date").iter().map(day).collect();
    let n_dated = newest.iter().filter(|date| date.is_some()).count();
    assert!(n_dated > 80 && newest[..n_dated].iter().all(Option::is_some), "the undated come last: {newest:?}");
    let oldest: Vec<_> = dates("date-ascending").iter().map(day).collect();
    assert!(oldest[..n_dated].iter().all(Option::is_some), "the undated come last");
    assert!(oldest[..n_dated].is_sorted(), "{oldest:?}");

    let all = env.search(["-n", "1000", "government"]);
    assert!(all.total > 12);
    let mut pages = Vec::new();
    for offset in ["0", "5", "10"] {
        let page = env.search(["-n", "5", "--offset", offset, "government"]);
        assert_eq!(page.total, all.total);
        pages.extend(page.hits);
    }
    assert!(pages[..] == all.hits[..pages.len()], "pages join to the whole");
    let beyond = env.search(["--offset", "100000", "government"]);
    assert_eq!((beyond.total, beyond.hits.len()), (all.total, 0));
    env.run(["search", "--offset", "100000", "lighthouse"]).code(0);
}

#[test]
fn counting_only() {
    corpus_env().run(["search", "--count", "foghorn"]).code(0).stdout("1\n");
    corpus_env().run(["search", "--count", "xyzzyplugh"]).code(1).stdout("0\n");
}

#[test]
fn snippets_as_many_as_asked_for() {
    for n in 0..4 {
        let found = corpus_env().search(["--snippets", &n.to_string(), "exchange prisoners families"]);
        let most = found.hits.iter().map(|hit| hit["snippets"].as_array().map_or(0, Vec::len)).max();
        assert!(most <= Some(n), "{most:?} snippets where {n} were asked for");
    }
}

#[test]
fn facets_by_name() {
    let env = corpus_env();
    let fields = |arguments: &[&str]| {
        let mut fields: Vec<String> =
            env.search(arguments).others.iter().map(|line| line["field"].as_str().unwrap_or("").to_owned()).collect();
        fields.dedup();
        fields
    };
    assert_eq!(fields(&["--facets", "exchange"]), ["person", "place", "org", "source"]);
    assert_eq!(fields(&["--facets=lang,format", "ceasefire"]), ["lang", "format"]);
    let found = env.search(["--facets=source", "--facet-limit", "2", ""]);
    assert_eq!(found.others.len(), 2);
    env.run(["search", "--facets=colour", "x"]).code(2).stderr_has("there is no facet `colour`").stderr_has("hint: ");
}

#[test]
fn an_empty_result_explains_itself() {
    let env = corpus_env();
    let output = env.run(["search", "lighthouze keeper"]);
    output.code(1).stdout("").stderr_has("nothing found");
    assert!(output.stderr.lines().count() > 1, "{}", output.stderr);
    env.run(["search", "--quiet", "xyzzyplugh"]).code(1).stdout("").stderr("");
}

#[test]
fn the_query_is_explained() {
    let output = corpus_env().run(["search", "--explain-query", "bank OR \"prisoner exchange\" usd>1m"]);
    output.code(0).stderr("");
    for part in ["bank", "prisoner exchange", "usd"] {
        assert!(output.stdout.contains(part), "{}", output.stdout);
    }
    // Needs no index.
    TestEnv::new().run(["search", "--explain-query", "--person", "x", "bank"]).code(0);
}

#[test]
fn batches_of_queries() {
    let env = corpus_env();
    let queries = "1\tprisoner exchange\n2\t\"bare hands\"\n";
    let trec = env.run_with_input(["batch", "--format", "trec", "-"], queries.as_bytes());
    trec.code(0).stderr("");
    let mut last = (0, 0);
    for line in trec.stdout.lines() {
        let columns: Vec<&str> = line.split(' ').collect();
        let [query, "Q0", _, rank, score, "dateline"] = columns[..] else { panic!("{line}") };
        let (query, rank): (u32, u32) = (query.parse().expect("an id"), rank.parse().expect("a rank"));
        assert!(score.parse::<f64>().is_ok(), "{line}");
        assert!((query, rank) == (last.0, last.1 + 1) || (query > last.0 && rank == 1), "{line}");
        last = (query, rank);
    }
    assert_eq!(last, (2, 1));

    let csv = env.run_with_input(["batch", "--format", "csv", "-n", "1", "-"], queries.as_bytes());
    csv.code(0);
    let lines: Vec<&str> = csv.stdout.lines().collect();
    assert_eq!(lines[0], "query_id,rank,score,id,date,source,title,path");
    assert!(lines.len() == 3 && lines[1].starts_with("1,1,") && lines[2].starts_with("2,1,"), "{lines:?}");

    let file = small().write("queries.tsv", queries);
    env.run(["batch".as_ref(), file.as_os_str()]).code(0);
    env.run(["batch", "nowhere.tsv"]).code(2).stderr_has("cannot read `nowhere.tsv`");
    env.run_with_input(["batch", "-"], b"1\txyzzyplugh\n").code(1);
    // A wrong line is named; the others run.
    let output = env.run_with_input(["batch", "--format", "trec", "-"], b"1\tfig.usd:abc\n2\t\"bare hands\"\n");
    output.code(2).stderr_has("line 1: ");
    assert!(output.stdout.starts_with("2 Q0 "), "{}", output.stdout);
}

#[test]
fn articles_are_shown_by_id() {
    let env = small();
    let output = env.run(["show", "swap"]);
    output.code(0).stderr("");
    for part in ["Prisoners come home", "2022-05-20", "Evening Mail", "390 prisoners", "Volodymyr Zelensky", "Kyiv"] {
        assert!(output.stdout.contains(part), "`{part}` is not in:\n{}", output.stdout);
    }
    let both = env.run(["show", "swap", "nobody"]);
    both.code(1).stderr_has("no article has the id `nobody`");
    assert_eq!(both.stdout, output.stdout);
}

#[test]
fn hits_for_people_say_the_same() {
    let output = corpus_env().run(["search", "--color", "never", "\"bare hands\""]);
    output.code(0).stderr("");
    let lines: Vec<&str> = output.stdout.lines().collect();
    assert!(lines[0].starts_with("  1 "), "{}", output.stdout);
    assert!(output.stdout.contains("[bare hands]") || output.stdout.contains("[bare] [hands]"), "{}", output.stdout);
    assert!(output.stdout.contains("herald-mandalay-toll-1644.html"), "{}", output.stdout);
    assert_eq!(lines.last(), Some(&"1 article found"));
}

#[test]
fn recent_articles_rise_where_that_is_asked_for() {
    let env = TestEnv::new();
    let line = |id: &str, date: &str, body: &str| {
        format!("{{\"id\":\"{id}\",\"title\":\"Storm over the harbour\",\"date\":\"{date}\",\"body\":\"{body}\"}}\n")
    };
    let lines = [
        line("old", "2020-01-05", "The storm hit the harbour at night. A second storm followed."),
        line("new", "2025-01-05", "The storm hit the harbour at night. The ships stayed out of it."),
        "{\"id\":\"undated\",\"title\":\"A note\",\"body\":\"No storm was seen by anybody on the hill.\"}\n".to_owned(),
    ];
    env.write("news/wire.jsonl", lines.concat());
    env.run(["index", "news"]).code(0);
    let ids = |arguments: &[&str]| -> Vec<String> {
        let hits = env.search(arguments.iter().copied().chain(["storm"])).hits;
        hits.iter().map(|hit| hit["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(ids(&[]), ["old", "new", "undated"]);
    assert_eq!(ids(&["--recency"]), ["new", "old", "undated"]);
    assert_eq!(ids(&["--recency=100000"]), ["old", "new", "undated"]);
    let explained = env.run(["search", "--recency", "--explain", "storm"]);
    assert!(explained.code(0).stdout.contains("is recent"), "{}", explained.stdout);
    env.run(["search", "--recency=0", "storm"]).code(2).stderr_has("above 0");
}

#[test]
fn a_place_is_not_found_by_the_places_around_it() {
    let env = TestEnv::new();
    env.write_story("news/a.txt", "Fire in a barn", "A barn burnt down near Springfield, Illinois, on Friday.");
    env.write_story("news/b.txt", "Troops leave", "The United States took its troops home on Friday.");
    env.index(["news"]);
    assert_eq!(env.search(["place:\"united states\""]).names(), ["b.txt"]);
    assert_eq!(env.search(["place:/north-america/united-states"]).total, 2);
    assert_eq!(env.search(["place:springfield"]).names(), ["a.txt"]);
    assert_eq!(env.search(["place:\"springfield illinois\""]).names(), ["a.txt"]);
    // Rules that touch the place change nothing of that.
    env.write(
        "entities.toml",
        "[[rename]]\nplace = \"springfield-illinois-united-states\"\nname = \"The Springfield\"\n",
    );
    assert_eq!(env.search(["place:\"united states\""]).names(), ["b.txt"]);
    assert_eq!(env.search(["place:\"springfield illinois\""]).names(), ["a.txt"]);
}
