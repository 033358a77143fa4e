//! Orders, groups, facets and suggestions: what is counted is what a search finds.

use std::collections::BTreeMap;

use super::build::{node, query, request, samples, searcher, text, word};
use crate::article::Article;
use crate::search::query::{Expr, KeywordField, KeywordMatch, ParseConfig, parse};
use crate::search::{
    FacetField, FacetRequest, GroupField, GroupRequest, Hit, SearchError, SearchRequest, Sort, SuggestionKind,
};

fn everything() -> SearchRequest {
    let mut request = request(word("x"));
    request.query.root = None;
    request
}

fn sorted_by(sort: Sort) -> Vec<Article> {
    let results = searcher(&samples()).search(&SearchRequest { sort, ..everything() }).expect("an answer");
    results.hits.into_iter().map(|hit| hit.article).collect()
}

#[test]
fn sources_stand_by_alphabet_newest_first() {
    let key = |article: &Article| {
        let day = article.date.map(|date| std::cmp::Reverse(date.epoch_seconds()));
        (article.source.is_none(), article.source.clone(), day.is_none(), day)
    };
    let sorted = sorted_by(Sort::Source);
    assert_eq!(sorted.len(), samples().len());
    assert!(sorted.is_sorted_by_key(key));
    let mut sources: Vec<Option<String>> = sorted.into_iter().map(|article| article.source).collect();
    sources.dedup();
    let names = ["North Sea Wire", "The New York Courier"].map(|name| Some(name.to_owned()));
    assert_eq!(sources, [names[0].clone(), names[1].clone(), None]);
    let mut sources: Vec<Option<String>> =
        sorted_by(Sort::SourceDescending).into_iter().map(|article| article.source).collect();
    sources.dedup();
    assert_eq!(sources, [names[1].clone(), names[0].clone(), None]);
}

#[test]
fn sources_with_accents_stand_where_they_would_without() {
    let of = |name: &str| Article { source: Some(name.to_owned()), ..text("", name) };
    let articles = ["Zeitung", "Österreich", "Oslo Post", "Élan", "Çağ", "Courier"].map(of);
    let sorted = searcher(&articles).search(&SearchRequest { sort: Sort::Source, ..everything() }).expect("an answer");
    let sources: Vec<Option<String>> = sorted.hits.into_iter().map(|hit| hit.article.source).collect();
    let expected = ["Çağ", "Courier", "Élan", "Oslo Post", "Österreich", "Zeitung"];
    assert_eq!(sources, expected.map(|name| Some(name.to_owned())));
}

#[test]
fn ascending_relevance_is_the_other_way_round() {
    let searcher = searcher(&samples());
    let paths = |sort| -> Vec<String> {
        let results = searcher.search(&SearchRequest { sort, ..request(word("the")) }).expect("an answer");
        results.hits.iter().map(|hit| hit.article.origin.path.to_string()).collect()
    };
    let mut reversed = paths(Sort::RelevanceAscending);
    reversed.reverse();
    assert_eq!(reversed, paths(Sort::Relevance));
}

#[test]
fn hits_are_handed_over_one_by_one() {
    let searcher = searcher(&samples());
    let request = SearchRequest { limit: usize::MAX, offset: 2, ..request(word("the")) };
    let whole = searcher.search(&request).expect("an answer");
    let mut hits: Vec<Hit> = Vec::new();
    let results = searcher.search_each(&request, |hit| {
        hits.push(hit);
        Ok::<(), SearchError>(())
    });
    assert_eq!(results.expect("an answer").total, hits.len() as u64 + 2);
    assert_eq!(hits, whole.hits);
}

