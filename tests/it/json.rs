//! What programs rely on: every line of `--json` has a known type and exactly the keys written here.
//!
//! Keys may be added (then they are added here too), never renamed, never left out; what is unknown
//! is `null`.

mod commands;

use serde::Deserialize;
use serde_json::Value;

use crate::env::{Output, TestEnv, corpus, corpus_env};

/// Lines of all types. Each variant has every key: a missing or an unknown one is an error.
#[expect(clippy::large_enum_variant, reason = "a test has few lines at a time")]
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[expect(dead_code, reason = "most keys are read for their presence only")]
enum Line {
    Article {
        path: String,
        #[serde(deserialize_with = "present")]
        record: Option<u64>,
        #[serde(deserialize_with = "present")]
        id: Option<String>,
        title: String,
        body: String,
        #[serde(deserialize_with = "present")]
        date: Option<String>,
        authors: Vec<String>,
        #[serde(deserialize_with = "present")]
        source: Option<String>,
        #[serde(deserialize_with = "present")]
        section: Option<String>,
        #[serde(deserialize_with = "present")]
        url: Option<String>,
        #[serde(deserialize_with = "present")]
        language: Option<String>,
        tags: Vec<String>,
        format: String,
        // Only `show` has these.
        origins: Option<Vec<Origin>>,
        title_mentions: Option<Vec<Mention>>,
        title_figures: Option<Vec<Figure>>,
        mentions: Option<Vec<Mention>>,
        figures: Option<Vec<Figure>>,
        entities: Option<Vec<Entity>>,
        taggers: Option<Vec<String>>,
    },
    Rejected {
        path: String,
        #[serde(deserialize_with = "present")]
        record: Option<u64>,
        reason: String,
    },
    Error {
        line: u64,
        #[serde(deserialize_with = "present")]
        id: Option<String>,
        reason: String,
    },
    Report {
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
    },
    Planned {
        change: String,
        path: String,
    },
    Plan {
        new_files: u64,
        changed_files: u64,
        gone_files: u64,
        unchanged_files: u64,
        rejected: u64,
        bytes: u64,
    },
    Verified {
        ok: bool,
        articles: u64,
        files: u64,
        sealed: bool,
        problems: Vec<String>,
    },
    Extraction {
        id: String,
        #[serde(deserialize_with = "present")]
        language: Option<String>,
        mentions: Vec<Mention>,
        figures: Vec<Figure>,
        taggers: Vec<String>,
    },
    Hit {
        rank: usize,
        score: f64,
        id: String,
        path: String,
        #[serde(deserialize_with = "present")]
        record: Option<u64>,
        title: String,
        title_highlights: Vec<[usize; 2]>,
        origins: Vec<Origin>,
        #[serde(deserialize_with = "present")]
        cluster: Option<Cluster>,
        #[serde(deserialize_with = "present")]
        date: Option<String>,
        #[serde(deserialize_with = "present")]
        source: Option<String>,
        #[serde(deserialize_with = "present")]
        language: Option<String>,
        snippets: Vec<Snippet>,
        people: Vec<String>,
        places: Vec<String>,
        orgs: Vec<String>,
        figures: Vec<Figure>,
        #[serde(deserialize_with = "present")]
        sorted_by: Option<SortedBy>,
        #[serde(deserialize_with = "present")]
        explanation: Option<Explanation>,
    },
    Facet {
        field: String,
        value: String,
        label: String,
        articles: u64,
    },
    Entity {
        kind: String,
        entity: String,
        name: String,
        articles: u64,
        mentions: u64,
        aliases: Vec<String>,
        alias_counts: Vec<AliasCount>,
        // Only places have these.
        path: Option<String>,
        country: Option<String>,
        lat: Option<f64>,
        lon: Option<f64>,
        population: Option<u64>,
        gazetteer_id: Option<u32>,
    },
    Measure {
        #[serde(deserialize_with = "present")]
        unit: Option<String>,
        #[serde(deserialize_with = "present")]
        noun: Option<String>,
        articles: u64,
        figures: u64,
        least: f64,
        median: f64,
        greatest: f64,
        also: Vec<String>,
    },
    Figure {
        #[serde(deserialize_with = "present")]
        date: Option<String>,
        low: f64,
        high: f64,
        #[serde(deserialize_with = "present")]
        unit: Option<String>,
        #[serde(deserialize_with = "present")]
        noun: Option<String>,
        bound: String,
        change: String,
        #[serde(deserialize_with = "present")]
        outcome: Option<String>,
        text: String,
        sentence: String,
        id: String,
        path: String,
        #[serde(deserialize_with = "present")]
        record: Option<u64>,
        title: String,
        #[serde(deserialize_with = "present")]
        source: Option<String>,
        copies: Vec<Copy>,
    },
    Summary {
        total: u64,
        #[serde(deserialize_with = "present")]
        stories: Option<u64>,
        shown: usize,
        #[serde(deserialize_with = "present")]
        groups: Option<u64>,
        elapsed_ms: u64,
        query: String,
        #[serde(deserialize_with = "present")]
        widened: Option<Widened>,
        notes: Vec<String>,
        explanation: Vec<String>,
        #[serde(deserialize_with = "present")]
        did_you_mean: Option<String>,
        #[serde(deserialize_with = "present")]
        entity_rules: Option<String>,
    },
    Rule {
        line: u64,
        rule: String,
        kind: String,
        text: String,
        articles: u64,
        mentions: u64,
        unknown: Vec<Unknown>,
    },
    Why {
        id: String,
        kind: String,
        entity: String,
        name: String,
        blocked: bool,
        mentions: Vec<Value>,
        alternatives: Vec<Value>,
        rules: Vec<Value>,
    },
    Rules {
        file: String,
        fingerprint: String,
        rules: u64,
    },
    Query {
        typed: String,
        understood: String,
        tree: String,
    },
    Status {
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
        segments: u64,
        deleted_documents: u64,
        #[serde(deserialize_with = "present")]
        entity_rules: Option<String>,
        copies: u64,
        clusters: u64,
        clustered: u64,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "most keys are read for their presence only")]
