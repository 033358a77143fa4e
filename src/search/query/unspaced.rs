//! Words typed without spaces in scripts that have none: `東京地震` asks for `東京` and `地震`, wherever they stand.
//!
//! Articles are not cut into words (see the analyzer), so that it does not matter how a reader's words are cut: each is
//! looked for as the characters that it is. In quotes, near something and under NOT, what was typed is one piece.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_normalization::char::is_combining_mark;

use super::ast::{Expr, Node, Pattern, Scope};
use crate::mention::Span;
use crate::schema::analyzer::is_unspaced;

/// Characters that only join words: particles of Japanese and Chinese. What is left of a query without them asks for
/// the same.
const PARTICLES: &str = "のはがをにでともへやかねよ的了在是和与及之";
/// Longer texts were pasted; their words are found by their order.
const MAX_SPLIT_BYTES: usize = 600;

/// A query with its words of scripts without spaces apart; what it means as text, it means apart too. `source` is what spans point into.
pub(super) fn split_words(node: Node, source: &str) -> Node {
    let Node { expr, span } = node;
    match expr {
        Expr::All(parts) => {
            let mut split = Vec::new();
            for part in parts {
                match split_words(part, source) {
                    // The words of one part stand among the others, as if there were spaces between them.
                    Node { expr: Expr::All(words), .. } => split.extend(words),
                    other => split.push(other),
                }
            }
            Node { expr: Expr::All(split), span }
        }
        Expr::Any(parts) => {
            let parts = parts.into_iter().map(|part| split_words(part, source)).collect();
            Node { expr: Expr::Any(parts), span }
        }
        Expr::Text { scope, pattern: Pattern::Word(text) } => split_word(scope, &text, span, source)
            .unwrap_or(Node { expr: Expr::Text { scope, pattern: Pattern::Word(text) }, span }),
        expr => Node { expr, span },
    }
}

fn split_word(scope: Scope, text: &str, span: Span, source: &str) -> Option<Node> {
    if text.len() > MAX_SPLIT_BYTES || !text.chars().all(|c| is_unspaced(c) || is_combining_mark(c) || is_pause(c)) {
        return None;
    }
    let words = words(text);
    // What is typed word by word has to mean the same.
    if words.len() < 2 || words.iter().any(|&(from, to)| self::words(&text[from..to]).len() != 1) {
        return None;
    }
    // A field or a sign may stand before the word.
    let start = source.get(span.range()).and_then(|typed| typed.rfind(text)).map(|at| span.range().start + at);
    let part = |&(from, to): &(usize, usize)| {
        let span = start.map_or(span, |start| Span::new(start + from, start + to));
        Node { expr: Expr::Text { scope, pattern: Pattern::Word(text[from..to].to_owned()) }, span }
    };
    Some(Node { expr: Expr::All(words.iter().map(part).collect()), span })
}

/// Punctuation of scripts without spaces, which stands between words.
fn is_pause(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{30fb}' | '，' | '！' | '？' | '：' | '；')
}

/// Words of a text, by where they begin and end. A character alone, such as a family name, goes with what follows it,
/// or with what stands before it at the end.
fn words(text: &str) -> Vec<(usize, usize)> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let breaks: Vec<usize> = segmenter.segment_str(text).collect();
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut alone: Option<usize> = None;
    for pair in breaks.windows(2) {
        let &[from, to] = pair else { continue };
        let word = &text[from..to];
        let is_word = word.contains(char::is_alphanumeric) && !PARTICLES.contains(word);
        if !is_word {
            add_alone(&mut words, alone.take(), from);
        } else if word.chars().count() == 1 && word.starts_with(is_unspaced) {
            alone = alone.or(Some(from));
        } else {
            words.push((alone.take().unwrap_or(from), to));
        }
    }
    add_alone(&mut words, alone, text.len());
    words
}

fn add_alone(words: &mut Vec<(usize, usize)>, alone: Option<usize>, to: usize) {
    let Some(from) = alone else { return };
    match words.last_mut().filter(|(_, end)| *end == from) {
        Some(last) => last.1 = to,
        None => words.push((from, to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = words(text);
        assert_eq!(words.iter().map(|&(from, to)| &text[from..to]).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_are_told_apart() {
        check("地震", &["地震"]);
        check("東京地震", &["東京", "地震"]);
        check("東京で地震", &["東京", "地震"]);
        check("日本の首相", &["日本", "首相"]);
        check("中华人民共和国主席习近平", &["中华", "人民", "共和国", "主席", "习近平"]);
        check("ตำรวจไทย", &["ตำรวจ", "ไทย"]);
        check("の", &[]);
    }
}
