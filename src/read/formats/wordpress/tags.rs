//! Takes the tags of plugins out of posts: `[gallery ids="1,2"]`, `[pullquote]…[/pullquote]`.
//!
//! What stands between an opening and a closing tag is text, and stays; so do other brackets: "[sic]".

use std::collections::HashSet;

/// A tag is at most this long; what is longer is a forgotten bracket before running text.
const MAX_TAG_BYTES: usize = 2000;

/// Tags that may stand alone and without attributes.
const NAMES: [&str; 14] = [
    "caption",
    "gallery",
    "embed",
    "audio",
    "video",
    "playlist",
    "youtube",
    "vimeo",
    "twitter",
    "contact-form",
    "wp_caption",
    "soundcloud",
    "map",
    "table",
];

/// `content` without tags.
pub(super) fn strip(content: &str) -> String {
    let opened: HashSet<&str> = names_behind(content, "[").map(|(name, _)| name).collect();
    let closed = names_behind(content, "[/").filter(|(_, rest)| rest.trim_start().starts_with(']'));
    let closed: HashSet<&str> = closed.map(|(name, _)| name).collect();
    let mut kept = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('[') {
        let (before, tag) = rest.split_at(at);
        kept.push_str(before);
        let inner = &tag[1..];
        let end = inner.bytes().take(MAX_TAG_BYTES).position(|byte| matches!(byte, b']' | b'['));
        let end = end.filter(|&end| inner.as_bytes()[end] == b']');
        let is_tag = end.is_some_and(|end| {
            let (name, attributes) = split_name(inner[..end].trim_start_matches('/'));
            let is_pair = opened.contains(name) && closed.contains(name);
            NAMES.contains(&name) || (is_pair && begins_attributes(attributes)) || has_attribute(attributes)
        });
        match end.filter(|_| is_tag) {
            Some(end) => rest = &inner[end + 1..],
            None => {
                kept.push('[');
                rest = inner;
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// The names that stand right behind a mark, and what follows each up to the next mark.
fn names_behind<'c>(content: &'c str, mark: &'c str) -> impl Iterator<Item = (&'c str, &'c str)> {
    content.split(mark).skip(1).map(split_name).filter(|(name, _)| !name.is_empty())
}

/// The name that a tag begins with, and what follows it.
fn split_name(tag: &str) -> (&str, &str) {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let end = tag.find(|c: char| !is_of_name(c)).unwrap_or(tag.len());
    let is_name = tag.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_name { tag.split_at(end) } else { ("", tag) }
}

fn begins_attributes(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))
}

/// Whether what follows a name begins with ` key="…"`.
fn has_attribute(rest: &str) -> bool {
    let (key, value) = split_name(rest.trim_start());
    rest.starts_with(char::is_whitespace)
        && !key.is_empty()
        && (value.starts_with("=\"") || value.starts_with("='") || value.starts_with("=&quot;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_text_stays() {
        for (content, expected) in [
            ("a [gallery ids=\"1,2\"]b", "a b"),
            ("[newsletter_signup id=\"3\"]a", "a"),
            ("[box style='wide']a[/box]b", "ab"),
            ("a [pullquote]It is a loss.[/pullquote] b", "a It is a loss. b"),
            ("[caption]a[/caption][embed]b[/embed]", "ab"),
            ("The bank [sic] and [the mayor] of [a] town", "The bank [sic] and [the mayor] of [a] town"),
            ("[Note: x=\"y\"] [1] [/a] [", "[Note: x=\"y\"] [1] [/a] ["),
            ("a[href=\"x\"] é[é]", "a[href=\"x\"] é[é]"),
            ("[he is] in [is] [/he", "[he is] in [is] [/he"),
        ] {
            assert_eq!(strip(content), expected);
        }
    }
}
