//! Exports of databases of news: each document of a file is an article, whatever the file was saved as.

use serde_json::Value;

use crate::archives::zip;
use crate::env::TestEnv;
use crate::pdf::pdf;

/// Reads one file: a line for each article (record, format, title, date, authors, source, section,
/// language, tags, own id, text), and for each reject.
#[track_caller]
fn read(name: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    let env = TestEnv::new();
    env.write(name, bytes);
    env.run(["read", "--json", name]).json().iter().map(shown).collect()
}

fn shown(line: &Value) -> String {
    let text = |key: &str| line[key].as_str().unwrap_or("-").to_owned();
    let list = |key: &str| {
        line[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(" & ")
    };
    let record = line["record"].as_u64().map(|record| format!("{record}: ")).unwrap_or_default();
    if line["type"] == "rejected" {
        return format!("{record}! {}", text("reason"));
    }
    let facts = [text("format"), text("title"), text("date"), list("authors"), text("source"), text("section")];
    let body = text("body").replace("\n\n", "¶");
    format!("{record}{} / {} / {} / {body}", facts.join(" / "), text("language"), list("tags"))
}

#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let found = read(name, bytes);
    assert_eq!(found, expected, "\n{}", found.join("\n"));
}

/// A Word document of these paragraphs.
fn docx(text: &str) -> Vec<u8> {
    let paragraphs: String = text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{paragraphs}</w:body></w:document>");
    zip(&[("word/document.xml", document.as_bytes())])
}

/// Rich text of these paragraphs.
fn rtf(text: &str) -> String {
    let paragraphs: String = text.lines().map(|line| format!("{line}\\par\n")).collect();
    format!("{{\\rtf1\\ansi {}}}", paragraphs.replace('©', "\\'a9"))
}

const OLDER: &str = "


Download Request: Select Items: 1-2
Time Of Request: Friday, May 30, 2025  16:51:31

Terms: (harbour and Kirkholm)


                               1 of 2 DOCUMENTS



                            The Kirkholm Sentinel

                              May 23, 2025 Friday
                                 Final Edition

Harbour closes for four weeks while divers look for
the lost anchor

BYLINE: By Jane Doe and John Roe

SECTION: NEWS; Pg. 4

LENGTH: 1,512 words

HIGHLIGHT: The ferry sails from Larkwick.

The harbour of Kirkholm closes for four weeks on Monday, and the ferry to the
islands will sail from Larkwick until it opens.

Anyone who holds a ticket may travel, said the harbour master.

LOAD-DATE: May 24, 2025

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                     Copyright 2025 The Kirkholm Sentinel
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                            The Larkwick Evening Post

                                  24 May 2025

SECTION: LETTERS

LENGTH: 40 words

HEADLINE: Too loud

DATELINE: LARKWICK

BODY:
   The ferry is too loud for our street.

   It ought to be painted, too.

LOAD-DATE: May 25, 2025
";

#[test]
fn the_older_form_of_nexis_is_cut_into_its_documents() {
    let body = "The ferry sails from Larkwick.¶The harbour of Kirkholm closes for four weeks on Monday, and the ferry to the \
                islands will sail from Larkwick until it opens.¶Anyone who holds a ticket may travel, said the harbour master.";
    let first = format!(
        "1: text / Harbour closes for four weeks while divers look for the lost anchor / 2025-05-23 / Jane Doe & John Roe / \
         The Kirkholm Sentinel / NEWS / en / page 4 / {body}"
    );
    let second = "2: text / Too loud / 2025-05-24 /  / The Larkwick Evening Post / LETTERS / - /  / \
                  LARKWICK — The ferry is too loud for our street.¶It ought to be painted, too.";
    let left_out = "! 1 of 3 parts of this export hold no article: what stands above the first or below the last";
    check("a.txt", OLDER, &[&first, second, left_out]);
    check("a.zip", zip(&[("in/a.TXT", OLDER.replace('\n', "\r\n").as_bytes())]), &[&first, second, left_out]);
}

