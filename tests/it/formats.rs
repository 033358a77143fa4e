//! Formats of news: what each says of its articles comes out, and what is no article is named.

mod json;
mod whole;

use serde_json::Value;

use crate::env::TestEnv;

/// Reads one file, and returns a line for each article (format, record, title, date, authors, source,
/// section, language, text) and for each reject.
#[track_caller]
fn read(name: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    let env = TestEnv::new();
    env.write(name, bytes);
    let output = env.run(["read", "--json", name]);
    output.json().iter().map(shown).collect()
}

fn shown(line: &Value) -> String {
    let text = |key: &str| line[key].as_str().unwrap_or("-").to_owned();
    let record = line["record"].as_u64().map(|record| format!("{record}: ")).unwrap_or_default();
    if line["type"] == "rejected" {
        return format!("{record}! {}", text("reason"));
    }
    let authors: Vec<&str> = line["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let facts = [text("format"), text("title"), text("date"), authors.join(" & ")];
    let more = [text("source"), text("section"), text("language"), text("url")];
    format!("{record}{} / {} / {}", facts.join(" / "), more.join(" / "), text("body").replace("\n\n", "¶"))
}

#[track_caller]
pub(crate) fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let found = read(name, bytes);
    assert_eq!(found, expected, "\n{}", found.join("\n"));
}

const RSS: &str = r#"<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Paper</title><link>https://paper.example/</link><language>en-gb</language>
<item><title>Talks end &amp; nobody wins</title><link>https://paper.example/talks</link><guid>t1</guid>
<pubDate>Fri, 03 May 2024 18:20:00 +0200</pubDate><dc:creator>Jane Doe</dc:creator><category>World</category>
<description>No date for more.</description>
<content:encoded><![CDATA[<p>Both sides left.</p><p>They took &eacute;clairs.</p>]]></content:encoded></item>
<item><title>A headline alone</title></item>
</channel></rss>"#;

#[test]
fn feeds_give_an_article_for_each_entry() {
    check(
        "a.xml",
        RSS,
        &[
            "1: feed / Talks end & nobody wins / 2024-05-03T18:20:00+02:00 / Jane Doe / The Paper / World / en / \
             https://paper.example/talks / No date for more.¶Both sides left.¶They took éclairs.",
            "2: feed / A headline alone / - /  / The Paper / - / en / - / A headline alone",
        ],
    );
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Das Blatt</title>
        <author><name>Max Muster</name></author>
        <entry><title type="html">Sturm &lt;b&gt;legt&lt;/b&gt; Bahn lahm</title><id>urn:x:1</id>
        <link rel="self" href="https://blatt.example/1.atom"/><link href="https://blatt.example/1"/>
        <published>2024-05-03T10:00:00Z</published><updated>2024-05-04T10:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der Sturm kam.</p><p>Er ging.</p></div></content></entry></feed>"#;
    check(
        "a.atom",
        atom,
        &["1: feed / Sturm legt Bahn lahm / 2024-05-03T10:00:00Z / Max Muster / Das Blatt / - / de / \
           https://blatt.example/1 / Der Sturm kam.¶Er ging."],
    );
    let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:d="http://purl.org/dc/elements/1.1/"><channel><title>Wire</title></channel>
        <item rdf:about="https://w.example/1"><title>Rain</title><description>It rained.</description><d:date>2024-05</d:date></item></rdf:RDF>"#;
    check("a.rdf", rdf, &["1: feed / Rain / 2024-05 /  / Wire / - / - / https://w.example/1 / It rained."]);
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"The Paper","language":"en","items":[
        {"id":"1","url":"https://paper.example/1","title":"Rain","content_html":"<p>It rained.</p>","date_published":"2024-05-03T10:00:00Z"}]}"#;
    check(
        "a.json",
        json,
        &["1: feed / Rain / 2024-05-03T10:00:00Z /  / The Paper / - / en / https://paper.example/1 / It rained."],
    );
}

