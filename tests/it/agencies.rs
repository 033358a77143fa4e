//! Agencies, collections, feeds and wikis as they are: datelines, bylines and leads stand where print has
//! them, nothing is torn, said twice or lost, and what was taken back is named.

use crate::formats::check;

const G2: &str = r#"<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" xml:lang="en"><itemMeta>
    <itemClass qcode="ninat:text"/><provider><name>The Wire</name></provider><versionCreated>2024-05-03T10:00:00Z</versionCreated>
    STATUS</itemMeta><contentMeta>META</contentMeta><contentSet>SET</contentSet></newsItem>"#;

fn g2(status: &str, meta: &str, content: &str) -> String {
    G2.replace("STATUS", status).replace("META", meta).replace("SET", content)
}

fn page(inside: &str) -> String {
    format!(
        "<inlineXML contenttype=\"application/xhtml+xml\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{inside}\
         </body></html></inlineXML>"
    )
}

#[test]
fn datelines_stand_below_standfirsts_and_once() {
    let facts = "newsml-g2 / Ferry aground / 2024-05-03T10:00:00Z / Ann Moe / The Wire / - / en / -";
    let meta = "<located><name>KIRKHOLM</name></located><headline>Ferry aground</headline><by>By Ann Moe</by>\
                <dateline>KIRKHOLM, May 3 (Wire)</dateline><description role=\"drol:summary\">Nobody was hurt.</description>";
    let told = page("<p>By Ann Moe</p><p>KIRKHOLM, May 3 (Wire) - The ferry hit the quay.</p>");
    check(
        "a.xml",
        g2("", meta, &told),
        &[&format!("{facts} / Nobody was hurt.¶By Ann Moe¶KIRKHOLM, May 3 (Wire) - The ferry hit the quay.")],
    );
    let untold = page("<p>The ferry hit the quay.</p>");
    check(
        "a.xml",
        g2("", meta, &untold),
        &[&format!("{facts} / Nobody was hurt.¶KIRKHOLM, May 3 (Wire) — The ferry hit the quay.")],
    );
    let nitf = r#"<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Ferry aground</hl1>
        <hl2>Nobody hurt</hl2></hedline><dateline><location><city>Kirkholm</city></location>, <story.date>3 May</story.date>
        (Wire) - </dateline></body.head><body.content><p>The ferry hit the quay.</p></body.content></body></nitf></inlineXML>"#;
    let meta = "<located><name>Kirkholm</name></located><headline>Ferry aground</headline><by>Ann Moe</by>";
    check(
        "a.xml",
        g2("", meta, nitf),
        &[&format!("{facts} / Nobody hurt¶Kirkholm, 3 May (Wire) — The ferry hit the quay.")],
    );
    let newsml = r#"<NewsML Version="1.2"><NewsItem xml:lang="en"><NewsManagement><FirstCreated>20240503T100000Z</FirstCreated></NewsManagement>
        <NewsComponent><NewsLines><DateLine>KIRKHOLM, May 3 (Wire) -</DateLine><HeadLine>Ferry aground</HeadLine>
        <SubHeadLine>Nobody hurt</SubHeadLine></NewsLines><ContentItem><DataContent><p>The ferry hit the quay.</p></DataContent>
        </ContentItem></NewsComponent></NewsItem></NewsML>"#;
    check(
        "a.xml",
        newsml,
        &["newsml / Ferry aground / 2024-05-03T10:00:00Z /  / - / - / en / - / \
           Nobody hurt¶KIRKHOLM, May 3 (Wire) — The ferry hit the quay."],
    );
}

#[test]
fn second_headlines_lead_where_no_summary_does() {
    let meta = "<headline>Ferry aground</headline><headline role=\"hld:subHeadline\">Nobody hurt</headline>";
    let text = "<inlineData contenttype=\"text/plain\">The ferry hit the quay.</inlineData>";
    check(
        "a.xml",
        g2("", meta, text),
        &["newsml-g2 / Ferry aground / 2024-05-03T10:00:00Z /  / The Wire / - / en / - / \
           Nobody hurt¶The ferry hit the quay."],
    );
}