#[test]
fn keys_in_other_languages_are_known() {
    let text = "                            1 von 1 DOKUMENTEN\n\n\n                              Hafenbote\n\n                        Freitag 23. Mai 2025\n\n\
                Hafen vier Wochen gesperrt\n\nAUTOR: Von Anna Kern\n\nRUBRIK: LOKALES; S. 7\n\nLÄNGE: 112 Wörter\n\n\
                Der Hafen ist vier Wochen lang gesperrt.\n\nUPDATE: 24. Mai 2025\n\nSPRACHE: DEUTSCH; GERMAN\n";
    let expected = "text / Hafen vier Wochen gesperrt / 2025-05-23 / Anna Kern / Hafenbote / LOKALES / de / page 7 / \
                    Der Hafen ist vier Wochen lang gesperrt.";
    check("a.txt", text, &[expected]);
}

const NEWER: &str = "User Name: Jane Doe
Date and Time: Friday, May 30, 2025 4:51:00 PM BST
Job Number: 1234567
Documents (2)
1. Harbour closes for four weeks
2. Too loud
Harbour closes for four weeks
The Kirkholm Sentinel
May 23, 2025 Friday 8:47 AM GMT
Copyright 2025 The Kirkholm Sentinel All Rights Reserved
Section: NEWS; Pg. A4
Length: 512 words
Byline: Jane Doe
Highlight: The ferry sails from Larkwick.
Body
The harbour of Kirkholm closes for four weeks on Monday.
Anyone who holds a ticket may travel, said the harbour master.
Classification
Language: ENGLISH
Publication-Type: Newspaper
Subject: HARBORS &amp; PORTS (90%); FERRIES (78%)
Load-Date: May 23, 2025
End of Document
Too loud
The Larkwick Evening Post
24 May 2025
Length: 40 words
Body
The ferry is too loud for our street.
Load-Date: May 25, 2025
End of Document
";

#[test]
fn the_newer_form_of_nexis_is_read_in_all_that_it_is_saved_as() {
    let expected = |format: &str| {
        [
            format!(
                "1: {format} / Harbour closes for four weeks / 2025-05-23T08:47:00Z / Jane Doe / The Kirkholm Sentinel / NEWS / en / \
                 harbors & ports & ferries & page A4 / The ferry sails from Larkwick.¶The harbour of Kirkholm closes for \
                 four weeks on Monday.¶Anyone who holds a ticket may travel, said the harbour master."
            ),
            format!(
                "2: {format} / Too loud / 2025-05-24 /  / The Larkwick Evening Post / - / - /  / The ferry is too loud for our street."
            ),
            "! 1 of 3 parts of this export hold no article: what stands above the first or below the last".to_owned(),
        ]
    };
    assert_eq!(read("a.docx", docx(NEWER)), expected("docx"));
    let plain = NEWER.replace("&amp;", "&");
    assert_eq!(read("a.rtf", rtf(&plain)), expected("rtf"));
    // Plain text has blank lines between paragraphs; one document in a file is the file.
    let (_, single) = plain.split_once("End of Document\n").expect("two documents");
    let single = single.replace('\n', "\n\n");
    check(
        "a.txt",
        single,
        &[
            "text / Too loud / 2025-05-24 /  / The Larkwick Evening Post / - / - /  / The ferry is too loud for our street.",
        ],
    );
}

const SHOWN: &str = "Harbour closes for four weeks

By Jane Doe
512 words
23 May 2025
18:20
The Kirkholm Sentinel
KIRKS
Final
4
English
© 2025 The Kirkholm Sentinel. All rights reserved.

The harbour of Kirkholm closes for four weeks on Monday.

Anyone who holds a ticket may travel, said the harbour master.

Document KIRKS00020250523el5n0001x

Letters
Too loud
1,040 words
24 May 2025
The Larkwick Evening Post
LARKEP
English
Copyright 2025. The Larkwick Evening Post.

The ferry is too loud for our street.

Document LARKEP0020250524el5o00002
";

