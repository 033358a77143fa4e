//! Tables: columns of cells, which are read row by row.
//!
//! Lines of running text fill their column; cells do not, or are figures, and stand on the baseline of others.

use super::block::Block;
use super::line::Line;

/// Baselines of a row are this share of the size apart at most.
const ROW: f32 = 0.35;
/// A table has so many rows,
const MIN_ROWS: usize = 3;
/// and so many when its cells are words: addresses stand side by side too.
const MIN_WORDY_ROWS: usize = 4;
/// Share of the cells of a column that stand beside others.
const MIN_SHARED: f32 = 0.8;
/// Share of the rows that may have two lines in one column: headers are wide.
const MAX_DOUBLE: f32 = 0.125;
/// Cells have so many words, most of them.
const MAX_WORDS: usize = 3;
/// Lines of running text are this share of the width of their column, taken together.
const MAX_FILL: f32 = 0.75;

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Text,
    Words,
    /// Figures, or names of what stands beside them.
    Keys,
}

/// Rows of a table, as a block each; `None` where these columns are none.
pub(super) fn rows(columns: &[Vec<Block>]) -> Option<Vec<Block>> {
    let contents: Vec<Content> = columns.iter().map(|column| content(column)).collect();
    let n_text = contents.iter().filter(|&&content| content == Content::Text).count();
    if columns.len() < 2 || n_text > 1 {
        return None;
    }
    let mut lines: Vec<(usize, &Line)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        lines.extend(column.iter().flat_map(|block| &block.lines).map(|line| (at, line)));
    }
    lines.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    let mut rows: Vec<Vec<(usize, &Line)>> = Vec::new();
    for (at, line) in lines {
        match rows.last_mut() {
            Some(row) if line.y - row[0].1.y <= ROW * line.size => row.push((at, line)),
            _ => rows.push(vec![(at, line)]),
        }
    }
    let n_double = n_double(&rows, columns.len());
    if n_double as f32 > MAX_DOUBLE * rows.len() as f32 {
        return None;
    }
    let is_shared = |row: &[(usize, &Line)]| row.iter().any(|(at, _)| *at != row[0].0);
    let n_shared = rows.iter().filter(|row| is_shared(row)).count();
    let fewest = if contents.contains(&Content::Keys) { MIN_ROWS } else { MIN_WORDY_ROWS };
    let stand_beside = |column: usize| {
        let has = |row: &&Vec<(usize, &Line)>| row.iter().any(|(at, _)| *at == column);
        let n = rows.iter().filter(has).count();
        rows.iter().filter(has).filter(|row| is_shared(row)).count() as f32 >= MIN_SHARED * n as f32
    };
    let is_table = n_shared >= fewest
        && (0..columns.len()).all(|column| contents[column] == Content::Text || stand_beside(column));
    is_table.then(|| joined(rows, columns.len()))
}

/// Rows that have two lines in one column.
fn n_double(rows: &[Vec<(usize, &Line)>], n_columns: usize) -> usize {
    let mut last_row = vec![usize::MAX; n_columns];
    let mut is_double = |(at, row): (usize, &Vec<(usize, &Line)>)| {
        row.iter().filter(|(column, _)| std::mem::replace(&mut last_row[*column], at) == at).count() > 0
    };
    rows.iter().enumerate().filter(|&row| is_double(row)).count()
}

fn content(column: &[Block]) -> Content {
    let left = column.iter().map(|block| block.left).fold(f32::INFINITY, f32::min);
    let right = column.iter().map(|block| block.right).fold(f32::NEG_INFINITY, f32::max);
    let lines = || column.iter().flat_map(|block| &block.lines);
    let n_lines = lines().count();
    let n_keys = lines().filter(|line| is_key(&line.text)).count();
    if n_keys * 2 > n_lines {
        return Content::Keys;
    }
    let n_short = lines().filter(|line| line.text.split_whitespace().count() <= MAX_WORDS).count();
    // Lines of running text begin in the midst of a sentence.
    let n_low = lines().filter(|line| line.text.starts_with(char::is_lowercase)).count();
    let fill = lines().map(|line| line.right - line.left).sum::<f32>() / (n_lines as f32 * (right - left));
    if n_short * 2 > n_lines && n_low * 2 < n_lines && fill < MAX_FILL { Content::Words } else { Content::Text }
}

/// "1,234.50", "12 %", "–", "Source:".
fn is_key(text: &str) -> bool {
    let n_letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let n_digits = text.chars().filter(char::is_ascii_digit).count();
    n_letters == 0 || n_digits > n_letters || text.ends_with(':') && text.split_whitespace().count() <= MAX_WORDS
}

/// A block of each row; what stands on no row of its own is the rest of the one above.
fn joined(rows: Vec<Vec<(usize, &Line)>>, n_columns: usize) -> Vec<Block> {
    // A key and its value are one line of text.
    let between = if n_columns > 2 { " | " } else { " " };
    let mut blocks: Vec<Block> = Vec::new();
    for mut row in rows {
        row.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.left.total_cmp(&b.1.left)));
        let is_alone = row.iter().all(|(at, _)| *at == row[0].0);
        let texts: Vec<&str> = row.iter().map(|(_, line)| line.text.as_str()).collect();
        let ends = row.iter().map(|(_, line)| line.right);
        let line =
            Line { right: ends.fold(f32::NEG_INFINITY, f32::max), text: texts.join(between), ..row[0].1.clone() };
        match blocks.last_mut() {
            Some(block) if is_alone => block.push(line),
            _ => blocks.push(Block::new(line)),
        }
    }
    blocks
}
