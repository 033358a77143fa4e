//! An article, and what was found in it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{hanging, path, wrapped};
use crate::article::{Article, Origin};
use crate::extraction::{Extraction, Findings};
use crate::figure::{Bound, Change, Figure, FigureKind};
use crate::mention::{Entity, EntityKind};
use crate::present::escape::for_terminal;
use crate::present::style::{Role, Theme};

/// Indent of what stands behind the label of a line.
const VALUE_INDENT: &str = "         ";

/// An article as read: headline, what is stated about it, text.
pub fn article(output: &mut dyn Write, article: &Article, theme: Theme, n_columns: usize) -> io::Result<()> {
    let title = if article.title.is_empty() { "(no title)" } else { &article.title };
    writeln!(output, "{}", theme.paint(Role::Title, wrapped(&for_terminal(title), n_columns, "")))?;
    writeln!(output, "{}", theme.paint(Role::Faint, path(&article.origin.to_string())))?;
    let one = |value: &Option<String>| value.clone().unwrap_or_default();
    let date = article.date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    for (label, value) in [
        ("date", date),
        ("by", article.authors.join(", ")),
        ("source", one(&article.source)),
        ("section", one(&article.section)),
        ("url", one(&article.url)),
        ("tags", article.tags.join(", ")),
        ("id", one(&article.own_id)),
    ] {
        if !value.is_empty() {
            let line = format!("{} {}", theme.paint(Role::Label, format_args!("{label:>8}")), for_terminal(&value));
            // Addresses are for copying.
            let is_address = matches!(label, "url" | "id");
            writeln!(output, "{}", if is_address { line } else { hanging(&line, n_columns, VALUE_INDENT) })?;
        }
    }
    writeln!(output)?;
    for paragraph in article.body.split("\n\n") {
        for line in paragraph.lines() {
            writeln!(output, "{}", wrapped(&for_terminal(line), n_columns, ""))?;
        }
        writeln!(output)?;
    }
    Ok(())
}

/// An article of an index with everything that was found in it.
pub fn shown_article(
    output: &mut dyn Write,
    shown: &Article,
    origins: &[Origin],
    found: &Extraction,
    taggers: &[&str],
    theme: Theme,
    n_columns: usize,
) -> io::Result<()> {
    article(output, shown, theme, n_columns)?;
    for origin in origins.iter().filter(|origin| **origin != shown.origin) {
        let label = theme.paint(Role::Label, " also at");
        writeln!(output, "{label} {}", path(&origin.to_string()))?;
    }
    extraction(output, &shown.title, &shown.body, found, taggers, theme)
}

/// What was found: entities by kind with their mentions, quantities, then other numbers.
pub fn extraction(
    output: &mut dyn Write,
    title: &str,
    body: &str,
    extraction: &Extraction,
    taggers: &[&str],
    theme: Theme,
) -> io::Result<()> {
    if taggers == ["rules"] {
        let language = extraction.language.as_deref().unwrap_or("unknown");
        let line = format!("{language}, where names are found by lists and rules only");
        writeln!(output, "{} {}", theme.paint(Role::Label, "language"), for_terminal(&line))?;
    }
    let mut n_mentions: BTreeMap<u32, u64> = BTreeMap::new();
    for (text, findings) in [(title, &extraction.title), (body, &extraction.body)] {
        for mention in findings.mentions.iter().filter(|mention| text.get(mention.span.range()).is_some()) {
            *n_mentions.entry(mention.entity).or_default() += 1;
        }
    }
    for (kind, label) in [(EntityKind::Person, "people"), (EntityKind::Place, "places"), (EntityKind::Org, "orgs")] {
        let entities = (0u32..).zip(&extraction.entities).filter(|(_, entity)| entity.kind == kind);
        for (at, (number, entity)) in entities.enumerate() {
            let label = if at == 0 { label } else { "" };
            let n = n_mentions.get(&number).copied().unwrap_or(0);
            let line = entity_line(entity, n);
            writeln!(output, "{} {}", theme.paint(Role::Label, format_args!("{label:>8}")), for_terminal(&line))?;
        }
    }
    figures(output, "figures", [(title, &extraction.title), (body, &extraction.body)], true, theme)?;
    figures(output, "numbers", [(title, &extraction.title), (body, &extraction.body)], false, theme)
}

fn entity_line(entity: &Entity, n_mentions: u64) -> String {
    let mut line = entity.name.clone();
    if n_mentions > 1 {
        line.push_str(&format!(" ×{n_mentions}"));
    }
    if let Some(place) = &entity.place {
        line.push_str(&format!("  {}", place.path));
    }
    if !entity.aliases.is_empty() {
        line.push_str(&format!("  (also {})", entity.aliases.join(", ")));
    }
    line
}

fn figures(
    output: &mut dyn Write,
    label: &str,
    texts: [(&str, &Findings); 2],
    quantities: bool,
    theme: Theme,
) -> io::Result<()> {
    let mut label = label;
    for (text, findings) in texts {
        for figure in findings.figures.iter().filter(|figure| figure.kind.is_quantity() == quantities) {
            let Some(surface) = text.get(figure.span.range()) else { continue };
            let line = format!("{surface}  = {}", figure_meaning(figure));
            writeln!(output, "{} {}", theme.paint(Role::Label, format_args!("{label:>8}")), for_terminal(&line))?;
            label = "";
        }
    }
    Ok(())
}

/// A figure in the terms of the query language: `>= 390 prisoner`, `1,000,000..2,000,000 usd, up`.
fn figure_meaning(figure: &Figure) -> String {
    let mut meaning = match figure.bound {
        Bound::Exact => String::new(),
        bound => format!("{} ", bound.symbol()),
    };
    meaning.push_str(&super::number(figure.low));
    if figure.high > figure.low {
        meaning.push_str("..");
        meaning.push_str(&super::number(figure.high));
    }
    for word in [figure.unit.as_deref(), figure.noun.as_deref()].into_iter().flatten() {
        meaning.push(' ');
        meaning.push_str(word);
    }
    if let Some(outcome) = figure.outcome {
        meaning.push_str(", ");
        meaning.push_str(outcome.name());
    }
    if figure.change != Change::None {
        meaning.push_str(", ");
        meaning.push_str(figure.change.name());
    }
    if !matches!(figure.kind, FigureKind::Count | FigureKind::Money | FigureKind::Percent | FigureKind::Measure) {
        meaning.push_str(&format!(" ({})", figure.kind.name()));
    }
    meaning
}
