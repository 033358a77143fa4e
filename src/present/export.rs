//! What an index holds, for other programs: JSON Lines or comma-separated values, everything, streamed.
//!
//! Articles leave with what they say and state, and come in again as they were: `dateline index` reads
//! the lines back without a loss. Where they stand is no part of that, and is added on request.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::copies::OriginJson;
use super::json::{ArticleLine, FigureJson, MentionJson, line, mentions};
use crate::explore::{EntityRow, Pair};
use crate::mention::EntityKind;
use crate::search::Placed;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Articles, in the order of their files.
    Articles,
    /// People, places and organisations, with counts over the matching articles.
    Entities,
    /// Every figure of every article.
    Figures,
    /// Every mention of every article.
    Mentions,
    /// People, places and organisations that are named in the same articles.
    Pairs,
}

impl What {
    /// Name in commands and headers.
    pub fn name(self) -> &'static str {
        match self {
            What::Articles => "articles",
            What::Entities => "entities",
            What::Figures => "figures",
            What::Mentions => "mentions",
            What::Pairs => "pairs",
        }
    }

    /// Names of the columns of the table.
    fn columns(self) -> &'static [&'static str] {
        match self {
            What::Articles => &[
                "id",
                "title",
                "body",
                "date",
                "authors",
                "source",
                "section",
                "url",
                "language",
                "tags",
                "detected_language",
            ],
            What::Entities => &[
                "kind",
                "entity",
                "name",
                "articles",
                "mentions",
                "aliases",
                "path",
                "country",
                "lat",
                "lon",
                "population",
                "gazetteer_id",
            ],
            What::Figures => &[
                "article", "date", "part", "start", "end", "text", "kind", "low", "high", "unit", "noun", "bound",
                "change", "outcome",
            ],
            What::Mentions => &["article", "date", "part", "start", "end", "text", "kind", "entity", "name"],
            What::Pairs => {
                &["kind", "entity", "name", "with_kind", "with_entity", "with_name", "articles", "in_sentence"]
            }
        }
    }
}

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON Lines.
    Jsonl,
    /// Comma-separated values (RFC 4180) with a line of names.
    Csv,
}

/// Where an export came from.
#[derive(Clone, Debug, Serialize)]
pub struct Header {
    /// Always `header`.
    pub r#type: &'static str,
    /// Always [`Header::FORMAT`].
    pub format: &'static str,
    /// What is exported.
    pub what: &'static str,
    /// The query as typed; empty for everything.
    pub query: String,
    /// Filters that were given beside it, in the query language.
    pub filters: Vec<String>,
    /// Articles that match.
    pub articles: u64,
    /// Tells the articles of the index from any others, see [`crate::search::Searcher::fingerprint`].
    pub index: String,
    /// Articles in the index.
    pub index_articles: u64,
    /// Version of the fields of the index.
    pub schema_version: Option<u32>,
    /// Which extractor made its mentions and figures.
    pub extractor: Option<String>,
    /// Program that wrote the export.
    pub created_by: &'static str,
}

impl Header {
    /// What every export says it is.
    pub const FORMAT: &'static str = "dateline export";

    /// As a line of JSON.
    pub fn write(&self, output: &mut dyn Write) -> io::Result<()> {
        line(output, self)
    }
}

/// Writes one export.
pub struct Exporter<'w> {
    output: &'w mut dyn Write,
    what: What,
    form: Form,
    with_origins: bool,
}

impl<'w> Exporter<'w> {
    /// Begins: in JSON Lines with the header, in a table with the names of columns.
    pub fn begin(
        output: &'w mut dyn Write,
        what: What,
        form: Form,
        with_origins: bool,
        header: &Header,
    ) -> io::Result<Self> {
        match form {
            Form::Jsonl => header.write(output)?,
            Form::Csv => {
                let mut columns = what.columns().to_vec();
                if with_origins && what == What::Articles {
                    columns.extend(["origins", "format"]);
                }
                writeln!(output, "{}", columns.join(","))?;
            }
        }
        Ok(Self { output, what, form, with_origins })
    }

