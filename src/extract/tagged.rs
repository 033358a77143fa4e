//! What a tagger is given and what it gives back.
//!
//! A tagger says where names stand and of which kind they are; it resolves nothing and numbers no
//! entities. It sees a whole document at once, the headline before the body, so that a name given in
//! full anywhere decides its short forms everywhere. Fed by [`super::news`]; feeds [`super::resolve`].

use crate::extract::token::Token;
use crate::mention::{Kind, Span};

/// One article, cut into tokens and sentences.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Document<'a> {
    /// Headline, a blank line, body; or the body alone where there is no headline.
    pub text: &'a str,
    /// Tokens of the text, in order. Their spans are into [`Self::text`].
    pub tokens: &'a [Token],
    /// Sentences in order; together they hold every token once.
    pub sentences: &'a [Sentence],
    /// Language, a lower-case BCP 47 primary subtag; `None` when unknown.
    pub language: Option<&'a str>,
}

/// A run of tokens that is read as one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// First token.
    pub first_token: usize,
    /// One past the last token.
    pub end_token: usize,
    /// Whether it is the headline of the article, often in title case or capitals.
    pub is_headline: bool,
}

/// A name that a tagger found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tagged {
    /// What it names.
    pub kind: Kind,
    /// First token of the name.
    pub first_token: usize,
    /// One past the last token of the name; greater than `first_token`.
    pub end_token: usize,
    /// How sure the tagger is, 0 to 1.
    pub confidence: f32,
}

impl Tagged {
    /// Whether both hold a token.
    pub(crate) fn overlaps(&self, other: &Tagged) -> bool {
        self.first_token < other.end_token && other.first_token < self.end_token
    }
}

/// Finds names in documents.
pub(crate) trait Tagger: Send + Sync {
    /// Appends the names of a document, sorted by first token, without overlaps, none across the end
    /// of a sentence. Deterministic.
    fn tag(&self, document: &Document<'_>, out: &mut Vec<Tagged>);

    /// Short text that changes whenever the tags may change.
    fn fingerprint(&self) -> String;
}

impl<'a> Document<'a> {
    /// The word at a token.
    pub(crate) fn word(&self, token: usize) -> &'a str {
        self.tokens[token].span.of(self.text)
    }

    /// The token before another in its sentence.
    pub(crate) fn before(&self, token: usize) -> Option<usize> {
        let sentence = self.sentences.partition_point(|sentence| sentence.end_token <= token);
        let first_token = self.sentences.get(sentence)?.first_token;
        token.checked_sub(1).filter(|&before| before >= first_token)
    }

    /// Span of the text from one token to before another.
    pub(crate) fn span(&self, first_token: usize, end_token: usize) -> Span {
        Span { start: self.tokens[first_token].span.start, end: self.tokens[end_token - 1].span.end }
    }
}

impl Sentence {
    /// Positions of its tokens.
    pub(crate) fn tokens(&self) -> std::ops::Range<usize> {
        self.first_token..self.end_token
    }
}
