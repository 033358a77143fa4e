//! A part of a page becomes plain text: paragraphs, list items and table rows as a reader sees them.

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::Node;

use super::dom::is_inline;
use crate::read::prose::Prose;

/// Appends the text below `node`, without the elements for which `skip` is true.
pub(super) fn render(node: NodeRef<'_, Node>, prose: &mut Prose, skip: &dyn Fn(NodeRef<'_, Node>) -> bool) {
    let mut skipped: Option<NodeId> = None;
    let (mut list_depth, mut pre_depth, mut cell_depth) = (0_usize, 0_usize, 0_usize);
    // For each table that is open, whether it only arranges blocks.
    let mut are_layout: Vec<bool> = Vec::new();
    let mut is_item_start = false;
    for edge in node.traverse() {
        match edge {
            Edge::Open(inner) if skipped.is_none() => match inner.value() {
                Node::Text(text) if pre_depth > 0 => prose.verbatim(text),
                Node::Text(text) => {
                    if is_item_start && !text.trim().is_empty() {
                        is_item_start = false;
                    }
                    prose.text(text);
                }
                Node::Element(element) => {
                    let name = element.name();
                    if is_never_text(name) || skip(inner) {
                        skipped = Some(inner.id());
                        continue;
                    }
                    match name {
                        "br" => prose.line(),
                        "li" | "dd" | "dt" => {
                            prose.line();
                            is_item_start = true;
                        }
                        "table" => {
                            are_layout.push(is_layout(inner));
                            break_block(prose, list_depth, cell_depth, is_item_start);
                        }
                        "td" | "th" | "tr" if are_layout.last() == Some(&true) => {
                            break_block(prose, list_depth, cell_depth, is_item_start);
                        }
                        "td" | "th" => {
                            if inner.prev_siblings().any(|before| before.value().is_element()) {
                                prose.text(" | ");
                            }
                            cell_depth += 1;
                        }
                        "tr" => prose.line(),
                        "ul" | "ol" | "dl" => {
                            if list_depth == 0 {
                                prose.paragraph();
                            }
                            list_depth += 1;
                        }
                        "pre" => {
                            prose.paragraph();
                            pre_depth += 1;
                        }
                        _ if is_inline(inner, element) => {}
                        _ => break_block(prose, list_depth, cell_depth, is_item_start),
                    }
                }
                _ => {}
            },
            Edge::Close(inner) => {
                if let Some(id) = skipped {
                    if id == inner.id() {
                        skipped = None;
                    }
                    continue;
                }
                let Node::Element(element) = inner.value() else { continue };
                match element.name() {
                    "br" => {}
                    "ul" | "ol" | "dl" => {
                        list_depth = list_depth.saturating_sub(1);
                        if list_depth == 0 {
                            prose.paragraph();
                        }
                    }
                    "table" => {
                        are_layout.pop();
                        break_block(prose, list_depth, cell_depth, is_item_start);
                    }
                    "td" | "th" | "tr" if are_layout.last() == Some(&true) => {
                        break_block(prose, list_depth, cell_depth, is_item_start);
                    }
                    "li" | "dd" | "dt" | "tr" => prose.line(),
                    "td" | "th" => cell_depth = cell_depth.saturating_sub(1),
                    "pre" => {
                        pre_depth = pre_depth.saturating_sub(1);
                        prose.paragraph();
                    }
                    _ if is_inline(inner, element) => {}
                    _ => break_block(prose, list_depth, cell_depth, is_item_start),
                }
            }
            Edge::Open(_) => {}
        }
    }
}

/// Whether a table arranges blocks on the page, as letters do, and holds no rows of facts: other tables stand in it,
/// or its cells hold several paragraphs, or each row has one cell.
fn is_layout(table: NodeRef<'_, Node>) -> bool {
    let is_for_show = table.value().as_element().and_then(|element| element.attr("role"));
    if matches!(is_for_show, Some("presentation" | "none")) {
        return true;
    }
    let (mut has_table, mut has_blocks, mut n_rows, mut n_cells) = (false, false, 0_usize, 0_usize);
    let mut open: Vec<NodeRef<'_, Node>> = table.children().collect();
    while let Some(node) = open.pop() {
        match tag(node) {
            // It is asked for itself.
            Some("table") => {
                has_table = true;
                continue;
            }
            Some("th") => return false,
            Some("tr") => n_rows += 1,
            Some("td") => {
                n_cells += 1;
                has_blocks |= node.children().filter(|inner| tag(*inner).is_some_and(is_paragraph)).count() > 1;
            }
            _ => {}
        }
        open.extend(node.children());
    }
    n_rows > 0 && (has_table || has_blocks || n_cells == n_rows)
}

fn tag(node: NodeRef<'_, Node>) -> Option<&str> {
    node.value().as_element().map(|element| element.name())
}

fn is_paragraph(name: &str) -> bool {
    matches!(name, "p" | "h1" | "h2" | "h3" | "h4" | "ul" | "ol" | "blockquote")
}

/// Whether an element says that it is not shown.
pub(super) fn is_hidden(node: NodeRef<'_, Node>) -> bool {
    let Some(element) = node.value().as_element() else { return false };
    let style = element.attr("style").unwrap_or("").to_ascii_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    element.attr("hidden").is_some() || style.contains("display:none") || style.contains("mso-hide:all")
}

/// Blocks inside an item or a cell must not tear it apart.
fn break_block(prose: &mut Prose, list_depth: usize, cell_depth: usize, is_item_start: bool) {
    if cell_depth > 0 {
        prose.text(" ");
    } else if list_depth == 0 {
        prose.paragraph();
    } else if !is_item_start {
        prose.line();
    }
}

/// Elements whose contents nobody reads.
pub(in crate::read::formats) fn is_never_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "embed"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "option"
            | "button"
            | "input"
            | "textarea"
            | "datalist"
            | "head"
            | "title"
            | "meta"
            | "link"
            | "map"
            | "dialog"
            | "rt"
            | "rp"
    )
}

#[cfg(test)]
mod tests {
    use crate::read::formats::html::plain_text;

    #[test]
    fn a_sentence_is_not_torn_by_what_stands_in_it() {
        assert_eq!(
            plain_text("<p>The <my-link>council</my-link> met in <st1:place>Halden</st1:place>.</p>"),
            "The council met in Halden."
        );
        assert_eq!(plain_text("<p>A smile <img src=a.png> and <nobr>no word</nobr>.</p>"), "A smile and no word.");
        assert_eq!(plain_text("<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>の夜</p>"), "東京の夜");
        assert_eq!(plain_text("<div><my-card>One</my-card><my-card>Two</my-card></div>"), "One\n\nTwo");
    }
}
