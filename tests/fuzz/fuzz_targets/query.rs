//! The query parser: what is understood reads back to the same; faults lie on char boundaries.
#![no_main]

use dateline::extract::figure;
use dateline::search::query::{self, ParseConfig};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    let unit_of = |surface: &str| figure::unit_of(surface).map(std::borrow::Cow::into_owned);
    let lemma = |noun: &str| figure::lemma(noun).into_owned();
    let config = ParseConfig { today: &|| jiff::civil::date(2026, 1, 1), unit_of: &unit_of, lemma: &lemma };
    match query::parse(typed, &config) {
        Ok(parsed) => {
            let _ = query::explain(&parsed);
            if let Some(root) = &parsed.root {
                let text = query::to_text(root);
                match query::parse(&text, &config) {
                    Err(error) => panic!("`{typed}` means `{text}`, which is refused:\n{}", error.render(&text)),
                    Ok(again) => assert_eq!(again.root.as_ref().map(query::to_text), Some(text), "{typed}"),
                }
            }
        }
        Err(error) => {
            assert!(typed.get(error.span.range()).is_some());
            let _ = error.render(typed);
        }
    }
});
