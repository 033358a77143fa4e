//! What holds for any text and any tree.

use super::trees::tree;
use super::*;

fn without_spans(mut tree: Node) -> Node {
    tree.span = Span::new(0, 0);
    tree.expr = match tree.expr {
        Expr::All(nodes) => Expr::All(nodes.into_iter().map(without_spans).collect()),
        Expr::Any(nodes) => Expr::Any(nodes.into_iter().map(without_spans).collect()),
        Expr::Not(inner) => Expr::Not(Box::new(without_spans(*inner))),
        Expr::Near { left, right, distance, ordered } => Expr::Near {
            left: Box::new(without_spans(*left)),
            right: Box::new(without_spans(*right)),
            distance,
            ordered,
        },
        other => other,
    };
    tree
}

/// Text made of the signs of the language, so that it is dense in near misses.
fn signs() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        prop::sample::select(vec![
            "(",
            ")",
            "\"",
            "“",
            "”",
            "-",
            "=",
            "+",
            "~",
            "~1",
            "*",
            "?",
            "/",
            "\\",
            ":",
            "..",
            ">",
            "<",
            ">=",
            "$",
            "%",
            "[",
            "]",
            "[up]",
            " ",
            " ",
            " ",
            " ",
            "OR",
            "AND",
            "NOT",
            "NEAR/3",
            "ONEAR/0",
            "a",
            "bank",
            "5",
            "1,5",
            "2bn",
            "person:",
            "place:",
            "fig.usd:",
            "fig:",
            "date:",
            "title:",
            "source:",
            "prisoners",
            "million",
            "2022-03",
            "é",
            "東",
            "\u{200f}",
            "\t",
            "Title:",
            "last-2w",
            "#",
            "&",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,2}",
    ];
    prop::collection::vec(part, 0..14).prop_map(|parts| parts.concat())
}

fn check_any_text(source: &str) -> Result<(), TestCaseError> {
    match read(source) {
        Ok(query) => {
            prop_assert_eq!(&query.source, source);
            for note in &query.notes {
                prop_assert!(source.get(note.span.range()).is_some());
            }
            explain(&query);
            let Some(root) = query.root else { return Ok(()) };
            let mut is_inside = true;
            visit(&root, &mut |node| is_inside &= source.get(node.span.range()).is_some_and(|text| !text.is_empty()));
            prop_assert!(is_inside, "{root:?}");
            let text = to_text(&root);
            let again = read(&text).map_err(|error| TestCaseError::fail(error.render(&text)))?;
            prop_assert_eq!(again.root.map(without_spans), Some(without_spans(root)), "{}", text);
        }
        Err(error) => {
            prop_assert!(source.get(error.span.range()).is_some());
            let rendered = error.render(source);
            prop_assert!(rendered.lines().count() <= 4, "{}", rendered);
        }
    }
    Ok(())
}

/// Words over a small alphabet of signs that come together in few queries people type, and in many that
/// they paste: every one of up to so many letters.
#[test]
fn every_short_text_of_signs_is_read_or_refused() {
    for (alphabet, length) in [
        (vec!["~", ".", "5", "a", "$"], 6),
        (vec!["lang:", "-", "\u{1}", "a", "\""], 5),
        (vec!["a", "*", "-", "?", "~1", "'"], 5),
        (vec!["\\", "(", ")", "a", " ", "😀"], 5),
        (vec!["/", "[", "]", "a", "^", "$"], 5),
        (vec!["\u{200f}", "-", "(", "a", "\"", " "], 5),
        (vec!["id:", "*", "a", "(", ")", " ", "OR "], 6),
        (vec!["fig.a:", ">", "=", "5", "..", "%"], 5),
        (vec!["date:", "2022", "-", "3", "..", "<"], 5),
        (vec!["NEAR/1", " ", "a", "(", ")", "OR"], 6),
    ] {
        let mut numbers = vec![0; length];
        loop {
            let text: String = numbers.iter().filter(|n| **n > 0).map(|n| alphabet[n - 1]).collect();
            check_any_text(&text).unwrap_or_else(|error| panic!("`{text}`: {error}"));
            let Some(at) = numbers.iter().position(|n| *n < alphabet.len()) else { break };
            numbers[at] += 1;
            numbers[..at].fill(0);
        }
    }
}

