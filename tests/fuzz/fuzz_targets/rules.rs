//! The file of rules on entities: it is understood, or the fault is named with its place.
#![no_main]

use std::path::Path;

use dateline::entities::EntityRules;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match EntityRules::parse(Path::new("entities.toml"), text) {
        Ok(rules) => {
            for rule in rules.rules() {
                assert!(!rule.describe().is_empty() && !rule.names().is_empty());
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
