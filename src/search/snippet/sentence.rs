//! Where sentences begin and end around a place, without reading the whole text.

use std::ops::Range;

use crate::sentence::{
    LONGEST_ABBREVIATION, is_abbreviation, is_abbreviation_before_number, is_closer, is_state_abbreviation, is_stop,
    is_sure_stop,
};

/// Bytes looked at on each side; longer sentences are cut anyway.
const MAX_LOOK: usize = 4000;

/// The sentence around a place in `text`, without space at its ends. Ends that lie too far away are cut
/// at the edge of what was looked at.
pub(in crate::search) fn sentence_around(text: &str, place: Range<usize>) -> Range<usize> {
    let start = sentence_start(text, place.start);
    let end = sentence_end(text, place.end.max(start));
    let trimmed = text[start..end].trim_end();
    let trimmed_start = trimmed.trim_start();
    start + trimmed.len() - trimmed_start.len()..start + trimmed.len()
}

/// The sentence that begins behind `end`, if any text is left.
pub(super) fn sentence_after(text: &str, end: usize) -> Option<Range<usize>> {
    let start = end + text[end..].find(|c: char| !c.is_whitespace())?;
    let first = text[start..].chars().next().map_or(0, char::len_utf8);
    let sentence = sentence_around_from(text, start, start + first);
    (!sentence.is_empty()).then_some(sentence)
}

/// The sentence that ends before `start`, if any text is there.
pub(super) fn sentence_before(text: &str, start: usize) -> Option<Range<usize>> {
    let end = text[..start].trim_end().len();
    let last = text[..end].chars().next_back().map_or(0, char::len_utf8);
    let sentence = sentence_around(text, end - last..end);
    (!sentence.is_empty() && sentence.end <= start).then_some(sentence)
}

fn sentence_around_from(text: &str, start: usize, from: usize) -> Range<usize> {
    let end = sentence_end(text, from);
    start..start + text[start..end].trim_end().len()
}

fn sentence_start(text: &str, place: usize) -> usize {
    let edge = text.ceil_char_boundary(place.saturating_sub(MAX_LOOK));
    for (at, c) in text[edge..place].char_indices().rev().filter(|(_, c)| may_end(*c)) {
        let at = edge + at;
        if let Some(end) = end_of_sentence(text, at, c)
            && end <= place
        {
            return end;
        }
    }
    if edge == 0 { 0 } else { text[edge..place].find(char::is_whitespace).map_or(edge, |space| edge + space) }
}

fn sentence_end(text: &str, place: usize) -> usize {
    let edge = text.floor_char_boundary(place.saturating_add(MAX_LOOK).min(text.len()));
    // A place may end behind the very stop that ends its sentence.
    let from = text.floor_char_boundary(place.saturating_sub(1));
    for (at, c) in text[from..edge].char_indices().filter(|(_, c)| may_end(*c)) {
        if let Some(end) = end_of_sentence(text, from + at, c)
            && end >= place
        {
            return end;
        }
    }
    if edge == text.len() { edge } else { text[place..edge].rfind(char::is_whitespace).map_or(edge, |at| place + at) }
}

/// Whether a sentence may end at a character: what most of them are asked first.
fn may_end(c: char) -> bool {
    matches!(c, '\n' | '.' | '!' | '?') || !c.is_ascii()
}

/// Where the sentence ends that the character `c` at `at` closes, closing quotes included.
fn end_of_sentence(text: &str, at: usize, c: char) -> Option<usize> {
    let after = at + c.len_utf8();
    match c {
        '\n' => ends_a_row(&text[..at], &text[after..]).then_some(at),
        _ if is_sure_stop(c) => Some(text.len() - text[after..].trim_start_matches(is_closer).len()),
        _ if is_stop(c) => {
            let behind_quotes = text[after..].trim_start_matches(is_closer);
            let end = text.len() - behind_quotes.len();
            if behind_quotes.is_empty() {
                return Some(end);
            }
            if !behind_quotes.starts_with(char::is_whitespace) {
                return None;
            }
            let next = behind_quotes.trim_start().chars().next();
            if next.is_some_and(char::is_lowercase) || c == '.' && is_abbreviated(&text[..at], next) {
                return None;
            }
            Some(end)
        }
        _ => None,
    }
}

/// Whether a line ends a paragraph, an item of a list or a row of a table, and is not just wrapped.
fn ends_a_row(before: &str, after: &str) -> bool {
    let goes_on = |c: char| c.is_lowercase() || matches!(c, ',' | ';' | '-' | '–');
    let is_wrapped = before.chars().next_back().is_some_and(goes_on) || after.chars().next().is_some_and(goes_on);
    after.starts_with('\n') || !is_wrapped
}

/// Whether a full stop between `before` and `next` belongs to an abbreviation or an initial.
fn is_abbreviated(before: &str, next: Option<char>) -> bool {
    let rest = before.trim_end_matches(char::is_alphanumeric);
    let word = &before[rest.len()..];
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => only.is_alphabetic(),
        (Some(_), Some(_)) if word.len() <= LONGEST_ABBREVIATION => {
            is_abbreviation(word)
                || next.is_some_and(char::is_numeric) && is_abbreviation_before_number(word)
                || rest.trim_end().ends_with(',') && is_state_abbreviation(word)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, place: &str, expected: &str) {
        let start = text.find(place).expect("the place is in the text");
        assert_eq!(&text[sentence_around(text, start..start + place.len())], expected);
    }

    #[test]
    fn sentences_end_where_readers_see_it() {
        let text = "Mr. Smith went to the U.S. Embassy. “He left.” Nobody saw him! At 3.5% it rose.\n\nNext paragraph";
        check(text, "Embassy", "Mr. Smith went to the U.S. Embassy.");
        check(text, "left", "“He left.”");
        check(text, "saw", "Nobody saw him!");
        check(text, "him!", "Nobody saw him!");
        check(text, "3.5%", "At 3.5% it rose.");
        check(text, "paragraph", "Next paragraph");
        check("東京で。大阪で。", "大阪", "大阪で。");
        check("वह आया।वह गया।", "गया", "वह गया।");
        let text = "On Jan. 6 he said no. Then they left Tampa, Fla. The end.";
        check(text, "said", "On Jan. 6 he said no.");
        check(text, "Tampa", "Then they left Tampa, Fla. The end.");
        check("one line\nwraps here. Then", "wraps", "one line\nwraps here.");
        check("Quake | 1,644\nElection | 208 of 630 seats", "208", "Election | 208 of 630 seats");
    }

    proptest! {
        #[test]
        fn sentences_hold_their_place(text in "[a-zA-Z .!?\"\\néß。\u{301}]{1,200}", at in 0usize..200) {
            let start = text.floor_char_boundary(at.min(text.len()));
            let end = text.ceil_char_boundary((start + 1).min(text.len()));
            let sentence = sentence_around(&text, start..end);
            let slice = text.get(sentence.clone());
            prop_assert!(slice.is_some());
            if !text[start..end].trim().is_empty() {
                prop_assert!(sentence.start <= start && end <= sentence.end, "{sentence:?} {start}..{end}");
            }
            if let Some(before) = sentence_before(&text, sentence.start) {
                prop_assert!(before.end <= sentence.start && text.get(before).is_some());
            }
            if let Some(after) = sentence_after(&text, sentence.end) {
                prop_assert!(after.start >= sentence.end && text.get(after).is_some());
            }
        }
    }
}
