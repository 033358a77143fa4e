//! Ranked hits, facets and the state of an index.

use std::io::{self, Write};

use super::{bytes, hanging, n_of, path, thousands, wrapped};
use crate::mention::{EntityKind, Span};
use crate::present::escape::for_terminal;
use crate::present::style::{Role, Theme};
use crate::search::{
    Cause, ClusterHit, Explanation, Facet, Hit, NearCopy, SearchResults, Share, Snippet, SortedBy, Status,
};

/// Indent of everything below a headline.
const INDENT: &str = "    ";
/// Names of one kind shown under a hit; `show` has all.
const MAX_NAMES: usize = 5;
/// Further places shown under a hit.
const MAX_ORIGINS: usize = 3;
/// Near copies shown under a hit.
const MAX_MEMBERS: usize = 5;
/// Indent of near copies.
const MEMBER_INDENT: &str = "      ";

/// Hits in order, each with its snippets and what it is about, and how many there are.
pub fn hits(output: &mut dyn Write, results: &SearchResults, theme: Theme, n_columns: usize) -> io::Result<()> {
    for one in &results.hits {
        hit(output, one, theme, n_columns)?;
    }
    let first = results.hits.first().map_or(0, |hit| hit.rank as u64);
    footer(output, results, first, results.hits.len() as u64, theme)
}

/// How many articles were found, and which of them were shown: `n_shown`, from rank `first` on.
pub fn footer(
    output: &mut dyn Write,
    results: &SearchResults,
    first: u64,
    n_shown: u64,
    theme: Theme,
) -> io::Result<()> {
    let total = n_of(results.total, "article");
    let total = match results.n_stories {
        Some(1) => format!("{total} in 1 story"),
        Some(n_stories) => format!("{total} in {} stories", thousands(n_stories)),
        None => total,
    };
    let n_all = results.n_stories.unwrap_or(results.total);
    let line = match (n_all, n_shown) {
        (0, _) => return Ok(()),
        (_, 0) => format!("{total} found, none of them shown"),
        (n_all, n_shown) if n_shown == n_all => format!("{total} found"),
        _ => format!("{total} found, {} to {} shown", thousands(first), thousands(first + n_shown - 1)),
    };
    let by_rules = if results.entity_rules.is_some() { " · names by your rules" } else { "" };
    writeln!(output, "{}", theme.paint(Role::Faint, format!("{line}{by_rules}")))
}

/// One hit, and an empty line.
pub fn hit(output: &mut dyn Write, hit: &Hit, theme: Theme, n_columns: usize) -> io::Result<()> {
    one_hit(output, hit, theme, n_columns)?;
    writeln!(output)
}

fn one_hit(output: &mut dyn Write, hit: &Hit, theme: Theme, n_columns: usize) -> io::Result<()> {
    let article = &hit.article;
    let title = if article.title.is_empty() { "(no title)" } else { &article.title };
    let highlights: &[Span] = if article.title.is_empty() { &[] } else { &hit.title_highlights };
    let rank = theme.paint(Role::Faint, format!("{:>3}", hit.rank));
    let title = lit(title, highlights, theme, Some(Role::Title));
    writeln!(output, "{}", hanging(&format!("{rank} {title}"), n_columns, INDENT))?;

    let mut about: Vec<String> = Vec::new();
    about.push(
        article.date.map_or_else(|| "undated".to_owned(), |date| date.to_string()[..].chars().take(10).collect()),
    );
    about.extend(article.source.iter().map(|source| for_terminal(source).into_owned()));
    about.push(hit.id.clone());
    about.extend(hit.sorted_by.as_ref().map(|SortedBy { figure, in_title }| {
        let text = if *in_title { &article.title } else { &article.body };
        figure.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }));
    let about = for_terminal(&about.join(" · ")).into_owned();
    writeln!(output, "{}", theme.paint(Role::Faint, wrapped(&about, n_columns, INDENT)))?;
    let place = path(&article.origin.to_string()).into_owned();
    writeln!(output, "{INDENT}{}", theme.paint(Role::Faint, place))?;
    for origin in hit.origins.iter().skip(1).take(MAX_ORIGINS) {
        let line = format!("also at {}", path(&origin.to_string()));
        writeln!(output, "{INDENT}{}", theme.paint(Role::Faint, line))?;
    }
    if hit.origins.len() > MAX_ORIGINS + 1 {
        let line = format!("and at {}; `show` has all", n_of((hit.origins.len() - MAX_ORIGINS - 1) as u64, "place"));
        writeln!(output, "{INDENT}{}", theme.paint(Role::Faint, line))?;
    }
    if let Some(cluster) = &hit.cluster {
        cluster_of(output, hit, cluster, theme, n_columns)?;
    }

    for snippet in &hit.snippets {
        let lead = if snippet.span.start > 0 { "… " } else { "" };
        let marked = lit(&snippet.text, &snippet.highlights, theme, None);
        let end = if breaks_off(&article.body, snippet) { " …" } else { "" };
        writeln!(output, "{}", wrapped(&format!("{lead}{marked}{end}"), n_columns, INDENT))?;
    }
    let names = names(hit);
    if !names.is_empty() {
        writeln!(output, "{}", theme.paint(Role::Label, wrapped(&for_terminal(&names), n_columns, INDENT)))?;
    }
    match &hit.explanation {
        Some(explanation) => explain(output, hit.score, explanation, theme, n_columns),
        None => Ok(()),
    }
}

