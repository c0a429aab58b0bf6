//! What the source asserts of scalars by schemas that stand elsewhere: `{"type": "string", "anyOf": [{"pattern": …}, {"$ref": …}]}`.
//! Of what parts a value is, nothing of that says.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// A keyword, and the types to which references in it lead.
pub struct Asserted {
    /// The keyword.
    pub keyword: String,
    /// What it holds.
    pub value: Value,
    /// The types that have to be known then.
    pub mentions: Vec<String>,
}

/// The guarded keywords of the source by which scalars are held against schemas elsewhere, if all of these are types.
pub fn of_scalars(
    said: &Value,
    source: &Value,
    is_guarded: &dyn Fn(&str) -> bool,
    target: &dyn Fn(&str) -> Option<String>,
) -> Vec<Asserted> {
    let (Value::Object(said), Value::Object(source)) = (said, source) else { return Vec::new() };
    if !is_scalar(said) {
        return Vec::new();
    }
    let is_next = |keyword: &str| {
        matches!(keyword, "allOf" | "anyOf" | "oneOf" | "not")
            && !said.contains_key(keyword)
            && is_guarded(keyword)
    };
    let asserted = |(keyword, value): (&String, &Value)| {
        let mut mentions = BTreeSet::new();
        (is_next(keyword) && targets(value, target, &mut mentions) && !mentions.is_empty()).then(|| {
            Asserted {
                keyword: keyword.clone(),
                value: value.clone(),
                mentions: mentions.into_iter().collect(),
            }
        })
    };
    source.iter().filter_map(asserted).collect()
}

/// The reference of an object of its own to a schema that says nothing of its parts: `asserts` gives the types of such.
pub fn of_object(said: &Value, source: &Value, asserts: &dyn Fn(&str) -> Option<String>) -> Option<Asserted> {
    let is_object = said.get("properties").is_some() && said.get("$ref").is_none();
    let reference =
        source.get("$ref")?.as_str().filter(|_| is_object && source.get("properties").is_some())?;
    let mentions = vec![asserts(reference)?];
    Some(Asserted { keyword: "$ref".to_owned(), value: reference.into(), mentions })
}

/// Whether a schema says of its values that they have no parts.
fn is_scalar(said: &Map<String, Value>) -> bool {
    const SCALARS: [&str; 5] = ["string", "integer", "number", "boolean", "null"];
    let is_scalar = |name: &Value| SCALARS.iter().any(|scalar| name == scalar);
    match said.get("type") {
        Some(Value::Array(names)) => names.iter().all(is_scalar),
        Some(name) => is_scalar(name),
        None => false,
    }
}

/// Collects the types to which the references in a schema lead; whether all lead to types.
fn targets(value: &Value, target: &dyn Fn(&str) -> Option<String>, found: &mut BTreeSet<String>) -> bool {
    match value {
        Value::Object(members) => members.iter().all(|(name, inner)| match (name.as_str(), inner) {
            ("$ref", Value::String(reference)) => {
                target(reference).map(|ident| found.insert(ident)).is_some()
            }
            ("$recursiveRef" | "$dynamicRef", _) => false,
            _ => targets(inner, target, found),
        }),
        Value::Array(elements) => elements.iter().all(|element| targets(element, target, found)),
        _ => true,
    }
}
