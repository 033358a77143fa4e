//! Blocks become paragraphs.

use std::collections::HashMap;

use super::block::{Block, is_near};
use super::columns::is_mark_of_item;
use super::line::Line;

/// Lines within this share of the page's height from its ends may be running heads.
const EDGE: f32 = 0.12;
/// A running head stands on so many pages at least, and on half of them.
const MIN_PAGES: usize = 3;
/// Baselines more than so many times the usual distance apart part paragraphs.
const PARAGRAPH_GAP: f32 = 1.3;
/// An indent of more than this share of the size begins a paragraph.
const INDENT: f32 = 0.7;
/// A line that ends this share of the column before its edge is the last of a paragraph.
const SHORT: f32 = 0.2;

/// Leaves out page numbers, and lines at the edge of pages that most pages repeat.
pub(super) fn drop_running_heads(pages: &mut [Vec<Line>]) {
    let mut n_pages: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        let mut heads: Vec<String> = at_edge(page).into_iter().map(|at| without_digits(&page[at].text)).collect();
        heads.sort_unstable();
        heads.dedup();
        heads.into_iter().for_each(|head| *n_pages.entry(head).or_default() += 1);
    }
    let fewest = MIN_PAGES.max(pages.len().div_ceil(2));
    for page in pages {
        let mut is_head = vec![false; page.len()];
        for at in at_edge(page) {
            let text = without_digits(&page[at].text);
            is_head[at] = is_page_number(&text) || n_pages[&text] >= fewest;
        }
        let mut is_head = is_head.into_iter();
        page.retain(|_| !is_head.next().unwrap_or(false));
    }
}

/// Lines near the first or the last baseline of a page.
fn at_edge(page: &[Line]) -> Vec<usize> {
    let upright = || page.iter().filter(|line| line.turn == 0);
    let top = upright().map(|line| line.y).fold(f32::INFINITY, f32::min);
    let bottom = upright().map(|line| line.y).fold(f32::NEG_INFINITY, f32::max);
    let edge = EDGE * (bottom - top);
    (0..page.len())
        .filter(|&at| page[at].turn == 0 && (page[at].y <= top + edge || page[at].y >= bottom - edge))
        .collect()
}

fn without_digits(text: &str) -> String {
    let text = text.trim().to_lowercase();
    text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

/// "12", "- 4 -", "Page 3 of 10", digits being `#`.
fn is_page_number(text: &str) -> bool {
    let rest: String = text.replace("page", "").replace("of", "").replace(['-', '–', '—', '|', '/', ' ', '.'], "");
    !rest.is_empty() && rest.len() <= 4 && rest.chars().all(|c| c == '#')
        || text.contains('#') && text.len() <= 16 && rest.chars().all(|c| c == '#') && text.contains("page")
}

/// Paragraphs of all pages. One that a column or a page breaks off goes on in the next.
pub(super) fn paragraphs(pages: &[Vec<Block>]) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut size = 0.0;
    for block in pages.iter().flatten() {
        let mut parts = of_block(block).into_iter();
        if let Some(first) = parts.next() {
            let goes_on = is_near(size, block.size)
                && first.starts_with(char::is_lowercase)
                && paragraphs.last().is_some_and(|last| !ends_sentence(last));
            match paragraphs.last_mut() {
                Some(last) if goes_on => append(last, &first),
                _ => paragraphs.push(first),
            }
        }
        paragraphs.extend(parts);
        size = block.size;
    }
    paragraphs
}

fn of_block(block: &Block) -> Vec<String> {
    let mut gaps: Vec<f32> = block.lines.windows(2).map(|pair| pair[1].y - pair[0].y).collect();
    gaps.sort_by(f32::total_cmp);
    let usual_gap = gaps.get(gaps.len() / 2).copied().unwrap_or(f32::INFINITY);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut last: Option<&Line> = None;
    for line in &block.lines {
        let begins = last.is_none_or(|last| {
            let is_apart = line.y - last.y > PARAGRAPH_GAP * usual_gap;
            let is_indented = line.left - block.left > INDENT * block.size
                && last.left - block.left < INDENT * block.size
                && last.right > block.right - SHORT * (block.right - block.left) * 2.0;
            let is_item = last.text.split_once(' ').is_some_and(|(mark, _)| is_mark_of_item(mark));
            let is_short = block.right - last.right > SHORT * (block.right - block.left);
            let is_new_sentence = ends_sentence(&last.text) && !line.text.starts_with(char::is_lowercase);
            is_apart
                || is_indented && !is_item && !line.text.starts_with(char::is_lowercase)
                || is_short && is_new_sentence
        });
        match paragraphs.last_mut() {
            Some(paragraph) if !begins => append(paragraph, &line.text),
            _ => paragraphs.push(line.text.clone()),
        }
        last = Some(line);
    }
    paragraphs
}

/// Adds a line. A word that was divided at the end of the line before is whole again.
fn append(paragraph: &mut String, line: &str) {
    let divided =
        paragraph.strip_suffix(['-', '\u{ad}', '\u{2010}']).filter(|rest| rest.ends_with(char::is_alphabetic));
    match divided.map(str::len).filter(|_| line.starts_with(char::is_lowercase)) {
        Some(length) => paragraph.truncate(length),
        None if paragraph.ends_with(['-', '\u{2010}']) && line.starts_with(char::is_alphanumeric) => {}
        None => paragraph.push(' '),
    }
    paragraph.push_str(line);
}

/// Whether a sentence ends where a text does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']']);
    text.ends_with(['.', '!', '?', ':', '…', '。', '؟', '۔', '।'])
}
