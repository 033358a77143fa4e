//! Entities across articles: counts that agree with searches, and the user's rules on entities.

use std::fmt::Write as _;

use serde_json::Value;

use crate::env::{TestEnv, corpus, corpus_env};
use crate::generator;

/// Facets, tables and the searches that they lead to count alike, for every entity of the index.
#[track_caller]
fn check_agreement(env: &TestEnv, options: &[&str]) {
    let asked = ["--facets=person,place,org", "--facet-limit", "1000000", "-n", "1"];
    let facets = env.search(asked.iter().chain(options)).others;
    let mut queries = Vec::new();
    let mut expected = Vec::new();
    for facet in &facets {
        let text = |key: &str| facet[key].as_str().expect("fields and values are text");
        queries.push(format!("{}:=\"{}\"", text("field"), text("value")));
        expected.push(facet["articles"].as_u64());
    }
    let mut in_tables = Vec::new();
    for (command, kind) in [("people", "person"), ("places", "place"), ("orgs", "org")] {
        let mut paths: Vec<String> = Vec::new();
        for row in env.run([command, "--json", "-n", "1000000"].iter().chain(options)).json() {
            let key = row["entity"].as_str().expect("a key is text");
            in_tables.push((format!("{kind}:=\"{key}\""), row["articles"].as_u64()));
            let by_alias = row["alias_counts"].as_array().expect("a list").iter();
            let n_mentions: u64 = by_alias.map(|alias| alias["mentions"].as_u64().expect("a number")).sum();
            assert!(row["mentions"].as_u64() >= Some(n_mentions), "{row}");
            paths.extend(row["path"].as_str().map(str::to_owned));
        }
        // What a path finds is what it finds together with every place below it.
        for path in paths.iter().filter(|path| path.matches('/').count() < 3) {
            let below: Vec<&String> = paths.iter().filter(|other| other.starts_with(&format!("{path}/"))).collect();
            let all: Vec<String> = below.iter().chain([&path]).map(|path| format!("place:{path}")).collect();
            assert_eq!(total(env, &format!("place:{path}"), options), total(env, &all.join(" OR "), options), "{path}");
        }
        let any = total(env, &format!("{kind}:*"), options);
        let one_by_one: Vec<&str> =
            (in_tables.iter()).filter(|(query, _)| query.starts_with(kind)).map(|(query, _)| query.as_str()).collect();
        if !one_by_one.is_empty() {
            assert_eq!(any, total(env, &one_by_one.join(" OR "), options), "any {kind}");
        }
    }
    let mut in_facets: Vec<_> = queries.iter().cloned().zip(expected.iter().copied()).collect();
    in_facets.sort();
    in_tables.sort();
    assert_eq!(in_facets, in_tables, "facets and tables");
    assert!(!queries.is_empty(), "there are entities");
    for ((query, expected), total) in queries.iter().zip(expected).zip(totals(env, &queries, options)) {
        assert_eq!(expected, Some(total), "{query}");
    }
}

fn total(env: &TestEnv, query: &str, options: &[&str]) -> u64 {
    totals(env, &[query.to_owned()], options)[0]
}

/// How many articles each query finds, in one run.
#[track_caller]
fn totals(env: &TestEnv, queries: &[String], options: &[&str]) -> Vec<u64> {
    let mut lines = String::new();
    for (number, query) in queries.iter().enumerate() {
        writeln!(lines, "{number}\t{query}").expect("strings take everything");
    }
    let output = env.run_with_input([&["batch", "-", "-n", "1"][..], options].concat(), lines.as_bytes());
    assert_eq!(output.stderr, "");
    let lines = output.json().into_iter().filter(|line| line["type"] == "summary");
    let totals: Vec<u64> = lines.map(|line| line["total"].as_u64().expect("totals are numbers")).collect();
    assert_eq!(totals.len(), queries.len());
    totals
}

