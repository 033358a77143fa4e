//! Lines become blocks.

use super::line::Line;
use super::order;

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

impl Block {
    pub(super) fn new(line: Line) -> Self {
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

    pub(super) fn push(&mut self, line: Line) {
        self.left = self.left.min(line.left);
        self.right = self.right.max(line.right);
        self.bottom = line.y;
        self.lines.push(line);
    }

    /// Whether two are in one column.
    pub(super) fn is_over(&self, other: &Block) -> bool {
        let shared = self.right.min(other.right) - self.left.max(other.left);
        shared > MIN_OVERLAP * (self.right - self.left).min(other.right - other.left)
    }

    pub(super) fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    pub(super) fn middle_x(&self) -> f32 {
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
    ordered.extend(order::order(upright));
    ordered.extend(turned);
    ordered
}

fn blocks(lines: Vec<Line>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Those that are not yet too far above.
    let mut open: Vec<usize> = Vec::new();
    for line in lines {
        open.retain(|&at| line.y - blocks[at].bottom <= MAX_LEADING * blocks[at].size);
        // The nearest above; of two columns that both could take it, the one it is aligned with.
        let above = open.iter().copied().filter(|&at| blocks[at].takes(&line));
        let nearest = above.min_by(|&a, &b| {
            let distance = |at: usize| (line.y - blocks[at].bottom) + (line.left - blocks[at].left).abs();
            distance(a).total_cmp(&distance(b))
        });
        match nearest {
            Some(at) => blocks[at].push(line),
            None => {
                open.push(blocks.len());
                blocks.push(Block::new(line));
            }
        }
    }
    blocks
}

/// Takes the row of single lines off the top of a page, where one stands apart: name of the paper on the left,
/// day on the right, which no column owns.
fn top_row(blocks: &mut Vec<Block>) -> Vec<Block> {
    let usual = order::usual_size(blocks);
    let top = blocks.iter().map(|block| block.top).fold(f32::INFINITY, f32::min);
    let is_in_row = |block: &Block| block.top - top <= ROW * block.size;
    // Headlines side by side each belong to what stands below them.
    if blocks.iter().filter(|block| is_in_row(block)).all(|block| order::is_head(block, usual)) {
        return Vec::new();
    }
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
