//! The trained tagger: a linear-chain CRF over hashed features, with its model embedded.
//!
//! Finds people, places and organisations in English text by words, shapes, affixes, clusters and
//! neighbours. Resolves nothing and knows no gazetteer ids. Fed with tokens and sentences; feeds
//! `super::resolve` through `super::tagged::Tagger`. MODEL.md is the card of the model;
//! `examples/train_tagger` makes it.

pub mod chain;
pub mod confidence;
pub mod decode;
pub mod document;
pub mod feature;
pub mod hash;
mod heading;
pub mod known;
pub mod label;
pub mod lexicon;
pub mod model;
pub mod page;
mod role;
pub mod table;
pub mod weights;
pub mod word;
pub mod words;

use std::ops::Range;
use std::sync::Arc;

use self::confidence::calibrated;
use self::decode::{Decoder, Found};
use self::label::Class;
use self::lexicon::Lexicon;
use self::model::Model;
use super::gazetteer::Gazetteer;
use super::tagged::{Document, Tagged, Tagger};
use crate::mention::Kind;

/// Made by `examples/train_tagger`; see MODEL.md.
const MODEL_FILE: &[u8] = include_bytes!("data/model.bin");
const LEXICON_FILE: &[u8] = include_bytes!("data/lexicon.bin");

/// The trained tagger with its embedded model.
pub(crate) struct CrfTagger {
    decoder: Decoder,
}

impl CrfTagger {
    /// Unpacks the embedded model: tens of milliseconds, once for all documents and threads.
    pub(crate) fn load(gazetteer: Arc<Gazetteer>) -> Self {
        let model = Model::decode(MODEL_FILE).expect("the embedded model was written by this version");
        let lexicon = Lexicon::decode(LEXICON_FILE).expect("the embedded lexicon was written by this version");
        Self { decoder: Decoder::new(model, lexicon, gazetteer) }
    }
}

impl std::fmt::Debug for CrfTagger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CrfTagger({} features)", self.decoder.model().features.n_features())
    }
}

impl Tagger for CrfTagger {
    fn tag(&self, document: &Document<'_>, out: &mut Vec<Tagged>) {
        let sentences: Vec<Range<usize>> = document.sentences.iter().map(|sentence| sentence.tokens()).collect();
        let mut found = Vec::new();
        self.decoder.decode(document.text, document.tokens, &sentences, &mut found);
        out.extend(found.into_iter().filter_map(tagged));
    }

    fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(MODEL_FILE).update(LEXICON_FILE);
        format!("crf-{}-{}", &hasher.finalize().to_hex()[..12], Gazetteer::fingerprint())
    }
}

