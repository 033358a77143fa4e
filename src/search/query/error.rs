//! What is wrong with a query, and how that is shown: message, the line, a caret, the nearest right
//! form.
//!
//! Knows nothing of parsing; fed by every part of the parser, read by the front ends.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use unicode_width::UnicodeWidthChar;

use crate::mention::Span;

/// Columns of a query that an error shows; a longer query is cut around the fault.
const MAX_COLUMNS_SHOWN: usize = 100;

/// Characters at either end of a message that quotes a long part of a query.
const MAX_CHARS_AT_END: usize = 150;

/// A fault in a query, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryError {
    /// Bytes of the text that was parsed, on char boundaries.
    pub span: Span,
    /// What is wrong there.
    pub problem: Problem,
    /// What to type instead.
    pub hint: Option<String>,
}

/// What is wrong with a part of a query.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Problem {
    /// More text than a query may have.
    #[error("the query is longer than {max_bytes} bytes")]
    TooLong {
        /// Most bytes.
        max_bytes: usize,
    },
    /// More words and filters than a query may have.
    #[error("the query has more than {max} parts")]
    TooManyParts {
        /// Most parts.
        max: usize,
    },
    /// Brackets or NOTs too deep in each other.
    #[error("the query is nested deeper than {max} levels")]
    TooDeep {
        /// Most levels.
        max: usize,
    },
    /// A name before a colon that is nearly that of a field.
    #[error("unknown field `{name}:`")]
    UnknownField {
        /// The name as typed.
        name: String,
    },
    /// A field inside the brackets of another field.
    #[error("`{inner}` cannot stand inside the brackets of `{outer}:`")]
    NestedField {
        /// What stands inside.
        inner: String,
        /// The field around it.
        outer: String,
    },
    /// A field without anything that could be looked up.
    #[error("`{field}:` has no value to look for")]
    MissingValue {
        /// The field.
        field: String,
    },
    /// A field whose absence or presence cannot be asked for.
    #[error("`{field}:*` is not available, since every article is searched there")]
    AnyText {
        /// The field.
        field: String,
    },
    /// A quote or bracket directly behind a field that is never closed.
    #[error("`{opener}` is never closed")]
    Unclosed {
        /// The quote or bracket.
        opener: String,
    },
    /// A wildcard, a fuzzy mark or a slop where only names and values stand.
    #[error("`{found}` cannot be used in `{field}:`")]
    PatternInValue {
        /// The sign.
        found: String,
        /// The field.
        field: String,
    },
    /// A path of places with nothing between two slashes.
    #[error("`{found}` is not a path of places")]
    NotAPath {
        /// As typed.
        found: String,
    },
    /// Something that should be a number.
    #[error("`{found}` is not a number")]
    NotANumber {
        /// As typed.
        found: String,
    },
    /// A comma that does not separate thousands.
    #[error("the separators of `{found}` do not stand between thousands")]
    MisplacedSeparator {
        /// As typed.
        found: String,
    },
    /// A number beyond what can be compared.
    #[error("`{found}` is too large a number")]
    NumberTooLarge {
        /// As typed.
        found: String,
    },
    /// A unit that is not the one asked about.
    #[error("`{found}` stands where `{expected}` is measured")]
    UnitMismatch {
        /// Unit of the field or of the other end.
        expected: String,
        /// Unit at this place.
        found: String,
    },
    /// A range with neither end.
    #[error("the range has no end on either side")]
    OpenRange,
    /// A range that ends before it starts.
    #[error("nothing lies between `{low}` and `{high}`")]
    EmptyRange {
        /// First end, as typed.
        low: String,
        /// Second end, as typed.
        high: String,
    },
    /// A word in square brackets that is no condition on figures.
    #[error("`[{found}]` is not a condition on figures")]
    UnknownCondition {
        /// The word.
        found: String,
    },
    /// Something that should be a date.
    #[error("`{found}` is not a date")]
    NotADate {
        /// As typed.
        found: String,
    },
    /// A date whose month or day does not exist.
    #[error("there is no `{found}` in the calendar")]
    NoSuchDay {
        /// As typed.
        found: String,
    },
    /// A day before or after all days that can be counted.
    #[error("`{found}` lies beyond the calendar")]
    BeyondCalendar {
        /// As typed.
        found: String,
    },
    /// A range where one day is needed.
    #[error("`{found}` is a range, and one date is needed")]
    NotOneDate {
        /// As typed.
        found: String,
    },
    /// Two operators without anything between them.
    #[error("nothing stands between `{first}` and `{second}`")]
    NothingBetween {
        /// Operator on the left.
        first: String,
        /// Operator on the right.
        second: String,
    },
    /// NEAR at an end of a query or group.
    #[error("`{operator}` needs something on both sides")]
    NearWithoutSide {
        /// The operator.
        operator: String,
    },
    /// Something without a place in the text, next to NEAR.
    #[error("{what} cannot stand next to NEAR")]
    NearSide {
        /// What it is, in words.
        what: &'static str,
    },
    /// A distance beyond the greatest.
    #[error("the distance is greater than {max}")]
    DistanceTooLarge {
        /// Greatest distance.
        max: u32,
    },
    /// `"a b"~` without a number.
    #[error("`~` behind a phrase needs a number of words")]
    MissingSlop,
    /// `word~3`.
    #[error("a fuzzy word allows 1 or 2 edits, not `{found}`")]
    FuzzyDistance {
        /// As typed.
        found: String,
    },
    /// `imm*gr~1`.
    #[error("a word cannot be both fuzzy and a wildcard")]
    FuzzyWildcard,
    /// `*anti-immigr*`.
    #[error("a hyphenated word takes wildcards and `~` in its first or last part only")]
    WildcardWithin,
    /// A name that is nearly that of a saved query.
    #[error("there is no saved query `@{name}`")]
    UnknownSaved {
        /// The name as typed, without its sign.
        name: String,
    },
    /// A saved query that stands for itself.
    #[error("saved queries stand for each other: {chain}")]
    SavedCycle {
        /// The names, from the query that was typed to the one that was met before.
        chain: String,
    },
    /// Saved queries too deep in each other.
    #[error("saved queries stand in each other deeper than {max} levels: {chain}")]
    SavedTooDeep {
        /// Most levels.
        max: usize,
        /// The names, outermost first.
        chain: String,
    },
    /// A fault in the text of a saved query.
    #[error("in the saved query `@{name}`: {problem}")]
    InSaved {
        /// Its name, without its sign.
        name: String,
        /// The fault.
        problem: Box<Problem>,
    },
    /// A regular expression with something that words cannot be tested for.
    #[error("a regular expression matches one whole word, so it cannot have {what}")]
    RegexFeature {
        /// What it has.
        what: &'static str,
    },
    /// A regular expression beyond the greatest length.
    #[error("the regular expression is longer than {max_bytes} bytes")]
    RegexTooLong {
        /// Most bytes.
        max_bytes: usize,
    },
}

