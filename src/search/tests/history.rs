//! Answers depend on the articles alone: not on segments, deleted documents, order or copies.

use std::path::Path;
use std::sync::Arc;

use tantivy::{IndexWriter, Term};

use super::build::{all, index, node, request, samples, searcher, word};
use crate::article::Article;
use crate::mention::EntityKind;
use crate::schema::build as build_schema;
use crate::schema::document::{content_id, format_id};
use crate::search::query::{EntityMatch, Expr, KeywordField, KeywordMatch, Node, Pattern, Scope};
use crate::search::{GroupField, GroupRequest, Hit, Lookup, SearchRequest, Searcher, Sort};

fn questions() -> Vec<SearchRequest> {
    let pattern = |pattern| node(Expr::Text { scope: Scope::Anywhere, pattern });
    let roots: Vec<Node> = vec![
        word("the"),
        all("bank fraud"),
        node(Expr::Any(vec![word("bank"), word("prisoners"), word("kyiv")])),
        pattern(Pattern::Prefix("ba".into())),
        pattern(Pattern::Fuzzy { word: "prisonner".into(), distance: 2 }),
        node(Expr::Entity { kind: EntityKind::Place, which: EntityMatch::Name("kyiv".into()) }),
        all("the soldiers of kyiv met women near the bank"),
    ];
    let mut questions = Vec::new();
    for root in roots {
        for sort in [
            Sort::Relevance,
            Sort::RelevanceAscending,
            Sort::Date,
            Sort::DateAscending,
            Sort::Source,
            Sort::SourceDescending,
        ] {
            questions.push(SearchRequest { sort, ..request(root.clone()) });
        }
    }
    questions
}

/// Everything of an answer that people see.
fn answers(searcher: &Searcher) -> Vec<String> {
    let mut answers = Vec::new();
    for question in questions() {
        let results = searcher.search(&question).expect("an answer");
        let hits: Vec<String> =
            results.hits.iter().map(|hit| format!("{} {} {:?}", hit.id, hit.score, hit.snippets)).collect();
        answers.push(format!("{} {hits:?} {:?}", results.total, results.notes));
    }
    answers
}

#[test]
fn segments_and_deleted_documents_change_nothing() {
    let articles = samples();
    let one = Searcher::of_index(Path::new("one"), &index(&[&articles])).expect("a searcher");

    let mut reversed = articles.clone();
    reversed.reverse();
    let extra: Vec<Article> = articles
        .iter()
        .enumerate()
        .map(|(number, article)| {
            let mut article = article.clone();
            article.origin.path = Arc::from(format!("/gone/{number}"));
            article.body.push_str(" bank prisoners kyiv");
            article
        })
        .collect();
    let mixed: Vec<Article> = reversed[..5].iter().chain(&extra[..7]).cloned().collect();
    let index = index(&[&mixed, &extra[7..], &reversed[5..]]);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).expect("a writer");
    let (_, fields) = build_schema();
    for article in &extra {
        writer.delete_term(Term::from_field_text(fields.path, &article.origin.path));
    }
    writer.commit().expect("a commit");
    let many = Searcher::of_index(Path::new("many"), &index).expect("a searcher");

    let (one_answers, many_answers) = (answers(&one), answers(&many));
    for (one, many) in one_answers.iter().zip(&many_answers) {
        assert_eq!(one, many);
    }
    let (one, many) = (one.status().expect("a status"), many.status().expect("a status"));
    let numbers =
        |status: &crate::search::Status| (status.articles, status.people, status.places, status.orgs, status.figures);
    assert_eq!(numbers(&one), numbers(&many));
    assert_eq!(numbers(&one), (12, 3, 3, 2, 9));
    assert_eq!((one.files, one.rejected_files, one.rejected_records), (1, 1, 1));
}

/// Exact copies are one article, whatever segment they stand in; each of its places leads to it.
#[test]
fn exact_copies_are_one_article() {
    let articles = samples();
    let alone = searcher(&articles);
    let copies: Vec<Article> = articles[..5]
        .iter()
        .map(|article| Article {
            origin: crate::article::Origin { path: Arc::from(format!("/copy{}", article.origin.path)), record: None },
            ..article.clone()
        })
        .collect();
    let index = index(&[&copies[..2], &articles[3..], &copies[2..], &articles[..3]]);
    let copied = Searcher::of_index(Path::new("copied"), &index).expect("a searcher");
    assert_eq!(answers(&alone), answers(&copied));
    assert_eq!(alone.n_articles(), copied.n_articles());

    for place in ["/news/2024/file3.txt", "/copy/news/2024/file3.txt"] {
        let mut question = request(word("x"));
        question.query.root = Some(node(Expr::Keyword {
            field: crate::search::query::KeywordField::Path,
            value: crate::search::query::KeywordMatch::Exact(place.to_owned()),
        }));
        let results = copied.search(&question).expect("an answer");
        assert_eq!(results.total, 1, "{place}");
        let origins: Vec<&str> = results.hits[0].origins.iter().map(|origin| &*origin.path).collect();
        assert_eq!(origins, ["/copy/news/2024/file3.txt", "/news/2024/file3.txt"]);
        assert_eq!(results.hits[0].article.title, "Fraud in banking");
    }
}

