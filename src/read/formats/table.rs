//! Tables with a header: each row is a record, its columns known by their names.

use serde_json::{Map, Value};

use super::fields::{Fields, mapped_key};
use super::{Emit, Records};
use crate::article::{Format, Origin};
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
    let keys: Vec<String> =
        columns.iter().map(|name| mapped_key(name, &config.columns).map_or(name.clone(), str::to_owned)).collect();
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
        let mut record = Map::new();
        for (key, cell) in keys.iter().zip(row.iter()).filter(|(key, cell)| !key.is_empty() && !cell.trim().is_empty())
        {
            record.entry(key.clone()).or_insert_with(|| Value::String(cell.to_owned()));
        }
        let fields = Fields::of(&record);
        let mut draft = fields.draft(config.day_month_order);
        if draft.body.is_empty() {
            draft.body.clone_from(&draft.title);
        } else {
            draft.lead_with(&fields.summary());
        }
        draft.body.truncate(furniture::trim_end(&draft.body).len());
        let origin = records.origin();
        draft.title_from_body(&origin.path);
        records.push(draft.finish(origin, Format::Table));
    }
}

/// Whether some column holds text or at least headlines.
fn has_text(keys: &[String]) -> bool {
    let record: Map<String, Value> = keys.iter().map(|key| (key.clone(), Value::String("x".to_owned()))).collect();
    let fields = Fields::of(&record);
    fields.has_text() || fields.has_title()
}
