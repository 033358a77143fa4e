//! The order of blocks that stand in no clear columns, from pairs of them.
//!
//! It is Breuel's (High performance document layout analysis, 2003): of two blocks, one above the other in the same
//! column comes first; of two columns the left one, unless something that spans both stands between.

use super::block::Block;

/// More blocks are no page of text, and stay in the order in which they were printed.
const MAX_ORDERED: usize = 600;

/// Blocks in the order in which they are read.
pub(super) fn ordered(mut blocks: Vec<Block>) -> Vec<Block> {
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
