//! Figures over a search as text, JSON Lines and comma-separated values: what is counted and measured, and one
//! figure over time.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::batch::csv_cell;
use super::escape::for_terminal;
use super::json::line;
use super::style::{Role, Theme};
use super::table::cut;
use super::text::{n_of, number, thousands, wrapped};
use crate::explore::{FigureTable, Track, TrackPoint};
use crate::figure::{Bound, Change, Outcome};
use crate::search::query::Measure;

/// Most of a sentence that is shown: four lines. JSON has all of it.
const MAX_SENTENCE_BYTES: usize = 360;
/// Least columns that a chart is worth drawing in.
const MIN_CHART_COLUMNS: usize = 8;
/// Most columns of a chart: longer bars tell no more.
const MAX_CHART_COLUMNS: usize = 28;

/// With which signs a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    /// None is drawn.
    None,
    /// `#` and `-`.
    Ascii,
    /// Blocks.
    Unicode,
}

/// Units and nouns: articles, quantities, least, median, greatest, in lines of `n_columns` where names allow.
pub fn figures(output: &mut dyn Write, table: &FigureTable, theme: Theme, n_columns: usize) -> io::Result<()> {
    if table.rows.is_empty() {
        return cut(output, 0, table.n_distinct, theme);
    }
    let titles = ["articles", "figures", "least", "median", "greatest"];
    let mut rows = vec![(titles.map(str::to_owned), "", &[][..])];
    for row in &table.rows {
        let cells = [
            thousands(row.n_articles),
            thousands(row.n_figures),
            number(rounded(row.least)),
            number(rounded(row.median)),
            number(rounded(row.greatest)),
        ];
        rows.push((cells, measure_name(&row.measure), row.also.as_slice()));
    }
    let widths: [usize; 5] =
        std::array::from_fn(|at| rows.iter().map(|(cells, ..)| cells[at].width()).max().unwrap_or(0));
    for (at, (cells, name, also)) in rows.iter().enumerate() {
        let cells: Vec<String> = std::iter::zip(cells, widths).map(|(cell, width)| format!("{cell:>width$}")).collect();
        let cells = cells.join("  ");
        if at == 0 {
            writeln!(output, "{}", theme.paint(Role::Faint, cells))?;
        } else {
            let name = for_terminal(name);
            let also = also_named(also, n_columns.saturating_sub(cells.width() + 2 + name.width()));
            writeln!(output, "{cells}  {}{}", theme.paint(Role::Label, name), theme.paint(Role::Faint, also))?;
        }
    }
    cut(output, table.rows.len(), table.n_distinct, theme)
}

/// Nouns of the same meaning, as many as `n_columns` hold, and how many more there are.
fn also_named(nouns: &[String], n_columns: usize) -> String {
    for n_shown in (1..=nouns.len()).rev() {
        let n_more = nouns.len() - n_shown;
        let more = if n_more == 0 { String::new() } else { format!(" and {n_more} more") };
        let also = format!("  (also {}{more})", for_terminal(&nouns[..n_shown].join(", ")));
        if also.width() <= n_columns {
            return also;
        }
    }
    if nouns.is_empty() { String::new() } else { format!("  (+{})", nouns.len()) }
}

/// A value to a thousandth, or to four digits where it is smaller; JSON and CSV have all of it.
fn rounded(value: f64) -> f64 {
    let rounded = if value.abs() < 1.0 { format!("{value:.3e}") } else { format!("{value:.3}") };
    rounded.parse().unwrap_or(value)
}

fn measure_name(measure: &Measure) -> &str {
    match measure {
        Measure::Unit(name) | Measure::Noun(name) => name,
        Measure::Any => "*",
    }
}

