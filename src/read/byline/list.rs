//! Lists of names, in the languages in which bylines join them.

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
    for (nth, piece) in list.split([',', ';', '/', '\n']).enumerate() {
        let first = if nth == 0 { Joint::Start } else { Joint::Comma };
        split(piece, first, &mut found);
    }
    found
}

fn split<'l>(piece: &'l str, first: Joint, found: &mut Vec<(Joint, &'l str)>) {
    let (mut joint, mut from) = (first, 0);
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
            lower if WEAK_JOINTS.contains(&lower) && parts_names(lower, left, &piece[end..]) => word.len(),
            _ => continue,
        };
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

/// Whether a full name stands on both sides.
fn parts_names(joint: &str, left: &str, right: &str) -> bool {
    let right: Vec<&str> = right.split_whitespace().collect();
    let end = right.iter().position(|word| is_joint(word)).unwrap_or(right.len());
    let left: Vec<&str> = left.split_whitespace().collect();
    let is_full = |words: &[&str]| {
        words.iter().filter(|word| word.starts_with(char::is_uppercase)).count() >= 2
            && words.iter().all(|word| word.starts_with(char::is_uppercase) || is_particle(word))
    };
    // In Spanish and French "en" stands before the place.
    let is_place = || joint == "en" && PLACE_OPENINGS.contains(&right[0].to_lowercase().as_str());
    is_full(&left) && is_full(&right[..end]) && !is_place()
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
