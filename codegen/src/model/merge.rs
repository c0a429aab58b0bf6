//! Whether two schemas are equal, and where they are not.

use std::fmt::Display;

use isomorph_json::Pointer;
use isomorph_runtime::same_schema;
use serde_json::{Map, Value};

/// The keywords by which the schema of a whole document says what document it is, and what it holds.
pub const OF_A_DOCUMENT: [&str; 5] = ["$defs", "definitions", "$schema", "$id", "id"];

/// What a document says by itself, whatever it is called.
pub fn own(schema: &Value) -> Value {
    without(schema, &OF_A_DOCUMENT)
}

fn without(schema: &Value, keywords: &[&str]) -> Value {
    match schema {
        Value::Object(members) => {
            let kept = members.iter().filter(|(keyword, _)| !keywords.contains(&keyword.as_str()));
            kept.map(|(keyword, value)| (keyword.clone(), value.clone())).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

/// The first place where two schemas differ, in the order of the first; `None` if they say the same, in whatever order
/// they list sets.
pub fn difference(first: &Value, second: &Value) -> Option<Pointer> {
    (!same_schema(first, second)).then(|| place(first, second).unwrap_or_default())
}

fn place(first: &Value, second: &Value) -> Option<Pointer> {
    match (first, second) {
        (Value::Object(a), Value::Object(b)) => {
            let in_first = a.iter().find_map(|(key, value)| match b.get(key) {
                Some(other) => place_in(key, value, other),
                None => Some(Pointer::root().join(key)),
            });
            in_first
                .or_else(|| b.keys().find(|key| !a.contains_key(*key)).map(|key| Pointer::root().join(key)))
        }
        (Value::Array(a), Value::Array(b)) => {
            let common = a.iter().zip(b).enumerate();
            let in_common = common.into_iter().find_map(|(index, (a, b))| place_in(index, a, b));
            let shorter = a.len().min(b.len());
            in_common.or_else(|| (a.len() != b.len()).then(|| Pointer::root().join(shorter)))
        }
        _ => (first != second).then(Pointer::root),
    }
}

fn place_in(segment: impl Display, first: &Value, second: &Value) -> Option<Pointer> {
    place(first, second).map(|inner| Pointer::root().join(segment).append(&inner))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::difference;

    #[test]
    fn the_first_difference_is_found() {
        let at = |a, b| difference(&a, &b).map(|pointer| pointer.as_str().to_owned());
        assert_eq!(at(json!({"a": 1, "b": [1]}), json!({"b": [1], "a": 1})), None);
        assert_eq!(at(json!({"a": {"b": 1}}), json!({"a": {"b": 2}})).unwrap(), "/a/b");
        assert_eq!(at(json!({"a": 1}), json!({})).unwrap(), "/a");
        assert_eq!(at(json!({}), json!({"a": 1})).unwrap(), "/a");
        assert_eq!(at(json!({"allOf": [1, 2]}), json!({"allOf": [1]})).unwrap(), "/allOf/1");
        assert_eq!(at(json!({"required": ["a", "b"]}), json!({"required": ["b", "a"]})), None);
    }
}