fn unit_and_noun(measure: &Measure) -> (Option<&str>, Option<&str>) {
    match measure {
        Measure::Unit(unit) => (Some(unit), None),
        Measure::Noun(noun) => (None, Some(noun)),
        Measure::Any => (None, None),
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
        also: &'a [String],
    }
    for row in &table.rows {
        let (unit, noun) = unit_and_noun(&row.measure);
        let (articles, figures) = (row.n_articles, row.n_figures);
        let (least, median, greatest) = (row.least, row.median, row.greatest);
        let also = row.also.as_slice();
        line(output, &MeasureLine { r#type: "measure", unit, noun, articles, figures, least, median, greatest, also })?;
    }
    Ok(())
}

/// Comma-separated values (RFC 4180) with a header, most articles first.
pub fn figures_csv(output: &mut dyn Write, table: &FigureTable) -> io::Result<()> {
    writeln!(output, "unit,noun,also,articles,figures,least,median,greatest")?;
    for row in &table.rows {
        let (unit, noun) = unit_and_noun(&row.measure);
        let cells = [
            unit.unwrap_or_default().to_owned(),
            noun.unwrap_or_default().to_owned(),
            row.also.join(" "),
            row.n_articles.to_string(),
            row.n_figures.to_string(),
            row.least.to_string(),
            row.median.to_string(),
            row.greatest.to_string(),
        ];
        writeln!(output, "{}", cells.map(|cell| csv_cell(&cell)).join(","))?;
    }
    Ok(())
}

/// A figure over time: a line for each report with a bar, then its sentence.
pub fn track(output: &mut dyn Write, track: &Track, theme: Theme, n_columns: usize, chart: Chart) -> io::Result<()> {
    let greatest = track.points.iter().map(|point| point.in_base().1.abs()).fold(0.0, f64::max);
    let values: Vec<String> = track.points.iter().map(value).collect();
    let width = values.iter().map(|value| value.width()).max().unwrap_or(0);
    let n_chart = (n_columns / 4).clamp(MIN_CHART_COLUMNS, MAX_CHART_COLUMNS);
    for (point, value) in std::iter::zip(&track.points, &values) {
        let date = point.date.map_or_else(|| "undated".to_owned(), |date| date.to_string().chars().take(10).collect());
        let pad = " ".repeat(width - value.width());
        let source = point.source.as_deref().unwrap_or_default();
        let bar = bar(point, greatest, n_chart, chart);
        let copies = match point.copies.len() {
            0 => String::new(),
            n => format!(" and in {} more", n_of(n as u64, "article")),
        };
        let about = format!("{source} {}{copies}", point.id);
        let date = theme.paint(Role::Faint, format!("{date:<10}"));
        let value = theme.paint(Role::Match, for_terminal(value).into_owned());
        let bar = theme.paint(Role::Label, bar);
        let about = theme.paint(Role::Faint, for_terminal(&about).trim().to_owned());
        writeln!(output, "{date}  {pad}{value}  {bar}{about}")?;
        let sentence = clipped(&point.sentence, &point.text);
        writeln!(output, "{}", wrapped(&for_terminal(&sentence), n_columns, "            "))?;
    }
    if !track.points.is_empty() {
        let reports = n_of(track.points.len() as u64, "report");
        let (articles, mentions) = (n_of(track.n_articles, "article"), n_of(track.n_mentions, "mention"));
        let total = format!("{reports} in {articles}, from {mentions}");
        writeln!(output, "{}", theme.paint(Role::Faint, total))?;
    }
    Ok(())
}

/// A sentence, or the part of a very long one around the words of the figure: tables have no sentences.
fn clipped<'t>(sentence: &'t str, figure: &str) -> Cow<'t, str> {
    if sentence.len() <= MAX_SENTENCE_BYTES {
        return Cow::Borrowed(sentence);
    }
    let at = sentence.find(figure).unwrap_or(0);
    let start = sentence.floor_char_boundary(at.saturating_sub(MAX_SENTENCE_BYTES / 2));
    let end = sentence.ceil_char_boundary((at + figure.len() + MAX_SENTENCE_BYTES / 2).min(sentence.len()));
    let (before, after) = (if start > 0 { "… " } else { "" }, if end < sentence.len() { " …" } else { "" });
    Cow::Owned(format!("{before}{}{after}", sentence[start..end].trim()))
}

/// A bar as long as the value: solid to its least, light to its greatest one. All bars of a chart take the same
/// room, so that what follows stands in a column.
fn bar(point: &TrackPoint, greatest: f64, n_columns: usize, chart: Chart) -> String {
    let (solid, light) = match chart {
        Chart::None => return String::new(),
        Chart::Ascii => ('#', '-'),
        Chart::Unicode => ('▇', '░'),
    };
    let columns = |value: f64| {
        let share = if greatest > 0.0 { (value.abs() / greatest).min(1.0) } else { 0.0 };
        (share * n_columns as f64).round() as usize
    };
    let (low, high) = point.in_base();
    let n_all = columns(low).max(columns(high)).max(1);
    let n_solid = if low < high { columns(low).min(n_all) } else { n_all };
    let mut bar: String = std::iter::repeat_n(solid, n_solid).collect();
    bar.extend(std::iter::repeat_n(light, n_all - n_solid));
    bar.extend(std::iter::repeat_n(' ', n_columns + 2 - n_all));
    bar
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
    struct CopyKeys<'a> {
        date: Option<String>,
        source: Option<&'a str>,
        id: &'a str,
        path: &'a str,
        record: Option<u64>,
    }
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
        outcome: Option<&'static str>,
        text: &'a str,
        sentence: &'a str,
        id: &'a str,
        path: &'a str,
        record: Option<u64>,
        title: &'a str,
        source: Option<&'a str>,
        copies: Vec<CopyKeys<'a>>,
    }
    for point in &track.points {
        let copies = point.copies.iter().map(|copy| CopyKeys {
            date: copy.date.map(|date| date.to_string()),
            source: copy.source.as_deref(),
            id: &copy.id,
            path: &copy.origin.path,
            record: copy.origin.record,
        });
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
                outcome: point.outcome.map(Outcome::name),
                text: &point.text,
                sentence: &point.sentence,
                id: &point.id,
                path: &point.origin.path,
                record: point.origin.record,
                title: &point.title,
                source: point.source.as_deref(),
                copies: copies.collect(),
            },
        )?;
    }
    Ok(())
}

/// Comma-separated values (RFC 4180) with a header, by date.
pub fn track_csv(output: &mut dyn Write, track: &Track) -> io::Result<()> {
    writeln!(output, "date,low,high,unit,noun,bound,change,text,sentence,id,source,path,copies,outcome")?;
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
            point.copies.len().to_string(),
            point.outcome.map(Outcome::name).unwrap_or_default().to_owned(),
        ];
        writeln!(output, "{}", cells.map(|cell| csv_cell(&cell)).join(","))?;
    }
    Ok(())
}
