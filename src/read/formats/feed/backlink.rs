//! Takes off the line that blogs put below what they syndicate: "The post X appeared first on Y."

/// What such a line says beside the two titles, in any language.
const MAX_OTHER_CHARS: usize = 60;

/// Shorter titles are words that any last paragraph may hold.
const MIN_TITLE_CHARS: usize = 12;

/// Shorter parts of the title of a feed are no names of papers.
const MIN_NAME_CHARS: usize = 3;

/// What stands between the name of a paper and that of its part in the title of a feed.
const MARKS: [&str; 12] = [" - ", " – ", " — ", "|", "»", "«", "›", "‹", ">", "·", "•", ": "];

/// What programs put behind the name of a paper or of its part in the title of a feed.
const ENDINGS: [&str; 6] = [" Archives", " Archive", " RSS Feed", " RSS", " Feed", " Posts"];

/// What the paper of a feed may be called: the title of the feed, then the parts of it, the longest first.
pub(super) fn names(title: &str) -> Vec<&str> {
    let title = title.trim();
    let mut parts = vec![title];
    for mark in MARKS {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let mut names: Vec<&str> = Vec::new();
    for part in parts.into_iter().map(str::trim) {
        names.extend([part, without_ending(part)]);
    }
    names.retain(|name| *name != title && name.chars().count() >= MIN_NAME_CHARS);
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    if !title.is_empty() {
        names.insert(0, title);
    }
    names
}

fn without_ending(name: &str) -> &str {
    let bare = |ending: &&str| {
        let end = name.len().checked_sub(ending.len())?;
        let (bare, last) = (name.get(..end)?, name.get(end..)?);
        last.eq_ignore_ascii_case(ending).then(|| bare.trim())
    };
    ENDINGS.iter().find_map(bare).unwrap_or(name)
}

/// `text` without a last paragraph that is little more than the title of its entry and, at its end, a name
/// of the paper; and that name.
pub(super) fn cut<'n>(text: String, title: &str, outlets: &[&'n str]) -> (String, Option<&'n str>) {
    let (above, last) = text.rsplit_once("\n\n").unwrap_or(("", &text));
    match outlet_of(last, title, outlets) {
        Some(outlet) => (above.to_owned(), Some(outlet)),
        None => (text, None),
    }
}

fn outlet_of<'n>(line: &str, title: &str, outlets: &[&'n str]) -> Option<&'n str> {
    let title = title.trim();
    if title.chars().count() < MIN_TITLE_CHARS {
        return None;
    }
    let (before, after) = line.split_once(title)?;
    let after = after.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '。' | '!' | '"' | '”' | '»'));
    let names_it = |at: usize, outlet: &str| {
        let between = after.strip_suffix(outlet.trim_end_matches(['.', '!']))?;
        // A part of a title may be the end of a longer name: "Times" of "Harbour Times".
        let word = between.split_whitespace().next_back().unwrap_or("");
        let is_whole = at == 0 || between.ends_with([' ', '"', '“', '«']) && !word.starts_with(char::is_uppercase);
        (is_whole && before.chars().count() + between.chars().count() <= MAX_OTHER_CHARS).then_some(())
    };
    outlets.iter().enumerate().find(|(at, outlet)| names_it(*at, outlet).is_some()).map(|(_, outlet)| *outlet)
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
            let text = format!("It closes in May.\n\n{last}");
            assert_eq!(cut(text, title, &["The Ledger"]), ("It closes in May.".to_owned(), Some("The Ledger")));
            assert_eq!(cut(last.to_owned(), title, &["The Ledger"]).0, "");
        }
    }

    #[test]
    fn feeds_of_parts_of_a_paper_name_it() {
        let last = "The post Board closes the bridge appeared first on Harbour Times.";
        for feed in [
            "Politics Archives - Harbour Times",
            "Politics – Harbour Times",
            "Harbour Times » Politics",
            "Harbour Times: Politics",
            "Harbour Times RSS Feed",
            "Harbour Times",
        ] {
            let found = cut(last.to_owned(), "Board closes the bridge", &names(feed));
            assert_eq!(found, (String::new(), Some("Harbour Times")), "{feed}");
        }
        for feed in ["Times: Politics", "Politics", "Harbour", ""] {
            assert_eq!(
                cut(last.to_owned(), "Board closes the bridge", &names(feed)),
                (last.to_owned(), None),
                "{feed}"
            );
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
            assert_eq!(cut(last.to_owned(), title, &["The Ledger"]), (last.to_owned(), None));
        }
        assert_eq!(cut(String::new(), "Board closes the bridge", &[]), (String::new(), None));
    }
}
