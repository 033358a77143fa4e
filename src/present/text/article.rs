//! An article, and what was found in it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{path, wrapped};
use crate::article::Article;
use crate::extraction::{Extraction, Findings};
use crate::figure::{Bound, Change, Figure, FigureKind};
use crate::mention::{Entity, EntityKind, Kind};
use crate::present::escape::for_terminal;
use crate::present::style::{Role, Theme};

/// An article as read: headline, what is stated about it, text.
pub fn article(output: &mut dyn Write, article: &Article, theme: Theme, n_columns: usize) -> io::Result<()> {
    let title = if article.title.is_empty() { "(no title)" } else { &article.title };
    writeln!(output, "{}", theme.paint(Role::Title, for_terminal(title)))?;
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
            writeln!(output, "{} {}", theme.paint(Role::Label, format_args!("{label:>8}")), for_terminal(&value))?;
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
    found: &Extraction,
    theme: Theme,
    n_columns: usize,
) -> io::Result<()> {
    article(output, shown, theme, n_columns)?;
    extraction(output, &shown.title, &shown.body, found, theme)
}

/// What was found: entities by kind with their mentions, quantities, then other numbers.
pub fn extraction(
    output: &mut dyn Write,
    title: &str,
    body: &str,
    extraction: &Extraction,
    theme: Theme,
) -> io::Result<()> {
    let mut n_mentions: BTreeMap<u32, u64> = BTreeMap::new();
    let mut demonyms: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for (text, findings) in [(title, &extraction.title), (body, &extraction.body)] {
        for mention in findings.mentions.iter().filter(|mention| text.get(mention.span.range()).is_some()) {
            *n_mentions.entry(mention.entity).or_default() += 1;
            let surface = mention.span.of(text);
            let surfaces = demonyms.entry(mention.entity).or_default();
            if mention.kind == Kind::Demonym && !surfaces.contains(&surface) {
                surfaces.push(surface);
            }
        }
    }
    for (kind, label) in [(EntityKind::Person, "people"), (EntityKind::Place, "places"), (EntityKind::Org, "orgs")] {
        let entities = (0u32..).zip(&extraction.entities).filter(|(_, entity)| entity.kind == kind);
        for (at, (number, entity)) in entities.enumerate() {
            let label = if at == 0 { label } else { "" };
            let n = n_mentions.get(&number).copied().unwrap_or(0);
            let surfaces = demonyms.get(&number).map(Vec::as_slice).unwrap_or_default();
            let line = entity_line(entity, n, surfaces);
            writeln!(output, "{} {}", theme.paint(Role::Label, format_args!("{label:>8}")), for_terminal(&line))?;
        }
    }
    figures(output, "figures", [(title, &extraction.title), (body, &extraction.body)], true, theme)?;
    figures(output, "numbers", [(title, &extraction.title), (body, &extraction.body)], false, theme)
}

fn entity_line(entity: &Entity, n_mentions: u64, demonyms: &[&str]) -> String {
    let mut line = entity.name.clone();
    if n_mentions > 1 {
        line.push_str(&format!(" ×{n_mentions}"));
    }
    if let Some(place) = &entity.place {
        line.push_str(&format!("  {}", place.path));
    }
    let also: Vec<&str> = entity.aliases.iter().map(String::as_str).chain(demonyms.iter().copied()).collect();
    if !also.is_empty() {
        line.push_str(&format!("  (also {})", also.join(", ")));
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
    meaning.push_str(&number(figure.low));
    if figure.high > figure.low {
        meaning.push_str("..");
        meaning.push_str(&number(figure.high));
    }
    for word in [figure.unit.as_deref(), figure.noun.as_deref()].into_iter().flatten() {
        meaning.push(' ');
        meaning.push_str(word);
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

/// A number with thousands separators, and decimals only where it has some.
fn number(value: f64) -> String {
    let text = format!("{}", value.abs());
    let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut number = if value < 0.0 { "-".to_owned() } else { String::new() };
    match whole.parse() {
        Ok(n) => number.push_str(&super::thousands(n)),
        Err(_) => number.push_str(whole),
    }
    if let Some(decimals) = decimals {
        number.push('.');
        number.push_str(decimals);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_decimals() {
        assert_eq!(number(1_234_567.0), "1,234,567");
        assert_eq!(number(-3.5), "-3.5");
        assert_eq!(number(0.0), "0");
    }
}