#[test]
fn headers_of_pages_and_kinds_of_subjects_are_told() {
    let meta = "<subject type=\"cpnat:geoArea\"><name>Norway</name></subject>\
                <subject type=\"cpnat:abstract\"><name>Ferries</name></subject>\
                <subject type=\"x:category\"><name>Transport</name></subject><headline>Ferry aground</headline>";
    let text = page(
        "<header><ul><li>Ferries</li></ul><time>3 May 12:00</time><h1>Ferry aground</h1><p>By Ann Moe</p></header>\
         <section><p>The ferry hit the quay.</p></section>",
    );
    let facts = "newsml-g2 / Ferry aground / 2024-05-03T10:00:00Z /  / The Wire";
    check("a.xml", g2("", meta, &text), &[&format!("{facts} / Transport / en / - / The ferry hit the quay.")]);
    let places = "<subject type=\"cpnat:geoArea\"><name>Norway</name></subject><headline>Ferry aground</headline>";
    check("a.xml", g2("", places, &text), &[&format!("{facts} / - / en / - / The ferry hit the quay.")]);
}

#[test]
fn what_was_taken_back_is_named() {
    let text = page("<p>The ferry hit the quay.</p>");
    let withdrawn = "<pubStatus qcode=\"stat:canceled\"/>";
    let named = "! was withdrawn by its publisher (status `stat:canceled`)";
    check("a.xml", g2(withdrawn, "<headline>Ferry aground</headline>", &text), &[named]);
    check("a.xml", g2(withdrawn, "", ""), &[named]);
    let nitf = "<nitf><head><docdata management-status=\"canceled\"/></head><body><body.content><p>Rain.</p>\
                </body.content></body></nitf>";
    check("a.xml", nitf, &["! was withdrawn by its publisher (status `canceled`)"]);
    let newsml = "<NewsML><NewsItem><NewsManagement><Status FormalName=\"Canceled\"/></NewsManagement><NewsComponent>\
                  <ContentItem><DataContent>Rain.</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>";
    check("a.xml", newsml, &["! was withdrawn by its publisher (status `Canceled`)"]);
}

#[test]
fn packages_are_named_and_what_they_bring_along_is_read() {
    let package = r#"{"uri":"urn:p","type":"composite","versioncreated":"2024-05-03T10:00:00Z","headline":"Morning package",
        "description_text":"All of the morning.","associations":{"main":{"uri":"urn:1","type":"text",
        "versioncreated":"2024-05-03T09:00:00Z","headline":"Ferry aground","body_text":"The ferry hit the quay."},
        "pic":{"uri":"urn:2","type":"picture","versioncreated":"2024-05-03T09:00:00Z","headline":"The quay"}}}"#;
    let ferry = "2: ninjs / Ferry aground / 2024-05-03T09:00:00Z /  / - / - / - / - / The ferry hit the quay.";
    check("a.json", package, &["1: ! is a composite item, not text", ferry]);
    for status in ["canceled", "stat:withheld"] {
        let item = format!(
            r#"{{"uri":"urn:1","type":"text","versioncreated":"2024-05-03T09:00:00Z","pubstatus":"{status}","headline":"Ferry aground","body_text":"The ferry hit the quay."}}"#
        );
        check("a.json", item, &[&format!("! was withdrawn by its publisher (status `{status}`)")]);
    }
    let text = page("<p>The ferry hit the quay.</p>");
    let withheld = g2("<pubStatus qcode=\"stat:withheld\"/>", "<headline>Ferry aground</headline>", &text);
    check("a.xml", withheld, &["! was withdrawn by its publisher (status `stat:withheld`)"]);
}

