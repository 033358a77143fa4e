//! Lines become blocks, and blocks get the order in which they are read.
//!
//! The order is Breuel's (High performance document layout analysis, 2003): of two blocks, one above the
//! other in the same column comes first; of two columns the left one, unless something that spans both
//! stands between.

use super::line::Line;

/// Lines one below the other, of one size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) left: f32,
    pub(super) right: f32,
    /// Baselines of its first and last line.
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) size: f32,
    pub(super) lines: Vec<Line>,
}

/// Baselines of a block are at most so many sizes apart.
const MAX_LEADING: f32 = 1.75;
/// Sizes of a block differ by at most this share.
const SAME_SIZE: f32 = 0.12;
/// Lines of a block begin within so many sizes of each other, where they are not in the middle.
const MAX_INDENT: f32 = 3.0;
/// Share of the narrower of two that lies over the other, for them to be in one column.
const MIN_OVERLAP: f32 = 0.3;
/// Baselines of a row are this share of the size apart at most,
const ROW: f32 = 0.5;
/// and so many sizes from whatever stands below.
const APART: f32 = 1.5;
/// A page of more blocks is no page of text, and stays in the order in which it was printed.
const MAX_ORDERED: usize = 1500;

impl Block {
    fn new(line: Line) -> Self {
        let Line { left, right, y, size, .. } = line;
        Self { left, right, top: y, bottom: y, size, lines: vec![line] }
    }

    fn takes(&self, line: &Line) -> bool {
        let last = &self.lines[self.lines.len() - 1];
        let leading = (line.y - self.bottom) / self.size;
        let is_centred = ((line.left + line.right) - (last.left + last.right)).abs() < self.size;
        let is_aligned = (line.left - self.left).abs() <= MAX_INDENT * self.size;
        line.turn == last.turn
            && leading > 0.0
            && leading <= MAX_LEADING
            && is_near(self.size, line.size)
            && line.left < self.right
            && line.right > self.left
            && (is_aligned || is_centred)
    }

    fn push(&mut self, line: Line) {
        self.left = self.left.min(line.left);
        self.right = self.right.max(line.right);
        self.bottom = line.y;
        self.lines.push(line);
    }

    fn is_over(&self, other: &Block) -> bool {
        let shared = self.right.min(other.right) - self.left.max(other.left);
        shared > MIN_OVERLAP * (self.right - self.left).min(other.right - other.left)
    }

    fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    fn middle_x(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }

    /// Text of its lines, one below the other.
    pub(super) fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Whether two sizes are one.
pub(super) fn is_near(size: f32, other: f32) -> bool {
    (size - other).abs() <= SAME_SIZE * size.max(other)
}

/// Blocks of a page, in the order in which they are read.
pub(super) fn in_reading_order(mut lines: Vec<Line>) -> Vec<Block> {
    let n_upright = lines.iter().take_while(|line| line.turn == 0).count();
    let turned = blocks(lines.split_off(n_upright));
    let mut upright = blocks(lines);
    let mut ordered = top_row(&mut upright);
    ordered.extend(order(upright));
    ordered.extend(turned);
    ordered
}

fn blocks(lines: Vec<Line>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines {
        // The nearest above; of two columns that both could take it, the one it is aligned with.
        let above = blocks.iter_mut().filter(|block| block.takes(&line));
        let nearest = above.min_by(|a, b| {
            let distance = |block: &Block| (line.y - block.bottom) + (line.left - block.left).abs();
            distance(a).total_cmp(&distance(b))
        });
        match nearest {
            Some(block) => block.push(line),
            None => blocks.push(Block::new(line)),
        }
    }
    blocks
}

/// Takes the row of single lines off the top of a page, where one stands apart: name of the paper on the left,
/// day on the right, which no column owns.
fn top_row(blocks: &mut Vec<Block>) -> Vec<Block> {
    let top = blocks.iter().map(|block| block.top).fold(f32::INFINITY, f32::min);
    let is_in_row = |block: &Block| block.top - top <= ROW * block.size;
    let is_apart = blocks
        .iter()
        .all(|block| if is_in_row(block) { block.lines.len() == 1 } else { block.top - top > APART * block.size });
    if !is_apart {
        return Vec::new();
    }
    let (mut row, rest): (Vec<Block>, Vec<Block>) = std::mem::take(blocks).into_iter().partition(is_in_row);
    *blocks = rest;
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    row
}

fn order(mut blocks: Vec<Block>) -> Vec<Block> {
    if blocks.len() > MAX_ORDERED {
        return blocks;
    }
    blocks.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    let mut state = vec![State::New; blocks.len()];
    let mut ordered = Vec::with_capacity(blocks.len());
    // A block may wait for many others: the way to it is a list, not the stack of calls.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..blocks.len() {
        path.extend((state[start] == State::New).then_some((start, 0)));
        while let Some((at, next)) = path.pop() {
            state[at] = State::Open;
            let waits_for = (next..blocks.len())
                .find(|&other| state[other] == State::New && other != at && is_before(&blocks, other, at));
            if let Some(other) = waits_for {
                path.push((at, other + 1));
                path.push((other, 0));
            } else {
                state[at] = State::Done;
                ordered.push(at);
            }
        }
    }
    let mut blocks: Vec<Option<Block>> = blocks.into_iter().map(Some).collect();
    ordered.into_iter().filter_map(|at| blocks[at].take()).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

fn is_before(blocks: &[Block], first: usize, second: usize) -> bool {
    let (a, b) = (&blocks[first], &blocks[second]);
    if a.is_over(b) {
        return a.middle() < b.middle();
    }
    let is_left = a.middle_x() < b.middle_x();
    let between = a.middle().min(b.middle())..a.middle().max(b.middle());
    is_left && !blocks.iter().any(|c| between.contains(&c.middle()) && c.is_over(a) && c.is_over(b))
}
