//! Text becomes words to index and to look up, the same way on both sides.
//!
//! Words are those of Unicode Standard Annex 29, folded: lower case, Latin and Greek accents and the
//! vowel signs of Hebrew and Arabic dropped, possessive `'s` and inner apostrophes dropped (`O'Brien`
//! -> `obrien`), dots of acronyms dropped (`U.S.` -> `us`), thousands separators dropped (`2,000` ->
//! `2000`), digits of all scripts made one (`۱۴۰۲` -> `1402`). Every word stands at its position in its
//! exact form behind [`EXACT`], and by its stem where that is another word. Mentions and figures stand
//! there too, behind [`ENTITY`] and [`FIGURE`], so that they can be searched near words. No word is left
//! out, stop words neither.
//!
//! Stems are those of the article's language ([`Stemming`]); folding is the same everywhere. Scripts
//! without spaces are not cut into words: their characters stand in pairs.

mod apostrophe;
mod digit;
mod fold;
mod stem;
mod unspaced;

use super::terms::MAX_TERM_BYTES;
use crate::mention::Span;
use crate::word::{Letters, Surface, for_each_word};

pub use fold::fold_into;
pub use stem::{Stemming, Stemmings};
pub use unspaced::is_unspaced;

use apostrophe::{without_elided, without_parted_ending};
use fold::{lower_into, lower_turkish_into, parts};
use stem::{Stems, is_hangul};
use unspaced::characters;

/// What stands before the exact form of a word.
pub const EXACT: &str = "=";
/// What stands before the kind and key of an entity: `@person`, `@person:jane-doe`.
pub const ENTITY: &str = "@";
/// What stands before a figure key.
pub const FIGURE: &str = "#";

/// Names the analysis in the manifest of an index; raise it when any text may be analyzed otherwise.
pub const FINGERPRINT: &str = "words-3 frostem-2.20261016.1";

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Where it stands in the text, before folding.
    pub span: Span,
    /// Where its letters stand: beyond [`Self::span`] where a character stands together with the one
    /// behind it.
    pub letters: Span,
    /// How many words stand before it.
    pub position: u32,
    /// Folded form.
    pub exact: &'a str,
    /// Stem of the word.
    pub stem: &'a str,
    /// Stem that the word has when it is written without accents; in Hangul, without an ending that may be a particle
    /// or the noun's own.
    pub bare_stem: &'a str,
    /// What of a text it is.
    pub unit: Unit,
}

/// What a [`Word`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A word with something around it that parts words.
    Word,
    /// A character of a script without spaces, together with the one behind it.
    Pair,
    /// The last character of a run in such a script, alone.
    Last,
}

impl Word<'_> {
    /// Whether a stem stands beside the exact form: the stems of a word that is its own stem don't.
    pub fn stands_beside(&self, stem: &str) -> bool {
        stem != self.exact || self.bare_stem != self.exact
    }

    /// Stems that stand beside the exact form.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        let stem = Some(self.stem).filter(|stem| self.stands_beside(stem));
        let bare = Some(self.bare_stem).filter(|bare| *bare != self.stem && self.stands_beside(bare));
        stem.into_iter().chain(bare)
    }

    /// Stems by which the word is looked for where it is typed. In Hangul an ending that may be the noun's own is taken
    /// for that: `경기도` is the province, not `경기` with a particle.
    pub fn sought_stems(&self) -> impl Iterator<Item = &str> {
        let bare = Some(self.bare_stem).filter(|bare| *bare != self.stem && !self.exact.starts_with(is_hangul));
        std::iter::once(self.stem).chain(bare)
    }
}

/// Finds and folds words. Keeps stems that it has seen: one for each thread.
#[derive(Default)]
pub struct Analyzer {
    stems: Stems,
    folded: String,
    lower: String,
    /// The last character of the run that is read, folded.
    pending: String,
}

impl Analyzer {
    /// An analyzer without memory.
    pub fn new() -> Self {
        Self::default()
    }