#[test]
fn wordings_in_the_language_of_the_item_are_taken() {
    let meta = "<language tag=\"fr\"/><headline xml:lang=\"en\">Ferry aground</headline><headline xml:lang=\"fr\" \
                role=\"hld:short\">Bac échoué</headline><headline xml:lang=\"fr\" role=\"hld:main\">Un bac s’échoue</headline>\
                <creator role=\"x:editor\"><name>Bo Rae</name></creator><creator><name>AFP</name></creator>\
                <creator role=\"x:author\"><name>Ann Moe</name></creator><subject><name xml:lang=\"en\">Harbours</name>\
                <name xml:lang=\"fr\">Ports</name></subject><description role=\"x:teaser\" xml:lang=\"en\">Nobody hurt.</description>\
                <description role=\"x:teaser\" xml:lang=\"fr\">Aucun blessé.</description>";
    let text = page("<p>Le bac a heurté le quai.</p>");
    check(
        "a.xml",
        g2("", meta, &text),
        &["newsml-g2 / Un bac s’échoue / 2024-05-03T10:00:00Z / Ann Moe / The Wire / Ports / fr / - / \
           Aucun blessé.¶Le bac a heurté le quai."],
    );
    let ninjs = r#"{"uri":"urn:1","type":"text","standard":{"name":"ninjs","version":"3.0"},"language":"fr",
        "versionCreated":"2024-05-03T10:00:00Z","headlines":[{"role":"subheadline","value":"Aucun blessé"},{"language":"en","role":"main",
        "value":"Ferry aground"},{"language":"fr","role":"main","value":"Un bac s’échoue"}],"bodies":[{"role":"caption","language":"fr",
        "value":"Le quai."},{"role":"main","language":"en","contentType":"text/html","value":"<p>The ferry hit the quay.</p>"},
        {"role":"main","language":"fr","value":"Le bac a heurté le quai."}]}"#;
    check(
        "a.json",
        ninjs,
        &["ninjs / Un bac s’échoue / 2024-05-03T10:00:00Z /  / - / - / fr / - / Le bac a heurté le quai."],
    );
}

#[test]
fn nitf_keeps_lines_whole_and_says_things_once() {
    let nitf = r#"<nitf baselang="en-US"><head><title>x</title><meta name="online_sections" content="Harbours; Front Page"/>
        <docdata><date.issue norm="20240503"/><key-list><keyword key="FERRY AGROUND"/></key-list><identified-content>
        <classifier>Ferries</classifier><classifier>Top/News</classifier></identified-content></docdata></head><body><body.head>
        <hedline><hl1>Ferry hits quay</hl1><hl2>Ferry aground</hl2></hedline><byline>By ANN Q. MOE</byline><byline>MOE, ANN Q</byline>
        <dateline>KIRKHOLM, May 2</dateline></body.head><body.content><block class="lead"><p>The <object.title>Valkyrie</object.title>
        hit the quay, Capt. <person><name.given>Per</name.given> <name.family>Lie</name.family></person> said.</p></block><block><p>The
        <object.title>Valkyrie</object.title> hit the quay, Capt. <person><name.given>Per</name.given> <name.family>Lie</name.family></person>
        said.</p><p>Nobody was hurt.</p></block></body.content></body></nitf>"#;
    check(
        "a.xml",
        nitf,
        &["nitf / Ferry hits quay / 2024-05-03 / ANN Q. MOE / - / Harbours / en / - / \
           KIRKHOLM, May 2 — The Valkyrie hit the quay, Capt. Per Lie said.¶Nobody was hurt."],
    );
}

#[test]
fn items_of_the_reuters_corpus_are_read() {
    let item = r#"<?xml version="1.0"?><newsitem itemid="17" date="1996-08-20" xml:lang="en"><title>NORWAY: Ferry aground.</title>
        <headline>Ferry aground.</headline><byline>Ann Moe</byline><dateline>KIRKHOLM</dateline><text><p>The ferry hit the quay.</p>
        <p>Nobody was hurt.</p></text><metadata><dc element="dc.source" value="The Wire"/></metadata></newsitem>"#;
    check(
        "a.xml",
        item,
        &["newsml / Ferry aground. / 1996-08-20 / Ann Moe / The Wire / - / en / - / \
           KIRKHOLM — The ferry hit the quay.¶Nobody was hurt."],
    );
}