#[test]
fn pages_join_into_the_whole() {
    let searcher = searcher(&samples());
    for question in questions() {
        let whole = searcher.search(&question).expect("an answer");
        let mut joined = Vec::new();
        for offset in 0..whole.hits.len() {
            let page = SearchRequest { offset, limit: 1, ..question.clone() };
            let page = searcher.search(&page).expect("an answer");
            assert_eq!(page.total, whole.total);
            joined.extend(page.hits);
        }
        assert_eq!(joined, whole.hits);
    }
}

#[test]
fn ids_lead_back_to_their_articles() {
    let articles = samples();
    let searcher = searcher(&articles);
    let mut everything = request(word("x"));
    everything.query.root = None;
    let results = searcher.search(&everything).expect("an answer");
    let mut ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), articles.len());
    for hit in &results.hits {
        match searcher.article(&hit.id).expect("a look-up") {
            Lookup::Found { id, stored } => {
                assert_eq!(id, hit.id);
                assert_eq!(stored.article, hit.article);
                assert_eq!(stored.extraction, hit.extraction);
            }
            other => panic!("{} leads to {other:?}", hit.id),
        }
    }
    // Two articles brought along the same id, two are copies of one another.
    assert!(matches!(searcher.article("id-2"), Ok(Lookup::Found { .. })));
    assert!(matches!(searcher.article("id-1"), Ok(Lookup::Ambiguous(ids)) if ids.len() == 2));
    assert_eq!(ids.iter().filter(|id| id.len() == 21 && id.as_bytes()[16] == b'-').count(), 2);
    assert!(matches!(searcher.article("no such id"), Ok(Lookup::Missing)));
}

/// Articles that match as well as each other: by day, then by id, in whatever segment they lie.
#[test]
fn equals_stand_newest_first() {
    let articles = samples();
    let (some, others) = articles.split_at(5);
    let searcher = Searcher::of_index(Path::new("two"), &index(&[others, some])).expect("a searcher");
    let roots = [
        None,
        Some(node(Expr::Keyword { field: KeywordField::Format, value: KeywordMatch::Any })),
        Some(node(Expr::Not(Box::new(word("fraud"))))),
        Some(node(Expr::Entity { kind: EntityKind::Place, which: EntityMatch::Path("/europe".into()) })),
    ];
    for root in roots {
        let mut question = request(word("x"));
        question.query.root = root;
        let whole = searcher.search(&question).expect("an answer").hits;
        assert!(whole.len() >= 4);
        let place = |hit: &Hit| {
            let day = hit.article.date.map(|date| std::cmp::Reverse(date.epoch_seconds()));
            (day.is_none(), day, format_id(content_id(&hit.article)))
        };
        assert!(whole.is_sorted_by_key(place), "{:?}", question.query.root);
        let grouped = SearchRequest {
            group_by: Some(GroupRequest { field: GroupField::Source, n_hits: 99 }),
            ..question.clone()
        };
        for group in searcher.search(&grouped).expect("an answer").groups {
            assert!(group.hits.is_sorted_by_key(place));
        }
        for limit in 1..4 {
            let best = searcher.search(&SearchRequest { limit, ..question.clone() }).expect("an answer").hits;
            assert_eq!(best, whole[..limit]);
        }
    }
}

#[test]
fn newest_first_has_undated_last() {
    let searcher = searcher(&samples());
    let mut question = request(word("x"));
    question.query.root = None;
    for sort in [Sort::Date, Sort::DateAscending] {
        question.sort = sort.clone();
        let results = searcher.search(&question).expect("an answer");
        let dates: Vec<Option<i64>> =
            results.hits.iter().map(|hit| hit.article.date.map(|date| date.epoch_seconds())).collect();
        assert_eq!(dates.iter().filter(|date| date.is_some()).count(), 8);
        assert!(dates[..8].iter().all(Option::is_some));
        assert!(dates[..8].is_sorted_by(|one, other| if sort == Sort::Date { one >= other } else { one <= other }));
    }
}
