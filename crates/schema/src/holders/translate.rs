//! A schema of a dialect that is not JSON Schema's, as one of draft 4. Whatever is added can be told from what was there,
//! so that `isomorph_runtime` can take it out again (`crates/runtime/src/held.rs`): `nullable` stays beside the `null` that
//! it adds to `type`, and what says nothing in the dialect is kept under a name that says nothing in draft 4.

use serde_json::{Map, Value, json};

use super::rules::Rules;
use super::select::select;
use super::walk::every;
use crate::dialect::Dialect;

/// What a keyword is kept under that says nothing in its dialect, but would in draft 4.
const SET_ASIDE: &str = "x-isomorph-";

/// What is required in one direction or the other: of what is received, also what is read only, and of what is sent, also
/// what is written only.
const ONE_WAY: &str = "x-isomorph-required";

/// Translates a schema, and all in it. `root` is the document that holds it.
pub fn translate(schema: &mut Value, rules: Rules, root: &Value) {
    if rules != Rules::Plain {
        every(schema, (rules, Dialect::Draft4), &mut |keywords| translate_one(keywords, rules, root));
    }
}

/// The schema of a custom resource as a whole, or of a resource inside another.
pub fn open_metadata(schema: &mut Value) {
    let metadata = schema.get_mut("properties").and_then(|properties| properties.get_mut("metadata"));
    let Some(Value::Object(metadata)) = metadata else { return };
    let is_object = metadata.get("type").is_some_and(|name| name == "object");
    if is_object && !metadata.contains_key("additionalProperties") {
        metadata.insert("additionalProperties".to_owned(), true.into());
    }
}

/// Translates a schema, and nothing in it.
pub fn translate_one(keywords: &mut Map<String, Value>, rules: Rules, root: &Value) {
    if rules == Rules::Plain {
        return;
    }
    set_aside(keywords, rules);
    // What stands beside a reference says nothing, in draft 4 as here.
    if keywords.contains_key("$ref") {
        return;
    }
    if rules == Rules::OpenApi {
        require_both_ways(keywords);
        select(keywords, root);
    }
    if rules == Rules::Kubernetes {
        extend(keywords);
    }
    if matches!(rules, Rules::OpenApi | Rules::Kubernetes) {
        admit_null(keywords);
    }
}

/// Renames the keywords that say nothing. A name that looks like one of these is renamed too, so that each comes back.
fn set_aside(keywords: &mut Map<String, Value>, rules: Rules) {
    let says_nothing = |keyword: &str, value: &Value| {
        keyword.starts_with(SET_ASIDE)
            || rules.are_no_keywords().contains(&keyword)
            // Draft 4 wants at least one; everybody writes none.
            || keyword == "required" && value.as_array().is_some_and(Vec::is_empty)
    };
    if !keywords.iter().any(|(keyword, value)| says_nothing(keyword, value)) {
        return;
    }
    let renamed = std::mem::take(keywords).into_iter().map(|(keyword, value)| {
        if says_nothing(&keyword, &value) {
            (format!("{SET_ASIDE}{keyword}"), value)
        } else {
            (keyword, value)
        }
    });
    *keywords = renamed.collect();
}

/// `nullable` adds `null` to the types that stand beside it; where none does, it says nothing (OpenAPI 3.0.3, 4.7.24.2).
fn admit_null(keywords: &mut Map<String, Value>) {
    if keywords.get("nullable") != Some(&Value::Bool(true)) {
        return;
    }
    match keywords.get_mut("type") {
        Some(Value::String(only)) if only == "null" => {}
        Some(types @ Value::String(_)) => *types = json!([types.take(), "null"]),
        // A list is none of this dialect's; one with `null` at its end would be taken for ours.
        Some(Value::Array(types)) if types.len() == 2 && types[1] == "null" => types.reverse(),
        _ => {}
    }
}

/// A property that is read only or written only is required in one direction only (OpenAPI 3.0.3, 4.7.24.2), and a type
/// is for both.
fn require_both_ways(keywords: &mut Map<String, Value>) {
    let is_one_way = |name: &Value| {
        let property = keywords.get("properties")?.get(name.as_str()?)?;
        let is_true = |flag: &str| property.get(flag) == Some(&Value::Bool(true));
        (is_true("readOnly") || is_true("writeOnly")).then_some(())
    };
    let Some(Value::Array(required)) = keywords.get("required") else { return };
    let both: Vec<Value> = required.iter().filter(|name| is_one_way(name).is_none()).cloned().collect();
    if both.len() == required.len() {
        return;
    }
    let all = required.clone();
    keywords.insert(ONE_WAY.to_owned(), all.into());
    if both.is_empty() {
        keywords.shift_remove("required");
    } else {
        keywords.insert("required".to_owned(), both.into());
    }
}

