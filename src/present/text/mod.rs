//! Text for people. Nothing in it is meant for programs: those read JSON.

mod article;
mod group;
mod hit;
mod run;

pub use article::{article, extraction, shown_article};
pub use group::{groups, saved_suggestions, suggestions};
pub(super) use hit::near_copy;
pub use hit::{facets, footer, hit, hits, status};
pub use run::{plan, rejected, report, verified};

use std::borrow::Cow;

use super::escape::for_terminal;

/// `1234567` as `1,234,567`.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 article`, `2 articles`, `1,000 articles`.
pub fn n_of(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(n), if n == 1 { "" } else { "s" })
}

/// A number with thousands separators, and decimals only where it has some.
pub fn number(value: f64) -> String {
    let text = format!("{}", value.abs());
    let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut number = if value < 0.0 { "-".to_owned() } else { String::new() };
    match whole.parse() {
        Ok(n) => number.push_str(&thousands(n)),
        Err(_) => number.push_str(whole),
    }
    if let Some(decimals) = decimals {
        number.push('.');
        number.push_str(decimals);
    }
    number
}

/// Bytes in the largest unit that leaves at least 1.
pub fn bytes(n_bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut value = n_bytes as f64;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    let n_decimals = usize::from(unit > 0 && value < 99.5);
    format!("{value:.n_decimals$} {}", UNITS[unit])
}

/// The path of a file, made safe.
fn path(path: &str) -> Cow<'_, str> {
    for_terminal(path)
}

/// Wraps words at a width, each line after an indent.
pub fn wrapped(text: &str, n_columns: usize, indent: &str) -> String {
    textwrap::fill(text, textwrap::Options::new(n_columns).initial_indent(indent).subsequent_indent(indent))
}

/// Wraps words at a width, each line but the first after an indent.
pub(super) fn hanging(text: &str, n_columns: usize, indent: &str) -> String {
    textwrap::fill(text, textwrap::Options::new(n_columns).subsequent_indent(indent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(n_of(1, "article"), "1 article");
        assert_eq!(n_of(1000, "article"), "1,000 articles");
    }

    #[test]
    fn numbers_keep_their_decimals() {
        assert_eq!(number(1_234_567.0), "1,234,567");
        assert_eq!(number(-3.5), "-3.5");
        assert_eq!(number(0.0), "0");
    }

    #[test]
    fn sizes_are_readable() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1500), "1.5 kB");
        assert_eq!(bytes(91_000_000), "91.0 MB");
        assert_eq!(bytes(999_999), "1.0 MB");
    }
}
