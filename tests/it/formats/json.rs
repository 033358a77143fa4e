//! JSON as services, agencies and data sets write it: no record is lost, and each member is what it is.

use serde_json::{Value, json};

use super::{check, read};
use crate::env::TestEnv;

/// Tags of the first article of a JSON file.
fn tags(json: &str) -> Value {
    let env = TestEnv::new();
    env.write("a.json", json);
    env.run(["read", "--json", "a.json"]).json()[0]["tags"].clone()
}

#[test]
fn names_in_lists_are_no_records() {
    let record = r#"{"title":"Ferry strike ends","summary":"Crews went back to work after three days.",
        "authors":[{"name":"Ann Poe"}],"keywords":[{"name":"glocations","value":"Seattle"}],
        "provider":[{"_type":"Organization","name":"The Paper"}],"about":[{"name":"Seattle","readLink":"x"}],
        "url":"https://paper.example/ferry","date":"2024-03-01"}"#;
    let expected = "Ferry strike ends / 2024-03-01 / Ann Poe / The Paper / - / - / https://paper.example/ferry / \
                    Crews went back to work after three days.";
    check("a.json", record, &[&format!("json / {expected}")]);
    check("a.jsonl", record.replace('\n', " ") + "\n", &[&format!("1: jsonl / {expected}")]);
    check("a.json", format!("[{record}]"), &[&format!("1: json / {expected}")]);
    check("a.json", format!(r#"{{"_type":"News","value":[{record}]}}"#), &[&format!("1: json / {expected}")]);
}

#[test]
fn what_belongs_to_an_article_is_none() {
    let record = r#"{"title":"Dam opens","description":"Water flows again.","date":"2024-03-01",
        "comments":[{"name":"Bo","text":"Good news for all of us here, I think."}],
        "related_stories":[{"title":"Dam closes","url":"https://paper.example/2","date":"2024-01-01"}],
        "seen_before":[{"title":"Dam is built","url":"https://paper.example/3","date":"1984-01-01"}]}"#;
    check("a.json", record, &["json / Dam opens / 2024-03-01 /  / - / - / - / - / Water flows again."]);
}

#[test]
fn a_frame_with_a_title_is_no_article() {
    let story = r#"{"title":"Dam opens","text":"Water flows again.","date":"2024-03-01"}"#;
    let expected = &["1: json / Dam opens / 2024-03-01 /  / - / - / - / - / Water flows again."];
    for frame in [
        r#"{"title":"Our week","description":"All stories.","date":"2024-03-02","stories_of_the_week":[STORY]}"#,
        r#"{"title":"Our week","items":[STORY]}"#,
        r#"{"newspaper":{"name":"The Paper","articles":[STORY]}}"#,
        r#"{"content":[STORY],"pageable":{"offset":0}}"#,
        r#"{"article":STORY}"#,
        r#"{"title":"Our week","hits":[{"_source":STORY}]}"#,
    ] {
        check("a.json", frame.replace("STORY", story), expected);
    }
}

#[test]
fn lead_paragraphs_are_text_and_abstracts_stand_before_it() {
    let docs = r#"{"response":{"docs":[{"_id":"n1","web_url":"https://paper.example/levee","abstract":"The levee held.",
        "snippet":"Officials.","lead_paragraph":"NEW ORLEANS — Officials said on Monday that nobody was hurt.",
        "headline":{"main":"Levee Holds","kicker":null},"keywords":[{"name":"subject","value":"Floods"}],
        "pub_date":"2024-05-06T21:00:03+0000","byline":{"original":"By Ann Poe and Bo Rae"},"section_name":"U.S."}]}}"#;
    check(
        "a.json",
        docs,
        &[
            "1: json / Levee Holds / 2024-05-06T21:00:03Z / Ann Poe & Bo Rae / - / U.S. / - / https://paper.example/levee / \
           The levee held.¶NEW ORLEANS — Officials said on Monday that nobody was hurt.",
        ],
    );
}

