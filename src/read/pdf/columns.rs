//! Which words of a row are one line: what parts columns, and what only parts words.
//!
//! Between columns lies a gutter. A gap without one is a space, however wide it is, in a line that is filled to both
//! edges of its column; elsewhere, a wide gap parts what has nothing to do with each other.

use super::gutter::{FLUSH, Gap, Gutter, MAX_LEADING, MIN_WIDTH, gaps, gutters};
use super::line::Line;

/// A gap beside a gutter above or below it is so many times as wide as the spaces of its own line.
const MIN_STEP: f32 = 1.5;
/// A gap wider than so many sizes is a space only where the lines around it say so,
const WIDE: f32 = 1.0;
/// one that is wider still only in lines that are filled to the edge,
const MAX_SPACE: f32 = 4.0;
/// and one that is as wide as a column of print in none.
const MAX_FILLED_SPACE: f32 = 9.0;
/// Two gaps below each other that share so many sizes are no spaces.
const MIN_REPEATED: f32 = 4.5;
/// The first line of a paragraph begins so many sizes into the column at most.
const MAX_INDENT: f32 = 3.0;
/// Lines that show the edges of a column are so many sizes from the line at most,
const FILLED_REACH: f32 = 6.0;
/// and so many rows.
const N_NEAR: usize = 16;

/// What tells columns of a page apart.
pub(super) struct Columns {
    /// White of each row, from the left, the edges of the page included.
    gaps: Vec<Vec<Gap>>,
    ys: Vec<f32>,
    gutters: Vec<Gutter>,
}

impl Columns {
    /// Finds the columns of rows of words; words of a row are sorted by where they begin.
    pub(super) fn new(rows: &[Vec<Line>]) -> Self {
        let gaps: Vec<Vec<Gap>> = rows.iter().map(|row| gaps(row)).collect();
        let ys: Vec<f32> = rows.iter().map(|row| row[0].y).collect();
        let gutters = gutters(&gaps, &ys);
        Self { gaps, ys, gutters }
    }

    /// Words of a row, by their number, that begin a line of another column than the word before.
    pub(super) fn begins(&self, at: usize, row: &[Line]) -> Vec<usize> {
        let gaps = between(row);
        let usual_space = usual_space(&gaps);
        let mut begins: Vec<usize> = Vec::new();
        let mut first = 0;
        for word in 1..=row.len() {
            let is_end = word == row.len()
                || self.is_gutter(at, gaps[word], usual_space) && !is_label(&row[first..word], gaps[word]);
            if !is_end {
                continue;
            }
            let is_wide = |&word: &usize| gaps[word].width() > WIDE * gaps[word].size();
            let mut wide = (first + 1..word).filter(is_wide).peekable();
            if wide.peek().is_some() {
                let is_filled = self.is_filled(at, &row[first..word]);
                begins.extend(wide.filter(|&word| !self.is_space(at, gaps[word], is_filled)));
            }
            begins.extend((word < row.len()).then_some(word));
            first = word;
        }
        begins
    }

    fn is_gutter(&self, row: usize, gap: Gap, usual_space: f32) -> bool {
        let (y, width, slack) = (self.ys[row], gap.width(), FLUSH * gap.size());
        if width < MIN_WIDTH * gap.size() {
            return false;
        }
        let first = self.gutters.partition_point(|gutter| gutter.left < gap.left - slack);
        self.gutters[first..].iter().take_while(|gutter| gutter.left < gap.right).any(|gutter| {
            let is_here = (gutter.top..=gutter.bottom).contains(&y);
            let begins = (gap.right - gutter.right).abs() <= slack && width >= MIN_STEP * usual_space * gap.size();
            gap.right >= gutter.right - slack && (is_here || begins)
        })
    }

    /// White of a row that reaches into a stretch of it.
    fn around(&self, row: usize, left: f32, right: f32) -> &[Gap] {
        let gaps = &self.gaps[row];
        let first = gaps.partition_point(|gap| gap.right < left);
        let end = gaps.partition_point(|gap| gap.left <= right);
        &gaps[first.min(end)..end]
    }

