//! Answers of a search as JSON Lines: hits, facets, and the line that ends them.

use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use super::{FigureJson, line};
use crate::mention::{EntityKind, Span};
use crate::present::copies::{ClusterJson, OriginJson};
use crate::present::escape::for_page;
use crate::present::explanation::{ExplanationJson, WidenedJson};
use crate::search::{Facet, Hit, SearchResults, Snippet, SortedBy};

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