#[test]
fn collections_keep_leads_and_days() {
    let documents = "<DOC>\n<DOCNO> WIR880212-0001 </DOCNO>\n<HEAD>Ferry aground</HEAD>\n<TEXT>\n   The ferry hit the\nquay.\n\
        </TEXT>\n<TEXT>\n   Nobody was hurt.\n</TEXT>\n</DOC>\n<DOC>\n<DOCNO>\nABC900402-0191\n</DOCNO>\n<HL>\n   Harbours:\n   \
        Ferry Aground\n   ----\n   By Ann Moe\n   Staff Reporter\n</HL>\n<DD> 04/02/90</DD>\n<LP>\n   KIRKHOLM -- The ferry\n\
        hit the quay.\n</LP>\n<TEXT>\n   Nobody was hurt.\n</TEXT>\n</DOC>\n";
    check(
        "a",
        documents,
        &[
            "1: sgml / Ferry aground / 1988-02-12 /  / - / - / - / - / The ferry hit the quay.¶Nobody was hurt.",
            "2: sgml / Harbours: Ferry Aground / 1990-04-02 / Ann Moe / - / - / - / - / \
             KIRKHOLM -- The ferry hit the quay.¶Nobody was hurt.",
        ],
    );
    let gigaword = "<DOC id=\"WIR_ENG_20040401.0001\" type=\"story\" >\n<HEADLINE>\nFerry aground\n</HEADLINE>\n<DATELINE>\n\
        KIRKHOLM, April 1 (Wire)\n</DATELINE>\n<TEXT>\n<P>\nThe ferry\nhit the quay.\n</P>\n<P>\nNobody was hurt.\n</P>\n</TEXT>\n\
        </DOC>\n<DOC id=\"WIR_ENG_20040401.0002\" type=\"multi\" >\n<TEXT>\nRain fell.\n</TEXT>\n</DOC>\n";
    check(
        "a.txt",
        gigaword,
        &[
            "1: sgml / Ferry aground / 2004-04-01 /  / - / - / - / - / \
             KIRKHOLM, April 1 (Wire) — The ferry hit the quay.¶Nobody was hurt.",
            "2: sgml /  / 2004-04-01 /  / - / - / - / - / Rain fell.",
        ],
    );
}

#[test]
fn feeds_resolve_addresses_and_drop_backlinks() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://paper.example/news/"><title>The Paper</title>
        <entry xml:base="2024/"><title>Ferry aground</title><link href="05/ferry.html"/><content>It hit the quay.</content></entry></feed>"#;
    check(
        "a.xml",
        atom,
        &["1: feed / Ferry aground / - /  / The Paper / - / - / https://paper.example/news/2024/05/ferry.html / \
           It hit the quay."],
    );
    let rss = r#"<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:y="http://news.yandex.ru"><channel><title>The Paper</title>
        <item><title>Ferry hits the quay</title><description><![CDATA[<p>Nobody was hurt. [&#8230;]</p><p>The post <a href="x">Ferry hits
        the quay</a> appeared first on <a href="y">The Paper</a>.</p>]]></description><content:encoded><![CDATA[<p>It was foggy.</p>
        <p>The post <a href="x">Ferry hits the quay</a> appeared first on <a href="y">The Paper</a>.</p>]]></content:encoded></item>
        <item><title>Rain</title><description>It rained.</description><y:full-text>It rained. The mayor said so.

It will rain.</y:full-text></item></channel></rss>"#;
    check(
        "a.xml",
        rss,
        &[
            "1: feed / Ferry hits the quay / - /  / The Paper / - / - / - / Nobody was hurt. […]¶It was foggy.",
            "2: feed / Rain / - /  / The Paper / - / - / - / It rained. The mayor said so.¶It will rain.",
        ],
    );
}

#[test]
fn feeds_of_a_part_of_a_paper_are_of_the_paper() {
    let rss = r#"<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbours Archives - The Paper</title>
        <item><title>Ferry hits the quay</title><content:encoded><![CDATA[<p>It was foggy.</p><p>Related: <a href="q">Quays of the north</a></p>
        <p>Nobody was hurt.</p><aside><h3>More</h3><a href="r">Ferries of old</a></aside><p>It sails again.</p><p>The post <a href="x">Ferry
        hits the quay</a> appeared first on <a href="y">The Paper</a>.</p>]]></content:encoded></item>
        <item><title>Rain</title><description>It rained.</description></item></channel></rss>"#;
    check(
        "a.xml",
        rss,
        &[
            "1: feed / Ferry hits the quay / - /  / The Paper / - / - / - / It was foggy.¶Nobody was hurt.¶It sails again.",
            "2: feed / Rain / - /  / The Paper / - / - / - / It rained.",
        ],
    );
    let json = r#"{"title":"Ferry hits the quay","body":"<p>It was foggy.</p><aside><p><span>Related: </span><a href='q'>Quays of the north</a></p></aside><p>Nobody was hurt.</p>"}"#;
    check("a.json", json, &["json / Ferry hits the quay / - /  / - / - / - / - / It was foggy.¶Nobody was hurt."]);
}

