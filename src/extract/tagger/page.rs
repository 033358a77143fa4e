//! A document as the chain reads it: which tokens may belong to names, in which stretches, and what
//! stands around them.
//!
//! Most tokens are plainly outside any name (lower-case words away from capitals); they are never
//! scored, in training as in use. Fed with tokens and sentences; used by [`super::feature`].

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use foldhash::fast::FixedState;

use super::hash;
use super::heading::{headings, recase};
use super::known::{Known, look_up};
use super::lexicon::Lexicon;
use super::role::{Role, is_function_word, role_of};
use super::word::{Word, lower_hash};
use super::words::{END, START, Words};
use crate::extract::gazetteer::Gazetteer;
use crate::extract::token::Token;

/// Most tokens that may stand between two capitalised words of one name ("Bank of the ... ").
const LONGEST_BRIDGE: usize = 3;
/// Sentences with fewer words have no style of their own.
const FEWEST_WORDS_OF_STYLE: usize = 3;
/// Share of words in capitals from which a sentence is all capitals: a lone "of" or "Mc" may remain.
const UPPER_SHARE: f32 = 0.75;
/// Share of longer words with a capital from which a sentence is in title case.
const TITLE_SHARE: f32 = 0.8;
/// Words shorter than this stay in lower case in headlines, and say nothing of their style.
const SHORTEST_TITLE_WORD: usize = 4;
/// Longest letters of a sign of money, in bytes.
const LONGEST_CURRENCY: usize = 3;

/// What stands for the word of a token far from stretches.
const UNSEEN: u32 = u32::MAX;

type Map<K, V> = HashMap<K, V, FixedState>;

/// How a sentence is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As running text.
    Plain,
    /// Capitals on every longer word.
    Title,
    /// All in capitals.
    Upper,
}

/// How many distinct words of sport were seen, in few steps: clubs bear the names of cities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// In the sentence: none, one, more.
    pub n_in_sentence: u8,
    /// In the document: hardly any, some, many.
    pub n_in_document: u8,
}

/// One stretch of neighbouring tokens that may belong to names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Position of its sentence.
    pub sentence: usize,
}

/// A document, ready for features.
pub struct Page {
    /// Words that stand in stretches or near them, and others.
    words: Words,
    /// Word of each token, [`UNSEEN`] far from stretches.
    of_token: Vec<u32>,
    roles: Vec<Role>,
    known: Vec<Known>,
    sentences: Vec<Range<usize>>,
    /// How the surroundings of each token are written: its sentence, or a heading inside it.
    styles: Vec<Style>,
    subjects: Vec<Subject>,
    stretches: Vec<Stretch>,
    /// Hashes of words seen in lower case, and of words seen capitalised inside sentences.
    seen_lower: HashSet<u64, FixedState>,
    seen_name: HashSet<u64, FixedState>,
}

impl Page {
    /// Reads a document. `sentences` are ranges of tokens, in order; `words` are those worked out before, by the same
    /// lexicon and gazetteer.
    pub fn new(
        words: Words,
        text: &str,
        tokens: &[Token],
        sentences: &[Range<usize>],
        lexicon: &Lexicon,
        gazetteer: &Gazetteer,
    ) -> Self {
        let mut page = Self {
            words,
            of_token: vec![UNSEEN; tokens.len()],
            roles: vec![Role::Other; tokens.len()],
            known: vec![Known::default(); tokens.len()],
            sentences: sentences.to_vec(),
            styles: vec![Style::Plain; tokens.len()],
            subjects: vec![Subject::default(); sentences.len()],
            stretches: Vec::new(),
            seen_lower: HashSet::default(),
            seen_name: HashSet::default(),
        };
        let mut recased: Map<usize, String> = Map::default();
        for (i, range) in sentences.iter().enumerate() {
            let words = tokens[range.clone()].iter().map(|token| token.span.of(text));
            for (role, word) in page.roles[range.clone()].iter_mut().zip(words) {
                *role = role_of(word);
            }
            page.mark_currencies(text, tokens, range.clone());
            let style = page.style(text, tokens, range.clone());
            page.styles[range.clone()].fill(style);
            if style == Style::Upper {
                page.recase(text, tokens, range.clone(), lexicon, &mut recased);
            } else {
                for heading in headings(text, tokens, range.clone(), lexicon) {
                    page.styles[heading.clone()].fill(Style::Upper);
                    page.recase(text, tokens, heading, lexicon, &mut recased);
                }
                page.note_cases(text, tokens, i);
            }
            page.find_stretches(text, tokens, i, range.clone());
        }
        for i in 0..page.stretches.len() {
            let Stretch { tokens: range, sentence } = page.stretches[i].clone();
            let may_begin = |at: usize| page.roles[at] == Role::Name;
            look_up(text, tokens, range.clone(), may_begin, gazetteer, &mut page.known);
            let whole = &sentences[sentence];
            let near = range.start.saturating_sub(WINDOW).max(whole.start)..(range.end + WINDOW).min(whole.end);
            for at in near {
                if page.of_token[at] != UNSEEN {
                    continue;
                }
                let form = tokens[at].span.of(text);
                let form = recased.get(&at).map_or(form, String::as_str);
                page.of_token[at] = page.words.number(form, lexicon, gazetteer);
            }
        }
        page.find_subjects();
        page
    }