#[test]
fn texts_are_found_under_the_names_that_data_sets_use() {
    let line = r#"{"headline":"Will they join","short_description":"There is a song.","category":"MUSIC","date":"2018-05-26"}"#;
    check("a.jsonl", line, &["1: jsonl / Will they join / 2018-05-26 /  / - / MUSIC / - / - / There is a song."]);
    let line = r#"{"document":"The damage is still being assessed.","summary":"Clean-up goes on.","id":"352"}"#;
    let expected = "1: jsonl /  / - /  / - / - / - / - / Clean-up goes on.¶The damage is still being assessed.";
    check("a.jsonl", line, &[expected]);
    let crawled = r#"{"title":"Council votes","maintext":"The council met.","text":null,"date_modify":null,
        "date_publish":"2024-02-29 09:00:00","source_domain":"paper.example","title_rss":null}"#;
    let expected = "json / Council votes / 2024-02-29T09:00:00 /  / paper.example / - / - / - / The council met.";
    check("a.json", crawled, &[expected]);
    let precise =
        r#"{"title":"Tram derails","body":"No one was hurt.","date":"2024-02-03","dateTime":"2024-02-03T04:05:06Z"}"#;
    check("a.json", precise, &["json / Tram derails / 2024-02-03T04:05:06Z /  / - / - / - / - / No one was hurt."]);
}

#[test]
fn a_headline_alone_is_news_where_a_day_or_an_address_tells() {
    let seen = r#"{"articles":[{"url":"https://paper.example/a","title":"Bridge falls","seendate":"20240301T120000Z",
        "domain":"paper.example","language":"English"}]}"#;
    check(
        "a.json",
        seen,
        &[
            "1: json / Bridge falls / 2024-03-01T12:00:00Z /  / paper.example / - / en / https://paper.example/a / Bridge falls",
        ],
    );
    let line = r#"{"headline":"Bridge falls","url":"https://paper.example/a"}"#;
    check("a.jsonl", line, &["1: jsonl / Bridge falls / - /  / - / - / - / https://paper.example/a / Bridge falls"]);
    for menu in [
        r#"[{"title":"Home","url":"https://paper.example/"},{"title":"Sport","url":"https://paper.example/sport"}]"#,
        r#"[{"name":"Ann Poe","url":"https://paper.example/ann"}]"#,
    ] {
        let lines = read("a.json", menu);
        assert!(lines.len() == 1 && lines[0].starts_with('!'), "{lines:?}");
    }
}

#[test]
fn what_has_no_known_text_is_said_once_with_its_members() {
    let list = r#"[{"title":"Zon","tekst":"Droog weer."},{"title":"Regen","tekst":"Nat weer."}]"#;
    check(
        "a.json",
        list,
        &["! no member is called text, body or content; it has `title`, `tekst`; name one with `--map text=MEMBER`"],
    );
    let env = TestEnv::new();
    env.write("a.json", list);
    let lines = env.run(["read", "--json", "--map", "text=tekst", "a.json"]).json();
    let bodies: Vec<_> = lines.iter().map(|line| line["body"].as_str()).collect();
    assert_eq!(bodies, [Some("Droog weer."), Some("Nat weer.")]);
}

#[test]
fn long_prose_of_an_unknown_name_is_the_text() {
    let prose = "De raad kwam maandag bijeen en sprak tot laat in de avond over de brug, die al drie jaar gesloten is voor \
                 vrachtwagens en bussen. Er kwam geen besluit, want de helft van de leden wilde eerst weten wat een nieuwe \
                 brug zou kosten en wie dat betaalt.";
    let list = json!([{
        "title": "Geen besluit", "date": "2024-03-01", "teaser": "De brug blijft dicht.", "artikeltekst": prose,
        "copyrightnotice": format!("{prose} {prose}"),
    }]);
    let expected = format!("1: json / Geen besluit / 2024-03-01 /  / - / - / - / - / De brug blijft dicht.¶{prose}");
    check("a.json", list.to_string(), &[&expected]);
}

