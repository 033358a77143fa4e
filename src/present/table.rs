//! Tables over a search: people, places, organisations.

use std::io::{self, Write};

use serde::Serialize;

use super::escape::for_terminal;
use super::json::line;
use super::style::{Role, Theme};
use super::text::{thousands, wrapped};
use crate::explore::{Alias, EntityTable};
use crate::mention::EntityKind;

/// Entities: articles, mentions, name, other surfaces.
pub fn entities(output: &mut dyn Write, table: &EntityTable, theme: Theme, n_columns: usize) -> io::Result<()> {
    if table.rows.is_empty() {
        return Ok(());
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
    let text = format!("and {} more; `--limit {n_all}` shows all", thousands(n_hidden));
    writeln!(output, "{}", theme.paint(Role::Faint, text))
}

/// `{"type":"entity",...}`, most articles first.
pub fn entities_json(output: &mut dyn Write, kind: EntityKind, table: &EntityTable) -> io::Result<()> {
    #[derive(Serialize)]
    struct EntityLine<'a> {
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
    for row in &table.rows {
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
        line(
            output,
            &EntityLine {
                r#type: "entity",
                kind: kind.name(),
                entity: &row.key,
                name: &row.name,
                articles: row.n_articles,
                mentions: row.n_mentions,
                aliases: row.aliases.iter().map(|alias| alias.text.as_str()).collect(),
                alias_counts: alias_counts.collect(),
                place,
            },
        )?;
    }
    Ok(())
}