impl QueryError {
    pub(super) fn new(span: Span, problem: Problem) -> Self {
        Self { span, problem, hint: None }
    }

    pub(super) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same fault, in a text in which the parsed one starts at `offset`.
    pub(super) fn moved_by(mut self, offset: usize) -> Self {
        let range = self.span.range();
        self.span = Span::new(range.start + offset, range.end + offset);
        self
    }

    /// What to type instead, where the parser knows.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The message, the query with a caret line under the fault, and the hint, as lines without a
    /// final newline. `source` is the text that was parsed. Control characters are shown as spaces,
    /// and a long query is cut around the fault, so that every line stays one line on a terminal.
    pub fn render(&self, source: &str) -> String {
        let (line, caret_column, n_carets) = shown_line(source, self.span);
        let mut shown = format!("{self}\n  {line}\n  {}{}", " ".repeat(caret_column), "^".repeat(n_carets));
        if let Some(hint) = &self.hint {
            shown.push_str("\nhint: ");
            shown.extend(clip(hint).chars().map(visible));
        }
        shown
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in clip(&self.problem.to_string()).chars() {
            fmt::Write::write_char(out, visible(part))?;
        }
        Ok(())
    }
}

impl Error for QueryError {}

/// The text without its middle, if it is very long.
pub(super) fn clip(text: &str) -> Cow<'_, str> {
    let Some((head_end, _)) = text.char_indices().nth(MAX_CHARS_AT_END) else { return Cow::Borrowed(text) };
    let tail = text.char_indices().rev().nth(MAX_CHARS_AT_END - 1).map_or(0, |(offset, _)| offset);
    if tail <= head_end {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}…{}", &text[..head_end], &text[tail..]))
}

/// The span of `part`, which has to be a slice of `whole`.
pub(super) fn span_in(whole: &str, part: &str) -> Span {
    let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len());
    Span::new(start, (start + part.len()).min(whole.len()))
}

