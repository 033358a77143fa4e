//! Lists that a program wrote as it shows them, and words for nothing: `['Ann Fox', 'Bob Gray']`, `nan`.

/// What programs write where there is nothing, in small letters.
const NOTHING: [&str; 6] = ["nan", "null", "none", "nat", "<na>", "n/a"];

/// Whether a value is a program's word for nothing.
pub(in crate::read::formats) fn is_nothing(text: &str) -> bool {
    NOTHING.iter().any(|word| text.trim().eq_ignore_ascii_case(word))
}

/// The items of a list in brackets whose items stand in quotation marks; `None` where a text is none.
pub(super) fn quoted_items(text: &str) -> Option<Vec<String>> {
    let mut rest = text.trim().strip_prefix('[')?.strip_suffix(']')?.trim_start();
    let mut items = Vec::new();
    while !rest.is_empty() {
        let (item, behind) = match rest.chars().next().filter(|c| matches!(c, '\'' | '"')) {
            Some(quote) => quoted(&rest[1..], quote)?,
            None => {
                let (word, behind) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                if !is_nothing(word) {
                    return None;
                }
                (String::new(), behind)
            }
        };
        if !item.is_empty() {
            items.push(item);
        }
        rest = behind.trim_start();
        rest = if rest.is_empty() { rest } else { rest.strip_prefix(',')?.trim_start() };
    }
    Some(items)
}

/// A text up to the quotation mark that ends it, and what stands behind that.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let mut item = String::new();
    let mut letters = text.char_indices();
    while let Some((at, c)) = letters.next() {
        match c {
            '\\' => match letters.next()?.1 {
                'n' => item.push('\n'),
                't' => item.push(' '),
                other => item.push(other),
            },
            c if c == quote => return Some((item, &text[at + c.len_utf8()..])),
            c => item.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_by_brackets_and_quotes() {
        for (text, expected) in [
            ("['Ann Fox', 'Bob Gray']", Some(vec!["Ann Fox", "Bob Gray"])),
            (r#"["Ann Fox","Bob O'Gray"]"#, Some(vec!["Ann Fox", "Bob O'Gray"])),
            (r#"['Ann Fox', "Bob O'Gray", nan]"#, Some(vec!["Ann Fox", "Bob O'Gray"])),
            (r"['it\'s']", Some(vec!["it's"])),
            ("[]", Some(vec![])),
            ("[[Sam Lee]]", None),
            ("[Ann Fox, Bob Gray]", None),
            ("['Ann Fox' 'Bob Gray']", None),
            ("['Ann Fox]", None),
            ("Ann Fox", None),
        ] {
            let expected = expected.map(|items: Vec<&str>| items.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(quoted_items(text), expected, "{text}");
        }
    }
}
