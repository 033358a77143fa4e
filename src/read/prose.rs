//! Assembles plain text from pieces: white space collapses, paragraphs stand one blank line apart.
//!
//! Used by every reader, so that all bodies look the same whatever they were read from. Knows no
//! markup.

/// Plain text in the making.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    text: String,
    gap: Gap,
}

/// What must stand between the text so far and the next word. Stronger gaps win.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

impl Prose {
    /// Adds running text; each run of white space counts as one space.
    pub(crate) fn text(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let word_start = rest.trim_start();
            if word_start.len() < rest.len() {
                self.widen(Gap::Space);
            }
            if word_start.is_empty() {
                return;
            }
            let end = word_start.find(char::is_whitespace).unwrap_or(word_start.len());
            self.word(&word_start[..end]);
            rest = &word_start[end..];
        }
    }

    /// Adds text as it stands, line by line, indentation included.
    pub(crate) fn verbatim(&mut self, text: &str) {
        for line in text.lines() {
            let line = line.trim_end();
            if line.is_empty() {
                self.paragraph();
            } else {
                self.word(line);
                self.line();
            }
        }
    }

    /// The next word begins a line.
    pub(crate) fn line(&mut self) {
        self.widen(Gap::Line);
    }

    /// The next word begins a paragraph.
    pub(crate) fn paragraph(&mut self) {
        self.widen(Gap::Paragraph);
    }

    /// Bytes so far.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text, without white space at its ends.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    fn widen(&mut self, gap: Gap) {
        if !self.text.is_empty() {
            self.gap = self.gap.max(gap);
        }
    }

    fn word(&mut self, word: &str) {
        self.text.push_str(match self.gap {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        });
        self.gap = Gap::None;
        self.text.push_str(word);
    }
}

/// `text` on one line: white space collapsed, none at the ends.
pub(crate) fn one_line(text: &str) -> String {
    let mut prose = Prose::default();
    prose.text(text);
    prose.finish()
}

/// How many words a text has, about: where nothing stands between words, two signs are one.
pub(crate) fn n_words(text: &str) -> usize {
    let is_unparted = |c: &char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    text.split_whitespace().count() + text.chars().filter(is_unparted).count() / 2
}

/// How many words a text has, about; none where it is numbers, or a list of names.
pub(crate) fn n_words_of_text(text: &str) -> usize {
    let (mut n_all, mut n_letters, mut n_names) = (0, 0, 0);
    for word in text.split_whitespace() {
        let mut letters = word.chars().filter(|c| c.is_alphanumeric());
        let (first, second) = (letters.next(), letters.next());
        n_all += 1;
        n_letters += usize::from(first.is_some_and(char::is_alphabetic));
        // Capitals alone are how agencies wrote.
        n_names += usize::from(first.is_some_and(char::is_uppercase) && second.is_none_or(char::is_lowercase));
    }
    let is_text = 2 * n_letters >= n_all && 5 * n_names <= 4 * n_all;
    if is_text { n_words(text) } else { 0 }
}

/// The first bytes of a text, to the end of a character.
pub(crate) fn start_of(text: &str, n_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(n_bytes)]
}

/// Widths between which a column of text was wrapped by a program rather than by its author.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 40..=110;

/// A line that is longer is a paragraph of its own: nobody wraps there.
const LONG_LINE_CHARS: usize = 120;

/// Brings plain text into paragraphs: blank lines separate them, hard-wrapped lines are joined, and
/// lines that are no wrapped text (lists, verse, paragraphs without blank lines) stay apart.
pub(crate) fn paragraphs(text: &str) -> String {
    let mut prose = Prose::default();
    let has_blank = text.trim().lines().any(|line| line.trim().is_empty());
    for block in blocks(text) {
        let joins = is_wrapped(&block);
        let by_paragraph = !joins && (!has_blank || are_paragraphs(&block));
        for (at, line) in block.iter().enumerate() {
            let joined = joins && at > 0 && !is_list_item(line);
            if at == 0 || by_paragraph {
                prose.paragraph();
            } else if !joined {
                prose.line();
            } else if !block[at - 1].ends_with('-') && !is_cjk_seam(block[at - 1], line) {
                prose.text(" ");
            }
            prose.text(line.trim());
        }
    }
    prose.finish()
}

