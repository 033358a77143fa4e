//! What a hit shows: lit titles, passages, entities and figures.

use super::build::{all, node, phrase, request, samples, searcher, word};
use crate::mention::{EntityKind, Span};
use crate::search::query::{EntityMatch, Expr, FigureMatch, Measure, Node, NumberRange, Pattern, Scope};
use crate::search::{Hit, SnippetConfig, Why};

fn marked(text: &str, highlights: &[Span]) -> String {
    let mut marked = text.to_owned();
    for span in highlights.iter().rev() {
        marked.insert(span.end as usize, ']');
        marked.insert(span.start as usize, '[');
    }
    marked
}

fn hit(root: Node, path: &str) -> Hit {
    let mut request = request(root);
    request.snippets = SnippetConfig { n_passages: 1, max_chars: 80 };
    let results = searcher(&samples()).search(&request).expect("an answer");
    results.hits.into_iter().find(|hit| hit.article.origin.path.contains(path)).expect("the article matches")
}

#[track_caller]
fn check(root: Node, path: &str, title: &str, snippet: &str) {
    let hit = hit(root, path);
    assert_eq!(marked(&hit.article.title, &hit.title_highlights), title);
    let snippets: Vec<String> = hit.snippets.iter().map(|one| marked(&one.text, &one.highlights)).collect();
    assert_eq!(snippets, [snippet]);
}

fn pattern(pattern: Pattern) -> Node {
    node(Expr::Text { scope: Scope::Anywhere, pattern })
}

fn figure(measure: Measure, low: f64) -> Node {
    let range = NumberRange { low, ..NumberRange::ALL };
    node(Expr::Figure(FigureMatch { range, ..FigureMatch::any_value(measure) }))
}

#[test]
fn highlights_are_what_matched() {
    check(
        all("frauds banks"),
        "file2",
        "[Bank] [fraud] trial opens",
        "Jane Doe denied [fraud] at the [Bank] of York. The [bank] lost $400.",
    );
    check(
        phrase("bank fraud", 0),
        "file3",
        "Fraud in banking",
        "Jane Roe, a banker, was near the bank. [Bank fraud] rose.",
    );
    check(phrase("fraud bank", 2), "file3", "[Fraud] in [banking]", "The [fraud] at a [bank] in New York cost $700.");
    check(
        pattern(Pattern::Exact("Bank".into())),
        "file3",
        "Fraud in banking",
        "The fraud at a [bank] in New York cost $700.",
    );
    check(
        pattern(Pattern::Prefix("sold".into())),
        "file6",
        "Storm over the sea",
        "The storm took 12 [soldiers]. 3 prisoners drowned near New York.",
    );
    check(
        pattern(Pattern::Wildcard("s?ldi*".into())),
        "file6",
        "Storm over the sea",
        "The storm took 12 [soldiers]. 3 prisoners drowned near New York.",
    );
    check(
        pattern(Pattern::Fuzzy { word: "soldirs".into(), distance: 1 }),
        "file6",
        "Storm over the sea",
        "The storm took 12 [soldiers]. 3 prisoners drowned near New York.",
    );
    check(
        pattern(Pattern::Regex("sold.*".into())),
        "file6",
        "Storm over the sea",
        "The storm took 12 [soldiers]. 3 prisoners drowned near New York.",
    );
    check(
        all("the storm"),
        "file6",
        "[Storm] over the sea",
        "The [storm] took 12 soldiers. 3 prisoners drowned near New York.",
    );
    check(
        figure(Measure::Noun("prisoner".into()), 100.0),
        "file1",
        "Second day of the exchange",
        "Another [307] prisoners came home to Ukraine.",
    );
    let fraud_without_banker = node(Expr::All(vec![word("fraud"), node(Expr::Not(Box::new(word("banker"))))]));
    check(
        fraud_without_banker,
        "file2",
        "Bank [fraud] trial opens",
        "Jane Doe denied [fraud] at the Bank of York. The bank lost $400.",
    );
}

#[test]
fn names_light_in_every_spelling() {
    let zelensky = node(Expr::Entity { kind: EntityKind::Person, which: EntityMatch::Name("zelensky".into()) });
    check(
        zelensky.clone(),
        "file1",
        "Second day of the exchange",
        "[Zelenskiy] thanked the banks that paid $5 and the Bank of York.",
    );
    let why = hit(zelensky, "file1").why;
    let name = "Volodymyr Zelensky".to_owned();
    assert_eq!(why, [Why::Entity { kind: EntityKind::Person, key: "volodymyr-zelensky".to_owned(), name }]);
    let why = hit(figure(Measure::Unit("usd".into()), 600.0), "file3").why;
    assert_eq!(why, [Why::Figure { text: "$700".to_owned() }]);
}

