//! The terms of a text field, written as one string for the engine.
//!
//! The analyzer runs before the engine sees a document, since it knows the article (its language, its
//! mentions) and the engine's tokenizers know only a string. [`TermsBuilder`] writes the terms and
//! their positions into one buffer; [`TermsTokenizer`] reads them back, without allocating.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Name under which [`TermsTokenizer`] is registered.
pub(super) const TOKENIZER: &str = "dateline_terms";

/// Ends a term; the next one stands one position on. No analyzed term holds a control character.
const NEXT: char = '\n';
/// Ends a term; the next one stands at the same position.
const STACKED: char = '\u{1f}';
/// Ends a term; the next one stands so far on that no phrase or proximity reaches across.
const GAP: char = '\u{1e}';
/// Positions that [`GAP`] skips.
const GAP_POSITIONS: usize = 1000;
/// Longest term in bytes; the engine refuses terms beyond 65,530. Longer ones are cut, at indexing
/// and in queries alike, so that they stay findable.
pub const MAX_TERM_BYTES: usize = 120;

/// Collects the terms of one field of one document.
#[derive(Debug, Default)]
pub struct TermsBuilder {
    encoded: String,
    n_words: u64,
    n_found: u64,
}

impl TermsBuilder {
    /// An empty one with room for the terms of a text: each word with its stem.
    pub fn for_text(text: &str) -> Self {
        Self { encoded: String::with_capacity(2 * text.len()), ..Self::default() }
    }

    /// Adds a term one position after the last one.
    pub fn push(&mut self, prefix: &str, term: &str) {
        self.separate(NEXT);
        self.write(prefix, term);
    }

    /// Adds a term at the position of the last one.
    pub fn stack(&mut self, prefix: &str, term: &str) {
        self.separate(STACKED);
        self.write(prefix, term);
    }

    /// Adds a term of what was found at the position of the last one, a mention or a figure.
    pub fn stack_found(&mut self, prefix: &str, term: &str) {
        self.stack(prefix, term);
        self.n_found += 1;
    }

    /// Adds a term so far from the last one that no phrase spans both.
    pub fn push_apart(&mut self, prefix: &str, term: &str) {
        self.separate(GAP);
        self.write(prefix, term);
    }

    /// How many positions are taken by terms.
    pub fn n_words(&self) -> u64 {
        self.n_words
    }

    /// How many terms were added by [`Self::stack_found`].
    pub fn n_found(&self) -> u64 {
        self.n_found
    }

    /// The value to index.
    pub fn finish(self) -> String {
        self.encoded
    }

    fn separate(&mut self, separator: char) {
        if self.n_words > 0 {
            self.encoded.push(separator);
        }
        self.n_words += u64::from(separator != STACKED);
    }

    fn write(&mut self, prefix: &str, term: &str) {
        let start = self.encoded.len();
        self.encoded.push_str(prefix);
        if term.bytes().any(may_be_control) && term.chars().any(char::is_control) {
            self.encoded.extend(term.chars().map(|c| if c.is_control() { ' ' } else { c }));
        } else {
            self.encoded.push_str(term);
        }
        let cut = start + cut(&self.encoded[start..]).len();
        self.encoded.truncate(cut);
    }
}

/// Whether a byte can be of a control character: one of ASCII, or the first byte of another one.
fn may_be_control(byte: u8) -> bool {
    byte < 0x20 || matches!(byte, 0x7f | 0xc2)
}

/// A term as it is indexed: at most [`MAX_TERM_BYTES`] long, on a char boundary.
pub fn cut(term: &str) -> &str {
    &term[..term.floor_char_boundary(MAX_TERM_BYTES)]
}

/// Reads what [`TermsBuilder`] wrote.
#[derive(Clone, Default)]
pub(super) struct TermsTokenizer {
    token: Token,
}

pub(super) struct TermsStream<'a> {
    rest: &'a str,
    next_position: usize,
    token: &'a mut Token,
}

impl Tokenizer for TermsTokenizer {
    type TokenStream<'a> = TermsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermsStream<'a> {
        self.token.reset();
        TermsStream { rest: text, next_position: 0, token: &mut self.token }
    }
}

impl TokenStream for TermsStream<'_> {
    fn advance(&mut self) -> bool {
        if self.rest.is_empty() {
            return false;
        }
        let end = self.rest.bytes().position(|byte| matches!(byte, b'\n' | 0x1e | 0x1f));
        let (term, separator) = match end {
            Some(end) => (&self.rest[..end], Some(self.rest.as_bytes()[end])),
            None => (self.rest, None),
        };
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.position = self.next_position;
        match separator {
            Some(0x1f) => {}
            Some(0x1e) => self.next_position += GAP_POSITIONS,
            _ => self.next_position += 1,
        }
        self.rest = end.map_or("", |end| &self.rest[end + 1..]);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(encoded: &str) -> Vec<(usize, String)> {
        let mut tokenizer = TermsTokenizer::default();
        let mut stream = tokenizer.token_stream(encoded);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().position, stream.token().text.clone()));
        }
        tokens
    }

    #[test]
    fn positions_survive() {
        let mut terms = TermsBuilder::default();
        terms.push("", "bank");
        terms.stack("=", "banks");
        terms.push("", "fraud");
        terms.push_apart("person=", "jane");
        terms.push("person=", "doe");
        assert_eq!(terms.n_words(), 4);
        let expected = [(0, "bank"), (0, "=banks"), (1, "fraud"), (1001, "person=jane"), (1002, "person=doe")];
        assert_eq!(read(&terms.finish()), expected.map(|(at, term)| (at, term.to_owned())));
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(read(&TermsBuilder::default().finish()), []);
    }

    #[test]
    fn control_characters_cannot_forge_positions() {
        let mut terms = TermsBuilder::default();
        terms.push("", "a\nb\u{1f}c");
        assert_eq!(read(&terms.finish()), [(0, "a b c".to_owned())]);
    }

    #[test]
    fn long_terms_are_cut_on_a_char_boundary() {
        let mut terms = TermsBuilder::default();
        terms.push("", &"é".repeat(200));
        let read = read(&terms.finish());
        assert_eq!(read[0].1, "é".repeat(MAX_TERM_BYTES / 2));
    }
}
