//! Pages that a browser saved as one file: they are pages, not letters, wherever they lie.

use crate::archives::zip;
use crate::env::TestEnv;

const STORY: &str = "The harbour of Kirkholm closes for four weeks, and the caf=E9s on the quay with it.";

/// Reads one file: format, title, date, source, address and text of each article.
#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let env = TestEnv::new();
    env.write(name, bytes);
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let found: Vec<String> = env
        .run(["read", "--json", name])
        .json()
        .iter()
        .map(|line| {
            ["format", "title", "date", "source", "url", "body", "reason"].map(|key| text(&line[key])).join(" / ")
        })
        .collect();
    assert_eq!(found, expected, "\n{}", found.join("\n"));
}

/// As Chrome saves it: no charset outside the page, a frame and a picture behind it.
fn by_chrome() -> String {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://paper.example/harbour\r\n\
         Subject: Harbour closes\r\nDate: Mon, 1 Dec 2025 08:00:00 -0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Multi--b----\"\r\n\r\n\r\n\
         ------Multi--b----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://paper.example/harbour\r\n\r\n\
         <!DOCTYPE html><html><head><meta http-equiv=3D\"Content-Type\" content=3D\"text/html; charset=3Dwindows-=\r\n\
         1252\"><title>Harbour closes</title><meta property=3D\"article:published_time\" =\r\n\
         content=3D\"2025-05-23\"></head><body><nav><a href=3D\"/\">Home</a></nav>\r\n\
         <article><h1>Harbour closes</h1><p>{STORY}</p></article></body></html>\r\n\
         ------Multi--b----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: cid:frame-2@mhtml.blink\r\n\r\n<html><body><p>An advertisement.</p></body></html>\r\n\
         ------Multi--b----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Location: https://paper.example/a.png\r\n\r\niVBORw0KGgo=\r\n------Multi--b------\r\n"
    )
}

const EXPECTED: &str = "html / Harbour closes / 2025-05-23 / - / https://paper.example/harbour / \
                        The harbour of Kirkholm closes for four weeks, and the cafés on the quay with it. / -";

#[test]
fn what_chrome_saves_is_a_page() {
    check("a.mhtml", by_chrome(), &[EXPECTED]);
    check("a", by_chrome(), &[EXPECTED]);
    check("a.zip", zip(&[("in/a.mht", by_chrome().as_bytes())]), &[EXPECTED]);
    // One that breaks off is read as far as it goes.
    let page = by_chrome();
    let end = page.find(" with it").expect("it stands there");
    let cut = EXPECTED.replace(" with it.", "");
    check("a.mhtml", &page[..end], &[&cut]);
}

#[test]
fn what_internet_explorer_saves_is_a_page() {
    let head = "From: \"Saved by Windows Internet Explorer 8\"\nSubject: Harbour\nDate: Mon, 1 Dec 2025 08:00:00 +0100\nMIME-Version: 1.0\n";
    let page = format!("<html><head><title>Harbour closes</title></head><body><p>{STORY}</p></body></html>");
    // All in one part.
    let one = format!(
        "{head}Content-Type: text/html;\n\tcharset=\"Windows-1252\"\nContent-Transfer-Encoding: quoted-printable\n\
         Content-Location: https://paper.example/harbour\nX-MimeOLE: Produced By Microsoft MimeOLE V6.1\n\n{page}\n"
    );
    let undated = EXPECTED.replace("2025-05-23", "-");
    check("a.mht", one, &[&undated]);
    // In base64, behind a picture, named by where to start.
    let packed = "PGh0bWw+PGhlYWQ+PHRpdGxlPkhhcmJvdXIgY2xvc2VzPC90aXRsZT48L2hlYWQ+PGJvZHk+PHA+VGhlIGhhcmJvdXIg\n\
                  Y2xvc2VzIGZvciBmb3VyIHdlZWtzLjwvcD48L2JvZHk+PC9odG1sPg==";
    let related = format!(
        "{head}Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"; start=\"<root>\"\n\n\
         --b\nContent-Type: text/html\nContent-ID: <frame>\n\n<p>An advertisement.</p>\n\
         --b\nContent-Type: text/html; charset=\"utf-8\"\nContent-ID: <root>\nContent-Transfer-Encoding: base64\n\
         Content-Location: file://C:\\pages\\harbour.html\n\n{packed}\n--b--\n"
    );
    check("a.mht", related, &["html / Harbour closes / - / - / - / The harbour closes for four weeks. / -"]);
}

#[test]
fn what_word_saves_is_a_page() {
    let page = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"----=_NextPart_01\"\n\n\
         This document is a single file web page.\n\n------=_NextPart_01\n\
         Content-Location: file:///C:/1/story.htm\nContent-Transfer-Encoding: quoted-printable\n\
         Content-Type: text/html; charset=\"us-ascii\"\n\n\
         <html xmlns:w=3D\"urn:schemas-microsoft-com:office:word\"><head><title>Harbour closes</title></head>\n\
         <body><p class=3DMsoNormal>The harbour closes for=\n four weeks.</p></body></html>\n\
         ------=_NextPart_01\nContent-Location: file:///C:/1/filelist.xml\nContent-Type: text/xml\n\n<xml/>\n------=_NextPart_01--\n";
    let expected = "html / Harbour closes / - / - / - / The harbour closes for four weeks. / -";
    check("a.mht", page, &[expected]);
    check("a.doc", page, &[expected]);
    check("a", page, &[expected]);
}

