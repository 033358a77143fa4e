//! Article text made safe for a terminal or a page.

use std::borrow::Cow;

use crate::mention::Span;

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

/// The same of a text whose lines stay lines.
pub fn lines_for_terminal(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(for_terminal).collect();
    lines.join("\n")
}

/// Text for a page, what is lit between `<mark>` and `</mark>`: nothing else of it can be markup, inside
/// an attribute neither, and what [`for_terminal`] takes out is out. Spans are sorted and disjoint.
pub fn for_page(text: &str, highlights: &[Span]) -> String {
    let mut page = String::with_capacity(text.len() + 13 * highlights.len());
    let mut at = 0;
    for span in highlights {
        let (Some(before), Some(lit)) = (text.get(at..span.start as usize), text.get(span.range())) else { continue };
        push_escaped(before, &mut page);
        page.push_str("<mark>");
        push_escaped(lit, &mut page);
        page.push_str("</mark>");
        at = span.end as usize;
    }
    push_escaped(text.get(at..).unwrap_or_default(), &mut page);
    page
}

fn push_escaped(text: &str, page: &mut String) {
    for c in for_terminal(text).chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            _ => page.push(c),
        }
    }
}

/// What could move the cursor, change colours or reorder what is read.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control() || is_bidi_control(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    #[test]
    fn nothing_reaches_a_page_but_text_and_marks() {
        let lit = |text: &str, at: &[(usize, usize)]| {
            for_page(text, &at.iter().map(|&(start, end)| Span::new(start, end)).collect::<Vec<_>>())
        };
        assert_eq!(lit("a <b> & \"c\" 'd'", &[(2, 5)]), "a <mark>&lt;b&gt;</mark> &amp; &quot;c&quot; &#39;d&#39;");
        assert_eq!(lit("東京で大阪", &[(0, 6), (9, 15)]), "<mark>東京</mark>で<mark>大阪</mark>");
        assert_eq!(lit("a\u{1b}[31m\u{202e}b", &[]), "a [31mb");
        assert_eq!(lit("é", &[(1, 2)]), "é");
    }

    proptest! {
        #[test]
        fn marks_are_the_only_markup(text in "[a<>&\"' é\u{202e}\u{1b}]{0,40}", at in 0usize..40, len in 0usize..9) {
            let start = text.floor_char_boundary(at.min(text.len()));
            let end = text.floor_char_boundary((start + len).min(text.len()));
            let page = for_page(&text, &[Span::new(start, end.max(start))]);
            let rest = page.replacen("<mark>", "", 1).replacen("</mark>", "", 1);
            prop_assert!(!rest.contains(['<', '>', '"', '\'', '\u{202e}', '\u{1b}']), "{page:?}");
        }
    }
}
