//! Words become stems, by the language of the article that they stand in.
//!
//! Snowball's algorithms. An article of unknown language (hardly more than a headline) is stemmed as English, which
//! leaves other scripts alone; one in a language that has no stemmer is not stemmed. Particles of Korean are taken off
//! wherever Hangul is written.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

use super::fold::fold_into;
use crate::word::WordMap;

/// How the words of an article are stemmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stemming(u8);

/// A set of [`Stemming`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Stemmings(u64);

/// What a stemmer is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Input {
    /// Folded words: accents are rare, or the algorithm drops them anyway.
    Folded,
    /// Words with their accents, by which it knows endings.
    Accented,
    /// As [`Self::Accented`], of a language that joins articles to nouns by apostrophes.
    Elided,
    /// As [`Self::Accented`], of a language that parts endings from names by apostrophes and has an `i` without a dot.
    Turkish,
}

/// A language with a stemmer: its codes, the algorithm, what that is given. The first two places are taken by words
/// without a stemmer and by English; a new language comes last, or every index has to be made anew.
const LANGUAGES: [(&[&str], Algorithm, Input); 33] = [
    (&["ar"], Algorithm::Arabic, Input::Accented),
    (&["hy"], Algorithm::Armenian, Input::Folded),
    (&["eu"], Algorithm::Basque, Input::Accented),
    (&["ca"], Algorithm::Catalan, Input::Elided),
    (&["cs"], Algorithm::Czech, Input::Accented),
    (&["da"], Algorithm::Danish, Input::Accented),
    (&["nl"], Algorithm::Dutch, Input::Accented),
    (&["eo"], Algorithm::Esperanto, Input::Accented),
    (&["et"], Algorithm::Estonian, Input::Accented),
    (&["fi"], Algorithm::Finnish, Input::Accented),
    (&["fr"], Algorithm::French, Input::Elided),
    (&["de"], Algorithm::German, Input::Accented),
    (&["el"], Algorithm::Greek, Input::Accented),
    (&["hi"], Algorithm::Hindi, Input::Folded),
    (&["hu"], Algorithm::Hungarian, Input::Accented),
    (&["id"], Algorithm::Indonesian, Input::Folded),
    (&["ga"], Algorithm::Irish, Input::Accented),
    (&["it"], Algorithm::Italian, Input::Elided),
    (&["lt"], Algorithm::Lithuanian, Input::Accented),
    (&["ne"], Algorithm::Nepali, Input::Folded),
    (&["no", "nb", "nn"], Algorithm::Norwegian, Input::Accented),
    (&["fa"], Algorithm::Persian, Input::Folded),
    (&["pl"], Algorithm::Polish, Input::Accented),
    (&["pt"], Algorithm::Portuguese, Input::Accented),
    (&["ro"], Algorithm::Romanian, Input::Accented),
    (&["ru"], Algorithm::Russian, Input::Folded),
    (&["sr"], Algorithm::Serbian, Input::Accented),
    (&["es"], Algorithm::Spanish, Input::Accented),
    (&["sv"], Algorithm::Swedish, Input::Accented),
    (&["ta"], Algorithm::Tamil, Input::Folded),
    (&["tr"], Algorithm::Turkish, Input::Turkish),
    (&["uk"], Algorithm::Ukrainian, Input::Folded),
    (&["yi"], Algorithm::Yiddish, Input::Accented),
];
/// Places before those of [`LANGUAGES`].
const FIRST: u8 = 2;

impl Stemming {
    /// Words are their own stems.
    pub const NONE: Self = Self(0);
    /// That of English, and of articles whose language nobody knows.
    pub const ENGLISH: Self = Self(1);

    /// That of a language, by its code.
    pub fn of(language: Option<&str>) -> Self {
        let Some(code) = language else { return Self::ENGLISH };
        if code == "en" {
            return Self::ENGLISH;
        }
        let place = LANGUAGES.iter().position(|(codes, ..)| codes.contains(&code));
        place.and_then(|place| u8::try_from(place).ok()).map_or(Self::NONE, |place| Self(place + FIRST))
    }

    fn stemmer(self) -> Option<(Algorithm, Input)> {
        if self == Self::ENGLISH {
            return Some((Algorithm::English, Input::Folded));
        }
        let place = usize::from(self.0).checked_sub(usize::from(FIRST))?;
        LANGUAGES.get(place).map(|&(_, algorithm, input)| (algorithm, input))
    }

    /// Whether words are stemmed with their accents.
    pub(super) fn wants_accents(self) -> bool {
        self.stemmer().is_some_and(|(_, input)| input != Input::Folded)
    }

    /// Whether a word may begin with an article that has lost its vowel.
    pub(super) fn has_elisions(self) -> bool {
        self.stemmer().is_some_and(|(_, input)| input == Input::Elided)
    }

