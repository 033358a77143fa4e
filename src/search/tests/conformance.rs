//! Every operator finds what the naive evaluator finds; facets, notes and empty answers.

use super::build::{all, extract, node, phrase, query, request, samples, searcher, word};
use super::naive::Corpus;
use crate::article::Article;
use crate::figure::{Bound, Change};
use crate::mention::{EntityKind, Span};
use crate::search::query::{
    DateMatch, EntityMatch, Expr, FigureMatch, KeywordField, KeywordMatch, Measure, Node, NumberRange, Pattern, Query,
    Scope,
};
use crate::search::{FacetField, FacetRequest, SearchError, SearchRequest, Searcher};

pub(super) fn found(searcher: &Searcher, root: &Node) -> Vec<String> {
    let results = searcher.search(&request(root.clone())).expect("an answer");
    assert_eq!(results.total, results.hits.len() as u64);
    assert_eq!(searcher.count(&query(root.clone()), &[]).expect("a count"), results.total);
    let mut paths: Vec<String> = results.hits.iter().map(|hit| hit.article.origin.path.to_string()).collect();
    paths.sort();
    paths
}

fn expected(articles: &[Article], root: &Node) -> Vec<String> {
    Corpus::new(articles, extract).matching(root)
}

pub(super) fn text(scope: Scope, pattern: Pattern) -> Node {
    node(Expr::Text { scope, pattern })
}

pub(super) fn any(pattern: Pattern) -> Node {
    text(Scope::Anywhere, pattern)
}

pub(super) fn not(part: Node) -> Node {
    node(Expr::Not(Box::new(part)))
}

pub(super) fn entity(kind: EntityKind, which: EntityMatch) -> Node {
    node(Expr::Entity { kind, which })
}

fn named(kind: EntityKind, name: &str) -> Node {
    entity(kind, EntityMatch::Name(name.into()))
}

pub(super) fn near(left: Node, right: Node, distance: u32, ordered: bool) -> Node {
    node(Expr::Near { left: Box::new(left), right: Box::new(right), distance, ordered })
}

pub(super) fn figure(measure: Measure, low: f64, high: f64) -> Node {
    let range = NumberRange { low, high, ..NumberRange::ALL };
    node(Expr::Figure(FigureMatch { range, ..FigureMatch::any_value(measure) }))
}

pub(super) fn usd() -> Measure {
    Measure::Unit("usd".into())
}

pub(super) fn noun(noun: &str) -> Measure {
    Measure::Noun(noun.into())
}

pub(super) fn keyword(field: KeywordField, value: KeywordMatch) -> Node {
    node(Expr::Keyword { field, value })
}

pub(super) fn days(first: Option<(i16, i8, i8)>, last: Option<(i16, i8, i8)>) -> Node {
    let day = |day: Option<(i16, i8, i8)>| day.map(|(year, month, day)| jiff::civil::date(year, month, day));
    node(Expr::Date(DateMatch::Range { first: day(first), last: day(last) }))
}