#[test]
fn broken_feeds_lose_only_what_is_broken() {
    let cut = &RSS[..RSS.find("</content:encoded>").expect("it is there") + 5];
    let found = read("a.rss", cut);
    assert!(found[0].contains("Both sides left"), "{found:?}");
    assert!(found.last().is_some_and(|line| line.starts_with("! broken XML")), "{found:?}");
    check("a.xml", "<rss><channel><title>x</title></channel></rss>", &["! no entries were found in it (feed)"]);
    let bare = "<rss><channel><item><title>R&D & more</title><description>One <b>two</channel></rss>";
    check("a.xml", bare, &["1: feed / R&D & more / - /  / - / - / - / - / One two"]);
    let laughs = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><rss><channel>\
                  <item><title>Laughs</title><description>&b; they said</description></item></channel></rss>";
    check("a.xml", laughs, &["1: feed / Laughs / - /  / - / - / - / - / &b; they said"]);
}

#[test]
fn tables_are_read_by_their_headers() {
    check(
        "a.csv",
        "Headline,Published,Byline,Body\n\"Talks, again\",2024-05-03,Jane Doe,\"One.\n\nTwo \"\"three\"\".\"\nRain,,,Wet.\n",
        &[
            "1: table / Talks, again / 2024-05-03 / Jane Doe / - / - / - / - / One.¶Two \"three\".",
            "2: table / Rain / - /  / - / - / - / - / Wet.",
        ],
    );
    check("a.tsv", "title\ttext\nRain\tWet, very.\n", &["1: table / Rain / - /  / - / - / - / - / Wet, very."]);
    check("a.csv", "title;text\nRain;Wet, very.\n", &["1: table / Rain / - /  / - / - / - / - / Wet, very."]);
    check("a.txt", "title,text,date\nRain,Wet.,2024\n", &["1: table / Rain / 2024 /  / - / - / - / - / Wet."]);
    check(
        "a.csv",
        "a,b\n1,2\n3,4\n",
        &["! no column is called text, body or content; it has `a`, `b`; name one with `--map text=COLUMN`"],
    );
    check(
        "a.csv",
        "title,text\nRain,\"Wet\nSun,Dry\nWind,Loud\n",
        &[
            "1: ! has a quotation mark that is never closed",
            "2: table / Sun / - /  / - / - / - / - / Dry",
            "3: table / Wind / - /  / - / - / - / - / Loud",
        ],
    );
}

