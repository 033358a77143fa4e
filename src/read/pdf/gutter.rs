//! Gutters: the white between columns.
//!
//! One gap does not show what it is: the space in a line filled to the edge may be wider than the white between two
//! columns. What lies above and below does: a gutter stays white over many lines at one place, and lines begin or end
//! along it. This looks for white rectangles, as Breuel (Two geometric algorithms for layout analysis, 2002) does,
//! with one sweep down the page.

use super::block::is_near;
use super::line::Line;

/// White from one word to the next on the same baseline, or to the edge of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gap {
    pub(super) left: f32,
    pub(super) right: f32,
    /// Sizes of the words before and after it; none at the edges of the page.
    pub(super) before: f32,
    pub(super) after: f32,
}

/// White between two columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gutter {
    pub(super) left: f32,
    pub(super) right: f32,
    /// Baselines of the first and the last line along it.
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// Narrower white, as a share of the size, is a space.
pub(super) const MIN_WIDTH: f32 = 0.5;
/// Lines begin and end along a gutter within this share of the size.
pub(super) const FLUSH: f32 = 0.2;
/// Baselines of neighbours are at most so many sizes apart.
pub(super) const MAX_LEADING: f32 = 1.75;
/// Spaces of typewriters are narrower than this share of the size, and lie below each other by chance.
const SURE_WIDTH: f32 = 0.75;
/// White of so many sizes is no space where it lies below others, wherever lines begin and end.
const MIN_WIDE: f32 = 2.5;
/// Lines that end farther from it than so many sizes say nothing about it.
const MAX_DISTANCE: f32 = 5.0;
/// Share of the lines beside a gutter that begin along it, or end along it.
const MIN_FLUSH: f32 = 0.6;
/// Share of white that text above or below it covers where it ends in the midst of text.
const MIN_CLOSED: f32 = 0.4;
/// Lines along a gutter, at least, where none of its ends lies in the midst of text, one, and both. By chance, spaces
/// of three lines in a thousand lie below each other: so many are enough where lines begin and end along it,
const MIN_ROWS: [usize; 3] = [3, 6, 12];
/// so many where they only begin or only end along it,
const MIN_RAGGED_ROWS: [usize; 3] = [5, 10, 14];
/// so many where they do neither,
const MIN_LOOSE_ROWS: usize = 14;
/// and so many where it is narrow.
const MIN_NARROW_ROWS: usize = 8;
/// White rectangles that are followed at once, steps that are taken for all of them, and gutters: pages of print stay
/// far below.
const MAX_OPEN: usize = 2000;
const MAX_STEPS: usize = 8_000_000;
const MAX_GUTTERS: usize = 1000;

impl Gap {
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// The larger of the sizes beside it; none at the edges of the page.
    pub(super) fn size(&self) -> f32 {
        if self.before > 0.0 && self.after > 0.0 { self.before.max(self.after) } else { 0.0 }
    }

    /// How much of another is white here too.
    pub(super) fn shared(&self, other: &Gap) -> f32 {
        self.right.min(other.right) - self.left.max(other.left)
    }
}

/// White of a row of words, from the left, the edges of the page included.
pub(super) fn gaps(row: &[Line]) -> Vec<Gap> {
    let mut gaps = Vec::with_capacity(row.len() + 1);
    let (mut end, mut size) = (f32::NEG_INFINITY, 0.0);
    for word in row {
        if word.left > end {
            gaps.push(Gap { left: end, right: word.left, before: size, after: word.size });
        }
        if word.right > end {
            (end, size) = (word.right, word.size);
        }
    }
    gaps.push(Gap { left: end, right: f32::INFINITY, before: size, after: 0.0 });
    gaps
}

/// Gutters of a page from the left, given the white and the baseline of each of its rows.
pub(super) fn gutters(gaps: &[Vec<Gap>], ys: &[f32]) -> Vec<Gutter> {
    let mut search = Search { gaps, ys, n_steps: 0, gutters: Vec::new() };
    search.sweep();
    search.gutters.sort_by(|a, b| a.left.total_cmp(&b.left));
    search.gutters
}

/// A white rectangle, from a row on.
#[derive(Clone, Copy)]
struct River {
    left: f32,
    right: f32,
    first_row: usize,
}

struct Search<'a> {
    gaps: &'a [Vec<Gap>],
    ys: &'a [f32],
    n_steps: usize,
    gutters: Vec<Gutter>,
}