#[test]
fn a_page_of_frames_is_its_largest_frame() {
    let page = "From: <Saved by Microsoft Internet Explorer 5>\nSubject: x\nMIME-Version: 1.0\n\
         Content-Type: multipart/related; boundary=\"b\"\n\n--b\nContent-Type: text/html\nContent-Location: http://paper.example/\n\n\
         <html><head><title>The Paper</title></head><frameset cols=\"20%,*\"><frame src=\"menu.htm\"><frame src=\"story.htm\"></frameset></html>\n\
         --b\nContent-Type: text/html\nContent-Location: http://paper.example/menu.htm\n\n<p>Home</p>\n\
         --b\nContent-Type: text/html\nContent-Location: http://paper.example/story.htm\n\n\
         <html><head><title>Harbour closes</title></head><body><p>The ferry sails from Larkwick, and no one is to pay more than before.</p></body></html>\n--b--\n";
    check(
        "a.mht",
        page,
        &[
            "html / Harbour closes / - / - / http://paper.example/story.htm / The ferry sails from Larkwick, and no one is to pay more than before. / -",
        ],
    );
}

#[test]
fn letters_stay_letters() {
    let letter = |head: &str| {
        format!(
            "{head}Subject: Harbour closes\nMIME-Version: 1.0\nContent-Type: text/html\nContent-Location: https://paper.example/a\n\n\
             <p>The harbour closes for four weeks.</p>\n"
        )
    };
    for head in [
        "From: The Daily Alert <a@paper.example>\n",
        "From: Alert\nTo: b@x.example\n",
        "Message-ID: <1@x>\nFrom: Alert\n",
    ] {
        let source = if head.contains("Daily") { "The Daily Alert" } else { "Alert" };
        let env = TestEnv::new();
        env.write("a.eml", letter(head));
        let article = &env.run(["read", "--json", "a.eml"]).json()[0];
        assert_eq!((article["format"].as_str(), article["source"].as_str()), (Some("email"), Some(source)), "{head}");
    }
    // Text about headers is text.
    check(
        "a.txt",
        "MIME-Version: 1.0 and the rest\n\nA letter in parts has a header of its own on top of each of them.",
        &[
            "text / MIME-Version: 1.0 and the rest / - / - / - / A letter in parts has a header of its own on top of each of them. / -",
        ],
    );
}

#[test]
fn pages_of_databases_are_their_articles() {
    let document = |number: u32, title: &str, text: &str| {
        format!(
            "<div class=article><p><div id=hd><span class=enHeadline>{title}</span></div></p><div class=author>By Ann Moe</div>\
             <div>52 words</div><div>{number} March 2021</div><div>18:01</div><div>The Examiner</div><div>EXAM</div><div>B3</div>\
             <div>English</div><div>(c) 2021, The Examiner. All rights reserved.</div><p>{text}</p>\
             <p>Document EXAM00002021030{number}eh34000xx</p></div>"
        )
    };
    let page =
        [document(4, "Mill shuts", "The mill shut on Thursday."), document(5, "Dues rise", "Dues rise by 5 percent.")];
    check(
        "a.html",
        format!("<html><head><title>Database</title></head><body>{}</body></html>", page.join("<br>")),
        &[
            "html / Mill shuts / 2021-03-04 / The Examiner / - / The mill shut on Thursday. / -",
            "html / Dues rise / 2021-03-05 / The Examiner / - / Dues rise by 5 percent. / -",
        ],
    );
}

#[test]
fn words_of_short_articles_stand_apart() {
    let article = |paper: &str, title: &str, by: &str, text: &str| {
        format!(
            "<article><header><div><span>{paper}</span></div><span>Friday 2 March 2018, 125 words</span><div><p>{title}</p></div>\
             <div><p>{by}</p></div></header><section><div><p>{text}</p><p>Two thousand cars stood still there.</p></div></section></article>"
        )
    };
    let articles = [
        article(
            "The Ledger",
            "Snow closes the south",
            "Jane Roe",
            "Snow closed the road to the harbour of Ness on Friday.",
        ),
        article("The Courier", "The thaw begins", "Ann Moe", "The thaw began on Saturday in the hills."),
    ];
    let text =
        |paper: &str, lines: [&str; 4]| format!("{paper}\n\nFriday 2 March 2018, 125 words\n\n{}", lines.join("\n\n"));
    let last = "Two thousand cars stood still there.";
    let south = ["Snow closes the south", "Jane Roe", "Snow closed the road to the harbour of Ness on Friday.", last];
    let thaw = ["The thaw begins", "Ann Moe", "The thaw began on Saturday in the hills.", last];
    let texts = [text("The Ledger", south), text("The Courier", thaw)];
    check(
        "a.html",
        format!("<html><head><title>Bulletin</title></head><body><nav></nav>{}</body></html>", articles.concat()),
        &[&format!("html / Bulletin / - / - / - / {} / -", texts.join("\n\n"))],
    );
}

#[test]
fn headlines_that_a_page_shows_twice_are_no_text() {
    let page = "<html><head><title>Ferry hits the quay</title></head><body><article class=h-entry><header><h1 class=p-name>Ferry hits the \
                quay</h1></header><section class=p-summary>All 41 aboard are safe</section><section class=e-content><h3>Ferry hits the \
                quay</h3><h4>All 41 aboard are safe</h4><p>The ferry hit the quay.</p><p>It was foggy.</p></section></article></body></html>";
    let text = "All 41 aboard are safe\n\nThe ferry hit the quay.\n\nIt was foggy.";
    check("a.html", page, &[&format!("html / Ferry hits the quay / - / - / - / {text} / -")]);
}