#[test]
fn standfirst_and_dateline_stand_before_the_text() {
    let fields = r#"{"response":{"results":[{"webTitle":"Bridge shut","webPublicationDate":"2024-03-05T10:11:12Z",
        "fields":{"standfirst":"<p>Repairs to take a year</p>","trailText":"Repairs","body":"<p>A bridge was shut.</p>"},
        "tags":[{"webTitle":"Russia","type":"keyword"},{"webTitle":"Ann Poe","type":"contributor"}]}]}}"#;
    let expected =
        "1: json / Bridge shut / 2024-03-05T10:11:12Z /  / - / - / - / - / Repairs to take a year¶A bridge was shut.";
    check("a.json", fields, &[expected]);
    assert_eq!(tags(fields), json!(["Russia"]));
    let stated = r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Fires burn","dateline":"PORTO",
        "description":"Rain is due.","articleBody":"Fires burned on Thursday.","datePublished":"2024-08-01"}"#;
    let expected =
        "json-ld / Fires burn / 2024-08-01 /  / - / - / - / - / Rain is due.¶PORTO — Fires burned on Thursday.";
    check("a.jsonld", stated, &[expected]);
}

#[test]
fn numbers_of_terms_are_no_words() {
    let post = r#"[{"id":77,"date":"2024-02-03T14:05:06","title":{"rendered":"Tram derails"},"author":5,
        "content":{"rendered":"<p>A tram derailed.</p>"},"excerpt":{"rendered":"<p>A tram [&hellip;]</p>"},
        "categories":[12,9],"tags":[3]EMBEDDED}]"#;
    let embedded = r#","_embedded":{"author":[{"id":5,"name":"Ann Poe"}],"wp:term":[
        [{"id":12,"taxonomy":"category","name":"Transport"}],[{"id":3,"taxonomy":"post_tag","name":"tram"}],
        [{"id":8,"taxonomy":"post_format","name":"aside"}]]}"#;
    let shown = |author: &str, section: &str| {
        format!("1: json / Tram derails / 2024-02-03T14:05:06 / {author} / - / {section} / - / - / A tram derailed.")
    };
    check("a.json", post.replace("EMBEDDED", ""), &[&shown("", "-")]);
    check("a.json", post.replace("EMBEDDED", embedded), &[&shown("Ann Poe", "Transport")]);
    assert_eq!(tags(&post.replace("EMBEDDED", "")), json!([]));
    assert_eq!(tags(&post.replace("EMBEDDED", embedded)), json!(["Transport", "tram"]));
}

#[test]
fn blocks_are_one_text() {
    let blocks = r#"{"id":"b2","article_url":"https://paper.example/x","title":"Two friends win","author":"Ann Poe",
        "published_date":1325376562000,"type":"article","source":"The Paper","contents":[
        {"content":"Colleges","mime":"text/plain","type":"kicker"},{"content":"Two friends win","type":"title"},
        {"content":"By Ann Poe","type":"byline"},{"content":1325376562000,"type":"date"},
        {"content":"<span class=\"dateline\">BOSTON</span> — They shared a room.","type":"sanitized_html"},
        {"fullcaption":"A player","type":"image","blurb":"b"},null,
        {"content":"They caught passes.","type":"sanitized_html","subtype":"paragraph"}]}"#;
    check(
        "a.json",
        blocks,
        &["json / Two friends win / 2012-01-01T00:09:22Z / Ann Poe / The Paper / - / - / https://paper.example/x / \
           BOSTON — They shared a room.¶They caught passes."],
    );
    let story = r#"{"headlines":{"basic":"Boat sinks"},"display_date":"2024-05-01T10:00:00Z","content_elements":[
        {"type":"text","content":"It sank <b>at noon</b>."},{"type":"image","caption":"A boat","url":"https://paper.example/i.jpg"},
        {"type":"list","items":[{"type":"text","content":"Nine were saved."},{"type":"text","content":"Two were not."}]}],
        "credits":{"by":[{"type":"author","name":"Ann Poe"}]},"taxonomy":{"primary_section":{"name":"Local"}}}"#;
    let expected = "json / Boat sinks / 2024-05-01T10:00:00Z / Ann Poe / - / Local / - / - / \
                    It sank at noon.¶Nine were saved.¶Two were not.";
    check("a.json", story, &[expected]);
    let sections = r#"{"title":"What we know","content":[{"heading":"Toll","text":"Nine are dead."},
        {"heading":"Cause","text":"A pipe broke."}]}"#;
    check("a.json", sections, &["json / What we know / - /  / - / - / - / - / Nine are dead.¶A pipe broke."]);
}

