//! Answers beside hits as JSON Lines: groups, suggestions, saved queries.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{hit, line};
use crate::search::query::{SAVED_SIGN, SavedQuery};
use crate::search::{Group, GroupField, Suggestion};

/// A line for each group, `{"type":"group","by","rank","value","articles","shown"}`, each followed by
/// the hits shown of it.
pub fn groups(output: &mut dyn Write, field: GroupField, groups: &[Group]) -> io::Result<()> {
    #[derive(Serialize)]
    struct GroupLine<'a> {
        r#type: &'static str,
        by: &'static str,
        rank: usize,
        value: Option<&'a str>,
        articles: u64,
        shown: usize,
    }
    for group in groups {
        let (by, value, articles) = (field.name(), group.value.as_deref(), group.n_articles);
        let shown = group.hits.len();
        line(output, &GroupLine { r#type: "group", by, rank: group.rank, value, articles, shown })?;
        for one in &group.hits {
            hit(output, one)?;
        }
    }
    Ok(())
}

/// `{"type":"suggestion","kind","text","query","articles"}`.
pub fn suggestion(output: &mut dyn Write, suggestion: &Suggestion) -> io::Result<()> {
    let Suggestion { kind, text, query, n_articles } = suggestion;
    suggested(output, kind.name(), text, query, *n_articles)
}

/// A saved query as a suggestion.
pub fn saved_suggestion(output: &mut dyn Write, query: &SavedQuery, n_articles: u64) -> io::Result<()> {
    let name = format!("{SAVED_SIGN}{}", query.name);
    suggested(output, "saved", &name, &name, n_articles)
}

fn suggested(output: &mut dyn Write, kind: &str, text: &str, query: &str, articles: u64) -> io::Result<()> {
    #[derive(Serialize)]
    struct SuggestionLine<'a> {
        r#type: &'static str,
        kind: &'a str,
        text: &'a str,
        query: &'a str,
        articles: u64,
    }
    line(output, &SuggestionLine { r#type: "suggestion", kind, text, query, articles })
}

/// `{"type":"saved_query","name","query","line","understood","error"}`; one of the last two is `null`.
pub fn saved_query(output: &mut dyn Write, query: &SavedQuery, understood: Result<&str, &str>) -> io::Result<()> {
    #[derive(Serialize)]
    struct SavedQueryLine<'a> {
        r#type: &'static str,
        name: &'a str,
        query: &'a str,
        line: usize,
        understood: Option<&'a str>,
        error: Option<&'a str>,
    }
    let (name, text) = (query.name.as_str(), query.text.as_str());
    let (understood, error) = (understood.ok(), understood.err());
    line(output, &SavedQueryLine { r#type: "saved_query", name, query: text, line: query.n_line, understood, error })
}
