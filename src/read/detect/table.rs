//! Tables of comma-separated cells and their kin, told by a header.

use crate::read::formats::is_known_key;

/// Marks between cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The mark between the cells of a header line; `None` when it has one cell only.
pub(crate) fn delimiter(header: &str, extension: &str) -> Option<u8> {
    let count = |mark: u8| cells(header, mark).len();
    if matches!(extension, "tsv" | "tab") && count(b'\t') > 1 {
        return Some(b'\t');
    }
    let best = DELIMITERS.into_iter().rev().max_by_key(|&mark| count(mark))?;
    (count(best) > 1).then_some(best)
}

/// Whether a text is a table: by its name, else by a header in which columns of an article stand.
pub(super) fn is_table(text: &str, extension: &str) -> bool {
    if matches!(extension, "csv" | "tsv" | "tab") {
        return true;
    }
    if !matches!(extension, "" | "txt" | "dat") {
        return false;
    }
    let mut lines = text.lines();
    let header = lines.next().unwrap_or("");
    let Some(mark) = delimiter(header, extension) else { return false };
    let columns = cells(header, mark);
    let n_known = columns.iter().filter(|cell| is_known_key(cell)).count();
    // "Title, Text" may begin a sentence; a comma more in the next line makes it a table.
    let is_row = |line: &str| line.bytes().filter(|&byte| byte == mark).count() + 1 >= columns.len();
    n_known >= 2 && n_known * 2 >= columns.len() && lines.next().is_some_and(is_row)
}

/// The cells of a line, without quotes.
fn cells(line: &str, mark: u8) -> Vec<&str> {
    line.split(char::from(mark)).map(|cell| cell.trim().trim_matches('"').trim()).collect()
}
