//! Tables with a header: each row is a record, its columns known by their names.

use std::borrow::Cow;
use std::collections::HashMap;

use csv::StringRecord;
use serde_json::{Map, Value};

use super::fields::{Fields, is_date_key, is_known_key, is_prose_key, joint_of, mapped_key, plain_key};
use super::{Emit, Records};
use crate::article::{Format, Origin};
use crate::read::date::{DayMonthOrder, begins_numeric, has_thai, parse_date};
use crate::read::decode::decode;
use crate::read::detect::{delimiter, extension};
use crate::read::error::{RejectReason, Rejected};
use crate::read::furniture;
use crate::read::{RawItem, ReadConfig};

/// Columns that are named where no column fits.
const MAX_COLUMNS_NAMED: usize = 12;

/// Reads a run of rows.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: Emit<'_>) {
    let joined = [&item.context.preamble, item.bytes.as_slice()].concat();
    let text = decode(&joined, None);
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or("");
    let mark = delimiter(header, &extension(&item.origin.path)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(mark).from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|name| name.trim().to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    let mut keys: Vec<String> =
        columns.iter().map(|name| mapped_key(name, &config.columns).map_or(name.clone(), str::to_owned)).collect();
    let is_european = translate(&mut keys);
    unite(&mut keys);
    let order = if is_european { DayMonthOrder::DayFirst } else { config.day_month_order };
    let orders = item.context.day_month_orders.clone();
    let is_first = item.origin.record == Some(1);
    if !has_text(&keys) {
        // Said once for the table, not for each row.
        if is_first {
            let mut named: Vec<String> =
                columns.iter().take(MAX_COLUMNS_NAMED).map(|name| format!("`{name}`")).collect();
            if columns.len() > MAX_COLUMNS_NAMED {
                named.push("others".to_owned());
            }
            let reason = RejectReason::NoTextColumn { columns: named.join(", ") };
            emit(Err(Rejected { origin: Origin { record: None, ..item.origin }, reason }));
        }
        return;
    }
    let mut records = Records::new(item, None, emit);
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                records.reject(RejectReason::Damaged { detail: error.to_string() });
                continue;
            }
        };
        // Years of two digits mean others there than the column can tell.
        let is_thai = orders.iter().any(Option::is_some) && row.iter().any(has_thai);
        let mut record = Map::new();
        let Cells { cells, n_surplus } = Cells::of(&row, &keys, mark);
        let cells = keys.iter().zip(&cells).enumerate();
        for (column, (key, cell)) in cells.filter(|(_, (key, cell))| !key.is_empty() && !cell.trim().is_empty()) {
            let settled = orders.get(column).copied().flatten();
            let settled = settled.filter(|_| !is_thai && is_date_key(key) && begins_numeric(cell));
            let date = settled.and_then(|order| parse_date(cell, order));
            let text = date.map_or_else(|| cell.clone().into_owned(), |date| date.to_string());
            match (record.get_mut(key), joint_of(key)) {
                (None, _) => {
                    record.insert(key.clone(), Value::String(text));
                }
                (Some(Value::String(first)), Some(joint)) if *first != text => *first += &format!("{joint}{text}"),
                _ => {}
            }
        }
        let fields = Fields::of(&record);
        let mut draft = fields.draft(order);
        if draft.body.is_empty() {
            draft.body.clone_from(&draft.title);
        } else {
            draft.lead_with(&fields.summary());
        }
        draft.body.truncate(furniture::trim_end(&draft.body).len());
        let origin = records.origin();
        draft.title_from_body(&origin.path);
        let n_columns = keys.len();
        let surplus = RejectReason::SurplusCells { n_cells: n_columns + n_surplus, n_columns };
        let notice = (n_surplus > 0).then(|| Rejected { origin: origin.clone(), reason: surplus });
        records.push(draft.finish(origin, Format::Table));
        notice.into_iter().for_each(|notice| (records.emit)(Err(notice)));
    }
}

/// What stands under the columns of a table, and how many cells stand under none.
struct Cells<'r> {
    cells: Vec<Cow<'r, str>>,
    n_surplus: usize,
}