#[test]
fn every_operator_finds_what_reading_finds() {
    let articles = samples();
    let searcher = searcher(&articles);
    let inf = f64::INFINITY;
    let cases: Vec<(Node, usize)> = vec![
        (word("bank"), 4),
        (word("Banks"), 4),
        (any(Pattern::Exact("Banks".into())), 2),
        (any(Pattern::Exact("bank".into())), 3),
        (text(Scope::Title, Pattern::Word("bank".into())), 2),
        (text(Scope::Body, Pattern::Word("fraud".into())), 2),
        (phrase("bank fraud", 0), 2),
        (phrase("fraud bank", 0), 0),
        (phrase("fraud bank", 2), 2),
        (phrase("the the the", 0), 1),
        (word("twenty-one"), 1),
        (word("one-twenty"), 0),
        (word("U.S."), 1),
        (word("O'Nobody"), 0),
        (word("straße"), 1),
        (word("Strasse"), 1),
        (word("erdogan"), 1),
        (word("Київ"), 1),
        (any(Pattern::Prefix("prison".into())), 3),
        (any(Pattern::Prefix("Wom".into())), 2),
        (any(Pattern::Wildcard("wom?n".into())), 2),
        (any(Pattern::Wildcard("*ank*".into())), 4),
        (any(Pattern::Fuzzy { word: "prisonners".into(), distance: 1 }), 3),
        (any(Pattern::Fuzzy { word: "zelenskj".into(), distance: 1 }), 1),
        (any(Pattern::Fuzzy { word: "zelenskj".into(), distance: 2 }), 2),
        (any(Pattern::Regex("zelensk(y|iy)".into())), 2),
        (all("prisoners exchange"), 2),
        (node(Expr::All(vec![word("fraud"), not(word("banker"))])), 1),
        (not(word("the")), 1),
        (node(Expr::All(vec![not(word("the")), not(word("kyiv"))])), 1),
        (node(Expr::Any(vec![word("wombats"), not(word("the"))])), 2),
        (not(not(word("fraud"))), 2),
        (entity(EntityKind::Person, EntityMatch::Any), 5),
        (named(EntityKind::Person, "zelensky"), 2),
        (named(EntityKind::Person, "Zelenskiy"), 2),
        (named(EntityKind::Person, "jane"), 3),
        (named(EntityKind::Person, "jane doe"), 2),
        (named(EntityKind::Person, "doe jane"), 0),
        (named(EntityKind::Place, "york"), 2),
        (named(EntityKind::Org, "york"), 2),
        (named(EntityKind::Place, "ukrainian"), 3),
        (entity(EntityKind::Person, EntityMatch::Exact("Jane Doe".into())), 2),
        (entity(EntityKind::Person, EntityMatch::Exact("jane-doe".into())), 2),
        (entity(EntityKind::Person, EntityMatch::Exact("jane".into())), 0),
        (entity(EntityKind::Place, EntityMatch::Path("/europe".into())), 4),
        (entity(EntityKind::Place, EntityMatch::Path("/europe/ukraine/kyiv".into())), 3),
        (entity(EntityKind::Place, EntityMatch::Path("/euro".into())), 0),
        (figure(usd(), 400.0, inf), 2),
        (figure(usd(), 401.0, 699.0), 0),
        (figure(noun("prisoner"), 300.0, inf), 2),
        (figure(noun("troop"), 270.0, 390.0), 1),
        (figure(noun("soldier"), 270.0, 390.0), 1),
        (figure(noun("civilian"), 200.0, inf), 0),
        (figure(Measure::Any, 600.0, inf), 1),
        (days(Some((2025, 5, 24)), None), 1),
        (days(None, Some((2022, 12, 31))), 3),
        (days(Some((2023, 3, 1)), Some((2023, 3, 2))), 1),
        (node(Expr::Date(DateMatch::Any)), 8),
        (not(node(Expr::Date(DateMatch::Any))), 4),
        (keyword(KeywordField::Source, KeywordMatch::Words("new york".into())), 5),
        (keyword(KeywordField::Source, KeywordMatch::Words("york new".into())), 0),
        (keyword(KeywordField::Source, KeywordMatch::Exact("North Sea Wire".into())), 4),
        (keyword(KeywordField::Source, KeywordMatch::Exact("north sea wire".into())), 0),
        (keyword(KeywordField::Source, KeywordMatch::Wildcard("north*".into())), 4),
        (keyword(KeywordField::Source, KeywordMatch::Any), 9),
        (keyword(KeywordField::Author, KeywordMatch::Words("lee bo".into())), 0),
        (keyword(KeywordField::Author, KeywordMatch::Words("bo lee".into())), 5),
        (keyword(KeywordField::Lang, KeywordMatch::Words("uk".into())), 1),
        (keyword(KeywordField::Tag, KeywordMatch::Words("war".into())), 4),
        (keyword(KeywordField::Path, KeywordMatch::Words("file1".into())), 3),
        (keyword(KeywordField::Path, KeywordMatch::Wildcard("file1?.txt".into())), 2),
        (keyword(KeywordField::Format, KeywordMatch::Words("text".into())), 12),
        (near(word("fraud"), entity(EntityKind::Person, EntityMatch::Any), 3, false), 1),
        (near(word("fraud"), entity(EntityKind::Person, EntityMatch::Any), 3, true), 0),
        (near(entity(EntityKind::Person, EntityMatch::Any), word("fraud"), 3, true), 1),
        (near(word("bank"), figure(usd(), 500.0, inf), 6, false), 1),
        (near(word("bank"), figure(usd(), 0.0, 450.0), 2, false), 2),
        (near(phrase("red cross", 0), entity(EntityKind::Place, EntityMatch::Path("/europe".into())), 3, false), 1 + 1),
        (near(node(Expr::Any(vec![word("fraud"), word("storm")])), any(Pattern::Prefix("sold".into())), 3, false), 1),
        (near(near(word("jane"), word("fraud"), 2, false), word("bank"), 4, true), 1),
        (near(word("word"), word("word"), 50, false), 0),
    ];
    let mut strange = Vec::new();
    for (root, n_expected) in cases {
        let expected = expected(&articles, &root);
        assert_eq!(found(&searcher, &root), expected, "{:?}", root.expr);
        if expected.len() != n_expected {
            strange.push(format!("{} instead of {n_expected}: {:?}", expected.len(), root.expr));
        }
    }
    assert_eq!(strange, Vec::<String>::new());
}

