//! Queries of a file of alerts.

use std::path::Path;

use anyhow::Context as _;
use dateline::search::check;
use dateline::search::query::{Query, SavedQueries};

use super::super::Context;
use super::super::question::{parse_query, parse_query_with, remark};

/// The queries of a file, as they were typed: what `today` means in one is another day tomorrow.
pub(super) struct AlertQueries {
    /// Queries of one file may name each other; those of TOML name the saved ones.
    saved: Option<SavedQueries>,
    /// Name and text of each.
    named: Vec<(String, String)>,
}

/// A query to look out for.
pub(super) struct AlertQuery<'q> {
    pub(super) name: &'q str,
    pub(super) typed: &'q str,
    pub(super) query: Query,
}

impl AlertQueries {
    /// Reads the text of a file, checks that every query can be searched for, and says what is to be said of them.
    pub(super) fn read(path: &Path, text: &str, context: &Context) -> anyhow::Result<Self> {
        let is_toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
        let saved = if is_toml { None } else { Some(SavedQueries::read(text)) };
        let saved = saved.transpose().with_context(|| format!("cannot understand `{}`", path.display()))?;
        let named: Vec<(String, String)> = match &saved {
            Some(saved) => saved.iter().map(|query| (query.name.clone(), query.text.clone())).collect(),
            None => toml_queries(text).with_context(|| format!("cannot use `{}`", path.display()))?,
        };
        anyhow::ensure!(!named.is_empty(), "`{}` holds no query; a line is `name = query`", path.display());
        let queries = Self { saved, named };
        let understood = queries.understood(context)?;
        for AlertQuery { name, query, .. } in &understood {
            check(query).with_context(|| wrong(name))?;
        }
        for AlertQuery { name, query, .. } in &understood {
            for note in &query.notes {
                context.say(format_args!("alert `{name}`: {}", remark(query, note)));
            }
        }
        Ok(queries)
    }

    /// What each query means today, by name.
    pub(super) fn understood(&self, context: &Context) -> anyhow::Result<Vec<AlertQuery<'_>>> {
        let mut queries = Vec::with_capacity(self.named.len());
        for (name, typed) in &self.named {
            let parsed = match &self.saved {
                Some(saved) => parse_query_with(typed, saved),
                None => parse_query(typed, context),
            };
            queries.push(AlertQuery { name, typed, query: parsed.with_context(|| wrong(name))? });
        }
        Ok(queries)
    }
}

/// What a query is called in messages that something is wrong with it.
pub(super) fn wrong(name: &str) -> String {
    format!("the query `{name}` is wrong")
}

/// Name and text of each query of a TOML file, by name.
fn toml_queries(text: &str) -> anyhow::Result<Vec<(String, String)>> {
    let table: toml::Table = text.parse().context("it is not TOML: a line is `name = \"query\"`")?;
    let mut queries = Vec::new();
    let nested = table.iter().filter_map(|(_, value)| value.as_table()).flatten();
    for (name, value) in table.iter().filter(|(_, value)| !value.is_table()).chain(nested) {
        let Some(typed) = value.as_str() else { anyhow::bail!("`{name}` is no query; a line is `name = \"query\"`") };
        queries.push((name.clone(), typed.to_owned()));
    }
    Ok(queries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_keep_their_names() {
        let queries = toml_queries("a = \"bank\"\n[more]\nb = 'person:zelensky'").expect("they are right");
        let names: Vec<_> = queries.iter().map(|(name, typed)| (&**name, &**typed)).collect();
        assert_eq!(names, [("a", "bank"), ("b", "person:zelensky")]);
        for wrong in ["a = 1", "a bank"] {
            assert!(toml_queries(wrong).is_err(), "{wrong}");
        }
    }
}
