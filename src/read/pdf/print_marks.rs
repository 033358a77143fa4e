//! What a browser prints around a page that is saved from it: day and time, title, address, number of the page.
//!
//! Unlike the running heads of a paper they need not be repeated to be known; two of them at the edges of one page
//! are enough.

use super::line::Line;

/// Baselines of a row are this share of the size apart at most.
const ROW: f32 = 0.5;
/// Kinds of marks that a page bears, for any of them to be one.
const MIN_KINDS: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Clock,
    Title,
    Address,
    Number,
}

/// Takes the marks off the edges of pages whose title is declared. Returns the address, where one on the web is
/// printed whole.
pub(super) fn drop_print_marks(pages: &mut [Vec<Line>], declared_title: &str) -> Option<String> {
    let mut address = None;
    for page in pages {
        let edge = outermost(page);
        let usual = usual_size(page);
        // A headline is larger than a mark that repeats it.
        let is_mark = |line: &Line, mark: Mark| mark != Mark::Title || line.size <= usual;
        let mark_of = |line: &Line| mark(&line.text, declared_title).filter(|&mark| is_mark(line, mark));
        let marks: Vec<Option<Mark>> = page.iter().map(mark_of).collect();
        let kinds: Vec<Mark> = edge.iter().filter_map(|&at| marks[at]).collect();
        let n_kinds = kinds.iter().enumerate().filter(|(at, kind)| !kinds[..*at].contains(kind)).count();
        if n_kinds < MIN_KINDS {
            continue;
        }
        let mut at = 0;
        page.retain(|line| {
            let mark = marks[at].filter(|_| edge.contains(&at));
            at += 1;
            if mark == Some(Mark::Address) {
                let found = squeezed(&line.text);
                let is_whole = found.starts_with("http") && !found.ends_with(['…', '.']);
                address = address.take().or(is_whole.then_some(found));
            }
            mark.is_none()
        });
    }
    address
}

/// Lines of the first and of the last row.
fn outermost(page: &[Line]) -> Vec<usize> {
    let upright = || page.iter().enumerate().filter(|(_, line)| line.turn == 0);
    let top = upright().map(|(_, line)| line.y).fold(f32::INFINITY, f32::min);
    let bottom = upright().map(|(_, line)| line.y).fold(f32::NEG_INFINITY, f32::max);
    upright()
        .filter(|(_, line)| line.y - top <= ROW * line.size || bottom - line.y <= ROW * line.size)
        .map(|(at, _)| at)
        .collect()
}

/// Size of the middle one of the lines.
fn usual_size(page: &[Line]) -> f32 {
    let mut sizes: Vec<f32> = page.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

fn mark(text: &str, declared_title: &str) -> Option<Mark> {
    let squeezed = squeezed(text);
    let title = self::squeezed(declared_title);
    if !title.is_empty() && squeezed == title {
        return Some(Mark::Title);
    }
    if ["http://", "https://", "file://"].iter().any(|scheme| squeezed.starts_with(scheme)) {
        return Some(Mark::Address);
    }
    let lower = squeezed.to_lowercase();
    if is_number(&lower) {
        return Some(Mark::Number);
    }
    is_clock(&lower).then_some(Mark::Clock)
}

/// `11/26/26,11:42pm`, `26.11.26,23:42`.
fn is_clock(text: &str) -> bool {
    let n_digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | ':' | ',' | 'a' | 'm' | 'p'))
        && (6..=12).contains(&n_digits)
        && text.contains(':')
        && text.contains(['/', '.', '-'])
}

/// `1/2`, `1of2`, `page1of2`.
fn is_number(text: &str) -> bool {
    let text = ["page", "seite"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let is_digits = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    ["/", "of", "von", "sur", "de", "di", "van"]
        .iter()
        .filter_map(|between| text.split_once(between))
        .any(|(page, of)| is_digits(page) && is_digits(of))
}

/// Small letters are set so far apart that they look like words.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
