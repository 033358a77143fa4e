//! Whether a page can be parsed in reasonable time and memory, told from its tags alone.
//!
//! The standard algorithm for parsing HTML takes time and space that grow with the square of what a
//! hostile or broken page may hold: open elements, unclosed formatting, attributes of one tag. Ordinary
//! pages stay far below the limits here.

use crate::read::error::RejectReason;

/// Elements that may be open at once. The deepest ordinary pages reach about a hundred, pages with a
/// forgotten end tag in each item of a long list some hundreds.
pub(super) const MAX_DEPTH: usize = 1000;

/// Copies of unclosed formatting (`<b>`, `<font>`) that the parser may have to make.
const MAX_COPIES: usize = 1_000_000;

/// Elements of a page. Long live blogs and encyclopedias have some ten thousand.
const MAX_ELEMENTS: usize = 400_000;

/// Open elements that the parser may have to look at to find what tags close.
const MAX_STEPS: usize = 50_000_000;

/// Attributes of one tag.
const MAX_ATTRIBUTES: usize = 2000;

/// Refuses what cannot be parsed in reasonable time.
pub(super) fn check(html: &str) -> Result<(), RejectReason> {
    let mut shape = Shape::default();
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'<') {
        at += found + 1;
        if bytes[at..].starts_with(b"!--") {
            at = find(bytes, at + 3, b"-->").unwrap_or(bytes.len());
            continue;
        }
        let is_end = bytes.get(at) == Some(&b'/');
        let name_start = at + usize::from(is_end);
        if !bytes.get(name_start).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let n_letters = bytes[name_start..].iter().position(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte));
        let name_end = n_letters.map_or(bytes.len(), |n_letters| name_start + n_letters);
        let name = bytes[name_start..name_end].to_ascii_lowercase();
        let (tag_end, n_attributes, is_closed) = tag_end(bytes, name_end);
        at = tag_end;
        if n_attributes > MAX_ATTRIBUTES {
            return Err(RejectReason::Tangled);
        }
        if is_end {
            shape.close(&name);
        } else {
            let is_raw = is_raw(&name);
            let is_foreign = shape.open(name.clone(), is_closed);
            if is_raw && !is_foreign {
                at = find_end_tag(bytes, at, &name);
            }
        }
        if shape.open.len() + shape.n_open_formats > MAX_DEPTH {
            return Err(RejectReason::TooDeep { limit: MAX_DEPTH });
        }
        if shape.n_copies > MAX_COPIES || shape.n_elements > MAX_ELEMENTS || shape.n_steps > MAX_STEPS {
            return Err(RejectReason::Tangled);
        }
    }
    Ok(())
}

#[derive(Default)]
struct Shape {
    /// Elements that are open, the innermost last; without formatting and what is never deep.
    open: Vec<Open>,
    n_open_formats: usize,
    n_copies: usize,
    n_elements: usize,
    /// Open elements that were looked at to find what a tag closes.
    n_steps: usize,
}

struct Open {
    name: Vec<u8>,
    /// Whether it belongs to a drawing or a formula, where `/>` closes a tag.
    is_foreign: bool,
    /// Whether no end tag inside it closes anything outside of it.
    is_scope: bool,
    /// Whether only the end tags of blocks reach across it.
    is_barrier: bool,
}

impl Shape {
    /// Opens an element, and tells whether it belongs to a drawing or a formula.
    fn open(&mut self, name: Vec<u8>, is_closed: bool) -> bool {
        self.n_elements += 1;
        let is_foreign = self.opens_foreign(&name);
        if is_foreign {
            self.n_copies += self.n_open_formats;
            if !is_closed {
                self.open.push(Open::new(name, is_foreign));
            }
        } else if is_cell(&name) {
            self.leave_cell();
        } else if is_format(&name) {
            self.n_open_formats += 1;
        } else {
            // Whatever opens here takes up the formatting that was left open before it.
            self.n_copies += self.n_open_formats;
            if is_item(&name) {
                self.leave_item(&name);
            }
            if !is_never_deep(&name) {
                self.open.push(Open::new(name, is_foreign));
            }
        }
        is_foreign
    }

    /// Whether an element that opens here belongs to a drawing or a formula. What cannot stand there
    /// ends it.
    fn opens_foreign(&mut self, name: &[u8]) -> bool {
        let goes_on = self.open.last().is_some_and(Open::holds_foreign);
        if matches!(name, b"svg" | b"math") || !goes_on {
            return matches!(name, b"svg" | b"math");
        }
        if name == b"font" {
            // Its attributes decide: either way it is not taken for less than it is.
            self.forget_foreign();
            return false;
        }
        if ends_foreign(name) {
            while self.open.last().is_some_and(Open::holds_foreign) {
                self.open.pop();
            }
            return false;
        }
        true
    }

    fn forget_foreign(&mut self) {
        self.open.iter_mut().for_each(|open| open.is_foreign = false);
    }