/// Keys of a table, most articles first.
fn keys(env: &TestEnv, command: &str) -> Vec<String> {
    let rows = env.run([command, "--json", "-n", "1000000"]).json();
    rows.iter().map(|row| row["entity"].as_str().expect("a key is text").to_owned()).collect()
}

/// The articles of the corpus in an index of their own.
fn own_corpus() -> TestEnv {
    let env = TestEnv::new();
    env.run(["index".as_ref(), corpus().as_os_str()]).code(0);
    env
}

#[test]
fn counts_agree_over_the_corpus() {
    check_agreement(corpus_env(), &[]);
}

#[test]
fn counts_agree_over_generated_news() {
    let env = TestEnv::new();
    generator::write_texts(&env.path().join("news"), 300).expect("the disk has room");
    env.index(["news"]);
    check_agreement(&env, &[]);
}

/// Whatever is ruled: rules made of the most frequent entities, several of each sort.
#[test]
fn counts_agree_under_rules() {
    let env = own_corpus();
    let (people, places, orgs) = (keys(&env, "people"), keys(&env, "places"), keys(&env, "orgs"));
    let rules = format!(
        "[[merge]]\nperson = [\"{}\", \"{}\"]\n[[merge]]\nplace = [\"{}\", \"{}\", \"{}\"]\nname = \"Elsewhere\"\n\
         [[merge]]\norg = [\"Some New Body\", \"{}\"]\n[[block]]\nplace = [\"{}\", \"{}\"]\n\
         [[block]]\nperson = \"{}\"\n[[rename]]\nplace = \"{}\"\nname = \"Nowhere\"\n\
         [[retag]]\norg = \"{}\"\nto = \"person\"\n[[retag]]\nperson = \"{}\"\nto = \"place\"\n\
         [[split]]\nperson = \"{}\"\ninto = \"A Namesake\"\nwith = [\"{}\"]\n",
        people[0],
        people[1],
        places[0],
        places[3],
        places[9],
        orgs[0],
        places[1],
        places[2],
        people[2],
        places[4],
        orgs[1],
        people[3],
        people[4],
        places[5],
    );
    let before = check_outputs(&env);
    env.write("entities.toml", &rules);
    check_agreement(&env, &[]);
    assert_ne!(check_outputs(&env), before, "the rules change something");
    // What was merged is found by all its old names, near words too, as an OR of them was before.
    for (merged, old) in [
        (format!("person:=\"{}\"", people[0]), format!("(person:=\"{}\" OR person:=\"{}\")", people[0], people[1])),
        ("org:=\"Some New Body\"".to_owned(), format!("org:=\"{}\"", orgs[0])),
    ] {
        for query in ["@", "said @", "said NEAR/8 @", "@ NEAR/20 said", "-@", "@ date:2025"] {
            let (merged, old) = (query.replace('@', &merged), query.replace('@', &old));
            assert_eq!(total(&env, &merged, &[]), total(&env, &old, &["--no-entities"]), "{merged}");
        }
    }
    assert_eq!(env.total(&format!("place:=\"{}\"", places[1])), 0);
    env.remove("entities.toml");
    assert_eq!(check_outputs(&env), before, "without the file, all is as before");
}

/// What an index answers to many questions.
fn check_outputs(env: &TestEnv) -> String {
    let mut all = String::new();
    for arguments in [
        &["people", "--json", "-n", "1000"][..],
        &["places", "--json", "-n", "1000"],
        &["orgs", "--json", "-n", "1000"],
        &["status", "--json"],
        &["search", "--json", "--facets", "--facet-limit", "1000", "-n", "200", ""],
        &["search", "--json", "ceasefire person:*"],
    ] {
        all.push_str(&env.run(arguments).stdout);
    }
    all
}

