//! JSON that commands no terminal: what [`for_terminal`](crate::present::escape::for_terminal) takes out is
//! written as `\u001b`, which a program reads as the character that it is.

use std::io::{self, Write};

use serde_json::ser::Formatter;

use crate::present::escape::is_unsafe;

pub(super) struct SafeFormatter;

impl Formatter for SafeFormatter {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| is_unsafe(*c)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::line;
    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(text in any::<String>(), unsafe_one in "[\u{1b}\u{7f}\u{9b}\u{202e}\u{2028}\n]") {
            let text = text.clone() + &unsafe_one + &text;
            let mut written = Vec::new();
            line(&mut written, &text).expect("memory takes everything");
            let written = String::from_utf8(written).expect("JSON is UTF-8");
            prop_assert!(!written.trim_end_matches('\n').chars().any(is_unsafe), "{written:?}");
            prop_assert_eq!(serde_json::from_str::<String>(&written).expect("it is JSON"), text);
        }
    }
}