impl<'r> Cells<'r> {
    /// The cells of a row. Where prose stands in the last column that has a name, what lies behind it was cut off by
    /// marks in a text without quotation marks, and belongs to it.
    fn of(row: &'r StringRecord, keys: &[String], mark: u8) -> Self {
        let mut cells: Vec<Cow<'r, str>> = row.iter().map(Cow::Borrowed).collect();
        let n_filled = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        let last = keys.iter().rposition(|key| !key.is_empty()).unwrap_or(0);
        if n_filled > last + 1 && keys.get(last).is_some_and(|key| is_prose_key(key)) {
            let whole = cells[last..n_filled].join(char::from(mark).encode_utf8(&mut [0; 4]));
            cells.truncate(last);
            cells.push(Cow::Owned(whole));
            return Self { cells, n_surplus: 0 };
        }
        Self { cells, n_surplus: n_filled.saturating_sub(keys.len()) }
    }
}

/// Writes names that differ in case and punctuation alone as the first of them is written.
fn unite(keys: &mut [String]) {
    let mut first: HashMap<String, String> = HashMap::new();
    for key in keys.iter_mut().filter(|key| !plain_key(key).is_empty()) {
        let known = first.entry(plain_key(key)).or_insert_with(|| key.clone());
        key.clone_from(known);
    }
}

/// What columns are called in German, French, Spanish, Italian, Portuguese and Dutch, and the key for it. The words
/// stand without spaces and marks.
const TRANSLATED: &[(&str, &[&str])] = &[
    ("title", &["titel", "überschrift", "schlagzeile", "titre", "título", "titulo", "titolo", "titular", "kop"]),
    (
        "text",
        &["texte", "texto", "testo", "tekst", "inhalt", "volltext", "artikeltext", "contenu", "contenido", "cuerpo"],
    ),
    (
        "date",
        &["datum", "erscheinungsdatum", "veröffentlicht", "datedepublication", "fecha", "data", "datadipubblicazione"],
    ),
    ("author", &["autor", "autorin", "autoren", "verfasser", "auteur", "auteurs", "autores", "autore", "autori"]),
    ("source", &["quelle", "zeitung", "fuente", "fonte", "bron", "krant"]),
    ("section", &["ressort", "rubrik", "rubrique", "sección", "seccion", "sezione", "seção", "rubriek"]),
    ("url", &["lien", "enlace"]),
    ("language", &["sprache", "langue", "idioma", "lingua", "taal"]),
    (
        "tags",
        &["schlagwörter", "schlagworte", "stichwörter", "motsclés", "palabrasclave", "parolechiave", "trefwoorden"],
    ),
    ("summary", &["zusammenfassung", "vorspann", "résumé", "resumen", "sommario", "resumo", "samenvatting"]),
];

/// Names columns of European spreadsheets as they are known, unless another column bears that name; whether any
/// was.
fn translate(keys: &mut [String]) -> bool {
    let plain =
        |key: &str| key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let mut is_european = false;
    let known = |key: &String| {
        let name = plain(key);
        TRANSLATED.iter().find(|(_, words)| words.contains(&name.as_str())).map(|(known, _)| *known)
    };
    // English has these words too, for something else.
    let is_english = |key: &&String| matches!(plain(key).as_str(), "data" | "lien");
    if !keys.iter().any(|key| known(key).is_some() && !is_english(&key)) {
        return false;
    }
    for at in 0..keys.len() {
        let known = known(&keys[at]);
        if let Some(known) = known.filter(|_| !is_known_key(&keys[at]))
            && !keys.iter().any(|key| plain(key) == known)
        {
            known.clone_into(&mut keys[at]);
            is_european = true;
        }
    }
    is_european
}

/// Whether some column holds text or at least headlines.
fn has_text(keys: &[String]) -> bool {
    let record: Map<String, Value> = keys.iter().map(|key| (key.clone(), Value::String("x".to_owned()))).collect();
    let fields = Fields::of(&record);
    fields.has_text() || fields.has_title()
}