/// A small world: two John Smiths, a woman with two spellings, a company taken for a person.
fn small_world() -> TestEnv {
    let env = TestEnv::new();
    let stories = [
        (
            "golf",
            "Smith wins in Troon",
            "TROON, Scotland — John Smith won the open championship on Sunday. Smith beat Anna Kuznetsova of the PGA Tour by two strokes.",
        ),
        (
            "vote",
            "Smith loses seat",
            "LEEDS, England — John Smith lost his seat on Friday. The Labour Party said that Smith had worked hard. He thanked Ann Kuznetsova.",
        ),
        (
            "trade",
            "Kuznetsova opens office",
            "PARIS — Anna Kuznetsova opened an office in Paris on Monday. French officials were there.",
        ),
    ];
    for (name, title, body) in stories {
        env.write_story(&format!("news/{name}.txt"), title, body);
    }
    env.index(["news"]);
    env
}

fn people(env: &TestEnv) -> Vec<(String, u64)> {
    let rows = env.run(["people", "--json"]).json();
    let row =
        |row: &Value| (row["name"].as_str().unwrap_or_default().to_owned(), row["articles"].as_u64().unwrap_or(0));
    let mut people: Vec<_> = rows.iter().map(row).collect();
    people.sort();
    people
}

fn as_pairs(pairs: &[(&str, u64)]) -> Vec<(String, u64)> {
    pairs.iter().map(|&(name, n)| (name.to_owned(), n)).collect()
}

#[test]
fn rules_merge_split_block_rename_and_retag() {
    let env = small_world();
    let before = as_pairs(&[("Ann Kuznetsova", 1), ("Anna Kuznetsova", 2), ("John Smith", 2)]);
    assert_eq!(people(&env), before);

    env.write("entities.toml", "[[merge]]\nperson = [\"Anna Kuznetsova\", \"Ann Kuznetsova\"]\n");
    assert_eq!(people(&env), as_pairs(&[("Anna Kuznetsova", 3), ("John Smith", 2)]));
    assert_eq!(env.total("person:\"Ann Kuznetsova\""), 3);
    assert_eq!(env.total("person:=ann-kuznetsova"), 3, "an old key leads to what it became");
    assert_eq!(env.total("thanked NEAR/2 person:=\"Anna Kuznetsova\""), 1);
    let found = env.search(["--", "thanked person:=\"Anna Kuznetsova\""]);
    let snippet = &found.hits[0]["snippets"][0];
    let text = snippet["text"].as_str().expect("a snippet has text");
    let lit: Vec<&str> = (snippet["highlights"].as_array().expect("a list").iter())
        .map(|span| &text[span[0].as_u64().expect("n") as usize..span[1].as_u64().expect("n") as usize])
        .collect();
    assert!(lit.contains(&"Ann Kuznetsova"), "{lit:?} in {text}");

    let split = "[[split]]\nperson = \"John Smith\"\ninto = \"John Smith (golfer)\"\nwith = [\"PGA\"]\n";
    env.write("entities.toml", split);
    let apart =
        as_pairs(&[("Ann Kuznetsova", 1), ("Anna Kuznetsova", 2), ("John Smith", 1), ("John Smith (golfer)", 1)]);
    assert_eq!(people(&env), apart);
    assert_eq!(env.search(["--person", "golfer"]).hits[0]["title"], "Smith wins in Troon");
    assert_eq!((env.total("Smith NEAR/5 person:golfer"), env.total("person:\"John Smith\"")), (1, 2));

    env.write("entities.toml", "[[block]]\nplace = \"France\"\n[[block]]\nperson = [\"john-smith\"]\n");
    assert_eq!(people(&env), as_pairs(&[("Ann Kuznetsova", 1), ("Anna Kuznetsova", 2)]));
    assert_eq!((env.total("place:france"), env.total("place:=france"), env.total("place:/europe/france")), (0, 0, 1));

    env.write(
        "entities.toml",
        "[[rename]]\nplace = \"paris\"\nname = \"Lutetia\"\n[[rename]]\nperson = \"John Smith\"\nname = \"J. Smith\"\n",
    );
    let (places, by_new_name) = (env.run(["places"]).stdout, env.total("place:lutetia"));
    assert!(places.contains("Lutetia") && by_new_name == 1, "{by_new_name}\n{places}");
    assert_eq!((env.total("place:=Lutetia"), env.total("place:paris"), env.total("place:=paris")), (1, 1, 1));

    env.write("entities.toml", "[[retag]]\nperson = \"John Smith\"\nto = \"org\"\n");
    assert_eq!((env.total("org:\"John Smith\""), env.total("person:\"John Smith\"")), (2, 0));
    env.remove("entities.toml");
    assert_eq!(people(&env), before);
}

