//! Tables of wikitext: those of figures become rows, those that only lay out a page go.

/// The class that tables of figures bear.
const OF_FIGURES: &str = "wikitable";

/// `text` with its tables of figures as HTML, each on a line of its own, and without the others.
pub(super) fn with_tables(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let (mut rest, mut is_closed) = (text, true);
    while let Some(at) = rest.find("{|") {
        kept.push_str(&rest[..at]);
        let closed = if is_closed { rest[at..].find("\n|}") } else { None };
        is_closed = closed.is_some();
        let Some(end) = closed else {
            rest = &rest[at + block_bytes(&rest[at..])..];
            continue;
        };
        let table = &rest[at + 2..at + end];
        let (attributes, rows) = table.split_once('\n').unwrap_or((table, ""));
        if attributes.contains(OF_FIGURES) {
            kept.push_str("\n\n");
            push_rows(rows, &mut kept);
            kept.push_str("\n\n");
        }
        rest = &rest[at + end + 3..];
    }
    kept.push_str(rest);
    kept
}

/// Bytes up to the next blank line or heading: what opens and is never closed takes no more of a page with it.
pub(super) fn block_bytes(text: &str) -> usize {
    ["\n\n", "\n=="].into_iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len())
}

/// `! Town !! Votes`, `|-`, `| Bergen || 10`.
fn push_rows(rows: &str, html: &mut String) {
    let mut is_cell_open = false;
    html.push_str("<table><tr>");
    for line in rows.lines().map(str::trim) {
        if line.starts_with("|-") {
            is_cell_open = false;
            html.push_str("</tr><tr>");
        } else if let Some(title) = line.strip_prefix("|+") {
            html.push_str(&format!("<th>{}</th></tr><tr>", contents(title)));
        } else if let Some(cells) = line.strip_prefix(['|', '!']) {
            let cells = if line.starts_with('!') { cells.replace("!!", "||") } else { cells.to_owned() };
            for cell in cells.split("||") {
                html.push_str("<td>");
                html.push_str(contents(cell));
            }
            is_cell_open = true;
        } else if is_cell_open {
            html.push(' ');
            html.push_str(line);
        }
    }
    html.push_str("</tr></table>");
}

/// A cell without its attributes: `style="x" | Bergen`.
fn contents(cell: &str) -> &str {
    let words = cell.split_once('|').filter(|(attributes, _)| attributes.contains('=') && !attributes.contains("[["));
    words.map_or(cell, |(_, words)| words).trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::formats::html::plain_text;

    #[track_caller]
    fn check(wikitext: &str, expected: &str) {
        assert_eq!(plain_text(&with_tables(wikitext)), expected);
    }

    #[test]
    fn tables_of_figures_stay() {
        check(
            "<p>{| class=\"wikitable sortable\"\n|+ Votes\n! Town\n! style=\"x\" | Votes\n|-\n| Bergen\n| 10\n|-\n| Oslo || 20\n|}",
            "Votes\nTown | Votes\nBergen | 10\nOslo | 20",
        );
        check("a {| class=x\n| b\n|} c", "a c");
        check("a {| class=wikitable\n| b", "a");
        check("a {|wikitable\n|}c", "a\n\nc");
    }
}
