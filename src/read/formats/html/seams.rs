//! Words that were glued where blocks of a page met: "Southern roads closedJane Roe".
//!
//! What another program takes for the text of a page may lack the white space that parts it on the page.

use std::collections::{HashMap, HashSet};

/// A longer string without white space is no words that lost it.
const MAX_GLUED_BYTES: usize = 200;

/// So many such strings are looked at in a text.
const MAX_GLUED: usize = 1000;

/// `text` with white space where `page`, which holds it, has it: a string of letters that stands nowhere on the
/// page, and is words that stand there one behind the other, is those words.
pub(super) fn opened(text: &str, page: &str) -> String {
    let seams = Seams::of(page);
    let mut opened = String::with_capacity(text.len());
    let mut n_glued = 0;
    for (word, gap) in words(text) {
        let is_looked_at = !seams.words.contains(word) && word.len() <= MAX_GLUED_BYTES && n_glued < MAX_GLUED;
        n_glued += usize::from(is_looked_at);
        match is_looked_at.then(|| seams.parts_of(word)).flatten() {
            Some(parts) => opened.push_str(&parts),
            None => opened.push_str(word),
        }
        opened.push_str(gap);
    }
    opened
}

/// Words and the white space behind each.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(word_end);
        let gap_end = behind.find(|c: char| !c.is_whitespace()).unwrap_or(behind.len());
        let (gap, behind) = behind.split_at(gap_end);
        rest = behind;
        Some((word, gap))
    })
}

/// What parts the words of a page.
struct Seams<'p> {
    words: HashSet<&'p str>,
    /// The white space between two words that stand one behind the other.
    gaps: HashMap<(&'p str, &'p str), &'p str>,
}

impl<'p> Seams<'p> {
    fn of(page: &'p str) -> Self {
        let mut seams = Self { words: HashSet::new(), gaps: HashMap::new() };
        let mut last: Option<(&str, &str)> = None;
        for (word, gap) in words(page) {
            seams.words.insert(word);
            if let Some((before, between)) = last {
                seams.gaps.entry((before, word)).or_insert(between);
            }
            last = Some((word, gap));
        }
        seams
    }

    /// The words that a string is made of, with what parts them; `None` where it is something else.
    fn parts_of(&self, glued: &str) -> Option<String> {
        let mut failed = HashSet::new();
        let mut ends = Vec::new();
        self.find_ends(glued, 0, 0, &mut ends, &mut failed).then_some(())?;
        let mut parts = String::new();
        let mut last: Option<(usize, usize)> = None;
        for &end in ends.iter().rev() {
            let start = last.map_or(0, |(_, end)| end);
            if let Some((before, middle)) = last {
                parts.push_str(self.gaps.get(&(&glued[before..middle], &glued[start..end]))?);
            }
            parts.push_str(&glued[start..end]);
            last = Some((start, end));
        }
        Some(parts)
    }

    /// Finds where the words end that stand from `start` on, the last first; the word before them stands from
    /// `before` to `start`.
    fn find_ends(
        &self,
        glued: &str,
        before: usize,
        start: usize,
        ends: &mut Vec<usize>,
        failed: &mut HashSet<(usize, usize)>,
    ) -> bool {
        if start == glued.len() {
            return true;
        }
        if failed.contains(&(before, start)) {
            return false;
        }
        let follows = |end: usize| start == 0 || self.gaps.contains_key(&(&glued[before..start], &glued[start..end]));
        // A word that stands between others is the longest that does.
        for end in (start + 1..=glued.len()).rev().filter(|&end| glued.is_char_boundary(end)) {
            if self.words.contains(&glued[start..end])
                && follows(end)
                && self.find_ends(glued, start, end, ends, failed)
            {
                ends.push(end);
                return true;
            }
        }
        failed.insert((before, start));
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Roads closed\n\nJane Roe\n\nSnow fell near Ness.\n\nTwo cars stood still; a McRoe drove on.";

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(opened(text, PAGE), expected);
    }

    #[test]
    fn words_stand_apart_as_on_the_page() {
        check(
            "Roads closedJane RoeSnow fell near Ness.Two cars",
            "Roads closed\n\nJane Roe\n\nSnow fell near Ness.\n\nTwo cars",
        );
        check("closedJaneRoe", "closed\n\nJane Roe");
        check("RoeSnowfell near", "Roe\n\nSnow fell near");
    }

    #[test]
    fn other_words_stay() {
        for text in ["Roads closed", "McRoe", "JaneSnow", "Roadsclosing", "still;\n\na", "", " a "] {
            check(text, text);
        }
        let page = "a aa aaa aaaa ".repeat(50);
        let long = "a".repeat(190) + "b";
        assert_eq!(opened(&long, &page), long);
    }
}
