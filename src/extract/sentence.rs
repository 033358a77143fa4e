//! Sentences of a text.
//!
//! Paragraph breaks always end a sentence; stops end one unless they belong to an abbreviation, an
//! initial or a number. Works on tokens, which already hold such periods. Fed with titles and bodies;
//! feeds the taggers and the snippets.

use crate::extract::token::{Token, tokenize};
use crate::mention::Span;
use crate::sentence::{is_closer, is_sure_stop};

/// Longest sentence in tokens. Lists and tables without stops are cut here, so that whatever works a
/// sentence at a time has bounded work; the longest real sentences of news stay under 150.
const MOST_TOKENS: usize = 300;

/// Lines shorter than this are lines of a list or headings, not lines of wrapped text, which editors
/// break at 60 columns or more.
const WRAPPED_LINE_BYTES: usize = 50;

/// Spans of the sentences of a text, in order, without white space at their ends. Together they hold
/// every token. Linear in the length of the text.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    tokenize(text, &mut tokens);
    let mut ends = Vec::new();
    sentence_ends(text, &tokens, &mut ends);
    let mut first = 0;
    let mut spans = Vec::with_capacity(ends.len());
    for end in ends {
        spans.push(Span { start: tokens[first].span.start, end: tokens[end - 1].span.end });
        first = end;
    }
    spans
}

/// Appends, for each sentence, the position one past its last token.
pub(crate) fn sentence_ends(text: &str, tokens: &[Token], ends: &mut Vec<usize>) {
    let mut first = 0;
    let mut line_start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let mut next = at + 1;
        let word = tokens[at].span.of(text);
        let ends_here = match stop(word) {
            Stop::No => false,
            Stop::Sure => {
                next = skip_closers(text, tokens, next);
                next >= tokens.len() || is_start(text, tokens, next, word)
            }
            Stop::NoSpace => {
                next = skip_closers(text, tokens, next);
                true
            }
            Stop::Abbreviation => next < tokens.len() && is_common_start(tokens[next].span.of(text)),
        };
        let breaks = next < tokens.len() && is_break(text, tokens, next - 1, &mut line_start);
        if ends_here || breaks || next - first >= MOST_TOKENS {
            ends.push(next);
            first = next;
        }
        at = next;
    }
    if first < tokens.len() {
        ends.push(tokens.len());
    }
}

enum Stop {
    No,
    Sure,
    NoSpace,
    Abbreviation,
}

fn stop(word: &str) -> Stop {
    match word {
        "." | "!" | "?" | "…" | "..." | "...." => Stop::Sure,
        _ if is_only(word, is_sure_stop) => Stop::NoSpace,
        _ if word.starts_with(['!', '?']) => Stop::Sure,
        _ if word.len() > 2 && word.ends_with('.') && !word.starts_with('.') => Stop::Abbreviation,
        _ => Stop::No,
    }
}

/// Closing quotes and brackets right behind a stop belong to its sentence.
fn skip_closers(text: &str, tokens: &[Token], mut at: usize) -> usize {
    while at < tokens.len() && !tokens[at].after_space && is_closing(tokens[at].span.of(text)) {
        at += 1;
    }
    at
}

fn is_closing(word: &str) -> bool {
    word == "''" || is_only(word, is_closer)
}

/// Whether a word is one character that holds.
fn is_only(word: &str, holds: impl Fn(char) -> bool) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next()), (Some(only), None) if holds(only))
}

/// Whether a sentence may begin at a token behind a stop: after a space, not in lower case.
fn is_start(text: &str, tokens: &[Token], at: usize, stop: &str) -> bool {
    let word = tokens[at].span.of(text);
    if !tokens[at].after_space {
        return stop == "." && word.starts_with(char::is_uppercase);
    }
    !word.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ':' | ')'))
}

