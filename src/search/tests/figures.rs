//! Conditions on figures, over random articles: all of them hold for one and the same mention, in filters, in
//! NEAR, in the order of hits; and nouns of one meaning are found together unless `=` forbids it.

use std::sync::Arc;

use proptest::prelude::*;

use super::build::{extract, node, query, request, searcher, text, word};
use super::naive::{Corpus, is_figure};
use crate::article::Article;
use crate::figure::{Bound, Change};
use crate::search::query::{Expr, FigureMatch, Measure, Node, NumberRange};
use crate::search::{FigureSort, SearchRequest, Sort};

const NOUNS: &[&str] = &["deaths", "dead", "killed", "prisoners", "soldiers", "troops"];

/// Articles of a few counts and sums each; the toy extractor bounds what is over 300, and lets rise what is over
/// 600.
fn articles() -> impl Strategy<Value = Vec<Article>> {
    let count = (1u32..900, prop::sample::select(NOUNS)).prop_map(|(n, noun)| format!("{n} {noun}"));
    let sum = (1u32..900).prop_map(|n| format!("${n}"));
    let sentence =
        prop_oneof![3 => count, 1 => sum].prop_map(|figure| format!("There were {figure} near the bridge. "));
    let body = prop::collection::vec(sentence, 0..5).prop_map(|sentences| sentences.concat());
    prop::collection::vec(body, 1..8).prop_map(|bodies| {
        let number = |(at, body): (usize, String)| {
            let mut article = text("A report", &format!("{body}It rained."));
            article.origin.path = Arc::from(format!("/news/{at}.txt"));
            // Equal texts are one article unless they bring ids.
            article.own_id = Some(format!("report-{at}"));
            article
        };
        bodies.into_iter().enumerate().map(number).collect()
    })
}

fn figures() -> impl Strategy<Value = FigureMatch> {
    let measure = prop_oneof![
        Just(Measure::Any),
        Just(Measure::Unit("usd".to_owned())),
        prop::sample::select(vec!["death", "dead", "killed", "prisoner", "soldier", "troop"])
            .prop_map(|noun| Measure::Noun(noun.to_owned())),
    ];
    let change = prop::sample::select(vec![None, None, Some(Change::Up), Some(Change::None)]);
    let bound = prop::sample::select(vec![None, None, Some(Bound::AtLeast), Some(Bound::Exact)]);
    (measure, any::<bool>(), 0.0..900.0f64, 0.0..500.0f64, change, bound).prop_map(
        |(measure, exact, low, span, change, bound)| {
            let range = NumberRange { low, high: low + span, ..NumberRange::ALL };
            FigureMatch { exact: exact && measure != Measure::Any, measure, range, change, bound }
        },
    )
}

fn paths(request: &SearchRequest, articles: &[Article]) -> Vec<String> {
    let results = searcher(articles).search(request).expect("an answer");
    assert_eq!(results.total, results.hits.len() as u64);
    results.hits.iter().map(|hit| hit.article.origin.path.to_string()).collect()
}

fn near(left: Node, right: Node) -> Node {
    node(Expr::Near { left: Box::new(left), right: Box::new(right), distance: 3, ordered: false })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn conditions_hold_for_one_and_the_same_mention(articles in articles(), figure in figures()) {
        let corpus = Corpus::new(&articles, extract);
        let figure = node(Expr::Figure(figure));
        for root in [figure.clone(), near(word("bridge"), figure.clone()), node(Expr::Not(Box::new(figure)))] {
            let mut found = paths(&request(root.clone()), &articles);
            found.sort();
            let expected = corpus.matching(&root);
            prop_assert_eq!(found, expected, "{:?}", root.expr);
        }
    }

    #[test]
    fn hits_are_ordered_by_the_mention_that_is_shown(
        articles in articles(),
        figure in figures(),
        is_filtered in any::<bool>(),
        ascending in any::<bool>(),
    ) {
        let sort = FigureSort { measure: figure.measure.clone(), exact: figure.exact, ascending };
        let any_value = FigureMatch { exact: figure.exact, ..FigureMatch::any_value(figure.measure.clone()) };
        let sought = if is_filtered { figure.clone() } else { any_value };
        let mut request = request(word("rained"));
        request.sort = Sort::Figure(sort);
        if is_filtered {
            request.filters.push(node(Expr::Figure(figure)));
        }
        let results = searcher(&articles).search(&request).expect("an answer");
        let mut last: Option<f64> = None;
        let mut is_over = false;
        for hit in &results.hits {
            let fitting = hit.extraction.body.figures.iter().filter(|one| is_figure(&sought, one));
            let values: Vec<f64> = fitting.map(|one| if ascending { -one.low } else { one.high }).collect();
            let best = values.iter().copied().reduce(f64::max);
            let shown = hit.sorted_by.as_ref().map(|by| if ascending { -by.figure.low } else { by.figure.high });
            prop_assert_eq!(best, shown);
            match best {
                Some(best) => {
                    prop_assert!(!is_over, "articles without the figure come last");
                    prop_assert!(last.is_none_or(|last| last >= best));
                    last = Some(best);
                }
                None => is_over = true,
            }
        }
        prop_assert_eq!(searcher(&articles).count(&query(word("rained")), &request.filters).expect("a count"), results.total);
    }
}

#[test]
fn synonyms_are_told_and_can_be_left_out() {
    let articles: Vec<Article> = ["There were 40 dead.", "There were 50 deaths.", "There were 60 prisoners."]
        .iter()
        .enumerate()
        .map(|(at, body)| {
            let mut article = text("A report", body);
            article.origin.path = Arc::from(format!("/news/{at}.txt"));
            article
        })
        .collect();
    let figure = |exact| {
        let range = NumberRange { low: 10.0, ..NumberRange::ALL };
        let any_value = FigureMatch::any_value(Measure::Noun("death".to_owned()));
        node(Expr::Figure(FigureMatch { exact, range, ..any_value }))
    };
    let searcher = searcher(&articles);
    let with = searcher.search(&request(figure(false))).expect("an answer");
    assert_eq!(with.total, 2);
    assert_eq!(with.notes, ["`death` is looked for as `dead` too; `=death` means that noun alone"]);
    let without = searcher.search(&request(figure(true))).expect("an answer");
    assert_eq!((without.total, without.notes), (1, vec![]));
}
