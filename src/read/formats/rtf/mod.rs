//! Rich text (RTF), as newsroom systems, archives and databases of news export it.
//!
//! `tokens` cuts the bytes into groups, control words and text; `groups` knows what a group is for;
//! `charset` which characters its bytes are; `reader` follows them and writes down lines.

mod charset;
mod groups;
mod reader;
mod tokens;

use super::document::{self, Facts};
use crate::read::byline;
use crate::read::error::{RejectReason, Rejected};
use crate::read::{RawItem, ReadConfig};

/// Reads a document. One that breaks off gives what is whole.
pub(super) fn parse(item: RawItem, config: &ReadConfig, emit: super::Emit<'_>) {
    let found = reader::read(&item.bytes);
    let damaged = found.is_cut.then(|| Rejected {
        origin: item.origin.clone(),
        reason: RejectReason::Damaged { detail: "it ends too early".to_owned() },
    });
    let fact = |name: &str| found.facts.get(name).cloned().filter(|text| !text.is_empty());
    let facts = Facts {
        title: fact("title"),
        authors: fact("creator").map(|names| byline::names(&names)).unwrap_or_default(),
        dates: fact("created").into_iter().collect(),
        language: None,
        section: fact("category").or_else(|| fact("subject")),
        tags: fact("keywords"),
    };
    document::finish(item.origin, item.format, found.lines, facts, config, emit);
    if let Some(damaged) = damaged {
        emit(Err(damaged));
    }
}

#[cfg(test)]
mod tests {
    use super::reader::read;

    /// The lines of a text, those of headlines with a `#`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let lines = read(text.as_bytes()).lines.into_iter();
        let lines: Vec<String> =
            lines.map(|line| format!("{}{}", if line.is_title { "#" } else { "" }, line.text)).collect();
        assert_eq!(lines, expected, "{text}");
    }

    #[test]
    fn paragraphs_are_lines() {
        check("{\\rtf1 One\\par Two\\line three\\par\\par Four}", &["One", "Two\nthree", "Four"]);
        check("{\\rtf1 a{\\b b}\\i c\\i0 d\\tab e\\page f}", &["abcd e", "f"]);
        check("{\\rtf1 It\\rquote s 5\\endash 6\\~km, \\{so\\} on\\emdash}", &["It’s 5–6\u{a0}km, {so} on—"]);
        check("{\\rtf1 a co\\-op\\\nb}", &["a coop", "b"]);
        check("{\\rtf1 Shown{\\v hidden} and {\\deleted gone }\\v no\\plain  yes}", &["Shown and  yes"]);
    }

    #[test]
    fn tables_are_rows() {
        check(
            "{\\rtf1\\trowd\\intbl Bath\\cell 5\\par mm\\cell\\row\\intbl Wells\\cell 7\\cell\\row\\pard End\\par}",
            &["Bath | 5 mm", "Wells | 7", "End"],
        );
        // A cell that only frames its text.
        check("{\\rtf1\\intbl One\\par Two\\cell\\row\\pard Three}", &["One", "Two", "Three"]);
    }

    #[test]
    fn bytes_are_of_a_code_page_or_a_font() {
        check("{\\rtf1\\ansi\\ansicpg1252 caf\\'e9 \\'93so\\'94}", &["café “so”"]);
        check("{\\rtf1\\ansi\\ansicpg1251 \\'ca\\'e8\\'e5\\'e2}", &["Киев"]);
        check(
            "{\\rtf1\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204{\\*\\panose 02}Arial Cyr;}{\\f2\\fcharset128 M;}}\
             caf\\'e9 {\\f1 \\'ca\\'e8\\'e5\\'e2} \\f2\\'93\\'8c\\'8b\\'9e\\plain\\'e9}",
            &["café Киев 東京é"],
        );
        check("{\\rtf1\\mac caf\\'8e}", &["café"]);
    }

    #[test]
    fn characters_by_number_take_the_place_of_what_stands_for_them() {
        check("{\\rtf1 \\u1050?\\u1080\\'e8\\u1077 \\uc0\\u1074.}", &["Киев."]);
        check("{\\rtf1\\uc2 \\u26481\\'93\\'8cx{\\uc1\\u20140?}\\u20140\\'8b\\'9e}", &["東x京京"]);
        check("{\\rtf1 \\u-10179?\\u-8704?\\u-3913?a\\u-4000?}", &["😀•a"]);
        check("{\\rtf1 \\u233 {e}f\\u233}", &["éefé"]);
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        check(
            "{\\rtf1{\\colortbl;\\red0;}{\\stylesheet{\\s1 heading 1;}{\\s2 Body;}}{\\*\\generator X;}{\\header Page}\
             {\\info{\\title T}}\\pard\\s1 Head\\par\\pard\\s2 A {\\field{\\*\\fldinst HYPERLINK \"http://a\"}{\\fldrslt link}}\
             {\\pict\\wmetafile8 0102}{\\*\\shppict{\\pict 03}}{\\footnote A note.}{\\object{\\*\\objdata 04}{\\result x}}, so\\par}",
            &["#Head", "A link, so"],
        );
        check("{\\rtf1 a{\\pict\\bin4 }}}}}b}", &["ab"]);
        check("{\\rtf1 {\\upr{a ?}{\\*\\ud{a \\u1050?}}}}", &["a К"]);
        check(
            "{\\rtf1 a{\\shp{\\*\\shpinst{\\sp{\\sn n}{\\sv 1}}{\\shptxt In a box.\\par}}{\\shprslt x}}b}",
            &["aIn a box.", "b"],
        );
        check("{\\rtf1\\fromhtml1{\\*\\htmltag64 <p>}One\\par{\\*\\htmltag72 </p>}}", &["One"]);
    }

    #[test]
    fn facts_are_kept() {
        let found = read(b"{\\rtf1{\\info{\\title Rain \\u233?}{\\author Jane Doe}{\\creatim\\yr2025\\mo5\\dy3\\hr9\\min5}{\\operator X}}a}");
        let fact = |name: &str| found.facts.get(name).map(String::as_str);
        assert_eq!(fact("title"), Some("Rain é"));
        assert_eq!(fact("creator"), Some("Jane Doe"));
        assert_eq!(fact("created"), Some("2025-05-03T09:05:00"));
        assert_eq!(found.facts.len(), 3);
    }

    #[test]
    fn broken_files_give_what_they_have() {
        check("{\\rtf1 One\\par Two", &["One", "Two"]);
        check("{\\rtf1 One\\par}}} Two", &["One"]);
        check("{\\rtf1 \\intbl One\\cell Two", &["One | Two"]);
        check(&format!("{{\\rtf1 a{}b{}c}}", "{".repeat(100_000), "}".repeat(100_000)), &["abc"]);
        check(&format!("{{\\rtf1 a{}", "{\\b ".repeat(100_000)), &["a"]);
        for text in
            ["", "{", "}", "{\\rtf1", "{\\rtf1}", "\\", "{\\rtf1\\'", "{\\rtf1\\u", "{\\rtf1{\\*}\\bin99999999999}"]
        {
            check(text, &[]);
        }
        assert!(read(b"{\\rtf1 a").is_cut && !read(b"{\\rtf1 a}").is_cut);
    }
}
