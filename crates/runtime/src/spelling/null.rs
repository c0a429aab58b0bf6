//! How `null` is written beside another type.

use schemars::Schema;
use schemars::transform::transform_subschemas;
use serde_json::{Map, Value, json};

use super::union::one_of;

/// `{"type": ["string", "null"]}` → `{"anyOf": [{"type": "string"}, {"type": "null"}]}`, at every
/// depth. Annotations stay outside.
pub fn any_of_null(schema: &mut Schema) {
    transform_subschemas(&mut any_of_null, schema);
    any_of_null_here(schema);
}

/// Takes `null` from every property that may be absent, unless `null` is its default.
pub fn absent_not_null(schema: &mut Schema) {
    take_null_from(schema, |default| default.is_none_or(|default| !default.is_null()));
}

/// Takes `null` from every property that may be absent and has no default. What has one is never absent, and if it
/// says `null` it means it.
pub fn undefaulted_not_null(schema: &mut Schema) {
    take_null_from(schema, |default| default.is_none());
}

/// Takes `null` from the properties that are not required and have such a default.
fn take_null_from(schema: &mut Schema, is_meant: fn(Option<&Value>) -> bool) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| required.as_array().is_some_and(|r| r.iter().any(|r| r == name));
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    for (name, property) in properties {
        if let Ok(property) = <&mut Schema>::try_from(property)
            && is_meant(property.get("default"))
            && !is_required(name)
        {
            not_null(property);
        }
    }
}

/// `{"type": ["string", "null"]}` → `{"oneOf": [{"type": "string"}, {"type": "null"}]}`; `anyOf` of another
/// schema and `null` becomes `oneOf` as well. Annotations stay outside.
pub fn one_of_null(schema: &mut Schema) {
    any_of_null_here(schema);
    one_of(schema);
}

/// `{"anyOf": [{"anyOf": [A, B]}, {"type": "null"}]}` → `{"anyOf": [A, B, {"type": "null"}]}`; of an `oneOf` in there
/// as well.
pub fn null_among(schema: &mut Schema) {
    let Some(Value::Array(branches)) = schema.get("anyOf") else { return };
    let [Value::Object(union), null] = branches.as_slice() else { return };
    if *null != json!({"type": "null"}) {
        return;
    }
    let (mut union, null) = (union.clone(), null.clone());
    let keyword = ["anyOf", "oneOf"].into_iter().find(|keyword| union.contains_key(*keyword));
    if let Some(Value::Array(branches)) = keyword.and_then(|keyword| union.get_mut(keyword)) {
        branches.push(null);
        schema.remove("anyOf");
        schema.ensure_object().extend(union);
    }
}

/// [`any_of_null`], here and no deeper.
pub fn any_of_null_here(schema: &mut Schema) {
    if take_null(schema) {
        let (assertions, mut annotations) = split_annotations(std::mem::take(schema));
        annotations.insert("anyOf".into(), vec![assertions.into(), json!({"type": "null"})].into());
        *schema = annotations.into();
    }
}

/// `{"type": ["string", "null"]}` → `{"type": "string"}`, `{"anyOf": [X, {"type": "null"}]}` → `X`.
pub fn not_null(schema: &mut Schema) {
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

pub(super) fn admits_null(schema: &Value) -> bool {
    let is_null = |schema: &Value| schema.get("type").is_some_and(|name| name == "null");
    let types = schema.get("type").and_then(Value::as_array);
    let branches = schema.get("anyOf").and_then(Value::as_array);
    types.is_some_and(|types| types.iter().any(|name| name == "null"))
        || branches.is_some_and(|branches| branches.iter().any(is_null))
}

/// Removes `null` from `type` and `enum`, and says whether it was there.
fn take_null(schema: &mut Schema) -> bool {
    let Some(Value::Array(types)) = schema.get_mut("type") else {
        return take_null_value(schema);
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

/// Removes `null` from the `enum` of a schema without a `type`.
fn take_null_value(schema: &mut Schema) -> bool {
    let has_type = schema.get("type").is_some();
    match schema.get_mut("enum") {
        Some(Value::Array(values)) if !has_type && values.last() == Some(&Value::Null) => {
            values.pop();
            true
        }
        _ => false,
    }
}

fn split_annotations(mut schema: Schema) -> (Map<String, Value>, Map<String, Value>) {
    const ANNOTATIONS: [&str; 8] =
        ["title", "description", "default", "deprecated", "examples", "readOnly", "writeOnly", "$comment"];
    let members = std::mem::take(schema.ensure_object());
    let (annotations, assertions) =
        members.into_iter().partition(|(keyword, _)| ANNOTATIONS.contains(&keyword.as_str()));
    (assertions, annotations)
}
