//! Lists of names, in the languages in which bylines join them.

use std::collections::HashSet;

use super::is_particle;

/// What stands before a part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Start,
    Comma,
    Word,
}

/// Words that join names wherever they stand.
const JOINTS: &[&str] = &["and", "&", "und", "with", "avec"];

/// Words that join names, and stand inside of some: "Ramón y Cajal", "Costa e Silva". They part only what is two
/// full names.
const WEAK_JOINTS: &[&str] = &["et", "y", "e", "en", "og", "och", "i", "и", "ve"];

/// Words that begin a place and no name: "Juan Pérez en Nueva York".
pub(super) const PLACE_OPENINGS: &[&str] = &[
    "new", "nueva", "nuevo", "nouvelle", "buenos", "san", "santa", "santo", "los", "las", "la", "el", "ciudad",
    "costa", "côte", "estados", "reino", "puerto", "corea", "hong", "tel", "río", "rio", "cabo", "cape", "north",
    "south", "east", "west", "united", "kuala", "addis", "abu", "saudi", "sri", "great", "mount", "fort", "port",
    "lake",
];

/// The parts of a list of names, each with what joins it to the one before.
pub(super) fn parts(list: &str) -> Vec<(Joint, &str)> {
    let mut found = Vec::new();
    for (nth, piece) in pieces(list).into_iter().enumerate() {
        let first = if nth == 0 { Joint::Start } else { Joint::Comma };
        split(piece, first, &mut found);
    }
    found
}

/// What stands between the marks of a list.
fn pieces(list: &str) -> Vec<&str> {
    let (mut found, mut from) = (Vec::new(), 0);
    for (at, mark) in list.char_indices() {
        let end = at + mark.len_utf8();
        if is_mark(mark, list[..at].chars().next_back(), list[end..].chars().next()) {
            found.push(&list[from..at]);
            from = end;
        }
    }
    found.push(&list[from..]);
    found
}

/// Whether a mark parts names. A dot between the lines parts Koreans from each other, and the words of a foreign name
/// in Chinese, as its wide form does in Japanese.
fn is_mark(mark: char, before: Option<char>, after: Option<char>) -> bool {
    let are = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
    match mark {
        ',' | ';' | '/' | '\n' | '、' | '，' | '；' | '،' | '؛' => true,
        '·' | 'ㆍ' => are(|c| matches!(c, '\u{ac00}'..='\u{d7a3}')),
        '・' => are(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')),
        _ => false,
    }
}

fn split<'l>(piece: &'l str, first: Joint, found: &mut Vec<(Joint, &'l str)>) {
    let (mut joint, mut from, mut left_words) = (first, 0, Run::default());
    let mut words = Words { piece, at: 0 }.peekable();
    while let Some((start, word)) = words.next() {
        let lower = word.to_lowercase();
        let end = start + word.len();
        let is_reporting =
            lower == "reporting" && words.peek().is_some_and(|(_, next)| next.eq_ignore_ascii_case("by"));
        let left = &piece[from..start];
        let n_used = match lower.as_str() {
            _ if is_reporting => "reporting by".len(),
            lower if JOINTS.contains(&lower) => word.len(),
            lower if WEAK_JOINTS.contains(&lower) && left_words.is_full() && begins_name(lower, &piece[end..]) => {
                word.len()
            }
            _ => {
                left_words.add(word);
                continue;
            }
        };
        left_words = Run::default();
        let left = if is_reporting { without_last(left, "additional") } else { left };
        if !left.trim().is_empty() {
            found.push((joint, left));
        }
        // Who follows "and" is one more of the same, whatever stood before it.
        joint = Joint::Word;
        from = (start + n_used).min(piece.len());
        if is_reporting {
            words.next();
        }
    }
    if !piece[from..].trim().is_empty() {
        found.push((joint, &piece[from..]));
    }
}

/// Words in a row, as far as they may be a name.
#[derive(Default)]
struct Run {
    n_capitals: usize,
    has_other: bool,
}

impl Run {
    fn add(&mut self, word: &str) {
        let is_capital = word.starts_with(char::is_uppercase);
        self.n_capitals += usize::from(is_capital);
        self.has_other |= !is_capital && !is_particle(word);
    }

    /// Whether they are a full name.
    fn is_full(&self) -> bool {
        self.n_capitals >= 2 && !self.has_other
    }
}

/// Who was named so far, in order, each once.
#[derive(Default)]
pub(super) struct Named<'l> {
    names: Vec<&'l str>,
    /// The names in small letters.
    seen: HashSet<String>,
    /// What stands behind each space in them.
    ends: HashSet<&'l str>,
}

impl<'l> Named<'l> {
    pub(super) fn add(&mut self, name: &'l str) {
        if self.seen.insert(name.to_ascii_lowercase()) {
            self.names.push(name);
            self.ends.extend(name.match_indices(' ').map(|(at, _)| &name[at + 1..]));
        }
    }

    pub(super) fn first(&self) -> Option<&'l str> {
        self.names.first().copied()
    }

    /// Whether a name ends with these whole words, and has others before them.
    pub(super) fn has_end(&self, words: &str) -> bool {
        self.ends.contains(words)
    }

    pub(super) fn into_names(self) -> Vec<String> {
        self.names.into_iter().map(str::to_owned).collect()
    }
}

/// Whether a full name stands behind `joint`, up to the next.
fn begins_name(joint: &str, right: &str) -> bool {
    // In Spanish and French "en" stands before the place.
    let is_place = |word: &str| PLACE_OPENINGS.contains(&word.to_lowercase().as_str());
    if joint == "en" && right.split_whitespace().next().is_some_and(is_place) {
        return false;
    }
    let mut run = Run::default();
    for word in right.split_whitespace().take_while(|word| !is_joint(word)) {
        run.add(word);
        if run.has_other {
            return false;
        }
    }
    run.is_full()
}

fn is_joint(word: &str) -> bool {
    let lower = word.to_lowercase();
    JOINTS.contains(&lower.as_str()) || WEAK_JOINTS.contains(&lower.as_str())
}

/// `text` without `word` at its end, in any case.
fn without_last<'t>(text: &'t str, word: &str) -> &'t str {
    let text = text.trim_end();
    let at = text.len().checked_sub(word.len()).filter(|&at| text.is_char_boundary(at));
    match at {
        Some(at) if text[at..].eq_ignore_ascii_case(word) => text[..at].trim_end_matches([' ', '.']),
        _ => text,
    }
}

/// Words with the places at which they begin.
struct Words<'t> {
    piece: &'t str,
    at: usize,
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.piece[self.at..];
        let start = self.at + rest.find(|c: char| !c.is_whitespace())?;
        let rest = &self.piece[start..];
        let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        self.at = start + word.len();
        Some((start, word))
    }
}
