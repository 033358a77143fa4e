//! The query as a whole: spans, limits, faults, explanations, the grammar.

use super::*;

#[test]
fn spans_cover_what_was_typed() {
    let source = "a -title:(b OR \"c d\"~2) prisoners >= 300, NOT x";
    let query = read(source).expect("no fault");
    let mut found = Vec::new();
    visit(&query.root.expect("a tree"), &mut |node| found.push(node.span.of(source).to_owned()));
    assert_eq!(
        found,
        [
            source,
            "a",
            "-title:(b OR \"c d\"~2)",
            "title:(b OR \"c d\"~2)",
            "b",
            "\"c d\"~2",
            "prisoners >= 300",
            "NOT x",
            "x"
        ]
    );
}

#[test]
fn limits() {
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    check(&nested(MAX_DEPTH), "a");
    check(&nested(MAX_DEPTH + 1), "error: the query is nested deeper than 100 levels");
    check(&nested(1_000_000), "error: the query is nested deeper than 100 levels");
    check(&"(".repeat(1_000_000), "(");
    check(&format!("{}a", "NOT ".repeat(500_000)), "error: the query is nested deeper than 100 levels");
    check(&"a ".repeat(MAX_PARTS + 1), "error: the query has more than 10000 parts");
    assert!(read(&"a ".repeat(MAX_PARTS)).is_ok());
    check(&"x".repeat(MAX_QUERY_BYTES + 1), "error: the query is longer than 4194304 bytes");
    let half_nested = format!("{}a{}", "(".repeat(500_000), ")".repeat(50));
    check(&half_nested, "a");
}

/// Long inputs of every sign take time in proportion: a quadratic pass over a megabyte is minutes.
#[test]
fn long_input_is_read_in_linear_time() {
    let started = std::time::Instant::now();
    for unit in [
        "a", "(", ")", "\"", "“", "„a", "» ", "/", "\\", "-", "=", "~", "*", "?", "a*", ":", "fig.", "a:", "..", ">",
        "a > ", "$", "[", "/a", " /a", "(/[", "\"\\", "a-", "NEAR/", "x>=5", "$1..", "+a", "-(", "=\"", "@ ", "& ",
        "(& ", "date", "1,", "„ ", "” ", "f(", "f) ",
    ] {
        let text = unit.repeat((1 << 20) / unit.len());
        let _ = read(&text);
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn faults_are_shown_with_a_caret() {
    let source = "fraud persn:zelensky";
    let error = read(source).expect_err("a fault");
    assert_eq!(
        error.render(source),
        "unknown field `persn:`\n  fraud persn:zelensky\n        ^^^^^^\nhint: did you mean `person:zelensky`?"
    );
}

#[test]
fn explanation() {
    let source = "(terror* OR \"a b\"~2) NEAR/15 person:zelensky -source:wire usd>1,500,000.5[up] date:2022-03 &";
    let query = read(source).expect("no fault");
    assert_eq!(
        explain(&query),
        "\
all of:
  at most 15 words apart, in any order:
    any of:
      words that begin with `terror` in title or body
      the phrase `a b` in any form, with at most 2 other words between, in title or body
    person with `zelensky` in a name or alias
  not:
    source with the words `wire`
  a figure in the unit `usd`, more than 1,500,000.5, rising
  published from 2022-03-01 to 2022-03-31
in full: (terror* OR \"a b\"~2) NEAR/15 person:zelensky NOT source:wire fig.usd:>1500000.5[up] date:2022-03-01..2022-03-31
note: &: left out, since it has no letter or digit to look for
"
    );
    assert_eq!(explain(&read("").expect("no fault")), "every article\n");
}

/// Every example in the grammar parses, without a remark on it, to what its text says in full; and no
/// line is wider than a terminal.
#[test]
fn the_grammar_is_true() {
    assert!(GRAMMAR.lines().all(|line| line.chars().count() <= 80));
    let examples = GRAMMAR.split_once("Examples\n").expect("examples").1;
    let mut n_examples = 0;
    for line in examples.lines() {
        let (example, _) = line.trim_start().split_once("  ").expect("an example and its meaning");
        check_no_note(example);
        let root = read(example).expect("no fault").root.expect("a tree");
        let again = read(&to_text(&root)).expect("no fault").root.expect("a tree");
        assert_eq!(shown(&to_text(&again)), shown(example));
        n_examples += 1;
    }
    assert!(n_examples >= 30);
    // What is given as an alternative in a meaning is true as well.
    for text in ["storm NOT Bangkok", "$1bn..$5bn", "=\"bank fraud\"", "source:=\"The New York Times\"", ">1m..<5m"] {
        assert!(GRAMMAR.contains(text), "{text}");
        assert!(read(text).is_ok(), "{text}");
    }
    for field in field::NAMES {
        assert!(GRAMMAR.contains(&format!("{field}:")), "{field}");
    }
    let (_, rest) = GRAMMAR.split_once("  day       = ").expect("days");
    let (days, _) = rest.split_once("\n\n").expect("the end of the days");
    for day in days.split('|').map(str::trim) {
        assert!(read(&format!("date:{day}")).is_ok(), "{day}");
    }
    let (_, rest) = GRAMMAR.split_once("  number    = ").expect("numbers");
    for number in rest.lines().next().unwrap_or_default().split('|').map(str::trim) {
        assert!(read(&format!("fig.usd:{number}")).is_ok(), "{number}");
    }
    let (_, rest) = GRAMMAR.split_once("  condition = ").expect("conditions");
    let conditions: Vec<&str> = rest.lines().take(2).flat_map(|line| line.split('|')).collect();
    for condition in conditions.iter().filter_map(|text| text.split_whitespace().next()) {
        assert!(read(&format!("fig.usd:5[{condition}]")).is_ok(), "{condition}");
    }
}