#[test]
fn groups_count_what_they_hold() {
    let searcher = searcher(&samples());
    for sort in [Sort::Relevance, Sort::Date, Sort::Source] {
        let flat = searcher.search(&SearchRequest { sort: sort.clone(), ..everything() }).expect("an answer").hits;
        for field in GroupField::ALL {
            let group_by = Some(GroupRequest { field, n_hits: 2 });
            let grouped = SearchRequest { sort: sort.clone(), group_by, ..everything() };
            let results = searcher.search(&grouped).expect("an answer");
            assert_eq!(results.hits, []);
            let value = |hit: &Hit| match field {
                GroupField::Source => hit.article.source.clone(),
                GroupField::Month => hit.article.date.map(|date| {
                    let text = date.to_string();
                    text.get(..7).unwrap_or(&text).to_owned()
                }),
                // None of the samples is a near copy.
                GroupField::Cluster => {
                    Some(crate::schema::document::format_id(crate::schema::document::content_id(&hit.article)))
                }
            };
            let mut counts: BTreeMap<Option<String>, u64> = BTreeMap::new();
            let mut order: Vec<Option<String>> = Vec::new();
            for hit in &flat {
                if !order.contains(&value(hit)) {
                    order.push(value(hit));
                }
                *counts.entry(value(hit)).or_default() += 1;
            }
            assert_eq!(results.n_groups, counts.len() as u64);
            assert_eq!(results.groups.iter().map(|group| group.value.clone()).collect::<Vec<_>>(), order);
            for group in &results.groups {
                assert_eq!(Some(&group.n_articles), counts.get(&group.value));
                let best: Vec<&Hit> = flat.iter().filter(|hit| value(hit) == group.value).take(2).collect();
                assert_eq!(group.hits.iter().collect::<Vec<_>>(), best);
            }
            // Pages of groups join into the whole.
            let page = |offset| searcher.search(&SearchRequest { offset, limit: 1, ..grouped.clone() });
            let pages = (0..order.len()).flat_map(|offset| page(offset).expect("an answer").groups);
            assert_eq!(pages.collect::<Vec<_>>(), results.groups);
        }
    }
}

#[test]
fn facets_are_searched_within() {
    let searcher = searcher(&samples());
    let values = |field, text: &str| -> (Vec<String>, u64) {
        let facets = vec![FacetRequest { field, limit: 1 }];
        let request = SearchRequest { facets, facet_match: Some(text.to_owned()), ..everything() };
        let facet = searcher.search(&request).expect("an answer").facets.remove(0);
        (facet.values.into_iter().map(|value| value.label).collect(), facet.n_distinct)
    };
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(values(FacetField::Person, "zelenskiy"), (owned(&["Volodymyr Zelensky"]), 1));
    assert_eq!(values(FacetField::Person, "JANE r"), (owned(&["Jane Roe"]), 1));
    assert_eq!(values(FacetField::Person, "jan"), (owned(&["Jane Doe"]), 2));
    assert_eq!(values(FacetField::Source, "york"), (owned(&["The New York Courier"]), 1));
    assert_eq!(values(FacetField::Source, "ork"), (vec![], 0));
    assert_eq!(values(FacetField::Year, "202"), (owned(&["2020"]), 5));
}

/// A few units and lemmas, enough to read what suggestions say.
fn total_of(searcher: &crate::search::Searcher, typed: &str) -> u64 {
    let unit_of = |name: &str| (name == "usd").then(|| "usd".to_owned());
    let lemma = |noun: &str| noun.to_owned();
    let config = ParseConfig { today: &|| jiff::civil::date(2026, 1, 1), unit_of: &unit_of, lemma: &lemma };
    let parsed = parse(typed, &config).unwrap_or_else(|error| panic!("{}", error.render(typed)));
    searcher.count(&parsed, &[]).expect("a count")
}

#[test]
fn suggestions_count_what_their_query_finds() {
    let searcher = searcher(&samples());
    let mut n_suggestions = 0;
    for kind in SuggestionKind::ALL {
        for typed in
            ["", "b", "w", "ban", "BA", "zel", "jane", "jane d", "new yo", "/eur", "lod", "kyi", "u", "p", "😀"]
        {
            let suggestions = searcher.suggest(kind, typed, 100).expect("suggestions");
            assert!(suggestions.is_sorted_by_key(|one| (std::cmp::Reverse(one.n_articles), one.text.clone())));
            for suggestion in &suggestions {
                assert_eq!(total_of(&searcher, &suggestion.query), suggestion.n_articles, "{typed}: {suggestion:?}");
            }
            for limit in 0..4 {
                let fewer = searcher.suggest(kind, typed, limit).expect("suggestions");
                assert_eq!(fewer, suggestions[..limit.min(suggestions.len())], "{kind:?} {typed}");
            }
            n_suggestions += suggestions.len();
        }
    }
    assert!(n_suggestions > 50, "{n_suggestions}");
}

#[track_caller]
fn check_suggested(kind: SuggestionKind, typed: &str, expected: &[&str]) {
    let suggestions = searcher(&samples()).suggest(kind, typed, 3).expect("suggestions");
    let shown: Vec<String> =
        suggestions.iter().map(|one| format!("{} {} {}", one.n_articles, one.text, one.query)).collect();
    assert_eq!(shown, expected, "{typed}");
}

