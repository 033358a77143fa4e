//! Nothing of a file is lost in silence: what its reader might pass over is read, or named.

use super::{check, read};
use crate::env::TestEnv;

/// Titles and texts of the articles of a file, and the reasons of its rejects.
#[track_caller]
fn check_texts(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let shown: Vec<String> = read(name, bytes)
        .into_iter()
        .map(|line| {
            let parts: Vec<&str> = line.split(" / ").collect();
            match parts[..] {
                [first, title, .., text] => {
                    let record = first.split_once(": ").map(|(record, _)| format!("{record}: ")).unwrap_or_default();
                    format!("{record}{title} / {text}")
                }
                _ => line,
            }
        })
        .collect();
    assert_eq!(shown, expected, "\n{}", shown.join("\n"));
}

#[test]
fn cells_behind_the_last_column_are_its_text() {
    check_texts(
        "a.csv",
        "date,title,text\n2024-05-03,Dam opens,Water flows again, says the town, and fish return.\n\
         2024-05-04,Dam closes,\"Dry, again.\",,\n",
        &["1: Dam opens / Water flows again, says the town, and fish return.", "2: Dam closes / Dry, again."],
    );
    // A spreadsheet spread the text over columns of its own.
    check_texts(
        "a.csv",
        "title,text,,\nDam opens,Water flows again, says the town,\nDam closes,Dry.,,\n",
        &["1: Dam opens / Water flows again, says the town", "2: Dam closes / Dry."],
    );
    check_texts(
        "a.tsv",
        "date\ttitle\n2024\tDam opens\tand closes\n",
        &["1: Dam opens and closes / Dam opens and closes"],
    );
}

#[test]
fn rows_with_more_cells_than_columns_are_named() {
    check_texts(
        "a.csv",
        "title,text,url\nDam opens,Water flows, again,https://paper.example/1\n\
         Dam closes,Dry.,https://paper.example/2,,\n",
        &[
            "1: Dam opens / Water flows",
            "1: ! has 4 cells for 3 columns; what stands in those was read, the rest was not; put texts with such \
             marks in quotation marks",
            "2: Dam closes / Dry.",
        ],
    );
}

#[test]
fn columns_of_one_name_are_put_together() {
    check(
        "a.csv",
        "title,author,text,Text,author,title\nDam opens,Jane Doe,Water flows.,Fish return.,Bo Rae,7\n\
         Dam closes,Jane Doe,Dry.,Dry.,,8\n",
        &[
            "1: table / Dam opens / - / Jane Doe & Bo Rae / - / - / - / - / Water flows.¶Fish return.",
            "2: table / Dam closes / - / Jane Doe / - / - / - / - / Dry.",
        ],
    );
}