#[test]
fn columns_are_mapped() {
    let env = TestEnv::new();
    env.write("news/a.csv", "kop,tekst,title\nRegen,Nat.,x\n");
    env.write("news/b.json", r#"{"kop":"Zon","tekst":"Droog."}"#);
    let map = ["--map", "title=kop", "--map", "text=tekst"];
    assert_eq!(env.index(["news"]).rejected, 1, "the title of the table is a title, the JSON has nothing");
    let report = env.index([&map[..], &["news"]].concat());
    assert_eq!((report.rejected, report.added), (0, 1), "what was rejected is read again");
    let lines = env.run([&["read", "--json"][..], &map, &["news"]].concat()).json();
    let titles: Vec<&str> = lines.iter().filter_map(|line| line["title"].as_str()).collect();
    assert_eq!(titles, ["Regen", "Zon"]);
    let wrong = env.run(["read", "--map", "colour=x", "news"]);
    wrong.code(2);
    assert!(wrong.stderr.contains("there is no `colour` to map"), "{}", wrong.stderr);
}

const MAIL: &str = "From: Jane Doe <jane@paper.example>\r\nTo: you@x.example\r\nSubject: =?utf-8?q?Talks_end_in_Gen=C3=A8ve?=\r\n\
    Date: Fri, 3 May 2024 18:20:00 +0200\r\nMessage-ID: <1@paper.example>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nRead it on the web.\r\n\
    --b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    <p>Both sides left the caf=E9.</p>=\r\n<p>No deal.</p>\r\n--b--\r\n";

#[test]
fn mail_is_read_from_files_and_mailboxes() {
    let expected = "email / Talks end in Genève / 2024-05-03T18:20:00+02:00 / Jane Doe / paper.example / - / - / - / \
                    Both sides left the café.¶No deal.";
    check("a.eml", MAIL, &[expected]);
    check("a", MAIL, &[expected]);
    let second = "From: The Daily Alert <a@x.example>\nSubject: Rain\nDate: Sat, 4 May 2024 08:00:00 GMT\n\n>From here on it rains.\n";
    let mailbox = format!("From jane Fri May  3 18:20:00 2024\n{MAIL}\n\nFrom a Sat May  4 08:00:00 2024\n{second}");
    let first = format!("1: {expected}");
    let last = "2: email / Rain / 2024-05-04T08:00:00Z /  / The Daily Alert / - / - / - / From here on it rains.";
    check("a.mbox", &mailbox, &[&first, last]);
    check("mails", &mailbox, &[&first, last]);
}

#[test]
fn nitf_is_read() {
    let nitf = r#"<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf xml:lang="en"><head><title>SLUG</title>
        <tobject tobject.type="news"><tobject.subject tobject.subject.type="Politics"/></tobject>
        <docdata><doc-id id-string="x1"/><date.issue norm="20240503T182000Z"/><key-list><keyword key="talks"/></key-list></docdata>
        <pubdata name="The Wire" position.section="World"/></head><body><body.head>
        <hedline><hl1>Talks end</hl1><hl2>No date for more</hl2></hedline>
        <byline>By <person>Jane Doe</person><byttl>Staff Writer</byttl></byline>
        <dateline><location>GENEVA</location></dateline></body.head>
        <body.content><p>Both <person>sides</person> left.</p><media><media-caption>A lake</media-caption></media><p>No deal.</p></body.content></body></nitf>"#;
    check(
        "a.xml",
        nitf,
        &["nitf / Talks end / 2024-05-03T18:20:00Z / Jane Doe / The Wire / World / en / - / \
           No date for more¶GENEVA — Both sides left.¶No deal."],
    );
}

#[test]
fn newsml_g2_gives_texts_and_names_the_rest() {
    let message = r#"<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>
        <newsItem guid="urn:1" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><provider><name>The Wire</name></provider>
        <versionCreated>2024-05-04T10:00:00Z</versionCreated></itemMeta>
        <contentMeta><contentCreated>2024-05-03T18:20:00+02:00</contentCreated><headline>Talks end</headline>
        <by>By Jane Doe</by><dateline>GENEVA</dateline><subject qcode="x"><name>diplomacy</name></subject></contentMeta>
        <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Both sides left.</p><p>No deal.</p></body></html></inlineXML></contentSet></newsItem>
        <packageItem guid="urn:2"><itemMeta><itemClass qcode="ninat:composite"/></itemMeta></packageItem>
        <newsItem guid="urn:3"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem></itemSet></newsMessage>"#;
    check(
        "a.xml",
        message,
        &[
            "1: newsml-g2 / Talks end / 2024-05-03T18:20:00+02:00 / Jane Doe / The Wire / diplomacy / en / - / \
             GENEVA — Both sides left.¶No deal.",
            "2: ! is a package, which lists other items, not text",
            "3: ! is a picture, not text",
        ],
    );
}

#[test]
fn newsml_1_is_read() {
    let newsml = r#"<NewsML Version="1.2"><NewsEnvelope><SentFrom><Party FormalName="The Wire"/></SentFrom></NewsEnvelope>
        <NewsItem><Identification><NewsIdentifier><DateId>20240503</DateId><PublicIdentifier>urn:x:1</PublicIdentifier></NewsIdentifier></Identification>
        <NewsManagement><FirstCreated>20240503T182000+0200</FirstCreated></NewsManagement><NewsComponent>
        <NewsLines><HeadLine>Talks end</HeadLine><ByLine>By Jane Doe</ByLine><DateLine>GENEVA</DateLine></NewsLines>
        <DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>
        <NewsComponent><Role FormalName="StyleSheet"/><ContentItem><DataContent>p {}</DataContent></ContentItem></NewsComponent>
        <NewsComponent><ContentItem><DataContent><html><body><p>Both sides left.</p></body></html></DataContent></ContentItem></NewsComponent>
        </NewsComponent></NewsItem></NewsML>"#;
    check(
        "a.xml",
        newsml,
        &[
            "newsml / Talks end / 2024-05-03T18:20:00+02:00 / Jane Doe / The Wire / - / en / - / GENEVA — Both sides left.",
        ],
    );
}

#[test]
fn ninjs_is_read_in_all_versions() {
    let expected = "ninjs / Talks end / 2024-05-03T18:20:00Z / Jane Doe / The Wire / diplomacy / en / - / \
                    Geneva — Both sides left.¶No deal.";
    let first = r#"{"uri":"urn:1","type":"text","versioncreated":"2024-05-03T18:20:00Z","headline":"Talks end","byline":"By Jane Doe",
        "language":"en-GB","located":"Geneva","copyrightholder":"The Wire","subject":[{"name":"diplomacy","rel":"about"}],
        "body_text":"Both sides left. No deal.","body_xhtml":"<p>Both sides left.</p><p>No deal.</p>"}"#;
    check("a.json", first, &[expected]);
    let third = r#"{"uri":"urn:1","type":"text","versionCreated":"2024-05-03T18:20:00Z","headlines":[{"role":"short","value":"Talks"},
        {"role":"main","value":"Talks end"}],"by":"By Jane Doe","language":"en-GB","located":"Geneva","infoSources":[{"name":"The Wire"}],
        "subjects":[{"name":"diplomacy"}],"bodies":[{"role":"text","contentType":"text/plain","value":"Both sides left. No deal."},
        {"role":"html","contentType":"text/html","value":"<p>Both sides left.</p><p>No deal.</p>"}]}"#;
    check("a.json", third, &[expected]);
    let picture = r#"{"uri":"urn:2","type":"picture","versioncreated":"2024-05-03T18:20:00Z","headline":"A lake"}"#;
    check("a.json", picture, &["! is a picture, not text"]);
}

