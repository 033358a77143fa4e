//! Words of a text, as the taggers see them.

use crate::mention::Span;

/// One word, number or punctuation mark. Never holds white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Whether white space stands before it.
    pub after_space: bool,
}