    /// Rows above or below that are no farther from a row than so much.
    fn near(&self, row: usize, distance: f32) -> impl Iterator<Item = usize> + '_ {
        let is_close = move |other: &usize| (self.ys[*other] - self.ys[row]).abs() <= distance;
        let above = (row.saturating_sub(N_NEAR)..row).rev().take_while(is_close);
        above.chain((row + 1..self.ys.len()).take(N_NEAR).take_while(is_close))
    }

    /// Whether words of a row are a line of a column that is filled to both edges: lines near it begin and end there.
    fn is_filled(&self, row: usize, words: &[Line]) -> bool {
        let (left, size) = (words[0].left, words[0].size);
        let right = words.iter().map(|word| word.right).fold(left, f32::max);
        let slack = FLUSH * size;
        let (mut has_left, mut has_right, mut has_neighbour) = (false, false, false);
        for other in self.near(row, FILLED_REACH * size) {
            let indented = self.around(other, left - MAX_INDENT * size, left + slack).iter();
            has_left |= indented.rev().any(|gap| gap.right <= left + slack);
            has_right |= self.around(other, right - slack, right + slack).iter().any(|gap| gap.left >= right - slack);
            let is_white = self.around(other, left, left).iter().any(|gap| gap.right >= right);
            has_neighbour |= !is_white && (self.ys[other] - self.ys[row]).abs() <= MAX_LEADING * size;
        }
        has_left && has_right && has_neighbour
    }

    /// Whether the line above or below is white at the same place, and goes on where this one does.
    fn is_repeated(&self, row: usize, gap: Gap) -> bool {
        let size = gap.size();
        let is_same =
            |other: &Gap| (other.right - gap.right).abs() <= FLUSH * size && other.shared(&gap) >= MIN_REPEATED * size;
        self.near(row, MAX_LEADING * size).any(|other| self.around(other, gap.left, gap.right).iter().any(is_same))
    }

    /// Whether a wide gap is a space. Where the line is not known to be filled to the edge, the lines above or below
    /// leave no white there.
    fn is_space(&self, row: usize, gap: Gap, is_filled: bool) -> bool {
        let size = gap.size();
        if is_filled {
            return gap.width() <= MAX_FILLED_SPACE * size && !self.is_repeated(row, gap);
        }
        let is_closed = |other: usize| {
            self.around(other, gap.left, gap.right).iter().all(|white| white.shared(&gap) < MIN_WIDTH * size)
        };
        gap.width() <= MAX_SPACE * size && self.near(row, MAX_LEADING * size).any(is_closed)
    }
}

/// Whether words are the number or the mark of an item, which goes with what follows.
fn is_label(words: &[Line], gap: Gap) -> bool {
    let [word] = words else { return false };
    gap.width() <= MAX_SPACE * gap.size() && is_mark_of_item(word.text.trim())
}

/// "1.", "(a)", "•".
pub(super) fn is_mark_of_item(word: &str) -> bool {
    let n_chars = word.chars().count();
    let is_number = (2..=4).contains(&n_chars) && word.ends_with(['.', ')']);
    is_number || n_chars == 1 && !word.contains(char::is_alphanumeric)
}

/// Width of the usual space of a row, as a share of the size; of the narrowest gutter when there is but one.
fn usual_space(gaps: &[Gap]) -> f32 {
    let mut widths: Vec<f32> = gaps.iter().skip(1).map(|gap| gap.width() / gap.size()).collect();
    widths.sort_by(f32::total_cmp);
    if widths.len() < 2 { MIN_WIDTH } else { widths[(widths.len() - 1) / 2] }
}

/// White before each word of a row; of none before the first.
fn between(row: &[Line]) -> Vec<Gap> {
    let mut before: Option<(f32, f32)> = None;
    row.iter()
        .map(|word| {
            let (end, size) = before.unwrap_or((word.left, word.size));
            before = Some(if word.right > end { (word.right, word.size) } else { (end, size) });
            Gap { left: end, right: word.left, before: size, after: word.size }
        })
        .collect()
}
