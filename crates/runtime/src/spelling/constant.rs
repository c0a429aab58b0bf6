//! How constants and enums are written.

use schemars::Schema;
use serde_json::{Map, Value, json};

/// `{"enum": [x]}` → `{"const": x}`.
pub fn constant(schema: &mut Schema) {
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && values.len() == 1
        && let Some(value) = values.pop()
    {
        schema.remove("enum");
        schema.insert("const".into(), value);
    }
}

/// `{"const": x}` → `{"enum": [x]}`.
pub fn enumerated(schema: &mut Schema) {
    if let Some(value) = schema.remove("const") {
        schema.insert("enum".into(), vec![value].into());
    }
}

/// `{"oneOf": [{"type": "string", "enum": ["a", "b"]}, …]}` → a branch with a `const` for each.
pub fn enum_as_constants(schema: &mut Schema) {
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(branches)) = schema.get_mut(keyword) else { continue };
        let listed = branches.first().and_then(|first| first.get("enum")?.as_array()).cloned();
        if let Some(listed) = listed {
            let constants = listed.into_iter().map(|value| json!({"type": "string", "const": value}));
            branches.splice(..1, constants);
        }
    }
}

/// `{"oneOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "const": "b", "description": "B"}]}` →
/// `{"type": "string", "enum": ["a", "b"]}`: what is told of each is not said where it is listed.
pub fn listed(schema: &mut Schema) {
    let Some(Value::Array(branches)) = schema.get("oneOf") else { return };
    let mut all = Vec::new();
    for branch in branches {
        let Some(keywords) = branch.as_object() else { return };
        let is_string = keywords.get("type").is_some_and(|name| name == "string");
        let mut others =
            keywords.keys().filter(|keyword| !matches!(keyword.as_str(), "type" | "description"));
        match (others.next().map(|keyword| (keyword.as_str(), &keywords[keyword])), others.next()) {
            (Some(("const", value)), None) if is_string => all.push(value.clone()),
            (Some(("enum", Value::Array(values))), None) if is_string => all.extend(values.iter().cloned()),
            _ => return,
        }
    }
    schema.remove("oneOf");
    schema.insert("type".into(), "string".into());
    schema.insert("enum".into(), all.into());
}

/// `{"type": "string", "enum": ["a", "b", "c"]}` → `{"oneOf": [{"type": "string", "enum": ["a", "b"]}, …]}`: what is listed in
/// a schema each for so many values, under `keyword`; of one value, as a `const`.
pub fn listed_in(keyword: &str, sizes: &[usize]) -> impl FnMut(&mut Schema) {
    move |schema| {
        let listed = schema.get("enum").and_then(Value::as_array).map_or(0, Vec::len);
        if listed == 0 || listed != sizes.iter().sum::<usize>() {
            return;
        }
        let (named, values) = (schema.remove("type"), schema.remove("enum"));
        let mut values = values.as_ref().and_then(Value::as_array).into_iter().flatten().cloned();
        let branch = |size: &usize| {
            let mut branch = Map::new();
            branch.extend(named.clone().map(|named| ("type".to_owned(), named)));
            let listed: Vec<_> = values.by_ref().take(*size).collect();
            match <[Value; 1]>::try_from(listed) {
                Ok([only]) => branch.insert("const".to_owned(), only),
                Err(several) => branch.insert("enum".to_owned(), several.into()),
            };
            Value::Object(branch)
        };
        let branches: Vec<_> = sizes.iter().map(branch).collect();
        schema.insert(keyword.to_owned(), branches.into());
    }
}

/// The names of an enum's variants are JSON texts, and their values are meant. A name that is none stays a name.
pub fn literals(schema: &mut Schema) {
    schema.remove("type");
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        for value in values {
            if let Some(read) = value.as_str().and_then(|text| serde_json::from_str(text).ok()) {
                *value = read;
            }
        }
    }
}

/// `{"type": "null"}` → `{"const": null}`
pub fn null_constant(schema: &mut Schema) {
    if schema.get("type").is_some_and(|name| name == "null") {
        schema.remove("type");
        schema.insert("const".into(), Value::Null);
    }
}

/// Says the type of the values of `enum` or `const`, if it is one.
pub fn typed(schema: &mut Schema) {
    if let [only] = types_of_values(schema).as_slice() {
        schema.insert("type".into(), (*only).into());
    }
}

/// Says the types of the values of `enum` in a list, if they are of several.
pub fn all_typed(schema: &mut Schema) {
    let types = types_of_values(schema);
    if types.len() > 1 {
        schema.insert("type".into(), types.into());
    }
}

/// Says of values that are integers that they are numbers.
pub fn numeric(schema: &mut Schema) {
    let lists = schema.get("enum").is_some() || schema.get("const").is_some();
    if lists && schema.get("type").is_some_and(|name| name == "integer") {
        schema.insert("type".into(), "number".into());
    }
}

