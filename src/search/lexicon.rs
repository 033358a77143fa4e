//! Words of texts, remembered: what stands between two spaces was mostly seen before, and then it need not
//! be segmented, folded and stemmed again.
//!
//! Gives exactly the words of [`Analyzer::words`], several times as fast where texts repeat their words.
//! Searches of one index lend each other their lexicons, so that each begins with what those before it
//! have seen.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

use unicode_normalization::char::is_combining_mark;

use super::plan::stop::is_telling;
use crate::mention::Span;
#[cfg(doc)]
use crate::schema::analyzer::Word;
use crate::schema::analyzer::{Analyzer, Stemming, Unit};
use crate::word::WordMap;

/// Longest piece of a text that is remembered, in bytes; longer ones hardly come again.
const MAX_PIECE_BYTES: usize = 40;
/// Bytes of forms and pieces after which a lexicon forgets all, between two texts.
const MAX_BYTES: usize = 8 << 20;

/// A folded form or stem, by its number in one lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FormId(u32);

/// One word of a text.
#[derive(Clone, Copy)]
pub(super) struct SeenWord<'l> {
    /// Where it stands in the text, before folding.
    pub span: Span,
    /// Where its letters stand; see [`Word::letters`].
    pub letters: Span,
    /// How many words stand before it.
    pub position: u32,
    /// Folded form.
    pub exact: FormId,
    /// Stem of the word.
    pub stem: FormId,
    /// Stem that the word has when it is written without accents.
    pub bare_stem: FormId,
    /// What of a text it is.
    pub unit: Unit,
    /// Whether it may tell what a text is about.
    pub is_telling: bool,
    forms: &'l [Box<str>],
}

impl<'l> SeenWord<'l> {
    /// The folded form as text.
    pub(super) fn exact_text(&self) -> &'l str {
        &self.forms[self.exact.0 as usize]
    }

    /// Stems that stand beside the exact form, as [`Word::stems`].
    pub(super) fn stems(&self) -> impl Iterator<Item = FormId> {
        let stands_beside = |stem: &FormId| *stem != self.exact || self.bare_stem != self.exact;
        let stem = Some(self.stem).filter(stands_beside);
        let bare = Some(self.bare_stem).filter(|bare| *bare != self.stem && stands_beside(bare));
        stem.into_iter().chain(bare)
    }
}

/// Words and pieces of text seen so far.
#[derive(Default)]
pub(super) struct Lexicon {
    /// Also for words that need no remembering, such as those of queries.
    pub analyzer: Analyzer,
    /// Pieces as each language reads them.
    pieces: Vec<(Stemming, Pieces)>,
    /// Words of all pieces; a piece has a first one and a number of them.
    words: Vec<PieceWord>,
    numbers: WordMap<FormId>,
    forms: Vec<Box<str>>,
    n_bytes: usize,
}

/// The first word of a piece, and how many there are.
type Pieces = WordMap<(u32, u32)>;

/// A word of a piece, its spans counted from the beginning of the piece.
#[derive(Clone, Copy)]
struct PieceWord {
    span: Span,
    letters: Span,
    exact: FormId,
    stem: FormId,
    bare_stem: FormId,
    unit: Unit,
    is_telling: bool,
}

impl Lexicon {
    /// Forgets all when that is much. Forms that were given out before mean nothing then.
    pub(super) fn make_room(&mut self) {
        if self.n_bytes > MAX_BYTES {
            *self = Self { analyzer: std::mem::take(&mut self.analyzer), ..Self::default() };
        }
    }

    /// The number of a folded form or stem.
    pub(super) fn form(&mut self, text: &str) -> FormId {
        if let Some(form) = self.numbers.get(text) {
            return *form;
        }
        let form = FormId(u32::try_from(self.forms.len()).expect("forms are forgotten long before"));
        self.forms.push(text.into());
        self.numbers.insert(text, form);
        self.n_bytes += 2 * text.len();
        form
    }

    /// A form as text.
    pub(super) fn text(&self, form: FormId) -> &str {
        &self.forms[form.0 as usize]
    }

