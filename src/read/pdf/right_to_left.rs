//! Pages that are read from the right: Hebrew, Arabic.
//!
//! They are mirrored, so that all that follows reads them as others. Names and figures in them run the other way, and
//! are turned back.

use super::line::{Glyph, Line, SPACE};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Left,
    Right,
    Figure,
    None,
}

fn direction(c: char) -> Direction {
    match c {
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' if c.is_alphabetic() => {
            Direction::Left
        }
        _ if c.is_numeric() => Direction::Figure,
        _ if c.is_alphabetic() => Direction::Right,
        _ => Direction::None,
    }
}

/// Whether most letters of a page run to the left.
pub(super) fn is_right_to_left<'a>(glyphs: impl Iterator<Item = &'a Glyph>) -> bool {
    let (mut n_left, mut n_right) = (0_usize, 0_usize);
    for c in glyphs.flat_map(|glyph| glyph.text.chars()) {
        n_left += usize::from(direction(c) == Direction::Left);
        n_right += usize::from(direction(c) == Direction::Right);
    }
    n_left > n_right
}

/// Letters of a mirrored page, each a word: in which order they were printed says nothing. Nor do spaces among them.
pub(super) fn mirrored<'a>(glyphs: impl Iterator<Item = &'a Glyph>) -> Vec<Line> {
    let letters = glyphs.filter(|glyph| glyph.text.chars().any(|c| !c.is_control() && !c.is_whitespace()));
    letters
        .map(|glyph| {
            let (left, right) = (-(glyph.x + glyph.width), -glyph.x);
            let text = glyph.text.chars().filter(|c| !c.is_control()).collect();
            Line { left: left.min(right), right: right.max(left), y: glyph.y, size: glyph.size, turn: 0, text }
        })
        .collect()
}

/// Turns back what runs to the right in a line of a mirrored page.
pub(super) fn turn_back(line: &mut [Line]) {
    let of =
        |word: &Line| word.text.chars().map(direction).find(|&of| of != Direction::None).unwrap_or(Direction::None);
    let directions: Vec<Direction> = line.iter().map(of).collect();
    let mut first = 0;
    while first < line.len() {
        if !matches!(directions[first], Direction::Right | Direction::Figure) {
            first += 1;
        } else {
            let length = directions[first..].iter().take_while(|&&direction| direction != Direction::Left).count();
            let run = first..first + length;
            // Names go on over spaces; figures set apart by them follow each other to the left.
            let is_name = directions[run.clone()].contains(&Direction::Right);
            let is_apart = |at: &usize| !is_name && line[*at].left - line[*at - 1].right > SPACE * line[*at].size;
            let end = (run.start + 1..run.end).find(is_apart).unwrap_or(run.end);
            let is_none = |direction: &&Direction| **direction == Direction::None;
            let n_after = directions[run.start..end].iter().rev().take_while(is_none).count();
            reflect(&mut line[run.start..end - n_after]);
            first = end;
        }
    }
    line.sort_by(|a, b| a.left.total_cmp(&b.left));
}

fn reflect(run: &mut [Line]) {
    let left = run.iter().map(|word| word.left).fold(f32::INFINITY, f32::min);
    let right = run.iter().map(|word| word.right).fold(f32::NEG_INFINITY, f32::max);
    for word in run {
        (word.left, word.right) = (left + right - word.right, left + right - word.left);
    }
}