#[test]
fn linked_data_is_read() {
    let graph = r#"{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"The Paper"},
        {"@type":"NewsArticle","headline":"Rain","articleBody":"It rained.","datePublished":"2024-05-03",
        "author":{"@type":"Person","name":"Jane Doe"},"publisher":{"name":"The Paper"},"inLanguage":"en","articleSection":"Weather"}]}"#;
    check(
        "a.jsonld",
        graph,
        &["1: json-ld / Rain / 2024-05-03 / Jane Doe / The Paper / Weather / en / - / It rained."],
    );
}

#[test]
fn wikis_are_read() {
    let wiki = r#"<mediawiki xml:lang="en"><siteinfo><sitename>Wikinews</sitename><base>https://en.wiki.example/wiki/Main_Page</base></siteinfo>
        <page><title>Talks end</title><ns>0</ns><id>7</id><revision><timestamp>2024-06-01T00:00:00Z</timestamp>
        <text>{{date|May 3, 2024}} '''Both sides''' left [[Geneva|the city]].

== Sources ==
* x [[Category:Geneva]]</text></revision></page>
        <page><title>Talk:Talks end</title><ns>1</ns><revision><text>x</text></revision></page>
        <page><title>Old</title><ns>0</ns><redirect title="Talks end"/><revision><text>#REDIRECT [[Talks end]]</text></revision></page></mediawiki>"#;
    check(
        "a.xml",
        wiki,
        &[
            "1: mediawiki / Talks end / 2024-05-03 /  / Wikinews / Geneva / en / https://en.wiki.example/wiki/Talks_end / \
             Both sides left the city.",
            "! 2 of 3 pages are no articles: 1 discussions, 1 redirects",
        ],
    );
}