    /// Closes what an end tag closes: nothing where its element is not open, or stands outside of
    /// what it cannot reach across.
    fn close(&mut self, name: &[u8]) {
        if matches!(name, b"p" | b"br") && self.open.last().is_some_and(Open::holds_foreign) {
            self.forget_foreign();
        }
        if is_cell(name) {
            self.leave_cell();
        } else if is_format(name) {
            self.n_open_formats = self.n_open_formats.saturating_sub(1);
        } else {
            let closes_all = is_block(name) || is_item(name);
            let is_around = |open: &Open| match name {
                b"p" => open.name == b"button",
                b"li" => matches!(open.name.as_slice(), b"ol" | b"ul"),
                _ => !closes_all && open.is_barrier,
            };
            for (at, open) in self.open.iter().enumerate().rev() {
                self.n_steps += 1;
                if open.name == name {
                    // A form ends alone, and leaves open what is in it.
                    if name == b"form" {
                        self.open.remove(at);
                    } else {
                        self.open.truncate(at);
                    }
                    return;
                }
                if open.is_scope || is_around(open) {
                    return;
                }
            }
        }
    }

    /// Ends the paragraph or the item that the next one ends.
    fn leave_item(&mut self, name: &[u8]) {
        let is_ended = |open: &[u8]| open == name || name.starts_with(b"d") && matches!(open, b"dd" | b"dt");
        for (at, open) in self.open.iter().enumerate().rev() {
            self.n_steps += 1;
            if is_ended(&open.name) {
                self.open.truncate(at);
                return;
            }
            let is_around = match name {
                b"p" => open.name == b"button",
                _ => open.is_barrier && !matches!(open.name.as_slice(), b"address" | b"div" | b"p"),
            };
            if open.is_scope || is_around {
                return;
            }
        }
    }

    /// Cells end the formatting inside them.
    fn leave_cell(&mut self) {
        self.n_open_formats = 0;
    }
}

impl Open {
    fn new(name: Vec<u8>, is_foreign: bool) -> Self {
        let holds_page = matches!(
            name.as_slice(),
            b"foreignobject" | b"desc" | b"title" | b"mi" | b"mo" | b"mn" | b"ms" | b"mtext" | b"annotation"
        );
        let is_scope = matches!(name.as_slice(), b"applet" | b"marquee" | b"object" | b"table" | b"template")
            || is_foreign && holds_page;
        let is_barrier = !is_foreign && is_barrier(&name);
        Self { name, is_foreign, is_scope, is_barrier }
    }

    /// Whether what opens directly in it belongs to a drawing or a formula too.
    fn holds_foreign(&self) -> bool {
        self.is_foreign && !self.is_scope
    }
}

fn is_cell(name: &[u8]) -> bool {
    matches!(name, b"td" | b"th" | b"caption")
}

/// Where a tag ends, how many attributes it has, and whether it closes itself.
fn tag_end(bytes: &[u8], start: usize) -> (usize, usize, bool) {
    let (mut quote, mut n_attributes, mut in_gap) = (None, 0, false);
    for (offset, &byte) in bytes[start..].iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return (start + offset + 1, n_attributes, bytes[start + offset - 1] == b'/'),
            (None, b'"' | b'\'') if bytes[start + offset - 1] == b'=' => quote = Some(byte),
            (None, b' ' | b'\n' | b'\t' | b'\r' | b'/') => in_gap = true,
            (None, _) => {
                n_attributes += usize::from(in_gap);
                in_gap = false;
            }
        }
    }
    (bytes.len(), n_attributes, false)
}

fn find(bytes: &[u8], start: usize, what: &[u8]) -> Option<usize> {
    let rest = bytes.get(start..)?;
    rest.windows(what.len()).position(|window| window == what).map(|at| start + at + what.len())
}

/// Where the end tag of an element whose contents are no markup begins.
fn find_end_tag(bytes: &[u8], start: usize, name: &[u8]) -> usize {
    let mut at = start;
    while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'<') {
        at += found;
        let is_end = bytes.get(at + 1) == Some(&b'/')
            && bytes.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
        if is_end {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// Elements whose contents are no markup.
fn is_raw(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"textarea" | b"title" | b"xmp" | b"iframe" | b"noembed" | b"noframes")
}

/// Elements that the parser opens again in each block, as long as they are not closed. Links are among
/// them, but each ends the one before.
fn is_format(name: &[u8]) -> bool {
    matches!(
        name,
        b"b" | b"big"
            | b"code"
            | b"em"
            | b"font"
            | b"i"
            | b"nobr"
            | b"s"
            | b"small"
            | b"strike"
            | b"strong"
            | b"tt"
            | b"u"
    )
}

/// Elements that the next one of their kind ends.
fn is_item(name: &[u8]) -> bool {
    matches!(name, b"p" | b"li" | b"dd" | b"dt")
}

/// Elements across which the end tag of what is no block does not reach.
fn is_barrier(name: &[u8]) -> bool {
    is_block(name)
        || is_item(name)
        || matches!(name, b"frameset" | b"noscript" | b"plaintext" | b"search" | b"textarea")
}

/// Elements whose end tag closes all that is open inside them.
fn is_block(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 39] = [
        b"address",
        b"applet",
        b"article",
        b"aside",
        b"blockquote",
        b"button",
        b"center",
        b"details",
        b"dialog",
        b"dir",
        b"div",
        b"dl",
        b"fieldset",
        b"figcaption",
        b"figure",
        b"footer",
        b"form",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"header",
        b"hgroup",
        b"listing",
        b"main",
        b"marquee",
        b"menu",
        b"nav",
        b"object",
        b"ol",
        b"pre",
        b"section",
        b"select",
        b"summary",
        b"table",
        b"template",
        b"ul",
    ];
    NAMES.contains(&name)
}