/// The extensions of Kubernetes that assert, or that open an object.
fn extend(keywords: &mut Map<String, Value>) {
    let is_true = |keywords: &Map<String, Value>, name: &str| keywords.get(name) == Some(&Value::Bool(true));
    if is_true(keywords, "x-kubernetes-int-or-string")
        && !keywords.contains_key("type")
        && !says_int_or_string(keywords)
    {
        let null = is_true(keywords, "nullable").then_some("null");
        let types: Vec<_> = ["integer", "string"].into_iter().chain(null).collect();
        keywords.insert("type".to_owned(), types.into());
    }
    if is_true(keywords, "x-kubernetes-preserve-unknown-fields") {
        let is_object = keywords.get("type").is_none_or(|name| name == "object");
        if is_object && !keywords.contains_key("additionalProperties") {
            keywords.insert("additionalProperties".to_owned(), json!({}));
        }
    }
    if keywords.get("x-kubernetes-list-type").is_some_and(|list| list == "set")
        && !keywords.contains_key("uniqueItems")
    {
        keywords.insert("uniqueItems".to_owned(), true.into());
    }
    if is_true(keywords, "x-kubernetes-embedded-resource") {
        let all = keywords.entry("allOf").or_insert_with(|| json!([]));
        if let Value::Array(all) = all {
            all.push(resource());
        }
    }
}

/// Whether a schema says by itself that it is for integers and strings.
fn says_int_or_string(keywords: &Map<String, Value>) -> bool {
    let both = json!([{"type": "integer"}, {"type": "string"}]);
    let says = |schema: &Map<String, Value>| schema.get("anyOf") == Some(&both);
    let first = keywords.get("allOf").and_then(|all| all.get(0)?.as_object());
    says(keywords) || first.is_some_and(says)
}

/// What every resource is.
fn resource() -> Value {
    json!({
        "required": ["apiVersion", "kind"],
        "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": {"type": "object", "additionalProperties": true}
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::translate;
    use crate::holders::Rules;

    fn translated(mut schema: Value, rules: Rules) -> Value {
        translate(&mut schema, rules, &Value::Null);
        schema
    }

    #[test]
    fn null_is_added_to_types_alone() {
        for (schema, expected) in [
            (
                json!({"nullable": true, "type": "string"}),
                json!({"nullable": true, "type": ["string", "null"]}),
            ),
            (json!({"nullable": false, "type": "string"}), json!({"nullable": false, "type": "string"})),
            (json!({"nullable": true}), json!({"nullable": true})),
            (
                json!({"nullable": true, "allOf": [{"$ref": "#/a"}]}),
                json!({"nullable": true, "allOf": [{"$ref": "#/a"}]}),
            ),
            (
                json!({"nullable": true, "type": "string", "enum": ["a"]}),
                json!({"nullable": true, "type": ["string", "null"], "enum": ["a"]}),
            ),
            (
                json!({"$ref": "#/a", "nullable": true, "type": "string"}),
                json!({"$ref": "#/a", "nullable": true, "type": "string"}),
            ),
            (
                json!({"properties": {"a": {"items": {"nullable": true, "type": "number"}}}}),
                json!({"properties": {"a": {"items": {"nullable": true, "type": ["number", "null"]}}}}),
            ),
        ] {
            assert_eq!(translated(schema.clone(), Rules::OpenApi), expected, "{schema}");
        }
    }

    #[test]
    fn what_is_data_stays() {
        let schema = json!({
            "example": {"nullable": true, "type": "string"},
            "enum": [{"nullable": true, "type": "string"}],
            "x-a": {"nullable": true, "type": "string"},
            "default": {"id": "a"}
        });
        assert_eq!(translated(schema.clone(), Rules::OpenApi), schema);
    }

    #[test]
    fn what_says_nothing_is_set_aside() {
        let schema = json!({"id": "a", "patternProperties": {"a": {"nullable": true, "type": "string"}}, "x-isomorph-id": 1, "required": []});
        let expected = json!({
            "x-isomorph-id": "a",
            "x-isomorph-patternProperties": {"a": {"nullable": true, "type": "string"}},
            "x-isomorph-x-isomorph-id": 1,
            "x-isomorph-required": []
        });
        assert_eq!(translated(schema, Rules::OpenApi), expected);
    }

    #[test]
    fn what_is_read_only_is_not_required_of_everybody() {
        let schema = json!({
            "required": ["id", "name"],
            "properties": {"id": {"type": "string", "readOnly": true}, "name": {"type": "string"}}
        });
        let translated = translated(schema, Rules::OpenApi);
        assert_eq!(translated["required"], json!(["name"]));
        assert_eq!(translated["x-isomorph-required"], json!(["id", "name"]));
    }

    #[test]
    fn kubernetes_extensions_assert() {
        for (schema, key, expected) in [
            (json!({"x-kubernetes-int-or-string": true}), "type", json!(["integer", "string"])),
            (
                json!({"x-kubernetes-int-or-string": true, "nullable": true}),
                "type",
                json!(["integer", "string", "null"]),
            ),
            (
                json!({"x-kubernetes-int-or-string": true, "anyOf": [{"type": "integer"}, {"type": "string"}]}),
                "type",
                Value::Null,
            ),
            (
                json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true}),
                "additionalProperties",
                json!({}),
            ),
            (json!({"type": "array", "x-kubernetes-list-type": "set"}), "uniqueItems", json!(true)),
            (json!({"type": "array", "x-kubernetes-list-type": "map"}), "uniqueItems", Value::Null),
        ] {
            let translated = translated(schema.clone(), Rules::Kubernetes);
            assert_eq!(translated.get(key).unwrap_or(&Value::Null), &expected, "{schema}");
        }
        let embedded =
            translated(json!({"type": "object", "x-kubernetes-embedded-resource": true}), Rules::Kubernetes);
        assert_eq!(embedded["allOf"][0]["required"], json!(["apiVersion", "kind"]));
    }
}
