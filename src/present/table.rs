//! Tables over a search: people, places, organisations.

use std::io::{self, Write};

use serde::Serialize;

use super::escape::for_terminal;
use super::json::line;
use super::style::{Role, Theme};
use super::text::{thousands, wrapped};
use crate::explore::{Alias, EntityRow, EntityTable, Pair, PairTable};
use crate::mention::EntityKind;

/// Entities: articles, mentions, name, other surfaces.
pub fn entities(output: &mut dyn Write, table: &EntityTable, theme: Theme, n_columns: usize) -> io::Result<()> {
    if table.rows.is_empty() {
        return cut(output, 0, table.n_distinct, theme);
    }
    writeln!(output, "{}", theme.paint(Role::Faint, "articles  mentions"))?;
    for row in &table.rows {
        let mut about = row.name.clone();
        if let Some(place) = &row.place {
            about.push_str(&format!("  {}", place.path));
        }
        if !row.aliases.is_empty() {
            let aliases: Vec<String> = row.aliases.iter().map(|alias| alias_text(alias, row.n_articles)).collect();
            about.push_str(&format!("  (also {})", aliases.join(", ")));
        }
        let indent = " ".repeat(20);
        let about = wrapped(&for_terminal(&about), n_columns, &indent);
        let counts = format!("{:>8}  {:>8}  ", thousands(row.n_articles), thousands(row.n_mentions));
        writeln!(output, "{}{}", theme.paint(Role::Faint, counts), about.trim_start())?;
    }
    cut(output, table.rows.len(), table.n_distinct, theme)
}

/// `Zelenskyy 12`, without the number where all articles, or the only one, have it.
fn alias_text(alias: &Alias, n_articles: u64) -> String {
    match alias.n_articles == n_articles {
        true => alias.text.clone(),
        false => format!("{} {}", alias.text, thousands(alias.n_articles)),
    }
}

pub(super) fn cut(output: &mut dyn Write, n_shown: usize, n_all: u64, theme: Theme) -> io::Result<()> {
    let n_hidden = n_all.saturating_sub(n_shown as u64);
    if n_hidden == 0 {
        return Ok(());
    }
    let hidden = thousands(n_hidden);
    let counted = if n_shown == 0 { format!("{hidden} found") } else { format!("and {hidden} more") };
    let text = format!("{counted}; `--limit {n_all}` shows all");
    writeln!(output, "{}", theme.paint(Role::Faint, text))
}

/// `{"type":"entity",...}`, most articles first.
pub fn entities_json(output: &mut dyn Write, kind: EntityKind, table: &EntityTable) -> io::Result<()> {
    table.rows.iter().try_for_each(|row| line(output, &EntityLine::new(kind, row)))
}

#[derive(Serialize)]
pub(super) struct EntityLine<'a> {
    r#type: &'static str,
    kind: &'static str,
    entity: &'a str,
    name: &'a str,
    articles: u64,
    mentions: u64,
    aliases: Vec<&'a str>,
    alias_counts: Vec<AliasCount<'a>>,
    #[serde(flatten)]
    place: Option<PlaceKeys<'a>>,
}

#[derive(Serialize)]
struct AliasCount<'a> {
    text: &'a str,
    articles: u64,
    mentions: u64,
}

#[derive(Serialize)]
struct PlaceKeys<'a> {
    path: Option<&'a str>,
    country: Option<String>,
    lat: Option<f32>,
    lon: Option<f32>,
    population: Option<u64>,
    gazetteer_id: Option<u32>,
}

impl<'a> EntityLine<'a> {
    pub(super) fn new(kind: EntityKind, row: &'a EntityRow) -> Self {
        let facts = row.place.as_ref();
        let coordinates = facts.and_then(|facts| facts.coordinates);
        let country = facts.and_then(|facts| facts.country);
        let place = (kind == EntityKind::Place).then(|| PlaceKeys {
            path: facts.map(|facts| facts.path.as_str()),
            country: country.map(|code| String::from_utf8_lossy(&code).into_owned()),
            lat: coordinates.map(|(lat, _)| lat),
            lon: coordinates.map(|(_, lon)| lon),
            population: facts.and_then(|facts| facts.population),
            gazetteer_id: facts.and_then(|facts| facts.gazetteer_id),
        });
        let alias_counts = row.aliases.iter().map(|alias| AliasCount {
            text: &alias.text,
            articles: alias.n_articles,
            mentions: alias.n_mentions,
        });
        Self {
            r#type: "entity",
            kind: kind.name(),
            entity: &row.key,
            name: &row.name,
            articles: row.n_articles,
            mentions: row.n_mentions,
            aliases: row.aliases.iter().map(|alias| alias.text.as_str()).collect(),
            alias_counts: alias_counts.collect(),
            place,
        }
    }
}

/// Pairs: articles that name both, how many of them in one sentence and near each other, the two.
pub fn pairs(
    output: &mut dyn Write,
    table: &PairTable,
    n_near: &[u64],
    theme: Theme,
    n_columns: usize,
) -> io::Result<()> {
    if table.rows.is_empty() {
        return cut(output, 0, table.n_distinct, theme);
    }
    writeln!(output, "{}", theme.paint(Role::Faint, "articles  near  one sentence"))?;
    for (row, n_near) in std::iter::zip(&table.rows, n_near) {
        let counts = [row.n_articles, *n_near, row.n_in_sentence].map(thousands);
        let counts = format!("{:>8}  {:>4}  {:>12}  ", counts[0], counts[1], counts[2]);
        let indent = " ".repeat(counts.len());
        let [one, other] = &row.sides;
        let both = format!("{} ({}) · {} ({})", one.name, one.kind.name(), other.name, other.kind.name());
        let both = wrapped(&for_terminal(&both), n_columns, &indent);
        writeln!(output, "{}{}", theme.paint(Role::Faint, counts), both.trim_start())?;
    }
    cut(output, table.rows.len(), table.n_distinct, theme)
}

/// `{"type":"pair",...}`, most articles first.
pub fn pairs_json(output: &mut dyn Write, table: &PairTable, n_near: &[u64]) -> io::Result<()> {
    std::iter::zip(&table.rows, n_near).try_for_each(|(row, n_near)| line(output, &PairLine::new(row, Some(*n_near))))
}

#[derive(Serialize)]
pub(super) struct PairLine<'a> {
    r#type: &'static str,
    kind: &'static str,
    entity: &'a str,
    name: &'a str,
    with_kind: &'static str,
    with_entity: &'a str,
    with_name: &'a str,
    articles: u64,
    near: Option<u64>,
    in_sentence: u64,
}

impl<'a> PairLine<'a> {
    pub(super) fn new(pair: &'a Pair, near: Option<u64>) -> Self {
        let [one, other] = &pair.sides;
        Self {
            r#type: "pair",
            kind: one.kind.name(),
            entity: &one.key,
            name: &one.name,
            with_kind: other.kind.name(),
            with_entity: &other.key,
            with_name: &other.name,
            articles: pair.n_articles,
            near,
            in_sentence: pair.n_in_sentence,
        }
    }
}