    /// Calls `each` for every word of `text`, in order. Characters of scripts without spaces come in pairs.
    pub fn words(&mut self, text: &str, stemming: Stemming, mut each: impl FnMut(Word<'_>)) {
        let mut position = 0;
        // Where the last character of the run stands.
        let mut pending: Option<Span> = None;
        for_each_word(text, |Surface { word: raw, range, letters }| {
            if letters != Letters::Any {
                if let Some(span) = pending.take() {
                    each(character(span, span, position, Unit::Last, &self.pending));
                    position += 1;
                }
                self.fold_plain(raw);
                position += u32::from(self.word(range.start, raw, stemming, position, &mut each));
                return;
            }
            for (offset, part) in parts(raw) {
                let start = range.start + offset;
                if !part.starts_with(is_unspaced) {
                    if let Some(span) = pending.take() {
                        each(character(span, span, position, Unit::Last, &self.pending));
                        position += 1;
                    }
                    let behind = if stemming.has_elisions() { without_elided(part) } else { part };
                    let start = start + part.len() - behind.len();
                    let part_read = if stemming.parts_endings() { without_parted_ending(behind) } else { behind };
                    self.fold(part_read);
                    position += u32::from(self.word(start, part_read, stemming, position, &mut each));
                    continue;
                }
                for (offset, part) in characters(part) {
                    let span = Span::new(start + offset, start + offset + part.len());
                    self.fold(part);
                    if self.folded.is_empty() {
                        continue;
                    }
                    if let Some(last) = pending {
                        let goes_on = last.end == span.start;
                        let n_bytes = self.pending.len();
                        if goes_on {
                            self.pending.push_str(&self.folded);
                        }
                        let (letters, unit) = match goes_on {
                            true => (Span { start: last.start, end: span.end }, Unit::Pair),
                            false => (last, Unit::Last),
                        };
                        each(character(last, letters, position, unit, &self.pending));
                        position += 1;
                        self.pending.truncate(n_bytes);
                    }
                    std::mem::swap(&mut self.pending, &mut self.folded);
                    pending = Some(span);
                }
            }
        });
        if let Some(span) = pending {
            each(character(span, span, position, Unit::Last, &self.pending));
        }
    }

    fn fold(&mut self, part: &str) {
        self.folded.clear();
        fold_into(part, &mut self.folded);
    }

    /// The same of letters and digits of ASCII.
    fn fold_plain(&mut self, word: &str) {
        self.folded.clear();
        self.folded.push_str(word);
        self.folded.make_ascii_lowercase();
    }

    /// Calls `each` for a word that has been folded, and tells whether it is one.
    fn word(
        &mut self,
        start: usize,
        part: &str,
        stemming: Stemming,
        position: u32,
        each: &mut impl FnMut(Word<'_>),
    ) -> bool {
        let exact = cut_word(&self.folded);
        if exact.is_empty() {
            return false;
        }
        let capitals_differ = stemming.has_dotless_i() && part.contains('I');
        let written = if !stemming.wants_accents() || part.is_ascii() && !capitals_differ || is_bare_number(exact) {
            exact
        } else {
            self.lower.clear();
            match stemming.has_dotless_i() {
                true => lower_turkish_into(part, &mut self.lower),
                false => lower_into(part, &mut self.lower),
            }
            cut_word(&self.lower)
        };
        let (stem, bare_stem) = self.stems.of(stemming, written, exact);
        let span = Span::new(start, start + part.len());
        each(Word { span, letters: span, position, exact, stem, bare_stem, unit: Unit::Word });
        true
    }

    /// Calls `each` for every word of a name, in order, with its span: as [`Self::words`], but that each
    /// character of a script without spaces is a word by itself, since names are looked up from any of
    /// their words on.
    pub fn name_words(&mut self, name: &str, mut each: impl FnMut(&str, Span)) {
        for_each_word(name, |Surface { word: raw, range, .. }| {
            for (offset, part) in parts(raw) {
                let start = range.start + offset;
                let mut one = |offset: usize, part: &str| {
                    self.fold(part);
                    let exact = cut_word(&self.folded);
                    if !exact.is_empty() {
                        each(exact, Span::new(start + offset, start + offset + part.len()));
                    }
                };
                if part.starts_with(is_unspaced) {
                    characters(part).for_each(|(offset, part)| one(offset, part));
                } else {
                    one(0, part);
                }
            }
        });
    }

    /// Folded words of a name, in order, as [`Self::name_words`].
    pub fn exact_words(&mut self, name: &str) -> Vec<String> {
        let mut words = Vec::new();
        self.name_words(name, |word, _| words.push(word.to_owned()));
        words
    }

    /// Whether a folded word is its own stem, so that it stands in texts by its exact form alone.
    pub fn is_own_stem(&mut self, word: &str, stemming: Stemming) -> bool {
        self.stems.of(stemming, word, word) == (word, word)
    }
}

/// A word so long that its term is no longer than the longest one, with the sign before it.
fn cut_word(word: &str) -> &str {
    &word[..word.floor_char_boundary(MAX_TERM_BYTES - EXACT.len())]
}

/// Whether a folded word has digits alone, whatever they were written in.
fn is_bare_number(exact: &str) -> bool {
    exact.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn character<'a>(span: Span, letters: Span, position: u32, unit: Unit, folded: &'a str) -> Word<'a> {
    Word { span, letters, position, exact: folded, stem: folded, bare_stem: folded, unit }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut words = Vec::new();
        Analyzer::new().words(text, Stemming::ENGLISH, |word| words.push(word.exact.to_owned()));
        assert_eq!(words, expected);
    }

    #[test]
    fn words_fold() {
        check("Kyiv’s O'Brien can't", &["kyiv", "obrien", "cant"]);
        check("the U.S. and p.m. news.example", &["the", "us", "and", "pm", "news", "example"]);
        check("2,000 troops, 1.5 million", &["2000", "troops", "1.5", "million"]);
        check("Erdoğan, Łódź, Straße, Ærø, Αθήνα", &["erdogan", "lodz", "strasse", "aero", "αθηνα"]);
        check("COVID-19 well-known snake_case", &["covid", "19", "well", "known", "snake", "case"]);
        check("Київ Зеленський йога", &["київ", "зеленський", "йога"]);
        check("が 東京", &["が", "東京", "京"]);
        check("— … & 's", &["s"]);
        check("", &[]);
    }