/// Whether a passage ends where neither a sentence nor a paragraph does.
fn breaks_off(body: &str, snippet: &Snippet) -> bool {
    let rest = body.get(snippet.span.end as usize..).unwrap_or_default();
    let blanks = &rest[..rest.len() - rest.trim_start().len()];
    let last = snippet.text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '」', '』']).chars().last();
    let is_end = last.is_none_or(|last| matches!(last, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔'));
    !(is_end || blanks.len() == rest.len() || blanks.contains('\n'))
}

/// How a score came about, largest shares first.
fn explain(
    output: &mut dyn Write,
    score: f32,
    explanation: &Explanation,
    theme: Theme,
    n_columns: usize,
) -> io::Result<()> {
    let Explanation { shares, n_matched, n_parts, missing, only_words } = explanation;
    let parts = if *only_words { "words" } else { "parts" };
    let mut line = format!("score {score:.2}: {n_matched} of {n_parts} {parts}");
    if !missing.is_empty() {
        let missing: Vec<String> = missing.iter().map(|part| format!("`{part}`")).collect();
        line.push_str(&format!(", without {}", missing.join(", ")));
    }
    writeln!(output, "{}", theme.paint(Role::Faint, wrapped(&for_terminal(&line), n_columns, INDENT)))?;
    let mut shares: Vec<&Share> = shares.iter().collect();
    shares.sort_by(|one, other| other.score.total_cmp(&one.score));
    for Share { cause, score } in shares {
        let line = format!("{score:6.2} {}", cause_in_words(cause));
        writeln!(output, "{}", theme.paint(Role::Faint, wrapped(&for_terminal(&line), n_columns, INDENT)))?;
    }
    Ok(())
}

/// How many near copies a hit has, and which, where they are known.
fn cluster_of(
    output: &mut dyn Write,
    hit: &Hit,
    cluster: &ClusterHit,
    theme: Theme,
    n_columns: usize,
) -> io::Result<()> {
    let mut line = n_of(cluster.n_articles.saturating_sub(1), "near copy").replace("copys", "copies");
    if let Some(n_matching) = cluster.n_matching {
        line.push_str(&format!(", {} of {} matching", thousands(n_matching), thousands(cluster.n_articles)));
    }
    writeln!(output, "{INDENT}{}", theme.paint(Role::Label, line))?;
    let others = cluster.members.iter().filter(|member| member.id != hit.id);
    for member in others.clone().take(MAX_MEMBERS) {
        writeln!(output, "{}", theme.paint(Role::Faint, wrapped(&near_copy(member), n_columns, MEMBER_INDENT)))?;
    }
    let n_hidden = others.count().saturating_sub(MAX_MEMBERS);
    if n_hidden > 0 {
        let line = format!("and {} more; `similar {}` has all", thousands(n_hidden as u64), hit.id);
        writeln!(output, "{MEMBER_INDENT}{}", theme.paint(Role::Faint, for_terminal(&line)))?;
    }
    Ok(())
}

/// An article beside another one, in a line.
pub(in crate::present) fn near_copy(copy: &NearCopy) -> String {
    let date = copy.date.map_or_else(|| "undated".to_owned(), |date| date.to_string().chars().take(10).collect());
    let title = if copy.title.is_empty() { "(no title)" } else { &copy.title };
    let mut parts = vec![format!("{:>3.0} %", copy.similarity * 100.0), date];
    parts.extend(copy.source.clone());
    parts.extend([copy.id.clone(), title.to_owned()]);
    for_terminal(&parts.join(" · ")).into_owned()
}

fn cause_in_words(cause: &Cause) -> String {
    match cause {
        Cause::Part { typed, in_title: Some(true), in_body: Some(true) } => format!("`{typed}` in title and text"),
        Cause::Part { typed, in_title: Some(true), .. } => format!("`{typed}` in the title"),
        Cause::Part { typed, in_body: Some(true), .. } => format!("`{typed}` in the text"),
        Cause::Part { typed, .. } => format!("`{typed}`"),
        Cause::Together(first, second) => format!("`{first}` and `{second}` stand together"),
        Cause::Early(word) => format!("`{word}` stands early"),
        Cause::Figure => "reports the figure".to_owned(),
        Cause::Recent => "is recent".to_owned(),
        Cause::Related(words) => format!("shares words with the best articles: {}", words.join(", ")),
    }
}

/// Text with the spans in it lit: coloured, or between brackets where there is no colour.
fn lit(text: &str, spans: &[Span], theme: Theme, role: Option<Role>) -> String {
    let plain = |piece: &str| {
        let safe = for_terminal(piece);
        role.map_or_else(|| safe.to_string(), |role| theme.paint(role, &safe).to_string())
    };
    let mut lit = String::new();
    let mut at = 0;
    for span in spans {
        let (Some(before), Some(matched)) = (text.get(at..span.start as usize), text.get(span.range())) else {
            continue;
        };
        lit.push_str(&plain(before));
        let matched = for_terminal(matched);
        match theme {
            Theme::Plain => lit.push_str(&format!("[{matched}]")),
            Theme::Coloured => lit.push_str(&theme.paint(Role::Match, matched).to_string()),
        }
        at = span.end as usize;
    }
    lit.push_str(&plain(text.get(at..).unwrap_or_default()));
    lit
}

/// Who and where, most mentioned first.
fn names(hit: &Hit) -> String {
    let mut n_mentions = vec![0u32; hit.extraction.entities.len()];
    for mention in hit.extraction.title.mentions.iter().chain(&hit.extraction.body.mentions) {
        n_mentions[mention.entity as usize] += 1;
    }
    let mut parts = Vec::new();
    for kind in EntityKind::ALL {
        let mut entities: Vec<(u32, &str)> = std::iter::zip(&n_mentions, &hit.extraction.entities)
            .filter(|(_, entity)| entity.kind == kind)
            .map(|(&n, entity)| (n, entity.name.as_str()))
            .collect();
        entities.sort_by_key(|&(n, _)| std::cmp::Reverse(n));
        let n_more = entities.len().saturating_sub(MAX_NAMES);
        let mut names: Vec<&str> = entities.into_iter().take(MAX_NAMES).map(|(_, name)| name).collect();
        let more = format!("{n_more} more");
        if n_more > 0 {
            names.push(&more);
        }
        if !names.is_empty() {
            parts.push(names.join(", "));
        }
    }
    parts.join(" · ")
}

/// Counts of values over all matches.
pub fn facets(output: &mut dyn Write, facets: &[Facet], theme: Theme) -> io::Result<()> {
    for facet in facets {
        let n_hidden = facet.n_distinct.saturating_sub(facet.values.len() as u64);
        writeln!(output, "{}", theme.paint(Role::Title, facet.field.name()))?;
        for value in &facet.values {
            let n = thousands(value.n_articles);
            writeln!(output, "{} {}", theme.paint(Role::Faint, format_args!("{n:>8}")), for_terminal(&value.label))?;
        }
        if facet.values.is_empty() {
            writeln!(output, "         {}", theme.paint(Role::Faint, "none"))?;
        }
        if n_hidden > 0 {
            let line = format!("         and {} more", thousands(n_hidden));
            writeln!(output, "{}", theme.paint(Role::Faint, line))?;
        }
        writeln!(output)?;
    }
    Ok(())
}

/// What is in an index.
pub fn status(output: &mut dyn Write, status: &Status, theme: Theme) -> io::Result<()> {
    for (label, value) in [
        ("articles", thousands(status.articles)),
        ("exact copies", thousands(status.copies)),
        ("near copies", format!("{} in {}", n_of(status.clustered, "article"), n_of(status.clusters, "cluster"))),
        ("files", thousands(status.files)),
        ("people", thousands(status.people)),
        ("places", thousands(status.places)),
        ("orgs", thousands(status.orgs)),
        ("figures", thousands(status.figures)),
        ("rejected records", thousands(status.rejected_records)),
        ("size", bytes(status.size_bytes)),
        ("segments", thousands(status.segments as u64)),
        ("schema version", status.schema_version.to_string()),
    ] {
        writeln!(output, "{} {}", theme.paint(Role::Label, format_args!("{label:>16}")), for_terminal(&value))?;
    }
    if let Some((n_rules, fingerprint)) = &status.entity_rules {
        let value = format!("{n_rules}, fingerprint {fingerprint}");
        writeln!(output, "{} {}", theme.paint(Role::Label, format_args!("{:>16}", "entity rules")), value)?;
    }
    Ok(())
}
