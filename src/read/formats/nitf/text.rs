//! The text of a story in NITF or XHTML: which elements are its paragraphs, and which stand in sentences.

use crate::read::formats::html::{is_never_text, plain_text};
use crate::read::prose::one_line;
use crate::read::xml::Element;

/// Elements that stand on lines of their own, in HTML and under the same names in NITF.
const BLOCKS: [&str; 46] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "dir",
    "img",
];

/// Blocks of NITF, and what they are in HTML.
const OWN_BLOCKS: [(&str, &str); 16] = [
    ("abstract", "div"),
    ("bibliography", "p"),
    ("block", "div"),
    ("body", "div"),
    ("body.content", "div"),
    ("body.end", "div"),
    ("body.head", "div"),
    ("bq", "blockquote"),
    ("credit", "p"),
    ("datasource", "p"),
    ("fn", "div"),
    ("hl1", "h3"),
    ("hl2", "h3"),
    ("nitf-table", "div"),
    ("note", "div"),
    ("tagline", "p"),
];

/// What stands in a text and is no part of it: pictures with their captions, and what is read elsewhere.
const LEFT_OUT: [&str; 7] = ["byline", "col", "dateline", "distributor", "media", "nitf-col", "nitf-table-metadata"];

/// The paragraphs of an element. `headline` is left out where it stands in a page's header, and with
/// it all of that header; an empty one is nowhere.
pub(in crate::read::formats) fn text(element: &Element, headline: &str) -> String {
    let inside = element.descendants();
    let is_block = |name: &str| BLOCKS.contains(&name) || OWN_BLOCKS.iter().any(|(block, _)| *block == name);
    // Names, places, numbers and whatever else an agency marks stand in sentences; where nothing is a
    // paragraph by name, what stands beside no text is.
    let is_marked = element.has_own_text() || inside.iter().any(|inner| is_block(&name_of(inner)));
    let repeated = repeated_block(element);
    let headline = one_line(headline);
    plain_text(&element.html(&|inner| {
        let name = name_of(inner);
        let is_left_out = LEFT_OUT.contains(&name.as_str())
            || is_never_text(&name)
            || repeated.is_some_and(|block| std::ptr::eq(block, inner))
            || name == "header" && is_page_header(inner, &headline);
        if is_left_out {
            return None;
        }
        if BLOCKS.contains(&name.as_str()) {
            return Some(name);
        }
        let own = OWN_BLOCKS.iter().find(|(block, _)| *block == name).map(|(_, html)| *html);
        Some(own.unwrap_or(if is_marked { "span" } else { "div" }).to_owned())
    }))
}

fn name_of(element: &Element) -> String {
    element.local_name().to_ascii_lowercase()
}

/// A first block that the second begins with: a lead that is stored once more by itself.
fn repeated_block(element: &Element) -> Option<&Element> {
    let mut blocks = element.elements();
    let (first, second) = (blocks.next()?, blocks.next()?);
    let is_repeated =
        first.is("block") && second.is("block") && one_line(&second.text()).starts_with(&one_line(&first.text()));
    is_repeated.then_some(first)
}

/// Whether a header holds the headline, and no sentence of the text.
fn is_page_header(header: &Element, headline: &str) -> bool {
    let is_sentence = |line: &Element| one_line(&line.text()).ends_with(['.', '!', '?', '…']);
    !headline.is_empty()
        && one_line(&header.text()).contains(headline)
        && !header.descendants().into_iter().any(|inner| inner.is("p") && is_sentence(inner))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::xml;

    #[track_caller]
    fn check(inside: &str, expected: &str) {
        let document = xml::parse(&format!("<body>{inside}</body>")).expect("within the limits");
        assert_eq!(text(document.top.at("body").expect("it is there"), "Talks end"), expected);
    }

    #[test]
    fn what_is_marked_in_a_sentence_stays_in_it() {
        check(
            "<p>Gov. <person><name.given>Ann</name.given> <name.family>Moe</name.family></person> of \
             <location><sublocation>Bergen</sublocation>, <state>Vestland</state></location> paid \
             <num><frac><frac-num>1</frac-num>/<frac-den>2</frac-den></frac></num> at \
             <postaddr><delivery.point>1 Quay St</delivery.point></postaddr>, H<sub>2</sub>O and <x-brand>Acme</x-brand>.</p>",
            "Gov. Ann Moe of Bergen, Vestland paid 1/2 at 1 Quay St, H2O and Acme.",
        );
        check("The <org>Council</org> met.", "The Council met.");
    }

    #[test]
    fn blocks_stand_apart() {
        check(
            "<block><p>One.</p><hl2>Two</hl2><bq><block><p>Three.</p></block><credit>Ann <org>Moe</org></credit></bq>\
             <fn><p>Four.</p></fn></block>",
            "One.\n\nTwo\n\nThree.\n\nAnn Moe\n\nFour.",
        );
        check("<para>One.</para><para>Two.</para>", "One.\n\nTwo.");
    }

    #[test]
    fn what_is_said_twice_is_left_out_once() {
        check("<block><p>One.</p></block><block><p>One.</p><p>Two.</p></block>", "One.\n\nTwo.");
        check("<block><p>One.</p></block><block><p>Two.</p></block>", "One.\n\nTwo.");
        check("<header><ul><li>Peace</li></ul><h1>Talks end</h1><p>By Ann Moe</p></header><p>One.</p>", "One.");
        check("<header><h1>Talks end</h1><p>No deal.</p></header><p>One.</p>", "Talks end\n\nNo deal.\n\nOne.");
        check("<header><p>Part one</p></header><p>One.</p>", "Part one\n\nOne.");
    }
}
