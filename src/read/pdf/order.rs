//! The order in which blocks are read.
//!
//! A page is cut where it is white (Nagy and Seth, Hierarchical representation of optically scanned documents, 1984):
//! from side to side above headlines that begin a story, from top to bottom between stories and between columns.
//! Headlines tell which of the cuts comes first, as few of them are as wide as what they stand above: columns that
//! begin below a headline on their left belong to it.

use std::borrow::Borrow;

use super::block::Block;
use super::flow::ends_sentence;
use super::{pairwise, table};

/// A headline is so many times as large as the text, at least.
const MIN_HEAD: f32 = 1.2;
/// Letters stand this share of their size above the baseline, and this share below.
const ASCENT: f32 = 0.7;
const DESCENT: f32 = 0.15;
/// White between columns is this share of the size of the text, at least.
const MIN_CUT: f32 = 0.25;
/// Cuts within cuts; a page of print has ten.
const MAX_DEPTH: usize = 60;

/// Blocks of a page, in the order in which they are read.
pub(super) fn order(blocks: Vec<Block>) -> Vec<Block> {
    let mut page = Page { usual: usual_size(&blocks), ordered: Vec::with_capacity(blocks.len()) };
    page.read(blocks, 0, false);
    page.ordered
}

struct Page {
    /// Size of most of the text.
    usual: f32,
    ordered: Vec<Block>,
}

impl Page {
    /// Reads a part of the page. Below a headline, its columns are of one story.
    fn read(&mut self, part: Vec<Block>, depth: usize, is_below_head: bool) {
        if part.len() < 2 || depth > MAX_DEPTH {
            return self.ordered.extend(pairwise::ordered(part));
        }
        let stories = self.stories(bands(part));
        if stories.len() > 1 {
            return stories.into_iter().for_each(|story| self.read(flat(story), depth + 1, false));
        }
        let bands = flat(stories);
        let n_bands = bands.len();
        let n_heads = bands.iter().take_while(|band| self.is_head_band(band)).count();
        let beside = self.beside(self.strips(flat(bands)));
        if beside.len() > 1 {
            return self.columns(beside, depth, is_below_head);
        }
        let part = flat(beside);
        if n_bands > 1 {
            let mut heads = self::bands(part);
            let is_head_alone = n_heads == 0 || n_heads == n_bands;
            let text = heads.split_off(if is_head_alone { n_bands } else { n_heads });
            heads.into_iter().for_each(|band| self.read(band, depth + 1, is_below_head && is_head_alone));
            return self.read(flat(text), depth + 1, true);
        }
        let strips = self.strips(part);
        if strips.len() > 1 {
            return self.columns(strips, depth, is_below_head);
        }
        self.ordered.extend(pairwise::ordered(flat(strips)));
    }

    /// Reads rows of a table, columns, or stories side by side. Where the text of a column breaks off above the
    /// headline of another story, it goes on in the next column, and that story comes later.
    fn columns(&mut self, columns: Vec<Vec<Block>>, depth: usize, is_below_head: bool) {
        if let Some(rows) = table::rows(&columns) {
            return self.ordered.extend(rows);
        }
        let mut later = Vec::new();
        let last = columns.len() - 1;
        for (at, column) in columns.into_iter().enumerate() {
            let mut stories = self.stories(bands(column));
            if is_below_head && at < last && stories.len() > 1 && breaks_off(&stories[0]) {
                later.extend(flat(flat(stories.split_off(1))));
            }
            self.read(flat(flat(stories)), depth + 1, is_below_head);
        }
        self.read(later, depth + 1, false);
    }

    fn is_head(&self, block: &Block) -> bool {
        is_head(block, self.usual)
    }

    fn is_head_band(&self, band: &[Block]) -> bool {
        band.iter().all(|block| self.is_head(block))
    }

    /// Bands from one headline to the next.
    fn stories(&self, bands: Vec<Vec<Block>>) -> Vec<Vec<Vec<Block>>> {
        let mut stories: Vec<Vec<Vec<Block>>> = Vec::new();
        for band in bands {
            match stories.last_mut() {
                Some(story)
                    if story.last().is_some_and(|last| self.is_head_band(last)) || !self.begins_story(&band) =>
                {
                    story.push(band);
                }
                _ => stories.push(vec![band]),
            }
        }
        stories
    }