/// New articles are ruled like the old ones, and a rebuild changes nothing.
#[test]
fn rules_hold_for_what_is_indexed_later() {
    let env = small_world();
    env.write("entities.toml", "[[merge]]\nperson = [\"Anna Kuznetsova\", \"Ann Kuznetsova\"]\n");
    env.write_story(
        "news/later.txt",
        "Kuznetsova speaks",
        "LEEDS — Ann Kuznetsova spoke in Leeds on Tuesday to John Smith.",
    );
    env.index(["news"]);
    let expected = as_pairs(&[("Anna Kuznetsova", 4), ("John Smith", 3)]);
    assert_eq!(people(&env), expected);
    env.index(["--rebuild", "news"]);
    assert_eq!(people(&env), expected);
}

#[test]
fn results_say_that_rules_are_applied() {
    let env = small_world();
    let summary = |env: &TestEnv| env.run(["search", "--json", "Smith"]).json().pop().expect("a summary comes last");
    assert_eq!(summary(&env)["entity_rules"], Value::Null);
    env.write("entities.toml", "[[block]]\nperson = \"John Smith\"\n");
    let fingerprint = summary(&env)["entity_rules"].clone();
    assert_eq!(env.run(["status", "--json"]).json()[0]["entity_rules"], fingerprint);
    assert!(fingerprint.as_str().is_some_and(|text| text.len() == 16), "{fingerprint}");
    assert!(env.run(["search", "Smith"]).stdout.ends_with("2 articles found · names by your rules\n"));
    assert_eq!(
        env.run(["search", "--no-entities", "--json", "Smith"]).json().pop().expect("one")["entity_rules"],
        Value::Null
    );
    // Another file, by name.
    env.write("other.toml", "[[block]]\nperson = \"Anna Kuznetsova\"\n");
    assert_eq!(env.search(["--entities", "other.toml", "person:kuznetsova"]).total, 1);
}

#[test]
fn check_says_what_rules_touch() {
    let env = small_world();
    env.write("entities.toml", "[[merge]]\nperson = [\"Anna Kuznetsova\", \"Ann Kuznetsova\"]\n");
    let output = env.run(["entities", "check"]);
    output.code(0).stderr("");
    assert!(
        output.stdout.contains("line   1  merge person \"Anna Kuznetsova\", \"Ann Kuznetsova\"\n"),
        "{}",
        output.stdout
    );
    assert!(output.stdout.contains("in 3 articles\n"), "{}", output.stdout);
    env.write("more.toml", "\n[[block]]\nperson = \"Jon Smith\"\n");
    let output = env.run(["entities", "check", "more.toml"]);
    output.code(1).stderr("");
    assert!(output.stdout.contains("touches nothing"), "{}", output.stdout);
    assert!(
        output.stdout.contains("no person of the index goes by `Jon Smith`; nearest: `John Smith`"),
        "{}",
        output.stdout
    );
    let lines = env.run(["entities", "check", "more.toml", "--json"]).json();
    assert_eq!((&lines[0]["line"], &lines[0]["articles"]), (&Value::from(2), &Value::from(0)));
    assert_eq!(lines[0]["unknown"][0]["nearest"], "John Smith");
    assert_eq!(lines[1]["type"], "rules");
}