#[test]
fn bounds_and_changes_are_of_the_same_mention() {
    let articles = samples();
    let searcher = searcher(&articles);
    let sought = |bound, change| {
        let range = NumberRange { low: 0.0, high: 450.0, ..NumberRange::ALL };
        node(Expr::Figure(FigureMatch { range, change, bound, ..FigureMatch::any_value(Measure::Any) }))
    };
    for root in [
        sought(Some(Bound::AtLeast), None),
        sought(None, Some(Change::Up)),
        sought(Some(Bound::Exact), Some(Change::None)),
    ] {
        assert_eq!(found(&searcher, &root), expected(&articles, &root), "{:?}", root.expr);
        let beside = near(root, word("the"), 12, false);
        assert_eq!(found(&searcher, &beside), expected(&articles, &beside), "{:?}", beside.expr);
    }
}

#[test]
fn facet_counts_lead_to_searches_with_that_total() {
    let searcher = searcher(&samples());
    for root in [None, Some(word("the")), Some(named(EntityKind::Place, "kyiv"))] {
        let facets = FacetField::ALL.map(|field| FacetRequest { field, limit: 100 }).to_vec();
        let mut request = request(word("x"));
        request.query.root = root;
        request.facets = facets;
        let results = searcher.search(&request).expect("an answer");
        for facet in results.facets {
            assert_eq!(facet.n_distinct, facet.values.len() as u64);
            for value in facet.values {
                request.filters = vec![facet.field.filter(&value.value).expect("a filter")];
                let total = searcher.count(&request.query, &request.filters).expect("a count");
                assert_eq!(total, value.n_articles, "{:?} {value:?}", facet.field);
            }
        }
    }
}

