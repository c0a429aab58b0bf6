//! What is left of two schemas while it is taken out of them what needs no further proof.

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Types};
use serde_json::{Value, json};

/// A schema without the definitions that a root brings with it.
pub fn own(bundle: &Bundle, schema: &Value) -> Value {
    let Value::Object(keywords) = schema else { return schema.clone() };
    let own =
        keywords.iter().filter(|(keyword, _)| ![bundle.keyword(), "$schema"].contains(&keyword.as_str()));
    Value::Object(own.map(|(keyword, value)| (keyword.clone(), value.clone())).collect())
}

/// Puts a value in the place of what stands there.
pub fn put(schema: &mut Value, place: &Pointer, value: Value) {
    if let Some(old) = schema.pointer_mut(place.as_str()) {
        *old = value;
    }
}

/// Says of which types instances can be.
pub fn restrict(schema: &mut Value, types: Types) {
    if types == Types::ALL {
        return;
    }
    let known = [
        (Types::NULL, "null"),
        (Types::BOOLEAN, "boolean"),
        (Types::STRING, "string"),
        (Types::ARRAY, "array"),
        (Types::OBJECT, "object"),
        (Types::FRACTION, "number"),
        (Types::INTEGER, "integer"),
    ];
    let names: Vec<&str> =
        known.into_iter().filter(|(one, _)| types.meets(*one)).map(|(_, name)| name).collect();
    match schema {
        Value::Object(keywords) if !keywords.contains_key("type") => {
            keywords.insert("type".to_owned(), names.into());
        }
        Value::Bool(true) => *schema = json!({"type": names}),
        _ => {}
    }
}

/// Whether a schema refers to others.
pub fn mentions_definitions(schema: &Value) -> bool {
    schema.get("$ref").is_some()
        || isomorph_schema::subschemas(schema).iter().any(|(_, inner)| mentions_definitions(inner))
}