    /// Whether the first thing in each column is a headline, or stands below one.
    fn begins_story(&self, band: &[Block]) -> bool {
        let Some(top) = topmost(band) else { return false };
        let strips: Vec<Vec<&Block>> = self.strips(band.iter().collect());
        let mut head_bottom = f32::INFINITY;
        self.is_head(top)
            && strips.iter().filter_map(|strip| topmost(strip)).all(|top| {
                if self.is_head(top) {
                    head_bottom = top.bottom;
                    return true;
                }
                upper(top) >= head_bottom
            })
    }

    /// Parts from top to bottom, with white between that is wide enough for a column.
    fn strips<B: Borrow<Block>>(&self, mut part: Vec<B>) -> Vec<Vec<B>> {
        part.sort_by(|a, b| a.borrow().left.total_cmp(&b.borrow().left));
        let mut strips: Vec<Vec<B>> = Vec::new();
        let mut right = f32::NEG_INFINITY;
        for block in part {
            let (left, end) = (block.borrow().left, block.borrow().right.max(right));
            match strips.last_mut() {
                Some(strip) if left < right + MIN_CUT * self.usual => strip.push(block),
                _ => strips.push(vec![block]),
            }
            right = end;
        }
        strips
    }

    /// Strips, those that begin below the headline of the one before being part of it.
    fn beside(&self, strips: Vec<Vec<Block>>) -> Vec<Vec<Block>> {
        let mut beside: Vec<Vec<Block>> = Vec::new();
        for strip in strips {
            let belongs = beside
                .last()
                .and_then(|left| topmost(left))
                .zip(topmost(&strip))
                .is_some_and(|(head, top)| self.is_head(head) && !self.is_head(top) && upper(top) >= head.bottom);
            match beside.last_mut() {
                Some(left) if belongs => left.extend(strip),
                _ => beside.push(strip),
            }
        }
        beside
    }
}

/// Parts from side to side, with white between.
fn bands(mut part: Vec<Block>) -> Vec<Vec<Block>> {
    part.sort_by(|a, b| upper(a).total_cmp(&upper(b)).then(a.left.total_cmp(&b.left)));
    let mut bands: Vec<Vec<Block>> = Vec::new();
    let mut bottom = f32::NEG_INFINITY;
    for block in part {
        let end = bottom.max(lower(&block));
        match bands.last_mut() {
            Some(band) if upper(&block) < bottom => band.push(block),
            _ => bands.push(vec![block]),
        }
        bottom = end;
    }
    bands
}

fn flat<T>(parts: Vec<Vec<T>>) -> Vec<T> {
    parts.into_iter().flatten().collect()
}

/// Whether the last column of these bands ends within a sentence.
fn breaks_off(bands: &[Vec<Block>]) -> bool {
    let last = bands.last().and_then(|band| band.iter().max_by(|a, b| a.right.total_cmp(&b.right)));
    last.and_then(|block| block.lines.last()).is_some_and(|line| !ends_sentence(&line.text))
}

fn upper(block: &Block) -> f32 {
    block.top - ASCENT * block.size
}

fn lower(block: &Block) -> f32 {
    block.bottom + DESCENT * block.size
}

fn topmost<B: Borrow<Block>>(part: &[B]) -> Option<&Block> {
    part.iter().map(Borrow::borrow).min_by(|a, b| upper(a).total_cmp(&upper(b)))
}

/// Whether a block is a headline, given the size of most of the text.
pub(super) fn is_head(block: &Block, usual: f32) -> bool {
    block.size >= MIN_HEAD * usual && block.lines.iter().any(|line| line.text.contains(char::is_alphabetic))
}

/// Size of most letters.
pub(super) fn usual_size(blocks: &[Block]) -> f32 {
    let n_chars = |block: &Block| block.lines.iter().map(|line| line.text.len()).sum::<usize>();
    let mut sizes: Vec<(f32, usize)> = blocks.iter().map(|block| (block.size, n_chars(block))).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, n)| n).sum::<usize>() / 2;
    let mut n_seen = 0;
    let middle = sizes.iter().find(|(_, n)| {
        n_seen += n;
        n_seen > half
    });
    middle.map_or(0.0, |(size, _)| *size)
}
