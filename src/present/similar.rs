//! What is like an article: its near copies, and articles about the same.

use std::io::{self, Write};

use serde::Serialize;

use super::copies::NearCopyJson;
use super::escape::for_terminal;
use super::json::line;
use super::style::{Role, Theme};
use super::text::{hanging, n_of, near_copy, thousands, wrapped};
use crate::search::Similar;

/// Facts shown of each side; JSON has all.
const MAX_FACTS: usize = 8;
/// Indent of what is said of an article.
const INDENT: &str = "       ";

/// Near copies with what differs, then articles about the same with what they share.
pub fn text(output: &mut dyn Write, similar: &Similar, theme: Theme, n_columns: usize) -> io::Result<()> {
    if let Some(cluster) = &similar.cluster {
        let line = format!("{} (cluster {cluster})", n_near_copies(similar.copies.len() as u64));
        writeln!(output, "{}", theme.paint(Role::Title, line))?;
    }
    for (copy, differences) in &similar.copies {
        writeln!(output, "{}", hanging(&near_copy(copy), n_columns, INDENT))?;
        for (label, facts) in [("only here", &differences.only_here), ("only there", &differences.only_there)] {
            if !facts.is_empty() {
                let line = format!("{label}: {}", some_of(facts));
                writeln!(output, "{}", theme.paint(Role::Faint, wrapped(&for_terminal(&line), n_columns, INDENT)))?;
            }
        }
    }
    if !similar.related.is_empty() {
        if !similar.copies.is_empty() {
            writeln!(output)?;
        }
        let line = format!("about the same: {}", n_of(similar.n_related, "article"));
        writeln!(output, "{}", theme.paint(Role::Title, line))?;
    }
    for related in &similar.related {
        writeln!(output, "{}", hanging(&near_copy(&related.article), n_columns, INDENT))?;
        let line = format!("shares {}", some_of(&related.shared));
        writeln!(output, "{}", theme.paint(Role::Faint, wrapped(&for_terminal(&line), n_columns, INDENT)))?;
    }
    let n_hidden = similar.n_related.saturating_sub(similar.related.len() as u64);
    if n_hidden > 0 {
        let line = format!("and {} more; `--limit {}` shows all", thousands(n_hidden), similar.n_related);
        writeln!(output, "{}", theme.paint(Role::Faint, line))?;
    }
    Ok(())
}

fn n_near_copies(n: u64) -> String {
    if n == 1 { "1 near copy".to_owned() } else { format!("{} near copies", thousands(n)) }
}

/// Lines after the first one stand under its second column.
fn some_of(facts: &[String]) -> String {
    let mut some = facts.iter().take(MAX_FACTS).cloned().collect::<Vec<_>>().join(", ");
    if facts.len() > MAX_FACTS {
        some.push_str(&format!(", {} more", facts.len() - MAX_FACTS));
    }
    some
}

/// `{"type":"copy",...}` for each near copy, `{"type":"related",...}` for each article about the same,
/// then `{"type":"summary",...}`.
pub fn json(output: &mut dyn Write, similar: &Similar) -> io::Result<()> {
    #[derive(Serialize)]
    struct CopyLine<'a> {
        r#type: &'static str,
        #[serde(flatten)]
        copy: NearCopyJson<'a>,
        only_here: &'a [String],
        only_there: &'a [String],
    }
    #[derive(Serialize)]
    struct RelatedLine<'a> {
        r#type: &'static str,
        #[serde(flatten)]
        article: NearCopyJson<'a>,
        shared: &'a [String],
    }
    #[derive(Serialize)]
    struct SummaryLine<'a> {
        r#type: &'static str,
        cluster: Option<&'a str>,
        copies: usize,
        related: u64,
        shown: usize,
    }
    for (copy, differences) in &similar.copies {
        let (only_here, only_there) = (&differences.only_here[..], &differences.only_there[..]);
        line(output, &CopyLine { r#type: "copy", copy: NearCopyJson::new(copy), only_here, only_there })?;
    }
    for related in &similar.related {
        let article = NearCopyJson::new(&related.article);
        line(output, &RelatedLine { r#type: "related", article, shared: &related.shared })?;
    }
    let (copies, related, shown) = (similar.copies.len(), similar.n_related, similar.related.len());
    line(output, &SummaryLine { r#type: "summary", cluster: similar.cluster.as_deref(), copies, related, shown })
}