#[test]
fn wrong_rules_name_line_and_reason() {
    let env = small_world();
    for (rules, part) in [
        ("\n[[merge]]\npersons = [\"A\", \"B\"]\n", "entities.toml, line 3: unknown field `persons`"),
        ("[[merge]]\nperson = [\"A\"]\n", "line 1: merge needs at least two names"),
        (
            "[[merge]]\nperson = [\"Ann Kuznetsova\", \"B\"]\n[[merge]]\nperson = [\"C\", \"ann-kuznetsova\"]\n",
            "line 3: the person `ann-kuznetsova` stands in the rule of line 1 too",
        ),
        ("not toml at all", "line 1: "),
    ] {
        env.write("entities.toml", rules);
        env.run(["search", "Smith"]).code(2).stdout("").stderr_has(part);
        env.run(["entities", "check"]).code(2).stdout("").stderr_has(part);
        env.run(["index", "news"]).code(0).stderr_has(part);
        env.run(["search", "--count", "--no-entities", "Smith"]).code(0).stderr("");
    }
    env.remove("entities.toml");
    env.run(["entities", "check"]).code(2).stderr_has("there is no `entities.toml`").stderr_has("--help");
    env.run(["search", "--entities", "absent.toml", "x"]).code(2).stderr_has("cannot read `absent.toml`");
}