#[test]
fn wordpress_exports_are_read() {
    let export = r#"<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Blog</title><language>en-US</language>
        <wp:author><wp:author_login>jd</wp:author_login><wp:author_display_name>Jane Doe</wp:author_display_name></wp:author>
        <item><title>Rain</title><link>https://blog.example/rain</link><dc:creator>jd</dc:creator><wp:post_type>post</wp:post_type>
        <wp:status>publish</wp:status><wp:post_date>2024-05-03 18:20:00</wp:post_date><category domain="category">Weather</category>
        <content:encoded><![CDATA[It rained.

[gallery ids="1"]It [still] rains.]]></content:encoded></item>
        <item><title>Draft</title><wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item></channel></rss>"#;
    check(
        "a.xml",
        export,
        &[
            "1: wordpress / Rain / 2024-05-03T18:20:00 / Jane Doe / The Blog / Weather / en / https://blog.example/rain / \
             It rained.¶It [still] rains.",
            "! 1 of 2 items are no published articles: 1 of status draft",
        ],
    );
}

#[test]
fn sgml_collections_are_read() {
    let reuters = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" NEWID=\"1\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n\
        <TOPICS><D>cocoa</D></TOPICS>\n<TEXT>&#2;\n<TITLE>RAIN HELPS BAHIA</TITLE>\n<DATELINE>    SALVADOR, Feb 26 - </DATELINE>\
        <BODY>Showers continued.\n    The dry period means\nlittle.\n &#3;</BODY></TEXT>\n</REUTERS>\n<REUTERS NEWID=\"2\">\n\
        <TEXT TYPE=\"BRIEF\"><TITLE>SHORT &lt;XYZ></TITLE></TEXT></REUTERS>";
    check(
        "a.sgm",
        reuters,
        &[
            "1: sgml / RAIN HELPS BAHIA / 1987-02-26T15:01:01 /  / Reuters / cocoa / - / - / \
             SALVADOR, Feb 26 — Showers continued.¶The dry period means little.",
            "2: sgml / SHORT <XYZ> / - /  / Reuters / - / - / - / SHORT <XYZ>",
        ],
    );
    let trec = "<DOC>\n<DOCNO> AP-1 </DOCNO>\n<HEADLINE>Rain falls</HEADLINE>\n<TEXT>\nIt rained.\n</TEXT>\n</DOC>\n";
    check("a", trec, &["1: sgml / Rain falls / - /  / - / - / - / - / It rained."]);
}

/// As a newsroom's system writes it: a running head, fonts of two alphabets, a picture, a remark.
const RTF: &str = r#"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times CYR;}}
{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}{\info{\title story-final.rtf}{\author An Editor}{\creatim\yr2024\mo5\dy4\hr8}}
{\header\pard The Paper, page 4\par}\pard\plain \s1\b Talks end in Gen\'e8ve\par
\pard\plain By Jane Doe and John Roe\par The Paper \emdash  World\par 3 May 2024\par\par
GENEVA \emdash  Both sides left the caf\'e9.{\pict\wmetafile8 010203} {\v cut here}\ldblquote No\rdblquote , said {\f1\'c8\'e2\'e0\'ed}.\par
{\trowd\intbl Bath\cell 5 mm\cell\row}\pard The end\u8230 ?\par}"#;

#[test]
fn rich_text_is_read() {
    let text = "GENEVA — Both sides left the café. “No”, said Иван.¶Bath | 5 mm¶The end…";
    let facts = "rtf / Talks end in Genève / 2024-05-03 / Jane Doe & John Roe / The Paper / World / - / -";
    check("a.rtf", RTF, &[&format!("{facts} / {text}")]);
    check("a.doc", RTF, &[&format!("{facts} / {text}")]);
    // One that breaks off keeps what it has; without a style, the first line is the headline.
    let plain = "{\\rtf1\\ansi Rain falls\\par By Jane Doe\\par\\par It rained for a day.\\par It rain";
    check(
        "a.rtf",
        plain,
        &[
            "rtf / Rain falls / - / Jane Doe / - / - / - / - / It rained for a day.¶It rain",
            "! is damaged or cut off (it ends too early); what could be read of it was",
        ],
    );
    // Where the text tells no day, the file does; so does who typed it.
    let bare = "{\\rtf1{\\info{\\author Ann Moe}{\\creatim\\yr2024\\mo5\\dy4\\hr8\\min1}}Rain falls\\par\\par It rained for a day.\\par}";
    check("a.rtf", bare, &["rtf / Rain falls / 2024-05-04T08:01:00 / Ann Moe / - / - / - / - / It rained for a day."]);
    check("a.rtf", "{\\rtf1{\\pict 0102}}", &["! no article text was found in it"]);
}

