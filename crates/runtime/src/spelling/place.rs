//! Where things are written, and in which order.

use schemars::Schema;
use serde_json::{Map, Value, json};

/// `true` → `{}`.
pub fn braces(schema: &mut Schema) {
    if schema.as_bool() == Some(true) {
        schema.ensure_object();
    }
}

/// What is asserted so far moves into the only schema of an `allOf`; annotations stay outside.
pub fn all_of(schema: &mut Schema) {
    move_into(schema, "allOf");
}

/// The same, into the schema `index` of an `allOf` of so many, of which the others say nothing yet.
pub fn one_of_all(index: usize, count: usize) -> impl FnMut(&mut Schema) {
    move |schema| {
        move_into(schema, "allOf");
        let Some(Value::Array(all)) = schema.get_mut("allOf") else { return };
        all.resize(count.max(1), json!({}));
        all.swap(0, index.min(count.saturating_sub(1)));
    }
}

/// The same, into the only schema of a union.
pub fn alone_in(keyword: &str) -> impl FnMut(&mut Schema) {
    move |schema| move_into(schema, keyword)
}

fn move_into(schema: &mut Schema, keyword: &str) {
    const ASSERTED: [&str; 16] = [
        "$ref",
        "type",
        "enum",
        "const",
        "anyOf",
        "oneOf",
        "items",
        "prefixItems",
        "minItems",
        "maxItems",
        "properties",
        "patternProperties",
        "additionalProperties",
        "required",
        "format",
        "minimum",
    ];
    let mut inner = Map::new();
    for asserted in ASSERTED {
        if let Some(value) = schema.remove(asserted) {
            inner.insert(asserted.into(), value);
        }
    }
    schema.insert(keyword.into(), json!([inner]));
}

/// Leaves out what allows everything: `"items": true`, `"additionalProperties": true`, and a `type` that lists
/// all types.
pub fn terse(schema: &mut Schema) {
    for keyword in ["items", "additionalProperties"] {
        if schema.get(keyword).is_some_and(|inner| *inner == true || *inner == json!({})) {
            schema.remove(keyword);
        }
    }
    let types = schema.get("type").and_then(Value::as_array);
    let all = ["null", "boolean", "number", "string", "array", "object"];
    if types.is_some_and(|types| all.iter().all(|name| types.iter().any(|found| found == name))) {
        schema.remove("type");
    }
}

/// Writes a reference to `from` as `to`, which leads to the same schema.
pub fn refer(from: &str, to: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        if schema.get("$ref").is_some_and(|found| found == from) {
            schema.insert("$ref".into(), to.into());
        }
    }
}

/// `{"$ref": from}` → `{keyword: to}`: a dynamic reference, which leads there as nothing overrides it. What is the whole of a
/// document has two names: `#`, and that of a definition.
pub fn refer_by(keyword: &str, to: &str, from: &[&str]) -> impl FnMut(&mut Schema) {
    move |schema| {
        if schema.get("$ref").and_then(Value::as_str).is_some_and(|found| from.contains(&found)) {
            schema.remove("$ref");
            schema.insert(keyword.into(), to.into());
        }
    }
}

/// The elements of the array `keyword` in another order, each by its number in the one that it has now; if those are all.
pub fn in_order(keyword: &str, order: &[usize]) -> impl FnMut(&mut Schema) {
    move |schema| {
        let Some(Value::Array(found)) = schema.get_mut(keyword) else { return };
        let is_each = order.len() == found.len() && (0..found.len()).all(|index| order.contains(&index));
        if is_each {
            *found = order.iter().map(|index| found[*index].clone()).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::refer_by;

    #[test]
    fn a_dynamic_reference_stands_for_either_name_of_what_it_leads_to() {
        let after = |mut schema: Value| {
            refer_by("$dynamicRef", "#node", &["#", "#/$defs/Node"])(
                (&mut schema).try_into().expect("a schema"),
            );
            schema
        };
        for found in ["#", "#/$defs/Node"] {
            assert_eq!(
                after(json!({"$ref": found, "description": "d"})),
                json!({"$dynamicRef": "#node", "description": "d"})
            );
        }
        for other in [json!({"$ref": "#/$defs/Other"}), json!({"type": "string"}), json!(true)] {
            assert_eq!(after(other.clone()), other);
        }
    }
}
