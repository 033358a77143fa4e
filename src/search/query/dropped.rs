//! What of a query is left out, since there is nothing to look up in it, and what is said of that.
//!
//! Called by the parser and its leaves with what they have read.

use super::leaf::is_digits;
use super::lexer::{TokenKind, is_blank};
use super::parser::Parser;
use crate::mention::Span;

impl Parser<'_> {
    /// Leaves out what has nothing to look up; `text` is what it says without quotes and backslashes.
    pub(super) fn drop(&mut self, span: Span, text: &str) {
        let dropped = span.of(self.source);
        let is_excluded = dropped == "*" && self.is_excluded(span);
        if dropped == "*" && !is_excluded {
            self.drop_everything();
        } else {
            self.n_dropped += 1;
            if self.signs.is_none() {
                let signs = text.split(is_blank).find(|signs| !signs.is_empty());
                let signs = signs.unwrap_or_else(|| without_slop(dropped));
                self.signs = Some((signs.to_owned(), span));
            }
        }
        let is_orphan = |sign: char| "()\"“”„«»‟".contains(sign);
        // The lexer has remarked upon brackets and quotes without their partner.
        // The comma behind a quotation is no part of what is asked for.
        let is_pause = |sign: char| ".,;:…".contains(sign);
        if dropped.chars().all(is_pause) || (dropped != "()" && dropped.chars().all(is_orphan)) {
            return;
        }
        let text = match dropped {
            "*" if is_excluded => "left out, since without every article nothing remains",
            "*" => "stands for every article, and so changes nothing",
            "||" | "|" => "left out, since it has no letter or digit; the operator is written `OR`",
            "&&" => "left out, since it has no letter or digit; parts side by side all have to match anyway",
            "!" => "left out, since it has no letter or digit; the operator is written `NOT`",
            _ => "left out, since it has no letter or digit to look for",
        };
        self.notes.add(span, text);
    }

    /// Leaves out what every article matches.
    pub(super) fn drop_everything(&mut self) {
        self.n_dropped += 1;
        self.asks_for_everything = true;
    }

    /// Whether NOT or `-` stands directly before a token.
    fn is_excluded(&self, span: Span) -> bool {
        let at = self.tokens.partition_point(|token| token.span.start < span.start);
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.is_some_and(|token| token.kind == TokenKind::Minus || token.span.of(self.source) == "NOT")
    }
}

/// `""~5` -> `""`: the number is no sign.
fn without_slop(quoted: &str) -> &str {
    quoted.rsplit_once('~').filter(|(_, digits)| is_digits(digits)).map_or(quoted, |(before, _)| before)
}
