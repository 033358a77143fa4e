//! Colours and weights of text output.
//!
//! Meaning never rests on them: without colour, what matched stands between `[` and `]`.

use std::fmt::{self, Display};

use anstyle::{AnsiColor, Style};

/// What a piece of output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A headline.
    Title,
    /// What the query matched.
    Match,
    /// Less important: paths, counts, dates.
    Faint,
    /// The name of a field or a facet.
    Label,
    /// A command or a query.
    Code,
    /// Something went wrong.
    Error,
    /// Advice.
    Hint,
}

/// Whether output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Text only.
    Plain,
    /// With ANSI escapes.
    Coloured,
}

impl Theme {
    /// `text` in the style of its role. The text has to be safe already.
    pub fn paint<T: Display>(self, role: Role, text: T) -> Painted<T> {
        let style = match (self, role) {
            (Theme::Plain, _) => Style::new(),
            (_, Role::Title) => Style::new().bold(),
            (_, Role::Match) => AnsiColor::Yellow.on_default().bold(),
            (_, Role::Faint) => Style::new().dimmed(),
            (_, Role::Label) => AnsiColor::Cyan.on_default(),
            (_, Role::Code) => AnsiColor::Green.on_default(),
            (_, Role::Error) => AnsiColor::Red.on_default().bold(),
            (_, Role::Hint) => AnsiColor::Blue.on_default().bold(),
        };
        Painted { style, text }
    }
}

/// Text with a style around it.
pub struct Painted<T> {
    style: Style,
    text: T,
}

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.style.render(), self.text, self.style.render_reset())
    }
}