#[test]
fn near_lights_only_pairs() {
    let near = |left: Node, right: Node, distance| {
        node(Expr::Near { left: Box::new(left), right: Box::new(right), distance, ordered: false })
    };
    let person = node(Expr::Entity { kind: EntityKind::Person, which: EntityMatch::Any });
    check(
        near(word("fraud"), person, 3),
        "file2",
        "Bank fraud trial opens",
        "[Jane Doe] denied [fraud] at the Bank of York. The bank lost $400.",
    );
    check(
        near(word("bank"), figure(Measure::Any, 600.0), 6),
        "file3",
        "Fraud in banking",
        "The fraud at a [bank] in New York cost [$700].",
    );
}

#[test]
fn without_a_match_in_the_body_its_beginning_is_shown() {
    let title = node(Expr::Text { scope: Scope::Title, pattern: Pattern::Word("storm".into()) });
    check(title, "file6", "[Storm] over the sea", "The storm took 12 soldiers. 3 prisoners drowned near New York.");
}

#[test]
fn very_long_articles_are_shown() {
    let body =
        "Some words about nothing at all. ".repeat(20_000) + "The needle is here. " + &"More words. ".repeat(1000);
    let mut article = super::build::text("Long", &body);
    article.origin.path = std::sync::Arc::from("/long");
    let results = searcher(&[article]).search(&request(all("needle nothing"))).expect("an answer");
    let hit = &results.hits[0];
    assert!(
        hit.snippets.iter().any(|snippet| marked(&snippet.text, &snippet.highlights).contains("The [needle] is here."))
    );
}

/// Stretches without anything to light are passed over, and nothing else is.
#[test]
fn the_end_of_a_long_article_is_lit_as_its_beginning_is() {
    let filler = "Rain fell on the sea, and nobody’s boat came in. ".repeat(9000);
    let end = "The ferries left Kyiv’s harbour with 390 prisoners. A storm came.";
    let mut article = super::build::text("Long", &format!("{filler}{end}"));
    article.origin.path = std::sync::Arc::from("/long");
    let mut short = super::build::text("Short", end);
    short.origin.path = std::sync::Arc::from("/short");
    let (long, short) = (searcher(&[article]), searcher(&[short]));
    let near = |left: &str, right: &str| {
        let (left, right) = (Box::new(word(left)), Box::new(word(right)));
        node(Expr::Near { left, right, distance: 4, ordered: false })
    };
    let prefix = pattern(Pattern::Prefix("harb".to_owned()));
    let asked = [word("ferry"), phrase("ferries left", 0), near("ferry", "harbour"), word("harbours"), prefix];
    for root in asked.into_iter().chain([all("storm prisoner")]) {
        let shown = |searcher: &crate::search::Searcher| {
            let results = searcher.search(&request(root.clone())).expect("an answer");
            let snippets = &results.hits[0].snippets;
            let lit: Vec<String> = snippets
                .iter()
                .flat_map(|snippet| snippet.highlights.iter().map(|span| span.of(&snippet.text).to_owned()))
                .collect();
            lit
        };
        assert!(!shown(&short).is_empty(), "{root:?}");
        assert_eq!(shown(&long), shown(&short), "{root:?}");
    }
}

/// Wherever the edges of stretches fall, and whatever kind of word is asked for.
#[test]
fn what_belongs_together_is_lit_across_stretches() {
    let end = "The ferries left Kyiv’s harbour with 390 prisoners. A storm came.";
    let near = |left: &str, right: &str| {
        let (left, right) = (Box::new(word(left)), Box::new(word(right)));
        node(Expr::Near { left, right, distance: 8, ordered: false })
    };
    let fuzzy = pattern(Pattern::Fuzzy { word: "harbor".to_owned(), distance: 1 });
    let wildcard = pattern(Pattern::Wildcard("f*ies".to_owned()));
    let regex = pattern(Pattern::Regex("har.*r".to_owned()));
    let asked = [phrase("ferries left", 0), near("ferry", "storm"), fuzzy, wildcard, regex, all("storm ferry")];
    let lit = |searcher: &crate::search::Searcher, root: &Node| -> Vec<String> {
        let results = searcher.search(&request(root.clone())).expect("an answer");
        let snippets = results.hits[0].snippets.iter();
        snippets.flat_map(|one| one.highlights.iter().map(|span| span.of(&one.text).to_owned())).collect()
    };
    let article = |body: &str| super::build::text("Ship", body);
    let short = searcher(&[article(end)]);
    let filler = "Rain fell on the sea, and nobody’s boat came in. ".repeat(1800);
    for n_more in (0..1100).step_by(37) {
        // Eight bytes each, so that the edges move through all of the sentence.
        let body = format!("{}{filler}{end} {filler}", "Showers ".repeat(n_more));
        let long = searcher(&[article(&body)]);
        for root in &asked {
            assert_eq!(lit(&long, root), lit(&short, root), "{n_more} {root:?}");
        }
    }
}