#[test]
fn why_says_what_each_name_became() {
    let env = TestEnv::new();
    env.write_story(
        "news/a.txt",
        "Calls for calm in Kiev",
        "KYIV, Ukraine — Anna Kuznetsova of the Northern Harbour Safety Board (NHSB) spoke on Monday. Mrs Kuznetsova \
         said that Ukrainian officials and the NHSB had met in Paris, Texas.",
    );
    env.index(["news"]);
    let id = env.search([""]).hits[0]["id"].as_str().expect("an id is text").to_owned();
    let lines = env.run(["show", "--why", "--json", &id]).json();
    let why = |kind: &str, name: &str| {
        let found = lines.iter().find(|line| line["type"] == "why" && line["kind"] == kind && line["name"] == name);
        found.unwrap_or_else(|| panic!("there is no {kind} {name} in {lines:#?}")).clone()
    };
    let rules = |line: &Value| {
        let mentions = line["mentions"].as_array().expect("mentions are a list").iter();
        mentions.map(|mention| mention["rule"].as_str().expect("a rule has a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rules(&why("person", "Anna Kuznetsova")), ["name", "surname"]);
    assert_eq!(rules(&why("org", "Northern Harbour Safety Board")), ["name", "acronym", "acronym"]);
    assert_eq!(rules(&why("place", "Ukraine")), ["gazetteer", "demonym"]);
    let kyiv = why("place", "Kyiv");
    assert_eq!(
        (kyiv["mentions"][0]["in"].as_str(), kyiv["mentions"][0]["text"].as_str()),
        (Some("title"), Some("Kiev"))
    );
    let paris = why("place", "Paris");
    let paths: Vec<&str> = (paris["alternatives"].as_array().expect("a list").iter())
        .map(|place| place["path"].as_str().expect("a path is text"))
        .collect();
    assert_eq!(paths[0], "/north-america/united-states/texas/paris");
    assert!(paths.len() > 1 && paris["alternatives"][0]["evidence"][0]["text"].is_string(), "{paris:#}");
    let taggers = &why("person", "Anna Kuznetsova")["mentions"][0]["taggers"];
    assert!(taggers[0]["confidence"].as_f64().is_some_and(|confidence| confidence > 0.5), "{taggers}");

    let text = env.run(["show", "--why", &id]);
    text.code(0).stderr("");
    assert!(
        text.stdout.contains("\"Kuznetsova\": surname of Anna Kuznetsova, with the honorific of a woman"),
        "{}",
        text.stdout
    );
    env.write(
        "entities.toml",
        "\n[[block]]\nplace = \"Paris\"\n[[rename]]\nperson = \"Anna Kuznetsova\"\nname = \"A. K.\"\n",
    );
    let ruled = env.run(["show", "--why", &id]).stdout;
    assert!(ruled.contains("your rule in line 4: rename person \"Anna Kuznetsova\" to \"A. K.\""), "{ruled}");
    assert!(ruled.contains("no place: Paris, by your rule in line 2"), "{ruled}");
}

#[test]
fn languages_that_the_trained_tagger_does_not_know_are_said() {
    let env = TestEnv::new();
    let german = "Der Bundeskanzler Olaf Scholz ist am Montag nach Kiew gereist. Er sprach dort mit den Leuten, die nach \
                  dem Angriff in der Stadt geblieben waren, und versprach ihnen, dass die Hilfe noch im Winter komme.";
    env.write_story("news/de.txt", "Scholz reist", german);
    env.index(["news"]);
    let hit = env.search([""]).hits[0].clone();
    let id = hit["id"].as_str().expect("an id is text");
    assert_eq!(env.run(["show", "--json", id]).json()[0]["taggers"], serde_json::json!(["rules"]));
    let line = "language de, where names are found by lists and rules only\n";
    for arguments in [["show", id], ["extract", "news/de.txt"]] {
        let output = env.run(arguments);
        assert!(output.stdout.contains(line), "{}", output.stdout);
    }
}

/// Who and where in a story with a title before a name, a short form, a name by itself, an old spelling, a
/// region, a square, demonyms, and an organisation with a country in its name.
#[test]
fn a_prisoner_exchange_has_these_people_places_and_organisations() {
    let env = TestEnv::new();
    env.write_story(
        "news/exchange.txt",
        "Hundreds freed as Russia and Ukraine trade prisoners",
        "Russia and Ukraine freed 310 prisoners each on Friday, at a crossing in Belarus. President Volodymyr Zelensky \
         said that most of them were soldiers; a third had been taken in the Kursk region.\n\n\
         Former US President Donald Trump had spoken of the exchange on Truth Social the night before. The Russian \
         Defense Ministry confirmed the numbers by noon.\n\n\
         On Kiev's Independence Square some forty relatives waited with photographs. \u{201c}I would know him by his \
         walk,\u{201d} said a woman, named Victoria, whose husband has been missing for two years. Zelensky thanked \
         Ukrainian officials. She did not wait for him to finish.",
    );
    env.index(["news"]);
    let hit = env.search([""]).hits[0].clone();
    let names = |key: &str| {
        let mut names: Vec<String> = serde_json::from_value(hit[key].clone()).expect("names are text");
        names.sort();
        names
    };
    assert_eq!(names("people"), ["Donald Trump", "Victoria", "Volodymyr Zelensky"]);
    let places = ["Belarus", "Independence Square", "Kursk region", "Kyiv", "Russia", "Ukraine", "United States"];
    assert_eq!(names("places"), places);
    assert_eq!(names("orgs"), ["Russian Defense Ministry", "Truth Social"]);
    // Demonyms count for their country, and Kiev is found as Kyiv.
    let ukraine = env.run(["places", "--json"]).json();
    let ukraine = ukraine.iter().find(|row| row["name"] == "Ukraine").expect("Ukraine is there").clone();
    assert_eq!(ukraine["mentions"], 3);
    assert_eq!((env.total("place:kyiv"), env.total("place:kiev"), env.total("place:/europe/ukraine/kyiv")), (1, 1, 1));
}

#[test]
fn a_country_is_found_by_its_cities_and_its_people() {
    let env = TestEnv::new();
    env.write_story(
        "news/city.txt",
        "Rain in Lyon",
        "It rained in Lyon on Monday. The bridges were closed for an hour.",
    );
    env.write_story(
        "news/people.txt",
        "A cup of tea",
        "French officials drank a cup of tea on Monday, and nothing else.",
    );
    env.write_story(
        "news/village.txt",
        "Hens",
        "The hens of Vallorbe-le-Bas, France, laid no egg on Monday, a farmer said.",
    );
    env.index(["news"]);
    assert_eq!(env.total("place:/europe/france"), 3);
    assert_eq!((env.total("place:france"), env.total("place:=france")), (2, 2));
    assert_eq!(env.total("place:/europe/france/auvergne-rhone-alpes/lyon"), 1);
    assert_eq!(env.total("place:/europe/germany"), 0);
}