    /// Letters right before a sign of money belong to it ("HK$3.50").
    fn mark_currencies(&mut self, text: &str, tokens: &[Token], range: Range<usize>) {
        for at in range.skip(1) {
            let is_sign = !tokens[at].after_space && matches!(tokens[at].span.of(text), "$" | "£" | "€" | "¥");
            if is_sign && tokens[at - 1].span.n_bytes() <= LONGEST_CURRENCY {
                self.roles[at - 1] = Role::Other;
            }
        }
    }

    /// Writes the words of a heading as they are usually written.
    fn recase(
        &mut self,
        text: &str,
        tokens: &[Token],
        heading: Range<usize>,
        lexicon: &Lexicon,
        recased: &mut Map<usize, String>,
    ) {
        for at in heading {
            let form = recase(tokens[at].span.of(text), lexicon);
            self.roles[at] = role_of(&form);
            recased.insert(at, form);
        }
    }

    /// Counts what tells the subject, in sentences and in the whole.
    fn find_subjects(&mut self) {
        let mut seen: HashSet<(usize, u32), FixedState> = HashSet::default();
        let mut whole: HashSet<u32, FixedState> = HashSet::default();
        for (i, range) in self.sentences.iter().enumerate() {
            for &word in &self.of_token[range.clone()] {
                if word != UNSEEN && self.words[word].lists.is_sport() && seen.insert((i, word)) {
                    self.subjects[i].n_in_sentence += 1;
                    whole.insert(word);
                }
            }
        }
        for subject in &mut self.subjects {
            subject.n_in_sentence = subject.n_in_sentence.min(2);
            subject.n_in_document = match whole.len() {
                0 | 1 => 0,
                2..=4 => 1,
                _ => 2,
            };
        }
    }

    /// Stretches, in order.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Its words and others; features of a single word may be kept by their numbers.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Gives the words back, for another document.
    pub fn into_words(self) -> Words {
        self.words
    }

    /// Number among [`Self::words`] of the word `offset` tokens from a token of a stretch, at most
    /// [`WINDOW`] away.
    pub fn word_at(&self, sentence: usize, token: usize, offset: isize) -> u32 {
        let range = &self.sentences[sentence];
        let Some(at) = token.checked_add_signed(offset).filter(|&at| at >= range.start) else {
            return START;
        };
        if at >= range.end { END } else { self.of_token[at] }
    }

    /// The word `offset` tokens from a token of a stretch.
    pub fn word(&self, sentence: usize, token: usize, offset: isize) -> &Word {
        &self.words[self.word_at(sentence, token, offset)]
    }

    /// What the gazetteer says of the token `offset` tokens from a token; nothing outside stretches.
    pub fn known(&self, sentence: usize, token: usize, offset: isize) -> Known {
        let range = &self.sentences[sentence];
        let at = token.checked_add_signed(offset).filter(|at| range.contains(at));
        at.map_or_else(Known::default, |at| self.known[at])
    }

    /// The word at a token, if the token is in a stretch or near one.
    pub fn token_word(&self, token: usize) -> Option<&Word> {
        self.words.get(self.of_token[token])
    }

    /// How the surroundings of a token are written.
    pub fn style_at(&self, token: usize) -> Style {
        self.styles[token]
    }

