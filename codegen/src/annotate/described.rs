//! What is said of the values of an enum beside the list of them.

use std::collections::HashMap;

use serde_json::Value;

/// The keywords by which tools say it: texts in the order of the values, or by them.
const KEYWORDS: [&str; 4] =
    ["enumDescriptions", "markdownEnumDescriptions", "x-enum-descriptions", "x-enumDescriptions"];

/// What a schema says of the strings that it lists; nothing of those of which it says nothing.
pub fn values(schema: &Value) -> HashMap<&str, &str> {
    let Some(listed) = schema.get("enum").and_then(Value::as_array) else { return HashMap::new() };
    let of = |keyword: &&str| -> Option<HashMap<&str, &str>> {
        let all = match schema.get(*keyword)? {
            // Of a list that is longer or shorter nobody knows what it means.
            Value::Array(texts) if texts.len() == listed.len() => {
                let pairs = listed.iter().zip(texts);
                pairs.filter_map(|(value, text)| Some((value.as_str()?, text.as_str()?))).collect()
            }
            Value::Object(texts) => {
                let text = |value: &'_ Value| value.as_str().and_then(|name| texts.get(name)?.as_str());
                listed.iter().filter_map(|value| Some((value.as_str()?, text(value)?))).collect()
            }
            _ => return None,
        };
        let all: Vec<(&str, &str)> = all;
        Some(all.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect())
    };
    KEYWORDS.iter().find_map(|keyword| of(keyword).filter(|all| !all.is_empty())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::values;

    #[test]
    fn values_are_described_in_their_order_or_by_name() {
        let told = |mut schema: Value| {
            schema["enum"] = json!(["a", "b", null]);
            let mut all: Vec<_> =
                values(&schema).into_iter().map(|(name, text)| format!("{name}: {text}")).collect();
            all.sort();
            all
        };
        assert_eq!(told(json!({"enumDescriptions": ["A", "", "none"]})), ["a: A"]);
        assert_eq!(
            told(json!({"enumDescriptions": ["A"], "x-enum-descriptions": ["x", "y", "z"]})),
            ["a: x", "b: y"]
        );
        assert_eq!(told(json!({"x-enumDescriptions": {"b": "B", "c": "C"}})), ["b: B"]);
        assert_eq!(told(json!({"markdownEnumDescriptions": [1, "*B*", null]})), ["b: *B*"]);
        assert!(told(json!({"enumDescriptions": "A"})).is_empty());
    }
}
