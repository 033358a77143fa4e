//! JSON Lines for programs: one object a line, each with a `type`. Keys may be added, never renamed
//! and never left out; what is unknown is `null`.

mod safe;
mod search;

use std::io::{self, Write};

use serde::Serialize;

use super::copies::OriginJson;
use super::entity::{EntityJson, entities};
use crate::article::{Article, Origin};
use crate::extraction::{Extraction, Findings};
use crate::figure::{Figure, Outcome};
use crate::index::Verified;
use crate::pipeline::{Plan, Report};
use crate::search::Status;

pub use self::search::{Summary, facets, hit, summary};

/// One line of JSON Lines; nothing in it can command a terminal.
pub fn line<T: Serialize>(output: &mut dyn Write, value: &T) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *output, safe::SafeFormatter))?;
    output.write_all(b"\n")
}

/// `{"type":"article",...}`, as `read --json` writes.
pub fn article(output: &mut dyn Write, article: &Article) -> io::Result<()> {
    line(output, &ArticleLine::new("article", article))
}

#[derive(Serialize)]
pub(super) struct ArticleLine<'a> {
    r#type: &'static str,
    path: &'a str,
    record: Option<u64>,
    pub(super) id: Option<&'a str>,
    title: &'a str,
    body: &'a str,
    date: Option<String>,
    authors: &'a [String],
    source: Option<&'a str>,
    section: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    tags: &'a [String],
    format: &'static str,
}

impl<'a> ArticleLine<'a> {
    pub(super) fn new(r#type: &'static str, article: &'a Article) -> Self {
        Self {
            r#type,
            path: &article.origin.path,
            record: article.origin.record,
            id: article.own_id.as_deref(),
            title: &article.title,
            body: &article.body,
            date: article.date.map(|date| date.to_string()),
            authors: &article.authors,
            source: article.source.as_deref(),
            section: article.section.as_deref(),
            url: article.url.as_deref(),
            language: article.language.as_deref(),
            tags: &article.tags,
            format: article.format.name(),
        }
    }
}

