//! The block of metadata at the top of a Markdown file: YAML between `---`, TOML between `+++`.
//!
//! A broken block is read line by line as far as it goes: what it says may be lost, the article never.

use serde_json::{Map, Value};

/// Blocks of TOML are at most this long; longer ones are read line by line.
const MAX_TOML_BYTES: usize = 100_000;

/// A line of TOML has at most so many dots: keys of many parts take time with the square of their number.
const MAX_TOML_DOTS: usize = 100;

/// Splits `text` into its front matter and the rest. Without front matter, all of it is the rest.
pub(super) fn split(text: &str) -> (Map<String, Value>, &str) {
    let start = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    let (fence, is_toml) = match start.lines().next().map(str::trim_end) {
        Some("---") => ("---", false),
        Some("+++") => ("+++", true),
        _ => return (Map::new(), text),
    };
    let block_start = start.find('\n').map_or(start.len(), |at| at + 1);
    let mut at = block_start;
    for line in start[block_start..].split_inclusive('\n') {
        let is_end = line.trim_end() == fence || (!is_toml && line.trim_end() == "...");
        if is_end {
            let block = &start[block_start..at];
            let fields = if is_toml { from_toml(block) } else { from_yaml(block) };
            let rest = &start[at + line.len()..];
            let fields = fields.unwrap_or_else(|| from_lines(block));
            // Two rules around text are no front matter.
            return if fields.is_empty() && !block.trim().is_empty() { (fields, text) } else { (fields, rest) };
        }
        at += line.len();
    }
    // Never closed: the lines that look like metadata are, up to the first blank one.
    let end = start[block_start..].find("\n\n").map_or(start.len(), |at| block_start + at + 1);
    let fields = from_lines(&start[block_start..end]);
    if fields.is_empty() { (fields, text) } else { (fields, &start[end..]) }
}

fn from_yaml(block: &str) -> Option<Map<String, Value>> {
    match serde_saphyr::from_str(block) {
        Ok(Value::Object(fields)) => Some(fields),
        _ => None,
    }
}

fn from_toml(block: &str) -> Option<Map<String, Value>> {
    let is_dotted = |line: &str| line.bytes().filter(|&byte| byte == b'.').count() > MAX_TOML_DOTS;
    if block.len() > MAX_TOML_BYTES || block.lines().any(is_dotted) {
        return None;
    }
    let table: toml::Table = block.parse().ok()?;
    Some(table.into_iter().map(|(key, value)| (key, to_json(value))).collect())
}

fn to_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(moment) => Value::String(moment.to_string()),
        toml::Value::Array(items) => items.into_iter().map(to_json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, to_json(value))).collect())
        }
    }
}

/// `key: value` or `key = value`, with lists of `- item` lines below a bare key.
fn from_lines(block: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut list_key: Option<String> = None;
    for line in block.lines() {
        let trimmed = line.trim();
        if let (Some(key), Some(item)) = (&list_key, trimmed.strip_prefix("- ")) {
            if let Some(Value::Array(items)) = fields.get_mut(key) {
                items.push(Value::String(unquote(item).to_owned()));
            }
            continue;
        }
        let is_key = |key: &str| {
            !key.is_empty()
                && key.len() <= 40
                && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
        };
        let Some((key, value)) = trimmed.split_once([':', '=']).filter(|(key, _)| is_key(key.trim())) else { continue };
        let (key, value) = (key.trim().to_owned(), unquote(value));
        if value.is_empty() {
            fields.insert(key.clone(), Value::Array(Vec::new()));
            list_key = Some(key);
        } else {
            fields.insert(key, Value::String(value.to_owned()));
            list_key = None;
        }
    }
    fields
}

fn unquote(value: &str) -> &str {
    value.trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, fields: &str, rest: &str) {
        let (found, found_rest) = split(text);
        assert_eq!((Value::Object(found).to_string().as_str(), found_rest), (fields, rest));
    }

    #[test]
    fn both_kinds_are_split_off() {
        check(
            "---\ntitle: A\ndate: 2014-05-08 10:16:13 -0400\n---\nB",
            r#"{"title":"A","date":"2014-05-08 10:16:13 -0400"}"#,
            "B",
        );
        check("---\ntags: [a, b]\n...\nB", r#"{"tags":["a","b"]}"#, "B");
        check("+++\ndate = 2024-05-03\n+++\nB", r#"{"date":"2024-05-03"}"#, "B");
        check("---\n---\nB", "{}", "B");
        check("No front matter\n---\nB", "{}", "No front matter\n---\nB");
    }

    #[test]
    fn broken_blocks_give_what_they_can() {
        check("---\ntitle: A: \"B\" c\ntags:\n- x\n---\nB", r#"{"title":"A: \"B\" c","tags":["x"]}"#, "B");
        check("---\ntitle: A\n\nB", r#"{"title":"A"}"#, "\nB");
        let key = ["a"; 1000].join(".");
        check(&format!("+++\ntitle = \"A\"\n{key} = 1\n+++\nB"), r#"{"title":"A"}"#, "B");
        check("---\n\nJust a rule\n\n---\n\nB", "{}", "---\n\nJust a rule\n\n---\n\nB");
    }
}