#[test]
fn facets_carry_names_and_count_articles() {
    let searcher = searcher(&samples());
    let mut request = request(word("the"));
    request.query.root = None;
    request.facets = vec![
        FacetRequest { field: FacetField::Person, limit: 1 },
        FacetRequest { field: FacetField::Tag, limit: 9 },
        FacetRequest { field: FacetField::Year, limit: 2 },
    ];
    let results = searcher.search(&request).expect("an answer");
    let shown: Vec<(u64, Vec<(&str, u64)>)> = results
        .facets
        .iter()
        .map(|facet| {
            let values = facet.values.iter().map(|value| (value.label.as_str(), value.n_articles)).collect();
            (facet.n_distinct, values)
        })
        .collect();
    let expected = [(3, vec![("Jane Doe", 2)]), (1, vec![("war", 4)]), (5, vec![("2020", 2), ("2024", 2)])];
    assert_eq!(shown, expected);
}

#[test]
fn other_names_come_from_outside() {
    let searcher = searcher(&samples()).with_aliases(std::sync::Arc::new(|kind, name: &str| {
        let is_kiev = kind == EntityKind::Place && name.eq_ignore_ascii_case("kiev");
        is_kiev.then(|| "kyiv".to_owned()).into_iter().collect()
    }));
    assert_eq!(found(&searcher, &named(EntityKind::Place, "Kiev")).len(), 3);
    assert_eq!(found(&searcher, &named(EntityKind::Person, "Kiev")).len(), 0);
}

#[test]
fn what_cannot_be_searched_is_an_error_or_a_note() {
    let searcher = searcher(&samples());
    let failed = searcher.search(&request(near(word("a"), not(word("b")), 1, false)));
    assert!(matches!(failed, Err(SearchError::Near { .. })));
    let failed = searcher.search(&request(any(Pattern::Regex("(".into()))));
    assert!(matches!(failed, Err(SearchError::Regex { .. })));

    let dash = Node { span: Span::new(0, 1), ..word("-") };
    let mut request = request(node(Expr::All(vec![dash, word("fraud")])));
    request.query.source = "- fraud".to_owned();
    let results = searcher.search(&request).expect("an answer");
    assert_eq!(results.total, 2);
    assert_eq!(results.notes, Vec::<String>::new(), "the parser has remarked upon the dash");
    let alone = SearchRequest {
        query: Query { root: Some(any(Pattern::Word("-".into()))), ..request.query.clone() },
        ..request
    };
    assert_eq!(searcher.search(&alone).expect("an answer").total, 0);
}

#[test]
fn queries_of_many_words_widen_visibly() {
    let searcher = searcher(&samples());
    let results = searcher.search(&request(all("the prisoners came home to ukraine by train"))).expect("an answer");
    assert_eq!(&*results.hits[0].article.origin.path, "/news/2024/file1.txt");
    assert_eq!(results.notes, ["no article has all of it together; showing articles with at least 1 of 5 words"]);
    // Two words stay strict.
    let results = searcher.search(&request(all("prisoners train"))).expect("an answer");
    assert_eq!((results.total, results.notes.len()), (0, 0));
}

