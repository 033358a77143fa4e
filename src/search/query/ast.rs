//! The shape of a parsed query.

use jiff::civil;

use crate::figure::{Bound, Change};
use crate::mention::{EntityKind, Span};

/// A parsed query.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The text as typed; every [`Node::span`] points into it.
    pub source: String,
    /// What to match; `None` matches every article.
    pub root: Option<Node>,
    /// Figures that plain words name.
    pub mentioned: Vec<MentionedFigure>,
    /// What the reader of the results should know: parts that were read in a way that may surprise.
    pub notes: Vec<Note>,
}

/// A remark on how a part of a query was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Bytes of [`Query::source`].
    pub span: Span,
    /// The remark, in lower case and without a final period.
    pub text: String,
}

/// A part of a query, and where it was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What the part means.
    pub expr: Expr,
    /// Bytes of [`Query::source`].
    pub span: Span,
}

/// What a part of a query means.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Every part matches; at least two parts.
    All(Vec<Node>),
    /// At least one part matches; at least two parts.
    Any(Vec<Node>),
    /// The part does not match.
    Not(Box<Node>),
    /// Both sides match within a distance of each other.
    Near {
        /// First side: words, phrases, entities, figures, or [`Expr::Any`] of such.
        left: Box<Node>,
        /// Second side, as the first.
        right: Box<Node>,
        /// Most words that may stand between the two.
        distance: u32,
        /// Whether the first side has to come first.
        ordered: bool,
    },
    /// Words of title or body.
    Text {
        /// Where to look.
        scope: Scope,
        /// What to look for.
        pattern: Pattern,
    },
    /// A person, place or organisation.
    Entity {
        /// Which sort.
        kind: EntityKind,
        /// Which one.
        which: EntityMatch,
    },
    /// A quantity.
    Figure(FigureMatch),
    /// The day of publication.
    Date(DateMatch),
    /// A field of metadata.
    Keyword {
        /// Which field.
        field: KeywordField,
        /// Which value.
        value: KeywordMatch,
    },
}

/// Which texts a [`Pattern`] is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Title and body.
    Anywhere,
    /// Title only (`title:`).
    Title,
    /// Body only (`body:`).
    Body,
}

/// What to look for in a text. Words are as typed, before analysis; one may hold several tokens
/// (`twenty-one`), which then match as a phrase.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// A word in any of its forms.
    Word(String),
    /// A word in exactly this form, case aside (`=Banks`).
    Exact(String),
    /// Words in sequence (`"bank fraud"`, `"bank fraud"~5`), each in any of its forms.
    Phrase {
        /// The quoted text.
        text: String,
        /// How many words may stand between them in all.
        slop: u32,
        /// Only these forms (`="bank fraud"`).
        exact: bool,
    },
    /// Words that begin so (`immigr*`); without the `*`.
    Prefix(String),
    /// Words of a shape (`wom?n`, `*berg`): `*` any letters, `?` one.
    Wildcard(String),
    /// Words within an edit distance (`zelenski~1`).
    Fuzzy {
        /// The word.
        word: String,
        /// 1 or 2.
        distance: u8,
    },
    /// Words that a regular expression matches from end to end (`/dimitr[iy]/`); without the slashes.
    Regex(String),
}

/// Which entity.
#[derive(Clone, Debug, PartialEq)]
pub enum EntityMatch {
    /// Any of its kind (`person:*`).
    Any,
    /// One with these words in its name or an alias (`person:zelensky`).
    Name(String),
    /// One whose name or key is exactly this (`person:="Volodymyr Zelensky"`).
    Exact(String),
    /// A place at or below a path (`place:/europe/ukraine`); lower-case, begins with `/`, does not
    /// end with it.
    Path(String),
}

/// Which quantity. All conditions hold for one and the same figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureMatch {
    /// What is measured or counted, as typed: `usd`, `percent`, `km`, `prisoners`.
    pub measure: Measure,
    /// Only this noun, without others of its meaning; only this unit, without others of its kind.
    pub exact: bool,
    /// Values it may overlap.
    pub range: NumberRange,
    /// Direction it has to move in.
    pub change: Option<Change>,
    /// How it has to be bounded.
    pub bound: Option<Bound>,
}

