//! Folders behind links, and the folder of the index itself.

use std::os::unix::fs::symlink;

use super::{Watch, assert_equal_to_fresh, story};
use crate::env::TestEnv;

/// Whether an article is shown as one of a file whose path ends so.
fn has(env: &TestEnv, ending: &str) -> bool {
    let hits = env.search(["-n", "100", ""]).hits;
    hits.iter().any(|hit| hit["path"].as_str().is_some_and(|path| path.ends_with(ending)))
}

#[test]
fn what_lies_behind_links_is_followed_under_their_names() {
    let env = TestEnv::new();
    let link = |target: &str, link: &str| symlink(env.path().join(target), env.path().join(link)).expect("a link");
    env.write("news/a.txt", story(1));
    env.write("far/b.txt", story(2));
    env.write("one/c.txt", story(3));
    env.write("later/d.txt", story(4));
    link("far", "news/far");
    link("one/c.txt", "news/c.txt");
    let mut watch = Watch::start(&env, &["news"]);
    env.write("far/new.txt", story(5));
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    assert!(has(&env, "/news/far/new.txt"));
    env.remove("far/new.txt");
    watch.until(|line| line["type"] == "report" && line["deleted"] == 1);
    env.write("one/c.txt", story(6));
    watch.until(|line| line["type"] == "report" && line["changed"] == 1);
    // A link that is made meanwhile, what comes behind it, and another target for it.
    link("later", "news/later");
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    env.write("later/deep/e.txt", story(7));
    watch.until(|line| line["type"] == "report" && line["added"] == 1);
    env.remove("news/later");
    watch.until(|line| line["type"] == "report" && line["deleted"] == 2);
    link("far", "news/later");
    watch.until(|line| line["type"] == "report");
    // Two links lead there; one goes, the other one is followed on.
    env.remove("news/far");
    env.write("far/last.txt", story(8));
    while !has(&env, "/news/later/last.txt") {
        watch.until(|line| line["type"] == "report");
    }
    env.write("far/very-last.txt", story(9));
    while !has(&env, "/news/later/very-last.txt") {
        watch.until(|line| line["type"] == "report");
    }
    watch.stop();
    assert_equal_to_fresh(&env);
}

#[test]
fn an_index_that_is_removed_is_made_again() {
    let env = TestEnv::new();
    env.write("news/deep/a.txt", story(1));
    env.write("news/b.txt", story(2));
    env.write("alerts.txt", "boats = boat*\n");
    let mut watch = Watch::start(&env, &["--alert", "alerts.txt", "news"]);
    std::fs::remove_dir_all(env.path().join("index")).expect("it is there");
    env.write("news/deep/c.txt", story(3));
    let mut told = watch.until(|line| line["type"] == "report" && line["added"].as_u64() > Some(0));
    told.extend(watch.until(|line| line["type"] == "alert"));
    let titles: Vec<_> = told.iter().filter(|line| line["type"] == "alert").map(|line| &line["title"]).collect();
    assert_eq!(titles, ["Report 3 from the harbour"], "what was there before is no news");
    let said = watch.stop_and_read();
    assert!(said.contains("the index `index` was gone; it is made again"), "{said}");
    assert_equal_to_fresh(&env);
}

#[test]
fn an_index_that_is_gone_at_the_end_is_not_said_to_hold_anything() {
    let env = TestEnv::new();
    env.write("news/a.txt", story(1));
    let watch = Watch::start(&env, &["news"]);
    // It cannot be made again where a file has its name.
    std::fs::remove_dir_all(env.path().join("index")).expect("it is there");
    env.write("index", "in the way");
    let said = watch.stop_and_read();
    assert!(said.contains("the index `index` is gone") && !said.contains("holds what was there last"), "{said}");
}
