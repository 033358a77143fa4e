//! Tables over a search: entities, figures, one figure over time.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::batch::csv_cell;
use super::escape::for_terminal;
use super::json::line;
use super::style::{Role, Theme};
use super::text::{number, thousands, wrapped};
use crate::explore::{Alias, EntityRow, EntityTable, FigureTable, Pair, PairTable, Track, TrackPoint};
use crate::figure::{Bound, Change};
use crate::mention::EntityKind;
use crate::search::query::Measure;

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

fn cut(output: &mut dyn Write, n_shown: usize, n_all: u64, theme: Theme) -> io::Result<()> {
    let n_hidden = n_all.saturating_sub(n_shown as u64);
    if n_hidden == 0 {
        return Ok(());
    }
    let text = format!("and {} more; `--limit {n_all}` shows all", thousands(n_hidden));
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
        return Ok(());
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

/// Units and nouns: articles, quantities, least, median, greatest.
pub fn figures(output: &mut dyn Write, table: &FigureTable, theme: Theme) -> io::Result<()> {
    if table.rows.is_empty() {
        return Ok(());
    }
    let titles = ["articles", "figures", "least", "median", "greatest"];
    let mut rows = vec![(titles.map(str::to_owned), String::new())];
    for row in &table.rows {
        let cells = [
            thousands(row.n_articles),
            thousands(row.n_figures),
            number(row.least),
            number(row.median),
            number(row.greatest),
        ];
        rows.push((cells, measure_name(&row.measure).to_owned()));
    }
    let widths: [usize; 5] =
        std::array::from_fn(|at| rows.iter().map(|(cells, _)| cells[at].width()).max().unwrap_or(0));
    for (at, (cells, name)) in rows.iter().enumerate() {
        let cells: Vec<String> = std::iter::zip(cells, widths).map(|(cell, width)| format!("{cell:>width$}")).collect();
        let cells = cells.join("  ");
        if at == 0 {
            writeln!(output, "{}", theme.paint(Role::Faint, cells))?;
        } else {
            writeln!(output, "{cells}  {}", theme.paint(Role::Label, for_terminal(name)))?;
        }
    }
    cut(output, table.rows.len(), table.n_distinct, theme)
}

fn measure_name(measure: &Measure) -> &str {
    match measure {
        Measure::Unit(name) | Measure::Noun(name) => name,
        Measure::Any => "*",
    }
}

/// `{"type":"measure",...}`, most articles first.
pub fn figures_json(output: &mut dyn Write, table: &FigureTable) -> io::Result<()> {
    #[derive(Serialize)]
    struct MeasureLine<'a> {
        r#type: &'static str,
        unit: Option<&'a str>,
        noun: Option<&'a str>,
        articles: u64,
        figures: u64,
        least: f64,
        median: f64,
        greatest: f64,
    }
    for row in &table.rows {
        let (unit, noun) = match &row.measure {
            Measure::Unit(unit) => (Some(unit.as_str()), None),
            Measure::Noun(noun) => (None, Some(noun.as_str())),
            Measure::Any => (None, None),
        };
        let (articles, figures) = (row.n_articles, row.n_figures);
        let (least, median, greatest) = (row.least, row.median, row.greatest);
        line(output, &MeasureLine { r#type: "measure", unit, noun, articles, figures, least, median, greatest })?;
    }
    Ok(())
}

/// Columns of the chart beside the values.
const CHART_COLUMNS: usize = 24;

/// A figure over time: a line for each report with a bar, then its sentence.
pub fn track(output: &mut dyn Write, track: &Track, theme: Theme, n_columns: usize) -> io::Result<()> {
    let greatest = track.points.iter().map(|point| point.high.abs()).fold(0.0, f64::max);
    let values: Vec<String> = track.points.iter().map(value).collect();
    let width = values.iter().map(|value| value.width()).max().unwrap_or(0);
    for (point, value) in std::iter::zip(&track.points, &values) {
        let date = point.date.map_or_else(|| "undated".to_owned(), |date| date.to_string().chars().take(10).collect());
        let share = if greatest > 0.0 { point.high.abs() / greatest } else { 0.0 };
        let bar = "▇".repeat(((share * CHART_COLUMNS as f64).round() as usize).max(1));
        let pad = " ".repeat(width - value.width());
        let source = point.source.as_deref().unwrap_or_default();
        let date = theme.paint(Role::Faint, format!("{date:<10}"));
        let value = theme.paint(Role::Match, for_terminal(value).into_owned());
        let bar = theme.paint(Role::Label, bar);
        let about = theme.paint(Role::Faint, for_terminal(&format!("{source} {}", point.id)).trim().to_owned());
        writeln!(output, "{date}  {pad}{value}  {bar}  {about}")?;
        writeln!(output, "{}", wrapped(&for_terminal(&point.sentence), n_columns, "            "))?;
    }
    if !track.points.is_empty() {
        let (n_points, n_articles) = (thousands(track.points.len() as u64), thousands(track.n_articles));
        writeln!(output, "{}", theme.paint(Role::Faint, format!("{n_points} reports in {n_articles} articles")))?;
    }
    Ok(())
}

fn value(point: &TrackPoint) -> String {
    let mut value = match point.bound {
        Bound::Exact => String::new(),
        bound => format!("{} ", bound.symbol()),
    };
    value.push_str(&number(point.low));
    if point.high > point.low {
        value.push_str(&format!("..{}", number(point.high)));
    }
    match point.change {
        Change::None => {}
        Change::Up => value.push_str(" up"),
        Change::Down => value.push_str(" down"),
    }
    value
}

/// `{"type":"figure",...}` by date.
pub fn track_json(output: &mut dyn Write, track: &Track) -> io::Result<()> {
    #[derive(Serialize)]
    struct PointLine<'a> {
        r#type: &'static str,
        date: Option<String>,
        low: f64,
        high: f64,
        unit: Option<&'a str>,
        noun: Option<&'a str>,
        bound: &'static str,
        change: &'static str,
        text: &'a str,
        sentence: &'a str,
        id: &'a str,
        path: &'a str,
        record: Option<u64>,
        title: &'a str,
        source: Option<&'a str>,
    }
    for point in &track.points {
        line(
            output,
            &PointLine {
                r#type: "figure",
                date: point.date.map(|date| date.to_string()),
                low: point.low,
                high: point.high,
                unit: point.unit.as_deref(),
                noun: point.noun.as_deref(),
                bound: point.bound.symbol(),
                change: point.change.name(),
                text: &point.text,
                sentence: &point.sentence,
                id: &point.id,
                path: &point.origin.path,
                record: point.origin.record,
                title: &point.title,
                source: point.source.as_deref(),
            },
        )?;
    }
    Ok(())
}

/// Comma-separated values (RFC 4180) with a header, by date.
pub fn track_csv(output: &mut dyn Write, track: &Track) -> io::Result<()> {
    writeln!(output, "date,low,high,unit,noun,bound,change,text,sentence,id,source,path")?;
    for point in &track.points {
        let cells = [
            point.date.map(|date| date.to_string()).unwrap_or_default(),
            point.low.to_string(),
            point.high.to_string(),
            point.unit.clone().unwrap_or_default(),
            point.noun.clone().unwrap_or_default(),
            point.bound.symbol().to_owned(),
            point.change.name().to_owned(),
            point.text.clone(),
            point.sentence.clone(),
            point.id.clone(),
            point.source.clone().unwrap_or_default(),
            point.origin.path.to_string(),
        ];
        writeln!(output, "{}", cells.map(|cell| csv_cell(&cell)).join(","))?;
    }
    Ok(())
}
