//! The query language with the units and nouns of the real extractor.

use dateline::extract::figure;
use dateline::search::query::{self, ParseConfig, Query, QueryError};

fn read(typed: &str) -> Result<Query, QueryError> {
    let unit_of = |surface: &str| figure::unit_of(surface).map(std::borrow::Cow::into_owned);
    let lemma = |noun: &str| figure::lemma(noun).into_owned();
    query::parse(typed, &ParseConfig { today: &|| jiff::civil::date(2026, 1, 1), unit_of: &unit_of, lemma: &lemma })
}

/// What is accepted has a text that is accepted and means the same.
fn check(typed: &str) {
    let Ok(Query { root: Some(root), .. }) = read(typed) else { return };
    let text = query::to_text(&root);
    let again = read(&text).unwrap_or_else(|error| panic!("`{typed}` means what is refused:\n{}", error.render(&text)));
    assert_eq!(again.root.as_ref().map(query::to_text), Some(text), "`{typed}`");
}

#[test]
fn every_short_text_reads_back() {
    for (alphabet, length) in [
        (vec!["~", ".", "1", "a", "$"], 6),
        (vec!["$", "..", "5", "bn", "%", ">"], 5),
        (vec!["fig.", "people", ":", ">=", "100", "[up]", " "], 5),
        (vec!["lang:", "\u{1}", "-", "en", "=", "*"], 5),
        (vec!["km", "5", " ", "million", "<", ".."], 5),
        (vec!["@", "name", "*", " ", "\\", "OR"], 5),
    ] {
        let mut numbers = vec![0; length];
        loop {
            let text: String = numbers.iter().filter(|n| **n > 0).map(|n| alphabet[n - 1]).collect();
            check(&text);
            let Some(at) = numbers.iter().position(|n| *n < alphabet.len()) else { break };
            numbers[at] += 1;
            numbers[..at].fill(0);
        }
    }
}

/// Nouns and units in every form that people write them in mean what the index calls them.
#[test]
fn measures_read_back() {
    for name in [
        "prisoners",
        "people",
        "children",
        "families",
        "dollars",
        "US$",
        "euros",
        "pounds",
        "per-cent",
        "kilometres",
        "miles",
        "hectares",
        "tonnes",
        "asylum-seekers",
        "deaths",
        "Gefangene",
        "men",
        "data",
        "series",
    ] {
        for range in [">=5", "1m..2bn", "*", "<3[down]"] {
            check(&format!("fig.{name}:{range}"));
        }
        check(&format!("{name}>=300"));
    }
}
