//! How objects are written.

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::null::admits_null;

/// Gives every property the title that pydantic makes from its name: `asset_id` → `Asset Id`.
/// A reference gets none.
pub fn property_titles(schema: &mut Schema) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    for (name, property) in properties {
        if let Some(property) = property.as_object_mut()
            && !is_reference(property)
        {
            property.entry("title").or_insert_with(|| title_case(name).into());
        }
    }
}

/// Lists `required` as the source does: in its order, and with the nullable properties that must be
/// there, which the derive leaves out. It adds no property that is not nullable, is not declared, or has
/// a default.
pub fn required(names: &[&str]) -> impl FnMut(&mut Schema) {
    let names: Vec<Value> = names.iter().map(|name| (*name).into()).collect();
    move |schema| {
        let derived = schema.remove("required").unwrap_or_default();
        let derived = derived.as_array().map(Vec::as_slice).unwrap_or_default();
        let nullable = |name: &str| {
            let property = schema.get("properties").and_then(|all| all.get(name));
            property.is_some_and(|p| admits_null(p) && p.get("default").is_none())
        };
        let listed = names.iter().filter(|n| derived.contains(n) || n.as_str().is_some_and(nullable));
        let more = derived.iter().filter(|name| !names.contains(name));
        let required: Vec<Value> = listed.chain(more).cloned().collect();
        schema.insert("required".into(), required.into());
    }
}

/// Says the tag that serde writes into a struct (`#[serde(tag = "name", rename = "value")]`), of which schemars says nothing.
pub fn tag(name: &str, value: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        declare(schema, name, value);
        let required = schema.ensure_object().entry("required").or_insert_with(|| json!([]));
        if let Value::Array(names) = required {
            names.insert(0, name.into());
        }
    }
}

/// [`tag`], which may be absent.
pub fn optional_tag(name: &str, value: &str) -> impl FnMut(&mut Schema) {
    move |schema| declare(schema, name, value)
}

fn declare(schema: &mut Schema, name: &str, value: &str) {
    let properties = schema.ensure_object().entry("properties").or_insert_with(|| json!({}));
    if let Value::Object(properties) = properties {
        properties.insert(name.to_owned(), json!({"type": "string", "const": value}));
    }
}

/// Leaves out the declaration of a property that may be anything: the source only requires it.
pub fn undeclared(name: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
        if properties.get(name) == Some(&Value::Bool(true)) {
            properties.remove(name);
            if properties.is_empty() {
                schema.remove("properties");
            }
        }
    }
}

/// The values of a map belong to the names that match `pattern`: `additionalProperties` →
/// `patternProperties`.
pub fn pattern_properties(pattern: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        if let Some(values) = schema.remove("additionalProperties") {
            schema.insert("patternProperties".into(), json!({ pattern: values }));
        }
    }
}

/// The values of a map are said once more, of the names that match `pattern`: `patternProperties` beside
/// `additionalProperties`.
pub fn also_patterned(pattern: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        if let Some(values) = schema.get("additionalProperties").cloned() {
            schema.insert("patternProperties".into(), json!({ pattern: values }));
        }
    }
}

/// A `$ref`, or a nullable one.
fn is_reference(property: &Map<String, Value>) -> bool {
    let branches = property.get("anyOf").and_then(Value::as_array);
    property.contains_key("$ref")
        || branches.is_some_and(|branches| {
            matches!(branches.as_slice(), [branch, null]
                if branch.get("$ref").is_some() && *null == json!({"type": "null"}))
        })
}

/// Python's `name.title().replace("_", " ").strip()`.
fn title_case(name: &str) -> String {
    let mut after_letter = false;
    let mut title = String::new();
    for c in name.chars() {
        if after_letter {
            title.extend(c.to_lowercase());
        } else {
            title.extend(c.to_uppercase());
        }
        after_letter = c.is_alphabetic();
    }
    title.replace('_', " ").trim().to_owned()
}
