//! Schemas of older dialects, written in the newest.

use std::collections::BTreeSet;

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Dialect, binds_in, subschemas};
use serde_json::{Map, Value};

use super::local::{definition, is_annotation};

/// The schema in dialect 2020-12. It means the same, but for numbers such as `1.0`, which were no integers in
/// draft 4; see [`can_stand_for`].
pub fn upgrade(schema: &Value, dialect: Dialect) -> Value {
    let Value::Object(keywords) = schema else { return schema.clone() };
    let mut inner = schema.clone();
    for (at, below) in subschemas(schema) {
        if let Some(place) = inner.pointer_mut(at.as_str()) {
            *place = upgrade(below, dialect);
        }
    }
    let mut upgraded = Map::new();
    for (keyword, value) in inner.as_object_mut().into_iter().flatten() {
        let is_known = binds_in(keyword, dialect) || keyword == "format" || keyword == "$ref";
        match (keyword.as_str(), value) {
            ("$schema", _) => drop(upgraded.insert("$schema".to_owned(), Dialect::Draft202012.uri().into())),
            ("definitions" | "$defs", Value::Object(definitions)) => {
                let upgrade =
                    |(name, schema): (&String, &mut Value)| (name.clone(), upgrade(schema, dialect));
                let definitions: Map<_, _> = definitions.iter_mut().map(upgrade).collect();
                upgraded.insert("$defs".to_owned(), definitions.into());
            }
            ("$ref", Value::String(reference)) => {
                let reference = reference.replacen("#/definitions/", "#/$defs/", 1);
                upgraded.insert("$ref".to_owned(), reference.into());
            }
            _ if is_annotation(keyword, true) || !is_known => {}
            ("dependencies", Value::Object(dependencies)) => dependents(dependencies, &mut upgraded),
            ("minimum" | "maximum", bound) if dialect == Dialect::Draft4 => {
                let exclusive = if keyword == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" };
                let is_exclusive = keywords.get(exclusive) == Some(&Value::Bool(true));
                upgraded
                    .insert(if is_exclusive { exclusive.to_owned() } else { keyword.clone() }, bound.take());
            }
            ("exclusiveMinimum" | "exclusiveMaximum", _) if dialect == Dialect::Draft4 => {}
            ("items", Value::Array(tuple)) if dialect < Dialect::Draft202012 => {
                upgraded.insert("prefixItems".to_owned(), std::mem::take(tuple).into());
            }
            ("additionalItems", rest) if dialect < Dialect::Draft202012 => {
                if keywords.get("items").is_some_and(Value::is_array) {
                    upgraded.insert("items".to_owned(), rest.take());
                }
            }
            (_, value) => drop(upgraded.insert(keyword.clone(), value.take())),
        }
    }
    upgraded.into()
}

/// `dependencies` were told apart by what stands in them.
fn dependents(dependencies: &Map<String, Value>, upgraded: &mut Map<String, Value>) {
    let (names, schemas): (Vec<_>, Vec<_>) =
        dependencies.iter().partition(|(_, value)| !value.is_object() && !value.is_boolean());
    let list =
        |value: &Value| if value.is_string() { Value::Array(vec![value.clone()]) } else { value.clone() };
    if !names.is_empty() {
        let names: Map<_, _> = names.into_iter().map(|(name, value)| (name.clone(), list(value))).collect();
        upgraded.insert("dependentRequired".to_owned(), names.into());
    }
    if !schemas.is_empty() {
        let schemas: Map<_, _> =
            schemas.into_iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        upgraded.insert("dependentSchemas".to_owned(), schemas.into());
    }
}

/// Where a schema of draft 4 stands in a question of containment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is asked about: it may be taken to accept more.
    Inner,
    /// What shall accept it: it may be taken to accept less.
    Outer,
}

/// Whether the upgraded schema can stand for a schema in that part of a question. In draft 4 `1.0` is no
/// integer, and an upgraded schema may accept it all the same.
pub fn can_stand_for(schema: &Value, dialect: Dialect, part: Part) -> bool {
    dialect != Dialect::Draft4
        || !mentions_integers(schema, schema, &mut BTreeSet::new())
        || part == Part::Inner && !is_turned(schema, schema)
}

/// Whether a part of a schema, or what it refers to, speaks of integers.
fn mentions_integers(part: &Value, root: &Value, seen: &mut BTreeSet<String>) -> bool {
    match part {
        Value::String(text) if text == "integer" => true,
        Value::String(text) => {
            let target =
                text.strip_prefix("#/definitions/").and_then(|name| root.get("definitions")?.get(name));
            target.is_some_and(|target| seen.insert(text.clone()) && mentions_integers(target, root, seen))
        }
        Value::Array(elements) => elements.iter().any(|element| mentions_integers(element, root, seen)),
        Value::Object(members) => members.values().any(|value| mentions_integers(value, root, seen)),
        _ => false,
    }
}

/// Whether somewhere in a schema more integers accepted inside may be less accepted outside.
fn is_turned(part: &Value, root: &Value) -> bool {
    match part {
        Value::Array(elements) => elements.iter().any(|element| is_turned(element, root)),
        Value::Object(members) => members.iter().any(|(keyword, value)| {
            let turns = ["not", "oneOf"].contains(&keyword.as_str());
            turns && mentions_integers(value, root, &mut BTreeSet::new()) || is_turned(value, root)
        }),
        _ => false,
    }
}

/// A bundle in dialect 2020-12.
pub fn bundle(bundle: &Bundle) -> Bundle {
    Bundle {
        schema: upgrade(&bundle.schema, bundle.dialect),
        dialect: Dialect::Draft202012,
        ..bundle.clone()
    }
}

/// Places of a bundle where an integer is meant, and `1.0` may stand for one unless its dialect is draft 4.
pub fn integers(bundle: &Bundle) -> Vec<Pointer> {
    const MOST: usize = 20;
    let definitions = bundle.schema.get(bundle.keyword()).and_then(Value::as_object);
    let mut work: Vec<(Pointer, &Value)> = vec![(Pointer::root(), &bundle.schema)];
    work.extend(definitions.into_iter().flatten().map(|(name, schema)| (definition(bundle, name), schema)));
    let mut found = Vec::new();
    while let Some((at, schema)) = work.pop() {
        if schema.get("type").and_then(Value::as_str) == Some("integer") {
            found.push(at.clone());
        }
        if found.len() >= MOST {
            break;
        }
        work.extend(subschemas(schema).into_iter().map(|(place, inner)| (at.append(&place), inner)));
    }
    found
}