/// Elements of pages that end a drawing or a formula in which they open.
fn ends_foreign(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 44] = [
        b"b",
        b"big",
        b"blockquote",
        b"body",
        b"br",
        b"center",
        b"code",
        b"dd",
        b"div",
        b"dl",
        b"dt",
        b"em",
        b"embed",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"head",
        b"hr",
        b"i",
        b"img",
        b"li",
        b"listing",
        b"menu",
        b"meta",
        b"nobr",
        b"ol",
        b"p",
        b"pre",
        b"ruby",
        b"s",
        b"small",
        b"span",
        b"strong",
        b"strike",
        b"sub",
        b"sup",
        b"table",
        b"tt",
        b"u",
        b"ul",
        b"var",
    ];
    NAMES.contains(&name)
}

/// Elements that hold nothing, that the next one of their kind ends, or of which a page has one.
fn is_never_deep(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 27] = [
        b"html",
        b"head",
        b"body",
        b"a",
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
        b"option",
        b"optgroup",
        b"tr",
        b"td",
        b"th",
        b"thead",
        b"tbody",
        b"tfoot",
        b"colgroup",
    ];
    NAMES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_ok(html: &str) {
        assert_eq!(check(html), Ok(()));
    }

    #[test]
    fn ordinary_pages_pass() {
        check_ok("");
        check_ok("<p>a<p>b");
        check_ok(&"<p>a <b>b</b> <li><td>".repeat(10_000));
        check_ok(&format!("<script>{}</script>", "if (a<b) x(); '<div>'".repeat(1000)));
        check_ok(&format!("<!-- {} -->", "<div>".repeat(1000)));
        check_ok(&"<svg><g><path d='M 0 0 L 1 1'/></g></svg>".repeat(1000));
        check_ok(&"<svg><title>a</title><ellipse/><style/><path d='M 0 0'></svg>".repeat(1000));
        check_ok(&"<div><span>a<x-b>b</div></section>".repeat(10_000));
        check_ok(&"<ul><li><p>a<li><div><p>b<span></div></p></ul><dl><dt>a<p>b<dd>c</dl>".repeat(10_000));
        check_ok(&"<table><tr><td><p>a<p>b<li>c<tr><th>a</table><button><p>a</button>".repeat(10_000));
        check_ok(&"<tr><td><font size=2><b>a".repeat(10_000));
        check_ok(&"<p><a name=x>a".repeat(10_000));
        check_ok(&format!("<img srcset=\"{}\">", "a.png 2x, ".repeat(5000)));
    }

    #[test]
    fn bombs_are_refused() {
        let deep = Err(RejectReason::TooDeep { limit: MAX_DEPTH });
        assert_eq!(check(&"<div>".repeat(10_000)), deep);
        assert_eq!(check(&"<span a>".repeat(10_000)), deep);
        // End tags of what is not open, or out of reach, close nothing; nor does a slash, but in drawings.
        for bomb in [
            "</div><time>",
            "<div/>",
            "<time/>",
            "<path/>",
            "<a-b>",
            "<x-a></x-b>",
            "<div></time><time></body>",
            "<time><div></time></div>",
            "<span><p></span></p>",
            "<li><ul></li>",
            "<time><dd></time></dd>",
            "<form><i></i><div></form>",
            "<svg><time/><div><time/>",
            "<svg><g><font><div>",
            "<svg><style><i></i><x></style>",
        ] {
            assert_eq!(check(&bomb.repeat(40_000)), deep, "{bomb}");
        }
        let tangled = Err(RejectReason::Tangled);
        let formats: String = (0..400).map(|n| format!("<b id={n}>")).collect();
        assert_eq!(check(&format!("{formats}{}", "<p>a".repeat(100_000))), tangled);
        let attributes: String = (0..5000).map(|n| format!(" a{n}")).collect();
        assert_eq!(check(&format!("<p{attributes}>")), tangled);
        assert_eq!(check(&"<p>".repeat(500_000)), tangled);
        assert_eq!(check(&format!("<i-a><div>{}{}", "<i-b>".repeat(900), "</i-a>".repeat(100_000))), tangled);
    }
}
