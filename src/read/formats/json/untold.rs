//! Which member holds the texts of a list's records, where none has a known name for it.
//!
//! It is one for the whole list: a record with a short text has it where those with long ones have theirs.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::records;
use super::renamed;
use crate::read::Mapping;
use crate::read::decode::decode;
use crate::read::formats::fields::{Fields, longest_of};
use crate::read::prose::n_words_of_text;

/// Records that are looked at.
const MAX_RECORDS: usize = 200;

/// The member that holds the texts of these records, in plain form; `None` where none is much longer than a title.
pub(super) fn text_member<'r>(records: impl Iterator<Item = &'r Map<String, Value>>) -> Option<String> {
    let mut members: HashMap<String, Vec<usize>> = HashMap::new();
    let mut above = Vec::new();
    for record in records.take(MAX_RECORDS) {
        let fields = Fields::of(record);
        if fields.has_text() || !fields.is_titled() {
            continue;
        }
        above.push(fields.n_words_above());
        for (name, text) in fields.open_members() {
            members.entry(name.to_owned()).or_default().push(n_words_of_text(text));
        }
    }
    let n_records = above.len();
    let mut names: Vec<(String, usize)> =
        members.into_iter().map(|(name, n_words)| (name, middle(n_words, n_records))).collect();
    names.sort_unstable();
    let longest = longest_of(names.iter().map(|(_, n_words)| *n_words).enumerate(), middle(above, n_records))?;
    Some(names.swap_remove(longest).0)
}

/// The same for lines of JSON.
pub(in crate::read) fn text_member_of_lines(lines: &[u8], columns: &Mapping) -> Option<Arc<str>> {
    let lines = lines.split(|&byte| byte == b'\n').take(MAX_RECORDS);
    let parsed = |line| serde_json::from_str::<Value>(decode(line, None).trim_start_matches('\u{feff}').trim()).ok();
    let values: Vec<Value> = lines.filter_map(parsed).map(|value| renamed(value, columns)).collect();
    let found = values.iter().flat_map(records::of_line);
    text_member(found.filter_map(|record| Some(record.ok()?.object))).map(Arc::from)
}

/// The middle one of so many numbers, of which those that are missing are 0.
fn middle(mut numbers: Vec<usize>, n_all: usize) -> usize {
    numbers.resize(n_all.max(numbers.len()), 0);
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::read::parse_bytes;

    const LIST: &str = r#"[{"title":"Ferry sinks","tekst":"The ferry Alba sank off Ness on Monday."},
        {"title":"Rain","tekst":"Wet."},{"title":"Dam holds","tekst":"The dam at Larkwick held through the night.","note":"x"}]"#;

    #[track_caller]
    fn bodies(name: &str, json: &str) -> Vec<String> {
        let article = |result: Result<crate::article::Article, _>| result.expect("an article").body;
        parse_bytes(name, json.as_bytes()).into_iter().map(article).collect()
    }

    #[test]
    fn all_records_of_a_list_have_their_text_in_one_member() {
        let expected =
            ["The ferry Alba sank off Ness on Monday.", "Wet.", "The dam at Larkwick held through the night."];
        assert_eq!(bodies("a.json", LIST), expected);
        let lines = LIST.replace(",\n", "\n").replace("},{", "}\n{");
        assert_eq!(bodies("a.jsonl", lines.trim_matches(['[', ']'])), expected);
    }

    #[test]
    fn a_record_may_call_its_text_something_else() {
        let long = "It held through the night, said the keeper of the dam. ".repeat(12);
        let other = format!(r#"{{"title":"Dam","summary":"It held.","artikel_de":"{}"}}"#, long.trim());
        let list = LIST.replace("}]", &format!("}},{other}]"));
        assert_eq!(bodies("a.json", &list)[3], long.trim());
    }

    #[test]
    fn numbers_and_lists_of_names_are_no_text() {
        let rows = |key: &str, value: &str| {
            let row = format!(r#"{{"title":"Ferry sinks off Ness","date":"2024-05-06","{key}":"{value}"}}"#);
            bodies("a.json", &format!("[{row},{row}]"))
        };
        let numbers = "[0.12 -0.33 0.51 0.44 0.91 0.02 0.13 0.77 0.65 0.20 0.12 0.33]";
        assert!(rows("v2thing", numbers).iter().all(|body| !body.contains("0.12")));
        let names = "Ann Fox; Tom Moe; Bob Gray; Kit Lane; Ness Harbour; Larkwick; Alba Ferries; Sam Poe";
        let long = |text: &str| [text; 12].join(" ");
        assert!(rows("v2thing", &long("0.12 -0.33 0.51 0.44")).iter().all(|body| !body.contains("0.12")));
        assert!(rows("seen", &long("Ann Fox; Tom Moe; Bob Gray;")).iter().all(|body| !body.contains("Ann Fox")));
        assert!(rows("seen", names).iter().all(|body| !body.contains("Ann Fox")));
    }

    #[test]
    fn names_in_members_are_lists_too() {
        for authors in [
            r#""author":{"name":["Ann Fox","Bob Gray"]}"#,
            r#""authors":"['Ann Fox', 'Bob Gray']""#,
            r#""authors":["Fox, Ann","Gray, Bob"]"#,
            r#""authors":"Ann Fox | Bob Gray""#,
        ] {
            let json = format!(r#"{{"title":"A","text":"x y",{authors},"tags":"['sea', 'ferry']","source":"nan"}}"#);
            let article = parse_bytes("a.json", json.as_bytes()).remove(0).expect("an article");
            assert_eq!(article.authors, ["Ann Fox", "Bob Gray"], "{authors}");
            assert_eq!((article.tags.join(" "), article.source), ("sea ferry".to_owned(), None));
        }
    }

    #[test]
    fn the_beginning_of_a_text_may_stand_apart() {
        let joomla =
            r#"{"title":"Ferry sinks","introtext":"<p>All were saved.</p>","fulltext":"<p>It sank at noon.</p>"}"#;
        assert_eq!(bodies("a.json", joomla), ["All were saved.\n\nIt sank at noon."]);
        assert_eq!(bodies("a.json", &joomla.replace("<p>It sank at noon.</p>", "")), ["All were saved."]);
    }
}
