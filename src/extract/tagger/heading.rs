//! Capitals that are a matter of style: headings inside a sentence, names in capitals as in datelines.
//!
//! Tells where they stand and how the words are usually written. Fed by [`super::page`].

use std::ops::Range;

use super::lexicon::{Case, Lexicon};
use super::word::lower_hash;
use crate::extract::token::Token;

/// Words in capitals that follow each other make a heading inside a sentence from this number on, if one of
/// them is an ordinary word: "FBI, CIA and NSA" has none.
const FEWEST_WORDS_OF_HEADING: usize = 3;
/// Shorter words in capitals are acronyms more often than names in capitals ("LONDON, Aug 30").
const SHORTEST_LOUD_NAME: usize = 4;

/// Headings in capitals inside a sentence, and single names in capitals, as in datelines: wire copy runs them
/// together with what follows.
pub(super) fn headings(text: &str, tokens: &[Token], sentence: Range<usize>, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let mut end = at;
        let (mut n_words, mut is_ordinary) = (0, false);
        let mut last_word = at;
        while end < sentence.end {
            let form = tokens[end].span.of(text);
            if form.bytes().any(|byte| byte.is_ascii_lowercase()) || form.contains(char::is_lowercase) {
                break;
            }
            if form.starts_with(char::is_alphabetic) && form.len() > 1 {
                n_words += 1;
                last_word = end;
                is_ordinary |= form.len() > 2 && lexicon.case(lower_hash(form)) == Case::Lower;
            }
            end += 1;
        }
        if n_words >= FEWEST_WORDS_OF_HEADING && is_ordinary {
            found.push(at..last_word + 1);
        } else if n_words > 0 {
            add_loud_names(text, tokens, at..end, lexicon, &mut found);
        }
        at = end + 1;
    }
    found
}

/// Names in capitals among words in capitals: those usually written with one capital, and what stands beside
/// them and is no acronym ("NEW YORK", "ST. LOUIS").
fn add_loud_names(text: &str, tokens: &[Token], range: Range<usize>, lexicon: &Lexicon, found: &mut Vec<Range<usize>>) {
    let form = |at: usize| tokens[at].span.of(text);
    let mut last_end = range.start;
    for at in range.clone().filter(|&at| is_loud_name(form(at), lexicon)) {
        if at < last_end {
            continue;
        }
        let start = (last_end..at).rev().take_while(|&i| may_join(form(i), lexicon)).last().unwrap_or(at);
        let end = (at..range.end).take_while(|&i| i == at || may_join(form(i), lexicon)).last().unwrap_or(at) + 1;
        found.push(start..end);
        last_end = end;
    }
}

fn may_join(form: &str, lexicon: &Lexicon) -> bool {
    form.len() > 1
        && form.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.' || byte == b'-')
        && form.starts_with(|c: char| c.is_ascii_uppercase())
        && lexicon.case(lower_hash(form)) != Case::Upper
}

/// Whether a word in capitals is one that is usually written with one capital.
fn is_loud_name(form: &str, lexicon: &Lexicon) -> bool {
    form.len() >= SHORTEST_LOUD_NAME
        && form.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-')
        && lexicon.case(lower_hash(form)) == Case::Title
}

/// A word of a sentence in capitals as it is usually written.
pub(super) fn recase(form: &str, lexicon: &Lexicon) -> String {
    let lower: String = form.chars().flat_map(char::to_lowercase).collect();
    match lexicon.case(lower_hash(form)) {
        Case::Lower => lower,
        Case::Upper => form.to_string(),
        Case::Unknown | Case::Mixed | Case::Title => {
            let mut begins = true;
            lower
                .chars()
                .flat_map(|c| {
                    let upper: Vec<char> = if begins { c.to_uppercase().collect() } else { vec![c] };
                    begins = c == '-' || c == '.';
                    upper
                })
                .collect()
        }
    }
}