    /// Whether names may end in an apostrophe and an ending.
    pub(super) fn parts_endings(self) -> bool {
        self.stemmer().is_some_and(|(_, input)| input == Input::Turkish)
    }

    /// Whether `I` is the capital of `ı`.
    pub(super) fn has_dotless_i(self) -> bool {
        self.parts_endings()
    }

    /// Whether forms of a word may have it for their stem though its own is shorter: Hungarian stems `Budapesten` to
    /// `budapest`, and that to `budapes`. English endings are seldom taken off twice.
    pub fn has_words_as_stems(self, word: &str) -> bool {
        !matches!(self, Self::NONE | Self::ENGLISH) || word.starts_with(is_hangul)
    }

    /// Whether other words may have this one as their stem.
    pub fn joins_forms(self, stem: &str) -> bool {
        self != Self::NONE || stem.starts_with(is_hangul)
    }

    /// A number below 64 that stands for it.
    pub fn code(self) -> u8 {
        self.0
    }
}

impl Stemmings {
    /// No stemming.
    pub const EMPTY: Self = Self(0);

    /// Adds one.
    pub fn insert(&mut self, stemming: Stemming) {
        self.0 |= 1 << stemming.0;
    }

    /// Whether it is among them.
    pub fn contains(self, stemming: Stemming) -> bool {
        self.contains_code(stemming.0)
    }

    /// As [`Self::contains`], by [`Stemming::code`].
    pub fn contains_code(self, code: u8) -> bool {
        self.0 >> code & 1 == 1
    }

    /// Whether all of the others are among them.
    pub fn contains_all(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// Those that are in both.
    pub fn both(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Stemming> {
        (0..64).filter(move |&code| self.contains_code(code)).map(Stemming)
    }
}

impl FromIterator<Stemming> for Stemmings {
    fn from_iter<T: IntoIterator<Item = Stemming>>(stemmings: T) -> Self {
        let mut set = Self::EMPTY;
        stemmings.into_iter().for_each(|stemming| set.insert(stemming));
        set
    }
}

/// Words of one stemming kept in memory; a corpus of 16 million tokens has about 85,000 distinct ones.
const MAX_MEMO: usize = 200_000;

/// Stems that were made before: one for each thread.
#[derive(Default)]
pub(super) struct Stems {
    /// By [`Stemming::code`].
    memos: Vec<Memo>,
}

#[derive(Default)]
struct Memo {
    stems: WordMap<Stem>,
    /// Stems that are no beginnings of their words.
    others: String,
}

/// A stem, found again in the word that has it: nearly all are what that begins with.
#[derive(Clone, Copy)]
enum Stem {
    /// So many bytes of the word.
    Beginning(u16),
    /// These bytes of [`Memo::others`].
    Other { start: u32, n_bytes: u16 },
}

impl Stems {
    /// Stems of a word: as it is written, and as it is written without accents, which are mostly one. `written` is
    /// the word as its stemmer wants it, `exact` is folded. In Hangul, see [`stems_of_hangul`].
    pub(super) fn of<'a>(&'a mut self, stemming: Stemming, written: &'a str, exact: &'a str) -> (&'a str, &'a str) {
        if exact.starts_with(is_hangul) {
            return stems_of_hangul(exact);
        }
        let Some((algorithm, _)) = stemming.stemmer() else { return (exact, exact) };
        let code = usize::from(stemming.0);
        if self.memos.len() <= code {
            self.memos.resize_with(code + 1, Memo::default);
        }
        let memo = &mut self.memos[code];
        memo.make_room();
        let stem = memo.stem_of(algorithm, written);
        let bare = if written == exact { stem } else { memo.stem_of(algorithm, exact) };
        (memo.read(stem, written), memo.read(bare, exact))
    }
}

impl Memo {
    /// Room for the stems of a word as it is written and without its accents.
    fn make_room(&mut self) {
        if self.stems.len() + 2 > MAX_MEMO {
            self.stems.clear();
            self.others.clear();
        }
    }

    fn stem_of(&mut self, algorithm: Algorithm, word: &str) -> Stem {
        if let Some(stem) = self.stems.get(word) {
            return *stem;
        }
        let stem = self.keep(&folded(Stemmer::new(algorithm).stem(word)), word);
        self.stems.insert(word, stem);
        stem
    }

    /// Keeps what of a stem is not in its word. Words are cut at [`MAX_TERM_BYTES`](crate::schema::terms::MAX_TERM_BYTES),
    /// and no stem is many times longer.
    fn keep(&mut self, stem: &str, word: &str) -> Stem {
        let stem = &stem[..stem.floor_char_boundary(usize::from(u16::MAX))];
        let n_bytes = stem.len() as u16;
        if word.starts_with(stem) {
            return Stem::Beginning(n_bytes);
        }
        let start = self.others.len() as u32;
        self.others.push_str(stem);
        Stem::Other { start, n_bytes }
    }