    #[test]
    fn stems_join_forms() {
        let mut stems = Vec::new();
        let text = "bank banks banking released";
        Analyzer::new().words(text, Stemming::ENGLISH, |word| stems.push(word.stem.to_owned()));
        assert_eq!(stems, ["bank", "bank", "bank", "releas"]);
    }

    #[test]
    fn stems_stand_beside_words_that_differ() {
        let mut beside = Vec::new();
        Analyzer::new().words("L'économie décidée de la ville", Stemming::of(Some("fr")), |word| {
            beside.push((word.exact.to_owned(), word.stems().map(str::to_owned).collect::<Vec<_>>()));
        });
        let expected: [(&str, &[&str]); 5] = [
            ("economie", &["econom"]),
            ("decidee", &["decid", "decide"]),
            ("de", &[]),
            ("la", &[]),
            ("ville", &["vill"]),
        ];
        assert_eq!(beside.len(), expected.len());
        for ((exact, stems), expected) in beside.iter().zip(expected) {
            assert_eq!(
                (exact.as_str(), stems.as_slice()),
                (expected.0, &expected.1.iter().map(|stem| (*stem).to_owned()).collect::<Vec<_>>()[..])
            );
        }
    }

    #[track_caller]
    fn check_stems(language: &str, text: &str, expected: &[(&str, &[&str])]) {
        let mut words = Vec::new();
        Analyzer::new().words(text, Stemming::of(Some(language)), |word| {
            words.push((word.span.of(text).to_owned(), word.stems().map(str::to_owned).collect::<Vec<_>>()));
        });
        let words: Vec<(&str, Vec<&str>)> =
            words.iter().map(|(word, stems)| (word.as_str(), stems.iter().map(String::as_str).collect())).collect();
        let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(word, stems)| (*word, stems.to_vec())).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn turkish_names_end_at_the_apostrophe() {
        check_stems("tr", "Ankara’da Türkiye’nin", &[("Ankara", &["ankar"]), ("Türkiye", &["turki"])]);
        check_stems("tr", "SEÇİM seçim", &[("SEÇİM", &["sec"]), ("seçim", &["sec"])]);
        check_stems("en", "Ankara’da", &[("Ankara’da", &[])]);
    }

    #[test]
    fn arabic_endings_are_known_behind_the_article_too() {
        check_stems("ar", "الحكومة حكومة", &[("الحكومة", &["حكوم", "حكومه"]), ("حكومة", &["حكوم"])]);
    }

    #[test]
    fn endings_of_hangul_that_may_be_particles_are_left_and_taken() {
        check_stems(
            "ko",
            "경찰과 학생들이 정부도",
            &[("경찰과", &["경찰과", "경찰"]), ("학생들이", &["학생"]), ("정부도", &["정부도", "정부"])],
        );
        check_stems(
            "ko",
            "경찰과의 학생들과 아들이",
            &[("경찰과의", &["경찰과", "경찰"]), ("학생들과", &["학생들과", "학생"]), ("아들이", &["아들"])],
        );
        check_stems("ko", "결과 대만", &[("결과", &[]), ("대만", &[])]);
    }

    #[test]
    fn characters_stand_with_the_one_behind() {
        check("東京で地震。3月", &["東京", "京で", "で地", "地震", "震", "3", "月"]);
        check("ไทย ok", &["ไท", "ทย", "ย", "ok"]);
        assert_eq!(Analyzer::new().exact_words("習近平 Xi"), ["習", "近", "平", "xi"]);
        let mut spans = Vec::new();
        Analyzer::new().words("地震", Stemming::NONE, |word| spans.push((word.span, word.letters)));
        assert_eq!(spans, [(Span::new(0, 3), Span::new(0, 6)), (Span::new(3, 6), Span::new(3, 6))]);
    }

    #[test]
    fn very_long_words_are_cut_alike() {
        let word = "x".repeat(10_000);
        assert_eq!(Analyzer::new().exact_words(&word), [cut_word(&word)]);
        check(&word, &[cut_word(&word)]);
    }

    proptest! {
        #[test]
        fn spans_lie_on_char_boundaries_in_order(text in "\\PC{0,80}") {
            let mut last = 0;
            let mut next_position = 0;
            Analyzer::new().words(&text, Stemming::of(Some("fr")), |word| {
                let range = word.span.range();
                assert!(range.start >= last && range.start < range.end);
                assert!(!word.span.of(&text).is_empty());
                assert_eq!(word.position, next_position);
                next_position += 1;
                assert!(word.letters.start == word.span.start && word.letters.end >= word.span.end);
                assert!(!word.letters.of(&text).is_empty());
                last = range.end;
            });
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = Analyzer::new().exact_words(&text);
            for word in once {
                let mut again = String::new();
                fold_into(&word, &mut again);
                let mut thrice = String::new();
                fold_into(&again, &mut thrice);
                assert_eq!(again, thrice);
            }
        }
    }
}