fn tagged(found: Found) -> Option<Tagged> {
    let kind = match found.class {
        Class::Person => Kind::Person,
        Class::Place => Kind::Place,
        Class::Org => Kind::Org,
        Class::Misc => return None,
    };
    let Found { first_token, end_token, confidence, .. } = found;
    Some(Tagged { kind, first_token, end_token, confidence: calibrated(confidence) })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::extract::sentence::sentence_ends;
    use crate::extract::tagged::Sentence;
    use crate::extract::token::tokenize;

    static TAGGER: LazyLock<CrfTagger> = LazyLock::new(|| CrfTagger::load(Arc::new(Gazetteer::load())));

    fn tag(text: &str) -> Vec<(Kind, String, f32)> {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        let mut ends = Vec::new();
        sentence_ends(text, &tokens, &mut ends);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let sentences: Vec<Sentence> = starts
            .zip(&ends)
            .map(|(first_token, &end_token)| Sentence { first_token, end_token, is_headline: false })
            .collect();
        let document = Document { text, tokens: &tokens, sentences: &sentences, language: None };
        let mut found = Vec::new();
        TAGGER.tag(&document, &mut found);
        let mut last = 0;
        for name in &found {
            assert!(name.first_token >= last && name.end_token > name.first_token);
            assert!(name.end_token <= tokens.len());
            assert!((0.0..=1.0).contains(&name.confidence));
            last = name.end_token;
        }
        let surface = |name: &Tagged| document.span(name.first_token, name.end_token).of(text).to_string();
        found.iter().map(|name| (name.kind, surface(name), name.confidence)).collect()
    }

    /// `expected` is `person: A; place: B` in order.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<String> = tag(text).iter().map(|(kind, name, _)| format!("{}: {name}", kind.name())).collect();
        assert_eq!(found.join("; "), expected);
    }

    #[test]
    fn people_are_found_without_their_titles() {
        check("Prime Minister Rosa Lindqvist met Mr. Okafor.", "person: Rosa Lindqvist; person: Okafor");
        check("The woman, named Teresa, thanked the doctors.", "person: Teresa");
        check("He said that she would go, and they agreed.", "");
    }

    #[test]
    fn places_are_found() {
        check("Floods hit Manila and the north of Vietnam on Tuesday.", "place: Manila; place: Vietnam");
        check("He flew from Nairobi to Addis Ababa.", "place: Nairobi; place: Addis Ababa");
    }

    #[test]
    fn organisations_are_found_whole() {
        check("The Bank of England raised rates, Barclays said.", "org: Bank of England; org: Barclays");
        check("A spokesman for the World Health Organization declined.", "org: World Health Organization");
    }

    #[test]
    fn nationalities_are_no_names_of_these_kinds() {
        check("French and Italian officials spoke in English.", "");
    }

    #[test]
    fn full_names_decide_short_ones() {
        check(
            "Grace Hamilton runs a bakery in Leeds. Customers love Hamilton and her bread.",
            "person: Grace Hamilton; place: Leeds; person: Hamilton",
        );
    }

    #[test]
    fn capitals_do_not_make_names() {
        check("PRESIDENT OBAMA VISITS BERLIN FOR TALKS", "person: OBAMA; place: BERLIN");
        check("POLICE SEARCH FOR MISSING CHILDREN AFTER STORM", "");
    }

    /// Floors a little below what the model reaches on our own sentences: a worse model does not pass unseen.
    const FEWEST_RIGHT: f32 = 0.88;

    #[test]
    fn our_own_sentences_are_read() {
        let (mut n_gold, mut n_found, mut n_right) = (0, 0, 0);
        for document in include_str!("gold.txt").split("\n\n") {
            let lines: Vec<&str> = document.lines().filter(|line| !line.starts_with('#')).collect();
            let (text, gold) = unbracket(&lines.join(" "));
            let found: Vec<(Kind, String)> = tag(&text).into_iter().map(|(kind, name, _)| (kind, name)).collect();
            n_gold += gold.len();
            n_found += found.len();
            let mut left = gold;
            for name in &found {
                if let Some(at) = left.iter().position(|other| other == name) {
                    left.remove(at);
                    n_right += 1;
                }
            }
        }
        let (precision, recall) = (n_right as f32 / n_found as f32, n_right as f32 / n_gold as f32);
        assert!(precision.min(recall) >= FEWEST_RIGHT, "precision {precision} recall {recall} of {n_gold}");
    }

    /// Text without its brackets, and the names in them.
    fn unbracket(annotated: &str) -> (String, Vec<(Kind, String)>) {
        let mut text = String::new();
        let mut names = Vec::new();
        for (i, part) in annotated.split(['{', '}']).enumerate() {
            let Some((kind, name)) = part.split_once(':').filter(|_| i % 2 == 1) else {
                text.push_str(part);
                continue;
            };
            let kind = match kind {
                "P" => Kind::Person,
                "L" => Kind::Place,
                _ => Kind::Org,
            };
            names.push((kind, name.to_string()));
            text.push_str(name);
        }
        (text, names)
    }

    #[test]
    fn nothing_comes_of_nothing() {
        check("", "");
        check(" \n\n ", "");
        check("... -- !!!", "");
        check("it rained all day and nobody went out", "");
    }

    #[test]
    fn the_same_text_gives_the_same_names() {
        let text = "Ana Kovač of Reuters reported from Zagreb on NATO. Kovač left Zagreb.";
        let other = CrfTagger::load(Arc::new(Gazetteer::load()));
        assert_eq!(other.fingerprint(), TAGGER.fingerprint());
        assert_eq!(tag(text), tag(text));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,200}|([A-Z][a-z]{0,6}[ .,'’-]{1,2}){0,30}|[A-Z .\n]{0,80}") {
            tag(&text);
        }
    }
}
