//! How much: numbers that a text reports, with unit, counted noun, bound and direction.
//!
//! Fed by [`crate::extract`]; read by everything after it. Values stay as written: currencies are
//! never converted.

use crate::mention::Span;
use crate::unit::to_base;

/// A number in a text, with what it measures or counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Where it stands: number, unit and sign, without bound words and without the counted noun's
    /// adjectives ("270 soldiers" -> `270 soldiers`; "more than $5 million" -> `$5 million`).
    pub span: Span,
    /// What sort of number it is.
    pub kind: FigureKind,
    /// Least value, in [`Self::unit`]; equal to `high` for a point. Finite.
    pub low: f64,
    /// Greatest value, in [`Self::unit`]. Finite, never below `low`.
    pub high: f64,
    /// Canonical id of the unit as written (`usd`, `percent`, `mile`, `day`); `None` for plain counts.
    pub unit: Option<String>,
    /// Lemma of the thing counted (`prisoner`); `None` when nothing is.
    pub noun: Option<String>,
    /// How the text bounds the value.
    pub bound: Bound,
    /// Direction in which the value moved or moves.
    pub change: Change,
    /// What befell the people counted, as their verb tells it ("83 people were killed"); `None` where nothing did, and
    /// where [`Self::noun`] says it itself ("15 dead").
    pub outcome: Option<Outcome>,
}

impl Figure {
    /// Lemma of the thing of which this is a number; a ratio ("seven per 100,000 people", "one in five women") is one of
    /// nothing.
    pub fn counted(&self) -> Option<&str> {
        self.noun.as_deref().filter(|_| self.kind != FigureKind::Ratio)
    }

    /// Least and greatest value of an age in years, however it was written ("a three-month-old baby"); `None` for all
    /// that is no age.
    pub fn age_in_years(&self) -> Option<(f64, f64)> {
        let unit = self.unit.as_deref().filter(|_| self.kind == FigureKind::Age)?;
        let years = |value: f64| Some(to_base(unit, value)?.1 / to_base("year", 1.0)?.1);
        Some((years(self.low)?, years(self.high)?))
    }
}

/// The number that was meant where a product was taken: 4.1 times a billion is 4,100,000,000, and not the
/// 4,099,999,999.9999995 that it is in binary. Fifteen digits are what a decimal keeps on its way.
pub(crate) fn decimal(product: f64) -> f64 {
    format!("{product:.14e}").parse().unwrap_or(product)
}

/// What sort of number a [`Figure`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureKind {
    /// Things counted, or a bare number.
    Count,
    /// An amount of money; the unit is an ISO 4217 code in lower case.
    Money,
    /// A share in percent, percentage points or basis points.
    Percent,
    /// A length of time.
    Duration,
    /// An age.
    Age,
    /// A physical measure: length, area, mass, volume, speed, temperature, energy, power, data.
    Measure,
    /// One number against another ("one in five", "three to one").
    Ratio,
    /// A date, a year or a clock time.
    Date,
    /// A rank or position ("third").
    Ordinal,
    /// A result of a game or a vote ("2-1").
    Score,
    /// A number that is part of a name or an identifier ("Boeing 737", "Flight 370").
    Name,
}

impl FigureKind {
    /// Stable lower-case name, as used in output.
    pub fn name(self) -> &'static str {
        match self {
            FigureKind::Count => "count",
            FigureKind::Money => "money",
            FigureKind::Percent => "percent",
            FigureKind::Duration => "duration",
            FigureKind::Age => "age",
            FigureKind::Measure => "measure",
            FigureKind::Ratio => "ratio",
            FigureKind::Date => "date",
            FigureKind::Ordinal => "ordinal",
            FigureKind::Score => "score",
            FigureKind::Name => "name",
        }
    }

    /// Whether range queries see figures of this kind.
    pub fn is_quantity(self) -> bool {
        match self {
            FigureKind::Count
            | FigureKind::Money
            | FigureKind::Percent
            | FigureKind::Duration
            | FigureKind::Age
            | FigureKind::Measure
            | FigureKind::Ratio => true,
            FigureKind::Date | FigureKind::Ordinal | FigureKind::Score | FigureKind::Name => false,
        }
    }
}

/// How a text bounds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bound {
    /// The value itself.
    Exact,
    /// "about", "nearly", "some".
    About,
    /// "more than", "over".
    MoreThan,
    /// "at least".
    AtLeast,
    /// "fewer than", "under".
    LessThan,
    /// "at most", "up to".
    AtMost,
}

impl Bound {
    /// Stable symbol, as used in output: `= ~ > >= < <=`.
    pub fn symbol(self) -> &'static str {
        match self {
            Bound::Exact => "=",
            Bound::About => "~",
            Bound::MoreThan => ">",
            Bound::AtLeast => ">=",
            Bound::LessThan => "<",
            Bound::AtMost => "<=",
        }
    }
}

/// Direction in which a value moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// No movement stated.
    None,
    /// "rose 3.5%".
    Up,
    /// "down 12 points".
    Down,
}

impl Change {
    /// Stable name, as used in output.
    pub fn name(self) -> &'static str {
        match self {
            Change::None => "none",
            Change::Up => "up",
            Change::Down => "down",
        }
    }
}

/// What befell people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// They were killed or died.
    Dead,
    /// They were injured.
    Injured,
    /// Nobody knows where they are.
    Missing,
    /// They were arrested.
    Arrested,
    /// They were brought to safety.
    Evacuated,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Dead, Self::Injured, Self::Missing, Self::Arrested, Self::Evacuated];

    /// Stable name, as used in output; a counted noun of the same name means the same.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Dead => "dead",
            Outcome::Injured => "injured",
            Outcome::Missing => "missing",
            Outcome::Arrested => "arrested",
            Outcome::Evacuated => "evacuated",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: FigureKind, unit: &str, value: f64, expected: Option<f64>) {
        let figure = Figure {
            span: Span::new(0, 1),
            kind,
            low: value,
            high: value,
            unit: Some(unit.to_owned()),
            noun: None,
            bound: Bound::Exact,
            change: Change::None,
            outcome: None,
        };
        assert_eq!(figure.age_in_years(), expected.map(|years| (years, years)), "{unit} {value}");
    }

    #[test]
    fn ages_are_told_in_years() {
        check(FigureKind::Age, "year", 45.0, Some(45.0));
        check(FigureKind::Age, "month", 3.0, Some(0.25));
        check(FigureKind::Duration, "year", 45.0, None);
    }
}
