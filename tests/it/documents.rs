//! Documents that are archives of XML: of Word, of Writer, and books.

use serde_json::Value;

use crate::archives::zip;
use crate::env::TestEnv;

const DOCX: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Rain </w:t></w:r><w:r><w:t>falls</w:t></w:r></w:p>
<w:p><w:r><w:t>By Jane Doe</w:t></w:r></w:p>
<w:p><w:r><w:t>It rained</w:t></w:r><w:r><w:tab/><w:t xml:space="preserve">for a day.</w:t></w:r><w:del><w:r><w:delText>Gone</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Bath</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>5 mm</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;
const FOOTNOTES: &str = r#"<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/><w:t>From 6 a.m. on.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
const CORE: &str = r#"<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>story-final.docx</dc:title><dc:creator>An Editor</dc:creator><dcterms:created>2024-05-03T18:20:00Z</dcterms:created></cp:coreProperties>"#;
const ODT: &str = r#"<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>
<text:h text:outline-level="1">Rain falls</text:h><text:p>It<text:s/>rained <text:span>for</text:span> a day.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>From 6 a.m. on.</text:p></text:note-body></text:note></text:p></office:text></office:body></office:document-content>"#;
const CHAPTER: &str = r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><h1>Rain falls</h1><p>It was wet</p><p>By Jane Doe</p><p>It rained.</p></body></html>"#;

#[test]
fn documents_are_read() {
    let docx = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("docProps/core.xml", CORE.as_bytes()),
        ("word/document.xml", DOCX.as_bytes()),
        ("word/footnotes.xml", FOOTNOTES.as_bytes()),
    ]);
    let env = TestEnv::new();
    env.write("a.docx", &docx);
    let article = &env.run(["read", "--json", "a.docx"]).json()[0];
    assert_eq!(article["title"], "Rain falls");
    assert_eq!(article["body"], "It rained for a day.\n\nBath | 5 mm\n\nFrom 6 a.m. on.");
    assert_eq!(article["authors"], serde_json::json!(["Jane Doe"]));
    assert_eq!(article["date"], "2024-05-03T18:20:00Z");
    assert_eq!(article["format"], "docx");

    let odt = zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", ODT.as_bytes())]);
    env.write("a.odt", &odt);
    let article = &env.run(["read", "--json", "a.odt"]).json()[0];
    assert_eq!(
        (article["title"].as_str(), article["body"].as_str()),
        (Some("Rain falls"), Some("It rained for a day.\n\nFrom 6 a.m. on."))
    );

    // A note in a cell stands below the text, too.
    let cell = "<text:note><text:note-body><text:p>Wet.</text:p></text:note-body></text:note>";
    let row =
        format!("<table:table-row><table:table-cell><text:p>5 mm{cell}</text:p></table:table-cell></table:table-row>");
    let odt = ODT.replace("</office:text>", &format!("{row}</office:text>"));
    env.write(
        "a.odt",
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", odt.as_bytes())]),
    );
    let article = &env.run(["read", "--json", "a.odt"]).json()[0];
    assert_eq!(article["body"], "It rained for a day.\n\n5 mm\n\nFrom 6 a.m. on.\n\nWet.");

    let package = r#"<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Paper</dc:title>
        <dc:date>2024-05-03</dc:date><dc:language>en</dc:language></metadata><manifest><item id="c" href="cover.xhtml"/><item id="a" href="text/a%201.xhtml"/></manifest>
        <spine><itemref idref="c"/><itemref idref="a"/></spine></package>"#;
    let epub = zip(&[
        ("mimetype", b"application/epub+zip"),
        (
            "META-INF/container.xml",
            br#"<container><rootfiles><rootfile full-path="OEBPS/p.opf"/></rootfiles></container>"#,
        ),
        ("OEBPS/p.opf", package.as_bytes()),
        ("OEBPS/cover.xhtml", b"<html><body><img src='x'/></body></html>"),
        ("OEBPS/text/a 1.xhtml", CHAPTER.as_bytes()),
    ]);
    env.write("a.epub", &epub);
    let lines = env.run(["read", "--json", "a.epub"]).json();
    assert_eq!(lines.len(), 1, "{lines:?}");
    let facts = ["record", "title", "body", "authors", "source", "date", "language"].map(|key| lines[0][key].clone());
    let expected =
        serde_json::json!([2, "Rain falls", "It was wet\n\nIt rained.", ["Jane Doe"], "The Paper", "2024-05-03", "en"]);
    assert_eq!(Value::from(facts.to_vec()), expected);
}

#[test]
fn papers_that_a_program_made_a_book_of_are_their_articles() {
    let package = r#"<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:title>The Paper [Fri, 03 May 2024]</dc:title><dc:creator>The Paper</dc:creator><dc:language>en</dc:language></metadata>
        <manifest><item id="m" href="index.html"/><item id="f" href="feed_0/index.html"/><item id="a" href="feed_0/article_0/index.html"/></manifest>
        <spine><itemref idref="m"/><itemref idref="f"/><itemref idref="a"/></spine></package>"#;
    let list = "<html><body><h1>The Paper</h1><p>[Fri, 03 May 2024]</p><ul class='calibre_feed_list'><li><a href='feed_0/index.html'>\
                News</a></li></ul></body></html>";
    let news = "<html><body><div class='calibre_navbar'>| <a href='../index.html'>Main menu</a> |</div><h2>News</h2><ul \
                class='calibre_feed_list'><li><a href='article_0/index.html'>Rain falls</a><div>It is wet.</div></li></ul></body></html>";
    let article = "<html><body><div class='calibre_navbar'>| <a href='../index.html'>Section Menu</a> |</div><p>Weather</p>\
                   <h1>Rain falls</h1><p>By Jane Doe</p><p>It rained.</p><div class='calibre_navbar'><p>This article was downloaded by \
                   <b>calibre</b> from <a rel='calibre-downloaded-from' href='https://paper.example/rain'>https://paper.example/rain</a>\
                   </p>| <a href='../index.html'>Section Menu</a> | <a href='../../index.html'>Main Menu</a> |</div></body></html>";
    let epub = zip(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", br#"<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>"#),
        ("p.opf", package.as_bytes()),
        ("index.html", list.as_bytes()),
        ("feed_0/index.html", news.as_bytes()),
        ("feed_0/article_0/index.html", article.as_bytes()),
    ]);
    let env = TestEnv::new();
    env.write("a.epub", &epub);
    let lines = env.run(["read", "--json", "a.epub"]).json();
    assert_eq!(lines.len(), 1, "{lines:?}");
    let keys = ["record", "title", "body", "authors", "source", "date", "section", "url"];
    let expected = serde_json::json!([
        3,
        "Rain falls",
        "It rained.",
        ["Jane Doe"],
        "The Paper",
        "2024-05-03",
        "Weather",
        "https://paper.example/rain"
    ]);
    assert_eq!(Value::from(keys.map(|key| lines[0][key].clone()).to_vec()), expected);
}