/// `{"type": "number"}` → `{"type": ["integer", "number"]}`, which says no more.
pub fn with_integers(schema: &mut Schema) {
    let mut types = match schema.get("type") {
        Some(Value::Array(types)) => types.clone(),
        Some(name) => vec![name.clone()],
        None => return,
    };
    let number = types.iter().position(|name| name == "number");
    if let Some(number) = number.filter(|_| types.iter().all(|name| name != "integer")) {
        types.insert(number, "integer".into());
        schema.insert("type".into(), types.into());
    }
}

/// The types of what `enum` or `const` lists, each once.
fn types_of_values(schema: &Schema) -> Vec<&'static str> {
    let values = match (schema.get("enum"), schema.get("const")) {
        (Some(Value::Array(values)), _) => values.as_slice(),
        (_, Some(value)) => std::slice::from_ref(value),
        _ => return Vec::new(),
    };
    let mut types: Vec<&str> = values.iter().map(type_of).collect();
    types.sort_unstable();
    types.dedup();
    if types.contains(&"number") {
        types.retain(|name| *name != "integer");
    }
    types
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Adds values to `enum` that the `type` beside it rules out: the elements of a list. A value of the type is not added.
pub fn ruled_out(values: Value) -> impl FnMut(&mut Schema) {
    move |schema| {
        let (Some(named), Some(values)) = (schema.get("type").cloned(), values.as_array()) else { return };
        if let Some(Value::Array(all)) = schema.get_mut("enum") {
            all.extend(values.iter().filter(|value| is_ruled_out(value, &named)).cloned());
        }
    }
}

/// Whether no value of a `type`, a name or a list of names, is this one.
pub fn is_ruled_out(value: &Value, named: &Value) -> bool {
    let own = type_of(value);
    let allows = |name: &Value| name == own || (own == "integer" && name == "number");
    !named.as_array().map_or_else(|| allows(named), |names| names.iter().any(allows))
}

/// Names types beside `enum` of which no value is listed: `{"type": "string", "enum": ["a"]}` → `{"type": ["string", "null"],
/// "enum": ["a"]}`. One of which a value is listed is not named.
pub fn also_typed(names: &[&str]) -> impl FnMut(&mut Schema) {
    move |schema| {
        let listed = match (schema.get("enum"), schema.get("const")) {
            (Some(Value::Array(values)), _) => values.clone(),
            (_, Some(value)) => vec![value.clone()],
            _ => return,
        };
        let said = match schema.get("type") {
            Some(Value::Array(said)) => said.clone(),
            Some(said) => vec![said.clone()],
            None => return,
        };
        let names = names.iter().map(|name| Value::from(*name));
        let others = names.filter(|name| listed.iter().all(|value| is_ruled_out(value, name)));
        let all: Vec<_> = said.into_iter().chain(others).collect();
        if all.len() > 1 {
            schema.insert("type".into(), all.into());
        }
    }
}

/// `{"type": "string"}` → `{"type": ["string"]}`
pub fn type_listed(schema: &mut Schema) {
    if let Some(Value::String(name)) = schema.get("type") {
        let only = vec![name.clone()];
        schema.insert("type".into(), only.into());
    }
}

/// Leaves `type` out where another keyword says it.
pub fn untyped(schema: &mut Schema) {
    const SAY_IT: [&str; 9] = [
        "enum",
        "const",
        "properties",
        "additionalProperties",
        "patternProperties",
        "required",
        "items",
        "prefixItems",
        "allOf",
    ];
    if SAY_IT.iter().any(|keyword| schema.get(*keyword).is_some()) {
        schema.remove("type");
    }
}

#[cfg(test)]
mod tests {
    use schemars::Schema;
    use serde_json::{Value, json};

    use super::also_typed;

    #[test]
    fn types_of_which_no_value_is_listed_are_named_beside_those_that_are() {
        let after = |mut schema: Value| {
            let of: &mut Schema = (&mut schema).try_into().expect("a schema");
            also_typed(&["null"])(of);
            schema
        };
        let cases = [
            (json!({"type": "string", "enum": ["a"]}), json!({"type": ["string", "null"], "enum": ["a"]})),
            (json!({"type": "string", "const": "a"}), json!({"type": ["string", "null"], "const": "a"})),
            (json!({"type": "string", "enum": ["a", null]}), json!({"type": "string", "enum": ["a", null]})),
            (json!({"type": "string"}), json!({"type": "string"})),
            (json!({"enum": ["a"]}), json!({"enum": ["a"]})),
        ];
        for (before, expected) in cases {
            assert_eq!(after(before.clone()), expected, "{before}");
        }
    }
}