    /// What an article gives: itself, its figures or its mentions.
    pub fn article(&mut self, placed: &Placed) -> io::Result<()> {
        match self.what {
            What::Articles => self.one_article(placed),
            What::Figures => self.figures(placed),
            What::Mentions => self.mentions(placed),
            What::Entities | What::Pairs => Ok(()),
        }
    }

    fn one_article(&mut self, placed: &Placed) -> io::Result<()> {
        #[derive(Serialize)]
        struct ExportLine<'a> {
            #[serde(flatten)]
            article: ArticleLine<'a>,
            detected_language: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            origins: Option<Vec<OriginJson<'a>>>,
        }
        let mut article = ArticleLine::new("article", &placed.stored.article);
        article.id = Some(&placed.id);
        let detected_language = placed.stored.extraction.language.as_deref();
        let origins = self.with_origins.then(|| placed.origins.iter().map(OriginJson::new).collect());
        let exported = serde_json::to_value(ExportLine { article, detected_language, origins })?;
        let Value::Object(mut exported) = exported else { return Ok(()) };
        // Where it stands is in `origins`.
        exported.shift_remove("path");
        exported.shift_remove("record");
        if !self.with_origins {
            exported.shift_remove("format");
        }
        self.row(exported)
    }

    fn figures(&mut self, placed: &Placed) -> io::Result<()> {
        let article = &placed.stored.article;
        let extraction = &placed.stored.extraction;
        for (part, text, findings) in
            [("title", &article.title, &extraction.title), ("body", &article.body, &extraction.body)]
        {
            for figure in &findings.figures {
                self.found("figure", placed, part, &FigureJson::new(text, figure))?;
            }
        }
        Ok(())
    }

    fn mentions(&mut self, placed: &Placed) -> io::Result<()> {
        let article = &placed.stored.article;
        let extraction = &placed.stored.extraction;
        for (part, text, findings) in
            [("title", &article.title, &extraction.title), ("body", &article.body, &extraction.body)]
        {
            for mention in mentions(text, findings, extraction) {
                self.found::<MentionJson<'_>>("mention", placed, part, &mention)?;
            }
        }
        Ok(())
    }

    fn found<T: Serialize>(&mut self, r#type: &str, placed: &Placed, part: &str, found: &T) -> io::Result<()> {
        #[derive(Serialize)]
        struct FoundLine<'a, T> {
            r#type: &'a str,
            article: &'a str,
            date: Option<String>,
            part: &'a str,
            #[serde(flatten)]
            found: &'a T,
        }
        let date = placed.stored.article.date.map(|date| date.to_string());
        let found = serde_json::to_value(FoundLine { r#type, article: &placed.id, date, part, found })?;
        if let Value::Object(found) = found { self.row(found) } else { Ok(()) }
    }

    /// An entity with its counts.
    pub fn entity(&mut self, kind: EntityKind, row: &EntityRow) -> io::Result<()> {
        match serde_json::to_value(super::table::EntityLine::new(kind, row))? {
            Value::Object(row) => self.row(row),
            _ => Ok(()),
        }
    }

    /// A pair.
    pub fn pair(&mut self, pair: &Pair) -> io::Result<()> {
        match serde_json::to_value(super::table::PairLine::new(pair, None))? {
            Value::Object(row) => self.row(row),
            _ => Ok(()),
        }
    }

    fn row(&mut self, row: Map<String, Value>) -> io::Result<()> {
        if self.form == Form::Jsonl {
            return line(self.output, &row);
        }
        let mut columns = self.what.columns().to_vec();
        if self.with_origins && self.what == What::Articles {
            columns.extend(["origins", "format"]);
        }
        let cells: Vec<String> = columns.iter().map(|column| super::batch::csv_cell(&cell(row.get(*column)))).collect();
        writeln!(self.output, "{}", cells.join(","))
    }
}

/// A value as a cell: lists joined by `; `, nothing for what is unknown.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items.iter().map(|item| cell(Some(item))).collect::<Vec<_>>().join("; "),
        Some(Value::Object(origin)) => {
            let path = origin.get("path").and_then(Value::as_str).unwrap_or_default();
            origin
                .get("record")
                .and_then(Value::as_u64)
                .map_or_else(|| path.to_owned(), |record| format!("{path}:{record}"))
        }
        Some(other) => other.to_string(),
    }
}
