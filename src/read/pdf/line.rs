//! Letters become words, words become lines.

use super::columns::Columns;
use super::right_to_left;

/// A letter, or the letters that one shape stands for, and where it stands.
///
/// All lengths are in points (1/72 inch); x runs along the line, y from line to line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// Where it begins.
    pub(super) x: f32,
    /// Its baseline.
    pub(super) y: f32,
    pub(super) width: f32,
    /// Size of its font.
    pub(super) size: f32,
    /// By how many quarters the text is turned on the page.
    pub(super) turn: u8,
    pub(super) text: String,
}

/// Letters side by side on one baseline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Left and right end.
    pub(super) left: f32,
    pub(super) right: f32,
    /// Baseline.
    pub(super) y: f32,
    pub(super) size: f32,
    /// By how many quarters it is turned against most of the page.
    pub(super) turn: u8,
    pub(super) text: String,
}

/// A gap of this share of the size is a space. Spaces are a fifth of it at least, letters apart a tenth at most.
pub(super) const SPACE: f32 = 0.13;
/// Letters back by this share of the size are kerned, or printed twice for boldness.
const OVERLAP: f32 = 0.6;
/// Baselines this share of the size apart are one: small capitals, raised letters.
const SAME_BASELINE: f32 = 0.3;
/// The larger of two sizes on one line, against the smaller: figures of notes are small.
const MAX_SIZE_RATIO: f32 = 2.0;
/// A first letter of so many times the size is as high as several lines.
const DROP_CAP: f32 = 1.8;

/// Lines of a page. Those turned against most of the page come last.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut counts = [0_usize; 4];
    for glyph in glyphs {
        counts[usize::from(glyph.turn % 4)] += 1;
    }
    let most = (0..4_u8).max_by_key(|&turn| (counts[usize::from(turn)], 3 - turn)).unwrap_or(0);
    let mut lines = Vec::new();
    for further in 0..4 {
        let turn = (most + further) % 4;
        let of_turn = || glyphs.iter().filter(|glyph| glyph.turn % 4 == turn);
        let is_mirrored = right_to_left::is_right_to_left(of_turn());
        let words = if is_mirrored { right_to_left::mirrored(of_turn()) } else { words(of_turn()) };
        lines.extend(joined(words, is_mirrored).into_iter().map(|line| Line { turn: further, ..line }));
    }
    lines
}

/// What was printed without a step aside or a space. Words before which a space was printed begin with it.
fn words<'a>(glyphs: impl Iterator<Item = &'a Glyph>) -> Vec<Line> {
    let mut words: Vec<Line> = Vec::new();
    let mut is_after_space = false;
    for glyph in glyphs {
        let text: String = glyph.text.chars().filter(|c| !c.is_control()).flat_map(unbound).collect();
        if text.is_empty() {
            continue;
        }
        let is_space = text.trim().is_empty();
        if let Some(word) = words.last_mut().filter(|_| !is_after_space && !is_space)
            && is_same_line(word, glyph.y, glyph.size)
            && (-OVERLAP..=SPACE).contains(&((glyph.x - word.right) / word.size.max(glyph.size)))
        {
            word.text.push_str(&text);
            word.right = word.right.max(glyph.x + glyph.width);
            word.size = word.size.max(glyph.size);
        } else if !is_space {
            let text = if is_after_space { format!(" {text}") } else { text };
            let right = glyph.x + glyph.width;
            words.push(Line { left: glyph.x, right, y: glyph.y, size: glyph.size, turn: 0, text });
        }
        is_after_space = is_space;
    }
    words
}

/// "ﬁ" as two letters.
fn unbound(c: char) -> impl Iterator<Item = char> {
    let letters = match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => "",
    };
    letters.chars().chain(letters.is_empty().then_some(c))
}

fn is_same_line(line: &Line, y: f32, size: f32) -> bool {
    let (small, large) = (line.size.min(size), line.size.max(size));
    (line.y - y).abs() <= SAME_BASELINE * large && large <= MAX_SIZE_RATIO * small
}

fn append(line: &mut Line, word: &Line) {
    if word.text.starts_with(' ') || word.left - line.right > SPACE * line.size {
        line.text.push(' ');
    }
    line.text.push_str(word.text.trim_start());
    line.right = line.right.max(word.right);
    line.size = line.size.max(word.size);
}

/// Words on one baseline, with no gutter between, are one line.
fn joined(words: Vec<Line>, is_mirrored: bool) -> Vec<Line> {
    let rows = rows(words);
    let columns = Columns::new(&rows);
    let mut lines: Vec<Line> = Vec::new();
    for (at, mut row) in rows.into_iter().enumerate() {
        let first_of_row = lines.len();
        let begins = columns.begins(at, &row);
        if is_mirrored {
            let ends = begins.iter().copied().chain([row.len()]);
            ends.fold(0, |first, end| {
                right_to_left::turn_back(&mut row[first..end]);
                end
            });
        }
        for (nth, word) in row.into_iter().enumerate() {
            let beside = |line: &&mut Line| {
                is_same_line(line, word.y, word.size) && word.left >= line.left && begins.binary_search(&nth).is_err()
            };
            match lines[first_of_row..].last_mut().filter(beside) {
                // The same letters a hair aside make bold ones.
                Some(line)
                    if line.text.ends_with(word.text.trim_start()) && word.left < line.right - OVERLAP * line.size => {}
                Some(line) => append(line, &word),
                None => lines.push(Line { text: word.text.trim().to_owned(), ..word }),
            }
        }
    }
    with_drop_caps(lines)
}

/// Words of one baseline, from the left.
fn rows(mut words: Vec<Line>) -> Vec<Vec<Line>> {
    words.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for word in words {
        match rows.last_mut() {
            Some(row) if (word.y - row[0].y).abs() <= SAME_BASELINE * row[0].size.min(word.size) => row.push(word),
            _ => rows.push(vec![word]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

/// A first letter as high as several lines stands before the topmost of them.
fn with_drop_caps(mut lines: Vec<Line>) -> Vec<Line> {
    let is_cap = |line: &Line| line.text.chars().count() == 1 && line.text.chars().all(char::is_uppercase);
    let mut at = 0;
    while at < lines.len() {
        if !is_cap(&lines[at]) {
            at += 1;
            continue;
        }
        let cap = &lines[at];
        let beside = |line: &Line| {
            cap.size >= DROP_CAP * line.size
                && (cap.y - cap.size..=cap.y + line.size).contains(&line.y)
                && (-1.0..=1.5).contains(&((line.left - cap.right) / line.size))
        };
        let topmost = (0..lines.len()).filter(|&other| other != at && beside(&lines[other]));
        match topmost.min_by(|&a, &b| lines[a].y.total_cmp(&lines[b].y)) {
            Some(line) => {
                let cap = lines.remove(at);
                let line = &mut lines[line - usize::from(line > at)];
                line.text.insert_str(0, &cap.text);
                line.left = line.left.min(cap.left);
            }
            None => at += 1,
        }
    }
    lines
}
