//! Random queries: the tree, and its text read back, find what the naive evaluator finds.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use super::build::{conformance_corpus, extract, node, read, request, searcher};
use super::conformance::{any as anywhere, days, entity, keyword, near, not, noun, text, usd};
use super::naive::Corpus;
use super::table::tells_synonyms;
use crate::figure::{Bound, Change};
use crate::mention::EntityKind;
use crate::search::query::{
    DateMatch, EntityMatch, Expr, FigureMatch, KeywordField, KeywordMatch, Measure, Node, NumberRange, Pattern, Scope,
    to_text,
};
use crate::search::{SearchRequest, SnippetConfig};

/// Random queries of each run of the tests.
const N_QUERIES: u32 = 10_000;

fn select(words: &[&'static str]) -> impl Strategy<Value = &'static str> + use<> {
    prop::sample::select(words.to_vec())
}

fn words() -> impl Strategy<Value = String> {
    let words = [
        "bank",
        "banks",
        "fraud",
        "the",
        "prisoners",
        "exchange",
        "kyiv",
        "women",
        "of",
        "york",
        "jane",
        "at",
        "zzz",
        "soldiers",
        "twenty-one",
        "U.S.",
        "O'Brien",
        "2,000",
        "house",
        "boar",
        "well-known",
        "naive",
        "Zürich",
        "it's",
        "a",
        "and",
        "immigration",
        "COVID-19",
        "Київ",
        "zelensky",
        "Zelenskiy",
        "ukraine",
        "doe",
    ];
    select(&words).prop_map(str::to_owned)
}

fn patterns() -> impl Strategy<Value = Pattern> {
    let phrase = (prop::collection::vec(words(), 2..4), 0u32..6, any::<bool>());
    prop_oneof![
        4 => words().prop_map(Pattern::Word),
        1 => words().prop_map(Pattern::Exact),
        2 => phrase.prop_map(|(words, slop, exact)| Pattern::Phrase { text: words.join(" "), slop, exact }),
        1 => select(&["ba", "pri", "wom", "z", "t", "immigr", "Zü", "hous"]).prop_map(|one| Pattern::Prefix(one.into())),
        1 => select(&["wom?n", "*an*", "b??k", "*s", "h*e", "?oar*", "*ï*"]).prop_map(|one| Pattern::Wildcard(one.into())),
        1 => (select(&["bank", "frauds", "kyev", "ther", "Zurich", "prisners"]), 1u8..3)
            .prop_map(|(word, distance)| Pattern::Fuzzy { word: word.into(), distance }),
        1 => select(&["ba.*", "[kw].*n?", "the|of", "h[aeiou]+.*s?", "x{50}"]).prop_map(|one| Pattern::Regex(one.into())),
    ]
}

fn entities() -> impl Strategy<Value = Node> {
    let kinds = prop::sample::select(EntityKind::ALL.to_vec());
    let which = prop_oneof![
        Just(EntityMatch::Any),
        select(&["zelensky", "Zelenskiy", "jane", "jane doe", "york", "red cross", "ukraine", "kyiv", "nobody"])
            .prop_map(|name| EntityMatch::Name(name.into())),
        select(&["jane-doe", "Jane Roe", "Kyiv", "kyiv", "nobody"]).prop_map(|name| EntityMatch::Exact(name.into())),
    ];
    let paths = select(&["/europe", "/europe/ukraine", "/europe/ukr", "/north-america/united-states", "/asia"]);
    prop_oneof![
        4 => (kinds, which).prop_map(|(kind, which)| entity(kind, which)),
        1 => paths.prop_map(|path| entity(EntityKind::Place, EntityMatch::Path(path.into()))),
    ]
}

fn figures() -> impl Strategy<Value = Node> {
    let measures = prop_oneof![
        Just(usd()),
        Just(Measure::Any),
        select(&["percent", "km", "mile"]).prop_map(|unit| Measure::Unit(unit.into())),
        select(&["prisoner", "soldier", "family", "troop", "nothing"]).prop_map(noun),
    ];
    let values =
        prop::sample::select(vec![0.0, 3.0, 4.0, 5.0, 12.0, 300.0, 390.0, 400.0, 600.0, 1200.0, 2000.0, 2.5e6]);
    let ranges = (values.clone(), values, any::<[bool; 2]>(), 0..4).prop_map(|(one, other, [from, to], shape)| {
        let (low, high) = if one < other { (one, other) } else { (other, one) };
        match shape {
            0 => NumberRange::ALL,
            1 => NumberRange { low, low_included: from, ..NumberRange::ALL },
            2 => NumberRange { high, high_included: to, ..NumberRange::ALL },
            _ if low < high => NumberRange { low, low_included: from, high, high_included: to },
            _ => NumberRange { low, low_included: true, high, high_included: true },
        }
    });
    let changes =
        prop::sample::select(vec![None, None, None, Some(Change::Up), Some(Change::None), Some(Change::Down)]);
    let bounds = prop::sample::select(vec![None, None, None, Some(Bound::Exact), Some(Bound::AtLeast)]);
    (measures, any::<bool>(), ranges, changes, bounds).prop_map(|(measure, exact, range, change, bound)| {
        let exact = exact && measure != Measure::Any;
        node(Expr::Figure(FigureMatch { measure, exact, range, change, bound }))
    })
}

fn dates() -> impl Strategy<Value = Node> {
    let day = (2019i16..2026, 1i8..13, 1i8..29);
    (day.clone(), day, 0..4).prop_map(|(one, other, shape)| match shape {
        0 => node(Expr::Date(DateMatch::Any)),
        1 => days(Some(one), None),
        2 => days(None, Some(one)),
        _ => days(Some(one.min(other)), Some(one.max(other))),
    })
}

fn keywords() -> impl Strategy<Value = Node> {
    let words = |text: &str| KeywordMatch::Words(text.to_owned());
    let exact = |text: &str| KeywordMatch::Exact(text.to_owned());
    let shape = |text: &str| KeywordMatch::Wildcard(text.to_owned());
    use KeywordField::{Author, Format, Id, Lang, Path, Section, Source, Tag};
    prop::sample::select(vec![
        (Source, words("york")),
        (Source, words("new york")),
        (Source, exact("Reuters")),
        (Source, exact("reuters")),
        (Source, shape("*town*")),
        (Source, KeywordMatch::Any),
        (Author, words("lee")),
        (Author, words("O'Hara")),
        (Author, exact("Ann Lee")),
        (Section, words("world")),
        (Section, KeywordMatch::Any),
        (Tag, words("read")),
        (Tag, exact("war")),
        (Lang, words("uk")),
        (Format, words("html")),
        (Format, shape("*t*")),
        (Path, words("2025")),
        (Path, shape("*file1?*")),
        (Path, shape("/news/*.html")),
        (Id, words("id-1")),
        (Id, words("wire/3")),
        (Id, shape("id-*")),
    ])
    .prop_map(|(field, value)| keyword(field, value))
}

fn texts() -> impl Strategy<Value = Node> {
    let scope = prop::sample::select(vec![Scope::Anywhere, Scope::Anywhere, Scope::Title, Scope::Body]);
    (scope, patterns()).prop_map(|(scope, pattern)| text(scope, pattern))
}

/// What may stand beside NEAR.
fn sides() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![3 => patterns().prop_map(anywhere), 1 => texts(), 1 => entities(), 1 => figures()];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..3).prop_map(|parts| node(Expr::Any(parts))),
            (inner.clone(), inner, 0u32..8, any::<bool>())
                .prop_map(|(left, right, n, ordered)| near(left, right, n, ordered)),
        ]
    })
}