#[test]
fn reports_of_a_live_blog_know_their_paper() {
    let blog = r#"{"@context":"http://schema.org","@type":"LiveBlogPosting","headline":"Election night: live",
        "description":"As it comes in.","datePublished":"2024-07-04T20:00:00Z","author":[{"@type":"Person","name":"Ann Poe"}],
        "publisher":{"@type":"Organization","name":"The Paper","url":"https://paper.example"},"inLanguage":"en"TEXT,
        "liveBlogUpdate":[{"@type":"BlogPosting","headline":"Exit poll","datePublished":"2024-07-04T21:00:00Z",
        "author":{"name":"Bo Rae"},"articleBody":"A landslide."},{"@type":"BlogPosting","headline":"First seat",
        "datePublished":"2024-07-04T22:15:00Z","articleBody":"Sunderland was first."}]}"#;
    let first = "json-ld / Exit poll / 2024-07-04T21:00:00Z / Bo Rae / The Paper / - / en / - / A landslide.";
    let second =
        "json-ld / First seat / 2024-07-04T22:15:00Z / Ann Poe / The Paper / - / en / - / Sunderland was first.";
    check("a.jsonld", blog.replace("TEXT", ""), &[&format!("1: {first}"), &format!("2: {second}")]);
    let whole = "1: json-ld / Election night: live / 2024-07-04T20:00:00Z / Ann Poe / The Paper / - / en / - / \
                 As it comes in.¶Polls have closed.";
    let with_text = blog.replace("TEXT", r#","articleBody":"Polls have closed.""#);
    check("a.jsonld", with_text, &[whole, &format!("2: {first}"), &format!("3: {second}")]);
}

#[test]
fn notes_of_services_are_no_text() {
    let list = r#"{"status":"ok","articles":[{"source":{"id":"p","name":"The Paper"},"title":"Quake hits",
        "description":"A quake hit the coast.","publishedAt":"2024-01-01T12:30:00Z",
        "content":"A quake hit the coast on Monday.… [+1234 chars]"},{"source":{"id":null,"name":"[Removed]"},
        "title":"[Removed]","description":"[Removed]","content":"[Removed]"}]}"#;
    check(
        "a.json",
        list,
        &[
            "1: json / Quake hits / 2024-01-01T12:30:00Z /  / The Paper / - / - / - / A quake hit the coast on Monday.…",
            "2: ! no article text was found in it",
        ],
    );
    let cut = r#"{"title":"Phone sold","content":"A phone was sold... [812 chars]"}"#;
    check("a.json", cut, &["json / Phone sold / - /  / - / - / - / - / A phone was sold..."]);
}

/// An item as Superdesk sends it, with some members changed.
fn superdesk(changes: &[(&str, &str)]) -> String {
    let mut item = json!({
        "guid": "urn:newsml:desk:1", "version": "3", "type": "text", "pubstatus": "usable", "language": "en-AU",
        "versioncreated": "2024-02-14T10:20:11+0000", "firstcreated": "2024-02-14T10:12:45+0000",
        "headline": "Floods cut highway", "source": "The Wire", "byline": "Ann Poe", "located": "Melbourne",
        "description_text": "Drivers face a detour.",
        "body_html": "<p>Floodwater cut the road.</p><p>It is the third flood.</p>",
        "subject": [{"code": "06005000", "name": "flood"}], "service": [{"code": "a", "name": "General News"}],
        "place": [{"code": "VIC", "name": "VIC"}], "genre": [{"code": "Article", "name": "Article"}],
        "authors": [{"name": "Ann Poe", "role": "writer"}, {"name": "Bo Rae", "role": "writer"}],
    });
    for (key, value) in changes {
        item[*key] = json!(value);
    }
    item.to_string()
}

