//! Groups of hits, and suggestions.

use std::io::{self, Write};

use super::{hit, n_of, thousands};
use crate::present::escape::for_terminal;
use crate::present::style::{Role, Theme};
use crate::search::query::{SAVED_SIGN, SavedQuery};
use crate::search::{GroupField, SearchResults, Suggestion};

/// Groups in order, each with the best of its hits.
pub fn groups(
    output: &mut dyn Write,
    field: GroupField,
    results: &SearchResults,
    theme: Theme,
    n_columns: usize,
) -> io::Result<()> {
    for group in &results.groups {
        let missing = format!("no {}", field.name());
        let name = for_terminal(group.value.as_deref().unwrap_or(&missing));
        let n_articles = n_of(group.n_articles, "article");
        writeln!(
            output,
            "{} {}",
            theme.paint(Role::Title, name),
            theme.paint(Role::Faint, format_args!("· {n_articles}"))
        )?;
        writeln!(output)?;
        for one in &group.hits {
            hit(output, one, theme, n_columns)?;
        }
    }
    if results.total == 0 {
        return Ok(());
    }
    let found = format!("{} found in {}", n_of(results.total, "article"), n_of(results.n_groups, "group"));
    let shown = match (results.groups.first(), results.groups.last()) {
        _ if results.groups.len() as u64 == results.n_groups => String::new(),
        (Some(first), Some(last)) => {
            format!(", groups {} to {} shown", thousands(first.rank as u64), thousands(last.rank as u64))
        }
        _ => ", none of them shown".to_owned(),
    };
    writeln!(output, "{}", theme.paint(Role::Faint, format!("{found}{shown}")))
}

/// Suggestions by kind: how many articles each leads to, and by which query.
///
/// A query that does not fit beside its name is left to `--json`.
pub fn suggestions(
    output: &mut dyn Write,
    suggestions: &[Suggestion],
    theme: Theme,
    n_columns: usize,
) -> io::Result<()> {
    let mut last = None;
    for Suggestion { kind, text, query, n_articles } in suggestions {
        if last.replace(*kind) != Some(*kind) {
            writeln!(output, "{}", theme.paint(Role::Title, kind.name()))?;
        }
        let n = thousands(*n_articles);
        let n = theme.paint(Role::Faint, format!("{n:>N_COUNT_COLUMNS$}"));
        let (text, query) = (for_terminal(text), for_terminal(query));
        let fits = N_COUNT_COLUMNS + 3 + text.chars().count() + query.chars().count() <= n_columns;
        match fits {
            true => writeln!(output, "{n} {text}  {}", theme.paint(Role::Code, query))?,
            false => writeln!(output, "{n} {text}")?,
        }
    }
    Ok(())
}

/// Columns of a count.
const N_COUNT_COLUMNS: usize = 8;

/// Saved queries, with how many articles each finds.
pub fn saved_suggestions(output: &mut dyn Write, saved: &[(SavedQuery, u64)], theme: Theme) -> io::Result<()> {
    if !saved.is_empty() {
        writeln!(output, "{}", theme.paint(Role::Title, "saved"))?;
    }
    for (query, n_articles) in saved {
        let n = thousands(*n_articles);
        let n = theme.paint(Role::Faint, format!("{n:>N_COUNT_COLUMNS$}"));
        let name = format!("{SAVED_SIGN}{}", query.name);
        writeln!(output, "{n} {}  {}", theme.paint(Role::Code, for_terminal(&name)), for_terminal(&query.text))?;
    }
    Ok(())
}