const STORIES: [(&str, &str); 3] = [
    ("A", r#"{"title":"Dam opens","text":"Water flows."}"#),
    ("B", r#"{"title":"Cup won","text":"Oslo won.","date":"2024-05-03"}"#),
    ("C", r#"{"webTitle":"Play ends","webPublicationDate":"2024-05-03T10:00:00Z","webUrl":"https://paper.example/3"}"#),
];

/// `A`, `B` and `C` stand for the stories.
fn with_stories(json: &str) -> String {
    STORIES.iter().fold(json.to_owned(), |json, (name, story)| json.replace(&format!("#{name}"), story))
}

#[test]
fn all_lists_of_a_file_are_read() {
    let expected = ["1: Dam opens / Water flows.", "2: Cup won / Oslo won.", "3: Play ends / Play ends"];
    for json in [
        r#"{"news":[#A],"sport":[#B],"culture":[#C]}"#,
        r#"{"articles":[#A],"posts":[#B,#C]}"#,
        r#"{"response":{"status":"ok","results":[#A,#B],"leadContent":[#C]}}"#,
        r#"{"data":{"news":[#A],"sport":[#B]},"other":{"data":[#C]}}"#,
        r#"{"articles":[#A],"x":{"y":{"z":[#B,#C]}}}"#,
        r#"{"articles":[#A],"sections":[{"name":"Sport","articles":[#B]},{"name":"Plays","articles":[#C]}]}"#,
        r#"{"docs":[#A,#B],"news":{"items":[#C]}}"#,
    ] {
        check_texts("a.json", with_stories(json), &expected);
    }
    check_texts("a.json", with_stories("#A\n#B\n#C"), &expected);
    check_texts("a.json", with_stories("{\n\"docs\":[#A]}\n{\n\"docs\":\n[#B,#C]}"), &expected);
    check_texts(
        "a.json",
        with_stories("{\n\"docs\": [#A]}\n{\"docs\": [#B"),
        &[expected[0], "! invalid JSON at line 3, column 68: EOF while parsing a list"],
    );
}

#[test]
fn lists_within_an_article_are_read() {
    let digest = r#"{"title":"Our day","text":"What happened today.","articles":[#A,#B]}"#;
    let expected = ["1: Our day / What happened today.", "2: Dam opens / Water flows.", "3: Cup won / Oslo won."];
    check_texts("a.json", with_stories(digest), &expected);
    check_texts(
        "a.json",
        with_stories(r#"{"article":{"title":"Our day","text":"What happened today."},"posts":[#A,#B]}"#),
        &expected,
    );
    // Each line has its number.
    let env = TestEnv::new();
    env.write("news/a.jsonl", with_stories(&format!("{digest}\n{{\"stories\":[#A,#C]}}\n")));
    let lines = env.run(["read", "--json", "news"]).json();
    let found: Vec<String> = lines.iter().map(|line| format!("{}: {}", line["record"], line["title"])).collect();
    assert_eq!(found, ["1: \"Our day\"", "1: \"Dam opens\"", "1: \"Cup won\"", "2: \"Dam opens\"", "2: \"Play ends\""]);
    env.index(["news"]);
    assert_eq!(env.total("dam OR cup OR play OR day"), 4, "one is a copy");
}

/// What services send along, and what stands beside the text of an article.
#[test]
fn what_stands_beside_articles_is_none() {
    for json in [
        r#"{"articles":[#A],"sources":[{"id":"p","name":"The Paper","description":"News of the town.","url":"https://paper.example"}]}"#,
        r#"{"response":{"results":[#A],"section":{"id":"s","webTitle":"Sport","webUrl":"https://paper.example/sport"},
            "editions":[{"id":"uk","webTitle":"UK","webUrl":"https://paper.example/uk"}]}}"#,
        r#"{"feed":{"title":"The Paper","subtitle":"News of the town.","updated":"2024-05-03","link":"https://paper.example"},"entries":[#A]}"#,
        r#"{"data":[#A],"facets":{"tags":[{"name":"Water","count":3}]},"sort":[{"name":"Date","url":"https://x.example"}]}"#,
        r#"{"posts":[#A],"reader_comments":[{"title":"Well","text":"Good news for all of us.","date":"2024-05-03"}],
            "authors":[{"name":"Jo","title":"Reporter","description":"Writes of water.","created":"2024-05-03"}],
            "related_news":[{"title":"Dam","text":"All of it.","date":"2024-05-03"}],
            "issue":{"title":"Friday","description":"The paper of Friday.","date":"2024-05-03"}}"#,
    ] {
        check_texts("a.json", with_stories(json), &["1: Dam opens / Water flows."]);
    }
    let article = r#"{"title":"Dam opens","text":"Water flows.","sections":[{"title":"Fish","text":"They return."}],
        "timeline":[{"date":"2020-01-01","title":"Begun","text":"Work began."}],
        "mostRead":[{"title":"Cup won","text":"Oslo won the cup.","url":"https://paper.example/2"}],
        "revisions":[{"title":"Dam opens","text":"WORDS","date":"2024-05-03"}]}"#;
    check_texts("a.json", article.replace("WORDS", &"Water flows. ".repeat(40)), &["Dam opens / Water flows."]);
}

#[test]
fn attachments_without_names_are_read() {
    let letter = "From: Desk <desk@paper.example>\nSubject: Two papers\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nSee below.\n\
        --b\nContent-Type: text/html\nContent-Disposition: attachment\n\n<h1>Dam opens</h1><p>Water flows.</p>\n\
        --b\nContent-Type: application/rtf\n\n{\\rtf1 Oslo won the cup.}\n\
        --b\nContent-Type: application/msword\nContent-Disposition: attachment\n\n\u{1}\u{2}\0\0\0\0\n\
        --b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n\
        --b\nContent-Type: application/pgp-signature\n\nabc\n--b--\n";
    let env = TestEnv::new();
    env.write("a.eml", letter);
    let lines = env.run(["read", "--json", "a.eml"]).json();
    let found: Vec<String> = lines
        .iter()
        .map(|line| {
            let path = line["path"].as_str().unwrap_or("").rsplit('/').next().unwrap_or("").to_owned();
            format!("{path}: {}", line["body"].as_str().or(line["reason"].as_str()).unwrap_or(""))
        })
        .collect();
    let expected = [
        "a.eml: See below.",
        "attachment-1.html: Dam opens\n\nWater flows.",
        "attachment-2.rtf: Oslo won the cup.",
        "attachment-3.doc: is binary data, not text",
    ];
    assert_eq!(found, expected);
}

const HEAD: &str = "From: The Paper <news@paper.example>\nSubject: Our day\nMIME-Version: 1.0\n";