/// Two of three words say what is meant, one does not; what is counted has all of them where anything has.
#[test]
fn three_words_widen_to_two_and_counts_stay_strict() {
    let mut articles: Vec<Article> = Vec::new();
    let mut add = |n: usize, body: &str| {
        for _ in 0..n {
            let mut article = super::build::text(&format!("Number {}", articles.len()), body);
            article.origin.path = format!("/news/{}.txt", articles.len()).into();
            article.source = Some(if body.contains("Theresa May") { "Other Wire" } else { "Home Wire" }.to_owned());
            articles.push(article);
        }
    };
    add(2, "The bank of the valley paid after the storm and the fraud.");
    add(3, "The bank spoke of fraud. Theresa May left.");
    add(7, "A storm came. Theresa May left.");
    let searcher = searcher(&articles);
    let facets = vec![FacetRequest { field: FacetField::Source, limit: 9 }];
    let asked = SearchRequest { facets, ..request(all("bank fraud storm")) };
    let results = searcher.search(&asked).expect("an answer");
    assert_eq!((results.total, results.widened.map(|widened| widened.n_needed)), (5, Some(2)));
    let note = "only 2 articles have all of it together; showing articles with at least 2 of 3 words";
    assert_eq!(results.notes, [note, "facets count the 2 articles with all of it"]);
    let counted: Vec<(&str, u64)> =
        results.facets[0].values.iter().map(|value| (value.value.as_str(), value.n_articles)).collect();
    assert_eq!(counted, [("Home Wire", 2)]);
    assert_eq!(searcher.count(&asked.query, &[]).expect("a count"), 2);
    let mut n_visited = 0;
    let notes = searcher.visit(&asked.query, &[], &mut |_, _| n_visited += 1).expect("a visit");
    assert_eq!((n_visited, notes), (2, vec![]));
    let counted = searcher.search(&SearchRequest { limit: 0, ..asked }).expect("an answer");
    assert_eq!((counted.total, counted.widened, counted.facets), (2, None, results.facets));
    // Where nothing has all of it, counts are of what a search shows.
    let wide = all("bank fraud wombat");
    assert_eq!(searcher.count(&query(wide.clone()), &[]).expect("a count"), 5);
    assert_eq!(searcher.search(&request(wide)).expect("an answer").total, 5);
    // One of three is nothing.
    let noise = request(all("storm wombat xylophone"));
    assert_eq!(searcher.search(&noise).expect("an answer").total, 0);
    let explained = searcher.explain_empty(&noise).expect("an explanation");
    assert_eq!(explained.last().map(String::as_str), Some("by itself, `storm` 9"));
    // Of a sentence of which no article has the half, the nearest.
    let sentence = searcher.search(&request(all("storm one two three four five six seven"))).expect("an answer");
    assert_eq!((sentence.total, sentence.widened.map(|widened| widened.n_needed)), (9, Some(1)));
}

#[test]
fn a_name_of_another_kind_is_told_before_strangers() {
    let searcher = searcher(&samples());
    let explain = |root: Node| searcher.explain_empty(&request(root)).expect("an explanation").remove(0);
    assert_eq!(
        explain(named(EntityKind::Org, "Jane Doe")),
        "no article has an organisation named `Jane Doe`; `person:\"Jane Doe\"` has 2, and a rule `[[retag]]` sets a \
         wrong kind right; as plain text, `\"Jane Doe\"` has 2"
    );
    assert_eq!(
        explain(named(EntityKind::Person, "wombats")),
        "no article has a person named `wombats`; as plain text, `wombats` has 1"
    );
    assert_eq!(
        explain(named(EntityKind::Place, "Kyiv, Ukraine")),
        "no article has a place named `Kyiv, Ukraine`; `place:Kyiv` has 3"
    );
    // Two letters off a name of four is another name.
    assert_eq!(explain(named(EntityKind::Person, "dxx")), "no article has a person named `dxx`");
    assert_eq!(explain(named(EntityKind::Place, "kyjv")), "no article has a place named `kyjv`; nearest: Kyiv (3)");
    assert_eq!(explain(named(EntityKind::Place, "kxxv")), "no article has a place named `kxxv`");
}

#[test]
fn an_empty_result_explains_itself() {
    let searcher = searcher(&samples());
    let explain = |root: Node| searcher.explain_empty(&request(root)).expect("an explanation");
    assert_eq!(explain(word("frend")), ["no article has the word `frend`; nearest: freed (1)"]);
    assert_eq!(
        explain(named(EntityKind::Person, "Zelensky Zelenzki")),
        ["no article has a person named `Zelensky Zelenzki`; nearest: Volodymyr Zelensky (2)"]
    );
    assert_eq!(explain(all("wombats storm")), ["no article has all of it together; by itself, `wombats` 1, `storm` 1"]);
    assert_eq!(
        explain(days(Some((2030, 1, 1)), None)),
        ["no article is of `date:>=2030-01-01`; the index spans 2020-01-01 to 2025-05-24"]
    );
    assert_eq!(explain(word("fraud")), Vec::<String>::new());
}