/// `{"type":"rejected","path","record","reason"}`.
pub fn rejected(output: &mut dyn Write, origin: &Origin, reason: &str) -> io::Result<()> {
    line(output, &RejectedLine { r#type: "rejected", path: &origin.path, record: origin.record, reason })
}

#[derive(Serialize)]
struct RejectedLine<'a> {
    r#type: &'static str,
    path: &'a str,
    record: Option<u64>,
    reason: &'a str,
}

/// A line that could not be taken: `{"type":"error","line","id","reason"}`.
pub fn error(output: &mut dyn Write, n_line: u64, id: Option<&str>, reason: &str) -> io::Result<()> {
    #[derive(Serialize)]
    struct ErrorLine<'a> {
        r#type: &'static str,
        line: u64,
        id: Option<&'a str>,
        reason: &'a str,
    }
    line(output, &ErrorLine { r#type: "error", line: n_line, id, reason })
}

/// The end of `index --json`.
pub fn report(output: &mut dyn Write, report: &Report) -> io::Result<()> {
    #[derive(Serialize)]
    struct ReportLine {
        r#type: &'static str,
        added: u64,
        changed: u64,
        deleted: u64,
        renamed: u64,
        unchanged: u64,
        rejected: u64,
        elapsed_ms: u64,
        files: u64,
        bytes: u64,
        interrupted: bool,
    }
    let elapsed_ms = u64::try_from(report.elapsed.as_millis()).unwrap_or(u64::MAX);
    line(
        output,
        &ReportLine {
            r#type: "report",
            added: report.n_added,
            changed: report.n_changed,
            deleted: report.n_deleted,
            renamed: report.n_renamed,
            unchanged: report.n_unchanged,
            rejected: report.n_rejected,
            elapsed_ms,
            files: report.n_files,
            bytes: report.n_bytes,
            interrupted: report.is_interrupted,
        },
    )
}

/// The result of `verify --json`.
pub fn verified(output: &mut dyn Write, verified: &Verified) -> io::Result<()> {
    #[derive(Serialize)]
    struct VerifiedLine<'a> {
        r#type: &'static str,
        ok: bool,
        articles: u64,
        files: u64,
        sealed: bool,
        problems: &'a [String],
    }
    let ok = verified.problems.is_empty();
    let (articles, files) = (verified.n_articles, verified.n_files);
    let (sealed, problems) = (verified.is_sealed, &verified.problems);
    line(output, &VerifiedLine { r#type: "verified", ok, articles, files, sealed, problems })
}

/// What was found in a text: `{"type":"extraction","id","language","mentions","figures","taggers"}`.
/// Offsets are bytes of `text`.
pub fn extraction(
    output: &mut dyn Write,
    id: &str,
    text: &str,
    extraction: &Extraction,
    taggers: &[&str],
) -> io::Result<()> {
    let mentions = mentions(text, &extraction.body, extraction);
    let figures = extraction.body.figures.iter().map(|figure| FigureJson::new(text, figure)).collect();
    let language = extraction.language.as_deref();
    line(output, &ExtractionLine { r#type: "extraction", id, language, mentions, figures, taggers })
}

#[derive(Serialize)]
struct ExtractionLine<'a> {
    r#type: &'static str,
    id: &'a str,
    language: Option<&'a str>,
    mentions: Vec<MentionJson<'a>>,
    figures: Vec<FigureJson<'a>>,
    taggers: &'a [&'a str],
}

#[derive(Serialize)]
pub(super) struct MentionJson<'a> {
    kind: &'static str,
    start: u32,
    end: u32,
    text: &'a str,
    entity: &'a str,
    name: &'a str,
}

pub(super) fn mentions<'a>(text: &'a str, findings: &Findings, extraction: &'a Extraction) -> Vec<MentionJson<'a>> {
    let mut mentions = Vec::with_capacity(findings.mentions.len());
    for mention in &findings.mentions {
        let entity = &extraction.entities[mention.entity as usize];
        mentions.push(MentionJson {
            kind: mention.kind.name(),
            start: mention.span.start,
            end: mention.span.end,
            text: mention.span.of(text),
            entity: &entity.key,
            name: &entity.name,
        });
    }
    mentions
}

#[derive(Serialize)]
pub(super) struct FigureJson<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    kind: &'static str,
    low: f64,
    high: f64,
    unit: Option<&'a str>,
    noun: Option<&'a str>,
    bound: &'static str,
    change: &'static str,
    outcome: Option<&'static str>,
}

impl<'a> FigureJson<'a> {
    pub(super) fn new(text: &'a str, figure: &'a Figure) -> Self {
        Self {
            start: figure.span.start,
            end: figure.span.end,
            text: figure.span.of(text),
            kind: figure.kind.name(),
            low: figure.low,
            high: figure.high,
            unit: figure.unit.as_deref(),
            noun: figure.noun.as_deref(),
            bound: figure.bound.symbol(),
            change: figure.change.name(),
            outcome: figure.outcome.map(Outcome::name),
        }
    }
}

/// What `index --dry-run --json` writes: a line for each path, then the sums.
pub fn plan(output: &mut dyn Write, plan: &Plan) -> io::Result<()> {
    #[derive(Serialize)]
    struct PathLine<'a> {
        r#type: &'static str,
        change: &'static str,
        path: &'a str,
    }
    #[derive(Serialize)]
    struct PlanLine {
        r#type: &'static str,
        new_files: u64,
        changed_files: u64,
        gone_files: u64,
        unchanged_files: u64,
        rejected: u64,
        bytes: u64,
    }
    for (change, paths) in [("new", &plan.new), ("changed", &plan.changed)] {
        for path in &paths.first {
            line(output, &PathLine { r#type: "planned", change, path })?;
        }
    }
    for file in &plan.gone {
        line(output, &PathLine { r#type: "planned", change: "gone", path: &file.path })?;
    }
    line(
        output,
        &PlanLine {
            r#type: "plan",
            new_files: plan.new.n_paths,
            changed_files: plan.changed.n_paths,
            gone_files: plan.gone.len() as u64,
            unchanged_files: plan.n_unchanged_files,
            rejected: plan.n_rejected,
            bytes: plan.n_bytes,
        },
    )
}

/// `status --json`.
pub fn status(output: &mut dyn Write, status: &Status) -> io::Result<()> {
    #[derive(Serialize)]
    struct StatusLine<'a> {
        r#type: &'static str,
        articles: u64,
        people: u64,
        places: u64,
        orgs: u64,
        figures: u64,
        schema_version: u32,
        size_bytes: u64,
        files: u64,
        rejected_records: u64,
        rejected_files: u64,
        segments: usize,
        deleted_documents: u64,
        entity_rules: Option<&'a str>,
        copies: u64,
        clusters: u64,
        clustered: u64,
    }
    line(
        output,
        &StatusLine {
            r#type: "status",
            articles: status.articles,
            people: status.people,
            places: status.places,
            orgs: status.orgs,
            figures: status.figures,
            schema_version: status.schema_version,
            size_bytes: status.size_bytes,
            files: status.files,
            rejected_records: status.rejected_records,
            segments: status.segments,
            rejected_files: status.rejected_files,
            deleted_documents: status.deleted_documents,
            entity_rules: status.entity_rules.as_ref().map(|(_, fingerprint)| fingerprint.as_str()),
            copies: status.copies,
            clusters: status.clusters,
            clustered: status.clustered,
        },
    )
}

/// An article of an index with everything found in it: the keys of `read --json`, then those of
/// `extract --jsonl`; what was found in the title stands in `title_mentions` and `title_figures`, what is
/// known of each entity in `entities`.
pub fn shown_article(
    output: &mut dyn Write,
    id: &str,
    article: &Article,
    origins: &[Origin],
    found: &Extraction,
    taggers: &[&str],
) -> io::Result<()> {
    #[derive(Serialize)]
    struct ShownLine<'a> {
        #[serde(flatten)]
        article: ArticleLine<'a>,
        origins: Vec<OriginJson<'a>>,
        title_mentions: Vec<MentionJson<'a>>,
        title_figures: Vec<FigureJson<'a>>,
        mentions: Vec<MentionJson<'a>>,
        figures: Vec<FigureJson<'a>>,
        entities: Vec<EntityJson<'a>>,
        taggers: &'a [&'a str],
    }
    let mut line_of_article = ArticleLine::new("article", article);
    line_of_article.id = Some(id);
    if let Some(language) = &found.language {
        line_of_article.language = Some(language);
    }
    line(
        output,
        &ShownLine {
            article: line_of_article,
            origins: origins.iter().map(OriginJson::new).collect(),
            title_mentions: mentions(&article.title, &found.title, found),
            title_figures: found.title.figures.iter().map(|figure| FigureJson::new(&article.title, figure)).collect(),
            mentions: mentions(&article.body, &found.body, found),
            figures: found.body.figures.iter().map(|figure| FigureJson::new(&article.body, figure)).collect(),
            entities: entities(found),
            taggers,
        },
    )
}