    /// Calls `each` for every word of `text`, in order.
    pub(super) fn words(&mut self, text: &str, stemming: Stemming, mut each: impl FnMut(SeenWord<'_>)) {
        let language = self.pieces.iter().position(|(one, _)| *one == stemming).unwrap_or_else(|| {
            self.pieces.push((stemming, Pieces::default()));
            self.pieces.len() - 1
        });
        let mut position = 0;
        for (start, piece) in pieces(text) {
            let (first, n_words) = match self.pieces[language].1.get(piece) {
                Some(&words) => words,
                None => self.learn(language, piece),
            };
            let known = &self.words[first as usize..(first + n_words) as usize];
            let in_text = |span: Span| Span::new(start + span.start as usize, start + span.end as usize);
            for &PieceWord { span, letters, exact, stem, bare_stem, unit, is_telling } in known {
                let (span, letters) = (in_text(span), in_text(letters));
                let forms = &self.forms[..];
                each(SeenWord { span, letters, position, exact, stem, bare_stem, unit, is_telling, forms });
                position += 1;
            }
            if piece.len() > MAX_PIECE_BYTES {
                self.words.truncate(first as usize);
            }
        }
    }

    /// Finds the words of a piece in a language, and remembers them unless it is long.
    fn learn(&mut self, language: usize, piece: &str) -> (u32, u32) {
        let stemming = self.pieces[language].0;
        let mut found: Vec<(Span, Span, Unit, [String; 3])> = Vec::new();
        self.analyzer.words(piece, stemming, |word| {
            let forms = [word.exact, word.stem, word.bare_stem].map(str::to_owned);
            found.push((word.span, word.letters, word.unit, forms));
        });
        let number = |n: usize| u32::try_from(n).expect("words are forgotten long before");
        let first = number(self.words.len());
        for (span, letters, unit, forms) in &found {
            let is_telling = is_telling(&forms[0]);
            let [exact, stem, bare_stem] = [0, 1, 2].map(|at: usize| self.form(&forms[at]));
            let (span, letters, unit) = (*span, *letters, *unit);
            self.words.push(PieceWord { span, letters, exact, stem, bare_stem, unit, is_telling });
        }
        let words = (first, number(found.len()));
        if piece.len() <= MAX_PIECE_BYTES {
            self.n_bytes += piece.len() + found.len() * size_of::<PieceWord>();
            self.pieces[language].1.insert(piece, words);
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
pub(super) fn begins_apart(text: &str) -> bool {
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
    use crate::schema::analyzer::Word;

    type Seen = (Span, Span, u32, Unit, [String; 3]);

    fn seen(lexicon: &mut Lexicon, text: &str, stemming: Stemming) -> Vec<Seen> {
        let mut seen = Vec::new();
        lexicon.words(text, stemming, |word| {
            let forms = [word.exact, word.stem, word.bare_stem];
            seen.push((word.span, word.letters, word.position, word.unit, forms, word.stems().collect::<Vec<_>>()));
        });
        let text_of = |form: FormId| lexicon.text(form).to_owned();
        let seen = seen.into_iter().map(|(span, letters, position, unit, forms, stems)| {
            let forms = forms.map(text_of);
            let [exact, stem, bare_stem] = [&forms[0], &forms[1], &forms[2]].map(String::as_str);
            let word = Word { span, letters, position, exact, stem, bare_stem, unit };
            let stems: Vec<String> = stems.into_iter().map(text_of).collect();
            assert_eq!(stems, word.stems().collect::<Vec<_>>());
            (span, letters, position, unit, forms)
        });
        seen.collect()
    }

    #[track_caller]
    fn check(lexicon: &mut Lexicon, text: &str) {
        for language in ["en", "fr", "de", "th"] {
            let stemming = Stemming::of(Some(language));
            let mut expected: Vec<Seen> = Vec::new();
            Analyzer::new().words(text, stemming, |word| {
                let forms = [word.exact, word.stem, word.bare_stem].map(str::to_owned);
                expected.push((word.span, word.letters, word.position, word.unit, forms));
            });
            for _ in 0..2 {
                assert_eq!(seen(lexicon, text, stemming), expected, "{text:?}");
            }
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