/// Words that begin sentences and hardly ever follow an abbreviation inside one.
fn is_common_start(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "In"
            | "On"
            | "At"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "I"
            | "But"
            | "And"
            | "His"
            | "Her"
            | "Their"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "There"
            | "When"
            | "While"
            | "If"
            | "As"
            | "After"
            | "Before"
            | "However"
            | "Meanwhile"
            | "For"
            | "With"
            | "By"
            | "From"
            | "Some"
            | "Many"
            | "According"
            | "Since"
            | "Its"
            | "Our"
            | "You"
            | "What"
            | "Who"
            | "Why"
            | "How"
            | "Both"
            | "Also"
    )
}

/// Whether the text breaks after a token: a blank line, or the end of a short line before a new start.
fn is_break(text: &str, tokens: &[Token], at: usize, line_start: &mut usize) -> bool {
    let (end, start) = (tokens[at].span.end as usize, tokens[at + 1].span.start as usize);
    let gap = &text.as_bytes()[end..start];
    if gap.len() == 1 && gap[0] == b' ' || gap.is_empty() {
        return false;
    }
    let n_lines = gap.iter().filter(|&&byte| byte == b'\n').count();
    if n_lines == 0 {
        return text[end..start].contains(['\u{2029}', '\u{0c}']);
    }
    let line_bytes = end.saturating_sub(*line_start);
    *line_start = start;
    let next = tokens[at + 1].span.of(text);
    let starts = |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '-' | '*' | '•' | '–' | '—' | '·' | '“');
    n_lines > 1 || (line_bytes < WRAPPED_LINE_BYTES && next.starts_with(starts))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn stops_end_sentences() {
        check("It rained. He left! Why? Nobody knew", &["It rained.", "He left!", "Why?", "Nobody knew"]);
        check("One... two. Three… Four", &["One... two.", "Three…", "Four"]);
        check("The end.The start", &["The end.", "The start"]);
    }

    #[test]
    fn abbreviations_do_not() {
        check("Mr. Smith met Gen. Lee. They ate.", &["Mr. Smith met Gen. Lee.", "They ate."]);
        check("On Jan. 6 George W. Bush spoke.", &["On Jan. 6 George W. Bush spoke."]);
        check("It rose 3.5 points. No. 10 agreed.", &["It rose 3.5 points.", "No. 10 agreed."]);
        check("In the U.S. Senate they voted.", &["In the U.S. Senate they voted."]);
        check("They fled the U.S. The trial began.", &["They fled the U.S.", "The trial began."]);
        check("It opens at 5 p.m. on Friday.", &["It opens at 5 p.m. on Friday."]);
    }

    #[test]
    fn quotes_stay_with_their_sentence() {
        check("“We won.” He smiled.", &["“We won.”", "He smiled."]);
        check("\"Go!\" she said.", &["\"Go!\" she said."]);
        check("He left (at last.) They stayed.", &["He left (at last.)", "They stayed."]);
        check("“Really?” said Ann.", &["“Really?” said Ann."]);
    }

    #[test]
    fn paragraphs_end_sentences() {
        check("A heading\n\nA text", &["A heading", "A text"]);
        check("A heading\nIt was late.", &["A heading", "It was late."]);
        check(
            "the long lines of wrapped text are broken where the editor says so\nIvan did not care.",
            &["the long lines of wrapped text are broken where the editor says so\nIvan did not care."],
        );
        check("", &[]);
        check(" \n ", &[]);
    }

    #[test]
    fn scripts_without_spaces() {
        check("他来了。他走了！", &["他来了。", "他走了！"]);
        check("वह आया। वह गया।", &["वह आया।", "वह गया।"]);
    }

    proptest! {
        #[test]
        fn any_text_gives_sorted_spans(text in "\\PC{0,80}|[A-Za-z.'”! \n1]{0,80}") {
            let mut last = 0;
            for span in sentences(&text) {
                let range = span.range();
                prop_assert!(range.start >= last && range.end > range.start);
                let sentence = &text[range.clone()];
                prop_assert_eq!(sentence.trim(), sentence);
                last = range.end;
            }
        }
    }
}
