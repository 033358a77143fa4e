//! Words of texts, remembered: what stands between two spaces was mostly seen before, and then it need not
//! be segmented, folded and stemmed again.
//!
//! Gives exactly the words of [`Analyzer::words`], several times as fast where texts repeat their words.
//! Searches of one index lend each other their lexicons, so that each begins with what those before it
//! have seen.

use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

use unicode_normalization::char::is_combining_mark;

use crate::mention::Span;
use crate::schema::analyzer::Analyzer;

/// Longest piece of a text that is remembered, in bytes; longer ones hardly come again.
const MAX_PIECE_BYTES: usize = 40;
/// Bytes of forms and pieces after which a lexicon forgets all, between two texts.
const MAX_BYTES: usize = 8 << 20;

/// A folded form or stem, by its number in one lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Form(u32);

/// One word of a text.
#[derive(Clone, Copy)]
pub(super) struct SeenWord<'l> {
    /// Where it stands in the text, before folding.
    pub span: Span,
    /// How many words stand before it.
    pub position: u32,
    /// Folded form.
    pub exact: Form,
    /// Stem of the folded form.
    pub stem: Form,
    forms: &'l [Box<str>],
}

impl<'l> SeenWord<'l> {
    /// The folded form as text.
    pub(super) fn exact_text(&self) -> &'l str {
        &self.forms[self.exact.0 as usize]
    }
}

/// Words and pieces of text seen so far.
#[derive(Default)]
pub(super) struct Lexicon {
    /// Also for words that need no remembering, such as those of queries.
    pub analyzer: Analyzer,
    pieces: HashMap<Box<str>, (u32, u32), foldhash::fast::FixedState>,
    /// Words of all pieces; a piece has a first one and a number of them.
    words: Vec<PieceWord>,
    numbers: HashMap<Box<str>, Form, foldhash::fast::FixedState>,
    forms: Vec<Box<str>>,
    n_bytes: usize,
}

/// A word of a piece.
#[derive(Clone, Copy)]
struct PieceWord {
    start: u32,
    n_bytes: u32,
    exact: Form,
    stem: Form,
}

impl Lexicon {
    /// Forgets all when that is much. Forms that were given out before mean nothing then.
    pub(super) fn make_room(&mut self) {
        if self.n_bytes > MAX_BYTES {
            *self = Self { analyzer: std::mem::take(&mut self.analyzer), ..Self::default() };
        }
    }

    /// The number of a folded form or stem.
    pub(super) fn form(&mut self, text: &str) -> Form {
        if let Some(form) = self.numbers.get(text) {
            return *form;
        }
        let form = Form(u32::try_from(self.forms.len()).expect("forms are forgotten long before"));
        self.forms.push(text.into());
        self.numbers.insert(text.into(), form);
        self.n_bytes += 2 * text.len();
        form
    }

    /// A form as text.
    pub(super) fn text(&self, form: Form) -> &str {
        &self.forms[form.0 as usize]
    }

    /// Calls `each` for every word of `text`, in order.
    pub(super) fn words(&mut self, text: &str, mut each: impl FnMut(SeenWord<'_>)) {
        let mut position = 0;
        for (start, piece) in pieces(text) {
            let (first, n_words) = match self.pieces.get(piece) {
                Some(&words) => words,
                None => self.learn(piece),
            };
            let known = &self.words[first as usize..(first + n_words) as usize];
            for &PieceWord { start: offset, n_bytes, exact, stem } in known {
                let from = start + offset as usize;
                let span = Span::new(from, from + n_bytes as usize);
                each(SeenWord { span, position, exact, stem, forms: &self.forms });
                position += 1;
            }
            if piece.len() > MAX_PIECE_BYTES {
                self.words.truncate(first as usize);
            }
        }
    }

    /// Finds the words of a piece, and remembers them unless it is long.
    fn learn(&mut self, piece: &str) -> (u32, u32) {
        let mut found: Vec<(Span, String, String)> = Vec::new();
        self.analyzer.words(piece, |word| found.push((word.span, word.exact.to_owned(), word.stem.to_owned())));
        let number = |n: usize| u32::try_from(n).expect("words are forgotten long before");
        let first = number(self.words.len());
        for (span, exact, stem) in &found {
            let (exact, stem) = (self.form(exact), self.form(stem));
            self.words.push(PieceWord { start: span.start, n_bytes: span.end - span.start, exact, stem });
        }
        let words = (first, number(found.len()));
        if piece.len() <= MAX_PIECE_BYTES {
            self.n_bytes += piece.len() + found.len() * size_of::<PieceWord>();
            self.pieces.insert(piece.into(), words);
        }
        words
    }
}

/// Parts of a text that can be read alone: what stands between spaces, with the places where they begin.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let space_from = |from: usize| bytes[from..].iter().position(u8::is_ascii_whitespace).map(|space| from + space);
    let behind_spaces = move |from: usize| {
        bytes[from..].iter().position(|byte| !byte.is_ascii_whitespace()).map_or(text.len(), |n| from + n)
    };
    let mut next = 0;
    std::iter::from_fn(move || {
        let begin = behind_spaces(next);
        // At the very beginning of a text only: later ones were seen by the piece before.
        let start = if begins_apart(&text[begin..]) { begin } else { next };
        if start == text.len() {
            return None;
        }
        let mut from = begin;
        loop {
            let Some(space) = space_from(from) else {
                next = text.len();
                return Some((start, &text[start..]));
            };
            let behind = behind_spaces(space);
            if begins_apart(&text[behind..]) {
                next = behind;
                return Some((start, &text[start..space]));
            }
            from = behind;
        }
    })
}

