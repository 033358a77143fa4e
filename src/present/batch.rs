//! Results of many queries: JSON Lines, CSV, and runs for retrieval measures.

use std::io::{self, Write};

use serde::Serialize;

use super::escape::{for_terminal, lines_for_terminal};
use super::explanation::WidenedJson;
use super::json::line;
use crate::search::SearchResults;

/// A line for each hit, then one for the query with all remarks on it.
pub fn jsonl(
    output: &mut dyn Write,
    query_id: &str,
    query: &str,
    results: &SearchResults,
    notes: &[String],
) -> io::Result<()> {
    #[derive(Serialize)]
    struct HitLine<'a> {
        r#type: &'static str,
        query_id: &'a str,
        rank: usize,
        score: f32,
        id: &'a str,
        path: &'a str,
        title: &'a str,
        date: Option<String>,
        source: Option<&'a str>,
        snippet: Option<&'a str>,
    }
    #[derive(Serialize)]
    struct SummaryLine<'a> {
        r#type: &'static str,
        query_id: &'a str,
        query: &'a str,
        total: u64,
        shown: usize,
        widened: Option<WidenedJson>,
        notes: &'a [String],
    }
    for hit in &results.hits {
        line(
            output,
            &HitLine {
                r#type: "hit",
                query_id,
                rank: hit.rank,
                score: hit.score,
                id: &hit.id,
                path: &hit.article.origin.path,
                title: &hit.article.title,
                date: hit.article.date.map(|date| date.to_string()),
                source: hit.article.source.as_deref(),
                snippet: hit.snippets.first().map(|snippet| snippet.text.as_str()),
            },
        )?;
    }
    let (total, shown) = (results.total, results.hits.len());
    let widened = results.widened.map(WidenedJson::new);
    line(output, &SummaryLine { r#type: "summary", query_id, query, total, shown, widened, notes })
}

/// Names of the columns that [`csv()`] writes.
pub fn csv_header(output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "query_id,rank,score,id,date,source,title,path")
}

/// A row for each hit (RFC 4180).
pub fn csv(output: &mut dyn Write, query_id: &str, results: &SearchResults) -> io::Result<()> {
    for hit in &results.hits {
        let date = hit.article.date.map(|date| date.to_string()).unwrap_or_default();
        let source = hit.article.source.as_deref().unwrap_or_default();
        let cells = [
            query_id,
            &hit.rank.to_string(),
            &hit.score.to_string(),
            &hit.id,
            &date,
            source,
            &hit.article.title,
            &hit.article.origin.path,
        ];
        let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
        writeln!(output, "{}", cells.join(","))?;
    }
    Ok(())
}

/// Lines of a text stay lines; whatever else could command a terminal is taken out.
pub(super) fn csv_cell(text: &str) -> String {
    let text = lines_for_terminal(text);
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// `query Q0 article rank score dateline`; white space in ids becomes `_`, since columns end at it.
pub fn trec(output: &mut dyn Write, query_id: &str, results: &SearchResults) -> io::Result<()> {
    let column = |text: &str| for_terminal(text).split_whitespace().collect::<Vec<_>>().join("_");
    for hit in &results.hits {
        writeln!(output, "{} Q0 {} {} {:.6} dateline", column(query_id), column(&hit.id), hit.rank, hit.score)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(csv_cell("plain"), "plain");
        assert_eq!(csv_cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(csv_cell("a\u{1b}[2J\n\u{202e}b"), "\"a [2J\nb\"");
    }
}
