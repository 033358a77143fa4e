//! The query language: text becomes a [`Query`], with the span of every part.
//!
//! Knows nothing of the engine; [`crate::search`] plans what is parsed here. Reads no clock and knows
//! no units: both come with the [`ParseConfig`]. [`GRAMMAR`] is the language.
//!
//! Two rules settle every doubt. Text is never a fault: what people paste (addresses, apostrophes,
//! lone signs, brackets and quotes without a partner, `12:30`, `Breaking: markets fall`) is read as
//! words. And nothing is passed over in silence: what was meant as a sign and cannot be one is a
//! [`QueryError`] with the right form, and what was read in a way that may surprise is a [`Note`].

mod ast;
mod date;
mod day;
mod dropped;
mod error;
mod explain;
mod field;
mod grammar;
mod leaf;
mod lexer;
mod mentioned;
mod notes;
mod number;
mod parser;
mod regex;
mod saved;
mod short;
mod text;
mod unspaced;
mod value;
mod word;

#[cfg(test)]
mod tests;

use jiff::civil;

pub use ast::{
    DateMatch, EntityMatch, Expr, FigureMatch, KeywordField, KeywordMatch, Measure, MentionedFigure, Node, Note,
    NumberRange, Pattern, Query, Scope,
};
pub use date::{parse_date_range, parse_day_end, parse_day_start};
pub use error::{Problem, QueryError};
pub use explain::explain;
pub use field::NAMES as FIELD_NAMES;
pub use grammar::GRAMMAR;
pub use saved::{MAX_SAVED_DEPTH, SAVED_SIGN, SavedError, SavedQueries, SavedQuery};
pub use text::to_text;
pub use value::Language;

use crate::mention::Span;

/// Most bytes of a query: a pasted book. Spans and times stay small.
pub const MAX_QUERY_BYTES: usize = 4 << 20;

/// Most words, phrases and filters of a query: two long articles pasted whole, or a watch list. The
/// engine reads a list of articles for each.
pub const MAX_PARTS: usize = 10_000;

/// Most brackets and NOTs around a part: no person writes more, and the stack holds many times this.
pub const MAX_DEPTH: usize = 100;

/// What the parser needs to know of the world.
pub struct ParseConfig<'a> {
    /// The day that `today` and `last-30d` count from. Asked only where a query has dates: to learn the local day,
    /// a program looks through its time zones.
    pub today: &'a dyn Fn() -> civil::Date,
    /// Canonical id of the unit that a word or sign names (`$`, `dollars` -> `usd`); canonical ids
    /// name themselves. `None` for other words.
    pub unit_of: &'a dyn Fn(&str) -> Option<String>,
    /// Lemma of a counted noun (`prisoners` -> `prisoner`); lemmas are their own.
    pub lemma: &'a dyn Fn(&str) -> String,
}

impl ParseConfig<'_> {
    /// What a name in a query measures or counts.
    fn measure_of(&self, name: &str) -> Measure {
        let by_unit = |name: &str| (self.unit_of)(name).map(Measure::Unit);
        by_unit(name).unwrap_or_else(|| {
            let lemma = (self.lemma)(&name.to_lowercase());
            // "tries" and "cups" are none of the currencies `try` and `cup`.
            let is_code =
                |unit: &Measure| lemma != name && matches!(unit, Measure::Unit(id) if *id == lemma && id.len() == 3);
            by_unit(&lemma).filter(|unit| !is_code(unit)).unwrap_or(Measure::Noun(lemma))
        })
    }
}

/// Reads a query. Takes time linear in the length of `source`.
///
/// # Errors
/// When a part was meant as more than text and is wrong, or a limit is passed. The span of the error
/// lies in `source`, on char boundaries.
pub fn parse(source: &str, config: &ParseConfig<'_>) -> Result<Query, QueryError> {
    parse_with_saved(source, config, &SavedQueries::default())
}

/// Reads a query in which `@name` may stand for one of the saved queries. The parts of a saved query
/// have the span of the name.
///
/// # Errors
/// As [`parse`]; also when saved queries stand for each other, or one that is used is wrong.
pub fn parse_with_saved(source: &str, config: &ParseConfig<'_>, saved: &SavedQueries) -> Result<Query, QueryError> {
    if source.len() > MAX_QUERY_BYTES {
        let start = source.floor_char_boundary(MAX_QUERY_BYTES);
        let error = QueryError::new(Span::new(start, source.len()), Problem::TooLong { max_bytes: MAX_QUERY_BYTES });
        return Err(error.with_hint("search for a part of the text"));
    }
    let lexer::Tokens { tokens, notes } = lexer::tokenize(source, &|name| config.measure_of(name))?;
    let mut parser = parser::Parser::new(source, config, saved, tokens, notes);
    parser.hear_shouting();
    let root = parser.query()?.map(|root| unspaced::split_words(root, source));
    let mentioned = mentioned::mentioned(root.as_ref(), config);
    Ok(Query { source: source.to_owned(), root, mentioned, notes: parser.notes.into_notes() })
}
