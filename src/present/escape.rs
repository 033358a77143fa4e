//! Article text made safe for a terminal.

use std::borrow::Cow;

/// Replaces what could move the cursor, change colours or reorder what is read: control characters,
/// line and paragraph separators become a space, bidirectional controls are dropped.
pub fn for_terminal(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let safe = text.chars().filter_map(|c| match c {
        _ if is_bidi_control(c) => None,
        _ if is_unsafe(c) => Some(' '),
        _ => Some(c),
    });
    Cow::Owned(safe.collect())
}

fn is_unsafe(c: char) -> bool {
    c.is_control() || is_bidi_control(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(for_terminal(text), expected);
    }

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        check("plain", "plain");
        check("red \u{1b}[31m", "red  [31m");
        check("a\nb\tc\u{7f}\u{9b}", "a b c  ");
        check("abc\u{202e}def", "abcdef");
        check("مرحبا", "مرحبا");
    }
}
