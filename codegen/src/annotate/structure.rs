//! What a keyword of a source says beside what the derive says: of what parts a value is, only something of it, or nothing.

use isomorph_schema::Types;
use serde_json::{Map, Value};

use crate::model::stands_beside;

pub fn is_applicator(keyword: &str) -> bool {
    matches!(keyword, "allOf" | "anyOf" | "oneOf")
}

/// Whether schemas say nothing that a shape could say: which properties must be there, how long a string is.
pub fn asserts_beside(schemas: &Value) -> bool {
    let is_beside = |schema: &Value| {
        let mut keywords = schema.as_object().into_iter().flatten();
        keywords.all(|(keyword, value)| {
            stands_beside(keyword)
                || matches!(keyword.as_str(), "type" | "required")
                || (is_applicator(keyword) && asserts_beside(value))
        })
    };
    schemas.as_array().is_some_and(|schemas| schemas.iter().all(is_beside))
}

pub fn is_schema(value: &Value) -> bool {
    value.is_object() || value.is_boolean()
}

/// Whether a guard may check the keyword beside a shape, which then says nothing of it.
pub fn no_form_says(keyword: &str) -> bool {
    !matches!(keyword, "$ref" | "type" | "enum" | "const" | "items" | "prefixItems" | "properties")
}

/// Whether a keyword says of what parts a value is.
pub fn is_structure(keyword: &str, value: &Value) -> bool {
    let is_schema = |value: &Value| value.as_object().is_some_and(|keywords| !keywords.is_empty());
    match keyword {
        "additionalProperties" | "additionalItems" => is_schema(value),
        "patternProperties" => value.as_object().into_iter().flatten().any(|(_, values)| is_schema(values)),
        _ => says_structure(value),
    }
}

/// Whether schemas say of what parts a value is: in an entry that would be a copy of the source.
fn says_structure(schemas: &Value) -> bool {
    const STRUCTURE: [&str; 8] = [
        "$ref",
        "$recursiveRef",
        "$dynamicRef",
        "items",
        "prefixItems",
        "properties",
        "patternProperties",
        "additionalProperties",
    ];
    match schemas {
        Value::Object(members) => members.iter().any(|(name, inner)| match (name.as_str(), inner) {
            // That there is no such property.
            ("properties", Value::Object(none)) => !none.values().all(|one| *one == false),
            _ => STRUCTURE.contains(&name.as_str()) || says_structure(inner),
        }),
        Value::Array(elements) => elements.iter().any(says_structure),
        _ => false,
    }
}

/// Whether a schema only asserts something of objects, and says of no part what it is.
pub fn only_asserts(schema: &Value) -> bool {
    let is_one = |(keyword, value): (&String, &Value)| {
        stands_beside(keyword)
            || says_nothing(keyword, value)
            || *keyword == "type"
            || (no_form_says(keyword) && !is_structure(keyword, value))
    };
    schema.as_object().is_some_and(|keywords| keywords.iter().all(is_one))
}

/// Whether a keyword allows everything.
pub fn says_nothing(keyword: &str, value: &Value) -> bool {
    let allows_all = *value == true || value.as_object().is_some_and(Map::is_empty);
    let is_empty =
        value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty);
    match keyword {
        "items" | "additionalItems" | "additionalProperties" => allows_all,
        "required" | "properties" | "patternProperties" => is_empty,
        "type" => Types::named(value) == Types::ALL,
        _ => false,
    }
}

/// Whether something allows everything, and the source leaves it out.
pub fn is_wordy(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    const TYPES: usize = 6;
    let is_left_out = |keyword: &str| {
        let allows_all = said.get(keyword).is_some_and(|value| says_nothing(keyword, value));
        allows_all && !source.contains_key(keyword)
    };
    let all_types = said.get("type").and_then(Value::as_array).is_some_and(|types| types.len() == TYPES);
    is_left_out("items") || is_left_out("additionalProperties") || (all_types && !source.contains_key("type"))
}

/// Whether a schema says anything of the shape of a value.
pub fn has_shape(schema: &Value) -> bool {
    schema.as_object().is_some_and(|keywords| !keywords.keys().all(|keyword| stands_beside(keyword)))
}

/// Whether the source rules out the properties that nothing evaluates, where what is said does those that are not declared.
pub fn is_closed_at_last(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    said.get("additionalProperties") == Some(&Value::Bool(false))
        && !source.contains_key("additionalProperties")
        && source.get("unevaluatedProperties") == Some(&Value::Bool(false))
        && !said.contains_key("unevaluatedProperties")
}

/// Whether a schema of an `allOf` says that there are no other properties.
pub fn is_closed_elsewhere(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    let all = said.get("allOf").and_then(Value::as_array);
    said.get("additionalProperties") == Some(&Value::Bool(false))
        && !source.contains_key("additionalProperties")
        && all.is_some_and(|all| all.iter().any(|one| one.get("$ref").is_some()))
}
