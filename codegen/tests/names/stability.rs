//! Names depend on the schema, and not on the order of its keys.

#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::{by_place, generated};

/// The schemas of the cases of the other tests.
pub fn schemas() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/any_schema/cases");
    let mut schemas = Vec::new();
    for entry in fs::read_dir(folder).expect("the cases are there") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a text");
        let cases: Value = serde_json::from_str(&text).expect("JSON");
        let cases = if cases.is_array() { cases } else { Value::Array(vec![cases]) };
        let alone = cases.as_array().into_iter().flatten().filter(|case| case.get("beside").is_none());
        schemas.extend(alone.filter_map(|case| case.get("schema").cloned()));
    }
    schemas
}

/// The next of a sequence of numbers.
pub fn step(number: &mut u64) -> u64 {
    *number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *number
}

/// The schema with its keys in the opposite order, or in another that a number says.
fn shuffled(value: &Value, number: &mut u64) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.iter().map(|(name, value)| (name.clone(), shuffled(value, number))).collect();
            for index in (1..members.len()).rev() {
                let other = usize::try_from(step(number) >> 33).expect("31 bits") % (index + 1);
                members.swap(index, other);
            }
            Value::Object(members.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(elements) => elements.iter().map(|element| shuffled(element, number)).collect(),
        other => other.clone(),
    }
}

#[test]
fn names_do_not_depend_on_the_order_of_keys() {
    let schemas = schemas();
    assert!(schemas.len() > 60, "the cases are not there");
    for (index, schema) in schemas.iter().enumerate() {
        let expected = by_place(&generated("case.json", schema));
        let mut number = u64::try_from(index).expect("a small number");
        for _ in 0..3 {
            let other = shuffled(schema, &mut number);
            assert_eq!(by_place(&generated("case.json", &other)), expected, "{schema}\n{other}");
        }
    }
}

#[test]
fn schemas_that_list_their_bounds_and_defaults_in_another_order_are_one_type() {
    let limits = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let one = limits(
        r#"{"type": "object", "properties": {
            "rate": {"type": "integer", "minimum": 2, "maximum": 9},
            "size": {"type": "object", "properties": {"w": {"type": "integer"}, "h": {"type": "integer"}},
                     "default": {"w": 1, "h": 2}}}}"#,
    );
    let other = limits(
        r#"{"properties": {
            "size": {"default": {"h": 2, "w": 1}, "type": "object",
                     "properties": {"h": {"type": "integer"}, "w": {"type": "integer"}}},
            "rate": {"maximum": 9, "minimum": 2, "type": "integer"}}, "type": "object"}"#,
    );
    let schema = json!({"properties": {
        "a": {"type": "object", "properties": {"limits": one}},
        "b": {"type": "object", "properties": {"limits": other}},
    }});
    let generated = generated("case.json", &schema);
    let text = &generated.files[0].text;
    assert_eq!(text.matches("pub rate: Option<u64>").count(), 1, "{text}");
}
