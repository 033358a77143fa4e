//! What must be known of a page before and while its tree is walked: charset, depth, attributes.

use std::borrow::Cow;

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use crate::read::prose::one_line;

/// Pages written by people or sane programs stay far below this; parsers take time that grows with
/// the square of the depth, and some of them recurse.
pub(super) const MAX_DEPTH: usize = 500;

/// A declaration of the charset stands within the first bytes of a page; the standard says 1024, pages
/// with long comments need more.
const CHARSET_BYTES: usize = 8192;

/// The charset that a page declares in `<meta>` or in its XML declaration.
pub(super) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(CHARSET_BYTES)]).to_ascii_lowercase();
    let by_xml = || {
        let declaration = head.trim_start().strip_prefix("<?xml")?;
        let declaration = &declaration[..declaration.find("?>")?];
        label_after(&declaration[declaration.find("encoding")? + 8..])
    };
    let by_meta = || {
        head.match_indices("<meta").find_map(|(at, _)| {
            let tag = &head[at..];
            let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
            label_after(&tag[tag.find("charset")? + 7..])
        })
    };
    by_meta().or_else(by_xml)
}

/// The label in `="utf-8"`.
fn label_after(text: &str) -> Option<String> {
    let value = text.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end =
        value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':' | '.')).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

/// How many elements are open at once, at most, as far as tags tell without parsing.
pub(super) fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut open, mut deepest) = (0_usize, 0_usize);
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'<') {
        at += found + 1;
        let is_end = bytes.get(at) == Some(&b'/');
        let name_start = at + usize::from(is_end);
        let name_end = bytes[name_start..]
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric())
            .map_or(bytes.len(), |n_bytes| name_start + n_bytes);
        let name = &bytes[name_start..name_end];
        if name.is_empty() || is_never_deep(name) {
            continue;
        }
        if is_end {
            open = open.saturating_sub(1);
        } else {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
}

/// Elements that hold nothing, or that the next one of their kind ends.
fn is_never_deep(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 34] = [
        b"area",
        b"base",
        b"br",
        b"col",
        b"embed",
        b"hr",
        b"img",
        b"input",
        b"link",
        b"meta",
        b"param",
        b"source",
        b"track",
        b"wbr",
        b"p",
        b"li",
        b"dt",
        b"dd",
        b"option",
        b"optgroup",
        b"tr",
        b"td",
        b"th",
        b"thead",
        b"tbody",
        b"tfoot",
        b"path",
        b"rect",
        b"circle",
        b"use",
        b"line",
        b"polygon",
        b"stop",
        b"colgroup",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The text below a node, on one line.
pub(super) fn text_of(node: NodeRef<'_, Node>) -> String {
    let mut text = String::new();
    let mut skipped = None;
    for edge in node.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(inner) => match inner.value() {
                Node::Text(piece) if skipped.is_none() => text.push_str(piece),
                Node::Element(element) if skipped.is_none() => {
                    if matches!(element.name(), "script" | "style" | "noscript" | "svg" | "template") {
                        skipped = Some(inner.id());
                    } else if !is_inline(element.name()) {
                        text.push(' ');
                    }
                }
                _ => {}
            },
            ego_tree::iter::Edge::Close(inner) => {
                if skipped == Some(inner.id()) {
                    skipped = None;
                } else if let Node::Element(element) = inner.value()
                    && !is_inline(element.name())
                {
                    text.push(' ');
                }
            }
        }
    }
    one_line(&text)
}

/// Elements that stand inside a line of text.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "ruby"
            | "rb"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Class, id and role of an element, in lower case and in one string.
pub(super) fn hints(element: &Element) -> Cow<'_, str> {
    let (class, id) = (element.attr("class").unwrap_or(""), element.attr("id").unwrap_or(""));
    match (class, id) {
        ("", "") => Cow::Borrowed(""),
        _ => Cow::Owned(format!("{class} {id}").to_ascii_lowercase()),
    }
}
