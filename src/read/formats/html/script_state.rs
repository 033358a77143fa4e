//! The text of articles that a page keeps in a script and shows only when that has run.
//!
//! Frameworks put what they are going to show into the page as JSON. The article in it is the object
//! that bears the page's headline; its text is the longest run of sentences under one path of keys.

use std::collections::HashMap;

use scraper::{Html, Node};
use serde_json::{Map, Value};

use super::title::key;
use crate::read::prose::paragraphs;

/// Assignments that are tried in one script.
const MAX_VALUES: usize = 20;

/// Objects are nested at most so deep.
const MAX_DEPTH: usize = 40;

/// A shorter string is a label, an identifier, a line of the interface.
const MIN_PROSE_CHARS: usize = 60;

/// Keys under which the headline stands.
const TITLES: &[&str] = &["title", "headline", "headlines", "name"];

/// The text of the article that is called `title`, in paragraphs.
pub(super) fn article_text(page: &Html, title: &str) -> Option<String> {
    let title = key(title);
    if title.is_empty() {
        return None;
    }
    let scripts = page.tree.root().descendants().filter(|node| match node.value() {
        Node::Element(element) => element.name() == "script",
        _ => false,
    });
    let texts = scripts.filter_map(|script| script.children().next()?.value().as_text());
    let longest = texts.flat_map(|text| values(text)).filter_map(|value| article_in(&value, &title, 0));
    longest.max_by_key(String::len)
}

/// The objects in a script: all of it, or what it assigns.
fn values(script: &str) -> Vec<Value> {
    let mut values = Vec::new();
    let mut rest = script.trim_start();
    if !rest.starts_with(['{', '[']) {
        rest = next_value(rest);
    }
    while !rest.is_empty() && values.len() < MAX_VALUES {
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(value)) = stream.next() else { break };
        rest = next_value(&rest[stream.byte_offset()..]);
        values.push(value);
    }
    values
}

/// What begins behind the next sign of equality that an object follows.
fn next_value(script: &str) -> &str {
    let starts = script.match_indices('=').map(|(at, _)| script[at + 1..].trim_start());
    starts.into_iter().find(|rest| rest.starts_with(['{', '[']) && !rest.starts_with("{}")).unwrap_or("")
}

fn article_in(value: &Value, title: &str, depth: usize) -> Option<String> {
    if depth > MAX_DEPTH {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| article_in(item, title, depth + 1)),
        Value::Object(object) if bears(object, title) => longest_text(object),
        Value::Object(object) => object.values().find_map(|value| article_in(value, title, depth + 1)),
        _ => None,
    }
}

fn bears(object: &Map<String, Value>, title: &str) -> bool {
    let is_title = |value: &Value| value.as_str().is_some_and(|text| key(text) == title);
    TITLES.iter().filter_map(|name| object.get(*name)).any(|value| match value {
        Value::Object(kinds) => kinds.values().any(is_title),
        value => is_title(value),
    })
}

/// The sentences under the path of keys that has most of them.
fn longest_text(article: &Map<String, Value>) -> Option<String> {
    let mut by_path: HashMap<String, (usize, Vec<String>)> = HashMap::new();
    let mut n_found = 0;
    for (name, value) in article {
        collect(value, name, 0, &mut n_found, &mut by_path);
    }
    // The first of equals, so that the result is the same each time.
    let n_chars = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
    let longest = by_path.into_values().max_by_key(|(first, texts)| (n_chars(texts), std::cmp::Reverse(*first)))?;
    Some(longest.1.join("\n\n"))
}

fn collect(
    value: &Value,
    path: &str,
    depth: usize,
    n_found: &mut usize,
    by_path: &mut HashMap<String, (usize, Vec<String>)>,
) {
    match value {
        Value::String(text) => {
            let text =
                if super::is_markup(text) { super::plain_text(text) } else { paragraphs(&super::unescape(text)) };
            let is_prose = text.chars().count() >= MIN_PROSE_CHARS
                && text.contains([' ', '。'])
                && !text.contains(['{', '}'])
                && text.trim_end().ends_with(|c: char| !c.is_alphanumeric());
            if is_prose {
                *n_found += 1;
                by_path.entry(path.to_owned()).or_insert_with(|| (*n_found, Vec::new())).1.push(text);
            }
        }
        Value::Array(items) if depth < MAX_DEPTH => {
            items.iter().for_each(|item| collect(item, path, depth + 1, n_found, by_path));
        }
        Value::Object(object) if depth < MAX_DEPTH => {
            for (name, value) in object {
                collect(value, &format!("{path}/{name}"), depth + 1, n_found, by_path);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::read::formats::html::tests::article;

    const FIRST: &str =
        "The council closed the bridge at noon, and by the evening the ferry had a queue of lorries a mile long.";
    const SECOND: &str =
        "Nobody in the town hall would say who had given the order, nor when the road is to open again at all.";
    const OTHER: &str =
        "A storm is expected to close the ports of the north from Friday on, says the office for the weather.";

    #[track_caller]
    fn check(script: &str, expected: &str) {
        let page = format!(
            "<title>Bridge closed | Echo</title><meta property='og:title' content='Bridge closed'>
            <div id=app><a href=/>Home</a></div>{script}"
        );
        assert_eq!(article(&page).body, expected, "{page}");
    }

    #[test]
    fn the_text_in_a_script_is_read() {
        let text = format!("{FIRST}\n\n{SECOND}\n\n{FIRST}");
        let other = format!(r#"{{"title":"Storm ahead","body":"<p>{OTHER}</p><p>{OTHER}</p>"}}"#);
        let html = format!(
            r#"{{"headline":"Bridge closed","teaser":"{OTHER}","body":"<p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p>"}}"#
        );
        check(
            &format!(r#"<script type="application/json">{{"props":{{"other":{other},"page":{html}}}}}</script>"#),
            &text,
        );
        let parts = [FIRST, SECOND, FIRST].map(|part| format!(r#"{{"type":"text","content":"{part}"}}"#)).join(",");
        let parts = format!(r#"{{"headlines":{{"basic":"Bridge closed"}},"elements":[{parts}]}}"#);
        check(&format!("<script>a=a||{{}};a.b=\"c\";a.d={parts};a.e=1</script>"), &text);
    }

    #[test]
    fn other_scripts_are_not_read() {
        check(&format!(r#"<script>a={{"title":"Storm ahead","body":"{OTHER} {OTHER} {OTHER}"}}</script>"#), "Home");
        check("<script>function a() { return {b: 1} }</script>", "Home");
    }
}
