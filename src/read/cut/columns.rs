//! Which columns of a table put the day first: one date settles it for the column.

use std::sync::Arc;

use crate::read::date::{DayMonthOrder, stated_order};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_date_settles_a_column() {
        let rows = b"03/04/2024,4/25/24,1/2/2024,13/1/2024\n13/04/2024,4/5/24,3/4/2024,1/13/2024\nx\n";
        let expected = [Some(DayMonthOrder::DayFirst), Some(DayMonthOrder::MonthFirst), None, None];
        assert_eq!(*day_month_orders(rows, b','), expected);
    }
}
