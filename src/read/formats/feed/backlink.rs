//! Takes off the line that blogs put below what they syndicate: "The post X appeared first on Y."

/// What such a line says beside the two titles, in any language.
const MAX_OTHER_CHARS: usize = 60;

/// Shorter titles are words that any last paragraph may hold.
const MIN_TITLE_CHARS: usize = 12;

/// `text` without a last paragraph that is little more than the title of its entry and, at its end, the
/// name of the feed.
pub(super) fn cut(text: &str, title: &str, outlet: &str) -> String {
    let (above, last) = text.rsplit_once("\n\n").unwrap_or(("", text));
    let is_backlink = is_backlink(last, title, outlet);
    if is_backlink { above.to_owned() } else { text.to_owned() }
}

fn is_backlink(line: &str, title: &str, outlet: &str) -> bool {
    let (title, outlet) = (title.trim(), outlet.trim());
    if title.chars().count() < MIN_TITLE_CHARS || outlet.is_empty() {
        return false;
    }
    let Some((before, after)) = line.split_once(title) else { return false };
    let after = after.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '。' | '!' | '"' | '”' | '»'));
    let Some(between) = after.strip_suffix(outlet.trim_end_matches(['.', '!'])) else { return false };
    before.chars().count() + between.chars().count() <= MAX_OTHER_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backlinks_go() {
        let title = "Board closes the bridge";
        for last in [
            "The post Board closes the bridge appeared first on The Ledger.",
            "Der Beitrag Board closes the bridge erschien zuerst auf The Ledger.",
        ] {
            assert_eq!(cut(&format!("It closes in May.\n\n{last}"), title, "The Ledger"), "It closes in May.");
            assert_eq!(cut(last, title, "The Ledger"), "");
        }
    }

    #[test]
    fn other_last_paragraphs_stay() {
        for (title, last) in [
            ("Rain", "Rain is coming, said The Ledger."),
            ("Board closes the bridge", "Board closes the bridge, and nobody asked The Ledger why it did."),
            ("Board closes the bridge", "The Ledger had asked for it."),
            (
                "Board closes the bridge",
                "When the Board closes the bridge, all who live beyond it will have to walk, says a letter to The Ledger.",
            ),
        ] {
            assert_eq!(cut(last, title, "The Ledger"), last);
        }
        assert_eq!(cut("", "Board closes the bridge", ""), "");
    }
}
