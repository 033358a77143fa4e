//! Small questions about a page and its tree: charset, text of an element, names that it bears.

use std::borrow::Cow;

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use crate::read::prose::one_line;

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

/// What holds more nodes is no line, however short its text is. Lines with drawings in them have some hundreds.
pub(super) const MAX_LINE_NODES: usize = 2000;

/// The text below a node, on one line.
pub(super) fn text_of(node: NodeRef<'_, Node>) -> String {
    text_within(node, usize::MAX, usize::MAX).unwrap_or_default()
}

/// The text below a node, on one line, unless it holds more than [`MAX_LINE_NODES`].
pub(super) fn line_of(node: NodeRef<'_, Node>) -> Option<String> {
    text_up_to(node, usize::MAX)
}

/// The text below a node, on one line, unless it is longer than about `max_bytes` or holds more than
/// [`MAX_LINE_NODES`].
pub(super) fn text_up_to(node: NodeRef<'_, Node>, max_bytes: usize) -> Option<String> {
    text_within(node, max_bytes, MAX_LINE_NODES)
}

fn text_within(node: NodeRef<'_, Node>, max_bytes: usize, max_nodes: usize) -> Option<String> {
    let mut text = String::new();
    let (mut n_bytes, mut n_nodes) = (0_usize, 0_usize);
    let mut skipped = None;
    for edge in node.traverse() {
        n_nodes += usize::from(matches!(edge, ego_tree::iter::Edge::Open(_)));
        if n_nodes > max_nodes {
            return None;
        }
        match edge {
            ego_tree::iter::Edge::Open(inner) => match inner.value() {
                Node::Text(piece) if skipped.is_none() => {
                    n_bytes += piece.trim().len();
                    if n_bytes > max_bytes {
                        return None;
                    }
                    text.push_str(piece);
                }
                Node::Element(element) if skipped.is_none() => {
                    if matches!(element.name(), "script" | "style" | "noscript" | "svg" | "template" | "rt" | "rp") {
                        skipped = Some(inner.id());
                    } else if !is_inline(inner, element) {
                        text.push(' ');
                    }
                }
                _ => {}
            },
            ego_tree::iter::Edge::Close(inner) => {
                if skipped == Some(inner.id()) {
                    skipped = None;
                } else if let Node::Element(element) = inner.value()
                    && !is_inline(inner, element)
                {
                    text.push(' ');
                }
            }
        }
    }
    Some(one_line(&text))
}

/// Whether an element stands inside a line of text. Pictures, and elements that only one site knows, do
/// so where they stand in a paragraph.
pub(super) fn is_inline(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let name = element.name();
    let may_be = || matches!(name, "img" | "picture" | "nobr") || name.contains(['-', ':']);
    let is_in_line = |above: &Element| {
        matches!(above.name(), "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") || is_always_inline(above.name())
    };
    is_always_inline(name)
        || may_be() && node.parent().and_then(|above| above.value().as_element()).is_some_and(is_in_line)
}

fn is_always_inline(name: &str) -> bool {
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

/// What an element calls itself, in lower case and in one string: class, id, names for tests and for
/// readers of the screen.
pub(super) fn hints(element: &Element) -> Cow<'_, str> {
    let is_box = || matches!(element.name(), "section" | "aside" | "div" | "nav" | "ul" | "ol");
    let mut hints = String::new();
    for (name, value) in element.attrs() {
        let is_name = match name {
            "class" | "id" => true,
            // Pages with generated class names say here what a box is.
            "data-testid" | "data-qa" | "data-component" | "data-type" | "data-area" => true,
            "aria-label" => is_box(),
            _ => false,
        };
        if is_name {
            hints.push_str(value);
            hints.push(' ');
        }
    }
    if hints.is_empty() {
        return Cow::Borrowed("");
    }
    hints.make_ascii_lowercase();
    Cow::Owned(hints)
}