#[test]
fn dashes_between_stories_end_no_letter() {
    let check = |text: &str, expected: &str| {
        check_texts("a.eml", format!("{HEAD}\n{text}"), &[&format!("Our day / {expected}")]);
    };
    check(
        "The dam opens.\n\n--\n\nOslo wins.\n\n--\n\nThe play ends.\n",
        "The dam opens.¶--¶Oslo wins.¶--¶The play ends.",
    );
    let story = "The play ends after nine years, says the town.";
    check(&format!("The dam opens.\n--\n{story}\n"), &format!("The dam opens.¶--¶{story}"));
    check("The dam opens.\n-- \nJane Doe\nThe Paper\n", "The dam opens.");
    check("The dam opens.\n--\nJane Doe\nThe Paper\n", "The dam opens.");
    check("The dam opens.\n-- \nYou receive this as you are subscribed to our news.\n", "The dam opens.");
}

#[test]
fn each_part_of_a_letter_has_its_own_signature() {
    let letter = |parts: &[(&str, &str)]| {
        let parts: String = parts.iter().map(|(kind, text)| format!("--b\nContent-Type: {kind}\n\n{text}\n")).collect();
        format!("{HEAD}Content-Type: multipart/mixed; boundary=\"b\"\n\n{parts}--b--\n")
    };
    let two = letter(&[("text/plain", "The dam opens.\n-- \nJane Doe"), ("text/plain", "Oslo wins the cup.")]);
    check_texts("a.eml", two, &["Our day / The dam opens.¶Oslo wins the cup."]);
    let mixed = letter(&[
        ("text/plain", "The dam opens again after many years."),
        ("text/html", "<p>Oslo wins the cup.</p>"),
        ("text/plain", "_____\nTown mailing list\nhttps://paper.example/list"),
    ]);
    check_texts("a.eml", mixed, &["Our day / The dam opens again after many years.¶Oslo wins the cup."]);
}

#[test]
fn marks_of_utf8_cost_no_letter() {
    let mark = "\u{feff}";
    let letter = |title: &str| {
        format!("Subject: {title}\nMessage-ID: <1@x>\nFrom: Jane Doe <j@x.example>\n\nIt rains in {title}.\n")
    };
    check_texts("a.eml", format!("{mark}{}", letter("Oslo")), &["Oslo / It rains in Oslo."]);
    let mailbox = format!(
        "{mark}From j@x Fri May  3 18:20:00 2024\n{}\nFrom j@x Sat May  4 18:20:00 2024\n{}",
        letter("Oslo"),
        letter("Bergen")
    );
    check_texts("a.mbox", mailbox, &["1: Oslo / It rains in Oslo.", "2: Bergen / It rains in Bergen."]);
    check_texts(
        "a.csv",
        format!("{mark}sep=;\ntitle;text\nDam opens;Water flows.\n"),
        &["1: Dam opens / Water flows."],
    );
    check_texts(
        "a.csv",
        format!("{mark}\"title\",\"the\ntext\",text\nDam opens,x,Water flows.\n"),
        &["1: Dam opens / Water flows."],
    );
}

#[test]
fn paragraphs_begin_no_letter() {
    let mailbox = "From j@x Fri May  3 18:20:00 2024\nSubject: Dam\nFrom: Jane Doe <j@x.example>\n\nThe dam opens.\n\n\
        From 2024 on, water flows.\n\nFrom - Sat May  4 18:20:00 2024\nSubject: Cup\nFrom: Jane Doe <j@x.example>\n\nOslo wins.\n";
    check_texts("a.mbox", mailbox, &["1: Dam / The dam opens.¶From 2024 on, water flows.", "2: Cup / Oslo wins."]);
}

#[test]
fn texts_in_many_pieces_are_whole() {
    let pieces: String = (1..=150).map(|nth| format!("<TEXT>\n<P>\nPiece {nth}.\n</P>\n</TEXT>\n")).collect();
    let found = read("a.sgml", format!("<DOC>\n<DOCNO>1</DOCNO>\n<HEADLINE>Dam opens</HEADLINE>\n{pieces}</DOC>\n"));
    assert!(found[0].contains("Piece 1.¶Piece 2.") && found[0].ends_with("Piece 149.¶Piece 150."), "{}", found[0]);
}

#[test]
fn each_feed_of_a_file_has_its_name() {
    let channel = |name: &str, title: &str| {
        format!(
            "<channel><title>{name}</title><item><title>{title}</title><description>It rains.</description></item></channel>"
        )
    };
    check(
        "a.xml",
        format!("<rss>{}{}</rss>", channel("The Paper", "Dam opens"), channel("The Herald", "Cup won")),
        &[
            "1: feed / Dam opens / - /  / The Paper / - / - / - / It rains.",
            "2: feed / Cup won / - /  / The Herald / - / - / - / It rains.",
        ],
    );
}
