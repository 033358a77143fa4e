//! Takes the tags of site generators out of Markdown: Hugo's `{{< … >}}`, Jekyll's `{% … %}` and `{{ … }}`,
//! attribute lists such as `{: .note}`.
//!
//! What stands between an opening and a closing tag is text, and stays.

use std::borrow::Cow;

/// A tag is at most this long; what is longer is a forgotten bracket before running text.
const MAX_TAG_BYTES: usize = 2000;

/// Tags whose contents are no text, up to their end tag.
const HIDDEN: [&str; 2] = ["comment", "highlight-off"];

/// `text` without template tags.
pub(super) fn strip(text: &str) -> Cow<'_, str> {
    if !["{{", "{%", "{:", "{.", "{#"].iter().any(|open| text.contains(open)) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    // A name whose end tag is missing once is not looked for again: the rest only gets shorter.
    let mut hidden_names = HIDDEN.to_vec();
    while let Some(at) = rest.find('{') {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        match tag_bytes(rest) {
            Some(n_bytes) => {
                // A link whose address is a tag is still a link.
                if kept.ends_with("](") {
                    kept.push('#');
                }
                let name = rest[2..n_bytes].trim_start_matches(['-', '%', '<', ' ']);
                let hidden = hidden_names.iter().position(|hidden| name.starts_with(hidden));
                rest = &rest[n_bytes..];
                if let Some(nth) = hidden {
                    match end_tag(rest, hidden_names[nth]) {
                        Some(end) => rest = &rest[end..],
                        None => {
                            hidden_names.swap_remove(nth);
                        }
                    }
                }
            }
            None => {
                kept.push('{');
                rest = &rest[1..];
            }
        }
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Bytes of the tag that `text` begins with.
fn tag_bytes(text: &str) -> Option<usize> {
    let text = &text[..text.floor_char_boundary(MAX_TAG_BYTES)];
    let (open, close) = match text.as_bytes().get(..2)? {
        b"{{" => ("{{", "}}"),
        b"{%" => ("{%", "%}"),
        b"{:" => ("{:", "}"),
        b"{." | b"{#" => return attribute_list_bytes(text),
        _ => return None,
    };
    let end = text[open.len()..].find(close)? + open.len() + close.len();
    // An attribute list such as `{: .note}` stays on its line.
    (open != "{:" || !text[..end].contains('\n')).then_some(end)
}

/// Bytes of `{.note .wide}` or `{#part-2}`, with which some dialects dress what stands before.
fn attribute_list_bytes(text: &str) -> Option<usize> {
    let end = text.find('}')?;
    let is_attribute = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '#' | '-' | '_' | ' ' | '=' | '"');
    text[1..end].chars().all(is_attribute).then_some(end + 1)
}

/// Where the text after `{% endNAME %}` begins.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    let at = text.find(&format!("end{name}"))?;
    Some(at + text[at..].find("%}")? + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_text_stays() {
        for (text, expected) in [
            ("a {{< img src=\"x\" >}}b", "a b"),
            ("a {{% note %}}b{{% /note %}}", "a b"),
            ("{% image \"a\" %}b", "b"),
            ("{% comment %}x{% endcomment %}b", "b"),
            ("[a]({{ \"/b\" | url }} \"c\")", "[a](# \"c\")"),
            ("A caption {.small .wide}", "A caption "),
            ("set {.a(b)} and {#1, 2}", "set {.a(b)} and {#1, 2}"),
            ("a\n{: .note}\nb", "a\n\nb"),
            ("{a} {{b", "{a} {{b"),
            ("{% comment %}a{% comment %}b", "ab"),
            ("plain", "plain"),
        ] {
            assert_eq!(strip(text), expected);
        }
    }
}