fn queries() -> impl Strategy<Value = Node> {
    let nears = (sides(), sides(), 0u32..12, any::<bool>());
    let leaf = prop_oneof![
        4 => texts(),
        1 => entities(),
        1 => figures(),
        1 => dates(),
        1 => keywords(),
        2 => nears.prop_map(|(left, right, n, ordered)| near(left, right, n, ordered)),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            // Two words at most side by side, so that nothing is widened.
            prop::collection::vec(inner.clone(), 2..3).prop_map(|parts| node(Expr::All(parts))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| node(Expr::Any(parts))),
            inner.prop_map(not),
        ]
    })
}

/// The same queries in every run.
#[test]
fn random_queries_find_what_reading_finds() {
    let articles = conformance_corpus();
    let (searcher, corpus) = (searcher(&articles), Corpus::new(&articles, extract));
    let config = ProptestConfig { cases: N_QUERIES, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (n_telling, n_widened) = (Cell::new(0u32), Cell::new(0u32));
    let result = runner.run(&queries(), |root| {
        let expected = corpus.matching(&root);
        let typed = to_text(&root);
        let reread = read(&typed).root.expect("something was asked for");
        let without_snippets = SnippetConfig { n_passages: 0, ..SnippetConfig::default() };
        let results = searcher.search(&SearchRequest { snippets: without_snippets, ..request(reread) });
        let results = results.expect("an answer");
        let mut paths: Vec<String> = results.hits.iter().map(|hit| hit.article.origin.path.to_string()).collect();
        paths.sort();
        // Brackets of brackets are one list once they were written out, which may be widened.
        let is_widened = results.notes.iter().any(|note| !tells_synonyms(note));
        n_widened.set(n_widened.get() + u32::from(is_widened));
        n_telling.set(n_telling.get() + u32::from(!expected.is_empty() && expected.len() < articles.len()));
        if is_widened {
            prop_assert!(expected.iter().all(|path| paths.contains(path)), "{}", typed);
        } else {
            prop_assert_eq!(paths, expected, "{}", typed);
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    // Most of them tell articles apart, and hardly any is answered by most of its words.
    assert!(n_telling.get() > N_QUERIES / 2, "{}", n_telling.get());
    assert!(n_widened.get() < N_QUERIES / 50, "{}", n_widened.get());
}
