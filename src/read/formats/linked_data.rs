//! Graphs of schema.org as files: who is meant where an article only refers to a person or a paper.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// The value with names in the places of references: `{"@id": "x"}` becomes what the graph says of `x`.
pub(super) fn resolved(mut value: Value) -> Value {
    let mut named = HashMap::new();
    gather(&value, &mut named);
    if !named.is_empty() {
        replace(&mut value, &named);
    }
    value
}

/// What has both a name and an id, without all else that is said of it.
fn gather(value: &Value, named: &mut HashMap<String, Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, named)),
        Value::Object(object) => {
            if let (Some(Value::String(id)), Some(Value::String(name))) = (object.get("@id"), object.get("name")) {
                let mut node = Map::from_iter([("name".to_owned(), Value::String(name.clone()))]);
                node.extend(object.get("@type").map(|kind| ("@type".to_owned(), kind.clone())));
                named.entry(id.clone()).or_insert(Value::Object(node));
            }
            object.values().for_each(|value| gather(value, named));
        }
        _ => {}
    }
}

/// Members that say who wrote or brought out an article. A page keeps its address, though it has a name too.
const ROLES: [&str; 8] =
    ["author", "creator", "contributor", "editor", "publisher", "provider", "sourceOrganization", "copyrightHolder"];

fn replace(value: &mut Value, named: &HashMap<String, Value>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, named)),
        Value::Object(object) => {
            for (key, value) in object {
                if ROLES.contains(&key.as_str()) {
                    match &mut *value {
                        Value::Array(references) => references.iter_mut().for_each(|one| look_up(one, named)),
                        reference => look_up(reference, named),
                    }
                }
                replace(value, named);
            }
        }
        _ => {}
    }
}

fn look_up(reference: &mut Value, named: &HashMap<String, Value>) {
    let id = reference.get("@id").and_then(Value::as_str).filter(|_| reference.get("name").is_none());
    if let Some(node) = id.and_then(|id| named.get(id)) {
        *reference = node.clone();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_become_names() {
        let graph = json!([
            {"@id": "p", "@type": "Person", "name": "Jane Doe"},
            {"author": [{"@id": "p"}, {"@id": "q"}], "publisher": {"@type": "Organization", "@id": "o"}},
            {"@id": "o", "name": "The Paper"},
            {"@id": "w", "name": "A page"},
            {"list": [{"author": {"@id": "p"}, "mainEntityOfPage": {"@id": "w"}}]}
        ]);
        let jane = json!({"@type": "Person", "name": "Jane Doe"});
        let resolved = resolved(graph);
        assert_eq!(resolved[1]["author"], json!([jane, {"@id": "q"}]));
        assert_eq!(resolved[1]["publisher"], json!({"name": "The Paper"}));
        assert_eq!(resolved[4]["list"][0], json!({"author": jane, "mainEntityOfPage": {"@id": "w"}}));
    }
}
