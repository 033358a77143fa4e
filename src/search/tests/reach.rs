//! Plain words reach the people and places that they name.

use super::build::{all, phrase, request, samples, searcher, text, word};
use crate::article::Article;
use crate::search::query::{Expr, Node, Pattern, Scope};
use crate::search::{Cause, SearchRequest};

fn pattern(scope: Scope, pattern: Pattern) -> Node {
    super::build::node(Expr::Text { scope, pattern })
}

/// Numbers of the articles found, best first, and the notes.
fn found(articles: &[Article], root: Node) -> (Vec<usize>, Vec<String>) {
    let results = searcher(articles).search(&request(root)).expect("an answer");
    let number = |path: &str| articles.iter().position(|one| &*one.origin.path == path).expect("it is one of them");
    (results.hits.iter().map(|hit| number(&hit.article.origin.path)).collect(), results.notes)
}

fn numbered(bodies: &[&str]) -> Vec<Article> {
    let mut articles: Vec<Article> = bodies.iter().map(|body| text("News", body)).collect();
    for (number, article) in articles.iter_mut().enumerate() {
        article.origin.path = format!("/news/{number}.txt").into();
    }
    articles
}

#[test]
fn a_surname_finds_its_other_spellings_behind_its_own() {
    let (found_all, notes) = found(&samples(), word("zelensky"));
    assert_eq!(found_all, [0, 1]);
    assert_eq!(notes, ["`` also finds Volodymyr Zelensky, however spelt; `=` finds the word alone"]);
    let (spelt, _) = found(&samples(), word("Zelenskiy"));
    assert_eq!(spelt, [1, 0]);
    let (both, _) = found(&samples(), all("zelensky prisoners"));
    assert_eq!(both, [0, 1]);
}

#[test]
fn exact_forms_and_phrases_reach_nothing() {
    for root in [pattern(Scope::Anywhere, Pattern::Exact("zelensky".into())), phrase("zelensky", 0)] {
        assert_eq!(found(&samples(), root), (vec![0], vec![]));
    }
    assert_eq!(found(&samples(), pattern(Scope::Title, Pattern::Word("zelensky".into()))), (vec![], vec![]));
}

#[test]
fn demonyms_are_not_reached() {
    // The first of the samples has "Ukrainian officials" only.
    let (mut found, notes) = found(&samples(), word("ukraine"));
    found.sort_unstable();
    assert_eq!((found, notes), (vec![1, 7], vec![]));
}

#[test]
fn names_that_a_word_does_not_reach_are_told_where_they_are_more() {
    let seldom = ["They may come.", "It may rain.", "Mrs M. waved.", "Mrs M. slept.", "Mrs M. left."];
    let (mut as_a_word, notes) = found(&numbered(&seldom), word("may"));
    as_a_word.sort_unstable();
    assert_eq!(as_a_word, [0, 1]);
    assert_eq!(notes, ["`` is searched for as a word; `person:` finds 3, however spelt"]);
    let (_, notes) = found(&numbered(&seldom[..4]), word("may"));
    assert_eq!(notes, Vec::<String>::new());
}

#[test]
fn words_that_are_seldom_names_reach_nobody() {
    let articles = numbered(&[
        "They may come.",
        "It may rain and it may snow.",
        "Theresa May resigned.",
        "May is a month.",
        "Mrs M. waved.",
    ]);
    let (mut mostly_a_word, notes) = found(&articles, word("may"));
    mostly_a_word.sort_unstable();
    assert_eq!((mostly_a_word, notes), (vec![0, 1, 2, 3], vec![]));
    let articles = numbered(&["They may come.", "Theresa May resigned.", "Mrs M. waved."]);
    let (mut mostly_a_name, notes) = found(&articles, word("may"));
    mostly_a_name.sort_unstable();
    assert_eq!((mostly_a_name, notes.len()), (vec![0, 1, 2], 1));
}

#[test]
fn first_names_and_ends_of_longer_names_reach_nobody() {
    let articles = numbered(&["Theresa May resigned.", "Mrs M. waved.", "York lies in the north.", "New York shone."]);
    assert_eq!(found(&articles, word("theresa")), (vec![0], vec![]));
    assert_eq!(found(&articles, word("york")).1, Vec::<String>::new());
}

#[test]
fn what_was_reached_is_lit_and_explained() {
    let request = SearchRequest { explain: true, ..request(word("zelensky")) };
    let results = searcher(&samples()).search(&request).expect("an answer");
    let reached = &results.hits[1];
    let lit: Vec<&str> =
        reached.snippets.iter().flat_map(|one| one.highlights.iter().map(|span| span.of(&one.text))).collect();
    assert_eq!(lit, ["Zelenskiy"]);
    let shares = &reached.explanation.as_ref().expect("it was asked for").shares;
    let Cause::Part { typed, .. } = &shares[0].cause else { panic!("{shares:?}") };
    assert!(typed.ends_with(", as Volodymyr Zelensky"), "{typed}");
    assert!(results.hits[0].score > reached.score);
}
