//! What the first rows of a table tell of its columns: which put the day first, which hold prose.

use std::sync::Arc;

use crate::read::date::{DayMonthOrder, stated_order};
use crate::read::prose::n_words_of_text;

/// Cells with a longer text hold more than a date.
const MAX_DATE_BYTES: usize = 40;

/// For each column of `rows`, the order that its numeric dates are written in; `None` where no date tells, or where
/// they contradict each other.
pub(super) fn day_month_orders(rows: &[u8], mark: u8) -> Arc<[Option<DayMonthOrder>]> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(mark).from_reader(rows);
    let mut columns: Vec<Vec<DayMonthOrder>> = Vec::new();
    let mut row = csv::ByteRecord::new();
    while matches!(reader.read_byte_record(&mut row), Ok(true)) {
        columns.resize(columns.len().max(row.len()), Vec::new());
        for (column, cell) in columns.iter_mut().zip(row.iter()).filter(|(_, cell)| cell.len() <= MAX_DATE_BYTES) {
            if let Some(order) = std::str::from_utf8(cell).ok().and_then(stated_order)
                && !column.contains(&order)
            {
                column.push(order);
            }
        }
    }
    let only = |orders: &Vec<DayMonthOrder>| if let [order] = orders[..] { Some(order) } else { None };
    columns.iter().map(only).collect()
}

/// Rows that tell which columns hold prose.
const MAX_ROWS_COUNTED: usize = 200;

/// For each column of `rows`, how many words stand in the middle one of its first cells, by their number of words.
pub(super) fn words_of_columns(rows: &[u8], mark: u8) -> Arc<[usize]> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(mark).from_reader(rows);
    let mut columns: Vec<Vec<usize>> = Vec::new();
    let mut row = csv::ByteRecord::new();
    for n_rows in 0..MAX_ROWS_COUNTED {
        if !matches!(reader.read_byte_record(&mut row), Ok(true)) {
            break;
        }
        columns.resize(columns.len().max(row.len()), vec![0; n_rows]);
        for (at, column) in columns.iter_mut().enumerate() {
            column.push(row.get(at).map_or(0, |cell| n_words_of_text(&String::from_utf8_lossy(cell))));
        }
    }
    columns.iter_mut().map(|words| middle(words)).collect()
}

fn middle(numbers: &mut [usize]) -> usize {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_date_settles_a_column() {
        let rows = b"03/04/2024,4/25/24,1/2/2024,13/1/2024\n13/04/2024,4/5/24,3/4/2024,1/13/2024\nx\n";
        let expected = [Some(DayMonthOrder::DayFirst), Some(DayMonthOrder::MonthFirst), None, None];
        assert_eq!(*day_month_orders(rows, b','), expected);
    }

    #[test]
    fn the_middle_cell_tells_how_long_a_column_is() {
        let rows = "a,one two three,\nb,one,水面上升了很多\nc,one two,\nd e f g h\n";
        assert_eq!(*words_of_columns(rows.as_bytes(), b','), [1, 2, 0]);
        assert_eq!(*words_of_columns("水面上升了很多\n".as_bytes(), b','), [4]);
    }
}