#[cfg(unix)]
#[test]
fn a_converter_goes_before_the_reader_of_rich_text() {
    use std::os::unix::fs::PermissionsExt;
    let env = TestEnv::new();
    env.write("a.rtf", RTF);
    let program = env.write("to text.sh", "#!/bin/sh\necho It rained.\n");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    let output = env.run(["read", "--json", "--convert", &format!("rtf='{}' {{}}", program.display()), "a.rtf"]);
    assert_eq!(output.json()[0]["body"], "It rained.", "{}", output.stderr);
}

/// A letter with a press release, a paper, a picture that it shows, and a forwarded letter.
fn letter_with_attachments() -> Vec<u8> {
    let pdf = crate::pdf::pdf(&[&[(50, 700, 10, "The harbour of Kirkholm closes for four weeks.")]], "");
    let base64 = |bytes: &[u8]| {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let number = three.iter().fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte)) << (8 * (3 - three.len()));
            let digit = |nth: usize| char::from(LETTERS[(number >> (18 - 6 * nth) & 63) as usize]);
            text.extend((0..4).map(|nth| if nth <= three.len() { digit(nth) } else { '=' }));
        }
        text
    };
    let mut letter =
        b"From: Press Office <press@harbour.example>\nSubject: Two papers\nDate: Fri, 3 May 2024 18:20:00 +0200\n\
        MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\n\
        Please find two papers about the harbour.\n"
            .to_vec();
    let mut part = |head: &str, contents: &str| {
        letter.extend_from_slice(format!("--b\n{head}\n\n{contents}\n").as_bytes());
    };
    part(
        "Content-Type: application/pdf; name=\"plan.pdf\"\nContent-Transfer-Encoding: base64\n\
         Content-Disposition: attachment; filename=\"plan.pdf\"",
        &base64(&pdf),
    );
    part(
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\
         Content-Disposition: attachment; filename=\"../release.txt\"",
        &base64(b"Caf\xe9 owners protest\n\nThe owners of the caf\xe9s on the quay protest against the closure.\n"),
    );
    part(
        "Content-Type: image/png; name=\"logo.png\"\nContent-ID: <logo>\nContent-Transfer-Encoding: base64",
        &base64(b"\x89PNG\r\n\x1a\n0000"),
    );
    part(
        "Content-Type: message/rfc822",
        "From: Jane Doe <jane@paper.example>\nSubject: Ferry sails\n\nThe ferry sails again on Sunday.",
    );
    letter.extend_from_slice(b"--b--\n");
    letter
}

#[test]
fn what_is_attached_to_mail_is_read() {
    let env = TestEnv::new();
    let letter = letter_with_attachments();
    env.write("news/a.eml", &letter);
    env.write("news/b.mbox", [b"From a Fri May  3 18:20:00 2024\n", &letter[..]].concat());
    let output = env.run(["index", "--json", "news"]);
    output.code(0);
    for (query, n_articles) in [
        // Both files hold the same, which is one article with two places.
        ("harbour papers", 1),
        ("format:pdf Kirkholm", 1),
        ("\"cafés on the quay\"", 1),
        ("ferry sails again", 1),
        ("path:b.mbox!/1/plan.pdf", 1),
        ("path:a.eml", 4),
    ] {
        assert_eq!(env.total(query), n_articles, "{query}: {}", output.stdout);
    }
    assert_eq!(env.index(["news"]).unchanged, 8);
    std::fs::remove_file(env.path().join("news/b.mbox")).expect("it is there");
    assert_eq!(env.index(["news"]).deleted, 4);
}

