//! Takes the tags of site generators out of Markdown: Hugo's `{{< … >}}`, Jekyll's `{% … %}` and `{{ … }}`.
//!
//! What stands between an opening and a closing tag is text, and stays.

use std::borrow::Cow;

/// A tag is at most this long; what is longer is a forgotten bracket before running text.
const MAX_TAG_BYTES: usize = 2000;

/// Tags whose contents are no text, up to their end tag.
const HIDDEN: [&str; 2] = ["comment", "highlight-off"];

/// `text` without template tags.
pub(super) fn strip(text: &str) -> Cow<'_, str> {
    if !text.contains("{{") && !text.contains("{%") && !text.contains("{:") {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        match tag_bytes(rest) {
            Some(n_bytes) => {
                let name = rest[2..n_bytes].trim_start_matches(['-', '%', '<', ' ']);
                let hidden = HIDDEN.iter().find(|hidden| name.starts_with(**hidden));
                rest = &rest[n_bytes..];
                if let Some(end) = hidden.and_then(|name| end_tag(rest, name)) {
                    rest = &rest[end..];
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
    let (open, close) = match text.as_bytes().get(..2)? {
        b"{{" => ("{{", "}}"),
        b"{%" => ("{%", "%}"),
        b"{:" => ("{:", "}"),
        _ => return None,
    };
    let end = text[open.len()..].find(close)? + open.len() + close.len();
    // An attribute list such as `{: .note}` stays on its line.
    (end <= MAX_TAG_BYTES && (open != "{:" || !text[..end].contains('\n'))).then_some(end)
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
            ("[a]({{ \"/b\" | url }})", "[a]()"),
            ("a\n{: .note}\nb", "a\n\nb"),
            ("{a} {{b", "{a} {{b"),
            ("plain", "plain"),
        ] {
            assert_eq!(strip(text), expected);
        }
    }
}
