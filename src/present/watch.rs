//! What is new, for programs that wait for it: a line of JSON for each thing.

use std::io::{self, Write};

use serde::Serialize;

use super::copies::{NearCopyJson, OriginJson};
use super::json::line;
use crate::search::{Hit, NameFound};

/// `{"type":"watching",...}`: from now on, changes are told.
pub fn watching(output: &mut dyn Write, folders: &[String], articles: u64) -> io::Result<()> {
    #[derive(Serialize)]
    struct WatchingLine<'a> {
        r#type: &'static str,
        folders: &'a [String],
        articles: u64,
    }
    line(output, &WatchingLine { r#type: "watching", folders, articles })
}

/// `{"type":"alert",...}`: a new article that a saved query finds.
pub fn alert(output: &mut dyn Write, name: &str, query: &str, hit: &Hit) -> io::Result<()> {
    #[derive(Serialize)]
    struct AlertLine<'a> {
        r#type: &'static str,
        alert: &'a str,
        query: &'a str,
        id: &'a str,
        title: &'a str,
        date: Option<String>,
        source: Option<&'a str>,
        path: &'a str,
        record: Option<u64>,
        origins: Vec<OriginJson<'a>>,
        snippets: Vec<&'a str>,
    }
    line(
        output,
        &AlertLine {
            r#type: "alert",
            alert: name,
            query,
            id: &hit.id,
            title: &hit.article.title,
            date: hit.article.date.map(|date| date.to_string()),
            source: hit.article.source.as_deref(),
            path: &hit.article.origin.path,
            record: hit.article.origin.record,
            origins: hit.origins.iter().map(OriginJson::new).collect(),
            snippets: hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect(),
        },
    )
}

/// `{"type":"name",...}`: a name of the watch list that a new article has; offsets are bytes of the part.
pub fn name(output: &mut dyn Write, found: &NameFound) -> io::Result<()> {
    #[derive(Serialize)]
    struct NameLine<'a> {
        r#type: &'static str,
        name: &'a str,
        text: &'a str,
        part: &'static str,
        start: u32,
        end: u32,
        times: u64,
        article: NearCopyJson<'a>,
    }
    line(
        output,
        &NameLine {
            r#type: "name",
            name: &found.name,
            text: &found.surface,
            part: if found.in_title { "title" } else { "body" },
            start: found.span.start,
            end: found.span.end,
            times: found.n_times,
            article: NearCopyJson::new(&found.article),
        },
    )
}