/// Letters inside a letter need neither a name nor, in a digest, a kind.
#[test]
fn letters_within_letters_are_read() {
    let letter = |from: &str, text: &str| format!("From: {from} <{from}@x.example>\nSubject: Notes\n\n{text}\n");
    let forwarded = format!(
        "From: Desk <desk@x.example>\nSubject: Fwd\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nSee below.\n\
         --b\nContent-Type: message/rfc822\nContent-Disposition: inline\n\n{}--b--\n",
        letter("kari", "The budget passed.")
    );
    let digest = format!(
        "From: List <list@x.example>\nSubject: Digest\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=\"a\"\n\n--a\nContent-Type: text/plain\n\nTwo letters.\n\
         --a\nContent-Type: multipart/digest; boundary=\"b\"\n\n--b\n\n{}\n--b\n\n{}\n--b--\n--a--\n",
        letter("al", "A water main broke."),
        letter("bo", "Voters passed the school budget.")
    );
    let bodies = |name: &str, bytes: String| -> Vec<String> {
        read(name, bytes).iter().map(|line| line.rsplit(" / ").next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(bodies("fwd.eml", forwarded), ["See below.", "The budget passed."]);
    assert_eq!(
        bodies("digest.eml", digest),
        ["Two letters.", "A water main broke.", "Voters passed the school budget."]
    );
}

/// One date settles who comes first in a column, for the rows above it too.
#[test]
fn dates_of_a_column_are_read_alike() {
    let dates = |table: &str| -> Vec<String> {
        read("a.csv", table).iter().map(|line| line.split(" / ").nth(2).unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(dates("title,date,text\nA,03/04/2024,x y\nB,13/04/2024,x z\n"), ["2024-04-03", "2024-04-13"]);
    assert_eq!(dates("title,date,text\nA,04/03/2024,x y\nB,04/13/2024,x z\n"), ["2024-04-03", "2024-04-13"]);
    assert_eq!(dates("title,date,text\nA,03/04/2024,x y\nB,04/04/2024,x z\n"), ["2024-03-04", "2024-04-04"]);
}

#[test]
fn columns_of_european_spreadsheets_are_known() {
    check(
        "a.csv",
        "Datum;Titel;Autor;Ressort;Text;Quelle\n03.04.2024;Brücke gesperrt;Anna Müller;Lokales;Die Brücke ist zu.;Das Blatt\n",
        &["1: table / Brücke gesperrt / 2024-04-03 / Anna Müller / Das Blatt / Lokales / - / - / Die Brücke ist zu."],
    );
    check(
        "b.csv",
        "titre;texte;auteur;datum\nPont fermé;Le pont est fermé.;Marie Dupont;03/04/2024\n",
        &["1: table / Pont fermé / 2024-04-03 / Marie Dupont / - / - / - / - / Le pont est fermé."],
    );
}

/// Markdown without front matter says who wrote it as plain text does.
#[test]
fn markdown_has_bylines_too() {
    check(
        "a.md",
        "# Ferry fares to rise\n\nCommuters pay more\n\n*By Sam Lee, March 5, 2024*\n\nFares will rise by 6 percent on the first of May, said the state.\n",
        &["markdown / Ferry fares to rise / 2024-03-05 / Sam Lee / - / - / - / - / \
           Commuters pay more¶Fares will rise by 6 percent on the first of May, said the state."],
    );
    check(
        "b.md",
        "# Ferry fares to rise\n\nBy Sam Lee\nMarch 5, 2024\n\nFares rise.\n",
        &["markdown / Ferry fares to rise / 2024-03-05 / Sam Lee / - / - / - / - / Fares rise."],
    );
    check(
        "d.md",
        "# Third-party licence of the parser\n\n## Parser Generator Licence\n\nPermission is granted to all who want to use it, free of charge.\n",
        &["markdown / Third-party licence of the parser / - /  / - / - / - / - / \
           Parser Generator Licence¶Permission is granted to all who want to use it, free of charge."],
    );
    check(
        "c.md",
        "Ferry fares to rise\n\n*By Sam Lee, March 5, 2024*\n\nFares rise.\n",
        &["markdown / Ferry fares to rise / 2024-03-05 / Sam Lee / - / - / - / - / Fares rise."],
    );
}