/// Replaces what would move or hide other characters of a terminal line.
fn visible(character: char) -> char {
    let moves = character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    if moves { ' ' } else { character }
}

fn column_width(character: char) -> usize {
    visible(character).width().unwrap_or(0)
}

/// The part of `source` around `span`, the column where the span starts in it, and how many carets
/// lie under it.
fn shown_line(source: &str, span: Span) -> (String, usize, usize) {
    let start = floor_boundary(source, span.range().start);
    let end = floor_boundary(source, span.range().end).max(start);
    // Two thirds of the room go to what stands before the fault and to the fault itself.
    let mut n_before = 0;
    let from = source[..start]
        .char_indices()
        .rev()
        .take_while(|(_, character)| {
            n_before += column_width(*character).max(1);
            n_before <= MAX_COLUMNS_SHOWN / 3
        })
        .last()
        .map_or(start, |(offset, _)| offset);
    let mut n_columns = 0;
    let to = source[from..]
        .char_indices()
        .find(|(_, character)| {
            n_columns += column_width(*character).max(1);
            n_columns > MAX_COLUMNS_SHOWN
        })
        .map_or(source.len(), |(offset, _)| from + offset);
    let cut_before = if from > 0 { "…" } else { "" };
    let cut_behind = if to < source.len() { "…" } else { "" };
    let width = |text: &str| text.chars().map(column_width).sum::<usize>();
    let line: String = source[from..to].chars().map(visible).collect();
    let caret_column = cut_before.chars().count() + width(&source[from..start]);
    let n_carets = width(&source[start..end.clamp(start, to.max(start))]).max(1);
    (format!("{cut_before}{}{cut_behind}", line.trim_end()), caret_column, n_carets)
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, start: usize, end: usize, expected: &str) {
        let error = QueryError::new(Span::new(start, end), Problem::OpenRange);
        let shown = error.render(source);
        assert_eq!(shown.split_once('\n').expect("message and line").1, expected);
    }

    #[test]
    fn carets_stand_under_the_fault() {
        check("a fig.usd:..", 10, 12, "  a fig.usd:..\n            ^^");
        check("", 0, 0, "  \n  ^");
        check("abc", 3, 3, "  abc\n     ^");
    }

    #[test]
    fn carets_count_columns_rather_than_bytes() {
        check("é date:x", 8, 9, "  é date:x\n         ^");
        check("東京 date:x", 12, 13, "  東京 date:x\n            ^");
        check("date:東京", 5, 11, "  date:東京\n       ^^^^");
        check("e\u{301} date:x", 9, 10, "  e\u{301} date:x\n         ^");
    }

    #[test]
    fn control_characters_take_one_column() {
        check("a\tb\nc", 4, 5, "  a b c\n      ^");
        check("a\u{1b}[31mb", 6, 7, "  a [31mb\n        ^");
        check("\u{202e}ab", 3, 4, "   ab\n   ^");
    }

    #[test]
    fn a_long_query_is_cut_around_the_fault() {
        let source = format!("{}date:x {}", "word ".repeat(1000), "more ".repeat(1000));
        let error = QueryError::new(Span::new(5005, 5006), Problem::OpenRange);
        let shown = error.render(&source);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[1].chars().count() <= MAX_COLUMNS_SHOWN + 4, "{}", lines[1]);
        let column = lines[2].chars().position(|character| character == '^').expect("a caret");
        assert_eq!(lines[1].chars().nth(column), Some('x'));
    }

    #[test]
    fn long_messages_lose_their_middle() {
        let found = "x".repeat(1_000_000);
        let error = QueryError::new(Span::new(0, 1), Problem::NotADate { found }).with_hint("y".repeat(1000));
        assert_eq!(error.to_string().chars().count(), 2 * MAX_CHARS_AT_END + 1);
        assert!(error.to_string().ends_with("x` is not a date"));
        assert!(error.render("x").chars().count() < 1000);
        assert_eq!(clip(&"z".repeat(2 * MAX_CHARS_AT_END)).len(), 2 * MAX_CHARS_AT_END);
    }

    #[test]
    fn a_fault_longer_than_the_line_has_carets_to_the_end() {
        let source = "x".repeat(1000);
        let shown = QueryError::new(Span::new(0, 1000), Problem::OpenRange).render(&source);
        assert_eq!(shown.lines().nth(2).expect("carets").trim().len(), MAX_COLUMNS_SHOWN);
    }
}
