//! Words that were worked out: news has the same ones from document to document.
//!
//! Fed by [`super::page`]; kept by [`super::decode`] from one document to the next.

use super::lexicon::Lexicon;
use super::word::Word;
use crate::extract::gazetteer::Gazetteer;
use crate::word::WordMap;

/// Words after which all are forgotten, between two documents: about 7 MB, with what features say of them.
const MAX_WORDS: usize = 16_000;

/// Numbers of the words that stand for whatever is beyond the start, and beyond the end of a sentence.
pub const START: u32 = 0;
/// As [`START`].
pub const END: u32 = 1;

/// Words by their numbers, which begin with [`START`] and [`END`].
#[derive(Clone, Debug)]
pub struct Words {
    list: Vec<Word>,
    numbers: WordMap<u32>,
}

impl Default for Words {
    /// No words but the edges.
    fn default() -> Self {
        Self { list: vec![Word::edge(false), Word::edge(true)], numbers: WordMap::default() }
    }
}

impl Words {
    /// Whether there are enough of them to begin anew.
    pub fn are_many(&self) -> bool {
        self.list.len() > MAX_WORDS
    }

    /// The number of a word.
    pub fn number(&mut self, form: &str, lexicon: &Lexicon, gazetteer: &Gazetteer) -> u32 {
        if let Some(number) = self.numbers.get(form) {
            return *number;
        }
        // A document has fewer words than bytes, which 32 bits count.
        let number = self.list.len() as u32;
        self.list.push(Word::new(form, lexicon, gazetteer));
        self.numbers.insert(form, number);
        number
    }

    /// All of them, in order of their numbers.
    pub fn list(&self) -> &[Word] {
        &self.list
    }

    /// A word by its number.
    pub fn get(&self, number: u32) -> Option<&Word> {
        self.list.get(number as usize)
    }
}

impl std::ops::Index<u32> for Words {
    type Output = Word;

    fn index(&self, number: u32) -> &Word {
        &self.list[number as usize]
    }
}