/// Whether a text says the same behind a space as alone: not when it begins with a mark or joiner, which
/// belongs to the space. Says `false` of whatever is seldom at the beginning of a word.
fn begins_apart(text: &str) -> bool {
    text.chars().next().is_none_or(|first| {
        first.is_ascii()
            || matches!(first, '“' | '”' | '‘' | '’' | '«' | '»' | '–' | '—' | '…' | '€' | '£' | '•')
            || first.is_alphanumeric() && !is_combining_mark(first) && !matches!(first, '\u{ff9e}' | '\u{ff9f}')
    })
}

/// Lexicons that nobody uses at the moment.
#[derive(Default)]
pub(super) struct Lexicons(Mutex<Vec<Lexicon>>);

/// A lexicon on loan, given back when it is dropped.
pub(super) struct Lent<'s> {
    lender: &'s Lexicons,
    /// Always there until the drop.
    lexicon: Option<Lexicon>,
}

impl Lexicons {
    /// A lexicon that was given back, else a new one. Threads don't wait for each other's texts.
    pub(super) fn lend(&self) -> Lent<'_> {
        let returned = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Lent { lender: self, lexicon: Some(returned.unwrap_or_default()) }
    }
}

impl Deref for Lent<'_> {
    type Target = Lexicon;

    fn deref(&self) -> &Lexicon {
        self.lexicon.as_ref().expect("it is given back on drop only")
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Lexicon {
        self.lexicon.as_mut().expect("it is given back on drop only")
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(lexicon) = self.lexicon.take() {
            self.lender.0.lock().unwrap_or_else(PoisonError::into_inner).push(lexicon);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(lexicon: &mut Lexicon, text: &str) -> Vec<(Span, u32, String, Form)> {
        let mut seen = Vec::new();
        lexicon.words(text, |word| seen.push((word.span, word.position, word.exact_text().to_owned(), word.stem)));
        seen
    }

    #[track_caller]
    fn check(lexicon: &mut Lexicon, text: &str) {
        let mut expected = Vec::new();
        Analyzer::new().words(text, |word| {
            expected.push((word.span, word.position, word.exact.to_owned(), word.stem.to_owned()));
        });
        for _ in 0..2 {
            let mut words = Vec::new();
            for (span, position, exact, stem) in seen(lexicon, text) {
                words.push((span, position, exact, lexicon.text(stem).to_owned()));
            }
            assert_eq!(words, expected, "{text:?}");
        }
    }

    #[test]
    fn words_are_those_of_the_analyzer() {
        let mut lexicon = Lexicon::default();
        check(
            &mut lexicon,
            " The banks' 2,000 (U.S.) officials’ news.example\n\nnaïve \u{301}x  — “so” 東京 が\u{ff9e} ",
        );
        check(&mut lexicon, &format!("{} end", "x".repeat(1000)));
        check(&mut lexicon, "\u{200d}a b \u{200d}c");
        check(&mut lexicon, " \u{93e} \u{93e}क");
        check(&mut lexicon, "");
    }

    #[test]
    fn what_was_given_back_is_lent_again() {
        let lexicons = Lexicons::default();
        let (mut one, other) = (lexicons.lend(), lexicons.lend());
        check(&mut one, "banks");
        drop((one, other));
        let _again = lexicons.lend();
        assert_eq!(lexicons.0.lock().expect("nobody panicked").len(), 1);
    }

    #[test]
    fn much_is_forgotten_between_texts() {
        let mut lexicon = Lexicon::default();
        let words: Vec<String> = (0..200_000).map(|n| format!("word{n}")).collect();
        check(&mut lexicon, &words.join(" "));
        lexicon.make_room();
        assert_eq!((lexicon.forms.len(), lexicon.pieces.len()), (0, 0));
        check(&mut lexicon, "word1 again");
    }

    proptest! {
        #[test]
        fn random_texts_have_the_words_of_the_analyzer(
            text in "([a-zA-Z0-9'’.,“”é\u{301}\u{200d}\u{ad}\u{93e}\u{ff9e}東ア🙂:_-]|[ \t\n\u{a0}]|\\PC){0,60}",
        ) {
            check(&mut Lexicon::default(), &text);
        }
    }
}