#[test]
fn suggestions_begin_as_typed() {
    check_suggested(SuggestionKind::Word, "ban", &["3 bank =bank", "2 banks =banks", "1 banker =banker"]);
    check_suggested(SuggestionKind::Word, "LODZ", &["1 lodz =lodz"]);
    check_suggested(SuggestionKind::Word, "the", &[]);
    check_suggested(SuggestionKind::Word, "bank fr", &[]);
    check_suggested(SuggestionKind::Person, "doe", &["2 Jane Doe person:=\"jane-doe\""]);
    check_suggested(SuggestionKind::Place, "new y", &["2 New York place:=\"new-york\""]);
    check_suggested(SuggestionKind::Place, "/europe/ukraine/k", &["3 /europe/ukraine/kyiv place:/europe/ukraine/kyiv"]);
    check_suggested(SuggestionKind::Source, "wire", &["4 North Sea Wire source:=\"North Sea Wire\""]);
    check_suggested(SuggestionKind::Figure, "pris", &["3 prisoner fig.prisoner:*"]);
    check_suggested(SuggestionKind::Figure, "us", &["3 usd fig.usd:*"]);
}

#[test]
fn what_is_not_there_is_corrected() {
    let searcher = searcher(&samples());
    let corrected = |typed: &str| {
        let unit_of = |_: &str| None;
        let lemma = |noun: &str| noun.strip_suffix('s').unwrap_or(noun).to_owned();
        let config = ParseConfig { today: &|| jiff::civil::date(2026, 1, 1), unit_of: &unit_of, lemma: &lemma };
        searcher.corrected(&parse(typed, &config).expect("a query")).expect("an answer")
    };
    let check = |typed: &str, expected: Option<&str>| assert_eq!(corrected(typed).as_deref(), expected, "{typed}");
    check("prisners", Some("prisoners"));
    check("fraud \"bank frauds\" -prisners", None);
    check("(storm OR prisners) \"the prisners left\"", Some("(storm OR prisoners) \"the prisoners left\""));
    check("title:exchagne", Some("title:exchange"));
    check("person:zelenskj", Some("person:\"Volodymyr Zelensky\""));
    check("person:(zelenskj OR doe)", Some("person:(\"Volodymyr Zelensky\" OR doe)"));
    check("org:doe", Some("person:doe"));
    check("org:(doe OR york)", None);
    check("source:curier fraud", Some("source:\"The New York Courier\" fraud"));
    check("place:/europe/ukrane fraud", Some("place:/europe/ukraine fraud"));
    check("place:/asia/ukraine", Some("place:/europe/ukraine"));
    check("prisners>=300", Some("fig.prisoner:>=300"));
    check("prisners NEAR/3 left", Some("prisoners NEAR/3 left"));
    check("wom?n zzzzzzz", None);
}

/// A page of gibberish is told of in a few lines, in no time.
#[test]
fn long_queries_are_explained_in_short() {
    let searcher = searcher(&samples());
    let typed: String = (0..3000).map(|n| format!("prisonxr{} storm ", n % 7 + 1000)).collect();
    let request = SearchRequest::new(super::build::read(&format!("nowhere:x {typed}")));
    let explained = searcher.explain_empty(&request).expect("an explanation");
    assert!(explained.len() <= 12, "{explained:?}");
    assert!(explained[10].ends_with("more parts match nothing by themselves"), "{explained:?}");
    assert!(explained[11].ends_with("and 2990 more parts"), "{explained:?}");
    assert_eq!(searcher.corrected(&request.query).expect("an answer"), None);
}

#[test]
fn pages_beyond_the_end_explain_themselves() {
    let searcher = searcher(&samples());
    let explain = |request: &SearchRequest| {
        let results = searcher.search(request).expect("an answer");
        searcher.explain_nothing(request, &results).expect("an explanation")
    };
    let beyond = SearchRequest { offset: 30, limit: 5, ..everything() };
    assert_eq!(explain(&beyond), ["there are 12 articles, and 30 were skipped; the last page begins at --offset 10"]);
    assert_eq!(explain(&SearchRequest { offset: 10, ..beyond.clone() }), Vec::<String>::new());
    let group_by = Some(GroupRequest { field: GroupField::Source, n_hits: 1 });
    assert_eq!(
        explain(&SearchRequest { group_by, offset: 3, limit: 3, ..everything() }),
        ["there are 3 groups, and 3 were skipped; the last page begins at --offset 0"]
    );
    let none = node(Expr::Keyword { field: KeywordField::Source, value: KeywordMatch::Words("curier".into()) });
    let mut request = request(none);
    request.query = query(request.query.root.take().expect("a root"));
    assert_eq!(explain(&request), ["no article has `source:curier`; nearest: The New York Courier (5)"]);
}
