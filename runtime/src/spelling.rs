//! Spellings: from schemars' way of writing a schema to the source's way.
//!
//! A spelling rewrites what the derive said and never says it anew: on a type that lost a field,
//! an `Option` or a variant it yields another schema than the source's, and the round trip fails.

use schemars::Schema;
use schemars::transform::transform_subschemas;
use serde_json::{Map, Value, json};

/// How pydantic writes: no number formats, `anyOf` for nullables, titles made from names.
pub fn pydantic(schema: &mut Schema) {
    bare_numbers(schema);
    any_of_null(schema);
    property_titles(schema);
}

/// How people write: no number formats, and no `null` for what may be absent.
pub fn plain(schema: &mut Schema) {
    bare_numbers(schema);
    absent_not_null(schema);
}

/// `{"type": "integer", "format": "int64"}` → `{"type": "integer"}`, at every depth.
pub fn bare_numbers(schema: &mut Schema) {
    let format = schema.get("format").and_then(Value::as_str);
    if format.is_some_and(|format| matches!(format, "int64" | "double")) {
        schema.remove("format");
    }
    transform_subschemas(&mut bare_numbers, schema);
}

/// `{"type": ["string", "null"]}` → `{"anyOf": [{"type": "string"}, {"type": "null"}]}`, at every
/// depth. Annotations stay outside.
pub fn any_of_null(schema: &mut Schema) {
    transform_subschemas(&mut any_of_null, schema);
    if take_null(schema) {
        let (assertions, mut annotations) = split_annotations(schema);
        annotations.insert("anyOf".into(), json!([assertions, {"type": "null"}]));
        *schema = annotations.into();
    }
}

/// Takes `null` from every property that is neither required nor has a default: it may be absent.
pub fn absent_not_null(schema: &mut Schema) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| required.as_array().is_some_and(|r| r.iter().any(|r| r == name));
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    for (name, property) in properties {
        if let Ok(property) = <&mut Schema>::try_from(property)
            && property.get("default").is_none()
            && !is_required(name)
        {
            not_null(property);
        }
    }
}

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
///
/// `names` is the text of a JSON array: an attribute takes no array.
pub fn required(names: &str) -> impl FnMut(&mut Schema) + use<> {
    let names: Vec<Value> = serde_json::from_str(names).unwrap_or_default();
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

/// Adds an annotation whose value is the JSON `text`: `#[schemars(extend(…))]` for long values.
pub fn extended(keyword: &'static str, text: &str) -> impl FnMut(&mut Schema) + use<> {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    move |schema| {
        schema.insert(keyword.to_owned(), value.clone());
    }
}

/// `{"type": ["string", "null"]}` → `{"type": "string"}`, `{"anyOf": [X, {"type": "null"}]}` → `X`.
fn not_null(schema: &mut Schema) {
    if take_null(schema) {
        return;
    }
    if let Some(Value::Array(branches)) = schema.get("anyOf")
        && let [Value::Object(branch), null] = branches.as_slice()
        && *null == json!({"type": "null"})
    {
        let branch = branch.clone();
        schema.remove("anyOf");
        schema.ensure_object().extend(branch);
    }
}

fn admits_null(schema: &Value) -> bool {
    let is_null = |schema: &Value| schema.get("type").is_some_and(|name| name == "null");
    let types = schema.get("type").and_then(Value::as_array);
    let branches = schema.get("anyOf").and_then(Value::as_array);
    types.is_some_and(|types| types.iter().any(|name| name == "null"))
        || branches.is_some_and(|branches| branches.iter().any(is_null))
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

/// Removes `null` from `type` and `enum`, and says whether it was there.
fn take_null(schema: &mut Schema) -> bool {
    let Some(Value::Array(types)) = schema.get_mut("type") else {
        return false;
    };
    let before = types.len();
    types.retain(|name| name != "null");
    let nullable = types.len() < before;
    if let [only] = types.as_slice() {
        let only = only.clone();
        schema.insert("type".into(), only);
    }
    if nullable && let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    nullable
}

fn split_annotations(schema: &Schema) -> (Map<String, Value>, Map<String, Value>) {
    const ANNOTATIONS: [&str; 8] =
        ["title", "description", "default", "deprecated", "examples", "readOnly", "writeOnly", "$comment"];
    let members = schema.as_object().into_iter().flatten();
    let (annotations, assertions) = members
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .partition(|(keyword, _)| ANNOTATIONS.contains(&keyword.as_str()));
    (assertions, annotations)
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