    fn read<'a>(&'a self, stem: Stem, word: &'a str) -> &'a str {
        match stem {
            Stem::Beginning(n_bytes) => &word[..usize::from(n_bytes)],
            Stem::Other { start, n_bytes } => &self.others[start as usize..][..usize::from(n_bytes)],
        }
    }
}

/// Stems stand among words without accents, and a stem that has lost its last letter is none.
fn folded(stem: Cow<'_, str>) -> Cow<'_, str> {
    if stem.is_ascii() {
        return stem;
    }
    let mut folded = String::with_capacity(stem.len());
    fold_into(&stem, &mut folded);
    Cow::Owned(folded)
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}

/// Particles that Korean writes behind a noun without a space, longest first.
const PARTICLES: [&str; 34] = [
    "으로부터",
    "에서부터",
    "에게서",
    "으로서",
    "으로써",
    "이라고",
    "이라는",
    "에서는",
    "에서도",
    "에게는",
    "까지",
    "부터",
    "에서",
    "에게",
    "께서",
    "한테",
    "으로",
    "처럼",
    "보다",
    "마다",
    "조차",
    "이나",
    "에는",
    "에도",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "와",
];
/// Particles that many nouns end in too: `경찰과`, but `소아과`.
const DOUBTFUL_PARTICLES: [&str; 3] = ["과", "도", "만"];
/// What makes a plural.
const PLURAL: [&str; 1] = ["들"];
/// Syllables of a noun that is left.
const MIN_SYLLABLES: usize = 2;

/// Stems of a word that keeps an ending that may be its own, and of one that has it as a particle: `정부는` -> `정부`
/// both, `정부도` -> `정부도`, `정부`.
fn stems_of_hangul(word: &str) -> (&str, &str) {
    let noun = without_one_of(&PARTICLES, word);
    let rest = without_one_of(&DOUBTFUL_PARTICLES, noun);
    let shorter = if rest == noun { noun } else { without_one_of(&PARTICLES, rest) };
    (without_one_of(&PLURAL, noun), without_one_of(&PLURAL, shorter))
}

/// A word without an ending. Short words stay whole: their last syllable is more often their own.
fn without_one_of<'w>(endings: &[&str], word: &'w str) -> &'w str {
    let noun = endings.iter().find_map(|ending| word.strip_suffix(ending));
    noun.filter(|noun| noun.chars().count() >= MIN_SYLLABLES).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, written: &str, stem: &str) {
        let mut exact = String::new();
        fold_into(written, &mut exact);
        let (mut stems, stemming) = (Stems::default(), Stemming::of(Some(language)));
        let written = if stemming.wants_accents() { written } else { &exact };
        assert_eq!(stems.of(stemming, written, &exact).0, stem, "{written}");
        // Once more, from memory.
        assert_eq!(stems.of(stemming, written, &exact).0, stem, "{written}");
    }

    #[test]
    fn languages_have_their_own_stems() {
        check("en", "banks", "bank");
        check("fr", "économies", "econom");
        check("de", "häuser", "haus");
        check("es", "elecciones", "eleccion");
        check("pt", "operações", "oper");
        check("ru", "выборы", "выбор");
        check("zh", "banks", "banks");
        check("ko", "정부는", "정부");
        check("ko", "회의", "회의");
    }

    #[test]
    fn a_word_without_its_accents_has_a_stem_of_its_own() {
        let (mut stems, french) = (Stems::default(), Stemming::of(Some("fr")));
        let (stem, bare) = stems.of(french, "décidée", "decidee");
        assert_eq!(stem, "decid");
        let bare = bare.to_owned();
        assert_eq!(bare, stems.of(french, "decidee", "decidee").0);
        // Whatever it was asked with before.
        assert_eq!(stems.of(french, "décidée", "décidée").1, "decid");
        let bare = stems.of(french, "décidée", "économies").1.to_owned();
        assert_eq!(bare, stems.of(french, "économies", "économies").0);
    }

    #[test]
    fn every_language_has_one_stemmer() {
        let mut codes: Vec<&str> = LANGUAGES.iter().flat_map(|(codes, ..)| codes.iter().copied()).collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(LANGUAGES.len() + usize::from(FIRST) <= 64);
        assert_eq!(Stemming::of(None), Stemming::ENGLISH);
        assert_eq!(Stemming::of(Some("xx")), Stemming::NONE);
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let [french, german] = ["fr", "de"].map(|code| Stemming::of(Some(code)));
        let set: Stemmings = [french, Stemming::NONE].into_iter().collect();
        assert!(set.contains(french) && set.contains(Stemming::NONE) && !set.contains(german));
        assert_eq!(set.iter().collect::<Vec<_>>(), [Stemming::NONE, french]);
        assert!(set.contains_all([french].into_iter().collect()) && !set.contains_all([german].into_iter().collect()));
    }
}
