//! Which block is the headline.

use super::block::{Block, is_near};

/// A headline is so many times as large as the text, at least.
const MIN_RATIO: f32 = 1.25;
/// One of fewer words may be the name of the paper,
const MIN_WORDS: usize = 4;
/// where another is so many times as large as the text.
const SURE_RATIO: f32 = 1.6;
/// Longer ones are text in large letters.
const MAX_CHARS: usize = 300;

/// Takes the headline off the first page that has text. What stood above it moves below: it is a date, a
/// section or the name of the paper. What is `declared` counts where it is printed too, or where nothing
/// is printed larger than the text.
pub(super) fn take(pages: &mut [Vec<Block>], declared: &str) -> String {
    let declared = Some(one_line(declared)).filter(|declared| !is_of_a_program(declared)).unwrap_or_default();
    let usual = usual_size(pages);
    let Some(page) = pages.iter_mut().find(|page| !page.is_empty()) else { return declared };
    let is_declared = |block: &Block| {
        let text = letters(&block.text());
        !text.is_empty() && letters(&declared) == text
    };
    let large = |n_words: usize, ratio: f32| {
        let is_large = move |block: &Block| {
            let text = block.text();
            block.size >= ratio * usual
                && text.split_whitespace().count() >= n_words
                && text.chars().count() <= MAX_CHARS
                && text.chars().any(char::is_alphabetic)
        };
        let sizes = page.iter().filter(|block| is_large(block)).map(|block| block.size);
        let largest = sizes.max_by(f32::total_cmp)?;
        page.iter().position(|block| is_large(block) && is_near(block.size, largest))
    };
    // "Talks end | The Paper" is declared where "Talks end" is printed.
    let is_contained = |block: &&Block| {
        let text = block.text();
        block.size >= MIN_RATIO * usual
            && text.split_whitespace().count() >= MIN_WORDS
            && letters(&declared).contains(&letters(&text))
    };
    let contained = page.iter().filter(is_contained).map(|block| block.size).max_by(f32::total_cmp);
    let contained = contained.and_then(|size| page.iter().position(|block| is_contained(&block) && block.size >= size));
    let found = contained.or_else(|| page.iter().position(is_declared)).or_else(|| large(MIN_WORDS, SURE_RATIO));
    let found = found.or_else(|| if declared.is_empty() { large(1, MIN_RATIO) } else { None });
    let Some(at) = found else { return declared };
    let mut title = one_line(&page.remove(at).text());
    // A headline that is not filled to the edge may be two blocks of the same size.
    while page.get(at).is_some_and(|next| is_rest(next, &title, usual)) {
        title = format!("{title} {}", one_line(&page.remove(at).text()));
    }
    title
}

fn is_rest(block: &Block, title: &str, usual: f32) -> bool {
    let text = block.text();
    block.size >= MIN_RATIO * usual * 1.3
        && text.starts_with(char::is_lowercase)
        && !title.ends_with(['.', '?', '!'])
        && title.len() + text.len() <= MAX_CHARS
}

/// Size of most letters.
fn usual_size(pages: &[Vec<Block>]) -> f32 {
    let mut sizes: Vec<(f32, usize)> =
        pages.iter().flatten().map(|block| (block.size, block.text().chars().count())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n_chars: usize = sizes.iter().map(|(_, n)| n).sum();
    let mut n_seen = 0;
    sizes
        .iter()
        .find(|(_, n)| {
            n_seen += n;
            n_seen * 2 >= n_chars
        })
        .map_or(0.0, |(size, _)| *size)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Programs fill in what the file was once called, or nothing to the purpose.
fn is_of_a_program(title: &str) -> bool {
    const ENDINGS: [&str; 10] = [".doc", ".docx", ".odt", ".rtf", ".txt", ".pdf", ".indd", ".qxd", ".qxp", ".html"];
    const NOTHING: [&str; 7] = ["untitled", "document", "document1", "unbenannt", "print", "layout 1", "title"];
    let lower = title.to_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || NOTHING.contains(&lower.as_str())
        || lower.starts_with("microsoft word")
        || lower.starts_with("powerpoint")
        || !title.contains(' ') && title.contains(|c: char| c.is_ascii_digit() || c == '_')
}
