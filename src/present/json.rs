//! JSON Lines for programs: one object a line, each with a `type`. Keys may be added, never renamed
//! and never left out; what is unknown is `null`.

use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use super::copies::{ClusterJson, OriginJson};
use super::entity::{EntityJson, entities};
use crate::article::{Article, Origin};
use crate::extraction::{Extraction, Findings};
use crate::figure::Figure;
use crate::index::Verified;
use crate::mention::{EntityKind, Span};
use crate::pipeline::{Plan, Report};
use crate::present::escape::for_page;
use crate::present::explanation::{ExplanationJson, WidenedJson};
use crate::search::{Facet, Hit, SearchResults, Snippet, SortedBy, Status};

/// One line of JSON Lines.
pub fn line<T: Serialize>(output: &mut dyn Write, value: &T) -> io::Result<()> {
    serde_json::to_writer(&mut *output, value)?;
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
        problems: &'a [String],
    }
    let ok = verified.problems.is_empty();
    let (articles, files) = (verified.n_articles, verified.n_files);
    line(output, &VerifiedLine { r#type: "verified", ok, articles, files, problems: &verified.problems })
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

/// One hit of `search --json`.
pub fn hit(output: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    #[derive(Serialize)]
    struct HitLine<'a> {
        r#type: &'static str,
        rank: usize,
        score: f32,
        id: &'a str,
        path: &'a str,
        record: Option<u64>,
        origins: Vec<OriginJson<'a>>,
        cluster: Option<ClusterJson<'a>>,
        title: &'a str,
        title_highlights: Vec<[u32; 2]>,
        date: Option<String>,
        source: Option<&'a str>,
        language: Option<&'a str>,
        snippets: Vec<SnippetJson<'a>>,
        people: Vec<&'a str>,
        places: Vec<&'a str>,
        orgs: Vec<&'a str>,
        figures: Vec<FigureJson<'a>>,
        /// The mention that hits are ordered by.
        sorted_by: Option<SortedByJson<'a>>,
        explanation: Option<ExplanationJson<'a>>,
    }
    #[derive(Serialize)]
    struct SortedByJson<'a> {
        #[serde(flatten)]
        figure: FigureJson<'a>,
        in_title: bool,
    }
    let article = &hit.article;
    let named = |kind| {
        let entities = hit.extraction.entities.iter().filter(move |entity| entity.kind == kind);
        entities.map(|entity| entity.name.as_str()).collect()
    };
    let quantities = hit.extraction.body.figures.iter().filter(|figure| figure.kind.is_quantity());
    line(
        output,
        &HitLine {
            r#type: "hit",
            rank: hit.rank,
            score: hit.score,
            id: &hit.id,
            path: &article.origin.path,
            record: article.origin.record,
            origins: hit.origins.iter().map(OriginJson::new).collect(),
            cluster: hit.cluster.as_ref().map(ClusterJson::new),
            title: &article.title,
            title_highlights: pairs(&hit.title_highlights),
            date: article.date.map(|date| date.to_string()),
            source: article.source.as_deref(),
            language: hit.extraction.language.as_deref().or(article.language.as_deref()),
            snippets: hit.snippets.iter().map(SnippetJson::new).collect(),
            people: named(EntityKind::Person),
            places: named(EntityKind::Place),
            orgs: named(EntityKind::Org),
            figures: quantities.map(|figure| FigureJson::new(&article.body, figure)).collect(),
            sorted_by: hit.sorted_by.as_ref().map(|SortedBy { figure, in_title }| {
                let text = if *in_title { &article.title } else { &article.body };
                SortedByJson { figure: FigureJson::new(text, figure), in_title: *in_title }
            }),
            explanation: hit.explanation.as_ref().map(ExplanationJson::new),
        },
    )
}

#[derive(Serialize)]
struct SnippetJson<'a> {
    text: &'a str,
    highlights: Vec<[u32; 2]>,
    start: u32,
    html: String,
}

impl<'a> SnippetJson<'a> {
    fn new(snippet: &'a Snippet) -> Self {
        let Snippet { text, highlights, span } = snippet;
        Self { text, highlights: pairs(highlights), start: span.start, html: for_page(text, highlights) }
    }
}

fn pairs(spans: &[Span]) -> Vec<[u32; 2]> {
    spans.iter().map(|span| [span.start, span.end]).collect()
}

/// What the last line of `search --json` says.
pub struct Summary<'a> {
    /// The query as typed.
    pub query: &'a str,
    /// The answer.
    pub results: &'a SearchResults,
    /// Hits written before this line.
    pub n_shown: usize,
    /// Remarks on how the query was read and answered.
    pub notes: &'a [String],
    /// Why nothing is shown; empty when something is.
    pub explanation: &'a [String],
    /// A query that finds more.
    pub did_you_mean: Option<&'a str>,
    /// Whether hits were grouped.
    pub is_grouped: bool,
    /// From the question to the answer.
    pub elapsed: Duration,
}

/// The last line of `search --json`.
pub fn summary(output: &mut dyn Write, summary: &Summary<'_>) -> io::Result<()> {
    #[derive(Serialize)]
    struct SummaryLine<'a> {
        r#type: &'static str,
        total: u64,
        stories: Option<u64>,
        shown: usize,
        groups: Option<u64>,
        elapsed_ms: u64,
        query: &'a str,
        widened: Option<WidenedJson>,
        notes: &'a [String],
        explanation: &'a [String],
        did_you_mean: Option<&'a str>,
        entity_rules: Option<&'a str>,
    }
    line(
        output,
        &SummaryLine {
            r#type: "summary",
            total: summary.results.total,
            stories: summary.results.n_stories,
            shown: summary.n_shown,
            groups: summary.is_grouped.then_some(summary.results.n_groups),
            elapsed_ms: u64::try_from(summary.elapsed.as_millis()).unwrap_or(u64::MAX),
            query: summary.query,
            widened: summary.results.widened.map(WidenedJson::new),
            notes: summary.notes,
            explanation: summary.explanation,
            did_you_mean: summary.did_you_mean,
            entity_rules: summary.results.entity_rules.as_deref(),
        },
    )
}

/// Counts of values over all matches: one line for each value, most articles first.
pub fn facets(output: &mut dyn Write, facets: &[Facet]) -> io::Result<()> {
    #[derive(Serialize)]
    struct FacetLine<'a> {
        r#type: &'static str,
        field: &'static str,
        value: &'a str,
        label: &'a str,
        articles: u64,
    }
    for facet in facets {
        for value in &facet.values {
            let field = facet.field.name();
            let (label, articles) = (value.label.as_str(), value.n_articles);
            line(output, &FacetLine { r#type: "facet", field, value: &value.value, label, articles })?;
        }
    }
    Ok(())
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