    /// Whether a token begins a sentence, or what follows a heading inside one.
    pub fn is_start(&self, sentence: usize, token: usize) -> bool {
        let first = self.sentences[sentence].start;
        token == first || self.styles[token] != self.styles[token - 1]
    }

    /// What a sentence is about.
    pub fn subject(&self, sentence: usize) -> Subject {
        self.subjects[sentence]
    }

    /// Tokens of a sentence.
    pub fn sentence(&self, sentence: usize) -> Range<usize> {
        self.sentences[sentence].clone()
    }

    /// The capitalised words around a capitalised token, without a gap; only itself for others.
    pub fn run(&self, stretch: &Stretch, token: usize) -> Range<usize> {
        if self.roles[token] != Role::Name {
            return token..token + 1;
        }
        let is_name = |at: &usize| self.roles[*at] == Role::Name;
        let start = (stretch.tokens.start..token).rev().take_while(is_name).last().unwrap_or(token);
        let end = (token..stretch.tokens.end).take_while(is_name).last().unwrap_or(token) + 1;
        start..end
    }

    /// Whether the word stands in lower case somewhere in the document, and whether it stands
    /// capitalised inside a sentence somewhere.
    pub fn seen(&self, word: &Word) -> (bool, bool) {
        (self.seen_lower.contains(&word.lower), self.seen_name.contains(&word.lower))
    }

    fn style(&self, text: &str, tokens: &[Token], range: Range<usize>) -> Style {
        let (mut n_words, mut n_upper, mut n_long, mut n_title) = (0, 0, 0, 0);
        for (token, role) in tokens[range.clone()].iter().zip(&self.roles[range]) {
            let form = token.span.of(text);
            if form.len() < 2 || !form.starts_with(char::is_alphabetic) {
                continue;
            }
            n_words += 1;
            let is_title = *role == Role::Name;
            if is_title && !form.contains(char::is_lowercase) {
                n_upper += 1;
            }
            if form.len() >= SHORTEST_TITLE_WORD {
                n_long += 1;
                n_title += usize::from(is_title);
            }
        }
        if n_words < FEWEST_WORDS_OF_STYLE {
            Style::Plain
        } else if n_upper as f32 >= UPPER_SHARE * n_words as f32 {
            Style::Upper
        } else if n_long >= FEWEST_WORDS_OF_STYLE && n_title as f32 >= TITLE_SHARE * n_long as f32 {
            Style::Title
        } else {
            Style::Plain
        }
    }

    fn note_cases(&mut self, text: &str, tokens: &[Token], sentence: usize) {
        let range = self.sentences[sentence].clone();
        for at in range.clone() {
            let is_plain = self.styles[at] == Style::Plain;
            let form = tokens[at].span.of(text);
            match self.roles[at] {
                Role::Name if is_plain && at > range.start => {
                    self.seen_name.insert(lower_hash(form));
                }
                Role::Other if form.as_bytes()[0].is_ascii_lowercase() => {
                    self.seen_lower.insert(hash::text(form.as_bytes()));
                }
                _ => {}
            }
        }
    }

    fn find_stretches(&mut self, text: &str, tokens: &[Token], sentence: usize, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            if self.roles[at] != Role::Name {
                at += 1;
                continue;
            }
            let mut start = at;
            let floor = self.stretches.last().map_or(range.start, |s| s.tokens.end.max(range.start));
            while start > floor && self.roles[start - 1] == Role::Lead {
                start -= 1;
            }
            let mut end = at + 1;
            loop {
                while end < range.end && self.roles[end] == Role::Name {
                    end += 1;
                }
                let bridge = (end..range.end.min(end + LONGEST_BRIDGE + 1)).find(|&i| self.roles[i] == Role::Name);
                match bridge {
                    Some(next) if self.roles[end..next].iter().all(|&role| role != Role::Other) => end = next,
                    _ => break,
                }
            }
            // A number right behind a name may belong to it ("Apollo 11").
            if end < range.end && self.roles[end] == Role::Lead {
                end += 1;
            }
            let is_name = end - start > 1 || !is_function_word(tokens[start].span.of(text));
            if is_name {
                self.stretches.push(Stretch { tokens: start..end, sentence });
            }
            at = end;
        }
    }
}

/// Tokens on either side of a stretch that features may look at.
pub const WINDOW: usize = 3;