/// What people paste: prose, headlines, addresses, code, tables, other scripts.
const PASTED: &[&str] = &[
    "Breaking: markets fall 5% on Monday — \"worst day\" since 2008, traders say…",
    "It’s O'Brien's “big” day (really?), isn't it? Yes & no; 12\" records, 6' 2\" tall.",
    "https://example.org/a/b?c=d&e=f#g, mailto:jane@example.org or www.example.org/~jane/",
    "if (a >= b) { return x[i]->y; } // see foo::bar<T>(&mut self) -> Result<(), E>",
    "SELECT * FROM t WHERE a >= 5 AND b <> 'x' OR NOT c;",
    "for (int i = 0; i <= 10; ++i) { total += prices[i] * 1.5; }",
    "let len = buffer.len() >= 0x10 && flags != 0b01 || len>=0xff;",
    "{\"name\": \"Jane\", \"n\": [1, 2.5, -3e10], \"ok\": true, \"title\":\"x\",\"date\":\"soon\"}",
    "| date | source | title |\n|---|:-:|---|\n| 3/4/2022 | AP | *x* **y** `z` |",
    "@nytimes: RT @bbc #breaking :-) <3 ^_^ ¯\\_(ツ)_/¯ 😀🎉",
    "- first\n- second (a)\n* third\n1) fourth\n  -- Jane, 3 March 2022, 12:30 p.m.",
    "В Києві: «обмін полонених» — 390 осіб, повідомляє Reuters.",
    "東京（共同）：首相は「景気回復」と述べた。3.5％増",
    "القاهرة: قال الرئيس «نعم» (٢٠٢٢) \u{202b}RTL\u{202c}",
    "Ελλάδα; हिन्दी। ไทย ภาษา — עברית \"שלום\"",
    "E = mc^2; x_1 >= 0.5, f(x) = {x | x < 3}; ∑∞ ≥ ≤ ± 5 °C → 41 °F",
    "From: Jane <jane@example.org>\nTo: Joe\nSubject: Re: FW: loan (5bn..6bn?)\nDate: Tue, 3 May 2022 12:30:00 +0200",
    "Portland, OR / Terre Haute, IN AND more OR less, NOT NEAR WATER",
    "C:\\Users\\jane\\*.pdf ~/news/*.txt $HOME/${x:-y} `ls -la | grep \"a b\" > out.txt 2>&1`",
    "$5m–$10m, £3m-£4m, €2,5 Mio., 1.000.000, 50%+, >50 dead, <1%, ~500, +44 20 7946 0958, -5",
    "[1] See note 12..14; cf. pp. 3–5 (ibid.) †‡§ [citation needed] ... etc.",
    "Person: a man; Place: here; Title: none; Source: own; note:this id:",
    "<p class=\"a\">AT&amp;T</p> <!-- x --> &nbsp; %20 \\n \\u00e9 \u{0}\u{1b}[31m",
    "a/b/c and/or 24/7 w/o n/a /r/worldnews s/old/new/g /^a.*b$/i",
];

/// A piece of a paste, cut anywhere.
fn pasted() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(PASTED.to_vec()), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let piece = piece.prop_map(|(text, from, to)| {
        let words: Vec<&str> = text.split_inclusive(' ').collect();
        let (from, to) = (from.index(words.len()), to.index(words.len()));
        words[from.min(to)..=from.max(to)].concat()
    });
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.join("\n…\n"))
}

#[test]
fn whole_pastes_are_text() {
    for text in PASTED {
        assert!(read(text).is_ok(), "{}", read(text).expect_err("a fault").render(text));
    }
}

fn word_node(word: &str) -> Node {
    let expr = Expr::Text { scope: Scope::Anywhere, pattern: Pattern::Word(word.to_owned()) };
    Node { expr, span: Span::new(0, word.len()) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8 * ProptestConfig::default().cases, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(source in "\\PC{0,60}|(?s).{0,30}") {
        check_any_text(&source)?;
    }

    #[test]
    fn any_signs_are_read_or_refused(source in signs()) {
        check_any_text(&source)?;
    }

    #[test]
    fn pasted_text_is_never_a_fault(source in pasted()) {
        // What is shorter may have been typed.
        prop_assume!(source.split_whitespace().count() > 3);
        let query = read(&source).map_err(|error| TestCaseError::fail(error.render(&source)))?;
        prop_assert!(query.root.is_some());
        check_any_text(&source)?;
    }

    #[test]
    fn text_without_signs_is_words(words in prop::collection::vec("[\\p{L}\\p{N}][\\p{L}\\p{N}'’]{0,8}", 0..8)) {
        let source = words.join(" ");
        let is_operator = |word: &String| matches!(word.as_str(), "AND" | "OR" | "NOT");
        prop_assume!(!words.iter().any(is_operator));
        let query = read(&source).map_err(|error| TestCaseError::fail(error.render(&source)))?;
        let mut found = Vec::new();
        if let Some(root) = &query.root {
            visit(root, &mut |node| if let Expr::Text { pattern: Pattern::Word(word), .. } = &node.expr {
                found.push(word.clone());
            });
        }
        let apart = |word: &String| match unspaced::split_words(word_node(word), word) {
            Node { expr: Expr::All(parts), .. } => parts.into_iter().filter_map(|part| match part.expr {
                Expr::Text { pattern: Pattern::Word(word), .. } => Some(word),
                _ => None,
            }).collect(),
            _ => vec![word.clone()],
        };
        prop_assert_eq!(found, words.iter().flat_map(apart).collect::<Vec<_>>());
    }

    #[test]
    fn text_of_a_tree_parses_back(tree in tree()) {
        let text = to_text(&tree);
        let query = read(&text).map_err(|error| TestCaseError::fail(error.render(&text)))?;
        let apart = without_spans(unspaced::split_words(tree, ""));
        prop_assert_eq!(query.root.map(without_spans), Some(apart), "{}", text);
    }
}
