//! How unions and tuples are written.

use schemars::Schema;
use serde_json::{Map, Value, json};

/// `anyOf` → `oneOf`.
pub fn one_of(schema: &mut Schema) {
    if let Some(branches) = schema.remove("anyOf") {
        schema.insert("oneOf".into(), branches);
    }
}

/// `oneOf` → `anyOf`.
pub fn any_of(schema: &mut Schema) {
    if let Some(branches) = schema.remove("oneOf") {
        schema.insert("anyOf".into(), branches);
    }
}

/// `{"oneOf": [A]}` → `A`: beside the variants that are strings only one stands that no schema is to have.
pub fn only(schema: &mut Schema) {
    let Some(Value::Array(branches)) = schema.get("oneOf") else { return };
    if let [Value::Object(only)] = branches.as_slice() {
        let only = only.clone();
        schema.remove("oneOf");
        schema.ensure_object().extend(only);
    }
}

/// `{"anyOf": [A, B]}` → `{"then": A, "else": B}`: which of the two a value has to be, `if` says.
pub fn conditional(schema: &mut Schema) {
    let Some(Value::Array(branches)) = schema.get("anyOf") else { return };
    if let [then, otherwise] = branches.as_slice() {
        let (then, otherwise) = (then.clone(), otherwise.clone());
        schema.remove("anyOf");
        schema.insert("then".into(), then);
        schema.insert("else".into(), otherwise);
    }
}

/// `{"$ref": "#/$defs/Cat"}` → that reference, and what selects it of the branches beside a `discriminator`: the values of
/// a property. In a document of OpenAPI 3.0 it is the reference alone again.
pub fn selected(tag: &str, values: &[&str]) -> impl FnMut(&mut Schema) {
    move |schema| {
        let is_reference =
            schema.as_object().is_some_and(|keywords| keywords.len() == 1 && keywords.contains_key("$ref"));
        if !is_reference {
            return;
        }
        let only = if values.is_empty() { json!({"not": {}}) } else { json!({ "enum": values }) };
        let selects = json!({
            "required": [tag],
            "properties": { tag: only },
            "type": "object",
            "x-isomorph-selected": true
        });
        let reference = std::mem::take(schema);
        schema.insert("allOf".into(), json!([reference, selects]));
    }
}

/// `{"anyOf": [{"type": "string"}, {"type": "array", "items": {}}]}` →
/// `{"type": ["string", "array"], "items": {}}`, if no two branches have a keyword in common.
pub fn merged(schema: &mut Schema) {
    let Some(Value::Array(branches)) = schema.get("anyOf") else { return };
    if let Some((types, merged)) = merge(schema, branches) {
        schema.remove("anyOf");
        schema.insert("type".into(), types.into());
        schema.ensure_object().extend(merged);
    }
}

/// `{"anyOf": [{"type": "string", "pattern": "a"}, true]}` → `{"pattern": "a"}`: values of other types are
/// anything. Only keywords that bind values of one type can say so.
pub fn or_other(schema: &mut Schema) {
    let Some(Value::Array(branches)) = schema.get("anyOf") else { return };
    let Some((Value::Bool(true), branches)) = branches.split_last() else { return };
    if !branches.iter().all(is_said_by_keywords) {
        return;
    }
    if let Some((_, merged)) = merge(schema, branches) {
        schema.remove("anyOf");
        schema.ensure_object().extend(merged);
    }
}

/// Whether the keywords of a schema say of which type its values are.
fn is_said_by_keywords(branch: &Value) -> bool {
    let Some(keywords) = branch.as_object() else { return false };
    let Some(name) = keywords.get("type").and_then(Value::as_str) else { return false };
    let mut others = keywords.keys().filter(|keyword| *keyword != "type").peekable();
    others.peek().is_some() && others.all(|keyword| type_bound_by(keyword) == Some(name))
}

/// The type of the instances that a keyword binds, if it is one (2020-12, validation, section 6, and core,
/// section 10.3; older dialects alike).
pub fn type_bound_by(keyword: &str) -> Option<&'static str> {
    Some(match keyword {
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => "number",
        "minLength" | "maxLength" | "pattern" => "string",
        "items" | "additionalItems" | "prefixItems" | "contains" | "minContains" | "maxContains"
        | "minItems" | "maxItems" | "uniqueItems" | "unevaluatedItems" => "array",
        "properties"
        | "patternProperties"
        | "additionalProperties"
        | "propertyNames"
        | "required"
        | "minProperties"
        | "maxProperties"
        | "dependencies"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties" => "object",
        _ => return None,
    })
}

/// The types of the branches, and their other keywords; `None` if two have one in common.
fn merge(schema: &Schema, branches: &[Value]) -> Option<(Vec<Value>, Map<String, Value>)> {
    let (mut types, mut merged) = (Vec::new(), Map::new());
    for branch in branches {
        let mut branch = branch.as_object()?.clone();
        match branch.remove("type")? {
            Value::Array(names) => types.extend(names),
            name => types.push(name),
        }
        let is_new = |keyword: &String| !merged.contains_key(keyword) && schema.get(keyword).is_none();
        if !branch.keys().all(is_new) {
            return None;
        }
        merged.extend(branch);
    }
    Some((types, merged))
}

/// `prefixItems` → `items`, as drafts before 2020-12 have it.
pub fn item_list(schema: &mut Schema) {
    if let Some(items) = schema.remove("prefixItems") {
        schema.insert("items".into(), items);
    }
}

/// Says by `keyword`, which is `items` or `additionalItems`, that there are no more elements than those of
/// `prefixItems`; and no longer by `minItems` and `maxItems`.
pub fn closed_tuple(keyword: &str) -> impl FnMut(&mut Schema) {
    move |schema| {
        let length = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
        let elements = schema.get("prefixItems").and_then(Value::as_array).map(|all| all.len() as u64);
        if elements.is_some() && length("minItems") == elements && length("maxItems") == elements {
            schema.remove("minItems");
            schema.remove("maxItems");
            schema.insert(keyword.into(), false.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use schemars::Schema;
    use serde_json::{Value, json};

    use super::selected;

    fn after(mut schema: Value, values: &[&str]) -> Value {
        let of: &mut Schema = (&mut schema).try_into().expect("a schema");
        selected("kind", values)(of);
        schema
    }

    #[test]
    fn a_reference_is_selected_and_nothing_else_is() {
        let cat = json!({"$ref": "#/$defs/Cat"});
        let only = |kind: Value| {
            json!({"allOf": [cat, {
                "required": ["kind"], "properties": {"kind": kind}, "type": "object", "x-isomorph-selected": true
            }]})
        };
        assert_eq!(after(cat.clone(), &["cat", "tom"]), only(json!({"enum": ["cat", "tom"]})));
        assert_eq!(after(cat.clone(), &[]), only(json!({"not": {}})));
        for other in [json!({"type": "string"}), json!({"$ref": "#/$defs/Cat", "title": "Cat"}), json!(true)]
        {
            assert_eq!(after(other.clone(), &["cat"]), other);
        }
    }
}
