//! Known names: places with where they lie, given and family names, organisations, and the words that
//! stand around names.
//!
//! Answers look-ups and nothing else: whether a word is a name *here* is for the taggers to say, and which
//! place a name means for the resolver. Tables are built by `examples/build_gazetteer`, the lists
//! beside them are our own; SOURCES.md names origins and licences. Tables are read where they lie in the
//! program: opening one costs nothing, a look-up a few pages of it.

mod fold;
mod orgs;
mod places;
mod words;

use crate::extract::token::Token;

pub use fold::{accents_of_phrase, fold_phrase, slug};
pub(crate) use fold::{fold_tokens, is_possessive, push_folded_word};
pub(crate) use orgs::Orgs;
pub use places::{ACCENTS_SEPARATOR, PlaceKind, place_flags};
pub(crate) use places::{Candidate, How, Place, Places};
pub use words::word_bits;
pub(crate) use words::{Class, Gender, WordFacts, Words};

static PLACES: &[u8] = include_bytes!("data/places.bin");
static PEOPLE: &[u8] = include_bytes!("data/people.bin");

/// Most words of a known name: "Democratic People's Republic of Korea", with its possessive, has six.
const MOST_WORDS: usize = 7;

/// Every table.
#[derive(Debug)]
pub struct Gazetteer {
    pub(crate) places: Places,
    pub(crate) words: Words,
    pub(crate) orgs: Orgs,
}

impl Gazetteer {
    /// Opens the tables. Share one between threads.
    pub fn load() -> Self {
        Self { places: Places::load(), words: Words::new(PEOPLE), orgs: Orgs::new() }
    }

    /// Names of the places of a kind with at least so many inhabitants.
    pub fn place_names(&self, kind: PlaceKind, least_population: u32) -> impl Iterator<Item = &str> {
        let places = &self.places;
        places
            .all()
            .filter(move |&place| places.kind(place) == kind && places.population(place) >= least_population)
            .map(|place| places.name(place))
    }

    /// Changes whenever a table or list does.
    pub fn fingerprint() -> String {
        let mut hasher = blake3::Hasher::new();
        for table in [PLACES, PEOPLE, orgs::LIST.as_bytes(), words::LIST.as_bytes(), words::NICKNAMES.as_bytes()] {
            hasher.update(table);
        }
        hasher.finalize().to_hex()[..12].to_owned()
    }
}

impl Places {
    /// Opens the table of places alone.
    pub(crate) fn load() -> Self {
        Self::new(PLACES)
    }
}

/// Longest run of tokens that a table knows as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// One past its last token.
    pub end_token: usize,
    /// What the table holds for it.
    pub value: u64,
}

/// Longest match of a table from the token `first`, not beyond `end`. Words between which a mark stands,
/// other than a hyphen without spaces, do not match. `fits` has the last word on a name, given its folded form and one
/// past its last token.
pub(crate) fn longest_match(
    table: &fst::Map<impl AsRef<[u8]>>,
    text: &str,
    tokens: &[Token],
    first: usize,
    end: usize,
    fits: impl Fn(&str, usize) -> bool,
) -> Option<Match> {
    let fst = table.as_fst();
    let mut node = fst.root();
    let mut output = fst::raw::Output::zero();
    let mut best = None;
    let mut folded = String::new();
    let most = end.min(first + MOST_WORDS);
    for (at, token) in tokens.iter().enumerate().take(most).skip(first) {
        let start = folded.len();
        push_folded_word(token.span.of(text), &mut folded);
        if folded.len() == start {
            let is_hyphen = token.span.of(text) == "-" && !token.after_space;
            if at > first && is_hyphen {
                continue;
            }
            break;
        }
        for &byte in &folded.as_bytes()[start..] {
            let Some(i) = node.find_input(byte) else { return best };
            let transition = node.transition(i);
            output = output.cat(transition.out);
            node = fst.node(transition.addr);
        }
        if node.is_final() && fits(&folded, at + 1) {
            best = Some(Match { end_token: at + 1, value: output.cat(node.final_output()).value() });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, path: &str) {
        let gazetteer = Gazetteer::load();
        let found = gazetteer.places.named(&fold_phrase(name));
        let place = found.first().unwrap_or_else(|| panic!("{name} is unknown")).place;
        assert_eq!(gazetteer.places.path(place), path, "{name}");
    }

    #[test]
    fn places_lie_where_they_lie() {
        check("Kyiv", "/europe/ukraine/kyiv");
        check("Kiev", "/europe/ukraine/kyiv");
        check("Houston", "/north-america/united-states/texas/houston");
        check("Bombay", "/asia/india/maharashtra/mumbai");
        check("Burma", "/asia/myanmar");
        check("Kursk region", "/europe/russia/kursk-region");
        check("Paris", "/europe/france/ile-de-france/paris");
        check("Berlin", "/europe/germany/berlin");
        check("Montreal", "/north-america/canada/quebec/montreal");
        check("Washington", "/north-america/united-states/washington");
        check("Singapore", "/asia/singapore");
        check("Black Sea", "/europe/black-sea");
        check("Texas", "/north-america/united-states/texas");
        check("UK", "/europe/united-kingdom");
        check("London", "/europe/united-kingdom/england/london");
        check("Devon", "/europe/united-kingdom/england/devon");
        check("Gwynedd", "/europe/united-kingdom/wales/gwynedd");
        check("Orkney Islands", "/europe/united-kingdom/scotland/orkney");
        check("Thames", "/europe/united-kingdom/thames");
        check("Congo", "/africa/democratic-republic-of-the-congo");
        check("Beijing", "/asia/china/beijing");
        check("Moscow", "/europe/russia/moscow");
        check("Russian", "/europe/russia");
        check("Deutschland", "/europe/germany");
        check("Pacific", "/pacific-ocean");
    }

    #[test]
    fn keys_are_unique() {
        let gazetteer = Gazetteer::load();
        let mut keys = std::collections::HashSet::new();
        for place in gazetteer.places.all() {
            assert!(keys.insert(gazetteer.places.key(place)), "{}", gazetteer.places.key(place));
        }
        let key = |name: &str| gazetteer.places.key(gazetteer.places.named(&fold_phrase(name))[0].place);
        assert_eq!(key("Kiev"), "kyiv");
        assert_eq!(key("US"), "united-states");
        let paris = gazetteer.places.named("paris");
        assert!(paris.iter().any(|c| gazetteer.places.key(c.place) == "paris-texas-united-states"));
    }

    #[test]
    fn longest_names_win() {
        let gazetteer = Gazetteer::load();
        let text = "New York City's mayor";
        let mut tokens = Vec::new();
        crate::extract::token::tokenize(text, &mut tokens);
        let found = gazetteer.places.match_at(text, &tokens, 0, tokens.len()).expect("New York City is known");
        assert_eq!(found.0, 3);
    }
}