#[test]
fn what_was_not_published_is_named() {
    let entry = |kind: &str, inside: &str| {
        format!(
            "<entry><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>\
             <title>Ferry aground</title><content>It hit the quay.</content>{inside}</entry>"
        )
    };
    let entries = [
        entry("settings", ""),
        entry("template", ""),
        entry("comment", ""),
        entry("post", "<category scheme='http://www.blogger.com/atom/ns#' term='Harbours'/>"),
        entry("post", "<app:control><app:draft>yes</app:draft></app:control>"),
    ];
    let blog = format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>The Blog</title>{}</feed>", entries.concat());
    check(
        "a.xml",
        blog,
        &[
            "4: feed / Ferry aground / - /  / The Blog / Harbours / - / - / It hit the quay.",
            "! 4 of 5 entries are no published articles: 1 comment, 1 of status draft, 1 settings, 1 template",
        ],
    );
    let ghost = r#"{"db":[{"data":{"posts":[{"title":"Ferry aground","html":"<p>It hit the quay.</p>","status":"published"},
        {"title":"Rain","html":"<p>It rained.</p>","status":"draft"}]}}]}"#;
    check(
        "a.json",
        ghost,
        &[
            "1: json / Ferry aground / - /  / - / - / - / - / It hit the quay.",
            "2: ! was not published (status `draft`)",
        ],
    );
    for fact in ["draft: true", "published: false", "status: draft"] {
        let found = if fact.starts_with("published") { "unpublished" } else { "draft" };
        let text = format!("---\ntitle: Rain\n{fact}\n---\nIt rained.\n");
        check("a.md", text, &[&format!("! was not published (status `{found}`)")]);
    }
    check(
        "a.md",
        "---\ntitle: Rain\ndraft: false\n---\nIt rained.\n",
        &["markdown / Rain / - /  / - / - / - / - / It rained."],
    );
}

#[test]
fn of_equivalents_one_is_read() {
    let newsml = |language: &str, parts: &str| {
        format!(
            "<NewsML Version='1.2'><NewsItem xml:lang='{language}'><NewsManagement><FirstCreated>20240503T100000Z</FirstCreated>\
             </NewsManagement><NewsComponent EquivalentsList='yes'>{parts}</NewsComponent></NewsItem></NewsML>"
        )
    };
    let forms = "<NewsLines><HeadLine>Ferry aground</HeadLine></NewsLines><ContentItem><DataContent>The ferry hit the quay. \
                 Nobody was hurt.</DataContent></ContentItem><ContentItem><DataContent><p>The ferry hit the quay.</p><p>Nobody was \
                 hurt.</p></DataContent></ContentItem>";
    let facts = "2024-05-03T10:00:00Z /  / - / -";
    check(
        "a.xml",
        newsml("en", forms),
        &[&format!("newsml / Ferry aground / {facts} / en / - / The ferry hit the quay.¶Nobody was hurt.")],
    );
    let part = |language: &str, title: &str, text: &str| {
        format!(
            "<NewsComponent xml:lang='{language}'><NewsLines><HeadLine>{title}</HeadLine></NewsLines><ContentItem><DataContent>\
             <p>{text}</p></DataContent></ContentItem></NewsComponent>"
        )
    };
    let parts = [part("en", "Ferry aground", "It hit the quay."), part("fr", "Bac échoué", "Il a heurté le quai.")];
    check(
        "a.xml",
        newsml("fr", &parts.concat()),
        &[&format!("newsml / Bac échoué / {facts} / fr / - / Il a heurté le quai.")],
    );
}