/// The widest line of the first block that a program wrapped, in characters; `None` where none is.
pub(crate) fn wrap_width(text: &str) -> Option<usize> {
    let wrapped = blocks(text).find(|block| is_wrapped(block))?;
    wrapped.iter().map(|line| line.trim().chars().count()).max()
}

/// Runs of lines without a blank line between them, each line trimmed at its end.
fn blocks(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let mut lines = text.lines().map(str::trim_end).peekable();
    std::iter::from_fn(move || {
        while lines.next_if(|line| line.trim().is_empty()).is_some() {}
        let mut block = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.trim().is_empty()) {
            block.push(line);
        }
        (!block.is_empty()).then_some(block)
    })
}

/// Lines that are long, or of which most end as sentences do.
fn are_paragraphs(block: &[&str]) -> bool {
    let ends_sentence =
        |line: &&&str| line.trim_end_matches(['"', '”', '’', ')', '»']).ends_with(['.', '!', '?', '。', '…']);
    let n_sentences = block.iter().filter(ends_sentence).count();
    let has_items = block.iter().any(|line| is_list_item(line));
    !has_items
        && (n_sentences * 5 >= block.len() * 3 || block.iter().any(|line| line.chars().count() > LONG_LINE_CHARS))
}

/// A wrapped line is one that the first word of the next would have overrun.
fn is_wrapped(block: &[&str]) -> bool {
    let width = |line: &str| line.trim().chars().count();
    let widest = block.iter().map(|line| width(line)).max().unwrap_or(0);
    if block.len() < 2 || !WRAP_WIDTHS.contains(&widest) {
        return false;
    }
    let (mut n_seams, mut n_full) = (0, 0);
    for pair in block.windows(2) {
        if is_list_item(pair[1]) {
            continue;
        }
        let next_word = pair[1].split_whitespace().next().map_or(0, |word| word.chars().count());
        n_seams += 1;
        // Editors differ by a character or two in where the margin lies.
        n_full += usize::from(width(pair[0]) + 1 + next_word + 2 > widest);
    }
    n_seams > 0 && n_full * 5 >= n_seams * 4
}

fn is_list_item(line: &str) -> bool {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix(['-', '*', '•', '–', '·']) {
        return rest.starts_with(char::is_whitespace);
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let n_digits = line.len() - rest.len();
    (1..=2).contains(&n_digits) && (rest.starts_with(". ") || rest.starts_with(") "))
}

/// Chinese and Japanese put no space where a line was broken.
fn is_cjk_seam(before: &str, after: &str) -> bool {
    let is_cjk = |c: char| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    before.chars().next_back().is_some_and(is_cjk) && after.trim_start().chars().next().is_some_and(is_cjk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(paragraphs(text), expected);
    }

    #[test]
    fn paragraphs_stand_one_blank_line_apart() {
        check("", "");
        check("  One.  \n\n\n Two. ", "One.\n\nTwo.");
        check("One sentence here.\nAnother paragraph.", "One sentence here.\n\nAnother paragraph.");
    }

    #[test]
    fn wrapped_lines_join_and_others_do_not() {
        check(
            "The two sides exchanged prisoners on\nFriday, the largest exchange since the war-\nweary winter began.\n\nNext.",
            "The two sides exchanged prisoners on Friday, the largest exchange since the war-weary winter began.\n\nNext.",
        );
        check("Results:\n- Alpha 3\n- Beta 2\n\nEnd.", "Results:\n- Alpha 3\n- Beta 2\n\nEnd.");
        check("He left.\n“I stay,” said Ann.\n\nEnd", "He left.\n\n“I stay,” said Ann.\n\nEnd");
        check("Roses\nare red\n\nViolets", "Roses\nare red\n\nViolets");
    }

    #[test]
    fn pieces_collapse() {
        let mut prose = Prose::default();
        prose.paragraph();
        prose.text("a ");
        prose.text(" b\u{a0}c");
        prose.line();
        prose.paragraph();
        prose.text("\n d");
        prose.line();
        assert_eq!(prose.finish(), "a b c\n\nd");
        assert_eq!(one_line(" a \n b "), "a b");
    }
}
