//! Running text of collections in SGML: its paragraphs are marked by tags, or by the indents of a printer.

use crate::read::formats::html::{is_markup, plain_text, unescape};
use crate::read::prose::{Prose, paragraphs};

/// Running text; paragraphs are marked by tags or by indents.
pub(super) fn running_text(text: &str) -> String {
    let text: String = text
        .replace("&#3;", "")
        .replace("&#2;", "")
        .replace("&#5;", "")
        .chars()
        .filter(|&c| c == '\n' || c == '\t' || !c.is_control())
        .collect();
    if is_markup(&text) {
        return plain_text(&text);
    }
    let text = unescape(&text);
    indented(&text).unwrap_or_else(|| paragraphs(&text))
}

/// Spaces between words that make a row of a table.
const COLUMN_GAP: &str = "   ";

/// Text in which the first line of each paragraph is indented and no other; `None` where indents tell
/// nothing.
fn indented(text: &str) -> Option<String> {
    let indent = |line: &str| {
        let spaces = &line[..line.len() - line.trim_start().len()];
        spaces.chars().map(|c| if c == '\t' { COLUMN_GAP.len() } else { 1 }).sum::<usize>()
    };
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let margin = lines().map(indent).min()?;
    let widest = lines().map(indent).max()?;
    if widest == margin {
        return None;
    }
    let mut prose = Prose::default();
    let mut is_row = false;
    let mut broken = false;
    for line in text.lines() {
        let words = line.trim();
        let was_row = std::mem::replace(&mut is_row, words.contains(COLUMN_GAP));
        if words.is_empty() || indent(line) > margin {
            prose.paragraph();
        } else if is_row || was_row {
            prose.line();
        } else if !broken {
            prose.text(" ");
        }
        prose.text(words);
        broken = words.ends_with('-') && words.len() > 1 && !words.ends_with("--");
    }
    Some(prose.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(running_text(text), expected);
    }

    #[test]
    fn indents_tell_paragraphs() {
        check(
            "The harbour of Kirkholm\nclosed on Friday after the ferry ran aground.\n   Divers will look at the post-\nwar quay.\n Wire\n",
            "The harbour of Kirkholm closed on Friday after the ferry ran aground.\n\n\
             Divers will look at the post-war quay.\n\nWire",
        );
        check("   One is\nlong.\n\n   Two.", "One is long.\n\nTwo.");
        check("   Ferries:\nNorth     3\nSouth     4\nare late.", "Ferries:\nNorth 3\nSouth 4\nare late.");
        check("<P>\nOne is\nlong.\n</P>\n<P>\nTwo.\n</P>", "One is long.\n\nTwo.");
    }

    #[test]
    fn equal_indents_tell_nothing() {
        check("One.\nTwo.", "One.\n\nTwo.");
        check("   One.\n   Two.", "One.\n\nTwo.");
        check("", "");
    }
}