impl FigureMatch {
    /// Any value of a measure.
    pub fn any_value(measure: Measure) -> Self {
        Self { measure, exact: false, range: NumberRange::ALL, change: None, bound: None }
    }
}

/// A figure that plain words name ("390 prisoners"); it helps to rank and filters nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct MentionedFigure {
    /// Its value.
    pub range: NumberRange,
    /// What it may measure or count, by the words that follow the number.
    pub measures: Vec<Measure>,
}

/// What a figure measures or counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// A unit, by canonical id (`usd`, `percent`, `mile`).
    Unit(String),
    /// A counted noun, by lemma (`prisoner`).
    Noun(String),
    /// Anything (`fig:>=300`).
    Any,
}

/// Values from `low` to `high`. A figure matches when any of its values lies inside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberRange {
    /// Least value; negative infinity when open.
    pub low: f64,
    /// Whether `low` itself is inside.
    pub low_included: bool,
    /// Greatest value; infinity when open.
    pub high: f64,
    /// Whether `high` itself is inside.
    pub high_included: bool,
}

impl NumberRange {
    /// Every value.
    pub const ALL: NumberRange =
        NumberRange { low: f64::NEG_INFINITY, low_included: true, high: f64::INFINITY, high_included: true };

    /// Every value that a figure can have.
    pub const FINITE: NumberRange =
        NumberRange { low: f64::MIN, low_included: true, high: f64::MAX, high_included: true };

    /// Whether nothing is asked of the value.
    pub fn is_all(&self) -> bool {
        *self == Self::ALL
    }

    /// Whether any value of `[low, high]` lies inside, as the text bounds it: more than 300 is above 300, fewer than
    /// 300 below it. Where one value is asked for, both are near enough.
    pub fn overlaps(&self, low: f64, high: f64, bound: Bound) -> bool {
        let is_value = self.low == self.high;
        let low_included = match bound {
            Bound::MoreThan => true,
            Bound::LessThan => self.low_included && is_value,
            _ => self.low_included,
        };
        let high_included = match bound {
            Bound::LessThan => true,
            Bound::MoreThan => self.high_included && is_value,
            _ => self.high_included,
        };
        let above = if low_included { high >= self.low } else { high > self.low };
        let below = if high_included { low <= self.high } else { low < self.high };
        above && below
    }
}

/// Which days of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateMatch {
    /// Any day, as long as there is one (`date:*`).
    Any,
    /// From `first` to `last`, both included; `None` is open.
    Range {
        /// First day.
        first: Option<civil::Date>,
        /// Last day.
        last: Option<civil::Date>,
    },
}

/// A field of metadata that is compared as a whole or by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeywordField {
    /// Bylines.
    Author,
    /// Publication or agency.
    Source,
    /// Section.
    Section,
    /// Language, as BCP 47 primary subtag.
    Lang,
    /// File.
    Path,
    /// Id of an article.
    Id,
    /// Keywords that came with the article.
    Tag,
    /// Format that the article was read from.
    Format,
}

impl KeywordField {
    /// Name in the query language.
    pub fn name(self) -> &'static str {
        match self {
            KeywordField::Author => "author",
            KeywordField::Source => "source",
            KeywordField::Section => "section",
            KeywordField::Lang => "lang",
            KeywordField::Path => "path",
            KeywordField::Id => "id",
            KeywordField::Tag => "tag",
            KeywordField::Format => "format",
        }
    }
}

/// Which value of a field of metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeywordMatch {
    /// Any, as long as there is one (`source:*`).
    Any,
    /// These words in sequence, case and accents aside (`source:"new york times"`).
    Words(String),
    /// Exactly this value, case included (`source:="The New York Times"`).
    Exact(String),
    /// Shape with `*` and `?` (`path:*2024*`).
    Wildcard(String),
}