const CODED: &str = "HD
Harbour closes for four weeks
BY
By Jane Doe
WC
512 words
PD
23 May 2025
ET
18:20
SN
The Kirkholm Sentinel
SC
KIRKS
PG
4
LA
English
CY
© 2025 The Kirkholm Sentinel. All rights reserved.
LP
The harbour of Kirkholm closes for four weeks on Monday.
TD
Anyone who holds a ticket may travel, said the harbour master.
NS
gtrans : Transport
AN
Document KIRKS00020250523el5n0001x
SE
Letters
HD
Too loud
WC
1,040 words
PD
24 May 2025
SN
The Larkwick Evening Post
LA
English
LP
The ferry is too loud for our street.
AN
Document LARKEP0020250524el5o00002
";

#[test]
fn both_forms_of_factiva_are_cut_into_their_documents() {
    let expected = |format: &str| {
        [
            format!(
                "1: {format} / Harbour closes for four weeks / 2025-05-23 / Jane Doe / The Kirkholm Sentinel / - / en / page 4 / \
                 The harbour of Kirkholm closes for four weeks on Monday.¶Anyone who holds a ticket may travel, said the harbour master."
            ),
            format!(
                "2: {format} / Too loud / 2025-05-24 /  / The Larkwick Evening Post / Letters / en /  / The ferry is too loud for our street."
            ),
        ]
    };
    assert_eq!(read("a.txt", SHOWN), expected("text"));
    assert_eq!(read("a.rtf", rtf(SHOWN)), expected("rtf"));
    let coded = CODED.replace("TD\n", "\nTD\n\n");
    assert_eq!(read("a.txt", &coded), expected("text"));
    assert_eq!(read("a.docx", docx(CODED)), expected("docx"));
    // In columns, as tables are saved.
    let lines: Vec<&str> = CODED.lines().collect();
    let columns: String = lines.chunks(2).map(|pair| format!("{}\t{}\n", pair[0], pair[1])).collect();
    assert_eq!(read("a.txt", &columns), expected("text"));
    let env = TestEnv::new();
    env.write("news/a.txt", CODED);
    assert_eq!(env.index(["news"]).added, 2);
    assert_eq!(env.total("id:LARKEP0020250524el5o00002"), 1);
    let cover = format!("Search Summary\n\nText: harbour and Kirkholm\n\n{CODED}");
    assert_eq!(
        read("a.txt", &cover).last().map(String::as_str),
        Some("! 1 of 3 parts of this export hold no article: what stands above the first or below the last")
    );
}

#[test]
fn an_export_that_breaks_off_keeps_its_last_document() {
    let without_end = |text: &str, end: &str| text.strip_suffix(end).expect("the end").to_owned();
    let (shown, coded) = ("\nDocument LARKEP0020250524el5o00002\n", "AN\nDocument LARKEP0020250524el5o00002\n");
    for (whole, broken) in [
        (NEWER, without_end(NEWER, "Load-Date: May 25, 2025\nEnd of Document\n")),
        (SHOWN, without_end(SHOWN, shown)),
        (CODED, without_end(CODED, coded)),
    ] {
        assert_eq!(read("a.txt", broken), read("a.txt", whole));
    }
    let below = format!("{SHOWN}\nSearch Summary\n\nText: harbour and Kirkholm\n");
    assert_eq!(
        read("a.txt", below).last().map(String::as_str),
        Some("! 1 of 3 parts of this export hold no article: what stands above the first or below the last")
    );
}

#[test]
fn what_only_resembles_an_export_stays_a_text() {
    for text in [
        // One mark alone.
        "Minutes\n\n1 of 2 DOCUMENTS\n\nThe council met, and read them.\n\n2 of 2 DOCUMENTS\n\nIt read the other one.",
        "How long\n\nLENGTH: 512 words\n\nSECTION: a, b and c are sections of the report, and it goes on.",
        "The plan\n\nIt is a plan of four pages.\n\nEnd of Document",
        "A find\n\nDocument KIRKS00020250523el5n0001x\n\nWas found on Friday in the harbour of Kirkholm.",
        "Words\n\n512 words\n\n23 May 2025\n\nThis is how many words there were on that day, and no more.",
    ] {
        let found = read("a.txt", text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("text / "), "{found:?}");
    }
}

const PROQUEST: &str = "____________________________________________________________

Table of contents

1. Harbour closes for four weeks
2. Too loud

____________________________________________________________

Document 1 of 2