#[test]
fn ninjs_with_a_guid_is_read() {
    let facts =
        "ninjs / Floods cut highway / 2024-02-14T10:12:45Z / Ann Poe & Bo Rae / The Wire / General News / en / -";
    let text = "Drivers face a detour.¶Melbourne — Floodwater cut the road.¶It is the third flood.";
    check("a.json", superdesk(&[]), &[&format!("{facts} / {text}")]);
    // A text with a dateline of its own keeps it.
    let dated = superdesk(&[("body_html", "<p>EUROA, Feb 14 - Floodwater cut the road.</p>")]);
    let text = "Drivers face a detour.¶EUROA, Feb 14 - Floodwater cut the road.";
    check("a.json", dated, &[&format!("{facts} / {text}")]);
    check("a.json", superdesk(&[("type", "picture")]), &["! is a picture, not text"]);
    let withdrawn = superdesk(&[("pubstatus", "canceled"), ("body_html", "")]);
    check("a.json", withdrawn, &["! was withdrawn by its publisher (status `canceled`)"]);
}

#[test]
fn ninjs_with_paragraphs_of_nitf_is_read() {
    let item = |nitf: &str| {
        json!({
            "uri": "urn:wire:5", "type": "text", "versioncreated": "2024-04-03T16:20:00Z", "language": "en",
            "headline": "Earthquake rocks island", "located": "Hualien, Taiwan", "body_nitf": nitf,
            "bylines": [{"by": "By ANN POE and BO RAE", "title": "The Wire"}],
        })
    };
    let facts = "ninjs / Earthquake rocks island / 2024-04-03T16:20:00Z / ANN POE & BO RAE / - / - / en / -";
    let block = "<block id=\"Main\">\n<p>HUALIEN, Taiwan (TW) — Nine are dead.</p>\n<hl2>Rescue</hl2><p>Drones fly.</p></block>";
    let text = "HUALIEN, Taiwan (TW) — Nine are dead.¶Rescue¶Drones fly.";
    check("a.json", item(block).to_string(), &[&format!("{facts} / {text}")]);
    // A headline was written nowhere.
    check("a.json", item("").to_string(), &[&format!("{facts} / Earthquake rocks island")]);
}

#[test]
fn teasers_among_the_bodies_of_ninjs_stand_before_the_text() {
    let item = r#"{"uri":"urn:1","type":"text","standard":{"name":"ninjs","version":"3.0"},"located":"Köln",
        "versioncreated":"2024-06-11T14:33:12Z","headlines":[{"role":"main","value":"Trains stop"}],
        "bodies":[{"role":"teaser","value":"Nothing went."},{"role":"main","contenttype":"application/xhtml+xml",
        "value":"<p>Köln (tw) - A cable burned.</p>"}]}"#;
    let expected =
        "ninjs / Trains stop / 2024-06-11T14:33:12Z /  / - / - / - / - / Nothing went.¶Köln (tw) - A cable burned.";
    check("a.json", item, &[expected]);
}

#[test]
fn wires_with_an_urn_are_read() {
    let item = json!({
        "format": "wire@0.9", "type": "composite", "urn": "urn:newsml:wire:2", "version_created": "2025-01-28T09:18:34Z",
        "pubstatus": "usable", "language": "de", "headline": "Schock in New York", "teaser": "Kurse fallen.",
        "byline": "Von Ann Poe", "dateline": "New York (tw) - ", "creditline": "tw",
        "article_html": "<section><p>New York (tw) - Die Kurse fielen.</p><h2>Ursache</h2><p>Ein Programm.</p></section>",
        "notepad": {"header_html": "<h3>Notizblock</h3>", "nonpublic_html": "<p>Nicht zur Veröffentlichung.</p>"},
        "ednotes": [{"role": "closing", "ednote": "tw so"}],
        "categories": [{"type": "x:signal", "name": "update"}, {"type": "x:subject", "name": "Börse"}],
    });
    check(
        "a.json",
        item.to_string(),
        &["ninjs / Schock in New York / 2025-01-28T09:18:34Z / Ann Poe / tw / Börse / de / - / \
           Kurse fallen.¶New York (tw) - Die Kurse fielen.¶Ursache¶Ein Programm."],
    );
}