struct Unknown {
    name: String,
    #[serde(deserialize_with = "present")]
    nearest: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "most keys are read for their presence only")]
struct Origin {
    path: String,
    #[serde(deserialize_with = "present")]
    record: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "most keys are read for their presence only")]
struct AliasCount {
    text: String,
    articles: u64,
    mentions: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "most keys are read for their presence only")]
struct Cluster {
    id: String,
    articles: u64,
    #[serde(deserialize_with = "present")]
    matching: Option<u64>,
    #[serde(deserialize_with = "present")]
    members: Option<Vec<Value>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mention {
    kind: String,
    start: usize,
    end: usize,
    text: String,
    entity: String,
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "most keys are read for their presence only")]
struct Entity {
    kind: String,
    entity: String,
    name: String,
    aliases: Vec<String>,
    mentions: u64,
    #[serde(deserialize_with = "present")]
    gazetteer_id: Option<u32>,
    #[serde(deserialize_with = "present")]
    path: Option<String>,
    #[serde(deserialize_with = "present")]
    country: Option<String>,
    #[serde(deserialize_with = "present")]
    lat: Option<f64>,
    #[serde(deserialize_with = "present")]
    lon: Option<f64>,
    #[serde(deserialize_with = "present")]
    population: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "most keys are read for their presence only")]
struct Figure {
    start: usize,
    end: usize,
    text: String,
    kind: String,
    low: f64,
    high: f64,
    #[serde(deserialize_with = "present")]
    unit: Option<String>,
    #[serde(deserialize_with = "present")]
    noun: Option<String>,
    bound: String,
    change: String,
    #[serde(deserialize_with = "present")]
    outcome: Option<String>,
}

/// The mention that a hit is ordered by.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "most keys are read for their presence only")]
struct SortedBy {
    start: usize,
    end: usize,
    text: String,
    kind: String,
    low: f64,
    high: f64,
    #[serde(deserialize_with = "present")]
    unit: Option<String>,
    #[serde(deserialize_with = "present")]
    noun: Option<String>,
    bound: String,
    change: String,
    #[serde(deserialize_with = "present")]
    outcome: Option<String>,
    in_title: bool,
}

/// An article that repeats a report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "most keys are read for their presence only")]
struct Copy {
    #[serde(deserialize_with = "present")]
    date: Option<String>,
    #[serde(deserialize_with = "present")]
    source: Option<String>,
    id: String,
    path: String,
    #[serde(deserialize_with = "present")]
    record: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "most keys are read for their presence only")]
struct Snippet {
    text: String,
    highlights: Vec<[usize; 2]>,
    start: usize,
    html: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Widened {
    needed: usize,
    words: usize,
    all: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Explanation {
    matched: usize,
    parts: usize,
    missing: Vec<String>,
    shares: Vec<Share>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Share {
    cause: String,
    words: Vec<String>,
    #[serde(deserialize_with = "present")]
    title: Option<bool>,
    #[serde(deserialize_with = "present")]
    body: Option<bool>,
    score: f64,
}

/// An optional value whose key has to be there.
fn present<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(input)
}

/// Every line of stdout, in the order of the output, as the types of the lines.
#[track_caller]
fn check(output: &Output) -> Vec<Line> {
    assert!(!output.stdout.is_empty(), "nothing was written; stderr:\n{}", output.stderr);
    let parse = |line: &str| match serde_json::from_str(line) {
        Ok(parsed) => parsed,
        Err(error) => panic!("{error} in:\n{line}"),
    };
    output.stdout.lines().map(parse).collect()
}

fn type_of(line: &str) -> String {
    let value: Value = serde_json::from_str(line).expect("a line is JSON");
    value["type"].as_str().expect("a line has a type").to_owned()
}

#[track_caller]
fn check_figures(figures: &[Figure], text: &str) {
    for figure in figures {
        assert_eq!(text.get(figure.start..figure.end), Some(figure.text.as_str()));
        assert!(figure.low <= figure.high, "{figure:?}");
        assert!(["=", "~", ">", ">=", "<", "<="].contains(&figure.bound.as_str()), "{figure:?}");
        assert!(["up", "down", "none"].contains(&figure.change.as_str()), "{figure:?}");
        let kinds =
            ["count", "money", "percent", "duration", "age", "measure", "ratio", "date", "ordinal", "score", "name"];
        assert!(kinds.contains(&figure.kind.as_str()), "{figure:?}");
    }
}

#[track_caller]
fn check_mentions(mentions: &[Mention], text: &str) {
    for mention in mentions {
        assert_eq!(text.get(mention.start..mention.end), Some(mention.text.as_str()));
        assert!(["person", "place", "org", "demonym"].contains(&mention.kind.as_str()), "{mention:?}");
        assert!(!mention.entity.is_empty() && !mention.name.is_empty(), "{mention:?}");
    }
}