Harbour closes for four weeks

Author: Doe, Jane; John Roe

Publication info: The Kirkholm Sentinel ; Kirkholm [Kirkholm]. 23 May 2025: A.4.

ProQuest document link: https://archive.example/docview/3207654321

Abstract: The ferry sails from Larkwick.

Links: https://archive.example/resolve

Full text: The harbour of Kirkholm closes for four weeks on Monday.

Title: so the master of the harbour calls the notice at his door.

Subject: Ferries; Harbors & ports

Location: Kirkholm

Title: Harbour closes for four weeks

Publication title: The Kirkholm Sentinel; Kirkholm

First page: A.4

Section: News

Publication year: 2025

Publication date: May 23, 2025

Publisher: Kirkholm News

Language of publication: English

Document type: News

ProQuest document ID: 3207654321

Document URL: https://archive.example/docview/3207654321

Copyright: Copyright Kirkholm News

May 23, 2025

Last updated: 2025-05-24

Database: North Sea Newsstream

____________________________________________________________

Document 2 of 2

Too loud

Abstract: The ferry is too loud for our street.

Full text: Not available.

Publication title: The Larkwick Evening Post

Publication date: May 24, 2025

ProQuest document ID: 3207654322

Database: North Sea Newsstream

____________________________________________________________

Contact us at: https://archive.example/contact
";

#[test]
fn proquest_has_its_facts_below_the_text() {
    let expected = |format: &str| {
        [
            format!(
                "1: {format} / Harbour closes for four weeks / 2025-05-23 / Jane Doe & John Roe / The Kirkholm Sentinel / News / \
                 en / Ferries & Harbors & ports & page A.4 / The harbour of Kirkholm closes for four weeks on Monday.¶Title: so \
                 the master of the harbour calls the notice at his door."
            ),
            format!(
                "2: {format} / Too loud / 2025-05-24 /  / The Larkwick Evening Post / - / - /  / The ferry is too loud for our street."
            ),
            "! 1 of 3 parts of this export hold no article: what stands above the first or below the last".to_owned(),
        ]
    };
    assert_eq!(read("a.txt", PROQUEST), expected("text"));
    let lines: String = PROQUEST.lines().filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect();
    assert_eq!(read("a.rtf", rtf(&lines)), expected("rtf"));
    assert_eq!(read("a.docx", docx(&lines.replace('&', "&amp;"))), expected("docx"));
    // An export that breaks off keeps what is whole, and its last document as text.
    let (cut, _) = PROQUEST.split_once("Publication title: The Larkwick").expect("two documents");
    let found = read("a.txt", cut);
    assert_eq!(found[0], expected("text")[0]);
    assert!(found.iter().any(|line| line.contains("too loud for our street")), "{found:?}");
}

/// PDF of these lines, set apart from each other.
fn printed(text: &str) -> Vec<u8> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let pages = lines.chunks(30);
    let pages: Vec<Vec<_>> =
        pages.map(|lines| (0..).zip(lines).map(|(nth, line)| (50, 780 - 24 * nth, 10, *line)).collect()).collect();
    pdf(&pages.iter().map(Vec::as_slice).collect::<Vec<_>>(), "")
}

#[test]
fn exports_are_cut_where_they_were_printed() {
    for (export, n_articles) in [(PROQUEST, 2), (NEWER, 2), (SHOWN, 2)] {
        let plain = export.replace("&amp;", "&").replace('©', "Copyright");
        let found = read("a.pdf", printed(&plain));
        let articles: Vec<&String> = found.iter().filter(|line| !line.starts_with('!')).collect();
        assert_eq!(articles.len(), n_articles, "{found:?}");
        assert!(articles[0].contains("/ 2025-05-23"), "{found:?}");
        assert!(articles[1].contains("/ Too loud / 2025-05-24 /"), "{found:?}");
    }
}

#[test]
fn lines_of_underscores_alone_are_no_export() {
    let text = "Notice\n\n____________________\n\nThe document says: the harbour closes.\n\n____________________\n\nTitle: none.\n";
    let found = read("a.txt", text);
    assert_eq!(found.len(), 1, "{found:?}");
}
