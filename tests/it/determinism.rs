//! Same corpus and version in, same bytes out.

use std::fs;

use crate::env::{TestEnv, corpus};
use crate::search::QUERIES;

#[test]
fn two_indexes_of_one_corpus_answer_alike() {
    let env = TestEnv::new();
    // Threads, batches and the order of the arguments differ; the articles do not.
    let folders: Vec<_> = ["text", "html", "markdown", "json", "jsonl"].map(|name| corpus().join(name)).into();
    let mut one: Vec<&std::ffi::OsStr> = ["--index", "one", "--threads", "1"].map(AsRef::as_ref).into();
    one.extend(folders.iter().map(|folder| folder.as_os_str()));
    env.index(one);
    let mut other: Vec<&std::ffi::OsStr> =
        ["--index", "other", "--threads", "4", "--commit-every", "10"].map(AsRef::as_ref).into();
    other.extend(folders.iter().rev().map(|folder| folder.as_os_str()));
    env.index(other);

    for query in QUERIES {
        let ask = |index: &str| {
            let output = env.run(["search", "--index", index, "--json", "--facets", "-n", "50", "--", query]);
            assert_ne!(output.code, Some(2), "{}", output.stderr);
            output.stdout
        };
        crate::env::assert_text(query, &ask("one"), &ask("other"));
    }
    // What is said of entities, with rules on them and without.
    let ids = env.search(["--index", "one", "-n", "1000", ""]).hits;
    let ids: Vec<&str> = ids.iter().map(|hit| hit["id"].as_str().expect("an id is text")).collect();
    let rules = "[[merge]]\nperson = [\"Donald Trump\", \"Marta Lindqvist\"]\n[[block]]\nplace = \"Kyiv\"\n";
    for rules in ["", rules] {
        env.write("entities.toml", rules);
        let why = ["show", "--why", "--json"].into_iter().chain(ids.iter().copied()).collect::<Vec<_>>();
        for arguments in [&["people", "--json"][..], &["places", "--json"], &["orgs", "--json"], &why] {
            let ask = |index: &str| {
                let output = env.run(arguments.iter().copied().chain(["--index", index]));
                assert_eq!(output.code, Some(0), "{}", output.stderr);
                output.stdout
            };
            crate::env::assert_text(arguments[0], &ask("one"), &ask("other"));
        }
    }
    for arguments in [&["extract", "--json"][..], &["read", "--json"]] {
        let run =
            || env.run(arguments.iter().map(AsRef::as_ref).chain(folders.iter().map(|folder| folder.as_os_str())));
        crate::env::assert_text(arguments[0], &run().stdout, &run().stdout);
    }
}

#[test]
fn an_index_that_was_changed_answers_like_a_new_one() {
    let env = TestEnv::new();
    let news = env.path().join("news");
    fs::create_dir(&news).expect("the folder can be made");
    let texts = fs::read_dir(corpus().join("text")).expect("the corpus is there");
    let mut names: Vec<_> = texts.map(|entry| entry.expect("entries have names").file_name()).collect();
    names.sort();
    // Files come, go and come back.
    for round in 0..4 {
        for (number, name) in names.iter().enumerate() {
            let (from, to) = (corpus().join("text").join(name), news.join(name));
            if round == 3 || (number + round) % 3 != 0 {
                fs::copy(from, to).expect("the disk has room");
            } else if to.exists() {
                fs::remove_file(to).expect("the file is there");
            }
        }
        env.index(["news"]);
    }
    env.index(["--index", "new", "news"]);
    for query in QUERIES {
        let ask = |index: &str| env.run(["search", "--index", index, "--json", "-n", "50", "--", query]).stdout;
        crate::env::assert_text(query, &ask("index"), &ask("new"));
    }
}

/// Ids travel with the articles: a copy of the corpus elsewhere has the same ones.
#[test]
fn ids_do_not_depend_on_the_place() {
    let env = TestEnv::new();
    for folder in ["a", "deep/down/b"] {
        let target = env.path().join(folder);
        fs::create_dir_all(&target).expect("the folder can be made");
        for entry in fs::read_dir(corpus().join("markdown")).expect("the corpus is there") {
            let entry = entry.expect("entries have names");
            fs::copy(entry.path(), target.join(entry.file_name())).expect("the disk has room");
        }
    }
    env.index(["--index", "one", "a"]);
    env.index(["--index", "other", "deep"]);
    for query in QUERIES {
        let ids = |index: &str| {
            let found = env.search(["--index", index, "-n", "50", "--", query]);
            found.hits.iter().map(|hit| (hit["id"].clone(), hit["score"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(ids("one"), ids("other"), "{query}");
    }
}