impl Search<'_> {
    fn sweep(&mut self) {
        let mut open: Vec<River> = Vec::new();
        for (at, row) in self.gaps.iter().enumerate() {
            let is_open = |gap: &&Gap| gap.width() >= MIN_WIDTH * gap.size();
            let row: Vec<Gap> = row.iter().filter(is_open).copied().collect();
            let mut next: Vec<River> = Vec::new();
            for river in open {
                let first = row.partition_point(|gap| gap.right <= river.left);
                let mut is_whole = false;
                for gap in row[first..].iter().take_while(|gap| gap.left < river.right) {
                    let (left, right) = (river.left.max(gap.left), river.right.min(gap.right));
                    if right - left >= MIN_WIDTH * gap.size() {
                        is_whole |= left <= river.left && right >= river.right;
                        next.push(River { left, right, ..river });
                    }
                    self.n_steps += 1;
                }
                self.n_steps += 1;
                if self.n_steps > MAX_STEPS || self.gutters.len() >= MAX_GUTTERS {
                    return;
                }
                if !is_whole {
                    self.close(river, at);
                }
            }
            next.extend(row.iter().map(|gap| River { left: gap.left, right: gap.right, first_row: at }));
            open = without_contained(next);
        }
        open.into_iter().for_each(|river| self.close(river, self.gaps.len()));
    }

    /// Ends a rectangle above the row `end`: it is a gutter when enough lines stand along it.
    fn close(&mut self, river: River, end: usize) {
        let n_rows = end - river.first_row;
        if n_rows < MIN_ROWS[0] || !(river.right - river.left).is_finite() || self.n_steps > MAX_STEPS {
            return;
        }
        self.n_steps += n_rows;
        let (mut before, mut after, mut wide) = (Side::default(), Side::default(), Side::default());
        for row in river.first_row..end {
            let at = self.gaps[row].partition_point(|gap| gap.right < river.right);
            let gap = self.gaps[row][at];
            before.add(row, river.left - gap.left, gap.before);
            after.add(row, gap.right - river.right, gap.after);
            if river.right - river.left >= MIN_WIDE * gap.size() {
                wide.add(row, 0.0, gap.size());
            }
        }
        let n = before.n.min(after.n);
        if n.max(wide.n) < MIN_ROWS[0] {
            return;
        }
        let sides = [&before, &after, &wide];
        let first = sides.iter().map(|side| side.first).min().unwrap_or(river.first_row);
        let last = sides.iter().map(|side| side.last).max().unwrap_or(river.first_row);
        let n_lines = (before.n + after.n + wide.n) as f32;
        let size = sides.iter().map(|side| side.sizes).sum::<f32>() / n_lines;
        let n_closed = usize::from(river.first_row > 0 && self.is_closed(river, river.first_row - 1, first, size))
            + usize::from(end < self.gaps.len() && self.is_closed(river, end, last, size));
        let needed = match (before.is_flush(), after.is_flush()) {
            (true, true) => MIN_ROWS[n_closed],
            (false, false) => MIN_LOOSE_ROWS,
            _ => MIN_RAGGED_ROWS[n_closed],
        };
        let is_sure = river.right - river.left >= SURE_WIDTH * size;
        if n >= needed && (is_sure || n >= MIN_NARROW_ROWS) || wide.n >= MIN_ROWS[n_closed] {
            self.gutters.push(Gutter {
                left: river.left,
                right: river.right,
                top: self.ys[first],
                bottom: self.ys[last],
            });
        }
    }

    /// Whether a row ends a rectangle in the midst of text: it is of the same size, and next to a row along it.
    fn is_closed(&self, river: River, row: usize, next: usize, size: f32) -> bool {
        let gaps = &self.gaps[row];
        let white = Gap { left: river.left, right: river.right, before: 0.0, after: 0.0 };
        let is_white = gaps.iter().any(|gap| gap.shared(&white) > (1.0 - MIN_CLOSED) * white.width());
        let before = gaps.partition_point(|gap| gap.right <= river.left).saturating_sub(1);
        !is_white && is_near(gaps[before].after, size) && (self.ys[row] - self.ys[next]).abs() <= MAX_LEADING * size
    }
}

/// Leaves out rectangles within others that begin as high.
fn without_contained(mut rivers: Vec<River>) -> Vec<River> {
    /// Rectangles around one place.
    const N_COMPARED: usize = 24;
    rivers.sort_by(|a, b| {
        a.left.total_cmp(&b.left).then(b.right.total_cmp(&a.right)).then(a.first_row.cmp(&b.first_row))
    });
    let mut kept: Vec<River> = Vec::new();
    for river in rivers {
        let contains = |other: &River| other.right >= river.right && other.first_row <= river.first_row;
        if kept.len() < MAX_OPEN && !kept.iter().rev().take(N_COMPARED).any(contains) {
            kept.push(river);
        }
    }
    kept
}

/// Lines along one side of a white rectangle.
struct Side {
    n: usize,
    n_flush: usize,
    sizes: f32,
    first: usize,
    last: usize,
}

impl Default for Side {
    fn default() -> Self {
        Self { n: 0, n_flush: 0, sizes: 0.0, first: usize::MAX, last: 0 }
    }
}

impl Side {
    /// Adds a line that ends so far from the rectangle.
    fn add(&mut self, row: usize, distance: f32, size: f32) {
        if size > 0.0 && distance <= MAX_DISTANCE * size {
            self.n += 1;
            self.n_flush += usize::from(distance <= FLUSH * size);
            self.sizes += size;
            self.first = self.first.min(row);
            self.last = self.last.max(row);
        }
    }

    fn is_flush(&self) -> bool {
        self.n_flush as f32 >= MIN_FLUSH * self.n as f32
    }
}
